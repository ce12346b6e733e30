"""Which number a colour stands for: a bar beside a plot, with ticks and the quantity's name."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QLinearGradient
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsSimpleTextItem

from guitrain.plots.items import add_path, pen, segments
from guitrain.plots.scales import Scale, ticks

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

WIDTH = 84  # pixels beside the area that it asks for
_LEFT, _BAR, _GAP = 12.0, 12.0, 6.0
_TICK = 34.0  # pixels that a tick asks for


class ColourScale:
    """The bar and its texts, over a plot's right edge.

    Attributes:
        texts: what stands at the ticks, from low to high.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self._bar = QGraphicsRectItem(plot.overlay)
        self._ticks = add_path(self._bar, 1)
        self._labels: list[QGraphicsSimpleTextItem] = []
        self._name = QGraphicsSimpleTextItem(self._bar)
        self.texts: tuple[str, ...] = ()
        self._bar.setVisible(False)

    @property
    def shown(self) -> bool:
        """Whether it is there."""
        return self._bar.isVisible()

    def hide(self) -> None:
        """No number is shown by colours."""
        self._bar.setVisible(False)

    def draw(self, scale: Scale, name: str) -> None:
        """Show this range, of a quantity with this name and unit."""
        plot, theme = self._plot, self._plot.theme
        left, height = plot.area.width() + _LEFT, plot.area.height()
        self._bar.setVisible(True)
        self._bar.setRect(QRectF(left, 0, _BAR, height))
        colours = QLinearGradient(0, height, 0, 0)
        for at, colour in zip(np.linspace(0, 1, len(theme.heat)), theme.heat, strict=True):
            colours.setColorAt(float(at), QColor(colour))
        self._bar.setBrush(QBrush(colours))
        self._bar.setPen(pen(theme.border))
        font = plot.text_font(-1)
        marks = ticks(scale, max(2, int(height / _TICK)))
        y = np.round((1 - scale.fraction([value for value, _ in marks])) * height)
        # Upright little lines turned: from the bar's right edge on.
        path = segments(y, np.full(len(y), -(left + _BAR + 4)), np.full(len(y), -(left + _BAR)))
        self._ticks.setPath(path)
        self._ticks.setRotation(90)
        self._ticks.setPen(pen(theme.axis))
        while len(self._labels) < len(marks):
            self._labels.append(QGraphicsSimpleTextItem(self._bar))
        for label in self._labels:
            label.setVisible(False)
        for label, (_, text), at in zip(self._labels, marks, y.tolist(), strict=False):
            label.setText(text)
            label.setFont(font)
            label.setBrush(QColor(theme.muted))
            label.setPos(left + _BAR + _GAP, at - label.boundingRect().height() / 2)
            label.setVisible(True)
        self.texts = tuple(text for _, text in marks)
        self._name.setText(name)
        self._name.setFont(plot.text_font())
        self._name.setBrush(QColor(theme.muted))
        self._name.setRotation(-90)
        size = self._name.boundingRect()
        self._name.setPos(left + WIDTH - _LEFT - size.height() - 8, (height + size.width()) / 2)
