"""Columns of a table as inputs and targets: texts one-hot, missing values filled, classes numbered.

What a fill or a text's number depends on is learnt from the training points alone: the test set
never steers training.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Column, Split
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import Table

Floats = NDArray[np.float64]

MAX_INPUTS = 1000
MAX_NUMBERS = 50_000_000  # of all inputs together: 400 MB
MAX_CLASSES = 100


@dataclass(frozen=True)
class Reading:
    """Chosen columns of a table, with the rows that are used.

    Attributes:
        columns: of the inputs, each text one that a row has.
        raw: their cells (n, c), of texts their numbers; NaN where one is missing.
        targets: (n,), of classes their numbers.
        classes: their names, where these are learnt; else ().
    """

    columns: tuple[Column, ...]
    raw: Floats
    targets: Floats
    classes: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many inputs there are."""
        return sum(column.width for column in self.columns)

    @property
    def plain(self) -> bool:
        """Whether the cells are the inputs as they are."""
        return not any(column.texts for column in self.columns) and not self.gaps

    @property
    def gaps(self) -> bool:
        """Whether any cell is missing."""
        return bool(np.isnan(self.raw).any())

    @property
    def names(self) -> tuple[str, ...]:
        """Of the inputs: "size", and of texts "colour = red"."""
        return tuple(
            name
            for column in self.columns
            for name in ([f"{column.name} = {text}" for text in column.texts] or [column.name])
        )


@lru_cache(maxsize=4)
def read(table: Table, x: tuple[str, ...], y: str, task: str, missing: str) -> Reading:
    """The columns ``x`` and ``y`` for a ``task`` ("regression", "classification"); what is
    ``missing`` is refused ("refuse"), or its rows left out ("drop_rows"), or kept as NaN to be
    filled ("fill"), but for rows without a target.

    Raises ExperimentProblem for columns that cannot be learnt from.
    """
    if not x:
        raise ExperimentProblem("no_inputs", "x")
    cells = [table.column(name) for name in (*x, y)]
    if y in x:
        raise ExperimentProblem("target_is_input", "y", value=y)
    unknown = [np.isnan(column) for column in cells]
    if missing == "refuse":
        for name, gaps in zip((*x, y), unknown, strict=True):
            if gaps.any():
                row = int(gaps.argmax()) + 1
                raise ExperimentProblem(
                    "cell_missing", "missing", column=name, row=row, count=int(gaps.sum())
                )
    for name, gaps in zip((*x, y), unknown, strict=True):
        if gaps.all():
            raise ExperimentProblem("column_empty", "x" if name in x else "y", value=name)
    left = ~(np.any(unknown, axis=0) if missing == "drop_rows" else unknown[-1])
    rows = int(left.sum())
    if not rows:
        raise ExperimentProblem("no_rows_left", "missing", value=table.rows)
    made = [_column(table, name, column[left]) for name, column in zip(x, cells[:-1], strict=True)]
    columns = tuple(column for column, _ in made)
    width = sum(column.width for column in columns)
    if width > MAX_INPUTS:
        widest = max(columns, key=lambda column: column.width)
        raise ExperimentProblem(
            "too_many_inputs",
            "x",
            value=width,
            maximum=MAX_INPUTS,
            column=widest.name,
            count=widest.width,
        )
    if width * rows > MAX_NUMBERS:
        raise ExperimentProblem("too_many_numbers", "x", value=width * rows, maximum=MAX_NUMBERS)
    targets, classes = _targets(table, y, cells[-1][left], task)
    raw = np.stack([column for _, column in made], axis=1)
    for array in (raw, targets):
        array.flags.writeable = False  # it is shared by all who ask
    return Reading(columns, raw, targets, classes)


def _column(table: Table, name: str, cells: Floats) -> tuple[Column, Floats]:
    """An input, and its cells numbered by the texts that there are."""
    texts = table.texts.get(name)
    if texts is None:
        return Column(name), cells
    known = ~np.isnan(cells)
    found, numbers = np.unique(cells[known], return_inverse=True)
    codes = np.full(len(cells), np.nan)
    codes[known] = numbers
    return Column(name, tuple(texts[int(code)] for code in found)), codes


