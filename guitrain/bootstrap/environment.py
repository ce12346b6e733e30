"""The folder `.venv` beside main.py: its stamp, its lock, and how it is made.

The stamp is written twice: before anything else ("begun"), and last of all ("ready"). So a setup
that was killed half-way is seen at the next start, and made anew.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from guitrain.bootstrap.progress import SetupError
from guitrain.bootstrap.requirements import ROOM_FOR_CUDA, folder_problems
from guitrain.bootstrap.sources import NoSourceError, Pip, choose_torch, pip_runner, reason

Say = Callable[[str], None]
Run = Callable[[list[str], Say], int]
"""Runs a command with its output shown line by line; returns its exit code."""


@dataclass(frozen=True)
class Environment:
    """The environment of the checkout in `root`.

    Attributes:
        root: the folder of main.py and pyproject.toml.
        dev: whether the tools for the tests are wanted in it too.
    """

    root: Path
    dev: bool = False

    @property
    def folder(self) -> Path:
        """`.venv` beside main.py."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's Python, with a console."""
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """What says how far the setup got, and for which requirements."""
        return self.folder / "guitrain.json"

    @property
    def log(self) -> Path:
        """Everything pip wrote in the last setup."""
        return self.folder / "setup.log"

    def requirements(self) -> list[str]:
        """What pip is asked for, as pyproject.toml says it."""
        with (self.root / "pyproject.toml").open("rb") as file:
            project = tomllib.load(file)["project"]
        extra = project["optional-dependencies"]["dev"] if self.dev else []
        return [*project["dependencies"], *extra]

    def is_inside(self) -> bool:
        """Whether this very Python is the environment's."""
        try:
            return os.path.samefile(sys.prefix, self.folder)
        except OSError:
            return False

    def is_ready(self) -> bool:
        """Whether the setup was finished for these requirements, and its Python still starts.

        An environment with the test tools serves the app too.
        """
        stamp = self._read_stamp()
        python = self._python_version() if stamp.get("state") == "ready" else ""
        wanted = _fingerprint(self.requirements(), python)
        return python != "" and wanted in stamp.get("fingerprints", [])

    def is_whole(self) -> bool:
        """Whether a setup was finished once, for whatever requirements, and Python starts."""
        return self._read_stamp().get("state") == "ready" and self._python_version() != ""

    def mark(self, state: str) -> None:
        """Write the stamp: "begun", or "ready" for the requirements of today."""
        python = self._python_version() if state == "ready" else ""
        sets = [Environment(self.root, dev) for dev in ((False, True) if self.dev else (False,))]
        prints = [_fingerprint(each.requirements(), python) for each in sets]
        text = json.dumps({"state": state, "python": python, "fingerprints": prints}, indent=1)
        self.folder.mkdir(exist_ok=True)
        beside = self.stamp.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.stamp)

    def _read_stamp(self) -> dict[str, Any]:
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _python_version(self) -> str:
        """ "3.11", or "" where the environment has no Python that starts."""
        try:
            done = subprocess.run(
                [str(self.python), "-I", "-S", "-c", "import sys; print(sys.version_info[:2])"],
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError:
            return ""
        return ".".join(re.findall(r"\d+", done.stdout)) if done.returncode == 0 else ""


def _fingerprint(requirements: list[str], python: str) -> str:
    text = "\n".join([python, *sorted(requirements)])
    return hashlib.sha256(text.encode()).hexdigest()


@contextlib.contextmanager
def setup_lock(root: Path, say: Say) -> Iterator[IO[str]]:
    """Let one start at a time set up `root`; the others wait, and say so once.

    The lock is the operating system's, on the file `.venv.lock`: it ends with the last process
    that holds it, so there is no stale lock to clear away.
    """
    with (root / ".venv.lock").open("a", encoding="utf-8") as file:
        told = False
        while not _try_lock(file):
            if not told:
                say("Another start of GUITrain is setting up this folder; waiting for it.")
                told = True
            time.sleep(0.2)
        yield file


def _try_lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def command_runner(lock: IO[str], *, piped: bool) -> Run:
    """Run commands with their output in the console, or handed line by line to `say` if `piped`.

    The children hold the lock too: should this process be killed, a pip that goes on writing
    keeps the next start waiting until it has ended.
    """
    held = () if os.name == "nt" else (lock.fileno(),)
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0) if piped else 0

    def run(command: list[str], say: Say) -> int:
        # A pip.conf with `user = true` would refuse to install into an environment.
        environ = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        if not piped:
            return subprocess.run(
                command, stdin=subprocess.DEVNULL, env=environ, pass_fds=held, check=False
            ).returncode
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environ,
            pass_fds=held,
            creationflags=hidden,
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                say(line.rstrip())
        return child.returncode

    return run


