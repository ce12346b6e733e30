"""The table of runs as CSV. No Qt."""

import csv
import io
from collections.abc import Iterable

from guitrain.setting_words import row_words
from guitrain.snapshot import RunRow


def runs_csv(rows: Iterable[RunRow]) -> bytes:
    """A row per run, in UTF-8 with line feeds: its number and name, the run and step that it comes
    from, what was changed, how far it is recorded, its last loss, and whether it diverged.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(
        ("run", "name", "from_run", "from_step", "changes", "epochs", "steps", "loss", "diverged")
    )
    for row in rows:
        parent = row.parent or ("", "")
        loss = "" if row.loss is None else repr(float(row.loss))
        table.writerow(
            (
                row.number,
                row.name,
                *parent,
                row_words(row),
                row.epoch,
                row.step,
                loss,
                "yes" if row.diverged else "no",
            )
        )
    return out.getvalue().encode()
