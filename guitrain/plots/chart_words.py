"""The words of the flow chart: what stands in its boxes, and what its arrows carry."""

from guitrain.core.penalties import penalty_formula
from guitrain.core.phases import NEXT_STEP
from guitrain.numbers import format_number
from guitrain.outcome_words import headline
from guitrain.plots.flow_words import Moment, Variants, amount, gradient
from guitrain.sentences import translate

_LONG = 24  # characters of a formula that the box of UPDATE has no room for


def next_step() -> str:
    """What the way back to FORWARD is called."""
    return f"{NEXT_STEP} " + translate("Flow", "next step")


# What stands in the boxes.


def data_lines(moment: Moment) -> tuple[Variants, Variants]:
    """Box 1: the points, and the weights to start from."""
    if moment.settings.surface is not None:
        return (translate("Flow", "no data: a surface"),), moment.named(moment.initial, 3)
    data = moment.view.data if moment.view is not None else moment.snapshot.data
    points = ""
    if data is not None:
        count = len(data.train)
        text = translate("Flow", "{0} points") if count != 1 else translate("Flow", "{0} point")
        points = text.format(format_number(count))
    initial = moment.initial
    return (points,), moment.named(initial, 3)


def forward_lines(moment: Moment) -> tuple[Variants, Variants]:
    """Box 2: the model, and the weights that it predicts with."""
    step = moment.step
    weights = step.before if step is not None else None
    form = moment.settings.form
    formulas = (form.formula, form.brief) if form.brief != form.formula else (form.formula,)
    if not form.few:
        text = translate("Flow", "{0} weights").format(format_number(form.count))
        return formulas, (text,)
    return formulas, moment.named(weights)


def loss_lines(moment: Moment) -> tuple[Variants]:
    """Box 3: what is averaged and added to it, and the outcome."""
    mean = moment.settings.loss_entry.term_formula
    if moment.settings.surface is None:
        mean = translate("Flow", "mean {0}").format(mean)
    penalty = penalty_formula(moment.settings)
    formulas: Variants = (mean + penalty,)
    if penalty:
        formulas += (mean + " + " + translate("Flow", "penalty"),)
    if moment.loss is None:
        return (formulas,)
    long, short = amount(moment.loss), format_number(moment.loss)
    told = (f"{formula} = {number}" for formula in formulas for number in (long, short))
    return ((*told, f"= {long}"),)


def backward_lines(moment: Moment) -> tuple[Variants, Variants]:
    """Box 5: the gradients, of the first two parameters."""
    lines = moment.gradients()
    if not lines:
        names = moment.names
        return (gradient(names[0]),), (gradient(names[1]) if len(names) > 1 else "",)
    return lines[0], lines[1] if len(lines) > 1 else ("",)


def update_lines(moment: Moment) -> tuple[Variants, Variants]:
    """Box 6: how the first two parameters move; and after UPDATE, where to."""
    optimizer = translate("Optimizer", moment.settings.optimizer_entry.label)
    lines: list[Variants] = []
    for name in moment.names[:2]:
        numbers, symbols = (moment.update_formulas(name, numbers=on)[-1] for on in (True, False))
        short = f"{name} ← {optimizer}({gradient(name)})"
        # A formula that fits for b may not for w: both are to be written alike.
        lines.append((numbers, symbols, short) if len(symbols) < _LONG else (short,))
    after = moment.step.after if moment.step is not None else None
    if after is not None:
        return lines[0], moment.named(after)
    return lines[0], lines[1] if len(lines) > 1 else ("",)


def test_lines(moment: Moment) -> tuple[Variants]:
    """Box 8, Test: how good the model was on the test points, once it was asked."""
    if moment.settings.surface is not None:
        return ((translate("Flow", "no data to test on"), translate("Flow", "no data")),)
    snapshot = moment.snapshot
    evaluation = snapshot.evaluation
    if evaluation is not None and evaluation.test is not None:
        return ((translate("Flow", "test {0}").format(headline(evaluation.test)),),)
    data = moment.view.data if moment.view is not None else snapshot.data
    if data is not None and not len(data.test):
        return ((translate("Flow", "no test points"),),)
    if data is None:
        return ((translate("Flow", "unseen points"),),)
    text = translate("Flow", "{0} unseen points")
    if len(data.test) == 1:
        text = translate("Flow", "{0} unseen point")
    return ((text.format(format_number(len(data.test))), translate("Flow", "unseen points")),)


def apply_lines(moment: Moment) -> tuple[Variants]:
    """Box 8, Apply: how many predictions were asked for."""
    if moment.settings.surface is not None:
        return ((translate("Flow", "nothing to predict"), translate("Flow", "none")),)
    count = len(moment.snapshot.applied)
    if not count:
        if moment.settings.classes:
            return ((translate("Flow", "new x → class"),),)
        return ((translate("Flow", "new x → ŷ"),),)
    if count == 1:
        return ((translate("Flow", "1 prediction"),),)
    return ((translate("Flow", "{0} predictions").format(count),),)


# What the arrows carry.


def batch_text(moment: Moment, symbol: str) -> Variants:
    """So many values: "100 × x"; the symbol alone before the batch is drawn. Of a test surface the
    two parameters.
    """
    if moment.settings.surface is not None:
        return (", ".join(moment.names),)
    count: int | None = len(moment.step.rows) if moment.step is not None else None
    data = moment.view.data if moment.view is not None else moment.snapshot.data
    if count is None and data is not None:
        count = min(moment.settings.batch_size or len(data.train), len(data.train))
    if count is None:
        return (symbol,)
    return (
        f"{format_number(count)} × {symbol}",
        f"{format_number(float(count), 2)} × {symbol}",
        symbol,
    )


def loss_text(moment: Moment) -> Variants:
    """The loss: "L = 0.2420"."""
    if moment.loss is None:
        return ("L",)
    return f"L = {amount(moment.loss)}", f"L = {format_number(moment.loss, 3)}"


def gradient_text(moment: Moment) -> Variants:
    """The first gradient: "∂L/∂w −0.0558"."""
    name = moment.names[0]
    known = moment.gradients()
    return (*known[0], gradient(name)) if known else (gradient(name),)
