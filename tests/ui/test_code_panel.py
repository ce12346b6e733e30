"""The code panel: which line is lit, what stands beside it, and what can be copied."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from guitrain.core.code_lines import Mark
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.table import Table
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui import code_panel
from guitrain.ui.code_panel import CodePanel
from guitrain.ui.code_values import Kind, values_of
from guitrain.ui.code_view import syntax_colours, tint, value_colour
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE, run_of
from tests.plots.test_flow_chart import at, rest
from tests.ui.test_controls import assert_described


@pytest.fixture
def panel(qtbot: QtBot) -> CodePanel:
    made = CodePanel()
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def begun(experiment: Experiment = ARTICLE) -> Run:
    run = Run(experiment)
    run.advance()
    run.advance()
    return run


def lit(panel: CodePanel) -> list[str]:
    """The lines that are lit, as the text's own highlights say."""
    return [selection.cursor.block().text().strip() for selection in panel.view.extraSelections()]


def beside(panel: CodePanel) -> dict[str, str]:
    """The values that are shown, by the text of the line at their height."""
    view, found = panel.view, {}
    for label in view.viewport().findChildren(QLabel):
        if not label.isHidden():
            line = view.cursorForPosition(label.geometry().center()).block()
            middle = view.blockBoundingGeometry(line).translated(view.contentOffset()).center()
            assert abs(middle.y() - label.geometry().center().y()) <= 1
            found[line.text().strip()] = label.text()
    return found


def in_sight(panel: CodePanel) -> range:
    """The lines that can be read whole."""
    view = panel.view
    height = view.blockBoundingGeometry(view.document().firstBlock()).height()
    first = view.verticalScrollBar().value()
    return range(first, first + int((view.viewport().height() - 9) / height))


LINES = {
    Phase.FORWARD: ["predictions = model(inputs)"],
    Phase.LOSS: ["loss = loss_function(predictions, labels)"],
    Phase.STOP: [
        "for epoch in range(epochs):",
        "if not torch.isfinite(loss):",
    ],
    Phase.BACKWARD: ["loss.backward()"],
    Phase.UPDATE: ["optimizer.step()", "optimizer.zero_grad()"],
}


@pytest.mark.parametrize("phase", LINES)
def test_the_running_line_is_lit_with_the_articles_values(panel: CodePanel, phase: Phase) -> None:
    panel.refresh(at(rest(phase)))
    assert lit(panel) == LINES[phase]
    order = list(LINES)
    values = {
        "for epoch in range(epochs):": ("epoch 57 of 100", Phase.FORWARD),
        "predictions = model(inputs)": ("[100, 1]", Phase.FORWARD),
        "loss = loss_function(predictions, labels)": ("0.2420", Phase.LOSS),
        "if not torch.isfinite(loss):": ("finite", Phase.STOP),
        "loss.backward()": ("−0.0558, 0.1801", Phase.BACKWARD),
        "optimizer.step()": ("1.8953, 1.2995", Phase.UPDATE),
    }
    known = {
        line: text
        for line, (text, since) in values.items()
        if order.index(since) <= order.index(phase)
    }
    shown = beside(panel)
    assert {line: text for line, text in shown.items() if line in values} == known


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_gradients_flow_in_vermilion_and_values_in_blue(panel: CodePanel, theme: Theme) -> None:
    panel.set_theme(theme)
    for phase in LINES:
        panel.refresh(at(rest(phase)))
        behind = {s.format.background().color().name() for s in panel.view.extraSelections()}
        back = phase is Phase.BACKWARD
        assert behind == {tint(theme, back=back)}
    assert QColor(tint(theme, back=True)).red() > QColor(tint(theme, back=True)).blue()
    assert QColor(tint(theme, back=False)).red() < QColor(tint(theme, back=False)).blue()
    kinds = dict(panel.view.values.values())
    assert kinds["−0.0558, 0.1801"] is Kind.GRADIENT
    assert [text for text, kind in kinds.items() if kind is Kind.GRADIENT] == ["−0.0558, 0.1801"]
    assert kinds["0.2420"] is Kind.FORWARD


def test_a_bar_stands_at_the_left_of_each_lit_line(panel: CodePanel) -> None:
    panel.refresh(at(rest(Phase.STOP)))
    image = panel.view.viewport().grab().toImage()
    bars = {
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y) == QColor(LIGHT.data) for x in range(12))
    }
    view = panel.view
    height = round(view.blockBoundingGeometry(view.document().firstBlock()).height())
    assert len(bars) == 2 * height
    panel.refresh(at(rest(Phase.FORWARD)))
    assert len(view.extraSelections()) == 1


