"""Predictions for new x on the fit, with their true values where these are known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from guitrain.core.evaluation import Prediction
from guitrain.plots.items import add_path, diamond, markers, pen, segments, square

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

DIAMOND, SQUARE = 6.5, 4.0  # pixels


class AppliedMarks:
    """The items of the predictions, children of a plot's area.

    Attributes:
        inside, outside: predictions within the training points' x and beyond them.
        true: their true values. differences: the lines between.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self.differences = add_path(plot.area, 7)
        self.true = add_path(plot.area, 8)
        self.inside = add_path(plot.area, 9)
        self.outside = add_path(plot.area, 9)

    def draw(self, applied: Sequence[Prediction]) -> None:
        """Mark these predictions."""
        applied = [each for each in applied if np.isfinite(each.predicted)]
        across, down = self._plot.across, self._plot.down
        x = across([each.x for each in applied])
        y = down([each.predicted for each in applied])
        true = down([np.nan if each.true is None else each.true for each in applied])
        outside = np.array([each.outside for each in applied], dtype=bool)
        self.differences.setPath(segments(x, y, true))
        self.true.setPath(markers(x, true, square(SQUARE)))
        self.inside.setPath(markers(x[~outside], y[~outside], diamond(DIAMOND)))
        self.outside.setPath(markers(x[outside], y[outside], diamond(DIAMOND)))
        self._paint()

    def _paint(self) -> None:
        theme = self._plot.theme
        self.differences.setPen(pen(theme.text, 1.2))
        self.true.setPen(pen(theme.truth, 1.6))
        self.true.setBrush(QColor(theme.panel))
        self.inside.setPen(pen(theme.learnt, 1.2))
        self.inside.setBrush(QColor(theme.applied))
        self.outside.setPen(pen(theme.learnt, 1.4, dashes=(2, 1.5)))
        self.outside.setBrush(QColor(theme.panel))
