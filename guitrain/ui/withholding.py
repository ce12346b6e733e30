"""What a lesson takes out of the reader's hands: controls that are locked, or not even there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from guitrain.sentences import translate

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


def choices_in(window: "MainWindow") -> tuple[Choice, ...]:
    """What can be withheld at present, in the order in which it stands in the window."""
    bar = translate("Withholding", "Toolbar and timeline")
    group = translate("Withholding", "Panels")
    panels = window.work.panels
    names = [name for name in panels.names if name != "lesson"]
    return (
        *(Choice(*each) for each in window.work.controls.settings()),
        *(Choice(name, label, bar) for name, label in _bar_labels().items()),
        *(Choice(PANEL + name, panels.panel(name).windowTitle(), group) for name in names),
    )


def _bar_labels() -> dict[str, str]:
    return {
        "preset": translate("Withholding", "Choice of a preset"),
        "undo": translate("Withholding", "Undo"),
        "redo": translate("Withholding", "Redo"),
        "reset": translate("Withholding", "Reset"),
        "step_back": translate("Withholding", "Back"),
        "step": translate("Withholding", "Next"),
        "run": translate("Withholding", "Run and Pause"),
        "run_to": translate("Withholding", "Run to…"),
        "pace": translate("Withholding", "Speed"),
        "export": translate("Withholding", "Export"),
        TIMELINE: translate("Withholding", "Timeline"),
    }
