"""What a unit gives, small: a curve over one input, a heat map over two, or how often which value.

All the curves are one path, so that a large network costs no more than a plot.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from guitrain.core.units import Over, UnitsView
from guitrain.plots.items import add_path, mixed, pen, polyline
from guitrain.plots.lean_pyqtgraph import pg
from guitrain.plots.network_layout import Places
from guitrain.plots.theme import Theme

_BINS = 14  # of how often which value
_INSET = 2.0  # pixels between a box and its curve
_SHADES = 127  # to either side of zero


class Tiles:
    """The pictures in the boxes of all units.

    Each layer has one scale, the same up and down: from minus to plus its largest output.
    """

    def __init__(self, parent: QGraphicsItem) -> None:
        self._parent = parent
        self.ground = add_path(parent, 2)
        self.zero = add_path(parent, 2.6)
        self.curves = add_path(parent, 3)
        self.frame = add_path(parent, 3.5)
        self.maps: list[QGraphicsPixmapItem] = []
        self._shades = np.zeros(2 * _SHADES + 1, np.uint32)

    def restyle(self, theme: Theme) -> None:
        """Its colours: blue above zero, the other below, the panel's own at zero."""
        self.ground.setBrush(QColor(theme.panel))
        self.ground.setPen(Qt.PenStyle.NoPen)
        self.zero.setPen(pen(theme.grid, 1.0))
        self.curves.setPen(pen(theme.data, 1.5))
        self.frame.setPen(pen(theme.axis, 1.0))
        self._shades = shades_of(theme)

    def place(self, places: Places, units: tuple[int, ...], over: Over) -> None:
        """Boxes for so many units in each layer."""
        for old in self.maps:
            self._parent.scene().removeItem(old)
        self.maps = []
        frame, zero = QPainterPath(), QPainterPath()
        for column, count in enumerate(units, 1):
            for number in range(count):
                left, top, wide, high = places.box(column, number)
                frame.addRect(left, top, wide, high)
                if over is Over.CURVE:
                    zero.moveTo(left, top + high / 2)
                    zero.lineTo(left + wide, top + high / 2)
                elif over is Over.MAP:
                    picture = QGraphicsPixmapItem(self._parent)
                    picture.setZValue(2.5)
                    picture.setPos(left, top)
                    self.maps.append(picture)
        self.ground.setPath(frame)
        self.frame.setPath(frame)
        self.zero.setPath(zero)
        self.curves.setPath(QPainterPath())

    def draw(self, places: Places, view: UnitsView) -> None:
        """What the units give now."""
        if view.samples.over is Over.MAP:
            self._draw_maps(places, view)
            return
        x, y = [], []
        for column, layer in enumerate(view.layers, 1):
            values = scaled(layer)
            if view.samples.over is Over.POINTS:
                values = _counted(values)
            across = np.linspace(_INSET, places.tile - _INSET, values.shape[1])
            middles = places.middles[column][:, None]
            shown = middles - values * (places.tile / 2 - _INSET)
            gap = np.full((len(shown), 1), np.nan)
            x.append(np.hstack([np.tile(places.left[column] + across, (len(shown), 1)), gap]))
            y.append(np.hstack([shown, gap]))
        flat_x = np.concatenate([each.ravel() for each in x])
        flat_y = np.concatenate([each.ravel() for each in y])
        self.curves.setPath(polyline(flat_x, flat_y))

    def _draw_maps(self, places: Places, view: UnitsView) -> None:
        side = view.samples.side
        scale = QTransform.fromScale(places.tile / side, places.tile / side)
        at = 0
        for layer in view.layers:
            values = np.nan_to_num(scaled(layer), nan=0.0)
            shades = self._shades[np.rint((values + 1) * _SHADES).astype(np.intp)]
            for unit in shades.reshape(len(layer), side, side):
                bits = np.ascontiguousarray(unit)
                image = QImage(bits.data, side, side, 4 * side, QImage.Format.Format_RGB32)
                self.maps[at].setPixmap(QPixmap.fromImage(image.copy()))
                self.maps[at].setTransform(scale)
                self.maps[at].setTransformationMode(Qt.TransformationMode.SmoothTransformation)
                at += 1


def shades_of(theme: Theme) -> NDArray[np.uint32]:
    """From the colour of what is below zero over the panel's own to that of what is above."""
    below = [mixed(theme.negative, theme.panel, k / _SHADES) for k in range(_SHADES, 0, -1)]
    above = [mixed(theme.data, theme.panel, k / _SHADES) for k in range(_SHADES + 1)]
    return np.array([QColor(colour).rgb() for colour in (*below, *above)], np.uint32)


def scaled(layer: NDArray[np.float32]) -> NDArray[np.float64]:
    """What a layer gives (units, …) from −1 to 1; NaN where it is not finite."""
    values = layer.astype(np.float64)
    finite = np.isfinite(values)
    largest = float(np.abs(values[finite]).max()) if finite.any() else 0.0
    return np.where(finite, values / (largest or 1.0), np.nan)


def _counted(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often each value from −1 to 1 is given, as the height (−1 to 1) of a flat step each."""
    edges = np.linspace(-1, 1, _BINS + 1)
    counts = np.stack([np.histogram(row[np.isfinite(row)], edges)[0] for row in values])
    heights = counts / np.maximum(counts.max(axis=1, keepdims=True), 1)
    return np.repeat(2.0 * heights - 1.0, 2, axis=1)


def edge_path(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPainterPath:
    """Separate segments (n, 2)."""
    return pg.functions.arrayToQPath(x.ravel(), y.ravel(), connect="pairs")
