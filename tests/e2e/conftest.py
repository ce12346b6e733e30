"""A virtual screen for the tests that open the real window."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a display: the machine's own, or one that Xvfb makes for the tests."""
    own = os.environ.get("DISPLAY", "")
    if sys.platform != "linux" or own:
        yield own
        return
    assert shutil.which("Xvfb"), "the end-to-end tests need Xvfb (main.py --with-deps --test)"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        yield ":" + pipe.readline().strip()
    server.terminate()
    server.wait()
