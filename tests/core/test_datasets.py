"""The sources of data: what is drawn, what was published, and what is known to be true of it."""

import math
from typing import Any

import numpy as np
import pytest

from guitrain.core.closed_form import facts_of, least_squares
from guitrain.core.code import script
from guitrain.core.data import Data, Split
from guitrain.core.datasets import DATASETS
from guitrain.core.datasets.hubble import HUBBLE
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.problems import ExperimentProblem

CURVES = ("parabola", "sine", "step")
GENERATED = ("line", "outliers", *CURVES)
PUBLISHED = ("anscombe", "hubble")


def experiment(name: str, values: dict[str, Any] | None = None, **others: Any) -> Experiment:
    return Experiment(data=Choice(name, values or {}), **others)


def data(name: str, values: dict[str, Any] | None = None, **others: Any) -> Data:
    return experiment(name, values, **others).make_data()


# Drawn.


def by_hand(name: str, values: dict[str, Any], x: np.ndarray) -> list[float]:
    """The true y, a point at a time with Python's own arithmetic."""
    v = {param.name: param.default for param in DATASETS[name].params} | values
    if name == "parabola":
        return [
            v["curvature"] * (a - v["vertex_x"]) * (a - v["vertex_x"]) + v["vertex_y"] for a in x
        ]
    if name == "sine":
        turn = math.tau / v["period"]
        return [v["amplitude"] * math.sin(turn * a) + v["level"] for a in x]
    if name == "step":
        return [v["y_after"] if a >= v["step_x"] else v["y_before"] for a in x]
    return [v["slope"] * a + v["intercept"] for a in x]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("line", {}),
        ("outliers", {"outlier_share": 0.0}),
        ("parabola", {}),
        ("parabola", {"curvature": -0.3, "vertex_x": -1.5, "vertex_y": 4.0}),
        ("sine", {}),
        ("sine", {"amplitude": -3.0, "period": 0.7, "level": -1.0}),
        ("step", {}),
        ("step", {"step_x": 0.0, "y_before": -2.5, "y_after": -7.0}),
    ],
)
def test_points_are_the_truth_and_noise_of_the_lines_stream(
    name: str, values: dict[str, Any]
) -> None:
    made = data(name, {**values, "points": 40, "noise": 0.3})
    random = np.random.RandomState(42)
    x = np.linspace(0, 5, 40)
    np.testing.assert_array_equal(made.train.inputs[:, 0], x)
    expected = by_hand(name, values, x) + 0.3 * random.standard_normal(40)
    np.testing.assert_allclose(made.train.targets, expected, rtol=1e-12, atol=1e-12)
    assert made.truth is not None
    assert made.noise == 0.3
    np.testing.assert_allclose(
        made.truth(made.test.inputs), by_hand(name, values, made.test.inputs[:, 0]), atol=1e-12
    )
    assert len(made.test) == 8


def test_the_test_share_leaves_the_training_points_as_they_are() -> None:
    for name in GENERATED:
        few, many = data(name, test_fraction=0.0), data(name, test_fraction=0.9)
        assert few.train.targets.tobytes() == many.train.targets.tobytes()
        assert (len(few.test), len(many.test)) == (0, 90)


def test_outliers_are_the_lines_points_moved_up_by_their_size() -> None:
    values = {"points": 20_000, "outlier_share": 0.2, "outlier_size": -7.0}
    line, made = data("line", {"points": 20_000}), data("outliers", values, test_fraction=0.9)
    off = made.train.targets - line.train.targets
    moved = np.abs(off + 7.0) < 1e-9
    assert ((off == 0) | moved).all()
    assert moved.mean() == pytest.approx(0.2, abs=0.01)
    assert made.truth is not None
    residual = made.test.targets - made.truth(made.test.inputs)
    assert (residual < -4).mean() == pytest.approx(0.2, abs=0.015)


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_is_no_line_unless_it_is_flat(name: str) -> None:
    truth = data(name).truth
    assert truth is not None
    assert truth.line is None


