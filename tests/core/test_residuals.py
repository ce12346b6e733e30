"""Predicted beside true: against numpy on the same points."""

import numpy as np
import pytest

from guitrain.core.residuals import MOST_TEST, MOST_TRAINING, residuals_view
from guitrain.observing import RESIDUALS, TEST_POINTS, Observer
from tests.core.recipes import article, begun, finished


def test_predictions_and_metrics_by_hand() -> None:
    run = finished(article())
    view = residuals_view(run, test=True)
    w, b = run.learner.numbers
    train, test = run.learner.data.train, run.learner.data.test
    np.testing.assert_array_equal(view.train.rows, np.arange(100))
    np.testing.assert_allclose(view.train.prediction, w * train.inputs[:, 0] + b, rtol=1e-6)
    error = w * train.inputs[:, 0] + b - train.targets
    assert view.train.metrics.rmse == pytest.approx(np.sqrt(np.mean(error**2)), rel=1e-6)
    assert view.train.metrics.r2 == pytest.approx(
        1 - (error**2).sum() / ((train.targets - train.targets.mean()) ** 2).sum(), rel=1e-6
    )
    assert view.test is not None
    np.testing.assert_allclose(view.test.prediction, w * test.inputs[:, 0] + b, rtol=1e-6)
    assert (view.run_id, view.step, view.test.count) == (run.id, 100, len(test))
    assert residuals_view(run, test=False).test is None
    for array in (view.train.rows, view.train.prediction):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_no_test_points_are_no_test_set() -> None:
    run = begun(article({"test_fraction": 0.0, "data.points": 5}))
    if not len(run.learner.data.test):
        assert residuals_view(run, test=True).test is None


def test_of_many_points_some_are_chosen_evenly_and_the_numbers_are_of_all() -> None:
    run = begun(article({"data.points": 30_000}))
    view = residuals_view(run, test=True)
    rows = view.train.rows
    assert len(rows) <= MOST_TRAINING
    assert view.test is not None
    assert len(view.test.rows) <= MOST_TEST
    assert view.train.count == 30_000
    shares = np.histogram(rows, bins=10, range=(0, 30_000))[0]
    assert shares.max() - shares.min() <= 6
    whole = run.learner.predict(run.learner.data.train.inputs) - run.learner.data.train.targets
    assert view.train.metrics.rmse == pytest.approx(np.sqrt(np.mean(whole**2)), rel=1e-9)
    # The next frame's predictions are its own; the metrics of all may be a little older.
    for _ in range(5):
        run.advance()
    after = residuals_view(run, test=True, known=view)
    assert after.train.metrics is view.train.metrics
    assert not np.array_equal(after.train.prediction, view.train.prediction)
    np.testing.assert_array_equal(after.train.rows, rows)


def test_the_observer_hands_out_what_is_wished_for_and_at_rest_what_is_so() -> None:
    run = begun(article({"data.points": 3_000}))
    observer = Observer()
    assert observer.look(run, running=False).residuals is None
    observer.wishes = frozenset({RESIDUALS})
    first = observer.look(run, running=True).residuals
    assert first is not None
    assert first.test is None
    assert observer.look(run, running=True).residuals is first  # not twice in a frame
    for _ in range(5):
        run.advance()
    seen = observer.look(run, running=False).residuals
    assert seen is not None
    assert seen.step == 1
    assert seen.train.metrics != first.train.metrics
    observer.wishes = frozenset({RESIDUALS, TEST_POINTS})
    seen = observer.look(run, running=True).residuals
    assert seen is not None
    assert seen.test is not None
    other = begun(article())
    found = observer.look(other, running=True).residuals
    assert found is not None
    assert found.run_id == other.id
