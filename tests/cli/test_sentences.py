"""What people read: a sentence for each problem and each end of a run, with its numbers."""

import ast
import math
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitrain import sentences
from guitrain.core.closed_form import Facts, facts_of
from guitrain.core.data import Column
from guitrain.core.devices import checked, present
from guitrain.core.engine import Engine
from guitrain.core.experiment import Choice, Experiment, StopRules
from guitrain.core.features import checked_count
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.core.saved_weights import SavedWeights
from guitrain.core.settings import DEVICE, EPOCHS, LEARNING_RATE
from guitrain.core.stopping import Rule
from guitrain.core.sweep import SweepPlan, spread
from guitrain.core.table import Table
from guitrain.numbers import parse_number
from guitrain.sentences import (
    problem_sentence,
    stop_sentence,
    unreachable_target_sentence,
)
from guitrain.typed_rows import rows_in

PACKAGE = Path(sentences.__file__).parent
ARTICLE = Experiment(initial=(-0.20546, 0.78300))


# Problems.


def raising_sites() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Of every place that makes an ExperimentProblem: where it is, its code, its values' names."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != (
                "ExperimentProblem"
            ):
                continue
            names = {keyword.arg for keyword in node.keywords if keyword.arg}
            if any(keyword.arg is None for keyword in node.keywords):
                names |= {"value", "minimum", "maximum"}  # Param's limits
            codes = [n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)]
            for code in codes:
                yield f"{path.name}:{node.lineno}", str(code), frozenset(names)


SITES = list(raising_sites())


def test_the_sites_are_found() -> None:
    assert len(SITES) > 30


@pytest.mark.parametrize(("place", "code", "names"), SITES, ids=[f"{s[0]}-{s[1]}" for s in SITES])
@pytest.mark.parametrize(
    "value",
    [1, 0.5, "text", None, 10**4000, math.inf, math.nan, [1]],
    ids=["int", "float", "text", "none", "huge", "inf", "nan", "list"],
)
def test_every_site_supplies_what_its_sentence_says(
    place: str, code: str, names: frozenset[str], value: Any
) -> None:
    problem = ExperimentProblem(code, "learning_rate")
    problem.values = dict.fromkeys(names, value)
    sentence = problem_sentence(problem)
    assert not set("{}") & set(sentence), place
    assert sentence.endswith((".", ")"))
    assert len(sentence) < 400


def test_no_sentence_is_without_a_site() -> None:
    assert set(sentences._PROBLEMS) == {code for _, code, _ in SITES}


def changed(path: str, value: Any) -> Callable[[], object]:
    return lambda: ARTICLE.changed({path: value})


def on_surface(path: str, value: Any) -> Callable[[], object]:
    return lambda: ARTICLE.changed({"data": "bowl", path: value})


def loaded(**fields: Any) -> Callable[[], object]:
    return lambda: Experiment.from_json({**ARTICLE.to_json(), **fields})


def made(**fields: Any) -> Callable[[], object]:
    return lambda: Experiment(**fields)


def of_columns(values: dict[str, Any], missing: str = "refuse") -> Callable[[], object]:
    """A table of many columns, of which these are chosen."""

    def make() -> object:
        rows = np.arange(2000.0)
        columns = {
            "a": rows,
            "b": rows,
            "y": rows,
            "k": rows,
            "one": np.full(2000, 7.0),
            "gaps": np.where(rows < 1999, np.nan, rows),
            "end": np.where(rows > 1998, np.nan, rows),
            "none": np.full(2000, np.nan),
        }
        found = Table(columns, "", {"k": [f"k{n}" for n in range(2000)]})
        given = {"table": found, "x": "b", "y": "y", "missing": missing, **values}
        return Experiment(data=Choice("table", given))

    return make


def million_texts() -> object:
    codes = {"k": np.arange(1_000_000) % 60, "y": np.zeros(1_000_000)}
    found = Table(codes, "", {"k": [f"k{n}" for n in range(60)]})
    return Experiment(data=Choice("table", {"table": found, "x": "k"}))


def network(hidden: str) -> Callable[[], object]:
    return lambda: Experiment(model=Choice("mlp", {"hidden": hidden}))


def on_a_device_that_is_not_here() -> object:
    checked(next(name for name, _ in DEVICE.choices if name not in present()))
    return None


def saved(*numbers: float) -> Callable[[], object]:
    return lambda: Experiment(weights=SavedWeights.of(numbers))


def drawn(points: Any) -> Experiment:
    return Experiment(data=Choice("drawn", {"drawing": points}))


