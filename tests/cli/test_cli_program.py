"""``guitrain train`` among other things: folders, terminals, signals, missing libraries."""

import importlib.abc
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torch import nn

from guitrain.core.learner import Learner
from tests.cli.running import (
    ARTICLE_TABLE,
    EXPORTED,
    INIT,
    OF_EXTRAS,
    ROOT,
    Plain,
    Train,
    article_lines,
    command,
    history,
    program,
)

# Export.


def test_folder_that_cannot_be_is_told_after_the_results(train: Train, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    done = train("--preset", "article", "--export", str(tmp_path / "file" / "below"))
    assert done.code == 1
    assert article_lines(done.out) == ARTICLE_TABLE.splitlines()
    assert done.err.startswith("guitrain train: ")
    assert str(tmp_path / "file") in done.err
    assert "Traceback" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.usefixtures("qapp")
def test_export_agrees_with_the_json(train: Train, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "results"
    done = train("--json", "--preset", "article", "--export", str(folder))
    obj = done.json
    assert done.code == 0
    assert str(folder) in done.err
    assert sorted(path.name for path in folder.iterdir()) == EXPORTED
    rows = history(folder)
    assert [int(row["epoch"]) for row in rows] == list(range(1, 101))
    # The file has the shortest text of a float32, JSON the same float32 in double precision.
    assert [float(np.float32(row["loss"])) for row in rows] == obj["loss"]
    assert float(np.float32(rows[0]["w"])) == obj["initial"]["w"]
    saved = json.loads((folder / "experiment.json").read_text("utf-8"))
    assert saved == obj["experiment"]
    assert "np.random.seed(42)" in (folder / "run.py").read_text("utf-8")
    assert (folder / "fit.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (folder / "loss.svg").read_text("utf-8")


def test_numbers_are_exported_where_qt_is_missing(tmp_path: Path) -> None:
    stub = tmp_path / "stub" / "PySide6"
    stub.mkdir(parents=True)
    reason = "libGL.so.1: cannot open shared object file"
    (stub / "__init__.py").write_text(f"raise ImportError({reason!r})\n", "utf-8")
    folder = tmp_path / "out"
    done = program(
        "--preset", "article", "--export", str(folder), PYTHONPATH=str(tmp_path / "stub")
    )
    assert done.code == 0
    assert article_lines(done.out) == ARTICLE_TABLE.splitlines()
    names = ["experiment.json", "history.csv", "run.py", *OF_EXTRAS]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert len(history(folder)) == 100
    assert "no plots" in done.err.lower()
    assert re.search(r"(apt-get|dnf|pacman|zypper|apk|pip) .*\binstall\b|-m pip install", done.err)
    assert "Traceback" not in done.err


class NoQt(importlib.abc.MetaPathFinder):
    """As on a machine without PySide6."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def test_disk_that_fails_without_qt_too_leaves_nothing(
    train: Train, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in ("PySide6", "pyqtgraph"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoQt(), *sys.meta_path])
    (tmp_path / "file").touch()
    done = train("--epochs", "2", "--export", str(tmp_path / "file"))
    assert done.code == 1
    assert "Trained parameters" in done.out
    assert "is a file" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# Terminals and signals.


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_bar_is_drawn_on_a_terminal_alone() -> None:
    import pty

    for quiet in (False, True):
        options = ["--preset", "article", "--epochs", "3000", *(["--json"] if quiet else [])]
        ours, theirs = pty.openpty()
        process = subprocess.Popen(command(*options), cwd=ROOT, stdout=subprocess.PIPE,
                                   stderr=theirs)  # fmt: skip
        os.close(theirs)
        assert process.stdout is not None
        with process.stdout as stdout:
            out = stdout.read().decode()
        assert process.wait(60) == 0
        drawn = read_all(ours)
        assert "\r" not in out
        if quiet:
            assert len(json.loads(out)["loss"]) == 3000
        else:
            assert re.search(r"\r.*epoch.*3,000", drawn)
            assert "Epoch [3000/3000]" in out


def read_all(descriptor: int) -> str:
    parts = []
    try:
        while part := os.read(descriptor, 65536):
            parts.append(part)
    except OSError:  # Linux: the other end is closed
        pass
    os.close(descriptor)
    return b"".join(parts).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_ctrl_c_gives_the_results_so_far(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    options = ("--preset", "article", "--epochs", "1000000000", "--export", str(folder))
    process = subprocess.Popen(
        command(*options),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "Initial parameters: w=-0.205, b=0.783\n"
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
    found = re.search(r"Epoch \[(\d+)/1000000000\], Loss: 0\.2\d+\n", out)
    assert found
    assert int(found[1]) > 100
    assert re.search(r"Trained parameters: w=\d\.\d+, b=\d\.\d+\n", out)
    assert "MSE" in out
    assert sorted(path.name for path in folder.iterdir()) == EXPORTED
    assert len(history(folder)) == int(found[1])


@pytest.mark.parametrize("phase", ["forward", "compute_loss", "should_stop", "backward", "update"])
def test_ctrl_c_cuts_no_step_in_two(
    train: Train, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    method = getattr(Learner, phase)

    def interrupted(self: Learner) -> Any:
        done = method(self)
        if self.step == 20:
            signal.raise_signal(signal.SIGINT)
        return done

    monkeypatch.setattr(Learner, phase, interrupted)
    before = signal.getsignal(signal.SIGINT)
    try:
        done = train("--json", "--epochs", "1000000000", *INIT)
    except BaseException:
        signal.signal(signal.SIGINT, before)
        raise
    assert signal.getsignal(signal.SIGINT) is before
    obj = done.json
    assert done.code == 130
    assert 20 <= len(obj["loss"]) < 1_000_000
    epochs = min(len(obj["loss"]), 1000)
    assert obj["loss"][:epochs] == Plain(100, epochs, nn.MSELoss()).losses
    assert obj["stop"]["rule"] not in ("epochs", "target_loss", "patience", "non_finite")
    assert obj["experiment"]["stop"]["epochs"] == 10**9


# Help.


def test_help_and_refusals_come_without_torch_or_qt() -> None:
    code = (
        "import sys\n"
        "from guitrain.__main__ import main\n"
        "assert main(['train', '--help']) == 0\n"
        "assert main(['train', '--epochs', '0']) == 2\n"
        "print({'torch', 'PySide6'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "set()"


def test_help_lists_the_options(train: Train) -> None:
    done = train("--help")
    assert done.code == 0
    given = set(re.findall(r"^  --([a-z-]+)", done.out, re.MULTILINE))
    wanted = {
        *("preset", "data", "x", "y", "noise", "points", "learning-rate", "epochs", "batch-size"),
        *("seed", "init", "loss", "optimizer", "momentum", "target-loss", "patience"),
        *("test-fraction", "standardize", "predict", "export", "json"),
        *("nesterov", "alpha", "beta", "eps", "lr-decay", "weight-decay"),
    }
    assert wanted <= given


def test_output_survives_a_terminal_of_few_characters() -> None:
    done = program("--epochs", "1", "--learning-rate", "0.3", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "MSE" in done.out
    assert "Traceback" not in done.err
