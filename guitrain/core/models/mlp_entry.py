"""The entry of the multi-layer perceptron. No torch here."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from guitrain.core.models.entry import Form, Model, ModelCode, ModelEntry
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

MOST_LAYERS, MOST_UNITS = 6, 32

ACTIVATIONS = (("relu", "ReLU"), ("tanh", "tanh"), ("sigmoid", "sigmoid"), ("gelu", "GELU"))
_SIGNS = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "σ", "gelu": "GELU"}
_MODULES = {
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
_DRAWN = {
    "xavier": "nn.init.xavier_uniform_(layer.weight)",
    "kaiming": 'nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")',
    "zeros": "nn.init.zeros_(layer.weight)",
}


@lru_cache(maxsize=64)
def _form(widths: tuple[int, ...], activation: str) -> Form:
    sign, count = _SIGNS[activation], len(widths) + 1
    tensors: list[tuple[str, tuple[int, ...]]] = []
    for at, (inputs, units) in enumerate(zip((1, *widths), (*widths, 1), strict=True), 1):
        tensors += [(f"W{at}", (units, inputs)), (f"b{at}", (units,))]
    before = ["x", *(f"h{at}" for at in range(1, count))]
    layers = [f"h{at} = {sign}(W{at}·{before[at - 1]} + b{at})" for at in range(1, count)]
    last = f"W{count}·{before[-1]} + b{count}"
    inner = "W1·x + b1"
    for at in range(2, count + 1):
        inner = f"W{at}·{sign}({inner}) + b{at}"
    shape = "–".join(map(str, (1, *widths, 1)))
    return Form(
        formula=f"ŷ = {inner}" if count <= 3 else f"ŷ = {last}, …, h1 = {sign}(W1·x + b1)",
        brief=f"ŷ = {last}" if count > 3 else f"ŷ = {inner}",
        tensors=tuple(tensors),
        layers=(*layers, f"ŷ = {last}"),
        title=f"{shape}, {dict(ACTIVATIONS)[activation]}",
    )


def _build(values: Mapping[str, Any]) -> Model:
    from guitrain.core.models.mlp import MLP

    return MLP(values["hidden"], values["activation"], values["scheme"])


def _code(
    values: Mapping[str, Any], initial: tuple[float, ...] | None, standardize: bool
) -> ModelCode:
    widths, scheme = values["hidden"], values["scheme"]
    lines = []
    for inputs, units in zip((1, *widths), (*widths, 1), strict=True):
        lines += [f"            nn.Linear({inputs}, {units}),"]
        lines += [f"            {_MODULES[values['activation']]},"]
    drawn: tuple[str, ...] = ()
    if scheme in _DRAWN:
        drawn = (
            "        for layer in self.layers[::2]:",
            f"            {_DRAWN[scheme]}",
            "            nn.init.zeros_(layer.bias)",
        )
    return ModelCode(
        "MLP",
        (),
        (
            "class MLP(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
            "        self.layers = nn.Sequential(",
        ),
        tuple(lines[:-1]),
        (
            "        )",
            *drawn,
            "",
            "    def forward(self, x):",
            "        return self.layers(x)",
        ),
        (),
    )


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
        Param(
            "activation",
            "choice",
            QT_TRANSLATE_NOOP("Model", "Activation"),
            QT_TRANSLATE_NOOP(
                "Model", "What each unit does to its weighted sum; without it all is a line."
            ),
            default="tanh",
            choices=ACTIVATIONS,
        ),
        Param(
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
        ),
    ),
    form=lambda values: _form(values["hidden"], values["activation"]),
    build=_build,
    code=_code,
)
