"""The stop rules: the article's three, early stopping, and one for a loss that is no number any
more. Early stopping remembers the lowest validation loss: ``guitrain.core.validation.Watch``.
"""

from dataclasses import dataclass
from enum import Enum

from guitrain.core.experiment import StopRules


class Rule(Enum):
    """What can stop a run."""

    EPOCHS = "epochs"
    TARGET_LOSS = "target_loss"
    PATIENCE = "patience"
    VALIDATION = "validation"
    NON_FINITE = "non_finite"


@dataclass(frozen=True)
class StopReason:
    """Which rule stopped the run, after how many finished epochs and steps, at what loss: the one
    that the rule judged, of early stopping the validation loss.
    """

    rule: Rule
    epoch: int
    step: int
    loss: float


@dataclass(frozen=True)
class Patience:
    """The memory of the patience rule, from the epoch on at which it was switched on.

    Attributes:
        judged: the last epoch judged, so that none counts twice when a run goes on after a stop.
        best: the loss that a significant fall is counted from.
        waited: epochs since then without one.
    """

    judged: int = -1
    best: float = float("inf")
    waited: int = 0

    def after(self, epoch: int, loss: float, min_improvement: float) -> "Patience":
        """The memory after this epoch's loss."""
        if epoch <= self.judged:
            return self
        if loss < self.best - min_improvement:
            return Patience(epoch, loss, 0)
        return Patience(epoch, self.best, self.waited + 1)


def met(rules: StopRules, patience: Patience, loss: float) -> Rule | None:
    """The rule that this epoch's loss meets, or None; the number of epochs is judged apart."""
    if rules.target_loss is not None and loss <= rules.target_loss:
        return Rule.TARGET_LOSS
    if rules.patience is not None and patience.waited >= rules.patience:
        return Rule.PATIENCE
    return None
