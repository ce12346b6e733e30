"""What stands out on a map: the selected point, and predictions that were asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from guitrain.core.data import Data
from guitrain.core.evaluation import Prediction
from guitrain.core.experiment import Experiment
from guitrain.plots.applied_marks import DIAMOND
from guitrain.plots.items import Tag, add_path, circle, diamond, markers, pen
from guitrain.plots.map_words import applied_text, map_point_text
from guitrain.plots.point_mark import RING, put

if TYPE_CHECKING:
    from guitrain.core.step_view import PointView
    from guitrain.plots.base import Plot

_GAP = 10.0  # pixels between a mark and its text
_MOST_TOLD = 8  # predictions with a text


class MapPointMark:
    """A ring around the selected point, and its text."""

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self.ring = add_path(plot.area, 13)
        self.tag = Tag(plot.area, 23)
        self.hide()

    @property
    def span(self) -> QRectF:
        """What the ring takes up; empty where there is none."""
        if not self.ring.isVisible():
            return QRectF()
        return self.ring.path().boundingRect().translated(self.ring.pos())

    def hide(self) -> None:
        """No point is selected."""
        self.ring.setVisible(False)
        self.tag.setVisible(False)

    def draw(
        self,
        point: "PointView",
        place: tuple[float, float],
        experiment: Experiment,
        data: Data,
        taken: Sequence[QRectF],
    ) -> None:
        """Mark this point at a pixel, its text clear of what is taken."""
        plot, theme = self._plot, self._plot.theme
        x, y = place
        inside = bool(np.isfinite([x, y]).all())
        self.ring.setVisible(inside)
        self.tag.setVisible(False)
        if not inside:
            return
        self.ring.setPath(circle(RING))
        self.ring.setPen(pen(theme.text, 2.2))
        self.ring.setPos(x, y)
        self.tag.style(plot.text_font(-1), theme.text, theme.panel, alpha=0.92)
        self.tag.setPen(pen(theme.border))
        self.tag.say(map_point_text(point, experiment, data))
        put(
            self.tag,
            _spots(x, y, self.tag, plot.area_rect),
            plot.area_rect,
            [*[self.span] * 8, *taken],
        )


class MapApplied:
    """A diamond at each row of inputs that a prediction was asked for, with the answer.

    Attributes:
        inside, outside: the items of those within the training points' ranges, and of others.
        tags: the answers, of the first few.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self.inside, self.outside = add_path(plot.area, 9), add_path(plot.area, 9)
        self.tags: list[Tag] = []

    @property
    def boxes(self) -> list[QRectF]:
        """Where the answers stand, in the area's pixels."""
        return [tag.box for tag in self.tags if tag.isVisible()]

    def draw(
        self,
        applied: Sequence[Prediction],
        places: Sequence[tuple[float, float]],
        data: Data,
        taken: Sequence[QRectF],
    ) -> None:
        """Mark these predictions at these pixels, their texts clear of what is taken."""
        plot, theme = self._plot, self._plot.theme
        x, y = np.array(places, np.float64).reshape(-1, 2).T
        outside = np.array([each.outside for each in applied], dtype=bool)
        self.inside.setPath(markers(x[~outside], y[~outside], diamond(DIAMOND)))
        self.outside.setPath(markers(x[outside], y[outside], diamond(DIAMOND)))
        self.inside.setPen(pen(theme.learnt, 1.2))
        self.inside.setBrush(QColor(theme.applied))
        self.outside.setPen(pen(theme.learnt, 1.4, dashes=(2, 1.5)))
        self.outside.setBrush(QColor(theme.panel))
        for tag in self.tags:
            tag.setVisible(False)
        busy = list(taken)
        for at, (one, (left, top)) in enumerate(zip(applied, places, strict=True)):
            if at == _MOST_TOLD:
                break
            if at == len(self.tags):
                self.tags.append(Tag(plot.area, 21))
            tag = self.tags[at]
            tag.style(plot.text_font(-1), theme.text, theme.panel, alpha=0.85)
            tag.say(applied_text(one, data))
            mark = mark_box(left, top)
            put(tag, _spots(left, top, tag, plot.area_rect), plot.area_rect, [mark, *busy])
            busy += [mark, tag.box]


def mark_box(x: float, y: float) -> QRectF:
    """What the mark of a prediction takes up."""
    return QRectF(x - DIAMOND, y - DIAMOND, 2 * DIAMOND, 2 * DIAMOND)


def _spots(x: float, y: float, tag: Tag, area: QRectF) -> list[QPointF]:
    """Where the text of a mark may stand: beside it, or in a corner."""
    width, height = tag.size
    near = [
        QPointF(left, top)
        for top in (y - height - _GAP, y + _GAP, y - height / 2)
        for left in (x + _GAP, x - _GAP - width)
    ]
    right, low = area.width() - width - 4, area.height() - height - 4
    return near + [QPointF(left, top) for top in (4.0, low) for left in (4.0, right)]
