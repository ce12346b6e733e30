"""A convolutional net, as ``nn.Sequential`` of ``nn.Conv2d`` and ``nn.Linear`` computes it."""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 (its name everywhere)

from guitrain.core.models.entry import Model
from guitrain.core.models.layers import ACTIVATIONS, drawn


class CNN(Model):
    """Parameters K1 (filters, 1, 3, 3), b1 (filters,), K2, b2, … of the filters, and W and b of the
    linear layer, as ``nn.Conv2d`` and ``nn.Linear`` have them (LeCun et al. 1998, "Gradient-Based
    Learning Applied to Document Recognition").

    Args:
        image: height and width of the images whose pixels are the inputs.
        shapes: of the weights of each layer, the linear one last.
        activation, scheme: as of ``MLP``.
    """

    def __init__(
        self,
        image: tuple[int, int],
        shapes: Sequence[tuple[int, ...]],
        activation: str,
        scheme: str,
    ) -> None:
        self._image = (1, *image)
        self._shapes = shapes
        self._activation = ACTIVATIONS[activation]
        self._scheme = scheme
        self._filters = range(0, 2 * len(shapes) - 2, 2)

    def initial(self, generator: Generator) -> list[Tensor]:
        """Weight and bias of each layer."""
        return drawn(self._shapes, self._scheme, generator)

    def forward(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """(n, d) → (n, k). What torch calls a convolution is a cross-correlation."""
        activation, convolved = self._activation, torch.conv2d
        pooled = torch.max_pool2d if torch.is_grad_enabled() else _largest
        given = inputs.unflatten(1, self._image)
        for at in self._filters:
            made = convolved(given, parameters[at], parameters[at + 1], padding=1)
            given = pooled(activation(made), 2)
        return F.linear(given.flatten(1), parameters[-2], parameters[-1])

    def hidden(self, parameters: Sequence[Tensor], inputs: Tensor) -> list[Tensor]:
        """What each layer of filters gives (n, filters, height, width), before it is pooled."""
        made: list[Tensor] = []
        given = inputs.unflatten(1, self._image)
        for at in self._filters:
            if made:
                given = torch.max_pool2d(made[-1], 2)
            sums = torch.conv2d(given, parameters[at], parameters[at + 1], padding=1)
            made.append(self._activation(sums))
        return made


def _largest(given: Tensor, size: int) -> Tensor:
    """The numbers of ``max_pool2d`` without their places, which only BACKWARD asks for: of all the
    points in a seventh of its time.
    """
    high, wide = (side // size * size for side in given.shape[-2:])
    rows = given[..., 0:high:size, :wide]
    for at in range(1, size):
        rows = torch.maximum(rows, given[..., at:high:size, :wide])
    made = rows[..., 0::size]
    for at in range(1, size):
        made = torch.maximum(made, rows[..., at::size])
    return made
