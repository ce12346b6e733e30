"""From recorded rows to points of a curve, at a cost that does not grow with the run."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from guitrain.core.history import LogView
    from guitrain.core.run_view import RunView

MOST_ROWS = 1000  # drawn as they are; more are drawn as the extremes of MOST_PIECES pieces
MOST_PIECES = 500


@dataclass(frozen=True, eq=False)
class Curve:
    """Points (n,) of a curve over rows: ``row`` may lie between two rows, peaks are exact."""

    row: NDArray[np.float64]
    value: NDArray[np.float64]


NO_CURVE = Curve(np.empty(0), np.empty(0))


def curve_of(
    log: "LogView", name: str, rows: int = MOST_ROWS, pieces: int = MOST_PIECES, start: int = 0
) -> Curve:
    """A column of a log from row ``start`` on as a curve, all its peaks kept: up to ``rows``
    points as they are, or twice about ``pieces`` of them.
    """
    whole = log.length - start <= rows and log.first <= start
    first, low, high = log.envelope(name, start, log.length, rows if whole else pieces)
    if whole:
        return Curve(first.astype(np.float64), high)
    if not len(first):
        return NO_CURVE
    ends = np.append(first[1:], log.length)
    middle = (first + ends - 1) / 2
    # Each piece is a vertical stroke; it begins at the end that is nearer to where we come from.
    centre = np.where(np.isfinite(low) & np.isfinite(high), low / 2 + high / 2, np.inf)
    falls = np.append(True, centre[1:] <= centre[:-1])
    strokes = np.where(falls[:, None], np.stack([high, low], 1), np.stack([low, high], 1))
    return Curve(np.repeat(middle, 2), strokes.ravel())


def epoch_of_rows(view: "RunView", rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where rows of the step log lie on the axis of epochs.

    Row k is the loss before update k + 1. The last batch of epoch e lies at e, and the others
    evenly before it, so that with one batch per epoch row k lies at epoch k + 1.
    """
    ends: NDArray[np.int64] = view.epochs.column("end_step")  # type: ignore[assignment]
    first = view.epochs.first
    updates = np.asarray(rows, np.float64) + 1
    if not len(ends):
        return updates / view.batches
    # Of whole numbers: else all the ends would be made floats first, however many there are.
    inside = np.searchsorted(ends, np.ceil(updates).astype(np.int64), side="left")
    done = np.minimum(inside, len(ends) - 1)
    stop = ends[done]
    # Epochs before the first whole row are taken to be of one length.
    before = np.where(done > 0, ends[np.maximum(done - 1, 0)], 0)
    place = first + done + (updates - before) / (stop - before)
    place = np.where((done == 0) & (first > 0), updates / ends[0] * (first + 1), place)
    beyond = inside >= len(ends)
    return np.where(beyond, first + len(ends) + (updates - ends[-1]) / view.batches, place)


def extremes_at(log: "LogView", name: str, row: int) -> tuple[int, int, float, float] | None:
    """First and last row, minimum and maximum of the finest record that holds ``row``."""
    for level in log.levels:
        at = row // level.block - level.first
        if 0 <= at < level.length and row < log.length:
            first = row // level.block * level.block
            low, high = float(level.low[name][at]), float(level.high[name][at])
            return first, first + level.block - 1, low, high
    return None
