from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.curve import MOST_RESIDUALS, sampled
from guitrain.core.data import Split
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import point_view
from guitrain.core.run import Run
from guitrain.plots.fit import MOST_POINTS, FitPlot
from guitrain.plots.theme import DARK, LIGHT
from guitrain.sentences import install_translator
from guitrain.snapshot import Ghost
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
    plot.set_applied(run.apply([(1.5,), (3.5,), (4.8,)]))
    assert plot.x_scale == before
    assert "prediction" in plot._legend.texts
    assert "prediction outside the data" not in plot._legend.texts
    plot.set_applied(run.apply([(1.5,), (9.0,)]))
    assert plot.x_scale.high > 9.0
    assert "prediction outside the data" in plot._legend.texts
    assert plot._applied_marks.outside.pen().style() == Qt.PenStyle.CustomDashLine
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

    def seen() -> tuple[object, ...]:
        corner = plot.mapFromScene(plot.area.mapToScene(QPointF(0, 0)))
        return plot.x_scale, plot.y_scale, plot.transform(), corner

    before = seen()
    viewport = plot.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(viewport, QPoint(420, 260))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(420, 260))
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert seen() == before


def test_the_line_is_seen_from_its_start_on(plot: FitPlot) -> None:
    plot.refresh(run_of(1).view())
    # The article's start: ŷ falls from 0.78 to −0.24, below all the points.
    assert plot.y_scale.low < -0.24


# Ghosts.


def ghost(run: Run, number: int = 1, name: str = "") -> Ghost:
    return Ghost(number, name, number - 1, run.view())


def test_ghosts_line_is_drawn_at_its_own_numbers(plot: FitPlot) -> None:
    other = run_of(30, {"learning_rate": 0.003})
    plot.refresh(run_of(57).view())
    plot.set_ghosts((ghost(other, 1, "slow"),))
    view = other.view()
    assert view.numbers is not None
    w, b = view.numbers
    (path,) = plot._ghost_lines.paths
    for i, x in ((0, plot.x_scale.low), (1, plot.x_scale.high)):
        assert path.elementAt(i).x == pytest.approx(float(plot.across(x)), abs=0.01)
        assert path.elementAt(i).y == pytest.approx(float(plot.down(w * x + b)), abs=0.01)
    assert plot.drawn_ghosts == (1,)
    assert plot._legend.texts[-1] == "slow"
    plot.set_ghosts(())
    assert plot._ghost_lines.paths == []
    assert "slow" not in plot._legend.texts
    assert plot._ghost_lines._items[0].path().isEmpty()


@pytest.mark.parametrize(
    "changes", [{"seeds.data": 3}, {"data.noise": 0.1}, {"test_fraction": 0.5}]
)
def test_ghost_of_other_points_is_not_drawn(plot: FitPlot, changes: dict[str, object]) -> None:
    plot.refresh(run_of(5).view())
    plot.set_ghosts((ghost(run_of(3, changes), 1), ghost(run_of(3, {"learning_rate": 1e-3}), 2)))
    assert plot.drawn_ghosts == (2,)


def test_ghosts_are_chosen_anew_for_another_run(plot: FitPlot) -> None:
    noisy = {"data.noise": 1.0}
    ghosts = (ghost(run_of(3), 1), ghost(run_of(3, noisy), 2))
    plot.refresh(run_of(5).view())
    plot.set_ghosts(ghosts)
    assert plot.drawn_ghosts == (1,)
    plot.refresh(run_of(5, noisy).view())
    plot.set_ghosts(ghosts)
    assert plot.drawn_ghosts == (2,)


