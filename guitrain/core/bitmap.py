"""Drawings as bitmaps, and the images that are counted from them.

As E. Alpaydin and C. Kaynak made theirs ("Cascading Classifiers", Kybernetika 34, 1998, and the
notes with their data, doi:10.24432/C50P49): a bitmap of 32×32 is divided into blocks of 4×4, and
each pixel of the 8×8 is the number of inked cells in its block, from 0 to 16. Before that, programs
of NIST's (Garris et al., NISTIR 5469, 1994) had brought all digits to one size: see ``fitted``.
"""

import numpy as np
from numpy.typing import NDArray

Bitmap = NDArray[np.bool_]  # (rows, columns), True where there is ink
Spot = tuple[float, float]  # across and down, in cells from the upper left corner

PEN = 0.6  # the pen's radius, in blocks: with it digits get about as much ink as those of the data


def blank(image: tuple[int, int], block: int) -> Bitmap:
    """The bitmap for an image of so many (height, width) pixels, without ink."""
    return np.zeros((image[0] * block, image[1] * block), dtype=bool)


def counted(bitmap: Bitmap, block: int) -> NDArray[np.int64]:
    """The pixels (height, width): how many cells of each block are inked."""
    rows, columns = bitmap.shape
    parts = bitmap.reshape(rows // block, block, columns // block, block)
    found: NDArray[np.int64] = parts.sum(axis=(1, 3), dtype=np.int64)
    return found


def stroke(bitmap: Bitmap, start: Spot, end: Spot, radius: float, *, ink: bool) -> Bitmap:
    """The bitmap with ink (or without any) within ``radius`` cells of a straight line."""
    down, across = np.indices(bitmap.shape) + 0.5
    way = np.subtract(end, start)
    length = float(way @ way)
    along = (across - start[0]) * way[0] + (down - start[1]) * way[1]
    share = np.clip(along / length, 0.0, 1.0) if length else np.zeros(bitmap.shape)
    away = np.hypot(across - start[0] - share * way[0], down - start[1] - share * way[1])
    return np.where(away <= radius, ink, bitmap)


def fitted(bitmap: Bitmap) -> Bitmap:
    """The drawing as large as the bitmap allows, in its middle and with its proportions: so the
    digits of the data fill theirs from top to bottom. A blank one stays blank.
    """
    if not bitmap.any():
        return bitmap
    rows, columns = (np.flatnonzero(bitmap.any(axis=axis)) for axis in (1, 0))
    drawn = bitmap[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = min(np.divide(bitmap.shape, drawn.shape))
    height, width = (
        min(max(round(scale * each), 1), most)
        for each, most in zip(drawn.shape, bitmap.shape, strict=True)
    )
    down = ((np.arange(height) + 0.5) * drawn.shape[0] / height).astype(int)
    across = ((np.arange(width) + 0.5) * drawn.shape[1] / width).astype(int)
    made = np.zeros_like(bitmap)
    top, left = (bitmap.shape[0] - height) // 2, (bitmap.shape[1] - width) // 2
    made[top : top + height, left : left + width] = drawn[np.ix_(down, across)]
    return made


def bitmap_of(pixels: NDArray[np.float64], block: int) -> Bitmap:
    """A bitmap that counts to these pixels (height, width), whole numbers from 0 to ``block``²: of
    each block the cells towards its darker neighbours are inked.
    """
    middles = [(np.arange(side) + 0.5) * block for side in pixels.shape]
    fine = [np.arange(side * block) + 0.5 for side in pixels.shape]
    wide = np.array([np.interp(fine[1], middles[1], row) for row in pixels])
    dark = np.array([np.interp(fine[0], middles[0], column) for column in wide.T]).T
    height, width = pixels.shape
    cells = dark.reshape(height, block, width, block).swapaxes(1, 2).reshape(height, width, -1)
    order = np.argsort(np.argsort(-cells, axis=2, kind="stable"), axis=2)
    inked = order < pixels[:, :, None]
    whole: Bitmap = inked.reshape(height, width, block, block).swapaxes(1, 2)
    return whole.reshape(height * block, width * block)
