"""The window: assembles the panels and wires them to the trainer, nothing else."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.closed_form import facts_of
from guitrain.core.settings import STEERING
from guitrain.numbers import format_number
from guitrain.plots.fit import FitPlot
from guitrain.plots.loss import LossPlot
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import Preset, preset
from guitrain.sentences import stability_sentence, unreachable_target_sentence
from guitrain.snapshot import Snapshot, State
from guitrain.ui.cards import Card
from guitrain.ui.controls import Controls
from guitrain.ui.export_dialog import ExportDialog, export_history
from guitrain.ui.fields import NumberField
from guitrain.ui.frame_clock import FrameClock
from guitrain.ui.icons import app_icon
from guitrain.ui.results import ResultsPanel
from guitrain.ui.status import StatusBar
from guitrain.ui.style import apply_style
from guitrain.ui.transport import Transport
from guitrain.worker import Trainer

OPEN_AFTER_MS = 50  # time for the first frame


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        closing: the window is gone from the screen, and the process should end.
    """

    closing = Signal()

    def __init__(self, first: Preset, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("GUITrain")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self._settings = settings
        self._shown_run: tuple[int, int | None] | None = None
        self._equation_of: object = None
        self._noticed: object = None
        self.trainer = Trainer(first.experiment, self)
        self._build()
        self._wire()
        self.clock = FrameClock(self.trainer, self.refresh, self)
        stored = str(settings.value("theme", ""))
        dark = stored == "dark" or (
            not stored and QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.set_theme(DARK if dark else LIGHT)
        # Fonts differ: never so narrow that the toolbar's parts lie over one another.
        self.setMinimumSize(max(960, self.transport.sizeHint().width()), 600)
        self.resize(1280, 800)
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("columns", self._columns.restoreState),
            ("plots", self._plots.restoreState),
        ):
            if isinstance(value := settings.value(name), QByteArray):
                restore(value)
        self._take_preset(first)
        self.controls.set_experiment(first.experiment)
        data = first.experiment.make_data()
        self.fit.set_preview(data, facts_of(first.experiment, data))
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(OPEN_AFTER_MS)
        self._opening.timeout.connect(self.trainer.open)
        self.transport.run.setFocus()

    def _build(self) -> None:
        self.transport = Transport()
        self.controls = Controls()
        self.fit = FitPlot()
        self.loss = LossPlot()
        self.fit.setToolTip(self.tr("Each point is one of the data; the line is what was learnt"))
        self.loss.setToolTip(self.tr("How far off the line was at each epoch: lower is better"))
        self.results = ResultsPanel()
        self.status = StatusBar()
        self.fit_card = Card(self.tr("Fit"), self.fit, "equation")
        self.fit_card.caption.setAccessibleName(self.tr("The learnt line"))
        self.residuals = self.fit_card.add_switch(
            "residuals", self.tr("Residuals"), self.tr("Draw each point's error, ŷ − y")
        )
        self.loss_card = Card(self.tr("Loss"), self.loss, "loss_caption")
        self.show_test = self.loss_card.add_switch(
            "show_test",
            self.tr("Test loss"),
            self.tr("Draw the loss on points that the model never trains on"),
        )
        self.log_axis = self.loss_card.add_switch(
            "log_axis", self.tr("Log axis"), self.tr("A logarithmic loss axis"), on=True
        )
        self.loss.set_log(True)
        self._plots = QSplitter(Qt.Orientation.Vertical)
        self._plots.addWidget(self.fit_card)
        self._plots.addWidget(self.loss_card)
        self._plots.setSizes([410, 300])
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        scroll = QScrollArea()
        scroll.setWidget(self.results)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(280)
        self.controls.setMinimumWidth(264)
        for widget in (self.controls, self._plots, scroll):
            self._columns.addWidget(widget)
        self._columns.setSizes([272, 690, 300])
        for index in range(3):
            self._columns.setStretchFactor(index, int(index == 1))
            self._columns.setCollapsible(index, False)
        for splitter in (self._plots, self._columns):
            splitter.setHandleWidth(10)
            splitter.setChildrenCollapsible(False)
        middle = QWidget()
        holder = QVBoxLayout(middle)
        holder.setContentsMargins(10, 10, 10, 10)
        holder.setSpacing(10)
        self._failure = self._make_failure()
        holder.addWidget(self._failure)
        holder.addWidget(self._columns, 1)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addWidget(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(central)

    def _make_failure(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("failure")
        layout = QHBoxLayout(frame)
        self._failure_text = QLabel()
        self._failure_text.setObjectName("failure_text")
        self._failure_text.setAccessibleName(self.tr("What went wrong"))
        self._failure_text.setWordWrap(True)
        self._failure_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._failure_text)
        frame.hide()
        return frame

    def _wire(self) -> None:
        transport, trainer = self.transport, self.trainer
        transport.run_pressed.connect(self.toggle_run)
        transport.reset_pressed.connect(self.reset)
        transport.next_pressed.connect(self.next)
        transport.undo_pressed.connect(trainer.undo)
        transport.redo_pressed.connect(trainer.redo)
        transport.theme_pressed.connect(self._toggle_theme)
        transport.preset_chosen.connect(self.choose_preset)
        transport.pace.changed.connect(trainer.set_pace)
        self.controls.setting_changed.connect(self._setting_changed)
        self.results.test_pressed.connect(self._test_pressed)
        self.results.apply_pressed.connect(trainer.apply)
        self.residuals.toggled.connect(self.fit.set_residuals)
        self.log_axis.toggled.connect(self.loss.set_log)
        self.show_test.toggled.connect(self._show_test_toggled)
        menu = transport.export.menu()
        for name, text, action in (
            ("export_plot", self.tr("Plot…"), self._export_plot),
            ("export_history", self.tr("History as CSV…"), self._export_history),
        ):
            entry = menu.addAction(text)
            entry.setObjectName(name)
            entry.triggered.connect(action)
        menu.addSeparator()
        entry = menu.addAction(self.tr("Open a CSV file…"))
        entry.setObjectName("open_csv")
        entry.triggered.connect(lambda: self.controls.open_csv(None))

    # What the user does.

    def toggle_run(self) -> None:
        """Run, or pause."""
        running = self.trainer.snapshot.state is State.RUNNING
        self._commit_typing()
        if running:
            self.trainer.pause()
        else:
            self.trainer.play()

    def reset(self) -> None:
        """The same experiment again, from the same initial weights."""
        self._commit_typing()
        self.trainer.start(self.controls.experiment)
        self.clock.wake()

    def next(self, unit: str) -> None:
        """One phase, batch or epoch further."""
        self._commit_typing()
        self.trainer.next(unit)

    def _commit_typing(self) -> None:
        # A click on a button leaves the focus, and with it the typing, in the field.
        field = QApplication.focusWidget()
        if isinstance(field, NumberField):
            field.commit()

    def choose_preset(self, name: str) -> None:
        """Start a preset; the run in hand can be brought back."""
        chosen = preset(name)
        self._take_preset(chosen)
        self.trainer.apply(())
        self.show_test.setChecked(False)
        self.trainer.start(chosen.experiment)
        self.clock.wake()

    def _take_preset(self, chosen: Preset) -> None:
        self.transport.pace.set_pace(chosen.pace)
        self.results.set_apply_x(chosen.predict)

    def _setting_changed(self, path: str, value: Any) -> None:
        if path in STEERING and self.trainer.snapshot.view is not None:
            self.trainer.change({path: value})
        else:
            self.trainer.start(self.controls.experiment, keep_running=True)
        self.clock.wake()

    def _test_pressed(self) -> None:
        # The switch starts the test; while it is on, the worker keeps the numbers current.
        self.show_test.setChecked(True)

    def _show_test_toggled(self, on: bool) -> None:
        self.fit.set_show_test(on)
        self.loss.set_show_test(on)
        self.trainer.test(on)

    def _export_plot(self) -> None:
        if view := self.trainer.snapshot.view:
            plots = {"fit": self.fit, "loss": self.loss}
            dialog = ExportDialog(self, plots, view)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _export_history(self) -> None:
        if view := self.trainer.snapshot.view:
            export_history(self, view)

    def _toggle_theme(self) -> None:
        self.set_theme(LIGHT if self.theme is DARK else DARK)
        self._settings.setValue("theme", self.theme.name)

    def set_theme(self, theme: Theme) -> None:
        """Give the whole window this theme."""
        self.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_style(app, theme)
        for part in (self.transport, self.fit, self.loss):
            part.set_theme(theme)
        self.refresh(self.trainer.snapshot)

    # What the window shows.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment, in every visible view."""
        view = snapshot.view
        shown = (snapshot.generation, view.run_id if view else None)
        if shown != self._shown_run:
            self._shown_run = shown
            self.controls.set_experiment(snapshot.experiment)
            self.transport.show_experiment(
                snapshot.view.experiment if snapshot.view else snapshot.experiment
            )
            if view is None and snapshot.data is not None and snapshot.facts is not None:
                self.fit.set_preview(snapshot.data, snapshot.facts)
        if view is not None:
            self.fit.refresh(view)
            self.loss.refresh(view)
        elif snapshot.data is None:
            self._shown_run = None  # nothing was shown yet: look again when the data is there
        self.fit.set_applied(snapshot.applied)
        self.transport.refresh(snapshot)
        self.status.refresh(snapshot)
        self.results.refresh(snapshot)
        self._refresh_equation(snapshot)
        self._refresh_notices(snapshot)
        if self._failure.isHidden() == (snapshot.state is State.FAILED):
            self._failure_text.setText(
                self.tr(
                    "⚠ Training stopped on an error: {0}. What was recorded is kept. "
                    "Reset starts the run again; Undo brings back the one before."
                ).format(snapshot.error)
            )
            self._failure.setVisible(snapshot.state is State.FAILED)

    def _refresh_equation(self, snapshot: Snapshot) -> None:
        numbers = snapshot.view.numbers if snapshot.view else None
        if numbers == self._equation_of:
            return
        self._equation_of = numbers
        if numbers is None:
            self.fit_card.caption.setText("")
            return
        w, b = (format_number(n, 3, fixed=True) for n in numbers)
        sign = "−" if b.startswith("−") else "+"
        self.fit_card.caption.setText(f"ŷ = {w}·x {sign} {b.lstrip('−')}")

    def _refresh_notices(self, snapshot: Snapshot) -> None:
        settings = snapshot.view.settings if snapshot.view else snapshot.experiment
        key = (id(settings), id(snapshot.facts), self._shown_run)
        if snapshot.facts is None or key == self._noticed:
            return
        self._noticed = key
        self.controls.show_notice(
            "stop.target_loss", unreachable_target_sentence(settings, snapshot.facts)
        )
        self.controls.show_notice("learning_rate", stability_sentence(settings, snapshot.facts))

    # Qt's events.

    def showEvent(self, event: QShowEvent) -> None:
        """The training thread loads torch once the first frame is drawn: both want the GIL."""
        super().showEvent(event)
        if not self.trainer.is_open:
            self._opening.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no focused field took: Space, → and R."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.transport.run.click()
        elif event.key() == Qt.Key.Key_Right:
            self.transport.step.click()
        elif event.key() == Qt.Key.Key_R:
            self.transport.reset.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single local file may be dropped."""
        if _dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped on the window is opened as a CSV."""
        path = _dropped(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.controls.open_csv(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Vanish at once; the training thread ends after the slice in hand."""
        self.hide()
        self._opening.stop()
        self.clock.stop()
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("columns", self._columns.saveState())
        self._settings.setValue("plots", self._plots.saveState())
        self._settings.sync()  # the process may end without destructors
        self.trainer.close(wait_ms=0)
        event.accept()
        self.closing.emit()


def _dropped(urls: list[Any]) -> Path | None:
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
