"""Experiments: checked at construction, never changed, written and read without loss."""

import copy
import json
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guitrain.core.experiment import REGISTRIES, Choice, Experiment, Seeds, StopRules
from guitrain.core.optimizers import OPTIMIZERS
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import Table
from tests.core.recipes import article, begun, points, records

weights = st.floats(-1e6, 1e6)
seeds = st.integers(0, 2**32 - 1)
cells = st.integers(1, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.floats(-1e30, 1e30), min_size=n, max_size=n), min_size=2, max_size=2
    )
)
many_cells = st.integers(250, 300).map(lambda n: np.random.default_rng(n).normal(size=(2, n)))


schedules = st.one_of(
    st.just(Choice("constant")),
    st.builds(
        lambda every, factor: Choice("step", {"drop_every": every, "drop_factor": factor}),
        st.integers(1, 10**9),
        st.floats(0, 1, exclude_min=True),
    ),
    st.builds(lambda floor: Choice("cosine", {"cosine_floor": floor}), st.floats(0, 1)),
)


@st.composite
def lines(draw: st.DrawFn) -> Choice:
    low = draw(st.floats(-1e6, 999_999))
    values = {
        "slope": draw(weights),
        "intercept": draw(weights),
        "x_min": low,
        "x_max": draw(st.floats(low, 1e6, exclude_min=True)),
        "points": draw(st.integers(1, 300)),
        "noise": draw(st.floats(0, 1e6)),
    }
    return Choice("line", values)


@st.composite
def table_choices(draw: st.DrawFn) -> Choice:
    names = draw(st.lists(st.text(max_size=5), min_size=2, max_size=2, unique=True))
    table = Table(
        dict(zip(names, draw(cells | many_cells), strict=True)), draw(st.text(max_size=8))
    )
    return Choice("table", {"table": table, "x": names[0], "y": names[1]})


@st.composite
def optimizers(draw: st.DrawFn) -> Choice:
    """Any optimizer, with any settings of it that go together."""
    entry = OPTIMIZERS[draw(st.sampled_from(list(OPTIMIZERS)))]
    values = {
        param.name: draw(
            st.booleans() if param.kind == "bool" else st.floats(param.minimum, param.maximum)
        )
        for param in entry.params
    }
    if values.get("nesterov") and not values["momentum"]:
        values["momentum"] = 0.5
    return Choice(entry.name, values)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    loss = st.one_of(
        st.just(Choice("mse")),
        st.just(Choice("mae")),
        st.builds(lambda d: Choice("huber", {"delta": d}), st.floats(1e-9, 1e6)),
    )
    made = Experiment(
        data=draw(lines() | table_choices()),
        loss=draw(loss),
        optimizer=draw(optimizers()),
        schedule=draw(schedules),
        learning_rate=draw(st.floats(0, 1000, exclude_min=True)),
        l1=draw(st.floats(0, 1e6)),
        l2=draw(st.floats(0, 1e6)),
        test_fraction=draw(st.floats(0, 0.9)),
        validation_fraction=draw(st.floats(0, 0.9)),
        standardize=draw(st.booleans()),
        initial=draw(st.none() | st.tuples(weights, weights)),
        stop=StopRules(
            draw(st.integers(1, 10**9)),
            draw(st.none() | st.floats(0, 1e30)),
            draw(st.none() | st.integers(1, 10**6)),
            draw(st.floats(0, 1e30)),
        ),
        seeds=Seeds(draw(seeds), draw(seeds), draw(seeds)),
    )
    if made.validation_count:
        patience = draw(st.none() | st.integers(1, 10**6))
        made = made.changed({"stop.validation_patience": patience})
    return made.changed({"batch_size": draw(st.none() | st.integers(1, made.train_count))})


@settings(max_examples=60)
@given(experiments())
def test_a_written_experiment_is_read_back_equal(experiment: Experiment) -> None:
    text = json.dumps(experiment.to_json(), allow_nan=False)
    again = Experiment.from_json(json.loads(text))
    assert again == experiment
    assert json.dumps(again.to_json()) == text
    ours, theirs = experiment.make_data(), again.make_data()
    assert ours.train.inputs.tobytes() == theirs.train.inputs.tobytes()
    assert ours.test.targets.tobytes() == theirs.test.targets.tobytes()
    assert len(ours.train) == experiment.train_count > 0


@settings(max_examples=20)
@given(experiments())
def test_equal_experiments_give_equal_numbers(experiment: Experiment) -> None:
    again = Experiment.from_json(json.loads(json.dumps(experiment.to_json())))
    first, second = begun(experiment), begun(again)
    first.run_until(float("inf"), 5)
    second.run_until(float("inf"), 5)
    assert records(first) == records(second)


