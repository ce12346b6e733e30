"""The last part of every update, with one learning rate, or with one for each of many runs."""

import torch
from torch import Tensor

Rate = float | tuple[Tensor, ...]
"""A number; or, for parameters with a leading runs dimension, for each of them a tensor with the
run's rate that broadcasts over it."""

Tensors = tuple[Tensor, ...] | list[Tensor]


def divided(rate: Rate, by: float) -> Rate:
    """η/by."""
    return rate / by if isinstance(rate, float) else tuple(each / by for each in rate)


def descend(parameters: Tensors, moves: Tensors, rate: Rate) -> None:
    """w ← w − η·move, in place."""
    if isinstance(rate, float):
        torch._foreach_add_(parameters, moves, alpha=-rate)
    else:
        torch._foreach_sub_(parameters, torch._foreach_mul(moves, rate))


def descend_by_ratio(parameters: Tensors, moves: Tensors, divisors: Tensors, rate: Rate) -> None:
    """w ← w − η·move/divisor, in place."""
    if isinstance(rate, float):
        torch._foreach_addcdiv_(parameters, moves, divisors, -rate)
    else:
        descend(parameters, torch._foreach_div(moves, divisors), rate)


def decay(parameters: Tensors, rate: Rate, strength: float) -> None:
    """w ← (1 − η·strength)·w, in place."""
    if isinstance(rate, float):
        torch._foreach_mul_(parameters, 1 - rate * strength)
    else:
        torch._foreach_mul_(parameters, tuple(1 - each * strength for each in rate))
