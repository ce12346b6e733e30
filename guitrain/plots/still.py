"""A graphics view that the mouse does not move."""

from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent


class Still:
    """Comes first among the bases of a view: a stray drag must not lose what is seen."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing: the wheel scrolls what the view lies in."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Nothing: a menu of the library's is not ours."""
        event.ignore()
