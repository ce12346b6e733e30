"""The views of the window, each in its panel, and which of them somebody sees."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from guitrain.core.landscape_view import Bounds
from guitrain.core.map_view import Axes
from guitrain.core.plane import PlaneChoice
from guitrain.observing import GRAPH, HISTORY, RESIDUALS, SCORES, STEP, TEST_POINTS, UNITS, WEIGHTS
from guitrain.plots.fit import FitPlot
from guitrain.plots.loss import LossPlot
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.controls import Controls
from guitrain.ui.equation import equation
from guitrain.ui.fit_views import FitViews
from guitrain.ui.panel_plan import MAKERS, add_panels
from guitrain.ui.panels import Panels
from guitrain.ui.results import ResultsPanel

if TYPE_CHECKING:
    from guitrain.export.image import Picture
    from guitrain.lessons import Reading
    from guitrain.plots.landscape import LandscapePlot
    from guitrain.ui.code_panel import CodePanel
    from guitrain.ui.cycle_panel import CyclePanel
    from guitrain.ui.graph_panel import GraphPanel
    from guitrain.ui.landscape_panel import LandscapePanel
    from guitrain.ui.lesson_panel import LessonPanel
    from guitrain.ui.network_panel import NetworkPanel
    from guitrain.ui.numbers_panel import NumbersPanel
    from guitrain.ui.residual_panel import ResidualPanel
    from guitrain.ui.runs_panel import RunsPanel
    from guitrain.ui.scores_panel import ScoresPanel
    from guitrain.ui.sweep_panel import SweepPanel
    from guitrain.ui.weights_panel import WeightsPanel


class Workspace(QObject):
    """Puts every view into its panel, and shows each moment in all of them.

    Those that are closed at the first start are made when they are first wanted: the window is to
    stand as soon as it can.

    Signals:
        wishes_changed: ``wishes`` or ``wanted_landscape`` may be others: a view came into sight,
            or left.
        made(name): a view was made, and can be wired.

    Attributes:
        docks: the widget that holds the panels. panels: the panels.
        controls, fit, loss, results: the views that are there from the start.
        fits: the fit, or the map in its place.
        residuals, show_test, log_axis: the switches of fit and loss.
        also_wished: what snapshots must hold besides, for what is no view.
    """

    wishes_changed = Signal()
    made = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # A window within the window: toolbar and footer stay out of the panels' way.
        self.docks = QMainWindow()
        self.docks.setObjectName("docks")
        self.docks.setWindowFlags(Qt.WindowType.Widget)
        self.controls = Controls()
        self.fit, self.loss, self.results = FitPlot(), LossPlot(), ResultsPanel()
        self.fits = FitViews(self.fit)
        self.fit.setToolTip(self.tr("Each point is one of the data; the line is what was learnt"))
        self.loss.setToolTip(self.tr("How far off the model was at each epoch: lower is better"))
        self.panels = Panels(self.docks)
        self._theme = LIGHT
        self._snapshot: Snapshot | None = None
        self.also_wished: frozenset[str] = frozenset()
        self._late: dict[str, Any] = {}  # of the views that are made late, those that are
        self._equation_of: object = None
        self._on_surface = False
        there = {
            "settings": self.controls,
            "fit": self.fits,
            "loss": self.loss,
            "results": self.results,
        }
        add_panels(self.panels, there, self._maker)
        panel = self.panels.panel
        self._fit_panel, self._loss_panel = panel("fit"), panel("loss")
        self._landscape_panel = panel("landscape")
        self._finish_heads()
        for name in self.panels.names:
            self.panels.panel(name).visibilityChanged.connect(self.wishes_changed)
        self.loss.set_log(True)
        self.residuals.toggled.connect(self.fit.set_residuals)
        self.fits.view_changed.connect(self._fit_changed)
        self.log_axis.toggled.connect(self.loss.set_log)

    # The views that are made late.

    @property
    def landscape(self) -> "LandscapePlot":
        """The plot of the loss over two parameters."""
        return self.landscape_panel.plot

    @property
    def landscape_panel(self) -> "LandscapePanel":
        """The same, with the choice of a plane through many."""
        return self._wanted("landscape")

    @property
    def cycle(self) -> "CyclePanel":
        """The flow chart."""
        return self._wanted("cycle")

    @property
    def graph(self) -> "GraphPanel":
        """The computation graph."""
        return self._wanted("graph")

    @property
    def network(self) -> "NetworkPanel":
        """The model's units."""
        return self._wanted("network")

    @property
    def weights(self) -> "WeightsPanel":
        """Weights and gradients over the epochs, and now."""
        return self._wanted("weights")

    @property
    def code(self) -> "CodePanel":
        """The script."""
        return self._wanted("code")

    @property
    def numbers(self) -> "NumbersPanel":
        """This step in numbers."""
        return self._wanted("numbers")

    @property
    def runs(self) -> "RunsPanel":
        """The table of runs."""
        return self._wanted("runs")

    @property
    def predicted(self) -> "ResidualPanel":
        """Predicted against true, and residuals."""
        return self._wanted("predicted")

    @property
    def scores(self) -> "ScoresPanel":
        """How well the classes are told."""
        return self._wanted("scores")

    @property
    def sweep(self) -> "SweepPanel":
        """Many learning rates at once."""
        return self._wanted("sweep")

    @property
    def lesson(self) -> "LessonPanel":
        """A lesson's pages."""
        return self._wanted("lesson")

    @property
    def reading(self) -> "Reading | None":
        """The lesson that is being read, if one is."""
        return self.lesson.reading if "lesson" in self._late else None

    def _wanted(self, name: str) -> Any:
        if name in self._late:  # perhaps made a moment ago, and not in its panel yet
            return self._late[name]
        return self.panels.panel(name).content

    def _maker(self, name: str) -> Callable[[], QWidget]:
        """What makes a view in the theme in use, at the present moment."""

        def made() -> QWidget:
            view = self._late[name] = MAKERS[name](self, self._theme)
            if self._snapshot is not None:
                self._late[name].refresh(self._snapshot)
            self.made.emit(name)
            return view

        return made

    def _finish_heads(self) -> None:
        """The caption and the switches of the panels that are there from the start."""
        fit, loss = self._fit_panel, self._loss_panel
        fit.caption.setAccessibleName(self.tr("The learnt line"))
        fit.add_choice(self.fits.choice)
        self.residuals = fit.add_switch(
            "residuals", self.tr("Residuals"), self.tr("Draw each point's error, ŷ − y")
        )
        self.show_test = loss.add_switch(
            "show_test",
            self.tr("Test loss"),
            self.tr("Draw the loss on points that the model never trains on"),
        )
        self.log_axis = loss.add_switch(
            "log_axis", self.tr("Log axis"), self.tr("A logarithmic loss axis"), on=True
        )

    def set_theme(self, theme: Theme) -> None:
        """Give every view this theme."""
        self._theme = theme
        seen = (self.controls, self.fits, self.loss, self.results, self.panels)
        for view in (*seen, *self._late.values()):
            view.set_theme(theme)

    # What is shown.

    @property
    def shown(self) -> Snapshot | None:
        """The moment that the views show."""
        return self._snapshot

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment in every view; the hidden ones only remember it."""
        self._snapshot = snapshot
        view = snapshot.view
        self._make_way(surface=snapshot.experiment.surface is not None)
        self.loss.show_moment(snapshot)
        self.fits.refresh(snapshot)
        self.results.refresh(snapshot)
        for late in self._late.values():
            late.refresh(snapshot)
        numbers = view.numbers if view is not None else None
        form = view.experiment.form if view is not None else None
        if (numbers, form) != self._equation_of:
            self._equation_of = (numbers, form)
            self._fit_panel.set_caption(equation(numbers, form))
            over = ""
            if form is not None and form.shape.surface is not None:
                over = form.formula
            elif form is not None and len(form.names) == 2:
                over = self.tr("loss over {0} and {1}").format(*form.names)
            elif form is not None:
                over = self.tr("loss on a plane through {0} parameters").format(f"{form.count:,}")
            self._landscape_panel.set_caption(over)

    def _make_way(self, *, surface: bool) -> None:
        """On a test surface the landscape is what there is to see: it takes the fit's place."""
        if surface == self._on_surface or not self.docks.isVisible():
            return  # before it is seen for the first time, the panels are not laid out yet
        self._on_surface = surface
        self._loss_panel.show_switch(self.show_test, not surface)
        if surface:
            self.panels.put_over("landscape", "fit")
        else:
            self.leave_surface()

    def reset_layout(self) -> None:
        """Every panel where it was at the first start; on a test surface the landscape over it."""
        self.panels.reset_layout()
        self._on_surface = False
        if self._snapshot is not None:
            self._make_way(surface=self._snapshot.experiment.surface is not None)

    def leave_surface(self) -> None:
        """The landscape goes back to where it was, as far as it was moved."""
        self.panels.put_back("landscape", "fit")

    @property
    def predicting(self) -> bool:
        """Whether the next weight is to be predicted before each update."""
        return "numbers" in self._late and self.numbers.predicting

    @property
    def wishes(self) -> frozenset[str]:
        """What a snapshot must hold for the views that are seen."""
        found = set()
        seen = self.panels.is_seen
        watching = "numbers" in self._late and self.numbers.watching
        if watching or any(map(seen, ("cycle", "code", "landscape"))):
            found.add(STEP)
        if seen("graph"):
            found |= {STEP, GRAPH}
        if seen("network"):
            found |= {WEIGHTS, UNITS}
        if seen("weights"):
            found |= {WEIGHTS, HISTORY}
        if seen("predicted"):
            found.add(RESIDUALS)
        if seen("scores"):
            found.add(SCORES)
        if self.fits.wish is not None and seen("fit"):
            found.add(self.fits.wish)
        if found & {RESIDUALS, SCORES} and self.show_test.isChecked():
            found.add(TEST_POINTS)
        return self.also_wished | found

    def pictures(self) -> "dict[str, Picture]":
        """What can be taken away: fit and loss, and the panels in sight, since what the others show
        is worked out only while they are seen.
        """
        found: dict[str, Picture] = {"loss": self.loss}
        if not self.fits.shows_nothing:
            found = {self.fits.name: self.fits.shown, **found}
        seen = self.panels.is_seen
        if seen("landscape"):
            found["landscape"] = self.landscape
        if seen("predicted"):
            found["predicted"] = self.predicted.plot
        if seen("scores"):
            found["scores"] = self.scores.roc
        if seen("cycle"):
            found["cycle"] = self.cycle.chart
        if seen("graph"):
            found["graph"] = self.graph.diagram
        if seen("network"):
            found["network"] = self.network.picture
        if seen("weights"):
            found |= {"weights": self.weights.values, "gradients": self.weights.gradients}
        if seen("sweep"):
            found["sweep"] = self.sweep.plot
        return found

    @property
    def map_axes(self) -> Axes | None:
        """The inputs that a map is wanted of, or None while there is none in sight."""
        return self.fits.map_axes if self.panels.is_seen("fit") else None

    def _fit_changed(self) -> None:
        """The map or the gallery took the fit's place, or left it, or shows something else."""
        self._fit_panel.show_switch(self.residuals, self.fits.currentWidget() is self.fit)
        self.wishes_changed.emit()

    @property
    def wanted_landscape(self) -> Bounds | PlaneChoice | None:
        """The landscape that is to be computed, or None while it is hidden."""
        return self.landscape_panel.wanted if self.panels.is_seen("landscape") else None
