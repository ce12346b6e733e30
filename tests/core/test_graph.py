"""The computation graph: autograd's own structure, its values and gradients by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from torch import Tensor

from guitrain.core.graph import graph_of
from guitrain.core.graph_view import GraphNode, GraphView
from guitrain.core.look import graph_view, step_view
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from tests.core.recipes import article, begun, finished, lively

ORDER = [Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE]


def at(run: Run, step: int, phase: Phase | None, row: int | None = None) -> GraphView:
    run.seek(step, phase)
    found = graph_view(run, row)
    assert found is not None
    return found


def node(view: GraphView, name: str) -> GraphNode:
    return next(each for each in view.nodes if each.name == name)


def number(array: object) -> float:
    assert isinstance(array, np.ndarray)
    return float(array.item())


def names_of_edges(view: GraphView) -> set[tuple[str, str]]:
    return {(view.nodes[e.start].name, view.nodes[e.end].name) for e in view.edges}


@pytest.mark.parametrize(
    ("loss", "operation"), [("mse", "mse_loss"), ("mae", "mean"), ("huber", "huber_loss")]
)
def test_the_graph_is_that_of_the_line(loss: str, operation: str) -> None:
    view = at(finished(article({"loss": loss})), 30, Phase.BACKWARD)
    assert {("x", "mul"), ("w", "mul"), ("mul", "add"), ("b", "add")} <= names_of_edges(view)
    assert view.nodes[view.loss].kind == "loss"
    assert view.nodes[view.prediction].name == "add"
    assert operation in {each.name for each in view.nodes}
    kinds = {each.name: each.kind for each in view.nodes}
    assert (kinds["w"], kinds["b"], kinds["x"], kinds["y"]) == (
        "parameter", "parameter", "data", "data",
    )  # fmt: skip
    assert node(view, "mul").source == "MulBackward0"
    # An operation comes after all that goes into it.
    assert all(edge.start < edge.end for edge in view.edges)


def test_values_and_gradients_by_hand() -> None:
    run = finished(article())
    view = at(run, 56, Phase.BACKWARD)
    step = step_view(run)
    x, y = step.inputs[:, 0].astype(np.float64), step.targets.astype(np.float64)
    w, b = step.before
    error = w * x + b - y
    passed = 2 * error / len(x)  # ∂L/∂ŷ of the mean of squares
    for name, value, gradient in (
        ("mul", w * x, passed),
        ("add", w * x + b, passed),
    ):
        found = node(view, name)
        assert found.value is not None
        assert found.gradient is not None
        np.testing.assert_allclose(found.value[:, 0], value, rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(found.gradient[:, 0], gradient, rtol=1e-4, atol=1e-6)
    assert number(node(view, "w").gradient) == pytest.approx(float(passed @ x), rel=1e-4)
    assert number(node(view, "b").gradient) == pytest.approx(float(passed.sum()), rel=1e-4)
    assert number(view.nodes[view.loss].value) == pytest.approx(0.2420, abs=5e-5)
    assert number(view.nodes[view.loss].gradient) == 1.0
    assert node(view, "x").gradient is None
    assert node(view, "y").gradient is None


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
@pytest.mark.parametrize("batch_size", [None, 5])
def test_bits_are_the_learners_own(loss: str, batch_size: int | None) -> None:
    run = finished(lively({"loss": loss, "batch_size": batch_size, "stop.epochs": 4}))
    for step in (0, 3):
        view, learner = at(run, step, Phase.BACKWARD, row=2), run.learner
        pairs = [
            (view.nodes[view.loss].value, learner.loss),
            (view.nodes[view.prediction].value, learner.prediction),
            *zip(
                (node(view, name).gradient for name in ("w", "b")), learner.gradients, strict=True
            ),
        ]
        for shown, own in pairs:
            assert shown is not None
            assert shown.tobytes() == own.detach().numpy().tobytes()
            assert not shown.flags.writeable


def test_each_phase_adds_what_it_finds_out() -> None:
    run = begun(article())
    for phase in ORDER:
        assert run.advance() is phase
        view = graph_view(run)
        assert view is not None
        assert view.phase is phase
        measured = view.nodes[view.loss].value is not None
        assert measured == (phase is not Phase.FORWARD)
        back = node(view, "w").gradient is not None
        assert back == (phase in (Phase.BACKWARD, Phase.UPDATE))
        assert all((edge.gradient is not None) <= back for edge in view.edges)


@pytest.mark.parametrize("changes", [{}, {"loss": "mae"}, {"loss": "huber"}])
def test_shares_of_the_samples_add_up(changes: dict[str, str]) -> None:
    run = finished(lively({"stop.epochs": 3, **changes}))
    run.seek(6, Phase.BACKWARD)
    rows = step_view(run).rows
    total = dict.fromkeys(("w", "b"), 0.0)
    loss = 0.0
    for position, row in enumerate(rows.tolist()):
        view = graph_view(run, row)
        assert view is not None
        assert view.position == position
        for name in total:
            total[name] += number(node(view, name).share)
        loss += number(view.nodes[view.loss].share)
    gradients = dict(zip(("w", "b"), step_view(run).gradients or (), strict=True))
    for name, value in total.items():
        assert value == pytest.approx(gradients[name], rel=1e-4, abs=1e-6)
    assert loss == pytest.approx(run.learner.loss_value, rel=1e-5)


def test_a_point_that_is_not_in_the_batch_is_not_followed() -> None:
    run = finished(lively({"stop.epochs": 2}))
    run.seek(3, Phase.LOSS)
    inside = set(step_view(run).rows.tolist())
    view = graph_view(run, next(row for row in range(23) if row not in inside))
    assert view is not None
    assert view.position is None


def test_the_learner_is_left_as_it_was() -> None:
    run = finished(article())
    run.seek(20, Phase.LOSS)
    before = [p.detach().clone() for p in run.learner.parameters]
    graph_view(run, 3)
    run.advance()
    run.advance()
    graph_view(run)
    assert all(p.grad is None for p in run.learner.parameters)
    assert [p.tolist() for p in before] == [p.detach().tolist() for p in run.learner.parameters]
    run.run()
    assert run.learner.loss_value == pytest.approx(0.2291, abs=5e-5)


def test_a_network_is_read_in_the_same_way() -> None:
    torch.manual_seed(1)
    first, second = torch.randn(1, 3), torch.randn(3, 1)
    inputs, targets = torch.randn(5, 1), torch.randn(5, 1)

    def forward(parameters: Sequence[Tensor], x: Tensor) -> Tensor:
        return torch.relu(x @ parameters[0]) @ parameters[1]

    view = graph_of(
        forward,
        torch.nn.functional.mse_loss,
        (first, second),
        ("V", "W"),
        inputs,
        targets,
        Phase.BACKWARD,
    )
    names = [each.name for each in view.nodes]
    assert names.count("mm") == 2
    assert "relu" in names
    a, b = first.numpy().astype(np.float64), second.numpy().astype(np.float64)
    x, y = inputs.numpy().astype(np.float64), targets.numpy().astype(np.float64)
    hidden = np.maximum(x @ a, 0)
    passed = 2 * (hidden @ b - y) / 5
    found = node(view, "W").gradient
    assert found is not None
    np.testing.assert_allclose(found, hidden.T @ passed, rtol=1e-4, atol=1e-6)
    found = node(view, "V").gradient
    assert found is not None
    np.testing.assert_allclose(found, x.T @ ((passed @ b.T) * (x @ a > 0)), rtol=1e-4, atol=1e-6)
