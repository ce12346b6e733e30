"""A multi-layer perceptron, as ``nn.Sequential`` of ``nn.Linear`` computes it."""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 (its name everywhere)

from guitrain.core.models.entry import Model
from guitrain.core.models.layers import ACTIVATIONS, drawn


class MLP(Model):
    """Parameters W1 (units, d), b1 (units,), W2, b2, … as ``nn.Linear`` has them.

    Args:
        sizes: inputs, units of each hidden layer, and outputs.
        activation: a name in ``ACTIVATIONS``.
        scheme: how the weights are drawn, a name in ``SCHEMES`` (``mlp_entry`` has the names).
        dropout: the chance of each hidden unit to be left out at a step of training.
    """

    def __init__(
        self, sizes: Sequence[int], activation: str, scheme: str, dropout: float = 0.0
    ) -> None:
        self._sizes = list(pairwise(sizes))
        self._activation = ACTIVATIONS[activation]
        self._scheme = scheme
        self._kept = 1 - dropout
        self._ends = range(2, 2 * len(self._sizes), 2)

    def initial(self, generator: Generator) -> list[Tensor]:
        """Weight and bias of each layer."""
        shapes = [(units, inputs) for inputs, units in self._sizes]
        return drawn(shapes, self._scheme, generator)

    def forward(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """(n, d) → (n, k)."""
        activation, linear = self._activation, F.linear
        hidden = linear(inputs, parameters[0], parameters[1])
        for at in self._ends:
            hidden = linear(activation(hidden), parameters[at], parameters[at + 1])
        return hidden

    def masks(self, count: int, generator: Generator) -> list[Tensor]:
        """0 for a unit that is left out, and for the others what makes up for it: the bits of
        ``nn.Dropout`` (Srivastava et al. 2014, "Dropout").
        """
        if self._kept == 1:
            return []
        return [
            torch.empty(count, units).bernoulli_(self._kept, generator=generator).div_(self._kept)
            for _, units in self._sizes[:-1]
        ]

    def training(
        self, parameters: Sequence[Tensor], inputs: Tensor, masks: Sequence[Tensor]
    ) -> Tensor:
        """(n, d) → (n, k), with dropout."""
        activation, linear = self._activation, F.linear
        hidden = linear(inputs, parameters[0], parameters[1])
        for at, mask in zip(self._ends, masks, strict=True):
            hidden = linear(activation(hidden) * mask, parameters[at], parameters[at + 1])
        return hidden

    def hidden(self, parameters: Sequence[Tensor], inputs: Tensor) -> list[Tensor]:
        """What the units of each hidden layer give (n, units), for inputs (n, d)."""
        given = [inputs]
        for at in (0, *self._ends[:-1]):
            sums = F.linear(given[-1], parameters[at], parameters[at + 1])
            given.append(self._activation(sums))
        return given[1:]
