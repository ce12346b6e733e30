"""What the fit's legend says: names and samples, in the order of the picture's story."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from guitrain.core.closed_form import Facts, LeastSquares
from guitrain.core.data import Data
from guitrain.core.evaluation import Prediction
from guitrain.plots.applied_marks import DIAMOND, SQUARE
from guitrain.plots.items import circle, diamond, imitate, square, triangle
from guitrain.sentences import translate

Sample = Callable[[QGraphicsPathItem], None]


def _marker(source: QGraphicsPathItem, shape: QPainterPath) -> Sample:
    return lambda sample: imitate(sample, source, shape.translated(13, 0))


def _line(source: QGraphicsPathItem) -> Sample:
    stroke = QPainterPath()
    stroke.lineTo(26, 0)
    return lambda sample: imitate(sample, source, stroke)


def fit_rows(
    data: Data,
    facts: Facts,
    items: Mapping[str, QGraphicsPathItem],
    applied: Sequence[Prediction],
    shown: Collection[str],
) -> list[tuple[str, Sample]]:
    """The rows for what is there: ``items`` by name, and in ``shown`` which of the items "test",
    "learnt" and "residuals" are drawn now, and "curve" where what is learnt is no line.
    """
    points = circle(3.4)
    text = translate("FitPlot", "training data · {count} points")
    if len(data.train) == 1:
        text = translate("FitPlot", "training data · 1 point")
    rows = [(text.format(count=f"{len(data.train):,}"), _marker(items["train"], points))]
    if len(data.validation):
        text = translate("FitPlot", "validation data · {count} points")
        if len(data.validation) == 1:
            text = translate("FitPlot", "validation data · 1 point")
        text = text.format(count=f"{len(data.validation):,}")
        rows.append((text, _marker(items["validation"], triangle(4.4))))
    if "test" in shown and len(data.test):
        text = translate("FitPlot", "test data · {count} points")
        text = text.format(count=f"{len(data.test):,}")
        rows.append((text, _marker(items["test"], square(3.2))))
    if "learnt" in shown:
        text = translate("FitPlot", "learnt line")
        if "curve" in shown:
            text = translate("FitPlot", "learnt curve")
        rows.append((text, _line(items["learnt"])))
    if data.truth is not None:
        text = translate("FitPlot", "true curve")
        if data.truth.line is not None:
            text = translate("FitPlot", "true line")
        elif data.truth.jumps:
            text = translate("FitPlot", "true step")
        rows.append((text, _line(items["truth"])))
    if facts.least_squares is not None:
        text = translate("FitPlot", "least-squares line")
        if not isinstance(facts.least_squares, LeastSquares):
            text = translate("FitPlot", "least-squares polynomial")
            if facts.optimum != facts.least_squares:
                text = translate("FitPlot", "least-squares polynomial, no penalty")
        elif facts.optimum != facts.least_squares:
            text = translate("FitPlot", "least-squares line, no penalty")
        rows.append((text, _line(items["best"])))
    if "residuals" in shown:
        rows.append((translate("FitPlot", "residuals ŷ − y"), _line(items["residuals"])))
    if any(not each.outside for each in applied):
        text = translate("FitPlot", "prediction")
        rows.append((text, _marker(items["inside"], diamond(DIAMOND))))
    if any(each.outside for each in applied):
        text = translate("FitPlot", "prediction outside the data")
        rows.append((text, _marker(items["outside"], diamond(DIAMOND))))
    if any(each.true is not None for each in applied):
        text = translate("FitPlot", "its true value")
        rows.append((text, _marker(items["true"], square(SQUARE))))
    return rows
