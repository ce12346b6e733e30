"""The losses of classes: cross-entropy of two, and of any number. No torch here.

An output is a logit z: σ(z), or the softmax of several, are the probabilities. The loss of a point
is −ln of the probability of its own class: 0.36 where that is 70 %.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from guitrain.core.losses.entry import Floats, LossEntry, LossFunction
from guitrain.core.phases import QT_TRANSLATE_NOOP


def sigmoid(z: Floats) -> Floats:
    """1 / (1 + e^−z), without overflow."""
    small = np.exp(-np.abs(z))
    found: Floats = np.where(z >= 0, 1 / (1 + small), small / (1 + small))
    return found


def softmax(z: Floats) -> Floats:
    """e^z / Σ e^z over the classes (n, k), without overflow."""
    with np.errstate(all="ignore"):
        powers = np.exp(z - z.max(axis=1, keepdims=True))
        found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


def _two(outputs: Floats) -> Floats:
    """(n, 2) of one logit: that of the second class."""
    p = sigmoid(outputs[:, 0])
    # 1 − p would lose the digits of a small remainder.
    return np.stack([sigmoid(-outputs[:, 0]), p], axis=1)


def _binary_terms(_values: Mapping[str, Any], outputs: Floats, targets: Floats) -> Floats:
    z = outputs[:, 0]
    # ln(1 + e^z) − y·z
    found: Floats = np.maximum(z, 0) - targets * z + np.log1p(np.exp(-np.abs(z)))
    return found


def _binary_slopes(_values: Mapping[str, Any], outputs: Floats, targets: Floats) -> Floats:
    return sigmoid(outputs) - targets[:, None]


def _terms(_values: Mapping[str, Any], outputs: Floats, targets: Floats) -> Floats:
    most = outputs.max(axis=1)
    # ln Σ e^z − z of its own class
    total = most + np.log(np.exp(outputs - most[:, None]).sum(axis=1))
    found: Floats = total - outputs[np.arange(len(targets)), targets.astype(np.int64)]
    return found


def _slopes(_values: Mapping[str, Any], outputs: Floats, targets: Floats) -> Floats:
    found = softmax(outputs)
    found[np.arange(len(targets)), targets.astype(np.int64)] -= 1
    return found


def _build_binary(values: Mapping[str, Any]) -> LossFunction:
    from guitrain.core.losses import functions

    return functions.binary_cross_entropy


def _build(values: Mapping[str, Any]) -> LossFunction:
    from guitrain.core.losses import functions

    return functions.cross_entropy


CLASSIFICATION = (
    LossEntry(
        name="binary_cross_entropy",
        label=QT_TRANSLATE_NOOP("Loss", "BCE"),
        help=QT_TRANSLATE_NOOP(
            "Loss",
            "Binary cross-entropy, of two classes with one output: the mean of −ln of the "
            "probability that a point’s own class got.",
        ),
        formula="L = −(1/n)·Σ ln p(y);  p(1) = σ(z), p(0) = 1 − σ(z)",
        term_formula="−ln p(y)",
        slope_formula="(p − y)",
        terms=_binary_terms,
        slopes=_binary_slopes,
        build=_build_binary,
        code=lambda _values: "nn.BCEWithLogitsLoss()",
        least_classes=2,
        most_classes=2,
        probabilities=_two,
        probability_formula="p = σ(z)",
    ),
    LossEntry(
        name="cross_entropy",
        label=QT_TRANSLATE_NOOP("Loss", "Cross-entropy"),
        help=QT_TRANSLATE_NOOP(
            "Loss",
            "With an output for each class: the mean of −ln of the probability that a point’s own "
            "class got.",
        ),
        formula="L = −(1/n)·Σ ln p(y);  p = softmax(z)",
        term_formula="−ln p(y)",
        slope_formula="(p − 1[y])",
        terms=_terms,
        slopes=_slopes,
        build=_build,
        code=lambda _values: "nn.CrossEntropyLoss()",
        least_classes=2,
        most_classes=None,
        labels=True,
        probabilities=softmax,
        probability_formula="p = softmax(z)",
    ),
)
