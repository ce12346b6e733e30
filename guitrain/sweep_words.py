"""What people type to sweep a setting, and a sweep's lanes in words. No Qt, no torch."""

from typing import Any

from guitrain.core.experiment import Experiment
from guitrain.core.params import Param
from guitrain.core.stopping import Rule
from guitrain.core.sweep import SweepPlan, SweepView, parts_of, second_settings
from guitrain.numbers import format_number, parse_number
from guitrain.sentences import limit_formula, listed, translate
from guitrain.setting_words import setting_name, value_words

ALL = "all"  # of a batch size


def parse_value(param: Param, text: str) -> Any:
    """One value of a setting, as typed. Raises ExperimentProblem."""
    if param.name == "batch_size" and text.strip().lower() in (ALL, translate("Changes", "all")):
        return None
    return param.check(text if param.kind == "layers" else parse_number(param, text))


def parse_values(param: Param, text: str) -> tuple[Any, ...]:
    """Several, with commas (semicolons, blanks) between them. Raises ExperimentProblem."""
    return tuple(parse_value(param, part) for part in parts_of(param, text))


def usual_values(experiment: Experiment, path: str) -> str:
    """What a field for the values of a setting begins with: the present one, and some others."""
    param = second_settings(experiment)[path]
    if path == "batch_size":
        count = experiment.train_count
        sizes = [size for size in (5, 20) if size < count]
        return ", ".join([*map(str, sizes), ALL])
    if param.kind == "layers":
        return "4 / 8 / 8, 8"
    if param.name == "momentum":
        return "0, 0.5, 0.9"
    return plain_number(experiment.value_at(path))


def plain_number(value: float) -> str:
    """A number as it can be typed again."""
    return str(value) if isinstance(value, int) else f"{value:.12g}"


def rate_words(rate: float) -> str:
    """A learning rate with its symbol."""
    return f"η = {format_number(rate)}"


def value_name(plan: SweepPlan, value: int) -> str:
    """The second setting with one of its values: "momentum 0.9"; "" where there is none."""
    if not plan.values:
        return ""
    return f"{setting_name(plan.path)} {value_words(plan.path, plan.values[value])}"


def lane_name(plan: SweepPlan, lane: int) -> str:
    """What makes a lane: "η = 0.01, momentum 0.9"."""
    value, rate = plan.place(lane)
    return listed(filter(None, (rate_words(plan.rates[rate]), value_name(plan, value))))


def lane_outcome(view: SweepView, lane: int) -> str:
    """What came of a lane so far: "loss 0.2037 after 100 epochs"."""
    rule, loss = view.rules[lane], float(view.losses[lane])
    epochs = f"{view.epochs_done[lane]:,}"
    if rule is Rule.NON_FINITE:
        return translate("Sweep", "diverged in epoch {0}").format(f"{view.epochs_done[lane] + 1:,}")
    if view.epochs_done[lane] == 0 and rule is None:
        return translate("Sweep", "not begun")
    text = translate("Sweep", "loss {0} after {1} epochs")
    if rule is Rule.TARGET_LOSS:
        text = translate("Sweep", "loss {0}: the target, after {1} epochs")
    elif rule is Rule.PATIENCE:
        text = translate("Sweep", "loss {0}: no more fall, after {1} epochs")
    elif rule is Rule.VALIDATION:
        text = translate("Sweep", "loss {0}: stopped early, after {1} epochs")
    return text.format(format_number(loss), epochs)


def limit_name(plan: SweepPlan, value: int, limit: float) -> str:
    """The divergence limit with its formula: "2/λmax = 0.1094"."""
    formula = limit_formula(plan.experiments[value])
    return translate("Sweep", "{0} = {1}").format(formula, format_number(limit))
