"""Saving the model in hand, and applying it to a CSV file, where the user says."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog, QMenu

from guitrain.export.applied_csv import applied_csv, applied_words, inputs_for
from guitrain.export.model import FORMATS, ModelFormat
from guitrain.files.extras import check_extra
from guitrain.files.new_inputs import NewInputs
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.plots import surface_words
from guitrain.sentences import translate
from guitrain.ui.save_file import ask_file, last_folder, tell_problem

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.core.run_view import RunView
    from guitrain.ui.main_window import MainWindow
    from guitrain.ui.sessions import Sessions


class ModelFiles(QObject):
    """Asks for files, and has them written in the training thread; what goes wrong is told.

    Args:
        window: whose run it is. sessions: they have files written. settings: remember the folder.
    """

    def __init__(self, window: "MainWindow", sessions: "Sessions", settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._sessions, self._settings = window, sessions, settings

    def fill(self, menu: QMenu) -> None:
        """Put an entry for each format into an empty menu."""
        if menu.actions():
            return
        for each in FORMATS:
            entry = menu.addAction(translate("ModelFiles", each.label))
            entry.setObjectName(f"export_model_{each.suffix.removeprefix('.')}")
            entry.setToolTip(translate("ModelFiles", each.help))
            entry.triggered.connect(lambda _on=False, chosen=each: self.save(chosen))

    def save(self, chosen: ModelFormat) -> None:
        """Save the present model in this format."""
        view = self._window.trainer.snapshot.view
        if view is None:
            return
        title = self.tr("Save the model")
        name = f"model{chosen.suffix}"
        try:
            if view.experiment.surface is not None:
                raise FileProblem("model_surface", Path(name))
            check_extra(chosen.extra, Path(name))
        except FileProblem as problem:  # told before a name is asked for
            tell_problem(self._window, title, file_sentence(problem))
            return
        kind = translate("ModelFiles", chosen.kind)
        path = ask_file(self._window, title, name, kind, self._settings)
        if path is None:
            return
        if chosen.slow:
            text = self.tr(
                "{0} is being made. The first of its kind takes some seconds; training rests."
            )
            self._sessions.told.emit(text.format(path.name))
        steps: list[int] = []

        def make(run: "Run") -> bytes:
            steps.append(run.learner.step)
            return chosen.write(run, path)

        def done() -> str:
            text = self.tr("{0} is saved: the model after step {1}.")
            return text.format(path.name, f"{steps[0]:,}")

        self._sessions.export(path, make, done)

    def apply(self, view: "RunView") -> None:
        """Predict for the rows of a CSV file, and save that as another."""
        title = self.tr("Apply the model to a CSV file")
        if view.experiment.surface is not None:
            tell_problem(self._window, title, surface_words.no_apply())
            return
        tables = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        folder = str(last_folder(self._settings))
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, folder, tables)
        if not chosen:
            return
        given = Path(chosen)
        title = self.tr("Save the predictions")
        name = str(given.with_name(f"{given.stem}-predictions.csv"))
        path = ask_file(self._window, title, name, self.tr("Tables (*.csv)"), self._settings)
        if path is None:
            return
        read: list[NewInputs] = []

        def make(run: "Run") -> bytes:
            read.append(inputs_for(run, given))
            return applied_csv(run, read[0])

        self._sessions.export(path, make, lambda: applied_words(read[0], path))
