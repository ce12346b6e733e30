"""What the panels' heads and bodies share: captions, switches, flat buttons, the legend of flow."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QWidget

from guitrain.plots.theme import Theme

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


def flat_button(name: str, text: str, tip: str) -> QToolButton:
    """A button without a frame, for what is not pressed often."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class FlowLegend(QWidget):
    """Which arrows carry values, and which gradients: by words, shape and colour.

    Attributes:
        values, gradients: the labels, named after ``prefix``.
    """

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.values = self._label(f"{prefix}_values", self.tr("→ values forward"))
        self.gradients = self._label(f"{prefix}_gradients", self.tr("⇠ gradients back"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.values)
        layout.addWidget(self.gradients)
        layout.addStretch(1)

    @staticmethod
    def _label(name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        return label

    def set_theme(self, theme: Theme) -> None:
        """The colours of both flows."""
        self.values.setStyleSheet(f"color: {theme.data};")
        self.gradients.setStyleSheet(f"color: {theme.gradient};")
