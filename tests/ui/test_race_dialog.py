import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.optimizers import OPTIMIZERS, SGD_ENTRY
from guitrain.core.params import Param, Registry
from guitrain.core.run import Run
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.ui import race_dialog
from guitrain.ui.fields import BoolField, NumberField
from guitrain.ui.race_dialog import LEAST, MOST, Lane, RaceDialog, prefilled_rates
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE, table_experiment


@pytest.fixture
def dialog(qtbot: QtBot) -> RaceDialog:
    made = RaceDialog(None, ARTICLE)
    qtbot.addWidget(made)
    made.open()
    return made


def rates(dialog: RaceDialog) -> list[float]:
    return [changes["learning_rate"] for changes in dialog.changes()]


def type_in(field: NumberField, text: str) -> None:
    field.lineEdit().setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_prefilled_with_rates_around_the_present_one_and_the_limit(dialog: RaceDialog) -> None:
    limit = facts_of(ARTICLE, ARTICLE.make_data()).stability_limit
    assert limit is not None
    assert rates(dialog) == [0.001, 0.01, 0.05, float(f"{0.95 * limit:.1e}")]
    assert rates(dialog)[-1] < limit
    assert dialog.start.isEnabled()
    assert not dialog.problem.isVisible()


@pytest.mark.parametrize("rate", [1e-12, 1e-5, 0.02, 0.11, 1.0, 700.0, 1000.0])
@pytest.mark.parametrize("limit", [None, 1e-9, 0.11, 5.0, 1e9])
def test_prefilled_rates_are_in_range_and_differ(rate: float, limit: float | None) -> None:
    found = prefilled_rates(rate, limit)
    assert rate in found
    assert found == sorted(set(found))
    for each in found:
        ARTICLE.changed({"learning_rate": each})


def test_changes_can_be_raced(dialog: RaceDialog) -> None:
    type_in(dialog.lanes[0].rate, "0.002")
    momentum = dialog.lanes[2].fields["momentum"]
    assert isinstance(momentum, NumberField)
    type_in(momentum, "0.9")
    assert dialog.changes()[0] == {"learning_rate": 0.002}
    assert dialog.changes()[2] == {"learning_rate": 0.05, "optimizer.momentum": 0.9}
    losses = set()
    for changes in dialog.changes():
        run = Run(ARTICLE.changed(changes))
        run.run_until(float("inf"), 3)
        view = run.view()
        assert view.initial == pytest.approx(ARTICLE.initial)  # a fair start
        losses.add(view.loss)
    assert len(losses) == len(dialog.lanes)


@pytest.mark.parametrize("text", ["", "abc", "0", "-1", "1e9", "nan", "1,000", "0.01.2", "１e-2x"])
def test_what_is_no_rate_is_refused_in_words(dialog: RaceDialog, text: str) -> None:
    type_in(dialog.lanes[0].rate, text)
    assert dialog.problem.isVisible()
    assert "Learning rate" in dialog.problem.text()
    assert rates(dialog)[0] == 0.001
    type_in(dialog.lanes[0].rate, "0.004")
    assert not dialog.problem.isVisible()
    assert rates(dialog)[0] == 0.004


def test_two_equal_runs_are_refused_in_words(dialog: RaceDialog) -> None:
    type_in(dialog.lanes[2].rate, "0.01")
    assert "Runs 2 and 3 are the same" in dialog.problem.text()
    assert dialog.problem.isVisible()
    assert not dialog.start.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    momentum = dialog.lanes[2].fields["momentum"]
    assert isinstance(momentum, NumberField)
    type_in(momentum, "0.5")
    assert not dialog.problem.isVisible()
    assert dialog.start.isEnabled()


def test_lanes_are_added_and_removed_within_2_and_6(dialog: RaceDialog) -> None:
    add = dialog.findChild(QPushButton, "race_add")
    assert add is not None
    while add.isEnabled():
        add.click()
    assert len(dialog.lanes) == MOST
    assert len(set(rates(dialog))) == MOST
    dialog.add_lane()
    assert len(dialog.lanes) == MOST
    while dialog.lanes[0].remove.isEnabled():
        dialog.lanes[0].remove.click()
    assert len(dialog.lanes) == LEAST
    assert [lane.number.text() for lane in dialog.lanes] == ["1", "2"]
    assert add.isEnabled()
    dialog.lanes[0].removed.emit()
    assert len(dialog.lanes) == LEAST


