"""The network with its legend, the numbers of what is pointed at, and a row to set one by hand."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guitrain.core.units import layers_of
from guitrain.plots.network import NetworkDiagram
from guitrain.plots.network_layout import Spot, parameter_of, spot_of
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import Caption
from guitrain.ui.parameter_row import ParameterRow


class NetworkPanel(QWidget):
    """The model's units, live.

    Attributes:
        diagram: the picture. fields: where a parameter is chosen and set.
        value, gradient: what is said of what the mouse points at, or else of the chosen one.
        empty: what stands in the picture's place while there is none.
    Signals:
        hand_set(ByHand): a parameter is to be set.
    """

    hand_set = Signal(object)

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("network_panel")
        self.setAccessibleName(self.tr("The network"))
        self._snapshot: Snapshot | None = None
        self._spot: Spot | None = None  # under the mouse
        self.positive = self._legend("network_positive", self.tr("── weight above 0"))
        self.negative = self._legend("network_negative", self.tr("╌╌ below 0"))
        self.thick = self._legend("network_thick", self.tr("thick: large"))
        self.thick.setProperty("role", "muted")
        legend = QHBoxLayout()
        legend.setSpacing(14)
        for label in (self.positive, self.negative, self.thick):
            legend.addWidget(label)
        legend.addStretch(1)
        self.diagram = NetworkDiagram(theme=theme)
        self.diagram.setMinimumSize(180, 90)
        self.empty = QLabel()
        self.empty.setObjectName("network_empty")
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption = Caption()
        self.caption.setObjectName("network_caption")
        self.caption.setProperty("role", "muted")
        self.value, self.gradient = Caption(), Caption()
        self.value.setObjectName("network_value")
        self.value.setAccessibleName(self.tr("What is pointed at"))
        self.gradient.setObjectName("network_gradient")
        self.gradient.setAccessibleName(self.tr("Its gradient"))
        self.fields = ParameterRow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(legend)
        layout.addWidget(self.diagram, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.caption)
        layout.addWidget(self.value)
        layout.addWidget(self.gradient)
        layout.addWidget(self.fields)
        self.diagram.pointed.connect(self._point)
        self.diagram.chosen.connect(self._choose)
        self.fields.chosen.connect(self._chosen_below)
        self.fields.hand_set.connect(self.hand_set)
        self._fill(filled=False)
        self.set_theme(theme)

    @staticmethod
    def _legend(name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        return label

    def sizeHint(self) -> QSize:
        """As large as a small network is best read."""
        return QSize(420, 300)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.positive.setStyleSheet(f"color: {theme.data};")
        self.negative.setStyleSheet(f"color: {theme.negative};")
        self.value.setStyleSheet(f"color: {theme.data};")
        self.gradient.setStyleSheet(f"color: {theme.gradient};")
        self.diagram.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if not self.isVisible():
            return
        view = snapshot.view
        known = snapshot.weights is not None and snapshot.units is not None and view is not None
        self._fill(filled=known)
        if view is None or not known:
            other = view is not None and not layers_of(view.experiment.form)
            text = self.tr("The network is drawn as soon as the run is ready.")
            if other:
                text = self.tr(
                    "This model is not made of layers of units: there is no such picture."
                )
            self.empty.setText(text)
            return
        self.diagram.refresh(snapshot)
        self.fields.show_weights(view.experiment.form, snapshot.weights)
        self._select()
        self._tell()

    def _fill(self, *, filled: bool) -> None:
        for part in (self.diagram, self.caption, self.value, self.gradient, self.fields):
            part.setVisible(filled)
        self.empty.setVisible(not filled)

    def _tell(self) -> None:
        """The numbers of what the mouse points at, or else of the chosen one."""
        words = self.diagram.words
        spot = self._spot or self._chosen
        if words is None or spot is None:
            return
        self.caption.setText(words.caption())
        self.value.setText(words.value(spot))
        self.gradient.setText(words.gradient(spot))

    @property
    def _chosen(self) -> Spot | None:
        place = self.fields.place
        return spot_of(*place, self.diagram.layers) if place is not None else None

    def _select(self) -> None:
        self.diagram.select(self._chosen)

    # What the user does.

    def _point(self, spot: Spot | None) -> None:
        self._spot = spot
        self._tell()

    def _choose(self, spot: Spot) -> None:
        place = parameter_of(spot, self.diagram.layers)
        if place is not None:
            self.fields.choose(*place, focus=True)
            self._select()
            self._tell()

    def _chosen_below(self, _tensor: int, _index: object) -> None:
        self._select()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self.refresh(self._snapshot)
