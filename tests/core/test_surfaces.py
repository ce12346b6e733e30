"""The test surfaces: values and slopes by hand, known minima, and descent on them."""

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from guitrain.core.by_hand import ByHand
from guitrain.core.code import script
from guitrain.core.datasets.surfaces import TEST_SURFACES
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.graph_view import GraphView
from guitrain.core.landscape import LandscapeJob
from guitrain.core.landscape_bounds import bounds_for
from guitrain.core.landscape_view import LandscapeView
from guitrain.core.look import graph_view
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.stopping import Rule
from guitrain.core.surfaces import Surface
from guitrain.core.sweep import SweepPlan, second_settings
from guitrain.core.sweep_job import SweepJob
from guitrain.numbers import format_number
from guitrain.rescue import rescue_of
from guitrain.sentences import stop_sentence
from guitrain.stability_words import rate_sentence
from tests.core.recipes import begun, columns, finished, state
from tests.core.scripts import OtherProcess, expected

NAMES = [entry.name for entry in TEST_SURFACES]


def on(name: str, changes: dict[str, Any] | None = None) -> Experiment:
    """An experiment on a surface, at a rate that none of them diverges at."""
    return Experiment().changed({"data": name, "learning_rate": 1e-3, **(changes or {})})


def surface(name: str) -> Surface:
    found = on(name).surface
    assert found is not None
    return found


def by_hand(name: str, u: float, v: float) -> tuple[float, float, float]:
    """f, ∂f/∂u and ∂f/∂v, written down from the papers and differentiated with a pencil."""
    if name == "bowl":
        return u * u + v * v, 2 * u, 2 * v
    if name == "ravine":
        return u * u / 2 + 5 * v * v, u, 10 * v
    if name == "saddle":
        return u * u - v * v, 2 * u, -2 * v
    if name == "rosenbrock":
        off = v - u * u
        return (u - 1) ** 2 + 100 * off * off, 2 * (u - 1) - 400 * u * off, 200 * off
    if name == "himmelblau":
        a, b = u * u + v - 11, u + v * v - 7
        return a * a + b * b, 4 * u * a + 2 * b, 2 * a + 4 * v * b
    assert name == "beale"
    f = slope_u = slope_v = 0.0
    for power, target in ((1, 1.5), (2, 2.25), (3, 2.625)):
        residual = target - u * (1 - v**power)
        f += residual * residual
        slope_u += 2 * residual * (v**power - 1)
        slope_v += 2 * residual * u * power * v ** (power - 1)
    return f, slope_u, slope_v


PLACES = [(-1.2, 1.0), (0.0, 0.0), (2.5, -0.75), (-3.3, 1.9)]


