"""Where pip would get PyTorch from, and which build is wanted.

On PyPI, PyTorch for Linux is the CUDA build, 3 GB with its libraries. Without an NVIDIA card the
CPU build (0.2 GB) is wanted: from the person's own sources if they have it, else from PyTorch's.
Only lists of versions are asked for here; nothing big is downloaded to decide.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CPU_INDEX = "https://download.pytorch.org/whl/cpu"

Pip = Callable[[Sequence[str]], tuple[int, str]]
"""Runs pip with these arguments, unseen; returns its exit code and all that it wrote."""


@dataclass(frozen=True)
class Choice:
    """How torch is to be installed.

    Attributes:
        arguments: those of a `pip install` for torch alone, to be run before the rest; empty
            where the ordinary install gets the right build by itself.
        cuda: whether gigabytes of CUDA will come.
        sentence: what to tell the person.
    """

    arguments: tuple[str, ...]
    cuda: bool
    sentence: str


class NoSourceError(Exception):
    """pip cannot get torch at all; the message says why, in words."""


def pip_runner(python: Path) -> Pip:
    """Run pip by `python`, with the person's own pip settings."""

    def run(arguments: Sequence[str]) -> tuple[int, str]:
        done = subprocess.run(
            [str(python), "-m", "pip", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        return done.returncode, done.stdout

    return run


def has_nvidia() -> bool:
    """Whether an NVIDIA card, or its driver, is on this machine."""
    if shutil.which("nvidia-smi"):
        return True
    return any(os.path.exists(path) for path in ("/proc/driver/nvidia", "/dev/nvidia0"))


def choose_torch(requirement: str, pip: Pip) -> Choice:
    """Decide how `requirement` ("torch==2.13.0") is to be installed on this machine.

    Raises:
        NoSourceError: pip reaches no source, or none of them offers that version.
    """
    version = requirement.partition("==")[2]
    offered = _offered(version, pip)
    if not sys.platform.startswith("linux"):
        return Choice((), False, f"PyTorch {version} comes from your package source.")
    if has_nvidia():
        return Choice((), True, f"An NVIDIA card was found: PyTorch {version} comes with CUDA.")
    cpu = f"{version}+cpu"
    if cpu in offered or pip(["install", *_QUIET, "--no-index", requirement])[0] == 0:
        return Choice((), False, f"PyTorch {version} for the CPU comes from your package source.")
    code, text = pip(["index", "versions", "torch", *_PATIENCE, "--index-url", CPU_INDEX])
    if code == 0 and cpu in _versions(text):
        arguments = ("--no-deps", "--index-url", CPU_INDEX, f"torch=={cpu}")
        return Choice(arguments, False, f"PyTorch {version} for the CPU comes from {CPU_INDEX}.")
    return Choice(
        (),
        True,
        f"There is no NVIDIA card here, but PyTorch's CPU build cannot be had from {CPU_INDEX}: "
        "the build with CUDA is installed instead. That is about 3 GB to download.",
    )


_PATIENCE = ("--timeout", "15", "--retries", "2")
_QUIET = ("--dry-run", "--no-deps", "--ignore-installed", "--quiet")


def _offered(version: str, pip: Pip) -> set[str]:
    code, text = pip(["index", "versions", "torch", *_PATIENCE])
    offered = _versions(text)
    if code == 0 and any(found.partition("+")[0] == version for found in offered):
        return offered
    if offered:
        newest = text.strip().splitlines()[0]
        raise NoSourceError(
            f"Your package source does not offer PyTorch {version} for this Python (it has "
            f"{newest}). See what `pip config list` says, and choose a source that does."
        )
    raise NoSourceError(reason(text))


def _versions(text: str) -> set[str]:
    found = re.search(r"^Available versions: (.*)$", text, re.MULTILINE)
    return set(found[1].replace(",", " ").split()) if found else set()


# What pip writes, and what it means; the first that is found is the reason given.
_REASONS = (
    (
        r"No space left on device|\[Errno 28\]|not enough space on the disk",
        "The disk is full. Free some room (2.5 GB are enough), and start again.",
    ),
    (
        r"[Ll]ong [Pp]ath",
        "The folder's path is too long for Windows. Move GUITrain to a short one, such as "
        "C:\\GUITrain, and start again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The package source's certificate is not trusted. If your network has a proxy with its "
        "own certificate, type: pip config set global.cert PATH-OF-THE-CERTIFICATE",
    ),
    (
        r"HTTP error 407|407 Proxy|ProxyError|Tunnel connection failed",
        "The proxy refuses the connection. Set HTTPS_PROXY as your network asks, and start again.",
    ),
    (
        r"NewConnectionError|ConnectTimeoutError|NameResolution|Temporary failure in name"
        r"|getaddrinfo failed|Connection refused|Network is unreachable|ReadTimeoutError"
        r"|Connection broken|ConnectionResetError|IncompleteRead",
        "There is no network, or the package source cannot be reached. Connect to the internet "
        "(behind a proxy: set HTTPS_PROXY), and start again.",
    ),
    (r"do not match the hashes", "A download arrived damaged. Start again."),
    (
        r"No matching distribution|Could not find a version",
        "The package source does not have what is needed for this Python. See what "
        "`pip config list` says, and choose a source that does.",
    ),
    (r"Permission denied|\[Errno 13\]|Access is denied", "A file could not be written."),
)


def reason(text: str) -> str:
    """Why pip failed, in words, from all that it wrote."""
    for pattern, sentence in _REASONS:
        if re.search(pattern, text):
            return sentence
    errors = [line for line in text.splitlines() if "ERROR" in line]
    return "pip failed. " + (errors[-1].strip() if errors else "It gave no reason.")
