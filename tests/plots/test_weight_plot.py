"""Lines of weights and gradients over the epochs, and histograms: what is drawn is what is so."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice
from guitrain.core.look_units import weights_view
from guitrain.core.run import Run
from guitrain.core.weight_history import WeightHistory
from guitrain.plots import weight_curves as curves
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.plots.weight_curves import Content, Line
from guitrain.plots.weight_plot import WeightPlot
from guitrain.snapshot import Snapshot, State
from tests.plots.runs import run_of

NET = {"model": Choice("mlp", {"hidden": (8, 4)}), "initial": None, "batch_size": 25}


def seen(run: Run, state: State = State.PAUSED) -> Snapshot:
    while not run.learner.ready:
        run.advance()
    history = None if run.experiment.form.few else WeightHistory(run).view(run)
    return Snapshot(
        0,
        state,
        run.experiment,
        view=run.view(),
        weights=weights_view(run),
        weight_history=history,
    )


@pytest.fixture
def plot(qtbot: QtBot) -> WeightPlot:
    made = WeightPlot(gradients=False)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    made.settle()
    return made


# What is to be drawn.


def test_few_weights_are_lines_of_the_step_log() -> None:
    snapshot = seen(run_of(57))
    assert snapshot.view is not None
    content = curves.value_lines(snapshot, None)
    assert [line.name for line in content.lines] == ["w", "b"]
    assert content.lines[0].x.tolist() == list(range(57))
    assert content.lines[0].y[:1].tolist() == pytest.approx([-0.20546])
    assert content.lines[0].y[56] == snapshot.view.steps.value("w", 56)
    slopes = curves.gradient_lines(snapshot, 0)
    assert [line.name for line in slopes.lines] == ["∂L/∂w"]
    assert slopes.lines[0].x.tolist() == list(range(1, 58))  # as the loss: of step 57 at epoch 57
    assert slopes.lines[0].y[56] == pytest.approx(-0.0558, abs=5e-5)


def test_many_weights_are_sizes_or_some_of_one_tensor() -> None:
    snapshot = seen(run_of(10, NET))
    content = curves.value_lines(snapshot, None)
    assert [line.name for line in content.lines] == ["‖W1‖", "‖W2‖", "‖W3‖"]
    assert content.sizes
    assert content.lines[0].x.tolist() == [0, 2, 4, 6, 8, 10]  # keyframes at every eighth step
    one = curves.value_lines(snapshot, 2)
    assert len(one.lines) == 24
    assert all(line.thin for line in one.lines)
    assert one.label == "W2: 24 of its numbers"
    slopes = curves.gradient_lines(snapshot, None)
    assert [line.name for line in slopes.lines] == ["‖∂L/∂W1‖", "‖∂L/∂W2‖", "‖∂L/∂W3‖"]
    assert len(slopes.lines[0].x) == 40
    assert curves.gradient_lines(snapshot, 1).lines[0].name == "‖∂L/∂b1‖"


def test_now_is_every_number_of_the_choice() -> None:
    run = run_of(10, NET)
    snapshot = seen(run)
    every = [p.detach().numpy().ravel() for p in run.learner.parameters]
    assert curves.values_now(snapshot, None).bars.tolist() == np.concatenate(every).tolist()  # type: ignore[union-attr]
    assert curves.values_now(snapshot, 3).bars.tolist() == every[3].tolist()  # type: ignore[union-attr]
    slopes = curves.gradients_now(snapshot, 2)
    assert slopes.bars.tolist() == run.learner.gradients[2].numpy().ravel().tolist()  # type: ignore[union-attr]
    assert slopes.label == "∂L/∂W2 of step 40"
    few = seen(run_of(57))
    assert curves.values_now(few, 1).bars.tolist() == pytest.approx([1.29948], abs=1e-5)  # type: ignore[union-attr]


def test_before_the_first_step_there_is_no_gradient() -> None:
    for changes in ({}, NET):
        snapshot = seen(run_of(0, changes))
        assert curves.gradients_now(snapshot, None).bars is None
        assert all(not len(line.x) for line in curves.gradient_lines(snapshot, None).lines)
    nothing = Snapshot(0, State.LOADING, snapshot.experiment)
    for make in (
        curves.values_now,
        curves.gradients_now,
        curves.value_lines,
        curves.gradient_lines,
    ):
        assert make(nothing, None).lines == ()


# What is drawn.


def ends(plot: WeightPlot, at: int) -> list[tuple[float, float]]:
    path = plot._items[at].path()
    points: list[Any] = [path.elementAt(k) for k in range(path.elementCount())]
    return [(point.x, point.y) for point in points]


def test_lines_lie_where_their_numbers_are(plot: WeightPlot) -> None:
    lines = (
        Line("a", np.array([0.0, 5.0, 10.0]), np.array([0.0, 1.0, 0.5])),
        Line("b", np.array([0.0, 10.0]), np.array([-1.0, -1.0])),
    )
    plot.show_content(Content(lines, label="weights"), 1, 10.0, 10.0)
    wide, high = plot.area.width(), plot.area.height()
    assert ends(plot, 0)[0][0] == 0
    assert ends(plot, 0)[-1][0] == pytest.approx(wide)
    zero, one = (plot.down([value])[0] for value in (0.0, 1.0))
    half = (zero + one) / 2
    assert [y for _, y in ends(plot, 0)] == pytest.approx([zero, one, one, half])
    assert 0 <= one < zero < plot.down([-1.0])[0] <= high
    assert plot._legend.texts == ("a", "b")
    assert len(ends(plot, 0)) == 4
    across = [x for x, _ in ends(plot, 1)]  # in dashes
    assert across[0] == 0
    assert np.diff(across)[:4].tolist() == pytest.approx([9, 4, 9, 4])
    assert {y for _, y in ends(plot, 1)} == {plot.down([-1.0])[0]}
    assert plot._note.text == ""


def test_ranges_only_grow_until_something_else_is_shown(plot: WeightPlot) -> None:
    def of(*values: float) -> Content:
        y = np.array(values)
        return Content((Line("a", np.arange(len(y), dtype=float), y),))

    plot.show_content(of(-100.0, 100.0), 1, 10.0, 1.0)
    wide = plot.y_scale
    plot.show_content(of(0.0, 1.0), 1, 10.0, 1.0)
    assert plot.y_scale == wide
    plot.show_content(of(0.0, 1.0), 2, 10.0, 1.0)
    assert plot.y_scale.high < 2
    plot.show_content(of(0.5, np.nan, np.inf), 3, 10.0, 1.0)
    assert plot.y_scale.high < 2


@pytest.mark.parametrize("gradients", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_bars_count_the_numbers_in_the_colour_of_their_kind(
    qtbot: QtBot, theme: Theme, gradients: bool
) -> None:
    plot = WeightPlot(gradients, theme=theme)
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    plot.settle()
    plot.show_content(Content(bars=np.array([-1.0, 0.2, 0.2, 0.2, 1.0, np.inf])), 1, 1.0, 0.0)
    rects = [polygon.boundingRect() for polygon in plot._bars.path().toSubpathPolygons()]
    assert len(rects) == 3
    heights = [rect.height() for rect in rects]
    assert heights[1] == pytest.approx(3 * heights[0])
    assert rects[1].left() <= plot.across([0.2])[0] <= rects[1].right() + 1
    colour = theme.gradient if gradients else theme.data
    assert QColor(plot._bars.pen().color()).name() == colour.lower()


def test_nothing_is_said_to_be_nothing(plot: WeightPlot) -> None:
    plot.show_content(Content(), None, 1.0, 0.0)
    assert "Nothing is recorded yet" in plot._note.text
    plot.show_content(Content(bars=np.zeros(3)), 1, 1.0, 0.0)
    assert plot._note.text == ""
    plot.show_content(Content(bars=np.full(3, np.nan)), 2, 1.0, 0.0)  # diverged


def test_an_export_shows_the_same(plot: WeightPlot) -> None:
    plot.set_theme(DARK)
    content = curves.value_lines(seen(run_of(57)), None)
    plot.show_content(content, 1, 100.0, 57.0)
    twin = plot.copy_for_export()
    assert twin.theme is LIGHT
    assert twin.content is content
    twin.deleteLater()
