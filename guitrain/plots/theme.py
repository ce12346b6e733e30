"""The colours of the window and of the plots, light and dark.

Data, truth and gradients wear the palette of Okabe and Ito (2008, "Color Universal Design"),
which colour-blind people can tell apart; the dark theme has the same hues, lightened. What a
thing is never hangs on colour alone: its dashes or its marker differ too.
"""

from dataclasses import dataclass

OKABE_ITO = {
    "black": "#000000",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
}


@dataclass(frozen=True)
class Theme:
    """Colours as "#RRGGBB".

    Attributes:
        name: "light" or "dark".
        window, panel, hover, border: behind everything, behind cards and plots, under the mouse,
            around cards and fields.
        text, muted, error: what is read; each at least 4.5 : 1 on window and on panel (WCAG AA).
        accent, accent_text: the main button and the selection, and the text on them.
        handle: what one drags, on a slider.
        grid, axis: of the plots.
        data, test: the training points and what is measured on them; the test points and theirs.
        validation: the same of the validation points; a violet, for the palette has no more hues.
        truth, learnt, best: the true line or curve, the learnt line, the least-squares line.
        applied: predictions for new x.
        negative: weights and outputs below zero, where those above are in the colour of data.
        gradient: gradients, and nothing else.
        classes: of the classes in turn. heat: of a number, from low to high.
    """

    name: str
    window: str
    panel: str
    hover: str
    border: str
    text: str
    muted: str
    error: str
    accent: str
    accent_text: str
    handle: str
    grid: str
    axis: str
    data: str
    test: str
    validation: str
    truth: str
    learnt: str
    best: str
    applied: str
    negative: str
    gradient: str
    classes: tuple[str, ...]
    heat: tuple[str, ...]

    @property
    def background(self) -> str:
        """Behind a plot."""
        return self.panel


LIGHT = Theme(
    name="light",
    window="#F4F6F8",
    panel="#FFFFFF",
    hover="#E9EEF3",
    border="#D5DBE2",
    text="#1B2430",
    muted="#5B6775",
    error="#B3261E",
    accent=OKABE_ITO["blue"],
    accent_text="#FFFFFF",
    handle="#FFFFFF",
    grid="#E8ECF0",
    axis="#8A96A3",
    data=OKABE_ITO["blue"],
    test="#B97700",
    validation="#6A4FC0",
    truth=OKABE_ITO["green"],
    learnt="#1B2430",
    best="#B4568C",
    applied=OKABE_ITO["sky"],
    negative="#B4568C",
    gradient=OKABE_ITO["vermilion"],
    classes=(
        OKABE_ITO["blue"],
        OKABE_ITO["orange"],
        OKABE_ITO["green"],
        OKABE_ITO["purple"],
        OKABE_ITO["sky"],
        OKABE_ITO["yellow"],
        OKABE_ITO["black"],
        "#8C8C8C",
    ),
    heat=("#EDF5FB", "#8CC8EE", "#2C8CC8", "#005A8C", "#00263D"),
)

DARK = Theme(
    name="dark",
    window="#12171E",
    panel="#1B222C",
    hover="#2A3441",
    border="#3A4654",
    text="#E8EDF2",
    muted="#A3AFBC",
    error="#FF9C92",
    accent="#58B0E8",
    accent_text="#0B1117",
    handle="#C9D3DE",
    grid="#2B3440",
    axis="#758291",
    data="#58B0E8",
    test=OKABE_ITO["orange"],
    validation="#B5A0F7",
    truth="#2CC79B",
    learnt="#F6F8FA",
    best="#E08FBE",
    applied=OKABE_ITO["yellow"],
    negative="#E08FBE",
    gradient="#F5853F",
    classes=(
        "#3D8FD1",
        OKABE_ITO["orange"],
        "#2CC79B",
        "#E08FBE",
        "#A6DCFA",
        OKABE_ITO["yellow"],
        "#FFFFFF",
        "#8F98A3",
    ),
    heat=("#0E2233", "#17527C", "#2F8BC9", "#84C6F0", "#EDF6FC"),
)
