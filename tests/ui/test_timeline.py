"""The timeline: where steps lie, what is marked, and dragging it with a real mouse."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Event, RunView
from guitrain.core.stopping import Rule, StopReason
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import RunRow, Snapshot, State
from guitrain.ui.timeline import FRAME_MS, Timeline
from guitrain.ui.timeline_axis import axis_of, epoch_at, planned_steps
from guitrain.ui.timeline_marks import SHAPES, Kind, Mark, mark_colour, marks_of
from guitrain.ui.timeline_rail import MARGIN
from tests.plots.runs import ARTICLE, run_of

LEFT = Qt.MouseButton.LeftButton
Y = 18


def snapshot(run: Run, state: State = State.PAUSED, **fields: Any) -> Snapshot:
    return Snapshot(0, state, run.experiment, view=run.view(), **fields)


def row(number: int, **fields: Any) -> RunRow:
    values: dict[str, Any] = {
        "run_id": 1000 + number, "number": number, "name": "", "style": number, "parent": None,
        "changes": {}, "epoch": 0, "step": 0, "loss": None, "diverged": False, "visible": True,
        "current": False, "racing": False,
    }  # fmt: skip
    return RunRow(**{**values, **fields})


class Held(QWidget):
    """A window of 640 pixels with the timeline at its foot, and what that asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(640, 120)
        self.line = Timeline()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 80, 0, 0)
        layout.addWidget(self.line)
        self.glided: list[int] = []
        self.dropped: list[int] = []
        self.line.glided.connect(self.glided.append)
        self.line.dropped.connect(self.dropped.append)

    def point(self, step: float) -> QPoint:
        return QPoint(round(self.line.rail.place(step)), Y)

    def press(self, step: float) -> None:
        QTest.mousePress(self.line, LEFT, pos=self.point(step))

    def release(self, step: float) -> None:
        QTest.mouseRelease(self.line, LEFT, pos=self.point(step))

    @property
    def handle(self) -> float:
        """The step at the handle's middle."""
        rail = self.line.rail
        return (rail.handle.x() - MARGIN) / rail.span * rail.axis.end


@pytest.fixture
def held(qtbot: QtBot) -> Iterator[Held]:
    made = Held()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.line._let_go()  # no timer is left


