"""``guitrain train``: what it prints, as the article's table and as JSON."""

import math
import re
from collections.abc import Sequence

import numpy as np
import pytest
from torch import nn

from guitrain.core.experiment import Experiment
from guitrain.presets import preset
from tests.cli.running import ARTICLE_TABLE, INIT, Plain, Train, article_lines, program

# The table.


def test_article_preset_prints_the_table_of_the_article() -> None:
    done = program("--preset", "article")
    assert article_lines(done.out) == ARTICLE_TABLE.splitlines()
    assert "Stopped: all 100 epochs are done. Final loss 0.2291." in done.out
    assert re.search(r"MSE +0\.2291 .*0\.2037", done.out)
    assert "w=2.014, b=0.914" in done.out
    # Into a pipe go no bar and no traces of one.
    assert done.err == ""
    assert not {"\r", "\x1b", "\b"} & set(done.out)
    assert done.code == 0


def test_last_epoch_is_in_the_table_wherever_the_run_ends(train: Train) -> None:
    out = train("--preset", "article", "--epochs", "37").out
    epochs = re.findall(r"Epoch \[(\d+)/37\], Loss: [\d.]+\n", out)
    assert epochs == [str(k) for k in (*range(3, 37, 3), 37)]
    out = train("--preset", "article", "--target-loss", "0.25").out
    assert re.findall(r"Epoch \[(\d+)/100\]", out)[-2:] == ["30", "36"]
    assert "Stopped after epoch 36" in out


def test_predictions_outside_the_training_x_are_marked(train: Train) -> None:
    out = train("--epochs", "1", "--predict", "-1", "2", "5.5").out
    marked = {
        line.partition(",")[0]: "outside" in line
        for line in out.splitlines()
        if line.startswith("Input")
    }
    assert marked == {"Input x=-1": True, "Input x=2": False, "Input x=5.5": True}


def test_diverged_run_is_a_result(train: Train) -> None:
    done = train("--preset", "article", "--learning-rate", "0.3")
    assert done.code == 0
    assert "0.3 is over 2/λmax = 0.1094" in done.out
    assert "nan" not in done.out


@pytest.mark.parametrize("points", ["1", "2"])
def test_one_or_two_points_train(train: Train, points: str) -> None:
    done = train("--points", points, "--epochs", "3", "--predict", "1")
    assert done.code == 0
    assert "Stopped: all 3 epochs are done" in done.out


def test_million_points_train(train: Train) -> None:
    done = train("--points", "1000000", "--epochs", "2", "--json")
    assert done.code == 0
    assert len(done.json["loss"]) == 2


@pytest.mark.parametrize("noise", ["0", "1e6"])
def test_no_noise_and_huge_noise_train(train: Train, noise: str) -> None:
    obj = train("--noise", noise, "--epochs", "2", "--json").json
    assert obj["experiment"]["data"]["values"]["noise"] == float(noise)
    assert all(math.isfinite(loss) for loss in obj["loss"])


# JSON, against a loop in plain PyTorch.


def test_json_has_all_its_keys_and_the_numbers_of_plain_pytorch(train: Train) -> None:
    plain = Plain(100, 60, nn.MSELoss())
    done = train("--json", "--epochs", "60", *INIT, "--predict", "-1", "2")
    obj = done.json
    assert (done.code, done.err) == (0, "")
    assert obj["loss"] == pytest.approx(plain.losses, rel=1e-6)
    assert obj["initial"] == pytest.approx({"w": -0.2, "b": -1e-3})
    assert obj["final"] == pytest.approx(plain.final, rel=1e-6)
    assert obj["stop"]["rule"] == "epochs"
    assert obj["stop"]["sentence"].startswith("Stopped: all 60 epochs are done.")
    assert obj["predictions"] == [
        {"x": -1.0, "predicted": pytest.approx(plain.predicted[0], rel=1e-6), "true": -1.0},
        {"x": 2.0, "predicted": pytest.approx(plain.predicted[1], rel=1e-6), "true": 5.0},
    ]
    x = np.linspace(0, 5, 100)
    y = 2 * x + 1 + np.random.RandomState(42).normal(0, 0.5, 100)
    slope, intercept = np.polyfit(x, y, 1)
    assert obj["least_squares"] == pytest.approx({"w": slope, "b": intercept})
    error = plain.final["w"] * x + plain.final["b"] - y
    assert obj["train"] == pytest.approx(
        {
            "mse": np.mean(error**2),
            "mae": np.mean(np.abs(error)),
            "rmse": np.sqrt(np.mean(error**2)),
            "r2": 1 - np.sum(error**2) / np.sum((y - y.mean()) ** 2),
        },
        rel=1e-5,
    )
    assert set(obj["test"]) == {"mse", "mae", "rmse", "r2"}
    assert obj["test"]["mse"] != pytest.approx(obj["train"]["mse"])
    again = Experiment.from_json(obj["experiment"])
    assert again.initial == (-0.2, -1e-3)
    assert again.stop.epochs == 60


