"""ROC curves by hand, and the scores of a moment, which are worked out only where asked for."""

import numpy as np
import pytest

from guitrain import observing
from guitrain.core.evaluation import MOST_ROC, area_under_roc, roc_curve
from guitrain.core.run import Run
from guitrain.core.scores import scores_view
from guitrain.observing import SCORES, TEST_POINTS, Observer
from guitrain.presets import preset
from tests.core.recipes import article, begun, finished


def of(chances: list[float], own: list[int]) -> list[list[float]] | None:
    found = roc_curve(np.array(chances), np.array(own, bool))
    return None if found is None else found.tolist()


def test_roc_by_hand() -> None:
    # From the most probable: hit, false alarm, hit, false alarm.
    assert of([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]) == [
        [0, 0],
        [0, 0.5],
        [0.5, 0.5],
        [0.5, 1],
        [1, 1],
    ]
    # Perfect, and perfectly wrong; what lies on a straight piece is left out.
    assert of([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]) == [[0, 0], [0, 1], [1, 1]]
    assert of([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]) == [[0, 0], [1, 0], [1, 1]]
    # Ties come in together: a slope, whatever their order.
    assert of([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 1]) == [[0, 0], [1, 1]]
    assert of([0.9, 0.5, 0.5, 0.1], [1, 0, 1, 0]) == [[0, 0], [0, 0.5], [0.5, 1], [1, 1]]
    assert of([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]) == [[0, 0], [0, 0.5], [0.5, 1], [1, 1]]


def test_no_curve_without_two_kinds_of_points_or_with_no_numbers() -> None:
    assert of([0.9, 0.8], [1, 1]) is None
    assert of([0.9, 0.8], [0, 0]) is None
    assert of([], []) is None
    assert of([0.9, float("nan")], [1, 0]) is None


@pytest.mark.parametrize("count", [10, 300, 20_000])
def test_roc_is_bounded_and_has_the_area_of_the_ranks(count: int) -> None:
    random = np.random.default_rng(count)
    own = random.random(count) < 0.3
    chances = np.round(random.random(count) * 0.6 + own * 0.3, 3).astype(np.float64)
    found = roc_curve(chances, own)
    assert found is not None
    assert len(found) <= MOST_ROC
    assert found[0].tolist() == [0, 0]
    assert found[-1].tolist() == [1, 1]
    assert (np.diff(found, axis=0) >= 0).all()
    area = np.trapezoid(found[:, 1], found[:, 0])
    assert area == pytest.approx(area_under_roc(chances, own), abs=1e-12 if count == 10 else 2e-3)
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1


def iris(epochs: int) -> Run:
    run = begun(preset("iris").experiment)
    while run.epochs.length < epochs:
        run.advance()
    return run


def test_scores_of_a_moment_by_hand() -> None:
    run = iris(5)
    for test, points in ((True, run.learner.data.test), (False, run.learner.data.train)):
        found = scores_view(run, test=test)
        logits = run.learner.outputs(points.inputs)
        answers = logits.argmax(axis=1)
        assert (found.run_id, found.step, found.test) == (run.id, run.learner.step, test)
        assert (found.used, found.count, found.finite) == (len(points), len(points), True)
        assert found.metrics.accuracy == pytest.approx((answers == points.targets).mean())
        assert found.metrics.confusion[1][2] == ((points.targets == 1) & (answers == 2)).sum()
        assert len(found.curves) == 3
        for number, curve in enumerate(found.curves):
            assert curve is not None
            area = np.trapezoid(curve[:, 1], curve[:, 0])
            assert area == pytest.approx(found.metrics.auc[number], abs=1e-9)


def test_without_test_points_those_of_training_and_of_many_some() -> None:
    run = begun(preset("iris").experiment.changed({"test_fraction": 0.0}))
    assert not scores_view(run, test=True).test
    some = scores_view(run, test=False, most=40)
    assert some.used <= 40 < some.count
    assert sum(map(sum, some.metrics.confusion)) == some.used


def test_nothing_unasked_each_time_at_rest_and_now_and_then_while_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, observer = iris(1), Observer()
    assert observer.look(run, running=False).scores is None
    observer.wishes = frozenset({SCORES})
    first = observer.look(run, running=True).scores
    assert first is not None
    assert not first.test
    run.advance()
    assert observer.look(run, running=True).scores is first
    assert observer.look(run, running=False).scores is not first
    observer.wishes = frozenset({SCORES, TEST_POINTS})
    tested = observer.look(run, running=True).scores
    assert tested is not None
    assert tested.test
    monkeypatch.setattr(observing, "SCORES_EVERY", 0.0)
    monkeypatch.setattr(observing, "SCORES_MOST", 20)
    some = observer.look(run, running=True).scores
    assert some is not None
    assert some.used <= 20 < some.count
    other = iris(1)
    monkeypatch.setattr(observing, "SCORES_EVERY", 100.0)
    seen = observer.look(other, running=True).scores
    assert seen is not None
    assert seen.run_id == other.id


def test_numbers_have_no_classes_to_score() -> None:
    observer = Observer()
    observer.wishes = frozenset({SCORES})
    assert observer.look(finished(article()), running=False).scores is None
