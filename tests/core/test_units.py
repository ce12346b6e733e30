"""A model as layers of units: which there are, and what each gives, against numpy by hand."""

import numpy as np
import pytest
import torch

from guitrain.core.data import Data, Split
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look_units import units_view, weights_view
from guitrain.core.models import Form
from guitrain.core.models.mlp import MLP
from guitrain.core.phases import Phase
from guitrain.core.units import MANY, Over, layers_of, samples_of, source_names
from tests.core.recipes import article, begun, lively, points

NET = {"model": Choice("mlp", {"hidden": (3, 2), "activation": "tanh"}), "initial": None}


def test_layers_are_what_the_tensors_say() -> None:
    net = layers_of(article(NET).form)
    assert [(each.name, each.weight, each.bias, each.units, each.inputs) for each in net] == [
        ("h1", 0, 1, 3, 1),
        ("h2", 2, 3, 2, 3),
        ("ŷ", 4, 5, 1, 2),
    ]
    assert net[1].index(1, 2) == (1, 2)
    assert (net[0].unit(2), net[2].unit(0)) == ("h1[2]", "ŷ")
    (line,) = layers_of(article().form)
    assert (line.units, line.inputs, line.index(0, 0), line.name) == (1, 1, (0,), "ŷ")
    cubic = Experiment(model=Choice("polynomial", {"degree": 3})).form
    (unit,) = layers_of(cubic)
    assert (unit.units, unit.inputs, unit.index(0, 2)) == (1, 3, (2, 0))
    assert unit.matrix(np.array([[1], [2], [3]], np.float32)).tolist() == [[1, 2, 3]]
    assert source_names(cubic, (unit,)) == ("x", "x²", "x³")
    assert source_names(article().form, (line,)) == ("x",)
    assert source_names(article(NET).form, net) == ("x",)
    seen = {"data": "circle", "loss": "cross_entropy", "features": ("x", "squares")}
    circle = Experiment().changed({"model": Choice("mlp", {"hidden": (4,)}), **seen}).form
    assert source_names(circle, layers_of(circle)) == ("x1", "x2", "x1²", "x2²")
    two = Form("z", "z", (("W1", (3, 2)), ("b1", (3,)), ("W2", (4, 3)), ("b2", (4,))),
               layers=("h1 = …", "z = W2·h1 + b2"))  # fmt: skip
    layers = layers_of(two)
    assert source_names(two, layers) == ("x1", "x2")
    assert (layers[1].unit(3), layers[1].units, layers[1].index(3, 0)) == ("z[3]", 4, (3, 0))


@pytest.mark.parametrize(
    "tensors",
    [
        (("K1", (4, 1, 3, 3)), ("b1", (4,)), ("W2", (2, 16)), ("b2", (2,))),
        (("W1", (3, 2)), ("b1", (3,)), ("W2", (1, 5)), ("b2", (1,))),
        (("W1", (3, 2)), ("W2", (1, 3))),
        (("W1", (3, 2)),),
    ],
)
def test_other_models_have_no_layers_of_units(
    tensors: tuple[tuple[str, tuple[int, ...]], ...],
) -> None:
    assert layers_of(Form("y = ?", "", tensors)) == ()


def data_of(inputs: np.ndarray) -> Data:
    split = Split(inputs, np.zeros(len(inputs)))
    names = tuple(f"x{k}" for k in range(inputs.shape[1]))
    return Data(split, Split(inputs[:0], np.zeros(0)), names, "y")


def test_samples_cover_the_training_points() -> None:
    one = samples_of(data_of(np.array([[2.0], [4.0], [3.0]])), 5)
    assert one.over is Over.CURVE
    assert one.inputs.shape == (61, 1)
    assert (one.inputs[0, 0], one.inputs[-1, 0]) == pytest.approx((1.9, 4.1))
    two = samples_of(data_of(np.array([[0.0, 10.0], [1.0, 20.0]])), 5)
    assert two.over is Over.MAP
    assert two.inputs.shape == (1600, 2)
    assert two.inputs[0].tolist() == pytest.approx([-0.05, 20.5])  # at the top left
    assert two.inputs[39].tolist() == pytest.approx([1.05, 20.5])
    assert two.inputs[-1].tolist() == pytest.approx([1.05, 9.5])
    assert len(samples_of(data_of(np.zeros((3, 1))), MANY + 1).inputs) == 31
    assert len(samples_of(data_of(np.ones((3, 2))), MANY + 1).inputs) == 400
    many = samples_of(data_of(np.arange(3000.0).reshape(1000, 3)), 5)
    assert many.over is Over.POINTS
    assert many.inputs.shape == (256, 3)
    flat = samples_of(data_of(np.full((3, 1), 7.0)), 5)
    assert flat.ranges == ((6.0, 8.0),)


