"""What a learning rate will do, in words, before the run: the sentences to ``core.stability``."""

import math
from bisect import bisect_left
from collections.abc import Callable

from guitrain.core.closed_form import Facts
from guitrain.core.experiment import Experiment
from guitrain.core.stability import Bands, Regime, farthest, limit_at_start
from guitrain.core.surfaces import Surface
from guitrain.numbers import format_number
from guitrain.sentences import joined, limit_formula, limit_text, translate

_ABOUT_EQUAL = 1.5  # the steep and the slow part of the fall take about as long


def rate_sentence(experiment: Experiment, facts: Facts, rate: float | None = None) -> str:
    """What full-batch descent does at a learning rate (None: the experiment's own), and what its
    schedule makes of it.
    """
    rate = experiment.learning_rate if rate is None else rate
    bands = facts.bands
    if bands is None:
        return joined(_unknown(experiment, rate), _scheduled(experiment, None, rate))
    regime = bands.regime(rate, experiment.stop.epochs)
    say = {
        Regime.CREEPS: _creeps,
        Regime.CONVERGES: _converges,
        Regime.OVERSHOOTS: _overshoots,
        Regime.DIVERGES: _diverges,
    }[regime]
    sentence = joined(say(experiment, bands, rate), _scheduled(experiment, bands, rate))
    if experiment.batch_size in (None, experiment.train_count):
        return sentence
    note = translate(
        "Rate",
        "That is with all {count} points in each step; batches of {batch} jitter, and may diverge "
        "sooner.",
    ).format(count=f"{experiment.train_count:,}", batch=f"{experiment.batch_size:,}")
    return joined(sentence, note)


def divergence_sentence(experiment: Experiment, facts: Facts) -> str | None:
    """The same where descent with all the data in one batch diverges; None where it does not."""
    full = experiment.batch_size in (None, experiment.train_count)
    bands, last = facts.bands, experiment.stop.epochs - 1
    highest = max(experiment.rate(0), experiment.rate(last))  # a schedule only falls, or only rises
    if bands is None or not full or highest <= bands.limit:
        return None
    return rate_sentence(experiment, facts)


def _scheduled(experiment: Experiment, bands: Bands | None, rate: float) -> str:
    """From where to where a schedule takes the rate, and when across the limit; "" for none."""
    if experiment.schedule_entry.factor is None:
        return ""
    epochs = experiment.stop.epochs
    first, last = experiment.rate(0, rate), experiment.rate(epochs - 1, rate)
    text = translate(
        "Rate", "That is η₀: the schedule takes η from {first} in epoch 1 to {last} in epoch {end}."
    )

    def first_epoch(has_come: Callable[[float], bool]) -> str:
        # Rates only fall, or only rise.
        at = bisect_left(range(epochs), True, key=lambda e: has_come(experiment.rate(e, rate)))
        return f"{at + 1:,}"

    end = first_epoch(lambda now: now == last)
    said = text.format(first=_rounded(first), last=_rounded(last), end=end)
    if last == 0:
        said = joined(said, translate("Rate", "From there on nothing is learnt any more."))
    if bands is None or (first > bands.limit) == (last > bands.limit):
        return said
    crossing = first_epoch(lambda now: (now > bands.limit) != (first > bands.limit))
    text = translate("Rate", "It comes under the limit {limit} in epoch {epoch}.")
    if last > bands.limit:
        text = translate("Rate", "It goes over the limit {limit} in epoch {epoch}.")
    return joined(said, text.format(limit=format_number(bands.limit, 3), epoch=crossing))


def _rounded(rate: float) -> str:
    return _rate(float(f"{rate:.3g}"))


def rounded_down(value: float, digits: int = 3) -> float:
    """A positive number to some significant digits, never larger: a limit must not be rounded
    to beyond itself.
    """
    if not (value > 0 and math.isfinite(value)):
        return value
    near = float(f"{value:.{digits - 1}e}")
    if near <= value:
        return near
    exponent = math.floor(math.log10(value)) - digits + 1
    return float(f"{near - 10.0**exponent:.{digits - 1}e}")


def _unknown(experiment: Experiment, rate: float) -> str:
    steps = experiment.stop.epochs * experiment.steps_per_epoch
    moves = farthest(experiment, rate, steps)
    if moves is not None:
        first, last, reach = (format_number(move, 3) for move in moves)
        return translate("Rate", experiment.optimizer_entry.rate_note).format(
            rate=_rate(rate), first=first, last=last, reach=reach, steps=_steps(steps)
        )
    if experiment.surface is not None:
        return _of_surface(experiment, experiment.surface)
    if not experiment.form.partials or experiment.classes:
        return translate(
            "Rate",
            "For this model no limit is known before the run: its loss is no parabola of the "
            "weights, so how curved it is, and how large η may be, changes on the way.",
        )
    if experiment.loss_entry.curvature is None:
        return translate(
            "Rate",
            "{loss} has no limit 2/λmax: its slope is as steep near the best fit as far off, so "
            "steps never shrink, and the fit ends up trembling around it.",
        ).format(loss=translate("Loss", experiment.loss_entry.label))
    if experiment.optimizer_entry.contraction is not None:
        return translate(
            "Rate",
            "The powers of x are beyond what can be reckoned with here: no learning rate is small "
            "enough to be sure of.",
        )
    return translate("Rate", "For this optimizer no limit of the learning rate is known.")