def test_each_seed_owns_its_draws_alone() -> None:
    base = article({"batch_size": 20, "stop.epochs": 2}).changed({"initial": None})

    def parts(experiment: Experiment) -> tuple[Any, ...]:
        run = begun(experiment)
        numbers = run.learner.numbers
        run.advance()
        order = run.learner._order(0).tolist()
        return run.learner.data.train.targets.tobytes(), numbers, order

    for i, name in enumerate(("data", "weights", "batches")):
        other = parts(base.changed({f"seeds.{name}": 5}))
        assert [a == b for a, b in zip(parts(base), other, strict=True)] == [
            j != i for j in range(3)
        ]


INVALID: list[tuple[dict[str, Any], str, str]] = [
    ({"learning_rate": 0}, "not_above", "learning_rate"),
    ({"learning_rate": -0.1}, "not_above", "learning_rate"),
    ({"learning_rate": 1e9}, "too_large", "learning_rate"),
    ({"learning_rate": 10**400}, "too_large", "learning_rate"),
    ({"learning_rate": float("nan")}, "not_finite", "learning_rate"),
    ({"learning_rate": float("inf")}, "not_finite", "learning_rate"),
    ({"learning_rate": "0.1"}, "not_number", "learning_rate"),
    ({"learning_rate": None}, "not_number", "learning_rate"),
    ({"learning_rate": True}, "not_number", "learning_rate"),
    ({"batch_size": 0}, "too_small", "batch_size"),
    ({"batch_size": 2.5}, "not_whole", "batch_size"),
    ({"batch_size": 101}, "batch_too_large", "batch_size"),
    ({"test_fraction": -0.1}, "too_small", "test_fraction"),
    ({"test_fraction": 0.95}, "too_large", "test_fraction"),
    ({"validation_fraction": -0.1}, "too_small", "validation_fraction"),
    ({"validation_fraction": 0.95}, "too_large", "validation_fraction"),
    ({"stop.validation_patience": 0}, "too_small", "validation_patience"),
    ({"stop.validation_patience": 5}, "no_validation", "validation_patience"),
    ({"standardize": 1}, "not_bool", "standardize"),
    ({"initial": (1.0,)}, "initial_count", "initial"),
    ({"initial": 1.0}, "initial_count", "initial"),
    ({"initial": (1.0, 2e6)}, "too_large", "initial"),
    ({"initial": (1.0, "b")}, "not_number", "initial"),
    ({"stop.epochs": 0}, "too_small", "epochs"),
    ({"stop.epochs": 10**9 + 1}, "too_large", "epochs"),
    ({"stop.epochs": None}, "not_number", "epochs"),
    ({"stop.target_loss": -1}, "too_small", "target_loss"),
    ({"stop.patience": 0}, "too_small", "patience"),
    ({"stop.min_improvement": -1e-9}, "too_small", "min_improvement"),
    ({"seeds.data": -1}, "too_small", "data_seed"),
    ({"seeds.weights": 2**32}, "too_large", "weights_seed"),
    ({"seeds.batches": 0.5}, "not_whole", "batches_seed"),
    ({"data": "galaxy"}, "unknown_entry", "data"),
    ({"model": "deep"}, "unknown_entry", "model"),
    ({"loss": []}, "unknown_entry", "loss"),
    ({"data": Choice("table")}, "missing", "table"),
    ({"data.points": 0}, "too_small", "points"),
    ({"data.points": 1_000_001}, "too_large", "points"),
    ({"data.noise": -0.5}, "too_small", "noise"),
    ({"data.x_min": 5.0}, "empty_range", "x_max"),
    ({"data.colour": 1}, "unknown_setting", "colour"),
    ({"optimizer.momentum": 1.0}, "too_large", "momentum"),
    ({"loss": Choice("huber", {"delta": 0})}, "not_above", "delta"),
    ({"colour": 1}, "unknown_setting", "colour"),
    ({"stop.colour": 1}, "unknown_setting", "stop.colour"),
    ({"stop": StopRules()}, "unknown_setting", "stop"),
    ({"learning_rate.x": 1}, "unknown_setting", "learning_rate.x"),
]


@pytest.mark.parametrize(("changes", "code", "field"), INVALID, ids=str)
def test_wrong_settings_are_refused_with_their_code_and_field(
    changes: dict[str, Any], code: str, field: str
) -> None:
    base = article()
    with pytest.raises(ExperimentProblem) as caught:
        base.changed(changes)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert base == article()


def test_a_choice_must_be_a_choice() -> None:
    with pytest.raises(ExperimentProblem) as caught:
        Experiment(data="line")  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.field) == ("not_choice", "data")


def test_whole_floats_and_ints_are_taken_as_the_kind_that_a_setting_has() -> None:
    made = article({"stop.epochs": 20.0, "learning_rate": 1})
    assert (made.stop.epochs, type(made.stop.epochs)) == (20, int)
    assert (made.learning_rate, type(made.learning_rate)) == (1.0, float)


