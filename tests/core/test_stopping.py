"""The stop rules against a naive judge that looks at the whole list of losses each time."""

import math
from dataclasses import dataclass

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guitrain.core.cycle import cycle
from guitrain.core.experiment import Experiment, StopRules
from guitrain.core.learner import Learner
from guitrain.core.run import Run
from guitrain.core.stopping import Patience, Rule, met
from tests.core.recipes import article, columns, finished, lively, points, state


class Scripted(Learner):
    """A learner whose losses are given, one per step; its weights stay where they are."""

    def __init__(self, experiment: Experiment, losses: list[float]) -> None:
        super().__init__(experiment)
        self.losses = losses

    def compute_loss(self) -> None:
        self.loss = (self.prediction * 0).sum()
        self.loss_value = self.losses[self.step]


@dataclass
class Verdict:
    rule: Rule
    epoch: int
    step: int


def waited(losses: list[float], least_fall: float) -> int:
    """How many of the last losses come after the last significant fall."""
    falls = [0]
    for i in range(1, len(losses)):
        if losses[i] < losses[falls[-1]] - least_fall:
            falls.append(i)
    return len(losses) - 1 - falls[-1]


def judge(losses: list[float], rules: StopRules) -> Rule | None:
    if rules.target_loss is not None and losses[-1] <= rules.target_loss:
        return Rule.TARGET_LOSS
    if rules.patience is not None and waited(losses, rules.min_improvement) >= rules.patience:
        return Rule.PATIENCE
    return None


def judge_full(losses: list[float], rules: StopRules) -> Verdict:
    """All the data in one batch: loss ``k`` is judged before update k + 1."""
    for epoch, loss in enumerate(losses):
        if not math.isfinite(loss):
            return Verdict(Rule.NON_FINITE, epoch, epoch)
        if rule := judge(losses[: epoch + 1], rules):
            return Verdict(rule, epoch, epoch)
        if epoch == rules.epochs:
            return Verdict(Rule.EPOCHS, epoch, epoch)
    raise AssertionError("not enough losses")


def judge_mini(losses: list[float], rules: StopRules) -> Verdict:
    """Batches of two points and of one: finished epochs are judged, by their mean."""
    means: list[float] = []
    for step, loss in enumerate(losses):
        epoch, batch = divmod(step, 2)
        if not math.isfinite(loss):
            return Verdict(Rule.NON_FINITE, epoch, step)
        if batch == 0 and epoch:
            means.append((losses[step - 2] * 2 + losses[step - 1]) / 3)
            if rule := judge(means, rules):
                return Verdict(rule, epoch, step)
        if batch == 0 and epoch == rules.epochs:
            return Verdict(Rule.EPOCHS, epoch, step)
    raise AssertionError("not enough losses")


# Few different values, so that equal losses and falls of exactly the least fall are common.
loss_values = st.one_of(
    st.sampled_from([0.25, 0.5, 0.75, 1.0, 1.25]),
    st.floats(0, 4),
    st.sampled_from([math.nan, math.inf, -math.inf]),
)
stop_rules = st.builds(
    StopRules,
    epochs=st.integers(1, 12),
    target_loss=st.none() | st.sampled_from([0.0, 0.25, 0.5, 1.0]),
    patience=st.none() | st.integers(1, 6),
    min_improvement=st.sampled_from([0.0, 1e-4, 0.25]),
)


def carried_out(experiment: Experiment, losses: list[float]) -> Scripted:
    learner = Scripted(experiment, losses)
    for _ in cycle(learner):
        pass
    return learner


@given(st.lists(loss_values, min_size=26, max_size=26), stop_rules)
def test_full_batch_runs_stop_where_a_naive_judge_stops(
    losses: list[float], rules: StopRules
) -> None:
    experiment = points([0, 1, 2], [0, 1, 2])
    learner = carried_out(Experiment(data=experiment.data, test_fraction=0, stop=rules), losses)
    reason = learner.stop_reason
    assert reason is not None
    assert Verdict(reason.rule, reason.epoch, reason.step) == judge_full(losses, rules)
    assert repr(reason.loss) == repr(losses[reason.step])


@given(st.lists(loss_values, min_size=26, max_size=26), stop_rules)
def test_mini_batch_runs_stop_where_a_naive_judge_stops(
    losses: list[float], rules: StopRules
) -> None:
    experiment = points([0, 1, 2], [0, 1, 2], {"batch_size": 2})
    learner = carried_out(
        Experiment(data=experiment.data, test_fraction=0, batch_size=2, stop=rules), losses
    )
    reason = learner.stop_reason
    assert reason is not None
    assert Verdict(reason.rule, reason.epoch, reason.step) == judge_mini(losses, rules)
    if reason.rule is not Rule.NON_FINITE:
        step = reason.step
        assert reason.loss == (losses[step - 2] * 2 + losses[step - 1]) / 3


