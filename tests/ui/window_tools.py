"""What tests of the whole window share: find, press, type, and wait until it is drawn."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow

Wait = Callable[[Callable[[Snapshot], bool]], Snapshot]


def store(path: Path) -> QSettings:
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.setValue("theme", "light")
    return settings


def end(window: MainWindow) -> None:
    """Close for good; a window left alive would be restyled with every later one."""
    window.close()
    assert window.trainer.close()
    QCoreApplication.processEvents()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def drawn(window: MainWindow) -> Snapshot:
    """Once every command so far is carried out: what the window shows, drawn now."""
    done: list[int] = []
    window.trainer._do(lambda: done.append(1))
    end = time.monotonic() + 20
    while not done and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.001)
    assert done
    QCoreApplication.processEvents()
    window.clock.tick()
    shown = window.clock._shown
    assert shown is not None
    return shown


def find(window: QWidget, name: str) -> Any:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def type_in(window: QWidget, name: str, text: str, *, enter: bool = True) -> None:
    field = find(window, name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def click(window: QWidget, name: str) -> None:
    button = find(window, name)
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def next_epoch(window: MainWindow) -> None:
    """Choose "Next epoch" from the button's menu, which also makes it the key's."""
    actions = find(window, "step").menu().actions()
    next(a for a in actions if a.objectName() == "next_epoch").trigger()


def run_id(window: MainWindow) -> int:
    view = window.trainer.snapshot.view
    assert view is not None
    return view.run_id


def run_endlessly(window: MainWindow, wait: Wait) -> Snapshot:
    type_in(window, "epochs", "1000000000")
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    return wait(lambda s: s.state is State.RUNNING and s.view is not None and s.view.epoch > 100)
