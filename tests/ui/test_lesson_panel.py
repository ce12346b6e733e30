"""The lessons in the real window: every page, what it locks, and how one gets out again."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guitrain.core.run_view import Unit
from guitrain.files.experiment_file import read_session, write_session
from guitrain.lessons import LESSONS, lesson, lesson_of
from guitrain.presets import preset
from guitrain.snapshot import State
from guitrain.ui.lesson_panel import LessonPanel
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find


def opened(window: MainWindow) -> LessonPanel:
    window.work.panels.open("lesson")
    drawn(window)
    return window.work.lesson


def choose(window: MainWindow, name: str) -> None:
    box = find(window, "lesson")
    box.activated.emit(box.findData(name))


@pytest.mark.parametrize("name", LESSONS)
def test_every_page_sets_up_the_window(window: MainWindow, wait: Wait, name: str) -> None:
    panel, panels = opened(window), window.work.panels
    pages = lesson(name).pages
    choose(window, name)
    for number, page in enumerate(pages, start=1):
        assert panel.page == page
        assert find(window, "lesson_title").text() == page.title
        assert find(window, "lesson_page").text() == f"Page {number} of {len(pages)}"
        if page.start is not None:
            start = page.start.experiment
            wait(lambda s, start=start: s.view is not None and s.view.experiment == start)  # type: ignore[misc]
        drawn(window)
        assert page.panels is not None
        opened_now = {one for one in panels.names if panels.is_open(one)}
        assert opened_now == {*page.panels, "lesson", "settings"}
        assert panels.is_seen("lesson")
        for locked in page.locked:  # none of them is misspelt
            assert not find(window, locked).isEnabled(), locked
            assert "Leave the lesson" in find(window, locked).toolTip()
        assert find(window, "lesson_next").isEnabled() == (number < len(pages))
        if number < len(pages):
            click(window, "lesson_next")
    click(window, "lesson_back")
    assert panel.page == pages[-2]


def test_leaving_frees_the_locks_and_brings_the_panels_back(window: MainWindow, wait: Wait) -> None:
    panels = window.work.panels
    opened(window)
    panels.open("runs")
    drawn(window)
    before = {name for name in panels.names if panels.is_open(name)}
    model: QWidget = find(window, "model")
    tip = model.toolTip()
    choose(window, "learning_rate")
    click(window, "lesson_next")
    wait(lambda s: s.view is not None and s.view.experiment.learning_rate == 0.001)
    assert not model.isEnabled()
    click(window, "lesson_leave")
    drawn(window)
    assert model.isEnabled()
    assert model.toolTip() == tip
    assert window.work.lesson.page is None
    assert {name for name in panels.names if panels.is_open(name)} == before
    window.trainer.undo()
    article = preset("article").experiment
    wait(lambda s: s.view is not None and s.view.experiment == article)


def test_closing_the_panel_leaves_the_lesson(window: MainWindow) -> None:
    opened(window)
    choose(window, "noise")
    assert not find(window, "learning_rate").isEnabled()
    click(window, "close_lesson")
    drawn(window)
    assert find(window, "learning_rate").isEnabled()
    assert window.work.lesson.page is None
    assert window.work.panels.is_open("fit")


def test_presenting_goes_on_with_the_lesson(window: MainWindow) -> None:
    opened(window)
    choose(window, "noise")
    window.presenter.enter()
    drawn(window)
    assert window.work.lesson.page is not None
    window.work.lesson._next.click()
    window.presenter.leave()
    drawn(window)
    assert window.work.lesson.page == lesson("noise").pages[1]
    assert window.work.panels.is_seen("lesson")


def test_a_broken_file_is_told_in_the_page(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened(window)
    choose(window, "noise")
    path = tmp_path / "mine.json"
    path.write_text('{"format": "guitrain-lesson", "version": 1, "title": "x", "pages": [3]}')
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    click(window, "lesson_open")
    assert "mine.json cannot be read as a lesson" in panel.text.toPlainText()
    assert "pages[1]" in panel.text.toPlainText()
    assert find(window, "learning_rate").isEnabled()
    assert not find(window, "lesson_next").isEnabled()


def test_a_page_loads_nothing_and_leads_nowhere(window: MainWindow, tmp_path: Path) -> None:
    panel = opened(window)
    picture = tmp_path / "x.png"
    assert window.grab().save(str(picture))
    text = [f"![x](file://{picture}) [there](https://example.org)"]
    path = tmp_path / "mine.json"
    own = {"format": "guitrain-lesson", "version": 1, "title": "x"}
    text.append("<b>bold</b> <img src='file:///x.png'>")
    locked = ["no_such_setting", "epochs"]
    pages = [{"title": "one", "text": text, "locked": locked}]
    path.write_text(json.dumps(own | {"pages": pages}))
    panel.open(path)
    assert not panel.text.openLinks()
    image = QTextDocument.ResourceType.ImageResource.value
    url = QUrl.fromLocalFile(str(picture))
    assert panel.text.document().resource(image, url).width() == 1
    assert "<b>bold</b> <img src=" in panel.text.toPlainText()
    assert not find(window, "epochs").isEnabled()
    drawn(window)


def own_lesson(*pages: dict[str, Any]) -> dict[str, Any]:
    usual = {"title": "A page", "text": ["Read this."]}
    made = [usual | page for page in pages]
    return {"format": "guitrain-lesson", "version": 1, "title": "Mine", "pages": made}


def read(window: MainWindow, *pages: dict[str, Any]) -> LessonPanel:
    panel = opened(window)
    panel.begin(lesson_of(own_lesson(*pages), Path("mine.json")))
    drawn(window)
    return panel


def test_what_is_withheld_is_not_there_and_its_keys_do_nothing(
    window: MainWindow, wait: Wait
) -> None:
    panels = window.work.panels
    panels.open("results")
    hidden = ["noise", "learning_rate", "run", "timeline", "open_loss", "open_cycle", "undo"]
    hidden += ["data", "data_seed", "test_fraction", "validation_fraction", "points"]
    panel = read(window, {"hidden": hidden, "locked": ["step", "step_back", "reset", "initial"]})
    controls, transport = window.work.controls, window.transport
    for name in ("noise", "label_noise", "learning_rate", "run", "timeline", "undo"):
        assert not find(window, name).isVisible(), name
    for name in ("rate_band", "learning_rate_slider"):
        assert not find(window, name).isVisible(), name
    assert not find(window, "initial_by_hand").isEnabled()
    assert not panels.is_open("loss")
    assert not find(window, "open_loss").isVisible()
    before = window.trainer.snapshot.view
    assert before is not None
    window.setFocus()
    shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    for key, modifier in (
        (Qt.Key.Key_Space, none),
        (Qt.Key.Key_Right, none),
        (Qt.Key.Key_Right, shift),
        (Qt.Key.Key_R, none),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(window, key, modifier)
    panels.open("cycle")  # as the first step would
    drawn(window)
    now = window.trainer.snapshot.view
    assert now is not None
    assert (now.run_id, now.step, now.phase) == (before.run_id, before.step, before.phase)
    assert window.trainer.snapshot.state is State.PAUSED
    assert not panels.is_open("cycle")
    panels.reset_layout()
    assert not panels.is_open("loss")
    window.presenter.enter()
    panel.leave()
    window.presenter.leave()
    drawn(window)
    for name in ("noise", "learning_rate", "run", "timeline", "undo", "open_loss", "rate_band"):
        assert find(window, name).isVisible(), name
    assert not controls.is_withheld("initial")
    assert transport.allows("run")
    panels.open("cycle")
    assert panels.is_open("cycle")
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Right, shift)
    wait(lambda s: s.view is not None and s.view.step == 1)
    QTest.keyClick(window, Qt.Key.Key_Home)
    wait(lambda s: s.view is not None and s.view.step == 0)


def test_a_locked_run_is_paused_and_tips_say_why(window: MainWindow, wait: Wait) -> None:
    tip = find(window, "run").toolTip()
    window.trainer.play()
    wait(lambda s: s.state is State.RUNNING)
    panel = read(window, {"locked": ["run", "step", "pace"]}, {})
    wait(lambda s: s.state is State.PAUSED)
    for name in ("run", "step", "pace"):
        assert not find(window, name).isEnabled(), name
    assert "Leave the lesson" in find(window, "run").toolTip()
    click(window, "lesson_next")
    assert find(window, "run").toolTip() == tip
    assert "The arrow chooses" in find(window, "step").toolTip()
    assert find(window, "step").isEnabled()
    assert panel.page is not None


def saved(window: MainWindow, wait: Wait, path: Path) -> Path:
    window.sessions._save_to(path)
    wait(lambda s: s.filed is not None and s.filed.path == path and not s.filed.opened)
    return path


def test_tasks_and_page_are_kept_in_the_file(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    start = preset("four_points").experiment.to_json()
    first = {"tasks": ["Press *Run*", "Think"], "experiment": start, "hidden": ["preset"]}
    panel = read(window, first, {"tasks": ["More"], "locked": ["epochs"]})
    four = preset("four_points").experiment
    wait(lambda s: s.view is not None and s.view.experiment == four)
    click(window, "lesson_task_2")
    path = saved(window, wait, tmp_path / "a.guitrain")
    assert not window.isWindowModified()
    click(window, "lesson_task_1")
    assert window.isWindowModified()
    click(window, "lesson_next")
    assert panel.reading is not None
    assert panel.reading.done == {(0, 0), (0, 1)}
    window.trainer.next(Unit.EPOCH)
    before = wait(lambda s: s.view is not None and s.view.step == 1).view
    saved(window, wait, path)
    panel.leave()
    window.commands.choose_preset("spiral")
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "spiral")
    window.work.panels.close("lesson")
    window.sessions.open(path)
    after = wait(lambda s: s.filed is not None and s.filed.opened).view
    assert before is not None
    assert after is not None
    assert (after.experiment, after.step) == (before.experiment, 1)
    assert window.work.panels.is_seen("lesson")
    assert panel.reading.at == 1
    assert panel.reading.done == {(0, 0), (0, 1)}
    assert find(window, "lesson").placeholderText() == "Mine"
    assert not find(window, "epochs").isEnabled()
    click(window, "lesson_back")
    assert [find(window, f"lesson_task_{n}").isChecked() for n in (1, 2)] == [True, True]
    assert not find(window, "preset").isVisible()


def test_a_lesson_that_nobody_has_begun_starts_with_its_first_page(
    qtbot: QtBot, window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    path = saved(window, wait, tmp_path / "a.guitrain")
    session = read_session(path)
    spiral = {"preset": "spiral", "panels": ["fit"]}
    write_session(path, session | {"lesson": own_lesson(spiral, {})})
    window.sessions.open(path)
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "spiral")
    assert find(window, "lesson_page").text() == "Page 1 of 2"
    assert not window.work.panels.is_open("loss")
    for odd, words in (
        (own_lesson(spiral) | {"version": 7}, "newer GUITrain"),
        (own_lesson(spiral, {"titel": "x"}), "pages[2].titel"),
        ([], "not a lesson"),
    ):
        write_session(path, session | {"lesson": odd})
        window.sessions.open(path)
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is not None)
        box = window.findChild(QMessageBox, "file_problem")
        assert box is not None
        assert words in box.text()
        box.close()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "file_problem") is None)
        view = window.trainer.snapshot.view
        assert view is not None
        assert view.experiment.data.name == "spiral"
        assert window.work.lesson.page is not None
    write_session(path, session)
    window.sessions.open(path)
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "line")
    assert window.work.lesson.page is None


@pytest.mark.parametrize("width", range(340, 400, 12))
def test_a_page_is_as_high_as_its_text_whatever_the_width(qtbot: QtBot, width: int) -> None:
    panel = LessonPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 700)
    panel.show()
    # Lines of two heights, at whose end a scroll bar would make one more.
    text = "**第一阶段。** 数据与权重 ŷ = w·x + b，从一个猜测开始：w = −0.2, b = 0.78。" * 3
    panel.text.show_markdown(f"{text}\n\n{text[:40]}")
    qtbot.wait(50)
    document = panel.text.document().size().height()
    assert panel.text.verticalScrollBar().maximum() == 0
    assert document <= panel.text.height() <= max(document + 8, 60)
