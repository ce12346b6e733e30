"""Where a file is to be saved, and what to say when it cannot be."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_FOLDER_KEY = "export/folder"


def ask_file(
    parent: QWidget | None, title: str, name: str, filters: str, settings: QSettings
) -> Path | None:
    """A file to write, in the folder of the last time, or None; with the ending of ``name``."""
    folder = last_folder(settings)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(folder / name), filters)
    if not chosen:
        return None
    path = Path(chosen)
    if not path.suffix:
        path = path.with_suffix(Path(name).suffix)
    settings.setValue(_FOLDER_KEY, str(path.parent))
    return path


def ask_folder(parent: QWidget | None, title: str, settings: QSettings) -> Path | None:
    """A folder to write files to, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(last_folder(settings)))
    if not chosen:
        return None
    settings.setValue(_FOLDER_KEY, chosen)
    return Path(chosen)


def last_folder(settings: QSettings) -> Path:
    """The folder of the last time, or the system's for documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(str(settings.value(_FOLDER_KEY, documents)))
    return folder if folder.is_dir() else Path(documents)


def tell_problem(
    parent: QWidget | None, title: str, sentence: str, name: str = "export_problem"
) -> None:
    """Show a sentence in a message box of this objectName, beside which the window goes on."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, sentence, parent=parent)
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
