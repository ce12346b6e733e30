"""What the window's runs can be taken away as: the entries of the Export menu, carried out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QMenu

from guitrain.ui.script_export import save_script

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow
    from guitrain.ui.model_files import ModelFiles


class Exports(QObject):
    """Fills the menu. Dialogs are loaded when they are asked for, and where there is no run yet
    nothing happens.
    """

    def __init__(self, window: "MainWindow", settings: QSettings, menu: QMenu) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._models: ModelFiles | None = None
        for name, text, action in (
            ("export_report", self.tr("Report…"), self.report),
            ("export_plot", self.tr("Plot…"), self.plot),
            ("export_film", self.tr("Film…"), self.film),
            ("export_history", self.tr("History as CSV…"), self.history),
            ("export_arrays", self.tr("History as NumPy arrays…"), self._numbers("history")),
            ("export_predictions", self.tr("Predictions as CSV…"), self._numbers("predictions")),
            ("export_runs", self.tr("Table of runs as CSV…"), self._numbers("runs")),
            ("export_tensorboard", self.tr("Runs for TensorBoard…"), self._numbers("tensorboard")),
            ("export_script", self.tr("Python script…"), self.script),
            ("export_notebook", self.tr("Jupyter notebook…"), self._numbers("notebook")),
        ):
            entry = menu.addAction(text)
            entry.setObjectName(name)
            entry.triggered.connect(action)
        models = menu.addMenu(self.tr("Model"))
        models.setObjectName("export_model")
        models.menuAction().setObjectName("export_model_entry")
        models.setToolTipsVisible(True)
        models.aboutToShow.connect(lambda: self.models.fill(models))
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._enable(menu))

    def _enable(self, menu: QMenu) -> None:
        """An empty drawing has nothing to take away, and says so."""
        empty = self._window.trainer.snapshot.view is None
        tip = self.tr("There is no run yet. Draw a point, or choose data.") if empty else ""
        for entry in menu.actions():
            entry.setEnabled(not empty)
            entry.setToolTip(tip)

    def plot(self) -> None:
        """Open the dialog for plots."""
        from guitrain.ui.export_dialog import ExportDialog

        window = self._window
        if view := window.trainer.snapshot.view:
            dialog = ExportDialog(window, window.work.pictures(), view)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def film(self) -> None:
        """Open the dialog for films, or raise it where it is open: the window is used on beside."""
        from guitrain.ui.film_dialog import FilmDialog

        window = self._window
        if known := [each for each in window.findChildren(FilmDialog) if each.isVisible()]:
            known[0].raise_()
            known[0].activateWindow()
        elif view := window.trainer.snapshot.view:
            dialog = FilmDialog(window, window.work.pictures(), view, window.trainer.film)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            window.closing.connect(dialog.reject)
            dialog.show()

    def report(self) -> None:
        """Open the dialog for reports."""
        from guitrain.ui.report_dialog import open_report

        if self._window.trainer.snapshot.view is not None:
            open_report(self._window, self._window.work)

    def history(self) -> None:
        """Save the history as CSV."""
        from guitrain.ui.history_export import export_history

        if view := self._window.trainer.snapshot.view:
            export_history(self._window, view)

    def script(self) -> None:
        """Save the run as a Python script."""
        code = self._window.work.code
        code.refresh(self._window.trainer.snapshot)
        if text := code.text():
            save_script(self._window, text)

    def _numbers(self, kind: str) -> Callable[[], None]:
        def act() -> None:
            from guitrain.ui.number_exports import NumberExports

            snapshot = self._window.trainer.snapshot
            if snapshot.view is not None:
                exports = NumberExports(self._window, self._window.sessions, self._settings)
                getattr(exports, kind)(snapshot)

        return act

    @property
    def models(self) -> "ModelFiles":
        """Saves models, and opens them."""
        if self._models is None:
            from guitrain.ui.model_files import ModelFiles

            self._models = ModelFiles(self._window, self._window.sessions, self._settings)
        return self._models

    def apply_to_file(self) -> None:
        """Apply the model to a CSV file of new inputs."""
        if (view := self._window.trainer.snapshot.view) is not None:
            self.models.apply(view)
