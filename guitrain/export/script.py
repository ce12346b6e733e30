"""A run as a Python script that gives its numbers again. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guitrain.core.code import script
from guitrain.core.evaluation import Prediction
from guitrain.script_words import in_the_readers_words

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView


def script_text(view: "RunView", applied: Sequence[Prediction] = ()) -> str:
    """The script of a run with all that was changed in it so far; it needs torch and numpy. It
    predicts for the same rows of inputs as ``applied``. For a file, encode as UTF-8.
    """
    made = script(view.experiment, view.events, [one.inputs for one in applied])
    return in_the_readers_words(made).text
