"""Training in a thread of its own: commands come in between slices, snapshots go out.

No flag, lock or sleep is needed: commands are queued slots, and a timer runs one slice at a time.
What happened is read from ``Worker.snapshot``, an immutable object replaced after every slice;
the ``announced`` signal only says that there is something new to look at.
"""

import math
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from guitrain.core.by_hand import ByHand
from guitrain.core.closed_form import Facts, facts_of
from guitrain.core.data import Data
from guitrain.core.experiment import Experiment
from guitrain.core.landscape_view import Bounds
from guitrain.core.map_view import Axes
from guitrain.core.phases import Phase
from guitrain.core.plane import PlaneChoice
from guitrain.core.run_view import Unit
from guitrain.core.sweep import SweepPlan
from guitrain.core.travel import epoch_start, place_of_end
from guitrain.filing import Filing
from guitrain.observing import Observer
from guitrain.playing import Player
from guitrain.publishing import Publisher
from guitrain.run_book import RunBook
from guitrain.snapshot import Filed, Pace, Snapshot, State, Until
from guitrain.steering import BURST, Move, moved, present_values
from guitrain.sweeping import Sweeper

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.filing import Aside
    from guitrain.filming import Reel

SLICE = 0.008  # seconds of training between two looks at the commands
SIDE_SLICE = 0.003  # of other work, beside training


