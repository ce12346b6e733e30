"""A view in a card: its title, what it says in words, and its switches."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

_LEAST = 24  # pixels of a caption's place that has to be given up


class Caption(QLabel):
    """One line of plain text that ends in "…" where the room ends; ``text()`` is all of it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = ""
        self._tip = ""
        self.setText(text)

    def text(self) -> str:
        """The whole text, whatever of it is shown."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show a text; nothing is done where it is the one that is shown."""
        if text != self._whole:
            self._whole = text
            self._fit()
            self.updateGeometry()

    def setToolTip(self, text: str) -> None:
        """The tip; a text that is cut off stands before it."""
        self._tip = text
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for next to nothing."""
        hint = self.sizeHint()
        return QSize(min(_LEAST, hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less of the text fits."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font: more or less of the text fits."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != super().text():
            super().setText(shown)
        cut = shown != self._whole
        tip = "\n".join(part for part in (self._whole if cut else "", self._tip) if part)
        if tip != self.toolTip():
            super().setToolTip(tip)


class CaptionPlace(QWidget):
    """Where a caption stands. A new text asks for no new layout of anything around it."""

    def __init__(self, caption: Caption) -> None:
        super().__init__()
        self._caption = caption
        caption.setParent(self)

    def sizeHint(self) -> QSize:
        """The caption's."""
        return self._caption.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As little as nothing across."""
        return QSize(0, self._caption.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The caption fills it."""
        super().resizeEvent(event)
        self._caption.setGeometry(self.rect())


def switch(name: str, text: str, tip: str, *, on: bool = False) -> QCheckBox:
    """A check box of a head."""
    box = QCheckBox(text)
    box.setObjectName(name)
    box.setAccessibleName(text)
    box.setToolTip(tip)
    box.setChecked(on)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box
