"""What was changed as a run went on, so that it can be taken back: settings, and parameters that
were set by hand. No Qt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guitrain.core.by_hand import ByHand
from guitrain.core.settings import LARGEST_WEIGHT

if TYPE_CHECKING:
    from guitrain.core.run import Run

BURST = 0.7  # seconds between changes that undo takes back together

Move = Mapping[str, Any] | ByHand


@dataclass(frozen=True)
class Steered:
    """A change: the values before it, and those it made. ``at``: when, in seconds."""

    before: Move
    after: Move
    at: float

    @property
    def _of(self) -> object:
        return self.after.place if isinstance(self.after, ByHand) else tuple(self.after)

    def goes_with(self, other: "Steered") -> bool:
        """Whether it carries on with another one's change, as a slider does."""
        return self._of == other._of and self.at - other.at <= BURST


class Steering:
    """The changes of one run, and those that were taken back."""

    def __init__(self) -> None:
        self._done: list[Steered] = []
        self._undone: list[Steered] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is one to make again."""
        return bool(self._undone)

    def did(self, before: Move, after: Move, at: float) -> None:
        """A change was made at this time (seconds)."""
        made = Steered(before, after, at)
        if self._done and made.goes_with(self._done[-1]):
            made = Steered(self._done.pop().before, after, at)
        self._done.append(made)
        self._undone.clear()

    def way(self, *, undo: bool) -> Move | None:
        """What is to be done to take the last change back, or to make it again; None where there
        is nothing.
        """
        source, other = (self._done, self._undone) if undo else (self._undone, self._done)
        if not source:
            return None
        other.append(source.pop())
        return other[-1].before if undo else other[-1].after


def present_values(run: "Run", move: Move) -> Move | None:
    """What ``move`` is about to change, as it now is; None for what nobody could set again."""
    if isinstance(move, ByHand):
        value = run.learner.value_at(*move.place)
        return ByHand(*move.place, value) if abs(value) <= LARGEST_WEIGHT else None
    return {path: run.settings.value_at(path) for path in move}


def moved(run: "Run", move: Move) -> "Run":
    """Make a change in a run; as ``Run.change`` and ``Run.set_by_hand``."""
    return run.set_by_hand(move) if isinstance(move, ByHand) else run.change(move)
