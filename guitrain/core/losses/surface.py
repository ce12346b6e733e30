"""The loss where a test surface stands in the place of data: its height. No torch here."""

import numpy as np

from guitrain.core.losses.entry import LossEntry
from guitrain.core.phases import QT_TRANSLATE_NOOP

HEIGHT = LossEntry(
    name="height",
    label=QT_TRANSLATE_NOOP("Loss", "Height"),
    help=QT_TRANSLATE_NOOP("Loss", "The height of a test surface, as it is: there are no points."),
    formula="L = f(u, v)",
    term_formula="f(u, v)",
    slope_formula="1",
    terms=lambda _values, _outputs, _targets: np.empty(0),
    slopes=lambda _values, outputs, _targets: np.ones_like(outputs),
    build=lambda _values: lambda height, _targets: height,
    code=lambda _values: "",
    of_surface=True,
)
