"""A sentence in the middle of a plot that has nothing to show."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsTextItem

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

_WIDEST = 320.0  # pixels
_MARGIN = 12.0


class Note:
    """The sentence, its lines broken to fit.

    Attributes:
        text: what it says, or "".
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self._item = QGraphicsTextItem(plot.overlay)
        self._item.setVisible(False)
        self.text = ""

    def draw(self, text: str) -> None:
        """Say this in the theme's colours, amid the plot as it now is; "" hides it."""
        self.text = text
        self._item.setVisible(bool(text))
        if not text:
            return
        self._item.setPlainText(text)
        self._item.setFont(self._plot.text_font())
        self._item.setDefaultTextColor(QColor(self._plot.theme.muted))
        area = self._plot.area_rect
        width = min(max(area.width() - 2 * _MARGIN, 40.0), _WIDEST)
        self._item.setTextWidth(width)
        height = self._item.boundingRect().height()
        self._item.setPos((area.width() - width) / 2, (area.height() - height) / 2)
