"""L1 and L2 penalties: what a loss has added to it for large weights. No torch here.

loss = data loss + λ₁·Σ|w| + λ₂·Σw², with no ½, over the weights as the model has them (of
standardised inputs, where they are). Biases are left out, as is usual: a penalty on them would only
pull the predictions' mean away from the data's (Goodfellow, Bengio and Courville 2016, "Deep
Learning", §7.1). The gradient gains λ₁·sign(w) + 2·λ₂·w, the Hessian 2·λ₂ for each weight.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.experiment import Experiment

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Penalty:
    """One kind of penalty.

    Attributes:
        setting: the name of the experiment's field with its strength. symbol: of that.
        total: what the strength multiplies, for the screen; code: the same of the weights ``w``
            in a script.
        slope: what ∂L/∂p gains, for the screen; "{p}" stands for the weight.
        of: what each weight adds to ``total``, by numpy.
    """

    setting: str
    symbol: str
    total: str
    code: str
    slope: str
    of: Callable[[Floats], Floats]

    def strength(self, experiment: Experiment) -> float:
        """How much of it there is."""
        value: float = getattr(experiment, self.setting)
        return value


PENALTIES = (
    Penalty("l1", "λ₁", "Σ|w|", "w.abs().sum()", "λ₁·sign({p})", np.abs),
    Penalty("l2", "λ₂", "Σw²", "w.square().sum()", "2·λ₂·{p}", np.square),
)


def penalties_of(experiment: Experiment) -> tuple[Penalty, ...]:
    """Those that an experiment's loss has."""
    return tuple(penalty for penalty in PENALTIES if penalty.strength(experiment))


def penalty_formula(experiment: Experiment) -> str:
    """What stands after the data's loss: " + λ₁·Σ|w| + λ₂·Σw²"; "" where there is none."""
    return "".join(f" + {each.symbol}·{each.total}" for each in penalties_of(experiment))


def slope_formula(experiment: Experiment, name: str) -> str:
    """The same of a parameter's gradient: " + 2·λ₂·w"; "" for a bias."""
    if name not in experiment.form.weight_names:
        return ""
    return "".join(f" + {each.slope.replace('{p}', name)}" for each in penalties_of(experiment))


def penalty_of_slope(experiment: Experiment, size: float) -> Callable[[Floats], Floats]:
    """Of ŷ = w·x + b: what the penalties add to the loss for slopes w in the data's own unit, of
    which the model's weight is ``size`` times as large.
    """
    parts = [(each.strength(experiment), each.of) for each in penalties_of(experiment)]

    def penalty(w: Floats) -> Floats:
        found = np.zeros_like(w)
        for strength, of in parts:
            found += strength * of(size * w)
        return found

    return penalty
