"""The table of a batch, column by column: what a reader adds up to check a step by hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.experiment import Experiment
from guitrain.core.losses import LossEntry
from guitrain.core.penalties import penalty_formula, slope_formula
from guitrain.core.step_view import StepView
from guitrain.sentences import translate

Values = Callable[[slice], NDArray[np.float64]]

ERROR = "ŷ − y"
_MOST_INPUTS = 16  # columns of inputs, and of logits, that a table has
_MOST_OUTPUTS = 10
_FACTOR = re.compile(r"(\d+)(\(.*\))")  # 2(ŷ − y): the 2 is taken out of the sum
_BEFORE = re.compile(r"[^\W\d]")


@dataclass(frozen=True)
class Column:
    """A number for each row of the batch.

    Attributes:
        head, tip: what it is, as a formula, and in words.
        of: its numbers (k,) in these rows; None where they are not computed yet.
        name: the parameter whose gradient its sum leads to, or "".
    """

    head: str
    tip: str
    of: Values | None
    name: str = ""


def weighed(loss: LossEntry) -> tuple[int, str]:
    """∂ℓ/∂ŷ as a whole number before the sum and what is added up: 2 and "(ŷ − y)"."""
    found = _FACTOR.fullmatch(loss.slope_formula)
    return (int(found[1]), found[2]) if found else (1, loss.slope_formula)


def product(slope: str, partial: str) -> str:
    """A slope times ∂ŷ/∂p, as a formula."""
    return slope if partial == "1" else f"{slope}·{partial}"


def total(term: str) -> str:
    """The sum of a term: "Σ(ŷ − y)²", "Σ sign(ŷ − y)"."""
    return f"Σ {term}" if _BEFORE.match(term) else f"Σ{term}"


def errors(step: StepView) -> Values | None:
    """ŷ − y in float64, where a number is learnt, from FORWARD on."""
    prediction, targets = step.prediction, step.targets
    if prediction is None:
        return None
    return lambda rows: prediction[rows, 0].astype(np.float64) - targets[rows]


def terms(step: StepView, settings: Experiment) -> Values | None:
    """Each point's loss, from LOSS on."""
    entry, values, outputs = settings.loss_entry, settings.loss.values, step.prediction
    targets = step.targets.astype(np.float64)
    if outputs is None or step.loss is None:
        return None
    return lambda rows: entry.terms(values, outputs[rows].astype(np.float64), targets[rows])


def products(step: StepView, settings: Experiment, index: int) -> Values | None:
    """∂ℓ/∂ŷ·∂ŷ/∂p of a parameter, without the factor of ``weighed``, from BACKWARD on."""
    entry, values, outputs = settings.loss_entry, settings.loss.values, step.prediction
    if outputs is None or step.gradients is None:
        return None
    factor, _ = weighed(entry)
    partial, inputs = settings.form.partials[index], step.inputs
    targets = step.targets.astype(np.float64)

    def of(rows: slice) -> NDArray[np.float64]:
        slopes = entry.slopes(values, outputs[rows].astype(np.float64), targets[rows])[:, 0]
        return slopes / factor * partial.of(inputs[rows].astype(np.float64))

    return of


def columns(step: StepView, settings: Experiment) -> tuple[Column, ...]:
    """The table's columns after the row's number; of gradients only what is no column before."""
    inputs, prediction, targets = step.inputs, step.prediction, step.targets
    width = inputs.shape[1]
    x = translate("Batch", "The input, as the model sees it")
    made = [
        Column(name, x, _column(inputs[:, at]))
        for at, name in enumerate(settings.shape.names[: min(width, _MOST_INPUTS)])
    ]
    if settings.classes:
        made += _of_classes(step, settings)
    else:
        made.append(Column("y", translate("Batch", "The true value"), _column(targets)))
        known = None if prediction is None else _column(prediction[:, 0])
        made.append(Column("ŷ", translate("Batch", "The model's prediction"), known))
        text = translate("Batch", "The error: how far the prediction is too high")
        made.append(Column(ERROR, text, errors(step)))
    text = translate("Batch", "The point's own loss; the mean of these is L")
    if penalty := penalty_formula(settings):
        text = translate("Batch", "The point's own loss; L is the mean of these{0}").format(penalty)
    made.append(Column(settings.loss_entry.term_formula, text, terms(step, settings)))
    return (*made, *_gradients(step, settings, {column.head for column in made}))


def _of_classes(step: StepView, settings: Experiment) -> list[Column]:
    """Class, logits and probabilities."""
    outputs, probabilities = step.prediction, settings.loss_entry.probabilities
    assert probabilities is not None
    text = translate("Batch", "The number of the point’s own class, from 0")
    made = [Column("y", text, _column(step.targets))]
    count = settings.shape.outputs
    for at in range(min(count, _MOST_OUTPUTS)):
        text = translate("Batch", "The logit: what the model gives, before it is a probability")
        head = "z" if count == 1 else f"z{at}"
        made.append(Column(head, text, None if outputs is None else _column(outputs[:, at])))
    chances: Values | None = None
    if outputs is not None:

        def chances(rows: slice) -> NDArray[np.float64]:
            found = probabilities(outputs[rows].astype(np.float64))
            own: NDArray[np.float64] = found[
                np.arange(len(found)), step.targets[rows].astype(np.int64)
            ]
            return own

    text = translate("Batch", "The probability that the model gives to the point’s own class")
    made.append(Column("p(y)", text, chances))
    return made


def _gradients(step: StepView, settings: Experiment, known: set[str]) -> list[Column]:
    factor, slope = weighed(settings.loss_entry)
    made: list[Column] = []
    if not settings.form.few:
        return made  # more columns than can be read
    for index, partial in enumerate(settings.form.partials):
        head, name = product(slope, partial.formula), step.names[index]
        if head in known or head in {f"({other})" for other in known}:
            continue  # for b the squared loss adds up the errors themselves
        text = translate("Batch", "The mean of these is ∂L/∂{0}").format(name)
        if factor != 1:
            text = translate("Batch", "{1} times the mean of these is ∂L/∂{0}").format(name, factor)
        if penalty := slope_formula(settings, name):
            mean = translate("Batch", "the mean of these")
            if factor != 1:
                mean = translate("Batch", "{0} times the mean of these").format(factor)
            text = translate("Batch", "∂L/∂{0} is {1}{2}").format(name, mean, penalty)
        made.append(Column(head, text, products(step, settings, index), name))
    return made


def _column(values: NDArray[np.float32]) -> Values:
    return lambda rows: values[rows].astype(np.float64)


def sum_of(of: Values) -> float:
    """The sum of a column over the whole batch; inf and NaN are let through."""
    with np.errstate(all="ignore"):
        return float(of(slice(None)).sum())
