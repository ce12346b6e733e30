"""Reads the computation graph of one step from autograd.

The step's FORWARD, LOSS and BACKWARD are carried out again, on copies of its parameters: the same
operations on the same numbers give the same bits, and the learner's own tensors stay untouched.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.autograd.graph import Node, get_gradient_edge
from torch.autograd.variable import Variable
from torch.utils._python_dispatch import TorchDispatchMode

from guitrain.core.devices import as_array
from guitrain.core.graph_view import GraphEdge, GraphNode, GraphView
from guitrain.core.phases import Phase

Forward = Callable[[Sequence[Tensor], Tensor], Tensor]
LossFunction = Callable[[Tensor, Tensor], Tensor]
_Numbers = NDArray[np.float32] | None

_run_backward = Variable._execution_engine.run_backward
_ONE = (torch.ones(()),)  # ∂L/∂L
_MEASURED = (Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE)
_GONE_BACK = (Phase.BACKWARD, Phase.UPDATE)
_DATA = ("x", "y")


def graph_of(
    forward: Forward,
    loss_function: LossFunction,
    parameters: Sequence[Tensor],
    names: Sequence[str],
    inputs: Tensor,
    targets: Tensor,
    phase: Phase,
    position: int | None = None,
    *,
    penalty: Callable[[Sequence[Tensor]], Tensor] | None = None,
) -> GraphView:
    """The graph of a step as far as ``phase`` (FORWARD … UPDATE) shows it.

    ``parameters`` are those before the update; ``names`` name them, where there is one for each.
    ``inputs`` (n, d) and ``targets`` (n, 1) are the step's batch, ``position`` the row of it to
    be followed, if any. All nodes are there from FORWARD on; values and gradients that the step
    has not come to yet are None. ``penalty``, of the parameters, is added to the mean loss.
    """
    leaves = tuple(p.detach().clone().requires_grad_() for p in parameters)
    if len(names) != len(leaves):
        names = [f"p{number}" for number in range(1, len(leaves) + 1)]
    if position is not None and not 0 <= position < len(targets):
        position = None
    with _Recorder(inputs, targets) as recorder:
        prediction = forward(leaves, inputs)
        loss = mean = loss_function(prediction, targets)
        if penalty is not None:
            loss = mean + penalty(leaves)
    graph = _Graph(loss, mean, prediction, recorder)
    for leaf, name in zip(leaves, names, strict=True):
        graph.names[_node_of(leaf)] = name
    if phase in _GONE_BACK:
        graph.go_back(leaves, position)
    if phase not in _MEASURED:
        graph.forget_loss()
    elif position is not None:
        row = slice(position, position + 1)
        with torch.no_grad():
            term = loss_function(prediction[row], targets[row])
        graph.shares[graph.mean] = term / len(targets)
    return graph.view(phase, position)


class _Recorder(TorchDispatchMode):
    """Sees every operation's arguments as torch carries it out.

    An argument with a node of autograd's is that node's result. One without, whose memory is the
    data's or was made from data alone, is data: autograd needs no gradient of it, so it has no
    node.

    Attributes:
        data: inputs and targets. results: each node's result.
        reads: results of operations that data (by its index) goes into.
    """

    def __init__(self, *data: Tensor) -> None:
        super().__init__()
        self.data = data
        self.results: dict[Node, Tensor] = {}
        self.reads: list[tuple[int, Tensor]] = []
        # By the address of its memory, which a view shares.
        self._origins = {_address(tensor): index for index, tensor in enumerate(data)}

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Carry the operation out, and note what went into it."""
        result = func(*args, **(kwargs or {}))
        arguments = _tensors((*args, *(kwargs or {}).values()))
        origins = set()
        for argument in arguments:
            if argument.grad_fn is not None:
                self.results.setdefault(argument.grad_fn, argument)
            elif (origin := self._origins.get(_address(argument))) is not None:
                origins.add(origin)
        of_data = not any(argument.requires_grad for argument in arguments)
        for made in _tensors((result,)):
            for origin in origins:
                # Held here, the result's memory is not used again under the same address.
                self.reads.append((origin, made))
                if of_data:
                    self._origins.setdefault(_address(made), origin)
        return result


def _tensors(values: Sequence[Any]) -> list[Tensor]:
    found: list[Tensor] = []
    for value in values:
        if isinstance(value, Tensor):
            found.append(value)
        elif isinstance(value, list | tuple):
            found += [each for each in value if isinstance(each, Tensor)]
    return found


def _address(tensor: Tensor) -> int:
    return tensor.untyped_storage().data_ptr()


