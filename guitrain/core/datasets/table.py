"""Two columns of a table: of a CSV file, or typed by hand. A fraction is held out for the test."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from guitrain.core.data import Data, DatasetEntry, Split
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _held_out(rows: int, test_fraction: float) -> int:
    """Rows of the test set: the fraction, rounded, but at least one row stays for training."""
    return min(round(rows * test_fraction), rows - 1)


def _make(values: Mapping[str, Any], test_fraction: float, seed: int) -> Data:
    table = values["table"]
    x, y = table.column(values["x"])[:, None], table.column(values["y"])
    held_out = np.zeros(table.rows, dtype=bool)
    order = np.random.RandomState(seed).permutation(table.rows)
    held_out[order[: _held_out(table.rows, test_fraction)]] = True
    return Data(
        Split(x[~held_out], y[~held_out]),
        Split(x[held_out], y[held_out]),
        (values["x"],),
        values["y"],
    )


def _check_all(values: Mapping[str, Any]) -> None:
    for name in (values["x"], values["y"]):
        values["table"].column(name)


TABLE = DatasetEntry(
    name="table",
    label=QT_TRANSLATE_NOOP("Data", "CSV file"),
    help=QT_TRANSLATE_NOOP(
        "Data", "Your own numbers: one column of a CSV file as x, another as y."
    ),
    params=(
        Param(
            "table",
            "table",
            QT_TRANSLATE_NOOP("Data", "File"),
            QT_TRANSLATE_NOOP("Data", "The CSV file with your numbers."),
        ),
        Param(
            "x",
            "column",
            QT_TRANSLATE_NOOP("Data", "x column"),
            QT_TRANSLATE_NOOP("Data", "The column that the model predicts from."),
            default="x",
        ),
        Param(
            "y",
            "column",
            QT_TRANSLATE_NOOP("Data", "y column"),
            QT_TRANSLATE_NOOP("Data", "The column that the model learns to predict."),
            default="y",
        ),
    ),
    make=_make,
    train_count=lambda values, fraction: (
        values["table"].rows - _held_out(values["table"].rows, fraction)
    ),
    check_all=_check_all,
)
