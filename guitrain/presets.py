"""The experiments that the app comes with: files in ``resources/presets``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from guitrain.core.experiment import Experiment
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.resources import resource
from guitrain.snapshot import Pace

PRESETS = (
    "article",
    "four_points",
    "anscombe",
    "hubble_1929",
    "overfitting",
    "cats_and_dogs",
    "iris",
    "spiral",
    "digits",
    "digits_cnn",
    "rosenbrock",
)

LABELS = {
    "article": QT_TRANSLATE_NOOP("Presets", "The article's line"),
    "four_points": QT_TRANSLATE_NOOP("Presets", "Four points"),
    "anscombe": QT_TRANSLATE_NOOP("Presets", "Anscombe’s four"),
    "hubble_1929": QT_TRANSLATE_NOOP("Presets", "Hubble 1929"),
    "overfitting": QT_TRANSLATE_NOOP("Presets", "Overfitting"),
    "cats_and_dogs": QT_TRANSLATE_NOOP("Presets", "Cats and dogs"),
    "iris": QT_TRANSLATE_NOOP("Presets", "Iris"),
    "spiral": QT_TRANSLATE_NOOP("Presets", "Spiral"),
    "digits": QT_TRANSLATE_NOOP("Presets", "Digits"),
    "digits_cnn": QT_TRANSLATE_NOOP("Presets", "Digits, by filters"),
    "rosenbrock": QT_TRANSLATE_NOOP("Presets", "Race on Rosenbrock"),
}
HELP = {
    "article": QT_TRANSLATE_NOOP(
        "Presets", "y = 2x + 1 learnt from 100 noisy points: every number is the article's."
    ),
    "four_points": QT_TRANSLATE_NOOP(
        "Presets", "Small enough to check by hand: four points on a line, w = b = 0."
    ),
    "anscombe": QT_TRANSLATE_NOOP(
        "Presets",
        "Four sets, one and the same line: change the set, and the same weights are learnt from a "
        "quite different picture.",
    ),
    "hubble_1929": QT_TRANSLATE_NOOP(
        "Presets",
        "The farther a nebula, the faster it moves away: 24 points of 1929, and a slope of 454 "
        "km/s per Mpc.",
    ),
    "overfitting": QT_TRANSLATE_NOOP(
        "Presets",
        "A network with two layers of 32 units and 20 noisy points of a sine: its validation loss "
        "is lowest at epoch 69 and rises from there, while the training loss falls far below the "
        "noise.",
    ),
    "cats_and_dogs": QT_TRANSLATE_NOOP(
        "Presets",
        "70 animals to learn from, 30 for the test. At the start the first one is a cat to 70 %; "
        "it is a cat, so its loss is −ln 0.70 = 0.36, the article’s.",
    ),
    "iris": QT_TRANSLATE_NOOP(
        "Presets", "Three irises told apart by four lengths: softmax regression on 105 flowers."
    ),
    "spiral": QT_TRANSLATE_NOOP(
        "Presets", "Two arms of a spiral, learnt by two layers of eight units in batches of ten."
    ),
    "digits": QT_TRANSLATE_NOOP(
        "Presets",
        "A net of 32 units learns to read handwritten digits: 97 of 100 are right after 15 epochs.",
    ),
    "digits_cnn": QT_TRANSLATE_NOOP(
        "Presets",
        "A convolutional net of 8 filters does better: 98 of 100 are right after 15 epochs. See "
        "under Network what each filter makes of a digit.",
    ),
    "rosenbrock": QT_TRANSLATE_NOOP(
        "Presets",
        "A bent valley without any data. Plain descent creeps along it, while momentum and Adam, "
        "which start beside it, arrive.",
    ),
}


@dataclass(frozen=True)
class Preset:
    """An experiment, the pace at which it is first played (its file says it in epochs per
    second) and the rows of inputs that Apply is prefilled with. ``race``: the settings changed in
    each of several runs that start together, the first of them in hand; () for one run.
    """

    name: str
    experiment: Experiment
    pace: Pace
    predict: tuple[tuple[float, ...], ...]
    race: tuple[Mapping[str, Any], ...] = ()


@cache
def preset(name: str) -> Preset:
    """One preset by name; raises KeyError for a name that is not in ``PRESETS``."""
    if name not in PRESETS:
        raise KeyError(name)
    obj = json.loads(resource("presets", f"{name}.json").read_text("utf-8"))
    experiment = Experiment.from_json(obj["experiment"])
    rows = (row if isinstance(row, list) else [row] for row in obj["predict"])
    race = tuple(obj.get("race", ()))
    return Preset(name, experiment, Pace(obj["pace"]), tuple(map(tuple, rows)), race)
