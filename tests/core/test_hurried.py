"""Steps that replay what autograd did: the same bits, and never the step that is looked at."""

import math
from typing import Any

import numpy as np
import pytest
import torch

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.core.stopping import Rule
from guitrain.core.tape import recorded
from tests.core.recipes import article, begun, columns, lively
from tests.core.test_sweep import fitting

INFINITE = float("inf")
NET = {"loss": "binary_cross_entropy", "model": "mlp", "model.hidden": (6, 5), "batch_size": 9}
OTHERS: dict[str, dict[str, Any]] = {
    "article": {"data": "line"},
    "penalties": {**NET, "l1": 0.01, "l2": 0.02},
    "dropout": {**NET, "model.dropout": 0.3, "optimizer": "adam"},
    "gelu": {**NET, "model.activation": "gelu", "standardize": True},
    "huge rate": {"data": "line", "learning_rate": 0.6},
    "digits": {
        "data": "digits",
        "model": Choice("cnn", {"filters": (2, 3)}),
        "test_fraction": 0.9,
        "batch_size": 70,
    },
}


def of(changes: dict[str, Any]) -> Experiment:
    base = {"data": Choice("moons", {"points": 30}), "stop.epochs": 8}
    return Experiment().changed({**base, **changes})


def rushed(run: Run, steps: float = INFINITE) -> None:
    """All but the last of these steps hurried."""
    run._rushing = True
    run.run_until(INFINITE, steps)
    assert not run.learner.hurried


def assert_same(run: Run, other: Run) -> None:
    for log, wanted in ((run.steps, other.steps), (run.epochs, other.epochs)):
        found = columns(log)
        for name, column in columns(wanted).items():
            np.testing.assert_array_equal(found[name], column, err_msg=name)
    for one, two in zip(run.learner.parameters, other.learner.parameters, strict=True):
        assert torch.equal(one.nan_to_num(), two.nan_to_num())


def plainly(experiment: Experiment) -> Run:
    run = begun(experiment)
    while run.advance() is not None:
        assert not run.learner._replays
    return run


PAIRS = {
    f"{model} {loss}": {
        "data": Choice(data, {"points": 30}),
        "model": model,
        "loss": loss,
        "batch_size": batch,
    }
    for batch in (None, 7)
    for model, loss, data in fitting()
}


@pytest.mark.parametrize("changes", [*PAIRS.values(), *OTHERS.values()], ids=[*PAIRS, *OTHERS])
def test_hurried_steps_have_the_bits_of_autograd(changes: dict[str, Any]) -> None:
    experiment = of(changes)
    run = begun(experiment)
    rushed(run)
    assert all(run.learner._replays.values()), "it cannot be replayed"
    assert run.learner._replays
    wanted = plainly(experiment)
    assert_same(run, wanted)
    assert run.stopped == wanted.stopped
    assert run.last_loss == pytest.approx(wanted.last_loss, nan_ok=True, abs=0)


@pytest.mark.parametrize("name", ["bowl", "rosenbrock"])
def test_surfaces_are_hurried_too(name: str) -> None:
    experiment = Experiment().changed({"data": name, "stop.epochs": 20})
    run = begun(experiment)
    rushed(run)
    assert all(run.learner._replays.values())
    assert_same(run, plainly(experiment))


def test_the_step_that_is_looked_at_is_carried_out_by_autograd() -> None:
    run = begun(lively({"stop.epochs": 40}))
    run.learner.observed = True
    rushed(run, 57)
    assert run.learner.step == 57
    assert run.learner.loss.grad_fn is not None
    assert run.learner.state_before is not None
    run.seek(31)
    assert run.learner.loss.grad_fn is not None
    rushed(run)
    assert run.stopped is not None
    assert run.stopped.rule is Rule.EPOCHS
    assert run.learner.loss.grad_fn is not None, "the final loss too"


def test_most_steps_of_a_rush_are_hurried_and_none_before_it() -> None:
    run = begun(article({"stop.epochs": 10**6}))
    seen: list[bool] = []
    forward = run.learner.forward

    def counted() -> None:
        seen.append(run.learner.hurried)
        forward()

    run.learner.forward = counted  # type: ignore[method-assign]
    run.run_until(INFINITE, 20)
    assert not any(seen), "it does not know yet how many there will be"
    seen.clear()
    run.run_until(INFINITE, 20)
    assert seen == [True] * 19 + [False]
    seen.clear()
    run.run_until(0.0)
    assert seen == [False], "the deadline was long ago"


def test_what_happens_in_between_is_not_missed() -> None:
    """Settings, parameters set by hand, going back and on, another size of batches."""

    def driven(run: Run, go: Any) -> Run:
        go(run, 13)
        run.change({"learning_rate": 0.05})
        go(run, 9)
        run.set_by_hand(ByHand(0, (0, 0), 2.5))
        go(run, 11)
        run.change({"batch_size": 4})
        go(run, 30)
        run.seek(20)
        run.seek(33)
        go(run, 40)
        run.change({"batch_size": None})
        go(run, 60)
        return run

    experiment = of({**NET, "stop.epochs": 1000, "optimizer": "adam"})

    def plain(run: Run, steps: int) -> None:
        for _ in range(steps):
            run.run_until(0.0)

    hurried = driven(begun(experiment), rushed)
    assert all(hurried.learner._replays.values())
    assert_same(hurried, driven(begun(experiment), plain))


def test_a_pause_at_an_epochs_end_shows_what_autograd_did() -> None:
    run = begun(lively({"stop.epochs": 40}))
    run._rushing = True
    run.run_until(INFINITE, met=lambda: run.learner.epoch == 12)
    assert (run.learner.epoch, run.learner.batch_index) == (12, 0)
    assert run.learner.loss.grad_fn is not None


def test_lists_of_tensors_and_numbers_are_replayed() -> None:
    weight = torch.randn(3, 4, requires_grad=True)

    def stages(x: torch.Tensor) -> Any:
        first, second = (weight * x).split([1, 2])
        yield first, second
        yield (torch.stack(torch._foreach_norm([first, second])), second.t().t() / math.pi)

    replay = recorded(stages, (weight,), (torch.randn(4),))
    for _ in range(3):
        x = torch.randn(4)
        with torch.no_grad():
            weight.copy_(torch.randn(3, 4))
        for some, wanted in zip(replay(x), stages(x), strict=True):
            assert all(map(torch.equal, some, wanted))
            assert not any(each.requires_grad for each in some)
