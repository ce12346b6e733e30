"""Points drawn by hand, between the plot that is drawn on, the form and the trainer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings

from guitrain.core.drawing import Points, can_be_copied, copied, drawing_of, param_of
from guitrain.export.points_csv import points_csv
from guitrain.files.atomic import write_whole
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.ui.save_file import ask_file, tell_problem

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow


class Drawing(QObject):
    """Makes a new run of every change of a drawing, copies points into one, and saves it.

    ``show_now`` shows the trainer's latest moment at once: a point stays where it was dropped.
    """

    def __init__(self, window: "MainWindow", show_now: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._show_now = show_now
        self._controls, self._trainer = window.work.controls, window.trainer
        window.work.fits.drawing_changed.connect(self._draw)
        self._controls.copy_pressed.connect(self._copy)
        self._controls.save_pressed.connect(self.save)

    def _draw(self, points: Points, burst: str | None) -> None:
        if self._controls.draw(points):
            self._trainer.start(self._controls.experiment, keep_running=True, burst=burst)
            self._show_now()

    def _copy(self) -> None:
        """Draw on from the present training points."""
        data = self._trainer.snapshot.data
        if data is not None and can_be_copied(self._controls.experiment):
            self._draw(copied(data.train), None)

    def save(self, settings: QSettings | None = None) -> None:
        """Ask for a file and write the drawing to it, whole or not at all."""
        experiment = self._controls.experiment
        points, param = drawing_of(experiment), param_of(experiment.dataset_entry)
        if not points or param is None:
            return
        title, filters = self.tr("Save the points"), self.tr("Tables (*.csv)")
        path = ask_file(self._window, title, "points.csv", filters, settings or QSettings())
        if path is None:
            return
        try:
            write_whole(path, points_csv(param.columns, points))
        except FileProblem as problem:
            tell_problem(self._window, title, file_sentence(problem))
