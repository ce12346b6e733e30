"""The menu of languages, in the menu of files."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from guitrain.languages import KEY, LANGUAGES, system_language
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow


def chosen_language(settings: QSettings) -> str:
    """The language that was chosen, or the system's where none was."""
    return _stored(settings) or system_language()


def _stored(settings: QSettings) -> str:
    """The language that was chosen; "" for the system's, and for none that is known."""
    stored = str(settings.value(KEY, ""))
    return stored if stored in LANGUAGES else ""


def add_languages(window: "MainWindow", settings: QSettings, menu: QMenu) -> None:
    """Add the choice to a menu. It is kept, and in force at once: ``language_chosen`` tells."""
    title, english = translate("Languages", "Language"), "Language"
    # Whoever is lost in a language that they do not read looks for this word.
    languages = menu.addMenu(title if title == english else f"{title} ({english})")
    languages.setObjectName("language")
    languages.menuAction().setObjectName("language_entry")
    group = QActionGroup(languages)
    of_system = translate("Languages", "As the system: {0}").format(LANGUAGES[system_language()])
    stored = _stored(settings)
    for name, text in {"": of_system, **LANGUAGES}.items():
        entry = languages.addAction(text)
        entry.setObjectName(f"language_{name or 'system'}")
        entry.setCheckable(True)
        entry.setChecked(name == stored)
        group.addAction(entry)
        entry.triggered.connect(lambda _on, name=name: window.choose_language(name))
