"""Small real runs for the tests of plots and exports."""

from collections.abc import Mapping
from typing import Any

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.core.table import Table
from guitrain.presets import preset

ARTICLE = preset("article").experiment


def run_of(epochs: int, changes: Mapping[str, Any] | None = None, **run: Any) -> Run:
    """The article's run, changed, after some epochs."""
    made = Run(ARTICLE.changed(changes or {}), **run)
    while made.epochs.length < epochs and made.stopped is None:
        made.advance()
    return made


def table_experiment(x: list[float], y: list[float], names: tuple[str, str]) -> Experiment:
    """An experiment on typed numbers, all of them for training."""
    table = Table(dict(zip(names, (x, y), strict=True)))
    choice = Choice("table", {"table": table, "x": names[0], "y": names[1]})
    return ARTICLE.changed({"data": choice, "test_fraction": 0.0})
