"""The run as a Python script, saved where the user says."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from guitrain.files.atomic import write_whole
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.ui.save_file import ask_file, tell_problem


def save_script(parent: QWidget | None, text: str, settings: QSettings | None = None) -> None:
    """Ask for a file and write the script to it, whole or not at all; a problem is told in a
    message box. ``settings`` remember the folder: the application's by default.
    """
    title = QApplication.translate("ScriptExport", "Save the script")
    filters = QApplication.translate("ScriptExport", "Python scripts (*.py)")
    path = ask_file(parent, title, "run.py", filters, settings or QSettings())
    if path is None:
        return
    try:
        write_whole(path, text.encode("utf-8"))
    except FileProblem as problem:
        tell_problem(parent, title, file_sentence(problem))
