"""The script of an experiment, run by itself in another process, against the run: bit for bit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from guitrain.core.by_hand import ByHand
from guitrain.core.code import Script, script
from guitrain.core.code_lines import Mark
from guitrain.core.code_text import ELISION, added, array_lines, number, quoted
from guitrain.core.datasets.surfaces import TEST_SURFACES
from guitrain.core.experiment import REGISTRIES, Choice, Experiment
from guitrain.core.phases import PHASES, Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Event
from guitrain.core.stopping import Rule
from guitrain.core.table import Table
from tests.core.recipes import article, begun, finished, lively, lively_with_events, points
from tests.core.scripts import OtherProcess, expected, pairs, rows_of, table


@pytest.fixture(scope="module")
def other() -> Iterator[OtherProcess]:
    """The process in which scripts run."""
    process = OtherProcess()
    yield process
    process.close()


def compare(other: OtherProcess, runs: Mapping[str, Run]) -> dict[str, dict[str, Any]]:
    """Run the script of each run, assert that its numbers are the run's; what each came to."""
    results = {}
    for name, run in runs.items():
        result = other.run(script(run.experiment, run.events, rows_of(run.experiment)).text)
        wanted = expected(run)
        measured, rows = result["validation"], len(wanted["validation"])
        assert len(measured) - rows in (0, 1), name
        result["validation"] = measured[:rows]
        own = {n: result["numbers"].get(n) for n in wanted["numbers"]}
        assert {**result, "numbers": own, "out": ""} == {**wanted, "out": ""}, name
        results[name] = result
    return results


def float32(text: str) -> np.float32:
    return np.float32(float(text))


# 31 points: 23 for training, as ``lively`` has them, and 8 for validation.
WATCHED: dict[str, Any] = {"data.points": 31, "validation_fraction": 0.25}

# The article.


def test_the_articles_script_prints_its_table_and_the_runs_nine_digits(
    other: OtherProcess,
) -> None:
    run = finished(article())
    out = other.run(script(run.experiment).text)["out"]
    losses = (1.3883, 0.2775, 0.2533, 0.2485, 0.2445, 0.2409, 0.2376, 0.2346, 0.2318, 0.2293)
    table = [f"Epoch [{10 * k}/100], Loss: {loss}" for k, loss in enumerate(losses, 1)]
    assert [line for line in out.splitlines() if line.startswith("Epoch")] == table
    assert out.startswith("Initial parameters: w=-0.205, b=0.783\n")
    assert "After training: w=1.917, b=1.229, loss=0.2291\n" in out
    for told in ("x=1.5, prediction=4.10, true y=4.00", "x=3.5, prediction=7.94, true y=8.00"):
        assert told in out
    assert "x=4.8, prediction=10.43, true y=10.60" in out
    view = run.view()
    (line,) = [line for line in out.splitlines() if line.startswith("To nine digits: ")]
    printed = [float32(part.split("=")[1]) for part in line.split(", ")]
    assert view.numbers is not None
    assert view.final_loss is not None
    assert printed == [float32(repr(n)) for n in (*view.numbers, view.final_loss)]
    assert f"({run.learner.test_loss():.9g})" in out
    assert "matplotlib is not installed" in out


def test_the_articles_script_is_as_plain_as_the_article() -> None:
    lines = script(article()).lines
    start = lines.index("for epoch in range(epochs):")
    loop = lines[start : lines.index("", start)]
    assert loop == (
        "for epoch in range(epochs):",
        "    predictions = model(inputs)",
        "    loss = loss_function(predictions, labels)",
        "    if not torch.isfinite(loss):",
        "        break  # diverged",
        "    loss_history.append(loss.item())",
        "    loss.backward()",
        "    optimizer.step()",
        "    optimizer.zero_grad()",
        "    if (epoch + 1) % 10 == 0:",
        '        print(f"Epoch [{epoch + 1}/{epochs}], Loss: {loss.item():.4f}")',
    )
    for line in (
        "np.random.seed(42)",
        "x = np.linspace(0, 5, 100)",
        "y = 2 * x + 1 + np.random.normal(0, 0.5, 100)",
        "inputs = torch.tensor(x, dtype=torch.float32).unsqueeze(1)",
        "class LinearRegression(nn.Module):",
        "        self.weights = nn.Parameter(torch.tensor([-0.20546]))",
        "        return self.weights * x + self.bias",
        "learning_rate = 0.01",
        "epochs = 100",
        "loss_function = nn.MSELoss()",
        "optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)",
        "new_x = np.array([1.5, 3.5, 4.8])",
    ):
        assert lines.count(line) == 1, line


