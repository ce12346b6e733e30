"""The loss curves of a sweep's lanes as small multiples: a cell each, all on the same axes."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from guitrain.core.sweep import LaneGroup, SweepPlan, SweepView
from guitrain.numbers import format_number
from guitrain.plots.items import add_path, markers, pen, polyline
from guitrain.plots.scales import Scale
from guitrain.plots.still import Still
from guitrain.plots.sweep import curve_scale
from guitrain.plots.sweep_style import cross, series_colour
from guitrain.plots.theme import LIGHT, Theme

_GAP = 4.0  # pixels between cells
_SHAPE = 1.5  # width to height that a cell likes to have
_LABEL = (50.0, 36.0)  # pixels of a cell from which its learning rate is written into it
_FEWEST, _MOST = 8, 96  # points of a curve

_KEY = Qt.Key


class LanesView(Still, QGraphicsView):
    """Cells in the order of the lanes. The colour is the second setting's value, as in SweepPlot.

    All curves of a colour are one item, so that a frame costs little however many there are. With
    the focus, the arrow keys move the selection, and Enter is a click on it.

    Signals:
        lane_clicked(lane): a cell was clicked, or Enter pressed on it.
        lane_selected(lane): the keyboard went there. lane_hovered(lane): the mouse is over it; −1
            over none.

    Attributes:
        theme: the colours in use. selected: a lane, or None.
    """

    lane_clicked = Signal(int)
    lane_selected = Signal(int)
    lane_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.theme = theme
        self.selected: int | None = None
        self._view: SweepView | None = None
        self._plan: SweepPlan | None = None
        self._columns = self._rows = self._rows_each = 1
        self._hovered = -1
        self._pressed: QPointF | None = None
        self.setObjectName("sweep_lanes")
        self.setAccessibleName(self.tr("Loss curves of the sweep"))
        self.setToolTip(self.tr("Click a run to train it by itself"))
        self.setProperty("own_moves", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._root = QGraphicsPathItem()
        scene.addItem(self._root)
        self._frames = add_path(self._root, 0, cached=True)
        self._curves: list[QGraphicsPathItem] = []
        self._crosses = add_path(self._root, 3)
        self._best = add_path(self._root, 4)
        self._mark = add_path(self._root, 5)
        self._hover = add_path(self._root, 4.5)
        self._labels: list[QGraphicsSimpleTextItem] = []
        self.set_theme(theme)

    # What is shown.

    def sizeHint(self) -> QSize:
        """Some cells; a scene asks for its own size, which is the view's."""
        return QSize(200, 90)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.theme = theme
        self.setBackgroundBrush(QColor(theme.background))
        self._lay_out()

    def refresh(self, view: SweepView | None) -> None:
        """Show a sweep as it is now; None empties the cells."""
        if view is self._view:
            return
        self._view = view
        plan = view.plan if view is not None else None
        if plan is not self._plan:
            self._plan, self.selected, self._hovered = plan, None, -1
            self._lay_out()
        else:
            self._draw()

    def select(self, lane: int | None) -> None:
        """Frame a lane's cell; None for none."""
        self.selected = lane
        self._draw_marks()

    def cell(self, lane: int) -> QRectF:
        """Where a lane's cell is, in pixels."""
        row, column = self._place(lane)
        wide, high = self._size
        return QRectF(column * wide, row * high, wide - _GAP, high - _GAP)

    def _place(self, lane: int) -> tuple[int, int]:
        """Row and column: each value of the second setting begins a row."""
        assert self._plan is not None
        value, rate = self._plan.place(lane)
        return value * self._rows_each + rate // self._columns, rate % self._columns

    def _lane(self, row: int, column: int) -> int | None:
        """The inverse; None where there is none."""
        if self._plan is None or not (0 <= row < self._rows and 0 <= column < self._columns):
            return None
        value, line = divmod(row, self._rows_each)
        rate, count = line * self._columns + column, len(self._plan.rates)
        return value * count + rate if rate < count else None

    @property
    def curve_paths(self) -> list[QPainterPath]:
        """What is drawn, one path for each value of the second setting."""
        return [item.path() for item in self._curves]

    @property
    def _size(self) -> tuple[float, float]:
        view = self.viewport()
        return (view.width() + _GAP) / self._columns, (view.height() + _GAP) / self._rows

    def _lay_out(self) -> None:
        """Cells for the present size, as near to their shape as they can be."""
        count = len(self._plan) if self._plan is not None else 0
        width, height = max(self.viewport().width(), 1), max(self.viewport().height(), 1)
        self.setSceneRect(0, 0, width, height)
        if self._plan is not None:
            rates, values = len(self._plan.rates), max(len(self._plan.values), 1)

            def away(columns: int) -> float:
                rows = values * math.ceil(rates / columns)
                shape = abs(math.log((width / columns) / (height / rows) / _SHAPE))
                return shape + rows * columns / (rates * values)  # and few places left empty

            self._columns = min(range(1, rates + 1), key=away)
            self._rows_each = math.ceil(rates / self._columns)
            self._rows = values * self._rows_each
        frames = QPainterPath()
        for lane in range(count):
            frames.addRect(self.cell(lane))
        self._frames.setPath(frames)
        self._frames.setPen(pen(self.theme.border))
        self._write_labels(count)
        self._draw()

    def _write_labels(self, count: int) -> None:
        wide, high = self._size
        shown = count if wide - _GAP >= _LABEL[0] and high - _GAP >= _LABEL[1] else 0
        while len(self._labels) < shown:
            self._labels.append(QGraphicsSimpleTextItem(self._root))
            self._labels[-1].setZValue(2)
        font = QFont(self.font())
        font.setPixelSize(max(QFontInfo(self.font()).pixelSize() - 2, 8))
        for lane, label in enumerate(self._labels):
            label.setVisible(lane < shown)
            if lane < shown and self._plan is not None:
                _, rate = self._plan.place(lane)
                label.setFont(font)
                label.setBrush(QColor(self.theme.muted))
                label.setText(format_number(self._plan.rates[rate], 3))
                place = self.cell(lane)
                left = place.right() - label.boundingRect().width() - 3
                label.setPos(max(left, place.left() + 1), place.top() + 1)

    # Curves.

    def _draw(self) -> None:
        view = self._view
        count = max(len(view.plan.values), 1) if view is not None else 0
        while len(self._curves) < count:
            self._curves.append(add_path(self._root, 1))
        for value, item in enumerate(self._curves):
            item.setVisible(value < count)
        if view is None:
            for item in (self._crosses, self._best):
                item.setPath(QPainterPath())
        else:
            scale = curve_scale(view)
            for value in range(count):
                self._curves[value].setPath(self._paths(view, value, scale))
                self._curves[value].setPen(pen(series_colour(value, self.theme), 1.3))
            self._draw_crosses(view)
        self._draw_marks()

    def _paths(self, view: SweepView, value: int, scale: Scale) -> QPainterPath:
        epochs = view.plan.experiments[value].stop.epochs
        parts = [
            self._points(group, epochs, scale)
            for group in view.groups
            if view.plan.place(group.first)[0] == value and len(group.losses)
        ]
        if not parts:
            return QPainterPath()
        return polyline(
            np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts])
        )

    def _points(
        self, group: LaneGroup, epochs: int, scale: Scale
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Curves of a group's lanes in pixels, a NaN after each."""
        wide, high = (side - _GAP for side in self._size)
        most = int(min(max(wide / 2, _FEWEST), _MOST))
        rows = len(group.losses)
        kept = np.unique(np.linspace(0, rows - 1, most).astype(np.int64))
        lanes = range(group.first, group.first + group.count)
        row, column = np.array([self._place(lane) for lane in lanes]).T
        left, top = column * (wide + _GAP), row * (high + _GAP)
        # One epoch has nowhere to go but across.
        along = (group.epochs[kept] - 1) / max(epochs - 1, 1)
        x = left[:, None] + 2 + along * (wide - 4)
        part = np.clip(scale.fraction(group.losses[kept].T), 0.0, 1.0)
        y = top[:, None] + 2 + (1 - part) * (high - 4)
        gap = np.full((len(lanes), 1), np.nan)
        return np.concatenate([x, gap], 1).ravel(), np.concatenate([y, gap], 1).ravel()

    def _draw_crosses(self, view: SweepView) -> None:
        places = [self.cell(lane).center() for lane in np.flatnonzero(view.diverged).tolist()]
        x, y = np.array([p.x() for p in places]), np.array([p.y() for p in places])
        radius = min(6.0, min(self._size) / 5)
        self._crosses.setPath(markers(x, y, cross(radius)))
        self._crosses.setPen(pen(self.theme.muted, 1.6))

    def _draw_marks(self) -> None:
        view = self._view
        best = view.best if view is not None else None
        hovered = self._hovered if self._hovered >= 0 else None
        for item, lane, colour, width, inset in (
            (self._best, best, self.theme.text, 1.8, 0.0),
            (self._hover, hovered, self.theme.muted, 1.4, 1.5),
            (self._mark, self.selected, self.theme.accent, 2.4, 2.5),
        ):
            path = QPainterPath()
            if view is not None and lane is not None and lane < len(view.plan):
                path.addRect(self.cell(lane).adjusted(inset, inset, -inset, -inset))
            item.setPath(path)
            item.setPen(pen(colour, width))

    # Mouse and keyboard.

    def lane_at(self, place: QPointF) -> int:
        """The lane whose cell holds this place, −1 for none."""
        if self._plan is None:
            return -1
        wide, high = self._size
        lane = self._lane(int(place.y() // high), int(place.x() // wide))
        return lane if lane is not None and self.cell(lane).contains(place) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the cell under the mouse."""
        self._hover_over(self.lane_at(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Over none."""
        self._hover_over(-1)

    def _hover_over(self, lane: int) -> None:
        if lane != self._hovered:
            self._hovered = lane
            self._draw_marks()
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand if lane >= 0 else arrow)
            self.lane_hovered.emit(lane)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a click, perhaps."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a cell, unless the mouse was dragged out of it."""
        start, self._pressed = self._pressed, None
        event.accept()
        lane = self.lane_at(event.position())
        if start is not None and lane >= 0 and self.lane_at(start) == lane:
            self.lane_clicked.emit(lane)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Something is selected, so that it is seen where the keyboard is."""
        super().focusInEvent(event)
        if self.selected is None and self._view is not None:
            self._move_to(self._view.best or 0)

    def event(self, event: QEvent) -> bool:
        """Its own keys are not the window's while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            enter = event.key() in (_KEY.Key_Return, _KEY.Key_Enter)
            if enter or self._target(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, Home and End move the selection; Enter is a click on it."""
        target = self._target(event)
        if target is not None:
            self._move_to(target)
        elif event.key() in (_KEY.Key_Return, _KEY.Key_Enter) and self.selected is not None:
            self.lane_clicked.emit(self.selected)
        else:
            event.ignore()

    def _target(self, event: QKeyEvent) -> int | None:
        """The lane that a key leads to, or None."""
        if self._plan is None:
            return None
        last, at = len(self._plan) - 1, self.selected or 0
        row, column = self._place(at)
        match _KEY(event.key()):
            case _KEY.Key_Left:
                return max(at - 1, 0)
            case _KEY.Key_Right:
                return min(at + 1, last)
            case _KEY.Key_Up:
                target = self._lane(row - 1, column)
            case _KEY.Key_Down:
                target = self._lane(row + 1, column)
            case _KEY.Key_Home:
                return 0
            case _KEY.Key_End:
                return last
            case _:
                return None
        return at if target is None else target

    def _move_to(self, lane: int) -> None:
        self.select(lane)
        self.lane_selected.emit(lane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cells fill the view."""
        super().resizeEvent(event)
        self._lay_out()
