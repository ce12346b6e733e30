"""All benchmarks, by one command: ``python -m tests.benchmarks``.

Prints ``name value unit`` lines. A ratio has both its sides measured in this one run, in turn, so
that it means something on a noisy machine. Without a display, Xvfb is started for the window.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.screen import start_xvfb

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("core", "sweep", "files", "window", "film", "nets", "inside", "start")


def main() -> int:
    chosen = sys.argv[1:] or list(PARTS)
    if odd := [part for part in chosen if part not in PARTS]:
        print(f"benchmarks: no part {odd[0]!r}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = None
    if sys.platform == "linux" and not environment.get("DISPLAY"):
        if shutil.which("Xvfb") is None:
            print("benchmarks: no display and no Xvfb to make one", file=sys.stderr)
            return 2
        server, display = start_xvfb()
        environment["DISPLAY"] = display
    try:
        for part in chosen:
            command = [sys.executable, "-m", f"tests.benchmarks.{part}"]
            if (code := subprocess.run(command, cwd=ROOT, env=environment).returncode) != 0:
                return code
    finally:
        if server is not None:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
