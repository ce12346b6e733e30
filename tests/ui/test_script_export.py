"""Saving the script: asked where, written whole, and a problem told in words."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guitrain.ui.script_export import save_script

TEXT = 'print("größe")\n'


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def answer(monkeypatch: pytest.MonkeyPatch, chosen: str) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def choose(*args: Any) -> tuple[str, str]:
        asked.append(args)
        return chosen, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return asked


def test_script_is_saved_and_its_folder_offered_the_next_time(
    parent: QWidget, settings: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    answer(monkeypatch, str(folder / "first"))
    save_script(parent, TEXT, settings)
    assert (folder / "first.py").read_bytes() == TEXT.encode("utf-8")
    asked = answer(monkeypatch, "")
    save_script(parent, TEXT, settings)
    ((_, title, offered, filters),) = asked
    assert title == "Save the script"
    assert Path(offered) == folder / "run.py"
    assert "*.py" in filters
    assert parent.findChild(QMessageBox) is None


def test_nothing_is_written_where_no_file_is_chosen(
    parent: QWidget, settings: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "")
    save_script(parent, TEXT, settings)
    assert [path.suffix for path in tmp_path.iterdir()] in ([], [".ini"])
    assert parent.findChild(QMessageBox) is None


def test_full_disk_is_told_and_leaves_the_old_file(
    parent: QWidget, settings: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.py"
    path.write_text("old")

    def no_space(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    answer(monkeypatch, str(path))
    save_script(parent, TEXT, settings)
    box = parent.findChild(QMessageBox, "export_problem")
    assert box is not None
    assert "the disk is full" in box.text()
    assert path.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))
    box.close()
