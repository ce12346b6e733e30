"""The entry of a test surface's two parameters. No torch here."""

from collections.abc import Mapping
from typing import Any

from guitrain.core.models.entry import Form, Model, ModelCode, ModelEntry, Shape
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.surfaces import NAMES


def _form(values: Mapping[str, Any], shape: Shape) -> Form:
    return Form(
        formula=f"f({', '.join(NAMES)}) = {shape.surface.formula if shape.surface else ''}",
        brief=f"f({', '.join(NAMES)})",
        tensors=tuple((name, ()) for name in NAMES),
        names=NAMES,
        state=NAMES,
        title=f"f({', '.join(NAMES)})",
        shape=shape,
    )


def _build(values: Mapping[str, Any], shape: Shape) -> Model:
    from guitrain.core.models.surface import SurfaceModel

    assert shape.surface is not None
    return SurfaceModel(shape.surface)


def _code(
    values: Mapping[str, Any],
    shape: Shape,
    initial: tuple[float, ...] | None,
    standardize: bool,
) -> ModelCode:
    assert shape.surface is not None
    start = shape.surface.start if initial is None else initial
    return ModelCode(
        shape.surface.name,
        (),
        (
            f"class {shape.surface.name}(nn.Module):",
            "    def __init__(self):",
            "        super().__init__()",
        ),
        tuple(
            f"        self.{name} = nn.Parameter(torch.tensor({number!r}))"
            for name, number in zip(NAMES, start, strict=True)
        ),
        (
            "",
            "    def forward(self):",
            f"        {', '.join(NAMES)} = {', '.join(f'self.{name}' for name in NAMES)}",
            f"        return {shape.surface.expression}",
        ),
        tuple(f"{name} = model.{name}.item()" for name in NAMES),
    )


SURFACE = ModelEntry(
    name="surface",
    label=QT_TRANSLATE_NOOP("Model", "Surface"),
    help=QT_TRANSLATE_NOOP(
        "Model", "Two parameters, u and v, of which a test surface is a function."
    ),
    form=_form,
    build=_build,
    code=_code,
    least_inputs=0,
    most_inputs=0,
    to_own_units=lambda numbers, _scaling: numbers,
    from_own_units=lambda numbers, _scaling: numbers,
)
