"""The toolbar: what can be pressed when, units, paces, goals to run to, and room for all."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core.run import Run
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import PRESETS, preset
from guitrain.snapshot import MAX_PACE, Pace, Snapshot, State, Until
from guitrain.ui.icons import icon
from guitrain.ui.pace import PACES, PaceSlider
from guitrain.ui.run_to import GoField
from guitrain.ui.step_buttons import UNITS
from guitrain.ui.style import apply_style
from guitrain.ui.transport import Transport
from tests.plots.runs import ARTICLE, run_of
from tests.plots.test_flow_chart import fresh

# A pop-up, which the offscreen platform cannot raise, nor give the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def snapshot(run: Run, state: State = State.PAUSED, **fields: Any) -> Snapshot:
    return Snapshot(0, state, run.experiment, view=run.view(), **fields)


@pytest.fixture
def bar(qtbot: QtBot) -> Transport:
    made = Transport()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def opened(bar: Transport, qtbot: QtBot) -> Transport:
    """With the frame of Run to… open, at epoch 10 of 100."""
    bar.show()
    bar.refresh(snapshot(run_of(10)))
    QTest.mouseClick(bar.run_to, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.run_to.popup.isVisible)
    return bar


def enabled(bar: Transport) -> set[str]:
    names = ("back", "step", "run", "run_to", "reset", "undo", "redo")
    return {name for name in names if getattr(bar, name).isEnabled()}


# What can be pressed.


def test_loading_and_a_fresh_run(bar: Transport) -> None:
    bar.refresh(Snapshot(0, State.LOADING, ARTICLE))
    assert enabled(bar) == set()
    bar.refresh(snapshot(fresh()))
    assert enabled(bar) == {"step", "run", "run_to"}


def test_back_stops_at_the_initial_weights_but_not_in_mid_step(bar: Transport) -> None:
    run = fresh()
    bar.refresh(snapshot(run))
    assert "back" not in enabled(bar)
    for _ in range(5):
        phase = run.advance()
        bar.refresh(snapshot(run))
        assert "back" in enabled(bar), phase
        assert "reset" in enabled(bar), phase
    run.seek(0)
    bar.refresh(snapshot(run))
    assert "back" not in enabled(bar)
    assert "reset" in enabled(bar)  # there is a record to leave behind


def test_a_stopped_run_can_be_replayed_from_its_past(bar: Transport) -> None:
    run = Run(ARTICLE)
    run.run()
    bar.refresh(snapshot(run, State.STOPPED))
    assert enabled(bar) == {"back", "reset"}
    run.seek(57)
    for state in (State.STOPPED, State.PAUSED):
        bar.refresh(snapshot(run, state))
        assert enabled(bar) == {"back", "step", "run", "run_to", "reset"}


def test_while_running_all_moves_stay_open_and_run_is_pause(bar: Transport) -> None:
    run = run_of(5)
    bar.refresh(snapshot(run))
    assert bar.run.text() == bar.run.accessibleName() == "Run"
    bar.refresh(snapshot(run, State.RUNNING))
    assert bar.run.text() == bar.run.accessibleName() == "Pause"
    assert enabled(bar) == {"back", "step", "run", "run_to", "reset"}
    bar.refresh(snapshot(run))
    assert bar.run.text() == "Run"


def test_a_failed_run_can_only_be_left(bar: Transport) -> None:
    bar.refresh(snapshot(run_of(3), State.FAILED, can_undo=True))
    assert enabled(bar) == {"reset", "undo"}
    bar.refresh(snapshot(run_of(3), State.FAILED, can_redo=True))
    assert enabled(bar) == {"reset", "redo"}


def test_presses_say_what_they_are(bar: Transport, qtbot: QtBot) -> None:
    bar.refresh(snapshot(run_of(3), can_undo=True, can_redo=True))
    for button, signal in (
        (bar.run, bar.run_pressed),
        (bar.reset, bar.reset_pressed),
        (bar.undo, bar.undo_pressed),
        (bar.redo, bar.redo_pressed),
        (bar.theme, bar.theme_pressed),
    ):
        with qtbot.waitSignal(signal):
            button.click()


# One unit for Next and Back.


def test_the_first_next_is_a_phase(bar: Transport, qtbot: QtBot) -> None:
    bar.refresh(snapshot(run_of(3)))
    assert bar.step.text() == "Next phase"
    with qtbot.waitSignal(bar.next_pressed) as pressed:
        bar.step.click()
    assert pressed.args == ["phase"]
    with qtbot.waitSignal(bar.back_pressed) as pressed:
        bar.back.click()
    assert pressed.args == ["phase"]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("verb", ["next", "back"])
def test_a_unit_chosen_in_either_menu_goes_there_and_is_kept_by_both(
    bar: Transport, qtbot: QtBot, unit: str, verb: str
) -> None:
    bar.refresh(snapshot(run_of(3)))
    button, other = (bar.step, bar.back) if verb == "next" else (bar.back, bar.step)
    signals = {bar.step: bar.next_pressed, bar.back: bar.back_pressed}
    action = next(a for a in button.menu().actions() if a.objectName() == f"{verb}_{unit}")
    with qtbot.waitSignal(signals[button]) as went, qtbot.assertNotEmitted(signals[other]):
        action.trigger()
    assert went.args == [unit]
    assert bar.unit == unit
    assert bar.step.text() == f"Next {unit}"
    assert unit in bar.back.accessibleName()
    assert unit in bar.back.toolTip().splitlines()[0]
    for one in (bar.step, bar.back):
        ticked = [a.objectName().split("_")[1] for a in one.menu().actions() if a.isChecked()]
        assert ticked == [unit]
        with qtbot.waitSignal(signals[one]) as pressed:
            one.click()
        assert pressed.args == [unit]


def test_a_unit_can_be_set_without_going_there(bar: Transport, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.next_pressed):
        bar.set_unit("epoch")
    assert bar.unit == "epoch"
    with pytest.raises(KeyError):
        bar.set_unit("week")
    assert bar.unit == "epoch"


# Speed.


def test_paces_go_from_a_phase_in_five_seconds_to_flat_out() -> None:
    assert PACES[0] == Pace(0.2, phases=True)
    assert PACES[-1] == MAX_PACE
    phases = [pace.per_second for pace in PACES if pace.phases]
    epochs = [pace.per_second for pace in PACES if not pace.phases]
    assert phases == sorted(phases)
    assert epochs == sorted(epochs)
    assert min(epochs) == 0.5
    assert [pace.phases for pace in PACES] == sorted((p.phases for p in PACES), reverse=True)


@pytest.mark.parametrize(
    ("pace", "text"),
    [
        (Pace(0.2, phases=True), "0.2 phases/s"),
        (Pace(1, phases=True), "1 phase/s"),
        (Pace(1), "1 epoch/s"),
        (Pace(10), "10 epochs/s"),
        (Pace(1000), "1000 epochs/s"),
        (MAX_PACE, "Max"),
    ],
)
def test_the_slider_names_its_unit(qtbot: QtBot, pace: Pace, text: str) -> None:
    slider = PaceSlider()
    qtbot.addWidget(slider)
    slider.set_pace(pace)
    assert slider.pace == pace
    label = slider.findChild(QLabel, "pace_label")
    assert label is not None
    assert label.text() == text
    assert slider.slider.accessibleDescription() == text
    assert slider.slider.toolTip().startswith(text)


@pytest.mark.parametrize(
    ("wanted", "stop"),
    [
        (Pace(7), Pace(5)),
        (Pace(8), Pace(10)),
        (Pace(0.001), Pace(0.5)),
        (Pace(5000), Pace(1000)),
        (Pace(1e9), MAX_PACE),
        (Pace(3, phases=True), Pace(2, phases=True)),
        (Pace(1e9, phases=True), Pace(5, phases=True)),
        (Pace(0), PACES[0]),
        (Pace(-3), PACES[0]),
        (Pace(float("nan")), PACES[0]),
    ],
)
def test_any_pace_finds_a_stop(qtbot: QtBot, wanted: Pace, stop: Pace) -> None:
    slider = PaceSlider()
    qtbot.addWidget(slider)
    with qtbot.waitSignal(slider.changed) as changed:
        slider.set_pace(wanted)
    assert slider.pace == stop
    assert changed.args == [stop]


def test_presets_hold_paces() -> None:
    assert preset("article").pace == Pace(10)
    assert all(preset(name).pace in PACES for name in PRESETS)


# Run to…


def field(bar: Transport, name: str) -> GoField:
    found = bar.run_to.popup.findChild(GoField, f"run_to_{name}")
    assert found is not None
    return found


def message(bar: Transport, name: str) -> str:
    found = bar.findChild(QLabel, f"message_run_to_{name}")
    assert found is not None
    return found.text() if not found.isHidden() else ""


def write(bar: Transport, name: str, text: str) -> GoField:
    editor = field(bar, name)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    return editor


GOALS = [
    ("epoch", "57", Until(epoch=57)),
    ("loss", "0,25", Until(loss=0.25)),
    ("gradient_norm", "1e-3", Until(gradient_norm=1e-3)),
]


@pytest.mark.parametrize(("name", "text", "until"), GOALS)
@pytest.mark.parametrize("enter", [True, False])
def test_a_goal_goes_by_enter_and_by_its_button(
    opened: Transport, qtbot: QtBot, name: str, text: str, until: Until, enter: bool
) -> None:
    editor = write(opened, name, text)
    with qtbot.waitSignal(opened.run_to_pressed) as pressed:
        if enter:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        else:
            button = opened.findChild(QPushButton, f"run_to_{name}_go")
            assert button is not None
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed.args == [until]
    assert opened.run_to.popup.isHidden()


def test_a_rise_needs_no_number(opened: Transport, qtbot: QtBot) -> None:
    button = opened.findChild(QPushButton, "run_to_rise_go")
    assert button is not None
    with qtbot.waitSignal(opened.run_to_pressed) as pressed:
        button.click()
    assert pressed.args == [Until(rise=True)]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("epoch", "", "empty"),
        ("epoch", "ten", "“ten” is not a number"),
        ("epoch", "0", "too small"),
        ("epoch", "2.5", "whole number"),
        ("epoch", "1e12", "too large"),
        ("epoch", "10", "Epoch 10 is not ahead: 10 are done"),
        ("epoch", "7", "not ahead"),
        ("loss", "-1", "too small"),
        ("loss", "1,000", "without the comma"),
        ("gradient_norm", "-0.5", "Gradient norm −0.5 is too small"),
        ("gradient_norm", "nan", "not a number"),
    ],
)
def test_a_wrong_goal_is_refused_in_words_and_can_be_mended(
    opened: Transport, qtbot: QtBot, name: str, text: str, words: str
) -> None:
    editor = field(opened, name)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)
    with qtbot.assertNotEmitted(opened.run_to_pressed):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert words in message(opened, name)
    assert editor.accessibleDescription() in message(opened, name)
    assert editor.text() == text  # in sight, to be mended
    assert opened.run_to.popup.isVisible()
    editor.selectAll()
    QTest.keyClicks(editor, "99")
    assert message(opened, name) == ""
    with qtbot.waitSignal(opened.run_to_pressed):
        QTest.keyClick(editor, Qt.Key.Key_Return)


def test_esc_takes_typing_back_then_closes(opened: Transport) -> None:
    editor = field(opened, "loss")
    before = editor.text()
    write(opened, "loss", "7")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.text() == before
    assert opened.run_to.popup.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert opened.run_to.popup.isHidden()


def test_the_epoch_offered_is_ahead_and_within_the_plan(bar: Transport, qtbot: QtBot) -> None:
    bar.show()
    run = run_of(1, {"stop.epochs": 45})
    for done, offered in ((1, 5), (44, 45), (45, 50)):
        run.run_until(float("inf"), done - run.head)
        bar.refresh(snapshot(run))
        field(bar, "epoch").set_value(1)
        bar.run_to.open()
        qtbot.waitUntil(bar.run_to.popup.isVisible)
        shown = field(bar, "epoch").value
        assert shown == offered or (done == 1 and shown in (5, 10))
        bar.run_to.popup.close()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_frame_shows_its_sentences_whole(
    opened: Transport, qapp: QApplication, theme: Theme
) -> None:
    apply_style(qapp, theme)
    opened.set_theme(theme)
    for name in ("epoch", "loss", "gradient_norm"):
        write(opened, name, "abc")
        QTest.keyClick(field(opened, name), Qt.Key.Key_Return)
    qapp.processEvents()
    popup = opened.run_to.popup
    for label in popup.findChildren(QLabel):
        if label.isVisible():
            assert popup.rect().contains(label.geometry()), label.text()
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width())


# Room.


@pytest.fixture
def held(bar: Transport, qtbot: QtBot) -> Callable[[int], Transport]:
    """The toolbar in a window of some width."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(bar)
    window.setMinimumSize(100, 30)

    def at(width: int) -> Transport:
        window.resize(width, 60)
        window.show()
        QApplication.processEvents()
        return bar

    return at


