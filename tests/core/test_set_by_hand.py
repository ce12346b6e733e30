"""A parameter set by hand in mid-run: at once, for good, and in every replay."""

import math
from typing import Any

import numpy as np
import pytest
import torch

from guitrain.core.by_hand import ByHand, place_name
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.core.stopping import Rule
from guitrain.run_book import RunBook
from guitrain.sentences import problem_sentence
from guitrain.setting_words import event_words, row_words
from tests.core.recipes import article, begun, finished, lively, records, state

W, B = (0, (0,)), (1, (0,))
NET = {"model": Choice("mlp", {"hidden": (3, 2)}), "initial": None, "optimizer": "adam"}


def to(run: Run, step: int) -> Run:
    run.run_until(float("inf"), step - run.learner.step)
    return run


def test_training_goes_on_from_it_as_by_hand() -> None:
    run = to(begun(article()), 5)
    run.set_by_hand(ByHand(*W, 5.0))
    run.set_by_hand(ByHand(*B, -1.0))
    to(run, 9)
    data = run.learner.data.train
    x, y = data.inputs[:, 0], data.targets
    w, b = -0.20546, 0.78300
    for step in range(9):
        if step == 5:
            w, b = 5.0, -1.0
        residual = w * x + b - y
        assert run.steps.publish().value("loss", step) == pytest.approx(
            np.mean(residual**2), rel=1e-4
        )
        w -= 0.01 * float(np.mean(2 * residual * x))
        b -= 0.01 * float(np.mean(2 * residual))
    assert run.view().numbers == pytest.approx((w, b), rel=1e-4)


