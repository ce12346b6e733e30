"""Arrows for gradients, told from all else by their colour, their head and their label."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF

from guitrain.plots.items import FAR, Tag, add_path, pen

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

_HEAD = 10.0  # pixels
_WIDTH = 2.4
_ROUGH = 8.0  # pixels


def rough(pixels: float) -> int:
    """A place or a size in steps that are too small to bring two labels together; of a finite
    or an infinite number alike.
    """
    return round(min(max(pixels, -FAR), FAR) / _ROUGH) if pixels == pixels else 0


class Arrow:
    """An arrow with a rim of the background's colour, so that it stands out from any band.

    Attributes:
        shown: whether it is drawn. start, vector: where from and how far, in the area's pixels.
        tag: its label.
    """

    def __init__(self, plot: "Plot", z: float, *, dashed: bool = False) -> None:
        self._plot, self._dashed = plot, dashed
        self._rim = add_path(plot.area, z)
        self._shaft = add_path(plot.area, z + 0.1)
        self._head = add_path(plot.area, z + 0.2)
        self.tag = Tag(plot.area, z + 20)
        self._label_offset = (0.0, 0.0)  # from the tip
        self.start = self.vector = (0.0, 0.0)
        self.shown = True
        self.hide()

    def hide(self) -> None:
        """Draw none."""
        if self.shown:
            self.shown = False
            for item in (self._rim, self._shaft, self._head, self.tag):
                item.setVisible(False)

    def restyle(self) -> None:
        """The theme's colours."""
        theme = self._plot.theme
        dashes = (3.0, 1.6) if self._dashed else ()
        self._shaft.setPen(pen(theme.gradient, _WIDTH, dashes=dashes))
        self._head.setPen(QPen(Qt.PenStyle.NoPen))
        self._head.setBrush(QColor(theme.gradient))
        rim = pen(theme.panel, _WIDTH + 3)
        rim.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._rim.setPen(rim)
        self._rim.setBrush(QBrush(QColor(theme.panel)))
        self.tag.style(self._plot.text_font(-1), theme.text, theme.panel, alpha=0.85)

    def draw(self, start: tuple[float, float], vector: tuple[float, float], text: str) -> None:
        """From ``start`` by ``vector`` (pixels, longer than its head), with this label."""
        self.start, self.vector = start, vector
        (x, y), (dx, dy) = start, vector
        length = math.hypot(dx, dy)
        ux, uy = dx / length, dy / length
        tip = QPointF(x + dx, y + dy)
        neck = QPointF(x + dx - _HEAD * ux, y + dy - _HEAD * uy)
        shaft = QPainterPath(QPointF(x, y))
        shaft.lineTo(neck)
        half = _HEAD * 0.45
        side = QPointF(-uy * half, ux * half)
        head = QPainterPath()
        head.addPolygon(QPolygonF([tip, neck + side, neck - side, tip]))
        rim = QPainterPath(shaft)
        rim.addPath(head)
        self._shaft.setPath(shaft)
        self._head.setPath(head)
        self._rim.setPath(rim)
        self.tag.say(text)
        if not self.shown:
            self.shown = True
            for item in (self._rim, self._shaft, self._head, self.tag):
                item.setVisible(True)

    @property
    def boxes(self) -> list[QRectF]:
        """What it covers, without its label, in the area's pixels."""
        if not self.shown:
            return []
        (x, y), (dx, dy) = self.start, self.vector
        count = max(round(math.hypot(dx, dy) / 12), 1)
        middles = ((x + dx * i / count, y + dy * i / count) for i in range(count + 1))
        return [QRectF(left - 6, top - 6, 12, 12) for left, top in middles]

    @property
    def stand(self) -> tuple[int, ...]:
        """Where it is and what room its label takes, roughly: until that changes, what avoids it
        may stay.
        """
        if not self.shown:
            return ()
        numbers = (*self.start, *self.vector, self.tag.size[0] / 2)
        return tuple(rough(number) for number in numbers)

    def place_label(self, busy: Sequence[QRectF]) -> None:
        """Put the label by the tip, where it covers the least of what is busy."""
        width, height = self.tag.size
        (x, y), (dx, dy) = self.start, self.vector
        right, down = dx >= 0, dy >= 0
        x, y = x + dx, y + dy
        lefts = (x + 8, x - width - 8, x - width / 2)
        tops = (y + 8, y - height - 8)
        spots = [
            (lefts[not right], y - height / 2 + (4 if down else -4)),
            (lefts[not right], tops[not down]),
            (lefts[2], tops[not down]),
            (lefts[right], tops[not down]),
            (lefts[not right], tops[down]),
            (lefts[2], tops[down]),
            (lefts[right], tops[down]),
            (lefts[right], y - height / 2),
        ]
        # Farther out, where all of that is taken.
        spots += [(left, top + (14 if top > y else -14)) for left, top in spots[1:7]]
        area = self._plot.area_rect

        reach = QRectF(x - width - 8, y - 2 * height - 22, 2 * width + 16, 4 * height + 44)
        busy = [other for other in busy if other.intersects(reach)]

        def covers(spot: tuple[float, float]) -> float:
            box = QRectF(*spot, width, height)
            inside = box.intersected(area)
            outside = width * height - inside.width() * inside.height()
            parts = (box.intersected(other) for other in busy)
            return 4 * outside + sum(part.width() * part.height() for part in parts)

        left, top = min(spots, key=covers)
        self._label_offset = (left - x, top - y)
        self.follow()

    def follow(self) -> None:
        """Keep the label beside the tip as it is."""
        width, height = self.tag.size
        area = self._plot.area_rect
        left = self.start[0] + self.vector[0] + self._label_offset[0]
        top = self.start[1] + self.vector[1] + self._label_offset[1]
        self.tag.setPos(
            min(max(left, 2.0), max(area.width() - width - 2, 2.0)),
            min(max(top, 2.0), max(area.height() - height - 2, 2.0)),
        )
