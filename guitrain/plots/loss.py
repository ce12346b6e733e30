"""The loss over the epochs, with what can be reached and what is to be expected."""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from guitrain.core.penalties import penalties_of, penalty_formula
from guitrain.core.phases import Phase
from guitrain.plots import ghosts as others
from guitrain.plots.base import Plot
from guitrain.plots.curves import epoch_of_rows
from guitrain.plots.event_ticks import EventTicks
from guitrain.plots.ghost_curves import GhostCurves
from guitrain.plots.items import Legend, add_path, circle, markers, mixed, pen, square
from guitrain.plots.loss_curve import MOST_TAIL, GrowingCurve, draw_parts
from guitrain.plots.loss_hover import LossHover
from guitrain.plots.loss_marks import known_marks
from guitrain.plots.loss_validation import ValidationCurve
from guitrain.plots.marks import Mark, Marks, free_spot
from guitrain.plots.scales import Scale, decades, nice_step, value_text
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.snapshot import State

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.snapshot import Ghost, Snapshot

FIXED_EPOCHS = 1000  # up to so many the whole axis is shown from the start
_MOST_TEST_MARKERS = 60
_ROUGH = 15_000  # pixels of up and down beyond which a fine pen is used, to stay fast
_MEASURED = (Phase.LOSS, Phase.STOP, Phase.BACKWARD)