@pytest.mark.parametrize(("loss", "delta"), [("mse", 1.0), ("mae", 1.0), ("huber", 0.7)])
@pytest.mark.parametrize("sigma", [0.0, 0.5, 4.0])
@pytest.mark.parametrize("size", [3.0, -20.0])
def test_no_constant_shift_of_the_truth_has_less_loss_than_the_noise_floor(
    loss: str, delta: float, sigma: float, size: float
) -> None:
    values = {"noise": sigma, "outlier_share": 0.2, "outlier_size": size}
    chosen = Choice("huber", {"delta": delta}) if loss == "huber" else Choice(loss)
    given = experiment("outliers", values, loss=chosen)
    floor = facts_of(given, given.make_data()).expected_loss
    assert floor is not None
    if loss == "mse":  # the variance of a mixture
        assert floor == pytest.approx(sigma**2 + 0.2 * 0.8 * size**2, rel=1e-6)
    # Errors of new data by their quantiles: midpoints of equal shares of the distribution.
    shares = (np.arange(40_000) + 0.5) / 40_000
    z = np.sort(np.random.default_rng(1).standard_normal(4_000_000))[(shares * 4e6).astype(int)]
    errors = np.concatenate([sigma * z] * 4 + [sigma * z + size])
    shifts = np.linspace(min(size, 0) - 1, max(size, 0) + 1, 401)
    least = min(
        float(
            given.loss_entry.terms(
                given.loss.values, (shift - errors)[:, None], np.zeros(len(errors))
            ).mean()
        )
        for shift in shifts
    )
    assert floor == pytest.approx(least, rel=0.02, abs=2e-3)


@pytest.mark.parametrize("name", [*GENERATED])
def test_the_noise_floor_is_what_the_truth_comes_to_on_new_data(name: str) -> None:
    values = {"noise": 0.8, "points": 100_000}
    if name == "outliers":
        values["outlier_share"] = 0.0
    given = experiment(name, values)
    made = given.make_data()
    assert made.truth is not None
    residual = made.test.targets - made.truth(made.test.inputs)
    floor = facts_of(given, made).expected_loss
    assert floor == pytest.approx(0.64)
    assert np.mean(residual**2) == pytest.approx(floor, rel=0.05)


# Published.


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_anscombes_sets_have_the_published_means_variances_and_line(number: int) -> None:
    """Anscombe (1973), page 19: what all four have in common."""
    points = data("anscombe", {"set": number}, test_fraction=0.0).train
    x, y = points.inputs[:, 0], points.targets
    assert len(x) == 11
    assert x.mean() == 9.0
    assert y.mean() == pytest.approx(7.5, abs=0.005)
    assert x.var(ddof=1) == pytest.approx(11.0)
    assert y.var(ddof=1) == pytest.approx(4.125, abs=0.004)
    assert np.corrcoef(x, y)[0, 1] == pytest.approx(0.816, abs=0.001)
    slope, intercept = np.polyfit(x, y, 1)
    assert (round(slope, 3), round(intercept, 2)) == (0.5, 3.0)
    rest = y - slope * x - intercept
    assert rest @ rest == pytest.approx(13.75, abs=0.03)  # the published residual sum of squares
    assert (x - 9.0) @ (x - 9.0) * slope**2 == pytest.approx(27.5, abs=0.05)


def test_anscombes_sets_are_four_pictures() -> None:
    sets = [data("anscombe", {"set": n}, test_fraction=0.0).train for n in (1, 2, 3, 4)]
    for other in sets[1:3]:
        np.testing.assert_array_equal(sets[0].inputs, other.inputs)
    second, third, fourth = sets[1:]
    parabola = np.polyval(np.polyfit(second.inputs[:, 0], second.targets, 2), second.inputs[:, 0])
    assert np.abs(second.targets - parabola).max() < 0.01
    usual = third.targets < 12
    assert usual.sum() == 10
    line = np.polyfit(third.inputs[usual, 0], third.targets[usual], 1)
    np.testing.assert_allclose(line, (0.345, 4.01), atol=0.006)
    assert sorted(fourth.inputs[:, 0].tolist()) == [8.0] * 10 + [19.0]


def test_hubbles_nebulae_have_the_known_least_squares_line() -> None:
    made = data("hubble", test_fraction=0.0)
    x, y = made.train.inputs[:, 0], made.train.targets
    assert len(x) == 24
    slope, intercept = np.polyfit(x, y, 1)
    assert slope == pytest.approx(454.16, abs=0.01)
    assert intercept == pytest.approx(-40.78, abs=0.01)
    assert (x.mean(), y.mean()) == (pytest.approx(0.911375), pytest.approx(373.125))
    assert (made.input_names, made.target_name) == (("distance",), "velocity")
    assert (made.input_units, made.target_unit) == (("Mpc",), "km/s")
    assert made.truth is None
    assert made.noise is None
    assert "PNAS 15" in HUBBLE.story
    assert "public domain" in HUBBLE.story


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_share_of_published_points_is_held_out_as_of_a_table(name: str) -> None:
    everything = data(name, test_fraction=0.0)
    assert len(everything.test) == 0
    given = experiment(name, test_fraction=0.3)
    made = given.make_data()
    assert len(made.train) == given.train_count < len(everything.train)
    assert len(made.test) == round(0.3 * len(everything.train))

    def pairs(points: Split) -> list[tuple[float, float]]:
        return list(zip(points.inputs[:, 0].tolist(), points.targets.tolist(), strict=True))

    assert sorted(pairs(made.train) + pairs(made.test)) == sorted(pairs(everything.train))
    other = data(name, test_fraction=0.3, seeds=given.changed({"seeds.data": 1}).seeds)
    assert other.test.targets.tobytes() != made.test.targets.tobytes()


