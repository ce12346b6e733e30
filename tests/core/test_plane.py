"""Planes through many parameters: directions, projections, and the loss on them, by numpy."""

import math
import time
from typing import Any

import numpy as np
import pytest
import torch

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.landscape_view import LandscapeView
from guitrain.core.phases import Phase
from guitrain.core.plane import (
    Kind,
    PlaneChoice,
    Tensors,
    bounds_of,
    filter_normalised,
    plane_of,
    principal,
)
from guitrain.core.plane_job import PlaneJob
from guitrain.core.plane_path import PathOnPlane, flat, keyframe_path
from guitrain.core.run import Run
from guitrain.observing import Observer
from tests.core.recipes import article, begun

NET = {"model": Choice("mlp", {"hidden": (4, 3)}), "data": "sine", "initial": None}
RANDOM = PlaneChoice(Kind.RANDOM, 5)
TENSORS: Tensors = (
    ("W1", (4, 1)),
    ("b1", (4,)),
    ("W2", (3, 4)),
    ("b2", (3,)),
    ("W3", (1, 3)),
    ("b3", (1,)),
)


def net(changes: dict[str, Any] | None = None) -> Experiment:
    return article({**NET, "learning_rate": 0.05, **(changes or {})})


def after(experiment: Experiment, epochs: int) -> Run:
    run = begun(experiment)
    while run.epochs.length < epochs:
        run.advance()
    return run


def computed(run: Run, choice: PlaneChoice = RANDOM) -> LandscapeView:
    job = PlaneJob(run, choice)
    view = None
    while not job.done:
        view = job.advance(math.inf) or view
    assert view is not None
    return view


# Directions.


def test_filters_have_the_size_of_the_models_own() -> None:
    """Li et al. 2018, eq. (1): d_ij ← d_ij / ‖d_ij‖ · ‖θ_ij‖, and biases left out."""
    random = np.random.default_rng(1)
    p = sum(math.prod(shape) for _, shape in TENSORS)
    own, drawn = random.normal(size=p), random.normal(size=p)
    found = filter_normalised(drawn, own, TENSORS)
    at = 0
    for name, shape in TENSORS:
        size = math.prod(shape)
        d, t, f = (row[at : at + size] for row in (drawn, own, found))
        at += size
        if name.startswith("b"):
            assert (f == 0).all()
            continue
        for unit in range(shape[0]):
            part = slice(unit * shape[1], (unit + 1) * shape[1])
            expected = d[part] / np.sqrt((d[part] ** 2).sum()) * np.sqrt((t[part] ** 2).sum())
            np.testing.assert_allclose(f[part], expected, rtol=1e-12)


def test_weights_into_one_output_are_a_column_where_the_bias_says_so() -> None:
    tensors = (("w", (3, 1)), ("b", (1,)))  # the polynomial's
    found = filter_normalised(np.array([1.0, 2, 2, 9]), np.array([6.0, 0, 0, 7]), tensors)
    np.testing.assert_allclose(found, [2, 4, 4, 0])


def test_principal_components_are_those_of_svd() -> None:
    random = np.random.default_rng(2)
    rows = random.normal(size=(30, 50)) * np.geomspace(5, 0.1, 50) + 3
    found, shares = principal(rows)
    _, sizes, vectors = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    for direction, expected in zip(found, vectors[:2], strict=True):
        assert abs(direction @ expected) == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(shares, (sizes**2 / (sizes**2).sum())[:2], rtol=1e-9)


@pytest.mark.parametrize("points", [1, 2])
def test_a_path_of_few_points_has_fewer_components(points: int) -> None:
    rows = np.arange(points)[:, None] * np.ones((1, 6))
    found, shares = principal(rows)
    assert len(found) == len(shares) == points - 1
    assert not len(principal(np.full((4, 6), np.nan))[0])


