"""Images of data in the colours of a theme: paper, ink, and the tones between them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtGui import QImage

from guitrain.plots.shades import Pixels, parts_of, pixels_of
from guitrain.plots.theme import Theme

_TONES = 256


def tone_table(theme: Theme) -> Pixels:
    """The tones (256,) from paper to ink."""
    paper, ink = parts_of(theme.panel), parts_of(theme.text)
    return pixels_of(paper + np.linspace(0.0, 1.0, _TONES)[:, None] * (ink - paper))


def tones(shares: ArrayLike, table: Pixels) -> Pixels:
    """The tone of each share of ink, from 0 to 1."""
    steps = np.clip(np.asarray(shares, np.float64) * _TONES, 0, _TONES - 1)
    return table[steps.astype(np.intp)]


def enlarged(pixels: Pixels, times: int) -> Pixels:
    """Each pixel as a square of so many."""
    return np.repeat(np.repeat(pixels, times, axis=-2), times, axis=-1)


def image_of(pixels: NDArray[np.uint32]) -> QImage:
    """A picture with its own memory of pixels (height, width)."""
    whole = np.ascontiguousarray(pixels)
    height, width = whole.shape
    return QImage(whole.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
