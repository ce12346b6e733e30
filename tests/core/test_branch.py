"""Settings changed in mid-run: at the head an event, in the past a branch."""

from typing import Any

import pytest

from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.core.settings import STEERING
from guitrain.core.stopping import Rule
from tests.core.recipes import article, begun, finished, lively, lively_with_events, records, state


def with_event(experiment: Any, step: int, changes: dict[str, Any]) -> Run:
    """A fresh run to its end, with a change made at the boundary of ``step``."""
    run = begun(experiment)
    run.run_until(float("inf"), step) if step else None
    run.change(changes)
    run.run()
    return run


@pytest.mark.parametrize("step", [0, 1, 8, 13, 29])
@pytest.mark.parametrize(
    "changes", [{"learning_rate": 0.05}, {"batch_size": 9, "stop.epochs": 8}], ids=["rate", "batch"]
)
def test_a_branch_equals_a_fresh_run_with_that_event(step: int, changes: dict[str, Any]) -> None:
    experiment = lively({"stop.epochs": 6})
    parent = finished(experiment)
    before, end = records(parent), parent.head
    parent.seek(step)
    place = state(parent)
    branch = parent.change(changes)
    assert branch is not parent
    assert branch.id != parent.id
    assert branch.parent == (parent.id, step)
    assert {**state(branch), "seen": None} == {**place, "seen": None}
    branch.run()
    fresh = with_event(experiment, step, changes)
    assert records(branch) == records(fresh)
    assert state(branch) == state(fresh)
    assert records(branch, step) == records(parent, step)
    assert records(branch) != before
    # The parent: untouched, and able to go on.
    assert (records(parent), state(parent), parent.head) == (before, place, end)
    assert parent.events == []
    for back in (step, step // 2):
        branch.seek(back)
        parent.seek(back)
        assert state(branch)["parameters"] == state(parent)["parameters"]


def test_a_branch_keeps_the_events_before_it_and_drops_the_later_ones() -> None:
    parent, _ = lively_with_events()
    parent.seek(16)
    branch = parent.change({"stop.epochs": 5})
    assert [e.step for e in branch.events] == [e.step for e in parent.events if e.step <= 16] + [16]
    branch.run()
    assert branch.head > 16
    assert records(branch, 16) == records(parent, 16)
    assert branch.learner.epoch == 5


def test_a_branch_of_a_branch_remembers_its_own_parent() -> None:
    first = finished(article())
    first.seek(50)
    second = first.change({"learning_rate": 0.05})
    second.run_until(float("inf"), 30)
    second.seek(60)
    third = second.change({"learning_rate": 0.02})
    third.run()
    assert third.parent == (second.id, 60)
    rates = third.steps.publish().column("learning_rate").tolist()
    assert rates == [0.01] * 50 + [0.05] * 10 + [0.02] * 40


def test_a_change_that_changes_nothing_makes_no_branch() -> None:
    run = finished(article())
    run.seek(40)
    assert run.change({"learning_rate": 0.01}) is run
    assert run.events == []


def test_a_branch_needs_weights_to_start_from() -> None:
    run = Run(article())
    with pytest.raises(ExperimentProblem) as caught:
        run.branch()
    assert (caught.value.code, caught.value.field) == ("not_begun", "branch")


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.0},
        {"learning_rate": "fast"},
        {"learning_rate": 0.5, "batch_size": 101},
        {"stop.epochs": 0},
        {"stop.patience": 2.5},
        {"seeds.data": 1},
        {"data.noise": 0.1},
        {"standardize": True},
        {"learning_rate": 0.5, "nonsense": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("past", [False, True], ids=["head", "past"])
def test_a_refused_change_changes_nothing(changes: dict[str, Any], past: bool) -> None:
    run = begun(article())
    run.run_until(float("inf"), 20)
    if past:
        run.seek(10)
    before = state(run), records(run), run.settings
    with pytest.raises(ValueError):  # noqa: PT011 (of either kind: a wrong value or another run's)
        run.change(changes)
    assert (state(run), records(run), run.settings) == before
    assert run.events == []


def test_steering_settings_are_all_taken_in_mid_run() -> None:
    values = dict(zip(STEERING, (0.02, 7, 60, 0.3, 5, 0.01, 9), strict=True))
    run = begun(article({"validation_fraction": 0.2}))
    run.run_until(float("inf"), 3)
    assert run.change(values) is run
    for name, value in values.items():
        assert run.settings.changed({name: value}) == run.settings


def test_a_change_in_mid_step_waits_for_the_next_step() -> None:
    run = begun(article())
    run.run_until(float("inf"), 4)
    run.advance()
    run.change({"learning_rate": 0.02})
    run.run_until(float("inf"), 3)
    assert run.steps.publish().column("learning_rate").tolist() == [0.01] * 5 + [0.02] * 2


def test_a_new_batch_size_waits_for_the_next_epoch() -> None:
    run = begun(article({"batch_size": 25}))
    run.run_until(float("inf"), 5)
    run.change({"batch_size": 50})
    ends = [run.advance_by(Unit.EPOCH) and run.learner.step for _ in range(3)]
    assert ends == [8, 10, 12]


def test_changes_made_on_both_sides_of_back_replay_as_they_were() -> None:
    run = begun(article())
    run.run_until(float("inf"), 50)
    run.advance()
    run.change({"learning_rate": 0.02})  # waits for step 51
    run.seek(50)
    run.change({"learning_rate": 0.03})  # takes effect at step 50
    run.run_until(float("inf"), 10)
    rates = run.steps.publish().column("learning_rate").tolist()
    assert rates == [0.01] * 50 + [0.03] * 10
    end = state(run)
    run.seek(44)
    run.seek(60)
    assert state(run) == end


@pytest.mark.parametrize("make", [article, lively], ids=["full", "mini"])
def test_raising_the_epochs_after_the_end_equals_having_had_them(make: Any) -> None:
    run = finished(make({"stop.epochs": 20}))
    assert run.stopped is not None
    assert run.stopped.rule is Rule.EPOCHS
    assert run.change({"stop.epochs": 33}) is run
    assert run.stopped is None
    run.run()
    straight = finished(make({"stop.epochs": 33}))
    assert records(run) == records(straight)
    assert {**state(run), "settings": None} == {**state(straight), "settings": None}
    run.seek(19)
    run.run()
    assert {**state(run), "settings": None} == {**state(straight), "settings": None}


@pytest.mark.parametrize("batch_size", [None, 5])
def test_patience_counts_no_epoch_twice_over_such_a_stop(batch_size: int | None) -> None:
    # From the best weights on, no epoch's loss falls by a whole unit: patience only waits.
    rules = {"stop.patience": 12, "stop.min_improvement": 1000.0, "batch_size": batch_size}
    straight = finished(lively({**rules, "stop.epochs": 500}))
    assert straight.stopped is not None
    assert straight.stopped.rule is Rule.PATIENCE
    halting = finished(lively({**rules, "stop.epochs": 4}))
    for epochs in (5, 6, 9, 500):
        assert halting.stopped is not None
        assert halting.stopped.rule is Rule.EPOCHS
        halting.change({"stop.epochs": epochs})
        halting.run()
    assert halting.stopped == straight.stopped
    assert records(halting) == records(straight)


def test_a_stop_that_the_change_does_not_lift_comes_again() -> None:
    run = finished(article({"stop.target_loss": 0.3}))
    assert run.stopped is not None
    stopped = run.stopped
    assert stopped.rule is Rule.TARGET_LOSS
    run.change({"stop.epochs": 300})
    assert run.run() == stopped
    run.change({"stop.target_loss": 0.25})
    assert run.run().step > stopped.step


def test_patience_switched_on_again_begins_anew() -> None:
    run = begun(article({"stop.patience": 10, "stop.min_improvement": 1000.0}))
    run.run_until(float("inf"), 8)
    run.change({"stop.patience": None})
    run.run_until(float("inf"), 20)
    run.change({"stop.patience": 10})
    reason = run.run()
    assert (reason.rule, reason.epoch) == (Rule.PATIENCE, 28 + 10)
    run.seek(20)
    assert run.run() == reason


def test_a_branch_starts_where_the_initial_weights_were_just_made() -> None:
    run = finished(article())
    run.seek(0)
    branch = run.change({"learning_rate": 0.02})
    assert branch.phase is Phase.INIT
    assert branch.view().numbers == run.view().numbers
    assert branch.advance() is Phase.FORWARD


def test_a_branch_can_start_where_only_extremes_are_kept() -> None:
    run = begun(lively({"stop.epochs": 10**9}), history_bytes=200_000)
    run.run_until(float("inf"), 6000)
    assert run.steps.publish().first > 1003
    run.seek(1003)
    weights = run.learner.numbers
    branch = run.change({"learning_rate": 0.001})
    assert branch.learner.numbers == weights
    branch.run_until(float("inf"), 5000)
    assert branch.head == branch.view().steps.length == 6003
    assert branch.epochs.length == branch.learner.epoch
    branch.seek(1003)
    assert branch.learner.numbers == weights
    at, low, high = branch.steps.publish().envelope("loss", 0, 6003, 100)
    assert at[0] == 0
    assert (low <= high).all()
    assert run.head == 6000
