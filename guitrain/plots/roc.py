"""ROC curves: how many of a class are found, against how many of the rest are taken for it."""

from typing import TYPE_CHECKING, Self

import numpy as np
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from guitrain.numbers import format_number
from guitrain.outcome_words import class_name
from guitrain.plots.base import Plot
from guitrain.plots.class_curves import class_dashes
from guitrain.plots.class_marks import class_colour
from guitrain.plots.items import Legend, add_path, dashed, mixed, pen
from guitrain.plots.note import Note
from guitrain.plots.scales import Scale
from guitrain.plots.theme import LIGHT, Theme
from guitrain.plots.when_seen import WhenSeen

if TYPE_CHECKING:
    from collections.abc import Callable

    from guitrain.core.scores import ScoresView
    from guitrain.snapshot import Snapshot

_MOST_NAMED = 12  # curves with a row in the legend
_EDGE = 0.02  # beyond 0 and 1, so that a curve along the edge is seen


class RocPlot(WhenSeen, Plot):
    """A curve for each class against the rest, of two classes one, and the diagonal of chance.

    Asks for nothing: it shows ``Snapshot.scores``.

    Attributes:
        drawn: the classes that have a curve, in the order of the legend.
        legend: their names, each with the area under its curve.
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("roc_plot")
        self.setAccessibleName(self.tr("ROC curves"))
        self._shown: ScoresView | None = None
        self.drawn: tuple[int, ...] = ()
        self._chance = add_path(self.area, 0)
        self._items: list[QGraphicsPathItem] = []
        self.legend = Legend(self.area, 20, cached=not for_export)
        self._note = Note(self)
        whole = Scale(-_EDGE, 1 + _EDGE)
        self.set_scales(whole, whole)
        self.set_axis_labels(self.tr("false positive rate"), self.tr("true positive rate"))
        self._restyle()

    def _take(self, snapshot: "Snapshot") -> None:
        view, found = snapshot.view, snapshot.scores
        if view is None or (found is not None and found.run_id != view.run_id):
            found = None
        changed = self._seen is None or found is not self._shown
        self._seen = snapshot
        if changed:
            self._shown = found
            self._draw_curves()

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        if self._snapshot is not None:
            twin.refresh(self._snapshot)
        return twin

    # Drawing.

    def _draw(self) -> None:
        self._draw_axes()
        self._chance.setPen(pen(self.theme.muted, 1.4, dashes=(2, 3)))
        path = QPainterPath()
        ends = np.array([0.0, 1.0])
        (left, right), (low, high) = self.across(ends).tolist(), self.down(ends).tolist()
        path.moveTo(left, low)
        path.lineTo(right, high)
        self._chance.setPath(path)
        self._draw_curves()

    def _draw_curves(self) -> None:
        found = self._shown
        curves = found.curves if found is not None else ()
        # Of two classes the second: the first one's curve is the same, turned over.
        numbers = (1,) if len(curves) == 2 else tuple(range(len(curves)))
        self.drawn = tuple(each for each in numbers if curves[each] is not None)
        while len(self._items) < len(self.drawn):
            self._items.append(add_path(self.area, 1))
        for item in self._items[len(self.drawn) :]:
            item.setVisible(False)
        for item, number in zip(self._items, self.drawn, strict=False):
            curve = curves[number]
            assert curve is not None
            across, down = self.across(curve[:, 0]), self.down(curve[:, 1])
            item.setPath(dashed(across, down, class_dashes(number), self.area.height()))
            item.setPen(pen(self._colour(number), 2.0))
            item.setVisible(True)
        self._draw_legend()
        self._note.draw("" if self.drawn or self._snapshot is None else self._why_empty())

    def _colour(self, number: int) -> str:
        return mixed(class_colour(self.theme, number), self.theme.text, 0.75)

    def _why_empty(self) -> str:
        if self._shown is None:
            return self.tr("ROC curves are drawn once there is a run on data with classes.")
        if not self._shown.finite:
            return self.tr("The probabilities are no finite numbers any more: the run diverged.")
        return self.tr("These points are all of one class: there is no rest to tell it from.")

    def _draw_legend(self) -> None:
        """At the lower right, where good curves do not go; as many rows as there is room for."""
        found, view = self._shown, self._seen.view if self._seen is not None else None
        if found is None or view is None or not self.drawn:
            self.legend.setVisible(False)
            return
        font = self.text_font(-1)
        room = int((0.8 * self.area.height() - 10) / Legend.row_height(font)) - 1
        rows: list[tuple[str, Callable[[QGraphicsPathItem], None]]] = []
        for number in self.drawn[: max(min(_MOST_NAMED, room), 1)]:
            area = found.metrics.auc[number]
            text = self.tr("{0}: AUC {1}").format(
                class_name(view.data, number),
                "–" if area is None else format_number(area, 3, fixed=True),
            )
            rows.append((text, self._sample(number)))
        rows.append((self.tr("chance: AUC 0.5"), self._sample(None)))
        theme = self.theme
        self.legend.fill(rows, font, theme.text, theme.panel, theme.border)
        box = self.legend.rect()
        width, height = self.area.width(), self.area.height()
        self.legend.setPos(width - box.width() - 8, height - box.height() - 8)
        self.legend.setVisible(box.width() < width and box.height() < height)

    def _sample(self, number: int | None) -> "Callable[[QGraphicsPathItem], None]":
        def draw(sample: QGraphicsPathItem) -> None:
            ends = np.array([0.0, Legend.SAMPLE])
            if number is None:
                sample.setPen(pen(self.theme.muted, 1.4))
                sample.setPath(dashed(ends, np.zeros(2), (3, 4), 10.0))
            else:
                sample.setPen(pen(self._colour(number), 2.0))
                sample.setPath(dashed(ends, np.zeros(2), class_dashes(number), 10.0))

        return draw
