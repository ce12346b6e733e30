"""The one window in front of the training, and its making anew in another language."""

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Qt, Slot
from PySide6.QtGui import QGuiApplication

from guitrain.languages import speak
from guitrain.presets import Preset, preset
from guitrain.ui.main_window import MainWindow


class Front(QObject):
    """Holds the window. Texts are made with the views that show them, so another language asks for
    another window; what is trained, and its thread, are handed on to it, running or not.

    Attributes:
        window: the one there is now.
    """

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.window = MainWindow(preset("article"), settings)
        self._wire()

    def _wire(self) -> None:
        self.window.closing.connect(self._quit)
        # The menu in which it was chosen is to be closed by then.
        self.window.language_chosen.connect(self._speak, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _quit(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.quit()

    @Slot(str)
    def _speak(self, language: str) -> None:
        """Put a window in this language in the place of the one there is."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._make_anew(language)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _make_anew(self, language: str) -> None:
        old = self.window
        old.closing.disconnect(self._quit)
        going = old.sessions.handed_on()
        unit, experiment = old.transport.unit, old.trainer.snapshot.experiment
        pace = old.transport.pace.pace
        old.store()
        old.closing.emit()
        speak(language)
        self.window = MainWindow(Preset("", experiment, pace, ()), self._settings, old.trainer)
        self._wire()
        self.window.transport.set_unit(unit)
        self.window.show()
        self.window.sessions.go_on(going)
        old.hide()
        old.deleteLater()
