"""The history as NPZ, an array per column: ``numpy.load`` opens it. No Qt."""

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView


def history_npz(view: "RunView") -> bytes:
    """The whole rows of a run's steps and epochs.

    ``step`` (n,) counts from 1, as in the CSV, and beside it are ``loss``, ``learning_rate``,
    ``gradient_norm`` and, where they were recorded, the parameters as the model has them (of
    standardised inputs in their scale) and ``grad_…``, ∂L/∂p or, of models with many parameters,
    ‖∂L/∂p‖₂ of each tensor: all (n,), measured before that update. ``epoch`` (m,) counts from 1,
    with ``epoch_end_step``, ``epoch_loss`` and ``epoch_validation``.
    """
    steps, epochs = view.steps, view.epochs
    arrays: dict[str, NDArray[np.generic]] = {"step": np.arange(steps.first + 1, steps.length + 1)}
    for name in steps.levels[0].low:
        arrays[name.replace("∂", "grad_")] = steps.column(name)
    arrays["epoch"] = np.arange(epochs.first + 1, epochs.length + 1)
    for name in epochs.levels[0].low:
        arrays[f"epoch_{name}"] = epochs.column(name)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]  # the stub sees options in them
    return out.getvalue()
