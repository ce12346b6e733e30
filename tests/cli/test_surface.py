"""``guitrain train`` on a test surface: no data, no scores, and a landscape to export."""

from pathlib import Path

from tests.cli.running import EXPORTED, Train, assert_refused

WORDS = ("--data", "rosenbrock", "--learning-rate", "0.001", "--epochs", "20")


def test_a_surface_is_trained_printed_and_exported(train: Train, tmp_path: Path) -> None:
    done = train(*WORDS, "--export", str(tmp_path / "run"))
    assert done.code == 0
    assert "Initial parameters: u=-1.200, v=1.000" in done.out
    assert "Stopped: all 20 epochs are done." in done.out
    assert "MSE" not in done.out
    names = [name.replace("fit", "landscape") for name in EXPORTED]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == sorted(names)
    svg = (tmp_path / "run" / "landscape.svg").read_text("utf-8")
    assert "minimum" in svg
    assert svg.count("<path") > 20  # contours, not a picture of them
    obj = train(*WORDS, "--init", "0.5", "0.25", "--json").json
    assert (obj["train"], obj["test"], obj["predictions"]) == (None, None, [])
    assert obj["initial"] == {"u": 0.5, "v": 0.25}
    assert obj["loss"][0] == 0.25  # (1 − 0.5)², on the valley's floor


def test_what_asks_for_points_is_refused_in_words(train: Train) -> None:
    assert_refused(train(*WORDS, "--batch-size", "5"), "Batch size", "has none")
    assert_refused(train(*WORDS, "--model", "mlp"), "learns from points", "surface")
    assert_refused(train(*WORDS, "--predict", "1"), "has none")
    assert_refused(train("--data", "moons", "--model", "surface"), "test surfaces", "mlp")
    assert_refused(train(*WORDS, "--loss", "mse"), "height")


def test_a_rate_beyond_the_ravines_limit_is_told_before_the_run(train: Train) -> None:
    done = train("--data", "ravine", "--learning-rate", "0.3", "--epochs", "5")
    assert "over 2/λmax = 0.2" in done.err
