"""Schedules and penalties in words: in the numbers, the cycle, the loss plot, events and advice."""

import pytest
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.code import script
from guitrain.core.code_lines import Mark
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots import chart_words, loss_marks
from guitrain.plots.batch_columns import columns
from guitrain.plots.cycle_formulas import formula_lines
from guitrain.plots.flow_words import Moment
from guitrain.plots.loss import LossPlot
from guitrain.plots.step_words import Kind, Line, lines_of
from guitrain.presets import preset
from guitrain.rescue import rescue_of
from guitrain.sentences import stop_sentence
from guitrain.setting_words import event_words
from guitrain.stability_words import divergence_sentence, rate_sentence
from guitrain.ui.code_values import values_of
from tests.plots.runs import run_of
from tests.step_views import moment, snapshot_of

FOUR = preset("four_points").experiment
ARTICLE = preset("article").experiment
STEP = Choice("step", {"drop_every": 2, "drop_factor": 0.5})
PULLED = {"l1": 0.2, "l2": 0.5, "initial": (2.0, 0.0)}
WARMUP = Choice("warmup", {"warmup_epochs": 10})
COSINE = Choice("cosine", {"cosine_epochs": 100})


def texts(made: Experiment, step: int, *phases: Phase, notes: bool = False) -> list[str]:
    lines = lines_of(moment(made, step, Phase.UPDATE))
    return [each.text for each in lines if each.phase in phases and _wanted(each, notes)]


def _wanted(line: Line, notes: bool) -> bool:
    return notes or line.kind is not Kind.NOTE


# x = 0, 1, 2, 3; y = 1, 3, 5, 7; w = 2, b = 0: every error is −1.


def test_the_penalty_in_numbers_by_hand() -> None:
    # 4 squares of 1; 0.2·|2| = 0.4 and 0.5·2² = 2.
    made = FOUR.changed(PULLED)
    assert texts(made, 0, Phase.LOSS, Phase.BACKWARD) == [
        "L = (1/4)·Σ(ŷ − y)² + λ₁·Σ|w| + λ₂·Σw² = (1/4)·4.0000 + 0.2·2.0000 + 0.5·4.0000 = "
        "1.0000 + 2.4000 = 3.4000",
        "∂L/∂w = (2/4)·Σ(ŷ − y)·x + λ₁·sign(w) + 2·λ₂·w = "
        "(2/4)·(−6.0000) + 0.2·sign(2.0000) + 2·0.5·2.0000 = −0.8000",
        "∂L/∂b = (2/4)·Σ(ŷ − y) = (2/4)·(−4.0000) = −2.0000",
    ]
    assert "The penalty is on w alone: biases are free." in texts(made, 0, Phase.LOSS, notes=True)
    negative = texts(FOUR.changed({**PULLED, "initial": (-2.0, 0.0)}), 0, Phase.BACKWARD)[0]
    assert "0.2·sign(−2.0000) + 2·0.5·(−2.0000) = " in negative


def test_the_penalty_in_the_cycle() -> None:
    shown = Moment(moment(FOUR.changed(PULLED), 0, Phase.BACKWARD))
    assert chart_words.loss_lines(shown)[0] == (
        "mean (ŷ − y)² + λ₁·Σ|w| + λ₂·Σw² = 3.4000",
        "mean (ŷ − y)² + λ₁·Σ|w| + λ₂·Σw² = 3.4",
        "mean (ŷ − y)² + penalty = 3.4000",
        "mean (ŷ − y)² + penalty = 3.4",
        "= 3.4000",
    )
    assert formula_lines(Phase.LOSS, shown) == (
        "L = (1/n)·Σ(ŷ − y)² + λ₁·Σ|w| + λ₂·Σw²",
        "n = 4, L = 1.0000 + 2.4000 = 3.4000",
    )
    assert formula_lines(Phase.BACKWARD, shown) == (
        "∂L/∂w = mean 2(ŷ − y)·x + λ₁·sign(w) + 2·λ₂·w = −0.8000",
        "∂L/∂b = mean 2(ŷ − y) = −2.0000",
    )
    huber = Moment(moment(FOUR.changed({"loss": "huber", "l2": 0.5}), 0, Phase.INIT))
    assert "h(ŷ − y) + λ₂·Σw²;  h(e)" in formula_lines(Phase.LOSS, huber)[0]


