"""The moments of a film, made in the training thread beside the run in hand. No Qt."""

import time
import traceback
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from guitrain.ghost_maps import GhostMaps
from guitrain.snapshot import Ghost, Snapshot, State

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.observing import Observer
    from guitrain.run_book import RunBook

AHEAD = 4  # moments that wait to be drawn, at most


class Reel:
    """Makes a snapshot at each of these steps, in this order, of a twin of a run.

    Both threads use it: the window takes from ``frames`` and asks for more (``wants_more``, then
    ``asked`` = True and ``Trainer.film``); the training thread works while it is asked.

    Attributes:
        frames: the next moments, to be taken from the left. asked: whether an answer is to come.
        failed: why there will be no more: "gone" where the run is no longer kept, else an error
            message; "" while all is well.
    """

    def __init__(self, run_id: int, steps: Sequence[int]) -> None:
        self.frames: deque[Snapshot] = deque()
        self.asked, self.failed = False, ""
        self._run_id, self._steps, self._next = run_id, steps, 0
        self._twin: Run | None = None
        self._observer: Observer | None = None
        self._rows: tuple[tuple[float, ...], ...] = ()
        self._ghosts: tuple[Ghost, ...] = ()

    @property
    def wants_more(self) -> bool:
        """Whether to ask the training thread to go on."""
        going = self._next < len(self._steps) and not self.failed
        return going and not self.asked and len(self.frames) < AHEAD

    def work(
        self,
        book: "RunBook",
        observer: "Observer",
        rows: Sequence[tuple[float, ...]],
        deadline: float,
    ) -> None:
        """Make some more moments, until the deadline (``time.perf_counter()`` seconds); seen as
        ``observer`` saw things at the first call, with predictions for these rows of inputs.
        """
        try:
            self._work(book, observer, rows, deadline)
        except Exception as error:
            # The run in hand is untouched: only the film ends. The traceback belongs in the log.
            traceback.print_exc()
            self.failed = f"{type(error).__name__}: {error}"
        finally:
            self.asked = False

    def _work(
        self,
        book: "RunBook",
        observer: "Observer",
        rows: Sequence[tuple[float, ...]],
        deadline: float,
    ) -> None:
        if self._twin is None:
            run = book.run_of(self._run_id)
            if run is None:
                self.failed = "gone"
                return
            self._twin, self._observer = run.twin(), observer.twin()
            self._observer.attend(self._twin)
            self._rows = tuple(row for row in rows if len(row) == run.experiment.inputs)
            # They stay as they are now, so one map of each is enough.
            seen = [*rows, *observer.map_corners]
            self._ghosts = GhostMaps().added(book, observer.map_axes, seen, running=False)
        while self._next < len(self._steps) and len(self.frames) < AHEAD:
            if not self._twin.seek(self._steps[self._next], None, deadline):
                return
            self.frames.append(self._moment(self._twin))
            self._next += 1
            if time.perf_counter() >= deadline:
                return

    def _moment(self, run: "Run") -> Snapshot:
        assert self._observer is not None
        applied = run.apply(self._rows) if self._rows else ()
        view = run.view([one.x for one in applied])
        rows = [one.inputs for one in applied]
        return Snapshot(
            0,
            State.PAUSED,
            view.settings,
            view.data,
            view.facts,
            view,
            applied=applied,
            ghosts=self._ghosts,
            **vars(self._observer.look(run, running=False, rows=rows)),
        )
