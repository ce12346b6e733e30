"""The learning rate's slider on its band, and the rescue of a diverged run."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsSimpleTextItem,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.experiment import Experiment
from guitrain.core.run import Run
from guitrain.core.stability import Regime
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State
from guitrain.ui.controls import Controls
from guitrain.ui.rate_band import RateBand
from guitrain.ui.results import ResultsPanel
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE

Show = Callable[[dict[str, Any]], RateBand]


@pytest.fixture
def controls(qtbot: QtBot) -> Controls:
    made = Controls()
    qtbot.addWidget(made)
    made.resize(264, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def show(controls: Controls) -> Show:
    def show(changes: dict[str, Any]) -> RateBand:
        experiment = ARTICLE.changed(changes)
        controls.set_experiment(experiment)
        controls.show_facts(experiment, facts_of(experiment, experiment.make_data()))
        QApplication.processEvents()
        return controls.form.rate_band

    return show


def prediction(owner: QWidget) -> str:
    label = owner.findChild(QLabel, "rate_prediction")
    assert label is not None
    return label.text()


def words(band: RateBand) -> dict[Regime, list[str]]:
    return {regime: [i.text() for i in items] for regime, items in band.scale.names.items()}


def handle(band: RateBand) -> float:
    """The x of the handle's middle, asked of Qt."""
    option = QStyleOptionSlider()
    band.slider.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    rect = band.slider.style().subControlRect(control, option, part, band.slider)
    return rect.x() + rect.width() / 2


def test_articles_band_is_named_with_its_limit_and_best(show: Show) -> None:
    band = show({})
    assert words(band) == {
        Regime.CREEPS: ["creeps"],
        Regime.CONVERGES: ["converges"],
        Regime.OVERSHOOTS: ["overshoots"],
        Regime.DIVERGES: ["diverges", "over 0.109"],
    }
    assert band.use_best.text() == "best 0.106"
    assert "fewest epochs" in band.use_best.toolTip()


@pytest.mark.parametrize("changes", [{}, {"optimizer.momentum": 0.9}, {"data.x_max": 1000.0}])
def test_handle_lies_in_the_band_of_its_rate(show: Show, changes: dict[str, Any]) -> None:
    band = show(changes)
    bands = band.bands
    assert bands is not None
    seen = set()
    for stop in range(band.slider.maximum() + 1):
        band.slider.setValue(stop)
        rate, at = band.slider.number, handle(band)
        regime = bands.regime(rate, 100)
        seen.add(regime)
        zone = next(zone for zone in band.scale.zones if zone.regime is regime)
        # To two digits, a stop's number is at most 5 % (0.8 pixels) off its place.
        assert zone.left - 2 <= at <= zone.right + 2, (rate, regime)
        assert band.slider.place(rate) == pytest.approx(at, abs=2)
    assert {Regime.CREEPS, Regime.OVERSHOOTS, Regime.DIVERGES} <= seen
    assert [a.right for a in band.scale.zones[:-1]] == [b.left for b in band.scale.zones[1:]]
    band.slider.set_number(0.01)


def test_no_two_bands_wear_one_pattern(show: Show) -> None:
    # In greys too: dots, plain, zigzag, crosses.
    band = show({"optimizer.momentum": 0.5})
    image = band.scale.grab().toImage()
    rows = {}
    for zone in band.scale.zones:
        box = [
            tuple(
                image.pixelColor(x, y).lightness()
                for x in range(int(zone.left) + 2, int(zone.left) + 8)
            )
            for y in range(27, 36)
        ]
        rows[zone.regime] = tuple(box)
    assert len(set(rows.values())) == len(rows) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"stop.epochs": 1},
        {"stop.epochs": 10**9},
        {"optimizer.momentum": 0.5},
        {"optimizer.momentum": 0.9},
        {"optimizer.momentum": 0.999},
        {"loss": "huber"},
        {"data.x_max": 1000.0},
        {"data.x_min": 0.0, "data.x_max": 1e-3, "standardize": True},
    ],
)
@pytest.mark.parametrize("width", [264, 420])
def test_words_lie_inside_and_not_over_one_another(
    controls: Controls, show: Show, changes: dict[str, Any], width: int
) -> None:
    controls.resize(width, 800)
    band = show(changes)
    QApplication.processEvents()
    items = [item for items in band.scale.names.values() for item in items]
    boxes = [item.sceneBoundingRect() for item in items]
    for box in boxes:
        assert box.left() >= -0.5
        assert box.right() <= band.scale.width() + 0.5
        assert box.bottom() <= band.scale.height() + 1
    for one in boxes:
        for other in boxes:
            assert one is other or not one.adjusted(1, 2, -1, -2).intersects(other)
    assert band.use_best.geometry().right() < band.scale.width()
    assert band.use_best.geometry().left() >= 0


