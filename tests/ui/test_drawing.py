"""Drawing points in the real window: runs, undo, the form, files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from guitrain.core.drawing import MOST_COPIED, Points, copied, drawing_of
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.table import Table
from guitrain.files.csv_file import read_csv
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find, type_in

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLACES = ((1.0, 2.0), (2.0, 5.0), (3.0, 4.0), (4.0, 8.0))


def choose(window: MainWindow, source: str) -> None:
    combo = find(window, "data")
    combo.setCurrentIndex(combo.findData(source))
    combo.activated.emit(combo.currentIndex())
    drawn(window)


def pixel(window: MainWindow, x: float, y: float) -> QPoint:
    fit = window.work.fit
    place = QPointF(float(fit.across(x)), float(fit.down(y)))
    return fit.mapFromScene(fit.area.mapToScene(place))


def at(window: MainWindow, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseClick(window.work.fit.viewport(), button, pos=pixel(window, x, y))


def on(window: MainWindow, point: tuple[float, ...], button: Qt.MouseButton = LEFT) -> None:
    at(window, point[0], point[1], button)


def drag(window: MainWindow, *places: tuple[float, ...]) -> None:
    view = window.work.fit.viewport()
    QTest.mousePress(view, LEFT, pos=pixel(window, *places[0][:2]))
    for place in places[1:]:
        QTest.mouseMove(view, pixel(window, *place[:2]))
    QTest.mouseRelease(view, LEFT, pos=pixel(window, *places[-1][:2]))


def draw(window: MainWindow, places: Any = PLACES) -> Points:
    """A drawing of its own, and its points."""
    if drawing_of(window.work.controls.experiment) is None:
        choose(window, "drawn")
    for x, y in places:
        at(window, x, y)
    return points(window)


def points(window: MainWindow) -> Points:
    """What is drawn, shown, and trained on: all the same."""
    snapshot = drawn(window)
    found = drawing_of(snapshot.experiment)
    assert found is not None
    assert drawing_of(window.work.controls.experiment) == found
    assert window.work.fit.mouse.points == found
    if found:
        assert snapshot.view is not None
        assert snapshot.view.data.train.inputs[:, 0].tolist() == [x for x, _ in found]
        assert window.work.fit._data is snapshot.view.data
    return found


# A beginning.


def test_before_the_first_point_the_window_says_what_to_do(window: MainWindow, wait: Wait) -> None:
    choose(window, "drawn")
    snapshot = wait(lambda s: s.state is State.EMPTY)
    assert snapshot.view is None
    for name in ("run", "step", "step_back", "run_to"):
        assert not find(window, name).isEnabled()
    assert "no points yet" in find(window, "run_sentence").text()
    assert find(window, "status_epoch").text() == "No points yet"
    assert find(window, "drawing_count").text() == "no points yet"
    assert find(window, "batch_size").text() == "all"
    assert window.work.fit._invitation.text
    assert window.work.fit._legend.texts == ()
    assert window.work.controls.form.rate_band.bands is None
    assert window.work.loss._view is None
    for name in ("landscape", "cycle", "graph", "code", "numbers", "runs"):
        window.work.panels.open(name)
    drawn(window)
    assert window.work.code.text() == ""
    assert find(window, "code_caption").text() == "No points yet, and no code"
    window.work.runs.race_wanted.emit()  # nothing to race on
    window.exports.script()
    at(window, 1, 2)
    snapshot = wait(lambda s: s.state is State.PAUSED)
    assert "# 1 point, drawn by hand" in window.work.code.text()
    assert snapshot.experiment.test_fraction == 0.0
    assert find(window, "run").isEnabled()
    assert find(window, "drawing_count").text() == "1 point"
    assert not window.work.fit._invitation.text


def test_settings_can_be_changed_before_there_is_a_point(window: MainWindow) -> None:
    choose(window, "drawn")
    type_in(window, "learning_rate", "0.05")
    type_in(window, "epochs", "7")
    type_in(window, "batch_size", "3")
    snapshot = drawn(window)
    assert snapshot.state is State.EMPTY
    assert (snapshot.experiment.learning_rate, snapshot.experiment.stop.epochs) == (0.05, 7)
    draw(window)
    snapshot = drawn(window)
    assert (snapshot.experiment.learning_rate, snapshot.experiment.stop.epochs) == (0.05, 7)
    assert snapshot.experiment.batch_size is None  # one point is no batch of three
    assert snapshot.state is State.PAUSED


def test_a_point_is_drawn_before_the_run_is_made(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(window, "drawn")
    with monkeypatch.context() as patch:
        patch.setattr(window.trainer, "_do", lambda *_: None)  # as if torch were being loaded
        for count in (1, 2):
            at(window, count, 2)
            assert window.trainer.snapshot.state is State.LOADING
            assert len(window.work.fit.train) == count
            assert window.work.fit._train_item.path().elementCount() > 5 * count


# Runs.


def test_each_change_is_a_new_run_that_learns_these_points(window: MainWindow, wait: Wait) -> None:
    found = draw(window)
    assert len(found) == 4
    type_in(window, "epochs", "20")
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    snapshot = wait(lambda s: s.state is State.STOPPED)
    assert snapshot.view is not None
    before = snapshot.view.run_id
    drag(window, (2, 5), (2.2, 6), (2.5, 7))
    moved = points(window)
    assert (moved[0], *moved[2:]) == (found[0], *found[2:])
    assert abs(moved[1][0] - 2.5) < 0.03
    assert abs(moved[1][1] - 7) < 0.2
    view = drawn(window).view
    assert view is not None
    assert view.run_id != before
    assert view.head == 0


def test_points_can_be_drawn_while_it_runs(window: MainWindow, wait: Wait) -> None:
    draw(window)
    type_in(window, "epochs", "1000000000")
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.RUNNING and s.view is not None and s.view.epoch > 20)
    at(window, 0.5, 0)
    assert len(points(window)) == 5
    wait(lambda s: s.state is State.RUNNING and s.view is not None and s.view.epoch > 20)
    view = window.work.fit.viewport()
    QTest.mousePress(view, LEFT, pos=pixel(window, 4, 8))
    QTest.mouseMove(view, pixel(window, 4, 10))
    drawn(window)
    scales = window.work.fit.x_scale, window.work.fit.y_scale
    wait(lambda s: s.view is not None and s.view.epoch > 100)
    assert window.work.fit.mouse.held == 3
    assert (window.work.fit.x_scale, window.work.fit.y_scale) == scales
    QTest.mouseRelease(view, LEFT, pos=pixel(window, 4, 10))
    assert points(window)[3][1] > 9
    at(window, 2, 5, RIGHT)
    assert len(points(window)) == 4
    assert window.trainer.snapshot.state is State.RUNNING
    click(window, "clear_drawing")
    assert wait(lambda s: s.state is State.EMPTY).view is None


def test_a_click_on_a_point_selects_it_for_all_panels(window: MainWindow, wait: Wait) -> None:
    found = draw(window)
    on(window, found[2])
    snapshot = wait(lambda s: s.point is not None)
    assert snapshot.point is not None
    assert snapshot.point.row == 2
    on(window, found[0], RIGHT)
    snapshot = wait(lambda s: s.point is not None)
    assert snapshot.point is not None
    assert (snapshot.point.x, snapshot.point.y) == found[2]
    on(window, found[2], RIGHT)
    assert drawn(window).point is None


# Undo.


def test_a_drawing_is_undone_and_redone_point_by_point(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)  # else shortcuts sleep
    found = draw(window, [(0.3 + 0.15 * i, 1 + 0.3 * i) for i in range(30)])
    assert len(found) == 30
    drag(window, found[3], (2.0, 11.0))
    moved = points(window)
    on(window, found[9], RIGHT)
    assert len(points(window)) == 29

    def press(keys: str) -> Points | None:
        before = window.trainer.snapshot.generation
        QTest.keySequence(window.work.fit, QKeySequence(keys))
        qtbot.waitUntil(lambda: window.trainer.snapshot.generation > before)  # a button's moment
        return drawing_of(drawn(window).experiment)

    assert press("Ctrl+Z") == moved
    for count in range(30, 0, -1):
        assert press("Ctrl+Z") == found[:count]
        assert points(window) == found[:count]
    assert press("Ctrl+Z") is None
    assert drawn(window).experiment.data.name == "line"
    assert drawn(window).experiment.test_fraction == 0.2
    for count in range(1, 31):
        assert press("Ctrl+Shift+Z") == found[:count]
    assert press("Ctrl+Shift+Z") == moved
    assert len(press("Ctrl+Shift+Z") or ()) == 29


def test_clear_can_be_undone(window: MainWindow) -> None:
    found = draw(window)
    click(window, "clear_drawing")
    assert points(window) == ()
    assert not find(window, "clear_drawing").isEnabled()
    click(window, "undo")
    assert points(window) == found


def test_an_arrow_key_held_down_is_undone_at_once(window: MainWindow) -> None:
    found = draw(window)
    fit = window.work.fit
    fit.setFocus()
    for _ in range(5):
        QTest.keyClick(fit, Qt.Key.Key_Up)
    moved = points(window)
    assert moved[:3] == found[:3]
    assert moved[3][1] == pytest.approx(found[3][1] + 5 * 0.2)
    click(window, "undo")
    assert points(window) == found  # and not the adding of the last point too


# Keys.


def test_the_keys_of_the_drawing_and_those_that_steer(window: MainWindow) -> None:
    draw(window)
    fit = window.work.fit
    fit.setFocus()
    assert fit.mouse.chosen == 3
    QTest.keyClick(fit, Qt.Key.Key_Delete)
    assert len(points(window)) == 3
    QTest.keyClick(fit, Qt.Key.Key_Right)  # none is chosen: it steps
    view = drawn(window).view
    assert view is not None
    assert view.phase is not None
    assert view.phase.value == "forward"
    QTest.keyClick(fit, Qt.Key.Key_Insert)
    assert len(points(window)) == 4
    QTest.keyClick(fit, Qt.Key.Key_Backspace)
    assert len(points(window)) == 3
    QTest.keyClick(fit, Qt.Key.Key_Period)  # the point farthest to the left
    drawn(window)
    assert fit.mouse.chosen == 0
    before = points(window)
    QTest.keyClick(fit, Qt.Key.Key_Left)
    assert points(window)[0][0] < before[0][0]
    field = find(window, "learning_rate")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Backspace)  # types
    assert len(points(window)) == 3
    QTest.keyClick(field, Qt.Key.Key_Escape)


# Other sources.


def test_the_points_of_another_source_can_be_edited(window: MainWindow) -> None:
    snapshot = drawn(window)
    assert snapshot.data is not None
    fit = window.work.fit
    scales, line = (fit.x_scale, fit.y_scale), copied(snapshot.data.train)
    button = find(window, "copy_points")
    assert button.isVisibleTo(window)
    button.click()
    assert points(window) == line
    assert (fit.x_scale, fit.y_scale) == scales
    assert not button.isVisibleTo(window)
    choose(window, "line")
    assert window.work.controls.experiment == snapshot.experiment  # the test share too
    choose(window, "drawn")
    assert points(window) == line  # a source remembers what it had
    choose(window, "line")
    type_in(window, "points", str(MOST_COPIED + 1))
    assert not button.isVisibleTo(window)


def test_a_test_share_that_was_raised_stays(window: MainWindow) -> None:
    draw(window)
    find(window, "more_data").setChecked(True)
    type_in(window, "test_fraction", "0.5")
    snapshot = drawn(window)
    assert snapshot.data is not None
    assert (len(snapshot.data.train), len(snapshot.data.test)) == (2, 2)
    at(window, 0.5, 0)
    assert drawn(window).experiment.test_fraction == 0.5
    choose(window, "hubble")
    assert drawn(window).experiment.test_fraction == 0.5


def test_more_points_than_can_be_are_refused_in_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = draw(window)
    param = window.work.controls.experiment.dataset_entry.params[0]
    monkeypatch.setitem(param.__dict__, "most", 4)
    at(window, 0.5, 0)
    assert points(window) == found
    assert "5 points are too many" in find(window, "message_drawing").text()
    on(window, found[0], RIGHT)
    assert len(points(window)) == 3
    assert find(window, "message_drawing").isHidden()


def test_a_preset_ends_the_drawing(window: MainWindow) -> None:
    draw(window)
    window.commands.choose_preset("article")
    drawn(window)
    assert window.work.fit.mouse.points is None
    assert window.work.controls.experiment == drawn(window).experiment


# Files.


Answer = Callable[[str], None]


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """What the file dialog answers."""

    def answer(path: str) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))

    return answer


def test_saved_points_open_again_as_they_were(
    window: MainWindow, tmp_path: Path, chosen: Answer
) -> None:
    found = draw(window)
    chosen(str(tmp_path / "mine"))
    click(window, "save_drawing")
    csv = read_csv(tmp_path / "mine.csv")
    assert csv.header == ("x", "y")
    x, y = (csv.table((), name).column(name) for name in ("x", "y"))
    assert tuple(zip(x.tolist(), y.tolist(), strict=True)) == found
    table = Choice("table", {"table": Table({"x": x, "y": y})})
    one, other = (
        Experiment(data=data, test_fraction=0.0).make_data()
        for data in (table, window.work.controls.experiment.data)
    )
    assert one.train.targets.tobytes() == other.train.targets.tobytes()


def test_a_file_that_cannot_be_written_is_told(
    window: MainWindow, tmp_path: Path, chosen: Answer
) -> None:
    draw(window)
    chosen(str(tmp_path / "none" / "mine.csv"))
    window._drawing.save(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    (box,) = [b for b in boxes if b.objectName() == "export_problem" and b.isVisible()]
    assert "mine.csv" in box.text() or "none" in box.text()
    box.close()


def test_giving_no_file_saves_nothing(window: MainWindow, tmp_path: Path, chosen: Answer) -> None:
    draw(window)
    chosen("")
    click(window, "save_drawing")
    assert not list(tmp_path.glob("*.csv"))
