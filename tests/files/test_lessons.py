"""The lessons: every number they claim is true, and a broken file is refused in words."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guitrain.core.experiment import Experiment
from guitrain.core.run import Run
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.languages import TRANSLATED
from guitrain.lessons import (
    LESSONS,
    Check,
    Lesson,
    Page,
    Reading,
    lesson,
    lesson_of,
    read_lesson,
    reading_of,
)
from guitrain.presets import preset
from guitrain.resources import resource
from guitrain.sentences import install_translator

SOURCE = resource("lessons", "steps.json")


@cache
def finished(text: str) -> Run:
    run = Run(Experiment.from_json(json.loads(text)))
    run.run()
    return run


def measured(run: Run, check: Check) -> float:
    """What a check is of, taken from the run's record."""
    view, facts = run.view(), run.view().facts
    test, low = run.test(), view.best
    if check.what == "loss":
        assert check.epoch is not None
        return float(view.epochs.value("loss", check.epoch - 1) or 0.0)
    if check.what in ("w", "b"):
        if check.epoch is None:
            assert view.numbers is not None
            return float(view.numbers["wb".index(check.what)])
        # Row k is what was there before update k + 1; these runs have one update an epoch.
        assert run.settings.batch_size is None
        return float(view.steps.value(check.what, check.epoch) or 0.0)
    if check.what == "predicted":
        assert check.x is not None
        return run.apply([[check.x]])[0].predicted
    known: dict[str, Any] = {
        "final_loss": view.final_loss,
        "test_loss": test.test and test.test.mse,  # type: ignore[union-attr]
        "epochs": view.stopped and view.stopped.epoch,
        "steps": view.stopped and view.stopped.step,
        "best_epoch": low and view.number_of(low),
        "best_validation": low and low.loss,
        "validation_loss": test.validation and test.validation.mse,  # type: ignore[union-attr]
        "best_loss": facts.best_loss,
        "noise_floor": facts.expected_loss,
        "overshoots_from": facts.bands and facts.bands.overshoots,
        "limit": facts.stability_limit,
    }
    return float(known[check.what])


@pytest.mark.parametrize("name", LESSONS)
def test_what_a_lesson_says_of_its_runs_is_true(name: str) -> None:
    start, found = None, 0
    for page in lesson(name).pages:
        start = page.start or start
        assert start is not None, page.title
        for check in page.checks:
            run = finished(json.dumps(start.experiment.to_json()))
            told = measured(run, check)
            assert abs(told - check.value) <= 1.001 * check.tolerance, (page.title, check, told)
            told_in = " ".join((page.text.replace("\n", " "), *page.tasks))
            assert check.text in told_in, (page.title, check)
            found += 1
    assert 4 <= len(lesson(name).pages) <= 7
    assert found >= 4


@pytest.fixture
def english_after() -> Iterator[None]:
    yield
    install_translator(None)


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", LESSONS)
def test_a_translated_lesson_is_the_same_lesson(
    language: str, name: str, english_after: None
) -> None:
    english = lesson(name)
    install_translator(None, language)
    other = lesson(name)
    assert other.name == english.name == name
    assert other.title != english.title
    for page, told in zip(english.pages, other.pages, strict=True):
        same = ("start", "panels", "locked", "hidden", "checks")
        assert [getattr(page, each) for each in same] == [getattr(told, each) for each in same]
        assert len(page.tasks) == len(told.tasks)
        words = " ".join((told.text, *told.tasks))
        for check in page.checks:  # each is true of its run, as the English text says
            assert check.text in words, (told.title, check)
        paragraphs = [len(re.split(r"\n{2,}", each.text.strip())) for each in (page, told)]
        assert paragraphs[0] == paragraphs[1], told.title
        numbers = [set(re.findall(r"\d+\.\d+", f"{p.text} {p.tasks}")) for p in (page, told)]
        assert numbers[0] == numbers[1], told.title
    folder = resource("lessons", language)
    assert {path.stem for path in folder.iterdir()} == set(LESSONS)
    for obj in (json.loads(path.read_text("utf-8")) for path in folder.iterdir()):
        assert set(obj) == {"title", "pages"}
        assert all(set(page) <= {"title", "text", "tasks"} for page in obj["pages"])


