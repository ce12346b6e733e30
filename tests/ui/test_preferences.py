"""Preferences: where they are kept, and back to those of the first start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from guitrain import preferences
from guitrain.plots.theme import DARK, LIGHT
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find, next_epoch


def ask(window: MainWindow) -> QMessageBox:
    actions = find(window, "file").menu().actions()
    next(each for each in actions if each.objectName() == "reset_preferences").trigger()
    boxes = window.findChildren(QMessageBox, "reset_preferences_question")
    (box,) = [each for each in boxes if each.isVisible()]
    return box


def layout(window: MainWindow) -> dict[str, object]:
    """Where each open panel is."""
    panels = [window.work.panels.panel(name) for name in window.work.panels.names]
    return {each.objectName(): each.geometry() for each in panels if each.is_open}


def test_all_is_as_at_the_first_start_and_the_runs_are_kept(
    window: MainWindow, wait: Wait, qtbot: QtBot
) -> None:
    settings = window._settings
    first = layout(window)
    window.set_theme(DARK)
    settings.setValue("theme", "dark")
    settings.setValue("files/recent", ["/somewhere/a.guitrain"])
    settings.setValue("export/folder", "/somewhere")
    window.presenter.choose("runs", True)
    next_epoch(window)  # and, as the first step, opens the panels of steps
    wait(lambda s: s.view is not None and s.view.step == 1)
    window.work.panels.open("runs")
    window.resize(1500, 900)
    view = window.trainer.snapshot.view
    assert view is not None

    click(ask(window), "reset_preferences_no")
    assert settings.value("theme") == "dark"
    assert window.work.panels.is_open("runs")

    box = ask(window)
    click(box, "reset_preferences_yes")
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox), timeout=5000)
    drawn(window)
    assert settings.allKeys() == []
    assert window.theme is LIGHT
    assert (window.width(), window.height()) == (1280, 800)
    assert not window.work.panels.is_open("runs")
    assert not window.work.panels.is_open("cycle")
    assert layout(window) == first
    assert "runs" not in window.presenter.chosen
    find(window, "file").menu().aboutToShow.emit()
    names = [each.objectName() for each in find(window, "open_recent").actions()]
    assert names == []
    now = window.trainer.snapshot.view
    assert now is not None
    assert (now.run_id, now.step, now.numbers) == (view.run_id, view.step, view.numbers)


def test_presenting_ends_with_the_reset(window: MainWindow, qtbot: QtBot) -> None:
    first = layout(window)
    window.presenter.enter()
    assert window.presenter.active
    qtbot.wait(100)
    window.reset_preferences()
    assert not window.presenter.active
    qtbot.wait(400)  # in which a window manager would have given it another size
    assert layout(window) == first


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Path]:
    monkeypatch.setattr(preferences, "home", lambda: tmp_path)
    names = QCoreApplication.organizationName(), QCoreApplication.applicationName()
    yield tmp_path
    QCoreApplication.setOrganizationName(names[0])
    QCoreApplication.setApplicationName(names[1])


def test_a_portable_app_keeps_its_settings_beside_it(
    beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (beside / "portable").mkdir()
    preferences.name_app()
    settings = QSettings()
    settings.setValue("theme", "dark")
    settings.sync()
    file = beside / "portable" / "GUITrain" / "GUITrain.ini"
    assert "dark" in file.read_text("utf-8")
    assert preferences.main() == 0
    assert str(file) in capsys.readouterr().out
    assert "dark" not in (file.read_text("utf-8") if file.exists() else "")


def test_without_that_folder_or_the_right_to_write_it_is_the_users_place(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert preferences.portable_folder() is None
    (beside / "portable").write_text("a file", "utf-8")
    assert preferences.portable_folder() is None
    (beside / "portable").unlink()
    (beside / "portable").mkdir()
    assert preferences.portable_folder() == beside / "portable"
    monkeypatch.setattr(preferences.os, "access", lambda *_: False)
    assert preferences.portable_folder() is None
