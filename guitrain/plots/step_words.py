"""This step in numbers: each formula, the same with this step's numbers in it, and the outcome.

What is still to come is a "?". Every number is of the step's own tensors; sums are added up in
float64, and a gradient is autograd's own.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from guitrain.core.experiment import Experiment
from guitrain.core.optimizers import STEP_COUNT
from guitrain.core.penalties import Penalty, penalties_of, penalty_formula, slope_formula
from guitrain.core.phases import Phase
from guitrain.core.step_view import StepView
from guitrain.numbers import format_number
from guitrain.plots import flow_words, surface_words
from guitrain.plots.batch_columns import product, products, sum_of, terms, total, weighed
from guitrain.plots.flow_words import amount, gradient
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot

PHASES_SHOWN = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE)
UNKNOWN = "?"
_MOST_OUTPUTS = 4  # of a sample that a line lists
_POWER = "ᵗ"
_POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPTS = str.maketrans("0123456789", _POWERS)
# A letter, digit, accent or prime: a longer name.
_NOT_AFTER = rf"(?![^\W{_POWERS}]|[\u0300-\u036f′])"


class Kind(Enum):
    """What a line's outcome is, which decides its colour."""

    VALUE = "value"
    GRADIENT = "gradient"
    WEIGHT = "weight"
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """A line of a phase: parts that are equal to each other, the last of them the outcome.

    Attributes:
        known: whether any of its numbers is known; a line without is shown greyed.
    """

    phase: Phase
    kind: Kind
    parts: tuple[str, ...]
    result: str = ""
    known: bool = True

    @property
    def text(self) -> str:
        """The whole line."""
        return " = ".join((*self.parts, self.result) if self.result else self.parts)


def lines_of(snapshot: Snapshot) -> tuple[Line, ...]:
    """All lines of this moment, in the order of the phases."""
    moment = flow_words.Moment(snapshot)
    selected = snapshot.point.row if snapshot.point is not None else None
    lines = step_lines(moment.step, moment.settings, selected)
    at = next(i for i, line in enumerate(lines) if line.phase is Phase.BACKWARD)
    made = [*lines[:at], _stop_line(moment), *lines[at:]]
    if moment.view is not None and moment.view.stopped is not None:
        text = translate("Numbers", "The run has stopped: no gradient and no update follow.")
        made = [line for line in made if line.phase not in (Phase.BACKWARD, Phase.UPDATE)]
        made.append(Line(Phase.BACKWARD, Kind.NOTE, (text,)))
    return tuple(made)


def step_lines(
    step: StepView | None, settings: Experiment, selected: int | None = None
) -> tuple[Line, ...]:
    """The lines of FORWARD, LOSS, BACKWARD and UPDATE; ``selected`` is a training point's row."""
    return (
        *forward_lines(step, settings, selected),
        *loss_lines(step, settings),
        *gradient_lines(step, settings),
        *update_lines(step, settings),
    )


# Numbers in formulas.


def short(value: float) -> str:
    """A number of the settings or the data, as short as it is."""
    return format_number(value, 5) if not math.isnan(value) else amount(value)


def summed(value: float, count: int) -> str:
    """A sum over so many points: digits enough for the mean's four decimals."""
    if not math.isfinite(value) or not value:
        return amount(value)
    of_mean = min(5 - int(math.log10(count)), 4)
    significant = 4 - math.floor(math.log10(abs(value)))
    return amount(value, max(of_mean, min(significant, 6), 0))


def bracketed(text: str) -> str:
    """A factor: in brackets where it has a sign of its own."""
    return f"({text})" if text.startswith("−") else text


def substituted(formula: str, numbers: Mapping[str, str]) -> str:
    """A formula with numbers for its names; a name that has none stays."""
    names = "|".join(map(re.escape, sorted(numbers, key=len, reverse=True)))
    if not names:
        return formula
    pattern = rf"(?<![\w∂])(?:{names}){_NOT_AFTER}"

    def number(found: re.Match[str]) -> str:
        text, after = numbers[found[0]], formula[found.end() : found.end() + 1]
        if after == ")" and formula[found.start() - 1 : found.start()] == "(":
            return text  # in brackets already
        return bracketed(text) if found.start() or after in tuple(_POWERS) else text

    return re.sub(pattern, number, formula)


