"""``guitrain --self-test``: well on this machine, and able to fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guitrain import self_test
from tests.cli.running import ARTICLE_TABLE, ROOT


def test_all_is_well_without_a_screen(tmp_path: Path) -> None:
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in gone}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "guitrain", "--self-test"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert sum(line.startswith("ok ") for line in lines) == 7
    assert sys.platform != "linux" or "no screen here" in done.stdout
    assert lines[-1] == "All is well."
    assert any(line.startswith("PyTorch ") for line in lines)
    assert "  Qt: " not in done.stdout
    assert done.stderr == ""
    assert not list(tmp_path.rglob("*.guitrain"))


def test_its_numbers_are_the_articles() -> None:
    for number in (*self_test.LOSSES.split(), *self_test.PREDICTIONS.split()):
        assert number in ARTICLE_TABLE
    assert self_test.LINE.replace(" = ", "=") in ARTICLE_TABLE


def test_another_number_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(self_test, "LINE", "w = 1.917, b = 1.230")
    report = self_test.Report()
    with report.check("The table") as tell:
        tell(self_test._article())
    with report.check("Another"):
        raise OSError("gone")
    with report.check("A third") as tell:
        tell("and why")
    assert report.failed == 2
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("FAILED  The table: w = 1.917, b = 1.229 came out")
    assert out[1] == "FAILED  Another: OSError('gone')"
    assert out[2] == "ok      A third: and why"
