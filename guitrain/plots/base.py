"""What the plots share: two axes with fixed ranges, a theme, and no surprise from the mouse."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsGridLayout,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QGraphicsWidget,
    QSizePolicy,
    QWidget,
)

from guitrain.plots.items import Tag, add_path, pen, segments
from guitrain.plots.lean_pyqtgraph import pg
from guitrain.plots.scales import Scale, ticks
from guitrain.plots.still import Still
from guitrain.plots.theme import LIGHT, Theme

_HEADING = 30  # pixels of a title's height
_TICK_X, _TICK_Y = 60, 34  # pixels that a tick and its text ask for


class Area(QGraphicsWidget):
    """The part of a plot between its axes; what leaves it is cut off."""

    def __init__(self, parent: QGraphicsWidget) -> None:
        super().__init__(parent)
        self.setFlag(self.GraphicsItemFlag.ItemClipsChildrenToShape)

    def width(self) -> float:
        """In pixels."""
        return self.rect().width()

    def height(self) -> float:
        """In pixels."""
        return self.rect().height()


class Plot(Still, QGraphicsView):
    """A plot whose ranges change only when its data ask for it.

    Items are children of the plot's area and drawn in its pixels, with y downwards: so a range
    may span 1e−300 or 1e300, where the transforms of a graphics scene fail. Subclasses fill in
    ``_draw`` (everything, after a new size, range or theme).

    Only the axes are pyqtgraph's. Its plot brings menus that nobody here sees, takes a third of
    the window's start to make, and paints in Python, which holds the lock that training needs.

    Attributes:
        theme: the colours in use. in_vectors: whether a curve is to be one line, however long Qt
        takes for it. x_scale, y_scale: the ranges in use. area: the part between
        the axes. overlay: lies over it, for what may stand over its edges.
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.for_export = self.in_vectors = for_export
        self.x_scale = Scale(0.0, 1.0)
        self.y_scale = Scale(0.0, 1.0)
        self._labels = ("", "")
        self._title = ""
        self._styled_in = QFont()
        self.setScene(QGraphicsScene(self))
        self.setBackgroundBrush(QColor(theme.background))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame = QGraphicsWidget()
        self.scene().addItem(self._frame)
        self.area = Area(self._frame)
        self._grid = add_path(self.area, -10)
        self.overlay = QGraphicsRectItem(self._frame)
        self.overlay.setZValue(1000)
        self._axes = [pg.AxisItem(side, parent=self._frame) for side in ("bottom", "left")]
        for axis in self._axes:
            axis.setRange(0, 1)
            axis.setZValue(0.5)
            axis.setStyle(tickLength=4, tickTextOffset=6, hideOverlappingLabels=26)
        self._heading = pg.LabelItem(parent=self._frame)
        self._lay_out()
        self.area.geometryChanged.connect(self._laid_out)

    def _lay_out(self) -> None:
        grid = QGraphicsGridLayout()
        grid.setContentsMargins(7, 11, 27, 5)
        grid.setSpacing(0)
        bottom, left = self._axes
        for item, row, column in (
            (self._heading, 0, 1),
            (left, 1, 0),
            (self.area, 1, 1),
            (bottom, 2, 1),
        ):
            grid.addItem(item, row, column)
        grid.setRowStretchFactor(1, 100)
        grid.setColumnStretchFactor(1, 100)
        self._frame.setLayout(grid)
        self.set_title("")
        self._fill()

    # Colours and fonts.

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours, and in the widget's font."""
        if (theme, self.font()) != (self.theme, self._styled_in):
            self.theme = theme
            self._restyle()

    def _restyle(self) -> None:
        self._styled_in = QFont(self.font())
        self.setBackgroundBrush(QColor(self.theme.background))
        tick_font = self.text_font(-1)
        for axis in self._axes:
            axis.setPen(pen(self.theme.axis))
            axis.setTextPen(pen(self.theme.muted))
            axis.setTickFont(tick_font)
        self._grid.setPen(pen(self.theme.grid))
        self.set_axis_labels(*self._labels)
        self.set_title(self._title)
        self._draw()

    def text_font(self, larger: int = 0, *, bold: bool = False) -> QFont:
        """The window's font, some pixels larger or smaller (in pixels, for every device alike)."""
        font = QFont(self.font())
        font.setPixelSize(max(QFontInfo(self.font()).pixelSize() + larger, 8))
        font.setBold(bold)
        return font

    def set_axis_labels(self, x: str, y: str) -> None:
        """What the axes are called; any text, shown as it is."""
        self._labels = (x, y)
        size = f"{self.text_font().pixelSize()}px"
        for axis, text in zip(self._axes, (x, y), strict=True):
            axis.setLabel(_escaped(text), color=self.theme.muted, **{"font-size": size})
            axis.resizeEvent()  # a text of another length is not in the middle until then

    def set_title(self, title: str) -> None:
        """A heading above the plot, for exports; "" for none."""
        self._title = title
        height = _HEADING if title else 0
        self._heading.setMinimumHeight(height)
        self._heading.setMaximumHeight(height)
        self._heading.setVisible(bool(title))
        size = f"{self.text_font(3).pixelSize()}px"
        self._heading.setText(_escaped(title), color=self.theme.text, size=size)

    def settle(self) -> None:
        """Lay out for the present size at once, shown or not."""
        # The axes' widths follow their texts, which follow the size: twice is enough.
        for _ in range(2):
            self._frame.layout().activate()
            QApplication.sendPostedEvents(self.scene(), 0)
            QApplication.sendPostedEvents(self, 0)

    # Ranges.

    def set_scales(self, x: Scale, y: Scale) -> bool:
        """Show these ranges; returns whether one of them is new (then call ``_draw``)."""
        if (x, y) == (self.x_scale, self.y_scale):
            return False
        self.x_scale, self.y_scale = x, y
        return True

    def across(self, values: ArrayLike) -> NDArray[np.float64]:
        """x values in pixels from the left edge of the area."""
        return self.x_scale.fraction(values) * self.area.width()

    def down(self, values: ArrayLike) -> NDArray[np.float64]:
        """y values in pixels from the top edge of the area."""
        return (1 - self.y_scale.fraction(values)) * self.area.height()

    @property
    def area_rect(self) -> QRectF:
        """The area in its own pixels."""
        return QRectF(0, 0, self.area.width(), self.area.height())

    def _draw_axes(self) -> None:
        """Ticks, their texts and the grid for the ranges and the size in use."""
        width, height = self.area.width(), self.area.height()
        horizontal = self._ticks_that_fit(width)
        vertical = ticks(self.y_scale, max(2, int(height / _TICK_Y)))
        for axis, scale, marks in (
            (self._axes[0], self.x_scale, horizontal),
            (self._axes[1], self.y_scale, vertical),
        ):
            places = scale.fraction([value for value, _ in marks]).tolist()
            axis.setTicks([[(at, text) for at, (_, text) in zip(places, marks, strict=True)], []])
        x = np.round(self.across([value for value, _ in horizontal]))
        y = np.round(self.down([value for value, _ in vertical]))
        path = segments(x, np.zeros(len(x)), np.full(len(x), height))
        for one in y.tolist():
            path.moveTo(0, one)
            path.lineTo(width, one)
        self._grid.setPath(path)

    def _ticks_that_fit(self, width: float) -> list[tuple[float, str]]:
        """Ticks of the x axis, so few that their texts stand apart."""
        metrics = QFontMetrics(self.text_font(-1))
        for most in range(max(2, int(width / _TICK_X)), 1, -1):
            marks = ticks(self.x_scale, most)
            widest = max((metrics.horizontalAdvance(text) for _, text in marks), default=0)
            if len(marks) * (widest + 14) <= width:
                return marks
        return marks[:1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plot fills its widget."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        self.setSceneRect(self.rect())
        self._frame.setGeometry(self.rect())

    def _laid_out(self) -> None:
        self.overlay.setPos(self.area.pos())
        self._draw()

    def _draw(self) -> None:
        """Draw everything anew."""
        raise NotImplementedError

    # Export, and what the mouse may not do.

    def copy_for_export(self) -> Self:
        """A plot of its own that shows the same, in the light theme and all in vectors."""
        raise NotImplementedError

    def wants(self, key: Qt.Key) -> bool:
        """Whether it has a use of its own for a key that otherwise steers the run."""
        return False

    def _tag(self, z: float) -> Tag:
        return Tag(self.area, z)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing: the items would be asked whether they are under the mouse, some in Python."""
        event.accept()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
