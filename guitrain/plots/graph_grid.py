"""In which cell each node of a computation graph is drawn. No Qt here.

Operations stand in layers from left to right, each after all that goes into it, the way from x to
the loss in a straight line. Parameters and targets stand below the operation that they go into.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from guitrain.core.graph_view import GraphView

MOST_NODES = 20  # beyond these, operations in the middle are drawn as one


class Slot(Enum):
    """Where in its cell something stands."""

    LINE = "line"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True)
class Item:
    """A node, or several drawn as one: ``nodes`` are their indices, the last one's result goes on.

    Attributes:
        leaf: whether it is no operation's result.
    """

    nodes: tuple[int, ...]
    leaf: bool


@dataclass
class Cell:
    """Where an item stands in the grid; ``depth`` counts those of one slot from the line on."""

    column: int
    row: int = 0
    slot: Slot = Slot.LINE
    depth: int = 0


@dataclass(frozen=True)
class Grid:
    """What stands in which cell, before it is known how large that is.

    Attributes:
        items: those that go into another before it; the last one gives the loss.
        edges: between items, by their indices. homes: which operation a leaf stands beside.
    """

    items: tuple[Item, ...]
    edges: tuple[tuple[int, int], ...]
    cells: tuple[Cell, ...]
    homes: Mapping[int, int]


def grid_of(view: GraphView) -> Grid:
    """The cells of a graph's nodes."""
    items = _items(view)
    where = {node: index for index, item in enumerate(items) for node in item.nodes}
    found = dict.fromkeys((where[edge.start], where[edge.end]) for edge in view.edges)
    edges = tuple((start, end) for start, end in found if start != end)
    return _Arranging(view, items, edges).grid()


def _items(view: GraphView) -> tuple[Item, ...]:
    """All nodes; of a large graph, the operations in its middle are one, with what goes only
    into them.
    """
    everything = range(len(view.nodes))
    single = tuple(Item((index,), view.nodes[index].is_leaf) for index in everything)
    if len(single) <= MOST_NODES:
        return single
    operations = [index for index in everything if not view.nodes[index].is_leaf]
    ends: dict[int, set[int]] = {}
    for edge in view.edges:
        ends.setdefault(edge.start, set()).add(edge.end)
    low = high = len(operations) // 2
    folded: set[int] = set()
    # Operations that follow each other in the order of the computation: nothing between two of
    # them lies outside, so as one they make no circle. The loss itself stays.
    while len(single) - len(folded) + 1 > MOST_NODES and (low > 1 or high < len(operations) - 1):
        low, high = max(low - 1, 1), min(high + 1, len(operations) - 1)
        folded = set(operations[low:high])
        folded |= {n for n in everything if view.nodes[n].is_leaf and ends.get(n, set()) <= folded}
    if len(folded) < 2:
        return single
    last = max(index for index in folded if not view.nodes[index].is_leaf)
    group = Item((*sorted(folded - {last}), last), leaf=False)
    before = [item for item in single[:last] if item.nodes[0] not in folded]
    after = [item for item in single[last + 1 :] if item.nodes[0] not in folded]
    return (*before, group, *after)


@dataclass
class _Arranging:
    """Finds a cell for each item."""

    view: GraphView
    items: tuple[Item, ...]
    edges: tuple[tuple[int, int], ...]
    layers: dict[int, int] = field(default_factory=dict)  # of operations
    rows: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.into: dict[int, list[int]] = {index: [] for index in range(len(self.items))}
        self.out: dict[int, list[int]] = {index: [] for index in range(len(self.items))}
        for start, end in self.edges:
            self.into[end].append(start)
            self.out[start].append(end)
        self.operations = [i for i, item in enumerate(self.items) if not item.leaf]

    def grid(self) -> Grid:
        self._layer()
        self._row()
        cells = {i: Cell(self.layers[i], self.rows[i]) for i in self.operations}
        homes = self._place_leaves(cells)
        first = min(cell.column for cell in cells.values())
        for cell in cells.values():
            cell.column -= first
        ordered = tuple(cells[index] for index in range(len(self.items)))
        return Grid(self.items, self.edges, ordered, homes)

    def _before(self, operation: int) -> list[int]:
        return [start for start in self.into[operation] if not self.items[start].leaf]

    def _batched(self, item: int) -> bool:
        return self.view.nodes[self.items[item].nodes[-1]].batched

    def _layer(self) -> None:
        """The longest way from the leaves; but what only parameters go into stands just before
        it is needed.
        """
        for index in self.operations:
            before = [self.layers[start] for start in self._before(index)]
            self.layers[index] = max(before, default=0) + 1
        last = self.operations[-1]
        for index in reversed(self.operations):
            if index != last and not self._batched(index) and self.out[index]:
                self.layers[index] = min(self.layers[end] for end in self.out[index]) - 1

    def _row(self) -> None:
        """The main line, from the loss back to x, is row 0."""
        of_samples: dict[int, bool] = {}  # batched, or made of what is: a mean, say
        for index in self.operations:
            before = self._before(index)
            of_samples[index] = self._batched(index) or any(of_samples[each] for each in before)
        main: int | None = self.operations[-1]
        while main is not None:
            self.rows[main] = 0
            before = self._before(main)
            main = max(before, key=lambda i: (of_samples[i], self.layers[i]), default=None)
            if main is not None and not of_samples[main]:
                main = None
        used: dict[int, int] = {}
        for index in self.operations:
            if index not in self.rows:
                layer = self.layers[index]
                used[layer] = self.rows[index] = used.get(layer, 0) + 1

    def _place_leaves(self, cells: dict[int, Cell]) -> dict[int, int]:
        taken = {(cell.column, cell.row) for cell in cells.values()}
        homes: dict[int, int] = {}
        guests: dict[int, list[int]] = {}
        for index, item in enumerate(self.items):
            if item.leaf:
                home = min(self.out[index], key=lambda end: self.layers[end])
                homes[index] = home
                guests.setdefault(home, []).append(index)
        for home, leaves in guests.items():
            at = cells[home]
            leaves.sort(key=lambda index: not self._batched(index))  # data first
            if not self._before(home) or (at.column - 1, at.row) not in taken:
                first = leaves.pop(0)
                cells[first] = Cell(at.column - 1, at.row)
                taken.add((at.column - 1, at.row))
            for count, leaf in enumerate(leaves):
                slot = Slot.ABOVE if count % 2 else Slot.BELOW
                cells[leaf] = Cell(at.column, at.row, slot, count // 2)
        return homes
