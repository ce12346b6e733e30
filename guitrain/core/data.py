"""The numbers a run trains on and is tested on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.params import Entry
from guitrain.core.surfaces import Surface

_SAMPLES = 1001  # of a curve, a pixel or two apart in a plot
_SAMPLES_OF_DETAIL = 32
_MOST_SAMPLES = 20_001


@dataclass(frozen=True)
class Split:
    """Points of one kind: ``inputs`` (n, d) and ``targets`` (n,), float64; of classes the targets
    are their numbers, from 0.
    """

    inputs: NDArray[np.float64]
    targets: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.targets)


NO_POINTS = Split(np.empty((0, 1)), np.empty(0))


@dataclass(frozen=True)
class Truth:
    """The function that points were drawn from: ``truth(inputs)`` is the true y (n,) of inputs
    (n, 1).

    Attributes:
        function: the true y (n,) of x (n,).
        expression: the same in a script, of ``{x}``.
        line: its slope and intercept, where it is a straight line.
        jumps: the x at which it jumps; there it has the value of its right side.
        detail: the distance in x over which it goes up and down, where it does (0: nowhere).
    """

    function: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    expression: str
    line: tuple[float, float] | None = None
    jumps: tuple[float, ...] = ()
    detail: float = 0.0

    def __call__(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.function(inputs[:, 0])

    def samples(self, low: float, high: float) -> NDArray[np.float64]:
        """The x from ``low`` to ``high`` between which it can be drawn with straight lines:
        both sides of its jumps are among them.
        """
        if self.line is not None:
            return np.array([low, high])
        count = _SAMPLES
        if self.detail:
            wanted = _SAMPLES_OF_DETAIL * (high - low) / self.detail
            count = int(min(max(count, wanted), _MOST_SAMPLES))
        sides = [x for at in self.jumps for x in (np.nextafter(at, -np.inf), at)]
        inside = [x for x in sides if low < x < high]
        return np.union1d(np.linspace(low, high, count), inside)


@dataclass(frozen=True)
class Outliers:
    """Errors beside the noise: with a chance of ``share`` a y is greater by ``size``."""

    share: float
    size: float


@dataclass(frozen=True)
class Column:
    """What one cell of a row of inputs is: a number, or one of some texts. A text is as many inputs
    as there are different ones: 1 for its own and 0 for the others (one-hot).
    """

    name: str = ""
    texts: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many inputs it is."""
        return len(self.texts) or 1


def cells_of(inputs: Sequence[float], columns: Sequence[Column]) -> list[float | str | None]:
    """The cells that a row of inputs was made of; None for a text that is none of its column's."""
    cells: list[float | str | None] = []
    at = 0
    for column in columns:
        own = inputs[at : at + column.width]
        at += column.width
        if not column.texts:
            cells.append(own[0])
        else:
            cells.append(next((t for t, v in zip(column.texts, own, strict=True) if v), None))
    return cells


@dataclass(frozen=True)
class Data:
    """Training, test and validation points, and what is known of where they came from.

    Attributes:
        train, test, validation: the points; all but the training set may be empty.
        input_names, target_name: what the axes are called.
        input_units, target_unit: their units; "" where there is none or it is not known.
        own_names: the names are marked for translation in the context "Data", rather than from
            outside.
        truth: what they were drawn from, where it is known.
        noise: σ of the noise in the targets, in their unit, where it is known.
        outliers: what else the targets are off by, where it is known and there is any.
        classes: the names of the classes, where these are learnt; else ().
        unseen: inputs that stand for a text which no training point has: they are 0 for all points.
        columns: what the cells of a row of inputs are, where some are texts; else ().
    """

    train: Split
    test: Split
    input_names: tuple[str, ...]
    target_name: str
    truth: Truth | None = None
    noise: float | None = None
    outliers: Outliers | None = None
    input_units: tuple[str, ...] = ()
    target_unit: str = ""
    own_names: bool = False
    classes: tuple[str, ...] = ()
    validation: Split = NO_POINTS
    unseen: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()

    @cached_property
    def ranges(self) -> NDArray[np.float64]:
        """The smallest and the largest training value of each input (d, 2)."""
        inputs = self.train.inputs
        return np.stack([inputs.min(axis=0), inputs.max(axis=0)], axis=1)

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
        lines: they make ``x`` (n,), of several inputs (n, d), and ``y`` (n,), and ``test_x`` and
            ``test_y`` of the test points. Of classes y are their numbers, from 0.
        has_test: whether there are any test points.
        x_label, y_label: what the axes of a plot are called, as Python strings: of classes those
            of the first two inputs.
        imports: what the lines need of the standard library.
        truth: what the points are drawn from, where it is known.
        embedded: numbers too many to be shown: those that ``ELISION`` stands for in a line.
        unseen: as of ``Data``.
    """

    lines: tuple[str, ...]
    has_test: bool
    x_label: str
    y_label: str
    imports: tuple[str, ...] = ()
    truth: Truth | None = None
    embedded: Mapping[int, NDArray[np.float64]] = field(default_factory=dict)
    unseen: tuple[int, ...] = ()


@dataclass(frozen=True)
class DatasetEntry(Entry):
    """A source of data. ``make(values, test_fraction, seed)`` draws it, always the same;
    ``code`` of the same is how a script draws it.

    Attributes:
        inputs: how many it has under its settings.
        classes: how many; 0 where a number is to be learnt.
        columns: what the cells of a row of inputs are; of () each is a number.
        stand_ins: what stands for a missing cell of each column (c,), of a text its number, for the
            arguments of ``make``; None where nothing does.
        fixed: its points are given, and the test set is held out of them; else all are drawn.
        surface: the test surface that stands in the place of any points, where there is one.
        story: where real points come from and what they tell, in sentences for the form.
        image: (height, width) of the image whose pixels the inputs are, row by row; None where
            they are none.
        block: of an image: a pixel counts the inked cells of so many × so many of a finer bitmap,
            from 0 (paper) to ``block``² (ink).
    """

    make: Callable[[Mapping[str, Any], float, int], Data] = field(kw_only=True)
    code: Callable[[Mapping[str, Any], float, int], DataCode] = field(kw_only=True)
    train_count: Callable[[Mapping[str, Any], float], int] = field(kw_only=True)
    check_all: Callable[[Mapping[str, Any]], None] = field(kw_only=True, default=lambda _: None)
    inputs: Callable[[Mapping[str, Any]], int] = field(kw_only=True, default=lambda _: 1)
    classes: Callable[[Mapping[str, Any]], int] = field(kw_only=True, default=lambda _: 0)
    columns: Callable[[Mapping[str, Any]], tuple[Column, ...]] = field(
        kw_only=True, default=lambda _: ()
    )
    stand_ins: Callable[[Mapping[str, Any], float, int], NDArray[np.float64] | None] = field(
        kw_only=True, default=lambda _values, _fraction, _seed: None
    )
    surface: Callable[[Mapping[str, Any]], Surface] | None = field(kw_only=True, default=None)
    fixed: bool = field(kw_only=True, default=False)
    story: str = field(kw_only=True, default="")
    image: tuple[int, int] | None = field(kw_only=True, default=None)
    block: int = field(kw_only=True, default=1)

    def check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """As Entry.check, and that the settings go together."""
        checked = super().check(values)
        self.check_all(checked)
        return checked
