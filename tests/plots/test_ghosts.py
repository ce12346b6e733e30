import itertools

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPainterPath

from guitrain.plots.ghosts import (
    MOST_NAMED,
    dash_pixels,
    ghost_colour,
    ghost_dashes,
    ghost_name,
    ghost_pen,
    legend_rows,
    same_points,
    same_views,
)
from guitrain.plots.items import MOST_DASHED, dashed, line_across
from guitrain.plots.theme import DARK, LIGHT, OKABE_ITO, Theme
from guitrain.snapshot import Ghost
from tests.plots.runs import ARTICLE, run_of, table_experiment


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ends(path: QPainterPath) -> np.ndarray:
    """Start and end of each separate segment, (n, 2, 2)."""
    points = [path.elementAt(i) for i in range(path.elementCount())]
    return np.array([(p.x, p.y) for p in points]).reshape(-1, 2, 2)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_sixteen_styles_all_differ_and_then_begin_again(theme: Theme) -> None:
    looks = [(ghost_colour(i, theme), ghost_dashes(i)) for i in range(16)]
    assert len(set(looks)) == 16
    assert looks == [(ghost_colour(i + 16, theme), ghost_dashes(i + 16)) for i in range(16)]
    for one, other in itertools.pairwise(looks):
        assert one[0] != other[0]
        assert one[1] != other[1]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_ghost_wears_a_colour_that_means_something_else(theme: Theme) -> None:
    taken = {theme.gradient, theme.learnt, theme.truth, theme.best, theme.data}
    taken.add(OKABE_ITO["vermilion"])
    for style in range(4):
        colour = ghost_colour(style, theme)
        assert colour not in taken
        hue = QColor(colour).hueF() * 360
        assert not (10 <= hue <= 32 and QColor(colour).saturationF() > 0.5)  # vermilion's
        assert contrast(colour, theme.panel) >= 3  # WCAG: lines one must be able to see


def test_pens_are_thinner_than_the_run_in_hands_and_dashed() -> None:
    for style in range(16):
        made = ghost_pen(style, LIGHT)
        assert made.widthF() < 2.0
        assert tuple(made.dashPattern()) == ghost_dashes(style)


def test_names() -> None:
    assert ghost_name(3, "") == "Run 3"
    assert ghost_name(3, "slow") == "slow"


def test_dashes_lie_on_the_line_and_cover_their_share() -> None:
    x = np.array([0.0, 30.0, 30.0, 100.0])
    y = np.array([0.0, 40.0, 90.0, 90.0])  # 50 + 50 + 70 pixels
    path = dashed(x, y, (10.0, 5.0), 200.0)
    pieces = ends(path)
    length = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()
    assert length == pytest.approx(170 - 11 * 5, abs=0.01)  # 11 gaps of 5 in 170 pixels
    np.testing.assert_allclose(pieces[0], [[0, 0], [6, 8]], atol=1e-9)
    np.testing.assert_allclose(pieces[1], [[9, 12], [15, 20]], atol=1e-9)
    # A dash that turns a corner goes on behind it.
    corner = [piece for piece in pieces if np.allclose(piece[0], [30, 40])]
    assert len(corner) == 1


def test_dashes_stop_at_gaps_and_outside_the_area() -> None:
    x = np.array([0.0, 100.0, 200.0, 300.0])
    y = np.array([5.0, np.nan, 5.0, 5.0])
    assert ends(dashed(x, y, (10.0, 5.0), 50.0))[:, :, 0].min() >= 200
    far = ends(dashed(x, np.array([0.0, 1000.0, 1000.0, 1000.0]), (10.0, 5.0), 50.0))
    assert far[:, 0, 1].max() <= 120


def test_line_too_long_for_dashes_is_whole() -> None:
    y = np.tile([0.0, 100.0], 200)
    x = np.arange(400.0)
    assert MOST_DASHED < 400 * 100
    assert len(ends(dashed(x, y, (10.0, 5.0), 50.0))) == 399


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_can_be_drawn_through_one_point(count: int) -> None:
    assert dashed(np.zeros(count), np.zeros(count), (3.0, 3.0), 10.0).isEmpty()
    assert dashed(np.full(3, np.nan), np.full(3, np.nan), (3.0, 3.0), 10.0).isEmpty()
    assert dashed(np.ones(3), np.ones(3), (3.0, 3.0), 10.0).boundingRect().width() == 0


def test_line_across_an_area() -> None:
    path = line_across(-1000.0, 1100.0, 100.0, 50.0)
    first, last = path.elementAt(0), path.elementAt(1)
    assert (last.y - first.y) / (last.x - first.x) == pytest.approx(21.0)
    assert (first.y, last.y) == pytest.approx((-50.0, 100.0))
    assert line_across(float("nan"), 1.0, 100.0, 50.0).isEmpty()
    assert line_across(float("-inf"), float("inf"), 100.0, 50.0).isEmpty()
    assert line_across(500.0, 500.0, 100.0, 50.0).isEmpty()


def test_same_points() -> None:
    assert same_points(ARTICLE, ARTICLE.changed({"learning_rate": 0.1, "loss": "mae"}))
    assert same_points(ARTICLE, ARTICLE.changed({"optimizer.momentum": 0.5, "initial": None}))
    for other in ({"seeds.data": 1}, {"data.noise": 1.0}, {"test_fraction": 0.3}):
        assert not same_points(ARTICLE, ARTICLE.changed(other))
    one = table_experiment([1.0, 2.0], [1.0, 2.0], ("x", "y"))
    assert same_points(one, table_experiment([1.0, 2.0], [1.0, 2.0], ("x", "y")))
    assert not same_points(one, table_experiment([1.0, 2.0], [2.0, 1.0], ("x", "y")))


def test_same_views_are_told_by_identity() -> None:
    view = run_of(1).view()
    one = Ghost(1, "", 0, view)
    assert same_views((one,), (Ghost(1, "", 0, view),))
    assert not same_views((one,), (Ghost(1, "slow", 0, view),))
    assert not same_views((one,), (Ghost(1, "", 0, run_of(1).view()),))
    assert not same_views((one,), ())


def test_legend_names_some_and_hints_at_more() -> None:
    view = run_of(1).view()
    ghosts = tuple(Ghost(i + 1, "", i, view) for i in range(9))
    assert [name for name, _ in legend_rows(ghosts, LIGHT)] == [
        *(f"Run {i + 1}" for i in range(MOST_NAMED)),
        "…",
    ]
    assert [name for name, _ in legend_rows(ghosts[:2], LIGHT)] == ["Run 1", "Run 2"]
    assert [name for name, _ in legend_rows(ghosts, LIGHT, 0)] == ["…"]
    assert legend_rows((), LIGHT) == []


def test_dash_pixels_follow_the_pens_width() -> None:
    width = ghost_pen(2, LIGHT).widthF()
    assert dash_pixels(2) == tuple(width * each for each in ghost_dashes(2))
