"""The maps of the ghosts, whose borders are drawn behind the one of the run in hand. No Qt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guitrain.core.map_view import Axes, MapView
    from guitrain.core.mapping import Mapper
    from guitrain.core.run import Run
    from guitrain.core.run_view import RunView
    from guitrain.run_book import RunBook
    from guitrain.snapshot import Ghost

Rows = Sequence[Sequence[float]]


class GhostMaps:
    """Works out a ghost's map where one is wanted, each again only when the ghost moves."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Mapper, Axes, RunView | None, MapView]] = {}  # by the run's id

    def added(
        self, book: "RunBook", axes: "Axes | None", rows: Rows, *, running: bool
    ) -> "tuple[Ghost, ...]":
        """The book's ghosts; those that learn classes of several inputs with their maps, where a
        map over ``axes`` is wanted (None: none is), as far as these rows of inputs.
        """
        ghosts = book.ghosts()
        if axes is None or not ghosts:
            self._made.clear()
            return ghosts
        kept = {ghost.view.run_id for ghost in ghosts}
        self._made = {run_id: made for run_id, made in self._made.items() if run_id in kept}
        return tuple(
            replace(ghost, map=self._map(run, ghost, axes, rows, running=running))
            if (run := book.run_of(ghost.view.run_id)) is not None and _has_borders(ghost)
            else ghost
            for ghost in ghosts
        )

    def _map(
        self, run: "Run", ghost: "Ghost", axes: "Axes", rows: Rows, *, running: bool
    ) -> "MapView":
        known = self._made.get(run.id)
        if known is not None and known[1] == axes and known[2] is ghost.view:
            return known[3]
        from guitrain.core.mapping import Mapper

        mapper = known[0] if known is not None else Mapper()
        fitting = [row for row in rows if len(row) == run.experiment.inputs]
        found = mapper.look(run, axes, fitting, running=running)
        exact = found.step == run.learner.step  # else it is a little old, and asked for again
        self._made[run.id] = (mapper, axes, ghost.view if exact else None, found)
        return found


def _has_borders(ghost: "Ghost") -> bool:
    experiment = ghost.view.experiment
    return experiment.classes > 0 and experiment.inputs > 1 and experiment.surface is None
