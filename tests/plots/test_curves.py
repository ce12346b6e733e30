import numpy as np
import pytest

from guitrain.core.history import Log
from guitrain.plots.curves import MOST_ROWS, curve_of, epoch_of_rows, extremes_at
from tests.plots.runs import run_of


def log_of(values: np.ndarray, max_bytes: int = 10**8) -> Log:
    log = Log({"loss": "f8"}, max_bytes)
    for value in values.tolist():
        log.append((value,))
    return log


def test_short_log_is_drawn_row_by_row() -> None:
    values = np.random.default_rng(0).uniform(size=MOST_ROWS)
    curve = curve_of(log_of(values).publish(), "loss")
    np.testing.assert_array_equal(curve.row, np.arange(MOST_ROWS))
    np.testing.assert_array_equal(curve.value, values)


@pytest.mark.parametrize("at", [0, 1, 33_333, 77_776, 77_777])
def test_one_peak_in_a_long_log_is_drawn_at_its_height_and_place(at: int) -> None:
    rows = 77_778
    values = np.ones(rows)
    values[at] = 1e6
    curve = curve_of(log_of(values).publish(), "loss")
    assert len(curve.row) <= 3000
    assert curve.value.max() == 1e6
    assert abs(curve.row[curve.value.argmax()] - at) <= rows / 200
    assert (np.diff(curve.row) >= 0).all()


def test_falling_curve_falls_within_each_stroke() -> None:
    values = np.linspace(100, 0, 50_000)
    curve = curve_of(log_of(values).publish(), "loss")
    assert (np.diff(curve.value) <= 0).all()


def test_thinned_log_still_starts_at_its_first_row() -> None:
    curve = curve_of(log_of(np.arange(60_000.0), max_bytes=200_000).publish(), "loss")
    assert curve.value.min() == 0.0
    assert curve.row[0] < 300


def test_last_batch_of_an_epoch_lies_at_the_epoch() -> None:
    view = run_of(3, {"batch_size": 25}).view()
    np.testing.assert_allclose(
        epoch_of_rows(view, np.array([0.0, 3.0, 4.0, 11.0, 12.0])), [0.25, 1.0, 1.25, 3.0, 3.25]
    )


def test_with_one_batch_an_epoch_row_k_is_epoch_k_plus_1() -> None:
    view = run_of(5).view()
    np.testing.assert_allclose(epoch_of_rows(view, np.arange(6.0)), np.arange(1.0, 7.0))


def test_batch_size_may_change_on_the_way() -> None:
    run = run_of(2, {"batch_size": 50})
    run.change({"batch_size": 25})
    while run.epochs.length < 3:
        run.advance()
    np.testing.assert_allclose(
        epoch_of_rows(run.view(), np.array([3.0, 4.0, 5.0, 7.0])), [2.0, 2.25, 2.5, 3.0]
    )


def test_extremes_of_a_thinned_row_name_its_block() -> None:
    view = log_of(np.arange(60_000.0), max_bytes=200_000).publish()
    found = extremes_at(view, "loss", 100)
    assert found is not None
    first, last, low, high = found
    assert first <= 100 <= last
    assert (low, high) == (float(first), float(last))
    assert extremes_at(view, "loss", 59_999) == (59_999, 59_999, 59_999.0, 59_999.0)
    assert extremes_at(view, "loss", 60_000) is None
