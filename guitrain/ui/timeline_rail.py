"""What the timeline looks like: rail, marks and handle, all of items that paint in C++."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from guitrain.plots.items import add_path, circle, markers, mixed, pen
from guitrain.plots.theme import LIGHT, Theme
from guitrain.ui.timeline_axis import Axis
from guitrain.ui.timeline_marks import SHAPES, Kind, Mark, mark_colour

HEIGHT = 30
MARGIN = 12.0  # at either end, so that the handle is whole there
_MARKS, _RAIL = 6.0, 18.0  # pixels from the top
_RADIUS = 7.0  # of the handle
_TAIL = 28.0  # pixels of dashes where the axis is cut


class Rail(QGraphicsView):
    """The picture; the mouse goes through it to the timeline.

    Left of the cursor it is thick, from there to the end of the record of middle weight, and
    beyond thin: what is still to be run.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_rail")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.theme = LIGHT
        self.axis = Axis()
        self.marks: Sequence[Mark] = ()
        self._steps = (0.0, 0, 0)  # cursor, shown, head
        self._shows_near = False
        self._live, self._focused = False, False
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.ahead, self.tail, self.recorded, self.played = (self._line(z) for z in range(4))
        self.near = self._line(4)
        self.handle = QGraphicsPathItem(circle(_RADIUS))
        self.handle.setZValue(9)
        scene.addItem(self.handle)
        self._root = QGraphicsPathItem()
        self._root.setZValue(5)
        scene.addItem(self._root)
        self._mark_items: dict[tuple[Kind, int], QGraphicsPathItem] = {}
        self.set_theme(LIGHT)

    def _line(self, z: float) -> QGraphicsLineItem:
        line = QGraphicsLineItem()
        line.setZValue(z)
        self.scene().addItem(line)
        return line

    # Places.

    @property
    def span(self) -> float:
        """Pixels from the axis's start to its end."""
        return max(self.width() - 2 * MARGIN, 1.0)

    def place(self, step: float) -> float:
        """Where a step lies, in pixels from the left."""
        return MARGIN + self.axis.fraction(step) * self.span

    def step_near(self, x: float) -> int:
        """The step nearest to a place; where pixels hold many, that of a mark close by."""
        if self.span / self.axis.end < 2 and (close := self.marks_near(x)):
            return min((mark.step for mark in close), key=lambda step: abs(self.place(step) - x))
        return self.axis.step((x - MARGIN) / self.span)

    def marks_near(self, x: float, reach: float = 5.0) -> list[Mark]:
        """The marks within so many pixels of a place."""
        return [mark for mark in self.marks if abs(self.place(mark.step) - x) <= reach]

    # What is shown.

    def show_steps(self, axis: Axis, cursor: float, shown: int, head: int, *, near: bool) -> None:
        """The cursor's handle, the record's end, and if ``near`` a tick at the step shown."""
        moved = axis != self.axis
        steps = (cursor, shown, head)
        if moved or steps != self._steps or near != self._shows_near:
            self.axis, self._steps, self._shows_near = axis, steps, near
            self._draw()
        if moved:
            self._draw_marks()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """These marks, and no others."""
        if marks != self.marks:
            self.marks = marks
            self._draw_marks()

    def set_live(self, live: bool, focused: bool) -> None:
        """Whether it can be used, and whether it has the keyboard."""
        if (live, focused) != (self._live, self._focused):
            self._live, self._focused = live, focused
            self._style_handle()

    def set_theme(self, theme: Theme) -> None:
        """Wear these colours."""
        self.theme = theme
        self.setBackgroundBrush(QColor(theme.panel))
        cap = Qt.PenCapStyle.RoundCap
        for line, colour, width in (
            (self.ahead, theme.border, 4.0),
            (self.recorded, mixed(theme.data, theme.panel, 0.5), 4.0),
            (self.played, theme.data, 6.0),
            (self.near, theme.text, 2.0),
        ):
            stroke = pen(colour, width)
            stroke.setCapStyle(cap)
            line.setPen(stroke)
        self.tail.setPen(pen(theme.axis, 3.0, dashes=(1.4, 1.6)))
        self._style_handle()
        self._draw_marks()

    def _style_handle(self) -> None:
        theme = self.theme
        colour = theme.accent if self._live else theme.axis
        if self._focused:
            self.handle.setPen(pen(theme.text, 3.5))
        else:
            self.handle.setPen(pen(colour, 2.5))
        self.handle.setBrush(QColor(theme.panel))

    def _draw(self) -> None:
        cursor, shown, head = self._steps
        left, right = MARGIN, MARGIN + self.span
        at, end = self.place(cursor), self.place(head)
        tail = _TAIL if self.axis.cut else 0.0
        self.ahead.setLine(left, _RAIL, max(right - tail, left), _RAIL)
        self.tail.setVisible(self.axis.cut)
        self.tail.setLine(right - tail + 6, _RAIL, right, _RAIL)
        self.recorded.setVisible(head > 0)
        self.recorded.setLine(left, _RAIL, end, _RAIL)
        self.played.setVisible(cursor > 0)
        self.played.setLine(left, _RAIL, at, _RAIL)
        self.near.setVisible(self._shows_near)
        self.near.setLine(self.place(shown), _RAIL - 6, self.place(shown), _RAIL + 6)
        self.handle.setPos(at, _RAIL)

    def _draw_marks(self) -> None:
        places: dict[tuple[Kind, int], set[int]] = {}
        samples: dict[tuple[Kind, int], Mark] = {}
        for mark in self.marks:
            key = (mark.kind, mark.style)
            # Those of one pixel are one: there may be a thousand.
            places.setdefault(key, set()).add(round(self.place(mark.step)))
            samples[key] = mark
        for key in [key for key in self._mark_items if key not in places]:
            self.scene().removeItem(self._mark_items.pop(key))
        for order, (key, at) in enumerate(places.items()):
            item = self._mark_items.get(key)
            if item is None:
                item = self._mark_items[key] = add_path(self._root, 0)
            item.setZValue(order)
            colour = mark_colour(samples[key], self.theme)
            item.setPen(QPen(Qt.PenStyle.NoPen))
            item.setBrush(QColor(colour))
            item.setPath(self._path_of(key[0], sorted(at)))

    @staticmethod
    def _path_of(kind: Kind, places: list[int]) -> QPainterPath:
        x = np.array(places, dtype=np.float64)
        path = markers(x, np.full(len(x), _MARKS), SHAPES[kind]())
        for at in places:  # a stem down to the rail
            path.addRect(QRectF(at - 0.5, _MARKS, 1.0, _RAIL - _MARKS))
        return path

    # Qt's events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scene is as large as the view, in pixels."""
        super().resizeEvent(event)
        self.scene().setSceneRect(0, 0, self.width(), self.height())
        self._draw()
        self._draw_marks()
