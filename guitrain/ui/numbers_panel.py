"""This step in numbers: each phase's formula with the numbers of the step's own tensors."""

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.phases import Phase
from guitrain.plots.flow_words import Moment, box_title, position
from guitrain.plots.step_words import PHASES_SHOWN, Line, lines_of
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.batch_table import BatchTable
from guitrain.ui.cards import flat_button
from guitrain.ui.number_rows import NumberRows
from guitrain.ui.predict import Prediction

_SHARE = 20  # while running, at most one part in so many of the time goes into sums


class NumbersPanel(QWidget):
    """Formulas and numbers of the step in hand, its batch as a table, and predict-then-reveal.

    Attributes:
        rows: the formulas. prediction: where the student predicts. table: the batch, once opened.
    Signals:
        predicting_changed(bool): the switch "Predict first".
        advance_pressed: a prediction was made: go on by one phase.
        watching_changed(bool): as ``watching``.
    """

    predicting_changed = Signal(bool)
    advance_pressed = Signal()
    watching_changed = Signal(bool)

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("numbers_panel")
        self.setAccessibleName(self.tr("This step in numbers"))
        self.theme = theme
        self.table: BatchTable | None = None
        self._snapshot: Snapshot | None = None
        self._told: Moment | None = None  # that the lines tell of
        self._watched = False
        self._shown: tuple[object, ...] = ()
        self._made_at, self._cost = 0.0, 0.0  # seconds
        self.caption = QLabel()
        self.caption.setObjectName("numbers_caption")
        self.caption.setProperty("role", "muted")
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.predict = self._switch()
        self.open_table = flat_button(
            "open_batch_table",
            self.tr("Table…"),
            self.tr("Open the table of this batch: every point's numbers, and their sums"),
        )
        self.open_table.clicked.connect(self.open_batch_table)
        copy = flat_button(
            "copy_numbers", self.tr("Copy"), self.tr("Copy these formulas and numbers as text")
        )
        copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.caption, 1)
        head.addWidget(self.predict)
        head.addWidget(self.open_table)
        head.addWidget(copy)
        self.invitation = QLabel()
        self.invitation.setObjectName("numbers_invitation")
        self.invitation.setWordWrap(True)
        self.rows = NumberRows(theme)
        self.prediction = Prediction(theme)
        self.prediction.hide()
        self.prediction.advance_pressed.connect(self.advance_pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.invitation)
        layout.addWidget(self.rows, 1000)
        layout.addWidget(self.prediction)
        layout.addStretch(1)

    def _switch(self) -> QCheckBox:
        box = QCheckBox(self.tr("Predict first"))
        box.setObjectName("predict")
        box.setAccessibleName(self.tr("Predict first, then see"))
        box.setToolTip(
            self.tr("Before each update, work out the new weight yourself; then compare")
        )
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.toggled.connect(self._predict_switched)
        return box

    def sizeHint(self) -> QSize:
        """As the formulas of the line are best read."""
        return QSize(396, 260)

    @property
    def predicting(self) -> bool:
        """Whether the student is asked before each UPDATE."""
        return self.predict.isChecked()

    @property
    def watching(self) -> bool:
        """Whether the step's numbers are looked at, here or in the batch's table."""
        table = self.table is not None and self.table.isVisible()
        return self.isVisible() or table

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.theme = theme
        self.rows.set_theme(theme)
        self.prediction.set_theme(theme)
        if self.table is not None:
            self.table.set_theme(theme)

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if self.table is not None:
            self.table.refresh(snapshot)
        if not self.isVisible():
            return
        if self.predicting:
            self.prediction.refresh(snapshot)
        view, point = snapshot.view, snapshot.point
        shown = (
            snapshot.step_view,
            view.run_id if view is not None else None,
            view.stopped if view is not None else None,
            view.phase if view is not None else None,
            point.row if point is not None else None,
            view.settings if view is not None else snapshot.experiment,
        )
        if len(shown) == len(self._shown) and all(
            one is other for one, other in zip(shown, self._shown, strict=True)
        ):
            return
        start = time.perf_counter()
        if self._shown and not snapshot.legible:
            return
        # The sums of a large batch are dear.
        rests = start - self._made_at < _SHARE * self._cost
        if snapshot.state is State.RUNNING and rests:
            return
        self._shown = shown
        self._show(snapshot)
        self._made_at = time.perf_counter()
        self._cost = self._made_at - start

    def _show(self, snapshot: Snapshot) -> None:
        self._told = moment = Moment(snapshot)
        step = moment.step
        lit = step.phase if step is not None and step.phase in PHASES_SHOWN else None
        self.rows.show_lines(lines_of(snapshot), lit)
        self._say(self.caption, self._caption(moment))
        text = ""
        if step is None:
            text = self.tr("Press Next: the first batch goes forward, and its numbers stand here.")
        self._say(self.invitation, text)
        self.invitation.setVisible(bool(text))

    def _caption(self, moment: Moment) -> str:
        if moment.step is None:
            return self.tr("no step yet")
        return position(moment)[0]

    @staticmethod
    def _say(label: QLabel, text: str) -> None:
        if text != label.text():
            label.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        self._watch()
        if self._snapshot is not None:
            self.refresh(self._snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more, unless at the table."""
        super().hideEvent(event)
        self._watch()

    def _watch(self) -> None:
        if self.watching != self._watched:
            self._watched = self.watching
            self.watching_changed.emit(self._watched)

    # Copying it, and the batch's table.

    def text(self) -> str:
        """What is shown as plain text: a line each, after the name of its phase."""
        if self._told is None or not self.rows.lines:
            return ""
        head = [self._caption(self._told)]
        made: list[str] = []
        last: Phase | None = None
        for line in self.rows.lines:
            made.append(_with_title(line, new=line.phase is not last))
            last = line.phase
        return "\n".join(head + made)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._say(self.caption, self.tr("Copied"))

    def open_batch_table(self) -> None:
        """Show the table of the batch beside the window; it follows the step."""
        if self.table is None:
            self.table = BatchTable(self.window(), theme=self.theme)
            self.table.looked_at.connect(self._watch)
        self.table.show()
        self.table.activateWindow()
        if self._snapshot is not None:
            self.table.refresh(self._snapshot)

    # Predict, then reveal.

    def _predict_switched(self, on: bool) -> None:
        self.prediction.setVisible(on)
        self.rows.hug(on)
        if on and self._snapshot is not None:
            self.prediction.refresh(self._snapshot)
        self.predicting_changed.emit(on)


def _with_title(line: Line, *, new: bool) -> str:
    return f"{box_title(line.phase) if new else ''}\t{line.text}"