def test_name_of_the_rates_band_is_marked(show: Show) -> None:
    def marked(band: RateBand) -> list[Regime]:
        return [r for r, items in band.scale.names.items() if all(map(_underlined, items))]

    band = show({"learning_rate": 0.2})
    assert marked(band) == [Regime.DIVERGES]
    band.show_rate(0.08)
    assert marked(band) == [Regime.OVERSHOOTS]
    band.set_theme(DARK)
    assert marked(band) == [Regime.OVERSHOOTS]


def _underlined(item: QGraphicsSimpleTextItem) -> bool:
    return item.font().underline()


def test_mae_shows_no_bands_and_says_why(show: Show) -> None:
    band = show({"loss": "mae"})
    assert band.scale.zones == ()
    assert words(band) == {}
    assert not band.use_best.isVisible()
    assert "MAE has no limit" in prediction(band)
    band = show({"loss": "mse"})
    assert len(band.scale.zones) == 4
    assert band.use_best.isVisible()


def test_before_anything_is_known_there_is_a_plain_slider(controls: Controls) -> None:
    band = controls.form.rate_band
    assert band.scale.zones == ()
    assert prediction(band) == ""
    band.slider.setValue(10)
    assert band.slider.isVisible()
    band.slider.set_number(0.01)


def test_scale_reaches_down_to_a_low_limit(show: Show) -> None:
    band = show({"data.x_max": 100_000.0})  # a limit of 3e−10
    assert band.bands is not None
    assert len(band.scale.zones) == 4
    band.slider.setValue(0)
    assert band.slider.number < band.bands.creeps(100)
    band.slider.setValue(band.slider.maximum())
    assert band.slider.number > band.bands.limit
    band = show({"learning_rate": 0.01})
    assert band.slider.number == 0.01
    assert handle(band) == pytest.approx(band.slider.place(0.01), abs=1)


# Choosing.


def test_prediction_changes_as_the_handle_crosses_bands(
    controls: Controls, show: Show, qtbot: QtBot
) -> None:
    band = show({})
    seen: list[tuple[str, object]] = []
    controls.setting_changed.connect(lambda path, value: seen.append((path, value)))
    assert prediction(band).startswith("η = 0.01 converges")
    said = []
    for rate in (0.001, 0.01, 0.079, 0.2):
        band.slider.setValue(round(band.slider._stop(rate)))
        said.append(prediction(band))
    assert seen == []  # not committed yet
    assert [text.split()[3].rstrip(":") for text in said[:3]] == [
        "creeps",
        "converges",
        "overshoots",
    ]
    assert said[3].startswith("⚠ η = 0.2 is over 2/λmax = 0.1094")
    assert band.slider.accessibleDescription() == said[3]
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("learning_rate", 0.2)]
    assert controls.experiment.learning_rate == 0.2


