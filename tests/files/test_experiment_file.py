"""Experiment files: whole, or refused in words."""

import base64
import json
import math
import pickle
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guitrain.core.experiment import Experiment
from guitrain.core.record import to_plain
from guitrain.core.run import Run
from guitrain.files import experiment_file
from guitrain.files.experiment_file import packed, read_session, unpacked, write_session
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.presets import PRESETS, preset
from guitrain.run_book import RunBook
from guitrain.session import book_of, session_of
from tests.core.test_record import same

HERE = Path("lesson.guitrain")
MOST_STEPS = 67  # of a preset: beyond its first epoch where it has batches, and within another


def session() -> dict[str, Any]:
    run = Run(preset("four_points").experiment)
    run.run_until(math.inf, 5)
    return {"current": 1, "runs": [{"number": 1, "run": to_plain(run)}]}


CONTENT = packed(session())


def refused(content: bytes, code: str) -> str:
    with pytest.raises(FileProblem) as caught:
        unpacked(content, HERE)
    assert caught.value.code == code
    sentence = file_sentence(caught.value)
    assert "lesson.guitrain" in sentence
    assert "{" not in sentence
    return sentence


def test_it_is_json_and_comes_back_bit_for_bit(tmp_path: Path) -> None:
    path = tmp_path / "a.guitrain"
    given = session()
    given["odd"] = np.array([[np.nan, np.inf, -0.0, 1e-310]])
    assert write_session(path, given) == path.stat().st_size
    plain = json.loads(path.read_text("utf-8"))
    assert (plain["format"], plain["version"]) == ("guitrain-session", 1)
    found = read_session(path)
    assert found["odd"].tobytes() == given["odd"].tobytes()
    one, other = given["runs"][0]["run"], found["runs"][0]["run"]
    assert one["experiment"] == other["experiment"]
    for name, column in one["steps"]["levels"][0]["low"].items():
        np.testing.assert_array_equal(column, other["steps"]["levels"][0]["low"][name])
        assert column.dtype == other["steps"]["levels"][0]["low"][name].dtype


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_comes_back_from_a_file_bit_for_bit(name: str, tmp_path: Path) -> None:
    """Its whole session: each rival of a race, in mid-epoch where there are batches."""
    book, experiments = RunBook(), racers(name)
    runs = [Run(each) for each in experiments]
    for run in runs:
        while not run.learner.ready:
            run.advance()
        run.run_until(math.inf, MOST_STEPS)
    if len(runs) > 1:
        book.race(runs)
    else:
        book.begin(runs[0])
    path = tmp_path / f"{name}.guitrain"
    write_session(path, session_of(book))
    opened, replay = book_of(read_session(path))
    assert (replay.steps > 0, replay.difference) == (True, 0)
    assert [e.racing for e in opened.listed] == [e.racing for e in book.listed]
    found = [entry.run for entry in opened.listed]
    for run, twin, experiment in zip(runs, found, experiments, strict=True):
        assert twin.experiment == experiment
        same(run, twin)
        for each in (run, twin):
            each.run_until(math.inf, 3)
        same(run, twin)


def racers(name: str) -> list[Experiment]:
    """What the window begins with for a preset."""
    chosen = preset(name)
    return [chosen.experiment.changed(changes) for changes in chosen.race or ({},)]


def test_cut_off_anywhere_it_is_refused() -> None:
    for length in range(len(CONTENT) - 2):
        with pytest.raises(FileProblem) as caught:
            unpacked(CONTENT[:length], HERE)
        assert caught.value.code in ("not_session", "damaged_session"), length


def test_other_files_are_told_for_what_they_are() -> None:
    refused(b"", "not_session")
    refused(b"x,y\n1,2\n", "not_session")
    refused(pickle.dumps({"format": "guitrain-session"}), "not_session")
    refused(b'{"format": "guitrain-experiment", "version": 1}', "not_session")
    refused(b'{"note": "guitrain-session"}', "not_session")
    sentence = refused(b'{"format": "guitrain-session", "version": 99}', "newer_session")
    assert "99" in sentence
    for version in (b'"1"', b"0", b"true", b"1.5", b"null"):
        refused(b'{"format": "guitrain-session", "version": %s}' % version, "damaged_session")


def with_array(**changes: Any) -> bytes:
    array = {
        "dtype": "<f4",
        "shape": [2],
        "zlib": base64.b64encode(zlib.compress(np.ones(2, "<f4").tobytes())).decode(),
    }
    obj = {"format": "guitrain-session", "version": 1, "array": array | changes}
    return json.dumps(obj).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"dtype": "O"},
        {"dtype": ["<f4"]},
        {"shape": [3]},
        {"shape": [1]},
        {"shape": [-2]},
        {"shape": [True, 2]},
        {"shape": "2"},
        {"shape": [10**12]},
        {"shape": [1] * 5 + [2]},
        {"zlib": "!!"},
        {"zlib": "AAAA"},
        {"zlib": None},
        {"zlib": base64.b64encode(zlib.compress(bytes(8)) + b"more").decode()},
    ],
)
def test_an_array_that_is_not_what_it_says_is_refused(changes: dict[str, Any]) -> None:
    unpacked(with_array(), HERE)
    refused(with_array(**changes), "damaged_session")


def test_a_bomb_is_not_unpacked() -> None:
    bomb = base64.b64encode(zlib.compress(bytes(300_000_000), 9)).decode()
    assert len(bomb) < 1_000_000
    refused(with_array(zlib=bomb), "damaged_session")


def test_half_a_character_is_refused_for_it_could_not_be_saved_again() -> None:
    refused(b'{"format": "guitrain-session", "version": 1, "a": ["\\ud800"]}', "damaged_session")
    refused(b'{"format": "guitrain-session", "version": 1, "\\udfff": 1}', "damaged_session")


def test_the_mark_that_an_editor_puts_before_the_text_is_no_matter() -> None:
    assert unpacked(b"\xef\xbb\xbf" + CONTENT, HERE).keys() == unpacked(CONTENT, HERE).keys()


def test_all_arrays_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment_file, "MOST_ARRAY_BYTES", 7)
    refused(with_array(), "damaged_session")


def test_what_json_does_not_know_and_what_is_too_deep_is_refused() -> None:
    head = b'{"format": "guitrain-session", "version": 1, "a": '
    refused(head + b"NaN}", "damaged_session")
    refused(head + b"[" * 100_000 + b"]" * 100_000 + b"}", "damaged_session")


def test_a_file_that_is_too_big_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.guitrain"
    path.write_bytes(CONTENT)
    monkeypatch.setattr(experiment_file, "MOST_BYTES", 100)
    with pytest.raises(FileProblem) as caught:
        read_session(path)
    assert caught.value.code == "too_big"


def test_what_is_no_json_value_has_no_place() -> None:
    with pytest.raises(TypeError):
        packed({"what": object()})
    with pytest.raises(ValueError, match="JSON"):
        packed({"what": math.nan})
