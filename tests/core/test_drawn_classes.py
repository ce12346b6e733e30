"""Points of classes that are drawn by hand, as a part of the experiment."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitrain.core.code import script
from guitrain.core.data import Split
from guitrain.core.drawing import can_be_copied, choice_of, copied, drawing_of, index_of, row_of
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.sentences import one_class_sentence, problem_sentence
from tests.core.recipes import finished

SIX = ((0.0, 1.0, 1.0), (3.0, 7.5, 2.0), (1.0, 3.0, 1.0), (2.0, -5.0, 3.0), (0.5, 1.0, 2.0))


def drawn(points: Any, **changes: Any) -> Experiment:
    choice = Choice("drawn_classes", {"class_points": points})
    return Experiment().changed({"data": choice, "test_fraction": 0.0, **changes})


places = st.tuples(
    st.floats(-1e30, 1e30), st.sampled_from((0.0, 2.0)), st.integers(1, 8).map(float)
)


@given(st.lists(places, min_size=1, max_size=30), st.floats(0.0, 0.9), st.integers(0, 5))
def test_a_drawing_is_the_data_and_each_point_has_its_row(
    points: list[tuple[float, ...]], share: float, seed: int
) -> None:
    made = drawn(points, test_fraction=share).changed({"seeds.data": seed})
    data, own = made.make_data(), tuple(points)
    assert Experiment.from_json(json.loads(json.dumps(made.to_json()))) == made
    assert drawing_of(made) == own
    assert sorted((*copied(data.train), *copied(data.test))) == sorted(own)
    assert len(data.classes) == made.classes == max(2, *(int(point[2]) for point in own))

    def numbers(split: Split, row: int) -> tuple[float, ...]:
        return (*split.inputs[row].tolist(), float(split.targets[row]) + 1)

    for split in (data.train, data.test):
        for row in range(len(split)):
            index = index_of(split, own, row)
            assert index is not None
            assert own[index] == numbers(split, row)
            back = row_of(split, own, index)
            assert back is not None
            assert numbers(split, back) == own[index]


def test_a_drawing_of_any_classes_can_be_trained_on() -> None:
    # Of one class alone, too: a drawing begins so, and what is missing is said.
    one = drawn(SIX[:1], **{"stop.epochs": 20})
    assert one.classes == 2
    run = finished(one)
    assert run.epochs.length == 20
    losses = run.steps.publish().column("loss")
    assert losses[-1] < losses[0]


def test_a_third_class_takes_a_loss_that_is_for_it_and_undoes_nothing_else() -> None:
    two = drawn(SIX[:3], learning_rate=0.3)
    assert (two.loss.name, two.classes) == ("binary_cross_entropy", 2)
    three = two.changed({"data": choice_of(SIX, two)})
    assert (three.loss.name, three.classes) == ("cross_entropy", 3)
    assert three.learning_rate == 0.3
    gap = drawn((SIX[0], SIX[3]))  # nothing of class 2
    data = gap.make_data()
    assert data.classes == ("1", "2", "3")
    assert data.train.targets.tolist() == [0.0, 2.0]
    assert finished(gap.changed({"stop.epochs": 3})).epochs.length == 3


def test_the_script_has_the_points_and_their_classes() -> None:
    text = script(drawn(SIX)).text
    assert "# 5 points, drawn by hand" in text
    assert "# classes: 0 1, 1 2, 2 3" in text
    assert "y = np.array([0.0, 1.0, 0.0, 2.0, 1.0])" in text


def test_points_of_classes_in_the_plane_are_copied_as_they_are() -> None:
    circle = Experiment().changed({"data": "circle", "data.points": 40, "test_fraction": 0.0})
    assert can_be_copied(circle)
    train = circle.make_data().train
    copy = drawn(()).changed({"data": choice_of(copied(train), circle)})
    again = copy.make_data().train
    np.testing.assert_array_equal(again.inputs, train.inputs)
    np.testing.assert_array_equal(again.targets, train.targets)
    assert not can_be_copied(copy)


@pytest.mark.parametrize(
    ("points", "code", "text"),
    [
        ([[0.0, 1.0]], "point_size", "point 1 must be the numbers x1, x2, class"),
        ([[0.0, 1.0, 0.0]], "point_class", "Drawing: 0 is no class (point 1). Choose a whole"),
        ([*SIX, [0.0, 1.0, 2.5]], "point_class", "Drawing: 2.5 is no class (point 6)."),
        ([[0.0, 1.0, 9.0]], "point_class", "from 1 to 8"),
        ("1,2,1 3,4", "not_points", "Type x1, x2, class of each, such as 0,1,1 1,3,1 2,5,2."),
    ],
)
def test_points_that_cannot_be_are_refused_in_words(points: Any, code: str, text: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        drawn(points)
    assert caught.value.code == code
    assert text in problem_sentence(caught.value)


def test_an_empty_drawing_and_one_of_one_class_say_what_is_missing() -> None:
    empty = drawn("")
    assert empty.is_empty
    with pytest.raises(ExperimentProblem) as caught:
        empty.make_data()
    assert "choose a class and click on the map" in problem_sentence(caught.value)
    assert one_class_sentence(empty) is None
    assert one_class_sentence(drawn(SIX)) is None
    told = one_class_sentence(drawn((SIX[1], SIX[4])))
    assert told is not None
    assert told.startswith("All points are of class 2: ")
