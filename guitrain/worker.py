"""Training in a thread of its own, behind a facade that lives in the GUI thread.

``Trainer`` is what the window talks to: its methods queue commands and return at once. The
worker carries them out between slices of training, so no flag, lock or sleep is needed. What
happened is read from ``Trainer.snapshot``, an immutable object replaced after every slice;
the ``announced`` signal only says that there is something new to look at.
"""

import math
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from guitrain.core.closed_form import facts_of
from guitrain.core.experiment import Experiment
from guitrain.snapshot import MAX_PACE, Snapshot, State

if TYPE_CHECKING:
    from guitrain.core.run import Run

SLICE = 0.008  # seconds of training between two looks at the commands
STACK = 16 * 1024 * 1024  # macOS gives a secondary thread 512 KB; torch wants more
EVALUATE_EVERY = 0.2  # seconds, while running
MOST_UNDO = 50
BURST = 0.7  # seconds between changes that undo takes back together
UNDO_BYTES = 256_000_000


class _Rate:
    """Epochs per second, over about the last half second."""

    def __init__(self) -> None:
        self._marks: list[tuple[float, float]] = []

    def mark(self, epochs: float) -> float:
        now = time.perf_counter()
        self._marks.append((now, epochs))
        while len(self._marks) > 2 and now - self._marks[1][0] > 0.5:
            self._marks.pop(0)
        then, before = self._marks[0]
        return (epochs - before) / (now - then) if now > then and epochs > before else 0.0


