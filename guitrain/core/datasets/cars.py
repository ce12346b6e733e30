"""What cars of 1970 to 1982 drank: five inputs and a number to learn.

Source: E. Ramos and D. Donoho, data of the 1983 Exposition of the American Statistical Association,
StatLib, Carnegie Mellon University; used by J. R. Quinlan, "Combining instance-based and
model-based learning", ICML 1993, 236–243. UCI Machine Learning Repository, "Auto MPG",
doi:10.24432/C5859H, CC BY 4.0. The rows without a missing value, as usual.
"""

from functools import cache

from guitrain.core.datasets.published import Axis, Points, published, read_rows
from guitrain.core.phases import QT_TRANSLATE_NOOP


@cache
def _points() -> Points:
    from guitrain.core.datasets.cars_table import CARS as TABLE

    rows = read_rows(TABLE)
    return Points(rows[:, :-1].copy(), rows[:, -1].copy(), "Auto MPG (StatLib; UCI, CC BY 4.0)")


CARS = published(
    "cars",
    QT_TRANSLATE_NOOP("Data", "Cars 1970–82"),
    QT_TRANSLATE_NOOP(
        "Data", "Size, power and weight of 392 cars, and how far a gallon takes each."
    ),
    QT_TRANSLATE_NOOP(
        "Data",
        "The heavier and stronger a car, the fewer miles a gallon takes it. Data of the American "
        "Statistical Association’s exposition of 1983 (E. Ramos and D. Donoho); UCI repository, "
        "“Auto MPG”, CC BY 4.0.",
    ),
    (
        Axis(QT_TRANSLATE_NOOP("Data", "cylinders")),
        Axis(QT_TRANSLATE_NOOP("Data", "displacement"), "in³"),
        Axis(QT_TRANSLATE_NOOP("Data", "power"), "hp"),
        Axis(QT_TRANSLATE_NOOP("Data", "weight"), "lb"),
        Axis(QT_TRANSLATE_NOOP("Data", "0 to 60 mph in"), "s"),
        Axis(QT_TRANSLATE_NOOP("Data", "range"), "mpg"),
    ),
    lambda _values: _points(),
)
