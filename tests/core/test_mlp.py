"""The multi-layer perceptron against torch's own modules, and its scripts in another process."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from guitrain.core.code import script
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import graph_view, step_view
from guitrain.core.models.mlp_entry import ACTIVATIONS, SCHEMES
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.stopping import Rule
from tests.core.recipes import begun, finished, points
from tests.core.scripts import ROWS, OtherProcess, expected

PLACES = np.linspace(-2.0, 3.0, 37)
BENT = points(PLACES, np.sin(2 * PLACES))


def network(changes: dict[str, Any] | None = None, **values: Any) -> Experiment:
    return BENT.changed({"model": Choice("mlp", values), "learning_rate": 0.05, **(changes or {})})


def test_scripts_of_all_kinds_give_the_runs_bits() -> None:
    other = OtherProcess()
    shapes = [(1,), (2,), (8, 8), (32, 17, 3), (32,) * 6]
    kinds = list(product([name for name, _ in ACTIVATIONS], [name for name, _ in SCHEMES]))
    try:
        for number, (activation, scheme) in enumerate(kinds):
            experiment = network(
                {
                    "batch_size": (None, 7, 10, 1)[number // 4],
                    "standardize": number % 3 == 0,
                    "optimizer": Choice("sgd", {"momentum": 0.5 * (number % 2)}),
                    "stop.epochs": 4,
                },
                hidden=shapes[number % 5],
                activation=activation,
                scheme=scheme,
            )
            run = finished(experiment)
            result = other.run(script(experiment, (), ROWS).text)
            assert {**result, "numbers": {}, "out": ""} == {**expected(run), "out": ""}, number
    finally:
        other.close()


def test_training_is_that_of_modules_and_torchs_optimizer() -> None:
    experiment = network({"stop.epochs": 30, "seeds.weights": 5}, hidden=(8, 4))
    run = finished(experiment)
    torch.manual_seed(5)
    model = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    x = torch.tensor(PLACES, dtype=torch.float32)[:, None]
    y = torch.tensor(np.sin(2 * PLACES), dtype=torch.float32)[:, None]
    losses = []
    for _ in range(30):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert run.view().steps.column("loss").tolist() == losses
    for ours, theirs in zip(run.learner.parameters, model.parameters(), strict=True):
        assert torch.equal(ours, theirs)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("8, , x", "not_layers"),
        ("", "not_layers"),
        ("8.5", "not_layers"),
        ([8.0], "not_layers"),
        ([True], "not_layers"),
        ([], "not_layers"),
        (8, "not_layers"),
        ("1,1,1,1,1,1,1", "too_many_layers"),
        ("33", "layer_width"),
        ("8, 0", "layer_width"),
        ("8, -1", "layer_width"),
        ("9999999999", "not_layers"),
    ],
)
def test_layers_that_cannot_be_are_refused(typed: Any, code: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        network(hidden=typed)
    assert caught.value.code == code


@pytest.mark.parametrize("typed", ["8, 4", "8 4", " 8;4 ", "[8, 4]", "8，4", (8, 4), [8, 4]])
def test_layers_are_read_as_people_write_them(typed: Any) -> None:
    made = network(hidden=typed)
    assert made.model["hidden"] == (8, 4)
    assert Experiment.from_json(made.to_json()) == made
    assert made.form.tensors == (
        ("W1", (8, 1)), ("b1", (8,)), ("W2", (4, 8)), ("b2", (4,)), ("W3", (1, 4)), ("b3", (1,)),
    )  # fmt: skip
    assert made.form.count == 57


def test_form_is_that_of_the_tensors() -> None:
    for widths in ((1,), (8, 8), (32,) * 6):
        run = begun(network(hidden=widths))
        form = run.experiment.form
        assert [tuple(p.shape) for p in run.learner.parameters] == [s for _, s in form.tensors]
        assert form.count == sum(p.numel() for p in run.learner.parameters)
        assert len(form.layers) == len(widths) + 1
        assert not form.few
        assert run.view().numbers is None
        assert run.facts.least_squares is run.facts.best_loss is run.facts.bands is None
    assert network(hidden=(2,)).form.formula == "ŷ = W2·tanh(W1·x + b1) + b2"


def test_sizes_are_those_of_the_steps_own_tensors() -> None:
    run = begun(network({"batch_size": 10}))
    run.learner.observed = True
    before = [p.detach().clone() for p in run.learner.parameters]
    while run.advance() is not Phase.BACKWARD:
        pass
    gradients = [g.clone() for g in run.learner.gradients]
    run.advance()
    view = step_view(run)
    for tensor, old, new, gradient in zip(
        view.tensors, before, run.learner.parameters, gradients, strict=True
    ):
        for told, real in ((tensor.before, old), (tensor.after, new), (tensor.gradient, gradient)):
            assert told == pytest.approx(real.detach().norm().item(), rel=1e-6)
    assert view.squared_gradient == pytest.approx(run.learner.gradient_norm() ** 2, rel=1e-5)
    graph = graph_view(run)
    assert graph is not None
    shown = {node.name: node.value for node in graph.nodes if node.kind == "parameter"}
    for (name, _), old in zip(run.experiment.form.tensors, before, strict=True):
        assert np.array_equal(shown[name], old.numpy())  # type: ignore[arg-type]


def test_a_sought_step_is_the_one_that_was() -> None:
    run = begun(network({"batch_size": 5, "optimizer": Choice("sgd", {"momentum": 0.9})}))
    seen = {}
    for step in range(60):
        view = run.view()
        assert view.curve is not None
        seen[step] = view.curve.y.copy()
        run.run_until(float("inf"), 1)
    for step in (0, 41, 8, 59):
        run.seek(step)
        view = run.view()
        assert view.curve is not None
        assert np.array_equal(view.curve.y, seen[step])
    branch = run.change({"learning_rate": 0.01})
    assert branch is not run
    assert branch.view().curve is not None


def test_it_diverges_cleanly_and_zeros_learn_an_offset_alone() -> None:
    run = finished(network({"learning_rate": 1000.0}, activation="relu"))
    assert run.stopped is not None
    assert run.stopped.rule is Rule.NON_FINITE
    flat = Run(network({"stop.epochs": 50}, scheme="zeros"))
    flat.run()
    curve = flat.view().curve
    assert curve is not None
    assert np.ptp(curve.y) == 0
    assert curve.y[0] != 0


def test_the_graph_is_layer_after_layer_without_turned_weights() -> None:
    run = begun(network(hidden=(8, 4)))
    while run.advance() is not Phase.BACKWARD:
        pass
    graph = graph_view(run)
    assert graph is not None
    made = [node.name for node in graph.nodes if not node.is_leaf]
    assert made == ["addmm", "tanh", "addmm", "tanh", "addmm", "mse_loss"]
    names = [name for name, _ in run.experiment.form.tensors]
    gradients = dict(zip(names, run.learner.gradients, strict=True))
    for at, node in enumerate(graph.nodes):
        if node.kind == "parameter":
            assert np.array_equal(node.gradient, gradients[node.name].numpy())  # type: ignore[arg-type]
            (edge,) = [edge for edge in graph.edges if edge.start == at]
            assert np.array_equal(edge.gradient, node.gradient)  # type: ignore[arg-type]
