"""A script while it is written: its lines, and what each of them does. No torch here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from guitrain.core.code_text import ELISION, packed
from guitrain.core.phases import Phase
from guitrain.core.stopping import Rule


class Mark(Enum):
    """Lines beside which a value can stand, or that belong together."""

    INPUTS = "inputs"
    LABELS = "labels"
    PARAMETERS = "parameters"  # a line each, in the model's order
    LOOP = "loop"  # every line of it
    EPOCH = "epoch"
    BATCH = "batch"
    EACH_BATCH = "each_batch"  # what STOP looks at, whichever batch it is
    FORWARD = "forward"
    LOSS = "loss"
    PENALTY = "penalty"
    RATE = "rate"
    FINITE = "finite"
    TARGET = "target"
    VALIDATION = "validation"
    EARLY = "early"
    BACKWARD = "backward"
    UPDATE = "update"
    EPOCH_LOSS = "epoch_loss"
    FINAL_LOSS = "final_loss"


@dataclass(frozen=True)
class Script:
    """A script, as shown and as a whole.

    Attributes:
        lines: as shown: ``ELISION`` stands where there are too many numbers to show.
        lit: which lines carry out a phase; of STOP those that compare. stops: which lines have
            stopped a run, by the rule that it met.
        marks: which lines a value can stand beside.
        embedded: the numbers that an ELISION stands for, by line.
    """

    lines: tuple[str, ...]
    lit: Mapping[Phase, tuple[int, ...]]
    stops: Mapping[Rule, tuple[int, ...]]
    marks: Mapping[Mark, tuple[int, ...]]
    embedded: Mapping[int, NDArray[np.float64]]

    @property
    def text(self) -> str:
        """The whole script, to be run with ``python``: it needs torch and numpy."""
        lines = list(self.lines)
        for index, values in self.embedded.items():
            lines[index] = lines[index].replace(ELISION, "\n" + packed(values))
        return "\n".join(lines) + "\n"


class Lines:
    """The lines written so far, with the phases that light them and their marks."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._lit: dict[Phase, list[int]] = {phase: [] for phase in Phase}
        self._stops: dict[Rule, list[int]] = {rule: [] for rule in Rule}
        self._marks: dict[Mark, list[int]] = {mark: [] for mark in Mark}
        self._embedded: dict[int, NDArray[np.float64]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def add(
        self,
        text: str,
        phase: Phase | None = None,
        mark: Mark | None = None,
        stops: Iterable[Rule] = (),
    ) -> None:
        """One more line, lit by a phase, marked, and among those that stop a run by these rules."""
        self.mark(mark, len(self), len(self) + 1)
        for rule in stops:
            self._stops[rule].append(len(self))
        self.add_all((text,), phase)

    def add_all(self, texts: Iterable[str], phase: Phase | None = None) -> None:
        """More lines, each lit by a phase."""
        for text in texts:
            if phase is not None:
                self._lit[phase].append(len(self))
            self._lines.append(text)

    def embed(self, values: Mapping[int, NDArray[np.float64]]) -> None:
        """Numbers that an ELISION stands for, by the line counted from here."""
        self._embedded.update({len(self) + index: array for index, array in values.items()})

    def mark(self, mark: Mark | None, start: int, stop: int) -> None:
        """Mark the lines from ``start`` up to ``stop``."""
        if mark is not None:
            self._marks[mark] += range(start, stop)

    def heading(self, text: str) -> None:
        """A blank line and a heading."""
        self.add_all(("", f"# ===== {text} ====="))

    def script(self) -> Script:
        """All that was written."""
        return Script(
            tuple(self._lines),
            MappingProxyType({phase: tuple(at) for phase, at in self._lit.items()}),
            MappingProxyType({rule: tuple(at) for rule, at in self._stops.items()}),
            MappingProxyType({mark: tuple(at) for mark, at in self._marks.items()}),
            MappingProxyType(self._embedded),
        )
