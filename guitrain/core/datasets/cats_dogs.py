"""Cats and dogs by their weight and the length of their snout: the article's second example.

Made-up animals: each kind's numbers are drawn from two normal distributions, whose means and
deviations are plausible and nothing more.
"""

import numpy as np

from guitrain.core.code_text import number
from guitrain.core.data import Data, DataCode, DatasetEntry, Split
from guitrain.core.datasets.generated import POINTS, Values
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

# Rows: cat, dog. Columns: weight in kg, length of the snout in cm.
_MEAN = np.array([[4.5, 3.5], [9.0, 7.0]])
_DEVIATION = np.array([[1.0, 0.8], [2.5, 1.6]])
_LEAST = 0.1  # no animal is lighter, nor a snout shorter

_VARIETY = Param(
    "variety",
    "float",
    QT_TRANSLATE_NOOP("Data", "Variety"),
    QT_TRANSLATE_NOOP(
        "Data",
        "How much animals of a kind differ: 1 as usual, 0 not at all. The more they do, the more "
        "cats look like dogs.",
    ),
    default=1.0,
    minimum=0.0,
    maximum=3.0,
)


def _fresh(values: Values, test_fraction: float) -> int:
    return round(values["points"] * test_fraction)


def _make(values: Values, test_fraction: float, seed: int) -> Data:
    random = np.random.RandomState(seed)  # the legacy stream, as the article's data have

    def drawn(count: int) -> Split:
        kind = np.arange(count) % 2
        errors = random.normal(0, values["variety"], (count, 2))
        x = np.maximum(_MEAN[kind] + _DEVIATION[kind] * errors, _LEAST)
        return Split(x, kind.astype(np.float64))

    return Data(
        drawn(values["points"]),
        drawn(_fresh(values, test_fraction)),
        (QT_TRANSLATE_NOOP("Data", "weight"), QT_TRANSLATE_NOOP("Data", "snout")),
        QT_TRANSLATE_NOOP("Data", "animal"),
        input_units=("kg", "cm"),
        own_names=True,
        classes=(QT_TRANSLATE_NOOP("Data", "cat"), QT_TRANSLATE_NOOP("Data", "dog")),
    )


def _code(values: Values, test_fraction: float, seed: int) -> DataCode:
    variety, fresh = number(values["variety"]), _fresh(values, test_fraction)

    def drawn(count: int) -> list[str]:
        return [
            f"kind = np.arange({count}) % 2",
            f"x = average[kind] + spread[kind] * np.random.normal(0, {variety}, ({count}, 2))",
            f"x, y = np.maximum(x, {number(_LEAST)}), kind.astype(np.float64)",
        ]

    lines = [
        "# made-up animals: 0 cat, 1 dog; weight in kg, length of the snout in cm",
        f"average = np.array({_MEAN.tolist()})",
        f"spread = np.array({_DEVIATION.tolist()})",
        f"np.random.seed({seed})",
        *drawn(values["points"]),
    ]
    if fresh:
        lines += ["train_x, train_y = x, y", *drawn(fresh)]
        lines += ["test_x, test_y, x, y = x, y, train_x, train_y"]
    return DataCode(tuple(lines), fresh > 0, '"weight (kg)"', '"snout (cm)"')


CATS_DOGS = DatasetEntry(
    name="cats_dogs",
    label=QT_TRANSLATE_NOOP("Data", "Cats and dogs"),
    help=QT_TRANSLATE_NOOP("Data", "Cat or dog? By weight and snout, of animals that are drawn."),
    params=(_VARIETY, POINTS),
    make=_make,
    code=_code,
    train_count=lambda values, _fraction: values["points"],
    inputs=lambda _values: 2,
    classes=lambda _values: 2,
    story=QT_TRANSLATE_NOOP(
        "Data",
        "The animals are made up, drawn from normal distributions. Cats: 4.5 ± 1 kg, snout "
        "3.5 ± 0.8 cm; dogs: 9 ± 2.5 kg, snout 7 ± 1.6 cm (mean ± deviation; none below 0.1).",
    ),
)
