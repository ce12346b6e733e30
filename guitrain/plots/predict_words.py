"""Predict, then reveal: what is asked, what it turned out to be, and what counts as right."""

import math
from dataclasses import dataclass

from guitrain.core.params import Param
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run_view import RunView
from guitrain.core.step_view import StepView
from guitrain.numbers import format_number, parse_number
from guitrain.plots.flow_words import Moment, amount, box_title
from guitrain.sentences import translate

NEXT_LOSS = -1  # in place of a parameter's index
_DIGITS = 4  # as ``amount`` shows them
_ORDER = (Phase.UPDATE, Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD)
_FREE = Param("prediction", "float", "Prediction", "")

Place = tuple[int, int]  # updates done, and how far the step after them has gone


@dataclass(frozen=True)
class Question:
    """What is asked before UPDATE ``step + 1`` of a run: the new value of a parameter, by its
    index, or ``NEXT_LOSS``.
    """

    run_id: int
    step: int
    what: int

    @property
    def revealed_at(self) -> Place:
        """From where on the outcome is on the screen."""
        if self.what == NEXT_LOSS:
            return self.step + 1, _ORDER.index(Phase.LOSS)
        return self.step + 1, 0


@dataclass(frozen=True)
class Answer:
    """A question's outcome: what was typed, what it turned out to be.

    Attributes:
        beside: what it was before the update, whose digits are shown too.
    """

    question: Question
    name: str
    typed: float
    real: float
    beside: float

    @property
    def right(self) -> bool:
        """Whether they agree to the digits shown, give or take one in the last: whoever reckons
        with rounded numbers can come out one off.
        """
        if not math.isfinite(self.real) or not math.isfinite(self.typed):
            return False
        unit = unit_shown(self.real)
        if self.question.what != NEXT_LOSS and math.isfinite(self.beside):
            unit = max(unit, unit_shown(self.beside))
        typed, real = self.typed / unit, self.real / unit
        return abs(typed - real) < 2 and abs(round(typed) - round(real)) <= 1


def place_of(view: RunView) -> Place:
    """Where a run stands."""
    phase = view.phase
    return view.step, _ORDER.index(phase) if phase in _ORDER else 0


def asked_at(moment: Moment) -> tuple[int, int] | None:
    """The run and step whose UPDATE comes next, at BACKWARD; else None."""
    view, step = moment.view, moment.step
    if view is None or step is None or step.gradients is None:
        return None
    if view.phase is not Phase.BACKWARD or step.phase is not Phase.BACKWARD:
        return None
    return view.run_id, step.step


def real_of(question: Question, view: RunView, step: StepView | None) -> float | None:
    """What it turned out to be, as soon as that is on the screen; None before, or if unknown."""
    if view.run_id != question.run_id or place_of(view) < question.revealed_at:
        return None
    what, names = question.what, view.settings.form.names
    if step is not None and step.step == question.step + 1:
        if what == NEXT_LOSS and step.loss is not None:
            return step.loss
        if 0 <= what < len(step.before):
            return step.before[what]
    if step is not None and step.step == question.step and step.after is not None and what >= 0:
        return step.after[what] if what < len(step.after) else None
    return view.steps.value("loss" if what == NEXT_LOSS else names[what], question.step + 1)


def typed_number(text: str) -> float:
    """The number that was typed; raises ExperimentProblem: as ``parse_number``, and
    "not_finite".
    """
    number = parse_number(_FREE, text)
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ExperimentProblem("not_finite", _FREE.name, value=text.strip())
    return value


def refusal(problem: ExperimentProblem) -> str:
    """Why a prediction was not taken, and what to do."""
    text = {
        "empty": translate("Predict", "Type your number first; or press Next to see it without."),
        "ambiguous_comma": translate(
            "Predict", "Is “{0}” a thousand or a fraction? Type it without the comma."
        ),
        "not_finite": translate("Predict", "“{0}” is too large: type a smaller number."),
    }.get(
        problem.code,
        translate("Predict", "“{0}” is not a number: type one such as 1.25 or −0.5."),
    )
    return text.format(str(problem.values.get("value", "")).strip()[:40])


def unit_shown(value: float) -> float:
    """What one in the last digit is worth in which ``amount`` shows a finite number."""
    if 1e-3 <= abs(value) < 1e6 or not value:
        return 10.0**-_DIGITS
    return 10.0 ** max(math.floor(math.log10(abs(value))) - _DIGITS + 1, -300)


def outcome(answer: Answer) -> str:
    """Both numbers, their difference, and whether it is right."""
    verdict = translate("Predict", "✓ Right") if answer.right else translate("Predict", "✗ Not yet")
    return translate(
        "Predict", "{verdict}: {name} is {real}, you said {typed} (off by {difference})"
    ).format(
        verdict=verdict,
        name=answer.name,
        typed=amount(answer.typed),
        real=amount(answer.real),
        difference=_difference(answer),
    )


def _difference(answer: Answer) -> str:
    """To the digits in which the numbers are shown."""
    off = answer.typed - answer.real
    if not math.isfinite(off):
        return amount(abs(off))
    if unit_shown(answer.real) < 10.0**-_DIGITS or abs(off) >= 1e6:
        return amount(off)
    return format_number(off, _DIGITS, fixed=True)


def hint(moment: Moment, what: int) -> str:
    """How the number can be found."""
    step, settings = moment.step, moment.settings
    if step is None or step.gradients is None:
        return ""
    plain = not settings.optimizer_entry.state_names(settings.optimizer.values)
    if what != NEXT_LOSS:
        if plain:
            text = translate(
                "Predict", "Work out the row “{0}” with its numbers, then press Enter."
            )
        else:
            text = translate(
                "Predict", "Work out the row “{0}” from its top line down, then press Enter."
            )
        return text.format(box_title(Phase.UPDATE))
    now = amount(step.loss) if step.loss is not None else "?"
    if step.batches > 1:
        return translate(
            "Predict", "The loss of the next batch. This one’s is {0}; other points, other loss."
        ).format(now)
    if not plain:
        return translate(
            "Predict", "The loss is {0} now. How far did it fall in the step before?"
        ).format(now)
    fall = step.learning_rate * (step.squared_gradient or 0.0)
    return translate(
        "Predict", "The loss is {0} now. A small step lowers it by about η·Σ(∂L/∂p)² = {1}."
    ).format(now, amount(fall))
