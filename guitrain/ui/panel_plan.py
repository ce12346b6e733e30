"""The plan of the panels: what each is called, where it is at first, and how its view is made.

Views are imported where they are made: the window is to stand as soon as it can.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from guitrain.plots.theme import Theme
from guitrain.sentences import translate
from guitrain.ui.panels import Panels

if TYPE_CHECKING:
    from guitrain.ui.workspace import Workspace

ON_FIRST_STEP = ("cycle", "numbers")  # the panels that open when one first goes step by step

There = Mapping[str, QWidget]
Late = Callable[[str], Callable[[], QWidget]]


def add_panels(panels: Panels, there: There, late: Late) -> None:
    """Add every panel: with a view that is there already, or with what makes it, which ``late``
    gives for each name in MAKERS.
    """
    _add_left_and_middle(panels, there, late)
    _add_right(panels, there, late)


def _add_left_and_middle(panels: Panels, there: There, late: Late) -> None:
    add = panels.add
    add(
        "settings",
        translate("Workspace", "Experiment"),
        there["settings"],
        "left",
        closable=False,
        framed=False,
        opened_first=True,
        width=268,
    )
    add(
        "fit",
        translate("Workspace", "Fit"),
        there["fit"],
        "middle",
        weight=4,
        width=500,
        opened_first=True,
        caption_name="equation",
        tip=translate("Workspace", "The data, and what is learnt: a line or curve, or a map"),
    )
    add(
        "loss",
        translate("Workspace", "Loss"),
        there["loss"],
        "middle",
        weight=3,
        opened_first=True,
        tip=translate("Workspace", "The loss, epoch by epoch"),
    )
    add(
        "landscape",
        translate("Workspace", "Landscape"),
        late("landscape"),
        "middle",
        weight=3,
        beside="loss",
        tip=translate(
            "Workspace", "The loss over two weights, and the path that training takes through it"
        ),
    )
    add(
        "predicted",
        translate("Workspace", "Predicted vs true"),
        late("predicted"),
        "middle",
        label=translate("Workspace", "Residuals"),
        weight=3,
        stacked_on="landscape",
        tip=translate(
            "Workspace", "Each point’s prediction beside its true value, and how far off it is"
        ),
    )


def _add_right(panels: Panels, there: There, late: Late) -> None:
    add = panels.add
    add(
        "lesson",
        translate("Workspace", "Lesson"),
        late("lesson"),
        "right",
        weight=2,
        width=400,
        tip=translate("Workspace", "A course in six lessons, to be read and tried page by page"),
    )
    add(
        "cycle",
        translate("Workspace", "The cycle"),
        late("cycle"),
        "right",
        label=translate("Workspace", "Cycle"),
        weight=1.25,
        width=400,
        tip=translate(
            "Workspace", "The steps of training as a flow chart, with the present one lit"
        ),
    )
    add(
        "graph",
        translate("Workspace", "Computation graph"),
        late("graph"),
        "right",
        label=translate("Workspace", "Graph"),
        weight=1.25,
        width=400,
        stacked_on="cycle",
        tip=translate(
            "Workspace", "How the loss follows from weights and data, and gradients flow back"
        ),
    )
    add(
        "network",
        translate("Workspace", "Network"),
        late("network"),
        "right",
        weight=1.25,
        width=400,
        stacked_on="cycle",
        tip=translate(
            "Workspace", "The model's units, what each gives, and its weights, to be set by hand"
        ),
    )
    add(
        "weights",
        translate("Workspace", "Weights and gradients"),
        late("weights"),
        "right",
        label=translate("Workspace", "Weights"),
        weight=1.25,
        width=400,
        stacked_on="cycle",
        tip=translate(
            "Workspace", "How weights and gradients have gone, and how they are spread now"
        ),
    )
    add(
        "code",
        translate("Workspace", "The code"),
        late("code"),
        "right",
        label=translate("Workspace", "Code"),
        weight=0.8,
        width=400,
        tip=translate("Workspace", "The experiment as a PyTorch script, with the running line lit"),
    )
    add(
        "numbers",
        translate("Workspace", "This step in numbers"),
        late("numbers"),
        "right",
        label=translate("Workspace", "Numbers"),
        width=400,
        tip=translate("Workspace", "The formulas of this step with its numbers"),
    )
    add(
        "results",
        translate("Workspace", "Results"),
        there["results"],
        "right",
        width=300,
        stacked_on="numbers",
        apart_when_tall=True,
        opened_first=True,
        tip=translate("Workspace", "Why the run stopped; test the model, apply it"),
    )
    add(
        "runs",
        translate("Workspace", "Runs"),
        late("runs"),
        "right",
        width=400,
        stacked_on="results",
        tip=translate("Workspace", "Runs and branches, to compare; races"),
    )
    add(
        "sweep",
        translate("Workspace", "Sweep"),
        late("sweep"),
        "right",
        weight=2,
        width=400,
        tip=translate(
            "Workspace", "Many learning rates trained at once: loss curves and final losses"
        ),
    )
    add(
        "scores",
        translate("Workspace", "Scores of the classes"),
        late("scores"),
        "right",
        label=translate("Workspace", "Scores"),
        weight=2,
        width=400,
        stacked_on="sweep",
        tip=translate(
            "Workspace", "How well the classes are told: confusion matrix, ROC curves, a point"
        ),
    )


# The views that are made late.


def _landscape(work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.landscape_panel import LandscapePanel

    panel = LandscapePanel(theme)
    panel.wanted_changed.connect(work.wishes_changed)
    return panel


def _cycle(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.cycle_panel import CyclePanel

    return CyclePanel(theme=theme)


def _graph(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.graph_panel import GraphPanel

    return GraphPanel(theme)


def _network(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.network_panel import NetworkPanel

    return NetworkPanel(theme)


def _weights(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.weights_panel import WeightsPanel

    return WeightsPanel(theme)


def _code(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.code_panel import CodePanel

    return CodePanel(theme=theme)


def _numbers(work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.numbers_panel import NumbersPanel

    panel = NumbersPanel(theme)
    panel.watching_changed.connect(work.wishes_changed)
    return panel


def _predicted(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.residual_panel import ResidualPanel

    return ResidualPanel(theme)


def _scores(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.scores_panel import ScoresPanel

    return ScoresPanel(theme)


def _runs(_work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.runs_panel import RunsPanel

    return RunsPanel(theme=theme)


def _sweep(work: "Workspace", theme: Theme) -> QWidget:
    from guitrain.ui.sweep_panel import SweepPanel

    return SweepPanel(lambda: work.controls.experiment, theme)


def _lesson(_work: "Workspace", _theme: Theme) -> QWidget:
    from guitrain.ui.lesson_panel import LessonPanel

    return LessonPanel()


# By the panel's name: what makes its view, in a theme.
MAKERS: Mapping[str, Callable[["Workspace", Theme], QWidget]] = {
    "landscape": _landscape,
    "cycle": _cycle,
    "graph": _graph,
    "network": _network,
    "weights": _weights,
    "code": _code,
    "numbers": _numbers,
    "predicted": _predicted,
    "scores": _scores,
    "runs": _runs,
    "sweep": _sweep,
    "lesson": _lesson,
}
