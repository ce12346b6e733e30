"""A polynomial of one input: ŷ = w1·x + w2·x² + … + b."""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor

from guitrain.core.models.entry import Model


class Polynomial(Model):
    """Parameters w (degree, 1), of x, x², …, and b (1,), each drawn from the standard normal
    distribution, as the article draws its two.
    """

    def __init__(self, degree: int) -> None:
        self._powers = torch.arange(1, degree + 1)

    def initial(self, generator: Generator) -> list[Tensor]:
        """w, then b."""
        weights = torch.randn(len(self._powers), 1, generator=generator)
        return [weights, torch.randn(1, generator=generator)]

    def forward(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """(n, 1) → (n, 1)."""
        if self._powers.device != inputs.device:
            self._powers = self._powers.to(inputs.device)
        return inputs**self._powers @ parameters[0] + parameters[1]
