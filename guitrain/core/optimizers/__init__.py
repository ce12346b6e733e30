"""The registry of optimizers. A new one is a file here and a line below."""

import math
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
        formulas: the update, line by line, for the screen; "{p}" stands for a parameter.
        state_names: what it remembers of each parameter between steps, in the order of
            ``Optimizer.state`` (all parameters of the first name, then those of the next).
        build: makes the optimizer from its settings (imports torch).
        code: makes the same in a script, from the settings and an expression for the rate.
        contraction: by how much one full-batch step shrinks an error along an eigenvector of a
            quadratic loss's Hessian, in the long run, for ``(values, learning rate, eigenvalue)``:
            the spectral radius of the step; over 1 it grows. None where none is known.
        stability: the learning rate over which full-batch descent diverges on a quadratic
            loss whose Hessian's largest eigenvalue is λ, or None where none is known.
    """

    formulas: Callable[[Mapping[str, Any]], tuple[str, ...]] = field(kw_only=True)
    state_names: Callable[[Mapping[str, Any]], tuple[str, ...]] = field(kw_only=True)
    build: Callable[[Mapping[str, Any]], Optimizer] = field(kw_only=True)
    code: Callable[[Mapping[str, Any], str], str] = field(kw_only=True)
    stability: Callable[[Mapping[str, Any], float], float] | None = field(
        kw_only=True, default=None
    )
    contraction: Callable[[Mapping[str, Any], float, float], float] | None = field(
        kw_only=True, default=None
    )


def _sgd_formulas(values: Mapping[str, Any]) -> tuple[str, ...]:
    if values["momentum"]:
        return ("v ← β·v + ∂L/∂{p}", "{p} ← {p} − η·v")
    return ("{p} ← {p} − η·∂L/∂{p}",)


def _sgd_contraction(values: Mapping[str, Any], rate: float, eigenvalue: float) -> float:
    # With e the distance from the minimum, v ← βv + λe and e ← e − ηv: the eigenvalues of that
    # step are the roots of z² − (1 + β − ηλ)z + β (Polyak 1964).
    beta = values["momentum"]
    trace = 1 + beta - rate * eigenvalue
    root = trace * trace / 4 - beta
    if root < 0:
        return math.sqrt(beta)
    return abs(trace) / 2 + math.sqrt(root)


def _sgd_code(values: Mapping[str, Any], rate: str) -> str:
    momentum = f", momentum={values['momentum']!r}" if values["momentum"] else ""
    return f"torch.optim.SGD(model.parameters(), lr={rate}{momentum})"


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
    formulas=_sgd_formulas,
    state_names=lambda values: ("v",) if values["momentum"] else (),
    build=_build_sgd,
    code=_sgd_code,
    # Heavy-ball descent on a quadratic is stable for η < 2(1 + β)/λmax (Polyak 1964).
    stability=lambda values, eigenvalue: 2 * (1 + values["momentum"]) / eigenvalue,
    contraction=_sgd_contraction,
)

OPTIMIZERS: Registry[OptimizerEntry] = Registry("optimizer", SGD_ENTRY)
