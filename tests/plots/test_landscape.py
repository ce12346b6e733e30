import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core import landscape_view, look
from guitrain.core.landscape import LandscapeJob
from guitrain.core.landscape_view import LandscapeView
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.step_view import PointView
from guitrain.export.image import Size, render
from guitrain.plots.ghosts import ghost_pen
from guitrain.plots.landscape import LandscapePlot
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Ghost, Snapshot, State
from tests.plots.runs import ARTICLE, run_of


@pytest.fixture
def plot(qtbot: QtBot) -> LandscapePlot:
    made = LandscapePlot()
    qtbot.addWidget(made)
    made.resize(480, 380)
    made.show()
    qtbot.waitExposed(made)
    return made


def rest(phase: Phase, epochs: int = 56, changes: Mapping[str, Any] | None = None) -> Run:
    """The article's run, changed, some epochs on, at a phase of its next step."""
    run = run_of(epochs, changes)
    while run.advance() is not phase:
        pass
    return run


def at(run: Run, state: State = State.PAUSED, **fields: Any) -> Snapshot:
    view, step = run.view(), look.step_view(run)
    return Snapshot(0, state, run.experiment, view=view, step_view=step, **fields)


def computed(snapshot: Snapshot, plot: LandscapePlot) -> LandscapeView:
    view, bounds = snapshot.view, plot.wanted_bounds
    assert view is not None
    assert bounds is not None
    job = LandscapeJob(view.experiment, view.data, bounds, view.run_id)
    found = None
    while not job.done:
        found = job.advance(math.inf) or found
    assert found is not None
    return found


def shown(plot: LandscapePlot, run: Run, **fields: Any) -> Snapshot:
    """The run drawn with its landscape, nothing moving any more."""
    snapshot = at(run, **fields)
    plot.refresh(snapshot)
    snapshot = replace(snapshot, landscape=computed(snapshot, plot))
    plot.refresh(snapshot)
    settle(plot)
    return snapshot


def settle(plot: LandscapePlot) -> None:
    end = time.monotonic() + 3
    while plot._glide.moving and time.monotonic() < end:
        QApplication.processEvents()
    assert not plot._glide.moving


def pixel(plot: LandscapePlot, w: float, b: float) -> QPoint:
    """Where parameters are in the widget."""
    place = QPointF(float(plot.across(w)), float(plot.down(b)))
    return plot.mapFromScene(plot.area.mapToScene(place))


