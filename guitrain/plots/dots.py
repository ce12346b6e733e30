"""Many equal markers that move with every frame."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem

from guitrain.plots.items import add_path, markers
from guitrain.plots.lean_pyqtgraph import pg

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

Floats = NDArray[np.float64]


class Dots:
    """Markers in a plot's area.

    On the screen one stamp is copied to every place, on whole pixels: Qt takes 50 times as long
    to fill a path of a thousand circles. In an export they are paths.

    Attributes:
        shape, pen, brush: of a marker, as last given.
    """

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self._picture = QGraphicsPixmapItem(plot.area)
        self._picture.setZValue(z)
        self._path = add_path(plot.area, z)
        self._places = pg.Qt.internals.PrimitiveArray(QPainter.PixmapFragment, 10)
        self._stamp: QPixmap | None = None
        self._ratio = 1.0
        self.shape, self.pen, self.brush = QPainterPath(), QPen(), QBrush()

    def style(self, shape: QPainterPath, pen: QPen, brush: QBrush) -> None:
        """What a marker around (0, 0) looks like."""
        self.shape, self.pen, self.brush = shape, pen, brush
        self._stamp = None
        self._path.setPen(pen)
        self._path.setBrush(brush)

    def draw(self, x: Floats, y: Floats) -> None:
        """One at every pixel (x, y) that is finite."""
        if self._plot.for_export:
            self._path.setPath(markers(x, y, self.shape))
            return
        width, height = self._plot.area.width(), self._plot.area.height()
        ratio = self._plot.devicePixelRatioF()
        if self._stamp is None or ratio != self._ratio:
            self._ratio, self._stamp = ratio, self._made(ratio)
        stamp = self._stamp
        with np.errstate(invalid="ignore"):
            near = (x > -50) & (x < width + 50) & (y > -50) & (y < height + 50)  # False for NaN
        self._picture.setVisible(bool(near.any()))
        if not near.any():
            return
        picture = QPixmap(max(round(width * ratio), 1), max(round(height * ratio), 1))
        picture.fill(Qt.GlobalColor.transparent)
        self._places.resize(int(near.sum()))
        places = self._places.ndarray()
        half = stamp.width() / 2
        # The middle's place, the part of the stamp, its scale, its turn, its opacity.
        places[:, 0] = np.round(x[near] * ratio - half) + half
        places[:, 1] = np.round(y[near] * ratio - half) + half
        places[:, 2:] = (0, 0, stamp.width(), stamp.height(), 1, 1, 0, 1)
        painter = QPainter(picture)
        try:
            copies: Any = painter.drawPixmapFragments  # its stub lacks how many there are
            copies(*self._places.drawargs(), stamp)
        finally:
            painter.end()
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)

    def _made(self, ratio: float) -> QPixmap:
        edge = self.pen.widthF() if self.pen.style() is not Qt.PenStyle.NoPen else 0.0
        room = self.shape.boundingRect().width() + edge + 1
        # An odd number of pixels: a marker has a middle.
        size = 2 * (math.ceil(room * ratio) // 2) + 1
        stamp = QPixmap(size, size)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(size / 2, size / 2)
            painter.scale(ratio, ratio)
            painter.setPen(self.pen)
            painter.setBrush(self.brush)
            painter.drawPath(self.shape)
        finally:
            painter.end()
        return stamp
