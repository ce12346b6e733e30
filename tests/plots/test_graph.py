"""The drawn graph: what stands beside its wires, phase by phase, and where everything lies."""

import math
from collections.abc import Sequence
from typing import Any

import pytest
import torch
from pytestqt.qtbot import QtBot
from torch import Tensor

from guitrain.core.graph import graph_of
from guitrain.core.look import graph_view, point_view, step_view
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots.diagram import Label
from guitrain.plots.graph import GraphDiagram
from guitrain.plots.graph_grid import MOST_NODES, grid_of
from guitrain.plots.graph_parts import Level
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from tests.plots.runs import run_of

SIZES = [(390, 160), (390, 300), (560, 260), (1100, 700)]


@pytest.fixture
def diagram(qtbot: QtBot) -> GraphDiagram:
    made = GraphDiagram()
    qtbot.addWidget(made)
    made.resize(560, 260)
    made.show()
    return made


def at(phase: Phase, row: int | None = None, changes: Any = None) -> Snapshot:
    """The article's run, changed, after 56 epochs, at a phase of the 57th."""
    run: Run = run_of(56, changes or {})
    while run.advance() is not phase:
        pass
    return Snapshot(
        0,
        State.PAUSED,
        run.experiment,
        view=run.view(),
        step_view=step_view(run),
        graph=graph_view(run, row),
        point=None if row is None else point_view(run, row),
    )


def index(diagram: GraphDiagram, title: str) -> int:
    return next(i for i, box in diagram.boxes.items() if box.title.text == title)


def wire(diagram: GraphDiagram, start: str, end: str) -> Any:
    return diagram.wires[index(diagram, start), index(diagram, end)]


def test_the_line_is_drawn_with_every_operation_and_leaf(diagram: GraphDiagram) -> None:
    diagram.refresh(at(Phase.BACKWARD))
    titles = sorted(box.title.text for box in diagram.boxes.values())
    assert titles == sorted(["x", "w", "mul", "b", "add", "y", "mse_loss"])


def test_values_go_forward_and_gradients_come_back_with_the_articles_numbers(
    diagram: GraphDiagram,
) -> None:
    diagram.refresh(at(Phase.FORWARD))
    assert wire(diagram, "w", "mul").forward.label.text == "1.8947"
    assert wire(diagram, "x", "mul").forward.label.text == "[100, 1]"
    assert wire(diagram, "w", "mul").gradient_text == ""
    assert diagram.out is not None
    assert diagram.out.forward.label.text == ""
    diagram.refresh(at(Phase.LOSS))
    assert diagram.out.forward.label.text == "L = 0.2420"
    diagram.refresh(at(Phase.BACKWARD))
    assert wire(diagram, "w", "mul").gradient_text == "−0.0558"
    assert wire(diagram, "b", "add").gradient_text == "0.1801"
    assert "no grad" in wire(diagram, "x", "mul").gradient_text


def test_each_phase_lights_its_part(diagram: GraphDiagram) -> None:
    lit = {
        Phase.FORWARD: {"mul", "add"},
        Phase.LOSS: {"mse_loss"},
        Phase.STOP: set(),
        Phase.UPDATE: {"w", "b"},
    }
    for phase, titles in lit.items():
        diagram.refresh(at(phase))
        now = {box.title.text for box in diagram.boxes.values() if box.level is Level.NOW}
        assert now == titles, phase
    assert diagram.boxes[index(diagram, "w")].move.text == "→ 1.8953"


def test_a_point_is_followed_through_the_graph(diagram: GraphDiagram) -> None:
    snapshot = at(Phase.BACKWARD, row=17)
    diagram.refresh(snapshot)
    assert snapshot.point is not None
    assert wire(diagram, "x", "mul").forward.label.text == f"x₁₈ = {snapshot.point.x:.4f}"
    assert f"{snapshot.point.prediction:.1f}" in wire(diagram, "add", "mse_loss").forward.label.text
    # Its share of ∂L/∂b is its own slope over n.
    share = snapshot.point.gradient[1] / 100
    assert float(wire(diagram, "b", "add").gradient_text) == pytest.approx(share, abs=6e-5)


@pytest.mark.parametrize("size", SIZES)
def test_loss_and_gradients_have_all_their_digits(
    diagram: GraphDiagram, size: tuple[int, int]
) -> None:
    diagram.resize(*size)
    diagram.refresh(at(Phase.BACKWARD, row=3))
    assert diagram.out is not None
    assert diagram.out.forward.label.text == "L = 0.2420"
    assert diagram.out.gradient_text == "∂L/∂L = 1"
    assert wire(diagram, "w", "mul").gradient_text == "−0.0014"
    assert wire(diagram, "w", "mul").total.text == "of −0.0558"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_forward_is_blue_and_gradients_are_vermilion(diagram: GraphDiagram, theme: Theme) -> None:
    diagram.set_theme(theme)
    diagram.refresh(at(Phase.BACKWARD))
    found = wire(diagram, "w", "mul")
    assert found.forward.colour(theme) == theme.data
    assert found.back.colour(theme) == theme.gradient
    assert found.back.shaft.pen().dashPattern()
    assert not found.forward.shaft.pen().dashPattern()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row", [None, 17, 99])