def test_the_lines_that_explain_the_phases_are_the_scripts() -> None:
    made = script(article())
    for phase, info in PHASES.items():
        if info.code:
            shown = {phase, Phase.INIT} if phase is Phase.DATA else {phase}  # they share a box
            lit = [made.lines[at] for one in shown for at in made.lit[one]]
            assert any(info.code in line for line in lit), info.code


# Every entry with every other.


@pytest.mark.timeout(600)  # hundreds of runs, on a machine that may be busy
def test_every_pair_of_entries_gives_the_runs_bits(other: OtherProcess) -> None:
    runs = {
        f"{number} {made.to_json()}"[:600]: finished(made) for number, made in enumerate(pairs())
    }
    for kind, registry in REGISTRIES.items():
        named = {getattr(run.experiment, kind).name for run in runs.values()}
        others = {entry.name for entry in TEST_SURFACES} - named  # one stands for all
        assert named == {*registry} - others
    assert len(runs) > 10
    compare(other, runs)


def test_stop_rules_and_extremes_give_the_runs_bits(other: OtherProcess) -> None:
    lone = points([2.0], [3.0], {"standardize": True})
    flat = points([0.1, 0.1, 0.1], [1.0, 2.0, 4.0], {"standardize": True, "initial": (1.0, 1.0)})
    spread = {"stop.patience": 3, "stop.min_improvement": 0.02}
    runs = {
        "target": article({"stop.target_loss": 0.3}),
        "target, at once": article({"stop.target_loss": 1e9}),
        "target, mini": article({"stop.target_loss": 0.3, "batch_size": 32}),
        "patience": article(spread),
        "patience, mini": article({**spread, "batch_size": 7}),
        "both": lively({**spread, "stop.target_loss": 0.2}),
        "early": article({"validation_fraction": 0.2, "stop.validation_patience": 1}),
        "early, mini": lively({**WATCHED, "stop.validation_patience": 3, "stop.epochs": 200}),
        "watched": article({"validation_fraction": 0.5, "standardize": True, "l1": 0.1}),
        "watched, diverging": lively({**WATCHED, "learning_rate": 50.0, "stop.epochs": 500}),
        "diverging": article({"learning_rate": 0.9, "stop.epochs": 500}),
        "diverging, mini": article({"learning_rate": 1.0, "batch_size": 30, "stop.epochs": 500}),
        "diverging, standardized": lively({"learning_rate": 50.0, "stop.epochs": 500}),
        "diverging, with rules": article(
            {**spread, "learning_rate": 0.9, "stop.epochs": 500, "stop.patience": 400}
        ),
        "not finite at first": article({"initial": (1e6, 0.0), "data.x_max": 1e6}).changed(
            {"data.slope": 1e6, "learning_rate": 1000.0}
        ),
        "one point": lone,
        "one x": flat,
        "one epoch": article({"stop.epochs": 1, "test_fraction": 0.0}),
        "no noise, odd numbers": article(
            {"data.noise": 0.0, "data.slope": 1 / 3, "data.intercept": -1e-7, "data.x_max": 1e6}
        ),
        "whole numbers": article({"learning_rate": 1.0, "initial": (2.0, -1.0), "stop.epochs": 3}),
        "one batch of its own": article({"batch_size": 100, "stop.epochs": 3}),
    }
    done = {name: finished(experiment) for name, experiment in runs.items()}
    rules = {name: run.stopped.rule for name, run in done.items() if run.stopped}
    assert set(rules.values()) == set(Rule)
    assert rules["diverging"] is rules["diverging, mini"] is Rule.NON_FINITE
    assert rules["patience"] is rules["patience, mini"] is Rule.PATIENCE
    results = compare(other, done)
    assert results["target, at once"]["losses"] == []


# Changes in mid-run.

Changes = Sequence[tuple[int, dict[str, Any] | ByHand]]