def test_ghosts_that_stand_still_are_not_drawn_again(
    plot: FitPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, other = run_of(3), run_of(9)
    plot.refresh(run.view())
    ghosts = (ghost(other),)
    plot.set_ghosts(ghosts)
    calls: list[str] = []
    for name in ("_draw_ghosts", "_draw_legend"):
        monkeypatch.setattr(plot, name, lambda name=name: calls.append(name))
    plot.set_ghosts(tuple(Ghost(each.number, each.name, each.style, each.view) for each in ghosts))
    assert calls == []
    other.run_until(float("inf"), 1)
    plot.set_ghosts((ghost(other),))
    assert calls == ["_draw_ghosts"]


def test_at_most_12_ghosts_are_drawn_and_6_named(plot: FitPlot) -> None:
    plot.resize(900, 700)
    plot.refresh(run_of(5).view())
    other = run_of(3)
    plot.set_ghosts(tuple(ghost(other, i) for i in range(1, 20)))
    assert plot.drawn_ghosts == tuple(range(1, 13))
    assert plot._legend.texts[-7:] == (*(f"Run {i}" for i in range(1, 7)), "…")


def test_small_plot_names_fewer_ghosts_rather_than_nothing(plot: FitPlot) -> None:
    plot.refresh(run_of(5).view())
    plot.resize(340, 250)
    plot.set_ghosts(tuple(ghost(run_of(3), i) for i in range(1, 7)))
    assert plot._legend.isVisible()
    box = plot._legend.rect()
    assert box.width() * box.height() <= 0.35 * plot.area.width() * plot.area.height() + 1


def test_diverged_ghost_has_no_line(plot: FitPlot) -> None:
    diverged = run_of(10**4, {"learning_rate": 10.0, "stop.epochs": 10**4})
    plot.refresh(run_of(5).view())
    plot.set_ghosts((ghost(diverged),))
    assert not plot.grab().isNull()


def test_ghosts_and_the_point_are_exported(plot: FitPlot) -> None:
    run = run_of(57)
    plot.refresh(run.view())
    plot.set_ghosts((ghost(run_of(9), 4),))
    plot.set_point(point_view(run, 16))
    twin = plot.copy_for_export()
    assert twin.drawn_ghosts == (4,)
    assert twin._legend.texts == plot._legend.texts
    assert twin.point == plot.point
    assert twin._point_mark.tag.text == plot._point_mark.tag.text
    twin.deleteLater()


# The linked point.


def at_point(plot: FitPlot, row: int, right: float = 0.0) -> QPoint:
    """The viewport's pixel of a training point."""
    assert plot._data is not None
    points = plot._data.train
    x, y = float(plot.across(points.inputs[row, 0])), float(plot.down(points.targets[row]))
    return plot.mapFromScene(plot.area.mapToScene(QPointF(x + right, y)))


@pytest.fixture
def clicks(plot: FitPlot) -> list[int]:
    found: list[int] = []
    plot.point_clicked.connect(found.append)
    return found


LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize("row", [0, 16, 70, 99])
def test_click_on_a_point_tells_its_row(
    plot: FitPlot, qtbot: QtBot, clicks: list[int], row: int
) -> None:
    preview(plot, ARTICLE)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at_point(plot, row))
    assert clicks == [row]


def test_the_nearest_of_two_points_is_meant(plot: FitPlot, qtbot: QtBot, clicks: list[int]) -> None:
    preview(plot, table_experiment([0.0, 5.0, 5.1, 50.0], [0.0, 1.0, 1.0, 2.0], ("x", "y")))
    gap = float(plot.across(5.1) - plot.across(5.0))
    assert gap < 8
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at_point(plot, 2, 4.0))
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at_point(plot, 1, -4.0))
    assert clicks == [2, 1]


def test_click_beside_the_points_means_none(plot: FitPlot, qtbot: QtBot, clicks: list[int]) -> None:
    preview(plot, table_experiment([0.0, 50.0], [0.0, 2.0], ("x", "y")))
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at_point(plot, 0, 14.0))
    assert clicks == [-1]
    qtbot.mouseClick(plot.viewport(), LEFT, pos=QPoint(2, 2))  # beside the axes
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=at_point(plot, 0))
    assert clicks == [-1]


def test_drag_is_no_click(plot: FitPlot, qtbot: QtBot, clicks: list[int]) -> None:
    preview(plot, ARTICLE)
    start = at_point(plot, 16)
    qtbot.mousePress(plot.viewport(), LEFT, pos=start)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=start + QPoint(60, 0))
    assert clicks == []


def test_only_points_that_are_drawn_can_be_hit(
    plot: FitPlot, qtbot: QtBot, clicks: list[int]
) -> None:
    preview(plot, ARTICLE.changed({"data.points": 5000}))
    for row in (7, 1234, 4999):
        qtbot.mouseClick(plot.viewport(), LEFT, pos=at_point(plot, row))
    assert len(clicks) == 3
    assert set(clicks) <= set(plot._rows.tolist())


def test_click_without_points_is_harmless(plot: FitPlot, qtbot: QtBot, clicks: list[int]) -> None:
    qtbot.mouseClick(plot.viewport(), LEFT, pos=QPoint(300, 200))
    plot.select_next_point()
    assert clicks == [-1]


def test_hand_over_a_point(plot: FitPlot, qtbot: QtBot) -> None:
    preview(plot, ARTICLE)
    qtbot.mouseMove(plot.viewport(), at_point(plot, 16) + QPoint(0, 60))
    qtbot.mouseMove(plot.viewport(), at_point(plot, 16))
    hand = Qt.CursorShape.PointingHandCursor
    qtbot.waitUntil(lambda: plot.viewport().cursor().shape() == hand)
    qtbot.mouseMove(plot.viewport(), QPoint(300, 60))
    qtbot.waitUntil(lambda: plot.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor)