def classes(points: Any) -> Experiment:
    changes = {"data": Choice("drawn_classes", {"class_points": points})}
    return Experiment().changed(changes)


def table(x: Any) -> Callable[[], object]:
    return lambda: Table({"x": x})


def swept(rates: Any, path: str = "", values: Any = ()) -> Callable[[], object]:
    return lambda: SweepPlan(ARTICLE, tuple(rates), path, tuple(values))


def on_a_cluster(found: ModuleType | None, built: bool = False) -> Callable[[], object]:
    """With this module of Dask, or without it; in the built app or not."""

    def make() -> object:
        frozen = patch.object(sys, "frozen", built, create=True)
        with patch.dict(sys.modules, {"distributed": found}), frozen:
            return Engine(1, "tcp://nowhere:8786")

    return make


def silent_dask() -> ModuleType:
    def client(address: str, timeout: float) -> object:
        raise OSError(f"timed out after {timeout} s")

    made = ModuleType("distributed")
    made.Client = client  # type: ignore[attr-defined]
    return made


# What makes the problem, its code, and what its sentence must say.
REAL: list[tuple[Callable[[], object], str, str]] = [
    (changed("features", ()), "empty_set", "Features: choose at least one of x, squares, prod"),
    (changed("features", ("products",)), "no_features", "One input has no product with another"),
    (changed("stop.validation_patience", 3), "no_validation", "there are none: raise the validati"),
    (lambda: drawn(()).make_data(), "no_points", "The drawing is empty: click on the Fit plot"),
    (lambda: classes(()).make_data(), "no_class_points", "choose a class and click on the map"),
    (lambda: classes(((0, 1, 9),)), "point_class", "9 is no class (point 1). Choose a whole"),
    (lambda: drawn("one"), "not_points", "“one” is not a list of points"),
    (lambda: drawn(((0.0, 1.0),) * 2001), "too_many_points", "2001 points are too many, the most"),
    (lambda: drawn(((1.0,),)), "point_size", "point 1 must be the numbers x, y, and no more"),
    (lambda: drawn(((0, 1), ("a", 2))), "point_not_number", "x of point 2 is not a number"),
    (lambda: drawn(((0, 1e99),)), "point_range", "y of point 1 is out of range"),
    (lambda: checked_count(("x", "products"), 64), "too_many_features", "would be 2080 numbers; a"),
    (
        lambda: ARTICLE.changed(
            {
                "data": "circle",
                "features": ("products",),
                "model": "polynomial",
                "loss": "cross_entropy",
            }
        ),
        "model_outputs",
        "The model has 1 output, and the loss asks for 2",
    ),
    (changed("standardize", 1), "not_bool", "Standardize x can only be on or off"),
    (lambda: Table.from_json({"source": 3, "columns": {}}), "not_text", "Source must be a text"),
    (changed("data", Choice("table", {"table": [1]})), "not_table", "File: this is not a table"),
    (lambda: parse_number(LEARNING_RATE, "fast"), "not_number", "“fast” is not a number"),
    (changed("learning_rate", "fast"), "not_number", "Learning rate: “fast”"),
    (changed("learning_rate", True), "not_number", "Learning rate: “True”"),
    (changed("learning_rate", math.inf), "not_finite", "Learning rate must be a finite number: ∞"),
    (changed("learning_rate", math.nan), "not_finite", "Learning rate"),
    (changed("stop.epochs", 1.5), "not_whole", "Epochs must be a whole number: 1.5"),
    (changed("learning_rate", 0), "not_above", "Learning rate 0 is too small: choose a number abo"),
    (changed("learning_rate", -1), "not_above", "Learning rate −1 is too small"),
    (changed("stop.epochs", 0), "too_small", "a number from 1 to 1,000,000,000"),
    (changed("data.noise", -0.5), "too_small", "Noise −0.5 is too small"),
    (changed("learning_rate", 1e9), "too_large", "above 0, at most 1000"),
    (changed("learning_rate", 10**5), "too_large", "Learning rate 100,000 is too large"),
    (changed("stop.epochs", 10**200), "too_large", "Epochs 1e200 is too large"),
    (changed("stop.epochs", 10**4000), "too_large", "Epochs … is too large"),
    (changed("pace", 3), "unknown_setting", "Pace is not a setting of “experiment”"),
    (changed("data.colour", 3), "unknown_setting", "Colour is not a setting of “line”"),
    (changed("data", "table"), "missing", "File is missing from “table”"),
    (changed("model", "tree"), "unknown_entry", "Model: there is no “tree”. Choose one of linear"),
    (changed("loss", "{loss}"), "unknown_entry", "Loss: there is no"),
    (made(model="linear"), "not_choice", "Model must name an entry"),
    (changed("batch_size", 101), "batch_too_large", "larger than the 100 training points"),
    (changed("optimizer.nesterov", True), "no_momentum", "Nesterov looks ahead along the momentum"),
    (on_surface("l2", 0.1), "needs_points", "L2 penalty asks for points"),
    (on_surface("loss", "mse"), "loss_surface", "its loss is its own height. Choose height."),
    (on_surface("model", "mlp"), "model_surface", "learns from points"),
    (changed("model", "surface"), "model_points", "is for the test surfaces"),
    (changed("loss", "cross_entropy"), "loss_numbers", "is for classes, and these data have a num"),
    (
        lambda: ARTICLE.changed({"data": "circle", "loss": "mse"}),
        "loss_classes",
        "Loss “mse” is not for 2 classes: choose binary_cross_entropy, cross_entropy.",
    ),
    (
        lambda: ARTICLE.changed({"data": "circle", "model": "polynomial"}),
        "model_inputs",
        "The model takes 1 input, and these data have 2",
    ),
    (changed("model", "cnn"), "model_image", "The model looks at images, and what it is given he"),
    (
        lambda: rows_in("1 2 3; 4", (Column(),) * 3),
        "row_width",
        "have 3 inputs, and this row has 1. Type 3",
    ),
    (changed("initial", (1.0,)), "initial_count", "one number for each of w b"),
    (
        lambda: Experiment(model=Choice("polynomial", {"degree": 9}), initial=(1.0,) * 10),
        "initial_many",
        "The model has 10 weights: they can be set by hand up to 8.",
    ),
    (on_a_device_that_is_not_here, "no_device", "that torch can use. Choose one of: cpu"),
    (saved(1.0), "weights_count", "has 1 weights, and this model has 2"),
    (saved(1.0, math.nan), "weights_not_finite", "One of the weights in the file is nan"),
    (
        lambda: Experiment(initial=(1.0, 2.0), weights=SavedWeights.of((1, 2))),
        "weights_twice",
        "given twice",
    ),
    (loaded(weights=[1.0]), "not_weights", "draw them from their seed"),
    (network("8, , x"), "not_layers", "“8, , x” is not a list of numbers"),
    (network("1,1,1,1,1,1,1"), "too_many_layers", "7 layers are too many. Type at most 6"),
    (network("0"), "layer_width", "a layer of 0 cannot be had here. Each has 1 to 32."),
    (loaded(format="other"), "not_experiment", "not a GUITrain experiment"),
    (loaded(version=7), "unknown_version", "version 7; this GUITrain reads version 1"),
    (loaded(stop=[1]), "not_object", "Stop must be an object with named settings, not list"),
    (table([1.0, math.inf]), "cell_not_finite", "Column “x”, row 2"),
    (of_columns({"x": ()}), "no_inputs", "No input is chosen"),
    (of_columns({"x": ("a", "y")}), "target_is_input", "“y” is the target and an input too"),
    (of_columns({"y": "k"}), "target_is_text", "Column “k” has texts"),
    (of_columns({"y": "one", "task": "classification"}), "one_class", "Every row has “7” in"),
    (of_columns({"y": "a", "task": "classification"}), "too_many_classes", "“a” has 2000 differe"),
    (of_columns({"x": "k"}), "too_many_inputs", "2000 inputs are too many, at most 1000"),
    (of_columns({"x": "gaps"}), "cell_missing", "“gaps” has no value in row 1 (1999 such cells)"),
    (of_columns({"x": "none"}, "fill"), "column_empty", "Column “none” has no values at all"),
    (of_columns({"x": ("gaps", "end")}, "drop_rows"), "no_rows_left", "Each of the 2000 rows has"),
    (million_texts, "too_many_numbers", "are 60,000,000 numbers"),
    (table([1.0, 2e30]), "cell_too_large", "Column “x”, row 2: beyond ±1e30"),
    (table([]), "no_rows", "no rows of numbers"),
    (table(np.zeros(1_000_001)), "too_many_rows", "1,000,001 rows; the most is 1,000,000"),
    (lambda: Table({"a": [1], "b": [2]}).column("c"), "no_column", "“c”: choose one of a, b"),
    (changed("data.x_max", -1), "empty_range", "x to −1 must be greater than x from 0"),
    (lambda: parse_number(EPOCHS, " "), "empty", "Epochs is empty: type a number such as 100"),
    (lambda: parse_number(EPOCHS, "1,000"), "ambiguous_comma", "is “1,000” a thousand"),
    (lambda: rows_in("", (Column(),)), "empty", "type a number such as 1"),
    (
        lambda: rows_in("1 " * 51, (Column(),)),
        "too_many_x",
        "51 x values are too many at once: type at most 50",
    ),
    (Run(ARTICLE).branch, "not_begun", "has not begun"),
    (lambda: spread(1.0, 0.1, 9), "not_above_from", "learning rate 0.1 must be above the smalle"),
    (swept((0.1, 0.2), "data.noise", (1,)), "not_swept", "Noise cannot be swept here. Choose one"),
    (swept((0.1, 0.2), "l2", range(9)), "too_many_values", "L2 penalty: 9 values are too many"),
    (swept(np.geomspace(0.1, 1, 256), "l2", range(5)), "too_many_lanes", "1280 runs are too many"),
    (on_a_cluster(None), "no_dask", "pip install “dask[distributed]”"),
    (on_a_cluster(None, True), "no_dask_built", "Leave --cluster out to train on this machine"),
    (on_a_cluster(silent_dask()), "no_cluster", "answers at tcp://nowhere:8786 (timed out after"),
]


