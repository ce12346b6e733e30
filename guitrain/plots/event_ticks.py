"""Where settings were changed in mid-run: small marks on the axis of epochs."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPainterPath

from guitrain.plots.curves import epoch_of_rows
from guitrain.plots.items import add_path, markers, pen
from guitrain.sentences import translate
from guitrain.setting_words import event_words

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot

_HEIGHT, _HALF = 8.0, 4.5  # pixels of a mark
_REACH = 6.0  # pixels from the mouse within which a mark is meant
_MOST_LINES = 3


class EventTicks:
    """The marks of a run's events, children of a plot's area."""

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self._view: RunView | None = None
        self._key: tuple[int, ...] = ()
        self.item = add_path(plot.area, z)

    def take(self, view: "RunView | None") -> bool:
        """The run in hand; returns whether its events are others than before."""
        self._view = view
        events = view.events if view is not None else ()
        key = (view.run_id, len(events), events[-1].step) if view is not None and events else ()
        news = key != self._key
        self._key = key
        return news

    @property
    def places(self) -> NDArray[np.float64]:
        """Epochs (n,) at which the events took effect."""
        view = self._view
        if view is None or not view.events:
            return np.empty(0)
        return epoch_of_rows(view, np.array([event.step - 1.0 for event in view.events]))

    def draw(self) -> None:
        """Small triangles that stand on the axis."""
        area, theme = self._plot.area, self._plot.theme
        mark = QPainterPath()
        mark.moveTo(0, 0)
        mark.lineTo(-_HALF, -_HEIGHT)
        mark.lineTo(_HALF, -_HEIGHT)
        mark.closeSubpath()
        x = np.sort(np.round(self._plot.across(self.places)))
        # Not np.unique: its first call loads numpy.ma, 40 ms of the window's start.
        x = x[np.append(True, np.diff(x) > 0)[: len(x)]]
        self.item.setPath(markers(x, np.full(len(x), area.height()), mark))
        self.item.setPen(pen(theme.panel, 1.0))
        self.item.setBrush(QColor(theme.text))

    def words_at(self, x: float) -> str:
        """What was changed near pixel x: a line for each of the latest there, or ""."""
        view = self._view
        if view is None or not view.events:
            return ""
        near = np.flatnonzero(np.abs(self._plot.across(self.places) - x) <= _REACH)
        lines = []
        settings = view.experiment
        for index, event in enumerate(view.events):
            if index in near:
                lines.append(
                    translate("Events", "from step {0} on: {1}").format(
                        f"{event.step + 1:,}", event_words(event, view, settings)
                    )
                )
            if event.changes:
                settings = settings.changed(event.changes)
        return "\n".join((["…"] if len(lines) > _MOST_LINES else []) + lines[-_MOST_LINES:])
