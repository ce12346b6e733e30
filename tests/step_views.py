"""The numbers of a step, read off a run's own tensors: what the worker will publish."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from guitrain.core.experiment import Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.step_view import PointView, StepView
from guitrain.snapshot import Snapshot, State

STEP = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE)

Memory = tuple[tuple[float, ...], ...]


def memory(run: Run) -> Memory:
    """What the optimizer remembers: of each name, a number per parameter."""
    numbers = [tensor.item() for tensor in run.learner.optimizer.state()]
    size = len(run.learner.parameters)
    return tuple(tuple(numbers[at : at + size]) for at in range(0, len(numbers), size))


def step_of(run: Run, before: Memory = ()) -> StepView:
    """The step in hand; ``before`` is what the optimizer remembered before its UPDATE."""
    learner, phase = run.learner, run.phase
    assert phase is not None
    names = run.experiment.model_entry.parameter_names
    rate = learner.settings.learning_rate
    if phase not in STEP:
        nothing = np.empty(0, np.float32)
        return StepView(
            0, 0, 0, 1, phase, rate, names, np.empty(0, np.int64), nothing.reshape(0, 1), nothing,
            None, None, None, learner.numbers, None,
        )  # fmt: skip
    done = int(phase is Phase.UPDATE)
    reached = STEP.index(phase)
    batches = len(learner._batches)
    # An epoch's batch size may change with the next epoch: only its own batches are counted.
    ended = done and learner.batch_index == 0
    epoch = learner.epoch - 1 if ended else learner.epoch
    batch = batches - 1 if ended else learner.batch_index - done
    count = len(learner.data.train)
    order = np.arange(count) if batches == 1 else learner._order(epoch)
    start = sum(len(inputs) for inputs, _ in learner._batches[:batch])
    return StepView(
        step=learner.step - done,
        epoch=epoch,
        batch_index=batch,
        batches=batches,
        phase=phase,
        learning_rate=rate,
        names=names,
        rows=order[start : start + len(learner.inputs)],
        inputs=learner.inputs.numpy().copy(),
        targets=learner.targets.numpy()[:, 0].copy(),
        prediction=learner.prediction.detach().numpy()[:, 0].copy(),
        loss=learner.loss_value if reached >= 1 else None,
        gradients=tuple(g.item() for g in learner.gradients) if reached >= 3 else None,
        before=learner.numbers_before if done else learner.numbers,
        after=learner.numbers if done else None,
        state_before=before if done else memory(run),
        state_after=memory(run) if done else (),
    )


def snapshot_of(run: Run, before: Memory = (), **fields: Any) -> Snapshot:
    """The moment at which a run rests."""
    fields.setdefault("state", State.PAUSED)
    return Snapshot(
        0,
        experiment=run.experiment,
        view=run.view(),
        step_view=step_of(run, before),
        **fields,
    )


def moments(run: Run, **fields: Any) -> Iterator[Snapshot]:
    """Advance a run phase by phase, and show each moment from INIT on."""
    while True:
        before = memory(run) if run.learner.ready else ()
        if run.advance() is None:
            return
        if run.learner.ready:
            yield snapshot_of(run, before, **fields)


def moment(experiment: Experiment, step: int, phase: Phase, **fields: Any) -> Snapshot:
    """A new run at a phase of its step ``step`` (from 0)."""
    for snapshot in moments(Run(experiment), **fields):
        found = snapshot.step_view
        assert found is not None
        if (found.step, found.phase) == (step, phase):
            return snapshot
    raise AssertionError("the run ended before that")


def selected(row: int) -> PointView:
    """A training point that the user has selected."""
    return PointView(row, 0.0, 0.0, 0.0, 0.0, (), ())
