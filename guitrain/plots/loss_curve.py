"""A recorded column over the epochs that grows while it is looked at.

What is drawn of a long curve costs far more than what has come to it since the last frame. So a
curve is drawn whole only now and then, and between that its tail alone, as exactly.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from guitrain.plots.curves import NO_CURVE, curve_of
from guitrain.plots.items import add_path, polyline

if TYPE_CHECKING:
    from guitrain.core.history import LogView
    from guitrain.plots.base import Plot

Floats = NDArray[np.float64]
Places = Callable[[Floats], Floats]  # rows (n,) → epochs (n,)

MOST_TAIL = 8.0  # pixels of a tail; beyond that the curve is drawn whole
_PIECES = 16  # of a tail


class GrowingCurve:
    """Draws a column up to the cursor and, fainter, what lies beyond.

    Attributes:
        curve: as it was when it was last drawn whole. epochs: where its points lie (n,).
        tail: what has come since then.
        item, later, end: the curve up to the cursor, what lies beyond, and its tail.
    """

    def __init__(self, plot: "Plot", z: float, later_z: float) -> None:
        self._plot = plot
        cached = not plot.for_export
        self.later = add_path(plot.area, later_z, cached=cached)
        self.item = add_path(plot.area, z, cached=cached)
        self.end = add_path(plot.area, z)
        self.forget()

    def __len__(self) -> int:
        return len(self.curve.row)

    def forget(self) -> None:
        """There is none."""
        self.curve = self.tail = NO_CURVE
        self.epochs = np.empty(0)
        self._pixels: tuple[tuple[object, ...], tuple[Floats, Floats]] | None = None

    def take(self, log: "LogView", name: str, places: Places) -> None:
        """The whole of a column, whose rows lie at these places."""
        self.curve, self.tail = curve_of(log, name), NO_CURVE
        self.epochs = places(self.curve.row)
        self._drawn = log.length

    def grow(self, log: "LogView", name: str, places: Places) -> None:
        """What has come since then, drawn at once; to be called within ``MOST_TAIL`` pixels."""
        start = max(self._drawn - 1, 0)
        self.tail = curve_of(log, name, _PIECES, _PIECES, start)
        plot = self._plot
        x, y = plot.across(places(self.tail.row)), plot.down(self.tail.value)
        self.end.setPath(polyline(x, y))

    def style(self, now: QPen, later: QPen) -> None:
        """The pens of what is past, and of what lies beyond."""
        for item, wanted in ((self.item, now), (self.end, now), (self.later, later)):
            item.setPen(wanted)

    @property
    def values(self) -> tuple[Floats, Floats]:
        """All that is drawn."""
        return self.curve.value, self.tail.value

    def pixels(self) -> tuple[Floats, Floats]:
        """Where the points of the curve lie, x (n,) and y (n,)."""
        plot = self._plot
        key = (self.curve, plot.x_scale, plot.y_scale, plot.area.width(), plot.area.height())
        if self._pixels is None or self._pixels[0] != key:
            self._pixels = key, (plot.across(self.epochs), plot.down(self.curve.value))
        return self._pixels[1]

    def draw(self, cut: float | None) -> None:
        """The curve up to the epoch ``cut``, and fainter what lies beyond; no tail."""
        if not self.end.path().isEmpty():
            self.end.setPath(QPainterPath())
        if len(self) or not self.item.path().isEmpty():
            x, y = self.pixels()
            separate = not self._plot.in_vectors
            draw_parts(self.item, self.later, self.epochs, (x, y), cut, separate=separate)


def draw_parts(
    item: QGraphicsPathItem,
    later: QGraphicsPathItem,
    epochs: Floats,
    pixels: tuple[Floats, Floats],
    cut: float | None,
    *,
    separate: bool,
) -> None:
    """A curve over its epochs (n,): up to the epoch ``cut`` (None: all of it), and beyond."""
    x, y = pixels
    at = len(x)
    if cut is not None:
        at = int(np.searchsorted(epochs, cut + 1e-9, side="right"))
    item.setPath(polyline(x[:at], y[:at], separate=separate))
    if at < len(x) or not later.path().isEmpty():
        beyond = slice(max(at - 1, 0), None) if at < len(x) else slice(0, 0)
        later.setPath(polyline(x[beyond], y[beyond], separate=separate))
