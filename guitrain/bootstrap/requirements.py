"""What must be true before anything is downloaded, and what to do where it is not.

The limits are those of the wheels on PyPI for the pins in pyproject.toml (read in November 2026):
torch 2.13.0 has cp310 … cp314 for Windows x64, macOS 14 on Apple silicon, and glibc 2.28 on x86_64
and aarch64; PySide6-Essentials 6.10 ends at Python 3.14, has no free-threaded wheels, and needs
glibc 2.34 (x86_64) or 2.39 (aarch64), where pip falls back to 6.8 on Python 3.11 to 3.13
(glibc 2.28, or 2.31 with 6.8.0 on aarch64).
"""

import importlib.util
import os
import platform
import shlex
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from guitrain.bootstrap.system import VENV_MODULE, Need, install_line

NEWEST_PYTHON = (3, 14)
ROOM_FOR_CPU = 2_500_000_000
"""Bytes: the finished environment is 1.4 GB with PyTorch's CPU build, its download 0.4 GB."""
ROOM_FOR_CUDA = 12_000_000_000
"""Bytes: 3 GB of CUDA wheels, and what they unpack to."""


@dataclass(frozen=True)
class Problem:
    """Something that stands in the way.

    Attributes:
        what: a sentence saying what is wrong, and where.
        advice: what to do about it; "" where installing `needs` is what to do.
        needs: the system packages that put it right.
    """

    what: str
    advice: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Machine:
    """The Python and the system that wheels are chosen for.

    Attributes:
        python: (major, minor).
        free_threaded: whether this is a build without the global lock.
        system: "win32", "darwin", "linux" or another `sys.platform`.
        tag: `sysconfig.get_platform()`, which names the Python's machine, not the hardware's.
        machine: `platform.machine()`.
        bits: 32 or 64.
        release: (major, minor) of macOS, or of glibc on Linux; (0, 0) for a Linux without glibc.
        implementation: "cpython", "pypy", …
    """

    python: tuple[int, int]
    free_threaded: bool
    system: str
    tag: str
    machine: str
    bits: int
    release: tuple[int, int]
    implementation: str


def this_machine() -> Machine:
    """The machine this runs on."""
    version = ""
    if sys.platform == "darwin":
        version = platform.mac_ver()[0]
    elif sys.platform.startswith("linux"):
        name, found = platform.libc_ver()
        version = found if name == "glibc" else ""
    numbers = [int(part) for part in version.split(".")[:2] if part.isdigit()]
    major, minor = (*numbers, 0, 0)[:2]
    return Machine(
        python=sys.version_info[:2],
        free_threaded=bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        system=sys.platform,
        tag=sysconfig.get_platform(),
        machine=platform.machine(),
        bits=64 if sys.maxsize > 2**32 else 32,
        release=(major, minor),
        implementation=sys.implementation.name,
    )


def wheel_problems(machine: Machine) -> list[Problem]:
    """Why PyTorch's or Qt's wheels do not exist for `machine`; empty when they do."""
    problems = []
    python = "Python {}.{}".format(*machine.python)
    if machine.python > NEWEST_PYTHON:
        problems.append(
            Problem(
                f"{python} is too new: PyTorch 2.13 and Qt 6.10 are made for Python 3.11 to 3.14.",
                "Install Python 3.14 from https://www.python.org/downloads/ beside it, and start "
                "main.py with that.",
            )
        )
    if machine.implementation != "cpython" or machine.free_threaded:
        build = "free-threaded" if machine.free_threaded else machine.implementation
        problems.append(
            Problem(
                f"This is a {build} build of Python, for which there is no Qt.",
                "Install the ordinary Python 3.11 to 3.14 from https://www.python.org/downloads/.",
            )
        )
    system = _system_problem(machine)
    return [*problems, system] if system else problems


