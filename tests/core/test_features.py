"""What a model sees of the inputs, and dropout: against numpy and torch by hand."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from guitrain.core.closed_form import facts_of
from guitrain.core.cycle import cycle
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.features import count_of, feature_names, features_of
from guitrain.core.landscape_view import surface_of
from guitrain.core.lanes import Lanes
from guitrain.core.learner import dropout_seed
from guitrain.core.look import step_view
from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.core.run import Run
from tests.core.recipes import article, finished
from tests.core.test_code import compare, other  # noqa: F401 (a fixture)

ALL = ("x", "squares", "products", "sines")


def of(changes: dict[str, Any]) -> Experiment:
    return Experiment().changed({"data": "circle", "stop.epochs": 3}).changed(changes)


# Features.


def test_features_are_those_of_numpy_and_have_their_names() -> None:
    x = np.random.default_rng(0).normal(0, 3, (20, 3))
    a, b, c = x.T
    by_hand = [a, b, c, a * a, b * b, c * c, a * b, a * c, b * c, np.sin(a), np.sin(b), np.sin(c)]
    assert features_of(ALL, x) == pytest.approx(np.stack(by_hand, axis=1))
    names = feature_names(ALL, 3)
    assert names[:4] == ("x1", "x2", "x3", "x1²")
    assert names[6:9] == ("x1·x2", "x1·x3", "x2·x3")
    assert names[-1] == "sin x3"
    assert count_of(ALL, 3) == len(names) == 12
    assert feature_names(("squares", "sines"), 1) == ("x²", "sin x")
    assert features_of(("x",), x) is x


def test_with_squares_a_linear_model_draws_a_circle() -> None:
    plain = finished(of({"stop.epochs": 300, "learning_rate": 0.1}))
    round_ = finished(
        of({"stop.epochs": 300, "learning_rate": 0.1, "features": ("x", "squares")}).changed(
            {"standardize": True}
        )
    )
    assert plain.test().train.accuracy < 0.75  # type: ignore[union-attr]
    assert round_.test().train.accuracy > 0.9  # type: ignore[union-attr]
    assert round_.experiment.form.formula == "z = w1·x1 + w2·x2 + w3·x1² + w4·x2² + b"


@pytest.mark.parametrize("standardize", [False, True])
def test_weights_of_features_are_told_in_their_own_units(standardize: bool) -> None:
    made = article({"features": ("x", "squares"), "standardize": standardize})
    run = finished(made.changed({"learning_rate": 0.001, "stop.epochs": 20}))
    view = run.view()
    assert view.numbers is not None
    w1, w2, b = view.numbers
    x = np.linspace(0, 5, 9)
    assert run.learner.predict(x[:, None]) == pytest.approx(
        w1 * x + w2 * x * x + b, rel=1e-4, abs=1e-4
    )
    assert view.curve is not None  # it is no line any more
    assert step_view(run).inputs.shape[1] == 2


def test_least_squares_of_features_are_the_normal_equations() -> None:
    made = article({"features": ("x", "squares", "sines")})
    data = made.make_data()
    x, y = data.train.inputs[:, 0], data.train.targets
    rows = np.stack([x, x * x, np.sin(x), np.ones(len(x))], axis=1)
    best = np.linalg.lstsq(rows, y, rcond=None)[0]
    facts = facts_of(made, data)
    assert facts.least_squares is not None
    assert facts.least_squares.numbers == pytest.approx(best.tolist())
    eigenvalues = 2 * np.linalg.eigvalsh(rows.T @ rows / len(x))
    assert facts.stability_limit == pytest.approx(2 / eigenvalues.max())
    evaluation = finished(made.changed({"learning_rate": 1e-4, "stop.epochs": 1})).test()
    assert evaluation.best_train is not None
    assert evaluation.best_train.mse == pytest.approx(np.mean((rows @ best - y) ** 2))


def test_features_that_cannot_be_are_refused_and_other_data_bring_plain_ones() -> None:
    for value, code in (((), "empty_set"), (("cubes",), "unknown_entry"), ("products", None)):
        with pytest.raises(ExperimentProblem) as caught:
            article({"features": value})
        assert caught.value.code == (code or "no_features")
    assert article({"features": "sines, x"}).features == ("x", "sines")
    with pytest.raises(ExperimentProblem) as caught:
        article({"model": "polynomial", "features": ("x", "squares")})
    assert caught.value.code == "model_inputs"
    only = of({"features": ("products",)})
    assert only.changed({"data": "line"}).features == ("x",)
    assert Experiment.from_json(only.to_json()) == only
    with_start = article({"initial": (1.0, 2.0)})
    assert with_start.changed({"features": ("x", "sines")}).initial is None


def test_other_features_make_another_surface() -> None:
    """A plane through the parameters of the one has not the dimensions of the other's."""
    made = of({"model": "mlp"})
    assert surface_of(made) == surface_of(made.changed({"learning_rate": 0.5}))
    assert surface_of(made) != surface_of(made.changed({"features": ("x", "squares")}))


