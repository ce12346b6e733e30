"""What this app is called, where it lies, and how it is started again."""

import sys
from pathlib import Path

NAME = "GUITrain"
DESKTOP_NAME = "guitrain"  # of the entry by which a Linux desktop knows the window

_PACKAGE = Path(__file__).resolve().parent


def is_built() -> bool:
    """Whether this is the built app, with a Python of its own in it."""
    return bool(getattr(sys, "frozen", False))


def home() -> Path | None:
    """The folder of the app: that of the program (of the .app on macOS), or of main.py; None for a
    package that pip installed.
    """
    if is_built():
        program = Path(sys.executable).resolve()
        bundle = next((each for each in program.parents if each.suffix == ".app"), None)
        return bundle.parent if bundle is not None else program.parent
    root = _PACKAGE.parent
    return root if (root / "main.py").is_file() else None


def start_command() -> tuple[str, ...]:
    """The words of the command that starts this app as it was started now."""
    if is_built():
        return (str(Path(sys.executable).resolve()),)
    folder = home()
    if folder is None:
        return (sys.executable, "-m", "guitrain")
    # main.py makes its environment anew where it is gone, so it is given the Python that made it.
    own = Path(sys.prefix).resolve().parent == folder
    base = str(getattr(sys, "_base_executable", "")) if own else ""
    return (base or sys.executable, str(folder / "main.py"))
