"""What the mouse does on a landscape: it tells the loss under it, and drags the start."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from guitrain.core.landscape_view import LandscapeView
from guitrain.core.settings import LARGEST_WEIGHT
from guitrain.numbers import format_number
from guitrain.plots.items import Tag
from guitrain.plots.places import Places, Point
from guitrain.plots.scales import Scale
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

GRAB = 14.0  # pixels around the start within which it is grabbed
_MOVED = 3.0  # pixels by which a press must move to be a drag


class LandscapeMouse:
    """Holds the start while it is dragged, and the label beside the mouse.

    Attributes:
        can_drag: whether there is a start to be dragged: none on a plane through many parameters.
        held: whether the start is held. dragged: where to, in parameters, once it has moved.
        label: beside the mouse.
    """

    def __init__(self, plot: "Plot", places: Places) -> None:
        self._plot, self._places = plot, places
        self.can_drag = True
        self._at: QPointF | None = None  # in the area's pixels; None elsewhere
        self._pressed = QPointF()
        self._offset: Point | None = None  # pixels from the mouse to the start that it holds
        self.dragged: Point | None = None
        self.label = Tag(plot.area, 40.0)

    @property
    def held(self) -> bool:
        """See the class."""
        return self._offset is not None

    def restyle(self) -> None:
        """The theme's colours."""
        theme = self._plot.theme
        self.label.style(self._plot.text_font(), theme.panel, theme.text, alpha=0.95)

    def press(self, at: QPointF) -> bool:
        """Take hold of the start where it is near; returns whether it is."""
        self._offset, self._pressed = self._to_start(at), at
        return self.held

    def move(self, at: QPointF | None) -> None:
        """The mouse is there (None: elsewhere), and what it holds with it."""
        inside = at is not None and self._plot.area_rect.contains(at)
        self._at = at if inside else None
        if self._offset is None or at is None:
            return
        way = at - self._pressed
        if self.dragged is not None or math.hypot(way.x(), way.y()) >= _MOVED:
            self.dragged = self._parameters(at + QPointF(*self._offset))
            self._places.put("dragged", self.dragged)
            self._places.place(("dragged",))

    def drop(self) -> Point | None:
        """Let go of the start; returns where it was dragged to, if it was."""
        dragged = self.dragged
        self._offset = self.dragged = None
        self._places.put("dragged", None)
        self._places.place(("dragged",))
        return dragged

    def _to_start(self, at: QPointF) -> Point | None:
        """Pixels from there to the start's middle, where it is near enough to be grabbed."""
        start = self._places.pixels("start") if self.can_drag else None
        if start is None or not self._plot.area_rect.contains(at):
            return None
        offset = (start[0] - at.x(), start[1] - at.y())
        return offset if math.hypot(*offset) <= GRAB else None

    @property
    def cursor(self) -> Qt.CursorShape:
        """What the mouse looks like here."""
        if self.held:
            return Qt.CursorShape.ClosedHandCursor
        if self._at is None:
            return Qt.CursorShape.ArrowCursor
        near = self._to_start(self._at) is not None
        return Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.CrossCursor

    def _parameters(self, at: QPointF) -> Point:
        """The parameters at a pixel: within the ranges, and no more exact than a pixel is."""
        plot, area = self._plot, self._plot.area_rect
        x, y = plot.x_scale, plot.y_scale
        return (
            _rounded(x, x.value(at.x() / area.width()), area.width()),
            _rounded(y, y.value(1 - at.y() / area.height()), area.height()),
        )

    def draw(self, landscape: LandscapeView | None, names: tuple[str, ...]) -> None:
        """The label, of this landscape (None: of no loss) and these parameters (): of none."""
        anchor = self._at
        if self.dragged is not None:
            anchor = QPointF(*(self._places.pixels("dragged") or (0.0, 0.0)))
        if anchor is None or not names:
            self.label.setVisible(False)
            return
        self.label.say(self._text(anchor, landscape, names))
        width, height = self.label.size
        left, top = anchor.x() + 14, anchor.y() + 12
        if left + width > self._plot.area.width():
            left = anchor.x() - 14 - width
        if top + height > self._plot.area.height():
            top = anchor.y() - 12 - height
        self.label.setPos(min(max(left, 0.0), self._plot.area.width() - width), max(top, 0.0))
        self.label.setVisible(True)

    def _text(self, at: QPointF, landscape: LandscapeView | None, names: tuple[str, ...]) -> str:
        start = self._places.at.get("start")
        if self._to_start(at) is None:
            start = None
        place = self.dragged or start or self._parameters(at)
        parts = [f"{name} {format_number(each)}" for name, each in zip(names, place, strict=True)]
        text = ", ".join(parts)
        if landscape is not None:
            loss = float(landscape.loss_at(*place))
            if not math.isnan(loss):
                told = translate("Landscape", "loss ≈ {0}")
                if landscape.function is not None:
                    told = translate("Landscape", "loss {0}")
                text += " · " + told.format(format_number(loss))
        if self.dragged is not None:
            return translate("Landscape", "new start {0}").format(text)
        if start is not None:
            return translate("Landscape", "start {0}\ndrag it to set the initial weights").format(
                text
            )
        return text


def _rounded(scale: Scale, value: float, pixels: float) -> float:
    """A value with the decimals that a pixel's worth has, within the scale and what is allowed."""
    unit = 10.0 ** math.floor(math.log10((scale.high - scale.low) / max(pixels, 1.0)))
    low = max(math.ceil(scale.low / unit) * unit, -LARGEST_WEIGHT)
    high = min(math.floor(scale.high / unit) * unit, LARGEST_WEIGHT)
    nearest = min(max(round(value / unit) * unit, low), high)
    return float(f"{nearest:.12g}") + 0.0  # no −0