# Dropout.


def test_a_step_with_dropout_has_the_bits_of_nn_dropout() -> None:
    experiment = of({"model": Choice("mlp", {"dropout": 0.4}), "batch_size": 9})
    run = Run(experiment.changed({"seeds.dropout": 7}))
    for step in range(3):
        while run.phase is not Phase.BACKWARD:
            run.advance()
        net = nn.Sequential(
            nn.Linear(2, 8),
            nn.Tanh(),
            nn.Dropout(0.4),
            nn.Linear(8, 8),
            nn.Tanh(),
            nn.Dropout(0.4),
            nn.Linear(8, 1),
        )
        with torch.no_grad():
            for own, theirs in zip(net.parameters(), run.learner.parameters, strict=True):
                own.copy_(theirs)
        torch.manual_seed(dropout_seed(7, step))
        outputs = net(run.learner.inputs)
        loss = nn.BCEWithLogitsLoss()(outputs, run.learner.targets)
        loss.backward()
        assert torch.equal(outputs, run.learner.prediction)
        for own, gradient in zip(net.parameters(), run.learner.gradients, strict=True):
            assert own.grad is not None
            assert torch.equal(own.grad, gradient)
        net.eval()
        x = run.learner.data.train.inputs[:5]
        plain = net(run.learner.as_inputs(x)).detach().double().numpy()
        assert np.array_equal(run.learner.outputs(x), plain)  # Test and Apply leave none out
        run.advance()


def test_dropout_is_replayed_bit_for_bit() -> None:
    experiment = of({"model": Choice("mlp", {"dropout": 0.5}), "batch_size": 30})
    run = finished(experiment.changed({"stop.epochs": 40}))
    losses = run.view().steps.column("loss").tolist()
    for step in (97, 3, 50):
        run.seek(step, Phase.LOSS)
        assert run.learner.loss_value == np.float32(losses[step])
    other_seed = finished(run.experiment.changed({"seeds.dropout": 1}))
    assert other_seed.view().steps.column("loss").tolist() != losses
    run.seek(run.head)
    run.run()
    assert run.view().final_loss == run.learner.train_loss()


def test_scripts_with_features_and_dropout_give_the_runs_bits(other: Any) -> None:  # noqa: F811
    net = Choice("mlp", {"hidden": (5, 4), "dropout": 0.3, "scheme": "xavier"})
    runs = {
        "all": of({"features": ALL}),
        "standardised": of({"features": ("squares", "sines"), "standardize": True}),
        "one input": article({"features": ("x", "squares"), "stop.epochs": 5}),
        "one, standardised": article(
            {"features": ("sines",), "stop.epochs": 5, "standardize": True}
        ),
        "by hand": of({"features": ("x", "products")}).changed({"initial": (0.1, -0.2, 0.3, 1.0)}),
        "dropout": of({"model": net}),
        "dropout, mini": of({"model": net, "batch_size": 30, "seeds.dropout": 5}),
        "dropout, validation": of(
            {"model": net, "validation_fraction": 0.3, "stop.validation_patience": 2}
        ),
        "dropout, patience": of(
            {"model": net, "batch_size": 30, "stop.patience": 2, "stop.epochs": 30}
        ),
    }
    compare(other, {name: finished(made) for name, made in runs.items()})


@pytest.mark.parametrize("size", [None, 30])
def test_a_sweep_leaves_out_the_same_units(size: int | None) -> None:
    experiment = of({"model": Choice("mlp", {"dropout": 0.4}), "batch_size": size})
    lanes = Lanes(experiment, (0.1, 0.5))
    for _ in cycle(lanes):
        pass
    for lane, rate in enumerate((0.1, 0.5)):
        run = finished(experiment.changed({"learning_rate": rate}))
        for own, theirs in zip(run.learner.parameters, lanes.parameters, strict=True):
            torch.testing.assert_close(theirs[lane], own.detach(), rtol=1e-4, atol=1e-6)
