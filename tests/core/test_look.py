"""This step in numbers, one point, the graph: each recomputed by hand with numpy."""

import numpy as np
import pytest
from numpy.typing import NDArray

from guitrain.core.look import graph_view, point_view, step_view
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from tests.core.recipes import article, begun, finished, lively, lively_with_events

ORDER = [Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE]


def bits(array: NDArray[np.float32] | None) -> bytes:
    assert array is not None
    return array.tobytes()


def at(run: Run, step: int, phase: Phase | None) -> Run:
    run.learner.observed = True
    run.seek(step, phase)
    return run


def test_the_articles_step_57() -> None:
    seen = step_view(at(finished(article()), 57, None))
    assert (seen.step, seen.epoch, seen.batch_index, seen.batches) == (56, 56, 0, 1)
    assert seen.phase is Phase.UPDATE
    assert seen.loss == pytest.approx(0.2420, abs=5e-5)
    assert seen.before == pytest.approx((1.8947, 1.3013), abs=5e-5)
    assert seen.gradients == pytest.approx((-0.0558, 0.1801), abs=5e-5)
    assert seen.after == pytest.approx((1.8953, 1.2995), abs=5e-5)


def test_what_is_still_to_come_is_none() -> None:
    run = begun(article())
    first = step_view(run)
    assert first.phase is Phase.INIT
    assert len(first.rows) == 0
    assert first.before == run.learner.numbers
    for count, phase in enumerate(ORDER):
        assert run.advance() is phase
        seen = step_view(run)
        known = [
            seen.prediction is not None,
            seen.loss is not None,
            seen.phase in ORDER[2:],
            seen.gradients is not None,
            seen.after is not None,
        ]
        assert known == [True] * (count + 1) + [False] * (4 - count)
        assert seen.step == 0
        assert seen.before == pytest.approx((-0.20546, 0.783))


def test_every_number_of_mini_batches_with_momentum_by_hand() -> None:
    run, places = lively_with_events()
    for step in range(1, run.head + 1):
        seen = step_view(at(run, step, None))
        w, b = seen.before
        x, y = seen.inputs[:, 0].astype(np.float64), seen.targets.astype(np.float64)
        train = run.learner.data.train
        scaled = run.learner.scaling.apply(train.inputs)[seen.rows, 0]
        np.testing.assert_allclose(x, scaled, rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(y, train.targets[seen.rows], rtol=1e-6)
        error = w * x + b - y
        assert seen.prediction is not None
        np.testing.assert_allclose(seen.prediction[:, 0], w * x + b, rtol=1e-5, atol=1e-5)
        assert seen.loss == pytest.approx(float(np.mean(error**2)), rel=1e-4)
        slopes = (2 * np.mean(error * x), 2 * np.mean(error))
        assert seen.gradients == pytest.approx(slopes, rel=1e-3, abs=1e-4)
        assert seen.gradients is not None
        assert seen.after is not None
        (v,) = seen.state_after
        old = seen.state_before[0] if seen.state_before else (0.0, 0.0)
        assert bool(seen.state_before) == (step > 1)
        for i in range(2):
            assert v[i] == pytest.approx(0.9 * old[i] + seen.gradients[i], rel=1e-5, abs=1e-6)
            moved = seen.before[i] - seen.learning_rate * v[i]
            assert seen.after[i] == pytest.approx(moved, rel=1e-5, abs=1e-6)
    assert places


def test_each_epoch_has_each_point_once_and_counts_its_batches() -> None:
    run = begun(lively())
    for epoch in range(3):
        rows = []
        for index in range(5):
            for phase in ORDER:
                run.advance()
                seen = step_view(run)
                assert (seen.epoch, seen.batch_index, seen.batches) == (epoch, index, 5), phase
                assert seen.step == epoch * 5 + index
            rows.append(seen.rows)
        assert sorted(np.concatenate(rows).tolist()) == list(range(23))


def test_views_are_read_only_and_outlive_the_next_step() -> None:
    run = at(finished(article()), 10, None)
    seen = step_view(run)
    assert seen.prediction is not None
    before = seen.prediction.tobytes(), seen.gradients, seen.before
    with pytest.raises(ValueError, match="read-only"):
        seen.prediction[0] = 0
    run.run()
    assert (seen.prediction.tobytes(), seen.gradients, seen.before) == before


def test_without_being_observed_the_memory_before_is_unknown() -> None:
    run = begun(lively())
    run.run_until(float("inf"), 7)
    assert step_view(run).state_before == ()
    assert step_view(run).state_after != ()


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize("standardize", [False, True])
def test_a_point_by_hand(loss: str, standardize: bool) -> None:
    run = at(finished(article({"loss": loss, "standardize": standardize})), 20, None)
    point = point_view(run, 17)
    numbers = run.view().numbers
    assert numbers is not None
    w, b = numbers
    train = run.learner.data.train
    x, y = float(train.inputs[17, 0]), float(train.targets[17])
    error = w * x + b - y
    assert (point.row, point.x, point.y) == (17, x, y)
    assert point.prediction == pytest.approx(w * x + b, rel=1e-5)
    term = {
        "mse": error**2,
        "mae": abs(error),
        "huber": error**2 / 2 if abs(error) <= 1 else abs(error) - 0.5,
    }[loss]
    slope = {"mse": 2 * error, "mae": np.sign(error), "huber": np.clip(error, -1, 1)}[loss]
    assert point.term == pytest.approx(term, rel=1e-4)
    seen_x = float(run.learner.as_inputs(train.inputs[17:18])[0, 0])
    assert point.gradient == pytest.approx((slope * seen_x, slope), rel=1e-4)
    # A small move along its own direction, in own units, makes its own term fall.
    dw, db = (1e-6 * each for each in point.own_direction)
    after = abs((w + dw) * x + b + db - y)
    assert after < abs(error)
    if not standardize:
        assert point.own_direction == pytest.approx((-slope * x, -slope), rel=1e-4)


def test_points_average_to_the_gradient_of_the_loss() -> None:
    run = at(finished(article()), 30, Phase.BACKWARD)
    gradients = [point_view(run, row).gradient for row in range(100)]
    assert np.mean(gradients, axis=0) == pytest.approx(step_view(run).gradients, rel=1e-3)


def test_the_graph_has_the_learners_own_bits() -> None:
    run = finished(lively({"stop.epochs": 4}))
    assert graph_view(begun(article())) is None
    for step in (0, 3, 4, 11):
        learner = at(run, step, Phase.BACKWARD).learner
        graph = graph_view(run)
        assert graph is not None
        by_name = {node.name: node for node in graph.nodes}
        for name, gradient, parameter in zip(
            ("w", "b"), learner.gradients, learner.parameters, strict=True
        ):
            assert bits(by_name[name].gradient) == gradient.numpy().tobytes()
            assert bits(by_name[name].value) == parameter.detach().numpy().tobytes()
        assert bits(graph.nodes[graph.loss].value) == learner.loss.detach().numpy().tobytes()
        run.advance()  # UPDATE moves the weights, and the graph stays that of the step
        after = graph_view(run)
        assert after is not None
        for one, other in zip(graph.nodes, after.nodes, strict=True):
            assert one.name == other.name
            assert bits(one.value) == bits(other.value)
