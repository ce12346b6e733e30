"""Points of classes in a plane, drawn: blobs, circle, XOR, moons and spiral.

Circle, XOR and spiral are TensorFlow Playground's (its ``dataset.ts``, Apache 2.0), moons those of
scikit-learn's ``make_moons`` (BSD), made anew here: their shapes, not their lines or numbers.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from guitrain.core.code_text import number
from guitrain.core.data import Data, DataCode, DatasetEntry, Split
from guitrain.core.datasets.generated import NOISE, POINTS, Values
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

Floats = NDArray[np.float64]

CLASSES = Param(
    "classes",
    "int",
    QT_TRANSLATE_NOOP("Data", "Classes"),
    QT_TRANSLATE_NOOP("Data", "How many clouds there are, each a class of its own."),
    default=2,
    minimum=2,
    maximum=8,
)


# Each gives the places (n, 2) of points whose classes (n,) and share along their class u (n,),
# from 0 to 1, are known; ``random`` draws what else there is to draw. The script has the same.


def _blobs(random: np.random.RandomState, y: Floats, u: Floats, classes: int) -> Floats:
    angle = 2 * np.pi * y / classes
    return np.stack([2 * np.cos(angle), 2 * np.sin(angle)], axis=1)


def _circle(random: np.random.RandomState, y: Floats, u: Floats, classes: int) -> Floats:
    angle = random.uniform(0, 2 * np.pi, len(y))
    radius = np.where(y == 0, 2.5 * np.sqrt(u), 3.5 + 1.5 * u)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _xor(random: np.random.RandomState, y: Floats, u: Floats, classes: int) -> Floats:
    across, up = random.uniform(0.3, 5, len(y)), random.uniform(0.3, 5, len(y))
    side = np.where(u < 0.5, -1.0, 1.0)
    return np.stack([side * across, np.where(y == 0, side, -side) * up], axis=1)


def _moons(random: np.random.RandomState, y: Floats, u: Floats, classes: int) -> Floats:
    angle, sign = np.pi * u, np.where(y == 0, 1.0, -1.0)
    return 3 * np.stack([y + sign * np.cos(angle), 0.5 * y + sign * np.sin(angle)], axis=1)


def _spiral(random: np.random.RandomState, y: Floats, u: Floats, classes: int) -> Floats:
    angle = 1.75 * 2 * np.pi * u + 2 * np.pi * y / classes
    return np.stack([5 * u * np.sin(angle), 5 * u * np.cos(angle)], axis=1)


_BLOBS = (
    "angle = 2 * np.pi * y / {classes}",
    "x = np.stack([2 * np.cos(angle), 2 * np.sin(angle)], axis=1)",
)
_CIRCLE = (
    "angle = np.random.uniform(0, 2 * np.pi, len(y))",
    "radius = np.where(y == 0, 2.5 * np.sqrt(u), 3.5 + 1.5 * u)",
    "x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)",
)
_XOR = (
    "across, up = np.random.uniform(0.3, 5, len(y)), np.random.uniform(0.3, 5, len(y))",
    "side = np.where(u < 0.5, -1.0, 1.0)",
    "x = np.stack([side * across, np.where(y == 0, side, -side) * up], axis=1)",
)
_MOONS = (
    "angle, sign = np.pi * u, np.where(y == 0, 1.0, -1.0)",
    "x = 3 * np.stack([y + sign * np.cos(angle), 0.5 * y + sign * np.sin(angle)], axis=1)",
)
_SPIRAL = (
    "angle = 1.75 * 2 * np.pi * u + 2 * np.pi * y / {classes}",
    "x = np.stack([5 * u * np.sin(angle), 5 * u * np.cos(angle)], axis=1)",
)

Place = Callable[[np.random.RandomState, Floats, Floats, int], Floats]


def _of(count: int, classes: int) -> tuple[Floats, Floats]:
    """Classes in turn, and how far along its own class each point is."""
    order = np.arange(count)
    return (order % classes).astype(np.float64), (order // classes * classes + 0.5) / count


def _fresh(values: Values, test_fraction: float) -> int:
    return round(values["points"] * test_fraction)


def _plane(
    name: str,
    label: str,
    help: str,
    place: Place,
    lines: Sequence[str],
    params: tuple[Param, ...] = (),
) -> DatasetEntry:
    """An entry whose points lie where ``place`` says, and ``lines`` of a script do, each moved a
    little.
    """

    def count_of(values: Values) -> int:
        classes: int = values.get("classes", 2)
        return classes

    def make(values: Values, test_fraction: float, seed: int) -> Data:
        # The legacy stream, as the article's data have.
        random = np.random.RandomState(seed)
        classes, sigma = count_of(values), values["noise"]

        def drawn(count: int) -> Split:
            y, u = _of(count, classes)
            x = place(random, y, u, classes)
            return Split(x + random.normal(0, sigma, x.shape), y)

        train = drawn(values["points"])
        return Data(
            train,
            drawn(_fresh(values, test_fraction)),
            ("x1", "x2"),
            "class",
            classes=tuple(str(each) for each in range(classes)),
        )

    def code(values: Values, test_fraction: float, seed: int) -> DataCode:
        classes, sigma = count_of(values), number(values["noise"])

        def drawn(count: int) -> list[str]:
            return [
                f"y = (np.arange({count}) % {classes}).astype(np.float64)",
                f"u = (np.arange({count}) // {classes} * {classes} + 0.5) / {count}",
                *(line.replace("{classes}", str(classes)) for line in lines),
                f"x = x + np.random.normal(0, {sigma}, x.shape)",
            ]

        fresh = _fresh(values, test_fraction)
        made = [f"np.random.seed({seed})", *drawn(values["points"])]
        if fresh:
            made += ["train_x, train_y = x, y", *drawn(fresh)]
            made += ["test_x, test_y, x, y = x, y, train_x, train_y"]
        return DataCode(tuple(made), fresh > 0, '"x1"', '"x2"')

    return DatasetEntry(
        name=name,
        label=label,
        help=help,
        params=(*params, POINTS, NOISE),
        make=make,
        code=code,
        train_count=lambda values, _fraction: values["points"],
        inputs=lambda _values: 2,
        classes=count_of,
    )


BLOBS = _plane(
    "blobs",
    QT_TRANSLATE_NOOP("Data", "Blobs"),
    QT_TRANSLATE_NOOP(
        "Data", "A round cloud of points for each class: a straight border tells two apart."
    ),
    _blobs,
    _BLOBS,
    (CLASSES,),
)
CIRCLE = _plane(
    "circle",
    QT_TRANSLATE_NOOP("Data", "Circle"),
    QT_TRANSLATE_NOOP(
        "Data", "One class in the middle, the other around it: no straight border can do it."
    ),
    _circle,
    _CIRCLE,
)
XOR = _plane(
    "xor",
    QT_TRANSLATE_NOOP("Data", "XOR"),
    QT_TRANSLATE_NOOP(
        "Data",
        "Opposite quarters have one class: each input by itself says nothing, only both together.",
    ),
    _xor,
    _XOR,
)
MOONS = _plane(
    "moons",
    QT_TRANSLATE_NOOP("Data", "Moons"),
    QT_TRANSLATE_NOOP("Data", "Two half moons, each reaching into the other."),
    _moons,
    _MOONS,
)
SPIRAL = _plane(
    "spiral",
    QT_TRANSLATE_NOOP("Data", "Spiral"),
    QT_TRANSLATE_NOOP("Data", "Arms of a spiral, one for each class: the hardest of these."),
    _spiral,
    _SPIRAL,
    (CLASSES,),
)
PLANES = (BLOBS, CIRCLE, XOR, MOONS, SPIRAL)
