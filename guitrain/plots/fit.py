"""The fit: training and test points, what is true, the best line, and the line being learnt."""

import math
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from guitrain.core.closed_form import Facts, LeastSquares, LeastSquaresPlane, facts_of
from guitrain.core.curve import Curve, residual_rows, sampled
from guitrain.core.data import Data, Split, Truth
from guitrain.core.drawing import Points, copied, drawing_of
from guitrain.core.evaluation import Prediction
from guitrain.plots import ghosts as others
from guitrain.plots.applied_marks import AppliedMarks
from guitrain.plots.axis_words import axis_labels
from guitrain.plots.corners import emptiest_corner
from guitrain.plots.drawing_plot import DrawingPlot
from guitrain.plots.fit_legend import fit_rows
from guitrain.plots.fit_range import begun_scales, fitting_scales, with_room
from guitrain.plots.items import (
    Legend,
    add_path,
    circle,
    crowded,
    fine_curve,
    line_across,
    markers,
    mixed,
    pen,
    polyline,
    segments,
    square,
    triangle,
)
from guitrain.plots.note import Note
from guitrain.plots.point_mark import PointMark
from guitrain.plots.theme import LIGHT, Theme

if TYPE_CHECKING:
    from guitrain.core.experiment import Experiment
    from guitrain.core.run_view import RunView
    from guitrain.snapshot import Ghost, Snapshot

MOST_POINTS = 2000
_HELD = 4.4  # pixels, of a point that is dragged
_BEST_SAMPLES = 401  # of the best curve
_LEGEND_SHARE = 0.35  # of the area, above which the legend would hide more than it tells


_NO_POINTS = Split(np.empty((0, 1)), np.empty(0))

Learnt = tuple[float, ...] | Curve  # w and b of a line, or samples


def _learnt_of(view: "RunView") -> Learnt | None:
    """What a run has learnt, as it is drawn; None where there is nothing yet."""
    if view.curve is not None:
        return view.curve
    return view.numbers if view.experiment.form.straight else None


