"""Runs as event files that TensorBoard opens, a folder for each. No Qt.

The files are made by TensorBoard's own record writer, which the extra ``tensorboard`` brings; it is
loaded when it is asked for.
"""

import io
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from guitrain import __version__
from guitrain.core.data import Scaling
from guitrain.core.evaluation import Evaluation, Scores
from guitrain.core.history import LogView
from guitrain.files.atomic import whole_folder
from guitrain.files.extras import check_extra
from guitrain.outcome_words import score_rows
from guitrain.sentences import translate
from guitrain.setting_words import setting_rows

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.core.run_view import RunView

EXTRA = "tensorboard"
MOST_POINTS = 10_000  # of a curve
MOST_HISTOGRAMS = 60  # of a tensor
_STEP_SECONDS = 0.001  # that a step is said to have taken: how long it took is not recorded
_LONGEST_NAME = 60  # characters of a folder

Curve = tuple[NDArray[np.int64], NDArray[np.float64]]  # steps, rising, and values
Weights = tuple[tuple[int, tuple[NDArray[np.float32], ...]], ...]  # step and tensors


@dataclass(frozen=True)
class Tracked:
    """A run to be written.

    Attributes:
        name: of its folder. evaluation: its outcome of TEST, or None.
        weights: see ``weights_of``.
    """

    name: str
    view: "RunView"
    evaluation: Evaluation | None = None
    weights: Weights = ()


def folder_name(number: int, name: str) -> str:
    """What the folder of a run is called: its number, and its name as far as a folder can have it.

    >>> folder_name(2, "slow / old")
    'run 2 slow _ old'
    """
    clean = re.sub(r"[^\w .+-]", "_", name)[:_LONGEST_NAME].strip(" .")
    return f"run {number} {clean}".strip()


def tracked(run: "Run", name: str) -> Tracked:
    """What is written of a run. It belongs to the training thread, and copies nothing: what is
    recorded never changes.
    """
    surface = run.experiment.surface is not None
    evaluation = None if surface or not run.head else run.test()
    return Tracked(name, run.view(), evaluation, weights_of(run))


def weights_of(run: "Run") -> Weights:
    """The tensors of a model with many parameters at some of its keyframes; of others none."""
    if run.experiment.form.few:
        return ()
    states = run.keyframes.states()
    places = np.linspace(0, len(states) - 1, min(len(states), MOST_HISTOGRAMS)).astype(int)
    chosen = [states[at] for at in sorted(set(places.tolist()))]
    return tuple((s.step, tuple(p.numpy() for p in s.parameters)) for s in chosen)


def write_events(
    runs: Sequence[Tracked], folder: Path, *, replacing: bool = False, now: float | None = None
) -> None:
    """Write a folder with a folder for each run, whole or not at all.

    Row k of the step log is step k + 1, as in the CSV: measured before that update. Losses of an
    epoch stand at its last step, validation and test losses at the step that they were measured
    after. Curves of more than ``MOST_POINTS`` are thinned, with their peaks kept. Wall times rise
    evenly up to ``now`` (seconds since 1970; the present time).

    Raises FileProblem: "no_extra" where TensorBoard is missing, "folder_full" where the folder is
    there already and is not to be replaced.
    """
    check_extra(EXTRA, folder)
    now = time.time() if now is None else now
    with whole_folder(folder, replacing=replacing) as hidden:
        for run in runs:
            inside = hidden / run.name
            inside.mkdir()
            began = now - max(run.view.head, 1) * _STEP_SECONDS
            # TensorBoard looks for "tfevents" in a name, and takes files in the order of names.
            with open(inside / f"events.out.tfevents.{int(began):010d}.guitrain", "wb") as handle:
                _write(run, handle, began)


def _write(run: Tracked, handle: BinaryIO, began: float) -> None:
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.plugins.histogram.summary_v2 import histogram_pb
    from tensorboard.plugins.text.summary_v2 import text_pb
    from tensorboard.summary.writer.record_writer import RecordWriter

    writer = RecordWriter(_Unclosed(handle))

    def write(step: int, **content: Any) -> None:
        event = Event(wall_time=began + step * _STEP_SECONDS, step=step, **content)
        writer.write(event.SerializeToString())

    write(0, file_version="brain.Event:2")
    write(0, summary=text_pb("experiment", "\n".join(_text(run))))
    for step, values in _by_step(curves(run)):
        one = [Summary.Value(tag=tag, simple_value=value) for tag, value in values]
        write(step, summary=Summary(value=one))
    for step, tensors in run.weights:
        names = (name for name, _ in run.view.experiment.form.tensors)
        for name, tensor in zip(names, tensors, strict=True):
            if np.isfinite(tensor).all():
                write(step, summary=histogram_pb(f"weights/{name}", tensor))
    writer.flush()


