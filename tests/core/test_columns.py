"""Columns of a table as inputs and targets, against a second way to do the same by hand."""

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from guitrain.core.code import script
from guitrain.core.data import Column, cells_of
from guitrain.core.datasets.columns import MAX_CLASSES, MAX_INPUTS
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import Table
from guitrain.outcome_words import row_words, unknown_words
from guitrain.typed_rows import parse_rows, rows_in, rows_text
from tests.core.recipes import finished
from tests.core.scripts import OtherProcess, expected, rows_of

NAN = math.nan
SIZE = [1.5, NAN, 2.5, 4.0, 3.0, NAN, 8.0, 9.5]
COLOUR = ["red", "blue", "red", None, "red", "green", "blue", "red"]
PRICE = [1.0, 2.0, 3.0, 4.0, NAN, 6.0, 7.0, 8.0]


@pytest.fixture(scope="module")
def other() -> Iterator[OtherProcess]:
    """The process in which scripts run."""
    process = OtherProcess()
    yield process
    process.close()


def texts(cells: list[str | None]) -> tuple[list[float], list[str]]:
    order = sorted({cell for cell in cells if cell})
    return [NAN if cell is None else float(order.index(cell)) for cell in cells], order


def table() -> Table:
    codes, order = texts(COLOUR)
    return Table({"size": SIZE, "colour": codes, "price": PRICE}, "t.csv", {"colour": order})


def of(changes: dict[str, Any] | None = None, **values: Any) -> Experiment:
    values = {"table": table(), "x": ("size", "colour"), "y": "price", "missing": "fill", **values}
    return Experiment().changed({"data": Choice("table", values), **(changes or {})})


def by_hand(made: Experiment) -> dict[str, list[list[float]]]:
    """Inputs and target of the training and the test rows, a cell at a time."""
    rows = [row for row in zip(SIZE, COLOUR, PRICE, strict=True) if not math.isnan(row[2])]
    count = min(round(len(rows) * made.test_fraction), len(rows) - 1)
    held = set(np.random.RandomState(made.seeds.data).permutation(len(rows))[:count].tolist())
    train = [row for at, row in enumerate(rows) if at not in held]
    known = [size for size, _, _ in train if not math.isnan(size)]
    colours = sorted({colour for _, colour, _ in rows if colour})
    seen = [colour for _, colour, _ in train if colour]
    usual = max(colours, key=lambda colour: (seen.count(colour), -colours.index(colour)))

    def cells(row: tuple[float, str | None, float]) -> list[float]:
        size, colour, price = row
        size = sum(known) / len(known) if math.isnan(size) else size
        own = colour or usual
        hot = [float(own == each and each in [*seen, usual]) for each in colours]
        return [size, *hot, price]

    return {
        "train": [cells(row) for row in train],
        "test": [cells(row) for at, row in enumerate(rows) if at in held],
    }


@pytest.mark.parametrize("seed", range(12))
def test_gaps_are_filled_from_the_training_rows_and_texts_are_one_hot(seed: int) -> None:
    made = of({"test_fraction": 0.4, "seeds.data": seed})
    data, wanted = made.make_data(), by_hand(made)
    for name, points in (("train", data.train), ("test", data.test)):
        found = np.column_stack([points.inputs, points.targets])
        np.testing.assert_allclose(found, wanted[name], rtol=1e-15)
    assert data.input_names == ("size", "colour = blue", "colour = green", "colour = red")
    assert made.inputs == 4
    assert len(data.train) == made.train_count


def test_a_text_that_only_test_rows_have_is_zero_there_and_when_applied() -> None:
    seeds = [s for s in range(40) if of({"test_fraction": 0.4, "seeds.data": s}).make_data().unseen]
    assert seeds
    made = of({"test_fraction": 0.4, "seeds.data": seeds[0], "stop.epochs": 3})
    run = finished(made)
    data = run.view().data
    assert not data.test.inputs[:, list(data.unseen)].any()
    hot = [0.0] * made.inputs
    hot[data.unseen[0]] = 1.0
    (told, plain) = run.apply([hot, [0.0] * made.inputs])
    assert told.predicted == plain.predicted
    assert unknown_words([told], data)


def test_rows_with_gaps_are_dropped_or_refused() -> None:
    dropped = of({"test_fraction": 0.0}, missing="drop_rows").make_data()
    assert dropped.train.targets.tolist() == [1.0, 3.0, 7.0, 8.0]
    with pytest.raises(ExperimentProblem) as caught:
        of(missing="refuse")
    assert (caught.value.code, caught.value.values["row"]) == ("cell_missing", 2)


def test_a_number_is_told_as_classes_and_a_text_too() -> None:
    numbers = Table({"x": np.arange(6.0), "y": [3, 1, 3, -2.5, 1, 1]})
    made = of(table=numbers, x="x", y="y", task="classification")
    data = made.changed({"test_fraction": 0.0}).make_data()
    assert data.classes == ("-2.5", "1", "3")
    assert data.train.targets.tolist() == [2, 1, 2, 0, 1, 1]
    assert (made.classes, made.loss.name) == (3, "cross_entropy")
    colours = of(x=("size", "price"), y="colour", task="classification")
    assert colours.make_data().classes == ("blue", "green", "red")


