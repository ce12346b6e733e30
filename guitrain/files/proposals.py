"""What to learn from a CSV file, and from what, when nobody chose."""

from collections.abc import Sequence

from guitrain.files.csv_file import CsvFile

_TARGETS = ("y", "target", "label", "class")  # what people call it


def proposed_target(csv: CsvFile, x: Sequence[str] = ()) -> str:
    """The column to learn when nobody chose, of those that are not in ``x``: the one that is so
    named, else the last.
    """
    free = [name for name in csv.usable if name not in x] or [*csv.usable]
    return next((name for name in free if name.lower() in _TARGETS), free[-1])


def proposed_inputs(csv: CsvFile, y: str) -> tuple[str, ...]:
    """The columns to learn ``y`` from when nobody chose: those of numbers throughout that are not
    all alike, else the first that is left.
    """
    others = [name for name in csv.usable if name != y]
    good = []
    for name in others:
        facts = csv.facts(name)
        if facts.kind == "number" and not facts.wrong and facts.different > 1:
            good.append(name)
    return tuple(good) or tuple(others[:1])


def proposed_task(csv: CsvFile, y: str) -> str:
    """ "classification" for texts and for few whole numbers, else "regression"."""
    facts = csv.facts(y)
    return "classification" if facts.kind == "text" or facts.few_whole else "regression"
