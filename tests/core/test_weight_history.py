"""Histories of weights and gradients: against numpy by hand, and against a replay."""

import math

import numpy as np
import pytest

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Choice
from guitrain.core.keyframes import Keyframes
from guitrain.core.weight_history import MOST_SHOWN, WeightHistory
from guitrain.core.weight_history_view import gradient_columns
from tests.core.recipes import article, begun, columns

NET = {"model": Choice("mlp", {"hidden": (8, 4)}), "initial": None}


def test_the_gradient_of_each_of_few_parameters_is_recorded_at_each_step() -> None:
    run = begun(article())
    run.run_until(float("inf"), 30)
    assert gradient_columns(run.experiment.form) == ("∂w", "∂b")
    recorded, data = columns(run.steps), run.learner.data.train
    x, y = data.inputs[:, 0], data.targets
    for step in (0, 7, 29):
        w, b = (float(recorded[name][step]) for name in ("w", "b"))
        residual = w * x + b - y
        assert recorded["∂w"][step] == pytest.approx(np.mean(2 * residual * x), rel=1e-4)
        assert recorded["∂b"][step] == pytest.approx(np.mean(2 * residual), rel=1e-4)
        assert recorded["gradient_norm"][step] == pytest.approx(
            math.hypot(float(recorded["∂w"][step]), float(recorded["∂b"][step]))
        )


def test_of_many_parameters_the_size_of_each_tensors_gradient_is_recorded() -> None:
    run = begun(article(NET))
    names = gradient_columns(run.experiment.form)
    assert names == ("∂W1", "∂b1", "∂W2", "∂b2", "∂W3", "∂b3")
    for step in range(5):
        run.run_until(float("inf"), 1)
        row = [run.steps.publish().value(name, step) for name in names]
        wanted = [float(np.linalg.norm(g.numpy())) for g in run.learner.gradients]
        assert row == pytest.approx(wanted, rel=1e-5)
        assert run.steps.publish().value("gradient_norm", step) == pytest.approx(
            float(np.linalg.norm(wanted)), rel=1e-5
        )


def test_a_branch_and_a_replay_keep_the_record() -> None:
    run = begun(article())
    run.run_until(float("inf"), 30)
    before = columns(run.steps)["∂w"].tobytes()
    run.seek(10)
    branch = run.change({"learning_rate": 0.02})
    assert columns(branch.steps)["∂w"].tobytes() == before[:40]
    run.seek(30)
    assert columns(run.steps)["∂w"].tobytes() == before


def test_many_weights_are_read_from_the_keyframes_and_are_those_of_a_replay() -> None:
    run = begun(article(NET))
    history = WeightHistory(run)
    run.run_until(float("inf"), 20)
    first = history.view(run)
    assert first.steps.tolist() == [0, 8, 16, 20]
    run.run_until(float("inf"), 25)
    view = history.view(run)
    assert view.steps.tolist() == [0, 8, 16, 24, 32, 40, 45]
    assert view.places[0] == tuple(range(8))
    assert len(view.places[2]) == MOST_SHOWN
    assert (view.places[2][0], view.places[2][-1]) == (0, 31)
    for at, step in enumerate(view.steps.tolist()):
        run.seek(step)
        for tensor, parameter in enumerate(run.learner.parameters):
            numbers = parameter.detach().numpy().ravel()
            assert view.sizes[at, tensor] == pytest.approx(float(np.linalg.norm(numbers)), 1e-5)
            followed = numbers[list(view.places[tensor])]
            assert view.values[tensor][at].tolist() == followed.tolist()


def test_it_follows_keyframes_that_are_thinned_and_a_cursor_in_the_past() -> None:
    run = begun(article(NET))
    run._recording.keyframes = Keyframes(most=4, stride=1)
    run.keyframes.add(run.learner.capture())
    history = WeightHistory(run)
    for _ in range(6):
        run.run_until(float("inf"), 3)
        steps = history.view(run).steps.tolist()
        assert steps == sorted({*(s.step for s in run.keyframes.states()), run.head})
        assert len(steps) <= 5
    run.seek(2)
    assert history.view(run).steps.tolist() == [s.step for s in run.keyframes.states()]


def test_what_was_set_by_hand_is_seen_from_the_next_keyframe_on() -> None:
    run = begun(article(NET))
    run.run_until(float("inf"), 10)
    run.set_by_hand(ByHand(1, (3,), 50.0))
    view = WeightHistory(run).view(run)
    assert view.values[1][-1][3] < 10
    run.run_until(float("inf"), 10)
    view = WeightHistory(run).view(run)
    assert (view.steps.tolist(), view.values[1][2][3] > 40) == ([0, 8, 16, 20], True)