def _of_surface(experiment: Experiment, surface: Surface) -> str:
    """Of one whose curvature is not the same everywhere, or that has no minimum."""
    if surface.least is None:
        return translate(
            "Rate",
            "This surface has no minimum: whatever η is, the loss falls without end, the sooner "
            "the larger η is.",
        )
    if experiment.optimizer_entry.stability is None:
        return translate("Rate", "For this optimizer no limit of the learning rate is known.")
    limit = limit_at_start(experiment)
    if limit is None:
        return translate(
            "Rate",
            "The surface bends down where descent starts, so η has no limit there. Its curvature, "
            "and with it how large η may be, changes on the way.",
        )
    text = translate(
        "Rate",
        "The limit of η changes on the way, with the surface’s curvature. Where descent starts "
        "that is λmax = {curvature}: with η over {formula} = {limit} steps overshoot further and "
        "further there.",
    )
    curvature = surface.curvature(*(experiment.initial or surface.start))
    return text.format(
        curvature=format_number(curvature, 3),
        formula=limit_formula(experiment),
        limit=format_number(limit, 3),
    )


def _creeps(experiment: Experiment, bands: Bands, rate: float) -> str:
    steep = bands.epochs(rate, bands.eigenvalues[-1])
    text = translate(
        "Rate",
        "η = {rate} creeps: the loss's fall takes about {steep}, and the run has {run}.",
    )
    if bands.epochs(rate) > _ABOUT_EQUAL * steep:
        text = translate(
            "Rate",
            "η = {rate} creeps: even the steep part of the loss's fall takes about {steep}, and "
            "the run has {run}.",
        )
    run = f"{experiment.stop.epochs:,}"
    return text.format(rate=_rate(rate), steep=_epochs(steep), run=run)


def _converges(experiment: Experiment, bands: Bands, rate: float) -> str:
    steep, slow = bands.epochs(rate, bands.eigenvalues[-1]), bands.epochs(rate)
    text = translate(
        "Rate",
        "η = {rate} converges: the loss falls straight to its best, 99 % of the way in about "
        "{slow}",
    )
    if slow > _ABOUT_EQUAL * steep:
        text = translate(
            "Rate",
            "η = {rate} converges: a steep fall of about {steep}, then a slow one along the "
            "valley, 99 % done after about {slow}",
        )
    said = text.format(rate=_rate(rate), steep=_epochs(steep), slow=_epochs(slow))
    return _rest(said, experiment, bands, slow)


def _overshoots(experiment: Experiment, bands: Bands, rate: float) -> str:
    steep, slow = bands.contraction(rate, bands.eigenvalues[-1]), bands.epochs(rate)
    if math.isinf(slow):
        text = translate(
            "Rate",
            "η = {rate} is at the limit: each step lands as far beyond the valley's floor as it "
            "came from.",
        )
    elif experiment.optimizer.values.get("momentum"):
        text = translate(
            "Rate",
            "η = {rate} overshoots: momentum swings past the valley's floor and back, less each "
            "time. 99 % settled after about {slow}",
        )
    else:
        text = translate(
            "Rate",
            "η = {rate} overshoots: each step lands across the valley, {share} times as far from "
            "its floor. 99 % settled after about {slow}",
        )
    said = text.format(
        rate=_rate(rate), share=format_number(rounded_down(steep, 2), 2), slow=_epochs(slow)
    )
    return said if math.isinf(slow) else _rest(said, experiment, bands, slow)


def _diverges(experiment: Experiment, bands: Bands, rate: float) -> str:
    overflow = bands.overflow(rate)
    if not bands.parabolic:
        text = translate(
            "Rate",
            "η = {rate} is over {formula} = {limit}: steps may overshoot without ever settling. "
            "For large errors the slope is bounded, so the loss stays finite.",
        )
    elif overflow <= experiment.stop.epochs:
        text = translate(
            "Rate",
            "η = {rate} is over {formula} = {limit}: each step overshoots further. The loss grows "
            "×{growth} per epoch, and is no number after about {overflow}.",
        )
    else:
        text = translate(
            "Rate",
            "η = {rate} is over {formula} = {limit}: each step overshoots further. In the end the "
            "loss grows ×{growth} per epoch; it would be no number after about {overflow}.",
        )
    growth = bands.growth(rate)
    digits = 3 if growth > 1.01 else 3 - math.floor(math.log10(max(growth - 1, 1e-12)))
    return text.format(
        rate=_rate(rate),
        formula=limit_formula(experiment),
        limit=limit_text(bands.limit, rate),
        growth=format_number(growth, digits),
        overflow=_epochs(overflow),
    )


def _rest(said: str, experiment: Experiment, bands: Bands, slow: float) -> str:
    """``said`` to its end: with a run that ends before, and a bound that is only a bound."""
    text = translate("Rate", "{0}.")
    if slow > experiment.stop.epochs:
        text = translate("Rate", "{0} (the run has {run}).")
    said = text.format(said, run=f"{experiment.stop.epochs:,}")
    if bands.parabolic:
        return said
    return joined(said, translate("Rate", "Where errors are over δ it takes longer."))


def _rate(rate: float) -> str:
    return f"{rate:.6g}".replace("-", "−")  # as the field shows it


def _steps(count: int) -> str:
    if count == 1:
        return translate("Rate", "1 step")
    return translate("Rate", "{count} steps").format(count=f"{count:,}")


def _epochs(count: float) -> str:
    """A count of epochs, to three digits where it is an estimate of very many."""
    whole = math.ceil(count - 1e-9) if count < 10_000 else float(f"{count:.2e}")
    if whole == 1:
        return translate("Rate", "1 epoch")
    text = f"{int(whole):,}" if whole < 1e6 else format_number(float(whole), 3)
    return translate("Rate", "{count} epochs").format(count=text)
