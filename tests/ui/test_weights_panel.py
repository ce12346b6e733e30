"""The panel of weights and gradients: its choices, its size, and its life in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from guitrain.snapshot import Snapshot, State
from guitrain.ui.main_window import MainWindow
from guitrain.ui.weights_panel import WeightsPanel
from tests.plots.runs import run_of
from tests.plots.test_weight_plot import NET, seen
from tests.ui.window_tools import Wait, drawn, next_epoch, type_in


@pytest.fixture
def panel(qtbot: QtBot) -> WeightsPanel:
    made = WeightsPanel()
    qtbot.addWidget(made)
    made.resize(400, 320)
    return made


def texts(panel: WeightsPanel) -> list[str]:
    return [panel.which.itemText(at) for at in range(panel.which.count())]


def test_empty_at_first_then_the_lines(panel: WeightsPanel) -> None:
    panel.show()
    run = run_of(0)
    panel.refresh(Snapshot(0, State.LOADING, run.experiment))
    assert "Nothing is recorded" in panel.values._note.text
    panel.refresh(seen(run_of(57)))
    assert texts(panel) == ["all", "w", "b"]
    assert [line.name for line in panel.values.content.lines] == ["w", "b"]
    assert [line.name for line in panel.gradients.content.lines] == ["∂L/∂w", "∂L/∂b"]
    assert "before each update" in panel.caption.text()


def test_the_keyboard_chooses_what_and_of_which(panel: WeightsPanel) -> None:
    panel.show()
    panel.refresh(seen(run_of(10, NET)))
    assert texts(panel) == ["all", "W1", "b1", "W2", "b2", "W3", "b3"]
    for _ in range(3):
        QTest.keyClick(panel.which, Qt.Key.Key_Down)
    assert panel.values.content.label == "W2: 24 of its numbers"
    QTest.keyClick(panel.what, Qt.Key.Key_Down)
    assert panel.values.content.bars is not None
    assert len(panel.values.content.bars) == 32
    assert panel.gradients.content.label == "∂L/∂W2 of step 40"
    panel.refresh(seen(run_of(57)))
    assert panel.which.currentIndex() == 0  # another model: all of it


def test_a_narrow_panel_has_one_plot_above_the_other(panel: WeightsPanel, qtbot: QtBot) -> None:
    panel.show()
    panel.refresh(seen(run_of(57)))
    assert panel._plots.direction() is QBoxLayout.Direction.TopToBottom
    assert panel.values._labels[0] == ""
    panel.resize(700, 300)
    qtbot.waitUntil(lambda: panel._plots.direction() is QBoxLayout.Direction.LeftToRight)
    assert panel.values._labels[0] == "epoch"


def test_while_hidden_it_only_remembers_and_while_running_it_draws_now_and_then(
    panel: WeightsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guitrain.ui.weights_panel._EVERY", 1e9)
    panel.refresh(seen(run_of(57)))
    assert not panel.values.content.lines
    panel.show()
    shown = panel.values.content
    assert len(shown.lines[0].x) == 57
    panel.refresh(seen(run_of(58), State.RUNNING))
    assert panel.values.content is shown
    panel.refresh(seen(run_of(58)))
    assert len(panel.values.content.lines[0].x) == 58


def test_all_parts_have_names_and_tips(panel: WeightsPanel) -> None:
    for part in (panel.what, panel.which, panel.values, panel.gradients):
        assert part.objectName()
        assert part.accessibleName()
        assert part.toolTip()


def test_in_the_window_it_follows_the_run_and_costs_nothing_when_closed(
    window: MainWindow, wait: Wait
) -> None:
    window.work.panels.open("weights")
    wait(lambda s: s.weights is not None)
    next_epoch(window)
    wait(lambda s: s.view is not None and s.view.step == 1)
    window.work.panels.bring_up("weights")  # the first step opened others
    wait(lambda s: s.weights is not None)
    panel = window.work.weights
    assert [len(line.x) for line in panel.values.content.lines] == [1, 1]
    window.work.controls._rows["model"].editor.committed.emit("mlp")
    type_in(window, "hidden", "4, 3")
    wait(lambda s: s.weight_history is not None)
    drawn(window)
    assert [line.name for line in panel.values.content.lines] == ["‖W1‖", "‖W2‖", "‖W3‖"]
    window.work.panels.close("weights")
    wait(lambda s: s.weights is None and s.weight_history is None)