@pytest.mark.parametrize(("make", "code", "says"), REAL, ids=[f"{c}-{s[:20]}" for _, c, s in REAL])
def test_real_problems_are_said_in_words(make: Callable[[], object], code: str, says: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        make()
    assert caught.value.code == code
    assert says in problem_sentence(caught.value)


def test_every_code_was_raised_for_real() -> None:
    assert {code for _, code, _ in REAL} == {code for _, code, _ in SITES}


@given(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=80).map(lambda text: text * 50)
    | st.lists(st.integers(), max_size=3)
    | st.sampled_from([10**15, -(10**16), 10**299, 10**300, -(10**4299)])
)
def test_no_value_whatever_breaks_the_sentence(value: Any) -> None:
    for path in ("learning_rate", "stop.epochs", "batch_size", "data.points", "initial", "loss"):
        sentence = ""
        try:
            ARTICLE.changed({path: value})
        except ExperimentProblem as problem:
            sentence = problem_sentence(problem)
        assert len(sentence) < 300


def test_long_text_is_quoted_by_its_beginning() -> None:
    with pytest.raises(ExperimentProblem) as caught:
        parse_number(LEARNING_RATE, "fast" * 1000)
    assert "fastfast" in problem_sentence(caught.value)
    assert len(problem_sentence(caught.value)) < 200


