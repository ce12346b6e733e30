"""Buttons in a row; those for which there is no room wait in a menu at its end."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget


class OverflowRow(QWidget):
    """The first buttons that fit, and "⋯" for the rest.

    Attributes:
        more: the button that opens the menu; hidden while everything fits.
    """

    def __init__(self, more_name: str, spacing: int = 4) -> None:
        super().__init__()
        self._all: list[QAbstractButton] = []
        self._buttons: list[QAbstractButton] = []  # those that have a use now
        self._spacing = spacing
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._layout = layout
        self.more = QToolButton()
        self.more.setObjectName(more_name)
        self.more.setText("⋯")
        self.more.setAccessibleName(self.tr("More"))
        self.more.setToolTip(self.tr("What there is no room for here"))
        self.more.setProperty("flat", True)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.more)
        self._menu.setObjectName(f"{more_name}_menu")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self._menu)
        self.more.hide()
        layout.addWidget(self.more)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add(self, button: QAbstractButton) -> None:
        """One more at the end."""
        self._all.append(button)
        self._buttons.append(button)
        self._layout.insertWidget(len(self._all) - 1, button)
        self.updateGeometry()
        self._fit()

    def set_useful(self, button: QAbstractButton, on: bool) -> None:
        """Whether a button has a use at present; without one it is neither here nor in the menu."""
        kept = [each for each in self._all if (on if each is button else each in self._buttons)]
        if kept != self._buttons:
            self._buttons = kept
            if not on:
                button.hide()
            self.updateGeometry()
            self._fit()

    def hidden_buttons(self) -> list[QAbstractButton]:
        """Those in the menu."""
        return [button for button in self._buttons if button.isHidden()]

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        widths = [button.sizeHint().width() for button in self._buttons]
        return QSize(sum(widths) + self._spacing * max(0, len(widths) - 1), self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for "⋯"."""
        width = self.more.sizeHint().width() if self._buttons else 0
        return QSize(min(width, self.sizeHint().width()), self._height())

    def _height(self) -> int:
        return max((one.sizeHint().height() for one in self._buttons), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer of them fit."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Before that the style was not known, nor what fits."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font: more or fewer of them fit."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._fit()

    def _fit(self) -> None:
        room = self.width()
        crowded = self.sizeHint().width() > room
        if crowded:
            room -= self.more.sizeHint().width()
        used = 0
        for button in self._buttons:
            used += button.sizeHint().width() + self._spacing
            fits = not crowded or used <= room
            if button.isHidden() == fits:
                button.setVisible(fits)
            room = room if fits else -1  # their order stays: none behind a hidden one
        if self.more.isHidden() == crowded:
            self.more.setVisible(crowded)

    def _fill(self) -> None:
        self._menu.clear()
        for button in self.hidden_buttons():
            entry = self._menu.addAction(button.text())
            entry.setObjectName(f"{button.objectName()}_entry")
            entry.setToolTip(button.toolTip())
            entry.setCheckable(button.isCheckable())
            entry.setChecked(button.isChecked())
            entry.setEnabled(button.isEnabled())
            entry.triggered.connect(button.click)
