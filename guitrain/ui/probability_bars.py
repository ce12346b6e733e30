"""The probability of each class for one point, as bars."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from guitrain.outcome_words import percent
from guitrain.plots.class_marks import class_colour
from guitrain.plots.theme import LIGHT, Theme

MOST_BARS = 12  # of more classes the most probable ones
_GAP = 8


class ProbabilityBars(QWidget):
    """A bar per class, with its name and percent; the true class is framed and says so.
    ``compact`` ones are lower and narrower.

    Attributes:
        texts: what stands at each bar: the name, and the percent.
    """

    def __init__(self, *, compact: bool = False) -> None:
        super().__init__()
        self._compact = compact
        self.setObjectName("probability_bars")
        self.setAccessibleName(self.tr("Probability of each class"))
        self.setToolTip(
            self.tr("How probable the model takes each class to be; together they make 100 %")
        )
        self._theme = LIGHT
        self._rows: list[tuple[int, str, float, bool]] = []
        self.texts: tuple[tuple[str, str], ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def show_chances(self, names: Sequence[str], chances: Sequence[float], own: int | None) -> None:
        """Show these probabilities of the classes, in their order; ``own`` is the true one."""
        numbers = sorted(range(len(chances)), key=lambda each: (each != own, -chances[each]))
        rows = [
            (each, names[each], chances[each], each == own) for each in sorted(numbers[:MOST_BARS])
        ]
        if rows == self._rows:
            return
        self._rows = rows
        true = self.tr("{0} (true class)")
        self.texts = tuple(
            (true.format(name) if right else name, percent(chance))
            for _, name, chance, right in rows
        )
        self.setAccessibleDescription(", ".join(" ".join(each) for each in self.texts))
        self.updateGeometry()
        self.update()

    def _high(self) -> int:
        return self.fontMetrics().height() + (1 if self._compact else 10)

    def sizeHint(self) -> QSize:
        """All its rows."""
        return QSize(320, self._high() * max(len(self._rows), 1))

    def minimumSizeHint(self) -> QSize:
        """The same height; as narrow as can be read."""
        return QSize(90 if self._compact else 200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, high = self._theme, self._high()
        bold = self.font()
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        widest = max((metrics.horizontalAdvance(name) for name, _ in self.texts), default=0)
        gap = _GAP // 2 if self._compact else _GAP
        left = min(widest + 2, self.width() // 2) + gap
        right = metrics.horizontalAdvance("100.0 %") + (gap if self._compact else 2 * gap)
        room = max(self.width() - left - right, 1)
        for at, (number, _, chance, own) in enumerate(self._rows):
            top = at * high
            name, share = self.texts[at]
            painter.setFont(bold if own else self.font())
            painter.setPen(QColor(theme.text))
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, left - gap)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, left - gap, high), middle, shown)
            edge = 2 if self._compact else 4
            place = QRectF(left, top + edge, room, high - 2 * edge)
            painter.fillRect(place, QColor(theme.grid))
            if chance > 0:  # false for NaN too
                bar = QRectF(place)
                bar.setWidth(room * min(chance, 1.0))
                painter.fillRect(bar, QColor(class_colour(theme, number)))
            if own:
                painter.setPen(QPen(QColor(theme.text), 2))
                painter.drawRect(place)
            painter.setPen(QColor(theme.text))
            painter.drawText(
                QRectF(left + room + gap, top, right - gap, high),
                middle | Qt.AlignmentFlag.AlignRight,
                share,
            )
        painter.end()
