"""Horizontal marks across a plot, with labels that never lie over one another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from guitrain.plots.items import Tag, add_path, pen
from guitrain.plots.theme import Theme


@dataclass(frozen=True)
class Mark:
    """A value with its name; ``dashes`` tell it from the others besides the colour.

    ``colour`` names one of the theme's, so that it follows when the theme changes.
    """

    value: float
    text: str
    colour: str
    dashes: tuple[float, ...]


class Marks:
    """The lines and labels of some marks, children of a plot's area.

    Attributes:
        boxes: where the labels lie, in the area's pixels.
    """

    def __init__(self, area: QGraphicsItem, z: float) -> None:
        self._area = area
        self._z = z
        self._lines: list[QGraphicsPathItem] = []
        self._tags: list[Tag] = []
        self.boxes: list[QRectF] = []

    @property
    def texts(self) -> list[str]:
        """What the visible labels say, in the order of ``boxes``."""
        return [tag.text for tag in self._tags if tag.isVisible()]

    def draw(
        self,
        marks: Sequence[Mark],
        heights: Sequence[float],
        area: QRectF,
        font: QFont,
        theme: Theme,
    ) -> None:
        """Show these marks at these heights in pixels (y downwards)."""
        while len(self._lines) < len(marks):
            self._lines.append(add_path(self._area, self._z))
            self._tags.append(Tag(self._area, self._z + 1))
        for item in (*self._lines, *self._tags):
            item.setVisible(False)
        inside = [i for i, y in enumerate(heights) if 0 <= y <= area.height()]
        for i in inside:
            path = QPainterPath()
            path.moveTo(0, heights[i])
            path.lineTo(area.width(), heights[i])
            self._lines[i].setPath(path)
            colour = getattr(theme, marks[i].colour)
            self._lines[i].setPen(pen(colour, 1.2, dashes=marks[i].dashes))
            self._lines[i].setVisible(True)
            self._tags[i].say(marks[i].text)
            self._tags[i].style(font, colour, theme.panel)
        placed = place_labels(
            [heights[i] for i in inside], [self._tags[i].size for i in inside], area
        )
        self.boxes = []
        for i, spot in zip(inside, placed, strict=True):
            if spot is not None:
                self._tags[i].setPos(spot.topLeft())
                self._tags[i].setVisible(True)
                self.boxes.append(spot)


def place_labels(
    heights: Sequence[float], sizes: Sequence[tuple[float, float]], area: QRectF
) -> list[QRectF | None]:
    """Where labels of these sizes go beside lines at these heights (pixels, y downwards).

    The lowest line has its label below, the others above, all at the right; where that is taken
    or outside the area: the other side of the line, then farther away, then at the left. None
    for a label with no free place at all.
    """
    order = sorted(range(len(heights)), key=lambda i: -heights[i])
    placed: dict[int, QRectF] = {}
    for rank, i in enumerate(order):
        width, height = sizes[i]
        below = rank == 0 and len(heights) > 1
        steps = [-1, 0, -2, 1, -3, 2]  # label heights below the line
        if below:
            steps = [0, -1, 1, -2, 2, -3]
        for left in (area.width() - width - 6, 6.0):
            for step in steps:
                spot = QRectF(left, heights[i] + step * (height + 1), width, height)
                free = not any(spot.intersects(other) for other in placed.values())
                if free and area.contains(spot):
                    placed.setdefault(i, spot)
    return [placed.get(i) for i in range(len(heights))]


def free_spot(
    at: tuple[float, float],
    size: tuple[float, float],
    area: QRectF,
    taken: Sequence[QRectF],
) -> tuple[float, float]:
    """The top left corner of a label of that size for the point ``at``: over it, or under it
    where there is no room above, within the area and clear of what is taken.
    """
    (x, y), (width, height) = at, size
    left = min(max(x - width / 2, 2.0), area.width() - width - 2)
    above, below = y - height - 8, y + 8
    boxes = [box for box in taken if box.right() > left and box.left() < left + width]
    for box in sorted(boxes, key=lambda each: -each.bottom()):
        if above < box.bottom() and above + height > box.top():
            above = box.top() - height - 1
    for box in sorted(boxes, key=lambda each: each.top()):
        if below < box.bottom() and below + height > box.top():
            below = box.bottom() + 1
    if above >= 2:
        return left, above
    return left, min(max(below, 2.0), max(area.height() - height - 2, 2.0))
