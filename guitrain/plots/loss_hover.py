"""What the loss plot says under the mouse: the epoch, its loss, and what was changed there."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from guitrain.plots.curves import extremes_at
from guitrain.plots.items import Tag, add_path, pen
from guitrain.plots.scales import value_text
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot
    from guitrain.plots.event_ticks import EventTicks


class LossHover:
    """A dashed line through the epoch under the mouse, and a label.

    Attributes:
        at: where the mouse is, as a share of the area's width, or None.
        cross, label: the line and the label.
    """

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self.at: float | None = None
        self.cross = add_path(plot.area, z)
        self.label = Tag(plot.area, z + 1)

    @property
    def text(self) -> str:
        """What the label says, or ""."""
        return self.label.text if self.label.isVisible() else ""

    def paint(self) -> None:
        """Its colours."""
        theme = self._plot.theme
        self.cross.setPen(pen(theme.muted, 1.0, Qt.PenStyle.DashLine))
        self.label.style(self._plot.text_font(), theme.panel, theme.text, alpha=0.95)

    def draw(self, view: "RunView | None", events: "EventTicks") -> None:
        """Say the epoch and the loss nearest to the mouse, and changes of settings near it."""
        plot, found = self._plot, None
        if self.at is not None and view is not None and view.epochs.length:
            row = round(plot.x_scale.value(self.at)) - 1
            row = min(max(row, 0), view.epochs.length - 1)
            found = extremes_at(view.epochs, "loss", row)
        self.cross.setVisible(found is not None)
        self.label.setVisible(found is not None)
        if found is None or self.at is None:
            return
        changed = events.words_at(self.at * plot.area.width())
        words = self._words(found) + self._validation(view, found)
        self.label.say("\n".join(filter(None, (words, changed))))
        first, last, _, high = found
        x, y = float(plot.across((first + last) / 2 + 1)), float(plot.down(high))
        path = QPainterPath()
        path.moveTo(x, 0)
        path.lineTo(x, plot.area.height())
        if math.isfinite(y):
            path.addEllipse(x - 3, y - 3, 6, 6)
        self.cross.setPath(path)
        width, _ = self.label.size
        left = x + 8 if x + 8 + width <= plot.area.width() else x - 8 - width
        self.label.setPos(max(left, 0.0), 6)

    @staticmethod
    def _validation(view: "RunView | None", found: tuple[int, int, float, float]) -> str:
        if view is None or view.watch is None or found[0] != found[1]:
            return ""
        value = view.epochs.value("validation", found[0])
        text = translate("LossPlot", " · validation {loss}")
        return "" if value is None else text.format(loss=value_text(value))

    @staticmethod
    def _words(found: tuple[int, int, float, float]) -> str:
        first, last, low, high = found
        if first == last:
            text = translate("LossPlot", "epoch {epoch} · loss {loss}")
            return text.format(epoch=f"{first + 1:,}", loss=value_text(high))
        return translate("LossPlot", "epochs {first} to {last} · loss {low} to {high}").format(
            first=f"{first + 1:,}",
            last=f"{last + 1:,}",
            low=value_text(low),
            high=value_text(high),
        )
