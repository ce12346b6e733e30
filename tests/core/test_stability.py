"""The bands of learning rates: against numpy's eigenvalues, and against what real runs do."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guitrain.core.closed_form import facts_of
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.optimizers import OPTIMIZERS
from guitrain.core.run import Run
from guitrain.core.stability import REST, Bands, Regime, bands_of, rescue_rate
from guitrain.core.stopping import Rule
from tests.core.recipes import article, finished, points

Floats = NDArray[np.float64]
EPOCHS = 100


def bands(experiment: Experiment) -> Bands:
    made = bands_of(experiment, experiment.make_data().train)
    assert made is not None
    return made


def hessian(x: Floats) -> Floats:
    """Of the mean squared error of w·x + b."""
    design = np.stack([x, np.ones_like(x)], axis=1)
    return 2 * design.T @ design / len(x)


def heavy_ball(beta: float, rate: float, eigenvalue: float) -> float:
    """The spectral radius of (error, velocity) → their next, by numpy."""
    # v ← βv + λe, e ← e − ηv.
    step = np.array([[1 - rate * eigenvalue, -rate * beta], [eigenvalue, beta]])
    return float(np.abs(np.linalg.eigvals(step)).max())


def look_ahead(beta: float, rate: float, eigenvalue: float) -> float:
    """The same with Nesterov's look ahead, as torch.optim.SGD steps."""
    # v ← βv + λe, e ← e − η(λe + βv).
    velocity = np.array([eigenvalue, beta])
    step = np.array([[1 - rate * eigenvalue, 0.0] - rate * beta * velocity, velocity])
    return float(np.abs(np.linalg.eigvals(step)).max())


betas = st.floats(0.0, 0.99)
RADIUS = {False: heavy_ball, True: look_ahead}


# The optimizer's own formulas.


@given(betas, st.floats(1e-6, 10.0), st.floats(1e-3, 1e3), st.booleans())
def test_contraction_is_the_spectral_radius_of_the_step(
    beta: float, rate: float, eigenvalue: float, nesterov: bool
) -> None:
    entry = OPTIMIZERS["sgd"]
    assert entry.contraction is not None
    got = entry.contraction({"momentum": beta, "nesterov": nesterov}, rate, eigenvalue)
    # Near a double root numpy itself is only that exact.
    radius = RADIUS[nesterov](beta, rate, eigenvalue)
    assert got == pytest.approx(radius, rel=1e-6, abs=1e-6)
    if nesterov:
        return
    roots = np.roots([1, -(1 + beta - rate * eigenvalue), beta])
    assert got == pytest.approx(float(np.abs(roots).max()), rel=1e-6, abs=1e-7)


@given(betas, st.floats(1e-3, 1e3), st.booleans())
def test_contraction_is_1_at_the_limit(beta: float, eigenvalue: float, nesterov: bool) -> None:
    entry = OPTIMIZERS["sgd"]
    assert entry.stability is not None
    limit = entry.stability({"momentum": beta, "nesterov": nesterov}, eigenvalue)
    radius = RADIUS[nesterov]
    assert radius(beta, limit, eigenvalue) == pytest.approx(1, abs=1e-6)
    assert radius(beta, 1.001 * limit, eigenvalue) > 1
    assert radius(beta, 0.999 * limit, eigenvalue) < 1


@given(st.floats(0.01, 0.99), st.floats(1e-3, 1e3), st.booleans())
def test_errors_change_their_sign_from_the_overshoot_on(
    beta: float, eigenvalue: float, nesterov: bool
) -> None:
    entry = OPTIMIZERS["sgd"]
    assert entry.overshoot is not None
    edge = entry.overshoot({"momentum": beta, "nesterov": nesterov}, eigenvalue)

    def swings(rate: float) -> bool:
        # The step's own matrix, two unit vectors carried one step on.
        def step(error: float, velocity: float) -> tuple[float, float]:
            velocity = beta * velocity + eigenvalue * error
            move = eigenvalue * error + beta * velocity if nesterov else velocity
            return error - rate * move, velocity

        matrix = np.array([step(1.0, 0.0), step(0.0, 1.0)]).T
        roots = np.linalg.eigvals(matrix)
        return bool(np.abs(roots.imag).max() > 1e-9 or roots.real.min() < -1e-9)

    assert not swings(0.99 * edge)
    assert swings(1.01 * edge)


