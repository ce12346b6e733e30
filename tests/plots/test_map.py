"""What a map draws, against its numbers."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guitrain.core.look import point_view
from guitrain.core.mapping import Mapper
from guitrain.core.run import Run
from guitrain.plots.class_marks import COLOURS, SHAPES, class_colour, class_shape
from guitrain.plots.map import MOST_POINTS, MapPlot
from guitrain.plots.map_points import Kind
from guitrain.plots.shades import (
    LEVELS,
    STEPS,
    class_shades,
    class_table,
    heat_shades,
    heat_table,
)
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Ghost
from tests.plots.map_data import of, register


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


@pytest.fixture
def plot(qtbot: QtBot) -> MapPlot:
    made = MapPlot()
    qtbot.addWidget(made)
    made.resize(560, 400)
    made.show()
    return made


@cache
def trained(name: str, steps: int = 120) -> Run:
    """One run for all tests that only look at it."""
    run = Run(of(name))
    while run.learner.step < steps and run.stopped is None:
        run.advance()
    return run


def show(plot: MapPlot, run: Run, rows: tuple[tuple[float, ...], ...] = ()) -> None:
    plot.refresh(run.view(), Mapper().look(run, plot.axes, rows, running=False))
    plot.set_applied(run.apply(rows) if rows else ())


def pixel(plot: MapPlot, image: QImage, x: float, y: float) -> QColor:
    """The colour at a place in the data's units."""
    across, down = float(plot.across(x)), float(plot.down(y))
    at = plot.mapFromScene(plot.area.mapToScene(across, down))
    return QColor(image.pixel(at))


# Colours.


def test_shade_is_the_leading_class_and_the_stronger_the_more_probable() -> None:
    table = class_table(LIGHT)
    assert table.shape == (COLOURS, LEVELS)
    chances = np.array([[1, 0, 0], [0, 1, 0], [0.2, 0.3, 0.5], [1 / 3] * 3, [np.nan] * 3])
    found = class_shades(chances, table, "#FFFFFF")
    assert found[0] == table[0, -1]
    assert found[1] == table[1, -1]
    assert found[2] == table[2, round((0.5 - 1 / 3) / (2 / 3) * (LEVELS - 1))]
    assert found[3] == table[0, 0]
    assert found[4] == 0xFFFFFFFF
    one = QColor(int(table[0, -1])).lightness(), QColor(int(table[0, 0])).lightness()
    assert one[0] < one[1]


def test_heat_goes_from_end_to_end_of_the_colours() -> None:
    table = heat_table(LIGHT)
    assert len(table) == STEPS
    found = heat_shades(np.array([-9.0, 0.0, 2.0, 99.0, np.inf, np.nan]), table, 0, 2, "#FFFFFF")
    assert list(found) == [table[0], table[0], table[-1], table[-1], table[-1], 0xFFFFFFFF]
    assert f"#{table[0] & 0xFFFFFF:06X}" == LIGHT.heat[0]


def test_every_class_has_a_pair_of_colour_and_shape_of_its_own() -> None:
    assert SHAPES >= 8
    pairs = set()
    for number in range(20):
        box = class_shape(number, 5.0)
        key = tuple((box.elementAt(i).x, box.elementAt(i).y) for i in range(box.elementCount()))
        pairs.add((class_colour(LIGHT, number), key))
    assert len(pairs) == 20
    assert len({class_colour(LIGHT, number) for number in range(8)}) == 8


# The picture.


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_picture_has_the_probability_of_each_place(plot: MapPlot, theme: Theme) -> None:
    plot.set_theme(theme)
    run = trained("blobs")
    show(plot, run)
    plot._legend.hide()
    image = plot.grab().toImage()
    for across, up in ((0.05, 0.5), (0.95, 0.5), (0.5, 0.05), (0.5, 0.95), (0.02, 0.02)):
        place = plot.x_scale.value(across), plot.y_scale.value(up)
        chances = run.learner.probabilities(np.array([place]))
        want = QColor(int(class_shades(chances, class_table(plot.theme), plot.theme.panel)[0]))
        got = pixel(plot, image, *place)
        marks = np.hypot(*(run.learner.data.train.inputs - place).T).min()
        if marks > 0.15:
            for part in ("red", "green", "blue"):
                assert abs(getattr(got, part)() - getattr(want, part)()) <= 12, place


@pytest.mark.parametrize("name", ["blobs", "circle", "ten"])
def test_on_the_border_the_two_leading_classes_are_equally_probable(
    plot: MapPlot, name: str
) -> None:
    run = trained(name)
    show(plot, run)
    assert plot.regions.borders
    step = max(plot.x_scale.high - plot.x_scale.low, plot.y_scale.high - plot.y_scale.low) / 99
    for piece in plot.regions.borders:
        for place in piece[:: max(len(piece) // 7, 1)]:
            around = place + step * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1], [0, 0]])
            order = np.sort(run.learner.probabilities(around), axis=1)
            answers = run.learner.probabilities(around).argmax(axis=1)
            assert len(set(answers)) > 1 or (order[:, -1] - order[:, -2]).min() < 0.1


