"""The validation loss in the loss plot: its curve, the lowest of it, and the gap, shaded, that
opens between it (or, without a validation set, the test loss) and the training loss.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from guitrain.plots.curves import MOST_ROWS, Curve, curve_of, epoch_of_rows
from guitrain.plots.items import Tag, add_path, dashed, mixed, pen, polyline, triangle
from guitrain.plots.marks import free_spot
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot

Floats = NDArray[np.float64]

_WIDTH = 1.8
_DASHES = (9.0, 3.0, 2.0, 3.0)  # pixels
_NOTHING = np.empty(0)


class ValidationCurve:
    """Draws what belongs to the validation set; the plot says when.

    Attributes:
        epochs, losses: the curve (n,), as it is drawn.
        item, gap: the curve and the shaded gap. label: the words at the lowest point.
    """

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self.epochs = self.losses = _NOTHING
        self.gap = add_path(plot.area, 0.5)
        self._later = add_path(plot.area, z)
        self.item = add_path(plot.area, z + 0.1)
        self._line = add_path(plot.area, z + 0.2)
        self._mark = add_path(plot.area, z + 0.3)
        self.label = Tag(plot.area, z + 4)

    @property
    def on(self) -> bool:
        """Whether there is anything to draw."""
        return len(self.epochs) > 0

    def take(self, view: "RunView | None") -> None:
        """The record of a run as it is now, or of none."""
        self.epochs = self.losses = _NOTHING
        if view is None or view.watch is None or not view.epochs.length:
            return
        curve = curve_of(view.epochs, "validation")
        self.epochs, self.losses = _places(view, curve), curve.value

    def style(self) -> None:
        """The theme's colours."""
        theme = self._plot.theme
        dashes = tuple(each / _WIDTH for each in _DASHES) if self._plot.for_export else ()
        self.item.setPen(pen(theme.validation, _WIDTH, dashes=dashes))
        self._later.setPen(pen(mixed(theme.validation, theme.panel, 0.4), 1.2, dashes=dashes))
        shade = QColor(theme.validation)
        shade.setAlphaF(0.14)
        self.gap.setPen(QPen(Qt.PenStyle.NoPen))
        self.gap.setBrush(shade)
        self._line.setPen(pen(theme.validation, 1.0, dashes=(2, 3)))
        self._mark.setPen(pen(theme.validation, 1.6))
        self._mark.setBrush(QColor(theme.panel))
        self.label.style(self._plot.text_font(-1), theme.validation, theme.panel)

    def draw(self, cut: float | None) -> None:
        """The curve up to the epoch ``cut``, and fainter what lies beyond."""
        if not self.on and self.item.path().isEmpty() and self._later.path().isEmpty():
            return
        at = len(self.epochs)
        if cut is not None:
            at = int(np.searchsorted(self.epochs, cut + 1e-9, side="right"))
        x, y = self._plot.across(self.epochs), self._plot.down(self.losses)
        self.item.setPath(self._path(x[:at], y[:at]))
        self._later.setPath(self._path(x[max(at - 1, 0) :], y[max(at - 1, 0) :]))

    def _path(self, x: Floats, y: Floats) -> QPainterPath:
        if self._plot.for_export:
            return polyline(x, y, separate=False)
        return dashed(x, y, _DASHES, self._plot.area.height())

    def draw_gap(self, train: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> None:
        """Shade what lies between two curves, each its epochs and its losses (n,), as far as both
        reach; without a second one, nothing.
        """
        path = QPainterPath()
        if len(train[0]) > 1 and len(other[0]) > 1:
            path = self._between(*train, *other)
        self.gap.setPath(path)

    def _between(
        self, train_x: Floats, train: Floats, other_x: Floats, other: Floats
    ) -> QPainterPath:
        keep = (other_x >= train_x[0]) & (other_x <= train_x[-1])
        x = other_x[keep]
        with np.errstate(invalid="ignore"):
            under = np.interp(x, train_x, train)
        plot = self._plot
        sides = plot.down(np.stack([other[keep], under]))
        finite = np.isfinite(sides).all(axis=0)
        across = plot.across(x[finite])
        # One closed line: there along the one curve, back along the other.
        return polyline(
            np.concatenate([across, across[::-1]]),
            np.concatenate([sides[0][finite], sides[1][finite][::-1]]),
            separate=False,
        )

    def draw_low(self, view: "RunView | None", taken: list[QRectF]) -> None:
        """Mark the lowest validation loss of the record, with its epoch."""
        best = view.best if view is not None else None
        shown = best is not None and view is not None and view.epochs.length > 0
        for item in (self._line, self._mark, self.label):
            item.setVisible(shown)
        if best is None or view is None or not shown:
            return
        plot = self._plot
        place = float(epoch_of_rows(view, np.array([float(best.step)]))[0])
        x = float(plot.across(min(place, plot.x_scale.high)))
        y = float(plot.down(best.loss))
        height = plot.area.height()
        stroke = QPainterPath()
        stroke.moveTo(x, 0)
        stroke.lineTo(x, height)
        self._line.setPath(stroke)
        self._mark.setPath(triangle(4.5).translated(x, min(max(y, 0.0), height)))
        text = translate("LossPlot", "best epoch {0}")
        self.label.say(text.format(f"{view.number_of(best):,}"))
        spot = free_spot((x, min(max(y, 0.0), height)), self.label.size, plot.area_rect, taken)
        self.label.setPos(*spot)

    def sample(self, sample: QGraphicsPathItem) -> None:
        """The curve, in the legend."""
        stroke = QPainterPath()
        stroke.lineTo(26, 0)
        theme = self._plot.theme
        dashes = tuple(each / _WIDTH for each in _DASHES)
        sample.setPen(pen(theme.validation, _WIDTH, dashes=dashes))
        sample.setPath(stroke)

    def gap_sample(self, sample: QGraphicsPathItem) -> None:
        """The shade, in the legend."""
        patch = QPainterPath()
        patch.addRect(0, -4, 26, 8)
        sample.setPen(self.gap.pen())
        sample.setBrush(self.gap.brush())
        sample.setPath(patch)


def _places(view: "RunView", curve: Curve) -> Floats:
    """Where the validation losses lie on the axis of epochs: at the first loss of their epoch,
    which is of the same weights. Of a run too long to be drawn whole that makes no difference.
    """
    ends = view.epochs.column("end_step")
    if view.epochs.length > MOST_ROWS or view.epochs.first:
        return curve.row + 1
    starts = np.concatenate([[0], ends[:-1]]).astype(np.float64)
    return epoch_of_rows(view, starts)