# The bands.


xs = st.lists(st.floats(-100, 100).map(lambda v: round(v, 2)), min_size=2, max_size=9)


@settings(max_examples=60)
@given(xs, betas, st.booleans(), st.booleans())
def test_bands_are_those_of_numpys_eigenvalues(
    x: list[float], beta: float, standardize: bool, nesterov: bool
) -> None:
    assume(np.ptp(x) > 0.05)
    assume(beta > 1e-3 or not nesterov)
    optimizer, radius = Choice("sgd", {"momentum": beta, "nesterov": nesterov}), RADIUS[nesterov]
    made = bands(points(x, x, {"optimizer": optimizer, "standardize": standardize}))
    seen = np.array(x)
    if standardize:
        seen = (seen - seen.mean()) / seen.std()
    low, high = np.linalg.eigvalsh(hessian(seen))
    assert made.eigenvalues == pytest.approx((low, high), rel=1e-6)
    limit, edge = 2 * (1 + beta) / high, (1 - math.sqrt(beta)) ** 2 / high
    if nesterov:
        limit, edge = limit / (1 + 2 * beta), ((1 - beta) / (1 + beta)) ** 2 / high
    assert made.limit == pytest.approx(limit)
    assert made.overshoots == pytest.approx(edge, rel=1e-6)
    assert 0 < made.creeps(EPOCHS) <= made.overshoots < made.best * (1 + 1e-6)
    assert made.best < made.limit
    # No rate on a fine grid has a smaller worst contraction.
    rates = np.geomspace(made.limit * 1e-6, made.limit * 1.1, 4000)
    worst = min(max(radius(beta, rate, each) for each in (low, high)) for rate in rates[::10])
    at_best = max(radius(beta, made.best, each) for each in (low, high))
    assert at_best <= worst + 1e-6
    # Near 0 it is a root of a rounding error; with the look ahead, of the best rate's own.
    assert made.contraction(made.best) == pytest.approx(
        at_best, rel=1e-5, abs=1e-3 if nesterov else 1e-7
    )


@pytest.mark.parametrize("standardize", [False, True])
def test_best_rate_of_plain_descent_is_its_formula(standardize: bool) -> None:
    made = bands(article({"standardize": standardize}))
    assert made.best == pytest.approx(2 / (made.eigenvalues[0] + made.eigenvalues[-1]))


def test_articles_bands() -> None:
    made = bands(article())
    low, high = np.linalg.eigvalsh(hessian(np.linspace(0, 5, 100)))
    assert made.limit == pytest.approx(2 / high)
    assert f"{made.limit:.4f}" == "0.1094"
    assert f"{made.overshoots:.4f}" == "0.0547"
    assert f"{made.best:.4f}" == f"{2 / (low + high):.4f}" == "0.1067"
    # (1 − η·λmax)^200 = 1 %.
    assert made.creeps(EPOCHS) == pytest.approx((1 - REST ** (1 / 200)) / high)
    for rate, regime in (
        (0.001, Regime.CREEPS),
        (0.01, Regime.CONVERGES),
        (0.08, Regime.OVERSHOOTS),
        (0.2, Regime.DIVERGES),
    ):
        assert made.regime(rate, EPOCHS) is regime


def test_more_epochs_leave_less_that_creeps() -> None:
    made = bands(article())
    edges = [made.creeps(epochs) for epochs in (1, 10, 1000, 10**9)]
    assert edges == sorted(edges, reverse=True)
    assert made.regime(0.001, 100) is Regime.CREEPS
    assert made.regime(0.001, 1000) is Regime.CONVERGES


