"""The card that explains a box of the flow chart in plain flow_words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.phases import Phase
from guitrain.plots import flow_words, surface_words
from guitrain.plots.cycle_formulas import formula_lines
from guitrain.plots.theme import Theme

_BORDER, _FRAME = 2, 4  # pixels of its line, and from its edge to its content


class Explanation(QFrame):
    """A card over the chart: what a box does, with this step's numbers. Esc or a click closes it.

    Signals:
        dismissed: the reader is done with it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("explanation")
        self.setAccessibleName(self.tr("Explanation of a step"))
        self.setToolTip(self.tr("Click, or press Esc, to close"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scale = 0.0
        self.title = self._label("explanation_title")
        self.meaning = self._label("explanation_meaning")
        self.formula = self._label("explanation_formula")
        self.code = self._label("explanation_code")
        self.where = self._label("explanation_where")
        self.close_button = QToolButton()
        self.close_button.setObjectName("explanation_close")
        self.close_button.setText("✕")
        self.close_button.setAccessibleName(self.tr("Close the explanation"))
        self.close_button.setToolTip(self.tr("Close (Esc)"))
        self.close_button.setProperty("flat", True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self.dismissed)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._content = QWidget()
        self._content.setObjectName("explanation_content")
        self._column = column = QVBoxLayout(self._content)
        column.setContentsMargins(10, 6, 8, 8)
        column.setSpacing(5)
        column.addLayout(head)
        for label in (self.meaning, self.formula, self.code, self.where):
            column.addWidget(label)
        column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._content)
        layout = QVBoxLayout(self)
        inside = _FRAME - _BORDER
        layout.setContentsMargins(inside, inside, inside, inside)
        layout.addWidget(self._area)
        self.hide()

    @staticmethod
    def _label(name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def set_theme(self, theme: Theme, *, gradients: bool) -> None:
        """Its colours; formulas of gradients are vermilion."""
        formula = theme.gradient if gradients else theme.data
        self.setStyleSheet(
            f"QFrame#explanation {{ background: {theme.panel};"
            f" border: {_BORDER}px solid {theme.accent}; border-radius: 8px; }}"
            f"QLabel#explanation_formula {{ color: {formula}; font-weight: 600; }}"
            f"QLabel#explanation_code {{ background: {theme.hover}; border-radius: 4px;"
            f" padding: 3px 6px; }}"
            f"QLabel#explanation_where {{ color: {theme.muted}; }}"
        )

    def set_scale(self, scale: float) -> None:
        """Larger text for a larger chart."""
        if scale == self._scale:
            return
        self._scale = scale
        font = QFont(self.font())
        font.setPixelSize(round(12 * scale))
        for label in (self.meaning, self.formula, self.where, self.close_button):
            label.setFont(font)
        bold, mono = QFont(font), QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        bold.setBold(True)
        mono.setPixelSize(font.pixelSize())
        self.title.setFont(bold)
        self.code.setFont(mono)

    def show_texts(self, phase: Phase, moment: flow_words.Moment) -> bool:
        """Explain this box at this moment; returns whether a text's length may have changed."""
        meaning, code, where = surface_words.explained(phase, moment.settings)
        changed = False
        for label, text in (
            (self.title, flow_words.box_title(phase)),
            (self.meaning, meaning),
            (self.formula, "\n".join(formula_lines(phase, moment))),
            (self.code, code),
            (self.where, where),
        ):
            if text != label.text():
                label.setText(text)
                changed = True
        return changed

    def fit(self, width: int, most: int) -> int:
        """The height that a width asks for; if that is over the most there is, it scrolls."""
        self._column.invalidate()
        height = self._column.heightForWidth(width - 2 * _FRAME) + 2 * _FRAME
        # Left to itself, a bar that was needed once stays: its width makes the text longer.
        policy = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if height <= most else policy.ScrollBarAlwaysOn
        )
        return min(height, most)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click closes it."""
        event.accept()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down scroll a long text; all else is the panel's."""
        bar = self._area.verticalScrollBar()
        step = {Qt.Key.Key_Up: -20, Qt.Key.Key_Down: 20}.get(Qt.Key(event.key()))
        if step is not None and bar.maximum():
            bar.setValue(bar.value() + step)
        else:
            event.ignore()
