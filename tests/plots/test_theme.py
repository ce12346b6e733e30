import re
from dataclasses import asdict

import pytest

from guitrain.plots.theme import DARK, LIGHT, OKABE_ITO, Theme


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("behind", ["window", "panel"])
@pytest.mark.parametrize("text", ["text", "muted", "error"])
def test_text_can_be_read(theme: Theme, behind: str, text: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, behind)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_on_buttons_and_coloured_labels_can_be_read(theme: Theme) -> None:
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.text, theme.hover) >= 4.5
    assert contrast(theme.best, theme.panel) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "drawn",
    ["data", "test", "validation", "truth", "learnt", "best", "negative", "gradient"],
)
def test_lines_stand_out_from_the_plot(theme: Theme, drawn: str) -> None:
    assert contrast(getattr(theme, drawn), theme.panel) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_vermilion_is_for_gradients_alone(theme: Theme) -> None:
    others: list[str] = []
    for name, colour in asdict(theme).items():
        if name not in ("name", "gradient"):
            others += colour if isinstance(colour, tuple) else [colour]
    assert theme.gradient not in others
    assert OKABE_ITO["vermilion"] not in others
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in others)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_classes_have_eight_colours_and_a_number_goes_from_one_end_to_the_other(
    theme: Theme,
) -> None:
    assert len(set(theme.classes)) == 8
    bright = [luminance(colour) for colour in theme.heat]
    assert bright in (sorted(bright), sorted(bright, reverse=True))
