"""A lesson to be read beside the window: choose one, and go through its pages."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from guitrain.files.problems import FileProblem, file_sentence
from guitrain.lessons import LESSONS, Lesson, Page, lesson, read_lesson
from guitrain.plots.theme import Theme
from guitrain.resources import resource
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import Caption, flat_button

_LEAST_TEXT = 60  # pixels


class PageDocument(QTextDocument):
    """A text for which nothing is loaded, whatever it asks for."""

    def loadResource(self, type: int, name: QUrl | str) -> QImage:
        """A speck: for nothing at all, Qt would look for a file."""
        speck = QImage(1, 1, QImage.Format.Format_ARGB32)
        speck.fill(0)
        return speck


class PageText(QTextBrowser):
    """Markdown to read, with no link that leads anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_text")
        self.setAccessibleName(self.tr("The text of the page"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        document = PageDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setOpenLinks(False)
        self.setMinimumHeight(_LEAST_TEXT)
        # Reachable by Tab; a click leaves the keys with the run.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class LessonPanel(QWidget):
    """A page of a lesson, with what goes to others.

    Signals:
        page_shown(Page): it is on the screen, and the window is to be made ready for it.
        left: no lesson is being read any more.
    """

    page_shown = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_panel")
        self.setAccessibleName(self.tr("Lesson"))
        self._lesson: Lesson | None = None
        self._at = 0
        self.choice = self._make_choice()
        self.text = PageText()
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
            self.tr("Leave the lesson: panels are as before, nothing is locked, the run stays"),
        )
        self._leave.clicked.connect(self.leave)
        self._back = self._button("lesson_back", self.tr("Back"), self.tr("The page before"))
        self._back.clicked.connect(lambda: self._go(self._at - 1))
        self._next = self._button("lesson_next", self.tr("Next"), self.tr("The next page"))
        self._next.clicked.connect(lambda: self._go(self._at + 1))
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
        layout.addLayout(foot)
        self._show_none()

    def _make_choice(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("lesson")
        box.setAccessibleName(self.tr("Lesson"))
        box.setToolTip(self.tr("Which lesson to read"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setPlaceholderText(self.tr("Choose a lesson"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for number, name in enumerate(LESSONS, start=1):
            box.addItem(f"{number}. {_title_of(name)}", name)
        box.setCurrentIndex(-1)
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
        return self._lesson.pages[self._at] if self._lesson is not None else None

    def choose(self, name: str) -> None:
        """Begin one of the app's own lessons."""
        self.open(resource("lessons", f"{name}.json"))
        self.choice.setCurrentIndex(self.choice.findData(name))

    def open(self, path: Path) -> None:
        """Begin the lesson of a file; where it is none, that is said in the place of a page."""
        try:
            found = read_lesson(path)
        except FileProblem as problem:
            self.leave()
            self.text.setPlainText(file_sentence(problem))
            return
        self.choice.setCurrentIndex(-1)
        self._lesson = found
        self._go(0)

    def leave(self) -> None:
        """Read no lesson any more."""
        if self._lesson is not None:
            self._lesson = None
            self.left.emit()
        self._show_none()

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Read a lesson"), "", self.tr("Lessons (*.json)")
        )
        if chosen:
            self.open(Path(chosen))

    def _go(self, at: int) -> None:
        assert self._lesson is not None
        self._at = at
        page, count = self._lesson.pages[at], len(self._lesson.pages)
        self._title.setText(page.title)
        self._title.show()
        self.text.setMarkdown(page.text)
        self._where.setText(self.tr("Page {0} of {1}").format(at + 1, count))
        self._back.setEnabled(at > 0)
        self._next.setEnabled(at + 1 < count)
        self._leave.setEnabled(True)
        self.page_shown.emit(page)

    def _show_none(self) -> None:
        self.choice.setCurrentIndex(-1)
        self._title.hide()
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
