from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.core import settings
from guitrain.ui.fields import NumberField
from guitrain.ui.keys import Action, KeyWatch, action_for
from guitrain.ui.timeline import Timeline

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
STEERING = {
    Key.Key_Space: Action.RUN,
    Key.Key_Right: Action.NEXT,
    Key.Key_Left: Action.BACK,
    Key.Key_Home: Action.START,
    Key.Key_End: Action.END,
    Key.Key_R: Action.RESET,
    Key.Key_Period: Action.NEXT_POINT,
    Key.Key_Comma: Action.POINT_BEFORE,
}


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, repeat: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", repeat)


def act(key: Qt.Key, focus: QWidget | None = None, *, presenting: bool = False) -> Action | None:
    return action_for(press(key), focus, presenting=presenting)


def read_only() -> QPlainTextEdit:
    made = QPlainTextEdit("for epoch in range(epochs):")
    made.setReadOnly(True)
    return made


def editable_combo() -> QComboBox:
    made = QComboBox()
    made.setEditable(True)
    return made


@pytest.mark.parametrize(("key", "action"), [*STEERING.items(), (Key.Key_F11, Action.PRESENT)])
def test_each_key_has_its_meaning(key: Qt.Key, action: Action) -> None:
    assert act(key) is action
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        assert action_for(press(key, modifier), None, presenting=False) is None


def test_shift_makes_epochs_of_arrows_and_nothing_of_others() -> None:
    for key, wanted in ((Key.Key_Right, Action.NEXT_EPOCH), (Key.Key_Left, Action.BACK_EPOCH)):
        assert action_for(press(key, SHIFT), None, presenting=False) is wanted
    for key in (Key.Key_R, Key.Key_Space, Key.Key_Home):
        assert action_for(press(key, SHIFT), None, presenting=False) is None


def test_the_number_pads_arrows_count_too() -> None:
    keypad = Qt.KeyboardModifier.KeypadModifier
    assert action_for(press(Key.Key_Right, keypad), None, presenting=False) is Action.NEXT
    both = keypad | SHIFT
    assert action_for(press(Key.Key_Left, both), None, presenting=False) is Action.BACK_EPOCH


def test_a_clicker_steps_only_while_presenting() -> None:
    for key, wanted in (
        (Key.Key_PageDown, Action.NEXT),
        (Key.Key_PageUp, Action.BACK),
        (Key.Key_Escape, Action.LEAVE),
    ):
        assert act(key) is None
        assert act(key, presenting=True) is wanted
    assert act(Key.Key_Right, presenting=True) is Action.NEXT


def test_a_held_key_steps_on_but_toggles_once() -> None:
    for key in STEERING:
        repeated = action_for(press(key, repeat=True), None, presenting=False)
        once = key in (Key.Key_Space, Key.Key_R)
        assert repeated is (None if once else STEERING[key])


@pytest.mark.parametrize(
    "make",
    [QLineEdit, QSpinBox, QTextEdit, QPlainTextEdit, editable_combo,
     lambda: NumberField(settings.EPOCHS)],
)  # fmt: skip
def test_typing_steers_nothing(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    field = make()
    qtbot.addWidget(field)
    for presenting in (False, True):
        for key in (*STEERING, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Escape):
            assert act(key, field, presenting=presenting) is None
        assert action_for(press(Key.Key_Right, SHIFT), field, presenting=presenting) is None
        assert act(Key.Key_F11, field, presenting=presenting) is Action.PRESENT


@pytest.mark.parametrize(
    ("make", "own"),
    [
        (QPushButton, {Key.Key_Space}),
        (QCheckBox, {Key.Key_Space}),
        (QSlider, {Key.Key_Right, Key.Key_Left, Key.Key_Home, Key.Key_End}),
        (QScrollArea, {Key.Key_Right, Key.Key_Left, Key.Key_Home, Key.Key_End}),
        (read_only, {Key.Key_Right, Key.Key_Left, Key.Key_Home, Key.Key_End}),
        (QListWidget, set(STEERING)),
        (QTableWidget, set(STEERING)),
        (QComboBox, set(STEERING)),
        (QMenu, set(STEERING)),
        (Timeline, set()),
        (QGraphicsView, set()),
        (QWidget, set()),
    ],
)
def test_widgets_keep_the_keys_that_they_use(
    qtbot: QtBot, make: Callable[[], QWidget], own: set[Qt.Key]
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert {key for key in STEERING if act(key, widget) is None} == own


def test_a_clicker_works_wherever_the_focus_is_but_in_a_field(qtbot: QtBot) -> None:
    for make in (QPushButton, QSlider, QTableWidget, read_only, QComboBox, Timeline):
        widget = make()
        qtbot.addWidget(widget)
        assert act(Key.Key_PageDown, widget, presenting=True) is Action.NEXT


# Watching a window.


class Stage(QWidget):
    """A window with a button before a field, and what its keys asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.other, self.field = QPushButton("a"), QPushButton("b"), QLineEdit()
        layout = QVBoxLayout(self)
        for widget in (self.button, self.other, self.field):
            layout.addWidget(widget)
        self.seen: list[Action] = []
        self.presenting = False
        self.watch = KeyWatch(self, lambda: self.presenting)
        self.watch.pressed.connect(self.seen.append)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    made = Stage()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_arrows_on_a_button_step_and_leave_the_focus_there(stage: Stage) -> None:
    stage.button.setFocus()
    QTest.keyClick(stage.button, Key.Key_Right)
    QTest.keyClick(stage.button, Key.Key_Left, SHIFT)
    assert stage.seen == [Action.NEXT, Action.BACK_EPOCH]
    assert stage.button.hasFocus()


def test_space_on_a_button_presses_it(stage: Stage) -> None:
    presses: list[int] = []
    stage.other.clicked.connect(lambda: presses.append(1))
    stage.other.setFocus()
    QTest.keyClick(stage.other, Key.Key_Space)
    assert presses == [1]
    assert stage.seen == []


def test_typing_reaches_the_field(stage: Stage) -> None:
    stage.field.setFocus()
    QTest.keyClicks(stage.field, "r 2")
    QTest.keyClick(stage.field, Key.Key_Left)
    assert stage.field.text() == "r 2"
    assert stage.field.cursorPosition() == 2
    assert stage.seen == []


def test_the_watch_follows_the_focus_and_stops_at_the_windows_edge(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.button.setFocus()
    stage.other.setFocus()
    QTest.keyClick(stage.button, Key.Key_Home)  # no more watched
    QTest.keyClick(stage.other, Key.Key_End)
    assert stage.seen == [Action.END]
    dialog = QPushButton("elsewhere")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.setFocus()
    QTest.keyClick(dialog, Key.Key_End)
    assert stage.seen == [Action.END]


def test_a_widget_that_vanishes_is_forgotten(stage: Stage, qapp: QApplication) -> None:
    stage.other.setFocus()
    stage.other.setParent(None)
    stage.other.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    stage.button.setFocus()
    QTest.keyClick(stage.button, Key.Key_R)
    assert stage.seen == [Action.RESET]


def test_escape_is_left_to_what_is_open(stage: Stage) -> None:
    stage.presenting = True
    stage.button.setFocus()
    QTest.keyClick(stage.button, Key.Key_Escape)
    QTest.keyClick(stage.button, Key.Key_PageDown)
    assert stage.seen == [Action.NEXT]
