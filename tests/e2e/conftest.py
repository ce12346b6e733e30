"""A virtual screen for the tests that open the real window."""

import os
import shutil
import sys
from collections.abc import Iterator

import pytest

from tests.screen import start_xvfb


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a display: the machine's own, or one that Xvfb makes for the tests."""
    own = os.environ.get("DISPLAY", "")
    if sys.platform != "linux" or own:
        yield own
        return
    assert shutil.which("Xvfb"), "the end-to-end tests need Xvfb (main.py --with-deps --test)"
    server, name = start_xvfb()
    yield name
    server.terminate()
    server.wait()