def elements(path: Any) -> np.ndarray:
    return np.array(
        [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
    )


# The path and the marks.


def test_path_runs_through_the_recorded_weights(plot: LandscapePlot) -> None:
    run = rest(Phase.BACKWARD)
    view = run.view()
    shown(plot, run)
    w, b = (view.steps.column(name).astype(np.float64) for name in ("w", "b"))
    path, ahead = plot._trails.drawn
    points = elements(path)
    assert view.numbers is not None
    x = np.append(plot.across(w), float(plot.across(view.numbers[0])))
    y = np.append(plot.down(b), float(plot.down(view.numbers[1])))
    np.testing.assert_allclose(points[::2], np.column_stack([x, y])[:-1], atol=0.01)
    np.testing.assert_allclose(points[-1], (x[-1], y[-1]), atol=0.01)
    assert ahead.isEmpty()


def test_marks_stand_where_the_numbers_say(plot: LandscapePlot) -> None:
    run = rest(Phase.UPDATE)
    shown(plot, run)
    view = run.view()
    places = plot._places
    assert places.at["start"] == pytest.approx((-0.20546, 0.783), abs=1e-6)
    assert places.at["best"] == pytest.approx((2.01379, 0.91359), abs=1e-5)
    assert places.at["true"] == pytest.approx((2.0, 1.0))
    assert places.at["present"] == view.numbers
    for kind, (w, b) in places.at.items():
        item = places._items[kind]
        assert item.isVisible()
        assert (item.x(), item.y()) == pytest.approx(
            (float(plot.across(w)), float(plot.down(b))), abs=1e-6
        )
    assert set(places.names.values()) == {"start", "best", "true"}
    assert (plot._labels[0], plot._labels[1]) == ("w", "b")


def test_standardised_run_is_drawn_in_the_datas_own_units(plot: LandscapePlot) -> None:
    changes = {"standardize": True, "learning_rate": 0.05}
    run = rest(Phase.BACKWARD, 10, changes)
    shown(plot, run)
    path = plot._trails.path
    columns = np.stack([run.view().steps.column(name) for name in ("w", "b")], 1)
    np.testing.assert_allclose(path[:-1], run.own_units(columns.astype(np.float64)))
    assert path[0] == pytest.approx(np.array([-0.20546, 0.783]), abs=1e-5)
    # The step's arrow points to where the next UPDATE of plain descent goes.
    before = run.view().numbers
    assert before is not None
    run.advance()
    after = run.view().numbers
    assert after is not None
    way = np.array(
        [
            float(plot.across(after[0]) - plot.across(before[0])),
            float(plot.down(after[1]) - plot.down(before[1])),
        ]
    )
    arrow = np.array(plot._arrows.step.vector)
    assert arrow @ way / np.linalg.norm(arrow) / np.linalg.norm(way) == pytest.approx(1, abs=1e-3)
    assert plot._arrows.step.start == pytest.approx(
        (float(plot.across(before[0])), float(plot.down(before[1]))), abs=0.01
    )


def test_long_path_is_drawn_in_few_pieces(plot: LandscapePlot) -> None:
    run = run_of(4000, {"stop.epochs": 5000})
    shown(plot, run)
    path, _ = plot._trails.drawn
    assert path.elementCount() <= 2 * 1000
    assert elements(path)[0] == pytest.approx(
        (float(plot.across(-0.20546)), float(plot.down(0.783))), abs=0.01
    )


def test_in_the_past_the_path_beyond_is_fainter(plot: LandscapePlot) -> None:
    run = run_of(90)
    run.seek(20)
    shown(plot, run)
    path, ahead = plot._trails.drawn
    view = run.view()
    assert view.numbers is not None
    here = (float(plot.across(view.numbers[0])), float(plot.down(view.numbers[1])))
    assert elements(path)[-1] == pytest.approx(here, abs=0.01)
    assert elements(ahead)[0] == pytest.approx(here, abs=0.01)
    last = [float(view.steps.column(name)[-1]) for name in ("w", "b")]
    assert elements(ahead)[-1] == pytest.approx(
        (float(plot.across(last[0])), float(plot.down(last[1]))), abs=0.01
    )
    strong, faint = plot._trails._item.pen(), plot._trails._ahead_item.pen()
    assert faint.color().alphaF() < 0.7 < strong.color().alphaF()
    assert faint.widthF() < strong.widthF()
    bounds = plot.wanted_bounds
    run.seek(70)
    plot.refresh(at(run))
    assert plot.wanted_bounds == bounds  # dragging the timeline moves no range


def test_ghosts_on_the_same_points_are_drawn_in_their_style(plot: LandscapePlot) -> None:
    run = run_of(30)
    others = [
        run_of(20, {"learning_rate": 0.05}),
        run_of(20, {"seeds.data": 7}),  # other points: on another landscape
        run_of(20, {"loss": "mae"}),
    ]
    ghosts = tuple(
        Ghost(number, "", number, other.view()) for number, other in enumerate(others, start=1)
    )
    shown(plot, run, ghosts=ghosts)
    lines = plot._trails._lines
    assert lines.shown == (1, 3)
    for item, style in zip(lines._items, (1, 3), strict=False):
        assert item.pen() == ghost_pen(style, LIGHT)
    numbers = ghosts[0].view.numbers
    assert numbers is not None
    end = elements(lines.paths[0])[-1]
    assert end == pytest.approx(
        (float(plot.across(numbers[0])), float(plot.down(numbers[1]))), abs=0.01
    )
    plot.refresh(at(run))
    assert lines.shown == ()


# Gradients.


def test_arrow_is_the_step_in_direction_and_says_how_long(plot: LandscapePlot) -> None:
    run = rest(Phase.BACKWARD, 56)
    shown(plot, run)
    arrow = plot._arrows.step
    assert arrow.shown
    dw, db = 0.01 * 0.0558, -0.01 * 0.1801  # −η·∂L of the article's epoch 57
    way = np.array(
        [
            dw / (plot.x_scale.high - plot.x_scale.low) * plot.area.width(),
            -db / (plot.y_scale.high - plot.y_scale.low) * plot.area.height(),
        ]
    )
    length = np.linalg.norm(way)
    vector = np.array(arrow.vector)
    assert vector @ way / length / np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
    times = np.linalg.norm(vector) / length
    said = arrow.tag.text.removeprefix("−η·∂L × ").replace(",", "")
    assert float(said) == pytest.approx(times, rel=0.06)
    assert arrow._shaft.pen().color().name() == LIGHT.gradient.lower()


def test_arrow_of_a_long_step_is_as_long_as_it_is(plot: LandscapePlot) -> None:
    run = rest(Phase.BACKWARD, 1, {"learning_rate": 0.03})
    shown(plot, run)
    before = run.view().numbers
    run.advance()
    after = run.view().numbers
    assert before is not None
    assert after is not None
    arrow = plot._arrows.step
    assert arrow.tag.text == "−η·∂L"
    tip = np.array(arrow.start) + np.array(arrow.vector)
    there = (float(plot.across(after[0])), float(plot.down(after[1])))
    assert tip == pytest.approx(there, abs=0.1)
    # After UPDATE it still starts where the gradient was taken.
    plot.refresh(at(run, landscape=plot.landscape))
    assert arrow.start == pytest.approx(
        (float(plot.across(before[0])), float(plot.down(before[1]))), abs=0.1
    )


def test_no_arrow_before_backward(plot: LandscapePlot) -> None:
    run = rest(Phase.LOSS)
    shown(plot, run)
    assert not plot._arrows.step.shown
    run.advance()
    run.advance()
    plot.refresh(at(run, landscape=plot.landscape))
    assert plot._arrows.step.shown


def test_selected_point_has_an_arrow_of_its_own(plot: LandscapePlot) -> None:
    run = rest(Phase.BACKWARD, 3)
    point = look.point_view(run, 30)
    shown(plot, run, point=point)
    arrow = plot._arrows.point
    assert arrow.shown
    dw, db = point.own_direction
    way = np.array(
        [
            dw / (plot.x_scale.high - plot.x_scale.low) * plot.area.width(),
            -db / (plot.y_scale.high - plot.y_scale.low) * plot.area.height(),
        ]
    )
    vector = np.array(arrow.vector)
    cosine = vector @ way / np.linalg.norm(vector) / np.linalg.norm(way)
    assert cosine == pytest.approx(1, abs=1e-6)
    assert "point 31" in arrow.tag.text
    assert arrow._shaft.pen().dashPattern()
    assert not plot._arrows.step._shaft.pen().dashPattern()
    plot.refresh(at(run, landscape=plot.landscape))
    assert not arrow.shown


@pytest.mark.parametrize("bad", [math.nan, math.inf, 0.0])
def test_arrows_without_a_direction_are_left_out(plot: LandscapePlot, bad: float) -> None:
    run = rest(Phase.BACKWARD, 3)
    point: PointView = replace(look.point_view(run, 0), own_direction=(bad, bad))
    snapshot = shown(plot, run)
    step = snapshot.step_view
    assert step is not None
    plot.refresh(replace(snapshot, point=point, step_view=replace(step, gradients=(bad, bad))))
    assert not plot._arrows.step.shown
    assert not plot._arrows.point.shown


def test_nothing_else_is_vermilion(plot: LandscapePlot) -> None:
    run = rest(Phase.LOSS)
    shown(plot, run)
    image = plot.grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert LIGHT.gradient.lower() not in colours
    run.advance()
    run.advance()
    plot.refresh(at(run, landscape=plot.landscape))
    image = plot.grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert LIGHT.gradient.lower() in colours


# The relief.


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_bands_deepen_towards_the_optimum(plot: LandscapePlot, theme: Theme) -> None:
    plot.set_theme(theme)
    shown(plot, rest(Phase.LOSS, 5))
    picture = plot._relief._picture.pixmap().toImage()
    data, panel = theme.data, theme.panel

    def depth(w: float, b: float) -> float:
        """How far the colour there is from the panel's, as a share of the way to blue."""
        x, y = round(float(plot.across(w))), round(float(plot.down(b)))
        shade = picture.pixelColor(x, y)
        low, high = (int(colour[5:7], 16) for colour in (panel, data))
        red_low, red_high = (int(colour[1:3], 16) for colour in (panel, data))
        if abs(red_high - red_low) > abs(high - low):
            return (shade.red() - red_low) / (red_high - red_low)
        return (shade.blue() - low) / (high - low)

    way = [depth(2.01379 - 2.5 * share, 0.91359) for share in (0.02, 0.1, 0.25, 0.5, 0.95)]
    assert way == sorted(way, reverse=True)
    assert way[0] > way[-1] + 0.3


def test_labels_stand_on_their_contours_inside_and_apart(plot: LandscapePlot) -> None:
    snapshot = shown(plot, rest(Phase.LOSS, 5))
    view = snapshot.view
    assert view is not None
    relief = plot._relief
    assert 3 <= len(relief.labels) <= 5
    train = view.data.train
    for text, (w, b) in zip(relief.labels, relief._spots, strict=True):
        assert text.startswith("L = ")
        error = w * train.inputs[:, 0] + b - train.targets
        level = float(text[4:].replace(",", ""))
        assert np.mean(error**2) - 0.2037 == pytest.approx(level - 0.2037, rel=0.1)
    boxes = relief.boxes
    for index, box in enumerate(boxes):
        assert plot.area_rect.contains(box)
        assert not any(box.intersects(other) for other in boxes[:index])


def test_relief_is_painted_once_not_per_frame(
    plot: LandscapePlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(10)
    shown(plot, run)
    painted: list[object] = []
    monkeypatch.setattr(plot._relief, "_paint", painted.append)
    for _ in range(20):
        run.advance()
        plot.refresh(at(run, landscape=plot.landscape))
    assert painted == []


# Ranges.


def wider(view: LandscapeView) -> LandscapeView:
    bounds = view.bounds
    return replace(
        view,
        bounds=landscape_view.Bounds(
            bounds.first_low - 2, bounds.first_high + 2, bounds.second_low, bounds.second_high
        ),
    )


def test_ranges_ease_to_those_of_a_new_landscape_and_rest(
    plot: LandscapePlot, qtbot: QtBot
) -> None:
    snapshot = shown(plot, run_of(10))
    before = plot.x_scale
    assert snapshot.landscape is not None
    plot.refresh(replace(snapshot, landscape=wider(snapshot.landscape)))
    assert plot._glide.moving
    seen = {plot.x_scale.low}
    end = time.monotonic() + 3
    while plot._glide.moving and time.monotonic() < end:
        QApplication.processEvents()
        seen.add(plot.x_scale.low)
        assert before.low - 2 - 1e-9 <= plot.x_scale.low <= before.low
    assert len(seen) >= 3  # on the way, not at once
    assert plot.x_scale.low == pytest.approx(before.low - 2)
    assert plot.x_scale.high == pytest.approx(before.high + 2)
    assert plot._relief.labels
    transform = plot._relief._picture.transform()
    assert (transform.m11(), transform.dx()) == pytest.approx((1, 0), abs=1e-9)


def test_on_the_way_the_picture_lies_under_the_path(plot: LandscapePlot) -> None:
    snapshot = shown(plot, run_of(10))
    assert snapshot.landscape is not None
    landscape = wider(snapshot.landscape)
    plot.refresh(replace(snapshot, landscape=landscape))
    QTest.qWait(60)
    if plot._glide.moving:
        picture = plot._relief._picture
        width, height = plot.area.width(), plot.area.height()
        bounds = landscape.bounds
        for w, b in [(2.0, 1.0), (-0.2, 0.8)]:
            at_end = QPointF(
                (w - bounds.first_low) / bounds.width * width,
                (bounds.second_high - b) / bounds.height * height,
            )
            now = picture.transform().map(at_end)
            assert (now.x(), now.y()) == pytest.approx(
                (float(plot.across(w)), float(plot.down(b))), abs=0.01
            )
    settle(plot)


def test_hidden_plot_does_not_move_and_catches_up(plot: LandscapePlot) -> None:
    run = run_of(10)
    snapshot = shown(plot, run)
    assert snapshot.landscape is not None
    plot.refresh(replace(snapshot, landscape=wider(snapshot.landscape)))
    plot.hide()
    assert not plot._glide.moving
    x = plot.x_scale
    for _ in range(5):
        run.advance()
    plot.refresh(at(run, landscape=snapshot.landscape))
    assert plot.x_scale == x
    assert len(plot._trails.path) == 11
    plot.show()
    settle(plot)
    assert len(plot._trails.path) == 12
    assert plot.landscape is snapshot.landscape


def test_landscape_of_other_data_is_not_shown(plot: LandscapePlot) -> None:
    snapshot = shown(plot, run_of(3))
    other = run_of(3, {"seeds.data": 9})
    plot.refresh(at(other, landscape=snapshot.landscape))
    assert plot.landscape is None
    assert plot._waiting.isVisible()
    assert "computing" in plot._waiting.text
    settle(plot)
    same = run_of(3, {"learning_rate": 0.02})
    plot.refresh(at(same, landscape=snapshot.landscape))
    assert plot.landscape is snapshot.landscape
    assert not plot._waiting.isVisible()
    settle(plot)
    plot.refresh(at(same))  # none for a moment: the one that is known stays
    assert plot.landscape is snapshot.landscape


# Nothing to show.


def test_says_why_there_is_nothing(plot: LandscapePlot) -> None:
    plot.refresh(Snapshot(0, State.LOADING, ARTICLE))
    assert "w and b" in plot._note.text
    assert plot.wanted_bounds is None
    run = run_of(2)
    early = replace(run.view(), phase=Phase.DATA, numbers=None, initial=None)
    plot.refresh(Snapshot(0, State.PAUSED, ARTICLE, view=early))
    assert plot._note.text
    shown(plot, run)
    assert plot._note.text == ""
    assert plot.wanted_bounds is not None


def test_what_is_said_in_its_place_fits(plot: LandscapePlot) -> None:
    plot.refresh(Snapshot(0, State.LOADING, ARTICLE))
    box = QRectF(plot._note._item.pos(), plot._note._item.boundingRect().size())
    assert plot.area_rect.contains(box)


def test_flat_or_infinite_loss_is_said_to_be_so(plot: LandscapePlot) -> None:
    snapshot = shown(plot, run_of(2))
    assert snapshot.landscape is not None
    plot.refresh(replace(snapshot, landscape=replace(snapshot.landscape, contours=())))
    assert "no contours" in plot._waiting.text


def test_diverged_run_is_drawn_as_far_as_it_can_be(plot: LandscapePlot) -> None:
    run = run_of(10_000, {"learning_rate": 0.3, "stop.epochs": 20_000})
    assert run.stopped is not None
    shown(plot, run)
    assert plot._places._items["best"].isVisible()
    assert not plot._arrows.step.shown
    plot.grab()


# The start.


def begin_drag(plot: LandscapePlot, off: QPoint | None = None) -> QPoint:
    start = pixel(plot, *plot._places.at["start"])
    QTest.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + (off or QPoint()))
    return start


def test_dragging_the_start_tells_its_new_place_and_sets_it(
    plot: LandscapePlot, qtbot: QtBot
) -> None:
    shown(plot, run_of(5))
    moved: list[tuple[float, float]] = []
    plot.start_moved.connect(lambda w, b: moved.append((w, b)))
    off = QPoint(8, -8)  # grabbed off its middle, it keeps that distance
    begin_drag(plot, off)
    target = pixel(plot, 1.0, 2.0)
    QTest.mouseMove(plot.viewport(), target + off)
    assert plot.start_dragging
    assert plot._places._items["dragged"].isVisible()
    assert plot.hovered.startswith("new start w 1")
    assert "loss ≈" in plot.hovered
    assert plot.viewport().cursor().shape() is Qt.CursorShape.ClosedHandCursor
    assert moved == []
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=target + off)
    assert not plot.start_dragging
    ((w, b),) = moved
    per_pixel = (plot.x_scale.high - plot.x_scale.low) / plot.area.width()
    assert w == pytest.approx(1.0, abs=1.5 * per_pixel)
    assert b == pytest.approx(2.0, abs=1.5 * per_pixel)
    assert len(f"{w:g}") <= 6
    assert w == float(f"{w:.3f}")
    assert not plot._places._items["dragged"].isVisible()