@pytest.mark.parametrize("name", NAMES)
def test_value_and_slopes_are_those_of_the_papers(name: str) -> None:
    known = surface(name)
    for place in PLACES:
        f, *slopes = by_hand(name, *place)
        assert known.of(*place) == pytest.approx(f, rel=1e-12)
        assert [slope(*place) for slope in known.slopes_of] == pytest.approx(slopes, rel=1e-12)
        # And through torch: the loss and the gradient of the first step from there.
        run = begun(on(name, {"initial": place}))
        while run.phase is not Phase.BACKWARD:
            run.advance()
        assert run.learner.loss_value == pytest.approx(f, rel=1e-5)
        assert run.learner.gradient_parts() == pytest.approx(slopes, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_minima_are_what_they_are_said_to_be(name: str) -> None:
    known = surface(name)
    assert (known.least is None) == (not known.minima)
    near = np.linspace(-0.05, 0.05, 11)
    for u, v in known.minima:
        f, *slopes = by_hand(name, u, v)
        assert f == pytest.approx(known.least, abs=1e-24)
        assert slopes == pytest.approx([0.0, 0.0], abs=1e-11)
        around = [by_hand(name, u + du, v + dv)[0] for du in near for dv in near if du or dv]
        assert min(around) > f
    left, right, low, high = known.box
    for u, v in (*known.minima, known.start):
        assert left < u < right
        assert low < v < high


def test_himmelblau_has_four_minima_and_the_start_decides() -> None:
    starts = [(3.5, 2.5), (-3.0, 3.0), (-4.0, -3.5), (4.0, -2.0)]
    found = []
    for start in starts:
        run = finished(on("himmelblau", {"initial": start, "stop.epochs": 2000}))
        found.append(run.view().numbers or ())
    minima = np.array(surface("himmelblau").minima)
    np.testing.assert_allclose(np.array(found), minima, atol=1e-4)


def test_descent_on_the_bowl_is_its_closed_form() -> None:
    rate, (u, v) = 0.07, surface("bowl").start
    run = finished(on("bowl", {"learning_rate": rate, "stop.epochs": 40}))
    view = run.view()
    shrunk = np.power(1 - 2 * rate, np.arange(41.0))
    losses = (u * u + v * v) * shrunk**2
    recorded = columns(run.steps) | columns(run.epochs)
    for name, wanted in (("u", u * shrunk), ("v", v * shrunk), ("loss", losses)):
        found = recorded[name].astype(np.float64)
        np.testing.assert_allclose(found, wanted[:-1], rtol=1e-5)
    assert view.numbers == pytest.approx((u * shrunk[-1], v * shrunk[-1]), rel=1e-5)
    assert view.final_loss == pytest.approx(losses[-1], rel=1e-5)
    assert (view.step, view.epoch, view.batches) == (40, 40, 1)  # a step is an epoch


def test_the_ravines_limit_is_two_over_its_steepness() -> None:
    run = begun(on("ravine", {"data.steepness": 25.0}))
    bands = run.facts.bands
    assert bands is not None
    assert bands.eigenvalues == (1.0, 25.0)
    assert bands.limit == pytest.approx(2 / 25)
    assert bands.best == pytest.approx(2 / 26)
    for rate, grows in ((0.0799, False), (0.0801, True)):
        changes = {"data.steepness": 25.0, "learning_rate": rate, "stop.epochs": 3000}
        losses = finished(on("ravine", changes)).steps.publish().column("loss")
        assert (losses[-1] > losses[0]) == grows


@pytest.mark.parametrize(
    ("name", "at", "largest"),
    # Of Rosenbrock's Hessian [[802, −400], [−400, 200]] at (1, 1), and of the quadratics.
    [
        ("rosenbrock", (1.0, 1.0), 501 + math.hypot(301, 400)),
        ("saddle", (0.3, 9.0), 2.0),
        ("himmelblau", (0.0, 0.0), -26.0),
    ],
)
def test_curvature_is_the_hessians(name: str, at: tuple[float, float], largest: float) -> None:
    assert surface(name).curvature(*at) == pytest.approx(largest, rel=1e-6)


# What is refused, and what another choice brings with it.


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"batch_size": 5}, "needs_points"),
        ({"l2": 0.1}, "needs_points"),
        ({"standardize": True}, "needs_points"),
        ({"features": ("x", "squares")}, "needs_points"),
        ({"validation_fraction": 0.2}, "needs_points"),
        ({"stop.validation_patience": 3}, "needs_points"),
        ({"loss": "mse"}, "loss_surface"),
        ({"model": "mlp"}, "model_surface"),
    ],
    ids=str,
)
def test_what_asks_for_points_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        on("rosenbrock").changed(changes)
    assert caught.value.code == code
    with pytest.raises(ExperimentProblem) as caught:
        Experiment().changed({"model": "surface"})
    assert caught.value.code == "model_points"


