"""What `python3 main.py` does outside its environment: check, set up, hand over."""

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from guitrain.bootstrap import system
from guitrain.bootstrap.environment import Environment, command_runner, set_up, setup_lock
from guitrain.bootstrap.progress import SetupError, fail, run_with_window, say, wants_window
from guitrain.bootstrap.requirements import (
    ROOM_FOR_CPU,
    ROOM_FOR_CUDA,
    Problem,
    folder_problems,
    library_problem,
    report,
    this_machine,
    venv_problems,
    wheel_problems,
)
from guitrain.bootstrap.sources import has_nvidia

HELP = """\
usage: python3 main.py [--with-deps] [--test] [OPTION …]
       python3 main.py [--with-deps] train [OPTION …]

Opens GUITrain. The first start makes an environment of its own (.venv, beside main.py).

  --with-deps   first install what the system lacks (Qt's libraries, Python's venv module),
                with its package manager, as root or by sudo; nothing to do on Windows and macOS
  --test        set up the tools for it too, and run every check and test; further options
                are pytest's
  --help        show this

  train         train without a window; `python3 main.py train --help` says more
  --self-test   try whether everything works on this machine, and say so line by line
  --install-desktop, --uninstall-desktop
                put GUITrain into this user's menu and have .guitrain files open with it; undo that
  --reset-preferences
                forget window, panels, theme and recent files, as at the first start

Where there is no screen, the article's experiment is run without a window, and its numbers and
plots are left in the folder guitrain-article.
"""


@dataclass(frozen=True)
class Options:
    """What was asked for.

    Attributes:
        with_deps: install what the system lacks.
        test: run the checks and tests instead of the app.
        help: show the help and end.
        rest: what is not ours: a subcommand with its options, or options of the app or of pytest.
    """

    with_deps: bool
    test: bool
    help: bool
    rest: tuple[str, ...]

    @property
    def needs_window(self) -> bool:
        """Whether a window is to open: neither a subcommand nor the tests were asked for."""
        return not self.test and (not self.rest or self.rest[0].startswith("-"))


def read_options(arguments: list[str]) -> Options:
    """Take our own options out of `arguments`; all that follows a subcommand is its own."""
    own: set[str] = set()
    rest: list[str] = []
    for argument in arguments:
        subcommand = bool(rest) and not rest[0].startswith("-")
        if argument in ("--with-deps", "--test", "--help", "-h") and not subcommand:
            own.add(argument)
        else:
            rest.append(argument)
    asked = "--help" in own or "-h" in own
    return Options("--with-deps" in own, "--test" in own, asked, tuple(rest))


def find_problems(options: Options, root: Path, *, ready: bool) -> list[Problem]:
    """All that stands in the way, found without downloading anything.

    Args:
        options: what was asked for; without a window fewer libraries are needed.
        root: the folder of main.py.
        ready: whether the environment is already there, so that only the system is looked at.
    """
    problems: list[Problem] = []
    if not ready:
        room = ROOM_FOR_CUDA if sys.platform == "linux" and has_nvidia() else ROOM_FOR_CPU
        problems += wheel_problems(this_machine())
        problems += folder_problems(root, room)
        problems += venv_problems()
    if options.test:
        missing = system.missing_libraries((*system.QT_LIBRARIES, *system.X_LIBRARIES))
    elif options.needs_window:
        screen = system.find_screen()
        base = system.missing_libraries(system.QT_LIBRARIES) if screen.kind else ()
        missing = (*base, *screen.missing)
    else:
        missing = ()
    return [*problems, library_problem(missing)] if missing else problems


def wanted_packages(options: Options, *, ready: bool) -> list[system.Need]:
    """What `--with-deps` installs here: all that this system lacks for a window on X as well."""
    missing = list(system.missing_libraries((*system.QT_LIBRARIES, *system.X_LIBRARIES)))
    missing += [need for need in system.find_screen().missing if need not in missing]
    if not ready:
        missing += [need for problem in venv_problems() for need in problem.needs]
    if options.test:
        missing += system.missing_for_tests()
    return missing


def enter(arguments: list[str], main_file: Path) -> int:
    """Check, set up, and hand over to the environment's Python; return an exit code.

    On POSIX the handing over replaces this process, so it returns only when something failed.
    """
    options = read_options(arguments)
    if options.help:
        say(HELP)
        return 0
    root = main_file.parent
    environment = Environment(root, dev=options.test)
    ready = environment.is_ready()
    if options.with_deps:
        wanted = wanted_packages(options, ready=ready)
        sentence = system.install(wanted) if wanted else ""
        if sentence:
            fail(f"What the system lacks could not be installed. {sentence}")
            return 1
    problems = find_problems(options, root, ready=ready)
    if problems:
        fail(report(problems, root, [each for each in arguments if each != "--with-deps"]))
        return 1
    if not ready:
        try:
            _set_up(environment)
        except SetupError as error:
            fail(f"GUITrain could not be set up. {error}")
            return 1
    if options.test:
        return run_checks(environment, list(options.rest))
    return _hand_over(environment, main_file, list(options.rest))


def _set_up(environment: Environment) -> None:
    windowed = wants_window()

    def work(tell: object = say) -> None:
        assert callable(tell)
        with setup_lock(environment.root, tell) as lock:
            set_up(environment, tell, command_runner(lock, piped=windowed))

    if windowed:
        run_with_window(work)
    else:
        work()


def _hand_over(environment: Environment, main_file: Path, rest: list[str]) -> int:
    command = [str(environment.python), str(main_file), *rest]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    if sys.stdout is None or (not rest and _console_is_ours()):
        windowed = environment.python.with_name("pythonw.exe")
        subprocess.Popen([str(windowed), *command[1:]], close_fds=True)
        return 0
    return subprocess.run(command, check=False).returncode


def _console_is_ours() -> bool:
    """On Windows: whether this console was opened for us alone, by a double click."""
    if sys.platform != "win32":
        return False
    import ctypes

    processes = (ctypes.c_uint32 * 8)()
    # py.exe and python.exe share it; a shell would be a third.
    return bool(ctypes.windll.kernel32.GetConsoleProcessList(processes, 8) <= 2)


def wait_for_reader() -> None:
    """After an error, keep a console that would close with us open until it was read."""
    if _console_is_ours() and sys.stdin is not None and sys.stdin.isatty():
        input("Press Enter to close this window.")


def check_commands(environment: Environment, rest: list[str]) -> list[list[str]]:
    """The checks, cheapest first; `rest` goes to pytest."""
    python = str(environment.python)
    lint = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [python, "-c", lint],
        [python, "-m", "pytest", *rest],
    ]


def run_checks(environment: Environment, rest: list[str]) -> int:
    """Run every check, the later ones too when an earlier fails; 1 when any failed."""
    skipped = system.missing_for_tests()
    failed = []
    for command in check_commands(environment, rest):
        shown = shlex.join(["python", *command[1:]])
        say(f"$ {shown}")
        if subprocess.run(command, cwd=environment.root, check=False).returncode != 0:
            failed.append(shown)
    if skipped:
        names = " and ".join(need.name for need in skipped)
        say(f"The tests that need {names} were left out; to have them: --with-deps, or")
        say(f"    {system.install_line(skipped)}")
    say("\n".join(["These failed:", *failed]) if failed else "All checks and tests passed.")
    return 1 if failed else 0
