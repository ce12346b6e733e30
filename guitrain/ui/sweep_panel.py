"""A range of learning rates, and values of a second setting, trained at once and compared."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.core.sweep import (
    COUNT,
    FROM,
    TO,
    SweepPlan,
    SweepView,
    second_settings,
    spread,
    usual_range,
)
from guitrain.numbers import format_number
from guitrain.plots.sweep import SweepPlot
from guitrain.plots.sweep_lanes import LanesView
from guitrain.plots.sweep_style import DIVERGED, LIMIT, series_colour, series_sign
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import problem_sentence, translate
from guitrain.setting_words import setting_name
from guitrain.snapshot import Snapshot, State
from guitrain.sweep_words import (
    lane_name,
    lane_outcome,
    limit_name,
    parse_values,
    usual_values,
    value_name,
)
from guitrain.ui.cards import Caption
from guitrain.ui.fields import NumberField

_WIDE = 1.5  # width to height from which the plots are side by side


class SweepPanel(QWidget):
    """What to sweep, its progress, a small loss curve for each run, and their final losses.

    ``experiment`` gives the settings that the controls show: what is not swept is theirs.

    Signals:
        start_wanted(SweepPlan), stop_wanted.
        lane_wanted(SweepView, lane): train this lane as a run of its own.

    Attributes:
        low, high, count, second, values: the fields. start, train: the buttons. lanes, plot: the
            curves, the final losses. problem: what is wrong with the fields, in words.
    """

    start_wanted = Signal(object)
    stop_wanted = Signal()
    lane_wanted = Signal(object, int)

    def __init__(self, experiment: Callable[[], Experiment], theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("sweep_panel")
        self.setAccessibleName(self.tr("The sweep"))
        self._experiment = experiment
        self._snapshot: Snapshot | None = None
        self._view: SweepView | None = None
        self._offered: tuple[str, ...] = ()
        self._own_range = False  # the user has set one
        self._limit: object = self  # that the range was last set by
        self._hovered = -1
        self.low, self.high = NumberField(FROM), NumberField(TO)
        self.count = NumberField(COUNT)
        self.count.set_value(COUNT.default)
        self.second, self.values = QComboBox(), QLineEdit()
        self.start, self.train = QPushButton(), QPushButton(self.tr("Train this run"))
        self.progress = QProgressBar()
        self.problem, self.caption, self.legend = QLabel(), Caption(), QLabel()
        self.lanes, self.plot = LanesView(theme=theme), SweepPlot(theme=theme)
        self.empty = QLabel()
        self._name()
        self._lay_out()
        self._wire()
        self._offer()
        self._show()

    def _name(self) -> None:
        for field, name, tip in (
            (self.low, self.tr("Smallest learning rate"), translate("Sweep", FROM.help)),
            (self.high, self.tr("Largest learning rate"), translate("Sweep", TO.help)),
            (self.count, self.tr("How many learning rates"), translate("Sweep", COUNT.help)),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)
            field.setMinimumWidth(46)
        self.second.setObjectName("sweep_second")
        self.second.setAccessibleName(self.tr("Second setting"))
        self.second.setToolTip(self.tr("A second setting to sweep: every value with every rate"))
        self.second.setMinimumContentsLength(6)
        self.second.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.values.setMinimumWidth(46)
        self.values.setObjectName("sweep_values")
        self.values.setAccessibleName(self.tr("Values of the second setting"))
        self.values.setToolTip(self.tr("Its values, with commas between them, such as 0, 0.5, 0.9"))
        self.start.setObjectName("sweep_start")
        self.start.setProperty("primary", True)
        self.start.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.train.setObjectName("sweep_train")
        self.train.setAccessibleName(self.tr("Train this run by itself"))
        self.train.setToolTip(
            self.tr("Train it afresh as a run of its own, whose numbers then stand here")
        )
        self.train.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.progress.setObjectName("sweep_progress")
        self.progress.setAccessibleName(self.tr("Progress of the sweep"))
        self.progress.setToolTip(self.tr("How much of all the epochs of all the runs is done"))
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.problem.setObjectName("sweep_problem")
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.caption.setObjectName("sweep_caption")
        self.caption.setProperty("role", "muted")
        self.legend.setObjectName("sweep_legend")
        self.legend.setWordWrap(True)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setAccessibleName(self.tr("What the markers mean"))
        self.empty.setObjectName("sweep_empty")
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.plot.setToolTip(self.tr("Click a marker to train its run by itself"))
        self.plot.setMinimumSize(160, 90)
        self.lanes.setMinimumSize(140, 70)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        places = (
            (self.tr("η from"), self.low, 0, 0),
            (self.tr("to"), self.high, 0, 2),
            (self.tr("runs"), self.count, 0, 4),
            (self.tr("and"), self.second, 1, 0),
            (self.tr("of"), self.values, 1, 2),
        )
        for text, field, row, column in places:
            label = QLabel(text)
            label.setBuddy(field)
            grid.addWidget(label, row, column)
            grid.addWidget(field, row, column + 1)
        grid.addWidget(self.start, 1, 4, 1, 2)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(3, 4)
        grid.setColumnStretch(5, 3)
        self._plots = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._plots.setSpacing(6)
        self._plots.addWidget(self.lanes, 3)
        self._plots.addWidget(self.plot, 4)
        foot = QHBoxLayout()
        foot.addWidget(self.caption, 1)
        foot.addWidget(self.train)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        layout.addWidget(self.progress)
        layout.addWidget(self.empty, 1)
        layout.addLayout(self._plots, 1)
        layout.addWidget(self.legend)
        layout.addLayout(foot)

    def _wire(self) -> None:
        for field in (self.low, self.high, self.count):
            field.refused.connect(self._refuse)
            field.committed.connect(lambda _value: self._say(""))
        for field in (self.low, self.high):
            field.committed.connect(lambda _value: self._take_range())
        self.second.activated.connect(lambda _index: self._choose_second())
        self.values.returnPressed.connect(self._press)
        self.start.clicked.connect(self._press)
        self.train.clicked.connect(self._train_selected)
        for view in (self.lanes, self.plot):
            view.lane_clicked.connect(self._click)
            view.lane_hovered.connect(self._hover)
        self.lanes.lane_selected.connect(self._select)

    def sizeHint(self) -> QSize:
        """As large as some twenty runs are best read."""
        return QSize(480, 420)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.lanes.set_theme(theme)
        self.plot.set_theme(theme)
        self._name_markers()

    # What to sweep.

    def _take_range(self) -> None:
        self._own_range = True

    def _offer(self) -> None:
        """The second settings that there are, the one chosen kept where it can be."""
        experiment = self._experiment()
        offered = tuple(second_settings(experiment))
        if offered == self._offered:
            return
        self._offered, chosen = offered, self.second.currentData()
        self.second.clear()
        self.second.addItem(self.tr("nothing"), "")
        for path in offered:
            self.second.addItem(setting_name(path), path)
        at = max(self.second.findData(chosen), 0)
        self.second.setCurrentIndex(at)
        if self.second.currentData() != chosen:
            self._choose_second()

    def _choose_second(self) -> None:
        path = self.second.currentData()
        self.values.setEnabled(bool(path))
        self.values.setText(usual_values(self._experiment(), path) if path else "")
        self._say("")

    def _suggest_range(self, snapshot: Snapshot) -> None:
        """Around the limit, until the user has a range of their own."""
        if snapshot.facts is None or self._own_range:
            return
        limit = snapshot.facts.stability_limit
        if limit != self._limit:
            self._limit = limit
            low, high = usual_range(limit)
            self.low.set_value(low)
            self.high.set_value(high)

    def _refuse(self, problem: ExperimentProblem) -> None:
        self._say(problem_sentence(problem))

    def _say(self, text: str) -> None:
        self.problem.setText(f"⚠ {text}" if text else "")
        self.problem.setVisible(bool(text))

    def _press(self) -> None:
        """Start, or stop."""
        if self._view is not None and self._view.going:
            self.stop_wanted.emit()
            return
        self._say("")
        for field in (self.low, self.high, self.count):
            field.commit()
        if self.problem.text():
            return  # what was typed last is refused
        try:
            plan = self._plan()
        except ExperimentProblem as problem:
            self._refuse(problem)
            return
        self.start_wanted.emit(plan)

    def _plan(self) -> SweepPlan:
        experiment, path = self._experiment(), self.second.currentData()
        rates = spread(self.low.value, self.high.value, self.count.value)
        if not path:
            return SweepPlan(experiment, rates)
        values = parse_values(second_settings(experiment)[path], self.values.text())
        return SweepPlan(experiment, rates, path, values)

    # What came of it.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        snapshot = self._snapshot
        view = snapshot.sweep if snapshot is not None else None
        if snapshot is not None:
            self._suggest_range(snapshot)
            self._offer()
            usable = snapshot.view is not None and snapshot.state is not State.FAILED
            self.start.setEnabled(usable)
        if view is self._view and self.empty.text():
            return
        if view is None or self._view is None or view.number != self._view.number:
            self._hovered = -1
            self.lanes.select(None)
            self.plot.select(None)
        self._view = view
        going = view is not None and view.going
        self.start.setText(self.tr("Stop") if going else self.tr("Start"))
        self.start.setAccessibleName(
            self.tr("Stop the sweep") if going else self.tr("Start the sweep")
        )
        self.start.setToolTip(
            self.tr("Stop here; what is trained so far stays")
            if going
            else self.tr("Train all of them at once, each from the same weights")
        )
        self.progress.setVisible(going)
        self.progress.setValue(round(1000 * view.progress) if view is not None else 0)
        self.empty.setText(
            self.tr(
                "Set a range of learning rates and press Start: all of them train at once, from "
                "the same data and initial weights."
            )
        )
        self.empty.setVisible(view is None)
        for widget in (self.lanes, self.plot, self.caption, self.train):
            widget.setVisible(view is not None)
        self.lanes.refresh(view)
        self.plot.refresh(view)
        self._name_markers()
        self._tell()

    def _name_markers(self) -> None:
        """Under the plots, where the names are in nobody's way."""
        view, theme = self._view, self.plot.theme
        names = []
        if view is not None:
            names = [
                (sign, self._series(view, at), series_colour(at, theme))
                for at, sign in enumerate(map(series_sign, range(len(view.plan.values))))
            ]
            if not names and view.limits[0] is not None:
                names = [(LIMIT, limit_name(view.plan, 0, view.limits[0]), theme.muted)]
            if self.plot.off_scale.any():
                names.append((DIVERGED, self.tr("diverged, or off the scale"), theme.muted))
        text = "&nbsp;&nbsp; ".join(
            f'<span style="color:{colour}">{sign}</span>&nbsp;{_unbroken(name)}'
            for sign, name, colour in names
        )
        if text != self.legend.text():
            self.legend.setText(text)
        self.legend.setVisible(bool(text))

    def _series(self, view: SweepView, value: int) -> str:
        """A value of the second setting, and the limit where it is known."""
        name, limit = value_name(view.plan, value), view.limits[value]
        if limit is None:
            return name
        return self.tr("{0} (diverges over {1})").format(name, format_number(limit))

    def _tell(self) -> None:
        """The lane under the mouse, or the one selected, or else the best, in words."""
        view = self._view
        if view is None:
            return
        lane = self._hovered if self._hovered >= 0 else self._chosen
        self.train.setEnabled(self._chosen is not None)
        if lane is None:
            self.caption.setText(self.tr("All of these runs have diverged: try smaller rates."))
            if not view.complete:
                self.caption.setText("")
            return
        said = self.tr("{0}: {1}").format(lane_name(view.plan, lane), lane_outcome(view, lane))
        if lane in view.own:
            said = self.tr("{0} (trained by itself)").format(said)
        elif lane == view.best:
            said = self.tr("Best: {0}").format(said)
        self.caption.setText(said)

    @property
    def _chosen(self) -> int | None:
        view = self._view
        if view is None:
            return None
        return self.lanes.selected if self.lanes.selected is not None else view.best

    def _hover(self, lane: int) -> None:
        self._hovered = lane
        self._tell()

    def _select(self, lane: int) -> None:
        self.lanes.select(lane)
        self.plot.select(lane)
        self._tell()

    def _click(self, lane: int) -> None:
        self._select(lane)
        if self._view is not None:
            self.lane_wanted.emit(self._view, lane)

    def _train_selected(self) -> None:
        if (lane := self._chosen) is not None:
            self._click(lane)

    # Qt's events.

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plots side by side where there is the room, else one over the other."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE * self.height()
        way = QBoxLayout.Direction
        self._plots.setDirection(way.LeftToRight if wide else way.TopToBottom)


def _unbroken(text: str) -> str:
    """In HTML, all on one line."""
    return escape(text).replace(" ", "&nbsp;")
