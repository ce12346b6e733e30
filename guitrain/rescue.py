"""Where a run that has diverged can go on from. No Qt, no torch."""

import math
from typing import TYPE_CHECKING

import numpy as np

from guitrain.core.stability import limit_at_start, rescue_rate
from guitrain.core.stopping import Rule

if TYPE_CHECKING:
    from guitrain.core.run import Run


def rescue_of(run: "Run") -> tuple[int, float] | None:
    """The step at which the loss was lowest, and a third of the learning rate that it diverged
    with (half the limit, where that is known and lower); None unless the run stands where it
    diverged, or where it began so.

    The very last finite step would do for arithmetic, but not for a reader: by then the weights
    are so far off (10¹⁹) that no run comes back from there in its epochs.
    """
    if run.stopped is None or run.stopped.rule is not Rule.NON_FINITE:
        return None
    if run.stopped.loss == -math.inf:
        return None  # it has only fallen: a test surface may do so without end
    steps = run.steps.publish()
    losses = steps.column("loss")
    if not steps.length or not np.isfinite(losses).any():
        return None
    # Of a run so long that its oldest steps are thinned, the lowest of those that are whole.
    lowest = int(np.nanargmin(np.where(np.isfinite(losses), losses, math.inf)))
    # As it is set: a schedule makes smaller ones of it, never larger.
    rate = run.settings_at(steps.length - 1).learning_rate
    return steps.first + lowest, rescue_rate(rate, _limit(run))


def _limit(run: "Run") -> float | None:
    """The rate over which it must diverge again, where that is known."""
    bands = run.facts.bands
    whole = run.learner.batches_per_epoch() == 1
    known = bands is not None and bands.parabolic and whole
    return run.facts.stability_limit if known else limit_at_start(run.experiment)
