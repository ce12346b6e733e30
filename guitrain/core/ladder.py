"""The mean loss of errors e − b for many b at once, from one pass over the errors.

The b stand on rungs of a ladder, evenly spaced. How many errors lie below each rung, and their
sums, give every mean exactly: a million points cost a million operations, not one per b.
"""

from collections.abc import Generator, Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pass = Generator[None, None, Floats]  # a look at the clock after each chunk of errors


class Ladder:
    """Evenly spaced rungs from ``low`` to ``high``; ``at`` (k,) are those that matter."""

    def __init__(self, low: float, high: float, rungs: int, at: NDArray[np.int64]) -> None:
        self.low, self.step = low, (high - low) / rungs
        self.rungs = rungs
        self.at = at

    @property
    def values(self) -> Floats:
        """The b (k,)."""
        return self.low + self.at.astype(np.float64) * self.step

    def sums(self, errors: Floats, shift: float, powers: int) -> Floats:
        """Of the errors (n,) between rungs + ``shift``: their powers' sums (powers, rungs + 2).

        Column j holds those below rung j (and not below rung j − 1), the last one the rest.
        """
        place = np.floor((errors - (self.low + shift)) / self.step) + 1
        place = np.clip(place, 0, self.rungs + 1).astype(np.int64)
        found = np.empty((powers, self.rungs + 2))
        for power in range(powers):
            weights = None if power == 0 else errors**power
            found[power] = np.bincount(place, weights, self.rungs + 2)
        return found


def mean_absolute(ladder: Ladder, chunks: Iterable[Floats]) -> Pass:
    """Mean |e − b|: Σe − n·b − 2·(S − b·C), of the C errors below b and their sum S."""
    sums = np.zeros((2, ladder.rungs + 2))
    for errors in chunks:
        sums += ladder.sums(errors, 0.0, 2)
        yield
    n, total = sums.sum(axis=1)
    count, low = np.cumsum(sums, axis=1)[:, ladder.at]
    b = ladder.values
    return (total - n * b - 2 * (low - b * count)) / n


def mean_huber(ladder: Ladder, chunks: Iterable[Floats], delta: float) -> Pass:
    """Mean h(e − b): half the squares of errors within ±δ of b, δ·(|e − b| − ½δ) beyond."""
    lower, upper = np.zeros((2, 3, ladder.rungs + 2))
    for errors in chunks:
        lower += ladder.sums(errors, -delta, 3)
        upper += ladder.sums(errors, delta, 3)
        yield
    n, total, _ = lower.sum(axis=1)
    count0, sum0, squares0 = np.cumsum(lower, axis=1)[:, ladder.at]
    count1, sum1, squares1 = np.cumsum(upper, axis=1)[:, ladder.at]
    b = ladder.values
    below = delta * ((b - delta / 2) * count0 - sum0)
    above = delta * ((total - sum1) - (b + delta / 2) * (n - count1))
    within = count1 - count0
    inside = ((squares1 - squares0) - 2 * b * (sum1 - sum0) + b * b * within) / 2
    # Where δ is tiny, rounding would outweigh it.
    inside = np.clip(inside, 0.0, delta * delta / 2 * within)
    return (below + inside + above) / n
