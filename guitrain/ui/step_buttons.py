"""Next and Back: two buttons that share one unit, a phase, a batch or an epoch."""

from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

UNITS = ("phase", "batch", "epoch")
FIRST_UNIT = "phase"  # whoever presses Next for the first time sees the smallest change


class StepButtons(QObject):
    """The two buttons. Choosing a unit in either menu goes there by it, and is kept for both.

    Attributes:
        step, back: the buttons. unit: "phase", "batch" or "epoch".

    Signals:
        next_pressed(unit), back_pressed(unit).
    """

    next_pressed = Signal(str)
    back_pressed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next_texts = {
            "phase": self.tr("Next phase"),
            "batch": self.tr("Next batch"),
            "epoch": self.tr("Next epoch"),
        }
        self._next_tips = {
            "phase": self.tr("Go on by one phase, then wait (→)."),
            "batch": self.tr("Go on to the end of this batch, then wait (→)."),
            "epoch": self.tr("Go on to the end of this epoch, then wait (→)."),
        }
        self._back_texts = {
            "phase": self.tr("Back by a phase"),
            "batch": self.tr("Back by a batch"),
            "epoch": self.tr("Back by an epoch"),
        }
        self._back_tips = {
            "phase": self.tr("Go back by one phase (←)."),
            "batch": self.tr("Go back to the start of this batch, or of the one before (←)."),
            "epoch": self.tr("Go back to the start of this epoch, or of the one before (←)."),
        }
        self._choose = self.tr("The arrow chooses phase, batch or epoch.")
        self.step = self._button("step")
        self.back = self._button("step_back")
        self.back.setText(self.tr("Back"))
        self._actions: dict[str, list[QAction]] = {unit: [] for unit in UNITS}
        self._fill(self.step, "next", self._next_texts, self.next_pressed)
        self._fill(self.back, "back", self._back_texts, self.back_pressed)
        self.step.clicked.connect(lambda: self.next_pressed.emit(self.unit))
        self.back.clicked.connect(lambda: self.back_pressed.emit(self.unit))
        self.set_unit(FIRST_UNIT)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(16, 16))
        return button

    def _fill(
        self, button: QToolButton, verb: str, texts: dict[str, str], signal: SignalInstance
    ) -> None:
        menu = QMenu(button)
        group = QActionGroup(button)
        for unit, text in texts.items():
            action = menu.addAction(text)
            action.setObjectName(f"{verb}_{unit}")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, u=unit: self._chosen(u, signal))
            group.addAction(action)
            self._actions[unit].append(action)
        button.setMenu(menu)

    def _chosen(self, unit: str, signal: SignalInstance) -> None:
        self.set_unit(unit)
        signal.emit(unit)

    def set_unit(self, unit: str) -> None:
        """What both buttons go by from now on; raises KeyError for none of ``UNITS``."""
        self.step.setText(self._next_texts[unit])
        self.unit = unit
        for action in self._actions[unit]:
            action.setChecked(True)
        self.step.setAccessibleName(self._next_texts[unit])
        self.back.setAccessibleName(self._back_texts[unit])
        self.step.setToolTip(f"{self._next_tips[unit]}\n{self._choose}")
        self.back.setToolTip(f"{self._back_tips[unit]}\n{self._choose}")

    def fit(self) -> None:
        """Room for the longest text in the font in use: another unit moves no neighbour."""
        shown = self.step.text()
        self.step.setMinimumWidth(0)
        widths = []
        for text in self._next_texts.values():
            self.step.setText(text)
            widths.append(self.step.sizeHint().width())
        self.step.setText(shown)
        self.step.setMinimumWidth(max(widths))

    def set_back_text(self, on: bool) -> None:
        """Whether Back shows its name beside its icon."""
        style = Qt.ToolButtonStyle
        self.back.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if on else style.ToolButtonIconOnly
        )
