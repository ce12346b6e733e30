"""All the runs of a session: which is in hand, what undo brings back, which are drawn behind it.

It belongs to the training thread. What others see of it are rows and ghosts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from guitrain.core.by_hand import place_name
from guitrain.core.experiment import PLAIN_FIELDS, REGISTRIES, Experiment
from guitrain.core.settings import STEERING
from guitrain.core.stopping import Rule
from guitrain.snapshot import Ghost, RunRow
from guitrain.steering import Steering

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.core.run_view import Event, RunView

MOST_RUNS = 50
MOST_STARTS = 300  # runs that were only begun: the points of a drawing are undone one by one
MOST_BYTES = 256_000_000  # of the runs that are not in hand


def differences(old: Experiment, new: Experiment) -> dict[str, Any]:
    """Settings in which two experiments differ, by path, with the new values."""
    found: dict[str, Any] = {}
    for kind in REGISTRIES:
        one, other = getattr(old, kind), getattr(new, kind)
        if one.name != other.name:
            found[kind] = other
            continue
        for name, value in other.values.items():
            if one.values[name] != value:
                found[f"{kind}.{name}"] = value
    for name in (*PLAIN_FIELDS, "weights"):
        if getattr(old, name) != getattr(new, name):
            found[name] = getattr(new, name)
    # Of the two places that initial weights can come from, the one that is in force.
    if new.weights is not None:
        found.pop("initial", None)
    elif new.initial is not None:
        found.pop("weights", None)
    for head in ("stop", "seeds"):
        one, other = getattr(old, head), getattr(new, head)
        for name, value in vars(other).items():
            if getattr(one, name) != value:
                found[f"{head}.{name}"] = value
    return found


@dataclass(eq=False)
class Entry:
    """A run with its place in the table; see ``RunRow`` for what the fields mean."""

    run: "Run"
    number: int
    style: int
    parent: tuple[int, int] | None
    changes: Mapping[str, Any]
    by_hand: tuple[tuple[str, float], ...] = ()
    name: str = ""
    visible: bool = False
    racing: bool = False
    drawn: "RunView | None" = None  # as a ghost
    steering: Steering = field(default_factory=Steering)

    @property
    def diverged(self) -> bool:
        """Whether its loss stopped being a finite number."""
        ended = self.run.ended
        return ended is not None and ended.rule is Rule.NON_FINITE


class RunBook:
    """The runs, the one in hand, and the ways back to those before it.

    Attributes:
        current: the entry in hand, or None before the first.
        past, future: those in hand before it, the latest last, and those that undo left.
    """

    def __init__(self) -> None:
        self.current: Entry | None = None
        self.past: list[Entry] = []
        self.future: list[Entry] = []
        self._entries: list[Entry] = []

    # Which run is in hand.

    def take(self, entries: Sequence[Entry], current: Entry) -> None:
        """These are the runs from now on, and there is nothing to undo."""
        self._entries, self.current = list(entries), current
        self.past, self.future = [], []

    def take_from(self, other: "RunBook") -> None:
        """The runs of another book, which goes."""
        assert other.current is not None
        self.take(other._entries, other.current)

    def put_aside(self, *, forget: bool) -> None:
        """The run in hand becomes the one that undo brings back, or (``forget``) is dropped."""
        entry, self.current = self.current, None
        if entry is None:
            return
        if forget:
            self._entries.remove(entry)
        else:
            self._leave(entry, self.past)

    def begin(self, run: "Run") -> None:
        """A new run is in hand; what was undone can no longer be redone."""
        first = self._entries[0].run.experiment if self._entries else run.experiment
        self.current = self._add(run, None, differences(first, run.experiment))
        self._close_future()

    def begin_nothing(self) -> None:
        """No run is in hand, for there is nothing to train on; nor can anything be redone."""
        self._close_future()

    def branch(self, run: "Run") -> None:
        """A branch of the run in hand takes its place, and that one stays as a ghost."""
        parent = self.current
        assert parent is not None
        assert run.parent is not None
        step = run.parent[1]
        changes: dict[str, Any] = {}
        own = [event for event in run.events if event not in parent.run.events]
        for event in own:
            changes.update(event.changes)
        parent.visible = True
        self.past.append(parent)
        self.current = self._add(run, (parent.number, step), changes)
        self.current.by_hand = self._by_hand(run, own)
        self.end_race()
        self._close_future()

    def race(self, runs: list["Run"]) -> None:
        """Several new runs, the first of them in hand, the others beside it; no other is drawn."""
        self.end_race()
        for entry in self._entries:
            entry.visible = False
        first = runs[0].experiment
        added = [self._add(run, None, differences(first, run.experiment)) for run in runs]
        for entry in added:
            entry.visible = entry.racing = True
        self.current = added[0]
        self._close_future()

    def end_race(self) -> None:
        """Its runs stay, each for itself."""
        for entry in self._entries:
            entry.racing = False

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the run in hand to take back, or a run before it."""
        return bool(self.past) or (self.current is not None and self.current.steering.can_undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is something that undo took back."""
        return bool(self.future) or (self.current is not None and self.current.steering.can_redo)

    def swap(self, *, undo: bool) -> bool:
        """Undo or redo; returns whether there was anything to bring back."""
        source, other = (self.past, self.future) if undo else (self.future, self.past)
        if not source:
            return False
        if self.current is not None:
            self._leave(self.current, other)
        self.current = entry = source.pop()
        entry.number = entry.number or self._next_number()
        return True

    @staticmethod
    def _leave(entry: Entry, ways_back: list[Entry]) -> None:
        ways_back.append(entry)
        if not entry.run.head:
            entry.number = 0  # not in the table: the next one takes its number

    def make_current(self, number: int) -> bool:
        """Take this run in hand; undo brings back the one before."""
        entry = self._find(number)
        if entry is None or entry is self.current:
            return False
        if self.current is not None:
            self.current.visible = True
            self.past.append(self.current)
        self.current = entry
        self._close_future()
        return True

    # What is done to the others.

    def delete(self, number: int) -> None:
        """Forget a run that is not in hand, for good."""
        entry = self._find(number)
        if entry is not None and entry is not self.current:
            self._drop(entry)

    def rename(self, number: int, name: str) -> None:
        """Call a run by another name; "" is its number again."""
        if (entry := self._find(number)) is not None:
            entry.name = name

    def show(self, number: int, on: bool) -> None:
        """Draw a run behind the one in hand, or not."""
        if (entry := self._find(number)) is not None:
            entry.visible = on

    # What is seen.

    @property
    def racers(self) -> list[Entry]:
        """The runs of the race in hand (the one in hand first), or none."""
        current = self.current
        if current is None or not current.racing:
            return []
        others = [e for e in self._entries if e.racing and e is not current]
        return [current, *others] if others else []

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Those in the table: every run that has begun, and the one in hand."""
        return tuple(
            entry
            for entry in self._entries
            if entry is self.current or entry.racing or entry.run.head
        )

    def rows(self) -> tuple[RunRow, ...]:
        """The table."""
        racers = self.racers
        return tuple(self._row(entry, racing=entry in racers) for entry in self.listed)

    def _row(self, entry: Entry, *, racing: bool) -> RunRow:
        run = entry.run
        loss = run.last_loss
        return RunRow(
            run.id,
            entry.number,
            entry.name,
            entry.style,
            entry.parent,
            entry.changes if entry.parent else {**entry.changes, **self._events_of(run)},
            run.epochs.length,
            run.head,
            loss,
            entry.diverged,
            entry.visible,
            entry is self.current,
            racing,
            entry.by_hand if entry.parent else self._by_hand(run, run.events),
        )

    @staticmethod
    def _by_hand(run: "Run", events: Sequence["Event"]) -> tuple[tuple[str, float], ...]:
        """Of a parameter that was set more than once, the last value."""
        form = run.experiment.form
        hands = [event.by_hand for event in events if event.by_hand is not None]
        return tuple({place_name(form, *hand.place): hand.value for hand in hands}.items())

    @staticmethod
    def _events_of(run: "Run") -> dict[str, Any]:
        changes = differences(run.experiment, run.latest)
        return {path: value for path, value in changes.items() if path in STEERING}

    def ghosts(self) -> tuple[Ghost, ...]:
        """The visible runs that are not in hand; a race's move, the others rest."""
        found = []
        for entry in self._entries:
            if not entry.visible or entry is self.current or not entry.run.learner.ready:
                continue
            run, drawn = entry.run, entry.drawn
            place = (run.learner.step, run.head, run.phase)
            if drawn is None or (drawn.step, drawn.head, drawn.phase) != place:
                entry.drawn = drawn = run.view()
            found.append(Ghost(entry.number, entry.name, entry.style, drawn))
        return tuple(found)

    # Keeping it small.

    def _add(self, run: "Run", parent: tuple[int, int] | None, changes: Mapping[str, Any]) -> Entry:
        worn = {entry.style for entry in self._entries}
        style = next(each for each in count() if each not in worn)
        entry = Entry(run, self._next_number(), style, parent, changes)
        self._entries.append(entry)
        return entry

    def _next_number(self) -> int:
        return max((entry.number for entry in self._entries), default=0) + 1

    def run_of(self, run_id: int) -> "Run | None":
        """The run with this id (``RunView.run_id``), if it is still kept."""
        return next((e.run for e in self._entries if e.run.id == run_id), None)

    def _find(self, number: int) -> Entry | None:
        return next((entry for entry in self._entries if entry.number == number), None)

    def _drop(self, entry: Entry) -> None:
        for entries in (self._entries, self.past, self.future):
            while entry in entries:
                entries.remove(entry)

    def _close_future(self) -> None:
        """What was undone can't be redone any more; the oldest go over the bounds."""
        for entry in self.future:
            if not entry.run.head and entry not in self.past and entry is not self.current:
                self._entries.remove(entry)
        self.future.clear()
        spare = [e for e in self._entries if e is not self.current and not e.racing]
        total = sum(each.run.nbytes for each in spare)
        begun = Counter(each.run.head > 0 for each in spare)
        for entry in spare[:-1]:
            trained = entry.run.head > 0
            if begun[trained] <= (MOST_RUNS if trained else MOST_STARTS) and total <= MOST_BYTES:
                continue
            self._drop(entry)
            begun[trained] -= 1
            total -= entry.run.nbytes
