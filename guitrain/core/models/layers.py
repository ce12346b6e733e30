"""What layers of all kinds have: how their weights are drawn, and their activations."""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 (its name everywhere)
from torch.nn import init

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
}


def drawn(shapes: Sequence[tuple[int, ...]], scheme: str, generator: Generator) -> list[Tensor]:
    """Weight and bias of each layer, for weights (units, …) of these shapes: as ``nn.Linear`` and
    ``nn.Conv2d`` draw them (LeCun's range 1/√inputs), then, where another scheme is chosen, all
    over again, as the script does.
    """
    made = []
    for shape in shapes:
        weight, bias = torch.empty(shape), torch.empty(shape[0])
        init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
        bound = 1 / math.sqrt(math.prod(shape[1:]))
        init.uniform_(bias, -bound, bound, generator=generator)
        made += [weight, bias]
    if scheme != "default":
        for weight, bias in zip(made[::2], made[1::2], strict=True):
            if scheme == "xavier":  # Glorot and Bengio 2010
                init.xavier_uniform_(weight, generator=generator)
            elif scheme == "kaiming":  # He et al. 2015
                init.kaiming_normal_(weight, nonlinearity="relu", generator=generator)
            else:
                init.zeros_(weight)
            init.zeros_(bias)
    return made