def test_prediction_follows_the_typing_and_escape(controls: Controls, show: Show) -> None:
    band = show({})
    field = controls.findChild(QWidget, "learning_rate")
    assert field is not None
    line = field.findChild(QLineEdit)
    assert line is not None
    field.setFocus()
    line.selectAll()
    stops = []
    for key in "0.2":
        QTest.keyClicks(field, key)
        stops.append(prediction(band))
    assert stops[0].startswith("η = 0.01 ")  # 0 is no rate, nor is "0."
    assert stops[2].startswith("⚠ η = 0.2 is over")
    assert band.slider.number == 0.2
    assert controls.experiment.learning_rate == 0.01
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert prediction(band).startswith("η = 0.01 ")
    assert band.slider.number == 0.01


@pytest.mark.parametrize("text", ["", "fast", "−1", "1e99", "1,000", "0"])
def test_nonsense_typed_leaves_the_prediction(controls: Controls, show: Show, text: str) -> None:
    band = show({})
    before = prediction(band)
    line = controls.findChild(QWidget, "learning_rate").findChild(QLineEdit)  # type: ignore[union-attr]
    assert line is not None
    line.setText(text)
    assert prediction(band) == before


def test_best_rate_is_a_click_away_and_never_beyond_the_limit(
    controls: Controls, show: Show
) -> None:
    for changes in ({}, {"data.x_max": 300.0}, {"optimizer.momentum": 0.9}, {"standardize": True}):
        band = show(changes)
        assert band.bands is not None
        button = controls.findChild(QToolButton, "use_best_rate")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        rate = controls.experiment.learning_rate
        assert rate < band.bands.limit
        assert rate == pytest.approx(band.bands.best, rel=0.01)
        assert "over" not in prediction(band).split(":")[0].replace("overshoots", "")


