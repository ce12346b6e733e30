"""History and keyframes against plain lists of everything that was appended."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guitrain.core.history import Log, LogView, Series
from guitrain.core.keyframes import Keyframes
from guitrain.core.learner import LearnerState
from guitrain.core.stopping import Patience

COLUMNS = {"loss": "f4", "rate": "f8"}
ROOMY = 100_000_000
TIGHT = 200_000  # bytes: about eight thousand whole rows; coarser levels are thinned as well
BOUND = 1_000_000


def rows(count: int, seed: int = 0) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    noise = random.normal(size=(count, 2))
    noise[random.integers(0, count, 1 + count // 500), 0] *= 1000  # peaks that must not be lost
    return noise


def filled(data: NDArray[np.float64], max_bytes: int = ROOMY, every: int = 997) -> Log:
    log = Log(COLUMNS, max_bytes)
    for i, row in enumerate(data.tolist()):
        log.append(row)
        if i % every == 0:
            log.publish()
    log.publish()
    return log


def check_envelope(
    view: LogView, data: NDArray[np.float64], start: int, stop: int, most: int, slack: int = 0
) -> None:
    """Each piece has its rows' minimum and maximum, and the pieces follow each other gapless."""
    at, low, high = view.envelope("loss", start, stop, most)
    start, stop = max(start, 0), min(stop, view.length)
    if stop <= start:
        assert len(at) == len(low) == len(high) == 0
        return
    column = data[:, 0].astype("f4")
    assert at[0] <= start
    assert len(at) <= most + 16 * len(view.levels) * 2 + slack
    assert (np.diff(at) > 0).all()
    whole = view.first <= at[0]
    ends = [*at[1:].tolist(), stop]
    for i, (begin, end) in enumerate(zip(at.tolist(), ends, strict=True)):
        if i + 1 == len(at) and not whole:
            # The last block may reach beyond ``stop``, where finer rows are thinned.
            assert low[i] <= column[begin:end].min()
            assert high[i] >= column[begin:end].max()
            block = next(v.block for v in view.levels[::-1] if begin % v.block == 0)
            beyond = column[begin : end + block]
            assert low[i] >= beyond.min()
            assert high[i] <= beyond.max()
        else:
            assert low[i] == column[begin:end].min()
            assert high[i] == column[begin:end].max()


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=12),
    st.data(),
)
def test_a_log_is_the_array_of_what_was_appended(chunks: list[int], draw: st.DataObject) -> None:
    data = rows(sum(chunks) + 1)
    log, at = Log(COLUMNS, ROOMY), 0
    view = log.publish()
    assert (view.length, view.first) == (0, 0)
    for chunk in chunks:
        for row in data[at : at + chunk].tolist():
            log.append(row)
        at += chunk
        assert view.length == at - chunk  # seen by others after publish alone
        view = log.publish()
    assert log.length == view.length == at
    assert view.column("loss").tobytes() == data[:at, 0].astype("f4").tobytes()
    assert view.column("rate").tobytes() == data[:at, 1].tobytes()
    for row in draw.draw(st.lists(st.integers(-2, at + 2), max_size=10)):
        expected = float(data[row, 1]) if 0 <= row < at else None
        assert view.value("rate", row) == expected
    bounds = st.integers(-5, at + 5)
    for _ in range(5):
        start, stop = sorted((draw.draw(bounds), draw.draw(bounds)))
        check_envelope(view, data, start, stop, draw.draw(st.integers(1, 600)))


def test_rows_wait_unseen_until_they_are_published() -> None:
    log = filled(rows(10))
    before = log.publish()
    log.append((7.0, 7.0))
    assert (before.length, log.length, log.publish().length) == (10, 11, 11)
    assert log.publish() is log.publish()


def test_a_snapshot_stays_as_it_was_while_rows_are_appended_and_thinned() -> None:
    data = rows(60_000)
    log = Log(COLUMNS, TIGHT)
    kept: list[tuple[LogView, NDArray[np.generic], tuple[NDArray[np.float64], ...]]] = []
    for i, row in enumerate(data.tolist()):
        log.append(row)
        if i % 4001 == 0:
            view = log.publish()
            _, low, high = view.envelope("loss", 0, view.length, 50)
            kept.append((view, view.column("loss").copy(), (low, high)))
    assert log.publish().first > 0
    for view, column, envelope in kept:
        assert view.column("loss").tobytes() == column.tobytes()
        _, low, high = view.envelope("loss", 0, view.length, 50)
        assert (low.tobytes(), high.tobytes()) == (envelope[0].tobytes(), envelope[1].tobytes())


def test_memory_stays_bounded_and_old_ranges_keep_their_extremes() -> None:
    data = rows(300_000)
    log = Log(COLUMNS, BOUND)
    for i, row in enumerate(data.tolist()):
        log.append(row)
        if i % 5003 == 0:
            log.publish()
            assert log.nbytes <= BOUND
    view = log.publish()
    assert view.length == 300_000
    assert view.first > 250_000
    assert view.value("loss", view.first - 1) is None
    assert view.value("loss", view.first) == np.float32(data[view.first, 0])
    whole = view.column("loss")
    assert whole.tobytes() == data[view.first :, 0].astype("f4").tobytes()
    random = np.random.default_rng(3)
    for _ in range(300):
        start, stop = sorted(random.integers(0, 300_001, 2).tolist())
        check_envelope(view, data, start, stop, int(random.integers(1, 2000)))
    for start in random.integers(0, 300_000, 300).tolist():
        stop = start + int(random.integers(1, 200))
        at, low, high = view.envelope("loss", start, stop, 100)
        piece = data[start : min(stop, 300_000), 0].astype("f4")
        assert at[0] <= start
        assert low.min() <= piece.min()
        assert high.max() >= piece.max()


