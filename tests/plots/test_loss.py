import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QPainterPath
from pytestqt.qtbot import QtBot

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots.ghosts import ghost_colour, ghost_dashes
from guitrain.plots.loss import LossPlot
from guitrain.plots.marks import place_labels
from guitrain.plots.scales import nice_step
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Ghost
from tests.plots.runs import run_of


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(500, 360)
    made.show()
    return made


def overlapping(boxes: list[QRectF]) -> list[tuple[int, int]]:
    count = range(len(boxes))
    return [(i, j) for i in count for j in count if i < j and boxes[i].intersects(boxes[j])]


def labels(plot: LossPlot) -> list[QRectF]:
    boxes = list(plot._marks.boxes)
    if plot._value.isVisible():
        boxes.append(plot._value.box)
    return boxes


def test_curve_is_drawn_where_the_losses_are(plot: LossPlot) -> None:
    run = run_of(57)
    plot.refresh(run.view())
    losses = run.epochs.publish().column("loss").astype(float)
    path = plot.train.item.path()
    # As pairs: start and end of each segment.
    xs = [path.elementAt(i).x for i in range(0, path.elementCount(), 2)]
    ys = [path.elementAt(i).y for i in range(0, path.elementCount(), 2)]
    np.testing.assert_allclose(xs, plot.across(np.arange(1.0, 57.0)), atol=0.01)
    np.testing.assert_allclose(ys, plot.down(losses[:-1]), atol=0.01)
    end = path.elementAt(path.elementCount() - 1)
    assert end.x == pytest.approx(float(plot.across(57.0)), abs=0.01)


def test_marker_says_the_articles_loss_of_epoch_57(plot: LossPlot) -> None:
    run = run_of(57)
    plot.refresh(run.view())
    assert plot._value.text == "0.2420"
    assert plot._marker.pos().x() == pytest.approx(float(plot.across(57.0)), abs=0.01)


def test_marker_is_at_the_next_epoch_as_soon_as_its_loss_is_measured(plot: LossPlot) -> None:
    run = run_of(56)
    while run.phase is not Phase.LOSS:
        run.advance()
    plot.refresh(run.view())
    assert plot._value.text == "0.2420"
    assert plot._marker.pos().x() == pytest.approx(float(plot.across(57.0)), abs=0.01)
    run.seek(10)
    plot.refresh(run.view())
    assert plot._marker.pos().x() == pytest.approx(float(plot.across(10.0)), abs=0.01)


def test_articles_axes_are_whole_from_the_start(plot: LossPlot) -> None:
    run = run_of(1)
    scales = set()
    while run.stopped is None:
        run.run_until(float("inf"), 1)
        plot.refresh(run.view())
        scales.add((plot.x_scale, plot.y_scale))
    ((x, y),) = scales
    assert (x.low, x.high) == (0.0, 100.0)
    assert (y.low, y.high, y.log) == (0.1, 100.0, True)


def test_long_run_widens_its_epochs_in_steps(plot: LossPlot) -> None:
    run = run_of(1, {"stop.epochs": 1500})
    seen: list[float] = []
    while run.stopped is None:
        run.run_until(float("inf"), 7)
        plot.refresh(run.view())
        if not seen or plot.x_scale.high != seen[-1]:
            seen.append(plot.x_scale.high)
    assert seen == [100.0, 200.0, 500.0, 1000.0, 1500.0]


def test_linear_axis_starts_at_0_and_ends_at_a_step(plot: LossPlot) -> None:
    plot.set_log(False)
    plot.refresh(run_of(5).view())
    assert (plot.y_scale.low, plot.y_scale.high, plot.y_scale.log) == (0.0, 50.0, False)
    assert nice_step(42.9) == 50.0


def test_new_run_starts_with_ranges_of_its_own(plot: LossPlot) -> None:
    plot.refresh(run_of(5, {"initial": (1000.0, 0.0)}).view())
    assert plot.y_scale.high >= 1e6
    plot.refresh(run_of(5).view())
    assert plot.y_scale.high == 100.0


