"""How many weights went: from the keyframes, for models whose parameters are not recorded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from guitrain.core.devices import as_array
from guitrain.core.weight_history_view import WeightHistoryView

if TYPE_CHECKING:
    from guitrain.core.run import Run

MOST_SHOWN = 24  # weights of a tensor that are followed, spread evenly over it


@dataclass(frozen=True)
class _Point:
    """The sizes ‖p‖₂ of all tensors, and their followed weights, at one step."""

    sizes: NDArray[np.float32]
    values: tuple[NDArray[np.float32], ...]


class WeightHistory:
    """Reads a run's keyframes; each of them once."""

    def __init__(self, run: "Run") -> None:
        self.run_id = run.id
        shapes = [tensor.numel() for tensor in run.learner.parameters]
        self._rows = tuple(
            torch.linspace(0, size - 1, min(size, MOST_SHOWN)).round().long() for size in shapes
        )
        self._points: dict[int, _Point] = {}

    def view(self, run: "Run") -> WeightHistoryView:
        """All the keyframes there are, and the present parameters after them."""
        states = run.keyframes.states()
        kept = {state.step for state in states}
        self._points = {step: point for step, point in self._points.items() if step in kept}
        for state in states:
            if state.step not in self._points:
                self._points[state.step] = self._point(state.parameters)
        steps = sorted(self._points)
        points = [self._points[step] for step in steps]
        learner = run.learner
        if learner.step == run.head and learner.step > steps[-1]:
            steps.append(learner.step)
            points.append(self._point(learner.made))
        columns = zip(*(point.values for point in points), strict=True)
        return WeightHistoryView(
            run.id,
            np.array(steps, np.int64),
            np.stack([point.sizes for point in points]),
            tuple(np.stack(column) for column in columns),
            tuple(tuple(rows.tolist()) for rows in self._rows),
        )

    def _point(self, parameters: tuple[Tensor, ...]) -> _Point:
        with torch.no_grad():
            sizes = as_array(torch.stack(torch._foreach_norm(parameters)))
            values = [
                as_array(p.flatten()[rows.to(p.device)])
                for p, rows in zip(parameters, self._rows, strict=True)
            ]
        return _Point(sizes, tuple(values))
