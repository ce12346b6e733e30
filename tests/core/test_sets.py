"""The sets of several inputs: what was published, what is made up, and the presets on them."""

import json
import time

import numpy as np
import pytest

from guitrain.core.code import script
from guitrain.core.datasets import DATASETS
from guitrain.core.datasets.digits import BLOCK, SIDE
from guitrain.core.evaluation import ClassMetrics
from guitrain.core.experiment import Experiment
from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.outcome_words import answer_words
from guitrain.plots.axis_words import axis_labels
from guitrain.presets import preset
from tests.core.recipes import finished
from tests.core.scripts import OtherProcess

GIVEN = ("iris", "cars", "digits")


def of(name: str, **changes: object) -> Experiment:
    return Experiment().changed({"data": name, "test_fraction": 0.0}).changed(changes)


# Cats and dogs.


def test_cats_and_dogs_come_from_the_distributions_that_their_story_states() -> None:
    made = of("cats_dogs").changed({"data.points": 20_000, "test_fraction": 0.5})
    data = made.make_data()
    assert (data.classes, data.input_units) == (("cat", "dog"), ("kg", "cm"))
    for points in (data.train, data.test):
        for kind, mean, deviation in ((0, (4.5, 3.5), (1.0, 0.8)), (1, (9.0, 7.0), (2.5, 1.6))):
            x = points.inputs[points.targets == kind]
            np.testing.assert_allclose(x.mean(axis=0), mean, atol=0.12)
            np.testing.assert_allclose(x.std(axis=0), deviation, atol=0.1)
            assert len(x) == len(points) / 2
            for text in (*map("{:g}".format, mean), *map("{:g}".format, deviation)):
                assert text in DATASETS["cats_dogs"].story
    assert not np.array_equal(data.train.inputs[:100], data.test.inputs[:100])
    assert data.train.inputs.min() >= 0.1
    assert "made up" in DATASETS["cats_dogs"].story


def test_animals_are_drawn_alike_whatever_the_test_share_and_others_with_another_seed() -> None:
    few, many = of("cats_dogs"), of("cats_dogs", test_fraction=0.9)
    x = few.make_data().train.inputs
    assert np.array_equal(x, many.make_data().train.inputs)
    assert not np.array_equal(x, few.changed({"seeds.data": 1}).make_data().train.inputs)
    alike = few.changed({"data.variety": 0.0}).make_data().train
    assert len(np.unique(alike.inputs, axis=0)) == 2


def test_the_articles_cat_is_a_cat_to_seventy_percent_and_its_loss_is_0_36() -> None:
    """The article's §3.1: "70 % cat, 30 % dog", and it is a cat: the loss is 0.36."""
    given = preset("cats_and_dogs")
    run = Run(given.experiment)
    while run.advance() is not Phase.LOSS:
        pass
    data = run.view().data
    assert (len(data.train), len(data.test)) == (70, 30)
    step, loss = step_view(run), given.experiment.loss_entry
    assert step is not None
    assert step.prediction is not None
    assert data.classes[int(step.targets[0])] == "cat"
    # By hand, from the weights of the file and the animal's numbers.
    w1, w2, b = given.experiment.initial or ()
    z = w1 * data.train.inputs[0, 0] + w2 * data.train.inputs[0, 1] + b
    cat = 1 / (1 + np.exp(z))
    assert cat == pytest.approx(0.70, abs=5e-5)
    assert -np.log(cat) == pytest.approx(0.3567, abs=5e-5)
    assert loss.probabilities is not None
    outputs = step.prediction.astype(np.float64)
    np.testing.assert_allclose(loss.probabilities(outputs)[0], [cat, 1 - cat], rtol=1e-6)
    term = loss.terms({}, outputs, step.targets.astype(np.float64))[0]
    assert term == pytest.approx(-np.log(cat), rel=1e-6)
    assert f"{term:.2f}" == "0.36"
    (first, *_) = run.apply(given.predict)
    assert answer_words(first, data) == "cat (70.0 %)"


def test_cats_and_dogs_are_told_apart() -> None:
    run = finished(preset("cats_and_dogs").experiment)
    scores = run.test().test
    assert isinstance(scores, ClassMetrics)
    assert scores.accuracy >= 0.9


# Published.


