"""The losses of numbers: MSE, MAE and Huber. No torch here."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from guitrain.core.losses.entry import Floats, LossEntry, LossFunction
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _build_mse(values: Mapping[str, Any]) -> LossFunction:
    from guitrain.core.losses import functions

    return functions.mse


def _build_mae(values: Mapping[str, Any]) -> LossFunction:
    from guitrain.core.losses import functions

    return functions.mae


def _build_huber(values: Mapping[str, Any]) -> LossFunction:
    from guitrain.core.losses import functions

    return functions.huber(values["delta"])


def _expected_huber(values: Mapping[str, Any], sigma: float) -> float:
    # E[huber(ε)] for ε ~ N(0, σ²), split at |ε| = δ, with k = δ/σ:
    # ½σ²(2Φ(k) − 1 − 2kφ(k)) inside, δ·2σφ(k) − δ²(1 − Φ(k)) outside.
    delta = values["delta"]
    if sigma == 0:
        return 0.0
    k = delta / sigma
    pdf = math.exp(-k * k / 2) / math.sqrt(2 * math.pi)
    tail = math.erfc(k / math.sqrt(2)) / 2
    inside: float = sigma**2 / 2 * (1 - 2 * tail - 2 * k * pdf)
    outside: float = 2 * delta * sigma * pdf - delta**2 * tail
    return inside + outside


def _error(outputs: Floats, targets: Floats) -> Floats:
    """ŷ − y (n,)."""
    found: Floats = outputs[:, 0] - targets
    return found


def _huber_terms(values: Mapping[str, Any], outputs: Floats, targets: Floats) -> Floats:
    delta, size = values["delta"], np.abs(_error(outputs, targets))
    return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


REGRESSION = (
    LossEntry(
        name="mse",
        label=QT_TRANSLATE_NOOP("Loss", "MSE"),
        help=QT_TRANSLATE_NOOP("Loss", "Mean squared error: the mean of (ŷ − y)²."),
        formula="L = (1/n)·Σ(ŷ − y)²",
        term_formula="(ŷ − y)²",
        slope_formula="2(ŷ − y)",
        terms=lambda _values, outputs, targets: _error(outputs, targets) ** 2,
        slopes=lambda _values, outputs, targets: 2 * (outputs - targets[:, None]),
        build=_build_mse,
        code=lambda _values: "nn.MSELoss()",
        expected=lambda _values, sigma: sigma**2,
        curvature=2.0,
    ),
    LossEntry(
        name="mae",
        label=QT_TRANSLATE_NOOP("Loss", "MAE"),
        help=QT_TRANSLATE_NOOP("Loss", "Mean absolute error: the mean of |ŷ − y|."),
        formula="L = (1/n)·Σ|ŷ − y|",
        term_formula="|ŷ − y|",
        slope_formula="sign(ŷ − y)",
        terms=lambda _values, outputs, targets: np.abs(_error(outputs, targets)),
        slopes=lambda _values, outputs, targets: np.sign(outputs - targets[:, None]),
        build=_build_mae,
        code=lambda _values: "nn.L1Loss()",
        # E|ε| of a normal error is σ·√(2/π).
        expected=lambda _values, sigma: sigma * math.sqrt(2 / math.pi),
    ),
    LossEntry(
        name="huber",
        label=QT_TRANSLATE_NOOP("Loss", "Huber"),
        help=QT_TRANSLATE_NOOP(
            "Loss", "Squared for errors up to δ, straight beyond it: outliers pull less."
        ),
        params=(
            Param(
                "delta",
                "float",
                QT_TRANSLATE_NOOP("Loss", "Huber δ"),
                QT_TRANSLATE_NOOP(
                    "Loss", "The error at which the loss turns from squared to straight."
                ),
                default=1.0,
                minimum=0.0,
                above_minimum=True,
                maximum=1e6,
                symbol="δ",
            ),
        ),
        formula="L = (1/n)·Σ h(ŷ − y);  h(e) = ½e² if |e| ≤ δ, else δ(|e| − ½δ)",
        term_formula="h(ŷ − y)",
        slope_formula="clip(ŷ − y, ±δ)",
        terms=_huber_terms,
        slopes=lambda values, outputs, targets: np.clip(
            outputs - targets[:, None], -values["delta"], values["delta"]
        ),
        build=_build_huber,
        code=lambda values: f"nn.HuberLoss(delta={values['delta']!r})",
        expected=_expected_huber,
        curvature=1.0,
    ),
)
