"""Core's shortcuts against torch's own modules, bit for bit."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.losses import LOSSES
from guitrain.core.phases import Phase
from tests.core.recipes import article, begun, columns, finished, lively

MODULES: dict[str, tuple[Choice, nn.Module]] = {
    "mse": (Choice("mse"), nn.MSELoss()),
    "mae": (Choice("mae"), nn.L1Loss()),
    "huber": (Choice("huber", {"delta": 0.7}), nn.HuberLoss(delta=0.7)),
}


def plain_script(
    loss_module: nn.Module,
    momentum: float,
    batch_sizes: list[int],
    rates: dict[int, float],
    seed: int,
) -> list[tuple[float, float, float]]:
    """A plain torch loop, an epoch per batch size: loss, w and b before each update, and after
    the last. ``rates`` holds learning rates by the step from which they are used.
    """
    np.random.seed(42)
    x = np.linspace(0, 5, 100)
    y = 2 * x + 1 + np.random.normal(0, 0.5, 100)
    inputs = torch.tensor(x, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(y, dtype=torch.float32).unsqueeze(1)
    w, b = nn.Parameter(torch.tensor([-0.20546])), nn.Parameter(torch.tensor([0.783]))
    optimizer = torch.optim.SGD([w, b], lr=rates[0], momentum=momentum)
    rows, step = [], 0
    for epoch, size in enumerate(batch_sizes):
        order = np.arange(100)
        if size < 100:
            order = np.random.default_rng([seed, epoch]).permutation(100)
        for start in range(0, 100, size):
            batch = torch.from_numpy(order[start : start + size])
            optimizer.param_groups[0]["lr"] = rates.get(step, optimizer.param_groups[0]["lr"])
            optimizer.zero_grad()
            loss = loss_module(w * inputs[batch] + b, labels[batch])
            rows.append((loss.item(), w.item(), b.item()))
            loss.backward()
            optimizer.step()
            step += 1
    return [*rows, (float("nan"), w.item(), b.item())]


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("size", [1, 7, 32, 50, 100])
def test_training_has_the_bits_of_torchs_modules(name: str, momentum: float, size: int) -> None:
    choice, module = MODULES[name]
    experiment = article(
        {
            "loss": choice,
            "optimizer": Choice("sgd", {"momentum": momentum}),
            "batch_size": size,
            "stop.epochs": 3,
            "seeds.batches": 5,
        }
    )
    run = finished(experiment)
    recorded = columns(run.steps)
    ours = list(zip(*(recorded[n].tolist() for n in ("loss", "w", "b")), strict=True))
    theirs = plain_script(module, momentum, [size] * 3, {0: 0.01}, seed=5)
    assert ours == theirs[:-1]
    assert run.learner.numbers == theirs[-1][1:]


def test_events_give_the_bits_of_a_script_that_changes_in_mid_run() -> None:
    run = begun(
        article({"optimizer": Choice("sgd", {"momentum": 0.8}), "batch_size": 40, "stop.epochs": 5})
    )
    run.run_until(float("inf"), 4)
    run.change({"learning_rate": 0.02, "batch_size": 30})  # in mid-epoch: size 30 from step 6 on
    run.run_until(float("inf"), 2)
    run.advance()
    run.change({"learning_rate": 0.005, "batch_size": None})  # in mid-step 6
    run.run()
    recorded = columns(run.steps)
    ours = list(zip(*(recorded[n].tolist() for n in ("loss", "w", "b")), strict=True))
    rates = {0: 0.01, 4: 0.02, 7: 0.005}
    theirs = plain_script(nn.MSELoss(), 0.8, [40, 40, 30, 100, 100], rates, seed=0)
    assert ours == theirs[:-1]


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("count", [1, 2, 3, 100, 4097])
def test_losses_and_their_gradients_have_torchs_bits(name: str, count: int) -> None:
    choice, module = MODULES[name]
    generator = torch.Generator().manual_seed(count)
    target = torch.randn(count, 1, generator=generator)
    prediction = torch.randn(count, 1, generator=generator).requires_grad_()
    values = LOSSES[choice.name].check(choice.values)
    ours = LOSSES[choice.name].build(values)(prediction, target)
    theirs = module(prediction, target)
    assert ours.item() == theirs.item()
    (our_gradient,) = torch.autograd.grad(ours, prediction)
    (their_gradient,) = torch.autograd.grad(theirs, prediction)
    assert torch.equal(our_gradient, their_gradient)


@pytest.mark.parametrize("name", MODULES)
def test_backward_has_the_bits_of_autograd_grad(name: str) -> None:
    run = begun(lively({"loss": MODULES[name][0]}))
    for _ in range(12):
        while run.advance() is not Phase.STOP:
            pass
        learner = run.learner
        theirs = torch.autograd.grad(learner.loss, learner.parameters, retain_graph=True)
        assert run.advance() is Phase.BACKWARD
        assert all(map(torch.equal, learner.gradients, theirs))


def test_weights_without_a_value_are_drawn_as_the_article_does_from_their_seed() -> None:
    for seed in (0, 1, 2**32 - 1):
        torch.manual_seed(seed)
        drawn = (torch.randn(1).item(), torch.randn(1).item())
        assert begun(Experiment().changed({"seeds.weights": seed})).learner.numbers == drawn


def test_nothing_is_drawn_from_the_global_generators() -> None:
    torch.manual_seed(7)
    np.random.seed(7)
    before: Any = torch.get_rng_state().clone(), np.random.get_state()[1].tobytes()  # type: ignore[index]
    finished(lively({"stop.epochs": 3})).test()
    assert torch.equal(torch.get_rng_state(), before[0])
    assert np.random.get_state()[1].tobytes() == before[1]  # type: ignore[index]
