"""The map: points over two inputs, and behind them what the model says everywhere.

Classes are regions, shaded by the probability of the leading one, with their borders; a number is
a field of colours. Of one input with classes, the probability of each over x. Points of classes
over two inputs can be drawn by hand.
"""

from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from guitrain.core.curve import sampled
from guitrain.core.data import Data, Split
from guitrain.core.drawing import Points, copied, drawing_of
from guitrain.core.evaluation import Prediction
from guitrain.core.map_view import Axes, MapView, axes_for, input_span
from guitrain.plots import ghosts as others
from guitrain.plots import map_words
from guitrain.plots.axis_words import input_labels, target_label
from guitrain.plots.class_curves import ClassCurves
from guitrain.plots.class_marks import class_colour, class_shape
from guitrain.plots.colour_scale import WIDTH, ColourScale
from guitrain.plots.corners import emptiest_corner
from guitrain.plots.drawing_plot import DrawingPlot
from guitrain.plots.fit_range import begun_plane, plane_with_room
from guitrain.plots.items import Legend, mixed, pen
from guitrain.plots.map_legend import map_rows
from guitrain.plots.map_point import MapApplied, MapPointMark, mark_box
from guitrain.plots.map_points import (
    Group,
    GroupedPoints,
    Kind,
    number_shape,
    shown_points,
)
from guitrain.plots.note import Note
from guitrain.plots.regions import Regions, border_path, borders_of
from guitrain.plots.scales import Scale, padded, span_of
from guitrain.plots.shades import (
    class_shades,
    class_table,
    colour_of,
    heat_shades,
    heat_steps,
    heat_table,
)
from guitrain.plots.theme import LIGHT, Theme

if TYPE_CHECKING:
    from guitrain.core.experiment import Experiment
    from guitrain.core.run_view import RunView
    from guitrain.snapshot import Ghost, Snapshot

MOST_POINTS = 2000
_MANY = 400  # points, from which on they are drawn smaller
_HEATS = 32  # colours of points whose y is told by them
_MARGIN, _TOP, _BOTTOM = 27, 11, 5  # pixels around the plot, as the other plots have them
_LEFT = 7
_NO_POINTS = Split(np.empty((0, 2)), np.empty(0))
_LEGEND_SHARE = 0.35  # of the area, above which the legend would hide more than it tells

Floats = NDArray[np.float64]


