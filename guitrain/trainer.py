"""The window's side of the training thread: commands go out, the latest snapshot is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Experiment
from guitrain.core.landscape_view import Bounds
from guitrain.core.map_view import Axes
from guitrain.core.phases import Phase
from guitrain.core.plane import PlaneChoice
from guitrain.core.run_view import Unit
from guitrain.core.sweep import SweepPlan, SweepView
from guitrain.snapshot import Pace, Snapshot, State, Until
from guitrain.worker import Worker

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.filing import Aside
    from guitrain.filming import Reel
    from guitrain.run_book import RunBook

STACK = 16 * 1024 * 1024  # macOS gives a secondary thread 512 KB; torch wants more


class Trainer(QObject):
    """Queues commands, and shows the worker's latest snapshot; every method returns at once.

    Signals:
        announced: look at ``snapshot`` now (while RUNNING, look every frame instead).
    """

    announced = Signal()
    _command = Signal(object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._files = 0
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
        self._worker.taken = latest = self._worker.snapshot
        return latest if latest.generation == self._generation else self._starting

    # Which run is in hand.

    def start(
        self, experiment: Experiment, *, keep_running: bool = False, burst: str | None = ""
    ) -> None:
        """Begin a new run. The present one can be brought back with ``undo``, unless it was begun
        a moment ago and with the same word for ``burst``: such changes are undone together.
        None: with no other.
        """
        self._generation += 1
        self._starting = Snapshot(self._generation, State.LOADING, experiment)
        self._do(self._worker.start, experiment, self._generation, keep_running, burst)

    def undo(self) -> None:
        """Take back the last change of this run, or bring back the run before it."""
        self._swap(undo=True)

    def redo(self) -> None:
        """What undo took back."""
        self._swap(undo=False)

    def _swap(self, *, undo: bool) -> None:
        shown = self.snapshot  # of the generation that now ends
        self._generation += 1
        self._starting = replace(shown, generation=self._generation, state=State.LOADING, view=None)
        self._do(self._worker.swap, undo, self._generation)

    def make_current(self, number: int) -> None:
        """Take another run of the table in hand; undo brings this one back."""
        self._do(self._worker.make_current, number)

    def race(self, lanes: Sequence[Mapping[str, Any]], *, begun_for_it: bool = False) -> None:
        """Several new runs from the same data and initial weights, each with these changes; the
        first is in hand, and the others keep to its epoch. ``begun_for_it``: the one in hand so far
        is not to be brought back.
        """
        self._do(self._worker.race, [dict(changes) for changes in lanes], begun_for_it)

    def sweep(self, plan: SweepPlan) -> None:
        """Train a sweep beside the run in hand; ``Snapshot.sweep`` tells what comes of it."""
        self._do(self._worker.sweep, plan)

    def stop_sweep(self) -> None:
        """Train no more of it."""
        self._do(self._worker.stop_sweep)

    def train_lane(self, view: SweepView, lane: int) -> None:
        """Begin a lane of a sweep afresh as a run of its own, and play it; once it has ended, its
        numbers are the lane's. The present run can be brought back with ``undo``.
        """
        experiment = view.plan.experiment.changed(view.plan.changes(lane))
        shown = self.snapshot.sweep
        self._generation += 1
        self._starting = Snapshot(self._generation, State.LOADING, experiment, sweep=shown)
        self._do(self._worker.train_lane, view.number, lane, experiment, self._generation)

    def rescue(self) -> None:
        """Go back to where a diverged run was well (``Snapshot.rescue``), and on more slowly."""
        self._do(self._worker.rescue)

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change steering settings of the run in hand; in its past, that makes a branch."""
        self._do(self._worker.change, dict(changes))

    def set_by_hand(self, hand: ByHand) -> None:
        """Give a parameter of the run in hand another value; in its past, that makes a branch."""
        self._do(self._worker.set_by_hand, hand)

    def show_run(self, number: int, on: bool) -> None:
        """Draw a run of the table behind the one in hand, or not."""
        self._do(self._worker.edit_runs, lambda book: book.show(number, on))

    def rename_run(self, number: int, name: str) -> None:
        """Call a run of the table by another name; "" gives it its number again."""
        self._do(self._worker.edit_runs, lambda book: book.rename(number, name))

    def delete_run(self, number: int) -> None:
        """Forget a run that is not in hand."""
        self._do(self._worker.edit_runs, lambda book: book.delete(number))

    # Keeping it.

    def save(self, path: Path, beside: Mapping[str, Any], *, instead_of: Path | None = None) -> int:
        """Write all the runs to a file, and ``beside`` them what the window says of itself
        ("window") and perhaps a "lesson"; returns the number under which ``Snapshot.files`` will
        tell what came of it. The file ``instead_of`` is deleted once this one is written.
        """
        self._files += 1
        self._do(self._worker.save, path, dict(beside), self._files, instead_of)
        return self._files

    def open_file(self, path: Path, aside: "Aside | None" = None) -> int:
        """Take up the runs in a file in place of those here; returns a number as ``save``. Those
        here are first written to the file ``aside``, with what is beside them.
        """
        self._files += 1
        self._do(self._worker.open, path, self._files, aside)
        return self._files

    def open_model(self, path: Path) -> int:
        """Begin a new run with the weights in a file; returns a number as ``save``. The present run
        can be brought back with ``undo``.
        """
        self._files += 1
        self._do(self._worker.open_model, path, self._files)
        return self._files

    def export(self, path: Path, make: "Callable[[Run], bytes]") -> int:
        """Write what ``make`` makes of the run in hand (in the training thread) to a file; returns
        a number as ``save``.
        """
        self._files += 1
        self._do(self._worker.export, path, make, self._files)
        return self._files

    def export_all(self, path: Path, gather: "Callable[[RunBook], Callable[[], object]]") -> int:
        """Have ``gather`` take what it needs of all the runs (in the training thread) and write it
        (in the thread for files); returns a number as ``save``.
        """
        self._files += 1
        self._do(self._worker.export_all, path, gather, self._files)
        return self._files

    def film(self, reel: "Reel") -> None:
        """Have the frames of a film made, some of them: ``Reel`` says when to ask again."""
        self._do(self._worker.film, reel)

    def delete_file(self, path: Path) -> None:
        """Delete a file, if it is there, once everything asked for before is done."""
        self._do(self._worker.delete, path)

    # Moving it.

    def play(self, until: Until | None = None) -> None:
        """Run on at the pace set, to where ``until`` says."""
        self._do(self._worker.play, until)

    def pause(self) -> None:
        """Stop between two steps."""
        self._do(self._worker.pause)

    def set_pace(self, pace: Pace) -> None:
        """How fast to play."""
        self._do(self._worker.set_pace, pace)

    def next(self, unit: Unit, *, ask: bool = False) -> None:
        """Carry out the next phase, batch or epoch, and pause; ``ask``: no further than to the
        next BACKWARD, so that what UPDATE will do can be predicted.
        """
        self._do(self._worker.next, unit, ask)

    def back(self, unit: Unit) -> None:
        """Go back by a phase, batch or epoch, and pause."""
        self._do(self._worker.back, unit)

    def seek(self, step: int, phase: Phase | None = None, *, near: bool = False) -> None:
        """Go to a recorded place. ``near``, while the timeline is dragged: to the nearest that
        takes no time; play goes on after the next seek that is not.
        """
        self._do(self._worker.seek, step, phase, near)

    # Looking at it.

    def watch(self, wishes: frozenset[str]) -> None:
        """What snapshots are to hold besides the run: any of the wishes of ``observing``."""
        self._do(self._worker.watch, wishes)

    def select(self, row: int | None) -> None:
        """Look at one training point; None for none."""
        self._do(self._worker.select, row)

    def want_landscape(self, wanted: Bounds | PlaneChoice | None) -> None:
        """Compute the landscape within these bounds, or of a model with many parameters on this
        plane; None for none.
        """
        self._do(self._worker.want_landscape, wanted)

    def want_map(self, axes: Axes | None, corners: Sequence[Sequence[float]] = ()) -> None:
        """Look at what the model says over these inputs (``MapView``), at least as far as to the
        corners (rows of inputs); None for no longer.
        """
        self._do(self._worker.want_map, axes, corners)

    def test(self, on: bool = True) -> None:
        """Switch the test set's curve and metrics on or off."""
        self._do(self._worker.test, on)

    def apply(self, rows: Sequence[tuple[float, ...]]) -> None:
        """Predict for these rows of inputs, now and as the weights change."""
        self._do(self._worker.apply, tuple(rows))

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
