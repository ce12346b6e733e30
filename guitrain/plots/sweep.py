"""The final loss of a sweep's lanes against their learning rate, and where descent diverges."""

from collections.abc import Callable
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from guitrain.core.sweep import SweepView
from guitrain.numbers import format_number
from guitrain.plots.base import Plot
from guitrain.plots.items import FAR, Legend, Tag, add_path, circle, markers, pen, polyline
from guitrain.plots.marks import free_spot
from guitrain.plots.scales import Scale
from guitrain.plots.sweep_style import cross, series_colour, series_shape
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.sweep_words import lane_name, lane_outcome, limit_name, value_name

NEAREST = 12.0  # pixels from the mouse within which a lane is meant
_RADIUS = 4.0
_ROOMY = 130.0  # pixels of the area's height from which there are texts in it
_EDGE = 9.0  # pixels below the top, where those that diverged are


def final_scale(view: SweepView) -> Scale:
    """Around the losses of the lanes that have learnt anything: the others are off the scale."""
    losses = view.losses[np.isfinite(view.losses) & (view.losses > 0) & ~view.diverged]
    start = view.start_loss
    learnt = losses if start is None else losses[losses <= start]
    return _around(learnt if len(learnt) else losses)


def curve_scale(view: SweepView) -> Scale:
    """From the lowest loss to about that which all begin with."""
    losses = view.losses[np.isfinite(view.losses) & (view.losses > 0) & ~view.diverged]
    start = [] if view.start_loss is None else [view.start_loss]
    learnt = losses[losses <= start[0]] if start else losses
    return _around(np.concatenate([learnt if len(learnt) else losses, start]))


def _around(losses: NDArray[np.float64]) -> Scale:
    if not len(losses):
        return Scale(0.1, 10.0, log=True)
    low, high = float(losses.min()), float(losses.max())
    room = max((high / low) ** 0.1, 1.05)
    return Scale(max(low / room, 1e-300), min(high * room, 1e300), log=True)


