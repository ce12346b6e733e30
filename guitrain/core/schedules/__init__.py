"""The registry of learning-rate schedules. A new one is an entry here. No torch.

A schedule says what part of the learning rate each epoch trains with. It is a function of the
epoch's number alone, so any step can be replayed without a scheduler's memory; torch's ``LambdaLR``
multiplies the same two numbers in the exported script.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guitrain.core.params import Entry, Param, Registry
from guitrain.core.phases import QT_TRANSLATE_NOOP

Factor = Callable[[Mapping[str, Any], int], float]


@dataclass(frozen=True)
class ScheduleEntry(Entry):
    """A schedule.

    Attributes:
        formula: the rate η of a step with these settings, for the screen: η₀ is the learning rate
            that is set, and e counts the epochs done before the step. "" where η is η₀.
        factor: for ``(values, epoch)``, with epochs counted from 0, what part of the learning
            rate (0 … 1) that epoch trains with; over the epochs it never falls, or never rises.
            None where it is always the whole.
        code: the same as an expression of ``epoch``, for a script that has imported math.
    """

    formula: Callable[[Mapping[str, Any]], str] = field(kw_only=True)
    factor: Factor | None = field(kw_only=True)
    code: Callable[[Mapping[str, Any]], str] = field(kw_only=True)


def _step(values: Mapping[str, Any], epoch: int) -> float:
    factor: float = values["drop_factor"] ** (epoch // values["drop_every"])
    return factor


def _exponential(values: Mapping[str, Any], epoch: int) -> float:
    factor: float = values["decay_factor"] ** epoch
    return factor


def _cosine(values: Mapping[str, Any], epoch: int) -> float:
    # Loshchilov and Hutter 2017, "SGDR", without restarts.
    floor, length = values["cosine_floor"], values["cosine_epochs"]
    wave = 1 + math.cos(math.pi * min(epoch, length) / length)
    factor: float = floor + (1 - floor) * 0.5 * wave
    return factor


def _cosine_code(values: Mapping[str, Any]) -> str:
    floor, length = values["cosine_floor"], values["cosine_epochs"]
    wave = f"(1 + math.cos(math.pi * min(epoch, {length}) / {length}))"
    return f"{floor!r} + (1 - {floor!r}) * 0.5 * {wave}" if floor else f"0.5 * {wave}"


def _cosine_formula(values: Mapping[str, Any]) -> str:
    wave = "½·(1 + cos(π·min(e, T)/T))"
    return f"η = η₀·(m + (1 − m)·{wave})" if values["cosine_floor"] else f"η = η₀·{wave}"


def _warmup(values: Mapping[str, Any], epoch: int) -> float:
    return min(1.0, (epoch + 1) / values["warmup_epochs"])


SCHEDULES: Registry[ScheduleEntry] = Registry(
    "schedule",
    ScheduleEntry(
        name="constant",
        label=QT_TRANSLATE_NOOP("Schedule", "Constant"),
        help=QT_TRANSLATE_NOOP("Schedule", "Each epoch trains with the learning rate itself."),
        formula=lambda _values: "",
        factor=None,
        code=lambda _values: "1",
    ),
    ScheduleEntry(
        name="step",
        label=QT_TRANSLATE_NOOP("Schedule", "Step decay"),
        help=QT_TRANSLATE_NOOP(
            "Schedule",
            "The rate drops to a part of itself every so many epochs, and stays there in between.",
        ),
        params=(
            Param(
                "drop_every",
                "int",
                QT_TRANSLATE_NOOP("Schedule", "Drop every"),
                QT_TRANSLATE_NOOP("Schedule", "After how many epochs the rate drops, each time."),
                default=30,
                minimum=1,
                maximum=1_000_000_000,
                symbol="s",
                unit=QT_TRANSLATE_NOOP("Schedule", "epochs"),
            ),
            Param(
                "drop_factor",
                "float",
                QT_TRANSLATE_NOOP("Schedule", "Drop to"),
                QT_TRANSLATE_NOOP("Schedule", "What a drop multiplies the rate by: 0.5 halves it."),
                default=0.5,
                minimum=0.0,
                above_minimum=True,
                maximum=1.0,
                symbol="γ",
            ),
        ),
        formula=lambda _values: "η = η₀·γ^⌊e/s⌋",
        factor=_step,
        code=lambda values: f"{values['drop_factor']!r} ** (epoch // {values['drop_every']})",
    ),
    ScheduleEntry(
        name="exponential",
        label=QT_TRANSLATE_NOOP("Schedule", "Exponential"),
        help=QT_TRANSLATE_NOOP(
            "Schedule", "The rate is multiplied by the same number after every epoch."
        ),
        params=(
            Param(
                "decay_factor",
                "float",
                QT_TRANSLATE_NOOP("Schedule", "Factor"),
                QT_TRANSLATE_NOOP(
                    "Schedule", "What each epoch multiplies the rate by: 0.98 takes 2 % off."
                ),
                default=0.98,
                minimum=0.0,
                above_minimum=True,
                maximum=1.0,
                symbol="γ",
            ),
        ),
        formula=lambda _values: "η = η₀·γ^e",
        factor=_exponential,
        code=lambda values: f"{values['decay_factor']!r} ** epoch",
    ),
    ScheduleEntry(
        name="cosine",
        label=QT_TRANSLATE_NOOP("Schedule", "Cosine"),
        help=QT_TRANSLATE_NOOP(
            "Schedule",
            "The rate falls along half a cosine wave: slowly at first, then faster, slowly at the "
            "end.",
        ),
        params=(
            Param(
                "cosine_epochs",
                "int",
                QT_TRANSLATE_NOOP("Schedule", "Falls over"),
                QT_TRANSLATE_NOOP(
                    "Schedule",
                    "Epochs until the rate is at its lowest, where it stays: usually the run's "
                    "own number of epochs.",
                ),
                default=100,
                minimum=1,
                maximum=1_000_000_000,
                symbol="T",
                unit=QT_TRANSLATE_NOOP("Schedule", "epochs"),
            ),
            Param(
                "cosine_floor",
                "float",
                QT_TRANSLATE_NOOP("Schedule", "Lowest part"),
                QT_TRANSLATE_NOOP(
                    "Schedule",
                    "What part of the learning rate is left in the end. At 0 the weights stand "
                    "still then.",
                ),
                default=0.0,
                minimum=0.0,
                maximum=1.0,
                symbol="m",
            ),
        ),
        formula=_cosine_formula,
        factor=_cosine,
        code=_cosine_code,
    ),
    ScheduleEntry(
        name="warmup",
        label=QT_TRANSLATE_NOOP("Schedule", "Warm-up"),
        help=QT_TRANSLATE_NOOP(
            "Schedule",
            "The rate grows evenly over the first epochs, and stays at the learning rate then.",
        ),
        params=(
            Param(
                "warmup_epochs",
                "int",
                QT_TRANSLATE_NOOP("Schedule", "Grows over"),
                QT_TRANSLATE_NOOP(
                    "Schedule", "Epochs until the rate has grown to the learning rate."
                ),
                default=10,
                minimum=1,
                maximum=1_000_000_000,
                symbol="W",
                unit=QT_TRANSLATE_NOOP("Schedule", "epochs"),
            ),
        ),
        formula=lambda _values: "η = η₀·min(1, (e + 1)/W)",
        factor=_warmup,
        code=lambda values: f"min(1.0, (epoch + 1) / {values['warmup_epochs']})",
    ),
)
