"""The left column: bad input is answered in words and changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTableView,
    QTableWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.core import settings
from guitrain.core.datasets import DATASETS
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.optimizers import OPTIMIZERS
from guitrain.core.table import Table
from guitrain.presets import preset
from guitrain.ui.controls import NEW_RUN, Controls
from guitrain.ui.csv_dialog import CsvDialog
from guitrain.ui.results import ResultsPanel
from guitrain.ui.transport import Transport

ARTICLE = preset("article").experiment


class Changes(list[tuple[str, Any]]):
    """What the controls emitted."""


@pytest.fixture
def controls(qtbot: QtBot) -> Controls:
    made = Controls()
    qtbot.addWidget(made)
    made.resize(300, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.set_experiment(ARTICLE)
    for more in made.findChildren(QToolButton):
        if more.objectName().startswith("more_"):
            more.setChecked(True)
    QApplication.processEvents()
    return made


@pytest.fixture
def changes(controls: Controls) -> Changes:
    seen = Changes()
    controls.setting_changed.connect(lambda path, value: seen.append((path, value)))
    return seen


def widget(owner: QWidget, name: str) -> Any:
    found = owner.findChild(QWidget, name)
    assert found is not None, name
    return found


def type_in(owner: QWidget, name: str, text: str) -> None:
    field = widget(owner, name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def said(controls: Controls, name: str) -> str:
    """The sentence that is in sight under a setting; "" for none."""
    label = controls.findChild(QLabel, f"message_{name}")
    return label.text() if label is not None and label.isVisibleTo(controls) else ""


def in_sight(controls: Controls, name: str) -> bool:
    """Whether there is such a field, and it can be scrolled to."""
    found = controls.findChild(QWidget, name)
    return found is not None and found.isVisibleTo(controls)


def choose(owner: QWidget, name: str, data: str) -> None:
    """As a user does: the list's entry is set, then told."""
    combo: QComboBox = widget(owner, name)
    index = combo.findData(data)
    assert index >= 0, data
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("learning_rate", "0", "too small"),
        ("learning_rate", "-1", "too small"),
        ("learning_rate", "1e9", "too large"),
        ("learning_rate", "", "empty"),
        ("learning_rate", "abc", "not a number"),
        ("learning_rate", "1e999", "finite"),
        ("epochs", "0", "too small"),
        ("epochs", "10.5", "whole"),
        ("noise", "-1", "too small"),
        ("noise", "1e99", "too large"),
        ("points", "0", "too small"),
        ("points", "1000001", "too large"),
        ("batch_size", "101", "larger than the 100 training points"),
        ("batch_size", "0", "too small"),
        ("test_fraction", "1", "too large"),
        ("min_improvement", "x", "not a number"),
        ("data_seed", "-3", "too small"),
        ("initial_w", "1e7", "too large"),
        ("x_max", "-1", "greater than x from"),
        ("momentum", "1", "too"),
    ],
)
def test_bad_input_is_answered_in_words_and_changes_nothing(
    controls: Controls, changes: Changes, name: str, text: str, word: str
) -> None:
    shown = widget(controls, name).text()
    type_in(controls, name, text)
    said_under = "initial" if name.startswith("initial_") else name
    assert word in said(controls, said_under)
    assert changes == []
    assert controls.experiment == ARTICLE
    assert widget(controls, name).text() == shown


def test_fewer_points_than_a_batch_are_refused(controls: Controls, changes: Changes) -> None:
    batched = ARTICLE.changed({"batch_size": 50})
    controls.set_experiment(batched)
    type_in(controls, "points", "49")
    assert "Batch size 50" in said(controls, "points")
    assert changes == []
    assert controls.experiment == batched
    assert widget(controls, "points").text() == "100"
    type_in(controls, "points", "50")
    assert changes == [("data.points", 50)]
    assert said(controls, "points") == ""


