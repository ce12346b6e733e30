"""The folder of sessions that are kept without being asked, for all windows: those of windows that
are open or have crashed, and the last few that were closed or made way for another file.
"""

import secrets
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QSettings, QStandardPaths

from guitrain.files.suffix import SUFFIX

MOST_LAST = 8  # windows that were closed one after the other, none taking another's place


def own_folder(settings: QSettings) -> Path:
    """Where sessions are kept without being asked: beside settings in a file, as tests have them,
    or in the place that the system has for this.
    """
    if settings.format() is QSettings.Format.IniFormat:
        return Path(settings.fileName()).parent / "sessions"
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "sessions"


def new_own(folder: Path) -> Path:
    """The name of the file of a window that is open."""
    return folder / f"session-{secrets.token_hex(8)}{SUFFIX}"


def new_last(folder: Path) -> Path:
    """The name of a file for a session that ends: no other session's is written over."""
    return folder / f"last-{secrets.token_hex(8)}{SUFFIX}"


def last_ones(folder: Path) -> list[Path]:
    """The sessions that were closed, or made way for another; the latest first."""
    return sorted(folder.glob(f"last*{SUFFIX}"), key=_age)


def trim(folder: Path) -> None:
    """Delete the oldest of the sessions that were closed, over ``MOST_LAST``."""
    for path in last_ones(folder)[MOST_LAST:]:
        delete(path)


def left_behind(folder: Path, own: Path) -> list[Path]:
    """What crashes left there: the sessions but ``own`` that no process holds; the latest first."""
    found = []
    for path in sorted(folder.glob(f"session-*{SUFFIX}"), key=_age):
        if path != own and (lock := locked(path)) is not None:
            lock.unlock()
            found.append(path)
    return found


def locked(path: Path) -> QLockFile | None:
    """The lock of a session that is kept, or None where another window has it."""
    lock = QLockFile(f"{path}.lock")
    lock.setStaleLockTime(0)  # however long a window is open; that its process lives is looked up
    return lock if lock.tryLock(0) else None


def delete(path: Path) -> None:
    """Delete a file, if that can be done."""
    with suppress(OSError):
        path.unlink()


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0