def standardized_note(settings: Experiment) -> str:
    """That x and weights are not in the data's own units, where it is so; else ""."""
    if not settings.standardize:
        return ""
    form = settings.form
    names = ", ".join(form.names if form.few else [name for name, _ in form.tensors[:2]])
    return translate(
        "Numbers", "Standardized: x is (x − mean) / deviation here; {0} belong to it."
    ).format(names)


# FORWARD and LOSS.


def forward_lines(
    step: StepView | None, settings: Experiment, selected: int | None = None
) -> tuple[Line, ...]:
    """One sample's prediction, which sample it is, and whether x is standardised; or the height
    of a test surface.
    """
    if settings.surface is not None:
        return (_height_line(step, settings),)
    form = settings.form
    left, _, right = form.formula.partition(" = ")
    made = [Line(Phase.FORWARD, Kind.VALUE, (layer,)) for layer in form.layers[:-1]]
    if form.layers:
        left, _, right = form.layers[-1].partition(" = ")
    if step is None or step.prediction is None:
        made = [replace(line, known=False) for line in made]
        made.append(Line(Phase.FORWARD, Kind.VALUE, (left, right), UNKNOWN, known=False))
    else:
        at = sample(step, selected)
        parts: tuple[str, ...] = (left, right)
        if form.partials and step.before:
            numbers = _weights(step)
            numbers.update(
                zip(settings.shape.names, map(short, step.inputs[at].tolist()), strict=True)
            )
            parts = (left, right, substituted(right, numbers))
        outputs = step.prediction[at : at + 1].astype(np.float64)
        made.append(Line(Phase.FORWARD, Kind.VALUE, parts, _listed(outputs[0])))
        if settings.loss_entry.probabilities is not None:
            chances = settings.loss_entry.probabilities(outputs)[0]
            parts = tuple(settings.loss_entry.probability_formula.split(" = "))
            told = chances[1:] if settings.shape.outputs == 1 else chances
            made.append(Line(Phase.FORWARD, Kind.VALUE, parts, _listed(told)))
        made.append(Line(Phase.FORWARD, Kind.NOTE, (_sample_note(step, at, selected),)))
    if not form.few:
        made.append(Line(Phase.FORWARD, Kind.NOTE, (shapes_note(settings),)))
    if note := standardized_note(settings):
        made.append(Line(Phase.FORWARD, Kind.NOTE, (note,)))
    return tuple(made)


def _height_line(step: StepView | None, settings: Experiment) -> Line:
    left, right = surface_words.height(settings)
    if step is None or step.prediction is None:
        return Line(Phase.FORWARD, Kind.VALUE, (left, right), UNKNOWN, known=False)
    parts = (left, right, substituted(right, _weights(step)))
    return Line(Phase.FORWARD, Kind.VALUE, parts, amount(float(step.prediction)))


def _listed(values: NDArray[np.float64]) -> str:
    """Outputs or probabilities: one, or the first few."""
    texts = [amount(value) for value in values[:_MOST_OUTPUTS].tolist()]
    if len(texts) == 1:
        return texts[0]
    return f"[{', '.join(texts)}{', …' * (len(values) > _MOST_OUTPUTS)}]"


def shapes_note(settings: Experiment) -> str:
    """How many weights there are, and in which tensors."""
    form = settings.form
    shapes = [f"{name} {'×'.join(map(str, shape))}" for name, shape in form.tensors]
    text = translate("Numbers", "{0} weights: {1}")
    return text.format(format_number(form.count), ", ".join(shapes))


def sample(step: StepView, selected: int | None) -> int:
    """Where in the batch the sample stands: the selected point, or the first."""
    if selected is None:
        return 0
    found = np.flatnonzero(step.rows == selected)
    return int(found[0]) if len(found) else 0


