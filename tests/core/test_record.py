"""A run written as plain data goes on to the same bits, whatever it is and wherever it stands."""

import copy
import math
from typing import Any

import numpy as np
import pytest

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.record import RecordProblem, run_of, to_plain
from guitrain.core.run import Run
from guitrain.presets import preset

ARTICLE = preset("article").experiment
SPIRAL = preset("spiral").experiment.changed({"stop.epochs": 30})
CHANGES: list[dict[str, Any]] = [
    {},
    {"optimizer": Choice("adam"), "learning_rate": 0.05},
    {"optimizer": Choice("sgd", {"momentum": 0.9}), "batch_size": 7},
    {"validation_fraction": 0.2, "stop.validation_patience": 5, "stop.patience": 30},
    {"learning_rate": 2.0},  # diverges
    {"data": "digits", "model": "cnn", "test_fraction": 0.9, "batch_size": 30, "initial": None},
]


def same(one: Run, other: Run) -> None:
    """Both stand at the same place, and go on to the same numbers."""
    a, b = one.learner, other.learner
    assert (a.step, a.epoch, a.batch_index, one.phase) == (
        b.step,
        b.epoch,
        b.batch_index,
        other.phase,
    )
    for p, q in zip(a.parameters, b.parameters, strict=True):
        np.testing.assert_array_equal(p.detach().numpy(), q.detach().numpy())
    x, y = one.view(), other.view()
    assert (x.head, x.stopped, x.stops, x.best, x.settings) == (
        y.head,
        y.stopped,
        y.stops,
        y.best,
        y.settings,
    )
    assert repr(x.final_loss) == repr(y.final_loss)  # NaN too
    assert x.initial == y.initial
    for log, other_log in ((x.steps, y.steps), (x.epochs, y.epochs)):
        assert set(log.levels[0].low) == set(other_log.levels[0].low) > {"loss"}
        for name in log.levels[0].low:
            np.testing.assert_array_equal(log.column(name), other_log.column(name))


@pytest.mark.parametrize("changes", CHANGES)
@pytest.mark.parametrize("steps", [0, 1, 43, math.inf])
def test_it_comes_back_as_it_was_and_goes_on_alike(changes: dict[str, Any], steps: float) -> None:
    run = Run(ARTICLE.changed({**changes, "stop.epochs": 60}))
    while run.advance() is not Phase.INIT:
        pass
    run.run_until(math.inf, steps)
    twin, replay = run_of(to_plain(run))
    assert replay.difference == 0
    assert replay.steps == (0 if not steps else pytest.approx(replay.steps))
    same(run, twin)
    run.run_until(math.inf, 20)
    twin.run_until(math.inf, 20)
    same(run, twin)


@pytest.mark.parametrize("phase", [Phase.FORWARD, Phase.LOSS, Phase.BACKWARD])
def test_it_stands_within_a_step_of_its_past(phase: Phase) -> None:
    run = Run(SPIRAL)
    run.run()
    run.seek(101, phase)
    twin, replay = run_of(to_plain(run))
    assert replay.steps > 0
    assert replay.difference == 0
    same(run, twin)
    assert twin.ended == run.ended
    twin.seek(twin.head)
    run.seek(run.head)
    same(run, twin)


def test_events_and_parameters_set_by_hand_come_along() -> None:
    run = Run(ARTICLE)
    run.run_until(math.inf, 20)
    run.change({"learning_rate": 0.002})
    run.run_until(math.inf, 9)
    run.set_by_hand(ByHand(1, (0,), 4.0))
    run.run_until(math.inf, 30)
    run.seek(25)
    twin, replay = run_of(to_plain(run))
    assert replay.difference == 0
    assert twin.events == run.events
    assert twin.latest == run.latest
    same(run, twin)


def test_a_long_run_keeps_its_thinned_history_and_few_keyframes() -> None:
    run = Run(SPIRAL.changed({"stop.epochs": 200}), history_bytes=200_000)
    run.run()
    assert run.steps.publish().first > 0
    plain = to_plain(run)
    twin, replay = run_of(plain)
    assert replay.difference == 0
    for one, other in zip(run.steps.publish().levels, twin.steps.publish().levels, strict=True):
        assert (one.block, one.first, one.length) == (other.block, other.first, other.length)
        for name in one.low:
            np.testing.assert_array_equal(
                one.low[name][: one.length], other.low[name][: one.length]
            )


def test_a_loss_that_this_machine_does_not_come_to_is_told() -> None:
    run = Run(ARTICLE)
    run.run()
    plain = to_plain(run)
    losses = plain["steps"]["levels"][0]["low"]["loss"].copy()
    losses[-1] *= np.float32(1.01)
    plain["steps"]["levels"][0]["low"]["loss"] = losses
    _, replay = run_of(plain)
    assert replay.difference == pytest.approx(0.01, rel=0.01)
    assert replay.there == pytest.approx(replay.here * 1.01, rel=1e-5)


def _paths(obj: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(obj, dict):
        for name, each in obj.items():
            found += _paths(each, (*path, name))
    elif isinstance(obj, list):
        for at, each in enumerate(obj):
            found += _paths(each, (*path, at))
    return found


def plain_of_a_run() -> dict[str, Any]:
    run = Run(ARTICLE.changed({"optimizer": Choice("adam"), "stop.epochs": 30}))
    run.run_until(math.inf, 12)
    run.change({"learning_rate": 0.02})
    run.run()
    return to_plain(run)


PLAIN = plain_of_a_run()
PATHS = [path for path in _paths(PLAIN) if path and path[0] != "experiment"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_anything_taken_away_or_of_another_kind_is_refused(path: tuple[Any, ...]) -> None:
    def at(obj: Any) -> Any:
        for name in path[:-1]:
            obj = obj[name]
        return obj

    odd: list[Any] = ["odd", -7, [], None, np.zeros((2, 2), np.int8), 10**30]
    for value in odd:
        plain = copy.deepcopy(PLAIN)
        at(plain)[path[-1]] = value
        _refused_or_whole(plain)
    plain = copy.deepcopy(PLAIN)
    del at(plain)[path[-1]]
    _refused_or_whole(plain)


def _refused_or_whole(plain: dict[str, Any]) -> None:
    """Either refused in so many words, or a run that can be shown and goes on."""
    try:
        run, _ = run_of(plain)
    except (RecordProblem, ExperimentProblem):
        return
    run.view()
    run.seek(run.head)
    run.run_until(math.inf, 3)
    run.view()


def test_an_empty_drawing_has_no_run() -> None:
    plain = copy.deepcopy(PLAIN)
    empty = Experiment(data=Choice("drawn"))
    plain["experiment"] = empty.to_json()
    with pytest.raises(RecordProblem):
        run_of(plain)


def test_a_file_of_one_keyframe_is_not_trained_again_without_end() -> None:
    run = Run(ARTICLE.changed({"stop.epochs": 3000})).begin()
    run.run_until(math.inf)
    plain = to_plain(run)
    frames = plain["keyframes"]
    for name in ("counts", "means", "patience", "watch", "parameters", "optimizer"):
        frames[name] = frames[name][:1]
    frames["optimizer_since"] = min(frames["optimizer_since"], 1)
    if frames["optimizer_since"] == 1:
        frames["optimizer"] = frames["optimizer"][:0]
    found, replay = run_of(plain, deadline=0.0)
    assert (replay.steps, replay.difference) == (1, 0.0)
    assert found.learner.step < 10
    assert found.seek(plain["step"], Phase(plain["phase"]) if plain["phase"] else None)
    same(found, run)
