"""The landscape on a plane: what is drawn, what is said of it, and what the mouse may not do."""

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core import look
from guitrain.core.experiment import Choice
from guitrain.core.phases import Phase
from guitrain.core.plane import Kind, PlaneChoice
from guitrain.core.plane_job import PlaneJob
from guitrain.core.plane_path import PathOnPlane
from guitrain.core.run import Run
from guitrain.export.image import Size, render
from guitrain.plots.landscape import LandscapePlot
from guitrain.plots.plane_words import axis_labels, explanation, names, summary
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.landscape_panel import LandscapePanel
from tests.plots.runs import run_of
from tests.plots.test_landscape import settle, shown

NET = {"model": Choice("mlp", {"hidden": (4,)}), "data": "sine", "initial": None}
RANDOM = PlaneChoice(Kind.RANDOM, 3)


def net(epochs: int, phase: Phase = Phase.BACKWARD, **changes: Any) -> Run:
    run = run_of(epochs, {**NET, **changes})
    run.learner.observed = True
    while run.advance() is not phase:
        pass
    return run


def at(run: Run, choice: PlaneChoice = RANDOM, **fields: Any) -> Snapshot:
    job = PlaneJob(run, choice)
    view = None
    while not job.done:
        view = job.advance(math.inf)
    assert view is not None
    assert view.plane is not None
    fields.setdefault("state", State.PAUSED)
    return Snapshot(
        0,
        experiment=run.experiment,
        view=run.view(),
        step_view=look.step_view(run),
        landscape=view,
        plane=PathOnPlane().look(run, view.plane),
        **fields,
    )


@pytest.fixture
def plot(qtbot: QtBot) -> LandscapePlot:
    made = LandscapePlot()
    qtbot.addWidget(made)
    made.resize(480, 380)
    made.show()
    qtbot.waitExposed(made)
    return made


def pixels(plot: LandscapePlot, places: np.ndarray) -> np.ndarray:
    return np.column_stack([plot.across(places[:, 0]), plot.down(places[:, 1])])


def elements(path: Any) -> np.ndarray:
    return np.array(
        [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
    )


@pytest.mark.parametrize("choice", [PlaneChoice(), RANDOM])
def test_path_marks_and_gradient_are_drawn_where_they_are(
    plot: LandscapePlot, choice: PlaneChoice
) -> None:
    run = net(60)
    snapshot = at(run, choice)
    plot.refresh(snapshot)
    settle(plot)
    plane = snapshot.plane
    assert plane is not None
    path, ahead = plot._trails.drawn
    np.testing.assert_allclose(elements(path)[-1], pixels(plot, plane.path)[-1], atol=0.01)
    np.testing.assert_allclose(elements(path)[0], pixels(plot, plane.path)[0], atol=0.01)
    assert ahead.isEmpty()
    assert plot._places.at == {"present": plane.present, "start": plane.start}
    arrow = plot._arrows.step
    assert arrow.shown
    assert arrow.tag.text.startswith("−η·∂L, projected")
    assert plane.gradient is not None
    (x, y), (dx, dy) = plane.gradient
    way = np.diff(pixels(plot, np.array([[x, y], [x + dx, y + dy]])), axis=0)[0]
    vector = np.array(arrow.vector)
    assert vector @ way / np.linalg.norm(vector) / np.linalg.norm(way) == pytest.approx(1, abs=1e-4)
    assert plot._note.text == ""
    assert not plot._waiting.isVisible()
    assert plot._labels == axis_labels(plane.plane)
    box = snapshot.landscape.bounds  # type: ignore[union-attr]
    assert (plot.x_scale.low, plot.y_scale.high) == (box.first_low, box.second_high)


def test_in_the_past_the_path_ahead_is_there_too(plot: LandscapePlot) -> None:
    run = net(60)
    run.seek(20)
    plot.refresh(at(run, PlaneChoice()))
    settle(plot)
    path, ahead = plot._trails.drawn
    np.testing.assert_allclose(elements(path)[-1], elements(ahead)[0], atol=0.01)
    assert plot._arrows.step.shown  # of the update before


def test_before_the_first_plane(plot: LandscapePlot) -> None:
    run = net(2)
    plot.refresh(Snapshot(0, State.LOADING, run.experiment))
    assert "on a plane through the parameters" in plot._note.text
    plot.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view()))
    assert plot._note.text == ""
    assert plot._waiting.text == "computing the loss …"
    assert plot._labels == ("", "")
    plot.refresh(at(run))
    assert plot._labels == ("random direction 1", "random direction 2")


def test_from_a_line_to_a_net_and_back(plot: LandscapePlot) -> None:
    shown(plot, run_of(10))
    assert plot._labels == ("w", "b")
    run = net(10)
    plot.refresh(at(run))
    settle(plot)
    assert set(plot._places.at) == {"present", "start"}
    assert plot.wanted_bounds is None
    shown(plot, run_of(10))
    assert plot._labels == ("w", "b")
    assert set(plot._places.at) == {"present", "start", "best", "true"}
    assert plot._arrows.step.tag.text.startswith("−η·∂L")
    assert "projected" not in plot._arrows.step.tag.text


