"""The test set of points that are given: a share of them, drawn from a seed."""

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Split


def _count(rows: int, test_fraction: float) -> int:
    """Rows of the test set: the fraction, rounded, but at least one row, if there is any, stays for
    training.
    """
    return max(min(round(rows * test_fraction), rows - 1), 0)


def rest(rows: int, test_fraction: float) -> int:
    """How many rows stay for training."""
    return rows - _count(rows, test_fraction)


def split(
    x: NDArray[np.float64], y: NDArray[np.float64], test_fraction: float, seed: int
) -> tuple[Split, Split]:
    """Training and test points of x (n, d) and y (n,), each in their own order."""
    chosen = np.zeros(len(x), dtype=bool)
    order = np.random.RandomState(seed).permutation(len(x))
    chosen[order[: _count(len(x), test_fraction)]] = True
    return Split(x[~chosen], y[~chosen]), Split(x[chosen], y[chosen])


def lines(rows: int, test_fraction: float, seed: int) -> tuple[str, ...]:
    """The same in a script that has all of ``x`` and ``y``; none where nothing is held out."""
    count = _count(rows, test_fraction)
    if not count:
        return ()
    return (
        f"np.random.seed({seed})",
        f"held_out = np.zeros({rows}, dtype=bool)",
        f"held_out[np.random.permutation({rows})[:{count}]] = True",
        "test_x, test_y = x[held_out], y[held_out]",
        "x, y = x[~held_out], y[~held_out]",
    )