def assert_nothing_clipped_or_overlapping(bar: Transport) -> None:
    layout = bar.layout()
    assert layout is not None
    items = [layout.itemAt(index) for index in range(layout.count())]
    widgets = [item.widget() for item in items if item is not None]
    shown = [widget for widget in widgets if widget is not None and widget.isVisible()]
    assert bar.run in shown
    for one in shown:
        assert bar.rect().contains(one.geometry()), one.objectName()
        if one is not bar.preset:
            assert one.width() >= one.minimumSizeHint().width(), one.objectName()
    for one, other in itertools.pairwise(shown):
        assert one.geometry().right() < other.geometry().left()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("unit", ["phase", "epoch"])
@pytest.mark.parametrize("width", [960, 1100, 1280, 1920])
def test_all_fits_at_every_width(
    held: Callable[[int], Transport], qapp: QApplication, theme: Theme, width: int, unit: str
) -> None:
    apply_style(qapp, theme)
    bar = held(width)
    bar.set_theme(theme)
    for text in UNITS:
        bar.set_unit(text)
    bar.set_unit(unit)
    bar.pace.set_pace(Pace(1000))
    bar.refresh(snapshot(run_of(3), State.RUNNING))
    QApplication.processEvents()
    assert bar.width() == width
    assert_nothing_clipped_or_overlapping(bar)


