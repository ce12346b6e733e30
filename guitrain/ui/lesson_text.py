"""The text of a lesson's page, and its tasks: from outside, so nothing in it leads anywhere."""

import html
import math
import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QMouseEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

_LEAST_TEXT, _BELOW_TEXT = 60, 6  # pixels
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class PageDocument(QTextDocument):
    """A text for which nothing is loaded, whatever it asks for."""

    def loadResource(self, type: int, name: QUrl | str) -> QImage:
        """A speck: for nothing at all, Qt would look for a file."""
        speck = QImage(1, 1, QImage.Format.Format_ARGB32)
        speck.fill(0)
        return speck


class PageText(QTextBrowser):
    """Markdown to read, with no link that leads anywhere; ``fitted``, no higher than its text."""

    def __init__(self, name: str, *, fitted: bool) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("The text of the page"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        document = PageDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setOpenLinks(False)
        self.setMinimumHeight(_LEAST_TEXT)
        if fitted:
            # Queued: meanwhile a scroll bar comes and goes, and with it the width.
            queued = Qt.ConnectionType.QueuedConnection
            document.documentLayout().documentSizeChanged.connect(self._fit, queued)
        # Reachable by Tab; a click leaves the keys with the run.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_markdown(self, text: str) -> None:
        """Show a page; HTML in it is shown as it is written."""
        self.document().setMarkdown(text, _FEATURES)

    @Slot()
    def _fit(self) -> None:
        height = max(math.ceil(self.document().size().height()) + _BELOW_TEXT, _LEAST_TEXT)
        if height != self.maximumHeight():
            self.setMaximumHeight(height)


class _Words(QLabel):
    """A task's words; a click on them is one on its box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        emphasised = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", html.escape(text))
        super().__init__(emphasised)
        self._box = box
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, or take the tick back."""
        if event.button() is Qt.MouseButton.LeftButton and self._box.isEnabled():
            self._box.click()


class TaskList(QScrollArea):
    """Tasks with a box each; as high as they are, up to a share of what is around them.

    Signals:
        ticked(task, on): the box of a task, counted from 0, was clicked.
    """

    ticked = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_tasks")
        self.setAccessibleName(self.tr("Tasks of the page"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_tasks(self, tasks: Sequence[str], done: Collection[int]) -> None:
        """Show these, some of them ticked; nothing is emitted."""
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 2, 4, 2)
        rows.setSpacing(6)
        for at, task in enumerate(tasks):
            rows.addWidget(self._row(at, task, done=at in done))
        self.setWidget(inside)  # the one before is destroyed
        self.setVisible(bool(tasks))
        self.updateGeometry()

    def _row(self, at: int, task: str, *, done: bool) -> QWidget:
        row = QWidget()
        box = QCheckBox()
        box.setObjectName(f"lesson_task_{at + 1}")
        box.setAccessibleName(self.tr("Task: {0}").format(task.replace("*", "")))
        box.setToolTip(self.tr("Tick this once it is done"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setChecked(done)
        box.toggled.connect(lambda on: self.ticked.emit(at, on))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_Words(task, box), 1)
        return row

    def sizeHint(self) -> QSize:
        """As high as all the tasks are in the present width."""
        inside = self.widget()
        height = inside.heightForWidth(max(self.width(), 120)) if inside is not None else 0
        return QSize(super().sizeHint().width(), max(height, 0) + 2)

    def minimumSizeHint(self) -> QSize:
        """Less than that is scrolled through."""
        return QSize(0, min(self.sizeHint().height(), _LEAST_TEXT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
