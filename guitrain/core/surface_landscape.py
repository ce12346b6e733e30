"""The landscape of a test surface: its own heights over a fine grid. numpy only, in float64."""

from collections.abc import Generator

import numpy as np

from guitrain.core.contours import RIM, contoured
from guitrain.core.experiment import Experiment
from guitrain.core.landscape_view import LARGEST_LOSS, Bounds, LandscapeView, surface_of
from guitrain.core.surfaces import Surface

_SIDE = 321  # places along each parameter: a bent valley is resolved in both


def heights_of(
    experiment: Experiment, surface: Surface, bounds: Bounds, run_id: int
) -> Generator[LandscapeView | None, None, None]:
    """The landscape within ``bounds``, with its contours; yields None on the way."""
    first = _nodes(bounds.first_low, bounds.first_high)
    second = _nodes(bounds.second_low, bounds.second_high)
    heights = np.asarray(surface.of(first[None, :], second[:, None]))
    yield None
    heights = np.where(heights <= LARGEST_LOSS, heights, np.inf)
    bottomless = surface.least is None
    best = min(float(heights.min()) if surface.least is None else surface.least, LARGEST_LOSS)
    view = LandscapeView(
        run_id,
        surface_of(experiment),
        bounds,
        first,
        second,
        0.0,
        heights,
        best,
        bottomless=bottomless,
        function=surface.of,
    )
    yield (yield from contoured(view))


def _nodes(low: float, high: float) -> np.ndarray:
    rim = RIM * (high - low)
    return np.linspace(low - rim, high + rim, _SIDE)