@given(st.lists(st.floats(0, 4), min_size=1), st.sampled_from([0.0, 0.5]))
def test_patience_counts_from_the_last_significant_fall(losses: list[float], fall: float) -> None:
    memory = Patience()
    for epoch, loss in enumerate(losses):
        memory = memory.after(epoch, loss, fall)
        assert memory.waited == waited(losses[: epoch + 1], fall)
        assert memory.after(epoch, loss, fall) is memory  # judged once


def test_the_target_goes_before_patience_and_both_before_the_epochs() -> None:
    rules = StopRules(epochs=3, target_loss=1.0, patience=3, min_improvement=0.0)
    assert met(rules, Patience(3, 1.0, 3), 1.0) is Rule.TARGET_LOSS
    assert met(rules, Patience(3, 1.0, 3), 1.5) is Rule.PATIENCE
    data = points([0, 1], [0, 1]).data
    for losses, rule in (
        ([2.0, 2.0, 2.0, 1.0], Rule.TARGET_LOSS),
        ([2.0, 2.0, 2.0, 2.0], Rule.PATIENCE),
        ([2.0, 2.0, 1.5, 1.6], Rule.EPOCHS),
        ([2.0, 2.0, 1.5, math.nan], Rule.NON_FINITE),
    ):
        learner = carried_out(Experiment(data=data, test_fraction=0, stop=rules), losses)
        assert learner.stop_reason is not None
        assert (learner.stop_reason.rule, learner.epoch) == (rule, 3)


def test_the_forward_after_the_last_update_is_no_epoch() -> None:
    for changes, steps in (({}, 1), ({"batch_size": 30}, 4)):
        run = finished(article({"stop.epochs": 7, **changes}))
        assert run.learner.epoch == len(columns(run.epochs)["loss"]) == 7
        assert run.head == len(columns(run.steps)["loss"]) == 7 * steps
        final = run.view().final_loss
        assert final == pytest.approx(run.learner.train_loss(), rel=1e-6)
        assert final != columns(run.epochs)["loss"][-1]


def test_a_target_is_met_by_the_epoch_that_reaches_it() -> None:
    losses = columns(finished(article()).epochs)["loss"]
    target = float(losses[40])
    run = finished(article({"stop.target_loss": target}))
    assert run.stopped is not None
    assert (run.stopped.rule, run.stopped.epoch, run.stopped.loss) == (Rule.TARGET_LOSS, 40, target)


def test_divergence_stops_at_the_first_loss_that_is_no_number() -> None:
    for changes in ({}, {"batch_size": 10}):
        run = finished(article({"learning_rate": 30.0, "stop.patience": 2, **changes}))
        assert run.stopped is not None
        # Patience is on: the first rise beyond it would stop a run whose losses stay finite.
        assert run.stopped.rule in (Rule.NON_FINITE, Rule.PATIENCE)
        run = finished(article({"learning_rate": 30.0, **changes}))
        assert run.stopped is not None
        assert run.stopped.rule is Rule.NON_FINITE
        assert not math.isfinite(run.stopped.loss)
        recorded = columns(run.steps)
        assert torch.isfinite(torch.from_numpy(recorded["loss"])).all()
        assert run.stopped.step == run.head == len(recorded["loss"])
        run.seek(run.head - 1)
        assert run.view().loss == float(recorded["loss"][-2])
        branch = run.change({"learning_rate": 0.01})
        assert branch.run_until(float("inf"), 3) == 3


@pytest.mark.parametrize("experiment", [article({"stop.epochs": 9}), lively({"stop.epochs": 3})])
def test_a_stop_that_is_taken_back_leaves_the_last_step_as_it_was(experiment: Experiment) -> None:
    run = Run(experiment)
    while run.learner.epoch < experiment.stop.epochs:
        run.advance()
    before = state(run)
    reason = run.run()
    run.change({"learning_rate": 0.003})
    assert {**state(run), "settings": None} == {**before, "settings": None}
    assert run.run() == reason  # the rate alone lets it go no further
    run.change({"stop.epochs": 20})
    assert {**state(run), "settings": None} == {**before, "settings": None}
    run.run()
    assert run.learner.epoch == 20
