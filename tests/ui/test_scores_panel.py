"""The panel of the classes' scores: what it shows, alone and in the real window."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from guitrain.core import look
from guitrain.core.evaluation import Prediction
from guitrain.core.run import Run
from guitrain.core.scores import scores_view
from guitrain.export.image import Size, render
from guitrain.plots import class_marks
from guitrain.plots.class_curves import class_dashes
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow
from guitrain.ui.scores_panel import ScoresPanel
from tests.plots.runs import run_of
from tests.ui.window_tools import Wait, click, drawn, find


def made(name: str, epochs: int = 3, changes: dict[str, Any] | None = None) -> Run:
    run = Run(preset(name).experiment.changed(changes or {}))
    while run.epochs.length < epochs:
        run.advance()
    return run


def at(run: Run, *, test: bool = True, **fields: Any) -> Snapshot:
    scores = scores_view(run, test=test)
    return Snapshot(0, State.PAUSED, run.experiment, view=run.view(), scores=scores, **fields)


def cell(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    found = table.item(row, column)
    assert found is not None
    return found


@pytest.fixture
def panel(qtbot: QtBot) -> ScoresPanel:
    found = ScoresPanel()
    qtbot.addWidget(found)
    found.resize(400, 480)
    found.show()
    qtbot.waitExposed(found)
    return found


def test_the_matrix_and_the_table_hold_the_numbers(panel: ScoresPanel) -> None:
    run = made("iris")
    snapshot = at(run)
    panel.refresh(snapshot)
    scores = snapshot.scores
    assert scores is not None
    assert not panel.empty.isVisible()
    assert panel.points.text().startswith(f"{len(run.learner.data.test)} test points, accuracy ")
    for row in range(3):
        for column in range(3):
            item = cell(panel.matrix, row, column)
            assert item.text() == str(scores.metrics.confusion[row][column])
            assert item.font().bold() == (row == column)
    heads = panel.matrix.verticalHeaderItem(0), panel.matrix.horizontalHeaderItem(0)
    assert [head.text() for head in heads if head is not None] == ["setosa"] * 2
    recall = scores.metrics.recall[0]
    assert recall is not None
    assert float(cell(panel.table, 0, 1).text()) == pytest.approx(recall, abs=6e-4)
    panel.refresh(at(run, test=False))
    assert "training points" in panel.points.text()
    assert "once you press Test" in panel.points.text()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_full_cells_are_bluest_and_their_text_can_be_read(panel: ScoresPanel, theme: Theme) -> None:
    run = made("iris", 20)
    panel.set_theme(theme)
    found = at(run).scores
    assert found is not None
    shares = ((100, 0, 0), (70, 30, 0), (40, 50, 10))
    panel.matrix.show_metrics(("a", "b", "c"), replace(found.metrics, confusion=shares))
    full, none = cell(panel.matrix, 0, 0), cell(panel.matrix, 0, 2)
    assert (none.text(), none.background().color().name()) == ("0", theme.panel.lower())

    def luminance(item: Any, front: bool) -> float:
        colour = (item.foreground() if front else item.background()).color()
        parts = np.array([colour.redF(), colour.greenF(), colour.blueF()])
        linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    for row in range(3):
        for column in range(3):
            item = cell(panel.matrix, row, column)
            bright = sorted((luminance(item, True), luminance(item, False)))
            assert (bright[1] + 0.05) / (bright[0] + 0.05) >= 4.5
    assert full.background().color() != none.background().color()


def test_a_curve_per_class_with_its_area_and_of_two_classes_one(panel: ScoresPanel) -> None:
    panel.what.setCurrentIndex(1)
    panel.refresh(at(made("iris")))
    assert panel.roc.drawn == (0, 1, 2)
    assert len(panel.roc.legend.texts) == 4
    assert "AUC" in panel.roc.legend.texts[0]
    assert panel.roc.legend.texts[3] == "chance: AUC 0.5"
    colours = [class_marks.class_colour(LIGHT, each) for each in range(12)]
    dashes = [class_dashes(each) for each in range(12)]
    assert len(set(zip(colours, dashes, strict=True))) == 12
    assert len(set(dashes[:3])) == 3
    two = made("article", 1, {"data": "blobs"})
    assert two.experiment.classes == 2
    panel.refresh(at(two))
    assert panel.roc.drawn == (1,)
    svg = render(panel.roc, "svg", Size(120, 90), "ROC").decode()
    assert "AUC" in svg


def test_bars_are_the_probabilities_of_the_selected_point(panel: ScoresPanel) -> None:
    run = made("iris")
    panel.what.setCurrentIndex(2)
    panel.refresh(at(run))
    assert not panel.bars.isVisible()
    assert "Click a point" in panel.point.text()
    panel.refresh(at(run, point=look.point_view(run, 4)))
    train = run.learner.data.train
    logits = run.learner.outputs(train.inputs[4:5])[0]
    chances = np.exp(logits) / np.exp(logits).sum()
    own = int(train.targets[4])
    for number, (name, text) in enumerate(panel.bars.texts):
        assert float(text.rstrip(" %")) == pytest.approx(100 * chances[number], abs=0.051)
        assert ("(true class)" in name) == (number == own)
    assert panel.point.text().startswith("Training point 5")
    assert "(true class)" in panel.bars.accessibleDescription()
    row = Prediction((1.0, 2.0, 3.0, 4.0), 2.0, None, False, (0.1, 0.2, 0.7))
    panel.refresh(at(run, applied=(row,)))
    assert [text for _, text in panel.bars.texts] == ["10.0 %", "20.0 %", "70.0 %"]
    panel.grab()


def test_of_many_classes_the_bars_are_the_likely_ones(panel: ScoresPanel) -> None:
    chances = [0.01] * 19 + [0.81]
    panel.bars.show_chances([str(each) for each in range(20)], chances, 18)
    assert len(panel.bars.texts) == 12
    assert panel.bars.texts[-2:] == (("18 (true class)", "1.0 %"), ("19", "81.0 %"))


def test_it_says_why_there_is_nothing(panel: ScoresPanel) -> None:
    run = run_of(1)
    panel.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view()))
    assert panel.empty.isVisible()
    assert "no classes" in panel.empty.text()
    assert not panel.matrix.isVisible()
    iris = made("iris", 0)
    panel.refresh(Snapshot(0, State.LOADING, iris.experiment))
    assert "as soon as the run is ready" in panel.empty.text()
    snapshot = at(made("iris"))
    assert snapshot.scores is not None
    panel.refresh(replace(snapshot, scores=replace(snapshot.scores, finite=False)))
    assert "diverged" in panel.points.text()


def test_ten_classes_fit_the_matrix(panel: ScoresPanel) -> None:
    panel.refresh(at(made("digits", 1)))
    panel.resize(panel.width(), panel.heightForWidth(panel.width()))
    panel.grab()
    assert panel.matrix.rowCount() == 10
    for scroll in (panel.matrix.verticalScrollBar(), panel.matrix.horizontalScrollBar()):
        assert scroll.maximum() == 0
    assert panel.matrix.columnWidth(9) >= panel.fontMetrics().horizontalAdvance("100")


def test_in_the_window_it_follows_the_run_and_costs_nothing_when_closed(
    window: MainWindow, wait: Wait
) -> None:
    experiment = preset("iris").experiment
    window.work.controls.set_experiment(experiment)
    window.trainer.start(experiment)
    wait(lambda s: s.experiment == experiment and s.view is not None)
    assert not window.work.panels.is_open("scores")
    assert drawn(window).scores is None
    window.work.panels.open("scores")
    first = wait(lambda s: s.scores is not None)
    panel = window.work.scores
    assert panel.isVisible()
    assert first.scores is not None
    assert not first.scores.test
    click(window, "test")
    wait(lambda s: s.scores is not None and s.scores.test)
    assert "test points" in panel.points.text()
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    last = wait(lambda s: s.state is State.STOPPED)
    assert last.evaluation is None or last.scores is not None
    last = drawn(window)
    assert last.view is not None
    assert last.scores is not None
    assert last.scores.step == last.view.step
    assert cell(panel.matrix, 0, 0).text() == str(last.scores.metrics.confusion[0][0])
    find(window, "scores_what").setCurrentIndex(1)
    assert panel.roc.isVisible()
    assert panel.roc.drawn == (0, 1, 2)
    assert panel.matrix.focusPolicy() == Qt.FocusPolicy.TabFocus
    window.work.panels.close("scores")
    drawn(window)
    assert drawn(window).scores is None
