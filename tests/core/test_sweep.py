"""Sweeps: each lane against a run of its own, plain PyTorch and closed forms."""

import time
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from guitrain.core.cycle import cycle
from guitrain.core.engine import Engine
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.lanes import Lanes
from guitrain.core.losses import LOSSES
from guitrain.core.models import MODELS
from guitrain.core.optimizers import OPTIMIZERS
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run_view import Unit
from guitrain.core.schedules import SCHEDULES
from guitrain.core.stopping import Rule
from guitrain.core.sweep import SweepPlan, parts_of, second_settings, spread, usual_range
from guitrain.core.sweep_job import MOST_ROWS, SweepJob, parts, train_apart
from guitrain.core.tape import recorded
from tests.core.recipes import article, begun, finished, points

RATES = (1e-4, 3e-3, 0.03, 0.3)


def swept(plan: SweepPlan) -> Any:
    job = SweepJob(plan)
    assert job.advance(float("inf"))
    return job.view()


def assert_as_alone(plan: SweepPlan, rounding: float = 2e-5) -> None:
    """Each lane has the losses, the end and the final loss of a run of its own."""
    view = swept(plan)
    assert view.complete
    assert view.progress == 1
    for lane in range(len(plan)):
        run = finished(plan.experiment.changed(plan.changes(lane)))
        assert run.ended is not None
        assert view.rules[lane] is run.ended.rule, plan.changes(lane)
        wanted: Any = run.epochs.publish().column("loss")
        epochs, losses = view.curve(lane)
        assert epochs.tolist() == list(range(1, len(wanted) + 1))
        assert view.epochs_done[lane] == run.ended.epoch
        np.testing.assert_allclose(losses, wanted, rtol=rounding, atol=1e-7)
        assert view.diverged[lane] == (run.ended.rule is Rule.NON_FINITE)
        if not view.diverged[lane]:
            assert run.last_loss is not None
            np.testing.assert_allclose(view.losses[lane], run.last_loss, rtol=rounding)


def short(changes: dict[str, Any]) -> Experiment:
    base = {"data": Choice("line", {"points": 30}), "stop.epochs": 25, "standardize": True}
    return Experiment().changed({**base, **changes})


def fitting() -> list[tuple[str, str, str]]:
    """Every pair of model and loss, with data that both are for (for surfaces see there)."""
    found = []
    for (model, entry), (loss, other) in product(MODELS.items(), LOSSES.items()):
        if other.of_surface:
            continue
        data = next(name for name in ("line", "moons") if other.fits(0 if name == "line" else 2))
        inputs, classes = (1, 0) if data == "line" else (2, 2)
        if entry.takes(inputs, other.outputs(classes), None):
            found.append((model, loss, data))
    return found


@pytest.mark.parametrize(("model", "loss", "data"), fitting())
def test_lanes_have_the_numbers_of_single_runs(model: str, loss: str, data: str) -> None:
    changes: dict[str, Any] = {"data": Choice(data, {"points": 30}), "model": model, "loss": loss}
    if model == "mlp":
        changes["model.hidden"] = (6, 5)
    # Networks at large rates are chaotic: the last bits grow.
    rates = RATES[:3] if model == "mlp" else RATES
    assert_as_alone(SweepPlan(short(changes), rates))


@pytest.mark.parametrize("filters", [(3,), (2, 3)])
def test_lanes_of_a_convolutional_net_have_the_numbers_of_single_runs(
    filters: tuple[int, ...],
) -> None:
    net = {"data": "digits", "model": Choice("cnn", {"filters": filters}), "stop.epochs": 3}
    few = short({}).changed({**net, "test_fraction": 0.9, "batch_size": 70})
    assert_as_alone(SweepPlan(few, RATES[:3]))


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("batch", [None, 7])
def test_every_optimizer_has_a_learning_rate_for_each_lane(
    optimizer: str, batch: int | None
) -> None:
    assert_as_alone(SweepPlan(short({"optimizer": optimizer, "batch_size": batch}), RATES[:3]))