def rows_with(count: int) -> Table:
    names = [f"k{at}" for at in range(count)]
    return Table({"x": np.arange(float(count)), "k": np.arange(float(count))}, "", {"k": names})


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"x": ()}, "no_inputs", "x"),
        ({"x": ("size", "price")}, "target_is_input", "y"),
        ({"y": "colour", "x": "size"}, "target_is_text", "task"),
        ({"x": "weight"}, "no_column", "column"),
        ({"x": 5}, "not_text", "x"),
        ({"x": (1, "size")}, "not_text", "x"),
        ({"task": "guess"}, "unknown_entry", "task"),
        (
            {"table": Table({"x": [1, 2], "y": [5, 5]}), "x": "x", "y": "y"}
            | {"task": "classification"},
            "one_class",
            "y",
        ),
        (
            {"table": rows_with(MAX_CLASSES + 1), "x": "x", "y": "k", "task": "classification"},
            "too_many_classes",
            "task",
        ),
        ({"table": rows_with(MAX_INPUTS + 1), "x": "k", "y": "x"}, "too_many_inputs", "x"),
        ({"table": Table({"x": [NAN, NAN], "y": [1, 2]}), "x": "x", "y": "y"}, "column_empty", "x"),
        (
            {"table": Table({"x": [NAN, 2], "y": [1, NAN]}), "x": "x", "y": "y"}
            | {"missing": "drop_rows"},
            "no_rows_left",
            "missing",
        ),
    ],
)
def test_columns_that_cannot_be_learnt_from_are_refused(
    values: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        of(**values)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_an_experiment_with_texts_and_gaps_goes_to_json_and_back() -> None:
    made = of({"test_fraction": 0.25})
    again = Experiment.from_json(json.loads(json.dumps(made.to_json(), allow_nan=False)))
    assert again == made
    assert again.make_data().train.inputs.tobytes() == made.make_data().train.inputs.tobytes()
    long = Table({"x": [NAN, *range(300)], "y": range(301)})
    assert Table.from_json(json.loads(json.dumps(long.to_json()))) == long


def test_a_table_of_the_past_is_read() -> None:
    """One x column, and neither a task nor what is done about missing values."""
    columns = {"source": "", "columns": {"x": [1.0, 2.0], "y": [3.0, 5.0]}}
    obj = Experiment().to_json()
    obj["data"] = {"name": "table", "values": {"table": columns, "x": "x", "y": "y"}}
    made = Experiment.from_json(obj)
    assert made.data["x"] == ("x",)
    assert (made.data["task"], made.data["missing"]) == ("regression", "refuse")
    assert made.make_data().input_names == ("x",)


@pytest.mark.parametrize(
    ("different", "codes"),
    [
        (["a", "a"], [0, 1]),
        (["a", ""], [0, 1]),
        (["a", 5], [0, 1]),
        (["a"], [0, 1]),
        (["a", "b"], [0, 0.5]),
        (["a", "b"], [0, -1]),
        ("ab", [0, 1]),
    ],
)
def test_texts_that_are_none_are_refused(different: Any, codes: list[float]) -> None:
    obj = {"source": "", "columns": {"x": codes}, "texts": {"x": different}}
    with pytest.raises(ExperimentProblem) as caught:
        Table.from_json(obj)
    assert caught.value.code == "not_table"
    for odd in ({"texts": {"z": ["a"]}}, {"texts": 5}):
        with pytest.raises(ExperimentProblem):
            Table.from_json({**obj, **odd})


@pytest.mark.parametrize("rows", [1, 40])
@pytest.mark.parametrize("fraction", [0.0, 0.4])
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"x": ("colour",)},
        {"x": ("size",)},
        {"missing": "drop_rows"},
        {"x": ("size", "price"), "y": "colour", "task": "classification"},
        {"x": ("colour", "size"), "task": "classification"},
    ],
    ids=str,
)
def test_a_script_has_the_same_numbers_to_the_last_bit(
    other: OtherProcess, values: dict[str, Any], fraction: float, rows: int
) -> None:
    given = table()
    many = Table(
        {name: np.tile(given.column(name), rows) for name in given.names}, "t.csv", given.texts
    )
    changes = {"test_fraction": fraction, "standardize": True, "stop.epochs": 2, "seeds.data": 3}
    run = finished(of({"test_fraction": 0.0}, table=many, **values).changed(changes))
    out = other.run(script(run.experiment, predict=rows_of(run.experiment)).text)
    wanted = expected(run)
    assert {name: out[name] for name in ("losses", "parameters", "test", "predictions")} == {
        name: wanted[name] for name in ("losses", "parameters", "test", "predictions")
    }


# Rows for Apply.

COLUMNS = (Column("size"), Column("colour", ("blue", "dark, red", "green")))


def test_rows_of_texts_are_typed_and_told_as_they_are() -> None:
    rows = rows_in('1.5, blue; −2,GREEN；3，“?”; 4, "dark, red"; 5,?', COLUMNS)
    assert rows == (
        (1.5, 1, 0, 0),
        (-2, 0, 0, 1),
        (3, 0, 0, 0),
        (4, 0, 1, 0),
        (5, 0, 0, 0),
    )
    assert rows_in(rows_text(rows, COLUMNS), COLUMNS) == rows
    assert [cells_of(row, COLUMNS)[1] for row in rows] == ["blue", "green", None, "dark, red", None]
    lone = (Column("colour", ("dark blue", "red")),)
    assert rows_in("dark blue; red; pink", lone) == ((1, 0), (0, 1), (0, 0))
    with pytest.raises(ExperimentProblem) as caught:
        parse_rows(["1.5"], COLUMNS)
    assert caught.value.values == {"value": 1, "inputs": 2}


def test_a_category_never_seen_is_said_in_words_and_is_all_zeros() -> None:
    run = finished(of({"test_fraction": 0.0, "stop.epochs": 2}))
    data = run.view().data
    known, unknown = run.apply(rows_in("2, red; 2, pink", run.experiment.columns))
    assert unknown.inputs == (2, 0, 0, 0)
    assert (row_words(known.inputs, data), row_words(unknown.inputs, data)) == (
        "(2, red)",
        "(2, ?)",
    )
    assert unknown_words([known], data) == ""
    assert "no training row has" in unknown_words([known, unknown], data)
