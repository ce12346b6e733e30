"""Which language a person reads, and a command line in it."""

from collections.abc import Iterator

import pytest

from guitrain import __main__ as program
from guitrain.cli_output import at_left, at_right, places
from guitrain.languages import (
    ENGLISH,
    LANGUAGES,
    first_spoken,
    speak,
    terminal_language,
    without_option,
)
from guitrain.sentences import joined, language_in_use, listed, translate


@pytest.fixture
def english_after() -> Iterator[None]:
    yield
    speak(ENGLISH)


@pytest.mark.parametrize(
    ("tags", "spoken"),
    [
        ([], "en"),
        (["C"], "en"),
        (["zh-Hans-CN", "zh-CN", "zh"], "zh_CN"),
        (["zh_CN.UTF-8"], "zh_CN"),
        (["zh-SG"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], "en"),
        (["zh-Hant-TW", "zh-TW", "zh-Hans"], "zh_CN"),
        (["fr-FR", "zh-CN"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["eng"], "en"),
    ],
)
def test_the_first_language_that_the_app_speaks(tags: list[str], spoken: str) -> None:
    assert first_spoken(tags) == spoken


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": ""}, "en"),
    ],
)
def test_a_terminals_language_is_that_of_gettext(variables: dict[str, str], spoken: str) -> None:
    assert terminal_language(variables) == spoken


def test_the_option_is_taken_from_wherever_it_stands() -> None:
    assert without_option(["train", "--epochs", "3"]) == (["train", "--epochs", "3"], "")
    for words in (["--language", "zh_CN", "train"], ["train", "--language=zh_CN"]):
        assert without_option(words) == (["train"], "zh_CN")
    for words in (["--language", "zh"], ["--language="], ["train", "--language"]):
        with pytest.raises(ValueError, match=r"Choose one of en, zh_CN\."):
            without_option(words)


def test_a_run_without_a_window_is_told_in_chinese_and_its_numbers_are_the_same(
    capsys: pytest.CaptureFixture[str], english_after: None
) -> None:
    assert program.main(["train", "--epochs", "20"]) == 0
    english = capsys.readouterr().out
    assert program.main(["--language", "zh_CN", "train", "--epochs", "20"]) == 0
    assert language_in_use() == "zh_CN"
    chinese = capsys.readouterr().out
    assert "已停止：20 轮全部完成。最终损失 0.4044。" in chinese
    assert "Epoch [20/20], Loss: 0.4072" in chinese  # which the Chinese article prints so

    def numbers(text: str) -> list[str]:
        return [word for word in text.replace("=", " ").split() if word[0].isdigit()]

    assert numbers(english.split("True")[0]) == numbers(chinese.split("真实")[0])
    # The table's columns stand under one another, where a character takes two places.
    head, row = (line for line in chinese.splitlines() if line.startswith((" " * 6, "MSE")))
    assert places(head) == places(row)
    assert program.main(["--language", "zh_CN", "train", "--epochs", "many"]) == 2
    assert "“many”不是数" in capsys.readouterr().err


def test_a_language_that_the_app_does_not_speak_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert program.main(["--language", "klingon", "train"]) == 2
    assert capsys.readouterr().err == (
        "--language: there is no language “klingon”. Choose one of en, zh_CN.\n"
    )


def test_sentences_and_lists_are_put_together_as_the_language_does(english_after: None) -> None:
    assert joined("It falls.", "", "It stops.") == "It falls. It stops."
    assert listed(["w", "b"]) == "w, b"
    speak("zh_CN")
    assert joined("损失下降。", "训练停止。") == "损失下降。训练停止。"
    assert listed(["w", "b"]) == "w、b"
    assert translate("No such context", "As it is") == "As it is"
    speak(ENGLISH)
    assert listed(["w", "b"]) == "w, b"
    assert set(LANGUAGES) == {"en", "zh_CN"}


def test_padding_counts_the_places_of_a_terminal() -> None:
    assert places("轮 5") == 4
    assert at_right("轮", 4) == "  轮"
    assert at_left("轮", 4) == "轮  "
    assert at_left("too long", 3) == "too long"
