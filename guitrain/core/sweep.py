"""A sweep: one experiment trained with many learning rates, and with some values of a second
setting. What is to be trained, and what came of it; the training is in ``sweep_job``. No torch.

A sweep's runs are its lanes, counted value by value of the second setting, and within each from
the smallest learning rate to the largest.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core import settings
from guitrain.core.data import Data
from guitrain.core.experiment import REGISTRIES, Experiment
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem
from guitrain.core.stability import bands_of
from guitrain.core.stopping import Rule

MOST_VALUES = 8  # of the second setting: more could not be told apart in a plot
MOST_LANES = 1024

FROM = Param(
    "sweep_from",
    "float",
    QT_TRANSLATE_NOOP("Sweep", "From"),
    QT_TRANSLATE_NOOP("Sweep", "The smallest learning rate of the sweep."),
    default=1e-4,
    minimum=0.0,
    above_minimum=True,
    maximum=settings.LEARNING_RATE.maximum,
    logarithmic=True,
    symbol="η",
)
TO = Param(
    "sweep_to",
    "float",
    QT_TRANSLATE_NOOP("Sweep", "To"),
    QT_TRANSLATE_NOOP("Sweep", "The largest learning rate of the sweep."),
    default=1.0,
    minimum=0.0,
    above_minimum=True,
    maximum=settings.LEARNING_RATE.maximum,
    logarithmic=True,
)
COUNT = Param(
    "sweep_count",
    "int",
    QT_TRANSLATE_NOOP("Sweep", "Runs"),
    QT_TRANSLATE_NOOP("Sweep", "How many learning rates, evenly spaced by their logarithm."),
    default=20,
    minimum=2,
    maximum=256,
)


@dataclass(frozen=True)
class SweepPlan:
    """What is to be trained: ``experiment`` with each of the learning ``rates``, and with each of
    the ``values`` of the setting ``path``, where there is a second one.

    Raises ExperimentProblem for a value that the experiment cannot have, for a setting that cannot
    be swept, and for too many.
    """

    experiment: Experiment
    rates: tuple[float, ...]
    path: str = ""
    values: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        check = settings.LEARNING_RATE.check
        rates = tuple(sorted({float(check(rate)) for rate in self.rates}))
        COUNT.check(len(rates))
        object.__setattr__(self, "rates", rates)
        values = tuple(dict.fromkeys(self.values))
        if self.path:
            param = second_settings(self.experiment).get(self.path)
            if param is None:
                known = ", ".join(p.name for p in second_settings(self.experiment).values())
                raise ExperimentProblem("not_swept", _field(self.path), known=known)
            if not values:
                raise ExperimentProblem("empty", param.name, example=param.default)
            if len(values) > MOST_VALUES:
                raise ExperimentProblem(
                    "too_many_values", param.name, value=len(values), maximum=MOST_VALUES
                )
        object.__setattr__(self, "values", values)
        if len(self) > MOST_LANES:
            raise ExperimentProblem(
                "too_many_lanes", COUNT.name, value=len(self), maximum=MOST_LANES
            )
        _ = self.experiments  # refuses a value that it cannot have

    def __len__(self) -> int:
        return len(self.rates) * max(len(self.values), 1)

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        """The experiment with each value of the second setting; the learning rate is its own."""
        if not self.values:
            return (self.experiment,)
        return tuple(self.experiment.changed({self.path: value}) for value in self.values)

    def covers(self, experiment: Experiment) -> bool:
        """Whether an experiment is this one but for what is swept."""
        same: dict[str, Any] = {"learning_rate": self.experiment.learning_rate}
        if self.values:
            same[self.path] = self.experiment.value_at(self.path)
        try:
            return experiment.changed(same) == self.experiment
        except ExperimentProblem:
            return False

    def place(self, lane: int) -> tuple[int, int]:
        """Which value of the second setting, and which learning rate, a lane has."""
        return divmod(lane, len(self.rates))

    def changes(self, lane: int) -> dict[str, Any]:
        """The settings in which a lane differs from the experiment: its learning rate first."""
        value, rate = self.place(lane)
        changes: dict[str, Any] = {"learning_rate": self.rates[rate]}
        if self.values:
            changes[self.path] = self.values[value]
        return changes

    def limits(self, data: Data) -> tuple[float | None, ...]:
        """For each value of the second setting the learning rate over which descent diverges,
        where that is known: with all the points in one batch, and a rate that stays as it is.
        """
        return tuple(_limit(each, data) for each in self.experiments)


def _limit(experiment: Experiment, data: Data) -> float | None:
    if experiment.batch_size not in (None, experiment.train_count):
        return None
    if experiment.schedule_entry.factor is not None:
        return None
    bands = bands_of(experiment, data.train)
    return None if bands is None else bands.limit


def spread(low: float, high: float, count: int) -> tuple[float, ...]:
    """``count`` learning rates from ``low`` to ``high``, evenly spaced by their logarithm, to four
    digits where that keeps them apart: what is shown of them is what they are.

    Raises ExperimentProblem where one of the three is out of its range, or high is not above low.
    """
    low, high, count = float(FROM.check(low)), float(TO.check(high)), int(COUNT.check(count))
    if high <= low:
        raise ExperimentProblem("not_above_from", TO.name, value=high, minimum=low)
    exact: list[float] = np.geomspace(low, high, count).tolist()
    rounded = [low, *(float(f"{rate:.3e}") for rate in exact[1:-1]), high]
    apart = all(one < other for one, other in pairwise(rounded))
    return tuple(rounded) if apart else (low, *exact[1:-1], high)


def usual_range(limit: float | None) -> tuple[float, float]:
    """A range worth a look: two decades below the limit to a little over it, where it is known."""
    if limit is None:
        return float(FROM.default), float(TO.default)
    most = settings.LEARNING_RATE.maximum or limit
    return float(f"{limit / 100:.1e}"), float(f"{min(1.5 * limit, most):.1e}")


def second_settings(experiment: Experiment) -> dict[str, Param]:
    """What can be swept besides the learning rate, by its path: numbers, and layers, that leave
    the data as they are.
    """
    found = {param.name: param for param in (settings.BATCH_SIZE, settings.L1, settings.L2)}
    if experiment.surface is not None:
        found = {}  # they ask for points
    for kind in REGISTRIES:
        if kind == "data":
            continue
        for param in REGISTRIES[kind][getattr(experiment, kind).name].params:
            if param.kind in ("float", "int", "layers"):
                found[f"{kind}.{param.name}"] = param
    return found


def parts_of(param: Param, text: str) -> list[str]:
    """A typed list of values of a setting, cut into the values: at semicolons where there are any,
    else at commas or blanks; layers, which have commas in them, at slashes too.
    """
    for mark in (r"[;；]", r"/" if param.kind == "layers" else r"[,，\s]"):
        parts = [part.strip() for part in re.split(mark, text) if part.strip()]
        if len(parts) > 1:
            break
    return parts


def _field(path: str) -> str:
    return path.rpartition(".")[2]


@dataclass(frozen=True)
class LaneGroup:
    """What came of some lanes that were trained together, so far.

    Attributes:
        first: the first of them; the others follow it.
        epoch: epochs done.
        epochs: at which epochs (k,) losses were kept, from 1: at each, or of a long run at each
            second, fourth, …
        losses: the mean losses (k, n) of these epochs; NaN once a lane has stopped.
        rules: why each has stopped, None while it goes on.
        end_epochs: after how many epochs (n,) that was.
        final: its loss then (n,), of all the training points; not finite where it diverged.
    """

    first: int
    epoch: int
    epochs: NDArray[np.int64]
    losses: NDArray[np.float32]
    rules: tuple[Rule | None, ...]
    end_epochs: NDArray[np.int64]
    final: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many lanes they are."""
        return len(self.rules)


