"""Test surfaces in the real window: chosen, played, dragged, raced, and left again."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find, type_in

PANELS = ("cycle", "graph", "network", "weights", "code", "numbers", "predicted", "scores", "runs")


def choose(window: MainWindow, wait: Wait, name: str) -> Snapshot:
    box = find(window, "data")
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())
    return wait(lambda s: s.view is not None and s.view.experiment.data.name == name)


def drag_start(window: MainWindow, across: int, down: int) -> None:
    plot = window.work.landscape
    at = plot._places.pixels("start")
    assert at is not None
    view = plot.viewport()
    here = plot.mapFromScene(plot.area.mapToScene(QPointF(*at)))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=here)
    by = QPoint(across, down)
    QTest.mouseMove(view, here + QPoint(across // 2, down // 2))
    QTest.mouseMove(view, here + by)
    assert plot.start_dragging
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=here + by)


def test_a_surface_is_chosen_while_the_line_runs_and_left_again(
    window: MainWindow, wait: Wait
) -> None:
    panels, work = window.work.panels, window.work
    for name in PANELS:  # each of them sees the surface come and go
        panels.open(name)
    work.numbers.open_batch_table()
    click(window, "run")
    wait(lambda s: s.view is not None and s.view.step > 2)
    choose(window, wait, "himmelblau")
    assert panels.is_seen("landscape")
    assert panels.is_open("fit")  # behind its tab, where it says why it is empty
    assert work.fits.shows_nothing
    assert "no points" in work.fits.nothing.text()
    for name in ("batch_size", "l2", "loss", "test_fraction", "model"):
        assert not work.controls._rows[name].used, name
    wait(lambda s: s.landscape is not None and s.landscape.function is not None)
    assert len([kind for kind in work.landscape._places.at if kind.startswith("best")]) == 4
    results = work.results
    assert not results.test.isEnabled()
    assert not results.apply.isEnabled()
    assert "nothing to test" in results.test_note.text()
    window.transport.pace.set_pace(MAX_PACE)
    wait(lambda s: s.state is State.STOPPED)
    assert "Stopped" in results.sentence.text()
    assert work.numbers.table is not None
    assert "no points" in work.numbers.table.caption.text()
    window.commands.back("epoch")
    window.trainer.seek(0)
    window.commands.back("phase")  # past the start there is nothing
    shown = drawn(window)
    assert shown.view is not None
    assert shown.view.step == 0
    for _ in range(5):
        window.commands.next("phase")
    shown = drawn(window)
    assert shown.view is not None
    assert (shown.view.step, shown.view.phase) == (1, Phase.UPDATE)
    choose(window, wait, "line")
    assert panels.is_seen("fit")
    assert not panels.is_open("landscape")  # as it was before
    assert not work.fits.shows_nothing
    assert results.test.isEnabled()
    assert work.controls._rows["batch_size"].used
    window.trainer.undo()
    wait(lambda s: s.experiment.data.name == "himmelblau")
    assert panels.is_seen("landscape")


def test_an_open_landscape_goes_back_beside_the_loss(window: MainWindow, wait: Wait) -> None:
    panels = window.work.panels
    panels.open("landscape")
    before = panels.panel("landscape").geometry()
    choose(window, wait, "bowl")
    over = panels.panel("landscape").geometry()
    assert over.top() < before.top()
    choose(window, wait, "line")
    assert panels.is_open("landscape")
    assert panels.is_seen("fit")
    assert panels.panel("landscape").geometry().top() == before.top()


def test_the_start_is_dragged_and_typed_and_classic_again(window: MainWindow, wait: Wait) -> None:
    choose(window, wait, "bowl")
    wait(lambda s: s.landscape is not None)
    drag_start(window, 40, 30)
    moved = wait(lambda s: s.view is not None and s.view.experiment.initial is not None)
    assert moved.view is not None
    initial = moved.view.experiment.initial
    assert initial is not None
    assert initial[0] > -1.5
    assert initial[1] < 1.0
    assert moved.view.numbers is not None
    assert abs(moved.view.numbers[0] - initial[0]) < 1e-6
    by_hand = find(window, "initial_by_hand")
    assert by_hand.currentIndex() == 0
    assert by_hand.itemText(1) == "classic start"
    type_in(window, "initial_u", "2.5")
    wait(lambda s: s.view is not None and s.view.experiment.initial == (2.5, initial[1]))
    by_hand.setCurrentIndex(1)
    by_hand.activated.emit(1)
    wait(lambda s: s.view is not None and s.view.initial == (-1.5, 1.0))
    assert find(window, "initial_u").text() == "−1.5"


def test_two_optimizers_race_on_a_surface(window: MainWindow, wait: Wait) -> None:
    choose(window, wait, "ravine")
    window.transport.pace.set_pace(MAX_PACE)
    window.trainer.race([{"learning_rate": 0.1}, {"learning_rate": 0.1, "optimizer": "adam"}])
    wait(lambda s: len(s.ghosts) >= 1 and s.view is not None and s.view.head == 0)
    click(window, "run")
    shown = wait(lambda s: s.state is State.STOPPED)
    trails = window.work.landscape._trails
    assert len(trails.ghosts) == 1
    assert len(trails._ghost_paths[trails.ghosts[0].number][1]) > 50
    assert shown.view is not None
    rival = trails.ghosts[0].view
    assert rival.initial == shown.view.initial == (10.0, 1.0)
    assert {shown.view.experiment.optimizer.name, rival.experiment.optimizer.name} == {
        "sgd",
        "adam",
    }


def test_a_window_that_ends_on_a_surface_begins_as_ever(window: MainWindow, wait: Wait) -> None:
    choose(window, wait, "saddle")
    window.commands.toggle_run()
    wait(lambda s: s.view is not None and s.view.step > 3)
    window.close()
    assert not window.work.panels.is_open("landscape")
    assert window.work.panels.is_open("fit")


def test_a_preset_begins_its_race_itself(window: MainWindow, wait: Wait) -> None:
    window.commands.choose_preset("rosenbrock")
    snapshot = wait(lambda s: len(s.ghosts) == 2)
    raced = [ghost.view.experiment for ghost in snapshot.ghosts]
    assert snapshot.view is not None
    assert [one.optimizer.name for one in (snapshot.view.experiment, *raced)] == [
        "sgd",
        "sgd",
        "adam",
    ]
    assert raced[0].optimizer["momentum"] == 0.9
    assert all(row.racing for row in snapshot.runs)
    assert find(window, "preset").currentText() == "Race on Rosenbrock"
    window.trainer.next(Unit.EPOCH)
    snapshot = wait(lambda s: s.view is not None and s.view.head == 1)
    assert [ghost.view.head for ghost in snapshot.ghosts] == [1, 1]
    window.trainer.undo()
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "line")
