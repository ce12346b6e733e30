"""Writing a lesson in the real window: pages, what they ask of it, trying, saving."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QTreeWidgetItem

from guitrain.files.experiment_file import read_session
from guitrain.lessons import MOST_TASKS, lesson
from guitrain.presets import preset
from guitrain.snapshot import Pace
from guitrain.ui.lesson_draft import Draft, kept_draft
from guitrain.ui.lesson_editor import LessonEditor
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find, type_in


def edited(window: MainWindow) -> LessonEditor:
    menu = window.transport.file.menu()
    assert menu is not None
    next(entry for entry in menu.actions() if entry.objectName() == "save_lesson").trigger()
    found: Any = window.findChild(LessonEditor)
    assert found is not None
    return found


def tick(editor: LessonEditor, name: str, column: int) -> None:
    item: QTreeWidgetItem = editor.withheld._items[name]
    item.setCheckState(column, Qt.CheckState.Checked)


def type_text(editor: LessonEditor, name: str, text: str) -> None:
    box = find(editor, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)


def test_a_lesson_is_written_tried_saved_and_read(
    window: MainWindow, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = edited(window)
    click(editor, "editor_save")
    assert "title" in find(editor, "editor_problem").text()
    type_in(editor, "editor_title", "Noise", enter=False)
    click(editor, "editor_try")
    assert find(editor, "editor_problem").text() == "Give page 1 a title."
    type_in(editor, "editor_page_title", "Without", enter=False)
    type_text(editor, "editor_text", "Look at **this**.")
    assert find(editor, "editor_preview").toPlainText() == "Look at this."
    type_text(editor, "editor_tasks", "Press *Run*.")
    type_in(window, "noise", "0")
    window.transport.pace.set_pace(Pace(5))
    window.work.panels.close("results")
    wait(lambda s: s.view is not None and s.view.experiment.data["noise"] == 0)
    noiseless = window.work.controls.experiment
    click(editor, "editor_use_window")
    assert "Panels: Fit, Loss" in find(editor, "editor_start").text()
    tick(editor, "noise", 2)
    tick(editor, "epochs", 1)
    tick(editor, "open_code", 2)
    click(editor, "editor_add")
    type_in(editor, "editor_page_title", "Then", enter=False)
    assert editor.withheld.hidden == ("noise", "open_code")  # as on the page before
    window.commands.choose_preset("spiral")
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "spiral")
    click(editor, "editor_try")
    drawn(window)
    assert find(window, "lesson_page").text() == "Page 2 of 2"
    assert not find(window, "epochs").isEnabled()
    click(editor, "editor_up")
    click(editor, "editor_down")
    editor.pages.setCurrentRow(0)
    click(editor, "editor_try")
    wait(lambda s: s.view is not None and s.view.experiment == noiseless)
    assert not find(window, "noise").isVisible()
    assert not window.work.panels.is_open("results")
    path = tmp_path / "noise.guitrain"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    assert editor.isWindowModified()
    click(editor, "editor_save")
    wait(lambda s: s.filed is not None and s.filed.path == path)
    assert find(editor, "editor_problem").text() == "Saved as noise.guitrain"
    assert not editor.isWindowModified()
    assert window.sessions.path is None  # Save would put a session in the lesson's place
    assert "reading" not in read_session(path)["window"]
    editor.close()
    window.work.lesson.leave()
    window.commands.choose_preset("iris")
    wait(lambda s: s.view is not None and s.view.experiment.data.name == "iris")
    window.sessions.open(path)
    wait(lambda s: s.view is not None and s.view.experiment == noiseless)
    reading = window.work.reading
    assert reading is not None
    first, second = reading.lesson.pages
    assert (first.title, first.text, first.tasks) == (
        "Without",
        "Look at **this**.",
        ("Press *Run*.",),
    )
    assert (first.panels, first.locked, first.hidden) == (
        ("fit", "loss"),
        ("epochs",),
        ("noise", "open_code"),
    )
    assert first.start is not None
    assert first.start.pace == Pace(5)
    assert (second.title, second.start, second.panels) == ("Then", None, None)


def test_a_saved_draft_makes_way_for_what_is_read_and_another_does_not(window: MainWindow) -> None:
    window.work.panels.open("lesson")
    drawn(window)
    window.work.lesson.choose("noise")
    editor = edited(window)
    assert editor.title.text() == "Noise and the noise floor"
    assert find(editor, "editor_start").text().startswith("The article's line, changed")
    for _ in lesson("noise").pages:
        click(editor, "editor_use_window")
        if find(editor, "editor_remove").isEnabled():
            click(editor, "editor_remove")
    assert not find(editor, "editor_remove").isEnabled()
    assert not find(editor, "editor_new").isEnabled()  # it would be lost
    editor.close()
    window.work.lesson.choose("steps")
    assert edited(window) is editor
    assert editor.title.text() == "Noise and the noise floor"
    editor.draft.mark_saved()
    editor.close()
    edited(window)
    assert editor.title.text() == lesson("steps").title
    click(editor, "editor_new")
    assert editor.title.text() == ""
    assert editor.text.toPlainText() == ""
    for name in ("title", "pages", "page_title", "text", "tasks", "preview", "withheld", "start"):
        widget = find(editor, f"editor_{name}")
        assert widget.accessibleName(), name
        assert widget.toolTip(), name


def test_pages_are_moved_and_one_stays() -> None:
    draft = Draft()
    for title in "abc":
        draft.page["title"] = title
        draft.add()
    draft.remove()
    assert [page["title"] for page in draft.pages] == ["a", "b", "c"]
    draft.move(1)
    draft.move(-2)
    assert [page["title"] for page in draft.pages] == ["c", "a", "b"]
    for _ in range(5):
        draft.remove()
    assert len(draft.pages) == 1


def test_a_draft_is_kept_with_the_session_and_comes_back(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    editor = edited(window)
    sessions = window.sessions
    assert not sessions._worth_keeping
    type_in(editor, "editor_title", "Half", enter=False)
    type_text(editor, "editor_text", "a")
    sessions.keep()
    own = sessions._own
    assert own is not None
    wait(lambda s: s.filed is not None and s.filed.path == own)
    assert read_session(own)["window"]["draft"]["title"] == "Half"
    sessions._rest_until = 0.0
    sessions.keep()
    assert not sessions._asked  # nothing has been typed since
    sessions._save_to(tmp_path / "mine.guitrain")
    wait(lambda s: s.filed is not None and s.filed.path.name == "mine.guitrain")
    assert "draft" not in read_session(tmp_path / "mine.guitrain")["window"]
    editor.draft.mark_saved()
    editor.take(Draft())
    sessions.left = own
    sessions.bring_back()
    wait(lambda s: any(each.opened for each in s.files))  # which is kept anew at once
    assert (editor.title.text(), editor.text.toPlainText()) == ("Half", "a")
    assert editor.isWindowModified()


@pytest.mark.parametrize("odd", [None, 3, [], {}, {"title": "x", "pages": [3]}, {"pages": {}}])
def test_what_is_no_draft_is_none(odd: Any) -> None:
    assert kept_draft(odd) is None
    assert kept_draft({**Draft().plain, "pages": odd}) is None
    for name in ("title", "text", "tasks", "locked", "experiment"):
        page = {"title": "", "text": [""], name: odd}
        made = kept_draft({**Draft().plain, "pages": [page]})
        assert made is None or odd == []
    assert kept_draft(Draft().plain) is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "Give page 1 a title"),
        ({"text": ["x" * 5001]}, "too long"),
        ({"text": ["x" * 4000] * 13}, "too long"),
        ({"tasks": ["x"] * (MOST_TASKS + 1)}, "too many tasks"),
        ({"tasks": ["x" * 301]}, "too many tasks"),
        ({"experiment": {}}, "pages[1].experiment"),
    ],
)
def test_what_a_draft_lacks_is_told(changes: dict[str, Any], words: str) -> None:
    draft = Draft(lesson("noise").plain)
    draft.begin_with(preset("iris").experiment, Pace(0.001), ("fit",))
    draft.page.update(changes)
    made = draft.finished()
    assert isinstance(made, str)
    assert words in made
    assert "{" not in made