@pytest.mark.parametrize(
    ("optimizer", "values"),
    [
        ("sgd", {"momentum": 0.8, "nesterov": True}),
        ("rmsprop", {"momentum": 0.5}),
        ("adagrad", {"lr_decay": 0.1}),
    ],
)
def test_an_optimizers_settings_hold_in_each_lane(optimizer: str, values: dict[str, Any]) -> None:
    assert_as_alone(SweepPlan(short({"optimizer": Choice(optimizer, values)}), RATES[:3]))


@pytest.mark.parametrize("schedule", list(SCHEDULES))
def test_schedules_and_penalties_hold_in_each_lane(schedule: str) -> None:
    changes = {"schedule": schedule, "l1": 0.02, "l2": 0.05, "batch_size": 8}
    assert_as_alone(SweepPlan(short(changes), RATES[:3]))


@pytest.mark.parametrize("batch", [None, 7])
@pytest.mark.parametrize(
    "rules",
    [
        {"stop.target_loss": 0.4},
        {"stop.patience": 3, "stop.min_improvement": 0.05},
        {"validation_fraction": 0.4, "stop.validation_patience": 2, "l2": 0.1},
    ],
)
def test_stop_rules_hold_for_each_lane(rules: dict[str, Any], batch: int | None) -> None:
    plan = SweepPlan(short({**rules, "batch_size": batch}), (1e-4, 0.01, 0.05, 0.2, 0.7))
    assert len(set(swept(plan).rules)) > 1
    assert_as_alone(plan)


def test_weights_set_by_hand_begin_every_lane() -> None:
    assert_as_alone(SweepPlan(article({"stop.epochs": 30}), (0.001, 0.01, 0.1)))


def test_lanes_are_descents_of_plain_pytorch() -> None:
    """Against the article's own loop: no code of this project trains there."""
    experiment = article({"stop.epochs": 20})
    data = experiment.make_data().train
    x = torch.tensor(data.inputs, dtype=torch.float32)
    y = torch.tensor(data.targets, dtype=torch.float32).unsqueeze(1)
    view = swept(SweepPlan(experiment, (0.002, 0.05)))
    for lane, rate in enumerate((0.002, 0.05)):
        w, b = nn.Parameter(torch.tensor([-0.20546])), nn.Parameter(torch.tensor([0.783]))
        optimizer = torch.optim.SGD([w, b], lr=rate)
        for at in range(20):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(w * x + b, y)
            loss.backward()
            optimizer.step()
            assert view.curve(lane)[1][at] == pytest.approx(loss.item(), rel=1e-5)


def test_a_lane_that_diverges_harms_no_other() -> None:
    """Rates 30 times over the limit beside good ones: those are as they are without it."""
    experiment = article({"stop.epochs": 60})
    alone, beside = (swept(SweepPlan(experiment, r)) for r in ((0.01, 0.05), (0.01, 0.05, 3.0)))
    assert beside.rules == (Rule.EPOCHS, Rule.EPOCHS, Rule.NON_FINITE)
    for lane in range(2):
        np.testing.assert_allclose(beside.curve(lane)[1], alone.curve(lane)[1], rtol=1e-6)
    epochs, losses = beside.curve(2)
    assert np.isfinite(losses).all()
    assert epochs[-1] == beside.epochs_done[2] < 30
    assert not np.isfinite(beside.losses[2])
    assert beside.best == 1


def test_the_limit_parts_what_diverges_from_what_does_not() -> None:
    """2/λmax of x = ±1 without mean: the Hessian is 2·I, the limit 1 (and 1.9 with β = 0.9)."""
    experiment = points([-1.0, 1.0], [0.5, 1.5], {"stop.epochs": 400, "learning_rate": 0.5})
    plan = SweepPlan(experiment, (0.9, 0.99, 1.02, 1.2), "optimizer.momentum", (0.0, 0.9))
    view = swept(plan)
    assert view.limits == pytest.approx((1.0, 1.9))
    assert view.losses[1] < 1e-3 < 1e3 < view.losses[2]
    assert view.diverged.tolist() == [False, False, False, True] + [False] * 4
    batches = SweepPlan(experiment.changed({"batch_size": 1}), (0.1, 0.2))
    assert batches.limits(experiment.make_data()) == (None,)


