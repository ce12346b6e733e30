"""What an entry in the registry of models holds."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Scaling
from guitrain.core.features import input_names
from guitrain.core.params import Entry
from guitrain.core.surfaces import Surface

if TYPE_CHECKING:
    from torch import Generator, Tensor

MOST_RECORDED = 8  # parameters, at most, whose values are recorded at every step


class Model:
    """What the learner needs of a model: its parameters stay outside, so it has no state."""

    def initial(self, generator: "Generator") -> list["Tensor"]:
        """Fresh parameters, float32, drawn from ``generator`` alone."""
        raise NotImplementedError

    def forward(self, parameters: Sequence["Tensor"], inputs: "Tensor") -> "Tensor":
        """Outputs (n, k) for inputs (n, d), through autograd where the parameters ask so."""
        raise NotImplementedError

    def hidden(self, parameters: Sequence["Tensor"], inputs: "Tensor") -> list["Tensor"]:
        """What the units of each hidden layer give (n, units), for inputs (n, d), or its filters
        (n, filters, height, width), as in ``Form.maps``; none of a model without hidden layers.
        """
        return []

    def masks(self, count: int, generator: "Generator") -> list["Tensor"]:
        """What dropout multiplies each hidden layer by (count, units), for so many inputs: drawn
        from ``generator`` alone; none where there is no dropout.
        """
        return []

    def training(
        self, parameters: Sequence["Tensor"], inputs: "Tensor", masks: Sequence["Tensor"]
    ) -> "Tensor":
        """The outputs (n, k) under these masks."""
        return self.forward(parameters, inputs)


@dataclass(frozen=True)
class Shape:
    """What a model takes and gives: the data's inputs d and classes, and the loss's outputs k.

    ``classes`` is 0 where a number is learnt. An output is then the prediction ŷ; of classes it is
    a logit z, from which the loss makes probabilities. ``features`` names what the model takes
    where that is not the data's inputs as they are; ``inputs`` counts it. ``image`` is the height
    and width of an image where these inputs are its pixels, row by row; else None. ``surface`` is
    the test surface that stands in the place of data, which has no inputs.
    """

    inputs: int = 1
    outputs: int = 1
    classes: int = 0
    features: tuple[str, ...] = ()
    image: tuple[int, int] | None = None
    surface: Surface | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Of what the model takes, in formulas: x, or x1, x2, …"""
        return self.features or input_names(self.inputs)

    @property
    def output(self) -> str:
        """The letter of an output in formulas."""
        if self.surface is not None:
            return "f"
        return "z" if self.classes else "ŷ"

    @property
    def article(self) -> bool:
        """Whether it is the article's: one number of one input."""
        return self == Shape()


@dataclass(frozen=True)
class Partial:
    """∂ŷ/∂p of one parameter: its formula, and its values (n,) for inputs (n, d)."""

    formula: str
    of: Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Form:
    """What a model is under its settings.

    Attributes:
        formula: the prediction, for the screen. brief: the same in as few characters as can be.
        tensors: name and shape of each of its parameter tensors, in order. The name of a bias, and
            of nothing else, begins with b; in a script it has "bias" in it.
        names: of its scalar parameters, in the order of its numbers; () where they have none of
            their own.
        partials: ∂ŷ/∂p of each scalar parameter, where the chain rule can be written out by hand;
            none where it cannot.
        layers: the prediction step by step, a line each with its shapes; () where one formula
            says it all.
        title: what it is in a word or two, where its formula is too long for a title.
        shape: what it takes and gives.
        dropout: whether units are left out at random while it trains.
        maps: filters, height and width of what each layer of filters gives, before it is pooled;
            () of a model without filters.
        state: what the script's module calls each of the tensors, in its ``state_dict``.
    """

    formula: str
    brief: str
    tensors: tuple[tuple[str, tuple[int, ...]], ...]
    names: tuple[str, ...] = ()
    partials: tuple[Partial, ...] = ()
    layers: tuple[str, ...] = ()
    title: str = ""
    shape: Shape = Shape()
    dropout: bool = False
    maps: tuple[tuple[int, int, int], ...] = ()
    state: tuple[str, ...] = ()

    @cached_property
    def count(self) -> int:
        """How many scalar parameters there are."""
        return sum(math.prod(shape) for _, shape in self.tensors)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """Which of the tensors are weights, not biases: what penalties are laid on."""
        return tuple(at for at, (name, _) in enumerate(self.tensors) if not name.startswith("b"))

    @cached_property
    def weight_names(self) -> tuple[str, ...]:
        """Of the scalar parameters in these tensors."""
        return tuple(name for name in self.names if not name.startswith("b"))

    @cached_property
    def widest(self) -> int:
        """The most numbers that one of its operations makes of one row of inputs."""
        sides = (max(shape) for _, shape in self.tensors if shape)
        return max((*sides, *map(math.prod, self.maps)), default=1)

    @cached_property
    def few(self) -> bool:
        """Whether each parameter has a name, and there are so few that each is recorded."""
        return 0 < len(self.names) <= MOST_RECORDED

    @cached_property
    def straight(self) -> bool:
        """Whether the prediction is a straight line over one input: a factor and an offset."""
        return self.shape.article and [each.formula for each in self.partials] == ["x", "1"]


