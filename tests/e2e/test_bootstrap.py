"""The door: what it says on machines that lack something, and how it makes its environment."""

import ast
import dataclasses
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from guitrain.bootstrap import door, environment, requirements, sources, system
from guitrain.bootstrap.environment import Environment, set_up, setup_lock
from guitrain.bootstrap.progress import SetupError
from guitrain.bootstrap.requirements import Machine
from guitrain.bootstrap.system import Need, Screen

ROOT = Path(__file__).resolve().parents[2]
LINUX = Machine((3, 11), False, "linux", "linux-x86_64", "x86_64", 64, (2, 36), "cpython")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")

PYPROJECT = """
[project]
dependencies = ["torch==2.13.0", "numpy>=2.1,<3"]
[project.optional-dependencies]
dev = ["pytest"]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a small pyproject.toml, as main.py's own."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    return tmp_path


class FakeRun:
    """Stands for the commands that make an environment: the venv is a link to this Python.

    Attributes:
        commands: what was run.
        failing: a word; the command with it fails, having written `log`.
    """

    def __init__(self, folder: Path, failing: str = "", log: str = "") -> None:
        self.folder = folder
        self.failing = failing
        self.log = log
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], say: Callable[[str], None]) -> int:
        self.commands.append(command)
        if self.failing and self.failing in command:
            if "--log" in command:
                Path(command[command.index("--log") + 1]).write_text(self.log, encoding="utf-8")
            return 1
        if "venv" in command:
            python = Environment(self.folder.parent).python
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)
        return 0

    @property
    def installs(self) -> list[list[str]]:
        """The arguments of every `pip install` after its log."""
        return [each[6:] for each in self.commands if "pip" in each]


def fake_pip(**answers: tuple[int, str]) -> tuple[sources.Pip, list[str]]:
    """A pip that answers `index` (own sources), `cpu_index` and `local`; and what it was asked."""
    asked: list[str] = []

    def pip(arguments: Sequence[str]) -> tuple[int, str]:
        if "--no-index" in arguments:
            key = "local"
        else:
            key = "cpu_index" if sources.CPU_INDEX in arguments else "index"
        asked.append(key)
        return answers.get(key, (1, "ERROR: No matching distribution found for torch"))

    return pip, asked


def listing(versions: str) -> tuple[int, str]:
    """What `pip index versions torch` prints for `versions`."""
    return 0, f"torch (2.15.0)\nAvailable versions: {versions}\n  INSTALLED: 2.13.0+cpu\n"


OWN_CPU = fake_pip(index=listing("2.15.0, 2.13.0+cpu, 2.13.0"))[0]


# --- the first line of defence: main.py on an old Python


def test_main_parses_on_the_oldest_python_that_the_parser_can_imitate() -> None:
    ast.parse((ROOT / "main.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def old_pythons() -> list[str]:
    """The Pythons older than 3.11 that are on this machine, on the PATH or kept by pyenv."""
    names = ["python2.7", *(f"python3.{minor}" for minor in range(3, 11))]
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [shutil.which(name) or "" for name in names]
    found += [str(path) for name in names for path in kept.glob(f"*/bin/{name}")]
    starts = [path for path in found if path and _starts(path)]
    return starts[:3]


def _starts(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def test_an_old_python_gets_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no old Python on this machine")
    shutil.copy(ROOT / "main.py", tmp_path)
    for python in pythons:
        ran = subprocess.run(
            [python, "main.py"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 1
        assert "GUITrain needs Python 3.11 or newer, and this is Python" in ran.stderr
        assert "Traceback" not in ran.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_old_python_sentence_names_a_newer_one_found_here() -> None:
    code = (
        "import main; main.sys.version_info = (3, 9, 1)\n"
        "main.newer_python = lambda: 'python3.12'\n"
        "raise SystemExit(main.main([]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "this is Python 3.9" in ran.stderr
    assert f'python3.12 "{ROOT / "main.py"}"' in ran.stderr


def test_a_lone_main_file_says_that_it_is_alone(tmp_path: Path) -> None:
    shutil.copy(ROOT / "main.py", tmp_path)
    ran = subprocess.run(
        [sys.executable, "main.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "main.py stands alone" in ran.stderr


def test_the_door_imports_nothing_outside_the_standard_library() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import guitrain.bootstrap.door\n"
        "bad = {n.partition('.')[0] for n in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(n for n in bad if n not in ('guitrain', '__main__')))"
    )
    ran = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            code,
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "[]"


def test_help_needs_no_environment(tmp_path: Path) -> None:
    shutil.copy(ROOT / "main.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "guitrain" / "bootstrap", tmp_path / "guitrain" / "bootstrap")
    ran = subprocess.run(
        [sys.executable, "main.py", "--help"], cwd=tmp_path, capture_output=True, check=True
    )
    assert b"--with-deps" in ran.stdout
    assert not (tmp_path / ".venv").exists()


# --- wheels


def test_a_machine_with_wheels_has_no_problem() -> None:
    mac = Machine((3, 13), False, "darwin", "macosx-11-universal2", "arm64", 64, (14, 5), "cpython")
    windows = Machine((3, 14), False, "win32", "win-amd64", "ARM64", 64, (0, 0), "cpython")
    arm = dataclasses.replace(LINUX, tag="linux-aarch64", machine="aarch64")
    for machine in (LINUX, mac, windows, arm):
        assert requirements.wheel_problems(machine) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"python": (3, 15)}, "Python 3.15 is too new"),
        ({"free_threaded": True}, "free-threaded build"),
        ({"implementation": "pypy"}, "pypy build"),
        ({"release": (0, 0)}, "no glibc"),
        ({"release": (2, 27)}, "has glibc 2.27, and PyTorch and Qt need 2.28"),
        ({"release": (2, 31), "python": (3, 14)}, "need 2.34"),
        ({"tag": "linux-armv7l"}, "linux-armv7l"),
        ({"system": "freebsd14"}, "freebsd14"),
        ({"system": "win32", "tag": "win32", "bits": 32}, "32-bit Python"),
        ({"system": "win32", "tag": "win-arm64"}, "win-arm64"),
        ({"system": "darwin", "release": (14, 0)}, "Intel processor"),
        ({"system": "darwin", "machine": "arm64", "release": (13, 6)}, "macOS 13.6 is too old"),
    ],
)
def test_a_machine_without_wheels_is_told_so(change: dict[str, object], words: str) -> None:
    problems = requirements.wheel_problems(dataclasses.replace(LINUX, **change))  # type: ignore[arg-type]
    assert len(problems) == 1
    assert words in problems[0].what
    assert problems[0].advice


# --- the folder, the venv module, and reporting everything at once


def test_a_folder_that_cannot_be_written_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Injected, as root may write into any folder.
    def refuse(dir: Path) -> None:
        raise PermissionError(13, "Permission denied", str(dir))

    monkeypatch.setattr(requirements.tempfile, "TemporaryFile", refuse)
    (problem,) = requirements.folder_problems(checkout)
    assert f"{checkout} cannot be written (Permission denied)" in problem.what


def test_too_little_room_says_how_much_is_needed(checkout: Path) -> None:
    (problem,) = requirements.folder_problems(checkout, room=10**18)
    assert "1000000000.0 GB are needed" in problem.what
    assert requirements.folder_problems(checkout, room=1) == []


@on_linux
def test_debians_split_venv_gives_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = requirements.importlib.util.find_spec
    without = {"ensurepip": None}
    monkeypatch.setattr(
        requirements.importlib.util, "find_spec", lambda name: without.get(name, real("venv"))
    )
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    (problem,) = requirements.venv_problems()
    assert problem.needs == (system.VENV_MODULE,)
    package = "python{}.{}-venv".format(*sys.version_info)
    commands = system.install_commands(problem.needs, "apt-get", root=True, sudo=False)
    assert commands[-1][-1] == package


@on_linux
def test_all_problems_are_reported_at_once_and_nothing_is_made(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    too_new = dataclasses.replace(LINUX, python=(3, 99))
    monkeypatch.setattr(door, "this_machine", lambda: too_new)
    monkeypatch.setattr(requirements, "ROOM_FOR_CPU", 1)
    monkeypatch.setattr(door, "ROOM_FOR_CPU", 10**18)
    monkeypatch.setattr(system, "has_library", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(system, "find_screen", lambda: Screen("x", missing=system.X_LIBRARIES[:1]))
    monkeypatch.setattr(system, "find_manager", lambda: "apt-get")
    monkeypatch.setattr(system, "is_root", lambda: False)
    assert door.enter(["--fast"], checkout / "main.py") == 1
    said = capsys.readouterr().err
    assert "3 things stand in the way. Nothing was downloaded." in said
    assert "3.99 is too new" in said
    assert "There is too little room" in said
    assert "Qt needs libEGL.so.1, libxcb-cursor.so.0." in said
    assert (
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "libegl1 libxcb-cursor0\n"
    ) in said
    assert said.endswith("main.py --with-deps --fast\n")
    assert list(checkout.iterdir()) == [checkout / "pyproject.toml"]


# --- system packages


@pytest.mark.parametrize(
    ("manager", "root", "expected"),
    [
        ("apt-get", True, "env DEBIAN_FRONTEND=noninteractive apt-get install -y "
                          "--no-install-recommends libgl1 libegl1"),
        ("apt-get", False, "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y "
                           "--no-install-recommends libgl1 libegl1"),
        ("dnf", False, "sudo dnf install -y libglvnd-glx libglvnd-egl"),
        ("zypper", False, "sudo zypper --non-interactive install Mesa-libGL1 Mesa-libEGL1"),
        ("pacman", True, "pacman -Sy --needed --noconfirm libglvnd"),
    ],
)  # fmt: skip
def test_the_install_command_of_each_manager(manager: str, root: bool, expected: str) -> None:
    commands = system.install_commands(system.QT_LIBRARIES[1:3], manager, root=root, sudo=True)
    assert " ".join(commands[-1]) == expected
    if manager == "apt-get":
        assert commands[0][-2:] == ["apt-get", "update"]


def test_with_deps_installs_what_is_missing_and_for_tests_a_screen_too(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Need, ...]] = []

    def install(needs: Sequence[Need]) -> str:
        asked.append(tuple(needs))
        return "No root."

    monkeypatch.setattr(system, "missing_libraries", lambda needs: tuple(needs)[:1])
    monkeypatch.setattr(system, "find_screen", lambda: Screen("", "none"))
    monkeypatch.setattr(system, "missing_for_tests", lambda: (system.XVFB,))
    monkeypatch.setattr(door, "venv_problems", list)
    monkeypatch.setattr(system, "install", install)
    assert door.enter(["--with-deps"], checkout / "main.py") == 1
    assert door.enter(["--with-deps", "--test"], checkout / "main.py") == 1
    assert asked == [system.QT_LIBRARIES[:1], (system.QT_LIBRARIES[0], system.XVFB)]


def test_with_deps_installs_nothing_where_nothing_is_missing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda needs: ())
    monkeypatch.setattr(system, "find_screen", lambda: Screen("native"))
    monkeypatch.setattr(door, "find_problems", lambda *_, **__: [])
    monkeypatch.setattr(door, "venv_problems", list)
    monkeypatch.setattr(door, "_set_up", lambda environment: None)
    monkeypatch.setattr(door, "_hand_over", lambda environment, main_file, rest: 7)
    monkeypatch.setattr(system, "install", lambda needs: pytest.fail("installed"))
    assert door.enter(["--with-deps"], checkout / "main.py") == 7


# --- the screen


@on_linux
def test_no_screen_is_told_from_one_that_does_not_answer() -> None:
    assert "There is no screen" in system.find_screen({}).sentence
    # Display 4321 belongs to nobody.
    dead = system.find_screen({"DISPLAY": ":4321"})
    assert dead.kind == ""
    assert "DISPLAY=:4321 does not answer" in dead.sentence
    gone = system.find_screen({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"})
    assert "WAYLAND_DISPLAY=wayland-9 does not answer" in gone.sentence


@on_linux
def test_a_platform_the_person_chose_needs_no_screen() -> None:
    assert system.find_screen({"QT_QPA_PLATFORM": "offscreen"}).kind == "chosen"
    assert system.find_screen({"QT_QPA_PLATFORM": "xcb"}).kind == ""


@on_linux
def test_a_wayland_screen_does_not_need_the_libraries_of_x(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_library", lambda name: "xcb" not in name)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "w"))
        server.listen()
        environ = {"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert system.find_screen(environ) == Screen("wayland")


@on_linux
def test_an_x_screen_without_its_libraries_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_x_answers", lambda display: True)
    monkeypatch.setattr(system, "has_library", lambda name: name != "libxcb-cursor.so.0")
    screen = system.find_screen({"DISPLAY": ":0"})
    assert [need.name for need in screen.missing] == ["libxcb-cursor.so.0"]


@on_linux
def test_a_subcommand_and_a_headless_start_need_no_library(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_library", lambda name: False)
    monkeypatch.setattr(system, "find_screen", lambda: Screen("", "none"))
    for arguments in ([], ["train", "--epochs", "3"]):
        assert door.find_problems(door.read_options(arguments), checkout, ready=True) == []
    (problem,) = door.find_problems(door.read_options(["--test"]), checkout, ready=True)
    assert "libxcb-cursor.so.0" in problem.what


@pytest.mark.parametrize("missing", [(), system.QT_LIBRARIES[1:2]])
def test_without_a_screen_the_article_is_trained_and_exported(
    missing: tuple[Need, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from guitrain import __main__ as start

    ran: list[list[str]] = []

    def run(arguments: list[str]) -> int:
        ran.append(arguments)
        return 0

    monkeypatch.setattr(system, "find_screen", lambda: Screen("", "There is no screen here."))
    monkeypatch.setattr(system, "missing_libraries", lambda needs: missing)
    monkeypatch.setattr(start, "_run_cli", run)
    monkeypatch.chdir(tmp_path)
    assert start.main([]) == 0
    folder = str(tmp_path / "guitrain-article")
    assert ran == [["train", "--preset", "article", "--export", folder]]
    said = capsys.readouterr().out
    assert said.startswith("There is no screen here.")
    assert ("numbers but no plots. Qt needs libGL.so.1." in said) == bool(missing)


def test_a_screen_without_its_libraries_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from guitrain import __main__ as start

    monkeypatch.setattr(system, "find_screen", lambda: Screen("x", missing=system.X_LIBRARIES[:1]))
    monkeypatch.setattr(system, "missing_libraries", lambda needs: ())
    monkeypatch.setattr(system, "find_manager", lambda: "apt-get")
    assert start.main([]) == 1
    said = capsys.readouterr().err
    assert "Qt needs libxcb-cursor.so.0." in said
    assert "libxcb-cursor0" in said.splitlines()[-1]


# --- options


@pytest.mark.parametrize(
    ("arguments", "with_deps", "test", "rest"),
    [
        (["--with-deps", "--test", "-k", "x"], True, True, ("-k", "x")),
        (["train", "--help"], False, False, ("train", "--help")),
        (["--with-deps", "train", "--with-deps"], True, False, ("train", "--with-deps")),
        (["--safe", "--with-deps"], True, False, ("--safe",)),
    ],
)
def test_our_options_are_told_from_those_passed_on(
    arguments: list[str], with_deps: bool, test: bool, rest: tuple[str, ...]
) -> None:
    assert door.read_options(arguments) == door.Options(with_deps, test, False, rest)


# --- telling the person


@on_linux
@pytest.mark.parametrize(("sink", "expected"), [("nothing", True), ("pipe", False)])
def test_a_window_tells_only_where_nobody_reads(sink: str, expected: bool) -> None:
    code = (
        "import sys; from guitrain.bootstrap.progress import wants_window\n"
        "sys.exit(wants_window({'DISPLAY': ':0'}))"
    )
    stream = subprocess.PIPE if sink == "pipe" else subprocess.DEVNULL
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=stream, stderr=stream, check=False
    )
    assert ran.returncode == int(expected)


# --- which PyTorch


@pytest.fixture
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux machine without an NVIDIA card."""
    monkeypatch.setattr(sources.sys, "platform", "linux")
    monkeypatch.setattr(sources, "has_nvidia", lambda: False)


