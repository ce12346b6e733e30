from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.data import Split
from guitrain.core.experiment import Experiment
from guitrain.core.run import Run
from guitrain.plots.fit import MOST_POINTS, MOST_RESIDUALS, FitPlot, sampled
from guitrain.plots.theme import DARK, LIGHT
from tests.plots.runs import ARTICLE, run_of, table_experiment

MakePlot = Callable[[], FitPlot]


@pytest.fixture
def plot(qtbot: QtBot) -> FitPlot:
    made = FitPlot()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def preview(plot: FitPlot, experiment: Experiment) -> None:
    data = experiment.make_data()
    plot.set_preview(data, facts_of(experiment, data))


def test_line_is_drawn_where_the_numbers_say(plot: FitPlot) -> None:
    run = run_of(57)
    plot.refresh(run.view())
    view = run.view()
    assert view.numbers is not None
    w, b = view.numbers
    assert plot.drawn_line is not None
    for x, y in plot.drawn_line:
        assert y == pytest.approx(w * x + b, rel=1e-12)
    path = plot._learnt_item.path()
    ends = [path.elementAt(0), path.elementAt(path.elementCount() - 1)]
    for end, (x, y) in zip(ends, plot.drawn_line, strict=True):
        assert end.x == pytest.approx(float(plot.across(x)), abs=0.01)
        assert end.y == pytest.approx(float(plot.down(y)), abs=0.01)


def test_steep_line_is_cut_but_keeps_its_slope(plot: FitPlot) -> None:
    run = run_of(1, {"initial": (1e5, -3e5)})
    run.seek(0)
    plot.refresh(run.view())
    path = plot._learnt_item.path()
    first, last = path.elementAt(0), path.elementAt(1)
    per_pixel = 1e5 * (plot.x_scale.high - plot.x_scale.low) / plot.area.width()
    rise = per_pixel / (plot.y_scale.high - plot.y_scale.low) * plot.area.height()
    assert (first.y - last.y) / (last.x - first.x) == pytest.approx(rise, rel=1e-6)
    assert abs(first.y) <= 2 * plot.area.height() + 1


