"""A plot in a card: its title, what it says in words, and its switches."""

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Card(QFrame):
    """A titled frame around one view; ``caption`` is the live text beside the title."""

    def __init__(self, title: str, content: QWidget, caption_name: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(4)
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        self.caption = QLabel()
        self.caption.setObjectName(caption_name)
        self._head.addWidget(heading)
        self._head.addWidget(self.caption, 1)
        layout.addLayout(self._head)
        layout.addWidget(content, 1)

    def add_switch(self, name: str, text: str, tip: str, *, on: bool = False) -> QCheckBox:
        """A check box at the right of the head."""
        box = QCheckBox(text)
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setToolTip(tip)
        box.setChecked(on)
        self._head.addWidget(box)
        return box
