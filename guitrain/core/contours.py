"""Contours of a landscape: which levels, and where they run."""

import math
from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, LineType, contour_generator
from numpy.typing import NDArray

from guitrain.core.landscape_view import LARGEST_LOSS, Contour, LandscapeView

_FEWEST, _MOST = 8, 14
_RATIO = 2.5  # of the excess over the best loss, from one level to the next, about
_SAMPLES = 48  # per side of the window, for the range of losses in it
_SMALL_SHARE = 0.005  # of the window, that lies within the lowest level, about
_SLACK = 0.15  # of its excess, that a level moves by to be a short number


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
        made.append(Contour(level, _slanted(lines, view.shear), _slanted(areas, view.shear)))
        yield
    return replace(view, contours=tuple(made))


def _slanted(
    pieces: Sequence[NDArray[np.float64]], shear: float
) -> tuple[NDArray[np.float64], ...]:
    """Points (v, 2) of the grid's axes → of the parameters."""
    found = []
    for piece in pieces:
        points = np.array(piece, np.float64)
        points[:, 1] -= shear * points[:, 0]
        points.flags.writeable = False
        found.append(points)
    return tuple(found)


def levels(view: LandscapeView) -> tuple[float, ...]:
    """Losses whose excess over the best is spaced by its logarithm, as short numbers.

    The lowest encloses a small share of the window, so that the valley's floor is seen; the
    highest is near the largest loss in it. None where the loss is the same everywhere.
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
    top = float(excess[-1])
    resolved = max(top, abs(view.best)) * 1e-9
    low = min(top / _RATIO**_FEWEST, float(excess[int(_SMALL_SHARE * excess.size)]))
    low = max(low, top * 1e-6, resolved)
    if not low < top:
        return ()
    count = round(math.log(top / low) / math.log(_RATIO))
    count = min(max(count, _FEWEST), _MOST)
    found: list[float] = []
    for each in np.geomspace(low, top, count + 1)[:-1].tolist():
        level = min(_short(view.best + each, _SLACK * each), LARGEST_LOSS)
        if level > (found[-1] if found else view.best):
            found.append(level)
    return tuple(found)


def _short(value: float, slack: float) -> float:
    """The number with the fewest digits that is within ``slack`` of ``value``."""
    for digits in range(9):
        short = float(f"{value:.{digits}e}")
        if abs(short - value) <= slack:
            return short
    return value