def test_nothing_is_said_before_there_is_a_map_or_of_another_run(plot: MapPlot) -> None:
    run, other = trained("circle"), trained("circle", 10)
    plot.set_preview(run.learner.data)
    assert not plot.regions.shown
    plot.refresh(run.view(), None)
    assert not plot.regions.shown
    plot.refresh(run.view(), Mapper().look(other, (0, 1), (), running=False))
    assert not plot.regions.shown
    show(plot, run)
    assert plot.regions.shown
    plot.refresh(other.view(), None)
    assert not plot.regions.shown


def test_diverged_outputs_are_left_blank(plot: MapPlot) -> None:
    run = trained("doses", 5)
    with np.errstate(all="ignore"):
        for tensor in run.learner.parameters:
            tensor.detach().fill_(float("nan"))
    show(plot, run)
    plot._legend.hide()
    image = plot.grab().toImage()
    x, y = plot.x_scale, plot.y_scale
    corner = pixel(plot, image, x.value(0.03), y.value(0.97))
    assert corner.name().upper() == LIGHT.panel
    assert plot.regions.borders == []


def test_a_number_is_a_field_of_colours_with_a_scale_in_its_unit(plot: MapPlot) -> None:
    run = trained("doses")
    show(plot, run)
    assert plot.colours.shown
    assert plot.colours._name.text() == "dose (mg)"
    assert len(plot.colours.texts) >= 3
    low, high = run.learner.data.train.targets.min(), run.learner.data.train.targets.max()
    assert (plot._heat.low, plot._heat.high) == (low, high)
    place = (plot.x_scale.value(0.02), plot.y_scale.value(0.5))
    want = heat_shades(
        run.learner.predict(np.array([place])), heat_table(LIGHT), low, high, "#FFFFFF"
    )
    got = pixel(plot, plot.grab().toImage(), *place)
    assert abs(got.red() - QColor(int(want[0])).red()) <= 12
    assert plot.regions.borders == []
    show(plot, trained("circle"))
    assert not plot.colours.shown


def test_one_input_with_classes_has_the_probability_of_each_over_x(plot: MapPlot) -> None:
    run = trained("one")
    show(plot, run)
    assert plot.curves.drawn is not None
    x, chances = plot.curves.drawn
    assert chances == pytest.approx(run.learner.probabilities(x[:, None]), abs=1e-5)
    assert plot._labels == ("weight (kg)", "probability")
    _, y = plot._pixels()
    assert set(np.round(y, 3)) == set(np.round(plot.down([0.0, 1.0]), 3))


# Points and words.


def test_axes_are_the_inputs_chosen_and_the_rest_is_said(plot: MapPlot) -> None:
    run = trained("pets")
    show(plot, run)
    assert plot._labels == ("weight (kg)", "height (cm)")
    assert plot.note.text == "the other 2 inputs at their mean over the training points"
    plot.set_axes((3, 2))
    assert not plot.regions.shown  # what was worked out is over other inputs
    show(plot, run)
    assert plot.regions.shown
    assert plot._labels == ("pulse", "age (years)")
    x, y = plot._pixels()
    inputs = run.learner.data.train.inputs
    np.testing.assert_allclose(x, plot.across(inputs[:, 3]))
    np.testing.assert_allclose(y, plot.down(inputs[:, 2]))
    show(plot, trained("three", 3))
    assert plot.note.text == "the other input at its mean over the training points"


def test_legend_names_classes_and_tells_what_is_drawn(plot: MapPlot) -> None:
    run = trained("pets", 3)
    show(plot, run, ((50.0, 50.0, 50.0, 50.0), (500.0, 50.0, 50.0, 50.0)))
    plot.resize(900, 700)
    plot.set_show_test(True)
    assert plot._legend.texts == (
        "cat · 30 points",
        "dog · 30 points",
        "hare · 30 points",
        "hollow: test data · 18 points",
        "probability, 33.3 % to 100 %",
        "border: equal probability",
        "prediction",
        "prediction outside the data",
    )
    plot.resize(330, 260)
    assert plot._legend.texts == ("cat", "dog", "hare")


def test_more_classes_than_colours_and_more_points_than_are_drawn_are_told(plot: MapPlot) -> None:
    show(plot, trained("ten", 3))
    assert plot.note.text == "after 8 classes colours come again, with other shapes"
    show(plot, trained("crowd", 3))
    assert plot.note.text == "showing 2,000 of 3,000 points"
    assert len(plot._rows) <= MOST_POINTS
    show(plot, trained("circle", 3))
    assert not plot.note.isVisible()


