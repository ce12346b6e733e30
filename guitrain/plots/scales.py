"""Ranges in steps and readable ticks: pure functions of numbers, in float64."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

MINUS = "−"
LARGEST = 1e300  # a span of twice this is still a float64


@dataclass(frozen=True)
class Scale:
    """One axis: values from ``low`` to ``high``, spread linearly or by their logarithm.

    ``low < high``, both finite, and both above 0 where ``log``.
    """

    low: float
    high: float
    log: bool = False

    def fraction(self, values: ArrayLike) -> NDArray[np.float64]:
        """Where values lie: 0 at ``low``, 1 at ``high``; NaN for what is not finite.

        On a logarithmic scale what is not positive lies below 0, at −0.1.
        """
        given = np.asarray(values, dtype=np.float64)
        with np.errstate(all="ignore"):
            if self.log:
                bottom, top = math.log10(self.low), math.log10(self.high)
                at = (np.log10(given) - bottom) / (top - bottom)
                at = np.where(given <= 0, -0.1, at)
            else:
                at = (given - self.low) / (self.high - self.low)
        return np.where(np.isfinite(given), at, np.nan)

    def value(self, fraction: float) -> float:
        """The inverse of ``fraction``."""
        if self.log:
            bottom, top = math.log10(self.low), math.log10(self.high)
            return float(10.0 ** (bottom + fraction * (top - bottom)))
        return self.low + fraction * (self.high - self.low)


def nice_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is at least ``least`` (> 0)."""
    power = math.floor(math.log10(least))
    for factor in (1, 2, 5, 10):
        step = _times_power(factor, power)
        if step >= least * (1 - 1e-12):
            return step
    return _times_power(10, power)


def _times_power(factor: int, power: int) -> float:
    # By text, since 10.0 ** -k times 5 can miss the nearest float.
    return float(f"{factor}e{power}")


_TINIEST = 1e-300  # of a span, whose shares are no zeros yet


def padded(low: float, high: float, share: float) -> tuple[float, float]:
    """A span around ``low … high`` with ``share`` of its width free on either side.

    Numbers that are all equal, or equal but for rounding, get room of a tenth of their size, or
    of 1 where they are 0.
    """
    low, high = max(low, -LARGEST), min(high, LARGEST)
    size = max(abs(low), abs(high))
    if high - low <= max(size * 1e-9, _TINIEST):
        room = size / 10 or 1.0
        return low - room, high + room
    return low - share * (high - low), high + share * (high - low)


def span_of(*columns: ArrayLike) -> tuple[float, float] | None:
    """The smallest and the largest finite number in the columns, or None where there is none."""
    low, high = math.inf, -math.inf
    for column in columns:
        values = np.asarray(column, dtype=np.float64)
        values = values[np.isfinite(values)]
        if values.size:
            low, high = min(low, float(values.min())), max(high, float(values.max()))
    return (low, high) if low <= high else None


def decades(low: float, high: float) -> tuple[float, float]:
    """Whole powers of ten around ``low … high`` (> 0), at least one decade apart."""
    bottom, top = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    bottom, top = max(bottom, -300), min(top, 300)
    if top <= bottom:
        top = bottom + 1
    return float(f"1e{bottom}"), float(f"1e{top}")


def ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    """At most about ``most`` (≥ 2) ticks: a value and its text each."""
    return _log_ticks(scale, most) if scale.log else _linear_ticks(scale, most)


def _linear_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    least = (scale.high - scale.low) / max(most, 2)
    step = nice_step(least)
    if step >= 50 and f"{step:e}"[0] == "5" and least <= step / 2:
        step /= 2  # 25 between 20 and 50
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    values = [index * step for index in range(first, last + 1)]
    return [(value, tick_text(value, step)) for value in values]


def _log_ticks(scale: Scale, most: int) -> list[tuple[float, str]]:
    bottom = math.floor(math.log10(scale.low) + 1e-9)
    top = math.ceil(math.log10(scale.high) - 1e-9)
    every = max(1, int(nice_step((top - bottom) / max(most, 2))))
    if top - bottom <= 2:  # so few decades leave the eye too little to hold on to
        values = [f * 10.0**p for p in range(bottom, top) for f in (1, 2, 5)] + [10.0**top]
        values = _inside(scale, values)
        if len(values) > max(most, 4):
            values = [10.0**p for p in range(bottom, top + 1)]
    else:
        first = math.ceil(bottom / every) * every
        values = [10.0**p for p in range(first, top + 1, every)]
    return [(value, power_text(value)) for value in _inside(scale, values)]


def _inside(scale: Scale, values: list[float]) -> list[float]:
    return [v for v in values if scale.low * (1 - 1e-9) <= v <= scale.high * (1 + 1e-9)]


def power_text(value: float) -> str:
    """A value of a logarithmic axis: 0.001 … 10,000 in full, else like 1e−5."""
    if 0.9e-3 <= value < 0.99e5:
        return f"{value:.3f}".rstrip("0").rstrip(".") if value < 1 else f"{value:,.0f}"
    mantissa, _, exponent = f"{value:.0e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def tick_text(value: float, step: float) -> str:
    """A tick's value with the digits that the step needs, and no more."""
    if value == 0:
        return "0"
    power = math.floor(math.log10(step) + 1e-9)
    size = max(abs(value), step)
    close = size / step > 1e5  # so that an exponent would not make the text shorter
    if power >= -6 and (1e-4 <= size < 1e7 or (close and size < 1e15)):
        text = f"{value:,.{max(0, -power)}f}"
    else:
        digits = max(0, math.floor(math.log10(abs(value)) + 1e-9) - power)
        mantissa, _, exponent = f"{value:.{min(digits, 12)}e}".partition("e")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def value_text(value: float) -> str:
    """A measured number to four decimals, or to four digits where that would hide it."""
    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: f"{MINUS}∞"}.get(value, "NaN")
    text = f"{value:.4f}" if value == 0 or 1e-3 <= abs(value) < 1e5 else f"{value:.3e}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)
