"""Where the units of a network stand, and which of its edges are drawn. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from guitrain.core.units import Layer

Box = tuple[float, float, float, float]  # left, top, width, height

HEADER = 18.0  # pixels of a column's name
MARGIN = 8.0
LEAST_TILE, MOST_TILE = 18.0, 84.0
LEAST_GAP, MOST_GAP = 26.0, 190.0
SOURCE_HEIGHT, LEAST_SOURCE = 24.0, 17.0
_MOST_EDGES, _LEAST_EDGES = 384, 24  # drawn in all; and between two layers, at least


class Kind(Enum):
    """What can be pointed at."""

    WEIGHT = "weight"
    BIAS = "bias"
    UNIT = "unit"
    SOURCE = "source"  # what goes into the first layer


@dataclass(frozen=True)
class Spot:
    """Something in the network: ``unit`` of ``layer``, and for a weight what it comes from."""

    kind: Kind
    layer: int = 0
    unit: int = 0
    source: int = 0


def parameter_of(spot: Spot, layers: Sequence[Layer]) -> tuple[int, tuple[int, ...]] | None:
    """The tensor and the place in it that a spot stands for: of a unit its bias."""
    if spot.kind is Kind.SOURCE:
        return None
    layer = layers[spot.layer]
    if spot.kind is Kind.WEIGHT:
        return layer.weight, layer.index(spot.unit, spot.source)
    return layer.bias, (spot.unit,)


def spot_of(tensor: int, index: tuple[int, ...], layers: Sequence[Layer]) -> Spot | None:
    """The weight or bias that a parameter is drawn as."""
    for number, layer in enumerate(layers):
        if tensor == layer.bias:
            return Spot(Kind.BIAS, number, index[0])
        if tensor == layer.weight:
            for unit, source in ((index[0], index[-1]), (index[-1], index[0]), (0, index[0])):
                inside = unit < layer.units and source < layer.inputs
                if inside and layer.index(unit, source) == index:
                    return Spot(Kind.WEIGHT, number, unit, source)
    return None


@dataclass(frozen=True, eq=False)
class Places:
    """A network in pixels; column 0 holds what goes in, column k + 1 the units of layer k.

    Attributes:
        width, height: of the whole; more than there is room for where the boxes would be too
            small to be read. tile: the side of a unit's box. source: the height of an input's.
        left, widths: of each column. middles: of its boxes, from the top.
    """

    width: float
    height: float
    tile: float
    source: float
    left: tuple[float, ...]
    widths: tuple[float, ...]
    middles: tuple[NDArray[np.float64], ...]

    def box(self, column: int, number: int) -> Box:
        """Where a box lies."""
        high = self.tile if column else self.source
        middle = float(self.middles[column][number])
        return self.left[column], middle - high / 2, self.widths[column], high

    @property
    def dot(self) -> float:
        """The radius of a bias's dot."""
        return min(max(0.14 * self.tile, 2.6), 4.5)

    @property
    def thickest(self) -> float:
        """Pixels of the edge of a layer's largest weight."""
        return min(max(0.1 * self.tile, 1.8), 5.0)

    def bias(self, layer: int, unit: int) -> tuple[float, float]:
        """The middle of a bias's dot: the lower left corner of its unit."""
        left, top, _, high = self.box(layer + 1, unit)
        return left, top + high

    def ends(
        self, layer: int, units: NDArray[np.int64], sources: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Both ends of edges as x (n, 2) and y (n, 2)."""
        x = [self.left[layer] + self.widths[layer], self.left[layer + 1]]
        y = np.stack([self.middles[layer][sources], self.middles[layer + 1][units]], axis=1)
        return np.tile(np.array(x), (len(units), 1)), y


def _beside(pitch: float) -> float:
    """Pixels between two boxes of a column."""
    return min(max(0.16 * pitch, 4.0), 10.0)


def lay_out(counts: Sequence[int], source_width: float, wide: float, high: float) -> Places:
    """Places for so many boxes in each column, as large as fits into ``wide`` × ``high``."""
    most, layers = max(counts[1:]), len(counts) - 1
    free = high - HEADER - 2 * MARGIN
    pitch = free / most
    tall = pitch - _beside(pitch)
    room = wide - 2 * MARGIN - source_width
    tile = min(tall, room / layers - LEAST_GAP, 0.62 * room / layers)
    tile = float(np.floor(min(max(tile, LEAST_TILE), MOST_TILE)))
    gap = min(max(room / layers - tile, LEAST_GAP), MOST_GAP)
    width = 2 * MARGIN + source_width + layers * (tile + gap)
    beside = _beside(tile + 4)
    apart = min(max(free / counts[0], LEAST_SOURCE + 3), max(tile, SOURCE_HEIGHT) + beside)
    source = min(SOURCE_HEIGHT, apart - 3)
    tallest = max(most * (tile + beside) - beside, counts[0] * apart)
    height = HEADER + 2 * MARGIN + tallest
    start = MARGIN + max(wide - width, 0.0) / 2
    left, widths = [start], [source_width]
    for number in range(layers):
        left.append(start + source_width + gap + number * (tile + gap))
        widths.append(tile)
    middle = HEADER + (max(height, high) - HEADER) / 2
    pitches = [apart] + [tile + beside] * layers
    middles = [
        np.asarray(middle + (np.arange(n) - (n - 1) / 2) * each, np.float64)
        for n, each in zip(counts, pitches, strict=True)
    ]
    return Places(
        max(width, wide),
        max(height, high),
        tile,
        source,
        tuple(left),
        tuple(widths),
        tuple(middles),
    )


def most_edges(layers: Sequence[Layer]) -> int:
    """How many edges are drawn between two layers, at most: those of the largest weights."""
    return max(_MOST_EDGES // len(layers), _LEAST_EDGES)


def strongest(
    matrix: NDArray[np.float32], most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Units and sources of the ``most`` largest weights of a layer (units, inputs), by size; what
    is not finite counts as the largest.
    """
    sizes = np.abs(matrix, dtype=np.float64).ravel()
    sizes = np.where(np.isfinite(sizes), sizes, np.inf)
    chosen = np.arange(len(sizes))
    if len(sizes) > most:
        chosen = np.argpartition(sizes, len(sizes) - most)[len(sizes) - most :]
    units, sources = np.divmod(chosen, matrix.shape[1])
    return units.astype(np.int64), sources.astype(np.int64)


def nearest_edge(
    x: NDArray[np.float64], y: NDArray[np.float64], at: tuple[float, float], reach: float
) -> int | None:
    """Which of these segments (n, 2) passes nearest to a place, if any within ``reach``."""
    if not len(x):
        return None
    dx, dy = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]
    along = ((at[0] - x[:, 0]) * dx + (at[1] - y[:, 0]) * dy) / np.maximum(dx**2 + dy**2, 1e-9)
    along = np.clip(along, 0.0, 1.0)
    away = np.hypot(x[:, 0] + along * dx - at[0], y[:, 0] + along * dy - at[1])
    best = int(np.argmin(away))
    return best if away[best] <= reach else None
