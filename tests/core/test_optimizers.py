"""Each optimizer against torch.optim, bit for bit, and against its own formulas in numpy."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from guitrain.core.experiment import Choice
from guitrain.core.optimizers import OPTIMIZERS, STEP_COUNT, OptimizerEntry
from guitrain.core.optimizers.adagrad import Adagrad
from guitrain.core.optimizers.adam import Adam
from guitrain.core.optimizers.entry import LARGEST_COUNT
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.stability import farthest
from tests.core.recipes import article, begun, lively, records, state

CHOICES = [
    Choice("sgd"),
    Choice("sgd", {"momentum": 0.5}),
    Choice("sgd", {"momentum": 0.999}),
    Choice("sgd", {"momentum": 0.9, "nesterov": True}),
    Choice("rmsprop"),
    Choice("rmsprop", {"alpha": 0.9, "momentum": 0.9, "eps": 1e-3}),
    Choice("rmsprop", {"alpha": 0.0}),
    Choice("adagrad"),
    Choice("adagrad", {"lr_decay": 0.01, "initial_accumulator_value": 0.3}),
    Choice("adagrad", {"lr_decay": 1.0, "eps": 1.0}),
    Choice("adam"),
    Choice("adam", {"beta1": 0.0, "beta2": 0.0}),
    Choice("adam", {"beta1": 0.999, "beta2": 0.9999, "eps": 1e-20}),
    Choice("adamw"),
    Choice("adamw", {"weight_decay": 0.5, "beta1": 0.3}),
    Choice("adamw", {"weight_decay": 0.0}),
]
NAMES = [f"{c.name}-{'-'.join(f'{n}{v}' for n, v in c.values.items())}" for c in CHOICES]
each_choice = pytest.mark.parametrize("choice", CHOICES, ids=NAMES)


def of(choice: Choice) -> tuple[OptimizerEntry, dict[str, Any]]:
    entry = OPTIMIZERS[choice.name]
    return entry, entry.check(choice.values)


def torchs(choice: Choice, parameters: list[nn.Parameter], rate: float) -> torch.optim.Optimizer:
    """torch.optim's, made from the very line that a script has."""
    entry, values = of(choice)
    model = nn.ParameterList(parameters)
    made = eval(entry.code(values, "rate"), {"torch": torch, "model": model, "rate": rate})
    assert isinstance(made, torch.optim.Optimizer)
    return made


def gradients_of(shapes: list[tuple[int, ...]], seed: int) -> Callable[[], tuple[Tensor, ...]]:
    """Gradients of all sizes, some of them 0."""
    generator = torch.Generator().manual_seed(seed)

    def draw(shape: tuple[int, ...]) -> Tensor:
        size = 10 ** float(torch.empty(()).uniform_(-8, 3, generator=generator))
        gone = float(torch.empty(()).uniform_(generator=generator)) < 0.1
        return torch.randn(shape, generator=generator) * (0.0 if gone else size)

    return lambda: tuple(draw(shape) for shape in shapes)


@each_choice
@pytest.mark.parametrize(
    "shapes",
    [[(1, 1), (1,)], [(1,), (3, 5), (1025,)], [(2, 1, 3, 3)]],
    ids=["one number", "matrices", "one tensor"],
)
def test_parameters_of_any_shape_move_as_torchs(
    choice: Choice, shapes: list[tuple[int, ...]]
) -> None:
    entry, values = of(choice)
    generator = torch.Generator().manual_seed(0)
    ours = [torch.randn(shape, generator=generator) for shape in shapes]
    theirs = [nn.Parameter(p.clone()) for p in ours]
    rate = 0.1
    optimizer, oracle = entry.build(values), torchs(choice, theirs, rate)
    next_gradients = gradients_of(shapes, 1)
    for step in range(300):
        if step in (100, 233):
            rate *= 0.3
            oracle.param_groups[0]["lr"] = rate
        gradients = next_gradients()
        kept = [gradient.clone() for gradient in gradients]
        for parameter, gradient in zip(theirs, gradients, strict=True):
            parameter.grad = gradient.clone()
        optimizer.step(tuple(ours), gradients, rate)
        oracle.step()
        assert all(map(torch.equal, gradients, kept)), "the gradients are for showing, too"
        for mine, its in zip(ours, theirs, strict=True):
            assert mine.numpy().tobytes() == its.detach().numpy().tobytes(), step
        if step % 50 == 7:  # all that it remembers, the count of steps too, is in its state
            remembered = optimizer.state()
            optimizer = entry.build(values)
            optimizer.restore(remembered)


