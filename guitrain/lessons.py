"""The lessons: pages to be read beside the window. Those that the app comes with are files in
``resources/lessons``.

A lesson is a JSON object: ``format`` "guitrain-lesson", ``version`` 1, ``title``, and ``pages``,
a list of objects with

    title       one line
    text        Markdown, as a list of lines
    preset      the name of a preset to start, with ``changes`` (settings by path, such as
                "stop.epochs") where it is to differ; or
    experiment  a whole experiment, as ``Experiment.to_json`` gives it. With neither, the run stays.
    pace        at which it is played, in epochs per second (a preset has one of its own)
    panels      names of the panels that are open with the page; without it, they stay as they are
    locked      names of settings (and "preset") that cannot be changed on the page
    checks      what the text claims of the run: objects with ``what`` (one of ``CHECKED``),
                ``value`` (as it stands in the text), and ``epoch`` or ``x`` where it needs one.
                They are for tests, of the experiment that the page has from here or from before.

Only ``title`` and ``text`` must be there.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.files.problems import FileProblem
from guitrain.files.reading import read_limited
from guitrain.presets import PRESETS, Preset, preset
from guitrain.resources import resource
from guitrain.sentences import problem_sentence
from guitrain.snapshot import Pace

FORMAT = "guitrain-lesson"
VERSION = 1
MOST_BYTES = 20_000_000
_USUAL_PACE = 10.0  # epochs per second
_MOST_PAGES, _MOST_NAMES = 200, 100
_SLOWEST, _FASTEST = 0.1, 1000.0

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
    locked: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A title and its pages, one at least."""

    title: str
    pages: tuple[Page, ...]


@cache
def lesson(name: str) -> Lesson:
    """One of the app's own by name; raises KeyError for a name that is not in ``LESSONS``, and
    FileProblem.
    """
    if name not in LESSONS:
        raise KeyError(name)
    return read_lesson(resource("lessons", f"{name}.json"))


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file, checked field by field.

    Raises FileProblem: of reading, "not_lesson" for another file, "newer_lesson" for one of a
    later version, "bad_lesson" with the place and what is wrong there.
    """
    content = read_limited(path, MOST_BYTES)
    try:
        obj = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FileProblem("not_lesson", path) from error
    if not isinstance(obj, dict) or obj.get("format") != FORMAT:
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


def _lesson(obj: Mapping[str, Any]) -> Lesson:
    _known(obj, {"format", "version", "title", "pages"}, "")
    pages = obj.get("pages")
    if not isinstance(pages, list) or not 1 <= len(pages) <= _MOST_PAGES:
        raise _Bad("pages")
    made = tuple(_page(page, f"pages[{index}]") for index, page in enumerate(pages, start=1))
    return Lesson(_line(obj, "title", ""), made)


_OF_PAGE = {"title", "text", "preset", "changes", "experiment", "pace", "panels", "locked",
            "checks"}  # fmt: skip


def _page(obj: object, at: str) -> Page:
    if not isinstance(obj, dict):
        raise _Bad(at)
    _known(obj, _OF_PAGE, at)
    lines = obj.get("text")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _Bad(f"{at}.text")
    checks = obj.get("checks", [])
    if not isinstance(checks, list):
        raise _Bad(f"{at}.checks")
    return Page(
        _line(obj, "title", at),
        "\n".join(lines),
        _start(obj, at),
        _names(obj["panels"], f"{at}.panels") if "panels" in obj else None,
        _names(obj.get("locked", []), f"{at}.locked"),
        tuple(_check(each, f"{at}.checks[{n}]") for n, each in enumerate(checks, start=1)),
    )


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
        if not _is_number(pace) or not _SLOWEST <= pace <= _FASTEST:
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
    value = obj.get(name)
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise _Bad(f"{at}.{name}".lstrip("."))
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
