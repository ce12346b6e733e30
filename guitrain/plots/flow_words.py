"""What is known of the step in hand, in words and numbers, each text in several lengths.

A text is a tuple of variants, the longest first: what shows it takes the first that fits.
"""

import math
from dataclasses import dataclass

from guitrain.core.experiment import Experiment, StopRules
from guitrain.core.phases import PHASES, Phase
from guitrain.core.run_view import RunView
from guitrain.core.step_view import StepView
from guitrain.core.stopping import Rule, StopReason
from guitrain.core.validation import Watch
from guitrain.numbers import format_number
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot

Variants = tuple[str, ...]

_STOP_JUDGED = (Phase.STOP, Phase.BACKWARD, Phase.UPDATE)


def amount(value: float, digits: int = 4) -> str:
    """A number as the window writes losses and weights: with so many decimals.

    Beyond these it would be noughts, and gets powers of ten; NaN is called by its name.
    """
    if math.isnan(value):
        return "NaN"
    return format_number(value, digits, fixed=abs(value) >= 1e-3 or value == 0)


def rough(value: float) -> str:
    """A number in as little room as can be: two digits."""
    if not math.isfinite(value):
        return amount(value)
    mantissa, e, exponent = f"{value:.2g}".partition("e")
    return (mantissa + (f"e{int(exponent)}" if e else "")).replace("-", "−")


def gradient(name: str) -> str:
    """How the gradient of a parameter is written."""
    return f"∂L/∂{name}"


def box_title(phase: Phase) -> str:
    """Number and name of a phase's box, with those that share it."""
    info = PHASES[phase]
    parts = [translate("Phases", info.label)]
    for other in PHASES.values():
        if other is not info and (other.number, other.stage) == (info.number, info.stage):
            parts.append(translate("Phases", other.short))
    return f"{info.number} " + " + ".join(parts)


@dataclass(frozen=True)
class Moment:
    """What a snapshot tells of the step in hand; None where it is not known, or not yet."""

    snapshot: Snapshot

    @property
    def view(self) -> RunView | None:
        """The run."""
        return self.snapshot.view

    @property
    def step(self) -> StepView | None:
        """The step in hand, once it has begun."""
        step = self.snapshot.step_view
        return step if step is not None and self.view is not None and step.begun else None

    @property
    def phase(self) -> Phase | None:
        """The last phase carried out."""
        return self.view.phase if self.view is not None else None

    @property
    def settings(self) -> Experiment:
        """The settings in force."""
        return self.view.settings if self.view is not None else self.snapshot.experiment

    @property
    def loss(self) -> float | None:
        """This step's loss, from LOSS on."""
        return self.step.loss if self.step is not None else None

    @property
    def rate(self) -> float:
        """The learning rate of this step, or of the first."""
        return self.step.learning_rate if self.step is not None else self.settings.rate(0)

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters' names; of a model whose parameters are not few, those of its tensors."""
        form = self.settings.form
        return form.names if form.few else tuple(name for name, _ in form.tensors)

    @property
    def initial(self) -> tuple[float, ...]:
        """The initial weights in the data's own units, from INIT on, where they are few."""
        if self.view is None or self.phase in (None, Phase.DATA):
            return ()
        return self.view.initial or ()

    def named(self, values: tuple[float, ...] | None, digits: int = 4) -> Variants:
        """Parameters with their names: "w 1.8947, b 1.3013"; "" for none."""
        pairs = list(zip(self.names, values or (), strict=False))
        return tuple(
            ", ".join(f"{name} {written}" for name, written in texts)
            for texts in (
                [(name, amount(value, digits)) for name, value in pairs],
                [(name, amount(value, digits - 1)) for name, value in pairs],
                [(name, rough(value)) for name, value in pairs],
            )
        )

    def gradients(self) -> tuple[Variants, ...]:
        """Each gradient with its name: "∂L/∂w −0.0558"; of a tensor its size, "‖∂L/∂W1‖ 0.0558".
        Empty before BACKWARD.
        """
        step = self.step
        if step is None or step.gradients is None:
            return ()
        pairs = list(zip(map(gradient, step.names), step.gradients, strict=False))
        for tensor in step.tensors:
            if tensor.gradient is not None:
                pairs.append((f"‖{gradient(tensor.name)}‖", tensor.gradient))
        return tuple(
            tuple(f"{name} {text}" for text in (amount(value), rough(value)))
            for name, value in pairs
        )

    def update_formulas(self, name: str, *, numbers: bool) -> tuple[str, ...]:
        """The optimizer's update of a parameter; with the learning rate as a number or as η."""
        choice = self.settings.optimizer
        lines = self.settings.optimizer_entry.formulas(choice.values)
        rate = format_number(self.rate) if numbers else "η"
        return tuple(line.replace("{p}", name).replace("η", rate) for line in lines)


