import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core.look import step_view
from guitrain.core.phases import PHASES, Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.plots.diagram import Kind
from guitrain.plots.flow_chart import FlowChart
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from tests.plots.runs import ARTICLE, run_of

STEP = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE)


def at(run: Run, **fields: Any) -> Snapshot:
    """The moment at which a run rests."""
    return Snapshot(
        0, State.PAUSED, run.experiment, view=run.view(), step_view=step_view(run), **fields
    )


def rest(phase: Phase, epochs: int = 56, changes: Mapping[str, Any] | None = None) -> Run:
    """The article's run, changed, some epochs on, at a phase of its next step."""
    run = run_of(epochs, changes)
    while run.advance() is not phase:
        pass
    return run


def fresh() -> Run:
    """The article's run before its first step."""
    run = Run(ARTICLE)
    while run.advance() is not Phase.INIT:
        pass
    return run


def before_init() -> Snapshot:
    """Stepped back to DATA: there are points, and no weights yet."""
    view = fresh().view()
    view = replace(view, phase=Phase.DATA, numbers=None, initial=None)
    return Snapshot(0, State.PAUSED, ARTICLE, view=view)


@pytest.fixture
def chart(qtbot: QtBot) -> FlowChart:
    made = FlowChart()
    qtbot.addWidget(made)
    made.resize(400, 255)
    made.show()
    return made


def said(chart: FlowChart, phase: Phase) -> list[str]:
    return [label.text for label in chart.boxes[phase].details]


def arrow(chart: FlowChart, name: str) -> str:
    return chart.arrows[name].label.text


def lit(chart: FlowChart) -> list[Phase]:
    return [phase for phase, box in chart.boxes.items() if box.lit]


def bold(chart: FlowChart) -> list[str]:
    return [name for name, one in chart.arrows.items() if one.bold]


def texts(chart: FlowChart) -> list[QGraphicsSimpleTextItem]:
    items = chart.scene().items()
    return [i for i in items if isinstance(i, QGraphicsSimpleTextItem) and i.text()]


# Boxes and what is lit.


def test_boxes_are_those_of_the_phase_table(chart: FlowChart) -> None:
    numbers = {}
    for box in chart.boxes.values():
        for phase in box.phases:
            assert PHASES[phase].number == int(box.title.text.split()[0])
            numbers[phase] = PHASES[phase].number
    assert set(numbers) == set(PHASES)
    assert [box.title.text for box in chart.boxes.values()] == [
        "1 Data + weights",
        "2 Forward",
        "3 Loss",
        "4 Stop?",
        "5 Backward",
        "6 Update",
        "8 Test",
        "8 Apply",
    ]
    assert arrow(chart, "next") == "7 next step"


def test_each_stage_is_named(chart: FlowChart) -> None:
    shown = [item.text() for item in texts(chart)]
    assert {info.stage for info in PHASES.values()} == {"train", "test", "apply"} <= set(shown)


@pytest.mark.parametrize(
    ("phase", "move"),
    [
        (Phase.FORWARD, "prediction"),
        (Phase.LOSS, "loss"),
        (Phase.STOP, "no"),
        (Phase.BACKWARD, "gradients"),
        (Phase.UPDATE, "next"),
    ],
)
def test_box_of_the_phase_is_lit_and_its_move_bold(
    chart: FlowChart, phase: Phase, move: str
) -> None:
    chart.refresh(at(rest(phase)))
    assert lit(chart) == [phase]
    assert bold(chart) == [move]
    box, other = chart.boxes[phase], chart.boxes[Phase.TEST]
    assert box.marker.isVisible()
    assert not other.marker.isVisible()
    assert box.item.pen().widthF() > 2 * other.item.pen().widthF()
    assert box.item.brush().color() != other.item.brush().color()
    others = [one for name, one in chart.arrows.items() if name != move]
    assert chart.arrows[move].shaft.pen().widthF() > max(o.shaft.pen().widthF() for o in others)


