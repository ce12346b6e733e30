"""The row of one setting in a group: label, editor, and what is to be said about it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from guitrain.core import settings
from guitrain.core.params import Param
from guitrain.numbers import format_number
from guitrain.sentences import translate
from guitrain.ui.locks import Locks

NEW_RUN = "↻"


class Place:
    """Two lines of a group that are kept free: for label and editor, and for what is said."""

    def __init__(self, grid: QGridLayout, at: int, *, wide: bool = False) -> None:
        self._grid, self._at, self._wide = grid, at, wide

    def put(self, label: QWidget | None, editor: QWidget) -> None:
        """Fill the first line; without a label, the editor takes the whole width."""
        if self._wide and label is not None:  # they share the width as they need it
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(label)
            line.addWidget(editor, 1)
            label, editor = None, holder
        if label is None:
            self._grid.addWidget(editor, self._at, 0, 1, 2)
        else:
            self._grid.addWidget(label, self._at, 0)
            self._grid.addWidget(editor, self._at, 1)

    def put_message(self, message: QWidget) -> None:
        """Fill the second line."""
        self._grid.addWidget(message, self._at + 1, 0, 1, 2)


class Row:
    """A setting in a group: label, editor, and a line for what is to be said about it.

    They are made when the row first comes into sight, or when somebody asks for them.

    Attributes:
        path: of the setting. title: what it is called. notice, error: what is said of it.
    """

    def __init__(
        self,
        path: str,
        name: str,
        place: Place,
        make: Callable[["Row"], tuple[QLabel, Any]],
        *,
        title: str,
        used: bool,
        unfolded: bool,
    ) -> None:
        self.path, self.name, self.title = path, name, title
        self.notice = ""
        self.error = ""
        self._place = place
        self._make = make
        self._used, self._unfolded = used, unfolded
        self._locked = self._hidden = False
        self._locks = Locks()
        self._made: tuple[QLabel, Any] | None = None
        self._message: QLabel | None = None
        self._value: tuple[Any, ...] = ()  # to be shown once there is an editor
        self._make_if_seen()

    # What it is made of.

    @property
    def label(self) -> QLabel:
        """What the setting is called."""
        return self._parts[0]

    @property
    def editor(self) -> Any:
        """Shows the value, and lets it be changed."""
        return self._parts[1]

    @property
    def message(self) -> QLabel:
        """What is said of the setting."""
        if self._message is None:
            self._message = QLabel()
            self._message.setObjectName(f"message_{self.name}")
            self._message.setWordWrap(True)
            self._message.hide()
            self._place.put_message(self._message)
        return self._message

    @property
    def used(self) -> bool:
        """Whether the experiment has it."""
        return self._used

    @property
    def seen(self) -> bool:
        """Whether it is there, too."""
        return self._used and not self._hidden

    @property
    def withheld(self) -> bool:
        """Whether it is locked or hidden."""
        return self._locked or self._hidden

    @property
    def is_made(self) -> bool:
        """Whether anybody needed it yet."""
        return self._made is not None

    @property
    def _parts(self) -> tuple[QLabel, Any]:
        if self._made is None:
            self._made = label, editor = self._make(self)
            self._place.put(label, editor)
            if self._value:
                editor.set_value(*self._value)
            self._show_used()
            self._show_locked()
            self._say()
        return self._made

    def _make_if_seen(self) -> None:
        if self.seen and self._unfolded:
            _ = self._parts

    def unfold(self) -> None:
        """The place where it stands is in sight from now on, or was."""
        self._unfolded = True
        self._make_if_seen()

    # What it shows.

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is emitted."""
        self._value = (value,)
        if self._made is not None:
            self._made[1].set_value(value)

    def show(self, *, error: str | None = None, notice: str | None = None) -> None:
        """Say an error, or a notice; an error goes first. None leaves each as it is."""
        self.error = self.error if error is None else error
        self.notice = self.notice if notice is None else notice
        self._say()

    def _say(self) -> None:
        text = self.error or self.notice
        if self._made is None or (not text and self._message is None):
            return
        message, role = self.message, "error" if self.error else "muted"
        if message.property("role") != role:
            message.setProperty("role", role)
            message.style().polish(message)
        message.setText(f"⚠ {text}" if text else "")
        message.setVisible(self.seen and bool(text))
        self.editor.setAccessibleDescription(text)

    def set_visible(self, on: bool) -> None:
        """Show or hide the whole row."""
        self._used = on
        self._make_if_seen()
        self._show_used()

    def withhold(self, *, locked: bool, hidden: bool) -> None:
        """Lock it, or hide it, whatever the experiment is."""
        if (locked, hidden) != (self._locked, self._hidden):
            self._locked, self._hidden = locked, hidden
            self._make_if_seen()
            self._show_used()
            self._show_locked()

    def _show_locked(self) -> None:
        if self._made is not None and self.withheld != (self.editor in self._locks):
            self._locks.set(self.editor, self.withheld)
            self.editor.setEnabled(not self.withheld)

    def _show_used(self) -> None:
        if self._made is not None:
            for part in self._made:
                part.setVisible(self.seen)
        if self._message is not None:
            self._message.setVisible(self.seen and bool(self._message.text()))


def named_label(path: str, param: Param, editor: Any, name: str, text: str, context: str) -> QLabel:
    """What stands before a setting's editor; the editor is named and described, too."""
    text = text or translate(context, param.label)
    tip = _tip(param, translate(context, param.help) if param.help else text)
    shown = f"{text} {param.symbol}".strip()
    if path not in settings.STEERING:
        shown = f"{shown} {NEW_RUN}"
        tip += "\n" + translate(
            "Controls", "{0} Changing this starts a new run. Undo brings the old one back."
        ).format(NEW_RUN)
    label = QLabel(shown)
    label.setObjectName(f"label_{name}")
    label.setToolTip(tip)
    target = getattr(editor, "number", editor)
    label.setBuddy(target)
    for widget in {editor, target}:
        if not widget.toolTip():
            widget.setToolTip(tip)
        if not widget.accessibleName():
            widget.setAccessibleName(text)
    return label


def _tip(param: Param, text: str) -> str:
    if param.minimum is None or param.maximum is None:
        return text
    if param.kind == "layers":
        return text
    low, high = (format_number(limit, 6) for limit in (param.minimum, param.maximum))
    start = f"> {low}" if param.above_minimum else low
    return f"{text}\n{start} … {high}"
