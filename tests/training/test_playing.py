"""Moves of the run in hand, and of those that race it."""

import time

import numpy as np
import pytest

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.playing import Player
from guitrain.run_book import RunBook
from guitrain.snapshot import Pace, Until
from tests.core.recipes import article, begun, finished, lively, records

NEVER = float("inf")


def player_of(*runs: Run) -> Player:
    book = RunBook()
    if len(runs) > 1:
        book.race(list(runs))
    else:
        book.begin(runs[0])
    return Player(book)


def racers(*rates: float) -> list[Run]:
    return [begun(article({"learning_rate": rate})) for rate in rates]


def play_on(player: Player) -> None:
    while player.can_go_on and not player.reached:
        player.play(0.005)


def test_each_racer_gets_the_numbers_that_it_gets_alone() -> None:
    runs = racers(0.01, 0.03, 0.002)
    player = player_of(*runs)
    player.begin(None)
    play_on(player)
    for run, rate in zip(runs, (0.01, 0.03, 0.002), strict=True):
        assert records(run) == records(finished(article({"learning_rate": rate})))


def test_no_racer_is_an_epoch_ahead() -> None:
    runs = [
        begun(article({"learning_rate": r, "batch_size": b})) for r, b in ((0.01, 7), (0.02, 50))
    ]
    player = player_of(*runs)
    player.begin(None)
    while player.can_go_on:
        player.play(0.0005)
        epochs = [run.learner.epoch for run in runs]
        assert max(epochs) - min(epochs) <= 1
    assert [run.learner.epoch for run in runs] == [100, 100]


def test_a_race_goes_on_without_the_one_that_diverged() -> None:
    runs = racers(0.3, 0.01)
    player = player_of(*runs)
    player.begin(None)
    play_on(player)
    assert runs[0].ended is not None
    assert runs[0].learner.epoch < 100
    assert runs[1].learner.epoch == 100


def test_racers_follow_each_move_of_the_one_in_hand() -> None:
    runs = racers(0.01, 0.02)
    player = player_of(*runs)
    for _ in range(12):
        player.next(Unit.EPOCH, ask=False)
    assert [run.learner.epoch for run in runs] == [12, 12]
    player.back(Unit.EPOCH)
    assert [run.learner.epoch for run in runs] == [11, 11]
    player.next(Unit.PHASE, ask=False)
    assert [run.learner.epoch for run in runs] == [11, 11]
    player.target = (3, None, False)
    assert player.seek_on(NEVER)
    assert [run.learner.epoch for run in runs] == [3, 3]
    assert [run.head for run in runs] == [12, 12]
    player.target = (0, None, False)
    assert player.seek_on(NEVER)
    assert [run.learner.epoch for run in runs] == [0, 0]


def test_next_epoch_moves_the_others_when_the_one_in_hand_has_ended() -> None:
    runs = racers(0.3, 0.01)
    runs[0].run()
    end = runs[0].learner.epoch
    player = player_of(*runs)
    player.next(Unit.EPOCH, ask=False)
    assert runs[1].learner.epoch == end + 1
    player.next(Unit.EPOCH, ask=False)
    assert runs[1].learner.epoch == end + 2


@pytest.mark.parametrize(
    ("until", "epoch"),
    [
        (Until(epoch=57), 57),
        # The article's printed table: the first epoch at which each is so.
        (Until(loss=0.2775), 20),
        (Until(epoch=30, loss=0.2534), 30),
        (Until(epoch=10, loss=0.2534), 10),
    ],
)
def test_run_until(until: Until, epoch: int) -> None:
    run = begun(article())
    player = player_of(run)
    player.begin(until)
    play_on(player)
    assert player.reached
    losses = run.epochs.publish().column("loss")
    if until.loss is not None and until.epoch is None:
        assert float(losses[-1]) <= until.loss < float(losses[-2])
        assert abs(run.learner.epoch - epoch) <= 1
    else:
        assert run.learner.epoch == epoch
    assert run.at_boundary


def test_run_until_the_gradient_is_small_or_the_loss_rises() -> None:
    run = begun(article())
    player = player_of(run)
    player.begin(Until(gradient_norm=0.5))
    play_on(player)
    norms = run.steps.publish().column("gradient_norm")
    assert float(norms[-1]) <= 0.5 < float(norms[:-1].min())
    rising = begun(article({"learning_rate": 0.15}))
    player = player_of(rising)
    player.begin(Until(rise=True))
    play_on(player)
    losses = rising.epochs.publish().column("loss")
    assert losses[-1] > losses[-2]
    assert (np.diff(losses[:-1].astype(float)) <= 0).all()


def test_a_condition_that_is_never_met_ends_with_the_run() -> None:
    run = begun(article())
    player = player_of(run)
    player.begin(Until(loss=1e-9))
    play_on(player)
    assert not player.reached
    assert run.stopped is not None


def test_asked_before_update() -> None:
    run = begun(lively())
    player = player_of(run)
    player.next(Unit.EPOCH, ask=True)
    assert (run.phase, run.learner.step) == (Phase.BACKWARD, 0)
    player.next(Unit.EPOCH, ask=True)
    assert (run.phase, run.learner.step) == (Phase.BACKWARD, 1)
    player.next(Unit.BATCH, ask=True)
    assert (run.phase, run.learner.step) == (Phase.UPDATE, 2)
    player.next(Unit.BATCH, ask=True)
    assert (run.phase, run.learner.step) == (Phase.BACKWARD, 2)
    player.next(Unit.PHASE, ask=True)
    assert run.phase is Phase.UPDATE


def test_the_end_of_a_stopped_run_is_its_stop() -> None:
    run = finished(article())
    player = player_of(run)
    player.target = (40, None, False)
    assert player.seek_on(NEVER)
    player.target = (10**9, None, False)
    assert player.seek_on(NEVER)
    assert run.stopped is not None
    assert run.learner.step == 100
    player.target = (-5, None, False)
    assert player.seek_on(NEVER)
    assert run.phase is Phase.INIT


def test_a_pace_of_phases_goes_phase_by_phase() -> None:
    run = begun(article())
    player = player_of(run)
    player.pacer.pace = Pace(50.0, phases=True)
    player.begin(None)
    seen: list[Phase | None] = []
    start = time.perf_counter()
    while len(seen) < 10:
        phase = run.phase
        rest = player.play(0.008)
        if run.phase is not phase:
            seen.append(run.phase)
        time.sleep(rest / 1000)
    assert seen[:5] == [Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE]
    assert time.perf_counter() - start > 0.15  # ten phases at 50 a second take 0.2 s
