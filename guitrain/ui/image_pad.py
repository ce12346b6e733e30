"""A pad on which one draws an image with the mouse, or cell by cell with the keys."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from guitrain.core.bitmap import PEN, Bitmap, Spot, bitmap_of, blank, counted, fitted, stroke
from guitrain.plots.image_tones import image_of, tone_table, tones
from guitrain.plots.theme import LIGHT, Theme

_SIDE = 160  # pixels of the longer side, about
_FAR = 4  # cells that an arrow key goes with Ctrl
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ImagePad(QWidget):
    """A bitmap of ``block`` × ``block`` cells for each pixel of an image.

    The left button draws and the right one erases; ``erasing`` changes them about. With the keys,
    arrows move a cursor, Shift and an arrow draw on the way, the space bar inks the cursor's place
    or erases there, Delete clears.

    Signals: changed: ``pixels`` are others.
    Attributes:
        bitmap: what is drawn. image, block: what it is for. erasing: whether the left one erases.
        cursor_at: the cell that the keys act on, across and down.
    """

    changed = Signal()

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("image_pad")
        self.setAccessibleName(self.tr("Pad: draw an image here"))
        self.setToolTip(
            self.tr(
                "Draw with the left mouse button, erase with the right one. Keys: arrows move, "
                "Shift and an arrow draw, the space bar inks or erases, Delete clears."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._theme = theme
        self.image, self.block = (1, 1), 1
        self.bitmap: Bitmap = blank(self.image, self.block)
        self.erasing = False
        self.cursor_at = (0, 0)
        self._last: Spot | None = None  # where the mouse was, while it draws
        self._ink = True  # whether it does, or erases

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def set_image(self, image: tuple[int, int], block: int) -> None:
        """Be for images of (height, width) pixels; what is drawn goes."""
        self.image, self.block = image, block
        self.bitmap = blank(image, block)
        self.cursor_at = (image[1] * block // 2, image[0] * block // 2)
        self._last = None
        self.setFixedSize(self.sizeHint())
        self.update()

    # What is drawn.

    @property
    def pixels(self) -> NDArray[np.int64]:
        """The image (height, width)."""
        return counted(self.bitmap, self.block)

    @property
    def row(self) -> tuple[float, ...]:
        """The image as a row of inputs; () while nothing is drawn."""
        return tuple(self.pixels.ravel().astype(float).tolist()) if self.bitmap.any() else ()

    def put(self, row: tuple[float, ...]) -> None:
        """Draw this row of inputs."""
        self._set(bitmap_of(np.array(row).reshape(self.image), self.block))

    def clear(self) -> None:
        """Take all the ink away."""
        self._set(blank(self.image, self.block))

    def fit(self) -> None:
        """Make the drawing as large as the pad."""
        self._set(fitted(self.bitmap))

    def _set(self, bitmap: Bitmap) -> None:
        if not np.array_equal(bitmap, self.bitmap):
            self.bitmap = bitmap
            self.update()
            self.changed.emit()

    def _draw(self, start: Spot, end: Spot, *, ink: bool) -> None:
        self._set(stroke(self.bitmap, start, end, PEN * self.block, ink=ink))

    # The mouse.

    @property
    def _cell(self) -> int:
        """Pixels of a cell."""
        return max(_SIDE // max(self.bitmap.shape), 1)

    def _spot(self, at: QPointF) -> Spot:
        return (at.x() - 1) / self._cell, (at.y() - 1) / self._cell

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A dab, and perhaps the start of a stroke."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._ink = (event.button() == Qt.MouseButton.LeftButton) != self.erasing
        self._last = self._spot(event.position())
        self._draw(self._last, self._last, ink=self._ink)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A stroke goes on."""
        if self._last is not None:
            before, self._last = self._last, self._spot(event.position())
            self._draw(before, self._last, ink=self._ink)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        self._last = None
        event.accept()

    # The keys.

    def wants(self, key: Qt.Key) -> bool:
        """Whether it has a use of its own for a key that otherwise steers the run."""
        return key in _ARROWS or key in _CLEAR or key == Qt.Key.Key_Space

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, draw, clear."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS:
            far = _FAR if modifiers & Qt.KeyboardModifier.ControlModifier else 1
            before = self._middle
            rows, columns = self.bitmap.shape
            across, down = (
                at + far * way for at, way in zip(self.cursor_at, _ARROWS[key], strict=True)
            )
            self.cursor_at = (min(max(across, 0), columns - 1), min(max(down, 0), rows - 1))
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self._draw(before, self._middle, ink=not self.erasing)
        elif key == Qt.Key.Key_Space:
            across, down = self.cursor_at
            self._draw(self._middle, self._middle, ink=not self.bitmap[down, across])
        elif key in _CLEAR:
            self.clear()
        else:
            event.ignore()
            return
        self._tell()
        self.update()

    @property
    def _middle(self) -> Spot:
        return self.cursor_at[0] + 0.5, self.cursor_at[1] + 0.5

    def _tell(self) -> None:
        """Where the cursor is, for those who cannot see it."""
        across, down = self.cursor_at
        row, column = down // self.block, across // self.block
        text = self.tr("pixel in row {0}, column {1}: {2} of {3}")
        self.setAccessibleDescription(
            text.format(row + 1, column + 1, int(self.pixels[row, column]), self.block**2)
        )

    def focusInEvent(self, event: QEvent) -> None:
        """The cursor shows."""
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        """It goes."""
        self.update()

    # Drawing.

    def sizeHint(self) -> QSize:
        """Whole pixels for each cell, and a frame."""
        rows, columns = self.bitmap.shape
        return QSize(columns * self._cell + 2, rows * self._cell + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ink, the borders of the pixels, and the cursor."""
        painter = QPainter(self)
        theme, cell = self._theme, self._cell
        inside = self.rect().adjusted(1, 1, -1, -1)
        table = tone_table(theme)
        painter.drawImage(inside, image_of(tones(self.bitmap, table)))
        painter.setPen(QPen(QColor(theme.border), 1))
        step = self.block * cell
        for x in range(step, inside.width(), step):
            painter.drawLine(1 + x, 1, 1 + x, inside.height())
        for y in range(step, inside.height(), step):
            painter.drawLine(1, 1 + y, inside.width(), 1 + y)
        if not self.bitmap.any():
            painter.setPen(QColor(theme.muted))
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, self.tr("Draw here"))
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.axis), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.hasFocus():
            across, down = self.cursor_at
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(QRectF(1 + across * cell - 2, 1 + down * cell - 2, cell + 4, cell + 4))
        painter.end()
