"""What a lesson takes out of the reader's hands: controls that are locked, or not even there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow

PANEL = "open_"  # before a panel's name, as in the name of the button that opens it
TIMELINE = "timeline"


@dataclass(frozen=True)
class Choice:
    """A control that can be withheld: its name in a lesson's file, what it is called, and the
    group that it belongs to. A panel cannot be locked: it is there or not.
    """

    name: str
    label: str
    group: str

    @property
    def lockable(self) -> bool:
        """Whether it can be there, and locked."""
        return not self.name.startswith(PANEL)


class Withholding(QObject):
    """Locks and hides controls of a window, wherever they are, and frees them all again."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hidden: frozenset[str] = frozenset()
        window.presenter.changed.connect(self._presented)

    def choices(self) -> tuple[Choice, ...]:
        """What can be withheld at present, in the order in which it stands in the window."""
        window = self._window
        bar, panels = self.tr("Toolbar and timeline"), self.tr("Panels")
        found = [Choice(*each) for each in window.work.controls.settings()]
        found += [Choice(name, label, bar) for name, label in self._labels().items()]
        for name in window.work.panels.names:
            if name != "lesson":
                label = window.work.panels.panel(name).windowTitle()
                found.append(Choice(PANEL + name, label, panels))
        return tuple(found)

    def _labels(self) -> dict[str, str]:
        return {
            "preset": self.tr("Choice of a preset"),
            "undo": self.tr("Undo"),
            "redo": self.tr("Redo"),
            "reset": self.tr("Reset"),
            "step_back": self.tr("Back"),
            "step": self.tr("Next"),
            "run": self.tr("Run and Pause"),
            "run_to": self.tr("Run to…"),
            "pace": self.tr("Speed"),
            "export": self.tr("Export"),
            TIMELINE: self.tr("Timeline"),
        }

    def apply(self, locked: Collection[str], hidden: Collection[str]) -> None:
        """Withhold these and no others; names that nothing has are passed over."""
        window, self._hidden = self._window, frozenset(hidden)
        closed = [name.removeprefix(PANEL) for name in hidden if name.startswith(PANEL)]
        window.work.panels.withhold([name for name in closed if name != "lesson"])
        window.work.controls.withhold(locked, hidden)
        presenting = window.presenter.active
        window.transport.withhold(locked, hidden, presenting=presenting)
        timeline = window.status.timeline
        timeline.set_locked(TIMELINE in locked or TIMELINE in hidden)
        timeline.setVisible(TIMELINE not in hidden)
        if "run" in locked or "run" in hidden:
            window.trainer.pause()  # nobody else could

    def _presented(self, on: bool) -> None:
        if not on:  # what presenting has brought back may have been hidden meanwhile
            self._window.transport.show_but(self._hidden)
