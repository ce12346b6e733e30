"""The path of a run over two parameters, and the ranges in which it is seen. No torch here."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data
from guitrain.core.history import LogView
from guitrain.core.landscape_view import Bounds, has_landscape
from guitrain.core.run_view import RunView

MOST_ROWS = 600  # of a path; up to so many rows are there one by one
_PADDING = 0.4  # of what must be seen, free on either side
_GROWTH = 0.8  # the same, where something has left the ranges: they are to change seldom
_FAR = 8.0  # spans from start to optimum within which a path that leaves is followed
_NEAR = 0.25  # the same on a test surface, which shows most near its middle
_WIDER = 4.0  # times too wide, from which on the ranges shrink
_SLANT = 0.4  # of the span that matters as much in the other parameter, seen at least
_LARGEST = 1e150  # a parameter beyond which nothing is drawn

Floats = NDArray[np.float64]

# A run falls fast at first and creeps later, so a long path has most of its shape near row 0.
_EARLY = np.unique(np.floor(1.12 ** np.arange(1, 190)).astype(np.int64) - 1)


def path_of(
    view: RunView,
    start: int = 0,
    stop: int | None = None,
    most: int = MOST_ROWS,
) -> Floats:
    """Recorded parameters (k, 2) of the rows of ``rows_of``, in the data's own units, in order."""
    return path_at(view, rows_of(view, start, stop, most))


def rows_of(
    view: RunView, start: int = 0, stop: int | None = None, most: int = MOST_ROWS
) -> NDArray[np.int64]:
    """Which of the recorded rows ``start … stop`` a path shows (k,), ascending.

    About ``most`` rows at most, whatever the length: some early ones, and pairs of neighbours
    evenly spread, so that a path that jumps to and fro is seen to do so. As the run grows the
    rows stay the same for long.
    """
    length = view.steps.length
    return _rows(max(start, 0), length if stop is None else min(stop, length), most)


def path_at(view: RunView, rows: NDArray[np.int64]) -> Floats:
    """Recorded parameters (k, 2) at these rows (k,), in the data's own units."""
    log, entry = view.steps, view.experiment.model_entry
    numbers = np.stack([_values(log, name, rows) for name in view.experiment.form.names], axis=1)
    if not view.experiment.standardize:
        return numbers
    with np.errstate(all="ignore"):
        return entry.to_own_units(numbers, view.data.scaling)


def whole_path_of(view: RunView, most: int = MOST_ROWS) -> Floats:
    """As ``path_of``, of all that is recorded, and of the present parameters after it."""
    path = path_of(view, most=most)
    if view.numbers is None or view.step < view.head:
        return path
    return np.concatenate([path, [view.numbers]])


