"""A run saved as a script: written to a file and run by itself, it gives the run's numbers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.core.table import Table
from guitrain.export.script import script_text
from guitrain.files.atomic import write_whole
from tests.plots.runs import ARTICLE, run_of


def printed(path: Path) -> str:
    """What the script prints, started as a user does, in a folder of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", path.name],
        cwd=path.parent,
        env={**os.environ, "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def nine_digits(run: Run) -> str:
    """What a script says of this run's end."""
    view = run.view()
    assert view.numbers is not None
    w, b = view.numbers
    return f"To nine digits: w={w:.9g}, b={b:.9g}, loss={view.final_loss:.9g}\n"


def test_a_saved_script_gives_the_numbers_of_a_run_changed_in_the_middle(tmp_path: Path) -> None:
    rows = 500
    table = Table(
        {"größe": [k / 7 for k in range(rows)], "preis": [(k * k) % 11 / 3 for k in range(rows)]},
        source="häuser.csv",
    )
    data = Choice("table", {"table": table, "x": "größe", "y": "preis"})
    run = Run(Experiment(data=data, standardize=True, batch_size=64).changed({"stop.epochs": 3}))
    run.run_until(float("inf"), 10)
    run.change({"learning_rate": 0.05})
    run.run()
    applied = run.apply([(2.5,), (40.0,)])
    text = script_text(run.view(), applied)
    assert "        if step == 10:\n" in text
    path = tmp_path / "run.py"
    write_whole(path, text.encode("utf-8"))
    out = printed(path)
    assert nine_digits(run) in out
    for one in applied:
        assert f"x={one.x:g}, prediction={one.predicted:.2f}\n" in out


@pytest.mark.parametrize("epochs", [0, 57, 200])
def test_a_script_is_of_the_whole_experiment_however_far_the_run_is(epochs: int) -> None:
    run = run_of(epochs) if epochs else Run(ARTICLE)
    if not epochs:
        run.advance()
        run.advance()
    assert script_text(run.view()) == script_text(run_of(1).view())


def test_a_script_predicts_for_the_x_of_apply_or_for_the_articles() -> None:
    run = run_of(3)
    assert "new_x = np.array([1.5, 3.5, 4.8])\n" in script_text(run.view())
    assert "new_x = np.array([7.0])\n" in script_text(run.view(), run.apply([(7.0,)]))
