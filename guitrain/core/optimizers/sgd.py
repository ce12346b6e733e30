"""Stochastic gradient descent with momentum, bit for bit ``torch.optim.SGD`` without its hooks."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guitrain.core.optimizers.moving import Rate, descend


class SGD:
    """v ← β·v + g (v ← g at the first step), w ← w − η·v, or with Nesterov's look ahead
    w ← w − η·(g + β·v) (Sutskever et al. 2013, as in torch).
    """

    def __init__(self, momentum: float, nesterov: bool = False) -> None:
        self._momentum = momentum
        self._nesterov = nesterov
        self._velocity: list[Tensor] = []

    def step(
        self,
        parameters: tuple[Tensor, ...],
        gradients: tuple[Tensor, ...],
        learning_rate: Rate,
    ) -> None:
        """Update the (detached) parameters in place."""
        if not self._momentum:
            descend(parameters, gradients, learning_rate)
            return
        if self._velocity:
            torch._foreach_mul_(self._velocity, self._momentum)
            torch._foreach_add_(self._velocity, gradients)
        else:
            self._velocity = [gradient.clone() for gradient in gradients]
        moves: list[Tensor] | tuple[Tensor, ...] = self._velocity
        if self._nesterov:
            moves = torch._foreach_add(gradients, self._velocity, alpha=self._momentum)
        descend(parameters, moves, learning_rate)

    def state(self) -> list[Tensor]:
        """The velocities, one like each parameter; empty before the first step with momentum."""
        return [velocity.clone() for velocity in self._velocity]

    def restore(self, state: Sequence[Tensor]) -> None:
        """Take back what ``state`` gave."""
        self._velocity = [velocity.clone() for velocity in state]
