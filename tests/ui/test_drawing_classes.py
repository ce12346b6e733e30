"""Drawing points of classes on the map, in the real window."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from guitrain.core.drawing import Points, drawing_of
from guitrain.core.experiment import Experiment
from guitrain.export.image import Size, render
from guitrain.plots.class_marks import class_colour
from guitrain.plots.map import MapPlot
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
FIRST = ((-3.0, -2.0), (-2.0, 3.0), (-4.0, 1.0))
SECOND = ((3.0, 2.0), (2.0, -3.0), (4.0, -1.0))


@pytest.fixture
def plot(window: MainWindow) -> MapPlot:
    """The map of an empty drawing."""
    combo = find(window, "data")
    combo.setCurrentIndex(combo.findData("drawn_classes"))
    combo.activated.emit(combo.currentIndex())
    drawn(window)
    return window.work.fits.map


def pixel(plot: MapPlot, x: float, y: float) -> QPoint:
    place = QPointF(float(plot.across(x)), float(plot.down(y)))
    return plot.mapFromScene(plot.area.mapToScene(place))


def at(window: MainWindow, *places: tuple[float, ...], button: Qt.MouseButton = LEFT) -> None:
    plot = window.work.fits.map
    for x, y in places:
        QTest.mouseClick(plot.viewport(), button, pos=pixel(plot, x, y))


def points(window: MainWindow) -> Points:
    """What is drawn, shown, and trained on: all the same."""
    snapshot = drawn(window)
    found = drawing_of(snapshot.experiment)
    assert found is not None
    assert drawing_of(window.work.controls.experiment) == found
    plot = window.work.fits.map
    assert plot.mouse.points == found
    if found:
        assert snapshot.view is not None
        train = snapshot.view.data.train
        assert [(*x, y + 1) for x, y in zip(train.inputs.tolist(), train.targets, strict=True)] == [
            *found
        ]
        assert plot.train is train
    return found


def classes(window: MainWindow) -> list[int]:
    return [int(point[2]) for point in points(window)]


def test_points_of_each_class_are_added_moved_deleted_and_undone(
    window: MainWindow, plot: MapPlot, wait: Wait
) -> None:
    assert wait(lambda s: s.state is State.EMPTY).view is None
    assert window.work.fits.shows_map
    assert "Choose a class" in plot._invitation.text
    assert find(window, "class_1").isChecked()
    at(window, *FIRST)
    assert classes(window) == [1, 1, 1]
    notice = window.work.controls._rows["data.class_points"].notice
    assert notice.startswith("All points are of class 1: ")
    QTest.keyClick(plot, Qt.Key.Key_2)
    assert find(window, "class_2").isChecked()
    at(window, *SECOND)
    assert classes(window) == [1, 1, 1, 2, 2, 2]
    assert not window.work.controls._rows["data.class_points"].notice
    click(window, "add_class")
    assert find(window, "class_3").isChecked()
    at(window, (0.0, 5.0))
    assert classes(window)[-1] == 3
    assert drawn(window).experiment.loss.name == "cross_entropy"
    # A point that is dragged stays of its class, whichever is chosen.
    QTest.mousePress(plot.viewport(), LEFT, pos=pixel(plot, *FIRST[0]))
    QTest.mouseMove(plot.viewport(), pixel(plot, -1.0, -4.0))
    assert plot.mouse._dot.brush().color().name() == class_colour(plot.theme, 0).lower()
    QTest.mouseRelease(plot.viewport(), LEFT, pos=pixel(plot, -1.0, -4.0))
    moved = points(window)[0]
    assert moved == pytest.approx((-1.0, -4.0, 1.0), abs=0.1)
    at(window, SECOND[0], button=RIGHT)
    assert classes(window) == [1, 1, 1, 2, 2, 3]
    for _ in range(3):  # the deletion, the move, the third class
        window.trainer.undo()
        drawn(window)
    before = points(window)
    assert [int(point[2]) for point in before] == [1, 1, 1, 2, 2, 2]
    assert before[0][:2] == pytest.approx(FIRST[0], abs=0.1)
    assert drawn(window).experiment.loss.name == "binary_cross_entropy"
    window.trainer.redo()
    assert classes(window)[-1] == 3


def test_the_map_fills_the_plot_and_the_run_learns_what_is_drawn(
    window: MainWindow, plot: MapPlot, wait: Wait
) -> None:
    at(window, *FIRST)
    click(window, "class_2")
    at(window, *SECOND)
    points(window)
    drawn(window)
    found = drawn(window).map
    assert found is not None
    for places, scale in ((found.x, plot.x_scale), (found.y, plot.y_scale)):
        assert places[0] <= scale.low
        assert places[-1] >= scale.high
    window.work.controls._commit("learning_rate", 0.5)
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.STOPPED)
    run = window.trainer._worker._run
    assert run is not None
    chances = run.learner.probabilities(run.learner.data.train.inputs)
    assert chances.argmax(axis=1).tolist() == [0, 0, 0, 1, 1, 1]
    render(plot, "svg", Size(160, 100))
    # The keys: one is added amid the plot, moved, and deleted.
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Insert)
    assert points(window)[-1] == pytest.approx((0.0, 0.0, 2.0), abs=0.1)
    QTest.keyClick(plot, Qt.Key.Key_Up)
    assert points(window)[-1][1] > 0.05
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    assert len(points(window)) == 6
    # The line is drawn elsewhere, and nothing is left here.
    window.trainer.start(Experiment())
    wait(lambda s: s.view is not None and s.experiment == Experiment())
    assert plot.mouse.points is None
    assert not window.work.fits.shows_map


def test_the_points_of_another_source_can_be_drawn_on(window: MainWindow, wait: Wait) -> None:
    moons = Experiment().changed({"data": "moons", "data.points": 30})
    window.work.controls.set_experiment(moons)
    window.trainer.start(moons)
    wait(lambda s: s.experiment == moons and s.view is not None)
    drawn(window)
    click(window, "copy_points")
    found = points(window)
    assert len(found) == moons.train_count
    assert {point[2] for point in found} == {1.0, 2.0}
    chooser = window.work.fits._chooser
    assert chooser is not None
    assert chooser.isVisible()
    window.trainer.undo()
    wait(lambda s: s.experiment.data.name == "moons")
    assert not chooser.isVisible()
    assert window.work.fits.map.mouse.points is None