def test_it_is_torch_with_one_number_changed_bit_for_bit() -> None:
    run = to(begun(article(NET)), 20)
    run.set_by_hand(ByHand(2, (1, 2), -0.5))
    to(run, 40)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = torch.nn.Sequential(
        torch.nn.Linear(1, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2), torch.nn.Tanh(),
        torch.nn.Linear(2, 1),
    )  # fmt: skip
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    data = run.learner.data.train
    x = torch.tensor(data.inputs, dtype=torch.float32)
    y = torch.tensor(data.targets, dtype=torch.float32).unsqueeze(1)
    for step in range(40):
        if step == 20:
            with torch.no_grad():
                net[2].weight[1, 2] = -0.5  # type: ignore[operator]
        loss = torch.nn.functional.mse_loss(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    wanted = [p.detach().numpy().tobytes() for p in net.parameters()]
    assert [p.detach().numpy().tobytes() for p in run.learner.parameters] == wanted


def test_it_is_seen_at_once() -> None:
    run = to(begun(article({"model": "polynomial", "initial": None})), 7)
    before = run.view()
    run.measure_test()
    run.set_by_hand(ByHand(1, (0,), 100.0))
    view = run.view()
    assert before.curve is not None
    assert view.curve is not None
    assert before.numbers is not None
    shift = 100.0 - before.numbers[-1]
    np.testing.assert_allclose(view.curve.y, before.curve.y + shift, rtol=1e-4, atol=1e-3)
    assert view.numbers == (*before.numbers[:-1], 100.0)
    assert not len(view.test_curve[0])  # what was measured here was of other weights
    run.measure_test()
    assert run.view().test_curve[1] > 1000
    assert run.apply([(0.0,)])[0].predicted == 100.0


def test_what_update_made_is_still_told() -> None:
    run = to(begun(article()), 3)
    run.learner.observed = True
    to(run, 4)
    made = step_view(run)
    run.set_by_hand(ByHand(*W, 5.0))
    found = step_view(run)
    assert (found.before, found.after) == (made.before, made.after)
    assert found.after is not None
    assert found.after[0] != 5.0
    assert run.view().numbers == (5.0, found.after[1])
    run.advance()
    assert step_view(run).before == (5.0, found.after[1])
    net = begun(article(NET))
    net.learner.observed = True
    to(net, 4)
    told = step_view(net).tensors
    net.set_by_hand(ByHand(0, (2, 0), 50.0))
    assert step_view(net).tensors == told
    net.advance()
    assert (step_view(net).tensors[0].before or 0) > 50


def test_a_replay_sets_it_again() -> None:
    run = begun(lively({"stop.epochs": 6}))
    seen: dict[tuple[int, Phase | None], dict[str, object]] = {(0, None): state(run)}
    sets = {0: ByHand(*B, 1.5), 8: ByHand(*W, -2.0), 11: ByHand(*W, 0.25), 30: ByHand(*B, 0.0)}
    run.set_by_hand(sets[0])
    seen[0, None] = state(run)
    while (phase := run.advance()) is not None:
        step = run.learner.step
        if phase is Phase.UPDATE and step in sets:
            run.set_by_hand(sets[step])
        seen[step, None if phase is Phase.UPDATE else phase] = state(run)
    assert run.learner.step == 30
    for place in np.random.default_rng(0).permutation(len(seen)):
        step, phase = list(seen)[place]
        run.seek(step, phase)
        assert state(run) == seen[step, phase], (step, phase)
    assert run.events[-1].step == 30


def test_a_step_that_has_begun_begins_anew() -> None:
    run = to(begun(article()), 3)
    for phase in (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD):
        while run.advance() is not phase:
            pass
        assert run.set_by_hand(ByHand(*W, 1.0 + len(run.events))) is run
        assert (run.learner.step, run.phase) == (3, Phase.UPDATE)
    assert [event.step for event in run.events] == [3] * 4
    run.advance_by(Unit.BATCH)
    fresh = to(begun(article()), 3)
    fresh.set_by_hand(ByHand(*W, 4.0))
    fresh.advance_by(Unit.BATCH)
    assert state(run) == state(fresh)
    first = begun(article())
    first.advance()
    first.set_by_hand(ByHand(*W, 1.0))
    assert (first.learner.step, first.phase) == (0, Phase.INIT)
    assert first.view().numbers == (1.0, pytest.approx(0.783))
    assert first.view().initial == (pytest.approx(-0.20546), pytest.approx(0.783))


def test_a_change_that_waits_for_the_next_step_waits_no_longer() -> None:
    run = to(begun(article()), 3)
    run.advance()
    run.change({"learning_rate": 0.02})
    run.set_by_hand(ByHand(*W, 1.0))
    to(run, 5)
    assert run.steps.publish().column("learning_rate").tolist() == [0.01] * 3 + [0.02] * 2


@pytest.mark.parametrize("phase", [None, Phase.LOSS])
def test_in_the_past_it_makes_a_branch(phase: Phase | None) -> None:
    run = to(begun(article()), 10)
    run.set_by_hand(ByHand(*B, 3.0))
    run.run()
    before = records(run)
    run.seek(10, phase)
    here = state(run)
    branch = run.set_by_hand(ByHand(*W, -1.0))
    assert branch is not run
    assert branch.parent == (run.id, 10)
    assert branch.view().numbers == (-1.0, 3.0)
    assert [event.by_hand for event in branch.events] == [ByHand(*B, 3.0), ByHand(*W, -1.0)]
    branch.run()
    fresh = to(begun(article()), 10)
    fresh.set_by_hand(ByHand(*B, 3.0))
    fresh.set_by_hand(ByHand(*W, -1.0))
    fresh.run()
    assert records(branch) == records(fresh)
    assert (records(run), state(run)) == (before, here)
    run.seek(9)
    early = run.set_by_hand(ByHand(*W, -1.0))
    assert len(early.events) == 1


def test_a_stopped_run_judges_the_new_weights() -> None:
    run = finished(article({"stop.target_loss": 0.3}))
    assert run.stopped is not None
    at = run.head
    run.set_by_hand(ByHand(*B, 8.0))
    assert (run.stopped, run.ended, run.learner.step) == (None, None, at)
    assert run.view().numbers is not None
    run.run()
    assert run.head > at
    run = finished(article())
    old = run.view().final_loss
    run.set_by_hand(ByHand(*W, 2.0))
    assert run.run().rule is Rule.EPOCHS
    assert (run.head, run.view().numbers[0]) == (100, 2.0)  # type: ignore[index]
    assert run.view().final_loss != old


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (math.inf, "not_finite"),
        (-math.inf, "not_finite"),
        (math.nan, "not_finite"),
        (1.1e6, "too_large"),
        (-1e30, "too_small"),
        ("much", "not_number"),
        (True, "not_number"),
    ],
)
@pytest.mark.parametrize("past", [False, True])
def test_a_refused_value_changes_nothing(value: Any, code: str, past: bool) -> None:
    run = to(begun(article()), 20)
    if past:
        run.seek(10)
    run.advance()
    before = state(run), records(run)
    with pytest.raises(ExperimentProblem) as caught:
        run.set_by_hand(ByHand(*W, value))
    assert (caught.value.code, caught.value.field) == (code, "by_hand")
    assert (state(run), records(run), run.events) == (*before, [])


