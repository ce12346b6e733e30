"""The panels of the window: opened, closed, moved about by the user, and remembered."""

import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QTabWidget, QToolButton, QWidget
from shiboken6 import isValid

from guitrain.plots.theme import LIGHT, Theme
from guitrain.ui.dock import Column, Panel
from guitrain.ui.dock_layout import (
    Plan,
    arrange,
    default_plan,
    give_sizes,
    make_room,
    presenting_plan,
    settle,
    tab_bars,
    widen,
)
from guitrain.ui.icons import icon

LAYOUT_VERSION = 1  # of the default layout: a new one takes the place of what was remembered
SETTINGS_KEY = "panels"


class Panels(QObject):
    """The panels of one window, which has nothing else in its middle.

    Attributes:
        withheld: names of those that are kept closed.
    Signals:
        toggled(name, open): a panel was opened or closed, by whomever.
        withheld_changed: ``withheld`` is another.
    """

    toggled = Signal(str, bool)
    withheld_changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._panels: dict[str, Panel] = {}
        self._known: dict[str, bool] = {}
        self.withheld: frozenset[str] = frozenset()
        self._busy = False
        self._presenting = False
        self._later: list[str] = []  # to be opened when the presentation ends
        self._lifted: dict[str, bool] = {}  # put over others, and whether each was open before
        self._arranged: list[object] = []  # the places of the layout that waits
        self._waiting = False  # for the window to have its size, to lay out for it
        option = QMainWindow.DockOption
        window.setDockOptions(option.AllowNestedDocks | option.AllowTabbedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        area, corner = Qt.DockWidgetArea, Qt.Corner
        for at, owner in (
            (corner.TopLeftCorner, area.LeftDockWidgetArea),
            (corner.BottomLeftCorner, area.LeftDockWidgetArea),
            (corner.TopRightCorner, area.RightDockWidgetArea),
            (corner.BottomRightCorner, area.RightDockWidgetArea),
        ):
            window.setCorner(at, owner)
        self.set_theme(LIGHT)

    def add(
        self,
        name: str,
        title: str,
        content: QWidget | Callable[[], QWidget],
        column: Column,
        **asked: Any,
    ) -> Panel:
        """A new panel, laid out by the next ``restore`` or ``reset_layout``; its content, or how
        to make it when the panel is first seen.

        ``asked`` are Panel's: label, tip, caption_name, weight, width, beside, stacked_on,
        apart_when_tall, opened_first, closable, framed.
        """
        panel = Panel(name, title, content, column, **asked)
        panel.setParent(self._window)
        panel.hide()
        panel.set_icons(*self._icons)
        self._panels[name] = panel
        self._known[name] = False
        panel.shown_changed.connect(self._announce)
        panel.visibilityChanged.connect(self._name_tabs)
        return panel

    # What there is.

    @property
    def names(self) -> tuple[str, ...]:
        """All panels, as they were added."""
        return tuple(self._panels)

    def panel(self, name: str) -> Panel:
        """One panel. Raises KeyError."""
        return self._panels[name]

    def is_open(self, name: str) -> bool:
        """Whether a panel is on the screen, or behind another tab."""
        return self._panels[name].is_open

    def is_seen(self, name: str) -> bool:
        """Whether a panel is open and in front."""
        return self._panels[name].is_seen

    # Opening and closing.

    def open(self, name: str) -> None:
        """Open a panel where it was last, and bring it to the front.

        While others are presented, it waits for the end of that. One that is withheld stays closed.
        """
        panel = self._panels[name]
        if name in self.withheld:
            return
        if self._presenting:
            self._later.append(name)
            return
        anew = not panel.is_open
        if anew:
            joins = self._partners(panel)
            panel.show()
            if self._window.isVisible() and not joins:
                make_room(self._window, panel, self._panels.values())
        self.bring_up(name)
        if anew and self._window.isVisible():
            settle(self._window)
            widen(self._window, panel, self._panels.values())

    def close(self, name: str) -> None:
        """Close a panel; one that cannot be closed stays."""
        panel = self._panels[name]
        if panel.closable and not self._presenting:
            panel.hide()
            settle(self._window)

    def toggle(self, name: str) -> None:
        """Open a panel; bring it to the front where it is behind; close it where it is seen."""
        if self.is_seen(name):
            self.close(name)
        else:
            self.open(name)

    def bring_up(self, name: str) -> None:
        """Put a panel in front of the others of its tabs; one that is closed stays so."""
        panel = self._panels[name]
        if panel.is_open:
            settle(self._window)
            panel.raise_()

    def put_over(self, name: str, other: str) -> None:
        """Open a panel in the place of another one, which stays behind its tab.

        One that floats only comes up. While others are presented, it opens at the end of that.
        """
        panel, under = self._panels[name], self._panels[other]
        aloof = {name, other} & self.withheld or panel.isFloating() or under.isFloating()
        if self._presenting or aloof:
            self.open(name)
            return
        self._lifted[name] = panel.is_open
        with self._quiet():
            panel.furnish()
            self._window.tabifyDockWidget(under, panel)
            panel.show()
        self.bring_up(name)

    def put_back(self, name: str, other: str) -> None:
        """Take a panel out of the other's place again, where ``put_over`` brought it, and close
        it where it was closed; the other comes up.
        """
        was_open = self._lifted.pop(name, None)
        panel, under = self._panels[name], self._panels[other]
        if was_open is None or self._presenting:
            return
        with self._quiet():
            if panel in self._window.tabifiedDockWidgets(under) or not under.is_open:
                self._to_its_own_place(panel)
            if not was_open:
                panel.hide()
        self.bring_up(other)

    def withhold(self, names: Collection[str]) -> None:
        """Keep these closed, whoever asks for them, until others are named; those that are withheld
        no longer can be opened again.
        """
        freed, self.withheld = self.withheld - set(names), frozenset(names)
        for name in self.withheld:
            self._panels[name].hide()
        for name in freed:
            if not self._panels[name].closable:
                self._panels[name].show()
        if freed or names:
            settle(self._window)
            self.withheld_changed.emit()

    def _to_its_own_place(self, panel: Panel) -> None:
        """Where the window's own layout has it, beside or behind the panel that it belongs to."""
        others = self._panels.values()
        tab = next((p for p in others if p.stacked_on == panel.name and not p.isFloating()), None)
        beside = self._panels.get(panel.beside or "")
        if tab is not None:
            self._window.tabifyDockWidget(tab, panel)
        elif beside is not None and not beside.isFloating():
            self._window.splitDockWidget(beside, panel, Qt.Orientation.Horizontal)

    def _partners(self, panel: Panel) -> bool:
        return any(not other.isHidden() for other in self._window.tabifiedDockWidgets(panel))

    # The whole layout.

    def reset_layout(self) -> None:
        """Everything where it was at the first start, for the window's present size.

        Not while some are presented: what is on the screen then is not the window's own layout.
        """
        if self._presenting:
            return
        with self._quiet():
            first = [p for p in self._panels.values() if p.opened_first or not p.closable]
            self._lay_out([panel for panel in first if panel.name not in self.withheld])
            if not self._window.isVisible() and not self._waiting:
                # Only for as long as it takes: a filter in Python sees every event of the window.
                self._window.installEventFilter(self)
                self._waiting = True

    def _lay_out(self, opened: Sequence[Panel]) -> None:
        window, panels = self._window, list(self._panels.values())
        self.settle()
        plan = default_plan(panels, window.width(), window.height())
        self._arranged = _places(plan)
        for panel in opened:
            panel.furnish()
        arrange(window, plan)
        for panel in panels:
            panel.setVisible(panel in opened)
        self._size(plan)
        for panel in opened:
            panel.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has its size at last: lay out for that."""
        if event.type() == QEvent.Type.Show and self._waiting:
            self._wait_no_more()
            panels, window = list(self._panels.values()), self._window
            plan = default_plan(panels, window.width(), window.height())
            with self._quiet():
                if _places(plan) == self._arranged:  # as it was foreseen: that takes its time
                    self._size(plan)
                else:
                    self._lay_out([panel for panel in panels if panel.is_open])
        return False

    def _wait_no_more(self) -> None:
        self._waiting = False
        self._window.removeEventFilter(self)

    def present(self, names: Sequence[str]) -> None:
        """Only these, all in sight, fixed where they are. ``restore_state`` ends it."""
        self._presenting = True
        with self._quiet():
            self.settle()
            for panel in self._panels.values():
                panel.setFloating(False)
                panel.hide()
                self._window.removeDockWidget(panel)
            wanted = set(names) - self.withheld
            chosen = [panel for name, panel in self._panels.items() if name in wanted]
            plan = presenting_plan(chosen)
            if plan:
                arrange(self._window, plan)
                self._size(plan, as_asked=False)
            for panel in self._panels.values():
                panel.set_locked(True)

    def state(self) -> QByteArray:
        """The layout, to be kept."""
        state = self._window.saveState(self._version()).data()
        return QByteArray(b"%08x" % zlib.crc32(state) + state)

    def restore_state(self, state: object) -> bool:
        """Lay out as it was kept. Returns False, and does nothing, for anything else."""
        data = state.data() if isinstance(state, QByteArray) else b""
        if len(data) < 8 or b"%08x" % zlib.crc32(data[8:]) != data[:8]:
            return False
        with self._quiet():
            self.settle()
            done = self._window.restoreState(QByteArray(data[8:]), self._version())
            if done:
                self._presenting = False
                self._wait_no_more()
                self._unlock()
                self._mend()
        if done:
            later, self._later = self._later, []
            for name in later:
                self.open(name)
        return done

    def _unlock(self) -> None:
        for panel in self._panels.values():
            panel.set_locked(False)

    def restore(self, settings: QSettings) -> None:
        """Lay out as at the end of the last session, or as at the first start."""
        if not self.restore_state(settings.value(SETTINGS_KEY)):
            self.reset_layout()

    def store(self, settings: QSettings) -> None:
        """Keep the layout for the next session."""
        settings.setValue(SETTINGS_KEY, self.state())

    def settle(self) -> None:
        """Carry out whatever waits to be laid out, so that sizes are what they will be."""
        widget: QWidget | None = self._window
        around: list[QWidget] = [self._window]
        while widget is not None and not widget.isWindow():
            widget = widget.parentWidget()
            around += [widget] if widget is not None else []
        for one in reversed(around):
            settle(one)

    def _version(self) -> int:
        names = ",".join(self._panels)
        return (zlib.crc32(names.encode()) ^ LAYOUT_VERSION) & 0x7FFFFFFF

    def _mend(self) -> None:
        """What no remembered layout may do: lose the settings, bring up what is withheld, or lose
        a panel beyond the screens.
        """
        for panel in self._panels.values():
            if panel.name in self.withheld:
                panel.hide()
            elif not panel.closable:
                panel.show()
            if panel.isFloating() and not any(
                screen.availableGeometry().intersects(panel.geometry())
                for screen in QGuiApplication.screens()
            ):
                panel.setFloating(False)

    def _size(self, plan: Plan, *, as_asked: bool = True) -> None:
        settle(self._window)
        give_sizes(self._window, plan, as_asked=as_asked)
        settle(self._window)

    # Looks.

    def set_theme(self, theme: Theme) -> None:
        """Icons in other colours."""
        self._icons = tuple(icon(name, theme.muted) for name in ("float", "dock", "close"))
        for panel in self._panels.values():
            panel.set_icons(*self._icons)

    def _name_tabs(self) -> None:
        # Qt makes them as they are needed. And it hides panels while their window is destroyed.
        if not isValid(self._window):
            return
        for index, bar in enumerate(tab_bars(self._window), start=1):
            if bar.objectName():
                continue
            bar.setDrawBase(False)
            bar.setObjectName(f"panel_tabs_{index}")
            bar.setAccessibleName(self.tr("Panels that share this place"))
            bar.setToolTip(self.tr("Panels that share this place"))
            sides = (self.tr("Tabs further left"), self.tr("Tabs further right"))
            arrows = bar.findChildren(QToolButton)
            for arrow, text, end in zip(arrows, sides, ("left", "right"), strict=False):
                arrow.setObjectName(f"panel_tabs_{index}_{end}")
                arrow.setAccessibleName(text)
                arrow.setToolTip(text)

    # Telling others.

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Announce what has changed in the end, and nothing in between."""
        self._busy = True
        self._window.setUpdatesEnabled(False)
        for panel in self._panels.values():
            panel.set_quiet(True)
        try:
            yield
        finally:
            self._busy = False
            for panel in self._panels.values():
                panel.set_quiet(False)
            self._window.setUpdatesEnabled(True)
            self._announce()

    def _announce(self) -> None:
        if self._busy:
            return
        for name, panel in self._panels.items():
            if self._known[name] != panel.is_open:
                self._known[name] = panel.is_open
                self.toggled.emit(name, panel.is_open)


def _places(plan: Plan) -> list[object]:
    """Which panels share which place, in which order."""
    return [[[[panel.name for panel in cell] for cell in row] for row in rows] for rows in plan]