@pytest.mark.parametrize(
    ("name", "path", "text", "value"),
    [
        ("epochs", "stop.epochs", "1000000000", 10**9),
        ("epochs", "stop.epochs", "1e9", 10**9),
        ("points", "data.points", "1", 1),
        ("points", "data.points", "2", 2),
        ("points", "data.points", "1000000", 10**6),
        ("points", "data.points", "1 000 000", 10**6),
        ("noise", "data.noise", "0", 0.0),
        ("learning_rate", "learning_rate", "1000", 1000.0),
        ("batch_size", "batch_size", "1", 1),
        ("test_fraction", "test_fraction", "0", 0.0),
        ("batches_seed", "seeds.batches", "4294967295", 2**32 - 1),
    ],
)
def test_good_extremes_are_taken(
    controls: Controls, changes: Changes, name: str, path: str, text: str, value: float
) -> None:
    type_in(controls, name, text)
    assert changes == [(path, value)]
    assert controls.experiment == ARTICLE.changed({path: value})
    assert said(controls, name) == ""


def test_a_weights_seed_draws_the_weights(controls: Controls, changes: Changes) -> None:
    assert controls.experiment.initial is not None
    type_in(controls, "weights_seed", "7")
    assert changes == [("seeds.weights", 7)]
    assert controls.experiment == ARTICLE.changed({"seeds.weights": 7, "initial": None})


def test_a_good_value_takes_the_error_away(controls: Controls, changes: Changes) -> None:
    type_in(controls, "noise", "-1")
    assert said(controls, "noise")
    type_in(controls, "noise", "0.1")
    assert said(controls, "noise") == ""
    assert changes == [("data.noise", 0.1)]


def test_settings_that_start_a_new_run_are_marked_before_they_are_touched(
    controls: Controls,
) -> None:
    steering = {
        param.name
        for param in vars(settings).values()
        if isinstance(param, settings.Param)
        and any(path.rpartition(".")[2] == param.name for path in settings.STEERING)
    }
    assert len(steering) == len(settings.STEERING)
    rows = {row.name: row for row in controls.form.all_rows}
    assert steering < {*rows}
    for name, row in rows.items():
        label = row.label
        marked = NEW_RUN in label.text()
        assert marked == (name not in steering), name
        assert (NEW_RUN in label.toolTip()) == marked, name


def test_showing_an_experiment_emits_nothing_and_shows_every_value(
    controls: Controls, changes: Changes, qtbot: QtBot
) -> None:
    other = Experiment(
        data=Choice("line", {"slope": -3.0, "points": 64, "noise": 0.25, "x_min": -1.0}),
        loss=Choice("huber", {"delta": 2.5}),
        optimizer=Choice("sgd", {"momentum": 0.9}),
        learning_rate=0.05,
        batch_size=16,
        test_fraction=0.5,
        standardize=True,
        initial=(4.0, -5.0),
    ).changed(
        {
            "stop.epochs": 7,
            "stop.target_loss": 0.125,
            "stop.patience": 3,
            "stop.min_improvement": 0.5,
            "seeds.data": 1,
            "seeds.weights": 2,
            "seeds.batches": 3,
        }
    )
    controls.set_experiment(other)
    qtbot.wait(60)
    assert changes == []
    shown = {
        name: widget(controls, name).text().replace("−", "-")
        for name in (
            "slope", "points", "noise", "x_min", "delta", "momentum", "learning_rate",
            "batch_size", "test_fraction", "initial_w", "initial_b", "epochs", "target_loss",
            "patience", "min_improvement", "data_seed", "weights_seed", "batches_seed",
        )
    }  # fmt: skip
    assert {name: float(text) for name, text in shown.items()} == {
        "slope": -3, "points": 64, "noise": 0.25, "x_min": -1, "delta": 2.5, "momentum": 0.9,
        "learning_rate": 0.05, "batch_size": 16, "test_fraction": 0.5, "initial_w": 4,
        "initial_b": -5, "epochs": 7, "target_loss": 0.125, "patience": 3,
        "min_improvement": 0.5, "data_seed": 1, "weights_seed": 2, "batches_seed": 3,
    }  # fmt: skip
    assert widget(controls, "standardize").isChecked()
    assert widget(controls, "target_loss_on").isChecked()
    assert widget(controls, "loss").currentData() == "huber"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_settings_of_the_optimizer_chosen_are_those_in_sight(
    controls: Controls, changes: Changes, name: str
) -> None:
    choose(controls, "optimizer", "sgd" if name != "sgd" else "adam")
    choose(controls, "optimizer", name)
    entry = OPTIMIZERS[name]
    seen = [
        row
        for row in controls.form.all_rows
        if row.path.startswith("optimizer.") and row.is_made and row.editor.isVisibleTo(controls)
    ]
    own = [f"optimizer.{param.name}" for param in entry.params]
    assert sorted(row.path for row in seen) == sorted(own)
    names = [row.editor.objectName() for row in controls.form.all_rows if row.editor.objectName()]
    assert len(set(names)) == len(names), "two fields of one name"
    for row in seen:
        param = entry.param(row.path.removeprefix("optimizer."))
        assert row.editor.accessibleName() == param.label
        assert param.help in row.editor.toolTip()
        if param.kind != "float":
            continue
        assert row.editor.value == param.default
        before = len(changes)
        type_in(controls, row.editor.objectName(), "1e9")
        assert "too large" in row.error
        assert len(changes) == before
        type_in(controls, row.editor.objectName(), "0.25")
        assert row.error == ""
        assert changes[before:] == [(row.path, 0.25)]
        assert controls.experiment.optimizer[param.name] == 0.25
    # Each remembers its own.
    choose(controls, "optimizer", "adagrad" if name != "adagrad" else "sgd")
    choose(controls, "optimizer", name)
    floats = [param.name for param in entry.params if param.kind == "float"]
    assert [controls.experiment.optimizer[param] for param in floats] == [0.25] * len(floats)


