"""Many runs at once that differ in their learning rate alone: a learner with a leading dimension.

Every parameter is (runs, *shape), and each operation of a step does its work for all the runs; the
data, their order and the initial weights are those of one run. Runs do not touch each other, so
each has the numbers of a run of its own but for their last bits: a sum over one row of a table may
be added up in another order than a sum over all there is.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.func import vmap

from guitrain.core.data import Data
from guitrain.core.devices import as_doubles
from guitrain.core.experiment import Experiment
from guitrain.core.learner import Learner, run_backward
from guitrain.core.settings import CPU
from guitrain.core.stopping import Rule
from guitrain.core.tape import Stages, recorded


class Lanes(Learner):
    """The learner of several runs, each a lane with its own learning rate.

    Attributes:
        rates: the learning rates (r,), as they are set.
        losses: of this step's batch (r,), once computed.
        epoch_losses: the last finished epoch's mean losses (r,).
        alive: which lanes (r,) no rule has stopped yet. A lane that has stopped counts no more,
            whatever its numbers turn into.
        rules, end_epochs, final: of each stopped lane, why it stopped, after how many epochs, and
            its final loss: that of all the training points, or the one that was no number.
    """

    def __init__(
        self, experiment: Experiment, rates: Sequence[float], data: Data | None = None
    ) -> None:
        super().__init__(experiment, data)
        count = len(rates)
        self.rates = np.array(rates, dtype=np.float64)
        self.alive = np.ones(count, dtype=bool)
        self.rules: list[Rule | None] = [None] * count
        self.end_epochs = np.zeros(count, dtype=np.int64)
        self.final = np.full(count, np.nan)
        self.epoch_losses = np.full(count, np.nan)
        self._best = np.full(count, np.inf)  # as Patience has them
        self._waited = np.zeros(count, dtype=np.int64)
        self._lows = np.full(count, np.inf)  # of the validation loss, as Watch has them
        self._low_epochs = np.zeros(count, dtype=np.int64)
        self._steps: dict[int, Stages] = {}  # by the batch's size
        self._going = True
        self._losses_sum = np.zeros(count)
        self._part = float("nan")  # of the learning rate, of which these are:
        self._rates_now: tuple[Tensor, ...] = ()

    def _set_parameters(self, parameters: list[Tensor]) -> None:
        count = len(self.rates)
        self.parameters = tuple(
            p.detach().expand(count, *p.shape).contiguous().requires_grad_() for p in parameters
        )
        self._views = tuple(p.detach() for p in self.parameters)
        self.numbers = ()
        self._updated = None

    def _loss_of_run(
        self, parameters: Sequence[Tensor], inputs: Tensor, targets: Tensor, *masks: Tensor
    ) -> Tensor:
        """Of one run's parameters, as LOSS has it."""
        outputs = (
            self.model.training(parameters, inputs, masks)
            if masks
            else self.forward_function(parameters, inputs)
        )
        loss = self.loss_function(outputs, targets)
        return loss if self.penalty is None else loss + self.penalty(parameters)

    def _make_step(self, given: Sequence[Tensor]) -> Stages:
        """Losses and gradients of all the runs, for batches and masks such as these."""
        of_all = vmap(self._loss_of_run, in_dims=(0, *[None] * (len(given) + 2 * self._full_batch)))
        whole = (self.inputs, self.targets) if self._full_batch else ()
        ones = (torch.ones(len(self.rates)).to(self.device),)

        def carry_out(*given: Tensor) -> Iterator[tuple[Tensor, ...]]:
            losses = of_all(self.parameters, *whole, *given)
            # Of the sum of all losses, each run's gradient is its own.
            gradients = run_backward(
                (losses,), ones, False, False, self.parameters, False, accumulate_grad=False
            )
            yield losses.detach(), *gradients

        if self.device.type != CPU:
            return carry_out
        return recorded(carry_out, self.parameters, given)

    # Phase by phase, in the order of guitrain.core.cycle.

    def forward(self) -> None:
        """FORWARD: losses and gradients as well, which one recording gives together."""
        if self.batch_index == 0:
            self._begin_epoch()
        self.inputs, self.targets = self._batches[self.batch_index]
        if self._dropout is not None:
            self._draw_masks()
        batch = () if self._full_batch else (self.inputs, self.targets)
        given = (*batch, *self.masks)
        step = self._steps.get(len(self.inputs))
        if step is None:
            step = self._steps[len(self.inputs)] = self._make_step(given)
        self._losses, *gradients = next(step(*given))
        self.gradients = tuple(gradients)

    def compute_loss(self) -> None:
        """LOSS: each lane's, as numbers."""
        self.losses: NDArray[np.float64] = as_doubles(self._losses)

    def should_stop(self) -> bool:
        """STOP: judge each lane as a run of its own is judged; whether all have stopped."""
        finite = np.isfinite(self.losses)
        if not finite.all():
            self._end(self.alive & ~finite, Rule.NON_FINITE)
        if self.batch_index == 0:
            self._judge_epochs()
        return not self._going

    def _judge_epochs(self) -> None:
        rules, full = self.settings.stop, self._full_batch
        losses = self.losses if full else self.epoch_losses
        if full or self.epoch:
            if rules.target_loss is not None:
                self._end(self.alive & (losses <= rules.target_loss), Rule.TARGET_LOSS)
            if rules.patience is not None:
                falls = losses < self._best - rules.min_improvement
                self._best = np.where(falls, losses, self._best)
                self._waited = np.where(falls, 0, self._waited + 1)
                self._end(self.alive & (self._waited >= rules.patience), Rule.PATIENCE)
        if self._validation is not None and rules.validation_patience is not None:
            self._judge_validation(rules.validation_patience, *self._validation)
        if self.epoch >= rules.epochs:
            self._end(self.alive.copy(), Rule.EPOCHS)

    def _judge_validation(self, patience: int, inputs: Tensor, targets: Tensor) -> None:
        of_all = vmap(self._loss_of, in_dims=(0, None, None))
        with torch.no_grad():
            losses = as_doubles(of_all(self._views, inputs, targets))
        lower = losses < self._lows
        self._lows = np.where(lower, losses, self._lows)
        self._low_epochs = np.where(lower, self.epoch, self._low_epochs)
        self._end(self.alive & (self.epoch - self._low_epochs >= patience), Rule.VALIDATION)

    def _end(self, lanes: NDArray[np.bool_], rule: Rule) -> None:
        """These lanes have stopped."""
        if not lanes.any():
            return
        judged = self._full_batch and self._dropout is None  # all the points, all the units
        losses = self.losses if judged else self._whole_losses()
        self.alive &= ~lanes
        self._going = bool(self.alive.any())
        self.end_epochs[lanes] = self.epoch
        self.final[lanes] = losses[lanes]
        for at in np.flatnonzero(lanes).tolist():
            self.rules[at] = rule

    def _whole_losses(self) -> NDArray[np.float64]:
        of_all = vmap(self._loss_of_run, in_dims=(0, None, None))
        with torch.no_grad():
            losses: Tensor = of_all(self._views, self._inputs, self._targets)
        return as_doubles(losses)

    def backward(self) -> None:
        """BACKWARD: the gradients are there since FORWARD."""

    def update(self) -> None:
        """UPDATE: the optimizer moves the parameters of all, each by its own learning rate."""
        self.optimizer.step(self._views, self.gradients, self._rates())
        self.step += 1
        if self._full_batch:
            self.epoch_losses = self.losses
            self.epoch += 1
            return
        if self.batch_index == 0:
            self._losses_sum = np.zeros(len(self.rates))
        self._losses_sum += self.losses * len(self.inputs)
        self.batch_index += 1
        if self.batch_index == len(self._batches):
            self.epoch_losses = self._losses_sum / self._count
            self.epoch += 1
            self.batch_index = 0

    def _rates(self) -> tuple[Tensor, ...]:
        """This epoch's learning rates, shaped for each parameter."""
        factor = self._rate_factor
        part = 1.0 if factor is None else factor(self.settings.schedule.values, self.epoch)
        if part != self._part:
            self._part = part
            rates = torch.tensor(self.rates * part, dtype=torch.float32).to(self.device)
            self._rates_now = tuple(
                rates.reshape(-1, *[1] * (view.dim() - 1)) for view in self._views
            )
        return self._rates_now
