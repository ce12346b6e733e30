"""The registry of optimizers. A new one is a file here and a line below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from guitrain.core.params import Entry, Param, Registry
from guitrain.core.phases import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from torch import Tensor


class Optimizer(Protocol):
    """What the learner needs of an optimizer."""

    def step(
        self,
        parameters: tuple["Tensor", ...],
        gradients: tuple["Tensor", ...],
        learning_rate: float,
    ) -> None:
        """Update the (detached) parameters in place."""

    def state(self) -> list["Tensor"]:
        """A copy of everything it remembers between steps (empty before it remembers any)."""

    def restore(self, state: Sequence["Tensor"]) -> None:
        """Take back what ``state`` gave."""


@dataclass(frozen=True)
class OptimizerEntry(Entry):
    """An optimizer.

    Attributes:
        formula: the update, for the screen.
        build: makes the optimizer from its settings (imports torch).
        stability: the learning rate over which full-batch descent diverges on a quadratic
            loss whose Hessian's largest eigenvalue is λ, or None where none is known.
    """

    formula: str = field(kw_only=True)
    build: Callable[[Mapping[str, Any]], Optimizer] = field(kw_only=True)
    stability: Callable[[Mapping[str, Any], float], float] | None = field(
        kw_only=True, default=None
    )


def _build_sgd(values: Mapping[str, Any]) -> Optimizer:
    from guitrain.core.optimizers.sgd import SGD

    return SGD(values["momentum"])


SGD_ENTRY = OptimizerEntry(
    name="sgd",
    label=QT_TRANSLATE_NOOP("Optimizer", "SGD"),
    help=QT_TRANSLATE_NOOP(
        "Optimizer", "Gradient descent: each parameter moves against its gradient."
    ),
    params=(
        Param(
            "momentum",
            "float",
            QT_TRANSLATE_NOOP("Optimizer", "Momentum"),
            QT_TRANSLATE_NOOP(
                "Optimizer", "The part of the last move that is kept. 0 is the article's descent."
            ),
            default=0.0,
            minimum=0.0,
            maximum=0.999,
            symbol="β",
        ),
    ),
    formula="w ← w − η·v,  v ← β·v + ∂L/∂w",
    build=_build_sgd,
    # Heavy-ball descent on a quadratic is stable for η < 2(1 + β)/λmax (Polyak 1964).
    stability=lambda values, eigenvalue: 2 * (1 + values["momentum"]) / eigenvalue,
)

OPTIMIZERS: Registry[OptimizerEntry] = Registry("optimizer", SGD_ENTRY)