def test_a_surface_takes_over_and_gives_back() -> None:
    before = Experiment().changed(
        {
            "data.points": 30,
            "batch_size": 5,
            "standardize": True,
            "l1": 0.1,
            "validation_fraction": 0.3,
            "stop.validation_patience": 4,
            "stop.patience": 7,
            "optimizer": "adam",
            "model": "polynomial",
        }
    )
    bowl = before.changed({"data": "bowl"})
    assert (bowl.model.name, bowl.loss.name, bowl.optimizer.name) == ("surface", "height", "adam")
    assert bowl.stop.patience == 7
    assert Experiment.from_json(json.loads(json.dumps(bowl.to_json()))) == bowl
    moved = bowl.changed({"initial": (0.5, 0.25)})
    assert moved.changed({"learning_rate": 0.1}).initial == (0.5, 0.25)
    assert moved.changed({"data": "beale"}).initial is None  # its own classic start
    back = moved.changed({"data": "line"})
    assert (back.model.name, back.loss.name, back.initial) == ("linear", "mse", None)
    with pytest.raises(ValueError, match="no points"):
        finished(bowl).test()


# Divergence in words.


def test_the_saddle_is_left_without_end_and_said_so() -> None:
    run = finished(on("saddle", {"learning_rate": 0.1, "stop.epochs": 10_000}))
    assert run.stopped is not None
    assert (run.stopped.rule, run.stopped.loss) == (Rule.NON_FINITE, -math.inf)
    assert "no minimum" in stop_sentence(run.view())
    assert rescue_of(run) is None  # it has only fallen: there is nothing to go back to
    assert "no minimum" in rate_sentence(run.experiment, run.facts)


def test_a_rate_over_the_limit_diverges_on_rosenbrock_and_the_rescue_is_under_it() -> None:
    run = finished(on("rosenbrock", {"learning_rate": 0.01}))
    assert run.stopped is not None
    assert run.stopped.rule is Rule.NON_FINITE
    found = rescue_of(run)
    assert found is not None
    step, rate = found
    limit = 2 / surface("rosenbrock").curvature(-1.2, 1.0)
    assert rate < limit < 0.01
    assert format_number(rate) in stop_sentence(run.view())
    assert format_number(limit, 3) in rate_sentence(run.experiment, run.facts)
    run.seek(step)
    rescued = run.change({"learning_rate": rate, "stop.epochs": 500})
    rescued.run()
    assert rescued.view().final_loss is not None
    assert rescued.stopped is not None
    assert rescued.stopped.rule is Rule.EPOCHS


# What every run can do.


def test_time_travel_and_branches_come_to_the_same_bits() -> None:
    run = begun(on("rosenbrock", {"optimizer": "adam", "learning_rate": 0.05}))
    run.run_until(float("inf"), steps=30)
    run.seek(20)
    at_20 = state(run)
    run.seek(3, Phase.BACKWARD)
    run.seek(20)
    assert state(run) == at_20
    branch = run.branch()
    assert branch is not run
    branch.run_until(float("inf"), steps=10)
    run.seek(30)
    assert state(branch)["parameters"] == state(run)["parameters"]


def test_lanes_of_a_sweep_have_the_numbers_of_single_runs() -> None:
    for name, optimizer in (("rosenbrock", "sgd"), ("beale", "adam")):
        plan = SweepPlan(on(name, {"optimizer": optimizer}), (1e-4, 5e-4, 1e-3))
        job = SweepJob(plan)
        assert job.advance(float("inf"))
        for rate, loss in zip(plan.rates, job.view().groups[0].final, strict=True):
            alone = finished(plan.experiment.changed({"learning_rate": rate}))
            assert loss == pytest.approx(alone.last_loss, rel=1e-5)
        assert "batch_size" not in second_settings(plan.experiment)


