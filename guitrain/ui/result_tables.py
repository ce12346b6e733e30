"""The tables of Test and Apply: how they look, and what stands in them."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from guitrain.core.data import Data
from guitrain.core.evaluation import ClassMetrics, Evaluation, Prediction, Scores
from guitrain.numbers import format_number
from guitrain.outcome_words import answer_words, class_name, percent, row_words, score_rows
from guitrain.sentences import translate

SMALL = 16  # pixels of an image in a row
_MOST_CLASSES = 4  # whose probabilities have a column each; of more the two most probable are told
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def table_named(name: str, meaning: str) -> QTableWidget:
    """An empty table to read."""
    table = QTableWidget()
    table.setObjectName(name)
    table.setAccessibleName(meaning)
    table.setToolTip(meaning)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setDefaultAlignment(_RIGHT)
    table.horizontalHeader().setHighlightSections(False)
    table.verticalHeader().setDefaultSectionSize(24)
    table.verticalHeader().setHighlightSections(False)
    table.setCornerButtonEnabled(False)
    table.setIconSize(QSize(SMALL + 2, SMALL + 2))
    table.setFrameShape(QFrame.Shape.NoFrame)
    return table


def fill_scores(table: QTableWidget, evaluation: Evaluation) -> None:
    """The scores of each set of points, and of least squares where they are for these."""
    columns: list[tuple[str, Scores | None]] = [
        (translate("Results", "train"), evaluation.train),
        (translate("Results", "best"), evaluation.best_train),
        (translate("Results", "valid."), evaluation.validation),
        (translate("Results", "test"), evaluation.test),
        (translate("Results", "best"), evaluation.best_test),
    ]
    validated = evaluation.validation is not None
    if not validated:
        del columns[2]
    of_classes = isinstance(evaluation.train, ClassMetrics)
    if of_classes or (validated and evaluation.best_train is None):
        # Least squares are not for these; or there is no room for what is not known.
        columns = [columns[0], *columns[2:-1]]
    _begin(table, [head for head, _ in columns])
    names = [name for name, _, _ in score_rows(evaluation.train)]
    table.setRowCount(len(names))
    table.setVerticalHeaderLabels(names)
    digits = 4 if len(columns) < 5 else 3
    for column, (_, scores) in enumerate(columns):
        cells = score_rows(scores) if scores else ()
        for row in range(len(names)):
            text = _score(*cells[row][1:], digits) if cells else "–"
            table.setItem(row, column, _cell(text))
    _fit_height(table)
    table.show()


def fill_numbers(
    table: QTableWidget, applied: Sequence[Prediction], data: Data | None, *, several: bool
) -> None:
    """A row for each prediction of a number; ``several``: of more inputs than one."""
    heads = ["x", "ŷ", translate("Results", "true y"), "ŷ − y"]
    if several:
        heads = [translate("Results", "inputs"), "ŷ"]
    _begin(table, heads)
    table.verticalHeader().hide()
    table.setRowCount(len(applied))
    for row, one in enumerate(applied):
        cells = (
            ("⚠ " if one.outside else "") + row_words(one.inputs, data),
            answer_words(one, data),
            _hundredths(one.true),
            _hundredths(one.difference),
        )
        for column, text in enumerate(cells[: len(heads)]):
            cell = _cell(text)
            if one.outside:
                cell.setToolTip(translate("Results", "This x lies outside the training points."))
            table.setItem(row, column, cell)
    _fit_height(table, most=8)
    table.show()


def fill_answers(
    table: QTableWidget,
    applied: Sequence[Prediction],
    data: Data | None,
    picture: Callable[[tuple[float, ...]], QPixmap] | None,
) -> None:
    """A row for each row of inputs: the answer, and the probability of each class, or of the two
    most probable of many. ``picture`` shows inputs that are an image.
    """
    count = len(applied[0].probabilities)
    few = count <= _MOST_CLASSES
    heads = [translate("Results", "inputs"), translate("Results", "answer")]
    heads += [class_name(data, n) for n in range(count)] if few else [translate("Results", "next")]
    _begin(table, heads)
    table.verticalHeader().hide()
    table.setRowCount(len(applied))
    for row, one in enumerate(applied):
        cells = [("⚠ " if one.outside else "") + row_words(one.inputs, data)]
        if few:
            cells.append(class_name(data, int(one.predicted)))
            cells += [percent(share) for share in one.probabilities]
        else:
            order = sorted(range(count), key=lambda each: -one.probabilities[each])
            cells += [
                f"{class_name(data, each)} ({percent(one.probabilities[each])})"
                for each in order[:2]
            ]
        for column, text in enumerate(cells):
            table.setItem(row, column, _cell(text))
        first = table.item(row, 0)
        if picture is not None and first is not None:
            first.setText("⚠" if one.outside else "")
            first.setIcon(QIcon(picture(one.inputs)))
            first.setToolTip(" ".join(f"{value:g}" for value in one.inputs))
    _fit_height(table, most=8)
    table.show()


def _begin(table: QTableWidget, heads: Sequence[str]) -> None:
    table.setColumnCount(len(heads))
    table.setHorizontalHeaderLabels(list(heads))


def _hundredths(value: float | None) -> str:
    return "–" if value is None else format_number(value, 2, fixed=True)


def _score(value: float | None, share: bool, digits: int) -> str:
    """A score as a cell has it."""
    if value is None or math.isnan(value):
        return "–"
    if share:
        return percent(value)
    # So many decimals of what is large would have no room.
    return format_number(value, digits if abs(value) < 100 else 6, fixed=abs(value) < 100)


def _cell(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(_RIGHT)
    return item


def _fit_height(table: QTableWidget, most: int = 20) -> None:
    rows = min(table.rowCount(), most)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * 24)
