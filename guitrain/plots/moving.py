"""Plots and diagrams that can be filmed."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from guitrain.snapshot import Snapshot


@runtime_checkable
class Moving(Protocol):
    """Shows all that it has to show of a moment when it is told to."""

    def show_moment(self, snapshot: "Snapshot") -> None:
        """Show this moment of a run."""
