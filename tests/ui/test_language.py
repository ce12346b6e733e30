"""The window in another language: nothing is left in English, and nothing is lost on the way."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGraphicsView,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from guitrain.languages import ENGLISH, LANGUAGES, speak
from guitrain.lessons import lesson
from guitrain.presets import preset
from guitrain.sentences import language_in_use
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui import language_menu
from guitrain.ui.front import Front
from guitrain.ui.kept_sessions import own_folder
from guitrain.ui.language_menu import chosen_language
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import click, drawn, end, find, store

Until = Callable[[Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def english_system(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language_menu, "system_language", lambda: ENGLISH)
    yield
    speak(ENGLISH)


@pytest.fixture
def front(qtbot: QtBot, tmp_path: Path, english_system: None) -> Iterator[Front]:
    made = Front(store(tmp_path / "settings.ini"))
    with qtbot.waitExposed(made.window):
        made.window.show()
    yield made
    end(made.window)


@pytest.fixture
def until(qtbot: QtBot, front: Front) -> Until:
    def wait(met: Callable[[Snapshot], bool]) -> Snapshot:
        qtbot.waitUntil(lambda: met(front.window.trainer.snapshot), timeout=30_000)
        return drawn(front.window)

    return wait


def choose(front: Front, qtbot: QtBot, name: str) -> MainWindow:
    """Choose it in the menu, and wait for the window that comes."""
    before, old = front.window, language_in_use()
    entry = before.findChild(QAction, f"language_{name}")
    assert entry is not None
    entry.trigger()
    qtbot.waitUntil(lambda: front.window is not before and front.window.isVisible())
    assert language_in_use() != old
    return front.window


# Nothing is left in English.

NAMES = {  # of people, methods and files, in every language
    "GUITrain", "English", "Language", "PyTorch", "Rosenbrock", "Himmelblau", "Beale", "Nesterov",
    "Xavier", "Kaiming", "Huber", "setosa", "versicolor", "virginica", "CSV",
}  # fmt: skip
FORMULA = re.compile(
    r"ln|pool|softmax|tanh|sigmoid|ReLU|GELU|[A-Z][A-Za-z]*prop|Ada[a-zW]+|[A-Z]{2,}"
)


def in_english(text: str) -> bool:
    """Whether it has English words and no Chinese character."""
    text = re.sub(r"<[^>]*>", " ", text)
    if re.search(r"[\u4e00-\u9fff]", text) or text.startswith(("import ", "class ")):
        return False
    words = re.findall(r"(?<![\w.])[A-Za-z]{2,}", text)
    return any(word not in NAMES and not FORMULA.fullmatch(word) for word in words)


def texts(root: QObject) -> Iterator[tuple[str, str]]:
    """Every text that can be read in it, told or pointed at, with where it is."""
    for each in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        where = f"{type(each).__name__} {each.objectName()}"
        if each.objectName().startswith("language"):
            continue  # each is called what its readers call it
        for name in (
            "text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText",
            "title", "windowTitle", "prefix", "suffix", "specialValueText", "toPlainText",
        ):  # fmt: skip
            get = getattr(each, name, None)
            said = get() if callable(get) else None
            if isinstance(said, str):
                yield f"{where}.{name}", said
        if isinstance(each, QComboBox):
            for at in range(each.count()):
                yield f"{where}[{at}]", each.itemText(at)
                yield f"{where}[{at}]", str(each.itemData(at, Qt.ItemDataRole.ToolTipRole) or "")
        if isinstance(each, QAbstractItemView) and (model := each.model()) is not None:
            roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            for column in range(model.columnCount()):
                for role in roles:
                    yield (
                        where,
                        str(model.headerData(column, Qt.Orientation.Horizontal, role) or ""),
                    )
                    for row in range(min(model.rowCount(), 12)):
                        yield where, str(model.data(model.index(row, column), role) or "")
        if isinstance(each, QGraphicsView) and each.scene() is not None:
            for item in each.scene().items():
                for name in ("toPlainText", "toolTip"):
                    get = getattr(item, name, None)
                    yield f"{where} {type(item).__name__}", str(get()) if callable(get) else ""
                if type(item).__name__ == "QGraphicsSimpleTextItem":
                    yield where, item.text()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["article", "cats_and_dogs", "rosenbrock"])
def test_nothing_in_the_chinese_window_is_in_english(
    qtbot: QtBot, tmp_path: Path, english_system: None, name: str
) -> None:
    speak("zh_CN")
    window = MainWindow(preset(name), store(tmp_path / "settings.ini"))
    window.show()
    try:
        qtbot.waitUntil(lambda: window.trainer.snapshot.view is not None, timeout=30_000)
        for button in window.panel_buttons.findChildren(QAbstractButton):
            if button.objectName().startswith("open_") and not button.isChecked():
                button.click()
        find(window, "lesson").activated.emit(0)
        window.commands.choose_preset(name)
        window.transport.pace.set_pace(MAX_PACE)
        drawn(window)
        click(window, "run")
        qtbot.waitUntil(lambda: window.trainer.snapshot.state is State.STOPPED, timeout=60_000)
        found = {text: where for where, text in texts(window)}
        window.commands.back("phase")
        drawn(window)
        found |= {text: where for where, text in texts(window)}
    finally:
        end(window)
    assert len(found) > 500
    assert [(where, text) for text, where in found.items() if in_english(text)] == []


# Nothing is lost on the way.


def test_the_training_goes_on_behind_the_new_window(
    front: Front, until: Until, qtbot: QtBot
) -> None:
    until(lambda s: s.state is State.PAUSED)
    old = front.window
    assert find(old, "run").text() == "Run"
    old.work.controls.setting_changed.emit("stop.epochs", 1_000_000)
    old.transport.pace.set_pace(MAX_PACE)
    old.transport.set_unit("epoch")
    old.work.show_test.setChecked(True)
    click(old, "run")
    before = until(lambda s: s.view is not None and s.view.epoch > 50)
    assert before.view is not None
    trainer, thread = old.trainer, old.trainer._thread
    window = choose(front, qtbot, "zh_CN")
    assert window.trainer is trainer
    assert window.trainer._thread is thread
    reached = before.view.epoch
    after = until(lambda s: s.view is not None and s.view.epoch > reached + 50)
    assert after.state is State.RUNNING
    assert after.view is not None
    assert after.view.run_id == before.view.run_id
    assert find(window, "run").text() == "暂停"
    assert (
        find(window, "epochs").text() == "1,000,000" or "1000000" in find(window, "epochs").text()
    )
    assert window.transport.pace.pace == MAX_PACE
    assert window.transport.unit == "epoch"
    assert window.work.show_test.isChecked()
    click(window, "run")
    until(lambda s: s.state is State.PAUSED)
    window.trainer.undo()  # what was changed before is still taken back
    until(lambda s: s.state is not State.LOADING and s.experiment.stop.epochs == 100)
    assert [w for w in QCoreApplication.instance().topLevelWidgets()  # type: ignore[union-attr]
            if isinstance(w, MainWindow) and w.isVisible()] == [window]  # fmt: skip


def test_it_is_remembered_and_marked_in_the_menu(front: Front, until: Until, qtbot: QtBot) -> None:
    until(lambda s: s.state is State.PAUSED)
    settings = front._settings
    assert chosen_language(settings) == ENGLISH
    window = choose(front, qtbot, "zh_CN")
    assert chosen_language(settings) == "zh_CN"
    marked = [
        name
        for name in ("system", *LANGUAGES)
        if (entry := window.findChild(QAction, f"language_{name}")) and entry.isChecked()
    ]
    assert marked == ["zh_CN"]
    assert window.findChild(QAction, "language_entry").text() == "语言 (Language)"  # type: ignore[union-attr]
    assert window.findChild(QAction, "language_zh_CN").text() == "简体中文"  # type: ignore[union-attr]
    # The same once more changes nothing, and the system's is English here.
    window.choose_language("zh_CN")
    QCoreApplication.processEvents()
    assert front.window is window
    window = choose(front, qtbot, "system")
    assert language_in_use() == ENGLISH
    assert chosen_language(settings) == ENGLISH
    settings.setValue("language", "no such language")
    assert chosen_language(settings) == ENGLISH


def test_qts_own_texts_are_translated_too(front: Front, until: Until, qtbot: QtBot) -> None:
    until(lambda s: s.state is State.PAUSED)
    window = choose(front, qtbot, "zh_CN")
    box = QMessageBox(QMessageBox.Icon.Question, "", "", parent=window)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    assert cancel.text() == "取消"


def test_resetting_the_preferences_brings_the_systems_language_back(
    front: Front, until: Until, qtbot: QtBot
) -> None:
    until(lambda s: s.state is State.PAUSED)
    window = choose(front, qtbot, "zh_CN")
    window.reset_preferences()
    qtbot.waitUntil(lambda: front.window is not window)
    assert language_in_use() == ENGLISH
    assert find(front.window, "run").text() == "Run"


def test_a_lesson_is_read_on_in_the_other_language(
    front: Front, until: Until, qtbot: QtBot
) -> None:
    until(lambda s: s.state is State.PAUSED)
    old = front.window
    old.work.panels.open("lesson")
    old.work.lesson.choose("steps")
    click(old, "lesson_next")
    until(lambda s: s.state is State.PAUSED)
    click(old, "step")
    at_work = until(lambda s: s.view is not None and s.view.phase is not None)
    english = old.work.lesson.text.toPlainText()
    assert "Step 2: forward" in english
    window = choose(front, qtbot, "zh_CN")
    drawn(window)
    assert window.work.reading is not None
    assert window.work.reading.at == 1
    assert window.work.reading.lesson == lesson("steps")
    chinese = window.work.lesson.text.toPlainText()
    assert "前向传播" in chinese
    assert "42.92" in chinese
    after = window.trainer.snapshot.view
    assert after is not None
    assert at_work.view is not None
    assert (after.run_id, after.phase) == (at_work.view.run_id, at_work.view.phase)
    assert not find(window, "preset").isEnabled()  # the page still locks what it locked


def test_what_is_kept_for_after_a_crash_goes_on_being_kept(
    front: Front, until: Until, qtbot: QtBot
) -> None:
    until(lambda s: s.state is State.PAUSED)
    old = front.window
    old.commands.next("epoch")
    until(lambda s: s.view is not None and s.view.epoch == 1)
    old.sessions.keep()
    own = old.sessions._own
    assert own is not None
    qtbot.waitUntil(own.exists)
    window = choose(front, qtbot, "zh_CN")
    assert window.sessions._own == own
    assert own.exists()
    assert window.sessions.left is None  # it is no crash
    window.commands.next("epoch")
    until(lambda s: s.view is not None and s.view.epoch == 2)
    stamp = own.stat().st_mtime_ns
    qtbot.waitUntil(lambda: not window.sessions._asked, timeout=10_000)
    window.sessions._rest_until = 0.0
    window.sessions.keep()
    qtbot.waitUntil(lambda: own.stat().st_mtime_ns != stamp)
    folder = own_folder(front._settings)
    assert sorted(path.suffix for path in folder.iterdir()) == [".guitrain", ".lock"]


def test_a_file_in_use_stays_in_use(
    front: Front, until: Until, qtbot: QtBot, tmp_path: Path
) -> None:
    until(lambda s: s.state is State.PAUSED)
    path = tmp_path / "mine.guitrain"
    front.window.commands.next("epoch")
    until(lambda s: s.view is not None and s.view.epoch == 1)
    front.window.sessions._save_to(path)
    until(lambda s: s.filed is not None and s.filed.path == path)
    window = choose(front, qtbot, "zh_CN")
    drawn(window)
    assert window.sessions.path == path
    assert window.windowTitle() == "mine.guitrain[*] — GUITrain"
    assert not window.isWindowModified()
    window.commands.next("epoch")
    until(lambda s: s.view is not None and s.view.epoch == 2)
    assert window.isWindowModified()


def test_a_language_chosen_before_training_could_begin(
    front: Front, until: Until, qtbot: QtBot
) -> None:
    window = choose(front, qtbot, "zh_CN")
    until(lambda s: s.state is State.PAUSED)
    assert isinstance(find(window, "run"), QWidget)
    assert find(window, "run").text() == "运行"
