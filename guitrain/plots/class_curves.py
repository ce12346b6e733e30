"""Of one input with classes: the probability of each over x."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QGraphicsPathItem

from guitrain.plots.class_marks import COLOURS, class_colour
from guitrain.plots.items import add_path, dashed, mixed, pen

if TYPE_CHECKING:
    from guitrain.plots.base import Plot

_DASHES: tuple[tuple[float, ...], ...] = ((), (9, 4), (2.5, 3), (9, 3, 2.5, 3))  # pixels


def class_dashes(number: int) -> tuple[float, ...]:
    """Of a class's curve, in pixels on and off: others where its colour comes again."""
    return _DASHES[(number + number // COLOURS) % len(_DASHES)] or (1e6,)


class ClassCurves:
    """A curve for each class, in its colour and with dashes of its own.

    Attributes:
        drawn: x (m,) and the probabilities (m, classes) as drawn, or None.
    """

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self._z = z
        self._items: list[QGraphicsPathItem] = []
        self.drawn: tuple[NDArray[np.float64], NDArray[np.floating]] | None = None

    def clear(self) -> None:
        """Nothing is known."""
        self.drawn = None
        for item in self._items:
            item.setVisible(False)

    def draw(self, x: NDArray[np.float64], chances: NDArray[np.floating]) -> None:
        """Show these probabilities (m, classes)."""
        plot = self._plot
        self.drawn = (x, chances)
        count = chances.shape[1]
        while len(self._items) < count:
            self._items.append(add_path(plot.area, self._z))
        for number, item in enumerate(self._items):
            item.setVisible(number < count)
            if number >= count:
                continue
            across, down = plot.across(x), plot.down(chances[:, number])
            dashes = class_dashes(number)
            item.setPath(dashed(across, down, dashes, plot.area.height()))
            colour = mixed(class_colour(plot.theme, number), plot.theme.text, 0.75)
            item.setPen(pen(colour, 2.2))
