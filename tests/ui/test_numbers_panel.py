"""This step in numbers, as a panel: what is lit, coloured, in sight, and copied."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots.step_words import PHASES_SHOWN, Kind, Line
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State
from guitrain.ui import numbers_panel
from guitrain.ui.code_view import tint
from guitrain.ui.number_rows import colour_of
from guitrain.ui.numbers_panel import NumbersPanel
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE
from tests.step_views import moment, moments, selected
from tests.ui.test_code_panel import luminance
from tests.ui.test_controls import assert_described

FOUR = preset("four_points").experiment


@pytest.fixture
def panel(qtbot: QtBot) -> NumbersPanel:
    made = NumbersPanel()
    qtbot.addWidget(made)
    made.resize(400, 240)
    with qtbot.waitExposed(made):
        made.show()
    return made


def said(panel: NumbersPanel, phase: Phase) -> str:
    """The formulas of a phase as they are read: the rich text without its marks."""
    document = QTextDocument()
    document.setHtml(panel.rows.formulas[phase].text())
    return document.toPlainText().replace("\u00a0", " ")


def button(panel: NumbersPanel, name: str) -> QToolButton:
    found = panel.findChild(QToolButton, name)
    assert found is not None
    return found


def in_sight(panel: NumbersPanel, phase: Phase) -> bool:
    label, port = panel.rows.formulas[phase], panel.rows.viewport()
    top = label.mapTo(port, label.rect().topLeft()).y()
    return top >= 0 and top + label.height() <= port.height()


def test_rows_are_the_phases_with_the_articles_numbers(panel: NumbersPanel) -> None:
    panel.refresh(moment(ARTICLE, 56, Phase.UPDATE))
    titles = [panel.findChild(QLabel, f"numbers_title_{p.value}") for p in PHASES_SHOWN]
    shown = [label.text() for label in titles if label is not None]
    assert shown == ["2 Forward", "3 Loss", "4 Stop?", "5 Backward", "6 Update"]
    assert said(panel, Phase.LOSS) == "L = (1/100)·Σ(ŷ − y)² = (1/100)·24.196 = 0.2420"
    assert said(panel, Phase.BACKWARD).split("\n") == [
        "∂L/∂w = (2/100)·Σ(ŷ − y)·x = (2/100)·(−2.7902) = −0.0558",
        "∂L/∂b = (2/100)·Σ(ŷ − y) = (2/100)·9.0056 = 0.1801",
    ]
    assert said(panel, Phase.STOP) == "epoch 57 of 100 → keep going"
    assert panel.caption.text() == "epoch 57"


def test_the_phase_in_hand_is_lit_and_what_comes_is_greyed(panel: NumbersPanel) -> None:
    for snapshot in moments(Run(FOUR)):
        step = snapshot.step_view
        assert step is not None
        panel.refresh(snapshot)
        lit = [p for p in PHASES_SHOWN if panel.rows.grounds[p].lit]
        assert lit == ([step.phase] if step.phase in PHASES_SHOWN else [])
        for line in panel.rows.lines:
            grey = f"color:{LIGHT.muted}"
            count = panel.rows.formulas[line.phase].text().count(grey)
            assert bool(count) or line.known
        if step.step == 2:
            break


def test_what_is_lit_has_a_tint_and_a_bar_and_moves_no_row(panel: NumbersPanel) -> None:
    panel.refresh(moment(ARTICLE, 56, Phase.UPDATE))
    rows, places = panel.rows, set()
    for phase, flow in ((Phase.LOSS, LIGHT.data), (Phase.BACKWARD, LIGHT.gradient)):
        rows.show_lines(rows.lines, phase)
        for each, ground in rows.grounds.items():
            image = ground.grab().toImage()
            bar, rest = (image.pixelColor(x, image.height() // 2).name() for x in (1, 20))
            assert (bar == flow.lower()) == (each is phase)
            assert (rest == tint(LIGHT, back=flow == LIGHT.gradient).lower()) == (each is phase)
        for each in PHASES_SHOWN:
            place = rows.formulas[each].parentWidget()
            assert place is not None
            places.add((each, place.geometry().getRect()))
    assert len(places) == len(PHASES_SHOWN)


def test_no_step_yet_invites_to_press_next(panel: NumbersPanel) -> None:
    for snapshot in (
        Snapshot(0, State.LOADING, ARTICLE),
        moment(ARTICLE, 0, Phase.INIT),
        replace(moment(ARTICLE, 3, Phase.UPDATE), step_view=None),
    ):
        panel.refresh(snapshot)
        assert panel.invitation.isVisible()
        assert panel.invitation.text().startswith("Press Next: ")
        assert panel.caption.text() == "no step yet"
        assert said(panel, Phase.LOSS) == "L = (1/n)·Σ(ŷ − y)² = ?"
    panel.refresh(moment(ARTICLE, 0, Phase.FORWARD))
    assert not panel.invitation.isVisible()


def test_the_selected_point_becomes_the_sample(panel: NumbersPanel) -> None:
    snapshot = moment(FOUR, 1, Phase.LOSS)
    panel.refresh(snapshot)
    assert said(panel, Phase.FORWARD).startswith("ŷ = w·x + b = 1.7000·0 + 0.8000 = 0.8000")
    panel.refresh(replace(snapshot, point=selected(2)))
    assert said(panel, Phase.FORWARD).startswith("ŷ = w·x + b = 1.7000·2 + 0.8000 = 4.2000")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_gradients_are_vermilion_values_blue_and_nothing_else_is(
    panel: NumbersPanel, theme: Theme
) -> None:
    panel.refresh(moment(FOUR, 1, Phase.UPDATE))
    panel.set_theme(theme)
    html = {phase: panel.rows.formulas[phase].text() for phase in PHASES_SHOWN}
    blue, vermilion = colour_of(theme, Kind.VALUE), colour_of(theme, Kind.GRADIENT)
    assert f'color:{vermilion}">−2.7000<' in html[Phase.BACKWARD]
    assert f'color:{blue}">0.5350<' in html[Phase.LOSS]
    for phase in PHASES_SHOWN:
        assert (vermilion in html[phase]) is (phase is Phase.BACKWARD)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_colour_can_be_read_on_what_lies_behind_it(theme: Theme) -> None:
    texts = [*(colour_of(theme, kind) for kind in Kind), theme.text, theme.muted]
    behind = [theme.panel, *(tint(theme, back=back) for back in (False, True)), theme.hover]
    for text in texts:
        for ground in behind:
            light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


@pytest.mark.parametrize(("theme", "size"), [(LIGHT, (400, 240)), (DARK, (560, 400))])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"optimizer.momentum": 0.9, "loss": "huber", "standardize": True, "batch_size": 30},
        {"data.noise": 1e6, "learning_rate": 1.0},
        {"optimizer": "adamw"},
        {"optimizer": Choice("adagrad", {"lr_decay": 0.125})},
        {"optimizer": Choice("rmsprop", {"momentum": 0.9})},
        {"optimizer": Choice("sgd", {"momentum": 0.9, "nesterov": True})},
    ],
)
def test_nothing_is_cut_off_and_the_lit_row_is_in_sight(
    panel: NumbersPanel,
    qapp: QApplication,
    theme: Theme,
    size: tuple[int, int],
    changes: dict[str, Any],
) -> None:
    apply_style(qapp, theme)
    panel.set_theme(theme)
    panel.resize(*size)
    for predict in (False, True):
        panel.predict.setChecked(predict)
        for snapshot in moments(Run(ARTICLE.changed(changes))):
            step = snapshot.step_view
            assert step is not None
            panel.refresh(snapshot)
            qapp.processEvents()
            rows = panel.rows
            for phase in PHASES_SHOWN:
                label = rows.formulas[phase]
                assert label.height() >= label.heightForWidth(label.width())
                assert label.minimumSizeHint().width() <= label.width(), label.text()
            assert rows.horizontalScrollBar().maximum() == 0
            assert panel.width() == size[0]
            assert panel.height() == size[1]
            if step.phase in PHASES_SHOWN:
                tall = rows.formulas[step.phase].height() > rows.viewport().height()
                assert tall or in_sight(panel, step.phase) or predict
                label = rows.formulas[step.phase]
                top = label.mapTo(rows.viewport(), label.rect().topLeft()).y()
                assert top < rows.viewport().height()
            if step.step == 1 and step.phase is Phase.UPDATE:
                break


def test_at_the_question_the_update_can_be_read(panel: NumbersPanel, qapp: QApplication) -> None:
    apply_style(qapp, LIGHT)
    panel.predict.setChecked(True)
    for phase in (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD):
        panel.refresh(moment(ARTICLE, 56, phase))
        qapp.processEvents()
    assert in_sight(panel, Phase.UPDATE)


def test_the_text_can_be_selected_and_copied(panel: NumbersPanel) -> None:
    panel.refresh(moment(FOUR, 1, Phase.UPDATE))
    button(panel, "copy_numbers").click()
    assert QGuiApplication.clipboard().text().split("\n") == [
        "epoch 2",
        "2 Forward\tŷ = w·x + b = 1.7000·0 + 0.8000 = 0.8000",
        "\tfor point 1, the first in this batch of 4",
        "3 Loss\tL = (1/4)·Σ(ŷ − y)² = (1/4)·2.1400 = 0.5350",
        "4 Stop?\tepoch 2 of 100 → keep going",
        "5 Backward\t∂L/∂w = (2/4)·Σ(ŷ − y)·x = (2/4)·(−5.4000) = −2.7000",
        "\t∂L/∂b = (2/4)·Σ(ŷ − y) = (2/4)·(−2.6000) = −1.3000",
        "6 Update\tw ← w − η·∂L/∂w = 1.7000 − 0.1·(−2.7000) = 1.9700",
        "\tb ← b − η·∂L/∂b = 0.8000 − 0.1·(−1.3000) = 0.9300",
    ]
    assert panel.caption.text() == "Copied"
    button(panel, "copy_numbers").click()
    assert QGuiApplication.clipboard().text().startswith("epoch 2\n")
    panel.refresh(moment(FOUR, 2, Phase.UPDATE))
    assert panel.caption.text() == "epoch 3"
    label = panel.rows.formulas[Phase.LOSS]
    label.setSelection(0, 5)
    assert label.selectedText()


def test_before_anything_is_shown_copying_does_no_harm(panel: NumbersPanel) -> None:
    button(panel, "copy_numbers").click()
    assert QGuiApplication.clipboard().text() == ""


def test_a_hidden_panel_does_nothing_and_catches_up(
    panel: NumbersPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.refresh(moment(FOUR, 0, Phase.LOSS))
    panel.hide()
    calls: list[Snapshot] = []
    with monkeypatch.context() as patch:
        patch.setattr(numbers_panel, "lines_of", calls.append)
        panel.refresh(moment(FOUR, 1, Phase.LOSS))
        assert calls == []
    panel.show()
    assert said(panel, Phase.LOSS).endswith("= 0.5350")


def test_the_same_moment_is_not_written_twice(
    panel: NumbersPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = moment(FOUR, 0, Phase.LOSS)
    panel.refresh(snapshot)
    monkeypatch.setattr(numbers_panel, "lines_of", None)
    panel.refresh(snapshot)
    panel.refresh(replace(snapshot, rate=3.0))


def test_flat_out_not_every_step_is_told_but_the_last_one_is(
    panel: NumbersPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Snapshot] = []
    lines_of = numbers_panel.lines_of

    def spy(snapshot: Snapshot) -> tuple[Line, ...]:
        told.append(snapshot)
        return lines_of(snapshot)

    monkeypatch.setattr(numbers_panel, "lines_of", spy)
    run = Run(FOUR.changed({"stop.epochs": 30}))
    shown = [s for s in moments(run) if s.step_view is not None]
    for snapshot in shown:
        panel.refresh(replace(snapshot, state=State.RUNNING))
    assert 1 <= len(told) < len(shown) / 3
    panel.refresh(shown[-1])
    assert told[-1] is shown[-1]


def test_a_large_batch_is_told(panel: NumbersPanel) -> None:
    whole = moment(FOUR, 0, Phase.UPDATE)
    step = whole.step_view
    assert step is not None
    x = np.linspace(0, 1, 1_000_000, dtype=np.float32)
    large = replace(
        step,
        rows=np.arange(len(x)),
        inputs=x[:, None],
        targets=2 * x,
        prediction=x[:, None],
        loss=1 / 3,
    )
    panel.refresh(replace(whole, step_view=large))
    # Σx² over 0 … 1 is a third of their number, and a bit more at the ends.
    assert said(panel, Phase.LOSS) == (
        "L = (1/1,000,000)·Σ(ŷ − y)² = (1/1,000,000)·333333 = 0.3333"
    )


def test_strange_moments_are_survived(panel: NumbersPanel) -> None:
    whole = moment(FOUR, 1, Phase.UPDATE)
    step = whole.step_view
    assert step is not None
    nan = float("nan")
    for odd in (
        replace(step, loss=nan, gradients=(nan, nan), after=(nan, -nan)),
        replace(step, before=(1e38, -1e38), after=(3e38, float("-inf"))),
        replace(step, names=(), before=(), gradients=(), after=()),
    ):
        panel.refresh(replace(whole, step_view=odd))
        assert "nan" not in said(panel, Phase.LOSS)
    panel.refresh(replace(whole, view=None))
    assert panel.invitation.isVisible()
    panel.refresh(Snapshot(1, State.FAILED, ARTICLE, error="x"))


def test_others_learn_whether_the_numbers_are_looked_at(panel: NumbersPanel) -> None:
    seen: list[bool] = []
    panel.watching_changed.connect(seen.append)
    assert panel.watching
    panel.refresh(moment(FOUR, 0, Phase.LOSS))
    panel.open_batch_table()
    assert panel.table is not None
    panel.hide()
    assert panel.watching  # the table is still looked at
    panel.table.close()
    assert not panel.watching
    panel.show()
    assert seen == [False, True]


def test_every_control_has_a_name_a_meaning_and_a_tooltip(panel: NumbersPanel) -> None:
    panel.predict.setChecked(True)
    assert_described(panel)


def test_colours_on_the_screen_are_the_themes(panel: NumbersPanel, qapp: QApplication) -> None:
    for theme in (LIGHT, DARK):
        apply_style(qapp, theme)
        panel.set_theme(theme)
        for phase, back in ((Phase.LOSS, False), (Phase.BACKWARD, True)):
            panel.refresh(moment(FOUR, 1, phase))
            qapp.processEvents()
            label = panel.rows.formulas[phase]
            spot = label.mapTo(panel, label.rect().bottomRight())
            shown = panel.grab().toImage().pixelColor(spot.x() - 4, spot.y() - 2)
            assert shown == QColor(tint(theme, back=back))
