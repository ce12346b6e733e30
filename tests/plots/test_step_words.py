"""This step in numbers: each number again, by hand and by numpy from the step's own tensors."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.step_view import StepView
from guitrain.numbers import format_number
from guitrain.plots.batch_columns import columns
from guitrain.plots.step_words import (
    Kind,
    Line,
    bracketed,
    lines_of,
    step_lines,
    substituted,
    summed,
)
from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State
from tests.plots.runs import ARTICLE, run_of
from tests.step_views import moment, moments, selected, snapshot_of

FOUR = preset("four_points").experiment
MOVES = (Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE)


def texts(lines: tuple[Line, ...], *phases: Phase, notes: bool = False) -> list[str]:
    """The lines of these phases (all but STOP), without their notes."""
    wanted = phases or MOVES
    return [
        line.text
        for line in lines
        if line.phase in wanted and (notes or line.kind is not Kind.NOTE)
    ]


def at(experiment: Experiment, step: int, phase: Phase = Phase.UPDATE) -> tuple[Line, ...]:
    return lines_of(moment(experiment, step, phase))


def step_at(experiment: Experiment, step: int, phase: Phase = Phase.UPDATE) -> StepView:
    found = moment(experiment, step, phase).step_view
    assert found is not None
    return found


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").replace("∞", "inf").strip("()"))


# With pencil and paper: x = 0, 1, 2, 3; y = 1, 3, 5, 7; w = b = 0; η = 0.1.


def test_four_points_first_step_by_hand() -> None:
    # ŷ = 0: errors −1, −3, −5, −7, whose squares add up to 84, and times x to −34.
    assert texts(at(FOUR, 0)) == [
        "ŷ = w·x + b = 0.0000·0 + 0.0000 = 0.0000",
        "L = (1/4)·Σ(ŷ − y)² = (1/4)·84.0000 = 21.0000",
        "∂L/∂w = (2/4)·Σ(ŷ − y)·x = (2/4)·(−34.0000) = −17.0000",
        "∂L/∂b = (2/4)·Σ(ŷ − y) = (2/4)·(−16.0000) = −8.0000",
        "w ← w − η·∂L/∂w = 0.0000 − 0.1·(−17.0000) = 1.7000",
        "b ← b − η·∂L/∂b = 0.0000 − 0.1·(−8.0000) = 0.8000",
    ]


def test_four_points_second_and_third_step_by_hand() -> None:
    # Errors −0.2, −0.5, −0.8, −1.1.
    assert texts(at(FOUR, 1)) == [
        "ŷ = w·x + b = 1.7000·0 + 0.8000 = 0.8000",
        "L = (1/4)·Σ(ŷ − y)² = (1/4)·2.1400 = 0.5350",
        "∂L/∂w = (2/4)·Σ(ŷ − y)·x = (2/4)·(−5.4000) = −2.7000",
        "∂L/∂b = (2/4)·Σ(ŷ − y) = (2/4)·(−2.6000) = −1.3000",
        "w ← w − η·∂L/∂w = 1.7000 − 0.1·(−2.7000) = 1.9700",
        "b ← b − η·∂L/∂b = 0.8000 − 0.1·(−1.3000) = 0.9300",
    ]
    # Errors −0.07, −0.10, −0.13, −0.16.
    assert [line.result for line in at(FOUR, 2) if line.phase in MOVES and line.result] == [
        "0.9300",
        "0.0144",  # 0.0574 / 4 = 0.01435, rounded
        "−0.4200",
        "−0.2300",
        "2.0120",
        "0.9530",
    ]


def test_four_points_to_the_end_by_fractions() -> None:
    x = [Fraction(k) for k in range(4)]
    y = [2 * k + 1 for k in x]
    w = b = Fraction(0)
    rate, steps = Fraction(1, 10), 0
    for snapshot in moments(Run(FOUR)):
        step = snapshot.step_view
        assert step is not None
        if step.phase is not Phase.UPDATE:
            continue
        errors = [w * at + b - true for at, true in zip(x, y, strict=True)]
        loss = sum((error * error for error in errors), Fraction(0)) / 4
        dot = sum((e * k for e, k in zip(errors, x, strict=True)), Fraction(0))
        slopes = 2 * dot / 4, 2 * sum(errors, Fraction(0)) / 4
        w, b = w - rate * slopes[0], b - rate * slopes[1]
        shown = [line.result for line in lines_of(snapshot) if line.result]
        for text, exact in zip(shown[1:], (loss, *slopes, w, b), strict=True):
            assert number(text) == pytest.approx(float(exact), rel=2e-2, abs=6e-5)
        steps += 1
    assert steps == 100
    assert float(w) == pytest.approx(2.0, abs=0.01)


def test_momentum_has_its_own_state_by_hand() -> None:
    experiment = FOUR.changed({"optimizer.momentum": 0.5})
    assert texts(at(experiment, 0), Phase.UPDATE) == [
        "v ← β·v + ∂L/∂w = 0.5·0 + (−17.0000) = −17.0000",
        "w ← w − η·v = 0.0000 − 0.1·(−17.0000) = 1.7000",
        "v ← β·v + ∂L/∂b = 0.5·0 + (−8.0000) = −8.0000",
        "b ← b − η·v = 0.0000 − 0.1·(−8.0000) = 0.8000",
    ]
    # v = 0.5·(−17) − 2.7 = −11.2 and 0.5·(−8) − 1.3 = −5.3.
    assert texts(at(experiment, 1), Phase.UPDATE) == [
        "v ← β·v + ∂L/∂w = 0.5·(−17.0000) + (−2.7000) = −11.2000",
        "w ← w − η·v = 1.7000 − 0.1·(−11.2000) = 2.8200",
        "v ← β·v + ∂L/∂b = 0.5·(−8.0000) + (−1.3000) = −5.3000",
        "b ← b − η·v = 0.8000 − 0.1·(−5.3000) = 1.3300",
    ]
    assert texts(at(experiment, 1, Phase.BACKWARD), Phase.UPDATE) == [
        "v ← β·v + ∂L/∂w = 0.5·(−17.0000) + (−2.7000) = ?",
        "w ← w − η·v = 1.7000 − 0.1·v = ?",
        "v ← β·v + ∂L/∂b = 0.5·(−8.0000) + (−1.3000) = ?",
        "b ← b − η·v = 0.8000 − 0.1·v = ?",
    ]


def test_memory_that_was_not_kept_is_not_made_up() -> None:
    step = step_at(FOUR.changed({"optimizer.momentum": 0.5}), 1)
    lines = step_lines(replace(step, state_before=()), FOUR.changed({"optimizer.momentum": 0.5}))
    assert texts(lines, Phase.UPDATE)[0] == ("v ← β·v + ∂L/∂w = 0.5·v + (−2.7000) = −11.2000")


def test_absolute_loss_by_hand() -> None:
    # Errors −1, −3, −5, −7: sizes add up to 16, signs times x to −6.
    assert texts(at(FOUR.changed({"loss": "mae"}), 0)) == [
        "ŷ = w·x + b = 0.0000·0 + 0.0000 = 0.0000",
        "L = (1/4)·Σ|ŷ − y| = (1/4)·16.0000 = 4.0000",
        "∂L/∂w = (1/4)·Σ sign(ŷ − y)·x = (1/4)·(−6.0000) = −1.5000",
        "∂L/∂b = (1/4)·Σ sign(ŷ − y) = (1/4)·(−4.0000) = −1.0000",
        "w ← w − η·∂L/∂w = 0.0000 − 0.1·(−1.5000) = 0.1500",
        "b ← b − η·∂L/∂b = 0.0000 − 0.1·(−1.0000) = 0.1000",
    ]


def test_huber_loss_by_hand_says_what_h_and_delta_are() -> None:
    # δ = 4: ½·1, ½·9, 4·(5 − 2), 4·(7 − 2) = 37; clipped errors −1, −3, −4, −4.
    experiment = FOUR.changed({"loss": "huber"}).changed({"loss.delta": 4.0})
    lines = at(experiment, 0)
    assert texts(lines, Phase.LOSS, Phase.BACKWARD, notes=True) == [
        "L = (1/4)·Σ h(ŷ − y) = (1/4)·37.0000 = 9.2500",
        "h(e) = ½e² if |e| ≤ δ, else δ(|e| − ½δ);  δ = 4",
        "∂L/∂w = (1/4)·Σ clip(ŷ − y, ±δ)·x = (1/4)·(−23.0000) = −5.7500",
        "∂L/∂b = (1/4)·Σ clip(ŷ − y, ±δ) = (1/4)·(−12.0000) = −3.0000",
    ]


def test_the_articles_numbers_at_epoch_57() -> None:
    assert texts(at(ARTICLE, 56)) == [
        "ŷ = w·x + b = 1.8947·0 + 1.3013 = 1.3013",
        "L = (1/100)·Σ(ŷ − y)² = (1/100)·24.196 = 0.2420",
        "∂L/∂w = (2/100)·Σ(ŷ − y)·x = (2/100)·(−2.7902) = −0.0558",
        "∂L/∂b = (2/100)·Σ(ŷ − y) = (2/100)·9.0056 = 0.1801",
        "w ← w − η·∂L/∂w = 1.8947 − 0.01·(−0.0558) = 1.8953",
        "b ← b − η·∂L/∂b = 1.3013 − 0.01·0.1801 = 1.2995",
    ]


# Every number again, from the step's tensors.

SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"batch_size": 7},
    {"batch_size": 1},
    {"optimizer.momentum": 0.9, "batch_size": 32},
    {"loss": "mae"},
    {"loss": "huber", "standardize": True},
    {"loss": "huber", "batch_size": 33, "optimizer.momentum": 0.3, "standardize": True},
    {"data.noise": 300.0, "learning_rate": 1e-5},
)


def oracle(name: str, delta: float, error: Any) -> tuple[Any, Any]:
    """Each point's loss and its slope, written down anew."""
    if name == "mse":
        return error * error, 2 * error
    if name == "mae":
        return abs(error), np.where(error > 0, 1.0, np.where(error < 0, -1.0, 0.0))
    inside = abs(error) <= delta
    return (
        np.where(inside, error * error / 2, delta * abs(error) - delta * delta / 2),
        np.where(inside, error, delta * np.sign(error)),
    )