def test_projection_is_at_right_angles_and_undoes_at() -> None:
    random = np.random.default_rng(3)
    p = sum(math.prod(shape) for _, shape in TENSORS)
    present = random.normal(size=p)
    plane = plane_of(RANDOM, TENSORS, present[None, :], present, 7)
    assert plane.kinds == (Kind.RANDOM, Kind.RANDOM)
    assert plane.project(plane.at(0.3, -2.0)) == pytest.approx([0.3, -2.0])
    other = random.normal(size=p)
    here = plane.at(*plane.project(other).tolist())
    np.testing.assert_allclose(plane.directions @ (other - here), 0, atol=1e-9)
    expected = np.linalg.lstsq(plane.directions.T, other - present, rcond=None)[0]
    np.testing.assert_allclose(plane.project(other), expected)
    again = plane_of(RANDOM, TENSORS, present[None, :], present, 9)
    np.testing.assert_array_equal(again.directions, plane.directions)
    different = plane_of(PlaneChoice(Kind.RANDOM, 6), TENSORS, present[None, :], present, 7)
    assert not np.allclose(different.directions, plane.directions)
    for array in (plane.origin, plane.directions):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_paths_plane_keeps_its_signs() -> None:
    random = np.random.default_rng(4)
    path = np.cumsum(random.normal(size=(12, 8)), axis=0)
    tensors = (("W1", (8, 1)),)
    first = plane_of(PlaneChoice(), tensors, path[:8], path[8], 8)
    assert first.kinds == (Kind.PATH, Kind.PATH)
    assert (first.project(path[0]) <= 0).all()  # the path starts at the lower left
    second = plane_of(PlaneChoice(), tensors, path[:9], path[9], 9, first)
    assert ((first.directions * second.directions).sum(axis=1) > 0).all()
    assert first.explained[0] is not None
    assert first.explained[1] is not None
    assert 1 >= first.explained[0] > first.explained[1] > 0
    np.testing.assert_array_equal(first.origin, path[8])


def test_what_makes_no_plane_is_mended() -> None:
    zeros = np.zeros(5)
    plane = plane_of(RANDOM, (("W1", (4, 1)), ("b1", (1,))), zeros[None, :], zeros, 0)
    assert plane.kinds == (Kind.UNSCALED, Kind.UNSCALED)
    assert np.linalg.matrix_rank(plane.directions) == 2
    single = np.array([2.0, 1.0, 3.0])  # one weight: both directions are ±2 along it
    plane = plane_of(RANDOM, (("W1", (1, 1)), ("b1", (2,))), single[None, :], single, 0)
    assert plane.kinds == (Kind.RANDOM, Kind.UNSCALED)
    assert np.linalg.matrix_rank(plane.directions) == 2
    # Along a path that has not begun, or is straight so far.
    for path, kinds in (
        (single[None, :], (Kind.RANDOM, Kind.UNSCALED)),
        (np.array([[0.0, 0.0, 0.0]]), (Kind.PATH, Kind.RANDOM)),
    ):
        plane = plane_of(PlaneChoice(), (("W1", (1, 1)), ("b1", (2,))), path, single, 1)
        assert plane.kinds == kinds
        assert np.linalg.matrix_rank(plane.directions) == 2


def test_bounds_hold_the_path() -> None:
    run = after(net(), 40)
    for choice in (PlaneChoice(), RANDOM):
        view = computed(run, choice)
        assert view.plane is not None
        path = view.plane.project(keyframe_path(run))
        box = bounds_of(view.plane, path)
        assert box == view.bounds
        assert box.first_low < 0 < box.first_high
        if choice.kind is Kind.PATH:
            assert (path[:, 0] > box.first_low).all()
            assert (path[:, 1] < box.second_high).all()


# The loss.


def by_hand(experiment: Experiment, numbers: np.ndarray) -> float:
    """tanh layers in float64 numpy, and the mean of squares."""
    data = experiment.make_data().train
    x = data.inputs
    if experiment.standardize:
        x = (x - x.mean(axis=0)) / x.std(axis=0)
    hidden, at = x, 0
    for index, (_, shape) in enumerate(TENSORS):
        size = math.prod(shape)
        part = numbers[at : at + size].reshape(shape)
        at += size
        if index % 2 == 0:
            hidden = hidden @ part.T
        else:
            hidden = hidden + part
            if index < len(TENSORS) - 1:
                hidden = np.tanh(hidden)
    weights = [m for (name, _), m in zip(TENSORS, split(numbers), strict=True) if name[0] == "W"]
    penalty = sum(experiment.l1 * np.abs(w).sum() + experiment.l2 * (w**2).sum() for w in weights)
    return float(np.mean((hidden[:, 0] - data.targets) ** 2) + penalty)


def split(numbers: np.ndarray) -> list[np.ndarray]:
    ends = np.cumsum([math.prod(shape) for _, shape in TENSORS])
    return np.split(numbers, ends[:-1])


@pytest.mark.parametrize("changes", [{}, {"standardize": True}, {"l1": 0.01, "l2": 0.02}])
@pytest.mark.parametrize("choice", [PlaneChoice(), RANDOM])
def test_loss_on_the_grid_is_the_loss_there(changes: dict[str, Any], choice: PlaneChoice) -> None:
    experiment = net(changes)
    run = after(experiment, 30)
    view = computed(run, choice)
    plane = view.plane
    assert plane is not None
    assert view.shows(experiment)
    first, second = view.grid()
    picks = np.random.default_rng(0)
    for _ in range(20):
        j, i = picks.integers(len(view.second)), picks.integers(len(view.first))
        there = plane.at(float(first[j, i]), float(second[j, i]))
        assert view.loss[j, i] == pytest.approx(by_hand(experiment, there), rel=1e-4)
    learner = run.learner
    np.testing.assert_array_equal(plane.at(0.0, 0.0), flat(learner.parameters))
    assert float(view.loss_at(0.0, 0.0)) == pytest.approx(learner.train_loss(), rel=0.05)
    assert view.best <= min(float(view.loss.min()), learner.train_loss() * (1 + 1e-6))
    assert view.contours


