"""Learning-rate schedules: against torch's own schedulers, by hand, and in a run that travels."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run_view import Unit
from guitrain.core.schedules import SCHEDULES
from tests.core.recipes import article, begun, columns, finished, lively, records, state

STEP = Choice("step", {"drop_every": 3, "drop_factor": 0.5})
EXPONENTIAL = Choice("exponential", {"decay_factor": 0.9})
COSINE = Choice("cosine", {"cosine_epochs": 8, "cosine_floor": 0.0})
FLOOR = Choice("cosine", {"cosine_epochs": 8, "cosine_floor": 0.25})
WARMUP = Choice("warmup", {"warmup_epochs": 4})
CHANGING = [STEP, EXPONENTIAL, COSINE, FLOOR, WARMUP]


def rates(schedule: Choice, epochs: int = 12, base: float = 0.08) -> list[float]:
    made = Experiment(schedule=schedule, learning_rate=base)
    return [made.rate(epoch) for epoch in range(epochs)]


# The numbers.


def torchs(schedule: Callable[[Any], Any], epochs: int = 12, base: float = 0.08) -> list[float]:
    """What a scheduler of torch's makes of the rate, epoch by epoch."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of steps of the scheduler before one of the optimizer
        scheduler = schedule(optimizer)
        found = []
        for _ in range(epochs):
            found.append(float(optimizer.param_groups[0]["lr"]))
            scheduler.step()
    return found


def test_each_schedule_is_torchs_own() -> None:
    # Torch multiplies the rate of the epoch before, so the last bits can differ.
    of = torch.optim.lr_scheduler
    assert rates(STEP) == pytest.approx(torchs(lambda o: of.StepLR(o, 3, 0.5)), rel=1e-14)
    assert rates(EXPONENTIAL) == pytest.approx(
        torchs(lambda o: of.ExponentialLR(o, 0.9)), rel=1e-14
    )
    wave = torchs(lambda o: of.CosineAnnealingLR(o, 8), epochs=8)
    assert rates(COSINE, 8) == pytest.approx(wave, rel=1e-12)
    wave = torchs(lambda o: of.CosineAnnealingLR(o, 8, eta_min=0.02), epochs=8)
    assert rates(FLOOR, 8) == pytest.approx(wave, rel=1e-12)
    ramp = torchs(lambda o: of.LinearLR(o, start_factor=0.25, total_iters=3))
    assert rates(WARMUP) == pytest.approx(ramp, rel=1e-12)
    assert rates(Choice("constant")) == [0.08] * 12


def test_what_they_end_at() -> None:
    assert rates(STEP, 7) == [0.08, 0.08, 0.08, 0.04, 0.04, 0.04, 0.02]
    assert rates(COSINE)[8:] == [0.0] * 4
    assert rates(FLOOR)[8:] == pytest.approx([0.02] * 4)
    assert rates(WARMUP, 6) == [0.02, 0.04, 0.06, 0.08, 0.08, 0.08]
    assert Experiment(schedule=EXPONENTIAL).rate(10**9) == 0.0


