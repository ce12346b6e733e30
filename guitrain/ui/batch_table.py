"""The batch of this step as a table: every point's numbers, and their sums below."""

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from guitrain.numbers import format_number
from guitrain.plots import surface_words
from guitrain.plots.batch_columns import sum_of
from guitrain.plots.flow_words import Moment, amount, position
from guitrain.plots.step_words import Kind, standardized_note
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot, State
from guitrain.ui.batch_model import NOT_YET, RIGHT, BatchModel
from guitrain.ui.code_view import tint
from guitrain.ui.number_rows import colour_of

MOST_COPIED = 100_000  # rows
_NARROWEST = 76  # pixels of a column
_FOOT_ROW = 24  # pixels
_REST = 0.2  # seconds at least between two tables while running: Python fills each cell in sight
_SHARE = 20  # while running, at most one part in so many of the time goes into tables


class BatchTable(QDialog):
    """A window beside the main one with the batch of the step in hand; it follows the step.

    Attributes:
        model: the rows. view: the table. foot: the sums and means below it.
    Signals:
        looked_at: it was opened, or closed.
    """

    looked_at = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.setObjectName("batch_table")
        self.setWindowTitle(self.tr("The batch of this step"))
        self.setModal(False)
        self._snapshot: Snapshot | None = None
        self._shown: tuple[object, ...] = ()
        self._made_at, self._cost = 0.0, 0.0  # seconds
        self.model = BatchModel()
        self.caption = QLabel()
        self.caption.setObjectName("batch_caption")
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note = QLabel()
        self.note.setObjectName("batch_note")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setObjectName("copy_table")
        self.copy_button.setAccessibleName(self.tr("Copy the selected rows, or the whole table"))
        self.copy_button.setToolTip(
            self.tr("Copy the selected rows, or the whole table, for a spreadsheet (Ctrl+C)")
        )
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        shortcut.activated.connect(self.copy)
        head = QHBoxLayout()
        head.addWidget(self.caption, 1)
        head.addWidget(self.copy_button)
        self.view = self._make_view()
        self.foot = self._make_foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(self.view, 1)
        # As wide as the rows above, so that both scroll alike.
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, self.view.verticalScrollBar().sizeHint().width(), 0)
        below.addWidget(self.foot)
        layout.addLayout(below)
        layout.addStretch(0)
        self.resize(640, 420)
        self.set_theme(theme)

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setObjectName("batch_rows")
        view.setAccessibleName(self.tr("The points of this batch"))
        view.setToolTip(self.tr("A row for each point. Select rows to copy only those."))
        view.setModel(self.model)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        view.setCornerButtonEnabled(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(22)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.sectionResized.connect(lambda at, _old, new: self.foot.setColumnWidth(at, new))
        view.horizontalScrollBar().valueChanged.connect(
            lambda value: self.foot.horizontalScrollBar().setValue(value)
        )
        return view

    def _make_foot(self) -> QTableWidget:
        foot = QTableWidget(2, 0)
        foot.setObjectName("batch_sums")
        foot.setAccessibleName(self.tr("Sums and means of this batch"))
        foot.setToolTip(self.tr("Over the whole batch: the sum (Σ) and the mean (Σ/n)."))
        foot.setFrameShape(QFrame.Shape.NoFrame)
        foot.setShowGrid(False)
        foot.setWordWrap(False)
        foot.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        foot.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot.horizontalHeader().hide()
        foot.verticalHeader().hide()
        foot.verticalHeader().setDefaultSectionSize(_FOOT_ROW)
        foot.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        foot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot.setFixedHeight(2 * _FOOT_ROW + 2)
        return foot

    def sizeHint(self) -> QSize:
        """Room for the line's columns."""
        return QSize(640, 420)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.model.set_mark(tint(theme, back=False))
        # The window's style dresses QTableWidget alone.
        self.view.setStyleSheet(
            f"QTableView {{ background: {theme.panel}; color: {theme.text}; border: none;"
            f" selection-background-color: {theme.accent};"
            f" selection-color: {theme.accent_text}; }}"
            "QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }"
            f"QScrollBar::handle:horizontal {{ background: {theme.border}; border-radius: 4px;"
            " min-width: 30px; margin: 1px; }"
            f"QScrollBar::handle:horizontal:hover {{ background: {theme.muted}; }}"
            "QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0; }"
            "QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal"
            " { background: transparent; }"
        )
        self._gradient = QBrush(QColor(colour_of(theme, Kind.GRADIENT)))
        self._text = QBrush(QColor(theme.text))
        self._paint_foot()
        self.foot.setStyleSheet(
            f"QTableWidget {{ background: {theme.panel}; color: {theme.text};"
            f" border: none; border-top: 1px solid {theme.muted}; font-weight: 600; }}"
        )

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment's batch; while hidden, only remember it."""
        self._snapshot = snapshot
        if not self.isVisible():
            return
        point = snapshot.point
        row = point.row if point is not None else None
        shown = (snapshot.step_view, row, snapshot.view is None)
        if self._shown and all(a is b for a, b in zip(shown, self._shown, strict=True)):
            return
        start = time.perf_counter()
        rest = max(_REST, _SHARE * self._cost)
        if snapshot.state is State.RUNNING and start - self._made_at < rest:
            return
        self._shown = shown
        self._show(Moment(snapshot), row)
        self._made_at = time.perf_counter()
        self._cost = self._made_at - start

    def _show(self, moment: Moment, selected: int | None) -> None:
        surface = moment.settings.surface is not None
        step = None if surface else moment.step
        heads = [column.head for column in self.model.columns]
        self.model.set_step(step, moment.settings, selected)
        if heads != [column.head for column in self.model.columns]:
            self.foot.setColumnCount(self.model.columnCount())
            self._share_width()
        for widget in (self.view, self.foot):
            widget.setVisible(step is not None)
        self._sum_up(len(step.rows) if step is not None else 0)
        text = self.tr("No step yet: press Next, and the first batch stands here.")
        if surface:
            text = surface_words.no_batch()
        note = ""
        if step is not None:
            text = self.tr("{0} · {1} points").format(
                position(moment)[0], format_number(len(step.rows))
            )
            note = standardized_note(moment.settings)
        for label, said in ((self.caption, text), (self.note, note)):
            if label.text() != said:
                label.setText(said)
        self.note.setVisible(bool(note))
        self.copy_button.setEnabled(step is not None)

    def _sum_up(self, count: int) -> None:
        if not count:
            return
        self._put(0, 0, "Σ")
        self._put(1, 0, self.tr("mean"))
        for at, column in enumerate(self.model.columns, 1):
            sums = sum_of(column.of) if column.of is not None else None
            self._put(0, at, NOT_YET if sums is None else amount(sums))
            self._put(1, at, NOT_YET if sums is None else amount(sums / count))

        self._paint_foot()

    def _paint_foot(self) -> None:
        """What a gradient comes of is vermilion."""
        for at, column in enumerate(self.model.columns, 1):
            for row in range(2):
                item = self.foot.item(row, at)
                brush = self._gradient if column.name else self._text
                if item is not None and item.foreground() != brush:
                    item.setForeground(brush)

    def _share_width(self) -> None:
        """Each column as wide as its head needs, and the room left over in equal shares."""
        header, count = self.view.horizontalHeader(), self.model.columnCount()
        widths = [max(header.sectionSizeHint(at) + 8, _NARROWEST) for at in range(count)]
        room = max(self.view.viewport().width() - sum(widths), 0)
        for at, width in enumerate(widths):
            header.resizeSection(at, width + room // count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns use the room."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self._share_width()

    def _put(self, row: int, column: int, text: str) -> None:
        item = self.foot.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(RIGHT)
            self.foot.setItem(row, column, item)
        if item.text() != text:
            item.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        self.looked_at.emit()
        if self._snapshot is not None:
            self.refresh(self._snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        """It costs nothing from now on."""
        super().hideEvent(event)
        self.looked_at.emit()

    # Copying.

    def copy(self) -> None:
        """The selected rows, or all of them and their sums, for a spreadsheet."""
        count = self.model.rowCount()
        if not count:
            return
        chosen = self.view.selectionModel().selection()
        spans = sorted((one.top(), one.bottom() + 1) for one in chosen.toList())
        whole = not spans
        spans, left_out = _capped(spans or [(0, count)])
        text = self.model.tsv(spans)
        if whole:
            text += "\n" + self._sums_text(count)
        QGuiApplication.clipboard().setText(text)
        copied = format_number(sum(stop - first for first, stop in spans))
        said = self.tr("Copied {0} rows").format(copied)
        if copied == "1":
            said = self.tr("Copied 1 row")
        if left_out:
            said = self.tr("Copied the first {0} rows: more are too many for the clipboard").format(
                copied
            )
        self.caption.setText(said)

    def _sums_text(self, count: int) -> str:
        known = [sum_of(c.of) if c.of is not None else None for c in self.model.columns]
        sums = ["" if value is None else f"{value:.9g}" for value in known]
        means = ["" if value is None else f"{value / count:.9g}" for value in known]
        return "\n".join(("\t".join(("Σ", *sums)), "\t".join((self.tr("mean"), *means))))


def _capped(spans: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], bool]:
    """So many of the rows as may be copied, and whether some are left out."""
    left, made = MOST_COPIED, []
    for first, stop in spans:
        stop_here = min(stop, first + left)
        if stop_here > first:
            made.append((first, stop_here))
            left -= stop_here - first
        if stop_here < stop:
            return made, True
    return made, False
