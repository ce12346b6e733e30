"""What is worked out for the window besides the run itself, only while somebody looks. No Qt."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guitrain.core.graph_view import GraphView
from guitrain.core.landscape_view import Bounds, LandscapeView, surface_of
from guitrain.core.phases import Phase
from guitrain.core.residuals import ResidualsView, residuals_view
from guitrain.core.step_view import PointView, StepView

if TYPE_CHECKING:
    from guitrain.core.landscape import LandscapeJob
    from guitrain.core.run import Run

# What can be wished for; of residuals, those of the test points only where they are too.
STEP, GRAPH, RESIDUALS, TEST_POINTS = "step", "graph", "residuals", "test points"
GRAPH_EVERY = 0.05  # seconds, while running
RESIDUALS_EVERY = 0.015  # the same: once a frame
METRICS_EVERY = 0.2  # the same, of points so many that not all are drawn


@dataclass(frozen=True)
class Seen:
    """What was wished for, of one moment; None for the rest."""

    step_view: StepView | None = None
    graph: GraphView | None = None
    point: PointView | None = None
    landscape: LandscapeView | None = None
    residuals: ResidualsView | None = None


class Observer:
    """Looks at a run on behalf of the window.

    Attributes:
        wishes: any of what can be wished for. row: the selected training point, or None.
        bounds: of the landscape, or None where none is wanted.
    """

    def __init__(self) -> None:
        self.wishes: frozenset[str] = frozenset()
        self.row: int | None = None
        self.bounds: Bounds | None = None
        self._graph: tuple[int, float, GraphView | None] = (0, 0.0, None)
        self._residuals: tuple[float, float, ResidualsView | None] = (0.0, 0.0, None)
        self._job: LandscapeJob | None = None
        self._job_of: tuple[int, Bounds] | None = None
        self._landscape: LandscapeView | None = None

    def attend(self, run: "Run") -> None:
        """This run is to be looked at from now on; what its last step needs is made up for."""
        learner = run.learner
        learner.observed = STEP in self.wishes
        remembers = learner.settings.optimizer_entry.state_names(learner.settings.optimizer.values)
        needed = bool(remembers) or not learner.settings.form.few
        missed = run.phase is Phase.UPDATE and learner.state_before is None
        if learner.observed and needed and missed:
            step = learner.step
            run.seek(step - 1)
            run.seek(step)

    def look(self, run: "Run", *, running: bool) -> Seen:
        """All that is wished for; while running, a graph may be some frames old."""
        from guitrain.core import look

        graph = None
        if GRAPH in self.wishes:
            now = time.perf_counter()
            run_id, made, graph = self._graph
            if not running or run_id != run.id or now - made > GRAPH_EVERY:
                graph = look.graph_view(run, self.row)
                self._graph = (run.id, now, graph)
        point = None
        if self.row is not None and self.row < len(run.learner.data.train):
            point = look.point_view(run, self.row)
        return Seen(
            look.step_view(run) if STEP in self.wishes else None,
            graph,
            point,
            self._shown(run),
            self._residuals_of(run, running=running),
        )

    def _residuals_of(self, run: "Run", *, running: bool) -> ResidualsView | None:
        if RESIDUALS not in self.wishes or run.experiment.classes:
            return None
        made, measured, known = self._residuals
        now = time.perf_counter()
        test = TEST_POINTS in self.wishes and len(run.learner.data.test) > 0
        if known is not None and known.run_id == run.id and (known.test is not None) == test:
            if running and now - made < RESIDUALS_EVERY:
                return known
            if not running or now - measured >= METRICS_EVERY:
                known = None
        if known is None:
            measured = now
        view = residuals_view(run, test=test, known=known)
        self._residuals = (now, measured, view)
        return view

    # The landscape.

    def _shown(self, run: "Run") -> LandscapeView | None:
        view = self._landscape
        if view is None or view.run_id == run.id:
            return view
        if view.surface != surface_of(run.experiment):
            return None
        self._landscape = view = replace(view, run_id=run.id)
        return view

    @property
    def busy(self) -> bool:
        """Whether a landscape is being computed."""
        return self._job is not None

    def want_landscape(self, run: "Run") -> None:
        """Begin to compute what is missing of the landscape; what was begun for another goes."""
        from guitrain.core.landscape import LandscapeJob, has_landscape

        experiment, bounds, shown = run.experiment, self.bounds, self._shown(run)
        done = shown is not None and shown.complete and shown.bounds == bounds
        if bounds is None or done or not has_landscape(experiment):
            self._job = None
        elif self._job is None or self._job_of != (run.id, bounds):
            self._job = LandscapeJob(experiment, run.learner.data, bounds, run.id)
            self._job_of = (run.id, bounds)

    def work(self, deadline: float) -> bool:
        """Go on with the landscape; returns whether there is more of it to show."""
        view = self._job.advance(deadline) if self._job is not None else None
        if view is None:
            return False
        self._landscape = view
        if view.complete:
            self._job = None
        return True
