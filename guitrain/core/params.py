"""Specs of the settings that registry entries have: a form, a command-line option and a
validation are all made from the one spec. No torch here: the window stands before it is loaded.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from guitrain.core.problems import ExperimentProblem

Kind = Literal[
    "float",
    "int",
    "bool",
    "table",
    "column",
    "columns",
    "choice",
    "layers",
    "set",
    "points",
]


@dataclass(frozen=True)
class Param:
    """One setting: its kind, default, range, unit and texts.

    ``minimum`` and ``maximum`` are inclusive unless ``above_minimum`` says that the value must be
    greater than the minimum. ``logarithmic`` asks for a logarithmic control. ``symbol`` is the
    letter that formulas use (η, σ). A ``minor`` setting may be kept out of sight until it is asked
    for. Texts are English, marked for translation. Entries of one registry share the spec of a
    setting that they share.

    "columns" are names of a table's columns, each once. A "choice" is one of the names in
    ``choices``, each with its label. "layers" is a tuple of at most ``most`` whole numbers in the
    range, which is typed as "8, 8". A "set" is a tuple of one or more of the names in ``choices``,
    in their order. "points" are a tuple of at most ``most`` points, each a tuple of numbers in the
    range, one for each of ``columns``; they are typed as "0,1 1,3" (``guitrain.core.point_text``).
    """

    name: str
    kind: Kind
    label: str
    help: str
    default: Any = None
    minimum: float | None = None
    maximum: float | None = None
    above_minimum: bool = False
    logarithmic: bool = False
    symbol: str = ""
    unit: str = ""
    minor: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 1
    columns: tuple[str, ...] = ()

    def check(self, value: Any) -> Any:
        """The value as this setting holds it; raises ExperimentProblem where it can't."""
        if self.kind == "bool":
            if not isinstance(value, bool):
                raise ExperimentProblem("not_bool", self.name, value=value)
            return value
        if self.kind == "column":
            if not isinstance(value, str):
                raise ExperimentProblem("not_text", self.name, value=value)
            return value
        if self.kind == "columns":
            names = (value,) if isinstance(value, str) else value  # one, as tables once had
            if not isinstance(names, list | tuple) or not all(isinstance(n, str) for n in names):
                raise ExperimentProblem("not_text", self.name, value=value)
            return tuple(dict.fromkeys(names))
        if self.kind == "table":
            from guitrain.core.table import Table

            if not isinstance(value, Table):
                raise ExperimentProblem("not_table", self.name, value=type(value).__name__)
            return value
        if self.kind == "choice":
            known = [name for name, _ in self.choices]
            if not isinstance(value, str) or value not in known:
                raise ExperimentProblem(
                    "unknown_entry", self.name, value=value, known=", ".join(known)
                )
            return value
        if self.kind == "layers":
            return self._check_layers(value)
        if self.kind == "set":
            return self._check_set(value)
        if self.kind == "points":
            from guitrain.core.point_text import checked_points

            return checked_points(self, value)
        return self._check_number(value)

    def _check_set(self, value: Any) -> tuple[str, ...]:
        """Of names, or a text with commas or blanks between them."""
        known = [name for name, _ in self.choices]
        parts = re.findall(r"[^\s,;，；]+", value) if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not parts:
            raise ExperimentProblem("empty_set", self.name, known=", ".join(known))
        for part in parts:
            if part not in known:
                raise ExperimentProblem(
                    "unknown_entry", self.name, value=part, known=", ".join(known)
                )
        return tuple(name for name in known if name in parts)

    def _check_layers(self, value: Any) -> tuple[int, ...]:
        """Of a text such as "8, 8" (commas, semicolons or blanks between), or of numbers."""
        parts = value
        if isinstance(value, str):
            plain = value.strip().strip("[]()").strip()
            parts = re.split(r"\s*[,;，；]\s*|\s+", plain)
            if not all(re.fullmatch(r"[+−-]?\d{1,9}", part) for part in parts):
                raise ExperimentProblem("not_layers", self.name, value=value)
            parts = [int(part.replace("−", "-")) for part in parts]
        if not isinstance(parts, list | tuple) or not parts:
            raise ExperimentProblem("not_layers", self.name, value=value)
        if any(isinstance(part, bool) or not isinstance(part, int) for part in parts):
            raise ExperimentProblem("not_layers", self.name, value=value)
        if len(parts) > self.most:
            raise ExperimentProblem(
                "too_many_layers", self.name, value=len(parts), maximum=self.most
            )
        for part in parts:
            if not (self.minimum or 0) <= part <= (self.maximum or math.inf):
                raise ExperimentProblem(
                    "layer_width", self.name, value=part, minimum=self.minimum, maximum=self.maximum
                )
        return tuple(parts)

    def _check_number(self, value: Any) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ExperimentProblem("not_number", self.name, value=value)
        # A comparison of an int beyond float's range with inf is exact, math.isfinite is not.
        if isinstance(value, float) and not math.isfinite(value):
            raise ExperimentProblem("not_finite", self.name, value=value)
        number: int | float
        if self.kind == "int":
            if value != int(value):
                raise ExperimentProblem("not_whole", self.name, value=value)
            number = int(value)
        else:
            number = value
        limits = {"value": value, "minimum": self.minimum, "maximum": self.maximum}
        if self.minimum is not None:
            if self.above_minimum and number <= self.minimum:
                raise ExperimentProblem("not_above", self.name, **limits)
            if number < self.minimum:
                raise ExperimentProblem("too_small", self.name, **limits)
        if self.maximum is not None and number > self.maximum:
            raise ExperimentProblem("too_large", self.name, **limits)
        return number if self.kind == "int" else float(number)


@dataclass(frozen=True)
class Entry:
    """What every registry entry has: a name for files and options, texts, and its settings.

    ``together``: raises ExperimentProblem for checked settings that do not go together. Entries of
    one ``group`` stand together in a list, under its name.
    """

    name: str
    label: str
    help: str
    params: tuple[Param, ...] = ()
    together: Callable[[Mapping[str, Any]], None] | None = field(kw_only=True, default=None)
    group: str = field(kw_only=True, default="")

    def param(self, name: str) -> Param:
        """The spec of one setting; raises KeyError for a name that the entry lacks."""
        for param in self.params:
            if param.name == name:
                return param
        raise KeyError(name)

    def check(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """All of the entry's settings, checked, defaults filled in, in the specs' order.

        Raises ExperimentProblem for a wrong value, an unknown setting or a missing one, and for
        values that do not go together.
        """
        known = {param.name for param in self.params}
        for name in values:
            if name not in known:
                raise ExperimentProblem("unknown_setting", name, entry=self.name)
        checked = {}
        for param in self.params:
            value = values.get(param.name, param.default)
            if value is None:
                raise ExperimentProblem("missing", param.name, entry=self.name)
            checked[param.name] = param.check(value)
        if self.together is not None:
            self.together(checked)
        return checked


E = TypeVar("E", bound=Entry)


class Registry(Mapping[str, E], Generic[E]):
    """Entries by name, in the order in which they are offered."""

    def __init__(self, field: str, *entries: E) -> None:
        self.field = field
        self._entries = {entry.name: entry for entry in entries}

    def __getitem__(self, name: str) -> E:
        try:
            return self._entries[name]
        except (KeyError, TypeError):
            known = ", ".join(self._entries)
            raise ExperimentProblem("unknown_entry", self.field, value=name, known=known) from None

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