def test_esc_cancels_before_any_shortcut_and_gives_the_focus_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    field, plot = QLineEdit(), LandscapePlot()
    layout.addWidget(field)
    layout.addWidget(plot)
    window.resize(480, 420)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    escaped: list[bool] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
    shortcut.activated.connect(lambda: escaped.append(True))
    field.setFocus()
    shown(plot, run_of(5))
    moved: list[float] = []
    plot.start_moved.connect(lambda w, _b: moved.append(w))
    start = begin_drag(plot)
    QTest.mouseMove(plot.viewport(), start + QPoint(40, 40))
    assert plot.start_dragging
    focus = QApplication.focusWidget()
    assert focus is plot
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert not plot.start_dragging
    assert escaped == []
    assert field.hasFocus()
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(40, 40))
    assert moved == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert escaped == [True]


def test_click_without_a_move_sets_nothing(plot: LandscapePlot) -> None:
    shown(plot, run_of(5))
    moved: list[float] = []
    plot.start_moved.connect(lambda w, _b: moved.append(w))
    start = begin_drag(plot)
    QTest.mouseMove(plot.viewport(), start + QPoint(1, 1))
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(1, 1))
    QTest.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel(plot, 1.5, -0.2))
    QTest.mouseMove(plot.viewport(), pixel(plot, 0.5, 0.5))
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel(plot, 0.5, 0.5))
    QTest.mousePress(plot.viewport(), Qt.MouseButton.RightButton, pos=start)
    QTest.mouseMove(plot.viewport(), pixel(plot, 0.5, 0.5))
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.RightButton, pos=start)
    assert moved == []
    assert not plot.start_dragging


