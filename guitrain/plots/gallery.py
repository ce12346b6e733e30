"""The gallery: data that are images, side by side, each with its class and the model's answer."""

from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsSimpleTextItem, QWidget

from guitrain.core.data import Data, Split
from guitrain.outcome_words import class_name
from guitrain.plots.image_tones import enlarged, image_of, tone_table, tones
from guitrain.plots.items import add_path, pen
from guitrain.plots.note import Note
from guitrain.plots.point_plot import PointPlot
from guitrain.plots.theme import LIGHT, Theme

if TYPE_CHECKING:
    from guitrain.core.answers import AnswersView
    from guitrain.core.experiment import Experiment
    from guitrain.snapshot import Snapshot

_SIDE = 40.0  # pixels of an image's longer side, at most, beside type of
_TYPE = 13  # so many
_GAP = 8.0  # pixels between images and around them all, at least
_FRAME = 2.0  # pixels, around a wrong one
_EXPORTED = 3.0  # pixels of a picture in an export for each of the plot's


class Gallery(PointPlot):
    """A page of the images, as many as there is room for.

    Attributes:
        test: whether these are the test images rather than the training images.
        wrong_only: whether those with right answers are left out.
        rows: those shown, on all pages, as rows of their set. start: which of them is the first
            on this page. per_page: how many there is room for.
        chosen: the row with a ring around it, or None.
        note: what stands there where there is no image.

    Signals:
        point_clicked(row): an image was clicked, or -1: the empty area was. turned: another page,
            or others on it.
    """

    turned = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("gallery_plot")
        self.setAccessibleName(self.tr("Gallery: the images, and what the model says of each"))
        for axis in self._axes:
            axis.hide()
        self._frame.layout().setContentsMargins(0, 0, 0, 0)
        self.test = self.wrong_only = False
        self.rows: NDArray[np.int64] = np.empty(0, np.int64)
        self.start = 0
        self.chosen: int | None = None
        self._data: Data | None = None
        self._image, self._ink = (1, 1), 1.0
        self._names: tuple[str, ...] = ()
        self._answers: AnswersView | None = None
        self._columns, self._lines = 1, 1
        self._cell = QRectF(0, 0, _SIDE, _SIDE)  # of the first image with its caption
        self._side = (_SIDE, _SIDE)  # of an image, across and down
        self._apart = (0.0, 0.0)  # half of what is between two cells, likewise
        self._picture = QGraphicsPixmapItem(self.area)
        self._frames, self._ring = add_path(self.area, 2), add_path(self.area, 3)
        self._captions: list[QGraphicsSimpleTextItem] = []
        self._told: list[tuple[str, bool]] = []  # what they say, and whether that is wrong
        self.note = Note(self)
        self._restyle()

    # What is shown.

    @property
    def per_page(self) -> int:
        """How many there is room for."""
        return self._columns * self._lines

    @property
    def page(self) -> tuple[int, int]:
        """Which page this is, from 1, and how many there are."""
        return self.start // self.per_page + 1, max(-(-len(self.rows) // self.per_page), 1)

    @property
    def shown(self) -> NDArray[np.int64]:
        """The rows on this page."""
        return self.rows[self.start : self.start + self.per_page]

    @property
    def captions(self) -> tuple[str, ...]:
        """What stands below each of them."""
        return tuple(text for text, _wrong in self._told)

    def set_data(self, data: Data, experiment: "Experiment") -> None:
        """Show the images of this run, or of these data before there is one."""
        if data is self._data:
            return
        entry = experiment.dataset_entry
        assert entry.image is not None
        self._data, self._answers, self.chosen, self.start = data, None, None, 0
        self._image, self._ink = entry.image, float(entry.block**2)
        self._names = tuple(class_name(data, each) for each in range(len(data.classes)))
        self._list_rows()
        self._draw()

    def set_answers(self, answers: "AnswersView | None", *, relist: bool) -> None:
        """Show these answers, of the set that is shown. ``relist``: look anew for wrong ones."""
        if answers is self._answers and not (relist and self.wrong_only):
            return
        first = self._answers is None
        self._answers = answers
        if self.wrong_only and (relist or first):
            before = self.rows
            self._list_rows()
            if not np.array_equal(before, self.rows):
                self._draw()
                return
        self._draw_answers()

    def answers_in(self, snapshot: "Snapshot") -> "AnswersView | None":
        """Those of its run and of the set that is shown."""
        found, view = snapshot.answers, snapshot.view
        if found is None or view is None:
            return None
        return found if (found.run_id, found.test) == (view.run_id, self.test) else None

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving: of the wrong ones, those of this moment."""
        if snapshot.view is not None:
            self.set_data(snapshot.view.data, snapshot.view.experiment)
            self.set_answers(self.answers_in(snapshot), relist=True)

    def set_which(self, *, test: bool, wrong_only: bool) -> None:
        """Show the test images or the training images, all or those with wrong answers."""
        if (test, wrong_only) == (self.test, self.wrong_only):
            return
        if test != self.test:
            self._answers, self.chosen = None, None
        self.test, self.wrong_only, self.start = test, wrong_only, 0
        self._list_rows()
        self._draw()

    def set_chosen(self, row: int | None) -> None:
        """Put the ring around this one, and turn to its page."""
        if row == self.chosen:
            return
        self.chosen = row
        found = self._place_of(row)
        if found is not None and not self.start <= found < self.start + self.per_page:
            self.turn_to(found // self.per_page)
        self._draw_ring()

    def _place_of(self, row: int | None) -> int | None:
        """Where a row is among those shown on all pages."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def turn_to(self, page: int) -> None:
        """Show this page, from 0; the first or last for one that there is not."""
        start = min(max(page, 0), self.page[1] - 1) * self.per_page
        if start != self.start:
            self.start = start
            self._draw()

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export: from the first one shown on."""
        twin = type(self)(for_export=True)
        for name in ("_data", "_image", "_ink", "_names", "_answers"):
            setattr(twin, name, getattr(self, name))
        twin.test, twin.wrong_only = self.test, self.wrong_only
        twin.rows, twin.chosen = self.rows[self.start :], self.chosen
        twin._draw()
        return twin

    @property
    def points(self) -> Split | None:
        """The set that is shown."""
        if self._data is None:
            return None
        return self._data.test if self.test else self._data.train

    def _list_rows(self) -> None:
        points = self.points
        self.rows = np.arange(0 if points is None else len(points))
        if self.wrong_only and self._answers is not None:
            self.rows = np.flatnonzero(~self._answers.right)
        self.start = min(self.start, max(len(self.rows) - 1, 0))

    # The mouse and the keys.

    def _row_at(self, event: QMouseEvent) -> int | None:
        """The image under the mouse, -1 for none, None outside the area."""
        place = self.area.mapFromScene(self.mapToScene(event.position().toPoint()))
        if not self.area_rect.contains(place):
            return None
        column = min(int(place.x() / self.area.width() * self._columns), self._columns - 1)
        line = min(int(place.y() / self.area.height() * self._lines), self._lines - 1)
        at = line * self._columns + column
        return int(self.shown[at]) if at < len(self.shown) else -1

    def select_next_point(self, step: int = 1) -> None:
        """As if the next image (-1: the one before) were clicked."""
        if not len(self.rows):
            return
        found = self._place_of(self.chosen)
        at = self.start if found is None else found + step
        self.point_clicked.emit(int(self.rows[at % len(self.rows)]))

    # Drawing.

    def _lay_cells(self) -> None:
        """How many images there is room for, and how large."""
        height, width = self._image
        side = _SIDE * self.text_font().pixelSize() / _TYPE
        scale = max(int(side // max(height, width)), 1)
        metrics = QFontMetrics(self.text_font(-2))
        longest = max(map(metrics.horizontalAdvance, self._names), default=0)
        told = 2 * longest + metrics.horizontalAdvance(" ✗  100 %")
        self._side = (float(width * scale), float(height * scale))
        self._cell = QRectF(
            0, 0, max(self._side[0], told) + 2, self._side[1] + metrics.height() + 2
        )
        across, down = self.area.width() - _GAP, self.area.height() - _GAP
        self._columns = max(int(across // (self._cell.width() + _GAP)), 1)
        self._lines = max(int(down // (self._cell.height() + _GAP)), 1)
        # What is left over goes between them.
        self._apart = (
            max((self.area.width() / self._columns - self._cell.width()) / 2, 0.0),
            max((self.area.height() / self._lines - self._cell.height()) / 2, 0.0),
        )
        self.start = self.start // self.per_page * self.per_page

    def _corner(self, at: int) -> tuple[float, float]:
        """Where the cell of the image so far on the page begins."""
        line, column = divmod(at, self._columns)
        beside, above = self._apart
        return (
            round(beside + column * (self._cell.width() + 2 * beside)),
            round(above + line * (self._cell.height() + 2 * above)),
        )

    def _image_rect(self, at: int) -> QRectF:
        x, y = self._corner(at)
        across, down = self._side
        return QRectF(x + round((self._cell.width() - across) / 2), y, across, down)

    def _draw(self) -> None:
        self._lay_cells()
        points = self.points
        self._draw_images(points)
        self._place_captions()
        self._draw_answers()
        text = ""
        if points is not None and not len(points):
            text = self.tr("No test images: raise the test share to have some.")
        elif points is not None and not len(self.rows):
            text = self.tr("No answer is wrong here.")
        self.note.draw(text)
        self.turned.emit()

    def _draw_images(self, points: Split | None) -> None:
        """All of the page as one picture."""
        self._picture.setVisible(points is not None and len(self.shown) > 0)
        if points is None or not len(self.shown):
            return
        ratio = _EXPORTED if self.for_export else self.devicePixelRatioF()
        table = tone_table(self.theme)
        height, width = self._image
        times = max(round(self._side[0] * ratio / width), 1)
        shares = points.inputs[self.shown].reshape(-1, height, width) / self._ink
        images = enlarged(tones(shares, table), times)
        size = (self.area.height() * ratio, self.area.width() * ratio)
        canvas = np.full([max(round(each), 1) for each in size], table[0])
        edge = tones(0.25, table)
        for at in range(len(self.shown)):
            place = self._image_rect(at)
            top, left = round(place.top() * ratio), round(place.left() * ratio)
            bottom, right = top + height * times, left + width * times
            # A thin line around the paper, and the image on it.
            canvas[max(top - 1, 0) : bottom + 1, max(left - 1, 0) : right + 1] = edge
            part = canvas[top:bottom, left:right]
            part[:] = images[at][: part.shape[0], : part.shape[1]]
        picture = QPixmap.fromImage(image_of(canvas))
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)

    def _place_captions(self) -> None:
        """A text below each image of the page, none yet."""
        count = len(self.shown)
        while len(self._captions) < count:
            item = QGraphicsSimpleTextItem(self.area)
            item.setZValue(1)
            self._captions.append(item)
        for item in self._captions:
            item.setFont(self.text_font(-2))
            item.setText("")
            item.setVisible(False)
        self._told = [("", False)] * count

    def _draw_answers(self) -> None:
        """The captions and the frames: all that changes while the model learns. Most of them stay
        as they are, and are left alone.
        """
        points, theme = self.points, self.theme
        metrics, frames = QFontMetrics(self.text_font(-2)), QPainterPath()
        for at, row in enumerate(self.shown.tolist() if points is not None else ()):
            assert points is not None
            told = text, wrong = self._caption(row, int(points.targets[row]))
            if wrong:
                frames.addRect(self._image_rect(at).adjusted(-2, -2, 2, 2))
            if told == self._told[at]:
                continue
            self._told[at] = told
            item, (x, y) = self._captions[at], self._corner(at)
            left = x + (self._cell.width() - metrics.horizontalAdvance(text)) / 2
            item.setText(text)
            item.setBrush(QColor(theme.error if wrong else theme.text))
            item.setPos(round(left), y + self._side[1] + 3)
            item.setVisible(True)
        self._frames.setPath(frames)
        self._frames.setPen(pen(theme.error, _FRAME))
        self._draw_ring()

    def _caption(self, row: int, own: int) -> tuple[str, bool]:
        """What stands below an image of a class, and whether its answer is wrong."""
        answers, text = self._answers, self._names[own]
        if answers is None:
            return text, False
        number = int(answers.answers[row])
        if number < 0:
            return f"{text} ✗ –", False
        wrong = not answers.right[row]
        answer = f"✗ {self._names[number]}" if wrong else "✓"
        return f"{text} {answer} {100 * answers.chances[row, number]:.0f} %", wrong

    def _draw_ring(self) -> None:
        found = self._place_of(self.chosen)
        at = -1 if found is None else found - self.start
        self._ring.setVisible(0 <= at < self.per_page)
        if self._ring.isVisible():
            x, y = self._corner(at)
            path = QPainterPath()
            path.addRoundedRect(self._cell.translated(x, y).adjusted(-4, -5, 4, 3), 5, 5)
            self._ring.setPath(path)
            self._ring.setPen(pen(self.theme.accent, 2.4, Qt.PenStyle.SolidLine))
