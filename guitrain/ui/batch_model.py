"""The rows of a batch for a table view: a cell is computed when it is looked at."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from guitrain.core.experiment import Experiment
from guitrain.core.step_view import StepView
from guitrain.numbers import format_number
from guitrain.plots.batch_columns import Column, columns
from guitrain.plots.flow_words import amount

NOT_YET = "–"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class BatchModel(QAbstractTableModel):
    """The rows of a batch. A cell is computed when it is looked at: a refresh costs the same
    however many rows there are.

    Attributes:
        columns: after the first one, which has the number of the training point.
        selected: the row of the training data that is marked, or None.
    """

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.selected: int | None = None
        self._rows = np.empty(0, np.int64)
        self._mark: QBrush | None = None

    def set_step(self, step: StepView | None, settings: Experiment, selected: int | None) -> None:
        """Show another step, or none."""
        made = columns(step, settings) if step is not None else ()
        rows = step.rows if step is not None else np.empty(0, np.int64)
        self.selected = selected
        reshaped = (len(rows), len(made)) != (len(self._rows), len(self.columns))
        if reshaped:
            self.beginResetModel()
        heads = [column.head for column in self.columns]
        self._rows, self.columns = rows, made
        if reshaped:
            self.endResetModel()
        else:
            if heads != [column.head for column in made]:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(made))
            if len(rows):
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(made)))

    def set_mark(self, colour: str) -> None:
        """The colour behind the selected point's row."""
        self._mark = QBrush(QColor(colour))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """The points in the batch."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The point's number, and what is known of it."""
        return 0 if parent.isValid() else len(self.columns) + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, its alignment, and the mark of the selected point."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if role == Qt.ItemDataRole.BackgroundRole and self.selected is not None:
            return self._mark if self._rows[index.row()] == self.selected else None
        return None

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell."""
        if column == 0:
            return format_number(int(self._rows[row]) + 1)
        of = self.columns[column - 1].of
        if of is None:
            return NOT_YET
        with np.errstate(all="ignore"):
            return amount(float(of(slice(row, row + 1))[0]))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """A column's formula, and what it means."""
        if orientation is not Qt.Orientation.Horizontal or section > len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section - 1].head if section else self.tr("point")
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = self.tr("Which training point it is, counted from 1")
            return self.columns[section - 1].tip if section else tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        return None

    def tsv(self, spans: Sequence[tuple[int, int]]) -> str:
        """Rows (first and one after the last of each span), tab-separated, with the heads."""
        heads = [self.headerData(at, Qt.Orientation.Horizontal) for at in range(self.columnCount())]
        lines = ["\t".join(heads)]
        for first, stop in spans:
            parts = [[str(row + 1) for row in self._rows[first:stop].tolist()]]
            with np.errstate(all="ignore"):
                for column in self.columns:
                    parts.append(_plain_texts(column, first, stop))
            lines += ["\t".join(cells) for cells in zip(*parts, strict=True)]
        return "\n".join(lines)


def _plain_texts(column: Column, first: int, stop: int) -> list[str]:
    """For a spreadsheet: every digit that float32 holds, a hyphen for the minus."""
    if column.of is None:
        return [""] * (stop - first)
    return [f"{value:.9g}" for value in column.of(slice(first, stop)).tolist()]
