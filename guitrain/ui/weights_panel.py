"""How weights and gradients have gone, and how they are spread now."""

import time

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guitrain.core.models import Form
from guitrain.plots import weight_curves as curves
from guitrain.plots.theme import LIGHT, Theme
from guitrain.plots.weight_plot import WeightPlot
from guitrain.snapshot import Snapshot, State
from guitrain.ui.cards import Caption

_BESIDE = 480  # pixels of width from which the two plots stand side by side
_EVERY = 0.1  # seconds, while running


class WeightsPanel(QWidget):
    """Two plots, of weights and of gradients, and what they show.

    Attributes:
        what: over the epochs, or now. which: of all weights, or of one parameter or tensor.
        values, gradients: the plots. caption: what they show, in words.
    """

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("weights_panel")
        self.setAccessibleName(self.tr("Weights and gradients"))
        self._snapshot: Snapshot | None = None
        self._form: Form | None = None
        self._drawn_at = 0.0
        self.what = self._combo("weights_what", self.tr("What to show"))
        self.what.addItems([self.tr("over the epochs"), self.tr("histogram of now")])
        self.what.setToolTip(self.tr("How they have gone, or how they are spread at this step"))
        self.which = self._combo("weights_which", self.tr("Of which weights"))
        self.which.setToolTip(self.tr("All of them, or one parameter or tensor"))
        self.values, self.gradients = WeightPlot(False, theme=theme), WeightPlot(True, theme=theme)
        self.values.setToolTip(self.tr("The weights"))
        self.gradients.setToolTip(self.tr("Their gradients"))
        self.caption = Caption()
        self.caption.setObjectName("weights_caption")
        self.caption.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(6)
        for text, combo in ((self.tr("Show"), self.what), (self.tr("of"), self.which)):
            label = QLabel(text)
            label.setBuddy(combo)
            head.addWidget(label)
            head.addWidget(combo)
        head.addStretch(1)
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._plots.setSpacing(6)
        for plot in (self.values, self.gradients):
            plot.setMinimumSize(120, 70)
            self._plots.addWidget(plot, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._plots, 1)
        layout.addWidget(self.caption)
        for combo in (self.what, self.which):
            combo.activated.connect(lambda _index: self._show())

    @staticmethod
    def _combo(name: str, text: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setAccessibleName(text)
        combo.setMinimumContentsLength(4)
        return combo

    def sizeHint(self) -> QSize:
        """Two small plots side by side."""
        return QSize(480, 240)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.values.set_theme(theme)
        self.gradients.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it. While running, now and then."""
        before, self._snapshot = self._snapshot, snapshot
        if not self.isVisible() or before is snapshot:
            return
        if snapshot.state is State.RUNNING and time.perf_counter() - self._drawn_at < _EVERY:
            return
        self._show()

    def _show(self) -> None:
        self._drawn_at = time.perf_counter()
        snapshot = self._snapshot
        if snapshot is None:
            return
        if snapshot.view is not None and snapshot.view.experiment.form is not self._form:
            self._form = snapshot.view.experiment.form
            self._fill(self._form)
        choice = self.which.currentIndex() - 1
        now = self.what.currentIndex() == 1
        for plot in (self.values, self.gradients):
            plot.choice, plot.now = choice if choice >= 0 else None, now
            plot.show_moment(snapshot)
        if snapshot.view is not None:
            self.caption.setText(self._words(snapshot.view.experiment.form, now=now))

    def _fill(self, form: Form) -> None:
        self.which.clear()
        self.which.addItem(self.tr("all"))
        self.which.addItems(curves.choices(form))

    def _words(self, form: Form, *, now: bool) -> str:
        if now:
            return self.tr("Bars: how many weights, and gradients, have such a value at this step.")
        if form.few:
            return self.tr("Each weight before each update, as the model has it, and its gradient.")
        return self.tr(
            "Weights at the keyframes of the run; the gradients' size ‖∂L/∂W‖ of every step."
        )

    # Qt's events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is the width for it, else one above the other."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        tall = self.width() < _BESIDE
        self.values.name_epochs(not tall)  # the plot below names them
        self._plots.setDirection(way.TopToBottom if tall else way.LeftToRight)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        self._show()
