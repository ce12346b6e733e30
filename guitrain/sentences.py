"""Sentences for what happened, in the reader's language.

Core returns codes and values; what a person reads is made here, for the window and for the
command line alike. This module knows no Qt: the window installs Qt's translator with
``install_translator``; without one the English text is used as it stands.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from guitrain.core import settings
from guitrain.core.closed_form import Facts
from guitrain.core.drawing import drawing_of
from guitrain.core.experiment import REGISTRIES, Experiment
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem
from guitrain.core.stability import limit_at_start, rescue_rate
from guitrain.core.stopping import Rule
from guitrain.numbers import format_number

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

LARGE_FEATURE = 1e4  # of a power of x: from there on the user is warned

_translator: Callable[[str, str], str] | None = None
_language = "en"
_WITHOUT_BLANK = ("。", "！", "？", "；", "：", "”", "）")


def install_translator(translator: Callable[[str, str], str] | None, language: str = "en") -> None:
    """Use ``translator(context, text)`` for every later sentence (None: English as written);
    ``language`` is the code of what it translates to.
    """
    global _translator, _language
    _translator, _language = translator, language


def language_in_use() -> str:
    """The code of the language that sentences are in."""
    return _language


def joined(*sentences: str) -> str:
    """Those that are not empty, one after the other; Chinese has no blank between two."""
    said = ""
    for each in filter(None, sentences):
        said += each if not said or said.endswith(_WITHOUT_BLANK) else f" {each}"
    return said


def listed(names: Iterable[str]) -> str:
    """Things in a row, parted as the language parts them."""
    return translate("Lists", ", ").join(names)


def translate(context: str, text: str) -> str:
    """``text`` in the reader's language. Named as lupdate expects, so that it finds the texts."""
    return text if _translator is None else _translator(context, text)


