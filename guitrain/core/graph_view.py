"""The computation graph of one step, as autograd built it. No torch here."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guitrain.core.phases import Phase

NodeKind = Literal["parameter", "data", "operation", "loss"]


@dataclass(frozen=True)
class GraphNode:
    """A leaf (a parameter, the inputs, the targets) or an operation with its result.

    Attributes:
        kind: "loss" is an operation of the loss function, "operation" one of the model.
        name: "w", "x", "y", "mul", "add", "mse_loss" …: an operation's is autograd's own
            ("MulBackward0" → "mul").
        value: the tensor itself, read-only float32; None before FORWARD (or LOSS) made it.
        gradient: ∂L of this tensor, of the same shape, as autograd passed it back; None before
            BACKWARD, and for data, which has none.
        source: what autograd calls it: "MulBackward0", "AccumulateGrad"; "" for data, which it
            does not know.
        batched: whether it has a row for each sample of the batch.
        share: what one sample adds to this parameter's gradient, or to the loss, from the same
            phase on as these; None where no sample is followed.
    """

    kind: NodeKind
    name: str
    value: NDArray[np.float32] | None
    gradient: NDArray[np.float32] | None
    source: str = ""
    batched: bool = False
    share: NDArray[np.float32] | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it is no operation's result."""
        return self.kind in ("parameter", "data")


@dataclass(frozen=True)
class GraphEdge:
    """The tensor of node ``start`` goes into node ``end``, which passes ``gradient`` back.

    A node's gradient is the sum of those of its edges. None before BACKWARD, and for data.
    """

    start: int
    end: int
    gradient: NDArray[np.float32] | None


@dataclass(frozen=True)
class GraphView:
    """A graph without circles.

    Attributes:
        phase: how far its step has gone.
        nodes: in the order of the computation, an operation after all that goes into it; the
            last one gives the loss.
        edges: between nodes, by their indices; two nodes share one at most.
        prediction: which node gives ŷ.
        position: which sample of the batch the nodes' ``share`` is of, or None.
    """

    phase: Phase
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    prediction: int
    position: int | None = None

    @property
    def loss(self) -> int:
        """Which node gives the loss."""
        return len(self.nodes) - 1
