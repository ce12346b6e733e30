"""Anything in any order, by a person who presses everything. After each act:

what the window shows is what a fresh replay of that step gives.
"""

import time
from pathlib import Path

import pytest
from hypothesis import Phase as Phases
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core.drawing import drawing_of
from guitrain.core.look import graph_view, point_view, step_view
from guitrain.core.phases import PHASES, Phase
from guitrain.core.run import Run
from guitrain.core.run_view import RunView, Unit
from guitrain.numbers import format_number
from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State, Until
from guitrain.ui.code_values import lit_lines
from guitrain.ui.equation import equation
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import drawn, end, find, store, type_in

TYPED = ("epochs", "points", "noise", "learning_rate", "batch_size", "data_seed", "initial_w")
TEXTS = ("", "0", "1", "2", "64", "500", "-1", "0.5", "1e9", "abc", "all", "1e-3", "1,000")
SWITCHES = ("residuals", "show_test", "log_axis", "theme", "target_loss_on", "patience_on")
PANELS = ("cycle", "code", "numbers", "graph", "landscape", "runs", "results", "loss")
PRESSED = ("run", "step", "step_back", "reset", "undo", "redo")
MOST_REPLAYED = 3000  # steps; a run that was let run flat out is checked by its labels alone


def fresh(view: RunView) -> Run:
    """A run of its own, brought to the place of the view by doing everything again."""
    run = Run(view.experiment)
    run.learner.observed = True
    run.events = [event for event in view.events if event.step <= view.step]
    for event in run.events:
        run._latest = run._latest.changed(event.changes)
    while (run.learner.step, run.phase) != (view.step, view.phase):
        assert run.advance() is not None
        assert run.learner.step <= view.step
    return run


def check_replay(shown: Snapshot) -> None:
    """Every number of the snapshot, bit for bit."""
    view, step = shown.view, shown.step_view
    assert view is not None
    run = fresh(view)
    again = run.view()
    assert (again.numbers, again.loss, again.epoch, again.batch_index, again.batches) == (
        view.numbers,
        view.loss,
        view.epoch,
        view.batch_index,
        view.batches,
    )
    assert (again.final_loss, again.stopped) == (view.final_loss, view.stopped)
    if step is not None:
        mine = step_view(run)
        for name in ("rows", "inputs", "targets", "prediction"):
            one, other = getattr(step, name), getattr(mine, name)
            assert (one is None) == (other is None), name
            assert one is None or one.tobytes() == other.tobytes(), name
        for name in ("step", "epoch", "batch_index", "batches", "phase", "learning_rate", "loss"):
            assert getattr(step, name) == getattr(mine, name), name
        for name in ("gradients", "before", "after", "state_before", "state_after"):
            assert getattr(step, name) == getattr(mine, name), name
    if shown.point is not None:
        assert shown.point == point_view(run, shown.point.row)
    if shown.graph is not None:
        graph = graph_view(run, shown.point.row if shown.point else None)
        assert graph is not None
        for node, twin in zip(shown.graph.nodes, graph.nodes, strict=True):
            assert node.name == twin.name
            for name in ("value", "gradient", "share"):
                one, other = getattr(node, name), getattr(twin, name)
                assert (one is None) == (other is None)
                assert one is None or one.tobytes() == other.tobytes()


