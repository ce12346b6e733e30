"""The landscape; of a model with many parameters, with the choice of the plane and what it is."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from guitrain.core.landscape_view import Bounds, has_landscape
from guitrain.core.plane import MOST_SEEDS, Kind, PlaneChoice, PlaneView
from guitrain.plots.landscape import LandscapePlot
from guitrain.plots.plane_words import explanation, summary
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot


class LandscapePanel(QWidget):
    """The plot, and under it what stands there for a plane alone.

    Signals:
        wanted_changed: another plane was chosen.

    Attributes:
        plot: the picture. kind, seed: the choice of the plane. about: what it is, and from where.
    """

    wanted_changed = Signal()

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("landscape_panel")
        self.setAccessibleName(self.tr("The landscape of the loss"))
        self._snapshot: Snapshot | None = None
        self._said: PlaneView | None = None
        self.plot = LandscapePlot(theme=theme)
        self.plot.setMinimumSize(120, 80)
        self.kind = QComboBox()
        self.kind.setObjectName("plane_kind")
        self.kind.setAccessibleName(self.tr("Which plane through the parameters"))
        self.kind.setToolTip(
            self.tr(
                "Along the path: the plane in which training has moved most. "
                "Random: two filter-normalised random directions."
            )
        )
        self.kind.addItem(self.tr("Along the path"), Kind.PATH)
        self.kind.addItem(self.tr("Random directions"), Kind.RANDOM)
        self.kind.setMaximumWidth(220)
        self.kind.setMinimumContentsLength(8)  # a panel may be narrower than the longest text
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.currentIndexChanged.connect(self._chosen)
        self.seed = QSpinBox()
        self.seed.setObjectName("plane_seed")
        self.seed.setAccessibleName(self.tr("Seed of the random directions"))
        self.seed.setToolTip(self.tr("Seed of the random directions"))
        self.seed.setRange(0, MOST_SEEDS)
        self.seed.setPrefix(self.tr("seed "))
        self.seed.setKeyboardTracking(False)
        self.seed.valueChanged.connect(lambda _seed: self.wanted_changed.emit())
        self.about = QLabel()
        self.about.setObjectName("plane_about")
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self._choice = QWidget()
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind, 20)
        row.addWidget(self.seed)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._choice)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.about)
        self._show_choice(many=False)

    def sizeHint(self) -> QSize:
        """Room for the plot and the words."""
        return QSize(420, 300)

    def heightForWidth(self, width: int) -> int:
        """As low as can be: the plot takes what the words leave, and only then is there a bar."""
        layout = self.layout()
        assert layout is not None
        return layout.minimumHeightForWidth(width)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.plot.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        self.plot.refresh(snapshot)
        if not self.isVisible():
            return
        self._show_choice(many=self._many)
        view = snapshot.plane if self._many else None
        if view is not None:
            said = self._said
            if said is None or said.plane is not view.plane:
                self.about.setText(summary(view))
            if said is None or said.plane is not view.plane or said.step != view.step:
                self.about.setToolTip(explanation(view))
        self._said = view
        if self.about.isVisibleTo(self) != (view is not None):
            self.about.setVisible(view is not None)

    def _show_choice(self, *, many: bool) -> None:
        if self._choice.isVisibleTo(self) != many or not self.plot.toolTip():
            self._choice.setVisible(many)
            if many:
                self.plot.setToolTip(self.tr("Dark is low. The path is projected onto the plane."))
            else:
                self.about.setVisible(False)
                self.plot.setToolTip(
                    self.tr("Dark is low. Drag the start to begin from other weights.")
                )
        self.seed.setVisible(self.kind.currentData() is Kind.RANDOM)

    @property
    def _many(self) -> bool:
        snapshot = self._snapshot
        if snapshot is None:
            return False
        view = snapshot.view
        experiment = snapshot.experiment if view is None else view.experiment
        return not has_landscape(experiment)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self.refresh(self._snapshot)

    # What is asked for.

    @property
    def wanted(self) -> Bounds | PlaneChoice | None:
        """The landscape that is to be computed."""
        if not self._many:
            return self.plot.wanted_bounds
        return PlaneChoice(self.kind.currentData(), self.seed.value())

    def _chosen(self) -> None:
        self._show_choice(many=self._many)
        self.wanted_changed.emit()
