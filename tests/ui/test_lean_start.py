"""What the way to the first window leaves out, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

WINDOW = """
import builtins, os, sys
import guitrain.app

def stands():
    import PySide6.QtWidgets, pyqtgraph
    reader = builtins.__feature_import__
    assert builtins.__import__ is not reader, "PySide reads the source of all that is imported"
    copy = pyqtgraph.Qt.QtWidgets
    assert "QLabel" in vars(copy) and "QWizard" not in vars(copy), "pyqtgraph copies all of Qt"
    assert copy.QWizard is PySide6.QtWidgets.QWizard
    assert "QWizard" in dir(PySide6.QtWidgets)
    assert "torch" not in sys.modules
    print("stands", flush=True)
    os._exit(0)

guitrain.app.garbage_in_this_thread = stands  # the window is shown, and the loop about to begin
guitrain.app.main([])
"""


def test_neither_source_is_read_nor_all_of_qt_made(tmp_path: Path) -> None:
    homes = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", WINDOW],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout.strip() == "stands", done.stderr
