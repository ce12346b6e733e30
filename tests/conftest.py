"""What every test gets: no window on the screen, nothing left running, settings of its own.

Tests of ``guitrain.core`` run where Qt is absent, so Qt is imported only for tests that use
pytest-qt's fixtures.
"""

import gc
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no reason to fail.
hypothesis_settings.register_profile(
    "guitrain", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("guitrain")

GRACE = 1.0  # seconds that threads and single-shot timers have to end after a test


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a Python thread, a QThread or an active QTimer behind."""
    if "qapp" in request.fixturenames:
        request.getfixturevalue("_qt_house")
    before = set(threading.enumerate())
    yield
    _wait(lambda: not _threads(before), lambda: None)
    assert not _threads(before), "Python threads still run"


def _threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # A QThread that ran Python code leaves a dummy behind that never counts as ended.
    return [
        thread
        for thread in set(threading.enumerate()) - before
        if not isinstance(thread, threading._DummyThread)
    ]


def _wait(done: Callable[[], bool], meanwhile: Callable[[], object]) -> None:
    end = time.monotonic() + GRACE
    while not done() and time.monotonic() < end:
        meanwhile()
        time.sleep(0.005)


@pytest.fixture
def _qt_house(
    qapp: object, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """For tests with widgets: settings in a folder of their own, no garbage collection in
    mid-test (it may destroy Qt objects in the wrong thread), and no thread or timer left behind.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer
    from shiboken6 import isValid

    folder: Path = tmp_path_factory.mktemp("settings")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(kind, scope, str(folder))

    threads: list[QThread] = []
    # Weak: a timer that nothing else holds ends with its last reference.
    timers: list[weakref.ref[QTimer]] = []
    start_thread, start_timer = QThread.start, QTimer.start

    def recorded_thread(self: QThread, *args: Any) -> None:
        threads.append(self)
        start_thread(self, *args)

    def recorded_timer(self: QTimer, *args: Any) -> None:
        timers.append(weakref.ref(self))
        start_timer(self, *args)

    monkeypatch.setattr(QThread, "start", recorded_thread)
    monkeypatch.setattr(QTimer, "start", recorded_timer)

    def running() -> list[object]:
        live = [ref() for ref in timers]
        return [
            *(thread for thread in threads if isValid(thread) and thread.isRunning()),
            *(t for t in live if t is not None and isValid(t) and t.isActive()),
        ]

    gc.disable()
    try:
        yield
        _wait(lambda: not running(), QCoreApplication.processEvents)
        assert not running(), "QThreads or QTimers still run"
    finally:
        # What asked to be deleted goes as Qt would do it, before what Python finds left over.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.enable()
        gc.collect()
