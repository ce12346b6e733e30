"""Writing a lesson: its pages, and what each asks of the window that it is read in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.files.suffix import SUFFIX
from guitrain.lessons import MOST_PAGES, MOST_TITLE, Lesson
from guitrain.presets import LABELS
from guitrain.sentences import listed, translate
from guitrain.ui.cards import Caption
from guitrain.ui.dialog_parts import describe, outer_layout
from guitrain.ui.lesson_draft import Draft
from guitrain.ui.lesson_text import PageText
from guitrain.ui.save_file import ask_file
from guitrain.ui.withheld_tree import WithheldTree
from guitrain.ui.withholding import choices_in

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow

_SIZE = (1060, 660)
_LEFT, _RIGHT = 190, 320  # pixels of the outer columns
_TASK_LINES = 4
_NOT_IN_PAGES = ("settings", "lesson")  # panels that are open whatever a page says


class LessonEditor(QDialog):
    """Beside it the window is used on; closed, it keeps the draft for as long as the window lives.

    Attributes:
        draft: what is being written.
    Signals:
        changed: something was written.
    """

    changed = Signal()

    def __init__(self, window: "MainWindow", settings: QSettings) -> None:
        super().__init__(window)
        self.setObjectName("lesson_editor")
        self._window, self._settings = window, settings
        self.draft = Draft()
        self._asked: tuple[Path, Draft] | None = None  # what is being saved
        self._make_fields()
        self._lay_out()
        self.resize(*_SIZE)
        window.sessions.lesson_saved.connect(self._saved)
        self.take(Draft())

    # Building.

    def _make_fields(self) -> None:
        self.title, self.page_title = QLineEdit(), QLineEdit()
        self.pages = QListWidget()
        self.text, self.tasks = QPlainTextEdit(), QPlainTextEdit()
        self.preview = PageText("editor_preview", fitted=False)
        self.withheld = WithheldTree()
        self.start = QLabel()
        self.problem = Caption()
        fields = (
            ("editor_title", self.title, self.tr("Title of the lesson"), ""),
            ("editor_pages", self.pages, self.tr("Pages"), self.tr("The page to write")),
            ("editor_page_title", self.page_title, self.tr("Title of the page"), ""),
            (
                "editor_text",
                self.text,
                self.tr("Text of the page"),
                self.tr("Markdown: **bold**, *italics*, # heading, - list, 1. numbers"),
            ),
            ("editor_preview", self.preview, self.tr("The text as it will be read"), ""),
            (
                "editor_tasks",
                self.tasks,
                self.tr("Tasks of the page"),
                self.tr("One task a line; the reader ticks them off. *Names* in italics"),
            ),
            ("editor_start", self.start, self.tr("What the page begins with"), ""),
            ("editor_problem", self.problem, self.tr("Problem"), ""),
        )
        describe((name, widget, called, tip or called) for name, widget, called, tip in fields)
        for field in (self.title, self.page_title):
            field.setMaxLength(MOST_TITLE)
        self.title.setPlaceholderText(self.tr("What the lesson is called"))
        self.page_title.setPlaceholderText(self.tr("What the page is called"))
        self.tasks.setPlaceholderText(self.tr("Press *Run*."))
        for box in (self.text, self.tasks, self.pages, self.preview):
            box.setProperty("field", True)
        for edit in (self.text, self.tasks):
            edit.setTabChangesFocus(True)
        self.tasks.setFixedHeight(_TASK_LINES * self.tasks.fontMetrics().lineSpacing() + 14)
        self.start.setWordWrap(True)
        self.start.setProperty("role", "muted")
        self.title.textEdited.connect(self._title_typed)
        self.page_title.textEdited.connect(self._page_title_typed)
        self.text.textChanged.connect(self._text_typed)
        self.tasks.textChanged.connect(self._tasks_typed)
        self.pages.currentRowChanged.connect(self._page_chosen)
        self.withheld.changed.connect(self._withheld_ticked)

    def _lay_out(self) -> None:
        left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        left.addWidget(_heading(self.tr("Pages")))
        left.addWidget(self.pages, 1)
        self._add = self._button("add", self.tr("Add"), self.tr("A new page after this one"))
        self._remove = self._button("remove", self.tr("Remove"), self.tr("Remove this page"))
        self._up = self._button("up", "↑", self.tr("This page one place up"))
        self._down = self._button("down", "↓", self.tr("This page one place down"))
        for buttons in ((self._add, self._remove), (self._up, self._down)):
            left.addLayout(_row(*buttons))
        for button, act in (
            (self._add, self.draft_act(lambda draft: draft.add())),
            (self._remove, self.draft_act(lambda draft: draft.remove())),
            (self._up, self.draft_act(lambda draft: draft.move(-1))),
            (self._down, self.draft_act(lambda draft: draft.move(1))),
        ):
            button.clicked.connect(act)
        middle.addWidget(self.page_title)
        middle.addWidget(_heading(self.tr("Text (Markdown)")))
        middle.addWidget(self.text, 4)
        middle.addWidget(_heading(self.tr("As it will be read")))
        middle.addWidget(self.preview, 3)
        middle.addWidget(_heading(self.tr("Tasks, one a line")))
        middle.addWidget(self.tasks)
        right.addWidget(_heading(self.tr("The page begins with")))
        right.addWidget(self.start)
        use = self._button(
            "use_window",
            self.tr("Use what is in the window now"),
            self.tr("The page begins with the window's experiment, speed and open panels"),
        )
        self._keep = self._button(
            "keep_window",
            self.tr("Leave the window as it is"),
            self.tr("The page goes on with the run and the panels of the page before"),
        )
        use.clicked.connect(self.draft_act(self._use_window))
        self._keep.clicked.connect(self.draft_act(lambda draft: draft.keep_window()))
        right.addWidget(use)
        right.addWidget(self._keep)
        right.addWidget(_heading(self.tr("Controls")))
        right.addWidget(self.withheld, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for column, width in ((left, _LEFT), (middle, 0), (right, _RIGHT)):
            column.setSpacing(7)
            holder = QWidget()
            column.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(column)
            if width:
                holder.setFixedWidth(width)
            columns.addWidget(holder, 0 if width else 1)
        outer = outer_layout(self)
        outer.addWidget(self.title)
        outer.addLayout(columns, 1)
        outer.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        self._new = self._button(
            "new", self.tr("New"), self.tr("Begin another lesson, once this one is saved")
        )
        self._new.clicked.connect(lambda: self.take(Draft()))
        attempt = self._button(
            "try",
            self.tr("Try this page"),
            self.tr("Read the lesson in the window from this page on; Leave there ends it"),
        )
        attempt.clicked.connect(self.try_page)
        save = self._button(
            "save",
            self.tr("Save…"),
            self.tr("Save the lesson as an experiment file, together with the runs of the window"),
        )
        save.setProperty("primary", True)
        save.clicked.connect(self.save)
        close = self._button("close", self.tr("Close"), self.tr("Close; the draft is kept"))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self._new)
        foot.addWidget(self.problem, 1)
        for button in (attempt, save, close):
            foot.addWidget(button)
        return foot

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"editor_{name}")
        button.setAccessibleName(tip if len(text) < 2 else text)
        button.setToolTip(tip)
        button.setAutoDefault(False)  # Enter in a field is no press
        return button

    # What is written.

    def show_draft(self) -> None:
        """Come up: with the draft or, where that is saved, with the lesson that is being read."""
        reading = self._window.work.reading
        if reading is not None and not self.draft.modified:
            self.take(Draft(reading.lesson.plain))
            self.draft.at = reading.at
            self._show_all()
        if self.isVisible():
            self.raise_()
            self.activateWindow()
        else:
            self.show()

    def take(self, draft: Draft) -> None:
        """Go on with this one."""
        self.draft = draft
        self._show_all()

    def draft_act(self, act: Callable[[Draft], None]) -> Callable[[], None]:
        """What does this to the draft, and shows it."""

        def done() -> None:
            act(self.draft)
            self._show_all()

        return done

    def _use_window(self, draft: Draft) -> None:
        work, panels = self._window.work, self._window.work.panels
        opened = [n for n in panels.names if panels.is_open(n) and n not in _NOT_IN_PAGES]
        draft.begin_with(work.controls.experiment, self._window.transport.pace.pace, opened)

    def _title_typed(self, text: str) -> None:
        self.draft.plain["title"] = text
        self._show_state()

    def _page_title_typed(self, text: str) -> None:
        self.draft.page["title"] = text
        self.pages.item(self.draft.at).setText(self._named(self.draft.at))
        self._show_state()

    def _text_typed(self) -> None:
        self.draft.set_text(self.text.toPlainText())
        self.preview.show_markdown(self.text.toPlainText())
        self._show_state()

    def _tasks_typed(self) -> None:
        self.draft.set_tasks(self.tasks.toPlainText())
        self._show_state()

    def _withheld_ticked(self) -> None:
        self.draft.set_withheld(self.withheld.locked, self.withheld.hidden)
        self._show_state()

    def _page_chosen(self, row: int) -> None:
        if row >= 0:
            self.draft.at = row
            self._show_all()

    # What is shown.

    def _named(self, at: int) -> str:
        title = self.draft.pages[at]["title"].strip()
        shown = title or self.tr("Untitled")
        return f"{at + 1}. {shown}"

    def _show_all(self) -> None:
        draft, page = self.draft, self.draft.page
        with QSignalBlocker(self.pages):
            self.pages.clear()
            self.pages.addItems([self._named(at) for at in range(len(draft.pages))])
            self.pages.setCurrentRow(draft.at)
        for field, text in ((self.title, draft.plain["title"]), (self.page_title, page["title"])):
            if field.text() != text:
                field.setText(text)
        text = "\n".join(page["text"])
        for edit, shown in ((self.text, text), (self.tasks, "\n".join(page.get("tasks", [])))):
            if edit.toPlainText() != shown:
                with QSignalBlocker(edit):
                    edit.setPlainText(shown)
        self.preview.show_markdown(text)
        self.start.setText(self._start_words())
        self._keep.setEnabled("experiment" in page or "preset" in page or "panels" in page)
        self.withheld.offer(choices_in(self._window))
        self.withheld.tick(page.get("locked", ()), page.get("hidden", ()))
        count = len(draft.pages)
        self._add.setEnabled(count < MOST_PAGES)
        self._remove.setEnabled(count > 1)
        self._up.setEnabled(draft.at > 0)
        self._down.setEnabled(draft.at + 1 < count)
        self._show_state()

    def _show_state(self) -> None:
        self.setWindowTitle(self.tr("Save as lesson") + "[*]")
        self.setWindowModified(self.draft.modified)
        self._new.setEnabled(not self.draft.modified)
        self._say("")
        self.changed.emit()

    def _start_words(self) -> str:
        page, start = self.draft.page, self.draft.start
        panels = page.get("panels")
        words = self.tr("The run and the panels of the page before.")
        if start is not None:
            experiment = start.experiment
            data = translate("Data", experiment.dataset_entry.label)
            model = translate("Model", experiment.model_entry.label)
            words = self.tr("{data} · {model}").format(data=data, model=model)
            if start.name:
                words = translate("Presets", LABELS[start.name])
                if page.get("changes"):
                    words = self.tr("{preset}, changed").format(preset=words)
        if panels is not None:
            known = self._window.work.panels
            titles = [known.panel(n).windowTitle() for n in panels if n in known.names]
            words += "\n" + self.tr("Panels: {0}").format(listed(titles) or "–")
        return words

    def _say(self, text: str, *, error: bool = True) -> None:
        self.problem.setProperty("role", "error" if error else "muted")
        self.problem.style().polish(self.problem)
        self.problem.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Back from the window: it may have other settings now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.withheld.offer(choices_in(self._window))

    # What is done with it.

    def _finished(self) -> Lesson | None:
        made = self.draft.finished()
        if isinstance(made, Lesson):
            self._say("")
            return made
        self._say(made)
        return None

    def try_page(self) -> None:
        """Read the lesson in the window, from the present page on."""
        if (made := self._finished()) is not None:
            self._window.work.panels.open("lesson")
            self._window.work.lesson.begin(made, self.draft.at)

    def save(self) -> None:
        """Ask for a file, and have the lesson and the runs written to it."""
        made = self._finished()
        if made is None:
            return
        kinds = self.tr("Experiments (*.guitrain)")
        name = self.tr("lesson") + SUFFIX
        path = ask_file(self, self.tr("Save as lesson"), name, kinds, self._settings)
        if path is not None:
            self._asked = path, self.draft
            self._window.sessions.save_lesson(path, made.plain)

    def _saved(self, path: Path) -> None:
        if self._asked is not None and self._asked == (path, self.draft):
            self.draft.mark_saved()
            self._show_state()
            self._say(self.tr("Saved as {0}").format(path.name), error=False)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    return label


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for button in buttons:
        row.addWidget(button, 1)
    return row
