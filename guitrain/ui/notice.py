"""A sentence across the window, with buttons for what can be done about it, and one to close it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton


class Notice(QFrame):
    """Hidden until there is something to say; what it says first stays until it is closed.

    Attributes:
        text: the sentence.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "notice")
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
        return "" if self.isHidden() else self._label.text()

    def say(
        self, text: str, actions: Sequence[tuple[str, str, str, Callable[[], None]]] = ()
    ) -> None:
        """Say this, with a button for each action: its name, text, tip, and what it does."""
        self._label.setText(text)
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
