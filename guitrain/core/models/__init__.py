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
    """What the learner needs of a model: its parameters stay outside, so it has no state.

    ``weights`` are the places of its parameters that are weights; the others are biases.
    """

    weights: tuple[int, ...]

    def initial(self, generator: "Generator") -> list["Tensor"]:
        """Fresh parameters, float32, drawn from ``generator`` alone."""

    def forward(self, parameters: Sequence["Tensor"], inputs: "Tensor") -> "Tensor":
        """Predictions (n, 1) for inputs (n, d), through autograd where the parameters ask so."""


@dataclass(frozen=True)
class Partial:
    """∂ŷ/∂p of one parameter: its formula, and its values (n,) for inputs (n, d)."""

    formula: str
    of: Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class ModelCode:
    """A model as lines of a script. Where inputs are standardised, the script has ``mean`` and
    ``deviation`` of x in front of them.

    Attributes:
        name: of the class. before: lines in front of it.
        head, parameters, tail: the class down to its parameters, the line of each, and the rest.
        numbers: lines that give variables named as the parameters their values in own units.
    """

    name: str
    before: tuple[str, ...]
    head: tuple[str, ...]
    parameters: tuple[str, ...]
    tail: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class ModelEntry(Entry):
    """A model.

    Attributes:
        parameter_names: the names of its scalar parameters, in the order of its numbers.
        weight_names: those of them that are weights, the others being biases: what penalties are
            laid on. In a script a bias has "bias" in its name, and nothing else has.
        formula: the prediction, for the screen.
        partials: ∂ŷ/∂p of each parameter, where the chain rule can be written out by hand; none
            where it cannot.
        build: makes the model from its settings (imports torch).
        to_own_units: parameters of standardised inputs (k, p) → of the data's own units.
        from_own_units: the inverse.
        code: the model in a script, for ``(values, initial, standardize)`` of the experiment;
            where ``initial`` is None it draws from torch's global generator.
    """

    parameter_names: tuple[str, ...] = field(kw_only=True)
    weight_names: tuple[str, ...] = field(kw_only=True)
    formula: str = field(kw_only=True)
    partials: tuple[Partial, ...] = field(kw_only=True, default=())
    build: Callable[[Mapping[str, Any]], Model] = field(kw_only=True)
    to_own_units: Callable[[NDArray[np.float64], Scaling], NDArray[np.float64]] = field(
        kw_only=True
    )
    from_own_units: Callable[[NDArray[np.float64], Scaling], NDArray[np.float64]] = field(
        kw_only=True
    )
    code: Callable[[Mapping[str, Any], tuple[float, ...] | None, bool], ModelCode] = field(
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


def _linear_code(
    values: Mapping[str, Any], initial: tuple[float, ...] | None, standardize: bool
) -> ModelCode:
    before: tuple[str, ...] = ()
    if initial is None:
        starts = ["torch.randn(1)", "torch.randn(1)"]
    elif standardize:
        before = (f"w, b = {initial[0]!r}, {initial[1]!r}  # where they start, in x's own unit",)
        starts = [
            f"torch.tensor([{start}], dtype=torch.float32)"
            for start in ("w * deviation", "b + w * mean")
        ]
    else:
        starts = [f"torch.tensor([{number!r}])" for number in initial]
    if standardize:
        numbers = ("w = model.weights.item() / deviation", "b = model.bias.item() - w * mean")
    else:
        numbers = ("w = model.weights.item()", "b = model.bias.item()")
    return ModelCode(
        "LinearRegression",
        before,
        (
            "class LinearRegression(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
        ),
        (
            f"        self.weights = nn.Parameter({starts[0]})",
            f"        self.bias = nn.Parameter({starts[1]})",
        ),
        ("", "    def forward(self, x):", "        return self.weights * x + self.bias"),
        numbers,
    )


LINEAR = ModelEntry(
    name="linear",
    label=QT_TRANSLATE_NOOP("Model", "Linear"),
    help=QT_TRANSLATE_NOOP("Model", "A straight line: a weight w and a bias b."),
    parameter_names=("w", "b"),
    weight_names=("w",),
    formula="ŷ = w·x + b",
    partials=(
        Partial("x", lambda inputs: inputs[:, 0]),
        Partial("1", lambda inputs: np.ones(len(inputs))),
    ),
    build=_build_linear,
    to_own_units=_linear_to_own,
    from_own_units=_linear_from_own,
    code=_linear_code,
)

MODELS: Registry[ModelEntry] = Registry("model", LINEAR)