def close(text: str, exact: float, digits: float = 1.1e-4) -> None:
    assert number(text) == pytest.approx(exact, rel=1e-3, abs=digits)


@pytest.mark.parametrize("changes", SETTINGS)
@pytest.mark.parametrize("index", [0, 5])
def test_each_number_is_that_of_the_tensors(changes: Mapping[str, Any], index: int) -> None:
    experiment = ARTICLE.changed({**changes, "stop.epochs": 7})
    step = step_at(experiment, index)
    lines = step_lines(step, experiment)
    x, y = step.inputs[:, 0].astype(float), step.targets.astype(float)
    w, b = step.before
    n = len(x)
    assert n == min(experiment.batch_size or 100, 100)
    prediction = w * x + b
    assert step.prediction is not None
    assert step.prediction[:, 0] == pytest.approx(prediction, rel=1e-5, abs=1e-4)
    term, slope = oracle(experiment.loss.name, 1.0, prediction - y)
    by_kind = {
        phase: [line for line in lines if line.phase is phase and line.kind is not Kind.NOTE]
        for phase in MOVES
    }
    forward, loss = by_kind[Phase.FORWARD][0], by_kind[Phase.LOSS][0]
    close(forward.result, prediction[0])
    assert f"·{bracketed(format_number(float(x[0]), 5))} + " in forward.parts[2]
    assert loss.parts[1].startswith(f"(1/{n})·Σ")
    close(loss.parts[2].partition("·")[2], term.sum(), n * 1e-4)
    close(loss.result, term.mean())
    slopes = (slope * x).mean(), slope.mean()
    factor = 2 if experiment.loss.name == "mse" else 1
    for line, exact, times in zip(by_kind[Phase.BACKWARD], slopes, (x, 1.0), strict=True):
        assert line.parts[1].startswith(f"({factor}/{n})·Σ")
        close(line.parts[2].partition("·")[2], (slope * times).sum() / factor, n * 1e-4)
        close(line.result, float(exact))
    updates = by_kind[Phase.UPDATE]
    beta, rate = experiment.optimizer["momentum"], experiment.learning_rate
    assert step.after is not None
    if beta:
        velocities = [beta * v for v in step.state_before[0]] if index else [0.0, 0.0]
        velocities = [v + float(s) for v, s in zip(velocities, slopes, strict=True)]
        close(updates[0].result, velocities[0])
        close(updates[2].result, velocities[1])
    else:
        velocities = [float(s) for s in slopes]
    close(updates[beta > 0].result, w - rate * velocities[0])
    close(updates[-1].result, b - rate * velocities[1])


