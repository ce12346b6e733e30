"""What mouse and keys do to points that are drawn by hand: they add, move and delete them."""

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath

from guitrain.core.datasets.drawn_classes import MOST_CLASSES
from guitrain.core.drawing import Points, index_of, row_of
from guitrain.numbers import format_number
from guitrain.plots.items import Tag, add_path, circle, pen
from guitrain.plots.point_mark import RING
from guitrain.plots.point_plot import NEAREST
from guitrain.plots.scales import Scale, nice_step
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.plots.drawing_plot import DrawingPlot

_MOVED = 3.0  # pixels by which a press on a point must move to be a drag
_STEPS = 100  # across the plot, of an arrow key
_FAR = 10  # steps, with Shift
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_KINDS = tuple(Qt.Key(Qt.Key.Key_1.value + at) for at in range(MOST_CLASSES))


class FitMouse:
    """Holds the point that is dragged, and marks the one that the keys act on.

    Attributes:
        points: the drawing; None where the points shown are not drawn by hand.
        chosen: the point that the keys act on, by its place in the drawing, or None.
        held: the point that is dragged, likewise; a new one comes after the last.
        kind: the class of new points, from 1; None where a point has none.
        label: beside the point that is held.
    """

    def __init__(self, plot: "DrawingPlot") -> None:
        self._plot = plot
        self.points: Points | None = None
        self.chosen: int | None = None
        self.held: int | None = None
        self.kind: int | None = None
        self._xy = np.empty((0, 2))
        self._pressed = QPointF()
        self._offset = QPointF()
        self._moved = False
        self._at: QPointF | None = None  # the mouse, in the area's pixels; None elsewhere
        self._place = QPointF()  # of the point that is held
        self._dot = add_path(plot.area, 14)
        self._ring = add_path(plot.area, 13)
        self._frame = add_path(plot.area, 30)
        self.label = Tag(plot.area, 24)

    # What is drawn on.

    def set_points(self, points: Points | None) -> None:
        """These are the points now; one that is held is let go where it was."""
        self.points = points
        self._xy = np.array([point[:2] for point in points or ()]).reshape(-1, 2)
        self.held = None
        if self.chosen is not None and self.chosen >= len(points or ()):
            self.chosen = None

    def follow(self, row: int) -> None:
        """A training point was selected: the keys act on it."""
        if self.points is not None:
            found = index_of(self._plot.train, self.points, row)
            self.chosen = self.chosen if found is None else found
            self.draw()

    @property
    def dragged(self) -> int | None:
        """The point that is away from its place."""
        return self.held if self._moved else None

    def index_at(self, at: QPointF | None) -> int | None:
        """The point of the drawing under a pixel of the area."""
        if at is None or not len(self._xy) or not self._plot.area_rect.contains(at):
            return None
        x, y = self._plot.across(self._xy[:, 0]), self._plot.down(self._xy[:, 1])
        away = np.hypot(x - at.x(), y - at.y())
        nearest = int(away.argmin())
        return nearest if away[nearest] <= NEAREST else None

    # The mouse.

    def press(self, event: QMouseEvent, at: QPointF) -> None:
        """Left: take hold of the point there, or of a new one. Right: delete the point there, or
        let go of the one that is held.
        """
        if self.points is None:
            return
        index = self.index_at(at)
        if event.button() == Qt.MouseButton.RightButton:
            if self.held is not None:
                self.let_go()
            elif index is not None:
                self._delete(index)
            return
        if event.button() != Qt.MouseButton.LeftButton or not self._plot.area_rect.contains(at):
            return
        self.held, self._pressed = index, at
        self._moved, self._offset = False, QPointF()
        if index is None:
            self.held, self._moved = len(self.points), True
        else:
            self._offset = self._pixels(index) - at
        self._drag(at)

    def move(self, at: QPointF) -> None:
        """The mouse is there, and what it holds with it."""
        self._at = at if self._plot.area_rect.contains(at) else None
        if self.held is not None:
            self._drag(at)

    def _drag(self, at: QPointF) -> None:
        way = at - self._pressed
        started = not self._moved and math.hypot(way.x(), way.y()) >= _MOVED
        self._moved |= started
        area = self._plot.area_rect
        place = at + self._offset
        self._place = QPointF(
            min(max(place.x(), 0.0), area.width()), min(max(place.y(), 0.0), area.height())
        )
        if started:
            self._plot.redraw_points()  # without the one that is held
        self.draw()

    def release(self, event: QMouseEvent) -> None:
        """Left: the point that was held stays there; one that was not moved is selected."""
        held, points = self.held, self.points
        if event.button() != Qt.MouseButton.LeftButton or held is None or points is None:
            return
        if not self._moved:
            self.held, self.chosen = None, held
            row = row_of(self._plot.train, points, held)
            self._plot.point_clicked.emit(-1 if row is None else row)
            self.draw()
            return
        # What a point has besides x and y stays with it.
        others = points[held][2:] if held < len(points) else self._new
        new = (*self._value(self._place), *others)
        self._change((*points[:held], new, *points[held + 1 :]), held)

    def let_go(self) -> None:
        """The point that is held goes back to where it was; a new one goes."""
        if self.held is not None:
            self.held = None
            self._plot.redraw_points()
            self.draw()

    @property
    def cursor(self) -> Qt.CursorShape:
        """What the mouse looks like here."""
        if self.held is not None:
            return Qt.CursorShape.ClosedHandCursor
        if self._at is None:
            return Qt.CursorShape.ArrowCursor
        near = self.index_at(self._at) is not None
        return Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.CrossCursor

    # The keys.

    def wants(self, key: Qt.Key) -> bool:
        """Whether a key, which else steers the run, moves the point that is chosen."""
        return self.points is not None and self.chosen is not None and key in _ARROWS

    def press_key(self, event: QKeyEvent) -> bool:
        """Arrows move the chosen point, with Shift farther; Esc lets go. Whether it was that."""
        key = Qt.Key(event.key())
        if self.points is not None and self.kind is not None and key in _KINDS:
            self.choose_kind(_KINDS.index(key) + 1)
            return True
        if self.points is None or (self.chosen is None and self.held is None):
            return False
        if key == Qt.Key.Key_Escape:
            if self.held is not None:
                self.let_go()
            else:
                self.chosen = None
                self._plot.point_clicked.emit(-1)
                self.draw()
            return True
        if key not in _ARROWS or self.chosen is None:
            return False
        far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._nudge(self.chosen, *(far * step for step in _ARROWS[key]))
        return True

    def _nudge(self, index: int, right: int, up: int) -> None:
        assert self.points is not None
        x, y, *others = self.points[index]
        x = _moved(self._plot.x_scale, x, right)
        y = _moved(self._plot.y_scale, y, up)
        points = (*self.points[:index], (x, y, *others), *self.points[index + 1 :])
        self._change(points, index, f"move {index}")  # a key that is held down is undone at once

    def choose_kind(self, kind: int) -> None:
        """New points are of this class."""
        if kind != self.kind:
            self.kind = kind
            self._plot.kind_changed.emit()
            self.draw()

    @property
    def _new(self) -> tuple[float, ...]:
        """What a new point has besides x and y."""
        return () if self.kind is None else (float(self.kind),)

    def add(self) -> None:
        """A new point amid the plot, or beside those that are there already."""
        if self.points is None:
            return
        x_scale, y_scale = self._plot.x_scale, self._plot.y_scale
        area = self._plot.area_rect
        x, y = self._value(QPointF(area.width() / 2, area.height() / 2))
        while any(point[:2] == (x, y) for point in self.points):
            x = _moved(x_scale, x, _FAR)
            if x > x_scale.high:
                x, y = self._value(QPointF(0.0, 0.0))[0], _moved(y_scale, y, _FAR)
        self._change((*self.points, (x, y, *self._new)), len(self.points))

    def delete(self) -> None:
        """The point under the mouse goes, or else the one that is chosen."""
        found = self.index_at(self._at)
        index = self.chosen if found is None else found
        if self.points is not None and index is not None:
            self._delete(index)

    def _delete(self, index: int) -> None:
        assert self.points is not None
        self._change((*self.points[:index], *self.points[index + 1 :]), None, gone=index)

    # Changing.

    def _change(
        self, points: Points, chosen: int | None, burst: str | None = None, gone: int | None = None
    ) -> None:
        """Ask for these points; the selected one stays selected, wherever its row goes."""
        assert self.points is not None
        plot, selected = self._plot, None
        if plot.point is not None:
            selected = index_of(plot.train, self.points, plot.point.row)
        row = plot.point.row if plot.point is not None else None
        self.held = None
        plot.drawing_changed.emit(points, burst)
        if self.points != points:  # it was refused
            plot.redraw_points()
            self.draw()
            return
        self.chosen = chosen
        if selected is not None and gone is not None:
            selected = None if selected == gone else selected - (selected > gone)
        new = None
        if selected is not None and points:
            new = row_of(plot.train, points, selected)
        if new != row and row is not None:
            plot.point_clicked.emit(-1 if new is None else new)
        self.draw()

    def _value(self, at: QPointF) -> tuple[float, float]:
        """x and y at a pixel, rounded to a pixel's worth."""
        plot, area = self._plot, self._plot.area_rect
        width, height = max(area.width(), 1.0), max(area.height(), 1.0)
        x, y = plot.x_scale, plot.y_scale
        return (
            _rounded(x.value(at.x() / width), (x.high - x.low) / width),
            _rounded(y.value(1 - at.y() / height), (y.high - y.low) / height),
        )

    def _pixels(self, index: int) -> QPointF:
        x, y = self._xy[index]
        return QPointF(float(self._plot.across(x)), float(self._plot.down(y)))

    # Drawing.

    def draw(self) -> None:
        """The marks, in the theme's colours."""
        plot, theme = self._plot, self._plot.theme
        moving = self.dragged is not None
        self._dot.setVisible(moving)
        self.label.setVisible(moving)
        ringed = moving or (self.chosen is not None and self.points is not None)
        self._ring.setVisible(ringed)
        frame = QPainterPath()
        if self.points is not None and plot.hasFocus():
            frame.addRect(plot.area_rect.adjusted(1, 1, -1, -1))
        self._frame.setPath(frame)
        self._frame.setPen(pen(theme.accent, 1.6))
        if ringed:
            at = self._place if moving else self._pixels(self.chosen or 0)
            self._ring.setPath(circle(RING))
            self._ring.setPen(pen(theme.data, 2.2))
            self._ring.setPos(at)
        if moving:
            held, points = self.held, self.points or ()
            known = held is not None and held < len(points)
            others = points[held][2:] if known and held is not None else self._new
            path, stroke, brush = plot.style_of(int(others[0]) if others else None)
            self._dot.setPath(path)
            self._dot.setPen(stroke)
            self._dot.setBrush(brush)
            self._dot.setPos(self._place)
            self._draw_label()

    def _draw_label(self) -> None:
        plot, theme = self._plot, self._plot.theme
        x, y = map(format_number, self._value(self._place))
        self.label.style(plot.text_font(-1), theme.panel, theme.text, alpha=0.95)
        text = translate("Drawing", "x {0}, y {1}")
        if self.kind is not None:
            text = translate("Drawing", "x1 {0}, x2 {1}")
        self.label.say(text.format(x, y))
        width, height = self.label.size
        left, top = self._place.x() + 12, self._place.y() - 12 - height
        if left + width > plot.area.width():
            left = self._place.x() - 12 - width
        self.label.setPos(max(left, 0.0), top if top >= 0 else self._place.y() + 12)


def _rounded(value: float, pixel: float) -> float:
    """A value with no more digits than a pixel is worth."""
    unit = nice_step(pixel)
    return float(f"{round(value / unit) * unit:.12g}") + 0.0  # no −0


def _moved(scale: Scale, value: float, steps: int) -> float:
    """A value so many small steps further."""
    unit = nice_step((scale.high - scale.low) / _STEPS)
    return float(f"{value + steps * unit:.12g}") + 0.0 if steps else value
