"""The table of runs and branches, and what can be done with them."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import RunRow, Snapshot
from guitrain.ui.runs_model import CHANGED, EPOCHS, LOSS, NAME, ORIGIN, SAMPLE, RunsModel
from guitrain.ui.style import mark

_WIDE = 600  # pixels from which where a run comes from has a column of its own
_ROW, _TALL_ROW = 26, 40  # pixels
_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class RunsTable(QTableView):
    """Whole rows, one selected at a time. F2 or a double click renames.

    Signals:
        delete_pressed, current_pressed, rename_pressed: Del, Enter and F2 on the selected row.
    """

    delete_pressed = Signal()
    current_pressed = Signal()
    rename_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._by_tab = False
        self.setObjectName("runs_table")
        self.setAccessibleName(self.tr("Runs and branches"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(SAMPLE)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)

    def event(self, event: QEvent) -> bool:
        """Its own keys are not the window's while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = [Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter]
            mine += [Qt.Key.Key_Up, Qt.Key.Key_Down]
            if self._by_tab:  # after a click, Space is still the window's: run or pause
                mine.append(Qt.Key.Key_Space)
            if event.key() in mine:
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came; the first row is selected where none was."""
        self._by_tab = event.reason() in _TAB
        super().focusInEvent(event)
        if self._by_tab and not self.selectionModel().hasSelection():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the row, whichever of its cells was clicked; the rest as in any table."""
        pressed = {
            Qt.Key.Key_Delete: self.delete_pressed,
            Qt.Key.Key_Return: self.current_pressed,
            Qt.Key.Key_Enter: self.current_pressed,
            Qt.Key.Key_F2: self.rename_pressed,
        }.get(Qt.Key(event.key()))
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif pressed is not None:
            pressed.emit()
        elif event.key() == Qt.Key.Key_Space:
            self._check()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        """Switch the box of the row with the focus."""
        index = self.currentIndex().siblingAtColumn(NAME)
        role = Qt.ItemDataRole.CheckStateRole
        state = index.data(role)
        if state is not None:
            on = Qt.CheckState(state) == Qt.CheckState.Checked
            self.model().setData(index, Qt.CheckState(0 if on else 2), role)