def steered(experiment: Experiment, changes: Changes) -> Run:
    """A run to its end, with changes made after so many steps, or where it stopped before them:
    one step beyond the end is after the stop.
    """
    run = begun(experiment)
    for step, change in changes:
        run.run_until(float("inf"), max(0, step - run.learner.step))
        if isinstance(change, ByHand):
            run.set_by_hand(change)
        else:
            run.change(change)
    run.run()
    return run


TARGET, PATIENCE = "stop.target_loss", "stop.patience"
EARLY = "stop.validation_patience"
STEERED: dict[str, tuple[Experiment, Changes]] = {
    "rate": (article(), [(57, {"learning_rate": 0.02}), (80, {"learning_rate": 0.001})]),
    "before the first step": (article(), [(0, {"learning_rate": 0.02, "stop.epochs": 30})]),
    "rate under a schedule": (
        article({"schedule": "cosine", "l2": 0.1}),
        [(57, {"learning_rate": 0.02}), (80, {"learning_rate": 0.001})],
    ),
    "rate in mid-epoch, under a schedule": (
        lively({"schedule": Choice("step", {"drop_every": 2, "drop_factor": 0.3}), "l1": 0.2}),
        [(7, {"learning_rate": 0.05}), (10, {"learning_rate": 0.01}), (12, {"batch_size": None})],
    ),
    "rate in mid-epoch": (lively(), [(7, {"learning_rate": 0.05}), (10, {"learning_rate": 0.01})]),
    "epochs raised": (article(), [(40, {"stop.epochs": 120}), (110, {"stop.epochs": 130})]),
    "epochs raised after the end": (article(), [(101, {"stop.epochs": 130, "learning_rate": 0.1})]),
    "epochs lowered": (article(), [(40, {"stop.epochs": 20})]),
    "epochs lowered in mid-epoch": (lively(), [(12, {"stop.epochs": 1})]),
    "a change too late": (article(), [(101, {"learning_rate": 0.5, "batch_size": 7})]),
    "batch in mid-epoch": (
        article({"batch_size": 40, "stop.epochs": 9}),
        [(4, {"batch_size": 30}), (5, {"batch_size": 33}), (15, {"batch_size": 1})],
    ),
    "all to some and back": (
        article({"stop.epochs": 9}),
        [(3, {"batch_size": 30}), (6, {"batch_size": None}), (8, {"batch_size": 100})],
    ),
    "target on and off": (
        article(),
        [(5, {TARGET: 0.01}), (9, {TARGET: None}), (30, {TARGET: 0.24})],
    ),
    "patience on, off and on again": (
        article({"stop.patience": 10, "stop.min_improvement": 1000.0}),
        [(8, {PATIENCE: None}), (28, {PATIENCE: 10}), (30, {"stop.min_improvement": 0.5})],
    ),
    "patience in mini-batches": (
        lively({"stop.patience": 30, "stop.epochs": 60}),
        [(23, {"stop.min_improvement": 0.5}), (31, {PATIENCE: None}), (44, {PATIENCE: 4})],
    ),
    "the mean of an epoch judged by the next one's rule": (
        article({"batch_size": 25, "stop.epochs": 60}),
        [(40, {"stop.target_loss": 0.26}), (48, {"stop.target_loss": 0.25})],
    ),
    "both kinds of epochs, judged": (
        article({"stop.patience": 6, "stop.min_improvement": 0.01, "stop.target_loss": 0.1}),
        [(9, {"batch_size": 30}), (22, {"batch_size": None}), (24, {"batch_size": 50})],
    ),
    "no epoch is counted twice": (
        article({PATIENCE: 6, "stop.min_improvement": 1000.0}),
        [(3, {"batch_size": 30})],
    ),
    "patience, judged anew after the stop": (
        article({"stop.epochs": 8, PATIENCE: 12, "stop.min_improvement": 0.0}),
        [(9, {"stop.epochs": 100, "stop.min_improvement": 1000.0})],
    ),
    "early stop, by hand": (
        article({"validation_fraction": 0.2, EARLY: 8}),
        [(5, ByHand(0, (0,), 2.0)), (5, ByHand(1, (0,), 1.0)), (99, ByHand(1, (0,), 0.9))],
    ),
    "early stop, by hand, mini": (
        lively({**WATCHED, EARLY: 8}),
        [(10, ByHand(0, (0,), 2.9)), (11, ByHand(1, (0,), 1.0)), (999, ByHand(1, (0,), 5.0))],
    ),
    "early stop, on and raised": (
        article({"validation_fraction": 0.2, "batch_size": 7}),
        [(60, {EARLY: 2}), (2000, {EARLY: 5}), (2000, {EARLY: None})],
    ),
    "early stop after the lowest": (
        article({"validation_fraction": 0.2, "learning_rate": 0.1}),
        [(3, {EARLY: 1}), (999, {EARLY: 30})],
    ),
    "early stop, both kinds of epochs": (
        lively({**WATCHED, EARLY: 40, TARGET: 0.01, PATIENCE: 60}),
        [(9, {"batch_size": None}), (30, {"batch_size": 6}), (60, {EARLY: 5})],
    ),
    "by hand": (article(), [(57, ByHand(0, (0,), 5.0)), (57, ByHand(1, (0,), 0.1))]),
    "by hand, again and again": (
        article(),
        [(0, ByHand(0, (0,), 0.3)), (9, ByHand(0, (0,), 9.0)), (9, ByHand(0, (0,), -0.7))],
    ),
    "by hand, at the end": (article(), [(101, ByHand(0, (0,), 1 / 3))]),
    "by hand, at the end, and on": (
        article(),
        [(101, ByHand(0, (0,), 1 / 3)), (101, {"stop.epochs": 120}), (110, ByHand(1, (0,), 2.0))],
    ),
    "by hand, where the target was met": (
        article({"stop.target_loss": 0.3}),
        [(99, ByHand(1, (0,), -4.0))],
    ),
    "by hand, where the target was met, mini": (
        article({"stop.target_loss": 0.3, "batch_size": 25}),
        [(999, ByHand(1, (0,), -4.0)), (999, {"stop.target_loss": 0.25})],
    ),
    "by hand, where the target was met, mini, and no further": (
        article({"stop.target_loss": 0.3, "batch_size": 25}),
        [(999, ByHand(1, (0,), -4.0))],
    ),
    "by hand, in mid-epoch, with momentum, and at the end": (
        lively(),
        [
            (7, ByHand(0, (0,), 2.0)),
            (7, {"learning_rate": 0.05}),
            (12, ByHand(1, (0,), 0.1)),
            (9999, ByHand(1, (0,), 7.0)),
        ],
    ),
    "by hand, both kinds of epochs, judged": (
        article({"stop.patience": 6, "stop.min_improvement": 0.01, "stop.target_loss": 0.1}),
        [
            (9, {"batch_size": 30}),
            (22, {"batch_size": None}),
            (24, ByHand(0, (0,), 4.0)),
            (999, ByHand(0, (0,), 0.0)),
        ],
    ),
    "by hand, a net": (
        article({"model": Choice("mlp", {"hidden": (3, 2)}), "initial": None, "optimizer": "adam"}),
        [(40, ByHand(2, (1, 2), -0.5)), (60, ByHand(3, (1,), 1e-9)), (60, ByHand(4, (0, 1), 3.0))],
    ),
    "by hand, a polynomial of standardized x": (
        article(
            {"model": Choice("polynomial", {"degree": 3}), "standardize": True, "initial": None}
        ),
        [(40, ByHand(0, (2, 0), -0.5)), (60, ByHand(1, (0,), 1e5))],
    ),
    "a rule lifted after the stop": (
        article({"stop.target_loss": 0.3}),
        [(99, {"stop.epochs": 300}), (99, {"stop.target_loss": 0.25})],
    ),
}


