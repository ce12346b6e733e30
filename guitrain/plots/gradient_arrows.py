"""The gradient on the landscape: where this step goes, and where one point alone would go."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from guitrain.core.landscape_view import has_landscape
from guitrain.numbers import format_number
from guitrain.plots.arrows import Arrow
from guitrain.plots.places import Point, in_pixels
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot
    from guitrain.snapshot import Snapshot

_LEAST, _MOST = 34.0, 0.3  # the step's length: in pixels; as a share of the area's shorter side
_POINT_LENGTH = 58.0  # pixels


class GradientArrows:
    """The arrows of a plot over two parameters, or on a plane through many: there the step's is
    projected, and its label says so.

    The step's is −η·∂L/∂p, as plain descent would move; where that is too short to be seen or too
    long to be shown it is stretched, and its label says so. The point's has one length.

    Attributes:
        step, point: the arrows.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self.step = Arrow(plot, 9.0)
        self.point = Arrow(plot, 8.5, dashed=True)
        self._projected = False
        self._step: tuple[Point, Point] | None = None  # from, and by how much, in own units
        self._point: tuple[Point, Point, int] | None = None  # and of which point

    def take(self, snapshot: "Snapshot") -> bool:
        """Show this moment's; returns whether they are others."""
        before = self._step, self._point
        self._step = self._point = None
        view = snapshot.view
        self._projected = view is not None and not has_landscape(view.experiment)
        if self._projected:
            self._step = snapshot.plane.gradient if snapshot.plane is not None else None
        elif view is not None and view.numbers is not None and has_landscape(view.experiment):
            self._step = self._step_of(snapshot, view)
            point = snapshot.point
            if point is not None and len(point.own_direction) == 2:
                first, second = point.own_direction
                self._point = (view.numbers[0], view.numbers[1]), (first, second), point.row
        return before != (self._step, self._point)

    def _step_of(self, snapshot: "Snapshot", view: "RunView") -> tuple[Point, Point] | None:
        step = snapshot.step_view
        if step is None or step.gradients is None or len(step.gradients) != 2:
            return None
        before = np.array(step.before, np.float64)
        with np.errstate(all="ignore"):
            after = before - step.learning_rate * np.array(step.gradients, np.float64)
            ends = np.stack([before, after])
            if view.experiment.standardize:
                ends = view.experiment.model_entry.to_own_units(ends, view.data.scaling)
            by = ends[1] - ends[0]
        first, second = ends[0].tolist()
        return (first, second), (float(by[0]), float(by[1]))

    def restyle(self) -> None:
        """The theme's colours."""
        self.step.restyle()
        self.point.restyle()

    @property
    def boxes(self) -> list[QRectF]:
        """What they cover, without their labels, in the area's pixels."""
        return [*self.step.boxes, *self.point.boxes]

    @property
    def stand(self) -> tuple[int, ...]:
        """As ``Arrow.stand``, of both."""
        return (*self.step.stand, 0, *self.point.stand)

    def follow(self) -> None:
        """Keep the labels beside the arrows as they are."""
        for arrow in (self.step, self.point):
            if arrow.shown:
                arrow.follow()

    def place_labels(self, busy: Sequence[QRectF]) -> None:
        """The labels, clear of the arrows, of one another and of what is busy, where they can."""
        taken = [*busy, *self.boxes]
        for arrow in (self.step, self.point):
            if arrow.shown:
                arrow.place_label(taken)
                taken.append(arrow.tag.box)

    def draw(self) -> None:
        """Both, where the plot's ranges are."""
        self._draw_step()
        self._draw_point()

    def _draw_step(self) -> None:
        found = self._in_pixels(self._step) if self._step is not None else None
        if found is None:
            self.step.hide()
            return
        start, (x, y), length = found
        area = self._plot.area_rect
        shown = min(max(length, _LEAST), max(_MOST * min(area.width(), area.height()), _LEAST))
        times = shown / length
        text = "−η·∂L"
        if self._projected:
            text = translate("Landscape", "−η·∂L, projected")
        if times > 1.05:
            text += f" × {_factor(times)}"
        elif times < 0.95:
            text += f" ÷ {_factor(1 / times)}"
        self.step.draw(start, (x * shown, y * shown), text)

    def _draw_point(self) -> None:
        found = self._in_pixels(self._point[:2]) if self._point is not None else None
        if found is None or self._point is None:
            self.point.hide()
            return
        start, (x, y), _ = found
        text = translate("Landscape", "−∂ℓ of point {0} alone").format(f"{self._point[2] + 1:,}")
        self.point.draw(start, (x * _POINT_LENGTH, y * _POINT_LENGTH), text)

    def _in_pixels(self, arrow: tuple[Point, Point]) -> tuple[Point, Point, float] | None:
        """Where it starts, its direction (of length 1) and its length; None where out of sight."""
        (first, second), (by_first, by_second) = arrow
        plot, area = self._plot, self._plot.area_rect
        x, y = in_pixels(plot, (first, second))
        dx = by_first / (plot.x_scale.high - plot.x_scale.low) * area.width()
        dy = -by_second / (plot.y_scale.high - plot.y_scale.low) * area.height()
        length = math.hypot(dx, dy)
        if not (math.isfinite(length) and length > 0 and area.contains(x, y)):
            return None
        return (x, y), (dx / length, dy / length), length


def _factor(times: float) -> str:
    return format_number(times, 2 if times < 100 else 1)
