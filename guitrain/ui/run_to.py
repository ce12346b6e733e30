"""Run to…: play on until an epoch, a loss, a gradient or a rise, then pause."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from guitrain.core import settings
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem
from guitrain.plots.scales import nice_step
from guitrain.sentences import problem_sentence
from guitrain.snapshot import Until
from guitrain.ui.fields import Number, NumberField

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

GRADIENT_NORM = Param(
    "gradient_norm",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Gradient norm ≤"),
    QT_TRANSLATE_NOOP("Settings", "How steep the loss is: the length of the gradient."),
    default=0.1,
    minimum=0.0,
    maximum=1e30,
    logarithmic=True,
)
_MESSAGE_WIDTH = 300  # pixels, at which a sentence wraps


class GoField(NumberField):
    """A number whose Enter goes there; a wrong one stays in sight, so that it can be mended.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes; Esc takes the typing back, and closes what it is in when there is none."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.text() == self.text_of(self.value):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Goal:
    """One row: what to run to, its field (None: needs no number), its button, what is wrong.

    ``until`` makes the goal of a number and may raise ExperimentProblem or Refusal.
    """

    def __init__(
        self,
        name: str,
        text: str,
        tip: str,
        field: GoField | None,
        until: Callable[[Number], Until],
    ) -> None:
        self.text, self.field, self.until = text, field, until
        self.label = QLabel(text)
        self.button = QPushButton()
        self.button.setObjectName(f"run_to_{name}_go")
        self.button.setToolTip(tip)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.message = QLabel()
        self.message.setObjectName(f"message_run_to_{name}")
        self.message.setProperty("role", "error")
        self.message.setWordWrap(True)
        self.message.setFixedWidth(_MESSAGE_WIDTH)
        self.message.hide()
        if field is not None:
            field.setAccessibleName(text)
            field.setToolTip(tip)
            self.label.setBuddy(field)

    def say(self, sentence: str) -> None:
        """What is wrong; "" for nothing."""
        self.message.setText(f"⚠ {sentence}" if sentence else "")
        self.message.setVisible(bool(sentence))
        if self.field is not None:
            self.field.setAccessibleDescription(sentence)


class Refusal(Exception):  # noqa: N818 (a reason, not a crash)
    """A goal that cannot be run to; its text says why, in words for the user."""


