"""Classes and several inputs, against numpy by hand and torch's own modules."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from guitrain.core.datasets import DATASETS
from guitrain.core.datasets.planes import PLANES
from guitrain.core.evaluation import ClassMetrics, area_under_roc, class_scores
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look import point_view, step_view
from guitrain.core.losses import LOSSES
from guitrain.core.losses.classification import softmax
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from tests.core.recipes import article, finished

Floats = NDArray[np.float64]
NAMES = [entry.name for entry in PLANES]


def of(name: str, changes: dict[str, Any] | None = None) -> Experiment:
    return Experiment().changed({"data": name}).changed({"stop.epochs": 20, **(changes or {})})


# Data.


@pytest.mark.parametrize("name", NAMES)
def test_planes_are_balanced_drawn_again_alike_and_other_with_another_seed(name: str) -> None:
    made = of(name, {"data.points": 60})
    data, again = made.make_data(), made.make_data()
    assert data.train.inputs.shape == (60, 2)
    assert np.array_equal(data.train.inputs, again.train.inputs)
    assert len(data.test) == 12
    count = made.classes
    assert len(data.classes) == count
    assert np.bincount(data.train.targets.astype(int)).tolist() == [60 // count] * count
    other = made.changed({"seeds.data": 1}).make_data()
    assert not np.array_equal(data.train.inputs, other.train.inputs)
    few = made.changed({"test_fraction": 0.5}).make_data()
    assert np.array_equal(data.train.inputs, few.train.inputs)  # whatever is held out


def test_planes_have_the_shapes_that_their_names_say() -> None:
    quiet = {"data.noise": 0.0, "data.points": 200}

    def points(name: str) -> tuple[Floats, Floats]:
        train = of(name, quiet).make_data().train
        return train.inputs, train.targets

    x, y = points("circle")
    radius = np.hypot(x[:, 0], x[:, 1])
    assert radius[y == 0].max() <= 2.5
    assert radius[y == 1].min() >= 3.5
    x, y = points("xor")
    assert np.array_equal(x[:, 0] * x[:, 1] > 0, y == 0)
    x, y = points("blobs")
    assert len(np.unique(x.round(9), axis=0)) == 2
    x, y = points("spiral")
    turned = -x[y == 0]
    assert np.allclose(turned, x[y == 1])
    x, y = points("moons")
    assert np.allclose(np.hypot(x[y == 0, 0], x[y == 0, 1]), 3)
    assert np.allclose(np.hypot(x[y == 1, 0] - 3, x[y == 1, 1] - 1.5), 3)


# Losses.


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_cross_entropy_by_hand_is_torchs_value_and_slope(classes: int) -> None:
    random = np.random.default_rng(classes)
    z, y = random.normal(0, 4, (30, classes)), random.integers(0, classes, 30)
    entry = LOSSES["cross_entropy"]
    given = torch.tensor(z, requires_grad=True)
    loss = nn.CrossEntropyLoss(reduction="none")(given, torch.tensor(y))
    loss.sum().backward()
    assert given.grad is not None
    targets = y.astype(float)
    assert entry.terms({}, z, targets) == pytest.approx(loss.detach().numpy())
    assert entry.slopes({}, z, targets) == pytest.approx(given.grad.numpy())
    by_hand = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert entry.probabilities is not None
    assert entry.probabilities(z) == pytest.approx(by_hand)


def test_binary_cross_entropy_by_hand_is_torchs_value_and_slope() -> None:
    random = np.random.default_rng(3)
    z, y = random.normal(0, 4, (40, 1)), random.integers(0, 2, 40).astype(float)
    entry = LOSSES["binary_cross_entropy"]
    given = torch.tensor(z, requires_grad=True)
    loss = nn.BCEWithLogitsLoss(reduction="none")(given, torch.tensor(y[:, None]))
    loss.sum().backward()
    assert given.grad is not None
    assert entry.terms({}, z, y) == pytest.approx(loss.detach().numpy()[:, 0])
    assert entry.slopes({}, z, y) == pytest.approx(given.grad.numpy())


@pytest.mark.parametrize("name", ["binary_cross_entropy", "cross_entropy"])
def test_logits_far_out_are_survived(name: str) -> None:
    entry, k = LOSSES[name], LOSSES[name].outputs(2)
    z = np.array([[1e4] * k, [-1e4] * k])
    z[:, -1] *= -1
    y = np.array([0.0, 1.0])
    assert np.isfinite(entry.terms({}, z, y)).all()
    assert np.isfinite(entry.slopes({}, z, y)).all()
    assert entry.probabilities is not None
    assert entry.probabilities(z).sum(axis=1) == pytest.approx([1, 1])


def test_the_articles_number_a_cat_of_seventy_percent_costs_036() -> None:
    """§3 of the article: cat 70 %, truth cat, loss 0.36 = −ln 0.70."""
    z = np.array([[math.log(0.7 / 0.3)]])
    assert LOSSES["binary_cross_entropy"].terms({}, z, np.array([1.0]))[0] == pytest.approx(
        0.3567, abs=5e-5
    )
    two = np.log(np.array([[0.3, 0.7]]))
    assert LOSSES["cross_entropy"].terms({}, two, np.array([1.0]))[0] == pytest.approx(
        0.3567, abs=5e-5
    )


# Learning.


def test_logistic_regression_reaches_the_optimum_that_newton_finds() -> None:
    run = finished(of("blobs", {"data.noise": 2.0, "learning_rate": 0.5, "stop.epochs": 3000}))
    train = run.learner.data.train
    rows = np.column_stack([train.inputs, np.ones(len(train))])
    weights = np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ weights))
        hessian = rows.T @ (rows * (p * (1 - p))[:, None])
        weights -= np.linalg.solve(hessian, rows.T @ (p - train.targets))
    assert run.learner.numbers == pytest.approx(weights.tolist(), rel=2e-3, abs=2e-3)
    assert run.experiment.form.names == ("w1", "w2", "b")


@pytest.mark.parametrize("standardize", [False, True])
def test_several_inputs_are_told_in_their_own_units(standardize: bool) -> None:
    run = finished(of("blobs", {"standardize": standardize, "stop.epochs": 50}))
    view, data = run.view(), run.learner.data
    assert view.numbers is not None
    w1, w2, b = view.numbers
    x = data.train.inputs
    z = w1 * x[:, 0] + w2 * x[:, 1] + b
    assert run.learner.outputs(x)[:, 0] == pytest.approx(z, rel=1e-4, abs=1e-5)
    given = run.experiment.changed({"initial": view.numbers})
    again = Run(given)
    while not again.learner.ready:
        again.advance()
    assert again.learner.outputs(x)[:, 0] == pytest.approx(z, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("model", ["linear", "mlp"])
@pytest.mark.parametrize("loss", ["binary_cross_entropy", "cross_entropy"])
def test_a_step_has_the_numbers_of_plain_torch(model: str, loss: str) -> None:
    experiment = of("moons", {"model": model, "loss": loss, "batch_size": 7})
    run = Run(experiment)
    while run.phase is not Phase.BACKWARD:
        run.advance()
    seen = step_view(run)
    shape = experiment.shape
    assert seen.prediction is not None
    assert seen.prediction.shape == (7, shape.outputs)
    layers: list[nn.Module] = [nn.Linear(2, shape.outputs)]
    if model == "mlp":
        layers = [nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1)]
        layers[-1] = nn.Linear(8, shape.outputs)
    net = nn.Sequential(*layers)
    with torch.no_grad():
        for own, theirs in zip(net.parameters(), run.learner.parameters, strict=True):
            own.copy_(theirs)
    train = run.learner.data.train
    inputs = torch.tensor(train.inputs[seen.rows], dtype=torch.float32)
    targets = torch.tensor(train.targets[seen.rows])
    outputs = net(inputs)
    if loss == "cross_entropy":
        value = nn.CrossEntropyLoss()(outputs, targets.long())
    else:
        value = nn.BCEWithLogitsLoss()(outputs, targets.float()[:, None])
    value.backward()
    assert np.array_equal(seen.prediction, outputs.detach().numpy())
    assert seen.loss == value.item()
    for own, gradient in zip(net.parameters(), run.learner.gradients, strict=True):
        assert own.grad is not None
        assert torch.equal(own.grad, gradient)
    terms = experiment.loss_entry.terms(
        {}, seen.prediction.astype(np.float64), seen.targets.astype(np.float64)
    )
    assert terms.mean() == pytest.approx(value.item(), rel=1e-6)
    point = point_view(run, int(seen.rows[0]))
    assert point.term == pytest.approx(terms[0], rel=1e-3)
    assert point.inputs == tuple(train.inputs[seen.rows[0]].tolist())


# What fits what.


def test_other_data_bring_a_loss_and_a_model_that_fit() -> None:
    huber = article({"loss": "huber", "model": "polynomial"})
    made = huber.changed({"data": "spiral"})
    assert (made.loss.name, made.model.name) == ("binary_cross_entropy", "linear")
    assert made.initial is None
    three = made.changed({"model": "mlp"}).changed({"data": Choice("blobs", {"classes": 3})})
    assert (three.loss.name, three.model.name) == ("cross_entropy", "mlp")
    assert three.shape.outputs == 3
    assert three.changed({"data": "line"}).loss.name == "mse"
    assert article().changed({"data": "blobs"}).changed({"data": "line"}).loss.name == "mse"
    more = made.changed({"data.classes": 4})
    assert more.loss.name == "cross_entropy"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"data": "circle", "loss": "mse"}, "loss_classes"),
        ({"loss": "cross_entropy"}, "loss_numbers"),
        ({"data": Choice("blobs", {"classes": 3}), "loss": "binary_cross_entropy"}, "loss_classes"),
        ({"data": "circle", "model": "polynomial"}, "model_inputs"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ExperimentProblem) as caught:
        Experiment().changed(changes)
    assert caught.value.code == code


def test_every_dataset_brings_an_experiment_that_trains() -> None:
    for name, entry in DATASETS.items():
        if any(param.kind in ("table", "points") for param in entry.params):
            continue  # what has to be given first
        run = finished(Experiment().changed({"data": name, "stop.epochs": 2}))
        assert len(run.view().data.input_names) == run.experiment.inputs


# Scores.


def test_scores_of_classes_are_those_counted_by_hand() -> None:
    chances = np.array([[0.7, 0.3], [0.4, 0.6], [0.6, 0.4], [0.1, 0.9], [0.2, 0.8]])
    targets = np.array([0.0, 0.0, 1.0, 1.0, 1.0])
    found = class_scores(chances, targets)
    assert found is not None
    assert found.confusion == ((1, 1), (1, 2))
    assert found.accuracy == 0.6
    assert found.precision == (0.5, 2 / 3)
    assert found.recall == (0.5, 2 / 3)
    assert found.f1 == pytest.approx((0.5, 2 / 3))
    assert found.loss == pytest.approx(-np.log([0.7, 0.4, 0.4, 0.9, 0.8]).mean())
    # of the 6 pairs of one in and one out of class 1, 0.3 < all three, 0.6 is over 0.4 alone
    assert found.auc == pytest.approx((5 / 6, 5 / 6))
    lone = class_scores(chances[:1], targets[:1])
    assert lone is not None
    assert lone.auc == (None, None)
    assert lone.recall == (1.0, None)
    assert class_scores(chances[:0], targets[:0]) is None


def test_area_under_roc_is_the_integral_of_the_curve() -> None:
    random = np.random.default_rng(5)
    own = random.random(200) < 0.3
    chances: Floats = np.where(own, random.beta(3, 2, 200), random.beta(2, 3, 200)).round(2)
    steps = [np.inf, *np.unique(chances)[::-1]]
    hits = [float((chances[own] >= step).mean()) for step in steps]
    alarms = [float((chances[~own] >= step).mean()) for step in steps]
    assert area_under_roc(chances, own) == pytest.approx(np.trapezoid(hits, alarms))


def test_apply_tells_the_probability_of_each_class() -> None:
    run = finished(of("blobs", {"data": Choice("blobs", {"classes": 3}), "learning_rate": 0.5}))
    evaluation = run.test()
    assert isinstance(evaluation.train, ClassMetrics)
    assert evaluation.best_train is None
    near, far = run.apply([(2.0, 0.0), (1e3, 0.0)])
    assert not near.outside
    assert far.outside
    z = run.learner.outputs(np.array([[2.0, 0.0]]))
    assert near.probabilities == pytest.approx(softmax(z)[0].tolist())
    assert near.predicted == np.argmax(z)
    with pytest.raises(ExperimentProblem) as caught:
        run.apply([(1.0,)])
    assert caught.value.code == "row_width"


# Several inputs, and a number.


def test_the_least_squares_plane_is_the_normal_equations() -> None:
    from guitrain.core.closed_form import least_squares_plane
    from guitrain.core.data import Split

    random = np.random.default_rng(0)
    x = random.normal(3, 2, (50, 3)) * [1, 10, 0.1]
    y = x @ [1.0, -0.2, 5.0] + 4 + random.normal(0, 0.1, 50)
    best, mse = least_squares_plane(Split(x, y))
    rows = np.column_stack([x, np.ones(50)])
    normal = np.linalg.solve(rows.T @ rows, rows.T @ y)
    assert best is not None
    assert best.numbers == pytest.approx(normal.tolist())
    assert mse == pytest.approx(np.mean((rows @ normal - y) ** 2))
    assert best.predict(x) == pytest.approx(rows @ normal)
    twice = np.column_stack([x, x[:, 0]])
    assert least_squares_plane(Split(twice, y))[0] is None