@pytest.mark.usefixtures("no_card")
def test_the_persons_own_cpu_wheel_is_used_and_pytorchs_index_not_asked() -> None:
    pip, asked = fake_pip(index=listing("2.15.0, 2.13.0+cpu, 2.13.0"))
    choice = sources.choose_torch("torch==2.13.0", pip)
    assert (choice.arguments, choice.cuda, asked) == ((), False, ["index"])


@pytest.mark.usefixtures("no_card")
def test_a_wheel_on_this_machine_is_used_whatever_it_is_called() -> None:
    pip, asked = fake_pip(index=listing("2.13.0"), local=(0, ""))
    choice = sources.choose_torch("torch==2.13.0", pip)
    assert (choice.arguments, choice.cuda, asked) == ((), False, ["index", "local"])


@pytest.mark.usefixtures("no_card")
def test_without_a_card_the_cpu_wheel_comes_from_pytorchs_index() -> None:
    pip, _ = fake_pip(index=listing("2.13.0, 2.12.0"), cpu_index=listing("2.13.0+cpu"))
    choice = sources.choose_torch("torch==2.13.0", pip)
    assert choice.arguments == (
        "--no-deps", "--index-url", sources.CPU_INDEX, "torch==2.13.0+cpu",
    )  # fmt: skip
    assert not choice.cuda


