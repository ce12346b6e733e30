"""Builds the app: a folder that runs where there is no Python."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from guitrain.packaging.contents import NAME, ROOT

SPEC = Path(__file__).with_name("guitrain.spec")


class BuildProblem(Exception):  # noqa: N818
    """Why nothing was built, as a sentence with what to do."""


def build(dist: Path = ROOT / "dist", work: Path = ROOT / "build") -> Path:
    """Carry out the recipe, and return the program in the folder that it makes under ``dist``.

    What was there before is replaced. Raises BuildProblem.
    """
    if not SPEC.is_file():
        raise BuildProblem(f"The recipe {SPEC} is missing. Build from a copy of the repository.")
    if importlib.util.find_spec("PyInstaller") is None:
        raise BuildProblem(
            "PyInstaller is not installed in this Python. Type:\n"
            f'    "{sys.executable}" -m pip install "{requirement()}"'
        )
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", dist, "--workpath", work]
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", *map(str, options), str(SPEC)],
        check=False,
        cwd=ROOT,
        # Bytecode that differs from build to build makes folders that differ.
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    if done.returncode != 0:
        raise BuildProblem(
            f"PyInstaller stopped with code {done.returncode}; its own words are above."
        )
    shutil.rmtree(work, ignore_errors=True)
    made = program(dist)
    strip(made.parent)
    return made


def requirement() -> str:
    """The version of PyInstaller that pyproject.toml asks for."""
    with open(ROOT / "pyproject.toml", "rb") as handle:
        extras = tomllib.load(handle)["project"]["optional-dependencies"]
    return str(extras["build"][0])


def program(dist: Path) -> Path:
    """The program under ``dist``, built or not."""
    if sys.platform == "darwin":
        return dist / f"{NAME}.app" / "Contents" / "MacOS" / NAME
    return dist / NAME / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def strip(folder: Path) -> None:
    """Take the symbols out of torch's libraries, which nobody links against here: 90 MB on Linux.

    Not out of all libraries: numpy's were moved about in their files, and break.
    """
    tool = shutil.which("strip") if sys.platform == "linux" else None
    for library in folder.glob("_internal/torch/lib/*.so") if tool else ():
        subprocess.run([str(tool), "--strip-unneeded", str(library)], check=True)


def megabytes(folder: Path) -> float:
    """What the files in a folder come to, links not followed."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6