def luminance(colour: str) -> float:
    made = QColor(colour)
    parts = [c / 255 for c in (made.red(), made.green(), made.blue())]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_colour_can_be_read_on_what_lies_behind_it(theme: Theme) -> None:
    texts = [*syntax_colours(theme).values(), theme.text]
    texts += [value_colour(theme, kind) for kind in Kind]
    assert len(set(syntax_colours(theme).values())) == 4
    assert theme.gradient not in syntax_colours(theme).values()
    for behind in (theme.panel, tint(theme, back=True), tint(theme, back=False)):
        for text in texts:
            dark, light = sorted((luminance(text), luminance(behind)))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, behind)


def formats(panel: CodePanel, line: str) -> dict[str, str]:
    """The colour of each coloured piece of the first line that begins so."""
    block = panel.view.document().firstBlock()
    while not block.text().strip().startswith(line):
        block = block.next()
    return {
        block.text()[r.start : r.start + r.length]: r.format.foreground().color().name().upper()
        for r in block.layout().formats()
    }


def test_syntax_is_coloured(panel: CodePanel) -> None:
    panel.refresh(at(begun()))
    for theme in (DARK, LIGHT):
        panel.set_theme(theme)
        colours = {name: colour.upper() for name, colour in syntax_colours(theme).items()}
        assert formats(panel, "for epoch") == {
            "for": colours["keyword"],
            "in": colours["keyword"],
        }
        assert formats(panel, "break  #") == {
            "break": colours["keyword"],
            "# diverged": colours["comment"],
        }
        assert formats(panel, "learning_rate =") == {"0.01": colours["number"]}
        assert formats(panel, "inputs =") == {"1": colours["number"]}  # not the 32 of float32
        (string,) = formats(panel, 'print("True')
        assert string == '"True line: y = 2 * x + 1"'


# What can be copied and saved.


def test_what_is_copied_is_the_code_alone(panel: CodePanel) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    view = panel.view
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    assert panel.script is not None
    assert clipboard.text() + "\n" == panel.script.text
    clipboard.setText("")
    button = panel.findChild(QToolButton, "copy_code")
    caption = panel.findChild(QLabel, "code_caption")
    assert button is not None
    assert caption is not None
    said = caption.text()
    button.click()
    assert clipboard.text() == panel.script.text == panel.text()
    assert caption.text() == "Copied"
    panel.refresh(at(rest(Phase.FORWARD)))
    assert caption.text() == said
    QTest.keyClicks(view, "x")
    assert view.toPlainText() + "\n" == panel.script.text


def test_long_data_are_copied_whole(panel: CodePanel) -> None:
    table = Table({"x": np.arange(1000.0), "y": np.arange(1000.0)})
    run = begun(Experiment(data=Choice("table", {"table": table})))
    panel.refresh(at(run))
    assert panel.view.document().blockCount() < 150
    assert len(panel.text()) > 3000
    compile(panel.text(), "<script>", "exec")


def test_save_is_asked_for(panel: CodePanel, qtbot: QtBot) -> None:
    button = panel.findChild(QToolButton, "save_code")
    assert button is not None
    with qtbot.waitSignal(panel.save_pressed, timeout=1000):
        button.click()


def test_every_control_has_a_name_a_meaning_and_a_tooltip(panel: CodePanel) -> None:
    assert_described(panel)
    assert panel.view.accessibleName()


def test_the_code_follows_the_run(panel: CodePanel) -> None:
    run = rest(Phase.UPDATE)
    panel.refresh(at(run))
    assert "changed in mid-run" not in panel.view.toPlainText()
    run.change({"learning_rate": 0.02})
    run.advance()
    panel.refresh(at(run))
    assert '        optimizer.param_groups[0]["lr"] = 0.02' in panel.view.toPlainText()
    assert lit(panel) == LINES[Phase.FORWARD]
    panel.refresh(replace(at(run), applied=run.apply([(7.0,), (8.5,)])))
    assert "new_x = np.array([7.0, 8.5])" in panel.view.toPlainText()
    panel.refresh(at(begun(ARTICLE.changed({"loss": "mae"}))))
    assert "nn.L1Loss()" in panel.view.toPlainText()


def test_a_new_script_is_written_only_for_another_run(
    panel: CodePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Any] = []
    original = code_panel.script

    def counted(*args: Any) -> Any:
        written.append(args)
        return original(*args)

    monkeypatch.setattr(code_panel, "script", counted)
    run = run_of(3)
    for _ in range(5):
        run.advance()
        panel.refresh(at(run))
    assert len(written) == 1
    panel.hide()
    run.change({"learning_rate": 0.02})
    while run.advance() is not Phase.LOSS:
        pass
    panel.refresh(at(run))
    assert len(written) == 1
    panel.show()
    assert len(written) == 2
    assert lit(panel) == LINES[Phase.LOSS]


