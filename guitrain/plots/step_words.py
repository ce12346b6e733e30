"""This step in numbers: each formula, the same with this step's numbers in it, and the outcome.

What is still to come is a "?". Every number is of the step's own tensors; sums are added up in
float64, and a gradient is autograd's own.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from guitrain.core.experiment import Experiment
from guitrain.core.optimizers import STEP_COUNT
from guitrain.core.phases import Phase
from guitrain.core.step_view import StepView
from guitrain.numbers import format_number
from guitrain.plots import flow_words
from guitrain.plots.batch_columns import product, products, sum_of, terms, total, weighed
from guitrain.plots.flow_words import amount, gradient
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot

PHASES_SHOWN = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE)
UNKNOWN = "?"
_MOST, _FEW = 8, 4  # parameters that are all shown, and how many are of more
_POWER = "ᵗ"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOT_AFTER = r"(?![^\W²³]|[\u0300-\u036f′])"  # a letter, digit, accent or prime: a longer name


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
        return bracketed(text) if found.start() or after in ("²", "³") else text

    return re.sub(pattern, number, formula)


def standardized_note(settings: Experiment) -> str:
    """That x and weights are not in the data's own units, where it is so; else ""."""
    if not settings.standardize:
        return ""
    names = ", ".join(settings.model_entry.parameter_names[:_FEW])
    return translate(
        "Numbers", "Standardized: x is (x − mean) / deviation here; {0} belong to it."
    ).format(names)


# FORWARD and LOSS.


def forward_lines(
    step: StepView | None, settings: Experiment, selected: int | None = None
) -> tuple[Line, ...]:
    """One sample's prediction, which sample it is, and whether x is standardised."""
    entry = settings.model_entry
    left, _, right = entry.formula.partition(" = ")
    made = []
    if step is None or step.prediction is None:
        made.append(Line(Phase.FORWARD, Kind.VALUE, (left, right), UNKNOWN, known=False))
    else:
        at = sample(step, selected)
        parts: tuple[str, ...] = (left, right)
        if entry.partials and step.before:
            numbers = _weights(step)
            numbers["x"] = short(float(step.inputs[at, 0]))
            parts = (left, right, substituted(right, numbers))
        result = amount(float(step.prediction[at]))
        made.append(Line(Phase.FORWARD, Kind.VALUE, parts, result))
        made.append(Line(Phase.FORWARD, Kind.NOTE, (_sample_note(step, at, selected),)))
    if note := standardized_note(settings):
        made.append(Line(Phase.FORWARD, Kind.NOTE, (note,)))
    return tuple(made)


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
    count = len(step.rows) if step is not None else 0
    right = right.replace("1/n", f"1/{format_number(count)}" if count else "1/n")
    values = terms(step, settings) if step is not None else None
    if step is None or step.loss is None or values is None:
        lines = [Line(Phase.LOSS, Kind.VALUE, (left, right), UNKNOWN, known=False)]
    else:
        number = f"(1/{format_number(count)})·{bracketed(summed(sum_of(values), count))}"
        lines = [Line(Phase.LOSS, Kind.VALUE, (left, right, number), amount(step.loss))]
    if meaning:
        known = [f"{p.symbol} = {short(settings.loss[p.name])}" for p in entry.params if p.symbol]
        note = ";  ".join([meaning.strip(), *known])
        lines.append(Line(Phase.LOSS, Kind.NOTE, (note,)))
    return tuple(lines)


def _stop_line(moment: flow_words.Moment) -> Line:
    judged = flow_words.verdict(moment)
    text = judged.comparison[0]
    if judged.stop is not None:
        text = f"{text} {judged.answer[0]}"
    return Line(Phase.STOP, Kind.WEIGHT, (text,), known=judged.stop is not None)


# BACKWARD and UPDATE.


def gradient_lines(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    """The chain rule of each parameter with this batch's sum; the outcome is autograd's."""
    names, more = _shown(step, settings)
    known = step.gradients if step is not None and step.gradients is not None else None
    lines = []
    for index, name in enumerate(names):
        parts = (gradient(name), *_chain(step, settings, index))
        if known is None:
            lines.append(Line(Phase.BACKWARD, Kind.GRADIENT, parts, UNKNOWN, known=False))
        else:  # of too many parameters no numbers are kept
            result = amount(known[index]) if index < len(known) else ""
            lines.append(Line(Phase.BACKWARD, Kind.GRADIENT, parts, result))
    if more:
        lines.append(Line(Phase.BACKWARD, Kind.NOTE, (more,)))
    return tuple(lines)


def _chain(step: StepView | None, settings: Experiment, index: int) -> tuple[str, ...]:
    """∂L/∂p as a formula, and from BACKWARD on with its sum; nothing where no hand can do it."""
    partials = settings.model_entry.partials
    if index >= len(partials):
        return ()
    factor, slope = weighed(settings.loss_entry)
    count = len(step.rows) if step is not None else 0
    mean = f"({factor}/{format_number(count) if count else 'n'})"
    formula = f"{mean}·{total(product(slope, partials[index].formula))}"
    values = products(step, settings, index) if step is not None else None
    if values is None:
        return (formula,)
    return formula, f"{mean}·{bracketed(summed(sum_of(values), count))}"


def update_lines(step: StepView | None, settings: Experiment) -> tuple[Line, ...]:
    """The optimizer's formulas for each parameter, with numbers from BACKWARD on."""
    names, more = _shown(step, settings)
    lines = []
    for index, name in enumerate(names):
        lines += _update_of(step, settings, index, name)
    if more:
        lines.append(Line(Phase.UPDATE, Kind.NOTE, (more,)))
    return tuple(lines)


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


def _shown(step: StepView | None, settings: Experiment) -> tuple[tuple[str, ...], str]:
    """The parameters that have lines, and what is said of the others."""
    names = (step.names if step is not None else ()) or settings.model_entry.parameter_names
    if len(names) <= _MOST and names:
        return names, ""
    if not names:
        return ("w",), translate("Numbers", "… and so on, for each of the weights")
    text = translate("Numbers", "… and so on, for {0} more parameters")
    return names[:_FEW], text.format(format_number(len(names) - _FEW))