def test_full_batch_losses_have_the_bits_of_plain_pytorch(train: Train) -> None:
    assert train("--json", *INIT).json["loss"] == Plain(100, 100, nn.MSELoss()).losses


@pytest.mark.parametrize(
    ("options", "loss"),
    [
        (("--loss", "mse"), nn.MSELoss()),
        (("--loss", "mae"), nn.L1Loss()),
        (("--loss", "huber", "--delta", "0.3"), nn.HuberLoss(delta=0.3)),
    ],
)
def test_mini_batch_losses_are_the_means_of_their_epochs(
    train: Train, options: Sequence[str], loss: nn.Module
) -> None:
    plain = Plain(23, 12, loss, 5, lr=0.02, momentum=0.5)  # the last batch has 3 points
    given = ("--points", "23", "--batch-size", "5", "--epochs", "12", "--learning-rate", "0.02")
    obj = train("--json", *INIT, *given, "--optimizer", "sgd", "--momentum", "0.5", *options).json
    assert obj["loss"] == pytest.approx(plain.losses, rel=1e-5)
    assert obj["final"] == pytest.approx(plain.final, rel=1e-5)


def test_json_of_a_diverged_run_has_no_nan(train: Train) -> None:
    done = train("--json", "--learning-rate", "900", "--predict", "1e30", "--epochs", "1000")
    assert done.code == 0
    assert done.json["stop"]["rule"] == "non_finite"
    assert done.json["predictions"][0]["predicted"] is None  # beyond float32


def test_standardized_run_speaks_in_the_units_of_the_data(train: Train) -> None:
    obj = train("--json", "--standardize", "--learning-rate", "0.1", "--epochs", "400", *INIT).json
    assert obj["initial"] == pytest.approx({"w": -0.2, "b": -1e-3}, abs=1e-6)
    assert obj["final"] == pytest.approx(obj["least_squares"], rel=1e-5)


def test_seed_sets_them_all_and_draws_new_weights_for_a_preset(train: Train) -> None:
    one, same, other = (
        train("--json", "--preset", "article", "--epochs", "2", "--batch-size", "30", "--seed", s)
        for s in ("7", "7", "8")
    )
    assert one.out == same.out
    assert one.json["experiment"]["seeds"] == dict.fromkeys(
        ("data", "weights", "batches", "dropout"), 7
    )
    assert one.json["experiment"]["initial"] is None
    assert one.json["initial"] != other.json["initial"]
    assert one.json["loss"] != other.json["loss"]


def test_preset_is_what_the_window_shows(train: Train) -> None:
    for name in ("article", "anscombe", "hubble_1929", "four_points"):
        obj = train("--json", "--preset", name).json
        assert Experiment.from_json(obj["experiment"]) == preset(name).experiment
        assert [(one["x"],) for one in obj["predictions"]] == list(preset(name).predict)
    assert obj["loss"][0] == 21.0
    assert train("--json", "--preset", name, "--epochs", "1").json["final"] == pytest.approx(
        {"w": 1.7, "b": 0.8}
    )


def test_unreachable_target_is_told_and_the_run_goes_on(train: Train) -> None:
    done = train("--preset", "article", "--target-loss", "0.01")
    assert "No line can reach a loss of 0.01 on these points: the best is 0.2037" in done.err
    assert "all 100 epochs are done" in done.out
    assert done.code == 0
    assert train("--preset", "article", "--target-loss", "0.25").err == ""
