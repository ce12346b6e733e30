"""Where the built app starts: what Python itself does otherwise, then ``guitrain.__main__``.

Not for import: PyInstaller makes a program of this file.
"""

import multiprocessing
import os
import runpy
import sys
from typing import TextIO

_WORKER = "joblib.externals.loky.backend.popen_loky_posix"
_TRACKER = "from joblib.externals.loky.backend.resource_tracker import main; "


def be_python(arguments: list[str]) -> None:
    """Do what joblib asks of the Python that it takes this program for, and end.

    It starts its processes by ``sys.executable -m …`` (on Windows in a way of its own, for which
    the child has to know its parent) and its tracker of resources by ``sys.executable -c …``;
    nothing else is carried out in this way.
    """
    if sys.platform == "win32" and arguments[:1] == ["--multiprocessing-fork"]:
        handle = arguments[1] if len(arguments) > 1 else ""
        if handle.isdigit():  # multiprocessing's own say name=value
            from joblib.externals.loky.backend.popen_loky_win32 import main as work

            work(int(handle), os.getppid())
            sys.exit()
    if arguments[:2] == ["-m", _WORKER]:
        sys.argv[1:] = arguments[2:]
        runpy.run_module(_WORKER, run_name="__main__", alter_sys=True)
        sys.exit()
    if "-c" in arguments and (code := arguments[-1]).startswith(_TRACKER):
        exec(code, {})
        sys.exit()


def _stream(stream: TextIO | None) -> TextIO:
    """A program without a console has no streams on Windows: that of the console it was started
    from, or one that leads nowhere.
    """
    if stream is not None:
        return stream
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.AttachConsole(-1)  # of the parent; fails where it has none
        try:
            return open("CONOUT$", "w", encoding="utf-8", errors="replace")
        except OSError:
            pass
    return open(os.devnull, "w", encoding="utf-8")


def give_back_environment() -> None:
    """Let other programs (ffmpeg, the desktop's tools) find their own libraries, not ours: the
    search path that this process was started with is not for them.
    """
    name = "LD_LIBRARY_PATH"
    original = os.environ.pop(f"{name}_ORIG", None)
    if original is not None:
        os.environ[name] = original
    elif getattr(sys, "frozen", False):
        os.environ.pop(name, None)


if __name__ == "__main__":
    be_python(sys.argv[1:])
    multiprocessing.freeze_support()
    give_back_environment()
    sys.stdout, sys.stderr = _stream(sys.stdout), _stream(sys.stderr)
    from guitrain.__main__ import main

    sys.exit(main())
