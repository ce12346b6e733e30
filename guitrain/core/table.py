"""A table of numbers that came from outside core: a CSV's columns, or points typed by hand."""

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guitrain.core.problems import ExperimentProblem

MAX_ROWS = 1_000_000
LARGEST = 1e30  # squares and their sums must stay inside float32's 3.4e38 for ordinary weights
_LISTED = 256  # columns up to this length are written as readable numbers


class Table:
    """Named columns of float64, all of one length, never changed.

    Attributes:
        names: the columns' names, in order.
        source: where the numbers came from, for people (a file's name), or "".
    Raises ExperimentProblem for no rows, too many rows, unequal lengths, and numbers that are
    not finite or beyond ±1e30.
    """

    def __init__(self, columns: Mapping[str, ArrayLike], source: str = "") -> None:
        self.source = source
        self._columns: dict[str, NDArray[np.float64]] = {}
        for name, values in columns.items():
            column = np.array(values, dtype=np.float64)
            if column.ndim != 1:
                raise ExperimentProblem("not_table", "table", value=name)
            if not np.isfinite(column).all():
                row = int(np.flatnonzero(~np.isfinite(column))[0]) + 1
                raise ExperimentProblem("cell_not_finite", "table", column=name, row=row)
            if column.size and float(np.abs(column).max()) > LARGEST:
                row = int(np.abs(column).argmax()) + 1
                raise ExperimentProblem(
                    "cell_too_large", "table", column=name, row=row, maximum=LARGEST
                )
            column.flags.writeable = False
            self._columns[name] = column
        self.names = tuple(self._columns)
        lengths = {column.size for column in self._columns.values()}
        if len(lengths) != 1 or lengths == {0}:
            raise ExperimentProblem("no_rows", "table")
        self.rows = lengths.pop()
        if self.rows > MAX_ROWS:
            raise ExperimentProblem("too_many_rows", "table", value=self.rows, maximum=MAX_ROWS)

    def column(self, name: str) -> NDArray[np.float64]:
        """One column, shape (rows,), read-only; raises ExperimentProblem for an unknown name."""
        try:
            return self._columns[name]
        except KeyError:
            raise ExperimentProblem(
                "no_column", "column", value=name, known=", ".join(self.names)
            ) from None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Table)
            and self.names == other.names
            and all(np.array_equal(self._columns[n], other._columns[n]) for n in self.names)
        )

    def __hash__(self) -> int:
        return hash((self.names, self.rows))

    def __repr__(self) -> str:
        return f"Table({self.rows} rows of {', '.join(self.names)})"

    def to_json(self) -> dict[str, Any]:
        """Columns as lists of numbers, or above 256 rows as base64 of little-endian float64."""
        return {
            "source": self.source,
            "columns": {
                name: column.tolist()
                if self.rows <= _LISTED
                else base64.b64encode(column.astype("<f8").tobytes()).decode("ascii")
                for name, column in self._columns.items()
            },
        }

    @classmethod
    def from_json(cls, obj: object) -> "Table":
        """The table that ``to_json`` wrote; raises ExperimentProblem for anything else."""
        if not isinstance(obj, Mapping) or not isinstance(obj.get("columns"), Mapping):
            raise ExperimentProblem("not_table", "table", value=type(obj).__name__)
        if odd := sorted(map(str, set(obj) - {"source", "columns"})):
            raise ExperimentProblem("unknown_setting", odd[0], entry="table")
        source = obj.get("source", "")
        if not isinstance(source, str):
            raise ExperimentProblem("not_text", "source", value=source)
        return cls({str(n): _decode(str(n), c) for n, c in obj["columns"].items()}, source)


def _decode(name: str, cells: object) -> ArrayLike:
    if isinstance(cells, str):
        if len(cells) > math.ceil(MAX_ROWS * 8 / 3) * 4:
            raise ExperimentProblem(
                "too_many_rows", "table", value=len(cells) * 3 // 32, maximum=MAX_ROWS
            )
        try:
            return np.frombuffer(base64.b64decode(cells, validate=True), dtype="<f8")
        except (ValueError, binascii.Error):
            raise ExperimentProblem("not_table", "table", value=name) from None
    if isinstance(cells, Sequence) and all(
        isinstance(c, int | float) and not isinstance(c, bool) for c in cells
    ):
        try:
            return np.array(cells, dtype=np.float64)
        except OverflowError:
            pass
    raise ExperimentProblem("not_table", "table", value=name)
