"""A device that is not there: its tensors hold those of the CPU where nobody may reach them.

As on a real one, numbers must be fetched, and tensors of the CPU are no inputs. To be set up in a
process of its own, for torch is told of it once and for all.
"""

from typing import Any

import torch
from torch.utils._pytree import tree_map
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

NAME = "toy"


class ToyTensor(torch.Tensor):
    raw: torch.Tensor

    @staticmethod
    def __new__(cls, raw: torch.Tensor) -> "ToyTensor":
        made: ToyTensor = torch.Tensor._make_wrapper_subclass(
            cls, raw.size(), strides=raw.stride(), dtype=raw.dtype, device=torch.device(NAME, 0)
        )
        made.raw = raw.detach()
        return made

    def tolist(self) -> Any:
        """What torch does not do for its subclasses."""
        return self.raw.tolist()

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        to_cpu = kwargs.pop("device", None) is not None
        copies = func in (torch.ops.aten._to_copy.default, torch.ops.aten.copy_.default)

        def raw(value: Any) -> Any:
            if isinstance(value, ToyTensor):
                return value.raw
            if isinstance(value, torch.Tensor) and value.dim() and not copies:
                raise RuntimeError(f"a tensor of the CPU in {func} on the {NAME}")
            return value

        def wrapped(value: Any) -> Any:
            return ToyTensor(value) if isinstance(value, torch.Tensor) else value

        out = func(*tree_map(raw, args), **tree_map(raw, kwargs))
        if func._schema.is_mutable:
            return args[0] if func._schema.returns else None
        return out if to_cpu else tree_map(wrapped, out)


def set_up() -> None:
    """Tell torch of it; ``tensor.to("toy")`` works from then on."""
    _setup_privateuseone_for_python_backend(NAME)

    def to_copy(self: torch.Tensor, *, dtype: Any = None, **_: Any) -> ToyTensor:
        return ToyTensor(self.to(dtype or self.dtype).clone())

    library = torch.library.Library("aten", "IMPL")
    library.impl("_to_copy", to_copy, "PrivateUse1")
    _LIBRARIES.append(library)


_LIBRARIES: list[Any] = []  # what is registered goes with its library
