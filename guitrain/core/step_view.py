"""This step in numbers: what the learner's own tensors held at its last phase. No torch here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.phases import Phase


@dataclass(frozen=True)
class TensorView:
    """A parameter tensor of a step, of a model whose parameters are too many to be shown.

    Attributes:
        name, shape: as in ``Form.tensors``.
        before, after: its size ‖p‖₂ (the root of the sum of squares), and what UPDATE made of it;
            None where it is not known (any more, or yet).
        gradient: ‖∂L/∂p‖₂, from BACKWARD on.
    """

    name: str
    shape: tuple[int, ...]
    before: float | None
    after: float | None
    gradient: float | None


@dataclass(frozen=True)
class StepView:
    """The numbers of one step as far as it has gone; what is still to come is None.

    At INIT there is no step yet: ``rows`` is empty. After UPDATE they are those of the step just
    finished. Inputs and parameters are as the model sees them: where inputs are standardised,
    not in the data's own units.

    Attributes:
        step: updates done before this one, so that it is step ``step + 1`` on the screen.
        epoch, batch_index, batches: finished epochs before it, batches done before it in its
            epoch, and batches in its epoch.
        phase: the last phase carried out.
        learning_rate: of this step, as the schedule has made it.
        names: of the parameters, where they are few; else ().
        rows: which training points are in its batch (n,), in the batch's order.
        inputs, targets: (n, d) and (n,) float32.
        prediction: the model's outputs (n, k) float32, from FORWARD on; of a test surface, which
            has no rows, its height (). loss: from LOSS on;
            data_loss: the same without penalties.
        gradients: ∂L/∂p of each parameter, from BACKWARD on.
        before, after: the parameters, and what UPDATE made of them. These three are () of a model
            whose parameters are not few.
        state_before, state_after: what the optimizer remembered before and after UPDATE: of each
            name in ``OptimizerEntry.state_names``, a number per parameter; of a STEP_COUNT only
            one. () where it remembers nothing (yet).
        tensors: of a model whose parameters are not few, those tensors; else ().
    """

    step: int
    epoch: int
    batch_index: int
    batches: int
    phase: Phase
    learning_rate: float
    names: tuple[str, ...]
    rows: NDArray[np.int64]
    inputs: NDArray[np.float32]
    targets: NDArray[np.float32]
    prediction: NDArray[np.float32] | None
    loss: float | None
    gradients: tuple[float, ...] | None
    before: tuple[float, ...]
    after: tuple[float, ...] | None
    state_before: tuple[tuple[float, ...], ...] = ()
    state_after: tuple[tuple[float, ...], ...] = ()
    tensors: tuple[TensorView, ...] = ()
    data_loss: float | None = None

    @property
    def begun(self) -> bool:
        """Whether there is a step yet."""
        return self.phase not in (Phase.DATA, Phase.INIT)

    @property
    def squared_gradient(self) -> float | None:
        """Σ(∂L/∂p)² over all parameters, from BACKWARD on."""
        if self.gradients is None:
            return None
        if self.tensors:
            return sum((tensor.gradient or 0.0) ** 2 for tensor in self.tensors)
        return sum(value * value for value in self.gradients)


@dataclass(frozen=True)
class PointView:
    """One training point under the present weights, its gradient by autograd on it alone.

    Attributes:
        row: which training point. inputs, y: in the data's own units. outputs: ŷ, or of classes
            the logits.
        term: its own loss ℓ(ŷ, y); the data loss is the mean of these over a batch.
        gradient: ∂ℓ/∂p of each parameter as the model sees it, before the mean's 1/n.
        own_direction: −∂ℓ/∂p as a move of the parameters in the data's own units.
    """

    row: int
    inputs: tuple[float, ...]
    y: float
    outputs: tuple[float, ...]
    term: float
    gradient: tuple[float, ...]
    own_direction: tuple[float, ...]

    @property
    def x(self) -> float:
        """The first input."""
        return self.inputs[0]

    @property
    def prediction(self) -> float:
        """ŷ, where a number is learnt."""
        return self.outputs[0]
