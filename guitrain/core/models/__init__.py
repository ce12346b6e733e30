"""The registry of models. A new one is a file here and a line below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Scaling
from guitrain.core.params import Entry, Registry
from guitrain.core.phases import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from torch import Generator, Tensor


class Model(Protocol):
    """What the learner needs of a model: its parameters stay outside, so it has no state."""

    def initial(self, generator: "Generator") -> list["Tensor"]:
        """Fresh parameters, float32, drawn from ``generator`` alone."""

    def forward(self, parameters: Sequence["Tensor"], inputs: "Tensor") -> "Tensor":
        """Predictions (n, 1) for inputs (n, d), through autograd where the parameters ask so."""


@dataclass(frozen=True)
class ModelEntry(Entry):
    """A model.

    Attributes:
        parameter_names: the names of its scalar parameters, in the order of its numbers.
        formula: the prediction, for the screen.
        build: makes the model from its settings (imports torch).
        to_own_units: parameters of standardised inputs (k, p) → of the data's own units.
        from_own_units: the inverse.
    """

    parameter_names: tuple[str, ...] = field(kw_only=True)
    formula: str = field(kw_only=True)
    build: Callable[[Mapping[str, Any]], Model] = field(kw_only=True)
    to_own_units: Callable[[NDArray[np.float64], Scaling], NDArray[np.float64]] = field(
        kw_only=True
    )
    from_own_units: Callable[[NDArray[np.float64], Scaling], NDArray[np.float64]] = field(
        kw_only=True
    )


def _build_linear(values: Mapping[str, Any]) -> Model:
    from guitrain.core.models.linear import Linear

    return Linear()


def _linear_to_own(numbers: NDArray[np.float64], scaling: Scaling) -> NDArray[np.float64]:
    # w·(x − m)/d + b = (w/d)·x + (b − w·m/d)
    w = numbers[:, 0] / scaling.deviation[0]
    return np.stack([w, numbers[:, 1] - w * scaling.mean[0]], axis=1)


def _linear_from_own(numbers: NDArray[np.float64], scaling: Scaling) -> NDArray[np.float64]:
    w = numbers[:, 0] * scaling.deviation[0]
    return np.stack([w, numbers[:, 1] + numbers[:, 0] * scaling.mean[0]], axis=1)


LINEAR = ModelEntry(
    name="linear",
    label=QT_TRANSLATE_NOOP("Model", "Linear"),
    help=QT_TRANSLATE_NOOP("Model", "A straight line: a weight w and a bias b."),
    parameter_names=("w", "b"),
    formula="ŷ = w·x + b",
    build=_build_linear,
    to_own_units=_linear_to_own,
    from_own_units=_linear_from_own,
)

MODELS: Registry[ModelEntry] = Registry("model", LINEAR)
