"""Apply for images: the pad, what the model sees of it, and the probabilities of its answer."""

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from guitrain.core.data import Data
from guitrain.core.evaluation import Prediction
from guitrain.outcome_words import answer_words, class_name
from guitrain.plots.image_tones import enlarged, image_of, tone_table, tones
from guitrain.plots.theme import LIGHT, Theme
from guitrain.ui.image_pad import ImagePad
from guitrain.ui.probability_bars import ProbabilityBars

_BESIDE = 96  # pixels that the bars need beside the pad
_SEEN = 48  # pixels of the small image's longer side


def small_image(
    row: tuple[float, ...], image: tuple[int, int], ink: float, side: int, theme: Theme
) -> QPixmap:
    """A row of inputs as an image with a thin line around it, its longer side about ``side``."""
    shares = np.array(row).reshape(image) / ink
    table = tone_table(theme)
    made = enlarged(tones(shares, table), max(side // max(image), 1))
    return QPixmap.fromImage(image_of(np.pad(made, 1, constant_values=tones(0.25, table))))


class ApplyPad(QWidget):
    """See the module.

    Signals: row_changed: ``row`` is another, and is to be applied.
    Attributes:
        pad: what is drawn on. seen: the image that the model sees. bars: the probabilities.
        answer: the answer in words. clear, fit, erase: the buttons.
    """

    row_changed = Signal()

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("apply_pad")
        self._theme = theme
        self._row: tuple[float, ...] = ()
        self._asked: tuple[float, ...] | None = None  # the row that no answer has come to yet
        self.pad, self.bars = ImagePad(theme), ProbabilityBars(compact=True)
        self.bars.setObjectName("pad_bars")
        self.bars.set_theme(theme)
        self.answer, self.seen = QLabel(), QLabel()
        self.answer.setObjectName("pad_answer")
        self.answer.setAccessibleName(self.tr("What the model says of the drawing"))
        self.answer.setWordWrap(True)
        self.seen.setObjectName("pad_seen")
        self.seen.setAccessibleName(self.tr("What the model sees"))
        self.note = QLabel()
        self.note.setObjectName("pad_note")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.clear = self._button(
            "clear_pad", self.tr("Clear"), self.tr("Take all the ink off the pad")
        )
        self.fit = self._button(
            "fit_pad",
            self.tr("Fit"),
            self.tr("Make the drawing as large as the pad, as the digits of the data are"),
        )
        self.erase = self._button(
            "erase_pad", self.tr("Erase"), self.tr("Erase with the left mouse button")
        )
        self.erase.setCheckable(True)
        self.clear.clicked.connect(self.pad.clear)
        self.fit.clicked.connect(self.pad.fit)
        self.erase.toggled.connect(self._set_erasing)
        self.pad.changed.connect(self._drawn)
        self._lay_out()
        self._show_seen()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.clear, self.fit, self.erase):
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.pad)
        left.addLayout(buttons)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.answer)
        right.addWidget(self.bars)
        right.addStretch(1)
        self._top = top = QHBoxLayout()
        top.setSpacing(8)
        top.addLayout(left)
        top.addLayout(right, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(below)

    @staticmethod
    def _button(name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def minimumSizeHint(self) -> QSize:
        """As wide as the pad: where there is less room, the bars stand below it."""
        return QSize(self.pad.width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bars stand beside the pad, or below it."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction.LeftToRight
        if self.width() < self.pad.width() + _BESIDE:
            way = QBoxLayout.Direction.TopToBottom
        if self._top.direction() != way:
            self._top.setDirection(way)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self._theme = theme
        self.pad.set_theme(theme)
        self.bars.set_theme(theme)
        self._show_seen()

    def set_image(self, image: tuple[int, int], block: int) -> None:
        """Be for such images; a drawing for others goes."""
        if (image, block) == (self.pad.image, self.pad.block):
            return
        self.pad.set_image(image, block)
        self._asked = None
        self.note.setText(
            self.tr(
                "What the model sees: each of its {0} × {1} pixels counts the inked cells of a "
                "block of {2} × {2}, from 0 to {3}, as those of the data do."
            ).format(*image, block, block**2)
        )
        self._show_seen()

    # What is drawn, and what comes of it.

    @property
    def row(self) -> tuple[float, ...]:
        """The drawing as a row of inputs; () where there is none."""
        return self._row

    def put(self, row: tuple[float, ...]) -> None:
        """Lay an image of the data on the pad."""
        self._asked = None
        self.pad.put(row)

    def forget(self) -> None:
        """Clear the pad; nobody is asked."""
        self.pad.blockSignals(True)
        self.pad.clear()
        self.pad.blockSignals(False)
        self._asked = None
        self._show_seen()

    def refresh(self, applied: tuple[Prediction, ...], data: Data | None) -> None:
        """Show what the model says of the drawing, if that is among what was applied."""
        row = self.row
        asked, answered = self._asked, [one.inputs for one in applied[:1]]
        if asked is not None and asked in answered:
            self._asked = None
            if row and row != asked:
                self._ask()
        if not row:
            self.answer.setText(self.tr("Nothing is drawn yet."))
            self.bars.hide()
        elif row in answered:
            one = applied[0]
            self.answer.setText(self.tr("It is {0}").format(answer_words(one, data)))
            names = [class_name(data, each) for each in range(len(one.probabilities))]
            self.bars.show_chances(names, one.probabilities, None)
            self.bars.show()

    def _drawn(self) -> None:
        self._show_seen()
        # The next drawing is asked about once the last has its answer: a mouse moves faster.
        if self._asked is None or not self.row:
            self._ask()

    def _ask(self) -> None:
        self._asked = self.row or None
        self.row_changed.emit()

    def _set_erasing(self, on: bool) -> None:
        self.pad.erasing = on

    def _show_seen(self) -> None:
        pad = self.pad
        self._row = pad.row
        row = self._row or (0.0,) * pad.pixels.size
        self.seen.setPixmap(small_image(row, pad.image, pad.block**2, _SEEN, self._theme))
        for button in (self.clear, self.fit):
            button.setEnabled(bool(self._row))
