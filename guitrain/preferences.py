"""Where the preferences are kept, and how they are put back to those of the first start."""

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtGui import QGuiApplication

from guitrain import __version__
from guitrain.place import DESKTOP_NAME, NAME, home
from guitrain.sentences import translate

PORTABLE = "portable"


def name_app() -> None:
    """Say who we are to Qt, so that ``QSettings()`` is the app's own from here on.

    Where a folder ``portable`` that can be written lies beside the app, all that is remembered is
    kept in it: a stick leaves nothing on the machine that it was in.
    """
    QCoreApplication.setOrganizationName(NAME)
    QCoreApplication.setApplicationName(NAME)
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(DESKTOP_NAME)
    if (folder := portable_folder()) is not None:
        ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
        QSettings.setDefaultFormat(ini)
        QSettings.setPath(ini, user, str(folder))


def portable_folder() -> Path | None:
    """The folder ``portable`` beside the app, if it is there and can be written."""
    beside = home()
    folder = beside / PORTABLE if beside is not None else None
    if folder is None or not folder.is_dir() or not os.access(folder, os.W_OK):
        return None
    return folder


def main() -> int:
    """``guitrain --reset-preferences``: forget what is remembered, without opening the window."""
    name_app()
    settings = QSettings()
    settings.clear()
    settings.sync()
    place = settings.fileName()
    if settings.status() is not QSettings.Status.NoError:
        text = translate(
            "Command", "The preferences in {place} could not be reset: they cannot be written."
        )
        print(text.format(place=place))
        return 1
    text = translate(
        "Command",
        "Window, panels, theme, folders and recent files are those of the first start again "
        "({place}). Your runs are kept.",
    )
    print(text.format(place=place))
    return 0