@pytest.mark.parametrize("changes", SETTINGS)
def test_the_tables_columns_are_those_of_the_tensors(changes: Mapping[str, Any]) -> None:
    experiment = ARTICLE.changed(changes)
    step = step_at(experiment, 2)
    made = {column.head: column.of for column in columns(step, experiment)}
    assert step.prediction is not None
    x, y, given = step.inputs[:, 0], step.targets, step.prediction[:, 0]
    error = given.astype(float) - y
    term, slope = oracle(experiment.loss.name, 1.0, error)
    expected = {"x": x, "y": y, "ŷ": given, "ŷ − y": error}
    if experiment.loss.name == "mse":
        expected |= {"(ŷ − y)²": term, "(ŷ − y)·x": error * x}
    elif experiment.loss.name == "mae":
        expected |= {"|ŷ − y|": term, "sign(ŷ − y)·x": slope * x, "sign(ŷ − y)": slope}
    else:
        expected |= {
            "h(ŷ − y)": term,
            "clip(ŷ − y, ±δ)·x": slope * x,
            "clip(ŷ − y, ±δ)": slope,
        }
    assert [*made] == [*expected]
    for head, values in expected.items():
        of = made[head]
        assert of is not None
        np.testing.assert_allclose(of(slice(None)), values, rtol=1e-12)
        np.testing.assert_allclose(of(slice(0, 1)), values[:1], rtol=1e-12)


