"""Where a legend hides the least."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

_APART = 10.0  # pixels from the area's edges


def emptiest_corner(
    box: QRectF,
    area: QRectF,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    marked: Sequence[QRectF],
) -> tuple[float, float]:
    """The top left corner for a box of that size: where it hides the fewest of the points at
    pixels x and y (n,), and least of all of the parts ``marked``.
    """
    best = (math.inf, 0.0, 0.0)
    for top in (_APART, area.height() - box.height() - _APART):
        for left in (_APART, area.width() - box.width() - _APART):
            spot = QRectF(left, top, box.width(), box.height())
            under = (x > spot.left()) & (x < spot.right()) & (y > spot.top())
            hidden = float((under & (y < spot.bottom())).sum())
            hidden += len(x) * sum(spot.intersects(each) for each in marked)
            if hidden < best[0]:
                best = (hidden, left, top)
    return best[1], best[2]
