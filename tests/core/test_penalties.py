"""L1 and L2 penalties: by hand, against torch, against a fine grid, and what is known of them."""

import math
from typing import Any

import numpy as np
import pytest
import torch

from guitrain.core.closed_form import LeastSquares, facts_of
from guitrain.core.experiment import Experiment
from guitrain.core.graph_view import GraphView
from guitrain.core.landscape import LandscapeJob
from guitrain.core.landscape_bounds import bounds_for
from guitrain.core.landscape_view import LandscapeView, surface_of
from guitrain.core.look import graph_view, point_view, step_view
from guitrain.core.models import MODELS, Shape
from guitrain.core.penalties import penalty_formula, slope_formula
from guitrain.core.phases import Phase
from guitrain.core.stability import hessian_eigenvalues
from tests.core.recipes import article, begun, columns, finished, lively, records

BOTH = {"l1": 0.3, "l2": 0.05}
W, B = -0.20546, 0.78300  # where the article starts


# The numbers of a step.


def test_the_first_step_by_hand() -> None:
    plain, run = begun(article()), begun(article(BOTH))
    for each in (plain, run):
        each.seek(0, Phase.BACKWARD)
    expected = plain.learner.loss_value + 0.3 * abs(W) + 0.05 * W * W
    assert run.learner.loss_value == pytest.approx(expected, rel=1e-6)
    assert run.learner.data_loss.item() == plain.learner.loss_value
    (w, b), (plain_w, plain_b) = run.learner.gradients, plain.learner.gradients
    assert w.item() == pytest.approx(plain_w.item() - 0.3 + 2 * 0.05 * W, rel=1e-6)
    assert torch.equal(b, plain_b)  # the bias is free
    view = step_view(run)
    assert (view.loss, view.data_loss) == (run.learner.loss_value, plain.learner.loss_value)
    run.advance()
    assert run.learner.numbers[0] == pytest.approx(W - 0.01 * w.item(), rel=1e-6)


def test_every_step_is_plain_torchs() -> None:
    """nn.Parameter, autograd and torch.optim, as a textbook writes it."""
    run = finished(lively({**BOTH, "stop.epochs": 6, "batch_size": None}))
    learner = begun(run.experiment).learner
    w, b = (torch.nn.Parameter(p.detach().clone()) for p in learner.parameters)
    optimizer = torch.optim.SGD([w, b], lr=0.02, momentum=0.9)
    x, y = learner._inputs, learner._targets
    losses = []
    for _ in range(6):
        loss = torch.nn.functional.mse_loss(w * x + b, y)
        loss = loss + (0.3 * w.abs().sum() + 0.05 * (w**2).sum())
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert columns(run.steps)["loss"].tolist() == losses
    assert run.learner.numbers == (w.item(), b.item())


def test_nought_of_both_is_the_run_without() -> None:
    assert begun(article({"l1": 0.0, "l2": 0.0})).learner.penalty is None
    assert records(finished(article({"l2": 1e-3}))) != records(finished(article()))


def test_the_final_loss_has_the_penalty_and_the_test_loss_has_not() -> None:
    run = finished(article({**BOTH, "batch_size": 30, "stop.epochs": 5}))
    w, b = run.learner.numbers
    data = run.learner.data
    error = w * data.train.inputs[:, 0] + b - data.train.targets
    whole = float(np.mean(error**2)) + 0.3 * abs(w) + 0.05 * w * w
    assert run.view().final_loss == pytest.approx(whole, rel=1e-5)
    error = w * data.test.inputs[:, 0] + b - data.test.targets
    assert run.learner.test_loss() == pytest.approx(float(np.mean(error**2)), rel=1e-5)
    assert point_view(run, 3).term == pytest.approx(
        float(w * data.train.inputs[3, 0] + b - data.train.targets[3]) ** 2, rel=1e-4
    )


# A surface has no weights, and takes no penalty.
@pytest.mark.parametrize(
    "entry",
    [entry for entry in MODELS.values() if entry.name != "surface"],
    ids=lambda entry: entry.name,
)
def test_a_models_weights_are_what_its_script_calls_weights(entry: Any) -> None:
    values = entry.check({})
    shape = Shape(64, 10, 10, image=(8, 8)) if entry.least_image else Shape()
    form, code = entry.form(values, shape), entry.code(values, shape, None, False)
    space: dict[str, Any] = {"torch": torch, "nn": torch.nn, "np": np}
    exec("\n".join((*code.before, *code.head, *code.parameters, *code.tail)), space)
    named = list(space[code.name]().named_parameters())
    assert [tuple(p.shape) for _, p in named] == [shape for _, shape in form.tensors]
    assert form.weights == tuple(at for at, (name, _) in enumerate(named) if "bias" not in name)
    if form.few:
        count = sum(p.numel() for name, p in named if "bias" not in name)
        assert len(form.weight_names) == count


