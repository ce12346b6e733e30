"""Which class is drawn next: a button with the mark of each, and one that adds another."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from guitrain.core.datasets.drawn_classes import MOST_CLASSES
from guitrain.plots.class_marks import class_colour, class_shape
from guitrain.plots.items import pen
from guitrain.plots.theme import LIGHT, Theme

_ICON = 16  # pixels
_SHARP = 3  # times as many are painted


class ClassChooser(QWidget):
    """See the module. The keys 1 to 8 on the map do the same.

    Signals: chosen(kind): a class, from 1, is drawn from now on.
    Attributes:
        kind: the class that is. count: how many are offered. buttons: one for each there can be.
        add: the button for another class.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("class_chooser")
        self.kind, self.count = 1, 2
        self._theme = theme
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(QLabel(self.tr("Draw class")))
        self.buttons = [self._button(number) for number in range(1, MOST_CLASSES + 1)]
        for button in self.buttons:
            layout.addWidget(button)
        self.add = QPushButton(self.tr("Add class"))
        self.add.setObjectName("add_class")
        self.add.setAccessibleName(self.tr("Add a class"))
        self.add.setToolTip(self.tr("Draw points of one class more, of up to 8"))
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.clicked.connect(lambda: self.chosen.emit(self.count + 1))
        layout.addWidget(self.add)
        layout.addStretch(1)
        self.set_theme(theme)
        self.show_kinds(1, 2)

    def _button(self, number: int) -> QPushButton:
        button = QPushButton(str(number))
        button.setObjectName(f"class_{number}")
        button.setAccessibleName(self.tr("Draw points of class {0}").format(number))
        button.setToolTip(self.tr("Draw points of class {0} (key {0})").format(number))
        button.setCheckable(True)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(number))
        self._group.addButton(button)
        return button

    def show_kinds(self, kind: int, count: int) -> None:
        """Offer so many classes, of which this one is drawn."""
        self.kind, self.count = kind, count
        for number, button in enumerate(self.buttons, start=1):
            button.setVisible(number <= count)
            button.setChecked(number == kind)
        self.add.setVisible(count < MOST_CLASSES)

    def set_theme(self, theme: Theme) -> None:
        """Show the marks in other colours."""
        self._theme = theme
        for number, button in enumerate(self.buttons):
            button.setIcon(_mark(number, theme))


def _mark(number: int, theme: Theme) -> QIcon:
    """The mark of a class, from 0, as on the map."""
    side = _ICON * _SHARP
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(_SHARP, _SHARP)
    painter.setPen(pen(theme.text, 1.0, alpha=0.85))
    painter.setBrush(QBrush(QColor(class_colour(theme, number))))
    painter.drawPath(class_shape(number, 5.0))
    painter.end()
    return QIcon(picture)
