"""A group of settings in a card, and the row that one setting has in it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)


class Row:
    """A setting in a group: label, editor, and a line for what is to be said about it."""

    def __init__(self, path: str, label: QLabel, editor: Any, message: QLabel) -> None:
        self.path, self.label, self.editor, self.message = path, label, editor, message
        self.notice = ""
        self.error = ""

    def show(self, *, error: str | None = None, notice: str | None = None) -> None:
        """Say an error, or a notice; an error goes first. None leaves each as it is."""
        self.error = self.error if error is None else error
        self.notice = self.notice if notice is None else notice
        text = self.error or self.notice
        role = "error" if self.error else "muted"
        if self.message.property("role") != role:
            self.message.setProperty("role", role)
            self.message.style().polish(self.message)
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)

    def set_visible(self, on: bool) -> None:
        """Show or hide the whole row."""
        self.label.setVisible(on)
        self.editor.setVisible(on)
        self.message.setVisible(on and bool(self.message.text()))


class Group(QFrame):
    """A card with a title, rows, and more rows behind a named button."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 9, 12, 10)
        outer.setSpacing(6)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        outer.addWidget(heading)
        self._front, self._back = self._grid(), self._grid()
        outer.addWidget(self._front)
        self.more = QToolButton()
        self.more.setObjectName(f"more_{name}")
        self.more.setCheckable(True)
        self.more.setText(self.tr("More"))
        self.more.setAccessibleName(self.tr("More settings: {0}").format(title))
        self.more.setToolTip(self.tr("Show or hide further settings"))
        self.more.setArrowType(Qt.ArrowType.RightArrow)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setProperty("flat", True)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.toggled.connect(self._toggle)
        outer.addWidget(self.more)
        outer.addWidget(self._back)
        self.more.hide()
        self._back.hide()

    def _grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)
        return holder

    def _toggle(self, on: bool) -> None:
        self._back.setVisible(on)
        self.more.setText(self.tr("Less") if on else self.tr("More"))
        self.more.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)

    def add(
        self,
        label: QWidget | None,
        editor: QWidget,
        message: QWidget | None = None,
        *,
        back: bool = False,
    ) -> None:
        """A row, in sight or behind "More"; without a label the editor takes the whole width."""
        grid = (self._back if back else self._front).layout()
        assert isinstance(grid, QGridLayout)
        at = grid.rowCount()
        if label is None:
            grid.addWidget(editor, at, 0, 1, 2)
        else:
            grid.addWidget(label, at, 0)
            grid.addWidget(editor, at, 1)
        if message is not None:
            grid.addWidget(message, at + 1, 0, 1, 2)
        if back:
            self.more.show()
