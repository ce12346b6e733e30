"""The formulas of each step of the cycle, with this step's numbers as far as they are known."""

from guitrain.core.optimizers import STEP_COUNT
from guitrain.core.penalties import penalties_of, penalty_formula, slope_formula
from guitrain.core.phases import Phase
from guitrain.numbers import format_number
from guitrain.outcome_words import answer_words, headline, row_words
from guitrain.plots import chart_words, flow_words, surface_words
from guitrain.sentences import translate

_MOST_LINES = 4  # parameters, or predictions, that are listed


def formula_lines(phase: Phase, moment: flow_words.Moment) -> tuple[str, ...]:
    """A box's formulas, with this step's numbers as far as they are known."""
    lines = {
        Phase.DATA: _of_data,
        Phase.FORWARD: _of_forward,
        Phase.LOSS: _of_loss,
        Phase.STOP: _of_stop,
        Phase.BACKWARD: _of_backward,
        Phase.UPDATE: _of_update,
        Phase.TEST: _of_test,
        Phase.APPLY: _of_apply,
    }[phase](moment)
    return tuple(line for line in lines if line)


def _of_data(moment: flow_words.Moment) -> list[str]:
    return [variants[0] for variants in chart_words.data_lines(moment)]


def _of_forward(moment: flow_words.Moment) -> list[str]:
    formula, weights = chart_words.forward_lines(moment)
    return [formula[0], translate("Cycle", "with {0}").format(weights[0]) if weights[0] else ""]


def _of_loss(moment: flow_words.Moment) -> list[str]:
    settings, step = moment.settings, moment.step
    head, semicolon, meaning = settings.loss_entry.formula.partition(";")
    formula = head + penalty_formula(settings) + semicolon + meaning
    if step is None or moment.loss is None:
        return [formula]
    number = flow_words.amount(moment.loss)
    if settings.surface is not None:
        return [f"{formula} = {number}"]
    if penalties_of(settings) and step.data_loss is not None:
        added = flow_words.amount(moment.loss - step.data_loss)
        number = f"{flow_words.amount(step.data_loss)} + {added} = {number}"
    return [formula, f"n = {format_number(len(step.rows))}, L = {number}"]


def _of_stop(moment: flow_words.Moment) -> list[str]:
    judged = flow_words.verdict(moment)
    if judged.stop:
        return [f"{judged.comparison[0]} {judged.answer[0]}"]
    compared = [variants[0] for variants in flow_words.comparisons_of(moment)]
    return [*compared, judged.answer[0]]


def _of_backward(moment: flow_words.Moment) -> list[str]:
    settings, step = moment.settings, moment.step
    if not settings.form.few:
        sizes = [variants[0] for variants in moment.gradients()[:_MOST_LINES]]
        return sizes or [flow_words.gradient(name) for name in moment.names[:_MOST_LINES]]
    partials = settings.form.partials
    gradients = (step.gradients if step is not None else None) or ()
    lines = []
    for index, name in enumerate(moment.names[:_MOST_LINES]):
        parts = [flow_words.gradient(name)]
        if settings.surface is not None:
            parts.append(surface_words.slope(settings.surface, index))
        if partials:
            slope, partial = settings.loss_entry.slope_formula, partials[index].formula
            term = slope if partial == "1" else f"{slope}·{partial}"
            mean = translate("Cycle", "mean {0}").format(term)
            parts.append(mean + slope_formula(settings, name))
        if index < len(gradients):
            parts.append(flow_words.amount(gradients[index]))
        lines.append(" = ".join(parts))
    return lines


def _of_update(moment: flow_words.Moment) -> list[str]:
    step, names = moment.step, moment.names[:_MOST_LINES]
    lines = []
    schedule = moment.settings.schedule
    if formula := moment.settings.schedule_entry.formula(schedule.values):
        lines.append(f"{formula} = {format_number(moment.rate)}")
    if not moment.settings.form.few:
        return [*lines, *moment.update_formulas("p", numbers=True)]
    if step is None or not step.gradients or not step.before:
        of_each = [
            _once(moment.update_formulas(name, numbers=True), index)
            for index, name in enumerate(names)
        ]
        return [*lines, *(line for formulas in of_each for line in formulas)]
    for index, name in enumerate(names):
        before, slope = (
            flow_words.amount(step.before[index]),
            flow_words.amount(step.gradients[index]),
        )
        after = flow_words.amount(step.after[index]) if step.after else None
        templates = moment.update_formulas("{p}", numbers=True)
        if len(templates) == 1:
            # Plain descent: its one formula with every number in it.
            slope = f"({slope})" if slope.startswith("−") else slope
            line = templates[0].replace("∂L/∂{p}", slope).replace("← {p}", f"← {before}")
            lines.append(line.replace("{p}", name) + (f" = {after}" if after else ""))
        else:
            lines += [line.replace("{p}", name) for line in _once(templates, index)]
            lines.append(f"{name} {before} → {after}" if after else "")
    return lines


def _once(lines: tuple[str, ...], index: int) -> list[str]:
    """Without the count of steps, which is one for all parameters, but for the first of them."""
    return [line for line in lines if not index or not line.startswith(f"{STEP_COUNT} ←")]


def _of_test(moment: flow_words.Moment) -> list[str]:
    evaluation = moment.snapshot.evaluation
    if evaluation is None or evaluation.test is None:
        return [chart_words.test_lines(moment)[0][0]]
    return [
        translate("Cycle", "{0} on test points").format(headline(evaluation.test)),
        translate("Cycle", "{0} on training points").format(headline(evaluation.train)),
    ]


def _of_apply(moment: flow_words.Moment) -> list[str]:
    applied = moment.snapshot.applied
    if not applied:
        return [chart_words.apply_lines(moment)[0][0]]
    answer = "" if moment.settings.classes else "ŷ = "
    data = moment.snapshot.data
    lines = [
        f"x = {row_words(one.inputs, data)} → {answer}{answer_words(one, data)}"
        for one in applied[:_MOST_LINES]
    ]
    return [*lines, "…" if len(applied) > _MOST_LINES else ""]
