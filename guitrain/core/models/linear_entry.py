"""The entry of the article's model. No torch here."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from guitrain.core.models.affine_entry import (
    STATE,
    affine_code,
    affine_form,
    affine_from_own,
    affine_to_own,
)
from guitrain.core.models.entry import Form, Model, ModelCode, ModelEntry, Partial, Shape
from guitrain.core.phases import QT_TRANSLATE_NOOP


def _build(values: Mapping[str, Any], shape: Shape) -> Model:
    if not shape.article:
        from guitrain.core.models.affine import Affine

        return Affine(shape.inputs, shape.outputs)
    from guitrain.core.models.linear import Linear

    return Linear()


def _code(
    values: Mapping[str, Any],
    shape: Shape,
    initial: tuple[float, ...] | None,
    standardize: bool,
) -> ModelCode:
    if not shape.article:
        return affine_code(shape, initial, standardize)
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
    state=STATE,
)

LINEAR = ModelEntry(
    name="linear",
    label=QT_TRANSLATE_NOOP("Model", "Linear"),
    help=QT_TRANSLATE_NOOP(
        "Model",
        "A weight for each input and a bias b: a straight line or plane. With two classes it is "
        "logistic regression, with more softmax regression.",
    ),
    form=lambda _values, shape: _FORM if shape.article else affine_form(shape),
    build=_build,
    code=_code,
    to_own_units=affine_to_own,
    from_own_units=affine_from_own,
)
