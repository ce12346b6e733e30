"""What is known of the loss without training: horizontal marks across its plot."""

from typing import TYPE_CHECKING

from guitrain.core.penalties import penalties_of
from guitrain.plots.marks import Mark
from guitrain.plots.scales import value_text
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView


def known_marks(view: "RunView") -> list[Mark]:
    """The loss to expect on new data, the best that any line can do, and the target to stop at."""
    facts, stop = view.facts, view.settings.stop
    known = []
    if facts.expected_loss is not None:
        truth, outliers = view.data.truth, view.data.outliers
        squared = view.experiment.loss.name == "mse" and outliers is None
        if outliers is not None or (truth is not None and truth.line is None):
            # Not what to expect of a line.
            text = translate("LossPlot", "noise floor {value}")
            if squared:
                text = translate("LossPlot", "noise floor σ² = {value}")
        else:
            text = translate("LossPlot", "expected on new data {value}")
            if squared:
                text = translate("LossPlot", "expected on new data σ² = {value}")
        value = f"{facts.expected_loss:.4g}"
        known.append(Mark(facts.expected_loss, text.format(value=value), "muted", (6.0, 3.0)))
    if facts.best_loss is not None:
        text = translate("LossPlot", "best any line can do {value}")
        if view.experiment.surface is not None:
            text = translate("LossPlot", "lowest on the surface {value}")
        elif not view.experiment.form.straight:
            text = translate("LossPlot", "best any such polynomial can do {value}")
        elif penalties_of(view.experiment):
            text = translate("LossPlot", "best line, with penalty {value}")
        text = text.format(value=value_text(facts.best_loss))
        known.append(Mark(facts.best_loss, text, "best", (1.5, 2.5)))
    if stop.target_loss is not None:
        text = translate("LossPlot", "stop at {value}").format(value=f"{stop.target_loss:.4g}")
        known.append(Mark(stop.target_loss, text, "text", (8.0, 3.0, 1.5, 3.0)))
    return known
