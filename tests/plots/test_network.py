"""The drawn network: where its units stand, what its edges and boxes show, what is pointed at."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice
from guitrain.core.look_units import units_view, weights_view
from guitrain.core.models import Form
from guitrain.core.run import Run
from guitrain.core.units import Over, Samples, UnitsView, WeightsView, layers_of, samples_of
from guitrain.plots.network import NetworkDiagram
from guitrain.plots.network_layout import (
    LEAST_TILE,
    Kind,
    Spot,
    lay_out,
    most_edges,
    nearest_edge,
    parameter_of,
    spot_of,
    strongest,
)
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from tests.plots.runs import run_of


def net(*hidden: int) -> dict[str, Any]:
    return {"model": Choice("mlp", {"hidden": hidden}), "initial": None}


def ready(run: Run) -> Run:
    while not run.learner.ready:
        run.advance()
    return run


def seen(run: Run, state: State = State.PAUSED) -> Snapshot:
    ready(run)
    count = sum(layer.units for layer in layers_of(run.experiment.form))
    samples = samples_of(run.learner.data, count)
    return Snapshot(
        0,
        state,
        run.experiment,
        view=run.view(),
        weights=weights_view(run),
        units=units_view(run, samples),
    )


@pytest.fixture
def diagram(qtbot: QtBot) -> NetworkDiagram:
    made = NetworkDiagram()
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    return made


# Places.


@pytest.mark.parametrize("counts", [(1, 1), (1, 8, 8, 1), (2, 4, 3), (64, 32, 10), (9, 1)])
@pytest.mark.parametrize("size", [(180, 90), (400, 240), (900, 700)])
def test_no_two_boxes_touch_and_each_is_large_enough(
    counts: tuple[int, ...], size: tuple[int, int]
) -> None:
    places = lay_out(counts, 40.0, *map(float, size))
    assert places.tile >= LEAST_TILE
    boxes = [places.box(c, n) for c, count in enumerate(counts) for n in range(count)]
    for at, (left, top, wide, high) in enumerate(boxes):
        assert 0 <= left <= left + wide <= places.width
        assert 0 <= top <= top + high <= places.height
        for other in boxes[at + 1 :]:
            apart_x = other[0] >= left + wide or left >= other[0] + other[2]
            apart_y = other[1] >= top + high or top >= other[1] + other[3]
            assert apart_x or apart_y


def test_a_usual_network_fits_into_a_usual_panel_and_the_largest_is_scrolled() -> None:
    places = lay_out((1, 8, 8, 1), 30.0, 380.0, 215.0)
    assert (places.width, places.height) == (380.0, 215.0)
    places = lay_out((1, *(32,) * 6, 1), 30.0, 380.0, 215.0)
    assert places.height > 600
    assert places.width == 380.0


def test_the_strongest_edges_are_the_largest_weights() -> None:
    matrix = np.random.default_rng(0).normal(0, 1, (32, 32)).astype(np.float32)
    units, sources = strongest(matrix, 50)
    assert len({*zip(units.tolist(), sources.tolist(), strict=True)}) == 50
    assert np.sort(np.abs(matrix[units, sources])).tolist() == np.sort(np.abs(matrix).ravel())[
        -50:
    ].tolist()  # fmt: skip
    matrix[3, 4] = np.nan
    units, sources = strongest(matrix, 1)
    assert (units[0], sources[0]) == (3, 4)
    assert len(strongest(matrix[:2, :2], 50)[0]) == 4


def test_the_nearest_edge_is_found_by_distance() -> None:
    x, y = np.array([[0.0, 10.0], [0.0, 10.0]]), np.array([[0.0, 0.0], [0.0, 10.0]])
    assert nearest_edge(x, y, (5.0, 1.0), 3.0) == 0
    assert nearest_edge(x, y, (5.0, 4.0), 3.0) == 1
    assert nearest_edge(x, y, (5.0, 9.0), 2.0) is None
    assert nearest_edge(x[:0], y[:0], (0.0, 0.0), 9.0) is None


@pytest.mark.parametrize("changes", [{}, net(3, 2), {"model": "polynomial", "initial": None}])
def test_every_parameter_has_a_spot_of_its_own(changes: dict[str, Any]) -> None:
    form = run_of(0, changes).experiment.form
    layers = layers_of(form)
    spots = set()
    for tensor, (_, shape) in enumerate(form.tensors):
        for index in np.ndindex(*shape):
            spot = spot_of(tensor, index, layers)
            assert spot is not None
            assert parameter_of(spot, layers) == (tensor, index)
            spots.add(spot)
    assert len(spots) == form.count


# The picture.


def drawn(diagram: NetworkDiagram, sign: int) -> list[tuple[tuple[float, float], ...]]:
    """The ends of the edges of a sign."""
    found: list[tuple[tuple[float, float], ...]] = []
    for (each, _), item in diagram._lines.items():
        path = item.path()
        if each == sign:
            points = [path.elementAt(k) for k in range(path.elementCount())]
            ends = [(p.x, p.y) for p in points]
            found += list(zip(ends[::2], ends[1::2], strict=True))
    return found


def test_edges_wear_the_sign_of_their_weight_by_colour_and_dashes(diagram: NetworkDiagram) -> None:
    run = run_of(3, net(3, 2))
    diagram.refresh(seen(run))
    weights = [p for p in weights_view(run).parameters if p.ndim == 2]
    assert len(drawn(diagram, 1)) == sum(int((w > 0).sum()) for w in weights)
    assert len(drawn(diagram, -1)) == sum(int((w < 0).sum()) for w in weights)
    assert diagram.places is not None
    for sign, count in ((1, 0), (-1, 0)):
        for number, layer in enumerate(weights):
            for unit, source in np.argwhere(np.sign(layer) == sign):
                x, y = diagram.places.ends(number, np.array([unit]), np.array([source]))
                ends = tuple((float(a), float(b)) for a, b in zip(x[0], y[0], strict=True))
                assert ends in drawn(diagram, sign)
                count += 1
    for (sign, width), item in diagram._lines.items():
        colour = {1: LIGHT.data, -1: LIGHT.negative, 0: LIGHT.axis}[sign]
        assert QColor(item.pen().color()).name() == colour.lower()
        assert bool(item.pen().dashPattern()) == (sign <= 0)
        if sign and width:
            assert item.pen().widthF() > diagram._lines[sign, width - 1].pen().widthF()


def test_weights_of_zero_have_no_sign(diagram: NetworkDiagram) -> None:
    run = run_of(0, {"model": Choice("mlp", {"hidden": (3,), "scheme": "zeros"}), "initial": None})
    diagram.refresh(seen(run))
    assert (len(drawn(diagram, 0)), drawn(diagram, 1), drawn(diagram, -1)) == (6, [], [])


def test_of_a_large_network_only_the_strongest_edges_are_drawn(diagram: NetworkDiagram) -> None:
    run = run_of(1, net(*(32,) * 6))
    diagram.refresh(seen(run))
    edges = sum(len(drawn(diagram, sign)) for sign in (-1, 0, 1))
    most = most_edges(diagram.layers)
    assert edges == 5 * most + 2 * 32
    assert edges < 400
    assert diagram.verticalScrollBar().maximum() > 0
    assert diagram.words is not None
    assert f"the {most} largest weights" in diagram.words.caption()


def test_boxes_show_what_the_units_give(diagram: NetworkDiagram) -> None:
    run = run_of(20)
    snapshot = seen(run)
    diagram.refresh(snapshot)
    assert diagram.places is not None
    assert snapshot.units is not None
    path = diagram._tiles.curves.path()
    left, top, side, _ = diagram.places.box(1, 0)
    box = path.boundingRect()
    assert left <= box.left() <= box.right() <= left + side
    assert box.right() - box.left() > 0.9 * side
    given = snapshot.units.layers[0][0]
    middle, scale = top + side / 2, np.abs(given).max()
    ends = [path.elementAt(0), path.elementAt(path.elementCount() - 1)]
    for end, value in zip(ends, (given[0], given[-1]), strict=True):
        assert end.y == pytest.approx(middle - value / scale * (side / 2 - 2), abs=0.1)


TWO = Form("ŷ = W2·tanh(W1·x + b1) + b2", "ŷ", (("W1", (3, 2)), ("b1", (3,)), ("W2", (1, 3)),
           ("b2", (1,))), layers=("h1 = tanh(W1·x + b1)", "ŷ = W2·h1 + b2"))  # fmt: skip


def parts(over: Over, values: list[Any]) -> tuple[WeightsView, UnitsView]:
    """Views of a network of two inputs made up by hand."""
    tensors = tuple(np.ones(shape, np.float32) for _, shape in TWO.tensors)
    side = 40 if over is Over.MAP else 0
    ranges = ((0.0, 1.0), (2.0, 3.0)) if over is Over.MAP else ()
    samples = Samples(over, np.zeros((len(values[0][0]), 2)), side, ranges)
    layers = tuple(np.array(layer, np.float32) for layer in values)
    return WeightsView(1, 0, tensors, None, 0), UnitsView(samples, layers)


def of_two(monkeypatch: pytest.MonkeyPatch, over: Over, values: list[Any]) -> Snapshot:
    run = ready(run_of(0))
    monkeypatch.setitem(run.experiment.__dict__, "form", TWO)
    weights, units = parts(over, values)
    return Snapshot(0, State.PAUSED, run.experiment, view=run.view(), weights=weights, units=units)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_of_two_inputs_each_box_is_a_heat_map_with_up_upwards(
    diagram: NetworkDiagram, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    grid = np.zeros((40, 40))
    grid[:20, :20] = 1.0  # at the top left
    grid[20:, 20:] = -1.0
    hidden = [grid.ravel(), -grid.ravel(), np.full(1600, np.nan)]
    diagram.set_theme(theme)
    diagram.refresh(of_two(monkeypatch, Over.MAP, [hidden, [grid.ravel() * 7]]))
    pictures = [item.pixmap().toImage() for item in diagram._tiles.maps]
    assert len(pictures) == 4
    colours = [
        [picture.pixelColor(x, y).name().upper() for x, y in ((5, 5), (35, 35), (35, 5))]
        for picture in pictures
    ]
    assert colours[0] == colours[3] == [theme.data, theme.negative, theme.panel]
    assert colours[1] == [theme.negative, theme.data, theme.panel]
    assert colours[2] == [theme.panel] * 3
    assert diagram.words is not None
    assert "x1 = 0 … 1 (to the right) and x2 = 2 … 3 (upwards)" in diagram.words.caption()


def test_of_many_inputs_each_box_counts_values(
    diagram: NetworkDiagram, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [np.linspace(-1, 1, 100), np.ones(100), np.full(100, np.nan)]
    diagram.refresh(of_two(monkeypatch, Over.POINTS, [hidden, [np.zeros(100)]]))
    assert diagram.places is not None
    path = diagram._tiles.curves.path()
    left, top, side, _ = diagram.places.box(1, 1)
    points = [path.elementAt(k) for k in range(path.elementCount())]
    inside = [
        (p.x - left, p.y - top)
        for p in points
        if left < p.x < left + side and top < p.y < top + side
    ]
    tall = [x for x, y in inside if y < side / 2]
    assert min(tall) > 0.85 * side  # every point gives 1
    assert "how often" in diagram.words.caption()  # type: ignore[union-attr]


def test_what_has_diverged_is_drawn_without_a_word(diagram: NetworkDiagram) -> None:
    run = run_of(500, {**net(4), "learning_rate": 1000.0, "stop.epochs": 500})
    for parameter in run.learner._views:
        parameter[0] = float("nan")
    snapshot = seen(run)
    diagram.refresh(snapshot)
    assert diagram.words is not None
    assert "no finite number" in diagram.words.value(Spot(Kind.UNIT, 1, 0))


# Words, mouse, theme.


def test_what_is_said_of_a_weight_a_bias_a_unit_and_an_input(diagram: NetworkDiagram) -> None:
    run = run_of(57)
    diagram.refresh(seen(run))
    words = diagram.words
    assert words is not None
    weight, bias = Spot(Kind.WEIGHT), Spot(Kind.BIAS)
    assert words.value(weight) == "w = 1.895, from x to ŷ"
    assert words.gradient(weight) == "∂L/∂w = −0.0558 (step 57)"
    assert words.value(bias) == "b = 1.299, the bias of ŷ"
    assert words.value(Spot(Kind.UNIT)).startswith("ŷ gives 0.8")
    assert words.gradient(Spot(Kind.UNIT)) == ""
    assert words.value(Spot(Kind.SOURCE)) == "x: an input of the model"
    diagram.refresh(seen(run_of(0, net(3, 2))))
    words = diagram.words
    assert words is not None
    assert words.value(Spot(Kind.WEIGHT, 1, 1, 2)).endswith("from h1[2] to h2[1]")
    assert words.value(Spot(Kind.WEIGHT, 1, 1, 2)).startswith("W2[1, 2] = ")
    assert words.gradient(Spot(Kind.WEIGHT, 1, 1, 2)) == "no gradient yet"
    assert diagram.accessibleDescription() == (
        "1 – 3 – 2 – 1 units from the inputs to the output, 17 parameters"
    )


def test_edges_boxes_and_biases_are_found_under_the_mouse(
    diagram: NetworkDiagram, qtbot: QtBot
) -> None:
    diagram.refresh(seen(run_of(3, net(3, 2))))
    places = diagram.places
    assert places is not None
    for layer, unit, source in ((0, 2, 0), (1, 1, 0), (2, 0, 1)):
        x, y = places.ends(layer, np.array([unit]), np.array([source]))
        at = QPointF(*(float(each[0] @ (0.3, 0.7)) for each in (x, y)))
        assert diagram.spot_at(at) == Spot(Kind.WEIGHT, layer, unit, source)
        left, top, side, _ = places.box(layer + 1, unit)
        inside = QPointF(left + 0.7 * side, top + 0.3 * side)
        assert diagram.spot_at(inside) == Spot(Kind.UNIT, layer, unit)
        corner = QPointF(*places.bias(layer, unit))
        assert diagram.spot_at(corner) == Spot(Kind.BIAS, layer, unit)
    left, _, wide, _ = places.box(0, 0)
    source_at = QPointF(left + wide / 2, float(places.middles[0][0]))
    assert diagram.spot_at(source_at) == Spot(Kind.SOURCE)
    assert diagram.spot_at(QPointF(2, 2)) is None
    said: list[Spot | None] = []
    diagram.pointed.connect(said.append)
    QTest.mouseMove(diagram.viewport(), diagram.mapFromScene(corner))
    qtbot.waitUntil(lambda: said == [Spot(Kind.BIAS, 2, 0)])
    with qtbot.waitSignal(diagram.chosen) as caught:
        QTest.mouseClick(
            diagram.viewport(), Qt.MouseButton.LeftButton, pos=diagram.mapFromScene(inside)
        )
    assert caught.args == [Spot(Kind.UNIT, 2, 0)]
    with qtbot.assertNotEmitted(diagram.chosen):
        QTest.mouseClick(
            diagram.viewport(), Qt.MouseButton.LeftButton, pos=diagram.mapFromScene(source_at)
        )


def test_the_same_moment_is_not_drawn_twice(
    diagram: NetworkDiagram, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = seen(run_of(3, net(3, 2)))
    diagram.refresh(snapshot)
    count: list[int] = []
    monkeypatch.setattr(diagram, "_draw", lambda *_: count.append(1))
    diagram._cost = 10**6
    diagram.refresh(snapshot)
    assert not count
    diagram.refresh(seen(run_of(4, net(3, 2))))
    assert count == [1]
    diagram.refresh(seen(run_of(5, net(3, 2)), State.RUNNING))
    assert count == [1]  # so soon after the last one, running
    diagram.refresh(seen(run_of(5, net(3, 2))))
    assert count == [1, 1]


def test_an_export_shows_the_same_in_the_light_theme(diagram: NetworkDiagram) -> None:
    diagram.set_theme(DARK)
    diagram.refresh(seen(run_of(3, net(3, 2))))
    copy = diagram.copy_for_export()
    assert copy.theme is LIGHT
    assert [drawn(copy, sign) for sign in (1, -1)] == [drawn(diagram, sign) for sign in (1, -1)]
    copy.deleteLater()


def test_words_need_a_picture(diagram: NetworkDiagram) -> None:
    assert diagram.words is None
    run = run_of(1)
    diagram.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view()))
    assert diagram.words is None
    assert not diagram.root.isVisible()
