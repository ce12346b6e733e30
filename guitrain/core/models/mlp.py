"""A multi-layer perceptron, as ``nn.Sequential`` of ``nn.Linear`` computes it."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 (its name everywhere)
from torch.nn import init

from guitrain.core.models.entry import Model

_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
}


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
        self._activation = _ACTIVATIONS[activation]
        self._scheme = scheme
        self._kept = 1 - dropout
        self._ends = range(2, 2 * len(self._sizes), 2)

    def initial(self, generator: Generator) -> list[Tensor]:
        """Weight and bias of each layer: as ``nn.Linear`` draws them (LeCun's range 1/√inputs),
        then, where another scheme is chosen, all over again, as the script does.
        """
        made = []
        for inputs, units in self._sizes:
            weight, bias = torch.empty(units, inputs), torch.empty(units)
            init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
            bound = 1 / math.sqrt(inputs)
            init.uniform_(bias, -bound, bound, generator=generator)
            made += [weight, bias]
        if self._scheme != "default":
            for weight, bias in zip(made[::2], made[1::2], strict=True):
                if self._scheme == "xavier":  # Glorot and Bengio 2010
                    init.xavier_uniform_(weight, generator=generator)
                elif self._scheme == "kaiming":  # He et al. 2015
                    init.kaiming_normal_(weight, nonlinearity="relu", generator=generator)
                else:
                    init.zeros_(weight)
                init.zeros_(bias)
        return made

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