def drag(held: Held, *steps: float, button: Qt.MouseButton = LEFT) -> None:
    """Moves with a button down or, with NoButton, without: QTest's know of none offscreen."""
    for step in steps:
        at = QPointF(held.point(step))
        event = QMouseEvent(
            QEvent.Type.MouseMove, at, QPointF(held.line.mapToGlobal(at.toPoint())),
            Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(held.line, event)


def hover(held: Held, step: float) -> None:
    drag(held, step, button=Qt.MouseButton.NoButton)


# Where steps lie.


def test_the_axis_is_the_whole_plan_up_to_a_thousand_epochs() -> None:
    view = run_of(30).view()
    assert axis_of(view).end == 100
    assert not axis_of(view).cut
    batches = run_of(2, {"batch_size": 30, "stop.epochs": 7}).view()
    assert axis_of(batches).end == 7 * 4
    assert axis_of(run_of(1, {"stop.epochs": 1000}).view()).end == 1000


def test_the_axis_of_a_huge_plan_grows_in_nice_steps() -> None:
    run = run_of(1, {"stop.epochs": 10**9})
    ends = []
    for _ in range(300):
        run.run_until(math.inf, 10)
        axis = axis_of(run.view())
        assert axis.cut
        assert axis.end >= run.head
        assert run.head < 100 or axis.fraction(run.head) > 0.35  # the record is usable
        ends.append(axis.end)
    assert sorted(set(ends)) == [100, 200, 500, 1000, 2000, 5000]
    assert ends == sorted(ends)


def test_a_run_beyond_ints_has_an_axis_and_epochs(held: Held) -> None:
    view = run_of(1, {"stop.epochs": 10**9, "batch_size": 1}).view()
    assert planned_steps(view) == 10**11
    big = replace(view, head=70 * 10**9, step=35 * 10**9, epoch=35 * 10**7)
    held.line.refresh(Snapshot(0, State.PAUSED, ARTICLE, view=big))
    assert axis_of(big).end == 10**11
    assert held.handle == pytest.approx(35 * 10**9)
    held.press(50 * 10**9)
    held.release(50 * 10**9)
    assert held.dropped[0] == pytest.approx(50 * 10**9, rel=0.01)
    assert isinstance(held.dropped[0], int)


def test_the_plan_follows_events_beyond_the_cursor() -> None:
    run = run_of(10)
    run.change({"stop.epochs": 40})
    run.change({"batch_size": 50})
    run.run()
    assert planned_steps(run.view()) == run.head == 10 + 30 * 2
    run.seek(5)
    assert run.view().settings.stop.epochs == 100
    assert planned_steps(run.view()) == run.head
    assert axis_of(run.view()).end == 70


def test_epochs_of_steps_are_those_of_a_replay() -> None:
    run = run_of(6, {"batch_size": 30})
    run.change({"batch_size": 50})
    for _ in range(60):
        run.advance()
    view = run.view()
    for step in range(view.head + 1):
        run.seek(step)
        assert epoch_at(view, step) == run.learner.epoch, step
    assert epoch_at(view, view.head + 20) > view.epoch


def test_the_handle_and_the_record_lie_at_their_steps(held: Held) -> None:
    run = run_of(80)
    run.seek(57)
    held.line.refresh(snapshot(run))
    rail = held.line.rail
    left, right = MARGIN, held.line.width() - MARGIN
    assert rail.handle.x() == pytest.approx(left + 0.57 * (right - left))
    assert rail.played.line().x2() == pytest.approx(rail.handle.x())
    assert rail.recorded.line().x2() == pytest.approx(left + 0.80 * (right - left))
    assert rail.ahead.line().x2() == pytest.approx(right)
    assert rail.ahead.pen().widthF() < rail.played.pen().widthF()  # not by colour alone
    assert not rail.tail.isVisible()
    assert not rail.near.isVisible()


def test_all_of_it_stays_inside_at_every_size(held: Held) -> None:
    run = run_of(100)
    for width in (120, 300, 1200):
        held.resize(width, 120)
        for step in (0, 100):
            run.seek(step)
            held.line.refresh(snapshot(run))
            box = held.line.rail.handle.sceneBoundingRect()
            assert box.left() >= 0
            assert box.right() <= held.line.width()
            assert box.bottom() <= held.line.height()


# Marks.


def marked() -> Snapshot:
    """Settings changed at 30, stopped at 100 and gone on, run 2 branching off at 45."""
    run = run_of(30)
    run.change({"learning_rate": 0.02})
    run.run()
    run.change({"stop.epochs": 140})
    run.run_until(math.inf, 10)
    rows = (
        row(1, run_id=run.id, current=True),
        row(2, parent=(1, 45), changes={"learning_rate": 0.1}),
        row(3, parent=(2, 60), changes={"learning_rate": 0.3}),  # of another run
    )
    return snapshot(run, runs=rows)


def words_at(held: Held, step: float) -> str:
    hover(held, step)
    return held.line.tag.text() if held.line.tag.isVisible() else ""


def test_stops_changes_and_branches_are_marked_at_their_steps(held: Held) -> None:
    shown = marked()
    assert {(mark.kind, mark.step) for mark in marks_of(shown)} == {
        (Kind.EVENT, 30),
        (Kind.EVENT, 100),
        (Kind.STOP, 100),
        (Kind.BRANCH, 45),
    }
    held.line.refresh(shown)
    rail = held.line.rail
    assert len(rail._mark_items) == 3
    for (kind, _), item in rail._mark_items.items():
        places = {round(rail.place(mark.step)) for mark in marks_of(shown) if mark.kind is kind}
        box = item.path().boundingRect()
        assert box.center().x() == pytest.approx((min(places) + max(places)) / 2, abs=1)


def test_marks_differ_in_shape_and_in_colour() -> None:
    paths = {kind: shape() for kind, shape in SHAPES.items()}
    assert len({str(path) for path in paths.values()}) == len(paths)
    elements = {
        kind: tuple((path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount()))
        for kind, path in paths.items()
    }
    assert len(set(elements.values())) == len(Kind)
    diverged = run_of(10**6, {"learning_rate": 5.0})
    watched = run_of(20, {"validation_fraction": 0.2})
    kinds = [mark for each in (diverged, watched) for mark in marks_of(snapshot(each))]
    kinds += marks_of(marked())
    assert {mark.kind for mark in kinds} == set(Kind)
    for theme in (LIGHT, DARK):
        colours = {mark.kind: mark_colour(mark, theme) for mark in kinds}
        assert len(set(colours.values())) == len(Kind)
        assert theme.gradient not in colours.values()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (30, "changed: learning rate 0.01 → 0.02"),
        (45, "Run 2 branches off: learning rate 0.1"),
        (100, "stopped: all 100 epochs done, loss 0.2178"),
        (100, "changed: epochs 100 → 140"),
    ],
)
def test_a_mark_says_what_it_is(held: Held, step: int, words: str) -> None:
    held.line.refresh(marked())
    said = words_at(held, step)
    first, *rest = said.splitlines()
    assert first == f"epoch {step} · step {step}"
    if "0.2178" in words:
        words = words.rpartition(",")[0]
    assert any(line.startswith(words) for line in rest), said


