"""Why an experiment was refused, as a code and values; the sentence is made above core."""

from collections.abc import Mapping
from typing import Any

# What reading plain data that do not fit together may raise: a file can be wrong in more ways than
# can be listed. (RuntimeError is torch's, and RecursionError one of them.)
MISFITS = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    OverflowError,
    RuntimeError,
    AttributeError,
)


class ExperimentProblem(ValueError):  # noqa: N818 (a problem to solve, not a crash)
    """A setting that no experiment can have.

    Attributes:
        code: what is wrong, such as ``"too_small"`` (``guitrain.sentences`` has the words).
        field: the setting at fault, by its name on the command line and in the window.
        values: what the sentence needs: ``value``, ``minimum``, ``maximum``, …
    """

    def __init__(self, code: str, field: str, **values: Any) -> None:
        super().__init__(f"{field}: {code} {values}")
        self.code = code
        self.field = field
        self.values: Mapping[str, Any] = values
