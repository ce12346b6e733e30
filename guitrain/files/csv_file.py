"""Columns of numbers from a CSV file that may come from anywhere.

The file is read once and whole, so that what is checked is what is used; afterwards it may change
or go. Cells that are no numbers are kept as faults, each with its line, and are told when, and
only when, their column is asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guitrain.files.csv_shape import (
    BadQuote,
    CellKind,
    Row,
    Shape,
    find_shape,
    is_number,
    lines_of,
    parse_cell,
    rows_of,
)
from guitrain.files.problems import FileProblem, ProblemCode
from guitrain.files.reading import as_utf8, read_limited

MAX_BYTES = 200_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1000
PREVIEW_ROWS = 20

# Enough rows that a chunk's cost is in its cells; few enough that its strings stay small.
_CHUNK_ROWS = 8192
_SHOWN_CHARACTERS = 40

_CELL_PROBLEMS: dict[CellKind, ProblemCode] = {
    "text": "text_cell",
    "thousands": "thousands_cell",
    "not_finite": "not_finite_cell",
    "empty": "empty_cell",
}


@dataclass
class _Fault:
    """The first cell of a kind that is no number in a column, and how many there are."""

    kind: CellKind
    line: int
    text: str
    count: int = 0


@dataclass
class _Column:
    """values: float64 (rows,), NaN where a cell has no number; faults by kind of cell."""

    values: NDArray[np.float64]
    faults: dict[CellKind, _Fault] = field(default_factory=dict)

    @property
    def numeric(self) -> bool:
        # Numbers with thousands separators are refused when asked for, with a hint.
        return "thousands" in self.faults or bool(np.isfinite(self.values).any())


@dataclass(frozen=True, eq=False)
class CsvFile:
    """A CSV file as read.

    Attributes:
        path: where it was read from.
        encoding: "utf-8", "utf-16-le", "utf-16-be" or "gb18030".
        delimiter: between the cells: "," ";" tab or "|".
        decimal: the decimal sign, "." or ",".
        header: the unique names of the columns; "column 1" … where the file names none.
        has_header: whether the names are the file's.
        row_count: rows of values, blank ones not counted.
        preview: the first rows of values, as they are written.
        numeric: the names of the columns that are numbers, wholly or in part.
    """

    path: Path
    encoding: str
    delimiter: str
    decimal: str
    header: tuple[str, ...]
    has_header: bool
    row_count: int
    preview: tuple[tuple[str, ...], ...]
    numeric: tuple[str, ...]
    _columns: tuple[_Column, ...] = field(repr=False)

    def column(self, name: str) -> NDArray[np.float64]:
        """The numbers of a column, float64 (row_count,), a copy.

        Raises FileProblem: "no_column"; "text_cell" or "thousands_cell", else "not_finite_cell"
        or "empty_cell", with the line and the text of the first such cell and their count.
        """
        (values,), _ = self.columns((name,))
        return values

    def columns(
        self, names: Sequence[str], missing: Literal["refuse", "drop_rows"] = "refuse"
    ) -> tuple[tuple[NDArray[np.float64], ...], int]:
        """The numbers of some columns, each float64 (rows,), and how many rows were dropped.

        With "drop_rows", rows are left out in which one of these columns is empty, NaN or
        infinite. Text is always refused. Raises FileProblem as `column` does, and
        "few_rows_left" when dropping leaves fewer than two rows.
        """
        chosen = [self._find(name) for name in names]
        for name, column in zip(names, chosen, strict=True):
            self._refuse(name, column, ("text", "thousands"))
            if missing == "refuse":
                self._refuse(name, column, ("not_finite", "empty"))
        kept = np.ones(self.row_count, dtype=bool)
        for column in chosen:
            kept &= np.isfinite(column.values)
        left = int(kept.sum())
        dropped = self.row_count - left
        if left < 2:
            raise FileProblem("few_rows_left", self.path, {"left": left, "dropped": dropped})
        return tuple(column.values[kept] for column in chosen), dropped

    def _find(self, name: str) -> _Column:
        if name not in self.header:
            values = {"column": name, "columns": ", ".join(self.header)}
            raise FileProblem("no_column", self.path, values)
        return self._columns[self.header.index(name)]

    def _refuse(self, name: str, column: _Column, kinds: tuple[CellKind, ...]) -> None:
        faults = [column.faults[kind] for kind in kinds if kind in column.faults]
        if not faults:
            return
        first = min(faults, key=lambda fault: fault.line)
        values = {
            "line": first.line,
            "text": first.text,
            "column": name,
            "count": sum(fault.count for fault in faults),
        }
        raise FileProblem(_CELL_PROBLEMS[first.kind], self.path, values)


def default_columns(csv: CsvFile) -> tuple[str, str]:
    """The columns to take for x and y when nobody chose: those so named, else the first two.

    Columns that are numbers throughout come before those that are in part.
    """
    candidates = sorted(csv.numeric, key=lambda name: bool(csv._find(name).faults))
    x = next((name for name in candidates if name.lower() == "x"), None)
    y = next((name for name in candidates if name.lower() == "y"), None)
    x = x or next(name for name in candidates if name != y)
    y = y or next(name for name in candidates if name != x)
    return x, y


def read_csv(path: Path, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> CsvFile:
    """Read a CSV file of at least two rows and two columns of numbers.

    Encoding, delimiter, decimal sign and header are found from the content. Raises FileProblem
    for a file that cannot be read, is over a limit, or is not such a table.
    """
    path = Path(path)
    content, encoding = as_utf8(read_limited(path, max_bytes), path)
    if not content.strip():
        raise FileProblem("empty", path)
    shape = find_shape(content)
    if shape is None:
        raise FileProblem("one_column", path)
    if shape.width > MAX_COLUMNS:
        raise FileProblem("too_many_columns", path, {"found": shape.width, "most": MAX_COLUMNS})
    if not shape.sample:
        raise FileProblem("header_only", path)
    columns = _read_clean(content, shape, max_rows)
    if columns is None:
        columns = _read_checked(content, shape, max_rows, path)
    row_count = len(columns[0].values)
    if row_count > max_rows:
        raise FileProblem("too_many_rows", path, {"most": max_rows})
    if row_count < 2:
        raise FileProblem("one_row", path)
    names = _unique_names(shape.header or ("",) * shape.width)
    numeric = tuple(name for name, column in zip(names, columns, strict=True) if column.numeric)
    if len(numeric) < 2:
        raise FileProblem("few_numeric", path, {"found": ", ".join(numeric) or "0"})
    return CsvFile(
        path=path,
        encoding=encoding,
        delimiter=shape.delimiter,
        decimal=shape.decimal,
        header=names,
        has_header=shape.header is not None,
        row_count=row_count,
        preview=tuple(
            tuple(cell.strip() for cell in cells[: shape.width])
            for _, _, cells in shape.sample[:PREVIEW_ROWS]
        ),
        numeric=numeric,
        _columns=columns,
    )


def _unique_names(cells: Iterable[str]) -> tuple[str, ...]:
    """A name for each column: the cell on one line, "column 3" where empty, "a (2)" if taken."""
    wanted = [" ".join(cell.split()) or f"column {i}" for i, cell in enumerate(cells, start=1)]
    names: list[str] = []
    for name in wanted:
        free, number = name, 2
        # A made-up name must not take one that a later column has by right.
        while free in names or (free != name and free in wanted):
            free, number = f"{name} ({number})", number + 1
        names.append(free)
    return tuple(names)


def _body_lines(content: bytes, shape: Shape) -> Iterator[str]:
    return islice(lines_of(content), shape.body_line, None)


def _read_clean(content: bytes, shape: Shape, max_rows: int) -> tuple[_Column, ...] | None:
    """The columns of a file in which every cell is a plain number; None for any other.

    numpy reads these some times faster than cells can be looked at one by one, but tells neither
    line nor cell when it fails.
    """
    if not all(
        len(cells) == shape.width and all(is_number(cell, shape.decimal) for cell in cells)
        for _, _, cells in shape.sample
    ):
        return None
    # numpy warns of blank lines where rows are limited.
    lines = (line for line in _body_lines(content, shape) if not line.isspace())
    if shape.decimal == ",":
        if b"." in content:
            return None
        lines = (line.replace(",", ".") for line in lines)
    try:
        table = np.loadtxt(
            lines, delimiter=shape.delimiter, comments=None, ndmin=2, max_rows=max_rows + 1
        )
    except ValueError:
        return None
    if table.shape[1] != shape.width or not np.isfinite(table).all():
        return None
    return tuple(_Column(np.ascontiguousarray(values)) for values in table.T)


def _read_checked(content: bytes, shape: Shape, max_rows: int, path: Path) -> tuple[_Column, ...]:
    """The columns of any file, with the cells that are no numbers as faults."""
    parts: list[list[NDArray[np.float64]]] = [[] for _ in range(shape.width)]
    faults: list[dict[CellKind, _Fault]] = [{} for _ in range(shape.width)]
    rows = islice(
        rows_of(_body_lines(content, shape), shape.delimiter, line=shape.body_line), max_rows + 1
    )
    try:
        while chunk := list(islice(rows, _CHUNK_ROWS)):
            _even_out(chunk, shape.width, path)
            by_column = zip(*(cells for _, _, cells in chunk), strict=True)
            for index, cells in enumerate(by_column):
                values = _plain_numbers(cells, shape.decimal)
                if values is None:
                    values = _checked_numbers(cells, chunk, shape.decimal, faults[index])
                parts[index].append(values)
    except BadQuote as error:
        raise FileProblem("bad_quote", path, {"line": error.line}) from None
    return tuple(
        _Column(np.concatenate(values), found) for values, found in zip(parts, faults, strict=True)
    )


def _even_out(chunk: list[Row], width: int, path: Path) -> None:
    """Take off the empty cell after a trailing delimiter; refuse any other uneven row."""
    for line, _, cells in chunk:
        if len(cells) == width:
            continue
        if len(cells) != width + 1 or cells[-1].strip():
            values = {"line": line, "found": len(cells), "expected": width}
            raise FileProblem("ragged_row", path, values)
        cells.pop()


def _plain_numbers(cells: Sequence[str], decimal: str) -> NDArray[np.float64] | None:
    """The values where every cell is a finite number; None where any needs a closer look."""
    together = "".join(cells)
    if "_" in together or (decimal == "," and "." in together):
        return None
    if "\u2212" in together:
        cells = [cell.replace("\u2212", "-") for cell in cells]
    if decimal == ",":
        cells = [cell.replace(",", ".") for cell in cells]
    try:
        values = np.array(list(map(float, cells)))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def _checked_numbers(
    cells: Sequence[str], chunk: list[Row], decimal: str, faults: dict[CellKind, _Fault]
) -> NDArray[np.float64]:
    values = np.empty(len(cells))
    for index, (cell, (line, _, _)) in enumerate(zip(cells, chunk, strict=True)):
        value, kind = parse_cell(cell, decimal)
        if kind != "number":
            # An infinite value is missing too, in the arrays.
            value = float("nan")
            fault = faults.setdefault(kind, _Fault(kind, line, _short(cell)))
            fault.count += 1
        values[index] = value
    return values


def _short(cell: str) -> str:
    """The text of a cell for a sentence: on one line, its beginning where it is long."""
    text = " ".join(cell.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
