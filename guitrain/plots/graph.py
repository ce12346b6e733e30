"""The computation graph of this step, live: values flow forward along it, gradients back."""

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from guitrain.core.graph_view import GraphEdge, GraphNode, GraphView
from guitrain.core.phases import Phase
from guitrain.plots.diagram import Diagram
from guitrain.plots.graph_grid import Grid, Item, Slot, grid_of
from guitrain.plots.graph_layout import Layout, lay_out
from guitrain.plots.graph_parts import TITLE, Level, NodeBox, WireItem
from guitrain.plots.graph_words import Words
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot, State

WIDTH, HEIGHT = 400.0, 150.0  # before there is anything to be drawn
_WIDEST = 136.0  # logical pixels of a box


class GraphDiagram(Diagram):
    """The nodes of ``snapshot.graph`` and the wires between them.

    It is laid out anew for each size, so that its text is as large as can be.

    Attributes:
        boxes, wires: by an item's index, and by those of a wire's two ends, in ``grid``.
        out: the loss's own wire. grid: which items there are, None before the first FORWARD.
    """

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(WIDTH, HEIGHT, parent, theme=theme)
        self.setObjectName("graph_diagram")
        self.setAccessibleName(translate("Graph", "The computation graph of this step"))
        self.setToolTip(translate("Graph", "Point at a box for its numbers"))
        self._shape: tuple[object, ...] = ()
        self.grid: Grid | None = None
        self.boxes: dict[int, NodeBox] = {}
        self.wires: dict[tuple[int, int], WireItem] = {}
        self.out: WireItem | None = None
        self.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; what stayed as it was is not touched."""
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and _same(before, snapshot):
            return
        view = snapshot.graph
        self.root.setVisible(view is not None)
        if view is None:
            self.setAccessibleDescription("")
            return
        shape = _shape(view)
        if shape != self._shape:
            self._shape, self.grid = shape, grid_of(view)
            self._lay_out()
        self._show(view)

    @property
    def words(self) -> Words | None:
        """What the graph on the screen says."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.graph is None:
            return None
        return Words(snapshot, snapshot.graph)

    def _show(self, view: GraphView) -> None:
        words, grid = self.words, self.grid
        assert words is not None
        assert grid is not None
        for index, item in enumerate(grid.items):
            self.boxes[index].show(_box_level(view, item), self.theme)
            self.boxes[index].move.say(*words.move(item.nodes[-1]))
        inside = {node: index for index, item in enumerate(grid.items) for node in item.nodes}
        shown: set[tuple[int, int]] = set()
        for edge in view.edges:
            ends = (inside[edge.start], inside[edge.end])
            if ends in self.wires and ends not in shown:
                shown.add(ends)
                self._show_wire(self.wires[ends], edge, view, words)
        assert self.out is not None
        loss = view.nodes[view.loss]
        measured = loss.value is not None
        self.out.say(words.value(view.loss), words.start_of_back(), ("",))
        self.out.show(
            _level(Phase.LOSS, view.phase, known=measured),
            _back_level(view.phase, known=loss.gradient is not None),
            self.theme,
            self,
            own=False,
        )
        if self._snapshot is not None and self._snapshot.state is not State.RUNNING:
            self.setAccessibleDescription(words.spoken())

    def _show_wire(self, wire: WireItem, edge: GraphEdge, view: GraphView, words: Words) -> None:
        start, end = view.nodes[edge.start], view.nodes[edge.end]
        made_at = Phase.LOSS if "loss" in (start.kind, end.kind) else Phase.FORWARD
        if not start.is_leaf and start.kind != "loss":
            made_at = Phase.FORWARD
        waits = made_at is Phase.LOSS and view.nodes[view.loss].value is None
        known = start.value is not None and not waits
        wire.say(
            words.value(edge.start) if known else ("",), words.gradient(edge), words.total(edge)
        )
        wire.show(
            _level(made_at, view.phase, known=known),
            _back_level(view.phase, known=edge.gradient is not None),
            self.theme,
            self,
            own=words.followed is not None and _of_sample(start),
        )

    # How it lies.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another shape: other places."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Make every item anew, for this size."""
        if self.grid is None or self._snapshot is None or self._snapshot.graph is None:
            return
        view, metrics = self._snapshot.graph, QFontMetricsF(self.text_font(TITLE, bold=True))
        words = Words(self._snapshot, view)
        titles = [words.title(item) for item in self.grid.items]
        widths = [
            min(max(metrics.horizontalAdvance(title) + 18, 30.0), _WIDEST) for title in titles
        ]
        size = self.viewport().size()
        wide, high = max(size.width(), 60), max(size.height(), 40)
        places = lay_out(self.grid, widths, wide, high)
        self._make(places, titles, view)
        self.scene().setSceneRect(0, 0, places.width, places.height)
        self._fit()

    def _make(self, places: Layout, titles: list[str], view: GraphView) -> None:
        for old in self.root.childItems():
            self.scene().removeItem(old)
        assert self.grid is not None
        self.boxes = {}
        for index, item in enumerate(self.grid.items):
            node = view.nodes[item.nodes[-1]]
            above = self.grid.cells[index].slot is Slot.ABOVE
            box = NodeBox(self.root, node.kind, places.boxes[index], above=above)
            box.title.style(self.text_font(TITLE, bold=True), self.theme.text)
            box.title.say(titles[index])
            self.boxes[index] = box
        self.wires = {
            (wire.start, wire.end): WireItem(
                self.root, wire, pale=self._node(wire.start, view).kind == "data"
            )
            for wire in places.wires
        }
        self.out = WireItem(self.root, places.out, pale=False)
        self._restyle()
        self._show(view)

    def _node(self, index: int, view: GraphView) -> GraphNode:
        assert self.grid is not None
        return view.nodes[self.grid.items[index].nodes[-1]]

    def _restyle(self) -> None:
        for box in self.boxes.values():
            box.restyle(self.theme, self)
        for wire in (*self.wires.values(), *((self.out,) if self.out is not None else ())):
            wire.restyle(self.theme, self)

    # The mouse.

    def item_at(self, at: QPointF) -> int | None:
        """The item at a place in the diagram."""
        if self._snapshot is None or self._snapshot.graph is None:
            return None
        for index, box in self.boxes.items():
            if box.place.contains(at):
                return index
        return None

    def tip_at(self, at: QPointF) -> str:
        """All that is known of the node there; "" where there is none."""
        index, words = self.item_at(at), self.words
        if index is None or words is None or self.grid is None:
            return ""
        return words.tip(self.grid.items[index])

    def viewportEvent(self, event: QEvent) -> bool:
        """A tip is written when it is asked for, not at each frame."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip_at(self.mapToScene(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)


def _shape(view: GraphView) -> tuple[object, ...]:
    """What the picture's places depend on."""
    return (
        tuple((node.kind, node.name, node.batched) for node in view.nodes),
        tuple((edge.start, edge.end) for edge in view.edges),
    )


def _of_sample(node: GraphNode) -> bool:
    return node.batched


def _level(made_at: Phase, phase: Phase, *, known: bool) -> Level:
    if not known:
        return Level.AWAITED
    return Level.NOW if phase is made_at else Level.KNOWN


def _back_level(phase: Phase, *, known: bool) -> Level:
    if not known:
        return Level.HIDDEN
    return Level.NOW if phase is Phase.BACKWARD else Level.KNOWN


def _box_level(view: GraphView, item: Item) -> Level:
    """Lit are the operations of FORWARD, those of LOSS, and at UPDATE the parameters."""
    node = view.nodes[item.nodes[-1]]
    if node.value is None:
        return Level.AWAITED
    lit_at = {
        "operation": Phase.FORWARD,
        "loss": Phase.LOSS,
        "parameter": Phase.UPDATE,
    }.get(node.kind)
    return Level.NOW if view.phase is lit_at else Level.KNOWN


def _same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots have the same to show here."""
    return (
        one.graph is other.graph
        and one.point is other.point
        and one.step_view is other.step_view
        and one.state is other.state
    )
