"""The lessons in the real window: every page, what it locks, and how one gets out again."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from guitrain.lessons import LESSONS, lesson
from guitrain.presets import preset
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
    locked = ["no_such_setting", "run", "epochs"]
    pages = [{"title": "one", "text": text, "locked": locked}]
    path.write_text(json.dumps(own | {"pages": pages}))
    panel.open(path)
    assert not panel.text.openLinks()
    image = QTextDocument.ResourceType.ImageResource.value
    url = QUrl.fromLocalFile(str(picture))
    assert panel.text.document().resource(image, url).width() == 1
    assert find(window, "run").isEnabled()  # it steers; only settings are locked
    assert not find(window, "epochs").isEnabled()
    drawn(window)
