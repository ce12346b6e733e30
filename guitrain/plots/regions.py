"""The picture of a map: shaded regions with their borders, below all else in a plot's area."""

from typing import TYPE_CHECKING, Any

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem

from guitrain.core.map_view import MapView, leads
from guitrain.plots.items import add_path, pen, polyline
from guitrain.plots.shades import Pixels

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

BORDER = 2.2  # pixels
_MOST_JOINED = 600  # corners of borders

Floats = NDArray[np.float64]


class Regions:
    """The items of a map. The picture has a pixel for each place of the grid, and is stretched.

    Attributes:
        borders: the pieces of the border (v, 2), in the data's units, as drawn.
        border: its item.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self._picture = QGraphicsPixmapItem(plot.area)
        self._picture.setZValue(-9)
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.border = add_path(plot.area, 1)
        self.borders: list[Floats] = []
        self._map: MapView | None = None
        self.clear()

    def clear(self) -> None:
        """Nothing is known."""
        self._map, self.borders = None, []
        self._picture.setVisible(False)
        self.border.setVisible(False)

    @property
    def shown(self) -> bool:
        """Whether there is a picture."""
        return self._picture.isVisible()

    def lay(self, view: MapView, pixels: Pixels, *, bordered: bool) -> None:
        """Show this map in these colours (k, m), with borders where classes are learnt."""
        self._map = view
        flipped = np.ascontiguousarray(pixels[::-1])
        height, width = flipped.shape
        image = QImage(flipped.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self._picture.setPixmap(QPixmap.fromImage(image))
        self._picture.setVisible(True)
        self.borders = borders_of(view) if bordered and len(view.y) else []
        self.border.setVisible(bool(self.borders))
        self.place()

    def place(self) -> None:
        """Put it where the plot's ranges are."""
        view, plot = self._map, self._plot
        if view is None:
            return
        # The middle of a pixel lies on its place of the grid.
        left, right = plot.across([view.x[0], view.x[-1]]).tolist()
        wide = (right - left) / (len(view.x) - 1)
        top, high = 0.0, plot.area.height()
        if len(view.y):
            top, bottom = plot.down([view.y[-1], view.y[0]]).tolist()
            high = (bottom - top) / (len(view.y) - 1)
            top -= high / 2
        self._picture.setTransform(QTransform(wide, 0, 0, high, left - wide / 2, top))
        self.border.setPath(border_path(plot, self.borders))

    def style(self) -> None:
        """The border in the colour of what is learnt."""
        self.border.setPen(pen(self._plot.theme.learnt, BORDER))


def border_path(plot: "Plot", borders: list[Floats]) -> QPainterPath:
    """Pieces of a border, in a plot's pixels."""
    path = QPainterPath()
    # In one piece a line is evenly dark, but many of its corners take Qt long.
    whole = plot.for_export or sum(map(len, borders)) <= _MOST_JOINED
    for piece in borders:
        x, y = plot.across(piece[:, 0]), plot.down(piece[:, 1])
        path.addPath(polyline(x, y, separate=not whole))
    return path


def borders_of(view: MapView) -> list[Floats]:
    """Where the most probable class changes, in the data's units."""
    found: list[Floats] = []
    for lead in leads(view.outputs):
        if not np.isfinite(lead).all() or lead.min() > 0 or lead.max() < 0:
            continue
        # Its types are unions over all the ways of asking.
        maker: Any = contour_generator(
            view.x, view.y, lead, name="serial", line_type=LineType.Separate
        )
        found += maker.lines(0.0)
    return found
