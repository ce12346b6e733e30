"""The window with every panel open: live speed, steps, the timeline dragged, far seeks.

Times are told in ms, and as multiples of what the article's bare script takes for an epoch on the
same machine in the same run: machines differ, and one and the same machine from hour to hour. Where
the limits come from, an epoch took 203 µs: 16.7 ms (60 fps) were 82 epochs, 25 ms 123, 50 ms 246,
100 ms 493 and 1 s 4926.
"""

import statistics
import sys
import tempfile
import time

import numpy as np
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from guitrain.core.run_view import Unit
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow
from tests.benchmarks.article import epochs_per_second
from tests.benchmarks.window import ENDLESS, Frames, run_for, spin

PANELS = ("cycle", "code", "numbers", "landscape", "runs")  # the graph shares the cycle's place


def main() -> None:
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        window = MainWindow(preset("article"), settings)
        window.resize(1920, 1080)
        window.show()
        spin(app, lambda: window.trainer.snapshot.state is State.PAUSED)
        speed()
        live(app, window)
        steps(app, window)
        for count in (100_000, 1_000_000):
            travel(app, window, count)
        speed()
        window.close()
        assert window.trainer.close()


def told(name: str, seconds: float) -> None:
    """A time, beside what the script takes just now."""
    epoch = 1 / epochs_per_second(1)
    print(f"{name} {seconds * 1000:.1f} ms")
    print(f"{name}_over_bare_epoch {seconds / epoch:.0f} ratio")


def speed() -> None:
    """How fast the machine is just now."""
    print(f"machine_bare_script_per_epoch {1e6 / epochs_per_second(2):.0f} µs")


def live(app: QApplication, window: MainWindow) -> None:
    """The flat-out ratio with the panels of the first start, and with all of them, in turn."""
    trainer, panels = window.trainer, window.work.panels
    trainer.start(ENDLESS)
    spin(app, lambda: trainer.snapshot.state is State.PAUSED)
    trainer.set_pace(MAX_PACE)
    frames = Frames(window, app)
    few: list[float] = []
    many: list[float] = []
    gaps: list[float] = []
    for _ in range(4):
        for ratios, act in ((few, panels.close), (many, panels.open)):
            for name in PANELS:
                act(name)
            run_for(app, window, 0.3)
            bare = epochs_per_second(1)
            frames.times.clear()
            ratios.append(run_for(app, window, 2) / bare)
            if ratios is many:
                gaps.extend(np.diff(frames.times))
    print(f"live_over_bare_script_first_panels {statistics.median(few):.2f} ratio")
    print(f"live_over_bare_script_all_panels {statistics.median(many):.2f} ratio")
    beside = statistics.median(all_ / first for first, all_ in zip(few, many, strict=True))
    print(f"live_all_panels_over_first_panels {beside:.2f} ratio")
    told("frame_gap_p99_all_panels", float(np.percentile(gaps, 99)))
    told("frame_gap_worst_all_panels", max(gaps))


def steps(app: QApplication, window: MainWindow) -> None:
    """From a press of Next, or Back, to everything drawn, phase by phase."""
    trainer = window.trainer
    trainer.start(ENDLESS)
    spin(app, lambda: trainer.snapshot.state is State.PAUSED)
    frames = Frames(window, app)
    window.commands.next(Unit.PHASE.value)
    spin(app, lambda: not window.clock._timer.isActive())
    taken = []
    for press in [window.commands.next] * 30 + [window.commands.back] * 25:
        drawn = len(frames.times)
        start = time.perf_counter()
        press(Unit.PHASE.value)
        spin(app, lambda drawn=drawn: len(frames.times) > drawn)  # type: ignore[misc]
        app.processEvents()
        taken.append(time.perf_counter() - start)
        spin(app, lambda: not window.clock._timer.isActive())
    told(f"press_to_drawn_worst_of_{len(taken)}", max(taken))
    told("press_to_drawn_median", statistics.median(taken))


def travel(app: QApplication, window: MainWindow, count: int) -> None:
    """The timeline dragged to and fro over a long run, then let go; and seeks anywhere."""
    trainer = window.trainer
    trainer.start(ENDLESS.changed({"stop.epochs": count}))
    spin(app, lambda: trainer.snapshot.state is State.PAUSED)
    trainer.play()
    spin(app, lambda: trainer.snapshot.state is State.STOPPED, 600)
    frames = Frames(window, app)
    timeline, places = window.status.timeline, np.random.default_rng(1)
    asked = 0

    def drag() -> None:
        nonlocal asked
        asked += 1
        timeline.glided.emit(int((0.5 + 0.49 * np.sin(asked / 17)) * count))

    timer = QTimer()
    timer.timeout.connect(drag)
    timer.start(8)
    start = time.perf_counter()
    spin(app, lambda: time.perf_counter() - start > 3)
    timer.stop()
    times = np.array(frames.times)
    print(f"drag_frames_per_second_{count} {len(times) / (times[-1] - times[0]):.1f} fps")
    told(f"drag_frame_{count}", float(np.diff(times).mean()))
    told(f"drag_frame_gap_p99_{count}", float(np.percentile(np.diff(times), 99)))
    taken = []
    for step in places.integers(1, count, 30).tolist():
        timeline.glided.emit(step)
        spin(app, lambda: trainer._worker._player.target is None)
        app.processEvents()
        start = time.perf_counter()
        timeline.dropped.emit(step)
        spin(app, lambda step=step: _stands_at(trainer.snapshot, step))  # type: ignore[misc]
        taken.append(time.perf_counter() - start)
    told(f"release_to_exact_worst_of_30_{count}", max(taken))


def _stands_at(snapshot: Snapshot, step: int) -> bool:
    view = snapshot.view
    return view is not None and view.step == step and not snapshot.gliding


if __name__ == "__main__":
    main()
