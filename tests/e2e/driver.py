"""Runs the real ``guitrain.app`` in this process and plays a scene in its window.

``python -m tests.e2e.driver SCENE`` prints one JSON object of what was seen, then ends as the app
does. A scene is a generator: it yields conditions to wait for.
"""

import json
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSlider, QTableWidget, QWidget

from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow

LIMIT = 60.0  # seconds for a scene
Scene = Iterator[Callable[[], bool]]
seen: dict[str, Any] = {}


class Stage(QObject):
    """Plays a scene beside the app's own event loop."""

    def __init__(self, scene: Callable[[MainWindow], Scene]) -> None:
        super().__init__()
        self._make = scene
        self._scene: Scene | None = None
        self._wait: Callable[[], bool] | None = None
        self._end = time.perf_counter() + LIMIT
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(5)

    def _tick(self) -> None:
        if time.perf_counter() > self._end:
            print(json.dumps({"failed": "too slow", **seen}), flush=True)
            QApplication.exit(70)
            return
        if self._scene is None:
            windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            if not windows or not windows[0].isVisible():
                return
            self._scene = self._make(windows[0])
        elif self._wait is not None and not self._wait():
            return
        try:
            self._wait = next(self._scene)
        except StopIteration:
            self._timer.stop()
            print(json.dumps(seen), flush=True)
        except Exception:
            self._timer.stop()
            traceback.print_exc()
            QApplication.exit(70)


def find(window: MainWindow, name: str) -> Any:
    """The one widget of this objectName."""
    found = window.findChildren(QWidget, name)
    assert len(found) == 1, f"{len(found)} widgets are named {name}"
    return found[0]


def click(window: MainWindow, name: str) -> None:
    widget = find(window, name)
    assert widget.isEnabled(), f"{name} is disabled"
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def text(window: MainWindow, name: str) -> str:
    widget: QLabel = find(window, name)
    return widget.text()


def in_sight(window: MainWindow, name: str) -> bool:
    found = window.findChild(QWidget, name)
    return found is not None and found.isVisible()


def cells(window: MainWindow, name: str) -> list[list[str]]:
    table: QTableWidget = find(window, name)
    return [
        [
            item.text() if (item := table.item(row, column)) is not None else ""
            for column in range(table.columnCount())
        ]
        for row in range(table.rowCount())
    ]


def state(window: MainWindow) -> State:
    return window.trainer.snapshot.state


def ready(window: MainWindow) -> bool:
    """Whether Run can be pressed for the first time."""
    return state(window) is State.PAUSED and bool(find(window, "run").isEnabled())


def article(window: MainWindow) -> Scene:
    """Run the first start's experiment, then Test, then Apply as prefilled, then close."""
    yield lambda: ready(window)
    seen["pace"] = text(window, "pace_label")
    pace: QSlider = find(window, "pace")
    pace.setValue(pace.maximum())
    click(window, "run")
    yield lambda: state(window) is State.STOPPED
    yield lambda: "Stopped" in text(window, "run_sentence")
    seen["sentence"] = text(window, "run_sentence")
    seen["equation"] = text(window, "equation")
    seen["loss"] = text(window, "status_loss")
    seen["epoch"] = text(window, "status_epoch")
    click(window, "test")
    field: QLineEdit = find(window, "apply_x")
    seen["x"] = field.text()
    click(window, "apply")
    yield lambda: all(in_sight(window, name) for name in ("test_table", "apply_table"))
    seen["tested"] = cells(window, "test_table")
    seen["applied"] = cells(window, "apply_table")
    colours = window.grab().toImage()
    seen["colours"] = len({colours.pixel(x, 400) for x in range(0, colours.width(), 2)})
    window.close()


def keys(window: MainWindow) -> Scene:
    """Space, → and R; typing in a field is not steering."""
    yield lambda: ready(window)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    yield lambda: window.trainer.snapshot.view.step == 1  # type: ignore[union-attr]
    QTest.keyClick(window, Qt.Key.Key_Space)
    yield lambda: state(window) is State.RUNNING
    QTest.keyClick(window, Qt.Key.Key_Space)
    yield lambda: state(window) is State.PAUSED
    before = window.trainer.snapshot.view
    assert before is not None
    field: QLineEdit = find(window, "apply_x")
    field.setFocus()
    QTest.keyClicks(field, "r 2")
    yield lambda: True
    after = window.trainer.snapshot.view
    seen["typed"] = field.text()
    seen["same_run"] = after is not None and after.run_id == before.run_id
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_R)
    yield lambda: (view := window.trainer.snapshot.view) is not None and view.step == 0
    window.close()


