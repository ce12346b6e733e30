"""What ``guitrain train`` prints: the article's table, or one JSON object; and a progress bar."""

import json
import math
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import east_asian_width

from guitrain.core.closed_form import LeastSquares, LeastSquaresPlane
from guitrain.core.data import Data
from guitrain.core.evaluation import ClassMetrics, Evaluation, Prediction, Scores
from guitrain.core.landscape_bounds import true_parameters
from guitrain.core.map_view import MapView
from guitrain.core.penalties import penalties_of
from guitrain.core.settings import CPU
from guitrain.core.step_view import StepView
from guitrain.gap_words import gap_sentence
from guitrain.numbers import format_number
from guitrain.outcome_words import (
    answer_words,
    class_name,
    percent,
    row_words,
    score_rows,
    unknown_words,
)
from guitrain.sentences import stop_sentence, translate

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.export.tensorboard import Weights

LINES = 10  # of the loss, in the table of a run that goes to its last epoch
_MOST_CLASSES = 12  # of a confusion matrix that is printed
BAR = 20  # characters


@dataclass(frozen=True)
class Outcome:
    """A run that is over, and what TEST and APPLY say of it.

    ``view`` and ``first`` are looks at its end and at its beginning, after INIT; ``evaluation`` is
    None on a test surface; ``map`` is what it says everywhere, for an export of several inputs or
    of classes; ``first_steps`` and ``weights`` are for an export too.
    """

    first: "RunView"
    view: "RunView"
    evaluation: Evaluation | None
    predictions: tuple[Prediction, ...]
    map: MapView | None = None
    first_steps: tuple[StepView, ...] = ()
    weights: "Weights" = ()

    @property
    def rule(self) -> str:
        """The name of the rule that stopped the run; "interrupted" where a person did."""
        return self.view.stopped.rule.value if self.view.stopped else "interrupted"

    @property
    def sentence(self) -> str:
        """Why the run is over."""
        if self.view.stopped:
            return stop_sentence(self.view)
        text = translate("Command", "Interrupted after {epoch} of {epochs} epochs.")
        return text.format(
            epoch=f"{self.view.epoch:,}", epochs=f"{self.view.settings.stop.epochs:,}"
        )


def parameters(view: "RunView") -> dict[str, float]:
    """The parameters by name, in the data's own units; empty where there are too many."""
    if view.numbers is None:
        return {}
    return dict(zip(view.experiment.form.names, view.numbers, strict=True))


def best_parameters(view: "RunView") -> dict[str, float]:
    """Those of least squares by name; empty where there is none, or where they are too many."""
    best, form = view.facts.least_squares, view.experiment.form
    return dict(zip(form.names, best.numbers, strict=True)) if best and form.few else {}


def as_json(outcome: Outcome) -> str:
    """The outcome as one strict JSON object: null stands for what is unknown or not finite."""
    view, evaluation = outcome.view, outcome.evaluation
    obj: dict[str, Any] = {
        "experiment": view.experiment.to_json(),
        "initial": parameters(outcome.first),
        "final": parameters(view),
        "loss": view.epochs.column("loss").tolist(),
        "train": _metrics(evaluation.train if evaluation else None),
        "test": _metrics(evaluation.test if evaluation else None),
        "validation": _metrics(evaluation.validation if evaluation else None),
        "least_squares": best_parameters(view) or None,
        "device": view.device,
        "stop": {"rule": outcome.rule, "sentence": outcome.sentence},
        "predictions": [_prediction(one, view.data.classes) for one in outcome.predictions],
    }
    if view.watch is not None:
        obj["validation_loss"] = view.epochs.column("validation").tolist()
    if view.best is not None:
        obj["lowest_validation"] = {
            "epoch": view.number_of(view.best),
            "loss": view.best.loss,
        }
    if view.epochs.first:
        obj["loss_from_epoch"] = view.epochs.first + 1
    return strict_json(obj)


def strict_json(obj: Mapping[str, Any]) -> str:
    """As JSON, with null for numbers that are not finite."""
    return json.dumps(_finite(obj), allow_nan=False)


def _metrics(scores: Scores | None) -> dict[str, Any] | None:
    return None if scores is None else asdict(scores)


def _prediction(one: Prediction, classes: tuple[str, ...]) -> dict[str, Any]:
    """Of one input x is a number, of several a list; of classes their probabilities are told."""
    x = one.x if len(one.inputs) == 1 else list(one.inputs)
    if not classes:
        return {"x": x, "predicted": one.predicted, "true": one.true}
    return {
        "x": x,
        "predicted": classes[int(one.predicted)],
        "probabilities": dict(zip(classes, one.probabilities, strict=True)),
    }


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


