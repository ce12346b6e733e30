"""The training loop of a script: batches, stop rules, and what was changed in mid-run.

It judges epochs as the learner's STOP does. With all the points in one batch, an epoch's loss is
the one before its update; with mini-batches it is the mean over the epoch, judged at its end
(which the learner knows at the next epoch's first STOP, before any update). The validation loss is
of the weights that an epoch begins with. Where a change of the
batch size makes epochs of both kinds, a function of the script judges at both places.
"""

from collections.abc import Sequence

from guitrain.core.by_hand import place_name
from guitrain.core.code_lines import Lines, Mark
from guitrain.core.code_plan import Plan, batch_size
from guitrain.core.experiment import Experiment, StopRules
from guitrain.core.penalties import penalties_of
from guitrain.core.phases import Phase
from guitrain.core.stopping import Rule

_CHANGED = "  # changed in mid-run"
_OFF = "  # off at first"
_JUDGED = (Rule.TARGET_LOSS, Rule.PATIENCE)  # of finished epochs


class Loop:
    """Writes section 3's settings of the loop, then the loop itself."""

    def __init__(self, lines: Lines, plan: Plan) -> None:
        self._lines, self._plan = lines, plan
        first, count = plan.first, plan.first.train_count
        sizes = {batch_size(settings) for settings in plan.settings}
        rules = [settings.stop for settings in plan.settings]
        self._seed = first.seeds.batches
        self._full = sizes == {count}
        self._target = any(rule.target_loss is not None for rule in rules)
        self._patience = any(rule.patience is not None for rule in rules)
        self._judges = self._target or self._patience
        self._validates = first.validation_count > 0
        self._early = any(rule.validation_patience is not None for rule in rules)
        self._mixed = not self._full and count in sizes
        self._scheduled = first.schedule_entry.factor is not None
        self._added = " + penalty()" if penalties_of(first) else ""

    def write_settings(self) -> None:
        """Batch size and stop rules, as they are at first."""
        add, first = self._lines.add, self._plan.first
        stop, epochs = first.stop, self._plan.epochs
        if not self._full:
            add(f"batch_size = {batch_size(first)}")
        changed = f"  # {stop.epochs} at first, changed in mid-run"
        add(f"epochs = {epochs}{changed if epochs != stop.epochs else ''}")
        if self._target:
            add(f"target_loss = {_target(stop)}{_OFF if stop.target_loss is None else ''}")
        if self._patience:
            add(f"patience = {_limit(stop.patience)}{_OFF if stop.patience is None else ''}")
            add(f"min_improvement = {stop.min_improvement!r}")
        if self._early:
            off = _OFF if stop.validation_patience is None else ""
            add(f"val_patience = {_limit(stop.validation_patience)}{off}")

    def write_memory(self) -> None:
        """What the loop remembers: its losses and, of patience, the best of them."""
        self._lines.add("loss_history = []")
        if self._patience:
            self._lines.add(self._fresh_patience())
        if self._validates:
            self._lines.add("val_history = []")
            self._lines.add('best_val_loss, best_epoch = float("inf"), 0')
        if self._mixed and self._judges:
            self._write_should_stop()

    def write_by_hand(self) -> None:
        """A function that sets the parameters that were set by hand, where any was."""
        lines, form = self._lines, self._plan.first.form
        if not self._plan.by_hand:
            return
        lines.add("parameters = list(model.parameters())")
        lines.add_all(("", "", "def set_by_hand(step):"))
        lines.add('    """The parameters that were set by hand before a step\'s forward pass."""')
        lines.add("    with torch.no_grad():")
        for step, hands in self._plan.by_hand.items():
            lines.add(f"        if step == {step}:")
            for hand in hands:
                index = ", ".join(map(str, hand.index)) or "()"
                name = place_name(form, *hand.place)
                lines.add(
                    f"            parameters[{hand.tensor}][{index}] = {hand.value!r}  # {name}"
                )
        lines.add("")

    def write(self) -> None:
        """The loop."""
        lines = self._lines
        start = len(lines)
        lines.add("for epoch in range(epochs):", Phase.STOP, Mark.EPOCH, (Rule.EPOCHS,))
        if self._full:
            self._write_full_batch()
        else:
            self._write_mini_batches()
        lines.mark(Mark.LOOP, start, len(lines))
        late = not self._full and self._judges  # epochs are judged at their ends
        if self._plan.by_hand and (late or self._plan.end in self._plan.by_hand):
            lines.add("set_by_hand(len(loss_history))  # where no step came after it")

    def _write_full_batch(self) -> None:
        lines, plan = self._lines, self._plan
        # Every step is an epoch, so learning rates, too, change at an epoch's start.
        for epoch in sorted({*plan.epoch_changes, *plan.rate_changes}):
            rates = self._rate_change(epoch) if epoch in plan.rate_changes else []
            rules = self._epoch_change(epoch) if epoch in plan.epoch_changes else []
            self._write_change(f"    if epoch == {epoch}:", rates + rules)
        if plan.by_hand:
            lines.add("    set_by_hand(epoch)")
        self._write_forward("inputs", "labels", 4)
        self._write_break(
            "    if not torch.isfinite(loss):",
            Rule.NON_FINITE,
            mark=Mark.FINITE,
            note="  # diverged",
        )
        self._write_validation()
        self._write_judgement("loss.item()")
        self._write_early()
        lines.add("    loss_history.append(loss.item())")
        self._write_update(4)
        self._write_schedule()
        self._write_progress("loss.item()")

    def _write_mini_batches(self) -> None:
        lines, plan = self._lines, self._plan
        both = self._mixed and self._judges
        shuffled = (
            f"shuffled = np.random.default_rng([{self._seed}, epoch]).permutation(len(inputs))",
            "order = torch.from_numpy(shuffled)",
        )
        if self._validates and plan.by_hand:
            lines.add("    set_by_hand(len(loss_history))")
        self._write_validation()
        self._write_early()
        if self._mixed:
            lines.add("    order = torch.arange(len(inputs))")
            lines.add("    if batch_size < len(inputs):")
        lines.add_all(" " * (8 if self._mixed else 4) + line for line in shuffled)
        lines.add("    loss_sum = 0.0")
        lines.add("    for batch in order.split(batch_size):", None, Mark.BATCH)
        if plan.rate_changes:
            lines.add("        step = len(loss_history)")
        for step in plan.rate_changes:
            self._write_change(f"        if step == {step}:", self._rate_change(step))
        if plan.by_hand:
            lines.add("        set_by_hand(len(loss_history))")
        self._write_forward("inputs[batch]", "labels[batch]", 8)
        rules = (Rule.NON_FINITE, *(_JUDGED if both else ()))
        self._write_stop(rules[1:])
        self._write_break("        if stop:", *rules)
        lines.add("        loss_history.append(loss.item())")
        lines.add("        loss_sum += loss.item() * len(batch)")
        self._write_update(8)
        self._write_break("    if stop:", *rules, lit=False)
        self._write_schedule()
        lines.add("    epoch_loss = loss_sum / len(inputs)", None, Mark.EPOCH_LOSS)
        self._write_progress("epoch_loss")
        for epoch in plan.epoch_changes:
            self._write_change(f"    if epoch + 1 == {epoch}:", self._epoch_change(epoch))
        if both:
            ended = "batch_size < len(inputs) and should_stop(epoch, epoch_loss)"
            self._write_break(f"    if {ended}:", *_JUDGED)
        else:
            self._write_judgement("epoch_loss")

    def _write_forward(self, inputs: str, labels: str, indent: int) -> None:
        add, blank = self._lines.add, " " * indent
        first = self._plan.first
        if first.form.dropout:
            step = "epoch" if self._full else "len(loss_history)"
            seed = f"({first.seeds.dropout} * 1_000_003 + {step}) % 2**32"
            add(f"{blank}torch.manual_seed({seed})  # draws which units are left out")
        if first.surface is not None:
            add(f"{blank}height = model()", Phase.FORWARD, Mark.FORWARD)
            add(f"{blank}loss = height", Phase.LOSS, Mark.LOSS)
            return
        add(f"{blank}predictions = model({inputs})", Phase.FORWARD, Mark.FORWARD)
        loss = f"loss_function(predictions, {labels}){self._added}"
        add(f"{blank}loss = {loss}", Phase.LOSS, Mark.LOSS)

    def _write_update(self, indent: int) -> None:
        add, blank = self._lines.add, " " * indent
        add(f"{blank}loss.backward()", Phase.BACKWARD, Mark.BACKWARD)
        add(f"{blank}optimizer.step()", Phase.UPDATE, Mark.UPDATE)
        add(f"{blank}optimizer.zero_grad()", Phase.UPDATE)

    def _write_schedule(self) -> None:
        if self._scheduled:
            self._lines.add("    scheduler.step()  # the next epoch's learning rate")

    def _write_progress(self, loss: str) -> None:
        every = max(1, self._plan.epochs // 10)
        self._lines.add(f"    if (epoch + 1) % {every} == 0:")
        told = f"Epoch [{{epoch + 1}}/{{epochs}}], Loss: {{{loss}:.4f}}"
        if self._validates:
            told += ", Validation loss: {val_loss:.4f}"
        self._lines.add(f'        print(f"{told}")')

    # Stop rules.

    def _write_validation(self) -> None:
        """The validation loss of the weights that an epoch begins with, and the lowest so far."""
        if not self._validates:
            return
        lines, add = self._lines, self._lines.add
        loss = "        val_loss = loss_function(model(val_inputs), val_labels).item()"
        dropout = self._plan.first.form.dropout
        if dropout:
            add("    model.eval()  # no unit is left out")
        add("    with torch.no_grad():")
        add(loss, Phase.STOP, Mark.VALIDATION)
        if dropout:
            add("    model.train()")
        lines.add_all(
            (
                "    val_history.append(val_loss)",
                "    if val_loss < best_val_loss:",
                "        best_val_loss, best_epoch = val_loss, epoch",
            )
        )

    def _write_early(self) -> None:
        if self._early:
            condition = "    if epoch - best_epoch >= val_patience:"
            self._write_break(condition, Rule.VALIDATION, mark=Mark.EARLY)

    def _write_stop(self, judged: Sequence[Rule]) -> None:
        """``stop``: whether this batch's loss is no number or, where it is all the points, meets
        a rule.
        """
        lines, start = self._lines, len(self._lines)
        diverged = "        stop = not torch.isfinite(loss)  # diverged"
        lines.add(diverged, Phase.STOP, Mark.FINITE, (Rule.NON_FINITE,))
        if judged:
            lines.add("        if batch_size == len(inputs):", Phase.STOP, stops=judged)
            judgement = "            stop = stop or should_stop(epoch, loss.item())"
            lines.add(judgement, Phase.STOP, stops=judged)
        lines.mark(Mark.EACH_BATCH, start, len(lines) + 1)  # with the "if stop:" that follows

    def _write_break(
        self,
        condition: str,
        *rules: Rule,
        mark: Mark | None = None,
        note: str = "",
        lit: bool = True,
    ) -> None:
        """A condition that STOP looks at (if ``lit``), and the ``break`` by which these rules stop
        the run.
        """
        indent = condition[: -len(condition.lstrip())]
        self._lines.add(condition, Phase.STOP if lit else None, mark, rules)
        self._lines.add(f"{indent}    break{note}", stops=rules)

    def _write_judgement(self, loss: str) -> None:
        if self._target:
            self._write_break(f"    if {loss} <= target_loss:", Rule.TARGET_LOSS, mark=Mark.TARGET)
        if self._patience:
            self._lines.add_all(_patience_count(loss, 4))
            self._write_break("    if waited >= patience:", Rule.PATIENCE)

    def _write_should_stop(self) -> None:
        lines = self._lines
        lines.add_all(("", "", "def should_stop(epoch, epoch_loss):"))
        lines.add('    """Whether an epoch\'s loss meets a stop rule; none is counted twice."""')
        if self._patience:
            lines.add("    global best_loss, waited, judged")
            lines.add_all(("    if epoch > judged:", "        judged = epoch"))
            lines.add_all(_patience_count("epoch_loss", 8))
        rules = ["epoch_loss <= target_loss"] if self._target else []
        rules += ["waited >= patience"] if self._patience else []
        lines.add_all((f"    return {' or '.join(rules)}", ""))

    def _fresh_patience(self) -> str:
        if self._mixed:
            return 'best_loss, waited, judged = float("inf"), 0, -1'
        return 'best_loss, waited = float("inf"), 0'

    # Changes in mid-run.

    def _write_change(self, condition: str, changes: list[str]) -> None:
        if changes:
            indent = condition[: -len(condition.lstrip())] + "    "
            self._lines.add(condition)
            self._lines.add_all(f"{indent}{change}{_CHANGED}" for change in changes)

    def _rate_change(self, step: int) -> list[str]:
        rate = repr(self._plan.rate_changes[step])
        now = f'optimizer.param_groups[0]["lr"] = {rate}'
        if not self._scheduled:
            return [now]
        return [f"scheduler.base_lrs = [{rate}]", f"{now} * schedule(epoch)"]

    def _epoch_change(self, epoch: int) -> list[str]:
        settings, before = self._plan.epoch_changes[epoch], self._before(epoch)
        new, old = settings.stop, before.stop
        changes = []
        if batch_size(settings) != batch_size(before):
            changes.append(f"batch_size = {batch_size(settings)}")
        if new.target_loss != old.target_loss:
            changes.append(f"target_loss = {_target(new)}")
        if new.patience != old.patience:
            changes.append(f"patience = {_limit(new.patience)}")
            if old.patience is None:
                changes.append(self._fresh_patience())  # switched on again, it begins anew
        if self._patience and new.min_improvement != old.min_improvement:
            changes.append(f"min_improvement = {new.min_improvement!r}")
        if new.validation_patience != old.validation_patience:
            changes.append(f"val_patience = {_limit(new.validation_patience)}")
        return changes

    def _before(self, epoch: int) -> Experiment:
        earlier = [settings for at, settings in self._plan.epoch_changes.items() if at < epoch]
        return earlier[-1] if earlier else self._plan.first


def _patience_count(loss: str, indent: int) -> list[str]:
    lines = (
        f"if {loss} < best_loss - min_improvement:",
        f"    best_loss, waited = {loss}, 0",
        "else:",
        "    waited += 1",
    )
    return [" " * indent + line for line in lines]


def _target(stop: StopRules) -> str:
    return 'float("-inf")' if stop.target_loss is None else repr(stop.target_loss)


def _limit(epochs: int | None) -> str:
    return 'float("inf")' if epochs is None else repr(epochs)
