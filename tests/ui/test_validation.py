"""The validation set in the window: settings, results, and the way back to the best epoch."""

from guitrain.core.evaluation import Metrics
from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.main_window import MainWindow
from guitrain.ui.timeline_marks import Kind
from tests.ui.window_tools import Wait, click, drawn, find, type_in


def bent(window: MainWindow, wait: Wait) -> None:
    """The preset's run, to its end."""
    window.commands.choose_preset("overfitting")
    wait(lambda s: s.view is not None and s.experiment.model.name == "mlp")
    window.transport.pace.set_pace(MAX_PACE)
    window.trainer.set_pace(MAX_PACE)
    window.trainer.play()
    wait(lambda s: s.state is State.STOPPED)


def test_the_best_epoch_is_gone_to_and_going_on_from_there_branches(
    window: MainWindow, wait: Wait
) -> None:
    assert not find(window, "go_to_best").isVisible()
    assert not find(window, "gap_sentence").isVisible()
    bent(window, wait)
    gap = find(window, "gap_sentence")
    assert gap.isVisible()
    assert gap.text().startswith("Overfitting: since epoch 69 ")
    button = find(window, "go_to_best")
    assert button.text() == "Go to best epoch (69)"
    marks = [mark for mark in window.status.timeline.rail.marks if mark.kind is Kind.BEST]
    assert [mark.step for mark in marks] == [68]
    click(window, "go_to_best")
    now = wait(lambda s: s.view is not None and s.view.step == 68)
    assert now.view is not None
    assert now.view.phase is Phase.STOP
    assert now.view.watch is not None
    assert now.view.watch.loss == now.view.best.loss  # type: ignore[union-attr]
    assert window.work.loss.marker_value == now.view.loss
    assert find(window, "status_epoch").text() == "epoch 69 / 300"
    assert not gap.isVisible(), "there, it had not opened yet"
    parent = now.view.run_id
    type_in(window, "learning_rate", "0.001")
    branch = wait(lambda s: s.view is not None and s.view.run_id != parent)
    assert branch.view is not None
    assert branch.view.head == 68
    window.trainer.next(Unit.EPOCH)
    further = wait(lambda s: s.view is not None and s.view.step == 69).view
    assert further is not None
    assert further.best is not None
    assert further.best.step == 68, "it is the branch's best so far"
    assert further.steps.column("learning_rate").tolist() == [0.01] * 68 + [0.001]
    assert [row.parent for row in branch.runs if row.current] == [(1, 68)]


def test_results_have_a_column_for_it(window: MainWindow, wait: Wait) -> None:
    bent(window, wait)
    click(window, "test")
    now = wait(lambda s: s.evaluation is not None)
    table = find(window, "test_table")
    heads = [table.horizontalHeaderItem(at).text() for at in range(table.columnCount())]
    assert heads == ["train", "valid.", "test"], "least squares knows no best network"
    assert now.evaluation is not None
    assert isinstance(now.evaluation.validation, Metrics)
    assert table.item(0, 1).text() == f"{now.evaluation.validation.mse:.4f}"


def test_early_stop_is_refused_without_points_and_taken_with_them(
    window: MainWindow, wait: Wait
) -> None:
    assert not find(window, "validation_patience_on").isChecked()
    find(window, "validation_patience_on").click()
    message = find(window, "message_validation_patience")
    assert "validation share" in message.text()
    assert not find(window, "validation_patience_on").isChecked()
    assert window.work.controls.experiment.stop.validation_patience is None
    find(window, "more_data").click()
    type_in(window, "validation_fraction", "0.3")
    wait(lambda s: s.view is not None and s.experiment.validation_fraction == 0.3)
    find(window, "validation_patience_on").click()
    now = wait(lambda s: s.experiment.stop.validation_patience == 20)
    assert message.text() == ""
    assert now.view is not None
    assert now.view.settings.stop.validation_patience == 20
    type_in(window, "validation_fraction", "0")
    drawn(window)
    assert "Early stop" in find(window, "message_validation_fraction").text()
    assert window.work.controls.experiment.validation_fraction == 0.3