class _Graph:
    """Autograd's nodes from the loss on, and what passes through them.

    Attributes:
        loss, prediction: their nodes. mean: that of the loss before penalties.
        order: all nodes, each after those that go into it.
        names: of the parameters, by their nodes.
        values, gradients: of each node's result. passed: what each operation handed back to its
            inputs. shares: see ``GraphNode``.
    """

    def __init__(self, loss: Tensor, mean: Tensor, prediction: Tensor, recorder: _Recorder) -> None:
        self.loss, self.mean = _node_of(loss), _node_of(mean)
        self.prediction = _node_of(prediction)
        self.order = _ordered(self.loss)
        self.names: dict[Node, str] = {}
        self.values = {**recorder.results, self.prediction: prediction, self.loss: loss}
        self.gradients: dict[Node, Tensor | None] = {}
        self.passed: dict[Node, tuple[Tensor | None, ...]] = {}
        self.shares: dict[Node, Tensor] = {}
        self._tensors = (prediction, loss)
        self._of_model = set(_ordered(self.prediction))
        self._data = recorder.data
        self._readers: dict[Node, list[int]] = {}  # which data an operation reads
        for origin, made in recorder.reads:
            if made.grad_fn is not None:
                read = self._readers.setdefault(made.grad_fn, [])
                if origin not in read:
                    read.append(origin)

    def forget_loss(self) -> None:
        """As if the loss had not been computed yet."""
        for node in self.order:
            if node not in self._of_model:
                self.values.pop(node, None)

    def go_back(self, leaves: tuple[Tensor, ...], position: int | None) -> None:
        """BACKWARD, noting what passes; then once more for the sample at ``position`` alone."""

        def hook_of(node: Node) -> Callable[[Any, Any], None]:
            def hook(inputs: tuple[Tensor | None, ...], outputs: tuple[Tensor | None, ...]) -> None:
                self.passed[node] = inputs
                self.gradients[node] = next((g for g in outputs if g is not None), None)

            return hook

        prediction, loss = self._tensors
        operations = [node for node in self.order if not _is_leaf(node)]
        hooks = [node.register_hook(hook_of(node)) for node in operations]
        follow = position is not None
        found = _run_backward((loss,), _ONE, follow, False, leaves, False, accumulate_grad=False)
        self.gradients.update(zip(map(_node_of, leaves), found, strict=True))
        for hook in hooks:
            hook.remove()
        whole = self.gradients.get(self.prediction)
        if position is not None and whole is not None:
            # Samples meet in the loss only: without the others' gradients, its own is left.
            own = torch.zeros_like(whole)
            own[position] = whole[position]
            found = _run_backward(
                (prediction,), (own,), False, False, leaves, False, accumulate_grad=False
            )
            self.shares.update(zip(map(_node_of, leaves), found, strict=True))

    def view(self, phase: Phase, position: int | None) -> GraphView:
        """All of it as numbers; data stand in front of the first operation that reads them."""
        nodes: list[GraphNode] = []
        edges: list[GraphEdge] = []
        places: dict[Node | int, int] = {}
        for node in self.order:
            if _transposed(node) is not None:
                continue
            read = self._readers.get(node, [])
            for origin in read:
                if origin not in places:
                    places[origin] = len(nodes)
                    value = _numbers(self._data[origin])
                    nodes.append(GraphNode("data", _DATA[origin], value, None, batched=True))
            here = places[node] = len(nodes)
            into = [GraphEdge(places[origin], here, None) for origin in read]
            into += [GraphEdge(places[n], here, g) for n, g in self._handed_back(node).items()]
            # From the mean on there is one number for all the samples.
            batched = node is not self.mean and any(nodes[edge.start].batched for edge in into)
            nodes.append(self._node(node, batched))
            edges += into
        return GraphView(phase, tuple(nodes), tuple(edges), places[self.prediction], position)

    def _handed_back(self, node: Node) -> dict[Node, _Numbers]:
        """What an operation hands back to each node that goes into it, as often as it does."""
        gradients = self.passed.get(node, (None,) * len(node.next_functions))
        found: dict[Node, _Numbers] = {}
        for (before, _), gradient in zip(node.next_functions, gradients, strict=True):
            if before is not None and (leaf := _transposed(before)) is not None:
                before, gradient = leaf, self.passed.get(before, (None,))[0]
            if before is not None:
                one, more = found.get(before), _numbers(gradient)
                found[before] = more if one is None else one if more is None else one + more
        return found

    def _node(self, node: Node, batched: bool) -> GraphNode:
        source = "AccumulateGrad" if _is_leaf(node) else node.name()
        name = self.names.get(node) or operation_name(source)
        value: Tensor | None = getattr(node, "variable", self.values.get(node))
        ours = node in self._of_model
        return GraphNode(
            "parameter" if _is_leaf(node) else "operation" if ours else "loss",
            name,
            _numbers(value),
            _numbers(self.gradients.get(node)),
            source,
            batched,
            _numbers(self.shares.get(node)),
        )


def _node_of(tensor: Tensor) -> Node:
    return get_gradient_edge(tensor).node


def _is_leaf(node: Node) -> bool:
    return hasattr(node, "variable")  # an AccumulateGrad


def _transposed(node: Node) -> Node | None:
    """The parameter that a node does nothing to but turn it, as each ``nn.Linear`` does with its
    weight: it is drawn as that parameter.
    """
    if node.name() != "TBackward0":
        return None
    before = node.next_functions[0][0]
    return before if before is not None and _is_leaf(before) else None


def _ordered(last: Node) -> list[Node]:
    """A node after all that it comes from. No recursion: a deep model's graph is a long one."""
    order: list[Node] = []
    seen: set[Node] = set()
    stack = [(last, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            befores = [before for before, _ in node.next_functions if before is not None]
            stack += [(before, False) for before in reversed(befores)]
    return order


def operation_name(source: str) -> str:
    """Autograd's name of an operation as one writes it in a program: "MulBackward0" → "mul"."""
    plain = re.sub(r"Backward\d*$", "", source.rpartition("::")[2])
    plain = re.sub(r"(\d)D(?=[A-Z]|$)", r"\1d_", plain).strip("_")  # MaxPool2DWithIndices
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower() or source


def _numbers(tensor: Tensor | None) -> _Numbers:
    """Read-only, without a copy: torch writes into none of these again."""
    if tensor is None:
        return None
    array: NDArray[np.float32] = as_array(tensor.float())
    array.flags.writeable = False
    return array