def test_the_number_of_pieces_does_not_grow_with_the_run() -> None:
    for count in (1_000, 30_000, 300_000):
        view = filled(rows(count)).publish()
        for most in (1, 100, 800):
            at, _, _ = view.envelope("loss", 0, count, most)
            assert len(at) <= most + 16 * len(view.levels)


@pytest.mark.parametrize("count", [0, 1, 15, 16, 1000, 5003, 40_000])
def test_a_copy_holds_the_first_rows_and_goes_its_own_way(count: int) -> None:
    data, other = rows(50_000), rows(20_000, seed=9)
    parent = filled(data)
    twin = Log(COLUMNS, ROOMY)
    twin.take(parent.publish(), count)
    joined = np.concatenate([data[:count], other])
    assert twin.publish().column("rate").tobytes() == data[:count, 1].tobytes()
    for row in other.tolist():
        twin.append(row)
    view = twin.publish()
    assert view.column("loss").tobytes() == joined[:, 0].astype("f4").tobytes()
    for start, stop in ((0, len(joined)), (count - 50, count + 700), (3, count)):
        check_envelope(view, joined, start, stop, 100)
    assert parent.publish().column("rate").tobytes() == data[:, 1].tobytes()


@pytest.mark.parametrize("count", [7, 256, 1001, 20_000, 54_321, 99_999, 299_999])
def test_a_copy_of_thinned_rows_keeps_their_extremes_and_records_on(count: int) -> None:
    data, other = rows(300_000), rows(60_000, seed=9)
    parent = filled(data, TIGHT)
    twin = Log(COLUMNS, TIGHT)
    twin.take(parent.publish(), count)
    assert twin.length == twin.publish().length == count
    for row in other.tolist():
        twin.append(row)
    joined = np.concatenate([data[:count], other])
    view = twin.publish()
    assert view.length == len(joined)
    assert view.column("rate").tobytes() == joined[view.first :, 1].tobytes()
    for start, stop in ((0, len(joined)), (0, count), (count // 2, count), (count, len(joined))):
        at, low, high = view.envelope("loss", start, stop, 300)
        piece = joined[start:stop, 0].astype("f4")
        assert at[0] <= start
        assert low.min() <= piece.min()
        assert high.max() >= piece.max()
        assert (np.diff(at) > 0).all()
    end = data[: count + 4096]
    at, low, high = view.envelope("loss", 0, count, 300)
    assert low.min() >= end[:, 0].astype("f4").min()


def test_a_loss_beyond_float32_is_kept_as_infinite() -> None:
    log = Log(COLUMNS, ROOMY)
    for loss in (1.0, 1e300, float("nan"), -1e300):
        log.append((loss, 0.0))
    assert log.publish().column("loss").tolist()[:2] == [1.0, float("inf")]
    assert log.publish().value("loss", 3) == float("-inf")


def test_a_series_is_thinned_evenly_and_keeps_its_last_pair() -> None:
    series = Series(most=10)
    for step in range(100):
        series.add(step * 5, step / 2)
        assert len(series) <= 10
        assert step * 5 in series
    steps, values = series.arrays()
    assert (np.diff(steps) > 0).all()
    assert steps[0] == 0
    assert steps[-1] == 495
    assert values.tolist() == (steps / 10).tolist()
    series.add(495, 1.5)
    assert series.arrays()[1][-1] == 1.5


def a_state(step: int) -> LearnerState:
    return LearnerState(step, step, 0, 0, 0.0, 0.0, Patience(), (), ())


def kept_after(last: int, **bounds: int) -> Keyframes:
    keyframes = Keyframes(**bounds)
    for step in range(last + 1):
        if keyframes.wanted(step):
            keyframes.add(a_state(step))
    return keyframes


@pytest.mark.parametrize("last", [1, 7, 8, 1000, 54_321])
def test_a_seek_replays_at_most_one_stride_from_a_keyframe(last: int) -> None:
    keyframes = kept_after(last, most=16)
    assert len(keyframes) <= 16
    assert keyframes.stride & (keyframes.stride - 1) == 0
    for step in range(0, last + 1, max(1, last // 200)):
        state = keyframes.before(step)
        assert state is not None
        assert step - keyframes.stride < state.step <= step


def test_keyframes_stay_within_their_bytes_and_double_their_stride() -> None:
    each = a_state(0).nbytes
    keyframes = kept_after(10_000, max_bytes=each * 20)
    assert keyframes.nbytes == each * len(keyframes) <= each * 20
    assert len(keyframes) >= 10
    assert keyframes.stride == 8 * 2**6
    assert keyframes.before(511).step == 0  # type: ignore[union-attr]
    assert keyframes.before(512).step == 512  # type: ignore[union-attr]


def test_a_copy_of_keyframes_ends_where_the_branch_begins() -> None:
    keyframes = kept_after(100)
    copy = keyframes.up_to(45)
    assert copy.before(10**9).step == 40  # type: ignore[union-attr]
    assert keyframes.before(10**9).step == 96  # type: ignore[union-attr]
    assert not copy.wanted(40)
    assert copy.wanted(48)
    assert Keyframes().before(5) is None
