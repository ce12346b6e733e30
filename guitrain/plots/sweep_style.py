"""What the values of a sweep's second setting wear in its plots: a colour and a marker each.

Hues of Okabe and Ito without the gradients' vermilion, darker or lighter for contrast.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from guitrain.core.sweep import MOST_VALUES
from guitrain.plots.items import circle, diamond, square
from guitrain.plots.theme import OKABE_ITO, Theme

_LIGHT = (
    OKABE_ITO["blue"], "#B97700", "#00805E", "#B4568C", "#3C97CE", "#7A7000", "#5B6775", "#1B2430"
)  # fmt: skip
_DARK = (
    "#58B0E8", OKABE_ITO["orange"], "#2CC79B", "#E08FBE", "#9AD0F2", OKABE_ITO["yellow"],
    "#A3AFBC", "#F6F8FA",
)  # fmt: skip


def _polygon(corners: int, turn: float) -> Callable[[float], QPainterPath]:
    def made(radius: float) -> QPainterPath:
        angles = [turn + 2 * math.pi * at / corners for at in range(corners)]
        path = QPainterPath()
        path.addPolygon(
            QPolygonF([QPointF(radius * math.sin(a), -radius * math.cos(a)) for a in angles])
        )
        path.closeSubpath()
        return path

    return made


def cross(radius: float) -> QPainterPath:
    """An ✕ around (0, 0): what has diverged."""
    path = QPainterPath(QPointF(-radius, -radius))
    path.lineTo(radius, radius)
    path.moveTo(-radius, radius)
    path.lineTo(radius, -radius)
    return path


_SHAPES = (
    circle,
    square,
    _polygon(3, 0.0),
    diamond,
    _polygon(3, math.pi),
    _polygon(5, 0.0),
    _polygon(3, math.pi / 2),
    _polygon(3, -math.pi / 2),
)
assert len(_SHAPES) == len(_LIGHT) == len(_DARK) == MOST_VALUES


_SIGNS = "●■▲◆▼⬟▶◀"  # the same as characters
DIVERGED, LIMIT = "✕", "┆"


def series_sign(value: int) -> str:
    """Its marker as a character."""
    return _SIGNS[value]


def series_colour(value: int, theme: Theme) -> str:
    """The colour of the second setting's value (an index from 0)."""
    return (_LIGHT if theme.name == "light" else _DARK)[value]


def series_shape(value: int, radius: float) -> QPainterPath:
    """Its marker around (0, 0)."""
    return _SHAPES[value](radius)
