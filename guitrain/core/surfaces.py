"""Functions of two parameters that stand in the place of data, model and loss: what optimizers are
tried on. No torch here.

The one text of each function is what a script has, what the screen shows, and what is computed:
with tensors through autograd, with numpy for the landscape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

NAMES = ("u", "v")
_POWERS = {"**2": "²", "**3": "³"}
_NEAR = 1e-5  # of a parameter's size, between two slopes whose difference tells the curvature

Floats = NDArray[np.float64]
Function = Callable[[Any, Any], Any]
Place = tuple[float, float]


@dataclass(frozen=True)
class Surface:
    """f(u, v), of sums, products and whole powers alone.

    Attributes:
        name: of the class in a script.
        expression: f in Python. slopes: ∂f/∂u and ∂f/∂v likewise.
        start: where descent classically begins.
        box: the ranges of u and v that show what it is: low, high, low, high.
        minima: where it is lowest. least: its value there; None where it falls without end.
        eigenvalues: of its Hessian, from small to large, where that is the same everywhere and
            there is a minimum; else ().
    """

    name: str
    expression: str
    slopes: tuple[str, str]
    start: Place
    box: tuple[float, float, float, float]
    minima: tuple[Place, ...] = ()
    least: float | None = None
    eigenvalues: tuple[float, ...] = ()

    @cached_property
    def of(self) -> Function:
        """f of numbers, arrays or tensors, which it is broadcast over."""
        return _function(self.expression)

    @cached_property
    def slopes_of(self) -> tuple[Function, Function]:
        """∂f/∂u and ∂f/∂v likewise."""
        return _function(self.slopes[0]), _function(self.slopes[1])

    @property
    def formula(self) -> str:
        """f for the screen."""
        return written(self.expression)

    def curvature(self, u: float, v: float) -> float:
        """The largest eigenvalue of the Hessian at a place, from differences of the slopes."""
        place, columns = np.array([u, v]), []
        for axis in (0, 1):
            by = np.zeros(2)
            by[axis] = _NEAR * max(1.0, abs(place[axis]))
            ahead, behind = (
                np.array([slope(*(place + sign * by)) for slope in self.slopes_of])
                for sign in (1, -1)
            )
            columns.append((ahead - behind) / (2 * by[axis]))
        (a, b), (c, d) = columns
        return float((a + d) / 2 + np.hypot((a - d) / 2, (b + c) / 2))


def _function(expression: str) -> Function:
    # The texts are those of the entries in the registry; their settings are numbers.
    made: Function = eval(f"lambda {', '.join(NAMES)}: {expression}", {})
    return made


def written(expression: str) -> str:
    """An expression as a formula for the screen."""
    for power, shown in _POWERS.items():
        expression = expression.replace(power, shown)
    return expression.replace("*", "·").replace("-", "−")