@pytest.mark.usefixtures("no_card")
def test_when_pytorchs_index_is_out_of_reach_the_size_is_said() -> None:
    pip, _ = fake_pip(index=listing("2.13.0"))
    choice = sources.choose_torch("torch==2.13.0", pip)
    assert choice.cuda
    assert "about 3 GB" in choice.sentence
    assert sources.CPU_INDEX in choice.sentence


def test_with_a_card_the_cuda_build_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.sys, "platform", "linux")
    monkeypatch.setattr(sources, "has_nvidia", lambda: True)
    pip, asked = fake_pip(index=listing("2.13.0"))
    assert sources.choose_torch("torch==2.13.0", pip).cuda
    assert asked == ["index"]


def test_a_source_without_our_version_is_told_from_no_network() -> None:
    pip, _ = fake_pip(index=listing("2.12.0, 2.11.0"))
    with pytest.raises(sources.NoSourceError, match=r"does not offer PyTorch 2\.13\.0"):
        sources.choose_torch("torch==2.13.0", pip)
    text = (
        "WARNING: Retrying after connection broken by 'NewConnectionError'\n"
        "ERROR: No matching distribution found for torch"
    )
    pip, _ = fake_pip(index=(1, text))
    with pytest.raises(sources.NoSourceError, match="There is no network"):
        sources.choose_torch("torch==2.13.0", pip)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("SSLError(SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "not trusted"),
        ("ProxyError('Cannot connect', Tunnel connection failed: 407 Proxy", "proxy refuses"),
        ("ERROR: Could not find a version that satisfies torch==9", "does not have"),
        ("ERROR: something never seen", "something never seen"),
    ],
)
def test_pips_failure_is_put_in_words(text: str, words: str) -> None:
    assert words in sources.reason(text)


