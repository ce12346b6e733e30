"""The words of the computation graph: what flows along its wires, each text in several lengths."""

import math

import numpy as np
from numpy.typing import NDArray

from guitrain.core.graph_view import GraphEdge, GraphNode, GraphView
from guitrain.core.phases import Phase
from guitrain.numbers import format_number
from guitrain.plots.flow_words import Variants, amount, gradient, rough
from guitrain.plots.graph_grid import Item
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot

_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MOST_NAMES = 8  # of what is drawn as one
_NOTHING: Variants = ("",)
Array = NDArray[np.float32]


class Words:
    """What a snapshot's graph says, of all its samples or of the one that is followed.

    Attributes:
        followed: the row in the batch of the point that is followed, or None.
        number: of that point, counted from 1. moves: where UPDATE moved a parameter to, by its
            node, as far as they are single numbers.
    """

    def __init__(self, snapshot: Snapshot, view: GraphView) -> None:
        self.snapshot, self.view = snapshot, view
        point = snapshot.point
        self.followed = view.position if point is not None else None
        self.number = point.row + 1 if point is not None else 0
        self.moves = self._moves()

    def _moves(self) -> dict[int, float]:
        step = self.snapshot.step_view
        leaves = [i for i, node in enumerate(self.view.nodes) if node.kind == "parameter"]
        if step is None or step.after is None or self.view.phase is not Phase.UPDATE:
            return {}
        before = dict(zip(step.names, zip(step.before, step.after, strict=True), strict=False))
        found = {}
        for index in leaves:
            node = self.view.nodes[index]
            old, new = before.get(node.name, (None, 0.0))
            # While running, the graph may be of an earlier step than the numbers.
            if node.value is not None and node.value.size == 1 and node.value.item() == old:
                found[index] = new
        return found

    # Beside the wires.

    def value(self, index: int) -> Variants:
        """What comes out of a node: a number, the followed sample's number, or a shape."""
        node = self.view.nodes[index]
        if node.value is None:
            return _NOTHING
        name = self._symbol(index)
        own = self._own(node, node.value)
        if own is not None:
            name += str(self.number).translate(_LOW) if name else ""
            return _named(name, own)
        return _named(name, node.value)

    def gradient(self, edge: GraphEdge) -> Variants:
        """What comes back along a wire; of data, that nothing does."""
        node = self.view.nodes[edge.start]
        if node.kind == "data":
            if self.view.phase not in (Phase.BACKWARD, Phase.UPDATE):
                return _NOTHING
            return translate("Graph", "no gradient"), translate("Graph", "no grad"), "–"
        if edge.gradient is None:
            return _NOTHING
        share = self._share(edge)
        if share is not None:
            return _named("", share)
        own = self._own(node, edge.gradient)
        return _named("", edge.gradient if own is None else own)

    def total(self, edge: GraphEdge) -> Variants:
        """Of what the followed sample's gradient of a parameter is a share: "of −0.0558"."""
        if self._share(edge) is None or edge.gradient is None:
            return _NOTHING
        text = translate("Graph", "of {0}")
        return tuple(text.format(number) for number in _named("", edge.gradient))

    def start_of_back(self) -> Variants:
        """What BACKWARD starts with."""
        node = self.view.nodes[self.view.loss]
        if node.gradient is None:
            return _NOTHING
        number = format_number(float(node.gradient.item()))
        return f"{gradient('L')} = {number}", number

    def move(self, index: int) -> Variants:
        """Where UPDATE moved a parameter to: "→ 1.8953"."""
        if index not in self.moves:
            return _NOTHING
        return tuple(f"→ {text}" for text in _number(self.moves[index]))

    def _symbol(self, index: int) -> str:
        if index == self.view.loss:
            return "L"
        if index == self.view.prediction:
            return self.snapshot.experiment.shape.output
        node = self.view.nodes[index]
        return node.name if node.kind == "data" and self.followed is not None else ""

    def _own(self, node: GraphNode, of_all: Array) -> Array | None:
        if self.followed is None or not node.batched:
            return None
        own: Array = of_all[self.followed]
        return own

    def _share(self, edge: GraphEdge) -> Array | None:
        """The followed sample's, where the wire is the only one of its parameter."""
        node = self.view.nodes[edge.start]
        only = sum(other.start == edge.start for other in self.view.edges) == 1
        return node.share if self.followed is not None and only else None

    # On the boxes.

    def title(self, item: Item) -> str:
        """A node's name; of several drawn as one, how many operations they are."""
        if len(item.nodes) == 1:
            return self.view.nodes[item.nodes[0]].name
        count = sum(not self.view.nodes[node].is_leaf for node in item.nodes)
        return translate("Graph", "… {0} operations").format(format_number(count))

    def tip(self, item: Item) -> str:
        """All that is known of a node."""
        index = item.nodes[-1]
        node = self.view.nodes[index]
        lines = [self._kind(item)]
        if node.value is None:
            lines.append(translate("Graph", "not computed yet"))
        else:
            lines.append(_summed_up(translate("Graph", "value"), node.value, mean=True))
            lines += self._of_point(node, node.value, translate("Graph", "point {0}: {1}"))
        if node.kind == "data":
            lines.append(translate("Graph", "no gradient: training does not change data"))
        elif node.gradient is not None:
            known = node.kind == "parameter" or index == self.view.loss
            name = "L" if index == self.view.loss else node.name
            of = gradient(name) if known else translate("Graph", "gradient")
            lines.append(_summed_up(of, node.gradient, mean=False))
            if node.kind != "parameter":
                lines += self._of_point(
                    node, node.gradient, translate("Graph", "of it, point {0}: {1}")
                )
        if node.share is not None and self.followed is not None and node.share.size == 1:
            number = amount(node.share.item())
            text = translate("Graph", "of it, point {0}: {1}")
            if index == self.view.loss:
                text = translate("Graph", "to L, point {0} adds {1}: its own loss by n")
            lines.append(text.format(format_number(self.number), number))
        if index in self.moves:
            text = translate("Graph", "after the update: {0}")
            lines.append(text.format(amount(self.moves[index])))
        return "\n".join(lines)

    def _kind(self, item: Item) -> str:
        node = self.view.nodes[item.nodes[-1]]
        if len(item.nodes) > 1:
            names = [n.name for n in map(self.view.nodes.__getitem__, item.nodes) if not n.is_leaf]
            listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
            return f"{self.title(item)}: {listed}"
        if node.kind == "parameter":
            return translate("Graph", "{0}: a parameter").format(node.name)
        if node.kind == "data":
            view = self.snapshot.view
            scaled = view is not None and view.experiment.standardize and node.name == "x"
            if scaled:
                return translate("Graph", "{0}: data, standardized").format(node.name)
            return translate("Graph", "{0}: data").format(node.name)
        return translate("Graph", "{0}: an operation, {1} to autograd").format(
            node.name, node.source
        )

    def _of_point(self, node: GraphNode, of_all: Array, text: str) -> list[str]:
        own = self._own(node, of_all)
        if own is None or own.size > _MOST_NAMES:
            return []
        numbers = ", ".join(amount(float(value)) for value in own.ravel())
        return [text.format(format_number(self.number), numbers)]

    # Below the picture, and instead of it.

    def caption(self) -> str:
        """What the picture is."""
        rows = [node.value for node in self.view.nodes if node.kind == "data"]
        count = format_number(len(rows[0]) if rows and rows[0] is not None else 0)
        number = format_number(self.number)
        if self.snapshot.experiment.surface is not None:
            return translate("Graph", "As autograd built it for this step: no data go into it.")
        if self.snapshot.point is None:
            return translate("Graph", "As autograd built it for this step. In Fit, click a point.")
        if self.followed is None:
            return translate("Graph", "Point {0} is not in this batch of {1}.").format(
                number, count
            )
        return translate(
            "Graph", "Point {0} of {1}: gradients are its share, after the mean's 1/n."
        ).format(number, count)

    def spoken(self) -> str:
        """The picture in words: each node, what goes into it, and what comes out."""
        parts = []
        for index, node in enumerate(self.view.nodes):
            into = [self.view.nodes[e.start].name for e in self.view.edges if e.end == index]
            name = f"{node.name} ({', '.join(into)})" if into else node.name
            said = self.value(index)[0]
            if node.kind == "parameter" and node.gradient is not None and node.gradient.size == 1:
                said += f", {gradient(node.name)} = {amount(node.gradient.item())}"
            parts.append(f"{name}: {said}" if said else name)
        return "; ".join(parts)


