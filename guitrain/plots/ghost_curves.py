"""The loss curves of other runs, behind that of the run in hand."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from guitrain.plots import ghosts as others
from guitrain.plots.curves import Curve, curve_of
from guitrain.plots.items import dashed, polyline

if TYPE_CHECKING:
    from guitrain.core.experiment import Experiment
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot
    from guitrain.snapshot import Ghost

_ROWS, _PIECES = 400, 200  # as ``curve_of``; half as fine as the run in hand


def _loss(experiment: "Experiment") -> tuple[object, ...]:
    """What the numbers of a loss curve are of."""
    return experiment.loss, experiment.l1, experiment.l2


class GhostCurves:
    """Draws the ghosts whose loss is the one of the run in hand; each again only when it moves.

    Attributes:
        drawn: the ghosts that are drawn.
    """

    def __init__(self, plot: "Plot", z: float) -> None:
        self._plot = plot
        self._lines = others.GhostLines(plot.area, z, cached=not plot.for_export)
        self._of: Experiment | None = None
        self._curves: dict[int, tuple[RunView, Curve]] = {}
        self._paths: dict[int, tuple[RunView, QPainterPath]] = {}
        self.ghosts: tuple[Ghost, ...] = ()
        self.drawn: tuple[Ghost, ...] = ()

    def take(self, ghosts: "tuple[Ghost, ...]", experiment: "Experiment | None") -> bool:
        """Show these, behind a run of this experiment; returns whether that changes anything."""
        if not ghosts and not self.ghosts:
            return False
        if others.same_views(ghosts, self.ghosts) and experiment is self._of:
            return False
        self.ghosts, self._of = ghosts, experiment
        self.drawn = tuple(
            each
            for each in ghosts
            if experiment is not None and _loss(each.view.experiment) == _loss(experiment)
        )[: others.MOST_DRAWN]
        kept, self._curves = self._curves, {}
        for each in self.drawn:
            known = kept.get(each.number)
            if known is None or not self._stands(known[0], each.view):
                known = each.view, curve_of(each.view.epochs, "loss", _ROWS, _PIECES)
            self._curves[each.number] = known
        return True

    def _stands(self, drawn: "RunView", view: "RunView") -> bool:
        """Whether a curve drawn for one view will do for another: it is less than a pixel short,
        while the run goes on.
        """
        before, now = drawn.epochs.length, view.epochs.length
        if drawn is view or (drawn.run_id == view.run_id and before == now):
            return True
        start, end = self._plot.across([before, now])
        going = drawn.run_id == view.run_id and view.stopped is None and before > 1
        return bool(going and 0 <= end - start < 1)

    @property
    def names(self) -> tuple[tuple[int, str, int], ...]:
        """What a legend says of those drawn."""
        return tuple((each.number, each.name, each.style) for each in self.drawn)

    @property
    def epochs(self) -> int:
        """Epochs of the longest record drawn."""
        return max((each.view.epochs.length for each in self.drawn), default=0)

    def values(self) -> NDArray[np.float64]:
        """All losses drawn, whatever they are."""
        parts = [curve.value for _, curve in self._curves.values()]
        return np.concatenate(parts) if parts else np.empty(0)

    def draw(self, *, anew: bool) -> None:
        """Draw those that have moved; all of them ``anew`` after a new size, range or theme."""
        kept = {} if anew else self._paths
        self._paths = {}
        for each in self.drawn:
            known, view = kept.get(each.number), self._curves[each.number][0]
            if known is None or known[0] is not view:
                known = view, self._path(each)
            self._paths[each.number] = known
        paths = [(each.style, self._paths[each.number][1]) for each in self.drawn]
        self._lines.draw(paths, self._plot.theme, cut=not self._plot.for_export)

    def _path(self, ghost: "Ghost") -> QPainterPath:
        plot, curve = self._plot, self._curves[ghost.number][1]
        x, y = plot.across(curve.row + 1), plot.down(curve.value)
        if plot.for_export:
            return polyline(x, y, separate=False)
        return dashed(x, y, others.dash_pixels(ghost.style), plot.area.height())
