"""What the picture of a computation graph is made of: boxes, and wires with two strands."""

from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsItem

from guitrain.core.graph_view import NodeKind
from guitrain.plots import graph_layout as layout
from guitrain.plots.diagram import Arrow, Diagram, Kind, Label, Way
from guitrain.plots.flow_words import Variants
from guitrain.plots.items import add_path, mixed, pen
from guitrain.plots.theme import Theme

TITLE, SMALL = 12, 11  # logical pixels of the texts
_LEFT = 0.57  # of the room beside upright strands: "of −0.0558" is longer than most values
_BESIDE = 5.0  # from an upright strand to its label
_LINE = 13.0  # from a label to one below it
_HALO = 17.0  # logical pixels across the path of the sample that is followed


class Level(IntEnum):
    """How far something has come."""

    HIDDEN = 0
    AWAITED = 1  # grey, in dots: its phase is still to come
    KNOWN = 2
    NOW = 3  # what this phase has brought


class NodeBox:
    """A node: a pill for a parameter, a rectangle for data, a rounded box for an operation.

    Attributes:
        kind: of its node. level: how far it is. title, move: what stands in it and below it.
    """

    def __init__(
        self, parent: QGraphicsItem, kind: NodeKind, place: layout.Box, *, above: bool
    ) -> None:
        self.kind = kind
        self.place = QRectF(place.left, place.top, place.width, place.height)
        self.level = Level.AWAITED
        self.item = add_path(parent, 2)
        radius = {"parameter": place.height / 2, "data": 1.5}.get(kind, 6.0)
        path = QPainterPath()
        path.addRoundedRect(self.place, radius, radius)
        self.item.setPath(path)
        middle = self.place.center()
        self.title = Label(parent, 3, middle, place.width - 8)
        away = place.height / 2 + layout.MOVE / 2
        self.move = Label(parent, 3, middle + QPointF(0, -away if above else away), 86)

    def show(self, level: Level, theme: Theme) -> None:
        """How far it is: a dotted outline, a line, or a thick one with a fill."""
        if level != self.level:
            self.level = level
            self._paint(theme)

    def restyle(self, theme: Theme, diagram: Diagram) -> None:
        """Its colours and fonts."""
        self.title.style(diagram.text_font(TITLE, bold=True), theme.text)
        self.move.style(diagram.text_font(SMALL, bold=True), theme.data)
        self._paint(theme)

    def _paint(self, theme: Theme) -> None:
        ground = theme.window if self.kind == "data" else theme.panel
        if self.level is Level.NOW:
            self.item.setBrush(QColor(mixed(theme.data, theme.panel, 0.13)))
            self.item.setPen(pen(theme.data, 2.4))
            return
        self.item.setBrush(QColor(ground))
        if self.level is Level.AWAITED:
            self.item.setPen(pen(theme.axis, 1.0, dashes=(2.0, 3.0)))
        else:
            self.item.setPen(pen(theme.muted, 1.2))


class Strand(Arrow):
    """One direction of a wire, with its label.

    Attributes:
        level: how far it is. strong: whether its label is the followed sample's own.
    """

    def __init__(self, parent: QGraphicsItem, way: Way) -> None:
        self.level = Level.AWAITED if way.kind is Kind.VALUES else Level.HIDDEN
        self.strong = False
        self.pale = False  # a label that says that there is nothing
        super().__init__(parent, way)

    def colour(self, theme: Theme) -> str:
        """Grey while it is awaited."""
        return theme.axis if self.level < Level.KNOWN else super().colour(theme)

    def restyle(self, theme: Theme, diagram: Diagram) -> None:
        """Its colours and fonts."""
        super().restyle(theme, diagram)
        shown = self.level is not Level.HIDDEN
        self.shaft.setVisible(shown)
        self.head.setVisible(shown)
        if self.level is Level.AWAITED:
            self.shaft.setPen(pen(theme.axis, 1.0, dashes=(2.0, 3.0)))
        elif self.bold:
            dashes = (2.0, 1.2) if self.way.kind is Kind.GRADIENTS else ()
            self.shaft.setPen(pen(self.colour(theme), 2.6, dashes=dashes))
        colour = theme.muted if self.pale else super().colour(theme)
        self.label.style(diagram.text_font(SMALL, bold=self.strong), colour)

    def show(self, level: Level, theme: Theme, diagram: Diagram, *, strong: bool) -> None:
        """How far it is, and whose its label is."""
        if (level, strong) != (self.level, self.strong):
            self.level, self.strong = level, strong
            if self.bold != (level is Level.NOW):
                self.bold = level is Level.NOW
                self._draw()
            self.restyle(theme, diagram)


