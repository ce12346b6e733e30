"""Predicted against true, and residuals against the prediction or an input."""

from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from guitrain.plots import surface_words
from guitrain.plots.axis_words import axis_labels, input_labels
from guitrain.plots.dots import Dots
from guitrain.plots.items import add_path, circle, line_across, pen, square
from guitrain.plots.note import Note
from guitrain.plots.point_mark import PointMark
from guitrain.plots.point_plot import PointPlot
from guitrain.plots.residual_range import stepped
from guitrain.plots.scales import Scale
from guitrain.plots.theme import LIGHT, Theme
from guitrain.plots.when_seen import WhenSeen

if TYPE_CHECKING:
    from guitrain.core.data import Data, Split
    from guitrain.core.residuals import Residuals, ResidualsView
    from guitrain.core.step_view import PointView
    from guitrain.snapshot import Snapshot

TRUE, PREDICTED = "true", "predicted"  # what is across; or the number of an input

Across = str | int
Floats = NDArray[np.float64]
_TALL = 240  # pixels, from which on the selected point's numbers stand beside it
_MANY = 400  # points, from which on they are drawn smaller


class ResidualPlot(WhenSeen, PointPlot):
    """One dot per training point, one square per test point.

    Across the true y, up is ŷ, and points on the line ŷ = y are predicted exactly; across the
    prediction or an input, up is the residual ŷ − y, and the line is that of no error. Asks for
    nothing: it shows ``Snapshot.residuals``.

    Attributes:
        across_is: TRUE, PREDICTED or the number of an input.
        drawn_train, drawn_test: the points as drawn (k, 2), in the data's units.
    Signals: point_clicked, as PointPlot.
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("residual_plot")
        self.setAccessibleName(self.tr("Predicted against true, and residuals"))
        self.across_is: Across = TRUE
        self._data: Data | None = None
        self._shown: ResidualsView | None = None
        self._ranges: tuple[Scale | None, Scale | None] = (None, None)
        self.drawn_train = self.drawn_test = np.empty((0, 2))
        self._line_item = add_path(self.area, 1)
        self._train_dots, self._test_dots = Dots(self, 2), Dots(self, 3)
        self._small = False
        self._line_name = self._tag(4)
        self._point_mark = PointMark(self)
        self._note = Note(self)
        self._restyle()

    # What is shown.

    def show_across(self, what: Across) -> None:
        """Put the true y, the prediction or an input across."""
        if what != self.across_is:
            self.across_is = what
            self._ranges = (None, None)
            self._name_axes()
            self._place_all()

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        twin.across_is, twin._ranges = self.across_is, self._ranges
        if self._snapshot is not None:
            twin.refresh(self._snapshot)
        return twin

    def _take(self, snapshot: "Snapshot") -> None:
        before, self._seen = self._seen, snapshot
        view = snapshot.view
        found = snapshot.residuals
        if view is None or (found is not None and found.run_id != view.run_id):
            found = None
        data = None if view is None or view.experiment.surface else view.data
        other = data is not self._data
        if other:
            self._data, self._ranges = data, (None, None)
            if isinstance(self.across_is, int) and data is not None:
                self.across_is = min(self.across_is, len(data.input_names) - 1)
            self._name_axes()
        same_point = before is not None and before.point == snapshot.point
        if other or found is not self._shown or before is None:
            self._shown = found
            self._place_all()
        elif not same_point:
            self._draw_point()

    def _name_axes(self) -> None:
        data = self._data
        if data is None:
            self.set_axis_labels("", "")
            return
        target = axis_labels(data)[1]
        predicted = self.tr("predicted {0}").format(target)
        residual = self.tr("residual ŷ − y")
        if data.target_unit:
            residual = self.tr("residual ŷ − y ({0})").format(data.target_unit)
        if self.across_is == TRUE:
            self.set_axis_labels(self.tr("true {0}").format(target), predicted)
        elif self.across_is == PREDICTED:
            self.set_axis_labels(predicted, residual)
        else:
            self.set_axis_labels(input_labels(data)[int(self.across_is)], residual)

    # Where the points are.

    def _places(self, points: "Split", found: "Residuals") -> Floats:
        """(k, 2) in the data's units."""
        targets = points.targets[found.rows]
        with np.errstate(all="ignore"):
            residuals = found.prediction - targets
        if self.across_is == TRUE:
            return np.column_stack([targets, found.prediction])
        if self.across_is == PREDICTED:
            return np.column_stack([found.prediction, residuals])
        return np.column_stack([points.inputs[found.rows, int(self.across_is)], residuals])

    def _place_all(self) -> None:
        """The points of this moment, and ranges in which they are seen."""
        self.drawn_train = self.drawn_test = np.empty((0, 2))
        self._rows = np.empty(0, np.int64)
        if self._shown is not None and self._data is not None:
            self._rows = self._shown.train.rows
            self.drawn_train = self._places(self._data.train, self._shown.train)
            if self._shown.test is not None:
                self.drawn_test = self._places(self._data.test, self._shown.test)
            self._ranges = self._fitting()
            if self.set_scales(*self._ranges) or not self._labels[0]:
                self._draw()
                return
        self._draw_moment()

    def _fitting(self) -> tuple[Scale, Scale]:
        data = self._data
        assert data is not None
        true = (data.train.targets, data.test.targets if len(self.drawn_test) else ())
        x = (self.drawn_train[:, 0], self.drawn_test[:, 0])
        y = (self.drawn_train[:, 1], self.drawn_test[:, 1])
        old_x, old_y = self._ranges
        if self.across_is == TRUE:  # the same y across and up, as far as the predictions let it
            return stepped(old_x, *true), stepped(old_y, *y, *true)
        up = stepped(old_y, *y, *(-each for each in y), (0.0,))
        return stepped(old_x, *x, *(true if self.across_is == PREDICTED else ())), up

    def _pixels(self) -> tuple[Floats, Floats]:
        """Where the training points are drawn (n,), in the order of ``_rows``."""
        return self.across(self.drawn_train[:, 0]), self.down(self.drawn_train[:, 1])

    # Drawing.

    def _draw(self) -> None:
        self._draw_axes()
        theme = self.theme
        self._style_dots()
        self._line_item.setPen(pen(theme.muted, 1.4, dashes=(5, 3)))
        self._line_name.style(self.text_font(-1), theme.muted, theme.panel)
        self._draw_line()
        self._draw_moment()

    def _style_dots(self) -> None:
        self._small = len(self.drawn_train) > _MANY
        shade = QColor(self.theme.data)
        shade.setAlphaF(0.6)
        shape = circle(2.2 if self._small else 3.4)
        self._train_dots.style(shape, QPen(Qt.PenStyle.NoPen), QBrush(shade))
        rim, inside = pen(self.theme.test, 1.4), QBrush(QColor(self.theme.panel))
        self._test_dots.style(square(3.2), rim, inside)

    def _draw_line(self) -> None:
        """Where every point of a perfect model lies."""
        path, name = QPainterPath(), ""
        width, height = self.area.width(), self.area.height()
        if self._shown is not None:
            slope = 1.0 if self.across_is == TRUE else 0.0
            ends = self.down(slope * np.array([self.x_scale.low, self.x_scale.high]))
            path = line_across(float(ends[0]), float(ends[1]), width, height)
            name = self.tr("ŷ = y: no error") if slope else self.tr("no error")
        self._line_item.setPath(path)
        self._line_name.say(name)
        on = bool(name) and not path.isEmpty()
        self._line_name.setVisible(on)
        if on:  # at the right, just below the line
            across, tall = self._line_name.size
            left = max(width - across - 4, 0.0)
            start, end = path.elementAt(0), path.elementAt(1)
            share = (left - start.x) / ((end.x - start.x) or 1.0)
            top = start.y + share * (end.y - start.y) + 3
            self._line_name.setPos(left, min(max(top, 2.0), max(height - tall - 2, 2.0)))

    def _draw_moment(self) -> None:
        """All that changes from frame to frame."""
        self._note.draw(self._why_empty())
        if self._small != (len(self.drawn_train) > _MANY):
            self._style_dots()
        self._train_dots.draw(*self._pixels())
        test = self.drawn_test
        self._test_dots.draw(self.across(test[:, 0]), self.down(test[:, 1]))
        self._draw_point()

    def _why_empty(self) -> str:
        if self._snapshot is None or self._shown is not None:
            return ""
        if self._snapshot.experiment.surface is not None:
            return surface_words.no_residuals()
        if self._snapshot.experiment.classes:
            return self.tr("These data have classes: there is no number to be off by.")
        return self.tr("Each point’s prediction beside its true value: drawn once there is a run.")

    def _draw_point(self) -> None:
        """The selected point, wherever it was selected."""
        snapshot = self._seen
        point = snapshot.point if snapshot is not None else None
        if point is None or snapshot is None or snapshot.view is None or self._shown is None:
            self._point_mark.hide()
            return
        entry = snapshot.view.experiment.loss_entry
        taken = [self._line_name.box] if self._line_name.isVisible() else []
        self._point_mark.draw(point, entry, taken, self._place_of(point))
        if self.area.height() < _TALL:  # the fit says it all; here it would hide the rest
            self._point_mark.tag.setVisible(False)

    def _place_of(self, point: "PointView") -> tuple[float, float, float]:
        """Where a point is, and the height of the line of no error there."""
        if self.across_is == TRUE:
            return point.y, point.prediction, point.y
        residual = point.prediction - point.y
        if self.across_is == PREDICTED:
            return point.prediction, residual, 0.0
        assert self._data is not None
        return float(self._data.train.inputs[point.row, int(self.across_is)]), residual, 0.0
