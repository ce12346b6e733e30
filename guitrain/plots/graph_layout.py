"""Where the nodes and wires of a computation graph are drawn. No Qt here.

Columns that do not fit beside each other are wrapped into bands, as words are into lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from guitrain.plots.graph_grid import Grid, Slot

Point = tuple[float, float]

BOX, LEAF = 30.0, 24.0  # heights, in logical pixels
MOVE = 15.0  # below a parameter: where UPDATE moves it
OUT = 74.0  # to the right of the loss: its own value
_GAP, _WIDEST_GAP = 84.0, 150.0  # between columns
_RISE, _HIGHEST_RISE = 38.0, 60.0  # between an operation and the leaf below or above it
_LANE = 50.0  # of a wire that goes over others, with its two labels
_BAND = 8.0
_MARGIN = 5.0
_TURN = 42.0  # beside a band: for a wire that goes around it, clear of labels
APART = 4.0  # of a wire's two strands from its middle
_LARGEST = 1.7  # scale
_MOST_BANDS = 4


@dataclass(frozen=True)
class Box:
    """A rectangle, in logical pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def x(self) -> float:
        """Of its middle."""
        return self.left + self.width / 2

    @property
    def y(self) -> float:
        """Of its middle."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Wire:
    """How the tensor of ``start`` goes to ``end``, and its gradient comes back.

    Attributes:
        forward, back: the corners. upright: whether it is a short way up or down.
        at: the middle of its labelled part. room: the most that a label may take there; that
            both labels may take together, left and right of an upright one.
    """

    start: int
    end: int
    forward: tuple[Point, ...]
    back: tuple[Point, ...]
    upright: bool
    at: Point
    room: float


@dataclass(frozen=True)
class Layout:
    """Where everything lies in ``width`` × ``height`` logical pixels; boxes and wires are of
    items. ``out``: the loss's own value.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    out: Wire


def lay_out(grid: Grid, widths: Sequence[float], width: float, height: float) -> Layout:
    """Places for items of these widths, in the shape of a widget of ``width`` × ``height``.

    In as many bands as let it be drawn largest; what room is left goes between the items.
    """
    best: tuple[float, int] = (0.0, 1)
    for bands in range(1, _MOST_BANDS + 1):
        natural = _Drawing(grid, widths, bands, _GAP, _RISE)
        scale = min(width / natural.width, height / natural.height, _LARGEST)
        if scale > best[0] * 1.08:  # another band must be worth it
            best = (scale, bands)
    scale, bands = best
    wide, high = width / scale, height / scale
    natural = _Drawing(grid, widths, bands, _GAP, _RISE)
    gap = _GAP + (wide - natural.width) / max(natural.most_gaps, 1)
    rise = _RISE + (high - natural.height) / max(natural.rises, 1)
    drawing = _Drawing(grid, widths, bands, min(gap, _WIDEST_GAP), min(rise, _HIGHEST_RISE))
    return drawing.layout(wide, high)


