"""Colours of what a model says: of a class and its probability, or of a number. No Qt."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guitrain.plots.theme import Theme

LEVELS = 64  # of the shade of a class
STEPS = 256  # of the colours of a number
PALE, STRONG = 0.08, 0.58  # share of the class's colour, at no lead and at certainty

Pixels = NDArray[np.uint32]  # 0xffrrggbb


def parts_of(colour: str) -> NDArray[np.float64]:
    """Red, green and blue (3,), from 0 to 255, of "#RRGGBB"."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.float64)


def pixels_of(parts: NDArray[np.float64]) -> Pixels:
    """Red, green and blue (…, 3), from 0 to 255, as pixels (…)."""
    whole = np.round(parts).astype(np.uint32)
    red, green, blue = whole[..., 0], whole[..., 1], whole[..., 2]
    return (0xFF000000 | red << 16 | green << 8 | blue).astype(np.uint32)


def class_table(theme: Theme) -> Pixels:
    """The shades (colours, LEVELS) of each of the theme's classes, from pale to strong."""
    panel = parts_of(theme.panel)
    share = np.linspace(PALE, STRONG, LEVELS)[:, None]
    return np.stack(
        [pixels_of(panel + share * (parts_of(colour) - panel)) for colour in theme.classes]
    )


def class_shades(probabilities: NDArray[np.floating], table: Pixels, blank: str) -> Pixels:
    """Pixels (n,) of probabilities (n, classes): the colour of the most probable class, the
    stronger the more probable, from pale where all are alike to strong where it is certain;
    ``blank`` where they are no numbers.
    """
    count = probabilities.shape[1]
    lead, most = np.zeros(len(probabilities), np.intp), probabilities[:, 0]
    for number in range(1, count):  # many times faster than argmax along so short an axis
        own = probabilities[:, number]
        ahead = own > most
        lead[ahead] = number % len(table)
        most = np.maximum(most, own)  # NaN where any is
    known = np.isfinite(most)
    # Halves, rounded: from 0.5 on truncation gives the nearest level.
    step = (LEVELS - 1) * count / (count - 1)
    level = np.where(known, (most - 1 / count) * step + 0.5, 0.0).astype(np.intp)
    found = table.ravel()[lead * LEVELS + np.clip(level, 0, LEVELS - 1)]
    return found if known.all() else np.where(known, found, pixels_of(parts_of(blank)))


def heat_table(theme: Theme) -> Pixels:
    """The colours (STEPS,) of a number, from low to high."""
    stops = np.array([parts_of(colour) for colour in theme.heat])
    at, where = np.linspace(0, 1, STEPS), np.linspace(0, 1, len(stops))
    return pixels_of(np.stack([np.interp(at, where, stops[:, part]) for part in range(3)], axis=1))


def heat_steps(values: ArrayLike, low: float, high: float) -> NDArray[np.intp]:
    """Which of the STEPS each value has, of those that reach from ``low`` to ``high``; values
    beyond have the last one.
    """
    given = np.asarray(values, np.float64)
    with np.errstate(all="ignore"):
        at = (given - low) / (high - low) * (STEPS - 1)
        at = np.nan_to_num(at, nan=0.0, posinf=STEPS, neginf=-1.0)
    return np.clip(np.round(at), 0, STEPS - 1).astype(np.intp)


def heat_shades(
    values: NDArray[np.floating], table: Pixels, low: float, high: float, blank: str
) -> Pixels:
    """Pixels of numbers, likewise of any shape; ``blank`` where one is NaN."""
    found = table[heat_steps(values, low, high)]
    return np.where(np.isnan(values), pixels_of(parts_of(blank)), found)


def colour_of(pixel: int) -> str:
    """A pixel as "#RRGGBB"."""
    return f"#{pixel & 0xFFFFFF:06X}"
