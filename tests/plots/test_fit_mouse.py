"""Points drawn by hand on the fit: the mouse and the keys, by real events."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.drawing import Points, choice_of, copied
from guitrain.core.experiment import Experiment
from guitrain.core.look import point_view
from guitrain.plots.fit import FitPlot
from guitrain.plots.fit_range import START_X, START_Y
from guitrain.plots.theme import DARK
from tests.core.recipes import begun

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
FOUR = ((1.0, 2.0), (2.0, 5.0), (3.0, 4.0), (4.0, 8.0))


class Desk:
    """A fit, and somebody who takes what is drawn on it."""

    def __init__(self, plot: FitPlot) -> None:
        self.plot = plot
        self.experiment = Experiment()
        self.edits: list[tuple[Points, str | None]] = []
        self.clicked: list[int] = []
        plot.drawing_changed.connect(self._take)
        plot.point_clicked.connect(self.clicked.append)

    def show(self, points: Points, **changes: object) -> None:
        self.experiment = Experiment().changed(
            {"data": choice_of(points, Experiment()), "test_fraction": 0.0, **changes}
        )
        self.plot.set_drawing(self.experiment, known=False)

    def _take(self, points: Points, burst: str | None) -> None:
        self.edits.append((points, burst))
        self.show(points, test_fraction=self.experiment.test_fraction)

    @property
    def points(self) -> Points:
        assert self.plot.mouse.points is not None
        return self.plot.mouse.points

    def pixel(self, x: float, y: float) -> QPoint:
        plot = self.plot
        place = QPointF(float(plot.across(x)), float(plot.down(y)))
        return plot.mapFromScene(plot.area.mapToScene(place))

    def click(self, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
        QTest.mouseClick(self.plot.viewport(), button, pos=self.pixel(x, y))

    def press(self, x: float, y: float) -> None:
        QTest.mousePress(self.plot.viewport(), LEFT, pos=self.pixel(x, y))

    def move(self, x: float, y: float) -> None:
        QTest.mouseMove(self.plot.viewport(), self.pixel(x, y))

    def release(self, x: float, y: float) -> None:
        QTest.mouseRelease(self.plot.viewport(), LEFT, pos=self.pixel(x, y))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.plot, key, modifiers or Qt.KeyboardModifier.NoModifier)

    @property
    def drawn(self) -> list[tuple[int, int]]:
        """The middles of the training points as they are drawn, in pixels."""
        path = self.plot._train_item.path()
        if path.isEmpty():
            return []
        starts = [path.elementAt(i) for i in range(path.elementCount())]
        begun = [each for each in starts if each.isMoveTo()]
        return [(round(each.x - 3.4), round(each.y)) for each in begun]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    plot = FitPlot()
    qtbot.addWidget(plot)
    plot.resize(700, 400)
    with qtbot.waitExposed(plot):
        plot.show()
    made = Desk(plot)
    made.show(())
    return made


def near(point: tuple[float, ...], x: float, y: float) -> bool:
    """As near as a pixel is."""
    return abs(point[0] - x) < 0.012 and abs(point[1] - y) < 0.06


def test_an_empty_drawing_invites_to_click_and_has_the_usual_range(desk: Desk) -> None:
    assert desk.plot._invitation.text.startswith("Click to add points")
    assert (desk.plot.x_scale, desk.plot.y_scale) == (START_X, START_Y)
    desk.click(1, 2)
    assert desk.plot._invitation.text == ""
    assert len(desk.points) == 1
    assert near(desk.points[0], 1, 2)
    assert desk.drawn == [
        (round(float(desk.plot.across(desk.points[0][0]))),
         round(float(desk.plot.down(desk.points[0][1]))))
    ]  # fmt: skip


def test_clicks_add_points_and_the_axes_stay(desk: Desk) -> None:
    scales = desk.plot.x_scale, desk.plot.y_scale
    for number, (x, y) in enumerate(((1, 2), (4, 11), (0.3, -1.2), (2.5, 6)), start=1):
        desk.click(x, y)
        assert len(desk.points) == number
        assert near(desk.points[-1], x, y)
        assert (desk.plot.x_scale, desk.plot.y_scale) == scales
    assert len(desk.drawn) == 4
    assert [burst for _, burst in desk.edits] == [None] * 4  # each is undone by itself
    assert all(each == float(f"{each:.4g}") for point in desk.points for each in point)


def test_a_point_follows_the_mouse_and_changes_when_it_is_dropped(desk: Desk) -> None:
    desk.show(FOUR)
    scales, before = (desk.plot.x_scale, desk.plot.y_scale), desk.drawn
    desk.press(2, 5)
    for x, y in ((2.2, 5.5), (2.6, 7), (3.5, 9)):
        desk.move(x, y)
        assert desk.edits == []
        assert desk.drawn == [before[0], *before[2:]]  # it is drawn at the mouse instead
        dot = desk.plot.mouse._dot
        assert dot.isVisible()
        assert abs(dot.pos().x() - float(desk.plot.across(x))) < 1.5
        assert abs(dot.pos().y() - float(desk.plot.down(y))) < 1.5
        assert desk.plot.mouse.label.text.startswith(f"x {x:g}"[:4])
        assert (desk.plot.x_scale, desk.plot.y_scale) == scales
    desk.release(3.5, 9)
    assert len(desk.edits) == 1
    assert desk.points[0::2] == FOUR[0::2]
    assert desk.points[3] == FOUR[3]
    assert near(desk.points[1], 3.5, 9)
    assert not desk.plot.mouse._dot.isVisible()
    assert desk.clicked == []
    assert len(desk.drawn) == 4


def test_a_point_grabbed_beside_its_middle_does_not_jump(desk: Desk) -> None:
    desk.show(FOUR)
    at = desk.pixel(2, 5) + QPoint(5, 4)
    view = desk.plot.viewport()
    QTest.mousePress(view, LEFT, pos=at)
    QTest.mouseMove(view, at + QPoint(0, 40))
    QTest.mouseRelease(view, LEFT, pos=at + QPoint(0, 40))
    assert near(desk.points[1], 2.0, 5 - 40 * 14 / desk.plot.area.height())


def test_a_drag_ends_at_the_edge_and_makes_room_there(desk: Desk) -> None:
    desk.show(FOUR)
    desk.press(4, 8)
    desk.move(4.5, 10)
    desk.move(30, 10)
    desk.release(30, 10)
    assert near(desk.points[3], 5, 10)
    assert desk.plot.x_scale.low == 0
    assert desk.plot.x_scale.high == pytest.approx(6, abs=0.01)
    assert desk.plot.y_scale == START_Y


def test_a_click_on_a_point_selects_it_and_changes_nothing(desk: Desk) -> None:
    desk.show(FOUR)
    desk.click(3, 4)
    assert (desk.clicked, desk.edits) == ([2], [])
    assert desk.plot.mouse.chosen == 2
    desk.press(3, 4)
    QTest.mouseMove(desk.plot.viewport(), desk.pixel(3, 4) + QPoint(1, 1))  # a hand that trembles
    QTest.mouseRelease(desk.plot.viewport(), LEFT, pos=desk.pixel(3, 4) + QPoint(1, 1))
    assert (desk.clicked, desk.edits) == ([2, 2], [])


def test_two_quick_clicks_are_two_clicks(desk: Desk) -> None:
    place = desk.pixel(2, 5)
    QTest.mouseClick(desk.plot.viewport(), LEFT, pos=place)
    QTest.mouseDClick(desk.plot.viewport(), LEFT, pos=place)
    QTest.mouseRelease(desk.plot.viewport(), LEFT, pos=place)
    assert len(desk.points) == 1
    assert desk.clicked == [0]
    far = desk.pixel(4, 5)
    QTest.mouseDClick(desk.plot.viewport(), LEFT, pos=far)
    QTest.mouseRelease(desk.plot.viewport(), LEFT, pos=far)
    assert len(desk.points) == 2


def test_a_right_click_deletes_the_point_there_and_nothing_elsewhere(desk: Desk) -> None:
    desk.show(FOUR)
    desk.click(1.5, 7, RIGHT)
    assert desk.edits == []
    desk.click(3, 4, RIGHT)
    assert desk.points == (*FOUR[:2], FOUR[3])
    desk.click(3, 4, RIGHT)
    assert len(desk.points) == 3
    for x, y in desk.points:
        desk.click(x, y, RIGHT)
    assert desk.points == ()
    assert desk.drawn == []
    assert desk.plot._invitation.text


@pytest.mark.parametrize("how", ["escape", "right"])
def test_a_drag_can_be_broken_off(desk: Desk, how: str) -> None:
    desk.show(FOUR)
    before = desk.drawn
    for x, y in ((2, 5), (2.5, 10)):  # an old point, and a new one
        desk.press(x, y)
        desk.move(3.5, 9)
        if how == "escape":
            desk.key(Qt.Key.Key_Escape)
        else:
            QTest.mousePress(desk.plot.viewport(), RIGHT, pos=desk.pixel(3.5, 9))
        desk.release(3.5, 9)
        assert desk.edits == []
        assert desk.drawn == before


def test_keys_move_delete_and_add(desk: Desk) -> None:
    desk.show(FOUR)
    mouse = desk.plot.mouse
    desk.click(2, 5)
    desk.key(Qt.Key.Key_Right)
    assert desk.points[1] == (2.05, 5.0)
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert desk.points[1] == (1.55, 3.2)
    assert {burst for _, burst in desk.edits} == {"move 1"}  # undone together, while it is quick
    assert mouse.wants(Qt.Key.Key_Up)
    mouse.delete()
    assert desk.points == (FOUR[0], *FOUR[2:])
    assert not mouse.wants(Qt.Key.Key_Up)
    mouse.delete()  # none is chosen, and the mouse is elsewhere
    desk.move(2.5, 11)
    assert len(desk.points) == 3
    desk.move(3, 4)
    mouse.delete()
    assert desk.points == (FOUR[0], FOUR[3])
    for _ in range(12):
        mouse.add()
    assert len(set(desk.points)) == 14
    assert mouse.chosen == 13
    assert near(desk.points[2], 2.5, 5)
    desk.key(Qt.Key.Key_Escape)
    assert mouse.chosen is None


def test_a_point_moved_over_the_edge_by_keys_stays_in_sight(desk: Desk) -> None:
    desk.show(FOUR)
    desk.click(4, 8)
    for _ in range(30):
        desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert desk.points[3][0] < desk.plot.x_scale.high
    assert desk.points[3][0] > 19


def test_the_selected_point_stays_selected_when_others_go(desk: Desk) -> None:
    desk.show(FOUR)

    def select(row: int) -> None:
        run = begun(desk.experiment)
        desk.plot.refresh(run.view())
        desk.plot.set_point(point_view(run, row))

    select(2)
    desk.click(1, 2, RIGHT)
    assert desk.clicked == [1]  # it is the second now
    select(1)
    desk.click(4, 8, RIGHT)
    assert desk.clicked == [1]
    desk.click(3, 4, RIGHT)
    assert desk.clicked == [1, -1]
    assert desk.points == (FOUR[1],)
    select(0)
    assert desk.plot.mouse.chosen == 0  # the keys act on what is selected


def test_held_out_points_are_seen_and_can_be_moved(desk: Desk) -> None:
    desk.show(FOUR, test_fraction=0.5)
    plot = desk.plot
    assert len(desk.drawn) == 2
    assert plot._test_item.path().elementCount() > 0
    assert any("test data" in text for text in plot._legend.texts)
    row = plot._data.test.inputs[0, 0] if plot._data is not None else 0.0
    index = [x for x, _ in FOUR].index(row)
    desk.press(*FOUR[index])
    whole = plot._test_item.path().elementCount()
    desk.move(2.5, 10)
    assert plot._test_item.path().elementCount() < whole
    desk.release(2.5, 10)
    assert near(desk.points[index], 2.5, 10)
    assert len(desk.points) == 4


def test_another_source_ends_it_and_clicks_select_again(desk: Desk) -> None:
    desk.show(FOUR)
    desk.click(1, 2)
    line = Experiment()
    desk.plot.set_drawing(line, known=True)
    data = line.make_data()
    desk.plot.set_preview(data, facts_of(line, data))
    assert desk.plot.mouse.points is None
    assert desk.plot.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not desk.plot.mouse._ring.isVisible()
    assert desk.plot._test_item.path().elementCount() == 0
    desk.clicked.clear()
    desk.click(float(data.train.inputs[50, 0]), float(data.train.targets[50]))
    desk.click(0.2, 10)
    assert desk.clicked == [50, -1]
    desk.plot.mouse.add()
    desk.plot.mouse.delete()
    assert desk.edits == []


def test_a_copy_of_points_is_drawn_on_where_it_stands(desk: Desk) -> None:
    hubble = Experiment().changed({"data": "hubble", "test_fraction": 0.0})
    desk.plot.set_drawing(hubble, known=True)
    data = hubble.make_data()
    desk.plot.set_preview(data, facts_of(hubble, data))
    scales = desk.plot.x_scale, desk.plot.y_scale
    desk.show(copied(data.train))
    assert (desk.plot.x_scale, desk.plot.y_scale) == scales
    assert len(desk.drawn) == 24
    desk.show(())  # cleared: the range stays where it was drawn
    assert (desk.plot.x_scale, desk.plot.y_scale) == scales


def test_a_drawing_far_from_the_usual_range_has_its_own(desk: Desk) -> None:
    desk.plot.set_drawing(Experiment(), known=True)
    desk.show(((1e6, 1.0), (1.001e6, 2.0)))
    assert 0.9e6 < desk.plot.x_scale.low < 1e6
    desk.plot.set_drawing(Experiment(), known=True)
    desk.show(((3.0, 3.0),))
    assert (desk.plot.x_scale, desk.plot.y_scale) == (START_X, START_Y)


def test_what_is_refused_leaves_everything_as_it_was(desk: Desk) -> None:
    desk.show(FOUR)
    desk.plot.drawing_changed.disconnect(desk._take)
    before = desk.drawn
    desk.press(2, 5)
    desk.move(3.5, 9)
    desk.release(3.5, 9)
    assert desk.drawn == before
    assert not desk.plot.mouse._dot.isVisible()


def test_a_frame_shows_that_the_keys_act_here(desk: Desk, qtbot: QtBot) -> None:
    desk.plot.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.plot)
    assert desk.plot.mouse._frame.path().elementCount() == 0 or desk.plot.hasFocus()
    desk.plot.setFocus()
    assert desk.plot.mouse._frame.path().elementCount() > 0
    desk.plot.clearFocus()
    assert desk.plot.mouse._frame.path().elementCount() == 0


def test_an_export_has_the_same_range_and_no_marks_of_the_mouse(desk: Desk) -> None:
    desk.show(FOUR)
    desk.click(2, 5)
    desk.plot.set_theme(DARK)
    twin = desk.plot.copy_for_export()
    assert (twin.x_scale, twin.y_scale) == (desk.plot.x_scale, desk.plot.y_scale)
    assert not twin.mouse._ring.isVisible()
    assert twin._train_item.path().elementCount() > 0
    twin.deleteLater()