# --- making the environment


@pytest.mark.usefixtures("no_card")
def test_a_setup_ends_with_its_stamp_and_the_next_start_runs_nothing(checkout: Path) -> None:
    made, run = Environment(checkout), FakeRun(checkout / ".venv")
    said: list[str] = []
    set_up(made, said.append, run, OWN_CPU)
    assert run.installs == [["torch==2.13.0", "numpy>=2.1,<3"]]
    assert made.is_ready()
    assert [line[:5] for line in said if line.startswith("[")] == ["[1/3]", "[2/3]", "[3/3]"]
    count = len(run.commands)
    set_up(made, said.append, run, OWN_CPU)
    assert len(run.commands) == count


@pytest.mark.usefixtures("no_card")
def test_torch_from_pytorchs_index_is_installed_before_the_rest(checkout: Path) -> None:
    pip, _ = fake_pip(index=listing("2.13.0"), cpu_index=listing("2.13.0+cpu"))
    run = FakeRun(checkout / ".venv")
    set_up(Environment(checkout), lambda text: None, run, pip)
    assert [each[-1] for each in run.installs] == ["torch==2.13.0+cpu", "numpy>=2.1,<3"]


@pytest.mark.usefixtures("no_card")
def test_an_interrupted_setup_is_seen_and_made_anew(checkout: Path) -> None:
    class Killed(BaseException):
        pass

    made, run = Environment(checkout), FakeRun(checkout / ".venv")

    def killed(command: list[str], say: Callable[[str], None]) -> int:
        if "pip" in command:
            raise Killed
        return run(command, say)

    with pytest.raises(Killed):
        set_up(made, lambda text: None, killed, OWN_CPU)
    assert not made.is_ready()
    half = made.folder / "half-written"
    half.touch()
    set_up(made, lambda text: None, run, OWN_CPU)
    assert made.is_ready()
    assert not half.exists()