def test_the_graph_is_of_the_two_parameters_alone() -> None:
    run = begun(on("rosenbrock"))
    while run.phase is not Phase.BACKWARD:
        run.advance()
    graph = graph_view(run)
    assert isinstance(graph, GraphView)
    assert [node.name for node in graph.nodes if node.kind == "parameter"] == ["u", "v"]
    assert not [node for node in graph.nodes if node.kind == "data"]
    assert float(graph.nodes[-1].value or 0) == run.learner.loss_value
    slopes = {n.name: float(n.gradient or 0) for n in graph.nodes if n.kind == "parameter"}
    assert list(slopes.values()) == run.learner.gradient_parts()


# The landscape.


def landscape(name: str) -> LandscapeView:
    run = begun(on(name))
    bounds = bounds_for(run.view())
    assert bounds is not None
    assert bounds_for(run.view(), bounds) is bounds
    job = LandscapeJob(run.experiment, run.learner.data, bounds, run.id)
    view = None
    while not job.done:
        view = job.advance(float("inf")) or view
    assert view is not None
    left, right, low, high = surface(name).box
    assert (bounds.first_low, bounds.first_high) == pytest.approx((left, right))
    assert (bounds.second_low, bounds.second_high) == pytest.approx((low, high))
    return view


@pytest.mark.parametrize("name", NAMES)
def test_the_landscape_is_the_function_itself(name: str) -> None:
    view = landscape(name)
    left, right, low, high = surface(name).box
    random = np.random.default_rng(1)
    u, v = random.uniform(left, right, 50), random.uniform(low, high, 50)
    exact = [by_hand(name, *place)[0] for place in zip(u, v, strict=True)]
    np.testing.assert_allclose(view.loss_at(u, v), exact, rtol=1e-9)
    assert np.isnan(view.loss_at(10 * right, 0.0))
    levels = [contour.level for contour in view.contours]
    assert levels == sorted(levels)
    assert len(levels) >= 5
    for contour in view.contours:
        points = np.concatenate(contour.lines)
        # As near as straight pieces of a fine grid are.
        heights = [by_hand(name, *place)[0] for place in points.tolist()]
        off = np.median(np.abs(np.array(heights) - contour.level))
        assert off <= 0.05 * max(abs(contour.level), 0.1 * np.ptp(levels) * view.bottomless)


def test_contours_span_the_orders_of_magnitude_and_those_of_the_saddle_its_height() -> None:
    for name, times in (("rosenbrock", 5e3), ("beale", 1e5)):
        levels = [contour.level for contour in landscape(name).contours]
        assert levels[-1] / levels[0] >= times
    levels = [contour.level for contour in landscape("saddle").contours]
    assert 0.0 in levels
    assert np.ptp(np.diff(levels)) == pytest.approx(0)
    assert landscape("himmelblau").best == 0.0


# The script.


@pytest.fixture(scope="module")
def other() -> Iterator[OtherProcess]:
    process = OtherProcess()
    yield process
    process.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_script_has_the_runs_bits_and_needs_torch_alone(name: str, other: OtherProcess) -> None:
    changes = {"optimizer": Choice("sgd", {"momentum": 0.5}), "stop.epochs": 25}
    run = begun(on(name, changes))
    run.run_until(float("inf"), steps=7)
    run.change({"learning_rate": 5e-4})
    run.set_by_hand(ByHand(1, (), 0.75))
    run.run()
    text = script(run.experiment, run.events).text
    assert "numpy" not in text
    assert f"return {surface(name).expression}\n" in text
    result = other.run(text)
    wanted = expected(run)
    own = {each: result["numbers"].get(each) for each in wanted["numbers"]}
    assert {**result, "numbers": own, "out": ""} == {**wanted, "out": ""}


def test_a_run_is_stopped_by_the_rules_of_any_other() -> None:
    run = finished(on("bowl", {"learning_rate": 0.1, "stop.target_loss": 0.5}))
    assert run.stopped is not None
    assert run.stopped.rule is Rule.TARGET_LOSS
    run = Run(on("bowl", {"learning_rate": 0.4, "stop.patience": 3}))
    assert run.run().rule is Rule.PATIENCE
