"""Two columns of a table: of a CSV file, or typed by hand. A fraction is held out for the test."""

from collections.abc import Mapping
from typing import Any

from guitrain.core.code_text import ELISION, UNPACK, array_lines, quoted
from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

_MOST_LISTED = 200  # rows that a script spells out


def _make(values: Mapping[str, Any], test_fraction: float, seed: int) -> Data:
    table = values["table"]
    x, y = table.column(values["x"]), table.column(values["y"])
    return Data(*held_out.split(x, y, test_fraction, seed), (values["x"],), values["y"])


def _code(values: Mapping[str, Any], test_fraction: float, seed: int) -> DataCode:
    table, rows = values["table"], values["table"].rows
    x, y = quoted(values["x"]), quoted(values["y"])
    source = f" of {quoted(table.source)}" if table.source else ""
    lines = [f"# {rows:,} row{'s' * (rows != 1)}{source}: columns {x} and {y}"]
    embedded = {}
    listed = rows <= _MOST_LISTED
    if not listed:
        lines += [*UNPACK, ""]
    for variable in ("x", "y"):
        column = table.column(values[variable])
        if listed:
            lines += array_lines(variable, column)
        else:
            embedded[len(lines)] = column
            lines.append(f'{variable} = unpack("""{ELISION}""")')
    test = held_out.lines(rows, test_fraction, seed)
    imports = () if listed else ("base64", "zlib")
    return DataCode((*lines, *test), len(test) > 0, x, y, imports, embedded=embedded)


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