@pytest.mark.usefixtures("no_card")
@pytest.mark.parametrize("damage", ["dependencies", "python", "stamp"])
def test_what_no_longer_fits_is_put_right(checkout: Path, damage: str) -> None:
    made, run = Environment(checkout), FakeRun(checkout / ".venv")
    set_up(made, lambda text: None, run, OWN_CPU)
    if damage == "dependencies":
        changed = PYPROJECT.replace("numpy>=2.1", "numpy>=2.2")
        (checkout / "pyproject.toml").write_text(changed, encoding="utf-8")
    elif damage == "python":
        made.python.unlink()
    else:
        made.stamp.write_text("{", encoding="utf-8")
    assert not made.is_ready()
    set_up(made, lambda text: None, run, OWN_CPU)
    assert made.is_ready()
    venvs = sum("venv" in command for command in run.commands)
    assert venvs == (1 if damage == "dependencies" else 2)


@pytest.mark.usefixtures("no_card")
def test_the_test_tools_are_added_and_the_app_still_finds_it_ready(checkout: Path) -> None:
    run = FakeRun(checkout / ".venv")
    set_up(Environment(checkout), lambda text: None, run, OWN_CPU)
    assert not Environment(checkout, dev=True).is_ready()
    set_up(Environment(checkout, dev=True), lambda text: None, run, OWN_CPU)
    assert run.installs[-1] == ["torch==2.13.0", "numpy>=2.1,<3", "pytest"]
    assert Environment(checkout, dev=True).is_ready()
    assert Environment(checkout).is_ready()