def test_formulas() -> None:
    assert penalty_formula(article()) == slope_formula(article(), "w") == ""
    assert penalty_formula(article(BOTH)) == " + λ₁·Σ|w| + λ₂·Σw²"
    assert slope_formula(article(BOTH), "w") == " + λ₁·sign(w) + 2·λ₂·w"
    assert slope_formula(article(BOTH), "b") == ""


# The graph.


def graph_of(changes: dict[str, Any]) -> GraphView:
    run = begun(article(changes))
    run.seek(0, Phase.BACKWARD)
    view = graph_view(run, 4)
    assert view is not None
    loss = view.nodes[view.loss]
    assert loss.value is not None
    assert loss.value.item() == run.learner.loss_value
    for node in view.nodes:
        if node.kind == "parameter":
            own = run.learner.gradients[("w", "b").index(node.name)]
            assert node.gradient is not None
            assert node.gradient.tolist() == own.tolist()
    return view


def test_the_graph_has_the_penalty_in_it() -> None:
    names = [node.name for node in graph_of({"l2": 0.05}).nodes]
    assert names[-1] == "add"
    assert {"pow", "sum", "mse_loss"} < {*names}
    view = graph_of(BOTH)
    assert {"abs", "pow", "sum"} < {node.name for node in view.nodes}
    mean = next(node for node in view.nodes if node.name == "mse_loss")
    assert not mean.batched
    assert mean.share is not None  # a sample's loss is a part of the mean, not of the penalty
    assert view.nodes[view.loss].share is None
    assert not any(node.batched for node in view.nodes if node.name in ("pow", "abs", "sum"))


# What is known without training.


