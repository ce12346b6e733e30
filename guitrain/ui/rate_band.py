"""The learning rate on a logarithmic scale, on a band that shows what descent does where."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from guitrain.core.closed_form import Facts
from guitrain.core.experiment import Experiment
from guitrain.core.settings import LEARNING_RATE
from guitrain.core.stability import Bands, Regime
from guitrain.numbers import format_number
from guitrain.plots.theme import LIGHT, Theme
from guitrain.stability_words import rate_sentence, rounded_down
from guitrain.ui.fields import LogSlider
from guitrain.ui.rate_scale import BAND, ROW, TOP, RateScale

DECADES = 6
LOWEST = -5  # the scale starts at 10^−5, or lower where the limit is low
BELOW_LIMIT = 4  # decades that the scale shows below the limit's own, at least
SENTENCE_LINES = 4


class RateBand(QWidget):
    """A slider over the band, the best rate above, names of the bands and a prediction below.

    The prediction is for the rate under the handle, also while that is dragged or typed.

    Signals:
        rate_chosen(value): with the slider or with the button for the best rate.

    Attributes:
        slider: holds the rate. scale: the band behind it. sentence: the prediction.
    """

    rate_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rate_band")
        self._settings: Experiment | None = None
        self._facts: Facts | None = None
        self._rate = LEARNING_RATE.default
        self._best = 0.0
        self._low = LOWEST
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._track = QWidget()
        self._track.installEventFilter(self)
        layout.addWidget(self._track)
        self._build_track()
        self.sentence = QLabel()
        self.sentence.setObjectName("rate_prediction")
        self.sentence.setAccessibleName(self.tr("What this learning rate will do"))
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.sentence)
        self.set_theme(LIGHT)
        self._show()

    def _build_track(self) -> None:
        self.scale = RateScale(self._track)
        self.slider = LogSlider(LOWEST, LOWEST + DECADES)
        self.slider.setParent(self._track)
        self.slider.setObjectName("learning_rate_slider")
        self.slider.setAccessibleName(self.tr("Learning rate, on a logarithmic scale"))
        self.slider.valueChanged.connect(lambda: self._predict(self.slider.number))
        self.slider.moved_to.connect(self.rate_chosen)
        self.use_best = QToolButton(self._track)
        self.use_best.setObjectName("use_best_rate")
        self.use_best.setAccessibleName(self.tr("Use the best learning rate"))
        self.use_best.setToolTip(self.tr("Use the best learning rate"))
        self.use_best.setProperty("flat", True)
        self.use_best.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.use_best.clicked.connect(lambda: self.rate_chosen.emit(self._best))

    @property
    def bands(self) -> Bands | None:
        """What is drawn, or None where nothing is known."""
        return self._facts.bands if self._facts else None

    def show_facts(self, settings: Experiment, facts: Facts | None) -> None:
        """Draw the band for these data and settings, None without data; the rate shown stays."""
        if settings is self._settings and facts is self._facts:
            return
        self._settings, self._facts = settings, facts
        self._show()

    def show_rate(self, rate: float) -> None:
        """Bring the handle to a rate and say what it will do; nothing is emitted."""
        self.slider.set_number(rate)
        self._predict(rate)

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme's colours."""
        t = theme
        self.scale.set_theme(theme)
        self.slider.setStyleSheet(f"""
            QSlider {{ background: transparent; }}
            QSlider::groove:horizontal {{ background: transparent; height: {BAND}px; }}
            QSlider::handle:horizontal {{
                background: {t.text}; border: 2px solid {t.panel}; border-radius: 8px;
                width: 12px; margin: 3px 0;
            }}
            QSlider::handle:horizontal:focus {{ background: {t.panel}; border-color: {t.text}; }}
            QSlider::handle:horizontal:hover {{ background: {t.muted}; }}
        """)
        self.use_best.setStyleSheet(f"""
            QToolButton {{ color: {t.text}; font-size: 11px; padding: 0px 3px; border-radius: 3px;
                border: none; background: transparent; text-decoration: underline; }}
            QToolButton:hover {{ background: {t.hover}; }}
            QToolButton:focus {{ border: 1px solid {t.accent}; padding: 0px 2px; }}
        """)
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The track's parts lie where the rates are, so they move with its width."""
        if watched is self._track and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    # Showing.

    def _show(self) -> None:
        bands = self.bands
        low = LOWEST
        if bands is not None:
            low = min(LOWEST, int(f"{bands.limit:e}".split("e")[1]) - BELOW_LIMIT)
            self._best = rounded_down(bands.best)
            best = format_number(self._best, 3)
            self.use_best.setText(self.tr("best {0}").format(best))
            self.use_best.setToolTip(
                self.tr(
                    "Use η = {0}: of all learning rates the one that in the long run takes the "
                    "fewest epochs on these points"
                ).format(best)
            )
        if low != self._low:
            self._low = low
            self.slider.set_decades(low, low + DECADES)
            self.slider.set_number(self._rate)
        # Room for most sentences, so that what is below rarely moves while the rate is dragged.
        lines = SENTENCE_LINES if bands is not None else 0
        self.sentence.setMinimumHeight(lines * self.sentence.fontMetrics().lineSpacing())
        self.use_best.setVisible(bands is not None)
        self._track.setFixedHeight(BAND if bands is None else TOP + BAND + 2 * ROW + 2)
        self._place()
        self._predict(self._rate)

    def _predict(self, rate: float) -> None:
        self._rate = rate
        text, role = "", "muted"
        if self._settings is not None and self._facts is not None:
            text = rate_sentence(self._settings, self._facts, rate)
            bands = self.bands
            if bands is not None:
                regime = bands.regime(rate, self._settings.stop.epochs)
                if regime is Regime.DIVERGES:
                    text, role = "⚠ " + text, "error"
                self.scale.light(regime)
        if text == self.sentence.text():
            return
        if role != self.sentence.property("role"):
            self.sentence.setProperty("role", role)
            self.sentence.style().polish(self.sentence)
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        self.slider.setAccessibleDescription(text)

    def _place(self) -> None:
        width = self._track.width()
        self.scale.setGeometry(0, 0, width, self._track.height())
        self.slider.setGeometry(0, 0 if self.bands is None else TOP, width, BAND)
        self._draw()

    def _draw(self) -> None:
        bands, settings, place = self.bands, self._settings, self.slider.place
        if bands is None or settings is None:
            self.scale.draw_groove()
            return
        epochs = settings.stop.epochs
        self.scale.draw(bands, epochs, place(10.0**self._low), place)
        self.scale.light(bands.regime(self._rate, epochs))
        size = self.use_best.sizeHint()
        left = round(place(bands.best) - size.width() / 2)
        left = min(max(left, 0), self._track.width() - size.width())
        self.use_best.setGeometry(left, 0, size.width(), TOP - 3)
