"""Stepping, running and time travel: three ways to one set of bits."""

import random
import time
from functools import cache
from typing import Any

import numpy as np
import pytest

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from tests.core.recipes import (
    article,
    begun,
    finished,
    lively,
    lively_with_events,
    records,
    state,
)

IN_STEP = (None, Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD)
LONG_AGO = 0.0  # a deadline that has passed


@cache
def original() -> tuple[Run, dict[tuple[int, Phase], dict[str, object]]]:
    return lively_with_events()


def seen_at(step: int, phase: Phase | None) -> dict[str, object]:
    boundary = Phase.UPDATE if step else Phase.INIT
    return original()[1][step, phase or boundary]


@pytest.mark.parametrize(
    "experiment", [article(), lively({"stop.epochs": 7})], ids=["full", "mini"]
)
def test_stepping_equals_running_bit_for_bit(experiment: Any) -> None:
    at_once = finished(experiment)
    for unit in Unit:
        stepped = Run(experiment)
        while stepped.advance_by(unit) is not None:
            pass
        assert records(stepped) == records(at_once), unit
        assert state(stepped) == state(at_once), unit
    sliced = Run(experiment)
    slices = iter(range(1, 10_000))
    while sliced.stopped is None:
        sliced.run_until(float("inf"), next(slices) % 7 + 1)
        if sliced.stopped is None:
            sliced.advance()  # slices may begin in mid-step
    assert records(sliced) == records(at_once)
    assert state(sliced) == state(at_once)


def test_the_phases_come_in_the_articles_order() -> None:
    run = Run(article({"stop.epochs": 2}))
    step = [Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE]
    expected = [Phase.DATA, Phase.INIT, *step, *step, *step[:3], None, None]
    assert [run.advance() for _ in expected] == expected


def test_weights_change_at_update_alone() -> None:
    run = begun(lively())
    for _ in range(60):
        before = run.learner.numbers, [p.tolist() for p in run.learner.parameters]
        phase = run.advance()
        after = run.learner.numbers, [p.tolist() for p in run.learner.parameters]
        assert (before != after) == (phase is Phase.UPDATE)


def test_next_batch_and_next_epoch_stop_at_their_ends() -> None:
    run = begun(lively())
    assert run.advance_by(Unit.BATCH) is Phase.UPDATE
    assert (run.learner.step, run.learner.epoch) == (1, 0)
    run.advance()
    assert run.advance_by(Unit.EPOCH) is Phase.UPDATE
    assert (run.learner.step, run.learner.epoch, run.learner.batch_index) == (5, 1, 0)


def test_run_until_does_the_steps_asked_and_keeps_to_its_deadline() -> None:
    run = begun(article({"stop.epochs": 10**9}))
    assert run.run_until(float("inf"), 12) == 12
    assert run.run_until(LONG_AGO) == 1
    assert run.head == run.learner.step == 13
    assert run.at_boundary


def test_seek_gives_back_every_bit_of_the_run_with_its_events() -> None:
    run = original()[0]
    dice = random.Random(1)
    places = [(step, phase) for step in range(run.head) for phase in IN_STEP]
    chosen = dice.sample(places, 60)
    chosen += [(run.head, phase) for phase in IN_STEP[:4]] + [(0, None), (0, Phase.FORWARD)]
    for step, phase in chosen:
        assert run.seek(step, phase)
        assert state(run) == seen_at(step, phase), (step, phase)


def test_seek_to_where_it_stands_keeps_every_bit() -> None:
    run = original()[0]
    for phase in IN_STEP:
        for _ in range(2):
            assert run.seek(16, phase)
            assert state(run) == seen_at(16, phase)


def test_seek_replays_bit_for_bit_when_keyframes_are_few() -> None:
    run = begun(lively({"stop.epochs": 300}))
    run.keyframes._most = 8
    places: dict[int, dict[str, object]] = {}
    while run.advance() is not None:
        if run.phase is Phase.UPDATE:
            places[run.learner.step] = state(run)
    assert len(run.keyframes) <= 8
    for step in random.Random(2).sample(sorted(places), 40):
        assert run.seek(step)
        assert state(run) == places[step]


def test_going_forward_from_the_past_replays_and_then_records_on() -> None:
    whole = finished(lively({"stop.epochs": 9}))
    run = begun(lively({"stop.epochs": 9}))
    run.run_until(float("inf"), 21)
    before = records(run)
    for back in (0, 3, 20):
        assert run.seek(back, Phase.LOSS)
        assert run.run_until(float("inf"), 21 - back) == 21 - back
        assert run.head == run.learner.step == 21
        assert records(run) == before
    assert run.seek(11)
    run.run()
    assert records(run) == records(whole)
    assert state(run) == state(whole)