def test_nesterov_without_momentum_is_refused_in_sight(
    controls: Controls, changes: Changes, qtbot: QtBot
) -> None:
    controls.resize(264, 400)
    box, scroll = widget(controls, "nesterov"), widget(controls, "controls_scroll")
    QApplication.processEvents()
    scroll.ensureWidgetVisible(box, 0, 0)
    box.click()
    assert "set a momentum above 0" in said(controls, "nesterov")
    assert not box.isChecked()
    assert changes == []
    message = widget(controls, "message_nesterov")
    qtbot.waitUntil(lambda: message.visibleRegion().boundingRect().height() == message.height())
    type_in(controls, "momentum", "0.9")
    box.click()
    assert said(controls, "nesterov") == ""
    assert controls.experiment.optimizer["nesterov"] is True
    type_in(controls, "momentum", "0")
    assert "switch Nesterov off" in said(controls, "momentum")
    assert controls.experiment.optimizer["momentum"] == 0.9
    controls.set_experiment(Experiment())
    assert said(controls, "momentum") == ""


def test_an_error_of_a_setting_out_of_sight_does_not_come_back(controls: Controls) -> None:
    type_in(controls, "momentum", "5")
    assert "too large" in said(controls, "momentum")
    choose(controls, "optimizer", "rmsprop")
    assert said(controls, "momentum") == ""
    assert said(controls, "rmsprop_momentum") == ""
    choose(controls, "optimizer", "sgd")
    assert said(controls, "momentum") == ""


def test_an_error_goes_before_a_notice_and_the_notice_comes_back(controls: Controls) -> None:
    controls.show_notice("learning_rate", "Over the limit.")
    assert "Over the limit." in said(controls, "learning_rate")
    type_in(controls, "learning_rate", "abc")
    assert "not a number" in said(controls, "learning_rate")
    controls.show_notice("learning_rate", "Over the limit.")
    assert "not a number" in said(controls, "learning_rate")
    type_in(controls, "learning_rate", "0.5")
    assert "Over the limit." in said(controls, "learning_rate")
    controls.show_notice("learning_rate", None)
    assert said(controls, "learning_rate") == ""


