"""The flow chart of training, and the card that explains one of its boxes."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guitrain.core.phases import Phase
from guitrain.plots import flow_words
from guitrain.plots.flow_chart import FlowChart
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import FlowLegend
from guitrain.ui.explanation import Explanation

_MARGIN = 4  # pixels around the card
_WIDEST = 400  # pixels of the card at the usual size of text


class CyclePanel(QWidget):
    """The flow chart with its legend; a box that is clicked is explained in a card over it.

    Attributes:
        chart: the flow chart. card: the explanation. explaining: the box it is about, or None.
    """

    def __init__(self, *, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("cycle_panel")
        self.setAccessibleName(self.tr("The cycle"))
        self.theme = theme
        self.explaining: Phase | None = None
        self._snapshot: Snapshot | None = None
        self._by_keyboard = False
        self.legend = FlowLegend("legend")
        self.chart = FlowChart(theme=theme)
        self.chart.setMinimumSize(240, 150)
        self.chart.explained.connect(self.explain)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.legend)
        layout.addWidget(self.chart, 1)
        self.card = Explanation(self)
        self.card.dismissed.connect(self.close_card)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        """As large as the chart's text is best read."""
        return QSize(396, 276)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.theme = theme
        self.legend.set_theme(theme)
        self.chart.set_theme(theme)
        self.card.set_theme(theme, gradients=self.explaining is Phase.BACKWARD)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if self.isVisible() and snapshot.legible:
            self._show(snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        self.chart.refresh(snapshot)
        if self.explaining is not None and self.card.show_texts(
            self.explaining, flow_words.Moment(snapshot)
        ):
            self._place_card()

    # The card.

    def explain(self, phase: Phase) -> None:
        """Explain a box; the one explained already is closed."""
        if phase is self.explaining or self._snapshot is None:
            self.close_card()
            return
        if self.explaining is None:
            self._by_keyboard = self.chart.hasFocus()
        self.explaining = phase
        self.card.set_theme(self.theme, gradients=phase is Phase.BACKWARD)
        self.card.show_texts(phase, flow_words.Moment(self._snapshot))
        self.card.show()  # its fonts hold, and so its height is known, only once it is shown
        self.card.raise_()
        self._place_card()
        self.card.setFocus()

    def close_card(self) -> None:
        """Put the explanation away."""
        self.explaining = None
        if self.card.isHidden():
            return
        # Not where Qt would send the focus: to the next widget, whichever that is.
        if self._by_keyboard:
            self.chart.setFocus()
        elif self.card.isAncestorOf(self.focusWidget() or self) or self.card.hasFocus():
            (self.focusWidget() or self.card).clearFocus()
        self.card.hide()

    def _place_card(self) -> None:
        """On the side of the chart where its box is not, as high as its text."""
        assert self.explaining is not None
        scale = min(max(self.chart.scale_in_use, 0.92), 1.7)
        self.card.set_scale(scale)
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        width = min(room.width(), round(_WIDEST * scale))
        height = self.card.fit(width, room.height())
        box = self.chart.boxes[self.explaining].place
        upper = box.center().y() > self.chart.sceneRect().center().y()
        right = box.center().x() < self.chart.sceneRect().center().x()
        self.card.setGeometry(
            QRect(
                room.right() - width + 1 if right else room.left(),
                room.top() if upper else room.bottom() - height + 1,
                width,
                height,
            )
        )

    # Qt's events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the explanation."""
        if event.key() == Qt.Key.Key_Escape and self.explaining is not None:
            self.close_card()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The explanation stays inside."""
        super().resizeEvent(event)
        if self.explaining is not None:
            self._column.activate()
            self._place_card()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._show(self._snapshot)
