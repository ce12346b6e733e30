"""The real window: live speed against the article's script, frame gaps and costs, latencies."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from guitrain.core.run_view import Unit
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow
from tests.benchmarks.article import epochs_per_second

ENDLESS = preset("article").experiment.changed({"stop.epochs": 10**9})


class Frames:
    """When each frame was drawn: refreshed, and its paint events done."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        self.times: list[float] = []
        refresh = window.refresh

        def timed(snapshot: object) -> None:
            refresh(snapshot)  # type: ignore[arg-type]
            self.times.append(time.perf_counter())

        window.clock._refresh = timed


def spin(app: QApplication, until: Callable[[], bool], limit: float = 60) -> None:
    end = time.perf_counter() + limit
    while not until():
        app.processEvents()
        time.sleep(0.0002)
        if time.perf_counter() > end:
            raise TimeoutError


def run_for(app: QApplication, window: MainWindow, seconds: float) -> float:
    """Epochs per second of the window, running flat out inside Qt's own event loop."""
    from PySide6.QtCore import QTimer

    trainer = window.trainer
    view = trainer.snapshot.view
    assert view is not None
    first, start = view.epoch, time.perf_counter()
    trainer.play()
    QTimer.singleShot(int(seconds * 1000), trainer.pause)

    def check() -> None:
        if time.perf_counter() - start > seconds and trainer.snapshot.state is State.PAUSED:
            app.exit()

    timer = QTimer()
    timer.timeout.connect(check)
    timer.start(5)
    app.exec()
    elapsed = time.perf_counter() - start
    view = trainer.snapshot.view
    assert view is not None
    return (view.epoch - first) / elapsed


def frame_cost(app: QApplication, window: MainWindow) -> float:
    """Milliseconds to refresh and paint both plots with the present run, anew each time."""
    costs = []
    view = window.trainer.snapshot.view
    assert view is not None
    for k in range(60):
        window.trainer.next(Unit.EPOCH)
        step = view.step
        spin(app, lambda step=step: window.trainer.snapshot.view.step > step)  # type: ignore[union-attr,misc]
        view = window.trainer.snapshot.view
        assert view is not None
        start = time.perf_counter()
        window.work.fit.refresh(view)
        window.work.loss.refresh(view)
        window.work.fit.viewport().repaint()
        window.work.loss.viewport().repaint()
        if k >= 10:
            costs.append(time.perf_counter() - start)
    return statistics.median(costs) * 1000


def main() -> None:
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        window = MainWindow(preset("article"), settings)
        window.show()
        trainer = window.trainer
        spin(app, lambda: trainer.snapshot.state is State.PAUSED)
        measure(app, window)
        window.close()
        assert trainer.close()


def measure(app: QApplication, window: MainWindow) -> None:
    trainer = window.trainer
    trainer.start(ENDLESS)
    spin(app, lambda: trainer.snapshot.state is State.PAUSED)
    trainer.set_pace(MAX_PACE)
    frames = Frames(window, app)
    run_for(app, window, 0.5)
    epochs_per_second(0.5)
    ratios: list[float] = []
    fps: list[float] = []
    gaps: list[float] = []
    for _ in range(5):
        bare = epochs_per_second(2)
        frames.times.clear()
        ratios.append(run_for(app, window, 2) / bare)
        times = np.array(frames.times)
        gaps.extend(np.diff(times))
        fps.append(len(times) / (times[-1] - times[0]))
    print(f"live_epochs_over_bare_script {statistics.median(ratios):.2f} ratio")
    print(f"live_frames_per_second {statistics.median(fps):.1f} fps")
    print(f"frame_gap_p99 {np.percentile(gaps, 99) * 1000:.1f} ms")
    print(f"frame_gap_worst {max(gaps) * 1000:.1f} ms")
    latencies(app, window, frames)
    growth(app, window)


def latencies(app: QApplication, window: MainWindow, frames: Frames) -> None:
    trainer, pauses, steps = window.trainer, [], []
    for _ in range(15):
        trainer.play()
        start = time.perf_counter()
        spin(app, lambda start=start: time.perf_counter() - start > 0.1)  # type: ignore[misc]
        start = time.perf_counter()
        window.transport.run.click()
        spin(app, lambda: trainer.snapshot.state is State.PAUSED)
        pauses.append(time.perf_counter() - start)
        spin(app, lambda: not window.clock._timer.isActive())
        drawn = len(frames.times)
        start = time.perf_counter()
        window.transport.step.click()
        spin(app, lambda drawn=drawn: len(frames.times) > drawn)  # type: ignore[misc]
        app.processEvents()
        steps.append(time.perf_counter() - start)
    print(f"pause_latency_worst_of_15 {max(pauses) * 1000:.0f} ms")
    print(f"step_to_drawn_worst_of_15 {max(steps) * 1000:.0f} ms")


def growth(app: QApplication, window: MainWindow) -> None:
    trainer = window.trainer
    costs = {}
    for steps in (1_000, 1_000_000):
        trainer.start(ENDLESS.changed({"stop.epochs": steps}))
        spin(app, lambda: trainer.snapshot.state is State.PAUSED)
        trainer.play()
        spin(app, lambda: trainer.snapshot.state is State.STOPPED, 600)
        trainer.change({"stop.epochs": steps + 1000})
        spin(app, lambda: trainer.snapshot.state is State.PAUSED)
        costs[steps] = frame_cost(app, window)
        print(f"frame_cost_at_{steps}_steps {costs[steps]:.2f} ms")
    print(f"frame_cost_1M_over_1k {costs[1_000_000] / costs[1_000]:.2f} ratio")


if __name__ == "__main__":
    main()