def ends(chart: FlowChart, name: str) -> tuple[Phase, Phase]:
    """The boxes that an arrow leaves and reaches, by where it lies."""
    corners = chart.arrows[name].way.corners
    start, end = within(chart, *corners[:2][::-1]), within(chart, *corners[-2:])
    assert start is not None
    assert end is not None
    return start, end


def within(chart: FlowChart, last: tuple[float, float], end: tuple[float, float]) -> Phase | None:
    """The box that lies a little beyond the end of a line."""
    along = [b - a for a, b in zip(last, end, strict=True)]
    length = sum(map(abs, along))  # it goes along an axis
    return chart.box_at(QPointF(*(b + 3 * d / length for b, d in zip(end, along, strict=True))))


def test_moves_are_in_the_order_of_the_loop_itself(chart: FlowChart) -> None:
    run = Run(ARTICLE.changed({"stop.epochs": 2}))
    run.advance()
    seen: list[Phase] = []
    moves: list[tuple[Phase, Phase]] = []
    while run.advance() is not None:
        chart.refresh(at(run))
        (box,) = lit(chart)
        assert run.phase in chart.boxes[box].phases
        seen.append(box)
        (name,) = bold(chart)
        moves.append(ends(chart, name))
    assert seen == [Phase.DATA, *STEP, *STEP, *STEP[:3]]
    # The arrow out of each box leads to the box of what the loop does next.
    assert moves[:-1] == list(pairwise(seen))
    assert moves[-1] == (Phase.STOP, Phase.TEST)
    assert ends(chart, "use") == (Phase.TEST, Phase.APPLY)
    assert {frozenset(ends(chart, name)) for name in chart.arrows} == {
        frozenset(move) for move in [*moves, (Phase.TEST, Phase.APPLY)]
    }, "an arrow that the loop never goes"


def test_first_box_is_lit_before_the_first_step(chart: FlowChart) -> None:
    chart.refresh(before_init())
    assert lit(chart) == [Phase.DATA]
    assert said(chart, Phase.DATA) == ["100 points", ""]
    chart.refresh(at(fresh()))
    assert lit(chart) == [Phase.DATA]
    assert bold(chart) == ["data"]
    assert said(chart, Phase.DATA) == ["100 points", "w −0.205, b 0.783"]
    assert said(chart, Phase.FORWARD) == ["ŷ = w·x + b", ""]


def test_nothing_is_lit_while_the_run_is_being_made(chart: FlowChart) -> None:
    chart.refresh(at(rest(Phase.LOSS)))
    chart.refresh(Snapshot(1, State.LOADING, ARTICLE))
    assert lit(chart) == []
    assert bold(chart) == []
    assert said(chart, Phase.DATA) == ["", ""]
    assert said(chart, Phase.LOSS) == ["mean (ŷ − y)²"]
    assert arrow(chart, "data") == "x"
    chart.refresh(Snapshot(1, State.LOADING, ARTICLE, data=ARTICLE.make_data()))
    assert said(chart, Phase.DATA) == ["100 points", ""]


# Numbers: the article's at epoch 57, and none before its phase.


