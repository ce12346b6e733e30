"""The views of the window, each in its panel, and which of them somebody sees."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from guitrain.core.landscape_view import Bounds
from guitrain.observing import GRAPH, STEP
from guitrain.plots.fit import FitPlot
from guitrain.plots.landscape import LandscapePlot
from guitrain.plots.loss import LossPlot
from guitrain.plots.theme import Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.code_panel import CodePanel
from guitrain.ui.controls import Controls
from guitrain.ui.cycle_panel import CyclePanel
from guitrain.ui.equation import equation
from guitrain.ui.graph_panel import GraphPanel
from guitrain.ui.numbers_panel import NumbersPanel
from guitrain.ui.panels import Panels
from guitrain.ui.results import ResultsPanel
from guitrain.ui.runs_panel import RunsPanel

ON_FIRST_STEP = ("cycle", "numbers")  # the panels that open when one first goes step by step


class Workspace(QObject):
    """Makes every view and puts it into its panel; shows each moment in all of them.

    Signals:
        wishes_changed: ``wishes`` or ``bounds`` may be others: a view came into sight, or left.

    Attributes:
        docks: the widget that holds the panels. panels: the panels.
        controls, fit, loss, landscape, cycle, graph, code, numbers, results, runs: the views.
        residuals, show_test, log_axis: the switches of fit and loss.
    """

    wishes_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # A window within the window: toolbar and footer stay out of the panels' way.
        self.docks = QMainWindow()
        self.docks.setObjectName("docks")
        self.docks.setWindowFlags(Qt.WindowType.Widget)
        self.controls = Controls()
        self.fit, self.loss, self.landscape = FitPlot(), LossPlot(), LandscapePlot()
        self.cycle, self.graph, self.code = CyclePanel(), GraphPanel(), CodePanel()
        self.numbers, self.results, self.runs = NumbersPanel(), ResultsPanel(), RunsPanel()
        self.fit.setToolTip(self.tr("Each point is one of the data; the line is what was learnt"))
        self.loss.setToolTip(self.tr("How far off the line was at each epoch: lower is better"))
        self.landscape.setToolTip(
            self.tr("Dark is low. Drag the start to begin from other weights.")
        )
        self.panels = Panels(self.docks)
        self._equation_of: object = None
        self._themed = (
            self.controls,
            self.fit,
            self.loss,
            self.landscape,
            self.cycle,
            self.graph,
            self.code,
            self.numbers,
            self.runs,
            self.panels,
        )
        self._add_left_and_middle()
        self._add_right()
        for name in self.panels.names:
            self.panels.panel(name).visibilityChanged.connect(
                lambda _on: self.wishes_changed.emit()
            )
        self.numbers.watching_changed.connect(lambda _on: self.wishes_changed.emit())
        self.loss.set_log(True)
        self.residuals.toggled.connect(self.fit.set_residuals)
        self.log_axis.toggled.connect(self.loss.set_log)

    def _add_left_and_middle(self) -> None:
        add = self.panels.add
        add(
            "settings",
            self.tr("Experiment"),
            self.controls,
            "left",
            closable=False,
            framed=False,
            opened_first=True,
            width=268,
        )
        fit = self._fit_panel = add(
            "fit",
            self.tr("Fit"),
            self.fit,
            "middle",
            weight=4,
            width=500,
            opened_first=True,
            caption_name="equation",
            tip=self.tr("The data and the line that is learnt"),
        )
        fit.caption.setAccessibleName(self.tr("The learnt line"))
        self.residuals = fit.add_switch(
            "residuals", self.tr("Residuals"), self.tr("Draw each point's error, ŷ − y")
        )
        loss = add(
            "loss",
            self.tr("Loss"),
            self.loss,
            "middle",
            weight=3,
            opened_first=True,
            tip=self.tr("The loss, epoch by epoch"),
        )
        self.show_test = loss.add_switch(
            "show_test",
            self.tr("Test loss"),
            self.tr("Draw the loss on points that the model never trains on"),
        )
        self.log_axis = loss.add_switch(
            "log_axis", self.tr("Log axis"), self.tr("A logarithmic loss axis"), on=True
        )
        add(
            "landscape",
            self.tr("Landscape"),
            self.landscape,
            "middle",
            weight=3,
            beside="loss",
            tip=self.tr("The loss over w and b, and the path that training takes through it"),
        ).caption.setText(self.tr("loss over w and b"))

    def _add_right(self) -> None:
        add = self.panels.add
        add(
            "cycle",
            self.tr("The cycle"),
            self.cycle,
            "right",
            label=self.tr("Cycle"),
            weight=1.25,
            width=400,
            tip=self.tr("The steps of training as a flow chart, with the present one lit"),
        )
        add(
            "graph",
            self.tr("Computation graph"),
            self.graph,
            "right",
            label=self.tr("Graph"),
            weight=1.25,
            width=400,
            stacked_on="cycle",
            tip=self.tr("How the loss follows from weights and data, and gradients flow back"),
        )
        add(
            "code",
            self.tr("The code"),
            self.code,
            "right",
            label=self.tr("Code"),
            weight=0.8,
            width=400,
            tip=self.tr("The experiment as a PyTorch script, with the running line lit"),
        )
        add(
            "numbers",
            self.tr("This step in numbers"),
            self.numbers,
            "right",
            label=self.tr("Numbers"),
            width=400,
            tip=self.tr("The formulas of this step with its numbers"),
        )
        add(
            "results",
            self.tr("Results"),
            self.results,
            "right",
            width=300,
            stacked_on="numbers",
            apart_when_tall=True,
            opened_first=True,
            tip=self.tr("Why the run stopped; test the model, apply it"),
        )
        add(
            "runs",
            self.tr("Runs"),
            self.runs,
            "right",
            width=400,
            stacked_on="results",
            tip=self.tr("Runs and branches, to compare; races"),
        )

    def set_theme(self, theme: Theme) -> None:
        """Give every view this theme."""
        for view in self._themed:
            view.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment in every view; the hidden ones only remember it."""
        view = snapshot.view
        if view is not None:
            self.fit.refresh(view)
            self.loss.refresh(view, running=snapshot.state is State.RUNNING)
        for plot in (self.fit, self.loss):
            plot.set_ghosts(snapshot.ghosts)
        self.fit.set_applied(snapshot.applied)
        self.fit.set_point(snapshot.point)
        for each in (self.landscape, self.cycle, self.graph, self.code, self.numbers):
            each.refresh(snapshot)
        self.results.refresh(snapshot)
        self.runs.refresh(snapshot)
        numbers = view.numbers if view is not None else None
        if numbers != self._equation_of:
            self._equation_of = numbers
            self._fit_panel.caption.setText(equation(numbers))

    @property
    def wishes(self) -> frozenset[str]:
        """What a snapshot must hold for the views that are seen."""
        found = set()
        seen = self.panels.is_seen
        if self.numbers.watching or any(map(seen, ("cycle", "code", "landscape"))):
            found.add(STEP)
        if seen("graph"):
            found |= {STEP, GRAPH}
        return frozenset(found)

    @property
    def bounds(self) -> Bounds | None:
        """The landscape that is wanted, or None while it is hidden."""
        return self.landscape.wanted_bounds if self.panels.is_seen("landscape") else None
