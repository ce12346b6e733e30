"""What is worked out for the window besides the run itself, only while somebody looks. No Qt."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.phases import Phase

if TYPE_CHECKING:
    from guitrain.core.answers import AnswersView
    from guitrain.core.feature_maps import MapsView
    from guitrain.core.graph_view import GraphView
    from guitrain.core.landscape import LandscapeJob
    from guitrain.core.landscape_view import Bounds, LandscapeView
    from guitrain.core.map_view import Axes, MapView
    from guitrain.core.mapping import Mapper
    from guitrain.core.plane import PlaneChoice, PlaneView
    from guitrain.core.plane_job import PlaneJob
    from guitrain.core.plane_path import PathOnPlane
    from guitrain.core.residuals import ResidualsView
    from guitrain.core.run import Run
    from guitrain.core.scores import ScoresView
    from guitrain.core.step_view import PointView, StepView
    from guitrain.core.units import Samples, UnitsView, WeightsView
    from guitrain.core.weight_history import WeightHistory
    from guitrain.core.weight_history_view import WeightHistoryView

Floats = NDArray[np.float64]

# What can be wished for: this step's numbers, its graph, all parameters, what units or filters
# give, how many parameters went, residuals and the scores of classes, both of the test points only
# where they are too; the answers for all training points, or for all test points; the numbers of
# the run's first steps.
STEP, GRAPH, WEIGHTS, UNITS, HISTORY = "step", "graph", "weights", "units", "history"
RESIDUALS, SCORES, TEST_POINTS = "residuals", "scores", "test points"
ANSWERS, TEST_ANSWERS = "answers", "test answers"
FIRST_STEPS = "first steps"
EVERY = 0.05  # seconds, while running: of what is not made anew for each frame
_SHARE = 10  # the same, as a multiple of what it took to make
RESIDUALS_EVERY = 0.015  # seconds, while running: once a frame
METRICS_EVERY = 0.2  # the same, of points so many that not all are drawn
ANSWERS_EVERY = 0.08  # the same, of answers, which are texts
SCORES_EVERY = 0.25  # the same, of the scores of classes, and
SCORES_MOST = 20_000  # of so many points
PLANE_EVERY = 1.0  # the same, of a plane through the parameters; or, if that is longer,
PLANE_REST = 2.0  # so many times as long as it took


@dataclass(frozen=True)
class Seen:
    """What was wished for, of one moment; None for the rest."""

    step_view: "StepView | None" = None
    graph: "GraphView | None" = None
    point: "PointView | None" = None
    landscape: "LandscapeView | None" = None
    weights: "WeightsView | None" = None
    units: "UnitsView | None" = None
    maps: "MapsView | None" = None
    plane: "PlaneView | None" = None
    weight_history: "WeightHistoryView | None" = None
    residuals: "ResidualsView | None" = None
    map: "MapView | None" = None
    scores: "ScoresView | None" = None
    answers: "AnswersView | None" = None
    first_steps: "tuple[StepView, ...] | None" = None


@dataclass(frozen=True)
class _Made:
    """Something that was looked at, of which run, when it is due again (seconds)."""

    run_id: int
    due: float
    what: Any


class Observer:
    """Looks at a run on behalf of the window.

    Attributes:
        wishes: any of what can be wished for. row: the selected training point, or None.
        wanted: the bounds of the landscape, or the plane for a model with many parameters; None
            where none is wanted.
        map_axes: of the map, or None where none is wanted. map_corners: rows of inputs as far as
            which it is to reach.
    """

    def __init__(self) -> None:
        self.wishes: frozenset[str] = frozenset()
        self.row: int | None = None
        self.wanted: Bounds | PlaneChoice | None = None
        self._made: dict[str, _Made] = {}
        self._samples: tuple[int, Samples] | None = None  # of which run
        self._history: WeightHistory | None = None
        self.map_axes: Axes | None = None
        self.map_corners: Sequence[Sequence[float]] = ()
        self._mapper: Mapper | None = None
        self._residuals: tuple[float, float, ResidualsView | None] = (0.0, 0.0, None)
        self._scores: tuple[float, ScoresView | None] = (0.0, None)
        self._first_steps: tuple[object, tuple[StepView, ...] | None] = (None, None)
        self._job: LandscapeJob | PlaneJob | None = None
        self._job_of: tuple[int, Bounds] | None = None
        self._landscape: LandscapeView | None = None
        self._on_plane: PathOnPlane | None = None
        self._made_for: tuple[int, Floats] | None = None  # run and parameters of the last plane
        self._begun = 0.0  # when the plane in work was
        self._due = 0.0  # when the next one is, while running
        self._still = False

    def twin(self) -> "Observer":
        """Another that looks at the same things; of the landscape, at the one that there is."""
        twin = Observer()
        twin.wishes, twin.row = self.wishes, self.row
        twin.map_axes, twin.map_corners = self.map_axes, self.map_corners
        twin.wanted, twin._landscape, twin._still = self.wanted, self._landscape, True
        return twin

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

    def look(self, run: "Run", *, running: bool, rows: Sequence[Sequence[float]] = ()) -> Seen:
        """All that is wished for, a map as far as these rows of inputs; while running, a graph,
        the units and a map may be some frames old.
        """
        from guitrain.core import look, look_units

        def now_and_then(wish: str, make: Callable[[], Any], every: float = EVERY) -> Any:
            if wish not in self.wishes:
                return None
            made, start = self._made.get(wish), time.perf_counter()
            if made is None or not running or made.run_id != run.id or start >= made.due:
                what = make()
                now = time.perf_counter()
                made = _Made(run.id, now + max(every, _SHARE * (now - start)), what)
                self._made[wish] = made
            return made.what

        graph = now_and_then(GRAPH, lambda: look.graph_view(run, self.row))
        weights = now_and_then(WEIGHTS, lambda: look_units.weights_view(run))
        units, maps = now_and_then(
            UNITS, lambda: (self._units(run), look_units.maps_view(run, self.row))
        ) or (None, None)
        test = TEST_ANSWERS in self.wishes
        answers = now_and_then(
            TEST_ANSWERS if test else ANSWERS,
            lambda: self._answers(run, test=test),
            ANSWERS_EVERY,
        )
        point = None
        if self.row is not None and self.row < len(run.learner.data.train):
            point = look.point_view(run, self.row)
        return Seen(
            look.step_view(run) if STEP in self.wishes else None,
            graph,
            point,
            self._landscape_of(run, running=running),
            weights,
            units,
            maps,
            self._plane_view(run),
            now_and_then(HISTORY, lambda: self._weight_history(run)),
            self._residuals_of(run, running=running),
            self._map(run, rows, running=running),
            self._scores_of(run, running=running),
            answers,
            self._first_steps_of(run),
        )

    def _first_steps_of(self, run: "Run") -> "tuple[StepView, ...] | None":
        """Carried out again where they are others than before."""
        if FIRST_STEPS not in self.wishes:
            return None
        from guitrain.core.first_steps import COUNT, first_steps

        early = sum(event.step < COUNT for event in run.events)
        key = (run.id, min(run.head, COUNT), early)
        if self._first_steps[0] != key:
            self._first_steps = (key, first_steps(run))
        return self._first_steps[1]

    def _map(
        self, run: "Run", rows: Sequence[Sequence[float]], *, running: bool
    ) -> "MapView | None":
        from guitrain.core.map_view import needs_map

        if self.map_axes is None or not needs_map(run.experiment):
            self._mapper = None
            return None
        if self._mapper is None:
            from guitrain.core.mapping import Mapper

            self._mapper = Mapper()
        corners = [row for row in self.map_corners if len(row) == run.experiment.inputs]
        return self._mapper.look(run, self.map_axes, [*rows, *corners], running=running)

    def _units(self, run: "Run") -> "UnitsView | None":
        """What the units give, where the model is made of units."""
        from guitrain.core import look_units
        from guitrain.core.units import layers_of, samples_of

        layers = layers_of(run.experiment.form)
        if not layers:
            return None
        if self._samples is None or self._samples[0] != run.id:
            count = sum(layer.units for layer in layers)
            self._samples = (run.id, samples_of(run.learner.data, count))
        return look_units.units_view(run, self._samples[1])

    def _weight_history(self, run: "Run") -> "WeightHistoryView | None":
        """Of a model with few parameters there is a better one, step by step."""
        from guitrain.core.weight_history import WeightHistory

        if run.experiment.form.few:
            return None
        if self._history is None or self._history.run_id != run.id:
            self._history = WeightHistory(run)
        return self._history.view(run)

    @staticmethod
    def _answers(run: "Run", *, test: bool) -> "AnswersView | None":
        from guitrain.core.answers import answers_view

        data = run.learner.data
        if not data.classes or (test and not len(data.test)):
            return None
        return answers_view(run, test=test)

    def _residuals_of(self, run: "Run", *, running: bool) -> "ResidualsView | None":
        if RESIDUALS not in self.wishes or run.experiment.classes or run.experiment.surface:
            return None
        from guitrain.core.residuals import residuals_view

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

    def _scores_of(self, run: "Run", *, running: bool) -> "ScoresView | None":
        if SCORES not in self.wishes or not run.experiment.classes:
            return None
        from guitrain.core.scores import scores_view

        made, known = self._scores
        now = time.perf_counter()
        test = TEST_POINTS in self.wishes and len(run.learner.data.test) > 0
        same = known is not None and (known.run_id, known.test) == (run.id, test)
        if same and running and now - made < SCORES_EVERY:
            return known
        view = scores_view(run, test=test, most=SCORES_MOST if running else None)
        self._scores = (now, view)
        return view

    # The landscape.

    def _shown(self, run: "Run") -> "LandscapeView | None":
        view = self._landscape
        if view is None or view.run_id == run.id:
            return view
        from guitrain.core.landscape_view import surface_of

        if view.surface != surface_of(run.experiment):
            return None
        self._landscape = view = replace(view, run_id=run.id)
        return view

    @property
    def busy(self) -> bool:
        """Whether a landscape is being computed."""
        return self._job is not None

    def _landscape_of(self, run: "Run", *, running: bool) -> "LandscapeView | None":
        if self.wanted is None or self._still:
            return self._shown(run)
        from guitrain.core.plane import PlaneChoice

        if isinstance(self.wanted, PlaneChoice):
            self._want_plane(run, self.wanted, running=running)
        return self._shown(run)

    def want_landscape(self, run: "Run", *, running: bool) -> None:
        """Begin to compute what is missing of the landscape; what was begun for another goes."""
        if self.wanted is None:
            self._job = None
            return
        from guitrain.core.landscape import LandscapeJob
        from guitrain.core.landscape_view import has_landscape
        from guitrain.core.plane import PlaneChoice

        experiment, wanted, shown = run.experiment, self.wanted, self._shown(run)
        if isinstance(wanted, PlaneChoice):
            self._want_plane(run, wanted, running=running)
            return
        done = shown is not None and shown.complete and shown.bounds == wanted
        if done or not has_landscape(experiment):
            self._job = None
        elif not isinstance(self._job, LandscapeJob) or self._job_of != (run.id, wanted):
            self._job = LandscapeJob(experiment, run.learner.data, wanted, run.id)
            self._job_of = (run.id, wanted)

    def _want_plane(self, run: "Run", choice: "PlaneChoice", *, running: bool) -> None:
        """The same of a plane through the present parameters. While running it follows slowly, and
        what was begun is finished; at rest the latest wins.
        """
        from guitrain.core.landscape_view import has_landscape
        from guitrain.core.plane_job import PlaneJob
        from guitrain.core.plane_path import flat

        if has_landscape(run.experiment):
            self._job = None
            return
        shown, job, now = self._shown(run), self._job, time.perf_counter()
        plane = shown.plane if shown is not None else None
        in_work = isinstance(job, PlaneJob) and (job.run_id, job.choice) == (run.id, choice)
        same = plane is not None and plane.choice == choice
        if running and (in_work or (same and now < self._due)):
            return
        present = flat(run.learner.parameters)
        if same and shown is not None and shown.complete and self._is_for(run, present):
            self._job = None
        elif not (in_work and isinstance(job, PlaneJob) and _equal(job.present, present)):
            self._job, self._begun = PlaneJob(run, choice, plane), now

    def _is_for(self, run: "Run", present: Floats) -> bool:
        """Whether the plane that is shown was made for this run as it now is."""
        made = self._made_for
        return made is not None and made[0] == run.id and _equal(made[1], present)

    def _plane_view(self, run: "Run") -> "PlaneView | None":
        shown = self._shown(run)
        if shown is None or shown.plane is None or self.wanted is None:
            return None
        if self._on_plane is None:
            from guitrain.core.plane_path import PathOnPlane

            self._on_plane = PathOnPlane()
        return self._on_plane.look(run, shown.plane)

    def work(self, deadline: float) -> bool:
        """Go on with the landscape; returns whether there is more of it to show."""
        if self._job is None:
            return False
        from guitrain.core.plane_job import PlaneJob

        view = self._job.advance(deadline)
        if view is None:
            return False
        self._landscape = view
        if view.complete:
            if isinstance(self._job, PlaneJob):
                self._made_for = self._job.run_id, self._job.present
            self._job = None
            now = time.perf_counter()
            self._due = now + max(PLANE_EVERY, PLANE_REST * (now - self._begun))
        return True


def _equal(one: Floats, other: Floats) -> bool:
    return np.array_equal(one, other, equal_nan=True)
