"""All the runs of a session as plain data, and back: what an experiment file holds. No Qt.

It belongs to the training thread.
"""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from guitrain.core.settings import STEERING
from guitrain.run_book import MOST_RUNS, Entry, RunBook, differences

if TYPE_CHECKING:
    from guitrain.core.record import Replay

_LONGEST_NAME = 200  # characters


def session_of(book: RunBook) -> dict[str, Any]:
    """The runs that the table shows, of which there must be one, and which is in hand (the last of
    them where an empty drawing is).
    """
    from guitrain.core.record import to_plain

    current = book.current or book.listed[-1]
    runs = [_entry_to_plain(entry) | {"run": to_plain(entry.run)} for entry in book.listed]
    return {"current": current.number, "runs": runs}


def _entry_to_plain(entry: Entry) -> dict[str, Any]:
    branch = entry.parent is not None
    return {
        "number": entry.number,
        "name": entry.name,
        "style": entry.style,
        "parent": list(entry.parent) if entry.parent is not None else None,
        "changes": dict(entry.changes) if branch else {},
        "by_hand": [list(pair) for pair in entry.by_hand] if branch else [],
        "visible": entry.visible,
        "racing": entry.racing,
    }


def book_of(session: Mapping[str, Any]) -> "tuple[RunBook, Replay]":
    """The runs of ``session_of``, and what the last stretch of the one in hand came to here.

    Raises RecordProblem for what no session is, ExperimentProblem where an experiment is at fault.
    """
    from guitrain.core.record import REPLAY_SECONDS, RecordProblem, run_of

    deadline = time.perf_counter() + REPLAY_SECONDS
    try:
        plain = [dict(each) for each in session["runs"]]
        if not 0 < len(plain) <= MOST_RUNS:
            raise RecordProblem(f"{len(plain)} runs")
        entries: list[Entry] = []
        replays: dict[int, Replay] = {}
        for each in plain:
            run, replay = run_of(each["run"], deadline)
            entry = _entry_of(each, run)
            if entry.parent is None:
                first = entries[0].run.experiment if entries else run.experiment
                entry.changes = differences(first, run.experiment)
            if entry.number in replays:
                raise RecordProblem("two runs of one number")
            entries.append(entry)
            replays[entry.number] = replay
        for entry in entries:
            above = next((e for e in entries if entry.parent and e.number == entry.parent[0]), None)
            if above is not None and entry.parent is not None:
                entry.run.parent = (above.run.id, entry.parent[1])
        current = session["current"]
        book = RunBook()
        book.take(entries, next(entry for entry in entries if entry.number == current))
    except (LookupError, TypeError, AttributeError, StopIteration) as error:
        raise RecordProblem(f"{type(error).__name__}: {error}") from error
    return book, replays[current]


def _entry_of(obj: Mapping[str, Any], run: Any) -> Entry:
    from guitrain.core.record import RecordProblem

    number, name, style, parent = obj["number"], obj["name"], obj["style"], obj["parent"]
    counts = [number, style, *(parent if parent is not None else ())]
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 10**9 for n in counts):
        raise RecordProblem("numbers of a run")
    if not isinstance(name, str) or len(name) > _LONGEST_NAME or len(counts) not in (2, 4):
        raise RecordProblem("name of a run")
    if number == 0 or not all(isinstance(obj[flag], bool) for flag in ("visible", "racing")):
        raise RecordProblem("flags of a run")
    changes = dict(obj["changes"])
    if not set(changes) <= set(STEERING):
        raise RecordProblem("changes of a branch")
    run.experiment.changed(changes)
    by_hand = tuple((str(name), float(value)) for name, value in obj["by_hand"])
    return Entry(
        run,
        number,
        style,
        (counts[2], counts[3]) if parent is not None else None,
        changes,
        by_hand,
        name,
        obj["visible"],
        obj["racing"],
    )