@each_choice
def test_state_is_a_copy_named_in_its_order(choice: Choice) -> None:
    entry, values = of(choice)
    optimizer = entry.build(values)
    assert optimizer.state() == []
    parameters, gradients = (torch.ones(1), torch.ones(2, 3)), (torch.ones(1), torch.ones(2, 3))
    optimizer.step(parameters, gradients, 0.1)
    first = optimizer.state()
    names = entry.state_names(values)
    counted = STEP_COUNT in names
    assert names.index(STEP_COUNT) == len(names) - 1 if counted else True
    assert len(first) == 2 * (len(names) - counted) + counted
    assert [tuple(t.shape) for t in first] == [(1,), (2, 3)] * (len(names) - counted) + (
        [()] if counted else []
    )
    before = [tensor.clone() for tensor in first]
    optimizer.step(parameters, gradients, 0.1)
    assert all(map(torch.equal, first, before)), "a copy"
    if counted:
        assert first[-1].item() == 1
        assert optimizer.state()[-1].item() == 2
    optimizer.restore(first)
    assert all(map(torch.equal, optimizer.state(), first))
    optimizer.restore([])
    assert optimizer.state() == []
    moved = torch.ones(1), torch.ones(2, 3)
    optimizer.step(moved, gradients, 0.1)
    again = entry.build(values)
    fresh = torch.ones(1), torch.ones(2, 3)
    again.step(fresh, gradients, 0.1)
    assert all(map(torch.equal, moved, fresh)), "forgotten altogether"


@pytest.mark.parametrize("optimizer", [Adam(0.9, 0.9999, 1e-8), Adagrad(1e-9, 0.0, 1e-8)])
def test_steps_are_counted_as_far_as_torch_counts(optimizer: Adam | Adagrad) -> None:
    one = (torch.ones(1),)
    optimizer.step(one, one, 0.1)
    *rest, _ = optimizer.state()
    optimizer.restore([*rest, torch.tensor(float(LARGEST_COUNT))])
    optimizer.step(one, one, 0.1)
    # torch adds 1 to a float32, which 2²⁴ stays.
    assert optimizer.state()[-1].item() == (torch.tensor(2.0**24) + 1).item() == 2**24


@each_choice
def test_any_step_of_a_run_is_found_again(choice: Choice) -> None:
    run = Run(lively({"optimizer": choice, "stop.epochs": 12}))
    seen: dict[int, dict[str, object]] = {}
    while (phase := run.advance()) is not None:
        if run.learner.step == 17 and phase is Phase.FORWARD:
            run.change({"learning_rate": 0.005})
        if phase is Phase.UPDATE:
            seen[run.learner.step] = state(run)
    recorded = records(run)
    for step in (41, 3, 60, 1, 18, 17):
        run.seek(step)
        assert state(run) == seen[step], step
    run.seek(5)
    run.run()
    assert records(run) == recorded


# By their formulas.


def by_hand(choice: Choice, slopes: list[float], w: float, rate: float) -> float:
    """Where a parameter goes, in float64, as the papers write it."""
    _, v = of(choice)
    name, total, mean, square, move = choice.name, 0.0, 0.0, 0.0, 0.0
    if name == "adagrad":
        total = v["initial_accumulator_value"]
    for t, g in enumerate(slopes, 1):
        if name == "sgd":
            move = v["momentum"] * move + g
            w -= rate * (g + v["momentum"] * move if v["nesterov"] else move)
        elif name == "rmsprop":
            square = v["alpha"] * square + (1 - v["alpha"]) * g * g
            move = v["momentum"] * move + g / (math.sqrt(square) + v["eps"])
            w -= rate * move
        elif name == "adagrad":
            total += g * g
            w -= rate / (1 + (t - 1) * v["lr_decay"]) * g / (math.sqrt(total) + v["eps"])
        else:
            mean = v["beta1"] * mean + (1 - v["beta1"]) * g
            square = v["beta2"] * square + (1 - v["beta2"]) * g * g
            corrected = mean / (1 - v["beta1"] ** t), square / (1 - v["beta2"] ** t)
            w -= rate * v.get("weight_decay", 0.0) * w
            w -= rate * corrected[0] / (math.sqrt(corrected[1]) + v["eps"])
    return w


@each_choice
def test_parameters_go_where_the_formulas_say(choice: Choice) -> None:
    entry, values = of(choice)
    slopes = [3.0, -1.0, 0.5, 2.0, 0.25, -4.0]
    parameter = (torch.tensor([0.75]),)
    optimizer = entry.build(values)
    for slope in slopes:
        optimizer.step(parameter, (torch.tensor([slope]),), 0.05)
    assert parameter[0].item() == pytest.approx(by_hand(choice, slopes, 0.75, 0.05), rel=1e-5)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("rmsprop"),
        Choice("rmsprop", {"alpha": 0.0}),
        Choice("adagrad"),
        Choice("adagrad", {"lr_decay": 0.01}),
        Choice("adam"),
        Choice("adam", {"beta1": 0.999, "beta2": 0.9999}),
        Choice("adamw"),
    ],
    ids=str,
)
def test_what_is_said_of_a_steady_gradient_is_what_happens(choice: Choice) -> None:
    entry, values = of(choice)
    experiment = article({"optimizer": choice})
    for steps in (1, 10, 1500):
        weight = (torch.zeros(1, dtype=torch.float64),)
        gradient = (torch.full((1,), 7.0, dtype=torch.float64),)
        plain = {**values, "weight_decay": 0.0} if "weight_decay" in values else values
        optimizer = entry.build(plain)
        moves = []
        for _ in range(steps):
            before = weight[0].item()
            optimizer.step(weight, gradient, 0.01)
            moves.append(before - weight[0].item())
        found = farthest(experiment, 0.01, steps)
        assert found is not None
        assert found == pytest.approx((moves[0], moves[-1], sum(moves)), rel=2e-3)