@pytest.mark.usefixtures("no_card")
def test_a_folder_that_is_not_ours_is_set_aside_and_not_deleted(checkout: Path) -> None:
    theirs = checkout / ".venv" / "precious"
    theirs.parent.mkdir()
    theirs.touch()
    set_up(Environment(checkout), lambda text: None, FakeRun(checkout / ".venv"), OWN_CPU)
    (aside,) = checkout.glob(".venv-set-aside-*")
    assert (aside / "precious").exists()


@pytest.mark.usefixtures("no_card")
def test_a_failed_installation_says_why_and_where_the_log_is(checkout: Path) -> None:
    made = Environment(checkout)
    run = FakeRun(made.folder, failing="install", log="[Errno 28] No space left on device")
    with pytest.raises(SetupError, match="The disk is full") as caught:
        set_up(made, lambda text: None, run, OWN_CPU)
    assert str(made.log) in str(caught.value)
    assert not made.is_ready()


def test_no_network_stops_before_any_installation(checkout: Path) -> None:
    pip, _ = fake_pip(index=(1, "Temporary failure in name resolution"))
    run = FakeRun(checkout / ".venv")
    with pytest.raises(SetupError, match=r"Nothing was downloaded\. There is no network"):
        set_up(Environment(checkout), lambda text: None, run, pip)
    assert run.installs == []


