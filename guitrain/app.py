"""The window's entry: QApplication, translator, main window, and a clean end."""

import builtins
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXIT_WAIT_MS = 5000  # for a slice of training, or for torch being loaded


def main(argv: list[str] | None = None, language: str = "") -> int:
    """Open the window, and the file named last in ``argv``; return the exit code once it is
    closed. ``language``: which to speak, in place of the one that was chosen in the window.
    """
    if sys.platform == "win32":
        # Loaded after Qt, torch's DLLs fail to load (WinError 1114, pytorch#169429).
        import torch  # noqa: F401
    from PySide6.QtCore import QSettings

    restore_import()
    from guitrain.languages import speak
    from guitrain.preferences import name_app
    from guitrain.ui.application import Application
    from guitrain.ui.front import Front
    from guitrain.ui.language_menu import chosen_language

    name_app()
    app = Application([sys.argv[0], *(argv or [])])
    settings = QSettings()
    speak(language or chosen_language(settings))
    front = Front(settings)
    app.file_given.connect(lambda path: front.window.sessions.open_first(Path(path)))
    front.window.show()
    if argv:
        front.window.sessions.open_first(Path(argv[-1]))
    with garbage_in_this_thread():
        code = app.exec()
    if not front.window.trainer.close(EXIT_WAIT_MS):
        logging.getLogger("guitrain").warning("training did not end in time")
    return code


def restore_import() -> None:
    """Put the ``__import__`` back that PySide has replaced as it was imported.

    Its own is there for ``from __feature__ import …``, and reads the source of every module that
    is imported after it: a tenth of the time to the first window, and again a tenth of torch's.
    """
    names = vars(builtins)
    names["__import__"] = names.get("__orig_import__", builtins.__import__)


@contextmanager
def garbage_in_this_thread() -> Iterator[None]:
    """Cyclic garbage is collected by a timer of the calling thread, which must be the GUI's.

    Python collects in whichever thread happens to make the next object; in the training thread it
    would destroy the window's objects behind Qt's back, and crash.
    """
    from pyqtgraph.util.garbage_collector import GarbageCollector

    collector = GarbageCollector()
    try:
        yield
    finally:
        collector.timer.stop()
        gc.enable()


def run_and_exit(argv: list[str] | None = None, language: str = "") -> None:
    """``main``, then the end of the process.

    Everything is saved by then, so the half second in which torch takes itself down is skipped.
    """
    code = main(argv, language)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a start without a console has none
            stream.flush()
    os._exit(code)