@dataclass(frozen=True)
class ModelCode:
    """A model as lines of a script. Where inputs are standardised, the script has ``mean`` and
    ``deviation`` of x in front of them: numbers, or of several inputs arrays (d,).

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


def sequential_code(name: str, modules: Sequence[str], drawn: Sequence[str]) -> ModelCode:
    """A class of this name whose layers are these modules, in order, a line each; ``drawn``: the
    lines that draw their weights anew.
    """
    return ModelCode(
        name,
        (),
        (
            f"class {name}(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
            "        self.layers = nn.Sequential(",
        ),
        tuple(modules),
        (
            "        )",
            *drawn,
            "",
            "    def forward(self, x):",
            "        return self.layers(x)",
        ),
        (),
    )


def _no_numbers(numbers: NDArray[np.float64], scaling: Scaling) -> NDArray[np.float64]:
    raise ValueError("the parameters of this model have no values in the data's own units")


@dataclass(frozen=True)
class ModelEntry(Entry):
    """A model.

    Attributes:
        form: what it is under its settings, for data and a loss of this shape.
        build: makes the model from the same (imports torch).
        code: the model in a script, for ``(values, shape, initial, standardize)`` of the
            experiment; where ``initial`` is None it draws from torch's global generator.
        least_inputs, most_inputs, most_outputs: how many it can have; None for any number.
        least_image: how many pixels high and wide an image must be that it looks at; 0 where its
            inputs can be anything.
        to_own_units: parameters of standardised inputs (k, p) → of the data's own units; called
            for models with few parameters alone.
        from_own_units: the inverse.
    """

    form: Callable[[Mapping[str, Any], Shape], Form] = field(kw_only=True)
    build: Callable[[Mapping[str, Any], Shape], Model] = field(kw_only=True)
    code: Callable[[Mapping[str, Any], Shape, tuple[float, ...] | None, bool], ModelCode] = field(
        kw_only=True
    )
    least_inputs: int = field(kw_only=True, default=1)
    most_inputs: int | None = field(kw_only=True, default=None)
    most_outputs: int | None = field(kw_only=True, default=None)
    least_image: int = field(kw_only=True, default=0)
    to_own_units: Callable[[NDArray[np.float64], Scaling], NDArray[np.float64]] = field(
        kw_only=True, default=_no_numbers
    )
    from_own_units: Callable[[NDArray[np.float64], Scaling], NDArray[np.float64]] = field(
        kw_only=True, default=_no_numbers
    )

    def sees(self, image: tuple[int, int] | None) -> bool:
        """Whether it can look at such an image; None is no image."""
        return min(image or (0,)) >= self.least_image

    def takes(self, inputs: int, outputs: int, image: tuple[int, int] | None) -> bool:
        """Whether it can have so many inputs and outputs, and such an image."""
        most = inputs if self.most_inputs is None else self.most_inputs
        few = self.least_inputs <= inputs <= most and outputs <= (self.most_outputs or outputs)
        return few and self.sees(image)