@pytest.mark.parametrize(
    ("path", "values", "model"),
    [
        ("batch_size", (4, 7, None), "linear"),
        ("optimizer.momentum", (0.0, 0.5), "linear"),
        ("model.degree", (1, 3), "polynomial"),
        ("model.hidden", ((3,), (4, 4)), "mlp"),
        ("l2", (0.0, 0.1), "linear"),
    ],
)
def test_a_second_setting_is_swept_with_the_rate(
    path: str, values: tuple[Any, ...], model: str
) -> None:
    plan = SweepPlan(short({"model": model}), (0.001, 0.02), path, values)
    assert len(plan) == 2 * len(values)
    assert plan.changes(3) == {"learning_rate": 0.02, path: values[1]}
    assert_as_alone(plan)


def test_every_second_setting_on_offer_can_be_swept() -> None:
    for name, entry in OPTIMIZERS.items():
        experiment = short({"optimizer": name, "model": "polynomial", "loss": "huber"})
        found = second_settings(experiment)
        assert {"batch_size", "l1", "l2", "model.degree", "loss.delta"} <= set(found)
        numbers = [p.name for p in entry.params if p.kind in ("float", "int")]
        assert {f"optimizer.{n}" for n in numbers} <= set(found)
        for path, param in found.items():
            SweepPlan(
                experiment, (0.1, 0.2), path, (1 if param.default is None else param.default,)
            )


def test_it_works_in_slices_and_can_be_left_at_any_time() -> None:
    job = SweepJob(SweepPlan(article({"stop.epochs": 10**9}), spread(1e-4, 0.05, 50)))
    assert job.view().progress == 0
    assert job.view().best is None
    for _ in range(3):
        start = time.perf_counter()
        assert not job.advance(start + 0.02)
    view = job.view()
    kept = [(epochs.copy(), losses.copy()) for epochs, losses in map(view.curve, range(50))]
    with pytest.raises(ValueError, match="read-only"):
        view.groups[0].losses[0, 0] = 1
    job.advance(time.perf_counter() + 0.1)
    for lane, (epochs, losses) in enumerate(kept):  # what was handed out stays as it was
        assert np.array_equal(view.curve(lane)[0], epochs)
        assert np.array_equal(view.curve(lane)[1], losses)
    assert job.view().epochs_done[0] > view.epochs_done[0] > 0
    assert 0 < job.view().progress < 1e-3


def test_a_long_run_keeps_every_second_epoch_and_its_memory() -> None:
    epochs = 2 * MOST_ROWS + 100
    view = swept(SweepPlan(points([1.0], [2.0], {"stop.epochs": epochs}), (0.001, 0.002)))
    at, losses = view.curve(0)
    assert len(at) <= MOST_ROWS
    assert set(np.diff(at)) == {4}
    run = finished(points([1.0], [2.0], {"stop.epochs": epochs, "learning_rate": 0.001}))
    np.testing.assert_allclose(
        losses, run.epochs.publish().column("loss")[at - 1], rtol=1e-4, atol=1e-9
    )


def test_many_points_are_cut_into_loops_that_fit() -> None:
    experiment = Experiment(data=Choice("line", {"points": 20_000}))
    plan = SweepPlan(experiment, spread(1e-4, 0.1, 100), "optimizer.momentum", (0.0, 0.9))
    loops = list(parts(plan))
    assert len(loops) == 4
    assert sum(len(rates) for _, rates, _ in loops) == 200
    assert [first for *_, first in loops] == [0, 50, 100, 150]
    assert len(list(parts(plan, least=7))) == 8


def test_other_processes_find_the_same() -> None:
    plan = SweepPlan(short({"stop.epochs": 6}), RATES, "optimizer.momentum", (0.0, 0.5))
    here = swept(plan)
    with Engine(2) as engine:
        seen = list(train_apart(plan, engine))
    assert [view.complete for view in seen] == [False] * (len(seen) - 1) + [True]
    there = seen[-1]
    assert there.rules == here.rules
    np.testing.assert_array_equal(there.losses, here.losses)
    with Engine(2) as engine:
        rest = train_apart(plan, engine)
        assert not next(rest).complete
        rest.close()  # type: ignore[attr-defined]  # cancelled, with no word of warning


def test_a_cluster_asks_for_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ExperimentProblem) as caught:
        Engine(1, "tcp://nowhere:8786")
    assert caught.value.code == "no_dask"


