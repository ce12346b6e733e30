"""Training and closed forms against numpy written by hand, in float64."""

import math
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guitrain.core.closed_form import best_loss, facts_of, least_squares
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.losses import LOSSES
from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit
from guitrain.core.stopping import Rule
from tests.core.recipes import article, begun, columns, finished, points

Floats = NDArray[np.float64]


def xy(experiment: Experiment) -> tuple[Floats, Floats]:
    train = experiment.make_data().train
    return train.inputs[:, 0], train.targets


def test_four_points_give_the_numbers_that_a_hand_gives() -> None:
    run = begun(points([0, 1, 2, 3], [1, 3, 5, 7], {"learning_rate": 0.1, "initial": (0, 0)}))
    while run.advance() is not Phase.BACKWARD:
        pass
    assert run.learner.loss_value == 21
    assert [g.item() for g in run.learner.gradients] == [-17, -8]
    run.advance()
    assert run.learner.numbers == pytest.approx((1.7, 0.8), rel=1e-7)
    row = columns(run.steps)
    assert [float(row[name][0]) for name in ("loss", "w", "b")] == [21, 0, 0]
    assert float(row["gradient_norm"][0]) == pytest.approx(math.hypot(17, 8))


def test_gradients_are_the_formulas_at_every_step() -> None:
    slopes: dict[str, Any] = {
        "mse": lambda e: 2 * e,
        "mae": np.sign,
        "huber": lambda e: np.clip(e, -0.7, 0.7),
    }
    heights: dict[str, Any] = {
        "mse": lambda e: e**2,
        "mae": np.abs,
        "huber": lambda e: np.where(abs(e) <= 0.7, e**2 / 2, 0.7 * (abs(e) - 0.35)),
    }
    for name, slope in slopes.items():
        choice = Choice(name, {"delta": 0.7} if name == "huber" else {})
        experiment = article({"loss": choice})
        x, y = xy(experiment)
        run = begun(experiment)
        for _ in range(100):
            while run.advance() is not Phase.BACKWARD:
                pass
            w, b = run.learner.numbers
            error = w * x + b - y
            assert run.learner.loss_value == pytest.approx(np.mean(heights[name](error)), rel=1e-5)
            expected = [np.mean(slope(error) * x), np.mean(slope(error))]
            got = [g.item() for g in run.learner.gradients]
            assert got == pytest.approx(expected, rel=1e-5, abs=1e-5)
            assert run.learner.gradient_norm() == pytest.approx(math.hypot(*got), rel=1e-6)
            run.advance()


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_whole_training_is_that_of_numpy_in_float64(momentum: float) -> None:
    experiment = article({"optimizer": Choice("sgd", {"momentum": momentum})})
    x, y = xy(experiment)
    w, b, v = -0.20546, 0.783, np.zeros(2)
    losses = []
    for _ in range(100):
        error = w * x + b - y
        losses.append(np.mean(error**2))
        v = momentum * v + np.array([2 * np.mean(error * x), 2 * np.mean(error)])
        w, b = w - 0.01 * v[0], b - 0.01 * v[1]
    run = finished(experiment)
    assert run.learner.numbers == pytest.approx((w, b), rel=1e-5)
    assert columns(run.epochs)["loss"].tolist() == pytest.approx(losses, rel=1e-5)


def test_an_epoch_of_mini_batches_has_the_mean_over_its_points() -> None:
    run = begun(article({"batch_size": 30}))
    for epoch in range(3):
        total = 0.0
        while run.learner.epoch == epoch:
            if run.advance() is Phase.LOSS:
                total += run.learner.loss_value * len(run.learner.inputs)
        assert run.learner.epoch_mean == pytest.approx(total / 100, rel=1e-12)
        assert columns(run.epochs)["loss"][epoch] == run.learner.epoch_mean
        assert columns(run.epochs)["end_step"][epoch] == 4 * (epoch + 1)


