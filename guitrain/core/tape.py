"""A computation on tensors, carried out once and recorded, to be replayed as their values change.

Autograd builds its graph anew at each step, and Python calls every operation: for models this small
both take longer than the operations do. Recorded below them (by a ``TorchDispatchMode``, which sees
what the kernels do, backwards too), these can be replayed alone: as one graph that torch's own
interpreter carries out, with the same kernels in the same order, so to the same bits, and without
holding up Python's other threads.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

Stages = Callable[..., Iterator[tuple[Tensor, ...]]]

_DETACH = torch.ops.aten.detach.default
_TRANSPOSE = torch.ops.aten.t.default
# The graph has numbers for them.
_FORMATS = {torch.contiguous_format: 0, torch.preserve_format: 1, torch.channels_last: 2}
_TENSORS = torch._C.ListType.ofTensors()


def recorded(stages: Stages, changing: Sequence[Tensor], given: Sequence[Tensor] = ()) -> Stages:
    """``stages`` again, a generator function of tensors of the shapes of ``given``: what it yields
    is worked out at the present values of the tensors ``changing``, which must change in place.

    All the others that it takes must stay as they are: what follows from them alone is not worked
    out again. What it does must not depend on any values. A replay works out all that is yielded
    before it yields the first.
    """
    tape = _Tape(changing, given)
    with tape:
        for results in stages(*given):
            tape.give(results)
    return tape.replay()


class _Tape(TorchDispatchMode):
    """Writes each operation down as a node of a graph.

    Tensors that are given, or made by a node, are anew at each replay. The others are the graph's
    further inputs: those that change, with their views, and those that never do.
    """

    def __init__(self, changing: Sequence[Tensor], given: Sequence[Tensor]) -> None:
        super().__init__()
        self._graph: Any = torch._C.Graph()  # (its types leave out half of it)
        self._values: dict[int, Any] = {}  # by the id of a tensor: its value in the graph
        self._kept: list[Any] = []  # so that no id is given twice
        self._anew: set[int] = set()  # the ids of those made anew
        self._turned: dict[int, Tensor] = {}  # a transposed tensor → what it was made of
        self._others: list[Tensor] = []  # the further inputs
        self._results: list[Any] = []
        self._counts: list[int] = []  # of the results of each stage
        self._memory = {tensor.untyped_storage().data_ptr() for tensor in changing}
        for tensor in given:
            self._know(tensor, self._graph.addInput(), anew=True)

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # Torch's compiler is not in use, and to tell it so would load it, for seconds.
        return False

    def _know(self, tensor: Any, value: Any, *, anew: bool) -> Any:
        self._kept.append(tensor)
        self._values[id(tensor)] = value
        if anew:
            self._anew.add(id(tensor))
        return value

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        out = func(*args, **kwargs)
        if (same := self._of_no_work(func, args)) is not None:
            self._know(out, self._value(same), anew=True)
            return out
        made = out if isinstance(out, tuple | list) else (out,)
        if not func._schema.is_mutable and self._is_same_again(made, (args, kwargs)):
            return out  # known, where it is used, as a further input
        returned = func._schema.returns
        found = self._node(func._schema.name, self._arguments(func, args, kwargs), len(returned))
        if isinstance(out, list) and len(returned) == 1:
            found[0].setType(_TENSORS)
            found = self._node("prim::ListUnpack", found, len(out))
        for each, value in zip(made, found, strict=True):
            self._know(each, value, anew=True)
        if func is _TRANSPOSE:
            self._turned[id(out)] = args[0]
        return out

    def _of_no_work(self, func: Any, args: Sequence[Any]) -> Tensor | None:
        """The tensor made anew that this operation gives just as it is."""
        if func is _DETACH and id(args[0]) in self._anew:
            found: Tensor = args[0]  # a replay has no graph to detach from
            return found
        return self._turned.get(id(args[0])) if func is _TRANSPOSE else None

    def _is_same_again(self, made: Sequence[Any], uses: Any) -> bool:
        """Whether an operation need not be carried out again."""
        used = list(_tensors_in(uses))
        if any(id(tensor) in self._anew for tensor in used):
            return False
        if not any(map(self._is_changing, used)):
            return True
        return all(isinstance(each, Tensor) and self._is_changing(each) for each in made)

    def _is_changing(self, tensor: Tensor) -> bool:
        return tensor.untyped_storage().data_ptr() in self._memory

    def _arguments(self, func: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> list[Any]:
        """All that the operation takes, in order; torch leaves out what has its default."""
        found = []
        for at, each in enumerate(func._schema.arguments):
            default = kwargs.get(each.name, each.default_value)
            value = args[at] if at < len(args) else default
            empty = isinstance(value, list) and not value
            found.append(self._list((), each.type) if empty else self._value(value))
        return found

    def _value(self, given: Any) -> Any:
        """In the graph."""
        if isinstance(given, Tensor):
            value = self._values.get(id(given))
            if value is None:
                # Detached: what is replayed makes no graph of autograd's.
                self._others.append(given.detach())
                value = self._know(given, self._graph.addInput(), anew=False)
            return value
        if isinstance(given, list | tuple) and any(isinstance(each, Tensor) for each in given):
            return self._list(given)
        is_format = isinstance(given, torch.memory_format)
        return self._graph.insertConstant(_FORMATS[given] if is_format else given)

    def _list(self, items: Sequence[Any], of: Any = _TENSORS) -> Any:
        (value,) = self._node("prim::ListConstruct", [self._value(each) for each in items], 1)
        value.setType(of)
        return value

    def _node(self, name: str, values: Sequence[Any], outputs: int) -> list[Any]:
        node = self._graph.create(name, values, outputs)
        self._graph.appendNode(node)
        return list(node.outputs())

    def give(self, results: Sequence[Tensor]) -> None:
        """The stages so far have come to these."""
        self._results += results
        self._counts.append(len(results))

    def replay(self) -> Stages:
        """The graph that leads to what was given, as a generator function."""
        self._graph.registerOutput(self._list(self._results))
        torch._C._jit_pass_dce(self._graph)
        # It is carried out as it stands: torch would merge products, to other bits.
        torch._C._set_graph_executor_optimize(False)
        carry_out = torch._C._create_function_from_graph("replay", self._graph)
        others, counts = self._others, self._counts

        def replayed(*given: Tensor) -> Iterator[tuple[Tensor, ...]]:
            with torch._C._AutoDispatchBelowAutograd():
                results = carry_out(*given, *others)
            at = 0
            for count in counts:
                yield tuple(results[at : at + count])
                at += count

        return replayed


def _tensors_in(given: Any) -> Iterator[Tensor]:
    if isinstance(given, Tensor):
        yield given
    elif isinstance(given, list | tuple):
        for each in given:
            yield from _tensors_in(each)
    elif isinstance(given, dict):
        yield from _tensors_in(list(given.values()))


def same_bits(one: Sequence[Tensor], other: Sequence[Tensor]) -> bool:
    """Whether as many tensors hold the same numbers in the same places."""
    return len(one) == len(other) and all(
        a.shape == b.shape and torch.equal(a.nan_to_num(), b.nan_to_num())
        for a, b in zip(one, other, strict=True)
    )
