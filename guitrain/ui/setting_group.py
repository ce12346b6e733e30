"""A group of settings in a card: rows in sight, and rows behind "More"."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.ui.setting_row import Place, Row


class Group(QFrame):
    """A card with a title, rows, and more rows behind a named button.

    Attributes:
        title: as given. rows: of its settings.
    Signals:
        unfolded: the rows behind the button are there, after it was pressed.
    """

    unfolded = Signal()

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.title = title
        self.rows: list[Row] = []
        self._lines = [0, 0]  # in use: in sight, and behind "More"
        self._behind: list[Row] = []
        self._others = False  # whether anything else is there
        self.setProperty("card", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 9, 12, 10)
        outer.setSpacing(6)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        outer.addWidget(heading)
        self._front, self._back = QWidget(), QWidget()
        self._grids = _grid(self._front), _grid(self._back)
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

    def _toggle(self, on: bool) -> None:
        if on:
            for row in self._behind:
                row.unfold()
        self._back.setVisible(on)
        self.more.setText(self.tr("Less") if on else self.tr("More"))
        self.more.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        if on:
            self.unfolded.emit()

    def place(self, *, back: bool = False, wide: bool = False) -> Place:
        """The next place, in sight or behind "More"; ``wide``, one that label and editor share."""
        at = self._lines[back]
        self._lines[back] += 2
        if back:
            self.more.show()
        return Place(self._grids[back], at, wide=wide)

    def add_row(
        self,
        path: str,
        name: str,
        make: Callable[[Row], tuple[QLabel, Any]],
        *,
        title: str,
        back: bool = False,
        wide: bool = False,
        used: bool = True,
    ) -> Row:
        """A setting's row; ``used`` says whether it is to be there at first."""
        place = self.place(back=back, wide=wide)
        unfolded = not back or self.more.isChecked()
        row = Row(path, name, place, make, title=title, used=used, unfolded=unfolded)
        self.rows.append(row)
        if back:
            self._behind.append(row)
        return row

    def show_more(self) -> None:
        """The button is there as long as there is anything behind it, and all of it as long as
        any of its settings is.
        """
        self.more.setVisible(self._others or any(row.seen for row in self._behind))
        self.setVisible(any(row.seen for row in self.rows))

    def add(self, label: QWidget | None, editor: QWidget, *, back: bool = False) -> None:
        """What is no setting, in sight or behind "More"."""
        self._others |= back
        self.place(back=back).put(label, editor)

    def tab_stops(self) -> list[QWidget]:
        """What the Tab key goes to, in the order in which it stands there."""
        return [*stops_in(self._front), self.more, *stops_in(self._back)]


def _grid(holder: QWidget) -> QGridLayout:
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, 92)
    grid.setColumnStretch(1, 1)
    return grid


def stops_in(widget: QWidget) -> list[QWidget]:
    """What the Tab key goes to within a widget, line by line; itself, where that is it."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return [widget]
    layout = widget.layout()
    if not isinstance(layout, QGridLayout):
        inside = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [stop for child in inside for stop in stops_in(child)]
    placed = []
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is not None and (child := item.widget()) is not None:
            row, column, *_ = cast(tuple[int, ...], layout.getItemPosition(index))
            placed.append((row, column, child))
    placed.sort(key=lambda each: each[:2])
    return [stop for *_, child in placed for stop in stops_in(child)]
