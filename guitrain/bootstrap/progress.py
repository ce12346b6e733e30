"""Telling the person what goes on, with a console or without one."""

import os
import queue
import stat
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO

TITLE = "GUITrain"


class SetupError(Exception):
    """The environment could not be made; the message says why and what to do."""


def has_console() -> bool:
    """Whether somebody can read what is printed (pythonw has no stdout at all)."""
    return sys.stdout is not None


def wants_window(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether what is printed is read by nobody, as after a double click in a file manager.

    Such a start has no stdout (pythonw), or writes to the system's journal (a socket) or to
    nothing. A terminal, a pipe and a file have a reader: a box would keep a script waiting.
    """
    if not has_console():
        return True
    if environ.get("CI") or not environ.get("DISPLAY") or not sys.platform.startswith("linux"):
        return False
    return all(_is_unread(stream) for stream in (sys.stdout, sys.stderr))


def _is_unread(stream: IO[str] | None) -> bool:
    try:
        mode = os.fstat(stream.fileno()).st_mode if stream is not None else 0
    except (OSError, ValueError):
        return False
    if stream is None or stat.S_ISSOCK(mode):
        return True
    return stat.S_ISCHR(mode) and not stream.isatty()


def say(text: str) -> None:
    """Print one line at once, where there is a console."""
    if has_console():
        print(text, flush=True)


def fail(text: str) -> None:
    """Show `text` as an error: on stderr, and in a box where there is no console."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)
    if not wants_window():
        return
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, TITLE, 0x10)
        return
    try:
        from tkinter import Tk, messagebox

        root = Tk()
    except Exception:  # no tkinter, or no screen: stderr has it
        return
    root.withdraw()
    messagebox.showerror(TITLE, text)
    root.destroy()


def run_with_window(work: Callable[[Callable[[str], None]], None]) -> None:
    """Run `work(say)` in a thread, showing an endless bar and what it last said.

    Without tkinter or a screen, `work` runs with `say` alone. What `work` raises is raised here.
    Closing the window hides it; the work goes on.
    """
    try:
        import tkinter
        from tkinter import ttk

        root = tkinter.Tk()
    except Exception:  # no tkinter, or no screen
        work(say)
        return
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    raised: list[BaseException] = []

    def tell(text: str) -> None:
        say(text)
        lines.put(text)

    def guarded() -> None:
        try:
            work(tell)
        except BaseException as error:
            raised.append(error)

    root.title(TITLE)
    root.protocol("WM_DELETE_WINDOW", root.withdraw)
    ttk.Label(root, text="GUITrain is being set up. This happens once.").pack(padx=24, pady=(20, 8))
    bar = ttk.Progressbar(root, mode="indeterminate", length=460)
    bar.pack(padx=24, pady=8)
    bar.start(12)
    label = ttk.Label(root, text="", width=70)
    label.pack(padx=24, pady=(8, 20))
    thread = threading.Thread(target=guarded)

    def look() -> None:
        while not lines.empty():
            label["text"] = lines.get().strip()[:120]
        if thread.is_alive():
            root.after(50, look)
        else:
            root.quit()

    thread.start()
    root.after(50, look)
    root.mainloop()
    thread.join()
    root.destroy()
    if raised:
        raise raised[0]
