"""The map against the model by hand, and when it is worked out."""

import numpy as np
import pytest
import torch

from guitrain.core.curve import sampled
from guitrain.core.map_view import (
    MapView,
    axes_for,
    grid_of,
    input_span,
    leads,
    needs_map,
    telling_axes,
)
from guitrain.core.mapping import MAP_EVERY, SIDES, Mapper
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.observing import Observer
from tests.plots.map_data import of, register


def run_of(name: str, epochs: int = 3, **changes: object) -> Run:
    run = Run(of(name, {path.replace("__", "."): value for path, value in changes.items()}))
    while not run.learner.ready:
        run.advance()
    for _ in range(epochs):
        run.advance_by(Unit.EPOCH)
    return run


def by_hand(run: Run, inputs: np.ndarray) -> np.ndarray:
    """The small net's outputs in numpy."""
    train = run.learner.data.train.inputs
    hidden = (inputs - train.mean(axis=0)) / train.std(axis=0)
    layers = [p.detach().double().numpy() for p in run.learner.parameters]
    for at in range(0, len(layers), 2):
        hidden = hidden @ layers[at].T + layers[at + 1]
        if at + 2 < len(layers):
            hidden = np.tanh(hidden)
    return hidden


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


@pytest.mark.parametrize(("name", "axes"), [("pets", (2, 0)), ("doses", (0, 1)), ("one", (0,))])
def test_each_place_has_what_the_model_says_there(name: str, axes: tuple[int, ...]) -> None:
    run = run_of(name)
    view = Mapper().look(run, axes, (), running=False)
    assert view.axes == axes
    assert (view.run_id, view.step) == (run.id, run.learner.step)
    assert view.outputs.dtype == np.float32
    assert not view.outputs.flags.writeable
    means = run.learner.data.train.inputs.mean(axis=0)
    random = np.random.default_rng(1)
    for _ in range(20):
        row = means.copy()
        across = int(random.integers(len(view.x)))
        up = int(random.integers(max(len(view.y), 1)))
        row[axes[0]] = view.x[across]
        if len(axes) > 1:
            row[axes[1]] = view.y[up]
        assert view.outputs[up, across] == pytest.approx(by_hand(run, row[None])[0], abs=2e-4)


def test_all_points_lie_within_the_map_and_the_rows_asked_for_too() -> None:
    data = of("pets").make_data()
    for axis in range(4):
        low, high = input_span(data, axis)
        for points in (data.train, data.test):
            assert low < points.inputs[:, axis].min()
            assert points.inputs[:, axis].max() < high
    grid = grid_of(data, (1, 3), [(0.0, 900.0, 0.0, -900.0)], 11)
    assert grid.x[-1] > 900
    assert grid.y[0] < -900
    assert grid.rows.shape == (121, 4)
    assert len(np.unique(grid.rows[:, 0])) == 1


def test_equal_inputs_have_a_range_too() -> None:
    data = of("doses").make_data()
    data.train.inputs[:, 1] = data.test.inputs[:, 1] = 7.0
    assert input_span(data, 1) == (6.3, 7.7)
    data.train.inputs[:, 1] = data.test.inputs[:, 1] = 0.0
    assert input_span(data, 1) == (-1.0, 1.0)


def test_axes_that_the_data_have_not_give_way_to_the_first() -> None:
    assert axes_for(4, (3, 1)) == (3, 1)
    assert axes_for(2, (3, 1)) == axes_for(2, (1, 1)) == (0, 1)
    assert axes_for(1, (0, 1)) == (0,)
    assert not needs_map(of("line"))
    assert all(needs_map(of(name)) for name in ("one", "doses", "circle"))


