"""The confusion matrix, and what follows from it for each class."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from guitrain.core.evaluation import ClassMetrics
from guitrain.numbers import format_number
from guitrain.outcome_words import percent
from guitrain.plots.items import mixed
from guitrain.plots.theme import LIGHT, Theme

_HIGHEST = 13  # rows that are shown without a bar
_STRONGEST = 0.8  # share of blue in a cell with all of its row
_HEAD = 96  # pixels, at most, of a class's name at the left


class _Outlined(QStyledItemDelegate):
    """Right answers lie on the diagonal: their cells have a frame."""

    colour = LIGHT.text

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The cell, and its frame."""
        super().paint(painter, option, index)
        if index.row() == index.column():
            box = QRectF(option.rect)
            painter.save()
            painter.setPen(QPen(QColor(self.colour), 1.6))
            painter.drawRect(box.adjusted(1.5, 1.5, -2.5, -2.5))
            painter.restore()


class _Table(QTableWidget):
    """To be read only; as high as its rows, up to a bound."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.verticalHeader().setMinimumSectionSize(12)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMaximumWidth(_HEAD)
        self._names: tuple[str, ...] = ()

    def sizeHint(self) -> QSize:
        """All rows, up to a bound."""
        return QSize(320, self._high())

    def minimumSizeHint(self) -> QSize:
        """The same height: the panel has the bar."""
        return QSize(160, self._high())

    def _high(self) -> int:
        rows = min(max(self.rowCount(), 1), _HIGHEST)
        head = self.horizontalHeader().sizeHint().height()
        return head + rows * self.verticalHeader().defaultSectionSize() + 2

    def _lay_out(self, names: Sequence[str], columns: Sequence[str]) -> bool:
        """Cells for these; returns whether they are new."""
        if tuple(names) == self._names:
            return False
        self._names = tuple(names)
        self.setRowCount(len(names))
        self.setColumnCount(len(columns))
        for number, name in enumerate(names):
            item = QTableWidgetItem(_short(name))
            item.setToolTip(name)
            self.setVerticalHeaderItem(number, item)
        self.setHorizontalHeaderLabels([_short(name) for name in columns])
        for row in range(len(names)):
            for column in range(len(columns)):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, item)
        self.updateGeometry()
        return True

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        found = self.item(row, column)
        assert found is not None
        return found


class ConfusionMatrix(_Table):
    """How often each true class (a row) was told as each (a column): counts, and shades of blue
    for their share of the row.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("confusion_matrix")
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setToolTip(
            self.tr(
                "A row for each true class, a column for each answer. Framed: the right answers. "
                "The bluer, the larger the share of its row."
            )
        )
        self._theme = LIGHT
        self._found: ClassMetrics | None = None
        self._outlined = _Outlined(self)
        self.setItemDelegate(self._outlined)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._outlined.colour = theme.text
        self._fill()

    def show_metrics(self, names: Sequence[str], found: ClassMetrics) -> None:
        """Show this; the names are those of the classes."""
        if self._lay_out(names, names):
            font = self.font()
            font.setBold(True)
            for number in range(len(names)):
                self._cell(number, number).setFont(font)
        self._found = found
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            return
        theme = self._theme
        for row, counts in enumerate(self._found.confusion):
            whole = sum(counts)
            for column, count in enumerate(counts):
                item = self._cell(row, column)
                share = count / whole if whole else 0.0
                item.setText(f"{count:,}" if count else "0")
                shade = QColor(mixed(theme.data, theme.panel, _STRONGEST * share))
                item.setBackground(QBrush(shade))
                item.setForeground(QBrush(_readable_on(shade)))
                text = self.tr("{0} of {1} points of {2} were told as {3} ({4})")
                item.setToolTip(
                    text.format(
                        f"{count:,}",
                        f"{whole:,}",
                        self._names[row],
                        self._names[column],
                        percent(share) if whole else "–",
                    )
                )


class ClassTable(_Table):
    """Precision, recall, F1 and AUC of each class."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("class_table")
        self.setAccessibleName(self.tr("Precision, recall, F1 and AUC of each class"))
        self.setToolTip(
            self.tr(
                "Precision: how many of the answers are right. Recall: how many of the class are "
                "found. F1: their harmonic mean, 2·P·R ÷ (P + R). AUC: the area under the ROC "
                "curve; 1 is perfect, 0.5 is chance. “–”: there are none to divide by."
            )
        )

    def show_metrics(self, names: Sequence[str], found: ClassMetrics) -> None:
        """Show this; the names are those of the classes."""
        columns = (self.tr("Precision"), self.tr("Recall"), self.tr("F1"), self.tr("AUC"))
        self._lay_out(names, columns)
        for column, values in enumerate((found.precision, found.recall, found.f1, found.auc)):
            for row, value in enumerate(values):
                known = value is not None and math.isfinite(value)
                text = format_number(value, 3, fixed=True) if known and value is not None else "–"
                self._cell(row, column).setText(text)


def _readable_on(shade: QColor) -> QColor:
    """Black or white, whichever has the larger contrast (WCAG 2.1, relative luminance): at least
    4.5 : 1 on any colour.
    """
    parts = (shade.redF(), shade.greenF(), shade.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("#000000" if (light + 0.05) ** 2 > 1.05 * 0.05 else "#FFFFFF")


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"