def inside(window: MainWindow) -> Scene:
    """Step by step, back, the timeline by the mouse, a branch in the past, the clicker."""
    yield lambda: ready(window)
    seen["closed"] = window.work.panels.is_open("cycle")
    click(window, "step")
    yield lambda: place(window) == (0, "forward")
    yield lambda: window.work.panels.is_seen("numbers") and window.work.panels.is_seen("cycle")
    for phase in ("loss", "stop", "backward"):
        click(window, "step")
        yield lambda phase=phase: place(window) == (0, phase)  # type: ignore[misc]
    yield lambda: "∂L/∂w" in window.work.numbers.text()
    seen["numbers"] = window.work.numbers.text()
    click(window, "step_back")
    yield lambda: place(window) == (0, "stop")
    pace: QSlider = find(window, "pace")
    pace.setValue(pace.maximum())
    click(window, "run")
    yield lambda: state(window) is State.STOPPED
    # Drawn, too: the timeline goes by what it shows.
    yield lambda: "Stopped" in text(window, "run_sentence")
    timeline = window.status.timeline
    left, right = QPoint(4, timeline.height() // 2), QPoint(timeline.width() // 2, 8)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=left)
    QTest.mouseMove(timeline, right)
    yield lambda: 30 < place(window)[0] < 70
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=right)
    yield lambda: not window.trainer.snapshot.gliding and state(window) is State.PAUSED
    seen["dropped"] = place(window)[0]
    rate: QLineEdit = find(window, "learning_rate")
    rate.setFocus()
    rate.selectAll()
    QTest.keyClicks(rate, "0.05")
    QTest.keyClick(rate, Qt.Key.Key_Return)
    yield lambda: len(window.trainer.snapshot.ghosts) == 1
    seen["runs"] = [row.parent for row in window.trainer.snapshot.runs]
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F11)
    yield lambda: window.presenter.active
    seen["presented"] = not find(window, "panel_buttons").isVisible()
    before = place(window)
    QTest.keyClick(window, Qt.Key.Key_PageDown)
    yield lambda: place(window) != before
    QTest.keyClick(window, Qt.Key.Key_PageUp)
    yield lambda: place(window) == before
    QTest.keyClick(window, Qt.Key.Key_Escape)
    yield lambda: not window.presenter.active and find(window, "panel_buttons").isVisible()
    window.close()


def place(window: MainWindow) -> tuple[int, str]:
    """Updates done, and the last phase."""
    view = window.trainer.snapshot.view
    assert view is not None
    return view.step, view.phase.value if view.phase is not None else ""


def close_in_mid_run(window: MainWindow) -> Scene:
    """Close while training flat out."""
    yield lambda: ready(window)
    window.trainer.change({"stop.epochs": 10**9})
    window.trainer.set_pace(MAX_PACE)
    window.trainer.play()
    yield lambda: (view := window.trainer.snapshot.view) is not None and view.step > 1000
    seen["closed_at"] = time.time()
    window.close()
    seen["visible"] = window.isVisible()


def close_at_once(window: MainWindow) -> Scene:
    """Close before torch is there."""
    seen["state"] = state(window).value
    window.close()
    yield from ()


def kept(window: MainWindow) -> Scene:
    """Train on and on until the session was kept, and on; this process is then killed."""
    yield lambda: ready(window)
    window.trainer.change({"stop.epochs": 10**9})
    window.trainer.set_pace(MAX_PACE)
    window.trainer.play()
    own = window.sessions._own
    assert own is not None
    yield own.exists
    view = window.trainer.snapshot.view
    assert view is not None
    print(json.dumps({"head": view.head}), flush=True)
    yield lambda: False


def bring_back(window: MainWindow) -> Scene:
    """What a process that was killed left behind is offered, and opened."""
    yield lambda: ready(window) and bool(window.notice.text)
    seen["notice"] = window.notice.text
    click(window, "notice_bring_back")
    yield lambda: (view := window.trainer.snapshot.view) is not None and view.head > 0
    view = window.trainer.snapshot.view
    filed = window.trainer.snapshot.filed
    assert view is not None
    assert filed is not None
    assert filed.replay is not None
    seen["head"], seen["difference"] = view.head, filed.replay.difference
    click(window, "run")
    yield lambda: (now := window.trainer.snapshot.view) is not None and now.head > view.head
    window.close()


def file_given(window: MainWindow) -> Scene:
    """A file named on the command line is opened with the window."""
    yield lambda: bool(window.sessions.path)
    view = window.trainer.snapshot.view
    assert view is not None
    seen["title"], seen["head"] = window.windowTitle(), view.head
    window.close()


def shown_window() -> MainWindow:
    """The one window that is on the screen."""
    there = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    (window,) = (w for w in there if w.isVisible())
    return window


def language(window: MainWindow) -> Scene:
    """Another language is chosen in mid-run: another window, and the run goes on."""
    yield lambda: ready(window)
    seen["before"] = find(window, "run").text()
    window.trainer.change({"stop.epochs": 1_000_000})
    click(window, "run")
    yield lambda: (now := window.trainer.snapshot.view) is not None and now.epoch > 3
    entry = window.findChild(QAction, "language_zh_CN")
    assert entry is not None
    entry.trigger()
    yield lambda: shown_window() is not window
    other = shown_window()
    view = other.trainer.snapshot.view
    assert view is not None
    yield lambda: (now := other.trainer.snapshot.view) is not None and now.epoch > view.epoch + 3
    seen["after"], seen["state"] = find(other, "run").text(), state(other).value
    seen["windows"] = len([w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)])
    other.close()


def spoken(window: MainWindow) -> Scene:
    """What is spoken."""
    yield lambda: ready(window)
    seen["run"] = find(window, "run").text()
    window.close()


SCENES = {
    scene.__name__: scene
    for scene in (
        article,
        keys,
        inside,
        close_in_mid_run,
        close_at_once,
        kept,
        bring_back,
        file_given,
        language,
        spoken,
    )
}

if __name__ == "__main__":
    from guitrain import app

    shown = MainWindow.show
    stages: list[Stage] = []

    def show(window: QWidget) -> None:
        shown(window)
        if not stages:
            stages.append(Stage(SCENES[sys.argv[1]]))

    MainWindow.show = show  # type: ignore[method-assign]
    app.run_and_exit(sys.argv[2:])
