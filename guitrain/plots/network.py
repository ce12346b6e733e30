"""The network: its units as boxes with what each gives, its weights as edges, live."""

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainterPath,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsView, QWidget

from guitrain.core.models import Form
from guitrain.core.units import Layer, Over, UnitsView, WeightsView, layers_of, source_names
from guitrain.plots.diagram import Diagram, Label
from guitrain.plots.items import Tag, add_path, mixed, pen
from guitrain.plots.network_layout import (
    HEADER,
    Kind,
    Places,
    Spot,
    lay_out,
    most_edges,
    nearest_edge,
    parameter_of,
    spot_of,
    strongest,
)
from guitrain.plots.network_tiles import Tiles, edge_path
from guitrain.plots.network_words import Words
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot, State

WIDTH, HEIGHT = 400.0, 240.0  # before there is anything to be drawn
_WIDTHS = 6  # of edges, by the size of their weights
_THINNEST = 0.6  # pixels
_DASHES = (6.0, 4.0)  # pixels, of weights below zero
_REACH = 6.0  # pixels from the mouse within which an edge is meant
_EVERY_EDGE = 0.0005  # seconds between two pictures while running, for each edge that is drawn
_SOURCE_WIDTH = (30.0, 76.0)
_TITLE = 12
_ALONG = 0.34  # of an edge, where its tag stands
_HALO = 10.0  # pixels behind an edge that is marked


