"""Editors of one setting: what is typed is taken once, or refused in words; never half."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core import settings
from guitrain.core.datasets import DATASETS
from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.ui.fields import (
    ChoiceField,
    LogSlider,
    NumberField,
    OptionalField,
    next_125,
)
from guitrain.ui.special_fields import BatchField, InitialField, SeedField, SetField

NOISE = DATASETS["line"].param("noise")
POINTS = DATASETS["line"].param("points")
FREE = Param("free", "float", "Free", "", default=0.0, minimum=-1e6, maximum=1e6)


class Seen:
    """What an editor emitted."""

    def __init__(self, editor: QWidget) -> None:
        self.committed: list[object] = []
        self.refused: list[ExperimentProblem] = []
        editor.committed.connect(self.committed.append)  # type: ignore[attr-defined]
        editor.refused.connect(self.refused.append)  # type: ignore[attr-defined]


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    """A shown, active window with a line edit that can take the focus away."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    other = QLineEdit()
    other.setObjectName("other")
    layout.addWidget(other)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def put(place: QWidget, editor: QWidget) -> Seen:
    layout = place.layout()
    assert layout is not None
    layout.addWidget(editor)
    QApplication.processEvents()
    return Seen(editor)


def number_field(place: QWidget, param: Param, value: float) -> tuple[NumberField, Seen]:
    field = NumberField(param)
    field.set_value(value)
    seen = put(place, field)
    field.setFocus()
    return field, seen


