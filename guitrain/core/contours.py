"""Contours of a landscape: which levels, and where they run."""

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, LineType, contour_generator
from numpy.typing import NDArray

from guitrain.core.landscape_view import LARGEST_LOSS, Contour, LandscapeView

RIM = 0.03  # of the bounds, by which grid and contours reach beyond them
_FEWEST, _MOST = 8, 14
_RATIO = 2.5  # of the excess over the best loss, from one level to the next, about
_SAMPLES = 48  # per side of the window, for the range of losses in it
_SMALL_SHARE = 0.005  # of the window, that lies within the lowest level, about
_BASIN = 400  # places of a fine grid that lie within the lowest level, at least
_SLACK = 0.15  # of its excess, that a level moves by to be a short number

Floats = NDArray[np.float64]


def contoured(view: LandscapeView) -> Generator[None, None, LandscapeView]:
    """The view with its contours; yields after each."""
    made = []
    # Its types are unions over all the ways of asking.
    maker: Any = contour_generator(
        view.first,
        view.second,
        view.heights,
        name="serial",
        line_type=LineType.Separate,
        fill_type=FillType.OuterOffset,
    )
    for level in levels(view):
        height = math.sqrt(level - view.best)
        lines = maker.lines(height)
        outlines, offsets = maker.filled(-1.0, height)
        areas = [
            points[start:end]
            for points, starts in zip(outlines, offsets, strict=True)
            for start, end in pairwise(starts)
        ]
        made.append(
            Contour(
                level,
                _clipped(lines, view, _clip_line),
                _clipped(areas, view, _clip_area),
            )
        )
        yield
    return replace(view, contours=tuple(made))


# Far outside the window a sheared grid reaches so far that pixels could not count it.


def _clipped(
    pieces: Sequence[Floats],
    view: LandscapeView,
    clip: Callable[[Floats, Floats], Floats],
) -> tuple[Floats, ...]:
    """Points (v, 2) of the grid's axes → of the parameters, no farther out than the grid's rim."""
    bounds = view.bounds
    rim_first, rim_second = RIM * bounds.width, RIM * bounds.height
    found = []
    for piece in pieces:
        points = np.array(piece, np.float64)
        points[:, 1] -= view.shear * points[:, 0]
        for axis, sign, limit in (
            (0, 1.0, bounds.first_low - rim_first),
            (0, -1.0, -(bounds.first_high + rim_first)),
            (1, 1.0, bounds.second_low - rim_second),
            (1, -1.0, -(bounds.second_high + rim_second)),
        ):
            if len(points) > 1:
                points = clip(points, sign * points[:, axis] - limit)
        found += _whole(points)
    return tuple(found)


def _with_crossings(points: Floats, over: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The points (2v − 1, 2), each but the last followed by where the way to the next crosses
    the limit, that ``over`` (v,) says how far they are within; and which of these count.
    """
    inside = over >= 0
    crosses = inside[:-1] != inside[1:]
    with np.errstate(all="ignore"):
        share = np.where(crosses, over[:-1] / (over[:-1] - over[1:]), 0.0)
    made = np.empty((2 * len(points) - 1, 2))
    made[::2] = points
    made[1::2] = points[:-1] + share[:, None] * (points[1:] - points[:-1])
    counts = np.empty(len(made), bool)
    counts[::2], counts[1::2] = inside, crosses
    return made, counts


def _clip_area(points: Floats, over: Floats) -> Floats:
    """A closed polygon, cut off at the limit (by Sutherland and Hodgman)."""
    made, counts = _with_crossings(points, over)
    kept = made[counts]
    return np.concatenate([kept, kept[:1]]) if len(kept) > 2 else kept[:0]


def _clip_line(points: Floats, over: Floats) -> Floats:
    """A line, NaN where it is beyond the limit."""
    made, counts = _with_crossings(points, over)
    made[::2][~(over >= 0)] = np.nan
    counts[::2] = True
    return made[counts]


def _whole(points: Floats) -> list[Floats]:
    """The pieces between NaN that have a length."""
    finite = np.isfinite(points[:, 0])
    cuts = np.flatnonzero(np.diff(finite)) + 1
    found = []
    for piece in np.split(points, cuts):
        if len(piece) > 1 and np.isfinite(piece[0, 0]):
            piece = piece.copy()
            piece.flags.writeable = False
            found.append(piece)
    return found


def levels(view: LandscapeView) -> tuple[float, ...]:
    """Losses whose excess over the best is spaced by its logarithm, as short numbers.

    The lowest encloses a small share of the window, so that the valley's floor is seen; the
    highest is near the largest loss in it. None where the loss is the same everywhere. Where it
    falls without end there is no best, and they are evenly spaced.
    """
    bounds = view.bounds
    first, second = np.meshgrid(
        np.linspace(bounds.first_low, bounds.first_high, _SAMPLES),
        np.linspace(bounds.second_low, bounds.second_high, _SAMPLES),
    )
    excess = view.loss_at(first, second) - view.best
    excess = np.sort(excess[np.isfinite(excess)])
    if not excess.size:
        return ()
    if view.bottomless:
        return _even(view.best + float(excess[0]), view.best + float(excess[-1]))
    top = float(excess[-1])
    resolved = max(top, abs(view.best)) * 1e-9
    small = float(excess[int(_SMALL_SHARE * excess.size)])
    if view.function is not None:  # as small a basin as the grid can draw
        small = float(np.partition(view.loss.ravel(), _BASIN)[_BASIN]) - view.best
    low = min(top / _RATIO**_FEWEST, small)
    low = max(low, min(float(excess[0]), small), top * 1e-6, resolved)
    if not low < top * (1 - 1e-9):
        return ()
    count = round(math.log(top / low) / math.log(_RATIO))
    count = min(max(count, _FEWEST), _MOST)
    found: list[float] = []
    for each in np.geomspace(low, top, count + 1)[:-1].tolist():
        level = min(_short(view.best + each, _SLACK * each), LARGEST_LOSS)
        if level > (found[-1] if found else view.best):
            found.append(level)
    return tuple(found)


def _even(low: float, high: float) -> tuple[float, ...]:
    """Multiples of a round number between two losses, 0 among them where it lies between."""
    if not low < high:
        return ()
    unit = 10.0 ** math.floor(math.log10((high - low) / _FEWEST))
    step = next(m * unit for m in (1, 2, 5, 10) if (high - low) / (m * unit) <= _MOST)
    counts = range(math.ceil(low / step), math.floor(high / step) + 1)
    return tuple(float(f"{count * step:.9g}") for count in counts if low < count * step < high)


def _short(value: float, slack: float) -> float:
    """The number with the fewest digits that is within ``slack`` of ``value``."""
    for digits in range(9):
        short = float(f"{value:.{digits}e}")
        if abs(short - value) <= slack:
            return short
    return value
