"""Playing the run in hand, and with it those that race it: the training thread's moves. No Qt."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit
from guitrain.core.travel import epoch_start, place_before, place_near, place_of_end
from guitrain.pacing import Pacer
from guitrain.run_book import RunBook
from guitrain.snapshot import Until

if TYPE_CHECKING:
    from guitrain.core.learner import Learner
    from guitrain.core.run import Run

ENDLESS = float("inf")


class Player:
    """Moves the run in hand; its rivals in a race follow, epoch by epoch.

    Attributes:
        pacer: the pace of play. until: where play pauses by itself, or None.
        target: where a seek in hand leads (step, phase, whether near it is enough), or None.
        reached: whether play has come to where it was to pause.
    """

    def __init__(self, book: RunBook) -> None:
        self._book = book
        self.pacer = Pacer()
        self.until: Until | None = None
        self.target: tuple[int, Phase | None, bool] | None = None
        self.reached = False
        self._mean = 0.0  # of the epoch before the last one finished

    @property
    def run(self) -> "Run":
        """The run in hand."""
        assert self._book.current is not None
        return self._book.current.run

    @property
    def can_go_on(self) -> bool:
        """Whether it, or one that races it, is not stopped."""
        runs = [entry.run for entry in self._book.racers] or [self.run]
        return any(run.stopped is None for run in runs)

    # Play.

    def begin(self, until: Until | None) -> None:
        """Play from here on, up to where one of these is so."""
        self.until, self.reached = until, False
        self._mean = self.run.learner.epoch_mean
        self.pacer.restart()

    def play(self, seconds: float) -> int:
        """Play for about so long, or less where the pace says so; returns how many milliseconds
        to rest before the next time.
        """
        deadline = time.perf_counter() + seconds
        racers = [entry.run for entry in self._book.racers]
        met = self._met if self.until is not None else None
        pacer = self.pacer
        if pacer.flat_out:
            if racers:
                self._race(racers, deadline, ENDLESS, met)
            else:
                self.run.run_until(deadline, met=met)
            return 0
        if pacer.pace.phases:
            return self._play_phases()
        each = 1 if racers else self.run.learner.batches_per_epoch()
        due = pacer.due(each)
        if due > 0:
            if racers:
                done = self._race(racers, deadline, due, met)
            else:
                done = self.run.run_until(deadline, due, met)
            pacer.did(done, due, each)
        return pacer.rest(each)

    def _play_phases(self) -> int:
        due = self.pacer.due(1)
        if due > 0:
            phase = self.run.advance()
            self.pacer.did(1, 1, 1)
            if due > 1:
                self.pacer.restart()
            if phase is None or (phase is Phase.UPDATE and self.run.learner.batch_index == 0):
                self.follow(ended=phase is None)
                self.reached = self.until is not None and self._met()
        return self.pacer.rest(1)

    def _race(
        self,
        runs: list["Run"],
        deadline: float,
        epochs: float,
        met: Callable[[], bool] | None,
    ) -> int:
        """Lockstep: none begins an epoch before all have finished the one before."""
        done = 0
        while done < epochs and time.perf_counter() < deadline:
            going = [run for run in runs if run.stopped is None]
            if not going:
                break
            behind = min(run.learner.epoch for run in going)
            for run in going:
                if run.learner.epoch == behind:
                    self._one_epoch(run, behind, deadline)
            if all(run.stopped is not None or run.learner.epoch > behind for run in going):
                done += 1
                if met is not None and met():
                    break
        return done

    @staticmethod
    def _one_epoch(run: "Run", epoch: int, deadline: float) -> None:
        run.run_until(deadline, met=lambda: run.learner.epoch > epoch)

    def _met(self) -> bool:
        """At an epoch's end: whether to pause there."""
        until, learner = self.until, self.run.learner
        assert until is not None
        before, self._mean = self._mean, learner.epoch_mean
        self.reached = _is_so(until, learner, before)
        return self.reached

    # Steps.

    def next(self, unit: Unit, *, ask: bool) -> None:
        """One phase, batch or epoch on; with ``ask`` no further than to the next BACKWARD."""
        phase = self.run.advance_by(unit, Phase.BACKWARD if ask else None)
        self.follow(ended=phase is None)

    def back(self, unit: Unit) -> None:
        """One phase, batch or epoch back; never past the initial weights."""
        self.run.seek(*place_before(self.run, unit))
        self.follow()

    def seek_on(self, deadline: float) -> bool:
        """Go on to ``target``, a recorded place, or near it to where it takes no time; the end of a
        stopped run is its STOP. Returns False where the deadline came first.
        """
        assert self.target is not None
        step, phase, near = self.target
        run = self.run
        step = min(max(step, 0), run.head)
        if near:
            step = place_near(run, step)
        place = (step, phase) if step < run.head or phase is not None else place_of_end(run)
        if not run.seek(*place, deadline):
            return False
        self.target = None
        self.follow()
        return True

    def settle(self) -> None:
        """Finish the seek in hand, exactly and whatever it takes."""
        if self.target is not None:
            step, phase, _near = self.target
            self.target = (step, phase, False)
            self.seek_on(ENDLESS)

    def follow(self, *, ended: bool = False) -> None:
        """Bring those that race the run in hand to its epoch; where it has ended and is asked
        to go on, they go one epoch on without it.
        """
        rivals = [entry.run for entry in self._book.racers[1:]]
        if not rivals:
            return
        clock = self.run.learner.epoch
        if ended:
            clock = max([clock, *(r.learner.epoch for r in rivals if r.stopped is None)]) + 1
        for rival in rivals:
            if rival.learner.epoch > clock or not (rival.at_boundary or rival.stopped):
                rival.seek(epoch_start(rival, clock))
            while rival.stopped is None and rival.learner.epoch < clock:
                rival.advance_by(Unit.EPOCH)


def _is_so(until: Until, learner: "Learner", before: float) -> bool:
    loss = learner.epoch_mean
    return (
        (until.epoch is not None and learner.epoch >= until.epoch)
        or (until.loss is not None and loss <= until.loss)
        or (until.gradient_norm is not None and learner.gradient_norm() <= until.gradient_norm)
        or (until.rise and loss > before)
    )
