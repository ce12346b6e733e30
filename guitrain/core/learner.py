"""The live training state, one method per phase.

Randomness has no hidden state: each epoch's batch order follows from the batch-order seed and the
epoch's number alone, so any step can be replayed from a keyframe that holds no generator, and a
phase can be repeated.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.autograd.variable import Variable

from guitrain.core.by_hand import ByHand
from guitrain.core.data import Data, Scaling, Split
from guitrain.core.devices import as_doubles, device_of, name_of
from guitrain.core.experiment import Experiment
from guitrain.core.losses.penalty import penalty_function
from guitrain.core.settings import CPU
from guitrain.core.stopping import Patience, Rule, StopReason, met
from guitrain.core.tape import Stages, recorded, same_bits
from guitrain.core.validation import Watch

# torch.autograd.grad spends more time checking its arguments than the engine does running on
# models this small. The engine is called the same way, and tests compare the bits.
run_backward = Variable._execution_engine.run_backward
_ONE = torch.ones(())  # ∂L/∂L
_NOT_WATCHED = Watch()
_PATIENCE_OFF = Patience()  # switched on again, it begins anew
_MOST_REPLAYS = 8  # one for each size of a batch


def dropout_seed(seed: int, step: int) -> int:
    """What the draws of a step (from 0) are seeded with; the script says it in the same way.

    torch's generator takes no more than 32 bits of it.
    """
    return (seed * 1_000_003 + step) % 2**32


@dataclass(frozen=True)
class LearnerState:
    """A learner at a step boundary: enough to go on from there to the same bits."""

    step: int
    epoch: int
    batch_index: int
    epoch_batch_size: int
    epoch_loss_sum: float
    epoch_mean: float
    patience: Patience
    parameters: tuple[Tensor, ...]
    optimizer: tuple[Tensor, ...]
    watch: Watch = _NOT_WATCHED

    @property
    def nbytes(self) -> int:
        """Memory of the tensors, and about 600 bytes for the rest."""
        tensors = (*self.parameters, *self.optimizer)
        return 600 + sum(t.nbytes + 100 for t in tensors)


class Learner:
    """Model, optimizer, batch order and stop memory of one run.

    Attributes:
        settings: the experiment as its steering settings now are.
        device: where the tensors are. device_name: the same for the screen.
        step, epoch, batch_index: updates done, epochs finished, batches done in this epoch.
        inputs, targets: this step's batch, (n, d) float32 and as ``as_targets`` makes them.
        prediction, loss, gradients: this step's tensors, once computed.
        data_loss: the loss before penalties are added to it. loss_value: the loss, as a number.
        rate: the learning rate of the last update.
        forward_function, loss_function: what FORWARD and LOSS call.
        masks: what dropout multiplies this step's hidden layers by; [] where there is none.
        penalty: what LOSS adds for large weights, or None.
        numbers: the parameters as numbers (p,), where they are few.
        numbers_before: the same before the last update.
        hurried: FORWARD, LOSS and BACKWARD replay the operations that autograd carried out at an
            earlier step, to the same bits, and nothing is kept for those who look on.
        observed: keep what the optimizer remembered before an update, in ``state_before``, and
            the parameters themselves, where they are not few, in ``parameters_before``.
        watch: what the validation losses have come to, where there are validation points.
        stop_reason: why ``should_stop`` last said yes, or None.
    """

    def __init__(self, experiment: Experiment, data: Data | None = None) -> None:
        self._made = data  # of this experiment, where they were made before
        self.settings = experiment
        self.device = device_of(experiment.device)
        self.device_name = name_of(self.device)
        self.ready = False
        self.observed = self.hurried = False
        self._replays: dict[int, Stages | None] = {}  # by the batch's size
        self.state_before: tuple[Tensor, ...] | None = None
        self.parameters_before: tuple[Tensor, ...] | None = None
        self._updated: tuple[Tensor, ...] | None = None  # where they were set by hand since
        self.step = 0
        self.epoch = 0
        self.batch_index = 0
        self.rate = experiment.learning_rate
        self.patience = _PATIENCE_OFF
        self.watch = _NOT_WATCHED
        self.stop_reason: StopReason | None = None
        self.epoch_mean = math.nan  # of the last finished epoch
        self._epoch_loss_sum = 0.0  # of batch loss × batch size, in this epoch
        self._epoch_batch_size = 0  # of the epoch that the batches below belong to
        self._batches: list[tuple[Tensor, Tensor]] = []
        self._batches_epoch = -1

    # Phase by phase, in the order of guitrain.core.cycle.

    def load_data(self) -> None:
        """DATA: draw or cut out the points, as tensors."""
        self.data: Data = self.settings.make_data() if self._made is None else self._made
        train = self.data.train
        self.scaling = Scaling.of(self.settings.seen(train.inputs), self.settings.standardize)
        self._inputs = self.as_inputs(train.inputs)
        self._targets = self.as_targets(train.targets)
        self._count = len(train)
        held_out = self.data.validation
        self._validation = self._tensors(held_out) if len(held_out) else None
        self._whole = [(self._inputs, self._targets)]

    def init_model(self) -> None:
        """INIT: the initial weights, by hand, of a file or from a seed, and a fresh optimizer."""
        settings = self.settings
        self.model = settings.model_entry.build(settings.model.values, settings.shape)
        generator = torch.Generator().manual_seed(settings.seeds.weights)
        # Drawn on the CPU, so that every device begins with the same.
        parameters = self.model.initial(generator)
        if settings.initial is not None:
            own = np.array([settings.initial], dtype=np.float64)
            numbers = settings.model_entry.from_own_units(own, self.scaling)[0]
            flat = torch.tensor(numbers, dtype=torch.float32)
            sizes = [p.numel() for p in parameters]
            parameters = [
                part.reshape(p.shape).clone()
                for part, p in zip(flat.split(sizes), parameters, strict=True)
            ]
        if settings.weights is not None:
            saved = torch.tensor(settings.weights.numbers)
            sizes = [p.numel() for p in parameters]
            for part, p in zip(saved.split(sizes), parameters, strict=True):
                p.copy_(part.reshape(p.shape))
        self.loss_function = settings.loss_entry.build(settings.loss.values)
        self.penalty = penalty_function(settings.l1, settings.l2, settings.form.weights)
        self.optimizer = settings.optimizer_entry.build(settings.optimizer.values)
        self._rate_factor = settings.schedule_entry.factor
        self.forward_function = self.model.forward
        self._dropout = torch.Generator() if settings.form.dropout else None
        self.masks: list[Tensor] = []
        self._replays.clear()
        self._one = (_ONE.to(self.device),)
        self._set_parameters([p.to(self.device) for p in parameters])
        self.ready = True

    def _set_parameters(self, parameters: list[Tensor]) -> None:
        self.parameters = tuple(p.requires_grad_() for p in parameters)
        # Updates go through detached views of the same memory: no grad mode to switch.
        self._views = tuple(p.detach() for p in self.parameters)
        self._scalar = all(v.numel() == 1 for v in self._views) and self.settings.form.few
        self._few = self.settings.form.few
        self._updated = None
        self.numbers: tuple[float, ...] = self._read_numbers()

    def _read_numbers(self) -> tuple[float, ...]:
        if self._scalar:
            return tuple([v.item() for v in self._views])
        if self._few:
            return tuple(n for v in self._views for n in v.flatten().tolist())
        return ()

    def forward(self) -> None:
        """FORWARD: predictions of this step's batch."""
        if self.batch_index == 0:
            self._begin_epoch()
        self.inputs, self.targets = self._batches[self.batch_index]
        if self._dropout is not None:
            self._draw_masks()
        replay = self._replay() if self.hurried and self.device.type == CPU else None
        if replay is None:
            self._stages = self._by_autograd(self.inputs, self.targets, *self.masks)
        else:
            self._stages = replay(*self._given)
        (self.prediction,) = next(self._stages)

    def _by_autograd(
        self, inputs: Tensor, targets: Tensor, *masks: Tensor
    ) -> Iterator[tuple[Tensor, ...]]:
        """What FORWARD, LOSS and BACKWARD come to: the outputs; the loss without the penalties
        and with them; the gradients; and where they are not few, ‖∂L/∂p‖₂ of each tensor.
        """
        parameters = self.parameters
        if masks:
            prediction = self.model.training(parameters, inputs, masks)
        else:
            prediction = self.forward_function(parameters, inputs)
        yield (prediction,)
        loss = data_loss = self.loss_function(prediction, targets)
        if self.penalty is not None:
            loss = data_loss + self.penalty(parameters)
        yield data_loss, loss
        gradients = run_backward(
            (loss,), self._one, False, False, parameters, False, accumulate_grad=False
        )
        yield gradients
        if not self._few:
            yield (torch.stack(torch._foreach_norm(gradients)),)

    @property
    def _given(self) -> tuple[Tensor, ...]:
        """What a replay has to be given: that which is not the same at each step."""
        if len(self._batches) == 1:
            return tuple(self.masks)
        return self.inputs, self.targets, *self.masks

    def _replay(self) -> Stages | None:
        """How steps with batches of this size are replayed; None for such as cannot be."""
        size = self.inputs.shape[0]
        if size not in self._replays:
            if len(self._replays) == _MOST_REPLAYS:
                self._replays.clear()
            self._replays[size] = self._recorded()
        return self._replays[size]

    def _recorded(self) -> Stages | None:
        whole = (self.inputs, self.targets) if self._full_batch else ()

        def stages(*given: Tensor) -> Iterator[tuple[Tensor, ...]]:
            return self._by_autograd(*whole, *given)

        replay = recorded(stages, self._views, self._given)
        anew, wanted = replay(*self._given), stages(*self._given)
        return replay if all(map(same_bits, anew, wanted)) else None

    def _draw_masks(self) -> None:
        # A seed for each step: no keyframe has to hold a generator, and a phase can be repeated.
        assert self._dropout is not None
        self._dropout.manual_seed(dropout_seed(self.settings.seeds.dropout, self.step))
        drawn = self.model.masks(len(self.inputs), self._dropout)
        self.masks = [mask.to(self.device) for mask in drawn]

    def forward_of_step(self, parameters: Sequence[Tensor], inputs: Tensor) -> Tensor:
        """Outputs (n, k) as the step in hand has them: with its dropout."""
        if self._dropout is None:
            return self.forward_function(parameters, inputs)
        return self.model.training(parameters, inputs, self.masks)

    def _begin_epoch(self) -> None:
        size = self.settings.batch_size or self._count
        if size >= self._count:
            # All the data in its own order, as in the article: a shuffle would change the
            # order of summation, and with it the last bits.
            self._batches = self._whole
        elif self._batches_epoch != self.epoch or self._epoch_batch_size != size:
            order = torch.from_numpy(self._order(self.epoch)).to(self.device)
            self._batches = list(
                zip(
                    self._inputs[order].split(size),
                    self._targets[order].split(size),
                    strict=True,
                )
            )
        self._batches_epoch, self._epoch_batch_size = self.epoch, size
        self._epoch_loss_sum = 0.0

    def _order(self, epoch: int) -> NDArray[np.int64]:
        seed = [self.settings.seeds.batches, epoch]
        return np.random.default_rng(seed).permutation(self._count)

    def compute_loss(self) -> None:
        """LOSS: the mean loss of the batch, and the penalties."""
        self.data_loss, self.loss = next(self._stages)
        self.loss_value: float = self.loss.item()

    def should_stop(self) -> bool:
        """STOP: judge this loss and, with mini-batches, the last epoch's mean."""
        rules, loss = self.settings.stop, self.loss_value
        patience_before = self.patience
        rule: Rule | None = None
        if not math.isfinite(loss):
            rule = Rule.NON_FINITE
        elif self.batch_index == 0:
            early = None if self._validation is None else self._validate(*self._validation)
            if rules.patience is None:
                self.patience = _PATIENCE_OFF
            if rules.target_loss is not None or rules.patience is not None:
                rule = self._judge_epoch()
            rule = rule or early
            if rule is None and self.epoch >= rules.epochs:
                rule = Rule.EPOCHS
        if rule is None:
            self.stop_reason = None
            return False
        judged = loss if self._full_batch or rule is Rule.NON_FINITE else self.epoch_mean
        if rule is Rule.VALIDATION:
            judged = self.watch.loss
        self.stop_reason = StopReason(rule, self.epoch, self.step, judged)
        # If the run may go on after all, this epoch is judged anew, under the rules of then.
        self.patience = patience_before
        return True

    @property
    def _full_batch(self) -> bool:
        return len(self._batches) == 1

    def _judge_epoch(self) -> Rule | None:
        # With all the data in one batch this very loss is the epoch's; else the mean of the
        # epoch before is known by now.
        if self._full_batch:
            epoch, loss = self.epoch, self.loss_value
        elif self.epoch:
            epoch, loss = self.epoch - 1, self.epoch_mean
        else:
            return None
        rules = self.settings.stop
        if rules.patience is not None:
            self.patience = self.patience.after(epoch, loss, rules.min_improvement)
        return met(rules, self.patience, loss)

    def _validate(self, inputs: Tensor, targets: Tensor) -> Rule | None:
        """Measure the validation loss of the weights that this epoch begins with; judge it."""
        with torch.no_grad():
            loss = float(self._loss_of(self._views, inputs, targets))
        train = self.loss_value if self._full_batch else self.epoch_mean
        self.watch = self.watch.after(self.epoch, self.step, loss, train)
        patience = self.settings.stop.validation_patience
        met = patience is not None and self.watch.waited >= patience
        return Rule.VALIDATION if met else None

    def backward(self) -> None:
        """BACKWARD: ∂L/∂p for each parameter, by torch's autograd."""
        self.gradients: tuple[Tensor, ...] = next(self._stages)
        self._sizes: list[float] = []  # of the gradients, once asked for

    def update(self) -> None:
        """UPDATE: the optimizer moves the parameters; the step is over."""
        observed = self.observed and not self.hurried
        self.state_before = tuple(self.optimizer.state()) if observed else None
        copied = observed and not self._few
        self.parameters_before = tuple([v.clone() for v in self._views]) if copied else None
        rate = self.settings.learning_rate
        if self._rate_factor is not None:
            rate *= self._rate_factor(self.settings.schedule.values, self.epoch)
        self.rate = rate
        self._updated = None
        self.optimizer.step(self._views, self.gradients, rate)
        self.numbers_before = self.numbers
        self.numbers = self._read_numbers()
        self.step += 1
        if len(self._batches) == 1:
            self.epoch_mean = self.loss_value
            self.epoch += 1
            return
        self._epoch_loss_sum += self.loss_value * self.inputs.shape[0]  # len() takes 1 µs more
        self.batch_index += 1
        if self.batch_index == len(self._batches):
            self.epoch_mean = self._epoch_loss_sum / self._count
            self.epoch += 1
            self.batch_index = 0

    # What others do to it, and ask of it.

    def look_again(self) -> None:
        """Carry out this step's FORWARD and LOSS by autograd, where they were hurried."""
        if self.hurried:
            self.hurried = False
            self.forward()
            self.compute_loss()

    @property
    def within_epoch(self) -> bool:
        """Whether the next step is neither the first nor the last of its epoch."""
        return 0 < self.batch_index < len(self._batches) - 1

    def set_by_hand(self, hand: ByHand) -> None:
        """Give one parameter another value, at a step boundary (``checked`` before)."""
        if self._updated is None:
            self._updated = tuple([v.clone() for v in self._views])
        self._views[hand.tensor][hand.index] = hand.value
        self.numbers = self._read_numbers()

    def value_at(self, tensor: int, index: tuple[int, ...]) -> float:
        """The present value of one parameter, as the model has it."""
        return self._views[tensor][index].item()

    def holds(self, hand: ByHand) -> bool:
        """Whether a parameter has this value already, as a float32."""
        return self.value_at(hand.tensor, hand.index) == float(np.float32(hand.value))

    @property
    def made(self) -> tuple[Tensor, ...]:
        """The parameters as the last UPDATE made them, before any was set by hand."""
        return self._views if self._updated is None else self._updated

    def batch_place(self, done: bool) -> tuple[int, int, int]:
        """Of the step in hand (``done``: of the one whose UPDATE was the last phase): the epochs
        finished before it, the batches done before it in its epoch, and that epoch's batches.
        """
        count = len(self._batches)
        if not done:
            return self.epoch, self.batch_index, count
        return self._batches_epoch, (self.batch_index or count) - 1, count

    def batch_rows(self, done: bool) -> NDArray[np.int64]:
        """Which training points (n,) are in the batch of ``batch_place``."""
        epoch, index, count = self.batch_place(done)
        if count == 1:
            return np.arange(self._count)
        size = self._epoch_batch_size
        return self._order(epoch)[index * size : (index + 1) * size]

    def loss_of(self, parameters: tuple[Tensor, ...], row: int) -> tuple[Tensor, Tensor]:
        """Outputs (1, k) and loss, without penalties, of one training point at these
        parameters.
        """
        prediction = self.forward_function(parameters, self._inputs[row : row + 1])
        return prediction, self.loss_function(prediction, self._targets[row : row + 1])

    def gradient_parts(self) -> list[float]:
        """∂L/∂p of each parameter where they are few, else ‖∂L/∂p‖₂ of each tensor."""
        if self._scalar:
            return [g.item() for g in self.gradients]
        if self._few:
            return [n for g in self.gradients for n in g.flatten().tolist()]
        if not self._sizes:
            self._sizes = next(self._stages)[0].tolist()
        return self._sizes

    def gradient_norm(self) -> float:
        """‖∂L/∂p‖₂ over all parameters at this step."""
        return math.hypot(*self.gradient_parts())

    def as_inputs(self, inputs: NDArray[np.float64]) -> Tensor:
        """Inputs (n, d) in their own units → float32 as the model sees them: its features."""
        inputs = self.settings.seen(inputs)
        if self.settings.standardize:
            inputs = self.scaling.apply(inputs)
        return torch.tensor(inputs, dtype=torch.float32).to(self.device)

    def as_targets(self, targets: NDArray[np.float64]) -> Tensor:
        """Targets (n,) as the loss takes them: (n, 1) float32, or as labels (n,) int64."""
        if self.settings.loss_entry.labels:
            return torch.tensor(targets, dtype=torch.int64).to(self.device)
        return torch.tensor(targets, dtype=torch.float32).unsqueeze(1).to(self.device)

    def outputs(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Outputs (n, k) of the present parameters for inputs (n, d); changes nothing."""
        with torch.no_grad():
            outputs = self.forward_function(self._views, self.as_inputs(inputs))
        return as_doubles(outputs)

    def predict(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where a number is learnt, the predictions (n,) for inputs (n, d)."""
        return self.outputs(inputs)[:, 0]

    def probabilities(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where classes are learnt, the probability of each (n, classes) for inputs (n, d)."""
        probabilities = self.settings.loss_entry.probabilities
        assert probabilities is not None
        return probabilities(self.outputs(inputs))

    def activations(self, inputs: NDArray[np.float64]) -> list[Tensor]:
        """What the units of each layer give (n, units) for inputs (n, d), the outputs last; with
        the present parameters, and nothing is changed.
        """
        with torch.no_grad():
            given = self.as_inputs(inputs)
            layers = self.model.hidden(self._views, given)
            return [*layers, self.forward_function(self._views, given)]

    def train_loss(self) -> float:
        """The loss of all the training points at the present parameters, with the penalties."""
        with torch.no_grad():
            loss = self._loss_of(self._views, self._inputs, self._targets)
            return float(loss if self.penalty is None else loss + self.penalty(self._views))

    def data_losses_at(self, parameters: Tensor, rows: slice) -> list[float]:
        """The loss, without penalties, of these training points at other parameters (m, p): one
        for each of these rows of numbers.
        """
        inputs, targets = self._inputs[rows], self._targets[rows]
        parameters = parameters.to(self.device)

        def outputs_of(numbers: Tensor) -> Tensor:
            return self.forward_function(self.as_parameters(numbers), inputs)

        with torch.no_grad():
            if len(parameters) == 1:
                return [float(self.loss_function(outputs_of(parameters[0]), targets))]
            # All at once: small models cost by the operation, not by the arithmetic.
            outputs = torch.func.vmap(outputs_of)(parameters)
            return [float(self.loss_function(each, targets)) for each in outputs]

    def as_parameters(self, numbers: Tensor) -> tuple[Tensor, ...]:
        """A row of numbers (p,) as tensors of the parameters' shapes."""
        pieces = numbers.to(self.device).split([v.numel() for v in self._views])
        return tuple(piece.reshape(v.shape) for piece, v in zip(pieces, self._views, strict=True))

    def test_loss(self, numbers: Tensor | None = None) -> float:
        """The loss of the test points at recorded parameters (p,), or at the present ones.

        Without penalties: it says how good the predictions are, and nothing is trained by it.
        """
        if not hasattr(self, "_test"):
            self._test = self._tensors(self.data.test)
        parameters = self._views if numbers is None else self.as_parameters(numbers)
        with torch.no_grad():
            return float(self._loss_of(parameters, *self._test))

    def _tensors(self, points: Split) -> tuple[Tensor, Tensor]:
        return self.as_inputs(points.inputs), self.as_targets(points.targets)

    def _loss_of(self, parameters: tuple[Tensor, ...], inputs: Tensor, targets: Tensor) -> Tensor:
        return self.loss_function(self.forward_function(parameters, inputs), targets)

    def batches_per_epoch(self, settings: Experiment | None = None) -> int:
        """Steps that this epoch takes, or at its end the next one under ``settings`` (None: those
        of the last step).
        """
        if self.batch_index:
            return len(self._batches)  # a new batch size waits for the next epoch
        if not self._count:
            return 1  # of a test surface
        return -(-self._count // ((settings or self.settings).batch_size or self._count))

    def capture(self) -> LearnerState:
        """The state at a step boundary (not in mid-step)."""
        return LearnerState(
            self.step,
            self.epoch,
            self.batch_index,
            self._epoch_batch_size,
            self._epoch_loss_sum,
            self.epoch_mean,
            self.patience,
            tuple(v.clone() for v in self._views),
            tuple(self.optimizer.state()),
            self.watch,
        )

    def restore(self, state: LearnerState, settings: Experiment) -> None:
        """Go back (or on) to a captured state, under the settings in force at its step."""
        self.step, self.epoch, self.batch_index = state.step, state.epoch, state.batch_index
        self.patience, self.epoch_mean = state.patience, state.epoch_mean
        self.watch = state.watch
        self.stop_reason = None
        for view, kept in zip(self._views, state.parameters, strict=True):
            view.copy_(kept)  # in its place, for replays know it
        self._updated = None
        self.numbers = self._read_numbers()
        self.optimizer.restore([tensor.to(self.device) for tensor in state.optimizer])
        if state.batch_index:
            # In mid-epoch the batches are those of the size that the epoch began with.
            self.settings = settings.changed({"batch_size": state.epoch_batch_size})
            self._begin_epoch()
            self._epoch_loss_sum = state.epoch_loss_sum
        self.settings = settings