def test_lane_says_that_it_will_diverge_and_which_one_is_the_present(dialog: RaceDialog) -> None:
    assert dialog.lanes[1].remark.text() == "the present settings"
    assert dialog.lanes[3].remark.text() == ""
    type_in(dialog.lanes[3].rate, "0.12")
    limit = facts_of(ARTICLE, ARTICLE.make_data()).stability_limit
    assert limit is not None
    assert dialog.lanes[3].remark.text() == (f"over 2/λmax = {limit:.4f}: diverges on these points")
    momentum = dialog.lanes[3].fields["momentum"]
    assert isinstance(momentum, NumberField)
    type_in(momentum, "0.5")  # the limit is 2(1 + β)/λmax then
    assert dialog.lanes[3].remark.text() == ""


@pytest.mark.parametrize("changes", [{"loss": "mae"}, {"batch_size": 10}])
def test_without_a_limit_nothing_is_said_of_it(qtbot: QtBot, changes: dict[str, object]) -> None:
    made = RaceDialog(None, ARTICLE.changed(changes))
    qtbot.addWidget(made)
    type_in(made.lanes[0].rate, "900")
    assert made.lanes[0].remark.text() == ""
    assert len(made.lanes) >= LEAST


@pytest.mark.parametrize("rate", [1e-300, 1000.0])
def test_rates_at_the_ends_of_the_range_can_be_raced(qtbot: QtBot, rate: float) -> None:
    made = RaceDialog(None, ARTICLE.changed({"learning_rate": rate}))
    qtbot.addWidget(made)
    while len(made.lanes) < MOST:
        made.add_lane()
    for changes in made.changes():
        ARTICLE.changed(changes)
    assert rate in rates(made)


def test_typing_is_taken_when_the_race_is_started(dialog: RaceDialog, qtbot: QtBot) -> None:
    dialog.lanes[0].rate.lineEdit().setText("0.007")
    with qtbot.waitSignal(dialog.accepted):
        dialog.start.click()
    assert rates(dialog)[0] == 0.007


def test_typing_that_is_refused_keeps_the_dialog_open(dialog: RaceDialog) -> None:
    dialog.lanes[0].rate.lineEdit().setText("fast")
    dialog.start.click()
    assert dialog.isVisible()
    assert "fast" in dialog.problem.text()
    dialog.lanes[0].rate.lineEdit().setText("0.05")  # as lane 3
    dialog.start.click()
    assert dialog.isVisible()
    assert "same" in dialog.problem.text()


