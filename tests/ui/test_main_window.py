"""The real window with the real trainer: what is pressed happens, and what is shown is so."""

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QScrollBar,
    QTableView,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.plots.theme import DARK, LIGHT
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Pace, State
from guitrain.ui.csv_dialog import CsvDialog
from guitrain.ui.main_window import MainWindow
from tests.core.recipes import mse
from tests.ui.window_tools import (
    Wait,
    click,
    drawn,
    end,
    find,
    next_epoch,
    run_endlessly,
    run_id,
    store,
    type_in,
)

ARTICLE = preset("article").experiment
# First start.


def test_the_first_start_shows_the_article(window: MainWindow) -> None:
    shown = window.trainer.snapshot
    assert shown.experiment == ARTICLE
    assert window.transport.pace.pace == Pace(10)
    assert find(window, "epochs").text() == "100"
    assert not find(window, "target_loss_on").isChecked()
    assert not find(window, "patience_on").isChecked()
    assert find(window, "initial_w").text() == "−0.20546"
    assert find(window, "initial_b").text() == "0.783"
    assert find(window, "equation").text() == "ŷ = −0.205·x + 0.783"
    assert find(window, "status_epoch").text() == "epoch 0 / 100"
    assert find(window, "apply_x").text() == "1.5, 3.5, 4.8"
    assert find(window, "run").text() == "Run"
    assert not find(window, "undo").isEnabled()
    assert not find(window, "reset").isEnabled()


INTERACTIVE = (
    QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractSlider, QTableWidget,
    QGraphicsView,
)  # fmt: skip


def test_everything_that_can_be_pressed_is_described_and_named_once(window: MainWindow) -> None:
    panels = window.work.panels
    assert all(panels.panel(name).content for name in panels.names)  # the late ones too
    assert window.transport.run_to.popup is not None
    children = window.findChildren(QWidget)
    found = [
        child
        for child in children
        if isinstance(child, INTERACTIVE)
        and not isinstance(child, QScrollBar)
        and not child.objectName().startswith("qt_")
        and not isinstance(child.parent(), QTableView | QComboBox)
    ]
    assert len(found) > 40
    odd = [
        (type(child).__name__, child.objectName())
        for child in found
        if not (child.objectName() and child.accessibleName() and child.toolTip())
    ]
    assert odd == []
    names = [child.objectName() for child in children]
    mine = sorted(name for name in names if name and not name.startswith("qt_"))
    assert mine == sorted(set(mine))


# Run, Pause, Next, Reset.


def test_the_articles_run_ends_with_its_sentence(window: MainWindow, wait: Wait) -> None:
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.STOPPED)
    assert "all 100 epochs" in find(window, "run_sentence").text()
    assert find(window, "equation").text() == "ŷ = 1.917·x + 1.229"
    assert find(window, "status_epoch").text() == "epoch 100 / 100"
    assert not find(window, "run").isEnabled()
    assert find(window, "reset").isEnabled()


def test_run_pause_and_go_on(window: MainWindow, wait: Wait) -> None:
    run_endlessly(window, wait)
    assert find(window, "run").text() == "Pause"
    click(window, "run")
    paused = wait(lambda s: s.state is State.PAUSED)
    assert find(window, "run").text() == "Run"
    assert find(window, "status_rate").text() == "paused"
    drawn(window)
    assert window.trainer.snapshot is paused
    click(window, "run")
    view = wait(lambda s: s.state is State.RUNNING).view
    assert view is not None
    assert paused.view is not None
    assert view.step >= paused.view.step


@pytest.mark.parametrize(("unit", "steps"), [("phase", 0), ("batch", 1), ("epoch", 4)])
def test_next_goes_one_further(window: MainWindow, wait: Wait, unit: str, steps: int) -> None:
    type_in(window, "batch_size", "30")
    action = next(
        a for a in find(window, "step").menu().actions() if a.objectName() == f"next_{unit}"
    )
    action.trigger()
    view = wait(lambda s: (s.view is not None and s.view.loss is not None) or unit == "phase").view
    assert view is not None
    assert view.step == steps
    assert unit in find(window, "step").text()
    click(window, "step")
    view = drawn(window).view
    assert view is not None
    assert view.step == 2 * steps
    assert find(window, "status_step").text() == f"step {max(2 * steps, 1)}"  # in mid-step 1


def test_reset_starts_again_from_the_same_weights(window: MainWindow, wait: Wait) -> None:
    next_epoch(window)
    wait(lambda s: s.view is not None and s.view.epoch == 1)
    first = find(window, "equation").text()
    click(window, "reset")
    wait(lambda s: s.state is State.PAUSED and s.view is not None and s.view.epoch == 0)
    assert find(window, "equation").text() == "ŷ = −0.205·x + 0.783"
    next_epoch(window)
    wait(lambda s: s.view is not None and s.view.epoch == 1)
    assert find(window, "equation").text() == first


