"""Predicted against true, and residuals: what is drawn where, and what is said of it."""

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core import look
from guitrain.core.evaluation import metrics
from guitrain.core.experiment import Experiment
from guitrain.core.residuals import residuals_view
from guitrain.core.run import Run
from guitrain.export.image import Size, render
from guitrain.plots.residual_range import stepped
from guitrain.plots.residual_words import drawn_text, metrics_texts
from guitrain.plots.residuals import PREDICTED, TRUE, Across, ResidualPlot
from guitrain.plots.scales import Scale
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.residual_panel import ResidualPanel
from tests.plots.runs import ARTICLE, run_of, table_experiment


def at(run: Run, *, test: bool = True, **fields: Any) -> Snapshot:
    residuals = residuals_view(run, test=test)
    return Snapshot(0, State.PAUSED, run.experiment, view=run.view(), residuals=residuals, **fields)


@pytest.fixture
def plot(qtbot: QtBot) -> ResidualPlot:
    made = ResidualPlot()
    qtbot.addWidget(made)
    made.resize(460, 360)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def panel(qtbot: QtBot) -> ResidualPanel:
    made = ResidualPanel()
    qtbot.addWidget(made)
    made.resize(420, 380)
    made.show()
    qtbot.waitExposed(made)
    return made


def begun(experiment: Experiment) -> Run:
    run = Run(experiment)
    for _ in range(2):
        run.advance()
    return run


@pytest.mark.parametrize("what", [TRUE, PREDICTED, 0])
def test_points_are_where_the_numbers_say(plot: ResidualPlot, what: Across) -> None:
    run = run_of(40)
    plot.show_across(what)
    plot.refresh(at(run))
    w, b = run.learner.numbers
    for points, drawn in (
        (run.learner.data.train, plot.drawn_train),
        (run.learner.data.test, plot.drawn_test),
    ):
        x, y = points.inputs[:, 0], points.targets
        predicted = w * x + b
        expected = {
            TRUE: (y, predicted),
            PREDICTED: (predicted, predicted - y),
            0: (x, predicted - y),
        }[what]
        np.testing.assert_allclose(drawn, np.column_stack(expected), rtol=1e-5, atol=1e-6)
        assert (plot.x_scale.low <= drawn[:, 0]).all()
        assert (drawn[:, 1] <= plot.y_scale.high).all()


def test_the_line_is_that_of_no_error(plot: ResidualPlot) -> None:
    plot.refresh(at(run_of(40)))
    path = plot._line_item.path()
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        x = plot.x_scale.value(element.x / plot.area.width())
        y = plot.y_scale.value(1 - element.y / plot.area.height())
        assert x == pytest.approx(y, abs=1e-6)
    assert plot._line_name.text == "ŷ = y: no error"
    plot.show_across(PREDICTED)
    path = plot._line_item.path()
    assert path.elementAt(0).y == pytest.approx(float(plot.down(0.0)))
    assert path.elementAt(1).y == pytest.approx(float(plot.down(0.0)))


def test_training_and_test_points_differ_in_colour_and_shape(plot: ResidualPlot) -> None:
    plot.refresh(at(run_of(5)))
    train, test = plot._train_dots, plot._test_dots
    assert train.brush.color().name() == LIGHT.data.lower()
    assert test.pen.color().name() == LIGHT.test.lower()
    assert train.shape.elementCount() > 10 > test.shape.elementCount()  # a circle, a square
    assert test._picture.isVisible()
    plot.refresh(at(run_of(5), test=False))
    assert not test._picture.isVisible()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_every_point_is_painted_at_its_pixel(
    plot: ResidualPlot, ratio: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plot, "devicePixelRatioF", lambda: ratio)
    dots = plot._train_dots
    dots.draw(np.array([20.0, 100.4, np.nan, 1e9]), np.array([30.0, 50.0, 5.0, np.inf]))
    image = dots._picture.pixmap().toImage()
    for x, y in ((20, 30), (100.4, 50)):
        assert image.pixelColor(round(x * ratio), round(y * ratio)).alphaF() > 0.5
        assert image.pixelColor(round((x + 6) * ratio), round(y * ratio)).alphaF() == 0
    painted = sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )
    assert painted == pytest.approx(2 * np.pi * 3.4**2 * ratio**2, rel=0.5)


