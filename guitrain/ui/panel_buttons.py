"""A row of named buttons: one opens and closes each panel, the last one presents."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from guitrain.plots.theme import LIGHT, Theme
from guitrain.ui.icons import icon
from guitrain.ui.overflow import OverflowRow
from guitrain.ui.panels import Panels
from guitrain.ui.presenter import Presenter


class PanelButtons(QWidget):
    """Shows which panels are open; make it once all of them are added.

    Attributes:
        buttons: by the panel's name. presenter: the button that presents, with its menu.
    """

    def __init__(self, panels: Panels, presenter: Presenter | None = None) -> None:
        super().__init__()
        self.setObjectName("panel_buttons")
        self._panels = panels
        self._presenter = presenter
        self.buttons: dict[str, QToolButton] = {}
        self.choices: dict[str, QCheckBox] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        label = QLabel(self.tr("Panels"))
        label.setProperty("role", "muted")
        layout.addWidget(label)
        self._entries: dict[str, QWidgetAction] = {}  # of the choices
        self._row = OverflowRow("more_panels", 2)
        for name in panels.names:
            if panels.panel(name).closable:
                self.buttons[name] = self._button(name)
                self._row.add(self.buttons[name])
        layout.addWidget(self._row, 1)
        self.presenter = QToolButton()
        if presenter is not None:
            layout.addWidget(self._make_presenter(presenter))
        panels.toggled.connect(self._toggled)
        panels.withheld_changed.connect(self._show_withheld)

    def set_theme(self, theme: Theme) -> None:
        """The icon in another colour."""
        self.presenter.setIcon(icon("present", theme.text))

    def _button(self, name: str) -> QToolButton:
        panel = self._panels.panel(name)
        title = panel.windowTitle()
        button = QToolButton()
        button.setObjectName(f"open_{name}")
        button.setText(title)
        button.setAccessibleName(self.tr("Panel: {0}").format(title))
        button.setToolTip(panel.tip or self.tr("Show or hide {0}").format(title))
        button.setCheckable(True)
        button.setChecked(panel.is_open)
        button.setProperty("pill", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._clicked(name))
        return button

    def _clicked(self, name: str) -> None:
        self._panels.toggle(name)
        # A click has turned the button over already, also where it only brought a tab up.
        self.buttons[name].setChecked(self._panels.is_open(name))

    def _toggled(self, name: str, is_open: bool) -> None:
        if name in self.buttons:
            self.buttons[name].setChecked(is_open)

    def _show_withheld(self) -> None:
        """No button opens what is kept closed."""
        withheld = self._panels.withheld
        for name, button in self.buttons.items():
            self._row.set_useful(button, name not in withheld)
            if name in self._entries:
                self._entries[name].setVisible(name not in withheld)

    # Presenting.

    def _make_presenter(self, presenter: Presenter) -> QToolButton:
        button = self.presenter
        button.setObjectName("presenter")
        button.setText(self.tr("Present"))
        button.setAccessibleName(self.tr("Presenter mode"))
        button.setToolTip(
            self.tr(
                "Full screen, large type, and only the panels chosen in the menu. "
                "PageUp and PageDown step; Esc leaves."
            )
        )
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(16, 16))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(presenter.toggle)
        menu = QMenu(button)
        menu.setObjectName("presenter_menu")
        heading = QLabel(self.tr("Panels to present"))
        heading.setProperty("role", "muted")
        heading.setContentsMargins(12, 6, 16, 4)
        title = QWidgetAction(menu)
        title.setDefaultWidget(heading)
        menu.addAction(title)
        for name in self.buttons:
            self.choices[name] = self._choice(menu, name)
        self._show_chosen()
        presenter.chosen_changed.connect(self._show_chosen)
        button.setMenu(menu)
        self.set_theme(LIGHT)
        return button

    def _choice(self, menu: QMenu, name: str) -> QCheckBox:
        # A box, not an entry: a menu closes on an entry, and one chooses several.
        title = self._panels.panel(name).windowTitle()
        box = QCheckBox(title)
        box.setObjectName(f"present_{name}")
        box.setAccessibleName(self.tr("Present {0}").format(title))
        box.setToolTip(self.tr("Whether {0} is shown in presenter mode").format(title))
        box.setProperty("entry", True)
        box.toggled.connect(lambda on: self._choose(name, on))
        action = QWidgetAction(menu)
        action.setObjectName(f"present_{name}_entry")
        action.setDefaultWidget(box)
        menu.addAction(action)
        self._entries[name] = action
        return box

    def _choose(self, name: str, on: bool) -> None:
        if self._presenter is not None:
            self._presenter.choose(name, on)
            self._show_chosen()

    def _show_chosen(self) -> None:
        assert self._presenter is not None
        for name, box in self.choices.items():
            on: Any = name in self._presenter.chosen
            if box.isChecked() != on:
                box.setChecked(on)
