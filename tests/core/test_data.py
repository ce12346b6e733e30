"""Data, TEST and APPLY."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from guitrain.core.evaluation import metrics
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.table import Table
from tests.core.recipes import article, begun, finished, mse, points, records, state


def held_out(rows: int, fraction: float, seed: int = 42) -> Experiment:
    data = Choice("table", {"table": Table({"x": np.arange(rows), "y": -np.arange(rows)})})
    return Experiment(data=data, test_fraction=fraction).changed({"seeds.data": seed})


@settings(max_examples=50)
@given(st.integers(1, 400), st.floats(0, 0.9), st.integers(0, 2**32 - 1))
def test_held_out_rows_are_disjoint_and_none_is_lost(rows: int, fraction: float, seed: int) -> None:
    experiment = held_out(rows, fraction, seed)
    data = experiment.make_data()
    train, test = data.train.inputs[:, 0].tolist(), data.test.inputs[:, 0].tolist()
    assert sorted(train + test) == list(range(rows))
    assert len(train) == experiment.train_count >= 1
    assert abs(len(test) - rows * fraction) <= 1
    for split in (data.train, data.test):
        assert (split.targets == -split.inputs[:, 0]).all()
        assert (np.diff(split.inputs[:, 0]) > 0).all()  # in the file's own order
    assert data.truth is None
    assert data.noise is None


def test_other_seeds_hold_out_other_rows() -> None:
    chosen = {tuple(held_out(50, 0.2, s).make_data().test.targets) for s in range(20)}
    assert len(chosen) == 20


def test_columns_are_taken_by_name_and_missing_ones_refused() -> None:
    table = Table({"a": [1, 2], "b": [3, 4], "c": [5, 6]})
    values = {"table": table, "x": "c", "y": "a"}
    data = Experiment(data=Choice("table", values), test_fraction=0).make_data()
    assert data.train.inputs.tolist() == [[5], [6]]
    assert data.train.targets.tolist() == [1, 2]
    assert (data.input_names, data.target_name) == (("c",), "a")
    for name in ("x", "y"):
        with pytest.raises(ValueError, match="no_column"):
            Experiment(data=Choice("table", {**values, name: "z"}))


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_points_train_to_the_end(count: int) -> None:
    for experiment in (
        article({"data.points": count}),
        held_out(count, 0.9),
        points([3.0] * count, list(range(count)), {"standardize": True, "batch_size": 1}),
    ):
        run = finished(experiment)
        assert run.learner.epoch == 100
        evaluation = run.test()
        assert math.isfinite(mse(evaluation.train))
        assert len(run.learner.data.train) == min(count, experiment.train_count)
    one = finished(article({"data.points": 1}))
    assert one.test().test is None
    assert one.facts.least_squares is None
    assert one.facts.best_loss == 0
    assert one.learner.data.ranges.tolist() == [[0, 0]]


def test_noise_of_zero_leaves_the_line_itself() -> None:
    data = article({"data.noise": 0.0, "data.slope": -3.0}).make_data()
    for split in (data.train, data.test):
        assert split.targets.tolist() == (-3.0 * split.inputs[:, 0] + 1).tolist()
    assert data.noise == 0


same_length = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        *[hnp.arrays(np.float64, n, elements=st.floats(-1e6, 1e6).map(lambda v: round(v, 3)))] * 2
    )
)


@given(same_length)
def test_metrics_are_their_formulas(pair: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    predicted, y = pair
    found = metrics(predicted, y)
    assert found is not None
    errors = [p - t for p, t in zip(predicted.tolist(), y.tolist(), strict=True)]
    mse = math.fsum(e * e for e in errors) / len(errors)
    assert found.mse == pytest.approx(mse)
    assert found.rmse == pytest.approx(math.sqrt(mse))
    assert found.mae == pytest.approx(math.fsum(map(abs, errors)) / len(errors))
    if len(set(y.tolist())) == 1:
        assert found.r2 is None
    else:
        mean = math.fsum(y.tolist()) / len(y)
        spread = math.fsum((t - mean) ** 2 for t in y.tolist())
        assert found.r2 == pytest.approx(1 - mse * len(errors) / spread, rel=1e-5, abs=1e-6)


def test_equal_targets_have_no_r2_whatever_rounding_makes_of_their_mean() -> None:
    target = np.full(3, 0.1)
    assert target.mean() != 0.1
    found = metrics(np.array([1.0, 2.0, 3.0]), target)
    assert found is not None
    assert found.r2 is None


def test_metrics_of_no_points_and_of_predictions_that_left_the_numbers() -> None:
    assert metrics(np.empty(0), np.empty(0)) is None
    perfect = metrics(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    assert perfect is not None
    assert (perfect.mse, perfect.r2) == (0, 1)
    wild = metrics(np.array([np.inf, 1e300]), np.array([0.0, 1.0]))
    assert wild is not None
    assert (wild.mse, wild.rmse, wild.r2) == (math.inf, math.inf, -math.inf)


def test_test_compares_both_sets_with_the_least_squares_line() -> None:
    run = finished(article())
    found, data = run.test(), run.learner.data
    w, b = run.learner.numbers
    slope, intercept = np.polyfit(data.train.inputs[:, 0], data.train.targets, 1)
    assert (found.step, found.epoch) == (100, 100)
    for split, ours, best in (
        (data.train, found.train, found.best_train),
        (data.test, found.test, found.best_test),
    ):
        assert ours is not None
        assert best is not None
        x, y = split.inputs[:, 0], split.targets
        assert mse(ours) == pytest.approx(np.mean((w * x + b - y) ** 2), rel=1e-5)
        assert best.mse == pytest.approx(np.mean((slope * x + intercept - y) ** 2))
    assert found.best_train is not None
    assert found.best_train.mse < mse(found.train)
    assert finished(article({"test_fraction": 0.0, "stop.epochs": 1})).test().test is None


def test_apply_marks_what_lies_outside_the_training_points() -> None:
    run = finished(article())
    found = run.apply([(-0.001,), (0,), (2.5,), (5,), (5.001,), (1e6,)])
    assert [p.outside for p in found] == [True, False, False, False, True, True]
    w, b = run.learner.numbers
    for p in found:
        assert p.predicted == pytest.approx(w * p.x + b, rel=1e-6)
        assert p.true == pytest.approx(2 * p.x + 1)
        assert p.difference == pytest.approx(p.predicted - (2 * p.x + 1))
    assert run.apply([]) == ()
    unknown = finished(points([1, 2], [1, 2])).apply([(1.5,)])[0]
    assert (unknown.true, unknown.difference) == (None, None)


def test_test_and_apply_change_nothing_even_in_mid_step() -> None:
    run = begun(article({"stop.epochs": 50}))
    run.run_until(float("inf"), 7)
    run.advance()
    before = state(run)
    run.test()
    run.apply([(1.5,)])
    run.measure_test()
    run.fill_test_curve(float("inf"))
    assert state(run) == before
    run.run()
    assert records(run) == records(finished(article({"stop.epochs": 50})))


@pytest.mark.parametrize("standardize", [False, True])
def test_the_test_curve_is_the_loss_on_unseen_points_at_each_step(standardize: bool) -> None:
    run = begun(article({"standardize": standardize}))
    measured = {}
    while True:
        measured[run.learner.step] = run.learner.test_loss()
        run.run_until(float("inf"), 1)
        if run.stopped is not None:
            break
    assert not run.fill_test_curve(0.0)
    assert run.fill_test_curve(float("inf"), most=12)
    steps, losses = run.view().test_curve
    assert len(steps) == 12
    assert [measured[step] for step in steps.tolist()] == losses.tolist()
    test = run.learner.data.test
    w, b = run.own_units(np.array([run.learner.numbers]))[0]
    expected = np.mean((w * test.inputs[:, 0] + b - test.targets) ** 2)
    assert run.learner.test_loss() == pytest.approx(expected, rel=1e-4)
