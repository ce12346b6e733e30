"""Numbers and names as the text of a Python script, exact to the last bit. No torch here."""

import base64
import math
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ELISION = "…"  # stands for numbers that are too many to be shown
WIDTH = 88
_LONGEST_NAME = 60


def number(value: float) -> str:
    """A number in an expression of floats, as short as it can be read back: 2, 0.5, 1e-07."""
    if value == math.trunc(value) and abs(value) < 1e15 and (value or math.copysign(1, value) > 0):
        return str(int(value))
    return repr(value)


def added(value: float) -> str:
    """``+ 1`` or ``- 1``: a number that is added to what stands before it."""
    return f"{'-' if math.copysign(1, value) < 0 else '+'} {number(abs(value))}"


def quoted(name: str) -> str:
    """A name from outside as a Python string on one line, cut where it is very long."""
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1] + "…"
    # ascii: a lone surrogate could not be written to a file.
    return repr(name) if name.isprintable() else ascii(name)


def cell(value: float) -> str:
    """A number of an array, to the last bit; a missing one is NaN."""
    return "np.nan" if math.isnan(value) else repr(float(value))


def array_lines(name: str, values: Sequence[float]) -> tuple[str, ...]:
    """Lines that give ``name`` these numbers, as float64."""
    cells = [cell(value) for value in values]
    whole = f"{name} = np.array([{', '.join(cells)}])"
    if len(whole) <= WIDTH:
        return (whole,)
    lines, row = [f"{name} = np.array(["], "   "
    for each in cells:
        if len(row) + len(each) + 2 > WIDTH:
            lines.append(row)
            row = "   "
        row += f" {each},"
    return (*lines, row, "])")


def rows_lines(name: str, rows: Sequence[Sequence[float]]) -> tuple[str, ...]:
    """Lines that give ``name`` these rows of numbers, as float64 (n, d)."""
    lines = [f"{name} = np.array(["]
    for row in rows:
        cells = ", ".join(cell(value) for value in row)
        if len(cells) + 7 <= WIDTH:
            lines.append(f"    [{cells}],")
            continue
        lines.append("    [")
        text = "       "
        for value in row:
            each = f" {cell(value)},"
            if len(text) + len(each) > WIDTH:
                lines.append(text)
                text = "       "
            text += each
        lines += [text, "    ],"]
    return (*lines, "])")


def packed(values: NDArray[np.float64]) -> str:
    """Base64 of the compressed little-endian bytes, in lines; ``UNPACK`` reads it back."""
    return base64.encodebytes(zlib.compress(values.astype("<f8").tobytes())).decode("ascii")


UNPACK = (
    "def unpack(text):",
    '    """The float64 numbers in compressed, base64-encoded text."""',
    "    return np.frombuffer(zlib.decompress(base64.b64decode(text)))",
)
