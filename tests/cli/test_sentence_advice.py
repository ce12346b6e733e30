"""Every problem and every stop has a sentence that a person can act on."""

import math
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from guitrain import sentences
from guitrain.core.closed_form import Facts
from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.core.stability import Bands
from guitrain.core.stopping import Rule, StopReason
from guitrain.sentences import (
    problem_sentence,
    stop_sentence,
)


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
        (
            {"loss": "rmse"},
            "Loss: there is no “rmse”. Choose one of mse, mae, huber, binary_cross_entropy, "
            "cross_entropy, height.",
        ),
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


@dataclass
class View:
    """As much of a RunView as the sentences need."""

    settings: Experiment
    stopped: StopReason | None
    facts: Facts
    final_loss: float | None = None
    batches: int = 1

    @property
    def rate(self) -> float:
        return self.settings.learning_rate


def facts(limit: float | None = 0.1094, best: float | None = 0.2037) -> Facts:
    bands = None
    if limit is not None:
        bands = Bands((2 / limit,), limit / 2, limit, limit / 2, True, lambda rate, each: 0.5)
    return Facts(None, best, 0.25, bands)


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


def test_a_third_that_is_over_the_limit_too_is_not_advised() -> None:
    sentence = stopped(Rule.NON_FINITE, 30, math.inf, learning_rate=10.0)
    assert sentence.endswith("Go on with 0.055, which is under it.")


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
    assert "A lower learning rate" in sentence
