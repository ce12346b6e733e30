"""Which controls a page of a lesson locks or hides, to be ticked in a tree."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from guitrain.ui.withholding import Choice

_NAME, _LOCKED, _HIDDEN = range(3)  # columns
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_MARKS = 62  # pixels of each of the last two
_ABOUT = 8  # pixels above and below a row's text, together


class WithheldTree(QTreeWidget):
    """Groups of controls with a box for "locked" and one for "hidden".

    Attributes:
        locked, hidden: the names that are ticked, and those that came along and are not in the tree
            at present (an experiment has settings that another one has not).
    Signals:
        changed: a box was clicked.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor_withheld")
        self.setAccessibleName(self.tr("Controls that the page locks or hides"))
        self.setToolTip(
            self.tr(
                "What is locked can be seen, not changed; what is hidden is not there. "
                "Their keys do nothing."
            )
        )
        self.setProperty("field", True)
        self.setColumnCount(3)
        self.setHeaderLabels([self.tr("Control"), self.tr("Locked"), self.tr("Hidden")])
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_LOCKED, _HIDDEN):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, _MARKS)
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.setSelectionBehavior(QTreeWidget.SelectionBehavior.SelectItems)  # ← and → move, too
        self.setUniformRowHeights(True)
        self.setIndentation(10)
        self.locked: tuple[str, ...] = ()
        self.hidden: tuple[str, ...] = ()
        self._choices: tuple[Choice, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        self.itemChanged.connect(self._ticked)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these; the ticks stay."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        with QSignalBlocker(self):
            self.clear()
            self._items = {}
            groups: dict[str, QTreeWidgetItem] = {}
            room = QSize(0, self.fontMetrics().height() + _ABOUT)
            bold = self.font()
            bold.setBold(True)
            for choice in choices:
                if choice.group not in groups:
                    groups[choice.group] = QTreeWidgetItem(self, [choice.group])
                    groups[choice.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
                    groups[choice.group].setFont(_NAME, bold)
                    groups[choice.group].setSizeHint(_NAME, room)
                item = QTreeWidgetItem(groups[choice.group], [choice.label])
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                item.setSizeHint(_NAME, room)
                self._items[choice.name] = item
            self.expandAll()
        self.tick(self.locked, self.hidden)

    def tick(self, locked: Iterable[str], hidden: Iterable[str]) -> None:
        """Tick these and no others; nothing is emitted."""
        self.locked, self.hidden = tuple(locked), tuple(hidden)
        with QSignalBlocker(self):
            for choice in self._choices:
                item = self._items[choice.name]
                if choice.lockable:
                    item.setCheckState(_LOCKED, _ON if choice.name in self.locked else _OFF)
                item.setCheckState(_HIDDEN, _ON if choice.name in self.hidden else _OFF)

    def _ticked(self) -> None:
        self.locked = self._names(_LOCKED, self.locked)
        self.hidden = self._names(_HIDDEN, self.hidden)
        self.changed.emit()

    def _names(self, column: int, before: tuple[str, ...]) -> tuple[str, ...]:
        others = [name for name in before if name not in self._items]
        ticked = [name for name, item in self._items.items() if item.checkState(column) is _ON]
        return (*ticked, *others)
