"""The history as CSV, a row per step. No Qt."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Scaling

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

CHUNK_ROWS = 2000  # some 4 ms of work


def history_csv(view: "RunView") -> Iterator[bytes]:
    """The whole rows of a run's steps, in UTF-8 with line feeds, some thousand rows at a time.

    The columns are step, epoch, loss, learning_rate, gradient_norm and, where they were recorded,
    the parameters by name in the data's own units and validation_loss. Row ``step`` holds what was
    measured before that update (from 1), so its parameters are those before it; the validation
    loss is measured once in an epoch, before its first update, and the others have none. Float32
    columns have the shortest text that reads back as the same float32; parameters of standardised
    inputs and validation losses are float64.

    Of a run so long that old steps keep only extremes, those are left out: the first row's step
    is then above 1.
    """
    names = view.experiment.form.names
    names = tuple(name for name in names if name in view.steps.levels[0].low)
    validated = ("validation_loss",) if view.watch is not None else ()
    heads = ("step", "epoch", "loss", "learning_rate", "gradient_norm", *names, *validated)
    yield (",".join(heads) + "\n").encode()
    steps = view.steps
    ends = view.epochs.column("end_step")
    columns = [steps.column(name) for name in ("loss", "learning_rate", "gradient_norm", *names)]
    scaling = Scaling.of(view.experiment.seen(view.data.train.inputs), view.experiment.standardize)
    for start in range(0, len(columns[0]), CHUNK_ROWS):
        span = slice(start, start + CHUNK_ROWS)
        part: list[NDArray[np.generic]] = [column[span] for column in columns]
        if view.experiment.standardize and names:
            raw = np.stack(part[3:], axis=1).astype(np.float64)
            own = view.experiment.model_entry.to_own_units(raw, scaling)
            part[3:] = list(own.T)
        step = np.arange(len(part[0])) + steps.first + start + 1
        epoch = view.epochs.first + np.searchsorted(ends, step, side="left") + 1
        texts: list[Iterable[str]] = [
            map(str, step.tolist()),
            map(str, epoch.tolist()),
            *map(_texts, part),
        ]
        if validated:
            texts.append(_of_first_steps(view, step, epoch))
        yield "".join(",".join(row) + "\n" for row in zip(*texts, strict=True)).encode()


def _of_first_steps(
    view: "RunView", steps: NDArray[np.int64], epochs: NDArray[np.int64]
) -> list[str]:
    """The validation loss of each of these steps (n,) that is its epoch's first; else ""."""
    ends, losses = view.epochs.column("end_step"), view.epochs.column("validation")
    texts = [""] * len(steps)
    first = view.epochs.first
    for at, (step, epoch) in enumerate(zip(steps.tolist(), epochs.tolist(), strict=True)):
        row = epoch - 1 - first
        begins = step == 1 or (row > 0 and step == ends[row - 1] + 1)
        if begins and 0 <= row < len(losses):
            texts[at] = repr(float(losses[row]))
    return texts


def _texts(column: NDArray[np.generic]) -> list[str]:
    """The shortest text of each number that reads back as the same number of its type."""
    return column.astype("U32").tolist()
