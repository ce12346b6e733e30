"""What is seen of the history of many weights. No torch here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.models import Form


def gradient_columns(form: Form) -> tuple[str, ...]:
    """The step log's columns of gradients: ∂L/∂p of each parameter where they are few, else
    ‖∂L/∂p‖₂ of each tensor.
    """
    names = form.names if form.few else [name for name, _ in form.tensors]
    return tuple(f"∂{name}" for name in names)


@dataclass(frozen=True, eq=False)
class WeightHistoryView:
    """Weights at the steps of the keyframes, and of now, as they were after so many updates (before
    any was set by hand there).

    Attributes:
        steps: (k,) in rising order. sizes: ‖p‖₂ of each tensor (k, tensors).
        values: of each tensor some of its numbers (k, m). places: which, in its memory's order.
    """

    run_id: int
    steps: NDArray[np.int64]
    sizes: NDArray[np.float32]
    values: tuple[NDArray[np.float32], ...]
    places: tuple[tuple[int, ...], ...]