class Worker(QObject):
    """Owns the runs and calls torch; lives in the training thread.

    Attributes:
        snapshot: the latest moment. taken: the last one that the window has looked at, as it says.
    Signals:
        announced: the snapshot has changed in a way that a view wants to know of at once.
    """

    announced = Signal()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.snapshot = Snapshot(0, State.LOADING, experiment)
        self.taken: Snapshot | None = None
        self._book = RunBook()
        self._player = Player(self._book)
        self._observer = Observer()
        self._sweeper = Sweeper()
        self._publisher = Publisher(self._book, self._observer, self._sweeper)
        self._go_on = False  # once the timeline is let go
        self._filing = Filing(self)
        self._filing.told.connect(self._tell)
        self._started = 0.0
        self._burst: str | None = None
        self._timer: QTimer | None = None

    @Slot()
    def begin(self) -> None:
        """Called once in the training thread: make the timer there."""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._slice)

    @Slot(object)
    def execute(self, command: Callable[[], None]) -> None:
        """Carry out a queued command; an exception becomes a message, and the run is kept."""
        try:
            command()
        except Exception:
            self._fail()

    def _fail(self) -> None:
        self._rest()
        self._sweeper.stop()
        # The traceback belongs in the log; the window shows its last line and what to do.
        traceback.print_exc()
        error = traceback.format_exc(limit=0).strip().splitlines()[-1]
        self.snapshot = replace(self.snapshot, state=State.FAILED, error=error)
        self.announced.emit()

    @property
    def _run(self) -> "Run | None":
        return self._book.current.run if self._book.current is not None else None

    @property
    def _usable(self) -> bool:
        return self._run is not None and self.snapshot.state is not State.FAILED

    # Which run is in hand.

    def start(
        self, experiment: Experiment, generation: int, keep_running: bool, burst: str | None
    ) -> None:
        """Begin a new run of the experiment; the present one can be brought back."""
        running = keep_running and self.snapshot.state is State.RUNNING
        self._rest()
        if (run := self._run) is not None:
            # A burst of changes, such as an arrow key held down, is one for undo.
            soon = time.perf_counter() - self._started < BURST and run.head == 0
            alike = burst is not None and burst == self._burst
            self._book.put_aside(forget=soon and alike and bool(self._book.past))
        self._burst = burst
        # Of this generation from here on: what goes wrong below must be seen in the window.
        self._sweeper.keep_for(experiment)
        self.snapshot = self._publisher.loading(generation, experiment)
        if experiment.is_empty:
            self._show_empty()
            return
        data = experiment.make_data()
        facts = facts_of(experiment, data)
        # The points and the best line stand before torch is loaded.
        self.snapshot = replace(self.snapshot, data=data, facts=facts)
        self.announced.emit()
        self._warm_up()
        self._book.begin(_begun(experiment, data, facts))
        self._started = time.perf_counter()
        self._take_in_hand()
        if running:
            self.play()

    def _show_empty(self) -> None:
        """There is nothing to train on; the other runs stay, and the table shows them."""
        self._book.begin_nothing()
        self.snapshot = replace(
            self.snapshot,
            state=State.EMPTY,
            runs=self._publisher.rows_now(),
            can_undo=self._book.can_undo,
        )
        self.announced.emit()

    def _warm_up(self) -> None:
        """Torch's first backward pass sets up its engine: have it done before the first press."""
        import torch

        torch.set_num_threads(1)  # of this thread: small models run many times faster so
        if not getattr(self, "_warm", False):
            weight = torch.ones(1, requires_grad=True)
            (weight * 2).sum().backward()
            self._warm = True
            from guitrain.core.devices import present

            self._publisher.devices = present()

    def _take_in_hand(self) -> None:
        """After another run came into hand: look at it, and show it."""
        self._rest()
        run = self._run
        assert run is not None
        self._observer.attend(run)
        self._observer.want_landscape(run, running=False)
        self._publish(self._resting())
        self._work_on()

    def swap(self, undo: bool, generation: int) -> None:
        """Take back the last change of the run in hand, or bring back the run before it; redo."""
        entry = self._book.current
        way = entry.steering.way(undo=undo) if entry is not None and self._usable else None
        if way is not None:
            self._unsteer(way, generation)
            return
        self._rest()
        if self._book.swap(undo=undo):
            self._started = 0.0
        if self._run is not None:
            self.snapshot = replace(self.snapshot, generation=generation, error="")
            self._take_in_hand()
        elif self.snapshot.state is State.EMPTY:
            self.snapshot = replace(self.snapshot, generation=generation)
            self._show_empty()

    def make_current(self, number: int) -> None:
        """Take another run of the table in hand."""
        if self.snapshot.state is not State.FAILED and self._book.make_current(number):
            self._started = 0.0
            self._take_in_hand()

    def race(self, lanes: Sequence[Mapping[str, Any]], begun_for_it: bool) -> None:
        """Several new runs from the same data and weights, each with these settings changed; a run
        in hand that was begun for that alone goes.
        """
        if not self._usable:
            return
        base = self._run
        assert base is not None
        self._rest()
        data = base.learner.data
        experiments = [base.latest.changed(changes) for changes in lanes]
        if runs := [_begun(each, data, facts_of(each, data)) for each in experiments]:
            self._book.put_aside(forget=begun_for_it)
            self._book.race(runs)
            self._take_in_hand()

    def sweep(self, plan: SweepPlan) -> None:
        """Train this plan between other work; the sweep before it goes."""
        run = self._run
        if not self._usable or run is None:
            return
        data = run.learner.data
        if not plan.covers(run.latest):
            data = plan.experiment.make_data()
        self._sweeper.begin(plan, data)
        self._show()
        self._work_on()

    def stop_sweep(self) -> None:
        """Train no more of the sweep; what there is stays."""
        self._sweeper.stop()
        self._show()

    def train_lane(self, number: int, lane: int, experiment: Experiment, generation: int) -> None:
        """Begin the run of a lane of this sweep, and play it."""
        self.start(experiment, generation, keep_running=False, burst=None)
        run = self._run
        if run is not None and self._sweeper.number == number:
            self._sweeper.adopt(lane, run)
        self.play()

    def rescue(self) -> None:
        """Go back to where a diverged run was well, with a lower learning rate."""
        found = self.snapshot.rescue
        run = self._run
        if found is None and run is not None:
            found = self._publisher.offered(run)  # the timeline has moved since it was pressed
        if not self._usable or found is None or run is None:
            return
        self._player.target = None  # wherever that was: this was asked for later
        step, rate = found
        run.seek(step)
        self.change({"learning_rate": rate})

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change steering settings of the run; a stopped run may be able to go on."""
        self._steer(changes)

    def set_by_hand(self, hand: ByHand) -> None:
        """Give a parameter another value; a stopped run may be able to go on."""
        self._steer(hand)

    def _unsteer(self, move: Move, generation: int) -> None:
        """Undo and redo are of the run's head: in its past they would make a branch."""
        run, running = self._run, self.snapshot.state is State.RUNNING
        assert run is not None
        self._settle()
        if run.learner.step < run.head:
            run.seek(*place_of_end(run))
        moved(run, move)
        # The window may look at any moment: never at the old settings under the new generation.
        self.snapshot = replace(self.snapshot, generation=generation, experiment=run.settings)
        self._publish(State.RUNNING if running else self._resting())

    def _steer(self, move: Move) -> None:
        if not self._usable:
            return
        self._settle()
        entry, run = self._book.current, self._run
        assert run is not None
        assert entry is not None
        running = self.snapshot.state is State.RUNNING
        before = present_values(run, move)
        changed = moved(run, move)
        if changed is run and before is not None and before != move:
            entry.steering.did(before, move, time.perf_counter())
        if changed is not run:
            # As a ghost it is drawn as far as it went.
            run.seek(*place_of_end(run))
            self._book.branch(changed)
            self._take_in_hand()
            if running:
                self.play()
            return
        self._publish(State.RUNNING if running else self._resting())

    # Moving it.

    def play(self, until: Until | None = None) -> None:
        """Run on at the pace set, to where ``until`` says."""
        if not self._usable:
            return
        self._settle()
        run = self._run
        assert run is not None
        if until is not None and until.epoch is not None and until.epoch <= run.learner.epoch:
            self.seek(epoch_start(run, until.epoch), None, False)
            return
        if not self._player.can_go_on:
            return
        self._player.begin(until)
        self._publisher.count_rate_anew()
        self._publish(State.RUNNING)
        self._work_on()

    def pause(self) -> None:
        """Stop between two steps."""
        self._go_on = False
        if self.snapshot.state is State.RUNNING:
            self._rest()
            self._publish(self._resting())
            self._work_on()

    def set_pace(self, pace: Pace) -> None:
        """How fast to play."""
        self._player.pacer.pace = pace
        self._player.pacer.restart()
        if self.snapshot.state is State.RUNNING:
            self._work_on()

    def next(self, unit: Unit, ask: bool) -> None:
        """Carry out the next phase, batch or epoch, and pause; with ``ask`` before an UPDATE."""
        self._step(lambda: self._player.next(unit, ask=ask))

    def back(self, unit: Unit) -> None:
        """Go back by a phase, batch or epoch, and pause."""
        self._step(lambda: self._player.back(unit))

    def _step(self, move: Callable[[], None]) -> None:
        if self._usable:
            self._settle()
            self._rest()
            move()
            self._publish(self._resting())
            self._work_on()

    def seek(self, step: int, phase: Phase | None, near: bool) -> None:
        """Go to a recorded place, in slices; while the timeline is dragged, ``near`` it."""
        if not self._usable:
            return
        running = self.snapshot.state is State.RUNNING
        go_on = (running and near) or self._go_on
        self._rest()
        self._go_on = go_on
        self._player.target = (step, phase, near)
        if running:
            self._publish(self._resting())
        self._work_on()

    def _settle(self) -> None:
        """Finish the seek in hand: what comes next starts from where it leads."""
        self._go_on = False
        self._player.settle()

    # Looking at it.

    def watch(self, wishes: frozenset[str]) -> None:
        """What is to be looked at besides the run: see ``observing``."""
        self._observer.wishes = wishes
        if self._usable and (run := self._run) is not None:
            self._observer.attend(run)
            self._show()

    def select(self, row: int | None) -> None:
        """Look at one training point; None for none."""
        self._observer.row = row
        self._show()

    def want_landscape(self, wanted: Bounds | PlaneChoice | None) -> None:
        """Compute this landscape; None for none."""
        self._observer.wanted = wanted
        if self._usable and (run := self._run) is not None:
            self._observer.want_landscape(run, running=self.snapshot.state is State.RUNNING)
            self._work_on()

    def want_map(self, axes: Axes | None, corners: Sequence[Sequence[float]]) -> None:
        """Look at what the model says over these inputs, at least as far as to the corners (rows of
        inputs); None for no longer.
        """
        observer = self._observer
        if (axes, corners) != (observer.map_axes, observer.map_corners):
            observer.map_axes, observer.map_corners = axes, corners
            self._show()

    def test(self, on: bool) -> None:
        """Switch the test set's curve and metrics on or off."""
        self._publisher.test_on = on
        self._show()

    def apply(self, rows: Sequence[tuple[float, ...]]) -> None:
        """Predict for these rows of inputs, now and as the weights change; none switches it off,
        as other data do that have more inputs or fewer.
        """
        self._publisher.apply_rows = tuple(rows)
        self._show()

    def edit_runs(self, edit: Callable[[RunBook], None]) -> None:
        """Change the table of runs."""
        edit(self._book)
        self._publisher.forget_rows()
        self._show()

    # Keeping it.

    def film(self, reel: "Reel") -> None:
        """Go on with a film's frames for a slice; they are in ``reel``."""
        rows = self._publisher.apply_rows
        reel.work(self._book, self._observer, rows, time.perf_counter() + SLICE)

    def save(
        self, path: Path, beside: Mapping[str, Any], number: int, instead_of: Path | None
    ) -> None:
        """As ``Filing.save``, of all the runs; ``Snapshot.files`` tells."""
        self._filing.save(self._kept_book, path, beside, number, instead_of)

    @property
    def _kept_book(self) -> RunBook | None:
        """The runs, even after an error: what was recorded until then."""
        return self._book if self._book.listed else None

    def open(self, path: Path, number: int, aside: "Aside | None") -> None:
        """The runs in a file take the place of all that are here, once those are set aside; where
        the file is refused, all stays as it is.
        """
        found = self._filing.open(path, number, self._kept_book, aside)
        if found is None:
            return
        self._warm_up()
        self._rest()
        book, filed = found
        self._book.take_from(book)
        self._started, self._burst = 0.0, None
        # Told together with the first look at the run, not before it.
        self._publisher.add_filed(replace(filed, runs=self._book.rows()))
        self.snapshot = replace(self.snapshot, state=State.PAUSED, error="")
        self._take_in_hand()

    def open_model(self, path: Path, number: int) -> None:
        """Begin a new run with the weights in a file; where it is refused, all stays as it is."""
        run = self._run
        found = self._filing.open_model(path, number, run.settings if run is not None else None)
        if found is not None:
            experiment, filed = found
            self._publisher.add_filed(filed)
            self.start(experiment, self.snapshot.generation, keep_running=False, burst=None)

    def export(self, path: Path, make: Callable[["Run"], bytes], number: int) -> None:
        """As ``Filing.export``, of the run in hand."""
        self._filing.export(self._run if self._usable else None, path, make, number)

    def export_all(
        self, path: Path, gather: Callable[[RunBook], Callable[[], object]], number: int
    ) -> None:
        """As ``Filing.export_gathered``, of all the runs here."""
        self._filing.export_gathered(self._book if self._usable else None, path, gather, number)

    def delete(self, path: Path) -> None:
        """As ``Filing.delete``."""
        self._filing.delete(path)

    @Slot(object)
    def _tell(self, filed: Filed) -> None:
        self._publisher.add_filed(filed)
        self.snapshot = replace(self.snapshot, files=self._publisher.files)
        self.announced.emit()

    def _show(self) -> None:
        self._publisher.forget_evaluation()
        if self._usable:
            self._publish(self.snapshot.state)
        elif self.snapshot.state is State.EMPTY:
            self._show_empty()

    def finish(self) -> None:
        """Stop for good: end the timer in its own thread, then the thread's loop."""
        self._rest()
        self._filing.close()
        QThread.currentThread().quit()

    # Slices.

    def _rest(self) -> None:
        """No slice of training or seeking comes any more."""
        self._player.target, self._go_on = None, False
        if self._timer is not None:
            self._timer.stop()
        if self.snapshot.state is State.RUNNING:
            self.snapshot = replace(self.snapshot, state=State.PAUSED)

    def _work_on(self) -> None:
        """Go on with slices if there is anything to do."""
        running = self.snapshot.state is State.RUNNING
        beside = self._observer.busy or self._sweeper.busy
        if self._timer is not None and (running or self._player.target or beside):
            self._timer.start(0)

    @Slot()
    def _slice(self) -> None:
        try:
            if self._player.target is not None:
                self._seek_on()
            elif self.snapshot.state is State.RUNNING:
                self._train()
            elif not (self._observer.busy or self._sweeper.busy):
                assert self._timer is not None
                self._timer.stop()
            if self._observer.busy:
                self._look_on()
            elif self._sweeper.busy:
                self._sweep_on()
        except Exception:
            self._fail()

    def _seek_on(self) -> None:
        assert self._player.target is not None
        step, _phase, near = self._player.target
        if not self._player.seek_on(time.perf_counter() + SLICE):
            return
        run = self._run
        assert run is not None
        self._publish(self._resting(), gliding=near and run.learner.step != step)
        if self._go_on and not near:
            until = self._player.until
            if until is not None and (until.epoch or math.inf) <= run.learner.epoch:
                until = None
            self.play(until)

    def _train(self) -> None:
        assert self._timer is not None
        rest = self._player.play(SLICE)
        wait = 0 if self._sweeper.busy else rest
        if self._timer.interval() != wait:
            self._timer.setInterval(wait)
        going = self._player.can_go_on and not self._player.reached
        if going:
            # Flat out, the next slice comes at once: what nobody has looked at needs no successor.
            if self.taken is self.snapshot or not self._player.pacer.flat_out:
                self._publish(State.RUNNING)
            return
        self._rest()
        self._publish(self._resting())
        self._work_on()

    def _look_on(self) -> None:
        running = self.snapshot.state is State.RUNNING
        if self._observer.work(time.perf_counter() + (SIDE_SLICE if running else SLICE)):
            self._publish(self.snapshot.state, gliding=self.snapshot.gliding)

    def _sweep_on(self) -> None:
        flat_out = self.snapshot.state is State.RUNNING and self._player.pacer.flat_out
        if self._sweeper.work(time.perf_counter() + (SIDE_SLICE if flat_out else SLICE)):
            self._publish(self.snapshot.state, gliding=self.snapshot.gliding)

    # Publishing.

    def _resting(self) -> State:
        return State.PAUSED if self._player.can_go_on else State.STOPPED

    def _publish(self, state: State, *, gliding: bool = False) -> None:
        run, before = self._run, self.snapshot
        assert run is not None
        flat_out = self._player.pacer.flat_out
        self.snapshot = self._publisher.moment(
            run, before, state, flat_out=flat_out, gliding=gliding
        )
        resting = state is not State.RUNNING
        if resting or before.state is not state:
            self.announced.emit()
        if resting and self._observer.busy:  # a look may have found that there is work to do
            self._work_on()


def _begun(experiment: Experiment, data: Data, facts: Facts) -> "Run":
    """A run after DATA and INIT. Torch is loaded here, if it was not before."""
    from guitrain.core.run import Run

    return Run(experiment, data=data, facts=facts).begin()