# What is wrong and what to do, by the problem's code. {label} is the setting as the window
# names it; the other names are the problem's values.
_PROBLEMS = {
    "empty": QT_TRANSLATE_NOOP("Problems", "{label} is empty: type a number such as {example}."),
    "not_number": QT_TRANSLATE_NOOP(
        "Problems", "{label}: “{value}” is not a number. Type one such as 0.01 or 1e-2."
    ),
    "ambiguous_comma": QT_TRANSLATE_NOOP(
        "Problems", "{label}: is “{value}” a thousand or a fraction? Type it without the comma."
    ),
    "not_finite": QT_TRANSLATE_NOOP(
        "Problems", "{label} must be a finite number: {value} is not. Type one such as 0.01."
    ),
    "not_whole": QT_TRANSLATE_NOOP(
        "Problems", "{label} must be a whole number: {value} is not. Leave out the fraction."
    ),
    "not_bool": QT_TRANSLATE_NOOP("Problems", "{label} can only be on or off (true or false)."),
    "not_text": QT_TRANSLATE_NOOP("Problems", "{label} must be a text, not {value}."),
    "not_above": QT_TRANSLATE_NOOP("Problems", "{label} {value} is too small: choose {range}."),
    "too_small": QT_TRANSLATE_NOOP("Problems", "{label} {value} is too small: choose {range}."),
    "too_large": QT_TRANSLATE_NOOP("Problems", "{label} {value} is too large: choose {range}."),
    "batch_too_large": QT_TRANSLATE_NOOP(
        "Problems",
        "Batch size {value} is larger than the {maximum} training points: "
        "choose 1 to {maximum}, or all.",
    ),
    "no_validation": QT_TRANSLATE_NOOP(
        "Problems",
        "{label} looks at validation points, and there are none: raise the validation share (under "
        "Data, More), or leave {label} off.",
    ),
    "needs_points": QT_TRANSLATE_NOOP(
        "Problems",
        "{label} asks for points, and a test surface has none: leave it out, or choose data.",
    ),
    "loss_surface": QT_TRANSLATE_NOOP(
        "Problems",
        "The loss “{value}” compares predictions with points, and a test surface has none: its "
        "loss is its own height. Choose {known}.",
    ),
    "model_surface": QT_TRANSLATE_NOOP(
        "Problems",
        "The model “{value}” learns from points, and a test surface has none. Choose {known}.",
    ),
    "model_points": QT_TRANSLATE_NOOP(
        "Problems",
        "The model “{value}” is for the test surfaces, which have no points. Choose one of "
        "{known}, or one of the surfaces as data.",
    ),
    "empty_range": QT_TRANSLATE_NOOP(
        "Problems", "x to {value} must be greater than x from {minimum}: widen the range."
    ),
    "no_momentum": QT_TRANSLATE_NOOP(
        "Problems",
        "{label} looks ahead along the momentum, and there is none: set a momentum above 0 "
        "(0.9 is usual), or switch {label} off.",
    ),
    "initial_count": QT_TRANSLATE_NOOP(
        "Problems", "The initial weights must be one number for each of {names}."
    ),
    "initial_many": QT_TRANSLATE_NOOP(
        "Problems",
        "The model has {value} weights: they can be set by hand up to {maximum}. Draw them from "
        "their seed.",
    ),
    "weights_twice": QT_TRANSLATE_NOOP(
        "Problems",
        "The initial weights are given twice, by hand and of a file: leave one of them out.",
    ),
    "weights_count": QT_TRANSLATE_NOOP(
        "Problems",
        "The file has {value} weights, and this model has {count}: choose the model that they are "
        "of.",
    ),
    "weights_not_finite": QT_TRANSLATE_NOOP(
        "Problems",
        "One of the weights in the file is {value}, from which nothing can be learnt. Choose "
        "weights that were saved before the run diverged.",
    ),
    "not_weights": QT_TRANSLATE_NOOP(
        "Problems", "The initial weights are no weights of a file: draw them from their seed."
    ),
    "not_layers": QT_TRANSLATE_NOOP(
        "Problems",
        "{label}: “{value}” is not a list of numbers. Type one for each layer, such as 8, 8.",
    ),
    "too_many_layers": QT_TRANSLATE_NOOP(
        "Problems", "{label}: {value} layers are too many. Type at most {maximum} numbers."
    ),
    "layer_width": QT_TRANSLATE_NOOP(
        "Problems",
        "{label}: a layer of {value} cannot be had here. Each has {minimum} to {maximum}.",
    ),
    "no_points": QT_TRANSLATE_NOOP(
        "Problems",
        "The drawing is empty: click on the Fit plot to add points, or type them, such as "
        "0,1 1,3 2,5.",
    ),
    "not_points": QT_TRANSLATE_NOOP(
        "Problems",
        "{label}: “{value}” is not a list of points. Type {names} of each, such as {example}.",
    ),
    "no_class_points": QT_TRANSLATE_NOOP(
        "Problems",
        "The drawing is empty: choose a class and click on the map to add points, or type x1, x2 "
        "and class of each, such as 0,1,1 1,3,1 2,5,2.",
    ),
    "point_class": QT_TRANSLATE_NOOP(
        "Problems",
        "{label}: {value} is no class (point {point}). Choose a whole number from 1 to {maximum}.",
    ),
    "too_many_points": QT_TRANSLATE_NOOP(
        "Problems",
        "{label}: {value} points are too many, the most is {maximum}. Leave some out, or put "
        "them into a CSV file.",
    ),
    "point_size": QT_TRANSLATE_NOOP(
        "Problems", "{label}: point {point} must be the numbers {names}, and no more."
    ),
    "point_not_number": QT_TRANSLATE_NOOP(
        "Problems", "{label}: {column} of point {point} is not a number. Correct it."
    ),
    "point_range": QT_TRANSLATE_NOOP(
        "Problems", "{label}: {column} of point {point} is out of range. Choose {range}."
    ),
    "too_many_x": QT_TRANSLATE_NOOP(
        "Problems", "{value} x values are too many at once: type at most {maximum}."
    ),
    "empty_set": QT_TRANSLATE_NOOP("Problems", "{label}: choose at least one of {known}."),
    "no_features": QT_TRANSLATE_NOOP(
        "Problems", "One input has no product with another: choose another of the features."
    ),
    "too_many_features": QT_TRANSLATE_NOOP(
        "Problems",
        "These features would be {value} numbers; a model takes up to {maximum}. Leave the "
        "products out.",
    ),
    "row_width": QT_TRANSLATE_NOOP(
        "Problems",
        "{label}: the data have {inputs} inputs, and this row has {value}. Type {inputs} numbers "
        "for each row.",
    ),
    "loss_classes": QT_TRANSLATE_NOOP(
        "Problems",
        "{label} “{value}” is not for {classes} classes: choose {known}.",
    ),
    "loss_numbers": QT_TRANSLATE_NOOP(
        "Problems",
        "{label} “{value}” is for classes, and these data have a number to learn: choose {known}.",
    ),
    "model_inputs": QT_TRANSLATE_NOOP(
        "Problems",
        "The model takes {maximum} input, and these data have {value}: choose another model.",
    ),
    "model_image": QT_TRANSLATE_NOOP(
        "Problems",
        "The model looks at images, and what it is given here is none: choose another model, or "
        "data whose inputs are the pixels of an image, without other features.",
    ),
    "model_outputs": QT_TRANSLATE_NOOP(
        "Problems",
        "The model has {maximum} output, and the loss asks for {value}: choose another of the two.",
    ),
    "no_column": QT_TRANSLATE_NOOP(
        "Problems", "There is no column “{value}”: choose one of {known}."
    ),
    "no_inputs": QT_TRANSLATE_NOOP(
        "Problems", "No input is chosen: choose at least one column that the model predicts from."
    ),
    "target_is_input": QT_TRANSLATE_NOOP(
        "Problems",
        "“{value}” is the target and an input too: the model would only copy it. Take it out of "
        "the inputs, or choose another target.",
    ),
    "target_is_text": QT_TRANSLATE_NOOP(
        "Problems", "Column “{value}” has texts: learn classes, or choose another target."
    ),
    "one_class": QT_TRANSLATE_NOOP(
        "Problems",
        "Every row has “{known}” in column “{value}”: one class only, and nothing to tell apart. "
        "Choose another target.",
    ),
    "too_many_classes": QT_TRANSLATE_NOOP(
        "Problems",
        "Column “{column}” has {value} different values, and at most {maximum} classes can be told "
        "apart. Learn a number, or choose another target.",
    ),
    "too_many_inputs": QT_TRANSLATE_NOOP(
        "Problems",
        "{value} inputs are too many, at most {maximum} can be had. A text is an input for each of "
        "its values: “{column}” is {count}. Leave out columns.",
    ),
    "too_many_numbers": QT_TRANSLATE_NOOP(
        "Problems",
        "The inputs of all rows are {value} numbers, and the most is {maximum}. Leave out columns.",
    ),
    "cell_missing": QT_TRANSLATE_NOOP(
        "Problems",
        "Column “{column}” has no value in row {row} ({count} such cells). Leave such rows out, "
        "fill them in, or choose other columns.",
    ),
    "column_empty": QT_TRANSLATE_NOOP(
        "Problems", "Column “{value}” has no values at all: choose another."
    ),
    "no_rows_left": QT_TRANSLATE_NOOP(
        "Problems",
        "Each of the {value} rows has a missing value, so none is left. Fill them in, or choose "
        "other columns.",
    ),
    "no_rows": QT_TRANSLATE_NOOP(
        "Problems", "The table has no rows of numbers: choose one with at least one row."
    ),
    "too_many_rows": QT_TRANSLATE_NOOP(
        "Problems", "The table has {value} rows; the most is {maximum}. Choose a part of it."
    ),
    "cell_not_finite": QT_TRANSLATE_NOOP(
        "Problems",
        "Column “{column}”, row {row}: not a finite number. Correct it or leave the row out.",
    ),
    "cell_too_large": QT_TRANSLATE_NOOP(
        "Problems",
        "Column “{column}”, row {row}: beyond ±{maximum}, which 32-bit numbers "
        "cannot square. Use another unit.",
    ),
    "not_table": QT_TRANSLATE_NOOP(
        "Problems", "{label}: this is not a table of numbers. Choose a CSV file."
    ),
    "unknown_entry": QT_TRANSLATE_NOOP(
        "Problems", "{label}: there is no “{value}”. Choose one of {known}."
    ),
    "unknown_setting": QT_TRANSLATE_NOOP(
        "Problems", "{label} is not a setting of “{entry}”: remove it."
    ),
    "missing": QT_TRANSLATE_NOOP("Problems", "{label} is missing from “{entry}”: add it."),
    "not_choice": QT_TRANSLATE_NOOP("Problems", "{label} must name an entry, not {value}."),
    "not_object": QT_TRANSLATE_NOOP(
        "Problems", "{label} must be an object with named settings, not {value}."
    ),
    "not_experiment": QT_TRANSLATE_NOOP(
        "Problems", "This is not a GUITrain experiment: choose a file that GUITrain saved."
    ),
    "unknown_version": QT_TRANSLATE_NOOP(
        "Problems",
        "This experiment has version {value}; this GUITrain reads version {known}. "
        "Get a newer GUITrain.",
    ),
    "not_above_from": QT_TRANSLATE_NOOP(
        "Problems",
        "The largest learning rate {value} must be above the smallest, {minimum}: widen the range.",
    ),
    "not_swept": QT_TRANSLATE_NOOP(
        "Problems", "{label} cannot be swept here. Choose one of {known}."
    ),
    "too_many_values": QT_TRANSLATE_NOOP(
        "Problems", "{label}: {value} values are too many to be told apart. Give at most {maximum}."
    ),
    "too_many_lanes": QT_TRANSLATE_NOOP(
        "Problems",
        "{value} runs are too many for one sweep: the most is {maximum}. Take fewer learning "
        "rates, or fewer values of the second setting.",
    ),
    "no_device": QT_TRANSLATE_NOOP(
        "Problems",
        "This machine has no {value} that torch can use. Choose one of: {known}.",
    ),
    "no_dask": QT_TRANSLATE_NOOP(
        "Problems",
        "A cluster needs Dask, which is not installed: pip install “dask[distributed]”, the same "
        "version as on the cluster.",
    ),
    "no_dask_built": QT_TRANSLATE_NOOP(
        "Problems",
        "A cluster needs Dask, which this build of GUITrain does not hold. Leave --cluster out to "
        "train on this machine, or start GUITrain with Python (main.py), where it can be "
        "installed.",
    ),
    "no_cluster": QT_TRANSLATE_NOOP(
        "Problems",
        "No Dask scheduler answers at {value} ({reason}). Check the address; it looks like "
        "tcp://host:8786.",
    ),
    "not_begun": QT_TRANSLATE_NOOP("Problems", "The run has not begun: press Next or Run first."),
}


