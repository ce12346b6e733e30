"""The app in a desktop's menu, and its files opened by a double click.

On Linux by the freedesktop.org specifications (Desktop Entry, Shared MIME-info, Icon Theme), in the
folders of this user; on Windows in this user's part of the registry. On macOS the app itself says
what it opens.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from guitrain.bootstrap.progress import say
from guitrain.files.atomic import write_whole
from guitrain.files.problems import FileProblem, file_sentence, writing_problem
from guitrain.files.suffix import SUFFIX
from guitrain.own_options import UNINSTALL_DESKTOP
from guitrain.place import DESKTOP_NAME, NAME, is_built, start_command
from guitrain.resources import resource
from guitrain.sentences import translate

MIME = "application/x-guitrain"
PROGRAM_ID = "GUITrain.Experiment"
_FILE_ICON = MIME.replace("/", "-")
_CLASSES = "Software\\Classes"
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def install() -> int:
    """Make the entries for the way in which this app was started now; returns the exit code."""
    if sys.platform == "win32":
        import winreg

        return install_in_registry(winreg)
    if sys.platform == "darwin":
        say(translate("Desktop", "On macOS the built app says itself which files it opens."))
        return 0
    folder = data_home()
    try:
        for path, content in linux_files(folder):
            write(path, content)
    except FileProblem as problem:
        say(file_sentence(problem))
        return 1
    say(translate("Desktop", "GUITrain is in the menu, and .guitrain files open with it."))
    say(translate("Desktop", "It is started by: {0}").format(" ".join(start_command())))
    text = translate("Desktop", "Its entries are in {0}; {1} takes them out again.")
    say(text.format(folder, UNINSTALL_DESKTOP))
    refresh(folder)
    return 0


def uninstall() -> int:
    """Take out what ``install`` made, and leave everything else; returns the exit code."""
    if sys.platform == "win32":
        import winreg

        return uninstall_from_registry(winreg)
    folder = data_home()
    found = [path for path, _ in linux_files(folder) if path.exists()]
    try:
        for path in found:
            path.unlink()
    except OSError as error:
        say(file_sentence(writing_problem(error, path)))
        return 1
    if not found:
        say(translate("Desktop", "There was nothing of GUITrain in {0}.").format(folder))
        return 0
    say(translate("Desktop", "GUITrain is out of the menu ({0}).").format(folder))
    refresh(folder)
    return 0


# Linux.


def data_home() -> Path:
    """This user's folder for such things; a relative one is to be ignored, says its
    specification.
    """
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def linux_files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """All that belongs below the data folder."""
    yield folder / "applications" / f"{DESKTOP_NAME}.desktop", desktop_entry().encode()
    yield folder / "mime" / "packages" / f"{DESKTOP_NAME}.xml", _mime_type().encode()
    icons = folder / "icons" / "hicolor"
    svg = resource("icons", "guitrain.svg").read_bytes()
    for place, content in (("scalable", svg), *_pictures()):
        ending = "svg" if place == "scalable" else "png"
        yield icons / place / "apps" / f"{DESKTOP_NAME}.{ending}", content
        yield icons / place / "mimetypes" / f"{_FILE_ICON}.{ending}", content


def _pictures() -> Iterator[tuple[str, bytes]]:
    import io

    from PIL import IcoImagePlugin, PngImagePlugin  # noqa: F401 (the latter writes)

    with open(resource("icons", "guitrain.ico"), "rb") as handle:
        file = IcoImagePlugin.IcoFile(handle)
        for size in _ICON_SIZES:
            content = io.BytesIO()
            file.getimage((size, size)).save(content, "PNG")
            yield f"{size}x{size}", content.getvalue()


def desktop_entry() -> str:
    """The entry in the menu.

    https://specifications.freedesktop.org/desktop-entry-spec/latest/
    """
    command = start_command()
    lines = {
        "Type": "Application",
        "Version": "1.5",
        "Name": NAME,
        "GenericName": "Machine learning viewer",
        "GenericName[zh_CN]": "机器学习演示",
        "Comment": "Watch a model learn, one step at a time",
        "Comment[zh_CN]": "一步一步看模型如何学习",
        "TryExec": _escaped(command[0]),
        "Exec": f"{' '.join(map(_quoted, command))} %f",
        "Icon": DESKTOP_NAME,
        "Terminal": "false",
        "Categories": "Education;Science;ArtificialIntelligence;",
        "Keywords": "training;gradient;PyTorch;neural;learning;",
        "MimeType": f"{MIME};",
        "StartupNotify": "true",
        "StartupWMClass": NAME,
    }
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    return f"[Desktop Entry]\n{text}"


def _quoted(word: str) -> str:
    """A word of a command: quoted for the command first, then escaped as every text of an entry."""
    for mark in ("\\", '"', "`", "$"):
        word = word.replace(mark, f"\\{mark}")
    return _escaped(f'"{word}"').replace("%", "%%")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _mime_type() -> str:
    """The type of the files, by their ending.

    https://specifications.freedesktop.org/shared-mime-info-spec/latest/
    """
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME}">
    <comment>GUITrain experiment</comment>
    <comment xml:lang="zh_CN">GUITrain 实验</comment>
    <sub-class-of type="application/json"/>
    <glob pattern="*{SUFFIX}" weight="60"/>
    <icon name="{_FILE_ICON}"/>
  </mime-type>
</mime-info>
"""


