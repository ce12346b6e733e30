"""Two columns of a table: of a CSV file, or typed by hand. A fraction is held out for the test."""

from collections.abc import Mapping
from typing import Any

from guitrain.core.code_text import quoted
from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.datasets.given import GivenCode
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _make(values: Mapping[str, Any], test_fraction: float, seed: int) -> Data:
    table = values["table"]
    x, y = table.column(values["x"])[:, None], table.column(values["y"])
    return Data(*held_out.split(x, y, test_fraction, seed), (values["x"],), values["y"])


def _code(values: Mapping[str, Any], test_fraction: float, seed: int) -> DataCode:
    table, rows = values["table"], values["table"].rows
    x, y = quoted(values["x"]), quoted(values["y"])
    source = f" of {quoted(table.source)}" if table.source else ""
    made = GivenCode([f"# {rows:,} row{'s' * (rows != 1)}{source}: columns {x} and {y}"])
    made.add_points(table.column(values["x"])[:, None], table.column(values["y"]))
    test = held_out.lines(rows, test_fraction, seed)
    lines = (*made.lines, *test)
    return DataCode(lines, len(test) > 0, x, y, made.imports, embedded=made.embedded)


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
    code=_code,
    train_count=lambda values, fraction: held_out.rest(values["table"].rows, fraction),
    check_all=_check_all,
    fixed=True,
)
