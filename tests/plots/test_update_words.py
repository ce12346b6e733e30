"""The update in numbers, for each optimizer: by hand, and by numpy from the step's own tensors."""

import re

import numpy as np
import pytest

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.step_view import StepView
from guitrain.plots.step_words import step_lines
from tests.plots.runs import ARTICLE
from tests.plots.test_step_words import FOUR, at, close, step_at, texts

POWER = str.maketrans("¹⁴", "14")  # t is 1, 2 or 41


def test_nesterov_looks_ahead_by_hand() -> None:
    experiment = FOUR.changed({"optimizer.momentum": 0.5, "optimizer.nesterov": True})
    # v = −17; −17 + 0.5·(−17) = −25.5.
    assert texts(at(experiment, 0), Phase.UPDATE)[:2] == [
        "v ← β·v + ∂L/∂w = 0.5·0 + (−17.0000) = −17.0000",
        "w ← w − η·(∂L/∂w + β·v) = 0.0000 − 0.1·((−17.0000) + 0.5·(−17.0000)) = 2.5500",
    ]


def test_adam_counts_averages_and_corrects_by_hand() -> None:
    experiment = FOUR.changed({"optimizer": "adam"})
    assert texts(at(experiment, 0), Phase.UPDATE) == [
        "t ← t + 1 = 0 + 1 = 1",
        "m ← β₁·m + (1 − β₁)·∂L/∂w = 0.9·0 + (1 − 0.9)·(−17.0000) = −1.7000",
        "v ← β₂·v + (1 − β₂)·(∂L/∂w)² = 0.999·0 + (1 − 0.999)·(−17.0000)² = 0.28900",
        "m′ ← m/(1 − β₁ᵗ) = −1.7000/(1 − 0.9¹) = −17.0000",
        "v′ ← v/(1 − β₂ᵗ) = 0.28900/(1 − 0.999¹) = 289.0000",
        "w ← w − η·m′/(√v′ + ε) = 0.0000 − 0.1·(−17.0000)/(√289.0000 + 1e−8) = 0.1000",
        "m ← β₁·m + (1 − β₁)·∂L/∂b = 0.9·0 + (1 − 0.9)·(−8.0000) = −0.80000",
        "v ← β₂·v + (1 − β₂)·(∂L/∂b)² = 0.999·0 + (1 − 0.999)·(−8.0000)² = 0.064000",
        "m′ ← m/(1 − β₁ᵗ) = −0.80000/(1 − 0.9¹) = −8.0000",
        "v′ ← v/(1 − β₂ᵗ) = 0.064000/(1 − 0.999¹) = 64.0000",
        "b ← b − η·m′/(√v′ + ε) = 0.0000 − 0.1·(−8.0000)/(√64.0000 + 1e−8) = 0.1000",
    ]
    # At BACKWARD the memory is known, and what comes of it is asked.
    asked = texts(at(experiment, 11, Phase.BACKWARD), Phase.UPDATE)
    assert asked[0] == "t ← t + 1 = 11 + 1 = ?"
    assert asked[3:6:2] == [
        "m′ ← m/(1 − β₁ᵗ) = m/(1 − 0.9ᵗ) = ?",
        f"w ← w − η·m′/(√v′ + ε) = {asked[5].split(' = ')[1].split()[0]} − 0.1·m′/(√v′ + 1e−8) = ?",
    ]
    assert "(1 − 0.9¹²)" in texts(at(experiment, 11), Phase.UPDATE)[3]
    tiny = experiment.changed({"optimizer.beta1": 1e-5})
    assert "(1 − (1e−5)¹)" in texts(at(tiny, 0), Phase.UPDATE)[3]