def retype(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def press(field: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(field, key)


def leave(place: QWidget) -> None:
    other = place.findChild(QLineEdit, "other")
    assert other is not None
    other.setFocus()


def wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, QPointF(widget.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_enter_takes_what_was_typed_once(place: QWidget) -> None:
    field, seen = number_field(place, NOISE, 0.5)
    retype(field, "0.25")
    assert seen.committed == []
    press(field, Qt.Key.Key_Return)
    press(field, Qt.Key.Key_Return)
    leave(place)
    assert seen.committed == [0.25]
    assert seen.refused == []


def test_leaving_takes_what_was_typed(place: QWidget) -> None:
    field, seen = number_field(place, NOISE, 0.5)
    retype(field, "3")
    leave(place)
    assert seen.committed == [3.0]


def test_the_same_number_in_other_words_is_no_change(place: QWidget) -> None:
    field, seen = number_field(place, NOISE, 0.5)
    retype(field, "5e-1")
    press(field, Qt.Key.Key_Return)
    assert seen.committed == []
    assert field.text() == "0.5"


def test_escape_takes_the_typing_back(place: QWidget) -> None:
    field, seen = number_field(place, NOISE, 0.5)
    retype(field, "77")
    press(field, Qt.Key.Key_Escape)
    assert field.text() == "0.5"
    leave(place)
    assert seen.committed == []
    assert seen.refused == []


@pytest.mark.parametrize(
    ("param", "text", "code"),
    [
        (NOISE, "", "empty"),
        (NOISE, "abc", "not_number"),
        (NOISE, "-1", "too_small"),
        (NOISE, "1e99", "too_large"),
        (NOISE, "nan", "not_number"),
        (NOISE, "1,000", "ambiguous_comma"),
        (POINTS, "2.5", "not_whole"),
        (POINTS, "0", "too_small"),
        (settings.LEARNING_RATE, "0", "not_above"),
        (settings.EPOCHS, "9" * 400, "not_finite"),
    ],
)
def test_a_wrong_text_is_refused_and_the_old_value_stays(
    place: QWidget, param: Param, text: str, code: str
) -> None:
    value = param.default
    field, seen = number_field(place, param, value)
    before = field.text()
    retype(field, text)
    press(field, Qt.Key.Key_Return)
    assert [problem.code for problem in seen.refused] == [code]
    assert seen.committed == []
    assert field.value == value
    assert field.text() == before


def test_minus_as_shown_can_be_typed_again(place: QWidget) -> None:
    field, seen = number_field(place, FREE, -1.5)
    assert field.text() == "−1.5"
    retype(field, "")
    field.lineEdit().insert("−2.5")  # QTest types ASCII only
    press(field, Qt.Key.Key_Return)
    assert seen.committed == [-2.5]


@pytest.mark.parametrize(
    ("param", "start", "up", "down"),
    [
        (POINTS, 100, 101, 99),
        (NOISE, 0.5, 0.51, 0.49),
        (NOISE, 0.56, 0.57, 0.55),  # 57 × 0.01 is not the number 0.57
        (NOISE, 2.0, 2.1, 1.9),
        (FREE, 0.0, 0.1, -0.1),
        (FREE, -2.0, -1.9, -2.1),
        (settings.LEARNING_RATE, 0.01, 0.02, 0.005),
        (settings.LEARNING_RATE, 0.03, 0.05, 0.02),
        (settings.MIN_IMPROVEMENT, 1e-4, 2e-4, 0.0),
    ],
)
def test_arrows_step_to_the_next_round_number(
    place: QWidget, param: Param, start: float, up: float, down: float
) -> None:
    field, seen = number_field(place, param, start)
    press(field, Qt.Key.Key_Up)
    assert seen.committed == [up]
    field.set_value(start)
    press(field, Qt.Key.Key_Down)
    assert seen.committed == [up, down]


@pytest.mark.parametrize(
    ("param", "end", "key"),
    [
        (POINTS, 1, Qt.Key.Key_Down),
        (POINTS, 1_000_000, Qt.Key.Key_Up),
        (NOISE, 0.0, Qt.Key.Key_Down),
        (settings.LEARNING_RATE, 1000.0, Qt.Key.Key_Up),
        (settings.LEARNING_RATE, 5e-324, Qt.Key.Key_Down),
    ],
)
def test_arrows_rest_at_the_ends_of_the_range(
    place: QWidget, param: Param, end: float, key: Qt.Key
) -> None:
    field, seen = number_field(place, param, end)
    press(field, key)
    assert seen.committed == []
    assert field.value == end


def test_arrows_step_from_what_was_typed(place: QWidget) -> None:
    field, seen = number_field(place, POINTS, 100)
    retype(field, "50")
    press(field, Qt.Key.Key_Up)
    assert seen.committed[-1] == 51
    retype(field, "rubbish")
    press(field, Qt.Key.Key_Up)
    assert [problem.code for problem in seen.refused] == ["not_number"]
    assert field.value == 51


@given(st.floats(1e-300, 1e300))
def test_next_125_is_the_nearest_of_its_series(value: float) -> None:
    up, down = next_125(value, up=True), next_125(value, up=False)
    assert down < value < up
    for stop in (up, down):
        mantissa = float(f"{stop:e}".split("e")[0])
        assert mantissa in (1.0, 2.0, 5.0)
    assert up / down <= 10.01


def test_the_wheel_steps_only_a_field_with_the_focus(place: QWidget) -> None:
    field, seen = number_field(place, POINTS, 100)
    wheel(field)
    assert seen.committed == [101]
    leave(place)
    wheel(field)
    assert seen.committed == [101]
    assert field.value == 101


def test_undo_is_the_windows_where_nothing_was_typed(place: QWidget, qtbot: QtBot) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    pressed: list[int] = []
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), place)
    shortcut.activated.connect(lambda: pressed.append(1))
    field, _ = number_field(place, POINTS, 100)
    retype(field, "7")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    assert field.text() != "7"
    retype(field, "7")
    press(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]


# Slider.


@given(st.integers(0, 120))
def test_a_slider_rests_where_its_own_number_puts_it(qapp: object, at: int) -> None:
    slider = LogSlider(-5, 1)
    slider.blockSignals(True)
    slider.setValue(at)
    slider.set_number(slider.number)
    assert slider.value() == at


@given(st.floats(1e-12, 1e3))
def test_a_slider_shows_the_stop_nearest_to_a_number(qapp: object, number: float) -> None:
    slider = LogSlider(-5, 1)
    slider.set_number(number)
    inside = min(max(number, 1e-5), 10.0)
    # Half a stop is 6 %, two significant digits are 5 %.
    assert abs(math.log10(slider.number / inside)) < 0.05


def test_a_dragged_slider_emits_little_and_never_loses_the_last(
    place: QWidget, qtbot: QtBot
) -> None:
    slider = LogSlider(-5, 1)
    put_slider = place.layout()
    assert put_slider is not None
    put_slider.addWidget(slider)
    seen: list[float] = []
    slider.moved_to.connect(seen.append)
    for at in range(101):
        slider.setValue(at)
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [1.0]
    slider.set_number(0.01)
    qtbot.wait(50)
    assert seen == [1.0]


def test_a_number_shown_ends_a_drag(place: QWidget, qtbot: QtBot) -> None:
    slider = LogSlider(-5, 1)
    seen: list[float] = []
    slider.moved_to.connect(seen.append)
    slider.setValue(100)
    slider.set_number(0.0123)
    qtbot.wait(50)
    assert seen == []


# Composite fields.


def test_an_optional_field_that_is_off_is_none(place: QWidget) -> None:
    field = OptionalField(settings.TARGET_LOSS, "Target")
    seen = put(place, field)
    assert not field.box.isChecked()
    assert not field.number.isEnabled()
    field.box.click()
    assert seen.committed == [0.25]
    retype(field.number, "0.1")
    press(field.number, Qt.Key.Key_Return)
    field.box.click()
    field.box.click()
    assert seen.committed == [0.25, 0.1, None, 0.1]
    field.set_value(None)
    assert not field.box.isChecked()
    assert seen.committed == [0.25, 0.1, None, 0.1]


def test_an_optional_field_refuses_a_wrong_number(place: QWidget) -> None:
    field = OptionalField(settings.PATIENCE, "Patience")
    field.set_value(5)
    seen = put(place, field)
    retype(field.number, "0")
    press(field.number, Qt.Key.Key_Return)
    assert [problem.code for problem in seen.refused] == ["too_small"]
    assert field.number.value == 5


def test_new_gives_another_seed(place: QWidget) -> None:
    field = SeedField(settings.DATA_SEED, "New", draw=lambda: 42)
    field.set_value(42)
    seen = put(place, field)
    field.button.click()
    assert seen.committed == [43]
    field.button.click()
    assert seen.committed == [43, 42]
    assert field.number.text() == "42"


@pytest.mark.parametrize("text", ["all", "ALL", " all 100 ", "100"])
def test_a_batch_of_all_is_none(place: QWidget, text: str) -> None:
    field = BatchField(settings.BATCH_SIZE)
    field.count = 100
    field.set_value(10)
    seen = put(place, field)
    retype(field, text)
    press(field, Qt.Key.Key_Return)
    assert seen.committed == [None]
    assert field.text() == "all 100"


def test_batch_arrows_go_from_all_down_and_back(place: QWidget) -> None:
    field = BatchField(settings.BATCH_SIZE)
    field.count = 100
    field.set_value(None)
    seen = put(place, field)
    field.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(field, key)
    assert seen.committed == [99, None]
    field.set_value(1)
    press(field, Qt.Key.Key_Down)
    assert seen.committed == [99, None]


def test_initial_weights_by_hand_or_from_their_seed(place: QWidget) -> None:
    field = InitialField(settings.INITIAL_WEIGHT, ("w", "b"))
    field.set_value((1.0, 2.0))
    seen = put(place, field)
    retype(field.fields[0], "-3")
    press(field.fields[0], Qt.Key.Key_Return)
    assert seen.committed == [(-3.0, 2.0)]
    field.by_hand.setCurrentIndex(1)
    field.by_hand.activated.emit(1)
    assert seen.committed[-1] is None
    field.set_value(None)
    assert not any(one.isEnabled() for one in field.fields)
    field.by_hand.setCurrentIndex(0)
    field.by_hand.activated.emit(0)
    assert seen.committed[-1] == (-3.0, 2.0)


def test_a_set_takes_names_in_their_order_and_never_none(qtbot: QtBot) -> None:
    field = SetField(settings.FEATURES)
    qtbot.addWidget(field)
    field.set_value(("x",))
    taken: list[object] = []
    refused: list[ExperimentProblem] = []
    field.committed.connect(taken.append)
    field.refused.connect(refused.append)
    field.buttons["sines"].click()
    field.buttons["squares"].click()
    assert taken == [("x", "sines"), ("x", "squares", "sines")]
    for name in ("x", "squares", "sines"):
        field.buttons[name].click()
    assert taken[-1] == ("sines",)
    assert [problem.code for problem in refused] == ["empty_set"]
    assert field.buttons["sines"].isChecked()
    for name, button in field.buttons.items():
        assert button.objectName() == f"features_{name}"
        assert button.accessibleName()


def test_a_long_choice_ends_in_dots_where_there_is_no_room(qtbot: QtBot) -> None:
    field = ChoiceField("model", [("a", "Line", ""), ("b", "A convolutional net", "")])
    qtbot.addWidget(field)
    field.resize(400, 28)
    field.show()
    field.set_value("b")
    assert field.shown == "A convolutional net"
    field.resize(110, 28)
    assert field.shown.startswith("A conv")
    assert field.shown.endswith("…")
    field.set_value("a")
    assert field.shown == "Line"
    assert field.currentText() == "Line"