class _Unclosed(io.BufferedIOBase):
    """Passes bytes on to a file that somebody else closes."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle

    def write(self, content: Any) -> int:
        return self._handle.write(content)

    def flush(self) -> None:
        self._handle.flush()


# Curves.


def curves(run: Tracked) -> dict[str, Curve]:
    """All curves of a run by their tags."""
    view = run.view
    found = {f"step/{name}": _curve(view.steps, name) for name in _OF_STEPS}
    names = [name for name in view.experiment.form.names if name in view.steps.levels[0].low]
    if names and view.experiment.standardize:
        found.update(_in_own_units(view, names))
    else:
        found |= {f"parameter/{name}": _curve(view.steps, name) for name in names}
    for name in view.steps.levels[0].low:
        if name.startswith("∂"):
            found[f"gradient/{name}"] = _curve(view.steps, name)
    found |= _of_epochs(view)
    steps, losses = view.test_curve
    found["epoch/test_loss"] = _thinned(steps, losses)
    if run.evaluation is not None:
        found |= _scores(run.evaluation)
    return {tag: curve for tag, curve in found.items() if len(curve[0])}


_OF_STEPS = ("loss", "learning_rate", "gradient_norm")


def _curve(log: LogView, name: str) -> Curve:
    """A column by step. Of rows of which only the extremes are kept, these stand at the first two
    steps of their block.
    """
    whole = log.column(name).astype(np.float64)
    steps, values = _thinned(np.arange(log.first, log.length) + 1, whole)
    if log.first:
        rows, lows, highs = log.envelope(name, 0, log.first, MOST_POINTS // 4)
        old = np.stack([rows + 1, rows + 2], axis=1).ravel()
        steps = np.concatenate([old, steps])
        values = np.concatenate([np.stack([lows, highs], axis=1).ravel(), values])
        order = np.argsort(steps, kind="stable")
        steps, values = steps[order], values[order]
    return steps, values


def _thinned(steps: NDArray[np.int64], values: NDArray[np.float64]) -> Curve:
    """At most about ``MOST_POINTS``: of each piece its lowest and its highest, where they are."""
    if len(steps) <= MOST_POINTS:
        return steps, values
    size = -(-len(steps) // (MOST_POINTS // 2))
    whole = len(steps) // size * size
    pieces = values[:whole].reshape(-1, size)
    at = np.arange(len(pieces)) * size
    rest = np.arange(whole, len(steps))
    ends = [0, len(steps) - 1]
    kept = np.unique(
        np.concatenate([at + pieces.argmin(axis=1), at + pieces.argmax(axis=1), rest, ends])
    )
    return steps[kept], values[kept]


def _in_own_units(view: "RunView", names: Sequence[str]) -> dict[str, Curve]:
    """Of standardised inputs: what the parameters are in the data's own units, as the window says
    them.
    """
    raw = np.stack([view.steps.column(name) for name in names], axis=1).astype(np.float64)
    scaling = Scaling.of(view.experiment.seen(view.data.train.inputs), view.experiment.standardize)
    own = view.experiment.model_entry.to_own_units(raw, scaling)
    steps = np.arange(view.steps.first, view.steps.length) + 1
    return {f"parameter/{n}": _thinned(steps, own[:, at]) for at, n in enumerate(names)}


def _of_epochs(view: "RunView") -> dict[str, Curve]:
    epochs = view.epochs
    ends = epochs.column("end_step").astype(np.int64)
    found = {"epoch/loss": _thinned(ends, epochs.column("loss").astype(np.float64))}
    if "validation" in epochs.levels[0].low and len(ends):
        # Measured with the weights that an epoch begins with. Of the first row that is kept whole,
        # where the one before is not, nobody knows when that was.
        begins = np.concatenate([[0], ends[:-1]])
        losses = epochs.column("validation").astype(np.float64)
        start = int(epochs.first > 0)
        found["epoch/validation_loss"] = _thinned(begins[start:], losses[start:])
    return found


def _scores(evaluation: Evaluation) -> dict[str, Curve]:
    """What TEST says, as curves of one point."""
    sets: Mapping[str, Scores | None] = {
        "training": evaluation.train,
        "validation": evaluation.validation,
        "test": evaluation.test,
    }
    found: dict[str, Curve] = {}
    for name, scores in sets.items():
        for label, value, _ in score_rows(scores) if scores is not None else ():
            if value is not None:
                found[f"{name}/{label}"] = np.array([evaluation.step]), np.array([value])
    return found


def _by_step(found: Mapping[str, Curve]) -> Iterator[tuple[int, list[tuple[str, float]]]]:
    """All values of a step together, the steps rising."""
    tags = list(found)
    steps = np.concatenate([found[tag][0] for tag in tags]) if tags else np.empty(0, np.int64)
    values = np.concatenate([found[tag][1] for tag in tags]) if tags else np.empty(0)
    owners = np.repeat(np.arange(len(tags)), [len(found[tag][0]) for tag in tags])
    order = np.argsort(steps, kind="stable")
    cuts = np.flatnonzero(np.diff(steps[order])) + 1
    for part in np.split(order, cuts) if len(order) else ():
        names = [tags[owner] for owner in owners[part].tolist()]
        yield int(steps[part[0]]), list(zip(names, values[part].tolist(), strict=True))


# Words.


def _text(run: Tracked) -> Iterator[str]:
    """The experiment as a table in Markdown, and what is to be known of the curves."""
    view = run.view
    heads = translate("TensorBoard", "Setting"), translate("TensorBoard", "Value")
    yield f"| {heads[0]} | {heads[1]} |"
    yield "|---|---|"
    for label, value in setting_rows(view.experiment):
        yield f"| {_cell(label)} | {_cell(value)} |"
    yield ""
    yield translate(
        "TensorBoard",
        "Step k has what was measured before update k; an epoch's loss stands at its last step.",
    )
    yield translate("TensorBoard", "Times are not measured: they rise by a millisecond a step.")
    if view.head > MOST_POINTS:
        text = translate(
            "TensorBoard",
            "{steps} steps: each curve is thinned to some {most} points, with its peaks kept.",
        )
        yield text.format(steps=f"{view.head:,}", most=f"{MOST_POINTS:,}")
    yield f"GUITrain {__version__}"


def _cell(text: str) -> str:
    return re.sub(r"([\\|`*_<>\[\]])", r"\\\1", text).replace("\n", " ")
