"""The history as CSV, written while the window goes on."""

import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from guitrain.export.history_csv import history_csv
from guitrain.files.atomic import whole_file
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.ui.save_file import ask_file, tell_problem

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

_SLICE = 0.006  # seconds of writing between two looks at the window's events


class HistoryExport(QObject):
    """Writes a history in slices between the window's events; the file appears when it is whole.

    Signals:
        finished: with "" when the file is there, or with a sentence saying why it is not.
    """

    finished = Signal(str)

    def __init__(self, parent: QObject | None, view: "RunView", path: Path) -> None:
        super().__init__(parent)
        self._chunks = history_csv(view)
        self._path = path
        self._file: AbstractContextManager[BinaryIO] | None = None
        self._handle: BinaryIO | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.abandon)

    def start(self) -> None:
        """Begin; ``finished`` follows later, or at once where the file cannot be begun."""
        self._file = whole_file(self._path)
        try:
            self._handle = self._file.__enter__()
        except FileProblem as problem:
            self._file = None
            self.finished.emit(file_sentence(problem))
            return
        self._timer.start(0)

    @Slot()
    def _slice(self) -> None:
        assert self._handle is not None
        deadline = time.perf_counter() + _SLICE
        try:
            for chunk in self._chunks:
                self._handle.write(chunk)
                if time.perf_counter() >= deadline:
                    return
            self._close(None)
        except OSError as error:
            self._fail(error)
        except FileProblem as problem:
            self._stop()
            self.finished.emit(file_sentence(problem))
        else:
            self.finished.emit("")

    def _fail(self, error: OSError) -> None:
        try:
            self._close(error)
        except FileProblem as problem:
            self.finished.emit(file_sentence(problem))

    @Slot()
    def abandon(self) -> None:
        """Write no more, and leave nothing behind (the application is quitting)."""
        if self._file is not None:
            self._close(_Abandoned())

    def _close(self, error: Exception | None) -> None:
        file = self._file
        self._stop()
        assert file is not None
        file.__exit__(type(error) if error else None, error, None)

    def _stop(self) -> None:
        self._timer.stop()
        self._file = self._handle = None
        self._chunks = iter(())  # which held the run's history

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a problem in a message box, beside which the window goes on."""
        if sentence:
            parent = self.parent()
            widget = parent if isinstance(parent, QWidget) else None
            tell_problem(widget, self.tr("Export the history"), sentence)


class _Abandoned(Exception):  # noqa: N818
    """Ends the writing of a file that nobody wants any more."""


def export_history(
    parent: QWidget | None, view: "RunView", settings: QSettings | None = None
) -> HistoryExport | None:
    """Ask for a file and write the run's history to it as CSV, while the window goes on.

    A problem is told in a message box. Returns the export under way (keep it where there is no
    parent to keep it), or None where no file was chosen.
    """
    title = QApplication.translate("HistoryExport", "Export the history")
    filters = QApplication.translate("HistoryExport", "Tables (*.csv)")
    path = ask_file(parent, title, "history.csv", filters, settings or QSettings())
    if path is None:
        return None
    export = HistoryExport(parent, view, path)
    export.finished.connect(export.tell)
    export.start()
    return export
