"""The table of the batch: its numbers, its sums, what is copied, and how it follows the step."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State
from guitrain.ui import batch_table
from guitrain.ui.batch_table import BatchTable
from guitrain.ui.numbers_panel import NumbersPanel
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE
from tests.step_views import moment, moments, selected
from tests.ui.test_controls import assert_described

FOUR = preset("four_points").experiment


@pytest.fixture
def table(qtbot: QtBot) -> BatchTable:
    made = BatchTable()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def heads(table: BatchTable) -> list[str]:
    model = table.model
    return [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]


def row(table: BatchTable, at: int) -> list[str]:
    model = table.model
    return [model.data(model.index(at, column)) for column in range(model.columnCount())]


def foot(table: BatchTable, at: int) -> list[str]:
    items = [table.foot.item(at, column) for column in range(table.foot.columnCount())]
    return [item.text() for item in items if item is not None]


def copied() -> list[list[str]]:
    return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]


def large(count: int) -> Snapshot:
    """A step whose batch has so many rows."""
    whole = moment(FOUR, 0, Phase.UPDATE)
    step = whole.step_view
    assert step is not None
    x = np.linspace(0, 1, count, dtype=np.float32)
    return replace(
        whole,
        step_view=replace(
            step,
            rows=np.arange(count),
            inputs=x[:, None],
            targets=2 * x,
            prediction=x[:, None],
        ),
    )


def test_four_points_by_hand(table: BatchTable) -> None:
    table.refresh(moment(FOUR, 0, Phase.UPDATE))
    assert heads(table) == ["point", "x", "y", "ŷ", "ŷ − y", "(ŷ − y)²", "(ŷ − y)·x"]
    assert [row(table, at) for at in range(4)] == [
        ["1", "0.0000", "1.0000", "0.0000", "−1.0000", "1.0000", "0.0000"],
        ["2", "1.0000", "3.0000", "0.0000", "−3.0000", "9.0000", "−3.0000"],
        ["3", "2.0000", "5.0000", "0.0000", "−5.0000", "25.0000", "−10.0000"],
        ["4", "3.0000", "7.0000", "0.0000", "−7.0000", "49.0000", "−21.0000"],
    ]
    assert foot(table, 0) == [
        "Σ", "6.0000", "16.0000", "0.0000", "−16.0000", "84.0000", "−34.0000",
    ]  # fmt: skip
    assert foot(table, 1) == [
        "mean", "1.5000", "4.0000", "0.0000", "−4.0000", "21.0000", "−8.5000",
    ]  # fmt: skip
    assert table.caption.text() == "epoch 1 · 4 points"
    tip = table.model.headerData(6, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "2 times the mean of these is ∂L/∂w"  # 2·(−8.5) = −17


def test_other_losses_have_their_own_terms_and_slopes(table: BatchTable) -> None:
    table.refresh(moment(FOUR.changed({"loss": "mae"}), 0, Phase.UPDATE))
    assert heads(table)[4:] == ["ŷ − y", "|ŷ − y|", "sign(ŷ − y)·x", "sign(ŷ − y)"]
    assert foot(table, 0)[4:] == ["−16.0000", "16.0000", "−6.0000", "−4.0000"]
    tip = table.model.headerData(7, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "The mean of these is ∂L/∂b"
    huber = FOUR.changed({"loss": "huber"}).changed({"loss.delta": 4.0})
    table.refresh(moment(huber, 0, Phase.UPDATE))
    assert heads(table)[5:] == ["h(ŷ − y)", "clip(ŷ − y, ±δ)·x", "clip(ŷ − y, ±δ)"]
    assert foot(table, 0)[5:] == ["37.0000", "−23.0000", "−12.0000"]
    assert row(table, 3)[5:] == ["20.0000", "−12.0000", "−4.0000"]


@pytest.mark.parametrize(
    ("phase", "unknown"),
    [
        (Phase.FORWARD, {"(ŷ − y)²", "(ŷ − y)·x"}),
        (Phase.LOSS, {"(ŷ − y)·x"}),
        (Phase.STOP, {"(ŷ − y)·x"}),
        (Phase.BACKWARD, set()),
        (Phase.UPDATE, set()),
    ],
)
def test_what_is_not_computed_yet_is_a_dash(
    table: BatchTable, phase: Phase, unknown: set[str]
) -> None:
    table.refresh(moment(FOUR, 1, phase))
    for head, text, total in zip(heads(table), row(table, 2), foot(table, 0), strict=True):
        assert (text == "–") is (head in unknown)
        assert (total == "–") is (head in unknown)


@pytest.mark.parametrize(
    "changes", [{"batch_size": 7, "standardize": True}, {"loss": "mae"}, {"loss": "huber"}]
)
def test_sums_lead_to_the_loss_and_to_autograds_gradients(
    table: BatchTable, changes: Mapping[str, Any]
) -> None:
    snapshot = moment(ARTICLE.changed(changes), 4, Phase.UPDATE)
    step = snapshot.step_view
    assert step is not None
    assert step.loss is not None
    assert step.gradients is not None
    table.refresh(snapshot)
    means = [float(text.replace("−", "-")) for text in foot(table, 1)[1:]]
    factor = 2 if "loss" not in changes else 1
    assert means[4] == pytest.approx(step.loss, abs=1e-4)
    assert factor * means[5] == pytest.approx(step.gradients[0], abs=2e-4)
    of_b = means[3] if factor == 2 else means[6]
    assert factor * of_b == pytest.approx(step.gradients[1], abs=2e-4)
    assert [int(row(table, at)[0]) - 1 for at in range(len(step.rows))] == step.rows.tolist()


def test_it_follows_the_step_and_keeps_the_selection(table: BatchTable) -> None:
    table.refresh(moment(FOUR, 0, Phase.UPDATE))
    table.view.selectRow(2)
    table.refresh(moment(FOUR, 1, Phase.UPDATE))
    assert row(table, 1)[1:] == ["1.0000", "3.0000", "2.5000", "−0.5000", "0.2500", "−0.5000"]
    assert foot(table, 0)[5] == "2.1400"
    assert [index.row() for index in table.view.selectionModel().selectedRows()] == [2]


def test_batches_of_other_sizes_and_losses_follow_each_other(
    table: BatchTable, qapp: QApplication
) -> None:
    for snapshot in moments(Run(ARTICLE.changed({"batch_size": 30, "stop.epochs": 2}))):
        step = snapshot.step_view
        assert step is not None
        table.refresh(snapshot)
        qapp.processEvents()
        assert table.model.rowCount() == len(step.rows)
    table.refresh(moment(FOUR.changed({"loss": "mae"}), 0, Phase.LOSS))
    assert table.foot.columnCount() == table.model.columnCount() == 8


def test_standardized_inputs_are_named_as_such(table: BatchTable) -> None:
    snapshot = moment(ARTICLE.changed({"standardize": True}), 0, Phase.UPDATE)
    table.refresh(snapshot)
    assert table.note.isVisible()
    assert table.note.text().startswith("Standardized: x is (x − mean) / deviation")
    assert foot(table, 1)[1] == "0.0000"
    table.refresh(moment(ARTICLE, 0, Phase.UPDATE))
    assert not table.note.isVisible()


def test_the_selected_point_is_marked(table: BatchTable) -> None:
    snapshot = moment(ARTICLE.changed({"batch_size": 10}), 0, Phase.UPDATE)
    step = snapshot.step_view
    assert step is not None
    table.refresh(replace(snapshot, point=selected(int(step.rows[3]))))
    model, role = table.model, Qt.ItemDataRole.BackgroundRole
    marked = [at for at in range(10) if model.data(model.index(at, 0), role) is not None]
    assert marked == [3]
    table.refresh(snapshot)
    assert model.data(model.index(3, 0), role) is None


def test_no_step_yet(table: BatchTable) -> None:
    for snapshot in (Snapshot(0, State.LOADING, ARTICLE), moment(FOUR, 0, Phase.INIT)):
        table.refresh(snapshot)
        assert table.model.rowCount() == 0
        assert "press Next" in table.caption.text()
        assert not table.copy_button.isEnabled()
        table.copy()
        assert not table.view.isVisible()
    table.refresh(moment(FOUR, 0, Phase.FORWARD))
    assert table.view.isVisible()
    assert table.copy_button.isEnabled()


def test_a_diverged_batch_is_written(table: BatchTable) -> None:
    *_, snapshot = moments(Run(ARTICLE.changed({"learning_rate": 3.0})))
    table.refresh(snapshot)
    assert set(foot(table, 0)[3:6]) <= {"∞", "−∞", "NaN"} or "e" in foot(table, 0)[4]
    assert "nan" not in "".join(row(table, 0))
    table.copy()
    assert len(copied()) == 103


# Copying.


def test_the_whole_table_is_copied_with_heads_and_sums(table: BatchTable) -> None:
    table.refresh(moment(FOUR, 1, Phase.UPDATE))
    QTest.mouseClick(table.copy_button, Qt.MouseButton.LeftButton)
    lines = copied()
    assert lines[0] == heads(table)
    assert [line[0] for line in lines[1:]] == ["1", "2", "3", "4", "Σ", "mean"]
    errors = [float(line[4]) for line in lines[1:5]]
    assert errors == pytest.approx([-0.2, -0.5, -0.8, -1.1], abs=1e-6)
    assert float(lines[5][5]) == pytest.approx(2.14, abs=1e-5)
    assert table.caption.text() == "Copied 4 rows"


def test_what_is_not_computed_yet_is_copied_as_an_empty_cell(table: BatchTable) -> None:
    table.refresh(moment(FOUR, 1, Phase.FORWARD))
    table.copy()
    assert all(line[5:] == ["", ""] for line in copied()[1:])


def test_selected_rows_alone_are_copied_by_ctrl_c(table: BatchTable, qtbot: QtBot) -> None:
    table.refresh(moment(FOUR, 1, Phase.UPDATE))
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.view.setFocus()
    table.view.selectRow(1)
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = copied()
    assert lines[0] == heads(table)
    assert [line[0] for line in lines[1:]] == ["2"]
    assert [float(text) for text in lines[1][1:]] == pytest.approx(
        [1, 3, 2.5, -0.5, 0.25, -0.5], abs=1e-6
    )
    assert table.caption.text() == "Copied 1 row"


def test_too_many_rows_are_cut_and_said_so(
    table: BatchTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_table, "MOST_COPIED", 50)
    table.refresh(moment(ARTICLE, 0, Phase.UPDATE))
    table.copy()
    assert len(copied()) == 1 + 50 + 2
    assert table.caption.text().startswith("Copied the first 50 rows")
    table.view.selectAll()
    table.copy()
    assert len(copied()) == 1 + 50


# Large, hidden, running.


def test_a_million_rows_take_no_python_per_row(
    table: BatchTable, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    big = large(1_000_000)
    cells: list[int] = []
    cell = table.model.cell

    def spy(at: int, column: int) -> str:
        cells.append(at)
        return cell(at, column)

    monkeypatch.setattr(table.model, "cell", spy)
    start = time.perf_counter()
    table.refresh(big)
    assert time.perf_counter() - start < 1.0  # 20 ms where nothing else runs
    qapp.processEvents()
    assert len(cells) < 2000
    assert table.model.rowCount() == 1_000_000
    assert row(table, 999_999)[:3] == ["1,000,000", "1.0000", "2.0000"]
    assert foot(table, 0)[1] == "500000.0000"


def test_a_hidden_table_does_nothing_and_catches_up(
    table: BatchTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.refresh(moment(FOUR, 0, Phase.UPDATE))
    table.hide()
    with monkeypatch.context() as patch:
        patch.setattr(table.model, "set_step", None)
        table.refresh(moment(FOUR, 1, Phase.UPDATE))
    table.show()
    assert foot(table, 0)[5] == "2.1400"


def test_flat_out_not_every_step_is_shown_but_the_last_one_is(
    table: BatchTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[float] = []
    sum_up = table._sum_up

    def spy(count: int) -> None:
        shown.append(count)
        sum_up(count)

    monkeypatch.setattr(table, "_sum_up", spy)
    steps = [*moments(Run(FOUR.changed({"stop.epochs": 20})))]
    for snapshot in steps:
        table.refresh(replace(snapshot, state=State.RUNNING))
    assert 1 <= len(shown) < len(steps) / 4
    table.refresh(steps[-1])
    assert table.caption.text() == "after epoch 20 · 4 points"


# The window.


def test_the_panel_opens_it_beside_the_window(qtbot: QtBot) -> None:
    panel = NumbersPanel()
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.refresh(moment(FOUR, 0, Phase.UPDATE))
    button = panel.findChild(QToolButton, "open_batch_table")
    assert button is not None
    button.click()
    table = panel.table
    assert table is not None
    assert table.isVisible()
    assert not table.isModal()
    assert table.model.rowCount() == 4
    panel.refresh(moment(FOUR, 1, Phase.UPDATE))
    assert foot(table, 0)[5] == "2.1400"
    panel.hide()
    panel.refresh(moment(FOUR, 0, Phase.UPDATE))
    assert foot(table, 0)[5] == "84.0000"
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not table.isVisible()
    panel.show()
    button.click()
    assert panel.table is table
    assert len(panel.findChildren(QDialog)) == 1
    panel.set_theme(DARK)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [360, 640, 1100])
@pytest.mark.parametrize("experiment", [FOUR, ARTICLE.changed({"loss": "huber"})])
def test_sums_stand_below_their_columns_and_heads_are_whole(
    table: BatchTable, qapp: QApplication, theme: Theme, width: int, experiment: Experiment
) -> None:
    apply_style(qapp, theme)
    table.set_theme(theme)
    table.resize(width, 300)
    table.refresh(moment(experiment, 0, Phase.UPDATE))
    qapp.processEvents()
    header = table.view.horizontalHeader()
    bar = table.view.horizontalScrollBar()
    for place in (0, bar.maximum()):
        bar.setValue(place)
        for at in range(table.model.columnCount()):
            assert header.sectionSize(at) >= header.sectionSizeHint(at)
            assert header.sectionSize(at) == table.foot.columnWidth(at)
            assert header.sectionViewportPosition(at) == table.foot.columnViewportPosition(at)
    used = sum(header.sectionSize(at) for at in range(table.model.columnCount()))
    assert used > table.view.viewport().width() - 8


def test_every_control_has_a_name_a_meaning_and_a_tooltip(table: BatchTable) -> None:
    table.refresh(moment(FOUR, 0, Phase.UPDATE))
    assert_described(table)
