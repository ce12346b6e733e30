"""Qt's system libraries, the screen, and the package manager of a Linux system.

Windows and macOS carry all of this: there every function here finds nothing missing.
"""

import ctypes
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

MANAGERS = ("apt-get", "dnf", "zypper", "pacman")
"""The package managers we know, in the order they are looked for."""


@dataclass(frozen=True)
class Need:
    """Something a Linux system must have.

    Attributes:
        name: what is looked for: a shared library's soname, or words.
        packages: the package that carries it, one per entry of `MANAGERS`; "" for one that is
            part of something always there.
    """

    name: str
    packages: tuple[str, str, str, str]


# Every Qt program needs these, with a window or without: `import PySide6.QtGui` fails otherwise.
QT_LIBRARIES = (
    Need("libgthread-2.0.so.0", ("libglib2.0-0", "glib2", "libgthread-2_0-0", "glib2")),
    Need("libGL.so.1", ("libgl1", "libglvnd-glx", "Mesa-libGL1", "libglvnd")),
    Need("libEGL.so.1", ("libegl1", "libglvnd-egl", "Mesa-libEGL1", "libglvnd")),
    Need("libxkbcommon.so.0", ("libxkbcommon0", "libxkbcommon", "libxkbcommon0", "libxkbcommon")),
    Need("libfontconfig.so.1", ("libfontconfig1", "fontconfig", "fontconfig", "fontconfig")),
    Need("libdbus-1.so.3", ("libdbus-1-3", "dbus-libs", "libdbus-1-3", "dbus")),
)

