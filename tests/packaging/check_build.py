"""Build the app, and see that it runs where there is nothing else.

    python -m tests.packaging.check_build [--program PATH]

Builds with PyInstaller (or takes what was built), then, with a bare environment, no network, from
another folder and as a user who may not write into the app's:

- `--self-test`, without a screen;
- the window on a screen of its own, and how long it takes to be there against `python -m guitrain`;
- the folder `portable`;
- a run on the command line, in Chinese.

Prints a line for each, and the benchmarks as `name value unit`; the exit code is 0 when all is
well. Not a test that pytest collects: to build takes minutes. The window is looked at on Linux.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from guitrain.packaging.build import build, megabytes
from guitrain.packaging.contents import ROOT

LIMIT = 1.5  # of the built app's window, as times of the unbuilt one
ROUNDS = 3
PATIENCE = 120.0  # seconds
NOBODY = 65534
COLOURS = 12  # of a window that is drawn; fewer are an empty one


def bare(home: Path, **more: str) -> dict[str, str]:
    """An environment without anything that could help."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    own = {"PATH": os.defpath, "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
    return {**kept, **own, **more}


def alone(command: Sequence[str]) -> list[str]:
    """The command without a network, and without root's rights, as far as can be done here."""
    words = list(command)
    if sys.platform != "linux" or os.geteuid() != 0:
        return words
    if shutil.which("setpriv"):
        as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        words = [*as_user, *words]
    offline = ["unshare", "--net"]
    works = shutil.which("unshare") and not subprocess.run([*offline, "true"]).returncode
    return [*offline, *words] if works else words


def files_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in found}


@contextmanager
def screen() -> Iterator[str]:
    """The name of a display of our own."""
    from tests.screen import start_xvfb

    server, name = start_xvfb()
    try:
        yield name
    finally:
        server.terminate()
        server.wait()


def seconds_to_window(
    command: Sequence[str], environment: dict[str, str], cwd: Path, picture: Path | None = None
) -> float:
    """From the start of a process to a drawn window on its display, in s; then it is ended."""
    from PIL import ImageGrab

    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        while True:
            image = ImageGrab.grab(xdisplay=environment["DISPLAY"])
            colours = image.reduce(4).getcolors(COLOURS)
            took = time.perf_counter() - start
            if colours is None:  # more than so many
                break
            if process.poll() is not None or took > PATIENCE:
                said = process.communicate()[0].decode() if process.poll() is not None else ""
                raise RuntimeError(f"no window after {took:.1f} s. {said}")
            time.sleep(0.005)
        if picture is not None:
            time.sleep(8)  # torch is there, and the first run
            ImageGrab.grab(xdisplay=environment["DISPLAY"]).save(picture)
        return took
    finally:
        process.kill()
        process.wait()
        time.sleep(0.5)  # the screen is empty again


def check_window(program: Path, home: Path) -> bool:
    """Time to the window, built and unbuilt in turn."""
    times: dict[str, list[float]] = {"built": [], "unbuilt": []}
    with screen() as display:
        built = bare(home, DISPLAY=display)
        unbuilt = {**os.environ, "DISPLAY": display, "PYTHONPATH": str(ROOT), "HOME": str(home)}
        unbuilt |= {"PYTHONPYCACHEPREFIX": str(home / "bytecode")}
        for name in ("PYTHONDONTWRITEBYTECODE", "QT_QPA_PLATFORM"):
            unbuilt.pop(name, None)
        picture = Path(tempfile.gettempdir()) / "guitrain-built.png"
        starts = (
            ("built", [str(program)], built),
            ("unbuilt", [sys.executable, "-m", "guitrain"], unbuilt),
        )
        for round_ in range(ROUNDS + 1):  # the first one fills the disk's cache
            for name, command, environment in starts:
                shot = picture if name == "built" and round_ == 0 else None
                took = seconds_to_window(command, environment, home, shot)
                if round_:
                    times[name].append(took)
    for name, each in times.items():
        print(f"{name}_window {statistics.median(each):.2f} s")
    pairs = zip(times["built"], times["unbuilt"], strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"built_window_over_unbuilt {ratio:.2f} ratio")
    print(f"A picture of it: {picture}")
    return ratio <= LIMIT


def check_portable(program: Path, home: Path) -> bool:
    """Preferences go into a folder `portable` beside the app."""
    beside = next((p.parent for p in program.parents if p.suffix == ".app"), program.parent)
    folder = beside / "portable"
    folder.mkdir()
    try:
        command = [str(program), "--reset-preferences"]
        done = subprocess.run(command, env=bare(home), cwd=home, capture_output=True, text=True)
        print(done.stdout.strip())
        return done.returncode == 0 and str(folder) in done.stdout
    finally:
        shutil.rmtree(folder)


def check_self_test(program: Path, home: Path) -> bool:
    """All its checks, offline, with nothing written into the app's folder."""
    folder = program.parent
    before = files_in(folder)
    command = alone([str(program), "--self-test"])
    done = subprocess.run(command, env=bare(home), cwd=home, capture_output=True, text=True)
    print(done.stdout + done.stderr, end="")
    unchanged = files_in(folder) == before
    if not unchanged:
        print("The app wrote into its own folder.")
    quiet = "  Qt: " not in done.stdout and not done.stderr
    return done.returncode == 0 and unchanged and quiet


def check_language(program: Path, home: Path) -> bool:
    """It speaks Chinese where the system does, and trains on the command line."""
    environment = bare(home, LANG="zh_CN.UTF-8")
    command = [str(program), "train", "--epochs", "3"]
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True)
    said = done.stdout.decode("utf-8", "replace")
    print(said, end="")
    return done.returncode == 0 and "3 轮全部完成" in said


def main() -> int:
    """Carry out all of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--program", type=Path, help="what was built (else it is built now)")
    given = parser.parse_args().program
    failed = []
    with tempfile.TemporaryDirectory(prefix="guitrain check ü ") as name:
        home = Path(name)
        home.chmod(0o777)
        program = given.resolve() if given else build(home / "dist", home / "build")
        if not given:
            (home / "dist").chmod(0o755)
        print(f"built_size {megabytes(program.parent):.0f} MB")
        checks = [check_self_test, check_portable, check_language]
        if sys.platform == "linux" and shutil.which("Xvfb"):
            checks.append(check_window)
        for check in checks:
            well = check(program, home)
            print(f"{'ok' if well else 'FAILED'}: {check.__doc__}", flush=True)
            failed += [] if well else [check.__name__]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
