"""A computation on tensors, carried out once and recorded, to be replayed as their values change.

``torch.func.vmap`` turns a function of one run into that of many, but looks for the batched form
of every operation anew each time, and autograd builds its graph anew: for models this small both
take far longer than the operations. Recorded below them (by a ``TorchDispatchMode``, which sees
what the kernels do, backwards too), these can be replayed alone, to the same bits.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

Replay = Callable[[], tuple[Tensor, ...]]

# What Python calls an operation by, without looking for its overload: a few µs less each time.
_HOMES: tuple[Any, ...] = (torch._C._VariableFunctions, torch._C._nn, torch._C.TensorBase)


def recorded(function: Callable[[], tuple[Tensor, ...]], changing: Sequence[Tensor]) -> Replay:
    """``function`` again, at the present values of the tensors ``changing``, which must change in
    place.

    All the others that it takes must stay as they are: what follows from them alone is not worked
    out again. What the function does must not depend on any values.
    """
    tape = _Tape(changing)
    with tape:
        outputs = function()
    return tape.replay(outputs)


class _Tape(TorchDispatchMode):
    """Writes down each operation as a line of Python; tensors have names.

    A ``t…`` is made by a line, anew at each replay. The others are the same at each replay: of
    these the ``v…`` are changing tensors, or views of them, and the ``c…`` never change.
    """

    def __init__(self, changing: Sequence[Tensor]) -> None:
        super().__init__()
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []  # so that no id is given twice
        self._values: dict[str, Any] = {}
        # Of each line: what it makes, what it uses, the line, and whether it changes a tensor.
        self._lines: list[tuple[list[str], list[str], str, bool]] = []
        self._memory = {tensor.untyped_storage().data_ptr() for tensor in changing}

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # Torch's compiler is not in use, and to tell it so would load it, for seconds.
        return False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        out = func(*args, **kwargs)
        changes = func._schema.is_mutable
        uses: list[str] = []
        texts = [self._text(arg, uses) for arg in args]
        texts += [f"{name}={self._text(arg, uses)}" for name, arg in kwargs.items()]
        made = out if isinstance(out, tuple | list) else (out,)
        if not changes and self._is_same_again(made, uses):
            for each in made:
                self._outside(each)
            return out
        names = [self._name(each, f"t{len(self._kept)}") for each in made]
        called = self._constant(func if changes else _quick(func, args, kwargs))
        line = f"{', '.join(names)} = {called}({', '.join(texts)})"
        self._lines.append((names, uses, line, changes))
        return out

    def _is_same_again(self, made: Sequence[Any], uses: Sequence[str]) -> bool:
        """Whether an operation need not be carried out again."""
        if any(name.startswith("t") for name in uses):
            return False
        if not any(name.startswith("v") for name in uses):
            return True
        views = [isinstance(each, Tensor) and self._is_changing(each) for each in made]
        return all(views)

    def _is_changing(self, tensor: Tensor) -> bool:
        return tensor.untyped_storage().data_ptr() in self._memory

    def _constant(self, value: Any) -> str:
        name = f"c{len(self._values)}"
        self._values[name] = value
        return name

    def _name(self, value: Any, name: str) -> str:
        self._kept.append(value)
        self._names[id(value)] = name
        return name

    def _outside(self, tensor: Tensor) -> str:
        """The name of a tensor that no line makes."""
        letter = "v" if self._is_changing(tensor) else "c"
        name = f"{letter}{len(self._values)}"
        # Detached: what is replayed leaves no graph of its own.
        self._values[name] = tensor.detach()
        return self._name(tensor, name)

    def _text(self, value: Any, uses: list[str]) -> str:
        if isinstance(value, Tensor):
            uses.append(self._names.get(id(value)) or self._outside(value))
            return uses[-1]
        if isinstance(value, list | tuple) and any(isinstance(each, Tensor) for each in value):
            return "[" + ", ".join(self._text(each, uses) for each in value) + "]"
        return self._constant(value)

    def replay(self, outputs: Sequence[Tensor]) -> Replay:
        """The lines that lead to these tensors, as a function."""
        results: list[str] = []
        result = ", ".join(self._text(each, results) for each in outputs)
        needed, kept = set(results), []
        for made, uses, line, changes in reversed(self._lines):
            if changes or needed.intersection(made):
                # The last use of what is no result: its memory can be used again.
                over = [n for n in dict.fromkeys(uses) if n not in needed and n.startswith("t")]
                kept.append(f"    {line}" + "".join(f"; {name} = None" for name in over))
                needed.update(uses)
        lines = ["def replay():", *reversed(kept), f"    return {result},"]
        exec("\n".join(lines), self._values)
        made_function: Replay = self._values["replay"]
        return made_function


def _quick(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The operation by its own name, where that takes the same arguments; else as it is."""
    name = func._schema.name.partition("::")[2]
    for home in _HOMES:
        quick = getattr(home, name, None)
        if quick is None:
            continue
        try:
            quick(*args, **kwargs)
        except (TypeError, RuntimeError):
            continue
        return quick
    return func
