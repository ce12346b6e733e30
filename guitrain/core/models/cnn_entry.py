"""The entry of the convolutional net. No torch here."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from guitrain.core.models.entry import (
    Form,
    Model,
    ModelCode,
    ModelEntry,
    Shape,
    sequential_code,
)
from guitrain.core.models.mlp_entry import (
    ACTIVATION,
    ACTIVATIONS,
    DRAWN,
    MODULES,
    SCHEME,
    SIGNS,
    module_names,
)
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

MOST_LAYERS, MOST_FILTERS = 2, 32
SIDE = 3  # of a filter, in pixels


def _maps(filters: tuple[int, ...], shape: Shape) -> tuple[tuple[int, int, int], ...]:
    """What each layer of filters gives, before it is pooled."""
    high, wide = _image(shape)
    return tuple((count, high >> at, wide >> at) for at, count in enumerate(filters))


def _image(shape: Shape) -> tuple[int, int]:
    if shape.image is None:
        raise ValueError("a convolutional net needs an image")
    return shape.image


def _shapes(filters: tuple[int, ...], shape: Shape) -> list[tuple[int, ...]]:
    """Of the weights of each layer."""
    count, high, wide = _maps(filters, shape)[-1]
    convolved = [(f, before, SIDE, SIDE) for before, f in zip((1, *filters), filters, strict=False)]
    return [*convolved, (shape.outputs, count * (high // 2) * (wide // 2))]


@lru_cache(maxsize=64)
def _form(filters: tuple[int, ...], activation: str, shape: Shape) -> Form:
    sign, last = SIGNS[activation], len(filters) + 1
    tensors: list[tuple[str, tuple[int, ...]]] = []
    for at, size in enumerate(_shapes(filters, shape), 1):
        tensors += [(f"{'W' if at == last else 'K'}{at}", size), (f"b{at}", size[:1])]
    before = ["x", *(f"h{at}" for at in range(1, last))]
    layers = [f"h{at} = pool({sign}(K{at} ∗ {before[at - 1]} + b{at}))" for at in range(1, last)]
    out, inner = shape.output, "x"
    for at in range(1, last):
        inner = f"pool({sign}(K{at} ∗ {inner} + b{at}))"
    pooled = [f"{count}@{high // 2}×{wide // 2}" for count, high, wide in _maps(filters, shape)]
    image = "×".join(map(str, _image(shape)))
    return Form(
        formula=f"{out} = W{last}·{inner} + b{last}",
        brief=f"{out} = W{last}·h{last - 1} + b{last}",
        tensors=tuple(tensors),
        layers=(*layers, f"{out} = W{last}·h{last - 1} + b{last}"),
        title=f"{'–'.join((image, *pooled, str(shape.outputs)))}, {dict(ACTIVATIONS)[activation]}",
        shape=shape,
        maps=_maps(filters, shape),
        # After nn.Unflatten, three modules to a layer of filters; then nn.Flatten.
        state=module_names((*range(1, 3 * len(filters), 3), 3 * len(filters) + 2)),
    )


def _build(values: Mapping[str, Any], shape: Shape) -> Model:
    from guitrain.core.models.cnn import CNN

    shapes = _shapes(values["filters"], shape)
    return CNN(_image(shape), shapes, values["activation"], values["scheme"])


def _code(
    values: Mapping[str, Any],
    shape: Shape,
    initial: tuple[float, ...] | None,
    standardize: bool,
) -> ModelCode:
    *convolved, linear = _shapes(values["filters"], shape)
    lines = [f"            nn.Unflatten(1, {(1, *_image(shape))}),  # a row of pixels is an image"]
    for filters, before, *_ in convolved:
        lines += [
            f"            nn.Conv2d({before}, {filters}, {SIDE}, padding=1),",
            f"            {MODULES[values['activation']]},",
            "            nn.MaxPool2d(2),",
        ]
    lines += ["            nn.Flatten(),", f"            nn.Linear({linear[1]}, {linear[0]}),"]
    again: tuple[str, ...] = ()
    if values["scheme"] in DRAWN:
        again = (
            "        for layer in self.layers:",
            '            if hasattr(layer, "weight"):',
            f"                {DRAWN[values['scheme']]}",
            "                nn.init.zeros_(layer.bias)",
        )
    return sequential_code("CNN", lines, again)


CNN_ENTRY = ModelEntry(
    name="cnn",
    label=QT_TRANSLATE_NOOP("Model", "Convolutional net"),
    help=QT_TRANSLATE_NOOP(
        "Model",
        "A convolutional net (CNN), for images: filters of 3×3 weights slide over the image "
        "(written ∗), of each 2×2 of what they give the largest goes on (pool), and a linear "
        "layer tells the classes from that.",
    ),
    params=(
        Param(
            "filters",
            "layers",
            QT_TRANSLATE_NOOP("Model", "Filters"),
            QT_TRANSLATE_NOOP(
                "Model",
                "The number of filters in each layer of filters, with commas between: “8, 16” is "
                "two layers. One or two layers of 1 to 32 filters.",
            ),
            default=(8,),
            minimum=1,
            maximum=MOST_FILTERS,
            most=MOST_LAYERS,
        ),
        ACTIVATION,
        SCHEME,
    ),
    form=lambda values, shape: _form(values["filters"], values["activation"], shape),
    build=_build,
    code=_code,
    least_image=2**MOST_LAYERS,
)