def test_the_two_inputs_that_tell_most_come_first() -> None:
    assert telling_axes(of("pets").make_data()) == (0, 3)
    assert telling_axes(of("doses").make_data()) == telling_axes(of("one").make_data()) == (0, 1)
    data = of("pets").make_data()
    data.train.inputs[:, 0] = 0.1 + 0.2  # rounding gives it a mean that is not its own
    assert telling_axes(data)[0] > 0
    cars = of("cars").make_data()
    told = [abs(np.corrcoef(column, cars.train.targets)[0, 1]) for column in cars.train.inputs.T]
    assert telling_axes(cars) == tuple(sorted(np.argsort(told)[-2:]))
    y = data.train.targets
    share = []
    for column in of("pets").make_data().train.inputs.T:
        means = np.array([column[y == k].mean() for k in y])
        between = ((means - column.mean()) ** 2).sum()
        share.append(between / ((column - column.mean()) ** 2).sum())
    assert sorted(np.argsort(share)[-2:]) == [0, 3]


def test_a_lead_is_0_where_two_classes_are_equal_and_nobody_is_ahead() -> None:
    z = np.random.default_rng(2).normal(size=(5, 6, 4)).astype(np.float32)
    for index, lead in enumerate(leads(z)):
        others = np.delete(z, index, axis=2).max(axis=2)
        assert lead == pytest.approx(z[:, :, index] - others)
    assert len(leads(z[:, :, :2])) == 1
    assert leads(z[:, :, :1])[0] is not None
    np.testing.assert_array_equal(leads(z[:, :, :1])[0], z[:, :, 0])


# When.


def test_a_map_is_made_at_frame_pace_and_is_exact_at_rest() -> None:
    run, mapper = run_of("circle"), Mapper()

    def look(*, running: bool) -> MapView:
        return mapper.look(run, (0, 1), (), running=running)

    first = look(running=True)
    run.advance_by(Unit.BATCH)
    mapper._made += 1000  # as if this were the same frame
    assert look(running=True) is first
    mapper._made -= 1000 + MAP_EVERY
    later = look(running=True)
    assert later is not first
    assert later.step == run.learner.step
    run.advance_by(Unit.BATCH)
    assert look(running=False).step == run.learner.step
    assert not np.array_equal(look(running=False).outputs, later.outputs)


def test_nothing_is_worked_out_twice_for_the_same_weights() -> None:
    run, mapper = run_of("circle"), Mapper()
    first = mapper.look(run, (0, 1), (), running=False)
    run.advance()  # FORWARD changes no weight
    assert mapper.look(run, (0, 1), (), running=False) is first
    with torch.no_grad():
        run.learner.parameters[1][0] += 1  # as when it is set by hand
    assert mapper.look(run, (0, 1), (), running=False) is not first


def test_a_slow_model_has_a_coarser_map_while_it_runs_only() -> None:
    run, mapper = run_of("circle"), Mapper()
    mapper._per_place.extend([1.0] * 5)
    assert len(mapper.look(run, (0, 1), (), running=True).x) == SIDES[-1]
    mapper._per_place.extend([1.0] * 5)
    assert len(mapper.look(run, (0, 1), (), running=False).x) == SIDES[0] == 100


def test_a_map_costs_nothing_where_none_is_wanted() -> None:
    observer, run = Observer(), run_of("circle")
    assert observer.look(run, running=False).map is None
    assert observer._mapper is None
    observer.map_axes = (0, 1)
    assert observer.look(run, running=False).map is not None
    observer.map_axes = None
    assert observer.look(run, running=False).map is None
    assert observer._mapper is None
    observer.map_axes = (0, 1)
    assert observer.look(run_of("line"), running=False).map is None


def test_another_run_has_a_map_of_its_own() -> None:
    mapper, one, other = Mapper(), run_of("circle"), run_of("circle", seeds__weights=5)
    first = mapper.look(one, (0, 1), (), running=True)
    second = mapper.look(other, (0, 1), (), running=True)
    assert (first.run_id, second.run_id) == (one.id, other.id)
    assert not np.array_equal(first.outputs, second.outputs)


def test_sample_of_points_is_of_any_number_of_inputs() -> None:
    assert len(sampled(of("crowd").make_data().train, 50)) <= 50
