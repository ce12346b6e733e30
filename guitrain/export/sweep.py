"""A sweep as files: a table of its lanes, their losses, its recipe, and its plot."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from guitrain.core.sweep import SweepView
from guitrain.export.experiment_json import experiment_json
from guitrain.export.offscreen import drawing_application
from guitrain.files.atomic import whole_files


def sweep_csv(view: SweepView) -> bytes:
    """A row per lane, in UTF-8 with line feeds: its learning rate, its value of the second setting
    where there is one, epochs done, final loss (empty where it diverged) and why it stopped.
    """
    plan = view.plan
    names = ["lane", "learning_rate", *([plan.path.rpartition(".")[2]] if plan.values else [])]
    rows: list[list[Any]] = [[*names, "epochs", "final_loss", "stop"]]
    for lane, rule in enumerate(view.rules):
        loss = float(view.losses[lane])
        rows.append(
            [
                *_head(view, lane),
                int(view.epochs_done[lane]),
                "" if view.diverged[lane] or loss != loss else repr(loss),
                rule.value if rule is not None else "interrupted",
            ]
        )
    return _csv(rows)


def losses_csv(view: SweepView) -> bytes:
    """A row per lane and epoch: the mean loss of the epoch, as it was kept (of a long run every
    second, fourth, … epoch).
    """
    plan = view.plan
    names = ["lane", "learning_rate", *([plan.path.rpartition(".")[2]] if plan.values else [])]
    rows: list[list[Any]] = [[*names, "epoch", "loss"]]
    for lane in range(len(plan)):
        epochs, losses = view.curve(lane)
        head = _head(view, lane)
        rows += [
            [*head, epoch, loss]
            for epoch, loss in zip(epochs.tolist(), losses.astype("U32").tolist(), strict=True)
        ]
    return _csv(rows)


def _head(view: SweepView, lane: int) -> list[Any]:
    value, rate = view.plan.place(lane)
    head: list[Any] = [lane + 1, repr(view.plan.rates[rate])]
    if view.plan.values:
        own = view.plan.values[value]
        head.append("all" if own is None else json.dumps(own))
    return head


def _csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def export_sweep(view: SweepView, folder: Path) -> list[str]:
    """Write sweep.csv, losses.csv, experiment.json, and the plot as PNG and SVG; returns their
    names. All of them or none.

    Raises ImportError, before anything is written, where Qt cannot be imported, and FileProblem
    for a folder or disk that cannot take the files.
    """
    from guitrain.export.image import Kind, Size, discard, render
    from guitrain.plots.sweep import SweepPlot

    app = drawing_application()
    plot = SweepPlot(for_export=True)
    sizes: tuple[tuple[Kind, Size], ...] = (("png", Size(1600, 1000, 192)), ("svg", Size(210, 131)))
    try:
        plot.refresh(view)
        with whole_files(folder) as hidden:
            names = _write_numbers(view, hidden)
            for kind, size in sizes:
                (hidden / f"sweep.{kind}").write_bytes(render(plot, kind, size))
                names.append(f"sweep.{kind}")
    finally:
        discard(plot)
    del app
    return names


def export_sweep_numbers(view: SweepView, folder: Path) -> list[str]:
    """Write the files but for the plot: where Qt cannot be had. Raises FileProblem."""
    with whole_files(folder) as hidden:
        return _write_numbers(view, hidden)


def _write_numbers(view: SweepView, hidden: Path) -> list[str]:
    (hidden / "sweep.csv").write_bytes(sweep_csv(view))
    (hidden / "losses.csv").write_bytes(losses_csv(view))
    (hidden / "experiment.json").write_bytes(experiment_json(view.plan.experiment))
    return ["sweep.csv", "losses.csv", "experiment.json"]