def _rows(start: int, stop: int, most: int) -> NDArray[np.int64]:
    count = stop - start
    if count <= most:
        return np.arange(start, max(stop, start))
    stride = 2 ** math.ceil(math.log2(2.7 * count / most))
    even = np.arange(-(-start // stride) * stride, stop - 1, stride)
    early = _EARLY[slice(*np.searchsorted(_EARLY, (start, stop)))]
    return np.unique(np.concatenate([[start], early, even, even + 1, [stop - 1]]))


def _values(log: LogView, name: str, rows: NDArray[np.int64]) -> Floats:
    """A column at rows (k,); of rows that are thinned, the middle of the block they are in."""
    found = np.full(len(rows), np.nan)
    open_ = np.ones(len(rows), bool)
    for level in log.levels:
        at = rows // level.block - level.first
        here = open_ & (at >= 0) & (at < level.length)
        low, high = level.low[name], level.high[name]
        found[here] = low[at[here]].astype(np.float64) / 2 + high[at[here]].astype(np.float64) / 2
        open_ &= ~here
        if not open_.any():
            break
    return found


def true_parameters(data: Data) -> tuple[float, float] | None:
    """Slope and intercept of the truth, where it is known and a straight line."""
    return data.truth.line if data.truth is not None else None


def bounds_for(
    view: RunView, previous: Bounds | None = None, ghosts: Sequence[RunView] = ()
) -> Bounds | None:
    """The ranges that show a run and its ghosts, or None where there are not two parameters yet.

    They stay ``previous`` until something leaves them or they are much too wide.
    """
    paths = [whole_path_of(each) for each in (view, *ghosts) if has_landscape(each.experiment)]
    return bounds_around(view, paths, previous)


def bounds_around(view: RunView, paths: Iterable[Floats], previous: Bounds | None) -> Bounds | None:
    """As ``bounds_for``, of paths (k, 2) that are known already."""
    if not has_landscape(view.experiment) or view.initial is None:
        return None
    fixed = _fixed(view)
    low, high = fixed.min(axis=0), fixed.max(axis=0)
    least = _least_spans(view, low, high)
    room = np.maximum(high - low, least) * (_FAR if view.experiment.surface is None else _NEAR)
    seen = [fixed]
    for path in (*paths, np.array([view.numbers or view.initial])):
        known = path[np.isfinite(path).all(axis=1)]
        seen.append(np.clip(known, low - room, high + room))
    every = np.concatenate(seen)
    low, high = every.min(axis=0), every.max(axis=0)
    if previous is not None and _fits(previous, low, high, least):
        return previous
    grows = previous is not None and not _inside(previous, low, high)
    middle = (low + high) / 2
    half = np.maximum(high - low, least) * (0.5 + (_GROWTH if grows else _PADDING))
    bottom, top = middle - half, middle + half
    return Bounds(float(bottom[0]), float(top[0]), float(bottom[1]), float(top[1]))


def _fits(previous: Bounds, low: Floats, high: Floats, least: Floats) -> bool:
    needed = np.maximum(high - low, least) * (1 + 2 * _PADDING)
    return _inside(previous, low, high) and bool(
        previous.width <= _WIDER * needed[0] and previous.height <= _WIDER * needed[1]
    )


def _inside(bounds: Bounds, low: Floats, high: Floats) -> bool:
    return bounds.holds(Bounds(*np.stack([low, high], axis=1).ravel().tolist()))


def _fixed(view: RunView) -> Floats:
    """What is always seen (k, 2): the start, least squares, the minima, the truth; of a test
    surface what shows it.
    """
    assert view.initial is not None
    places = [view.initial]
    if view.facts.least_squares is not None:
        places.append(view.facts.least_squares.numbers)
    places += view.facts.minima
    if (surface := view.experiment.surface) is not None:
        (left, right), (low, high) = (_within(*surface.box[at : at + 2]) for at in (0, 2))
        places += [(left, low), (right, high)]
    truth = true_parameters(view.data)
    if truth is not None:
        places.append(truth)
    found = np.array(places, np.float64)
    found = found[np.isfinite(found).all(axis=1)]
    return np.clip(found, -_LARGEST, _LARGEST) if len(found) else np.zeros((1, 2))


def _within(low: float, high: float) -> tuple[float, float]:
    """The ends of what is seen in these ranges, as what is free on either side leaves it."""
    middle, half = (low + high) / 2, (high - low) / 2 / (1 + 2 * _PADDING)
    return middle - half, middle + half


def _least_spans(view: RunView, low: Floats, high: Floats) -> Floats:
    """The smallest span of each parameter that is worth seeing (2,).

    A change of w by 1 moves a prediction as far as one of b by x: a span in one parameter asks
    for a like one in the other, though not for one in which the rest would be lost.
    """
    spans = high - low
    sizes = np.maximum(np.abs(low), np.abs(high))
    spans = np.maximum(spans, np.where(sizes > 0, sizes / 4, 1.0) * (spans <= sizes / 50))
    if view.experiment.surface is not None:
        return np.maximum(spans, 1e-9)
    x = float(np.abs(view.data.ranges[0]).max()) * 0.6 or 1.0
    alike = np.array([spans[1] / x, spans[0] * x]) * _SLANT
    most = 2 * np.maximum(spans, sizes)
    return np.maximum(np.maximum(spans, np.minimum(alike, most)), 1e-9)
