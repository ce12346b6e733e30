"""The validation set and early stopping, against numpy by hand and a judge with the whole list."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.core.stopping import Rule
from guitrain.core.sweep_job import Loop
from guitrain.core.validation import GAP_EPOCHS, GAP_RISE, Watch, is_flat
from tests.core.recipes import article, begun, columns, finished, lively, records, state

SOURCES = ("line", "outliers", "sine", "anscombe", "hubble")
SHARE = "validation_fraction"
EARLY = "stop.validation_patience"

# Draws of 31 points: 23 for training, as ``lively`` has them, and 8 for validation.
WATCHED: dict[str, Any] = {"data.points": 31, SHARE: 0.25}


# The split.


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
def test_the_split_is_a_permutation_of_its_own_stream(name: str, share: float) -> None:
    whole = Experiment(data=Choice(name), test_fraction=0.2).make_data()
    given = Experiment(data=Choice(name), test_fraction=0.2, validation_fraction=share)
    data = given.make_data()
    n = len(whole.train)
    wanted = min(round(n * share), n - 1)
    rows = sorted(np.random.default_rng([42, 0, 1]).permutation(n)[:wanted].tolist())
    rest = [row for row in range(n) if row not in rows]
    assert data.validation.inputs.tolist() == whole.train.inputs[rows].tolist()
    assert data.validation.targets.tolist() == whole.train.targets[rows].tolist()
    assert data.train.inputs.tolist() == whole.train.inputs[rest].tolist()
    assert data.train.targets.tolist() == whole.train.targets[rest].tolist()
    assert data.test.targets.tobytes() == whole.test.targets.tobytes()
    assert (given.train_count, given.validation_count) == (len(rest), len(rows))


def test_without_a_share_nothing_is_held_out() -> None:
    assert len(article().make_data().validation) == 0
    assert begun(article()).view().watch is None
    assert begun(article()).view().best is None
    assert "validation" not in columns(begun(article()).epochs)


def test_another_data_seed_holds_out_others_and_no_batch_order_is_its_order() -> None:
    made = Experiment(data=Choice("hubble"), test_fraction=0.0, validation_fraction=0.3)
    other = made.changed({"seeds.data": 7})
    assert made.make_data().validation.targets.tolist() != (
        other.make_data().validation.targets.tolist()
    )
    split = np.random.default_rng([42, 0, 1]).permutation(24).tolist()
    for epoch in range(200):
        assert np.random.default_rng([42, epoch]).permutation(24).tolist() != split


# What is measured.


@pytest.mark.parametrize("changes", [{}, {"batch_size": 7}, {"standardize": True}])
def test_the_validation_loss_is_that_of_the_weights_an_epoch_begins_with(
    changes: dict[str, Any],
) -> None:
    run = finished(article({SHARE: 0.3, "stop.epochs": 12, **changes}))
    points = run.learner.data.validation
    x, y = points.inputs[:, 0], points.targets
    logged = columns(run.epochs)
    own = run.own_units(np.stack([columns(run.steps)[name] for name in "wb"], axis=1))
    starts = [0, *logged["end_step"][:-1].tolist()]
    wanted = [float(np.mean((own[at, 0] * x + own[at, 1] - y) ** 2)) for at in starts]
    assert logged["validation"].tolist() == pytest.approx(wanted, rel=2e-5)
    # Of the weights at the end, too, though no epoch begins with them.
    view = run.view()
    assert view.watch is not None
    assert view.numbers is not None
    w, b = view.numbers
    assert view.watch.loss == pytest.approx(float(np.mean((w * x + b - y) ** 2)), rel=2e-5)
    assert view.watch.epoch == 12


def test_penalties_are_not_in_it() -> None:
    plain, penalized = (begun(article({SHARE: 0.3, "l2": strength})) for strength in (0.0, 5.0))
    for run in (plain, penalized):
        run.advance_by(Unit.PHASE)
        while run.phase is not Phase.STOP:
            run.advance()
    assert plain.learner.watch.loss == penalized.learner.watch.loss


def test_a_run_learns_the_same_whether_the_rule_is_on_or_off() -> None:
    off, on = (finished(lively({**WATCHED, EARLY: rule})) for rule in (None, 10**6))
    assert records(off) == records(on)


# Early stopping.


def judge(losses: list[float], patience: int, first: int = 0) -> int | None:
    """The epoch (from ``first`` on) whose loss comes so many epochs after the lowest so far."""
    for epoch in range(first, len(losses)):
        lowest = min(range(epoch + 1), key=lambda at: losses[at])
        if epoch - lowest >= patience:
            return epoch
    return None


def bending(changes: dict[str, Any] | None = None) -> Experiment:
    """A network that soon learns the noise of few points."""
    return Experiment(
        data=Choice("sine", {"points": 20, "noise": 0.8}),
        model=Choice("mlp"),
        optimizer=Choice("adam"),
        learning_rate=0.03,
        validation_fraction=0.4,
        standardize=True,
    ).changed({"stop.epochs": 150, **(changes or {})})


@pytest.mark.parametrize("patience", [1, 2, 5, 20])
@pytest.mark.parametrize("size", [None, 5])
def test_it_stops_where_a_judge_with_the_whole_list_does(patience: int, size: int | None) -> None:
    free = finished(bending({"batch_size": size}))
    losses = columns(free.epochs)["validation"].tolist()
    run = finished(bending({"batch_size": size, EARLY: patience}))
    wanted = judge(losses, patience)
    assert wanted is not None
    reason, best = run.stopped, run.view().best
    assert reason is not None
    assert best is not None
    assert (reason.rule, reason.epoch, reason.loss) == (Rule.VALIDATION, wanted, losses[wanted])
    assert best.epoch == int(np.argmin(losses[: wanted + 1]))
    assert best.loss == losses[best.epoch]
    assert best.step == best.epoch * (3 if size else 1)
    assert columns(run.epochs)["validation"].tolist() == losses[:wanted]


def test_test_points_steer_nothing() -> None:
    runs = [finished(bending({EARLY: 5, "test_fraction": share})) for share in (0.0, 0.2, 0.9)]
    assert records(runs[0]) == records(runs[1]) == records(runs[2])
    assert runs[0].stopped == runs[1].stopped == runs[2].stopped


def test_it_can_be_switched_on_and_raised_in_mid_run() -> None:
    losses = columns(finished(bending()).epochs)["validation"].tolist()
    run = begun(bending())
    run.run_until(math.inf, 80)
    run.change({EARLY: 3})
    run.run()
    assert run.stopped is not None
    assert (run.stopped.rule, run.stopped.epoch) == (Rule.VALIDATION, judge(losses, 3, 80))
    run.change({EARLY: 6})
    run.run()
    assert (run.stopped.rule, run.stopped.epoch) == (Rule.VALIDATION, judge(losses, 6, 80))
    assert run.view().stops[-2].epoch < run.stopped.epoch


def test_the_lowest_of_the_time_before_it_was_switched_on_counts_too() -> None:
    run = begun(article({SHARE: 0.2, "learning_rate": 0.1, "stop.epochs": 1000}))
    run.run_until(math.inf, 400)
    best = run.view().best
    assert best is not None
    assert best.step < 390
    run.change({EARLY: 400 - best.step})
    run.run()
    assert run.stopped is not None
    assert (run.stopped.rule, run.stopped.epoch) == (Rule.VALIDATION, 400)


def test_other_rules_go_first() -> None:
    recorded = columns(finished(bending()).epochs)
    losses, train = recorded["validation"].tolist(), recorded["loss"].tolist()
    stops = {patience: judge(losses, patience) for patience in range(1, 40)}
    patience, epoch = next(
        (patience, at)
        for patience, at in stops.items()
        if at is not None and train[at] == min(train[: at + 1])
    )
    run = finished(bending({EARLY: patience, "stop.epochs": epoch}))
    assert run.stopped is not None
    assert run.stopped.rule is Rule.VALIDATION, "before the epochs, as the others"
    run = finished(bending({EARLY: patience, "stop.target_loss": train[epoch]}))
    assert run.stopped is not None
    assert (run.stopped.rule, run.stopped.epoch) == (Rule.TARGET_LOSS, epoch)


def test_it_needs_validation_points() -> None:
    problems = []
    for changes in (
        {EARLY: 5},
        {EARLY: 5, SHARE: 0.2, "data.points": 2},  # a share of them that is none
        {EARLY: 5, SHARE: 0.9, "data.points": 1},
    ):
        with pytest.raises(ExperimentProblem) as problem:
            article(changes)
        problems.append((problem.value.code, problem.value.field))
    assert set(problems) == {("no_validation", "validation_patience")}
    run = begun(article())
    with pytest.raises(ExperimentProblem):
        run.change({EARLY: 5})
    assert run.events == []


@pytest.mark.parametrize("size", [None, 9])
def test_each_lane_of_a_sweep_stops_as_its_own_run_does(size: int | None) -> None:
    made = article({SHARE: 0.3, EARLY: 4, "stop.epochs": 60, "batch_size": size})
    rates = (0.001, 0.02, 0.05, 0.1)
    loop = Loop(made, rates, 0)
    while not loop.done:
        loop.advance(math.inf)
    group = loop.group()
    runs = [finished(made.changed({"learning_rate": rate})) for rate in rates]
    assert group.rules == tuple(run.stopped.rule for run in runs if run.stopped)
    assert group.end_epochs.tolist() == [run.learner.epoch for run in runs]
    assert Rule.VALIDATION in group.rules


# Going back.


def watched_run() -> Run:
    return finished(lively({**WATCHED, EARLY: 60, "stop.epochs": 30}))


def test_every_place_is_replayed_with_what_was_watched_there() -> None:
    run = begun(lively({**WATCHED, EARLY: 60, "stop.epochs": 12}))
    seen = {}
    while (phase := run.advance()) is not None:
        seen[run.learner.step, phase] = (state(run), repr(run.learner.watch))
    random = np.random.default_rng(3)
    for _ in range(60):
        step = int(random.integers(1, run.head))
        phase = [Phase.FORWARD, Phase.STOP, Phase.BACKWARD, None][random.integers(4)]
        run.seek(step, phase)
        wanted = seen[step, Phase.UPDATE if phase is None else phase]
        assert (state(run), repr(run.learner.watch)) == wanted


def test_the_best_of_the_record_stays_known_in_the_past_and_a_branch_has_its_own() -> None:
    run = finished(bending())
    losses = columns(run.epochs)["validation"]
    best = run.view().best
    assert best is not None
    assert best.step == int(np.argmin(losses))
    assert best.step > 10
    run.seek(5)
    assert run.view().best == best
    watch = run.view().watch
    assert watch is not None
    assert watch.low is not None
    assert watch.low.step <= 5, "of the cursor"
    branch = run.branch()
    own = branch.view().best
    assert own is not None
    assert own.step == int(np.argmin(losses[:5])), "what STOP has judged before step 6"
    # Never looked at before it went back, a run knows its best all the same.
    unseen = finished(bending())
    unseen.seek(2)
    assert unseen.view().best == best


def test_of_weights_set_by_hand_the_loss_is_measured_anew() -> None:
    run = begun(article({SHARE: 0.3, "stop.epochs": 40, "learning_rate": 0.001}))
    run.run()
    first = run.view().best
    assert first is not None
    assert first.step == 40, "the last is the lowest"
    run.set_by_hand(ByHand(0, (0,), 50.0))
    run.run()
    best, watch = run.view().best, run.view().watch
    assert best is not None
    assert watch is not None
    assert best.step == 39
    assert watch.loss > 100 * best.loss


def test_classes_are_watched_too() -> None:
    made = Experiment(
        data=Choice("moons"),
        model=Choice("mlp"),
        loss=Choice("binary_cross_entropy"),
        validation_fraction=0.25,
    )
    run = finished(made.changed({"stop.epochs": 20}))
    points = run.learner.data.validation
    own = points.targets.astype(int)
    chances = run.learner.probabilities(points.inputs)[np.arange(len(points)), own]
    assert run.learner.watch.loss == pytest.approx(float(-np.log(chances).mean()), rel=1e-4)
    assert run.test().validation is not None


# The gap.


def naive_gap(validation: list[float], train: list[float]) -> bool:
    """Whether, since the lowest, so many epochs in a row were apart."""
    lowest = min(range(len(validation)), key=lambda at: validation[at])
    row = 0
    for at in range(lowest + 1, len(validation)):
        far = validation[at] > validation[lowest] * (1 + GAP_RISE)
        row = row + 1 if far and train[at] < train[lowest] else 0
        if row == GAP_EPOCHS:
            return True
    return False


loss_pairs = st.lists(
    st.tuples(st.sampled_from([1.0, 1.02, 1.2, 1.3, 2.0]), st.floats(0.1, 2)), min_size=1
)


@given(loss_pairs, st.integers(0, 40))
def test_the_gap_opens_as_a_naive_look_at_the_lists_says(
    pairs: list[tuple[float, float]], rising: int
) -> None:
    pairs = pairs + [(1.5 + 0.1 * k, 0.05) for k in range(rising)]
    watch = Watch()
    for at, (validation, train) in enumerate(pairs):
        watch = watch.after(at, at, validation, train)
        assert watch.after(at, at, 0.0, 0.0) is watch  # counted once
        lists = [list(column) for column in zip(*pairs[: at + 1], strict=True)]
        assert (watch.opened is not None) == naive_gap(*lists)
        assert watch.waited == at - int(np.argmin(lists[0]))


def test_an_open_gap_stays_open_until_there_is_a_new_lowest() -> None:
    watch = Watch().after(0, 0, 1.0, 1.0)
    for epoch in range(1, 30):
        watch = watch.after(epoch, epoch, 2.0, 0.5)
    assert watch.opened == GAP_EPOCHS
    watch = watch.after(30, 30, 1.01, 0.5)  # near again, but no lower: it does not flicker
    assert watch.opened == GAP_EPOCHS
    assert watch.after(31, 31, 0.9, 0.5).opened is None


def test_losses_that_are_no_numbers_are_never_the_lowest() -> None:
    watch = Watch().after(0, 0, math.inf, 1.0).after(1, 1, math.nan, 1.0)
    assert watch.low is None
    assert watch.waited == 1
    watch = watch.after(2, 2, 3.0, 1.0).after(3, 3, math.nan, 0.5)
    assert watch.low is not None
    assert watch.low.loss == 3.0


def test_flat_is_what_falls_by_less_than_a_hundredth_over_a_fifth() -> None:
    epochs = np.arange(100.0)
    assert is_flat(np.full(100, 3.0))
    assert is_flat(1 + np.exp(-epochs))
    assert not is_flat(100 - epochs)
    assert not is_flat(np.exp(-epochs / 50))
    assert not is_flat(np.full(5, 3.0)), "too few to say"
