"""The linear model of several inputs or outputs, for the registry's entry. No torch here.

With two classes it is logistic regression, with more it is softmax regression.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Scaling
from guitrain.core.models.entry import Form, ModelCode, Partial, Shape

Floats = NDArray[np.float64]
STATE = ("weights", "bias")  # of the script's modules
_SPELT_OUT = 4  # inputs, up to which every term is in the formula


def _partial(at: int, name: str) -> Partial:
    return Partial(name, lambda inputs: inputs[:, at])


@lru_cache(maxsize=64)
def affine_form(shape: Shape) -> Form:
    """What it is."""
    inputs, outputs = shape.inputs, shape.outputs
    tensors = (("W", (outputs, inputs)), ("b", (outputs,)))
    title = "" if not shape.classes else "logistic regression"
    if outputs > 1:
        return Form(
            formula="z = W·x + b",
            brief="z = W·x + b",
            tensors=tensors,
            title="softmax regression",
            shape=shape,
            state=STATE,
        )
    names = ("w",) if inputs == 1 else tuple(f"w{at}" for at in range(1, inputs + 1))
    terms = [f"{name}·{x}" for name, x in zip(names, shape.names, strict=True)]
    if inputs > _SPELT_OUT:
        terms = [terms[0], "…", terms[-1]]
    formula = f"{shape.output} = {' + '.join(terms)} + b"
    return Form(
        formula=formula,
        brief=formula,
        tensors=tensors,
        names=(*names, "b"),
        partials=(
            *(_partial(at, name) for at, name in enumerate(shape.names)),
            Partial("1", lambda inputs: np.ones(len(inputs))),
        ),
        title=title,
        shape=shape,
        state=STATE,
    )


def affine_to_own(numbers: Floats, scaling: Scaling) -> Floats:
    """w·(x − m)/d + b = (w/d)·x + (b − Σ w·m/d), for each input."""
    weights = numbers[:, :-1] / scaling.deviation
    offset = numbers[:, -1] - (weights * scaling.mean).sum(axis=1)
    return np.concatenate([weights, offset[:, None]], axis=1)


def affine_from_own(numbers: Floats, scaling: Scaling) -> Floats:
    """The inverse."""
    offset = numbers[:, -1] + (numbers[:, :-1] * scaling.mean).sum(axis=1)
    return np.concatenate([numbers[:, :-1] * scaling.deviation, offset[:, None]], axis=1)


def affine_code(shape: Shape, initial: tuple[float, ...] | None, standardize: bool) -> ModelCode:
    """It in a script."""
    inputs, outputs = shape.inputs, shape.outputs
    before: tuple[str, ...] = ()
    if initial is None:
        starts = [f"torch.randn({outputs}, {inputs})", f"torch.randn({outputs})"]
    else:
        weights = f"np.array([{', '.join(map(repr, initial[:-1]))}])"
        scaled = (" * deviation", " + (w * mean).sum()") if standardize else ("", "")
        before = (f"w, b = {weights}, {initial[-1]!r}  # where they start",)
        starts = [
            f"torch.tensor(w{scaled[0]}, dtype=torch.float32).reshape(1, {inputs})",
            f"torch.tensor([b{scaled[1]}], dtype=torch.float32)",
        ]
    name = "SoftmaxRegression" if outputs > 1 else "LogisticRegression"
    if not shape.classes:
        name = "LinearRegression"
    return ModelCode(
        name,
        before,
        (f"class {name}(nn.Module):", "    def __init__(self):", "        super().__init__()"),
        (
            f"        self.weights = nn.Parameter({starts[0]})",
            f"        self.bias = nn.Parameter({starts[1]})",
        ),
        (
            "",
            "    def forward(self, x):",
            "        return nn.functional.linear(x, self.weights, self.bias)",
        ),
        _numbers(affine_form(shape), standardize),
    )


def _numbers(form: Form, standardize: bool) -> tuple[str, ...]:
    if not form.few:
        return ()
    names = ", ".join(form.names[:-1]) + ("," if len(form.names) == 2 else "")
    if not standardize:
        return (
            f"{names} = model.weights.flatten().tolist()",
            "b = model.bias.item()",
        )
    return (
        "own = model.weights.detach().cpu().double().numpy().flatten() / deviation",
        f"{names} = own.tolist()",
        "b = model.bias.item() - (own * mean).sum()",
    )
