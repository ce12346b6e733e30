"""The band behind the learning-rate slider: a view with items that paint in C++."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from guitrain.core.stability import Bands, Regime
from guitrain.numbers import format_number
from guitrain.plots.items import mixed, pen
from guitrain.plots.theme import LIGHT, Theme
from guitrain.stability_words import rounded_down

TOP, BAND, ROW, GAP = 21, 22, 14, 6  # heights of the parts in pixels; between words
THICKNESS = 12.0
SMALL = 11  # pixels of the names' font


@dataclass(frozen=True)
class Zone:
    """A stretch of the band, in pixels, and what descent does there."""

    regime: Regime
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2


class RateScale(QGraphicsView):
    """Bands apart by pattern, colour and name, and a mark at the best rate.

    Attributes:
        zones: what is drawn. names: the words below each band.
    """

    def __init__(self, parent: QWidget) -> None:
        self._scene = QGraphicsScene()
        super().__init__(self._scene, parent)
        self.setObjectName("rate_scale")
        self.setAccessibleName(self.tr("What descent does at which learning rate"))
        self.setToolTip(
            self.tr(
                "With all the points in each step:\n"
                "creeps – the run's epochs do not bring the loss down\n"
                "converges – the loss falls without overshooting its valley\n"
                "overshoots – each step lands beyond the valley's floor, nearer each time\n"
                "diverges – further each time: η is over the limit"
            )
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setInteractive(False)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setStyleSheet("background: transparent;")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.zones: tuple[Zone, ...] = ()
        self.names: dict[Regime, list[QGraphicsSimpleTextItem]] = {}
        self._theme = LIGHT
        self._lit: Regime | None = None

    def set_theme(self, theme: Theme) -> None:
        """The colours of the next drawing."""
        self._theme = theme

    def draw_groove(self) -> None:
        """A plain groove: nothing is known."""
        self._clear()
        groove = QGraphicsRectItem(QRectF(0, (BAND - 4) / 2, self.width(), 4))
        groove.setPen(QPen(Qt.PenStyle.NoPen))
        groove.setBrush(QColor(self._theme.border))
        self._scene.addItem(groove)

    def draw(
        self, bands: Bands, epochs: int, start: float, place: Callable[[float], float]
    ) -> None:
        """Draw the bands of a run of so many epochs. ``place`` tells a rate's x, or that of the
        nearer end; ``start`` is that of the lowest.
        """
        self._clear()
        width, places = float(self.width()), [0.0]
        for edge in (bands.creeps(epochs), bands.overshoots, bands.limit):
            x = place(edge)
            places.append(x if x > start else 0.0)
        self.zones = tuple(
            Zone(regime, left, right)
            for regime, left, right in zip(Regime, places, [*places[1:], width], strict=True)
            if right > left
        )
        top = TOP + (BAND - THICKNESS) / 2
        for zone in self.zones:
            self._add_zone(zone, QRectF(zone.left, top, zone.right - zone.left, THICKNESS))
        frame = QGraphicsRectItem(QRectF(0.5, top - 0.5, width - 1, THICKNESS + 1))
        frame.setPen(pen(self._theme.muted))
        self._scene.addItem(frame)
        self._add_words(bands, top + THICKNESS)
        self._add_best(place(bands.best), top)

    def _clear(self) -> None:
        self._scene.clear()
        self._scene.setSceneRect(0, 0, self.width(), self.height())
        self.zones, self.names, self._lit = (), {}, None

    def light(self, regime: Regime) -> None:
        """Underline the name of the band that the rate is in."""
        if regime is self._lit:
            return
        self._lit = regime
        for each, labels in self.names.items():
            here = each is regime
            for label in labels:
                label.setBrush(QColor(self._theme.text if here else self._theme.muted))
                font = self._small()
                font.setUnderline(here)
                label.setFont(font)

    def _add_zone(self, zone: Zone, box: QRectF) -> None:
        """Each band has a pattern of its own: dots, plain, a zigzag, crosses."""
        t = self._theme
        fill, ink = {
            Regime.CREEPS: (mixed(t.data, t.panel, 0.15), t.data),
            Regime.CONVERGES: (t.data, t.data),
            Regime.OVERSHOOTS: (mixed(t.data, t.panel, 0.35), t.text),
            Regime.DIVERGES: (mixed(t.error, t.panel, 0.2), t.error),
        }[zone.regime]
        under = QGraphicsRectItem(box)
        under.setPen(QPen(Qt.PenStyle.NoPen))
        under.setBrush(QColor(fill))
        self._scene.addItem(under)
        if zone.regime is Regime.OVERSHOOTS:
            line = QGraphicsPathItem(_zigzag(box))
            line.setPen(pen(ink, 1.2))
            self._scene.addItem(line)
            return
        pattern = {
            Regime.CREEPS: Qt.BrushStyle.Dense6Pattern,
            Regime.DIVERGES: Qt.BrushStyle.DiagCrossPattern,
        }.get(zone.regime)
        if pattern is not None:
            over = QGraphicsRectItem(box)
            over.setPen(QPen(Qt.PenStyle.NoPen))
            over.setBrush(QBrush(QColor(ink), pattern))
            self._scene.addItem(over)

    def _add_words(self, bands: Bands, bottom: float) -> None:
        """The bands' names below them: those of narrow ones in a second row, with a leader."""
        names = {
            Regime.CREEPS: self.tr("creeps"),
            Regime.CONVERGES: self.tr("converges"),
            Regime.OVERSHOOTS: self.tr("overshoots"),
            Regime.DIVERGES: self.tr("diverges"),
        }
        over = self.tr("over {0}").format(format_number(rounded_down(bands.limit), 3))
        if not bands.parabolic:
            names[Regime.DIVERGES] = self.tr("unsettled")
        metrics, width = QFontMetricsF(self._small()), float(self.width())
        rows: list[list[tuple[Zone, str]]] = [[], []]
        for zone in self.zones:
            name = names[zone.regime]
            fits = metrics.horizontalAdvance(name) <= zone.right - zone.left
            is_last = zone.regime is Regime.DIVERGES
            rows[0 if fits or is_last else 1].append((zone, name))
            if is_last:
                rows[1].append((zone, over))
        for index, row in enumerate(rows):
            sizes = [metrics.horizontalAdvance(text) for _, text in row]
            lefts = _apart([zone.middle for zone, _ in row], sizes, width)
            for (zone, text), left, size in zip(row, lefts, sizes, strict=True):
                label = QGraphicsSimpleTextItem(text)
                label.setFont(self._small())
                label.setPos(left, bottom + 4 + index * ROW)
                self._scene.addItem(label)
                self.names.setdefault(zone.regime, []).append(label)
                if index == 1 and text != over:
                    at = min(max(zone.middle, left + 3), left + size - 3)
                    self._add_leader(zone.middle, bottom + 2, at, bottom + ROW + 3)

    def _add_leader(self, x: float, top: float, end: float, bottom: float) -> None:
        """Down from a band, past the first row of words, then across to its name."""
        path = QPainterPath(QPointF(x, top))
        path.lineTo(x, bottom)
        path.lineTo(end, bottom)
        line = QGraphicsPathItem(path)
        line.setPen(pen(self._theme.muted))
        self._scene.addItem(line)

    def _add_best(self, x: float, top: float) -> None:
        path = QPainterPath(QPointF(x, top - 1))
        path.lineTo(x - 4, top - 7)
        path.lineTo(x + 4, top - 7)
        path.closeSubpath()
        mark = QGraphicsPathItem(path)
        mark.setPen(QPen(Qt.PenStyle.NoPen))
        mark.setBrush(QColor(self._theme.text))
        self._scene.addItem(mark)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        return font


def _zigzag(box: QRectF, width: float = 5.0) -> QPainterPath:
    """A line from edge to edge across a box, at least once there and back."""
    turns = max(2, round(box.width() / width))
    path = QPainterPath(box.bottomLeft() + QPointF(0, -2))
    for turn in range(1, turns + 1):
        y = box.top() + 2 if turn % 2 else box.bottom() - 2
        path.lineTo(box.left() + box.width() * turn / turns, y)
    return path


def _apart(middles: list[float], sizes: list[float], width: float) -> list[float]:
    """The left ends of words around their middles, pushed apart, and back from the right edge."""
    lefts: list[float] = []
    for middle, size in zip(middles, sizes, strict=True):
        least = lefts[-1] + sizes[len(lefts) - 1] + GAP if lefts else 0.0
        lefts.append(max(middle - size / 2, least))
    most = width
    for index in range(len(lefts) - 1, -1, -1):
        lefts[index] = min(lefts[index], most - sizes[index])
        most = lefts[index] - GAP
    return lefts
