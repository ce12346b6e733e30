"""Scripts run by themselves in another process, and what a run should have come to, in bits.

No test of the numbers runs in this process: nothing but torch and numpy can be imported beside the
standard library there. Each script runs as if alone, but for the import of torch, which takes
seconds.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import torch

from guitrain.core.experiment import REGISTRIES, Choice, Experiment
from guitrain.core.params import Entry, Param
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.table import Table

ROWS = ((1.5,), (-3.5,), (4.8,))  # what the scripts apply their models to

_RUNNER = """
import contextlib, io, json, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("matplotlib", "guitrain", "PySide6"):
            raise ImportError(name)

sys.meta_path.insert(0, Missing())
sys.path = [place for place in sys.path if place]
import numpy as np
import torch

for line in sys.stdin:
    torch.set_num_threads(2)
    torch.manual_seed(99)
    np.random.seed(99)
    names, out = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"):
        exec(compile(json.loads(line), "<script>", "exec"), names)
    parameters = [n for p in names["model"].parameters() for n in p.flatten().tolist()]
    print(json.dumps({
        "losses": [loss.hex() for loss in names["loss_history"]],
        "parameters": [n.hex() for n in parameters],
        "final": names["final_loss"].hex(),
        "test": names["test_loss"].hex() if "test_loss" in names else None,
        "validation": [loss.hex() for loss in names.get("val_history", ())],
        "lowest": [names["lowest"].hex(), names["best_epoch"]] if "lowest" in names else None,
        "predictions": [
            p.hex() for p in (names["predictions"].flatten().tolist() if "new_x" in names else ())
        ],
        "numbers": {n: float(names[n]).hex() for n in names if isinstance(names[n], float)},
        "threads": torch.get_num_threads(),
        "out": out.getvalue(),
    }), flush=True)
"""


class OtherProcess:
    """Runs scripts, one after the other; torch is imported there while this process goes on."""

    def __init__(self) -> None:
        self._errors = TemporaryFile()  # noqa: SIM115  # closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", _RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def run(self, text: str) -> dict[str, Any]:
        """What a script came to."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            raise AssertionError(self._errors.read().decode(errors="replace")[-2000:])
        found: dict[str, Any] = json.loads(line)
        return found

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        self._errors.close()


def rows_of(experiment: Experiment) -> tuple[tuple[float, ...], ...]:
    """What the script of an experiment applies its model to."""
    return tuple(row * experiment.inputs for row in ROWS)


def _answers(run: Run) -> list[str]:
    """The predictions that the script has, or of classes its probabilities by torch."""
    if run.experiment.surface is not None:
        return []  # there is nothing to predict
    rows = np.array(rows_of(run.experiment))
    learner, shape = run.learner, run.experiment.shape
    rows[:, list(learner.data.unseen)] = 0
    if not shape.classes:
        return [one.predicted.hex() for one in run.apply(rows_of(run.experiment))]
    with torch.no_grad():
        outputs = learner.forward_function(learner.parameters, learner.as_inputs(rows))
        one = shape.outputs == 1
        chances = torch.sigmoid(outputs) if one else torch.softmax(outputs, dim=1)
    return [number.hex() for number in chances.flatten().tolist()]


def expected(run: Run) -> dict[str, Any]:
    """What the script of a run that a rule has stopped should come to."""
    view, learner = run.view(), run.learner
    assert view.stopped is not None
    assert view.final_loss is not None
    names = run.experiment.form.names if view.numbers is not None else ()
    flat = [n for p in learner.parameters for n in p.flatten().tolist()]
    return {
        "losses": [float(loss).hex() for loss in view.steps.column("loss")],
        "parameters": [number.hex() for number in flat],
        "final": view.final_loss.hex(),
        "test": learner.test_loss().hex() if len(view.data.test) else None,
        "validation": _validation(run),
        "lowest": [view.best.loss.hex(), view.number_of(view.best)] if view.best else None,
        "predictions": _answers(run),
        "numbers": dict(zip(names, (n.hex() for n in view.numbers or ()), strict=True)),
        "threads": 1,
    }


def _validation(run: Run) -> list[str]:
    """Those of the epochs recorded; a script may have measured one more, of weights that no epoch
    of the run began with.
    """
    if run.view().watch is None:
        return []
    return [loss.hex() for loss in run.view().epochs.column("validation").tolist()]


# Experiments over all pairs of registry entries.


def table(rows: int) -> Table:
    """A table with names that a script must be careful with."""
    random = np.random.default_rng(rows)
    columns = {
        "when": np.arange(float(rows)),
        "size, in m²": random.normal(1.5, 3.0, rows),
        "price ($)": random.normal(0.0, 1.0, rows) ** 3,
    }
    return Table(columns, source="näme\n'of\" a $file$.csv")


