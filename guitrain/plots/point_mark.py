"""The selected point on the fit: a ring around it, its residual, and its term of the loss."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from guitrain.core.losses import LossEntry
from guitrain.numbers import format_number
from guitrain.plots.items import FAR, Tag, add_path, circle, pen
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.core.step_view import PointView
    from guitrain.plots.base import Plot

RING = 7.0  # pixels
_GAP = 10.0  # pixels between the ring and a text


def point_text(point: "PointView", entry: LossEntry) -> str:
    """The point's numbers, line by line, the last one being its term of the loss."""
    lines = (
        translate("Point", "point {0}").format(f"{point.row + 1:,}"),
        f"x = {_number(point.x)}, y = {_number(point.y)}, ŷ = {_number(point.prediction)}",
        translate("Point", "{0} = {1}, its term of the loss").format(
            entry.term_formula, _number(point.term)
        ),
    )
    return "\n".join(lines)


def residual_text(point: "PointView") -> str:
    """The residual with its formula: "ŷ − y = 0.41"."""
    return f"ŷ − y = {_number(point.prediction - point.y)}"


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if value and abs(value) < 1e-3:
        return format_number(value, 3)
    return format_number(value, 3, fixed=abs(value) < 1e4)


class PointMark:
    """The items of the selected point, children of a plot's area.

    Attributes:
        ring, line: around the point, and from y to ŷ. tag, label: its numbers, its residual.
    """

    def __init__(self, area: "Plot") -> None:
        self.line = add_path(area.area, 12)
        self.ring = add_path(area.area, 13)
        self.label = Tag(area.area, 22)
        self.tag = Tag(area.area, 23)
        self._plot = area
        self.hide()

    @property
    def boxes(self) -> list[QRectF]:
        """Where its texts lie, in the area's pixels."""
        return [tag.box for tag in (self.tag, self.label) if tag.isVisible()]

    @property
    def span(self) -> QRectF:
        """What the ring and the residual take up; empty where there is none."""
        if not self.ring.isVisible():
            return QRectF()
        ring = self.ring.path().boundingRect().translated(self.ring.pos())
        return ring.united(self.line.path().boundingRect()) if self.line.isVisible() else ring

    def hide(self) -> None:
        """No point is selected."""
        for item in (self.line, self.ring, self.label, self.tag):
            item.setVisible(False)

    def draw(
        self,
        point: "PointView",
        entry: LossEntry,
        taken: Sequence[QRectF],
        place: tuple[float, float, float] | None = None,
    ) -> None:
        """Mark this point, its texts clear of what is taken. ``place``: where it is in the plot's
        units, and how far its residual reaches; without it, at x and y, and to ŷ.
        """
        plot, theme = self._plot, self._plot.theme
        at, of, to = place or (point.x, point.y, point.prediction)
        x, y, end = float(plot.across(at)), float(plot.down(of)), float(plot.down(to))
        self.ring.setPath(circle(RING))
        self.ring.setPen(pen(theme.data, 2.2))
        self.ring.setPos(x, y)
        self.ring.setVisible(math.isfinite(x) and math.isfinite(y))
        whole = self.ring.isVisible() and math.isfinite(end)
        path = QPainterPath()
        if whole:
            end = min(max(end, -FAR), FAR)
            path.moveTo(x, y)
            path.lineTo(x, end)
            path.moveTo(x - 4, end)
            path.lineTo(x + 4, end)
        self.line.setPath(path)
        self.line.setPen(pen(theme.muted, 1.8, Qt.PenStyle.SolidLine))
        self.line.setVisible(whole)
        self._draw_texts(point, entry, (x, y, end if whole else y), taken)

    def _draw_texts(
        self,
        point: "PointView",
        entry: LossEntry,
        place: tuple[float, float, float],
        taken: Sequence[QRectF],
    ) -> None:
        plot, theme = self._plot, self._plot.theme
        self.label.style(plot.text_font(-1), theme.text, theme.panel, alpha=0.85)
        self.label.say(residual_text(point))
        self.tag.style(plot.text_font(-1), theme.text, theme.panel, alpha=0.92)
        self.tag.setPen(pen(theme.border))
        self.tag.say(point_text(point, entry))
        x, y, end = place
        area = plot.area_rect
        top, bottom = max(min(y, end), 0.0), min(max(y, end), area.height())
        line = QRectF(x - RING, top - RING, 2 * RING, bottom - top + 2 * RING)
        middle = (top + bottom) / 2
        width, height = self.label.size
        ring = QRectF(x - RING, y - RING, 2 * RING, 2 * RING)
        busy = [*[ring] * 8, line, *taken]
        beside = [
            QPointF(left, at)
            for at in (middle - height / 2, top, bottom - height)
            for left in (x + _GAP, x - _GAP - width)
        ]
        put(self.label, beside, area, busy)
        if self.label.isVisible():
            busy.append(self.label.box)
        width, height = self.tag.size
        # Away from the line's end, which moves, and so where it need not move itself.
        over, under = y - height - _GAP, y + _GAP
        rows = (under, over) if end < y else (over, under)
        near = [
            QPointF(left, row)
            for row in rows
            for left in (x + _GAP, x - _GAP - width, x - width / 2)
        ]
        right, low = area.width() - width - 4, area.height() - height - 4
        corners = [QPointF(left, row) for row in (4.0, low) for left in (4.0, right)]
        put(self.tag, near + corners, area, busy)


def put(tag: Tag, spots: Sequence[QPointF], area: QRectF, busy: Sequence[QRectF]) -> None:
    """At the first spot within the area that is free, or else the least covered."""
    width, height = tag.size

    def cost(spot: QPointF) -> float:
        box = QRectF(spot.x(), spot.y(), width, height)
        inside = box.intersected(area)
        lost = width * height - inside.width() * inside.height()
        hidden = (box.intersected(other) for other in busy)
        return 4 * lost + sum(each.width() * each.height() for each in hidden)

    best = min(spots, key=cost)
    tag.setPos(
        min(max(best.x(), 2.0), max(area.width() - width - 2, 2.0)),
        min(max(best.y(), 2.0), max(area.height() - height - 2, 2.0)),
    )
    tag.setVisible(bool(tag.text) and width <= area.width() and height <= area.height())
