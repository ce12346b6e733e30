"""The catalogues are whole, of today's texts, and do not break what is put into them."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from guitrain.languages import ENGLISH, LANGUAGES, TRANSLATED
from guitrain.packaging.contents import ROOT
from guitrain.packaging.translations import (
    Message,
    compiled,
    messages,
    released,
    source_of,
    updated,
)
from guitrain.resources import resource

BRING_UP = "run: python -m guitrain.packaging translations"
ALL = [(name, each) for name in TRANSLATED for each in messages(name)]


def test_every_language_has_its_catalogue_and_every_catalogue_is_offered() -> None:
    found = {path.stem.removeprefix("guitrain_") for path in resource("translations").glob("*.ts")}
    assert found == set(TRANSLATED) == set(LANGUAGES) - {ENGLISH}


@pytest.mark.parametrize("name", TRANSLATED)
def test_the_catalogue_is_of_todays_texts(name: str) -> None:
    assert updated(name) == source_of(name).read_bytes(), BRING_UP
    assert 'type="unfinished"' not in source_of(name).read_text("utf-8")
    assert released(name) == compiled(name).read_bytes(), BRING_UP


def literals(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, str]]:
    """The texts that a module has translated, with their contexts: a class, or what is named."""
    for node in ast.iter_child_nodes(tree):
        name = node.name if isinstance(node, ast.ClassDef) else inside
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if called == "tr":
                assert len(given) == 1, ast.unparse(node)  # a literal, or Qt's tool cannot find it
                yield inside, str(given[0])
            elif called in ("translate", "QT_TRANSLATE_NOOP") and len(given) == 2:
                yield str(given[0]), str(given[1])
        yield from literals(node, name)


@pytest.mark.parametrize("name", TRANSLATED)
def test_qts_tool_finds_every_text(name: str) -> None:
    """It does not look into f-strings, for one."""
    known = {(each.context, each.source) for each in messages(name)}
    modules = list((ROOT / "guitrain").rglob("*.py"))
    used = {one for path in modules for one in literals(ast.parse(path.read_text("utf-8")))}
    assert len(used) > 1900
    assert used - known == set()


def parts(text: str) -> tuple[object, ...]:
    """What must be in a translation as it is in the text."""
    return (
        Counter(re.findall(r"\{[^{}]*\}", text)),
        Counter(re.findall(r"</?[a-z]+[^>]*>", text)),
        len(re.findall(r"&\w", text)),  # keys of a dialog's fields
        text.count("\n"),
        text.count("`"),
        (text[:1].isspace(), text[-1:].isspace()),
    )


def test_what_is_filled_in_and_marked_stays() -> None:
    joiners = {"Changes", "Csv", "Lists"}  # of lists: “,” needs a blank, “、” does not
    wrong = [
        (name, each)
        for name, each in ALL
        if each.context not in joiners and parts(each.source) != parts(each.translation)
    ]
    assert not wrong
    assert len(ALL) > 1900


def test_chinese_has_chinese_punctuation() -> None:
    def bad(each: Message) -> bool:
        text = re.sub(r"\(&\w\)| \(\*[^)]*\)(;;)?", "", each.translation)  # keys, file endings
        return bool(re.search(r"[\u4e00-\u9fff][,;:?!(]|\)[\u4e00-\u9fff]", text))

    assert not [each for name, each in ALL if name == "zh_CN" and bad(each)]
