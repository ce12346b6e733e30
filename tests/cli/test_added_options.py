"""``guitrain train`` with a schedule and penalties: their options, refusals and numbers."""

from pathlib import Path

import pytest

from tests.cli.running import Train, assert_refused, history


def test_a_schedule_and_penalties_are_trained_with_and_recorded(
    train: Train, tmp_path: Path
) -> None:
    options = ("--preset", "article", "--epochs", "6", "--l2", "0.5", "--l1", "1e-3")
    schedule = ("--schedule", "step", "--drop-every", "2", "--drop-factor", "0.1")
    done = train(*options, *schedule, "--export", str(tmp_path), "--json")
    assert done.code == 0
    made = done.json["experiment"]
    assert made["schedule"] == {"name": "step", "values": {"drop_every": 2, "drop_factor": 0.1}}
    assert (made["l1"], made["l2"]) == (0.001, 0.5)
    rates = [float(row["learning_rate"]) for row in history(tmp_path)]
    assert rates == pytest.approx([0.01, 0.01, 0.001, 0.001, 0.0001, 0.0001])
    plain = train("--preset", "article", "--epochs", "6", "--json").json
    # At first they differ by the penalty on w = −0.20546.
    by = 0.5 * 0.20546**2 + 1e-3 * 0.20546
    assert done.json["loss"][0] - plain["loss"][0] == pytest.approx(by, rel=1e-3)


def test_the_table_says_that_its_errors_have_no_penalty(train: Train) -> None:
    said = "Penalties are part of the loss, but not of these numbers."
    assert said in train("--epochs", "2", "--l2", "0.1").out
    assert said not in train("--epochs", "2").out


def test_what_cannot_be_is_refused(train: Train) -> None:
    for options, says in (
        (("--schedule", "sometimes"), "Schedule: there is no “sometimes”"),
        (("--drop-every", "3"), "--drop-every belongs to schedule “Step decay”"),
        (("--schedule", "step", "--drop-every", "0"), "Drop every 0 is too small"),
        (("--schedule", "cosine", "--cosine-floor", "2"), "Lowest part 2 is too large"),
        (("--l2", "-1"), "L2 penalty −1 is too small"),
        (("--l1", "much"), "L1 penalty: “much” is not a number"),
    ):
        assert_refused(train(*options), says)


def test_a_device_that_is_not_here_is_refused(train: Train) -> None:
    from guitrain.core.devices import present

    absent = next(name for name in ("mps", "cuda") if name not in present())
    assert_refused(train("--device", absent), "This machine has no")
    assert_refused(train("--device", "abacus"), "Choose one of cpu, cuda, mps.")
    assert train("--device", "CPU", "--epochs", "1", "--json").json["device"] == "CPU"
