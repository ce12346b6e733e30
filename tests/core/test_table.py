"""Tables of numbers from outside: what is kept, what is refused."""

import base64
import json
from typing import Any

import numpy as np
import pytest

from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import LARGEST, MAX_ROWS, Table


def code(make: Any, *args: Any) -> str:
    with pytest.raises(ExperimentProblem) as caught:
        make(*args)
    return caught.value.code


@pytest.mark.parametrize(("rows", "kind"), [(1, list), (256, list), (257, str), (5000, str)])
def test_a_table_is_read_back_bit_for_bit(rows: int, kind: type) -> None:
    random = np.random.default_rng(rows)
    scale = 10.0 ** random.integers(-30, 29, rows)
    columns = {"x": random.normal(size=rows) * scale, "价格": np.arange(rows) / 3}
    table = Table(columns, "表.csv")
    obj = table.to_json()
    assert all(isinstance(cells, kind) for cells in obj["columns"].values())
    again = Table.from_json(json.loads(json.dumps(obj)))
    assert again == table
    assert hash(again) == hash(table)
    assert (again.names, again.rows, again.source) == (("x", "价格"), rows, "表.csv")
    for name, column in columns.items():
        assert again.column(name).tobytes() == column.tobytes()


def test_the_limits_are_inclusive() -> None:
    assert Table({"x": np.zeros(MAX_ROWS)}).rows == MAX_ROWS
    assert code(Table, {"x": np.zeros(MAX_ROWS + 1)}) == "too_many_rows"
    assert Table({"x": [LARGEST, -LARGEST]}).rows == 2
    assert code(Table, {"x": [0.0, 1.01 * LARGEST]}) == "cell_too_large"
    million = Table({"x": np.arange(MAX_ROWS)}).to_json()
    assert Table.from_json(million).rows == MAX_ROWS


def test_a_bad_cell_is_named_by_column_and_row() -> None:
    for bad, expected in ((np.inf, "cell_not_finite"), (-np.inf, "cell_not_finite")):
        with pytest.raises(ExperimentProblem) as caught:
            Table({"x": [1, 2, 3], "y": [1, 2, bad]})
        assert caught.value.code == expected
        assert (caught.value.values["column"], caught.value.values["row"]) == ("y", 3)


def test_tables_that_are_none_are_refused() -> None:
    assert code(Table, {}) == "no_rows"
    assert code(Table, {"x": []}) == "no_rows"
    assert code(Table, {"x": [1, 2], "y": [1]}) == "no_rows"
    assert code(Table, {"x": [[1, 2]]}) == "not_table"
    assert code(Table({"x": [1]}).column, "z") == "no_column"


def encoded(*numbers: float) -> str:
    return base64.b64encode(np.array(numbers, "<f8").tobytes()).decode()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("not base64!", "not_table"),
        ("编码", "not_table"),
        (encoded(1.0)[:-4], "not_table"),
        ("", {"not_table", "no_rows"}),
        (encoded(float("-inf")), "cell_not_finite"),
        (encoded(1e31), "cell_too_large"),
        ("A" * 12_000_000, "too_many_rows"),
        ([1, "2"], "not_table"),
        ([1, {}], "not_table"),
        ([1, True], "not_table"),
        ([[1], [2]], "not_table"),
        ([10**400], "not_table"),
        ([float("inf")], "cell_not_finite"),
        ([0.0] * (MAX_ROWS + 1), "too_many_rows"),
        ([], "no_rows"),
        ({"0": 1}, "not_table"),
        (None, "not_table"),
        (5, "not_table"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_hostile_columns_are_refused(cells: Any, expected: str | set[str]) -> None:
    found = code(Table.from_json, {"source": "", "columns": {"x": cells}})
    assert found == expected or found in expected


@pytest.mark.parametrize("obj", [None, [], "x", {}, {"columns": []}, {"columns": "AAAA"}], ids=repr)
def test_hostile_tables_are_refused(obj: object) -> None:
    assert code(Table.from_json, obj) == "not_table"


def test_an_odd_source_or_an_unknown_field_is_refused() -> None:
    columns = {"x": [1]}
    assert code(Table.from_json, {"columns": columns, "source": 5}) == "not_text"
    odd = {"columns": columns, "source": "", "script": "x"}
    assert code(Table.from_json, odd) == "unknown_setting"


def test_a_table_keeps_a_copy_that_nobody_can_write() -> None:
    mine = np.array([1.0, 2.0])
    table = Table({"x": mine})
    mine[0] = 9
    assert table.column("x").tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        table.column("x")[0] = 9
    assert table != Table({"y": [1, 2]})
    assert table != Table({"x": [1, 3]})
    assert table != "x"
