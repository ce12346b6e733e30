"""The lessons: pages to be read beside the window. Those that the app comes with are files in
``resources/lessons``; a teacher's own is a part of an experiment file.

A lesson is a JSON object: ``format`` "guitrain-lesson", ``version`` 1, ``title``, and ``pages``,
a list of objects with

    title       one line
    text        Markdown, as a list of lines; nothing is loaded for it, and HTML is text like any
    tasks       what is to be done, to be ticked off: lines of text, plain but for *italics*
    preset      the name of a preset to start, with ``changes`` (settings by path, such as
                "stop.epochs") where it is to differ; or
    experiment  a whole experiment, as ``Experiment.to_json`` gives it. With neither, the run stays.
    pace        at which it is played, in epochs per second (a preset has one of its own)
    panels      names of the panels that are open with the page; without it, they stay as they are
    locked      names of controls that cannot be used on the page, nor the keys that stand for them:
                settings by their names, and what ``ui.withholding`` lists of the toolbar
    hidden      the same, of those that are not even there; "open_…" hides a panel and its button
    checks      what the text claims of the run: objects with ``what`` (one of ``CHECKED``),
                ``value`` (as it stands in the text), and ``epoch`` or ``x`` where it needs one.
                They are for tests, of the experiment that the page has from here or from before.

Only ``title`` and ``text`` must be there. In ``resources/lessons/LANGUAGE`` are the titles, texts
and tasks of the same pages in another language, and nothing else. A name that this app has no
control for is passed over.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.files.problems import FileProblem
from guitrain.files.reading import read_limited
from guitrain.presets import PRESETS, Preset, preset
from guitrain.resources import resource
from guitrain.sentences import language_in_use, problem_sentence
from guitrain.snapshot import Pace

FORMAT = "guitrain-lesson"
VERSION = 1
MOST_BYTES = 20_000_000
_USUAL_PACE = 10.0  # epochs per second
MOST_PAGES, _MOST_NAMES = 200, 200
MOST_LINE, MOST_TEXT, MOST_TASKS = 5_000, 50_000, 30  # characters, of a page; tasks of a page
MOST_TITLE = 300  # characters, of a title or a task
SLOWEST, FASTEST = 0.1, 1000.0  # epochs per second

LESSONS = ("steps", "learning_rate", "noise", "batch_size", "stopping", "curve")

CHECKED = (
    "loss",  # of an epoch, as it is recorded
    "w",  # after so many epochs (without ``epoch``: at the end)
    "b",
    "final_loss",  # the rest is of the end of the run
    "test_loss",
    "epochs",
    "steps",
    "predicted",  # for ``x``
    "best_epoch",  # of the lowest validation loss
    "best_validation",
    "validation_loss",
    "best_loss",  # the least that the model can reach
    "noise_floor",
    "overshoots_from",  # learning rates
    "limit",
)


@dataclass(frozen=True)
class Check:
    """A number that a page claims, as it stands in its text."""

    what: str
    text: str
    epoch: int | None = None
    x: float | None = None

    @property
    def value(self) -> float:
        """The number."""
        return _number(self.text)

    @property
    def tolerance(self) -> float:
        """Half of its last digit."""
        return 0.5 * 10.0 ** -len(self.text.partition(".")[2])


@dataclass(frozen=True)
class Page:
    """One page; ``start`` is what it begins with, None where the run stays as it is, ``panels``
    are those that are open, None where they stay.
    """

    title: str
    text: str
    start: Preset | None = None
    panels: tuple[str, ...] | None = None
    tasks: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A title and its pages, one at least; ``plain`` is the object that it was read from, ``name``
    that of one of the app's own.
    """

    title: str
    pages: tuple[Page, ...]
    plain: Mapping[str, Any] = field(compare=False, repr=False)
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Reading:
    """A lesson that is being read: ``at`` a page, with tasks done, as (page, task), from 0."""

    lesson: Lesson
    at: int = 0
    done: frozenset[tuple[int, int]] = frozenset()

    @property
    def page(self) -> Page:
        """The page that is read."""
        return self.lesson.pages[self.at]

    def to_plain(self) -> dict[str, Any]:
        """What a file says of it besides the lesson."""
        return {"page": self.at, "done": sorted(map(list, self.done))}


