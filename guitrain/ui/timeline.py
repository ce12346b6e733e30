"""The timeline: the whole run from left to right, to look at and to drag through."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QSlider

from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import RunRow, Snapshot, State
from guitrain.ui.locks import Locks
from guitrain.ui.timeline_axis import Axis, axis_of
from guitrain.ui.timeline_marks import marks_of
from guitrain.ui.timeline_rail import HEIGHT, Rail
from guitrain.ui.timeline_words import asked_words, place_words, progress_words

FRAME_MS = 16
_SETTLE_MS = 500  # after which the place shown counts, wherever it is
_GRAB = 9.0  # pixels around the handle's middle that are the handle
_MOST_VALUES = 2**31 - 2  # that a QSlider can hold
_USABLE = (State.PAUSED, State.RUNNING, State.STOPPED)


class Timeline(QSlider):
    """A slider over steps, to screen readers too; ``Rail`` over it is what is seen.

    It asks, and the window goes there: the handle stays where it was dropped until the run has
    come there, and while it is dragged nothing moves it but the mouse.

    Attributes:
        asked: the step asked for, from the press until the run is there; else None.
        dragging: whether the mouse holds the handle.
        tag: the text beside the mouse.

    Signals:
        glided(step): while dragged, at most once a frame. dropped(step): asked for in the end.
        Steps are ints of any size.
    """

    glided = Signal(object)
    dropped = Signal(object)

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self._tip = self.tr(
            "The run, from its start to its planned end. Click or drag to go to any step that is "
            "recorded."
        )
        self.setToolTip(self._tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(120)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # the numbers beside it stay where they are
        self.setSizePolicy(policy)
        self.asked: int | None = None
        self.dragging = False
        self.locked = False
        self._locks = Locks()
        self._moved = False  # since the press
        self._offset = 0.0  # from the mouse to the handle's middle
        self._seen_near = False  # since the drop
        self._unsent = False
        self._mine = False
        self._snapshot: Snapshot | None = None
        self._run: int | None = None
        self._axis = Axis()
        self._marked: tuple[object, ...] = ()
        self._rows: tuple[RunRow, ...] = ()
        self._tag_words: tuple[str, int] | None = None
        self.rail = Rail(self)
        self.rail.setAccessibleName(self.tr("Picture of the timeline"))
        self.rail.setToolTip(self._tip)
        self.tag = QLabel(self)
        self.tag.setObjectName("timeline_tag")
        self.tag.setTextFormat(Qt.TextFormat.PlainText)
        self.tag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tag.hide()
        self._frame, self._settling = self._timer(FRAME_MS), self._timer(_SETTLE_MS)
        self._frame.timeout.connect(self._send)
        self._settling.timeout.connect(self._settle)
        self.valueChanged.connect(self._moved_by_others)
        self.set_theme(theme)

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        return timer

    def set_theme(self, theme: Theme) -> None:
        """Wear these colours."""
        self.rail.set_theme(theme)
        self.tag.setStyleSheet(
            f"QLabel {{ background: {theme.text}; color: {theme.panel}; border-radius: 4px;"
            " padding: 2px 6px; }"
        )

    def set_locked(self, on: bool) -> None:
        """Show where the run is, and lead nowhere, or lead there again."""
        self.locked = on
        self._locks.set(self, on)
        self._show()

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show where the run is."""
        if snapshot is self._snapshot:
            return
        self._snapshot = snapshot
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        snapshot = self._snapshot
        view = snapshot.view if snapshot is not None else None
        usable = snapshot is not None and view is not None and snapshot.state in _USABLE
        usable = usable and not self.locked
        run = view.run_id if view is not None else None
        if run != self._run or not usable:
            self._run = run
            self._let_go()
        if usable != self.isEnabled():
            self.setEnabled(usable)
        self.rail.set_live(usable, self.hasFocus())
        if snapshot is None or view is None:
            self._axis = Axis()
            self.rail.show_marks(())
            self.rail.show_steps(self._axis, 0, 0, 0, near=False)
            return
        if not self.dragging:
            self._axis = axis_of(view)
            self._come_to(snapshot)
        marked = (view.run_id, len(view.events), view.stops, view.best)
        if marked != self._marked or snapshot.runs is not self._rows:
            self._marked, self._rows = marked, snapshot.runs
            self.rail.show_marks(marks_of(snapshot))
        self._draw()

    def _come_to(self, snapshot: Snapshot) -> None:
        """Forget what was asked for once the run is there."""
        if self.asked is None or snapshot.view is None:
            return
        self._seen_near |= snapshot.gliding
        there = snapshot.view.step == self.asked or self._seen_near
        if not snapshot.gliding and (there or not self._settling.isActive()):
            self._forget()

    def _settle(self) -> None:
        if not (self.dragging or (self._snapshot is not None and self._snapshot.gliding)):
            self._forget()
            self._draw()

    def _forget(self) -> None:
        self.asked = None
        self._settling.stop()
        if not self.underMouse():
            self.tag.hide()

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or snapshot.view is None:
            return
        view = snapshot.view
        cursor = view.step if self.asked is None else self.asked
        near = snapshot.gliding and view.step != cursor
        self.rail.show_steps(self._axis, cursor, view.step, view.head, near=near)
        self._mine = True
        self.setRange(0, min(self._axis.end, _MOST_VALUES))
        self.setValue(round(self._axis.fraction(cursor) * self.maximum()))
        self._mine = False
        if self.asked is not None and self._moved:
            self._tell(asked_words(snapshot, self.asked), self.rail.place(self.asked))
        if snapshot.state is not State.RUNNING:  # nobody could listen to it 60 times a second
            text = progress_words(snapshot)
            if text != self.accessibleDescription():
                self.setAccessibleDescription(text)

    def _tell_of(self, x: float) -> None:
        """Say what lies at a place of the rail."""
        if self._snapshot is not None and self._snapshot.view is not None:
            marks = self.rail.marks_near(x)
            self._tell(place_words(self._snapshot, self.rail.step_near(x), marks), x)

    def _tell(self, text: str, x: float) -> None:
        """Show the tag above a place of the rail, within the window."""
        tag, window = self.tag, self.window()
        if tag.parentWidget() is not window:
            tag.setParent(window)
        if tag.isVisible() and self._tag_words == (text, round(x)):
            return
        self._tag_words = (text, round(x))
        tag.setText(text)
        tag.adjustSize()
        at = self.mapTo(window, QPoint(round(x), 0)) if window is not self else QPoint(round(x), 0)
        left = min(max(at.x() - tag.width() // 2, 4), max(window.width() - tag.width() - 4, 4))
        tag.move(left, max(at.y() - tag.height() - 2, 0))
        tag.raise_()
        tag.show()

    # Dragging.

    def _ask(self, step: int) -> None:
        view = self._snapshot.view if self._snapshot is not None else None
        if view is None:
            return
        step = min(max(step, 0), view.head)
        if step == self.asked:
            return
        self.asked, self._moved = step, True
        self._draw()
        self._unsent = True
        if not self._frame.isActive():
            self._send()

    def _send(self) -> None:
        """Say where the handle is, if that is new; then no more for a frame."""
        if self.dragging and self._unsent:
            self._unsent = False
            self._frame.start()
            self.glided.emit(self.asked)

    def _drop(self) -> None:
        self.dragging = False
        self._frame.stop()
        self._unsent = False
        if not self._moved:
            self._forget()
            self._show()
        elif self.asked is not None:
            self._seen_near = False
            self._settling.start()
            self.dropped.emit(self.asked)

    def _let_go(self) -> None:
        """Forget a drag: what was dragged through is no longer there."""
        self.dragging = self._unsent = self._moved = False
        self._frame.stop()
        self._forget()

    def _moved_by_others(self, value: int) -> None:
        """A screen reader has set the value."""
        view = self._snapshot.view if self._snapshot is not None else None
        if self._mine or view is None or not self.isEnabled():
            return
        self.asked = min(round(value / max(self.maximum(), 1) * self._axis.end), view.head)
        self._moved = True
        self._drop()
        self._draw()

    # Qt's events.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the handle: hold it. Elsewhere: go there at once, and hold it."""
        event.accept()
        view = self._snapshot.view if self._snapshot is not None else None
        if event.button() != Qt.MouseButton.LeftButton or view is None:
            return
        x = event.position().x()
        cursor = view.step if self.asked is None else self.asked
        away = self.rail.place(cursor) - x
        held = abs(away) <= _GRAB
        self._offset = away if held else 0.0
        self._settling.stop()
        self.dragging, self._moved = True, False
        self.asked = cursor
        if not held:
            self._ask(self.rail.step_near(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask for where the handle is dragged; without a button tell what lies there."""
        event.accept()
        x = event.position().x()
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if self.dragging and not held:  # the release went elsewhere
            self._drop()
        elif self.dragging:
            self._ask(self.rail.step_near(x + self._offset))
        elif not event.buttons() and self.asked is None:
            self._tell_of(x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for where the handle is now, for good."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton and self.dragging:
            self._drop()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The tag says more than the tooltip: only one of them."""
        super().enterEvent(event)
        self.setToolTip("")

    def leaveEvent(self, event: QEvent) -> None:
        """Take the tag away, unless it tells of a drag."""
        super().leaveEvent(event)
        self.setToolTip(self._tip)
        if self.asked is None:
            self.tag.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing: the keys that step are the window's."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing: scrolling by must go nowhere."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard."""
        super().focusInEvent(event)
        self.rail.set_live(self.isEnabled(), True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it has it no more."""
        super().focusOutEvent(event)
        self.rail.set_live(self.isEnabled(), False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture covers it."""
        super().resizeEvent(event)
        self.rail.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """A drag ends here, and so does its tag."""
        super().hideEvent(event)
        self._let_go()
        self.tag.hide()
