"""``guitrain sweep``: the table, JSON, files and refusals."""

import csv
import json
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from guitrain import cli
from guitrain.core.experiment import Experiment
from guitrain.core.sweep_job import SweepJob
from tests.core.recipes import finished

SHORT = ("--points", "30", "--epochs", "20", "--standardize")


@pytest.fixture(autouse=True)
def process_as_before(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def swept(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert cli.main(["sweep", *SHORT, *words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found: dict[str, Any] = json.loads(out, parse_constant=pytest.fail)
    return found


def test_each_lane_is_a_run_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    rates = "0.01:1.5:4"
    found = swept(capsys, "--learning-rate", rates, "--momentum", "0,0.5")
    experiment = Experiment.from_json(found["experiment"])
    assert found["setting"] == "optimizer.momentum"
    assert found["values"] == [0, 0.5]
    assert [lane["value"] for lane in found["lanes"]] == [0] * 4 + [0.5] * 4
    given: Any = [lane["learning_rate"] for lane in found["lanes"]]
    np.testing.assert_allclose(given, np.tile(np.geomspace(0.01, 1.5, 4), 2), rtol=5e-4)
    for lane in found["lanes"]:
        alone = finished(
            experiment.changed(
                {"learning_rate": lane["learning_rate"], "optimizer.momentum": lane["value"]}
            )
        )
        assert alone.ended is not None
        assert lane["stop"] == alone.ended.rule.value
        losses: Any = alone.epochs.publish().column("loss")
        assert lane["epochs"] == len(losses)
        assert lane["loss_epochs"] == list(range(1, len(losses) + 1))
        np.testing.assert_allclose(lane["loss"], losses, rtol=1e-4)
    final = [lane["final_loss"] for lane in found["lanes"]]
    assert found["best"] == min(range(8), key=lambda at: final[at] or 1e9)
    # x is standardized: λmax of the mean of squares is 2, so the limit 2/λmax is 1.
    assert found["limits"] == pytest.approx([1, 1.5])


def test_the_table_names_the_limit_and_the_best(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--learning-rate", "0.05, 0.5, 3", "--epochs", "100")
    assert cli.main(["sweep", *SHORT, *words]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split() == ["Learning", "rate", "Final", "loss", "Epochs"]
    assert [line.split()[0] for line in out[1:4]] == ["0.05", "0.5", "3"]
    assert out[2].endswith("best")
    assert out[3].endswith("diverged")
    assert out[3].split()[1] == "–"
    assert "Descent diverges over 2/λmax = 1." in out
    assert out[-1].startswith("Best: η = 0.5, final loss 0.")


def test_without_a_range_it_goes_around_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    rates = [lane["learning_rate"] for lane in swept(capsys)["lanes"]]
    assert len(rates) == 20
    assert rates[0] < 0.1 < 1 < rates[-1] < 10


@pytest.mark.parametrize(
    ("option", "values", "parsed"),
    [
        ("--batch-size", "5, 20, all", [5, 20, None]),
        ("--l2", "0;0,5", [0, 0.5]),
        ("--hidden", "3/4,4", [[3], [4, 4]]),
    ],
)
def test_other_settings_take_several_values(
    capsys: pytest.CaptureFixture[str], option: str, values: str, parsed: list[Any]
) -> None:
    model = ("--model", "mlp") if option == "--hidden" else ()
    found = swept(capsys, *model, "--learning-rate", "0.01:0.1:2", option, values, "--epochs", "2")
    assert found["values"] == parsed
    assert len(found["lanes"]) == 2 * len(parsed)


def test_the_files_hold_every_lane(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--learning-rate", "0.05:4:3", "--batch-size", "10,all")
    assert cli.main(["sweep", *SHORT, *words, "--export", str(tmp_path)]) == 0
    assert "sweep.csv" in capsys.readouterr().out
    names = ["experiment.json", "losses.csv", "sweep.csv", "sweep.png", "sweep.svg"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    with (tmp_path / "sweep.csv").open(encoding="utf-8", newline="") as handle:
        lanes = list(csv.DictReader(handle))
    assert [lane["batch_size"] for lane in lanes] == ["10"] * 3 + ["all"] * 3
    assert lanes[2]["stop"] == "non_finite"
    assert lanes[2]["final_loss"] == ""
    with (tmp_path / "losses.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["lane"] == "4"]
    alone = finished(
        Experiment.from_json(json.loads((tmp_path / "experiment.json").read_text())).changed(
            {"learning_rate": 0.05, "batch_size": None}
        )
    )
    losses: Any = alone.epochs.publish().column("loss")
    kept: Any = [float(row["loss"]) for row in rows]
    np.testing.assert_allclose(kept, losses, rtol=1e-5)
    assert [row["epoch"] for row in rows] == [str(at) for at in range(1, 21)]
    svg = (tmp_path / "sweep.svg").read_text(encoding="utf-8")
    for text in ("learning rate", "final loss", "batch size 10", "diverged"):
        assert text in svg


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--learning-rate", "0.01"), "0.01 is no range"),
        (("--learning-rate", "1:2:3:4"), "is no range"),
        (("--learning-rate", "1:0.1:5"), "must be above the smallest"),
        (("--learning-rate", "a:1:5"), "“a” is not a number"),
        (("--learning-rate", "0.1:1:1"), "1 is too small"),
        (("--learning-rate", "0.1:1:2.5"), "whole number"),
        (("--learning-rate", "0.1:2000:5"), "Largest learning rate 2000 is too large"),
        (("--momentum", "0,2"), "Momentum 2 is too large"),
        (("--momentum", "0,x"), "“x” is not a number"),
        (("--momentum", "0,0.5", "--l2", "0,1"), "--l2 and --momentum both have several"),
        (("--beta1", "0.8,0.9"), "--beta1 belongs to"),
        (("--batch-size", "5,500"), "larger than the 30"),
        (("--jobs", "0"), "Jobs 0 is too small"),
        (("--cluster", " "), "--cluster is empty"),
        (("--export", ""), "--export is empty"),
        (("--predict", "1"), "there is no option --predict"),
    ],
)
def test_a_sentence_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert cli.main(["sweep", *SHORT, *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.lower().startswith("guitrain sweep: ")
    assert says.lower() in told.err.lower()
    assert told.err.count("\n") == 1


def test_ctrl_c_leaves_what_there_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = SweepJob.advance

    def interrupted(job: SweepJob, deadline: float) -> bool:
        signal.raise_signal(signal.SIGINT)
        return advance(job, deadline)

    monkeypatch.setattr(SweepJob, "advance", interrupted)
    words = ("--learning-rate", "0.01:0.1:3", "--epochs", "1000000000", "--json")
    assert cli.main(["sweep", *words]) == 130
    found = json.loads(capsys.readouterr().out)
    assert [lane["stop"] for lane in found["lanes"]] == ["interrupted"] * 3
    assert found["lanes"][0]["epochs"] > 0
    assert found["lanes"][0]["final_loss"] > 0
