"""Points drawn by hand, as a part of the experiment."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitrain.core.code import script
from guitrain.core.datasets.drawn import MOST_DRAWN
from guitrain.core.drawing import (
    MOST_COPIED,
    Points,
    can_be_copied,
    choice_of,
    copied,
    drawing_of,
    index_of,
    row_of,
)
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from guitrain.sentences import problem_sentence
from guitrain.setting_words import change_words, value_words
from tests.core.recipes import finished

FOUR = ((0.0, 1.0), (3.0, 7.5), (1.0, 3.0), (2.0, 5.0))

places = st.tuples(*[st.floats(-1e30, 1e30, allow_nan=False)] * 2)


def drawn(points: Any, **others: Any) -> Experiment:
    return Experiment(data=Choice("drawn", {"drawing": points}), **others)


# What it holds.


@given(st.lists(places, min_size=1, max_size=40))
def test_a_drawing_is_the_data_and_goes_to_json_and_back(points: list[tuple[float, ...]]) -> None:
    made = drawn(points, test_fraction=0.0)
    data = made.make_data()
    assert data.train.inputs[:, 0].tolist() == [x for x, _ in points]
    assert data.train.targets.tolist() == [y for _, y in points]
    assert len(data.test) == 0
    again = Experiment.from_json(json.loads(json.dumps(made.to_json())))
    assert again == made
    assert drawing_of(again) == tuple(points)


def test_equal_drawings_give_equal_numbers_and_others_do_not() -> None:
    one, other = (finished(drawn(points).changed({"stop.epochs": 5})) for points in (FOUR, FOUR))
    assert one.experiment == other.experiment
    assert (
        one.steps.publish().column("loss").tolist() == other.steps.publish().column("loss").tolist()
    )
    moved = drawn((*FOUR[:3], (2.0, 5.5)))
    assert moved != one.experiment


def test_a_share_is_held_out_only_where_it_is_asked_for() -> None:
    made = drawn(FOUR, test_fraction=0.5)
    data = made.make_data()
    assert (len(data.train), len(data.test), made.train_count) == (2, 2, 2)
    everything = [*copied(data.train), *copied(data.test)]
    assert sorted(everything) == sorted(FOUR)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_any_number_of_points_can_be_trained_on(count: int) -> None:
    points = [(float(i % 3), 1.0 + i) for i in range(count)]
    run = finished(drawn(points, test_fraction=0.0).changed({"stop.epochs": 3}))
    assert run.epochs.length == 3
    # The loss before the first update, by hand.
    w, b = run.view().initial or (0.0, 0.0)
    by_hand = np.mean([(w * x + b - y) ** 2 for x, y in points])
    assert run.steps.publish().column("loss")[0] == pytest.approx(by_hand, rel=1e-5)


def test_the_script_has_the_points_and_says_where_they_are_from() -> None:
    text = script(drawn(FOUR, test_fraction=0.0)).text
    assert "# 4 points, drawn by hand" in text
    assert "x = np.array([0.0, 3.0, 1.0, 2.0])" in text
    assert "y = np.array([1.0, 7.5, 3.0, 5.0])" in text
    assert "# 1 point, drawn by hand" in script(drawn(FOUR[:1])).text


# What it refuses.


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (None, "missing"),
        (3, "not_points"),
        ({"x": [1.0]}, "not_points"),
        ([1.0, 2.0], "point_size"),
        ([[1.0]], "point_size"),
        ([[1.0, 2.0, 3.0]], "point_size"),
        (["12"], "point_size"),
        ([[1.0, "2"]], "point_not_number"),
        ([[1.0, None]], "point_not_number"),
        ([[True, 2.0]], "point_not_number"),
        ([[0.0, 1.0], [math.nan, 2.0]], "point_range"),
        ([[0.0, math.inf]], "point_range"),
        ([[0.0, 1.1e30]], "point_range"),
        ([[0.0, 10**400]], "point_range"),
        ([[0.0, 1.0]] * (MOST_DRAWN + 1), "too_many_points"),
        ("1,2 3", "not_points"),
        ("1,2,3", "not_points"),
        ("a,b", "not_points"),
        ("1_0,2", "not_points"),
    ],
)
def test_points_that_cannot_be_are_refused_in_words(points: Any, code: str) -> None:
    obj = drawn(FOUR).to_json()
    obj["data"]["values"]["drawing"] = points
    for make in (lambda: drawn(points), lambda: Experiment.from_json(obj)):
        with pytest.raises(ExperimentProblem) as caught:
            make()
        assert (caught.value.code, caught.value.field) == (code, "drawing")
        sentence = problem_sentence(caught.value)
        assert sentence.startswith("Drawing")
        assert len(sentence) < 160


def test_as_many_as_the_limit_are_taken() -> None:
    made = drawn([(0.5 * i, 1.0) for i in range(MOST_DRAWN)])
    assert made.train_count == round(0.8 * MOST_DRAWN)


def test_an_empty_drawing_is_kept_and_cannot_be_begun() -> None:
    for made in (Experiment(data=Choice("drawn")), drawn([]), drawn("")):
        assert made.is_empty
        assert Experiment.from_json(made.to_json()) == made
        with pytest.raises(ExperimentProblem) as caught:
            made.make_data()
        assert problem_sentence(caught.value).startswith("The drawing is empty: click on")
        with pytest.raises(ExperimentProblem):
            Run(made).advance()
    assert not Experiment().is_empty
    assert drawn((), batch_size=10).is_empty  # however large its batches are to be


# In words.


def test_a_change_is_told_by_the_number_of_points() -> None:
    assert value_words("data.drawing", FOUR) == "4 points"
    assert value_words("data.drawing", FOUR[:1]) == "1 point"
    before = drawn(FOUR)
    assert change_words({"data.drawing": FOUR[:3]}, before) == "drawing 4 points → 3 points"
    moved = (*FOUR[:3], (2.0, 9.0))
    assert change_words({"data.drawing": moved}, before) == "drawing 4 points"
    assert value_words("data", drawn(FOUR).data) == "Draw your own (drawing 4 points)"


# Points and rows.


@given(
    st.lists(st.tuples(st.sampled_from((0.0, 1.0)), st.sampled_from((0.0, 2.0, 5.0))), min_size=1),
    st.floats(0.0, 0.9),
    st.integers(0, 9),
)
def test_each_point_has_a_row_of_its_own(points: Points, share: float, seed: int) -> None:
    made = drawn(points, test_fraction=share).changed({"seeds.data": seed})
    data, points = made.make_data(), tuple(points)
    for split in (data.train, data.test):
        for row in range(len(split)):
            index = index_of(split, points, row)
            assert index is not None
            assert points[index] == (split.inputs[row, 0], split.targets[row])
    for index, point in enumerate(points):
        rows = [row_of(split, points, index) for split in (data.train, data.test)]
        assert any(row is not None for row in rows)
        for found, split in zip(rows, (data.train, data.test), strict=True):
            if found is not None:
                assert (split.inputs[found, 0], split.targets[found]) == point
    if not len(data.test):  # none of them twice
        assert sorted(row_of(data.train, points, i) or 0 for i in range(len(points))) == [
            *range(len(points))
        ]
    assert index_of(data.train, points, len(data.train)) is None
    assert index_of(data.train, points, -1) is None


def test_the_points_of_another_source_are_copied_as_they_are() -> None:
    hubble = Experiment(data=Choice("hubble"), test_fraction=0.0)
    assert can_be_copied(hubble)
    copy = Experiment(data=choice_of(copied(hubble.make_data().train), hubble), test_fraction=0.0)
    assert not can_be_copied(copy)
    for name in ("inputs", "targets"):
        one, other = (getattr(e.make_data().train, name) for e in (hubble, copy))
        assert one.tobytes() == other.tobytes()
    assert drawing_of(hubble) is None
    assert not can_be_copied(Experiment().changed({"data.points": MOST_COPIED + 1}))
    assert not can_be_copied(Experiment().changed({"data": "iris"}))  # has more inputs
