"""A run as plain data, from which it can go on to the same bits: what an experiment file holds.

``to_plain`` gives what JSON can say, but for arrays, which it leaves as they are; ``run_of`` takes
that back, and replays the last stretch of it: a file tells what this machine should come to.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from guitrain.core.by_hand import ByHand, checked
from guitrain.core.devices import as_array
from guitrain.core.experiment import Experiment
from guitrain.core.history import FACTOR, LevelView, Log, LogView
from guitrain.core.keyframes import Keyframes
from guitrain.core.learner import LearnerState
from guitrain.core.phases import Phase
from guitrain.core.problems import MISFITS, ExperimentProblem
from guitrain.core.recording import Ending
from guitrain.core.run import Run
from guitrain.core.run_view import Event
from guitrain.core.settings import STEERING
from guitrain.core.stopping import Patience, Rule, StopReason
from guitrain.core.travel import Place
from guitrain.core.validation import Low, Watch

MOST_KEYFRAME_BYTES = 16_000_000  # in a file; more are thinned
MOST_STEPS = 10**12  # that a file may say it has
REPLAY_SECONDS = 20.0  # that a file may have trained again while it is opened
_PLACES = (None, Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD)

Floats = NDArray[np.float64]


class RecordProblem(ValueError):  # noqa: N818 (a problem of the file, not a crash)
    """Plain data that no run has written; the text says where, for the log."""


@dataclass(frozen=True)
class Replay:
    """What a replay of the last stretch came to, beside the record.

    Attributes:
        steps: so many were replayed. difference: the largest relative difference of their losses
            and parameters (inf: the run stopped earlier, or one of the two is no number).
        here, there: the loss of the last step, replayed and recorded.
    """

    steps: int
    difference: float
    here: float
    there: float


# Writing.


def to_plain(run: Run) -> dict[str, Any]:
    """The whole of a run, after INIT."""
    learner = run.learner
    ending = run.ending
    return {
        "experiment": run.experiment.to_json(),
        "events": [_event_to_plain(event) for event in run.events],
        "step": learner.step,
        "phase": None if run.at_boundary else (run.phase or Phase.DATA).value,
        "head": run.head,
        "ended": _stop_to_plain(ending.reason),
        "end_loss": _number(ending.loss),
        "stops": [_stop_to_plain(stop) for stop in ending.stops],
        "best": _low_to_plain(ending.best),
        "steps": _log_to_plain(run.steps.publish()),
        "epochs": _log_to_plain(run.epochs.publish()),
        "keyframes": _keyframes_to_plain(run.keyframes),
    }


def _number(value: float | None) -> float | str | None:
    """JSON has no word for what is not finite."""
    return value if value is None or math.isfinite(value) else repr(float(value))


def _stop_to_plain(stop: StopReason | None) -> dict[str, Any] | None:
    if stop is None:
        return None
    loss = _number(stop.loss)
    return {"rule": stop.rule.value, "epoch": stop.epoch, "step": stop.step, "loss": loss}


def _low_to_plain(low: Low | None) -> list[Any] | None:
    return None if low is None else [low.epoch, low.step, _number(low.loss), _number(low.train)]


def _event_to_plain(event: Event) -> dict[str, Any]:
    hand = event.by_hand
    made: dict[str, Any] = {"step": event.step, "changes": dict(event.changes), "by_hand": None}
    if hand is not None:
        made["by_hand"] = {"tensor": hand.tensor, "index": list(hand.index), "value": hand.value}
    return made


def _log_to_plain(view: LogView) -> dict[str, Any]:
    levels = []
    for level in view.levels:
        sides = [level.low] if level.block == 1 else [level.low, level.high]
        columns = [{name: side[name][: level.length] for name in side} for side in sides]
        levels.append({"first": level.first, "low": columns[0], "high": columns[-1]})
        if level.block == 1:
            del levels[-1]["high"]
    return {"length": view.length, "levels": levels}


def _keyframes_to_plain(keyframes: Keyframes) -> dict[str, Any]:
    states = list(keyframes.states())
    stride = keyframes.stride
    while sum(state.nbytes for state in states) > MOST_KEYFRAME_BYTES and len(states) > 2:
        stride *= 2
        states = [s for s in states[:-1] if s.step % stride == 0] + states[-1:]
    since = next((at for at, state in enumerate(states) if state.optimizer), len(states))
    shapes = [list(t.shape) for t in states[-1].optimizer]
    return {
        "stride": stride,
        "counts": np.array(
            [[s.step, s.epoch, s.batch_index, s.epoch_batch_size] for s in states], np.int64
        ),
        "means": np.array([[s.epoch_loss_sum, s.epoch_mean] for s in states], np.float64),
        "patience": np.array(
            [[s.patience.judged, s.patience.best, s.patience.waited] for s in states], np.float64
        ),
        "watch": np.array([_watch_row(s.watch) for s in states], np.float64),
        "parameters": np.stack([_flat(s.parameters) for s in states]),
        "optimizer_since": since,
        "optimizer_shapes": shapes,
        "optimizer": np.array([_flat(s.optimizer) for s in states[since:]], np.float32),
    }


def _watch_row(watch: Watch) -> list[float]:
    """NaN where there is no low, and −1 where the gap is not open."""
    low = watch.low
    of_low = [math.nan] * 4 if low is None else [low.epoch, low.step, low.loss, low.train]
    opened = -1 if watch.opened is None else watch.opened
    return [watch.epoch, watch.loss, *of_low, watch.apart, opened]


def _flat(tensors: Sequence[Tensor]) -> NDArray[np.float32]:
    parts = [as_array(tensor.reshape(-1)) for tensor in tensors]
    return np.concatenate(parts) if parts else np.empty(0, np.float32)


# Reading.


def run_of(obj: object, deadline: float = math.inf) -> tuple[Run, Replay]:
    """The run that ``to_plain`` was given, at its place, and what its last stretch came to here.

    Where the way from a keyframe is so long that ``deadline`` (``time.perf_counter()`` seconds) is
    over, the replay ends there, and the run stands on the way: ``seek`` goes on.

    Raises RecordProblem, or ExperimentProblem where the experiment is at fault.
    """
    try:
        return _run_of(_mapping(obj), deadline)
    except (ExperimentProblem, RecordProblem):
        raise
    except MISFITS as error:
        raise RecordProblem(f"{type(error).__name__}: {error}") from error


def _run_of(obj: Mapping[str, Any], deadline: float) -> tuple[Run, Replay]:
    experiment = Experiment.from_json(obj["experiment"])
    if experiment.is_empty:
        raise RecordProblem("no points")
    run = Run(experiment).begin()
    head = _count(obj["head"])
    events = [_event_of(each, experiment) for each in _list(obj["events"])]
    if any(b.step < a.step for a, b in pairwise(events)):
        raise RecordProblem("events out of order")
    steps, epochs = _log_of(obj["steps"], run.steps), _log_of(obj["epochs"], run.epochs)
    if steps.length != head or epochs.length > head:
        raise RecordProblem("lengths")
    ends = epochs.column("end_step")
    if len(ends) and not ((np.diff(ends) > 0).all() and ends[0] > 0 and ends[-1] <= head):
        raise RecordProblem("ends of epochs")
    keyframes = _keyframes_of(obj["keyframes"], run.keyframes.states()[0], head)
    ending = Ending(
        _stop_of(obj["ended"]),
        _loss(obj["end_loss"]),
        tuple(stop for each in _list(obj["stops"]) if (stop := _stop_of(each)) is not None),
        _low_of(obj["best"]),
    )
    run.take_record(events, steps, epochs, keyframes, ending)
    replay = _replay(run, deadline)
    step, phase = _place_of(obj, head)
    try:
        run.seek(step, phase, deadline)
    except ValueError as error:
        raise RecordProblem(str(error)) from error
    return run, replay


def _replay(run: Run, deadline: float) -> Replay:
    """Replay from the last keyframe to the head, and compare with what is recorded."""
    head = run.head
    if not head:
        return Replay(0, 0.0, math.nan, math.nan)
    record = run.steps.publish()
    names = run.experiment.form.names if run.experiment.form.few else ()
    start = run.go_to_keyframe(max(head - 1, 0))
    worst, here, there = 0.0, math.nan, math.nan
    for row in range(start, head):
        before = run.learner.numbers
        while (phase := run.advance()) is not None and phase is not Phase.UPDATE:
            pass
        if phase is None:
            return Replay(row - start, math.inf, here, record.value("loss", head - 1) or math.nan)
        here = float(np.float32(run.learner.loss_value))
        found = record.value("loss", row)
        if found is None:
            continue  # of a row that is thinned there is nothing to compare with
        there = found
        worst = max(worst, _apart(here, there))
        for name, number in zip(names, before, strict=False):
            worst = max(worst, _apart(number, record.value(name, row)))
        if time.perf_counter() >= deadline:
            return Replay(row + 1 - start, worst, here, there)
    return Replay(head - start, worst, here, there)


def _apart(one: float, other: float | None) -> float:
    """Their relative difference; none where both are the same number, or both none."""
    if other is None or one == other or (math.isnan(one) and math.isnan(other)):
        return 0.0
    size = max(abs(one), abs(other))
    return abs(one - other) / size if math.isfinite(size) else math.inf


def _mapping(obj: object) -> Mapping[str, Any]:
    if not isinstance(obj, Mapping):
        raise RecordProblem("not an object")
    return obj


def _list(obj: object) -> list[Any]:
    if not isinstance(obj, list):
        raise RecordProblem("not a list")
    return obj


def _count(value: object, most: int = MOST_STEPS) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise RecordProblem(f"no count: {value!r}")
    return value


def _loss(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise RecordProblem(f"no number: {value!r}")
    if isinstance(value, str) and value not in ("inf", "-inf", "nan"):
        raise RecordProblem(f"no number: {value!r}")
    return float(value)


def _stop_of(obj: object) -> StopReason | None:
    if obj is None:
        return None
    stop = _mapping(obj)
    loss = _loss(stop["loss"])
    try:
        rule = Rule(stop["rule"])
    except ValueError as error:
        raise RecordProblem(str(error)) from error
    return StopReason(
        rule, _count(stop["epoch"]), _count(stop["step"]), math.nan if loss is None else loss
    )


def _low_of(obj: object) -> Low | None:
    if obj is None:
        return None
    epoch, step, loss, train = _list(obj)
    return Low(_count(epoch), _count(step), float(_loss(loss) or 0.0), float(_loss(train) or 0.0))


def _event_of(obj: object, experiment: Experiment) -> Event:
    event = _mapping(obj)
    changes = dict(_mapping(event["changes"]))
    if odd := [name for name in changes if name not in STEERING]:
        raise RecordProblem(f"{odd[0]} starts a new run")
    experiment.changed(changes)  # refused here rather than in mid-run
    hand = event["by_hand"]
    made: ByHand | None = None
    if hand is not None:
        index = tuple(_count(each) for each in _list(hand["index"]))
        made = checked(ByHand(_count(hand["tensor"]), index, hand["value"]), experiment.form)
    return Event(_count(event["step"]), changes, made)


def _place_of(obj: Mapping[str, Any], head: int) -> Place:
    step, phase = _count(obj["step"], head), obj["phase"]
    for each in _PLACES:
        if phase == (each.value if each is not None else None):
            return step, each
    raise RecordProblem(f"no place: {phase!r}")


def _log_of(obj: object, log: Log) -> LogView:
    plain = _mapping(obj)
    length = _count(plain["length"])
    levels: list[LevelView] = []
    for depth, each in enumerate(_list(plain["levels"])):
        low = _columns(each["low"], log)
        high = _columns(each["high"], log) if depth else low
        counts = {len(column) for side in (low, high) for column in side.values()}
        if len(counts) != 1:
            raise RecordProblem("columns of different lengths")
        levels.append(LevelView(FACTOR**depth, _count(each["first"]), counts.pop(), low, high))
    if not levels or levels[0].first + levels[0].length != length:
        raise RecordProblem("rows")
    for finer, coarser in pairwise(levels):
        whole = (finer.first + finer.length) // FACTOR
        if not whole <= coarser.first + coarser.length <= whole + 1:
            raise RecordProblem("levels")
    return LogView(length, tuple(levels))


def _columns(obj: object, log: Log) -> dict[str, NDArray[np.generic]]:
    plain = _mapping(obj)
    if set(plain) != set(log.dtypes):
        raise RecordProblem("columns")
    return {name: _array(plain[name], dtype, 1) for name, dtype in log.dtypes.items()}


def _array(obj: object, dtype: np.dtype | type, dimensions: int) -> NDArray[Any]:
    if not isinstance(obj, np.ndarray) or obj.dtype != dtype or obj.ndim != dimensions:
        raise RecordProblem("no such array")
    return obj


def _keyframes_of(obj: object, first: LearnerState, head: int) -> Keyframes:
    """``first``: the state after INIT here, whose shapes all others have."""
    plain = _mapping(obj)
    counts = _array(plain["counts"], np.int64, 2)
    means, patience = (
        _array(plain["means"], np.float64, 2),
        _array(plain["patience"], np.float64, 2),
    )
    watch = _array(plain["watch"], np.float64, 2)
    parameters = _array(plain["parameters"], np.float32, 2)
    optimizer = _array(plain["optimizer"], np.float32, 2 if np.size(plain["optimizer"]) else 1)
    since = _count(plain["optimizer_since"], len(counts))
    shapes = [tuple(_count(n) for n in _list(shape)) for shape in _list(plain["optimizer_shapes"])]
    sizes = {len(each) for each in (counts, means, patience, watch, parameters)}
    widths = (counts.shape[1], means.shape[1], patience.shape[1], watch.shape[1])
    if sizes != {len(counts)} or not len(counts) or widths != (4, 2, 3, 8):
        raise RecordProblem("keyframes")
    steps = counts[:, 0]
    if steps[0] != 0 or (np.diff(steps) <= 0).any() or steps[-1] > head or (counts < 0).any():
        raise RecordProblem("steps of keyframes")
    if len(optimizer) != len(counts) - since:
        raise RecordProblem("states of the optimizer")
    found = Keyframes(stride=max(_count(plain["stride"]), 1))
    own = [tuple(p.shape) for p in first.parameters]
    for at in range(len(counts)):
        step, epoch, index, size = counts[at].tolist()
        judged, best, waited = patience[at].tolist()
        found.add(
            LearnerState(
                step,
                epoch,
                index,
                size,
                float(means[at, 0]),
                float(means[at, 1]),
                Patience(int(judged), best, int(waited)),
                _tensors(parameters[at], own),
                _tensors(optimizer[at - since], shapes) if at >= since else (),
                _watch_of(watch[at].tolist()),
            )
        )
    return found


def _tensors(numbers: NDArray[np.float32], shapes: Sequence[tuple[int, ...]]) -> tuple[Tensor, ...]:
    sizes = [math.prod(shape) for shape in shapes]
    if sum(sizes) != len(numbers):
        raise RecordProblem("shapes of tensors")
    parts = torch.from_numpy(numbers.copy()).split(sizes)
    return tuple(part.reshape(shape).clone() for part, shape in zip(parts, shapes, strict=True))


def _watch_of(row: list[float]) -> Watch:
    epoch, loss, low_epoch, low_step, low_loss, low_train, apart, opened = row
    low = None
    if not math.isnan(low_epoch):
        low = Low(int(low_epoch), int(low_step), low_loss, low_train)
    return Watch(int(epoch), loss, low, int(apart), None if opened < 0 else int(opened))
