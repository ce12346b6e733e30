"""What an entry in the registry of losses holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.params import Entry

if TYPE_CHECKING:
    from torch import Tensor

Floats = NDArray[np.float64]
LossFunction = Callable[["Tensor", "Tensor"], "Tensor"]
PointFormula = Callable[[Mapping[str, Any], Floats, Floats], Floats]


@dataclass(frozen=True)
class LossEntry(Entry):
    """A loss function, averaged over the batch as torch does.

    Attributes:
        formula: what is averaged, for the screen.
        term_formula, slope_formula: one point's loss ℓ and its derivative by an output (∂ℓ/∂ŷ, of
            classes ∂ℓ/∂z), for the screen.
        terms, slopes: both by numpy, for the outputs (n, k) and the targets (n,): (n,), and
            (n, k). What a reader checks by hand.
        build: makes ``loss(outputs, targets)`` from the settings (imports torch); targets are
            (n, 1) float32, or (n,) int64 where they are ``labels``.
        code: makes the same in a script.
        expected: the mean loss of a perfect model on new data with normal noise of this σ; None
            of classes.
        curvature: the second derivative of one point's loss at a small error, where it is
            constant there; the stability limit of the learning rate follows from it.
        least_classes, most_classes: of the data that it is for; 0 where a number is learnt, and
            None for no limit.
        labels: whether a target is the number of a class, with an output for each; else there is
            one output.
        probabilities: (n, classes) from outputs (n, k), of classes.
        probability_formula: the same for the screen.
        of_surface: whether it is for a test surface, and for no data.
    """

    formula: str = field(kw_only=True)
    term_formula: str = field(kw_only=True)
    slope_formula: str = field(kw_only=True)
    terms: PointFormula = field(kw_only=True)
    slopes: PointFormula = field(kw_only=True)
    build: Callable[[Mapping[str, Any]], LossFunction] = field(kw_only=True)
    code: Callable[[Mapping[str, Any]], str] = field(kw_only=True)
    expected: Callable[[Mapping[str, Any], float], float] | None = field(kw_only=True, default=None)
    curvature: float | None = field(kw_only=True, default=None)
    least_classes: int = field(kw_only=True, default=0)
    most_classes: int | None = field(kw_only=True, default=0)
    labels: bool = field(kw_only=True, default=False)
    probabilities: Callable[[Floats], Floats] | None = field(kw_only=True, default=None)
    probability_formula: str = field(kw_only=True, default="")
    of_surface: bool = field(kw_only=True, default=False)

    def fits(self, classes: int, *, surface: bool = False) -> bool:
        """Whether it is for data of so many classes (0: numbers), or for a test surface."""
        if surface or self.of_surface:
            return surface and self.of_surface
        most = classes if self.most_classes is None else self.most_classes
        return self.least_classes <= classes <= most

    def outputs(self, classes: int) -> int:
        """How many outputs it takes."""
        return classes if self.labels else 1
