"""Sets of points that were published. Each says in its docstring and its story where, and under
which licence. Numbers that were measured are facts, which nobody owns: they are cited all the same.

The tables are modules beside this one, loaded when they are first wanted. Core reads no files: so
an experiment draws its data in any process, installed, zipped or frozen, with nothing passed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.code_text import quoted
from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.datasets.given import GivenCode
from guitrain.core.params import Param

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """What is measured: its name, marked for translation in the context "Data", and its unit."""

    name: str
    unit: str = ""

    @property
    def text(self) -> str:
        """As a script's plot names it."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Points:
    """Inputs (n, d) and targets (n,) of a published table, and a line that says which, for a
    script.
    """

    inputs: NDArray[np.float64]
    targets: NDArray[np.float64]
    source: str


def of_columns(x: tuple[float, ...], y: tuple[float, ...], source: str) -> Points:
    """The points of one input."""
    return Points(np.array(x)[:, None], np.array(y), source)


def read_rows(text: str) -> NDArray[np.float64]:
    """A table (n, d) that is written as rows of numbers with semicolons after them."""
    rows = text.replace("\n", "; ").split(";")
    return np.array([[float(cell) for cell in row.split()] for row in rows if row.strip()])


def published(
    name: str,
    label: str,
    help: str,
    story: str,
    axes: tuple[Axis, ...],
    points_of: Callable[[Values], Points],
    params: tuple[Param, ...] = (),
    classes: tuple[str, ...] = (),
    image: tuple[int, int] | None = None,
    block: int = 1,
) -> DatasetEntry:
    """An entry with given points, of which a share is held out for the test.

    ``axes`` are those of the inputs, then the target's; ``classes`` the names of the classes;
    ``image`` and ``block`` as of ``DatasetEntry``.
    """
    *inputs, target = axes

    def make(values: Values, test_fraction: float, seed: int) -> Data:
        points = points_of(values)
        return Data(
            *held_out.split(points.inputs, points.targets, test_fraction, seed),
            tuple(axis.name for axis in inputs),
            target.name,
            input_units=tuple(axis.unit for axis in inputs),
            target_unit=target.unit,
            own_names=True,
            classes=classes,
        )

    def code(values: Values, test_fraction: float, seed: int) -> DataCode:
        points = points_of(values)
        made = GivenCode([f"# {points.source}"])
        if classes:
            told = ", ".join(f"{number} {each}" for number, each in enumerate(classes))
            made.lines.append(f"# classes: {told}")
        made.add_points(points.inputs, points.targets)
        test = held_out.lines(len(points.targets), test_fraction, seed)
        up = inputs[1] if classes and len(inputs) > 1 else target
        return DataCode(
            (*made.lines, *test),
            len(test) > 0,
            quoted(inputs[0].text),
            quoted(up.text),
            made.imports,
            embedded=made.embedded,
        )

    return DatasetEntry(
        name=name,
        label=label,
        help=help,
        params=params,
        make=make,
        code=code,
        train_count=lambda values, share: held_out.rest(len(points_of(values).targets), share),
        inputs=lambda _values: len(inputs),
        classes=lambda _values: len(classes),
        fixed=True,
        story=story,
        image=image,
        block=block,
    )