class Worker(QObject):
    """Owns the runs and calls torch; lives in the training thread.

    Signals:
        announced: the snapshot has changed in a way that a view wants to know of at once.
    """

    announced = Signal()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.snapshot = Snapshot(0, State.LOADING, experiment)
        self._run: Run | None = None
        self._past: list[Run] = []
        self._future: list[Run] = []
        self._pace = MAX_PACE
        self._pace_start = 0.0
        self._pace_done = 0
        self._rate = _Rate()
        self._apply_x: tuple[float, ...] = ()
        self._test_on = False
        self._evaluated = 0.0
        self._started = 0.0
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
        self._stop_timer()
        # The traceback belongs in the log; the window shows its last line and what to do.
        traceback.print_exc()
        error = traceback.format_exc(limit=0).strip().splitlines()[-1]
        self.snapshot = replace(self.snapshot, state=State.FAILED, error=error)
        self.announced.emit()

    # Commands, in the training thread.

    def start(self, experiment: Experiment, generation: int, keep_running: bool) -> None:
        """Begin a new run of the experiment; the present one can be brought back."""
        running = keep_running and self.snapshot.state is State.RUNNING
        self._stop_timer()
        if self._run is not None:
            # A burst of changes, such as an arrow key held down, is one for undo.
            burst = time.perf_counter() - self._started < BURST and self._run.head == 0
            if not (burst and self._past):
                self._past.append(self._run)
            self._trim_undo()
            self._run = None
        # Of this generation from here on: what goes wrong below must be seen in the window.
        self.snapshot = Snapshot(generation, State.LOADING, experiment, can_undo=bool(self._past))
        data = experiment.make_data()
        facts = facts_of(experiment, data)
        # The points and the best line stand before torch is loaded.
        self.snapshot = replace(self.snapshot, data=data, facts=facts)
        self.announced.emit()
        from guitrain.core.phases import Phase
        from guitrain.core.run import Run

        self._warm_up()
        run = Run(experiment, data=data, facts=facts)
        while run.advance() is not Phase.INIT:
            pass
        self._run, self._started = run, time.perf_counter()
        self._publish(State.PAUSED)
        if running:
            self.play()

    def _warm_up(self) -> None:
        """Torch's first backward pass sets up its engine: have it done before the first press."""
        import torch

        torch.set_num_threads(1)  # of this thread: small models run many times faster so
        if not getattr(self, "_warm", False):
            weight = torch.ones(1, requires_grad=True)
            (weight * 2).sum().backward()
            self._warm = True

    def _trim_undo(self) -> None:
        """After a new run or branch: what was undone is gone, and the oldest go over the bounds."""
        self._future.clear()
        while len(self._past) > MOST_UNDO or (
            len(self._past) > 1 and sum(run.nbytes for run in self._past) > UNDO_BYTES
        ):
            self._past.pop(0)

    def swap(self, undo: bool, generation: int) -> None:
        """Bring back the run before the present one, or the one after it."""
        source, other = (self._past, self._future) if undo else (self._future, self._past)
        self._stop_timer()
        if source:
            if self._run is not None:
                other.append(self._run)
            self._run = source.pop()
            self._started = 0.0
        if self._run is not None:
            self.snapshot = replace(self.snapshot, generation=generation, error="")
            self._publish(self._resting())

    def _resting(self) -> State:
        return State.STOPPED if self._run is not None and self._run.stopped else State.PAUSED

    def play(self) -> None:
        """Run on at the pace set."""
        if self._run is None or self._run.stopped is not None:
            return
        self._restart_pace()
        self._rate = _Rate()
        self._publish(State.RUNNING)
        assert self._timer is not None
        self._timer.start(0)

    def pause(self) -> None:
        """Stop between two steps."""
        if self.snapshot.state is State.RUNNING:
            self._stop_timer()
            self._publish(self._resting())

    def set_pace(self, pace: float) -> None:
        """Epochs per second; infinity for flat out."""
        self._pace = pace
        self._restart_pace()
        if self._timer is not None and self._timer.isActive():
            self._timer.start(0)

    def next(self, unit_name: str) -> None:
        """Carry out the next phase, batch or epoch, and pause."""
        if self._run is None or self.snapshot.state is State.FAILED:
            return
        from guitrain.core.run_view import Unit

        self._stop_timer()
        self._run.advance_by(Unit(unit_name))
        self._publish(self._resting())

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change steering settings of the run; a stopped run may be able to go on."""
        if self._run is None or self.snapshot.state is State.FAILED:
            return
        changed = self._run.change(changes)
        if changed is not self._run:
            self._past.append(self._run)
            self._trim_undo()
            self._run = changed
        running = self.snapshot.state is State.RUNNING
        self._publish(State.RUNNING if running else self._resting())

    def test(self, on: bool) -> None:
        """Switch the test set's curve and metrics on or off."""
        self._test_on = on
        self._refresh_results()

    def apply(self, x: Sequence[float]) -> None:
        """Predict for these x, now and as the weights change; none switches it off."""
        self._apply_x = tuple(x)
        self._refresh_results()

    def _refresh_results(self) -> None:
        self._evaluated = 0.0
        if self._run is not None and self.snapshot.state is not State.FAILED:
            self._publish(self.snapshot.state)

    def finish(self) -> None:
        """Stop for good: end the timer in its own thread, then the thread's loop."""
        self._stop_timer()
        QThread.currentThread().quit()

    # Slices.

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _restart_pace(self) -> None:
        self._pace_start, self._pace_done = time.perf_counter(), -1

    @Slot()
    def _slice(self) -> None:
        try:
            self._train_slice()
        except Exception:
            self._fail()

    def _train_slice(self) -> None:
        run, timer = self._run, self._timer
        if run is None or timer is None:
            return
        now = time.perf_counter()
        if self._pace == MAX_PACE:
            run.run_until(now + SLICE)
        else:
            speed = self._pace * run.learner.batches_per_epoch()
            due = int((now - self._pace_start) * speed) - self._pace_done
            if due > 0:
                done = run.run_until(now + SLICE, due)
                self._pace_done += done
                if due - done > speed / 4:  # too slow for this pace: forget the arrears
                    self._restart_pace()
            ahead = (self._pace_done + 1) / speed - (time.perf_counter() - self._pace_start)
            timer.setInterval(max(0, min(50, math.ceil(ahead * 1000))))
        if run.stopped is not None:
            self._stop_timer()
        self._publish(State.RUNNING if run.stopped is None else State.STOPPED)

    def _publish(self, state: State) -> None:
        run = self._run
        assert run is not None
        before, now = self.snapshot, time.perf_counter()
        resting = state is not State.RUNNING
        if self._test_on:
            run.measure_test()
            if resting:
                run.fill_test_curve(now + 10 * SLICE)
        evaluation, applied = before.evaluation, before.applied
        if resting or now - self._evaluated > EVALUATE_EVERY:
            self._evaluated = now
            evaluation = run.test() if self._test_on else None
            applied = run.apply(self._apply_x) if self._apply_x else ()
        view = run.view()
        self.snapshot = Snapshot(
            before.generation,
            state,
            view.settings,
            view.data,
            view.facts,
            view,
            evaluation,
            applied,
            0.0 if resting else self._rate.mark(view.epoch + view.batch_index / view.batches),
            bool(self._past),
            bool(self._future),
        )
        if resting or before.state is not state:
            self.announced.emit()


