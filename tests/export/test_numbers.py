"""Notebook, NPZ, predictions and the table of runs, against the run that they are of."""

import csv
import io
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guitrain.core.experiment import Choice
from guitrain.core.run import Run
from guitrain.export.history_npz import history_npz
from guitrain.export.notebook import notebook
from guitrain.export.predictions_csv import predictions_csv
from guitrain.export.runs_csv import runs_csv
from guitrain.export.script import script_text
from guitrain.presets import preset
from guitrain.snapshot import RunRow

ARTICLE = preset("article").experiment


def run_of(steps: float, preset_name: str = "article") -> Run:
    run = Run(preset(preset_name).experiment)
    run.run_until(math.inf, steps)
    return run


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_notebook_prints_what_the_script_prints(tmp_path: Path) -> None:
    run = run_of(57)
    run.change({"learning_rate": 0.02})
    run.run()
    text = script_text(run.view())
    made = json.loads(notebook(text, "A run"))
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in made["cells"]]
    assert len(set(ids)) == len(ids)
    heads = ["".join(c["source"]) for c in made["cells"] if c["cell_type"] == "markdown"]
    assert heads[:2] == ["# A run", "## 1. Data: inputs and true labels"]
    code = ["".join(c["source"]) for c in made["cells"] if c["cell_type"] == "code"]
    assert all(c["outputs"] == [] for c in made["cells"] if c["cell_type"] == "code")
    said = []
    # Each cell by itself in one namespace, as a kernel does it.
    runner = "import json, sys\nspace = {}\nfor cell in json.load(open(sys.argv[1])):\n"
    runner += "    exec(compile(cell, 'cell', 'exec'), space)\n"
    (tmp_path / "cells.json").write_text(json.dumps(code))
    (tmp_path / "script.py").write_text(text)
    for command in (["-c", runner, "cells.json"], ["script.py"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        said.append(done.stdout)
    assert said[0] == said[1]
    assert "After training" in said[0]


def test_npz_has_every_column() -> None:
    run = run_of(40)
    found = np.load(io.BytesIO(history_npz(run.view())))
    assert found["step"].tolist() == list(range(1, 41))
    log = run.steps.publish()
    for name in ("loss", "learning_rate", "gradient_norm", "w", "b"):
        np.testing.assert_array_equal(found[name], log.column(name))
    np.testing.assert_array_equal(found["grad_w"], log.column("∂w"))
    assert found["epoch"].tolist() == list(range(1, 41))
    np.testing.assert_array_equal(found["epoch_loss"], run.epochs.publish().column("loss"))


def test_predictions_of_numbers() -> None:
    run = run_of(100)
    rows = table_of(predictions_csv(run))
    data = run.learner.data
    assert [row["set"] for row in rows] == ["training"] * 100 + ["test"] * 20
    w, b = (float(p) for p in run.learner.numbers)
    for row, x, y in zip(rows, data.train.inputs[:, 0], data.train.targets, strict=False):
        assert (float(row["x"]), float(row["y"])) == (x, y)
        assert float(row["prediction"]) == pytest.approx(w * x + b, rel=1e-5)


def test_predictions_of_classes_have_probabilities() -> None:
    run = run_of(200, "iris")
    rows = table_of(predictions_csv(run))
    names = run.learner.data.classes
    right = 0
    for row in rows:
        chances = [float(row[f"probability_{name}"]) for name in names]
        assert sum(chances) == pytest.approx(1, abs=1e-5)
        assert row["prediction"] == names[int(np.argmax(chances))]
        right += row["prediction"] == row[run.learner.data.target_name]
    assert right > 0.7 * len(rows)


def test_the_table_of_runs() -> None:
    shared: dict[str, Any] = {"style": 0, "visible": True, "current": False, "racing": False}
    rows = (
        RunRow(
            7,
            1,
            'slow, "old"',
            parent=None,
            changes={},
            epoch=9,
            step=9,
            loss=0.25,
            diverged=False,
            **shared,
        ),
        RunRow(
            8,
            2,
            "",
            parent=(1, 5),
            changes={"learning_rate": 0.5},
            epoch=6,
            step=6,
            loss=math.inf,
            diverged=True,
            **shared,
        ),
        RunRow(
            9,
            3,
            "",
            parent=None,
            changes={"model": Choice("mlp")},
            epoch=0,
            step=0,
            loss=None,
            diverged=False,
            **shared,
        ),
    )
    one, two, three = table_of(runs_csv(rows))
    assert one["name"] == 'slow, "old"'
    assert (one["loss"], one["diverged"]) == ("0.25", "no")
    assert (two["from_run"], two["from_step"], two["changes"]) == ("1", "5", "learning rate 0.5")
    assert (two["loss"], two["diverged"]) == ("inf", "yes")
    assert three["loss"] == ""