@pytest.mark.parametrize("entry", SCHEDULES.values(), ids=lambda entry: entry.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_scripts_expression_is_the_factor_which_never_turns(entry: Any, data: Any) -> None:
    values = entry.check(
        {
            p.name: data.draw(st.integers(1, 300) if p.kind == "int" else st.floats(0.01, 1.0))
            for p in entry.params
        }
    )
    epochs = sorted(data.draw(st.lists(st.integers(0, 500), min_size=3, max_size=9)))
    code = compile(entry.code(values), entry.name, "eval")
    found = [float(eval(code, {"math": math, "epoch": epoch})) for epoch in epochs]
    factors = [entry.factor(values, epoch) if entry.factor else 1.0 for epoch in epochs]
    assert [one.hex() for one in factors] == [one.hex() for one in found]
    assert all(0.0 <= one <= 1.0 + 1e-15 for one in factors)
    steps = np.diff(factors)
    assert (steps <= 1e-15).all() or (steps >= -1e-15).all()


def test_settings_that_cannot_be_are_refused() -> None:
    for kind, name, value in (
        ("step", "drop_every", 0),
        ("step", "drop_factor", 0.0),
        ("step", "drop_factor", 1.5),
        ("exponential", "decay_factor", math.nan),
        ("cosine", "cosine_epochs", 2.5),
        ("warmup", "warmup_epochs", -1),
        ("warmup", "drop_every", 3),
    ):
        with pytest.raises(ExperimentProblem) as refused:
            Experiment(schedule=Choice(kind, {name: value}))
        assert refused.value.field == name
    with pytest.raises(ExperimentProblem):
        Experiment(schedule=Choice("sometimes"))


# In a run.


@pytest.mark.parametrize("schedule", CHANGING, ids=lambda choice: choice.name)
@pytest.mark.parametrize("batch", [None, 5])
def test_every_step_is_made_and_recorded_at_its_epochs_rate(
    schedule: Choice, batch: int | None
) -> None:
    made = lively({"schedule": schedule, "batch_size": batch, "stop.epochs": 10})
    run = begun(made)
    per_epoch = run.learner.batches_per_epoch()
    parameters = [p.detach().clone().requires_grad_() for p in run.learner.parameters]
    optimizer = torch.optim.SGD(parameters, lr=made.learning_rate, momentum=0.9)
    used = []
    while run.advance() is not None:
        if run.phase is Phase.UPDATE:
            for parameter, gradient in zip(parameters, run.learner.gradients, strict=True):
                parameter.grad = gradient.clone()
            used.append(made.rate((run.learner.step - 1) // per_epoch))
            optimizer.param_groups[0]["lr"] = used[-1]
            optimizer.step()
            for ours, theirs in zip(run.learner.parameters, parameters, strict=True):
                assert torch.equal(ours, theirs)
    assert len(used) == 10 * per_epoch
    assert columns(run.steps)["learning_rate"].tolist() == used


def test_without_one_the_numbers_are_those_of_the_rate_itself() -> None:
    flat = Choice("step", {"drop_every": 10, "drop_factor": 1.0})
    assert records(finished(article({"schedule": flat}))) == records(finished(article()))
    assert records(finished(article({"schedule": STEP}))) != records(finished(article()))


def test_the_rate_changed_in_mid_run_goes_on_with_the_schedule() -> None:
    run = begun(article({"schedule": STEP, "stop.epochs": 8, "learning_rate": 0.04}))
    for _ in range(4):
        run.advance_by(Unit.EPOCH)
    assert run.view().rate == 0.02
    run.change({"learning_rate": 0.01})
    run.run()
    found = columns(run.steps)["learning_rate"].tolist()
    assert found == [0.04, 0.04, 0.04, 0.02, 0.005, 0.005, 0.0025, 0.0025]
    assert run.view().rate == 0.0025
    with pytest.raises(ValueError, match="schedule starts a new run"):
        run.change({"schedule": COSINE})


def test_time_travel_and_branches_find_the_same_rates() -> None:
    made = lively({"schedule": COSINE, "stop.epochs": 12, "learning_rate": 0.05})
    run = begun(made)
    seen = {}
    while (phase := run.advance()) is not None:
        seen[run.learner.step, phase] = state(run)
        if (run.learner.step, phase) == (13, Phase.LOSS):
            run.change({"learning_rate": 0.03})
    before = records(run)
    places = list(seen)
    for at in np.random.default_rng(0).permutation(len(places))[:40]:
        step, phase = places[at]
        if phase is Phase.UPDATE:
            run.seek(step)
        elif phase is not Phase.STOP or step < run.head:
            run.seek(step, phase)
        else:
            continue
        assert state(run) == seen[step, phase], (step, phase)
    assert records(run) == before
    run.seek(31)
    assert run.view().rate == made.rate(6, 0.03)
    twin = run.change({"learning_rate": 0.01})
    assert twin is not run
    twin.run()
    rates_of = columns(twin.steps)["learning_rate"].tolist()
    assert rates_of[:31] == columns(run.steps)["learning_rate"].tolist()[:31]
    assert rates_of[31:] == [made.rate(step // 5, 0.01) for step in range(31, 60)]


def test_the_step_in_hand_shows_the_rate_that_it_is_made_with() -> None:
    run = begun(article({"schedule": WARMUP, "learning_rate": 0.04}))
    assert step_view(run).learning_rate == 0.01
    for epoch in range(5):
        for phase in (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE):
            assert run.advance() is phase
            shown = min(0.01 * (epoch + 1), 0.04)
            assert step_view(run).learning_rate == pytest.approx(shown, rel=1e-15)
            assert run.view().rate == step_view(run).learning_rate