class Anything(RuleBasedStateMachine):
    """The real window, and somebody who knows no order."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.window = MainWindow(preset("article"), store(self.folder / "any.ini"))
        self.window.show()
        end = time.monotonic() + 20
        while not self.window.trainer.is_open and time.monotonic() < end:
            QCoreApplication.processEvents()
        self._check()

    # Pressing.

    @rule(name=st.sampled_from((*PRESSED, "test", "apply")))
    def press(self, name: str) -> None:
        find(self.window, name).click()
        self._check()

    @rule(names=st.lists(st.sampled_from(PRESSED), max_size=6))
    def press_at_once(self, names: list[str]) -> None:
        for name in names:
            find(self.window, name).click()
        self._check()

    @rule(unit=st.sampled_from([u.value for u in Unit]), count=st.integers(1, 8))
    def go_on(self, unit: str, count: int) -> None:
        for _ in range(count):
            self.window.commands.next(unit)
        self._check()

    @rule(unit=st.sampled_from([u.value for u in Unit]), count=st.integers(1, 8))
    def go_back(self, unit: str, count: int) -> None:
        for _ in range(count):
            self.window.commands.back(unit)
        self._check()

    @rule(epoch=st.integers(0, 120))
    def run_to(self, epoch: int) -> None:
        self.window.transport.run_to_pressed.emit(Until(epoch=epoch))
        self._check()

    # The timeline.

    @rule(places=st.lists(st.floats(0, 1), min_size=1, max_size=4), let_go=st.booleans())
    def drag(self, places: list[float], let_go: bool) -> None:
        timeline = self.window.status.timeline
        view = self.window.trainer.snapshot.view
        head = view.head if view is not None else 0
        for place in places:
            timeline.glided.emit(round(place * head))
        if let_go:
            timeline.dropped.emit(round(places[-1] * head))
        self._check()

    @rule(place=st.floats(0, 1), name=st.sampled_from(("reset", "run", "step_back", "undo")))
    def drag_and_press(self, place: float, name: str) -> None:
        view = self.window.trainer.snapshot.view
        self.window.status.timeline.glided.emit(round(place * (view.head if view else 0)))
        find(self.window, name).click()
        self.window.status.timeline.dropped.emit(10)
        self._check()

    # Settings.

    @rule(name=st.sampled_from(TYPED), text=st.sampled_from(TEXTS), enter=st.booleans())
    def type(self, name: str, text: str, enter: bool) -> None:
        if self.window.findChild(QWidget, name) is None:
            return  # of drawn classes there is no w
        type_in(self.window, name, text, enter=enter)
        if enter:
            self._check()

    @rule(rate=st.sampled_from(("0.003", "0.01", "0.05", "0.2")))
    def change_rate(self, rate: str) -> None:
        type_in(self.window, "learning_rate", rate)
        self._check()

    @rule(x=st.sampled_from(("1.5", "7, -3", "", "x")))
    def apply(self, x: str) -> None:
        type_in(self.window, "apply_x", x)
        self._check()

    @rule(name=st.sampled_from(SWITCHES))
    def switch(self, name: str) -> None:
        find(self.window, name).click()
        self._check()

    @rule(index=st.integers(0, 1))
    def choose_preset(self, index: int) -> None:
        combo: QComboBox = find(self.window, "preset")
        combo.setCurrentIndex(index)
        combo.activated.emit(index)
        self._check()

    @rule(name=st.sampled_from(("loss", "initial_by_hand")), index=st.integers(0, 1))
    def choose(self, name: str, index: int) -> None:
        combo: QComboBox = find(self.window, name)
        combo.setCurrentIndex(index)
        combo.activated.emit(index)
        self._check()

    @rule(w=st.floats(-1, 3), b=st.floats(-1, 3))
    def drag_the_start(self, w: float, b: float) -> None:
        if self.window.work.controls.experiment.form.names == ("w", "b"):  # of others there is none
            self.window.work.landscape.start_moved.emit(round(w, 2), round(b, 2))
        self._check()

    @rule(stop=st.integers(0, 15))
    def pace(self, stop: int) -> None:
        find(self.window, "pace").setValue(stop)
        self._check()

    # Panels, points and runs.

    @rule(name=st.sampled_from(PANELS))
    def panel(self, name: str) -> None:
        self.window.work.panels.toggle(name)
        self._check()

    @rule(row=st.integers(-1, 99))
    def click_a_point(self, row: int) -> None:
        self.window.work.fit.point_clicked.emit(row)
        self._check()

    @rule(number=st.sampled_from((0, 0, 1, 2, 7)))
    def choose_source(self, number: int) -> None:
        combo: QComboBox = find(self.window, "data")
        first = ("drawn", "drawn_classes", "line")
        name = (*first, *(combo.itemData(at) for at in range(combo.count())))[number]
        combo.setCurrentIndex(combo.findData(name))
        combo.activated.emit(combo.currentIndex())
        self._check()

    @rule(
        acts=st.lists(
            st.tuples(
                st.sampled_from(("left", "left", "right", "drag", "hold", "keys")),
                *[st.floats(-0.02, 1.02)] * 4,
            ),
            min_size=1,
            max_size=3,
        ),
        settle=st.booleans(),
    )
    def draw(self, acts: list[tuple[str, float, float, float, float]], settle: bool) -> None:
        fit = self.window.work.fits.shown
        view, area = fit.viewport(), fit.area_rect
        left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton

        def pixel(x: float, y: float) -> QPoint:
            place = QPointF(x * area.width(), y * area.height())
            return fit.mapFromScene(fit.area.mapToScene(place))

        for act, x, y, to_x, to_y in acts:
            start, end = pixel(x, y), pixel(to_x, to_y)
            if act == "keys":
                for key in (Qt.Key.Key_2, Qt.Key.Key_Insert, Qt.Key.Key_Up, Qt.Key.Key_Delete):
                    QTest.keyClick(fit, key)
            elif act in ("left", "right"):
                QTest.mouseClick(view, left if act == "left" else right, pos=start)
            else:
                QTest.mousePress(view, left, pos=start)
                QTest.mouseMove(view, end)
                if act == "drag":
                    QTest.mouseRelease(view, left, pos=end)
            if settle:
                self._check()
        self._check()

    @rule(name=st.sampled_from(("copy_points", "clear_drawing")))
    def begin_or_clear_a_drawing(self, name: str) -> None:
        button = self.window.findChild(QPushButton, name)  # made when it is first wanted
        if button is not None and button.isVisibleTo(self.window):
            button.click()
        self._check()

    @rule()
    def predict(self) -> None:
        self.window.work.numbers.predict.click()
        self._check()

    @rule(number=st.integers(0, 5), name=st.sampled_from(("deleted", "made_current")))
    def of_runs(self, number: int, name: str) -> None:
        getattr(self.window.work.runs, name).emit(number)
        self._check()

    @rule(number=st.integers(0, 5), on=st.booleans())
    def show_run(self, number: int, on: bool) -> None:
        self.window.work.runs.visibility_changed.emit(number, on)
        self._check()

    @rule(rates=st.lists(st.sampled_from((0.001, 0.02, 0.3)), min_size=2, max_size=3))
    def race(self, rates: list[float]) -> None:
        self.window.trainer.race([{"learning_rate": rate} for rate in rates])
        self._check()

    @rule()
    def rescue(self) -> None:
        self.window.trainer.rescue()
        self._check()

    # What must be so after each of these.

    def _settled(self) -> Snapshot:
        """Once what was asked for is carried out; a seek in slices included."""
        end = time.monotonic() + 20
        while True:
            drawn(self.window)
            # A panel that came into sight asks for more, in the frame in which it is first drawn.
            if self.window._asked == (
                self.window.work.wishes,
                self.window.work.wanted_landscape,
                self.window.work.map_axes,
                self.window.work.fits.map_corners,
            ):
                drawn(self.window)
                if self.window.trainer._worker._player.target is None:
                    return drawn(self.window)
            assert time.monotonic() < end

    def _check(self) -> None:
        window, shown = self.window, self._settled()
        state, view = shown.state, shown.view
        usual = (State.PAUSED, State.RUNNING, State.STOPPED)
        points = drawing_of(shown.experiment)
        assert state in ((State.EMPTY,) if points == () else usual), shown.error
        of_classes = points is not None and shown.experiment.classes
        plot = window.work.fits.map if of_classes else window.work.fit
        assert plot.mouse.points == points
        assert shown.experiment == window.work.controls.experiment
        if view is None:
            assert state is State.EMPTY
            assert not find(window, "run").isEnabled()
            assert find(window, "undo").isEnabled() == shown.can_undo
            return
        assert view.settings == shown.experiment == window.work.controls.experiment
        run = find(window, "run")
        assert run.text() == ("Pause" if state is State.RUNNING else "Run")
        assert run.isEnabled() == (state is not State.STOPPED)
        assert find(window, "undo").isEnabled() == shown.can_undo
        assert find(window, "redo").isEnabled() == shown.can_redo
        assert find(window, "step_back").isEnabled() == (
            view.step > 0 or view.phase not in (None, Phase.INIT)
        )
        assert find(window, "failure").isHidden()
        assert [row.current for row in shown.runs].count(True) == 1
        if state is not State.RUNNING and view.step < MOST_REPLAYED:
            check_replay(shown)
            self._check_what_is_seen(shown, view)

    def _check_what_is_seen(self, shown: Snapshot, view: RunView) -> None:
        work = self.window.work
        assert f"epoch {view.epoch_in_hand:,}" in find(self.window, "status_epoch").text()
        assert find(self.window, "equation").text() == equation(view.numbers, view.experiment.form)
        assert view.phase is not None
        assert str(PHASES[view.phase].number) in find(self.window, "status_phase").text()
        loss = view.loss if view.final_loss is None else view.final_loss
        if loss is not None:
            assert format_number(loss, fixed=True) in find(self.window, "status_loss").text()
        if work.panels.is_seen("cycle"):
            lit = {box.phase for box in work.cycle.chart.boxes.values() if box.lit}
            box = next(box for box in work.cycle.chart.boxes.values() if view.phase in box.phases)
            assert lit == {box.phase}
        if work.panels.is_seen("code") and work.code.script is not None:
            assert work.code.view.lit == lit_lines(work.code.script, shown.step_view, view)
        wanted = work.wanted_landscape
        assert wanted is None or work.landscape_panel.wanted == wanted
        assert (shown.step_view is not None) == bool(work.wishes)

    def teardown(self) -> None:
        end(self.window)


@pytest.mark.timeout(300)
def test_what_is_shown_is_what_a_fresh_replay_gives(qtbot: QtBot, tmp_path: Path) -> None:
    Anything.folder = tmp_path
    run_state_machine_as_test(
        Anything,
        # Shrinking would play hundreds of windows more; the steps are printed all the same.
        settings=hypothesis_settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            phases=(Phases.explicit, Phases.reuse, Phases.generate),
        ),
    )