def test_a_loss_shows_only_its_own_settings(controls: Controls, changes: Changes) -> None:
    assert not in_sight(controls, "delta")
    choose(controls, "loss", "huber")
    assert widget(controls, "delta").isVisibleTo(controls)
    type_in(controls, "delta", "2")
    choose(controls, "loss", "mae")
    assert not in_sight(controls, "delta")
    assert controls.experiment.loss.name == "mae"
    choose(controls, "loss", "huber")
    assert controls.experiment.loss["delta"] == 2.0
    assert [path for path, _ in changes] == ["loss", "loss.delta", "loss", "loss"]


def test_the_slider_and_the_field_show_one_learning_rate(
    controls: Controls, changes: Changes, qtbot: QtBot
) -> None:
    slider = widget(controls, "learning_rate_slider")
    before = slider.value()
    type_in(controls, "learning_rate", "1")
    assert slider.value() > before
    slider.setValue(before)
    qtbot.waitUntil(lambda: len(changes) == 2)
    assert changes[-1] == ("learning_rate", 0.01)
    assert widget(controls, "learning_rate").text() == "0.01"


def test_a_stop_rule_can_be_switched_on_and_off(controls: Controls, changes: Changes) -> None:
    box: QAbstractButton = widget(controls, "patience_on")
    box.click()
    box.click()
    assert changes == [("stop.patience", 10), ("stop.patience", None)]


def test_initial_weights_can_be_drawn_from_their_seed(controls: Controls, changes: Changes) -> None:
    combo: QComboBox = widget(controls, "initial_by_hand")
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert changes == [("initial", None)]
    assert controls.experiment.initial is None


def csv(tmp_path: Path, rows: int = 5) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("x,y\n" + "".join(f"{i},{2 * i}\n" for i in range(rows)), "utf-8")
    return path


def test_to_a_csv_file_and_back(
    controls: Controls,
    changes: Changes,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = csv(tmp_path)
    asked: list[int] = []

    def ask(*_args: object) -> tuple[str, str]:
        asked.append(1)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    controls.set_experiment(ARTICLE.changed({"batch_size": 50}))
    choose(controls, "data", "table")
    dialog = controls.findChild(CsvDialog)
    assert dialog is not None
    ok: QPushButton = widget(dialog, "csv_ok")
    qtbot.waitUntil(ok.isEnabled)
    ok.click()
    assert [path for path, _ in changes] == ["data"]
    assert controls.experiment.data.name == "table"
    assert controls.experiment.batch_size is None
    assert "mine.csv" in widget(controls, "file_label").text()
    assert not in_sight(controls, "noise")
    choose(controls, "data", "line")
    assert controls.experiment.data == ARTICLE.data
    assert widget(controls, "noise").isVisibleTo(controls)
    assert not in_sight(controls, "file_label")
    choose(controls, "data", "table")
    assert controls.experiment.data.name == "table"
    assert asked == [1]


def test_choosing_no_file_keeps_the_source(
    controls: Controls, changes: Changes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose(controls, "data", "table")
    qtbot.waitUntil(lambda: controls.findChild(CsvDialog) is None)
    assert changes == []
    assert widget(controls, "data").currentData() == "line"
    assert widget(controls, "noise").isVisibleTo(controls)


INTERACTIVE = (
    QAbstractButton,
    QComboBox,
    QAbstractSpinBox,
    QLineEdit,
    QAbstractSlider,
    QTableWidget,
    QGraphicsView,
)


def interactive(owner: QWidget) -> list[QWidget]:
    """All that the user can press, type in or drag; not the pieces that Qt makes for itself."""
    return [
        child
        for child in owner.findChildren(QWidget)
        if isinstance(child, INTERACTIVE)
        and not isinstance(child, QScrollBar)
        and not child.objectName().startswith("qt_")
        and not isinstance(child.parent(), QTableView)  # its corner button
        and not isinstance(child.parent(), QComboBox)
    ]


def assert_described(owner: QWidget) -> None:
    found = interactive(owner)
    assert found
    unnamed = [
        (type(child).__name__, child.objectName())
        for child in found
        if not (child.objectName() and child.accessibleName() and child.toolTip())
    ]
    assert unnamed == []
    names = [child.objectName() for child in owner.findChildren(QWidget)]
    mine = [name for name in names if name and not name.startswith("qt_")]
    assert sorted(set(mine)) == sorted(mine)


def test_every_control_has_a_name_a_meaning_and_a_tooltip(controls: Controls) -> None:
    assert_described(controls)


@pytest.mark.parametrize("kind", [Transport, ResultsPanel, lambda: CsvDialog(None)])
def test_every_other_panel_too(qtbot: QtBot, kind: Any) -> None:
    panel = kind()
    qtbot.addWidget(panel)
    assert_described(panel)


def test_the_rows_of_a_file_are_told(controls: Controls, changes: Changes) -> None:
    table = Table({"x": [1.0, 2.0], "y": [3.0, 4.0]}, source="two.csv")
    controls.set_experiment(
        ARTICLE.changed({"data": Choice("table", {"table": table, "x": "x", "y": "y"})})
    )
    assert "2 rows" in widget(controls, "file_label").text()
    assert changes == []


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "table"])
def test_a_source_shows_its_own_settings_and_no_others(
    controls: Controls, changes: Changes, name: str
) -> None:
    if name != "line":
        choose(controls, "data", name)
        assert changes == [("data", name)]
    own = {param.name for param in DATASETS[name].params}
    every = {
        p.name
        for e in DATASETS.values()
        for p in e.params
        if p.kind not in ("table", "column", "columns")
    }
    assert {n for n in every if in_sight(controls, n)} == own
    story: QLabel = widget(controls, "data_story")
    assert story.isVisibleTo(controls) == bool(DATASETS[name].story)
    assert story.text() == DATASETS[name].story


