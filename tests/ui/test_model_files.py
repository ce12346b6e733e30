"""The model in hand saved, opened again and applied to a file, in the real window."""

import csv
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from guitrain.export.model import FORMATS
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find, run_id


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """What the file dialogs are answered with."""
    paths: dict[str, Path] = {}
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(paths.get("save", "")), "")
    )
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(paths.get("open", "")), "")
    )
    return paths


def to_the_end(window: MainWindow, wait: Wait) -> None:
    window.trainer.set_pace(MAX_PACE)
    window.trainer.play()
    wait(lambda s: s.state is State.STOPPED)


def save_as(window: MainWindow, wait: Wait, suffix: str) -> None:
    menu = window.findChild(QMenu, "export_model")
    assert menu is not None
    menu.aboutToShow.emit()
    (entry,) = [a for a in menu.actions() if a.objectName() == f"export_model_{suffix}"]
    number = window.trainer._files
    entry.trigger()
    if window.trainer._files > number:
        wait(lambda s: s.filed is not None and s.filed.number > number)


def test_saved_weights_begin_a_run_and_can_be_let_go_of(
    window: MainWindow, wait: Wait, answer: dict[str, Path], tmp_path: Path
) -> None:
    to_the_end(window, wait)
    before, ended = run_id(window), window.trainer.snapshot.view
    assert ended is not None
    answer["save"] = tmp_path / "good.pt"
    save_as(window, wait, "pt")
    drawn(window)
    assert window.notice.text == "good.pt is saved: the model after step 100."
    state = torch.load(tmp_path / "good.pt", weights_only=True)
    assert [float(each) for each in state.values()] == list(ended.numbers or ())
    answer["open"] = tmp_path / "good.pt"
    window.sessions.ask_to_open()
    shown = wait(lambda s: s.view is not None and s.view.run_id != before)
    drawn(window)
    assert shown.view is not None
    assert (shown.view.step, shown.view.numbers) == (0, ended.numbers)
    assert "begins with the weights in good.pt" in window.notice.text
    assert window.sessions.path is None
    source = find(window, "initial_by_hand")
    assert source.currentText() == "from a file"
    assert "good.pt" in source.toolTip()
    assert source.isEnabled()
    assert not find(window, "initial_w").isVisible()  # it would show others
    assert "copy_" in window.work.code.text()
    to_the_end(window, wait)
    window.commands.reset()  # begins with them again
    shown = wait(lambda s: s.view is not None and s.view.step == 0)
    assert shown.view is not None
    assert shown.view.numbers == ended.numbers
    source.setCurrentIndex(1)
    source.activated.emit(1)
    shown = wait(lambda s: s.experiment.weights is None and s.view is not None)
    assert shown.view is not None
    assert shown.view.numbers != ended.numbers
    drawn(window)
    assert source.count() == 2
    for _ in range(3):
        window.trainer.undo()
    shown = wait(lambda s: s.view is not None and s.view.run_id == before)
    assert shown.view is not None
    assert (shown.view.step, shown.view.numbers) == (100, ended.numbers)


def recent(window: MainWindow) -> list[str]:
    window.sessions._list_recent()
    return [entry.toolTip() for entry in window.sessions._recent.actions()]


def test_opened_models_are_recent_files_until_they_are_gone(
    qtbot: QtBot,
    window: MainWindow,
    wait: Wait,
    answer: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to_the_end(window, wait)
    paths = [tmp_path / name for name in ("asked & told.pt", "given.safetensors", "dropped.pt")]
    for path in paths:
        answer["save"] = path
        save_as(window, wait, path.suffix[1:])
    assert recent(window) == [], "what was only saved is none"
    answer["open"] = paths[0]
    before = run_id(window)

    def begun() -> int:
        wait(lambda s: s.view is not None and s.view.run_id != before and s.view.step == 0)
        drawn(window)
        return run_id(window)

    window.sessions.ask_to_open()
    before = begun()
    monkeypatch.chdir(tmp_path)
    window.sessions.open_first(Path(paths[1].name))  # as typed on a command line
    before = begun()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paths[2]))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    before = begun()
    assert recent(window) == [str(path) for path in reversed(paths)]
    (entry,) = [e for e in window.sessions._recent.actions() if e.toolTip() == str(paths[0])]
    assert entry.text() == "&3  asked && told.pt"
    assert window.sessions._recent.toolTipsVisible()
    entry.trigger()
    before = begun()
    assert recent(window)[0] == str(paths[0])
    gone = tmp_path / "gone.guitrain"  # an experiment, like a model
    window.sessions._remember(gone)
    paths[2].unlink()
    for path in (paths[2], gone):
        assert str(path) in recent(window)
        next(e for e in window.sessions._recent.actions() if e.toolTip() == str(path)).trigger()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
        box = window.findChild(QMessageBox, "file_problem")
        assert box is not None
        assert "no file" in box.text()
        assert path.name in box.text()
        box.close()
        box.setObjectName("")
        box.deleteLater()
        assert str(path) not in recent(window)
    assert recent(window) == [str(paths[0]), str(paths[1])]
    assert run_id(window) == before


def test_a_model_that_is_refused_leaves_all_as_it_was(
    qtbot: QtBot, window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    to_the_end(window, wait)
    before = run_id(window)
    torch.save({"weights": torch.ones(2), "bias": torch.ones(1)}, tmp_path / "odd.pt")
    window.sessions.open(tmp_path / "odd.pt")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
    box = window.findChild(QMessageBox, "file_problem")
    assert box is not None
    assert "“weights” has the shape 2 in odd.pt" in box.text()
    box.close()
    assert run_id(window) == before
    assert recent(window) == []
    assert window.trainer.snapshot.state is State.STOPPED


def test_an_extra_that_is_missing_is_told_before_a_name_is_asked_for(
    window: MainWindow, wait: Wait, answer: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(window)
    for each in FORMATS:
        if each.extra:
            monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
            save_as(window, wait, each.suffix[1:])
            box: Any = window.findChild(QMessageBox, "export_problem")
            assert f"the extra “{each.extra}”" in box.text()
            assert "-m pip install" in box.text()
            box.close()
            box.deleteLater()
            box.setObjectName("")
    assert window.trainer._files == 0


def test_a_csv_of_new_inputs_is_predicted_for(
    qtbot: QtBot, window: MainWindow, wait: Wait, answer: dict[str, Path], tmp_path: Path
) -> None:
    to_the_end(window, wait)
    new = tmp_path / "new.csv"
    new.write_text("name,x\na,1.5\nb,-3\n")
    answer.update(open=new, save=tmp_path / "told.csv")
    click(window, "apply_file")
    wait(lambda s: s.filed is not None)
    drawn(window)
    assert window.notice.text == "2 predictions are in told.csv."
    with (tmp_path / "told.csv").open() as file:
        rows = list(csv.DictReader(file))
    view = window.trainer.snapshot.view
    assert view is not None
    w, b = view.numbers or ()
    for row, x in zip(rows, (1.5, -3), strict=True):
        assert float(row["prediction"]) == pytest.approx(w * x + b, rel=1e-5)
    new.write_text("name,x\na,1.5\nb,?\n")
    answer["save"] = tmp_path / "other.csv"
    click(window, "apply_file")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
    box = window.findChild(QMessageBox, "file_problem")
    assert box is not None
    assert "Line 3 of new.csv has “?” in column “x”" in box.text()
    box.close()
    assert not (tmp_path / "other.csv").exists()