def test_step_57_has_the_articles_numbers(chart: FlowChart) -> None:
    run = rest(Phase.FORWARD)
    chart.refresh(at(run))
    assert said(chart, Phase.FORWARD) == ["ŷ = w·x + b", "w 1.8947, b 1.3013"]
    assert arrow(chart, "data") == "100 × x"
    assert arrow(chart, "prediction") == "ŷ"
    assert chart.position.text == "epoch 57"
    assert said(chart, Phase.LOSS) == ["mean (ŷ − y)²"]
    assert arrow(chart, "loss") == "L"
    assert said(chart, Phase.STOP) == ["epoch 57 of 100?", ""]

    run.advance()
    chart.refresh(at(run))
    assert said(chart, Phase.LOSS) == ["mean (ŷ − y)² = 0.2420"]
    assert arrow(chart, "loss") == "L = 0.2420"

    run.advance()
    chart.refresh(at(run))
    assert said(chart, Phase.STOP) == ["epoch 57 of 100", "→ keep going"]
    assert said(chart, Phase.BACKWARD) == ["∂L/∂w", "∂L/∂b"]

    run.advance()
    chart.refresh(at(run))
    assert said(chart, Phase.BACKWARD) == ["∂L/∂w −0.0558", "∂L/∂b 0.1801"]
    assert arrow(chart, "gradients") == "∂L/∂w −0.0558"
    assert said(chart, Phase.UPDATE) == ["w ← w − 0.01·∂L/∂w", "b ← b − 0.01·∂L/∂b"]

    run.advance()
    chart.refresh(at(run))
    assert said(chart, Phase.UPDATE) == ["w ← w − 0.01·∂L/∂w", "w 1.8953, b 1.2995"]
    assert said(chart, Phase.LOSS) == ["mean (ŷ − y)² = 0.2420"]
    assert chart.position.text == "epoch 57"

    run.advance()
    chart.refresh(at(run))
    assert said(chart, Phase.LOSS) == ["mean (ŷ − y)²"]
    assert arrow(chart, "gradients") == "∂L/∂w"
    assert said(chart, Phase.FORWARD)[1] == "w 1.8953, b 1.2995"
    assert chart.position.text == "epoch 58"


def test_learning_rate_loss_and_optimizer_are_the_experiments(chart: FlowChart) -> None:
    changes = {"learning_rate": 0.05, "loss": "huber", "optimizer.momentum": 0.9}
    chart.refresh(at(rest(Phase.BACKWARD, 3, changes)))
    assert said(chart, Phase.UPDATE) == ["w ← w − 0.05·v", "b ← b − 0.05·v"]
    assert said(chart, Phase.LOSS)[0].startswith("mean h(ŷ − y) = ")


@pytest.mark.parametrize(
    ("optimizer", "says"),
    [
        ("adam", "{0} ← {0} − η·m′/(√v′ + ε)"),
        # Too long for the box: both in the same short way.
        ("adamw", "{0} ← AdamW(∂L/∂{0})"),
        ("rmsprop", "{0} ← RMSprop(∂L/∂{0})"),
        ("adagrad", "{0} ← Adagrad(∂L/∂{0})"),
    ],
)
def test_formulas_of_both_parameters_are_written_alike(
    chart: FlowChart, optimizer: str, says: str
) -> None:
    chart.refresh(at(rest(Phase.BACKWARD, 3, {"optimizer": optimizer})))
    assert said(chart, Phase.UPDATE) == [says.format(name) for name in "wb"]


# STOP.


def test_target_is_compared_with_the_loss(chart: FlowChart) -> None:
    changes = {"stop.target_loss": 0.01}
    chart.refresh(at(rest(Phase.LOSS, changes=changes)))
    assert said(chart, Phase.STOP) == ["loss ≤ 0.0100?", ""]
    chart.refresh(at(rest(Phase.STOP, changes=changes)))
    assert said(chart, Phase.STOP) == ["loss 0.2420 > target 0.0100", "→ keep going"]


def test_numbers_that_differ_look_different(chart: FlowChart) -> None:
    snapshot = at(rest(Phase.STOP))
    assert snapshot.step_view is not None
    loss = snapshot.step_view.loss
    assert loss is not None
    settings = ARTICLE.changed({"stop.target_loss": loss - 2e-6})
    assert snapshot.view is not None
    chart.refresh(replace(snapshot, view=replace(snapshot.view, settings=settings)))
    one, other = said(chart, Phase.STOP)[0].replace("loss", "").replace("target", "").split(" > ")
    assert float(one) > float(other)


