"""One panel of the window: a card that can be moved, floated, stacked and closed."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDockWidget,
    QFrame,
    QGraphicsView,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from guitrain.ui.cards import Caption, CaptionPlace, switch
from guitrain.ui.overflow import OverflowRow

Column = Literal["left", "middle", "right"]

LEAST_WIDTH, LEAST_HEIGHT = 150, 56  # pixels of a content, at any size of the window
_ANY = 4000  # pixels: wider than any window
_ICON = 14


class Head(QFrame):
    """The title bar: title, caption, switches, float and close. By it a panel is dragged."""

    def __init__(self, name: str, title: str, caption_name: str, *, framed: bool) -> None:
        super().__init__()
        self.setObjectName(f"head_{name}")
        self.setProperty("panel", "head")
        self.setProperty("framed", framed)
        self.setToolTip(self.tr("Drag to move this panel; double-click to take it off or put back"))
        heading = Caption(title)
        heading.setProperty("role", "title")
        heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.caption = Caption()
        self.caption.setObjectName(caption_name or f"caption_{name}")
        self.caption.setProperty("role", "caption")
        self.switches = OverflowRow(f"switches_{name}", 12)
        self.float = self._button(f"float_{name}")
        self.close_button = self._button(f"close_{name}")
        self.close_button.setToolTip(self.tr("Close {0} (a button below opens it)").format(title))
        self.close_button.setAccessibleName(self.tr("Close {0}").format(title))
        layout = QHBoxLayout(self)
        layout.setSpacing(8)
        self._framed = framed
        layout.addWidget(heading)
        layout.addWidget(CaptionPlace(self.caption), 1)
        self._row = layout
        layout.addWidget(self.switches)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.float)
        buttons.addWidget(self.close_button)
        layout.addLayout(buttons)
        self.show_buttons(floating=True, closing=True)

    def add_choice(self, widget: QWidget) -> None:
        """See ``Panel.add_choice``."""
        self._row.insertWidget(self._row.indexOf(self.switches), widget)

    def show_buttons(self, *, floating: bool, closing: bool) -> None:
        """Which of the two buttons there are; without them the text has more room around it."""
        self.float.setVisible(floating)
        self.close_button.setVisible(closing)
        margins = (12, 6, 6, 2) if floating or closing else (12, 9, 12, 5)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(*(margins if self._framed else (2, 0, 4, 2)))

    @staticmethod
    def _button(name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setIconSize(QSize(_ICON, _ICON))
        # Reachable by Tab, and a click leaves the focus where it was.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


class Body(QFrame):
    """What is below the head. Its size depends on nothing that is in it.

    A layout would pass every new text of a panel on to the window, which would lay out all its
    panels anew; and a panel that asks for more room than there is would hold the window open.
    """

    def __init__(self, inside: QWidget, hint: QSize, margins: tuple[int, int, int, int]) -> None:
        super().__init__()
        self.setProperty("panel", "body")
        self._hint = hint
        self.setContentsMargins(*margins)
        self.hold(inside)

    def hold(self, inside: QWidget) -> None:
        """Have this inside, hidden."""
        self._inside = inside
        inside.setParent(self)
        inside.setGeometry(self.contentsRect())

    def sizeHint(self) -> QSize:
        """The size that was given."""
        return self._hint

    def minimumSizeHint(self) -> QSize:
        """Small, whatever is in it."""
        return QSize(LEAST_WIDTH, LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content fills it."""
        super().resizeEvent(event)
        self._inside.setGeometry(self.contentsRect())


