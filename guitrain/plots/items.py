"""What plots are drawn with: items that paint in C++, in the pixels of the plot's area.

Training waits for the lock on Python while Python paints, so nothing here paints in Python.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
)

from guitrain.plots.lean_pyqtgraph import pg

MOST_DASHED = 20_000  # pixels of a line beyond which its dashes could not be told apart
FAR = 1e5  # pixels beyond which nothing needs to be exact; painters fail far beyond that


def pen(
    colour: str,
    width: float = 1.0,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    alpha: float = 1.0,
    dashes: Sequence[float] = (),
) -> QPen:
    """A pen with round joins; ``dashes`` are in units of the width."""
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    made = QPen(shade, width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if dashes:
        made.setDashPattern(list(dashes))
    return made


def mixed(colour: str, other: str, share: float) -> str:
    """A colour between two, opaque: of overlapping transparent strokes the joints would show."""
    one, two = QColor(colour), QColor(other)
    parts = zip(
        (one.red(), one.green(), one.blue()), (two.red(), two.green(), two.blue()), strict=True
    )
    return QColor(*(round(share * a + (1 - share) * b) for a, b in parts)).name()


def polyline(
    x: NDArray[np.float64], y: NDArray[np.float64], *, separate: bool = True
) -> QPainterPath:
    """A path through pixels (n,); a gap where either is NaN.

    As separate segments, which Qt strokes 100 times faster than one long wide line: all its
    crossings with itself would have to be found. One line is for vector files.
    """
    if len(x) < 2:
        return QPainterPath()
    keep = np.isfinite(x) & np.isfinite(y)
    x = np.clip(np.where(keep, x, 0.0), -FAR, FAR)
    y = np.clip(np.where(keep, y, 0.0), -FAR, FAR)
    joined = keep[:-1] & keep[1:]
    if not separate:
        return pg.functions.arrayToQPath(x, y, connect=np.append(joined, False))
    whole = np.repeat(joined, 2)
    return pg.functions.arrayToQPath(
        np.repeat(x, 2)[1:-1][whole], np.repeat(y, 2)[1:-1][whole], connect="pairs"
    )


def dashed(
    x: NDArray[np.float64], y: NDArray[np.float64], dashes: Sequence[float], height: float
) -> QPainterPath:
    """A path through pixels (n,) cut into dashes (pixels on, off, on, …), as separate segments.

    Qt would begin its dashes anew at each of ``polyline``'s segments. Only dashes between
    ``−height`` and ``2·height`` are there; a line too long for dashes to be seen is whole.
    """
    if len(x) < 2:
        return QPainterPath()
    keep = np.isfinite(x) & np.isfinite(y)
    x = np.clip(np.where(keep, x, 0.0), -FAR, FAR)
    y = np.clip(np.where(keep, y, 0.0), -FAR, FAR)
    dx, dy = np.diff(x), np.diff(y)
    joined = keep[:-1] & keep[1:]
    lengths = np.where(joined, np.hypot(dx, dy), 0.0)
    ends = np.cumsum(lengths)
    if not 0 < ends[-1] <= MOST_DASHED:
        return polyline(np.where(keep, x, np.nan), y)
    period = float(sum(dashes))
    turns = np.cumsum(dashes)
    edges = (np.arange(int(ends[-1] / period) + 1)[:, None] * period + turns).ravel()
    cuts = np.unique(np.concatenate([[0.0], ends, edges[edges < ends[-1]]]))
    middle = (cuts[:-1] + cuts[1:]) / 2
    on = np.searchsorted(turns, middle % period, side="right") % 2 == 0
    piece = np.minimum(np.searchsorted(ends, middle, side="right"), len(ends) - 1)
    starts, size = ends[piece] - lengths[piece], np.maximum(lengths[piece], 1e-12)
    from_, to = (cuts[:-1] - starts) / size, (cuts[1:] - starts) / size
    y0, y1 = y[piece] + from_ * dy[piece], y[piece] + to * dy[piece]
    on &= (np.maximum(y0, y1) >= -height) & (np.minimum(y0, y1) <= 2 * height)
    x0, x1 = x[piece] + from_ * dx[piece], x[piece] + to * dx[piece]
    return pg.functions.arrayToQPath(
        np.stack([x0[on], x1[on]], 1).ravel(),
        np.stack([y0[on], y1[on]], 1).ravel(),
        connect="pairs",
    )


def fine_curve(x: NDArray[np.float64], y: NDArray[np.float64], height: float) -> QPainterPath:
    """A path through finite pixels (n,) close together in x: between ``−height`` and ``2·height``.

    It is in one piece, so that its dashes run on, unless it is ``crowded``.
    """
    path = polyline(x, np.clip(y, -height, 2 * height), separate=False)
    return polyline(x, np.clip(y, -height, 2 * height)) if crowded(path) else path


def crowded(path: QPainterPath) -> bool:
    """Whether a line is so long that its dashes, or its ups and downs, could not be told apart."""
    return path.length() > MOST_DASHED


def line_across(start: float, end: float, width: float, height: float) -> QPainterPath:
    """The line from pixel y = ``start`` at the left edge of an area to ``end`` at the right:
    the part of it within the area and as much again above and below, with its true slope.
    """
    path = QPainterPath()
    rise = end - start
    if not (math.isfinite(start) and math.isfinite(rise)):
        return path
    first, last = 0.0, 1.0
    if rise:
        limits = sorted(((-height - start) / rise, (2 * height - start) / rise))
        first, last = max(first, limits[0]), min(last, limits[1])
    elif not -height <= start <= 2 * height:
        return path
    if first < last:
        path.moveTo(first * width, start + first * rise)
        path.lineTo(last * width, start + last * rise)
    return path


def segments(
    x: NDArray[np.float64], y0: NDArray[np.float64], y1: NDArray[np.float64]
) -> QPainterPath:
    """Vertical lines at pixels x (n,) from y0 to y1; none where one of them is NaN."""
    keep = np.isfinite(x) & np.isfinite(y0) & np.isfinite(y1)
    ends = np.stack([y0[keep], y1[keep]], axis=1).ravel()
    return pg.functions.arrayToQPath(
        np.repeat(x[keep], 2), np.clip(ends, -FAR, FAR), connect="pairs"
    )


def circle(radius: float) -> QPainterPath:
    """A circle around (0, 0)."""
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def square(radius: float) -> QPainterPath:
    """A square around (0, 0)."""
    path = QPainterPath()
    path.addRect(QRectF(-radius, -radius, 2 * radius, 2 * radius))
    return path


def diamond(radius: float) -> QPainterPath:
    """A square on its corner around (0, 0)."""
    path = QPainterPath(QPointF(0, -radius))
    for x, y in ((radius, 0.0), (0.0, radius), (-radius, 0.0)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def triangle(radius: float) -> QPainterPath:
    """A triangle around (0, 0), its tip up."""
    path = QPainterPath(QPointF(0, -radius))
    for x in (0.87 * radius, -0.87 * radius):
        path.lineTo(x, radius / 2)
    path.closeSubpath()
    return path


def markers(x: NDArray[np.float64], y: NDArray[np.float64], shape: QPainterPath) -> QPainterPath:
    """One path with a copy of ``shape`` at every pixel (x, y) that is not NaN."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for one_x, one_y in zip(x.tolist(), y.tolist(), strict=True):
        if abs(one_x) < FAR and abs(one_y) < FAR:  # false for NaN too
            path.addPath(shape.translated(one_x, one_y))
    return path