# Fields of problems that are no setting, and settings whose label in the window is a part of a
# sentence there.
_OTHER_LABELS = {
    "data": QT_TRANSLATE_NOOP("Problems", "Data"),
    "model": QT_TRANSLATE_NOOP("Problems", "Model"),
    "loss": QT_TRANSLATE_NOOP("Problems", "Loss"),
    "optimizer": QT_TRANSLATE_NOOP("Problems", "Optimizer"),
    "schedule": QT_TRANSLATE_NOOP("Problems", "Schedule"),
    "preset": QT_TRANSLATE_NOOP("Problems", "Preset"),
    "weights": QT_TRANSLATE_NOOP("Problems", "Initial weights"),
    "target_loss": QT_TRANSLATE_NOOP("Problems", "Target loss"),
    "patience": QT_TRANSLATE_NOOP("Problems", "Patience"),
    "gradient_norm": QT_TRANSLATE_NOOP("Problems", "Gradient norm"),
    "sweep_from": QT_TRANSLATE_NOOP("Problems", "Smallest learning rate"),
    "sweep_to": QT_TRANSLATE_NOOP("Problems", "Largest learning rate"),
    "sweep_count": QT_TRANSLATE_NOOP("Problems", "Number of learning rates"),
}


def all_params() -> dict[str, tuple[str, Param]]:
    """Each setting's spec and its translation context, by the setting's name."""
    params = {
        value.name: ("Settings", value)
        for value in vars(settings).values()
        if isinstance(value, Param)
    }
    for kind, registry in REGISTRIES.items():
        for entry in registry.values():
            params.update({param.name: (kind.capitalize(), param) for param in entry.params})
    return params