def test_keys_press_the_buttons_unless_a_field_wants_them(window: MainWindow, wait: Wait) -> None:
    def press(key: Qt.Key, there: tuple[int, Phase], *, shift: bool = False) -> None:
        modifier = Qt.KeyboardModifier
        QTest.keyClick(window, key, modifier.ShiftModifier if shift else modifier.NoModifier)
        wait(lambda s: s.view is not None and (s.view.step, s.view.phase) == there)

    press(Qt.Key.Key_Right, (0, Phase.FORWARD))
    press(Qt.Key.Key_Right, (0, Phase.LOSS))
    press(Qt.Key.Key_Left, (0, Phase.FORWARD))
    press(Qt.Key.Key_Right, (1, Phase.UPDATE), shift=True)
    press(Qt.Key.Key_Right, (2, Phase.UPDATE), shift=True)
    press(Qt.Key.Key_Left, (1, Phase.UPDATE), shift=True)
    press(Qt.Key.Key_Home, (0, Phase.INIT))
    press(Qt.Key.Key_Left, (0, Phase.INIT))
    press(Qt.Key.Key_End, (2, Phase.UPDATE))
    for key, row in ((Qt.Key.Key_Period, 0), (Qt.Key.Key_Period, 1), (Qt.Key.Key_Comma, 0)):
        QTest.keyClick(window, key)
        wait(lambda s, row=row: s.point is not None and s.point.row == row)  # type: ignore[misc]
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait(lambda s: s.state is State.RUNNING)
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait(lambda s: s.state is State.PAUSED)
    press(Qt.Key.Key_R, (0, Phase.INIT))
    assert window.trainer.snapshot.view is not None
    assert window.trainer.snapshot.view.head == 0
    type_in(window, "apply_x", "1 2", enter=False)
    assert find(window, "apply_x").text() == "1 2"
    assert drawn(window).state is State.PAUSED


def test_what_was_typed_counts_when_a_button_is_pressed(window: MainWindow, wait: Wait) -> None:
    type_in(window, "learning_rate", "0.02", enter=False)
    next_epoch(window)
    shown = wait(lambda s: s.view is not None and s.view.epoch == 1)
    assert shown.experiment.learning_rate == 0.02
    assert shown.view is not None
    assert shown.view.steps.column("learning_rate")[0] == pytest.approx(0.02)
    type_in(window, "noise", "0", enter=False)
    click(window, "reset")
    assert drawn(window).experiment.data["noise"] == 0.0


def test_a_change_and_a_reset_at_once_keep_the_change(window: MainWindow) -> None:
    next_epoch(window)
    drawn(window)
    type_in(window, "learning_rate", "0.05")
    click(window, "reset")
    assert drawn(window).experiment.learning_rate == 0.05
    assert find(window, "learning_rate").text() == "0.05"


def test_a_steering_change_while_loading_is_kept(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a first start, where torch takes seconds.
    monkeypatch.setattr(window.trainer._worker, "_warm_up", lambda: time.sleep(0.3))
    type_in(window, "noise", "0.1")
    assert window.trainer.snapshot.state is State.LOADING
    type_in(window, "learning_rate", "0.05")
    shown = drawn(window)
    assert shown.experiment.learning_rate == 0.05
    assert shown.experiment.data["noise"] == 0.1
    assert find(window, "learning_rate").text() == "0.05"


# Changes in mid-run, undo.


def test_a_steering_change_keeps_the_run_and_another_begins_one(
    window: MainWindow, wait: Wait
) -> None:
    first = run_endlessly(window, wait)
    before = run_id(window)
    type_in(window, "learning_rate", "0.02")
    shown = wait(lambda s: s.experiment.learning_rate == 0.02)
    assert run_id(window) == before
    assert shown.state is State.RUNNING
    type_in(window, "noise", "0.1")
    shown = wait(lambda s: s.view is not None and s.view.run_id != before)
    assert shown.experiment.data["noise"] == 0.1
    assert shown.experiment.learning_rate == 0.02
    wait(lambda s: s.state is State.RUNNING)
    click(window, "undo")
    shown = wait(lambda s: s.view is not None and s.view.run_id == before)
    assert shown.state is State.PAUSED
    assert find(window, "noise").text() == "0.5"
    assert find(window, "learning_rate").text() == "0.02"
    assert shown.view is not None
    assert first.view is not None
    assert shown.view.step >= first.view.step
    click(window, "redo")
    wait(lambda s: s.view is not None and s.view.run_id != before)
    assert find(window, "noise").text() == "0.1"


def test_undo_takes_back_a_setting_while_it_runs(window: MainWindow, wait: Wait) -> None:
    run_endlessly(window, wait)
    before = run_id(window)
    type_in(window, "learning_rate", "0.02")
    wait(lambda s: s.experiment.learning_rate == 0.02 and s.can_undo)
    click(window, "undo")
    shown = wait(lambda s: s.experiment.learning_rate == 0.01 and s.view is not None)
    assert (run_id(window), shown.state) == (before, State.RUNNING)
    wait(lambda _s: find(window, "learning_rate").text() == "0.01")
    wait(lambda _s: find(window, "redo").isEnabled())
    click(window, "redo")
    wait(lambda s: s.experiment.learning_rate == 0.02)
    wait(lambda _s: find(window, "learning_rate").text() == "0.02")


def test_ctrl_z_undoes_from_within_a_field(window: MainWindow, wait: Wait, qtbot: QtBot) -> None:
    before = run_id(window)
    type_in(window, "noise", "0.1")
    wait(lambda s: s.can_undo)
    field = find(window, "noise")
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda s: s.view is not None and s.view.run_id == before)
    assert field.text() == "0.5"


