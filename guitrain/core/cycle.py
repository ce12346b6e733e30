"""All of training, as one generator. Running, stepping and time travel call ``next()`` on it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from guitrain.core.phases import Phase

if TYPE_CHECKING:
    from guitrain.core.learner import Learner


def cycle(learner: "Learner") -> Iterator[Phase]:
    """Yield each phase right after the learner has carried it out; end when a stop rule says so.

    The generator holds no state of its own: everything is in the learner, so it can be thrown
    away and made again at any step boundary.
    """
    if not learner.ready:
        learner.load_data()
        yield Phase.DATA
        learner.init_model()
        yield Phase.INIT
    while True:
        learner.forward()
        yield Phase.FORWARD
        learner.compute_loss()
        yield Phase.LOSS
        done = learner.should_stop()
        yield Phase.STOP
        if done:
            return
        learner.backward()
        yield Phase.BACKWARD
        learner.update()
        yield Phase.UPDATE
