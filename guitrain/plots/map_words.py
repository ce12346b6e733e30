"""The words on a map: of its points, its legend and its notes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from guitrain.core.data import Data
from guitrain.core.evaluation import Prediction
from guitrain.core.experiment import Experiment
from guitrain.numbers import format_number
from guitrain.outcome_words import answer_words, class_name, percent
from guitrain.plots.class_marks import COLOURS
from guitrain.plots.map_points import Kind
from guitrain.sentences import listed, translate

if TYPE_CHECKING:
    from guitrain.core.step_view import PointView

_MOST_TOLD = 2  # probabilities of a point that are told


def _number(value: float) -> str:
    return format_number(value, 3)


def chances_of(point: "PointView", experiment: Experiment) -> tuple[float, ...]:
    """The probability of each class for the selected point; () where a number is learnt."""
    probabilities = experiment.loss_entry.probabilities
    if probabilities is None:
        return ()
    with np.errstate(all="ignore"):
        found: list[float] = probabilities(np.array([point.outputs], np.float64))[0].tolist()
    return tuple(found)


def map_point_text(point: "PointView", experiment: Experiment, data: Data) -> str:
    """The selected point, line by line: what it is, what the model says of it, and its term of
    the loss.
    """
    number = f"{point.row + 1:,}"
    term = translate("Point", "{0} = {1}, its term of the loss").format(
        experiment.loss_entry.term_formula, _number(point.term)
    )
    chances = chances_of(point, experiment)
    if not chances:
        first = translate("Point", "point {0}").format(number)
        return f"{first}\ny = {_number(point.y)}, ŷ = {_number(point.prediction)}\n{term}"
    own = int(point.y)
    text = translate("Point", "point {0}: its class is {1}")
    first = text.format(number, class_name(data, own))
    order = sorted(range(len(chances)), key=lambda each: (each != own, -chances[each]))
    told = listed(
        f"{class_name(data, each)} {percent(chances[each])}" for each in order[:_MOST_TOLD]
    )
    return f"{first}\n{told}\n{term}"


def applied_text(one: Prediction, data: Data) -> str:
    """What stands at a prediction: "dog (83.0 %)"."""
    answer = answer_words(one, data)
    return answer if one.probabilities else f"ŷ = {answer}"


def class_row(data: Data, number: int, *, counted: bool) -> str:
    """A class in the legend: "cat · 125 points"."""
    name = class_name(data, number)
    if not counted:
        return name
    count = int((data.train.targets == number).sum())
    text = translate("MapPlot", "{0} · {1} points")
    if count == 1:
        text = translate("MapPlot", "{0} · {1} point")
    return text.format(name, f"{count:,}")


def points_row(kind: Kind, count: int, *, classes: bool) -> str:
    """Points of a kind in the legend."""
    texts = {
        Kind.TRAIN: (
            translate("MapPlot", "training data · {0} points"),
            translate("MapPlot", "training data · {0} point"),
        ),
        Kind.VALIDATION: (
            translate("MapPlot", "validation data · {0} points"),
            translate("MapPlot", "validation data · {0} point"),
        ),
        Kind.TEST: (
            translate("MapPlot", "test data · {0} points"),
            translate("MapPlot", "test data · {0} point"),
        ),
    }
    text = texts[kind][count == 1].format(f"{count:,}")
    if classes and kind is Kind.TEST:
        return translate("MapPlot", "hollow: {0}").format(text)
    if classes and kind is Kind.VALIDATION:
        return translate("MapPlot", "pale: {0}").format(text)
    return text


def notes(data: Data, axes: Sequence[int], *, drawn: int) -> list[str]:
    """What else is to be known of a map with ``drawn`` points."""
    found = []
    others = [at for at in range(len(data.input_names)) if at not in axes]
    if len(others) == 1:
        text = translate("MapPlot", "the other input at its mean over the training points")
        found.append(text)
    elif others:
        text = translate("MapPlot", "the other {0} inputs at their mean over the training points")
        found.append(text.format(len(others)))
    if len(data.classes) > COLOURS:
        text = translate("MapPlot", "after {0} classes colours come again, with other shapes")
        found.append(text.format(COLOURS))
    if len(data.train) > drawn:
        text = translate("MapPlot", "showing {shown} of {all} points")
        found.append(text.format(shown=f"{drawn:,}", all=f"{len(data.train):,}"))
    return found
