"""The weights that a run begins with, where they come from a file. No torch here."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guitrain.core.code_text import ELISION, UNPACK, array_lines
from guitrain.core.problems import ExperimentProblem

MOST_LISTED = 400  # numbers that a script spells out


@dataclass(frozen=True)
class SavedWeights:
    """All the parameters of a model, tensor after tensor, as the model has them: where inputs are
    standardised, not in the data's own units. Equal numbers are equal, wherever they come from.

    Attributes:
        values: their bytes as little-endian float32. source: a file's name, or "".
    """

    values: bytes
    source: str = field(default="", compare=False)

    @classmethod
    def of(cls, numbers: ArrayLike, source: str = "") -> "SavedWeights":
        """Of numbers (p,), as float32; raises ExperimentProblem where one of them is not finite."""
        with np.errstate(over="ignore"):
            found = np.asarray(numbers, dtype="<f4").reshape(-1)
        if not np.isfinite(found).all():
            first = found[~np.isfinite(found)][0]
            raise ExperimentProblem("weights_not_finite", "weights", value=str(first))
        return cls(found.tobytes(), source)

    @property
    def numbers(self) -> NDArray[np.float32]:
        """They (p,), read-only."""
        return np.frombuffer(self.values, dtype="<f4")

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.values) // 4

    def to_json(self) -> dict[str, Any]:
        """Base64 of the bytes, and the source."""
        return {"source": self.source, "float32": base64.b64encode(self.values).decode("ascii")}

    @classmethod
    def from_json(cls, obj: object) -> "SavedWeights":
        """What ``to_json`` wrote; raises ExperimentProblem for anything else."""
        if not isinstance(obj, Mapping) or set(obj) != {"source", "float32"}:
            raise ExperimentProblem("not_weights", "weights")
        source, text = obj["source"], obj["float32"]
        if not isinstance(source, str) or not isinstance(text, str):
            raise ExperimentProblem("not_weights", "weights")
        try:
            return cls.of(np.frombuffer(base64.b64decode(text, validate=True), "<f4"), source)
        except (ValueError, binascii.Error):
            raise ExperimentProblem("not_weights", "weights") from None

    def code(self, *, unpacks: bool) -> tuple[Sequence[str], Mapping[int, NDArray[np.float64]]]:
        """Lines of a script that lay them into ``model``, and the arrays that ELISION stands for in
        these; ``unpacks``: it has the function for that already.
        """
        numbers = self.numbers.astype(np.float64)
        lines = ["", "# the weights in a file"]
        embedded: dict[int, NDArray[np.float64]] = {}
        if self.is_packed:
            lines += () if unpacks else ("", "", *UNPACK, "", "")
            embedded[len(lines)] = numbers
            lines.append(f'start = unpack("""{ELISION}""")')
        else:
            lines += array_lines("start", numbers.tolist())
        lines += [
            "place = 0",
            "with torch.no_grad():",
            "    for p in model.parameters():",
            "        part = start[place : place + p.numel()]",
            "        p.copy_(torch.tensor(part, dtype=torch.float32).reshape(p.shape))",
            "        place += p.numel()",
        ]
        return lines, embedded

    @property
    def is_packed(self) -> bool:
        """Whether a script has them in a text rather than as numbers."""
        return self.count > MOST_LISTED
