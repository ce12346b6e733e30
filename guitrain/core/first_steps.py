"""The first steps of a run in numbers, carried out again beside it."""

from typing import TYPE_CHECKING

from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.step_view import StepView

if TYPE_CHECKING:
    from guitrain.core.run import Run

COUNT = 2  # steps: the second begins where the first has led


def first_steps(run: "Run", count: int = COUNT) -> tuple[StepView, ...]:
    """The numbers of each of the first ``count`` steps after its UPDATE; fewer where the run has
    not gone so far. They are those of the run, to the bit: a twin with the same seeds carries
    them out, with what was changed at them; the run stays where it is.
    """
    from guitrain.core.run import Run

    wanted = min(count, run.head)
    if not wanted:
        return ()
    twin = Run(run.experiment, data=run.learner.data)
    while not twin.learner.ready:
        twin.advance()
    twin.learner.observed = True
    events = [event for event in run.events if event.step < wanted]
    made: list[StepView] = []
    while len(made) < wanted and twin.stopped is None:
        while events and events[0].step == len(made):
            event = events.pop(0)
            if event.by_hand is not None:
                twin = twin.set_by_hand(event.by_hand)
            else:
                twin = twin.change(event.changes)
            twin.learner.observed = True
        while twin.advance() is not Phase.UPDATE and twin.stopped is None:
            pass
        if twin.phase is Phase.UPDATE:
            made.append(step_view(twin))
    return tuple(made)
