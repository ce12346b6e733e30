"""Rows of inputs that a person typed, for Apply."""

import re
from collections.abc import Sequence

from guitrain.core.problems import ExperimentProblem
from guitrain.core.settings import PREDICT
from guitrain.numbers import parse_number

MOST_ROWS = 50

Rows = tuple[tuple[float, ...], ...]


def parse_rows(texts: Sequence[str], inputs: int) -> Rows:
    """A row of so many inputs from each text, its numbers apart by commas or blanks.

    Raises ExperimentProblem: "row_width" for more or fewer numbers, "too_many_x", and whatever
    one number can be.
    """
    if len(texts) > MOST_ROWS:
        raise ExperimentProblem("too_many_x", PREDICT.name, value=len(texts), maximum=MOST_ROWS)
    return tuple(_row(text, inputs) for text in texts)


def _row(text: str, inputs: int) -> tuple[float, ...]:
    cells = [text] if inputs == 1 else [part for part in re.split(r"[\s,，、]+", text) if part]
    if len(cells) != inputs:
        raise ExperimentProblem("row_width", PREDICT.name, value=len(cells), inputs=inputs)
    return tuple(float(PREDICT.check(parse_number(PREDICT, cell))) for cell in cells)


def rows_in(text: str, inputs: int) -> Rows:
    """The rows in one text: of one input apart by commas, semicolons or blanks; of several by
    semicolons. Raises as ``parse_rows``, and "empty".
    """
    separators = r"[\s,;，；、]+" if inputs == 1 else r"[;；\n]+"
    parts = [part for part in re.split(separators, text) if part.strip()]
    if not parts:
        raise ExperimentProblem("empty", PREDICT.name, value=text)
    return parse_rows(parts, inputs)


def rows_text(rows: Sequence[Sequence[float]]) -> str:
    """The text that ``rows_in`` reads them from."""
    texts = [" ".join(f"{value:g}" for value in row) for row in rows]
    return ", ".join(texts) if all(len(row) == 1 for row in rows) else "; ".join(texts)
