"""A run's model as one module: inputs in their own units in, predictions out. Imports torch."""

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from guitrain.core.run import Run

# As guitrain.core.features makes them, in torch.
_FEATURES = {
    "x": lambda x: x,
    "squares": lambda x: x**2,
    "products": lambda x: torch.stack(
        [x[:, a] * x[:, b] for a, b in combinations(range(x.shape[1]), 2)], dim=1
    ),
    "sines": torch.sin,
}


class WholeModel(nn.Module):
    """Features, standardisation, the model with its present weights and, of classes, the
    probabilities: float64 inputs (n, d) in the data's own units → float64 predictions (n, 1), or
    the probability of each class (n, classes). The weights themselves are float32, as trained.

    Args:
        run: after INIT, with points; it keeps its parameters, these are copies.
    """

    mean: Tensor
    deviation: Tensor
    known: Tensor

    def __init__(self, run: "Run") -> None:
        super().__init__()
        learner, experiment = run.learner, run.experiment
        # One of its own, for a model may keep what it needs on the device that it is used on.
        model = experiment.model_entry.build(experiment.model.values, experiment.shape)
        self._forward = model.forward
        self._groups: Sequence[str] = experiment.features
        if experiment.inputs == 1:  # which has no product with another
            self._groups = [group for group in experiment.features if group != "products"]
        self._classes = experiment.shape.classes
        self.weights = nn.ParameterList(
            [
                nn.Parameter(p.detach().cpu().clone(), requires_grad=False)
                for p in learner.parameters
            ]
        )
        # What a script calls them has dots in it, which no attribute can have.
        self.register_buffer("mean", torch.tensor(learner.scaling.mean))
        self.register_buffer("deviation", torch.tensor(learner.scaling.deviation))
        known = torch.ones(experiment.inputs, dtype=torch.float64)
        known[list(learner.data.unseen)] = 0  # nothing was learnt of these
        self.register_buffer("known", known)

    def forward(self, inputs: Tensor) -> Tensor:
        """(n, d) → (n, 1) or (n, classes)."""
        x = inputs * self.known
        x = torch.cat([_FEATURES[group](x) for group in self._groups], dim=1)
        seen = ((x - self.mean) / self.deviation).to(torch.float32)
        outputs = self._forward(list(self.weights), seen).to(torch.float64)
        if not self._classes:
            return outputs
        if outputs.shape[1] == 1:
            return torch.cat([torch.sigmoid(-outputs), torch.sigmoid(outputs)], dim=1)
        return torch.softmax(outputs, dim=1)
