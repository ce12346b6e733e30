"""What is said of a learning rate before the run, held against the run."""

import re
from typing import Any

import numpy as np
import pytest

from guitrain.core.closed_form import Facts, facts_of
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.core.stopping import Rule
from guitrain.presets import preset
from guitrain.rescue import rescue_of
from guitrain.sentences import stop_sentence
from guitrain.stability_words import divergence_sentence, rate_sentence, rounded_down

ARTICLE = preset("article").experiment


def facts(experiment: Experiment) -> Facts:
    return facts_of(experiment, experiment.make_data())


def said(changes: dict[str, Any]) -> str:
    experiment = ARTICLE.changed(changes)
    sentence = rate_sentence(experiment, facts(experiment))
    assert not set("{}") & set(sentence)
    return sentence


def epochs_in(sentence: str) -> list[int]:
    return [int(n.replace(",", "")) for n in re.findall(r"about ([\d,]+) epoch", sentence)]


def test_converging_rate_names_both_its_paces() -> None:
    sentence = said({"learning_rate": 0.01})
    assert sentence.startswith("η = 0.01 converges: ")
    # log 1 % / (2 log(1 − ηλ)), rounded up, for λ = 18.286 and 0.46493
    assert epochs_in(sentence) == [12, 495]
    assert "(the run has 100)" in sentence
    assert "the run has" not in said({"learning_rate": 0.01, "stop.epochs": 500})


def test_equally_steep_directions_fall_as_one() -> None:
    sentence = said({"learning_rate": 0.3, "standardize": True})
    assert "falls straight to its best" in sentence
    assert epochs_in(sentence) == [3]
    assert epochs_in(said({"learning_rate": 0.5, "standardize": True})) == [1]
    assert "1 epoch." in said({"learning_rate": 0.5, "standardize": True})


def test_creeping_rate_names_what_it_would_take() -> None:
    sentence = said({"learning_rate": 0.001})
    assert "η = 0.001 creeps: even the steep part" in sentence
    assert epochs_in(sentence) == [125]
    assert "the run has 100" in sentence
    assert "even the steep part" not in said({"learning_rate": 0.001, "standardize": True})


def test_overshooting_rate_says_how_far() -> None:
    sentence = said({"learning_rate": 0.08})
    # |1 − 0.08 · 18.286| = 0.4629, rounded down
    assert "lands across the valley, 0.46 times as far from its floor" in sentence
    assert "momentum swings past" in said({"optimizer.momentum": 0.9})
    # However near the limit, it is not said to be as far.
    assert "0.99 times as far" in said({"learning_rate": 0.10937})


def test_rate_over_the_limit_tells_the_end_and_the_run_meets_it() -> None:
    sentence = said({"learning_rate": 0.2})
    assert sentence.startswith("η = 0.2 is over 2/λmax = 0.1094: each step overshoots further.")
    assert "×7.06 per epoch" in sentence
    run = Run(ARTICLE.changed({"learning_rate": 0.2}))
    assert run.run().rule is Rule.NON_FINITE
    assert run.head == pytest.approx(epochs_in(sentence)[0], rel=0.2)
    loss = run.view().steps.column("loss").astype(np.float64)
    assert loss[20] / loss[19] == pytest.approx(7.06, rel=0.01)


def test_run_too_short_to_diverge_is_not_said_to_end_so() -> None:
    sentence = said({"learning_rate": 0.115})
    assert "it would be no number after about" in sentence
    assert epochs_in(sentence)[0] > 100
    assert Run(ARTICLE.changed({"learning_rate": 0.115})).run().rule is Rule.EPOCHS
    # However slow the growth, it is not said to be none.
    assert "×1 per" not in said({"learning_rate": 0.109375})


def test_momentum_has_its_own_formula() -> None:
    sentence = said({"learning_rate": 0.5, "optimizer.momentum": 0.9})
    assert "over 2(1 + β)/λmax = 0.2078" in sentence


def test_nesterov_has_its_own_formula() -> None:
    both = {"optimizer.momentum": 0.9, "optimizer.nesterov": True}
    assert "over 2(1 + β)/((1 + 2β)·λmax) = 0.0742" in said({"learning_rate": 0.1, **both})
    assert "momentum swings past" in said({"learning_rate": 0.01, **both})
    # From ((1 − β)/(1 + β))²/λmax = 0.000151 on.
    assert "converges" in said({"learning_rate": 0.00015, **both})
    assert "overshoots" in said({"learning_rate": 0.000155, **both})


@pytest.mark.parametrize(
    ("optimizer", "says"),
    [
        ("adam", "moves each weight by about 0.01 a step at most, however steep the loss: about 1"),
        ("adamw", "about 1 in 100 steps, besides the decay"),
        ("rmsprop", "by up to 0.1 in the first step and by about 0.0126 later"),
        ("adagrad", "by 0.01 at most in the first step, and less and less from there: by 0.001 in"),
    ],
)
@pytest.mark.parametrize("loss", ["mse", "mae"])
def test_optimizers_without_a_limit_say_how_far_they_go(
    optimizer: str, says: str, loss: str
) -> None:
    sentence = said({"optimizer": optimizer, "loss": loss})
    assert sentence.startswith("η = 0.01 moves each weight by ")
    assert says in sentence
    assert "No limit such as 2/λmax is known" in sentence
    assert "1,000 steps" in said({"optimizer": optimizer, "batch_size": 10})
    assert "1 step" in said({"optimizer": optimizer, "stop.epochs": 1})
    experiment = ARTICLE.changed({"optimizer": optimizer, "learning_rate": 1000.0})
    assert divergence_sentence(experiment, facts(experiment)) is None


