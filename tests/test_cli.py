"""``guitrain train``: the article's table, JSON, files, refusals and Ctrl-C."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import ArrayLike

from guitrain import cli
from guitrain.core.experiment import REGISTRIES, Experiment
from guitrain.presets import preset

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "guitrain", "train")

# What the article prints (its 5.2).
LOSSES = ["1.3883", "0.2775", "0.2533", "0.2485", "0.2445"]
LOSSES += ["0.2409", "0.2376", "0.2346", "0.2318", "0.2293"]
PREDICTIONS = ((1.5, "4.10", "4.00"), (3.5, "7.94", "8.00"), (4.8, "10.43", "10.60"))


@pytest.fixture(autouse=True)
def process_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command sets these for its own process."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def started(*words: str, **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        (*COMMAND, *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**environment, **options.pop("env", {})},
        **options,
    )


def ran(*words: str, **options: Any) -> tuple[int, str, str]:
    with started(*words, **options) as process:
        out, err = process.communicate(timeout=100)
    return process.returncode, out, err


def trained(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The JSON object of a run in this process."""
    assert cli.main(["train", *words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found: dict[str, Any] = json.loads(out, parse_constant=pytest.fail)
    return found


def descent(
    x: ArrayLike, y: ArrayLike, w: float, b: float, rate: float, epochs: int
) -> tuple[list[float], float, float]:
    """Full-batch descent on the mean square, in plain PyTorch: losses, w and b."""
    inputs = torch.tensor(np.asarray(x), dtype=torch.float32).unsqueeze(1)
    targets = torch.tensor(np.asarray(y), dtype=torch.float32).unsqueeze(1)
    weights = [torch.nn.Parameter(torch.tensor([value])) for value in (w, b)]
    optimizer = torch.optim.SGD(weights, lr=rate)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(weights[0] * inputs + weights[1], targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, weights[0].item(), weights[1].item()


def article_points() -> tuple[Any, Any]:
    random = np.random.RandomState(42)
    x = np.linspace(0, 5, 100)
    return x, 2 * x + 1 + random.normal(0, 0.5, 100)


# The article.


def test_the_article_preset_prints_the_article_s_table_and_no_bar_when_piped() -> None:
    code, out, err = ran("--preset", "article")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    expected = ["Initial parameters: w=-0.205, b=0.783"]
    expected += [f"Epoch [{10 * i}/100], Loss: {loss}" for i, loss in enumerate(LOSSES, 1)]
    expected += ["", "Trained parameters: w=1.917, b=1.229", "True parameters: w=2.0, b=1.0", ""]
    expected += ["Model test:"]
    expected += [f"Input x={x}, predicted={p}, true={t}" for x, p, t in PREDICTIONS]
    expected += ["", "Stopped: all 100 epochs are done. Final loss 0.2291."]
    assert lines[: len(expected)] == expected
    mse = next(line.split() for line in lines if line.startswith("MSE"))
    assert (mse[1], mse[3]) == ("0.2291", "0.2037")
    assert "w=2.014, b=0.914" in lines[-1]


def test_json_has_the_numbers_that_plain_pytorch_gives(capsys: pytest.CaptureFixture[str]) -> None:
    obj = trained(capsys, "--preset", "article")
    assert list(obj) == [
        *("experiment", "initial", "final", "loss", "train", "test", "least_squares"),
        *("stop", "predictions"),
    ]
    x, y = article_points()
    losses, w, b = descent(x, y, -0.20546, 0.783, 0.01, 100)
    assert obj["loss"] == losses
    assert obj["final"] == {"w": w, "b": b}
    assert obj["initial"] == {"w": float(np.float32(-0.20546)), "b": float(np.float32(0.783))}
    error = w * x + b - y
    assert obj["train"]["mse"] == pytest.approx(np.mean(error**2), rel=1e-5)
    assert obj["train"]["mae"] == pytest.approx(np.mean(abs(error)), rel=1e-5)
    assert obj["train"]["rmse"] == pytest.approx(np.sqrt(np.mean(error**2)), rel=1e-5)
    assert obj["train"]["r2"] == pytest.approx(1 - np.var(error) / np.var(y), abs=2e-3)
    assert set(obj["test"]) == {"mse", "mae", "rmse", "r2"}
    slope, intercept = np.polyfit(x, y, 1)
    assert obj["least_squares"] == pytest.approx({"w": slope, "b": intercept})
    assert obj["stop"]["rule"] == "epochs"
    assert obj["stop"]["sentence"] == "Stopped: all 100 epochs are done. Final loss 0.2291."
    assert [one["x"] for one in obj["predictions"]] == [1.5, 3.5, 4.8]
    for one in obj["predictions"]:
        assert one["predicted"] == pytest.approx(w * one["x"] + b, rel=1e-6)
        assert one["true"] == pytest.approx(2 * one["x"] + 1)
    assert Experiment.from_json(obj["experiment"]) == preset("article").experiment


def test_four_points_can_be_checked_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    obj = trained(capsys, "--preset", "four_points", "--epochs", "1")
    assert obj["loss"] == [21.0]
    assert obj["initial"] == {"w": 0.0, "b": 0.0}
    assert obj["final"] == pytest.approx({"w": 1.7, "b": 0.8})
    assert obj["test"] is None
    assert all(one["true"] is None for one in obj["predictions"])


# Options.


def test_options_change_the_preset_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    obj = trained(
        capsys,
        *("--preset", "article", "--slope", "-3", "--x-min", "-1e0", "--points", "20"),
        *("--noise", "0", "--learning-rate", "0,05", "--epochs", "30", "--test-fraction", "0"),
        *("--init", "-0.2", "−1e-3", "--predict", "-1", "-1e-3", "2"),
    )
    x = np.linspace(-1, 5, 20)
    losses, w, b = descent(x, -3 * x + 1, -0.2, -1e-3, 0.05, 30)
    assert obj["loss"] == losses
    assert obj["final"] == {"w": w, "b": b}
    assert [one["x"] for one in obj["predictions"]] == [-1, -1e-3, 2]
    assert obj["predictions"][0]["true"] == 4
    assert obj["test"] is None


def test_the_loss_of_mini_batches_is_the_epoch_s_mean(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--preset", "article", "--epochs", "3", "--batch-size", "10", "--learning-rate")
    obj = trained(capsys, *words, "1e-12")  # so small that the weights stay
    whole, *_ = descent(*article_points(), -0.20546, 0.783, 0.01, 1)
    assert obj["loss"] == pytest.approx(whole * 3, rel=1e-5)
    again = trained(capsys, *words, "0.01")
    other = trained(capsys, *words, "0.01", "--batches-seed", "5")
    assert again["loss"] != other["loss"]
    every = trained(capsys, "--preset", "article", "--epochs", "3", "--batch-size", "all")
    assert every["experiment"]["batch_size"] is None


def test_loss_function_and_momentum_are_those_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    obj = trained(
        capsys,
        *("--preset", "four_points", "--epochs", "2", "--loss", "huber", "--delta", "2"),
        *("--momentum", "0.9", "--learning-rate", "0.1"),
    )
    x = torch.tensor([0.0, 1, 2, 3])
    parameters = [torch.zeros(1, requires_grad=True) for _ in range(2)]
    optimizer = torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
    for expected in obj["loss"]:
        optimizer.zero_grad()
        prediction = parameters[0] * x + parameters[1]
        loss = torch.nn.functional.huber_loss(prediction, 2 * x + 1, delta=2)
        assert expected == pytest.approx(loss.item(), rel=1e-6)
        loss.backward()
        optimizer.step()


def test_seed_is_for_all_three_and_draws_the_weights_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--preset", "article", "--epochs", "1")
    seeded = trained(capsys, *words, "--seed", "7")
    assert seeded["experiment"]["seeds"] == {"data": 7, "weights": 7, "batches": 7}
    assert seeded["experiment"]["initial"] is None
    assert seeded["initial"]["w"] != float(np.float32(-0.20546))
    mixed = trained(capsys, *words, "--seed", "7", "--data-seed", "42", "--init", "0", "1")
    assert mixed["experiment"]["seeds"] == {"data": 42, "weights": 7, "batches": 7}
    assert mixed["initial"] == {"w": 0.0, "b": 1.0}
    drawn = trained(capsys, *words, "--weights-seed", "7")
    assert drawn["initial"] == seeded["initial"]
    assert trained(capsys, *words, "--data-seed", "7")["experiment"]["initial"] is not None


def test_without_a_preset_the_defaults_hold(capsys: pytest.CaptureFixture[str]) -> None:
    obj = trained(capsys, "--epochs", "2")
    expected = Experiment().changed({"stop.epochs": 2})
    assert Experiment.from_json(obj["experiment"]) == expected
    assert obj["predictions"] == []


def test_every_number_of_every_entry_has_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--help"]) == 0
    shown = capsys.readouterr().out
    params = [p for r in REGISTRIES.values() for e in r.values() for p in e.params]
    numbers = [param.name for param in params if param.kind in ("int", "float")]
    assert {"slope", "noise", "delta", "momentum"} <= set(numbers)
    assert [n for n in numbers if f"--{n.replace('_', '-')} " not in shown] == []


def test_help_and_refusals_do_not_load_torch_or_qt() -> None:
    script = (
        "import sys; from guitrain.cli import main; "
        "main(['train', '--help']); main(['train', '--epochs', '0']); "
        "print(sorted({'torch', 'PySide6', 'pyqtgraph'} & set(sys.modules)))"
    )
    done = subprocess.run(
        (sys.executable, "-c", script), capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "Epochs 0" in done.stderr


def test_no_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "train" in capsys.readouterr().out


# Stop rules.


def test_stop_rules_are_set_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    target = trained(capsys, "--preset", "article", "--target-loss", "0.25")
    assert target["stop"]["rule"] == "target_loss"
    assert target["loss"][-1] > 0.25
    flat = ("--patience", "5", "--min-improvement", "0.01", "--epochs", "1000")
    patient = trained(capsys, "--preset", "article", *flat)
    assert patient["stop"]["rule"] == "patience"
    assert "for 5 epochs" in patient["stop"]["sentence"]


def test_a_target_no_line_can_reach_is_told_before_training(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["train", "--preset", "article", "--target-loss", "0.01"]) == 0
    out, err = capsys.readouterr()
    assert "No line can reach a loss of 0.01 on these points: the best is 0.2037." in err
    assert "Stopped: all 100 epochs are done." in out


def test_divergence_is_a_result_in_strict_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("train", "--preset", "article", "--learning-rate", "0.2", "--epochs", "2000")
    assert cli.main([*words, "--json", "--predict", "1e30"]) == 0
    out, err = capsys.readouterr()
    obj = json.loads(out, parse_constant=pytest.fail)
    assert "2/λmax = 0.1094" in err
    assert obj["stop"]["rule"] == "non_finite"
    assert obj["predictions"] == [{"x": 1e30, "predicted": None, "true": 2e30}]
    assert "Try a third of it: 0.067." in obj["stop"]["sentence"]
    assert all(isinstance(loss, float) for loss in obj["loss"])
    assert len(obj["loss"]) < 2000
    x, y = article_points()
    losses, *_ = descent(x, y, -0.20546, 0.783, 0.2, len(obj["loss"]) + 1)
    assert obj["loss"] == losses[:-1]
    assert not np.isfinite(losses[-1])
    assert cli.main(list(words)) == 0
    assert "Diverged at step" in capsys.readouterr().out


# CSV files.


def csv_file(folder: Path, encoding: str = "utf-8", extra: str = "") -> Path:
    path = folder / "数据.csv"
    rows = [f"{i},{i * 0.5},{3 * i * 0.5 - 2}" for i in range(20)]
    path.write_bytes(("序号,质量,长度\n" + "\n".join(rows) + "\n" + extra).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_with_chinese_headers_is_trained_on(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path, encoding)
    code, out, err = ran(
        *("--data", str(path), "--x", "质量", "--y", "长度", "--standardize", "--json"),
        *("--test-fraction", "0.25", "--learning-rate", "0.1", "--epochs", "500"),
    )
    assert (code, err) == (0, "")
    obj = json.loads(out)
    assert obj["final"] == pytest.approx({"w": 3.0, "b": -2.0}, abs=1e-3)
    assert obj["least_squares"] == pytest.approx({"w": 3.0, "b": -2.0})
    values = obj["experiment"]["data"]["values"]
    assert (values["x"], values["y"]) == ("质量", "长度")
    assert obj["test"]["mse"] < 1e-6


def test_columns_not_named_are_the_usual_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path)

    def columns(*words: str) -> tuple[str, str]:
        obj = trained(capsys, "--data", str(path), "--epochs", "1", *words)
        values = obj["experiment"]["data"]["values"]
        return values["x"], values["y"]

    assert columns() == ("序号", "质量")
    assert columns("--x", "长度") == ("长度", "质量")
    assert columns("--x", "质量") == ("质量", "序号")
    assert columns("--y", "序号") == ("质量", "序号")


def test_missing_cells_are_refused_with_the_option_that_leaves_them_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path, extra="20,,3\n")
    words = ["train", "--data", str(path), "--x", "质量", "--y", "长度", "--epochs", "1"]
    assert cli.main(words) == 2
    assert "--missing drop_rows" in capsys.readouterr().err
    assert cli.main([*words, "--missing", "drop_rows"]) == 0
    assert "Rows left out for missing values: 1." in capsys.readouterr().err


# Refusals.


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--learning-rate 0", "Learning rate 0 is too small: choose a number above 0"),
        ("--learning-rate -1e-3", "Learning rate −0.001 is too small"),
        ("--learning-rate 1e9", "Learning rate 1e9 is too large"),
        ("--learning-rate=", "Learning rate is empty: type a number such as 0.01."),
        ("--learning-rate fast", "Learning rate: “fast” is not a number."),
        ("--epochs 0", "Epochs 0 is too small"),
        ("--epochs 1e10", "Epochs 10,000,000,000 is too large"),
        ("--epochs 2.5", "Epochs must be a whole number"),
        ("--noise -1", "Noise −1 is too small"),
        ("--noise 1e7", "Noise 1e7 is too large"),
        ("--points 0", "Points 0 is too small"),
        ("--points 1000001", "Points 1,000,001 is too large"),
        ("--batch-size 101", "Batch size 101 is larger than the 100 training points"),
        ("--batch-size some", "Batch size: “some” is not a number."),
        ("--seed -1", "Data seed −1 is too small"),
        ("--weights-seed 4294967296", "Weights seed 4,294,967,296 is too large"),
        ("--init 1", "one number for each of w b"),
        ("--init 1 2 3", "one number for each of w b"),
        ("--init 1 nan", "Initial weights: “nan” is not a number."),
        ("--x-min 9", "x to 5 must be greater than x from 9"),
        ("--momentum 1", "Momentum 1 is too large"),
        ("--delta 2", "--delta belongs to loss “Huber”"),
        ("--loss huber --delta 0", "Huber δ 0 is too small"),
        ("--loss rmse", "Loss: there is no “rmse”. Choose one of mse, mae, huber."),
        ("--optimizer adamw9", "Optimizer: there is no “adamw9”."),
        ("--preset nobody", "Preset: there is no “nobody”. Choose one of article, four_points."),
        ("--preset four_points --points 9", "--points belongs to data “Line”"),
        ("--preset four_points --x z", "There is no column “z”: choose one of x, y."),
        ("--target-loss -1", "Target loss −1 is too small"),
        ("--patience 0", "Patience 0 is too small"),
        ("--test-fraction 1", "Test share 1 is too large"),
        ("--predict 1,000", "“1,000” a thousand or a fraction?"),
        ("--predict 1e31", "x to predict 1e31 is too large"),
        ("--data nowhere.csv", "There is no file nowhere.csv."),
        ("--data circle", "Data: there is no “circle”."),
        ("--x mass", "--x names a file's column: add --data FILE.csv."),
        ("--missing drop_rows", "add --data FILE.csv"),
        ("--export=", "--export is empty: name a folder."),
        ("--colour red", "There is no option --colour."),
        ("--epochs", "expected one argument"),
        ("--epoch 3", "There is no option --epoch."),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence_and_nothing_is_done(
    words: str,
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    export = () if "--export" in words else ("--export", "out")
    assert cli.main(["train", *export, *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.startswith("guitrain train: ")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"x,y\n1,2\n", "one row of values only"),
        (b"x,y\n1,2\n3,abc\n5,6\n7,8\n", "Line 3"),
        (bytes(range(256)) * 9, "not a text file"),
        (b"x,y\n1,2\n1e40,5\n", "beyond ±1e30"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    content: bytes, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    assert cli.main(["train", "--data", str(path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert sentence in err


# Export.

FILES = {"history.csv", "experiment.json", "loss.png", "loss.svg", "fit.png", "fit.svg"}


def test_export_writes_numbers_and_plots_where_no_screen_answers(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    code, out, err = ran(
        *("--preset", "article", "--json", "--export", str(folder)),
        env={"DISPLAY": ":4321", "QT_QPA_PLATFORM": "xcb"},
    )
    assert code == 0
    assert {path.name for path in folder.iterdir()} == FILES
    obj = json.loads(out)
    recipe = json.loads((folder / "experiment.json").read_text("utf-8"))
    assert recipe == obj["experiment"]
    rows = (folder / "history.csv").read_text("utf-8").splitlines()
    assert len(rows) == 101
    column = rows[0].split(",").index("loss")
    losses = [np.float32(row.split(",")[column]) for row in rows[1:]]
    assert losses == [np.float32(loss) for loss in obj["loss"]]
    assert (folder / "loss.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (folder / "fit.svg").read_bytes()
    assert "Exported to" in err


def test_without_qt_the_numbers_are_exported_and_the_way_to_plots_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_qt(*_: object) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(cli, "export_run", no_qt)
    monkeypatch.setattr(cli.system, "missing_libraries", lambda needs: tuple(needs)[1:2])
    monkeypatch.setattr(cli.system, "find_manager", lambda: "apt-get")
    folder = tmp_path / "out"
    assert cli.main(["train", "--preset", "article", "--export", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"history.csv", "experiment.json"}
    out, err = capsys.readouterr()
    assert "Exported to" in out
    assert "Qt needs libGL.so.1." in err
    assert re.search(r"apt-get install .*libgl1", err)
    monkeypatch.setattr(cli.system, "missing_libraries", lambda _: ())
    assert cli.main(["train", "--epochs", "1", "--export", str(folder)]) == 0
    assert "pip install PySide6-Essentials" in capsys.readouterr().err


def test_a_failed_export_comes_after_the_results_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    words = ["train", "--preset", "article", "--export", str(tmp_path / "file"), "--json"]
    assert cli.main(words) == 1
    out, err = capsys.readouterr()
    assert len(json.loads(out)["loss"]) == 100
    assert "is a file, so no folder can have that name" in err
    assert (tmp_path / "file").read_text() == "mine"


# The terminal.


def on_a_terminal(*words: str, stdout: int | None = None) -> tuple[int, str]:
    """The exit code, and everything that a terminal was sent (stdout too, unless given)."""
    ours, theirs = pytest.importorskip("pty", reason="no terminals of this kind").openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    process = subprocess.Popen(
        (*COMMAND, *words),
        stdout=theirs if stdout is None else stdout,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    sent = b""
    end = time.monotonic() + 100
    while time.monotonic() < end and select.select([ours], [], [], 100)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux's end of file on a terminal
            break
        if not part:
            break
        sent += part
    os.close(ours)
    return process.wait(timeout=100), sent.decode("utf-8")


def screen(sent: str) -> list[str]:
    """The lines that stay on a terminal after carriage returns have been followed."""
    lines = []
    for line in sent.replace("\r\n", "\n").split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown.rstrip())
    return lines


def test_a_terminal_shows_a_bar_that_leaves_only_the_table() -> None:
    code, sent = on_a_terminal("--preset", "article")
    assert code == 0
    assert "\r" + "-" * 20 + "  epoch 0/100" in sent
    assert "#" * 20 + "  epoch 100/100" in sent
    assert "epochs/s" in sent
    shown = screen(sent)
    assert shown[0] == "Initial parameters: w=-0.205, b=0.783"
    assert shown[1:11] == [f"Epoch [{10 * i}/100], Loss: {x}" for i, x in enumerate(LOSSES, 1)]
    assert not any("epochs/s" in line for line in shown)


def test_json_that_is_piped_shows_no_bar() -> None:
    code, sent = on_a_terminal("--preset", "article", "--json", stdout=subprocess.DEVNULL)
    assert (code, sent) == (0, "")


@pytest.mark.parametrize("as_json", [False, True])
def test_ctrl_c_stops_and_shows_the_results_so_far(as_json: bool, tmp_path: Path) -> None:
    # The note on stderr says that training is about to begin.
    words = ["--target-loss", "0", "--epochs", "1000000000", "--export", str(tmp_path / "out")]
    with started(*words, *(["--json"] if as_json else [])) as process:
        assert process.stderr is not None
        assert "No line can reach" in process.stderr.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=100)
    assert process.returncode == 130
    assert "Traceback" not in err
    if as_json:
        obj = json.loads(out)
        assert obj["stop"]["rule"] == "interrupted"
        assert len(obj["loss"]) > 0
        sentence = obj["stop"]["sentence"]
    else:
        assert "Trained parameters: w=" in out
        assert "R²" in out
        sentence = out
    assert re.search(r"Interrupted after [\d,]+ of 1,000,000,000 epochs", sentence)
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


def test_a_reader_that_goes_ends_the_command_quietly() -> None:
    with started("--epochs", "1000000000") as process:
        assert process.stdout is not None
        assert "Initial parameters" in process.stdout.readline()
        process.stdout.close()
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        err = process.stderr.read()
        assert process.wait(timeout=100) == cli.BROKEN_PIPE
    assert err == ""


def test_a_long_run_shows_ten_lines_and_its_last_epoch(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["train", "--preset", "article", "--epochs", "25"]) == 0
    shown = re.findall(r"Epoch \[(\d+)/25\]", capsys.readouterr().out)
    assert shown == [str(n) for n in (*range(2, 25, 2), 25)]
    words = ["train", "--preset", "article", "--epochs", "1000000", "--target-loss", "0.25"]
    assert cli.main(words) == 0
    shown = re.findall(r"Epoch \[(\d+)/1000000\], Loss: (\S+)", capsys.readouterr().out)
    losses, *_ = descent(*article_points(), -0.20546, 0.783, 0.01, 100)
    last = sum(loss > 0.25 for loss in losses)
    assert shown == [(str(last), f"{losses[last - 1]:.4f}")]
