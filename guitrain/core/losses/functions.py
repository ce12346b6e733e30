"""The losses themselves, in torch.

They call the operators that ``torch.nn.functional`` calls after checking and broadcasting its
arguments, which here have one shape anyway: the same bits at a tenth of the time per step
(tests compare each with its ``torch.nn`` module).
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

_MEAN = 1  # torch.nn._reduction.get_enum("mean")
_nn: Any = torch._C._nn  # its stubs ask for a str where it takes that number


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    """Mean squared error, as ``torch.nn.MSELoss()``."""
    loss: Tensor = _nn.mse_loss(prediction, target, _MEAN)
    return loss


def mae(prediction: Tensor, target: Tensor) -> Tensor:
    """Mean absolute error, as ``torch.nn.L1Loss()``."""
    loss: Tensor = _nn.l1_loss(prediction, target, _MEAN)
    return loss


def huber(delta: float) -> Callable[[Tensor, Tensor], Tensor]:
    """Huber's loss, as ``torch.nn.HuberLoss(delta=delta)``."""

    def loss(prediction: Tensor, target: Tensor) -> Tensor:
        value: Tensor = _nn.huber_loss(prediction, target, _MEAN, delta)
        return value

    return loss


def binary_cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Of logits (n, 1) and targets 0 or 1 (n, 1), as ``torch.nn.BCEWithLogitsLoss()``."""
    return torch.binary_cross_entropy_with_logits(outputs, targets, None, None, _MEAN)


def cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Of logits (n, k) and classes (n,) int64, as ``torch.nn.CrossEntropyLoss()``."""
    loss: Tensor = _nn.cross_entropy_loss(outputs, targets, None, _MEAN, -100, 0.0)
    return loss
