"""Back by a phase, batch or epoch; and the quickest place near a step."""

import random

import pytest

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.core.travel import epoch_start, place_before, place_near
from tests.core.recipes import article, begun, finished, lively, lively_with_events, state


def test_back_undoes_next_phase_by_phase_to_the_first() -> None:
    run, _ = lively_with_events()
    seen = [state(run)]
    dice = random.Random(3)
    # All the way back, and at times on again: each place is met with the same bits.
    while not (run.learner.step == 0 and run.at_boundary):
        before = state(run)
        run.seek(*place_before(run, Unit.PHASE))
        seen.append(state(run))
        if dice.random() < 0.2:
            run.advance()
            assert state(run) == before
            run.seek(*place_before(run, Unit.PHASE))
    assert run.phase is Phase.INIT
    for earlier in seen[-2::-1]:
        run.advance()
        assert state(run) == earlier
    assert run.stopped is not None


def test_back_stays_at_the_initial_weights() -> None:
    run = begun(article())
    for unit in Unit:
        assert place_before(run, unit) == (0, None)
        run.seek(*place_before(run, unit))
        assert run.phase is Phase.INIT
        assert run.learner.step == 0


@pytest.mark.parametrize(
    ("start", "unit", "there"),
    [
        ((7, None), Unit.BATCH, (6, None)),
        ((7, Phase.LOSS), Unit.BATCH, (7, None)),
        ((7, None), Unit.EPOCH, (5, None)),  # five batches to an epoch
        ((7, Phase.STOP), Unit.EPOCH, (5, None)),
        ((5, None), Unit.EPOCH, (0, None)),
        ((5, Phase.FORWARD), Unit.EPOCH, (5, None)),
        ((10, None), Unit.EPOCH, (5, None)),
        ((7, Phase.FORWARD), Unit.PHASE, (7, None)),
        ((7, None), Unit.PHASE, (6, Phase.BACKWARD)),
    ],
)
def test_back_by_each_unit(start: object, unit: Unit, there: object) -> None:
    run = begun(lively())
    run.run_until(float("inf"), 12)
    run.seek(*start)  # type: ignore[misc]
    assert place_before(run, unit) == there


def test_back_from_the_end_of_a_stopped_run() -> None:
    run = finished(article())
    run.seek(*place_before(run, Unit.PHASE))
    assert (run.learner.step, run.phase, run.stopped) == (100, Phase.LOSS, None)
    assert run.ended is not None
    assert run.advance() is Phase.STOP
    assert run.stopped == run.ended


def test_the_end_is_known_in_the_past_and_forgotten_when_the_run_may_go_on() -> None:
    run = finished(article())
    run.seek(40)
    assert run.stopped is None
    assert run.ended is not None
    assert run.last_loss == pytest.approx(0.2291, abs=5e-5)
    run.run()
    run.change({"stop.epochs": 150})
    assert run.ended is None
    assert run.view().stops[0].epoch == 100
    run.run()
    assert [stop.epoch for stop in run.view().stops] == [100, 150]


def test_near_a_step_is_one_step_of_replay() -> None:
    run = begun(article({"stop.epochs": 10**6}))
    run.keyframes.stride = 64
    run.run_until(float("inf"), 1000)
    for asked in (0, 1, 63, 64, 97, 500, 999, 1000):
        near = place_near(run, asked)
        assert abs(near - asked) <= (33 if asked < 960 else 64)
        kept = run.keyframes.before(max(near - 1, 0))
        assert kept is not None
        assert near - kept.step in (0, 1)


def test_an_epoch_so_old_that_it_is_thinned_has_some_start() -> None:
    run = begun(article({"stop.epochs": 10**6}), history_bytes=400_000)
    run.run_until(float("inf"), 30_000)
    first = run.epochs.publish().first
    assert first > 0
    assert epoch_start(run, 20_000) in (20_000, first + 1)
    assert 0 < epoch_start(run, 5) <= first + 1
    assert epoch_start(run, 0) == 0


def test_met_pauses_at_an_epochs_end_alone() -> None:
    run = begun(lively())
    asked: list[int] = []

    def met() -> bool:
        asked.append(run.learner.step)
        return run.learner.epoch == 3

    assert run.run_until(float("inf"), met=met) == 15
    assert asked == [5, 10, 15]
    assert Run(article()).run_until(float("inf"), 7, lambda: False) == 7
