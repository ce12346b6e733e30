"""The application object: on macOS it is told which files to open."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """A file that is double-clicked on macOS, or dropped on the app's icon, comes as an event, at
    the start and at any time later; elsewhere it comes as an argument.

    Signals:
        file_given(path): open this file.
    """

    file_given = Signal(str)

    def event(self, event: QEvent) -> bool:
        """As QApplication, whose own events are few: those of windows do not pass here."""
        if isinstance(event, QFileOpenEvent):
            self.file_given.emit(event.file())
            return True
        return super().event(event)