def test_a_point_is_clicked_and_marked(plot: ResidualPlot) -> None:
    run = run_of(40)
    clicked: list[int] = []
    plot.point_clicked.connect(clicked.append)
    for what in (TRUE, PREDICTED, 0):
        plot.show_across(what)
        plot.refresh(at(run))
        x, y = plot.drawn_train[30].tolist()
        place = plot.mapFromScene(
            plot.area.mapToScene(QPointF(float(plot.across(x)), float(plot.down(y))))
        )
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
        plot.refresh(at(run, point=look.point_view(run, 30)))
        ring = plot._point_mark.ring
        assert ring.isVisible()
        assert ring.pos() == QPointF(float(plot.across(x)), float(plot.down(y)))
        # The line is as long as the residual: it ends on the line of no error.
        end = plot._point_mark.line.path().elementAt(1).y
        assert end == pytest.approx(float(plot.down(x if what == TRUE else 0.0)), abs=0.01)
    assert clicked == [30, 30, 30]
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, 20))
    assert clicked[-1] == -1
    plot.refresh(at(run))
    assert not plot._point_mark.ring.isVisible()


def test_ranges_change_in_steps() -> None:
    scale = stepped(None, [0.0, 10.0])
    assert scale == Scale(-1.0, 11.0)
    assert stepped(scale, [1.0, 10.9]) is scale
    grown = stepped(scale, [0.0, 12.0])
    assert grown.high > 12.0 + 4
    assert stepped(grown, [0.0, 12.5]) is grown
    assert stepped(grown, [0.0, 2.0]) == Scale(-0.2, 2.2)
    assert stepped(None, [np.nan, np.inf]) == stepped(None, [0.0, 1.0])


def test_over_a_run_the_ranges_seldom_change(plot: ResidualPlot) -> None:
    plot.show_across(PREDICTED)
    run = run_of(0)
    seen = set()
    while run.stopped is None:
        run.advance()
        if run.learner.ready:
            plot.refresh(at(run))
            seen.add((plot.x_scale, plot.y_scale))
    assert 1 < len(seen) <= 4


def test_diverged_predictions_are_left_out_and_told(plot: ResidualPlot) -> None:
    run = run_of(100, {"learning_rate": 5.0, "stop.epochs": 400})
    while run.advance() is not None:
        pass
    snapshot = at(run)
    for what in (TRUE, PREDICTED, 0):
        plot.show_across(what)
        plot.refresh(replace(snapshot))
    found = snapshot.residuals
    assert found is not None
    data = run.learner.data
    assert "worse than the mean of y" in metrics_texts(found, data)[0]
    nothing = np.full(100, np.nan)
    measured = metrics(nothing, data.train.targets)
    assert measured is not None
    found = replace(found, train=replace(found.train, prediction=nothing, metrics=measured))
    assert "no finite numbers" in metrics_texts(found, data)[0]
    for what in (TRUE, PREDICTED, 0):
        plot.show_across(what)
        plot.refresh(replace(snapshot, residuals=found))
        assert not plot._train_dots._picture.isVisible()
    render(plot, "png", Size(300, 200), "")


def test_a_frame_of_a_thousand_points_is_cheap(plot: ResidualPlot) -> None:
    run = run_of(3, {"data.points": 20_000, "stop.epochs": 1000})
    snapshots = []
    for _ in range(40):
        run.advance()
        snapshots.append(at(run))
    took = []
    for snapshot in snapshots:
        began = time.thread_time()
        plot.refresh(snapshot)
        took.append(time.thread_time() - began)
    assert len(plot.drawn_train) + len(plot.drawn_test) <= 1000
    assert sorted(took)[10] < 0.005


def test_hidden_it_only_remembers(qtbot: QtBot) -> None:
    plot = ResidualPlot()
    qtbot.addWidget(plot)
    plot.refresh(at(run_of(3)))
    assert not len(plot.drawn_train)
    plot.show()
    assert len(plot.drawn_train) == 100


