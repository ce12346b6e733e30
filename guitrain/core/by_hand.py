"""A parameter set by hand in mid-run: which one, to what, and what it is called. No torch here."""

from dataclasses import dataclass, replace

from guitrain.core import settings
from guitrain.core.models import Form


@dataclass(frozen=True)
class ByHand:
    """One number in one of the parameter tensors, and the value that it is given.

    Attributes:
        tensor: which of ``Form.tensors``. index: the number's place in it, from 0.
        value: as the model sees it: where inputs are standardised, not in the data's own units.
    """

    tensor: int
    index: tuple[int, ...]
    value: float

    @property
    def place(self) -> tuple[int, tuple[int, ...]]:
        """Which number it is, whatever its value."""
        return self.tensor, self.index


def checked(hand: ByHand, form: Form) -> ByHand:
    """The same, its value a float that a parameter can have.

    Raises ExperimentProblem for a value that is not finite or out of ``settings.BY_HAND``'s range,
    ValueError for a place that is not in the model.
    """
    if not 0 <= hand.tensor < len(form.tensors):
        raise ValueError(f"there is no tensor {hand.tensor}")
    name, shape = form.tensors[hand.tensor]
    inside = all(0 <= at < size for at, size in zip(hand.index, shape, strict=False))
    if len(hand.index) != len(shape) or not inside:
        raise ValueError(f"{name} of shape {shape} has no number at {hand.index}")
    return replace(hand, value=float(settings.BY_HAND.check(hand.value)))


def place_name(form: Form, tensor: int, index: tuple[int, ...]) -> str:
    """What a parameter is called: its own name (w, b), or its place in a tensor: "W2[0, 3]",
    counted from 0 as PyTorch does.
    """
    name, _ = form.tensors[tensor]
    if form.names:
        return form.names[flat_place(form, tensor, index)]
    return f"{name}[{', '.join(map(str, index))}]"


def flat_place(form: Form, tensor: int, index: tuple[int, ...]) -> int:
    """Where a parameter stands among all of them, in the order of ``Form.names``."""
    before = 0
    for at, (_, shape) in enumerate(form.tensors):
        inside = 0
        if at == tensor:
            for place, size in zip(index, shape, strict=True):
                inside = inside * size + place
            return before + inside
        size = 1
        for each in shape:
            size *= each
        before += size
    raise ValueError(f"there is no tensor {tensor}")
