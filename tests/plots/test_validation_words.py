"""Early stopping and the gap in words: STOP's comparison, the code, sentences, the timeline."""

from itertools import pairwise
from typing import Any

import pytest

from guitrain.core.code import script
from guitrain.core.code_lines import Mark
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.gap_words import gap_sentence
from guitrain.plots.flow_words import Moment, amount, comparisons_of, verdict
from guitrain.presets import preset
from guitrain.sentences import problem_sentence, stop_sentence
from guitrain.snapshot import Snapshot, State
from guitrain.ui.code_values import lit_lines, values_of
from guitrain.ui.timeline_marks import Kind, mark_words, marks_of
from tests.core.recipes import article, begun, finished, to_epoch
from tests.plots.test_loss_validation import BENDING

EARLY = "stop.validation_patience"


def moment(run: Run) -> Moment:
    return Moment(
        Snapshot(0, State.PAUSED, run.experiment, view=run.view(), step_view=step_view(run))
    )


def to(run: Run, phase: Phase) -> Run:
    while run.advance() is not phase:
        pass
    return run


def test_stop_compares_the_validation_loss_with_its_lowest() -> None:
    run = to(to_epoch(begun(BENDING.changed({EARLY: 1000})), 60), Phase.LOSS)
    asked = comparisons_of(moment(run))[0]
    assert asked[0] == "no new lowest validation loss for 1,000 epochs?"
    run.advance()
    watch = run.learner.watch
    assert watch.low is not None
    told = comparisons_of(moment(run))[0]
    loss, low = amount(watch.loss), amount(watch.low.loss)
    ago = 60 - watch.low.epoch
    assert ago > 0
    assert told[0] == f"validation loss {loss}, lowest {low}: {ago} of 1,000 epochs ago"
    assert told[-1] == f"no low for {ago} of 1,000"
    assert comparisons_of(moment(run))[-1][0] == "epoch 61 of 120"


def test_with_mini_batches_it_is_judged_at_an_epochs_first_batch() -> None:
    run = to(to_epoch(begun(BENDING.changed({EARLY: 9, "batch_size": 4})), 3), Phase.STOP)
    assert "lowest" in comparisons_of(moment(run))[0][0]
    to(run, Phase.FORWARD)
    assert comparisons_of(moment(run)) == (("batch 2 of 3?",),)


def test_the_rule_that_stopped_it_is_told_everywhere() -> None:
    run = finished(BENDING.changed({EARLY: 7}))
    view, now = run.view(), moment(run)
    assert view.best is not None
    best, loss = view.number_of(view.best), view.best.loss
    assert verdict(now).comparison[0] == "no new lowest validation loss for 7 epochs"
    assert verdict(now).stop
    sentence = stop_sentence(view)
    assert f"after epoch {run.learner.epoch}:" in sentence
    assert "for 7 epochs the validation loss has had no new lowest" in sentence
    assert f"The lowest was {loss:.4f}, at epoch {best}" in sentence
    assert best == run.learner.epoch - 7 + 1
    marks = {mark.kind: mark for mark in marks_of(now.snapshot)}
    assert marks[Kind.BEST].step == view.best.step
    assert mark_words(marks[Kind.BEST], now.snapshot) == (
        f"best epoch: lowest validation loss {loss:.4f}"
    )
    assert "stopped early" in mark_words(marks[Kind.STOP], now.snapshot)
    once = stop_sentence(finished(BENDING.changed({EARLY: 1})).view())
    assert "epochs" not in once


def test_the_code_has_its_values_beside_it_and_lights_what_stopped_it() -> None:
    run = to(to_epoch(begun(BENDING.changed({EARLY: 50})), 20), Phase.STOP)
    made = script(run.experiment)
    watch = run.learner.watch
    found = values_of(made, step_view(run), run.view())
    (at,) = made.marks[Mark.VALIDATION]
    assert found[at][0] == amount(watch.loss)
    assert "val_loss = loss_function(model(val_inputs), val_labels).item()" in made.lines[at]
    (at,) = made.marks[Mark.EARLY]
    assert found[at][0] == f"{watch.waited} of 50 epochs"
    assert at in lit_lines(made, step_view(run), run.view())
    stopped = finished(BENDING.changed({EARLY: 7}))
    made = script(stopped.experiment)
    lit = lit_lines(made, step_view(stopped), stopped.view())
    assert [made.lines[at].strip() for at in lit] == [
        "if epoch - best_epoch >= val_patience:",
        "break",
    ]


def test_without_validation_points_the_problem_says_what_to_do() -> None:
    with pytest.raises(ExperimentProblem) as problem:
        article({EARLY: 5})
    sentence = problem_sentence(problem.value)
    assert sentence.startswith("Early stop looks at validation points, and there are none")
    assert "raise the validation share" in sentence


# The gap.


def test_an_open_gap_is_told_while_it_runs_and_does_not_flicker() -> None:
    run = begun(preset("overfitting").experiment)
    told, lows = [], []
    while run.stopped is None:
        run.run_until(float("inf"), 1)
        told.append(gap_sentence(run.view(), running=True))
        lows.append(run.learner.watch.low)
    first = next(epoch for epoch, text in enumerate(told) if text)
    assert 70 < first < 100
    best = run.view().best
    assert best is not None
    # Where it has opened it stays open, until there is a new lowest.
    for (one, other), (low, new) in zip(pairwise(told), pairwise(lows), strict=True):
        assert other or not one or new != low
    assert told[-1].startswith("Overfitting: since epoch")
    assert f"since epoch {run.view().number_of(best)} " in told[-1]
    assert f"{best.loss:.4f}" in told[-1]
    run.seek(10)
    assert gap_sentence(run.view()) == "", "of the cursor, not of what comes later"


def test_far_above_the_noise_it_is_not_called_overfitting() -> None:
    wild = BENDING.changed(
        {"data.noise": 0.01, "stop.epochs": 12, "learning_rate": 0.05, "data.period": 1.0}
    )
    run = finished(wild)
    view = run.view()
    assert view.watch is not None
    if view.watch.opened is not None:
        assert "The gap opens" in gap_sentence(view)
    assert "Overfitting" not in gap_sentence(view)


def underfit(changes: dict[str, Any]) -> Run:
    base = Experiment(
        data=Choice("sine", {"points": 60, "noise": 0.3}),
        learning_rate=0.05,
        validation_fraction=0.3,
        standardize=True,
    )
    return finished(base.changed({"stop.epochs": 200, **changes}))


def test_a_line_on_a_sine_underfits_and_says_so_at_rest_alone() -> None:
    view = underfit({}).view()
    sentence = gap_sentence(view)
    assert sentence.startswith("Underfitting: training loss")
    assert "the noise alone would leave 0.0900" in sentence
    assert "Underfitting" not in gap_sentence(view, running=True)
    # Not while it still falls, nor where the noise is all that is left, or is not known.
    assert gap_sentence(underfit({"stop.epochs": 15, "learning_rate": 0.001}).view()) == ""
    assert "Underfitting" not in gap_sentence(underfit({"data": "line"}).view())
    assert "Underfitting" not in gap_sentence(underfit({"data": "hubble"}).view())
    assert gap_sentence(finished(article()).view()) == ""
