"""The picture of filters: where all lies, which colours it has, what is said of its parts."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.look_units import maps_view, weights_view
from guitrain.core.run import Run
from guitrain.plots.filters import FilterDiagram
from guitrain.plots.filters_layout import Box, FilterSpot, Kind, lay_out, parameter_of
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from tests.core.recipes import begun


def cnn_run(*filters: int, activation: str = "tanh") -> Run:
    model = Choice("cnn", {"filters": filters, "activation": activation})
    changes = {"data": "digits", "model": model, "test_fraction": 0.9, "batch_size": 60}
    return begun(Experiment().changed(changes))


def looked_at(run: Run, row: int | None = None, state: State = State.PAUSED) -> Snapshot:
    return Snapshot(
        0,
        state,
        run.experiment,
        view=run.view(),
        weights=weights_view(run),
        maps=maps_view(run, row),
    )


@pytest.fixture
def diagram(qtbot: QtBot) -> FilterDiagram:
    made = FilterDiagram()
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    return made


@pytest.mark.parametrize("filters", [(1,), (8,), (8, 16), (32, 32), (1, 32)])
@pytest.mark.parametrize("size", [(180, 90), (376, 200), (1200, 700)])
def test_no_two_pictures_touch(filters: tuple[int, ...], size: tuple[int, int]) -> None:
    places = lay_out(filters, 10, *map(float, size))
    boxes: list[Box] = [places.image, *places.answers]
    for column, count in zip(places.columns, filters, strict=True):
        boxes += [column.map_box(number) for number in range(count)]
        if column.kernel:
            boxes += [column.filter_box(number) for number in range(count)]
    for at, (left, top, wide, high) in enumerate(boxes):
        assert 0 <= left <= left + wide <= places.width
        assert 0 <= top <= top + high <= places.height
        for other in boxes[at + 1 :]:
            apart_x = other[0] >= left + wide or left >= other[0] + other[2]
            apart_y = other[1] >= top + high or top >= other[1] + other[3]
            assert apart_x or apart_y


def test_a_usual_net_fits_into_a_usual_panel() -> None:
    for filters in ((8,), (8, 16), (32, 32)):
        places = lay_out(filters, 10, 376.0, 200.0)
        assert (places.width, places.height) == (376.0, 200.0), filters


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_pixel_is_a_number_of_the_net(diagram: FilterDiagram, theme: Theme) -> None:
    run = cnn_run(2, 3)
    snapshot = looked_at(run, 7)
    diagram.set_theme(theme)
    diagram.refresh(snapshot)
    maps, weights = snapshot.maps, snapshot.weights
    assert maps is not None
    assert weights is not None
    shown = [item.pixmap().toImage() for item in diagram._pictures]
    kernels = weights.parameters[0][:, 0]
    wanted = [*maps.layers[0], *kernels, *maps.layers[1]]
    assert len(shown) == 1 + len(wanted)
    largest = [np.abs(maps.layers[0]).max()] * 2 + [np.abs(kernels).max()] * 2
    largest += [np.abs(maps.layers[1]).max()] * 3
    ground = QColor(theme.panel)
    for image, values, most in zip(shown[1:], wanted, largest, strict=True):
        assert (image.height(), image.width()) == values.shape
        for (row, column), value in np.ndenumerate(values):
            full = QColor(theme.data if value >= 0 else theme.negative)
            share = round(127 * abs(value) / most) / 127
            seen = image.pixelColor(column, row)
            for part in ("red", "green", "blue"):
                own, base = getattr(full, part)(), getattr(ground, part)()
                assert abs(getattr(seen, part)() - (base + share * (own - base))) <= 2
    ink = np.argwhere(maps.image == 16)[0].tolist()
    assert shown[0].pixelColor(ink[1], ink[0]).name().upper() == theme.text.upper()
    paper = np.argwhere(maps.image == 0)[0].tolist()
    assert shown[0].pixelColor(paper[1], paper[0]).name().upper() == theme.panel.upper()


def middle(diagram: FilterDiagram, box: Box, size: int, row: int, column: int) -> QPoint:
    left, top, wide, high = box
    x, y = left + (column + 0.5) * wide / size, top + (row + 0.5) * high / size
    return diagram.mapFromScene(x, y)


def test_what_is_pointed_at_is_told(diagram: FilterDiagram, qtbot: QtBot) -> None:
    run = cnn_run(4, 3)
    run.run_until(float("inf"), 2)
    snapshot = looked_at(run)
    diagram.refresh(snapshot)
    places, words, maps = diagram.places, diagram.words, snapshot.maps
    assert places is not None
    assert words is not None
    assert maps is not None
    seen: list[FilterSpot | None] = []
    diagram.pointed.connect(seen.append)
    view = diagram.viewport()
    QTest.mouseMove(view, middle(diagram, places.image, 8, 2, 3))
    QTest.mouseMove(view, middle(diagram, places.columns[0].filter_box(3), 3, 0, 2))
    QTest.mouseMove(view, middle(diagram, places.columns[1].map_box(2), 4, 3, 1))
    pixel, weight, given = seen
    assert pixel == FilterSpot(Kind.PIXEL, 0, (2, 3))
    assert weight == FilterSpot(Kind.PARAMETER, 0, (3, 0, 0, 2))
    assert given == FilterSpot(Kind.MAP, 1, (2, 3, 1))
    assert pixel is not None
    assert weight is not None
    assert given is not None
    assert words.value(pixel) == f"r3c4 = {maps.image[2, 3]:g}, a pixel of the image"
    assert parameter_of(pixel) is None
    number = run.learner.parameters[0][3, 0, 0, 2].item()
    assert words.value(weight).startswith("K1[3, 0, 0, 2] = ")
    assert f"{abs(number):.4g}" in words.value(weight)
    assert words.gradient(weight).endswith("(step 2)")
    assert words.value(given).startswith("Filter 2 gives ")
    assert f"{abs(maps.layers[1][2, 3, 1]):.4g}" in words.value(given)
    assert "at [3, 1]" in words.value(given)
    assert words.gradient(given) == ""
    assert parameter_of(given) == (3, (2,))
    chosen: list[FilterSpot] = []
    diagram.chosen.connect(chosen.append)
    pixel_at = middle(diagram, places.image, 8, 2, 3)
    for place in (pixel_at, middle(diagram, places.columns[0].map_box(1), 8, 4, 4)):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [FilterSpot(Kind.MAP, 0, (1, 4, 4))]


def test_the_answer_is_the_softmax_of_the_outputs(diagram: FilterDiagram) -> None:
    run = cnn_run(2)
    snapshot = looked_at(run, 3)
    diagram.refresh(snapshot)
    words, maps = diagram.words, snapshot.maps
    assert words is not None
    assert maps is not None
    powers = np.exp(maps.outputs.astype(np.float64))
    assert words.chances == pytest.approx((powers / powers.sum()).tolist(), rel=1e-6)
    best = int(np.argmax(powers))
    text = f"Point 4, class {maps.target:g}: told as {best} ({100 * max(words.chances):.1f} %)."
    assert words.caption() == text
    assert diagram._names[best].text == f"{best}  {100 * max(words.chances):.0f} %"


def test_a_diverged_net_is_drawn(diagram: FilterDiagram) -> None:
    run = cnn_run(2)
    for parameter in run.learner.parameters:
        parameter.detach().fill_(float("nan"))
    diagram.refresh(looked_at(run))
    assert diagram.words is not None
    assert diagram.words.caption()
    assert diagram.words.value(FilterSpot(Kind.MAP, 0, (0, 1, 1)))
    diagram.resize(200, 120)


def test_where_not_all_fits_the_image_is_seen_first(diagram: FilterDiagram) -> None:
    diagram.resize(300, 110)
    diagram.verticalScrollBar().setValue(diagram.verticalScrollBar().maximum())
    QCoreApplication.processEvents()
    assert diagram.verticalScrollBar().value() > 0  # as Qt leaves it in a panel that grows smaller
    diagram.refresh(looked_at(cnn_run(8, 16)))
    QCoreApplication.processEvents()
    assert diagram.verticalScrollBar().maximum() > 0
    assert diagram.verticalScrollBar().value() == diagram.horizontalScrollBar().value() == 0
