"""The keys that steer: which act each stands for, and where it must stay what it is."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from guitrain.ui.timeline import Timeline


@runtime_checkable
class OwnKeys(Protocol):
    """A widget that has a use of its own for some keys that otherwise steer the run."""

    def wants(self, key: Qt.Key) -> bool:
        """Whether this is one of them."""


class Action(Enum):
    """What a key asks for. NEXT and BACK go by the unit chosen in the toolbar."""

    RUN = "run"
    NEXT = "next"
    BACK = "back"
    NEXT_EPOCH = "next_epoch"
    BACK_EPOCH = "back_epoch"
    START = "start"  # of the record
    END = "end"
    RESET = "reset"
    NEXT_POINT = "next_point"  # to the right in Fit
    POINT_BEFORE = "point_before"
    ADD_POINT = "add_point"  # to a drawing
    DELETE_POINT = "delete_point"
    PRESENT = "present"  # begin, or end
    LEAVE = "leave"  # presenting


_KEY = Qt.Key
_PLAIN = {
    _KEY.Key_Space: Action.RUN,
    _KEY.Key_Right: Action.NEXT,
    _KEY.Key_Left: Action.BACK,
    _KEY.Key_Home: Action.START,
    _KEY.Key_End: Action.END,
    _KEY.Key_R: Action.RESET,
    _KEY.Key_Period: Action.NEXT_POINT,
    _KEY.Key_Comma: Action.POINT_BEFORE,
    _KEY.Key_Insert: Action.ADD_POINT,
    _KEY.Key_Delete: Action.DELETE_POINT,
    _KEY.Key_Backspace: Action.DELETE_POINT,
    _KEY.Key_F11: Action.PRESENT,
}
_SHIFTED = {_KEY.Key_Right: Action.NEXT_EPOCH, _KEY.Key_Left: Action.BACK_EPOCH}
_PRESENTING = {
    _KEY.Key_PageDown: Action.NEXT,
    _KEY.Key_PageUp: Action.BACK,
    _KEY.Key_Escape: Action.LEAVE,
}
_ONCE = (Action.RUN, Action.RESET, Action.PRESENT, Action.LEAVE)  # however long the key is held
_MOVING = (_KEY.Key_Right, _KEY.Key_Left, _KEY.Key_Home, _KEY.Key_End)
_PICKERS = (QComboBox, QAbstractItemView, QMenu, QMenuBar, QTabBar)


def action_for(event: QKeyEvent, focus: QWidget | None, *, presenting: bool) -> Action | None:
    """What a key press asks for while ``focus`` has the keyboard; None: it is that widget's."""
    action = _meaning(event, presenting)
    if action is None or (event.isAutoRepeat() and action in _ONCE):
        return None
    if action is Action.PRESENT or focus is None:
        return action
    key = Qt.Key(event.key())
    return None if _wants(focus, key) else action


def _meaning(event: QKeyEvent, presenting: bool) -> Action | None:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if modifiers == Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(key)
    if modifiers != Qt.KeyboardModifier.NoModifier:
        return None
    if presenting and key in _PRESENTING:
        return _PRESENTING[key]
    return _PLAIN.get(key)


def _wants(focus: QWidget, key: Qt.Key) -> bool:
    """Whether a widget has a use of its own for a key that otherwise steers."""
    if _typing(focus):
        return True
    if isinstance(focus, QTextEdit | QPlainTextEdit):  # to read only: to move in, no more
        return key in _MOVING
    if isinstance(focus, QMenu | QMenuBar):
        return True
    if key in (_KEY.Key_PageDown, _KEY.Key_PageUp, _KEY.Key_Escape):
        return isinstance(focus, QComboBox) and focus.view().isVisible()  # else a clicker's
    if isinstance(focus, _PICKERS):  # a letter looks for an entry there
        return True
    if isinstance(focus, QAbstractButton):
        return key == _KEY.Key_Space
    if isinstance(focus, OwnKeys):
        return focus.wants(key)
    if isinstance(focus, Timeline | QGraphicsView):
        return bool(focus.property("own_moves")) and key in (*_MOVING, _KEY.Key_Up, _KEY.Key_Down)
    if isinstance(focus, QAbstractSlider | QAbstractScrollArea):
        return key in _MOVING
    return False


def _typing(focus: QWidget) -> bool:
    if isinstance(focus, QTextEdit | QPlainTextEdit):
        return not focus.isReadOnly()
    if isinstance(focus, QComboBox):
        return focus.isEditable()
    return isinstance(focus, QLineEdit | QAbstractSpinBox)


class KeyWatch(QObject):
    """Sees the keys of a window before the widget that has its focus.

    A focused button would take → and ← to move the focus, a slider, a list or a text would not
    know what to leave to the window. It looks at events of the focused widget alone: looking at
    all of them would hold the lock on Python whenever something is painted. Keys that nobody
    takes, Esc among them, come to the window's keyPressEvent.

    ``presenting`` says whether presenter mode is on.

    Signals:
        pressed(Action).
    """

    pressed = Signal(object)

    def __init__(self, window: QWidget, presenting: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._presenting = presenting
        self._watched: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, _: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        # A dialog or a popup has its own ways; the window's own keys come to its keyPressEvent.
        if new is not None and new is not self._window and new.window() is self._window:
            self._watched = new
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what steers; leave all else."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        focus = watched if isinstance(watched, QWidget) else None
        action = action_for(event, focus, presenting=self._presenting())
        if action is None or action is Action.LEAVE:  # Esc first closes what is open
            return False
        self.pressed.emit(action)
        return True
