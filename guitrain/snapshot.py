"""What the training thread shows of itself, of one moment. No Qt, no torch."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from guitrain.core.closed_form import Facts
from guitrain.core.data import Data
from guitrain.core.evaluation import Evaluation, Prediction
from guitrain.core.experiment import Experiment

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

MAX_PACE = math.inf  # epochs per second: flat out


class State(Enum):
    """What the worker is doing."""

    LOADING = "loading"  # torch, or a new experiment's data
    PAUSED = "paused"
    RUNNING = "running"
    STOPPED = "stopped"  # by a stop rule
    FAILED = "failed"  # by an exception; the run is kept as last seen


@dataclass(frozen=True)
class Snapshot:
    """All that the window may show, of one moment.

    Attributes:
        generation: which start, reset, undo or redo of the window this belongs to.
        view: the run, or None while it is being made; data and facts may come before it.
        evaluation, applied: the outcome of Test and Apply for the weights of this moment.
        rate: epochs per second over the last half second, while running.
        error: what went wrong, for FAILED.
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
