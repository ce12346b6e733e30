"""The real window with the real trainer, for tests that ask for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, drawn, end, store


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(preset("article"), store(tmp_path / "settings.ini"))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.trainer.snapshot.state is State.PAUSED, timeout=30_000)
    drawn(made)
    yield made
    end(made)


@pytest.fixture
def wait(qtbot: QtBot, window: MainWindow) -> Wait:
    def until(met: Callable[[Snapshot], bool]) -> Snapshot:
        qtbot.waitUntil(lambda: met(window.trainer.snapshot), timeout=20_000)
        drawn(window)
        return window.trainer.snapshot

    return until
