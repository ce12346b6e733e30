"""What was recorded: a column per quantity, a row per step (and a row per finished epoch).

The worker appends and publishes; views read immutable snapshots of what was published. Arrays are
only ever written beyond the published length, or replaced by new ones, so a snapshot stays true
while training goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FACTOR = 16  # rows of one level that a row of the next stands for
_FLUSH = 4096  # rows kept waiting, at most, before they go into the arrays
_FIRST = 1024  # rows that a level has room for at first

Columns = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True)
class LevelView:
    """Published rows of one level: ``low`` and ``high`` per column, from index ``first`` on."""

    block: int
    first: int
    length: int
    low: Columns
    high: Columns


class _Level:
    """Minimum and maximum of every block of rows; the finest level holds the rows themselves."""

    def __init__(self, dtypes: Mapping[str, np.dtype], block: int, most: int) -> None:
        self.block = block
        self.first = 0
        self.length = 0
        self._most = most
        self.low = {name: np.empty(_FIRST, dtype) for name, dtype in dtypes.items()}
        self.high = (
            self.low
            if block == 1
            else {name: np.empty(_FIRST, dtype) for name, dtype in dtypes.items()}
        )
        self._room = _FIRST

    @property
    def end(self) -> int:
        return self.first + self.length

    def append(self, low: Columns, high: Columns) -> None:
        count = len(next(iter(low.values())))
        if self.length + count > self._room:
            self._make_room(count)
        for mine, new in ((self.low, low), (self.high, high)):
            for name, column in mine.items():
                column[self.length : self.length + count] = new[name]
            if self.low is self.high:
                break
        self.length += count

    def _make_room(self, count: int) -> None:
        keep = self.length
        if self.length + count > self._most:
            keep = min(self.length, self._most // 2)
        room = self._room
        while keep + count > room:
            room = min(room * 2, max(self._most, keep + count))
        dropped = self.length - keep

        def moved(columns: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
            fresh = {}
            for name, column in columns.items():
                fresh[name] = np.empty(room, column.dtype)
                fresh[name][:keep] = column[dropped : self.length]
            return fresh

        one = self.low is self.high
        self.low = moved(self.low)
        self.high = self.low if one else moved(self.high)
        self.first += dropped
        self.length, self._room = keep, room

    def view(self) -> LevelView:
        return LevelView(self.block, self.first, self.length, self.low, self.high)

    @property
    def nbytes(self) -> int:
        sides = (self.low,) if self.low is self.high else (self.low, self.high)
        return sum(column.nbytes for side in sides for column in side.values())


@dataclass(frozen=True)
class LogView:
    """An immutable look at a log: ``length`` rows so far, of which the oldest may be thinned.

    Attributes:
        length: rows ever appended and published.
        first: the oldest row still kept whole; older ones keep only minimum and maximum.
        levels: from the finest to the coarsest.
    """

    length: int
    levels: tuple[LevelView, ...]

    @property
    def first(self) -> int:
        return self.levels[0].first

    def column(self, name: str) -> NDArray[np.generic]:
        """The whole rows of one column, from row ``first`` to ``length``: a read-only view."""
        rows = self.levels[0].low[name][: self.levels[0].length]
        rows.flags.writeable = False
        return rows

    def value(self, name: str, row: int) -> float | None:
        """One number, or None where the row is thinned or not there."""
        if not self.first <= row < self.length:
            return None
        return float(self.levels[0].low[name][row - self.first])

    def envelope(
        self, name: str, start: int, stop: int, most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Rows ``start … stop`` of a column in at most about ``most`` pieces.

        Returns the first row of each piece, and its minimum and maximum, so that no peak is
        lost. The cost depends on ``most``, not on the number of rows.
        """
        start, stop = max(start, 0), min(stop, self.length)
        if stop <= start:
            empty = np.empty(0)
            return np.empty(0, np.int64), empty, empty
        pieces: list[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]] = []
        # Take the finest level that needs at most 16·most rows and reaches back far enough;
        # what its last whole block leaves over comes from finer levels.
        depth = 0
        while depth + 1 < len(self.levels) and (
            (stop - start) // self.levels[depth].block > FACTOR * most
            or self.levels[depth].first * self.levels[depth].block > start
        ):
            depth += 1
        at = start
        for level, finer in zip(
            self.levels[depth::-1], (*self.levels[:depth][::-1], None), strict=True
        ):
            block = level.block
            # A piece begins at a block's first row; a start within a block shows that block.
            low = max(at // block, level.first)
            high = stop // block
            if finer is not None and finer.first * finer.block > high * block:
                high = -(-stop // block)  # the rest is thinned: show the block that it is in
            high = min(high, level.first + level.length)
            if high <= low:
                continue
            span = slice(low - level.first, high - level.first)
            lows = level.low[name][span].astype(np.float64)
            highs = level.high[name][span].astype(np.float64)
            group = -(-(high - low) // most)
            if group > 1:
                cuts = np.arange(0, high - low, group)
                lows, highs = np.minimum.reduceat(lows, cuts), np.maximum.reduceat(highs, cuts)
            else:
                cuts = np.arange(high - low)
            pieces.append(((cuts + low) * block, lows, highs))
            at = high * block
        return (
            np.concatenate([piece[0] for piece in pieces]),
            np.concatenate([piece[1] for piece in pieces]),
            np.concatenate([piece[2] for piece in pieces]),
        )


class Log:
    """Rows appended by one thread and published to others.

    Args:
        dtypes: the columns' names and types, in the order of appended rows.
        max_bytes: memory of all levels together; when it is reached, the oldest rows keep only
            their minimum and maximum (blocks of 16, 256, … rows).
    """

    def __init__(self, dtypes: Mapping[str, str], max_bytes: int) -> None:
        self._dtypes = {name: np.dtype(dtype) for name, dtype in dtypes.items()}
        self._row_bytes = sum(dtype.itemsize for dtype in self._dtypes.values())
        self._max_bytes = max_bytes
        self._levels = [self._level(1)]
        self._waiting: list[Sequence[float]] = []
        self.length = 0
        self._view = LogView(0, (self._levels[0].view(),))

    def _level(self, block: int) -> _Level:
        # Half the memory for whole rows, an eighth for each coarser level: four of those reach
        # back 16⁴ times as far, beyond any run.
        share = self._max_bytes // 2 if block == 1 else self._max_bytes // 16
        return _Level(self._dtypes, block, max(share // self._row_bytes, 2 * _FIRST))

    def append(self, row: Sequence[float]) -> None:
        """Add a row: one number per column. Seen by others after ``publish``."""
        self._waiting.append(row)
        self.length += 1
        if len(self._waiting) >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        block = np.array(self._waiting, dtype=np.float64)
        self._waiting = []
        with np.errstate(over="ignore"):  # a diverging run may leave float32's range
            columns = {
                name: block[:, i].astype(dtype)
                for i, (name, dtype) in enumerate(self._dtypes.items())
            }
        self._levels[0].append(columns, columns)
        self._roll_up()

    def _roll_up(self) -> None:
        for depth in range(len(self._levels) + 1):
            if depth + 1 == len(self._levels):
                if self._levels[depth].end < _FIRST:
                    return
                self._levels.append(self._level(FACTOR ** (depth + 1)))
            finer, coarser = self._levels[depth], self._levels[depth + 1]
            blocks = finer.end // FACTOR - coarser.end
            if blocks <= 0:
                return
            begin = coarser.end * FACTOR - finer.first
            span = slice(begin, begin + blocks * FACTOR)
            coarser.append(
                {n: c[span].reshape(blocks, FACTOR).min(axis=1) for n, c in finer.low.items()},
                {n: c[span].reshape(blocks, FACTOR).max(axis=1) for n, c in finer.high.items()},
            )

    def publish(self) -> LogView:
        """Make all rows so far visible, and return the snapshot that shows them."""
        if self._view.length != self.length:
            self._flush()
            self._view = LogView(self.length, tuple(level.view() for level in self._levels))
        return self._view

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return sum(level.nbytes for level in self._levels)

    @property
    def dtypes(self) -> Mapping[str, np.dtype]:
        """The columns' names and types."""
        return self._dtypes

    def take(self, view: LogView, rows: int) -> None:
        """Take over the first ``rows`` rows of a log with the same columns: of another run, or of
        a file.

        Where row ``rows`` is thinned, the last block taken over stands for a few rows after it too.
        """
        self._levels = []
        for level in view.levels:
            mine = self._level(level.block)
            end = rows // level.block
            if self._levels:
                finer = self._levels[-1]
                if finer.first * finer.block > end * level.block:
                    end = -(-rows // level.block)  # no finer level has the rest
            keep = min(max(end - level.first, 0), level.length)
            mine.first = level.first if keep else end
            if keep:
                mine.append(
                    {n: c[:keep] for n, c in level.low.items()},
                    {n: c[:keep] for n, c in level.high.items()},
                )
            self._levels.append(mine)
        self.length = rows
        self._view = LogView(rows, tuple(level.view() for level in self._levels))


class Series:
    """A few (step, value) pairs measured now and then, thinned to every second when too many."""

    def __init__(self, most: int = 2000) -> None:
        self._most = most
        self._pairs: dict[int, float] = {}

    def add(self, step: int, value: float) -> None:
        """Record the value at a step (again: the same)."""
        self._pairs[step] = value
        if len(self._pairs) > self._most:
            steps = sorted(self._pairs)
            keep = set(steps[::2]) | {steps[-1]}
            self._pairs = {s: v for s, v in self._pairs.items() if s in keep}

    def drop(self, step: int) -> None:
        """Forget what was recorded at a step, if anything: it holds no longer."""
        self._pairs.pop(step, None)

    def __contains__(self, step: int) -> bool:
        return step in self._pairs

    def __len__(self) -> int:
        return len(self._pairs)

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Steps in order, and their values: fresh arrays."""
        steps = sorted(self._pairs)
        return np.array(steps, np.int64), np.array([self._pairs[s] for s in steps], np.float64)