class FitPlot(DrawingPlot):
    """Points and lines over x; see the module. Needs no torch until a run is shown.

    Attributes:
        drawn_line: the ends ((x, y), (x, y)) of the learnt line as drawn, in the data's units,
            or None where none is drawn. drawn_curve: x and ŷ (k,) of the learnt curve, likewise.
        drawn_residuals: x, y and ŷ (n,) of the residuals as drawn.
        drawn_ghosts: the numbers of the runs whose lines are drawn behind the learnt one.
        point: the selected point as it is marked, or None.

    Signals: point_clicked and drawing_changed, as DrawingPlot.
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("fit_plot")
        self.setAccessibleName(self.tr("Fit: the data points and the line or curve being learnt"))
        self._data: Data | None = None
        self._facts: Facts | None = None
        self._learnt: Learnt | None = None
        self._initial: tuple[float, ...] | None = None
        self._applied: tuple[Prediction, ...] = ()
        self._experiment: Experiment | None = None
        self._ghosts: tuple[Ghost, ...] = ()
        self._behind: tuple[Ghost, ...] = ()  # those of them that are drawn
        self._ghosts_of: Experiment | None = None  # the run in hand that they were chosen for
        self._show_residuals = False
        self._residual_rows = np.empty(0, np.int64)
        self.drawn_line: tuple[tuple[float, float], tuple[float, float]] | None = None
        self.drawn_curve: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None
        self.drawn_residuals = (np.empty(0), np.empty(0), np.empty(0))
        self.drawn_ghosts: tuple[int, ...] = ()
        cached = not for_export
        self._residual_item = add_path(self.area, 1)
        self._train_item = add_path(self.area, 2, cached=cached)
        self._test_item = add_path(self.area, 3, cached=cached)
        self._validation_item = add_path(self.area, 3, cached=cached)
        self._ghost_lines = others.GhostLines(self.area, 3.5, cached=False)
        self._truth_item = add_path(self.area, 4, cached=cached)
        self._best_item = add_path(self.area, 5, cached=cached)
        self._learnt_item = add_path(self.area, 6)
        self._applied_marks = AppliedMarks(self)
        self._point_mark = PointMark(self)
        self._legend = Legend(self.area, 20, cached=cached)
        self._legend_fits = False
        self._note = self._tag(21)
        self._invitation = Note(self)
        self._restyle()

    # What is shown.

    def set_preview(self, data: Data, facts: Facts) -> None:
        """Show these points and what is known of them, before there is a run."""
        self._show_data(data, facts, None)
        self._show_learnt(None)

    def refresh(self, view: "RunView | None") -> None:
        """Show a run as it is now; None leaves the points and takes the learnt line away."""
        if view is None:
            self._show_learnt(None)
            return
        self._experiment = view.experiment
        initial = view.initial if view.curve is None else None
        self._show_data(view.data, view.facts, initial)
        self._show_learnt(_learnt_of(view))

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving."""
        if snapshot.view is not None:
            self.refresh(snapshot.view)
        self.set_ghosts(snapshot.ghosts)
        self.set_applied(snapshot.applied)
        self.set_point(snapshot.point)

    def set_ghosts(self, ghosts: "tuple[Ghost, ...]") -> None:
        """Draw other runs' lines behind, where they learn from the same points; call it after
        ``refresh``, each frame.
        """
        experiment = self._experiment
        if not ghosts and not self._ghosts:
            return
        if others.same_views(ghosts, self._ghosts) and experiment is self._ghosts_of:
            return
        self._ghosts, self._ghosts_of = ghosts, experiment
        named = [(each.number, each.name, each.style) for each in self._behind]
        self._behind = tuple(each for each in ghosts if self._shares_points(each))
        self._behind = self._behind[: others.MOST_DRAWN]
        self._draw_ghosts()
        if named != [(each.number, each.name, each.style) for each in self._behind]:
            self._draw_legend()

    def _shares_points(self, ghost: "Ghost") -> bool:
        experiment, other = self._experiment, ghost.view
        if experiment is None or _learnt_of(other) is None:
            return False
        return other.data is self._data or others.same_points(experiment, other.experiment)

    def _show_data(self, data: Data, facts: Facts, initial: tuple[float, ...] | None) -> None:
        if data is self._data and facts is self._facts and initial == self._initial:
            return
        if data is not self._data:
            self._learnt = None  # it has a residual for each of the old points
        self._data, self._facts, self._initial = data, facts, initial
        self._rows = sampled(data.train, MOST_POINTS)
        self._residual_rows = residual_rows(data.train)
        self.set_axis_labels(*axis_labels(data))
        self._fit_range()
        self._draw()

    def _show_learnt(self, learnt: "Learnt | None") -> None:
        if learnt == self._learnt:
            return
        appears = type(learnt) is not type(self._learnt)
        self._learnt = learnt
        self._draw_learnt()
        if appears:
            self._draw_legend()

    def set_residuals(self, on: bool) -> None:
        """Draw a line from each point to its prediction (for 200 points at most)."""
        if on != self._show_residuals:
            self._show_residuals = on
            self._draw_learnt()
            self._draw_legend()

    def set_applied(self, applied: tuple[Prediction, ...]) -> None:
        """Mark predictions for new x; the ranges widen to show them."""
        if applied != self._applied:
            self._applied = applied
            self._fit_range()
            self._draw()

    # Points that are drawn by hand.

    @property
    def train(self) -> Split:
        """As DrawingPlot.train."""
        return self._data.train if self._data is not None else _NO_POINTS

    def drawing_in(self, experiment: "Experiment") -> Points | None:
        """As DrawingPlot.drawing_in."""
        return drawing_of(experiment) if experiment.one_to_one else None

    def style_of(self, kind: int | None) -> tuple[QPainterPath, QPen, QBrush]:
        """As DrawingPlot.style_of."""
        return circle(_HELD), QPen(Qt.PenStyle.NoPen), QBrush(QColor(self.theme.data))

    def _begin_drawing(self, experiment: "Experiment") -> None:
        data = None if experiment.is_empty else experiment.make_data()
        if data is None or copied(self.train) != copied(data.train):
            self.set_scales(*begun_scales(data))

    def _show_drawing(self, experiment: "Experiment", *, known: bool) -> None:
        if self.mouse.points == ():
            self._data = self._facts = self._learnt = self._initial = None
            self._experiment = None
            self._rows = self._residual_rows = np.empty(0, np.int64)
            self.set_axis_labels("x", "y")
            self._draw()
        elif known or self.mouse.points is None:
            self._draw()
        else:
            data = experiment.make_data()
            self.set_preview(data, facts_of(experiment, data))

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        twin._show_test, twin._show_residuals = self._show_test, self._show_residuals
        twin._applied = self._applied
        twin._experiment = self._experiment
        twin.mouse.set_points(self.mouse.points)
        twin.set_scales(self.x_scale, self.y_scale)
        if self._data is not None and self._facts is not None:
            twin._show_data(self._data, self._facts, self._initial)
            twin._show_learnt(self._learnt)
        twin.set_ghosts(self._ghosts)
        twin.set_point(self.point)
        return twin

    def _fit_range(self) -> None:
        if self._data is None:
            return
        if self.mouse.points is not None:
            self.set_scales(*with_room((self.x_scale, self.y_scale), self._data, self._applied))
            return
        self.set_scales(*fitting_scales(self._data, self._initial, self._applied))

    # Drawing.

    def _draw(self) -> None:
        self._draw_axes()
        self._draw_points()
        self._draw_known()
        self._paint_styles()
        self._draw_learnt()
        self._draw_ghosts()
        self._applied_marks.draw(self._applied)
        self._draw_legend()
        self._draw_note()
        self._draw_point()
        self.mouse.draw()
        text = self.tr(
            "Click to add points: one is enough to begin.\n"
            "Insert adds one too, and the arrow keys move it."
        )
        self._invitation.draw(text if self.mouse.points == () else "")

    def _draw_points(self) -> None:
        shape = circle(3.4 if len(self._rows) <= 400 else 2.2)
        self._train_item.setPath(markers(*self._pixels(), shape))
        data = self._data
        test = data.test if data is not None and self._shows_test else _NO_POINTS
        self._test_item.setPath(self._markers(test, square(3.2)))
        validation = data.validation if data is not None else _NO_POINTS
        self._validation_item.setPath(self._markers(validation, triangle(4.4)))

    def _pixels(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the training points are drawn (n,), in the order of ``_rows``."""
        if self._data is None:
            return np.empty(0), np.empty(0)
        points = self._data.train
        x = self.across(points.inputs[self._rows, 0])
        if (held := self._held_row(points)) is not None:
            x[self._rows == held] = np.nan
        return x, self.down(points.targets[self._rows])

    @property
    def _shows_test(self) -> bool:
        """Whoever draws a point wants to see it, even where it is held out."""
        return self._show_test or self.mouse.points is not None

    def _markers(self, points: Split, shape: QPainterPath) -> QPainterPath:
        if not len(points):
            return QPainterPath()
        rows = sampled(points, MOST_POINTS)
        x = self.across(points.inputs[rows, 0])
        if (held := self._held_row(points)) is not None:
            x[rows == held] = np.nan
        return markers(x, self.down(points.targets[rows]), shape)

    def _draw_known(self) -> None:
        """The true line or curve and the least-squares line, across the whole range."""
        truth, best = QPainterPath(), QPainterPath()
        true = self._data.truth if self._data is not None else None
        if true is not None and true.line is not None:
            truth = self._line(*true.line)
        elif true is not None:
            truth = self._curve(true)
        known = self._facts.least_squares if self._facts is not None else None
        if known is not None and not isinstance(known, LeastSquaresPlane):
            if isinstance(known, LeastSquares):
                x = np.array([self.x_scale.low, self.x_scale.high])
            else:
                x = np.linspace(self.x_scale.low, self.x_scale.high, _BEST_SAMPLES)
            y = known.predict(x[:, None])
            best = polyline(self.across(x), self.down(y), separate=False)
        self._truth_item.setPath(truth)
        self._best_item.setPath(best)

    def _curve(self, truth: Truth) -> QPainterPath:
        """What is true over the whole range, in pixels; never far beyond the area."""
        x = truth.samples(self.x_scale.low, self.x_scale.high)
        return fine_curve(self.across(x), self.down(truth(x[:, None])), self.area.height())

    def _predicted(self, learnt: "Learnt", x: NDArray[np.float64]) -> NDArray[np.float64]:
        """ŷ (n,) of what is learnt for x (n,) of the residuals; may be infinite or NaN where it
        has diverged.
        """
        if isinstance(learnt, Curve):
            return learnt.of_rows
        w, b = learnt
        with np.errstate(all="ignore"):
            line: NDArray[np.float64] = w * x + b
        return line

    def _draw_learnt(self) -> None:
        """What is learnt and the residuals: all that changes from frame to frame."""
        self.drawn_line = self.drawn_curve = None
        path = QPainterPath()
        if isinstance(self._learnt, Curve):
            self.drawn_curve = self._seen_part(self._learnt)
            path = self._path(self._learnt)
        elif self._learnt is not None:
            w, b = self._learnt
            low, high = self.x_scale.low, self.x_scale.high
            at_low, at_high = w * low + b, w * high + b
            if math.isfinite(at_low) and math.isfinite(at_high):
                self.drawn_line = ((low, at_low), (high, at_high))
                path = self._line(w, b)
        self._learnt_item.setPath(path)
        if self._show_residuals or self._residual_item.path().elementCount():
            self._draw_residuals()

    def _path(self, learnt: "Learnt", *, dashed: bool = False) -> QPainterPath:
        """The line or the curve over the whole range, in pixels; nothing where it is not finite.
        In one piece where it is to be ``dashed``, so that its dashes run on.
        """
        if isinstance(learnt, Curve):
            x, y = self._seen_part(learnt)
            with np.errstate(all="ignore"):
                return polyline(
                    self.across(x), self.down(y), separate=not (self.in_vectors or dashed)
                )
        return self._line(*learnt)

    def _seen_part(self, curve: Curve) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """x and ŷ of a curve as far as the range reaches."""
        low, high = max(self.x_scale.low, curve.x[0]), min(self.x_scale.high, curve.x[-1])
        inside = (curve.x > low) & (curve.x < high)
        x = np.concatenate([[low], curve.x[inside], [high]])
        with np.errstate(all="ignore"):
            return x, np.interp(x, curve.x, curve.y)

    def _line(self, w: float, b: float) -> QPainterPath:
        """The line ŷ = w·x + b over the whole range, in pixels; empty where it is not finite."""
        low, span = self.y_scale.low, self.y_scale.high - self.y_scale.low
        width, height = self.area.width(), self.area.height()
        start, end = (
            (1 - (w * x + b - low) / span) * height for x in (self.x_scale.low, self.x_scale.high)
        )
        return line_across(start, end, width, height)

    def _draw_ghosts(self) -> None:
        lines = [
            (each.style, self._path(learnt, dashed=True))
            for each in self._behind
            if (learnt := _learnt_of(each.view)) is not None
        ]
        self._ghost_lines.draw(lines, self.theme)
        self.drawn_ghosts = tuple(each.number for each in self._behind)

    def _draw_residuals(self) -> None:
        empty = np.empty(0)
        self.drawn_residuals = (empty, empty, empty)
        path = QPainterPath()
        if self._show_residuals and self._learnt is not None and self._data is not None:
            points = self._data.train
            x, y = points.inputs[self._residual_rows, 0], points.targets[self._residual_rows]
            predicted = self._predicted(self._learnt, x)
            self.drawn_residuals = (x, y, predicted)
            path = segments(self.across(x), self.down(y), self.down(predicted))
        self._residual_item.setPath(path)

    def _draw_point(self) -> None:
        """The selected point; drawn again whenever its prediction has moved."""
        mark, fits, point = self._point_mark, self._legend_fits, self.point
        away = point is not None and self._held_row(self.train) == point.row
        if point is None or self._experiment is None or away:
            mark.hide()
        else:
            box, entry = self._legend.rect(), self._experiment.loss_entry
            box.translate(self._legend.pos())
            mark.draw(point, entry, [box] if fits else ())
            if fits and any(box.intersects(each) for each in (mark.span, *mark.boxes)):
                # Where there is no room for both, the point goes first.
                fits = False
                mark.draw(point, entry, ())
        if self._legend.isVisible() != fits:
            self._legend.setVisible(fits)

    def _paint_styles(self) -> None:
        theme = self.theme
        none = QPen(Qt.PenStyle.NoPen)
        self._train_item.setPen(none)
        shade = QColor(theme.data)
        shade.setAlphaF(0.6)
        self._train_item.setBrush(shade)
        self._test_item.setPen(pen(theme.test, 1.4))
        self._test_item.setBrush(QColor(theme.panel))
        self._validation_item.setPen(pen(theme.validation, 1.5))
        self._validation_item.setBrush(QColor(theme.panel))
        truth = pen(theme.truth, 1.8, dashes=(5, 3))
        dense = crowded(self._truth_item.path())  # as a pale surface, that hides no points
        self._truth_item.setPen(pen(mixed(theme.truth, theme.panel, 0.35)) if dense else truth)
        self._truth_item.setZValue(0.5 if dense else 4)
        self._best_item.setPen(pen(theme.best, 1.4, dashes=(1.2, 2.4)))
        self._learnt_item.setPen(pen(theme.learnt, 2.2))
        self._residual_item.setPen(pen(theme.muted, 1.0, alpha=0.6))

    # Words.

    def _legend_rows(self) -> list[others.LegendRow]:
        if self._data is None or self._facts is None:
            return []
        items = {
            "train": self._train_item,
            "test": self._test_item,
            "validation": self._validation_item,
            "learnt": self._learnt_item,
            "truth": self._truth_item,
            "best": self._best_item,
            "residuals": self._residual_item,
            "inside": self._applied_marks.inside,
            "outside": self._applied_marks.outside,
            "true": self._applied_marks.true,
        }
        learnt = self._learnt is not None
        switches = {
            "test": self._shows_test,
            "learnt": learnt,
            "residuals": self._show_residuals and learnt,
        }
        shown = {name for name, on in switches.items() if on}
        if isinstance(self._learnt, Curve):
            shown.add("curve")
        return fit_rows(self._data, self._facts, items, self._applied, shown)

    def _draw_legend(self) -> None:
        """As many of the ghosts' names as leave it small; it is left out where it isn't."""
        theme, behind = self.theme, self._behind
        most = _LEGEND_SHARE * self.area.width() * self.area.height()
        rows, named = self._legend_rows(), others.legend_rows(behind, theme)
        font = self.text_font(-1)
        self._legend.fill(rows + named, font, theme.text, theme.panel, theme.border)
        box = self._legend.rect()
        if named and box.width() * box.height() > most:
            room = int((most / box.width() - 10) / Legend.row_height(font)) - len(rows)
            named = others.legend_rows(behind, theme, room - 1) if room > 0 else []
            self._legend.fill(rows + named, font, theme.text, theme.panel, theme.border)
            box = self._legend.rect()
        self._legend_fits = bool(self._legend.texts) and box.width() * box.height() <= most
        self._legend.setVisible(self._legend_fits)
        self._place_legend()

    def _place_legend(self) -> None:
        """In the corner where it hides the fewest points, and least of all the selected one."""
        box, (x, y) = self._legend.rect(), self._pixels()
        if not len(x):
            return
        self._legend.setPos(*emptiest_corner(box, self.area_rect, x, y, [self._point_mark.span]))

    def _draw_note(self) -> None:
        """In a corner below: that not every point is drawn."""
        data = self._data
        partly = data is not None and len(data.train) > MOST_POINTS
        self._note.setVisible(partly)
        if data is None or not partly:
            return
        self._note.say(
            self.tr("showing {shown} of {all} points").format(
                shown=f"{MOST_POINTS:,}", all=f"{len(data.train):,}"
            )
        )
        self._note.style(self.text_font(-1), self.theme.muted, self.theme.panel)
        width, height = self._note.size
        bottom, right = self.area.height() - height - 4, self.area.width() - width - 4
        spot = QRectF(right, bottom, width, height)
        if spot.intersects(self._legend.rect().translated(self._legend.pos())):
            spot.moveLeft(4)
        self._note.setPos(spot.topLeft())
