"""The real main() in a real window, played by tests/e2e/driver.py."""

import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from guitrain.core.run import Run
from guitrain.files.experiment_file import write_session
from guitrain.presets import preset
from guitrain.run_book import Entry, RunBook
from guitrain.session import session_of

ROOT = Path(__file__).resolve().parents[2]


def environment_of(display: str, tmp_path: Path) -> dict[str, str]:
    """Of a window whose settings and kept sessions are the test's own."""
    made = {**os.environ, "PYTHONPATH": str(ROOT)}
    made |= {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    made.pop("QT_QPA_PLATFORM", None)
    if display:
        made["DISPLAY"] = display
    return made


def play(scene: str, display: str, tmp_path: Path, *arguments: str) -> tuple[dict[str, Any], float]:
    """What a scene saw, and when its process ended; the app must end well and say nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.e2e.driver", scene, *arguments],
        cwd=tmp_path,
        env=environment_of(display, tmp_path),
        capture_output=True,
        text=True,
        timeout=100,
    )
    ended = time.time()
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        done.stderr.replace("This plugin does not support propagateSizeHints()", "").strip() == ""
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen, ended


def test_the_articles_run(display: str, tmp_path: Path) -> None:
    seen, _ = play("article", display, tmp_path)
    assert seen["pace"] == "10 epochs/s"
    assert "100" in seen["sentence"]
    assert seen["equation"] == "ŷ = 1.917·x + 1.229"
    assert "0.2291" in seen["loss"]
    assert seen["epoch"] == "epoch 100 / 100"
    assert seen["x"] == "1.5, 3.5, 4.8"
    assert [row[:3] for row in seen["applied"]] == [
        ["1.5", "4.10", "4.00"],
        ["3.5", "7.94", "8.00"],
        ["4.8", "10.43", "10.60"],
    ]
    assert seen["tested"][0][:2] == ["0.2291", "0.2037"]
    assert seen["colours"] > 5  # a picture, not an empty window


def test_the_inside_of_a_step(display: str, tmp_path: Path) -> None:
    seen, _ = play("inside", display, tmp_path)
    assert seen["closed"] is False
    assert "= ?" in seen["numbers"]  # what UPDATE will do is not told before it
    assert 45 <= seen["dropped"] <= 55
    assert seen["runs"] == [None, [1, seen["dropped"]]]
    assert seen["presented"] is True


def test_keys_steer_and_typing_does_not(display: str, tmp_path: Path) -> None:
    seen, _ = play("keys", display, tmp_path)
    assert seen["typed"] == "1.5, 3.5, 4.8r 2"
    assert seen["same_run"]


def test_closing_in_mid_run_ends_the_process(display: str, tmp_path: Path) -> None:
    seen, ended = play("close_in_mid_run", display, tmp_path)
    assert not seen["visible"]
    # It takes about a tenth of this; a hang or torch's whole teardown on a busy machine does not.
    assert ended - seen["closed_at"] < 5


def test_closing_while_torch_is_loading_ends_well(display: str, tmp_path: Path) -> None:
    seen, _ = play("close_at_once", display, tmp_path)
    assert seen["state"] == "loading"


@pytest.mark.skipif(sys.platform != "linux", reason="what Qt needs of a Linux machine")
def test_the_window_settings_are_remembered(display: str, tmp_path: Path) -> None:
    play("close_at_once", display, tmp_path)
    assert list(tmp_path.rglob("GUITrain.conf"))


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed in another way there")
def test_a_killed_window_loses_no_more_than_a_few_seconds(display: str, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.driver", "kept"],
        cwd=tmp_path,
        env=environment_of(display, tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    head = json.loads(line)["head"]
    seen, _ = play("bring_back", display, tmp_path)
    assert "not end in good order" in seen["notice"]
    assert 0 < seen["head"] <= head
    assert seen["difference"] == 0


def test_a_file_is_opened_from_the_command_line(display: str, tmp_path: Path) -> None:
    run = Run(preset("four_points").experiment)
    run.run_until(math.inf, 12)
    entry = Entry(run, 1, 0, None, {})
    book = RunBook()
    book.take([entry], entry)
    path = tmp_path / "lesson.guitrain"
    write_session(path, {**session_of(book), "window": {}})
    seen, _ = play("file_given", display, tmp_path, str(path))
    assert seen == {"title": "lesson.guitrain[*] — GUITrain", "head": 12}


def test_another_language_in_mid_run_and_at_the_next_start(display: str, tmp_path: Path) -> None:
    seen, _ = play("language", display, tmp_path)
    assert seen == {"before": "Run", "after": "暂停", "state": "running", "windows": 1}
    assert play("spoken", display, tmp_path)[0] == {"run": "运行"}
