"""Every problem and every stop has a sentence that a person can act on."""

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guitrain
from guitrain import sentences
from guitrain.core import settings
from guitrain.core.closed_form import Facts
from guitrain.core.experiment import Choice, Experiment, StopRules
from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.core.stopping import Rule, StopReason
from guitrain.numbers import format_number, parse_number
from guitrain.sentences import (
    problem_sentence,
    stability_sentence,
    stop_sentence,
    unreachable_target_sentence,
)

PACKAGE = Path(guitrain.__file__).parent
LIMITS = {"value", "minimum", "maximum"}  # what Param passes as **limits


def raised() -> Iterator[tuple[str, set[str]]]:
    """Each code that the sources raise, with the names of the values that go with it."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "ExperimentProblem":
                names: set[str] = set()
                for keyword in node.keywords:
                    names |= LIMITS if keyword.arg is None else {keyword.arg}
                codes = [n for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)]
                for code in codes:
                    yield cast(str, code.value), names


RAISED = list(raised())


def test_the_sources_are_searched_for_codes() -> None:
    assert {"too_small", "batch_too_large", "missing", "unknown_setting"} <= {c for c, _ in RAISED}


@pytest.mark.parametrize(("code", "names"), RAISED)
def test_every_code_raised_has_a_sentence_that_its_values_fill(code: str, names: set[str]) -> None:
    values: dict[str, Any] = dict.fromkeys(names, "some")
    values |= {name: number for number, name in enumerate(sorted(LIMITS & names), start=1)}
    sentence = problem_sentence(ExperimentProblem(code, "learning_rate", **values))
    assert not set("{}") & set(sentence)
    assert sentence.endswith(".")
    assert "  " not in sentence


def test_no_sentence_is_kept_for_a_code_that_nobody_raises() -> None:
    assert set(sentences._PROBLEMS) == {code for code, _ in RAISED}


def refused(changes: dict[str, Any]) -> str:
    with pytest.raises(ExperimentProblem) as caught:
        Experiment().changed(changes)
    return problem_sentence(caught.value)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"learning_rate": 1e9},
            "Learning rate 1e9 is too large: choose a number above 0, at most 1000.",
        ),
        (
            {"learning_rate": 0},
            "Learning rate 0 is too small: choose a number above 0, at most 1000.",
        ),
        (
            {"learning_rate": -0.1},
            "Learning rate −0.1 is too small: choose a number above 0, at most 1000.",
        ),
        (
            {"batch_size": 500},
            "Batch size 500 is larger than the 100 training points: choose 1 to 100, or all.",
        ),
        (
            {"stop.epochs": 10**10},
            "Epochs 10,000,000,000 is too large: choose a number from 1 to 1,000,000,000.",
        ),
        (
            {"stop.epochs": 10**400},
            "Epochs … is too large: choose a number from 1 to 1,000,000,000.",
        ),
        (
            {"stop.target_loss": -1.0},
            "Target loss −1 is too small: choose a number from 0 to 1e30.",
        ),
        (
            {"data.noise": float("nan")},
            "Noise must be a finite number: – is not. Type one such as 0.01.",
        ),
        ({"data.x_min": 7.0}, "x to 5 must be greater than x from 7: widen the range."),
        ({"loss": "rmse"}, "Loss: there is no “rmse”. Choose one of mse, mae, huber."),
    ],
)
def test_the_sentence_says_setting_fault_and_remedy(changes: dict[str, Any], expected: str) -> None:
    assert refused(changes) == expected


def test_labels_and_ranges_go_through_the_translator() -> None:
    words = {
        "Learning rate": "学习率",
        "a number above {minimum}, at most {maximum}": "大于 {minimum}、不超过 {maximum} 的数",
        "{label} {value} is too large: choose {range}.": "{label} {value} 太大:请选择{range}。",
    }
    sentences.install_translator(lambda _context, text: words.get(text, text))
    try:
        assert refused({"learning_rate": 1e9}) == "学习率 1e9 太大:请选择大于 0、不超过 1000 的数。"
    finally:
        sentences.install_translator(None)


def test_the_placeholders_of_every_problem_are_known() -> None:
    known = LIMITS | {"label", "range", "example", "names", "known", "column", "row", "entry"}
    for text in sentences._PROBLEMS.values():
        assert {name for _, name, _, _ in Formatter().parse(text) if name is not None} <= known


RATE = settings.LEARNING_RATE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.01", 0.01),
        (" 1e-3 ", 1e-3),
        ("1E5", 1e5),
        ("−0.5", -0.5),
        ("0,5", 0.5),
        ("0,500", 0.5),
        ("1,5e-3", 1.5e-3),
        ("3.", 3.0),
        (".5", 0.5),
        ("+2", 2.0),
        ("10 000", 10000),
        ("1\u202f234,5", 1234.5),
        ("12", 12.0),
        ("1e999", math.inf),
    ],
)
def test_people_s_ways_of_writing_numbers_are_understood(text: str, value: float) -> None:
    assert parse_number(RATE, text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("1,000", "ambiguous_comma"),
        ("-12,345,678", "ambiguous_comma"),
        ("1_000", "not_number"),
        ("nan", "not_number"),
        ("inf", "not_number"),
        ("0x10", "not_number"),
        ("1e", "not_number"),
        ("1 0", "not_number"),
        ("1.2.3", "not_number"),
        ("-", "not_number"),
        ("{0}", "not_number"),
    ],
)
def test_text_that_is_no_clear_number_is_refused_with_what_to_type(text: str, code: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        parse_number(RATE, text)
    assert caught.value.code == code
    sentence = problem_sentence(caught.value)
    assert sentence.startswith("Learning rate")
    assert text.strip() in sentence


def test_whole_numbers_stay_whole_where_the_setting_is_one() -> None:
    for text in ("1e3", "1000", "1000.0", "1 000"):
        number = parse_number(settings.EPOCHS, text)
        assert (number, type(number)) == (1000, int)
    assert parse_number(settings.EPOCHS, "123456789012345678901") == 123456789012345678901


def test_an_empty_field_is_told_an_example() -> None:
    with pytest.raises(ExperimentProblem) as caught:
        parse_number(RATE, "")
    expected = "Learning rate is empty: type a number such as 0.01."
    assert problem_sentence(caught.value) == expected


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_number_shown_reads_back_to_four_digits(value: float) -> None:
    text = format_number(value).replace(",", "")
    param = Param("any", "float", "", "")
    assert float(parse_number(param, text)) == pytest.approx(value, rel=1e-3, abs=0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.2290946, "0.2291"),
        (-0.0558, "−0.0558"),
        (1.23e-5, "1.23e−5"),
        (0.001, "0.001"),
        (1e9, "1e9"),
        (9999.97, "10,000"),
        (123456.7, "123,457"),
        (1234567, "1,234,567"),
        (100, "100"),
        (0.0, "0"),
        (-0.0, "0"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "–"),
    ],
)
def test_numbers_are_shown_for_people(value: float, text: str) -> None:
    assert format_number(value) == text


@dataclass
class View:
    """As much of a RunView as the sentences need."""

    settings: Experiment
    stopped: StopReason | None
    facts: Facts
    final_loss: float | None = None
    batches: int = 1


def facts(limit: float | None = 0.1094, best: float | None = 0.2037) -> Facts:
    return Facts(None, best, 0.25, limit, (0.0, 5.0))


def stopped(rule: Rule, epoch: int, loss: float, final: float | None = None, **change: Any) -> str:
    limit = change.pop("limit", 0.1094)
    batches = change.pop("batches", 1)
    view = View(
        replace(Experiment(), **change),
        StopReason(rule, epoch, epoch * batches, loss),
        facts(limit),
        final,
        batches,
    )
    return stop_sentence(cast(Any, view))


def test_a_run_that_goes_on_has_no_stop_sentence() -> None:
    assert stop_sentence(cast(Any, View(Experiment(), None, facts()))) == ""


def test_the_rule_that_stopped_the_run_is_told_with_its_numbers() -> None:
    assert stopped(Rule.EPOCHS, 100, 0.2291, 0.22909) == (
        "Stopped: all 100 epochs are done. Final loss 0.2291."
    )
    assert (
        stopped(Rule.EPOCHS, 1, 2.0, 1.5) == "Stopped: the only epoch is done. Final loss 1.5000."
    )
    assert stopped(Rule.TARGET_LOSS, 37, 0.2495, stop=StopRules(target_loss=0.25)) == (
        "Stopped after epoch 37: the loss 0.2495 is at or below the target 0.25."
    )
    assert stopped(Rule.TARGET_LOSS, 0, 0.2, stop=StopRules(target_loss=0.25)) == (
        "Stopped before the first update: the loss 0.2000 of the initial weights "
        "is at or below the target 0.25."
    )
    assert stopped(Rule.PATIENCE, 60, 0.24, 0.24, stop=StopRules(patience=10)) == (
        "Stopped after epoch 60: for 10 epochs the loss has not fallen by more than 1e−4. "
        "Final loss 0.2400."
    )
    assert "the loss 2.5e−9 is" in stopped(Rule.TARGET_LOSS, 7, 2.5e-9)
    assert "in the last epoch" in stopped(Rule.PATIENCE, 60, 0.24, stop=StopRules(patience=1))


def test_divergence_is_explained_by_the_limit_where_that_is_its_cause() -> None:
    assert stopped(Rule.NON_FINITE, 209, math.inf, learning_rate=0.2) == (
        "Diverged at step 210: the loss is no longer a finite number. The learning rate 0.2 is "
        "over 2/λmax = 0.1094, above which each step on these points leads further away from the "
        "best line. Try a third of it: 0.067."
    )
    heavy = Choice("sgd", {"momentum": 0.9})
    sentence = stopped(Rule.NON_FINITE, 9, math.nan, learning_rate=0.5, optimizer=heavy)
    assert "2(1 + β)/λmax" in sentence


def test_a_third_that_is_over_the_limit_too_is_not_advised() -> None:
    sentence = stopped(Rule.NON_FINITE, 30, math.inf, learning_rate=10.0)
    assert "third" not in sentence
    assert sentence.endswith("Try half that limit: 0.055.")


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate": 0.1},  # below the limit
        {"learning_rate": 0.2, "limit": None},  # no limit known
        {"learning_rate": 0.2, "batches": 10},  # not full-batch descent
    ],
)
def test_the_limit_is_claimed_only_where_it_holds(change: dict[str, Any]) -> None:
    sentence = stopped(Rule.NON_FINITE, 9, math.nan, **change)
    assert "λmax" not in sentence
    assert "beyond the range of 32-bit numbers" in sentence
    assert "a lower learning rate" in sentence


def test_a_loss_too_large_from_the_start_is_not_blamed_on_the_learning_rate() -> None:
    sentence = stopped(Rule.NON_FINITE, 0, math.inf, learning_rate=0.2)
    assert "initial weights" in sentence
    assert "learning rate" not in sentence


def test_an_unreachable_target_is_told_and_a_reachable_one_is_not() -> None:
    wants = Experiment(stop=StopRules(target_loss=0.01))
    assert unreachable_target_sentence(wants, facts()) == (
        "No line can reach a loss of 0.01 on these points: the best is 0.2037. "
        "Another rule will end the run."
    )
    assert unreachable_target_sentence(wants, facts(best=None)) is None
    assert unreachable_target_sentence(wants, facts(best=0.01)) is None
    assert unreachable_target_sentence(Experiment(), facts()) is None


def test_a_rate_over_the_limit_is_told_for_full_batches_only() -> None:
    over = Experiment(learning_rate=0.2)
    assert "2/λmax = 0.1094" in (stability_sentence(over, facts()) or "")
    assert "2/λmax" in (stability_sentence(replace(over, batch_size=100), facts()) or "")
    assert stability_sentence(replace(over, batch_size=10), facts()) is None
    assert stability_sentence(Experiment(learning_rate=0.1), facts()) is None
    assert stability_sentence(over, facts(limit=None)) is None
