"""``guitrain train``: the article's table, JSON, files, refusals and Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import ArrayLike

from guitrain import cli
from guitrain.core.experiment import REGISTRIES, Experiment

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "guitrain", "train")


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


@pytest.mark.parametrize(
    ("options", "make"),
    [
        (
            "--optimizer sgd --momentum 0.5 --nesterov",
            lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5, nesterov=True),
        ),
        ("--momentum 0.5 --no-nesterov", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5)),
        (
            "--optimizer rmsprop --alpha 0.5 --momentum 0.25 --eps 0.1",
            lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.5, momentum=0.25, eps=0.1),
        ),
        (
            "--optimizer adagrad --lr-decay 0.5 --initial-accumulator-value 3",
            lambda p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.5, initial_accumulator_value=3),
        ),
        (
            "--optimizer adam --beta1 0.5 --beta2 0.75",
            lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.5, 0.75)),
        ),
        (
            "--optimizer adamw --weight-decay 0.5",
            lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.5),
        ),
    ],
)
def test_optimizers_have_the_settings_asked_for(
    capsys: pytest.CaptureFixture[str], options: str, make: Any
) -> None:
    given = ("--preset", "four_points", "--epochs", "9", "--learning-rate", "0.1")
    obj = trained(capsys, *given, *options.split())
    x = torch.tensor([0.0, 1, 2, 3])
    parameters = [torch.zeros(1, requires_grad=True) for _ in range(2)]
    optimizer = make(parameters)
    for expected in obj["loss"]:
        optimizer.zero_grad()
        loss = torch.mean((parameters[0] * x + parameters[1] - 2 * x - 1) ** 2)
        assert expected == pytest.approx(loss.item(), rel=1e-5)
        loss.backward()
        optimizer.step()


def test_help_tells_defaults_that_differ(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "--eps N Epsilon. Added to the divisor, so that it is never 0. (1e−20 … 1; de" in text
    assert "default 1e−8, 1e−10 with adagrad)" in text
    assert "--nesterov, --no-nesterov Nesterov. Look ahead" in text


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


# CSV files.


# Refusals.


# Export.


# The terminal.


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


# Sources of data.


@pytest.mark.parametrize("name", [name for name in REGISTRIES["data"] if name != "table"])
def test_every_source_can_be_trained_on_and_is_in_the_help(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    words = ["--data", name, "--epochs", "2", "--learning-rate", "1e-4"]
    if name == "drawn":
        words += ["--drawing", "0,1 1,3 2,5"]
    if name == "drawn_classes":
        words += ["--class-points", "0,1,1 1,3,1 2,-5,2"]
    obj = trained(capsys, *words)
    assert obj["experiment"]["data"]["name"] == name
    assert len(obj["loss"]) == 2
    assert cli.main(["train", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert name in text.partition("A source of data (")[2].partition(")")[0].split(", ")
    for param in REGISTRIES["data"][name].params:
        point = ",".join(param.columns).upper()
        value = f"{point} [{point} ...]" if param.kind == "points" else "N"
        assert f"--{param.name.replace('_', '-')} {value} {param.label}." in text


def test_settings_of_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--data", "sine", "--period", "2,5", "--noise", "0", "--points", "9", "--epochs", "3")
    obj = trained(
        capsys, *words, "--init", "0.5", "1", "--predict", "0.625", "--test-fraction", "0"
    )
    x = np.linspace(0, 5, 9)
    losses, w, b = descent(x, 2 * np.sin(2 * np.pi * x / 2.5), 0.5, 1.0, 0.01, 3)
    assert obj["loss"] == pytest.approx(losses, rel=1e-6)
    assert obj["final"] == pytest.approx({"w": w, "b": b}, rel=1e-6)
    assert obj["predictions"][0]["true"] == pytest.approx(2.0)


@pytest.mark.parametrize(
    "words",
    [
        ["0,1", "1,3", "-2,-5.5", "-1e-1,-.5"],
        ["0,1 1,3 -2,-5.5 -0.1,-0.5"],
        ["0, 1; 1, 3; −2, −5.5\n-0.1 -0.5;"],
        ["(0, 1), (1, 3)", "(-2, -5.5), [-.1, -.5]"],
    ],
)
def test_points_can_be_typed_in_the_ways_that_people_type_them(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    options = ("--epochs", "3", "--init", "0.5", "1", "--test-fraction", "0")
    obj = trained(capsys, "--data", "drawn", "--drawing", *words, *options)
    x, y = [0.0, 1.0, -2.0, -0.1], [1.0, 3.0, -5.5, -0.5]
    assert obj["experiment"]["data"]["values"]["drawing"] == [
        list(p) for p in zip(x, y, strict=True)
    ]
    losses, w, b = descent(np.array(x), np.array(y), 0.5, 1.0, 0.01, 3)
    assert obj["loss"] == pytest.approx(losses, rel=1e-6)
    assert obj["final"] == pytest.approx({"w": w, "b": b}, rel=1e-6)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--data sine --period 0", "Period 0 is too small: choose a number above 0"),
        ("--data outliers --outlier-share 1", "Outlier share 1 is too large"),
        ("--data anscombe --set 5", "Set 5 is too large: choose a number from 1 to 4."),
        ("--data hubble --noise 1", "--noise belongs to data “Line”, and “Hubble 1929” is chosen"),
        ("--period 2", "--period belongs to data “Sine”, and “Line” is chosen"),
        ("--data drawn", "The drawing is empty: click on the Fit plot to add points, or type"),
        ("--data drawn --drawing 1,2 3", "Drawing: “3” is not a list of points. Type x, y"),
        ("--data drawn --drawing 1,nan", "Drawing: “1,nan” is not a list of points."),
        ("--data drawn --drawing 1,2 -3,1e99", "Drawing: y of point 2 is out of range. Choose a"),
        ("--data drawn --drawing 1,2 --noise 1", "--noise belongs to data “Line”, and “Draw your"),
        ("--drawing 1,2", "--drawing belongs to data “Draw your own”, and “Line” is chosen"),
        ("--data hubble --batch-size 20", "Batch size 20 is larger than the 19 training points"),
    ],
)
def test_wrong_settings_of_a_source_are_told(
    capsys: pytest.CaptureFixture[str], words: str, sentence: str
) -> None:
    assert cli.main(["train", *words.split()]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "line"), [("outliers", "True parameters: w=2.0, b=1.0"), ("parabola", None)]
)
def test_true_parameters_are_told_of_a_line_only(
    capsys: pytest.CaptureFixture[str], name: str, line: str | None
) -> None:
    assert cli.main(["train", "--data", name, "--epochs", "1"]) == 0
    told = [text for text in capsys.readouterr().out.splitlines() if text.startswith("True")]
    assert told == ([line] if line else [])


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_the_preset_of_anscombes_sets_learns_the_published_line(
    capsys: pytest.CaptureFixture[str], number: str
) -> None:
    final = trained(capsys, "--preset", "anscombe", "--set", number)["final"]
    assert (round(final["w"], 2), round(final["b"], 2)) == (0.5, 3.0)


def test_the_preset_of_hubble_learns_his_slope(capsys: pytest.CaptureFixture[str]) -> None:
    obj = trained(capsys, "--preset", "hubble_1929")
    assert obj["final"] == pytest.approx({"w": 454.16, "b": -40.78}, rel=1e-3)
    assert obj["initial"] == {"w": 0.0, "b": 0.0}
    assert obj["test"] is None


# Models of other kinds.


@pytest.mark.parametrize(
    ("words", "model"),
    [
        (("--model", "polynomial", "--degree", "4"), {"degree": 4}),
        (
            ("--model", "mlp"),
            {"hidden": [8, 8], "activation": "tanh", "scheme": "default", "dropout": 0.0},
        ),
        (
            ("--model", "mlp", "--hidden", "4, 2", "--activation", "relu", "--scheme", "xavier"),
            {"hidden": [4, 2], "activation": "relu", "scheme": "xavier", "dropout": 0.0},
        ),
    ],
)
def test_models_are_asked_for_by_their_options(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], model: dict[str, Any]
) -> None:
    more = ("--preset", "article", "--epochs", "3", "--standardize")
    made = trained(capsys, *more, *words)
    assert made["experiment"]["model"]["values"] == model
    assert made["experiment"]["initial"] is None
    assert set(made["final"]) == ({"w1", "w2", "w3", "w4", "b"} if "degree" in model else set())
    assert (made["least_squares"] is not None) == ("degree" in model)
    assert cli.main(["train", *more, *words]) == 0
    out = capsys.readouterr().out
    if "degree" in model:
        assert "Best is the least-squares polynomial of the training points: w1=" in out
    else:
        assert re.search(r"Initial parameters: \d+ numbers \(W1 \d×1, b1 \d", out)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--model", "mlp", "--hidden", "8, , x"), "Hidden layers: “8, , x” is not a list"),
        (("--model", "mlp", "--activation", "step"), "Choose one of relu, tanh, sigmoid, gelu"),
        (("--hidden", "8"), "--hidden belongs to model “Neural net”"),
        (("--model", "polynomial", "--degree", "31"), "Degree 31 is too large"),
        (("--model", "mlp", "--init", "1"), "The model has 97 weights"),
    ],
)
def test_models_that_cannot_be_are_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert cli.main(["train", *words]) == 2
    assert sentence in capsys.readouterr().err


def test_a_high_degree_is_warned_of_before_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--model", "polynomial", "--degree", "30"]) == 0
    told = capsys.readouterr()
    assert "The highest power of x reaches 9.3e20 here" in told.err
    assert "Stopped at the first step" in told.out