def write(path: Path, change: dict[str, Any], *, page: bool = True) -> Path:
    obj = json.loads(SOURCE.read_text("utf-8"))
    (obj["pages"][1] if page else obj).update(change)
    path.write_text(json.dumps(obj), "utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"text": "one text"}, "pages[2].text"),
        ({"title": 3}, "pages[2].title"),
        ({"titel": "x"}, "pages[2].titel"),
        ({"preset": "no such"}, "pages[2].preset"),
        ({"preset": []}, "pages[2].preset"),
        ({"changes": {}}, "pages[2].changes"),
        ({"preset": "article", "changes": {"learning_rate": -1}}, "pages[2].changes: Learning"),
        ({"preset": "article", "changes": {"data": ["x"]}}, "pages[2].changes"),
        ({"preset": "article", "changes": {"stop": 5}}, "pages[2].changes"),
        ({"preset": "article", "experiment": {}}, "pages[2].experiment"),
        ({"experiment": {}}, "pages[2].experiment"),
        ({"pace": 5}, "pages[2].pace"),
        ({"preset": "article", "pace": "fast"}, "pages[2].pace"),
        ({"panels": "fit"}, "pages[2].panels"),
        ({"locked": [1]}, "pages[2].locked"),
        ({"hidden": "run"}, "pages[2].hidden"),
        ({"tasks": ["Press Run", "two\nlines"]}, "pages[2].tasks[2]"),
        ({"tasks": [""]}, "pages[2].tasks[1]"),
        ({"tasks": ["x"] * 31}, "pages[2].tasks"),
        ({"text": ["\t" * 20_000 + "x"]}, "pages[2].text"),  # for which Qt would take for ever
        ({"text": ["x" * 4_000] * 20}, "pages[2].text"),
        ({"title": "x" * 301}, "pages[2].title"),
        ({"checks": [{"what": "loss", "value": "1"}]}, "pages[2].checks[1]"),
        ({"checks": [{"what": [], "value": "1"}]}, "pages[2].checks[1]"),
        ({"checks": [{"what": "b", "value": "one"}]}, "pages[2].checks[1].value"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: dict[str, Any], place: str) -> None:
    path = write(tmp_path / "mine.json", change)
    with pytest.raises(FileProblem) as caught:
        read_lesson(path)
    assert caught.value.code == "bad_lesson"
    sentence = file_sentence(caught.value)
    assert place in sentence
    assert "mine.json" in sentence


def test_other_files_and_newer_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    for content in (b"", b"[" * 100_000, b'{"format": "x"}', b"\x80\x04", b"[1]"):
        path.write_bytes(content)
        with pytest.raises(FileProblem, match="not_lesson"):
            read_lesson(path)
    with pytest.raises(FileProblem, match="newer_lesson"):
        read_lesson(write(path, {"version": 2}, page=False))
    for odd in (True, 0, "1", None):
        with pytest.raises(FileProblem, match="bad_lesson"):
            read_lesson(write(path, {"version": odd}, page=False))


def test_a_lesson_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    path, content = tmp_path / "mine.json", SOURCE.read_bytes().rstrip()
    for length in range(0, len(content), 97):
        path.write_bytes(content[:length])
        with pytest.raises(FileProblem):
            read_lesson(path)


OWN: dict[str, Any] = {
    "format": "guitrain-lesson",
    "version": 1,
    "title": "Mine",
    "pages": [
        {
            "title": "One",
            "text": ["# Look", ""],
            "tasks": ["Press *Run*"],
            "experiment": preset("four_points").experiment.to_json(),
            "pace": 5,
            "panels": ["fit"],
            "locked": ["epochs"],
            "hidden": ["run", "open_loss"],
        },
        {
            "title": "Two",
            "text": [""],
            "tasks": ["Look", "Think"],
            "preset": "article",
            "changes": {"learning_rate": 0.02},
            "checks": [{"what": "predicted", "value": "1", "x": 1.0}],
        },
    ],
}


def paths_in(obj: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(obj, dict | list):
        for key in list(obj) if isinstance(obj, dict) else range(len(obj)):
            yield (*at, key)
            yield from paths_in(obj[key], (*at, key))


def test_whatever_is_taken_away_or_of_another_kind_is_a_lesson_or_refused() -> None:
    lesson_of(OWN, SOURCE)
    odd: tuple[Any, ...]
    odd = (None, True, -1, 1e300, "", "x", [], {}, [[]], {"x": []}, 99, np.ones(2), object())
    codes: list[str] = []
    for path in paths_in(OWN):
        for value in (..., *odd):
            made = copy.deepcopy(OWN)
            inside: Any = made
            for key in path[:-1]:
                inside = inside[key]
            if value is ...:
                del inside[path[-1]]
            else:
                inside[path[-1]] = value
            try:
                assert isinstance(lesson_of(made, SOURCE), Lesson)
            except FileProblem as problem:  # and nothing else
                codes.append(problem.code)
                assert file_sentence(problem).startswith("steps.json")  # noqa: PT017
    assert set(codes) == {"not_lesson", "newer_lesson", "bad_lesson"}
    assert len(codes) > 200


def test_where_one_reads_comes_back_from_plain_data() -> None:
    own = lesson_of(OWN, SOURCE)
    reading = Reading(own, 1, frozenset({(0, 0), (1, 1)}))
    plain = json.loads(json.dumps(reading.to_plain()))
    assert reading_of(own, plain) == reading
    assert own.plain == OWN
    for odd in (None, 3, {}, {"page": 2}, {"page": -1}, {"page": "1"}, {"page": True}):
        assert reading_of(own, odd) is None
    many: list[Any] = [None, 3, "x", [3], [[0]], [[0, 1]], [[2, 0]], [["x", 0]], [[[], []]]]
    for done in many:
        found = reading_of(own, {"page": 0, "done": done})
        assert found == Reading(own)


def test_a_page_may_bring_an_experiment_of_its_own(tmp_path: Path) -> None:
    own = preset("iris").experiment
    change = {"experiment": own.to_json(), "pace": 3}
    page: Page = read_lesson(write(tmp_path / "mine.json", change)).pages[1]
    assert page.start is not None
    assert page.start.experiment == own
    assert page.start.pace.per_second == 3