def test_selected_point_has_a_ring_its_residual_and_its_term(plot: FitPlot) -> None:
    run = run_of(57)
    plot.refresh(run.view())
    view, row = run.view(), 16
    plot.set_point(point_view(run, row))
    assert view.numbers is not None
    x, y = float(view.data.train.inputs[row, 0]), float(view.data.train.targets[row])
    predicted = view.numbers[0] * x + view.numbers[1]
    mark = plot._point_mark
    assert mark.ring.pos().x() == pytest.approx(float(plot.across(x)), abs=0.01)
    assert mark.ring.pos().y() == pytest.approx(float(plot.down(y)), abs=0.01)
    start, end = mark.line.path().elementAt(0), mark.line.path().elementAt(1)
    assert (start.x, start.y) == pytest.approx((mark.ring.x(), mark.ring.y()), abs=0.01)
    assert end.y == pytest.approx(float(plot.down(predicted)), abs=0.05)
    assert mark.label.text == f"ŷ − y = {predicted - y:.3f}".replace("-", "−")
    assert mark.tag.text == (
        f"point 17\nx = {x:.3f}, y = {y:.3f}, ŷ = {predicted:.3f}\n"
        f"(ŷ − y)² = {(predicted - y) ** 2:.3f}, its term of the loss"
    )
    assert mark.line.pen().color().name() == LIGHT.muted.lower()
    assert LIGHT.gradient.lower() not in {mark.ring.pen().color().name()}
    plot.set_point(None)
    items = (mark.ring, mark.line, mark.label, mark.tag)
    assert not any(item.isVisible() for item in items)


def test_term_is_that_of_the_loss_chosen(plot: FitPlot) -> None:
    for loss, formula in (("mae", "|ŷ − y|"), ("huber", "h(ŷ − y)")):
        run = run_of(5, {"loss": loss})
        plot.refresh(run.view())
        point = point_view(run, 3)
        plot.set_point(point)
        assert f"\n{formula} = {point.term:.3f}, its term" in plot._point_mark.tag.text