def test_start_stays_within_the_ranges(plot: LandscapePlot) -> None:
    shown(plot, run_of(5))
    moved: list[tuple[float, float]] = []
    plot.start_moved.connect(lambda w, b: moved.append((w, b)))
    begin_drag(plot)
    QTest.mouseMove(plot.viewport(), QPoint(9999, -9999))
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(9999, -9999))
    ((w, b),) = moved
    assert plot.x_scale.high - 0.05 < w <= plot.x_scale.high
    assert plot.y_scale.high - 0.05 < b <= plot.y_scale.high


def test_weights_that_no_run_takes_are_not_offered(plot: LandscapePlot) -> None:
    run = Run(ARTICLE.changed({"initial": (1e6, -1e6)}))
    while run.advance() is not Phase.INIT:
        pass
    shown(plot, run)
    moved: list[tuple[float, float]] = []
    plot.start_moved.connect(lambda w, b: moved.append((w, b)))
    begin_drag(plot)
    QTest.mouseMove(plot.viewport(), QPoint(9999, 9999))
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(9999, 9999))
    ((w, b),) = moved
    ARTICLE.changed({"initial": (w, b)})  # raises for weights out of range
    assert (w, b) == (1e6, -1e6)


def test_hiding_or_a_new_run_in_mid_drag_is_no_harm(plot: LandscapePlot) -> None:
    shown(plot, run_of(5))
    moved: list[float] = []
    plot.start_moved.connect(lambda w, _b: moved.append(w))
    start = begin_drag(plot)
    QTest.mouseMove(plot.viewport(), start + QPoint(40, 40))
    plot.refresh(Snapshot(1, State.LOADING, ARTICLE.changed({"seeds.data": 5})))
    plot.refresh(at(run_of(1, {"seeds.data": 5})))
    QTest.mouseMove(plot.viewport(), start + QPoint(50, 40))
    plot.hide()
    assert not plot.start_dragging
    plot.show()
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(50, 40))
    assert moved == []
    settle(plot)


