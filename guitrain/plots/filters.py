"""A convolutional net: an image, the filters that slide over it, and what they give, live."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainterPath,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsPixmapItem, QWidget

from guitrain.core.feature_maps import MapsView
from guitrain.core.models import Form
from guitrain.core.units import WeightsView
from guitrain.plots.diagram import Diagram, Label
from guitrain.plots.filters_layout import (
    HEADER,
    Box,
    FilterSpot,
    Kind,
    Places,
    lay_out,
    parameter_of,
    spot_at,
)
from guitrain.plots.filters_words import Words
from guitrain.plots.image_tones import image_of, tone_table, tones
from guitrain.plots.items import add_path, mixed, pen
from guitrain.plots.network_tiles import scaled, shades_of
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot, State

WIDTH, HEIGHT = 400.0, 240.0  # before there is anything to be drawn
_TITLE, _ANSWER = 12, 11
_MINUS = 6.0  # pixels of a filter's cell from which one below zero has its sign in it


class FilterDiagram(Diagram):
    """``snapshot.maps`` with the filters of ``snapshot.weights``; what does not fit is scrolled to.

    Signals:
        pointed(FilterSpot or None): what is under the mouse. chosen(FilterSpot): it was clicked.
    Attributes:
        places: where everything lies, or None while there is nothing to be drawn.
        words: what is to be said of the moment on the screen, where there is any.
    """

    pointed = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(WIDTH, HEIGHT, parent, theme=theme)
        self.setObjectName("filter_diagram")
        self.setAccessibleName(translate("Network", "The filters and what they give"))
        self.setToolTip(
            translate(
                "Network",
                "An image, the filters beside what they give, and the answer; of each 2×2 the "
                "largest goes on. Point at anything for its numbers; click to set a weight or bias",
            )
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setMouseTracking(True)
        self.places: Places | None = None
        self.words: Words | None = None
        self._form: Form | None = None
        # With the smallest and the largest pixel of the data: paper and ink.
        self._shown: tuple[MapsView, WeightsView, tuple[float, float]] | None = None
        self._selected: FilterSpot | None = None
        self._hovered: FilterSpot | None = None
        self._pictures: list[QGraphicsPixmapItem] = []
        self._headers: list[Label] = []
        self._names: list[Label] = []
        self._frame = add_path(self.root, 2)
        self._minus = add_path(self.root, 3)
        self._bars = add_path(self.root, 1)
        self._mark, self._hover = add_path(self.root, 5), add_path(self.root, 4)
        self.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; what stayed as it was is not touched."""
        self._snapshot = snapshot
        maps, weights, view = snapshot.maps, snapshot.weights, snapshot.view
        known = maps is not None and weights is not None and view is not None
        self.root.setVisible(known)
        if maps is None or weights is None or view is None:
            self._shown = self.words = None
            return
        if self._shown is not None and self._shown[:2] == (maps, weights):
            return
        ranges = view.data.ranges
        self._shown = maps, weights, (float(ranges.min()), float(ranges.max()))
        self.words = Words(view.experiment, view.data.input_names, view.data.classes, weights, maps)
        if view.experiment.form != self._form:
            self._form = view.experiment.form
            self._selected = self._hovered = None
            self._lay_out()
        self._draw()
        if snapshot.state is not State.RUNNING:
            self.setAccessibleDescription(self.words.spoken())

    def select(self, place: tuple[int, tuple[int, ...]] | None) -> None:
        """Mark the parameter that is being set."""
        spot = self.spot_of(*place) if place is not None else None
        if spot != self._selected:
            self._selected = spot
            self._draw_marks()

    def spot_of(self, tensor: int, index: tuple[int, ...]) -> FilterSpot:
        """A parameter as something in the picture."""
        return FilterSpot(Kind.PARAMETER, tensor, index)

    def place_of(self, spot: FilterSpot) -> tuple[int, tuple[int, ...]] | None:
        """The parameter that a spot stands for."""
        return parameter_of(spot)

    def _draw(self) -> None:
        if self._shown is None or self.places is None or self.words is None:
            return
        maps, weights, (low, high) = self._shown
        shares = (maps.image - low) / ((high - low) or 1.0)
        pictures = [tones(shares, self._tones)]
        minus = QPainterPath()
        for layer, (column, given) in enumerate(zip(self.places.columns, maps.layers, strict=True)):
            pictures += list(self._shades_of(given))
            if column.kernel:
                kernels = weights.parameters[2 * layer][:, 0]
                pictures += list(self._shades_of(kernels))
                self._add_minus(minus, kernels, [column.filter_box(n) for n in range(len(kernels))])
        for item, bits in zip(self._pictures, pictures, strict=True):
            item.setPixmap(QPixmap.fromImage(image_of(bits)))
        self._minus.setPath(minus)
        for at, label in enumerate(self._headers[1:-1]):
            label.say(*self.words.headers(at))
        self._draw_answers()

    def _shades_of(self, values: NDArray[np.float32]) -> NDArray[np.uint32]:
        """A layer (m, height, width) on one scale, from minus to plus its largest."""
        steps = np.nan_to_num(scaled(values), nan=0.0)
        return self._shades[np.rint((steps + 1) * (len(self._shades) // 2)).astype(np.intp)]

    @staticmethod
    def _add_minus(path: QPainterPath, kernels: NDArray[np.float32], boxes: Sequence[Box]) -> None:
        """A sign in each cell below zero: colour alone says nothing to some."""
        cell = boxes[0][2] / kernels.shape[2]
        if cell < _MINUS:
            return
        for number, row, column in np.argwhere(kernels < 0).tolist():
            left, top, _, _ = boxes[number]
            x, y = left + (column + 0.5) * cell, top + (row + 0.5) * cell
            path.moveTo(x - cell / 5, y)
            path.lineTo(x + cell / 5, y)

    def _draw_answers(self) -> None:
        assert self.places is not None
        bars = QPainterPath()
        if self.words is not None and len(self.words.chances) == len(self._names):
            for at, (box, label) in enumerate(zip(self.places.answers, self._names, strict=True)):
                left, top, wide, high = box
                chance = self.words.chances[at]
                if np.isfinite(chance):
                    bars.addRect(left, top, wide * chance, high)
                    label.say(self.words.answer(at))
                else:
                    label.say("–")
        self._bars.setPath(bars)

    def _draw_marks(self) -> None:
        for spot, item in ((self._selected, self._mark), (self._hovered, self._hover)):
            path = QPainterPath()
            for box in self._boxes_of(spot):
                path.addRect(QRectF(*box).adjusted(-1.5, -1.5, 1.5, 1.5))
            item.setPath(path)

    def _boxes_of(self, spot: FilterSpot | None) -> list[Box]:
        """What is marked for it: of a weight its cell, or else what its filter gives."""
        places, form = self.places, self._form
        if spot is None or places is None or form is None:
            return []
        if spot.kind is Kind.PIXEL:
            return [_cell(places.image, form.shape.image or (1, 1), spot.index)]
        if spot.kind is Kind.MAP:
            size = form.maps[spot.at][1:]
            return [_cell(places.columns[spot.at].map_box(spot.index[0]), size, spot.index[1:])]
        layer = spot.at // 2
        if layer >= len(places.columns):
            return []
        column = places.columns[layer]
        if spot.at % 2 == 0 and column.kernel:
            return [_cell(column.filter_box(spot.index[0]), (3, 3), spot.index[2:])]
        return [column.map_box(spot.index[0])]

    # How it lies.

    def _fit(self) -> None:
        """It is drawn at its own size."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size: other places."""
        super().resizeEvent(event)
        self._lay_out()
        self._draw()

    def _lay_out(self) -> None:
        form = self._form
        if form is None or not form.maps:
            return
        counts, answers = [count for count, *_ in form.maps], max(form.shape.classes, 1)
        bar = self.verticalScrollBar().sizeHint().width() + 4
        wide, high = float(self.width()), float(self.height())
        places = lay_out(counts, answers, wide, high)
        if places.height > high or places.width > wide:
            places = lay_out(counts, answers, wide - bar, high - bar)
        self.places = places
        self.scene().setSceneRect(0, 0, places.width, places.height)
        for scroll in (self.horizontalScrollBar(), self.verticalScrollBar()):
            scroll.setValue(0)  # the image first: Qt keeps the middle of what was seen before
        self._make(places, form)

    def _make(self, places: Places, form: Form) -> None:
        """The parts that stay as they are until the next layout."""
        for old in (*self._pictures, *(label.item for label in (*self._headers, *self._names))):
            self.scene().removeItem(old)
        self._pictures, self._headers, self._names = [], [], []
        frame, (high, wide) = QPainterPath(), form.shape.image or (1, 1)
        self._add_picture(places.image, (high, wide), frame)
        tops = [places.image[1]]
        for column, (count, *size) in zip(places.columns, form.maps, strict=True):
            for number in range(count):
                self._add_picture(column.map_box(number), (size[0], size[1]), frame)
            if column.kernel:
                for number in range(count):
                    self._add_picture(column.filter_box(number), (3, 3), frame)
            tops.append(column.top)
        self._frame.setPath(frame)
        self._add_headers(places, tops, f"x · {high}×{wide}")
        for left, top, across, row in places.answers if form.shape.classes else ():
            label = Label(self.root, 3, QPointF(left + 4, top + row / 2), across - 6, 0.0)
            self._names.append(label)
        self._draw_marks()
        self._restyle()

    def _add_picture(self, box: Box, size: tuple[int, int], frame: QPainterPath) -> None:
        left, top, wide, high = box
        item = QGraphicsPixmapItem(self.root)
        item.setZValue(1)
        item.setPos(left, top)
        item.setTransform(QTransform.fromScale(wide / size[1], high / size[0]))
        self._pictures.append(item)
        frame.addRect(left, top, wide, high)

    def _add_headers(self, places: Places, tops: Sequence[float], first: str) -> None:
        lefts = [places.image[0], *(column.left for column in places.columns)]
        rights = [*lefts[1:], places.answers[0][0]]
        for left, right, top in zip(lefts, rights, tops, strict=True):
            at = QPointF(left, max(top - HEADER / 2 - 1, HEADER / 2))
            self._headers.append(Label(self.root, 3, at, right - left - 8, 0.0))
        left, top, wide, _ = places.answers[0]
        at = QPointF(left, max(top - HEADER / 2 - 1, HEADER / 2))
        self._headers.append(Label(self.root, 3, at, wide, 0.0))
        self._headers[0].say(first)
        self._headers[-1].say(translate("Network", "answer"))

    def _restyle(self) -> None:
        theme = self.theme
        self._shades = shades_of(theme)
        self._tones = tone_table(theme)
        self._frame.setPen(pen(theme.axis, 1.0))
        self._minus.setPen(pen(theme.text, 1.2))
        self._bars.setPen(Qt.PenStyle.NoPen)
        self._bars.setBrush(QColor(mixed(theme.data, theme.panel, 0.45)))
        self._mark.setPen(pen(theme.text, 2.0))
        self._hover.setPen(pen(theme.muted, 2.0))
        for label in self._headers:
            label.style(self.text_font(_TITLE), theme.text)
        for label in self._names:
            label.style(self.text_font(_ANSWER), theme.text)
        self._draw()

    # The mouse.

    def _spot_at(self, event: QMouseEvent) -> FilterSpot | None:
        form, at = self._form, self.mapToScene(event.position().toPoint())
        if self.places is None or form is None or self._shown is None:
            return None
        return spot_at(self.places, form.shape.image or (1, 1), form.maps, (at.x(), at.y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse."""
        event.accept()
        self._point(self._spot_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is."""
        super().leaveEvent(event)
        self._point(None)

    def _point(self, spot: FilterSpot | None) -> None:
        if spot != self._hovered:
            self._hovered = spot
            self._draw_marks()
            hand = Qt.CursorShape.PointingHandCursor
            settable = spot is not None and spot.kind is not Kind.PIXEL
            self.viewport().setCursor(hand if settable else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A filter's weight is chosen to be set; of what it gives, its bias."""
        event.accept()
        spot = self._spot_at(event)
        left = event.button() is Qt.MouseButton.LeftButton
        if left and spot is not None and spot.kind is not Kind.PIXEL:
            self.chosen.emit(spot)


def _cell(box: Box, size: Sequence[int], index: Sequence[int]) -> Box:
    """A cell of a box of so many rows and columns."""
    left, top, wide, high = box
    row, column = index
    return (
        left + wide * column / size[1],
        top + high * row / size[0],
        wide / size[1],
        high / size[0],
    )
