"""Makes the window ready for each page of a lesson: what runs, which panels are open, what is
locked or hidden.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject

from guitrain.lessons import Page
from guitrain.ui.lesson_panel import LessonPanel
from guitrain.ui.withholding import PANEL, Withholding

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
        self._withholding = Withholding(window)
        panel.page_shown.connect(self._show)
        panel.left.connect(self._leave)
        panel.changed.connect(window.sessions.lesson_changed)
        panel.file_wanted.connect(window.sessions.open)
        self._panels.toggled.connect(self._toggled)

    def _show(self, page: Page, begins: bool) -> None:
        moves = page.panels is not None or any(name.startswith(PANEL) for name in page.hidden)
        presenting = self._window.presenter.active
        if begins and moves and self._before is None and not presenting:
            self._before = self._panels.state()
        self._withholding.apply(page.locked, page.hidden)
        if not begins:
            return
        if page.start is not None:
            self._window.commands.start_preset(page.start)
        # What is presented has been chosen for that.
        if page.panels is not None and not presenting:
            self._lay_out({*page.panels, NAME})

    def _lay_out(self, wanted: set[str]) -> None:
        panels = self._panels
        for name in panels.names:
            if name not in wanted and panels.is_open(name):
                panels.close(name)  # the settings stay
        for name in panels.names:
            if name in wanted and not panels.is_seen(name):
                panels.open(name)

    def _leave(self) -> None:
        self._withholding.apply((), ())
        before, self._before = self._before, None
        if before is not None and not self._window.presenter.active:
            self._panels.restore_state(before)

    def _toggled(self, name: str, is_open: bool) -> None:
        """A lesson whose panel is closed is left; the others stay as they are."""
        if name == NAME and not is_open and not self._window.presenter.active:
            self._before = None
            self._panel.leave()
