"""The entry of the article's model. No torch here."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Scaling
from guitrain.core.models.entry import Form, Model, ModelCode, ModelEntry, Partial
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _build_linear(values: Mapping[str, Any]) -> Model:
    from guitrain.core.models.linear import Linear

    return Linear()


def _linear_to_own(numbers: NDArray[np.float64], scaling: Scaling) -> NDArray[np.float64]:
    # w·(x − m)/d + b = (w/d)·x + (b − w·m/d)
    w = numbers[:, 0] / scaling.deviation[0]
    return np.stack([w, numbers[:, 1] - w * scaling.mean[0]], axis=1)


def _linear_from_own(numbers: NDArray[np.float64], scaling: Scaling) -> NDArray[np.float64]:
    w = numbers[:, 0] * scaling.deviation[0]
    return np.stack([w, numbers[:, 1] + numbers[:, 0] * scaling.mean[0]], axis=1)


def _linear_code(
    values: Mapping[str, Any], initial: tuple[float, ...] | None, standardize: bool
) -> ModelCode:
    before: tuple[str, ...] = ()
    if initial is None:
        starts = ["torch.randn(1)", "torch.randn(1)"]
    elif standardize:
        before = (f"w, b = {initial[0]!r}, {initial[1]!r}  # where they start, in x's own unit",)
        starts = [
            f"torch.tensor([{start}], dtype=torch.float32)"
            for start in ("w * deviation", "b + w * mean")
        ]
    else:
        starts = [f"torch.tensor([{number!r}])" for number in initial]
    if standardize:
        numbers = ("w = model.weights.item() / deviation", "b = model.bias.item() - w * mean")
    else:
        numbers = ("w = model.weights.item()", "b = model.bias.item()")
    return ModelCode(
        "LinearRegression",
        before,
        (
            "class LinearRegression(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
        ),
        (
            f"        self.weights = nn.Parameter({starts[0]})",
            f"        self.bias = nn.Parameter({starts[1]})",
        ),
        ("", "    def forward(self, x):", "        return self.weights * x + self.bias"),
        numbers,
    )


_FORM = Form(
    formula="ŷ = w·x + b",
    brief="ŷ = w·x + b",
    tensors=(("w", (1,)), ("b", (1,))),
    names=("w", "b"),
    partials=(
        Partial("x", lambda inputs: inputs[:, 0]),
        Partial("1", lambda inputs: np.ones(len(inputs))),
    ),
)

LINEAR = ModelEntry(
    name="linear",
    label=QT_TRANSLATE_NOOP("Model", "Linear"),
    help=QT_TRANSLATE_NOOP("Model", "A straight line: a weight w and a bias b."),
    form=lambda _values: _FORM,
    build=_build_linear,
    code=_linear_code,
    to_own_units=_linear_to_own,
    from_own_units=_linear_from_own,
)