# As far as the step has gone.


@pytest.mark.parametrize("phase", [Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD])
def test_what_is_still_to_come_is_asked(phase: Phase) -> None:
    order = [Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE]
    for line in at(ARTICLE, 3, phase):
        if line.kind is Kind.NOTE or line.phase is Phase.STOP:
            continue
        done = order.index(line.phase) <= order.index(phase)
        assert (line.result == "?") is not done, line
        # At BACKWARD the update stands there ready to be worked out.
        ready = line.phase is Phase.UPDATE and phase is Phase.BACKWARD
        assert line.known is (done or ready), line


def test_before_the_first_step_the_formulas_stand_alone() -> None:
    expected = [
        "ŷ = w·x + b = ?",
        "L = (1/n)·Σ(ŷ − y)² = ?",
        "∂L/∂w = (2/n)·Σ(ŷ − y)·x = ?",
        "∂L/∂b = (2/n)·Σ(ŷ − y) = ?",
        "w ← w − η·∂L/∂w = ?",
        "b ← b − η·∂L/∂b = ?",
    ]
    for snapshot in (
        moment(ARTICLE, 0, Phase.INIT),
        Snapshot(0, State.LOADING, ARTICLE),
    ):
        lines = lines_of(snapshot)
        assert texts(lines) == expected
        assert not any(line.known for line in lines)


def test_stop_stands_between_with_its_answer() -> None:
    lines = at(ARTICLE, 56, Phase.STOP)
    found = [(index, line) for index, line in enumerate(lines) if line.phase is Phase.STOP]
    assert [line.text for _, line in found] == ["epoch 57 of 100 → keep going"]
    index = found[0][0]
    assert lines[index - 1].phase is Phase.LOSS
    assert lines[index + 1].phase is Phase.BACKWARD


