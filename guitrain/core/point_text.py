"""Points as they are typed, and as they may come from a file: checked one by one."""

import math
import re
from typing import TYPE_CHECKING, Any

from guitrain.core.problems import ExperimentProblem

if TYPE_CHECKING:
    from guitrain.core.params import Param

Points = tuple[tuple[float, ...], ...]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_TYPED = str.maketrans("−，；（）", "-,;()")  # and what a Chinese keyboard types
_SHOWN = 40  # characters of a wrong text in a sentence


def checked_points(param: "Param", value: Any) -> Points:
    """Points of a text, or of a sequence of sequences of numbers.

    A text is "0,1 1,3 2,5", or with semicolons or line breaks between the points "0, 1; 1, 3";
    brackets around a point are let in. Raises ExperimentProblem: "not_points", "too_many_points",
    "point_size", "point_not_number", "point_range".
    """
    if isinstance(value, str):
        value = _parsed(param, value)
    if not isinstance(value, list | tuple):
        raise _not_points(param, type(value).__name__)
    if len(value) > param.most:
        raise ExperimentProblem("too_many_points", param.name, value=len(value), maximum=param.most)
    return tuple(_point(param, number, point) for number, point in enumerate(value, start=1))


def _point(param: "Param", number: int, point: Any) -> tuple[float, ...]:
    """The point, the ``number``-th from 1."""
    names = ", ".join(param.columns)
    if not isinstance(point, list | tuple) or len(point) != len(param.columns):
        raise ExperimentProblem("point_size", param.name, point=number, names=names)
    for name, each in zip(param.columns, point, strict=True):
        if isinstance(each, bool) or not isinstance(each, int | float):
            raise ExperimentProblem("point_not_number", param.name, point=number, column=name)
        # Compared, for math.isfinite fails with whole numbers beyond float64; false for NaN.
        low, high = param.minimum, param.maximum
        if not (-math.inf if low is None else low) <= each <= (math.inf if high is None else high):
            raise ExperimentProblem(
                "point_range", param.name, point=number, column=name, minimum=low, maximum=high
            )
    return tuple(float(each) for each in point)


def _not_points(param: "Param", value: str) -> ExperimentProblem:
    example = "0,1 1,3 2,5" if len(param.columns) == 2 else "0,1,1 1,3,1 2,5,2"
    names = ", ".join(param.columns)
    return ExperimentProblem("not_points", param.name, value=value, names=names, example=example)


def _parsed(param: "Param", text: str) -> list[list[float]]:
    plain = text.strip().translate(_TYPED)
    plain = re.sub(r"[)\]]\s*,?", ";", re.sub(r"[(\[]", "", plain)).strip("; \t\n")
    apart = r"\s*(?:[;\n]\s*)+"
    if not re.search(r"[;\n]", plain):
        apart, plain = r"\s+", re.sub(r"\s*,\s*", ",", plain)
    parts = re.split(apart, plain) if plain else []
    return [_numbers(param, part) for part in parts]


def _numbers(param: "Param", part: str) -> list[float]:
    cells = re.split(r"\s*,\s*|\s+", part)
    if len(cells) != len(param.columns) or not all(map(_NUMBER.fullmatch, cells)):
        shown = part if len(part) <= _SHOWN else part[: _SHOWN - 1] + "…"
        raise _not_points(param, shown)
    return [float(cell) for cell in cells]