def add_path(parent: QGraphicsItem, z: float, *, cached: bool = False) -> QGraphicsPathItem:
    """An empty path item; a cached one is painted once and then copied as pixels."""
    item = QGraphicsPathItem(parent)
    item.setZValue(z)
    item.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    if cached:
        item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
    return item


def imitate(sample: QGraphicsPathItem, source: QGraphicsPathItem, path: QPainterPath) -> None:
    """Draw a path as ``source`` is drawn: a legend's sample."""
    sample.setPen(source.pen())
    sample.setBrush(source.brush())
    sample.setPath(path)


class Tag(QGraphicsRectItem):
    """A short text on a patch of the plot's background, placed by its top left corner."""

    def __init__(self, parent: QGraphicsItem, z: float) -> None:
        super().__init__(parent)
        self._text = QGraphicsSimpleTextItem(self)
        self._text.setPos(4, 1)
        self.setZValue(z)
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.hide()

    def style(self, font: QFont, colour: str, patch: str, alpha: float = 0.8) -> None:
        """The font, the text's colour and that of the patch behind it."""
        shade = QColor(patch)
        shade.setAlphaF(alpha)
        self.setBrush(shade)
        self._text.setFont(font)
        self._text.setBrush(QColor(colour))
        self._fit()

    def say(self, text: str) -> None:
        """Change the text; an empty one hides the tag."""
        if text != self._text.text():
            self._text.setText(text)
            self._fit()

    @property
    def text(self) -> str:
        """What the tag says."""
        return self._text.text()

    def _fit(self) -> None:
        box = self._text.boundingRect()
        self.setRect(0, 0, box.width() + 8, box.height() + 2)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return self.rect().width(), self.rect().height()

    @property
    def box(self) -> QRectF:
        """Where it lies in the plot's area."""
        return self.rect().translated(self.pos())


class Legend(QGraphicsRectItem):
    """Samples of lines and markers with their names, on a patch of background."""

    SAMPLE = 26.0

    def __init__(self, parent: QGraphicsItem, z: float, *, cached: bool) -> None:
        super().__init__(parent)
        self.setZValue(z)
        self._cached = cached
        self._made: list[QGraphicsItem] = []
        self._left_out = False
        self.texts: tuple[str, ...] = ()

    def leave_out(self) -> None:
        """From now on there is none, whatever it is filled with."""
        self._left_out = True
        self.fill([], QFont(), "#000000", "#000000", "#000000")

    @staticmethod
    def row_height(font: QFont) -> float:
        """Of a row with text of this font, in pixels."""
        return max(18.0, round(1.5 * QFontInfo(font).pixelSize()))

    def fill(
        self,
        rows: Sequence[tuple[str, Callable[[QGraphicsPathItem], None]]],
        font: QFont,
        text: str,
        patch: str,
        border: str,
    ) -> None:
        """New rows: a name, and what draws its sample into a path item around (13, 0)."""
        rows = [] if self._left_out else rows
        high = self.row_height(font)
        for item in self._made:
            self.scene().removeItem(item)
        self._made = []
        self.texts = tuple(name for name, _ in rows)
        widest = 0.0
        for index, (name, draw) in enumerate(rows):
            middle = 5 + high * (index + 0.5)
            label = QGraphicsSimpleTextItem(name, self)
            label.setFont(font)
            label.setBrush(QColor(text))
            box = label.boundingRect()
            label.setPos(self.SAMPLE + 14, middle - box.height() / 2)
            sample = add_path(self, 0, cached=self._cached)
            sample.setPos(8, middle)
            draw(sample)
            widest = max(widest, box.width())
            self._made += [label, sample]
        shade = QColor(patch)
        shade.setAlphaF(0.85)
        self.setBrush(shade)
        self.setPen(pen(border))
        self.setRect(0, 0, self.SAMPLE + widest + 24, 10 + high * len(rows))
        self.setVisible(bool(rows))