def test_the_batchs_table_says_what_its_means_leave_out() -> None:
    for penalty, of_loss, of_w in (
        ({}, "the mean of these is L", "2 times the mean of these is ∂L/∂w"),
        (
            {"l2": 0.5},
            "L is the mean of these + λ₂·Σw²",
            "∂L/∂w is 2 times the mean of these + 2·λ₂·w",
        ),
    ):
        snapshot = moment(FOUR.changed(penalty), 0, Phase.BACKWARD)
        assert snapshot.step_view is not None
        tips = {c.head: c.tip for c in columns(snapshot.step_view, snapshot.experiment)}
        assert of_loss in tips["(ŷ − y)²"]
        assert tips["(ŷ − y)·x"] == of_w


def test_the_code_has_the_penalty_and_the_rate_beside_its_lines() -> None:
    made = FOUR.changed({**PULLED, "schedule": STEP})
    snapshot = moment(made, 3, Phase.LOSS)
    written = script(made)
    view, step = snapshot.view, snapshot.step_view
    assert view is not None
    assert step is not None
    assert step.loss is not None
    assert step.data_loss is not None
    values = values_of(written, step, view)
    (penalty,), (rate,) = written.marks[Mark.PENALTY], written.marks[Mark.RATE]
    assert values[penalty][0] == f"{step.loss - step.data_loss:.4f}"
    assert values[rate][0] == "η = 0.05"
    assert "l1 * sum(w.abs().sum() for w in weights)" in written.lines[penalty]


# The schedule.


def test_the_rate_in_numbers_by_hand() -> None:
    made = FOUR.changed({"schedule": STEP})  # η₀ = 0.1: halved at epochs 3, 5 …
    lines = texts(made, 5, Phase.UPDATE, notes=True)
    assert lines[0] == "η = η₀·γ^⌊e/s⌋ = 0.1·0.5^⌊5/2⌋ = 0.025"
    assert lines[1] == "e = 5 epochs done; η₀ = 0.1 is the learning rate that is set"
    assert " − 0.025·" in lines[2]
    assert texts(FOUR, 5, Phase.UPDATE)[0].startswith("w ← ")
    waiting = [line.text for line in lines_of(moment(made, 0, Phase.INIT))]
    assert "η = η₀·γ^⌊e/s⌋ = ?" in waiting
    wave = texts(FOUR.changed({"schedule": COSINE}), 1, Phase.UPDATE)[0]
    assert wave.startswith(
        "η = η₀·½·(1 + cos(π·min(e, T)/T)) = 0.1·½·(1 + cos(π·min(1, 100)/100)) ="
    )
    warm = texts(FOUR.changed({"schedule": WARMUP}), 1, Phase.UPDATE)[0]
    assert warm == "η = η₀·min(1, (e + 1)/W) = 0.1·min(1, (1 + 1)/10) = 0.02"


def test_the_cycle_moves_by_the_rate_that_is_used() -> None:
    shown = Moment(moment(FOUR.changed({"schedule": STEP}), 5, Phase.BACKWARD))
    assert shown.rate == 0.025
    assert chart_words.update_lines(shown)[0][0] == "w ← w − 0.025·∂L/∂w"
    lines = formula_lines(Phase.UPDATE, shown)
    assert lines[0] == "η = η₀·γ^⌊e/s⌋ = 0.025"
    assert " − 0.025·" in lines[1]
    assert formula_lines(Phase.UPDATE, Moment(moment(FOUR, 5, Phase.BACKWARD)))[0][:1] == "w"


def test_an_event_says_the_rate_that_came_of_it() -> None:
    def words(schedule: Choice) -> str:
        run = run_of(4, {"schedule": schedule})
        run.change({"learning_rate": 0.02})
        run.run_until(float("inf"), 2)
        view = run.view()
        return event_words(view.events[0], view, view.experiment)

    assert words(STEP) == "learning rate 0.01 → 0.02 (by schedule η = 0.005 there)"
    assert words(Choice("constant")) == "learning rate 0.01 → 0.02"


