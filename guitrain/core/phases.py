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
    """What is shown of a phase: its box number in the article's §4.1, its stage, its words.

    Phases of one number and stage share a box, which the words of the first one explain.

    Attributes:
        short: its name as the second one in a box.
        meaning, code, where: what it does, in plain words; its line in the article's script; and
            where in the window it is seen.
    """

    number: int
    stage: str
    label: str
    short: str = ""
    meaning: str = ""
    code: str = ""
    where: str = ""


PHASES: dict[Phase, PhaseInfo] = {
    Phase.DATA: PhaseInfo(
        1,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Data"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "Training starts from two things: points to learn from, and first weights. These are "
            "only a guess, so the first line does not fit the points. Steps 2 to 6 will improve "
            "it.",
        ),
        code="model = LinearRegression()",
        where=QT_TRANSLATE_NOOP(
            "Phases", "In Fit: the blue points, and the solid line at its start."
        ),
    ),
    Phase.INIT: PhaseInfo(
        1,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Initial weights"),
        short=QT_TRANSLATE_NOOP("Phases", "weights"),
    ),
    Phase.FORWARD: PhaseInfo(
        2,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Forward"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "The model takes each x and computes a prediction ŷ with the weights it has now. "
            "Nothing is changed yet: it only tries.",
        ),
        code="predictions = model(inputs)",
        where=QT_TRANSLATE_NOOP(
            "Phases", "In Fit: ŷ is the height of the solid line above each x."
        ),
    ),
    Phase.LOSS: PhaseInfo(
        3,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Loss"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "How wrong are the predictions? Each is compared with the true y, and the mean over "
            "the batch is one number: the loss. Smaller is better; training makes it fall.",
        ),
        code="loss = loss_function(predictions, labels)",
        where=QT_TRANSLATE_NOOP(
            "Phases", "In Loss: the newest point of the curve. In Fit: switch on Residuals."
        ),
    ),
    Phase.STOP: PhaseInfo(
        4,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Stop?"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "Is it time to stop? The rules look at each epoch: enough epochs done, a loss that "
            "is small enough, or one that no longer falls. No: on to step 5. Yes: on to step 8.",
        ),
        code="for epoch in range(epochs):",
        where=QT_TRANSLATE_NOOP("Phases", "At the left: the rules under “Stop when”."),
    ),
    Phase.BACKWARD: PhaseInfo(
        5,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Backward"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "Going back from the loss, PyTorch finds for each weight how the loss would change "
            "if that weight grew a little: its gradient. A minus says that growing it lowers "
            "the loss. The weights do not move yet.",
        ),
        code="loss.backward()",
        where=QT_TRANSLATE_NOOP("Phases", "In This step in numbers: the vermilion numbers."),
    ),
    Phase.UPDATE: PhaseInfo(
        6,
        "train",
        QT_TRANSLATE_NOOP("Phases", "Update"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "Each weight takes a small step against its gradient, because downhill is where the "
            "loss falls. The learning rate sets how small. This is the only moment at which the "
            "line moves.",
        ),
        code="optimizer.step()",
        where=QT_TRANSLATE_NOOP(
            "Phases", "In Fit the solid line moves, in Landscape the point does."
        ),
    ),
    Phase.TEST: PhaseInfo(
        8,
        "test",
        QT_TRANSLATE_NOOP("Phases", "Test"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "An exam after training: the model predicts points that it has never seen. If it does "
            "much worse on them than on its training points, it learnt those by heart. "
            "Testing never changes the weights.",
        ),
        code="loss_function(model(test_inputs), test_labels)",
        where=QT_TRANSLATE_NOOP("Phases", "In Results: press Test."),
    ),
    Phase.APPLY: PhaseInfo(
        8,
        "apply",
        QT_TRANSLATE_NOOP("Phases", "Apply"),
        meaning=QT_TRANSLATE_NOOP(
            "Phases",
            "The model at work: the weights stay as they are, a new x goes in, and its "
            "prediction ŷ comes out. That is what all the training was for.",
        ),
        code="predictions = model(new_inputs)",
        where=QT_TRANSLATE_NOOP("Phases", "In Results: type some x and press Apply."),
    ),
}

STAGES: dict[str, str] = {
    "train": QT_TRANSLATE_NOOP("Phases", "train"),
    "test": QT_TRANSLATE_NOOP("Phases", "test"),
    "apply": QT_TRANSLATE_NOOP("Phases", "apply"),
}

NEXT_STEP = 7  # the article's number for the way back from UPDATE to FORWARD: no phase of its own
