"""The panel of residuals in the real window: wished for only while it is seen, live, linked."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtTest import QTest

from guitrain.plots.residuals import ResidualPlot
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.export_dialog import ExportDialog
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find


def test_it_follows_the_run_and_costs_nothing_when_closed(window: MainWindow, wait: Wait) -> None:
    assert not window.work.panels.is_open("predicted")
    assert drawn(window).residuals is None
    window.work.panels.open("predicted")
    wait(lambda s: s.residuals is not None)
    panel = window.work.predicted
    assert panel.isVisible()
    before = panel.plot.drawn_train.copy()
    assert panel.train.text().startswith("● training: off by")
    window.transport.pace.set_pace(MAX_PACE)
    click(window, "run")
    wait(lambda s: s.state is State.STOPPED)
    view = window.trainer.snapshot.view
    assert view is not None
    assert view.numbers is not None
    w, b = view.numbers
    train = view.data.train
    np.testing.assert_allclose(
        panel.plot.drawn_train[:, 1], w * train.inputs[:, 0] + b, rtol=1e-4, atol=1e-5
    )
    assert not np.allclose(before, panel.plot.drawn_train)
    window.work.panels.close("predicted")
    drawn(window)
    drawn(window)
    assert window.trainer.snapshot.residuals is None


def test_test_points_are_there_once_test_is_pressed(window: MainWindow, wait: Wait) -> None:
    window.work.panels.open("predicted")
    snapshot = wait(lambda s: s.residuals is not None)
    assert snapshot.residuals is not None
    assert snapshot.residuals.test is None
    assert "once you press Test" in window.work.predicted.note.text()
    click(window, "test")
    wait(lambda s: s.residuals is not None and s.residuals.test is not None)
    assert len(window.work.predicted.plot.drawn_test) == 20


def test_a_dot_is_the_same_point_everywhere(window: MainWindow, wait: Wait) -> None:
    window.work.panels.open("predicted")
    wait(lambda s: s.residuals is not None)
    plot = window.work.predicted.plot
    across = find(window, "residual_across")
    across.setCurrentIndex(across.count() - 1)
    x, y = plot.drawn_train[60].tolist()
    place = plot.area.mapToScene(QPointF(float(plot.across(x)), float(plot.down(y))))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.mapFromScene(place))
    snapshot = wait(lambda s: s.point is not None)
    assert snapshot.point is not None
    assert snapshot.point.row == 60
    assert window.work.fit.point is not None
    assert window.work.fit.point.row == 60
    assert plot._point_mark.ring.isVisible()


def test_it_can_be_exported_while_it_is_seen(window: MainWindow, wait: Wait) -> None:
    window.exports.plot()
    (dialog,) = window.findChildren(ExportDialog)
    assert [dialog.plot.itemText(i) for i in range(dialog.plot.count())] == ["Fit", "Loss"]
    dialog.close()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    window.work.panels.open("predicted")
    wait(lambda s: s.residuals is not None)
    window.exports.plot()
    (dialog,) = window.findChildren(ExportDialog)
    dialog.plot.setCurrentIndex(dialog.plot.count() - 1)
    assert dialog.plot.currentText() == "Predicted vs true"
    twin = dialog._plots["predicted"]
    assert isinstance(twin, ResidualPlot)
    assert len(twin.drawn_train) == 100
    dialog.close()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