def label_of(field: str) -> str:
    """A setting as the window names it, or its own name where the window has none."""
    if field in _OTHER_LABELS:
        return translate("Problems", _OTHER_LABELS[field])
    found = all_params().get(field)
    if found is None:
        return field.replace("_", " ").capitalize()
    return translate(found[0], found[1].label)


def problem_sentence(problem: ExperimentProblem) -> str:
    """What is wrong with a setting, and what to do."""
    values: dict[str, Any] = {name: _shown(value) for name, value in problem.values.items()}
    values.setdefault("value", "")
    if problem.values.get("example") is None:
        values["example"] = "1"
    template = translate("Problems", _PROBLEMS[problem.code])
    label = label_of(problem.field)
    return template.format(label=label, range=_range(problem, values), **values)


def _range(problem: ExperimentProblem, shown: Mapping[str, str]) -> str:
    low, high = problem.values.get("minimum"), problem.values.get("maximum")
    found = all_params().get(problem.field)
    above = problem.code == "not_above" or (found is not None and found[1].above_minimum)
    if low is None:
        text = translate("Problems", "a number of at most {maximum}")
    elif high is None and above:
        text = translate("Problems", "a number above {minimum}")
    elif high is None:
        text = translate("Problems", "a number of at least {minimum}")
    elif above:
        text = translate("Problems", "a number above {minimum}, at most {maximum}")
    else:
        text = translate("Problems", "a number from {minimum} to {maximum}")
    return text.format(**shown) if (low, high) != (None, None) else ""


