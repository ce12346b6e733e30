"""The validation curve, the shaded gap and the best epoch in the loss plot: where they are."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core.evaluation import Metrics
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.plots.curves import curve_of
from guitrain.plots.fit import FitPlot
from guitrain.plots.loss import LossPlot
from guitrain.plots.theme import DARK
from guitrain.presets import preset
from tests.core.recipes import finished
from tests.plots.runs import run_of

BENDING = Experiment(
    data=Choice("sine", {"points": 20, "noise": 0.8}),
    model=Choice("mlp"),
    optimizer=Choice("adam"),
    learning_rate=0.03,
    validation_fraction=0.4,
    standardize=True,
).changed({"stop.epochs": 120})


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(560, 380)
    made.show()
    return made


def losses(run: Run) -> np.ndarray:
    return run.epochs.publish().column("validation").astype(float)


@pytest.mark.parametrize(("size", "offset"), [(None, 1.0), (4, 1 / 3)])
def test_it_is_drawn_at_the_loss_of_the_same_weights(
    plot: LossPlot, size: int | None, offset: float
) -> None:
    run = finished(BENDING.changed({"batch_size": size, "stop.epochs": 40}))
    plot.refresh(run.view())
    np.testing.assert_allclose(plot.validation.epochs, np.arange(40) + offset, atol=1e-9)
    np.testing.assert_allclose(plot.validation.losses, losses(run))
    box = plot.validation.item.path().boundingRect()
    heights = plot.down(losses(run))
    assert box.left() == pytest.approx(float(plot.across(offset)), abs=0.5)
    assert box.right() == pytest.approx(float(plot.across(39 + offset)), abs=7)  # a dash's gap
    assert box.top() == pytest.approx(heights.min(), abs=4)
    assert box.bottom() == pytest.approx(heights.max(), abs=4)
    assert plot.y_scale.low <= losses(run).min()
    assert plot.y_scale.high >= losses(run).max()


def between(plot: LossPlot, epoch: float, one: float, other: float) -> QPointF:
    return QPointF(float(plot.across(epoch)), float(plot.down((one * other) ** 0.5)))


def test_the_gap_lies_between_training_and_validation(plot: LossPlot) -> None:
    run = finished(BENDING)
    view = run.view()
    plot.refresh(view)
    train, held_out = view.epochs.column("loss").astype(float), losses(run)
    gap = plot.validation.gap.path()
    far = np.flatnonzero(held_out > 1.2 * train)
    assert len(far) > 20
    for row in far[far < 118]:
        inside = between(plot, row + 1, train[row], held_out[row])
        assert gap.contains(inside)
        assert not gap.contains(between(plot, row + 1, train[row], train[row] * 0.8))
        assert not gap.contains(between(plot, row + 1, held_out[row], held_out[row] * 1.2))
    assert plot._legend.texts == ("training", "validation", "gap")


def test_without_a_validation_set_it_lies_between_training_and_test(plot: LossPlot) -> None:
    run = run_of(60, {"data.points": 8, "test_fraction": 0.9})
    plot.refresh(run.view())
    assert plot.validation.gap.path().isEmpty()
    assert plot.validation.item.path().isEmpty()
    assert not plot.validation.label.isVisible()
    run.fill_test_curve(float("inf"))
    plot.refresh(run.view())
    assert plot.validation.gap.path().isEmpty(), "the test curve is off"
    plot.set_show_test(True)
    view = run.view()
    steps, test = view.test_curve
    train = view.epochs.column("loss").astype(float)
    row = int(steps[40])
    far = between(plot, row + 1, train[row], test[40])
    assert plot.validation.gap.path().contains(far) == (abs(np.log(test[40] / train[row])) > 0.01)
    assert plot._legend.texts == ("training", "test", "gap")


def test_the_best_epoch_is_marked_and_stays_marked_in_the_past(plot: LossPlot) -> None:
    run = finished(BENDING)
    best = int(np.argmin(losses(run)))
    plot.refresh(run.view())
    for _ in range(2):
        assert plot.validation.label.text == f"best epoch {best + 1}"
        assert plot.validation.label.isVisible()
        at = plot.validation._mark.path().boundingRect().center()
        assert at.x() == pytest.approx(float(plot.across(best + 1)), abs=1)
        assert at.y() == pytest.approx(float(plot.down(losses(run)[best])), abs=3)
        assert plot.validation._later.path().isEmpty() == (run.learner.step == 120)
        run.seek(5)
        plot.refresh(run.view())
    assert plot.validation.item.path().boundingRect().right() < float(plot.across(6.1))
    label = plot.validation.label.box
    assert not plot._value.isVisible() or not label.intersects(plot._value.box)


def test_the_mouse_is_told_of_it(plot: LossPlot) -> None:
    run = finished(BENDING)
    plot.refresh(run.view())
    at = plot.mapFromScene(plot.area.mapToScene(QPointF(float(plot.across(50.0)), 20)))
    QTest.mouseMove(plot.viewport(), QPoint(at.x(), at.y()))
    epoch = int(plot.hovered.removeprefix("epoch ").partition(" ")[0])
    assert plot.hovered.endswith(f" · validation {losses(run)[epoch - 1]:.4f}")


def test_an_export_and_another_theme_have_it_too(plot: LossPlot) -> None:
    run = finished(BENDING)
    plot.refresh(run.view())
    plot.set_theme(DARK)
    assert plot.validation.item.pen().color().name().upper() == DARK.validation
    twin = plot.copy_for_export()
    assert twin.validation.label.text == plot.validation.label.text
    assert twin.validation.item.pen().dashPattern(), "no path that is cut into dashes"
    assert twin.validation.item.path().elementCount() == 120
    twin.deleteLater()
    plot.refresh(None)
    assert plot.validation.item.path().isEmpty()
    assert plot.validation.gap.path().isEmpty()
    assert not plot.validation.label.isVisible()


def test_of_a_long_run_no_more_is_drawn(plot: LossPlot) -> None:
    changes: dict[str, Any] = {"validation_fraction": 0.2, "stop.epochs": 10**6}
    run = run_of(3000, {**changes, "learning_rate": 0.001})
    plot.refresh(run.view())
    curve = curve_of(run.epochs.publish(), "validation")
    assert len(plot.validation.epochs) == len(curve.row) < 1500
    np.testing.assert_allclose(plot.validation.epochs, curve.row + 1)


def test_the_fit_has_triangles_at_the_validation_points(qtbot: QtBot) -> None:
    fit = FitPlot()
    qtbot.addWidget(fit)
    fit.resize(500, 360)
    fit.show()
    view = run_of(1, {"validation_fraction": 0.13, "test_fraction": 0.0}).view()
    fit.refresh(view)
    points = view.data.validation
    path = fit._validation_item.path()
    each = path.elementCount() // len(points)
    assert len(points) == 13
    assert each == 4  # three corners, and back
    for i in range(len(points)):
        tip = path.elementAt(i * each)
        assert tip.x == pytest.approx(float(fit.across(points.inputs[i, 0])), abs=0.01)
        assert tip.y == pytest.approx(float(fit.down(points.targets[i])) - 4.4, abs=0.01)
    assert "validation data · 13 points" in fit._legend.texts
    assert "training data · 87 points" in fit._legend.texts
    fit.refresh(run_of(1).view())
    assert fit._validation_item.path().isEmpty()
    assert not any("validation" in text for text in fit._legend.texts)


def test_the_presets_help_says_what_its_run_does() -> None:
    run = finished(preset("overfitting").experiment)
    view = run.view()
    assert view.best is not None
    assert view.number_of(view.best) == 69
    assert view.facts.expected_loss == pytest.approx(0.64)
    assert view.watch is not None
    assert view.watch.loss > 1.5 * view.best.loss
    assert view.final_loss is not None
    assert view.final_loss < 0.64 / 2
    assert len(view.data.train) == 20
    # What the validation set tells holds for the points that nobody looked at.
    late = run.test().test
    run.seek(view.best.step)
    early = run.test().test
    assert isinstance(early, Metrics)
    assert isinstance(late, Metrics)
    assert late.mse > 1.5 * early.mse
