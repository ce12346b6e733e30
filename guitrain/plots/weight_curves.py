"""What the weights panel draws of one moment: lines over the epochs, or the numbers of now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guitrain.core.models import Form
from guitrain.core.weight_history_view import gradient_columns
from guitrain.plots.curves import curve_of, epoch_of_rows
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

_ROWS, _PIECES = 600, 300

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Line:
    """A line over the epochs; a ``thin`` one has no name in the legend."""

    name: str
    x: Floats
    y: Floats
    thin: bool = False


@dataclass(frozen=True, eq=False)
class Content:
    """What one of the two plots shows: lines, or the ``bars`` of a histogram of these numbers."""

    lines: tuple[Line, ...] = ()
    bars: Floats | None = None
    label: str = ""
    sizes: bool = False  # lengths ‖·‖: never below zero


def choices(form: Form) -> tuple[str, ...]:
    """What can be looked at by itself: each parameter where they are few, else each tensor."""
    return form.names if form.few else tuple(name for name, _ in form.tensors)


def values_now(snapshot: Snapshot, choice: int | None) -> Content:
    """The weights of this moment."""
    weights, view = snapshot.weights, snapshot.view
    if weights is None or view is None:
        return Content()
    form = view.experiment.form
    name = _named(form, choice) or translate("Weights", "weights")
    return Content(bars=_numbers(form, weights.parameters, choice), label=name)


def gradients_now(snapshot: Snapshot, choice: int | None) -> Content:
    """The gradients of the step in hand, or of the last one done."""
    weights, view = snapshot.weights, snapshot.view
    if weights is None or view is None:
        return Content()
    form = view.experiment.form
    name = _named(form, choice) or "p"
    label = translate("Weights", "∂L/∂{0} of step {1}").format(name, f"{weights.of_step:,}")
    if weights.gradients is None:
        return Content(label=f"∂L/∂{name}")
    return Content(bars=_numbers(form, weights.gradients, choice), label=label)


def value_lines(snapshot: Snapshot, choice: int | None) -> Content:
    """The parameters over the epochs, as the model has them; of many, the sizes of the weight
    tensors, or some of the numbers of one of them.
    """
    view = snapshot.view
    if view is None:
        return Content()
    form = view.experiment.form
    if form.few:
        lines = _recorded(view, form.names, choice, shift=-1.0)
        return Content(lines, label=_named(form, choice) or translate("Weights", "weights"))
    history = snapshot.weight_history
    if history is None or history.run_id != view.run_id:
        return Content()
    x = epoch_of_rows(view, history.steps.astype(np.float64) - 1)
    names = [name for name, _ in form.tensors]
    if choice is None:
        made = [Line(f"‖{names[at]}‖", x, _of(history.sizes[:, at])) for at in form.weights]
        return Content(tuple(made), label=translate("Weights", "size ‖W‖"), sizes=True)
    some = [Line("", x, _of(column), thin=True) for column in history.values[choice].T]
    label = names[choice]
    if len(some) < np.prod(form.tensors[choice][1]):
        label = translate("Weights", "{0}: {1} of its numbers").format(label, len(some))
    return Content(tuple(some), label=label)


def gradient_lines(snapshot: Snapshot, choice: int | None) -> Content:
    """∂L/∂p over the epochs of few parameters; of many, the size of each weight tensor's."""
    view = snapshot.view
    if view is None:
        return Content()
    form = view.experiment.form
    columns = gradient_columns(form)
    if form.few:
        names = [f"∂L/∂{name}" for name in form.names]
        lines = _recorded(view, columns, choice, names=names)
        return Content(lines, label="∂L/∂p" if choice is None else names[choice])
    shown = form.weights if choice is None else (choice,)
    names = [f"‖∂L/∂{name}‖" for name, _ in form.tensors]
    lines = tuple(line for at in shown for line in _recorded(view, columns, at, names=names))
    label = translate("Weights", "size ‖∂L/∂W‖") if choice is None else names[choice]
    return Content(lines, label=label, sizes=True)


def _recorded(
    view: "RunView",
    columns: Sequence[str],
    choice: int | None,
    *,
    names: Sequence[str] = (),
    shift: float = 0.0,
) -> tuple[Line, ...]:
    """Columns of the step log; row k lies at epoch k + 1 but for the ``shift``."""
    made = []
    for at, column in enumerate(columns):
        if choice is None or at == choice:
            curve = curve_of(view.steps, column, _ROWS, _PIECES)
            x = epoch_of_rows(view, curve.row + shift)
            made.append(Line(names[at] if names else column, x, _of(curve.value)))
    return tuple(made)


def _named(form: Form, choice: int | None) -> str:
    return "" if choice is None else choices(form)[choice]


def _numbers(form: Form, tensors: Sequence[NDArray[np.float32]], choice: int | None) -> Floats:
    """All of them, or those of one parameter or tensor."""
    if choice is not None and not form.few:
        return _of(tensors[choice].ravel())
    flat = _of(np.concatenate([tensor.ravel() for tensor in tensors]))
    return flat if choice is None else flat[choice : choice + 1]


def _of(values: NDArray[np.generic]) -> Floats:
    return values.astype(np.float64)
