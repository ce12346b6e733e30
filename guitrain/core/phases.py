"""The phases of training, as the article's flow chart (its §4.1) numbers them."""

from dataclasses import dataclass
from enum import Enum


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # the name lupdate looks for
    """Mark ``text`` for translation where no Qt may be imported; returns it unchanged."""
    return text


class Phase(Enum):
    """One operation of training. The demo can stop after any of them."""

    DATA = "data"
    INIT = "init"
    FORWARD = "forward"
    LOSS = "loss"
    STOP = "stop"
    BACKWARD = "backward"
    UPDATE = "update"
    TEST = "test"
    APPLY = "apply"


@dataclass(frozen=True)
class PhaseInfo:
    """What is shown of a phase: its box number in the article's §4.1, its stage, its words."""

    number: int
    stage: str
    label: str


PHASES: dict[Phase, PhaseInfo] = {
    Phase.DATA: PhaseInfo(1, "train", QT_TRANSLATE_NOOP("Phases", "Data")),
    Phase.INIT: PhaseInfo(1, "train", QT_TRANSLATE_NOOP("Phases", "Initial weights")),
    Phase.FORWARD: PhaseInfo(2, "train", QT_TRANSLATE_NOOP("Phases", "Forward")),
    Phase.LOSS: PhaseInfo(3, "train", QT_TRANSLATE_NOOP("Phases", "Loss")),
    Phase.STOP: PhaseInfo(4, "train", QT_TRANSLATE_NOOP("Phases", "Stop?")),
    Phase.BACKWARD: PhaseInfo(5, "train", QT_TRANSLATE_NOOP("Phases", "Backward")),
    Phase.UPDATE: PhaseInfo(6, "train", QT_TRANSLATE_NOOP("Phases", "Update")),
    Phase.TEST: PhaseInfo(8, "test", QT_TRANSLATE_NOOP("Phases", "Test")),
    Phase.APPLY: PhaseInfo(8, "apply", QT_TRANSLATE_NOOP("Phases", "Apply")),
}