def test_point_moves_with_the_line(plot: FitPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(5)
    plot.refresh(run.view())
    plot.set_point(point_view(run, 3))
    before = plot._point_mark.line.path().boundingRect().height()
    calls: list[int] = []
    draw = plot._draw_point

    def counted() -> None:
        calls.append(1)
        draw()

    monkeypatch.setattr(plot, "_draw_point", counted)
    plot.set_point(point_view(run, 3))
    assert calls == []
    run.run_until(float("inf"), 20)
    plot.refresh(run.view())
    plot.set_point(point_view(run, 3))
    assert calls == [1]
    assert plot._point_mark.line.path().boundingRect().height() != before


@pytest.mark.parametrize("size", [(1050, 500), (560, 330), (340, 250), (240, 170), (90, 60)])
@pytest.mark.parametrize("row", [0, 16, 99])
def test_texts_of_the_point_stay_within_and_clear_of_the_legend(
    plot: FitPlot, size: tuple[int, int], row: int
) -> None:
    run = run_of(2, {"learning_rate": 0.001})
    plot.resize(*size)
    plot.refresh(run.view())
    plot.set_point(point_view(run, row))
    mark, area = plot._point_mark, plot.area_rect.adjusted(-1, -1, 1, 1)
    for box in mark.boxes:
        assert area.contains(box)
        if plot._legend.isVisible():
            assert not box.intersects(plot._legend.rect().translated(plot._legend.pos()))
    assert not plot.grab().isNull()


def test_point_of_a_diverged_run_has_no_residual_to_draw(plot: FitPlot) -> None:
    run = run_of(10**4, {"learning_rate": 10.0, "stop.epochs": 10**4})
    plot.refresh(run.view())
    plot.set_point(replace(point_view(run_of(1), 2), outputs=(float("nan"),), term=float("nan")))
    assert plot._point_mark.ring.isVisible()
    assert not plot._point_mark.line.isVisible()
    assert "ŷ = NaN" in plot._point_mark.tag.text
    assert not plot.grab().isNull()


def test_next_point_goes_along_x_and_round(plot: FitPlot, clicks: list[int]) -> None:
    preview(plot, table_experiment([3.0, 1.0, 2.0], [0.0, 1.0, 2.0], ("x", "y")))
    point = point_view(run_of(1), 0)
    for row, step in ((1, 1), (2, 1), (0, 1), (1, -1)):
        plot.point = replace(point, row=row)
        plot.select_next_point(step)
    plot.point = None
    plot.select_next_point()
    plot.select_next_point(-1)
    assert clicks == [2, 0, 1, 0, 1, 0]


# What is true.


def truth_on(plot: FitPlot) -> tuple[np.ndarray, np.ndarray]:
    """The corners of the true curve as drawn, in the data's units."""
    path = plot._truth_item.path()
    ends = [path.elementAt(at) for at in range(path.elementCount())]
    x_scale, y_scale = plot.x_scale, plot.y_scale
    across = np.array([end.x for end in ends]) / plot.area.width()
    down = np.array([end.y for end in ends]) / plot.area.height()
    return (
        x_scale.low + across * (x_scale.high - x_scale.low),
        y_scale.high - down * (y_scale.high - y_scale.low),
    )


def of(name: str, values: dict[str, float] | None = None) -> Experiment:
    return ARTICLE.changed({"data": Choice(name, values or {})})


@pytest.mark.parametrize(
    ("name", "true"),
    [
        ("parabola", lambda x: (x - 2.5) ** 2),
        ("sine", lambda x: 2 * np.sin(2 * np.pi * x / 5)),
        ("line", lambda x: 2 * x + 1),
        ("outliers", lambda x: 2 * x + 1),
    ],
)
def test_the_truth_is_drawn_across_the_whole_plot(
    plot: FitPlot, name: str, true: Callable[[np.ndarray], np.ndarray]
) -> None:
    preview(plot, of(name))
    x, y = truth_on(plot)
    assert x[[0, -1]] == pytest.approx([plot.x_scale.low, plot.x_scale.high])
    per_pixel = (plot.y_scale.high - plot.y_scale.low) / plot.area.height()
    np.testing.assert_allclose(y, true(x), atol=per_pixel / 10)
    assert len(x) == 2 if name in ("line", "outliers") else len(x) > 500
    assert plot._truth_item.pen().style() == Qt.PenStyle.CustomDashLine
    word = "true line" if name in ("line", "outliers") else "true curve"
    assert word in plot._legend.texts


def test_a_true_step_is_drawn_upright(plot: FitPlot) -> None:
    preview(plot, of("step"))
    x, y = truth_on(plot)
    jump = int(np.argmax(np.diff(y)))
    assert y[jump : jump + 2] == pytest.approx([1.0, 4.0])
    assert x[jump : jump + 2] == pytest.approx([2.5, 2.5])
    assert "true step" in plot._legend.texts


def test_a_curve_stays_fine_where_predictions_widen_the_range(plot: FitPlot) -> None:
    run = Run(of("sine", {"period": 1.0}))
    run.run_until(float("inf"), 3)
    plot.refresh(run.view())
    plot.set_applied(run.apply([(150.0,)]))
    x, y = truth_on(plot)
    assert x[-1] > 150
    assert np.diff(x).max() < 1 / 20
    assert y.max() == pytest.approx(2, abs=0.05)
    assert y.min() == pytest.approx(-2, abs=0.05)
    assert not plot.grab().isNull()


def test_waves_too_fine_to_be_told_apart_are_a_pale_surface_behind_the_points(
    plot: FitPlot,
) -> None:
    preview(plot, of("sine", {"period": 0.01}))
    item = plot._truth_item
    assert item.pen().style() == Qt.PenStyle.SolidLine
    assert item.zValue() < plot._train_item.zValue()
    preview(plot, of("sine"))
    assert item.pen().style() == Qt.PenStyle.CustomDashLine
    assert item.zValue() > plot._train_item.zValue()


@pytest.mark.parametrize("size", [(700, 400), (160, 120)])
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("sine", {"period": 1e-9}),
        ("sine", {"period": 1e6, "amplitude": -1e6}),
        ("parabola", {"curvature": -1000.0, "vertex_x": 1e6}),
        ("step", {"step_x": 0.0}),
        ("step", {"step_x": 5.0, "y_before": 1e6}),
        ("outliers", {"points": 1, "outlier_share": 0.5, "outlier_size": -1e6}),
        ("hubble", {}),
        ("anscombe", {"set": 4}),
    ],
)
def test_extreme_sources_can_be_drawn(
    plot: FitPlot, name: str, values: dict[str, float], size: tuple[int, int]
) -> None:
    plot.resize(*size)
    preview(plot, of(name, values))
    assert not plot.grab().isNull()


