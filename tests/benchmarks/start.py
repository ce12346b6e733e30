"""The first window on the screen, against a bare PySide6 + pyqtgraph window, process by process."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

_BARE = """
import sys
from PySide6.QtWidgets import QApplication
import pyqtgraph
app = QApplication(sys.argv)
window = pyqtgraph.PlotWidget()
window.resize(1280, 800)
window.show()
"""
# At the same moment: the window was told to show itself, and the event loop is about to begin.
_OURS = """
import guitrain.app
from contextlib import nullcontext
def loop():
    report()
    return nullcontext()
guitrain.app.garbage_in_this_thread = loop
"""
# The first turn of the event loop in which nothing is left to draw.
_REPORT = """
def report():
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, done))
def done():
    import os
    print("shown", flush=True)
    os._exit(0)
"""


def seconds(code: str, bytecode: str) -> float:
    # As on a user's machine: compiled once, whatever this one says of writing bytecode.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    out = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env=environment,
    )
    assert out.stdout.strip() == "shown", out.stdout
    return time.perf_counter() - start


def main() -> None:
    bare = _BARE + _REPORT + "report()\napp.exec()\n"
    ours = _OURS + _REPORT + "guitrain.app.main([])\n"
    ratios = []
    with tempfile.TemporaryDirectory() as bytecode:
        for code in (bare, ours):
            seconds(code, bytecode)
        for _ in range(7):
            one = seconds(bare, bytecode)
            ratios.append(seconds(ours, bytecode) / one)
    print(f"first_window_over_bare_window {statistics.median(ratios):.2f} ratio")


if __name__ == "__main__":
    main()