class Panel(QDockWidget):
    """A dockable card. What it holds is hidden while the panel is closed or behind another tab.

    Where it is given how to make its content, head and body are made when it is first opened, and
    the content when it is first seen.

    Attributes:
        name, column, title: as given; windowTitle() is the label, on tab and button.
        tip: what it shows, in words.
        weight: its share of its column's height. width_asked: the pixels it likes to have.
        beside, stacked_on: its neighbour in the same row, and the panel it shares tabs with.
        apart_when_tall: whether it has a place of its own where there is the height for it.
        opened_first: whether it is open at the first start. closable: whether it can be closed.
    Signals:
        shown_changed: it was opened or closed (a background tab is open).
    """

    shown_changed = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        content: QWidget | Callable[[], QWidget],
        column: Column,
        *,
        label: str = "",
        tip: str = "",
        caption_name: str = "",
        weight: float = 1.0,
        width: int = 300,
        beside: str = "",
        stacked_on: str = "",
        apart_when_tall: bool = False,
        opened_first: bool = False,
        closable: bool = True,
        framed: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName(f"panel_{name}")
        self.setWindowTitle(label or title)
        self.setAccessibleName(title)
        self.name, self.title, self.tip = name, title, tip
        self.column = column
        self.weight, self.width_asked = weight, width
        self.beside, self.stacked_on, self.opened_first = beside, stacked_on, opened_first
        self.apart_when_tall = apart_when_tall
        self.closable = closable
        self._caption_name, self._framed = caption_name, framed
        self._icons: tuple[QIcon, QIcon, QIcon] = (QIcon(), QIcon(), QIcon())
        self._head: Head | None = None
        self._text = ""
        self._locked = self._quiet = self._in_front = self._afloat = False
        self._content: QWidget | None = None
        self._make: Callable[[], QWidget] | None = None
        # A panel that never grows by itself keeps its width when the window changes its own;
        # but it may be made as wide as one likes.
        if column == "left":
            policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            self.setSizePolicy(policy)
        self.set_locked(False)
        self.visibilityChanged.connect(self._show_inside)
        self.topLevelChanged.connect(self._floated)
        if isinstance(content, QWidget):
            self._content = content
            self.furnish()
        else:
            self._make = content

    def furnish(self) -> None:
        """Make head and body, if that was not done before."""
        if self._head is not None:
            return
        name, left, framed = self.name, self.column == "left", self._framed
        self._head = head = Head(name, self.title, self._caption_name, framed=framed)
        head.caption.setText(self._text)
        head.float.clicked.connect(self._toggle_floating)
        head.close_button.clicked.connect(self.close)
        self._inside = QWidget() if self._content is None else _scrolled(self._content, name)
        self._inside.hide()
        hint = QSize(_ANY if left else self.width_asked, 200)
        self._body = body = Body(self._inside, hint, (12, 0, 8, 8) if framed else (0,) * 4)
        body.setObjectName(f"body_{name}")
        body.setProperty("framed", framed)
        if left:
            body.setMinimumSize(self.width_asked, LEAST_HEIGHT)
        self.setTitleBarWidget(head)
        self.setWidget(body)
        self.set_icons(*self._icons)
        self.set_locked(self._locked)
        self._floated(self._afloat)

    @property
    def caption(self) -> Caption:
        """Where the live text beside the title stands."""
        self.furnish()
        assert self._head is not None
        return self._head.caption

    def set_caption(self, text: str) -> None:
        """The live text beside the title."""
        self._text = text
        if self._head is not None:
            self._head.caption.setText(text)

    @property
    def content(self) -> QWidget:
        """What was given; where that is how to make it, it is made when it is first wanted."""
        if self._make is not None:
            self.furnish()
            make, self._make, placeholder = self._make, None, self._inside
            self._content = make()
            self._inside = _scrolled(self._content, self.name)
            self._body.hold(self._inside)
            self._inside.setHidden(placeholder.isHidden())
            placeholder.deleteLater()
        assert self._content is not None
        return self._content

    def _show_inside(self, on: bool) -> None:
        self._in_front = on
        self._make_if_seen()

    def set_quiet(self, quiet: bool) -> None:
        """Whether panels come and go for a moment as they are laid out: nothing is made then."""
        self._quiet = quiet
        self._make_if_seen()

    def _make_if_seen(self) -> None:
        if not self._quiet and self.is_open:
            self.furnish()
        if self._head is not None:
            self._inside.setVisible(self._in_front)
        if self.is_seen and not self._quiet:
            _ = self.content

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen or behind another tab."""
        return not self.isHidden()

    @property
    def is_seen(self) -> bool:
        """Whether it is open and in front."""
        return self.is_open and self._head is not None and not self._inside.isHidden()

    def add_switch(self, name: str, text: str, tip: str, *, on: bool = False) -> QCheckBox:
        """A check box in the head; where there is no room, in its menu."""
        box = switch(name, text, tip, on=on)
        self.furnish()
        assert self._head is not None
        self._head.switches.add(box)
        return box

    def show_switch(self, box: QCheckBox, on: bool) -> None:
        """Whether a switch has a use at present, and is there."""
        self.furnish()
        assert self._head is not None
        self._head.switches.set_useful(box, on)

    def add_choice(self, widget: QWidget) -> None:
        """A choice in the head, before the switches; it takes its room from the caption."""
        self.furnish()
        assert self._head is not None
        self._head.add_choice(widget)

    def set_icons(self, float_off: QIcon, put_back: QIcon, close: QIcon) -> None:
        """What the buttons of the head show."""
        self._icons = (float_off, put_back, close)
        if self._head is not None:
            self._head.close_button.setIcon(close)
            self._head.float.setIcon(self._icons[self._afloat])

    def set_locked(self, locked: bool) -> None:
        """Whether it stays where it is: no moving, floating or closing by the user."""
        self._locked = locked
        feature = QDockWidget.DockWidgetFeature
        allowed = feature.NoDockWidgetFeatures
        if not locked:
            allowed = feature.DockWidgetMovable | feature.DockWidgetFloatable
            if self.closable:
                allowed |= feature.DockWidgetClosable
        self.setFeatures(allowed)
        if self._head is not None:
            self._head.show_buttons(floating=not locked, closing=self.closable and not locked)

    def setVisible(self, visible: bool) -> None:
        """Open or close; whoever does it, ``shown_changed`` says so."""
        was = self.isHidden()
        if visible and not self._quiet:
            self.furnish()
        super().setVisible(visible)
        if was != self.isHidden():
            self.shown_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys mean the same in a floating panel as in the window."""
        parent = self.parentWidget()
        if self.isFloating() and parent is not None:
            QCoreApplication.sendEvent(parent, event)
        else:
            super().keyPressEvent(event)

    def _toggle_floating(self) -> None:
        self.setFloating(not self.isFloating())

    def _floated(self, floating: bool) -> None:
        self._afloat = floating
        if self._head is None:
            return
        title = self.windowTitle()
        button = self._head.float
        if floating:
            button.setToolTip(self.tr("Put {0} back into the window").format(title))
        else:
            button.setToolTip(self.tr("Take {0} off as a window of its own").format(title))
        button.setAccessibleName(button.toolTip())
        button.setIcon(self._icons[floating])
        for part in (self._head, self._body):
            part.setProperty("floating", floating)
            part.style().polish(part)


def _scrolled(content: QWidget, name: str) -> QWidget:
    # Plots and diagrams fit themselves to any size; of the rest, what there is no room for
    # is scrolled to.
    if isinstance(content, QGraphicsView | QStackedWidget):
        return content
    scroll = QScrollArea()
    scroll.setObjectName(f"scroll_{name}")
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