def test_a_run_with_events_goes_forward_to_the_same_end() -> None:
    run, seen = lively_with_events()
    before, end = records(run), (run.learner.step, Phase.STOP)
    for back in (0, 6, 19):
        run.seek(back)
        assert run.stopped is None
        reason = run.run()
        assert state(run) == seen[end]
        assert reason == seen[end]["seen"][3]  # type: ignore[index]
        assert records(run) == before


def test_a_seek_past_its_deadline_still_gets_there() -> None:
    run = begun(lively({"stop.epochs": 100}))
    run.keyframes.stride = 64
    places = {}
    while run.learner.step < 130:
        run.advance()
        places[run.learner.step, run.phase] = state(run)
    calls = 1
    while not run.seek(127, Phase.LOSS, deadline=LONG_AGO):
        calls += 1
        assert calls <= 64
        assert run.at_boundary
    assert calls > 1
    assert state(run) == places[127, Phase.LOSS]


def test_the_latest_target_wins() -> None:
    run = begun(lively({"stop.epochs": 100}))
    run.keyframes.stride = 1000
    places = {}
    while run.learner.step < 90:
        run.advance()
        places[run.learner.step, run.phase] = state(run)
    assert not run.seek(80, deadline=LONG_AGO)
    assert not run.seek(40, deadline=LONG_AGO)
    assert run.seek(20)
    assert state(run) == places[20, Phase.UPDATE]


def test_a_seek_left_halfway_is_not_mistaken_for_one_that_arrived() -> None:
    run = begun(lively({"stop.epochs": 100}))
    run.keyframes.stride = 1000
    run.run_until(float("inf"), 90)
    assert not run.seek(40, deadline=LONG_AGO)
    run.run_until(float("inf"), 60)
    run.advance()
    assert run.seek(40)
    assert (run.learner.step, run.at_boundary) == (40, True)


def test_seek_refuses_places_that_no_step_has() -> None:
    run = begun(article())
    run.run_until(float("inf"), 5)
    before = state(run)
    for step in (-1, 6):
        with pytest.raises(ValueError, match=f"step {step} is not within 0 … 5"):
            run.seek(step)
    for phase in (Phase.DATA, Phase.INIT, Phase.UPDATE, Phase.TEST):
        with pytest.raises(ValueError, match="does not lie between two updates"):
            run.seek(3, phase)
    assert state(run) == before


def test_the_view_of_a_past_step_shows_the_loss_of_that_step() -> None:
    run = finished(article())
    losses = run.steps.publish().column("loss")
    for step in (1, 8, 16, 57, 64, 100):
        run.seek(step)
        assert run.view().loss == float(losses[step - 1])
    run.seek(0)
    assert run.view().loss is None
    run.advance()
    assert run.view().loss is None
    run.advance()
    assert run.view().loss == float(losses[0])


def test_batches_and_index_belong_to_one_epoch() -> None:
    run = begun(article({"batch_size": 10}))
    run.run_until(float("inf"), 7)
    run.change({"batch_size": 50})
    run.advance()
    view = run.view()
    assert (view.batch_index, view.batches) == (7, 10)
    run.advance_by(Unit.EPOCH)
    view = run.view()
    assert (view.batch_index, view.batches) == (0, 2)


def test_views_outlive_what_the_run_does_next() -> None:
    run = begun(article())
    run.run_until(float("inf"), 30)
    view = run.view()
    losses, numbers = view.steps.column("loss").copy(), view.numbers
    with pytest.raises(ValueError, match="read-only"):
        view.steps.column("loss")[0] = np.float32(7)
    run.run()
    run.seek(3)
    assert (view.step, view.head, view.numbers, view.stopped) == (30, 30, numbers, None)
    assert view.steps.column("loss").tobytes() == losses.tobytes()


def test_a_million_points_and_a_billion_epochs_begin_at_once() -> None:
    begin = time.process_time()
    run = begun(article({"data.points": 10**6, "stop.epochs": 10**9, "test_fraction": 0.0}))
    assert run.advance_by(Unit.BATCH) is Phase.UPDATE
    assert run.head == 1
    assert run.stopped is None
    assert time.process_time() - begin < 60  # a loop over epochs or points would take minutes
