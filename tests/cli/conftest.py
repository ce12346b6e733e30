"""A fixture for the tests of the command line."""

import pytest

from guitrain.cli import main
from tests.cli.running import Outcome, Train


@pytest.fixture
def train(capsys: pytest.CaptureFixture[str]) -> Train:
    """Run ``guitrain train`` in this process."""

    def run(*options: str) -> Outcome:
        code = main(["train", *options])
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run
