"""What ``guitrain train`` prints: the article's table, or one JSON object."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guitrain.core.evaluation import Evaluation, Metrics, Prediction
from guitrain.numbers import format_number
from guitrain.sentences import stop_sentence

if TYPE_CHECKING:
    from guitrain.core.run import RunView


def print_table(view: "RunView", initial: Sequence[float]) -> None:
    """The article's table (its §5.2), and the sentence that says why the run stopped."""
    names = view.experiment.model_entry.parameter_names
    print(f"Initial parameters: {_named(names, initial)}")
    losses, first = view.epochs.column("loss"), view.epochs.first
    epochs = view.settings.stop.epochs
    every = max(1, epochs // 10)
    for index, loss in enumerate(losses.tolist()):
        epoch = first + index + 1
        if epoch % every == 0 or (view.stopped and index == len(losses) - 1):
            print(f"Epoch [{epoch}/{epochs}], Loss: {loss:.4f}")
    print(f"\nTrained parameters: {_named(names, view.numbers or ())}")
    values = view.experiment.data.values
    if "slope" in values and "intercept" in values:
        print(f"True parameters: w={values['slope']}, b={values['intercept']}")
    if view.facts.least_squares is not None:
        best = view.facts.least_squares
        print(f"Least squares: w={best.w:.3f}, b={best.b:.3f}")
    print(f"\n{stop_sentence(view) or 'Not finished: no stop rule has ended the run.'}")


def _named(names: Sequence[str], values: Sequence[float]) -> str:
    return ", ".join(
        f"{name}={value:.3f}" if abs(value) < 1e6 else f"{name}={value:.4g}"
        for name, value in zip(names, values, strict=False)
    )


def print_metrics(view: "RunView", evaluation: Evaluation) -> None:
    """Training and test errors beside those of the least-squares line."""
    columns = (
        ("train", evaluation.train),
        ("best", evaluation.best_train),
        ("test", evaluation.test),
        ("best", evaluation.best_test),
    )
    print("\n      " + "".join(f"{name:>12}" for name, _ in columns))
    for label, field in (("MSE", "mse"), ("MAE", "mae"), ("RMSE", "rmse"), ("R²", "r2")):
        values = [getattr(metrics, field) if metrics else None for _, metrics in columns]
        cells = ("–" if v is None else format_number(v, 4, fixed=True) for v in values)
        print(f"{label:<6}" + "".join(f"{cell:>12}" for cell in cells))
    print("best: the least-squares line")


def print_predictions(applied: Sequence[Prediction]) -> None:
    """The article's model test, a line for each x."""
    if not applied:
        return
    print("\nModel test:")
    for one in applied:
        true = "" if one.true is None else f", true value={one.true:.2f}"
        note = " (outside the training x)" if one.outside else ""
        shown = f"{one.x:.1f}" if one.x == round(one.x, 1) else f"{one.x:g}"
        print(f"Input x={shown}, predicted value={one.predicted:.2f}{true}{note}")


def as_json(
    view: "RunView",
    initial: Sequence[float],
    evaluation: Evaluation,
    applied: Sequence[Prediction],
) -> dict[str, Any]:
    """Everything of a run for ``json.dumps``: numbers that JSON lacks become null.

    ``loss`` has a number per epoch; of a run so long that its first epochs keep only extremes,
    the rest, from epoch ``loss_from_epoch`` (from 1) on.
    """
    names = view.experiment.model_entry.parameter_names
    best, reason = view.facts.least_squares, view.stopped
    obj: dict[str, Any] = {
        "experiment": view.settings.to_json(),
        "initial": dict(zip(names, initial, strict=False)),
        "final": dict(zip(names, view.numbers or (), strict=False)),
        "loss": view.epochs.column("loss").tolist(),
        "train": _metrics(evaluation.train),
        "test": _metrics(evaluation.test),
        "least_squares": None if best is None else {"w": best.w, "b": best.b},
        "stop": None
        if reason is None
        else {"rule": reason.rule.value, "sentence": stop_sentence(view)},
        "predictions": [
            {"x": one.x, "predicted": one.predicted, "true": one.true} for one in applied
        ],
    }
    if view.epochs.first:
        obj["loss_from_epoch"] = view.epochs.first + 1
    finite: dict[str, Any] = _finite(obj)
    return finite


def _metrics(metrics: Metrics | None) -> dict[str, float | None]:
    if metrics is None:
        return dict.fromkeys(("mse", "mae", "rmse", "r2"))
    return asdict(metrics)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
