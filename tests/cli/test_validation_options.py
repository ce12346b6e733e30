"""``guitrain train`` with a validation set: options, table and JSON."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from guitrain import cli
from guitrain.core.evaluation import Metrics
from guitrain.core.experiment import Experiment
from guitrain.core.run import Run

WORDS = ("train", "--preset", "overfitting", "--validation-patience", "20")


def test_the_run_stops_early_and_says_where_the_lowest_was(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main([*WORDS, "--json", "--export", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    experiment = Experiment.from_json(found["experiment"])
    assert experiment.stop.validation_patience == 20
    run = Run(experiment)
    run.run()
    losses = run.epochs.publish().column("validation").tolist()
    assert found["validation_loss"] == losses
    assert found["stop"]["rule"] == "validation"
    best = int(np.argmin(losses))
    assert found["lowest_validation"] == {"epoch": best + 1, "loss": losses[best]}
    scores = run.test().validation
    assert isinstance(scores, Metrics)
    assert found["validation"]["mse"] == scores.mse
    with open(tmp_path / "history.csv", encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [float(row["validation_loss"]) for row in rows] == losses


def test_the_table_has_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*WORDS, "--epochs", "60", "--batch-size", "7"]) == 0
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if line.startswith("Epoch [")]
    assert all(", Validation loss: " in line for line in lines)
    assert "Lowest validation loss: " in out
    assert out.splitlines()[-5].split() == ["train", "validation", "test"]
    assert cli.main(["train", "--preset", "article"]) == 0
    assert "alidation" not in capsys.readouterr().out


def test_with_mini_batches_the_history_has_it_at_each_epochs_first_step(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("--epochs", "4", "--batch-size", "7", "--export", str(tmp_path), "--json")
    assert cli.main([*WORDS, *words]) == 0
    losses = json.loads(capsys.readouterr().out)["validation_loss"]
    with open(tmp_path / "history.csv", encoding="utf-8", newline="") as handle:
        told = [row["validation_loss"] for row in csv.DictReader(handle)]
    assert [float(text) for text in told[::3]] == losses
    assert {*told[1::3], *told[2::3]} == {""}


def test_what_cannot_be_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--validation-patience", "5"]) == 2
    assert "raise the validation share" in capsys.readouterr().err
    assert cli.main([*WORDS[:3], "--validation-patience", "off", "--epochs", "3"]) == 0
