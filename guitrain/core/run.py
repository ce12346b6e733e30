"""One experiment being carried out: it can advance, run for a while, seek, branch."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.by_hand import ByHand, checked
from guitrain.core.closed_form import Facts, facts_of
from guitrain.core.curve import CurveNow
from guitrain.core.cycle import cycle
from guitrain.core.data import Data
from guitrain.core.evaluation import (
    Evaluation,
    Prediction,
)
from guitrain.core.experiment import Experiment
from guitrain.core.history import LogView
from guitrain.core.keyframes import Keyframes
from guitrain.core.learner import Learner, LearnerState
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.recording import Ending, Recording
from guitrain.core.run_view import Event, RunView, Unit
from guitrain.core.settings import STEERING
from guitrain.core.stopping import StopReason
from guitrain.core.trial import applied, tested

HISTORY_BYTES = 448_000_000  # with 64 MB of keyframes: 512 MB in all

# So many steps at a time are hurried, all but the last: the one that is looked at.
_MANY = 4

_WITHIN_A_STEP = (None, Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD)

_ids = count(1)


class Run:
    """A learner, its history and its keyframes.

    Attributes:
        experiment: what the run began as.
        events: settings changed and parameters set by hand in mid-run, in the order of their steps.
        learner: the live state. phase: the last phase carried out.
        stopped: why the run stopped, or None while it can go on.
        steps, epochs: the history.
        parent: the id of the run, and the step there, that this branch starts from, or None.

    ``data`` and ``facts`` are this experiment's, where they were made before: equal experiments
    make equal ones, and both can take a while.
    """

    def __init__(
        self,
        experiment: Experiment,
        *,
        history_bytes: int = HISTORY_BYTES,
        data: Data | None = None,
        facts: Facts | None = None,
    ) -> None:
        self.id = next(_ids)
        self.experiment = experiment
        self.events: list[Event] = []
        self._settled = (0, experiment)  # so many events, and the settings with them
        self._latest = experiment  # with every event: a view asks for it each frame
        self.parent: tuple[int, int] | None = None
        self.phase: Phase | None = None
        self.stopped: StopReason | None = None
        self.learner = Learner(experiment, data)
        self._facts = facts
        self._cycle = cycle(self.learner)
        self._due = 0  # index of the first event that the learner has not had yet
        self._history_bytes = history_bytes
        self._recording = recording = Recording(experiment, history_bytes)
        self.steps, self.epochs = recording.steps, recording.epochs
        self._note = recording.note  # at each UPDATE
        self._validates = experiment.validation_count > 0
        self._final_loss: float | None = None
        self._initial: tuple[float, ...] | None = None
        self._rushing = False  # whether run_until last came to so many steps
        self._curve = CurveNow()

    # Going on.

    @property
    def head(self) -> int:
        """Steps recorded so far."""
        return self.steps.length

    @property
    def settings(self) -> Experiment:
        """The experiment with every event so far, as the controls show it."""
        return self.settings_at(self.learner.step) if self._in_past else self._latest

    @property
    def latest(self) -> Experiment:
        """The experiment with every event, those beyond the cursor too."""
        return self._latest

    @property
    def keyframes(self) -> Keyframes:
        """What later steps are replayed from."""
        return self._recording.keyframes

    @property
    def ended(self) -> StopReason | None:
        """Why the run stopped at its head, also while the cursor is in the past."""
        return self._recording.ended

    @property
    def last_loss(self) -> float | None:
        """Where it stopped, its final loss; else the last one recorded; None before the first."""
        if self.ended is not None:
            return self._recording.end_loss
        row = self.steps.length - 1
        return self.steps.publish().value("loss", row)

    @property
    def _in_past(self) -> bool:
        return self.learner.step < self.steps.length

    def settings_at(self, step: int) -> Experiment:
        """The experiment with the events in force at the FORWARD of a step (from 0)."""
        count = sum(event.step <= step for event in self.events)
        if count != self._settled[0]:  # asked for at each frame; events are only ever added
            settings = self.experiment
            for event in self.events[:count]:
                settings = settings.changed(event.changes)
            self._settled = (count, settings)
        return self._settled[1]

    def advance(self) -> Phase | None:
        """Carry out one phase and record it; None, and nothing done, once a rule has stopped it."""
        if self.stopped is not None:
            return None
        if self._due < len(self.events) and self.at_boundary:
            self._apply_due()
        phase = next(self._cycle)
        self.phase = phase
        if phase is Phase.UPDATE:
            self._note(self.learner)
            if self._due < len(self.events):
                self._set_by_hand()
        elif phase is Phase.STOP and self.learner.stop_reason is not None:
            self.learner.look_again()
            self.stopped = self.learner.stop_reason
            self._final_loss = self._whole_loss()
            self._recording.note_stop(self.stopped, self._final_loss)
        elif phase is Phase.INIT:
            self.keyframes.add(self.learner.capture())
            self._initial = self._numbers()
        return phase

    def begin(self) -> "Run":
        """Carry out DATA and INIT; gives this run."""
        while self.advance() is not Phase.INIT:
            pass
        return self

    @property
    def at_boundary(self) -> bool:
        """Whether the next phase is a step's FORWARD (or DATA or INIT)."""
        return self.phase in (None, Phase.DATA, Phase.INIT, Phase.UPDATE)

    def _apply_due(self) -> None:
        settings = self.learner.settings
        while self._due < len(self.events) and self.events[self._due].step <= self.learner.step:
            settings = settings.changed(self.events[self._due].changes)
            self._due += 1
        self.learner.settings = settings

    def _set_by_hand(self) -> None:
        """The parameters set by hand at this boundary: they hold, and are seen, at once. (A
        keyframe of this step holds them as they were before.)
        """
        step = self.learner.step
        for event in self.events:
            if event.by_hand is not None and event.step == step:
                self.learner.set_by_hand(event.by_hand)

    def _whole_loss(self) -> float:
        learner = self.learner
        if learner.batches_per_epoch() == 1 and not learner.settings.form.dropout:
            return learner.loss_value
        return learner.train_loss()

    def advance_by(self, unit: Unit, pause: Phase | None = None) -> Phase | None:
        """Carry out one phase, or go to the end of this batch or of this epoch, or only to where
        the phase ``pause`` is carried out.
        """
        if unit is Unit.PHASE:
            return self.advance()
        epoch = self.learner.epoch
        while (phase := self.advance()) is not None:
            ended = unit is Unit.BATCH or self.learner.epoch > epoch
            if phase is pause or (phase is Phase.UPDATE and ended):
                break
        return phase

    def run_until(
        self,
        deadline: float,
        steps: float = float("inf"),
        met: Callable[[], bool] | None = None,
    ) -> int:
        """Advance until ``time.perf_counter()`` reaches the deadline (in seconds), ``steps``
        updates are done, ``met`` says so at an epoch's end, or a rule stops the run; returns the
        updates done. Ends at a step's end.
        """
        done = 0
        clock, advance, update = time.perf_counter, self.advance, Phase.UPDATE
        learner, rushing = self.learner, self._rushing
        last = steps <= 1 or clock() >= deadline
        learner.hurried = rushing and not last and (met is None or learner.within_epoch)
        while done < steps:
            phase = advance()
            if phase is update:
                done += 1
                if met is not None and learner.batch_index == 0 and met():
                    break
                if last:
                    break
                if clock() >= deadline or done + 1 >= steps:
                    # What is looked at next is carried out by autograd itself.
                    last = rushing
                    learner.hurried = False
                    if not rushing and clock() >= deadline:
                        break
                elif rushing:
                    learner.hurried = met is None or learner.within_epoch
            elif phase is None:
                break
        learner.hurried = False
        self._rushing = done >= _MANY
        return done

    def run(self) -> StopReason:
        """Advance until a rule stops the run."""
        self.run_until(float("inf"))
        assert self.stopped is not None
        return self.stopped

    # Time travel.

    def seek(self, step: int, phase: Phase | None = None, deadline: float | None = None) -> bool:
        """Go to where ``step`` updates are done and, after them, ``phase`` of the next step.

        None stands for the step boundary itself. Replays from the latest keyframe, quietly. With
        a deadline (``time.perf_counter()`` seconds) it may return False before it is there: call
        it again with the same target to go on, or with another to forget this one.
        Raises ValueError for a step that is not recorded, or a phase outside FORWARD … BACKWARD.
        """
        if not 0 <= step <= self.head:
            raise ValueError(f"step {step} is not within 0 … {self.head}")
        if phase not in _WITHIN_A_STEP:
            raise ValueError(f"{phase} does not lie between two updates")
        self._rewind(step)
        learner = self.learner
        far = step - learner.step > _MANY
        while learner.step < step or not self._reached(phase):
            learner.hurried = far and learner.step < step - 1
            if self.advance() is None:
                break
            due = deadline is not None and self.at_boundary and time.perf_counter() >= deadline
            if due and (learner.step < step or phase is not None):
                learner.hurried = False
                return False
        learner.hurried = False
        return True

    def _reached(self, phase: Phase | None) -> bool:
        return self.at_boundary if phase is None else self.phase is phase

    def _rewind(self, step: int) -> None:
        learner = self.learner
        near = learner.step <= step and self.at_boundary and learner.ready
        # At least one step is replayed, so that loss and gradients are those of this place too.
        state = self.keyframes.before(max(step - 1, 0))
        if state is None or (near and learner.step >= state.step):
            return
        self._restore(state)

    def _restore(self, state: LearnerState) -> None:
        self._recording.note_best(self.learner)
        self.stopped, self._final_loss = None, None
        self.phase = Phase.UPDATE if state.step else Phase.INIT
        self.learner.restore(state, self.settings_at(state.step))
        self._set_by_hand()
        self._due = sum(event.step <= state.step for event in self.events)
        self._cycle = cycle(self.learner)

    def change(self, changes: Mapping[str, Any]) -> "Run":
        """Change steering settings from the next step on (batch size: from the next epoch on).

        At the head this run goes on with an event, and a stopped run can go on if the change
        lets it. In the past a branch is made and returned, and this run stays as it is.
        Raises ExperimentProblem for a wrong value, ValueError for a setting that no run can change.
        """
        if odd := [name for name in changes if name not in STEERING]:
            raise ValueError(f"{odd[0]} starts a new run")
        settings = self.settings.changed(changes)  # refused as a whole before anything changes
        if settings == self.settings:
            return self
        if self._in_past:
            return self.branch().change(changes)
        step = self.learner.step + (0 if self.at_boundary or self.stopped is not None else 1)
        self._add(Event(step, dict(changes)))
        self._latest = settings
        if self.stopped is not None:
            self._go_on()
        return self

    def set_by_hand(self, hand: ByHand) -> "Run":
        """Give one parameter another value, here and now: the next FORWARD is made with it.

        At the head this run goes on with an event: a step that has begun begins anew, and a
        stopped run judges again. In the past a branch is made and returned, and this run stays as
        it is. Raises ExperimentProblem for a value that no parameter can have and before INIT,
        ValueError for a place that the model has not.
        """
        if not self.learner.ready:
            raise ExperimentProblem("not_begun", "by_hand")
        hand = checked(hand, self.experiment.form)
        if self.learner.holds(hand):
            return self
        if self._in_past:
            return self.branch().set_by_hand(hand)
        step, stopped = self.learner.step, self.stopped is not None
        if not (stopped or self.at_boundary):
            self.seek(step)
        self._add(Event(step, {}, hand))
        # What was measured and drawn of the weights of this step is of others now.
        self._curve.drop()
        self._recording.test_curve.drop(step)
        if stopped:
            self._go_on()
        else:
            self._set_by_hand()
        self._recording.best = self.learner.watch.low
        return self

    def _add(self, event: Event) -> None:
        # One made in mid-step may still be waiting for a step that now comes later than this.
        self.events = [replace(each, step=min(each.step, event.step)) for each in self.events]
        self.events.append(event)

    def _go_on(self) -> None:
        """Take back the stop, so that STOP judges again under the settings in force now.

        The FORWARD and LOSS that went before it were of the weights after the last step: they are
        taken back too, by a replay of that step.
        """
        step, self._recording.ended = self.learner.step, None
        state = self.keyframes.before(max(step - 1, 0))
        assert state is not None
        self._restore(state)
        self.seek(step)

    def branch(self) -> "Run":
        """A run of its own that goes on from here; this one stays as it is.

        Raises ExperimentProblem before DATA and INIT, where there is nothing to branch from.
        """
        if not self.learner.ready:
            raise ExperimentProblem("not_begun", "branch")
        step = self.learner.step
        twin = self._begun_anew()
        twin.parent = (self.id, step)
        twin.events = [event for event in self.events if event.step <= step]
        twin._latest = self.settings_at(step)
        twin._recording.take_up_to(self._recording, step)
        twin._initial = self._initial
        twin.seek(step)
        return twin

    def twin(self) -> "Run":
        """The same run once more, at its start, to look at places of it while this one stays where
        it is or goes on; it goes by this one's id.

        Raises ExperimentProblem before DATA and INIT.
        """
        if not self.learner.ready:
            raise ExperimentProblem("not_begun", "branch")
        twin = self._begun_anew()
        twin.id, twin.parent = self.id, self.parent
        keyframes = self.keyframes.up_to(self.head)
        twin.take_record(
            self.events, self.steps.publish(), self.epochs.publish(), keyframes, self.ending
        )
        twin._recording.test_curve = self._recording.test_curve.copy()
        return twin

    def _begun_anew(self) -> "Run":
        """Another run of the same experiment and data, right after INIT."""
        other = Run(
            self.experiment,
            history_bytes=self._history_bytes,
            data=self.learner.data,
            facts=self._facts,
        )
        other.learner.load_data()
        other.learner.init_model()
        other.phase = Phase.INIT
        return other

    # As a whole, to be kept and taken up again.

    @property
    def ending(self) -> Ending:
        """What is known of its end, wherever the cursor is."""
        self._recording.note_best(self.learner)
        return self._recording.ending

    def take_record(
        self,
        events: Sequence[Event],
        steps: LogView,
        epochs: LogView,
        keyframes: Keyframes,
        ending: Ending,
    ) -> None:
        """Become, right after INIT, a run that this was recorded of; then go somewhere with
        ``seek``.
        """
        self.events = list(events)
        self._latest = self.settings_at(max(steps.length, *(e.step for e in events), 0))
        self._recording.take(steps, epochs, keyframes, ending)
        self._restore(keyframes.states()[0])
        self._initial = self._numbers()

    def go_to_keyframe(self, step: int) -> int:
        """Go to the last keyframe at or before a step; returns its step."""
        state = self.keyframes.before(step)
        assert state is not None
        self._restore(state)
        return state.step

    # TEST and APPLY change nothing.

    def test(self) -> Evaluation:
        """As ``trial.tested``, of the present weights."""
        return tested(self.learner, self.facts.least_squares)

    def apply(self, rows: Sequence[Sequence[float]]) -> tuple[Prediction, ...]:
        """As ``trial.applied``, of the present weights."""
        return applied(self.learner, rows)

    def measure_test(self) -> None:
        """Add the test loss of the present weights to the test curve."""
        self._recording.test_curve.measure(self.learner)

    def fill_test_curve(self, deadline: float, most: int = 256) -> bool:
        """As ``TestCurve.fill``, from recorded weights."""
        recording = self._recording
        return recording.test_curve.fill(
            self.learner, self.steps.publish(), recording.names, deadline, most
        )

    # What others see.

    @property
    def facts(self) -> Facts:
        """Closed-form facts of this run's data; after DATA."""
        if self._facts is None:
            self._facts = facts_of(self.experiment, self.learner.data)
        return self._facts

    def view(self, also: Sequence[float] = ()) -> RunView:
        """Publish what is recorded, and return an immutable look at the run; after INIT.

        A curve reaches at least as far as the x in ``also``.
        """
        learner = self.learner
        settings, recording = self.settings, self._recording
        recording.note_best(learner)
        unmeasured = learner.step == 0 and (self.at_boundary or self.phase is Phase.FORWARD)
        return RunView(
            self.id,
            self.experiment,
            settings,
            learner.data,
            self.facts,
            self.phase,
            learner.step,
            learner.epoch,
            learner.batch_index,
            learner.batches_per_epoch(self.settings_at(learner.step) if self.at_boundary else None),
            self.head,
            None if unmeasured else learner.loss_value,
            self._numbers(),
            self._initial,
            self.steps.publish(),
            self.epochs.publish(),
            recording.test_curve.arrays,
            self.stopped,
            self._final_loss,
            tuple(self.events),
            learner.patience.waited,
            tuple(recording.stops.values()),
            self._curve.of(learner, tuple(also)) if self._is_curve else None,
            learner.watch if self._validates else None,
            recording.best,
            learner.device_name,
        )

    @property
    def _is_curve(self) -> bool:
        """Whether what is learnt is a number of one input, and no straight line."""
        return self.experiment.one_to_one and not self.experiment.form.straight

    def _numbers(self) -> tuple[float, ...] | None:
        """The present parameters in the data's own units, where there are few."""
        learner = self.learner
        if not learner.numbers or not learner.settings.standardize:
            return learner.numbers or None
        return tuple(self.own_units(np.array([learner.numbers]))[0].tolist())

    def own_units(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Recorded parameters (k, p) in the data's own units."""
        return self.experiment.model_entry.to_own_units(numbers, self.learner.scaling)

    @property
    def nbytes(self) -> int:
        """Memory of history and keyframes."""
        return self._recording.nbytes
