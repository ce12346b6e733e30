"""The fit: training and test points, the true line, the best line, and the line being learnt."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from guitrain.core.closed_form import Facts
from guitrain.core.data import Data, Split
from guitrain.core.evaluation import Prediction
from guitrain.plots.base import Plot
from guitrain.plots.items import (
    Legend,
    add_path,
    circle,
    diamond,
    imitate,
    markers,
    pen,
    polyline,
    segments,
    square,
)
from guitrain.plots.scales import Scale, padded, span_of
from guitrain.plots.theme import LIGHT, Theme

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

MOST_POINTS = 2000
MOST_RESIDUALS = 200
_LEGEND_SHARE = 0.35  # of the area, above which the legend would hide more than it tells
_TRUTH_SAMPLES = 101  # of the true line, which need not be straight
_NEAR = 3.0  # heights of the data within which applied predictions still widen the range


def sampled(points: Split, most: int) -> NDArray[np.int64]:
    """Rows to draw, in order: all, or ``most`` spread evenly, with the extremes of x and y."""
    if len(points) <= most:
        return np.arange(len(points))
    x, y = points.inputs[:, 0], points.targets
    extremes = [x.argmin(), x.argmax(), y.argmin(), y.argmax()]
    even = np.linspace(0, len(points) - 1, most - len(extremes)).astype(np.int64)
    return np.unique(np.concatenate([even, extremes]))


class FitPlot(Plot):
    """Points and lines over x; see the module. Needs no torch until a run is shown.

    Attributes:
        drawn_line: the ends ((x, y), (x, y)) of the learnt line as drawn, in the data's units,
            or None where none is drawn.
        drawn_residuals: x, y and ŷ (n,) of the residuals as drawn.
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("fit_plot")
        self.setAccessibleName(self.tr("Fit: the data points and the line being learnt"))
        self._data: Data | None = None
        self._facts: Facts | None = None
        self._numbers: tuple[float, ...] | None = None
        self._initial: tuple[float, ...] | None = None
        self._applied: tuple[Prediction, ...] = ()
        self._show_test = self._show_residuals = False
        self._rows = self._residual_rows = np.empty(0, np.int64)
        self.drawn_line: tuple[tuple[float, float], tuple[float, float]] | None = None
        self.drawn_residuals = (np.empty(0), np.empty(0), np.empty(0))
        cached = not for_export
        self._residual_item = add_path(self.area, 1)
        self._train_item = add_path(self.area, 2, cached=cached)
        self._test_item = add_path(self.area, 3, cached=cached)
        self._truth_item = add_path(self.area, 4, cached=cached)
        self._best_item = add_path(self.area, 5, cached=cached)
        self._learnt_item = add_path(self.area, 6)
        self._differences = add_path(self.area, 7)
        self._true_marks = add_path(self.area, 8)
        self._inside_marks = add_path(self.area, 9)
        self._outside_marks = add_path(self.area, 9)
        self._legend = Legend(self.area, 20, cached=cached)
        self._note = self._tag(21)
        self._restyle()

    # What is shown.

    def set_preview(self, data: Data, facts: Facts) -> None:
        """Show these points and what is known of them, before there is a run."""
        self._show_data(data, facts, None)
        self._show_numbers(None)

    def refresh(self, view: "RunView | None") -> None:
        """Show a run as it is now; None leaves the points and takes the learnt line away."""
        if view is None:
            self._show_numbers(None)
            return
        self._show_data(view.data, view.facts, view.initial)
        self._show_numbers(view.numbers)

    def _show_data(self, data: Data, facts: Facts, initial: tuple[float, ...] | None) -> None:
        if data is self._data and initial == self._initial:
            return
        self._data, self._facts, self._initial = data, facts, initial
        self._rows = sampled(data.train, MOST_POINTS)
        self._residual_rows = sampled(data.train, MOST_RESIDUALS)
        self.set_axis_labels(", ".join(data.input_names), data.target_name)
        self._fit_range()
        self._draw()

    def _show_numbers(self, numbers: tuple[float, ...] | None) -> None:
        if numbers == self._numbers:
            return
        appears = (numbers is None) != (self._numbers is None)
        self._numbers = numbers
        self._draw_learnt()
        if appears:
            self._draw_legend()

    def set_residuals(self, on: bool) -> None:
        """Draw a line from each point to its prediction (for 200 points at most)."""
        if on != self._show_residuals:
            self._show_residuals = on
            self._draw_learnt()
            self._draw_legend()

    def set_show_test(self, on: bool) -> None:
        """Draw the test points too."""
        if on != self._show_test:
            self._show_test = on
            self._draw()

    def set_applied(self, applied: tuple[Prediction, ...]) -> None:
        """Mark predictions for new x; the ranges widen to show them."""
        if applied != self._applied:
            self._applied = applied
            self._fit_range()
            self._draw()

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        twin._show_test, twin._show_residuals = self._show_test, self._show_residuals
        twin._applied = self._applied
        if self._data is not None and self._facts is not None:
            twin._show_data(self._data, self._facts, self._initial)
            twin._show_numbers(self._numbers)
        return twin

    def _fit_range(self) -> None:
        data = self._data
        if data is None:
            return
        x_span = span_of(data.train.inputs[:, 0], data.test.inputs) or (0.0, 1.0)
        y_span = span_of(data.train.targets, data.test.targets) or (0.0, 1.0)
        if data.truth is not None:
            y_span = span_of(y_span, data.truth(np.array(x_span)[:, None])) or y_span
        low, high = padded(*y_span, 0.0)
        room = _NEAR * (high - low)
        near = [
            value
            for each in self._applied
            for value in (each.predicted, each.true)
            if value is not None and low - room <= value <= high + room
        ]
        # The line is seen from its start on, unless that lies so far off that the points would
        # shrink to a strip.
        near += [
            value
            for value in self._ends(x_span, self._initial)
            if low - (high - low) / 2 <= value <= high + (high - low) / 2
        ]
        x_span = span_of(x_span, [each.x for each in self._applied]) or x_span
        self.set_scales(
            Scale(*padded(*x_span, 0.03)), Scale(*padded(*(span_of(y_span, near) or y_span), 0.06))
        )

    @staticmethod
    def _ends(x: Sequence[float], numbers: tuple[float, ...] | None) -> list[float]:
        """ŷ of the line with these parameters at both x."""
        if numbers is None or not np.isfinite(numbers).all():
            return []
        with np.errstate(over="ignore", invalid="ignore"):
            return [float(numbers[0] * each + numbers[1]) for each in x]

    # Drawing.

    def _draw(self) -> None:
        self._draw_axes()
        data = self._data
        if data is not None:
            points = data.train
            self._train_item.setPath(
                markers(
                    self.across(points.inputs[self._rows, 0]),
                    self.down(points.targets[self._rows]),
                    circle(3.4 if len(self._rows) <= 400 else 2.2),
                )
            )
            self._draw_test(data.test)
            self._draw_known(data)
        self._paint_styles()
        self._draw_learnt()
        self._draw_applied()
        self._draw_legend()
        self._draw_note()

    def _draw_test(self, points: Split) -> None:
        path = QPainterPath()
        if self._show_test and len(points):
            rows = sampled(points, MOST_POINTS)
            path = markers(
                self.across(points.inputs[rows, 0]), self.down(points.targets[rows]), square(3.2)
            )
        self._test_item.setPath(path)

    def _draw_known(self, data: Data) -> None:
        """The true line and the least-squares line, across the whole range."""
        x = np.linspace(self.x_scale.low, self.x_scale.high, _TRUTH_SAMPLES)
        truth, best = QPainterPath(), QPainterPath()
        if data.truth is not None:
            # One path in one piece, so that its dashes run on.
            truth = polyline(self.across(x), self.down(data.truth(x[:, None])), separate=False)
        if self._facts is not None and self._facts.least_squares is not None:
            ends = x[[0, -1]]
            y = self._facts.least_squares.predict(ends[:, None])
            best = polyline(self.across(ends), self.down(y))
        self._truth_item.setPath(truth)
        self._best_item.setPath(best)

    def _predicted(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """ŷ (n,) of the learnt line for x (n,); may be infinite or NaN where it has diverged."""
        assert self._numbers is not None
        w, b = self._numbers
        with np.errstate(all="ignore"):
            line: NDArray[np.float64] = w * x + b
        return line

    def _draw_learnt(self) -> None:
        """The learnt line and the residuals: all that changes from frame to frame."""
        self.drawn_line = None
        path = QPainterPath()
        if self._numbers is not None:
            w, b = self._numbers
            low, high = self.x_scale.low, self.x_scale.high
            at_low, at_high = w * low + b, w * high + b
            if math.isfinite(at_low) and math.isfinite(at_high):
                self.drawn_line = ((low, at_low), (high, at_high))
                path = self._clipped_line(at_low, at_high)
        self._learnt_item.setPath(path)
        if self._show_residuals or self._residual_item.path().elementCount():
            self._draw_residuals()

    def _clipped_line(self, at_low: float, at_high: float) -> QPainterPath:
        """The line from y = ``at_low`` at the left edge to ``at_high`` at the right, in pixels:
        the part of it within the area and as much again above and below, with its true slope.
        """
        path = QPainterPath()
        width, height = self.area.width(), self.area.height()
        low, span = self.y_scale.low, self.y_scale.high - self.y_scale.low
        start, end = ((1 - (y - low) / span) * height for y in (at_low, at_high))
        rise = end - start
        if not (math.isfinite(start) and math.isfinite(rise)):
            return path
        first, last = 0.0, 1.0
        if rise:
            limits = sorted(((-height - start) / rise, (2 * height - start) / rise))
            first, last = max(first, limits[0]), min(last, limits[1])
        elif not -height <= start <= 2 * height:
            return path
        if first < last:
            path.moveTo(first * width, start + first * rise)
            path.lineTo(last * width, start + last * rise)
        return path

    def _draw_residuals(self) -> None:
        empty = np.empty(0)
        self.drawn_residuals = (empty, empty, empty)
        path = QPainterPath()
        if self._show_residuals and self._numbers is not None and self._data is not None:
            points = self._data.train
            x, y = points.inputs[self._residual_rows, 0], points.targets[self._residual_rows]
            predicted = self._predicted(x)
            self.drawn_residuals = (x, y, predicted)
            path = segments(self.across(x), self.down(y), self.down(predicted))
        self._residual_item.setPath(path)

    def _draw_applied(self) -> None:
        applied = [each for each in self._applied if np.isfinite(each.predicted)]
        x = self.across([each.x for each in applied])
        y = self.down([each.predicted for each in applied])
        true = self.down([np.nan if each.true is None else each.true for each in applied])
        outside = np.array([each.outside for each in applied], dtype=bool)
        self._differences.setPath(segments(x, y, true))
        self._true_marks.setPath(markers(x, true, square(4.0)))
        self._inside_marks.setPath(markers(x[~outside], y[~outside], diamond(6.5)))
        self._outside_marks.setPath(markers(x[outside], y[outside], diamond(6.5)))

    def _paint_styles(self) -> None:
        theme = self.theme
        none = QPen(Qt.PenStyle.NoPen)
        self._train_item.setPen(none)
        shade = QColor(theme.data)
        shade.setAlphaF(0.6)
        self._train_item.setBrush(shade)
        self._test_item.setPen(pen(theme.test, 1.4))
        self._test_item.setBrush(QColor(theme.panel))
        self._truth_item.setPen(pen(theme.truth, 1.8, dashes=(5, 3)))
        self._best_item.setPen(pen(theme.best, 1.4, dashes=(1.2, 2.4)))
        self._learnt_item.setPen(pen(theme.learnt, 2.2))
        self._residual_item.setPen(pen(theme.muted, 1.0, alpha=0.6))
        self._differences.setPen(pen(theme.text, 1.2))
        self._true_marks.setPen(pen(theme.truth, 1.6))
        self._true_marks.setBrush(QColor(theme.panel))
        self._inside_marks.setPen(pen(theme.learnt, 1.2))
        self._inside_marks.setBrush(QColor(theme.applied))
        self._outside_marks.setPen(pen(theme.learnt, 1.4, dashes=(2, 1.5)))
        self._outside_marks.setBrush(QColor(theme.panel))

    # Words.

    def _legend_rows(self) -> list[tuple[str, Callable[[QGraphicsPathItem], None]]]:
        """Name and sample of what is there, in the order of the picture's story."""

        def marker(source: QGraphicsPathItem, shape: QPainterPath) -> Callable[..., None]:
            return lambda sample: imitate(sample, source, shape.translated(13, 0))

        def line(source: QGraphicsPathItem) -> Callable[..., None]:
            stroke = QPainterPath()
            stroke.lineTo(26, 0)
            return lambda sample: imitate(sample, source, stroke)

        data, facts = self._data, self._facts
        if data is None or facts is None:
            return []
        rows = [
            (
                self.tr("training data · {count} points").format(count=f"{len(data.train):,}"),
                marker(self._train_item, circle(3.4)),
            )
        ]
        if len(data.train) == 1:
            rows = [(self.tr("training data · 1 point"), marker(self._train_item, circle(3.4)))]
        if self._show_test and len(data.test):
            text = self.tr("test data · {count} points").format(count=f"{len(data.test):,}")
            rows.append((text, marker(self._test_item, square(3.2))))
        if self._numbers is not None:
            rows.append((self.tr("learnt line"), line(self._learnt_item)))
        if data.truth is not None:
            rows.append((self.tr("true line"), line(self._truth_item)))
        if facts.least_squares is not None:
            rows.append((self.tr("least-squares line"), line(self._best_item)))
        if self._show_residuals and self._numbers is not None:
            rows.append((self.tr("residuals ŷ − y"), line(self._residual_item)))
        if any(not each.outside for each in self._applied):
            rows.append((self.tr("prediction"), marker(self._inside_marks, diamond(6.5))))
        if any(each.outside for each in self._applied):
            text = self.tr("prediction outside the data")
            rows.append((text, marker(self._outside_marks, diamond(6.5))))
        if any(each.true is not None for each in self._applied):
            rows.append((self.tr("its true value"), marker(self._true_marks, square(4.0))))
        return rows

    def _draw_legend(self) -> None:
        theme = self.theme
        self._legend.fill(
            self._legend_rows(), self.text_font(-1), theme.text, theme.panel, theme.border
        )
        box = self._legend.rect()
        small = box.width() * box.height() > _LEGEND_SHARE * self.area.width() * self.area.height()
        self._legend.setVisible(bool(self._legend.texts) and not small)
        self._place_legend()

    def _place_legend(self) -> None:
        """In the corner where it hides the fewest points."""
        box, width, height = self._legend.rect(), self.area.width(), self.area.height()
        data = self._data
        if data is None or not len(self._rows):
            return
        x = self.across(data.train.inputs[self._rows, 0])
        y = self.down(data.train.targets[self._rows])
        best = (len(x) + 1, 0.0, 0.0)
        for top in (10.0, height - box.height() - 10):
            for left in (10.0, width - box.width() - 10):
                spot = QRectF(left, top, box.width(), box.height())
                under = (x > spot.left()) & (x < spot.right()) & (y > spot.top())
                hidden = int((under & (y < spot.bottom())).sum())
                if hidden < best[0]:
                    best = (hidden, left, top)
        self._legend.setPos(best[1], best[2])

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
