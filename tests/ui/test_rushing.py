"""Flat out: no moment is worked out that nobody takes, and texts are told when they can be read."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from guitrain.core.phases import Phase
from guitrain.plots.theme import LIGHT
from guitrain.publishing import TELL_EVERY
from guitrain.snapshot import MAX_PACE, Pace, Snapshot, State
from guitrain.trainer import Trainer
from guitrain.ui.code_panel import CodePanel
from guitrain.ui.cycle_panel import CyclePanel
from guitrain.ui.numbers_panel import NumbersPanel
from guitrain.ui.status import StatusBar
from tests.plots.runs import ARTICLE
from tests.step_views import moment
from tests.ui.test_worker import ENDLESS, ready, wait


@pytest.fixture
def trainer(qtbot: QtBot) -> Iterator[Trainer]:
    made = Trainer(ENDLESS)
    yield made
    assert made.close()


def test_the_next_moment_is_made_once_the_last_one_was_taken(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.set_pace(MAX_PACE)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.RUNNING and s.view is not None)
    worker = trainer._worker
    qtbot.waitUntil(lambda: worker.snapshot is not worker.taken)  # as nobody looks from here on
    left = worker.snapshot
    assert left.view is not None
    run = worker._run
    assert run is not None
    head = left.view.head
    qtbot.waitUntil(lambda: run.head > head + 200, timeout=20_000)
    assert worker.snapshot is left
    assert trainer.snapshot is left
    qtbot.waitUntil(lambda: worker.snapshot is not left)
    trainer.pause()
    last = wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    assert last.view is not None
    assert last.view.head == run.head
    assert last.legible


def test_flat_out_texts_are_due_a_dozen_times_a_second_and_at_a_pace_always(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.set_pace(MAX_PACE)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.RUNNING)
    start, seen = time.perf_counter(), [trainer.snapshot]
    while len(seen) < 40:
        snapshot = trainer.snapshot
        if snapshot is not seen[-1]:
            seen.append(snapshot)
        qtbot.wait(1)
    took = time.perf_counter() - start
    told = sum(snapshot.legible for snapshot in seen[1:])
    assert 0 < told <= took / TELL_EVERY + 1
    trainer.set_pace(Pace(100))
    seen = [trainer.snapshot]
    while len(seen) < 20:
        if trainer.snapshot is not seen[-1]:
            seen.append(trainer.snapshot)
        qtbot.wait(1)
    assert all(snapshot.legible for snapshot in seen[5:])


def snapshots() -> tuple[Snapshot, Snapshot]:
    """Of two moments of a run, both while it runs."""
    first, second = (moment(ARTICLE, step, Phase.UPDATE) for step in (5, 9))
    return replace(first, state=State.RUNNING), replace(second, state=State.RUNNING)


@pytest.mark.parametrize("kind", ["status", "cycle", "code", "numbers"])
def test_a_text_waits_until_it_can_be_read_and_is_told_then(qtbot: QtBot, kind: str) -> None:
    first, second = snapshots()
    panel: StatusBar | CyclePanel | CodePanel | NumbersPanel
    if kind == "status":
        panel = StatusBar()
    elif kind == "cycle":
        panel = CyclePanel(theme=LIGHT)
    elif kind == "code":
        panel = CodePanel(theme=LIGHT)
    else:
        panel = NumbersPanel(LIGHT)

    def text() -> str:
        if isinstance(panel, StatusBar):
            return panel._step.text()
        if isinstance(panel, CyclePanel):
            return panel.chart.position.text
        if isinstance(panel, CodePanel):
            return str(panel.view.values)
        return panel.text()

    qtbot.addWidget(panel)
    panel.resize(1200, 400)
    panel.show()
    panel.refresh(first)
    before = text()
    assert before
    if isinstance(panel, NumbersPanel):
        panel._cost = 0.0  # of sums, which have a rest of their own
    panel.refresh(replace(second, legible=False))
    assert text() == before
    panel.refresh(second)
    assert text() != before
    # A panel that comes into sight shows the moment at hand.
    told = text()
    panel.hide()
    panel.refresh(replace(first, legible=False))
    panel.show()
    if kind in ("cycle", "code"):
        assert text() != told
