"""A plot of training points that can be drawn by hand, where the experiment's are."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from guitrain.core.data import Split
from guitrain.core.drawing import Points, row_of
from guitrain.plots.fit_mouse import FitMouse
from guitrain.plots.point_plot import PointPlot
from guitrain.plots.theme import LIGHT, Theme

if TYPE_CHECKING:
    from guitrain.core.experiment import Experiment
    from guitrain.core.step_view import PointView


class DrawingPlot(PointPlot):
    """Subclasses show the points (``_show_drawing``), and which of them is selected (``point``).

    While nothing is drawn by hand it is a PointPlot, whose points can be clicked.

    Attributes:
        mouse: what mouse and keys do to the drawing.
        point: the selected training point, or None.

    Signals:
        drawing_changed(points, burst): these points are wanted instead; ``burst`` as
            ``Trainer.start`` has it. kind_changed: ``mouse.kind`` is another. point_clicked, as
            PointPlot.
    """

    drawing_changed = Signal(object, object)
    kind_changed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.point: PointView | None = None
        self._show_test = False
        self.mouse = FitMouse(self)

    @property
    def train(self) -> Split:
        """The training points that are shown."""
        raise NotImplementedError

    def set_drawing(self, experiment: "Experiment", *, known: bool) -> None:
        """Let the points be drawn by hand where this experiment's are, and show them at once,
        unless their data are ``known`` and come along. Call it each frame, before ``refresh``.
        """
        points, before = self.drawing_in(experiment), self.mouse.points
        if points is before or points == before:
            return
        if points is not None and before is None:
            self._begin_drawing(experiment)
        self.mouse.set_points(points)
        drawn_on = points is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if drawn_on else Qt.FocusPolicy.NoFocus)
        if not drawn_on:
            self.clearFocus()
        self._show_drawing(experiment, known=known)

    def drawing_in(self, experiment: "Experiment") -> Points | None:
        """The points of this experiment that are drawn on this plot; None where there are none."""
        raise NotImplementedError

    def style_of(self, kind: int | None) -> tuple[QPainterPath, QPen, QBrush]:
        """How a point of a class (from 1), or of none, is drawn while it is held: around (0, 0)."""
        raise NotImplementedError

    def _begin_drawing(self, experiment: "Experiment") -> None:
        """From now on the points are drawn by hand: these are the first, and perhaps none."""
        raise NotImplementedError

    def _show_drawing(self, experiment: "Experiment", *, known: bool) -> None:
        """Show the points that ``mouse`` has."""
        raise NotImplementedError

    def _draw_points(self) -> None:
        """All of them, without the one that is dragged."""
        raise NotImplementedError

    def _draw_point(self) -> None:
        """The selected one, with its words."""
        raise NotImplementedError

    def _place_legend(self) -> None:
        """Where it hides the least."""
        raise NotImplementedError

    @property
    def _input_across(self) -> int:
        """The number of the input from left to right."""
        return 0

    # What both have.

    def set_show_test(self, on: bool) -> None:
        """Draw the test points too."""
        if on != self._show_test:
            self._show_test = on
            self._draw()

    def set_point(self, point: "PointView | None") -> None:
        """Mark a training point with what is known of it, or none; call it each frame."""
        if point == self.point:
            return
        other = (point and point.row) != (self.point and self.point.row)
        self.point = point
        if other and point is not None:
            self.mouse.follow(point.row)
        self._draw_point()
        if other:  # else the legend stays where it is
            self._place_legend()
            self._draw_point()

    def redraw_points(self) -> None:
        """Draw the points anew, without the one that is dragged."""
        self._draw_points()
        self._draw_point()

    def _held_row(self, split: Split) -> int | None:
        """The row of the point that is dragged, and drawn by the mouse instead."""
        held, points = self.mouse.dragged, self.mouse.points
        if held is None or points is None or held >= len(points):
            return None
        return row_of(split, points, held)

    def select_next_point(self, step: int = 1) -> None:
        """As if the next point to the right (-1: to the left) of the selected one were clicked."""
        if not len(self._rows):
            return
        across = self.train.inputs[self._rows, self._input_across]
        order = self._rows[np.argsort(across, kind="stable")]
        at = -1 if step > 0 else 0
        if self.point is not None and self.point.row in order:
            at = int(np.flatnonzero(order == self.point.row)[0])
        self.point_clicked.emit(int(order[(at + step) % len(order)]))

    # The mouse and the keys.

    def _at(self, event: QMouseEvent) -> QPointF:
        """The mouse in the area's pixels."""
        return self.area.mapFromScene(self.mapToScene(event.position().toPoint()))

    def _point_at(self) -> None:
        shape = self.mouse.cursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a click, or of a drag."""
        if self.mouse.points is None:
            super().mousePressEvent(event)
            return
        self.mouse.press(event, self._at(event))
        self._point_at()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is held moves; the mouse's shape tells what can be done."""
        if self.mouse.points is None:
            super().mouseMoveEvent(event)
            return
        self.mouse.move(self._at(event))
        self._point_at()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a click, or of a drag."""
        if self.mouse.points is None:
            super().mouseReleaseEvent(event)
            return
        self.mouse.release(event)
        self._point_at()
        event.accept()

    def wants(self, key: Qt.Key) -> bool:
        """As Plot.wants."""
        return self.mouse.wants(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the chosen point; others are the window's."""
        if self.mouse.press_key(event):
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A frame tells that the keys act here."""
        super().focusInEvent(event)
        self.mouse.draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes."""
        super().focusOutEvent(event)
        self.mouse.draw()
