"""Columns of numbers and texts from a CSV file that may come from anywhere.

The file is read once and whole, so that what is checked is what is used; afterwards it may change
or go. A column with more texts than numbers is one of texts. Other cells that are no numbers are
kept as faults, each with its line, and are told when, and only when, their column is asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guitrain.core.table import Table
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
from guitrain.files.reading import as_utf8, read_limited, shown_name

MAX_BYTES = 200_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1000
MAX_TEXTS = 1000  # different ones of a column
PREVIEW_ROWS = 20

# Enough rows that a chunk's cost is in its cells; few enough that its strings stay small.
_CHUNK_ROWS = 8192
_SHOWN_CHARACTERS = 40
_FEW = 10  # different whole numbers, at most, that are taken for classes
_RECUR = 5  # rows, on average, that each of them has
_WRONG: tuple[CellKind, ...] = ("text", "thousands")

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
    """values: float64 (rows,), NaN where a cell has no number, of texts their places in ``texts``
    (of which there are at most ``MAX_TEXTS`` and one); faults by kind of cell.
    """

    values: NDArray[np.float64]
    faults: dict[CellKind, _Fault] = field(default_factory=dict)
    texts: tuple[str, ...] | None = None

    @property
    def kind(self) -> "ColumnKind":
        if self.texts is not None:
            return "text"
        # Numbers with thousands separators are refused when asked for, with a hint.
        known = "thousands" in self.faults or bool(np.isfinite(self.values).any())
        return "number" if known else "empty"

    @property
    def mostly_text(self) -> bool:
        text, thousands = self.faults.get("text"), self.faults.get("thousands")
        numbers = int(np.isfinite(self.values).sum()) + (thousands.count if thousands else 0)
        return text is not None and text.count > numbers


ColumnKind = Literal["number", "text", "empty"]
Missing = Literal["refuse", "drop_rows", "fill"]


@dataclass(frozen=True)
class ColumnFacts:
    """What there is to say of a column.

    Attributes:
        kind: what most of its cells are.
        missing: how many cells have no value.
        wrong: how many cells of a column of numbers are no numbers; line, text: of the first.
        different: how many different values there are, of texts up to ``MAX_TEXTS`` and one.
        low, high: of numbers, the smallest and the largest.
        few_whole: whether these are whole numbers, few of them, each of which recurs.
    """

    kind: ColumnKind
    missing: int
    wrong: int
    line: int
    text: str
    different: int
    low: float
    high: float
    few_whole: bool


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
        numeric: the names of the columns that are numbers, wholly or for the most part.
        usable: those, and those of texts: all that have values.
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
    usable: tuple[str, ...]
    _columns: tuple[_Column, ...] = field(repr=False)
    _facts: dict[str, ColumnFacts] = field(repr=False, default_factory=dict)

    def table(self, x: Sequence[str], y: str, missing: Missing = "refuse") -> Table:
        """The columns of inputs and the target, NaN where a value is missing.

        Raises FileProblem: "no_column", "many_texts"; "text_cell" or "thousands_cell" for a cell
        that is no number in a column of numbers; where what is missing is to be refused,
        "not_finite_cell" or "empty_cell", with the line and the text of the first such cell and
        their count; else "few_rows_left" where fewer than two rows would be used. Raises
        ExperimentProblem as Table does.
        """
        columns = {name: self._find(name) for name in (*x, y)}
        for name, column in columns.items():
            if column.texts is None:
                self._refuse(name, column, _WRONG)
            elif len(column.texts) > MAX_TEXTS:
                values = {"column": name, "most": MAX_TEXTS}
                raise FileProblem("many_texts", self.path, values)
            if missing == "refuse":
                self._refuse(name, column, ("not_finite", "empty"))
        needed = [*columns.values()] if missing == "drop_rows" else [columns[y]]
        kept = np.ones(self.row_count, dtype=bool)
        for column in needed:
            kept &= np.isfinite(column.values)
        left = int(kept.sum())
        if left < 2:
            values = {"left": left, "dropped": self.row_count - left}
            raise FileProblem("few_rows_left", self.path, values)
        return Table(
            {name: column.values for name, column in columns.items()},
            shown_name(self.path),
            {name: each.texts for name, each in columns.items() if each.texts is not None},
        )

    def facts(self, name: str) -> ColumnFacts:
        """What there is to say of a column, found once; raises FileProblem "no_column"."""
        if name not in self._facts:
            self._facts[name] = self._found(self._find(name))
        return self._facts[name]

    def _found(self, column: _Column) -> ColumnFacts:
        known = column.values[np.isfinite(column.values)]
        kinds = _WRONG if column.texts is None else ()
        faults = [column.faults[kind] for kind in kinds if kind in column.faults]
        first = min(faults, key=lambda fault: fault.line, default=None)
        wrong = sum(fault.count for fault in faults)
        different = np.unique(known)
        few = len(different) <= _FEW and bool((different == different.round()).all())
        return ColumnFacts(
            kind=column.kind,
            missing=self.row_count - len(known) - wrong,
            wrong=wrong,
            line=first.line if first else 0,
            text=first.text if first else "",
            different=len(different),
            low=float(known.min()) if len(known) else 0.0,
            high=float(known.max()) if len(known) else 0.0,
            few_whole=few and len(known) >= _RECUR * len(different) > 0,
        )

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


def read_csv(path: Path, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> CsvFile:
    """Read a CSV file of at least two rows and two columns with values.

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
    names = unique_names(shape.header or ("",) * shape.width)
    kinds = dict(zip(names, (column.kind for column in columns), strict=True))
    usable = tuple(name for name, kind in kinds.items() if kind != "empty")
    if len(usable) < 2:
        raise FileProblem("few_columns", path, {"found": ", ".join(usable) or "0"})
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
        numeric=tuple(name for name in usable if kinds[name] == "number"),
        usable=usable,
        _columns=columns,
    )