def total(made: Experiment, w: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> Any:
    """The loss over slopes and intercepts (m,), in the data's own units, by numpy."""
    data = made.make_data().train
    x, y = data.inputs[:, 0], data.targets
    error = np.abs(w[:, None] * x + b[:, None] - y)
    terms = {
        "mse": error**2,
        "mae": error,
        "huber": np.where(error <= 1, error**2 / 2, error - 0.5),
    }
    size = x.std() if made.standardize else 1.0
    return (
        terms[made.loss.name].mean(axis=1) + made.l1 * np.abs(size * w) + made.l2 * (size * w) ** 2
    )


@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("penalty", [{"l2": 0.4}, {"l1": 0.7}, BOTH, {"l1": 50.0}])
def test_the_optimum_is_where_no_other_line_is_better(
    penalty: dict[str, float], standardize: bool
) -> None:
    made = article({**penalty, "standardize": standardize})
    facts = facts_of(made, made.make_data())
    assert isinstance(facts.optimum, LeastSquares)
    assert facts.best_loss is not None
    w, b = np.array([facts.optimum.w]), np.array([facts.optimum.b])
    assert facts.best_loss == pytest.approx(float(total(made, w, b)[0]), rel=1e-12)
    around = np.random.default_rng(0).normal(0, 0.05, (2, 400))
    assert (total(made, w + around[0], b + around[1]) >= facts.best_loss).all()
    assert isinstance(facts.least_squares, LeastSquares)
    assert abs(facts.optimum.w) < abs(facts.least_squares.w)
    if penalty == {"l1": 50.0}:
        assert facts.optimum.w == 0.0
        assert facts.optimum.b == pytest.approx(made.make_data().train.targets.mean())


def test_ridge_is_the_normal_equations() -> None:
    made = article({"l2": 0.4})
    data = made.make_data().train
    x = np.stack([data.inputs[:, 0], np.ones(len(data))], axis=1)
    pull = np.diag([len(data) * 0.4, 0.0])  # the mean's n, and nothing on the bias
    w, b = np.linalg.solve(x.T @ x + pull, x.T @ data.targets)
    optimum = facts_of(made, made.make_data()).optimum
    assert isinstance(optimum, LeastSquares)
    assert (optimum.w, optimum.b) == pytest.approx((w, b), rel=1e-12)


@pytest.mark.parametrize("loss", ["mae", "huber"])
def test_the_best_loss_of_others_is_searched_with_the_penalty(loss: str) -> None:
    made = article({**BOTH, "loss": loss, "data.points": 30})
    facts = facts_of(made, made.make_data())
    assert facts.optimum is None
    grid = np.meshgrid(np.linspace(0, 3, 301), np.linspace(-1, 5, 601))
    least = total(made, grid[0].ravel(), grid[1].ravel()).min()
    assert facts.best_loss == pytest.approx(least, abs=2e-3)
    assert facts.best_loss <= least


def test_training_ends_at_the_optimum() -> None:
    run = finished(article({"l2": 0.4, "learning_rate": 0.05, "stop.epochs": 3000}))
    view = run.view()
    assert isinstance(view.facts.optimum, LeastSquares)
    assert view.numbers == pytest.approx((view.facts.optimum.w, view.facts.optimum.b), rel=1e-4)
    assert view.final_loss == pytest.approx(view.facts.best_loss, rel=1e-5)


# The limit.


@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("l1", [0.0, 0.5])
def test_the_hessian_gains_two_lambda_for_the_weight_and_nothing_by_l1(
    l1: float, standardize: bool
) -> None:
    made = article({"l2": 0.7, "l1": l1, "standardize": standardize})
    learner = begun(made).learner
    w, b = (p.detach() for p in learner.parameters)

    def loss(both: torch.Tensor) -> torch.Tensor:
        mean = torch.nn.functional.mse_loss(both[0] * learner._inputs + both[1], learner._targets)
        return mean + 0.7 * both[0] ** 2

    hessian = torch.autograd.functional.hessian(loss, torch.cat([w, b]))
    expected = np.linalg.eigvalsh(hessian.double().numpy())
    found = hessian_eigenvalues(made, learner.data.train)
    assert found == pytest.approx(expected.tolist(), rel=1e-5)


@pytest.mark.parametrize("standardize", [False, True])
def test_the_hessian_of_a_polynomial_gains_two_lambda_for_each_weight(standardize: bool) -> None:
    made = article({"l2": 0.7, "standardize": standardize, "model": "polynomial"})
    learner = begun(made).learner
    features = torch.cat([learner._inputs.double() ** k for k in (1, 2, 3, 0)], dim=1)
    targets = learner._targets.double().flatten()

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return ((features @ weights - targets) ** 2).mean() + 0.7 * (weights[:3] ** 2).sum()

    hessian = torch.autograd.functional.hessian(loss, torch.zeros(4, dtype=torch.float64))
    found = hessian_eigenvalues(made, learner.data.train)
    assert found == pytest.approx(np.linalg.eigvalsh(hessian.numpy()).tolist(), rel=1e-4)
    facts = facts_of(made, learner.data)
    assert facts.optimum is facts.best_loss is None  # not worked out


@pytest.mark.parametrize("times", [0.98, 1.02])
def test_descent_diverges_over_the_limit_and_not_below(times: float) -> None:
    made = article({"l2": 2.0, "stop.epochs": 2000})
    limit = facts_of(made, made.make_data()).stability_limit
    assert limit is not None
    assert limit < facts_of(article(), article().make_data()).stability_limit * 0.9  # type: ignore[operator]
    run = finished(made.changed({"learning_rate": times * limit}))
    assert math.isfinite(run.view().final_loss or math.nan) == (times < 1)


def test_one_x_has_no_flat_direction_left() -> None:
    made = article({"data.points": 1, "test_fraction": 0.0})
    points = made.make_data().train
    assert len(hessian_eigenvalues(made, points) or ()) == 1
    assert len(hessian_eigenvalues(made.changed({"l2": 0.1}), points) or ()) == 2


# The landscape.


@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_the_landscape_is_of_the_loss_that_is_descended(loss: str, standardize: bool) -> None:
    made = article({**BOTH, "loss": loss, "data.points": 40, "standardize": standardize})
    run = begun(made)
    bounds = bounds_for(run.view())
    assert bounds is not None
    job, view = LandscapeJob(made, run.learner.data, bounds, run.id), None
    while not job.done:
        view = job.advance(math.inf) or view
    assert isinstance(view, LandscapeView)
    w, b = view.grid()
    expected = total(made, w.ravel(), b.ravel()).reshape(w.shape)
    assert np.allclose(view.loss, expected, rtol=1e-9)
    assert view.best <= view.loss.min()
    if loss == "mse":
        assert view.best == pytest.approx(run.facts.best_loss, rel=1e-9)


def test_a_landscape_is_not_used_for_another_penalty() -> None:
    assert surface_of(article()) == surface_of(article({"standardize": True}))
    assert surface_of(article({"l2": 0.1})) != surface_of(article())
    assert surface_of(article({"l1": 0.1})) != surface_of(article({"l1": 0.2}))
    assert surface_of(article({"l2": 0.1})) != surface_of(article({"l2": 0.1, "standardize": True}))
