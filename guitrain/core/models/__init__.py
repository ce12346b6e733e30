"""The registry of models. A new one is a file here and a line below."""

from guitrain.core.models.cnn_entry import CNN_ENTRY
from guitrain.core.models.entry import (
    MOST_RECORDED,
    Form,
    Model,
    ModelCode,
    ModelEntry,
    Partial,
    Shape,
)
from guitrain.core.models.linear_entry import LINEAR
from guitrain.core.models.mlp_entry import MLP_ENTRY
from guitrain.core.models.polynomial_entry import POLYNOMIAL
from guitrain.core.models.surface_entry import SURFACE
from guitrain.core.params import Registry

__all__ = [
    "CNN_ENTRY",
    "LINEAR",
    "MLP_ENTRY",
    "MODELS",
    "MOST_RECORDED",
    "POLYNOMIAL",
    "SURFACE",
    "Form",
    "Model",
    "ModelCode",
    "ModelEntry",
    "Partial",
    "Shape",
]

MODELS: Registry[ModelEntry] = Registry("model", LINEAR, POLYNOMIAL, MLP_ENTRY, CNN_ENTRY, SURFACE)
