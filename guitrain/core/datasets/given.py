"""Points that are given rather than drawn, as arrays of a script: spelt out, or packed."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from guitrain.core.code_text import ELISION, UNPACK, array_lines, rows_lines

_MOST_LISTED = 400  # numbers that a script spells out


@dataclass
class GivenCode:
    """The lines so far, what they need of the standard library, and the arrays packed in them.

    Attributes are those of ``DataCode``.
    """

    lines: list[str] = field(default_factory=list)
    imports: tuple[str, ...] = ()
    embedded: dict[int, NDArray[np.float64]] = field(default_factory=dict)

    def add_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Make ``x`` of inputs (n, d), of one input (n,), and ``y`` of targets (n,)."""
        width = x.shape[1]
        if x.size + y.size <= _MOST_LISTED:
            self.lines += (
                array_lines("x", x[:, 0].tolist()) if width == 1 else rows_lines("x", x.tolist())
            )
            self.lines += array_lines("y", y.tolist())
            return
        self.imports = ("base64", "zlib")
        self.lines += [*UNPACK, ""]
        for name, array in (("x", x), ("y", y)):
            self.embedded[len(self.lines)] = array
            shape = f".reshape({len(x)}, {width})" if name == "x" and width > 1 else ""
            self.lines.append(f'{name} = unpack("""{ELISION}"""){shape}')