class WireItem:
    """A wire: the value's strand, the gradient's, and the path of a followed sample behind them.

    Attributes:
        forward, back: the strands. total: below the label of a gradient, of what it is a share.
    """

    def __init__(self, parent: QGraphicsItem, wire: layout.Wire, *, pale: bool) -> None:
        self.wire = wire
        x, y = wire.at
        if wire.upright:
            right, left = x + layout.APART + _BESIDE, x - layout.APART - _BESIDE
            over, under, aligns = (right, y), (left, y), (0.0, 1.0)
            beside = layout.APART + _BESIDE
            # At the left edge there is less.
            rooms = ((1 - _LEFT) * wire.room - beside, min(_LEFT * wire.room - beside, left - 2))
            below = QPointF(left, y + _LINE / 2)
        else:
            over, under, aligns = (x, y - _LINE), (x, y + _LINE), (0.5, 0.5)
            rooms = (wire.room, wire.room)
            below = QPointF(x, y + 2 * _LINE)
        self.forward = Strand(parent, Way(Kind.VALUES, wire.forward, over, rooms[0], aligns[0]))
        self.back = Strand(parent, Way(Kind.GRADIENTS, wire.back, under, rooms[1], aligns[1]))
        self.back.pale = pale
        self.total = Label(parent, 1, below, rooms[1], aligns[1])
        self._raised: Label | None = None
        if wire.upright:
            # Where there are two lines, they stand around the middle.
            raised = QPointF(left, y - _LINE / 2)
            self._raised = Label(parent, 1, raised, rooms[1], aligns[1])
        self.halo = add_path(parent, 0.5)
        self.halo.setPath(_along(wire))
        self.halo.hide()

    @property
    def gradient_text(self) -> str:
        """What its gradient's label says."""
        raised = self._raised.text if self._raised is not None else ""
        return raised or self.back.label.text

    def say(self, value: Variants, gradient: Variants, total: Variants) -> None:
        """Its labels."""
        self.forward.label.say(*value)
        two = self._raised is not None and total != ("",)
        self.back.label.say(*(("",) if two else gradient))
        if self._raised is not None:
            self._raised.say(*(gradient if two else ("",)))
        self.total.say(*total)

    def restyle(self, theme: Theme, diagram: Diagram) -> None:
        """Its colours and fonts."""
        self.forward.restyle(theme, diagram)
        self.back.restyle(theme, diagram)
        self.total.style(diagram.text_font(SMALL), theme.gradient)
        if self._raised is not None:
            self._raised.style(diagram.text_font(SMALL, bold=True), theme.gradient)
        halo = pen(mixed(theme.data, theme.panel, 0.16), _HALO)
        halo.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.halo.setPen(halo)

    def show(
        self, forward: Level, back: Level, theme: Theme, diagram: Diagram, *, own: bool
    ) -> None:
        """How far its strands are; ``own``: whether the labels are the followed sample's."""
        self.forward.show(forward, theme, diagram, strong=own)
        self.back.show(back, theme, diagram, strong=own and not self.back.pale)
        self.halo.setVisible(own and forward >= Level.KNOWN)


def _along(wire: layout.Wire) -> QPainterPath:
    """Between the two strands."""
    corners = [
        QPointF((x0 + x1) / 2, (y0 + y1) / 2)
        for (x0, y0), (x1, y1) in zip(wire.forward, reversed(wire.back), strict=True)
    ]
    path = QPainterPath(corners[0])
    for corner in corners[1:]:
        path.lineTo(corner)
    return path