def reading_of(lesson: Lesson, obj: object) -> Reading | None:
    """What ``Reading.to_plain`` gave, as far as it can be understood; None: it was not begun."""
    if not isinstance(obj, Mapping):
        return None
    at: Any = obj.get("page")
    done = obj.get("done")
    if not _is_whole(at) or not 0 <= at < len(lesson.pages):
        return None
    known = {(p, t) for p, page in enumerate(lesson.pages) for t in range(len(page.tasks))}
    pairs = {tuple(pair) for pair in done if _is_pair(pair)} if isinstance(done, list) else set()
    return Reading(lesson, at, frozenset(known & pairs))


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value))


def lesson(name: str) -> Lesson:
    """One of the app's own by name, in the language in use if it was translated; raises KeyError
    for a name that is not in ``LESSONS``, and FileProblem.
    """
    if name not in LESSONS:
        raise KeyError(name)
    return _own_lesson(name, language_in_use())


@cache
def _own_lesson(name: str, language: str) -> Lesson:
    path, words = (resource("lessons", *each, f"{name}.json") for each in ((), (language,)))
    obj = _read_json(path)
    if words.exists():
        obj = _in_other_words(obj, _read_json(words))
    return replace(lesson_of(obj, path), name=name)


def _in_other_words(obj: Any, words: Any) -> Any:
    """A lesson with the titles, texts and tasks of its translation, which has nothing else."""
    pairs = zip(obj["pages"], words["pages"], strict=True)
    return obj | {"title": words["title"], "pages": [page | told for page, told in pairs]}


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file, checked field by field.

    Raises FileProblem: of reading, "not_lesson" for another file, "newer_lesson" for one of a
    later version, "bad_lesson" with the place and what is wrong there.
    """
    return lesson_of(_read_json(path), path)


def _read_json(path: Path) -> Any:
    content = read_limited(path, MOST_BYTES)
    try:
        return json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FileProblem("not_lesson", path) from error


def lesson_of(obj: object, path: Path) -> Lesson:
    """The lesson that a JSON object is, checked field by field; ``path`` is for the problem.

    Raises FileProblem as ``read_lesson``.
    """
    if not isinstance(obj, dict) or not _is_json(obj) or obj.get("format") != FORMAT:
        raise FileProblem("not_lesson", path)
    version: Any = obj.get("version")
    if _is_whole(version) and version > VERSION:
        raise FileProblem("newer_lesson", path, {"found": version, "known": VERSION})
    try:
        if not _is_whole(version) or version < 1:
            raise _Bad("version")
        return _lesson(obj)
    except _Bad as bad:
        raise FileProblem("bad_lesson", path, {"detail": str(bad)}) from bad


class _Bad(Exception):  # noqa: N818
    """Where a lesson is wrong, and perhaps why."""


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _is_json(value: object) -> bool:
    """Whether it is made of what JSON knows: of an experiment file, it might hold arrays."""
    if isinstance(value, list):
        return all(map(_is_json, value))
    if isinstance(value, dict):
        return all(map(_is_json, value.values()))
    return value is None or isinstance(value, str | int | float)


def _lesson(obj: Mapping[str, Any]) -> Lesson:
    _known(obj, {"format", "version", "title", "pages"}, "")
    pages = obj.get("pages")
    if not isinstance(pages, list) or not 1 <= len(pages) <= MOST_PAGES:
        raise _Bad("pages")
    made = tuple(_page(page, f"pages[{index}]") for index, page in enumerate(pages, start=1))
    return Lesson(_line(obj, "title", ""), made, obj)


_OF_PAGE = {"title", "text", "tasks", "preset", "changes", "experiment", "pace", "panels", "locked",
            "hidden", "checks"}  # fmt: skip


def _page(obj: object, at: str) -> Page:
    if not isinstance(obj, dict):
        raise _Bad(at)
    _known(obj, _OF_PAGE, at)
    checks = obj.get("checks", [])
    if not isinstance(checks, list):
        raise _Bad(f"{at}.checks")
    return Page(
        _line(obj, "title", at),
        _text(obj.get("text"), f"{at}.text"),
        _start(obj, at),
        _names(obj["panels"], f"{at}.panels") if "panels" in obj else None,
        _tasks(obj.get("tasks", []), f"{at}.tasks"),
        _names(obj.get("locked", []), f"{at}.locked"),
        _names(obj.get("hidden", []), f"{at}.hidden"),
        tuple(_check(each, f"{at}.checks[{n}]") for n, each in enumerate(checks, start=1)),
    )


def _text(lines: object, at: str) -> str:
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _Bad(at)
    text = "\n".join(lines)
    # What is longer would take Qt's Markdown its time; far longer lines, for ever.
    if len(text) > MOST_TEXT or max(map(len, text.split("\n"))) > MOST_LINE:
        raise _Bad(at)
    return text


def _tasks(tasks: object, at: str) -> tuple[str, ...]:
    if not isinstance(tasks, list) or len(tasks) > MOST_TASKS:
        raise _Bad(at)
    return tuple(_one_line(task, f"{at}[{n}]") for n, task in enumerate(tasks, start=1))


def _start(obj: Mapping[str, Any], at: str) -> Preset | None:
    if "preset" in obj and "experiment" in obj:
        raise _Bad(f"{at}.experiment")
    if "changes" in obj and "preset" not in obj:
        raise _Bad(f"{at}.changes")
    if "preset" in obj:
        if obj["preset"] not in PRESETS:
            raise _Bad(f"{at}.preset")
        made = preset(obj["preset"])
        changes = obj.get("changes", {})
        if not isinstance(changes, dict):
            raise _Bad(f"{at}.changes")
        plain = {path: _plain(value) for path, value in changes.items()}
        experiment = _built(lambda: made.experiment.changed(plain), f"{at}.changes")
        made = replace(made, experiment=experiment)
    elif "experiment" in obj:
        experiment = _built(lambda: Experiment.from_json(obj["experiment"]), f"{at}.experiment")
        made = Preset("", experiment, Pace(_USUAL_PACE), ())
    elif "pace" in obj:
        raise _Bad(f"{at}.pace")
    else:
        return None
    if "pace" in obj:
        pace = obj["pace"]
        if not _is_number(pace) or not SLOWEST <= pace <= FASTEST:
            raise _Bad(f"{at}.pace")
        made = replace(made, pace=Pace(float(pace)))
    return made


def _built(build: Callable[[], Experiment], at: str) -> Experiment:
    try:
        return build()
    except ExperimentProblem as problem:
        raise _Bad(f"{at}: {problem_sentence(problem)}") from problem


def _plain(value: Any) -> Any:
    return tuple(map(_plain, value)) if isinstance(value, list) else value


def _check(obj: object, at: str) -> Check:
    if not isinstance(obj, dict) or obj.get("what") not in CHECKED:
        raise _Bad(at)
    _known(obj, {"what", "value", "epoch", "x"}, at)
    epoch, x, text = obj.get("epoch"), obj.get("x"), obj.get("value")
    if epoch is not None and (not _is_whole(epoch) or epoch < 0):
        raise _Bad(f"{at}.epoch")
    if x is not None and not _is_number(x):
        raise _Bad(f"{at}.x")
    if not isinstance(text, str):
        raise _Bad(f"{at}.value")
    try:
        _number(text)
    except ValueError as error:
        raise _Bad(f"{at}.value") from error
    if (obj["what"] == "predicted") != (x is not None) or (obj["what"] == "loss" and not epoch):
        raise _Bad(at)
    return Check(obj["what"], text, epoch, x)


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def _line(obj: Mapping[str, Any], name: str, at: str) -> str:
    return _one_line(obj.get(name), f"{at}.{name}".lstrip("."))


def _one_line(value: object, at: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value or len(value) > MOST_TITLE:
        raise _Bad(at)
    return value


def _names(value: object, at: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_NAMES:
        raise _Bad(at)
    if not all(isinstance(name, str) for name in value):
        raise _Bad(at)
    return tuple(value)


def _known(obj: Mapping[str, Any], known: set[str], at: str) -> None:
    if odd := sorted(set(obj) - known):
        raise _Bad(f"{at}.{odd[0]}".lstrip("."))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
