"""The network's panel: its fields by mouse and by keyboard, a weight set by hand in the window."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Choice
from guitrain.core.models import Form
from guitrain.core.run_view import Unit
from guitrain.plots.filters_layout import FilterSpot
from guitrain.plots.filters_layout import Kind as FilterKind
from guitrain.plots.network_layout import Kind, Spot
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow
from guitrain.ui.network_panel import NetworkPanel
from tests.plots.runs import run_of
from tests.plots.test_filters import cnn_run, looked_at
from tests.plots.test_network import net, ready, seen
from tests.ui.window_tools import Wait, click, drawn, find, run_endlessly, type_in


@pytest.fixture
def panel(qtbot: QtBot) -> NetworkPanel:
    made = NetworkPanel()
    qtbot.addWidget(made)
    made.resize(400, 320)
    return made


def test_empty_at_first_then_the_network(panel: NetworkPanel) -> None:
    panel.show()
    run = run_of(0)
    panel.refresh(Snapshot(0, State.LOADING, run.experiment))
    assert panel.empty.isVisible()
    assert "as soon as the run is ready" in panel.empty.text()
    panel.refresh(seen(run_of(57)))
    assert not panel.empty.isVisible()
    assert panel.value.text() == "w = 1.895, from x to ŷ"
    assert panel.gradient.text() == "∂L/∂w = −0.0558 (step 57)"
    assert "x = −0.25 … 5.25" in panel.caption.text()


def test_a_model_without_units_is_told_so(
    panel: NetworkPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.show()
    run = ready(run_of(0))
    form = Form("y = ?", "", (("K1", (4, 1, 3, 3)), ("b1", (4,))))
    monkeypatch.setitem(run.experiment.__dict__, "form", form)
    panel.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view()))
    assert "not made of layers of units" in panel.empty.text()


def test_while_hidden_it_only_remembers(panel: NetworkPanel) -> None:
    panel.refresh(seen(run_of(3)))
    assert panel.diagram.places is None
    panel.show()
    assert panel.diagram.places is not None


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_values_are_blue_and_gradients_vermilion(panel: NetworkPanel, theme: Theme) -> None:
    panel.set_theme(theme)
    panel.show()
    for label, colour in (
        (panel.positive, theme.data),
        (panel.negative, theme.negative),
        (panel.value, theme.data),
        (panel.gradient, theme.gradient),
    ):
        label.ensurePolished()
        assert label.palette().color(label.foregroundRole()).name() == colour.lower()


def test_every_parameter_can_be_reached_by_keyboard(panel: NetworkPanel, qtbot: QtBot) -> None:
    panel.show()
    panel.refresh(seen(run_of(3, net(3, 2))))
    fields = panel.fields
    names = [fields.which.itemText(at) for at in range(fields.which.count())]
    assert names == ["W1", "b1", "W2", "b2", "W3", "b3"]
    fields.which.setFocus()
    QTest.keyClick(fields.which, Qt.Key.Key_Down)
    QTest.keyClick(fields.which, Qt.Key.Key_Down)
    assert fields.place == (2, (0, 0))
    type_in(panel, "parameter_row_index", "1")
    type_in(panel, "parameter_column_index", "2")
    assert fields.place == (2, (1, 2))
    assert panel.value.text().startswith("W2[1, 2] = ")
    assert panel.diagram._selected == Spot(Kind.WEIGHT, 1, 1, 2)
    type_in(panel, "parameter_row_index", "2")
    assert "Row 2 is too large: choose a number from 0 to 1" in fields.message.text()
    assert fields.message.isVisible()
    assert panel.height() == 320
    type_in(panel, "parameter_row_index", "0")
    with qtbot.waitSignal(panel.hand_set) as caught:
        type_in(panel, "parameter_value", "-0,25")
    assert caught.args == [ByHand(2, (0, 2), -0.25)]
    assert not fields.message.isVisible()
    QTest.keyClick(fields.which, Qt.Key.Key_Down)
    assert fields.place == (3, (0,))
    assert not fields.column.isVisible()


def test_named_parameters_are_chosen_by_name(panel: NetworkPanel) -> None:
    panel.show()
    panel.refresh(seen(run_of(3, {"model": Choice("polynomial", {"degree": 2}), "initial": None})))
    fields = panel.fields
    assert [fields.which.itemText(at) for at in range(3)] == ["w1", "w2", "b"]
    assert not fields.row.isVisible()
    fields.choose(0, (1, 0), focus=False)
    assert (fields.which.currentText(), fields.place) == ("w2", (0, (1, 0)))
    assert panel.diagram.layers[0].index(0, 1) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("inf", "“inf” is not a number"),
        ("nan", "“nan” is not a number"),
        ("1e99", "too large"),
        ("1e400", "must be a finite number"),
        ("", "is empty"),
        ("-2e6", "too small"),
    ],
)
def test_what_is_no_weight_is_refused_in_a_sentence(
    panel: NetworkPanel, qtbot: QtBot, typed: str, told: str
) -> None:
    panel.show()
    panel.refresh(seen(run_of(57)))
    with qtbot.assertNotEmitted(panel.hand_set):
        type_in(panel, "parameter_value", typed)
    assert told in panel.fields.message.text()
    assert panel.fields.value.accessibleDescription() == panel.fields.message.text().lstrip("⚠ ")
    assert panel.fields.value.lineEdit().text() == "1.8953"


def test_typing_is_not_overwritten_by_the_run(panel: NetworkPanel) -> None:
    panel.show()
    panel.activateWindow()
    panel.refresh(seen(run_of(57)))
    field = panel.fields.value
    type_in(panel, "parameter_value", "2.5", enter=False)
    panel.refresh(seen(run_of(58)))
    assert field.lineEdit().text() == "2.5"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    panel.refresh(seen(run_of(59)))
    assert field.lineEdit().text() not in ("2.5", "1.8953")


def test_the_mouse_shows_the_numbers_and_a_click_takes_them_in_hand(
    panel: NetworkPanel, qtbot: QtBot
) -> None:
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.refresh(seen(run_of(57)))
    qtbot.wait(1)  # laid out
    places = panel.diagram.places
    assert places is not None
    at = panel.diagram.mapFromScene(QPointF(*places.bias(0, 0)))
    QTest.mouseMove(panel.diagram.viewport(), at)
    qtbot.waitUntil(lambda: panel.value.text() == "b = 1.299, the bias of ŷ")
    assert panel.fields.which.currentText() == "w"
    QTest.mouseClick(panel.diagram.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.fields.which.currentText() == "b"
    assert panel.fields.value.hasFocus()
    assert panel.fields.value.lineEdit().selectedText() == "1.29948"


def test_all_parts_have_names_and_tips(panel: NetworkPanel) -> None:
    for part in (panel.fields.which, panel.fields.row, panel.fields.column, panel.fields.value):
        assert part.objectName()
        assert part.accessibleName()
        assert part.toolTip()
    assert panel.diagram.accessibleName()


# In the window.


def test_a_weight_set_by_hand_is_seen_everywhere_and_trained_on(
    window: MainWindow, wait: Wait
) -> None:
    assert "network" not in window.work._late  # made when it is first wanted
    window.work.panels.open("network")
    snapshot = wait(lambda s: s.weights is not None)
    click(window, "step")
    type_in(find(window, "network_panel"), "parameter_value", "5")
    snapshot = wait(lambda s: s.view is not None and len(s.view.events) == 1)
    assert snapshot.view is not None
    assert snapshot.view.numbers is not None
    assert snapshot.view.numbers[0] == 5.0
    assert snapshot.view.step == 0
    assert "5.000·x" in find(window, "equation").text()
    window.trainer.next(Unit.EPOCH)
    snapshot = wait(lambda s: s.view is not None and s.view.step == 1)
    assert snapshot.view is not None
    assert snapshot.view.steps.value("w", 0) == 5.0
    window.work.panels.open("code")
    drawn(window)
    assert "parameters[0][0] = 5.0  # w" in window.work.code.text()


def test_in_the_past_it_makes_a_branch_that_the_table_names(window: MainWindow, wait: Wait) -> None:
    window.work.panels.open("network")
    window.work.panels.open("runs")
    window.trainer.play()
    window.transport.pace.set_pace(MAX_PACE)
    wait(lambda s: s.state is State.STOPPED)
    window.work.panels.bring_up("network")
    window.trainer.seek(40)
    wait(lambda s: s.view is not None and s.view.step == 40 and s.weights is not None)
    type_in(find(window, "network_panel"), "parameter_value", "-1")
    snapshot = wait(lambda s: len(s.runs) == 2)
    assert snapshot.runs[1].by_hand == (("w", -1.0),)
    window.work.panels.bring_up("runs")
    drawn(window)
    texts = [window.work.runs.model.item(row, 1).text() for row in range(2)]
    assert "w set to −1 by hand" in texts[1]


def test_while_it_runs_a_weight_is_set_and_it_runs_on(window: MainWindow, wait: Wait) -> None:
    window.work.panels.open("network")
    run_endlessly(window, wait)
    type_in(find(window, "network_panel"), "parameter_value", "-3")
    snapshot = wait(lambda s: s.view is not None and len(s.view.events) == 2)
    assert snapshot.state is State.RUNNING
    assert snapshot.view is not None
    event = snapshot.view.events[-1]
    assert event.by_hand == ByHand(0, (0,), -3.0)
    wait(lambda s: s.view is not None and s.view.head > event.step)
    click(window, "run")
    snapshot = wait(lambda s: s.state is State.PAUSED)
    assert snapshot.view is not None
    assert snapshot.view.steps.value("w", event.step) == np.float32(-3.0)


def test_it_costs_nothing_while_it_is_hidden(window: MainWindow, wait: Wait) -> None:
    window.work.panels.open("network")
    wait(lambda s: s.units is not None)
    window.work.panels.close("network")
    wait(lambda s: s.units is None and s.weights is None)


# Filters.


def test_filters_take_the_place_of_units_and_their_weights_are_set(
    panel: NetworkPanel, qtbot: QtBot
) -> None:
    panel.show()
    run = cnn_run(4, 3)
    panel.refresh(looked_at(run, 5))
    assert panel.filters is not None
    assert panel.filters.isVisible()
    assert not panel.diagram.isVisible()
    assert not panel.empty.isVisible()
    assert panel.positive.text() == "■ above 0"
    assert panel.caption.text().startswith("Point 6, class ")
    fields = panel.fields
    names = [fields.which.itemText(at) for at in range(fields.which.count())]
    assert names == ["K1", "b1", "K2", "b2", "W3", "b3"]
    panel.filters.chosen.emit(FilterSpot(FilterKind.PARAMETER, 0, (2, 0, 1, 2)))
    assert fields.place == (0, (2, 0, 1, 2))
    assert panel.value.text().startswith("K1[2, 0, 1, 2] = ")
    assert panel.filters._selected == FilterSpot(FilterKind.PARAMETER, 0, (2, 0, 1, 2))
    fields.which.setFocus()
    QTest.keyClick(fields.which, Qt.Key.Key_Down)
    QTest.keyClick(fields.which, Qt.Key.Key_Down)
    named = ("row_index", "column_index", "filter_row", "filter_column")
    for name, typed in zip(named, "2312", strict=True):
        type_in(panel, f"parameter_{name}", typed)
    assert fields.place == (2, (2, 3, 1, 2))
    assert panel.value.text().endswith("of filter 2")
    type_in(panel, "parameter_filter_row", "3")
    assert "Row 3 is too large: choose a number from 0 to 2" in fields.message.text()
    type_in(panel, "parameter_filter_row", "0")
    with qtbot.waitSignal(panel.hand_set) as caught:
        type_in(panel, "parameter_value", "0.5")
    assert caught.args == [ByHand(2, (2, 3, 0, 2), 0.5)]
    panel.set_theme(DARK)
    panel.refresh(seen(run_of(3, net(3, 2))))
    assert panel.diagram.isVisible()
    assert not panel.filters.isVisible()
    assert panel.positive.text() == "── weight above 0"
    assert not fields.filter_row.isVisible()


def test_the_digit_that_is_chosen_is_looked_at(window: MainWindow, wait: Wait) -> None:
    digits = window.work.controls.experiment.changed({"data": "digits"})
    window.work.controls.set_experiment(digits.changed({"model": "cnn", "test_fraction": 0.9}))
    click(window, "open_network")
    window.trainer.start(window.work.controls.experiment)
    shown = wait(lambda s: s.maps is not None)
    assert shown.units is None
    assert shown.maps is not None
    assert (shown.maps.row, shown.maps.chosen) == (0, False)
    window.trainer.select(17)
    shown = wait(lambda s: s.maps is not None and s.maps.chosen)
    assert shown.maps is not None
    assert shown.maps.row == 17
    window.trainer.start(digits.changed({"model": "mlp"}))
    assert wait(lambda s: s.units is not None).maps is None
