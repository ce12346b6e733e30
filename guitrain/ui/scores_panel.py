"""How well the classes are told: confusion matrix, ROC curves, a point's probabilities."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.data import Data
from guitrain.outcome_words import class_name, percent
from guitrain.plots import surface_words
from guitrain.plots.map_words import chances_of
from guitrain.plots.roc import RocPlot
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import joined
from guitrain.snapshot import Snapshot
from guitrain.ui.probability_bars import ProbabilityBars
from guitrain.ui.score_tables import ClassTable, ConfusionMatrix


class ScoresPanel(QWidget):
    """A line on which points these are, and one of three views.

    Attributes:
        what: the choice of the view. points: which points, and the accuracy.
        matrix, table: the confusion matrix, and the scores of each class. roc: the ROC curves.
        point, bars: the selected point, and its probabilities. empty: why there is nothing.
    """

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("scores_panel")
        self.setAccessibleName(self.tr("Scores of the classes"))
        self._snapshot: Snapshot | None = None
        self._shown: object = None
        self._empty = True
        self.what = QComboBox()
        self.what.setObjectName("scores_what")
        self.what.setAccessibleName(self.tr("What to show"))
        self.what.setToolTip(self.tr("The confusion matrix, the ROC curves, or one point"))
        self.what.addItems(
            [self.tr("Confusion matrix"), self.tr("ROC curves"), self.tr("Selected point")]
        )
        self.points = self._words("scores_points")
        self.matrix, self.table, self.roc = ConfusionMatrix(), ClassTable(), RocPlot(theme=theme)
        self.roc.setMinimumSize(160, 160)
        self.roc.setToolTip(
            self.tr(
                "For every threshold of the probability: how many of the class are found, against "
                "how many of the rest are taken for it. The nearer to the upper left, the better."
            )
        )
        self.point, self.bars = self._words("scores_point"), ProbabilityBars()
        self.empty = self._words("scores_empty")
        self.empty.setProperty("role", "muted")
        self._pages = (
            _column(self.matrix, self._legend(), self.table),
            self.roc,
            _column(self.point, self.bars),
        )
        head = QHBoxLayout()
        head.addWidget(self.what)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.points)
        layout.addWidget(self.empty)
        for page in self._pages:
            layout.addWidget(page, 1)
        layout.addStretch(0)
        self.what.currentIndexChanged.connect(lambda _index: self._show_page())
        self._show_page()
        self.set_theme(theme)

    @staticmethod
    def _words(name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _legend(self) -> QLabel:
        label = self._words("scores_legend")
        label.setText(self.tr("Rows: the true class. Columns: the answer. Framed: right answers."))
        label.setProperty("role", "muted")
        return label

    def sizeHint(self) -> QSize:
        """Room for the matrix of some classes."""
        return QSize(400, 420)

    def heightForWidth(self, width: int) -> int:
        """As low as can be: the curves take what there is, and only then is there a bar."""
        layout = self.layout()
        assert layout is not None
        return layout.minimumHeightForWidth(width)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.roc.set_theme(theme)
        self.matrix.set_theme(theme)
        self.bars.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        self.roc.refresh(snapshot)
        if self.isVisible():
            self._show(snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        view, found = snapshot.view, snapshot.scores
        why = ""
        if not snapshot.experiment.classes:
            why = self.tr("These data have a number to learn: there are no classes to tell apart.")
            if snapshot.experiment.surface is not None:
                why = surface_words.no_scores()
        elif view is None or found is None or found.run_id != view.run_id:
            why = self.tr("The scores are shown as soon as the run is ready.")
        self.empty.setText(why)
        self.empty.setVisible(bool(why))
        for widget in (self.what, self.points):
            widget.setVisible(not why)
        self._empty = bool(why)
        self._show_page()
        if why or view is None or found is None:
            self._shown = None
            return
        if found is not self._shown:
            self._shown = found
            names = [class_name(view.data, each) for each in range(len(view.data.classes))]
            self.points.setText(self._of_points(snapshot, view.data))
            self.matrix.show_metrics(names, found.metrics)
            self.table.show_metrics(names, found.metrics)
        self._show_point(snapshot, view.data)

    def _of_points(self, snapshot: Snapshot, data: Data) -> str:
        found = snapshot.scores
        assert found is not None
        text = self.tr("{0} training points, accuracy {1}.")
        if found.test:
            text = self.tr("{0} test points, accuracy {1}.")
        text = text.format(f"{found.count:,}", percent(found.metrics.accuracy))
        if not found.finite:
            return self.tr("The probabilities are no finite numbers any more: the run diverged.")
        if found.used < found.count:
            more = self.tr("While running, of {0} of them, chosen evenly.")
            text = joined(text, more.format(f"{found.used:,}"))
        if not found.test and len(data.test):
            text = joined(text, self.tr("Test points are shown once you press Test."))
        return text

    def _show_point(self, snapshot: Snapshot, data: Data) -> None:
        """The selected point; where there is none, the first that was applied."""
        view, own = snapshot.view, None
        chances: tuple[float, ...] = ()
        text = self.tr("Click a point (or an image) in Fit, or apply the model to one in Results.")
        if view is not None and snapshot.point is not None:
            point = snapshot.point
            chances, own = chances_of(point, view.experiment), int(point.y)
            text = self.tr("Training point {0}: its class is {1}.").format(
                f"{point.row + 1:,}", class_name(data, own)
            )
        elif snapshot.applied and snapshot.applied[0].probabilities:
            first = snapshot.applied[0]
            chances = first.probabilities
            text = self.tr("The first row applied: its class is not known, the answer is {0}.")
            text = text.format(class_name(data, int(first.predicted)))
        self.point.setText(text)
        names = [class_name(data, each) for each in range(len(chances))]
        self.bars.show_chances(names, chances, own)
        self.bars.setVisible(bool(chances))

    def _show_page(self) -> None:
        chosen = self._pages[self.what.currentIndex()] if not self._empty else None
        for page in self._pages:
            page.setVisible(page is chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self.refresh(self._snapshot)


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return page
