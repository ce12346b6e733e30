import math
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from guitrain.core.contours import levels
from guitrain.core.data import Scaling
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.history import Log
from guitrain.core.landscape import CHUNK, COARSE_FROM, LandscapeJob
from guitrain.core.landscape_bounds import MOST_ROWS, bounds_for, path_of, true_parameters
from guitrain.core.landscape_view import Bounds, LandscapeView, has_landscape
from guitrain.core.models import LINEAR, Shape
from guitrain.core.run import Run
from guitrain.core.run_view import RunView
from tests.core.recipes import article, begun, finished, points

WINDOW = Bounds(-1.0, 3.6, -0.6, 2.4)
HUBER = Choice("huber", {"delta": 0.7})
LOSSES = [Choice("mse"), Choice("mae"), HUBER]


def computed(experiment: Experiment, bounds: Bounds = WINDOW) -> LandscapeView:
    job = LandscapeJob(experiment, experiment.make_data(), bounds, 7)
    view = None
    while not job.done:
        view = job.advance(math.inf)
    assert view is not None
    assert view.complete
    return view


def by_hand(experiment: Experiment, w: float, b: float) -> float:
    train = experiment.make_data().train
    outputs = (w * train.inputs[:, 0] + b)[:, None]
    terms = experiment.loss_entry.terms(experiment.loss.values, outputs, train.targets)
    return float(np.mean(terms))


# The loss on the grid.


@pytest.mark.parametrize("loss", LOSSES, ids=lambda each: each.name)
@pytest.mark.parametrize("standardize", [False, True])
def test_loss_is_what_torch_computes(loss: Choice, standardize: bool) -> None:
    experiment = article({"loss": loss, "standardize": standardize})
    view = computed(experiment)
    first, second = view.grid()
    assert view.loss.shape == (len(view.second), len(view.first)) == first.shape
    picks = np.random.default_rng(0)
    for _ in range(12):
        j, i = picks.integers(len(view.second)), picks.integers(len(view.first))
        there = (float(first[j, i]), float(second[j, i]))
        measured = begun(experiment.changed({"initial": there})).learner.train_loss()
        assert view.loss[j, i] == pytest.approx(measured, rel=1e-4)


def test_three_points_by_hand() -> None:
    # (w + b − 1)², (2w + b − 3)², (3w + b − 2)²: at w = b = 0 their mean is (1 + 9 + 4)/3.
    experiment = points([1, 2, 3], [1, 3, 2])
    view = computed(experiment, Bounds(-1, 1, -1, 3))
    assert view.best == pytest.approx(0.5)  # at w = ½, b = 1: ½², 1², ½² over 3
    first, second = view.grid()
    expected = (
        (first + second - 1) ** 2 + (2 * first + second - 3) ** 2 + (3 * first + second - 2) ** 2
    ) / 3
    np.testing.assert_allclose(view.loss, expected, rtol=1e-12)
    assert view.loss_at(0.0, 0.0) == pytest.approx(14 / 3, rel=0.02)
    assert view.loss_at(0.5, 1.0) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize("delta", [1e-9, 1e-3, 0.3, 50.0, 1e6])
@pytest.mark.parametrize("outlier", [0.0, 1e5])
def test_huber_of_any_delta_and_outliers(delta: float, outlier: float) -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(-4, 9, 60), random.normal(0, 3, 60)
    y[5] += outlier
    experiment = points(x, y, {"loss": Choice("huber", {"delta": delta})})
    view = computed(experiment, Bounds(-3, 3, -5, 5))
    first, second = view.grid()
    for j in range(0, len(view.second), 17):
        for i in range(0, len(view.first), 13):
            expected = by_hand(experiment, float(first[j, i]), float(second[j, i]))
            assert view.loss[j, i] == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda each: each.name)
