"""What an optimizer is to the rest: how it steps, and how it is offered, written and explained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from guitrain.core.params import Entry

if TYPE_CHECKING:
    from torch import Tensor

    from guitrain.core.optimizers.moving import Rate

Values = Mapping[str, Any]

STEP_COUNT = "t"  # how formulas write the steps that an optimizer has counted
LARGEST_COUNT = 2**24  # torch.optim counts in float32, which goes no further by ones


class Optimizer(Protocol):
    """What the learner needs of an optimizer."""

    def step(
        self,
        parameters: tuple["Tensor", ...],
        gradients: tuple["Tensor", ...],
        learning_rate: "Rate",
    ) -> None:
        """Update the (detached) parameters in place."""

    def state(self) -> list["Tensor"]:
        """A copy of everything it remembers between steps (empty before it remembers any)."""

    def restore(self, state: Sequence["Tensor"]) -> None:
        """Take back what ``state`` gave."""


def nothing(values: Values, state: Mapping[str, float]) -> Mapping[str, float]:
    """No numbers on the way from the memory to the update."""
    return {}


@dataclass(frozen=True)
class OptimizerEntry(Entry):
    """An optimizer.

    Attributes:
        formulas: the update, line by line, for the screen; "{p}" stands for a parameter. Each
            line is "name ← right side", and holds in those below it. A setting's symbol with ᵗ
            after it is its t-th power.
        state_names: what it remembers of each parameter between steps, in the order of
            ``Optimizer.state`` (all parameters of the first name, then those of the next). A
            STEP_COUNT, if any, is the last, and one for all parameters.
        state_start: what the first of these is before the first step; the others are 0.
        derived: the numbers that the formulas make besides those remembered, of one parameter's
            memory after the step, by name.
        build: makes the optimizer from its settings (imports torch).
        code: makes the same in a script, from the settings and an expression for the rate.
        contraction: by how much one full-batch step shrinks an error along an eigenvector of a
            quadratic loss's Hessian, in the long run, for ``(values, learning rate, eigenvalue)``:
            the spectral radius of the step; over 1 it grows. None where none is known.
        overshoot: the learning rate over which it swings past the minimum along an eigenvector
            with eigenvalue λ, or None where none is known.
        stability: the learning rate over which full-batch descent diverges on a quadratic
            loss whose Hessian's largest eigenvalue is λ, or None where none is known.
        stability_formula: the same as a formula; "" where none is known.
        steady: where no limit is known: how far step t (from 1; a number or an array) moves a
            weight whose gradient stays the same, for ``(values, learning rate, t)``.
        rate_note: where no limit is known: what a learning rate does, with {rate}; {first}, the
            first such move; {last} and {reach}, the run's last one and their sum; {steps}.
    """

    formulas: Callable[[Values], tuple[str, ...]] = field(kw_only=True)
    state_names: Callable[[Values], tuple[str, ...]] = field(kw_only=True)
    state_start: Callable[[Values], float] = field(kw_only=True, default=lambda values: 0.0)
    derived: Callable[[Values, Mapping[str, float]], Mapping[str, float]] = field(
        kw_only=True, default=nothing
    )
    build: Callable[[Values], Optimizer] = field(kw_only=True)
    code: Callable[[Values, str], str] = field(kw_only=True)
    contraction: Callable[[Values, float, float], float] | None = field(kw_only=True, default=None)
    overshoot: Callable[[Values, float], float] | None = field(kw_only=True, default=None)
    stability: Callable[[Values, float], float] | None = field(kw_only=True, default=None)
    stability_formula: Callable[[Values], str] = field(kw_only=True, default=lambda values: "")
    steady: Callable[[Values, float, Any], Any] | None = field(kw_only=True, default=None)
    rate_note: str = field(kw_only=True, default="")