def position(moment: Moment) -> Variants:
    """Where in the run this step lies: "epoch 57 · batch 3 of 10".

    The FORWARD that a stopped run has done more is no further epoch.
    """
    step, view = moment.step, moment.view
    if step is None or view is None:
        return ("",)
    if view.stopped is not None:
        if not view.step:
            return (translate("Flow", "before the first update"),)
        if not view.epoch:
            return (translate("Flow", "after step {0}").format(f"{view.step:,}"),)
        return (translate("Flow", "after epoch {0}").format(f"{view.epoch:,}"),)
    epoch = translate("Flow", "epoch {0}").format(f"{step.epoch + 1:,}")
    if step.batches == 1:
        return (epoch,)
    return f"{epoch} · {_batch(step)}", _batch(step), epoch


def _batch(step: StepView) -> str:
    return translate("Flow", "batch {0} of {1}").format(
        f"{step.batch_index + 1:,}", f"{step.batches:,}"
    )


# STOP: its comparison, and its answer.


@dataclass(frozen=True)
class Verdict:
    """What STOP compares, in several lengths, and its answer (None: not yet given)."""

    comparison: Variants
    stop: bool | None

    @property
    def answer(self) -> Variants:
        """The answer in words."""
        if self.stop is None:
            return ("",)
        text = translate("Flow", "stop") if self.stop else translate("Flow", "keep going")
        return f"→ {text}", text


def verdict(moment: Moment) -> Verdict:
    """The comparison that tells the most: the rule that stopped the run, else the strictest."""
    view, step = moment.view, moment.step
    if view is not None and view.stopped is not None:
        return Verdict(_met(view.stopped, view.settings.stop), stop=True)
    comparisons = comparisons_of(moment)
    judged = step is not None and step.phase in _STOP_JUDGED
    return Verdict(comparisons[0], False if judged else None)


def comparisons_of(moment: Moment) -> tuple[Variants, ...]:
    """What each rule that is on compares at this step, while none of them has stopped the run."""
    step, rules = moment.step, moment.settings.stop
    judged = step is not None and step.phase in _STOP_JUDGED
    mark = "" if judged else "?"
    if step is not None and step.batch_index:  # the rules judge finished epochs
        return ((_batch(step) + mark,),)
    made: list[Variants] = []
    loss = _judged_loss(moment) if judged else None
    nothing = judged and loss is None  # no epoch is finished yet
    if rules.target_loss is not None and not nothing:
        made.append(_over_target(loss, rules.target_loss))
    if rules.patience is not None and not nothing:
        waited = moment.view.waited if judged and moment.view is not None else None
        made.append(_waiting(rules.patience, waited))
    if rules.validation_patience is not None:
        watch = moment.view.watch if judged and moment.view is not None else None
        made.append(_no_low(rules.validation_patience, watch))
    epochs = f"{rules.epochs:,}"
    if step is None:
        made.append((translate("Flow", "{0} epochs").format(epochs) + "?",))
    else:
        text = translate("Flow", "epoch {0} of {1}").format(f"{step.epoch + 1:,}", epochs)
        made.append((text + mark, f"{step.epoch + 1:,} / {epochs}"))
    return tuple(made)