@pytest.mark.parametrize(
    ("changes", "comparison", "position"),
    [
        ({}, "epoch 100 of 100 done", "after epoch 100"),
        ({"stop.target_loss": 0.24}, "loss 0.2399 ≤ target 0.2400", "after epoch 62"),
        ({"stop.target_loss": 1e3}, "loss 42.9 ≤ target 1,000", "before the first update"),
        ({"stop.patience": 3, "stop.min_improvement": 1.0}, "no fall for 3 epochs", None),
        ({"learning_rate": 50.0}, "the loss is not finite", None),
    ],
)
def test_rule_that_stopped_the_run_is_told(
    chart: FlowChart, changes: dict[str, Any], comparison: str, position: str | None
) -> None:
    run = Run(ARTICLE.changed(changes))
    reason = run.run()
    chart.refresh(at(run))
    assert lit(chart) == [Phase.STOP]
    assert bold(chart) == ["yes"]
    assert said(chart, Phase.STOP) == [comparison, "→ stop"]
    assert chart.position.text == (position or f"after epoch {reason.epoch}")
    assert said(chart, Phase.BACKWARD) == ["∂L/∂w", "∂L/∂b"]


def test_patience_counts_once_it_has_judged(chart: FlowChart) -> None:
    changes = {"stop.patience": 10}
    chart.refresh(at(rest(Phase.LOSS, changes=changes)))
    assert said(chart, Phase.STOP)[0] == "no fall for 10 epochs?"
    chart.refresh(at(rest(Phase.STOP, changes=changes)))
    assert said(chart, Phase.STOP) == ["no fall for 0 of 10 epochs", "→ keep going"]
    slow = rest(Phase.STOP, 20, {"stop.patience": 10, "stop.min_improvement": 1.0})
    chart.refresh(at(slow))
    # The last fall by 1 led to 0.3595, at epoch 16; five epochs were judged since.
    assert said(chart, Phase.STOP)[0] == "no fall for 5 of 10 epochs"


def test_mini_batches_are_counted_and_judged_by_the_epochs_mean(chart: FlowChart) -> None:
    changes = {"batch_size": 10, "stop.target_loss": 0.01}
    run = rest(Phase.STOP, 3, changes)
    chart.refresh(at(run))
    mean = float(run.epochs.publish().column("loss")[2])
    assert said(chart, Phase.STOP) == [f"loss {mean:.4f} > target 0.0100", "→ keep going"]
    assert chart.position.text == "epoch 4 · batch 1 of 10"
    for _ in range(2 * len(STEP)):
        run.advance()
    chart.refresh(at(run))
    assert said(chart, Phase.STOP) == ["batch 3 of 10", "→ keep going"]
    assert chart.position.text == "epoch 4 · batch 3 of 10"
    assert arrow(chart, "data") == "10 × x"


def test_no_epoch_is_judged_in_the_first_one_of_mini_batches(chart: FlowChart) -> None:
    changes = {"batch_size": 10, "stop.target_loss": 0.01, "stop.patience": 5}
    chart.refresh(at(rest(Phase.STOP, 0, changes)))
    assert said(chart, Phase.STOP) == ["epoch 1 of 100", "→ keep going"]


# Test and Apply.


def test_outcomes_of_test_and_apply_are_told(chart: FlowChart) -> None:
    run = Run(ARTICLE)
    run.run()
    chart.refresh(at(run))
    assert said(chart, Phase.TEST) == ["20 unseen points"]
    assert said(chart, Phase.APPLY) == ["new x → ŷ"]
    data = run.learner.data.test
    w, b = run.learner.numbers
    mse = float(np.mean((w * data.inputs[:, 0] + b - data.targets) ** 2))
    chart.refresh(at(run, evaluation=run.test(), applied=run.apply([(1.5,), (3.5,), (4.8,)])))
    assert said(chart, Phase.TEST) == [f"test MSE {mse:.4f}"]
    assert said(chart, Phase.APPLY) == ["3 predictions"]


def test_no_test_points_is_said(chart: FlowChart) -> None:
    chart.refresh(at(rest(Phase.LOSS, 2, {"test_fraction": 0.0})))
    assert said(chart, Phase.TEST) == ["no test points"]


