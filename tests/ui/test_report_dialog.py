import errno
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from guitrain.observing import FIRST_STEPS
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow
from guitrain.ui.report_dialog import ReportDialog
from tests.ui.window_tools import Wait, click, find


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, wait: Wait) -> ReportDialog:
    """Of the article's run, which has ended; opened from the menu."""
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.STOPPED)
    actions = window.transport.export.menu().actions()
    next(each for each in actions if each.objectName() == "export_report").trigger()
    made: ReportDialog = find(window, "report_dialog")
    qtbot.waitUntil(made.save_button.isEnabled, timeout=10_000)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    def chosen(*_: Any) -> tuple[str, str]:
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)


def test_menu_writes_both_files(
    qtbot: QtBot,
    window: MainWindow,
    dialog: ReportDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, tmp_path / "mine")
    dialog.title.setText("My first line")
    dialog.author.setText("Ada")
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        dialog.save_button.click()
        assert not dialog.save_button.isEnabled()
        assert "of 4 parts" in dialog.progress.text()
    page = (tmp_path / "mine.html").read_text("utf-8")
    assert "<h1>My first line</h1>" in page
    assert page.count('<img src="data:image/png;base64,') == 2
    assert "Final loss 0.2291" in page
    assert "Step 2" in page
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF-")
    assert FIRST_STEPS not in window.work.wishes


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_full_disk_is_told_and_leaves_nothing(
    qtbot: QtBot, dialog: ReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int
) -> None:
    def no_space(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", no_space)
    answer(monkeypatch, folder / "mine")
    dialog.kind.setCurrentIndex(kind)
    dialog.save()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=20_000)
    assert "the disk is full" in dialog.problem.text()
    assert list(folder.iterdir()) == []
    assert dialog.save_button.isEnabled()  # for another try
    dialog.reject()


def test_other_file_is_not_replaced_unasked_and_cancel_writes_nothing(
    dialog: ReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.pdf").write_bytes(b"old")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    answer(monkeypatch, tmp_path / "mine.html")
    dialog.save()
    assert dialog.save_button.isEnabled()
    dialog.save()
    assert not dialog.save_button.isEnabled()
    dialog.reject()  # in the middle of it
    assert (tmp_path / "mine.pdf").read_bytes() == b"old"
    assert not (tmp_path / "mine.html").exists()
