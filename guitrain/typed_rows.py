"""Rows of inputs that a person typed, for Apply."""

import csv
import io
import re
from collections.abc import Sequence

from guitrain.core.data import Column, cells_of
from guitrain.core.problems import ExperimentProblem
from guitrain.core.settings import PREDICT
from guitrain.numbers import parse_number

MOST_ROWS = 50
UNKNOWN = "?"  # stands for a text that no training row has

Rows = tuple[tuple[float, ...], ...]


def parse_rows(texts: Sequence[str], columns: Sequence[Column]) -> Rows:
    """A row of inputs from each text, which has a cell for each column: numbers apart by commas or
    blanks; where some columns are texts, by commas. A text that a column lacks makes its inputs 0.

    Raises ExperimentProblem: "row_width" for more or fewer cells, "too_many_x", and whatever
    one number can be.
    """
    if len(texts) > MOST_ROWS:
        raise ExperimentProblem("too_many_x", PREDICT.name, value=len(texts), maximum=MOST_ROWS)
    return tuple(_row(text, columns) for text in texts)


def _row(text: str, columns: Sequence[Column]) -> tuple[float, ...]:
    if len(columns) == 1:
        cells = [text]
    elif any(column.texts for column in columns):
        line = re.sub("[，、]", ",", text.strip())
        cells = next(csv.reader([line], skipinitialspace=True), [])
    else:
        cells = [part for part in re.split(r"[\s,，、]+", text) if part]
    if len(cells) != len(columns):
        raise ExperimentProblem("row_width", PREDICT.name, value=len(cells), inputs=len(columns))
    inputs: list[float] = []
    for cell, column in zip(cells, columns, strict=True):
        if column.texts:
            place = _place(cell.strip(), column.texts)
            inputs += [float(at == place) for at in range(len(column.texts))]
        else:
            inputs.append(float(PREDICT.check(parse_number(PREDICT, cell))))
    return tuple(inputs)


def _place(text: str, texts: Sequence[str]) -> int | None:
    """Which of the texts it is; capitals count only where they tell two of them apart."""
    if text in texts:
        return texts.index(text)
    alike = [at for at, each in enumerate(texts) if each.casefold() == text.casefold()]
    return alike[0] if len(alike) == 1 else None


def rows_in(text: str, columns: Sequence[Column]) -> Rows:
    """The rows in one text: of one number apart by commas, semicolons or blanks; of several cells
    by semicolons. Raises as ``parse_rows``, and "empty".
    """
    lone = len(columns) == 1 and not columns[0].texts
    separators = r"[\s,;，；、]+" if lone else r"[;；\n]+"
    parts = [part for part in re.split(separators, text) if part.strip()]
    if not parts:
        raise ExperimentProblem("empty", PREDICT.name, value=text)
    return parse_rows(parts, columns)


def rows_text(rows: Sequence[Sequence[float]], columns: Sequence[Column]) -> str:
    """The text that ``rows_in`` reads them from."""
    if len(columns) == 1 and not columns[0].texts:
        return ", ".join(f"{value:g}" for row in rows for value in row)
    if not any(column.texts for column in columns):
        return "; ".join(" ".join(f"{value:g}" for value in row) for row in rows)
    return "; ".join(_line(cells_of(row, columns)) for row in rows)


def _line(cells: Sequence[float | str | None]) -> str:
    buffer = io.StringIO()
    plain = [UNKNOWN if c is None else c if isinstance(c, str) else f"{c:g}" for c in cells]
    csv.writer(buffer, lineterminator="").writerow(plain)
    return buffer.getvalue()