def _judged_loss(moment: Moment) -> float | None:
    # With mini-batches the mean of the epoch before is judged, not this batch's loss.
    step, view = moment.step, moment.view
    if step is None or view is None or step.batches == 1:
        return moment.loss
    return view.epochs.value("loss", step.epoch - 1)


def _over_target(loss: float | None, target: float) -> Variants:
    if loss is None:
        return (translate("Flow", "loss ≤ {0}?").format(amount(target)),)
    return _compared(loss, target, (translate("Flow", "loss {0} > target {1}"), "{0} > {1}"))


def _compared(loss: float, target: float, ways: Variants) -> Variants:
    """Both numbers in each of these texts; never rounded so far that they look the same."""
    digits = (4, 6, 8, 10)
    pairs = [(amount(loss, count), amount(target, count)) for count in digits]
    pairs = [pair for pair in pairs if pair[0] != pair[1]][:1] or pairs[:1]
    apart = abs(loss - target) > 0.01 * max(abs(loss), abs(target))
    if apart:
        pairs.append((format_number(loss), amount(target)))
        pairs.append((format_number(loss, 3), format_number(target, 3)))
        pairs.append((rough(loss), rough(target)))
    return tuple(way.format(*pair) for way in ways for pair in pairs)


def _waiting(patience: int, waited: int | None) -> Variants:
    """For how many epochs there was no fall, and how many there may be; None: not judged yet."""
    texts = (
        (
            translate("Flow", "no fall for {0} epochs?"),
            translate("Flow", "no fall for {0}?"),
        )
        if waited is None
        else (
            translate("Flow", "no fall for {1} of {0} epochs"),
            translate("Flow", "no fall for {1} of {0}"),
        )
    )
    return tuple(text.format(f"{patience:,}", f"{waited or 0:,}") for text in texts)


def _no_low(patience: int, watch: Watch | None) -> Variants:
    """The validation loss beside the lowest, and the epochs since; None: not judged yet."""
    if watch is None or watch.low is None:
        asked = (
            translate("Flow", "no new lowest validation loss for {0} epochs?"),
            translate("Flow", "no new lowest for {0} epochs?"),
            translate("Flow", "no low for {0}?"),
        )
        return tuple(text.format(f"{patience:,}") for text in asked)
    numbers = (f"{patience:,}", f"{watch.waited:,}", amount(watch.loss), amount(watch.low.loss))
    texts = (
        translate("Flow", "validation loss {2}, lowest {3}: {1} of {0} epochs ago"),
        translate("Flow", "validation {2}, lowest {3}: {1} of {0} ago"),
        translate("Flow", "no new lowest for {1} of {0}"),
        translate("Flow", "no low for {1} of {0}"),
    )
    return tuple(text.format(*numbers) for text in texts)


def _met(reason: StopReason, rules: StopRules) -> Variants:
    """The comparison of the rule that stopped the run."""
    if reason.rule is Rule.NON_FINITE:
        return (
            translate("Flow", "the loss is not finite"),
            translate("Flow", "loss not finite"),
        )
    if reason.rule is Rule.TARGET_LOSS and rules.target_loss is not None:
        ways = translate("Flow", "loss {0} ≤ target {1}"), "{0} ≤ {1}"
        return _compared(reason.loss, rules.target_loss, ways)
    if reason.rule is Rule.PATIENCE and rules.patience is not None:
        return tuple(
            text.format(f"{rules.patience:,}")
            for text in (
                translate("Flow", "no fall for {0} epochs"),
                translate("Flow", "no fall for {0}"),
            )
        )
    if reason.rule is Rule.VALIDATION and rules.validation_patience is not None:
        return tuple(
            text.format(f"{rules.validation_patience:,}")
            for text in (
                translate("Flow", "no new lowest validation loss for {0} epochs"),
                translate("Flow", "no new lowest for {0} epochs"),
                translate("Flow", "no low for {0}"),
            )
        )
    epochs = f"{reason.epoch:,}"
    return translate("Flow", "epoch {0} of {0} done").format(epochs), f"{epochs} / {epochs}"
