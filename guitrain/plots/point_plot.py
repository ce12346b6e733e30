"""A plot of training points that can be clicked."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from guitrain.plots.base import Plot
from guitrain.plots.theme import LIGHT, Theme

NEAREST = 8.0  # pixels from the mouse within which a point is meant


class PointPlot(Plot):
    """Subclasses say which training points are drawn (``_rows``) and where (``_pixels``).

    Signals:
        point_clicked(row): a training point was clicked, or -1: the empty area was.
    """

    point_clicked = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self._rows = np.empty(0, np.int64)
        self._pressed: QPointF | None = None

    def _pixels(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the training points are drawn (n,), in the order of ``_rows``."""
        raise NotImplementedError

    def _row_at(self, event: QMouseEvent) -> int | None:
        """The training point under the mouse, -1 for none, None outside the area."""
        place = self.area.mapFromScene(self.mapToScene(event.position().toPoint()))
        if not self.area_rect.contains(place):
            return None
        x, y = self._pixels()
        if not len(x):
            return -1
        away = np.hypot(x - place.x(), y - place.y())
        nearest = int(np.argmin(np.where(np.isfinite(away), away, np.inf)))
        return int(self._rows[nearest]) if away[nearest] <= NEAREST else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a click, perhaps."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, unless the mouse was dragged."""
        start, self._pressed = self._pressed, None
        event.accept()
        if start is None or event.button() != Qt.MouseButton.LeftButton:
            return
        moved = (event.position() - start).manhattanLength()
        row = self._row_at(event)
        if row is not None and moved < QApplication.startDragDistance():
            self.point_clicked.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A pointing hand over a point that can be clicked."""
        shape, row = Qt.CursorShape.ArrowCursor, self._row_at(event)
        if row is not None and row >= 0:
            shape = Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        event.accept()
