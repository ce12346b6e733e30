"""The article's data: y = slope·x + intercept + normal noise; and the same with outliers."""

from guitrain.core.code_text import added, number
from guitrain.core.data import Outliers, Truth
from guitrain.core.datasets.generated import LARGEST, Values, generated, plain
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _truth(values: Values) -> Truth:
    slope, intercept = values["slope"], values["intercept"]
    return Truth(
        lambda x: slope * x + intercept,
        f"{number(slope)} * {{x}} {added(intercept)}",
        line=(slope, intercept),
    )


_TRUE = (
    plain(
        "slope",
        QT_TRANSLATE_NOOP("Data", "True slope"),
        QT_TRANSLATE_NOOP("Data", "How much the true y rises when x rises by 1."),
        2.0,
    ),
    plain(
        "intercept",
        QT_TRANSLATE_NOOP("Data", "True intercept"),
        QT_TRANSLATE_NOOP("Data", "The true y at x = 0."),
        1.0,
    ),
)

LINE = generated(
    "line",
    QT_TRANSLATE_NOOP("Data", "Line"),
    QT_TRANSLATE_NOOP("Data", "Points on a straight line, with random noise added to y."),
    _TRUE,
    _truth,
)

OUTLIERS = generated(
    "outliers",
    QT_TRANSLATE_NOOP("Data", "Outliers"),
    QT_TRANSLATE_NOOP(
        "Data",
        "Points on a straight line, with random noise, and a few that are far off. MSE pulls "
        "the line towards these, MAE and Huber hardly do.",
    ),
    (
        *_TRUE,
        Param(
            "outlier_share",
            "float",
            QT_TRANSLATE_NOOP("Data", "Outlier share"),
            QT_TRANSLATE_NOOP("Data", "The chance of each point to be an outlier."),
            default=0.1,
            minimum=0.0,
            maximum=0.5,
        ),
        Param(
            "outlier_size",
            "float",
            QT_TRANSLATE_NOOP("Data", "Outlier size"),
            QT_TRANSLATE_NOOP(
                "Data",
                "How far above the others an outlier lies, in the unit of y; below 0: under them.",
            ),
            default=10.0,
            minimum=-LARGEST,
            maximum=LARGEST,
        ),
    ),
    _truth,
    lambda values: Outliers(values["outlier_share"], values["outlier_size"]),
)
