"""The entry of the polynomial. No torch here."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Scaling
from guitrain.core.models.entry import (
    MOST_RECORDED,
    Form,
    Model,
    ModelCode,
    ModelEntry,
    Partial,
    Shape,
)
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPELT_OUT = MOST_RECORDED - 1  # degrees up to this one have every term in the formula

Floats = NDArray[np.float64]


def power(exponent: int) -> str:
    """x, x², … x³⁰ as it is written."""
    return "x" if exponent == 1 else "x" + str(exponent).translate(_SUPERSCRIPT)


def _partial(exponent: int) -> Partial:
    def of(inputs: Floats) -> Floats:
        with np.errstate(over="ignore"):
            found: Floats = inputs[:, 0] ** exponent
        return found

    return Partial(power(exponent), of)


@lru_cache(maxsize=64)
def _form(degree: int, shape: Shape) -> Form:
    names = tuple(f"w{k}" for k in range(1, degree + 1))
    terms = [f"{name}·{power(k)}" for k, name in enumerate(names, 1)]
    brief = terms if degree <= 2 else [terms[0], "…", terms[-1]]
    if degree > _SPELT_OUT:
        terms = [*terms[:3], "…", terms[-1]]
    return Form(
        formula=f"{shape.output} = {' + '.join(terms)} + b",
        brief=f"{shape.output} = {' + '.join(brief)} + b",
        tensors=(("w", (degree, 1)), ("b", (1,))),
        names=(*names, "b"),
        partials=(
            *map(_partial, range(1, degree + 1)),
            Partial("1", lambda inputs: np.ones(len(inputs))),
        ),
        shape=shape,
        state=("weights", "bias"),
    )


def _build(values: Mapping[str, Any], shape: Shape) -> Model:
    from guitrain.core.models.polynomial import Polynomial

    return Polynomial(values["degree"])


def _composed(numbers: Floats, factor: float, offset: float) -> Floats:
    """Parameters (k, p) of u = factor·x + offset → those of x, by Horner's rule.

    In the operations of the script's ``composed``, so that both come to the same bits.
    """
    coefficients = np.concatenate([numbers[:, -1:], numbers[:, :-1]], axis=1)  # b, w1, w2, …
    found = np.zeros_like(coefficients)
    nought = np.zeros((len(found), 1))
    for index in reversed(range(coefficients.shape[1])):
        shifted = np.concatenate([nought, found[:, :-1]], axis=1)
        found = shifted * factor + found * offset
        found[:, 0] += coefficients[:, index]
    return np.concatenate([found[:, 1:], found[:, :1]], axis=1)


_COMPOSED = (
    "def composed(coefficients, factor, offset):",
    '    """Of a polynomial of u = factor·x + offset (from 1 up) → of the same of x."""',
    "    found = np.zeros(len(coefficients))",
    "    for coefficient in coefficients[::-1]:",
    "        found = np.append(0.0, found[:-1]) * factor + found * offset",
    "        found[0] += coefficient",
    "    return found",
    "",
    "",
)


def _to_own(numbers: Floats, scaling: Scaling) -> Floats:
    mean, deviation = float(scaling.mean[0]), float(scaling.deviation[0])
    with np.errstate(all="ignore"):
        return _composed(numbers, 1 / deviation, -mean / deviation)


def _from_own(numbers: Floats, scaling: Scaling) -> Floats:
    with np.errstate(all="ignore"):
        return _composed(numbers, float(scaling.deviation[0]), float(scaling.mean[0]))


def _code(
    values: Mapping[str, Any],
    shape: Shape,
    initial: tuple[float, ...] | None,
    standardize: bool,
) -> ModelCode:
    degree, form = values["degree"], _form(values["degree"], shape)
    before: tuple[str, ...] = _COMPOSED if standardize and form.few else ()
    if initial is None:
        starts = [f"torch.randn({degree}, 1)", "torch.randn(1)"]
    elif standardize:
        own = ", ".join(map(repr, (initial[-1], *initial[:-1])))
        before = (
            *before,
            f"start = composed([{own}], deviation, mean)  # b, w1, … of x in its own unit",
        )
        starts = [
            "torch.tensor(start[1:], dtype=torch.float32).unsqueeze(1)",
            "torch.tensor(start[:1], dtype=torch.float32)",
        ]
    else:
        rows = ", ".join(f"[{number!r}]" for number in initial[:-1])
        starts = [f"torch.tensor([{rows}])", f"torch.tensor([{initial[-1]!r}])"]
    return ModelCode(
        "Polynomial",
        before,
        (
            "class Polynomial(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
            f"        powers = torch.arange(1, {degree + 1})  # x, x², …",
            '        self.register_buffer("powers", powers, persistent=False)  # no weights',
        ),
        (
            f"        self.weights = nn.Parameter({starts[0]})",
            f"        self.bias = nn.Parameter({starts[1]})",
        ),
        (
            "",
            "    def forward(self, x):",
            "        return x**self.powers @ self.weights + self.bias",
        ),
        _numbers_code(form, standardize) if form.few else (),
    )


def _numbers_code(form: Form, standardize: bool) -> tuple[str, ...]:
    names = ", ".join(form.names[:-1])
    if len(form.names) == 2:
        names += ","
    if not standardize:
        return (f"{names} = model.weights.flatten().tolist()", "b = model.bias.item()")
    return (
        "own = [model.bias.item(), *model.weights.flatten().tolist()]",
        f"b, {names} = composed(own, 1 / deviation, -mean / deviation).tolist()",
    )


POLYNOMIAL = ModelEntry(
    name="polynomial",
    label=QT_TRANSLATE_NOOP("Model", "Polynomial"),
    help=QT_TRANSLATE_NOOP(
        "Model", "A curve: a weight for each power of x up to the degree, and a bias b."
    ),
    params=(
        Param(
            "degree",
            "int",
            QT_TRANSLATE_NOOP("Model", "Degree"),
            QT_TRANSLATE_NOOP(
                "Model", "The highest power of x. 1 is a straight line; more bends more often."
            ),
            default=3,
            minimum=1,
            maximum=30,
        ),
    ),
    form=lambda values, shape: _form(values["degree"], shape),
    build=_build,
    code=_code,
    to_own_units=_to_own,
    from_own_units=_from_own,
    most_inputs=1,
    most_outputs=1,
)