class RunToPopup(QFrame):
    """The frame that Run to… opens.

    Signals:
        chosen(Until): a goal to run to; the frame is closed by then.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("run_to_popup")
        self.setAccessibleName(self.tr("Run to"))
        # The click that closes it must not open it again where it lands on the button.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self._view: RunView | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 12, 14, 12)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.goals = {
            "epoch": Goal(
                "epoch",
                self.tr("to epoch"),
                self.tr("Pause when so many epochs are done"),
                GoField(settings.EPOCHS, "run_to_epoch"),
                self._until_epoch,
            ),
            "loss": Goal(
                "loss",
                self.tr("until loss ≤"),
                self.tr("Pause when the loss of an epoch is at or below this"),
                GoField(settings.TARGET_LOSS, "run_to_loss"),
                lambda number: Until(loss=float(number)),
            ),
            "gradient_norm": Goal(
                "gradient_norm",
                self.tr("until gradient norm ≤"),
                self.tr(
                    "Pause when the length of the gradient, √(∂L/∂w² + ∂L/∂b²) for a line, is at "
                    "or below this at an epoch's last step"
                ),
                GoField(GRADIENT_NORM, "run_to_gradient_norm"),
                lambda number: Until(gradient_norm=float(number)),
            ),
            "rise": Goal(
                "rise",
                self.tr("until the loss rises"),
                self.tr("Pause when an epoch's loss is above that of the one before"),
                None,
                lambda _: Until(rise=True),
            ),
        }
        for goal in self.goals.values():
            self._add(goal)
        hint = QLabel(
            self.tr("Pauses at the first epoch's end where this is so, unless the run stops first.")
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        hint.setFixedWidth(_MESSAGE_WIDTH)
        self._grid.addWidget(hint, self._grid.rowCount(), 0, 1, 3)

    def _add(self, goal: Goal) -> None:
        goal.button.setText(self.tr("Go"))
        goal.button.setAccessibleName(self.tr("Go: {0}").format(goal.text))
        goal.button.clicked.connect(lambda: self.go(goal))
        row = self._grid.rowCount()
        self._grid.addWidget(goal.label, row, 0)
        if goal.field is not None:
            goal.field.setFixedWidth(112)
            goal.field.set_value(goal.field.param.default)
            goal.field.entered.connect(lambda: self.go(goal))
            goal.field.edited.connect(lambda: goal.say(""))
            goal.field.refused.connect(lambda problem: goal.say(problem_sentence(problem)))
            self._grid.addWidget(goal.field, row, 1)
        self._grid.addWidget(goal.button, row, 2)
        self._grid.addWidget(goal.message, row + 1, 0, 1, 3)

    def set_view(self, view: "RunView | None") -> None:
        """The run that a goal is for."""
        self._view = view

    def go(self, goal: Goal) -> None:
        """Run to a goal, or say what is wrong with it."""
        number: Number = 0
        try:
            if goal.field is not None:
                number = goal.field.parse(goal.field.text()) or 0
            until = goal.until(number)
        except ExperimentProblem as problem:
            self._refuse(goal, problem_sentence(problem))
        except Refusal as reason:
            self._refuse(goal, str(reason))
        else:
            if goal.field is not None:
                goal.field.set_value(number)
            self.close()
            self.chosen.emit(until)

    def _refuse(self, goal: Goal, sentence: str) -> None:
        goal.say(sentence)
        self.adjustSize()
        if goal.field is not None:
            goal.field.setFocus()
            goal.field.selectAll()

    def _until_epoch(self, number: Number) -> Until:
        done = self._view.epoch if self._view is not None else 0
        if number <= done:
            raise Refusal(
                self.tr(
                    "Epoch {0} is not ahead: {1} are done. Type a later one, or go back with the "
                    "timeline."
                ).format(f"{number:,}", f"{done:,}")
            )
        return Until(epoch=int(number))

    def showEvent(self, event: QShowEvent) -> None:
        """No old complaints, and an epoch that is ahead."""
        super().showEvent(event)
        for goal in self.goals.values():
            goal.say("")
        field = self.goals["epoch"].field
        assert field is not None
        view = self._view
        if view is not None and (field.value is None or field.value <= view.epoch):
            field.set_value(_epoch_ahead(view.epoch, view.settings.stop.epochs))
        self.adjustSize()
        field.setFocus(Qt.FocusReason.PopupFocusReason)
        field.selectAll()


def _epoch_ahead(done: int, planned: int) -> int:
    """A round number of epochs after those done, a tenth of the run away, within the plan."""
    step = int(nice_step(max(planned / 10, 1.0)))
    ahead = (done // step + 1) * step
    return min(ahead, planned) if done < planned else ahead


class RunToButton(QPushButton):
    """Opens the frame below itself.

    Signals:
        chosen(Until): a goal to run to.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("run_to")
        self.set_text(True)
        self.setAccessibleName(self.tr("Run to an epoch, a loss or a gradient"))
        self.setToolTip(self.tr("Run until an epoch, a loss or a gradient is reached, then pause"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(16, 16))
        self._view: RunView | None = None
        self.clicked.connect(self.open)

    @cached_property
    def popup(self) -> RunToPopup:
        """The frame; made when it is first wanted."""
        popup = RunToPopup(self)
        popup.set_view(self._view)
        popup.chosen.connect(self.chosen)
        return popup

    def set_view(self, view: "RunView | None") -> None:
        """The run that a goal is for."""
        self._view = view
        if "popup" in self.__dict__:
            self.popup.set_view(view)

    def set_text(self, on: bool) -> None:
        """Whether it shows its name beside its icon."""
        self.setText(self.tr("Run to…") if on else "")

    def open(self) -> None:
        """Show the frame, within the screen."""
        self.popup.adjustSize()
        at = self.mapToGlobal(QPoint(0, self.height() + 4))
        room = self.screen().availableGeometry()
        size = self.popup.sizeHint()
        at.setX(max(room.left(), min(at.x(), room.right() - size.width())))
        at.setY(max(room.top(), min(at.y(), room.bottom() - size.height())))
        self.popup.move(at)
        self.popup.show()
