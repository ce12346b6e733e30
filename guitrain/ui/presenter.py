"""Presenter mode: full screen, large type, and only the panels chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton, QWidget

from guitrain.ui.panels import Panels

FIRST_CHOSEN = ("fit", "loss", "cycle")
SETTINGS_KEY = "presented"
USUAL_HEIGHT = 720  # pixels of a screen on which type has its usual size in a window
LEAST_SCALE, MOST_SCALE = 1.25, 2.0
SETTLED_MS = 250  # in which a window manager has given the window its size back


@dataclass
class _Before:
    """What ``leave`` brings back."""

    state: Qt.WindowState
    place: QRect
    geometry: QByteArray  # that of a maximised window holds its normal place too
    minimum: tuple[int, int]
    layout: QByteArray
    font: QFont
    shown: list[QWidget]


class Presenter(QObject):
    """Enters and leaves presenter mode.

    Attributes:
        chosen: names of the panels that are presented. scale: of the type; 1 outside the mode.
        leave_button: to be put into the toolbar; it is shown in the mode only.
    Signals:
        changed(active): give the window its style anew, with ``scale``, and its plots their
            theme: their fonts are the window's. chosen_changed: ``chosen`` is another.
    """

    changed = Signal(bool)
    chosen_changed = Signal()

    def __init__(
        self,
        window: QMainWindow,
        panels: Panels,
        settings: QSettings | None = None,
        hide: Iterable[QWidget] = (),
    ) -> None:
        super().__init__(window)
        self._window, self._panels, self._settings = window, panels, settings
        self._hide = list(hide)
        self._before: _Before | None = None
        self._kept: tuple[_Before, QSize] | None = None  # and the size that the layout met
        self.scale = 1.0
        self.chosen = self._remembered()
        self.leave_button = QToolButton()
        self.leave_button.setObjectName("leave_presenter")
        self.leave_button.setText(self.tr("Leave · Esc"))
        self.leave_button.setAccessibleName(self.tr("Leave presenter mode"))
        self.leave_button.setToolTip(self.tr("Back to the window as it was (Esc)"))
        self.leave_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave_button.clicked.connect(self.leave)
        self.leave_button.hide()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._lay_out_again)

    @property
    def active(self) -> bool:
        """Whether one presents."""
        return self._before is not None

    def hide_while_presenting(self, *widgets: QWidget) -> None:
        """Widgets that a presentation does not need; call it before ``enter``."""
        self._hide += widgets

    # Which panels.

    def choose(self, name: str, on: bool) -> None:
        """Present this panel, or not; the last one that is chosen stays."""
        names = [one for one in self._panels.names if one in self.chosen or one == name]
        if not on:
            names = [one for one in names if one != name]
        if not names or tuple(names) == self.chosen:
            return
        self.chosen = tuple(names)
        if self._settings is not None:
            self._settings.setValue(SETTINGS_KEY, ",".join(names))
        self.chosen_changed.emit()
        if self.active:
            self._panels.present(self.chosen)

    def restore(self) -> None:
        """Choose the panels that are remembered, or those of the first start."""
        self.chosen = self._remembered()
        self.chosen_changed.emit()

    def _remembered(self) -> tuple[str, ...]:
        value = self._settings.value(SETTINGS_KEY) if self._settings is not None else None
        # A file of settings gives back a text with commas as a list.
        parts = value.split(",") if isinstance(value, str) else value
        stored = parts if isinstance(parts, list) else []
        for wanted in (stored, FIRST_CHOSEN, self._panels.names):
            names = tuple(
                name
                for name in self._panels.names
                if name in wanted and self._panels.panel(name).closable
            )
            if names:
                return names
        return ()

    # In and out.

    def toggle(self) -> None:
        """In, or out."""
        if self.active:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Fill the screen with the chosen panels, in large type."""
        if self.active:
            return
        window = self._window
        self._settled.stop()
        minimum = window.minimumSize()
        self._before = _Before(
            state=window.windowState(),
            place=window.geometry(),
            geometry=window.saveGeometry(),
            minimum=(minimum.width(), minimum.height()),
            layout=self._panels.state(),
            font=QApplication.font(),
            shown=[widget for widget in self._hide if not widget.isHidden()],
        )
        screen = window.screen() or QGuiApplication.primaryScreen()
        self.scale = min(max(screen.size().height() / USUAL_HEIGHT, LEAST_SCALE), MOST_SCALE)
        for widget in self._before.shown:
            widget.hide()
        if self.leave_button.parentWidget() is not None:  # or it would be a window of its own
            self.leave_button.show()
        QApplication.setFont(scaled(self._before.font, self.scale))
        window.setMinimumSize(0, 0)
        if QGuiApplication.platformName() in ("xcb", "offscreen"):
            # Where there is no window manager, nobody else gives it the screen. Not afterwards:
            # a window that is given a size counts as a normal one.
            window.setGeometry(screen.geometry())
        window.showFullScreen()
        self.changed.emit(True)
        self._panels.present(self.chosen)

    def leave(self) -> None:
        """Everything as it was before: size, layout, type, and what was hidden."""
        before, window = self._before, self._window
        if before is None:
            return
        self._before = None
        self.scale = 1.0
        self.leave_button.hide()
        QApplication.setFont(before.font)
        for widget in before.shown:
            widget.show()
        window.setMinimumSize(*before.minimum)
        if before.state & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            window.restoreGeometry(before.geometry)
            window.setWindowState(before.state)
        else:
            window.setWindowState(before.state)
            window.setGeometry(before.place)
        self.changed.emit(False)
        self._panels.restore_state(before.layout)
        self._kept = (before, window.size())
        self._settled.start()

    def _lay_out_again(self) -> None:
        # A window manager takes its time to make the window small again, or even does what it
        # was asked before that; and panels that are squeezed on the way would stay so.
        kept, self._kept = self._kept, None
        if kept is None or self.active:
            return
        before, met = kept
        if (
            before.state == Qt.WindowState.WindowNoState
            and self._window.size() != before.place.size()
        ):
            self._window.setWindowState(before.state)
            self._window.setGeometry(before.place)
            met = QSize()
        if self._window.size() != met:
            self._panels.restore_state(before.layout)


def scaled(font: QFont, scale: float) -> QFont:
    """A font so many times as large."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(round(font.pixelSize() * scale))
    else:
        made.setPointSizeF(font.pointSizeF() * scale)
    return made
