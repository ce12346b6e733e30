"""The graph's panel: what stands there before there is a graph, and its caption."""

import pytest
from pytestqt.qtbot import QtBot

from guitrain.core.phases import Phase
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.graph_panel import GraphPanel
from tests.plots.runs import run_of
from tests.plots.test_graph import at


@pytest.fixture
def panel(qtbot: QtBot) -> GraphPanel:
    made = GraphPanel()
    qtbot.addWidget(made)
    made.resize(400, 260)
    return made


def test_empty_at_first_then_the_graph(panel: GraphPanel) -> None:
    panel.show()
    run = run_of(0)
    panel.refresh(Snapshot(0, State.PAUSED, run.experiment))
    assert panel.empty.isVisible()
    assert "Next" in panel.empty.text()
    panel.refresh(at(Phase.FORWARD))
    assert panel.diagram.isVisible()
    assert not panel.empty.isVisible()
    assert "autograd" in panel.caption.text()
    panel.refresh(Snapshot(0, State.PAUSED, run.experiment))
    assert panel.empty.isVisible()


def test_the_caption_names_the_point_that_is_followed(panel: GraphPanel) -> None:
    panel.show()
    panel.refresh(at(Phase.BACKWARD, row=17))
    assert panel.caption.text().startswith("Point 18 of 100")


def test_while_hidden_it_only_remembers(panel: GraphPanel) -> None:
    panel.refresh(at(Phase.LOSS))
    assert not panel.diagram.boxes
    panel.show()
    assert panel.diagram.boxes


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_legend_has_the_themes_colours(panel: GraphPanel, theme: Theme) -> None:
    panel.set_theme(theme)
    panel.show()
    for legend, colour in (
        (panel.legend.values, theme.data),
        (panel.legend.gradients, theme.gradient),
    ):
        legend.ensurePolished()
        assert legend.palette().color(legend.foregroundRole()).name() == colour.lower()