def test_between_grid_points_the_loss_is_near(loss: Choice) -> None:
    experiment = article({"loss": loss})
    view = computed(experiment)
    random = np.random.default_rng(1)
    w, b = random.uniform(-1, 3.6, 300), random.uniform(-0.6, 2.4, 300)
    found = view.loss_at(w, b)
    for one_w, one_b, one in zip(w, b, found, strict=True):
        assert one == pytest.approx(by_hand(experiment, one_w, one_b), rel=0.02)
    assert np.isnan(view.loss_at(99.0, 0.0))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([2.0], [3.0]),
        ([2.0, 2.0, 2.0], [1.0, 2.0, 4.0]),
        ([0.0, 0.0], [0.0, 0.0]),
        ([1.0, 2.0], [1.0, 2.0]),  # a perfect fit: the best loss is 0
        ([1e6, 1e6 + 1], [1.0, 2.0]),
        ([1e-9, 2e-9], [1.0, 2.0]),
    ],
)
@pytest.mark.parametrize("loss", LOSSES, ids=lambda each: each.name)
def test_odd_data(x: list[float], y: list[float], loss: Choice) -> None:
    experiment = points(x, y, {"loss": loss})
    view = computed(experiment, Bounds(-1, 2, -2, 3))
    assert np.isfinite(view.loss).all()
    assert view.loss.min() >= view.best >= 0
    first, second = view.grid()
    j, i = len(view.second) // 3, len(view.first) // 3
    expected = by_hand(experiment, float(first[j, i]), float(second[j, i]))
    assert view.loss[j, i] == pytest.approx(expected, rel=1e-5, abs=1e-9)


def test_beyond_float32_the_loss_is_infinite_and_nothing_breaks() -> None:
    experiment = points([1e29, 2e29], [1e30, -1e30])
    view = computed(experiment)
    assert np.isinf(view.loss).all()
    assert view.contours == ()
    part = computed(points([0.0, 1e19], [0.0, 0.0]), Bounds(-3, 3, -1, 1))
    assert np.isinf(part.loss).any()
    assert np.isfinite(part.loss).any()
    assert part.contours


def test_a_view_cannot_be_changed() -> None:
    view = computed(article())
    contour = view.contours[0]
    for array in (view.first, view.second, view.loss, *contour.lines, *contour.areas):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


# In slices.


