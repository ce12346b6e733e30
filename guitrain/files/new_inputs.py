"""Rows of a CSV that a trained model is to be applied to: no target, and one row is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Column
from guitrain.core.datasets.columns import one_hot
from guitrain.files.csv_file import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, plain_numbers, unique_names
from guitrain.files.csv_shape import BadQuote, Row, Shape, find_shape, lines_of, parse_cell, rows_of
from guitrain.files.problems import FileProblem
from guitrain.files.reading import as_utf8, read_limited

_CHUNK_ROWS = 8192
_SHOWN_CHARACTERS = 40
_SHOWN_NAMES = 8


@dataclass(frozen=True)
class NewInputs:
    """Rows to apply a model to.

    Attributes:
        inputs: (n, d) as the model's data have them, texts one-hot.
        heads, cells: the file's columns, and each row's cells as they stand there, but for those
            of the inputs: decimal commas are points, and missing ones are filled in.
        by_name: whether they were found by name; else they were taken as they stand.
        filled: how many missing cells were filled in.
    """

    inputs: NDArray[np.float64]
    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    by_name: bool
    filled: int


def read_inputs(
    path: Path,
    names: Sequence[str],
    columns: tuple[Column, ...],
    stand_ins: NDArray[np.float64] | None = None,
) -> NewInputs:
    """The ``columns`` of a model's inputs, called ``names``, in a CSV file; what stands for a
    missing cell of each is in ``stand_ins`` (c,), if anything does.

    Columns are found by name; where the first row has no names, they are taken as they stand.
    Raises FileProblem for a file that cannot be read, and for the first cell that is none of these.
    """
    content, _ = as_utf8(read_limited(path, MAX_BYTES), path)
    shape = find_shape(content, least=1)
    if shape is None:
        raise FileProblem("inputs_none", path)
    shape = _named(shape, names)
    if shape.width > MAX_COLUMNS:
        raise FileProblem("too_many_columns", path, {"found": shape.width, "most": MAX_COLUMNS})
    heads, taken = _places(path, shape, names)
    cells: list[tuple[str, ...]] = []
    parts = [np.empty((0, len(columns)))]
    lines = islice(lines_of(content), shape.body_line, None)
    rows = rows_of(lines, shape.delimiter, line=shape.body_line)
    reader = _Reader(path, shape.decimal, names, columns, stand_ins)
    try:
        while chunk := list(islice(rows, _CHUNK_ROWS)):
            by_column = list(zip(*(_even(row, shape.width, path) for row in chunk), strict=True))
            made = np.empty((len(chunk), len(columns)))
            for number, place in enumerate(taken):
                found = reader.read(number, by_column[place], chunk)
                made[:, number], by_column[place] = found
            parts.append(made)
            cells.extend(zip(*by_column, strict=True))
            if len(cells) > MAX_ROWS:
                raise FileProblem("too_many_rows", path, {"most": MAX_ROWS})
    except BadQuote as error:
        raise FileProblem("bad_quote", path, {"line": error.line}) from None
    if not cells:
        raise FileProblem("inputs_none", path)
    inputs = one_hot(np.concatenate(parts), columns)
    return NewInputs(inputs, heads, tuple(cells), shape.header is not None, reader.filled)


def _named(shape: Shape, names: Sequence[str]) -> Shape:
    """The same, its first row as the names of columns where the model's are all among its cells."""
    if shape.header is not None or not shape.sample:
        return shape
    _, end, first = shape.sample[0]
    plain = {" ".join(cell.split()).casefold() for cell in first}
    if not all(" ".join(name.split()).casefold() in plain for name in names):
        return shape
    header, rest = tuple(first[: shape.width]), shape.sample[1:]
    return replace(shape, header=header, body_line=end, sample=rest)


def _places(
    path: Path, shape: Shape, names: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The columns' names, and which of them are the model's."""
    if shape.header is None:
        if shape.width != len(names):
            shown = ", ".join(names[:_SHOWN_NAMES]) + (", …" if len(names) > _SHOWN_NAMES else "")
            values = {"found": shape.width, "expected": len(names), "names": shown}
            raise FileProblem("inputs_count", path, values)
        return tuple(names), tuple(range(len(names)))
    heads = unique_names(shape.header)
    plain = [head.casefold() for head in heads]
    places = []
    for name in names:
        wanted = " ".join(name.split())
        if wanted in heads:
            places.append(heads.index(wanted))
        elif wanted.casefold() in plain:
            places.append(plain.index(wanted.casefold()))
        else:
            raise FileProblem("inputs_column", path, {"column": name, "columns": ", ".join(heads)})
    return heads, tuple(places)


def _even(row: Row, width: int, path: Path) -> tuple[str, ...]:
    """The cells, without the empty one after a trailing delimiter."""
    line, _, cells = row
    if len(cells) == width + 1 and not cells[-1].strip():
        cells.pop()
    if len(cells) != width:
        values = {"line": line, "found": len(cells), "expected": width}
        raise FileProblem("ragged_row", path, values)
    return tuple(cells)


class _Reader:
    """Cells as numbers."""

    def __init__(
        self,
        path: Path,
        decimal: str,
        names: Sequence[str],
        columns: Sequence[Column],
        stand_ins: NDArray[np.float64] | None,
    ) -> None:
        self._path, self._decimal, self._names = path, decimal, names
        self._numbers = [{text: float(n) for n, text in enumerate(c.texts)} for c in columns]
        self._stand_ins = stand_ins
        self.filled = 0

    def read(
        self, column: int, cells: tuple[str, ...], rows: Sequence[Row]
    ) -> tuple[NDArray[np.float64], tuple[str, ...]]:
        """The numbers of a column's cells (n,), and the cells as a program can read them."""
        if not self._numbers[column]:
            plain = plain_numbers(cells, self._decimal)
            if plain is not None and self._decimal == "." and "\u2212" not in "".join(cells):
                return plain, cells
            if plain is not None:
                return plain, tuple(map(repr, plain.tolist()))
        pairs = [self._one(column, cell, row[0]) for cell, row in zip(cells, rows, strict=True)]
        return np.array([value for value, _ in pairs]), tuple(text for _, text in pairs)

    def _one(self, column: int, cell: str, line: int) -> tuple[float, str]:
        known = self._numbers[column]
        value, kind = parse_cell(cell, self._decimal)
        if kind in ("empty", "not_finite"):
            if self._stand_ins is None:
                raise self._problem("inputs_empty", column, line)
            self.filled += 1
            value = float(self._stand_ins[column])
            return value, list(known)[int(value)] if known else repr(value)
        if known:
            text = " ".join(cell.split())
            if text not in known:
                texts = list(known)[:_SHOWN_NAMES]
                shown = ", ".join(f"“{each}”" for each in texts)
                shown += ", …" if len(known) > _SHOWN_NAMES else ""
                problem = self._problem("inputs_text", column, line)
                problem.values |= {"text": _short(cell), "known": shown}
                raise problem
            return known[text], text
        if kind != "number":
            problem = self._problem("inputs_number", column, line)
            problem.values["text"] = _short(cell)
            raise problem
        return value, repr(value)

    def _problem(self, code: str, column: int, line: int) -> FileProblem:
        values = {"line": line, "column": self._names[column]}
        return FileProblem(code, self._path, values)  # type: ignore[arg-type]  # one of the codes


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
