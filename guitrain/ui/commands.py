"""What the user asks of the window, by buttons, keys and plots, carried out."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication

from guitrain.core.by_hand import ByHand
from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit
from guitrain.core.settings import STEERING
from guitrain.core.sweep import SweepView
from guitrain.presets import Preset, preset
from guitrain.snapshot import State
from guitrain.ui.fields import NumberField
from guitrain.ui.keys import Action
from guitrain.ui.panel_plan import ON_FIRST_STEP

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow


class Commands(QObject):
    """Passes on to the trainer what is done in the window's views, and brings the views along.

    Args:
        settings: where it is kept that the user has gone step by step before.
    """

    def __init__(self, window: "MainWindow", settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings

    def toggle_run(self) -> None:
        """Run, or pause."""
        running = self._window.trainer.snapshot.state is State.RUNNING
        self._commit_typing()
        if running:
            self._window.trainer.pause()
        else:
            self._window.trainer.play()

    def reset(self) -> None:
        """The same experiment again, from the same initial weights."""
        self._commit_typing()
        self._window.trainer.start(self._window.work.controls.experiment)
        self._window.clock.wake()

    def next(self, unit: str) -> None:
        """One phase, batch or epoch further; the first time, what shows steps opens."""
        self._commit_typing()
        if not self._settings.value("stepped", False, bool):
            self._settings.setValue("stepped", True)
            for name in ON_FIRST_STEP:
                self._window.work.panels.open(name)
        self._window.trainer.next(Unit(unit), ask=self._window.work.predicting)

    def back(self, unit: str) -> None:
        """One phase, batch or epoch back."""
        self._commit_typing()
        self._window.trainer.back(Unit(unit))

    def _commit_typing(self) -> None:
        # A click on a button leaves the focus, and with it the typing, in the field.
        field = QApplication.focusWidget()
        if isinstance(field, NumberField):
            field.commit()

    def choose_preset(self, name: str) -> None:
        """Start a preset; the run in hand can be brought back."""
        self.start_preset(preset(name))

    def start_preset(self, chosen: Preset) -> None:
        """The same, of one that may not be the app's own."""
        self.take_preset(chosen)
        self._window.trainer.apply(())
        self._window.work.show_test.setChecked(False)
        self._window.trainer.start(chosen.experiment)
        if chosen.race:
            self._window.trainer.race(chosen.race, begun_for_it=True)
        self._window.clock.wake()

    def take_preset(self, chosen: Preset) -> None:
        """Set the pace and the rows to apply to."""
        self._window.transport.pace.set_pace(chosen.pace)
        self._window.work.results.set_apply_rows(chosen.predict)

    def go_to_best(self) -> None:
        """To where the lowest validation loss was measured."""
        view = self._window.trainer.snapshot.view
        if view is not None and view.best is not None:
            self._window.trainer.seek(view.best.step, Phase.STOP)

    def change_setting(self, path: str, value: Any) -> None:
        """A setting has this value now: the run takes it, or a new one begins."""
        if path in STEERING and self._window.trainer.snapshot.view is not None:
            self._window.trainer.change({path: value})
        else:
            self._window.trainer.start(self._window.work.controls.experiment, keep_running=True)
        self._window.clock.wake()

    def show_now(self) -> None:
        """Show what was asked for without waiting for the next frame."""
        self._window.clock.wake()
        self._window.clock.tick()

    def set_by_hand(self, hand: ByHand) -> None:
        """A parameter was typed: it is set in the run in hand."""
        self._window.trainer.set_by_hand(hand)
        self._window.clock.wake()

    def begin_from(self, w: float, b: float) -> None:
        """The landscape's start was dragged: a new run from there."""
        if self._window.work.controls.is_withheld("initial"):
            return
        self._window.trainer.start(
            self._window.work.controls.experiment.changed({"initial": (w, b)}), keep_running=True
        )
        self._window.clock.wake()

    def select(self, row: int) -> None:
        """A training point was clicked; −1: beside them all."""
        self._window.trainer.select(row if row >= 0 else None)

    def lay_on_pad(self, row: tuple[float, ...]) -> None:
        """A test image was clicked: it is applied to."""
        self._window.work.panels.open("results")
        self._window.work.results.put_image(row)

    def show_test(self, on: bool) -> None:
        """Show the test points and their loss, or not."""
        self._window.work.fits.set_show_test(on)
        self._window.work.loss.set_show_test(on)
        self._window.trainer.test(on)

    def race(self) -> None:
        """Ask what is to race, and begin it."""
        from guitrain.ui.race_dialog import RaceDialog

        if self._window.trainer.snapshot.view is None:
            return
        dialog = RaceDialog(self._window, self._window.work.controls.experiment)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._window.trainer.race(dialog.changes()))
        dialog.open()

    def train_lane(self, view: SweepView, lane: int) -> None:
        """Begin a lane of a sweep as a run of its own, and play it."""
        self._window.trainer.train_lane(view, lane)
        self._window.clock.wake()

    def do(self, action: Action) -> None:
        """What a key stands for."""
        transport = self._window.transport
        match action:
            case Action.RUN:
                transport.run.click()
            case Action.NEXT:
                transport.step.click()
            case Action.BACK:
                transport.back.click()
            case Action.NEXT_EPOCH if transport.allows("step"):
                self.next(Unit.EPOCH.value)
            case Action.BACK_EPOCH if transport.allows("step_back"):
                self.back(Unit.EPOCH.value)
            case Action.START if not self._window.status.timeline.locked:
                self._window.trainer.seek(0)
            case Action.END if not self._window.status.timeline.locked:
                if view := self._window.trainer.snapshot.view:
                    self._window.trainer.seek(view.head)
            case Action.NEXT_POINT:
                self._window.work.fits.select_next_point(1)
            case Action.POINT_BEFORE:
                self._window.work.fits.select_next_point(-1)
            case Action.ADD_POINT:
                self._window.work.fits.add_point()
            case Action.DELETE_POINT:
                self._window.work.fits.delete_point()
            case Action.RESET:
                transport.reset.click()
            case Action.PRESENT:
                self._window.presenter.toggle()
            case Action.LEAVE:
                self._window.presenter.leave()