@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_nothing_is_cut_off_or_lies_on_a_box(
    diagram: GraphDiagram, size: tuple[int, int], row: int | None, loss: str
) -> None:
    diagram.resize(*size)
    diagram.refresh(at(Phase.BACKWARD, row=row, changes={"loss": loss}))
    page = diagram.sceneRect().adjusted(-1, -1, 1, 1)
    places = [box.place for box in diagram.boxes.values()]
    for place in places:
        assert page.contains(place)
    for one in range(len(places)):
        for other in range(one):
            assert not places[one].intersects(places[other])
    for each in diagram.wires.values():
        labels: list[Label] = [each.forward.label, each.back.label, each.total]
        for label in labels:
            if label.text:
                assert page.contains(label.box), (size, label.text)
                assert "…" not in label.text
                assert not any(label.box.adjusted(2, 3, -2, -3).intersects(p) for p in places), (
                    size,
                    label.text,
                )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("penalty", [{"l2": 0.05}, {"l1": 0.05}])
def test_a_penalty_stands_below_its_weight_and_adds_to_the_loss(
    diagram: GraphDiagram, penalty: dict[str, float], size: tuple[int, int]
) -> None:
    diagram.resize(*size)
    diagram.refresh(at(Phase.UPDATE, 7, penalty))
    title = "pow" if "l2" in penalty else "abs"
    place = {box.title.text: box.place for box in diagram.boxes.values()}
    assert place[title].center().x() == pytest.approx(place["w"].center().x())
    assert place[title].top() > place["w"].bottom() + 20
    labels = [wire(diagram, "w", title).forward.label.box, wire(diagram, "w", title).back.label.box]
    labels.append(diagram.boxes[index(diagram, "w")].move.box)
    for number, one in enumerate(labels):
        assert not any(one.intersects(other) for other in labels[number + 1 :])
        assert not any(one.intersects(box) for box in place.values())
    assert float(wire(diagram, "w", title).forward.label.text) > 1.5


def test_the_middle_of_a_deep_network_is_drawn_as_one() -> None:
    def forward(parameters: Sequence[Tensor], x: Tensor) -> Tensor:
        for each in parameters:
            x = torch.relu(x * each)
        return x

    parameters = [torch.ones(1) for _ in range(30)]
    inputs, targets = torch.ones(4, 1), torch.ones(4, 1)
    mse = torch.nn.functional.mse_loss
    view = graph_of(forward, mse, parameters, (), inputs, targets, Phase.BACKWARD)
    assert len(view.nodes) == 93  # 30 × (parameter, mul, relu), x, y, mse_loss
    grid = grid_of(view)
    assert 15 <= len(grid.items) <= MOST_NODES
    assert sorted(node for item in grid.items for node in item.nodes) == list(range(93))
    assert [len(item.nodes) > 1 for item in grid.items].count(True) == 1
    assert all(start < end for start, end in grid.edges)
    assert grid.items[-1].nodes == (view.loss,)


def test_numbers_without_end_are_named(diagram: GraphDiagram) -> None:
    run = run_of(10**6, {"learning_rate": 0.5})
    assert run.stopped is not None
    diagram.refresh(
        Snapshot(
            0,
            State.STOPPED,
            run.experiment,
            view=run.view(),
            step_view=step_view(run),
            graph=graph_view(run),
        )
    )
    assert diagram.out is not None
    assert not math.isfinite(run.learner.loss_value)
    assert diagram.out.forward.label.text in ("L = ∞", "L = NaN")


def test_before_the_first_forward_there_is_nothing(diagram: GraphDiagram) -> None:
    run = run_of(0)
    while run.phase is not Phase.INIT:
        run.advance()
    diagram.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view()))
    assert not diagram.root.isVisible()
    assert diagram.words is None


def test_a_tip_tells_all_of_a_node(diagram: GraphDiagram) -> None:
    diagram.refresh(at(Phase.BACKWARD))
    tip = diagram.tip_at(diagram.boxes[index(diagram, "w")].place.center())
    assert "1.8947" in tip
    assert "−0.0558" in tip
    tip = diagram.tip_at(diagram.boxes[index(diagram, "mul")].place.center())
    assert "MulBackward0" in tip
    assert "100" in tip
    assert diagram.tip_at(diagram.sceneRect().bottomRight()) == ""


def test_an_export_shows_the_same(diagram: GraphDiagram) -> None:
    diagram.set_theme(DARK)
    diagram.refresh(at(Phase.BACKWARD))
    twin = diagram.copy_for_export()
    assert twin.theme is LIGHT
    assert [box.title.text for box in twin.boxes.values()] == [
        box.title.text for box in diagram.boxes.values()
    ]
    twin.deleteLater()
