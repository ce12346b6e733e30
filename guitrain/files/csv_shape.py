"""How a CSV is written: its delimiter, decimal sign and header, judged from its first rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Literal

CellKind = Literal["number", "text", "thousands", "not_finite", "empty"]

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 101
SAMPLE_BYTES = 1 << 20

_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,.'’ \u00a0\u202f])\d{3}(\1\d{3})*([.,]\d+)?")
_DOT_NUMBER = re.compile(r"[+-]?(\d+\.\d*|\.\d+)([eE][+-]?\d+)?")
_COMMA_NUMBER = re.compile(r"[+-]?(\d+,\d*|,\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
_NO_VALUE = frozenset({"na", "n/a", "#n/a", "null", "none"})

# (first line, last line, cells), lines from 1
Row = tuple[int, int, list[str]]


@dataclass(frozen=True)
class Shape:
    """How the rows of a CSV are to be read.

    Attributes:
        delimiter: one of DELIMITERS.
        decimal: "." or ",".
        header: the cells of the first row when they are names, else None.
        width: the number of cells in a row, without the one after a trailing delimiter.
        body_line: the number of lines before the first row that can be values.
        sample: the first rows of values.
    """

    delimiter: str
    decimal: str
    header: tuple[str, ...] | None
    width: int
    body_line: int
    sample: tuple[Row, ...]


def lines_of(content: bytes) -> io.TextIOWrapper:
    """The lines of UTF-8 `content`, each with the line end it has."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")


class BadQuote(Exception):  # noqa: N818
    """A quotation mark that does not match, in the row that starts in `line`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def rows_of(
    lines: Iterable[str], delimiter: str, *, strict: bool = True, line: int = 0
) -> Iterator[Row]:
    """(first line, last line, cells) of each row that has anything in it.

    `line` lines come before the first of `lines`. Raises BadQuote; without `strict` only when a
    cell grows past the csv module's limit.
    """
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    start = line + 1
    try:
        for cells in reader:
            end = line + reader.line_num
            # Spreadsheets save unused rows as delimiters alone.
            if cells and (cells[0].strip() or any(cell.strip() for cell in cells)):
                yield start, end, cells
            start = end + 1
    except csv.Error:
        raise BadQuote(start) from None


def parse_cell(cell: str, decimal: str) -> tuple[float, CellKind]:
    """The value of a cell (NaN where it has none) and what kind of cell it is."""
    cell = cell.strip().replace("\u2212", "-")
    if not cell:
        return float("nan"), "empty"
    plain = cell
    if decimal == ",":
        # A dot is then no decimal sign, and float would take it for one.
        plain = "" if "." in cell else cell.replace(",", ".")
    try:
        # float would take 1_000 for a number.
        value = float("" if "_" in plain else plain)
    except ValueError:
        if cell.lower() in _NO_VALUE:
            return float("nan"), "not_finite"
        return float("nan"), "thousands" if _THOUSANDS.fullmatch(cell) else "text"
    return value, "number" if abs(value) < float("inf") else "not_finite"


def is_number(cell: str, decimal: str) -> bool:
    """Whether the cell holds a finite number."""
    return parse_cell(cell, decimal)[1] == "number"


def find_shape(content: bytes, least: int = 2) -> Shape | None:
    """The shape of a CSV in UTF-8; None when no delimiter makes so many columns of it at least
    (one or two), or there are no rows.
    """
    text = _sample_text(content)
    delimiter = max(DELIMITERS, key=lambda each: _score(_sample_rows(text, each)))
    rows = _sample_rows(text, delimiter)
    if least == 1 and rows and len(rows[0][2]) == 1:
        delimiter = ";"  # of one column: a comma in it is a decimal sign
        rows = _sample_rows(text, delimiter)
    if not rows or _usual_width(rows) < least:
        return None
    decimal = _decimal_sign(rows, delimiter, content)
    _, end, first = rows[0]
    body = rows[1:]
    has_header = _is_header(first, [cells for _, _, cells in body], decimal)
    width = len(first)
    if not first[-1].strip() and all(
        len(cells) < width or (len(cells) == width and not cells[-1].strip())
        for _, _, cells in body
    ):
        width -= 1
    if width < least:
        return None
    return Shape(
        delimiter=delimiter,
        decimal=decimal,
        header=tuple(first[:width]) if has_header else None,
        width=width,
        body_line=end if has_header else 0,
        sample=tuple(body if has_header else rows),
    )


def _sample_text(content: bytes) -> str:
    """The first lines, whole ones where there is a line end in the sample."""
    if len(content) <= SAMPLE_BYTES:
        return content.decode("utf-8")
    text = content[:SAMPLE_BYTES].decode("utf-8", "ignore")
    end = max(text.rfind("\n"), text.rfind("\r"))
    return text[: end + 1] if end >= 0 else text


def _sample_rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    reader = rows_of(io.StringIO(text, newline=""), delimiter, strict=False)
    # A quote that is never closed is told by the reading of the whole file, with its line.
    with suppress(BadQuote):
        rows.extend(islice(reader, SAMPLE_ROWS))
    return rows


def _usual_width(rows: list[Row]) -> int:
    return Counter(len(cells) for _, _, cells in rows).most_common(1)[0][0]


def _score(rows: list[Row]) -> float:
    """How well a delimiter explains the rows: even rows, of more than one cell, of numbers.

    The numbers decide between 1,5;2,5 as two columns and as three.
    """
    if not rows or _usual_width(rows) < 2:
        return 0.0
    usual = _usual_width(rows)
    even = sum(len(cells) == usual for _, _, cells in rows) / len(rows)
    cells = [cell for _, _, cells in rows for cell in cells if cell.strip()]
    numbers = sum(is_number(cell, ".") or is_number(cell, ",") for cell in cells) / len(cells)
    return even * (0.1 + numbers)


def _decimal_sign(rows: list[Row], delimiter: str, content: bytes) -> Literal[".", ","]:
    if delimiter == ",":
        return "."
    cells = [cell.strip().replace("\u2212", "-") for _, _, cells in rows for cell in cells]
    if any(_DOT_NUMBER.fullmatch(cell) for cell in cells):
        return "."
    commas = [cell for cell in cells if _COMMA_NUMBER.fullmatch(cell)]
    if not commas:
        # Whole numbers so far: the rest decides, where it is clear.
        return "," if b"," in content and b"." not in content else "."
    if delimiter != ";" and all(_GROUPED.fullmatch(cell) for cell in commas):
        # 1,234 in every cell may mean thousands. Semicolons, though, are used for the sake of
        # decimal commas.
        return "."
    return ","


def _is_header(first: list[str], body: list[list[str]], decimal: str) -> bool:
    """Whether the first row is of names.

    It is where one of its cells is a text over a column of numbers, or where it is all texts
    and there are numbers below, or nothing, or texts that recur, its own not among them.
    """
    texts = [parse_cell(cell, decimal)[1] == "text" for cell in first]
    for index, text in enumerate(texts):
        below = [cells[index] for cells in body if index < len(cells) and cells[index].strip()]
        if text and below and 2 * sum(is_number(cell, decimal) for cell in below) >= len(below):
            return True
    named = all(text or not cell.strip() for text, cell in zip(texts, first, strict=True))
    if not named:
        return False
    if not body or any(is_number(cell, decimal) for cells in body for cell in cells):
        return True
    columns = [[cell.strip() for cell in cells] for cells in zip(*body, strict=False)]
    recur = any(len(set(cells)) < len(cells) for cells in columns)
    return recur and not any(
        name.strip() in cells for name, cells in zip(first, columns, strict=False)
    )