def test_selected_point_is_marked_with_its_own_probability(plot: MapPlot, qtbot: QtBot) -> None:
    run = trained("pets")
    show(plot, run)
    row = 4  # a dog
    x, y = (float(each[np.flatnonzero(plot._rows == row)[0]]) for each in plot._pixels())
    at = plot.mapFromScene(plot.area.mapToScene(x, y))
    with qtbot.waitSignal(plot.point_clicked) as caught:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    hit = caught.args[0]
    assert np.hypot(*(np.stack(plot._pixels())[:, list(plot._rows).index(hit)] - (x, y))) < 3
    plot.set_point(point_view(run, row))
    chance = run.learner.probabilities(run.learner.data.train.inputs[row : row + 1])[0]
    lines = plot._point_mark.tag.text.splitlines()
    assert lines[0] == "point 5: its class is dog"
    assert lines[1].startswith(f"dog {100 * chance[1]:.1f} %, ")
    assert lines[2] == f"−ln p(y) = {-np.log(chance[1]):.3g}, its term of the loss"
    assert plot._point_mark.ring.pos().x() == pytest.approx(x)
    plot.set_point(None)
    assert not plot._point_mark.ring.isVisible()


def test_selected_number_has_its_prediction(plot: MapPlot) -> None:
    run = trained("doses")
    show(plot, run)
    point = point_view(run, 2)
    plot.set_point(point)
    text = plot._point_mark.tag.text
    assert f"y = {point.y:.3g}, ŷ = {point.prediction:.3g}".replace("-", "−") in text


def test_predictions_are_marked_with_their_answers_and_widen_the_range(plot: MapPlot) -> None:
    run = trained("blobs")
    rows = ((2.0, 0.0), (40.0, 0.0))
    show(plot, run, rows)
    assert plot.x_scale.high > 40
    shown = [tag.text for tag in plot._applied_marks.tags if tag.isVisible()]
    answers = run.apply(rows)
    assert shown == [
        f"{int(each.predicted)} ({100 * max(each.probabilities):.1f} %)" for each in answers
    ]
    assert plot._applied_marks.outside.path().elementCount() > 1
    plot.set_applied(())
    assert plot.x_scale.high < 10
    assert not any(tag.isVisible() for tag in plot._applied_marks.tags)


def test_next_point_goes_by_the_input_across(plot: MapPlot, qtbot: QtBot) -> None:
    run = trained("pets", 3)
    plot.set_axes((2, 0))
    show(plot, run)
    order = np.argsort(run.learner.data.train.inputs[:, 2], kind="stable")
    with qtbot.waitSignal(plot.point_clicked) as caught:
        plot.select_next_point(1)
    assert caught.args == [int(order[0])]
    plot.set_point(point_view(run, int(order[3])))
    with qtbot.waitSignal(plot.point_clicked) as caught:
        plot.select_next_point(-1)
    assert caught.args == [int(order[2])]


def test_export_shows_the_same(plot: MapPlot, qtbot: QtBot) -> None:
    run = trained("pets")
    plot.set_axes((1, 3))
    show(plot, run)
    plot.set_show_test(True)
    plot.set_point(point_view(run, 4))
    twin = plot.copy_for_export()
    qtbot.addWidget(twin)
    assert twin.regions.shown
    assert twin._labels == plot._labels
    assert twin._legend.texts == plot._legend.texts
    assert twin.point == plot.point
    assert sum(item.path().elementCount() > 0 for item in twin._points._paths) == 6


def test_validation_points_are_told_from_the_others(plot: MapPlot) -> None:
    plot.resize(900, 700)
    run = Run(of("pets", {"validation_fraction": 0.3}))
    while run.learner.step < 2:
        run.advance()
    data = run.learner.data
    assert len(data.validation)
    show(plot, run)
    assert f"pale: validation data · {len(data.validation)} points" in plot._legend.texts
    styles = [plot.class_style(1, kind) for kind in Kind]
    assert len({brush.color().name() for _, brush in styles}) == 3


def test_ghosts_have_their_borders_behind(plot: MapPlot) -> None:
    run, other, elsewhere = trained("circle"), trained("circle", 40), trained("blobs", 10)

    def ghost(number: int, one: Run) -> Ghost:
        found = Mapper().look(one, (0, 1), (), running=False)
        return Ghost(number, f"no. {number}", number, one.view(), found)

    show(plot, run)
    rows = len(plot._legend.texts)
    ghosts = (ghost(1, other), ghost(2, elsewhere), replace(ghost(3, other), map=None))
    plot.set_ghosts(ghosts)
    assert [each.number for each in plot.behind] == [1], "of other points, or without a map"
    assert len(plot._legend.texts) == rows + 1
    (path,) = plot._ghost_lines.paths
    box = path.boundingRect()
    # Along it the ghost's own model is undecided.
    for at in np.linspace(0.1, 0.9, 7):
        place = path.pointAtPercent(float(at))
        x = plot.x_scale.value(place.x() / plot.area.width())
        y = plot.y_scale.value(1 - place.y() / plot.area.height())
        chances = np.sort(other.learner.probabilities(np.array([[x, y]]))[0])
        assert chances[-1] - chances[-2] < 0.15
    twin = plot.copy_for_export()
    assert [each.number for each in twin.behind] == [1]
    plot.resize(700, 500)
    QApplication.processEvents()
    assert plot._ghost_lines.paths[0].boundingRect().width() > box.width()
    plot.set_ghosts(())
    assert not plot._ghost_lines.paths
    assert len(plot._legend.texts) == rows