def test_the_rates_sentence_says_when_it_crosses_the_limit() -> None:
    def said(schedule: Choice, rate: float) -> str:
        made = ARTICLE.changed({"schedule": schedule, "learning_rate": rate})
        sentence = rate_sentence(made, facts_of(made, made.make_data()))
        limit = facts_of(made, made.make_data()).stability_limit
        assert limit is not None
        crossed = [e for e in range(1, 100) if (made.rate(e) > limit) != (made.rate(e - 1) > limit)]
        assert [f"in epoch {e + 1:,}." in sentence for e in crossed] == [True] * len(crossed)
        return sentence

    text = said(COSINE, 0.2)
    assert "the schedule takes η from 0.2 in epoch 1 to 4.93e−05 in epoch 100." in text
    assert "It comes under the limit 0.109 in epoch 49." in text
    assert "It goes over the limit 0.109 in epoch 6." in said(WARMUP, 0.2)
    assert "limit" not in said(COSINE, 0.05)
    assert "schedule" not in said(Choice("constant"), 0.05)
    mae = ARTICLE.changed({"schedule": WARMUP, "loss": "mae"})
    assert "from 0.001 in epoch 1" in rate_sentence(mae, facts_of(mae, mae.make_data()))


def test_the_rates_sentence_says_when_a_schedule_has_come_to_nothing() -> None:
    made = ARTICLE.changed({"schedule": COSINE, "stop.epochs": 600})
    text = rate_sentence(made, facts_of(made, made.make_data()))
    assert made.rate(99) > made.rate(100) == 0
    assert "to 0 in epoch 101. From there on nothing is learnt any more." in text
    short = made.changed({"stop.epochs": 100})
    assert "nothing is learnt" not in rate_sentence(short, facts_of(short, short.make_data()))


def test_divergence_is_foretold_only_where_the_schedule_goes_there() -> None:
    def told(schedule: Choice) -> bool:
        made = ARTICLE.changed({"schedule": schedule, "learning_rate": 0.2})
        return divergence_sentence(made, facts_of(made, made.make_data())) is not None

    assert told(COSINE)
    assert told(WARMUP)
    assert not told(Choice("warmup", {"warmup_epochs": 1000}))


def test_a_diverged_run_names_the_rate_that_did_it_and_the_rescue_works() -> None:
    made = ARTICLE.changed(
        {"schedule": Choice("warmup", {"warmup_epochs": 400}), "learning_rate": 1.0}
    ).changed({"stop.epochs": 400})
    run = Run(made)
    run.run()
    view = run.view()
    last = view.steps.value("learning_rate", view.steps.length - 1)
    assert last is not None
    assert last < 1.0
    assert f"the learning rate {last:.4g} is over 2/λmax" in stop_sentence(view)
    found = rescue_of(run)
    assert found is not None
    step, rate = found
    assert f"Go on with {rate:.4g}," in stop_sentence(view)
    run.seek(step)
    branch = run.change({"learning_rate": rate})
    branch.run()
    assert branch.learner.loss_value < 0.25


# The loss plot.


def test_the_loss_plot_says_what_its_loss_is(qtbot: QtBot) -> None:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(500, 360)
    plot.show()
    run = run_of(10, {"l2": 0.1})
    plot.set_show_test(True)
    run.fill_test_curve(float("inf"))
    plot.refresh(run.view())
    assert plot._labels[1] == "loss (MSE + λ₂·Σw²)"
    marks = {mark.text for mark in loss_marks.known_marks(run.view())}
    assert any(text.startswith("best line, with penalty ") for text in marks)
    plain = {mark.text for mark in loss_marks.known_marks(run_of(1).view())}
    assert "best any line can do 0.2037" in plain
    plot.refresh(run_of(10).view())
    assert plot._labels[1] == "loss (MSE)"


def test_the_view_of_a_moment_knows_its_rate() -> None:
    run = run_of(3, {"schedule": WARMUP})
    assert snapshot_of(run).view is not None
    assert run.view().rate == pytest.approx(0.003)