# Arrows.


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_values_are_blue_and_gradients_alone_vermilion(chart: FlowChart, theme: Theme) -> None:
    chart.set_theme(theme)
    chart.refresh(at(rest(Phase.BACKWARD)))
    for one in chart.arrows.values():
        colour = one.shaft.pen().color().name().upper()
        assert one.head.brush().color().name().upper() == colour
        assert one.label.item.brush().color().name().upper() == colour
        assert (colour == theme.gradient.upper()) == (one.way.kind is Kind.GRADIENTS)
        assert (colour == theme.data.upper()) == (one.way.kind is Kind.VALUES)
        # Never colour alone: only gradients are dashed.
        solid = one.shaft.pen().style() is Qt.PenStyle.SolidLine
        assert solid == (one.way.kind is not Kind.GRADIENTS)
    assert [n for n, one in chart.arrows.items() if one.way.kind is Kind.GRADIENTS] == ["gradients"]


def test_arrows_end_at_boxes_and_point_the_way_they_go(chart: FlowChart) -> None:
    for one in chart.arrows.values():
        corners = [QPointF(*corner) for corner in one.way.corners]
        for end in (corners[0], corners[-1]):
            near = QRectF(end.x() - 1, end.y() - 1, 2, 2)
            assert any(box.item.path().intersects(near) for box in chart.boxes.values())
        for start, end in pairwise(corners):
            assert start.x() == end.x() or start.y() == end.y()
        tip = one.head.path().elementAt(0)
        assert (QPointF(tip.x, tip.y) - corners[-1]).manhattanLength() < 2


# Text fits.


def moments() -> list[Snapshot]:
    """Every state there is, and numbers of every size."""
    made = [at(rest(phase)) for phase in STEP]
    made += [before_init(), Snapshot(0, State.LOADING, ARTICLE)]
    for changes in (
        {"learning_rate": 50.0},
        {"stop.target_loss": 0.24, "learning_rate": 1.23456e-5, "stop.epochs": 3},
        {"stop.patience": 1_000_000, "stop.epochs": 2},
        {"batch_size": 1, "stop.epochs": 2, "stop.target_loss": 1e-9},
        {"optimizer.momentum": 0.9, "learning_rate": 0.123456, "stop.epochs": 7},
    ):
        run = run_of(1, changes)
        while run.advance() is not None:
            pass
        made += [at(run), at(rest(Phase.STOP, 1, changes)), at(rest(Phase.UPDATE, 1, changes))]
    whole = made[4]
    step = whole.step_view
    assert step is not None
    for value in (1e38, -1.23456e-30, math.inf, math.nan, 123456.789, -9.87654e37):
        huge = replace(
            step,
            step=123_456_789,
            epoch=123_456_789,
            batch_index=99_999,
            batches=100_000,
            rows=np.arange(100_000),
            before=(value, value),
            after=(value, -value),
            gradients=(value, -value),
            loss=value,
        )
        made += [replace(whole, step_view=huge), replace(whole, step_view=replace(huge, batches=1))]
    return made


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(280, 175), (300, 230), (460, 330), (1200, 800)])
def test_no_text_leaves_its_box_or_lies_over_another(
    chart: FlowChart, theme: Theme, size: tuple[int, int]
) -> None:
    chart.set_theme(theme)
    chart.resize(*size)
    for snapshot in moments():
        chart.refresh(snapshot)
        for box in chart.boxes.values():
            outline = box.item.path()
            for label in (box.title, *box.details):
                # Letters reach neither the top nor the bottom of their line.
                ink = label.box.adjusted(0, 3, 0, -3)
                assert not label.text or outline.contains(ink), (label.text, box.phase)
                assert "…" not in label.text, label.text
        free = [one.label for one in chart.arrows.values()] + [chart.position]
        for label in free:
            assert "…" not in label.text, label.text
            ink = label.box.adjusted(0, 3, 0, -3)
            for box in chart.boxes.values():
                assert not label.text or not box.item.path().intersects(ink), label.text
        shown = [label.box.adjusted(1, 3, -1, -3) for label in free if label.text]
        assert not any(a.intersects(b) for i, a in enumerate(shown) for b in shown[:i])
        everything = chart.mapToScene(chart.viewport().rect()).boundingRect()
        assert all(everything.contains(i.sceneBoundingRect()) for i in texts(chart))


