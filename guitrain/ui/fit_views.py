"""What is learnt beside the data: the fit over one input, or in its place the map, or of images
the gallery.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.closed_form import Facts
from guitrain.core.data import Data
from guitrain.core.drawing import drawing_of
from guitrain.core.experiment import Experiment
from guitrain.core.map_view import Axes, axes_for, needs_map, telling_axes
from guitrain.plots import surface_words
from guitrain.plots.axis_words import input_labels
from guitrain.plots.fit import FitPlot
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot

if TYPE_CHECKING:
    from guitrain.plots.map import MapPlot
    from guitrain.plots.point_plot import PointPlot
    from guitrain.ui.class_chooser import ClassChooser
    from guitrain.ui.gallery_panel import GalleryPanel

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
    """The fit of a number over one input; of several inputs or of classes the map; of classes of
    images the gallery. Map and gallery are made when they are first wanted.

    Signals:
        point_clicked(row): as PointPlot, of any. image_clicked(inputs): as GalleryPanel.
        drawing_changed(points, burst): as DrawingPlot, of any.
        view_changed: another is there, or ``map_axes`` or ``wish`` are others.
    Attributes:
        fit: the fit. choice: the axes of the map, for the panel's head.
    """

    point_clicked = Signal(int)
    image_clicked = Signal(object)
    drawing_changed = Signal(object, object)
    view_changed = Signal()

    def __init__(self, fit: FitPlot) -> None:
        super().__init__()
        self.setObjectName("fit_views")
        self.fit = fit
        self.addWidget(fit)
        fit.point_clicked.connect(self.point_clicked)
        fit.drawing_changed.connect(self.drawing_changed)
        self.choice = AxisChoice()
        self.choice.changed.connect(self._choose)
        self._map: MapPlot | None = None
        self._nothing: QLabel | None = None
        self._map_page: QWidget | None = None
        self._chooser: ClassChooser | None = None
        self._gallery: GalleryPanel | None = None
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
            made.drawing_changed.connect(self.drawing_changed)
            made.kind_changed.connect(self._show_kinds)
            self._map_page = page = QWidget()
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(4)
            layout.addWidget(made, 1)
            self.addWidget(page)
        return self._map

    @property
    def gallery(self) -> "GalleryPanel":
        """The gallery."""
        if self._gallery is None:
            from guitrain.ui.gallery_panel import GalleryPanel

            self._gallery = made = GalleryPanel(self._theme)
            made.set_show_test(self._show_test)
            made.point_clicked.connect(self.point_clicked)
            made.image_clicked.connect(self.image_clicked)
            made.wish_changed.connect(self.view_changed)
            self.addWidget(made)
        return self._gallery

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
    def shows_map(self) -> bool:
        """Whether the map is in the fit's place."""
        return self._map_page is not None and self.currentWidget() is self._map_page

    @property
    def shows_gallery(self) -> bool:
        """Whether the gallery is."""
        return self._gallery is not None and self.currentWidget() is self._gallery

    @property
    def shows_nothing(self) -> bool:
        """Whether there is nothing to fit, on a test surface."""
        return self._nothing is not None and self.currentWidget() is self._nothing

    @property
    def shown(self) -> "PointPlot":
        """The one that is there; on a test surface the fit, out of sight."""
        if self.shows_gallery:
            return self.gallery.plot
        return self.map if self.shows_map else self.fit

    @property
    def name(self) -> str:
        """What the one that is there is called in exports."""
        if self.shows_gallery:
            return "gallery"
        return "map" if self.shows_map else "fit"

    @property
    def wish(self) -> str | None:
        """What a snapshot must hold for the one that is there, or None."""
        return self.gallery.wish if self.shows_gallery else None

    @property
    def map_axes(self) -> Axes | None:
        """Those of the map, where it is the one that is there."""
        return axes_for(self._inputs, self.choice.axes) if self.shows_map else None

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self._theme = theme
        self.fit.set_theme(theme)
        for other in (self._map, self._gallery, self._chooser):
            if other is not None:
                other.set_theme(theme)

    def set_show_test(self, on: bool) -> None:
        """Draw the test points too."""
        self._show_test = on
        self.fit.set_show_test(on)
        for other in (self._map, self._gallery):
            if other is not None:
                other.set_show_test(on)

    def set_preview(self, experiment: Experiment, data: Data, facts: Facts) -> None:
        """Show these points and what is known of them, before there is a run."""
        self._set_drawing(experiment, known=True)
        self._turn_to(experiment, data)
        if self.shows_nothing:
            return
        if self.shows_gallery:
            self.gallery.set_preview(experiment, data)
        elif self.shows_map:
            self.map.set_preview(data)
        else:
            self.fit.set_preview(data, facts)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        view = snapshot.view
        known = view is not None or snapshot.data is not None
        self._set_drawing(snapshot.experiment, known=known)
        if view is not None:
            self._turn_to(view.experiment, view.data)
        elif drawing_of(snapshot.experiment) is not None:  # drawn before there is a run, too
            self._turn_to(snapshot.experiment, None)
        if self.shows_nothing:
            return
        if self.shows_gallery:
            self.gallery.refresh(snapshot)
            return
        if self.shows_map:
            self.map.show_moment(snapshot)
        else:
            self.fit.show_moment(snapshot)

    # Drawing.

    def _set_drawing(self, experiment: Experiment, *, known: bool) -> None:
        """Have the points drawn on the plot that shows them, where they are drawn by hand."""
        self.fit.set_drawing(experiment, known=known)
        classes = drawing_of(experiment) is not None and experiment.classes > 0
        if self._map is None and not classes:
            return
        before = self.map.mouse.points
        self.map.set_drawing(experiment, known=known)
        if self.map.mouse.points is not before:
            self._show_kinds()

    def _show_kinds(self) -> None:
        """Which class is drawn, of how many: those that have points, and the one chosen."""
        mouse = self.map.mouse
        if mouse.points is None or mouse.kind is None:
            if self._chooser is not None:
                self._chooser.hide()
            return
        if self._chooser is None and self._map_page is not None:
            from guitrain.ui.class_chooser import ClassChooser

            self._chooser = made = ClassChooser(self._theme)
            made.chosen.connect(mouse.choose_kind)
            layout = self._map_page.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(0, made)
        if self._chooser is not None:
            count = max([2, mouse.kind, *(int(point[2]) for point in mouse.points)])
            self._chooser.show_kinds(mouse.kind, count)
            self._chooser.show()

    @property
    def map_corners(self) -> tuple[tuple[float, ...], ...]:
        """Rows of inputs as far as which the map is to reach, too."""
        return self.map.corners if self.shows_map else ()

    def add_point(self) -> None:
        """To the drawing."""
        if not self.shows_gallery:
            (self.map if self.shows_map else self.fit).mouse.add()

    def delete_point(self) -> None:
        """From the drawing."""
        if not self.shows_gallery:
            (self.map if self.shows_map else self.fit).mouse.delete()

    def select_next_point(self, step: int) -> None:
        """As PointPlot's, of the one that is there."""
        if self.shows_nothing:
            return
        if self.shows_gallery:
            self.gallery.select_next_point(step)
        elif self.shows_map:
            self.map.select_next_point(step)
        else:
            self.fit.select_next_point(step)

    def _turn_to(self, experiment: Experiment, data: Data | None) -> None:
        before = (self.currentWidget(), self.map_axes)
        self._inputs = experiment.inputs if data is None else len(data.input_names)
        if data is not None and experiment.classes and experiment.dataset_entry.image is not None:
            self.choice.hide()
            self.setCurrentWidget(self.gallery)
        elif needs_map(experiment) and (data is not None or drawing_of(experiment) is not None):
            if data is not None:
                self.choice.show_data(data)
            self.map.set_axes(self.choice.axes)
            if self._map_page is not None:
                self.setCurrentWidget(self._map_page)
        else:
            self.choice.hide()
            self.setCurrentWidget(self.fit if experiment.surface is None else self.nothing)
        if (self.currentWidget(), self.map_axes) != before:
            self.view_changed.emit()

    def _choose(self) -> None:
        self.map.set_axes(self.choice.axes)
        self.view_changed.emit()