class NetworkDiagram(Diagram):
    """The units and edges of ``snapshot.weights`` and ``snapshot.units``, at their own size: what
    does not fit is scrolled to.

    Signals:
        pointed(Spot or None): what is under the mouse. chosen(Spot): it was clicked.
    Attributes:
        places: where everything lies, or None while there is nothing to be drawn.
        layers: of the model that is drawn.
    """

    pointed = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(WIDTH, HEIGHT, parent, theme=theme)
        self.setObjectName("network_diagram")
        self.setAccessibleName(translate("Network", "The network of units"))
        self.setToolTip(
            translate(
                "Network", "Point at an edge, a box or a dot for its numbers; click to set it"
            )
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMouseTracking(True)
        self.places: Places | None = None
        self.layers: tuple[Layer, ...] = ()
        self._sources: tuple[str, ...] = ()
        self._form: Form | None = None
        self._over: Over | None = None
        self._drawn: tuple[object, object] = (None, None)
        self._drawn_at, self._cost = 0.0, 0  # seconds; edges
        self._edges: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        self._labels: list[Label] = []
        self._tags: dict[Spot, Tag] = {}
        self._selected: Spot | None = None
        self._hovered: Spot | None = None
        self._lines = {
            (sign, width): add_path(self.root, sign * 0.1 + width * 0.01)
            for sign in (-1, 0, 1)
            for width in range(_WIDTHS)
        }
        self._mark = add_path(self.root, -1)
        self._hover = add_path(self.root, -0.9)
        self._source_boxes = add_path(self.root, 2)
        self._biases = {sign: add_path(self.root, 4) for sign in (-1, 0, 1)}
        self._ring = add_path(self.root, 4.5)
        self._hover_ring = add_path(self.root, 4.4)
        self._tiles = Tiles(self.root)
        self.set_theme(theme)

    # What is shown.

    @property
    def words(self) -> Words | None:
        """What is to be said of the moment on the screen."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.weights is None or snapshot.units is None:
            return None
        if self._form is None or not self.layers:
            return None
        return Words(self._form, self.layers, self._sources, snapshot.weights, snapshot.units)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; what stayed as it was is not touched."""
        self._snapshot = snapshot
        weights, units, view = snapshot.weights, snapshot.units, snapshot.view
        known = weights is not None and units is not None and view is not None
        self.root.setVisible(known)
        if weights is None or units is None or view is None:
            self._drawn = (None, None)
            return
        if (view.experiment.form, units.samples.over) != (self._form, self._over):
            self._form, self._over = view.experiment.form, units.samples.over
            self.layers = layers_of(self._form)
            self._sources = source_names(self._form, self.layers) if self.layers else ()
            self._selected = self._hovered = None
            self._drawn = (None, None)
            self._lay_out()
            self.centerOn(self.sceneRect().center())
        if (weights, units) != self._drawn and self.places is not None:
            now, running = time.perf_counter(), snapshot.state is State.RUNNING
            if not running or now - self._drawn_at > _EVERY_EDGE * self._cost:
                self._drawn, self._drawn_at = (weights, units), now
                self._draw(weights, units)
        if snapshot.state is not State.RUNNING and (words := self.words) is not None:
            self.setAccessibleDescription(words.spoken())

    def select(self, place: tuple[int, tuple[int, ...]] | None) -> None:
        """Mark a weight or a bias as the one that is being set."""
        spot = self.spot_of(*place) if place is not None else None
        if spot != self._selected:
            self._selected = spot
            self._draw_marks()

    def spot_of(self, tensor: int, index: tuple[int, ...]) -> Spot | None:
        """The weight or bias that a parameter is drawn as."""
        return spot_of(tensor, index, self.layers)

    def place_of(self, spot: Spot) -> tuple[int, tuple[int, ...]] | None:
        """The parameter that a spot stands for."""
        return parameter_of(spot, self.layers)

    def _draw(self, weights: WeightsView, units: UnitsView) -> None:
        assert self.places is not None
        self._draw_edges(weights)
        self._draw_biases(weights)
        self._tiles.draw(self.places, units)
        if (words := self.words) is not None:
            for spot, tag in self._tags.items():
                tag.say(words.label(spot))

    def _draw_edges(self, weights: WeightsView) -> None:
        assert self.places is not None
        most, parts = most_edges(self.layers), []
        self._edges = []
        for number, layer in enumerate(self.layers):
            matrix = layer.matrix(weights.parameters[layer.weight])
            chosen = strongest(matrix, most)
            self._edges.append(chosen)
            values = np.nan_to_num(matrix[chosen].astype(np.float64), posinf=1e38, neginf=-1e38)
            sizes = np.abs(values) / (np.abs(values).max() or 1.0)
            widths = np.minimum((sizes * _WIDTHS).astype(np.int64), _WIDTHS - 1)
            parts.append((*self.places.ends(number, *chosen), np.sign(values), widths))
        x, y, signs, widths = (np.concatenate(each) for each in zip(*parts, strict=True))
        for (sign, width), item in self._lines.items():
            these = (signs == sign) & (widths == width)
            if these.any():
                item.setPath(edge_path(x[these], y[these]))
            elif not item.path().isEmpty():
                item.setPath(QPainterPath())
        self._cost = len(x)

    def _draw_biases(self, weights: WeightsView) -> None:
        assert self.places is not None
        paths, dot = {sign: QPainterPath() for sign in self._biases}, self.places.dot
        for number, layer in enumerate(self.layers):
            for unit, value in enumerate(weights.parameters[layer.bias].tolist()):
                x, y = self.places.bias(number, unit)
                sign = (value > 0) - (value < 0)
                paths[sign].addEllipse(QPointF(x, y), dot, dot)
        for sign, path in paths.items():
            self._biases[sign].setPath(path)

    def _draw_marks(self) -> None:
        self._mark_spot(self._selected, self._mark, self._ring)
        self._mark_spot(self._hovered, self._hover, self._hover_ring)

    def _mark_spot(
        self, spot: Spot | None, line: QGraphicsPathItem, ring: QGraphicsPathItem
    ) -> None:
        """A halo behind an edge, or behind all that go into a unit; a ring around a bias."""
        path, around = QPainterPath(), QPainterPath()
        if spot is not None and self.places is not None:
            if spot.kind is Kind.BIAS:
                dot = self.places.dot + 3
                around.addEllipse(QPointF(*self.places.bias(spot.layer, spot.unit)), dot, dot)
            elif spot.kind is not Kind.SOURCE:
                layer = self.layers[spot.layer]
                sources = np.arange(layer.inputs)
                if spot.kind is Kind.WEIGHT:
                    sources = sources[spot.source : spot.source + 1]
                into = np.full(len(sources), spot.unit)
                path = edge_path(*self.places.ends(spot.layer, into, sources))
        ring.setPath(around)
        line.setPath(path)

    # How it lies.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size: other places."""
        super().resizeEvent(event)
        self._lay_out()
        weights, units = self._drawn
        if isinstance(weights, WeightsView) and isinstance(units, UnitsView):
            self._draw(weights, units)

    def _fit(self) -> None:
        """It is drawn at its own size."""

    def _lay_out(self) -> None:
        if not self.layers:
            self.places = None
            return
        metrics = QFontMetricsF(self.text_font(_TITLE))
        widest = max(metrics.horizontalAdvance(name) for name in self._sources) + 12
        source = min(max(widest, _SOURCE_WIDTH[0]), _SOURCE_WIDTH[1])
        counts = (self.layers[0].inputs, *(layer.units for layer in self.layers))
        bar = self.verticalScrollBar().sizeHint().width() + 4
        wide, high = float(self.width()), float(self.height())
        places = lay_out(counts, source, wide, high)
        if places.height > high:
            wide -= bar
        if places.width > wide:
            high -= bar
        places = lay_out(counts, source, wide, high)
        self.places = places
        self.scene().setSceneRect(0, 0, places.width, places.height)
        self._make(places)

    def _make(self, places: Places) -> None:
        """The parts that stay as they are until the next layout."""
        for label in self._labels:
            self.scene().removeItem(label.item)
        for tag in self._tags.values():
            self.scene().removeItem(tag)
        self._labels, self._tags, boxes = [], {}, QPainterPath()
        for number, name in enumerate(self._sources):
            left, top, wide, high = places.box(0, number)
            boxes.addRoundedRect(left, top, wide, high, 5, 5)
            self._label(name, QPointF(left + wide / 2, top + high / 2), wide - 6)
        self._source_boxes.setPath(boxes)
        for column, layer in enumerate(self.layers, 1):
            x = places.left[column] + places.tile / 2
            top = float(places.middles[column][0]) - places.tile / 2
            text = layer.name if layer.units == 1 else f"{layer.name} · {layer.units}"
            self._label(text, QPointF(x, top - HEADER / 2), places.tile + 40)
        units = tuple(layer.units for layer in self.layers)
        self._tiles.place(places, units, self._over or Over.CURVE)
        if self._form is not None and self._form.few:
            self._make_tags(places)
        self._draw_marks()
        self._restyle()

    def _label(self, text: str, at: QPointF, width: float) -> None:
        label = Label(self.root, 4, at, width)
        label.style(self.text_font(_TITLE), self.theme.text)
        label.say(text)
        self._labels.append(label)

    def _make_tags(self, places: Places) -> None:
        """Names and values beside the edges and biases of a model with few parameters."""
        for number, layer in enumerate(self.layers):
            for unit in range(layer.units):
                for source in range(layer.inputs):
                    spot = Spot(Kind.WEIGHT, number, unit, source)
                    self._tags[spot] = Tag(self.root, 5)
                bias = Spot(Kind.BIAS, number, unit)
                self._tags[bias] = Tag(self.root, 5)
        for spot, tag in self._tags.items():
            tag.say("b = −0.0000")
            self._place_tag(spot, tag, places)
            tag.show()

    def _place_tag(self, spot: Spot, tag: Tag, places: Places) -> None:
        tag.style(self.text_font(_TITLE), self.theme.text, self.theme.panel, 0.9)
        wide, high = tag.size
        if spot.kind is Kind.BIAS:
            x, y = places.bias(spot.layer, spot.unit)
            x = min(x + places.tile / 2 - wide / 2, places.width - wide - 2)
            tag.setPos(x, y + places.dot + 2)
            return
        ends = places.ends(spot.layer, np.array([spot.unit]), np.array([spot.source]))
        across, down = (float(each[0] @ (1 - _ALONG, _ALONG)) for each in ends)
        tag.setPos(across - wide / 2, down - high / 2)

    def _restyle(self) -> None:
        theme = self.theme
        colours = {-1: theme.negative, 0: theme.axis, 1: theme.data}
        for (sign, width), item in self._lines.items():
            thickest = self.places.thickest if self.places is not None else 5.0
            share = (width + 0.5) / (_WIDTHS - 0.5)
            thick = _THINNEST + share * (thickest - _THINNEST)
            item.setPen(_edge_pen(colours[sign], thick, sign))
        halo = min(_HALO, 2 * (self.places.thickest if self.places is not None else 5.0))
        self._mark.setPen(pen(mixed(theme.text, theme.panel, 0.45), halo))
        self._hover.setPen(pen(mixed(theme.text, theme.panel, 0.25), halo))
        self._ring.setPen(pen(theme.text, 2.0))
        self._hover_ring.setPen(pen(theme.muted, 1.4))
        self._source_boxes.setPen(pen(theme.axis, 1.0))
        self._source_boxes.setBrush(QColor(theme.hover))
        for sign, item in self._biases.items():
            item.setPen(pen(colours[sign], 1.6))
            item.setBrush(QColor(colours[sign] if sign > 0 else theme.panel))  # below 0: hollow
        self._tiles.restyle(theme)
        for label in self._labels:
            label.style(self.text_font(_TITLE), theme.text)
        for tag in self._tags.values():
            tag.style(self.text_font(_TITLE), theme.text, theme.panel, 0.9)
        units = self._drawn[1]
        if isinstance(units, UnitsView) and self.places is not None:
            self._tiles.draw(self.places, units)

    # The mouse.

    def spot_at(self, at: QPointF) -> Spot | None:
        """What is at a place in the diagram: a bias, a box, or the nearest edge."""
        places = self.places
        if places is None or not self.root.isVisible():
            return None
        x, y = at.x(), at.y()
        for number, layer in enumerate(self.layers):
            near = places.dot + 2
            if abs(x - places.left[number + 1]) <= near:
                for unit in range(layer.units):
                    left, bottom = places.bias(number, unit)
                    if np.hypot(x - left, y - bottom) <= near:
                        return Spot(Kind.BIAS, number, unit)
        for column, middles in enumerate(places.middles):
            left = places.left[column]
            if left <= x <= left + places.widths[column]:
                for number in range(len(middles)):
                    _, top, _, high = places.box(column, number)
                    if top <= y <= top + high:
                        if column:
                            return Spot(Kind.UNIT, column - 1, number)
                        return Spot(Kind.SOURCE, source=number)
        for number, (units, sources) in enumerate(self._edges):
            if places.left[number] <= x <= places.left[number + 1]:
                ends = places.ends(number, units, sources)
                found = nearest_edge(*ends, (x, y), _REACH)
                if found is not None:
                    return Spot(Kind.WEIGHT, number, int(units[found]), int(sources[found]))
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse."""
        event.accept()
        self._point(self.spot_at(self.mapToScene(event.position().toPoint())))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is."""
        super().leaveEvent(event)
        self._point(None)

    def _point(self, spot: Spot | None) -> None:
        if spot != self._hovered:
            self._hovered = spot
            self._draw_marks()
            hand = Qt.CursorShape.PointingHandCursor
            settable = spot is not None and spot.kind is not Kind.SOURCE
            self.viewport().setCursor(hand if settable else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A weight or a bias is chosen to be set; of a unit, its bias."""
        event.accept()
        spot = self.spot_at(self.mapToScene(event.position().toPoint()))
        left = event.button() is Qt.MouseButton.LeftButton
        if left and spot is not None and spot.kind is not Kind.SOURCE:
            self.chosen.emit(spot)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It scrolls where there is more than fits."""
        if self.verticalScrollBar().maximum() or self.horizontalScrollBar().maximum():
            QGraphicsView.wheelEvent(self, event)
        else:
            event.ignore()


def _edge_pen(colour: str, width: float, sign: int) -> QPen:
    if sign == 0:
        return pen(colour, 1.0, dashes=(1.0, 3.0))
    dashes = tuple(each / width for each in _DASHES) if sign < 0 else ()
    return pen(colour, width, dashes=dashes, alpha=0.85)
