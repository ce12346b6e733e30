"""Where a file is to be saved, and what to say when it cannot be."""

import os
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from guitrain.sentences import translate
from guitrain.ui.long_words import breakable

_FOLDER_KEY = "export/folder"


def ask_file(
    parent: QWidget | None,
    title: str,
    name: str,
    filters: str,
    settings: QSettings,
    key: str = _FOLDER_KEY,
) -> Path | None:
    """A file to write, in the folder that the settings have under ``key``, or None; it ends as
    ``name`` does, whatever was typed: “rate 0.05” has no ending yet.
    """
    folder = last_folder(settings, key)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(folder / name), filters)
    if not chosen:
        return None
    path, ending = Path(chosen), Path(name).suffix
    if path.suffix.lower() != ending.lower() and ending:
        path = path.with_name(path.name + ending)
        if not may_replace(parent, title, path):
            return None
    settings.setValue(key, str(path.parent))
    return path


def may_replace(parent: QWidget | None, title: str, path: Path) -> bool:
    """Whether a file may be written under a name that no file dialog has asked for."""
    if not os.path.lexists(path):
        return True
    text = translate("SaveFile", "{0} is there already. Replace it?").format(path.name)
    answer = QMessageBox.question(parent, title, breakable(text))
    return answer is QMessageBox.StandardButton.Yes


def ask_folder(parent: QWidget | None, title: str, settings: QSettings) -> Path | None:
    """A folder to write files to, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(last_folder(settings)))
    if not chosen:
        return None
    settings.setValue(_FOLDER_KEY, chosen)
    return Path(chosen)


def last_folder(settings: QSettings, key: str = _FOLDER_KEY) -> Path:
    """The folder of the last time, or the system's for documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = str(settings.value(key, documents))
    return Path(folder if os.path.isdir(folder) else documents)


def tell_problem(
    parent: QWidget | None, title: str, sentence: str, name: str = "export_problem"
) -> None:
    """Show a sentence in a message box of this objectName, beside which the window goes on."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, breakable(sentence), parent=parent)
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
