"""The article's data: evenly spaced x, y = slope·x + intercept + normal noise."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.code_text import added, number
from guitrain.core.data import Data, DataCode, DatasetEntry, Split
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem


def _fresh(values: Mapping[str, Any], test_fraction: float) -> int:
    """How many test points are drawn."""
    return round(values["points"] * test_fraction)


def _make(values: Mapping[str, Any], test_fraction: float, seed: int) -> Data:
    # RandomState is numpy's legacy stream, which np.random.seed(42) in the article also gives.
    random = np.random.RandomState(seed)
    slope, intercept, noise = values["slope"], values["intercept"], values["noise"]

    def truth(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        line: NDArray[np.float64] = slope * inputs[:, 0] + intercept
        return line

    x = np.linspace(values["x_min"], values["x_max"], values["points"])[:, None]
    y = truth(x) + random.normal(0, noise, len(x))
    # Drawn after the training points, so that they stay the article's whatever the fraction.
    fresh = _fresh(values, test_fraction)
    test_x = random.uniform(values["x_min"], values["x_max"], (fresh, 1))
    test_y = truth(test_x) + random.normal(0, noise, fresh)
    return Data(Split(x, y), Split(test_x, test_y), ("x",), "y", truth, noise)


def _code(values: Mapping[str, Any], test_fraction: float, seed: int) -> DataCode:
    span = f"{number(values['x_min'])}, {number(values['x_max'])}"
    noise, points = number(values["noise"]), values["points"]
    truth = f"{number(values['slope'])} * {{x}} {added(values['intercept'])}"
    lines = [
        f"np.random.seed({seed})",
        f"x = np.linspace({span}, {points})",
        f"y = {truth.format(x='x')} + np.random.normal(0, {noise}, {points})",
    ]
    if fresh := _fresh(values, test_fraction):
        lines += [
            f"test_x = np.random.uniform({span}, {fresh})",
            f"test_y = {truth.format(x='test_x')} + np.random.normal(0, {noise}, {fresh})",
        ]
    return DataCode(tuple(lines), fresh > 0, '"x"', '"y"', truth=truth)


def _check_all(values: Mapping[str, Any]) -> None:
    if values["x_min"] >= values["x_max"]:
        raise ExperimentProblem(
            "empty_range", "x_max", minimum=values["x_min"], value=values["x_max"]
        )


LINE = DatasetEntry(
    name="line",
    label=QT_TRANSLATE_NOOP("Data", "Line"),
    help=QT_TRANSLATE_NOOP("Data", "Points on a straight line, with random noise added to y."),
    params=(
        Param(
            "slope",
            "float",
            QT_TRANSLATE_NOOP("Data", "True slope"),
            QT_TRANSLATE_NOOP("Data", "How much the true y rises when x rises by 1."),
            default=2.0,
            minimum=-1e6,
            maximum=1e6,
        ),
        Param(
            "intercept",
            "float",
            QT_TRANSLATE_NOOP("Data", "True intercept"),
            QT_TRANSLATE_NOOP("Data", "The true y at x = 0."),
            default=1.0,
            minimum=-1e6,
            maximum=1e6,
        ),
        Param(
            "x_min",
            "float",
            QT_TRANSLATE_NOOP("Data", "x from"),
            QT_TRANSLATE_NOOP("Data", "The smallest x of the training points."),
            default=0.0,
            minimum=-1e6,
            maximum=1e6,
        ),
        Param(
            "x_max",
            "float",
            QT_TRANSLATE_NOOP("Data", "x to"),
            QT_TRANSLATE_NOOP("Data", "The largest x of the training points."),
            default=5.0,
            minimum=-1e6,
            maximum=1e6,
        ),
        Param(
            "points",
            "int",
            QT_TRANSLATE_NOOP("Data", "Points"),
            QT_TRANSLATE_NOOP("Data", "How many training points are drawn, evenly spaced in x."),
            default=100,
            minimum=1,
            maximum=1_000_000,
        ),
        Param(
            "noise",
            "float",
            QT_TRANSLATE_NOOP("Data", "Noise"),
            QT_TRANSLATE_NOOP(
                "Data",
                "σ, the standard deviation of the random error added to each y. "
                "No model can predict it.",
            ),
            default=0.5,
            minimum=0.0,
            maximum=1e6,
            symbol="σ",
        ),
    ),
    make=_make,
    code=_code,
    train_count=lambda values, _fraction: values["points"],
    check_all=_check_all,
)