def test_changes_in_mid_run_give_the_runs_bits(other: OtherProcess) -> None:
    runs = {name: steered(*recipe) for name, recipe in STEERED.items()}
    runs["at every phase"], _ = lively_with_events()
    parent = runs["both kinds of epochs, judged"]
    parent.seek(11)
    branch = parent.change({"learning_rate": 0.03, "batch_size": 45})
    branch.run()
    assert len(branch.events) > 1
    parent.seek(parent.head)
    parent.run()
    runs["branch"] = branch
    compare(other, runs)
    for name, run in runs.items():
        assert run.events, name
        assert len(run.ending.stops) > 1 or "after the" not in name, name


def random_run(seed: int, **others: Any) -> Run:
    """A run of a random experiment (but for ``others``), changed at random steps while it goes on,
    after it stopped, and in its past, which makes a branch of it.
    """
    random = np.random.default_rng(seed)

    def one_of(*values: Any) -> Any:
        return values[random.integers(len(values))]

    def change() -> dict[str, Any]:
        made = {
            "learning_rate": one_of(0.02, 0.005, 0.05, 0.3),
            "batch_size": one_of(None, 5, 8, 23, 22, 1),
            "stop.epochs": one_of(6, 11, 18),
            "stop.target_loss": one_of(None, 0.3, 0.24, 0.2),
            "stop.patience": one_of(None, 2, 4),
            "stop.min_improvement": one_of(0.0, 0.01, 0.5),
        }
        if "validation_fraction" in others:
            made[EARLY] = one_of(None, 2, 4)
        return {path: made[path] for path in made if random.random() < 0.4}

    run = begun(lively({**change(), "optimizer.momentum": one_of(0.0, 0.9), **others}))
    for _ in range(random.integers(1, 6)):
        run.run_until(float("inf"), int(random.integers(1, 25)))
        for _ in range(random.integers(5)):
            run.advance()  # somewhere within a step
        if random.random() < 0.2:
            run.seek(int(random.integers(run.head + 1)))
        run = run.change(change())
        if random.random() < 0.3:
            run = run.set_by_hand(ByHand(int(random.integers(2)), (0,), float(random.normal(1, 1))))
    run.run()
    return run