# A window on X needs these too: without one of them Qt aborts the process (QTBUG-84749).
X_LIBRARIES = (
    Need(
        "libxcb-cursor.so.0",
        ("libxcb-cursor0", "xcb-util-cursor", "libxcb-cursor0", "xcb-util-cursor"),
    ),
    Need("libxcb-icccm.so.4", ("libxcb-icccm4", "xcb-util-wm", "libxcb-icccm4", "xcb-util-wm")),
    Need(
        "libxcb-keysyms.so.1",
        ("libxcb-keysyms1", "xcb-util-keysyms", "libxcb-keysyms1", "xcb-util-keysyms"),
    ),
    Need("libxcb-shape.so.0", ("libxcb-shape0", "libxcb", "libxcb-shape0", "libxcb")),
    Need(
        "libxkbcommon-x11.so.0",
        ("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ),
)

WAYLAND_LIBRARIES = (
    Need(
        "libwayland-client.so.0",
        ("libwayland-client0", "libwayland-client", "libwayland-client0", "wayland"),
    ),
    Need(
        "libwayland-cursor.so.0",
        ("libwayland-cursor0", "libwayland-cursor", "libwayland-cursor0", "wayland"),
    ),
)

XVFB = Need(
    "Xvfb", ("xvfb xauth", "xorg-x11-server-Xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb")
)
CHINESE_FONT = Need(
    "a Chinese font",
    ("fonts-droid-fallback", "google-droid-sans-fonts", "google-droid-fonts", "ttf-droid"),
)
VENV_MODULE = Need(
    "Python's venv module",
    (
        f"python{sys.version_info[0]}.{sys.version_info[1]}-venv",
        "python3",
        "python3-base",
        "python",
    ),
)


@dataclass(frozen=True)
class Screen:
    """What a window could be shown on.

    Attributes:
        kind: "native" (Windows, macOS), "x", "wayland", "chosen" (a Qt platform the person asked
            for by QT_QPA_PLATFORM, which needs no screen of ours) or "" for none.
        sentence: why there is none; "" when there is one.
        missing: the libraries without which Qt would abort on this screen.
    """

    kind: str
    sentence: str = ""
    missing: tuple[Need, ...] = ()


def has_library(soname: str) -> bool:
    """Whether the dynamic loader finds the shared library `soname`."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Those of `needs`, all of them libraries, that this system lacks; none off Linux."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(need for need in needs if not has_library(need.name))


def has_chinese_font() -> bool:
    """Whether fontconfig, or the usual folder, has a font with Chinese characters."""
    if any(Path("/usr/share/fonts").glob("**/DroidSansFallback*")):
        return True
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return bool(found.stdout.strip())


def missing_for_tests() -> tuple[Need, ...]:
    """What the whole test suite needs beyond Qt: a screen to draw on, and a Chinese font."""
    if not sys.platform.startswith("linux"):
        return ()
    missing = () if shutil.which("Xvfb") else (XVFB,)
    return missing if has_chinese_font() else (*missing, CHINESE_FONT)


def find_screen(environ: Mapping[str, str] = os.environ) -> Screen:
    """Say what a window could be shown on, without loading Qt.

    Qt aborts the process when it cannot connect, so the connection is tried here first.
    """
    if not sys.platform.startswith("linux"):
        return Screen("native")
    platform = environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if platform and platform != "xcb" and not platform.startswith("wayland"):
        return Screen("chosen")
    wayland = environ.get("WAYLAND_DISPLAY", "") if platform != "xcb" else ""
    if wayland and _wayland_answers(wayland, environ):
        missing = missing_libraries(WAYLAND_LIBRARIES)
        if not missing or not environ.get("DISPLAY"):
            return Screen("wayland", missing=missing)
    display = environ.get("DISPLAY", "") if not platform.startswith("wayland") else ""
    if display:
        if _x_answers(display):
            return Screen("x", missing=missing_libraries(X_LIBRARIES))
        return Screen("", f"The screen DISPLAY={display} does not answer.")
    if wayland:
        return Screen("", f"The screen WAYLAND_DISPLAY={wayland} does not answer.")
    return Screen("", "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).")


def _wayland_answers(name: str, environ: Mapping[str, str]) -> bool:
    path = os.path.join(environ.get("XDG_RUNTIME_DIR", ""), name)
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _x_answers(display: str) -> bool:
    """Connect as Qt will, access rights included. Without libxcb, trust the variable."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def find_manager() -> str:
    """The first of `MANAGERS` on this system, or ""."""
    return next((manager for manager in MANAGERS if shutil.which(manager)), "")


def install_commands(
    needs: Iterable[Need], manager: str, *, root: bool, sudo: bool
) -> list[list[str]]:
    """The commands, in order, that install `needs` with `manager` ("" gives none)."""
    if manager == "":
        return []
    column = MANAGERS.index(manager)
    packages: list[str] = []
    for need in needs:
        packages += [name for name in need.packages[column].split() if name not in packages]
    become = ["sudo"] if sudo and not root else []
    if manager == "apt-get":
        become = [*become, "env", "DEBIAN_FRONTEND=noninteractive"]
        install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        return [[*become, "apt-get", "update"], [*become, *install]]
    options = {
        "dnf": ["install", "-y"],
        "zypper": ["--non-interactive", "install"],
        "pacman": ["-Sy", "--needed", "--noconfirm"],
    }
    return [[*become, manager, *options[manager], *packages]]


def install_line(needs: Iterable[Need]) -> str:
    """The one line a person types on this system to get `needs`."""
    needs = list(needs)
    commands = install_commands(needs, find_manager(), root=is_root(), sudo=True)
    if not commands:
        names = ", ".join(need.name for need in needs)
        return f"(no package manager that GUITrain knows was found; install: {names})"
    noise = ("env", "DEBIAN_FRONTEND=noninteractive")
    return " && ".join(
        " ".join(word for word in command if word not in noise) for command in commands
    )


def is_root() -> bool:
    """Whether this process may install system packages by itself."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(needs: Iterable[Need]) -> str:
    """Install `needs` with the system's package manager, its output being shown.

    Returns "" when it worked, otherwise a sentence saying why not.
    """
    needs = list(needs)
    manager = find_manager()
    if manager == "":
        return "No package manager that GUITrain knows was found (apt, dnf, zypper, pacman)."
    sudo = shutil.which("sudo") is not None
    if not is_root() and not sudo:
        return "Installing system packages needs root, and there is no sudo here."
    for command in install_commands(needs, manager, root=is_root(), sudo=sudo):
        print("$ " + " ".join(command), flush=True)
        code = subprocess.run(command, check=False).returncode
        # A dead mirror among several fails `update` although the packages can be had.
        if code != 0 and command[-1] != "update":
            return f"{' '.join(command)} stopped with code {code}; its own words are above."
    return ""
