"""What the fit shows of its data: which points, and over which ranges."""

from collections.abc import Sequence

import numpy as np

from guitrain.core.data import Data
from guitrain.core.evaluation import Prediction
from guitrain.plots.scales import Scale, padded, span_of

START_X, START_Y = Scale(0.0, 5.0), Scale(-2.0, 12.0)  # of a drawing before its first point
START_PLANE = Scale(-6.0, 6.0)  # of one in the plane, both ways
_NEAR = 3.0  # heights of the data within which applied predictions still widen the range
_EDGE, _ROOM = 0.008, 0.2  # of a range: how near is at the edge, and how much is added there


def fitting_scales(
    data: Data, initial: tuple[float, ...] | None, applied: Sequence[Prediction]
) -> tuple[Scale, Scale]:
    """Ranges of x and y with all the points, the true curve, predictions not too far off, and
    the line from its start on, unless that lies so far off that the points would shrink to a
    strip.
    """
    others = (data.test, data.validation)
    x_span = span_of(data.train.inputs[:, 0], *(each.inputs for each in others)) or (0.0, 1.0)
    y_span = span_of(data.train.targets, *(each.targets for each in others)) or (0.0, 1.0)
    if data.truth is not None:
        y_span = span_of(y_span, data.truth(data.truth.samples(*x_span)[:, None])) or y_span
    low, high = padded(*y_span, 0.0)
    room = _NEAR * (high - low)
    near = [
        value
        for each in applied
        for value in (each.predicted, each.true)
        if value is not None and low - room <= value <= high + room
    ]
    near += [
        value
        for value in _ends(x_span, initial)
        if low - (high - low) / 2 <= value <= high + (high - low) / 2
    ]
    x_span = span_of(x_span, [each.x for each in applied]) or x_span
    return Scale(*padded(*x_span, 0.03)), Scale(*padded(*(span_of(y_span, near) or y_span), 0.06))


def begun_scales(data: Data | None) -> tuple[Scale, Scale]:
    """Ranges in which to draw on: the usual ones, if these points lie within."""
    if data is None:
        return START_X, START_Y
    spans = (span_of(data.train.inputs, data.test.inputs), span_of(data.train.targets))
    usual = zip(spans, (START_X, START_Y), strict=True)
    if all(span and scale.low <= span[0] and span[1] <= scale.high for span, scale in usual):
        return START_X, START_Y
    return fitting_scales(data, None, ())


def with_room(
    scales: tuple[Scale, Scale], data: Data, applied: Sequence[Prediction]
) -> tuple[Scale, Scale]:
    """The ranges in use, which stay while points are drawn in them: only one at an edge, or beyond
    it, makes room there.
    """
    x, y = scales
    across = span_of(data.train.inputs, data.test.inputs, [each.x for each in applied])
    return _widened(x, across), _widened(y, span_of(data.train.targets, data.test.targets))


def begun_plane(data: Data | None) -> tuple[Scale, Scale]:
    """The same of points in the plane."""
    if data is None:
        return START_PLANE, START_PLANE
    spans = [span_of(data.train.inputs[:, at], data.test.inputs[:, at]) for at in (0, 1)]
    usual = START_PLANE
    if all(span and usual.low <= span[0] and span[1] <= usual.high for span in spans):
        return usual, usual
    x, y = (Scale(*padded(*(span or (0.0, 1.0)), 0.06)) for span in spans)
    return x, y


def plane_with_room(
    scales: tuple[Scale, Scale], data: Data, applied: Sequence[Prediction]
) -> tuple[Scale, Scale]:
    """As ``with_room``, of points in the plane."""
    x, y = (
        _widened(
            scale,
            span_of(
                data.train.inputs[:, at],
                data.test.inputs[:, at],
                [each.inputs[at] for each in applied],
            ),
        )
        for at, scale in enumerate(scales)
    )
    return x, y


def _widened(scale: Scale, span: tuple[float, float] | None) -> Scale:
    size = scale.high - scale.low
    low, high = scale.low, scale.high
    if span is not None and span[0] < low + _EDGE * size:
        low = span[0] - _ROOM * size
    if span is not None and span[1] > high - _EDGE * size:
        high = span[1] + _ROOM * size
    return Scale(low, high)


def _ends(x: Sequence[float], numbers: tuple[float, ...] | None) -> list[float]:
    """ŷ of the line with these parameters at both x."""
    if numbers is None or not np.isfinite(numbers).all():
        return []
    with np.errstate(over="ignore", invalid="ignore"):
        return [float(numbers[0] * each + numbers[1]) for each in x]