def test_a_branch_marks_where_it_began(held: Held) -> None:
    run = run_of(50)
    rows = (
        row(1, name="slow one"),
        row(2, run_id=run.id, current=True, parent=(1, 20), changes={"learning_rate": 0.1}),
    )
    held.line.refresh(snapshot(run, runs=rows))
    assert "this run branches off slow one: learning rate 0.1" in words_at(held, 20)


def test_a_divergence_is_marked_as_one(held: Held) -> None:
    run = run_of(10**6, {"learning_rate": 5.0})
    shown = snapshot(run, State.STOPPED)
    assert [mark.kind for mark in marks_of(shown)] == [Kind.DIVERGED]
    held.line.refresh(shown)
    assert "diverged" in words_at(held, run.head)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_stop_has_words(held: Held, rule: Rule) -> None:
    view = replace(run_of(20).view(), stops=(StopReason(rule, 12, 12, 0.25),))
    held.line.refresh(Snapshot(0, State.PAUSED, ARTICLE, view=view))
    assert len(words_at(held, 12).splitlines()) == 2


def test_a_thousand_changes_are_as_many_marks_as_there_are_pixels(held: Held) -> None:
    events = tuple(Event(i // 20, {"learning_rate": 0.01 + i / 1e5}) for i in range(1000))
    view = replace(run_of(60).view(), events=events)
    held.line.refresh(Snapshot(0, State.PAUSED, ARTICLE, view=view))
    item = held.line.rail._mark_items[(Kind.EVENT, 0)]
    assert item.path().elementCount() < 60 * 15
    assert words_at(held, 20).splitlines()[-1].startswith("and ")


# Hovering.


def test_hovering_tells_the_step_and_its_loss(held: Held) -> None:
    run = run_of(80)
    held.line.refresh(snapshot(run))
    view = run.view()
    loss = view.steps.value("loss", 56)
    assert loss is not None
    assert words_at(held, 57) == f"epoch 57 · step 57 · loss {loss:.4f}"
    assert words_at(held, 90) == "epoch 90 · not run yet"
    tag = held.line.tag
    assert held.rect().contains(tag.geometry())
    assert tag.geometry().bottom() <= held.line.y() + 1
    words_at(held, 0)
    assert held.rect().contains(tag.geometry())
    assert held.glided == held.dropped == []


# Dragging.


def test_click_goes_there_at_once(held: Held) -> None:
    held.line.refresh(snapshot(run_of(80)))
    held.press(57)
    assert held.glided == [57]
    assert held.dropped == []
    held.release(57)
    assert held.dropped == [57]
    assert held.glided == [57]


def test_dragging_asks_at_most_once_a_frame_and_drops_the_last(held: Held, qtbot: QtBot) -> None:
    held.line.refresh(snapshot(run_of(80)))
    held.press(80)
    assert held.glided == []  # on the handle: nothing is asked yet
    drag(held, 79, 70, 60, 55)
    assert held.glided == [79]
    assert held.line.asked == 55
    qtbot.waitUntil(lambda: held.glided == [79, 55])
    qtbot.wait(3 * FRAME_MS)
    assert held.glided == [79, 55]
    drag(held, 50)
    drag(held, 40)
    held.release(40)
    assert held.dropped == [40]
    qtbot.wait(3 * FRAME_MS)
    assert held.glided == [79, 55, 50]
    assert not held.line.dragging


def test_a_press_on_the_handle_alone_goes_nowhere(held: Held) -> None:
    run = run_of(56)
    while run.advance() is not Phase.BACKWARD:
        pass
    held.line.refresh(snapshot(run))
    held.press(56)
    held.release(56)
    assert held.glided == held.dropped == []
    assert held.line.asked is None


def test_the_handle_keeps_its_distance_to_the_mouse(held: Held) -> None:
    held.line.refresh(snapshot(run_of(80)))
    at = held.point(80)
    QTest.mousePress(held.line, LEFT, pos=at + QPoint(5, 0))
    assert held.glided == []
    before = held.handle
    drag(held, 70)
    assert before - held.handle == pytest.approx(
        (held.point(80).x() + 5 - held.point(70).x()) / held.line.rail.span * 100, abs=1
    )


def test_no_refresh_moves_the_handle_under_the_mouse(held: Held) -> None:
    run = run_of(40, {"stop.epochs": 10**9})
    held.line.refresh(snapshot(run, State.RUNNING))
    held.press(20)
    for _ in range(5):
        run.run_until(math.inf, 100)
        held.line.refresh(snapshot(run, State.RUNNING))
        assert held.handle == pytest.approx(20)
        assert held.line.rail.axis.end == 100  # though 540 steps are recorded
    drag(held, 90)
    assert held.handle == pytest.approx(90)
    held.release(90)
    held.line.refresh(snapshot(run, State.RUNNING))
    assert held.line.rail.axis.end > 500
    assert held.handle == pytest.approx(90)  # there, until the run is


def test_beyond_the_record_it_stays_at_its_end(held: Held) -> None:
    held.line.refresh(snapshot(run_of(30)))
    held.press(90)
    assert held.glided == []  # it is there already
    drag(held, 20, 95)
    held.release(95)
    assert held.dropped == [30]
    for x, step in ((-500, 0), (5000, 30)):
        held.press(10)
        at = QPoint(x, Y)
        QTest.mouseRelease(held.line, LEFT, pos=held.point(10))
        assert min(max(held.line.rail.step_near(at.x()), 0), 30) == step


def test_while_gliding_the_tag_names_what_is_asked_and_what_is_shown(held: Held) -> None:
    run = run_of(80)
    held.line.refresh(snapshot(run))
    held.press(57)
    run.seek(56)
    held.line.refresh(snapshot(run, gliding=True))
    assert held.line.tag.isVisible()
    assert held.line.tag.text() == "near epoch 57 · shows step 56"
    assert held.handle == pytest.approx(57)
    rail = held.line.rail
    assert rail.near.isVisible()
    assert rail.near.line().x1() == pytest.approx(rail.place(56))
    held.release(57)
    run.seek(57)
    held.line.refresh(snapshot(run))
    assert held.line.asked is None
    assert not rail.near.isVisible()


def test_mini_batches_have_steps_within_epochs(held: Held) -> None:
    run = run_of(5, {"batch_size": 25, "stop.epochs": 10})
    held.line.refresh(snapshot(run))
    held.press(10)
    assert held.line.tag.text() == "epoch 2 · step 10"
    run.seek(9)
    held.line.refresh(snapshot(run, gliding=True))
    assert held.line.tag.text() == "near epoch 2 · step 10 · shows step 9"


def test_after_the_drop_a_stale_snapshot_does_not_pull_it_back(held: Held, qtbot: QtBot) -> None:
    run = run_of(80)
    held.line.refresh(snapshot(run))
    held.press(57)
    held.release(57)
    held.line.refresh(snapshot(run))  # on its way before the drop
    assert held.handle == pytest.approx(57)
    run.seek(50)
    held.line.refresh(snapshot(run, gliding=True))
    assert held.handle == pytest.approx(57)
    run.seek(57)
    held.line.refresh(snapshot(run))
    assert held.line.asked is None
    assert not held.line._settling.isActive()
    run.advance()
    run.seek(58)
    held.line.refresh(snapshot(run))
    assert held.handle == pytest.approx(58)


def test_a_place_never_reached_is_given_up(held: Held, qtbot: QtBot) -> None:
    run = run_of(80)
    held.line.refresh(snapshot(run))
    held.press(57)
    held.release(57)
    held.line.refresh(snapshot(run))
    qtbot.waitUntil(lambda: held.line.asked is None)
    assert held.handle == pytest.approx(80)


@pytest.mark.parametrize("state", [State.LOADING, State.FAILED])
def test_a_reset_ends_the_drag(held: Held, state: State) -> None:
    run = run_of(80)
    held.line.refresh(snapshot(run))
    held.press(57)
    held.line.refresh(Snapshot(1, State.LOADING, ARTICLE))
    assert not held.line.dragging
    assert not held.line.isEnabled()
    fresh = run_of(3)
    held.line.refresh(snapshot(fresh))
    drag(held, 1)
    held.release(1)
    assert held.glided == [57]
    assert held.dropped == []
    assert held.handle == pytest.approx(3)
    held.line.refresh(snapshot(fresh, state))
    assert not held.line.isEnabled()


def test_another_run_ends_the_drag_without_loading(held: Held) -> None:
    held.line.refresh(snapshot(run_of(80)))
    held.press(57)
    held.line.refresh(snapshot(run_of(20)))
    assert held.line.asked is None
    held.release(57)
    assert held.dropped == []


def test_hiding_ends_the_drag(held: Held) -> None:
    held.line.refresh(snapshot(run_of(80)))
    held.press(57)
    held.line.hide()
    assert not held.line.dragging
    assert not held.line.tag.isVisible()


def test_a_lost_release_counts_when_the_mouse_comes_back(held: Held) -> None:
    held.line.refresh(snapshot(run_of(80)))
    held.press(57)
    hover(held, 30)  # no button is down any more
    assert held.dropped == [57]
    assert not held.line.dragging


def test_other_buttons_wheel_and_keys_do_nothing(held: Held) -> None:
    held.line.refresh(snapshot(run_of(80)))
    QTest.mouseClick(held.line, Qt.MouseButton.RightButton, pos=held.point(20))
    held.line.setFocus()
    for name in ("Left", "Right", "Home", "End", "PageUp", "PageDown", "Up", "Space"):
        QTest.keyClick(held.line, getattr(Qt.Key, f"Key_{name}"))
    at = QPointF(held.point(20))
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(held.line, wheel)
    assert not wheel.isAccepted()
    assert held.glided == held.dropped == []
    assert held.handle == pytest.approx(80)


def test_with_many_steps_in_a_pixel_a_mark_is_hit_exactly(held: Held) -> None:
    view = replace(
        run_of(1, {"stop.epochs": 10**6}).view(),
        head=10**6, step=10**6, epoch=10**6, events=(Event(123_456, {"learning_rate": 0.1}),),
    )  # fmt: skip
    held.line.refresh(Snapshot(0, State.PAUSED, ARTICLE, view=view))
    held.press(123_000)
    held.release(123_000)
    assert held.dropped == [123_456]


# Others' ways in.


def test_a_screen_reader_finds_a_slider_with_words_and_can_set_it(held: Held) -> None:
    run = run_of(80)
    run.seek(57)
    held.line.refresh(snapshot(run))
    reader = QAccessible.queryAccessibleInterface(held.line)
    assert reader.role() == QAccessible.Role.Slider
    assert reader.text(QAccessible.Text.Name) == "Timeline"
    assert reader.text(QAccessible.Text.Description) == "epoch 57 of 100"
    assert held.line.value() == 57
    assert held.line.maximum() == 100
    held.line.setValue(20)
    assert held.dropped == [20]
    assert held.handle == pytest.approx(20)
    run.seek(20)
    held.line.refresh(snapshot(run))
    assert held.dropped == [20]


def test_focus_is_seen(held: Held, qtbot: QtBot) -> None:
    held.line.refresh(snapshot(run_of(80)))
    before = held.line.rail.handle.pen()
    held.activateWindow()
    qtbot.waitUntil(held.isActiveWindow)
    held.line.setFocus()
    assert held.line.rail.handle.pen() != before
    held.line.clearFocus()
    assert held.line.rail.handle.pen() == before
    held.press(20)
    held.release(20)
    assert not held.line.hasFocus()  # Space goes on meaning Run


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_themes(held: Held, theme: Theme) -> None:
    held.line.set_theme(theme)
    held.line.refresh(snapshot(run_of(80)))
    rail = held.line.rail
    assert rail.played.pen().color().name() == theme.data.lower()
    assert rail.backgroundBrush().color().name() == theme.panel.lower()
    shades = {item.pen().color().name() for item in (rail.ahead, rail.recorded, rail.played)}
    assert len(shades) == 3


# Cost.


def test_hidden_it_only_remembers(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(10)
    held.line.hide()
    calls: list[RunView] = []
    with monkeypatch.context() as patch:
        patch.setattr("guitrain.ui.timeline.axis_of", calls.append)
        held.line.refresh(snapshot(run))
        assert calls == []
    held.line.show()
    assert held.handle == pytest.approx(10)


def test_marks_are_made_only_when_they_change(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(10)
    rows = (row(1, run_id=run.id, current=True),)
    held.line.refresh(snapshot(run, runs=rows))
    made: list[Snapshot] = []

    def counted(shown: Snapshot) -> tuple[Mark, ...]:
        made.append(shown)
        return marks_of(shown)

    monkeypatch.setattr("guitrain.ui.timeline.marks_of", counted)
    run.run_until(math.inf, 5)
    held.line.refresh(snapshot(run, runs=rows))
    assert made == []
    run.change({"learning_rate": 0.02})
    held.line.refresh(snapshot(run, runs=rows))
    assert len(made) == 1
    held.line.refresh(snapshot(run, runs=(*rows, row(2, parent=(1, 4)))))
    assert len(made) == 2


def test_a_frame_costs_little(held: Held) -> None:
    import time

    run = run_of(1, {"stop.epochs": 10**6})
    shots = []
    for _ in range(200):
        run.run_until(math.inf, 10)
        shots.append(snapshot(run, State.RUNNING))
    begin = time.perf_counter()
    for shot in shots:
        held.line.refresh(shot)
    assert (time.perf_counter() - begin) / len(shots) < 0.002
