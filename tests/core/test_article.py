"""Core against the article: its script, kept as it is but for the seedless first weights."""

from functools import cache

import numpy as np
import pytest
import torch
from torch import nn

from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.stopping import Rule
from tests.core.recipes import article, columns, finished


class LinearRegression(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([-0.20546]))
        self.bias = nn.Parameter(torch.tensor([0.78300]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.weights * x + self.bias


class Script:
    """The article's script; ``before[k]`` holds loss, w and b as they were before update k + 1."""

    def __init__(self) -> None:
        np.random.seed(42)
        x = np.linspace(0, 5, 100)
        y = 2 * x + 1 + np.random.normal(0, 0.5, 100)
        inputs = torch.tensor(x, dtype=torch.float32).unsqueeze(1)
        labels = torch.tensor(y, dtype=torch.float32).unsqueeze(1)
        model = LinearRegression()
        loss_function = nn.MSELoss()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        self.before = []
        for _ in range(100):
            predictions = model(inputs)
            loss = loss_function(predictions, labels)
            self.before.append((loss.item(), model.weights.item(), model.bias.item()))
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        self.w, self.b = model.weights.item(), model.bias.item()
        self.final_loss = loss_function(model(inputs), labels).item()
        test_x = torch.tensor([1.5, 3.5, 4.8], dtype=torch.float32).unsqueeze(1)
        self.predictions = model(test_x).detach().squeeze(1).tolist()


script = cache(Script)


@cache
def whole_run() -> Run:
    return finished(article())


def test_every_epoch_has_the_bits_of_the_script() -> None:
    recorded = columns(whole_run().steps)
    ours = list(zip(*(recorded[name].tolist() for name in ("loss", "w", "b")), strict=True))
    assert ours == script().before


def test_the_final_weights_and_loss_have_the_bits_of_the_script() -> None:
    view = whole_run().view()
    assert view.numbers == (script().w, script().b)
    assert view.final_loss == script().final_loss
    assert view.stopped is not None
    assert (view.stopped.rule, view.stopped.epoch, view.stopped.step) == (Rule.EPOCHS, 100, 100)
    assert view.stopped.loss == script().final_loss


def test_the_table_is_the_printed_one() -> None:
    losses = columns(whole_run().epochs)["loss"]
    printed = " ".join(f"{loss:.4f}" for loss in losses[9::10])
    assert printed == "1.3883 0.2775 0.2533 0.2485 0.2445 0.2409 0.2376 0.2346 0.2318 0.2293"
    assert len(losses) == 100
    numbers = whole_run().view().numbers
    assert numbers is not None
    assert [f"{n:.3f}" for n in numbers] == ["1.917", "1.229"]


def test_the_predictions_are_the_printed_ones() -> None:
    applied = whole_run().apply([(1.5,), (3.5,), (4.8,)])
    assert [f"{p.predicted:.2f}" for p in applied] == ["4.10", "7.94", "10.43"]
    assert [p.predicted for p in applied] == pytest.approx(script().predictions, rel=1e-6)
    assert [p.true for p in applied] == pytest.approx([4.0, 8.0, 10.6])
    assert not any(p.outside for p in applied)


def test_epoch_57_shows_what_was_measured_before_its_update() -> None:
    run = whole_run()
    steps = run.steps.publish()
    row = [steps.value(name, 56) for name in ("loss", "w", "b")]
    assert [f"{value:.4f}" for value in row if value is not None] == ["0.2420", "1.8947", "1.3013"]
    past = finished(article())
    assert past.seek(56, Phase.BACKWARD)
    assert f"{past.learner.gradients[0].item():.4f}" == "-0.0558"
    assert past.advance() is Phase.UPDATE
    assert f"{past.learner.numbers[0]:.4f}" == "1.8953"
    assert past.learner.numbers_before == (steps.value("w", 56), steps.value("b", 56))


def test_test_points_leave_the_training_points_as_they_are() -> None:
    np.random.seed(42)
    x = np.linspace(0, 5, 100)
    y = 2 * x + 1 + np.random.normal(0, 0.5, 100)
    for fraction, fresh in ((0.0, 0), (0.2, 20), (0.337, 34), (0.9, 90)):
        data = article({"test_fraction": fraction}).make_data()
        assert data.train.inputs[:, 0].tobytes() == x.tobytes()
        assert data.train.targets.tobytes() == y.tobytes()
        assert len(data.test) == fresh
        assert ((data.test.inputs >= 0) & (data.test.inputs <= 5)).all()


def test_the_points_of_the_test_are_new_ones_with_the_same_noise() -> None:
    data = article({"data.points": 100_000, "test_fraction": 0.5}).make_data()
    assert not set(data.test.inputs[:, 0]) & set(data.train.inputs[:, 0])
    error = data.test.targets - (2 * data.test.inputs[:, 0] + 1)
    assert error.std() == pytest.approx(0.5, rel=0.02)
    assert error.mean() == pytest.approx(0, abs=0.01)
