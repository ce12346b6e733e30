"""The dockable panels, with stand-ins for what they hold."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QKeyEvent, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGraphicsView,
    QLabel,
    QMainWindow,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.ui.panel_buttons import PanelButtons
from guitrain.ui.panels import SETTINGS_KEY, Panels
from guitrain.ui.style import apply_style

# A floating panel is raised, which the offscreen platform cannot do.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

FIRST = {"settings", "fit", "loss", "results"}
ALL = ("settings", "fit", "loss", "landscape", "cycle", "graph", "code", "numbers", "results",
       "runs")  # fmt: skip
RIGHT = ("cycle", "graph", "code", "numbers", "results", "runs")


class StandIn(QLabel):
    """A panel's content that counts how often it had to catch up."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} " * 60)
        self.setWordWrap(True)
        self.shown = 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown += 1


class Window(QMainWindow):
    """A window whose middle is panels; it notes the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.panels = add_all(Panels(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


def add_all(panels: Panels) -> Panels:
    stands = {name: StandIn(name) for name in ("settings", "loss", "results")}
    panels.add(
        "settings", "Experiment", stands["settings"], "left", width=268, closable=False,
        framed=False, opened_first=True,
    )  # fmt: skip
    fit = panels.add(
        "fit",
        "Fit",
        QGraphicsView(),
        "middle",
        weight=4,
        opened_first=True,
        caption_name="equation",
    )
    fit.add_switch("residuals", "Residuals", "Draw each error")
    fit.add_switch("show_test", "Test points", "Draw the test points", on=True)
    panels.add("loss", "Loss", stands["loss"], "middle", weight=3, opened_first=True, tip="How far")
    panels.add(
        "landscape", "Landscape", partial(StandIn, "landscape"), "middle", weight=3, beside="loss"
    )
    panels.add("cycle", "The cycle", partial(StandIn, "cycle"), "right", weight=1.25, width=400)
    panels.add("graph", "Graph", partial(StandIn, "graph"), "right", width=400, stacked_on="cycle")
    panels.add(
        "code", "The code", partial(StandIn, "code"), "right", weight=0.7, width=400, label="Code"
    )
    panels.add("numbers", "This step in numbers", partial(StandIn, "numbers"), "right", width=400)
    panels.add(
        "results", "Results", stands["results"], "right", stacked_on="numbers",
        apart_when_tall=True, opened_first=True,
    )  # fmt: skip
    panels.add("runs", "Runs", partial(StandIn, "runs"), "right", width=400, stacked_on="results")
    return panels


def shown_window(qtbot: QtBot, width: int = 1260, height: int = 660) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(width, height)
    window.panels.reset_layout()
    with qtbot.waitExposed(window):
        window.show()
    QApplication.processEvents()
    return window


@pytest.fixture(autouse=True)
def style(qapp: QApplication) -> Iterator[None]:
    apply_style(qapp, LIGHT)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


@pytest.fixture
def panels(window: Window) -> Panels:
    return window.panels


def opened(panels: Panels) -> set[str]:
    return {name for name in panels.names if panels.is_open(name)}


def rect(widget: QWidget) -> tuple[int, int, int, int]:
    place = widget.geometry()
    return place.x(), place.y(), place.width(), place.height()


def places(panels: Panels) -> dict[str, tuple[int, ...]]:
    """Where every panel in sight stands."""
    QApplication.processEvents()
    return {name: rect(panels.panel(name)) for name in panels.names if panels.is_seen(name)}


def stand_in(panels: Panels, name: str) -> QWidget:
    return panels.panel(name).content


# The first layout.


def test_the_first_start_shows_the_settings_the_fit_the_loss_and_the_results(
    panels: Panels,
) -> None:
    assert opened(panels) == FIRST
    at = places(panels)
    assert set(at) == FIRST
    assert at["settings"][0] < at["fit"][0] == at["loss"][0] < at["results"][0]
    assert at["fit"][1] < at["loss"][1]
    assert at["settings"][2] == 268
    assert at["results"][2] == 300
    # They use the whole window, 10 pixels apart.
    assert at["fit"][0] == 278
    assert at["results"][0] + at["results"][2] == 1260
    assert at["results"][3] == at["settings"][3] == 660
    assert at["loss"][1] - at["fit"][1] - at["fit"][3] == 10
    assert at["fit"][3] / at["loss"][3] == pytest.approx(4 / 3, abs=0.05)


def test_head_and_body_are_made_when_a_panel_is_first_opened(panels: Panels) -> None:
    panel = panels.panel("cycle")
    panel.set_caption("told before")
    assert panel.findChild(QWidget, "head_cycle") is None
    assert panel.widget() is None
    panels.open("graph")
    assert panel.findChild(QWidget, "head_cycle") is None
    panels.open("cycle")
    head = find_widget(panel, "head_cycle")
    assert head.isVisible()
    assert panel.caption.text() == "told before"
    assert panel.content.isVisible()
    panels.reset_layout()
    assert find_widget(panel, "head_cycle") is head
    assert panels.panel("code").findChild(QWidget, "head_code") is None


@pytest.mark.parametrize(("width", "height"), [(1260, 580), (1260, 660)])
def test_the_first_step_opens_the_cycle_over_the_numbers_with_the_results_behind(
    qtbot: QtBot, width: int, height: int
) -> None:
    panels = shown_window(qtbot, width, height).panels
    panels.open("cycle")
    panels.open("numbers")
    at = places(panels)
    assert set(at) == {"settings", "fit", "loss", "cycle", "numbers"}
    assert panels.is_open("results")
    assert at["cycle"][2] == at["numbers"][2] == 400
    assert at["settings"][2] == 268
    assert at["cycle"][3] >= 260
    assert at["numbers"][3] >= 200
    panels.bring_up("results")
    assert panels.is_seen("results")
    assert not panels.is_seen("numbers")


def test_where_there_is_the_height_results_stand_below_the_numbers(qtbot: QtBot) -> None:
    panels = shown_window(qtbot, 1900, 940).panels
    for name in ("cycle", "numbers"):
        panels.open(name)
    at = places(panels)
    assert at["cycle"][1] < at["numbers"][1] < at["results"][1]
    assert at["cycle"][2] == 560
    assert at["fit"][2] == 1900 - 268 - 560 - 20


def test_in_a_narrow_window_the_landscape_is_a_tab_of_the_loss(qtbot: QtBot) -> None:
    panels = shown_window(qtbot, 940, 460).panels
    panels.open("landscape")
    assert panels.is_seen("landscape")
    assert panels.is_open("loss")
    assert not panels.is_seen("loss")
    wide = shown_window(qtbot).panels
    wide.open("landscape")
    at = places(wide)
    assert abs(at["loss"][2] - at["landscape"][2]) <= 1
    assert at["loss"][1] == at["landscape"][1]


@pytest.mark.parametrize(("width", "height"), [(940, 440), (1260, 580), (1900, 940)])
def test_all_panels_fit_into_any_window(qtbot: QtBot, width: int, height: int) -> None:
    window = shown_window(qtbot, width, height)
    for name in ALL:
        window.panels.open(name)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)
    assert window.minimumSizeHint().width() <= 940
    assert window.minimumSizeHint().height() <= 440
    for name, (x, y, w, h) in places(window.panels).items():
        panel = window.panels.panel(name)
        assert w >= panel.minimumSizeHint().width(), name
        assert h >= panel.minimumSizeHint().height(), name
        assert x >= 0, name
        assert y >= 0, name
        assert x + w <= width, name
        assert y + h <= height, name


def test_contents_that_need_more_room_than_there_is_can_be_scrolled_to(window: Window) -> None:
    panels = window.panels
    window.resize(960, 460)
    for name in ("cycle", "code", "numbers"):
        panels.open(name)
    QApplication.processEvents()
    content = stand_in(panels, "code")
    place = content.parentWidget()
    assert place is not None
    assert content.height() > place.height()
    assert content.height() >= content.heightForWidth(content.width())


# Opening, closing, tabs.


def test_each_opens_and_closes_and_says_so(panels: Panels) -> None:
    heard: list[tuple[str, bool]] = []
    panels.toggled.connect(lambda name, on: heard.append((name, on)))
    panels.open("cycle")
    panels.open("cycle")
    panels.close("cycle")
    panels.close("cycle")
    panels.toggle("code")
    panels.toggle("code")
    assert heard == [("cycle", True), ("cycle", False), ("code", True), ("code", False)]
    assert opened(panels) == FIRST


def test_the_settings_cannot_be_closed(panels: Panels) -> None:
    panels.close("settings")
    panels.toggle("settings")
    assert panels.is_seen("settings")
    assert not find(panels.panel("settings"), "close_settings").isVisible()


def test_a_panel_behind_another_tab_is_not_visible_and_catches_up_when_it_is(
    panels: Panels,
) -> None:
    panels.open("numbers")
    numbers, results = stand_in(panels, "numbers"), stand_in(panels, "results")
    assert isinstance(results, StandIn)
    assert numbers.isVisible()
    assert not results.isVisible()
    assert panels.is_open("results")
    before = results.shown
    panels.bring_up("results")
    assert results.isVisible()
    assert results.shown == before + 1
    assert not numbers.isVisible()
    panels.close("results")
    assert numbers.isVisible()
    assert not results.isVisible()


def test_the_user_brings_tabs_up_by_their_bar(window: Window) -> None:
    panels = window.panels
    panels.open("numbers")
    bar = next(bar for bar in window.findChildren(QTabBar) if bar.count() == 2)
    assert [bar.tabText(i) for i in range(bar.count())] == ["This step in numbers", "Results"]
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    assert panels.is_seen("results")
    assert not panels.is_seen("numbers")


def test_bringing_up_a_closed_panel_leaves_it_closed(panels: Panels) -> None:
    panels.close("results")
    panels.bring_up("results")
    assert not panels.is_open("results")


def test_toggling_a_panel_that_is_behind_brings_it_to_the_front(panels: Panels) -> None:
    panels.open("numbers")
    panels.toggle("results")
    assert panels.is_seen("results")
    panels.toggle("results")
    assert not panels.is_open("results")


def test_a_new_panel_leaves_the_others_in_their_proportions(window: Window) -> None:
    panels = window.panels
    for name in ("cycle", "numbers"):
        panels.open(name)
    window.resizeDocks(
        [panels.panel("cycle"), panels.panel("numbers")], [200, 420], Qt.Orientation.Vertical
    )
    before = places(panels)
    panels.open("code")
    after = places(panels)
    # 0.7 of the 1.25 + 0.7 + 1 that the three ask for.
    assert after["code"][3] == pytest.approx((660 - 20) * 0.7 / 2.95, abs=8)
    ratio = (
        (before["cycle"][3], before["numbers"][3] + 28),
        (
            after["cycle"][3],
            after["numbers"][3] + 28,
        ),
    )
    assert ratio[0][0] / ratio[0][1] == pytest.approx(ratio[1][0] / ratio[1][1], abs=0.05)
    for name in ("settings", "fit", "loss"):
        assert after[name] == before[name]


def test_closing_and_opening_again_changes_little(panels: Panels) -> None:
    for name in ("cycle", "numbers", "code", "landscape"):
        panels.open(name)
    before = places(panels)
    for name in ("code", "landscape", "loss"):
        panels.close(name)
        panels.open(name)
        after = places(panels)
        for one, place in before.items():
            assert after[one] == pytest.approx(place, abs=24), (name, one)


def test_a_whole_column_closed_and_opened_again_has_its_width_back(panels: Panels) -> None:
    panels.open("cycle")
    panels.close("results")
    before = places(panels)
    panels.close("cycle")
    assert places(panels)["fit"][2] == 1260 - 268 - 10
    panels.open("cycle")
    assert places(panels) == before


def test_with_a_wider_window_the_settings_keep_their_width(window: Window) -> None:
    window.panels.open("cycle")
    before = places(window.panels)
    window.resize(1800, 660)
    after = places(window.panels)
    assert after["settings"] == before["settings"]
    assert after["fit"][2] > before["fit"][2]
    assert after["cycle"][2] > before["cycle"][2]


def test_everything_but_the_settings_may_be_closed(panels: Panels) -> None:
    for name in ALL:
        panels.close(name)
    assert places(panels)["settings"] == (0, 0, 1260, 660)
    panels.open("fit")
    assert panels.is_seen("fit")


# Floating.


def test_a_panel_floats_by_its_button_and_comes_back(window: Window) -> None:
    panels = window.panels
    before = places(panels)
    panel = panels.panel("fit")
    button = find(panel, "float_fit")
    assert "window of its own" in button.toolTip()
    click(button)
    QApplication.processEvents()
    assert panel.isFloating()
    assert panels.is_seen("fit")
    assert stand_in(panels, "fit").isVisible()
    assert "back into the window" in button.toolTip()
    click(button)
    QApplication.processEvents()
    assert not panel.isFloating()
    after = places(panels)
    assert after == {name: pytest.approx(place, abs=4) for name, place in before.items()}


def test_a_floating_panel_is_closed_and_opened_again(panels: Panels) -> None:
    panel = panels.panel("loss")
    panel.setFloating(True)
    click(find(panel, "close_loss"))
    assert not panels.is_open("loss")
    panels.open("loss")
    assert panels.is_seen("loss")
    assert panel.isFloating()


def test_keys_in_a_floating_panel_reach_the_window(window: Window) -> None:
    panel = window.panels.panel("loss")
    panel.setFloating(True)
    QTest.keyClick(panel, Qt.Key.Key_Space)
    assert window.keys == [Qt.Key.Key_Space]


def test_a_double_click_on_the_head_floats(panels: Panels) -> None:
    panel = panels.panel("loss")
    head = find_widget(panel, "head_loss")
    QTest.mouseDClick(head, Qt.MouseButton.LeftButton, pos=QPoint(60, 8))
    assert panel.isFloating()


# Remembering.


def changed(panels: Panels) -> None:
    """Some layout of the user's own."""
    for name in ("cycle", "numbers", "landscape"):
        panels.open(name)
    panels.close("fit")
    panels.bring_up("results")
    panels.panel("code").setFloating(True)
    panels.open("code")
    panels.panel("code").setGeometry(300, 200, 420, 240)


