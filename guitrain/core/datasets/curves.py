"""Data that no straight line fits: a parabola, a sine, a step, each with normal noise."""

import numpy as np

from guitrain.core.code_text import added, number
from guitrain.core.data import Truth
from guitrain.core.datasets.generated import LARGEST, Values, generated, plain
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _flat(y: float, *, where: bool) -> tuple[float, float] | None:
    """Slope and intercept of a function that is y everywhere."""
    return (0.0, y) if where else None


def _parabola(values: Values) -> Truth:
    curvature, x0, y0 = values["curvature"], values["vertex_x"], values["vertex_y"]
    return Truth(
        lambda x: curvature * (x - x0) ** 2 + y0,
        f"{number(curvature)} * ({{x}} {added(-x0)}) ** 2 {added(y0)}",
        line=_flat(y0, where=curvature == 0),
    )


def _sine(values: Values) -> Truth:
    amplitude, period, level = values["amplitude"], values["period"], values["level"]
    return Truth(
        lambda x: amplitude * np.sin(2 * np.pi * x / period) + level,
        f"{number(amplitude)} * np.sin(2 * np.pi * {{x}} / {number(period)}) {added(level)}",
        line=_flat(level, where=amplitude == 0),
        detail=period,
    )


def _step(values: Values) -> Truth:
    at, before, after = values["step_x"], values["y_before"], values["y_after"]
    return Truth(
        lambda x: np.where(x < at, np.float64(before), np.float64(after)),
        f"np.where({{x}} < {number(at)}, {number(before)}, {number(after)})",
        line=_flat(before, where=before == after),
        jumps=(at,),
    )


PARABOLA = generated(
    "parabola",
    QT_TRANSLATE_NOOP("Data", "Parabola"),
    QT_TRANSLATE_NOOP("Data", "y = a·(x − x₀)² + y₀, with random noise added to y."),
    (
        plain(
            "curvature",
            QT_TRANSLATE_NOOP("Data", "Curvature"),
            QT_TRANSLATE_NOOP(
                "Data", "a in y = a·(x − x₀)² + y₀: open upwards where it is above 0."
            ),
            1.0,
            minimum=-1000.0,
            maximum=1000.0,
            symbol="a",
        ),
        plain(
            "vertex_x",
            QT_TRANSLATE_NOOP("Data", "Vertex at x"),
            QT_TRANSLATE_NOOP("Data", "x₀ in y = a·(x − x₀)² + y₀, where the parabola turns."),
            2.5,
            symbol="x₀",
        ),
        plain(
            "vertex_y",
            QT_TRANSLATE_NOOP("Data", "Vertex y"),
            QT_TRANSLATE_NOOP("Data", "y₀ in y = a·(x − x₀)² + y₀, the true y at the vertex."),
            0.0,
            symbol="y₀",
        ),
    ),
    _parabola,
)

SINE = generated(
    "sine",
    QT_TRANSLATE_NOOP("Data", "Sine"),
    QT_TRANSLATE_NOOP("Data", "y = A·sin(2π·x/T) + c, with random noise added to y."),
    (
        plain(
            "amplitude",
            QT_TRANSLATE_NOOP("Data", "Amplitude"),
            QT_TRANSLATE_NOOP(
                "Data", "A in y = A·sin(2π·x/T) + c, how far the wave goes up and down."
            ),
            2.0,
            symbol="A",
        ),
        plain(
            "period",
            QT_TRANSLATE_NOOP("Data", "Period"),
            QT_TRANSLATE_NOOP("Data", "T in y = A·sin(2π·x/T) + c, the length of one wave in x."),
            5.0,
            minimum=0.0,
            above_minimum=True,
            maximum=LARGEST,
            symbol="T",
            minor=False,
        ),
        plain(
            "level",
            QT_TRANSLATE_NOOP("Data", "Mean level"),
            QT_TRANSLATE_NOOP("Data", "c in y = A·sin(2π·x/T) + c, the y in the wave's middle."),
            0.0,
            symbol="c",
        ),
    ),
    _sine,
)

STEP = generated(
    "step",
    QT_TRANSLATE_NOOP("Data", "Step"),
    QT_TRANSLATE_NOOP("Data", "y jumps from one value to another, with random noise added to y."),
    (
        plain(
            "step_x",
            QT_TRANSLATE_NOOP("Data", "Step at x"),
            QT_TRANSLATE_NOOP("Data", "The x at which the true y jumps."),
            2.5,
        ),
        plain(
            "y_before",
            QT_TRANSLATE_NOOP("Data", "y before"),
            QT_TRANSLATE_NOOP("Data", "The true y at every x before the step."),
            1.0,
        ),
        plain(
            "y_after",
            QT_TRANSLATE_NOOP("Data", "y after"),
            QT_TRANSLATE_NOOP("Data", "The true y from the step on."),
            4.0,
        ),
    ),
    _step,
)