def test_random_changes_give_the_runs_bits(other: OtherProcess) -> None:
    runs = {f"seed {seed}": random_run(seed) for seed in range(80)}
    stops = [run.stopped.rule for run in runs.values() if run.stopped]
    apart = (Rule.NON_FINITE, Rule.VALIDATION)
    assert all(stops.count(rule) > 3 for rule in Rule if rule not in apart)
    assert sum(run.parent is not None for run in runs.values()) > 10
    assert sum(len(run.ending.stops) > 1 for run in runs.values()) > 10
    optimizers = (
        Choice("sgd", {"momentum": 0.9, "nesterov": True}),
        Choice("rmsprop", {"momentum": 0.5}),
        Choice("adagrad", {"lr_decay": 0.1}),
        Choice("adam"),
        Choice("adamw"),
    )
    for seed in range(80, 105):
        runs[f"seed {seed}"] = random_run(seed, optimizer=optimizers[seed % len(optimizers)])
    for seed in range(105, 130):
        runs[f"seed {seed}"] = random_run(seed, **WATCHED)
    stops = [run.stopped.rule for run in runs.values() if run.stopped]
    assert stops.count(Rule.VALIDATION) > 3
    compare(other, runs)


def test_changes_are_readable_in_their_place() -> None:
    run = steered(*STEERED["rate"])
    lines = script(run.experiment, run.events).lines
    at = lines.index("    if epoch == 57:")
    assert lines[at + 1] == '        optimizer.param_groups[0]["lr"] = 0.02  # changed in mid-run'
    run = steered(*STEERED["rate in mid-epoch"])
    lines = script(run.experiment, run.events).lines
    at = lines.index("        if step == 7:")
    assert (
        lines[at + 1] == '            optimizer.param_groups[0]["lr"] = 0.05  # changed in mid-run'
    )
    run = steered(*STEERED["by hand"])
    lines = script(run.experiment, run.events).lines
    at = lines.index("def set_by_hand(step):")
    assert lines[at - 3] == "parameters = list(model.parameters())"
    assert lines[at + 2 : at + 6] == (
        "    with torch.no_grad():",
        "        if step == 57:",
        "            parameters[0][0] = 5.0  # w",
        "            parameters[1][0] = 0.1  # b",
    )
    assert lines[lines.index("for epoch in range(epochs):") + 1] == "    set_by_hand(epoch)"
    assert not any(line.startswith("set_by_hand(") for line in lines)
    run = steered(*STEERED["epochs raised"])
    assert (
        "epochs = 130  # 100 at first, changed in mid-run"
        in script(run.experiment, run.events).lines
    )