def test_more_epochs_let_a_stopped_run_go_on(window: MainWindow, wait: Wait) -> None:
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.STOPPED)
    before = run_id(window)
    type_in(window, "epochs", "150")
    wait(lambda s: s.state is State.PAUSED)
    click(window, "run")
    view = wait(lambda s: s.state is State.STOPPED).view
    assert view is not None
    assert (view.run_id, view.epoch) == (before, 150)


# Presets.


def test_four_points_can_be_checked_by_hand(window: MainWindow, wait: Wait) -> None:
    combo: QComboBox = find(window, "preset")
    index = combo.findData("four_points")
    combo.setCurrentIndex(index)
    combo.activated.emit(index)
    wait(lambda s: s.state is State.PAUSED and s.view is not None)
    assert find(window, "equation").text() == "ŷ = 0.000·x + 0.000"
    assert len(window.work.controls.experiment.make_data().train) == 4
    assert not find(window, "noise").isVisible()
    next_epoch(window)
    wait(lambda s: s.view is not None and s.view.epoch == 1)
    assert find(window, "equation").text() == "ŷ = 1.700·x + 0.800"
    assert find(window, "status_loss").text() == "loss 21.0000"
    click(window, "undo")
    wait(lambda s: s.experiment == ARTICLE and s.view is not None)
    assert find(window, "noise").isVisible()


# Test and Apply.


def test_test_and_apply_fill_their_tables(window: MainWindow, wait: Wait) -> None:
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.STOPPED)
    click(window, "test")
    evaluation = wait(lambda s: s.evaluation is not None).evaluation
    assert evaluation is not None
    table: Any = find(window, "test_table")
    assert table.isVisible()
    cells = [[table.item(r, c).text() for c in range(4)] for r in range(table.rowCount())]
    assert cells[0][0] == f"{mse(evaluation.train):.4f}"
    assert float(cells[0][1]) <= float(cells[0][0])
    assert window.work.show_test.isChecked()
    type_in(window, "apply_x", "1.5, 6")
    wait(lambda s: bool(s.applied))
    table = find(window, "apply_table")
    assert [table.item(0, c).text() for c in range(4)] == ["1.5", "4.10", "4.00", "0.10"]
    assert "⚠" in table.item(1, 0).text()
    assert "Outside" in find(window, "apply_note").text()


@pytest.mark.parametrize("text", ["", "abc", "1,,x", "1e99", " ".join(["1"] * 51)])
def test_bad_x_values_are_answered_in_words(window: MainWindow, text: str) -> None:
    type_in(window, "apply_x", text)
    drawn(window)
    note = find(window, "apply_note")
    assert note.isVisible()
    assert note.text().startswith("⚠")
    assert window.trainer.snapshot.applied == ()
    assert find(window, "apply_x").text() == text


# Switches.


def test_switches_reach_their_plots(window: MainWindow, wait: Wait) -> None:
    assert len(window.work.fit.drawn_residuals[0]) == 0
    find(window, "residuals").click()
    drawn(window)
    assert len(window.work.fit.drawn_residuals[0]) > 0
    assert window.work.loss.log
    find(window, "log_axis").click()
    assert not window.work.loss.log
    find(window, "show_test").click()
    assert wait(lambda s: s.evaluation is not None).evaluation is not None
    find(window, "show_test").click()
    wait(lambda s: s.evaluation is None)
    assert not find(window, "test_table").isVisible()
    assert window.findChild(QWidget, "apply_table") is None  # nobody applied the model


