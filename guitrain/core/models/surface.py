"""A test surface as a model: two parameters, and what the surface makes of them."""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor

from guitrain.core.models.entry import Model
from guitrain.core.surfaces import Surface


class SurfaceModel(Model):
    """f(u, v); parameters u and v, numbers both (shape ()), at the surface's classic start."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def initial(self, generator: Generator) -> list[Tensor]:
        """u, then v: nothing is drawn."""
        return [torch.tensor(number) for number in self._surface.start]

    def forward(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """The height there, a number (shape ()); the inputs are none."""
        height: Tensor = self._surface.of(*parameters)
        return height