def test_adagrad_starts_from_its_own_sum() -> None:
    values = {"initial_accumulator_value": 0.5, "lr_decay": 0.25}
    experiment = FOUR.changed({"optimizer": Choice("adagrad", values)})
    assert texts(at(experiment, 0), Phase.UPDATE)[:2] == [
        "t ← t + 1 = 0 + 1 = 1",
        "s ← s + (∂L/∂w)² = 0.50000 + (−17.0000)² = 289.5000",
    ]
    assert "0.1/(1 + (2 − 1)·0.25)/(√" in texts(at(experiment, 1), Phase.UPDATE)[2]


def numpys(experiment: Experiment, step: StepView, index: int) -> list[float]:
    """What each line of a parameter's update comes to, from the state before, in float64."""
    name, v = experiment.optimizer.name, experiment.optimizer.values
    assert step.gradients is not None
    g, p, rate = step.gradients[index], step.before[index], step.learning_rate
    memory = [one[index if len(one) > 1 else 0] for one in step.state_before] or [0.0] * 3
    t = step.step + 1
    if name == "sgd":
        velocity = v["momentum"] * memory[0] + g
        return [velocity, p - rate * (g + v["momentum"] * velocity)]
    if name == "rmsprop":
        square = v["alpha"] * memory[0] + (1 - v["alpha"]) * g**2
        move = g / (np.sqrt(square) + v["eps"])
        if not v["momentum"]:
            return [square, p - rate * move]
        move += v["momentum"] * memory[1]
        return [square, move, p - rate * move]
    if name == "adagrad":
        rate = rate / (1 + (t - 1) * v["lr_decay"])
        start = v["initial_accumulator_value"] if t == 1 else memory[0]
        total = start + g**2
        counted = [float(t)] if v["lr_decay"] and not index else []
        return [*counted, total, p - rate * g / (np.sqrt(total) + v["eps"])]
    mean = v["beta1"] * memory[0] + (1 - v["beta1"]) * g
    square = v["beta2"] * memory[1] + (1 - v["beta2"]) * g**2
    corrected = mean / (1 - v["beta1"] ** t), square / (1 - v["beta2"] ** t)
    kept = (1 - rate * v.get("weight_decay", 0.0)) * p
    moved = kept - rate * corrected[0] / (np.sqrt(corrected[1]) + v["eps"])
    return [*([] if index else [float(t)]), mean, square, *corrected, moved]


@pytest.mark.parametrize("index", [0, 1, 40])
@pytest.mark.parametrize(
    "choice",
    [
        Choice("sgd", {"momentum": 0.9, "nesterov": True}),
        Choice("rmsprop"),
        Choice("rmsprop", {"momentum": 0.7, "alpha": 0.5}),
        Choice("adagrad"),
        Choice("adagrad", {"lr_decay": 0.1, "initial_accumulator_value": 2.0}),
        Choice("adam"),
        Choice("adam", {"beta1": 0.0, "eps": 0.5}),
        Choice("adamw", {"weight_decay": 0.9}),
    ],
    ids=str,
)
def test_each_line_of_an_update_is_that_of_numpy(choice: Choice, index: int) -> None:
    experiment = ARTICLE.changed({"optimizer": choice, "learning_rate": 0.05, "batch_size": 30})
    step = step_at(experiment, index)
    assert step.after is not None
    lines = [line for line in step_lines(step, experiment) if line.phase is Phase.UPDATE]
    wanted = [*numpys(experiment, step, 0), *numpys(experiment, step, 1)]
    assert len(lines) == len(wanted)
    for line, exact in zip(lines, wanted, strict=True):
        close(line.result, exact)
        assert line.known
    # Reckoned with the numbers that stand there, each line comes to its outcome.
    for line in lines:
        right = line.parts[1].replace("−", "-").replace("·", "*").replace("²", "**2")
        right = re.sub("√([0-9.e-]+)", r"(\1)**0.5", right)
        right = re.sub("[¹⁴]+", lambda found: f"**{found[0].translate(POWER)}", right)
        assert not re.search(r"[^\d.e*/()+ -]", right), right
        close(line.result, eval(right), 2e-3)