def test_every_epoch_takes_each_point_once_in_a_new_order() -> None:
    run = begun(points(np.arange(10.0), np.arange(10.0), {"batch_size": 4}))
    orders = []
    for _ in range(3):
        taken: list[float] = []
        for size in (4, 4, 2):
            run.advance_by(Unit.BATCH)
            assert len(run.learner.inputs) == size
            assert run.learner.inputs.tolist() == run.learner.targets.tolist()
            taken += run.learner.inputs[:, 0].tolist()
        assert sorted(taken) == list(range(10))
        orders.append(tuple(taken))
    assert len(set(orders)) == 3


def test_standardised_training_shows_weights_in_the_datas_own_units() -> None:
    changes = {"standardize": True, "learning_rate": 0.1, "stop.epochs": 400}
    experiment = article({**changes, "data.x_min": 100.0, "data.x_max": 160.0})
    x, y = xy(experiment)
    run = begun(experiment)
    assert run.view().numbers == pytest.approx((-0.20546, 0.783), rel=1e-4, abs=1e-4)
    assert run.learner.predict(x[:, None]) == pytest.approx(-0.20546 * x + 0.783, rel=1e-4)
    run.run()
    slope, intercept = np.polyfit(x, y, 1)
    assert run.view().numbers == pytest.approx((slope, intercept), rel=1e-3)
    assert run.learner.predict(x[:, None]) == pytest.approx(slope * x + intercept, rel=1e-5)
    rows = columns(run.steps)
    own = run.own_units(np.stack([rows["w"], rows["b"]], axis=1).astype(np.float64))
    assert own[-1] == pytest.approx([slope, intercept], rel=1e-3)


def test_a_constant_column_is_only_shifted() -> None:
    run = finished(points([0.1, 0.1, 0.1], [1, 2, 6], {"standardize": True}))
    assert run.learner.data.train.inputs[:, 0].tolist() == [0.1] * 3
    assert run.learner.inputs.tolist() == pytest.approx(np.zeros((3, 1)), abs=1e-12)
    assert run.learner.predict(np.array([[0.1]])) == pytest.approx([3.0], rel=0.2)
    assert run.facts.least_squares is None
    assert run.facts.best_loss == pytest.approx(14 / 3)


def test_the_articles_best_line_and_marks() -> None:
    facts = facts_of(article(), article().make_data())
    assert facts.least_squares is not None
    assert facts.least_squares.numbers == pytest.approx((2.01379, 0.91359), abs=5e-6)
    assert facts.best_loss == pytest.approx(0.2037, abs=5e-5)
    assert facts.expected_loss == 0.25
    assert facts.stability_limit == pytest.approx(0.11, abs=0.005)
    assert article().make_data().ranges.tolist() == [[0, 5]]


numbers = st.floats(-50, 50).map(lambda v: round(v, 2))
clouds = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=9)


@given(clouds)
def test_least_squares_is_polyfit(cloud: list[tuple[float, float]]) -> None:
    x, y = np.array(cloud).T
    assume(np.ptp(x) > 0.05)
    experiment = points(x, y)
    train = experiment.make_data().train
    line = least_squares(train)
    assert line is not None
    slope, intercept = np.polyfit(x - x.mean(), y, 1)
    assert line.w == pytest.approx(slope, rel=1e-6, abs=1e-6)
    assert line.b == pytest.approx(intercept - slope * x.mean(), rel=1e-6, abs=1e-5)
    best = np.mean((y - intercept - slope * (x - x.mean())) ** 2)
    assert best_loss(experiment, train) == pytest.approx(best, rel=1e-6, abs=1e-9)