def _system_problem(machine: Machine) -> Problem | None:
    python_org = "https://www.python.org/downloads/"
    if machine.system in ("win32", "darwin") and machine.bits == 32:
        return Problem(
            "This is a 32-bit Python, for which there is no PyTorch.",
            f"Install the 64-bit Python from {python_org}.",
        )
    if machine.system == "win32" and machine.tag != "win-amd64":
        return Problem(
            f"There is no PyTorch 2.13 for this Python ({machine.tag}).",
            f"Install Python for x64 (the 64-bit installer) from {python_org}; it runs on ARM too.",
        )
    if machine.system == "darwin" and machine.machine != "arm64":
        return Problem(
            "There is no PyTorch 2.13 for Macs with an Intel processor.",
            "On a Mac with Apple silicon, use the universal Python from "
            f"{python_org} outside Rosetta; on an Intel Mac, use Linux in a virtual machine.",
        )
    if machine.system == "darwin" and machine.release < (14, 0):
        release = "{}.{}".format(*machine.release)
        return Problem(f"macOS {release} is too old: PyTorch 2.13 needs macOS 14.", "Update macOS.")
    if machine.system in ("win32", "darwin"):
        return None
    if not machine.system.startswith("linux"):
        return Problem(f"There is no PyTorch for {machine.system}.", "Use Linux, Windows or macOS.")
    if machine.tag not in ("linux-x86_64", "linux-aarch64"):
        return Problem(
            f"There is no PyTorch 2.13 for this Python ({machine.tag}).",
            "Use a 64-bit Linux on x86_64 or aarch64, with a 64-bit Python.",
        )
    if machine.release == (0, 0):
        return Problem(
            "This Linux has no glibc (it may be Alpine), and PyTorch and Qt are made for glibc.",
            "Use Debian 12, Ubuntu 22.04, Fedora 40 or newer, on the machine or in a container.",
        )
    newest = machine.python >= NEWEST_PYTHON
    if machine.tag == "linux-aarch64":
        least = (2, 39) if newest else (2, 31)
    else:
        least = (2, 34) if newest else (2, 28)
    if machine.release < least:
        has, needs = "{}.{}".format(*machine.release), "{}.{}".format(*least)
        return Problem(
            f"This Linux is too old: it has glibc {has}, and PyTorch and Qt need {needs}.",
            "Use Debian 12, Ubuntu 22.04, Fedora 40 or newer"
            + (" (on aarch64 with Python 3.14: Debian 13 or Ubuntu 24.04)." if newest else "."),
        )
    return None


def venv_problems() -> list[Problem]:
    """Debian splits `ensurepip` off Python: without it no environment can be made."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return []
    if sys.platform.startswith("linux") and sys.base_prefix == "/usr":
        return [Problem("Python's venv module (with ensurepip) is missing.", "", (VENV_MODULE,))]
    return [
        Problem(
            f"The Python in {sys.base_prefix} lacks its venv module (with ensurepip).",
            "Install Python again from https://www.python.org/downloads/, with pip.",
        )
    ]


def folder_problems(root: Path, room: int = ROOM_FOR_CPU) -> list[Problem]:
    """Whether the environment can be written into `root`, and has `room` bytes there."""
    try:
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as error:
        return [
            Problem(
                f"The folder {root} cannot be written ({error.strerror}).",
                "Copy the whole folder to a place of your own, and start main.py there.",
            )
        ]
    free = shutil.disk_usage(root).free
    if free < room:
        return [
            Problem(
                f"There is too little room in {root}: {free / 1e9:.1f} GB are free, and "
                f"{room / 1e9:.1f} GB are needed.",
                "Free some room, or move the whole folder to another disk.",
            )
        ]
    return []


def library_problem(missing: tuple[Need, ...]) -> Problem:
    """The problem that Qt's libraries `missing` are not on this system."""
    return Problem("Qt needs {}.".format(", ".join(need.name for need in missing)), "", missing)


def report(problems: Iterable[Problem], root: Path, arguments: Iterable[str] = ()) -> str:
    """All `problems` as one text: what is wrong, what to do, and the one line to type.

    `arguments` are those of this start, to be kept in the line that starts it again.
    """
    problems = list(problems)
    count = "one thing stands" if len(problems) == 1 else f"{len(problems)} things stand"
    lines = [f"GUITrain cannot start yet: {count} in the way. Nothing was downloaded."]
    for problem in problems:
        lines.append(f"  - {problem.what}")
        if problem.advice:
            lines.append(f"    {problem.advice}")
    needs = [need for problem in problems for need in problem.needs]
    if needs:
        lines.append("Type this line, then start again:")
        lines.append(f"    {install_line(needs)}")
        lines.append("or let GUITrain run it:")
        words = [_python_word(), _shown(root / "main.py"), "--with-deps", *arguments]
        lines.append("    " + shlex.join(words))
    return "\n".join(lines)


def _python_word() -> str:
    return "py" if os.name == "nt" else "python3"


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