def test_settings_that_sources_share_have_one_field_and_each_source_its_own_value(
    controls: Controls, changes: Changes
) -> None:
    choose(controls, "data", "sine")
    type_in(controls, "points", "60")
    assert changes[-1] == ("data.points", 60)
    choose(controls, "data", "line")
    assert widget(controls, "points").text() == "100"
    choose(controls, "data", "sine")
    assert widget(controls, "points").text() == "60"
    type_in(controls, "noise", "-1")
    assert "too small" in said(controls, "noise")
    assert controls.experiment.data["points"] == 60


@pytest.mark.parametrize(
    ("source", "name", "text", "sentence"),
    [
        ("sine", "period", "0", "Period 0 is too small: choose a number above 0"),
        ("outliers", "outlier_share", "1", "Outlier share 1 is too large: choose a number from 0"),
        ("step", "points", "0", "Points 0 is too small: choose a number from 1"),
        ("anscombe", "set", "5", "Set 5 is too large: choose a number from 1 to 4."),
    ],
)
def test_bad_input_of_a_source_is_answered_in_words(
    controls: Controls, source: str, name: str, text: str, sentence: str
) -> None:
    choose(controls, "data", source)
    before = controls.experiment
    type_in(controls, name, text)
    assert sentence in said(controls, name)
    assert controls.experiment == before


def test_a_seed_is_there_only_where_it_draws_something(controls: Controls) -> None:
    button: QPushButton = widget(controls, "new_data_seed")
    assert button.toolTip() == "Draw new noise"
    choose(controls, "data", "hubble")
    assert button.isVisibleTo(controls)  # with a test share of 0.2
    assert button.toolTip() == button.accessibleName() == "Hold out other points"
    type_in(controls, "test_fraction", "0")
    assert not button.isVisibleTo(controls)
    assert not in_sight(controls, "label_data_seed")
    choose(controls, "data", "line")
    assert button.isVisibleTo(controls)
    assert button.toolTip() == "Draw new noise"


