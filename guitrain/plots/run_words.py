"""A run of the table of runs in words."""

from collections.abc import Mapping

from guitrain.numbers import format_number
from guitrain.plots.ghosts import ghost_name
from guitrain.sentences import translate
from guitrain.snapshot import RunRow


def loss_text(row: RunRow) -> str:
    """The last loss, or that it is none any more."""
    if row.diverged:
        return translate("Runs", "diverged")
    if row.loss is None:
        return "–"
    return format_number(row.loss, fixed=1e-3 <= abs(row.loss) < 1e3)


def origin_text(row: RunRow, names: Mapping[int, str]) -> str:
    """Where a branch comes from: "step 57 of Run 1"; of a run of its own, whether it races."""
    if row.parent is None:
        return translate("Runs", "racing") if row.racing else ""
    number, step = row.parent
    name = ghost_name(number, names.get(number, ""))
    return translate("Runs", "step {0} of {1}").format(f"{step:,}", name)