def test_other_keys_are_the_windows(plot: LandscapePlot) -> None:
    shown(plot, run_of(5))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        event.accept()
        plot.keyPressEvent(event)
        assert not event.isAccepted()


# Under the mouse.


def test_loss_under_the_mouse(plot: LandscapePlot) -> None:
    snapshot = shown(plot, run_of(5))
    assert snapshot.view is not None
    QTest.mouseMove(plot.viewport(), pixel(plot, 1.0, 0.5))
    text = plot.hovered
    assert text.startswith("w ")
    assert plot.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    w, b = (float(part.split()[1]) for part in text.split(" · ")[0].split(", "))
    loss = float(text.split("≈ ")[1])
    train = snapshot.view.data.train
    assert loss == pytest.approx(
        np.mean((w * train.inputs[:, 0] + b - train.targets) ** 2), rel=0.02
    )
    assert plot.area_rect.contains(plot._mouse.label.box)
    QTest.mouseMove(plot.viewport(), pixel(plot, *plot._places.at["start"]))
    assert "drag it" in plot.hovered
    assert "w −0.2055" in plot.hovered
    assert plot.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot.hovered == ""


# Looks.


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(240, 180), (330, 280), (900, 600)])
def test_labels_lie_inside_and_clear_of_marks(
    plot: LandscapePlot, theme: Theme, size: tuple[int, int]
) -> None:
    plot.set_theme(theme)
    plot.resize(*size)
    run = rest(Phase.BACKWARD, 20)
    shown(plot, run, point=look.point_view(run, 30))
    places = plot._places
    assert places._tags["start"].isVisible()
    marks = [QRectF(i.x() - 5, i.y() - 5, 10, 10) for i in places._items.values() if i.isVisible()]
    named = [tag.box for tag in places._tags.values() if tag.isVisible()]
    for index, box in enumerate(named):
        assert plot.area_rect.contains(box)
        assert not any(box.intersects(other) for other in [*marks, *named[:index]])
    for arrow in (plot._arrows.step, plot._arrows.point):
        assert plot.area_rect.contains(arrow.tag.box)


