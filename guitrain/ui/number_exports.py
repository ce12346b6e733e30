"""The run's numbers and its notebook, saved where the user says; made in the training thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from guitrain.export.history_npz import history_npz
from guitrain.export.notebook import notebook
from guitrain.export.predictions_csv import predictions_csv
from guitrain.export.runs_csv import runs_csv
from guitrain.export.script import script_text
from guitrain.export.tensorboard import EXTRA, folder_name, tracked, write_events
from guitrain.files.extras import check_extra
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.ui.save_file import ask_file, tell_problem

if TYPE_CHECKING:
    from guitrain.run_book import RunBook
    from guitrain.snapshot import Snapshot
    from guitrain.ui.sessions import Sessions


class NumberExports:
    """Asks for a file and has it written; what goes wrong is told by the sessions.

    Args:
        parent: the window. sessions: they have files written. settings: remember the folder.
    """

    def __init__(self, parent: QWidget, sessions: "Sessions", settings: QSettings) -> None:
        self._parent, self._sessions, self._settings = parent, sessions, settings

    def history(self, snapshot: "Snapshot") -> None:
        """The history as NPZ."""
        filters = QApplication.translate("NumberExports", "NumPy arrays (*.npz)")
        title = QApplication.translate("NumberExports", "Export the history")
        if path := ask_file(self._parent, title, "history.npz", filters, self._settings):
            self._sessions.export(path, lambda run: history_npz(run.view()))

    def predictions(self, snapshot: "Snapshot") -> None:
        """What the model predicts for every point, as CSV."""
        title = QApplication.translate("NumberExports", "Export the predictions")
        if snapshot.view is not None and snapshot.view.experiment.surface is not None:
            text = QApplication.translate(
                "NumberExports",
                "A test surface has no data, so there is nothing to predict. Export the history.",
            )
            tell_problem(self._parent, title, text)
            return
        if path := ask_file(self._parent, title, "predictions.csv", self._tables(), self._settings):
            self._sessions.export(path, predictions_csv)

    def runs(self, snapshot: "Snapshot") -> None:
        """The table of runs as CSV."""
        title = QApplication.translate("NumberExports", "Export the table of runs")
        if path := ask_file(self._parent, title, "runs.csv", self._tables(), self._settings):
            content = runs_csv(snapshot.runs)
            self._sessions.export(path, lambda _run: content)

    def notebook(self, snapshot: "Snapshot") -> None:
        """The run's script as a Jupyter notebook."""
        title = QApplication.translate("NumberExports", "Export the notebook")
        filters = QApplication.translate("NumberExports", "Jupyter notebooks (*.ipynb)")
        path = ask_file(self._parent, title, "run.ipynb", filters, self._settings)
        if path is None or snapshot.view is None:
            return
        name = QApplication.translate("NumberExports", "A run of GUITrain")
        content = notebook(script_text(snapshot.view, snapshot.applied), name)
        self._sessions.export(path, lambda _run: content)

    def tensorboard(self, snapshot: "Snapshot") -> None:
        """All the runs as a folder that TensorBoard opens."""
        title = QApplication.translate("NumberExports", "Export for TensorBoard")
        kinds = QApplication.translate("NumberExports", "Folders (*)")
        path = ask_file(self._parent, title, "tensorboard", kinds, self._settings)
        if path is None:
            return
        try:
            check_extra(EXTRA, path)
        except FileProblem as problem:
            tell_problem(self._parent, title, file_sentence(problem))
            return
        said = QApplication.translate(
            "NumberExports", "To see the runs in TensorBoard, type in a terminal: {0}"
        ).format(f'tensorboard --logdir "{path}"')
        self._sessions.export_all(path, lambda book: _events(book, path), lambda: said)

    @staticmethod
    def _tables() -> str:
        return QApplication.translate("NumberExports", "Tables (*.csv)")


def _events(book: "RunBook", path: Path) -> Callable[[], object]:
    """All the runs of the table, gathered in the training thread; what it returns writes them."""
    runs = [tracked(entry.run, folder_name(entry.number, entry.name)) for entry in book.listed]
    return partial(write_events, runs, path)
