"""Anscombe's quartet: four sets of 11 points with the same means, variances, correlation and
least-squares line ŷ = 3.00 + 0.500·x, and four different pictures.

Source: F. J. Anscombe, "Graphs in Statistical Analysis", The American Statistician 27 (1973),
17–21, the table on page 19. Made-up numbers; printed since in countless textbooks, and part of R.
"""

from guitrain.core.datasets.published import Axis, Points, Values, of_columns, published
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

_X = (10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0)
_FOURTH_X = (8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 19.0, 8.0, 8.0, 8.0)
_Y = (
    (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68),
    (9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74),
    (7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73),
    (6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89),
)


def _points(values: Values) -> Points:
    number = values["set"]
    return of_columns(
        _FOURTH_X if number == 4 else _X,
        _Y[number - 1],
        f"Anscombe (1973), The American Statistician 27:17: set {number} of 4",
    )


ANSCOMBE = published(
    "anscombe",
    QT_TRANSLATE_NOOP("Data", "Anscombe’s four"),
    QT_TRANSLATE_NOOP("Data", "Four published sets of 11 points that have the same best line."),
    QT_TRANSLATE_NOOP(
        "Data",
        "All four sets have the same means and the same best line, ŷ = 3.00 + 0.500·x. Only the "
        "picture tells them apart. F. J. Anscombe, The American Statistician 27 (1973) 17.",
    ),
    (Axis("x"), Axis("y")),
    _points,
    (
        Param(
            "set",
            "int",
            QT_TRANSLATE_NOOP("Data", "Set"),
            QT_TRANSLATE_NOOP(
                "Data",
                "1: a line with noise. 2: a curve. 3: a line and one outlier. 4: one x for all "
                "points but one.",
            ),
            default=1,
            minimum=1,
            maximum=4,
        ),
    ),
)
