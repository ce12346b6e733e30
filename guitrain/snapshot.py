"""What the training thread shows of itself, of one moment. No Qt, no torch."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guitrain.core.closed_form import Facts
from guitrain.core.data import Data
from guitrain.core.evaluation import Evaluation, Prediction
from guitrain.core.experiment import Experiment
from guitrain.core.settings import CPU

if TYPE_CHECKING:
    from guitrain.core.answers import AnswersView
    from guitrain.core.feature_maps import MapsView
    from guitrain.core.graph_view import GraphView
    from guitrain.core.landscape_view import LandscapeView
    from guitrain.core.map_view import MapView
    from guitrain.core.plane import PlaneView
    from guitrain.core.problems import ExperimentProblem
    from guitrain.core.record import Replay
    from guitrain.core.residuals import ResidualsView
    from guitrain.core.run_view import RunView
    from guitrain.core.scores import ScoresView
    from guitrain.core.step_view import PointView, StepView
    from guitrain.core.sweep import SweepView
    from guitrain.core.units import UnitsView, WeightsView
    from guitrain.core.weight_history_view import WeightHistoryView
    from guitrain.files.problems import FileProblem
    from guitrain.lessons import Lesson


class State(Enum):
    """What the worker is doing."""

    LOADING = "loading"  # torch, or a new experiment's data
    EMPTY = "empty"  # a drawing without points: there is no run yet
    PAUSED = "paused"
    RUNNING = "running"
    STOPPED = "stopped"  # by a stop rule
    FAILED = "failed"  # by an exception; the run is kept as last seen


@dataclass(frozen=True)
class Pace:
    """How fast a run is played: so many epochs, or so many phases, per second."""

    per_second: float
    phases: bool = False


MAX_PACE = Pace(math.inf)  # flat out


@dataclass(frozen=True)
class Until:
    """Where "run to" pauses: at the first epoch's end at which one of these is so.

    Attributes:
        epoch: so many epochs are done. loss: the epoch's loss is at or below this.
        gradient_norm: ‖∂L/∂p‖ of the epoch's last step is at or below this.
        rise: the loss has risen from one epoch to the next.
    """

    epoch: int | None = None
    loss: float | None = None
    gradient_norm: float | None = None
    rise: bool = False


@dataclass(frozen=True)
class RunRow:
    """A run in the table of runs.

    Attributes:
        run_id: as ``RunView.run_id``. number: counts up, for its name when ``name`` is "".
        style: which pair of colour and dashes it wears as a ghost (an index, counting up).
        parent: the number of the run it came from, and the step there, or None.
        changes: settings in which it differs from that run (path → value), or from the first.
        by_hand: the parameters set by hand since then, by name, with their values.
        epoch, step, loss: how far it is recorded, and its last (or final) loss.
        diverged: whether its loss stopped being a finite number.
        visible: whether it is drawn as a ghost. current: whether it is the one in hand.
        racing: whether it is advanced together with the one in hand.
    """

    run_id: int
    number: int
    name: str
    style: int
    parent: tuple[int, int] | None
    changes: Mapping[str, Any]
    epoch: int
    step: int
    loss: float | None
    diverged: bool
    visible: bool
    current: bool
    racing: bool
    by_hand: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Ghost:
    """Another run, drawn behind the one in hand; ``number`` and ``name`` as in its row. ``map``:
    its own, where it has borders and the map is wanted.
    """

    number: int
    name: str
    style: int
    view: "RunView"
    map: "MapView | None" = None


@dataclass(frozen=True)
class Filed:
    """What came of saving a session to a file, or of opening one.

    Attributes:
        number: which command this answers. path: the file. opened: rather than saved.
        problem: why it was not done (a sentence is made of it), or None.
        runs: the table as it was in the file. window: what the file says of the window.
        replay: of an opened one, what its last stretch came to here. lesson: the one in it.
    """

    number: int
    path: Path
    opened: bool
    problem: "FileProblem | ExperimentProblem | None" = None
    runs: tuple[RunRow, ...] = ()
    window: Mapping[str, Any] = field(default_factory=dict)
    replay: "Replay | None" = None
    lesson: "Lesson | None" = None


@dataclass(frozen=True)
class Snapshot:
    """All that the window may show, of one moment.

    Attributes:
        generation: which start, reset, undo or redo of the window this belongs to.
        view: the run, or None while it is being made; data and facts may come before it.
        evaluation, applied: the outcome of Test and Apply for the weights of this moment.
        rate: epochs per second over the last half second, while running.
        error: what went wrong, for FAILED.
        step_view, graph, landscape, weights, units, maps, weight_history, residuals, scores,
            answers, first_steps: what was asked for with ``Trainer.watch``; else None.
        plane: the run on the landscape's plane, where it has one.
        map: what was asked for with ``Trainer.want_map``; else None.
        point: the selected training point. runs, ghosts: the table, and those to be drawn.
        rescue: where a diverged run can go on from, and with which learning rate, or None.
        files: what came of the last savings and openings of files, in the order they were done.
        sweep: the sweep that belongs to the run's experiment, or None.
        gliding: whether the place shown is only near the one that the timeline asks for.
        legible: whether texts are to be told anew. While steps rush by, that is so a dozen times a
            second, and all texts are of one moment; curves and drawings follow each snapshot.
        devices: what torch can compute on here; the CPU alone until it is loaded.
    """

    generation: int
    state: State
    experiment: Experiment
    data: Data | None = None
    facts: Facts | None = None
    view: "RunView | None" = None
    evaluation: Evaluation | None = None
    applied: tuple[Prediction, ...] = ()
    rate: float = 0.0
    can_undo: bool = False
    can_redo: bool = False
    error: str = ""
    step_view: "StepView | None" = None
    graph: "GraphView | None" = None
    landscape: "LandscapeView | None" = None
    weights: "WeightsView | None" = None
    units: "UnitsView | None" = None
    maps: "MapsView | None" = None
    weight_history: "WeightHistoryView | None" = None
    plane: "PlaneView | None" = None
    residuals: "ResidualsView | None" = None
    map: "MapView | None" = None
    scores: "ScoresView | None" = None
    answers: "AnswersView | None" = None
    first_steps: "tuple[StepView, ...] | None" = None
    point: "PointView | None" = None
    runs: tuple[RunRow, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    rescue: tuple[int, float] | None = None
    sweep: "SweepView | None" = None
    files: tuple[Filed, ...] = ()
    gliding: bool = False
    legible: bool = True
    devices: tuple[str, ...] = (CPU,)

    @property
    def filed(self) -> Filed | None:
        """The last of ``files``."""
        return self.files[-1] if self.files else None