def write(path: Path, content: bytes) -> None:
    """Write a file and the folders above it. Raises FileProblem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_problem(error, path.parent) from error
    write_whole(path, content)


def refresh(folder: Path) -> None:
    """Have the desktop's own tools take note of what changed, where they are installed."""
    mime, entries = folder / "mime", folder / "applications"
    for tool, place in (("update-mime-database", mime), ("update-desktop-database", entries)):
        if not place.is_dir():
            continue
        if shutil.which(tool) is None:
            text = translate(
                "Desktop", "{0} is not installed: the desktop takes note at the next login."
            )
            say(text.format(tool))
            continue
        done = subprocess.run([tool, str(place)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            say(f"{tool}: {done.stderr.strip()}")


# Windows.


def registry_values() -> dict[str, str]:
    """Key below this user's classes: its value.

    https://learn.microsoft.com/windows/win32/shell/fa-file-types
    """
    command = start_command()
    if not is_built():  # without a console
        command = (str(Path(command[0]).with_name("pythonw.exe")), *command[1:])
    icon = f"{command[0]},0" if is_built() else str(resource("icons", "guitrain.ico"))
    return {
        PROGRAM_ID: "GUITrain experiment",
        f"{PROGRAM_ID}\\DefaultIcon": icon,
        f"{PROGRAM_ID}\\shell\\open\\command": " ".join(f'"{word}"' for word in (*command, "%1")),
        SUFFIX: PROGRAM_ID,
    }


def install_in_registry(winreg: Any) -> int:
    """Have this user's .guitrain files open with the app."""

    def write_values() -> None:
        for key, value in registry_values().items():
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, f"{_CLASSES}\\{key}") as handle:
                winreg.SetValueEx(handle, None, 0, winreg.REG_SZ, value)

    return _changed(write_values, translate("Desktop", "{0} files open with GUITrain now."))


def uninstall_from_registry(winreg: Any) -> int:
    """Undo ``install_in_registry``; another program's claim on the ending is left alone."""
    user = winreg.HKEY_CURRENT_USER
    keys = [
        f"{_CLASSES}\\{PROGRAM_ID}{rest}"
        for rest in ("\\shell\\open\\command", "\\shell\\open", "\\shell", "\\DefaultIcon", "")
    ]

    def delete_keys() -> None:
        with suppress(FileNotFoundError):
            if winreg.QueryValue(user, f"{_CLASSES}\\{SUFFIX}") == PROGRAM_ID:
                keys.append(f"{_CLASSES}\\{SUFFIX}")
        for key in keys:
            with suppress(FileNotFoundError):
                winreg.DeleteKey(user, key)

    return _changed(delete_keys, translate("Desktop", "{0} files open with GUITrain no longer."))


def _changed(change: Callable[[], None], done: str) -> int:
    """Change the registry, and say so; returns the exit code."""
    try:
        change()
    except OSError as error:
        say(translate("Desktop", "The registry could not be written: {0}").format(error))
        return 1
    say(done.format(SUFFIX))
    _tell_explorer()
    return 0


def _tell_explorer() -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHChangeNotify(0x08000000, 0, None, None)  # associations changed
