"""The article's model: ŷ = w·x + b with two parameters of its own."""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor

from guitrain.core.models.entry import Model


class Linear(Model):
    """ŷ = w·x + b; parameters w (1,) and b (1,), drawn as the article does: ``torch.randn(1)``."""

    def initial(self, generator: Generator) -> list[Tensor]:
        """w, then b, each standard normal."""
        return [torch.randn(1, generator=generator), torch.randn(1, generator=generator)]

    def forward(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """(n, 1) → (n, 1). Two operations, as in the article: addcmul leaves its bits."""
        return parameters[0] * inputs + parameters[1]
