"""A table that came from outside core: a CSV's columns, or points typed by hand."""

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guitrain.core.problems import ExperimentProblem

MAX_ROWS = 1_000_000
LARGEST = 1e30  # squares and their sums must stay inside float32's 3.4e38 for ordinary weights
_LISTED = 256  # columns up to this length are written as readable numbers


class Table:
    """Named columns of float64, all of one length, never changed; NaN is a missing value.

    Attributes:
        names: the columns' names, in order.
        source: where the numbers came from, for people (a file's name), or "".
        texts: of the columns that are texts, the different ones; their numbers are in the column.
    Raises ExperimentProblem for no rows, too many rows, unequal lengths, numbers that are infinite
    or beyond ±1e30, and for texts that the numbers are not those of.
    """

    def __init__(
        self,
        columns: Mapping[str, ArrayLike],
        source: str = "",
        texts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.source = source
        self.texts = MappingProxyType({n: tuple(each) for n, each in (texts or {}).items()})
        self._columns: dict[str, NDArray[np.float64]] = {}
        for name, values in columns.items():
            column = np.array(values, dtype=np.float64)
            if column.ndim != 1:
                raise ExperimentProblem("not_table", "table", value=name)
            if np.isinf(column).any():
                row = int(np.flatnonzero(np.isinf(column))[0]) + 1
                raise ExperimentProblem("cell_not_finite", "table", column=name, row=row)
            if (np.abs(column) > LARGEST).any():
                row = int(np.nanargmax(np.abs(column))) + 1
                raise ExperimentProblem(
                    "cell_too_large", "table", column=name, row=row, maximum=LARGEST
                )
            column.flags.writeable = False
            self._columns[name] = column
        self.names = tuple(self._columns)
        self._check_texts()
        lengths = {column.size for column in self._columns.values()}
        if len(lengths) != 1 or lengths == {0}:
            raise ExperimentProblem("no_rows", "table")
        self.rows = lengths.pop()
        if self.rows > MAX_ROWS:
            raise ExperimentProblem("too_many_rows", "table", value=self.rows, maximum=MAX_ROWS)

    def _check_texts(self) -> None:
        for name, different in self.texts.items():
            codes = self._columns.get(name, np.empty(0))
            known = codes[~np.isnan(codes)]
            fits = (known == known.round()) & (known >= 0) & (known < len(different))
            plain = all(isinstance(text, str) and text for text in different)
            if not (name in self._columns and plain and fits.all()) or (
                len(set(different)) < len(different)
            ):
                raise ExperimentProblem("not_table", "table", value=name)

    def column(self, name: str) -> NDArray[np.float64]:
        """One column, shape (rows,), read-only, of texts their numbers; raises ExperimentProblem
        for an unknown name.
        """
        try:
            return self._columns[name]
        except KeyError:
            raise ExperimentProblem(
                "no_column", "column", value=name, known=", ".join(self.names)
            ) from None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Table)
            and (self.names, self.texts) == (other.names, other.texts)
            and all(
                np.array_equal(self._columns[n], other._columns[n], equal_nan=True)
                for n in self.names
            )
        )

    def __hash__(self) -> int:
        return hash((self.names, self.rows))

    def __repr__(self) -> str:
        return f"Table({self.rows} rows of {', '.join(self.names)})"

    def to_json(self) -> dict[str, Any]:
        """Columns as lists of numbers, None for a missing one, or above 256 rows as base64 of
        little-endian float64; and the texts, where there are any.
        """
        obj: dict[str, Any] = {
            "source": self.source,
            "columns": {
                name: [None if math.isnan(cell) else cell for cell in column.tolist()]
                if self.rows <= _LISTED
                else base64.b64encode(column.astype("<f8").tobytes()).decode("ascii")
                for name, column in self._columns.items()
            },
        }
        if self.texts:
            obj["texts"] = {name: list(different) for name, different in self.texts.items()}
        return obj

    @classmethod
    def from_json(cls, obj: object) -> "Table":
        """The table that ``to_json`` wrote; raises ExperimentProblem for anything else."""
        if not isinstance(obj, Mapping) or not isinstance(obj.get("columns"), Mapping):
            raise ExperimentProblem("not_table", "table", value=type(obj).__name__)
        if odd := sorted(map(str, set(obj) - {"source", "columns", "texts"})):
            raise ExperimentProblem("unknown_setting", odd[0], entry="table")
        source = obj.get("source", "")
        if not isinstance(source, str):
            raise ExperimentProblem("not_text", "source", value=source)
        texts = obj.get("texts", {})
        if not isinstance(texts, Mapping):
            raise ExperimentProblem("not_table", "texts", value=type(texts).__name__)
        for name, different in texts.items():
            if not isinstance(different, list):
                raise ExperimentProblem("not_table", "texts", value=name)
        columns = {str(n): _decode(str(n), c) for n, c in obj["columns"].items()}
        return cls(columns, source, texts)


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
        c is None or (isinstance(c, int | float) and not isinstance(c, bool)) for c in cells
    ):
        try:
            return np.array([math.nan if c is None else c for c in cells], dtype=np.float64)
        except OverflowError:
            pass
    raise ExperimentProblem("not_table", "table", value=name)
