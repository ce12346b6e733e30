"""A landscape as a relief: bands of colour between contours, thin lines, a few labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QGraphicsRectItem

from guitrain.core.landscape_view import Bounds, Contour, LandscapeView
from guitrain.numbers import format_number
from guitrain.plots.items import FAR, Tag, add_path, mixed, pen, polyline

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

_SHARES = (0.10, 0.62)  # of the colour of data, in the highest band and in the lowest
_DEEPER = 0.22  # of the way from the highest band to the lowest, for lines
_LABELS = 5  # at most
_APART = 56.0  # pixels between two labels, and between one and a mark
_EDGE = 14.0  # pixels from the edge that a label's middle keeps
_Z = -8.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Band:
    """What is up to a contour, and the contour, in pixels."""

    outline: QPainterPath
    colour: QColor
    line: QPainterPath
    pen: QPen


class Relief:
    """The items of a landscape, below all others in a plot's area.

    On the screen they are painted once, into one picture, which is only copied from then on, and
    stretched while the ranges move; in an export they are paths.

    Attributes:
        labels: what is said at the contours, as far as there is room.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self._landscape: LandscapeView | None = None
        self._backdrop = QGraphicsRectItem(plot.area)
        self._backdrop.setPen(QPen(Qt.PenStyle.NoPen))
        self._backdrop.setZValue(_Z)
        self._picture = QGraphicsPixmapItem(plot.area)
        self._picture.setZValue(_Z + 1)
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._paths: list[QGraphicsPathItem] = []
        self._tags: list[Tag] = []
        self._spots: list[tuple[float, float]] = []  # of the labels, in parameters

    @property
    def labels(self) -> list[str]:
        """See the class."""
        return [tag.text for tag in self._tags if tag.isVisible()]

    @property
    def boxes(self) -> list[QRectF]:
        """Where the labels lie, in the area's pixels."""
        return [tag.box for tag in self._tags if tag.isVisible()]

    def lay(self, landscape: LandscapeView | None, marks: Sequence[tuple[float, float]]) -> None:
        """Draw this landscape anew, its labels clear of ``marks`` (parameters)."""
        self._landscape = landscape
        contours = landscape.contours if landscape is not None else ()
        self._backdrop.setVisible(landscape is not None)
        self._picture.setVisible(landscape is not None and not self._plot.for_export)
        self._backdrop.setBrush(QColor(self._shade(0, len(contours))))
        if landscape is not None:
            if self._plot.for_export:
                self._lay_paths(landscape)
            else:
                self._paint(landscape)
        self._choose_spots(landscape, marks)
        self.place(moving=False)

    def place(self, *, moving: bool) -> None:
        """Move what was drawn to where the plot's ranges now are; without labels on the way."""
        area = self._plot.area_rect
        self._backdrop.setRect(area)
        if self._landscape is not None and not self._plot.for_export:
            self._picture.setTransform(self._stretch(self._landscape.bounds))
        for tag in self._tags:
            tag.setVisible(False)
        for tag, (first, second) in zip(self._tags, self._spots, strict=False):
            width, height = tag.size
            x, y = float(self._plot.across(first)), float(self._plot.down(second))
            tag.setPos(
                min(max(x - width / 2, 2.0), max(area.width() - width - 2, 2.0)),
                min(max(y - height / 2, 2.0), max(area.height() - height - 2, 2.0)),
            )
            tag.setVisible(not moving)

    def _stretch(self, bounds: Bounds) -> QTransform:
        """From pixels as they are where ``bounds`` fill the area to those of the plot's ranges."""
        plot = self._plot
        x, y = plot.x_scale, plot.y_scale
        return QTransform(
            bounds.width / (x.high - x.low),
            0.0,
            0.0,
            bounds.height / (y.high - y.low),
            float(plot.across(bounds.first_low)),
            float(plot.down(bounds.second_high)),
        )

    def _shade(self, band: float, bands: int) -> str:
        """The colour of a band, counted from the highest."""
        low, high = _SHARES
        share = low + (high - low) * band / max(bands, 1)
        return mixed(self._plot.theme.data, self._plot.theme.panel, share)

    def _line_pen(self, band: int, bands: int) -> QPen:
        # A little deeper than the band within: where lines crowd, it gets no lighter.
        return pen(self._shade(band + _DEEPER * bands, bands))

    # Paths in pixels.

    def _pixels(self, points: Floats, bounds: Bounds) -> tuple[Floats, Floats]:
        area = self._plot.area_rect
        x = (points[:, 0] - bounds.first_low) / bounds.width * area.width()
        y = (bounds.second_high - points[:, 1]) / bounds.height * area.height()
        return np.clip(x, -FAR, FAR), np.clip(y, -FAR, FAR)

    def _bands(self, landscape: LandscapeView) -> list[_Band]:
        """The bands from the highest on: each covers a part of those before it."""
        contours, bounds = landscape.contours, landscape.bounds
        count = len(contours)
        return [
            _Band(
                self._path(contour.areas, bounds),
                QColor(self._shade(band, count)),
                self._path(contour.lines, bounds),
                self._line_pen(band, count),
            )
            for band, contour in enumerate(reversed(contours), start=1)
        ]

    def _path(self, pieces: Sequence[Floats], bounds: Bounds) -> QPainterPath:
        path = QPainterPath()
        for piece in pieces:
            path.addPath(polyline(*self._pixels(piece, bounds), separate=False))
        return path

    def _paint(self, landscape: LandscapeView) -> None:
        area = self._plot.area_rect
        ratio = self._plot.devicePixelRatioF()
        picture = QPixmap(max(round(area.width() * ratio), 1), max(round(area.height() * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._backdrop.brush().color())
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for band in self._bands(landscape):
                painter.fillPath(band.outline, band.colour)
                painter.strokePath(band.line, band.pen)
        finally:
            painter.end()
        self._picture.setPixmap(picture)

    def _lay_paths(self, landscape: LandscapeView) -> None:
        bands = self._bands(landscape)
        while len(self._paths) < 2 * len(bands):
            self._paths.append(add_path(self._plot.area, _Z + 2 + len(self._paths) / 1000))
        for item in self._paths:
            item.setPath(QPainterPath())
        for fill, line, band in zip(self._paths[::2], self._paths[1::2], bands, strict=False):
            fill.setPen(QPen(Qt.PenStyle.NoPen))
            fill.setBrush(band.colour)
            fill.setPath(band.outline)
            line.setPen(band.pen)
            line.setPath(band.line)

    # Labels.

    def _choose_spots(
        self, landscape: LandscapeView | None, marks: Sequence[tuple[float, float]]
    ) -> None:
        """Every other contour gets a label, where it has the most room."""
        self._spots = []
        if landscape is None:
            return
        places = np.array(marks, np.float64).reshape(-1, 2)
        busy = [np.column_stack(self._pixels(places, landscape.bounds))]
        contours = landscape.contours
        every = max(2, -(-len(contours) // _LABELS))
        for contour in contours[::every]:
            found = self._spot(contour, landscape, np.concatenate(busy))
            if found is None:
                continue
            busy.append(found[1][None, :])
            if len(self._tags) <= len(self._spots):
                self._tags.append(Tag(self._plot.area, _Z + 4))
            tag = self._tags[len(self._spots)]
            theme = self._plot.theme
            tag.style(self._plot.text_font(-2), theme.text, theme.panel, alpha=0.62)
            tag.say(level_text(contour.level))
            self._spots.append(found[0])

    def _spot(
        self, contour: Contour, landscape: LandscapeView, busy: Floats
    ) -> tuple[tuple[float, float], Floats] | None:
        """A place on a contour, in parameters and in pixels, that is far from what is busy."""
        if not contour.lines:
            return None
        points = np.concatenate(contour.lines)
        x, y = self._pixels(points, landscape.bounds)
        area = self._plot.area_rect
        wide = 30.0  # half a label
        inside = (x > wide) & (x < area.width() - wide)
        inside &= (y > _EDGE) & (y < area.height() - _EDGE)
        if not inside.any():
            return None
        places = np.column_stack([x, y])[inside]
        gaps = np.hypot(*(places[:, None, :] - busy[None, :, :]).transpose(2, 0, 1))
        gaps = gaps.min(axis=1, initial=np.inf)
        best = int(gaps.argmax())
        if gaps[best] < _APART:
            return None
        first, second = points[inside][best].tolist()
        return (first, second), places[best]


def level_text(level: float) -> str:
    """What is said at a contour; its level is a short number."""
    whole = 1e4 <= level < 1e6 and level == int(level)
    return f"L = {format_number(int(level) if whole else level, 9)}"