def test_whole_diagram_is_in_sight_at_any_size(chart: FlowChart) -> None:
    for size in ((300, 600), (900, 200), (396, 252)):
        chart.resize(*size)
        shown = chart.mapFromScene(chart.sceneRect()).boundingRect()
        assert chart.viewport().rect().adjusted(-1, -1, 1, 1).contains(shown)
        assert min(size[0] - shown.width(), size[1] - shown.height()) <= 2


# Clicks and keys.


def click(chart: FlowChart, at: QPointF) -> None:
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.mapFromScene(at))


@pytest.mark.parametrize("size", [(300, 230), (460, 330)])
def test_click_on_a_box_emits_its_phase(chart: FlowChart, size: tuple[int, int]) -> None:
    chart.resize(*size)
    asked: list[Phase] = []
    chart.explained.connect(asked.append)
    for box in chart.boxes.values():
        click(chart, box.place.center())
    assert asked == list(chart.boxes)
    click(chart, chart.boxes[Phase.STOP].place.topLeft() + QPointF(4, 4))  # beside the diamond
    click(chart, QPointF(394, 2))
    assert asked == list(chart.boxes)


def test_every_box_is_reached_by_keyboard(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chart = FlowChart(window)
    after = QWidget(window)
    after.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    asked: list[Phase] = []
    chart.explained.connect(asked.append)
    after.setFocus()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    for phase in chart.boxes:
        assert chart.focused is phase
        assert [p for p, box in chart.boxes.items() if box.ring.isVisible()] == [phase]
        assert chart.boxes[phase].title.text in chart.accessibleDescription()
        QTest.keyClick(chart, Qt.Key.Key_Return)
        QTest.keyClick(chart, Qt.Key.Key_Tab)
    assert asked == list(chart.boxes)
    assert after.hasFocus()
    assert not any(box.ring.isVisible() for box in chart.boxes.values())
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert chart.focused is Phase.APPLY
    QTest.keyClick(chart, Qt.Key.Key_Backtab)
    assert chart.focused is Phase.TEST


def test_arrow_keys_are_left_to_the_window(qtbot: QtBot) -> None:
    class Window(QWidget):
        def keyPressEvent(self, event: Any) -> None:
            keys.append(event.key())

    keys: list[int] = []
    window = Window()
    qtbot.addWidget(window)
    chart = FlowChart(window)
    window.show()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(chart, key)
    assert keys == [Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Escape]


# Cost.


def test_what_stays_the_same_is_not_touched(
    chart: FlowChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = rest(Phase.UPDATE)
    chart.refresh(at(run))
    touched: list[str] = []
    for item in texts(chart):
        monkeypatch.setattr(item, "setText", touched.append)
    for box in chart.boxes.values():
        monkeypatch.setattr(box, "light", lambda *_: touched.append("light"))
    for one in chart.arrows.values():
        monkeypatch.setattr(one, "restyle", lambda *_: touched.append("restyle"))
    chart.refresh(at(run))  # equal, and made again
    assert touched == []
    run.advance_by(Unit.EPOCH)
    chart.refresh(at(run))
    w, b = run.learner.numbers
    assert f"w {w:.4f}, b {b:.4f}" in touched
    assert not {"light", "restyle", "100 points", "ŷ = w·x + b", "2 Forward"} & set(touched)


def test_painting_is_qts_own() -> None:
    assert FlowChart.paintEvent is QGraphicsView.paintEvent
    assert FlowChart.drawBackground is QGraphicsView.drawBackground