@pytest.mark.parametrize(
    "events",
    [
        [Event(57, {"learning_rate": 0.02}), Event(57, {"learning_rate": 0.01})],
        [Event(3, {"batch_size": 100})],
        [Event(100, {"learning_rate": 0.5})],
        [Event(500, {"stop.epochs": 900, "batch_size": 3})],
        [Event(9, {"stop.min_improvement": 7.0})],
        [Event(101, {}, ByHand(0, (0,), 2.0))],
    ],
    ids=["undone", "the same", "too late", "much too late", "of a rule that is off", "by hand"],
)
def test_changes_that_change_nothing_leave_the_script_plain(events: list[Event]) -> None:
    assert script(article(), events) == script(article())


# What the window needs to know of it.


def event_of(step: int, change: dict[str, Any] | ByHand) -> Event:
    return Event(step, {}, change) if isinstance(change, ByHand) else Event(step, change)


def of_table(rows: int) -> Choice:
    return Choice("table", {"table": table(rows), "x": "size, in m²", "y": "price ($)"})


def all_scripts() -> dict[str, Script]:
    found = {
        name: script(e, [event_of(*each) for each in changes])
        for name, (e, changes) in STEERED.items()
    }
    found["article"] = script(article())
    found["lively"] = script(lively({"stop.target_loss": 0.1, "stop.patience": 5}))
    found["table"] = script(Experiment(data=of_table(210)))
    return found


@pytest.mark.parametrize("name", all_scripts())
def test_every_phase_lights_its_lines(name: str) -> None:
    made = all_scripts()[name]
    lit = {phase: [made.lines[at].strip() for at in made.lit[phase]] for phase in Phase}
    full = not any("split(batch_size)" in line for line in made.lines)
    inputs, labels = ("inputs", "labels") if full else ("inputs[batch]", "labels[batch]")
    assert lit[Phase.FORWARD] == [f"predictions = model({inputs})"]
    added = " + penalty()" if "def penalty():" in made.lines else ""
    assert lit[Phase.LOSS] == [f"loss = loss_function(predictions, {labels}){added}"]
    assert lit[Phase.BACKWARD] == ["loss.backward()"]
    assert lit[Phase.UPDATE] == ["optimizer.step()", "optimizer.zero_grad()"]
    assert lit[Phase.STOP][0] == "for epoch in range(epochs):"
    assert any("torch.isfinite(loss)" in line for line in lit[Phase.STOP])
    tensors = [line.split(" =")[0] for line in lit[Phase.DATA] if "torch.tensor" in line]
    validated = any("val_inputs" in line for line in made.lines)
    wanted = ["inputs", "labels", "val_inputs", "val_labels"]
    assert tensors == wanted[: 4 if validated else 2]
    assert any(line.startswith("y = ") for line in lit[Phase.DATA])
    made_by = [line for line in made.lines if line.startswith("model = ")]
    assert lit[Phase.INIT][-1:] == made_by
    if "LinearRegression" in made_by[0]:
        assert any("self.bias = nn.Parameter(" in line for line in lit[Phase.INIT])
    assert any(line.startswith("test_loss = ") for line in lit[Phase.TEST])
    assert any(line.startswith("predictions = model(") for line in lit[Phase.APPLY])
    loop = [made.lines[at] for at in made.marks[Mark.LOOP]]
    assert loop[0] == "for epoch in range(epochs):"
    assert all(line.startswith("    ") for line in loop[1:])
    assert {
        at for phase in (Phase.FORWARD, Phase.UPDATE, Phase.STOP) for at in made.lit[phase]
    } <= {*made.marks[Mark.LOOP]}
    for mark, text in (
        (Mark.EPOCH, "for epoch"),
        (Mark.FORWARD, "predictions ="),
        (Mark.LOSS, "loss ="),
        (Mark.BACKWARD, "loss.backward()"),
        (Mark.UPDATE, "optimizer.step()"),
        (Mark.FINAL_LOSS, "final_loss ="),
        (Mark.INPUTS, "inputs ="),
        (Mark.LABELS, "labels ="),
        (Mark.BATCH, "for batch"),
        (Mark.EPOCH_LOSS, "epoch_loss ="),
        (Mark.TARGET, "if "),
        (Mark.PARAMETERS, ("self.", "nn.")),
    ):
        for at in made.marks[mark]:
            assert made.lines[at].strip().startswith(text)
    for mark in (Mark.EPOCH, Mark.FORWARD, Mark.LOSS, Mark.FINITE, Mark.BACKWARD, Mark.UPDATE):
        assert len(made.marks[mark]) == 1