def set_up(environment: Environment, say: Say, run: Run, pip: Pip | None = None) -> None:
    """Make the environment, or bring it up to date. To be called with the lock held.

    Args:
        environment: which one.
        say: told each step.
        run: runs the commands that make it.
        pip: asks pip where things are; the environment's own when None.

    Raises:
        SetupError: it could not be made; what was done so far is redone by the next start.
    """
    if environment.is_ready():
        return
    try:
        if environment.is_whole():
            say("[1/3] The environment is out of date: bringing it up to date.")
        else:
            _make_folder(environment, say, run)
        _install(environment, say, run, pip or pip_runner(environment.python))
        environment.mark("ready")
    except OSError as error:
        raise SetupError(
            f"The environment could not be written: {reason(str(error))} ({error})"
        ) from error
    say("GUITrain is set up.")


def _make_folder(environment: Environment, say: Say, run: Run) -> None:
    folder = environment.folder
    say(f"[1/3] Making GUITrain's own environment in {folder}")
    if folder.is_symlink() or (folder.exists() and not environment.stamp.exists()):
        if folder.is_symlink() or not folder.is_dir() or any(folder.iterdir()):
            aside = folder.with_name(f".venv-set-aside-{time.strftime('%Y%m%d-%H%M%S')}")
            folder.rename(aside)
            say(f"      A .venv that GUITrain did not make was here; it is now {aside.name}.")
    elif folder.exists():
        shutil.rmtree(folder)
    environment.mark("begun")
    # Started from another environment, the Python under it is the one to build on.
    python = getattr(sys, "_base_executable", sys.executable)
    code = run([python, "-m", "venv", str(folder)], say)
    if code != 0:
        raise SetupError(
            f"Python could not make an environment in {folder} (code {code}); its own words are "
            "above. Delete that folder and start again."
        )


def _install(environment: Environment, say: Say, run: Run, pip: Pip) -> None:
    requirements = environment.requirements()
    torch = next(each for each in requirements if each.startswith("torch=="))
    say("[2/3] Asking pip where PyTorch comes from")
    try:
        choice = choose_torch(torch, pip)
    except NoSourceError as error:
        raise SetupError(f"Nothing was downloaded. {error}") from error
    say(f"      {choice.sentence}")
    if choice.cuda:
        problems = folder_problems(environment.root, ROOM_FOR_CUDA)
        if problems:
            raise SetupError(f"{problems[0].what} {problems[0].advice}")
    size = "3.3 GB" if choice.cuda else "0.4 GB"
    say(f"[3/3] Downloading (about {size}, less what pip kept from before) and installing")
    environment.log.unlink(missing_ok=True)
    base = [str(environment.python), "-m", "pip", "install", "--log", str(environment.log)]
    for arguments in (choice.arguments, requirements):
        if arguments and run([*base, *arguments], say) != 0:
            text = ""
            with contextlib.suppress(OSError):
                text = environment.log.read_text(encoding="utf-8", errors="replace")
            raise SetupError(
                f"The installation failed. {reason(text)}\nAll that pip said: {environment.log}"
            )
