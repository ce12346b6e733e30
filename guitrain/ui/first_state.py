"""Preferences put back to those of the first start, from the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow

FIRST_SIZE = (1280, 800)


def stored_theme(settings: QSettings) -> Theme:
    """The theme chosen, or the system's where none was."""
    stored = str(settings.value("theme", ""))
    dark = stored == "dark" or (
        not stored and QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    return DARK if dark else LIGHT


def ask_to_reset(window: "MainWindow") -> None:
    """Ask, beside the window that goes on, and reset on yes."""

    box = QMessageBox(
        QMessageBox.Icon.Question,
        translate("Preferences", "Reset preferences"),
        translate(
            "Preferences",
            "Forget how the window, its panels and its colours were set, and which files were "
            "opened?",
        ),
        parent=window,
    )
    box.setInformativeText(
        translate("Preferences", "All is then as at the first start. Your runs stay as they are.")
    )
    box.setObjectName("reset_preferences_question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    yes = box.addButton(translate("Preferences", "Reset"), QMessageBox.ButtonRole.AcceptRole)
    yes.setObjectName("reset_preferences_yes")
    no = box.addButton(QMessageBox.StandardButton.Cancel)
    no.setObjectName("reset_preferences_no")
    box.setDefaultButton(no)
    yes.clicked.connect(window.reset_preferences)
    box.open()