def test_the_theme_is_switched_and_remembered(window: MainWindow) -> None:
    assert window.theme is LIGHT
    before = window.work.fit.grab().toImage()
    click(window, "theme")
    assert window.theme is DARK
    assert window._settings.value("theme") == "dark"
    assert window.work.fit.grab().toImage() != before
    click(window, "theme")
    assert window.theme is LIGHT
    assert window.work.fit.grab().toImage() == before


def test_notices_say_what_the_settings_lead_to(window: MainWindow, wait: Wait) -> None:
    message = find(window, "rate_prediction")
    assert "converges" in message.text()
    type_in(window, "learning_rate", "0.5")
    wait(lambda s: s.experiment.learning_rate == 0.5)
    assert message.isVisible()
    assert "0.1094" in message.text()
    click(window, "run")
    window.transport.pace.set_pace(MAX_PACE)
    wait(lambda s: s.state is State.STOPPED)
    assert "Diverged" in find(window, "run_sentence").text()


def test_a_csv_file_can_be_dropped(
    window: MainWindow, wait: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a,b\n" + "".join(f"{i},{3 * i}\n" for i in range(20)), "utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(event)
    assert event.isAccepted()
    dialog = window.findChild(CsvDialog)
    assert dialog is not None
    ok = find(dialog, "csv_ok")
    qtbot.waitUntil(ok.isEnabled)
    ok.click()
    shown = wait(lambda s: s.view is not None and s.experiment.data.name == "table")
    assert shown.view is not None
    assert len(shown.view.data.train) == 16
    click(window, "undo")
    wait(lambda s: s.view is not None and s.experiment == ARTICLE)


# Failure and the end.


def test_a_failure_is_said_and_reset_recovers(
    window: MainWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("the roof is on fire")

    with monkeypatch.context() as patched:
        patched.setattr(Run, "run_until", broken)
        click(window, "run")
        wait(lambda s: s.state is State.FAILED)
    banner = find(window, "failure")
    assert banner.isVisible()
    assert "the roof is on fire" in find(window, "failure_text").text()
    assert not find(window, "run").isEnabled()
    click(window, "reset")
    wait(lambda s: s.state is State.PAUSED)
    assert not banner.isVisible()
    next_epoch(window)
    wait(lambda s: s.view is not None and s.view.epoch == 1)


def test_the_clock_rests_while_paused(window: MainWindow, wait: Wait, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.clock._timer.isActive())
    run_endlessly(window, wait)
    assert window.clock._timer.isActive()
    click(window, "run")
    wait(lambda s: s.state is State.PAUSED)
    qtbot.waitUntil(lambda: not window.clock._timer.isActive())


@pytest.mark.parametrize("state", ["unseen", "loading", "paused", "running", "stopped", "twice"])
def test_closing_ends_the_thread(qtbot: QtBot, tmp_path: Path, state: str) -> None:
    window = MainWindow(preset("article"), store(tmp_path / "settings.ini"))
    if state != "unseen":
        window.show()
        qtbot.waitUntil(lambda: window.trainer.is_open)
    if state not in ("unseen", "loading"):
        qtbot.waitUntil(lambda: window.trainer.snapshot.state is State.PAUSED, timeout=30_000)
    if state in ("running", "stopped"):
        drawn(window)
        if state == "running":
            type_in(window, "epochs", "1000000000")
        window.transport.pace.set_pace(MAX_PACE)
        click(window, "run")
        wanted = State.RUNNING if state == "running" else State.STOPPED
        qtbot.waitUntil(lambda: window.trainer.snapshot.state is wanted)
    closed: list[int] = []
    window.closing.connect(lambda: closed.append(1))
    window.close()
    assert not window.isVisible()
    if state == "twice":
        window.close()
    assert closed
    assert window.trainer.close()
    assert not window.trainer._thread.isRunning()
    qtbot.wait(20)
    assert not window.clock._timer.isActive()
    end(window)


def test_numbers_that_change_ask_for_no_new_layout_of_the_window(
    window: MainWindow,
) -> None:
    window.work.panels.open("numbers")
    for _ in range(12):  # so that numbers are as long as they get here
        window.commands.next(Unit.EPOCH.value)
    drawn(window)
    asked: list[str] = []

    class Counter(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.LayoutRequest:
                asked.append(watched.objectName())
            return False

    counter = Counter()
    for watched in (window, find(window, "docks"), find(window, "number_rows_content")):
        watched.installEventFilter(counter)
    shown = window.work.numbers.rows.formulas[Phase.LOSS].text()
    for _ in range(5):
        window.commands.next(Unit.EPOCH.value)
        drawn(window)
        QCoreApplication.processEvents()
    assert window.work.numbers.rows.formulas[Phase.LOSS].text() != shown
    assert len(asked) <= 1, asked