def test_changed_takes_paths_entries_and_several_at_once() -> None:
    base = article()
    made = base.changed(
        {
            "learning_rate": 0.5,
            "stop.patience": 3,
            "stop.target_loss": 0.1,
            "seeds.batches": 9,
            "data.noise": 0.0,
            "data.points": 7,
            "loss": "huber",
            "loss.delta": 2.0,
            "optimizer": Choice("sgd", {"momentum": 0.5}),
        }
    )
    assert (made.learning_rate, made.seeds) == (0.5, Seeds(batches=9))
    assert made.stop == StopRules(patience=3, target_loss=0.1)
    assert (made.data["noise"], made.data["points"], made.data["slope"]) == (0.0, 7, 2.0)
    assert (made.loss.name, made.loss["delta"]) == ("huber", 2.0)
    assert made.optimizer["momentum"] == 0.5
    assert base == article()
    assert base.changed({}) == base


def test_an_experiment_cannot_be_changed_in_place() -> None:
    experiment = points([1, 2, 3], [4, 5, 6])
    for owner, name in (
        (experiment, "learning_rate"),
        (experiment.stop, "epochs"),
        (experiment.data, "name"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(owner, name, 1)
    with pytest.raises(TypeError):
        experiment.data.values["x"] = "y"  # type: ignore[index]
    with pytest.raises(ValueError, match="read-only"):
        experiment.data["table"].column("x")[0] = 9
    given_values = {"noise": 0.1}
    made = Experiment(data=Choice("line", given_values))
    given_values["noise"] = 9.0
    assert made.data["noise"] == 0.1


def problem(obj: object) -> tuple[str, str]:
    with pytest.raises(ExperimentProblem) as caught:
        Experiment.from_json(obj)
    return caught.value.code, caught.value.field


def test_reading_misses_every_field_that_is_not_there() -> None:
    whole = points([1, 2, 3], [4, 5, 6]).to_json()
    for name in set(whole) - {"device"}:  # see test_devices
        part = {k: v for k, v in whole.items() if k != name}
        code = {"format": "not_experiment", "version": "unknown_version"}.get(name, "missing")
        assert problem(part) == (code, name)
    for group in ("stop", "seeds"):
        for name in whole[group]:
            part = {**whole, group: {k: v for k, v in whole[group].items() if k != name}}
            assert problem(part) == ("missing", name)
    for kind in REGISTRIES:
        assert problem({**whole, kind: {"values": {}}}) == ("unknown_entry", kind)
        assert problem({**whole, kind: {"name": whole[kind]["name"]}}) == ("not_object", kind)
    without_table = {"name": "table", "values": {"x": "x", "y": "y"}}
    assert problem({**whole, "data": without_table}) == ("missing", "table")


def test_reading_refuses_fields_that_it_does_not_know() -> None:
    whole = article().to_json()
    assert problem({**whole, "colour": 1}) == ("unknown_setting", "colour")
    for group in ("stop", "seeds", *REGISTRIES):
        part = {**whole, group: {**whole[group], "colour": 1}}
        assert problem(part) == ("unknown_setting", "colour")
    for kind in REGISTRIES:
        part = copy.deepcopy(whole)
        part[kind]["values"]["colour"] = 1
        assert problem(part) == ("unknown_setting", "colour")


def test_reading_refuses_another_format_and_a_later_version() -> None:
    whole = article().to_json()
    assert problem({**whole, "format": "other"}) == ("not_experiment", "format")
    assert problem({**whole, "version": 2}) == ("unknown_version", "version")
    assert problem({**whole, "version": "1"}) == ("unknown_version", "version")


ODD: list[object] = [
    None,
    True,
    -1,
    1e400,
    "x",
    [],
    [1],
    {},
    {"name": []},
    {"a": {"b": 1}},
    10**400,
]


@pytest.mark.parametrize("odd", [*ODD, 1, 0.5], ids=str)
def test_reading_refuses_or_takes_any_value_without_another_error(odd: object) -> None:
    whole = points([1, 2, 3], [4, 5, 6]).to_json()

    def places(obj: Any, path: tuple[Any, ...] = ()) -> Any:
        yield path
        if isinstance(obj, dict | list):
            keys = obj if isinstance(obj, dict) else range(len(obj))
            for key in keys:
                yield from places(obj[key], (*path, key))

    refused = []
    for path in places(whole):
        part: Any = copy.deepcopy(whole)
        inner = part
        for key in path[:-1]:
            inner = inner[key]
        if path:
            inner[path[-1]] = odd
        else:
            part = odd
        try:
            made = Experiment.from_json(part)
        except ExperimentProblem as found:
            refused.append((found.code, found.field))
        else:
            assert Experiment.from_json(json.loads(json.dumps(made.to_json()))) == made
    assert len(refused) >= 10
    assert all(code and field for code, field in refused)


@pytest.mark.parametrize("obj", ODD, ids=str)
def test_a_file_of_something_else_is_refused(obj: object) -> None:
    code, field = problem(obj)
    assert (code, field) in {("not_object", "experiment"), ("not_experiment", "format")}


def test_numpys_numbers_are_refused_or_taken_by_value() -> None:
    assert article({"learning_rate": np.float64(0.5)}) == article({"learning_rate": 0.5})
    assert type(article({"learning_rate": np.float64(0.5)}).learning_rate) is float
