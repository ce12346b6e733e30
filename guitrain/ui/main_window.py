"""The window: assembles toolbar, panels and footer and wires them to the trainer, nothing else."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.closed_form import facts_of
from guitrain.core.experiment import Experiment
from guitrain.core.run_view import Unit
from guitrain.languages import KEY
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import Preset
from guitrain.sentences import (
    language_in_use,
)
from guitrain.snapshot import Pace, Snapshot, State
from guitrain.trainer import Trainer
from guitrain.ui.commands import Commands
from guitrain.ui.drawing import Drawing
from guitrain.ui.exports import Exports
from guitrain.ui.first_state import FIRST_SIZE, ask_to_reset, stored_theme
from guitrain.ui.frame_clock import FrameClock
from guitrain.ui.icons import app_icon
from guitrain.ui.keys import KeyWatch, action_for
from guitrain.ui.language_menu import add_languages, chosen_language
from guitrain.ui.notice import Failure, Notice
from guitrain.ui.panel_buttons import PanelButtons
from guitrain.ui.presenter import Presenter
from guitrain.ui.sessions import Sessions
from guitrain.ui.status import StatusBar
from guitrain.ui.style import apply_style
from guitrain.ui.transport import Transport
from guitrain.ui.workspace import Workspace

OPEN_AFTER_MS = 50  # time for the first frame


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        closing: the window leaves; the process should end, unless another takes its place.
        language_chosen(language): one in another language should.
    """

    closing = Signal()
    language_chosen = Signal(str)

    def __init__(self, first: Preset, settings: QSettings, trainer: Trainer | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("GUITrain")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setAnimated(False)  # it has no docks of its own, and Qt would animate each layout
        self._settings = settings
        self._shown_run: tuple[int, int | None] | None = None
        self._in_force: tuple[Experiment, bool] = (first.experiment, False)
        self._noticed: object = None
        self._state = State.LOADING
        self._asked: object = None
        self.trainer = trainer or Trainer(first.experiment)
        self.trainer.setParent(self)
        self._build()
        self._wire()
        self.clock = FrameClock(self.trainer, self.refresh, self)
        self.set_theme(stored_theme(settings))
        # Fonts differ: never so narrow that the toolbar's parts lie over one another.
        self.setMinimumSize(max(960, self.transport.minimumSizeHint().width()), 600)
        self.resize(*FIRST_SIZE)
        if isinstance(geometry := settings.value("geometry"), QByteArray):
            self.restoreGeometry(geometry)
        # The size that the panels will have is known from here on, and they are laid out for it.
        for layout in (self.layout(), *self._layouts):
            if layout is not None:
                layout.activate()
        self.work.panels.restore(settings)
        self.commands.take_preset(first)
        if self.trainer.snapshot.view is None and not first.experiment.is_empty:
            data = first.experiment.make_data()
            self.work.fits.set_preview(first.experiment, data, facts_of(first.experiment, data))
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(OPEN_AFTER_MS)
        self._opening.timeout.connect(self.trainer.open)
        self._opening.timeout.connect(self.sessions.start)
        # No field and no box has the keys at first, or after a click beside them all.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def _build(self) -> None:
        self.transport = Transport()
        self.work = Workspace(self)
        self.status = StatusBar()
        self.presenter = Presenter(self, self.work.panels, self._settings)
        self.commands = Commands(self, self._settings)
        self.panel_buttons = PanelButtons(self.work.panels, self.presenter)
        self.transport.add_widget(self.presenter.leave_button)
        self.presenter.hide_while_presenting(
            self.panel_buttons, self.transport.preset, self.transport.export
        )
        self.status.add_widget(self.panel_buttons)
        self._failure = Failure()
        middle = QWidget()
        holder = QVBoxLayout(middle)
        holder.setContentsMargins(10, 10, 10, 10)
        holder.setSpacing(10)
        self.notice = Notice("notice")
        holder.addWidget(self._failure)
        holder.addWidget(self.notice)
        holder.addWidget(self.work.docks, 1)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addWidget(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(central)
        self._layouts: tuple[QLayout, ...] = (layout, holder)  # from the outside in

    def _wire(self) -> None:
        transport, trainer, work = self.transport, self.trainer, self.work
        transport.run_pressed.connect(self.commands.toggle_run)
        transport.run_to_pressed.connect(trainer.play)
        transport.reset_pressed.connect(self.commands.reset)
        transport.next_pressed.connect(self.commands.next)
        transport.back_pressed.connect(self.commands.back)
        transport.undo_pressed.connect(trainer.undo)
        transport.redo_pressed.connect(trainer.redo)
        transport.theme_pressed.connect(self._toggle_theme)
        transport.preset_chosen.connect(self.commands.choose_preset)
        transport.pace.changed.connect(trainer.set_pace)
        self.status.timeline.glided.connect(lambda step: trainer.seek(step, near=True))
        self.status.timeline.dropped.connect(lambda step: trainer.seek(step))
        work.controls.setting_changed.connect(self.commands.change_setting)
        work.results.test_pressed.connect(lambda: work.show_test.setChecked(True))
        work.results.apply_pressed.connect(trainer.apply)
        work.results.apply_file_pressed.connect(lambda: self.exports.apply_to_file())
        work.results.rescue_pressed.connect(trainer.rescue)
        work.results.best_pressed.connect(self.commands.go_to_best)
        work.wishes_changed.connect(self._ask_for_what_is_seen)
        work.show_test.toggled.connect(self.commands.show_test)
        work.fits.point_clicked.connect(self.commands.select)
        work.fits.image_clicked.connect(self.commands.lay_on_pad)
        work.made.connect(self._wire_late)
        self.presenter.changed.connect(lambda _on: self.set_theme(self.theme))
        self._drawing = Drawing(self, self.commands.show_now)
        KeyWatch(self, lambda: self.presenter.active).pressed.connect(self.commands.do)
        self.exports: Exports = Exports(self, self._settings, transport.export.menu())
        self.sessions: Sessions = Sessions(self, self._settings, transport.file.menu())
        add_languages(self, self._settings, transport.file.menu())
        self._add_resets(transport.file.menu())
        self.sessions.told.connect(lambda text: self.notice.say(text))
        self.sessions.left_found.connect(self._offer_left)

    def _offer_left(self) -> None:
        """A crash left a session behind."""
        sessions = self.sessions
        text = self.tr("GUITrain did not end in good order the last time. Its runs were kept.")
        if sessions.left_count > 1:
            text = self.tr(
                "{0} windows of GUITrain did not end in good order. Their runs were kept: the "
                "latest are offered first, and then those before."
            ).format(sessions.left_count)
        self.notice.say(
            text,
            (
                (
                    "bring_back",
                    self.tr("Bring them back"),
                    self.tr("Open the runs as they were a few seconds before the end"),
                    sessions.bring_back,
                ),
                (
                    "forget",
                    self.tr("Delete them"),
                    self.tr("Delete what was kept"),
                    sessions.forget_left,
                ),
            ),
        )

    def take_state(
        self, pace: Pace | None, test: bool, rows: list[tuple[float, ...]], layout: bytes
    ) -> None:
        """What an opened file says of the window; a layout of other panels changes nothing."""
        if pace is not None:
            self.transport.pace.set_pace(pace)
        self.work.results.set_apply_rows(rows)
        self.trainer.apply(rows)
        self.work.show_test.setChecked(test)
        if not self.presenter.active:
            self.work.panels.restore_state(QByteArray(layout))

    def _wire_late(self, name: str) -> None:
        """A view of the workspace is there: what it asks for is done."""
        trainer, work = self.trainer, self.work
        match name:
            case "landscape":
                work.landscape.start_moved.connect(self.commands.begin_from)
            case "predicted":
                work.predicted.plot.point_clicked.connect(self.commands.select)
            case "numbers":
                work.numbers.advance_pressed.connect(lambda: self.commands.next(Unit.PHASE.value))
            case "network":
                work.network.hand_set.connect(self.commands.set_by_hand)
            case "code":
                work.code.save_pressed.connect(self.exports.script)
            case "runs":
                work.runs.visibility_changed.connect(trainer.show_run)
                work.runs.renamed.connect(trainer.rename_run)
                work.runs.deleted.connect(trainer.delete_run)
                work.runs.made_current.connect(trainer.make_current)
                work.runs.race_wanted.connect(self.commands.race)
            case "sweep":
                work.sweep.start_wanted.connect(trainer.sweep)
                work.sweep.stop_wanted.connect(trainer.stop_sweep)
                work.sweep.lane_wanted.connect(self.commands.train_lane)
            case "lesson":
                from guitrain.ui.lesson_guide import LessonGuide

                LessonGuide(self, work.lesson)

    def _add_resets(self, menu: QMenu) -> None:
        menu.addSeparator()
        for name, text, action in (
            ("reset_layout", self.tr("Reset the panels"), self.work.reset_layout),
            ("reset_preferences", self.tr("Reset preferences…"), lambda: ask_to_reset(self)),
        ):
            entry = menu.addAction(text)
            entry.setObjectName(name)
            entry.triggered.connect(action)

    # How it looks, and in which language.

    def _toggle_theme(self) -> None:
        self.set_theme(LIGHT if self.theme is DARK else DARK)
        self._settings.setValue("theme", self.theme.name)

    def choose_language(self, name: str) -> None:
        """Keep this language ("": the system's), and have it in force if it is another."""
        self._settings.setValue(KEY, name)
        self._speak_as_chosen()

    def _speak_as_chosen(self) -> None:
        if (name := chosen_language(self._settings)) != language_in_use():
            self.language_chosen.emit(name)

    def reset_preferences(self) -> None:
        """Window, panels, theme, language, recent files as at the first start; the work stays."""
        self.presenter.leave()
        self._settings.clear()
        self._speak_as_chosen()
        self.set_theme(stored_theme(self._settings))
        self.showNormal()
        self.resize(*FIRST_SIZE)
        self.work.reset_layout()
        self.presenter.restore()

    def set_theme(self, theme: Theme) -> None:
        """Give the whole window this theme, in the size of type in use."""
        self.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_style(app, theme, self.presenter.scale)
        for part in (self.transport, self.work, self.status, self.panel_buttons):
            part.set_theme(theme)
        self.refresh(self.trainer.snapshot)

    # What the window shows.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment, in every visible view."""
        view, work = snapshot.view, self.work
        shown = (snapshot.generation, view.run_id if view else None)
        if self._travelled(snapshot) or shown != self._shown_run:
            self._shown_run = shown
            work.controls.set_experiment(snapshot.experiment)
            self.transport.show_experiment(view.experiment if view else snapshot.experiment)
            if view is None and snapshot.data is not None and snapshot.facts is not None:
                work.fits.set_preview(snapshot.experiment, snapshot.data, snapshot.facts)
        if view is None and snapshot.data is None and snapshot.state is not State.EMPTY:
            self._shown_run = None  # nothing was shown yet: look again when the data is there
        work.controls.offer_devices(snapshot.devices)
        work.refresh(snapshot)
        self.transport.refresh(snapshot)
        self.status.refresh(snapshot)
        self.sessions.refresh(snapshot)
        self._refresh_notices(snapshot)
        self._ask_for_what_is_seen()
        if snapshot.state is not self._state:
            self._state = snapshot.state
            self._state_changed(snapshot)

    def _travelled(self, snapshot: Snapshot) -> bool:
        """Whether other settings are in force since the cursor went into the past, or through it.

        At the head the controls are ahead of every snapshot: what was typed is on its way.
        """
        view, before = snapshot.view, self._in_force
        if view is None:
            return False
        past = view.step < view.head
        self._in_force = (view.settings, past)
        return (past or before[1]) and view.settings != before[0]

    def _state_changed(self, snapshot: Snapshot) -> None:
        self._failure.show_error(snapshot.error if snapshot.state is State.FAILED else None)
        if snapshot.state is State.STOPPED and not self.presenter.active:
            self.work.panels.bring_up("results")

    def _ask_for_what_is_seen(self) -> None:
        """Have the trainer work out what the panels in sight need, and no more."""
        work = self.work
        asked = (work.wishes, work.wanted_landscape, work.map_axes, work.fits.map_corners)
        if asked != self._asked:
            self._asked = asked
            self.trainer.watch(work.wishes)
            self.trainer.want_landscape(work.wanted_landscape)
            self.trainer.want_map(work.map_axes, work.fits.map_corners)

    def _refresh_notices(self, snapshot: Snapshot) -> None:
        view, facts = snapshot.view, snapshot.facts
        settings = view.settings if view else snapshot.experiment
        key = (id(settings), id(facts), self._shown_run)
        controls = self.work.controls
        if snapshot.state is State.EMPTY:
            controls.show_facts(settings, None)
        if facts is None or key == self._noticed:
            return
        self._noticed = key
        controls.show_facts(settings, facts)

    # Qt's events.

    def showEvent(self, event: QShowEvent) -> None:
        """The training thread loads torch once the first frame is drawn: both want the GIL."""
        super().showEvent(event)
        if not self.trainer.is_open:
            self._opening.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no focused field took."""
        action = action_for(event, None, presenting=self.presenter.active)
        if action is None:
            super().keyPressEvent(event)
        else:
            self.commands.do(action)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single local file may be dropped."""
        if _dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped on the window is opened: an experiment, or a table."""
        path = _dropped(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.sessions.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Vanish at once; the training thread ends after the slice in hand."""
        self.store()
        self.sessions.end()
        self.trainer.close(wait_ms=0)
        event.accept()
        self.closing.emit()

    def store(self) -> None:
        """Draw no more, and keep what the next window is to look like."""
        self.clock.stop()
        self.presenter.leave()
        self.work.leave_surface()
        self._settings.setValue("geometry", self.saveGeometry())
        self.work.panels.store(self._settings)
        self._settings.sync()  # the process may end without destructors


def _dropped(urls: list[Any]) -> Path | None:
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
