"""The foot of the window: numbers of this moment, of the past and near it, at stable widths."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.status import StatusBar
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE, run_of
from tests.plots.test_flow_chart import fresh, rest

NAMES = ("epoch", "step", "loss", "rate", "phase")


def snapshot(run: Run, state: State = State.PAUSED, **fields: Any) -> Snapshot:
    return Snapshot(0, state, run.experiment, view=run.view(), **fields)


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> Iterator[StatusBar]:
    apply_style(qapp, LIGHT)
    made = StatusBar(LIGHT)
    qtbot.addWidget(made)
    made.resize(1280, 50)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.timeline.hide()


def label(bar: StatusBar, name: str) -> QLabel:
    found = bar.findChild(QLabel, f"status_{name}")
    assert found is not None
    return found


def texts(bar: StatusBar) -> list[str]:
    return [label(bar, name).text() for name in NAMES]


def test_loading_and_a_fresh_run(bar: StatusBar) -> None:
    bar.refresh(Snapshot(0, State.LOADING, ARTICLE))
    assert texts(bar) == ["Getting ready…", "", "", "", ""]
    bar.refresh(snapshot(fresh()))
    assert texts(bar) == ["epoch 0 / 100", "step 0", "loss –", "paused", "1 Initial weights"]
    bar.refresh(Snapshot(0, State.LOADING, ARTICLE))
    assert texts(bar) == ["Getting ready…", "", "", "", ""]


def test_the_articles_numbers_at_epoch_57(bar: StatusBar) -> None:
    bar.refresh(snapshot(rest(Phase.BACKWARD), State.RUNNING, rate=10.04))
    assert texts(bar) == ["epoch 57 / 100", "step 57", "loss 0.2420", "10 epochs/s", "5 Backward"]
    bar.refresh(snapshot(rest(Phase.UPDATE), State.RUNNING, rate=0.52))
    assert texts(bar) == ["epoch 57 / 100", "step 57", "loss 0.2420", "0.5 epochs/s", "6 Update"]


def test_a_stopped_run_has_a_final_loss(bar: StatusBar) -> None:
    run = Run(ARTICLE)
    run.run()
    bar.refresh(snapshot(run, State.STOPPED))
    assert texts(bar) == [
        "epoch 100 / 100", "step 100", "final loss 0.2291", "stopped", "4 Stop?"
    ]  # fmt: skip
    bar.refresh(snapshot(run, State.FAILED))
    assert label(bar, "rate").text() == "failed"


def test_the_past_is_called_that(bar: StatusBar) -> None:
    run = Run(ARTICLE)
    run.run()
    run.seek(57)
    bar.refresh(snapshot(run))
    assert texts(bar) == [
        "epoch 57 / 100", "step 57 / 100", "loss 0.2420", "in the past", "6 Update"
    ]  # fmt: skip
    bar.refresh(snapshot(run, State.RUNNING, rate=10.0))
    assert label(bar, "rate").text() == "replay 10 epochs/s"


def test_while_gliding_it_says_near(bar: StatusBar) -> None:
    run = run_of(80)
    bar.refresh(snapshot(run))
    line = bar.timeline
    at = QPoint(round(line.rail.place(57)), 18)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=at)
    run.seek(56)
    bar.refresh(snapshot(run, gliding=True))
    assert texts(bar)[:2] == ["near epoch 57 / 100", "shows step 56"]
    assert line.tag.text() == "near epoch 57 · shows step 56"
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=at)
    run.seek(57)
    bar.refresh(snapshot(run))
    assert texts(bar)[:2] == ["epoch 57 / 100", "step 57 / 80"]
    run.seek(40)
    bar.refresh(snapshot(run, gliding=True))  # by another way than the timeline
    assert texts(bar)[:2] == ["near epoch 40 / 100", "shows step 40"]


def test_nothing_moves_while_numbers_change(bar: StatusBar) -> None:
    run = run_of(80)
    bar.refresh(snapshot(run))
    QApplication.processEvents()
    before = [label(bar, name).geometry() for name in NAMES], bar.timeline.geometry()
    for state, step, gliding in (
        (State.RUNNING, 80, False),
        (State.RUNNING, 7, False),
        (State.PAUSED, 7, True),
        (State.PAUSED, 3, False),
        (State.STOPPED, 80, False),
    ):
        run.seek(step)
        bar.refresh(snapshot(run, state, rate=1234.0, gliding=gliding))
        QApplication.processEvents()
        after = [label(bar, name).geometry() for name in NAMES], bar.timeline.geometry()
        assert after == before


def test_the_timeline_keeps_its_width_while_it_is_dragged(bar: StatusBar) -> None:
    run = run_of(90, {"stop.epochs": 10**6})
    bar.refresh(snapshot(run, State.RUNNING))
    line = bar.timeline
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line.rail.place(40)), 18))
    width = line.width()
    run.run_until(math.inf, 20_000)
    bar.refresh(snapshot(run, State.RUNNING, rate=10.0))
    QApplication.processEvents()
    assert line.width() == width
    line._let_go()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [960, 1100, 1280, 1920])
@pytest.mark.parametrize("large", [False, True])
def test_no_text_is_clipped_and_the_timeline_keeps_room(
    bar: StatusBar, qapp: QApplication, theme: Theme, width: int, large: bool, qtbot: QtBot
) -> None:
    apply_style(qapp, theme)
    bar.set_theme(theme)
    if large:
        bar.setStyleSheet("QLabel { font-size: 18px; }")
        qtbot.waitUntil(lambda: not bar._restyled.isActive())
    bar.resize(width, 50)
    run = run_of(3, {"stop.epochs": 10**9})
    view = replace(
        run.view(), epoch=123_456_789, step=234_567_890, head=999_999_999, loss=1.2345e30
    )
    for state in State:
        for gliding in (False, True):
            shown = Snapshot(0, state, run.experiment, view=view, rate=1_234_567.0, gliding=gliding)
            bar.refresh(shown)
            QApplication.processEvents()
            for name in NAMES:
                one = label(bar, name)
                wide = one.fontMetrics().horizontalAdvance(one.text())
                if one.isVisible():
                    assert wide <= one.width(), one.text()
                    assert bar.rect().contains(one.geometry()), one.text()
            assert bar.timeline.width() >= 120
            assert label(bar, "epoch").isVisible()
            assert label(bar, "loss").isVisible()


def test_phase_and_step_give_way_and_come_back(bar: StatusBar) -> None:
    bar.refresh(snapshot(run_of(3)))
    seen = []
    for width in (*range(1300, 600, -20), *range(600, 1320, 20)):
        bar.resize(width, 50)
        QApplication.processEvents()
        seen.append(tuple(name for name in NAMES if not label(bar, name).isVisible()))
    assert set(seen) == {(), ("phase",), ("step", "phase")}
    fewer, more = seen[:35], seen[35:]
    assert sorted(fewer, key=len) == fewer
    assert sorted(more, key=len, reverse=True) == more


def test_another_font_is_measured(bar: StatusBar, qtbot: QtBot) -> None:
    bar.refresh(snapshot(run_of(3)))
    before = label(bar, "epoch").width()
    bar.setStyleSheet("QLabel { font-size: 24px; }")
    qtbot.waitUntil(lambda: label(bar, "epoch").width() > before)
    for name in NAMES:
        one = label(bar, name)
        assert one.fontMetrics().horizontalAdvance(one.text()) <= one.width()


def test_a_second_row_takes_what_is_added(bar: StatusBar) -> None:
    low = bar.sizeHint().height()
    button = QPushButton("Runs")
    bar.add_widget(button)
    button.show()
    assert bar.row.itemAt(0).widget() is button  # type: ignore[union-attr]
    QApplication.processEvents()
    assert bar.sizeHint().height() > low


def test_refresh_with_nothing_new_writes_nothing(
    bar: StatusBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(30)
    bar.refresh(snapshot(run, State.RUNNING, rate=10.0))
    calls: list[str] = []
    monkeypatch.setattr(QLabel, "setText", lambda _self, text: calls.append(text))
    bar.refresh(snapshot(run, State.RUNNING, rate=10.0))
    assert calls == []
    run.run_until(math.inf, 1)
    bar.refresh(snapshot(run, State.RUNNING, rate=10.0))
    assert len(calls) == 3  # epoch, step, loss


def test_a_scheduled_rate_is_shown_where_there_is_one(bar: StatusBar) -> None:
    bar.refresh(snapshot(run_of(3)))
    assert not label(bar, "eta").isVisible()
    run = run_of(3, {"schedule": Choice("warmup", {"warmup_epochs": 10})})
    bar.refresh(snapshot(run))
    assert label(bar, "eta").isVisible()
    assert label(bar, "eta").text() == "η 0.003"
    run.seek(1)
    bar.refresh(snapshot(run))
    assert label(bar, "eta").text() == "η 0.001"


def test_the_device_of_the_numbers_is_told(bar: StatusBar) -> None:
    bar.refresh(snapshot(rest(Phase.UPDATE), State.RUNNING, rate=10.0))
    assert label(bar, "rate").toolTip().endswith("computed on: CPU, in float32")
    run = fresh()
    view = replace(
        run.view(), device="CUDA (Toy 1)", experiment=ARTICLE.changed({"device": "cuda"})
    )
    bar.refresh(replace(snapshot(run), view=view))
    assert label(bar, "rate").text() == "paused · on CUDA (Toy 1)"
    assert "CUDA (Toy 1)" in label(bar, "rate").toolTip()
