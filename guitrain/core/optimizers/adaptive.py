"""Optimizers that divide each gradient by its own usual size. No torch here.

No limit of their learning rate is known: the step depends on the gradients before it, and is about
as large for a steep loss as for a flat one. What can be said is how far a step moves a weight
whose gradient stays the same.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from guitrain.core.optimizers.entry import STEP_COUNT, Optimizer, OptimizerEntry, Values
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _eps(default: float) -> Param:
    return Param(
        "eps",
        "float",
        QT_TRANSLATE_NOOP("Optimizer", "Epsilon"),
        QT_TRANSLATE_NOOP("Optimizer", "Added to the divisor, so that it is never 0."),
        default=default,
        minimum=1e-20,  # far below it 32-bit numbers have none but 0
        maximum=1.0,
        logarithmic=True,
        symbol="ε",
    )


def _square_decay(name: str, symbol: str, default: float) -> Param:
    return Param(
        name,
        "float",
        QT_TRANSLATE_NOOP("Optimizer", "Square decay"),
        QT_TRANSLATE_NOOP(
            "Optimizer",
            "The part of the squared gradients' running mean that each step keeps: the nearer to "
            "1, the longer its memory.",
        ),
        default=default,
        minimum=0.0,
        maximum=0.9999,
        symbol=symbol,
    )


# RMSprop.


def _rmsprop_formulas(values: Values) -> tuple[str, ...]:
    mean = "v ← α·v + (1 − α)·(∂L/∂{p})²"
    if values["momentum"]:
        return (mean, "u ← β·u + 1/(√v + ε)·∂L/∂{p}", "{p} ← {p} − η·u")
    return (mean, "{p} ← {p} − η/(√v + ε)·∂L/∂{p}")


def _rmsprop_steady(values: Values, rate: float, t: Any) -> Any:
    # v = (1 − αᵗ)·g²; a momentum adds up to 1/(1 − β) of such moves (a little more early on).
    beta = values["momentum"]
    return rate / np.sqrt(1 - values["alpha"] ** t) * (1 - beta**t) / (1 - beta)


def _rmsprop_code(values: Values, rate: str) -> str:
    momentum = f", momentum={values['momentum']!r}" if values["momentum"] else ""
    settings = f"lr={rate}, alpha={values['alpha']!r}, eps={values['eps']!r}{momentum}"
    return f"torch.optim.RMSprop(model.parameters(), {settings})"


def _build_rmsprop(values: Values) -> Optimizer:
    from guitrain.core.optimizers.rmsprop import RMSprop

    return RMSprop(values["alpha"], values["eps"], values["momentum"])


RMSPROP_ENTRY = OptimizerEntry(
    name="rmsprop",
    label=QT_TRANSLATE_NOOP("Optimizer", "RMSprop"),
    help=QT_TRANSLATE_NOOP(
        "Optimizer",
        "Each gradient is divided by the root of the mean of its squares (Hinton 2012), so that "
        "flat and steep directions move alike.",
    ),
    params=(
        _square_decay("alpha", "α", 0.99),
        Param(
            "momentum",
            "float",
            QT_TRANSLATE_NOOP("Optimizer", "Momentum"),
            QT_TRANSLATE_NOOP("Optimizer", "The part of the last move that is kept."),
            default=0.0,
            minimum=0.0,
            maximum=0.999,
            symbol="β",
        ),
        _eps(1e-8),
    ),
    formulas=_rmsprop_formulas,
    state_names=lambda values: ("v", "u") if values["momentum"] else ("v",),
    build=_build_rmsprop,
    code=_rmsprop_code,
    steady=_rmsprop_steady,
    rate_note=QT_TRANSLATE_NOOP(
        "Rate",
        "η = {rate} moves each weight by up to {first} in the first step and by about {last} "
        "later, however steep the loss: about {reach} in {steps}. Too large a rate swings around "
        "the best. No limit such as 2/λmax is known.",
    ),
)


# Adagrad.


def _adagrad_formulas(values: Values) -> tuple[str, ...]:
    total = "s ← s + (∂L/∂{p})²"
    if values["lr_decay"]:
        move = "{p} ← {p} − η/(1 + (t − 1)·γ)/(√s + ε)·∂L/∂{p}"
        return ("t ← t + 1", total, move)
    return (total, "{p} ← {p} − η/(√s + ε)·∂L/∂{p}")


def _adagrad_steady(values: Values, rate: float, t: Any) -> Any:
    # s = t·g², and more where it starts above 0.
    return rate / (1 + (t - 1) * values["lr_decay"]) / np.sqrt(t)


def _adagrad_code(values: Values, rate: str) -> str:
    settings = f"lr={rate}"
    if values["lr_decay"]:
        settings += f", lr_decay={values['lr_decay']!r}"
    if values["initial_accumulator_value"]:
        settings += f", initial_accumulator_value={values['initial_accumulator_value']!r}"
    return f"torch.optim.Adagrad(model.parameters(), {settings}, eps={values['eps']!r})"


def _build_adagrad(values: Values) -> Optimizer:
    from guitrain.core.optimizers.adagrad import Adagrad

    return Adagrad(values["lr_decay"], values["initial_accumulator_value"], values["eps"])


ADAGRAD_ENTRY = OptimizerEntry(
    name="adagrad",
    label=QT_TRANSLATE_NOOP("Optimizer", "Adagrad"),
    help=QT_TRANSLATE_NOOP(
        "Optimizer",
        "Each gradient is divided by the root of the sum of its squares so far (Duchi et al. "
        "2011), so that steps get smaller and smaller.",
    ),
    params=(
        Param(
            "lr_decay",
            "float",
            QT_TRANSLATE_NOOP("Optimizer", "Rate decay"),
            QT_TRANSLATE_NOOP(
                "Optimizer",
                "The learning rate is divided by 1 + (t − 1)·γ in step t. 0 leaves it alone.",
            ),
            default=0.0,
            minimum=0.0,
            maximum=1.0,
            symbol="γ",
        ),
        Param(
            "initial_accumulator_value",
            "float",
            QT_TRANSLATE_NOOP("Optimizer", "Sum starts at"),
            QT_TRANSLATE_NOOP(
                "Optimizer", "What the sum of squares starts from: more makes first steps smaller."
            ),
            default=0.0,
            minimum=0.0,
            maximum=1e6,
            symbol="s₀",
        ),
        _eps(1e-10),
    ),
    formulas=_adagrad_formulas,
    state_names=lambda values: ("s", STEP_COUNT) if values["lr_decay"] else ("s",),
    state_start=lambda values: float(values["initial_accumulator_value"]),
    build=_build_adagrad,
    code=_adagrad_code,
    steady=_adagrad_steady,
    rate_note=QT_TRANSLATE_NOOP(
        "Rate",
        "η = {rate} moves each weight by {first} at most in the first step, and less and less "
        "from there: by {last} in the last of {steps} if its gradient stays the same, about "
        "{reach} in all. No limit such as 2/λmax is known.",
    ),
)


# Adam and AdamW.

_BETAS = (
    Param(
        "beta1",
        "float",
        QT_TRANSLATE_NOOP("Optimizer", "Mean decay"),
        QT_TRANSLATE_NOOP(
            "Optimizer", "The part of the gradients' running mean that each step keeps: a momentum."
        ),
        default=0.9,
        minimum=0.0,
        maximum=0.999,
        symbol="β₁",
    ),
    _square_decay("beta2", "β₂", 0.999),
)
_MEANS = (
    "t ← t + 1",
    "m ← β₁·m + (1 − β₁)·∂L/∂{p}",
    "v ← β₂·v + (1 − β₂)·(∂L/∂{p})²",
    "m′ ← m/(1 − β₁ᵗ)",
    "v′ ← v/(1 − β₂ᵗ)",
)


def _adam_derived(values: Values, state: Mapping[str, float]) -> Mapping[str, float]:
    count = state[STEP_COUNT]
    return {
        "m′": state["m"] / (1 - values["beta1"] ** count),
        "v′": state["v"] / (1 - values["beta2"] ** count),
    }


def _adam_steady(values: Values, rate: float, t: Any) -> Any:
    # m′ = g and v′ = g² at every step (Kingma and Ba 2015, §2.1: a step is about η at most).
    return rate + 0.0 * t


def _adam_settings(values: Values, rate: str) -> str:
    betas = f"({values['beta1']!r}, {values['beta2']!r})"
    return f"model.parameters(), lr={rate}, betas={betas}, eps={values['eps']!r}"


def _build_adam(values: Values) -> Optimizer:
    from guitrain.core.optimizers.adam import Adam

    return Adam(values["beta1"], values["beta2"], values["eps"], values.get("weight_decay", 0.0))


ADAM_ENTRY = OptimizerEntry(
    name="adam",
    label=QT_TRANSLATE_NOOP("Optimizer", "Adam"),
    help=QT_TRANSLATE_NOOP(
        "Optimizer",
        "A running mean of the gradients, divided by the root of a running mean of their squares "
        "(Kingma and Ba 2015): momentum and RMSprop in one.",
    ),
    params=(*_BETAS, _eps(1e-8)),
    formulas=lambda values: (*_MEANS, "{p} ← {p} − η·m′/(√v′ + ε)"),
    state_names=lambda values: ("m", "v", STEP_COUNT),
    derived=_adam_derived,
    build=_build_adam,
    code=lambda values, rate: f"torch.optim.Adam({_adam_settings(values, rate)})",
    steady=_adam_steady,
    rate_note=QT_TRANSLATE_NOOP(
        "Rate",
        "η = {rate} moves each weight by about {last} a step at most, however steep the loss: "
        "about {reach} in {steps}. Too large a rate swings around the best. No limit such as "
        "2/λmax is known.",
    ),
)

ADAMW_ENTRY = OptimizerEntry(
    name="adamw",
    label=QT_TRANSLATE_NOOP("Optimizer", "AdamW"),
    help=QT_TRANSLATE_NOOP(
        "Optimizer",
        "Adam, and each step also shrinks every weight a little, the bias too (Loshchilov and "
        "Hutter 2019).",
    ),
    params=(
        *_BETAS,
        _eps(1e-8),
        Param(
            "weight_decay",
            "float",
            QT_TRANSLATE_NOOP("Optimizer", "Weight decay"),
            QT_TRANSLATE_NOOP("Optimizer", "Each step multiplies the weights by 1 − η·λ first."),
            default=0.01,
            minimum=0.0,
            maximum=1.0,
            symbol="λ",
        ),
    ),
    formulas=lambda values: (*_MEANS, "{p} ← (1 − η·λ)·{p} − η·m′/(√v′ + ε)"),
    state_names=lambda values: ("m", "v", STEP_COUNT),
    derived=_adam_derived,
    build=_build_adam,
    code=lambda values, rate: (
        f"torch.optim.AdamW({_adam_settings(values, rate)}, "
        f"weight_decay={values['weight_decay']!r})"
    ),
    steady=_adam_steady,
    rate_note=QT_TRANSLATE_NOOP(
        "Rate",
        "η = {rate} moves each weight by about {last} a step at most, however steep the loss: "
        "about {reach} in {steps}, besides the decay (which diverges over η = 2/λ). Too large a "
        "rate swings around the best. No limit such as 2/λmax is known.",
    ),
)