def test_no_run_of_adam_goes_farther_than_was_said() -> None:
    run = Run(ARTICLE.changed({"optimizer": "adam"}))
    run.run()
    w = run.view().steps.column("w")
    assert 0.8 < w[-1] - w[0] < 1.0  # and so is not there yet, where w = 2
    fast = Run(ARTICLE.changed({"optimizer": "adam", "learning_rate": 1000.0}))
    assert fast.run().rule is Rule.EPOCHS
    assert "swings around the best" in said({"optimizer": "adam", "learning_rate": 1000.0})


@pytest.mark.parametrize("rate", [1.9, 2.1])
def test_decay_of_adamw_diverges_where_it_is_said_to(rate: float) -> None:
    choice = Choice("adamw", {"weight_decay": 1.0})
    changes = {"optimizer": choice, "learning_rate": rate, "stop.epochs": 3000}
    assert "diverges over η = 2/λ" in said(changes)
    run = Run(ARTICLE.changed(changes))
    rule = Rule.NON_FINITE if rate > 2 else Rule.EPOCHS
    assert run.run().rule is rule
    assert rule is Rule.EPOCHS or "A lower learning rate such as 0.7" in stop_sentence(run.view())
    assert (rescue_of(run) is not None) is (rate > 2)


def test_huber_is_promised_no_end() -> None:
    sentence = said({"learning_rate": 0.5, "loss": "huber"})
    assert "may overshoot without ever settling" in sentence
    assert "the loss stays finite" in sentence
    run = Run(ARTICLE.changed({"learning_rate": 0.5, "loss": "huber", "stop.epochs": 1000}))
    assert run.run().rule is Rule.EPOCHS
    assert "Where errors are over δ it takes longer" in said({"loss": "huber"})


def test_mae_has_no_limit() -> None:
    for rate in (1e-5, 1.0, 1000.0):
        assert "MAE has no limit 2/λmax" in said({"loss": "mae", "learning_rate": rate})
    # Its steps stay as long: over a whole run they do not settle, nor do they grow.
    run = Run(ARTICLE.changed({"loss": "mae", "learning_rate": 0.1, "stop.epochs": 600}))
    run.run()
    w = run.view().steps.column("w")
    early, late = np.abs(np.diff(w[200:300])).max(), np.abs(np.diff(w[500:])).max()
    assert late > 0.01
    assert late == pytest.approx(early, rel=0.5)


@pytest.mark.parametrize("rate", [0.01, 0.3])
def test_mini_batches_are_said_to_be_another_matter(rate: float) -> None:
    sentence = said({"learning_rate": rate, "batch_size": 10})
    assert "with all 100 points in each step; batches of 10 jitter" in sentence
    assert "batches of" not in said({"learning_rate": rate, "batch_size": 100})


@pytest.mark.parametrize(
    "optimizer",
    [
        *(Choice("sgd", {"momentum": momentum}) for momentum in (0.0, 0.5, 0.999)),
        *(Choice("sgd", {"momentum": beta, "nesterov": True}) for beta in (1e-9, 0.5, 0.999)),
        Choice("rmsprop", {"momentum": 0.999, "alpha": 0.9999}),
        Choice("adagrad", {"lr_decay": 1.0}),
        Choice("adam"),
        Choice("adamw"),
    ],
    ids=str,
)
@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_every_rate_has_a_sentence(loss: str, optimizer: Choice) -> None:
    experiment = ARTICLE.changed({"loss": loss, "optimizer": optimizer})
    known = facts(experiment)
    for rate in np.geomspace(1e-12, 1000.0, 200):
        sentence = rate_sentence(experiment, known, float(rate))
        assert sentence.endswith(".")
        assert not re.search(r"nan|inf\b|∞|\.\.|–", sentence), sentence
    if known.bands is not None:
        at_limit = rate_sentence(experiment, known, known.bands.limit)
        assert at_limit.endswith(".")


# Beside a run without a window.


def test_divergence_is_noted_where_it_is_certain() -> None:
    for batch_size in (None, 100):
        fast = ARTICLE.changed({"learning_rate": 0.3, "batch_size": batch_size})
        assert "2/λmax = 0.1094" in str(divergence_sentence(fast, facts(fast)))


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.109},
        {"learning_rate": 0.3, "batch_size": 99},
        {"learning_rate": 0.3, "loss": "mae"},
        {"learning_rate": 0.3, "optimizer.momentum": 0.9, "data.x_max": 1.0},
    ],
)
def test_stable_rate_or_one_without_known_limit_needs_no_note(changes: dict[str, Any]) -> None:
    experiment = ARTICLE.changed(changes)
    assert divergence_sentence(experiment, facts(experiment)) is None


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.106662, 3, 0.106),
        (0.10999, 3, 0.109),
        (0.5, 3, 0.5),
        (2.985e-6, 2, 2.9e-6),
        (1.0, 3, 1.0),
    ],
)
def test_rounding_down_never_rounds_up(value: float, digits: int, shown: float) -> None:
    assert rounded_down(value, digits) == pytest.approx(shown, rel=1e-12)
    assert rounded_down(value, digits) <= value


def test_a_loss_of_classes_has_no_limit_that_is_known_and_none_that_is_false() -> None:
    sentence = said({"data": "circle", "model": "linear"})
    assert sentence.startswith("For this model no limit is known before the run")
