"""The columns of a file, to choose inputs from, and its first rows, with what is wrong marked."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from guitrain.files.csv_file import MAX_TEXTS, ColumnFacts, CsvFile
from guitrain.files.csv_shape import parse_cell
from guitrain.numbers import format_number
from guitrain.sentences import translate

_SHOWN_COLUMNS = 200  # of the first rows
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnList(QTableWidget):
    """A row for each column: a check box that makes it an input, its values, and what is odd.

    Signals:
        inputs_changed: other columns are inputs.
    """

    inputs_changed = Signal()

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setObjectName("csv_x")
        self.setAccessibleName(self.tr("Inputs: the columns that the model predicts from"))
        self.setToolTip(self.tr("Check the columns that the model predicts from"))
        self.setHorizontalHeaderLabels([self.tr("Inputs"), self.tr("Values"), self.tr("Note")])
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(24)
        self.setShowGrid(False)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._target = ""
        self._usable: frozenset[str] = frozenset()
        self._numbers: set[str] = set()
        self.itemChanged.connect(self._changed)

    def show_file(self, csv: CsvFile | None) -> None:
        """List the columns of a file, none of them an input yet; None empties the list."""
        self.blockSignals(True)
        names = csv.header if csv is not None else ()
        self._usable = frozenset(csv.usable if csv is not None else ())
        self._target = ""
        self._numbers.clear()
        self.setRowCount(len(names))
        for row, name in enumerate(names):
            assert csv is not None
            facts = csv.facts(name)
            note = odd_words(facts)
            if facts.kind == "number" and not facts.wrong:
                self._numbers.add(name)
            for column, text in enumerate((name, value_words(facts), f"⚠ {note}" if note else "")):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setToolTip(text)
                self.setItem(row, column, item)
            first = self.item(row, 0)
            if name in self._usable and first is not None:
                first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                first.setCheckState(_UNCHECKED)
        for column, most in ((0, 220), (1, 260)):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column) + 8, most))
        self.blockSignals(False)

    def set_target(self, name: str) -> None:
        """The target cannot be an input: its box is taken out. If it was one, the target so far
        takes its place, where it is of numbers throughout.
        """
        self.blockSignals(True)
        swapped = name in self.inputs() and self._target in self._numbers
        state = _CHECKED if swapped else _UNCHECKED
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is None or item.text() not in self._usable:
                continue
            note = self.item(row, 2)
            if note is not None and item.text() in (name, self._target):
                odd = note.toolTip()
                note.setText(self.tr("the target") if item.text() == name and not odd else odd)
            if item.text() == name:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setData(Qt.ItemDataRole.CheckStateRole, None)
            elif item.text() == self._target:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(state)
        self._target = name
        self.blockSignals(False)

    def set_inputs(self, names: Collection[str]) -> None:
        """Check these and no others."""
        self.blockSignals(True)
        wanted = frozenset(names)
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(_CHECKED if item.text() in wanted else _UNCHECKED)
        self.blockSignals(False)
        self.inputs_changed.emit()

    def inputs(self) -> tuple[str, ...]:
        """The columns that are checked, in the file's order."""
        items = (self.item(row, 0) for row in range(self.rowCount()))
        return tuple(
            item.text()
            for item in items
            if item is not None
            and item.flags() & Qt.ItemFlag.ItemIsUserCheckable
            and item.checkState() == _CHECKED
        )

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.inputs_changed.emit()


def value_words(facts: ColumnFacts) -> str:
    """What a column's cells are: "numbers, 0 … 5"."""
    if facts.kind == "empty":
        return translate("Csv", "no values")
    if facts.kind == "text":
        return translate("Csv", "texts, {0} different").format(f"{facts.different:,}")
    low, high = format_number(facts.low), format_number(facts.high)
    return translate("Csv", "numbers, {0} … {1}").format(low, high)


def odd_words(facts: ColumnFacts) -> str:
    """What is wrong with a column, or to be known of it; "" where nothing is."""
    said = []
    if facts.wrong:
        text = translate("Csv", "line {0}: “{1}” is no plain number (such cells: {2})")
        said.append(text.format(facts.line, facts.text, facts.wrong))
    if facts.missing:
        said.append(translate("Csv", "{0} missing").format(f"{facts.missing:,}"))
    if facts.different > MAX_TEXTS and facts.kind == "text":
        said.append(translate("Csv", "too many different texts to tell apart"))
    if facts.different == 1 and not facts.wrong:
        said.append(translate("Csv", "always the same: nothing to learn from"))
    return translate("Csv", "; ").join(said)


class Preview(QTableWidget):
    """The first rows as they stand in the file; cells that are missing or no numbers are marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("csv_preview")
        self.setAccessibleName(self.tr("First rows of the file"))
        self.setToolTip(self.tr("The first rows, as they stand in the file; ⚠ marks odd cells"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.verticalHeader().setDefaultSectionSize(24)

    def show_file(self, csv: CsvFile | None) -> None:
        """Show a file's rows; None empties the table."""
        names = csv.header[:_SHOWN_COLUMNS] if csv is not None else ()
        rows = csv.preview if csv is not None else ()
        self.clear()
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(list(names))
        self.setRowCount(len(rows))
        for column, name in enumerate(names):
            assert csv is not None
            numbers = csv.facts(name).kind == "number"
            for row, cells in enumerate(rows):
                cell = cells[column] if column < len(cells) else ""
                _, kind = parse_cell(cell, csv.decimal)
                odd = ""
                if kind in ("empty", "not_finite"):
                    odd = translate("Csv", "A missing value")
                elif numbers and kind != "number":
                    odd = translate("Csv", "No plain number, in a column of numbers")
                item = QTableWidgetItem(f"⚠ {cell}".rstrip() if odd else cell)
                item.setToolTip(odd)
                self.setItem(row, column, item)