def test_a_schedule_and_penalties_show_their_formulas(controls: Controls, changes: Changes) -> None:
    def formula(name: str) -> QLabel:
        found = controls.findChild(QLabel, name)
        assert found is not None
        return found

    for name in ("schedule_formula", "penalty_formula"):
        assert not formula(name).isVisible()
    controls._commit("schedule", "step")
    controls._commit("schedule.drop_every", 7)
    controls._commit("schedule", "cosine")
    controls._commit("l2", 0.5)
    assert "η = η₀·½·(1 + cos(π·min(e, T)/T)), where" in formula("schedule_formula").text()
    assert "loss = MSE + λ₂·Σw², with w the weights" in formula("penalty_formula").text()
    for name in ("schedule_formula", "penalty_formula"):
        assert formula(name).isVisible()
    controls._commit("schedule", "step")  # its settings come back
    assert controls.experiment.schedule["drop_every"] == 7
    assert controls.experiment.l2 == 0.5
    paths = ["schedule", "schedule.drop_every", "schedule", "l2", "schedule"]
    assert [path for path, _ in changes] == paths
    for path in ("schedule", "schedule.drop_every", "l2"):
        assert NEW_RUN in controls._rows[path].label.text()


def tab_stops(controls: Controls) -> list[QWidget]:
    """What the Tab key goes to within the form, in its order."""
    found: list[QWidget] = []
    at = controls.nextInFocusChain()
    while at is not None and at is not controls:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and at.isVisibleTo(controls) and controls.isAncestorOf(at):
            found.append(at)
        at = at.nextInFocusChain()
    return [each for each in found if each.focusProxy() is None]


def test_rows_that_nobody_has_seen_are_not_made(qtbot: QtBot) -> None:
    form = Controls()
    qtbot.addWidget(form)
    form.set_experiment(ARTICLE)
    form.show()

    def made() -> set[str]:
        return {row.name for row in form.form.all_rows if row.is_made}

    front = made()
    assert {"learning_rate", "noise", "points", "model", "loss"} < front
    assert not front & {"optimizer", "momentum", "delta", "hidden", "l2", "period"}
    assert all(row.editor.isVisible() for row in form.form.all_rows if row.is_made)
    assert form.findChild(QLabel, "message_learning_rate") is None
    # A value, and what was said, are there once the row is.
    form.set_experiment(ARTICLE.changed({"optimizer.momentum": 0.9}))
    form.show_notice("optimizer.momentum", "Heavy.")
    assert made() == front
    widget(form, "more_model").setChecked(True)
    assert {"optimizer", "momentum", "l2"} < made()
    assert widget(form, "momentum").text() == "0.9"
    assert "Heavy." in said(form, "momentum")
    assert not made() & {"rmsprop_momentum", "delta"}
    form._commit("loss", "huber")
    assert "delta" in made()
    form._commit("data", "sine")
    assert widget(form, "period").isVisible()


def test_the_tab_key_goes_down_the_form_whenever_its_rows_were_made(controls: Controls) -> None:
    for kind, name in (("data", "sine"), ("model", "polynomial"), ("optimizer", "rmsprop")):
        choose(controls, kind, name)
    type_in(controls, "degree", "4")
    QApplication.processEvents()
    stops = tab_stops(controls)
    assert {"period", "degree", "initial_w4", "rmsprop_momentum", "l2"} <= {
        stop.objectName() for stop in stops
    }

    def line(stop: QWidget) -> tuple[int, int]:
        place = stop.mapTo(controls, stop.rect().center())
        return place.y() // 12, place.x()

    assert [stop.objectName() for stop in sorted(stops, key=line)] == [
        stop.objectName() for stop in stops
    ]


def test_devices_are_offered_where_there_are_any(controls: Controls, changes: Changes) -> None:
    row = controls._rows["device"]
    assert not row.used, "there is nothing to choose"
    controls.offer_devices(("cpu", "cuda"))
    box = row.editor
    assert box.isVisible()
    shown = [box.itemText(at) for at in range(box.count()) if not box.view().isRowHidden(at)]
    assert shown == ["CPU", "CUDA"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert changes == [("device", "cuda")]
    controls.offer_devices(("cpu",))
    assert row.used, "what a file asks for stays to be seen"
    controls.set_experiment(ARTICLE)
    assert not row.used