@pytest.mark.usefixtures("no_card")
def test_cuda_is_not_begun_where_it_does_not_fit(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ROOM_FOR_CUDA", 10**18)
    pip, _ = fake_pip(index=listing("2.13.0"))
    run = FakeRun(checkout / ".venv")
    with pytest.raises(SetupError, match="too little room"):
        set_up(Environment(checkout), lambda text: None, run, pip)
    assert run.installs == []


# --- two starts, and the real thing in small


@pytest.fixture
def holder(checkout: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its stdin ends."""
    code = (
        "import sys, pathlib\n"
        "from guitrain.bootstrap.environment import setup_lock\n"
        "with setup_lock(pathlib.Path(sys.argv[1]), print):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(checkout)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.parametrize("end", ["finished", "killed"])
def test_a_second_start_waits_until_the_first_is_done_or_dead(
    checkout: Path, holder: subprocess.Popen[str], end: str
) -> None:
    said: list[str] = []

    def tell(text: str) -> None:
        said.append(text)
        assert holder.stdin is not None
        if end == "killed":
            holder.kill()
        holder.stdin.close()

    with setup_lock(checkout, tell):
        assert holder.wait(timeout=30) == (0 if end == "finished" else -9)
    assert len(said) == 1
    assert "waiting" in said[0]


@on_linux
def test_main_reaches_its_ready_environment_without_asking_pip(tmp_path: Path) -> None:
    """The real main.py and a real, empty venv; the package's doors are stand-ins."""
    shutil.copy(ROOT / "main.py", tmp_path)
    package = tmp_path / "guitrain"
    shutil.copytree(ROOT / "guitrain" / "bootstrap", package / "bootstrap")
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(ROOT / "guitrain" / name, package)
    (package / "cli.py").write_text("def main(argv): print('cli', *argv); return 3\n")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    base = getattr(sys, "_base_executable", sys.executable)
    subprocess.run([base, "-m", "venv", "--without-pip", str(tmp_path / ".venv")], check=True)
    Environment(tmp_path).mark("ready")
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environ = {key: value for key, value in os.environ.items() if key not in without}
    ran = subprocess.run(
        [base, str(tmp_path / "main.py")],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3, ran.stderr
    assert "There is no screen here" in ran.stdout
    assert f"cli train --preset article --export {tmp_path}/guitrain-article" in ran.stdout


# --- what is installed


def test_the_stamp_follows_the_real_pins() -> None:
    assert any(each.startswith("torch==") for each in Environment(ROOT).requirements())
    assert any(each.startswith("pytest") for each in Environment(ROOT, dev=True).requirements())


def test_a_wheel_carries_the_resources_and_finds_them_from_anywhere(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "setup.py", "LICENSE"):
        shutil.copy(ROOT / name, source)
    (source / "README.md").write_text("GUITrain", encoding="utf-8")
    for name in ("guitrain", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    deep = source / "resources" / "presets" / "deep" / "probe.json"
    deep.parent.mkdir(parents=True)
    deep.write_text(json.dumps("found"), encoding="utf-8")
    target = tmp_path / "target"
    subprocess.run(
        [
            sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
            "--no-build-isolation", "--target", str(target), str(source),
        ],
        check=True,
    )  # fmt: skip
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from guitrain.resources import resource\n"
        "print(resource('presets', 'deep', 'probe.json').read_text())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout) == "found"
    modules = {p.relative_to(ROOT) for p in (ROOT / "guitrain").rglob("*.py")}
    assert {p.relative_to(target) for p in (target / "guitrain").rglob("*.py")} >= modules
