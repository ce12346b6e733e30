"""Files of sessions in the real window: saved, opened, kept, brought back."""

import importlib.util
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from guitrain import session
from guitrain.core.run_view import Unit
from guitrain.files import experiment_file
from guitrain.files.experiment_file import read_session, write_session
from guitrain.files.problems import FileProblem
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Pace, State
from guitrain.ui.kept_sessions import own_folder
from guitrain.ui.main_window import MainWindow
from guitrain.ui.save_file import tell_problem
from tests.ui.window_tools import Wait, click, drawn, end, find, store, type_in


def run_to_the_end(window: MainWindow, wait: Wait) -> None:
    window.trainer.set_pace(MAX_PACE)
    window.trainer.play()
    wait(lambda s: s.state is State.STOPPED)


def saved(window: MainWindow, wait: Wait, path: Path) -> Path:
    number = len(window.sessions._asked)
    window.sessions._save_to(path)
    wait(lambda s: s.filed is not None and s.filed.path == path and not s.filed.opened)
    assert len(window.sessions._asked) == number
    return path


def opened(window: MainWindow, wait: Wait, path: Path) -> None:
    window.sessions.open(path)
    wait(lambda s: s.filed is not None and s.filed.opened and s.filed.path == path)


def test_runs_branches_and_the_window_come_back(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    run_to_the_end(window, wait)
    window.trainer.seek(40)
    wait(lambda s: s.view is not None and s.view.step == 40)
    window.trainer.change({"learning_rate": 0.05})
    wait(lambda s: len(s.runs) == 2)
    window.trainer.rename_run(1, "slow")
    window.trainer.next(Unit.EPOCH)
    window.work.show_test.setChecked(True)
    window.transport.pace.set_pace(Pace(5))
    window.work.panels.open("runs")
    before = wait(lambda s: s.view is not None and s.view.step == 41)
    path = saved(window, wait, tmp_path / "lesson.guitrain")
    assert window.windowTitle() == "lesson.guitrain[*] — GUITrain"
    assert not window.isWindowModified()
    window.commands.choose_preset("spiral")
    window.work.panels.close("runs")
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "spiral")
    assert window.isWindowModified()
    opened(window, wait, path)
    after = wait(lambda s: s.view is not None and s.view.experiment.data.name == "line")
    one, other = before.view, after.view
    assert one is not None
    assert other is not None
    assert (other.step, other.head, other.numbers, other.loss) == (
        one.step,
        one.head,
        one.numbers,
        one.loss,
    )
    assert other.settings == one.settings
    assert [(r.number, r.name, r.parent, r.changes, r.step, r.visible) for r in after.runs] == [
        (r.number, r.name, r.parent, r.changes, r.step, r.visible) for r in before.runs
    ]
    assert [ghost.number for ghost in after.ghosts] == [ghost.number for ghost in before.ghosts]
    assert find(window, "learning_rate").text() == "0.05"
    assert window.transport.pace.pace == Pace(5)
    assert window.work.show_test.isChecked()
    assert window.work.panels.is_open("runs")
    assert not window.isWindowModified()
    assert window.notice.text == ""
    window.trainer.next(Unit.EPOCH)
    wait(lambda s: s.view is not None and s.view.step == 42)
    assert window.isWindowModified()


def test_a_file_that_is_refused_leaves_all_as_it_was(
    qtbot: QtBot, window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    content = path.read_bytes()
    before = window.trainer.snapshot
    broken = tmp_path / "b.guitrain"
    for odd, words in (
        (content[:-500], "damaged"),
        (content.replace(b'"learning_rate": 0.01', b'"learning_rate": -3', 1), "learning rate"),
        (content.replace(b'"head": 100', b'"head": 99', 1), "damaged"),
        (content.replace(b'"parent": null', b'"parent": {}', 1), "damaged"),
        (b"PK\x03\x04", "not an experiment"),
    ):
        broken.write_bytes(odd)
        assert odd != content
        window.sessions.open(broken)
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
        box = window.findChild(QMessageBox, "file_problem")
        assert box is not None
        assert words in box.text().lower(), box.text()
        box.close()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is None)
        now = window.trainer.snapshot
        assert now.view is not None
        assert before.view is not None
        assert (now.view.run_id, now.state) == (before.view.run_id, State.STOPPED)
        assert window.sessions.path == path