# Words.


def test_words_have_numbers_and_units() -> None:
    run = begun(ARTICLE.changed({"data": "hubble", "initial": None}))
    data = run.learner.data
    found = residuals_view(run, test=True)
    error = run.learner.predict(data.train.inputs) - data.train.targets
    train, test = metrics_texts(found, data)
    assert data.target_unit
    assert train.startswith("● training: off by ")
    assert f"{data.target_unit} (RMSE)" in train
    rmse = float(train.split("off by ")[1].split(" ")[0])
    assert rmse == pytest.approx(np.sqrt(np.mean(error**2)), rel=1e-3)
    assert "worse than the mean of y (R² −" in train
    assert test == "" or test.startswith("□ test: ")


def test_words_of_a_good_fit_and_of_equal_y() -> None:
    run = run_of(100)
    found = residuals_view(run, test=False)
    data = run.learner.data
    error = found.train.prediction - data.train.targets
    r2 = 1 - (error**2).sum() / ((data.train.targets - data.train.targets.mean()) ** 2).sum()
    text, test = metrics_texts(found, data)
    assert f"{100 * r2:.1f} % of the spread explained (R²)" in text
    assert test == ""
    assert drawn_text(found) == ""
    flat = begun(table_experiment([1, 2, 3], [4, 4, 4], ("x", "y")))
    text, _ = metrics_texts(residuals_view(flat, test=False), flat.learner.data)
    assert "no R²: all y are the same" in text


def test_fewer_points_are_told() -> None:
    run = begun(ARTICLE.changed({"data.points": 5000}))
    found = residuals_view(run, test=True)
    assert found.test is not None
    drawn, of_test = len(found.train.rows), len(found.test.rows)
    assert drawn_text(found) == (
        f"Drawn: {drawn} of 5,000 training points, {of_test} of 1,000 test points, chosen evenly. "
        "The numbers are of all."
    )
    assert drawn_text(replace(found, test=None)).count("points") == 1


# The panel.


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_panel_says_what_the_plot_shows(panel: ResidualPanel, theme: Theme) -> None:
    panel.set_theme(theme)
    panel.refresh(at(run_of(100)))
    assert panel.train.text().startswith("● training: off by 0.4")
    assert panel.test.isVisible()
    assert not panel.note.isVisible()
    panel.refresh(at(run_of(100), test=False))
    assert not panel.test.isVisible()
    assert "Test" in panel.note.text()
    choices = [panel.across.itemText(i) for i in range(panel.across.count())]
    assert choices[-1] == "Residuals against x"
    for index in range(len(choices)):
        panel.across.setCurrentIndex(index)
        assert panel.plot._labels[1] in ("predicted y", "residual ŷ − y")
    assert panel.plot.across_is == 0
    # Other data: the choice stays, where it is there.
    panel.refresh(at(begun(ARTICLE.changed({"data": "hubble", "initial": None}))))
    assert panel.across.currentIndex() == 2
    assert "distance" in panel.plot._labels[0]


def test_the_panel_before_there_is_a_run(panel: ResidualPanel) -> None:
    panel.refresh(Snapshot(0, State.LOADING, ARTICLE))
    assert panel.train.text() == ""
    assert "once there is a run" in panel.plot._note.text
    panel.refresh(at(run_of(2)))
    assert panel.plot._note.text == ""


def test_export_is_a_light_copy(plot: ResidualPlot) -> None:
    plot.set_theme(DARK)
    plot.show_across(PREDICTED)
    run = run_of(20)
    plot.refresh(at(run, point=look.point_view(run, 3)))
    twin = plot.copy_for_export()
    assert twin.theme is LIGHT
    assert (twin.x_scale, twin.y_scale) == (plot.x_scale, plot.y_scale)
    assert "<image" not in render(plot, "svg", Size(120, 90), "Residuals").decode()
    twin.deleteLater()


def test_the_panel_fits_into_a_narrow_place(panel: ResidualPanel) -> None:
    panel.refresh(at(begun(ARTICLE.changed({"data": "cars", "initial": None}))))
    assert panel.across.count() == 7
    assert panel.minimumSizeHint().width() <= 260
