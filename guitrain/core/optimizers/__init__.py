"""The registry of optimizers. A new one is an entry in a file here and a name below."""

from guitrain.core.optimizers.adaptive import (
    ADAGRAD_ENTRY,
    ADAM_ENTRY,
    ADAMW_ENTRY,
    RMSPROP_ENTRY,
)
from guitrain.core.optimizers.descent import SGD_ENTRY
from guitrain.core.optimizers.entry import STEP_COUNT, Optimizer, OptimizerEntry
from guitrain.core.params import Registry

__all__ = ["OPTIMIZERS", "SGD_ENTRY", "STEP_COUNT", "Optimizer", "OptimizerEntry"]

OPTIMIZERS: Registry[OptimizerEntry] = Registry(
    "optimizer", SGD_ENTRY, RMSPROP_ENTRY, ADAGRAD_ENTRY, ADAM_ENTRY, ADAMW_ENTRY
)
