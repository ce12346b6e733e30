"""The ranges of a plot of residuals: they change in steps, and seldom."""

from numpy.typing import ArrayLike

from guitrain.plots.scales import Scale, padded, span_of

_PADDING, _GROWTH = 0.1, 0.4  # of the span, free on either side; where something left the range
_WIDER = 3.0  # times too wide, from which on a range shrinks


def stepped(previous: Scale | None, *columns: ArrayLike) -> Scale:
    """A range that shows all finite numbers of the columns: the previous one as long as they are
    within it and it is not much too wide.
    """
    low, high = span_of(*columns) or (0.0, 1.0)
    close = Scale(*padded(low, high, _PADDING))
    if previous is None:
        return close
    inside = previous.low <= low and high <= previous.high
    if not inside:
        return Scale(*padded(low, high, _GROWTH))
    wide = previous.high - previous.low > _WIDER * (close.high - close.low)
    return close if wide else previous
