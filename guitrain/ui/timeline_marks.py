"""What is marked on the timeline: stops, changed settings, the best epoch, and where runs branch
off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainterPath

from guitrain.core.run_view import Event
from guitrain.core.stopping import Rule, StopReason
from guitrain.core.validation import Low
from guitrain.numbers import format_number
from guitrain.plots.ghosts import ghost_colour, ghost_name
from guitrain.plots.items import diamond, square, triangle
from guitrain.plots.theme import Theme
from guitrain.sentences import translate
from guitrain.setting_words import change_words, event_words, row_words
from guitrain.snapshot import RunRow, Snapshot

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView


class Kind(Enum):
    """What a mark stands for; each has a shape of its own."""

    STOP = "stop"
    DIVERGED = "diverged"
    EVENT = "event"
    BRANCH = "branch"
    BEST = "best"


@dataclass(frozen=True)
class Mark:
    """A mark at a step, and what it is made from; a branch wears the ``style`` of its ghost."""

    kind: Kind
    step: int
    source: StopReason | Event | RunRow | Low
    style: int = 0


def marks_of(snapshot: Snapshot) -> tuple[Mark, ...]:
    """The marks of the run in hand, those that are drawn on top last."""
    view = snapshot.view
    if view is None:
        return ()
    marks = [
        Mark(Kind.BRANCH, row.parent[1], row, row.style)
        for row in snapshot.runs
        if row.parent is not None and (row.current or row.parent[0] == _number(snapshot))
    ]
    marks += [Mark(Kind.EVENT, event.step, event) for event in view.events]
    for stop in view.stops:
        kind = Kind.DIVERGED if stop.rule is Rule.NON_FINITE else Kind.STOP
        marks.append(Mark(kind, stop.step, stop))
    if view.best is not None and view.head:
        marks.append(Mark(Kind.BEST, view.best.step, view.best))
    return tuple(marks)


def _number(snapshot: Snapshot) -> int | None:
    return next((row.number for row in snapshot.runs if row.current), None)


def mark_words(mark: Mark, snapshot: Snapshot) -> str:
    """What a mark says of itself."""
    source = mark.source
    if isinstance(source, StopReason):
        return _stop_words(source)
    if isinstance(source, Low):
        text = translate("Timeline", "best epoch: lowest validation loss {0}")
        return text.format(format_number(source.loss, fixed=abs(source.loss) >= 1e-3))
    if isinstance(source, Event):
        return _event_words(source, snapshot.view)
    assert source.parent is not None
    if not source.current:
        return translate("Timeline", "{0} branches off: {1}").format(
            ghost_name(source.number, source.name), row_words(source)
        )
    parent = next((row for row in snapshot.runs if row.number == source.parent[0]), None)
    name = ghost_name(source.parent[0], parent.name if parent else "")
    return translate("Timeline", "this run branches off {0}: {1}").format(name, row_words(source))


def _stop_words(stop: StopReason) -> str:
    text = {
        Rule.EPOCHS: translate("Timeline", "stopped: all {epoch} epochs done, loss {loss}"),
        Rule.TARGET_LOSS: translate("Timeline", "stopped: loss {loss} at or below the target"),
        Rule.PATIENCE: translate("Timeline", "stopped: the loss fell no more, {loss}"),
        Rule.VALIDATION: translate(
            "Timeline", "stopped early: no new lowest validation loss, {loss}"
        ),
        Rule.NON_FINITE: translate("Timeline", "diverged: the loss is no finite number"),
    }[stop.rule]
    loss = format_number(stop.loss, fixed=abs(stop.loss) >= 1e-3)
    return text.format(epoch=f"{stop.epoch:,}", loss=loss)


def _event_words(event: Event, view: "RunView | None") -> str:
    text = translate("Timeline", "changed: {0}")
    if view is None:
        return text.format(change_words(event.changes))
    before = view.experiment
    for other in view.events:
        if other is event:
            break
        before = before.changed(other.changes)
    return text.format(event_words(event, view, before))


def mark_colour(mark: Mark, theme: Theme) -> str:
    """A mark's colour: never the only thing that tells it from others."""
    if mark.kind is Kind.BRANCH:
        return ghost_colour(mark.style, theme)
    return {
        Kind.STOP: theme.text,
        Kind.DIVERGED: theme.error,
        Kind.EVENT: theme.accent,
        Kind.BEST: theme.validation,
    }[mark.kind]


def fork() -> QPainterPath:
    """A triangle that points down to the rail: here a run leaves it."""
    path = QPainterPath()
    path.moveTo(-4.5, -3.5)
    path.lineTo(4.5, -3.5)
    path.lineTo(0, 4.5)
    path.closeSubpath()
    return path


def cross() -> QPainterPath:
    """A cross of two bars."""
    path = QPainterPath()
    for x, y in ((-1, -3), (0, -1), (1, -3), (3, -1), (1, 0), (3, 1), (1, 3), (0, 1), (-1, 3),
                 (-3, 1), (-1, 0), (-3, -1)):  # fmt: skip
        if path.elementCount():
            path.lineTo(x * 1.4, y * 1.4)
        else:
            path.moveTo(x * 1.4, y * 1.4)
    path.closeSubpath()
    return path


SHAPES: dict[Kind, Callable[[], QPainterPath]] = {
    Kind.STOP: lambda: square(3.6),
    Kind.DIVERGED: cross,
    Kind.EVENT: lambda: diamond(4.6),
    Kind.BRANCH: fork,
    Kind.BEST: lambda: triangle(5.2),
}
