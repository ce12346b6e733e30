"""Without a window: the loop against the article's script, memory, seeks."""

import random
import statistics
import time

import psutil
import torch

from guitrain.core.run import Run
from guitrain.presets import preset
from tests.benchmarks.article import epochs_per_second

ENDLESS = preset("article").experiment.changed({"stop.epochs": 10**9})


def loop_ratio() -> None:
    run = Run(ENDLESS)
    run.run_until(time.perf_counter() + 0.3)
    epochs_per_second(0.3)
    ratios = []
    for _ in range(5):
        bare = epochs_per_second(1)
        start = time.perf_counter()
        done = run.run_until(start + 1)
        ratios.append(done / (time.perf_counter() - start) / bare)
    print(f"loop_without_window_over_bare_script {statistics.median(ratios):.2f} ratio")


def memory_and_seeks() -> None:
    process = psutil.Process()
    run = Run(ENDLESS)
    run.run_until(float("inf"), 1000)
    run.view()
    before = process.memory_info().rss
    for mark, name in ((100_000, "100k"), (1_000_000, "1M")):
        while run.head < mark:
            run.run_until(float("inf"), min(10_000, mark - run.head))
            run.view()
        if mark == 1_000_000:
            grown = (process.memory_info().rss - before) / 1e6
            print(f"memory_of_1M_steps {grown:.0f} MB")
        seeks = []
        rng = random.Random(1)
        for _ in range(40):
            step = rng.randrange(mark)
            start = time.perf_counter()
            run.seek(step)
            seeks.append(time.perf_counter() - start)
        print(f"seek_worst_of_40_in_{name}_steps {max(seeks) * 1000:.0f} ms")
        run.seek(run.head)


if __name__ == "__main__":
    torch.set_num_threads(1)
    loop_ratio()
    memory_and_seeks()
