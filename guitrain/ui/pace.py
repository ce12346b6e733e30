"""How fast a run is played: one slider, from a phase in five seconds to flat out."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from guitrain.snapshot import MAX_PACE, Pace

PACES = (
    *(Pace(each, phases=True) for each in (0.2, 0.5, 1.0, 2.0, 5.0)),
    *(Pace(each) for each in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)),
    MAX_PACE,
)
FIRST = Pace(10.0)  # the article's 100 epochs in ten seconds
_FASTEST = 1e6  # what Max counts as, beside a finite pace


def nearest(pace: Pace) -> int:
    """Which of ``PACES`` is nearest to a pace, among those of its unit; of none, the slowest."""

    def distance(index: int) -> float:
        one, other = PACES[index], pace
        if one == other:
            return 0.0
        if one.phases != other.phases or not other.per_second > 0:
            return math.inf
        sizes = (min(each.per_second, _FASTEST) for each in (one, other))
        return abs(math.log(next(sizes) / next(sizes)))

    return min(range(len(PACES)), key=distance)


class PaceSlider(QWidget):
    """The slider, and the pace in words beside it.

    Signals:
        changed(Pace): by the user, or by ``set_pace``.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.title = QLabel(self.tr("Speed"))
        self.title.setProperty("role", "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("pace")
        self.slider.setRange(0, len(PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setAccessibleName(self.tr("Speed"))
        self._tip = self.tr(
            "How fast the run is played: at the left phase by phase, then so many epochs per "
            "second. The far right is Max: flat out."
        )
        self.title.setBuddy(self.slider)
        self._label = QLabel()
        self._label.setObjectName("pace_label")
        self._label.setAccessibleName(self.tr("Speed"))
        for widget in (self.title, self.slider, self._label):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_narrow(False)
        self.slider.setValue(nearest(FIRST))
        self.slider.valueChanged.connect(self._moved)
        self._show()

    def text_of(self, pace: Pace) -> str:
        """A pace in words, with its unit."""
        if pace == MAX_PACE:
            return self.tr("Max")
        number = f"{pace.per_second:g}"
        if pace.phases:
            text = self.tr("{0} phase/s") if number == "1" else self.tr("{0} phases/s")
        else:
            text = self.tr("{0} epoch/s") if number == "1" else self.tr("{0} epochs/s")
        return text.format(number)

    @property
    def pace(self) -> Pace:
        """The one chosen."""
        return PACES[self.slider.value()]

    def set_pace(self, pace: Pace) -> None:
        """Show the stop nearest to this pace, and say so by ``changed``."""
        self.slider.setValue(nearest(pace))
        self._moved()

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self.title.setHidden(narrow)
        self.slider.setFixedWidth(84 if narrow else 112)

    def set_wordless(self, on: bool) -> None:
        """Leave the pace in words to the tooltip."""
        self._label.setHidden(on)

    def fit_label(self) -> None:
        """Room for the longest pace in the font in use, so that nothing beside it moves."""
        self._label.ensurePolished()
        metrics = self._label.fontMetrics()
        widest = max(metrics.horizontalAdvance(self.text_of(pace)) for pace in PACES)
        self._label.setMinimumWidth(widest + 2)

    def _moved(self) -> None:
        self._show()
        self.changed.emit(self.pace)

    def _show(self) -> None:
        text = self.text_of(self.pace)
        self._label.setText(text)
        self.slider.setAccessibleDescription(text)
        self.slider.setToolTip(f"{text}\n{self._tip}")
