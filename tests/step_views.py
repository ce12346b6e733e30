"""Moments of real runs, as the training thread publishes them."""

from collections.abc import Iterator
from typing import Any

from guitrain.core.experiment import Experiment
from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.step_view import PointView
from guitrain.snapshot import Snapshot, State


def snapshot_of(run: Run, **fields: Any) -> Snapshot:
    """The moment at which a run rests."""
    fields.setdefault("state", State.PAUSED)
    return Snapshot(
        0,
        experiment=run.experiment,
        view=run.view(),
        step_view=step_view(run),
        **fields,
    )


def moments(run: Run, **fields: Any) -> Iterator[Snapshot]:
    """Advance a run phase by phase, and show each moment from INIT on."""
    run.learner.observed = True
    while run.advance() is not None:
        if run.learner.ready:
            yield snapshot_of(run, **fields)


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
    return PointView(row, (0.0,), 0.0, (0.0,), 0.0, (), ())