def _sample_note(step: StepView, at: int, selected: int | None) -> str:
    row = int(step.rows[at])
    if selected is None:
        text = translate("Numbers", "for point {0}, the first in this batch of {1}")
    elif row == selected:
        text = translate("Numbers", "for point {0}, which you selected, in this batch of {1}")
    else:
        text = translate(
            "Numbers", "for point {0}, the first in this batch of {1}: yours is not in it"
        )
    return text.format(format_number(row + 1), format_number(len(step.rows)))


def _weights(step: StepView) -> dict[str, str]:
    return {name: amount(value) for name, value in zip(step.names, step.before, strict=False)}


def loss_lines(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    """The chosen loss with this batch's sum; what its term stands for, where it is longer."""
    entry = settings.loss_entry
    head, _, meaning = entry.formula.partition(";")
    left, _, right = head.partition(" = ")
    if settings.surface is not None:
        if step is None or step.loss is None:
            return (Line(Phase.LOSS, Kind.VALUE, (left, right), UNKNOWN, known=False),)
        return (Line(Phase.LOSS, Kind.VALUE, (left, right), amount(step.loss)),)
    count = len(step.rows) if step is not None else 0
    right = right.replace("1/n", f"1/{format_number(count)}" if count else "1/n")
    values = terms(step, settings) if step is not None else None
    right += penalty_formula(settings)
    if step is None or step.loss is None or values is None:
        lines = [Line(Phase.LOSS, Kind.VALUE, (left, right), UNKNOWN, known=False)]
    else:
        number = f"(1/{format_number(count)})·{bracketed(summed(sum_of(values), count))}"
        number += "".join(_penalties(step, settings))
        parts: tuple[str, ...] = (left, right, number)
        if penalties_of(settings) and step.data_loss is not None:
            parts += (f"{amount(step.data_loss)} + {amount(step.loss - step.data_loss)}",)
        lines = [Line(Phase.LOSS, Kind.VALUE, parts, amount(step.loss))]
    if meaning:
        known = [f"{p.symbol} = {short(settings.loss[p.name])}" for p in entry.params if p.symbol]
        note = ";  ".join([meaning.strip(), *known])
        lines.append(Line(Phase.LOSS, Kind.NOTE, (note,)))
    if penalties_of(settings):
        lines.append(Line(Phase.LOSS, Kind.NOTE, (penalty_note(settings),)))
    return tuple(lines)


def penalty_note(settings: Experiment) -> str:
    """Which parameters are penalised."""
    names = settings.form.weight_names
    if not settings.form.few:
        return translate("Numbers", "The penalty is on the weights alone: biases are free.")
    text = translate("Numbers", "The penalty is on {0} alone: biases are free.")
    return text.format(", ".join(names))


def _penalties(step: StepView, settings: Experiment) -> list[str]:
    """What each adds to the loss, with its number: " + 0.01·3.5900"."""
    names = settings.form.weight_names
    weights = [value for name, value in zip(step.names, step.before, strict=False) if name in names]
    if not weights:  # too many to be kept
        return [f" + {each.symbol}·{each.total}" for each in penalties_of(settings)]
    with np.errstate(all="ignore"):
        return [
            f" + {short(each.strength(settings))}·{amount(float(each.of(np.array(weights)).sum()))}"
            for each in penalties_of(settings)
        ]


def _pull(each: Penalty, settings: Experiment, weight: float) -> str:
    """What a penalty adds to a weight's gradient, with its numbers: " + 2·0.01·1.8947"."""
    number = amount(weight)
    if "({p})" not in each.slope:
        number = bracketed(number)
    pull = each.slope.replace("{p}", number).replace(each.symbol, short(each.strength(settings)))
    return f" + {pull}"


def _stop_line(moment: flow_words.Moment) -> Line:
    judged = flow_words.verdict(moment)
    text = judged.comparison[0]
    if judged.stop is not None:
        text = f"{text} {judged.answer[0]}"
    return Line(Phase.STOP, Kind.WEIGHT, (text,), known=judged.stop is not None)


# BACKWARD and UPDATE.


def gradient_lines(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    """The chain rule of each parameter with this batch's sum; the outcome is autograd's. Where
    the parameters are not few, the size of each tensor's gradient.
    """
    if not settings.form.few:
        return _gradient_sizes(step, settings)
    names = settings.form.names
    known = step.gradients if step is not None and step.gradients is not None else None
    lines = []
    for index, name in enumerate(names):
        parts = (gradient(name), *_chain(step, settings, index))
        if known is None:
            lines.append(Line(Phase.BACKWARD, Kind.GRADIENT, parts, UNKNOWN, known=False))
        else:
            result = amount(known[index]) if index < len(known) else ""
            lines.append(Line(Phase.BACKWARD, Kind.GRADIENT, parts, result))
    return tuple(lines)


def _gradient_sizes(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    sizes = {tensor.name: tensor.gradient for tensor in step.tensors} if step is not None else {}
    lines = []
    for name, _ in settings.form.tensors:
        size = sizes.get(name)
        result = UNKNOWN if size is None else amount(size)
        parts = (f"‖{gradient(name)}‖",)
        lines.append(Line(Phase.BACKWARD, Kind.GRADIENT, parts, result, known=size is not None))
    text = translate(
        "Numbers", "‖…‖ is the size of all the numbers in it: the root of the sum of their squares"
    )
    return (*lines, Line(Phase.BACKWARD, Kind.NOTE, (text,)))


def _chain(step: StepView | None, settings: Experiment, index: int) -> tuple[str, ...]:
    """∂L/∂p as a formula, and from BACKWARD on with its sum; nothing where no hand can do it."""
    if settings.surface is not None:
        formula = surface_words.slope(settings.surface, index)
        if step is None or step.gradients is None:
            return (formula,)
        return formula, substituted(formula, _weights(step))
    partials = settings.form.partials
    if index >= len(partials):
        return ()
    factor, slope = weighed(settings.loss_entry)
    count = len(step.rows) if step is not None else 0
    mean = f"({factor}/{format_number(count) if count else 'n'})"
    name = settings.form.names[index]
    formula = f"{mean}·{total(product(slope, partials[index].formula))}"
    formula += slope_formula(settings, name)
    values = products(step, settings, index) if step is not None else None
    if step is None or values is None:
        return (formula,)
    number = f"{mean}·{bracketed(summed(sum_of(values), count))}"
    if name in settings.form.weight_names:
        pulls = penalties_of(settings)
        number += "".join(_pull(each, settings, step.before[index]) for each in pulls)
    return formula, number


def update_lines(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    """The optimizer's formulas for each parameter, with numbers from BACKWARD on."""
    lines = _rate_lines(step, settings)
    if not settings.form.few:
        return (*lines, *_update_sizes(step, settings))
    for index, name in enumerate(settings.form.names):
        lines += _update_of(step, settings, index, name)
    return tuple(lines)


def _update_sizes(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    """The formulas that hold for each weight, and how the size of each tensor changed."""
    formulas = settings.optimizer_entry.formulas(settings.optimizer.values)
    ready = step is not None and step.gradients is not None
    lines = [
        Line(Phase.UPDATE, Kind.WEIGHT, (line.replace("{p}", "p"),), known=ready)
        for line in formulas
    ]
    text = translate("Numbers", "for each weight p, with η = {0}")
    rate = step.learning_rate if step is not None else settings.learning_rate
    lines.append(Line(Phase.UPDATE, Kind.NOTE, (text.format(short(rate)),)))
    for tensor in step.tensors if step is not None else ():
        if tensor.after is not None:
            before = UNKNOWN if tensor.before is None else amount(tensor.before)
            moved = f"‖{tensor.name}‖: {before} → {amount(tensor.after)}"
            lines.append(Line(Phase.UPDATE, Kind.WEIGHT, (moved,)))
    return tuple(lines)


def _rate_lines(step: StepView | None, settings: Experiment) -> list[Line]:
    """How the schedule makes this step's learning rate of the one that is set."""
    entry = settings.schedule_entry
    if entry.factor is None:
        return []
    left, _, right = entry.formula(settings.schedule.values).partition(" = ")
    if step is None:
        return [Line(Phase.UPDATE, Kind.WEIGHT, (left, right), UNKNOWN, known=False)]
    numbers = {p.symbol: short(settings.schedule[p.name]) for p in entry.params}
    numbers |= {"η₀": short(settings.learning_rate), "e": format_number(step.epoch)}
    parts = (left, right, substituted(right, numbers))
    note = translate("Numbers", "e = {0} epochs done; η₀ = {1} is the learning rate that is set")
    return [
        Line(Phase.UPDATE, Kind.WEIGHT, parts, short(step.learning_rate)),
        Line(Phase.UPDATE, Kind.NOTE, (note.format(numbers["e"], numbers["η₀"]),)),
    ]


def _update_of(step: StepView | None, settings: Experiment, index: int, name: str) -> list[Line]:
    entry, values = settings.optimizer_entry, settings.optimizer.values
    symbols = {p.symbol: short(values[p.name]) for p in entry.params if p.symbol}
    ready = step is not None and bool(step.gradients) and bool(step.before)
    done = step is not None and step.after is not None
    numbers: dict[str, str] = {}
    after: dict[str, str] = {}
    if ready:
        assert step is not None
        numbers = symbols | _known_before(step, settings, index, name)
        after = _known_after(step, settings, index, name)
    lines = []
    for template in entry.formulas(values):
        formula = template.replace("{p}", name)
        target, _, right = formula.partition(" ← ")
        parts: tuple[str, ...] = (formula,)
        if ready:
            parts = (formula, substituted(right, numbers | _powers(symbols, numbers)))
        # What this line has made holds in those below it.
        numbers.pop(target, None)
        if target in after:
            numbers[target] = after[target]
        if target == STEP_COUNT and index:
            continue  # one for all parameters: it stands with the first
        result = after.get(target, "" if done else UNKNOWN)
        lines.append(Line(Phase.UPDATE, Kind.WEIGHT, parts, result, known=ready or done))
    return lines


def _powers(symbols: Mapping[str, str], numbers: Mapping[str, str]) -> dict[str, str]:
    """Each setting to the t-th power: 0.9ᵗ, or 0.9³ where t is known."""
    power = numbers.get(STEP_COUNT, _POWER).translate(_SUPERSCRIPTS)
    return {
        symbol + _POWER: (text if text.isascii() and "e" not in text else f"({text})") + power
        for symbol, text in symbols.items()
    }


def _known_before(step: StepView, settings: Experiment, index: int, name: str) -> dict[str, str]:
    entry, values = settings.optimizer_entry, settings.optimizer.values
    assert step.gradients is not None
    numbers = {
        name: amount(step.before[index]),
        gradient(name): amount(step.gradients[index]),
        "η": short(step.learning_rate),
    }
    states = entry.state_names(values)
    memory = _memory(states, step.state_before, index)
    if not memory and step.step == 0 and states:  # it remembers nothing before the first update
        memory = dict.fromkeys(states, 0.0) | {states[0]: entry.state_start(values)}
    return numbers | {state: _remembered(state, value) for state, value in memory.items()}


def _known_after(step: StepView, settings: Experiment, index: int, name: str) -> dict[str, str]:
    entry, values = settings.optimizer_entry, settings.optimizer.values
    if step.after is None:
        return {}
    states = entry.state_names(values)
    memory = _memory(states, step.state_after, index)
    made = {state: _remembered(state, value) for state, value in memory.items()}
    if memory:
        derived = entry.derived(values, memory)
        made |= {each: _remembered(each, value) for each, value in derived.items()}
    return made | {name: amount(step.after[index])}


def _memory(
    states: tuple[str, ...], kept: tuple[tuple[float, ...], ...], index: int
) -> dict[str, float]:
    """What is remembered of one parameter, by name."""
    return {
        state: numbers[0 if state == STEP_COUNT else index]
        for state, numbers in zip(states, kept, strict=False)
    }


def _remembered(state: str, value: float) -> str:
    if state == STEP_COUNT:
        return f"{value:.0f}"
    return _precise(value) if value else "0"


def _precise(value: float) -> str:
    """With five digits, however small: others are divided by what is shown."""
    small = 1e-3 <= abs(value) < 1
    return amount(value, 4 - math.floor(math.log10(abs(value))) if small else 4)