def drawing(count: int) -> tuple[tuple[float, ...], ...]:
    """Points with many digits, some of them twice."""
    random = np.random.default_rng(count)
    points = random.normal(0.0, 3.0, (count - 2, 2)).tolist()
    return tuple(map(tuple, [*points, *points[:2]]))


def pairs() -> Iterator[Experiment]:
    """Experiments in which every dataset, model, loss and optimizer, with its settings as they
    are and with each number moved, comes together with every other one, where they fit. Each twice,
    under other settings of learning.
    """
    kinds = list(REGISTRIES)
    offered = [list(_choices(REGISTRIES[kind])) for kind in kinds]

    def fit(places: Mapping[int, int]) -> bool:
        """Whether these go together: a polynomial is for no plane."""
        chosen = {kinds[kind]: offered[kind][at] for kind, at in places.items()}
        if "data" not in chosen:  # some data there are that any two of the others are for
            return not {"model", "loss"} <= set(chosen) or any(
                fit({**places, 0: at}) for at in range(len(offered[0]))
            )
        try:
            Experiment().changed(chosen)
        except ExperimentProblem:
            return False
        return True

    # By place, for choices cannot be hashed.
    left = {
        ((i, a), (j, b))
        for i, j in combinations(range(len(kinds)), 2)
        for a, b in product(range(len(offered[i])), range(len(offered[j])))
        if fit({i: a, j: b})
    }
    number = 0
    while left:
        # The first that is left, and beside it whatever brings the most others with it.
        combined = dict(min(left))
        for kind in range(len(kinds)):
            if kind not in combined:
                news = [
                    sum(tuple(sorted(((kind, at), other))) in left for other in combined.items())
                    if fit({**combined, kind: at})
                    else -1
                    for at in range(len(offered[kind]))
                ]
                combined[kind] = news.index(max(news))
        left -= {*combinations(sorted(combined.items()), 2)}
        chosen = {kind: offered[at][combined[at]] for at, kind in enumerate(kinds)}
        for _ in range(2):
            yield _experiment(number, chosen)
            number += 1


def _choices(registry: Any) -> Iterator[Choice]:
    for entry in registry.values():
        if getattr(entry, "surface", None) is not None and entry.name != "beale":
            continue  # one of the test surfaces stands for all: each has its script tested
        if any(param.kind == "table" for param in entry.params):
            for rows in (17, 210):  # numbers spelt out, and packed
                yield Choice(
                    entry.name, {"table": table(rows), "x": "size, in m²", "y": "price ($)"}
                )
        elif points := next((p for p in entry.params if p.kind == "points"), None):
            for count in (17, 210):
                drawn = drawing(count)
                if len(points.columns) == 3:  # the last one is the class
                    drawn = tuple((*point, float(at % 3 + 1)) for at, point in enumerate(drawn))
                yield Choice(entry.name, {points.name: drawn})
        else:
            yield Choice(entry.name)
            if entry.params:
                yield Choice(entry.name, _moved(entry))


def _moved(entry: Entry) -> dict[str, Any]:
    return {param.name: _moved_value(param) for param in entry.params}


def _moved_value(param: Param) -> Any:
    if param.kind == "bool":
        return not param.default
    if param.kind == "choice":
        return param.choices[-2][0]
    if param.kind == "layers":
        return (5, 3, 32)[: param.most]
    if param.kind == "int":
        return max(int(param.minimum or 1), param.default // 3)
    return param.default * 0.37 or 0.19


def _experiment(number: int, chosen: Mapping[str, Choice]) -> Experiment:
    """These entries under settings drawn from the number."""
    random = np.random.default_rng(number)

    def one_of(*values: Any) -> Any:
        return values[random.integers(len(values))]

    made = Experiment().changed(chosen)
    if made.surface is not None:
        by_hand = one_of(None, tuple(random.normal(0.0, 1.0, 2).tolist()))
        rate = float(random.uniform(0.001, 0.02))
        return made.changed({"learning_rate": rate, "initial": by_hand, "stop.epochs": 2})
    names = made.form.names if made.form.few else ()
    # Whatever is held out besides, a batch of 5 has its points.
    enough = made.changed({"test_fraction": 0.5}).train_count > 8
    by_hand = tuple(random.normal(0.0, 2.0, len(names)).tolist()) or None
    return made.changed(
        {
            "learning_rate": float(random.uniform(0.001, 0.02)),
            "l1": one_of(0.0, 0.0, 0.03, 0.4),
            "l2": one_of(0.0, 0.0, 0.03, 0.4),
            "batch_size": one_of(None, 1, 4, 5),
            "standardize": one_of(False, True),
            "initial": one_of(None, by_hand),
            # A script of a thousand points takes its time.
            "test_fraction": one_of(0.0, 0.2, 0.5) if made.train_count < 400 else 0.9,
            "validation_fraction": one_of(0.0, 0.3 if enough else 0.0),
            "seeds.weights": one_of(0, 2**32 - 1),
            "seeds.data": number,
            "seeds.batches": number,
            "stop.epochs": 2,
        }
    )