def test_numbers_and_tensors_are_each_others_inverse() -> None:
    learner = after(net(), 1).learner
    numbers = torch.from_numpy(flat(learner.parameters)).float()
    for back, own in zip(learner.as_parameters(numbers), learner.parameters, strict=True):
        assert torch.equal(back, own)


@pytest.mark.parametrize(
    ("data", "loss", "model"),
    [
        ("sine", "mse", "mlp"),
        ("sine", "huber", "polynomial"),
        ("blobs", "cross_entropy", "mlp"),
        ("moons", "binary_cross_entropy", "linear"),
    ],
)
def test_losses_at_many_parameters_are_those_at_each(data: str, loss: str, model: str) -> None:
    run = begun(Experiment().changed({"data": data, "loss": loss, "model": model}))
    learner = run.learner
    numbers = torch.from_numpy(flat(learner.parameters)).float()
    rows = torch.stack([numbers, numbers + 0.1, numbers - 0.3])
    found = learner.data_losses_at(rows, slice(None))
    each = [learner.data_losses_at(row[None, :], slice(None))[0] for row in rows]
    assert found == pytest.approx(each, rel=1e-5)
    assert each[0] == learner.train_loss()


def test_many_points_go_in_short_slices_and_a_rough_view_comes_first() -> None:
    run = begun(net({"data.points": 100_000}))
    job = PlaneJob(run, RANDOM)
    began = time.thread_time()
    calls = 0
    while (view := job.advance(0.0)) is None and calls < 100:
        calls += 1
    assert view is None
    assert (time.thread_time() - began) / calls < 0.02
    view = None
    while view is None:
        view = job.advance(math.inf)
    assert not view.complete
    assert len(view.first) == 11
    assert view.contours
    there = view.plane.at(float(view.first[3]), float(view.second[5]))  # type: ignore[union-attr]
    train = run.learner.data.train
    predicted = run.learner.forward_function(
        run.learner.as_parameters(torch.from_numpy(there).float()),
        run.learner.as_inputs(train.inputs),
    ).detach()
    error = predicted.numpy()[:, 0] - train.targets
    assert view.loss[5, 3] == pytest.approx(np.mean(error**2), rel=1e-5)


def test_a_diverged_run_has_a_plane_too() -> None:
    run = begun(net({"learning_rate": 1000.0, "loss": "mse", "stop.epochs": 50}))
    while run.advance() is not None:
        pass
    assert not np.isnan(computed(run).loss).any()
    with torch.no_grad():
        run.learner.parameters[0].fill_(math.nan)
    view = computed(run)
    assert view.plane is not None
    assert np.isfinite(view.plane.origin).all()
    PathOnPlane().look(run, view.plane)
    observer = Observer()
    observer.wanted = RANDOM
    observer.want_landscape(run, running=False)
    work(observer, run)  # ends


def test_two_parameters_have_a_landscape_of_their_own() -> None:
    with pytest.raises(ValueError, match="of its own"):
        PlaneJob(begun(article()), RANDOM)


# A run on a plane.


def test_path_and_present_are_projected_by_hand() -> None:
    run = after(net(), 40)
    plane = computed(run, PlaneChoice()).plane
    assert plane is not None
    view = PathOnPlane().look(run, plane)
    states = run.keyframes.states()
    rows = np.array([flat(each.parameters) for each in states if each.step < 40])
    expected = np.linalg.lstsq(plane.directions.T, (rows - plane.origin).T, rcond=None)[0].T
    np.testing.assert_allclose(view.path[:-1], expected, atol=1e-9)
    assert view.present == pytest.approx((0, 0), abs=1e-12)
    assert view.off == pytest.approx(0, abs=1e-9)
    assert not len(view.ahead)
    run.seek(16)
    seen = PathOnPlane().look(run, plane)
    assert seen.off > 0
    np.testing.assert_allclose(seen.ahead[0], seen.present)
    np.testing.assert_allclose(seen.ahead[-1], plane.project(flat(states[-1].parameters)))
    count = sum(each.step < 16 for each in states)
    np.testing.assert_allclose(seen.path[:-1], view.path[:count])


