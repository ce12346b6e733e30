"""The validation set: points held out of the training points, and what their losses tell.

It is held out of the training points of every source, generated ones too: a validation set costs
training points, as it does with real data, and the points drawn (and the test points) stay those
that the source draws whatever the share. Early stopping may look at it; at the test set nothing
may that steers training.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data, Split

GAP_EPOCHS = 10  # in a row with a gap, before it counts as one
GAP_RISE = 0.1  # above the lowest validation loss, as a share of it
FLAT_FALL = 0.01  # a loss that falls by less over the last fifth of the epochs is flat
HIGH = 2.0  # times the noise floor: from there on a loss is high
_FLAT_EPOCHS = 20  # fewer say nothing about flatness


def validation_count(points: int, fraction: float) -> int:
    """How many of so many training points are held out: at least one stays, if there is any."""
    return max(min(round(points * fraction), points - 1), 0)


def _chosen(points: int, count: int, seed: int) -> NDArray[np.bool_]:
    """Which points are held out (n,). The stream is neither that of the data's noise nor, with
    equal seeds, that of any epoch's batch order.
    """
    held_out = np.zeros(points, dtype=bool)
    held_out[np.random.default_rng([seed, 0, 1]).permutation(points)[:count]] = True
    return held_out


def hold_out(data: Data, fraction: float, seed: int) -> Data:
    """The data with a share of its training points as validation points, each in their own order;
    the test points stay as they are.
    """
    train = data.train
    count = validation_count(len(train), fraction)
    if not count:
        return data
    held_out = _chosen(len(train), count, seed)
    return replace(
        data,
        train=Split(train.inputs[~held_out], train.targets[~held_out]),
        validation=Split(train.inputs[held_out], train.targets[held_out]),
    )


def validation_lines(points: int, fraction: float, seed: int) -> tuple[str, ...]:
    """The same in a script that has the training points as ``x`` and ``y``; none where nothing is
    held out.
    """
    count = validation_count(points, fraction)
    if not count:
        return ()
    return (
        f"for_validation = np.zeros({points}, dtype=bool)",
        f"order = np.random.default_rng([{seed}, 0, 1]).permutation({points})",
        f"for_validation[order[:{count}]] = True",
        "val_x, val_y = x[for_validation], y[for_validation]",
        "x, y = x[~for_validation], y[~for_validation]",
    )


@dataclass(frozen=True)
class Low:
    """The lowest validation loss: of the weights after ``epoch`` finished epochs and ``step``
    updates. ``train`` is the training loss that STOP judged there (NaN where none was, yet).
    """

    epoch: int
    step: int
    loss: float
    train: float


@dataclass(frozen=True)
class Watch:
    """What the validation losses have come to so far, one of each epoch: of the weights that it
    begins with.

    Attributes:
        epoch: finished epochs at the last one measured. loss: that one.
        low: the lowest, the first of equal ones; None before there is a finite one.
        apart: epochs in a row in which it was more than ``GAP_RISE`` above the lowest, while the
            training loss was lower than there.
        opened: the epoch from which on there were ``GAP_EPOCHS`` of them: the gap is open until
            there is a new lowest one. None while it is not.
    """

    epoch: int = -1
    loss: float = math.nan
    low: Low | None = None
    apart: int = 0
    opened: int | None = None

    def after(self, epoch: int, step: int, loss: float, train: float) -> "Watch":
        """With this epoch's validation loss and the training loss that is judged beside it; none
        counts twice.
        """
        if epoch <= self.epoch:
            return self
        low = self.low
        if low is None or loss < low.loss:
            found = Low(epoch, step, loss, train) if loss < math.inf else None
            return Watch(epoch, loss, found)
        apart = 0
        # Not "lower than": before the first mini-batch epoch there is no mean to compare with.
        if loss > low.loss * (1 + GAP_RISE) and not train >= low.train:
            apart = self.apart + 1
        opened = self.opened
        if opened is None and apart >= GAP_EPOCHS:
            opened = epoch
        return Watch(epoch, loss, low, apart, opened)

    @property
    def waited(self) -> int:
        """Epochs since the lowest one."""
        return max(self.epoch - (self.low.epoch if self.low is not None else 0), 0)


def is_flat(losses: NDArray[np.float64]) -> bool:
    """Whether the losses of epochs (n,) hardly fall any more: over their last fifth, the mean of
    the second half is less than ``FLAT_FALL`` below that of the first.
    """
    if len(losses) < _FLAT_EPOCHS:
        return False
    last = losses[-max(len(losses) // 5, _FLAT_EPOCHS) :]
    first, second = last[: len(last) // 2], last[len(last) // 2 :]
    return bool(second.mean() > first.mean() * (1 - FLAT_FALL))
