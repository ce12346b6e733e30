"""Data of every shape that a map is for, as entries for the registry."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from guitrain.core.data import Data, DataCode, DatasetEntry, Split
from guitrain.core.datasets import DATASETS
from guitrain.core.experiment import Experiment

_NO_CODE = DataCode((), False, '"x"', '"y"')
_NAMES = ("weight", "height", "age", "pulse")
_UNITS = ("kg", "cm", "years", "")


def _entry(name: str, inputs: int, classes: Sequence[str], count: int) -> DatasetEntry:
    def drawn(random: np.random.RandomState, size: int) -> Split:
        x = random.normal(size=(size, inputs)) * 10 + 50
        if not classes:
            return Split(x, 3 * x[:, 0] - x[:, -1] + random.normal(0, 2, size))
        y = np.arange(size, dtype=np.float64) % len(classes)
        x[:, 0] += 14 * y
        x[:, -1] -= 9 * y
        return Split(x, y)

    def make(values: Any, fraction: float, seed: int) -> Data:
        random = np.random.RandomState(seed)
        train = drawn(random, count)
        names, units = _NAMES[:inputs], _UNITS[:inputs]
        return Data(
            train,
            drawn(random, round(count * fraction)),
            names,
            "animal" if classes else "dose",
            input_units=units,
            target_unit="" if classes else "mg",
            classes=tuple(classes),
        )

    return DatasetEntry(
        name=name,
        label=name,
        help="",
        make=make,
        code=lambda *_: _NO_CODE,
        train_count=lambda *_: count,
        inputs=lambda _: inputs,
        classes=lambda _: len(classes),
    )


ENTRIES = (
    _entry("pets", 4, ("cat", "dog", "hare"), 90),
    _entry("three", 3, ("cat", "dog"), 40),
    _entry("doses", 2, (), 120),
    _entry("one", 1, ("cat", "dog"), 40),
    _entry("ten", 2, tuple("ABCDEFGHIJ"), 100),
    _entry("crowd", 2, ("cat", "dog"), 3000),
)


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have them in the registry for the length of a test."""
    for entry in ENTRIES:
        monkeypatch.setitem(DATASETS._entries, entry.name, entry)


def of(name: str, changes: dict[str, Any] | None = None) -> Experiment:
    """An experiment on these, or on any other source, by a small net."""
    made = Experiment().changed({"data": name}).changed({"model": "mlp", "standardize": True})
    return made.changed({"learning_rate": 0.1, "batch_size": 10, **(changes or {})})
