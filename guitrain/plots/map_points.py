"""The points of a map: each group in its own colour and shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem

from guitrain.core.data import Data, Split
from guitrain.plots.items import add_path, circle, markers, square, triangle

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

Floats = NDArray[np.float64]


class Kind(Enum):
    """What points are for."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


def shown_points(data: Data, *, test: bool) -> dict[Kind, Split]:
    """The points that a map shows."""
    parts = {Kind.TRAIN: data.train, Kind.VALIDATION: data.validation}
    if test:
        parts[Kind.TEST] = data.test
    return {kind: points for kind, points in parts.items() if len(points)}


def number_shape(kind: Kind, radius: float) -> QPainterPath:
    """The marker of points whose y is told by their colour."""
    if kind is Kind.TRAIN:
        return circle(radius)
    return square(0.9 * radius) if kind is Kind.TEST else triangle(1.3 * radius)


@dataclass(frozen=True)
class Group:
    """Markers at pixels x, y (n,), of one kind."""

    x: Floats
    y: Floats
    shape: QPainterPath
    pen: QPen
    brush: QBrush


class GroupedPoints:
    """Groups of markers in a plot's area that stand still while what is behind them changes.

    On the screen they are painted once, into one picture; in an export they are paths.
    """

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self._z = z
        self._picture = QGraphicsPixmapItem(plot.area)
        self._picture.setZValue(z)
        self._paths: list[QGraphicsPathItem] = []

    def draw(self, groups: Sequence[Group]) -> None:
        """Show these, the first ones below."""
        if self._plot.for_export:
            self._lay_paths(groups)
            return
        area, ratio = self._plot.area, self._plot.devicePixelRatioF()
        picture = QPixmap(max(round(area.width() * ratio), 1), max(round(area.height() * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for group in groups:
                painter.setPen(group.pen)
                painter.setBrush(group.brush)
                for x, y in zip(group.x.tolist(), group.y.tolist(), strict=True):
                    # Each by itself: Qt takes far longer over one path with all of them.
                    painter.drawPath(group.shape.translated(x, y))
        finally:
            painter.end()
        self._picture.setPixmap(picture)

    def _lay_paths(self, groups: Sequence[Group]) -> None:
        for item in self._paths:
            item.setPath(QPainterPath())
        while len(self._paths) < len(groups):
            self._paths.append(add_path(self._plot.area, self._z + len(self._paths) / 1000))
        for item, group in zip(self._paths, groups, strict=False):
            item.setPen(group.pen)
            item.setBrush(group.brush)
            item.setPath(markers(group.x, group.y, group.shape))