def test_translator_gets_the_template_and_its_text_is_filled_in() -> None:
    asked = []

    def upper(context: str, text: str) -> str:
        asked.append((context, text))
        return "{label} 太小" if "too small" in text else text

    sentences.install_translator(upper)
    try:
        with pytest.raises(ExperimentProblem) as caught:
            ARTICLE.changed({"learning_rate": 0})
        assert problem_sentence(caught.value) == "Learning rate 太小"
    finally:
        sentences.install_translator(None)
    assert ("Problems", "{label} {value} is too small: choose {range}.") in asked
    assert ("Settings", "Learning rate") in asked


# Why a run stopped.


@cache
def numpy_losses() -> list[float]:
    """The article's losses by hand: gradient descent in float64."""
    x = np.linspace(0, 5, 100)
    y = 2 * x + 1 + np.random.RandomState(42).normal(0, 0.5, 100)
    w, b, losses = -0.20546, 0.78300, []
    for _ in range(101):
        error = w * x + b - y
        losses.append(float(np.mean(error**2)))
        w, b = w - 0.01 * 2 * float(np.mean(error * x)), b - 0.01 * 2 * float(np.mean(error))
    return losses


@cache
def largest_eigenvalue() -> float:
    x = np.linspace(0, 5, 100)
    return float(np.linalg.eigvalsh(2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1]]))[-1])


def ended(changes: dict[str, Any], experiment: Experiment = ARTICLE) -> tuple[Rule, str]:
    run = Run(experiment.changed(changes))
    rule = run.run().rule
    sentence = stop_sentence(run.view())
    assert not set("{}") & set(sentence)
    return rule, sentence


def test_running_run_has_no_sentence_yet() -> None:
    run = Run(ARTICLE)
    for _ in range(20):
        run.advance()
    assert stop_sentence(run.view()) == ""


def test_epochs() -> None:
    assert ended({}) == (
        Rule.EPOCHS,
        f"Stopped: all 100 epochs are done. Final loss {numpy_losses()[100]:.4f}.",
    )
    rule, sentence = ended({"stop.epochs": 1})
    assert rule is Rule.EPOCHS
    assert sentence == f"Stopped: the only epoch is done. Final loss {numpy_losses()[1]:.4f}."


