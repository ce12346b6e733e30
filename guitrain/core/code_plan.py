"""When the changes of a run take effect, as a script needs to know it before it starts.

The length of every epoch follows from the batch sizes, so each change's epoch can be counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Experiment
from guitrain.core.run_view import Event


@dataclass(frozen=True)
class Plan:
    """A run's settings over its epochs, as its events made them. Changes that the run could
    never reach are left out.

    Attributes:
        first: the experiment with what was changed before its first step.
        epochs: the epoch at which the number of epochs stops it, whatever the other rules say.
        epoch_changes: settings in force from an epoch's start on, where they are others than
            those of the epoch before: batch size and stop rules wait for an epoch's start.
        rate_changes: learning rates by the step from which they are in force.
        by_hand: the parameters set by hand, by the step before whose FORWARD they are.
        end: the step at which the number of epochs stops it.
    """

    first: Experiment
    epochs: int
    epoch_changes: Mapping[int, Experiment]
    rate_changes: Mapping[int, float]
    by_hand: Mapping[int, tuple[ByHand, ...]]
    end: int

    @property
    def settings(self) -> tuple[Experiment, ...]:
        """All that are ever in force at an epoch's start."""
        return (self.first, *self.epoch_changes.values())


def batch_size(settings: Experiment) -> int:
    """How many points a batch holds: the batch size, or all of them."""
    return settings.batch_size or settings.train_count


def plan_of(experiment: Experiment, events: Sequence[Event]) -> Plan:
    """Where each event takes effect; those of one epoch are taken together."""
    ordered = sorted((each for each in events if each.changes), key=lambda event: event.step)
    latest = experiment
    while ordered and ordered[0].step <= 0:
        latest = latest.changed(ordered.pop(0).changes)
    first = latest
    epoch = start = 0  # the latest epoch's start at which a setting changed, and its step
    end = first.stop.epochs
    changes: dict[int, Experiment] = {}
    rates: dict[int, float] = {}
    for event in ordered:
        steps = latest.steps_per_epoch
        ahead = max(0, -(-(event.step - start) // steps))
        if epoch + ahead > end:
            break
        epoch, start = epoch + ahead, start + ahead * steps
        latest = latest.changed(event.changes)
        changes[epoch], rates[event.step] = latest, latest.learning_rate
        end = max(epoch, latest.stop.epochs)
    last = start + (end - epoch) * latest.steps_per_epoch
    return Plan(
        first,
        end,
        _real_changes(first, changes, end),
        _real_rates(first.learning_rate, rates, last),
        _by_hand(events, last),
        last,
    )


def _real_changes(
    first: Experiment, changes: Mapping[int, Experiment], end: int
) -> dict[int, Experiment]:
    found: dict[int, Experiment] = {}
    before = first
    for epoch, settings in changes.items():
        if epoch < end and _of_epoch(settings) != _of_epoch(before):
            found[epoch] = before = settings
    return found


def _of_epoch(settings: Experiment) -> tuple[object, ...]:
    return batch_size(settings), replace(settings.stop, epochs=1)


def _real_rates(rate: float, rates: Mapping[int, float], end: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for step, new in rates.items():
        if step < end and new != rate:
            found[step] = rate = new
    return found


def _by_hand(events: Sequence[Event], end: int) -> dict[int, tuple[ByHand, ...]]:
    """Of a parameter that was set more than once before a step, the last time counts."""
    found: dict[int, dict[object, ByHand]] = {}
    for event in events:
        if event.by_hand is not None and event.step <= end:
            found.setdefault(event.step, {})[event.by_hand.place] = event.by_hand
    return {step: tuple(found[step].values()) for step in sorted(found)}
