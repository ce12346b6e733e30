"""Columns of a table: of a CSV file, or typed by hand. A fraction is held out for the test."""

from collections.abc import Mapping
from typing import Any

from guitrain.core.code_text import quoted
from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.datasets.columns import Floats, Reading, code_lines, encoded, fills, read
from guitrain.core.datasets.given import GivenCode
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

Values = Mapping[str, Any]

TASK = Param(
    "task",
    "choice",
    QT_TRANSLATE_NOOP("Data", "Learn"),
    QT_TRANSLATE_NOOP(
        "Data", "What is learnt of the target: a number, or which class each of its values is."
    ),
    default="regression",
    choices=(
        ("regression", QT_TRANSLATE_NOOP("Data", "a number")),
        ("classification", QT_TRANSLATE_NOOP("Data", "classes")),
    ),
)
MISSING = Param(
    "missing",
    "choice",
    QT_TRANSLATE_NOOP("Data", "Missing values"),
    QT_TRANSLATE_NOOP(
        "Data",
        "Empty cells: refuse them, leave their rows out, or fill them with the mean of the "
        "training points (of texts the most frequent). Rows without a target are never filled.",
    ),
    default="refuse",
    choices=(
        ("refuse", QT_TRANSLATE_NOOP("Data", "refuse")),
        ("drop_rows", QT_TRANSLATE_NOOP("Data", "leave rows out")),
        ("fill", QT_TRANSLATE_NOOP("Data", "fill in")),
    ),
    minor=True,
)


def reading(values: Values) -> Reading:
    """The columns chosen; raises ExperimentProblem for those that cannot be learnt from."""
    chosen: Reading = read(*(values[name] for name in ("table", "x", "y", "task", "missing")))
    return chosen


def _check(values: Values) -> None:
    reading(values)


def _make(values: Values, test_fraction: float, seed: int) -> Data:
    made = reading(values)
    sets = held_out.split(made.raw, made.targets, test_fraction, seed)
    train, test, unseen = encoded(made, *sets)
    columns = made.columns if any(column.texts for column in made.columns) else ()
    return Data(
        train,
        test,
        made.names,
        values["y"],
        classes=made.classes,
        unseen=unseen,
        columns=columns,
    )


def _stand_ins(values: Values, test_fraction: float, seed: int) -> Floats | None:
    if values["missing"] != "fill":
        return None
    made = reading(values)
    train, _ = held_out.split(made.raw, made.targets, test_fraction, seed)
    return fills(train.inputs, made.columns)


def _code(values: Values, test_fraction: float, seed: int) -> DataCode:
    made, table = reading(values), values["table"]
    rows, names = len(made.targets), [quoted(name) for name in values["x"]]
    source = f" of {quoted(table.source)}" if table.source else ""
    told = ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} others"
    about = f"columns {told} and {quoted(values['y'])}"
    code = GivenCode([f"# {rows:,} row{'s' * (rows != 1)}{source}: {about}"])
    if made.classes:
        few = [f"{number} {quoted(name)}" for number, name in enumerate(made.classes[:8])]
        code.lines.append(f"# classes: {', '.join(few)}{', …' * (len(made.classes) > 8)}")
    code.add_points(made.raw, made.targets)
    if not made.plain and made.raw.shape[1] == 1:
        code.lines.append("x = x[:, None]")
    test = held_out.lines(rows, test_fraction, seed)
    unseen = _make(values, test_fraction, seed).unseen
    lines = (*code.lines, *test)
    if not made.plain:
        lines += code_lines(made, unseen, has_test=len(test) > 0)
    x_label, *others = (quoted(name) for name in made.names[:2])
    return DataCode(
        lines,
        len(test) > 0,
        x_label,
        others[0] if made.classes and others else quoted(values["y"]),
        code.imports,
        embedded=code.embedded,
        unseen=unseen,
    )


TABLE = DatasetEntry(
    name="table",
    label=QT_TRANSLATE_NOOP("Data", "CSV file"),
    help=QT_TRANSLATE_NOOP("Data", "Your own table: some columns of a CSV file, to learn another."),
    params=(
        Param(
            "table",
            "table",
            QT_TRANSLATE_NOOP("Data", "File"),
            QT_TRANSLATE_NOOP("Data", "The CSV file with your table."),
        ),
        Param(
            "x",
            "columns",
            QT_TRANSLATE_NOOP("Data", "Inputs"),
            QT_TRANSLATE_NOOP("Data", "The columns that the model predicts from."),
            default=("x",),
        ),
        Param(
            "y",
            "column",
            QT_TRANSLATE_NOOP("Data", "Target"),
            QT_TRANSLATE_NOOP("Data", "The column that the model learns to predict."),
            default="y",
        ),
        TASK,
        MISSING,
    ),
    make=_make,
    code=_code,
    train_count=lambda values, share: held_out.rest(len(reading(values).targets), share),
    check_all=_check,
    inputs=lambda values: reading(values).width,
    classes=lambda values: len(reading(values).classes),
    columns=lambda values: reading(values).columns,
    stand_ins=_stand_ins,
    fixed=True,
)
