"""Handwritten digits of 8×8 pixels, each from 0 (paper) to 16 (ink): the inked cells of a block of
4×4 in a bitmap of 32×32.

Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (1998), the test set:
1797 digits by 13 people. UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0; in the
order that scikit-learn has.
"""

import base64
import zlib
from functools import cache

import numpy as np

from guitrain.core.datasets.published import Axis, Points, published
from guitrain.core.phases import QT_TRANSLATE_NOOP

SIDE = 8  # of an image, in pixels
BLOCK = 4  # of a pixel, in cells of the bitmap


@cache
def _points() -> Points:
    from guitrain.core.datasets.digits_table import DIGITS as TABLE

    cells = np.frombuffer(zlib.decompress(base64.b64decode(TABLE)), dtype=np.uint8)
    rows = cells.reshape(-1, SIDE * SIDE + 1).astype(np.float64)
    source = "Alpaydin and Kaynak (1998), handwritten digits, 8 x 8 pixels (UCI, CC BY 4.0)"
    return Points(rows[:, :-1].copy(), rows[:, -1].copy(), source)


DIGITS = published(
    "digits",
    QT_TRANSLATE_NOOP("Data", "Digits 8×8"),
    QT_TRANSLATE_NOOP("Data", "1797 handwritten digits, each an image of 64 pixels."),
    QT_TRANSLATE_NOOP(
        "Data",
        "13 people wrote these digits; each pixel says how much ink is in it, from 0 to 16. "
        "E. Alpaydin and C. Kaynak (1998), the test set; UCI repository, CC BY 4.0.",
    ),
    (
        *(Axis(f"r{row}c{column}") for row in range(1, SIDE + 1) for column in range(1, SIDE + 1)),
        Axis(QT_TRANSLATE_NOOP("Data", "digit")),
    ),
    lambda _values: _points(),
    classes=tuple(str(digit) for digit in range(10)),
    image=(SIDE, SIDE),
    block=BLOCK,
)