def test_every_point_held_out_of_one_x_leaves_no_line() -> None:
    chosen = [
        data("anscombe", {"set": 4}, test_fraction=0.2).train,
        *(
            experiment("anscombe", {"set": 4}).changed({"seeds.data": s}).make_data().train
            for s in range(30)
        ),
    ]
    lines = [least_squares(points) for points in chosen]
    assert None in lines
    assert any(line is not None for line in lines)


# What an entry must hold to.


@pytest.mark.parametrize(
    ("name", "values", "code", "field"),
    [
        ("outliers", {"points": 0}, "too_small", "points"),
        ("outliers", {"outlier_share": 1.0}, "too_large", "outlier_share"),
        ("outliers", {"outlier_share": -0.1}, "too_small", "outlier_share"),
        ("outliers", {"outlier_size": math.inf}, "not_finite", "outlier_size"),
        ("sine", {"period": 0.0}, "not_above", "period"),
        ("sine", {"period": -1.0}, "not_above", "period"),
        ("sine", {"x_min": 9.0}, "empty_range", "x_max"),
        ("parabola", {"curvature": 1e9}, "too_large", "curvature"),
        ("step", {"noise": -1.0}, "too_small", "noise"),
        ("anscombe", {"set": 0}, "too_small", "set"),
        ("anscombe", {"set": 5}, "too_large", "set"),
        ("anscombe", {"set": 1.5}, "not_whole", "set"),
        ("anscombe", {"noise": 1.0}, "unknown_setting", "noise"),
        ("hubble", {"points": 5}, "unknown_setting", "points"),
    ],
)
def test_wrong_settings_are_refused(
    name: str, values: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        experiment(name, values)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_settings_of_one_name_have_one_spec() -> None:
    """The form has one row for them, the command line one option, a sentence one label."""
    specs: dict[str, Any] = {}
    for entry in DATASETS.values():
        for param in entry.params:
            assert specs.setdefault(param.name, param) == param, param.name


@pytest.mark.parametrize("name", [*GENERATED, *PUBLISHED])
def test_an_experiment_goes_to_json_and_back(name: str) -> None:
    given = experiment(name)
    assert Experiment.from_json(given.to_json()) == given


def test_a_script_tells_a_true_line_from_a_true_curve_and_names_units() -> None:
    def text(name: str) -> str:
        return script(experiment(name)).text

    assert 'print("True line: y = 2 * x + 1")' in text("outliers")
    assert 'print("True curve: y = np.where(x < 2.5, 1, 4)")' in text("step")
    assert "true_y = 2 * np.sin(2 * np.pi * new_x[i] / 5) + 0" in text("sine")
    for label in ("plt.xlabel('distance (Mpc)')", "plt.ylabel('velocity (km/s)')"):
        assert label in text("hubble")
    assert "# Hubble (1929), PNAS 15:168" in text("hubble")
    assert "true_y" not in text("hubble")
    assert "True line" not in text("hubble")


# Drawn as a curve.


def test_samples_show_a_curve_at_any_range() -> None:
    sine = data("sine", {"period": 0.5}).truth
    assert sine is not None
    for low, high in ((0.0, 5.0), (-100.0, 40.0), (0.2, 0.3)):
        x = sine.samples(low, high)
        assert (x[0], x[-1]) == (low, high)
        assert (np.diff(x) <= 0.5 / 30).all()
        assert len(x) <= 20_001
    assert len(sine.samples(0.0, 1e9)) == 20_001


def test_samples_have_both_sides_of_a_jump() -> None:
    step = data("step", {"step_x": 1.2345}).truth
    assert step is not None
    x = step.samples(0.0, 5.0)
    y = step(x[:, None])
    assert set(y.tolist()) == {1.0, 4.0}
    (at,) = np.flatnonzero(np.diff(y))
    assert x[at + 1] == 1.2345
    assert x[at] == np.nextafter(1.2345, 0)
    for low, high in ((2.0, 5.0), (-3.0, 1.2345)):
        x = step.samples(low, high)
        assert (x[0], x[-1]) == (low, high)