def test_the_layout_is_remembered(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    panels = window.panels
    changed(panels)
    before, kept = places(panels), opened(panels)
    path = str(tmp_path / "settings.ini")
    settings = QSettings(path, QSettings.Format.IniFormat)
    panels.store(settings)
    settings.sync()
    other = Window()
    qtbot.addWidget(other)
    other.resize(1260, 660)
    other.panels.restore(QSettings(path, QSettings.Format.IniFormat))
    with qtbot.waitExposed(other):
        other.show()
    assert opened(other.panels) == kept
    assert other.panels.panel("code").isFloating()
    assert places(other.panels) == before
    assert not stand_in(other.panels, "numbers").isVisible()


def test_the_layout_is_brought_back_in_the_window_that_has_it(panels: Panels) -> None:
    changed(panels)
    before, state = places(panels), panels.state()
    heard: list[tuple[str, bool]] = []
    panels.reset_layout()
    assert opened(panels) == FIRST
    assert not panels.panel("code").isFloating()
    panels.toggled.connect(lambda name, on: heard.append((name, on)))
    assert panels.restore_state(state)
    assert places(panels) == before
    opening = {("cycle", True), ("numbers", True), ("landscape", True), ("code", True)}
    assert set(heard) == {*opening, ("fit", False)}
    assert len(heard) == 5


def test_resetting_gives_back_the_first_layout_exactly(panels: Panels) -> None:
    before = places(panels)
    changed(panels)
    panels.reset_layout()
    assert places(panels) == before


@pytest.mark.parametrize("value", [None, "", 7, "text", [1], QByteArray(b"x"), QByteArray(b"")])
def test_what_is_no_layout_gives_the_first_one(
    panels: Panels, tmp_path: Path, value: object
) -> None:
    before = places(panels)
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    if value is not None:
        settings.setValue(SETTINGS_KEY, value)
    changed(panels)
    panels.restore(settings)
    assert places(panels) == before


def test_a_damaged_layout_is_refused_and_nothing_changes(panels: Panels) -> None:
    state = bytes(panels.state().data())
    changed(panels)
    before, draws = places(panels), random.Random(5)
    for _ in range(200):
        damaged = bytearray(state)
        for _ in range(draws.randint(1, 6)):
            damaged[draws.randrange(len(damaged))] ^= 1 << draws.randrange(8)
        cut = (
            bytes(damaged) if draws.random() < 0.6 else bytes(state)[: draws.randrange(len(state))]
        )
        if cut != state:
            assert not panels.restore_state(QByteArray(cut))
    assert places(panels) == before


def test_a_layout_of_other_panels_is_refused(qtbot: QtBot, panels: Panels) -> None:
    older = QMainWindow()
    qtbot.addWidget(older)
    few = Panels(older)
    few.add("settings", "Experiment", QLabel(), "left", closable=False, opened_first=True)
    few.add("fit", "Fit", QLabel(), "middle", opened_first=True)
    few.reset_layout()
    assert not panels.restore_state(few.state())
    assert opened(panels) == FIRST


def test_a_layout_that_lost_the_settings_gets_them_back(panels: Panels) -> None:
    panels.panel("settings").hide()
    state = panels.state()
    panels.reset_layout()
    assert panels.restore_state(state)
    assert panels.is_seen("settings")


def test_a_panel_that_floats_beyond_the_screens_comes_back(panels: Panels) -> None:
    panel = panels.panel("fit")
    panel.setFloating(True)
    panel.setGeometry(90_000, 90_000, 300, 200)
    assert panels.restore_state(panels.state())
    screen = QApplication.primaryScreen().availableGeometry()
    assert not panel.isFloating() or screen.intersects(panel.geometry())


# The head.


def find_widget(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def find(parent: QWidget, name: str) -> QAbstractButton:
    found = find_widget(parent, name)
    assert isinstance(found, QAbstractButton)
    return found


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_caption_is_cut_where_the_room_ends_and_kept_whole(window: Window) -> None:
    caption = window.panels.panel("fit").caption
    caption.setText("ŷ = 1.895·x + 1.301")
    assert caption.objectName() == "equation"
    assert QLabel.text(caption) == caption.text() == "ŷ = 1.895·x + 1.301"
    assert caption.toolTip() == ""
    caption.setText("ŷ = 1.895·x + 1.301 " * 20)
    assert caption.text() == "ŷ = 1.895·x + 1.301 " * 20
    assert QLabel.text(caption).endswith("…")
    assert caption.toolTip() == caption.text()


def test_a_caption_that_changes_lays_out_nothing_else(window: Window, qtbot: QtBot) -> None:
    panels = window.panels
    before = places(panels)
    for length in range(0, 300, 30):
        panels.panel("fit").caption.setText("x" * length)
        assert places(panels) == before


def test_switches_without_room_are_in_a_menu(window: Window) -> None:
    panel = window.panels.panel("fit")
    residuals, more = find(panel, "residuals"), find(panel, "switches_fit")
    assert isinstance(more, QToolButton)
    assert residuals.isVisible()
    assert not more.isVisible()
    panel.setFloating(True)
    panel.resize(panel.minimumSizeHint().width(), 300)
    QApplication.processEvents()
    assert not residuals.isVisible()
    assert more.isVisible()
    menu = more.menu()
    menu.aboutToShow.emit()
    entries = {entry.objectName(): entry for entry in menu.actions()}
    assert [entry.text() for entry in menu.actions()] == ["Residuals", "Test points"]
    assert not entries["residuals_entry"].isChecked()
    assert entries["show_test_entry"].isChecked()
    entries["residuals_entry"].trigger()
    assert residuals.isChecked()


def test_everything_that_can_be_pressed_is_described_and_named_once(window: Window) -> None:
    for name in ALL:
        window.panels.open(name)
    # Qt's own for a dock stay hidden behind ours; their names begin so.
    found = window.findChildren(QAbstractButton)
    buttons = [one for one in found if not one.objectName().startswith("qt_")]
    assert len(buttons) > 20
    odd = [b.objectName() for b in buttons if not (b.objectName() and b.toolTip())]
    assert odd == []
    assert [b.objectName() for b in buttons if not b.accessibleName()] == []
    names = [w.objectName() for w in window.findChildren(QWidget)]
    mine = sorted(name for name in names if name and not name.startswith("qt_"))
    assert mine == sorted(set(mine))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_panel_is_one_card(qapp: QApplication, window: Window, theme: Theme) -> None:
    apply_style(qapp, theme)
    window.panels.set_theme(theme)
    QApplication.processEvents()
    image = window.grab().toImage()
    panel = window.panels.panel("loss").geometry()
    x = panel.left() + panel.width() // 2
    colours = [image.pixelColor(x, y) for y in (panel.top(), panel.top() + 3, panel.bottom())]
    border, inside = QColor(theme.border), QColor(theme.panel)
    assert colours == [border, inside, border]
    # From head to body the frame goes on, and nothing separates the two.
    for y in range(panel.top() + 12, panel.bottom() - 12):
        assert image.pixelColor(panel.left(), y) == border, y
        assert image.pixelColor(panel.left() + 3, y) == inside, y
    # Around it, and in its rounded corners, is the window.
    assert image.pixelColor(panel.left() - 5, panel.top() + 30) == QColor(theme.window)
    assert image.pixelColor(panel.left(), panel.top()) == QColor(theme.window)


# The buttons.


class Footer(QWidget):
    def __init__(self, panels: Panels) -> None:
        super().__init__()
        self.buttons = PanelButtons(panels)
        QVBoxLayout(self).addWidget(self.buttons)


@pytest.fixture
def footer(qtbot: QtBot, panels: Panels) -> Footer:
    made = Footer(panels)
    qtbot.addWidget(made)
    made.resize(940, 40)
    made.show()
    return made


def test_each_panel_has_a_button_that_follows_it(panels: Panels, footer: Footer) -> None:
    buttons = footer.buttons.buttons
    assert footer.buttons.objectName() == "panel_buttons"
    assert list(buttons) == [name for name in ALL if name != "settings"]
    checked = {name for name, button in buttons.items() if button.isChecked()}
    assert checked == FIRST - {"settings"}
    click(find(footer, "open_cycle"))
    assert panels.is_seen("cycle")
    assert buttons["cycle"].isChecked()
    click(find(panels.panel("cycle"), "close_cycle"))
    assert not panels.is_open("cycle")
    assert not buttons["cycle"].isChecked()
    click(buttons["fit"])
    assert not panels.is_open("fit")
    panels.reset_layout()
    assert buttons["fit"].isChecked()


def test_the_button_of_a_panel_behind_brings_it_up_and_stays_on(
    panels: Panels, footer: Footer
) -> None:
    panels.open("numbers")
    button = footer.buttons.buttons["results"]
    click(button)
    assert panels.is_seen("results")
    assert button.isChecked()
    click(button)
    assert not panels.is_open("results")
    assert not button.isChecked()


def test_buttons_say_what_the_panel_shows(footer: Footer) -> None:
    loss, code = find(footer, "open_loss"), find(footer, "open_code")
    assert loss.toolTip() == "How far"
    assert code.text() == "Code"
    assert "Code" in code.accessibleName()


def test_buttons_without_room_are_in_a_menu(panels: Panels, footer: Footer) -> None:
    row = footer.buttons
    more = find(footer, "more_panels")
    assert isinstance(more, QToolButton)
    footer.resize(1240, 40)
    assert all(button.isVisible() for button in row.buttons.values())
    assert not more.isVisible()
    footer.resize(420, 40)
    QApplication.processEvents()
    hidden = [name for name, button in row.buttons.items() if not button.isVisible()]
    assert hidden
    assert hidden == list(row.buttons)[-len(hidden) :]
    assert more.isVisible()
    assert more.geometry().right() <= footer.width()
    more.menu().aboutToShow.emit()
    entry = next(a for a in more.menu().actions() if a.objectName() == "open_runs_entry")
    entry.trigger()
    assert panels.is_seen("runs")
    footer.resize(1240, 40)
    assert row.buttons["runs"].isVisible()
    assert row.buttons["runs"].isChecked()


def test_a_window_may_be_destroyed_while_it_is_on_the_screen(qtbot: QtBot) -> None:
    window = Window()
    window.resize(1260, 660)
    window.panels.reset_layout()
    window.show()
    QApplication.processEvents()
    window.panels.open("numbers")
    with qtbot.captureExceptions() as exceptions:
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    assert exceptions == []


def test_a_tab_that_asks_for_more_widens_its_column(window: Window, panels: Panels) -> None:
    before = panels.panel("results").width()
    assert before < 330  # what Results alone asks for, about
    panels.open("numbers")  # a tab of Results, and asks for 400
    QApplication.processEvents()
    assert panels.panel("numbers").width() >= 380
    assert panels.panel("fit").width() >= 300
    panels.open("results")
    assert panels.panel("results").width() >= 380  # a look at another tab changes nothing
