"""The other runs, drawn behind the one in hand: what they wear and how they are called.

Hues of Okabe and Ito that no line of the run in hand has (yellow, a blue, grey and orange; as in
the themes, darker or lighter for contrast), each with every pattern of dashes in turn.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from guitrain.core.experiment import Experiment
from guitrain.plots.items import add_path, mixed, pen
from guitrain.plots.theme import OKABE_ITO, Theme
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.snapshot import Ghost

MOST_DRAWN = 12  # ghosts in one plot; more could not be told apart
MOST_NAMED = 6  # of them in a legend

_WIDTH, _BOLD = 1.3, 1.6  # pixels; the run in hand has 2 or more
# Orange comes last: the test curve is orange too. In the dark theme the data are sky blue.
_LIGHT = ("#948800", "#3C97CE", "#7E858D", "#C07A00")
_DARK = (OKABE_ITO["yellow"], "#5B8FD6", "#98A2AD", OKABE_ITO["orange"])
_DASHES = ((9.0, 3.0), (2.5, 2.5), (9.0, 2.5, 2.5, 2.5), (9.0, 2.5, 2.5, 2.5, 2.5, 2.5))


def ghost_colour(style: int, theme: Theme) -> str:
    """The colour of a style (an index that counts up from 0)."""
    shades = _LIGHT if theme.name == "light" else _DARK
    return shades[style % len(shades)]


def ghost_dashes(style: int) -> tuple[float, ...]:
    """The dashes of a style, in units of the pen's width; the first 16 styles all differ."""
    return _DASHES[(style + style // len(_LIGHT)) % len(_DASHES)]


def ghost_pen(style: int, theme: Theme, *, bold: bool = False) -> QPen:
    """The pen of a style: thinner than that of the run in hand; ``bold``, to be told from a
    coloured ground.
    """
    colour = ghost_colour(style, theme)
    if bold:
        return pen(mixed(colour, theme.text, 0.4), _BOLD, dashes=ghost_dashes(style))
    return pen(colour, _WIDTH, dashes=ghost_dashes(style))


def dash_pixels(style: int) -> tuple[float, ...]:
    """The dashes of a style in pixels, for a path that is cut into dashes already."""
    return tuple(_WIDTH * each for each in ghost_dashes(style))


def ghost_name(number: int, name: str) -> str:
    """The name a run was given, or "Run 3"."""
    return name or translate("Runs", "Run {0}").format(number)


def same_points(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments train and test on the same points."""
    return (
        one.seeds.data == other.seeds.data
        and one.test_fraction == other.test_fraction
        and one.validation_fraction == other.validation_fraction
        and one.data == other.data
    )


def same_views(ghosts: "Sequence[Ghost]", others: "Sequence[Ghost]") -> bool:
    """Whether two sets of ghosts are drawn alike."""
    if ghosts is others:
        return True
    return len(ghosts) == len(others) and all(
        one.view is other.view
        and one.map is other.map
        and (one.style, one.name) == (other.style, other.name)
        for one, other in zip(ghosts, others, strict=True)
    )


LegendRow = tuple[str, Callable[[QGraphicsPathItem], None]]


def legend_rows(
    ghosts: "Sequence[Ghost]", theme: Theme, most: int = MOST_NAMED, *, bold: bool = False
) -> list[LegendRow]:
    """Names and samples for a legend; "…" stands for those beyond ``most``."""

    def sample(style: int) -> Callable[[QGraphicsPathItem], None]:
        def draw(item: QGraphicsPathItem) -> None:
            stroke = QPainterPath()
            stroke.lineTo(26, 0)
            item.setPen(ghost_pen(style, theme, bold=bold))
            item.setPath(stroke)

        return draw

    most = max(min(most, MOST_NAMED), 0)
    rows = [(ghost_name(each.number, each.name), sample(each.style)) for each in ghosts[:most]]
    if len(ghosts) > most:
        rows.append(("…", lambda item: None))
    return rows


class GhostLines:
    """The lines of the ghosts in one plot, made as they are needed.

    Attributes:
        shown: the style of each line that is drawn.
    """

    def __init__(self, area: QGraphicsItem, z: float, *, cached: bool, bold: bool = False) -> None:
        self._area, self._z, self._cached, self._bold = area, z, cached, bold
        self._items: list[QGraphicsPathItem] = []
        self._painted: list[tuple[object, ...]] = []  # of each item: what it was last given
        self.shown: tuple[int, ...] = ()

    def draw(
        self, paths: Sequence[tuple[int, QPainterPath]], theme: Theme, *, cut: bool = False
    ) -> None:
        """Show these paths, each in its style; ``cut``: they are cut into dashes already."""
        while len(self._items) < len(paths):
            self._items.append(add_path(self._area, self._z, cached=self._cached))
            self._painted.append(())
        for at, (style, path) in enumerate(paths):
            wanted = (style, theme.name, id(path), path)
            if wanted[:3] == self._painted[at][:3]:
                continue  # what is set anew is painted anew
            self._painted[at] = wanted
            made = ghost_pen(style, theme, bold=self._bold)
            if cut:
                made.setStyle(Qt.PenStyle.SolidLine)
            self._items[at].setPen(made)
            self._items[at].setPath(path)
        for at in range(len(paths), len(self.shown)):
            self._painted[at] = ()
            self._items[at].setPath(QPainterPath())
        self.shown = tuple(style for style, _ in paths)

    @property
    def paths(self) -> list[QPainterPath]:
        """What is drawn, line by line."""
        return [item.path() for item in self._items[: len(self.shown)]]