def test_nothing_is_drawn_again_while_the_run_stands_still(
    plot: FitPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(3)
    plot.refresh(run.view())
    calls = []
    for name in ("_draw", "_draw_learnt", "_draw_legend"):
        monkeypatch.setattr(plot, name, lambda name=name: calls.append(name))
    plot.refresh(run.view())
    plot.set_residuals(False)
    plot.set_applied(())
    assert calls == []
    run.run_until(float("inf"), 1)
    plot.refresh(run.view())
    assert calls == ["_draw_learnt"]


def test_ranges_stay_while_the_line_moves_even_off_the_plot(plot: FitPlot) -> None:
    run = run_of(1, {"learning_rate": 10.0})
    plot.refresh(run.view())
    scales = plot.x_scale, plot.y_scale
    while run.stopped is None:
        run.run_until(float("inf"), 1)
        plot.refresh(run.view())
        assert (plot.x_scale, plot.y_scale) == scales
    assert run.epochs.length > 3


def test_residuals_run_from_each_point_to_the_line(plot: FitPlot) -> None:
    run = run_of(57)
    plot.set_residuals(True)
    plot.refresh(run.view())
    data, numbers = run.view().data, run.view().numbers
    assert numbers is not None
    x, y, predicted = plot.drawn_residuals
    np.testing.assert_array_equal(x, data.train.inputs[:, 0])
    np.testing.assert_array_equal(y, data.train.targets)
    np.testing.assert_allclose(y - predicted, y - (numbers[0] * x + numbers[1]), atol=1e-12)
    assert plot._residual_item.path().elementCount() == 2 * len(x)
    plot.set_residuals(False)
    assert plot._residual_item.path().elementCount() == 0


def test_at_most_200_residuals_and_2000_points_are_drawn(plot: FitPlot) -> None:
    run = run_of(1, {"data.points": 5000})
    plot.set_residuals(True)
    plot.refresh(run.view())
    assert len(plot.drawn_residuals[0]) <= MOST_RESIDUALS
    assert len(plot._rows) <= MOST_POINTS
    assert plot._note.isVisible()
    assert plot._note.text == "showing 2,000 of 5,000 points"


def test_sample_keeps_the_extremes() -> None:
    random = np.random.default_rng(1)
    points = Split(random.normal(size=(100_000, 1)), random.normal(size=100_000))
    rows = sampled(points, 50)
    assert len(rows) <= 50
    x, y = points.inputs[rows, 0], points.targets[rows]
    assert (x.min(), x.max()) == (points.inputs.min(), points.inputs.max())
    assert (y.min(), y.max()) == (points.targets.min(), points.targets.max())


def test_points_stand_before_there_is_a_run(plot: FitPlot) -> None:
    preview(plot, ARTICLE)
    assert plot.drawn_line is None
    assert plot._legend.texts == ("training data · 100 points", "true line", "least-squares line")
    plot.refresh(None)
    assert plot._train_item.path().elementCount() > 100


def test_test_points_appear_when_asked(plot: FitPlot) -> None:
    plot.refresh(run_of(1).view())
    assert plot._test_item.path().elementCount() <= 1
    plot.set_show_test(True)
    assert "test data · 20 points" in plot._legend.texts
    assert plot._test_item.path().elementCount() >= 20 * 4


def test_applied_points_are_marked_and_the_range_widens_for_those_outside(plot: FitPlot) -> None:
    run = run_of(100)
    plot.refresh(run.view())
    before = plot.x_scale
    plot.set_applied(run.apply((1.5, 3.5, 4.8)))
    assert plot.x_scale == before
    assert "prediction" in plot._legend.texts
    assert "prediction outside the data" not in plot._legend.texts
    plot.set_applied(run.apply((1.5, 9.0)))
    assert plot.x_scale.high > 9.0
    assert "prediction outside the data" in plot._legend.texts
    assert plot._outside_marks.pen().style() == Qt.PenStyle.CustomDashLine
    plot.set_applied(())
    assert plot.x_scale == before


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([3.0], [7.0]),
        ([2.0, 2.0, 2.0], [1.0, 5.0, 9.0]),
        ([0.0, 1.0], [4.0, 4.0]),
        ([-1e30, 1e30], [-1e30, 1e30]),
        ([0.0, 1e-30], [0.0, 1e-30]),
        ([1e9, 1e9 + 1], [0.0, 1.0]),
    ],
)
def test_odd_data_gets_ranges_that_hold_it_and_can_be_painted(
    plot: FitPlot, x: list[float], y: list[float]
) -> None:
    experiment = table_experiment(x, y, ("x", "y"))
    preview(plot, experiment)
    assert plot.x_scale.low < min(x) <= max(x) < plot.x_scale.high
    assert plot.y_scale.low < min(y) <= max(y) < plot.y_scale.high
    run = Run(experiment)
    run.run_until(float("inf"), 3)
    plot.set_residuals(True)
    plot.refresh(run.view())
    assert not plot.grab().isNull()


def test_axes_are_called_after_the_columns(plot: FitPlot) -> None:
    preview(plot, table_experiment([1.0, 2.0], [3.0, 5.0], ("面积 <m²>", "价格")))
    labels = [axis.label.toPlainText().strip() for axis in plot._axes]
    assert labels == ["面积 <m²>", "价格"]


def test_theme_changes_every_colour(plot: FitPlot) -> None:
    plot.refresh(run_of(1).view())
    plot.set_theme(DARK)
    assert plot.backgroundBrush().color().name().upper() == DARK.panel
    assert plot._learnt_item.pen().color().name().upper() == DARK.learnt
    image = plot.grab().toImage()
    colours = {image.pixelColor(x, 5).name().upper() for x in range(0, 700, 7)}
    assert LIGHT.panel not in colours


def test_mouse_cannot_move_the_view(plot: FitPlot, qtbot: QtBot) -> None:
    plot.refresh(run_of(1).view())
    before = plot.area.viewRange()
    viewport = plot.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(viewport, QPoint(420, 260))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(420, 260))
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert plot.area.viewRange() == before


def test_the_line_is_seen_from_its_start_on(plot: FitPlot) -> None:
    plot.refresh(run_of(1).view())
    # The article's start: ŷ falls from 0.78 to −0.24, below all the points.
    assert plot.y_scale.low < -0.24
