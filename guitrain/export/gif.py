"""An animated GIF, written frame by frame: memory does not grow with the film.

One palette serves all frames. The format: https://www.w3.org/Graphics/GIF/spec-gif89a.txt.
"""

import struct
from collections import Counter
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

MOST_PER_SECOND = 50  # viewers slow down frames that are shorter than 2/100 s
_COLOURS = 256
_COMMON = 64  # of them, those that fill most of a frame, are kept as they are
_EVERY = 7  # pixels, of which one is counted
_CHUNK = 8192
_ALL = 1 << 24

Pixels = NDArray[np.uint32]


class GifWriter:
    """Give it ``sample`` frames to choose the palette from, ``begin``, ``add`` all, ``end``.

    Frames are (height, width) of 0xRRGGBB (the upper 8 bits are ignored).

    Args:
        per_second: frames per second, 1 to 50. A delay is in 1/100 s; they are rounded so that the
            film as a whole takes the right time.
    """

    def __init__(self, handle: BinaryIO, per_second: float) -> None:
        self._handle = handle
        self._per_second = per_second
        self._seen = np.zeros(_ALL, bool)  # which colours
        self._common: Counter[int] = Counter()
        self._palette = np.zeros((0, 3), np.float32)
        self._place = np.zeros(0, np.int16)  # of each colour in the palette, from 1; 0: not known
        self._last: NDArray[np.uint8] | None = None
        self._count = 0

    def sample(self, pixels: Pixels) -> None:
        """Look at a frame's colours."""
        codes = (pixels & (_ALL - 1)).ravel()
        self._seen[codes] = True
        colours, counts = np.unique(codes[::_EVERY], return_counts=True)
        self._common.update(dict(zip(colours.tolist(), counts.tolist(), strict=True)))

    def begin(self, width: int, height: int) -> None:
        """Choose the palette, and write what goes before the frames. Raises OSError."""
        palette = self._choose()
        self._seen, self._place = np.zeros(0, bool), np.zeros(_ALL, np.int16)
        self._palette = palette.astype(np.float32)
        table = np.zeros((_COLOURS, 3), np.uint8)
        table[: len(palette)] = palette
        self._handle.write(
            b"GIF89a"
            + struct.pack("<HHBBB", width, height, 0xF7, 0, 0)
            + table.tobytes()
            + b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"  # again and again, for ever
        )

    def _choose(self) -> NDArray[np.uint8]:
        colours = np.flatnonzero(self._seen)
        if len(colours) <= _COLOURS:
            return _rgb(colours)
        common = np.array([code for code, _ in self._common.most_common(_COMMON)])
        rest = _rgb(np.setdiff1d(colours, common))
        # Each colour counts once, however few its pixels: a thin line keeps its own.
        image = Image.fromarray(rest[None])
        count = _COLOURS - len(common)
        chosen = image.quantize(count, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat = np.array(chosen.getpalette(), np.uint8).reshape(-1, 3)[:count]
        return np.concatenate([_rgb(common), flat])

    def add(self, pixels: Pixels) -> None:
        """Write a frame: the part that differs from the one before it. Raises OSError."""
        index = self._indexed(pixels & np.uint32(_ALL - 1))
        top, left, part = 0, 0, index
        if self._last is not None:
            top, left, part = _changed(self._last, index)
        self._last = index
        per = 100 / self._per_second
        delay = round((self._count + 1) * per) - round(self._count * per)
        self._count += 1
        for block in GifImagePlugin.getdata(
            Image.fromarray(part), (left, top), duration=delay * 10, disposal=1
        ):
            self._handle.write(block)

    def end(self) -> None:
        """Write what goes after the frames. Raises OSError."""
        self._handle.write(b";")

    def _indexed(self, codes: Pixels) -> NDArray[np.uint8]:
        places = self._place[codes]
        if (unknown := codes[places == 0]).size:
            found = np.unique(unknown)
            squares = (self._palette**2).sum(axis=1)
            for start in range(0, len(found), _CHUNK):
                some = found[start : start + _CHUNK]
                distances = squares - 2 * (_rgb(some).astype(np.float32) @ self._palette.T)
                self._place[some] = distances.argmin(axis=1) + 1
            places = self._place[codes]
        return (places - 1).astype(np.uint8)


def _rgb(codes: NDArray[np.integer]) -> NDArray[np.uint8]:
    return np.stack([codes >> 16 & 255, codes >> 8 & 255, codes & 255], axis=1).astype(np.uint8)


def _changed(
    before: NDArray[np.uint8], now: NDArray[np.uint8]
) -> tuple[int, int, NDArray[np.uint8]]:
    """Top, left and content of the part that is another; of two equal frames, one pixel."""
    other = before != now
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    if not len(rows):
        return 0, 0, now[:1, :1].copy()
    top, left = int(rows[0]), int(columns[0])
    return top, left, now[top : rows[-1] + 1, left : columns[-1] + 1].copy()
