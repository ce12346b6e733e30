"""Marked places in the plane of two parameters: the start, the optimum, the truth, the present."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsItem

from guitrain.plots.items import FAR, Tag, add_path, circle, diamond, pen, square

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

Point = tuple[float, float]
_GAP = 7.0  # pixels between a mark and its name


@dataclass(frozen=True)
class _Look:
    """Shape of a mark, and the names of its colours in the theme."""

    shape: QPainterPath
    fill: str
    rim: str
    width: float
    z: float


_LOOKS = {
    "best": _Look(diamond(7.0), "best", "panel", 1.5, 3.0),
    "true": _Look(square(5.0), "truth", "panel", 1.5, 3.5),
    "start": _Look(circle(6.0), "panel", "learnt", 2.2, 8.0),
    "present": _Look(circle(5.5), "learnt", "panel", 1.8, 10.0),
    "dragged": _Look(circle(7.0), "panel", "learnt", 2.8, 12.0),
}
BEST = ("best", "best_2", "best_3", "best_4")  # where several places are equally good
_LOOKS.update(dict.fromkeys(BEST[1:], _LOOKS["best"]))


class Places:
    """Marks of known kinds, each with a name beside it or none.

    Attributes:
        at: where each mark that is shown is, in parameters.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self._items = {kind: add_path(plot.area, look.z) for kind, look in _LOOKS.items()}
        self._tags = {kind: Tag(plot.area, 15.0) for kind in _LOOKS}
        self.at: dict[str, Point] = {}
        for kind, look in _LOOKS.items():
            self._items[kind].setPath(look.shape)
            self._items[kind].setVisible(False)

    def restyle(self) -> None:
        """The theme's colours."""
        theme = self._plot.theme
        for kind, look in _LOOKS.items():
            self._items[kind].setPen(pen(getattr(theme, look.rim), look.width))
            self._items[kind].setBrush(QColor(getattr(theme, look.fill)))
            self._tags[kind].style(self._plot.text_font(-1), theme.text, theme.panel, alpha=0.75)

    def put(self, kind: str, at: Point | None, name: str = "") -> None:
        """Where a mark is, or None for nowhere, and what is said beside it."""
        if at is None or not all(map(math.isfinite, at)):
            self.at.pop(kind, None)
        else:
            self.at[kind] = at
        self._tags[kind].say(name)

    def pixels(self, kind: str) -> Point | None:
        """Where a mark is in the area's pixels; None where it is not shown."""
        at = self.at.get(kind)
        return None if at is None else in_pixels(self._plot, at)

    def place(self, kinds: Sequence[str] = tuple(_LOOKS), taken: Sequence[QRectF] = ()) -> None:
        """Move these marks to where the plot's ranges are, their names clear of what is taken,
        of the other marks, and of one another.
        """
        area = self._plot.area_rect
        named = any(self._tags[kind].text for kind in kinds)
        spots = {kind: self.pixels(kind) for kind in (_LOOKS if named else kinds)}
        busy = list(taken)
        for kind, spot in spots.items():
            if spot is not None:
                busy.append(QRectF(spot[0] - 7, spot[1] - 7, 14, 14))
                if kind not in kinds and self._tags[kind].isVisible():
                    busy.append(self._tags[kind].box)
        for kind in kinds:
            spot, tag = spots[kind], self._tags[kind]
            shown = spot is not None and abs(spot[0]) < FAR and abs(spot[1]) < FAR
            _show(self._items[kind], shown)
            if spot is None or not shown:
                tag.setVisible(False)
                continue
            self._items[kind].setPos(*spot)
            box = _beside(spot, tag.size, area, busy) if tag.text else None
            if box is not None:
                tag.setPos(box.topLeft())
                busy.append(box)
            tag.setVisible(box is not None)

    @property
    def boxes(self) -> list[QRectF]:
        """What the marks and their names cover, in the area's pixels."""
        found = [tag.box for tag in self._tags.values() if tag.isVisible()]
        for item in self._items.values():
            if item.isVisible():
                found.append(QRectF(item.x() - 7, item.y() - 7, 14, 14))
        return found

    @property
    def names(self) -> dict[str, str]:
        """What is said beside each mark, where there is room."""
        return {kind: tag.text for kind, tag in self._tags.items() if tag.isVisible()}


def in_pixels(plot: "Plot", at: Point) -> Point:
    """Parameters in the area's pixels, as ``across`` and ``down`` of linear scales, but faster."""
    x, y, area = plot.x_scale, plot.y_scale, plot.area
    return (
        (at[0] - x.low) / (x.high - x.low) * area.width(),
        (y.high - at[1]) / (y.high - y.low) * area.height(),
    )


def _show(item: QGraphicsItem, shown: bool) -> None:
    if item.isVisible() != shown:
        item.setVisible(shown)


def _beside(
    spot: Point, size: tuple[float, float], area: QRectF, busy: Sequence[QRectF]
) -> QRectF | None:
    """Where a name goes: right, left, under or over its mark, or askew; None where it cannot."""
    (x, y), (width, height) = spot, size
    far = _GAP + 2
    for left, top in (
        (x + far, y - height / 2),
        (x - far - width, y - height / 2),
        (x - width / 2, y + far),
        (x - width / 2, y - far - height),
        (x + _GAP, y + _GAP),
        (x + _GAP, y - _GAP - height),
        (x - _GAP - width, y + _GAP),
        (x - _GAP - width, y - _GAP - height),
    ):
        box = QRectF(left, top, width, height)
        if area.contains(box) and not any(box.intersects(other) for other in busy):
            return box
    return None