def test_huber_has_half_the_curvature_and_only_a_bound() -> None:
    plain, huber = bands(article()), bands(article({"loss": "huber"}))
    assert huber.limit == pytest.approx(2 * plain.limit)
    assert plain.parabolic
    assert not huber.parabolic


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "sgd"])
def test_nothing_is_known_of_optimizers_that_divide_by_the_gradients_size(name: str) -> None:
    experiment = article({"optimizer": name})
    assert bands_of(experiment, experiment.make_data().train) is None
    assert OPTIMIZERS[name].stability is None
    assert OPTIMIZERS[name].contraction is None


@pytest.mark.parametrize("rate", [0.073, 0.076])
def test_look_ahead_diverges_over_its_limit(rate: float) -> None:
    optimizer = Choice("sgd", {"momentum": 0.9, "nesterov": True})
    experiment = article({"optimizer": optimizer, "learning_rate": rate, "stop.epochs": 6000})
    assert f"{bands(experiment).limit:.4f}" == "0.0742"
    stopped = finished(experiment).stopped
    assert stopped is not None
    assert (stopped.rule is Rule.NON_FINITE) is (rate > 0.0742)


def test_nothing_is_known_where_the_loss_has_no_curvature() -> None:
    mae = article({"loss": "mae"})
    assert bands_of(mae, mae.make_data().train) is None
    facts = facts_of(mae, mae.make_data())
    assert facts.bands is None
    assert facts.stability_limit is None


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.99])
@pytest.mark.parametrize(
    ("x", "standardize"), [([3.0], False), ([3.0], True), ([7.0] * 4, False), ([0.1] * 3, True)]
)
def test_points_at_one_x_have_one_direction(
    x: list[float], standardize: bool, momentum: float
) -> None:
    optimizer = Choice("sgd", {"momentum": momentum})
    made = bands(points(x, x, {"standardize": standardize, "optimizer": optimizer}))
    steepest = 2.0 if standardize else 2 * (x[0] ** 2 + 1)
    assert made.eigenvalues == pytest.approx((steepest,))
    assert made.limit == pytest.approx(2 * (1 + momentum) / steepest)
    # The middle between the rates at which the roots turn complex and real again, which for
    # plain descent is 1/λ: there in one step.
    assert made.best == pytest.approx((1 - momentum) / steepest, rel=1e-6)
    assert made.contraction(made.best) == pytest.approx(math.sqrt(momentum), abs=1e-8)


@pytest.mark.parametrize("x", [[0.0, 1e15], [1e15, 1e15 + 8], [0.0, 1e-12], [0.0, 0.0]])
def test_odd_scales_have_bands_in_order(x: list[float]) -> None:
    made = bands(points(x, [0.0, 0.0]))
    assert 0 < made.creeps(EPOCHS) <= made.overshoots <= made.best * (1 + 1e-6)
    assert made.best < made.limit
    assert math.isfinite(made.limit)


def test_rate_at_an_edge_belongs_to_the_calmer_band() -> None:
    made = bands(article({"standardize": True}))
    assert made.best == pytest.approx(0.5, rel=1e-8)
    assert made.regime(0.5, EPOCHS) is Regime.CONVERGES
    assert made.epochs(0.5) == 1
    assert made.regime(0.5001, EPOCHS) is Regime.OVERSHOOTS
    assert made.regime(made.limit, EPOCHS) is Regime.OVERSHOOTS
    assert made.overflow(0.5) == math.inf
    assert made.epochs(1.5) == math.inf


@pytest.mark.parametrize(
    ("rate", "limit", "expected"),
    [(0.2, 0.1094, 0.067), (0.5, 0.1094, 0.055), (0.3, None, 0.1), (0.3275, 0.1094, 0.055)],
)
def test_rescue_is_a_third_unless_that_diverges_too(
    rate: float, limit: float | None, expected: float
) -> None:
    assert rescue_rate(rate, limit) == expected


# Against what happens.


def errors(run: Run) -> Floats:
    """The distance from the best line before each update (n, 2), along the Hessian's eigenvectors
    from flat to steep.
    """
    view = run.view()
    line = view.facts.least_squares
    assert line is not None
    _, directions = np.linalg.eigh(hessian(view.data.train.inputs[:, 0]))
    weights = np.stack([view.steps.column("w"), view.steps.column("b")], axis=1)
    errors: Floats = (weights.astype(np.float64) - line.numbers) @ directions
    return errors


