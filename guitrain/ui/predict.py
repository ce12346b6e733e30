"""Predict, then reveal: before UPDATE the student types what it will come to; then both are shown.

Nothing is kept but a tally for each run, as long as the window is open.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from guitrain.core.phases import Phase
from guitrain.core.problems import ExperimentProblem
from guitrain.plots.flow_words import Moment, box_title
from guitrain.plots.predict_words import (
    NEXT_LOSS,
    Answer,
    Question,
    asked_at,
    hint,
    outcome,
    place_of,
    real_of,
    refusal,
    typed_number,
)
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.fields import ChoiceField


class PredictField(QLineEdit):
    """A number to type. Esc empties it.

    Signals:
        returnPressed: Enter.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end here: the window's own keys are not meant."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class Prediction(QFrame):
    """Asks before each UPDATE, shows the outcome after it, and keeps the tally of each run.

    Attributes:
        what, field: what is asked, and where the number is typed; seen at BACKWARD.
        note: the hint, the refusal of what was typed, or the outcome.
        tally: "3 of 4 right in this run".
    Signals:
        advance_pressed: an answer is in: go on by one phase.
    """

    advance_pressed = Signal()

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("predict_area")
        self.setAccessibleName(self.tr("Your prediction"))
        self._moment: Moment | None = None
        self._asked: tuple[int, int] | None = None  # run and step
        self._names: tuple[str, ...] = ()
        self._pending: Question | None = None
        self._before: tuple[float, ...] = ()  # the parameters at the question
        self._typed, self._beside = 0.0, 0.0  # the answer, and what it was before
        self._answer: Answer | None = None
        self._refusal = ""
        self._scores: dict[int, dict[int, bool]] = {}  # of each run, by step
        self.prompt = QLabel(self.tr("Your prediction:"))
        self.prompt.setObjectName("predict_prompt")
        self.what = ChoiceField("predict_what", [])
        self.what.setAccessibleName(self.tr("What you predict"))
        self.what.setToolTip(self.tr("What you predict: a parameter after the update, or the loss"))
        self.what.committed.connect(self._say)
        self.field = PredictField()
        self.field.setObjectName("prediction")
        self.field.setAccessibleName(self.tr("Your prediction, a number"))
        self.field.setPlaceholderText(self.tr("type it, then Enter"))
        self.field.setToolTip(
            self.tr(
                "Enter takes your number and goes on to see. It is right if it agrees in the "
                "digits shown; one more or less in the last of them is rounding, and right too."
            )
        )
        self.field.setMaxLength(60)
        self.field.setMinimumWidth(60)
        self.field.setMaximumWidth(220)
        self.field.textEdited.connect(self._edited)
        self.field.returnPressed.connect(self._entered)
        self.tally = QLabel()
        self.tally.setObjectName("predict_tally")
        self.tally.setProperty("role", "muted")
        self.note = QLabel()
        self.note.setObjectName("predict_note")
        self.note.setWordWrap(True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        question = QHBoxLayout()
        question.setSpacing(6)
        question.addWidget(self.prompt)
        question.addWidget(self.what)
        question.addWidget(self.field, 1)
        question.addStretch(0)
        bottom = QHBoxLayout()
        bottom.setSpacing(10)
        bottom.addWidget(self.note, 1)
        bottom.addWidget(self.tally, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.setSpacing(4)
        layout.addLayout(question)
        layout.addLayout(bottom)
        self.set_theme(theme)
        self._ask(None)

    def sizeHint(self) -> QSize:
        """Narrow: its texts wrap."""
        return QSize(300, super().sizeHint().height())

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.setStyleSheet(
            f"QFrame#predict_area {{ background: {theme.hover}; border-radius: 6px; }}"
        )

    def refresh(self, snapshot: Snapshot) -> None:
        """Ask at BACKWARD; show what came of the answer as soon as it is on the screen."""
        moment = self._moment = Moment(snapshot)
        asked = asked_at(moment)
        if asked != self._asked:
            self._take_what_was_left(moment)
            self._ask(asked)
            if asked is not None and snapshot.state is not State.RUNNING:
                self._take_focus()
        self._reveal(moment)
        self._say()

    # Asking.

    def _ask(self, asked: tuple[int, int] | None) -> None:
        self._asked = asked
        self._refusal = ""
        if asked is None and self.field.hasFocus():
            self.field.clearFocus()  # else Qt would give the focus to the next widget
        step = self._moment.step if self._moment is not None else None
        if asked is not None and step is not None:
            self._before = step.before
            self._offer(step.names)
            self.field.clear()
            self.field.setReadOnly(False)
        for widget in (self.prompt, self.what, self.field):
            widget.setVisible(asked is not None)

    def _offer(self, names: tuple[str, ...]) -> None:
        if self.what.count() and names == self._names:
            return
        self._names = names
        self.what.clear()
        for index, name in enumerate(names):
            self.what.addItem(self.tr("new {0}").format(name), index)
        self.what.addItem(self.tr("next loss"), NEXT_LOSS)

    def _take_focus(self) -> None:
        """So that one can type at once; never out of another field."""
        focus = QApplication.focusWidget()
        typing = isinstance(focus, QLineEdit | QAbstractSpinBox)
        if self.isVisible() and self.window().isActiveWindow() and not typing:
            self.field.setFocus()

    def _edited(self) -> None:
        if self._refusal:
            self._refusal = ""
            self._say()

    def _entered(self) -> None:
        if self._asked is None or self.field.isReadOnly():
            return
        if self._commit():
            self.field.setReadOnly(True)  # a second Enter must not go on by two
            self.advance_pressed.emit()
        else:
            self.field.selectAll()
        self._say()

    def _commit(self) -> bool:
        """Take what was typed; returns whether it is a number."""
        assert self._asked is not None
        try:
            self._typed = typed_number(self.field.text())
        except ExperimentProblem as problem:
            self._refusal = refusal(problem)
            return False
        what = self.what.currentData()
        self._pending = Question(*self._asked, NEXT_LOSS if what is None else what)
        known = 0 <= self._pending.what < len(self._before)
        self._beside = self._before[self._pending.what] if known else 0.0
        return True

    def _take_what_was_left(self, moment: Moment) -> None:
        """Next was pressed instead of Enter: what stands in the field counts."""
        if self._asked is None or self.field.isReadOnly() or moment.view is None:
            return
        run_id, step = self._asked
        typed = self.field.text().strip()
        if typed and moment.view.run_id == run_id and place_of(moment.view) >= (step + 1, 0):
            self._commit()

    # Revealing.

    def _reveal(self, moment: Moment) -> None:
        question, view = self._pending, moment.view
        if question is None or view is None:
            return
        real = real_of(question, view, moment.step)
        if real is None:
            return
        self._pending = None
        self._answer = Answer(question, self._named(question), self._typed, real, self._beside)
        # The first answer to a step counts, however often one goes back to it.
        self._scores.setdefault(question.run_id, {}).setdefault(question.step, self._answer.right)

    def _named(self, question: Question) -> str:
        if question.what == NEXT_LOSS:
            return self.tr("next loss")
        return self.tr("new {0}").format(self._names[question.what])

    def score(self, run_id: int) -> tuple[int, int]:
        """How many steps of a run were predicted right, and how many in all."""
        steps = self._scores.get(run_id, {})
        return sum(steps.values()), len(steps)

    def _say(self) -> None:
        moment = self._moment
        view = moment.view if moment is not None else None
        tally = ""
        if view is not None and (counted := self.score(view.run_id))[1]:
            tally = self.tr("{0} of {1} right in this run").format(*counted)
        for label, text in ((self.note, self._note()), (self.tally, tally)):
            if text != label.text():
                label.setText(text)
        # While one reckons, the hint has the room.
        self.tally.setVisible(bool(tally) and self._asked is None)

    def _note(self) -> str:
        moment = self._moment
        if moment is None or moment.view is None:
            return ""
        if self._refusal:
            return "⚠ " + self._refusal
        if self._asked is not None:
            return hint(moment, self.what.currentData())
        answer = self._answer
        if answer is not None and answer.question.run_id == moment.view.run_id:
            place = place_of(moment.view)
            # As long as the next question is not there; gone back before it, it is a secret again.
            if answer.question.revealed_at <= place:
                return outcome(answer)
        if moment.view.stopped is not None:
            return self.tr("The run has stopped: there is no update to predict.")
        if self._pending is not None and self._pending.run_id == moment.view.run_id:
            return self.tr("You said {0}. Press Next to see.").format(self.field.text())
        text = self.tr("Go on to “{0}”: there you predict the update.")
        return text.format(box_title(Phase.BACKWARD))
