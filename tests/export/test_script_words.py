"""The comments of a script in another language: nothing but them is changed."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from typing import Any

import pytest

from guitrain.core.code import script
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.core.table import Table
from guitrain.export.script import script_text
from guitrain.languages import ENGLISH, speak
from guitrain.presets import PRESETS, preset
from guitrain.script_words import in_the_readers_words


@pytest.fixture
def chinese() -> Iterator[None]:
    speak("zh_CN")
    yield
    speak(ENGLISH)


def comments(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [each.string.removeprefix("# ") for each in tokens if each.type == tokenize.COMMENT]


MINE = Table(
    {"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y  # diverged": [2.0, 3.0, 5.0, 6.0, 8.0]}, "my # file.csv"
)
TABLE = {"table": MINE, "x": ("x",), "y": "y  # diverged"}
CHANGES: tuple[dict[str, Any], ...] = (
    {"data": Choice("table", TABLE), "validation_fraction": 0.0},
    {"data": Choice("drawn", {"drawing": ((0.0, 1.0), (1.0, 2.0), (2.0, 3.5))})},
    {"model": Choice("mlp", {"dropout": 0.2}), "schedule": Choice("cosine"),
     "validation_fraction": 0.2, "stop.validation_patience": 3},
    {"model": Choice("polynomial")},
)  # fmt: skip


def experiments() -> Iterator[Experiment]:
    yield from (preset(name).experiment for name in PRESETS)
    article = preset("article").experiment
    for changes in CHANGES:
        yield article.changed(changes)


def test_every_comment_is_translated_and_the_code_stays(chinese: None) -> None:
    said: set[str] = set()
    for experiment in experiments():
        english = script(experiment)
        made = in_the_readers_words(english)
        assert len(made.lines) == len(english.lines)
        assert ast.dump(ast.parse(made.text)) == ast.dump(ast.parse(english.text))
        assert (made.lit, made.marks) == (english.lit, english.marks)
        said |= set(comments(made.text))
    cited = ("Anscombe (", "Hubble (", "Fisher (", "Alpaydin and Kaynak (", "x, x²")
    left = [each for each in said if not re.search(r"[\u4e00-\u9fff]", each)]
    assert [each for each in left if not each.startswith(cited)] == []
    assert any("my # file.csv" in each for each in said)
    assert len(said) > 25


def test_what_was_changed_in_mid_run_is_told_too(chinese: None) -> None:
    run = Run(preset("article").experiment)
    run.advance_by(Unit.EPOCH)
    run.change({"stop.epochs": 20})
    run.run()
    text = script_text(run.view())
    assert "  # 开始时为 100，在运行中改动" in text
    speak(ENGLISH)
    assert "  # 100 at first, changed in mid-run" in script_text(run.view())
    assert "===== 4. Training =====" in script_text(run.view())
