"""What the learner's own tensors hold at this moment, as read-only numbers for the screen."""

from typing import TYPE_CHECKING, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from guitrain.core.devices import as_array
from guitrain.core.graph import graph_of
from guitrain.core.graph_view import GraphView
from guitrain.core.phases import Phase
from guitrain.core.step_view import PointView, StepView, TensorView

if TYPE_CHECKING:
    from guitrain.core.learner import Learner
    from guitrain.core.run import Run

_T = TypeVar("_T", bound=np.generic)
_ORDER = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE)


def _reached(phase: Phase, wanted: Phase) -> bool:
    return _ORDER.index(phase) >= _ORDER.index(wanted)


def step_view(run: "Run") -> StepView:
    """The numbers of the step in hand; after INIT. Tensors are not copied: torch makes new ones
    at each step, and writes into none of these.
    """
    learner, phase = run.learner, run.phase
    assert phase is not None
    form = learner.settings.form
    names = form.names if form.few else ()
    if phase not in _ORDER:
        return _before_the_first(run, phase, names)
    done = phase is Phase.UPDATE
    epoch, batch_index, batches = learner.batch_place(done)
    now = _state(learner, tuple(learner.optimizer.state()))
    before = _state(learner, learner.state_before or ()) if done else now
    return StepView(
        learner.step - done,
        epoch,
        batch_index,
        batches,
        phase,
        learner.rate if done else learner.settings.rate(epoch),
        names,
        _fixed(learner.batch_rows(done)),
        _fixed(as_array(learner.inputs)),
        _fixed(as_array(learner.targets).reshape(-1).astype(np.float32, copy=False)),
        _fixed(as_array(learner.prediction)),
        learner.loss_value if _reached(phase, Phase.LOSS) else None,
        _numbers(learner, learner.gradients) if _reached(phase, Phase.BACKWARD) else None,
        learner.numbers_before if done else learner.numbers,
        _numbers(learner, learner.made) if done else None,
        before,
        now if done else (),
        _tensors(learner, phase),
        learner.data_loss.item() if _reached(phase, Phase.LOSS) else None,
    )


def _before_the_first(run: "Run", phase: Phase, names: tuple[str, ...]) -> StepView:
    learner, settings = run.learner, run.settings_at(0)
    width = learner.settings.shape.inputs
    return StepView(
        0,
        0,
        0,
        learner.batches_per_epoch(settings),
        phase,
        settings.rate(0),
        names,
        np.empty(0, np.int64),
        np.empty((0, width), np.float32),
        np.empty(0, np.float32),
        None,
        None,
        None,
        learner.numbers,
        None,
        tensors=_tensors(learner, phase),
    )


def _tensors(learner: "Learner", phase: Phase) -> tuple[TensorView, ...]:
    """The parameter tensors by their sizes, where the parameters are not few."""
    if learner.settings.form.few:
        return ()
    tensors = learner.settings.form.tensors
    unknown = (None,) * len(tensors)
    done = phase is Phase.UPDATE
    now = _sizes(learner.made if done else learner.parameters)
    past = _sizes(learner.parameters_before) if learner.parameters_before else unknown
    slopes = phase in _ORDER and _reached(phase, Phase.BACKWARD)
    gradients = _sizes(learner.gradients) if slopes else unknown
    return tuple(
        TensorView(name, shape, before, after, gradient)
        for (name, shape), before, after, gradient in zip(
            tensors, past if done else now, now if done else unknown, gradients, strict=True
        )
    )


def _sizes(tensors: tuple[Tensor, ...]) -> tuple[float, ...]:
    with torch.no_grad():
        return tuple(torch.stack(torch._foreach_norm(tensors)).tolist())


def _fixed(array: NDArray[_T]) -> NDArray[_T]:
    array.flags.writeable = False
    return array


def _numbers(learner: "Learner", tensors: tuple[Tensor, ...]) -> tuple[float, ...]:
    """Tensors like the parameters as numbers, where the parameters are few."""
    return tuple(n for t in tensors for n in t.flatten().tolist()) if learner.numbers else ()


def _state(learner: "Learner", tensors: tuple[Tensor, ...]) -> tuple[tuple[float, ...], ...]:
    """The optimizer's memory, name by name."""
    size = len(learner.parameters)
    return tuple(_numbers(learner, tensors[at : at + size]) for at in range(0, len(tensors), size))


def point_view(run: "Run", row: int) -> PointView:
    """One training point under the present weights; after INIT."""
    learner = run.learner
    parameters = tuple(p.detach().clone().requires_grad_() for p in learner.parameters)
    prediction, loss = learner.loss_of(parameters, row)
    gradients = torch.autograd.grad(loss, parameters)
    gradient = _numbers(learner, gradients)
    own: tuple[float, ...] = ()
    if gradient:
        here = np.array([learner.numbers], dtype=np.float64)
        moved = run.own_units(here - np.array([gradient])) - run.own_units(here)
        own = tuple(moved[0].tolist())
    train = learner.data.train
    return PointView(
        row,
        tuple(train.inputs[row].tolist()),
        float(train.targets[row]),
        tuple(prediction.flatten().tolist()),
        loss.item(),
        gradient,
        own,
    )


def graph_view(run: "Run", row: int | None = None) -> GraphView | None:
    """The computation graph of the step in hand, or None before the first FORWARD; with the share
    of a training point where it is in the batch.
    """
    learner, phase = run.learner, run.phase
    if phase is None or phase not in _ORDER:
        return None
    if phase is not Phase.UPDATE:
        parameters = tuple(p.detach() for p in learner.parameters)
    elif learner.parameters_before is not None:
        parameters = learner.parameters_before
    elif learner.numbers_before:
        flat = torch.tensor(learner.numbers_before, dtype=torch.float32).to(learner.device)
        parts = flat.split([p.numel() for p in learner.parameters])
        parameters = tuple(
            part.reshape(p.shape) for part, p in zip(parts, learner.parameters, strict=True)
        )
    else:
        return None
    return graph_of(
        learner.forward_of_step,
        learner.loss_function,
        parameters,
        [name for name, _ in learner.settings.form.tensors],
        learner.inputs,
        learner.targets,
        phase,
        _position(learner, row, phase is Phase.UPDATE),
        penalty=learner.penalty,
    )


def _position(learner: "Learner", row: int | None, done: bool) -> int | None:
    """Where in the step's batch a training point is, or None."""
    if row is None:
        return None
    found = np.flatnonzero(learner.batch_rows(done) == row)
    return int(found[0]) if len(found) else None
