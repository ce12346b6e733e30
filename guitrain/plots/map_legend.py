"""What the legend of a map says."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from guitrain.core.data import Data
from guitrain.core.evaluation import Prediction
from guitrain.outcome_words import percent
from guitrain.plots.applied_marks import DIAMOND
from guitrain.plots.class_marks import class_colour
from guitrain.plots.ghosts import legend_rows
from guitrain.plots.items import Legend, diamond, mixed, pen
from guitrain.plots.map_points import Kind, number_shape, shown_points
from guitrain.plots.map_words import class_row, points_row
from guitrain.plots.regions import BORDER
from guitrain.plots.shades import PALE, STRONG
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.plots.map import MapPlot

Row = tuple[str, Callable[[QGraphicsPathItem], None]]

_MIDDLE = Legend.SAMPLE / 2
_RADIUS = 4.2


def _drawn(
    path: QPainterPath, stroke: QPen, brush: QBrush | None = None
) -> Callable[[QGraphicsPathItem], None]:
    def draw(sample: QGraphicsPathItem) -> None:
        sample.setPen(stroke)
        sample.setBrush(brush or QBrush(Qt.BrushStyle.NoBrush))
        sample.setPath(path)

    return draw


def map_rows(
    plot: "MapPlot",
    data: Data,
    applied: Sequence[Prediction],
    *,
    test: bool,
    brief: bool,
) -> list[Row]:
    """The rows for what is there; where ``brief``, the classes alone."""
    rows: list[Row] = []
    for number in range(len(data.classes)):
        shape = plot.class_shape(number, radius=_RADIUS).translated(_MIDDLE, 0)
        text = class_row(data, number, counted=not brief)
        rows.append((text, _drawn(shape, *plot.class_style(number, Kind.TRAIN))))
    if brief:
        return rows
    for kind, points in shown_points(data, test=test).items():
        text = points_row(kind, len(points), classes=bool(data.classes))
        if not data.classes:
            edge = pen(plot.theme.text, 1.0, alpha=0.85)
            middle = QBrush(QColor(plot.theme.heat[2]))
            shape = number_shape(kind, _RADIUS).translated(_MIDDLE, 0)
            rows.append((text, _drawn(shape, edge, middle)))
        elif kind is not Kind.TRAIN:
            shape = plot.class_shape(0, radius=_RADIUS).translated(_MIDDLE, 0)
            rows.append((text, _drawn(shape, *plot.class_style(0, kind))))
    if data.classes:
        rows += _of_regions(plot, data)
        rows += legend_rows(plot.behind, plot.theme, bold=True)
    for outside in (False, True):
        if any(each.outside == outside for each in applied):
            rows.append(_of_applied(plot, outside=outside))
    return rows


def _of_regions(plot: "MapPlot", data: Data) -> list[Row]:
    """What the shade means, and the border."""
    theme = plot.theme
    shade = QLinearGradient(0, 0, Legend.SAMPLE, 0)
    colour = class_colour(theme, 0)
    for at, share in ((0.0, PALE), (1.0, STRONG)):
        shade.setColorAt(at, QColor(mixed(colour, theme.panel, share)))
    patch = QPainterPath()
    patch.addRect(QRectF(0, -5, Legend.SAMPLE, 10))
    least = percent(1 / len(data.classes)).replace(".0", "")
    text = translate("MapPlot", "probability, {0} to 100 %").format(least)
    rows: list[Row] = [(text, _drawn(patch, pen(theme.border), QBrush(shade)))]
    if len(data.input_names) > 1:
        line = QPainterPath()
        line.lineTo(Legend.SAMPLE, 0)
        text = translate("MapPlot", "border: equal probability")
        rows.append((text, _drawn(line, pen(theme.learnt, BORDER))))
    return rows


def _of_applied(plot: "MapPlot", *, outside: bool) -> Row:
    theme = plot.theme
    shape = diamond(DIAMOND).translated(_MIDDLE, 0)
    if outside:
        text = translate("MapPlot", "prediction outside the data")
        stroke, brush = pen(theme.learnt, 1.4, dashes=(2, 1.5)), QBrush(QColor(theme.panel))
    else:
        text = translate("MapPlot", "prediction")
        stroke, brush = pen(theme.learnt, 1.2), QBrush(QColor(theme.applied))
    return text, _drawn(shape, stroke, brush)
