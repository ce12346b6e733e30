"""Presenter mode: full screen, large type, the chosen panels; and everything back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.plots.theme import LIGHT
from guitrain.ui.panel_buttons import PanelButtons
from guitrain.ui.panels import Panels
from guitrain.ui.presenter import SETTINGS_KEY, SETTLED_MS, Presenter, scaled
from guitrain.ui.style import apply_style

# A floating panel is raised, which the offscreen platform cannot do.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


class Window(QMainWindow):
    """A toolbar, panels in a window of their own inside, and the footer with their buttons."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.docks = QMainWindow()
        self.docks.setWindowFlags(Qt.WindowType.Widget)
        self.panels = Panels(self.docks)
        self.labels: dict[str, QLabel] = {}
        self._add("settings", "left", closable=False, opened_first=True)
        self._add("fit", "middle", opened_first=True, weight=4)
        self._add("loss", "middle", opened_first=True, weight=3)
        self._add("landscape", "middle", beside="loss")
        self._add("cycle", "right", width=400)
        self._add("numbers", "right", width=400)
        self._add("results", "right", stacked_on="numbers", opened_first=True)
        self._add("runs", "right", stacked_on="results")
        self.presenter = Presenter(self, self.panels, settings)
        self.buttons = PanelButtons(self.panels, self.presenter)
        self.preset, self.unused = QPushButton("Preset"), QPushButton("Hidden already")
        self.preset.setObjectName("preset")
        self.unused.hide()
        toolbar = QHBoxLayout()
        for widget in (self.preset, self.unused, self.presenter.leave_button):
            toolbar.addWidget(widget)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.addLayout(toolbar)
        layout.addWidget(self.docks, 1)
        layout.addWidget(self.buttons)
        self.setCentralWidget(central)
        self.presenter.hide_while_presenting(self.buttons, self.preset, self.unused)
        self.presenter.changed.connect(self.restyle)
        self.setMinimumSize(960, 600)
        self.resize(1260, 760)
        self.panels.reset_layout()
        self.restyle()

    def _add(self, name: str, column: str, **asked: object) -> None:
        self.labels[name] = QLabel(name)
        self.panels.add(name, name.title(), self.labels[name], column, **asked)  # type: ignore[arg-type]

    def restyle(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_style(app, LIGHT, self.presenter.scale)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> Iterator[Window]:
    font = QFont(qapp.font())
    made = Window(settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    yield made
    made.presenter.leave()
    assert qapp.font() == font
    qapp.setStyleSheet("")


def find(parent: QWidget, name: str) -> QAbstractButton:
    found = parent.findChild(QWidget, name)
    assert isinstance(found, QAbstractButton), name
    return found


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def rect(widget: QWidget) -> tuple[int, int, int, int]:
    place = widget.geometry()
    return place.x(), place.y(), place.width(), place.height()


def seen(window: Window) -> dict[str, tuple[int, ...]]:
    QApplication.processEvents()
    panels = window.panels
    return {n: rect(panels.panel(n)) for n in panels.names if panels.is_seen(n)}


def everything(window: Window) -> tuple[object, ...]:
    """All that leaving must bring back."""
    places = seen(window)
    panels = [window.panels.panel(name) for name in window.panels.names]
    return (
        window.geometry(),
        window.windowState(),
        (window.minimumWidth(), window.minimumHeight()),
        places,
        [(panel.is_open, panel.isFloating(), panel.features()) for panel in panels],
        window.buttons.isVisible(),
        window.preset.isVisible(),
        window.unused.isVisible(),
        window.presenter.leave_button.isVisible(),
        [find(window, f"float_{panel.name}").isHidden() for panel in panels],
        {name: button.isChecked() for name, button in window.buttons.buttons.items()},
        QApplication.font(),
        window.labels["fit"].font().pointSizeF(),
        window.styleSheet(),
    )


def test_only_the_chosen_panels_fill_the_screen_in_large_type(window: Window) -> None:
    before = window.labels["fit"].font().pointSizeF()
    heard: list[bool] = []
    window.presenter.changed.connect(heard.append)
    window.presenter.enter()
    window.presenter.enter()
    screen = window.screen().geometry()
    assert window.presenter.active
    assert heard == [True]
    assert window.isFullScreen()
    assert window.geometry() == screen
    at = seen(window)
    assert set(at) == {"fit", "loss", "cycle"}
    assert all(window.labels[name].isVisible() == (name in at) for name in window.labels)
    assert at["fit"][0] == at["loss"][0] == 0
    assert at["cycle"][0] + at["cycle"][2] == window.docks.width()
    assert at["cycle"][3] == window.docks.height()
    assert at["cycle"][2] > 0.4 * window.docks.width()
    assert not window.buttons.isVisible()
    assert not window.preset.isVisible()
    assert not find(window, "close_fit").isVisible()
    assert window.presenter.leave_button.isVisible()
    scale = window.presenter.scale
    assert 1.25 <= scale <= 2
    assert window.labels["fit"].font().pointSizeF() == pytest.approx(before * scale, rel=0.02)
    heading = window.panels.panel("fit").titleBarWidget().findChildren(QLabel)[0]
    assert heading.font().pointSizeF() == pytest.approx(before * scale, rel=0.02)
    assert heading.font().weight() == QFont.Weight.DemiBold


@pytest.mark.parametrize("own", [False, True])
def test_leaving_brings_everything_back(window: Window, qtbot: QtBot, *, own: bool) -> None:
    if own:
        panels = window.panels
        for name in ("cycle", "landscape", "numbers"):
            panels.open(name)
        panels.close("fit")
        panels.bring_up("results")
        panels.panel("cycle").setFloating(True)
        panels.panel("cycle").setGeometry(200, 150, 420, 300)
        window.docks.resizeDocks(
            [panels.panel("loss"), panels.panel("landscape")], [200, 300], Qt.Orientation.Horizontal
        )
        window.setGeometry(13, 17, 1180, 700)
    before = everything(window)
    for _ in range(2):
        heard: list[bool] = []
        window.presenter.changed.connect(heard.append)
        window.presenter.enter()
        seen(window)
        window.presenter.leave()
        window.presenter.leave()
        assert heard == [True, False]
        assert everything(window) == before
        qtbot.wait(SETTLED_MS + 50)
        assert everything(window) == before
        window.presenter.changed.disconnect(heard.append)


def test_a_maximised_window_is_maximised_again(window: Window) -> None:
    window.showMaximized()
    QApplication.processEvents()
    window.presenter.enter()
    assert window.isFullScreen()
    window.presenter.leave()
    assert window.isMaximized()
    assert not window.isFullScreen()


def test_a_window_that_is_small_again_only_later_has_its_layout_then(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.panels.open("landscape")
    before, place = seen(window), window.geometry()
    window.presenter.enter()
    with monkeypatch.context() as patch:
        patch.setattr(window, "setGeometry", lambda _: None)  # the window manager takes its time
        window.presenter.leave()
    assert window.geometry() != place
    seen(window)
    window.setGeometry(place)
    qtbot.wait(SETTLED_MS + 50)
    assert seen(window) == before


def test_leaving_before_the_screen_is_filled_brings_everything_back(
    window: Window, qtbot: QtBot
) -> None:
    before = everything(window)
    window.presenter.enter()
    window.presenter.leave()
    qtbot.wait(SETTLED_MS + 50)
    assert everything(window) == before


def test_the_window_may_be_closed_while_one_presents(
    window: Window, settings: QSettings, qtbot: QtBot
) -> None:
    window.panels.open("landscape")
    before, geometry = seen(window), window.geometry()
    window.presenter.enter()
    window.hide()
    window.presenter.leave()
    window.panels.store(settings)
    assert window.geometry() == geometry
    assert not window.isFullScreen()
    other = Window(settings)
    qtbot.addWidget(other)
    other.panels.restore(settings)
    with qtbot.waitExposed(other):
        other.show()
    assert seen(other) == before


def test_the_buttons_enter_and_leave(window: Window) -> None:
    click(find(window, "presenter"))
    assert window.presenter.active
    click(window.presenter.leave_button)
    assert not window.presenter.active
    assert window.buttons.isVisible()


# Which panels.


def boxes(window: Window) -> dict[str, QCheckBox]:
    button = find(window, "presenter")
    assert isinstance(button, QToolButton)
    return {
        box.objectName().removeprefix("present_"): box
        for box in button.menu().findChildren(QCheckBox)
    }


def test_the_menu_chooses_and_it_is_remembered(
    qtbot: QtBot, window: Window, settings: QSettings
) -> None:
    choices = boxes(window)
    assert list(choices) == [name for name in window.panels.names if name != "settings"]
    assert {n for n, box in choices.items() if box.isChecked()} == {"fit", "loss", "cycle"}
    choices["loss"].click()
    choices["numbers"].click()
    assert window.presenter.chosen == ("fit", "cycle", "numbers")
    settings.sync()
    other = Window(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    qtbot.addWidget(other)
    assert other.presenter.chosen == ("fit", "cycle", "numbers")
    assert {n for n, box in boxes(other).items() if box.isChecked()} == {"fit", "cycle", "numbers"}


def test_the_last_one_that_is_chosen_stays(window: Window) -> None:
    for name in ("fit", "loss", "cycle"):
        boxes(window)[name].click()
    assert window.presenter.chosen == ("cycle",)
    assert boxes(window)["cycle"].isChecked()
    window.presenter.enter()
    assert seen(window)["cycle"][2:] == window.docks.size().toTuple()


@pytest.mark.parametrize("value", ["", "nothing,else", 7, ["settings"], ["x", None]])
def test_what_is_no_choice_gives_the_first_one(
    qtbot: QtBot, settings: QSettings, value: object
) -> None:
    settings.setValue(SETTINGS_KEY, value)
    window = Window(settings)
    qtbot.addWidget(window)
    assert window.presenter.chosen == ("fit", "loss", "cycle")


@pytest.mark.parametrize(
    "names",
    [
        ("fit",),
        ("fit", "loss"),
        ("cycle", "numbers"),
        ("loss", "landscape"),
        ("numbers", "results", "runs"),
        ("fit", "loss", "landscape", "cycle", "numbers", "results", "runs"),
    ],
)
def test_all_that_are_chosen_are_in_sight_at_once(window: Window, names: tuple[str, ...]) -> None:
    before = everything(window)
    window.presenter.chosen = names
    window.presenter.enter()
    at = seen(window)
    assert set(at) == set(names)
    area = window.docks.width() * window.docks.height()
    assert sum(w * h for _, _, w, h in at.values()) > 0.9 * area
    window.presenter.leave()
    assert everything(window) == before


def test_choosing_while_one_presents_shows_it_at_once(window: Window) -> None:
    before = everything(window)
    window.presenter.enter()
    window.presenter.choose("numbers", True)
    assert set(seen(window)) == {"fit", "loss", "cycle", "numbers"}
    window.presenter.choose("fit", False)
    assert set(seen(window)) == {"loss", "cycle", "numbers"}
    window.presenter.leave()
    assert everything(window) == before


def test_what_is_opened_meanwhile_opens_afterwards(window: Window) -> None:
    window.presenter.enter()
    window.panels.open("numbers")
    window.panels.close("fit")
    assert set(seen(window)) == {"fit", "loss", "cycle"}
    window.presenter.leave()
    assert window.panels.is_seen("numbers")
    assert window.panels.is_seen("fit")


def test_the_layout_is_not_reset_while_one_presents(window: Window) -> None:
    window.panels.open("numbers")
    before = everything(window)
    window.presenter.enter()
    shown = seen(window)
    window.panels.reset_layout()
    assert seen(window) == shown
    window.presenter.leave()
    assert everything(window) == before
    window.panels.reset_layout()
    assert set(seen(window)) == {"settings", "fit", "loss", "results"}
    assert find(window, "close_fit").isVisible()


# Type.


def test_fonts_in_points_and_in_pixels_are_scaled(qapp: QApplication) -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(9)
    pixels.setPixelSize(13)
    assert scaled(points, 1.5).pointSizeF() == pytest.approx(13.5)
    assert scaled(pixels, 2).pixelSize() == 26
    assert points.pointSizeF() == 9


def test_sizes_that_belong_to_type_are_scaled_in_the_style(window: Window) -> None:
    box = boxes(window)["fit"]
    height = window.preset.sizeHint().height()
    window.presenter.enter()
    assert window.preset.sizeHint().height() > height
    assert box.font().pointSizeF() == pytest.approx(QApplication.font().pointSizeF())