def test_export_is_a_light_vector_copy(plot: LandscapePlot) -> None:
    plot.set_theme(DARK)
    shown(plot, rest(Phase.BACKWARD, 20))
    twin = plot.copy_for_export()
    assert twin.theme is LIGHT
    assert twin.landscape is plot.landscape
    assert (twin.x_scale, twin.y_scale) == (plot.x_scale, plot.y_scale)
    assert not twin._glide.moving
    svg = render(plot, "svg", Size(120, 90), "Landscape").decode()
    assert "<image" not in svg
    assert "L = " in svg
    assert svg.count("<path") > 15
    assert render(plot, "png", Size(400, 300), "").startswith(b"\x89PNG")
    twin.deleteLater()


def test_accessible_name(plot: LandscapePlot) -> None:
    assert plot.objectName() == "landscape_plot"
    assert "loss over the weights" in plot.accessibleName()
    assert "initial weights" in plot.accessibleDescription()


# At a frame's cost.


def cost(plot: LandscapePlot, snapshots: Sequence[Snapshot]) -> float:
    """The median of refreshing, in seconds."""
    took = []
    for snapshot in snapshots:
        began = time.perf_counter()
        plot.refresh(snapshot)
        took.append(time.perf_counter() - began)
    return float(np.median(took))


def test_refresh_is_cheap_however_long_the_run(plot: LandscapePlot) -> None:
    run = run_of(3000, {"stop.epochs": 10_000})
    shown(plot, run)
    snapshots = []
    for _ in range(60):
        while run.advance() is not Phase.UPDATE:
            pass
        snapshots.append(at(run, State.RUNNING, landscape=plot.landscape))
    assert cost(plot, snapshots) < 0.002
    paused = [replace(each, state=State.PAUSED) for each in snapshots]
    assert cost(plot, paused) < 0.004
    assert plot._trails.path[-1] == pytest.approx(np.array(run.view().numbers))


def test_while_it_runs_names_stay_and_are_placed_when_it_halts(plot: LandscapePlot) -> None:
    run = rest(Phase.BACKWARD, 2)
    landscape = shown(plot, run).landscape
    placed: list[object] = []
    original = plot._arrows.place_labels
    plot._arrows.place_labels = lambda busy: (placed.append(busy), original(busy))[1]  # type: ignore[method-assign,func-returns-value]
    for _ in range(40):
        run.advance()
        plot.refresh(at(run, State.RUNNING, landscape=landscape))
    assert placed == []
    plot.refresh(at(run, landscape=landscape))
    assert len(placed) == 1


def test_a_landscape_is_kept_while_the_next_run_is_being_made(plot: LandscapePlot) -> None:
    snapshot = shown(plot, rest(Phase.LOSS))
    # A reset: for a moment there is no run, and no mark to keep the labels clear of.
    plot.refresh(Snapshot(1, State.LOADING, snapshot.experiment))
    assert plot.landscape is not None
    assert plot._places.at == {}
