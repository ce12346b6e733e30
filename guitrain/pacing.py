"""At which moments a run that is played at a pace takes its next step, and how fast it is."""

import math
import time

from guitrain.snapshot import MAX_PACE, Pace

LONGEST_REST = 50  # milliseconds between two looks at the clock


class Pacer:
    """Counts what is due since the pace was set or play began.

    Attributes:
        pace: how many epochs, or phases, per second.
    """

    def __init__(self) -> None:
        self.pace: Pace = MAX_PACE
        self._start = 0.0
        self._done = 0

    @property
    def flat_out(self) -> bool:
        """Whether nothing is ever waited for."""
        return math.isinf(self.pace.per_second)

    def restart(self) -> None:
        """Count from now on; the first is due at once."""
        self._start, self._done = time.perf_counter(), -1

    def due(self, each: int) -> int:
        """Parts due now, of which ``each`` make up an epoch (or, at a pace of phases, a phase)."""
        elapsed = time.perf_counter() - self._start
        return int(elapsed * self.pace.per_second * each) - self._done

    def did(self, count: int, due: int, each: int) -> None:
        """So many of those due were done; arrears over a quarter of a second are forgotten."""
        self._done += count
        if due - count > self.pace.per_second * each / 4:
            self.restart()

    def rest(self, each: int) -> int:
        """Milliseconds until the next one, ``LONGEST_REST`` at most."""
        ahead = (self._done + 1) / (self.pace.per_second * each)
        ahead -= time.perf_counter() - self._start
        return max(0, min(LONGEST_REST, math.ceil(ahead * 1000)))


class Rate:
    """Epochs per second, over about the last half second."""

    def __init__(self) -> None:
        self._marks: list[tuple[float, float]] = []

    def mark(self, epochs: float) -> float:
        """The rate, now that so many epochs are done."""
        now = time.perf_counter()
        self._marks.append((now, epochs))
        while len(self._marks) > 2 and now - self._marks[1][0] > 0.5:
            self._marks.pop(0)
        then, before = self._marks[0]
        return (epochs - before) / (now - then) if now > then and epochs > before else 0.0