@pytest.mark.parametrize("loss", LOSSES, ids=lambda each: each.name)
def test_a_million_points_go_in_short_slices_a_rough_view_first(loss: Choice) -> None:
    experiment = article({"loss": loss, "data.points": 1_000_000})
    data = experiment.make_data()
    job = LandscapeJob(experiment, data, WINDOW, 1)
    views: list[LandscapeView] = []
    took = []
    calls = 0
    while not job.done and (loss.name == "mse" or not views):
        began = time.perf_counter()
        view = job.advance(began)  # over at once: one slice a call
        took.append(time.perf_counter() - began)
        calls += 1
        if view is not None:
            views.append(view)
    assert calls >= 3 * len(data.train) / CHUNK
    assert float(np.median(took)) < 0.005
    assert views[0].complete == (loss.name == "mse")
    first, second = views[0].grid()
    place = (50, len(views[0].first) // 2)
    outputs = (first[place] * data.train.inputs[:, 0] + second[place])[:, None]
    terms = experiment.loss_entry.terms(experiment.loss.values, outputs, data.train.targets)
    expected = np.mean(terms)
    assert views[0].loss[place] == pytest.approx(expected, rel=1e-9)
    assert views[0].contours


def test_a_finer_view_follows_a_rough_one() -> None:
    experiment = article({"loss": "mae", "data.points": COARSE_FROM})
    job = LandscapeJob(experiment, experiment.make_data(), WINDOW, 1)
    views = []
    while not job.done:
        view = job.advance(time.perf_counter() + 0.01)
        views += [view] if view is not None else []
    rough, fine = views
    assert (rough.complete, fine.complete) == (False, True)
    assert len(fine.first) > 3 * len(rough.first)
    assert set(rough.first) <= set(fine.first)
    assert job.advance(math.inf) is None


def test_the_deadline_is_heeded() -> None:
    experiment = article({"loss": HUBER})
    job = LandscapeJob(experiment, experiment.make_data(), WINDOW, 1)
    calls = 1
    while job.advance(time.perf_counter()) is None:
        calls += 1
    assert calls > 50
    assert job.done


# Contours.

CASES: dict[str, tuple[dict[str, Any], Bounds]] = {
    "article": ({}, WINDOW),
    "huber": ({"loss": HUBER}, WINDOW),
    "mae": ({"loss": "mae"}, WINDOW),
    "narrow": ({"data.x_min": 50, "data.x_max": 200}, Bounds(-1, 3.5, -1, 2.5)),
    "narrow huber": (
        {"loss": HUBER, "data.x_min": 50, "data.x_max": 200},
        Bounds(-1, 3.5, -1, 2.5),
    ),
    "narrow, askew": (
        {"loss": "mae", "data.x_min": 2000, "data.x_max": 2020, "data.intercept": -3950},
        Bounds(-1, 3, -6000, 1500),
    ),
    "very narrow": ({"data.x_min": 2000, "data.x_max": 2020}, Bounds(1.9, 2.1, 0, 2)),
}


@pytest.mark.parametrize("case", CASES)
def test_contours_run_where_the_loss_is_their_level(case: str) -> None:
    changes, bounds = CASES[case]
    experiment = article(changes)
    view = computed(experiment, bounds)
    seen = 0
    for contour in view.contours:
        share = np.linspace(0, 1, 5)[:, None, None]
        ways = [share * line[1:] + (1 - share) * line[:-1] for line in contour.lines]
        line = np.concatenate([way.reshape(-1, 2) for way in ways])
        for w, b in line[:: max(len(line) // 8, 1)].tolist():
            excess = by_hand(experiment, w, b) - view.best
            assert excess == pytest.approx(contour.level - view.best, rel=0.1, abs=2e-4)
            seen += 1
        low, high = line.min(axis=0), line.max(axis=0)
        margin = 0.031 * np.array([bounds.width, bounds.height])
        assert (low >= np.array([bounds.first_low, bounds.second_low]) - margin).all()
        assert (high <= np.array([bounds.first_high, bounds.second_high]) + margin).all()
    assert seen >= 4 * len(view.contours)


def inside(polygons: tuple[np.ndarray, ...], w: float, b: float) -> bool:
    """Whether an odd number of the polygons' edges lie to the right."""
    crossings = 0
    for polygon in polygons:
        x0, y0 = polygon[:-1].T
        x1, y1 = polygon[1:].T
        across = (y0 > b) != (y1 > b)
        with np.errstate(all="ignore"):
            at = x0 + (b - y0) / (y1 - y0) * (x1 - x0)
        crossings += int((across & (at > w)).sum())
    return crossings % 2 == 1


@pytest.mark.parametrize("case", ["article", "mae", "narrow huber"])
def test_areas_hold_what_is_up_to_their_level(case: str) -> None:
    changes, bounds = CASES[case]
    experiment = article(changes)
    view = computed(experiment, bounds)
    random = np.random.default_rng(5)
    for _ in range(60):
        w = random.uniform(bounds.first_low, bounds.first_high)
        b = random.uniform(bounds.second_low, bounds.second_high)
        loss = by_hand(experiment, w, b)
        for contour in view.contours:
            excess = contour.level - view.best
            if abs(loss - contour.level) > 0.06 * excess + 2e-4:
                assert inside(contour.areas, w, b) == (loss < contour.level)


@pytest.mark.parametrize("case", CASES)
def test_levels_show_the_floor_and_the_slopes(case: str) -> None:
    changes, bounds = CASES[case]
    view = computed(article(changes), bounds)
    found = levels(view)
    assert found == tuple(each.level for each in view.contours)
    assert 6 <= len(found) <= 14
    assert list(found) == sorted(set(found))
    excess = np.array(found) - view.best
    assert excess[0] > 0
    ratios = excess[1:] / excess[:-1]
    assert ratios.min() > 1.5
    corners = view.loss_at(
        [bounds.first_low, bounds.first_high, bounds.first_low, bounds.first_high],
        [bounds.second_low, bounds.second_high, bounds.second_high, bounds.second_low],
    )
    assert corners.max() / 6 < found[-1] < corners.max()


def test_levels_of_the_article_are_short_numbers() -> None:
    for contour in computed(article()).contours:
        assert len(f"{contour.level:.9g}") <= 4


# Where there is one.


def test_models_without_two_parameters_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert has_landscape(article())
    assert has_landscape(article({"model": Choice("polynomial", {"degree": 1})}))
    assert not has_landscape(article({"model": "polynomial"}))
    experiment = article()
    three = replace(LINEAR.form({}, Shape()), names=("w", "v", "b"))
    monkeypatch.setattr(Experiment, "form", property(lambda _: three))
    assert not has_landscape(experiment)
    with pytest.raises(ValueError, match="has no landscape"):
        LandscapeJob(experiment, experiment.make_data(), WINDOW, 1)


def test_what_views_need_imports_no_torch() -> None:
    script = (
        "import sys\n"
        "import guitrain.core.landscape_view, guitrain.core.landscape_bounds\n"
        "assert 'torch' not in sys.modules and 'contourpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_a_surface_depends_on_points_and_loss_alone() -> None:
    view = computed(article())
    for same in ({"learning_rate": 0.5}, {"initial": (1.0, 1.0)}, {"standardize": True}):
        assert view.shows(article(same))
    for other in ({"loss": "mae"}, {"seeds.data": 1}, {"data.noise": 0.1}):
        assert not view.shows(article(other))


# The path.


@pytest.mark.parametrize("standardize", [False, True])
def test_path_is_the_record_in_own_units(standardize: bool) -> None:
    run = finished(article({"standardize": standardize}))
    view = run.view()
    recorded = np.stack([view.steps.column(name) for name in ("w", "b")], 1).astype(np.float64)
    expected = run.own_units(recorded)
    np.testing.assert_array_equal(path_of(view), expected)
    np.testing.assert_array_equal(path_of(view, 20, 60), expected[20:60])
    scaling = Scaling.of(view.data.train.inputs, standardize)
    by_scaling = view.experiment.model_entry.to_own_units(recorded, scaling)
    np.testing.assert_array_equal(path_of(view), by_scaling)
    assert path_of(view)[0] == pytest.approx(np.array([-0.20546, 0.783]), abs=1e-6)


def recorded(values: np.ndarray, max_bytes: int = 10**8) -> RunView:
    """A view whose record is w = values, b = −values."""
    log = Log({"loss": "f4", "w": "f4", "b": "f4"}, max_bytes)
    for value in values.tolist():
        log.append((0.0, value, -value))
    return replace(begun(article()).view(), steps=log.publish())


def test_long_path_keeps_its_ends_its_early_shape_and_its_jumps() -> None:
    rows = np.arange(50_000)
    values = np.exp(-rows / 10) + 0.1 * (-1.0) ** rows  # a fast fall, then to and fro
    path = path_of(recorded(values))
    assert len(path) <= 1000
    assert path[0, 0] == pytest.approx(values[0])
    assert path[-1, 0] == pytest.approx(values[-1])
    assert np.abs(np.diff(path[:30, 0])).max() < 0.5  # the fall is not one straight line
    late = path[len(path) // 2 :, 0]
    assert (late > 0.09).sum() > len(late) / 3
    assert (late < -0.09).sum() > len(late) / 3
    np.testing.assert_allclose(path[:, 1], -path[:, 0])


def test_long_path_stays_as_it_is_while_it_grows() -> None:
    values = np.random.default_rng(0).normal(size=41_000)
    before = path_of(recorded(values[:40_000]))
    after = path_of(recorded(values))
    np.testing.assert_array_equal(before[:-1], after[: len(before) - 1])


def test_path_of_thinned_rows_is_the_middle_of_their_blocks() -> None:
    values = np.linspace(0, 1, 60_000)
    view = recorded(values, max_bytes=200_000)
    assert view.steps.first > 1000
    path = path_of(view)
    assert np.isfinite(path).all()
    assert (np.diff(path[:, 0]) >= 0).all()
    assert path[0, 0] < 0.01
    assert len(path_of(view, 5, 5)) == 0


def test_the_cost_of_a_path_does_not_grow() -> None:
    short, long = (recorded(np.zeros(rows)) for rows in (2000, 200_000))
    assert len(path_of(long)) <= len(path_of(short)) + MOST_ROWS

    def cost(view: RunView) -> float:
        best = math.inf
        for _ in range(30):
            began = time.perf_counter()
            path_of(view)
            best = min(best, time.perf_counter() - began)
        return best

    assert cost(long) < 4 * cost(short)


# The ranges.


def followed(run: Run) -> list[Bounds]:
    """The different ranges from INIT to the end."""
    found: list[Bounds] = []
    while run.advance() is not None:
        if run.at_boundary and run.learner.ready:
            bounds = bounds_for(run.view(), found[-1] if found else None)
            assert bounds is not None
            if not found or bounds != found[-1]:
                found.append(bounds)
    return found


def holds(bounds: Bounds, w: float, b: float) -> bool:
    return bounds.first_low < w < bounds.first_high and bounds.second_low < b < bounds.second_high


def test_ranges_show_all_that_matters_and_do_not_move() -> None:
    run = Run(article())
    (bounds,) = followed(run)
    view = run.view()
    for w, b in [(-0.20546, 0.783), (2.01379, 0.91359), (2.0, 1.0), *path_of(view).tolist()]:
        assert holds(bounds, w, b)
    assert bounds.width < 8
    assert bounds.height < 8


@pytest.mark.parametrize("standardize", [False, True])
def test_a_diverging_run_leaves_the_optimum_readable(standardize: bool) -> None:
    rate = 1.05 if standardize else 0.13
    changes = {"learning_rate": rate, "stop.epochs": 4000, "standardize": standardize}
    run = Run(article(changes))
    every = followed(run)
    assert run.view().final_loss is not None
    assert not np.isfinite(run.view().loss or 0.0)
    assert 1 < len(every) <= 8
    assert holds(every[-1], 2.01379, 0.91359)
    assert holds(every[-1], -0.20546, 0.783)
    assert every[-1].width <= 50 * 2.22


def test_ranges_shrink_when_they_are_much_too_wide() -> None:
    view = begun(article()).view()
    wide = Bounds(-1000, 1000, -1000, 1000)
    bounds = bounds_for(view, wide)
    assert bounds is not None
    assert bounds.width < 10
    assert bounds_for(view, bounds) is bounds
    twice = Bounds(
        bounds.first_low - bounds.width / 2,
        bounds.first_high + bounds.width / 2,
        bounds.second_low - bounds.height / 2,
        bounds.second_high + bounds.height / 2,
    )
    assert bounds_for(view, twice) is twice


def test_ranges_show_ghosts() -> None:
    view = begun(article()).view()
    ghost = begun(article({"initial": (9.0, -7.0)})).view()
    alone, both = bounds_for(view), bounds_for(view, None, [ghost])
    assert alone is not None
    assert both is not None
    assert not holds(alone, 9.0, -7.0)
    assert holds(both, 9.0, -7.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"initial": (2.01379, 0.91359)},
        {"data.points": 1},
        {"data.slope": 0, "data.intercept": 0, "data.noise": 0, "initial": (0.0, 0.0)},
        {"initial": (1e6, -1e6)},
        {"data.x_min": -1e6, "data.x_max": 1e6},
        {"data.x_min": 0, "data.x_max": 1e-6},
    ],
)
def test_ranges_of_odd_experiments_can_be_drawn(changes: dict[str, Any]) -> None:
    view = begun(article(changes)).view()
    bounds = bounds_for(view)
    assert bounds is not None
    assert view.initial is not None
    assert holds(bounds, view.initial[0], view.initial[1])
    size = max(map(abs, (bounds.first_low, bounds.first_high)))
    assert bounds.width > 1e-3 * size
    assert bounds.height > 0
    assert len(computed(article(changes), bounds).contours) > 3


def test_no_ranges_before_the_weights() -> None:
    view = begun(article()).view()
    assert bounds_for(replace(view, initial=None, numbers=None)) is None


def test_truth_as_parameters() -> None:
    data = article().make_data()
    assert true_parameters(data) == pytest.approx((2.0, 1.0))
    assert true_parameters(replace(data, truth=None)) is None
    assert true_parameters(Experiment(data=Choice("outliers")).make_data()) == (2.0, 1.0)
    # A sine that is on one line at all the whole x is no line all the same.
    for name, bent in (("parabola", {}), ("step", {}), ("sine", {"period": 1.0})):
        assert true_parameters(Experiment(data=Choice(name, bent)).make_data()) is None
    for name, flat in (
        ("parabola", {"curvature": 0.0, "vertex_y": 1e6}),
        ("sine", {"amplitude": 0.0, "level": 1e6}),
        ("step", {"y_before": 1e6, "y_after": 1e6}),
    ):
        assert true_parameters(Experiment(data=Choice(name, flat)).make_data()) == (0.0, 1e6)
