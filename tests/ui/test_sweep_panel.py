"""The Sweep panel in the real window: started, stopped, clicked, closed at any moment."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core.run import Run
from guitrain.core.stopping import Rule
from guitrain.core.sweep import MOST_VALUES, SweepPlan, spread
from guitrain.core.sweep_job import SweepJob
from guitrain.plots.sweep import SweepPlot
from guitrain.plots.sweep_lanes import LanesView
from guitrain.plots.sweep_style import series_colour, series_shape, series_sign
from guitrain.plots.theme import DARK, LIGHT
from guitrain.snapshot import MAX_PACE, State
from guitrain.sweeping import Sweeper
from guitrain.ui.main_window import MainWindow
from guitrain.ui.sweep_panel import SweepPanel
from tests.core.recipes import article, finished
from tests.ui.window_tools import Wait, click, drawn, find, run_id, type_in

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


@pytest.fixture
def panel(window: MainWindow) -> SweepPanel:
    window.work.panels.open("sweep")
    drawn(window)
    return window.work.sweep


def choose(panel: SweepPanel, path: str, values: str) -> None:
    panel.second.setCurrentIndex(panel.second.findData(path))
    panel.second.activated.emit(panel.second.currentIndex())
    panel.values.setText(values)


def swept(window: MainWindow, wait: Wait, *, low: str, high: str, count: str = "4") -> None:
    for name, text in (("sweep_from", low), ("sweep_to", high), ("sweep_count", count)):
        type_in(window, name, text)
    click(window, "sweep_start")
    rates = spread(float(low), float(high), int(count))
    wait(lambda s: s.sweep is not None and s.sweep.complete and s.sweep.plan.rates == rates)


def middle(lanes: LanesView, lane: int) -> QPoint:
    return lanes.cell(lane).center().toPoint()


def test_a_range_is_trained_and_drawn(window: MainWindow, wait: Wait, panel: SweepPanel) -> None:
    assert panel.low.value < 0.109 < panel.high.value  # around 2/λmax
    assert panel.empty.isVisible()
    swept(window, wait, low="0.001", high="0.2", count="7")
    view = window.trainer.snapshot.sweep
    assert view is not None
    assert view.limits == pytest.approx((0.1094,), rel=1e-3)
    assert not view.going
    assert not panel.progress.isVisible()
    assert panel.start.text() == "Start"
    assert not panel.empty.isVisible()
    assert panel.lanes.isVisible()
    assert panel.lanes.curve_paths[0].elementCount() > 7 * 8
    assert "2/λmax = 0.1094" in panel.legend.text().replace("&nbsp;", " ")
    assert panel.plot.off_scale.tolist() == [False] * 6 + [True]
    best = view.best
    assert best is not None
    assert panel.caption.text().startswith("Best: η = 0.08")
    # Higher is worse: pixels count downwards.
    places = panel.plot.places
    kept = np.flatnonzero(~panel.plot.off_scale)
    assert int(kept[np.argmax(places[kept, 1])]) == best
    assert np.all(np.diff(places[:, 0]) > 0)


def test_a_click_trains_a_lane_by_itself_and_its_numbers_take_the_lanes_place(
    window: MainWindow, wait: Wait, panel: SweepPanel
) -> None:
    window.transport.pace.set_pace(MAX_PACE)
    choose(panel, "optimizer.momentum", "0, 0.5")
    swept(window, wait, low="0.002", high="0.05")
    before = run_id(window)
    QTest.mouseClick(panel.lanes.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel.lanes, 5))
    snapshot = wait(lambda s: s.sweep is not None and 5 in s.sweep.own)
    view, sweep = snapshot.view, snapshot.sweep
    assert view is not None
    assert sweep is not None
    assert view.run_id != before
    assert snapshot.state is State.STOPPED
    experiment = view.experiment
    assert experiment.learning_rate == sweep.plan.rates[1]
    assert experiment.optimizer["momentum"] == 0.5
    assert window.work.controls.experiment == experiment
    alone = finished(experiment)  # to the last bit, which the batched lane has not
    assert sweep.losses[5] == alone.last_loss
    assert np.array_equal(sweep.curve(5)[1], alone.epochs.publish().column("loss").astype("f4"))
    assert sweep.rules[5] is Rule.EPOCHS
    assert "trained by itself" in panel.caption.text()
    window.trainer.undo()  # the run before comes back, and the sweep is still its own
    snapshot = wait(lambda s: s.view is not None and s.view.run_id == before)
    assert snapshot.sweep is not None
    assert snapshot.sweep.own == {5}


def test_a_marker_is_clicked_as_well(window: MainWindow, wait: Wait, panel: SweepPanel) -> None:
    swept(window, wait, low="0.002", high="0.05")
    plot = panel.plot
    x, y = plot.places[2]
    place = plot.mapFromScene(plot.area.mapToScene(float(x), float(y)))
    QTest.mouseMove(plot.viewport(), place)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    rate = spread(0.002, 0.05, 4)[2]
    wait(lambda s: s.view is not None and s.view.experiment.learning_rate == rate)


def test_the_keyboard_goes_from_lane_to_lane(
    window: MainWindow, wait: Wait, panel: SweepPanel
) -> None:
    swept(window, wait, low="0.002", high="0.05")
    panel.lanes.setFocus(Qt.FocusReason.TabFocusReason)
    step = window.trainer.snapshot.view
    assert panel.lanes.selected == 3  # the best
    keys = Qt.Key
    for key, lane in ((keys.Key_Home, 0), (keys.Key_Right, 1), (keys.Key_Left, 0)):
        QTest.keyClick(panel.lanes, key)
        assert panel.lanes.selected == lane
        assert "η = 0.00" in panel.caption.text()
    QTest.keyClick(panel.lanes, keys.Key_Left)
    assert panel.lanes.selected == 0
    assert window.trainer.snapshot.view is step  # the window's own → went nowhere
    QTest.keyClick(panel.lanes, keys.Key_Return)
    wait(lambda s: s.view is not None and s.view.experiment.learning_rate == 0.002)


def test_a_sweep_goes_on_beside_a_run_and_can_be_stopped(
    window: MainWindow, wait: Wait, panel: SweepPanel
) -> None:
    type_in(window, "epochs", "1000000000")
    click(window, "sweep_start")
    wait(lambda s: s.sweep is not None and s.sweep.epochs_done[0] > 20)
    assert panel.start.text() == "Stop"
    assert panel.progress.isVisible()
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    at = wait(lambda s: s.view is not None and s.view.epoch > 200).sweep
    assert at is not None
    later = wait(lambda s: s.sweep is not None and s.sweep.epochs_done[0] > at.epochs_done[0] + 5)
    assert later.state is State.RUNNING
    click(window, "run")
    wait(lambda s: s.state is State.PAUSED)
    click(window, "sweep_start")
    stopped = wait(lambda s: s.sweep is not None and not s.sweep.going).sweep
    assert stopped is not None
    assert not stopped.complete
    time.sleep(0.1)
    assert drawn(window).sweep is stopped
    assert panel.start.text() == "Start"
    assert panel.lanes.isVisible()


def test_other_data_take_the_sweep_away(window: MainWindow, wait: Wait, panel: SweepPanel) -> None:
    swept(window, wait, low="0.002", high="0.05")
    type_in(window, "learning_rate", "0.02")  # that is what was swept
    assert drawn(window).sweep is not None
    type_in(window, "noise", "0.7")
    snapshot = wait(lambda s: s.view is not None and s.experiment.data["noise"] == 0.7)
    assert snapshot.sweep is None
    assert panel.empty.isVisible()
    assert not panel.plot.isVisible()


@pytest.mark.parametrize(
    ("low", "values", "says"),
    [
        ("0.5", "", "must be above the smallest"),
        ("0.001", "0, 2", "Momentum 2 is too large"),
        ("0.001", "x", "“x” is not a number"),
        ("0.001", " ", "Momentum is empty"),
    ],
)
def test_what_cannot_be_swept_is_said(
    window: MainWindow, panel: SweepPanel, low: str, values: str, says: str
) -> None:
    if values:
        choose(panel, "optimizer.momentum", values)
    type_in(window, "sweep_from", low)
    type_in(window, "sweep_to", "0.1")
    click(window, "sweep_start")
    assert says in panel.problem.text()
    assert panel.problem.isVisible()
    assert drawn(window).sweep is None
    type_in(window, "sweep_from", "0.002")
    assert not panel.problem.isVisible()


def test_other_optimizers_offer_other_settings(
    window: MainWindow, wait: Wait, panel: SweepPanel
) -> None:
    choose(panel, "optimizer.momentum", "0, 0.5")
    find(window, "more_model").setChecked(True)
    optimizer = find(window, "optimizer")
    optimizer.setCurrentIndex(optimizer.findData("adam"))
    optimizer.activated.emit(optimizer.currentIndex())
    wait(lambda s: s.view is not None and s.view.experiment.optimizer.name == "adam")
    assert panel.second.findData("optimizer.momentum") < 0
    assert panel.second.findData("optimizer.beta1") > 0
    assert panel.second.currentData() == ""
    assert not panel.values.isEnabled()


def test_the_window_closes_in_mid_sweep(window: MainWindow, wait: Wait, panel: SweepPanel) -> None:
    type_in(window, "epochs", "1000000000")
    click(window, "sweep_start")
    wait(lambda s: s.sweep is not None and s.sweep.epochs_done[0] > 5)
    QTest.mouseClick(panel.lanes.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel.lanes, 1))
    window.close()
    assert window.trainer.close()  # and no timer or warning is left


def test_hidden_it_draws_nothing(window: MainWindow, wait: Wait, panel: SweepPanel) -> None:
    swept(window, wait, low="0.002", high="0.05")
    path = panel.lanes.curve_paths[0]
    window.work.panels.close("sweep")
    job = SweepJob(SweepPlan(article({"stop.epochs": 3}), (0.01, 0.02)))
    job.advance(float("inf"))
    window.trainer.sweep(job.plan)
    drawn(window)
    assert panel.lanes.curve_paths[0] == path


# Without the window.


def test_the_limit_and_the_best_are_marked_where_there_is_room(qtbot: QtBot) -> None:
    experiment = article({"stop.epochs": 40})
    job = SweepJob(SweepPlan(experiment, spread(0.001, 0.3, 9), "optimizer.momentum", (0.0, 0.5)))
    job.advance(float("inf"))
    plot = SweepPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 400)
    plot.show()
    plot.refresh(job.view())
    plot.settle()
    limits = ["2/λmax = 0.1094", "2(1 + β)/λmax = 0.1641"]
    assert plot.texts[:2] == limits
    assert plot.texts[2].startswith("best: 0.2")
    for limit, tag in zip(job.view().limits, plot._limit_tags, strict=True):
        assert limit is not None
        x = float(plot.across(limit))
        assert abs(tag.box.right() + 3 - x) <= 1  # beside its line
    assert not plot._limit_tags[0].box.intersects(plot._limit_tags[1].box)
    plot.resize(300, 110)
    plot.settle()
    assert plot.texts == []
    copy = plot.copy_for_export()
    qtbot.addWidget(copy)
    assert {"momentum 0", "momentum 0.5", "diverged, or off the scale"} <= set(copy.texts)


def test_markers_and_colours_tell_the_values_apart() -> None:
    for theme in (LIGHT, DARK):
        colours = [series_colour(value, theme) for value in range(MOST_VALUES)]
        assert len(set(colours)) == MOST_VALUES
        assert theme.gradient not in colours
    shapes = [series_shape(value, 4.0) for value in range(MOST_VALUES)]
    assert all(one != other for at, one in enumerate(shapes) for other in shapes[:at])
    assert len({series_sign(value) for value in range(MOST_VALUES)}) == MOST_VALUES


def test_the_sweeper_keeps_what_it_is_of() -> None:
    experiment = article({"stop.epochs": 5})
    sweeper = Sweeper()
    assert sweeper.look() is None
    sweeper.begin(SweepPlan(experiment, (0.01, 0.02)), experiment.make_data())
    while sweeper.busy:
        sweeper.work(time.perf_counter() + 0.01)
    sweeper.keep_for(experiment.changed({"learning_rate": 0.3}))
    view = sweeper.look()
    assert view is not None
    assert view.complete
    changed = Run(experiment.changed({"learning_rate": 0.01}))
    changed.run()
    changed.change({"stop.epochs": 7})  # it is the lane's no more
    changed.run()
    sweeper.adopt(0, changed)
    assert sweeper.look() is view
    sweeper.adopt(1, finished(experiment.changed({"learning_rate": 0.02})))
    later = sweeper.look()
    assert later is not None
    assert later.own == {1}
    assert later.losses[0] == view.losses[0]
    sweeper.keep_for(experiment.changed({"stop.epochs": 6}))
    assert sweeper.look() is None


def test_a_lane_that_diverged_by_itself_has_its_epoch() -> None:
    experiment = article({"stop.epochs": 80})
    job = SweepJob(SweepPlan(experiment, (0.05, 0.2)))
    job.advance(float("inf"))
    run = finished(experiment.changed({"learning_rate": 0.2}))
    assert run.ended is not None
    epochs = run.epochs.publish().column("loss")
    view = job.view().with_run(1, epochs, run.ended.rule, run.ended.epoch, run.last_loss)
    assert view.diverged.tolist() == [False, True]
    assert np.array_equal(view.curve(1)[1], np.asarray(epochs, np.float32))
    assert view.best == 0


def test_256_curves_are_drawn_in_a_frame(qtbot: QtBot) -> None:
    job = SweepJob(SweepPlan(article({"stop.epochs": 300}), spread(1e-4, 0.2, 256)))
    job.advance(float("inf"))
    lanes, plot = LanesView(), SweepPlot()
    for view in (lanes, plot):
        qtbot.addWidget(view)
        view.resize(420, 240)
        view.show()
    QCoreApplication.processEvents()
    costs = []
    for _ in range(5):
        start = time.thread_time()
        lanes.refresh(job.view())
        plot.refresh(job.view())
        lanes.viewport().grab()
        plot.viewport().grab()
        costs.append(time.thread_time() - start)
    assert min(costs) < 0.1  # 23 ms on a busy machine
