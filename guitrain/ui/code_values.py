"""What stands beside the lines of the code, as in a debugger: what each has come to so far."""

import math
from collections.abc import Iterable, Mapping
from enum import Enum

from guitrain.core.code_lines import Mark, Script
from guitrain.core.phases import Phase
from guitrain.core.run_view import RunView
from guitrain.core.step_view import StepView
from guitrain.numbers import format_number
from guitrain.plots.flow_words import amount
from guitrain.sentences import translate

_MOST = 3  # numbers beside a line
_JUDGED = (Phase.STOP, Phase.BACKWARD, Phase.UPDATE)


class Kind(Enum):
    """What a value is, which decides its colour."""

    FORWARD = "forward"
    GRADIENT = "gradient"
    PLAIN = "plain"


Values = Mapping[int, tuple[str, Kind]]


def lit_lines(script: Script, step: StepView | None, view: RunView) -> tuple[int, ...]:
    """The lines of the phase that was carried out last; of a STOP that said yes, those that said
    it. The rules judge an epoch at its first batch: at the others, STOP looks at less.
    """
    if view.phase is None:
        return ()
    if view.phase is Phase.STOP:
        if view.stopped is not None:
            return script.stops[view.stopped.rule]
        if step is not None and step.batch_index:
            return script.marks[Mark.EACH_BATCH]
    return script.lit[view.phase]


def values_of(script: Script, step: StepView | None, view: RunView) -> Values:
    """The text and kind of each value that is known by now, by the line that it stands beside."""
    found: dict[Mark, tuple[str, Kind]] = {}
    rows = len(view.data.train)
    width = view.experiment.shape.inputs
    found[Mark.INPUTS] = _shape(rows, width), Kind.FORWARD
    labels = (rows,) if view.experiment.loss_entry.labels else (rows, 1)
    found[Mark.LABELS] = _shape(*labels), Kind.FORWARD
    if view.final_loss is not None:
        found[Mark.FINAL_LOSS] = amount(view.final_loss), Kind.FORWARD
    if step is not None and step.begun:
        found[Mark.EPOCH] = _epoch(step, view), Kind.PLAIN
        found.update(_of_step(step, view))
    lines = {at: value for mark, value in found.items() for at in script.marks[mark]}
    return {**lines, **_initial(script, view)}


def _of_step(step: StepView, view: RunView) -> dict[Mark, tuple[str, Kind]]:
    found: dict[Mark, tuple[str, Kind]] = {}
    batch = translate("Code", "batch {0} of {1}")
    found[Mark.RATE] = f"η = {format_number(step.learning_rate)}", Kind.PLAIN
    found[Mark.BATCH] = _counted(batch, step.batch_index + 1, step.batches), Kind.PLAIN
    if step.prediction is not None:
        shape = step.prediction.shape
        shown = _shape(*shape) if shape else amount(float(step.prediction))
        found[Mark.FORWARD] = shown, Kind.FORWARD
    if step.loss is not None:
        found[Mark.LOSS] = amount(step.loss), Kind.FORWARD
        if step.data_loss is not None:
            found[Mark.PENALTY] = amount(step.loss - step.data_loss), Kind.FORWARD
        if step.phase in _JUDGED:
            found.update(_judged(step, step.loss, view))
    if step.gradients is not None:
        text = _listed(step.gradients)
        if step.squared_gradient is not None and step.tensors:
            text = f"‖∇L‖ {amount(math.sqrt(step.squared_gradient))}"
        found[Mark.BACKWARD] = text, Kind.GRADIENT
    if step.after is not None:
        if step.after:
            found[Mark.UPDATE] = _listed(step.after), Kind.PLAIN
        if step.batch_index + 1 == step.batches:
            mean = view.epochs.value("loss", step.epoch)
            if mean is not None:
                found[Mark.EPOCH_LOSS] = amount(mean), Kind.FORWARD
    return found


def _judged(step: StepView, loss: float, view: RunView) -> dict[Mark, tuple[str, Kind]]:
    """What STOP has compared: the rules judge an epoch, at its first batch."""
    finite = abs(loss) < float("inf")
    told = translate("Code", "finite") if finite else translate("Code", "not finite")
    found = {Mark.FINITE: (told, Kind.PLAIN)}
    target = view.settings.stop.target_loss
    if step.batches > 1:
        judged = view.epochs.value("loss", step.epoch - 1) if step.batch_index == 0 else None
    else:
        judged = loss
    watch, patience = view.watch, view.settings.stop.validation_patience
    if watch is not None and step.batch_index == 0:
        found[Mark.VALIDATION] = amount(watch.loss), Kind.FORWARD
        if patience is not None:
            text = translate("Code", "{0} of {1} epochs")
            found[Mark.EARLY] = _counted(text, watch.waited, patience), Kind.PLAIN
    if target is not None and judged is not None:
        found[Mark.TARGET] = _compared(judged, target), Kind.PLAIN
    return found


def _compared(loss: float, target: float) -> str:
    """Both numbers with the sign between them, with digits enough to tell them apart."""
    for digits in (4, 6, 8, 10):
        left, right = amount(loss, digits), amount(target, digits)
        if left != right:
            break
    return f"{left} {'≤' if loss <= target else '>'} {right}"


def _epoch(step: StepView, view: RunView) -> str:
    epochs = view.settings.stop.epochs
    if view.stopped is not None:  # its last FORWARD is of no further epoch
        return _counted(translate("Code", "{0} of {1} done"), view.stopped.epoch, epochs)
    return _counted(translate("Code", "epoch {0} of {1}"), step.epoch + 1, epochs)


def _counted(text: str, count: int, total: int) -> str:
    return text.format(format_number(count), format_number(total))


def _initial(script: Script, view: RunView) -> Values:
    """The initial parameters beside the lines that draw them (set by hand, they stand there)."""
    lines, initial, experiment = script.marks[Mark.PARAMETERS], view.initial, view.experiment
    own = experiment.standardize  # the initial ones are known in the data's units, not the model's
    drawn = experiment.initial is None and experiment.weights is None
    if initial is None or own or not drawn or len(initial) != len(lines):
        return {}
    return {at: (amount(value), Kind.PLAIN) for at, value in zip(lines, initial, strict=True)}


def _shape(*sizes: int) -> str:
    return f"[{', '.join(map(str, sizes))}]"


def _listed(numbers: Iterable[float]) -> str:
    texts = [amount(value) for value in numbers]
    return ", ".join(texts[:_MOST]) + (", …" if len(texts) > _MOST else "")