@settings(max_examples=40)
@given(clouds)
def test_no_line_has_a_smaller_mean_absolute_error(cloud: list[tuple[float, float]]) -> None:
    # Some best line goes through two of the points (a linear program's corner).
    x, y = np.array(cloud).T
    experiment = points(x, y, {"loss": "mae"})
    candidates = [float(np.mean(np.abs(y - np.median(y))))]
    for i, j in combinations(range(len(x)), 2):
        if x[i] != x[j]:
            w = (y[j] - y[i]) / (x[j] - x[i])
            candidates.append(float(np.mean(np.abs(y - y[i] - w * (x - x[i])))))
    got = best_loss(experiment, experiment.make_data().train)
    assert got == pytest.approx(min(candidates), rel=1e-6, abs=1e-6)


@settings(max_examples=25)
@given(clouds, st.sampled_from([0.1, 1.0, 30.0]))
def test_no_line_has_a_smaller_huber_loss(cloud: list[tuple[float, float]], delta: float) -> None:
    x, y = np.array(cloud).T
    assume(np.ptp(x) > 0.05)
    experiment = points(x, y, {"loss": Choice("huber", {"delta": delta})})

    def loss(error: Floats) -> float:
        e = np.abs(error)
        return float(np.mean(np.where(e <= delta, e**2 / 2, delta * (e - delta / 2))))

    # Iteratively reweighted least squares, which falls at every turn (Huber 1981, §7.8).
    design = np.stack([x, np.ones_like(x)], axis=1)
    line = np.linalg.lstsq(design, y, rcond=None)[0]
    for _ in range(3000):
        root = np.sqrt(np.minimum(1, delta / np.maximum(np.abs(y - design @ line), 1e-12)))
        line = np.linalg.lstsq(design * root[:, None], y * root, rcond=None)[0]
    reached = loss(y - design @ line)
    got = best_loss(experiment, experiment.make_data().train)
    assert got is not None
    assert got <= reached * (1 + 1e-9) + 1e-9
    assert got == pytest.approx(reached, rel=2e-3, abs=1e-6)


@pytest.mark.parametrize("sigma", [0.01, 0.5, 1.0, 30.0])
def test_expected_losses_are_integrals_over_the_noise(sigma: float) -> None:
    error, width = np.linspace(-12 * sigma, 12 * sigma, 200_001, retstep=True)
    density = np.exp(-((error / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))

    def mean(height: Floats) -> float:
        return float(np.sum(height * density) * width)

    def expected(name: str, values: Mapping[str, float], sigma: float) -> float:
        found = LOSSES[name].expected
        assert found is not None
        return found(values, sigma)

    assert expected("mse", {}, sigma) == pytest.approx(mean(error**2))
    assert expected("mae", {}, sigma) == pytest.approx(mean(np.abs(error)))
    for delta in (0.1, 1.0, 5.0):
        size = np.abs(error)
        height = np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))
        got = expected("huber", {"delta": delta}, sigma)
        assert got == pytest.approx(mean(height), rel=1e-6)
    assert all(expected(n, {"delta": 1.0}, 0.0) == 0 for n in ("mse", "mae", "huber"))


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("standardize", [False, True])
def test_training_converges_below_the_stability_limit_and_diverges_above(
    momentum: float, standardize: bool
) -> None:
    optimizer = Choice("sgd", {"momentum": momentum})
    base = article({"optimizer": optimizer, "standardize": standardize, "stop.epochs": 1500})
    facts = facts_of(base, base.make_data())
    assert facts.stability_limit is not None
    below = finished(base.changed({"learning_rate": 0.98 * facts.stability_limit}))
    assert below.view().final_loss == pytest.approx(facts.best_loss, rel=1e-4)
    above = finished(base.changed({"learning_rate": 1.02 * facts.stability_limit}))
    assert above.stopped is not None
    assert above.stopped.rule is Rule.NON_FINITE


def test_facts_that_are_not_known_are_none() -> None:
    mae = article({"loss": "mae"})
    assert facts_of(mae, mae.make_data()).stability_limit is None
    huge = article({"loss": "huber", "data.points": 20_001})
    assert facts_of(huge, huge.make_data()).best_loss is None
    file = points([1, 2, 3], [1, 2, 4])
    assert facts_of(file, file.make_data()).expected_loss is None
