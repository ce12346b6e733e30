"""What tells the classes apart in plots: a colour and a shape each."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from guitrain.plots.items import circle, diamond, square
from guitrain.plots.theme import Theme


def _polygon(points: Sequence[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for x, y in points[1:]:
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _regular(corners: int, radius: float, turn: float = -90.0) -> list[tuple[float, float]]:
    """Corners around (0, 0), the first one ``turn`` degrees from the right, clockwise."""
    angles = [math.radians(turn + 360 * index / corners) for index in range(corners)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _star(radius: float) -> QPainterPath:
    outer, inner = _regular(5, 1.3 * radius), _regular(5, 0.55 * radius, -54.0)
    return _polygon([point for pair in zip(outer, inner, strict=True) for point in pair])


def _cross(radius: float, turn: float) -> QPainterPath:
    a, b = 1.15 * radius, 0.42 * radius
    corners = [(-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b), (b, a), (-b, a)]
    corners += [(-b, b), (-a, b), (-a, -b), (-b, -b)]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return _polygon([(x * cos - y * sin, x * sin + y * cos) for x, y in corners])


# As large to the eye at one radius.
_SHAPES: tuple[Callable[[float], QPainterPath], ...] = (
    circle,
    lambda radius: square(0.9 * radius),
    lambda radius: _polygon(_regular(3, 1.3 * radius)),
    lambda radius: diamond(1.25 * radius),
    lambda radius: _cross(radius, 0.0),
    lambda radius: _polygon(_regular(3, 1.3 * radius, 90.0)),
    _star,
    lambda radius: _polygon(_regular(6, 1.1 * radius)),
    lambda radius: _cross(radius, 45.0),
)
SHAPES = len(_SHAPES)
COLOURS = 8  # of ``Theme.classes``: from the ninth class on they come again, with other shapes


def class_shape(number: int, radius: float) -> QPainterPath:
    """The marker of a class around (0, 0)."""
    return _SHAPES[number % SHAPES](radius)


def class_colour(theme: Theme, number: int) -> str:
    """The colour of a class."""
    return theme.classes[number % len(theme.classes)]
