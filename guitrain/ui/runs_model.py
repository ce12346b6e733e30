"""The rows of the table of runs. A standard model, since its cells are read and painted in C++:
training does not wait for a table in Python.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap, QStandardItem, QStandardItemModel

from guitrain.core.experiment import Experiment
from guitrain.plots.ghosts import ghost_name, ghost_pen
from guitrain.plots.items import pen
from guitrain.plots.run_words import loss_text, origin_text
from guitrain.plots.theme import LIGHT, Theme
from guitrain.setting_words import row_words
from guitrain.snapshot import RunRow, Snapshot

if TYPE_CHECKING:
    from guitrain.core.run_view import Event, RunView

NAME, CHANGED, ORIGIN, EPOCHS, LOSS = range(5)
SAMPLE = QSize(28, 14)
LONGEST_NAME = 40
_MANY = 100_000  # epochs, from which their number alone is as long as the cell
_MOST_SHARED = 2  # settings of the first run that are named since others change them


@dataclass(frozen=True)
class _Recipe:
    """What a run was at each of its steps, as far as a change is told from it."""

    experiment: Experiment
    events: "tuple[Event, ...]"

    def at(self, step: int) -> Experiment:
        settings = self.experiment
        for event in self.events:
            if event.step <= step:
                settings = settings.changed(event.changes)
        return settings


def sample_icon(row: RunRow, theme: Theme) -> QIcon:
    """The line that a run is drawn with; that of the run in hand is thick and whole."""
    pixmap = QPixmap(SAMPLE * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(theme.data, 2.6) if row.current else ghost_pen(row.style, theme))
    middle = SAMPLE.height() / 2
    painter.drawLine(0, round(middle), SAMPLE.width(), round(middle))
    painter.end()
    return QIcon(pixmap)


class RunsModel(QStandardItemModel):
    """A row per run; only what has changed is set, so that selection and editing go on.

    Signals:
        checked(number, on): the user switched a run's ghost. named(number, name): typed a name.
    """

    checked = Signal(int, bool)
    named = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, 5, parent)
        self.theme = LIGHT
        self.two_lines = False
        self.rows: tuple[RunRow, ...] = ()
        self._recipes: dict[int, _Recipe] = {}
        self._story: list[tuple[object, ...]] = []  # what the texts of changes are made of
        self._texts: dict[int, tuple[str, str]] = {}  # by number: what was changed, and whence
        self.setHorizontalHeaderLabels(
            [
                self.tr("Run"),
                self.tr("Changed"),
                self.tr("From"),
                self.tr("Epochs"),
                self.tr("Loss"),
            ]
        )
        for column, tip in (
            (NAME, self.tr("Check to draw the run behind the one in hand. Double click renames.")),
            (CHANGED, self.tr("Settings in which it differs from where it comes from")),
            (ORIGIN, self.tr("The run that it branched from, and the step")),
            (EPOCHS, self.tr("Epochs recorded")),
            (LOSS, self.tr("The last loss, or the final one")),
        ):
            item = self.horizontalHeaderItem(column)
            item.setToolTip(tip)
            item.setTextAlignment(self._alignment(column))

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column >= EPOCHS else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show these runs."""
        self._learn(snapshot)
        rows = snapshot.runs
        if rows == self.rows:
            return
        old = {row.number: row for row in self.rows} if self._match(rows) else {}
        story: list[tuple[object, ...]] = [
            (row.number, row.name, row.changes, row.by_hand, row.parent, row.racing) for row in rows
        ]
        news, self._story = story != self._story, story
        self.rows = rows
        for at, row in enumerate(rows):
            if news:
                self._tell(at, row)
            if old.get(row.number) != row:
                self._write(at, old.get(row.number), row)

    def restyle(self, theme: Theme) -> None:
        """Draw the samples in other colours."""
        self.theme = theme
        for at, row in enumerate(self.rows):
            self.item(at, NAME).setIcon(sample_icon(row, theme))

    def set_two_lines(self, on: bool) -> None:
        """Say where a run comes from below what was changed: there is no room beside it."""
        if on != self.two_lines:
            self.two_lines = on
            for at, row in enumerate(self.rows):
                self._write_changed(at, row)
                self._write_loss(at, row)

    def _learn(self, snapshot: Snapshot) -> None:
        """Remember what runs were: a branch tells its change from the run it comes from."""
        current = next((row.number for row in snapshot.runs if row.current), None)
        if current is not None and snapshot.view is not None:
            self._remember(current, snapshot.view)
        for ghost in snapshot.ghosts:
            self._remember(ghost.number, ghost.view)

    def _remember(self, number: int, view: "RunView") -> None:
        known = self._recipes.get(number)
        if (
            known is None
            or known.experiment is not view.experiment
            or len(known.events) != len(view.events)
        ):
            self._recipes[number] = _Recipe(view.experiment, view.events)

    def _match(self, rows: tuple[RunRow, ...]) -> bool:
        """Make the model's rows stand for these runs, leaving those that stay where they are.

        Returns False where it began anew, with empty rows, since their order is another.
        """
        wanted = [row.number for row in rows]
        mine = [row.number for row in self.rows]
        for at in reversed(range(len(mine))):
            if mine[at] not in wanted:
                self.removeRow(at)
                del mine[at]
        kept = mine == [number for number in wanted if number in mine]
        if not kept:
            self.removeRows(0, len(mine))
            mine = []
        for at, number in enumerate(wanted):
            if at >= len(mine) or mine[at] != number:
                self.insertRow(at, self._new_items())
                mine.insert(at, number)
        for number in set(self._recipes) - set(wanted) - {r.parent[0] for r in rows if r.parent}:
            del self._recipes[number]
        return kept

    def _new_items(self) -> list[QStandardItem]:
        items = [QStandardItem() for _ in range(5)]
        for column, item in enumerate(items):
            item.setEditable(column == NAME)
            item.setTextAlignment(self._alignment(column))
        items[NAME].setCheckable(True)
        return items

    def _write(self, at: int, before: RunRow | None, row: RunRow) -> None:
        name = self.item(at, NAME)
        if before is None or before.name != row.name:
            self._set(name, ghost_name(row.number, row.name))
        if before is None or before.current != row.current:
            name.setIcon(sample_icon(row, self.theme))
            name.setCheckable(not row.current)
            bold = QFont()
            bold.setBold(row.current)
            name.setFont(bold)
            tip = self.tr("{0}, the run in hand: it is always drawn") if row.current else "{0}"
            name.setToolTip(tip.format(ghost_name(row.number, row.name)))
        if before is None or (before.visible, before.current) != (row.visible, row.current):
            on = Qt.CheckState.Checked if row.visible else Qt.CheckState.Unchecked
            name.setData(None if row.current else on, Qt.ItemDataRole.CheckStateRole)
        self._write_loss(at, row)

    def _write_loss(self, at: int, row: RunRow) -> None:
        self._set(self.item(at, EPOCHS), f"{row.epoch:,}")
        text = loss_text(row)
        if self.two_lines:
            short = row.epoch < _MANY
            text += "\n" + (self.tr("epoch {0}") if short else "{0}").format(f"{row.epoch:,}")
        self._set(self.item(at, LOSS), text)

    def _tell(self, at: int, row: RunRow) -> None:
        """What was changed, and where the run comes from."""
        before, changes = None, row.changes
        if row.parent is not None and row.parent[0] in self._recipes:
            before = self._recipes[row.parent[0]].at(row.parent[1])
        elif row.parent is None and not changes and row.number in self._recipes:
            # The others are told from this one, by settings that it has too.
            changes = self._shared(self._recipes[row.number].experiment)
        names = {each.number: each.name for each in self.rows}
        self._texts[row.number] = (
            row_words(replace(row, changes=changes), before),
            origin_text(row, names),
        )
        self._write_changed(at, row)

    def _shared(self, experiment: Experiment) -> dict[str, Any]:
        """This experiment's values of settings in which others differ from it."""
        shared: dict[str, Any] = {}
        for row in self.rows:
            for path in row.changes if row.parent is None else ():
                shared[path] = experiment.value_at(path)
        return dict(list(shared.items())[:_MOST_SHARED])

    def _write_changed(self, at: int, row: RunRow) -> None:
        changed, origin = self._texts[row.number]
        whole = changed or "–"
        if origin:
            whole += "\n" + (self.tr("from {0}").format(origin) if row.parent else origin)
        item = self.item(at, CHANGED)
        self._set(item, whole if self.two_lines else changed or "–")
        item.setToolTip(whole)
        self._set(self.item(at, ORIGIN), origin)

    @staticmethod
    def _set(item: QStandardItem, text: str) -> None:
        if item.text() != text:
            item.setText(text)

    # What the user does.

    def setData(
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: Any,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Take a check or a name from the user; shown at once, before the run has it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return False
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            if row.current or not super().setData(index, value, role):
                return False
            self.checked.emit(row.number, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and index.column() == NAME:
            name = " ".join(str(value).split())[:LONGEST_NAME]
            if name == ghost_name(row.number, ""):
                name = ""
            text = ghost_name(row.number, name)
            if text != self.item(index.row(), NAME).text():
                self.item(index.row(), NAME).setText(text)
                self.named.emit(row.number, name)
            return True
        return super().setData(index, value, role)
