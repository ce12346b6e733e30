"""Where a diverged run is taken back to."""

from guitrain.core.run import Run
from guitrain.rescue import rescue_of
from tests.core.recipes import article, begun, finished, points


def test_back_to_where_the_loss_was_lowest_with_a_third_of_the_rate_that_did_it() -> None:
    run = begun(article({"stop.epochs": 400}))
    run.run_until(float("inf"), 57)
    run.change({"learning_rate": 0.3})
    run.run()
    found = rescue_of(run)
    assert found is not None
    step, rate = found
    assert 56 <= step <= 65  # the slow direction still gains while the fast one blows up
    assert rate == 0.1
    run.seek(step)
    branch = run.change({"learning_rate": rate})
    branch.run()
    assert branch.learner.loss_value < 0.25


def test_none_for_a_run_that_is_well_or_was_lost_from_the_start() -> None:
    run = finished(article())
    assert rescue_of(run) is None
    lost = Run(points([1e15, 2e15], [0.0, 1.0], {"initial": (1e6, 0.0)}))
    lost.run()
    assert lost.head == 0
    assert rescue_of(lost) is None
    diverged = finished(article({"learning_rate": 0.5}))
    assert rescue_of(diverged) is not None
    diverged.seek(3)
    assert rescue_of(diverged) is None
