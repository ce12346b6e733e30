import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from guitrain.core.phases import PHASES, Phase
from guitrain.core.run import Run
from guitrain.plots.flow_chart import PLACES
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.cycle_panel import CyclePanel
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE
from tests.plots.test_flow_chart import at, before_init, rest


@pytest.fixture
def panel(qtbot: QtBot) -> CyclePanel:
    made = CyclePanel()
    qtbot.addWidget(made)
    made.resize(400, 280)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def label(panel: CyclePanel, name: str) -> str:
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found.text()


def click(panel: CyclePanel, phase: Phase) -> None:
    place = panel.chart.mapFromScene(PLACES[phase].center())
    QTest.mouseClick(panel.chart.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_legend_tells_the_arrows_apart_by_words_and_shape(panel: CyclePanel) -> None:
    assert label(panel, "legend_values") == "→ values forward"
    assert label(panel, "legend_gradients") == "⇠ gradients back"
    for theme in (LIGHT, DARK):
        panel.set_theme(theme)
        for legend, colour in (
            (panel.legend.values, theme.data),
            (panel.legend.gradients, theme.gradient),
        ):
            legend.ensurePolished()
            assert legend.palette().color(legend.foregroundRole()).name() == colour.lower()


@pytest.mark.parametrize("phase", list(PLACES))
def test_click_on_a_box_explains_it(panel: CyclePanel, phase: Phase) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    assert panel.card.isHidden()
    click(panel, phase)
    assert panel.card.isVisible()
    assert panel.explaining is phase
    assert label(panel, "explanation_title") == panel.chart.boxes[phase].title.text
    assert len(label(panel, "explanation_meaning").split()) > 15
    assert label(panel, "explanation_meaning") == PHASES[phase].meaning
    assert label(panel, "explanation_code") == PHASES[phase].code
    assert label(panel, "explanation_where") == PHASES[phase].where
    assert label(panel, "explanation_formula")


def test_every_box_has_its_words() -> None:
    for phase in PLACES:
        info = PHASES[phase]
        assert info.meaning, phase
        assert info.code, phase
        assert info.where, phase


@pytest.mark.parametrize(
    ("phase", "formula"),
    [
        (Phase.DATA, "100 points\nw −0.205, b 0.783"),
        (Phase.FORWARD, "ŷ = w·x + b\nwith w 1.8947, b 1.3013"),
        (Phase.LOSS, "L = (1/n)·Σ(ŷ − y)²\nn = 100, L = 0.2420"),
        (Phase.STOP, "epoch 57 of 100\n→ keep going"),
        (Phase.BACKWARD, "∂L/∂w = mean 2(ŷ − y)·x = −0.0558\n∂L/∂b = mean 2(ŷ − y) = 0.1801"),
        (
            Phase.UPDATE,
            "w ← 1.8947 − 0.01·(−0.0558) = 1.8953\nb ← 1.3013 − 0.01·0.1801 = 1.2995",
        ),
    ],
)
def test_formulas_have_the_articles_numbers_at_epoch_57(
    panel: CyclePanel, phase: Phase, formula: str
) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    panel.explain(phase)
    assert label(panel, "explanation_formula") == formula


def test_numbers_still_to_come_are_not_told(panel: CyclePanel) -> None:
    panel.refresh(at(rest(Phase.FORWARD)))
    for phase, formula in (
        (Phase.LOSS, "L = (1/n)·Σ(ŷ − y)²"),
        (Phase.STOP, "epoch 57 of 100?"),
        (Phase.BACKWARD, "∂L/∂w = mean 2(ŷ − y)·x\n∂L/∂b = mean 2(ŷ − y)"),
        (Phase.UPDATE, "w ← w − 0.01·∂L/∂w\nb ← b − 0.01·∂L/∂b"),
    ):
        panel.explain(phase)
        assert label(panel, "explanation_formula") == formula


def test_every_rule_that_is_on_is_compared(panel: CyclePanel) -> None:
    changes = {"stop.target_loss": 0.01, "stop.patience": 10}
    panel.refresh(at(rest(Phase.STOP, changes=changes)))
    panel.explain(Phase.STOP)
    assert label(panel, "explanation_formula").split("\n") == [
        "loss 0.2420 > target 0.0100",
        "no fall for 0 of 10 epochs",
        "epoch 57 of 100",
        "→ keep going",
    ]


def test_momentum_has_both_its_lines_and_where_it_led(panel: CyclePanel) -> None:
    run = rest(Phase.UPDATE, 0, {"optimizer.momentum": 0.5})
    panel.refresh(at(run))
    panel.explain(Phase.UPDATE)
    before, after = run.learner.numbers_before, run.learner.numbers
    assert label(panel, "explanation_formula").split("\n")[:3] == [
        "v ← β·v + ∂L/∂w",
        "w ← w − 0.01·v",
        f"w {before[0]:.4f} → {after[0]:.4f}".replace("-", "−"),
    ]


def test_steps_are_counted_once_for_all_parameters(panel: CyclePanel) -> None:
    for phase in (Phase.FORWARD, Phase.UPDATE):
        panel.refresh(at(rest(phase, 0, {"optimizer": "adam"})))
        panel.explain(Phase.UPDATE)
        lines = label(panel, "explanation_formula").split("\n")
        assert lines[0] == "t ← t + 1"
        assert lines.count("t ← t + 1") == 1
        assert "b ← b − 0.01·m′/(√v′ + ε)" in lines


def test_test_and_apply_tell_their_outcome(panel: CyclePanel) -> None:
    run = Run(ARTICLE)
    run.run()
    panel.refresh(at(run, evaluation=run.test(), applied=run.apply([(1.5,), (3.5,), (4.8,)])))
    panel.explain(Phase.APPLY)
    assert label(panel, "explanation_formula").split("\n") == [
        "x = 1.5 → ŷ = 4.10",
        "x = 3.5 → ŷ = 7.94",
        "x = 4.8 → ŷ = 10.43",
    ]
    panel.explain(Phase.TEST)
    assert label(panel, "explanation_formula").endswith("MSE 0.2291 on training points")


def test_open_explanation_follows_the_run(panel: CyclePanel) -> None:
    run = rest(Phase.FORWARD)
    panel.refresh(at(run))
    click(panel, Phase.LOSS)
    run.advance()
    panel.refresh(at(run))
    assert label(panel, "explanation_formula").endswith("L = 0.2420")


@pytest.mark.parametrize("phase", list(PLACES))
def test_nothing_known_yet_is_explained_too(panel: CyclePanel, phase: Phase) -> None:
    for snapshot in (Snapshot(0, State.LOADING, ARTICLE), before_init()):
        panel.refresh(snapshot)
        panel.explain(phase)
        assert panel.card.isVisible()
        panel.close_card()


# Closing it.


def test_escape_closes_and_gives_the_focus_back_to_the_box(panel: CyclePanel) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    panel.chart.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.chart, Qt.Key.Key_Tab)
    QTest.keyClick(panel.chart, Qt.Key.Key_Return)
    assert panel.explaining is Phase.FORWARD
    focus = QApplication.focusWidget()
    assert focus is panel.card
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert panel.card.isHidden()
    assert panel.explaining is None
    assert panel.chart.hasFocus()
    assert panel.chart.focused is Phase.FORWARD