def _named(name: str, numbers: Array) -> Variants:
    """A number with its name, or a shape."""
    if numbers.size == 1:
        texts = _number(float(numbers.item()))
        if not name:
            return texts
        named = [f"{name} = {text}" for text in texts]
        return (*(named[:-1] or named), texts[0], named[-1], *texts[1:])
    shape = f"[{', '.join(map(str, numbers.shape))}]"
    return (f"{name} {shape}", shape) if name else (shape,)


def _number(value: float) -> Variants:
    """Shorter ones lose digits at the end, never the first ones of a small number."""
    if not math.isfinite(value):
        return (amount(value),)
    return amount(value), format_number(value), format_number(value, 3), rough(value)


def _summed_up(name: str, numbers: Array, *, mean: bool) -> str:
    """A number; or a shape with the mean and range, or with the sum."""
    if numbers.size == 1:
        return f"{name} = {amount(float(numbers.item()))}"
    shape = ", ".join(map(str, numbers.shape))
    with np.errstate(all="ignore"):  # a diverged run's numbers
        wide = numbers.astype(np.float64)
        if not mean:
            text = translate("Graph", "{0} [{1}], sum {2}")
            return text.format(name, shape, amount(float(wide.sum())))
        text = translate("Graph", "{0} [{1}], mean {2}, from {3} to {4}")
        found = [amount(float(one)) for one in (wide.mean(), wide.min(), wide.max())]
    return text.format(name, shape, *found)
