"""The entry of the multi-layer perceptron. No torch here."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from guitrain.core.models.entry import (
    Form,
    Model,
    ModelCode,
    ModelEntry,
    Shape,
    sequential_code,
)
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

MOST_LAYERS, MOST_UNITS = 6, 32

ACTIVATIONS = (("relu", "ReLU"), ("tanh", "tanh"), ("sigmoid", "sigmoid"), ("gelu", "GELU"))
SIGNS = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "σ", "gelu": "GELU"}
MODULES = {
    "relu": "nn.ReLU()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "gelu": "nn.GELU()",
}
SCHEMES = (
    ("default", QT_TRANSLATE_NOOP("Model", "PyTorch’s own")),
    ("xavier", QT_TRANSLATE_NOOP("Model", "Xavier")),
    ("kaiming", QT_TRANSLATE_NOOP("Model", "Kaiming")),
    ("zeros", QT_TRANSLATE_NOOP("Model", "zeros")),
)
DRAWN = {
    "xavier": "nn.init.xavier_uniform_(layer.weight)",
    "kaiming": 'nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")',
    "zeros": "nn.init.zeros_(layer.weight)",
}

ACTIVATION = Param(
    "activation",
    "choice",
    QT_TRANSLATE_NOOP("Model", "Activation"),
    QT_TRANSLATE_NOOP(
        "Model", "What each unit does to its weighted sum; without it all is a line."
    ),
    default="tanh",
    choices=ACTIVATIONS,
)
SCHEME = Param(
    "scheme",
    "choice",
    QT_TRANSLATE_NOOP("Model", "Drawn as"),
    QT_TRANSLATE_NOOP(
        "Model",
        "How the initial weights are drawn. PyTorch’s own: evenly within ±1/√inputs. "
        "Xavier suits tanh and sigmoid, Kaiming suits ReLU. From zeros all units of a "
        "layer stay equal, so nothing but an offset is learnt.",
    ),
    default="default",
    choices=SCHEMES,
)


def module_names(places: Iterable[int]) -> tuple[str, ...]:
    """What a script's ``self.layers`` calls weight and bias of the layers at these places."""
    return tuple(f"layers.{at}.{name}" for at in places for name in ("weight", "bias"))


def _sizes(widths: tuple[int, ...], shape: Shape) -> tuple[int, ...]:
    return (shape.inputs, *widths, shape.outputs)


@lru_cache(maxsize=64)
def _form(widths: tuple[int, ...], activation: str, dropout: float, shape: Shape) -> Form:
    sign, count = SIGNS[activation], len(widths) + 1
    tensors: list[tuple[str, tuple[int, ...]]] = []
    for at, (inputs, units) in enumerate(pairwise(_sizes(widths, shape)), 1):
        tensors += [(f"W{at}", (units, inputs)), (f"b{at}", (units,))]
    before = ["x", *(f"h{at}" for at in range(1, count))]
    layers = [f"h{at} = {sign}(W{at}·{before[at - 1]} + b{at})" for at in range(1, count)]
    if dropout:
        layers = [f"{layer}, {dropout:.0%} left out" for layer in layers]
    last = f"W{count}·{before[-1]} + b{count}"
    inner = "W1·x + b1"
    for at in range(2, count + 1):
        inner = f"W{at}·{sign}({inner}) + b{at}"
    out, sizes = shape.output, "–".join(map(str, _sizes(widths, shape)))
    return Form(
        formula=f"{out} = {inner}" if count <= 3 else f"{out} = {last}, …, h1 = {sign}(W1·x + b1)",
        brief=f"{out} = {last}" if count > 3 else f"{out} = {inner}",
        tensors=tuple(tensors),
        layers=(*layers, f"{out} = {last}"),
        title=f"{sizes}, {dict(ACTIVATIONS)[activation]}",
        shape=shape,
        dropout=dropout > 0,
        state=module_names(range(0, count * (3 if dropout else 2), 3 if dropout else 2)),
    )


def _build(values: Mapping[str, Any], shape: Shape) -> Model:
    from guitrain.core.models.mlp import MLP

    return MLP(
        _sizes(values["hidden"], shape), values["activation"], values["scheme"], values["dropout"]
    )


def _code(
    values: Mapping[str, Any],
    shape: Shape,
    initial: tuple[float, ...] | None,
    standardize: bool,
) -> ModelCode:
    widths, scheme = values["hidden"], values["scheme"]
    lines = []
    dropped = [f"            nn.Dropout({values['dropout']!r}),"] if values["dropout"] else []
    for inputs, units in pairwise(_sizes(widths, shape)):
        lines += [f"            nn.Linear({inputs}, {units}),"]
        lines += [f"            {MODULES[values['activation']]},"]
        lines += dropped
    drawn: tuple[str, ...] = ()
    if scheme in DRAWN:
        drawn = (
            "        for layer in self.layers[::3]:"
            if dropped
            else "        for layer in self.layers[::2]:",
            f"            {DRAWN[scheme]}",
            "            nn.init.zeros_(layer.bias)",
        )
    return sequential_code("MLP", lines[: -1 - len(dropped)], drawn)


MLP_ENTRY = ModelEntry(
    name="mlp",
    label=QT_TRANSLATE_NOOP("Model", "Neural net"),
    help=QT_TRANSLATE_NOOP(
        "Model",
        "A multi-layer perceptron (MLP): layers of units, each a weighted sum through an "
        "activation.",
    ),
    params=(
        Param(
            "hidden",
            "layers",
            QT_TRANSLATE_NOOP("Model", "Hidden layers"),
            QT_TRANSLATE_NOOP(
                "Model",
                "The number of units in each hidden layer, with commas between: “8, 8” is two "
                "layers of eight. Up to 6 layers of 1 to 32 units.",
            ),
            default=(8, 8),
            minimum=1,
            maximum=MOST_UNITS,
            most=MOST_LAYERS,
        ),
        ACTIVATION,
        SCHEME,
        Param(
            "dropout",
            "float",
            QT_TRANSLATE_NOOP("Model", "Dropout"),
            QT_TRANSLATE_NOOP(
                "Model",
                "The chance of each hidden unit to be left out at a step of training, so that none "
                "is relied upon. Test and Apply use them all.",
            ),
            default=0.0,
            minimum=0.0,
            maximum=0.9,
            minor=True,
        ),
    ),
    form=lambda values, shape: _form(
        values["hidden"], values["activation"], values["dropout"], shape
    ),
    build=_build,
    code=_code,
)
