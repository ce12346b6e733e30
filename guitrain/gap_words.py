"""Whether a run over- or underfits, in a sentence. No Qt."""

from typing import TYPE_CHECKING

import numpy as np

from guitrain.core.validation import HIGH, is_flat
from guitrain.numbers import format_number
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView


def gap_sentence(view: "RunView", *, running: bool = False) -> str:
    """Of a run that rests, that training and validation loss are both flat and high; else that the
    validation loss rises while the training loss falls. "" where neither is so, or nothing can be
    said of it.
    """
    watch = view.watch
    if watch is None or watch.low is None:
        return ""
    found = "" if running else _underfits(view)
    return _overfits(view) if not found and watch.opened is not None else found


def _overfits(view: "RunView") -> str:
    watch, floor = view.watch, view.facts.expected_loss
    assert watch is not None
    assert watch.low is not None
    best = watch.low
    text = translate(
        "Gap",
        "Overfitting: since epoch {best} the validation loss has risen above {low}, while the "
        "training loss went on falling. What was learnt since then helps on the training points "
        "alone. Go back to epoch {best}, or try more points, a penalty or a simpler model.",
    )
    if floor is not None and view.loss is not None and view.loss > HIGH * floor:
        # Not the noise yet: it may still come to follow the points better.
        text = translate(
            "Gap",
            "The gap opens: since epoch {best} the validation loss has risen above {low}, while "
            "the training loss went on falling. It may fall again: the training loss is still "
            "far above the noise floor {floor}.",
        )
    return text.format(
        best=f"{view.number_of(best):,}", low=_loss(best.loss), floor=_loss(floor if floor else 0.0)
    )


def _underfits(view: "RunView") -> str:
    floor, watch = view.facts.expected_loss, view.watch
    done = view.epoch - view.epochs.first
    if not floor or watch is None or done <= 0:
        return ""
    train = np.asarray(view.epochs.column("loss")[:done], np.float64)
    validation = np.asarray(view.epochs.column("validation")[:done], np.float64)
    high = train[-1] > HIGH * floor and watch.loss > HIGH * floor
    if not high or not is_flat(train) or not is_flat(validation):
        return ""
    text = translate(
        "Gap",
        "Underfitting: training loss {train} and validation loss {validation} hardly fall any "
        "more, and the noise alone would leave {floor}. Try a model that can bend more, or train "
        "it with another learning rate.",
    )
    return text.format(
        train=_loss(float(train[-1])), validation=_loss(watch.loss), floor=_loss(floor)
    )


def _loss(value: float) -> str:
    return format_number(value, fixed=abs(value) >= 1e-3)
