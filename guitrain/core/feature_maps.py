"""An image on its way through a convolutional net. No torch here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class MapsView:
    """What the filters make of one training point, with the parameters of a moment; read-only.

    Attributes:
        row: which training point. chosen: whether somebody chose it.
        image: its pixels (height, width), in the data's own units. target: its y.
        layers: what each layer of filters gives (filters, height, width), before it is pooled.
        outputs: of the model (k,). These two are infinite or NaN where the run has diverged.
    """

    row: int
    chosen: bool
    image: NDArray[np.float64]
    target: float
    layers: tuple[Floats, ...]
    outputs: Floats
