"""A lesson to be read beside the window: choose one, and go through its pages."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.files.problems import FileProblem, file_sentence
from guitrain.files.suffix import SUFFIX
from guitrain.lessons import LESSONS, Lesson, Page, Reading, lesson, read_lesson
from guitrain.plots.theme import Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import Caption, flat_button
from guitrain.ui.lesson_text import PageText, TaskList


class LessonPanel(QWidget):
    """A page of a lesson, with what goes to others.

    Attributes:
        reading: which lesson, page and ticks, or None.
    Signals:
        page_shown(Page, bool): it is on the screen, and the window is to be made ready for it; with
            False, all but what it withholds is there already.
        changed: ``reading`` is another.
        left: no lesson is being read any more.
        file_wanted(Path): an experiment file was chosen, whose lesson comes with its runs.
    """

    page_shown = Signal(object, bool)
    changed = Signal()
    left = Signal()
    file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_panel")
        self.setAccessibleName(self.tr("Lesson"))
        self.reading: Reading | None = None
        self.choice = self._make_choice()
        self.text = PageText("lesson_text", fitted=True)
        self.tasks = TaskList()
        self.tasks.ticked.connect(self._tick)
        self._title = Caption()
        self._title.setObjectName("lesson_title")
        self._title.setProperty("role", "title")
        self._where = QLabel()
        self._where.setObjectName("lesson_page")
        self._where.setProperty("role", "muted")
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        open_file = flat_button("lesson_open", self.tr("Open…"), self.tr("Read a lesson of a file"))
        open_file.clicked.connect(self._choose_file)
        self._leave = flat_button(
            "lesson_leave",
            self.tr("Leave"),
            self.tr("Leave the lesson: panels are as before, nothing is withheld, the run stays"),
        )
        self._leave.clicked.connect(self.leave)
        self._back = self._button("lesson_back", self.tr("Back"), self.tr("The page before"))
        self._back.clicked.connect(lambda: self._turn(-1))
        self._next = self._button("lesson_next", self.tr("Next"), self.tr("The next page"))
        self._next.clicked.connect(lambda: self._turn(1))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.choice, 1)
        head.addWidget(open_file)
        head.addWidget(self._leave)
        foot.addWidget(self._back)
        foot.addWidget(self._where, 1)
        foot.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.tasks)
        layout.addStretch()
        layout.addLayout(foot)
        self._show_none()

    def _make_choice(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("lesson")
        box.setAccessibleName(self.tr("Lesson"))
        box.setToolTip(self.tr("Which lesson to read"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for number, name in enumerate(LESSONS, start=1):
            box.addItem(f"{number}. {_title_of(name)}", name)
        box.activated.connect(lambda index: self.choose(box.itemData(index)))
        return box

    @staticmethod
    def _button(name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # What is read.

    @property
    def page(self) -> Page | None:
        """The page that is read, if there is one."""
        return self.reading.page if self.reading is not None else None

    def choose(self, name: str) -> None:
        """Begin one of the app's own lessons."""
        try:
            found = lesson(name)
        except FileProblem as problem:
            self._tell(problem)
            return
        self.begin(found)
        self.choice.setCurrentIndex(self.choice.findData(name))

    def open(self, path: Path) -> None:
        """Begin the lesson of a file; where it is none, that is said in the place of a page."""
        if path.suffix.lower() == SUFFIX:
            self.file_wanted.emit(path)
            return
        try:
            found = read_lesson(path)
        except FileProblem as problem:
            self._tell(problem)
            return
        self.begin(found)

    def begin(self, lesson: Lesson, at: int = 0) -> None:
        """Read a lesson from a page on, counted from 0."""
        self._show(Reading(lesson, at), begins=True)

    def resume(self, reading: Reading) -> None:
        """Go on reading where the runs and the panels are those of the page already."""
        self._show(reading, begins=False)

    def leave(self) -> None:
        """Read no lesson any more."""
        if self.reading is not None:
            self.reading = None
            self.left.emit()
            self.changed.emit()
        self._show_none()

    def _tell(self, problem: FileProblem) -> None:
        self.leave()
        self.text.setPlainText(file_sentence(problem))

    def _choose_file(self) -> None:
        kinds = self.tr("Lessons (*.guitrain *.json)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Read a lesson"), "", kinds)
        if chosen:
            self.open(Path(chosen))

    def _turn(self, by: int) -> None:
        assert self.reading is not None
        self._show(replace(self.reading, at=self.reading.at + by), begins=True)

    def _tick(self, task: int, on: bool) -> None:
        assert self.reading is not None
        one = {(self.reading.at, task)}
        done = self.reading.done | one if on else self.reading.done - one
        self.reading = replace(self.reading, done=done)
        self.changed.emit()

    def _show(self, reading: Reading, *, begins: bool) -> None:
        self.reading = reading
        page, at, count = reading.page, reading.at, len(reading.lesson.pages)
        self.choice.setCurrentIndex(self._index_of(reading.lesson))
        self.choice.setPlaceholderText(reading.lesson.title)
        self._title.setText(page.title)
        self._title.show()
        self.text.show_markdown(page.text)
        self.tasks.show_tasks(page.tasks, {task for each, task in reading.done if each == at})
        self._where.setText(self.tr("Page {0} of {1}").format(at + 1, count))
        self._back.setEnabled(at > 0)
        self._next.setEnabled(at + 1 < count)
        self._leave.setEnabled(True)
        self.page_shown.emit(page, begins)
        self.changed.emit()

    def _index_of(self, lesson: Lesson) -> int:
        """Where the choice has the present one, if that is the lesson; else −1."""
        at = self.choice.currentIndex()
        own = self.choice.itemText(at) == f"{at + 1}. {lesson.title}"
        return at if own else -1

    def _show_none(self) -> None:
        self.choice.setCurrentIndex(-1)
        self.choice.setPlaceholderText(self.tr("Choose a lesson"))
        self._title.hide()
        self.tasks.show_tasks((), ())
        self.text.setPlainText(
            self.tr(
                "Choose a lesson above. Its pages set up the window for you, say what to try, and "
                "what should come out. Undo brings your own run back."
            )
        )
        self._where.setText("")
        for button in (self._back, self._next, self._leave):
            button.setEnabled(False)

    # As every view.

    def refresh(self, snapshot: Snapshot) -> None:
        """A page says the same at any moment."""

    def set_theme(self, theme: Theme) -> None:
        """The window's palette has all its colours."""


def _title_of(name: str) -> str:
    try:
        return lesson(name).title
    except FileProblem:  # it is told when it is chosen
        return name
