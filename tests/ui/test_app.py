"""The window's entry: what it does to the process it runs in."""

import gc
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDir
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication, QCheckBox

from guitrain.app import garbage_in_this_thread
from guitrain.plots.theme import DARK, LIGHT
from guitrain.ui import style


class Loop:
    """Garbage that only the collector can find; says which thread destroyed it."""

    died_in: list[int]

    def __init__(self, died_in: list[int]) -> None:
        self.itself = self
        self.died_in = died_in

    def __del__(self) -> None:
        self.died_in.append(threading.get_ident())


def much_garbage(died_in: list[int]) -> None:
    for _ in range(5000):  # many times what sets Python's collector off
        Loop(died_in)


@pytest.mark.usefixtures("qapp")
def test_what_the_training_thread_throws_away_dies_in_the_gui_thread() -> None:
    died_in: list[int] = []
    with garbage_in_this_thread():
        thread = threading.Thread(target=much_garbage, args=(died_in,))
        thread.start()
        thread.join()
        assert died_in == []
        end = time.monotonic() + 20
        while not died_in and time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.01)
        assert len(died_in) == 5000
        assert set(died_in) == {threading.get_ident()}
    assert gc.isenabled()


def test_a_file_given_by_macos_is_told() -> None:
    code = (  # there is one application in a process, and pytest's is another
        "from PySide6.QtCore import QCoreApplication, QUrl\n"
        "from PySide6.QtGui import QFileOpenEvent\n"
        "from guitrain.ui.application import Application\n"
        "app = Application(['app', '-platform', 'offscreen'])\n"
        "app.file_given.connect(print)\n"
        "event = QFileOpenEvent(QUrl.fromLocalFile('/a b/run.guitrain'))\n"
        "QCoreApplication.sendEvent(app, event)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "/a b/run.guitrain\n"


@pytest.mark.parametrize("name", ["my stick (ü) 'x'", 'a"b;c}'])
def test_the_app_may_lie_in_any_folder(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for theme in (LIGHT, DARK):
        for mark in ("check", "up", "down"):
            file = f"mark-{mark}-{theme.name}.svg"
            (folder / file).write_bytes(style.resource("icons", file).read_bytes())
    before = QDir.searchPaths(style._ICONS)
    QDir.setSearchPaths(style._ICONS, [])
    monkeypatch.setattr(style, "resource", lambda *_: folder)
    try:
        for theme in (LIGHT, DARK):
            box = QCheckBox("…")
            box.setStyleSheet(style.stylesheet(theme))  # Qt warns of one that it cannot read
            box.ensurePolished()
            assert QImageReader(style.mark("check", theme)).canRead()
        assert QDir.searchPaths(style._ICONS) == [str(folder)]
    finally:
        QDir.setSearchPaths(style._ICONS, before)