def test_press_on_the_band_brings_the_handle_there(
    controls: Controls, show: Show, qtbot: QtBot
) -> None:
    band = show({})
    at = round(band.slider.place(1.0))
    with qtbot.waitSignal(band.rate_chosen):
        QTest.mouseClick(
            band.slider, Qt.MouseButton.LeftButton, pos=QPoint(at, band.slider.height() // 2)
        )
    assert controls.experiment.learning_rate == pytest.approx(1.0, rel=0.13)  # a stop off at most
    assert prediction(band).startswith("⚠")


def test_facts_that_come_in_mid_drag_do_not_lose_the_last_rate(
    controls: Controls, show: Show, qtbot: QtBot
) -> None:
    band = show({})
    facts = facts_of(ARTICLE, ARTICLE.make_data())
    seen: list[object] = []
    controls.setting_changed.connect(lambda path, value: seen.append(value))
    band.slider.setValue(50)
    dragged = band.slider.number
    controls.show_facts(replace(ARTICLE, learning_rate=0.02), facts)
    assert band.slider.number == dragged
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [dragged]


def test_more_epochs_move_the_creeping_edge(controls: Controls, show: Show) -> None:
    band = show({})
    before = band.scale.zones[0].right
    band = show({"stop.epochs": 10_000})
    assert band.scale.zones[0].right < before - 20


def test_the_same_facts_again_cost_nothing(
    controls: Controls, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of(ARTICLE, ARTICLE.make_data())
    controls.show_facts(ARTICLE, facts)
    monkeypatch.setattr(controls.form.rate_band, "_show", lambda: pytest.fail("drawn again"))
    controls.show_facts(ARTICLE, facts)


# How it looks.


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nothing_on_it_is_vermilion_and_the_sentence_is_whole(
    controls: Controls, show: Show, qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    apply_style(qapp, theme)
    controls.set_theme(theme)
    label = controls.form.rate_band.sentence
    for rate in (0.001, 0.01, 0.08, 0.2):
        band = show({"learning_rate": rate, "batch_size": 10})
        qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()), timeout=1000)
        image = band.grab().toImage()
        found = {
            image.pixelColor(x, y).name().upper()
            for x in range(image.width())
            for y in range(image.height())
        }
        assert theme.gradient not in found
        assert {theme.data, theme.error} <= found


def test_track_is_never_wider_than_the_column(controls: Controls, show: Show) -> None:
    band = show({"data.x_max": 1000.0})
    for width in (264, 300, 500, 264):
        controls.resize(width, 800)
        QApplication.processEvents()
        assert band.width() <= width - 24
        assert band.scale.width() == band.slider.width() == band.width()
        assert band.scale.zones[-1].right == band.scale.width()
        for one, other in pairwise(band.scale.zones):
            assert one.right == other.left


# Rescue.


@pytest.fixture
def results(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(270, 500)
    made.show()
    return made


def diverged(rescue: tuple[int, float] | None, **changes: Any) -> Snapshot:
    experiment: Experiment = ARTICLE.changed({"learning_rate": 0.2, **changes})
    run = Run(experiment)
    run.run()
    return Snapshot(1, State.STOPPED, experiment, view=run.view(), rescue=rescue)


def test_diverged_run_says_why_and_offers_the_way_back(results: ResultsPanel, qtbot: QtBot) -> None:
    snapshot = diverged((41, 0.067))
    results.refresh(snapshot)
    button = results.findChild(QPushButton, "rescue")
    sentence = results.findChild(QLabel, "run_sentence")
    assert button is not None
    assert sentence is not None
    assert button.isVisible()
    assert button.text().split() == ["Go", "back", "to", "step", "41", "with", "η", "=", "0.067"]
    assert "\n" not in button.accessibleName()
    assert "step 41" in button.toolTip()
    assert "0.2 is over 2/λmax = 0.1094 for this data" in sentence.text()
    assert "Go on with 0.067" in sentence.text()
    assert button.property("primary")
    assert not results.test.property("primary")  # one main thing to do
    with qtbot.waitSignal(results.rescue_pressed):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    results.refresh(replace(snapshot, rescue=(12_345, 0.01)))
    assert "step 12,345" in button.text()
    assert button.sizeHint().width() <= 240
    results.refresh(replace(snapshot, rescue=None))
    assert not button.isVisible()


def test_no_rescue_is_offered_where_none_is_needed(results: ResultsPanel) -> None:
    run = Run(ARTICLE)
    results.refresh(Snapshot(1, State.PAUSED, ARTICLE))
    assert results.rescue.isHidden()
    run.run()
    results.refresh(Snapshot(1, State.STOPPED, ARTICLE, view=run.view()))
    assert results.rescue.isHidden()
    assert results.test.property("primary")


# What is shown of results.


def test_units_and_large_errors_have_room(results: ResultsPanel) -> None:
    made = preset("hubble_1929")
    run = Run(made.experiment)
    run.run()
    view, evaluation, applied = run.view(), run.test(), run.apply([(1.5,), (3.0,)])
    results.refresh(Snapshot(1, State.STOPPED, made.experiment, view=view))
    note = results.findChild(QLabel, "apply_note")
    assert note is not None
    assert note.text().endswith("x: distance (Mpc); y: velocity (km/s).")
    shown = Snapshot(
        1, State.STOPPED, made.experiment, view=view, evaluation=evaluation, applied=applied
    )
    results.refresh(shown)
    assert "Outside the training x" in note.text()
    assert note.text().endswith("\nx: distance (Mpc); y: velocity (km/s).")
    cells = [results.test_table.item(row, 0) for row in range(4)]
    texts = [cell.text() for cell in cells if cell is not None]
    assert view.numbers is not None
    x, y = view.data.train.inputs[:, 0], view.data.train.targets
    error = view.numbers[0] * x + view.numbers[1] - y
    mse = np.mean(error**2)
    three = (mse, np.mean(np.abs(error)), np.sqrt(mse))
    assert texts == [*(f"{value:.6g}" for value in three), f"{1 - mse / y.var():.4f}"]
    metrics = results.test_table.fontMetrics()
    width = results.test_table.columnWidth(0)
    assert all(metrics.horizontalAdvance(text) < width for text in texts)


def test_without_units_nothing_is_said_of_them(results: ResultsPanel) -> None:
    results.refresh(diverged(None))
    note = results.findChild(QLabel, "apply_note")
    assert note is not None
    assert note.text() == "What does the model say of a new x?"