def test_axes_have_units(plot: FitPlot) -> None:
    preview(plot, of("hubble"))
    labels = [axis.label.toPlainText().strip() for axis in plot._axes]
    assert labels == ["distance (Mpc)", "velocity (km/s)"]
    assert not any(text.startswith("true") for text in plot._legend.texts)
    preview(plot, of("anscombe"))
    assert [axis.label.toPlainText().strip() for axis in plot._axes] == ["x", "y"]


def test_names_of_published_sets_are_translated_and_those_of_files_are_not(plot: FitPlot) -> None:
    install_translator(lambda _, text: {"distance": "距离", "velocity": "速度"}.get(text, text))
    try:
        preview(plot, of("hubble"))
        labels = [axis.label.toPlainText().strip() for axis in plot._axes]
        assert labels == ["距离 (Mpc)", "速度 (km/s)"]
        preview(plot, table_experiment([1.0, 2.0], [3.0, 5.0], ("distance", "velocity")))
        labels = [axis.label.toPlainText().strip() for axis in plot._axes]
        assert labels == ["distance", "velocity"]
    finally:
        install_translator(None)


BENT = table_experiment([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 1.0, -1.0, 3.0], ("x", "y")).changed(
    {"standardize": True, "learning_rate": 0.001, "stop.epochs": 200}
)


@pytest.mark.parametrize(
    "model", [Choice("polynomial"), Choice("polynomial", {"degree": 9}), Choice("mlp")]
)
def test_curve_and_residuals_are_drawn_where_the_model_says(plot: FitPlot, model: Choice) -> None:
    run = Run(BENT.changed({"model": model}))
    run.run()
    view = run.view()
    plot.refresh(view)
    plot.set_residuals(True)
    assert plot.drawn_line is None
    assert plot.drawn_curve is not None
    x, y = plot.drawn_curve
    assert (x[0], x[-1]) == (plot.x_scale.low, plot.x_scale.high)
    inside = x[1:-1]
    assert y[1:-1] == pytest.approx(run.learner.predict(inside[:, None]), rel=1e-6)
    assert y[-1] == pytest.approx(run.learner.predict(x[-1:, None])[0], rel=0.02, abs=0.05)
    path = plot._learnt_item.path()
    assert path.elementAt(0).y == pytest.approx(float(plot.down(y[0])), abs=0.01)
    of_x, of_y, predicted = plot.drawn_residuals
    assert predicted == pytest.approx(run.learner.predict(of_x[:, None]))
    assert of_y.tolist() == [0.0, 2.0, 1.0, -1.0, 3.0]
    known = model.name == "polynomial" and view.facts.least_squares is not None
    assert "learnt curve" in plot._legend.texts
    assert ("least-squares polynomial" in plot._legend.texts) == known
    assert plot._best_item.path().isEmpty() != known
    run.seek(3)
    plot.refresh(run.view())
    assert not np.array_equal(plot.drawn_curve[1], y)
    plot.refresh(run_of(57).view())
    assert plot.drawn_curve is None
    assert plot.drawn_line is not None
    assert "learnt line" in plot._legend.texts


def test_a_curve_behind_a_curve_is_in_one_piece_for_its_dashes(plot: FitPlot) -> None:
    run, other = Run(BENT.changed({"model": "mlp"})), Run(BENT.changed({"model": "polynomial"}))
    for each in (run, other):
        each.run()
    plot.refresh(run.view())
    plot.set_ghosts((ghost(other),))
    (path,) = plot._ghost_lines.paths
    moves = [path.elementAt(i).isMoveTo() for i in range(path.elementCount())]
    assert moves.count(True) == 1
    view = other.view()
    assert view.curve is not None
    at = path.elementAt(path.elementCount() // 2)
    x = plot.x_scale.low + at.x / plot.area.width() * (plot.x_scale.high - plot.x_scale.low)
    y = float(np.interp(x, view.curve.x, view.curve.y))
    assert at.y == pytest.approx(float(plot.down(y)), abs=0.01)


def test_a_curve_that_diverged_is_survived(plot: FitPlot) -> None:
    run = Run(BENT.changed({"model": Choice("polynomial", {"degree": 30}), "learning_rate": 10.0}))
    run.run()
    plot.refresh(run.view())
    plot.set_residuals(True)
    assert plot.copy_for_export().drawn_curve is not None


def test_applied_x_far_off_are_reached_by_the_curve(plot: FitPlot) -> None:
    run = Run(BENT.changed({"model": "mlp"}))
    run.run()
    plot.refresh(run.view((9.0,)))
    plot.set_applied(run.apply([(9.0,)]))
    assert plot.drawn_curve is not None
    assert plot.x_scale.high > 9.0
    assert plot.drawn_curve[0][-1] == plot.x_scale.high
