"""`guitrain` opens the window; `guitrain train …` trains without one.

This is also where main.py arrives inside its environment.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from guitrain.bootstrap import system
from guitrain.bootstrap.progress import fail, say
from guitrain.bootstrap.requirements import library_problem
from guitrain.bootstrap.system import Need

HEADLESS_FOLDER = "guitrain-article"
OPENED = (
    ".guitrain",
    ".csv",
    ".tsv",
    ".safetensors",
    ".pt",
)  # what the window opens, named in place of a command


def main(argv: list[str] | None = None) -> int:
    """Start what `argv` asks for, and return its exit code (the window ends the process itself).

    A first word that is not an option is a subcommand of `guitrain.cli`; an option of
    `guitrain.own_options` is carried out without asking for a screen. Where there is no screen,
    the article's experiment is run without a window; where Qt would abort for want of a library,
    a sentence says which.
    """
    given = sys.argv[1:] if argv is None else argv
    arguments, language = list(given), ""
    if given:
        from guitrain.languages import without_option

        try:
            arguments, language = without_option(given)
        except ValueError as problem:
            fail(str(problem))
            return 2
    named = bool(arguments) and Path(arguments[0]).suffix.lower() in OPENED
    if arguments and not named and _is_command(arguments[0]):
        return _run_cli(given)
    if arguments and arguments[0].startswith("--") and (act := _own_option(arguments[0])):
        from guitrain.languages import speak_in_terminal

        speak_in_terminal(language)
        return act()
    screen = system.find_screen()
    missing = system.missing_libraries(system.QT_LIBRARIES)
    if not screen.kind:
        return _run_headless(screen.sentence, missing, language)
    if missing or screen.missing:
        fail(f"GUITrain cannot open its window. {_how_to_get((*missing, *screen.missing))}")
        return 1
    from guitrain.app import run_and_exit

    run_and_exit(arguments, language)
    return 0


def _is_command(word: str) -> bool:
    return not word.startswith("-") or word in ("-h", "--help")


def _own_option(word: str) -> Callable[[], int] | None:
    """What carries out this option, or None where it is none of ours, but Qt's."""
    from guitrain import own_options

    match word:
        case own_options.SELF_TEST:
            from guitrain.self_test import main as act
        case own_options.RESET_PREFERENCES:
            from guitrain.preferences import main as act
        case own_options.INSTALL_DESKTOP:
            from guitrain.desktop import install as act
        case own_options.UNINSTALL_DESKTOP:
            from guitrain.desktop import uninstall as act
        case _:
            return None
    return act


def _run_headless(sentence: str, missing: tuple[Need, ...], language: str) -> int:
    here = Path.cwd()
    folder = (here if os.access(here, os.W_OK) else Path.home()) / HEADLESS_FOLDER
    say(f"{sentence} GUITrain trains the article's experiment without a window,")
    say(f"and leaves its results in {folder}")
    if missing:
        say(f"There will be numbers but no plots. {_how_to_get(missing)}")
    chosen = [f"--language={language}"] if language else []
    return _run_cli([*chosen, "train", "--preset", "article", "--export", str(folder)])


def _how_to_get(missing: tuple[Need, ...]) -> str:
    return f"{library_problem(missing).what} Type:\n    {system.install_line(missing)}"


def _run_cli(arguments: list[str]) -> int:
    from guitrain.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
