"""Training on a device: each look fetches its numbers, and they are those of the CPU."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from guitrain.core.code import script
from guitrain.core.devices import checked, device_of, present
from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from tests.core.recipes import article, columns

ROOT = Path(__file__).resolve().parents[2]
ABSENT = next(name for name in ("mps", "cuda") if name not in present())


def test_the_cpu_is_there_and_what_is_not_is_said() -> None:
    assert present()[0] == "cpu"
    checked("cpu")
    with pytest.raises(ExperimentProblem) as caught:
        checked(ABSENT)
    assert caught.value.code == "no_device"


def test_a_device_that_is_not_here_is_replaced_by_the_cpu() -> None:
    run = Run(article({"device": ABSENT, "stop.epochs": 3}))
    run.run()
    assert run.learner.device == device_of("cpu")
    assert run.view().device == "CPU"


def test_a_file_made_before_there_was_a_choice_is_of_the_cpu() -> None:
    obj = article().to_json()
    assert obj.pop("device") == "cpu"
    assert Experiment.from_json(obj) == article()
    with pytest.raises(ExperimentProblem):
        Experiment.from_json({**obj, "device": "abacus"})


def test_a_script_says_where_it_computes_unless_that_is_the_cpu() -> None:
    assert "device" not in script(article()).text
    made = script(article({"device": "cuda"})).text
    assert 'device = torch.device("cuda")' in made
    assert "().to(device)\n" in made
    assert made.count(".to(device)") >= 4  # inputs, labels, those of the test points too


CHECKED = """
import math, sys
import numpy as np
import torch
from tests.core import toy_device
toy_device.set_up()
import guitrain.core.learner as learner
toy = torch.device(toy_device.NAME, 0)
learner.device_of = lambda name: toy if name == "cuda" else torch.device("cpu")
learner.name_of = lambda device: device.type.upper()
from guitrain.core.answers import answers_view
from guitrain.core.look import point_view, step_view
from guitrain.core.look_units import maps_view, units_view, weights_view
from guitrain.core.map_view import telling_axes
from guitrain.core.mapping import Mapper
from guitrain.core.plane import PlaneChoice
from guitrain.core.plane_job import PlaneJob
from guitrain.core.record import run_of, to_plain
from guitrain.core.residuals import residuals_view
from guitrain.core.run import Run
from guitrain.core.scores import scores_view
from guitrain.core.sweep import SweepPlan
from guitrain.core.sweep_job import SweepJob
from guitrain.core.weight_history import WeightHistory
from tests.core.recipes import article, columns, lively
from tests.core.test_hurried import OTHERS, PAIRS, of

try:
    torch.ones(2).to(toy) + torch.ones(2)
except RuntimeError:
    pass
else:
    sys.exit("the toy takes tensors of the CPU")

def equal(one, other):
    if hasattr(one, "__dataclass_fields__"):
        one, other = vars(one), vars(other)
        return all(equal(one[n], other[n]) for n in one if n not in ("run_id", "experiment"))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    return one == other or (one != one and other != other)

def looks(run, experiment):
    yield step_view(run)
    yield point_view(run, 3)
    yield weights_view(run)
    yield WeightHistory(run).view(run)
    yield run.test()
    if experiment.classes:
        yield scores_view(run, test=False)
    else:
        yield residuals_view(run, test=False)
    if experiment.shape.image is not None:
        yield maps_view(run, 1)
        yield answers_view(run, test=True)
    elif experiment.inputs == 2:
        yield Mapper().look(run, telling_axes(run.learner.data), [], running=False)
    if experiment.form.dropout:
        job, view = PlaneJob(run, PlaneChoice()), None
        while not job.done:
            view = job.advance(math.inf) or view
        yield view

del OTHERS["penalties"], OTHERS["gelu"]
few = {name: PAIRS[name] for name in ("polynomial mae", "mlp cross_entropy")}
for name, changes in {**OTHERS, **few, "adam": {"data": "moons", "optimizer": "adam",
                      "loss": "cross_entropy", "validation_fraction": 0.3}}.items():
    experiment = of({**changes, "stop.epochs": 3})
    here, there = Run(experiment), Run(experiment.changed({"device": "cuda"}))
    for run in (here, there):
        run.run()
        run.seek(2)
    assert there.learner.parameters[0].device == toy and there.view().device == "TOY"
    for log, other in ((here.steps, there.steps), (here.epochs, there.epochs)):
        for column, values in columns(log).items():
            np.testing.assert_array_equal(columns(other)[column], values, err_msg=name)
    for one, other in zip(looks(here, experiment), looks(there, experiment), strict=True):
        assert equal(one, other), (name, one, other)
    again, replay = run_of(to_plain(there))
    assert again.learner.device == toy and replay.difference == 0, name

for changes in ({}, {"optimizer": "adam", "batch_size": 30}):
    views = []
    for device in ("cpu", "cuda"):
        experiment = article({**changes, "device": device, "stop.epochs": 5})
        job = SweepJob(SweepPlan(experiment, (0.01, 0.1)))
        assert job.advance(math.inf)
        views.append(job.view())
    np.testing.assert_allclose(views[0].losses, views[1].losses, rtol=1e-6)
print("all the same")
"""


def test_numbers_of_a_device_are_fetched_wherever_they_are_looked_at() -> None:
    """On a device made up of the CPU, which no tensor of the CPU may enter."""
    done = subprocess.run(
        [sys.executable, "-c", CHECKED], cwd=ROOT, capture_output=True, text=True, timeout=110
    )
    assert done.stdout.strip() == "all the same", done.stderr[-3000:]


@pytest.mark.parametrize("name", [name for name in ("cuda", "mps") if name in present()])
def test_a_real_device_comes_to_the_same_numbers_nearly(name: str) -> None:
    changes: dict[str, Any] = {"batch_size": 10, "stop.epochs": 20}
    here, there = Run(article(changes)), Run(article({**changes, "device": name}))
    for run in (here, there):
        run.run()
    assert there.learner.device.type == name
    assert torch.get_default_dtype() is torch.float32
    for column, values in columns(here.steps).items():
        assert columns(there.steps)[column] == pytest.approx(values, rel=1e-4, abs=1e-5)