def settled(error: Floats) -> int:
    """Steps after which the excess loss, as the error's square, stays within 1 % of its first."""
    over = np.flatnonzero(error**2 > REST * error[0] ** 2)
    return int(over[-1]) + 1


@pytest.mark.parametrize("rate", [0.005, 0.02, 0.05, 0.08, 0.1067])
def test_plain_descent_takes_the_epochs_predicted(rate: float) -> None:
    run = finished(article({"learning_rate": rate, "stop.epochs": 1500}))
    made = run.facts.bands
    assert made is not None
    for along, eigenvalue in zip(errors(run).T, made.eigenvalues, strict=True):
        assert settled(along) == pytest.approx(made.epochs(rate, eigenvalue), abs=1.01)


@pytest.mark.parametrize(
    ("momentum", "rate"), [(0.5, 0.001), (0.5, 0.1), (0.9, 0.001), (0.9, 0.034), (0.9, 0.2)]
)
def test_momentum_takes_about_the_epochs_predicted(momentum: float, rate: float) -> None:
    changes = {"learning_rate": rate, "stop.epochs": 4000, "optimizer.momentum": momentum}
    run = finished(article(changes))
    made = run.facts.bands
    assert made is not None
    slowest = max(settled(along) for along in errors(run).T)
    assert made.epochs(rate) / 2 < slowest < made.epochs(rate) * 2


@pytest.mark.parametrize(
    ("rate", "signs"), [(0.01, 1), (0.054, 1), (0.056, -1), (0.1, -1), (0.12, -1), (0.3, -1)]
)
def test_error_along_the_steepest_direction_zigzags_where_it_overshoots(
    rate: float, signs: int
) -> None:
    run = finished(article({"learning_rate": rate, "stop.epochs": 20}))
    made = run.facts.bands
    assert made is not None
    steep = errors(run)[:, 1][:5]
    steep = steep[np.abs(steep) > 1e-4]
    assert len(steep) > 1
    assert set(np.sign(steep[1:] * steep[:-1])) == {signs}
    overshoots = made.regime(rate, 20) in (Regime.OVERSHOOTS, Regime.DIVERGES)
    assert overshoots == (signs < 0)


@pytest.mark.parametrize("rate", [0.0115, 0.012, 0.015])
def test_creeping_run_has_over_1_percent_left_at_its_end(rate: float) -> None:
    # Standardised, both directions are equally steep: all the excess loss falls alike.
    run = finished(article({"learning_rate": rate, "standardize": True}))
    made, best = run.facts.bands, run.facts.best_loss
    view = run.view()
    assert made is not None
    assert best is not None
    assert view.final_loss is not None
    left = (view.final_loss - best) / (view.steps.column("loss")[0] - best)
    edge = made.creeps(EPOCHS)
    assert made.regime(rate, EPOCHS) is (Regime.CREEPS if rate < edge else Regime.CONVERGES)
    assert (left > REST) == (rate < edge)


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.115},
        {"learning_rate": 0.2},
        {"learning_rate": 5.0},
        {"learning_rate": 0.5, "optimizer.momentum": 0.9},
    ],
)
def test_diverging_run_ends_about_when_predicted(changes: dict[str, Any]) -> None:
    run = finished(article({**changes, "stop.epochs": 5000}))
    made, rate = run.facts.bands, changes["learning_rate"]
    assert made is not None
    assert made.regime(rate, 5000) is Regime.DIVERGES
    assert run.stopped is not None
    assert run.stopped.rule is Rule.NON_FINITE
    assert run.head == pytest.approx(made.overflow(rate), rel=0.2, abs=2)
    loss = run.view().steps.column("loss").astype(np.float64)
    loss = loss[np.isfinite(loss)]
    # In the long run; the first steps of momentum are smaller.
    assert loss[-1] / loss[-2] == pytest.approx(made.growth(rate), rel=0.05)
