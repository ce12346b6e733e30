"""The run as a PyTorch script: the line that is being carried out is lit, its value beside it."""

import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guitrain.core.code import script
from guitrain.core.code_lines import Mark, Script
from guitrain.core.experiment import Experiment
from guitrain.core.phases import Phase
from guitrain.core.run_view import Event
from guitrain.plots.theme import LIGHT, Theme
from guitrain.script_words import in_the_readers_words
from guitrain.snapshot import Snapshot, State
from guitrain.typed_rows import Rows
from guitrain.ui.cards import flat_button
from guitrain.ui.code_values import lit_lines, values_of
from guitrain.ui.code_view import CodeView

_SHARE = 20  # while running, at most one part in so many of the time goes into new scripts


class CodePanel(QWidget):
    """The script of the run, live, to be copied and saved.

    Attributes:
        view: the text. script: what it shows.
    Signals:
        save_pressed: write ``text()`` to a file.
    """

    save_pressed = Signal()

    def __init__(self, *, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("code_panel")
        self.setAccessibleName(self.tr("The code"))
        self.script: Script | None = None
        self._made_of: tuple[Experiment, tuple[Event, ...], Rows] | None = None
        self._made_at, self._cost = 0.0, 0.0  # seconds
        self._snapshot: Snapshot | None = None
        self._caption = QLabel()
        self._caption.setObjectName("code_caption")
        self._caption.setProperty("role", "muted")
        copy = flat_button("copy_code", self.tr("Copy"), self.tr("Copy the whole script"))
        copy.clicked.connect(self._copy)
        save = flat_button(
            "save_code",
            self.tr("Save…"),
            self.tr("Save the script: it runs with PyTorch alone and prints the same numbers"),
        )
        save.clicked.connect(self.save_pressed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._caption, 1)
        head.addWidget(copy)
        head.addWidget(save)
        self.view = CodeView(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        self._tell(copied=False)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.view.set_theme(theme)

    def text(self) -> str:
        """The whole script of this moment, long data included; "" before there is any."""
        if self._snapshot is not None:
            self._write(self._snapshot, at_once=True)
        return self.script.text if self.script is not None else ""

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if self.isVisible() and snapshot.legible:
            self._show(snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        new = self._write(snapshot, at_once=snapshot.state is not State.RUNNING)
        if self.script is None:
            return
        view = snapshot.view
        lit = lit_lines(self.script, snapshot.step_view, view) if view is not None else ()
        back = view is not None and view.phase is Phase.BACKWARD
        values = values_of(self.script, snapshot.step_view, view) if view is not None else {}
        moved = self.view.show_moment(lit, values, back=back)
        if moved or new:
            self._tell(copied=False)
            loop = self.script.marks[Mark.LOOP]
            self.view.bring_in_sight(lit, loop if {*lit} <= {*loop} else ())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._snapshot is not None:
            self._show(self._snapshot)

    def _write(self, snapshot: Snapshot, *, at_once: bool) -> bool:
        """Write the script anew where the run has changed; returns whether it was."""
        view = snapshot.view
        experiment = snapshot.experiment if view is None else view.experiment
        if experiment.is_empty:  # there are no points to write down yet
            if self.script is not None:
                self.script, self._made_of = None, None
                self.view.set_lines((), ())
            self._tell(copied=False)
            return False
        events = () if view is None else view.events
        predict = tuple(one.inputs for one in snapshot.applied)
        made_of = (experiment, events, predict)
        old, start = self._made_of, time.perf_counter()
        # The very experiment: comparing two with large tables takes time.
        if old is not None and experiment is old[0]:
            # A slider that is dragged in mid-run makes an event per frame.
            rest = not at_once and start - self._made_at < _SHARE * self._cost
            if rest or made_of[1:] == old[1:]:
                return False
        self._made_of = made_of
        self.script = in_the_readers_words(script(experiment, events, predict))
        self.view.set_lines(self.script.lines, self.script.marks[Mark.LOOP])
        self._made_at = time.perf_counter()
        self._cost = self._made_at - start
        return True

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._tell(copied=True)

    def _tell(self, *, copied: bool) -> None:
        """Say what the code is, or that it was copied."""
        text = self.tr("Copied") if copied else self.tr("Runs by itself: same numbers")
        if self.script is None and self._snapshot is not None:
            text = self.tr("No points yet, and no code")
        if text != self._caption.text():
            self._caption.setText(text)
