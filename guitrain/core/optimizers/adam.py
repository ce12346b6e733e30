"""Adam and AdamW, bit for bit ``torch.optim.Adam`` and ``AdamW`` on the CPU without their hooks."""

from collections.abc import Sequence

import torch
from torch import Tensor

from guitrain.core.optimizers.entry import LARGEST_COUNT
from guitrain.core.optimizers.moving import Rate, decay, descend_by_ratio, divided


class Adam:
    """m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w − η·m′/(√v′ + ε), where
    m′ = m/(1 − β₁ᵗ) and v′ = v/(1 − β₂ᵗ) (Kingma and Ba 2015, algorithm 1; worked out in torch's
    order).

    With a decay λ, w ← (1 − η·λ)·w before that: AdamW (Loshchilov and Hutter 2019, algorithm 2).
    """

    def __init__(self, beta1: float, beta2: float, eps: float, decay: float = 0.0) -> None:
        self._beta1, self._beta2, self._eps, self._decay = beta1, beta2, eps, decay
        self._means: list[Tensor] = []
        self._squares: list[Tensor] = []
        self._count = 0

    def step(
        self,
        parameters: tuple[Tensor, ...],
        gradients: tuple[Tensor, ...],
        learning_rate: Rate,
    ) -> None:
        """Update the (detached) parameters in place."""
        if not self._means:
            self._means = [torch.zeros_like(p) for p in parameters]
            self._squares = [torch.zeros_like(p) for p in parameters]
        self._count = count = min(self._count + 1, LARGEST_COUNT)
        if self._decay:
            decay(parameters, learning_rate, self._decay)
        torch._foreach_lerp_(self._means, gradients, 1 - self._beta1)
        torch._foreach_mul_(self._squares, self._beta2)
        torch._foreach_addcmul_(self._squares, gradients, gradients, 1 - self._beta2)
        divisors = torch._foreach_sqrt(self._squares)
        torch._foreach_div_(divisors, (1 - self._beta2**count) ** 0.5)
        torch._foreach_add_(divisors, self._eps)
        size = divided(learning_rate, 1 - self._beta1**count)
        descend_by_ratio(parameters, self._means, divisors, size)

    def state(self) -> list[Tensor]:
        """All m, all v, then t (); empty before the first step."""
        if not self._means:
            return []
        kept = [tensor.clone() for tensor in (*self._means, *self._squares)]
        return [*kept, torch.tensor(float(self._count))]

    def restore(self, state: Sequence[Tensor]) -> None:
        """Take back what ``state`` gave."""
        kept = [tensor.clone() for tensor in state[:-1]]
        half = len(kept) // 2
        self._means, self._squares = kept[:half], kept[half:]
        self._count = int(state[-1]) if state else 0
