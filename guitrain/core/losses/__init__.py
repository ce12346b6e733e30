"""The registry of losses. A new one is an entry in a file here."""

from guitrain.core.losses.classification import CLASSIFICATION
from guitrain.core.losses.entry import LossEntry, LossFunction
from guitrain.core.losses.regression import REGRESSION
from guitrain.core.losses.surface import HEIGHT
from guitrain.core.params import Registry

__all__ = ["LOSSES", "LossEntry", "LossFunction"]

LOSSES: Registry[LossEntry] = Registry("loss", *REGRESSION, *CLASSIFICATION, HEIGHT)
