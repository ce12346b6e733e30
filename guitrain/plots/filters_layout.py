"""Where an image, its filters and what they give are drawn, from left to right. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

Box = tuple[float, float, float, float]  # left, top, width, height

HEADER = 20.0  # pixels of a column's name
MARGIN = 8.0
GAP = 22.0  # between two columns
LEAST_TILE, MOST_TILE = 12.0, 84.0
LEAST_IMAGE, MOST_IMAGE = 40.0, 130.0
ANSWERS = 74.0  # the width of the answers
_ROW, _LEAST_ROW = 17.0, 13.0  # of an answer
_BESIDE = 5.0  # between two maps, and between a filter and its map
_KERNEL = 0.5  # the side of a filter, in sides of its map


class Kind(Enum):
    """What can be pointed at."""

    PIXEL = "pixel"  # of the image
    MAP = "map"  # what a filter gives
    PARAMETER = "parameter"


@dataclass(frozen=True)
class FilterSpot:
    """Something in the picture.

    Attributes:
        at: of a map, which layer of filters; of a parameter, which of ``Form.tensors``.
        index: the pixel's row and column; of a map the filter's number before these; the
            parameter's place in its tensor.
    """

    kind: Kind
    at: int
    index: tuple[int, ...]


def parameter_of(spot: FilterSpot) -> tuple[int, tuple[int, ...]] | None:
    """The tensor and the place in it that a spot stands for: of a map its filter's bias."""
    if spot.kind is Kind.PIXEL:
        return None
    if spot.kind is Kind.MAP:
        return 2 * spot.at + 1, spot.index[:1]
    return spot.at, spot.index


@dataclass(frozen=True)
class Column:
    """The maps of one layer, row by row from the upper left, each beside its filter where the
    filters are drawn (``kernel``, the side of one, is 0 where they are not).
    """

    left: float
    top: float
    tile: float
    across: int
    kernel: float

    def _corner(self, number: int) -> tuple[float, float]:
        down, right = divmod(number, self.across)
        wide = self.tile + _BESIDE + (self.kernel + _BESIDE if self.kernel else 0.0)
        return self.left + right * wide, self.top + down * (self.tile + _BESIDE)

    def filter_box(self, number: int) -> Box:
        """Where a filter's weights are."""
        left, top = self._corner(number)
        return left, top + (self.tile - self.kernel) / 2, self.kernel, self.kernel

    def map_box(self, number: int) -> Box:
        """Where what it gives is."""
        left, top = self._corner(number)
        return left + (self.kernel + 2.0 if self.kernel else 0.0), top, self.tile, self.tile


@dataclass(frozen=True)
class Places:
    """The whole picture in pixels; more than there is room for where it could not be read."""

    width: float
    height: float
    image: Box
    columns: tuple[Column, ...]
    answers: tuple[Box, ...]


def lay_out(filters: Sequence[int], answers: int, wide: float, high: float) -> Places:
    """Places for so many filters in each layer, and for as many answers: maps as large as fit."""
    free = max(high - HEADER - 2 * MARGIN, LEAST_IMAGE)
    side = min(max(0.2 * wide, LEAST_IMAGE), MOST_IMAGE, free)
    room = wide - 2 * MARGIN - side - ANSWERS - GAP * (len(filters) + 1)
    tile = MOST_TILE
    while tile > LEAST_TILE and sum(_widths(filters, tile, free)) > room:
        tile -= 1.0
    widths = _widths(filters, tile, free)
    side = max(side - max(sum(widths) - room, 0.0), LEAST_IMAGE)
    gap = GAP + min(max((room - sum(widths)) / (len(filters) + 1), 0.0), GAP)
    left, columns, bottom = MARGIN + side + gap, [], 0.0
    for at, (count, width) in enumerate(zip(filters, widths, strict=True)):
        across = _across(count, tile, free)
        tall = -(-count // across) * (tile + _BESIDE) - _BESIDE
        top = HEADER + MARGIN + max(free - tall, 0.0) / 2
        columns.append(Column(left, top, tile, across, 0.0 if at else _kernel(tile)))
        left, bottom = left + width + gap, max(bottom, top + tall)
    row = min(_ROW, max(free / answers, _LEAST_ROW))
    top = HEADER + MARGIN + max(free - row * answers, 0.0) / 2
    return Places(
        max(left + ANSWERS + MARGIN, wide),
        max(bottom + MARGIN, top + row * answers + MARGIN, high),
        (MARGIN, HEADER + MARGIN + (free - side) / 2, side, side),
        tuple(columns),
        tuple((left, top + at * row, ANSWERS, row - 1.0) for at in range(answers)),
    )


def _across(count: int, tile: float, high: float) -> int:
    """How many maps stand side by side, so that they are no higher than this."""
    rows = max(int((high + _BESIDE) / (tile + _BESIDE)), 1)
    return -(-count // rows)


def _widths(filters: Sequence[int], tile: float, high: float) -> list[float]:
    """Of each layer's maps; only the filters of the first layer are drawn, for they look at one
    image, and the others at many maps.
    """
    each = [tile + _BESIDE + (0.0 if at else _kernel(tile) + _BESIDE) for at in range(len(filters))]
    return [
        wide * _across(count, tile, high) - _BESIDE
        for wide, count in zip(each, filters, strict=True)
    ]


def _kernel(tile: float) -> float:
    """The side of a filter: whole pixels for each weight."""
    return 3.0 * round(_KERNEL * tile / 3)


def spot_at(
    places: Places,
    image: tuple[int, int],
    maps: Sequence[tuple[int, int, int]],
    at: tuple[float, float],
) -> FilterSpot | None:
    """What is at a place of the picture."""
    if (cell := _cell(places.image, image, at)) is not None:
        return FilterSpot(Kind.PIXEL, 0, cell)
    for layer, (column, (count, *size)) in enumerate(zip(places.columns, maps, strict=True)):
        for number in range(count):
            found = _cell(column.map_box(number), (size[0], size[1]), at)
            if found is not None:
                return FilterSpot(Kind.MAP, layer, (number, *found))
            if column.kernel:
                found = _cell(column.filter_box(number), (3, 3), at)
                if found is not None:
                    return FilterSpot(Kind.PARAMETER, 2 * layer, (number, 0, *found))
    return None


def _cell(box: Box, size: tuple[int, int], at: tuple[float, float]) -> tuple[int, int] | None:
    """Row and column of a place in a box of so many rows and columns."""
    left, top, wide, high = box
    right, down = (at[0] - left) / wide, (at[1] - top) / high
    if not (0 <= right < 1 and 0 <= down < 1):
        return None
    return int(down * size[0]), int(right * size[1])
