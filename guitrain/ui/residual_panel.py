"""Predicted against true and residuals, with what they come to in words."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guitrain.core.data import Data
from guitrain.plots.axis_words import input_labels
from guitrain.plots.residual_words import drawn_text, metrics_texts
from guitrain.plots.residuals import PREDICTED, TRUE, ResidualPlot
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import Caption


class ResidualPanel(QWidget):
    """The plot, the choice of what is across, and R² and RMSE.

    Attributes:
        plot: the picture. across: the choice. train, test, note: the words.
    """

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("residual_panel")
        self.setAccessibleName(self.tr("Predicted against true, and residuals"))
        self._snapshot: Snapshot | None = None
        self._data: Data | None = None
        self.plot = ResidualPlot(theme=theme)
        self.plot.setMinimumSize(160, 90)
        self.plot.setToolTip(
            self.tr("Each dot is a training point, each square a test point. Click a dot.")
        )
        self.across = QComboBox()
        self.across.setObjectName("residual_across")
        self.across.setAccessibleName(self.tr("What the plot shows"))
        self.across.setToolTip(self.tr("Predicted against true, or the residuals"))
        self.across.setMinimumContentsLength(10)  # a panel may be narrower than the longest text
        self.across.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.across.currentIndexChanged.connect(self._choose)
        self.train = self._words("residual_train", QLabel())
        self.test = self._words("residual_test", QLabel())
        self.train.setToolTip(self._formulas())
        self.test.setToolTip(self._formulas())
        self.note = Caption()
        self.note.setObjectName("residual_note")
        self.note.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.across, 3)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 4, 0)
        words.setSpacing(1)
        for label in (self.train, self.test, self.note):
            words.addWidget(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.plot, 1)
        layout.addLayout(words)
        self.set_theme(theme)

    @staticmethod
    def _words(name: str, label: QLabel) -> QLabel:
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _formulas(self) -> str:
        return self.tr(
            "RMSE = √(mean of (ŷ − y)²), in the unit of y: how far off predictions typically are.\n"
            "R² = 1 − Σ(ŷ − y)² ÷ Σ(y − ȳ)²: 1 is perfect, 0 is no better than the mean of y."
        )

    def sizeHint(self) -> QSize:
        """Room for a square plot and the words."""
        return QSize(420, 340)

    def heightForWidth(self, width: int) -> int:
        """As low as can be: the plot takes what the words leave, and only then is there a bar."""
        layout = self.layout()
        assert layout is not None
        return layout.minimumHeightForWidth(width)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours; the words wear those of their points."""
        self.plot.set_theme(theme)
        for label, colour in ((self.train, theme.data), (self.test, theme.test)):
            label.setStyleSheet(f"color: {colour};")

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        self.plot.refresh(snapshot)
        if not self.isVisible():
            return
        view = snapshot.view
        surface = snapshot.experiment.surface is not None
        self._offer(None if view is None or surface else view.data)
        self.across.setVisible(not surface)
        found = snapshot.residuals
        if view is None or found is None or found.run_id != view.run_id:
            texts, note = ("", ""), ""
        else:
            texts, note = metrics_texts(found, view.data), drawn_text(found)
            if found.test is None and len(view.data.test):
                note = note or self.tr("Test points are shown once you press Test.")
        for label, text in zip((self.train, self.test), texts, strict=True):
            if label.text() != text:
                label.setText(text)
            if label.isVisibleTo(self) != bool(text):
                label.setVisible(bool(text))
        self.note.setText(note)
        if self.note.isVisibleTo(self) != bool(note):
            self.note.setVisible(bool(note))

    def _offer(self, data: Data | None) -> None:
        """The choices that these points leave."""
        if data is self._data:
            return
        self._data = data
        offered: list[tuple[str, object]] = [
            (self.tr("Predicted against true"), TRUE),
            (self.tr("Residuals against the prediction"), PREDICTED),
        ]
        for at, label in enumerate(input_labels(data) if data is not None else ()):
            offered.append((self.tr("Residuals against {0}").format(label), at))
        if offered == [
            (self.across.itemText(i), self.across.itemData(i)) for i in range(self.across.count())
        ]:
            return
        chosen = self.across.currentData()
        self.across.blockSignals(True)
        self.across.clear()
        for text, what in offered:
            self.across.addItem(text, what)
        self.across.setCurrentIndex(max(self.across.findData(chosen), 0))
        self.across.blockSignals(False)
        self._choose()

    def _choose(self) -> None:
        what = self.across.currentData()
        if what is not None:
            self.plot.show_across(what)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self.refresh(self._snapshot)