def test_a_larger_font_gives_up_texts_sooner(
    held: Callable[[int], Transport], qtbot: QtBot
) -> None:
    bar = held(1280)
    before = bar._level
    bar.window().setStyleSheet("* { font-size: 20px; }")
    qtbot.waitUntil(lambda: bar._level > before)
    held(max(1280, bar.minimumSizeHint().width()))
    assert_nothing_clipped_or_overlapping(bar)


def test_texts_come_back_where_there_is_room(held: Callable[[int], Transport]) -> None:
    bar = held(2400)
    assert bar.reset.text() == "Reset"
    assert bar.run_to.text() == "Run to…"
    held(bar.minimumSizeHint().width())
    assert bar.reset.text() == bar.run_to.text() == ""
    assert bar.reset.accessibleName() == "Reset"
    assert bar.step.text() == "Next phase"  # what is pressed most is never without its word
    held(2400)
    assert bar.reset.text() == "Reset"
    assert bar.run_to.text() == "Run to…"


def test_nothing_moves_when_texts_change(held: Callable[[int], Transport]) -> None:
    bar = held(1280)
    bar.refresh(snapshot(run_of(3)))
    places = {bar.run: bar.run.x(), bar.run_to: bar.run_to.x(), bar.pace: bar.pace.x()}
    bar.refresh(snapshot(run_of(3), State.RUNNING))
    bar.pace.set_pace(MAX_PACE)
    bar.set_unit("batch")
    QApplication.processEvents()
    assert {button: button.x() for button in places} == places


def test_refresh_with_nothing_new_does_nothing(
    bar: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = snapshot(run_of(3), State.RUNNING)
    bar.refresh(first)
    calls: list[object] = []
    monkeypatch.setattr(QPushButton, "setEnabled", lambda *a: calls.append(a))
    monkeypatch.setattr(QPushButton, "setText", lambda *a: calls.append(a))
    bar.refresh(replace(first, rate=3.0))
    assert calls == []


@pytest.mark.parametrize("name", ["back", "run_to"])
def test_new_icons_wear_the_theme(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    for theme in (LIGHT, DARK):
        image = icon(name, theme.text).pixmap(64, 64).toImage()
        drawn = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert drawn == {theme.text.lower()}
