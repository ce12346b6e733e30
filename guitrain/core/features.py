"""What a model sees of the inputs: these themselves, their squares, products and sines.

The same that TensorFlow Playground offers for its two inputs. They are made of the inputs in their
own units, and standardised after that, where it is asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from guitrain.core.problems import ExperimentProblem

Floats = NDArray[np.float64]

MOST = 512  # features that a model can see


def input_names(count: int) -> tuple[str, ...]:
    """Of the inputs in formulas: x, or x1, x2, …"""
    if count == 1:
        return ("x",)
    return tuple(f"x{number}" for number in range(1, count + 1))


@dataclass(frozen=True)
class Group:
    """Features of one kind.

    Attributes:
        names: in formulas, of the inputs' names. code: each as an expression of a script.
        of: (n, m) of inputs (n, d).
        count: m of d.
    """

    names: Callable[[Sequence[str]], list[str]]
    code: Callable[[Sequence[str]], list[str]]
    of: Callable[[Floats], Floats]
    count: Callable[[int], int]


def _products(inputs: Floats) -> Floats:
    pairs = [inputs[:, a] * inputs[:, b] for a, b in combinations(range(inputs.shape[1]), 2)]
    return np.stack(pairs, axis=1) if pairs else np.empty((len(inputs), 0))


GROUPS = {
    "x": Group(list, list, lambda inputs: inputs, lambda d: d),
    "squares": Group(
        lambda names: [f"{name}²" for name in names],
        lambda names: [f"{name}**2" for name in names],
        lambda inputs: inputs**2,
        lambda d: d,
    ),
    "products": Group(
        lambda names: [f"{a}·{b}" for a, b in combinations(names, 2)],
        lambda names: [f"{a} * {b}" for a, b in combinations(names, 2)],
        _products,
        lambda d: d * (d - 1) // 2,
    ),
    "sines": Group(
        lambda names: [f"sin {name}" for name in names],
        lambda names: [f"np.sin({name})" for name in names],
        np.sin,
        lambda d: d,
    ),
}
PLAIN = ("x",)  # the inputs as they are


def count_of(groups: Sequence[str], inputs: int) -> int:
    """How many features these groups make of so many inputs."""
    return sum(GROUPS[group].count(inputs) for group in groups)


def checked_count(groups: Sequence[str], inputs: int) -> int:
    """The same; raises ExperimentProblem where that is none, or too many for a model."""
    count = count_of(groups, inputs)
    if not count:
        raise ExperimentProblem("no_features", "features")
    if count > MOST and tuple(groups) != PLAIN:
        raise ExperimentProblem("too_many_features", "features", value=count, maximum=MOST)
    return count


def feature_names(groups: Sequence[str], inputs: int) -> tuple[str, ...]:
    """Their names in formulas."""
    names = input_names(inputs)
    return tuple(name for group in groups for name in GROUPS[group].names(names))


def features_of(groups: Sequence[str], inputs: Floats) -> Floats:
    """Features (n, m) of inputs (n, d), in their own units."""
    if tuple(groups) == PLAIN:
        return inputs
    with np.errstate(over="ignore", invalid="ignore"):
        return np.concatenate([GROUPS[group].of(inputs) for group in groups], axis=1)


def feature_lines(groups: Sequence[str], inputs: int) -> tuple[str, ...]:
    """A function of a script that makes them of x."""
    names = input_names(inputs)
    made = [code for group in groups for code in GROUPS[group].code(names)]
    taken = f"    {', '.join(names)} = x.T" if inputs > 1 else ""
    head = ("def features(x):", '    """What the model sees of the inputs."""')
    lines = (*head, taken) if taken else head
    rows = [f"        {each}," for each in made]
    return (*lines, "    return np.stack([", *rows, "    ], axis=1)")
