"""Several inputs or outputs: z = W·x + b, as ``nn.Linear`` computes it."""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 (its name everywhere)

from guitrain.core.models.entry import Model


class Affine(Model):
    """Parameters W (k, d) and b (k,), drawn from the standard normal distribution, as the article
    draws its two.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        self._inputs, self._outputs = inputs, outputs

    def initial(self, generator: Generator) -> list[Tensor]:
        """W, then b."""
        weights = torch.randn(self._outputs, self._inputs, generator=generator)
        return [weights, torch.randn(self._outputs, generator=generator)]

    def forward(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """(n, d) → (n, k)."""
        return F.linear(inputs, parameters[0], parameters[1])
