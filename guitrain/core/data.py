"""The numbers a run trains on and is tested on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.params import Entry

Truth = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Split:
    """Points of one kind: ``inputs`` (n, d) and ``targets`` (n,), float64."""

    inputs: NDArray[np.float64]
    targets: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.targets)


@dataclass(frozen=True)
class Data:
    """Training and test points, and what is known of where they came from.

    Attributes:
        train, test: the points; the test set may be empty.
        input_names, target_name: what the axes are called.
        truth: the true y (n,) for inputs (n, d), where it is known.
        noise: σ of the noise in the targets, in their unit, where it is known.
    """

    train: Split
    test: Split
    input_names: tuple[str, ...]
    target_name: str
    truth: Truth | None = None
    noise: float | None = None

    @cached_property
    def scaling(self) -> "Scaling":
        """What standardises these training inputs, worked out once."""
        return Scaling.of(self.train.inputs, standardize=True)


@dataclass(frozen=True)
class Scaling:
    """Standardisation of the inputs: (x − mean) / deviation, each (d,); of training data only."""

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]

    @classmethod
    def of(cls, inputs: NDArray[np.float64], standardize: bool) -> "Scaling":
        """The scaling of ``inputs`` (n, d), or the identity. A constant column is only shifted."""
        if not standardize:
            width = inputs.shape[1]
            return cls(np.zeros(width), np.ones(width))
        deviation = inputs.std(axis=0)
        # Rounding leaves a constant column with a tiny deviation rather than 0.
        constant = deviation <= 1e-12 * np.abs(inputs).max(axis=0)
        return cls(inputs.mean(axis=0), np.where(constant, 1.0, deviation))

    def apply(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Inputs (n, d) as the model sees them."""
        scaled: NDArray[np.float64] = (inputs - self.mean) / self.deviation
        return scaled


@dataclass(frozen=True)
class DataCode:
    """The same numbers as ``DatasetEntry.make`` gives, as lines of a script.

    Attributes:
        lines: they make ``x`` and ``y`` (n,), and ``test_x`` and ``test_y`` of the test points.
        has_test: whether there are any test points.
        x_label, y_label: what the axes are called, as Python strings.
        imports: what the lines need of the standard library.
        truth: the true y of ``{x}`` as an expression, where it is known.
        embedded: numbers too many to be shown: those that ``ELISION`` stands for in a line.
    """

    lines: tuple[str, ...]
    has_test: bool
    x_label: str
    y_label: str
    imports: tuple[str, ...] = ()
    truth: str | None = None
    embedded: Mapping[int, NDArray[np.float64]] = field(default_factory=dict)


@dataclass(frozen=True)
class DatasetEntry(Entry):
    """A source of data. ``make(values, test_fraction, seed)`` draws it, always the same;
    ``code`` of the same is how a script draws it.
    """

    make: Callable[[Mapping[str, Any], float, int], Data] = field(kw_only=True)
    code: Callable[[Mapping[str, Any], float, int], DataCode] = field(kw_only=True)
    train_count: Callable[[Mapping[str, Any], float], int] = field(kw_only=True)
    check_all: Callable[[Mapping[str, Any]], None] = field(kw_only=True, default=lambda _: None)

    def check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """As Entry.check, and that the settings go together."""
        checked = super().check(values)
        self.check_all(checked)
        return checked