def test_escape_closes_what_the_mouse_opened(panel: CyclePanel) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    panel.setFocus()
    click(panel, Phase.LOSS)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert panel.card.isHidden()
    assert not panel.chart.hasFocus()


def test_click_on_the_card_on_its_cross_or_on_the_box_again_closes(panel: CyclePanel) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    for name in ("explanation_meaning", "explanation_formula"):
        panel.explain(Phase.LOSS)
        found = panel.findChild(QLabel, name)
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert panel.card.isHidden()
    panel.explain(Phase.LOSS)
    cross = panel.findChild(QToolButton, "explanation_close")
    assert cross is not None
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert panel.card.isHidden()
    panel.explain(Phase.LOSS)
    panel.explain(Phase.LOSS)
    assert panel.card.isHidden()
    panel.close_card()


# How it lies.


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(300, 190), (300, 280), (440, 290), (1200, 780)])
def test_card_lies_inside_and_shows_all_or_scrolls(
    panel: CyclePanel, qapp: QApplication, theme: Theme, size: tuple[int, int]
) -> None:
    apply_style(qapp, theme)
    panel.set_theme(theme)
    panel.resize(*size)
    panel.refresh(at(rest(Phase.UPDATE)))
    for phase in PLACES:
        panel.explain(phase)
        qapp.processEvents()
        card = panel.card
        assert panel.rect().contains(card.geometry())
        bar = card._area.verticalScrollBar()
        full = card.height() == panel.height() - 8
        assert bar.maximum() == 0 or full, phase
        for name in ("meaning", "formula", "code", "where"):
            found: QLabel = getattr(card, name)
            assert found.height() >= found.heightForWidth(found.width()), (phase, name)
            assert found.geometry().right() <= card._content.width()
        if bar.maximum():
            QTest.keyClick(card, Qt.Key.Key_Down)
            assert bar.value() > 0


def test_box_stays_in_sight_where_there_is_room(panel: CyclePanel, qapp: QApplication) -> None:
    panel.resize(460, 520)
    panel.refresh(at(rest(Phase.UPDATE)))
    qapp.processEvents()
    for phase in PLACES:
        panel.explain(phase)
        box = panel.chart.mapFromScene(PLACES[phase]).boundingRect()
        middle = panel.chart.viewport().mapTo(panel, box.center())
        assert not panel.card.geometry().contains(middle), phase


def test_card_follows_a_new_size(panel: CyclePanel) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    panel.explain(Phase.UPDATE)
    panel.resize(300, 200)
    assert panel.rect().contains(panel.card.geometry())


def test_hidden_panel_does_nothing_and_catches_up(
    panel: CyclePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = rest(Phase.FORWARD)
    panel.refresh(at(run))
    panel.hide()
    calls: list[Snapshot] = []
    with monkeypatch.context() as patch:
        patch.setattr(panel.chart, "refresh", calls.append)
        run.advance()
        panel.refresh(at(run))
        assert calls == []
    panel.show()
    assert panel.chart.boxes[Phase.LOSS].lit
