"""A lesson that is being written: the object that its file will hold, and what it lacks yet."""

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guitrain.core.experiment import Experiment
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.lessons import (
    FASTEST,
    FORMAT,
    MOST_LINE,
    MOST_PAGES,
    MOST_TASKS,
    MOST_TEXT,
    MOST_TITLE,
    SLOWEST,
    VERSION,
    Lesson,
    lesson_of,
)
from guitrain.presets import Preset
from guitrain.sentences import translate
from guitrain.snapshot import Pace

_OF_START = ("preset", "changes", "experiment", "pace", "panels", "checks")


class Draft:
    """Pages as they are in a file, in the order in which they will be read; one at least.

    Attributes:
        plain: the whole object. at: the page that is being written, from 0.
    """

    def __init__(self, plain: Mapping[str, Any] | None = None) -> None:
        empty = {"format": FORMAT, "version": VERSION, "title": "", "pages": [_new_page()]}
        self.plain: dict[str, Any] = copy.deepcopy(dict(plain or empty))
        self.at = 0
        self._saved: dict[str, Any] | None = copy.deepcopy(self.plain)

    @property
    def pages(self) -> list[dict[str, Any]]:
        """All pages."""
        pages: list[dict[str, Any]] = self.plain["pages"]
        return pages

    @property
    def page(self) -> dict[str, Any]:
        """The one that is being written."""
        return self.pages[self.at]

    @property
    def modified(self) -> bool:
        """Whether it is another than it was at first, or when it was last saved."""
        return self.plain != self._saved

    def mark_unsaved(self) -> None:
        """It is in no file of the user's."""
        self._saved = None

    def mark_saved(self) -> None:
        """It is in a file as it is."""
        self._saved = copy.deepcopy(self.plain)

    # The pages.

    def add(self) -> None:
        """A new page after the present one, with the same controls withheld, is the present one."""
        if len(self.pages) < MOST_PAGES:
            page = _new_page()
            for name in ("locked", "hidden"):
                if name in self.page:
                    page[name] = list(self.page[name])
            self.at += 1
            self.pages.insert(self.at, page)

    def remove(self) -> None:
        """The present page goes; the last one that there is stays."""
        if len(self.pages) > 1:
            del self.pages[self.at]
            self.at = min(self.at, len(self.pages) - 1)

    def move(self, by: int) -> None:
        """The present page so many places further, as far as there are places."""
        to = self.at + by
        if 0 <= to < len(self.pages):
            self.pages.insert(to, self.pages.pop(self.at))
            self.at = to

    # The page.

    def set_text(self, text: str) -> None:
        """The page's Markdown."""
        self.page["text"] = text.split("\n")

    def set_tasks(self, text: str) -> None:
        """The page's tasks, one in a line."""
        self._set("tasks", [line.strip() for line in text.split("\n") if line.strip()])

    def set_withheld(self, locked: Iterable[str], hidden: Iterable[str]) -> None:
        """The controls that the page locks or hides."""
        self._set("locked", list(locked))
        self._set("hidden", list(hidden))

    def _set(self, name: str, values: list[str]) -> None:
        if values:
            self.page[name] = values
        else:
            self.page.pop(name, None)

    def begin_with(self, experiment: Experiment, pace: Pace, panels: Iterable[str]) -> None:
        """The page begins with this experiment, played at this pace, with these panels open."""
        self.keep_window()
        per_second = min(max(pace.per_second, SLOWEST), FASTEST)
        begun = {"experiment": experiment.to_json(), "pace": per_second, "panels": list(panels)}
        self.page.update(begun)

    def keep_window(self) -> None:
        """The page leaves run and panels as they are."""
        for name in _OF_START:
            self.page.pop(name, None)

    @property
    def start(self) -> Preset | None:
        """What the present page begins with, whatever else it lacks."""
        known = {name: self.page[name] for name in _OF_START[:4] if name in self.page}
        page = {"title": "1", "text": [], **known}
        whole = {"format": FORMAT, "version": VERSION, "title": "1", "pages": [page]}
        return lesson_of(whole, Path()).pages[0].start

    # The whole.

    def finished(self) -> Lesson | str:
        """The lesson, or a sentence that says what it lacks."""
        if not self.plain["title"].strip():
            return translate("LessonEditor", "Give the lesson a title.")
        for number, page in enumerate(self.pages, start=1):
            text, tasks = "\n".join(page["text"]), page.get("tasks", [])
            if not page["title"].strip():
                sentence = translate("LessonEditor", "Give page {page} a title.")
            elif len(text) > MOST_TEXT or max(map(len, text.split("\n"))) > MOST_LINE:
                sentence = translate(
                    "LessonEditor",
                    "The text of page {page} is too long: at most {text} characters, and {line} in "
                    "a paragraph. Make two pages of it.",
                )
            elif len(tasks) > MOST_TASKS or max(map(len, tasks), default=0) > MOST_TITLE:
                sentence = translate(
                    "LessonEditor",
                    "Page {page} has too many tasks, or too long ones: at most {tasks}, of {task} "
                    "characters each.",
                )
            else:
                continue
            return sentence.format(
                page=number,
                text=f"{MOST_TEXT:,}",
                line=f"{MOST_LINE:,}",
                tasks=MOST_TASKS,
                task=MOST_TITLE,
            )
        try:
            return lesson_of(copy.deepcopy(self.plain), Path(self.plain["title"]))
        except FileProblem as problem:
            return file_sentence(problem)


def kept_draft(obj: object) -> Draft | None:
    """The draft that ``plain`` was of, or None for anything else: it comes out of a file."""
    try:
        filled: Any = copy.deepcopy(obj)
        for page in (filled, *filled["pages"]):
            if not isinstance(page["title"], str):
                return None
            page["title"] = "1"
        for page in filled["pages"]:
            for lines in (page["text"], page.get("tasks", [])):
                if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
                    return None
            page |= {"text": [], "tasks": []}
        lesson_of(filled, Path())
    except (KeyError, TypeError, AttributeError, FileProblem):
        return None
    assert isinstance(obj, Mapping)
    draft = Draft(obj)
    draft.mark_unsaved()
    return draft


def _new_page() -> dict[str, Any]:
    return {"title": "", "text": [""]}