def test_a_stopped_run_says_that_no_update_follows() -> None:
    run = run_of(100)
    while run.advance() is not None:
        pass
    lines = lines_of(snapshot_of(run))
    assert not texts(lines, Phase.UPDATE, notes=True)
    assert texts(lines, Phase.BACKWARD, notes=True) == [
        "The run has stopped: no gradient and no update follow."
    ]
    assert "epoch 100 of 100 done → stop" in [line.text for line in lines]


def test_a_diverged_run_has_no_numbers_that_are_none() -> None:
    run = Run(ARTICLE.changed({"learning_rate": 3.0, "stop.epochs": 200}))
    seen = set()
    for snapshot in moments(run):
        for line in lines_of(snapshot):
            assert "nan" not in line.text
            assert "inf" not in line.text
            seen.add(line.result)
    assert run.stopped is not None
    assert "∞" in seen or "NaN" in seen
    final = lines_of(snapshot)
    assert any(line.phase is Phase.LOSS and line.result in ("∞", "NaN") for line in final)


# Which sample.


def sample_lines(experiment: Experiment, row: int | None) -> list[str]:
    point = None if row is None else selected(row)
    snapshot = moment(experiment, 0, Phase.FORWARD, point=point)
    return texts(lines_of(snapshot), Phase.FORWARD, notes=True)


def test_the_selected_point_is_the_sample() -> None:
    assert sample_lines(FOUR, None)[1] == "for point 1, the first in this batch of 4"
    shown = sample_lines(FOUR, 2)
    assert shown[0] == "ŷ = w·x + b = 0.0000·2 + 0.0000 = 0.0000"
    assert shown[1] == "for point 3, which you selected, in this batch of 4"


def test_a_selected_point_outside_of_the_batch_is_told() -> None:
    experiment = FOUR.changed({"batch_size": 2})
    step = step_at(experiment, 0, Phase.FORWARD)
    inside, outside = int(step.rows[1]), ({0, 1, 2, 3} - {*step.rows.tolist()}).pop()
    assert f"0.0000·{inside} " in sample_lines(experiment, inside)[0]
    assert sample_lines(experiment, outside)[1] == (
        f"for point {step.rows[0] + 1}, the first in this batch of 2: yours is not in it"
    )


def test_standardized_inputs_are_named_as_such() -> None:
    experiment = ARTICLE.changed({"standardize": True})
    shown = sample_lines(experiment, None)
    assert shown[2] == "Standardized: x is (x − mean) / deviation here; w, b belong to it."
    x = np.linspace(0, 5, 100)
    lowest = format_number(-x.mean() / x.std(), 5)
    assert f"·({lowest}) + " in shown[0]
    assert not any("Standardized" in text for text in sample_lines(ARTICLE, None))


# Numbers and names.


def test_names_in_formulas_are_replaced_whole() -> None:
    numbers = {"v": "−2", "β": "0.9", "∂L/∂w": "−3", "w": "5", "β₁": "0.8"}
    assert substituted("β·v + ∂L/∂w", numbers) == "0.9·(−2) + (−3)"
    assert substituted("v − w", numbers) == "−2 − 5"
    assert substituted("β₁·v + (1 − β₁)·∂L/∂w²", numbers) == "0.8·(−2) + (1 − 0.8)·(−3)²"
    assert substituted("v² + v̂ + vw + ∂L/∂b", numbers) == "(−2)² + v̂ + vw + ∂L/∂b"
    assert substituted("w", {}) == "w"


