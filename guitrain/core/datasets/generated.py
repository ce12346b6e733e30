"""Data that are drawn: evenly spaced x, and y = a true function of x + random errors."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.code_text import number
from guitrain.core.data import Data, DataCode, DatasetEntry, Outliers, Split, Truth
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem

LARGEST = 1e6

Values = Mapping[str, Any]

# Settings that all of them have.
X_MIN = Param(
    "x_min",
    "float",
    QT_TRANSLATE_NOOP("Data", "x from"),
    QT_TRANSLATE_NOOP("Data", "The smallest x of the training points."),
    default=0.0,
    minimum=-LARGEST,
    maximum=LARGEST,
    minor=True,
)
X_MAX = Param(
    "x_max",
    "float",
    QT_TRANSLATE_NOOP("Data", "x to"),
    QT_TRANSLATE_NOOP("Data", "The largest x of the training points."),
    default=5.0,
    minimum=-LARGEST,
    maximum=LARGEST,
    minor=True,
)
POINTS = Param(
    "points",
    "int",
    QT_TRANSLATE_NOOP("Data", "Points"),
    QT_TRANSLATE_NOOP("Data", "How many training points are drawn."),
    default=100,
    minimum=1,
    maximum=1_000_000,
)
NOISE = Param(
    "noise",
    "float",
    QT_TRANSLATE_NOOP("Data", "Noise"),
    QT_TRANSLATE_NOOP(
        "Data",
        "σ, the standard deviation of the random error added to each y, or of classes to each "
        "input. No model can predict it.",
    ),
    default=0.5,
    minimum=0.0,
    maximum=LARGEST,
    symbol="σ",
)


def plain(name: str, label: str, help: str, default: float, **others: Any) -> Param:
    """A setting of a true function: any number up to ±LARGEST, out of sight at first."""
    spec = {"minimum": -LARGEST, "maximum": LARGEST, "minor": True, **others}
    return Param(name, "float", label, help, default=default, **spec)


def generated(
    name: str,
    label: str,
    help: str,
    params: tuple[Param, ...],
    truth_of: Callable[[Values], Truth],
    outliers_of: Callable[[Values], Outliers | None] = lambda _: None,
) -> DatasetEntry:
    """An entry whose ``params`` say what is true, besides range, points and noise."""

    def make(values: Values, test_fraction: float, seed: int) -> Data:
        # RandomState is numpy's legacy stream, which np.random.seed(42) in the article also gives.
        random = np.random.RandomState(seed)
        truth, outliers, noise = truth_of(values), outliers_of(values), values["noise"]
        low, high = values["x_min"], values["x_max"]

        def measured(x: NDArray[np.float64]) -> Split:
            y = truth.function(x) + random.normal(0, noise, len(x))
            if outliers is not None:
                off = random.uniform(size=len(x)) < outliers.share
                y[off] += outliers.size
            return Split(x[:, None], y)

        train = measured(np.linspace(low, high, values["points"]))
        # Drawn after the training points, so that they stay the article's whatever the fraction.
        test = measured(random.uniform(low, high, _fresh(values, test_fraction)))
        return Data(train, test, ("x",), "y", truth, noise, outliers)

    def code(values: Values, test_fraction: float, seed: int) -> DataCode:
        truth, outliers, noise = truth_of(values), outliers_of(values), number(values["noise"])
        span = f"{number(values['x_min'])}, {number(values['x_max'])}"

        def measured(before: str, count: int) -> list[str]:
            x, y = f"{before}x", f"{before}y"
            true = truth.expression.format(x=x)
            lines = [f"{y} = {true} + np.random.normal(0, {noise}, {count})"]
            if outliers is not None:
                share, size = number(outliers.share), number(outliers.size)
                lines += [
                    f"off = np.random.uniform(size={count}) < {share}",
                    f"{y}[off] += {size}",
                ]
            return lines

        lines = [f"np.random.seed({seed})", f"x = np.linspace({span}, {values['points']})"]
        lines += measured("", values["points"])
        if fresh := _fresh(values, test_fraction):
            lines.append(f"test_x = np.random.uniform({span}, {fresh})")
            lines += measured("test_", fresh)
        return DataCode(tuple(lines), fresh > 0, '"x"', '"y"', truth=truth)

    return DatasetEntry(
        name=name,
        label=label,
        help=help,
        params=(*params, X_MIN, X_MAX, POINTS, NOISE),
        make=make,
        code=code,
        train_count=lambda values, _fraction: values["points"],
        check_all=_check_all,
    )


def _fresh(values: Values, test_fraction: float) -> int:
    """How many test points are drawn."""
    return round(values["points"] * test_fraction)


def _check_all(values: Values) -> None:
    if values["x_min"] >= values["x_max"]:
        raise ExperimentProblem(
            "empty_range", "x_max", minimum=values["x_min"], value=values["x_max"]
        )