def test_cancel_and_esc_leave_it(dialog: RaceDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_another_optimizer_brings_its_own_settings(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from guitrain.core import experiment as experiment_module

    params = (
        Param("beta", "float", "Beta", "A share.", default=0.25, minimum=0.0, maximum=1.0),
        Param("nesterov", "bool", "Nesterov", "Look ahead.", default=False),
    )
    other = replace(
        SGD_ENTRY, name="other", label="Other", params=params, stability=None, together=None
    )
    registry = Registry("optimizer", *OPTIMIZERS.values(), other)
    monkeypatch.setattr(race_dialog, "OPTIMIZERS", registry)
    monkeypatch.setattr(experiment_module, "OPTIMIZERS", registry)
    monkeypatch.setattr(
        experiment_module,
        "REGISTRIES",
        {**experiment_module.REGISTRIES, "optimizer": registry},
    )
    made = RaceDialog(None, ARTICLE)
    qtbot.addWidget(made)
    lane = made.lanes[1]
    lane.choice.setCurrentIndex(lane.choice.findData("other"))
    lane.choice.activated.emit(lane.choice.currentIndex())
    assert set(lane.fields) == {"beta", "nesterov"}
    box, beta = lane.fields["nesterov"], lane.fields["beta"]
    assert isinstance(box, BoolField)
    assert isinstance(beta, NumberField)
    box.click()
    type_in(beta, "2")
    assert "too large" in made.problem.text()
    assert made.changes()[1] == {
        "learning_rate": 0.01,
        "optimizer": Choice("other", {"beta": 0.25, "nesterov": True}),
    }
    assert ARTICLE.changed(made.changes()[1]).optimizer.name == "other"


def choose(lane: Lane, name: str) -> None:
    lane.choice.setCurrentIndex(lane.choice.findData(name))
    lane.choice.activated.emit(lane.choice.currentIndex())


def test_all_optimizers_can_race(dialog: RaceDialog) -> None:
    while len(dialog.lanes) < len(OPTIMIZERS):
        dialog.add_lane()
    for lane, name in zip(dialog.lanes, OPTIMIZERS, strict=False):
        choose(lane, name)
        params = OPTIMIZERS[name].params
        assert list(lane.fields) == [param.name for param in params]
        for param, field in zip(params, lane.fields.values(), strict=True):
            shown = field.isChecked() if isinstance(field, BoolField) else field.value
            assert shown == param.default
    assert dialog.start.isEnabled()
    beta = dialog.lanes[3].fields["beta1"]
    assert isinstance(beta, NumberField)
    type_in(beta, "0.5")
    raced = [ARTICLE.changed(changes) for changes in dialog.changes()[: len(OPTIMIZERS)]]
    assert [each.optimizer.name for each in raced] == list(OPTIMIZERS)
    assert raced[3].optimizer["beta1"] == 0.5
    assert "diverges" not in dialog.lanes[3].remark.text(), "no limit is known of it"


def test_a_lane_whose_settings_do_not_go_together_cannot_start(
    dialog: RaceDialog, qtbot: QtBot
) -> None:
    lane = dialog.lanes[1]
    box, momentum = lane.fields["nesterov"], lane.fields["momentum"]
    assert isinstance(box, BoolField)
    assert isinstance(momentum, NumberField)
    box.click()
    assert lane.remark.text().startswith("⚠ Nesterov looks ahead along the momentum")
    assert lane.remark.property("role") == "error"
    assert not dialog.start.isEnabled()
    with qtbot.assertNotEmitted(dialog.accepted):
        dialog.accept()
    type_in(momentum, "0.9")
    assert dialog.start.isEnabled()
    assert lane.remark.property("role") == "muted"
    # 2(1 + β)/((1 + 2β)·λmax) = 0.0742.
    type_in(lane.rate, "0.075")
    assert "over 2(1 + β)/((1 + 2β)·λmax) = 0.07422" in lane.remark.text()
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept()


def test_every_control_has_names_and_tips(dialog: RaceDialog) -> None:
    widgets = [
        *dialog.findChildren(QPushButton),
        *(w for w in dialog.findChildren(QToolButton) if w.objectName() == "remove"),
        *(lane.rate for lane in dialog.lanes),
        *(lane.choice for lane in dialog.lanes),
        *(field for lane in dialog.lanes for field in lane.fields.values()),
    ]
    assert len(widgets) > 10
    for widget in widgets:
        assert widget.objectName()
        assert widget.accessibleName(), widget.objectName()
        assert widget.toolTip(), widget.objectName()


def test_odd_data_does_not_stop_it(qtbot: QtBot) -> None:
    for x in ([3.0], [2.0, 2.0], [1e15, 2e15]):
        made = RaceDialog(None, table_experiment(x, [1.0] * len(x), ("x", "y")))
        qtbot.addWidget(made)
        assert len(made.lanes) >= LEAST


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_can_be_drawn(dialog: RaceDialog, qapp: QApplication, theme: Theme) -> None:
    apply_style(qapp, theme)
    dialog.resize(520, 300)
    assert not dialog.grab().isNull()
    for label in dialog.findChildren(QLabel):
        assert "{" not in label.text()
    qapp.setStyleSheet("")


def test_experiment_stays_as_it_is(dialog: RaceDialog) -> None:
    before: Experiment = ARTICLE
    type_in(dialog.lanes[0].rate, "0.3")
    assert ARTICLE is before
    assert ARTICLE.learning_rate == 0.01