def test_nothing_is_drawn_again_while_the_run_stands_still(
    plot: LossPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(5)
    view = run.view()
    plot.refresh(view)
    calls: list[str] = []
    for name in ("_draw", "_draw_curves", "_draw_test", "_draw_marker"):
        monkeypatch.setattr(plot, name, lambda name=name: calls.append(name))
    plot.refresh(view)
    plot.set_log(True)
    assert calls == []
    plot.refresh(run.view())  # an equal view, made again
    assert "_draw" not in calls
    assert "_draw_curves" not in calls


def test_diverging_run_can_be_drawn_and_its_marker_is_a_number(plot: LossPlot) -> None:
    run = run_of(10**6, {"learning_rate": 10.0, "stop.epochs": 10**6})
    assert run.stopped is not None
    for log in (True, False):
        plot.set_log(log)
        plot.refresh(run.view())
        assert np.isfinite([plot.y_scale.low, plot.y_scale.high]).all()
        assert not plot.grab().isNull()
    assert plot.marker_value is None or np.isfinite(plot.marker_value)


def test_loss_of_0_lies_below_a_logarithmic_axis(plot: LossPlot) -> None:
    run = run_of(5, {"data.noise": 0.0, "initial": (2.0, 1.0)})
    plot.refresh(run.view())
    assert float(plot.down(0.0)) > plot.area.height()
    assert not plot.grab().isNull()


def test_marks_are_worded_for_the_loss(plot: LossPlot) -> None:
    plot.refresh(run_of(57).view())
    assert sorted(plot._marks.texts) == [
        "best any line can do 0.2037",
        "expected on new data σ² = 0.25",
    ]
    plot.refresh(run_of(57, {"loss": "mae", "stop.target_loss": 0.01}).view())
    assert "expected on new data 0.3989" in plot._marks.texts
    assert not any("σ²" in text for text in plot._marks.texts)


@pytest.mark.parametrize("name", ["parabola", "sine", "step"])
def test_of_a_curve_the_noise_floor_is_no_promise(plot: LossPlot, name: str) -> None:
    plot.refresh(run_of(3, {"data": name}).view())
    assert "noise floor σ² = 0.25" in plot._marks.texts
    plot.refresh(run_of(3, {"data": name, "loss": "mae"}).view())
    assert "noise floor 0.3989" in plot._marks.texts
    assert not any("expected" in text for text in plot._marks.texts)


def test_with_outliers_the_noise_floor_counts_them(plot: LossPlot) -> None:
    plot.refresh(run_of(3, {"data": "outliers"}).view())
    assert "noise floor 9.25" in plot._marks.texts  # 0.5² + 0.1·0.9·10²


def test_of_published_points_no_noise_is_known(plot: LossPlot) -> None:
    plot.refresh(run_of(3, {"data": "hubble"}).view())
    assert [text[:17] for text in plot._marks.texts] == ["best any line can"]


def test_target_is_marked_as_soon_as_it_is_switched_on(plot: LossPlot) -> None:
    run = run_of(5)
    plot.refresh(run.view())
    run.change({"stop.target_loss": 0.3})
    plot.refresh(run.view())
    assert "stop at 0.3" in plot._marks.texts


@pytest.mark.parametrize("size", [(260, 180), (340, 330), (700, 400), (1200, 300)])
@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize(
    "changes", [{}, {"stop.target_loss": 0.22}, {"data.noise": 0.01}, {"loss": "huber"}]
)
def test_labels_never_overlap_and_stay_within_the_plot(
    plot: LossPlot, size: tuple[int, int], log: bool, changes: dict[str, Any]
) -> None:
    plot.resize(*size)
    plot.set_log(log)
    run = run_of(1, changes)
    while run.stopped is None:
        run.run_until(float("inf"), 9)
        plot.refresh(run.view())
        boxes = labels(plot)
        assert overlapping(boxes) == []
        area = plot.area_rect.adjusted(-1, -1, 1, 1)
        assert all(area.contains(box) for box in boxes)


def test_labels_with_no_room_are_left_out() -> None:
    placed = place_labels([10.0, 11.0, 12.0], [(90.0, 14.0)] * 3, QRectF(0, 0, 100, 30))
    boxes = [box for box in placed if box is not None]
    assert 1 <= len(boxes) < 3
    assert overlapping(boxes) == []


def test_test_curve_is_drawn_when_asked(plot: LossPlot) -> None:
    run = run_of(20)
    run.fill_test_curve(float("inf"))
    plot.refresh(run.view())
    assert plot._test_item.path().elementCount() <= 1
    plot.set_show_test(True)
    path = plot._test_item.path()
    steps, losses = run.view().test_curve
    assert path.elementCount() == len(steps)
    # The weights after k updates are those that the training loss of epoch k + 1 is measured at.
    assert path.elementAt(3).x == pytest.approx(float(plot.across(steps[3] + 1)), abs=0.01)
    assert path.elementAt(3).y == pytest.approx(float(plot.down(losses[3])), abs=0.01)
    assert plot._legend.texts == ("training", "test", "gap")
    assert plot._test_item.pen().dashPattern() != plot.train.item.pen().dashPattern()


def test_batches_are_drawn_behind_the_epochs_means(plot: LossPlot) -> None:
    plot.refresh(run_of(5, {"batch_size": 10}).view())
    assert plot._legend.texts == ("training, mean of the epoch", "training, each batch")
    path = plot.batches.item.path()
    assert path.elementAt(0).x == pytest.approx(float(plot.across(0.1)), abs=0.01)


def hover(plot: LossPlot, epoch: float) -> str:
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    place = plot.area.mapToScene(QPointF(float(plot.across(epoch)), plot.area.height() / 2))
    at = QPointF(plot.mapFromScene(place))
    none = Qt.MouseButton.NoButton
    plot.mouseMoveEvent(
        QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    )
    return plot.hovered


def test_hover_says_epoch_and_loss(plot: LossPlot) -> None:
    plot.refresh(run_of(60).view())
    assert hover(plot, 57.0) == "epoch 57 · loss 0.2420"
    assert hover(plot, 99.0).startswith("epoch 60 · loss 0.2")
    assert hover(plot, 0.0) == "epoch 1 · loss 42.9195"
    plot.leaveEvent(None)  # type: ignore[arg-type]
    assert plot.hovered == ""


def test_hover_reaches_the_plot_through_the_mouse(plot: LossPlot, qtbot: QtBot) -> None:
    plot.refresh(run_of(60).view())
    qtbot.mouseMove(plot.viewport(), QPoint(200, 150))
    qtbot.mouseMove(plot.viewport(), QPoint(260, 160))
    qtbot.waitUntil(lambda: plot.hovered != "")


def test_hover_over_thinned_epochs_says_their_extremes(plot: LossPlot) -> None:
    run = run_of(20_000, {"stop.epochs": 20_000}, history_bytes=400_000)
    assert run.epochs.publish().first > 1000
    plot.refresh(run.view())
    text = hover(plot, 500.0)
    assert text.startswith("epochs ")
    assert " to " in text


def test_empty_plot_can_be_refreshed_and_emptied(plot: LossPlot) -> None:
    plot.refresh(None)
    plot.refresh(run_of(3).view())
    plot.refresh(None)
    assert plot.marker_value is None
    assert plot._marks.texts == []
    assert not plot.grab().isNull()


def test_marks_take_the_colours_of_a_new_theme(plot: LossPlot) -> None:
    plot.refresh(run_of(57).view())
    plot.set_theme(DARK)
    colours = {tag._text.brush().color().name() for tag in plot._marks._tags if tag.isVisible()}
    assert colours == {DARK.muted.lower(), DARK.best.lower()}


# Ghosts.


def ghost(run: Run, number: int = 1, name: str = "") -> Ghost:
    return Ghost(number, name, number - 1, run.view())


def points_of(path: QPainterPath) -> np.ndarray:
    return np.array(
        [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
    )


def test_ghosts_curve_runs_through_its_losses(plot: LossPlot) -> None:
    other = run_of(80, {"learning_rate": 0.003})
    plot.refresh(run_of(57).view())
    plot.set_ghosts((ghost(other, 2, "slow"),))
    assert plot.drawn_ghosts == (2,)
    assert plot._legend.texts == ("training", "slow")
    (path,) = plot._ghosts._lines.paths
    losses = other.epochs.publish().column("loss").astype(float)
    found = points_of(path)
    # Its dashes lie on the line through the points (epoch, loss), from the first to the last.
    expected = np.interp(found[:, 0], plot.across(np.arange(1.0, 81.0)), plot.down(losses))
    np.testing.assert_allclose(found[:, 1], expected, atol=0.05)
    assert found[0, 0] == pytest.approx(float(plot.across(1.0)), abs=0.01)
    assert found[-1, 0] == pytest.approx(float(plot.across(80.0)), abs=12)
    plot.set_ghosts(())
    assert plot._ghosts._lines.paths == []
    assert plot._legend.texts == ()


def test_ghost_with_another_loss_is_not_drawn(plot: LossPlot) -> None:
    plot.refresh(run_of(5).view())
    plot.set_ghosts((ghost(run_of(5, {"loss": "mae"}), 1), ghost(run_of(5), 2)))
    assert plot.drawn_ghosts == (2,)
    plot.refresh(run_of(5, {"loss": "mae"}).view())
    plot.set_ghosts((ghost(run_of(5, {"loss": "mae"}), 1), ghost(run_of(5), 2)))
    assert plot.drawn_ghosts == (1,)


def test_ghosts_that_stand_still_are_not_drawn_again(
    plot: LossPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, other = run_of(5), run_of(9)
    plot.refresh(run.view())
    plot.set_ghosts((ghost(other),))
    drawn: list[object] = []
    take = plot._ghosts._path

    def counted(each: Ghost) -> QPainterPath:
        drawn.append(each.number)
        return take(each)

    monkeypatch.setattr(plot._ghosts, "_path", counted)
    view = plot._ghosts.ghosts[0].view
    plot.set_ghosts((Ghost(1, "", 0, view), ghost(run_of(7), 2)))
    assert drawn == [2]
    run.run_until(float("inf"), 1)
    plot.refresh(run.view())
    plot.set_ghosts(plot._ghosts.ghosts)
    assert drawn == [2]
    other.run_until(float("inf"), 5)
    plot.set_ghosts((ghost(other), plot._ghosts.ghosts[1]))
    assert drawn == [2, 1]


def test_racing_ghost_is_never_more_than_a_pixel_behind(plot: LossPlot) -> None:
    changes = {"stop.epochs": 20_000}
    run, other = run_of(2, changes), run_of(2, changes)
    for _ in range(60):
        run.run_until(float("inf"), 37)
        other.run_until(float("inf"), 37)
        plot.refresh(run.view())
        plot.set_ghosts((ghost(other),))
        (path,) = plot._ghosts._lines.paths
        end = float(plot.across(other.epochs.length))
        # The last dash may end before a gap.
        assert path.boundingRect().right() > end - 14
        assert plot._ghosts._curves[1][0].epochs.length >= other.epochs.length - 37 * 20


def test_range_widens_for_ghosts_that_are_near_and_not_for_those_far_off(plot: LossPlot) -> None:
    plot.refresh(run_of(5).view())
    assert plot.y_scale.high == 100.0
    plot.set_ghosts((ghost(run_of(60, {"initial": (8.0, 3.0)})),))
    assert plot.y_scale.high == 1000.0
    plot.set_ghosts((ghost(run_of(10**4, {"learning_rate": 10.0, "stop.epochs": 10**4})),))
    assert plot.y_scale.high <= 1000.0
    plot.set_ghosts(())
    assert plot.y_scale.high == 100.0
    assert not plot.grab().isNull()


def test_axis_reaches_to_the_end_of_a_longer_ghost(plot: LossPlot) -> None:
    plot.refresh(run_of(5).view())
    plot.set_ghosts((ghost(run_of(150, {"stop.epochs": 150})),))
    assert plot.x_scale.high == 150.0
    plot.set_ghosts((ghost(run_of(900, {"stop.epochs": 900})),))
    assert plot.x_scale.high == 100.0


def test_at_most_12_ghosts_are_drawn(plot: LossPlot) -> None:
    plot.resize(600, 600)
    plot.refresh(run_of(5).view())
    other = run_of(7)
    plot.set_ghosts(tuple(ghost(other, i) for i in range(1, 20)))
    assert plot.drawn_ghosts == tuple(range(1, 13))
    assert plot._legend.texts == ("training", *(f"Run {i}" for i in range(1, 7)), "…")
    plot.resize(300, 180)
    assert plot._legend.rect().height() <= plot.area.height() / 2 + 1


def test_ghosts_stay_when_the_plot_is_emptied_and_filled_again(plot: LossPlot) -> None:
    other = ghost(run_of(7))
    plot.set_ghosts((other,))  # before there is a run
    assert plot.drawn_ghosts == ()
    plot.refresh(run_of(5).view())
    plot.set_ghosts((other,))
    assert plot.drawn_ghosts == (1,)
    plot.refresh(None)
    assert plot.drawn_ghosts == ()
    assert not plot.grab().isNull()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_ghosts_wear_their_styles(plot: LossPlot, theme: Theme) -> None:
    plot.refresh(run_of(5).view())
    plot.set_ghosts((ghost(run_of(9), 1), ghost(run_of(7), 2)))
    plot.set_theme(theme)
    colours = [item.pen().color().name() for item in plot._ghosts._lines._items]
    assert colours == [QColor(ghost_colour(i, theme)).name() for i in (0, 1)]
    assert all(item.pen().widthF() < plot.train.item.pen().widthF() for item in
               plot._ghosts._lines._items)  # fmt: skip


def test_ghosts_are_exported(plot: LossPlot) -> None:
    plot.refresh(run_of(57).view())
    plot.set_ghosts((ghost(run_of(80), 3),))
    twin = plot.copy_for_export()
    assert twin.drawn_ghosts == (3,)
    assert twin._legend.texts == ("training", "Run 3")
    assert tuple(twin._ghosts._lines._items[0].pen().dashPattern()) == ghost_dashes(2)
    twin.deleteLater()


# A run that is watched.


@pytest.mark.parametrize("batch", [None, 25])
def test_while_running_the_end_of_the_curve_is_drawn_by_itself(
    plot: LossPlot, batch: int | None
) -> None:
    run = run_of(700, {"batch_size": batch, "stop.epochs": 10**6})
    plot.refresh(run.view(), running=True)
    whole = points_of(plot.train.item.path())
    steps = 4 if batch else 1
    run.run_until(math.inf, 4 * steps)
    plot.refresh(run.view(), running=True)
    assert plot.across(704.0) - plot.across(700.0) < 8
    np.testing.assert_array_equal(points_of(plot.train.item.path()), whole)
    losses = run.epochs.publish().column("loss")[699:].astype(float)
    end = points_of(plot.train.end.path())
    expected = np.stack([plot.across(np.arange(700.0, 705)), plot.down(losses)], axis=1)
    np.testing.assert_allclose(end[[0, *range(1, len(end), 2)]], expected, atol=0.01)
    assert plot.marker_value == pytest.approx(losses[-1])
    assert plot.batches.end.path().isEmpty() == (batch is None)
    run.run_until(math.inf, 60 * steps)
    plot.refresh(run.view(), running=True)
    assert plot.train.end.path().isEmpty()
    assert points_of(plot.train.item.path())[-1, 0] == pytest.approx(float(plot.across(764.0)))


def test_a_run_that_rests_has_its_whole_curve_drawn(plot: LossPlot) -> None:
    run = run_of(700, {"stop.epochs": 10**6})
    plot.refresh(run.view(), running=True)
    run.run_until(math.inf, 3)
    plot.refresh(run.view(), running=True)
    assert not plot.train.end.path().isEmpty()
    plot.refresh(run.view())
    assert plot.train.end.path().isEmpty()
    assert points_of(plot.train.item.path())[-1, 0] == pytest.approx(float(plot.across(703.0)))


def test_a_tail_beyond_the_ranges_widens_them(plot: LossPlot) -> None:
    run = run_of(700, {"stop.epochs": 10**6})
    plot.refresh(run.view(), running=True)
    top = plot.y_scale.high
    run.change({"learning_rate": 3.0})
    run.run_until(math.inf, 8)
    plot.refresh(run.view(), running=True)
    assert plot.y_scale.high > top


# The past.


def test_in_the_past_the_curve_beyond_the_cursor_is_fainter(plot: LossPlot) -> None:
    run = run_of(60)
    plot.refresh(run.view())
    assert plot.train.later.path().isEmpty()
    run.seek(20)
    plot.refresh(run.view())
    at = float(plot.across(20.0))
    assert points_of(plot.train.item.path())[-1, 0] == pytest.approx(at, abs=0.01)
    later = points_of(plot.train.later.path())
    assert later[0, 0] == pytest.approx(at, abs=0.01)
    assert later[-1, 0] == pytest.approx(float(plot.across(60.0)), abs=0.01)
    assert plot.train.later.pen().widthF() < plot.train.item.pen().widthF()
    assert plot._marker.pos().x() == pytest.approx(at, abs=0.01)
    losses = run.epochs.publish().column("loss").astype(float)
    assert plot.marker_value == pytest.approx(losses[19])
    while run.learner.step < run.head:
        run.advance()
    plot.refresh(run.view())
    assert plot.train.later.path().isEmpty()
    assert points_of(plot.train.item.path())[-1, 0] == pytest.approx(float(plot.across(60.0)))


def test_within_a_step_of_the_past_the_curve_reaches_the_marker(plot: LossPlot) -> None:
    run = run_of(60)
    run.seek(20, Phase.LOSS)
    plot.refresh(run.view())
    at = float(plot.across(21.0))
    assert plot._marker.pos().x() == pytest.approx(at, abs=0.01)
    assert points_of(plot.train.item.path())[-1, 0] == pytest.approx(at, abs=0.01)


@pytest.mark.parametrize("step", [0, 1, 30, 149])
def test_past_of_batches_and_of_the_test_loss(plot: LossPlot, step: int) -> None:
    run = run_of(15, {"batch_size": 10})
    run.fill_test_curve(float("inf"))
    plot.set_show_test(True)
    run.seek(step)
    plot.refresh(run.view())
    cut = float(plot.across(step / 10))  # ten batches are an epoch
    for item, later in (
        (plot.batches.item, plot.batches.later),
        (plot._test_item, plot._later_test),
    ):
        before, after = points_of(item.path()), points_of(later.path())
        if len(before):
            assert before[:, 0].max() <= cut + 0.01
        assert after[:, 0].max() > cut
    assert not plot.grab().isNull()


def test_marker_in_the_thinned_past_is_still_there(plot: LossPlot) -> None:
    run = run_of(20_000, {"stop.epochs": 20_000}, history_bytes=400_000)
    assert run.epochs.publish().first > 1000
    run.seek(500)
    plot.refresh(run.view())
    assert plot.marker_value == run.view().loss
    assert plot._marker.pos().x() == pytest.approx(float(plot.across(500.0)), abs=0.01)


def test_axis_stays_while_the_cursor_goes_back_before_a_change_of_the_epochs(
    plot: LossPlot,
) -> None:
    run = run_of(100)
    run.change({"stop.epochs": 300})
    run.run_until(float("inf"), 20)
    plot.refresh(run.view())
    assert plot.x_scale.high == 300.0
    run.seek(50)
    plot.refresh(run.view())
    assert plot.x_scale.high == 300.0


# Changes of settings.


def test_changes_in_mid_run_are_marked_and_said_under_the_mouse(plot: LossPlot) -> None:
    run = run_of(40)
    plot.refresh(run.view())
    assert plot._events.item.path().isEmpty()
    run.change({"learning_rate": 0.003})
    run.run_until(float("inf"), 20)
    run.change({"stop.epochs": 80, "learning_rate": 0.002})
    run.run_until(float("inf"), 5)
    plot.refresh(run.view())
    np.testing.assert_allclose(plot._events.places, [40.0, 60.0])
    box = plot._events.item.path().boundingRect()
    assert box.left() == pytest.approx(float(plot.across(40.0)), abs=6)
    assert box.right() == pytest.approx(float(plot.across(60.0)), abs=6)
    assert box.bottom() == pytest.approx(plot.area.height(), abs=1)
    assert hover(plot, 40.0).endswith("\nfrom step 41 on: learning rate 0.01 → 0.003")
    assert hover(plot, 60.0).endswith(
        "\nfrom step 61 on: epochs 100 → 80, learning rate 0.003 → 0.002"
    )
    assert "\n" not in hover(plot, 50.0)
    plot.refresh(run_of(3).view())
    assert plot._events.item.path().isEmpty()


def test_many_changes_at_one_place_say_the_latest(plot: LossPlot) -> None:
    run = run_of(40)
    for rate in (0.009, 0.008, 0.007, 0.006, 0.005):
        run.change({"learning_rate": rate})
    run.run_until(float("inf"), 5)
    plot.refresh(run.view())
    lines = hover(plot, 40.0).split("\n")
    assert lines[1] == "…"
    assert len(lines) == 5
    assert lines[-1].endswith("0.006 → 0.005")