@pytest.mark.parametrize(
    ("value", "count", "text"),
    [
        (84.0, 4, "84.0000"),
        (24.1962, 100, "24.196"),
        (2420.04321, 100, "2420.043"),
        (-2.79019, 100, "−2.7902"),
        (0.0123, 1000, "0.012300"),
        (242012.34, 1_000_000, "242012"),
        (0.0, 7, "0.0000"),
        (math.inf, 100, "∞"),
        (-math.inf, 100, "−∞"),
        (math.nan, 100, "NaN"),
        (1e-9, 100, "1e-9".replace("-", "−")),
        (6.25e33, 100, "6.25e33"),
    ],
)
def test_sums_have_digits_enough_for_their_mean(value: float, count: int, text: str) -> None:
    assert summed(value, count) == text


MANY = ARTICLE.changed({"model": Choice("polynomial", {"degree": 9}), "standardize": True})


def test_many_parameters_are_told_by_the_sizes_of_their_tensors() -> None:
    at = {(step.step, step.phase): step for step in two_steps(MANY)}
    step = at[1, Phase.UPDATE]
    assert step.gradients == step.before == step.after == ()
    lines = step_lines(step, MANY)
    assert "10 weights: w 9×1, b 1" in texts(lines, Phase.FORWARD, notes=True)
    sizes = [tensor.gradient for tensor in step.tensors]
    told = texts(lines, Phase.BACKWARD)
    assert told == [f"‖∂L/∂{n}‖ = {size:.4f}" for n, size in zip("wb", sizes, strict=True)]
    assert not any("Σ" in line for line in told)  # no chain rule of sums for a whole tensor
    moved = texts(lines, Phase.UPDATE)
    assert moved[0] == "p ← p − η·∂L/∂p"
    assert moved[1] == f"‖w‖: {step.tensors[0].before:.4f} → {step.tensors[0].after:.4f}"
    earlier = at[1, Phase.FORWARD]
    assert [tensor.gradient for tensor in earlier.tensors] == [None, None]
    assert texts(step_lines(earlier, MANY), Phase.BACKWARD) == ["‖∂L/∂w‖ = ?", "‖∂L/∂b‖ = ?"]
    assert texts(step_lines(None, MANY), Phase.UPDATE) == ["p ← p − η·∂L/∂p"]


def two_steps(experiment: Experiment) -> Iterator[StepView]:
    for snapshot in moments(Run(experiment)):
        assert snapshot.step_view is not None
        if snapshot.step_view.step == 2:
            return
        yield snapshot.step_view


def test_a_polynomials_sums_give_its_gradients() -> None:
    cubic = ARTICLE.changed({"model": "polynomial", "standardize": True, "learning_rate": 0.01})
    step = step_at(cubic, 1)
    lines = texts(step_lines(step, cubic), Phase.BACKWARD)
    assert [line.split(" = ")[1] for line in lines] == [
        f"(2/100)·Σ(ŷ − y)·{power}" for power in ("x", "x²", "x³")
    ] + ["(2/100)·Σ(ŷ − y)"]
    assert step.gradients is not None
    x = step.inputs[:, 0].astype(np.float64)
    assert step.prediction is not None
    errors = step.prediction[:, 0] - step.targets
    for gradient, power, line in zip(step.gradients, (1, 2, 3, 0), lines, strict=True):
        assert gradient == pytest.approx(2 * np.mean(errors * x**power), rel=1e-4)
        assert line.endswith(f" = {format_number(gradient, 4, fixed=True)}")
    forward = texts(step_lines(step, cubic), Phase.FORWARD)[0]
    numbers = [format_number(n, 4, fixed=True) for n in step.before]
    assert forward.split(" = ")[2].startswith(f"{numbers[0]}·(−1.7148) + ")
    assert "(−1.7148)²" in forward
    assert "(−1.7148)³" in forward


def test_extreme_numbers_are_written() -> None:
    step = step_at(ARTICLE, 0)
    for value in (math.nan, math.inf, -math.inf, 1e38, -1e-38):
        odd = replace(
            step,
            prediction=np.full((100, 1), value, np.float32),
            loss=value,
            gradients=(value, value),
            before=(value, value),
            after=(value, value),
        )
        for line in step_lines(odd, ARTICLE):
            assert line.text
            assert "nan" not in line.text
