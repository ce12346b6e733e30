"""The names under which files are saved."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guitrain.ui.save_file import ask_file
from tests.ui.window_tools import store

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("a", "a.guitrain"),
        ("a.guitrain", "a.guitrain"),
        ("a.GUITRAIN", "a.GUITRAIN"),
        ("Lesson 1. Start", "Lesson 1. Start.guitrain"),
        ("rate 0.05", "rate 0.05.guitrain"),
    ],
)
def test_a_file_has_its_ending_and_takes_no_other_ones_place_unasked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, saved: str
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    settings, asked = store(tmp_path / "settings.ini"), []

    def ask(answer: QMessageBox.StandardButton) -> Path | None:
        def question(*given: object) -> QMessageBox.StandardButton:
            asked.append(str(given[2]))
            return answer

        monkeypatch.setattr(QMessageBox, "question", question)
        return ask_file(widget, "Save", "experiment.guitrain", "", settings)

    chosen = tmp_path / typed
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    assert ask(NO) == tmp_path / saved
    assert not asked
    (tmp_path / saved).write_text("old")
    known = typed == saved  # and asked for by the file dialog itself
    assert ask(NO) == (tmp_path / saved if known else None)
    assert ask(YES) == tmp_path / saved
    assert asked == [] if known else [f"{saved} is there already. Replace it?"] * 2


def test_a_folder_that_no_system_has_is_not_gone_to(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = store(tmp_path / "settings.ini")
    settings.setValue("export/folder", "x" * 5000)
    proposed: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        proposed.append(str(given[2]))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert ask_file(None, "Save", "run.py", "", settings) is None
    assert Path(proposed[0]).parent.is_dir() or len(proposed[0]) < 1000