class EpochLines:
    """The table's lines of the loss, each once, as the run comes to them."""

    def __init__(self, epochs: int) -> None:
        self._epochs = epochs
        self._every = max(epochs // LINES, 1)
        self._next = self._every
        self._last = 0

    def due(self, view: "RunView") -> Iterator[str]:
        """The lines of epochs finished since the last call."""
        while self._next <= view.epochs.length:
            yield from self._line(view, self._next)
            self._next += self._every

    def rest(self, view: "RunView") -> Iterator[str]:
        """The lines that are due, and at the end of the run its last epoch's, if not among them."""
        yield from self.due(view)
        if view.epochs.length > self._last:
            yield from self._line(view, view.epochs.length)

    def _line(self, view: "RunView", epoch: int) -> Iterator[str]:
        self._last = epoch
        loss = view.epochs.value("loss", epoch - 1)
        if loss is not None:  # thinned meanwhile, in a run of very short epochs
            text = translate("Command", "Epoch [{epoch}/{epochs}], Loss: {loss}")
            line = text.format(epoch=epoch, epochs=self._epochs, loss=_fixed(loss, 4))
            if view.watch is not None:
                validation = view.epochs.value("validation", epoch - 1)
                told = translate("Command", "Validation loss: {0}")
                line += f", {told.format(_fixed(validation or 0.0, 4))}"
            yield line


def initial_line(view: "RunView") -> str:
    """The article's first line."""
    return translate("Command", "Initial parameters: {0}").format(_told(view))


def _told(view: "RunView") -> str:
    """The parameters with their names, or how many they are."""
    if view.numbers is not None:
        return _named(parameters(view), 3)
    tensors = ", ".join(
        f"{name} {'×'.join(map(str, shape))}" for name, shape in view.experiment.form.tensors
    )
    count = f"{view.experiment.form.count:,}"
    return translate("Command", "{0} numbers ({1})").format(count, tensors)


def result_lines(outcome: Outcome) -> Iterator[str]:
    """The rest of the article's table, why the run is over, and how good the model is."""
    view = outcome.view
    yield ""
    if view.experiment.device != CPU:
        yield translate("Command", "Computed on: {0}").format(view.device)
    trained = _told(view)
    yield translate("Command", "Trained parameters: {0}").format(trained)
    true = true_parameters(view.data) if view.experiment.form.straight else None
    if true is not None:
        names = view.experiment.form.names
        named = ", ".join(f"{name}={value}" for name, value in zip(names, true, strict=True))
        yield translate("Command", "True parameters: {0}").format(named)
    if outcome.predictions:
        yield ""
        yield translate("Command", "Model test:")
        for one in outcome.predictions:
            yield _prediction_line(one, view.data)
        if unknown := unknown_words(outcome.predictions, view.data):
            yield unknown
    yield ""
    yield outcome.sentence
    if view.best is not None:
        text = translate("Command", "Lowest validation loss: {loss}, epoch {epoch}.")
        yield text.format(loss=_fixed(view.best.loss, 4), epoch=f"{view.number_of(view.best):,}")
    if gap := gap_sentence(view):
        yield gap
    if outcome.evaluation is not None:
        yield ""
        yield from _metrics_lines(outcome.view, outcome.evaluation)


def _prediction_line(one: Prediction, data: Data) -> str:
    if len(one.inputs) > 1 or one.probabilities:
        text = translate("Command", "Input x={x}, predicted={predicted}")
        if one.outside:
            text += " " + translate("Command", "(outside the training points)")
        return text.format(x=row_words(one.inputs, data), predicted=answer_words(one, data))
    text = translate("Command", "Input x={x}, predicted={predicted}")
    if one.true is not None:
        text = translate("Command", "Input x={x}, predicted={predicted}, true={true}")
    if one.outside:
        text += " " + translate("Command", "(outside the training x, {low} to {high})")
    return text.format(
        x=f"{one.x:.10g}",
        predicted=_fixed(one.predicted, 2),
        true="" if one.true is None else _fixed(one.true, 2),
        low=f"{data.ranges[0, 0]:.4g}",
        high=f"{data.ranges[0, 1]:.4g}",
    )


def _metrics_lines(view: "RunView", evaluation: Evaluation) -> Iterator[str]:
    best_is = best_sentence(view)
    columns: list[tuple[str, Scores]] = [(translate("Command", "train"), evaluation.train)]
    if evaluation.validation:
        columns.append((translate("Command", "validation"), evaluation.validation))
    if evaluation.test:
        columns.append((translate("Command", "test"), evaluation.test))
    best = (
        (translate("Command", "best train"), evaluation.best_train),
        (translate("Command", "best test"), evaluation.best_test),
    )
    columns += [(head, metrics) for head, metrics in best if metrics]
    width = 6 if not isinstance(evaluation.train, ClassMetrics) else 14
    wide = max(12, *(places(head) + 2 for head, _ in columns))
    yield " " * width + "".join(at_right(head, wide) for head, _ in columns)
    rows = [score_rows(scores) for _, scores in columns]
    for at, (label, _, share) in enumerate(rows[0]):
        values = [each[at][1] for each in rows]
        told = percent if share else _four
        cells = ["–" if value is None else told(value) for value in values]
        yield at_left(label, width) + "".join(at_right(cell, wide) for cell in cells)
    if isinstance(evaluation.train, ClassMetrics):
        yield from _confusion_lines(view.data, evaluation)
    if best_is:
        yield best_is
    if penalties_of(view.experiment):
        yield translate("Command", "Penalties are part of the loss, but not of these numbers.")


def _four(value: float) -> str:
    return _fixed(value, 4)


def _confusion_lines(data: Data, evaluation: Evaluation) -> Iterator[str]:
    """How often each class was told as each, on the test points or, without any, in training."""
    scores = evaluation.test or evaluation.train
    if not isinstance(scores, ClassMetrics) or len(scores.confusion) > _MOST_CLASSES:
        return
    names = [class_name(data, number)[:12] for number in range(len(scores.confusion))]
    yield ""
    text = translate("Command", "Confusion on the test points (a row per true class):")
    if evaluation.test is None:
        text = translate("Command", "Confusion on the training points (a row per true class):")
    yield text
    yield " " * 14 + "".join(at_right(name, 13) for name in names)
    for name, row in zip(names, scores.confusion, strict=True):
        yield at_left(name, 14) + "".join(f"{count:>13,}" for count in row)


def best_sentence(view: "RunView") -> str:
    """What the columns "best …" are of; "" where there are none."""
    best, known = view.facts.least_squares, best_parameters(view)
    if best is None:
        return ""
    if isinstance(best, LeastSquares):
        text = translate("Command", "Best is the least-squares line of the training points: {0}.")
    elif isinstance(best, LeastSquaresPlane):
        text = translate("Command", "Best is the least-squares plane of the training points: {0}.")
        if not known:
            return translate("Command", "Best is the least-squares plane of the training points.")
    elif known:
        text = translate(
            "Command", "Best is the least-squares polynomial of the training points: {0}."
        )
    else:
        return translate("Command", "Best is the least-squares polynomial of the training points.")
    return text.format(_named(known, 3))


def _named(values: Mapping[str, float], digits: int) -> str:
    return ", ".join(f"{name}={_fixed(value, digits)}" for name, value in values.items())


def places(text: str) -> int:
    """How many places a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def at_right(text: str, width: int) -> str:
    """With blanks before it to so many places."""
    return " " * (width - places(text)) + text


def at_left(text: str, width: int) -> str:
    """With blanks after it to so many places."""
    return text + " " * (width - places(text))


def _fixed(value: float, digits: int) -> str:
    """As many decimals as the article prints, or the digits that count where those say nothing."""
    if value == 0 or not math.isfinite(value) or 10.0**-digits <= abs(value) < 1e6:
        return f"{value:.{digits}f}"
    return f"{value:.4g}"


class ProgressBar:
    """One line on a terminal that is written over and over; on anything else, nothing."""

    def __init__(self, stream: TextIO, epochs: int) -> None:
        self._stream = stream if stream.isatty() else None
        self._epochs = epochs
        self._start = time.perf_counter()
        self._width = 0

    def show(self, view: "RunView") -> None:
        """Draw it as the run is now."""
        if self._stream is None:
            return
        filled = BAR * min(view.epoch, self._epochs) // self._epochs
        parts = [
            "#" * filled + "-" * (BAR - filled),
            translate("Command", "epoch {0}/{1}").format(f"{view.epoch:,}", f"{self._epochs:,}"),
        ]
        if view.loss is not None:
            parts.append(translate("Command", "loss {0}").format(format_number(view.loss)))
        seconds = time.perf_counter() - self._start
        if view.epoch and seconds > 0:
            pace = view.epoch / seconds
            left = (self._epochs - view.epoch) / pace
            parts.append(translate("Command", "{0} epochs/s").format(format_number(pace, 3)))
            parts.append(translate("Command", "{0} left").format(_duration(left)))
        self._write(parts)

    def show_part(self, done: float, text: str) -> None:
        """Draw it with a part (0 … 1) of all the work done, and what that is in words."""
        if self._stream is None:
            return
        filled = int(BAR * done)
        parts = ["#" * filled + "-" * (BAR - filled), text]
        seconds = time.perf_counter() - self._start
        if done > 0 and seconds > 0:
            left = seconds / done * (1 - done)
            parts.append(translate("Command", "{0} left").format(_duration(left)))
        self._write(parts)

    def _write(self, parts: list[str]) -> None:
        assert self._stream is not None
        room = shutil.get_terminal_size().columns - 1
        text = "  ".join(parts)
        while places(text) > room:
            text = text[:-1]
        self._stream.write("\r" + at_left(text, min(self._width, room)))
        self._stream.flush()
        self._width = places(text)

    def clear(self) -> None:
        """Take it off the terminal, so that lines can be printed."""
        if self._stream is not None and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
