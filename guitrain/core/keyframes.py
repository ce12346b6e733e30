"""Captured learner states, from which later steps are replayed."""

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guitrain.core.learner import LearnerState


class Keyframes:
    """States at step boundaries, evenly spread over the run, bounded in number and bytes.

    Over either bound every second one goes and the distance between them doubles, so a seek
    replays at most ``stride`` steps. The first state (step 0) always stays.
    """

    def __init__(self, most: int = 1024, max_bytes: int = 64_000_000, stride: int = 8) -> None:
        self._most = most
        self._max_bytes = max_bytes
        self.stride = stride
        self._steps: list[int] = []
        self._states: list[LearnerState] = []
        self.nbytes = 0

    def wanted(self, step: int) -> bool:
        """Whether a state at this step would be kept."""
        return step % self.stride == 0 and (not self._steps or step > self._steps[-1])

    def add(self, state: "LearnerState") -> None:
        """Keep a state later than all kept ones."""
        self._steps.append(state.step)
        self._states.append(state)
        self.nbytes += state.nbytes
        while len(self._steps) > 2 and (
            len(self._steps) > self._most or self.nbytes > self._max_bytes
        ):
            self.stride *= 2
            kept = [state for state in self._states if state.step % self.stride == 0]
            self._states, self._steps = kept, [state.step for state in kept]
            self.nbytes = sum(state.nbytes for state in kept)

    def before(self, step: int) -> "LearnerState | None":
        """The latest state at or before this step."""
        index = bisect_right(self._steps, step)
        return self._states[index - 1] if index else None

    def states(self) -> "tuple[LearnerState, ...]":
        """All of them, in the order of their steps."""
        return tuple(self._states)

    def nearest(self, step: int) -> int:
        """The step of the state nearest to this one (of two as near, the earlier)."""
        index = bisect_right(self._steps, step)
        near = self._steps[max(index - 1, 0) : index + 1]
        return min(near, key=lambda kept: abs(kept - step))

    def up_to(self, step: int) -> "Keyframes":
        """A copy that holds the states at or before this step (for a branch)."""
        copy = Keyframes(self._most, self._max_bytes, self.stride)
        for state in self._states[: bisect_right(self._steps, step)]:
            copy.add(state)
        return copy

    def __len__(self) -> int:
        return len(self._steps)