@pytest.mark.parametrize("model", ["mlp", "polynomial"])
def test_gradient_is_projected(model: str) -> None:
    run = begun(net({"model": model}))
    run.learner.observed = True
    on_plane, plane = PathOnPlane(), computed(run).plane
    assert plane is not None
    while run.advance() is not Phase.STOP:
        assert on_plane.look(run, plane).gradient is None
    run.advance()
    before = flat(run.learner.parameters)
    move = -0.05 * flat(run.learner.gradients)
    expected = np.linalg.lstsq(plane.directions.T, move, rcond=None)[0]
    seen = on_plane.look(run, plane).gradient
    assert seen is not None
    assert seen[1] == pytest.approx(tuple(expected))
    run.advance()
    assert on_plane.look(run, plane).gradient == seen  # from where it was taken
    assert plane.project(before).tolist() == pytest.approx(seen[0])


# As the training thread asks for it.


def work(observer: Observer, run: Run, *, running: bool = False) -> None:
    while observer.busy:
        observer.work(math.inf)
        observer.look(run, running=running)


def test_at_rest_the_latest_wins_and_what_is_shown_is_kept_on_the_way() -> None:
    run = after(net(), 3)
    observer = Observer()
    assert observer.look(run, running=False).plane is None
    observer.wanted = PlaneChoice()
    observer.want_landscape(run, running=False)
    assert observer.busy
    assert observer.look(run, running=False).landscape is None
    job = observer._job
    observer.want_landscape(run, running=False)
    assert observer._job is job
    while not observer.work(math.inf):
        pass
    rough = observer.look(run, running=False).landscape
    assert rough is not None
    assert not rough.complete
    assert observer._job is job
    work(observer, run)
    seen = observer.look(run, running=False)
    assert seen.landscape is not None
    assert seen.plane is not None
    assert seen.landscape.plane is seen.plane.plane
    assert not observer.busy
    # A step on: the old plane is shown until the new one is there.
    for _ in range(5):
        run.advance()
    later = observer.look(run, running=False)
    assert observer.busy
    assert later.landscape is seen.landscape
    assert later.plane is not None
    assert later.plane.present != (0.0, 0.0)
    for _ in range(5):
        run.advance()
    observer.look(run, running=False)
    work(observer, run)
    latest = observer.look(run, running=False)
    assert latest.plane is not None
    assert latest.plane.plane.step == 5
    assert latest.plane.present == pytest.approx((0, 0), abs=1e-12)
    # Another choice, and none.
    observer.wanted = RANDOM
    observer.want_landscape(run, running=False)
    work(observer, run)
    found = observer.look(run, running=False).plane
    assert found is not None
    assert found.plane.choice == RANDOM
    observer.wanted = None
    observer.want_landscape(run, running=False)
    assert observer.look(run, running=False).plane is None
    assert not observer.busy


def test_while_running_it_follows_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("guitrain.observing.time.perf_counter", lambda: clock[0])
    run = after(net({"stop.epochs": 1000}), 2)
    observer = Observer()
    observer.wanted = RANDOM
    observer.look(run, running=True)
    job = observer._job
    for _ in range(10):
        run.advance()
        observer.look(run, running=True)
    assert observer._job is job  # what was begun is finished
    clock[0] += 0.5
    while observer.busy:
        observer.work(math.inf)
    observer.look(run, running=True)
    assert not observer.busy
    clock[0] += 0.9  # it took half a second: it rests for one
    observer.look(run, running=True)
    assert not observer.busy
    clock[0] += 0.2
    observer.look(run, running=True)
    assert observer.busy


def test_another_run_of_the_same_loss_is_drawn_on_the_same_plane_at_first() -> None:
    run, other = after(net(), 3), begun(net({"learning_rate": 0.2}))
    observer = Observer()
    observer.wanted = RANDOM
    observer.want_landscape(run, running=False)
    work(observer, run)
    seen = observer.look(other, running=False)
    assert seen.plane is not None
    assert seen.plane.run_id == other.id
    assert observer.busy
    unlike = begun(net({"loss": "mae"}))
    assert observer.look(unlike, running=False).plane is None
    line = begun(article())
    assert observer.look(line, running=False).plane is None
    assert not observer.busy


@pytest.mark.parametrize("loss", ["cross_entropy", "binary_cross_entropy"])
def test_models_of_classes_have_a_plane(loss: str) -> None:
    experiment = Experiment().changed(
        {"data": "moons", "model": "mlp", "loss": loss, "initial": None}
    )
    run = begun(experiment)
    view = computed(run, PlaneChoice())
    assert view.plane is not None
    assert float(view.loss_at(0.0, 0.0)) == pytest.approx(run.learner.train_loss(), rel=0.05)