def test_momentum_of_rmsprop_adds_up_its_moves() -> None:
    experiment = article({"optimizer": Choice("rmsprop", {"momentum": 0.5})})
    first, last, _ = farthest(experiment, 0.01, 10_000) or (0, 0, 0)
    assert first == pytest.approx(0.1)  # η/√(1 − α)
    assert last == pytest.approx(0.02)  # η/(1 − β)


def test_nothing_is_said_where_the_limit_is_known() -> None:
    assert farthest(article(), 0.01, 10) is None


def test_very_long_runs_are_summed_at_once() -> None:
    adagrad = article({"optimizer": "adagrad"})
    _, last, reach = farthest(adagrad, 1.0, 10**9) or (0, 0, 0)
    assert last == pytest.approx(10**-4.5)
    assert reach == pytest.approx(2 * math.sqrt(1e9), rel=1e-3)  # Σ 1/√t ≈ 2√n


# Settings that go together.


@pytest.mark.parametrize(
    ("choice", "code", "field"),
    [
        (Choice("sgd", {"nesterov": True}), "no_momentum", "nesterov"),
        (Choice("sgd", {"nesterov": 1}), "not_bool", "nesterov"),
        (Choice("rmsprop", {"alpha": 1.0}), "too_large", "alpha"),
        (Choice("rmsprop", {"momentum": -0.1}), "too_small", "momentum"),
        (Choice("adam", {"beta1": 1.0}), "too_large", "beta1"),
        (Choice("adam", {"beta2": 1.0}), "too_large", "beta2"),
        (Choice("adam", {"beta1": -0.1}), "too_small", "beta1"),
        (Choice("adam", {"eps": 0.0}), "too_small", "eps"),
        (Choice("adagrad", {"eps": 1e-30}), "too_small", "eps"),
        (Choice("adagrad", {"lr_decay": -1.0}), "too_small", "lr_decay"),
        (Choice("adamw", {"weight_decay": 1.5}), "too_large", "weight_decay"),
        (Choice("adam", {"weight_decay": 0.1}), "unknown_setting", "weight_decay"),
    ],
)
def test_settings_that_make_no_optimizer_are_refused(choice: Choice, code: str, field: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        article({"optimizer": choice})
    assert (caught.value.code, caught.value.field) == (code, field)


def test_nesterov_may_not_lose_its_momentum_either() -> None:
    both = article({"optimizer": Choice("sgd", {"momentum": 0.5, "nesterov": True})})
    with pytest.raises(ExperimentProblem, match="no_momentum"):
        both.changed({"optimizer.momentum": 0.0})
    assert both.changed({"optimizer.nesterov": False, "optimizer.momentum": 0.0})


@each_choice
def test_the_ends_of_every_range_train(choice: Choice) -> None:
    entry, values = of(choice)
    for param in entry.params:
        for end in (param.minimum, param.maximum):
            if param.kind == "bool" or (values.get("nesterov") and not end):
                continue
            run = begun(article({"optimizer": Choice(choice.name, {**values, param.name: end})}))
            while run.learner.step < 5:
                assert run.advance() is not None
            assert all(map(math.isfinite, run.learner.numbers)), (param.name, end)


def test_a_gradient_of_nothing_moves_nothing() -> None:
    for choice in CHOICES:
        entry, values = of(choice)
        values = {**values, "weight_decay": 0.0} if "weight_decay" in values else values
        optimizer, parameter = entry.build(values), (torch.tensor([2.0]),)
        for _ in range(3):
            optimizer.step(parameter, (torch.zeros(1),), 0.1)
        assert parameter[0].item() == 2.0, choice


def test_derived_numbers_undo_the_start_from_nothing() -> None:
    # After one step m = (1 − β₁)·g and v = (1 − β₂)·g²: corrected, they are g and g².
    entry, values = of(Choice("adam"))
    state: Mapping[str, float] = {"m": 0.1 * 3, "v": 0.001 * 9, STEP_COUNT: 1.0}
    derived = entry.derived(values, state)
    assert list(derived) == ["m′", "v′"]
    assert list(derived.values()) == pytest.approx([3, 9])
    assert np.isfinite(list(derived.values())).all()