def test_a_file_of_other_numbers_is_opened_and_told_of(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    read = read_session(path)
    losses = read["runs"][0]["run"]["steps"]["levels"][0]["low"]["loss"]
    losses[-1] *= 1.5
    write_session(path, read)
    opened(window, wait, path)
    assert "trained again here" in window.notice.text
    click(window, "notice_close")
    assert window.notice.text == ""


def test_save_asks_once_and_recent_files_are_listed(
    window: MainWindow, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_to_the_end(window, wait)
    asked: list[str] = []

    def choose(*given: object, **_: object) -> tuple[str, str]:
        asked.append(str(given[2]))
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.sessions.save()
    wait(lambda s: s.filed is not None)
    window.sessions.save()
    wait(lambda s: s.filed is not None and s.filed.number == 2)
    assert len(asked) == 1
    assert window.sessions.path == tmp_path / "mine.guitrain"
    window.sessions._list_recent()
    assert [entry.toolTip() for entry in window.sessions._recent.actions()] == [
        str(tmp_path / "mine.guitrain")
    ]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    window.sessions.save_as()
    drawn(window)
    assert window.trainer.snapshot.filed is not None
    assert window.trainer.snapshot.filed.number == 2


def test_where_nothing_can_be_written_a_sentence_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "is_a_file").write_text("x")
    window.sessions._save_to(tmp_path / "is_a_file" / "a.guitrain")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
    box = window.findChild(QMessageBox, "file_problem")
    assert box is not None
    assert "folder" in box.text()
    box.close()
    assert window.sessions.path is None


@pytest.fixture
def second(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Another window with the same settings, to be shown by the test."""
    made = MainWindow(preset("article"), store(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    yield made
    end(made)


def test_what_a_crash_leaves_behind_is_offered_and_brought_back(
    qtbot: QtBot, window: MainWindow, second: MainWindow, wait: Wait
) -> None:
    run_to_the_end(window, wait)
    sessions = window.sessions
    sessions.keep()
    assert sessions._own is not None
    own = sessions._own
    qtbot.waitUntil(own.exists)
    wait(lambda _s: not sessions._asked)
    kept = own.read_bytes()
    sessions._rest_until = 0.0
    sessions.keep()
    assert not sessions._asked  # nothing has happened since
    second.show()
    qtbot.waitUntil(lambda: second.sessions._own is not None)
    assert second.sessions.left is None  # that window is alive
    assert sessions._lock is not None
    sessions._lock.unlock()  # as the system does when a process dies
    second.sessions.start()
    assert second.sessions.left == own
    assert "did not end in good order" in second.notice.text
    click(second, "notice_bring_back")
    qtbot.waitUntil(lambda: not own.exists())
    drawn(second)
    one, other = window.trainer.snapshot.view, second.trainer.snapshot.view
    assert one is not None
    assert other is not None
    assert (other.head, other.numbers, other.stopped) == (one.head, one.numbers, one.stopped)
    assert second.sessions.path is None
    assert kept


def test_what_two_crashes_and_two_closed_windows_left_is_all_there(
    qtbot: QtBot, window: MainWindow, second: MainWindow, wait: Wait
) -> None:
    folder = own_folder(window._settings)
    for step in range(1, 5):
        window.trainer.next(Unit.EPOCH)
        wait(lambda s, step=step: s.view is not None and s.view.head == step)  # type: ignore[misc]
        name = f"{'last' if step < 3 else 'session'}-{step}.guitrain"
        os.utime(saved(window, wait, folder / name), (10**9 + step, 10**9 + step))

    def head() -> int:
        view = drawn(second).view
        return view.head if view is not None and not second.sessions._asked else -1

    second.show()
    qtbot.waitUntil(lambda: "2 windows" in second.notice.text)
    click(second, "notice_bring_back")
    qtbot.waitUntil(lambda: head() == 4 and "did not end" in second.notice.text)
    click(second, "notice_bring_back")
    qtbot.waitUntil(lambda: head() == 3)
    assert not list(folder.glob("session-[34].guitrain"))
    second.sessions._list_last()
    assert len(second.sessions._lasts.actions()) == 2
    second.sessions._lasts.actions()[1].trigger()  # the latest is that of the second crash
    qtbot.waitUntil(lambda: head() == 1)
    kept = {read_session(path)["runs"][0]["run"]["head"] for path in folder.glob("last-*.guitrain")}
    assert kept == {2, 3, 4}


def test_what_was_left_can_be_deleted(
    qtbot: QtBot, window: MainWindow, second: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    folder = own_folder(window._settings)
    left = folder / "session-0.guitrain"
    left.write_bytes(b"odd")
    second.show()
    qtbot.waitUntil(lambda: second.sessions.left == left)
    click(second, "notice_forget")
    assert not left.exists()
    assert second.notice.text == ""


def test_a_closed_session_can_be_reopened(
    qtbot: QtBot, window: MainWindow, second: MainWindow, wait: Wait
) -> None:
    run_to_the_end(window, wait)
    folder = own_folder(window._settings)
    window.sessions.keep()
    window.close()
    assert window.trainer.close()
    assert [path.name[:5] for path in folder.iterdir()] == ["last-"]
    second.show()
    qtbot.waitUntil(lambda: second.trainer.snapshot.view is not None)
    assert second.sessions.left is None
    second.sessions.reopen_last()
    qtbot.waitUntil(
        lambda: second.trainer.snapshot.view is not None and second.trainer.snapshot.view.head > 0
    )
    drawn(second)
    assert second.sessions.path is None


def test_opening_keeps_what_was_there(window: MainWindow, wait: Wait, tmp_path: Path) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    window.commands.choose_preset("four_points")
    wait(lambda s: s.view is not None and s.view.experiment.data.name != "line")
    window.trainer.next(Unit.EPOCH)
    wait(lambda s: s.view is not None and s.view.step == 1)
    opened(window, wait, path)
    window.sessions.reopen_last()
    snapshot = wait(lambda s: s.view is not None and s.view.head == 1)
    assert len(snapshot.runs) == 2


def test_opening_while_running_and_a_wrong_value_typed_is_no_trouble(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    type_in(window, "epochs", "1000000")
    window.trainer.play()
    wait(lambda s: s.state is State.RUNNING)
    type_in(window, "learning_rate", "no", enter=False)
    opened(window, wait, path)
    snapshot = wait(lambda s: s.state is State.STOPPED)
    assert snapshot.view is not None
    assert snapshot.view.head == 100


@pytest.mark.parametrize(
    ("entry", "name", "start"),
    [
        ("export_arrays", "history.npz", b"PK"),
        ("export_predictions", "predictions.csv", b"set,x,y,prediction"),
        ("export_runs", "runs.csv", b"run,name,from_run"),
        ("export_notebook", "run.ipynb", b"{"),
    ],
)
def test_numbers_are_exported_from_the_menu(
    window: MainWindow,
    wait: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    entry: str,
    name: str,
    start: bytes,
) -> None:
    run_to_the_end(window, wait)
    proposed: list[str] = []

    def choose(*given: object, **_: object) -> tuple[str, str]:
        proposed.append(Path(str(given[2])).name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    menu = window.transport.export.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.objectName() == entry).trigger()
    wait(lambda s: s.filed is not None and s.filed.path == tmp_path / name)
    assert proposed == [name]
    assert (tmp_path / name).read_bytes().startswith(start)
    assert window.sessions.path is None
    assert window.findChild(QMessageBox, "file_problem") is None


def test_nothing_waits_for_a_file_that_is_being_written(
    window: MainWindow, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real = experiment_file.write_session

    def slow(path: Path, session: dict[str, Any]) -> int:
        assert go_on.wait(20)
        return real(path, session)

    monkeypatch.setattr(experiment_file, "write_session", slow)
    path = tmp_path / "a.guitrain"
    window.trainer.next(Unit.EPOCH)
    window.sessions._save_to(path)
    window.trainer.next(Unit.EPOCH)
    wait(lambda s: s.view is not None and s.view.step == 2)
    assert not path.exists()
    go_on.set()
    wait(lambda s: s.filed is not None and s.filed.path == path)
    run = read_session(path)["runs"][0]["run"]
    assert (run["step"], run["head"]) == (1, 1)  # as it was when it was saved


def test_what_nobody_thought_of_is_told_too(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def odd(path: Path, session: dict[str, Any]) -> int:
        raise RuntimeError("no room")

    monkeypatch.setattr(experiment_file, "write_session", odd)
    window.sessions._save_to(tmp_path / "a.guitrain")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
    box = window.findChild(QMessageBox, "file_problem")
    assert box is not None
    assert "no room" in box.text()
    box.close()
    assert "RuntimeError" in capsys.readouterr().err


def test_what_is_set_aside_does_not_end_the_keeping(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    run_to_the_end(window, wait)
    sessions = window.sessions
    opened(window, wait, saved(window, wait, tmp_path / "a.guitrain"))
    wait(lambda _s: not sessions._asked)
    assert sessions._rest_until < time.monotonic() + 300  # ten times as long as it took


@pytest.mark.parametrize("installed", [True, False])
def test_runs_are_exported_for_tensorboard(
    qtbot: QtBot,
    window: MainWindow,
    wait: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    installed: bool,
) -> None:
    if installed:
        pytest.importorskip("tensorboard")
    else:
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    run_to_the_end(window, wait)
    window.trainer.rename_run(1, "slow")
    path = tmp_path / "events"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    menu = window.transport.export.menu()
    assert menu is not None
    name = "export_tensorboard"
    next(action for action in menu.actions() if action.objectName() == name).trigger()
    if not installed:
        box = window.findChild(QMessageBox, "export_problem")
        assert box is not None
        assert 'pip install "tensorboard' in box.text()
        box.close()
        assert not path.exists()
        return
    wait(lambda s: s.filed is not None and s.filed.path == path)
    qtbot.waitUntil(lambda: "tensorboard --logdir" in window.notice.text)
    assert [each.name for each in path.iterdir()] == ["run 1 slow"]


def test_what_cannot_be_kept_is_told_once_and_tried_again(
    window: MainWindow, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_to_the_end(window, wait)
    sessions = window.sessions
    own = sessions._own
    said: list[str] = []
    assert own is not None
    sessions.told.connect(said.append)
    (tmp_path / "is_a_file").write_text("x")

    def keep() -> None:
        sessions._rest_until = 0.0
        wait(lambda _s: not sessions._asked)
        sessions.keep()
        wait(lambda _s: not sessions._asked)

    sessions._own, sessions._kept = tmp_path / "is_a_file" / "own.guitrain", None
    keep()
    keep()
    (sentence,) = said
    assert "cannot be kept for after a crash" in sentence
    assert window.notice.text == sentence
    sessions._own = own
    keep()
    assert own.exists()
    assert len(said) == 1
    sessions._own = tmp_path / "is_a_file" / "own.guitrain"
    window.trainer.change({"stop.epochs": 300})
    wait(lambda s: s.view is not None and s.view.settings.stop.epochs == 300)
    sessions.lesson_changed()
    keep()
    assert len(said) == 2, "it had been well in between"
    sessions._own = own


def told(qtbot: QtBot, window: MainWindow) -> str:
    """What the window says is wrong with a file; it is pressed away."""
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
    box = window.findChild(QMessageBox, "file_problem")
    assert box is not None
    text = box.text()
    box.close()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is None)
    return text


def full_disk(monkeypatch: pytest.MonkeyPatch, *, but: str = "") -> None:
    """No experiment file can be written any more, but those whose names begin so."""
    real = experiment_file.write_session

    def write(path: Path, session: dict[str, Any]) -> int:
        if not (but and path.name.startswith(but)):
            raise FileProblem("disk_full", path)
        return real(path, session)

    monkeypatch.setattr(experiment_file, "write_session", write)


def test_what_nobody_foresaw_in_a_file_is_told_and_the_keeping_goes_on(
    qtbot: QtBot,
    window: MainWindow,
    wait: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")

    def odd(_session: object) -> None:
        raise MemoryError

    monkeypatch.setattr(session, "book_of", odd)
    window.sessions.open(path)
    assert "not enough memory" in told(qtbot, window)
    assert window.trainer.snapshot.state is State.STOPPED
    assert not window.sessions._asked, "it would never be kept again"
    assert "MemoryError" in capsys.readouterr().err


def test_a_save_that_failed_is_told_though_a_file_was_opened_before_it_was_known(
    qtbot: QtBot, window: MainWindow, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    window.trainer.change({"stop.epochs": 200})
    wait(lambda s: s.view is not None and s.view.settings.stop.epochs == 200)
    full_disk(monkeypatch, but="last-")
    window.sessions._save_to(tmp_path / "b.guitrain")
    opened(window, wait, path)
    assert "b.guitrain" in told(qtbot, window)
    assert window.sessions.path == path
    assert not window.sessions._asked


def test_a_file_is_not_opened_where_what_is_here_would_be_lost(
    qtbot: QtBot, window: MainWindow, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    window.commands.choose_preset("four_points")
    wait(lambda s: s.view is not None and s.view.experiment.data.name != "line")
    window.trainer.next(Unit.EPOCH)
    wait(lambda s: s.view is not None and s.view.step == 1)
    full_disk(monkeypatch)
    window.sessions.open(path)
    assert "Save as, and open a.guitrain again" in told(qtbot, window)
    view = window.trainer.snapshot.view
    assert view is not None
    assert (view.experiment.data.name, view.step) == ("table", 1)
    monkeypatch.undo()
    opened(window, wait, saved(window, wait, tmp_path / "b.guitrain"))
    full_disk(monkeypatch)
    opened(window, wait, path)  # all that was here is in a file


def test_reopening_the_last_session_keeps_the_one_here_and_a_broken_file_keeps_the_last(
    qtbot: QtBot, window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    run_to_the_end(window, wait)
    path = saved(window, wait, tmp_path / "a.guitrain")
    window.trainer.seek(40)
    wait(lambda s: s.view is not None and s.view.step == 40)
    opened(window, wait, path)  # and the last session is the one at step 40
    (tmp_path / "b.guitrain").write_bytes(path.read_bytes()[:-99])
    window.sessions.open(tmp_path / "b.guitrain")
    assert "damaged" in told(qtbot, window)
    for step in (40, 100, 40):
        window.sessions.reopen_last()
        wait(lambda _s: not window.sessions._asked)
        view = window.trainer.snapshot.view
        assert view is not None
        assert view.step == step


def test_what_a_crash_left_is_there_until_it_is_kept_anew(
    qtbot: QtBot, window: MainWindow, second: MainWindow, wait: Wait, monkeypatch: Any
) -> None:
    run_to_the_end(window, wait)
    left = saved(window, wait, own_folder(window._settings) / "session-0.guitrain")
    second.show()
    qtbot.waitUntil(lambda: second.sessions.left == left)
    drawn(second)
    full_disk(monkeypatch)
    click(second, "notice_bring_back")
    qtbot.waitUntil(lambda: "cannot be kept for after a crash" in second.notice.text)
    assert left.exists()


def test_a_folder_that_was_deleted_is_made_again_and_locked(
    qtbot: QtBot, window: MainWindow, second: MainWindow, wait: Wait
) -> None:
    run_to_the_end(window, wait)
    own = window.sessions._own
    assert own is not None
    shutil.rmtree(own.parent)
    window.sessions.keep()
    wait(lambda _s: not window.sessions._asked)
    assert own.exists()
    assert window.notice.text == ""
    second.show()
    qtbot.waitUntil(lambda: second.sessions._own is not None)
    assert second.sessions.left is None, "that window is alive"


def test_a_session_that_cannot_be_written_at_the_end_is_left_as_by_a_crash(
    window: MainWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_to_the_end(window, wait)
    own = window.sessions._own
    assert own is not None
    window.sessions.keep()
    wait(lambda _s: not window.sessions._asked)
    full_disk(monkeypatch)
    window.close()
    assert window.trainer.close()
    assert read_session(own)["runs"][0]["run"]["head"] == 100


def test_what_was_recorded_before_an_error_and_beside_an_empty_drawing_is_saved(
    window: MainWindow, wait: Wait, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_to_the_end(window, wait)

    def fail() -> None:
        raise RuntimeError("out of memory")

    window.trainer._do(fail)
    wait(lambda s: s.state is State.FAILED)
    path = saved(window, wait, tmp_path / "a.guitrain")
    assert read_session(path)["runs"][0]["run"]["head"] == 100
    window.trainer.start(window.trainer.snapshot.experiment.changed({"data": "drawn"}))
    wait(lambda s: s.state is State.EMPTY)
    path = saved(window, wait, tmp_path / "b.guitrain")
    assert read_session(path)["runs"][-1]["run"]["head"] == 100
    assert "RuntimeError" in capsys.readouterr().err


def test_an_empty_drawing_has_nothing_to_export(window: MainWindow, wait: Wait) -> None:
    menu = window.transport.export.menu()
    assert menu is not None
    for data, there in (("drawn", False), ("line", True)):
        window.trainer.start(window.trainer.snapshot.experiment.changed({"data": data}))
        wait(lambda s: (s.view is not None) is there and s.state is not State.LOADING)  # noqa: B023
        menu.aboutToShow.emit()
        assert {entry.isEnabled() for entry in menu.actions()} == {there}
        assert all(("no run yet" in entry.toolTip()) is not there for entry in menu.actions())


def test_long_names_are_broken_in_boxes_and_notices(window: MainWindow) -> None:
    path = f"{'/folder' * 30}/{'a' * 200}.guitrain"
    window.notice.say(f"{path} was not written.")
    tell_problem(window, "Save", f"{path} was not written.")
    drawn(window)
    box = window.findChild(QMessageBox, "export_problem")
    assert box is not None
    assert box.width() < 900
    box.close()
    assert find(window, "notice_text").heightForWidth(600) > 2 * window.fontMetrics().height()
    assert path in window.notice.text