def test_iris_is_fishers_table() -> None:
    made = of("iris")
    data = made.make_data()
    assert (made.inputs, made.classes, len(data.train)) == (4, 3, 150)
    x, y = data.train.inputs, data.train.targets
    means = {  # Fisher (1936), Table II
        0: (5.006, 3.428, 1.462, 0.246),
        1: (5.936, 2.770, 4.260, 1.326),
        2: (6.588, 2.974, 5.552, 2.026),
    }
    for number, expected in means.items():
        np.testing.assert_allclose(x[y == number].mean(axis=0), expected, atol=5e-4)
    # The two rows in which UCI's copy differs from the paper.
    assert x[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert x[37].tolist() == [4.9, 3.6, 1.4, 0.1]
    assert data.classes == ("setosa", "versicolor", "virginica")
    assert data.input_units == ("cm",) * 4


def test_cars_have_the_known_regressions() -> None:
    """James, Witten, Hastie, Tibshirani, An Introduction to Statistical Learning, §3.6 and 3.7."""
    data = of("cars").make_data()
    x, y = data.train.inputs, data.train.targets
    assert x.shape == (392, 5)
    slope, intercept = np.polyfit(x[:, 2], y, 1)
    assert (slope, intercept) == (pytest.approx(-0.157845, abs=1e-6), pytest.approx(39.935861))
    np.testing.assert_allclose(
        x.mean(axis=0), (5.472, 194.412, 104.469, 2977.584, 15.541), rtol=1e-4
    )
    assert y.mean() == pytest.approx(23.4459, abs=1e-4)


def test_digits_are_the_1797_images() -> None:
    made = of("digits")
    data = made.make_data()
    x, y = data.train.inputs, data.train.targets
    assert x.shape == (1797, SIDE * SIDE)
    assert (x.min(), x.max()) == (0, BLOCK**2)
    assert DATASETS["digits"].image == (SIDE, SIDE)
    assert np.array_equal(x, x.round())
    # As scikit-learn tells of them.
    assert np.bincount(y.astype(int)).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert y[:10].tolist() == list(range(10))
    assert x[0, :16].tolist() == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]
    assert x.mean() == pytest.approx(4.884165, abs=1e-6)


@pytest.mark.parametrize("name", GIVEN)
def test_a_set_says_where_it_is_from_and_how_it_may_be_used(name: str) -> None:
    assert "CC BY 4.0" in DATASETS[name].story
    assert "CC BY 4.0" in script(of(name)).text


def test_an_axis_names_few_inputs_all_and_many_by_the_first() -> None:
    names, _ = axis_labels(of("iris").make_data())
    assert names == "sepal length (cm), sepal width (cm), petal length (cm), petal width (cm)"
    assert axis_labels(of("digits").make_data()) == ("r1c1, r1c2, r1c3, … (64 inputs)", "digit")


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_held_out_is_left_out_of_training(name: str) -> None:
    whole, made = of(name).make_data().train, of(name, test_fraction=0.3)
    data = made.make_data()
    assert len(data.train) == made.train_count
    assert len(data.train) + len(data.test) == len(whole)
    rows = [tuple(row) for part in (data.train, data.test) for row in part.inputs.tolist()]
    assert sorted(rows) == sorted(tuple(row) for row in whole.inputs.tolist())


# Presets.


@pytest.mark.parametrize("name", ["cats_and_dogs", "iris", "spiral", "digits", "digits_cnn"])
def test_a_presets_script_has_its_numbers_to_the_last_bit(name: str) -> None:
    given = preset(name).experiment.changed({"stop.epochs": 1})
    assert Experiment.from_json(json.loads(json.dumps(given.to_json()))) == given
    run = finished(given)
    process = OtherProcess()
    try:
        out = process.run(script(given, predict=preset(name).predict).text)
    finally:
        process.close()
    losses = [float(loss).hex() for loss in run.view().steps.column("loss")]
    assert out["losses"] == losses
    assert out["test"] == run.learner.test_loss().hex()


@pytest.mark.parametrize(("name", "share"), [("digits", 0.97), ("digits_cnn", 0.98)])
def test_the_nets_read_digits_within_a_minute(name: str, share: float) -> None:
    start = time.perf_counter()
    run = finished(preset(name).experiment)
    took = time.perf_counter() - start
    scores = run.test().test
    assert isinstance(scores, ClassMetrics)
    print(f"{name}: {100 * scores.accuracy:.1f} % of the test digits after {took:.1f} s")
    assert scores.accuracy >= share
    assert took < 60


def test_the_spirals_net_learns_it() -> None:
    run = finished(preset("spiral").experiment.changed({"stop.epochs": 150}))
    scores = run.test().test
    assert isinstance(scores, ClassMetrics)
    assert scores.accuracy >= 0.9
