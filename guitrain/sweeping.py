"""The sweep of a session: trained between other work, and kept while it belongs to the run in
hand. No Qt.
"""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from guitrain.core.data import Data
from guitrain.core.experiment import Experiment
from guitrain.core.sweep import SweepPlan, SweepView

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.core.sweep_job import SweepJob

SHOW_EVERY = 0.1  # seconds between two looks at a sweep that goes on


class Sweeper:
    """Trains one sweep at a time, in slices."""

    def __init__(self) -> None:
        self._job: SweepJob | None = None
        self._view: SweepView | None = None
        self._shown = 0.0
        self._runs: dict[int, Run] = {}  # by lane: those trained by themselves
        self._covers: Experiment | None = None  # last looked at, and found to go with the sweep

    @property
    def busy(self) -> bool:
        """Whether there is more to be trained."""
        return self._job is not None

    @property
    def number(self) -> int | None:
        """The present sweep's, or None where there is none."""
        return self._view.number if self._view is not None else None

    def begin(self, plan: SweepPlan, data: Data) -> None:
        """Another sweep, in place of the one before."""
        from guitrain.core.sweep_job import SweepJob

        self._runs.clear()
        self._job = SweepJob(plan, data)
        self._view, self._covers = replace(self._job.view(), going=True), None

    def stop(self) -> None:
        """Train no more of it; what there is stays."""
        if self._job is not None:
            self._view = self._job.view()
            self._job = None

    def keep_for(self, experiment: Experiment) -> None:
        """Forget the sweep, unless it is of this experiment but for what is swept: what it shows
        would be of another.
        """
        if self._view is None or experiment is self._covers:
            return
        if self._view.plan.covers(experiment):
            self._covers = experiment
            return
        self._job = self._view = self._covers = None
        self._runs.clear()

    def adopt(self, lane: int, run: "Run") -> None:
        """A run is a lane trained by itself: once it has ended, its numbers are the lane's."""
        self._runs[lane] = run

    def work(self, deadline: float) -> bool:
        """Go on with it until ``time.perf_counter()`` reaches the deadline (in seconds); returns
        whether there is more to be shown.
        """
        if self._job is None:
            return False
        done = self._job.advance(deadline)
        now = time.perf_counter()
        if not done and now - self._shown < SHOW_EVERY:
            return False
        self._shown = now
        self._view = replace(self._job.view(), going=not done)
        if done:
            self._job = None
        return True

    def look(self) -> SweepView | None:
        """The sweep as it is, the runs that were trained by themselves in their lanes' places."""
        if self._view is None:
            return None
        for lane, run in self._runs.items():
            known = self._view.plan.experiment.changed(self._view.plan.changes(lane))
            if run.ended is not None and run.latest == known and lane not in self._view.own:
                self._view = self._view.with_run(
                    lane,
                    run.epochs.publish().column("loss"),
                    run.ended.rule,
                    run.ended.epoch,
                    run.last_loss,
                )
        return self._view