def test_learning_rates_are_spread_by_their_logarithm() -> None:
    rates = spread(0.001, 1.0, 13)
    assert (rates[0], rates[-1], len(rates)) == (0.001, 1.0, 13)
    ratios = np.diff(np.log10(rates))
    np.testing.assert_allclose(ratios, 0.25, atol=3e-4)
    assert all(float(f"{rate:.3e}") == rate for rate in rates)
    narrow = spread(0.1, 0.1001, 50)  # four digits would not keep them apart
    assert len(set(narrow)) == 50
    low, high = usual_range(0.11)
    assert low < 0.01 < 0.11 < high


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda e: spread(0.1, 0.1, 5), "not_above_from"),
        (lambda e: spread(0.0, 0.1, 5), "not_above"),
        (lambda e: spread(0.1, 1e9, 5), "too_large"),
        (lambda e: spread(0.1, 1.0, 1), "too_small"),
        (lambda e: spread(0.1, 1.0, 257), "too_large"),
        (lambda e: SweepPlan(e, (0.1,)), "too_small"),
        (lambda e: SweepPlan(e, (0.1, -1.0)), "not_above"),
        (lambda e: SweepPlan(e, (0.1, 0.2), "data.noise", (0.1,)), "not_swept"),
        (lambda e: SweepPlan(e, (0.1, 0.2), "optimizer.beta1", (0.1,)), "not_swept"),
        (lambda e: SweepPlan(e, (0.1, 0.2), "batch_size", ()), "empty"),
        (lambda e: SweepPlan(e, (0.1, 0.2), "batch_size", tuple(range(1, 10))), "too_many_values"),
        (lambda e: SweepPlan(e, (0.1, 0.2), "batch_size", (1000,)), "batch_too_large"),
        (
            lambda e: SweepPlan(e, spread(0.1, 1, 256), "l2", (0.0, 0.1, 0.2, 0.3, 0.4)),
            "too_many_lanes",
        ),
    ],
)
def test_what_cannot_be_swept_is_refused(make: Any, code: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        make(Experiment())
    assert caught.value.code == code


def test_values_are_typed_with_commas_or_semicolons() -> None:
    found = second_settings(Experiment(model=Choice("mlp")))
    momentum, hidden = found["optimizer.momentum"], found["model.hidden"]
    assert parts_of(momentum, " 0, 0.5,0.9 ") == ["0", "0.5", "0.9"]
    assert parts_of(momentum, "0,5; 0,9") == ["0,5", "0,9"]
    assert parts_of(momentum, "0.5") == ["0.5"]
    assert parts_of(hidden, "8, 8") == ["8, 8"]
    assert parts_of(hidden, "4 / 8, 8") == ["4", "8, 8"]


def test_a_recording_is_replayed_at_other_values() -> None:
    a, b = torch.rand(3, 4), torch.rand(4)
    weight = torch.rand(4, requires_grad=True)

    def carry_out() -> Iterator[tuple[torch.Tensor, ...]]:
        out = torch.tanh(a * weight + b).relu().sum()
        yield out.detach(), *torch.autograd.grad(out, weight)

    replay = recorded(carry_out, (a, weight))
    for _ in range(3):
        a.copy_(torch.randn(3, 4))
        with torch.no_grad():
            weight.copy_(torch.randn(4))
        for one, other in zip(next(replay()), next(carry_out()), strict=True):
            assert torch.equal(one, other)
            assert not one.requires_grad


def test_lanes_share_the_batches_and_weights_of_a_single_run() -> None:
    experiment = short({"batch_size": 7})
    lanes, run = Lanes(experiment, (0.01, 0.02)), begun(experiment)
    steps = cycle(lanes)
    while lanes.step < 9:  # into the second epoch
        if next(steps) is Phase.INIT:
            for many, one in zip(lanes.parameters, run.learner.parameters, strict=True):
                assert torch.equal(many, torch.stack([one, one]))
        if lanes.step and run.learner.step < lanes.step:
            run.advance_by(Unit.BATCH)
            assert torch.equal(lanes.inputs, run.learner.inputs)
            assert torch.equal(lanes.targets, run.learner.targets)