class RunsPanel(QWidget):
    """All runs with their changes and losses.

    Signals:
        visibility_changed(number, on): draw the run as a ghost, or not.
        renamed(number, name): "" gives it its number again. deleted(number).
        made_current(number): take this run in hand. race_wanted: choose runs for a race.

    Attributes:
        table, model: the rows. empty: what is said where there are none to compare.
    """

    visibility_changed = Signal(int, bool)
    renamed = Signal(int, str)
    deleted = Signal(int)
    made_current = Signal(int)
    race_wanted = Signal()

    def __init__(self, *, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("runs_panel")
        self.setAccessibleName(self.tr("Runs"))
        self._snapshot: Snapshot | None = None
        self.model = RunsModel(self)
        self.model.checked.connect(self.visibility_changed)
        self.model.named.connect(self.renamed)
        self.table = RunsTable()
        self.table.setModel(self.model)
        self.table.setToolTip(
            self.tr("Enter takes a run in hand, F2 renames it, Del deletes it, Space shows it")
        )
        self.table.delete_pressed.connect(self._delete)
        self.table.current_pressed.connect(self._make_current)
        self.table.rename_pressed.connect(self._rename)
        self.table.selectionModel().selectionChanged.connect(self._show_buttons)
        self.empty = QLabel()
        self.empty.setObjectName("runs_empty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "muted")
        self.empty.setText(
            self.tr(
                "Go back to an earlier step and change a setting there: the run branches, and "
                "both stay here to compare. Or race several learning rates."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        layout.addStretch(0)
        layout.addLayout(self._buttons())
        self._fit_columns()
        self._show_buttons()
        self._show_empty()
        self.set_theme(theme)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, text, tip, slot in (
            (
                "run_make_current",
                self.tr("Make current"),
                self.tr("Take the selected run in hand: it can be stepped and go on (Enter)"),
                self._make_current,
            ),
            (
                "run_rename",
                self.tr("Rename"),
                self.tr("Rename the selected run (F2)"),
                self._rename,
            ),
            (
                "run_delete",
                self.tr("Delete"),
                self.tr("Forget the selected run for good (Del). The one in hand stays."),
                self._delete,
            ),
            (
                "race",
                self.tr("Race…"),
                self.tr(
                    "Play several learning rates or optimizers together, from the same data, "
                    "seeds and initial weights"
                ),
                self.race_wanted.emit,
            ),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text.rstrip("…"))
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, slot=slot: slot())
            setattr(self, f"_{name}_button", button)
            if name == "race":
                row.addStretch(1)
            row.addWidget(button)
        return row

    def sizeHint(self) -> QSize:
        """Room for a few runs."""
        return QSize(420, 220)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment's runs; while hidden, only remember them."""
        self._snapshot = snapshot
        if not self.isVisible():
            return
        before = self.model.rows
        self.model.refresh(snapshot)
        if self.model.rows is before:
            return
        if len(before) != len(self.model.rows):
            self._show_empty()
        self._show_buttons()

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.model.restyle(theme)
        self.table.setStyleSheet(
            f"QTableView {{ background: {theme.panel}; border: none;"
            f" alternate-background-color: {theme.hover};"
            f" selection-background-color: {theme.hover}; selection-color: {theme.text}; }}"
            "QTableView::item { border: none; padding: 0 4px; }"
            "QTableView::indicator { width: 14px; height: 14px; border-radius: 3px;"
            f" border: 1px solid {theme.muted}; background: {theme.panel}; }}"
            f"QTableView::indicator:checked {{ background: {theme.accent};"
            f" border-color: {theme.accent}; image: url({mark('check', theme)}); }}"
        )

    def _show_empty(self) -> None:
        count = len(self.model.rows)
        self.empty.setVisible(count < 2)
        self.table.setVisible(count > 0)

    @property
    def selected(self) -> RunRow | None:
        """The run that the buttons are about, or None."""
        rows = self.table.selectionModel().selectedRows()
        at = rows[0].row() if rows else -1
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def select(self, number: int) -> None:
        """Select a run's row; one that is not there takes the selection away."""
        numbers = [row.number for row in self.model.rows]
        if number not in numbers:
            self.table.clearSelection()
            return
        flag = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self.model.index(numbers.index(number), NAME), flag.ClearAndSelect | flag.Rows
        )

    def _show_buttons(self, *_: object) -> None:
        row = self.selected
        other = row is not None and not row.current
        for name, on in (
            ("run_make_current", other),
            ("run_rename", row is not None),
            ("run_delete", other),
        ):
            button: QPushButton = getattr(self, f"_{name}_button")
            if button.isEnabled() != on:
                button.setEnabled(on)

    def _fit_columns(self) -> None:
        """Where a run comes from is beside or, in a narrow panel, below what was changed."""
        wide = self.width() >= _WIDE
        self.model.set_two_lines(not wide)
        for column in (ORIGIN, EPOCHS):
            self.table.setColumnHidden(column, not wide)
        self.table.verticalHeader().setDefaultSectionSize(_ROW if wide else _TALL_ROW)
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(CHANGED, mode.Stretch)
        width = self.table.fontMetrics().horizontalAdvance
        loss = self.tr("diverged") if wide else self.tr("epoch {0}").format("99,999")
        for column, size in (
            (NAME, min(max(round(self.width() * (0.2 if wide else 0.31)), 112), 190)),
            (ORIGIN, width(self.tr("step {0} of {1}").format("88,888", "Run 88")) + 20),
            (EPOCHS, width("1,000,000") + 12),
            (LOSS, width(loss) + 14),
        ):
            header.setSectionResizeMode(column, mode.Fixed)
            header.resizeSection(column, size)

    # What the user does.

    def _make_current(self) -> None:
        row = self.selected
        if row is not None and not row.current:
            self.made_current.emit(row.number)

    def _rename(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.table.setFocus()
            self.table.edit(QModelIndex(rows[0].siblingAtColumn(NAME)))

    def _delete(self) -> None:
        row = self.selected
        if row is not None and not row.current:
            self.deleted.emit(row.number)

    # Qt's events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns for another width."""
        super().resizeEvent(event)
        self._fit_columns()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self.refresh(self._snapshot)
