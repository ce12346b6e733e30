"""The languages that the app speaks: which one a person reads, and putting it in force.

English stands in the source. Each other language has a catalogue in ``resources/translations``,
which ``python -m guitrain.packaging translations`` brings up to date, and its lessons in a folder
of ``resources/lessons``.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from guitrain.resources import resource
from guitrain.sentences import install_translator, language_in_use, translate

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "zh_CN": "简体中文"}
"""By their codes; each is called what its readers call it."""

TRANSLATED = tuple(name for name in LANGUAGES if name != ENGLISH)

OPTION = "--language"
KEY = "language"  # of the preferences; "" or nothing: as the system

_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_in_force: "list[QTranslator]" = []


def first_spoken(tags: Iterable[str]) -> str:
    """The first of these languages, as a system names them ("zh-Hans-CN", "en_GB.UTF-8"), that
    the app speaks; English for none.
    """
    for tag in tags:
        language, *others = tag.partition(".")[0].replace("_", "-").lower().split("-")
        if language == "en":
            return ENGLISH
        if language == "zh" and not _TRADITIONAL & set(others):
            return "zh_CN"
    return ENGLISH


def system_language() -> str:
    """The language for a window, by the system's own settings."""
    from PySide6.QtCore import QLocale

    return first_spoken(QLocale.system().uiLanguages())


def terminal_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language for a command line, by the variables that gettext goes by (its manual, §2.3);
    where none is set, and systems have other ways, by those.
    """
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environ.get(k))), "")
    if not named and sys.platform in ("win32", "darwin"):
        return system_language()
    if named.partition(".")[0] in ("", "C", "POSIX"):
        return ENGLISH
    return first_spoken([*environ.get("LANGUAGE", "").split(":"), named])


def without_option(arguments: Sequence[str]) -> tuple[list[str], str]:
    """The words of a command line without ``--language NAME``, and that name, "" without it.

    Raises ValueError with a sentence for a language that the app does not speak.
    """
    rest: list[str] = []
    chosen: str | None = None
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name != OPTION:
            rest.append(word)
        else:
            chosen = value if equals else next(words, "")
    if chosen is not None and chosen not in LANGUAGES:
        text = translate("Command", "{0}: there is no language “{1}”. Choose one of {2}.")
        raise ValueError(text.format(OPTION, chosen, ", ".join(LANGUAGES)))
    return rest, chosen or ""


def speak(name: str | None = None) -> None:
    """From here on all texts are in this language, Qt's own too; None: in the one in force, of an
    application that was made since.
    """
    from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

    name = language_in_use() if name is None else name
    app = QCoreApplication.instance()
    for each in _in_force if app is not None else ():
        QCoreApplication.removeTranslator(each)
    _in_force.clear()
    if name != ENGLISH:
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for file in (f"{folder}/qtbase_{name}.qm", str(catalogue(name))):
            translator = QTranslator()
            if translator.load(file):
                _in_force.append(translator)
    if app is None:
        install_translator(_without_application() if _in_force else None, name)
        return
    for each in _in_force:
        QCoreApplication.installTranslator(each)
    install_translator(QCoreApplication.translate, name)


def speak_in_terminal(name: str) -> None:
    """Have what is printed in this language; "": in the terminal's own."""
    name = name or terminal_language()
    if name == language_in_use():
        return
    try:
        speak(name)
    except ImportError:  # a machine without Qt's libraries still trains
        print(f"No {LANGUAGES[name]}: Qt cannot be loaded.", file=sys.stderr)


def catalogue(name: str) -> "os.PathLike[str]":
    """The file of a language's texts."""
    return resource("translations", f"guitrain_{name}.qm")


def _without_application() -> Callable[[str, str], str]:
    ours = _in_force[-1]
    return lambda context, text: ours.translate(context, text) or text