class MapPlot(DrawingPlot):
    """See the module. Asks for nothing: it shows the map that it is given.

    Attributes:
        axes, in_use: the inputs across and up: as wanted, and as the data have them.
        point: the selected point, or None.
        regions: the picture. colours: the colour scale. curves: of one input with classes.
        note: what is said in a corner. behind: the ghosts whose borders are drawn.

    Signals: point_clicked, drawing_changed, kind_changed, as DrawingPlot.
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("map_plot")
        self.setAccessibleName(self.tr("Map: the data points, and what the model says everywhere"))
        self.axes: Axes = (0, 1)
        self._data: Data | None = None
        self._experiment: Experiment | None = None
        self._map: MapView | None = None
        self._applied: tuple[Prediction, ...] = ()
        self._ghosts: tuple[Ghost, ...] = ()
        self.behind: tuple[Ghost, ...] = ()
        self._heat = Scale(0.0, 1.0)  # of the numbers that colours stand for
        self._tables = (class_table(theme), heat_table(theme))
        self.regions = Regions(self)
        self._ghost_lines = others.GhostLines(self.area, 0.5, cached=False, bold=True)
        self.curves = ClassCurves(self, 1)
        self._points = GroupedPoints(self, 3)
        self._applied_marks = MapApplied(self)
        self._point_mark = MapPointMark(self)
        self.colours = ColourScale(self)
        self._legend = Legend(self.area, 20, cached=not for_export)
        self._legend_fits = False
        self.note, self._invitation = self._tag(21), Note(self)
        self._restyle()

    # What is shown.

    def set_preview(self, data: Data) -> None:
        """Show these points, before there is a run."""
        self._experiment = None
        self._show_data(data)
        self._show_map(None)

    def refresh(self, view: "RunView", found: MapView | None) -> None:
        """Show a run as it is now, with its map; without one, the points alone."""
        other = view.experiment is not self._experiment
        self._experiment = view.experiment
        self._show_data(view.data)
        if other and self._ghosts:
            self._choose_ghosts()
        if found is not None and (found.run_id != view.run_id or found.axes != self.in_use):
            found = None
        if found is not self._map or other:
            self._show_map(found)

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving."""
        if snapshot.view is not None:
            self.refresh(snapshot.view, snapshot.map)
        self.set_applied(snapshot.applied)
        self.set_point(snapshot.point)
        self.set_ghosts(snapshot.ghosts)

    def set_ghosts(self, ghosts: "tuple[Ghost, ...]") -> None:
        """Draw the borders of those that learn the same classes; call it each frame."""
        if (not ghosts and not self._ghosts) or others.same_views(ghosts, self._ghosts):
            return
        self._ghosts = ghosts
        self._choose_ghosts()

    def _choose_ghosts(self) -> None:
        before = [(each.style, each.name) for each in self.behind]
        mine = self._experiment
        self.behind = tuple(
            each
            for each in self._ghosts
            if mine is not None
            and each.map is not None
            and each.map.axes == self.in_use
            and others.same_points(mine, each.view.experiment)
        )[: others.MOST_DRAWN]
        self._draw_ghosts()
        if before != [(each.style, each.name) for each in self.behind]:
            self._draw_legend()
            self._draw_point()

    def _draw_ghosts(self) -> None:
        paths = []
        for each in self.behind:
            assert each.map is not None
            paths.append((each.style, border_path(self, borders_of(each.map))))
        self._ghost_lines.draw(paths, self.theme)

    def set_axes(self, axes: Axes) -> None:
        """Put these inputs across and up."""
        if axes != self.axes:
            self.axes = axes
            self._map = None
            self._name_axes()
            self._fit_range()
            self._draw()

    def set_applied(self, applied: tuple[Prediction, ...]) -> None:
        """Mark predictions for new rows of inputs; the ranges widen to show them."""
        if applied == self._applied:
            return
        moved = [one.inputs for one in applied] != [one.inputs for one in self._applied]
        self._applied = applied
        if moved:
            self._fit_range()
            self._draw()
        else:
            self._draw_applied()

    # Points that are drawn by hand.

    @property
    def train(self) -> Split:
        """As DrawingPlot.train."""
        return self._data.train if self._data is not None else _NO_POINTS

    @property
    def corners(self) -> tuple[tuple[float, ...], ...]:
        """Rows of inputs as far as which the map is to reach: while points are drawn, all over."""
        if self.mouse.points is None:
            return ()
        x, y = self.x_scale, self.y_scale
        return (x.low, y.low), (x.high, y.high)

    def drawing_in(self, experiment: "Experiment") -> Points | None:
        """As DrawingPlot.drawing_in."""
        return drawing_of(experiment) if experiment.classes and experiment.inputs == 2 else None

    def style_of(self, kind: int | None) -> tuple[QPainterPath, QPen, QBrush]:
        """As DrawingPlot.style_of."""
        number = (kind or 1) - 1
        return self.class_shape(number), *self.class_style(number, Kind.TRAIN)

    def _begin_drawing(self, experiment: "Experiment") -> None:
        data = None if experiment.is_empty else experiment.make_data()
        if data is None or copied(self.train) != copied(data.train):
            self.set_scales(*begun_plane(data))
        self.mouse.kind = 1

    def _show_drawing(self, experiment: "Experiment", *, known: bool) -> None:
        if self.mouse.points is None:
            self.mouse.kind = None
            self._draw()
        elif not self.mouse.points:
            self._data = self._experiment = self._map = None
            self._rows = np.empty(0, np.int64)
            self.set_axis_labels("x1", "x2")
            self._draw()
        elif known:
            self._draw()
        else:
            self.set_preview(experiment.make_data())

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        twin.axes, twin._show_test, twin._applied = self.axes, self._show_test, self._applied
        twin._experiment = self._experiment
        twin.mouse.set_points(self.mouse.points)
        twin.set_scales(self.x_scale, self.y_scale)
        if self._data is not None:
            twin._show_data(self._data)
        twin._show_map(self._map)
        twin.set_ghosts(self._ghosts)
        twin.set_point(self.point)
        return twin

    @property
    def in_use(self) -> Axes:
        """The axes in use."""
        count = len(self._data.input_names) if self._data is not None else 2
        return axes_for(count, self.axes)

    @property
    def _input_across(self) -> int:
        return self.in_use[0]

    def _show_data(self, data: Data) -> None:
        if data is self._data:
            return
        self._data, self._map, self.point = data, None, None
        self._rows = sampled(data.train, MOST_POINTS)
        self._heat = Scale(*padded(*(span_of(data.train.targets) or (0.0, 1.0)), 0.0))
        self._applied = tuple(
            one for one in self._applied if len(one.inputs) == len(data.input_names)
        )
        layout = self._frame.layout()
        layout.setContentsMargins(_LEFT, _TOP, _MARGIN if data.classes else WIDTH, _BOTTOM)
        self._name_axes()
        self._fit_range()
        self._draw()

    def _name_axes(self) -> None:
        if self._data is None:
            return
        labels, axes = input_labels(self._data), self.in_use
        upwards = labels[axes[1]] if len(axes) > 1 else self.tr("probability")
        self.set_axis_labels(labels[axes[0]], upwards)

    def _fit_range(self) -> None:
        if self._data is None:
            return
        if self.mouse.points is not None:
            scales = (self.x_scale, self.y_scale)
            self.set_scales(*plane_with_room(scales, self._data, self._applied))
            return
        axes, rows = self.in_use, [one.inputs for one in self._applied]
        spans = [input_span(self._data, axis, rows) for axis in axes]
        across = Scale(*spans[0])
        self.set_scales(across, Scale(*spans[1]) if len(spans) > 1 else Scale(-0.06, 1.06))

    # Drawing.

    def _restyle(self) -> None:
        self._tables = (class_table(self.theme), heat_table(self.theme))
        super()._restyle()

    def _draw(self) -> None:
        self._draw_axes()
        self.regions.style()
        self._draw_points()
        self._show_map(self._map)
        self._draw_ghosts()
        if self._data is not None and not self._data.classes:
            self.colours.draw(self._heat, target_label(self._data))
        else:
            self.colours.hide()
        self._draw_legend()
        self._draw_applied()
        self._draw_note()
        self._draw_point()
        self.mouse.draw()
        text = self.tr(
            "Choose a class above, and click to add points of it.\n"
            "Insert adds one too, and the arrow keys move it."
        )
        self._invitation.draw(text if self.mouse.points == () else "")

    def _show_map(self, found: MapView | None) -> None:
        """What the model says: all that changes from frame to frame."""
        self._map = found
        data, experiment = self._data, self._experiment
        if found is None or data is None or experiment is None:
            self.regions.clear()
            self.curves.clear()
            return
        probabilities = experiment.loss_entry.probabilities
        panel, shape = self.theme.panel, found.outputs.shape
        if probabilities is None:
            table, scale = self._tables[1], self._heat
            shades = heat_shades(found.outputs[:, :, 0], table, scale.low, scale.high, panel)
        else:
            with np.errstate(all="ignore"):
                chances = probabilities(found.outputs.reshape(-1, shape[2]).astype(np.float64))
            shades = class_shades(chances, self._tables[0], panel).reshape(shape[:2])
            if not len(found.y):
                self.curves.draw(found.x, chances)
        self.regions.lay(found, shades, bordered=probabilities is not None)

    def _places(self, points: Split, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Pixels of points: with one input, as high as their class."""
        assert self._data is not None
        axes = self.in_use
        x = self.across(points.inputs[rows, axes[0]])
        if len(axes) > 1:
            return x, self.down(points.inputs[rows, axes[1]])
        return x, self.down(points.targets[rows] / max(len(self._data.classes) - 1, 1))

    def _pixels(self) -> tuple[Floats, Floats]:
        """Where the training points are drawn (n,), in the order of ``_rows``."""
        if self._data is None:
            return np.empty(0), np.empty(0)
        return self._places(self._data.train, self._rows)

    def _draw_points(self) -> None:
        data = self._data
        if data is None:
            self._points.draw([])
            return
        groups: list[Group] = []
        test = self._show_test or self.mouse.points is not None  # none of a drawing is hidden
        for kind, points in shown_points(data, test=test).items():
            rows = self._rows if kind is Kind.TRAIN else sampled(points, MOST_POINTS)
            held = self._held_row(points)
            rows = rows if held is None else rows[rows != held]
            groups = self._groups(points, rows, kind) + groups
        self._points.draw(groups)

    def _groups(self, points: Split, rows: NDArray[np.int64], kind: Kind) -> list[Group]:
        """The points of each class, or with a y of one colour."""
        assert self._data is not None
        x, y = self._places(points, rows)
        targets, found = points.targets[rows], []
        if self._data.classes:
            for number in np.unique(targets).astype(int).tolist():
                own = targets == number
                stroke, brush = self.class_style(number, kind)
                found.append(Group(x[own], y[own], self.class_shape(number), stroke, brush))
            return found
        shape = number_shape(kind, self._radius)
        steps = heat_steps(targets, self._heat.low, self._heat.high) * _HEATS // 256
        for step in np.unique(steps).tolist():
            colour = colour_of(int(self._tables[1][(2 * step + 1) * 128 // _HEATS]))
            own = steps == step
            stroke = pen(self.theme.text, 1.0, alpha=0.85)
            found.append(Group(x[own], y[own], shape, stroke, QBrush(QColor(colour))))
        return found

    @property
    def _radius(self) -> float:
        return 4.2 if len(self._rows) <= _MANY else 2.8

    def class_shape(self, number: int, *, radius: float | None = None) -> QPainterPath:
        """The marker of a class."""
        return class_shape(number, self._radius if radius is None else radius)

    def class_style(self, number: int, kind: Kind) -> tuple[QPen, QBrush]:
        """How its points are drawn: training points full, validation points pale, test points
        hollow.
        """
        theme, colour = self.theme, class_colour(self.theme, number)
        if kind is Kind.TRAIN:
            return pen(theme.text, 1.0, alpha=0.85), QBrush(QColor(colour))
        inside = theme.panel if kind is Kind.TEST else mixed(colour, theme.panel, 0.45)
        return pen(mixed(colour, theme.text, 0.8), 1.7), QBrush(QColor(inside))

    def _applied_places(self) -> tuple[list[Prediction], list[tuple[float, float]]]:
        """The predictions that can be marked, and at which pixels."""
        shown = [one for one in self._applied if np.isfinite(one.predicted)]
        if self._data is None:
            return [], []
        axes = self.in_use
        x = self.across([one.inputs[axes[0]] for one in shown])
        if len(axes) > 1:
            y = self.down([one.inputs[axes[1]] for one in shown])
        else:
            y = self.down([one.predicted / max(len(self._data.classes) - 1, 1) for one in shown])
        return shown, list(zip(x.tolist(), y.tolist(), strict=True))

    def _draw_applied(self) -> None:
        if self._data is not None:
            taken = [self._legend_box] if self._legend_fits else []
            self._applied_marks.draw(*self._applied_places(), self._data, taken)

    @property
    def _legend_box(self) -> QRectF:
        """Where the legend lies, or would."""
        return self._legend.rect().translated(self._legend.pos())

    def _draw_point(self) -> None:
        """The selected point; drawn again whenever what the model says of it has changed."""
        mark, fits, point, data = self._point_mark, self._legend_fits, self.point, self._data
        away = point is not None and self._held_row(self.train) == point.row
        if point is None or data is None or self._experiment is None or away:
            mark.hide()
        elif point.row < len(data.train):
            x, y = self._places(data.train, np.array([point.row]))
            place, box = (float(x[0]), float(y[0])), self._legend_box
            taken = [box] if fits else []
            mark.draw(point, place, self._experiment, data, taken + self._applied_marks.boxes)
            # Where there is no room for both, the point goes first.
            fits = fits and not box.intersects(mark.span) and not box.intersects(mark.tag.box)
        if self._legend.isVisible() != fits:
            self._legend.setVisible(fits)

    # Words.

    def _draw_legend(self) -> None:
        """In full, or with the classes alone where there is less room, or not at all."""
        theme, data = self.theme, self._data
        self._legend_fits = False
        if data is not None:
            most = _LEGEND_SHARE * self.area.width() * self.area.height()
            for brief in (False, True):
                rows = map_rows(self, data, self._applied, test=self._show_test, brief=brief)
                self._legend.fill(rows, self.text_font(-1), theme.text, theme.panel, theme.border)
                box = self._legend.rect()
                if self._legend.texts and box.width() * box.height() <= most:
                    self._legend_fits = True
                    break
        self._legend.setVisible(self._legend_fits)
        self._place_legend()

    def _place_legend(self) -> None:
        x, y = self._pixels()
        if len(x):
            marked = [mark_box(*place) for place in self._applied_places()[1]]
            marked.append(self._point_mark.span)
            spot = emptiest_corner(self._legend.rect(), self.area_rect, x, y, marked)
            self._legend.setPos(*spot)

    def _draw_note(self) -> None:
        """In a corner below, clear of the legend."""
        texts: list[str] = []
        if self._data is not None:
            texts = map_words.notes(self._data, self.in_use, drawn=MOST_POINTS)
        self.note.setVisible(bool(texts))
        self.note.say("\n".join(texts))
        self.note.style(self.text_font(-1), self.theme.text, self.theme.panel)
        width, height = self.note.size
        bottom, right = self.area.height() - height - 4, self.area.width() - width - 4
        spot = QRectF(right, bottom, width, height)
        if self._legend_fits and spot.intersects(self._legend_box):
            spot.moveLeft(4)
        self.note.setPos(spot.topLeft())
