"""The ways that runs have taken over two parameters: the one in hand, and its ghosts behind it;
or over a plane through many, the one in hand alone.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from guitrain.core.landscape_bounds import (
    bounds_around,
    path_at,
    path_of,
    rows_of,
    whole_path_of,
)
from guitrain.core.landscape_view import Bounds, has_landscape
from guitrain.plots import ghosts as others
from guitrain.plots.items import add_path, pen, polyline

if TYPE_CHECKING:
    from guitrain.core.plane import PlaneView
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot
    from guitrain.snapshot import Ghost

_GHOST_ROWS = 300  # as ``path_of``
_STILL = 0.5  # pixels

Floats = NDArray[np.float64]
_NONE = np.empty((0, 2))


class Trails:
    """The paths and their lines in a plot.

    Attributes:
        path: parameters (k, 2) up to the present ones. ahead: from there on, in the past.
        ghosts: those that are drawn: on the same points, with the same model.
        wanted: the ranges in which all of it is seen, or None where there is nothing to see.
    """

    def __init__(self, plot: "Plot") -> None:
        self._plot = plot
        self._lines = others.GhostLines(plot.area, 4.0, cached=not plot.for_export)
        self._ahead_item = add_path(plot.area, 6.0)
        self._item = add_path(plot.area, 7.0)
        self._key: tuple[object, ...] = ()
        # Of a run whose past is looked at: which record, its rows that are drawn, and their places.
        self._record: tuple[object, NDArray[np.int64], Floats] = ((), np.empty(0, np.int64), _NONE)
        self._offered: tuple[Ghost, ...] = ()
        self._ghost_paths: dict[int, tuple[RunView, Floats]] = {}
        self._reach = (np.full(2, np.inf), np.full(2, -np.inf))  # of its path, in the ranges wanted
        self.path = self.ahead = _NONE
        self.ghosts: tuple[Ghost, ...] = ()
        self.wanted: Bounds | None = None

    def take(
        self, view: "RunView", ghosts: "tuple[Ghost, ...]", *, running: bool = False
    ) -> tuple[bool, bool]:
        """Show these; returns whether the run's own path is another one, and whether ghosts are.

        While ``running``, a path that has not come half a pixel on is left as it is.
        """
        key = (view.run_id, view.step, view.head, view.numbers, view.initial)
        of_run = key != self._key and not (running and self._rests(view))
        other_run = key[:1] != self._key[:1]
        of_ghosts = not others.same_views(ghosts, self._offered) or (other_run and bool(ghosts))
        if not of_run and not of_ghosts:
            return False, False
        if of_run:
            self._key = key
        if not has_landscape(view.experiment) or view.initial is None:
            self.clear()
            self._key = key
            return True, True
        if of_run:
            self._take_run(view)
        if of_ghosts:
            self._take_ghosts(view, ghosts)
        paths = [each for each in (self.path, self.ahead) if len(each)]
        low = np.min([each.min(axis=0) for each in paths], axis=0)
        high = np.max([each.max(axis=0) for each in paths], axis=0)
        # False for NaN too.
        inside = bool((low >= self._reach[0]).all() and (high <= self._reach[1]).all())
        if of_ghosts or other_run or not inside:
            paths += [path for _, path in self._ghost_paths.values()]
            self.wanted = bounds_around(view, paths, self.wanted)
            self._reach = (low, high)
        return of_run, of_ghosts

    def take_plane(self, view: "PlaneView | None", *, running: bool = False) -> tuple[bool, bool]:
        """The same of a run on a plane; None where it is on none (yet)."""
        key: tuple[object, ...] = ()
        if view is not None:
            key = (view.run_id, view.plane, view.step, len(view.path), len(view.ahead))
        if key == self._key:
            return False, False
        ghosts = bool(self.ghosts)
        here = self._key[:2] == key[:2] and not len(self.ahead)
        if view is not None and running and here and self._near(view.present):
            return False, ghosts
        self.clear()
        self._key = key
        if view is not None:
            self.path, self.ahead = view.path, view.ahead if len(view.ahead) else _NONE
        return True, ghosts

    def _rests(self, view: "RunView") -> bool:
        """Whether the head of the run that is drawn is where it was, to the eye."""
        same = self._key[:1] == (view.run_id,) and view.step == view.head and not len(self.ahead)
        return same and view.numbers is not None and self._near(view.numbers)

    def _near(self, numbers: tuple[float, ...]) -> bool:
        """Whether the path that is drawn ends there, to the eye."""
        if not len(self.path):
            return False
        ends = np.stack([self.path[-1], np.array(numbers)])
        x, y = self._plot.across(ends[:, 0]), self._plot.down(ends[:, 1])
        return bool(abs(x[1] - x[0]) < _STILL and abs(y[1] - y[0]) < _STILL)

    def clear(self, *, wanted: Bounds | None = None) -> None:
        """Nothing is to be seen, for now in these ranges."""
        self._key, self._offered, self.ghosts = (), (), ()
        self.path = self.ahead = _NONE
        self._ghost_paths = {}
        self.wanted = wanted

    def _take_run(self, view: "RunView") -> None:
        present = [view.numbers or view.initial or (np.nan, np.nan)]
        if view.step == view.head:
            self.path, self.ahead = np.concatenate([path_of(view), present]), _NONE
            return
        # The same rows of the record, wherever in it the cursor is moved to.
        record = (view.run_id, view.head)
        if self._record[0] != record:
            rows = rows_of(view)
            self._record = record, rows, path_at(view, rows)
        _, rows, path = self._record
        before, after = np.searchsorted(rows, view.step), np.searchsorted(rows, view.step, "right")
        self.path = np.concatenate([path[:before], present])
        self.ahead = np.concatenate([present, path[after:]])

    def _take_ghosts(self, view: "RunView", ghosts: "tuple[Ghost, ...]") -> None:
        self._offered = ghosts
        mine = view.experiment
        self.ghosts = tuple(
            each
            for each in ghosts
            if each.view.experiment.model == mine.model
            and others.same_points(each.view.experiment, mine)
        )[: others.MOST_DRAWN]
        kept, self._ghost_paths = self._ghost_paths, {}
        for ghost in self.ghosts:
            of = ghost.view
            known = kept.get(ghost.number)
            if known is None or known[0] is not of:
                known = of, whole_path_of(of, most=_GHOST_ROWS)
            self._ghost_paths[ghost.number] = known

    # Drawing.

    def restyle(self) -> None:
        """The theme's colours."""
        colour = self._plot.theme.learnt
        self._item.setPen(pen(colour, 2.0))
        self._ahead_item.setPen(pen(colour, 1.2, alpha=0.5))

    def draw(self) -> None:
        """The run's own path, where the plot's ranges are."""
        self._item.setPath(self._line(self.path))
        if len(self.ahead) or self._ahead_item.path().elementCount():
            self._ahead_item.setPath(self._line(self.ahead))

    def draw_ghosts(self) -> None:
        """The others' paths."""
        lines = [
            (ghost.style, self._line(self._ghost_paths[ghost.number][1], joined=True))
            for ghost in self.ghosts
        ]
        self._lines.draw(lines, self._plot.theme)

    def _line(self, path: Floats, *, joined: bool = False) -> QPainterPath:
        """A path (k, 2) in pixels; joined, so that its dashes run on."""
        x, y = self._plot.across(path[:, 0]), self._plot.down(path[:, 1])
        return polyline(x, y, separate=not (joined or self._plot.for_export))

    @property
    def drawn(self) -> tuple[QPainterPath, QPainterPath]:
        """The lines of the path so far and of the one ahead."""
        return self._item.path(), self._ahead_item.path()
