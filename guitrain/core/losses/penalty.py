"""L1 and L2 penalties in torch; see ``guitrain.core.penalties``."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add

from torch import Tensor

PenaltyFunction = Callable[[Sequence[Tensor]], Tensor]


def penalty_function(l1: float, l2: float, weights: Sequence[int]) -> PenaltyFunction | None:
    """λ₁·Σ|w| + λ₂·Σw² of the parameters at these places; None where there is none.

    It adds up in the order of the exported script's ``penalty()``.
    """
    if not (l1 or l2) or not weights:
        return None

    def penalty(parameters: Sequence[Tensor]) -> Tensor:
        chosen = [parameters[at] for at in weights]
        parts = []
        if l1:
            parts.append(l1 * reduce(add, [w.abs().sum() for w in chosen]))
        if l2:
            parts.append(l2 * reduce(add, [w.square().sum() for w in chosen]))
        return reduce(add, parts)

    return penalty
