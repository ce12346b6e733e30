"""Adagrad, bit for bit ``torch.optim.Adagrad`` on the CPU without its hooks."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guitrain.core.optimizers.entry import LARGEST_COUNT
from guitrain.core.optimizers.moving import Rate, descend_by_ratio, divided


class Adagrad:
    """s ← s + g², w ← w − η·g/(√s + ε), with η/(1 + (t − 1)·γ) in place of η where the rate has a
    decay γ of its own (Duchi, Hazan and Singer 2011, figure 1, as in torch).
    """

    def __init__(self, decay: float, start: float, eps: float) -> None:
        self._decay, self._start, self._eps = decay, start, eps
        self._sums: list[Tensor] = []
        self._count = 0

    def step(
        self,
        parameters: tuple[Tensor, ...],
        gradients: tuple[Tensor, ...],
        learning_rate: Rate,
    ) -> None:
        """Update the (detached) parameters in place."""
        if not self._sums:
            self._sums = [torch.full_like(p, self._start) for p in parameters]
        self._count = min(self._count + 1, LARGEST_COUNT)
        torch._foreach_addcmul_(self._sums, gradients, gradients, 1)
        divisors = torch._foreach_sqrt(self._sums)
        torch._foreach_add_(divisors, self._eps)
        rate = divided(learning_rate, 1 + (self._count - 1) * self._decay)
        descend_by_ratio(parameters, gradients, divisors, rate)

    def state(self) -> list[Tensor]:
        """All s, then with a decay t (); empty before the first step."""
        kept = [tensor.clone() for tensor in self._sums]
        return [*kept, torch.tensor(float(self._count))] if kept and self._decay else kept

    def restore(self, state: Sequence[Tensor]) -> None:
        """Take back what ``state`` gave."""
        counted = bool(state) and bool(self._decay)
        kept = state[:-1] if counted else state
        self._count = int(state[-1]) if counted else 0
        self._sums = [tensor.clone() for tensor in kept]
