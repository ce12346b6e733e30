"""Experiments to test with, and what can be compared of a run, bit for bit."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guitrain.core.evaluation import Metrics, Scores
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.history import Log
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.core.table import Table


def mse(scores: Scores | None) -> float:
    """Of scores where a number is learnt."""
    assert isinstance(scores, Metrics)
    return scores.mse


def article(changes: dict[str, Any] | None = None) -> Experiment:
    """The article's experiment, with the initial weights that print its table."""
    return Experiment(initial=(-0.20546, 0.78300)).changed(changes or {})


def points(x: ArrayLike, y: ArrayLike, changes: dict[str, Any] | None = None) -> Experiment:
    """An experiment on points given by hand, none held out."""
    data = Choice("table", {"table": Table({"x": x, "y": y})})
    return Experiment(data=data, test_fraction=0.0).changed(changes or {})


def lively(changes: dict[str, Any] | None = None) -> Experiment:
    """Everything at once: mini-batches with a smaller last one, momentum, standardisation."""
    return Experiment(
        data=Choice("line", {"points": 23}),
        optimizer=Choice("sgd", {"momentum": 0.9}),
        learning_rate=0.02,
        batch_size=5,
        standardize=True,
    ).changed(changes or {})


def begun(experiment: Experiment, **options: Any) -> Run:
    """A run after DATA and INIT."""
    run = Run(experiment, **options)
    assert run.advance() is Phase.DATA
    assert run.advance() is Phase.INIT
    return run


def finished(experiment: Experiment) -> Run:
    """A run that a rule has stopped."""
    run = Run(experiment)
    run.run()
    return run


def columns(log: Log) -> dict[str, NDArray[np.generic]]:
    """All the rows of a log, by column."""
    view = log.publish()
    return {name: view.column(name).copy() for name in view.levels[0].low}


def records(run: Run, steps: int | None = None) -> dict[str, bytes]:
    """What was recorded in the first ``steps`` steps (None: in all), as bits."""
    of_steps = columns(run.steps)
    of_epochs = columns(run.epochs)
    if steps is not None:
        of_steps = {name: column[:steps] for name, column in of_steps.items()}
        done = of_epochs["end_step"] <= steps  # type: ignore[operator]
        of_epochs = {name: column[done] for name, column in of_epochs.items()}
    named = {f"step {n}": c for n, c in of_steps.items()}
    named.update({f"epoch {n}": c for n, c in of_epochs.items()})
    return {name: column.tobytes() for name, column in named.items()}


def state(run: Run) -> dict[str, object]:
    """Everything that defines where a run stands and how it goes on, as bits."""
    learner, view = run.learner, run.view()
    found: dict[str, object] = {
        "place": (learner.step, learner.epoch, learner.batch_index, run.phase),
        "parameters": [p.detach().numpy().tobytes() for p in learner.parameters],
        "optimizer": [t.numpy().tobytes() for t in learner.optimizer.state()],
        "patience": learner.patience,
        "watch": repr(learner.watch),
        "epoch_mean": np.float64(learner.epoch_mean).tobytes(),
        # At a step's boundary, an event may have been applied already or be about to be.
        "settings": None if run.at_boundary else learner.settings,
        "seen": (view.loss, view.numbers, view.batches, view.stopped, view.final_loss),
    }
    if learner.step or run.phase in (Phase.LOSS, Phase.STOP, Phase.BACKWARD):
        found["loss"] = np.float64(learner.loss_value).tobytes()
    if learner.step or run.phase is Phase.BACKWARD:
        found["gradients"] = [g.numpy().tobytes() for g in learner.gradients]
    if learner.step or run.phase not in (None, Phase.DATA, Phase.INIT):
        found["inputs"] = learner.inputs.numpy().tobytes()
        found["prediction"] = learner.prediction.detach().numpy().tobytes()
    return found


def lively_with_events() -> tuple[Run, dict[tuple[int, Phase], dict[str, object]]]:
    """A stopped run with settings changed at boundaries, in mid-step and in mid-epoch, and its
    state after every phase, by (updates done, phase of the step after them).
    """
    run = Run(lively({"stop.epochs": 9, "stop.patience": 30}))
    changes: dict[tuple[int, Phase], dict[str, Any]] = {
        (0, Phase.INIT): {"learning_rate": 0.03},
        (7, Phase.LOSS): {"learning_rate": 0.01, "batch_size": 6},  # in mid-step and mid-epoch
        (12, Phase.UPDATE): {"batch_size": 9},  # from step 14 on
        (13, Phase.BACKWARD): {"stop.min_improvement": 0.5, "learning_rate": 0.04},
        (17, Phase.FORWARD): {"batch_size": None},
        (18, Phase.UPDATE): {"stop.patience": None},
        (21, Phase.UPDATE): {"batch_size": 4, "stop.patience": 40},
        (26, Phase.STOP): {"stop.target_loss": 1e-3},
    }
    seen = {}
    while (phase := run.advance()) is not None:
        here = (run.learner.step, phase)
        if phase is not Phase.DATA:
            seen[here] = state(run)
        if here in changes:
            run.change(changes.pop(here))
    assert not changes
    return run, seen


def to_epoch(run: Run, epoch: int) -> Run:
    """The same run, advanced to the end of an epoch."""
    while run.learner.epoch < epoch:
        run.advance_by(Unit.EPOCH)
    return run
