"""RMSprop, bit for bit ``torch.optim.RMSprop`` on the CPU without its hooks."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guitrain.core.optimizers.moving import Rate, descend, descend_by_ratio


class RMSprop:
    """v ← α·v + (1 − α)·g², w ← w − η·g/(√v + ε) (Hinton 2012, lecture 6e, with torch's ε); with
    momentum u ← β·u + g/(√v + ε), w ← w − η·u.
    """

    def __init__(self, alpha: float, eps: float, momentum: float) -> None:
        self._alpha, self._eps, self._momentum = alpha, eps, momentum
        self._squares: list[Tensor] = []
        self._velocity: list[Tensor] = []

    def step(
        self,
        parameters: tuple[Tensor, ...],
        gradients: tuple[Tensor, ...],
        learning_rate: Rate,
    ) -> None:
        """Update the (detached) parameters in place."""
        if not self._squares:
            self._squares = [torch.zeros_like(p) for p in parameters]
            if self._momentum:
                self._velocity = [torch.zeros_like(p) for p in parameters]
        torch._foreach_mul_(self._squares, self._alpha)
        torch._foreach_addcmul_(self._squares, gradients, gradients, 1 - self._alpha)
        divisors = torch._foreach_sqrt(self._squares)
        torch._foreach_add_(divisors, self._eps)
        if self._momentum:
            torch._foreach_mul_(self._velocity, self._momentum)
            torch._foreach_addcdiv_(self._velocity, gradients, divisors)
            descend(parameters, self._velocity, learning_rate)
        else:
            descend_by_ratio(parameters, gradients, divisors, learning_rate)

    def state(self) -> list[Tensor]:
        """All v, then with momentum all u; empty before the first step."""
        return [tensor.clone() for tensor in (*self._squares, *self._velocity)]

    def restore(self, state: Sequence[Tensor]) -> None:
        """Take back what ``state`` gave."""
        kept = [tensor.clone() for tensor in state]
        size = len(kept) // 2 if self._momentum else len(kept)
        self._squares, self._velocity = kept[:size], kept[size:]
