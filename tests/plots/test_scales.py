import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guitrain.plots.scales import (
    Scale,
    decades,
    nice_step,
    padded,
    power_text,
    span_of,
    tick_text,
    ticks,
    value_text,
)

finite = st.floats(-1e30, 1e30)


@given(st.floats(1e-280, 1e280))
def test_nice_step_is_1_2_or_5_and_just_large_enough(least: float) -> None:
    step = nice_step(least)
    assert f"{step:e}"[0] in "125"
    assert f"{step:.6e}"[1:8] == ".000000"
    assert least * (1 - 1e-9) <= step <= 2.5 * least * (1 + 1e-9)


@given(finite, finite)
@example(0.0, 5e-324)
def test_padded_span_is_proper_and_holds_the_numbers(a: float, b: float) -> None:
    low, high = padded(min(a, b), max(a, b), 0.05)
    assert low < min(a, b)
    assert high > max(a, b)
    assert math.isfinite(high - low)
    marks = ticks(Scale(low, high), 6)
    assert 1 <= len(marks) <= 8
    assert all(
        low - (high - low) * 1e-6 <= value <= high + (high - low) * 1e-6 for value, _ in marks
    )


@pytest.mark.parametrize("value", [0.0, 7.0, -1e30, 1e-300])
def test_one_value_gets_room_around_it(value: float) -> None:
    low, high = padded(value, value, 0.05)
    assert low < value < high


@given(st.floats(1e-40, 1e38), st.floats(1e-40, 1e38))
def test_decades_are_whole_and_hold_the_losses(a: float, b: float) -> None:
    low, high = decades(min(a, b), max(a, b))
    assert low <= min(a, b) * (1 + 1e-6)
    assert high >= max(a, b) * (1 - 1e-6)
    assert math.log10(low) == pytest.approx(round(math.log10(low)))
    assert len(ticks(Scale(low, high, log=True), 6)) <= 10


def test_log_ticks_are_written_in_full() -> None:
    texts = [text for _, text in ticks(Scale(0.1, 100.0, log=True), 6)]
    assert texts == ["0.1", "1", "10", "100"]
    assert power_text(1e-5) == "1e−5"
    assert power_text(0.001) == "0.001"


def test_few_decades_are_divided() -> None:
    texts = [text for _, text in ticks(Scale(0.1, 1.0, log=True), 6)]
    assert texts == ["0.1", "0.2", "0.5", "1"]


def test_fractions_invert_and_mark_what_cannot_be_drawn() -> None:
    scale = Scale(0.1, 1000.0, log=True)
    assert scale.value(float(scale.fraction(10.0))) == pytest.approx(10.0)
    at = scale.fraction([0.1, 1000.0, 0.0, -3.0, np.inf, np.nan])
    np.testing.assert_allclose(at, [0.0, 1.0, -0.1, -0.1, np.nan, np.nan], atol=1e-12)


def test_span_ignores_what_is_not_finite() -> None:
    assert span_of([1.0, np.nan], [np.inf, -2.0]) == (-2.0, 1.0)
    assert span_of([np.nan], []) is None


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.0, 1.0, "0"),
        (-0.5, 0.5, "−0.5"),
        (1000.0, 500.0, "1,000"),
        (2e30, 1e30, "2e30"),
        (1.25e-9, 5e-11, "1.25e−9"),
        (25.0, 25.0, "25"),
    ],
)
def test_tick_texts_have_the_digits_the_step_needs(value: float, step: float, text: str) -> None:
    assert tick_text(value, step) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.24204, "0.2420"),
        (42.91954, "42.9195"),
        (1.5e-7, "1.500e−7"),
        (3.4e38, "3.400e38"),
        (math.inf, "∞"),
        (math.nan, "NaN"),
        (0.0, "0.0000"),
    ],
)
def test_values_show_four_decimals_or_digits(value: float, text: str) -> None:
    assert value_text(value) == text
