"""What vector diagrams share: a scene of a fixed size, scaled to fit, and no surprise from the
mouse.

Its items paint in C++, so that training need not wait for them (see ``guitrain.plots.items``).
"""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from guitrain.plots.items import add_path, pen
from guitrain.plots.still import Still
from guitrain.plots.theme import LIGHT, Theme

if TYPE_CHECKING:
    from guitrain.snapshot import Snapshot

_ARROW_TEXT = 11  # logical pixels


class Diagram(Still, QGraphicsView):
    """A drawing of ``width`` × ``height`` logical pixels, as large as fits into the widget.

    Subclasses add C++ items as children of ``root`` and fill in ``_restyle``.

    Attributes:
        theme: the colours in use. root: the item that all others belong to.
    """

    def __init__(
        self,
        width: float = 400.0,
        height: float = 240.0,
        parent: QWidget | None = None,
        *,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._snapshot: Snapshot | None = None
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)  # few items, all seen
        scene.setSceneRect(0, 0, width, height)
        self.setScene(scene)
        self.root = QGraphicsPathItem()
        scene.addItem(self.root)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.theme = theme
        self.setBackgroundBrush(QColor(theme.background))
        self._restyle()

    def _restyle(self) -> None:
        """Give every item the theme's colours and fonts."""
        raise NotImplementedError

    def refresh(self, snapshot: "Snapshot") -> None:
        """Show this moment, and remember it as ``_snapshot``."""
        raise NotImplementedError

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving."""
        self.refresh(snapshot)

    def copy_for_export(self) -> Self:
        """A picture of its own that shows the same, in the light theme and all in vectors."""
        copy = type(self)(theme=LIGHT)
        copy.resize(self.size())
        if self._snapshot is not None:
            copy.refresh(self._snapshot)
        return copy

    def text_font(self, pixels: int, *, bold: bool = False) -> QFont:
        """The window's font at a size in logical pixels; its widths grow with the scale."""
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    @property
    def scale_in_use(self) -> float:
        """Pixels on the screen to one logical pixel."""
        return self.transform().m11()

    def _fit(self) -> None:
        rect, view = self.sceneRect(), self.viewport()
        scale = min(view.width() / rect.width(), view.height() / rect.height())
        self.setTransform(QTransform.fromScale(scale, scale))

    # Qt's events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole diagram in sight."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing: the arrow keys are the window's."""
        event.ignore()


class Label:
    """A line of text that never grows wider than its place.

    ``at`` is the middle of its height and, after ``align``, its left end (0), middle (0.5) or
    right end (1); ``width`` is the most that it may take. An upright one reads upwards.
    """

    def __init__(
        self,
        parent: QGraphicsItem,
        z: float,
        at: QPointF,
        width: float,
        align: float = 0.5,
        *,
        upright: bool = False,
    ) -> None:
        self.item = QGraphicsSimpleTextItem(parent)
        self.item.setZValue(z)
        self.item.setRotation(-90 if upright else 0)
        self.width = width
        self._at, self._align, self._upright = at, align, upright
        self._wanted: tuple[str, ...] = ()
        self._colour = ""
        self._font = QFont()
        self._metrics = QFontMetricsF(self._font)

    @property
    def text(self) -> str:
        """What is seen of it."""
        return self.item.text()

    @property
    def box(self) -> QRectF:
        """Where its text lies, in the diagram."""
        return self.item.mapRectToScene(self.item.boundingRect())

    def style(self, font: QFont, colour: str) -> None:
        """Its font and colour."""
        if font != self._font:
            self._font, self._metrics = font, QFontMetricsF(font)
            self.item.setFont(font)
            wanted, self._wanted = self._wanted, ()
            self.say(*wanted)
        if colour != self._colour:
            self._colour = colour
            self.item.setBrush(QColor(colour))

    def say(self, *texts: str) -> None:
        """Show the first of these texts that fits, else as much of the last one as does."""
        if texts == self._wanted:
            return
        self._wanted = texts
        shown = next((text for text in texts if self._wide(text) <= self.width), None)
        if shown is None and texts:
            shown = self._metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, self.width)
        if (shown or "") != self.item.text() or not shown:
            self.item.setText(shown or "")
        box = self.item.boundingRect()
        back = QPointF(-self._align * box.width(), -box.height() / 2)
        if self._upright:
            back = QPointF(back.y(), -back.x())
        self.item.setPos(self._at + back)

    def _wide(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)


class Kind(Enum):
    """What an arrow carries: values, gradients, or only the turn."""

    VALUES = "values"
    GRADIENTS = "gradients"
    TURN = "turn"


@dataclass(frozen=True)
class Way:
    """An arrow: what it carries, its corners, and its label's place, width and alignment."""

    kind: Kind
    corners: tuple[tuple[float, float], ...]
    label: tuple[float, float]
    width: float
    align: float = 0.0


class Arrow:
    """An arrow and its label; ``bold`` while it is the present move."""

    def __init__(self, parent: QGraphicsItem, way: Way) -> None:
        self.way = way
        self.bold = False
        self.shaft = add_path(parent, 1)
        self.head = add_path(parent, 1)
        self.label = Label(parent, 1, QPointF(*way.label), way.width, way.align)
        self._draw()

    def _draw(self) -> None:
        corners = [QPointF(x, y) for x, y in self.way.corners]
        last, tip = corners[-2], corners[-1] - self._towards(corners[-2], corners[-1]) * 1.5
        along = self._towards(last, tip)
        across = QPointF(-along.y(), along.x())
        long, half = (10.0, 5.5) if self.bold else (8.0, 4.0)
        back = tip - along * long
        shaft = QPainterPath(corners[0])
        for corner in (*corners[1:-1], back + along):
            shaft.lineTo(corner)
        self.shaft.setPath(shaft)
        head = QPainterPath(tip)
        head.lineTo(back + across * half)
        head.lineTo(back - across * half)
        head.closeSubpath()
        self.head.setPath(head)

    @staticmethod
    def _towards(start: QPointF, end: QPointF) -> QPointF:
        way = end - start
        length = way.manhattanLength() or 1.0  # all lie along an axis
        return QPointF(way.x() / length, way.y() / length)

    def colour(self, theme: Theme) -> str:
        """Blue for values, vermilion for gradients, grey for a mere turn."""
        return {
            Kind.VALUES: theme.data,
            Kind.GRADIENTS: theme.gradient,
            Kind.TURN: theme.muted,
        }[self.way.kind]

    def restyle(self, theme: Theme, diagram: Diagram) -> None:
        """Its colours and fonts."""
        colour = self.colour(theme)
        self.label.style(diagram.text_font(_ARROW_TEXT), colour)
        dashes = (2.0, 1.2) if self.way.kind is Kind.GRADIENTS else ()
        self.shaft.setPen(pen(colour, 3.2 if self.bold else 1.5, dashes=dashes))
        self.head.setPen(QPen(Qt.PenStyle.NoPen))
        self.head.setBrush(QColor(colour))

    def embolden(self, bold: bool, theme: Theme, diagram: Diagram) -> None:
        """Show whether it is the present move."""
        if bold != self.bold:
            self.bold = bold
            self._draw()
            self.restyle(theme, diagram)