def test_the_start_is_not_dragged_on_a_plane(plot: LandscapePlot) -> None:
    run = net(60)
    snapshot = at(run, PlaneChoice())
    plot.refresh(snapshot)
    settle(plot)
    moved: list[object] = []
    plot.start_moved.connect(lambda *to: moved.append(to))
    assert snapshot.plane is not None
    place = QPointF(*pixels(plot, np.array([snapshot.plane.start]))[0])
    spot = plot.mapFromScene(plot.area.mapToScene(place))
    QTest.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseMove(plot.viewport(), spot + QPoint(60, -40))
    assert not plot.start_dragging
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(60, -40))
    assert moved == []
    assert plot.hovered.startswith("direction 1 ")
    assert "loss ≈" in plot.hovered
    assert "drag" not in plot.hovered


def test_while_running_a_path_that_rests_is_left_as_it_is(plot: LandscapePlot) -> None:
    run = net(60, learning_rate=1e-6)
    snapshot = at(run, state=State.RUNNING)
    plot.refresh(snapshot)
    settle(plot)
    assert snapshot.plane is not None
    run.advance()
    run.advance()
    later = PathOnPlane().look(run, snapshot.plane.plane)
    assert plot._trails.take_plane(later, running=True) == (False, False)
    assert plot._trails.take_plane(later, running=False) == (True, False)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_export_shows_the_same(plot: LandscapePlot, theme: Theme) -> None:
    plot.set_theme(theme)
    plot.refresh(at(net(30)))
    settle(plot)
    twin = plot.copy_for_export()
    assert twin._labels == plot._labels
    assert len(twin._trails.path) == len(plot._trails.path)
    assert "random direction 1" in render(plot, "svg", Size(120, 90), "Landscape").decode()
    twin.deleteLater()


# Words.


def test_words_name_the_plane_its_sources_and_its_limits() -> None:
    run = net(60)
    along = at(run, PlaneChoice()).plane
    random = at(run).plane
    assert along is not None
    assert random is not None
    first, second = along.plane.explained
    assert first is not None
    assert second is not None
    assert axis_labels(along.plane) == (
        f"direction 1 · {100 * first:.1f} % of the path’s variance",
        f"direction 2 · {100 * second:.1f} %",
    )
    assert names(random.plane) == ("random direction 1", "random direction 2")
    for view in (along, random):
        assert "plane through 13 parameters, at step 60" in summary(view)
        assert "does not lie on this surface" in summary(view)
        assert "arXiv:1712.09913" in summary(view)
    assert "Lorch 2016" in summary(along)
    assert "Lorch" not in summary(random)
    assert "seed 3" in explanation(random)
    assert "biases stay" in explanation(random)
    assert f"of {along.plane.points} keyframes" in explanation(along)


def test_words_of_a_path_that_has_not_begun() -> None:
    run = run_of(0, NET)
    for _ in range(2):
        run.advance()
    view = at(run, PlaneChoice()).plane
    assert view is not None
    assert names(view.plane) == ("random direction 1", "random direction 2")
    assert "not turned yet" in explanation(view)
    zeros = run_of(0, {**NET, "model": Choice("mlp", {"hidden": (4,), "scheme": "zeros"})})
    for _ in range(2):
        zeros.advance()
    view = at(zeros).plane
    assert view is not None
    assert "would make no plane" in explanation(view)


# The panel.


def test_the_panel_offers_planes_where_there_are_many_parameters(qtbot: QtBot) -> None:
    panel = LandscapePanel()
    qtbot.addWidget(panel)
    panel.resize(480, 340)
    panel.show()
    qtbot.waitExposed(panel)
    changed: list[int] = []
    panel.wanted_changed.connect(lambda: changed.append(1))
    shown(panel.plot, run_of(5))
    panel.refresh(Snapshot(0, State.PAUSED, run_of(5).experiment, view=run_of(5).view()))
    assert not panel.kind.isVisible()
    assert not panel.about.isVisible()
    assert panel.wanted == panel.plot.wanted_bounds
    panel.refresh(at(net(20), PlaneChoice()))
    assert panel.kind.isVisible()
    assert not panel.seed.isVisible()
    assert panel.wanted == PlaneChoice(Kind.PATH, 0)
    assert "Lorch 2016" in panel.about.text()
    panel.kind.setCurrentIndex(1)
    panel.seed.setValue(3)
    assert panel.seed.isVisible()
    assert panel.wanted == RANDOM
    assert len(changed) == 2
    panel.refresh(at(net(20)))
    assert "seed 3" in panel.about.toolTip()
    panel.refresh(Snapshot(0, State.PAUSED, run_of(5).experiment, view=run_of(5).view()))
    assert not panel.kind.isVisible()
    assert not panel.about.isVisible()


def test_the_panel_fits_into_a_narrow_place(qtbot: QtBot) -> None:
    panel = LandscapePanel()
    qtbot.addWidget(panel)
    panel.kind.setCurrentIndex(1)
    panel.show()
    qtbot.waitExposed(panel)
    panel.refresh(at(net(20)))
    assert panel.seed.isVisible()
    assert panel.minimumSizeHint().width() <= 260
