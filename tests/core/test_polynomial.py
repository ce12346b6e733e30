"""The polynomial against numpy, torch's own autograd and the article's line."""

from typing import Any

import numpy as np
import pytest
import torch

from guitrain.core.closed_form import facts_of
from guitrain.core.data import Scaling
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.models import POLYNOMIAL
from guitrain.core.polynomial_fit import LeastSquaresPolynomial
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.stability import hessian_eigenvalues
from guitrain.core.stopping import Rule
from tests.core.recipes import article, begun, finished, mse, points

X = np.linspace(-2.0, 3.0, 40)
BENT = points(X, X**3 - 2 * X + 0.1 * np.sin(20 * X))


def polynomial(degree: int, changes: dict[str, Any] | None = None) -> Experiment:
    model = {"model": Choice("polynomial", {"degree": degree})}
    return BENT.changed({**model, "learning_rate": 0.002, **(changes or {})})


def test_training_is_torchs() -> None:
    experiment = polynomial(3, {"stop.epochs": 20})
    run = finished(experiment)
    generator = torch.Generator().manual_seed(experiment.seeds.weights)
    w, b = torch.randn(3, 1, generator=generator), torch.randn(1, generator=generator)
    w.requires_grad_(), b.requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=0.002)
    data = run.learner.data.train
    x, y = (
        torch.tensor(a, dtype=torch.float32).reshape(-1, 1) for a in (data.inputs, data.targets)
    )
    losses = []
    for _ in range(20):
        loss = torch.nn.functional.mse_loss(torch.cat([x, x**2, x**3], 1) @ w + b, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert run.view().steps.column("loss") == pytest.approx(losses, rel=1e-5)
    assert run.view().numbers == pytest.approx((*w.flatten().tolist(), b.item()), rel=1e-4)


@pytest.mark.parametrize("degree", [1, 2, 5, 7])
def test_numbers_of_standardised_inputs_are_those_of_the_same_curve(degree: int) -> None:
    scaling = Scaling(np.array([1.7]), np.array([0.6]))
    numbers = np.random.default_rng(degree).normal(size=(4, degree + 1))
    x = np.linspace(-1.0, 4.0, 9)
    own = POLYNOMIAL.to_own_units(numbers, scaling)
    for row, made in zip(numbers, own, strict=True):
        scaled = np.polyval([*row[-2::-1], row[-1]], (x - 1.7) / 0.6)
        assert np.polyval([*made[-2::-1], made[-1]], x) == pytest.approx(scaled, rel=1e-8, abs=1e-8)
    assert POLYNOMIAL.from_own_units(own, scaling) == pytest.approx(numbers, rel=1e-9, abs=1e-9)


def test_one_of_degree_1_is_the_articles_line() -> None:
    line = finished(article())
    other = finished(
        article({"model": Choice("polynomial", {"degree": 1}), "initial": (-0.20546, 0.783)})
    )
    assert other.view().numbers == pytest.approx(line.view().numbers, rel=1e-5)
    assert other.view().curve is None
    assert other.facts == line.facts or other.facts.least_squares == line.facts.least_squares


@pytest.mark.parametrize("degree", [2, 3, 9, 30])
def test_least_squares_are_numpys(degree: int) -> None:
    facts = facts_of(polynomial(degree), BENT.make_data())
    best = facts.least_squares
    assert isinstance(best, LeastSquaresPolynomial)
    y = BENT.make_data().train.targets
    fitted = np.polynomial.Legendre.fit(X, y, degree)
    assert best.predict(X[:, None]) == pytest.approx(fitted(X), abs=1e-7)
    assert facts.best_loss == pytest.approx(np.mean((fitted(X) - y) ** 2), abs=1e-12)
    if degree <= 7:
        *weights, bias = best.numbers
        assert [bias, *weights] == pytest.approx(np.polyfit(X, y, degree)[::-1], abs=1e-8)


def test_many_polynomials_through_few_points_are_no_best_one() -> None:
    few = points([1.0, 2.0, 4.0], [1.0, 5.0, 3.0], {"model": "polynomial"})
    facts = facts_of(few, few.make_data())
    assert facts.least_squares is None
    assert facts.best_loss == pytest.approx(0.0, abs=1e-20)
    alone = points([2.0, 2.0], [1.0, 3.0], {"model": "polynomial"})
    assert facts_of(alone, alone.make_data()).best_loss == pytest.approx(1.0)


@pytest.mark.parametrize("standardize", [False, True])
def test_the_limit_is_that_of_the_features_hessian(standardize: bool) -> None:
    experiment = polynomial(3, {"standardize": standardize, "stop.epochs": 3000})
    data = experiment.make_data()
    x = Scaling.of(data.train.inputs, standardize).apply(data.train.inputs)[:, 0]
    features = np.stack([x, x**2, x**3, np.ones_like(x)], axis=1)
    hessian = 2 * features.T @ features / len(x)
    found = hessian_eigenvalues(experiment, data.train)
    assert found == pytest.approx(np.linalg.eigvalsh(hessian), rel=1e-8)
    bands = facts_of(experiment, data).bands
    assert bands is not None
    assert bands.limit == pytest.approx(2 / np.linalg.eigvalsh(hessian)[-1])
    over = finished(experiment.changed({"learning_rate": bands.limit * 1.02}))
    under = finished(experiment.changed({"learning_rate": bands.limit * 0.98}))
    assert over.stopped is not None
    assert over.stopped.rule is Rule.NON_FINITE
    assert under.last_loss is not None
    assert under.last_loss < 100


def test_degree_30_diverges_cleanly() -> None:
    for standardize in (False, True):
        run = finished(polynomial(30, {"standardize": standardize, "learning_rate": 0.01}))
        assert run.stopped is not None
        assert run.stopped.rule is Rule.NON_FINITE
        assert run.view().curve is not None
        assert run.facts.largest_feature is not None
        assert run.facts.largest_feature > 1e4
    huge = points(X * 1e12, X, {"model": Choice("polynomial", {"degree": 30})})
    run = finished(huge)
    assert run.facts.bands is None
    assert run.facts.largest_feature == np.inf


def test_the_curve_is_what_the_model_predicts_at_each_place() -> None:
    for degree in (3, 9):
        run = begun(polynomial(degree, {"standardize": True, "learning_rate": 0.01}))
        first = run.view().curve
        assert first is not None
        assert run.view().curve is first  # worked out once
        run.run_until(float("inf"), 5)
        curve = run.view((7.5,)).curve
        assert curve is not None
        assert curve.x[0] < -2.0
        assert curve.x[-1] > 7.5
        assert curve.y == pytest.approx(run.learner.predict(curve.x[:, None]))
        assert curve.of_rows == pytest.approx(run.learner.predict(X[:, None]), abs=1e-6)
        run.seek(0)
        past = run.view().curve
        assert past is not None
        assert np.array_equal(past.y, first.y)


def test_weights_by_hand_are_for_few() -> None:
    by_hand = polynomial(3, {"initial": (0.5, -1.0, 2.0, 0.25), "standardize": True})
    assert begun(by_hand).view().numbers == pytest.approx((0.5, -1.0, 2.0, 0.25), abs=1e-5)
    assert begun(polynomial(7)).view().numbers is not None
    many = begun(polynomial(8))
    assert many.view().numbers is None
    assert "w1" not in many.view().steps.levels[0].low
    with pytest.raises(ExperimentProblem) as caught:
        polynomial(8, {"initial": (0.0,) * 9})
    assert caught.value.code == "initial_many"
    # Another model has other weights: those set by hand go, and none are refused for that.
    assert article({"model": "polynomial"}).initial is None
    assert article({"model": Choice("linear")}).initial == (-0.20546, 0.783)


def test_one_point_and_one_x_are_survived() -> None:
    for x in ([2.0], [2.0, 2.0]):
        for degree in (2, 9):
            changes = {"model": Choice("polynomial", {"degree": degree}), "standardize": True}
            run = Run(points(x, x, changes))
            run.run()
            assert mse(run.test().train) < 100
            assert run.facts.least_squares is None