def unique_names(cells: Iterable[str]) -> tuple[str, ...]:
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
                values = plain_numbers(cells, shape.decimal)
                if values is None:
                    values = _checked_numbers(cells, chunk, shape.decimal, faults[index])
                parts[index].append(values)
    except BadQuote as error:
        raise FileProblem("bad_quote", path, {"line": error.line}) from None
    columns = tuple(
        _Column(np.concatenate(values), found) for values, found in zip(parts, faults, strict=True)
    )
    texts = [at for at, column in enumerate(columns) if column.mostly_text]
    if texts and len(columns[0].values) <= max_rows:
        _read_texts(content, shape, columns, texts)
    return columns


def _read_texts(
    content: bytes, shape: Shape, columns: Sequence[_Column], texts: Sequence[int]
) -> None:
    """Read some columns again, as texts: only now is it known that they are."""
    places: list[dict[str, int]] = [{} for _ in texts]
    rows = rows_of(_body_lines(content, shape), shape.delimiter, line=shape.body_line)
    for row, (_, _, cells) in enumerate(rows):
        for at, found in zip(texts, places, strict=True):
            _, kind = parse_cell(cells[at], shape.decimal)
            if kind in ("empty", "not_finite"):
                columns[at].values[row] = np.nan
                continue
            text = " ".join(cells[at].split())
            if text not in found and len(found) > MAX_TEXTS:
                text = next(iter(found))  # too many: the column is refused when asked for
            columns[at].values[row] = found.setdefault(text, len(found))
    for at, found in zip(texts, places, strict=True):
        column, order = columns[at], sorted(found)
        known = np.isfinite(column.values)
        ranks = np.empty(len(found))
        ranks[[found[text] for text in order]] = np.arange(float(len(found)))
        column.values[known] = ranks[column.values[known].astype(int)]
        column.texts = tuple(order)


def _even_out(chunk: list[Row], width: int, path: Path) -> None:
    """Take off the empty cell after a trailing delimiter; refuse any other uneven row."""
    for line, _, cells in chunk:
        if len(cells) == width:
            continue
        if len(cells) != width + 1 or cells[-1].strip():
            values = {"line": line, "found": len(cells), "expected": width}
            raise FileProblem("ragged_row", path, values)
        cells.pop()


def plain_numbers(cells: Sequence[str], decimal: str) -> NDArray[np.float64] | None:
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