def test_a_dragged_slider_does_not_take_the_time_of_training(
    panel: CodePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        now = 0.0

        def perf_counter(self) -> float:
            self.now += 0.01  # what a script takes
            return self.now

    clock = Clock()
    monkeypatch.setattr(code_panel, "time", clock)
    run = run_of(3)

    def changed(rate: float, state: State) -> str:
        run.change({"learning_rate": rate})
        run.run_until(float("inf"), 1)
        panel.refresh(replace(at(run), state=state))
        return panel.view.toPlainText()

    changed(0.02, State.RUNNING)
    assert "= 0.03" not in changed(0.03, State.RUNNING)
    clock.now += 1.0
    assert "= 0.04" in changed(0.04, State.RUNNING)
    assert "= 0.05" not in changed(0.05, State.RUNNING)
    assert "= 0.05" in panel.text()
    assert "= 0.06" in changed(0.06, State.PAUSED)


# Scrolling.


@pytest.mark.parametrize("height", [120, 200, 400])
@pytest.mark.parametrize("size", [None, 32])
def test_the_lit_line_is_in_sight(panel: CodePanel, height: int, size: int | None) -> None:
    panel.resize(400, height)
    rules = {"batch_size": size, "stop.target_loss": 0.01, "stop.patience": 50}
    run = begun(ARTICLE.changed(rules))
    for _ in range(12):
        panel.refresh(at(run))
        assert panel.script is not None
        sight, lines = in_sight(panel), panel.view.lit
        if lines[-1] - lines[0] < len(sight):
            assert {*lines} <= {*sight}
        else:
            assert lines[-1] in sight
        loop = panel.script.marks[Mark.LOOP]
        if lines[0] in loop and len(loop) <= len(sight):
            assert {*loop} <= {*sight}
        run.advance()


def test_a_reader_who_scrolls_is_left_alone_until_the_next_phase(panel: CodePanel) -> None:
    run = rest(Phase.BACKWARD)
    panel.refresh(at(run))
    bar = panel.view.verticalScrollBar()
    home = bar.value()
    assert home > 0
    bar.setValue(0)
    for _ in range(3):
        panel.refresh(at(run))
    assert bar.value() == 0
    assert lit(panel) == ["loss.backward()"]
    run.advance()
    panel.refresh(at(run))
    assert {*panel.view.lit} <= {*in_sight(panel)}


def test_values_stay_beside_their_lines_when_scrolled_and_resized(panel: CodePanel) -> None:
    panel.refresh(at(rest(Phase.UPDATE)))
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.value() + 2)
    assert beside(panel)["loss.backward()"] == "−0.0558, 0.1801"
    panel.resize(700, 500)
    QApplication.processEvents()
    assert beside(panel)["loss.backward()"] == "−0.0558, 0.1801"
    width = panel.view.viewport().width()
    assert all(
        label.geometry().right() < width for label in panel.view.viewport().findChildren(QLabel)
    )


# Values in other cases.


def told(run: Run, **fields: Any) -> dict[str, str]:
    """What stands beside each line, by the name of its mark."""
    snapshot = at(run, **fields)
    assert snapshot.view is not None
    made = code_panel.script(run.experiment, run.events)
    values = values_of(made, snapshot.step_view, snapshot.view)
    return {
        mark.value: values[line][0] for mark in Mark for line in made.marks[mark] if line in values
    } | {"": ""}


def advanced(run: Run, phase: Phase, times: int = 1) -> Run:
    for _ in range(times):
        while run.advance() is not phase:
            pass
    return run


def test_mini_batches_are_counted_and_their_epoch_is_judged() -> None:
    run = begun(ARTICLE.changed({"batch_size": 30, "stop.target_loss": 0.02}))
    first = told(advanced(run, Phase.STOP))
    assert first["batch"] == "batch 1 of 4"
    assert first["epoch"] == "epoch 1 of 100"
    assert first["forward"] == "[30, 1]"
    assert "target" not in first, "no epoch is finished"
    assert "epoch_loss" not in first
    last = told(advanced(run, Phase.UPDATE, 4))
    assert last["batch"] == "batch 4 of 4"
    assert last["forward"] == "[10, 1]"
    mean = run.epochs.publish().value("loss", 0)
    assert mean is not None
    assert last["epoch_loss"] == f"{mean:.4f}"
    judged = told(advanced(run, Phase.STOP))
    assert judged["epoch"] == "epoch 2 of 100"
    assert judged["target"] == f"{mean:.4f} > 0.0200"
    assert judged["loss"] != f"{mean:.4f}"
    assert "target" not in told(advanced(run, Phase.STOP)), "in mid-epoch no rule judges"


