"""A film of 300 frames at 800 × 500 as a GIF, made in the real window while the run goes on."""

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.film_dialog import FilmDialog
from guitrain.ui.main_window import MainWindow
from tests.benchmarks.window import spin

FRAMES = 300


def film(app: QApplication, window: MainWindow, plot: str, folder: Path) -> None:
    """Print how long it took, and how long the window's events had to wait."""
    window.exports.film()
    dialog = window.findChildren(FilmDialog)[-1]
    dialog.plot.setCurrentIndex(dialog.plot.findData(plot))
    dialog.every.setValue(max(dialog.last.value() // (FRAMES - 1), 1))
    dialog.last.setValue(dialog.every.value() * (FRAMES - 1))
    assert len(dialog.steps) == FRAMES
    path = folder / f"{plot}.gif"
    QFileDialog.getSaveFileName = lambda *_: (str(path), "")  # type: ignore[method-assign]
    times: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    timer.start(0)
    start = time.perf_counter()
    dialog.make()
    spin(app, lambda: dialog.making is None, 300)
    took = time.perf_counter() - start
    timer.stop()
    assert path.exists(), dialog.told.text()
    gaps = sorted(b - a for a, b in pairwise(times))
    print(f"film_{plot}_300_frames {took:.1f} s")
    print(f"film_{plot}_gap_p95 {gaps[int(len(gaps) * 0.95)] * 1000:.1f} ms")
    print(f"film_{plot}_gap_max {gaps[-1] * 1000:.1f} ms")
    print(f"film_{plot}_size {path.stat().st_size / 1e6:.2f} MB")
    dialog.close()


def main() -> None:
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        first = preset(sys.argv[1] if len(sys.argv) > 1 else "article")
        window = MainWindow(first, settings)
        window.show()
        spin(app, lambda: window.trainer.snapshot.state is State.PAUSED)
        window.trainer.change({"stop.epochs": 2000})
        window.transport.pace.set_pace(MAX_PACE)
        window.trainer.play()
        spin(app, lambda: window.trainer.snapshot.state is State.STOPPED)
        for plot in (window.work.fits.name, "loss"):
            film(app, window, plot, Path(folder))
        window.close()
        window.trainer.close()


if __name__ == "__main__":
    main()
