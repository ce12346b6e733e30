"""Sentences across the window: notices, with buttons for what can be done, and a failure."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from guitrain.sentences import translate
from guitrain.ui.long_words import breakable


class Notice(QFrame):
    """Hidden until there is something to say; what it says first stays until it is closed.

    Attributes:
        text: the sentence.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "notice")
        self._text = ""
        self._row = QHBoxLayout(self)
        self._label = QLabel()
        self._label.setObjectName(f"{name}_text")
        self._label.setAccessibleName(self.tr("Notice"))
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row.addWidget(self._label, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or "" while nothing is."""
        return "" if self.isHidden() else self._text

    def say(
        self, text: str, actions: Sequence[tuple[str, str, str, Callable[[], None]]] = ()
    ) -> None:
        """Say this, with a button for each action: its name, text, tip, and what it does."""
        self._text = text
        self._label.setText(breakable(text))
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        close = ("close", self.tr("Close"), self.tr("Close this notice"), self.hide)
        self._buttons = [self._button(*each) for each in (*actions, close)]
        self.show()

    def _button(self, name: str, text: str, tip: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"{self.objectName()}_{name}")
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.clicked.connect(self.hide)
        if act != self.hide:
            button.clicked.connect(act)
        self._row.addWidget(button)
        return button


class Failure(QFrame):
    """There as long as training stands on an error."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("failure")
        layout = QHBoxLayout(self)
        self._text = QLabel()
        self._text.setObjectName("failure_text")
        self._text.setAccessibleName(translate("MainWindow", "What went wrong"))
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._text)
        self.hide()

    def show_error(self, error: str | None) -> None:
        """Say what went wrong and what to do; None: nothing did."""
        if error is not None:
            text = translate(
                "MainWindow",
                "⚠ Training stopped on an error: {0}. What was recorded is kept. "
                "Reset starts the run again; Undo brings back the one before.",
            )
            self._text.setText(text.format(error))
        self.setVisible(error is not None)
