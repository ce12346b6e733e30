"""256 learning rates trained at once, against one run: the time per epoch, in turn."""

import statistics
import time
from typing import Any

import torch

from guitrain.core.experiment import Experiment
from guitrain.core.run import Run
from guitrain.core.sweep import spread
from guitrain.core.sweep_job import Loop
from guitrain.presets import preset

LANES = 256
SECONDS = 0.5


def ratio(name: str, experiment: Experiment) -> None:
    endless = experiment.changed({"stop.epochs": 10**9, "learning_rate": 1e-4})
    run, loop = Run(endless), Loop(endless, spread(1e-6, 1e-3, LANES), 0)
    run.run_until(time.perf_counter() + 0.3)
    loop.advance(float("inf"))
    ratios = []
    for _ in range(7):
        start, before = time.perf_counter(), run.learner.epoch
        run.run_until(start + SECONDS)
        one = (time.perf_counter() - start) / (run.learner.epoch - before)
        start, before = time.perf_counter(), loop.epoch
        while time.perf_counter() < start + SECONDS:
            loop.advance(float("inf"))
        ratios.append((time.perf_counter() - start) / (loop.epoch - before) / one)
    print(f"sweep_of_{LANES}_{name}_over_one_run {statistics.median(ratios):.2f} ratio")


if __name__ == "__main__":
    torch.set_num_threads(1)
    ratio("lines", preset("article").experiment)
    net: dict[str, Any] = {"data": "sine", "model": "mlp", "model.hidden": (8, 8)}
    ratio("nets_8_8", Experiment().changed(net))