@dataclass(frozen=True)
class SweepView:
    """A sweep at one moment.

    Attributes:
        number: tells it from other sweeps of the session. plan: what is trained.
        groups: all the lanes, in order. limits: as ``SweepPlan.limits``.
        going: whether more of it is being trained. own: the lanes whose numbers are those of a run
            of their own.
    """

    number: int
    plan: SweepPlan
    groups: tuple[LaneGroup, ...]
    limits: tuple[float | None, ...]
    going: bool = False
    own: frozenset[int] = frozenset()

    @cached_property
    def rules(self) -> tuple[Rule | None, ...]:
        """Why each lane has stopped; None while it goes on."""
        return tuple(rule for group in self.groups for rule in group.rules)

    @cached_property
    def complete(self) -> bool:
        """Whether every lane has stopped."""
        return None not in self.rules

    @cached_property
    def diverged(self) -> NDArray[np.bool_]:
        """Which lanes' losses (n,) stopped being finite numbers."""
        return np.array([rule is Rule.NON_FINITE for rule in self.rules])

    @cached_property
    def epochs_done(self) -> NDArray[np.int64]:
        """Of each lane (n,)."""
        parts = [
            np.where([rule is None for rule in group.rules], group.epoch, group.end_epochs)
            for group in self.groups
        ]
        return np.concatenate(parts)

    @cached_property
    def losses(self) -> NDArray[np.float64]:
        """Of each lane (n,) the final loss, or while it goes on the last one kept; NaN where
        there is none yet.
        """
        parts = []
        for group in self.groups:
            last = group.losses[-1] if len(group.losses) else np.full(group.count, np.nan)
            going = np.array([rule is None for rule in group.rules])
            parts.append(np.where(going, last, group.final))
        return np.concatenate(parts)

    @cached_property
    def start_loss(self) -> float | None:
        """About the loss that all begin with: the first kept of the smallest learning rate."""
        first = self.groups[0].losses
        return float(first[0, 0]) if len(first) and np.isfinite(first[0, 0]) else None

    @property
    def best(self) -> int | None:
        """The lane with the smallest loss (the first of them), or None where none has any."""
        losses = np.where(np.isfinite(self.losses) & ~self.diverged, self.losses, np.inf)
        at = int(np.argmin(losses))
        return at if np.isfinite(losses[at]) else None

    @property
    def progress(self) -> float:
        """The part of all epochs that is done, 0 … 1; a lane that has stopped is done."""
        parts = []
        for group, epochs in zip(self.groups, self._epochs_asked, strict=True):
            parts += [1.0 if rule is not None else group.epoch / epochs for rule in group.rules]
        return sum(parts) / len(parts)

    @property
    def _epochs_asked(self) -> list[int]:
        place, experiments = self.plan.place, self.plan.experiments
        return [experiments[place(group.first)[0]].stop.epochs for group in self.groups]

    def with_run(
        self,
        lane: int,
        losses: NDArray[np.generic],
        rule: Rule,
        epoch: int,
        final: float | None,
    ) -> "SweepView":
        """The same with the numbers of a run of its own in a lane's place: its mean losses (e,),
        epoch by epoch (of a very long run the last e), why it stopped, after which epoch, and its
        final loss.
        """
        groups = list(self.groups)
        number = next(i for i, g in enumerate(groups) if 0 <= lane - g.first < g.count)
        group, at = groups[number], lane - groups[number].first
        rows = group.epochs - 1 - (epoch - len(losses))
        known = (rows >= 0) & (rows < len(losses))
        kept = group.losses.copy()
        column = np.where(group.epochs > epoch, np.nan, kept[:, at])
        column[known] = losses[rows[known]]
        kept[:, at] = column
        ends, finals = group.end_epochs.copy(), group.final.copy()
        ends[at], finals[at] = epoch, np.nan if final is None else final
        for array in (kept, ends, finals):
            array.flags.writeable = False
        rules = (*group.rules[:at], rule, *group.rules[at + 1 :])
        groups[number] = replace(group, losses=kept, rules=rules, end_epochs=ends, final=finals)
        return replace(self, groups=tuple(groups), own=self.own | {lane})

    def curve(self, lane: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Epochs (k,) and losses (k,) of a lane, as far as it went."""
        for group in self.groups:
            at = lane - group.first
            if 0 <= at < group.count:
                losses = group.losses[:, at]
                kept = np.isfinite(losses)
                return group.epochs[kept], losses[kept]
        raise IndexError(lane)