def test_only_what_there_is_can_be_set() -> None:
    with pytest.raises(ExperimentProblem) as caught:
        Run(article()).set_by_hand(ByHand(*W, 1.0))
    assert caught.value.code == "not_begun"
    run = begun(article(NET))
    for tensor, index in (
        (6, (0, 0)),
        (-1, (0,)),
        (0, (3, 0)),
        (0, (0,)),
        (1, (0, 0)),
        (0, (-1, 0)),
    ):
        with pytest.raises(ValueError, match=r"tensor|no number"):
            run.set_by_hand(ByHand(tensor, index, 1.0))
    assert not run.events


def test_the_value_that_it_has_is_no_change() -> None:
    run = to(begun(article()), 20)
    run.set_by_hand(ByHand(*W, 0.1))
    assert run.set_by_hand(ByHand(*W, float(np.float32(0.1)))) is run
    assert len(run.events) == 1
    run.seek(10)
    value = run.learner.numbers[0]
    assert run.set_by_hand(ByHand(*W, value)) is run


def test_parameters_are_called_by_name_or_by_place() -> None:
    assert place_name(article().form, *B) == "b"
    net = article(NET).form
    assert place_name(net, 2, (1, 2)) == "W2[1, 2]"
    assert place_name(net, 3, (1,)) == "b2[1]"
    polynomial = Experiment(model=Choice("polynomial", {"degree": 3})).form
    assert [place_name(polynomial, 0, (k, 0)) for k in range(3)] == ["w1", "w2", "w3"]
    assert place_name(polynomial, 1, (0,)) == "b"


def test_the_table_of_runs_and_the_marks_tell_of_it() -> None:
    book = RunBook()
    run = to(begun(article()), 10)
    book.begin(run)
    run.set_by_hand(ByHand(*W, 2.0))
    run.set_by_hand(ByHand(*W, 5.0))
    view = run.view()
    assert event_words(view.events[1], view, run.experiment) == "w set to 5 by hand"
    (row,) = book.rows()
    assert row.by_hand == (("w", 5.0),)
    assert row_words(row) == "w set to 5 by hand"
    to(run, 20)
    run.seek(12)
    branch = run.set_by_hand(ByHand(*B, 0.25))
    book.branch(branch)
    branch.change({"learning_rate": 0.02})
    rows = book.rows()
    assert [each.by_hand for each in rows] == [(("w", 5.0),), (("b", 0.25),)]
    assert row_words(rows[1]) == "b set to 0.25 by hand"


def test_a_refusal_is_a_sentence() -> None:
    run = begun(article())
    with pytest.raises(ExperimentProblem) as caught:
        run.set_by_hand(ByHand(*W, math.inf))
    sentence = problem_sentence(caught.value)
    assert sentence == "The weight must be a finite number: ∞ is not. Type one such as 0.01."
    with pytest.raises(ExperimentProblem) as caught:
        run.set_by_hand(ByHand(*W, 2e6))
    assert problem_sentence(caught.value).startswith("The weight 2e6 is too large")