class Trainer(QObject):
    """The window's side: queues commands, and shows the worker's latest snapshot.

    Signals:
        announced: look at ``snapshot`` now (while RUNNING, look every frame instead).
    """

    announced = Signal()
    _command = Signal(object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._starting = Snapshot(0, State.LOADING, experiment)
        self._worker = Worker(experiment)
        self._thread = QThread()
        self._thread.setObjectName("training")
        self._thread.setStackSize(STACK)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.begin)
        self._command.connect(self._worker.execute)
        self._worker.announced.connect(self._on_announced)
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether the thread was started."""
        return self._generation > 0

    @Slot()
    def open(self) -> None:
        """Start the thread, and in it the first run; torch is loaded there."""
        if self.is_open or self._closed:
            return
        self._thread.start()
        self.start(self._starting.experiment)

    @Slot()
    def _on_announced(self) -> None:
        self.announced.emit()

    @property
    def snapshot(self) -> Snapshot:
        """The latest moment of what was last started; never of anything started before it."""
        latest = self._worker.snapshot
        return latest if latest.generation == self._generation else self._starting

    def start(self, experiment: Experiment, *, keep_running: bool = False) -> None:
        """Begin a new run. The present one can be brought back with ``undo``."""
        self._generation += 1
        self._starting = Snapshot(self._generation, State.LOADING, experiment)
        self._do(self._worker.start, experiment, self._generation, keep_running)

    def undo(self) -> None:
        """Bring back the run before this one."""
        self._swap(undo=True)

    def redo(self) -> None:
        """Bring back the run after this one."""
        self._swap(undo=False)

    def _swap(self, *, undo: bool) -> None:
        self._generation += 1
        self._starting = replace(
            self.snapshot, generation=self._generation, state=State.LOADING, view=None
        )
        self._do(self._worker.swap, undo, self._generation)

    def play(self) -> None:
        """Run on at the pace set."""
        self._do(self._worker.play)

    def pause(self) -> None:
        """Stop between two steps."""
        self._do(self._worker.pause)

    def set_pace(self, pace: float) -> None:
        """Epochs per second; infinity for flat out."""
        self._do(self._worker.set_pace, pace)

    def next(self, unit_name: str) -> None:
        """Carry out the next "phase", "batch" or "epoch", and pause."""
        self._do(self._worker.next, unit_name)

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change steering settings of the run in hand."""
        self._do(self._worker.change, dict(changes))

    def test(self, on: bool = True) -> None:
        """Switch the test set's curve and metrics on or off."""
        self._do(self._worker.test, on)

    def apply(self, x: Sequence[float]) -> None:
        """Predict for these x, now and as the weights change."""
        self._do(self._worker.apply, tuple(x))

    def _do(self, command: Callable[..., None], *arguments: Any) -> None:
        if not self._closed:
            self._command.emit(lambda: command(*arguments))

    def close(self, wait_ms: int = 10_000) -> bool:
        """End the thread after the slice or command in hand.

        Returns False where that took longer than ``wait_ms``: call again to wait on.
        """
        if not self._closed:
            self._worker.announced.disconnect(self._on_announced)
            self._do(self._worker.finish)
            self._closed = True
        return not self._thread.isRunning() or self._thread.wait(wait_ms)
