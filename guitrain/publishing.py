"""What is told of each moment: snapshots, made of the runs and of what was looked at. No Qt."""

import time
from typing import TYPE_CHECKING

from guitrain.core.experiment import Experiment
from guitrain.core.stopping import StopReason
from guitrain.ghost_maps import GhostMaps
from guitrain.observing import Observer
from guitrain.pacing import Rate
from guitrain.run_book import RunBook
from guitrain.snapshot import Filed, RunRow, Snapshot, State
from guitrain.sweeping import Sweeper

if TYPE_CHECKING:
    from guitrain.core.run import Run

EVALUATE_EVERY = 0.2  # seconds, while running
ROWS_EVERY = 0.1  # the same, of the table of runs
TELL_EVERY = 0.08  # the same, of texts, flat out: nobody reads faster
_FILL = 0.08  # seconds for test losses of recorded weights, at rest
_MOST_FILES = 16  # answers that a snapshot has


class Publisher:
    """Makes snapshots; what takes a while is made anew now and then while a run goes on, and each
    time at rest.

    Attributes:
        test_on: whether the test set is looked at. apply_rows: the rows of inputs to predict for.
        files: what came of the last files. devices: what this machine has.
    """

    def __init__(self, book: RunBook, observer: Observer, sweeper: Sweeper) -> None:
        self._book, self._observer, self._sweeper = book, observer, sweeper
        self.test_on = False
        self.apply_rows: tuple[tuple[float, ...], ...] = ()
        self.files: tuple[Filed, ...] = ()
        self.devices = Snapshot.devices
        self._ghost_maps = GhostMaps()
        self._rate = Rate()
        self._evaluated = self._told = 0.0
        self._rows: tuple[float, tuple[RunRow, ...]] = (0.0, ())
        self._rescue: tuple[StopReason | None, tuple[int, float] | None] = (None, None)
        self._offer: tuple[StopReason, tuple[int, float]] | None = None

    # What holds from now on.

    def add_filed(self, filed: Filed) -> None:
        """More than one may be told between two looks of the window."""
        self.files = (*self.files[1 - _MOST_FILES :], filed)

    def count_rate_anew(self) -> None:
        """Play begins: how fast it is is told of what comes."""
        self._rate = Rate()

    def forget_evaluation(self) -> None:
        """Something else is to be evaluated: the next moment has it."""
        self._evaluated = 0.0

    def forget_rows(self) -> None:
        """The table of runs was changed."""
        self._rows = (0.0, ())

    def offered(self, run: "Run") -> tuple[int, float] | None:
        """The rescue that was last offered, if it was for how this run has ended."""
        return self._offer[1] if self._offer and run.ended is self._offer[0] else None

    # Snapshots.

    def loading(self, generation: int, experiment: Experiment) -> Snapshot:
        """A new run is on its way."""
        return Snapshot(
            generation,
            State.LOADING,
            experiment,
            can_undo=self._book.can_undo,
            sweep=self._sweeper.look(),
            files=self.files,
            devices=self.devices,
        )

    def rows_now(self) -> tuple[RunRow, ...]:
        """The table of runs, worked out anew."""
        self._rows = (0.0, self._book.rows())
        return self._rows[1]

    def moment(
        self, run: "Run", before: Snapshot, state: State, *, flat_out: bool, gliding: bool
    ) -> Snapshot:
        """The run in hand as it is now. ``before``: the snapshot whose place this one takes."""
        now = time.perf_counter()
        resting = state is not State.RUNNING
        if self.test_on:
            run.measure_test()
            if resting and not gliding:
                run.fill_test_curve(now + _FILL)
        evaluation, applied = before.evaluation, before.applied
        if resting or now - self._evaluated > EVALUATE_EVERY:
            self._evaluated = now
            evaluation = run.test() if self.test_on and len(run.learner.data.train) else None
            width = run.experiment.inputs
            fitting = tuple(row for row in self.apply_rows if len(row) == width)
            applied = run.apply(fitting) if fitting else ()
        if resting or now - self._rows[0] > ROWS_EVERY:
            self._rows = (now, self._book.rows())
        view = run.view([one.x for one in applied])
        legible = resting or not flat_out or now - self._told > TELL_EVERY
        if legible:
            self._told = now
        rows = [one.inputs for one in applied]
        seen = self._observer.look(run, running=not resting, rows=rows)
        self._sweeper.keep_for(run.latest)
        return Snapshot(
            before.generation,
            state,
            view.settings,
            view.data,
            view.facts,
            view,
            evaluation,
            applied,
            0.0 if resting else self._rate.mark(view.epoch + view.batch_index / view.batches),
            self._book.can_undo,
            self._book.can_redo,
            step_view=seen.step_view,
            graph=seen.graph,
            landscape=seen.landscape,
            weights=seen.weights,
            units=seen.units,
            maps=seen.maps,
            weight_history=seen.weight_history,
            plane=seen.plane,
            residuals=seen.residuals,
            map=seen.map,
            scores=seen.scores,
            answers=seen.answers,
            first_steps=seen.first_steps,
            point=seen.point,
            runs=self._rows[1],
            ghosts=self._ghost_maps.added(
                self._book,
                self._observer.map_axes,
                [*rows, *self._observer.map_corners],
                running=not resting,
            ),
            rescue=self._rescue_of(run),
            sweep=self._sweeper.look(),
            files=self.files,
            gliding=gliding,
            legible=legible,
            devices=self.devices,
        )

    def _rescue_of(self, run: "Run") -> tuple[int, float] | None:
        """Looked for once at each end: it takes a look at every step."""
        if self._rescue[0] is not run.stopped:
            from guitrain.rescue import rescue_of

            self._rescue = (run.stopped, rescue_of(run))
            if run.stopped is not None and self._rescue[1] is not None:
                self._offer = run.stopped, self._rescue[1]
        return self._rescue[1]
