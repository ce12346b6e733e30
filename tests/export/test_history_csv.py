import csv
import io
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from guitrain.core.experiment import Experiment
from guitrain.export.experiment_json import experiment_json
from guitrain.export.history_csv import CHUNK_ROWS, history_csv
from tests.plots.runs import ARTICLE, run_of, table_experiment


def rows_of(run: Any) -> tuple[list[str], list[dict[str, str]]]:
    text = b"".join(history_csv(run.view())).decode("utf-8")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    return list(reader.fieldnames or ()), list(reader)


def test_article_reads_back_to_the_float32_that_was_recorded() -> None:
    run = run_of(100)
    names, rows = rows_of(run)
    assert names == ["step", "epoch", "loss", "learning_rate", "gradient_norm", "w", "b"]
    assert len(rows) == 100
    steps = run.steps.publish()
    for name in ("loss", "gradient_norm", "w", "b"):
        read = np.array([row[name] for row in rows], dtype=np.float32)
        np.testing.assert_array_equal(read, steps.column(name))
    assert rows[56]["epoch"] == rows[56]["step"] == "57"
    assert f"{float(rows[56]['loss']):.4f}" == "0.2420"
    assert f"{float(rows[56]['w']):.4f}" == "1.8947"
    assert rows[0]["learning_rate"] == "0.01"
    assert len(rows[0]["w"]) <= len("-0.20546000")


def test_epochs_count_batches() -> None:
    _, rows = rows_of(run_of(2, {"batch_size": 40}))
    assert [row["epoch"] for row in rows] == ["1", "1", "1", "2", "2", "2"]


def test_parameters_are_in_the_datas_own_units() -> None:
    run = run_of(3, {"standardize": True})
    _, rows = rows_of(run)
    names = ("w", "b")
    raw = np.array([[run.steps.publish().value(n, k) for n in names] for k in range(3)])
    own = run.own_units(raw)
    read = np.array([[float(row[n]) for n in names] for row in rows])
    np.testing.assert_array_equal(read, own)
    assert not np.allclose(read, raw)


def test_rows_go_on_across_chunks_in_order() -> None:
    run = run_of(CHUNK_ROWS + 10, {"stop.epochs": 10**6})
    chunks = list(history_csv(run.view()))
    assert len(chunks) == 3
    _, rows = rows_of(run)
    assert [int(row["step"]) for row in rows] == list(range(1, CHUNK_ROWS + 11))


def test_thinned_steps_are_left_out_and_the_step_column_says_so() -> None:
    run = run_of(20_000, {"stop.epochs": 20_000}, history_bytes=400_000)
    first = run.steps.publish().first
    assert first > 0
    _, rows = rows_of(run)
    assert int(rows[0]["step"]) == int(rows[0]["epoch"]) == first + 1
    assert int(rows[-1]["step"]) == 20_000


def test_diverging_losses_are_written_as_they_were() -> None:
    run = run_of(10**6, {"learning_rate": 10.0, "stop.epochs": 10**6})
    _, rows = rows_of(run)
    read = np.array([row["loss"] for row in rows], dtype=np.float32)
    np.testing.assert_array_equal(read, run.steps.publish().column("loss"))


@pytest.mark.parametrize(
    "experiment", [ARTICLE, table_experiment([1.0, 2.0], [3.0, 4.0], ("面积", "价格"))]
)
def test_experiment_reads_back_equal(experiment: Experiment) -> None:
    content = experiment_json(experiment)
    assert content.endswith(b"}\n")
    assert b"\n  " in content
    assert Experiment.from_json(json.loads(content.decode("utf-8"))) == experiment


def test_names_stay_readable_in_json() -> None:
    content = experiment_json(table_experiment([1.0, 2.0], [3.0, 4.0], ("面积", "价格")))
    assert "面积" in content.decode("utf-8")


def test_numbers_can_be_exported_without_qt_and_without_torch() -> None:
    code = (
        "import sys, guitrain.export.history_csv, guitrain.export.experiment_json\n"
        "assert not {'PySide6', 'pyqtgraph', 'torch'} & set(sys.modules), 'imported'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
