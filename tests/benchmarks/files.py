"""Files: how long an experiment of 100,000 steps takes to save and to open; a plot as PNG."""

import math
import statistics
import sys
import tempfile
import time
from pathlib import Path

import torch
from PySide6.QtWidgets import QApplication

from guitrain.core.run import Run
from guitrain.export.image import Size, render
from guitrain.files.experiment_file import read_session, write_session
from guitrain.plots.loss import LossPlot
from guitrain.presets import preset
from guitrain.run_book import Entry, RunBook
from guitrain.session import book_of, session_of
from tests.benchmarks.article import epochs_per_second

STEPS, ROUNDS = 100_000, 3


def main() -> None:
    app = QApplication(sys.argv)
    torch.set_num_threads(1)
    # Small batches: a loss that goes up and down cannot be compressed away.
    experiment = preset("article").experiment.changed({"stop.epochs": 10**9, "batch_size": 10})
    run = Run(experiment)
    run.run_until(math.inf, STEPS)
    entry = Entry(run, 1, 0, None, {})
    book = RunBook()
    book.take([entry], entry)
    saving, opening, drawing = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.guitrain"
        for _ in range(ROUNDS):
            start = time.perf_counter()
            size = write_session(path, session_of(book))
            saved = time.perf_counter()
            opened, replay = book_of(read_session(path))
            opening.append(time.perf_counter() - saved)
            saving.append(saved - start)
            assert opened.current is not None
            assert opened.current.run.head == STEPS
            assert replay.difference == 0
    plot = LossPlot()
    plot.resize(900, 500)
    plot.refresh(run.view())
    for _ in range(ROUNDS):
        start = time.perf_counter()
        render(plot, "png", Size(1600, 1000, 192))
        drawing.append(time.perf_counter() - start)
    print(f"machine_bare_script_per_epoch {1e6 / epochs_per_second(1):.0f} µs")
    print(f"save_100k_steps {statistics.median(saving):.2f} s")
    print(f"open_100k_steps {statistics.median(opening):.2f} s")
    print(f"file_of_100k_steps {size / 1e6:.1f} MB")
    print(f"png_of_a_plot {statistics.median(drawing) * 1000:.0f} ms")
    app.quit()


if __name__ == "__main__":
    main()
