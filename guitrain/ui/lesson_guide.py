"""Makes the window ready for each page of a lesson: what runs, which panels are open, what is
locked.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QWidget

from guitrain.lessons import Page
from guitrain.ui.lesson_panel import LessonPanel

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow

NAME = "lesson"  # of the panel


class LessonGuide(QObject):
    """Carries out what the pages of a lesson ask of the window, and takes it back in the end."""

    def __init__(self, window: "MainWindow", panel: LessonPanel) -> None:
        super().__init__(window)
        self._window, self._panel = window, panel
        self._panels = window.work.panels
        self._before: QByteArray | None = None  # the layout that leaving brings back
        self._locked: list[tuple[QWidget, str]] = []  # with the tips that they had
        panel.page_shown.connect(self._show)
        panel.left.connect(self._leave)
        self._panels.toggled.connect(self._toggled)

    def _show(self, page: Page) -> None:
        self._free()
        if page.start is not None:
            self._window.start_preset(page.start)
        # What is presented has been chosen for that.
        if page.panels is not None and not self._window.presenter.active:
            if self._before is None:
                self._before = self._panels.state()
            self._lay_out({*page.panels, NAME})
        for name in page.locked:
            self._lock(name)

    def _lay_out(self, wanted: set[str]) -> None:
        panels = self._panels
        for name in panels.names:
            if name not in wanted and panels.is_open(name):
                panels.close(name)  # the settings stay
        for name in panels.names:
            if name in wanted and not panels.is_seen(name):
                panels.open(name)

    def _lock(self, name: str) -> None:
        """Lock a setting, or the choice of a preset; a name of anything else is passed over."""
        controls, choice = self._window.work.controls, self._window.transport.preset
        found = controls.editor_named(name) or controls.findChild(QWidget, name)
        if found is None and name == choice.objectName():
            found = choice
        if found is not None and found.isEnabled():
            self._locked.append((found, found.toolTip()))
            found.setEnabled(False)
            found.setToolTip(self.tr("The lesson locks this. Leave the lesson to change it."))

    def _free(self) -> None:
        for widget, tip in self._locked:
            widget.setEnabled(True)
            widget.setToolTip(tip)
        self._locked.clear()

    def _leave(self) -> None:
        self._free()
        before, self._before = self._before, None
        if before is not None and not self._window.presenter.active:
            self._panels.restore_state(before)

    def _toggled(self, name: str, is_open: bool) -> None:
        """A lesson whose panel is closed is left; the others stay as they are."""
        if name == NAME and not is_open and not self._window.presenter.active:
            self._before = None
            self._panel.leave()
