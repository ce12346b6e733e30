"""Weights, or gradients: their lines over the epochs, or a histogram of this moment's."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Self

import numpy as np
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from guitrain.plots import weight_curves as curves
from guitrain.plots.base import Plot
from guitrain.plots.items import Legend, add_path, dashed, mixed, pen, polyline
from guitrain.plots.loss import FIXED_EPOCHS
from guitrain.plots.note import Note
from guitrain.plots.scales import LARGEST, Scale, nice_step, padded, span_of
from guitrain.plots.theme import LIGHT, Theme
from guitrain.plots.weight_curves import Content, Line
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.snapshot import Snapshot

_BINS = 30
_DASHES: tuple[tuple[float, ...], ...] = (  # pixels
    (), (9, 4), (2.5, 3.5), (13, 4, 3, 4), (5, 5), (16, 5), (13, 4, 3, 4, 3, 4), (2, 6),
)  # fmt: skip
_WIDTH, _FINE, _MANY = 1.8, 1.0, 300  # pixels; points from which a line is finer


class WeightPlot(Plot):
    """Blue of weights, vermilion of gradients (``gradients``).

    Attributes:
        content: what it shows.
        choice: of which parameter or tensor, by its place, or None: of all. now: whether how they
            are spread at this moment, rather than how they have gone.
    """

    def __init__(
        self,
        gradients: bool,
        parent: QWidget | None = None,
        *,
        theme: Theme = LIGHT,
        for_export: bool = False,
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self._gradients = gradients
        self.setObjectName("gradients_plot" if gradients else "weights_plot")
        self.setAccessibleName(self.tr("Gradients") if gradients else self.tr("Weights"))
        self.content = Content()
        self.choice: int | None = None
        self.now = False
        self._key: object = None
        self._span: tuple[float, float] | None = None  # of the values seen, while the key holds
        self._end, self._cursor = 1.0, 0.0  # epochs
        self._epochs_named = True
        self._items: list[QGraphicsPathItem] = []
        self._bars = add_path(self.area, 2)
        self._zero = add_path(self.area, 1)
        self._now = add_path(self.area, 1.5)
        self._legend = Legend(self.area, 12, cached=not for_export)
        self._legend_key: tuple[object, ...] = ()
        self._note = Note(self)
        self._restyle()

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving: what is chosen of this moment, or nothing before there is a run."""
        view = snapshot.view
        if view is None:
            self.show_content(Content(), None, 1.0, 0.0)
            return
        lines, spread = (
            (curves.gradient_lines, curves.gradients_now)
            if self._gradients
            else (curves.value_lines, curves.values_now)
        )
        content = (spread if self.now else lines)(snapshot, self.choice)
        planned = view.settings.stop.epochs
        end = float(max(view.epochs.length, view.epoch, 1))
        if planned <= FIXED_EPOCHS:
            end = max(end, float(planned))
        cursor = view.epoch + view.batch_index / max(view.batches, 1)
        self.show_content(content, (view.run_id, self.choice, self.now), end, cursor)

    def show_content(self, content: Content, key: object, end: float, cursor: float) -> None:
        """Show this; ranges only grow as long as ``key`` (of run and choice) stays the same. The
        epochs reach to ``end``, and ``cursor`` is where the run stands.
        """
        if key != self._key:
            self._key, self._span = key, None
        self.content, self._end, self._cursor = content, max(end, 1.0), cursor
        self._aim()
        self._draw()

    def name_epochs(self, on: bool) -> None:
        """Whether the axis of epochs says what it is."""
        if on != self._epochs_named:
            self._epochs_named = on
            self._draw()

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(self._gradients, for_export=True)
        twin.choice, twin.now = self.choice, self.now
        twin.show_content(self.content, None, self._end, self._cursor)
        return twin

    # Ranges.

    def _aim(self) -> None:
        content = self.content
        if content.bars is not None:
            span = span_of(content.bars) or (0.0, 1.0)
            low, high = _stepped(*padded(*span, 0.02))
            counts, _ = np.histogram(content.bars[np.isfinite(content.bars)], _BINS, (low, high))
            self.set_scales(Scale(low, high), Scale(0.0, nice_step(max(float(counts.max()), 4.0))))
            return
        found = span_of(*(line.y for line in content.lines))
        if found is not None:
            low, high = found if self._span is None else self._span
            self._span = (min(low, found[0]), max(high, found[1]))
        low, high = padded(*(self._span or (0.0, 1.0)), 0.04)
        self.set_scales(
            Scale(0.0, self._end), Scale(*_stepped(0.0 if content.sizes else low, high))
        )

    # Drawing.

    def _draw(self) -> None:
        content, lines = self.content, self.content.lines
        histogram = content.bars is not None
        across = self.tr("epoch") if self._epochs_named else ""
        across = content.label if histogram else across
        down = self.tr("how many") if histogram else content.label
        if self._labels != (across, down):
            self.set_axis_labels(across, down)
        self._draw_axes()
        while len(self._items) < len(lines):
            self._items.append(add_path(self.area, 3))
        named = 0
        for at, item in enumerate(self._items):
            if at >= len(lines):
                item.setPath(QPainterPath())
                continue
            line = lines[at]
            x, y = self.across(line.x), self.down(line.y)
            dashes = () if line.thin else _DASHES[named % len(_DASHES)]
            item.setPen(self._pen(line))
            height = self.area.height()
            item.setPath(dashed(x, y, dashes, height) if dashes else polyline(x, y))
            named += not line.thin
        self._draw_marks(histogram=histogram)
        self._draw_bars()
        self._draw_legend()
        empty = not lines and not histogram
        nothing = all(not len(line.x) for line in lines)
        text = translate("Weights", "Nothing is recorded yet: press Next or Run.")
        self._note.draw(text if empty or (nothing and not histogram) else "")

    def _pen(self, line: Line) -> QPen:
        if line.thin:
            return pen(mixed(self._colour, self.theme.panel, 0.7), _FINE)
        return pen(self._colour, _WIDTH if len(line.x) < _MANY else _FINE)

    @property
    def _colour(self) -> str:
        return self.theme.gradient if self._gradients else self.theme.data

    def _draw_marks(self, *, histogram: bool) -> None:
        """A line at zero, and one where the run stands."""
        width, height = self.area.width(), self.area.height()
        zero, now = QPainterPath(), QPainterPath()
        if histogram and self.x_scale.low < 0 < self.x_scale.high:
            x = float(self.across([0.0])[0])
            zero.moveTo(x, 0)
            zero.lineTo(x, height)
        elif not histogram and self.y_scale.low < 0 < self.y_scale.high:
            y = float(self.down([0.0])[0])
            zero.moveTo(0, y)
            zero.lineTo(width, y)
        if not histogram and self.content.lines:
            x = float(self.across([self._cursor])[0])
            now.moveTo(x, 0)
            now.lineTo(x, height)
        self._zero.setPen(pen(self.theme.axis, 1.0))
        self._zero.setPath(zero)
        self._now.setPen(pen(self.theme.muted, 1.0, dashes=(2, 3)))
        self._now.setPath(now)

    def _draw_bars(self) -> None:
        path, values = QPainterPath(), self.content.bars
        if values is not None:
            low, high = self.x_scale.low, self.x_scale.high
            counts, edges = np.histogram(values[np.isfinite(values)], _BINS, (low, high))
            x, tops = self.across(edges), self.down(counts)
            for at in np.flatnonzero(counts).tolist():
                height = self.area.height() - tops[at]
                path.addRect(x[at], tops[at], max(x[at + 1] - x[at] - 1, 1.0), height)
        self._bars.setPen(pen(self._colour, 1.0))
        self._bars.setBrush(QColor(mixed(self._colour, self.theme.panel, 0.45)))
        self._bars.setPath(path)

    def _draw_legend(self) -> None:
        named = [line.name for line in self.content.lines if not line.thin and len(line.x)]
        theme, font = self.theme, self.text_font(-1)
        room = max(int((self.area.height() - 16) / Legend.row_height(font)), 1)
        rows = [
            (name, self._sample(_DASHES[at % len(_DASHES)]))
            for at, name in enumerate(named[:room])
            if len(named) > 1
        ]
        key = (*named, theme.name, font.pixelSize(), len(rows))
        if key != self._legend_key:
            self._legend_key = key
            self._legend.fill(rows, font, theme.text, theme.panel, theme.border)
        width = self._legend.rect().width()
        self._legend.setPos(self.area.width() - width - 6, 6)

    def _sample(self, dashes: tuple[float, ...]) -> Callable[[QGraphicsPathItem], None]:
        colour = self._colour

        def draw(sample: QGraphicsPathItem) -> None:
            sample.setPen(pen(colour, _WIDTH, dashes=tuple(each / _WIDTH for each in dashes)))
            path = QPainterPath()
            path.moveTo(0, 0)
            path.lineTo(Legend.SAMPLE, 0)
            sample.setPath(path)

        return draw


def _stepped(low: float, high: float) -> tuple[float, float]:
    """A range widened to whole steps, so that it does not change with every step of training."""
    low, high = max(low, -LARGEST), min(high, LARGEST)
    step = nice_step(max((high - low) / 5, 1e-12))
    return float(np.floor(low / step + 1e-9) * step), float(np.ceil(high / step - 1e-9) * step)