def _epochs_end(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the rows of the log of epochs lie: row k is epoch k + 1."""
    return rows + 1


class LossPlot(Plot):
    """Losses over epochs; see the module.

    The range of epochs is whole from the start up to 1000, and grows in steps of 1, 2 and 5
    times a power of ten beyond; the range of losses grows when they leave it, and only a new run
    makes it smaller. While the cursor is in the past, what was recorded beyond it is fainter.

    Attributes:
        drawn_ghosts: the numbers of the runs whose curves are drawn behind.
        train, batches: the curves of the epochs' losses and, behind it, of the batches'.
        validation: the curve of the validation loss, where there is one.
        marker_value: the loss beside the marker, or None where none is shown.
        hovered: what the label under the mouse says, or "".
    """

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("loss_plot")
        self.setAccessibleName(self.tr("Loss over the epochs"))
        self._view: RunView | None = None
        self._log = True
        self._show_test = False
        self._span: tuple[float, float] | None = None  # of the losses seen, > 0 where log
        self._curve_key: tuple[object, ...] = ()
        self._mark_key: tuple[object, ...] = ()
        self._known: list[Mark] = []
        self._rough = False
        self.marker_value: float | None = None
        self._cut: float | None = None  # the cursor's epoch, while it is in the past
        self.batches = GrowingCurve(self, 1, 0)
        self._marks = Marks(self.area, 2)
        self._ghosts = GhostCurves(self, 3)
        self._events = EventTicks(self, 3.5)
        self.train = GrowingCurve(self, 4, 3.8)
        self.validation = ValidationCurve(self, 4.2)
        self._later_test = add_path(self.area, 4.8, cached=not for_export)
        self._test_item = add_path(self.area, 5, cached=not for_export)
        self._test_marks = add_path(self.area, 6, cached=not for_export)
        self._marker = add_path(self.overlay, 10)
        self._value = self._tag(11)
        self._legend = Legend(self.area, 12, cached=not for_export)
        self._legend_key: tuple[object, ...] = ()
        self._hover = LossHover(self, 13)
        self._restyle()

    # What is shown.

    @property
    def log(self) -> bool:
        """Whether the axis of losses is logarithmic."""
        return self._log

    def set_log(self, on: bool) -> None:
        """Show losses on a logarithmic axis, or on a linear one from 0."""
        if on != self._log:
            self._log = on
            self._span = None
            self._update_scales()
            self._draw()

    def set_show_test(self, on: bool) -> None:
        """Show the losses measured on the test points."""
        if on != self._show_test:
            self._show_test = on
            self._update_scales()
            self._draw()

    def refresh(self, view: "RunView | None", *, running: bool = False) -> None:
        """Show a run as it is now; None empties the plot. While ``running``, a curve that has
        grown by a few pixels has only its end drawn.
        """
        if view is self._view:
            return
        before, self._view = self._view, view
        if self._events.take(view) and view is not None:
            self._events.draw()
        if view is None:
            self._forget()
            self._draw()
            return
        if before is None or before.run_id != view.run_id:
            self._span = None
            self._curve_key = ()
        cut = self._cut_of(view)
        moved, self._cut = cut != self._cut, cut
        key = (view.run_id, view.steps.length, view.epochs.length)
        test_is_new = before is None or before.test_curve is not view.test_curve
        grown = key != self._curve_key and not (running and self._takes_tail(view))
        if grown:
            self._curve_key = key
            self._take_curves(view)
        mark_key = (view.run_id, view.settings.stop.target_loss)
        marked = mark_key != self._mark_key
        if marked:
            self._mark_key, self._known = mark_key, known_marks(view)
        fits = not (grown or marked or test_is_new) and self._fits(view)
        if not fits and (self._update_scales() or marked):
            self._draw()
            return
        if grown or moved:
            self._draw_curves()
        others = self._show_test or self.validation.on or not self._test_item.path().isEmpty()
        if others and (test_is_new or moved or grown):
            self._draw_test()
        self._draw_marker()

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving."""
        if snapshot.view is not None:
            self.refresh(snapshot.view, running=snapshot.state is State.RUNNING)
        elif snapshot.state is State.EMPTY:
            self.refresh(None)
        self.set_ghosts(snapshot.ghosts)

    def _forget(self) -> None:
        self.train.forget()
        self.batches.forget()
        self.validation.take(None)
        self._curve_key = self._mark_key = ()
        self._known, self._cut = [], None
        self._ghosts.take(self._ghosts.ghosts, None)
        self._span = None

    def _take_curves(self, view: "RunView") -> None:
        self.train.take(view.epochs, "loss", _epochs_end)
        self.validation.take(view)
        self.batches.forget()
        if view.batches > 1 or view.steps.length > view.epochs.length:
            self.batches.take(view.steps, "loss", partial(epoch_of_rows, view))

    def _takes_tail(self, view: "RunView") -> bool:
        """Whether what the curves of this run lack at their ends is so little that it was drawn
        by itself.
        """
        if self._cut is not None or self._curve_key[:1] != (view.run_id,):
            return False
        drawn = self._curve_key[2]
        assert isinstance(drawn, int)
        if not drawn or bool(len(self.batches)) != (view.batches > 1):
            return False
        ends = self.across([float(drawn), float(view.epochs.length)])
        # The curves of other points are drawn whole, or not at all.
        most = 1.0 if self.validation.on or self._show_test else MOST_TAIL
        if not 0 <= ends[1] - ends[0] < most:
            return False
        if view.epochs.length > drawn:
            self.train.grow(view.epochs, "loss", _epochs_end)
        if len(self.batches):
            self.batches.grow(view.steps, "loss", partial(epoch_of_rows, view))
        return True

    def _fits(self, view: "RunView") -> bool:
        """Whether the ranges are those of the curves already drawn, with their tails."""
        if self._span is None or self.x_scale.high != self._last_epoch(view):
            return False
        low, high = self._span
        new = [*self.train.tail.value.tolist(), *self.batches.tail.value.tolist()]
        if view.loss is not None:
            new.append(view.loss)
        return all(low <= value <= high for value in new if value > 0)

    def set_ghosts(self, ghosts: "tuple[Ghost, ...]") -> None:
        """Draw other runs' curves behind, where theirs is the same loss; call it after
        ``refresh``, each frame.
        """
        if not self._ghosts.take(ghosts, self._view.experiment if self._view else None):
            return
        if self._update_scales():
            self._draw()
            return
        self._ghosts.draw(anew=False)
        self._draw_legend()

    @property
    def drawn_ghosts(self) -> tuple[int, ...]:
        """See the class."""
        return tuple(each.number for each in self._ghosts.drawn)

    def _cut_of(self, view: "RunView") -> float | None:
        """The epoch up to which the curve is past; None where nothing is recorded beyond."""
        if view.step >= view.head:
            return None
        reached = float(epoch_of_rows(view, np.array([view.step - 1.0]))[0])
        present = self._present(view)
        return reached if present is None else max(reached, present[0])

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        twin._log, twin._show_test, twin._span = self._log, self._show_test, self._span
        if self._view is not None:
            span = self._span
            twin.refresh(self._view)
            twin._span = span
            twin.set_ghosts(self._ghosts.ghosts)
            twin._update_scales()
            twin._draw()
        return twin

    # Ranges.

    def _update_scales(self) -> bool:
        """Widen the ranges where the run has left them; returns whether one changed."""
        view = self._view
        if view is None:
            return False
        return self.set_scales(Scale(0.0, self._last_epoch(view)), self._loss_scale(view))

    def _last_epoch(self, view: "RunView") -> float:
        epochs = view.settings.stop.epochs
        for event in view.events:  # those to come too: going back must not move the axis
            epochs = event.changes.get("stop.epochs", epochs)
        reached = max(view.epochs.length, view.epoch, 1)
        if self._ghosts.epochs <= 2 * max(reached, min(epochs, FIXED_EPOCHS)):
            reached = max(reached, self._ghosts.epochs)
        if epochs <= FIXED_EPOCHS:
            return float(max(epochs, reached))
        if reached >= epochs:
            return float(reached)
        return min(nice_step(max(reached * 1.02, 100.0)), float(epochs))

    def _loss_scale(self, view: "RunView") -> Scale:
        """The range of losses: decades, or from 0 to a step, with the marks that are near."""
        seen = [*self.train.values, *self.batches.values, self.validation.losses]
        if self._show_test:
            seen.append(view.test_curve[1])
        if view.loss is not None:
            seen.append(np.array([view.loss]))
        values = np.concatenate(seen)
        if (surface := view.experiment.surface) is not None and surface.least is None:
            return self._signed_scale(values[np.isfinite(values)])
        values = values[np.isfinite(values) & (values > 0)]
        low, high = self._span or (math.inf, 0.0)
        if values.size:
            low, high = min(low, float(values.min())), max(high, float(values.max()))
            self._span = (low, high)
        near = self._near_ghosts(low, high) + [
            mark.value
            for mark in self._known
            if mark.value > 1e-12 and (not high or low / 1e3 <= mark.value <= 10 * high)
        ]
        low, high = min([low, *near]), max([high, *near])
        if not high:
            low, high = 0.1, 1.0
        return Scale(*decades(low, high), log=True) if self._log else Scale(0.0, nice_step(high))

    def _signed_scale(self, values: NDArray[np.float64]) -> Scale:
        """The range of losses that fall below 0, which no logarithm shows."""
        low, high = self._span or (0.0, 0.0)
        if values.size:
            low, high = min(low, float(values.min())), max(high, float(values.max()))
            self._span = (low, high)
        if not low < high:
            low, high = -1.0, 1.0
        return Scale(-nice_step(-low) if low < 0 else 0.0, nice_step(high) if high > 0 else 0.0)

    def _near_ghosts(self, low: float, high: float) -> list[float]:
        """The extremes of the ghosts' losses that are near enough to widen the range."""
        if not self._ghosts.drawn or not high:
            return []
        values = self._ghosts.values()
        far = 10 * high if self._log else 1.2 * high
        values = values[(values >= low / 1e3) & (values <= far) & (values > 0)]
        return [float(values.min()), float(values.max())] if values.size else []

    # Drawing.

    def _draw(self) -> None:
        theme, view = self.theme, self._view
        loss = "loss"
        if view is not None:
            loss = translate("Loss", view.experiment.loss_entry.label)
            loss += penalty_formula(view.experiment)
            loss = self.tr("loss ({name})").format(name=loss)
        else:
            loss = self.tr("loss")
        if self._labels != (self.tr("epoch"), loss):
            self.set_axis_labels(self.tr("epoch"), loss)
        self._draw_axes()
        self._marker.setPath(circle(4.5))
        self._marker.setPen(pen(theme.data, 2.0))
        self._marker.setBrush(QColor(theme.panel))
        self._value.style(self.text_font(bold=True), theme.text, theme.panel)
        self._test_item.setPen(pen(theme.test, 1.8, dashes=(4, 2)))
        self._later_test.setPen(pen(mixed(theme.test, theme.panel, 0.4), 1.2, dashes=(4, 2)))
        self._test_marks.setPen(pen(theme.test, 1.4))
        self._test_marks.setBrush(QColor(theme.panel))
        self.validation.style()
        self._hover.paint()
        self._style_train()
        faint = pen(mixed(theme.data, theme.panel, 0.18))
        self.batches.style(pen(mixed(theme.data, theme.panel, 0.4)), faint)
        self._draw_curves()
        self._draw_test()
        self._ghosts.draw(anew=True)
        self._events.draw()
        self._marks.draw(
            self._known,
            self.down([mark.value for mark in self._known]).tolist(),
            self.area_rect,
            self.text_font(-1),
            theme,
        )
        self._draw_legend()
        self._draw_marker()
        self._hover.draw(self._view, self._events)

    def _draw_curves(self) -> None:
        """The losses of the epochs and, behind them, those of the batches."""
        _, y = self.train.pixels()
        rough = float(np.nansum(np.abs(np.diff(y)))) > _ROUGH
        if rough != self._rough:
            self._rough = rough
            self._style_train()
        self.train.draw(self._cut)
        self.batches.draw(self._cut)
        self.validation.draw(self._cut)
        self._draw_legend()

    def _style_train(self) -> None:
        theme = self.theme
        later = pen(mixed(theme.data, theme.panel, 0.45), 1.2)
        self.train.style(pen(theme.data, 1.0 if self._rough else 2.0), later)

    def _draw_test(self) -> None:
        epochs = losses = np.empty(0)
        if self._show_test and self._view is not None:
            steps, losses = self._view.test_curve
            epochs = epoch_of_rows(self._view, steps.astype(np.float64))
        x, y = self.across(epochs), self.down(losses)
        draw_parts(self._test_item, self._later_test, epochs, (x, y), self._cut, separate=False)
        self._draw_gap((epochs, losses))
        few = len(x) <= _MOST_TEST_MARKERS
        self._test_marks.setPath(markers(x, y, square(2.6)) if few else QPainterPath())
        self._draw_legend()

    def _draw_gap(self, test: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
        known = self.validation
        other = (known.epochs, known.losses) if known.on else test
        known.draw_gap((self.train.epochs, self.train.curve.value), other)

    def _draw_legend(self) -> None:
        """Names of the curves, where there is more than one."""
        view = self._view
        test = self._show_test and view is not None and len(view.test_curve[0]) > 0
        behind = self._ghosts.drawn
        batches = len(self.batches) > 0
        font = self.text_font(-1)
        room = int((self.area.height() / 2 - 10) / Legend.row_height(font)) if behind else 0
        penalized = view is not None and bool(penalties_of(view.experiment))
        key = (
            batches,
            test,
            penalized,
            self.validation.on,
            self.theme.name,
            self._ghosts.names,
            room,
            font.pixelSize(),
        )
        if key != self._legend_key:
            self._legend_key = key
            rows = [(self.tr("training"), self._sample(self.train.item))]
            if batches:
                rows[0] = (self.tr("training, mean of the epoch"), rows[0][1])
                rows.append((self.tr("training, each batch"), self._sample(self.batches.item)))
            if self.validation.on:
                text = self.tr("validation")
                if penalized:
                    text = self.tr("validation, without penalty")
                rows.append((text, self.validation.sample))
            if test:
                text = self.tr("test, without penalty") if penalized else self.tr("test")
                rows.append((text, self._sample(self._test_item)))
            if self.validation.on or test:
                rows.append((self.tr("gap"), self.validation.gap_sample))
            theme = self.theme
            if room > len(rows):
                rows += others.legend_rows(behind, theme, room - len(rows) - 1)
            rows = rows if len(rows) > 1 else []
            self._legend.fill(rows, font, theme.text, theme.panel, theme.border)
        self._legend.setPos(self.area.width() - self._legend.rect().width() - 10, 8)

    @staticmethod
    def _sample(source: QGraphicsPathItem) -> Callable[[QGraphicsPathItem], None]:
        def draw(sample: QGraphicsPathItem) -> None:
            stroke = QPainterPath()
            stroke.lineTo(26, 0)
            sample.setPen(source.pen())
            sample.setPath(stroke)

        return draw

    # The marker at the present epoch.

    def _present(self, view: "RunView") -> tuple[float, float] | None:
        """Epoch and loss of the marker: the loss just measured, or the last finished epoch's.

        While one batch is the whole epoch, the loss of FORWARD … BACKWARD is the next epoch's.
        """
        measured = view.phase in _MEASURED and view.stopped is None and view.batches == 1
        if view.loss is not None and (measured or (view.epoch == 0 and view.batch_index)):
            return view.epoch + max(view.batch_index, 1) / view.batches, view.loss
        value = view.epochs.value("loss", view.epoch - 1) if view.epoch else None
        if value is None and view.epoch and not view.batch_index:
            value = view.loss  # of a row that is thinned, the loss of its last batch is known
        return None if value is None else (float(view.epoch), value)

    def _draw_marker(self) -> None:
        view = self._view
        taken = list(self._marks.boxes)
        if self._legend.isVisible():
            taken.append(self._legend.rect().translated(self._legend.pos()))
        self.validation.draw_low(view, taken)
        if self.validation.label.isVisible():
            taken.append(self.validation.label.box)
        place = None if view is None else self._present(view)
        shown = place is not None and math.isfinite(place[1])
        self._marker.setVisible(shown)
        self._value.setVisible(shown)
        self.marker_value = None
        if place is None or not shown:
            return
        self.marker_value = place[1]
        x, y = float(self.across(place[0])), float(self.down(place[1]))
        self._marker.setPos(x, y)
        self._value.say(value_text(place[1]))
        self._value.setPos(*free_spot((x, y), self._value.size, self.area_rect, taken))

    # Under the mouse.

    @property
    def hovered(self) -> str:
        """What the label under the mouse says, or ""."""
        return self._hover.text

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the epoch and the loss nearest to the mouse."""
        place = self.area.mapFromScene(self.mapToScene(event.position().toPoint()))
        inside = self.area_rect.contains(place)
        self._hover.at = place.x() / max(self.area.width(), 1) if inside else None
        self._hover.draw(self._view, self._events)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the label away."""
        self._hover.at = None
        self._hover.draw(self._view, self._events)