class SweepPlot(Plot):
    """A marker for each lane, both axes logarithmic; a legend only for export. Lanes that diverged,
    or whose loss is off the scale, stand as ✕ at the top edge.

    Signals:
        lane_clicked(lane): a marker was clicked. lane_hovered(lane): the mouse is over one; −1
            over none.

    Attributes:
        off_scale: which lanes (n,) stand at the top edge.
    """

    lane_clicked = Signal(int)
    lane_hovered = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("sweep_plot")
        self.setAccessibleName(self.tr("Final loss against the learning rate"))
        self._view: SweepView | None = None
        self._selected: int | None = None
        self._hovered = -1
        self._pressed: QPointF | None = None
        self._x: NDArray[np.float64] = np.empty(0)  # of the lanes, in pixels
        self._y: NDArray[np.float64] = np.empty(0)
        self.off_scale: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._lines: list[QGraphicsPathItem] = []
        self._markers: list[QGraphicsPathItem] = []
        self._crosses: list[QGraphicsPathItem] = []
        self._limits: list[QGraphicsPathItem] = []
        self._limit_tags: list[Tag] = []
        self._ring = add_path(self.overlay, 20)
        self._best_ring = add_path(self.overlay, 19)
        self._best = Tag(self.area, 21)
        self._hover = Tag(self.area, 23)
        self._legend = Legend(self.area, 22, cached=not for_export)
        self._restyle()

    # What is shown.

    def sizeHint(self) -> QSize:
        """Small; a scene asks for its own size, which is the view's."""
        return QSize(220, 120)

    def refresh(self, view: SweepView | None) -> None:
        """Show a sweep as it is now; None empties the plot."""
        if view is self._view:
            return
        self._view = view
        if self._selected is not None and (view is None or self._selected >= len(view.plan)):
            self._selected = None
        self._update_scales()
        self._draw()

    def select(self, lane: int | None) -> None:
        """Ring a lane's marker; None for none."""
        if lane != self._selected:
            self._selected = lane
            self._draw_rings()

    def copy_for_export(self) -> Self:
        """A plot of its own that shows the same, in the light theme and all in vectors."""
        copy = type(self)(for_export=True)
        copy.refresh(self._view)
        return copy

    @property
    def texts(self) -> list[str]:
        """What stands in the plot: limits, best, legend."""
        tags = [*self._limit_tags, self._best]
        return [*(tag.text for tag in tags if tag.isVisible()), *self._legend.texts]

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the lanes' markers are (n, 2), in pixels of the area; NaN for none."""
        return np.stack([self._x, self._y], axis=1)

    def _update_scales(self) -> None:
        view = self._view
        if view is None:
            return
        rates = view.plan.rates
        room = (rates[-1] / rates[0]) ** 0.06
        x = Scale(rates[0] / room, rates[-1] * room, log=True)
        self.set_scales(x, final_scale(view))

    def _draw(self) -> None:
        self._draw_axes()
        self.set_axis_labels(
            translate("Sweep", "learning rate η"), translate("Sweep", "final loss")
        )
        view = self._view
        count = max(len(view.plan.values), 1) if view is not None else 0
        while len(self._lines) < count:
            self._lines.append(add_path(self.area, 4))
            self._markers.append(add_path(self.area, 6))
            self._crosses.append(add_path(self.area, 5))
            self._limits.append(add_path(self.area, 2))
            self._limit_tags.append(Tag(self.area, 7))
        for items in (self._lines, self._markers, self._crosses, self._limits):
            for item in items:
                item.setVisible(False)
        for tag in self._limit_tags:
            tag.setVisible(False)
        self._x = self._y = np.empty(0)
        self.off_scale = np.zeros(0, dtype=bool)
        if view is not None:
            self._place(view)
            for value in range(count):
                self._draw_series(view, value)
            self._draw_limits(view)
        self._draw_legend()
        self._draw_rings()

    def _place(self, view: SweepView) -> None:
        rates = np.tile(view.plan.rates, max(len(view.plan.values), 1))
        self._x = self.across(rates)
        self.off_scale = off = view.diverged | (view.losses > self.y_scale.high)
        self._y = np.where(off, _EDGE, self.down(np.where(off, np.nan, view.losses)))

    def _draw_series(self, view: SweepView, value: int) -> None:
        count = len(view.plan.rates)
        span = slice(value * count, (value + 1) * count)
        x, y = self._x[span], self._y[span]
        off = self.off_scale[span]
        colour = series_colour(value, self.theme)
        line, dots, out = self._lines[value], self._markers[value], self._crosses[value]
        line.setPath(polyline(x, np.where(off, np.nan, y)))
        line.setPen(pen(colour, 1.4))
        dots.setPath(markers(x[~off], y[~off], series_shape(value, _RADIUS)))
        dots.setPen(pen(self.theme.panel, 1.0))
        dots.setBrush(QColor(colour))
        # Of several series, one below the other.
        out.setPath(markers(x[off], y[off] + 9 * value, cross(_RADIUS - 0.5)))
        self._y[span] = np.where(off, y + 9 * value, y)
        out.setPen(pen(colour, 1.8))
        for item in (line, dots, out):
            item.setVisible(True)

    def _draw_limits(self, view: SweepView) -> None:
        font, height = self.text_font(-1), self.area.height()
        # Under what has diverged: there the curves seldom are.
        top = _EDGE + 9 * len(view.limits)
        for value, limit in enumerate(view.limits):
            if limit is None or not self.x_scale.low <= limit <= self.x_scale.high:
                continue
            x = round(float(self.across(limit)))
            colour = series_colour(value, self.theme) if view.plan.values else self.theme.muted
            path = QPainterPath(QPointF(x, 0))
            path.lineTo(x, height)
            self._limits[value].setPath(path)
            self._limits[value].setPen(pen(colour, 1.3, dashes=(5.0, 3.0)))
            self._limits[value].setVisible(True)
            if not self._roomy:
                continue
            tag = self._limit_tags[value]
            tag.say(limit_name(view.plan, value, limit))
            tag.style(font, colour, self.theme.panel)
            width, high = tag.size
            left = x - width - 3 if x - width - 3 > 0 else x + 3
            tag.setPos(left, top)
            tag.setVisible(top + high < height)
            top += high + 1

    @property
    def _roomy(self) -> bool:
        """Whether texts leave enough of the curves in sight; the panel has them in its own."""
        return self.for_export or self.area.height() >= _ROOMY

    def _draw_legend(self) -> None:
        view = self._view
        rows: list[tuple[str, Callable[[QGraphicsPathItem], None]]] = []
        if view is not None and view.plan.values and self.for_export:
            rows = [
                (value_name(view.plan, value), self._sample(value))
                for value in range(len(view.plan.values))
            ]
        if view is not None and self.for_export and self.off_scale.any():
            rows.append((translate("Sweep", "diverged, or off the scale"), self._cross_sample))
        theme = self.theme
        self._legend.fill(rows, self.text_font(-1), theme.text, theme.panel, theme.border)
        if rows:
            # At the left: the smallest rates hardly learn, and so leave room below or above.
            box = self._legend.rect()
            self._legend.setPos(8, max(self.area.height() - box.height() - 8, 0))

    def _sample(self, value: int) -> "_Sample":
        return _Sample(series_shape(value, _RADIUS), series_colour(value, self.theme), filled=True)

    def _cross_sample(self, item: QGraphicsPathItem) -> None:
        _Sample(cross(_RADIUS - 0.5), self.theme.muted, filled=False)(item)

    def _draw_rings(self) -> None:
        view = self._view
        best = view.best if view is not None else None
        self._best.setVisible(False)
        for item, lane, radius, colour in (
            (self._best_ring, best, 8.0, self.theme.text),
            (self._ring, self._selected, 11.0, self.theme.accent),
        ):
            shown = lane is not None and lane < len(self._y) and np.isfinite(self._y[lane])
            item.setVisible(bool(shown))
            if shown and lane is not None:
                item.setPath(circle(radius))
                item.setPos(float(self._x[lane]), float(self._y[lane]))
                item.setPen(pen(colour, 1.8))
        if view is None or best is None or not self._best_ring.isVisible() or not self._roomy:
            return
        text = translate("Sweep", "best: {0} at {1}")
        _, rate = view.plan.place(best)
        self._best.say(
            text.format(
                format_number(float(view.losses[best])),
                f"η = {format_number(view.plan.rates[rate])}",
            )
        )
        self._best.style(self.text_font(-1, bold=True), self.theme.text, self.theme.panel)
        taken = [tag.box for tag in self._limit_tags if tag.isVisible()]
        if self._legend.isVisible():
            taken.append(self._legend.rect().translated(self._legend.pos()))
        at = (float(self._x[best]), float(self._y[best]))
        self._best.setPos(*free_spot(at, self._best.size, self.area_rect, taken))
        self._best.setVisible(True)

    # Under the mouse.

    def _lane_at(self, event: QMouseEvent) -> int:
        place = self.area.mapFromScene(self.mapToScene(event.position().toPoint()))
        if not len(self._x):
            return -1
        away = np.hypot(self._x - place.x(), self._y - place.y())
        away = np.where(np.isfinite(away), away, FAR)
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= NEAREST else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which lane is under the mouse."""
        self._hover_over(self._lane_at(event))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Over none."""
        self._hover_over(-1)

    def _hover_over(self, lane: int) -> None:
        view = self._view
        if lane != self._hovered:
            self._hovered = lane
            self.lane_hovered.emit(lane)
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand if lane >= 0 else arrow)
        self._hover.setVisible(lane >= 0 and view is not None)
        if lane >= 0 and view is not None:
            self._hover.say(f"{lane_name(view.plan, lane)}\n{lane_outcome(view, lane)}")
            self._hover.style(self.text_font(-1), self.theme.text, self.theme.hover, 0.95)
            at = (float(self._x[lane]), float(self._y[lane]))
            self._hover.setPos(*free_spot(at, self._hover.size, self.area_rect, []))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a click, perhaps."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a marker, unless the mouse was dragged."""
        start, self._pressed = self._pressed, None
        event.accept()
        lane = self._lane_at(event)
        if start is not None and lane >= 0 and (event.position() - start).manhattanLength() < 6:
            self.lane_clicked.emit(lane)


class _Sample:
    """Draws a marker as a legend's sample."""

    def __init__(self, shape: QPainterPath, colour: str, *, filled: bool) -> None:
        self._shape, self._colour, self._filled = shape, colour, filled

    def __call__(self, item: QGraphicsPathItem) -> None:
        item.setPath(self._shape.translated(13, 0))
        item.setPen(pen(self._colour, 1.6))
        if self._filled:
            item.setBrush(QColor(self._colour))