def _targets(table: Table, name: str, cells: Floats, task: str) -> tuple[Floats, tuple[str, ...]]:
    texts = table.texts.get(name)
    if task == "regression":
        if texts is not None:
            raise ExperimentProblem("target_is_text", "task", value=name)
        return cells, ()
    found, numbers = np.unique(cells, return_inverse=True)
    classes = tuple(texts[int(n)] if texts else f"{n:.15g}" for n in found.tolist())
    if len(found) < 2:
        raise ExperimentProblem("one_class", "y", value=name, known=classes[0])
    if len(found) > MAX_CLASSES:
        raise ExperimentProblem(
            "too_many_classes", "task", column=name, value=len(found), maximum=MAX_CLASSES
        )
    return numbers.astype(np.float64), classes


def fills(raw: Floats, columns: tuple[Column, ...]) -> Floats:
    """What stands for a missing cell of each column (c,) of ``raw`` (n, c): the mean of those
    known, of texts the most frequent; 0 where none is known.
    """
    found = np.zeros(len(columns))
    for at, column in enumerate(columns):
        known = raw[~np.isnan(raw[:, at]), at]
        if len(known):
            found[at] = np.bincount(known.astype(int)).argmax() if column.texts else known.mean()
    return found


def one_hot(cells: Floats, columns: tuple[Column, ...]) -> Floats:
    """Inputs (n, d) of cells (n, c), of texts their numbers; none is missing."""
    parts = [
        np.eye(column.width)[cells[:, at].astype(int)] if column.texts else cells[:, at : at + 1]
        for at, column in enumerate(columns)
    ]
    return np.concatenate(parts, axis=1)


def encoded(made: Reading, train: Split, test: Split) -> tuple[Split, Split, tuple[int, ...]]:
    """Both sets with all cells filled and texts one-hot, and the inputs of no training point."""
    if made.plain:
        return train, test, ()
    stand_in = fills(train.inputs, made.columns)

    def whole(raw: Floats) -> Floats:
        return one_hot(np.where(np.isnan(raw), stand_in, raw), made.columns)

    inputs, tested = whole(train.inputs), whole(test.inputs)
    hot = [bool(column.texts) for column in made.columns for _ in range(column.width)]
    unseen = np.flatnonzero(np.array(hot) & ~inputs.any(axis=0))
    tested[:, unseen] = 0
    return Split(inputs, train.targets), Split(tested, test.targets), tuple(unseen.tolist())


def code_lines(made: Reading, unseen: tuple[int, ...], *, has_test: bool) -> tuple[str, ...]:
    """The same in a script that has the cells as ``x`` (n, c), and ``test_x``."""
    sets = ("test_x", "x") if has_test else ("x",)
    lines: list[str] = []
    if made.gaps:
        lines += ["", "# missing: the mean of the training points, of texts the most frequent"]
        lines += [f"fill = np.zeros({len(made.columns)})"]
        for at, column in enumerate(made.columns):
            if not np.isnan(made.raw[:, at]).any():
                continue
            value = "np.bincount(known.astype(int)).argmax()" if column.texts else "known.mean()"
            lines.append(f"known = x[~np.isnan(x[:, {at}]), {at}]")
            lines.append(f"fill[{at}] = {value} if len(known) else 0")
        lines += [f"{name} = np.where(np.isnan({name}), fill, {name})" for name in sets]
    if any(column.texts for column in made.columns):
        widths = [len(column.texts) for column in made.columns]
        lines += [
            "",
            "def one_hot(cells):",
            '    """Texts as inputs: 1 for its own, 0 for the others; numbers as they are."""',
            f"    widths = {widths}",
            "    parts = [",
            "        np.eye(width)[cells[:, at].astype(int)] if width else cells[:, at : at + 1]",
            "        for at, width in enumerate(widths)",
            "    ]",
            "    return np.concatenate(parts, axis=1)",
            "",
        ]
        lines += [f"{name} = one_hot({name})" for name in sets]
        if unseen and has_test:
            lines.append(f"test_x[:, {list(unseen)}] = 0  # texts of no training point")
    if made.width == 1:
        lines += [f"{name} = {name}[:, 0]" for name in sets]
    return tuple(lines)
