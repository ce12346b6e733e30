"""The network, or the filters, with a legend, the numbers of what is pointed at, and a row to set
one by hand.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guitrain.core.units import layers_of
from guitrain.plots.network import NetworkDiagram
from guitrain.plots.network_layout import Spot
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import Caption
from guitrain.ui.parameter_row import ParameterRow

if TYPE_CHECKING:
    from guitrain.plots.filters import FilterDiagram
    from guitrain.plots.filters_layout import FilterSpot


class NetworkPanel(QWidget):
    """The model's units, or its filters and what they make of an image, live.

    Attributes:
        diagram: the picture of units. filters: that of filters, once a model has had any.
        picture: the one that is shown.
        fields: where a parameter is chosen and set.
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
        self._theme = theme
        self._spot: Spot | FilterSpot | None = None  # under the mouse
        self.filters: FilterDiagram | None = None
        self.positive = self._legend("network_positive", self.tr("── weight above 0"))
        self.negative = self._legend("network_negative", self.tr("╌╌ below 0"))
        self.thick = self._legend("network_thick", self.tr("thick: large"))
        self.thick.setProperty("role", "muted")
        self._texts = {  # beside a picture of units, and of filters
            self.positive: (self.positive.text(), self.tr("■ above 0")),
            self.negative: (self.negative.text(), self.tr("■ below 0")),
            self.thick: (self.thick.text(), self.tr("full colour: the layer’s largest")),
        }
        legend = QHBoxLayout()
        legend.setSpacing(14)
        for label in (self.positive, self.negative, self.thick):
            legend.addWidget(label)
        legend.addStretch(1)
        self.diagram = NetworkDiagram(theme=theme)
        self.diagram.setMinimumSize(180, 90)
        self.picture: Any = self.diagram  # the one that is shown
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
        self._pictures = QVBoxLayout()
        layout.addLayout(self._pictures, 1)
        self._pictures.addWidget(self.diagram)
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
        self._theme = theme
        for picture in (self.diagram, self.filters):
            if picture is not None:
                picture.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if not self.isVisible():
            return
        view = snapshot.view
        filters = view is not None and bool(view.experiment.form.maps)
        if filters != (self.picture is not self.diagram):
            self._change_picture(filters=filters)
        given = snapshot.maps if filters else snapshot.units
        known = snapshot.weights is not None and given is not None and view is not None
        self._fill(filled=known)
        if view is None or not known:
            other = view is not None and not filters and not layers_of(view.experiment.form)
            text = self.tr("The network is drawn as soon as the run is ready.")
            if other:
                text = self.tr(
                    "This model is not made of layers of units: there is no such picture."
                )
            self.empty.setText(text)
            return
        self.picture.refresh(snapshot)
        self.fields.show_weights(view.experiment.form, snapshot.weights)
        self._select()
        self._tell()

    def _fill(self, *, filled: bool) -> None:
        for part in (self.picture, self.caption, self.value, self.gradient, self.fields):
            part.setVisible(filled)
        self.empty.setVisible(not filled)

    def _tell(self) -> None:
        """The numbers of what the mouse points at, or else of the chosen one."""
        words: Any = self.picture.words
        place = self.fields.place
        spot = self._spot or (self.picture.spot_of(*place) if place is not None else None)
        if words is None or spot is None:
            return
        self.caption.setText(words.caption())
        self.value.setText(words.value(spot))
        self.gradient.setText(words.gradient(spot))

    def _change_picture(self, *, filters: bool) -> None:
        """That of filters in the place of that of units, or the other way round."""
        self.picture.hide()
        self._spot = None
        self.picture = self.diagram
        if filters:
            if self.filters is None:
                self.filters = self._make_filters()
            self.picture = self.filters
        for label, (edges, cells) in self._texts.items():
            label.setText(cells if filters else edges)
            label.setVisible(bool(label.text()))

    def _make_filters(self) -> "FilterDiagram":
        from guitrain.plots.filters import FilterDiagram

        made = FilterDiagram(theme=self._theme)
        made.setMinimumSize(180, 90)
        made.pointed.connect(self._point)
        made.chosen.connect(self._choose)
        self._pictures.addWidget(made)
        return made

    def _select(self) -> None:
        self.picture.select(self.fields.place)

    # What the user does.

    def _point(self, spot: "Spot | FilterSpot | None") -> None:
        self._spot = spot
        self._tell()

    def _choose(self, spot: "Spot | FilterSpot") -> None:
        place = self.picture.place_of(spot)
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