@pytest.mark.parametrize("name", all_scripts())
def test_what_stops_a_run_is_lit_by_its_rule(name: str) -> None:
    made = all_scripts()[name]
    stops = {rule: [made.lines[at].strip() for at in made.stops[rule]] for rule in Rule}
    assert stops[Rule.EPOCHS] == ["for epoch in range(epochs):"]
    assert "torch.isfinite(loss)" in stops[Rule.NON_FINITE][0]
    breaks = {at for at, line in enumerate(made.lines) if line.strip().startswith("break")}
    assert breaks <= {at for lines in made.stops.values() for at in lines}
    # While a run goes on, no break is lit.
    assert not breaks & {at for lines in made.lit.values() for at in lines}
    for rule, words in ((Rule.TARGET_LOSS, "target_loss"), (Rule.PATIENCE, "patience")):
        judged = [
            line
            for line in made.lines
            if line.strip().startswith(
                (f"if loss.item() <= {words}", f"if epoch_loss <= {words}", f"if waited >= {words}")
            )
        ]
        if judged:
            assert stops[rule][-2:] == [judged[-1].strip(), "break"]
    both = any("def should_stop" in line for line in made.lines)
    each = [made.lines[at].strip() for at in made.marks[Mark.EACH_BATCH]]
    if made.marks[Mark.BATCH]:
        assert each[0] == "stop = not torch.isfinite(loss)  # diverged"
        assert each[-1] == "if stop:"
        assert len(each) == (4 if both else 2)
        assert {*made.marks[Mark.EACH_BATCH]} < {*made.lit[Phase.STOP]}


def test_many_numbers_are_shown_as_an_ellipsis_and_written_in_full() -> None:
    few, many = script(Experiment(data=of_table(200))), script(Experiment(data=of_table(201)))
    assert few.embedded == {}
    assert few.text == "\n".join(few.lines) + "\n"
    shown = [line for line in many.lines if ELISION in line]
    assert [line.partition(" ")[0] for line in shown] == ["x", "y"]
    assert max(map(len, many.lines)) <= 100
    assert len(many.text) > 201 * 8
    assert ELISION not in many.text
    compile("\n".join(many.lines), "<shown>", "exec")
    compile(many.text, "<script>", "exec")


def test_names_from_a_file_stay_text() -> None:
    for name in (
        '"""',
        "'\n import os",
        "a\\",
        "\u2028",
        "𝒙",
        "$\\frac$",
        "x" * 5000,
        "\udcff",
        "{x}",
    ):
        data = Choice(
            "table", {"table": Table({name: [1.0, 2.0], "y": [1.0, 2.0]}, name), "x": name}
        )
        made = script(Experiment(data=data))
        made.text.encode("utf-8")
        tree = compile(made.text, "<script>", "exec")
        assert "os" not in tree.co_names
        assert len(made.text.split("\n")) == len(made.lines) + 1
        assert max(map(len, made.lines)) < 250


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (0.5, "0.5"), (-3.0, "-3"), (-0.0, "-0.0"), (1e-7, "1e-07"), (1e16, "1e+16")],
)
def test_numbers_read_back_as_themselves(value: float, text: str) -> None:
    assert number(value) == text
    assert float(eval(text)).hex() == value.hex()


def test_terms_and_arrays_read_back() -> None:
    assert [added(value) for value in (1.0, -1.5, 0.0, -0.0)] == ["+ 1", "- 1.5", "+ 0", "- 0"]
    values = np.random.default_rng(0).normal(0, 1, 50)
    lines = array_lines("x", values.tolist())
    assert max(map(len, lines)) <= 88
    names: dict[str, Any] = {"np": np}
    exec("\n".join(lines), names)
    assert names["x"].tobytes() == values.tobytes()
    assert array_lines("x", ()) == ("x = np.array([])",)
    assert eval(quoted("a'b")) == "a'b"
