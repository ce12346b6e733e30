"""Small nets in small batches: the window with its map, in turn with a bare PyTorch script; and
the digits, with the gallery.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from guitrain.core.evaluation import ClassMetrics
from guitrain.core.experiment import Choice, Experiment
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow
from tests.benchmarks.bare_net import BareNet
from tests.benchmarks.window import Frames, run_for, spin

BATCH, POINTS = 10, 250
NETS = (("spiral", (8, 8)), ("circle", (4, 2)))
ROUNDS, SECONDS = 5, 2.0


def experiment(data: str, widths: tuple[int, ...]) -> Experiment:
    return Experiment(
        data=Choice(data, {"points": POINTS}),
        model=Choice("mlp", {"hidden": widths, "activation": "tanh"}),
        loss=Choice("binary_cross_entropy"),
        learning_rate=0.03,
        batch_size=BATCH,
    ).changed({"stop.epochs": 10**9})


class Maps:
    """How often a new map was drawn, and how fine the coarsest was."""

    def __init__(self, frames: Frames, window: MainWindow) -> None:
        self.drawn = 0
        self.least = 10**9
        self._last: object = None
        before = window.clock._refresh

        def counted(snapshot: Snapshot) -> None:
            before(snapshot)
            if snapshot.map is not None and snapshot.map is not self._last:
                self._last = snapshot.map
                self.drawn += 1
                self.least = min(self.least, len(snapshot.map.x))

        window.clock._refresh = counted


def measure(app: QApplication, window: MainWindow, data: str, widths: tuple[int, ...]) -> None:
    made = experiment(data, widths)
    trainer = window.trainer
    trainer.start(made)
    spin(app, lambda: trainer.snapshot.map is not None and trainer.snapshot.experiment == made)
    trainer.set_pace(MAX_PACE)
    frames = Frames(window, app)
    maps = Maps(frames, window)
    bare = BareNet(made.make_data(), widths, BATCH, made.learning_rate)
    run_for(app, window, 0.5)
    bare.epochs_per_second(0.5)
    ratios, rates, live = [], [], []
    for _ in range(ROUNDS):
        alone = bare.epochs_per_second(SECONDS)
        frames.times.clear()
        maps.drawn = 0
        live.append(run_for(app, window, SECONDS))
        ratios.append(live[-1] / alone)
        rates.append(maps.drawn / SECONDS)
    name = f"{data}_{'_'.join(map(str, widths))}"
    print(f"live_epochs_over_bare_script_{name} {statistics.median(ratios):.2f} ratio")
    print(f"live_epochs_per_second_{name} {statistics.median(live):.0f} 1/s")
    print(f"maps_per_second_{name} {statistics.median(rates):.1f} fps")
    print(f"coarsest_map_{name} {maps.least} places")
    gaps = np.diff(frames.times)
    print(f"frame_gap_p99_{name} {np.percentile(gaps, 99) * 1000:.1f} ms")


def learn_digits(app: QApplication, window: MainWindow, name: str) -> None:
    """How long the preset's net takes to tell 95 % of the test digits, and the frames meanwhile
    and after, with the gallery and Test on.
    """
    made = preset(name).experiment.changed({"stop.epochs": 10**9})
    trainer = window.trainer
    trainer.start(made)
    trainer.test()
    spin(app, lambda: trainer.snapshot.answers is not None and trainer.snapshot.experiment == made)
    trainer.set_pace(MAX_PACE)
    frames, start = Frames(window, app), time.perf_counter()

    def accuracy() -> float:
        found = trainer.snapshot.evaluation
        scores = found.test if found is not None else None
        return scores.accuracy if isinstance(scores, ClassMetrics) else 0.0

    trainer.play()
    spin(app, lambda: accuracy() >= 0.95)
    print(f"seconds_to_95_percent_of_{name} {time.perf_counter() - start:.1f} s")
    run_for(app, window, 4.0)
    gaps = np.diff(frames.times)
    print(f"frames_per_second_{name} {1 / gaps.mean():.0f} fps")
    print(f"frame_gap_p99_{name} {np.percentile(gaps, 99) * 1000:.1f} ms")


def main() -> None:
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(preset("article"), settings)
        window.resize(1920, 1080)
        window.show()
        spin(app, lambda: window.trainer.snapshot.state is State.PAUSED)
        for data, widths in NETS:
            measure(app, window, data, widths)
        learn_digits(app, window, "digits")
        learn_digits(app, window, "digits_cnn")
        window.close()
        assert window.trainer.close()


if __name__ == "__main__":
    import torch

    torch.set_num_threads(1)
    main()