def test_target() -> None:
    epoch = next(k for k, loss in enumerate(numpy_losses()) if loss <= 0.25)
    rule, sentence = ended({"stop.target_loss": 0.25})
    assert rule is Rule.TARGET_LOSS
    assert f"after epoch {epoch}:" in sentence
    assert f"the loss {numpy_losses()[epoch]:.4f} is at or below the target 0.25" in sentence


def test_target_met_from_the_start() -> None:
    rule, sentence = ended({"stop.target_loss": 1e6})
    assert rule is Rule.TARGET_LOSS
    assert "before the first update" in sentence
    assert f"{numpy_losses()[0]:.4f}" in sentence


def test_patience() -> None:
    best, waited, epoch = math.inf, 0, -1
    while waited < 5:
        epoch += 1
        loss = numpy_losses()[epoch]
        best, waited = (loss, 0) if loss < best - 0.01 else (best, waited + 1)
    rule, sentence = ended({"stop.patience": 5, "stop.min_improvement": 0.01})
    assert rule is Rule.PATIENCE
    assert f"after epoch {epoch}: for 5 epochs" in sentence
    assert "more than 0.01" in sentence
    assert "in the last epoch" in ended({"stop.patience": 1, "stop.min_improvement": 100.0})[1]


def test_divergence_names_the_limit_of_the_rate() -> None:
    rule, sentence = ended({"learning_rate": 0.3})
    assert rule is Rule.NON_FINITE
    assert f"{2 / largest_eigenvalue():.4f}" == "0.1094"
    assert "the learning rate 0.3 is over 2/λmax = 0.1094 for this data" in sentence
    assert sentence.count(". ") == 1  # one sentence says why, one what to do
    assert sentence.endswith("Go on with 0.1, which is under it.")  # a third
    # A third of 0.5 is over the limit too: half the limit.
    assert ended({"learning_rate": 0.5})[1].endswith("Go on with 0.055, which is under it.")


def test_limit_is_never_shown_as_more_than_the_rate_over_it() -> None:
    limit = 2 / largest_eigenvalue()
    assert f"{limit:.6f}" == "0.109374"
    for rate, shown in ((0.3, "0.1094"), (0.10938, "0.10937"), (0.10940001, "0.1094")):
        assert sentences.limit_text(limit, rate) == shown


def test_divergence_with_momentum_names_its_own_limit() -> None:
    rule, sentence = ended({"learning_rate": 0.5, "optimizer.momentum": 0.9, "stop.epochs": 10_000})
    assert rule is Rule.NON_FINITE
    assert f"0.5 is over 2(1 + β)/λmax = {2 * 1.9 / largest_eigenvalue():.4f}" in sentence


def test_divergence_in_mini_batches_claims_no_limit() -> None:
    rule, sentence = ended({"learning_rate": 0.9, "batch_size": 10, "stop.epochs": 1000})
    assert rule is Rule.NON_FINITE
    assert "λ" not in sentence
    assert "A lower learning rate such as 0.3" in sentence


def test_loss_beyond_float32_from_the_start_is_no_fault_of_the_rate() -> None:
    far = Choice("table", {"table": Table({"x": [0, 1], "y": [0, 1e30]}), "x": "x", "y": "y"})
    experiment = Experiment(data=far, test_fraction=0.0, learning_rate=1e-6)
    rule, sentence = ended({}, experiment)
    assert rule is Rule.NON_FINITE
    assert "at the first step" in sentence
    assert "larger units" in sentence
    assert "learning rate" not in sentence


# Before a run.


def facts(experiment: Experiment) -> Facts:
    return facts_of(experiment, experiment.make_data())


@pytest.mark.parametrize("target", [None, 0.25, 0.21])
def test_reachable_target_needs_no_note(target: float | None) -> None:
    experiment = ARTICLE.changed({"stop.target_loss": target})
    assert unreachable_target_sentence(experiment, facts(experiment)) is None


@pytest.mark.parametrize(("target", "shown"), [(0.2, "0.2"), (0.01, "0.01"), (0, "0")])
def test_unreachable_target_is_said_with_the_best(target: float, shown: str) -> None:
    experiment = ARTICLE.changed({"stop.target_loss": target})
    sentence = unreachable_target_sentence(experiment, facts(experiment))
    assert sentence is not None
    assert f"a loss of {shown} on these points: the best is 0.2037" in sentence


def test_stop_rules_are_refused_on_their_own_too() -> None:
    with pytest.raises(ExperimentProblem) as caught:
        StopRules(patience=0)
    assert " 0 is too small: choose a number from 1 " in problem_sentence(caught.value)
