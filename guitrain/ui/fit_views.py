"""What is learnt beside the data: the fit over one input, or the map in its place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QWidget

from guitrain.core.closed_form import Facts
from guitrain.core.data import Data
from guitrain.core.experiment import Experiment
from guitrain.core.map_view import Axes, axes_for, needs_map, telling_axes
from guitrain.plots import surface_words
from guitrain.plots.axis_words import input_labels
from guitrain.plots.fit import FitPlot
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot

if TYPE_CHECKING:
    from guitrain.plots.map import MapPlot

_LEAST, _MOST = 56, 150  # pixels of a choice; its list shows all of a longer name


class AxisChoice(QWidget):
    """Which two of more inputs a map has across and up; hidden where there is nothing to choose.

    Signals: changed: ``axes`` are others.
    Attributes:
        axes: those chosen. across, up: the boxes.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.axes: Axes = (0, 1)
        self._labels: tuple[str, ...] = ()
        self.across, self.up = QComboBox(), QComboBox()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for box, name, sign, accessible, tip in (
            (self.across, "map_x", "→", self.tr("Across"), self.tr("The input across the map")),
            (self.up, "map_y", "↑", self.tr("Up"), self.tr("The input up the map")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(accessible)
            box.setToolTip(tip)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumWidth(_LEAST)
            box.setMaximumWidth(_MOST)
            box.currentIndexChanged.connect(self._choose)
            layout.addWidget(QLabel(sign))
            layout.addWidget(box)
        self.hide()

    def show_data(self, data: Data) -> None:
        """Offer these inputs; of other data those that tell most are chosen."""
        labels = input_labels(data)
        if labels == self._labels:
            return
        self._labels, self.axes = labels, telling_axes(data)
        for box, index in zip((self.across, self.up), self.axes, strict=True):
            box.blockSignals(True)
            box.clear()
            box.addItems(list(labels))
            box.setCurrentIndex(min(index, len(labels) - 1))
            box.blockSignals(False)
        self.setVisible(len(labels) > 2)

    def _choose(self) -> None:
        axes = (self.across.currentIndex(), self.up.currentIndex())
        if axes[0] == axes[1]:  # the two change places
            axes = (self.axes[1], self.axes[0])
            for box, index in zip((self.across, self.up), axes, strict=True):
                box.blockSignals(True)
                box.setCurrentIndex(index)
                box.blockSignals(False)
        if axes != self.axes:
            self.axes = axes
            self.changed.emit()


class FitViews(QStackedWidget):
    """The fit of a number over one input; of several inputs or of classes the map, which is made
    when it is first wanted.

    Signals:
        point_clicked(row): as PointPlot, of either. map_changed: ``map_axes`` are others.
    Attributes:
        fit: the fit. choice: the axes of the map, for the panel's head.
    """

    point_clicked = Signal(int)
    map_changed = Signal()

    def __init__(self, fit: FitPlot) -> None:
        super().__init__()
        self.setObjectName("fit_views")
        self.fit = fit
        self.addWidget(fit)
        fit.point_clicked.connect(self.point_clicked)
        self.choice = AxisChoice()
        self.choice.changed.connect(self._choose)
        self._map: MapPlot | None = None
        self._nothing: QLabel | None = None
        self._theme = LIGHT
        self._inputs = 1
        self._show_test = False

    @property
    def map(self) -> "MapPlot":
        """The map."""
        if self._map is None:
            from guitrain.plots.map import MapPlot

            self._map = made = MapPlot(theme=self._theme)
            made.setToolTip(
                self.tr("Each mark is one of the data; behind them is what the model says there")
            )
            made.set_show_test(self._show_test)
            made.set_axes(self.choice.axes)
            made.point_clicked.connect(self.point_clicked)
            self.addWidget(made)
        return self._map

    @property
    def shows_map(self) -> bool:
        """Whether the map is in the fit's place."""
        return self._map is not None and self.currentWidget() is self._map

    @property
    def nothing(self) -> QLabel:
        """Why there is nothing to fit."""
        if self._nothing is None:
            self._nothing = made = QLabel(surface_words.no_points())
            made.setObjectName("fit_nothing")
            made.setProperty("role", "muted")
            made.setWordWrap(True)
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            made.setContentsMargins(24, 24, 24, 24)
            self.addWidget(made)
        return self._nothing

    @property
    def shows_nothing(self) -> bool:
        """Whether there is nothing to fit, on a test surface."""
        return self._nothing is not None and self.currentWidget() is self._nothing

    @property
    def shown(self) -> "FitPlot | MapPlot":
        """The one that is there; on a test surface the fit, out of sight."""
        return self.map if self.shows_map else self.fit

    @property
    def map_axes(self) -> Axes | None:
        """Those of the map, where it is the one that is there."""
        return axes_for(self._inputs, self.choice.axes) if self.shows_map else None

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self._theme = theme
        self.fit.set_theme(theme)
        if self._map is not None:
            self._map.set_theme(theme)

    def set_show_test(self, on: bool) -> None:
        """Draw the test points too."""
        self._show_test = on
        self.fit.set_show_test(on)
        if self._map is not None:
            self._map.set_show_test(on)

    def set_preview(self, experiment: Experiment, data: Data, facts: Facts) -> None:
        """Show these points and what is known of them, before there is a run."""
        self.fit.set_drawing(experiment, known=True)
        self._turn_to(experiment, data)
        if self.shows_nothing:
            return
        if self.shows_map:
            self.map.set_preview(data)
        else:
            self.fit.set_preview(data, facts)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        view = snapshot.view
        known = view is not None or snapshot.data is not None
        self.fit.set_drawing(snapshot.experiment, known=known)
        if view is not None:
            self._turn_to(view.experiment, view.data)
        elif self.fit.mouse.points is not None:  # it is drawn before there is a run, too
            self._turn_to(snapshot.experiment, None)
        if self.shows_nothing:
            return
        if self.shows_map:
            if view is not None:
                self.map.refresh(view, snapshot.map)
            self.map.set_applied(snapshot.applied)
            self.map.set_point(snapshot.point)
            return
        if view is not None:
            self.fit.refresh(view)
        self.fit.set_ghosts(snapshot.ghosts)
        self.fit.set_applied(snapshot.applied)
        self.fit.set_point(snapshot.point)

    def select_next_point(self, step: int) -> None:
        """As PointPlot's, of the one that is there."""
        if not self.shows_nothing:
            self.shown.select_next_point(step)

    def _turn_to(self, experiment: Experiment, data: Data | None) -> None:
        before = self.map_axes
        wanted = data is not None and needs_map(experiment)
        self._inputs = 1 if data is None else len(data.input_names)
        if wanted and data is not None:
            self.choice.show_data(data)
            self.map.set_axes(self.choice.axes)
        else:
            self.choice.hide()
        page, now = (self.map if wanted else self.fit), self.currentWidget()
        self.setCurrentWidget(self.nothing if experiment.surface is not None else page)
        if self.map_axes != before or self.currentWidget() is not now:
            self.map_changed.emit()

    def _choose(self) -> None:
        self.map.set_axes(self.choice.axes)
        self.map_changed.emit()
