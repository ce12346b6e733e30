"""A model as layers of units, and what its units do over the range of the inputs. No torch here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data
from guitrain.core.models import Form

MANY = 40  # units, from which each is sampled at fewer places
_CURVE, _CURVE_OF_MANY = 61, 31  # places along one input
_MAP, _MAP_OF_MANY = 40, 20  # places along each of two inputs
_POINTS = 256  # training points, at most, where there are more than two inputs
_MARGIN = 0.05  # of the span of the training points, beyond it on either side

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Layer:
    """A layer of units, each a weighted sum of ``inputs`` numbers and a bias.

    Attributes:
        name: as in the model's formulas: h1, h2, …, and the output's.
        weight, bias: which of ``Form.tensors`` they are. units, inputs: how many.
        shape: of the weights' tensor: (units, inputs), (inputs, 1) or (inputs,).
    """

    name: str
    weight: int
    bias: int
    units: int
    inputs: int
    shape: tuple[int, ...]

    def index(self, unit: int, source: int) -> tuple[int, ...]:
        """The place of a weight in its tensor."""
        if len(self.shape) == 1:
            return (source,)
        return (unit, source) if self.shape == (self.units, self.inputs) else (source, unit)

    def matrix(self, weights: Floats) -> Floats:
        """The weights' tensor as (units, inputs)."""
        if self.shape == (self.units, self.inputs):
            return weights
        return weights.reshape(self.inputs, self.units).T

    def unit(self, number: int) -> str:
        """What a unit is called: "h1[2]", counted from 0 as PyTorch does; or only "ŷ"."""
        alone = self.units == 1 and not self.name.startswith("h")
        return self.name if alone else f"{self.name}[{number}]"


def layers_of(form: Form) -> tuple[Layer, ...]:
    """The layers of a model, or () where it is not made of layers of units."""
    if len(form.tensors) % 2:
        return ()
    layers: list[Layer] = []
    output = (form.layers[-1] if form.layers else form.formula).partition(" = ")[0]
    for at in range(0, len(form.tensors), 2):
        (_, weights), (bias, biases) = form.tensors[at : at + 2]
        units = math.prod(biases)
        inputs = math.prod(weights) // max(units, 1)
        known = {(units, inputs), (inputs, units), (inputs,) if units == 1 else ()}
        if not bias.startswith("b") or len(biases) != 1 or weights not in known:
            return ()
        if layers and layers[-1].units != inputs:
            return ()
        last = at + 2 == len(form.tensors)
        name = output if last else f"h{len(layers) + 1}"
        layers.append(Layer(name, at, at + 1, units, inputs, weights))
    return tuple(layers)


def source_names(form: Form, layers: Sequence[Layer]) -> tuple[str, ...]:
    """What goes into the first layer, as formulas call it: x; x1, x2², sin x1; x, x², x³."""
    count = layers[0].inputs
    terms = tuple(partial.formula for partial in form.partials[:-1])
    known = (form.shape.names, terms)
    usual = tuple(f"x{number}" for number in range(1, count + 1))
    return next((names for names in known if len(names) == count), usual)


class Over(Enum):
    """What the units' outputs are shown over."""

    CURVE = "curve"  # one input
    MAP = "map"  # two inputs
    POINTS = "points"  # the training points, where there are more inputs than can be drawn


@dataclass(frozen=True, eq=False)
class Samples:
    """Inputs (n, d), in the data's own units, at which units are looked at.

    A curve goes from low to high. A map has ``side`` rows of ``side`` places, the first row at
    the top, where the second input is highest.
    """

    over: Over
    inputs: NDArray[np.float64]
    side: int
    ranges: tuple[tuple[float, float], ...]


def samples_of(data: Data, units: int) -> Samples:
    """Where to look at so many units."""
    inputs = data.train.inputs
    if inputs.shape[1] > 2:
        rows = np.linspace(0, len(inputs) - 1, min(len(inputs), _POINTS)).astype(np.int64)
        return Samples(Over.POINTS, inputs[rows], 0, ())
    ranges = []
    for column in inputs.T:
        low, high = float(column.min()), float(column.max())
        room = _MARGIN * (high - low) or 1.0
        ranges.append((low - room, high + room))
    many = units > MANY
    if len(ranges) == 1:
        places = np.linspace(*ranges[0], _CURVE_OF_MANY if many else _CURVE)
        return Samples(Over.CURVE, places[:, None], 0, tuple(ranges))
    side = _MAP_OF_MANY if many else _MAP
    across, down = np.linspace(*ranges[0], side), np.linspace(*ranges[1], side)[::-1]
    grid = np.stack([np.tile(across, side), np.repeat(down, side)], axis=1)
    return Samples(Over.MAP, grid, side, tuple(ranges))


@dataclass(frozen=True, eq=False)
class WeightsView:
    """The parameters of a moment, as the model sees them; read-only.

    Attributes:
        run_id, step: of which run, after how many updates.
        parameters: the tensors, in the order of ``Form.tensors``.
        gradients: ∂L/∂p of the same, as the last BACKWARD found them; None before the first.
        of_step: the step (from 1) whose gradients these are.
    """

    run_id: int
    step: int
    parameters: tuple[Floats, ...]
    gradients: tuple[Floats, ...] | None
    of_step: int

    def value(self, tensor: int, index: tuple[int, ...]) -> float:
        """One parameter."""
        return float(self.parameters[tensor][index])

    def gradient(self, tensor: int, index: tuple[int, ...]) -> float | None:
        """∂L/∂p of one parameter, where it is known."""
        return None if self.gradients is None else float(self.gradients[tensor][index])


@dataclass(frozen=True, eq=False)
class UnitsView:
    """What each unit gives (units, n) at the samples' n inputs, layer by layer, the outputs last;
    read-only. Infinite or NaN where the run has diverged.
    """

    samples: Samples
    layers: tuple[Floats, ...]