def _shown(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)[:60]
    if isinstance(value, int) and abs(value) > 10**15:
        return format_number(float(f"{value:.3e}")) if abs(value) < 10**300 else "…"
    return format_number(value, 6)


def stop_sentence(view: "RunView") -> str:
    """Which rule stopped the run, with its numbers; "" while it has not stopped."""
    reason, rules = view.stopped, view.settings.stop
    if reason is None:
        return ""
    values = {
        "epoch": f"{reason.epoch:,}",
        "step": f"{reason.step + 1:,}",
        "loss": _loss(reason.loss),
        "final": _loss(view.final_loss if view.final_loss is not None else reason.loss),
    }
    if reason.rule is Rule.NON_FINITE:
        return _diverged(view, values)
    if reason.rule is Rule.EPOCHS:
        text = translate("Stop", "Stopped: all {epoch} epochs are done. Final loss {final}.")
        if reason.epoch == 1:
            text = translate("Stop", "Stopped: the only epoch is done. Final loss {final}.")
    elif reason.rule is Rule.TARGET_LOSS:
        values["target"] = format_number(rules.target_loss or 0.0)
        text = translate(
            "Stop",
            "Stopped after epoch {epoch}: the loss {loss} is at or below the target {target}.",
        )
        if reason.epoch == 0:
            text = translate(
                "Stop",
                "Stopped before the first update: the loss {loss} of the initial weights "
                "is at or below the target {target}.",
            )
    elif reason.rule is Rule.VALIDATION:
        return _stopped_early(view, values)
    else:
        values["fall"] = format_number(rules.min_improvement)
        values["patience"] = f"{rules.patience:,}"
        text = translate(
            "Stop",
            "Stopped after epoch {epoch}: for {patience} epochs the loss has not fallen by "
            "more than {fall}. Final loss {final}.",
        )
        if rules.patience == 1:
            text = translate(
                "Stop",
                "Stopped after epoch {epoch}: in the last epoch the loss has not fallen by "
                "more than {fall}. Final loss {final}.",
            )
    return text.format(**values)


def _stopped_early(view: "RunView", values: dict[str, str]) -> str:
    low = view.watch.low if view.watch is not None else None
    if low is None:
        text = translate(
            "Stop",
            "Stopped early, after epoch {epoch}: no validation loss was a finite number. Try a "
            "lower learning rate.",
        )
        return text.format(**values)
    values["patience"] = f"{view.settings.stop.validation_patience or 0:,}"
    values["low"], values["best"] = _loss(low.loss), f"{view.number_of(low):,}"
    text = translate(
        "Stop",
        "Stopped early, after epoch {epoch}: for {patience} epochs the validation loss has had no "
        "new lowest. The lowest was {low}, at epoch {best}; now it is {loss}.",
    )
    if view.settings.stop.validation_patience == 1:
        text = translate(
            "Stop",
            "Stopped early, after epoch {epoch}: the validation loss has had no new lowest. The "
            "lowest was {low}, at epoch {best}; now it is {loss}.",
        )
    return text.format(**values)


def _loss(value: float) -> str:
    """With the article's four decimals, unless they would be noughts."""
    return format_number(value, fixed=abs(value) >= 1e-3)


