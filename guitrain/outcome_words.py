"""Scores and answers in words, for the window and the command line. No Qt."""

import math
from collections.abc import Sequence

from guitrain.core.data import Data, cells_of
from guitrain.core.evaluation import ClassMetrics, Prediction, Scores
from guitrain.numbers import format_number
from guitrain.sentences import translate


def class_name(data: Data | None, number: int) -> str:
    """What a class is called."""
    if data is None or number >= len(data.classes):
        return str(number)
    name = data.classes[number]
    return translate("Data", name) if data.own_names else name


def percent(share: float) -> str:
    """0.705 → "70.5 %"."""
    if not math.isfinite(share):
        return "–"
    return f"{format_number(100 * share, 1, fixed=True)} %"


def score_rows(scores: Scores) -> tuple[tuple[str, float | None, bool], ...]:
    """What is told of a set of points: a name, its value, and whether that is a share of 1. Of
    classes those that each class has are averaged over them.
    """
    if not isinstance(scores, ClassMetrics):
        return (
            ("MSE", scores.mse, False),
            ("MAE", scores.mae, False),
            ("RMSE", scores.rmse, False),
            ("R²", scores.r2, False),
        )
    return (
        (translate("Scores", "Cross-entropy"), scores.loss, False),
        (translate("Scores", "Accuracy"), scores.accuracy, True),
        (translate("Scores", "Precision"), _mean(scores.precision), True),
        (translate("Scores", "Recall"), _mean(scores.recall), True),
        (translate("Scores", "F1"), _mean(scores.f1), True),
        (translate("Scores", "ROC AUC"), _mean(scores.auc), False),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def headline(scores: Scores) -> str:
    """The one number that says most: "MSE 0.2437", "accuracy 97.5 %"."""
    if isinstance(scores, ClassMetrics):
        return translate("Scores", "accuracy {0}").format(percent(scores.accuracy))
    text = translate("Scores", "MSE {0}")
    return text.format(format_number(scores.mse, fixed=1e-3 <= abs(scores.mse) < 1e6))


def row_words(inputs: Sequence[float], data: Data | None = None) -> str:
    """A row of inputs: "1.5", "(5.1, red)"; "?" is a text that no training row has."""
    cells = cells_of(inputs, data.columns) if data is not None and data.columns else inputs
    texts = []
    for cell in cells:
        told = cell or "?" if isinstance(cell, str | None) else f"{cell:g}".replace("-", "−")
        texts.append(told)
    if len(texts) > 4:
        texts = [*texts[:3], "…"]
    return texts[0] if len(cells) == 1 else f"({', '.join(texts)})"


def unknown_words(applied: Sequence[Prediction], data: Data | None) -> str:
    """What to know of predictions for a text that training never had; "" where there is none."""
    if data is None or not data.columns:
        return ""
    if not any(None in cells_of(one.inputs, data.columns) for one in applied):
        return ""
    return translate(
        "Scores",
        "“?” is a text that no training row has: its inputs are all 0, so the other inputs alone "
        "decide.",
    )


def answer_words(one: Prediction, data: Data | None) -> str:
    """What the model says of a row: "4.10", or of classes "cat (70.0 %)"."""
    if not one.probabilities:
        return format_number(one.predicted, 2, fixed=True)
    number = int(one.predicted)
    return f"{class_name(data, number)} ({percent(one.probabilities[number])})"
