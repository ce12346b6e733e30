"""Fisher's irises: four lengths tell three species apart, two of them only nearly.

Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7
(1936), 179–188, Table I; measured by E. Anderson. UCI Machine Learning Repository, "Iris",
doi:10.24432/C56C76, CC BY 4.0.
"""

from functools import cache

import numpy as np

from guitrain.core.datasets.published import Axis, Points, published, read_rows
from guitrain.core.phases import QT_TRANSLATE_NOOP

_CLASSES = ("setosa", "versicolor", "virginica")  # Latin in every language


@cache
def _points() -> Points:
    from guitrain.core.datasets.iris_table import SETOSA, VERSICOLOR, VIRGINICA

    species = [read_rows(text) for text in (SETOSA, VERSICOLOR, VIRGINICA)]
    numbers = np.repeat(np.arange(len(species), dtype=np.float64), [len(rows) for rows in species])
    source = "Fisher (1936), Annals of Eugenics 7:179, Table I: lengths in cm (UCI, CC BY 4.0)"
    return Points(np.concatenate(species), numbers, source)


IRIS = published(
    "iris",
    QT_TRANSLATE_NOOP("Data", "Iris 1936"),
    QT_TRANSLATE_NOOP("Data", "Four lengths of 150 flowers, and which of three irises each is."),
    QT_TRANSLATE_NOOP(
        "Data",
        "50 flowers of each of three irises. One kind stands apart, the other two overlap: a few "
        "flowers nobody can tell by these lengths. R. A. Fisher, Annals of Eugenics 7 (1936) 179; "
        "UCI repository, CC BY 4.0.",
    ),
    (
        Axis(QT_TRANSLATE_NOOP("Data", "sepal length"), "cm"),
        Axis(QT_TRANSLATE_NOOP("Data", "sepal width"), "cm"),
        Axis(QT_TRANSLATE_NOOP("Data", "petal length"), "cm"),
        Axis(QT_TRANSLATE_NOOP("Data", "petal width"), "cm"),
        Axis(QT_TRANSLATE_NOOP("Data", "iris")),
    ),
    lambda _values: _points(),
    classes=_CLASSES,
)
