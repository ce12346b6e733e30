from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from pytestqt.qtbot import QtBot

from guitrain.core.phases import Phase
from guitrain.plots.loss import LossPlot
from guitrain.plots.marks import place_labels
from guitrain.plots.scales import nice_step
from guitrain.plots.theme import DARK
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
    path = plot._train_item.path()
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
    assert plot._legend.texts == ("training", "test")
    assert plot._test_item.pen().dashPattern() != plot._train_item.pen().dashPattern()


def test_batches_are_drawn_behind_the_epochs_means(plot: LossPlot) -> None:
    plot.refresh(run_of(5, {"batch_size": 10}).view())
    assert plot._legend.texts == ("training, mean of the epoch", "training, each batch")
    path = plot._batch_item.path()
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
