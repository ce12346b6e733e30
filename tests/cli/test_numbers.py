"""Numbers as people type and read them, against texts written by hand."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.core.settings import EPOCHS, LEARNING_RATE
from guitrain.numbers import format_number, parse_number

FLOAT = Param("learning_rate", "float", "", "", default=0.01)
INT = Param("epochs", "int", "", "", default=100)


def refusal(param: Param, text: str) -> ExperimentProblem:
    with pytest.raises(ExperimentProblem) as caught:
        parse_number(param, text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.01", 0.01),
        ("1e-2", 0.01),
        ("1E+3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("+3", 3),
        ("-3", -3),
        ("−3", -3),
        ("−1.5e−3", -0.0015),
        ("－１．５", -1.5),
        ("０，２５", 0.25),
        ("１ｅ－３", 0.001),
        ("0,01", 0.01),
        ("1,5", 1.5),
        ("1,5e3", 1500.0),
        (",5", 0.5),
        ("1,0000", 1.0),
        ("0,001", 0.001),
        ("  7\t", 7),
        ("10 000", 10_000),
        ("1\u202f000\u202f000", 1_000_000),
        ("1 000,5", 1000.5),
        ("007", 7),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert parse_number(FLOAT, text) == number


@pytest.mark.parametrize("text", ["1,000", "-1,000", "−１，０００", "12,345,678", "1,000.5"])
def test_comma_before_three_digits_is_not_guessed_at(text: str) -> None:
    problem = refusal(FLOAT, text)
    assert (problem.code, problem.field) == ("ambiguous_comma", "learning_rate")
    assert problem.values["value"] == text


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u3000"])
def test_nothing_typed_is_empty_and_the_default_is_the_example(text: str) -> None:
    problem = refusal(FLOAT, text)
    assert problem.code == "empty"
    assert problem.values["example"] == 0.01


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "nan", "inf", "-inf", "1e", "e5", ".", ",", "-", "--1", "1.2.3", "1,2,3", "0x10"),
        *("1_000", "1 2", "10%", "1.000,5", "1e1.5", "½", "五", "1\n2", "{value}"),
    ],
)
def test_junk_is_no_number(text: str) -> None:
    assert refusal(FLOAT, text).code == "not_number"


def test_long_text_pasted_is_answered_in_linear_time() -> None:
    # In quadratic time this would take hours.
    assert refusal(FLOAT, "9" * 1_000_000 + "x").code == "not_number"


def test_whole_numbers_are_exact_ints_for_either_kind_of_setting() -> None:
    large = 2**53 + 1  # no float has this value
    for param in (FLOAT, INT):
        number = parse_number(param, str(large))
        assert (type(number), number) == (int, large)


def test_whole_number_settings_take_powers_of_ten_as_ints() -> None:
    number = parse_number(INT, "1e3")
    assert (type(number), number) == (int, 1000)
    assert type(parse_number(FLOAT, "1e3")) is float
    assert parse_number(INT, "1.5") == 1.5  # the setting says what is wrong with it


@pytest.mark.parametrize("text", ["1e400", "9" * 5000, "9" * 400])
def test_numbers_beyond_all_range_are_refused_by_the_setting(text: str) -> None:
    assert parse_number(EPOCHS, text) == math.inf
    with pytest.raises(ExperimentProblem) as caught:
        EPOCHS.check(parse_number(EPOCHS, text))
    assert caught.value.code == "not_finite"


def test_tiny_number_becomes_zero_and_the_setting_refuses_it() -> None:
    with pytest.raises(ExperimentProblem) as caught:
        LEARNING_RATE.check(parse_number(LEARNING_RATE, "1e-400"))
    assert caught.value.code == "not_above"


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-0.0)
@example(5e-324)
def test_what_a_field_shows_can_be_typed_again(value: float) -> None:
    shown = f"{value:.12g}"
    assert parse_number(FLOAT, shown.replace("-", "−")) == float(shown)


@given(st.integers(-(10**29), 10**29))
def test_every_digit_of_an_int_is_read(value: int) -> None:
    assert parse_number(INT, str(value).replace("-", "−")) == value


@given(st.text(alphabet="0123456789０９ ,.，．-−－+eE\u202f", max_size=12) | st.text(max_size=8))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    try:
        found: object = parse_number(INT, text)
    except ExperimentProblem as problem:
        found = problem.code
    if isinstance(found, str):
        assert found in {"empty", "ambiguous_comma", "not_number"}
    else:
        assert found == found  # no NaN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-0.5, "−0.5"),
        (0.20368, "0.2037"),
        (0.001, "0.001"),
        (0.0001, "1e−4"),
        (-0.00012346, "−1.235e−4"),
        (9999, "9999"),
        (10_000, "10,000"),
        (-1_000_000_000, "−1,000,000,000"),
        (12345.678, "12,346"),
        (999_999.0, "999,999"),
        (1_000_000.0, "1e6"),
        (-1_234_567.0, "−1.235e6"),
        (1.5e300, "1.5e300"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "–"),
    ],
)
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.0, 4, "2.0000"),
        (-0.05583, 4, "−0.0558"),
        (0.00001, 4, "0.0000"),
        (-0.00001, 4, "0.0000"),
        (1.917, 2, "1.92"),
        (123456.0, 1, "123456.0"),
        (2.5e7, 4, "2.5e7"),
    ],
)
def test_fixed_numbers_keep_their_decimals(value: float, digits: int, text: str) -> None:
    assert format_number(value, digits, fixed=True) == text


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda v: 1e-300 < abs(v) < 1e300))
def test_four_digits_say_the_number_to_half_of_the_last(value: float) -> None:
    text = format_number(value)
    assert "-" not in text
    assert float(text.replace("−", "-").replace(",", "")) == pytest.approx(value, rel=6e-4)