def test_a_stopped_run_says_so() -> None:
    run = run_of(200, {"stop.target_loss": 0.3})
    values = told(run)
    assert run.stopped is not None
    assert values["epoch"] == f"{run.stopped.epoch} of 100 done"
    assert values["target"] == f"{run.stopped.loss:.4f} ≤ 0.3000"
    assert values["final_loss"] == f"{run.stopped.loss:.4f}"
    whole = told(run_of(200))
    assert whole["epoch"] == "100 of 100 done"
    assert whole["final_loss"] == "0.2291"


def test_a_diverged_loss_is_told(panel: CodePanel) -> None:
    run = run_of(500, {"learning_rate": 0.9, "stop.epochs": 500})
    assert run.stopped is not None
    values = told(run)
    assert values["finite"] == "not finite"
    assert values["loss"] in ("∞", "NaN")
    panel.refresh(at(run))
    assert lit(panel) == ["if not torch.isfinite(loss):", "break  # diverged"]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, ["for epoch in range(epochs):"]),
        ({"stop.target_loss": 0.3}, ["if loss.item() <= target_loss:", "break"]),
        (
            {"stop.target_loss": 0.3, "batch_size": 30},
            ["if epoch_loss <= target_loss:", "break"],
        ),
        (
            {"stop.patience": 2, "stop.min_improvement": 1.0},
            ["if waited >= patience:", "break"],
        ),
    ],
)
def test_the_rule_that_stopped_the_run_is_lit(
    panel: CodePanel, changes: dict[str, Any], lines: list[str]
) -> None:
    panel.refresh(at(run_of(200, changes)))
    assert lit(panel) == lines


def test_stop_looks_at_less_within_an_epoch(panel: CodePanel) -> None:
    run = begun(ARTICLE.changed({"batch_size": 30, "stop.target_loss": 0.02}))
    each = ["stop = not torch.isfinite(loss)  # diverged", "if stop:"]
    judged = ["for epoch in range(epochs):", *each, "if epoch_loss <= target_loss:"]
    for lines in (judged, each, each, each, judged):
        panel.refresh(at(advanced(run, Phase.STOP)))
        assert lit(panel) == lines


def test_initial_weights_are_told_where_they_are_drawn() -> None:
    drawn = begun(Experiment())
    w, b = drawn.view().initial or ()
    made = code_panel.script(drawn.experiment)
    values = values_of(made, None, drawn.view())
    lines = made.marks[Mark.PARAMETERS]
    assert [values[line][0] for line in lines] == [
        f"{value:.4f}".replace("-", "−") for value in (w, b)
    ]
    assert "parameters" not in told(begun())
    assert "parameters" not in told(begun(Experiment(standardize=True)))
    assert told(begun())["inputs"] == "[100, 1]"


def odd(changes: Mapping[str, Any]) -> Snapshot:
    return at(rest(Phase.STOP, 1, changes))


def test_nothing_odd_raises(panel: CodePanel) -> None:
    whole = at(rest(Phase.UPDATE))
    step = whole.step_view
    assert step is not None
    nan = float("nan")
    broken = replace(
        step,
        loss=nan,
        gradients=(float("inf"), nan),
        after=(1e38, -1e38),
        prediction=np.full(10**6, nan, np.float32),
        before=(nan, nan),
    )
    many = replace(step, gradients=(1.0,) * 500, after=(2.0,) * 500)
    for snapshot in (
        Snapshot(0, State.LOADING, ARTICLE),
        Snapshot(0, State.FAILED, ARTICLE, error="so"),
        whole,
        replace(whole, step_view=None),
        replace(whole, step_view=broken),
        replace(whole, step_view=many),
        odd({"stop.target_loss": 0.3, "stop.patience": 3}),
        odd({"data.points": 1, "test_fraction": 0.0}),
        at(begun()),
    ):
        for theme in (DARK, LIGHT):
            panel.set_theme(theme)
            panel.refresh(snapshot)
    panel.refresh(replace(whole, step_view=many))
    assert beside(panel)["loss.backward()"] == "1.0000, 1.0000, 1.0000, …"
    view = whole.view
    assert view is not None
    panel.refresh(
        replace(whole, view=replace(view, phase=Phase.DATA, initial=None), step_view=None)
    )
    assert "y = 2 * x + 1 + np.random.normal(0, 0.5, 100)" in lit(panel)
    panel.refresh(Snapshot(0, State.LOADING, ARTICLE))
    assert lit(panel) == []
    CodePanel().deleteLater()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_is_painted(panel: CodePanel, qapp: QApplication, theme: Theme) -> None:
    apply_style(qapp, theme)
    panel.set_theme(theme)
    panel.refresh(at(rest(Phase.BACKWARD)))
    image = panel.view.viewport().grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    for colour in (theme.panel, tint(theme, back=True), theme.gradient):
        assert QColor(colour).name() in colours
    assert tint(theme, back=False) not in colours