def test_the_units_give_what_numpy_says() -> None:
    run = begun(article(NET))
    run.run_until(float("inf"), 5)
    samples = samples_of(run.learner.data, 6)
    units = units_view(run, samples)
    w1, b1, w2, b2, w3, b3 = (p.astype(np.float64) for p in weights_view(run).parameters)
    h1 = np.tanh(samples.inputs @ w1.T + b1)
    h2 = np.tanh(h1 @ w2.T + b2)
    for found, wanted in zip(units.layers, (h1, h2, h2 @ w3.T + b3), strict=True):
        assert found.shape == wanted.T.shape
        np.testing.assert_allclose(found, wanted.T, rtol=1e-5, atol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        units.layers[0][0, 0] = 1.0


def test_units_see_standardized_inputs() -> None:
    run = begun(lively())
    samples = samples_of(run.learner.data, 1)
    (found,) = units_view(run, samples).layers
    (w, b), x = run.learner.numbers, run.learner.data.train.inputs[:, 0]
    wanted = w * (samples.inputs[:, 0] - x.mean()) / x.std() + b
    np.testing.assert_allclose(found[0], wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
def test_hidden_layers_lead_to_the_prediction_bit_for_bit(activation: str) -> None:
    run = begun(article({"model": Choice("mlp", {"hidden": (4, 5, 3), "activation": activation})
                         , "initial": None}))  # fmt: skip
    learner = run.learner
    assert isinstance(learner.model, MLP)
    x = torch.linspace(-3, 3, 20).unsqueeze(1)
    hidden = learner.model.hidden(learner.parameters, x)
    assert [tuple(h.shape) for h in hidden] == [(20, 4), (20, 5), (20, 3)]
    last = torch.nn.functional.linear(hidden[-1], *learner.parameters[-2:])
    assert torch.equal(last, learner.model.forward(learner.parameters, x))


def test_the_gradients_are_those_that_were_found_last() -> None:
    run = begun(points([0.0, 1.0, 2.0], [1.0, 3.0, 5.0], {"initial": (0.5, 0.0)}))
    assert weights_view(run).gradients is None
    seen = {}
    while run.phase is not Phase.UPDATE:
        phase = run.advance()
        assert phase is not None
        seen[phase] = weights_view(run)
    told = [phase for phase, view in seen.items() if view.gradients is not None]
    assert told == [Phase.BACKWARD, Phase.UPDATE]
    residual = 0.5 * np.array([0.0, 1.0, 2.0]) - np.array([1.0, 3.0, 5.0])
    view = seen[Phase.BACKWARD]
    assert (view.step, view.of_step) == (0, 1)
    assert view.gradient(0, (0,)) == pytest.approx(np.mean(2 * residual * [0, 1, 2]))
    assert view.gradient(1, (0,)) == pytest.approx(np.mean(2 * residual))
    assert view.value(0, (0,)) == 0.5
    after = seen[Phase.UPDATE]
    assert (after.step, after.of_step) == (1, 1)
    assert after.gradient(0, (0,)) == view.gradient(0, (0,))
    assert after.value(0, (0,)) != 0.5
    assert seen[Phase.FORWARD].value(0, (0,)) == 0.5  # copies: training writes into none of them
    run.run()
    final = weights_view(run)
    assert (final.of_step, final.gradients is None) == (100, False)
    run.seek(1, Phase.STOP)
    again = weights_view(run)
    assert (again.of_step, again.gradient(0, (0,))) == (1, view.gradient(0, (0,)))
    run.seek(0)
    assert weights_view(run).gradients is None
