"""Arrows for gradients, told from all else by their colour, their head and their label."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF

from guitrain.plots.items import Tag, add_path, pen

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

_HEAD = 10.0  # pixels
_WIDTH = 2.4


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
        self.tag.setPos(*self._beside(tip, (ux, uy)))
        if not self.shown:
            self.shown = True
            for item in (self._rim, self._shaft, self._head, self.tag):
                item.setVisible(True)

    def _beside(self, tip: QPointF, way: tuple[float, float]) -> tuple[float, float]:
        """The label's corner: beyond the tip, within the area."""
        width, height = self.tag.size
        area = self._plot.area_rect
        x = tip.x() + 5 if way[0] >= 0 else tip.x() - width - 5
        y = tip.y() + (way[1] * 0.8 - 0.5) * height
        box = QRectF(x, y, width, height)
        if not area.contains(box):
            x = min(max(x, 2.0), max(area.width() - width - 2, 2.0))
            y = min(max(y, 2.0), max(area.height() - height - 2, 2.0))
        return x, y
