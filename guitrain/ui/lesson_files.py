"""What a window's files hold of lessons: the one that is read, and the one that is written."""

import copy
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Slot

from guitrain.snapshot import Filed

if TYPE_CHECKING:
    from guitrain.lessons import Lesson, Reading
    from guitrain.ui.lesson_editor import LessonEditor
    from guitrain.ui.main_window import MainWindow


class LessonFiles(QObject):
    """Hands both to the sessions, and takes them back from an opened file.

    Attributes:
        edits: how often the draft of a lesson was changed.
    """

    def __init__(self, window: "MainWindow", settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._editor: LessonEditor | None = None
        self.edits = 0

    @property
    def reading(self) -> "Reading | None":
        """What is read, if anything."""
        return self._window.work.reading

    @property
    def drafting(self) -> bool:
        """Whether a draft would be lost."""
        return self._editor is not None and self._editor.draft.modified

    def write(self) -> None:
        """Have a lesson written: the draft there is, or a new one."""
        self._made_editor().show_draft()

    def _made_editor(self) -> "LessonEditor":
        if self._editor is None:
            from guitrain.ui.lesson_editor import LessonEditor

            self._editor = LessonEditor(self._window, self._settings)
            self._editor.changed.connect(self._count)
            self._window.closing.connect(self._editor.close)
        return self._editor

    @Slot()
    def _count(self) -> None:
        self.edits += 1

    # In files.

    def of_window(self, *, draft: bool) -> dict[str, Any]:
        """What a file says of both besides the lesson that is read; of a draft only if asked."""
        found: dict[str, Any] = {}
        if self.reading is not None:
            found["reading"] = self.reading.to_plain()
        if draft and self._editor is not None and self.drafting:
            found["draft"] = copy.deepcopy(self._editor.draft.plain)  # it is packed beside typing
        return found

    def lesson(self) -> dict[str, Any]:
        """The lesson that is read, as a part of a file."""
        return {} if self.reading is None else {"lesson": self.reading.lesson.plain}

    def in_language(self) -> "Lesson | None":
        """The lesson that is read, in the language in use if it is one of the app's own."""
        if self.reading is None:
            return None
        from guitrain.lessons import lesson

        read = self.reading.lesson
        return lesson(read.name) if read.name else read

    def leave(self) -> None:
        """Another file is opened: what was read is read no longer."""
        if self.reading is not None:
            self._window.work.lesson.leave()

    def take(self, filed: Filed) -> bool:
        """Read the lesson of an opened file, if it has one, where it was left; whether it begins
        with its first page.
        """
        if filed.lesson is None:
            return False
        from guitrain.lessons import reading_of

        work = self._window.work
        work.panels.open("lesson")
        reading = reading_of(filed.lesson, filed.window.get("reading"))
        if reading is None:
            work.lesson.begin(filed.lesson)
            return True
        work.lesson.resume(reading)
        return False

    def take_draft(self, filed: Filed) -> None:
        """Go on with a draft that was kept, where no other would be lost."""
        if "draft" not in filed.window or self.drafting:
            return
        from guitrain.ui.lesson_draft import kept_draft

        draft = kept_draft(filed.window["draft"])
        if draft is not None:
            self._made_editor().take(draft)