class _Drawing:
    """The grid in logical pixels, with gaps of a given size."""

    def __init__(
        self, grid: Grid, widths: Sequence[float], bands: int, gap: float, rise: float
    ) -> None:
        self.grid, self.widths, self.gap, self.rise = grid, widths, gap, rise
        columns = 1 + max(cell.column for cell in grid.cells)
        per_band = -(-columns // bands)
        self.bands = -(-columns // per_band)
        self.band_of = [cell.column // per_band for cell in grid.cells]
        self.per_band = per_band
        self.last_column = columns - 1
        self.columns: dict[int, float] = {}
        for cell, item_width in zip(grid.cells, widths, strict=True):
            self.columns[cell.column] = max(self.columns.get(cell.column, 40.0), item_width)
        self.lanes = [0] * self.bands
        self.lane_of: dict[tuple[int, int], int] = {}
        for edge in grid.edges:
            if self._over(*edge):
                band = self.band_of[edge[1]]
                self.lane_of[edge] = self.lanes[band]
                self.lanes[band] += 1
        self.most_gaps = min(columns, per_band) - 1
        self._measure()

    def _over(self, start: int, end: int) -> bool:
        """Whether a wire takes a lane above the line."""
        one, other = self.grid.cells[start], self.grid.cells[end]
        if self.band_of[start] != self.band_of[end]:
            return True
        if self._beside_home(start, end):
            return False
        far = other.column - one.column != 1 or one.slot is not Slot.LINE
        return far and other.column != one.column

    def _beside_home(self, start: int, end: int) -> bool:
        upright = self.grid.cells[start].slot is not Slot.LINE
        return upright and self.grid.homes.get(start) == end

    def _below_home(self, start: int, end: int) -> bool:
        """Whether a leaf below the line goes into what stands right below it in the next row too,
        as a weight into its penalty.
        """
        one, other = self.grid.cells[start], self.grid.cells[end]
        below = one.slot is Slot.BELOW and not one.depth and other.slot is Slot.LINE
        under = other.column == one.column and other.row == one.row + 1
        return below and under and self.band_of[start] == self.band_of[end]

    def _measure(self) -> None:
        """The height of each row of each band, and with it all vertical places."""
        depths: dict[tuple[int, int, Slot], int] = {}
        rows: dict[int, int] = {}
        for cell, band in zip(self.grid.cells, self.band_of, strict=True):
            rows[band] = max(rows.get(band, 0), cell.row)
            if cell.slot is not Slot.LINE:
                key = (band, cell.row, cell.slot)
                depths[key] = max(depths.get(key, 0), cell.depth + 1)
        self.lines: dict[tuple[int, int], float] = {}  # the middle of each row's line
        self.tops: list[float] = []
        roomy = {  # rows with an upright wire from above
            (self.band_of[end], self.grid.cells[end].row)
            for start, end in self.grid.edges
            if self._below_home(start, end)
        }
        self.rises = sum(depths.values()) + len(roomy)
        y = _MARGIN
        for band in range(self.bands):
            self.tops.append(y)
            y += _LANE * self.lanes[band]
            for row in range(rows.get(band, 0) + 1):
                y += self.rise if (band, row) in roomy else 0.0
                y += depths.get((band, row, Slot.ABOVE), 0) * (LEAF + self.rise)
                self.lines[band, row] = y + BOX / 2
                below = depths.get((band, row, Slot.BELOW), 0)
                y += BOX + below * (LEAF + self.rise) + (MOVE if below else _BAND)
            y += _BAND if band < self.bands - 1 else 0.0
        self.height = y + _MARGIN
        spans = []
        for band in range(self.bands):
            inside = self._columns_of(band)
            span = sum(self.columns.get(column, 40.0) for column in inside)
            span += self.gap * (len(inside) - 1)
            spans.append(span + (OUT if self.last_column in inside else 0.0))
        sides = 2 * _MARGIN + (2 * _TURN if self.bands > 1 else 0.0)
        self.width = max(spans) + sides

    def _columns_of(self, band: int) -> range:
        first = band * self.per_band
        return range(first, min(first + self.per_band, self.last_column + 1))

    def layout(self, width: float, height: float) -> Layout:
        """All places, in the middle of ``width`` × ``height``."""
        right, down = (width - self.width) / 2, (height - self.height) / 2
        side = _MARGIN + (_TURN if self.bands > 1 else 0.0)
        self.left: dict[int, float] = {}
        for band in range(self.bands):
            x = right + side
            for column in self._columns_of(band):
                self.left[column] = x
                x += self.columns.get(column, 40.0) + self.gap
        self.down = down
        self.boxes = [self._box(index) for index in range(len(self.grid.items))]
        self.turns: dict[tuple[int, int], int] = {}
        wires = tuple(self._wire(start, end) for start, end in self.grid.edges)
        loss = self.boxes[-1]
        tip = loss.right + OUT - 4
        index = len(self.boxes) - 1
        forward = ((loss.right, loss.y - APART), (tip, loss.y - APART))
        back = ((tip, loss.y + APART), (loss.right, loss.y + APART))
        at = ((loss.right + tip) / 2, loss.y)
        out = Wire(index, index, forward, back, False, at, OUT - 8)
        return Layout(width, height, tuple(self.boxes), wires, out)

    def _box(self, index: int) -> Box:
        cell, width = self.grid.cells[index], self.widths[index]
        middle = self.left[cell.column] + self.columns[cell.column] / 2
        y = self.lines[self.band_of[index], cell.row] + self.down
        height = LEAF if self.grid.items[index].leaf else BOX
        if cell.slot is not Slot.LINE:
            away = BOX / 2 + LEAF / 2 + self.rise + cell.depth * (LEAF + self.rise)
            y += away if cell.slot is Slot.BELOW else -away
        return Box(middle - width / 2, y - height / 2, width, height)

    def _wire(self, start: int, end: int) -> Wire:
        one, other = self.boxes[start], self.boxes[end]
        if self._beside_home(start, end) or self._below_home(start, end):
            return self._upright(start, end)
        if (start, end) in self.lane_of:
            return self._over_others(start, end)
        here, there = self.grid.cells[start], self.grid.cells[end]
        if here.row == there.row and here.column != there.column:
            middle: tuple[Point, ...] = ((one.right, one.y), (other.left, one.y))
        elif here.column == there.column:
            x = self._turn(start, right=True)
            middle = ((one.right, one.y), (x, one.y), (x, other.y), (other.right, other.y))
        elif self._free_below(start, end):
            middle = ((one.right, one.y), (other.x, one.y), (other.x, other.bottom))
        else:
            x = self._turn(start, right=True)
            below = BOX / 2 - 5 if here.row > there.row else 5 - BOX / 2
            middle = ((one.right, one.y), (x, one.y), (x, other.y + below))
            middle += ((other.left, other.y + below),)
        at = ((middle[0][0] + middle[1][0]) / 2, one.y)
        room = other.left - one.right - 4 if len(middle) == 2 else 50.0
        return self._made(start, end, middle, at, room)

    def _free_below(self, start: int, end: int) -> bool:
        """Whether a wire from a row below can come straight up into its end."""
        here, there = self.grid.cells[start], self.grid.cells[end]
        for cell, band in zip(self.grid.cells, self.band_of, strict=True):
            if band == self.band_of[end] and cell.column == there.column:
                between = there.row < cell.row <= here.row
                if between or (cell.row == there.row and cell.slot is Slot.BELOW):
                    return False
        return here.row > there.row and here.column < there.column

    def _upright(self, start: int, end: int) -> Wire:
        one, other = self.boxes[start], self.boxes[end]
        up = one.y > other.y
        ends = (one.top, other.bottom) if up else (one.bottom, other.top)
        if self._below_home(start, end):
            ends = (one.bottom + MOVE, other.top)  # below where UPDATE moves it
        forward = tuple((one.x + APART, y) for y in ends)
        back = tuple((one.x - APART, y) for y in reversed(ends))
        room = self.columns[self.grid.cells[start].column] + self.gap
        at = (one.x, sum(ends) / 2)
        return Wire(start, end, forward, back, True, at, room)

    def _over_others(self, start: int, end: int) -> Wire:
        one, other = self.boxes[start], self.boxes[end]
        band = self.band_of[end]
        lane = self.tops[band] + self.down + _LANE * (self.lane_of[start, end] + 0.5)
        line = self.grid.cells[start].slot is Slot.LINE and self.grid.cells[start].row == 0
        if line and self.band_of[start] == band:
            middle: tuple[Point, ...] = ((one.x, one.top), (one.x, lane))
        else:
            x = self._turn(start, right=True)
            middle = ((one.right, one.y), (x, one.y), (x, lane))
        x = self._turn(end, right=False)
        middle += ((x, lane), (x, other.y), (other.left, other.y))
        if self.grid.cells[end].row == 0 and self._line_taken(start, end):
            middle = (*middle[:-3], (other.x, lane), (other.x, other.top))
        ends = (middle[-3][0], middle[-4][0]) if len(middle) > 4 else (one.x, other.x)
        at = ((ends[0] + ends[1]) / 2, lane)
        return self._made(start, end, middle, at, max(abs(ends[0] - ends[1]) - 10, 40.0))

    def _line_taken(self, start: int, end: int) -> bool:
        """Whether something else comes in from the left."""
        cell = self.grid.cells[end]
        for before, after in self.grid.edges:
            if after == end and before != start:
                other = self.grid.cells[before]
                same = self.band_of[before] == self.band_of[end]
                if same and other.slot is Slot.LINE and other.column == cell.column - 1:
                    return True
        return False

    def _turn(self, index: int, *, right: bool) -> float:
        """Where beside an item a wire may go up or down; each one has its own place."""
        column = self.grid.cells[index].column
        key = (self.band_of[index], column if right else column - 1)
        count = self.turns.get(key, 0)
        self.turns[key] = count + 1
        left = self.left[column]
        edge = left + self.columns[column] if right else left
        away = min(_TURN - 2 + 11 * count, self.gap - 8)
        return edge + away if right else edge - away

    @staticmethod
    def _made(start: int, end: int, middle: Sequence[Point], at: Point, room: float) -> Wire:
        forward = _shifted(middle, APART)
        back = tuple(reversed(_shifted(middle, -APART)))
        return Wire(start, end, forward, back, False, at, room)


def _shifted(corners: Sequence[Point], by: float) -> tuple[Point, ...]:
    """A way along the axes, so far to the left of its direction (up on a screen, going right)."""
    moved: list[Point] = []
    normals = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        along_x = (x1 > x0) - (x1 < x0)
        along_y = (y1 > y0) - (y1 < y0)
        normals.append((along_y * by, -along_x * by))
    for index, (x, y) in enumerate(corners):
        near = normals[max(index - 1, 0)], normals[min(index, len(normals) - 1)]
        both = near[0] if near[0] == near[1] else tuple(map(sum, zip(*near, strict=True)))
        moved.append((x + both[0], y + both[1]))
    return tuple(moved)
