"""The convolutional net against numpy by hand and torch's modules, and its scripts in another
process.
"""

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from guitrain.core.by_hand import ByHand, place_name
from guitrain.core.code import script
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import graph_view
from guitrain.core.look_units import maps_view
from guitrain.core.models.cnn import CNN
from guitrain.core.models.mlp_entry import SCHEMES
from guitrain.core.phases import Phase
from guitrain.core.plane import filter_normalised
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from tests.core.recipes import begun, finished
from tests.core.scripts import OtherProcess, expected, rows_of

Floats = NDArray[np.float64]

FEW = {"test_fraction": 0.9, "learning_rate": 0.02, "stop.epochs": 2}  # 180 digits


def net(changes: dict[str, Any] | None = None, **values: Any) -> Experiment:
    changes = {"data": "digits", "model": Choice("cnn", values), **FEW, **(changes or {})}
    return Experiment().changed(changes)


# One step, by hand.


def by_hand(parameters: list[Floats], inputs: Floats, layers: int) -> Floats:
    """Logits (n, 10) of images (n, 64): each sum written out."""
    given = inputs.reshape(-1, 1, 8, 8)
    for at in range(0, 2 * layers, 2):
        kernels, biases = parameters[at], parameters[at + 1]
        high, wide = given.shape[2:]
        padded = np.pad(given, ((0, 0), (0, 0), (1, 1), (1, 1)))
        made = np.zeros((len(given), len(kernels), high, wide))
        for row, column in product(range(high), range(wide)):
            seen = padded[:, None, :, row : row + 3, column : column + 3]
            made[:, :, row, column] = (seen * kernels).sum(axis=(2, 3, 4)) + biases
        made = np.maximum(made, 0)
        given = np.zeros((*made.shape[:2], high // 2, wide // 2))
        for row, column in product(range(high // 2), range(wide // 2)):
            block = made[:, :, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
            given[:, :, row, column] = block.max(axis=(2, 3))
    return given.reshape(len(given), -1) @ parameters[-2].T + parameters[-1]


def loss_of(logits: Floats, labels: NDArray[np.int64]) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    chances = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    return float(-np.log(chances[np.arange(len(labels)), labels]).mean())


@pytest.mark.parametrize("filters", [(3,), (2, 3)])
def test_a_step_has_the_numbers_that_numpy_comes_to(filters: tuple[int, ...]) -> None:
    run = begun(net({"batch_size": 6, "standardize": True}, filters=filters, activation="relu"))
    while run.phase is not Phase.BACKWARD:
        run.advance()
    learner = run.learner
    numbers = [p.detach().double().numpy().copy() for p in learner.parameters]
    inputs, labels = learner.inputs.double().numpy(), learner.targets.numpy()
    logits = by_hand(numbers, inputs, len(filters))
    np.testing.assert_allclose(learner.prediction.detach().numpy(), logits, rtol=1e-4, atol=1e-5)
    assert learner.loss_value == pytest.approx(loss_of(logits, labels), rel=1e-5)
    random = np.random.default_rng(0)
    for tensor, gradient in zip(numbers, learner.gradients, strict=True):
        for flat in random.choice(tensor.size, 5 if tensor.size > 5 else 1, replace=False):
            place, losses = np.unravel_index(flat, tensor.shape), []
            own = tensor[place]
            for moved in (own + 1e-6, own - 1e-6):
                tensor[place] = moved
                losses.append(loss_of(by_hand(numbers, inputs, len(filters)), labels))
            tensor[place] = own
            slope = (losses[0] - losses[1]) / 2e-6
            assert float(gradient[tuple(place)]) == pytest.approx(slope, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("filters", [(4,), (4, 5)])
def test_the_maps_lead_to_the_outputs_bit_for_bit(filters: tuple[int, ...]) -> None:
    learner = begun(net(filters=filters)).learner
    x = learner.as_inputs(learner.data.train.inputs[:7])
    maps = learner.model.hidden(learner.parameters, x)
    form = learner.settings.form
    assert [tuple(each.shape[1:]) for each in maps] == list(form.maps)
    pooled = torch.max_pool2d(maps[-1], 2).flatten(1)
    outputs = torch.nn.functional.linear(pooled, *learner.parameters[-2:])
    assert torch.equal(outputs, learner.model.forward(learner.parameters, x))


def test_what_is_shown_of_a_digit_is_what_numpy_comes_to() -> None:
    run = begun(net(filters=(3, 2), activation="relu"))
    row, train = 4, run.learner.data.train
    first = maps_view(run, None)
    view = maps_view(run, row)
    assert first is not None
    assert view is not None
    assert (first.row, first.chosen, view.row, view.chosen) == (0, False, row, True)
    assert view.image.tolist() == train.inputs[row].reshape(8, 8).tolist()
    assert view.target == train.targets[row]
    numbers = [p.detach().double().numpy() for p in run.learner.parameters]
    logits = by_hand(numbers, train.inputs[row : row + 1], 2)
    np.testing.assert_allclose(view.outputs, logits[0], rtol=1e-4, atol=1e-4)
    pooled = view.layers[1].reshape(2, 2, 2, 2, 2).max(axis=(2, 4)).astype(np.float64)
    np.testing.assert_allclose(pooled.ravel() @ numbers[-2].T + numbers[-1], logits[0], rtol=1e-4)
    shown: list[NDArray[Any]] = [view.image, *view.layers, view.outputs]
    assert not any(array.flags.writeable for array in shown)
    assert maps_view(begun(net({"model": "mlp"})), row) is None


@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu"])
def test_no_number_depends_on_whether_gradients_will_be_asked_for(activation: str) -> None:
    learner = begun(net(filters=(4, 5), activation=activation)).learner
    x = torch.randn(40, 64)
    x[3] = float("nan")
    x[4, 7] = float("inf")
    x[5] = 0.0
    with torch.no_grad():
        seen = learner.model.forward(learner.parameters, x)
    outputs = learner.model.forward(learner.parameters, x).detach()
    assert np.array_equal(seen.numpy(), outputs.numpy(), equal_nan=True)
    assert not torch.isfinite(seen).all()
    odd = CNN((5, 7), ((2, 1, 3, 3), (3, 2 * 2 * 3)), activation, "default")
    parameters = [p.requires_grad_() for p in odd.initial(torch.Generator().manual_seed(1))]
    x = torch.randn(6, 35)
    with torch.no_grad():
        seen = odd.forward(parameters, x)
    assert torch.equal(seen, odd.forward(parameters, x))


# Its scripts.


def assert_same_bits(run: Run, other: OtherProcess) -> None:
    result = other.run(script(run.experiment, run.events, rows_of(run.experiment)).text)
    assert {**result, "numbers": {}, "out": ""} == {**expected(run), "out": ""}, run.experiment


def test_scripts_give_the_runs_bits() -> None:
    other = OtherProcess()
    kinds = list(product([name for name, _ in SCHEMES], [(3,), (8, 16)]))
    try:
        for number, (scheme, filters) in enumerate(kinds):
            run = finished(
                net(
                    {
                        "batch_size": (None, 50, 7)[number % 3],
                        "standardize": number % 2 == 0,
                        "optimizer": ("sgd", "adam")[number // 4],
                        "validation_fraction": 0.2,
                        "l2": 0.01,
                    },
                    filters=filters,
                    activation=("tanh", "relu", "gelu")[number % 3],
                    scheme=scheme,
                )
            )
            assert_same_bits(run, other)
    finally:
        other.close()


def test_a_weight_of_a_filter_that_is_set_by_hand_is_set_in_the_script() -> None:
    run = begun(net({"batch_size": 60}))
    run.run_until(float("inf"), 2)
    form, hand = run.experiment.form, ByHand(0, (3, 0, 1, 2), 1.5)
    assert place_name(form, *hand.place) == "K1[3, 0, 1, 2]"
    run.set_by_hand(hand)
    assert run.learner.parameters[0][3, 0, 1, 2].item() == 1.5
    run.run()
    other = OtherProcess()
    try:
        assert_same_bits(run, other)
    finally:
        other.close()
    run.seek(1)
    run.seek(3)
    assert run.learner.step == 3


# What it is, and what it is for.


def test_form_is_that_of_the_tensors() -> None:
    for filters in ((1,), (8, 16), (32, 32)):
        run = begun(net(filters=filters))
        form = run.experiment.form
        assert [tuple(p.shape) for p in run.learner.parameters] == [s for _, s in form.tensors]
        assert form.count == sum(p.numel() for p in run.learner.parameters)
        assert form.widest == filters[0] * 64
        assert not form.few
    form = net(filters=(8, 16), activation="relu").form
    assert form.layers == (
        "h1 = pool(ReLU(K1 ∗ x + b1))",
        "h2 = pool(ReLU(K2 ∗ h1 + b2))",
        "z = W3·h2 + b3",
    )
    assert form.formula == "z = W3·pool(ReLU(K2 ∗ pool(ReLU(K1 ∗ x + b1)) + b2)) + b3"
    assert form.title == "8×8–8@4×4–16@2×2–10, ReLU"
    assert form.tensors[2] == ("K2", (16, 8, 3, 3))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"data": "iris"}, "model_image"),
        ({"features": ("x", "squares")}, "model_image"),
        ({"model.filters": (4, 4, 4)}, "too_many_layers"),
        ({"model.filters": (33,)}, "layer_width"),
        ({"model.filters": ()}, "not_layers"),
    ],
    ids=str,
)
def test_what_it_is_not_for_is_refused(changes: dict[str, Any], code: str) -> None:
    changes = {"model": "cnn", **changes} if "data" in changes else changes
    with pytest.raises(ExperimentProblem) as caught:
        net().changed(changes)
    assert caught.value.code == code


def test_other_data_bring_another_model() -> None:
    assert net().shape.image == (8, 8)
    for name in ("line", "iris"):
        made = net().changed({"data": name})
        assert (made.model.name, made.shape.image) == ("linear", None)
    assert net().changed({"model": "mlp", "features": ("squares",)}).shape.image is None
    assert Experiment.from_json(net().to_json()) == net()


# Where its tensors go.


def test_directions_are_normalised_filter_by_filter() -> None:
    """Li et al. 2018: one filter is all that goes into one of a layer's maps."""
    tensors = net(filters=(2, 3)).form.tensors
    random = np.random.default_rng(1)
    pairs = [[random.normal(size=shape) for _ in range(2)] for _, shape in tensors]
    own, drawn = (np.concatenate([pair[at].ravel() for pair in pairs]) for at in range(2))
    found, at = filter_normalised(drawn, own, tensors), 0
    for (name, _), (mine, theirs) in zip(tensors, pairs, strict=True):
        made = found[at : at + mine.size].reshape(mine.shape)
        at += mine.size
        for unit in range(len(mine)):
            scale = np.linalg.norm(mine[unit]) / np.linalg.norm(theirs[unit])
            wanted = theirs[unit] * (0.0 if name.startswith("b") else scale)
            np.testing.assert_allclose(made[unit], wanted, rtol=1e-12)


def test_the_graph_is_what_autograd_built() -> None:
    run = begun(net({"batch_size": 9}, filters=(2, 3), activation="relu"))
    while run.advance() is not Phase.BACKWARD:
        pass
    row = int(run.learner.batch_rows(False)[4])
    graph = graph_view(run, row)
    assert graph is not None
    assert graph.position == 4
    made = [node.name for node in graph.nodes if not node.is_leaf]
    layer = ["convolution", "relu", "max_pool2d_with_indices"]
    assert made[:7] == [*layer, *layer, "reshape" if "reshape" in made else "view"]
    gradients = dict(
        zip([name for name, _ in run.experiment.form.tensors], run.learner.gradients, strict=True)
    )
    for node in graph.nodes:
        if node.kind == "parameter":
            assert np.array_equal(node.gradient, gradients[node.name].numpy())  # type: ignore[arg-type]
        if node.kind == "operation":
            assert node.batched
            assert node.value is not None
    starts = {graph.nodes[e.end].name for e in graph.edges if graph.nodes[e.start].name == "x"}
    assert starts == {"convolution"}


def test_a_sought_step_is_the_one_that_was() -> None:
    run = Run(net({"batch_size": 40, "optimizer": "adam"}))
    run.run_until(float("inf"), 3)
    seen = [p.detach().clone() for p in run.learner.parameters]
    run.run()
    run.seek(3)
    assert all(torch.equal(a, b) for a, b in zip(seen, run.learner.parameters, strict=True))
