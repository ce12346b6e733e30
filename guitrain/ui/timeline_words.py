"""What the timeline says of a step. Pure functions of a snapshot whose run is there."""

from collections.abc import Sequence

from guitrain.numbers import format_number
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot
from guitrain.ui.timeline_axis import epoch_at, latest
from guitrain.ui.timeline_marks import Mark, mark_words

_MOST_MARKS = 4  # told at once


def asked_words(snapshot: Snapshot, asked: int) -> str:
    """The step asked for and, where another is shown for now, which one."""
    view = snapshot.view
    assert view is not None
    epoch, step, shown = f"{epoch_at(view, asked):,}", f"{asked:,}", f"{view.step:,}"
    if not snapshot.gliding or view.step == asked:
        return translate("Timeline", "epoch {0} · step {1}").format(epoch, step)
    if view.batches == 1:
        return translate("Timeline", "near epoch {0} · shows step {1}").format(epoch, shown)
    return translate("Timeline", "near epoch {0} · step {1} · shows step {2}").format(
        epoch, step, shown
    )


def place_words(snapshot: Snapshot, step: int, marks: Sequence[Mark]) -> str:
    """The marks at a place, a line each, or its step with the loss before its update."""
    view = snapshot.view
    assert view is not None
    step = marks[-1].step if marks else step
    epoch = f"{epoch_at(view, step):,}"
    if step > view.head:
        return translate("Timeline", "epoch {0} · not run yet").format(epoch)
    text = translate("Timeline", "epoch {0} · step {1}").format(epoch, f"{step:,}")
    if marks:
        told = [mark_words(mark, snapshot) for mark in marks[-_MOST_MARKS:]]
        if more := len(marks) - len(told):
            told.append(translate("Timeline", "and {0} more").format(more))
        return "\n".join([text, *told])
    loss = view.steps.value("loss", step - 1)
    if loss is None:
        return text
    number = format_number(loss, fixed=abs(loss) >= 1e-3)
    return f"{text} · " + translate("Timeline", "loss {0}").format(number)


def progress_words(snapshot: Snapshot) -> str:
    """Where the run is, for a screen reader."""
    view = snapshot.view
    assert view is not None
    epochs = f"{latest(view, 'stop.epochs'):,}"
    return translate("Timeline", "epoch {0} of {1}").format(f"{view.epoch_in_hand:,}", epochs)