def _diverged(view: "RunView", values: dict[str, str]) -> str:
    """Why the loss is no number, then what to do: a sentence each."""
    bands, rate = view.facts.bands, view.rate
    base = view.settings.learning_rate  # a schedule makes smaller ones of it, never larger
    values["rate"] = format_number(rate)
    if view.settings.surface is not None and (bands is None or values["step"] == "1"):
        values["slower"] = format_number(rescue_rate(base, limit_at_start(view.experiment)))
        return _left_surface(view, values)
    if values["step"] == "1":
        text = translate(
            "Stop",
            "Stopped at the first step: the loss of the initial weights is beyond the range of "
            "32-bit numbers. Measure x and y in larger units, or start from smaller weights.",
        )
        if not view.experiment.form.straight:
            text = translate(
                "Stop",
                "Stopped at the first step: the loss of the initial weights is beyond the range "
                "of 32-bit numbers. Standardize x, or choose a smaller model.",
            )
            if view.experiment.standardize:
                text = translate(
                    "Stop",
                    "Stopped at the first step: the loss of the initial weights is beyond the "
                    "range of 32-bit numbers. Choose a smaller model, or measure y in larger "
                    "units.",
                )
    elif bands is None or not bands.parabolic or rate <= bands.limit or view.batches > 1:
        values["slower"] = format_number(rescue_rate(base, None))
        text = translate(
            "Stop",
            "Diverged at step {step}: the loss grew beyond the range of 32-bit numbers. "
            "A lower learning rate such as {slower}, or standardized x, usually helps.",
        )
    else:
        values["slower"] = format_number(rescue_rate(base, bands.limit))
        values["formula"] = limit_formula(view.settings)
        values["limit"] = limit_text(bands.limit, rate)
        text = translate(
            "Stop",
            "Diverged at step {step}: the learning rate {rate} is over {formula} = {limit} for "
            "this data, so each step overshot further, until the loss was no finite number. "
            "Go on with {slower}, which is under it.",
        )
        if view.settings.surface is not None:
            text = translate(
                "Stop",
                "Diverged at step {step}: the learning rate {rate} is over {formula} = {limit} on "
                "this surface, so each step overshot further, until the loss was no finite number. "
                "Go on with {slower}, which is under it.",
            )
    return text.format(**values)


def _left_surface(view: "RunView", values: dict[str, str]) -> str:
    """The same of a test surface without one limit everywhere."""
    if values["step"] == "1":
        text = translate(
            "Stop",
            "Stopped at the first step: the surface is higher here than 32-bit numbers reach. "
            "Start nearer to its middle.",
        )
    elif view.stopped is not None and view.stopped.loss == -math.inf:
        text = translate(
            "Stop",
            "Stopped at step {step}: the loss fell below the range of 32-bit numbers. This surface "
            "has no minimum, so there is nowhere to arrive: look at how soon the saddle is left.",
        )
    else:
        text = translate(
            "Stop",
            "Diverged at step {step}: steps overshot further and further, until the surface was "
            "higher than 32-bit numbers reach. A lower learning rate such as {slower} usually "
            "helps.",
        )
    return text.format(**values)


def one_class_sentence(experiment: Experiment, facts: Facts | None = None) -> str | None:
    """That a drawing has points of one class alone, where that is so."""
    points = drawing_of(experiment)
    if not points or not experiment.classes or len({point[-1] for point in points}) > 1:
        return None
    text = translate(
        "Stop",
        "All points are of class {0}: there is nothing to tell apart yet. Choose another class and "
        "add points of it.",
    )
    return text.format(f"{points[0][-1]:g}")


def features_sentence(experiment: Experiment, facts: Facts) -> str | None:
    """That the powers of x grow too large to be learnt together, where that is so."""
    largest, degree = facts.largest_feature, experiment.model.values.get("degree")
    if largest is None or degree is None or largest < LARGE_FEATURE:
        return None
    size = format_number(largest, 2)
    if experiment.standardize:
        text = translate(
            "Stop",
            "The highest power of the standardized x reaches {size} here, beside x itself: no "
            "learning rate suits both. Choose a smaller degree.",
        )
    else:
        text = translate(
            "Stop",
            "The highest power of x reaches {size} here, beside x itself: no learning rate suits "
            "both. Standardize x, or choose a smaller degree.",
        )
    return text.format(size=size)


def limit_text(limit: float, rate: float) -> str:
    """A limit that ``rate`` is over, with four digits, or as many as show it to be the smaller."""
    for digits in range(4, 16):
        if float(f"{limit:.{digits - 1}e}") < rate:
            return format_number(limit, digits)
    return format_number(limit, 16)


def limit_formula(experiment: Experiment) -> str:
    """The formula of the learning rate over which full-batch descent diverges."""
    return experiment.optimizer_entry.stability_formula(experiment.optimizer.values)


def unreachable_target_sentence(experiment: Experiment, facts: Facts) -> str | None:
    """That no such model reaches the target loss on these points, where that is so."""
    target, best = experiment.stop.target_loss, facts.best_loss
    if target is None or best is None or target >= best:
        return None
    text = translate(
        "Stop",
        "No line can reach a loss of {target} on these points: the best is {best}. "
        "Another rule will end the run.",
    )
    if not experiment.form.straight:
        text = translate(
            "Stop",
            "No such polynomial can reach a loss of {target} on these points: the best is {best}. "
            "Another rule will end the run.",
        )
    return text.format(target=format_number(target), best=format_number(best))
