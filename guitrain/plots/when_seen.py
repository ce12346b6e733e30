"""What the plots share that take a moment in only while they are seen."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QShowEvent

if TYPE_CHECKING:
    from guitrain.plots.base import Plot
    from guitrain.snapshot import Snapshot
else:
    # Two ways to one of Qt's classes would make two widgets of one plot, and crash.
    Plot = object


class WhenSeen(Plot):
    """Remembers the moment, and draws it at once or as soon as it is seen: hidden plots cost
    nothing. Comes first among the bases of a plot, which fills in ``_take``; all are Moving.
    """

    _snapshot: "Snapshot | None" = None  # the moment to show
    _seen: "Snapshot | None" = None  # the one that is drawn

    def _take(self, snapshot: "Snapshot") -> None:
        """Draw this moment, as far as it is another than ``_seen``, and have it be that."""
        raise NotImplementedError

    def refresh(self, snapshot: "Snapshot") -> None:
        """Show this moment, at once or as soon as the plot is seen."""
        if snapshot is not self._snapshot:
            self._snapshot = snapshot
            if self.isVisible() or self.for_export:
                self._take(snapshot)

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving."""
        self.refresh(snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed."""
        super().showEvent(event)
        if self._snapshot is not None and self._snapshot is not self._seen:
            self._take(self._snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight."""
        self._hidden()
        super().hideEvent(event)

    def _hidden(self) -> None:
        # What is old by the time it is seen again is not shown.
        self._seen = None
