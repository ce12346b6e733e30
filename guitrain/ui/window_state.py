"""What an experiment file says of the window it was saved in, and what is understood of that."""

import base64
import binascii
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from guitrain.snapshot import MAX_PACE, Pace

if TYPE_CHECKING:
    from guitrain.ui.main_window import MainWindow

_ROWS, _CELLS = 1000, 10_000  # of Apply, that a file may hold


def window_state(window: "MainWindow") -> dict[str, Any]:
    """What a file says of the window."""
    pace = window.transport.pace.pace
    layout = window.work.panels.state().data()
    assert isinstance(layout, bytes)
    return {
        "pace": None if pace == MAX_PACE else pace.per_second,
        "phases": pace.phases,
        "test": window.work.show_test.isChecked(),
        "apply": [list(one.inputs) for one in window.trainer.snapshot.applied],
        "panels": base64.b64encode(layout).decode(),
    }


def state_of(obj: Mapping[str, Any]) -> tuple[Pace | None, bool, list[tuple[float, ...]], bytes]:
    """What a file says of the window, as far as it can be understood: pace, whether the test set
    is shown, the rows of Apply, and the layout of the panels.
    """
    pace: Pace | None = None
    per_second = obj.get("pace", 0)
    if per_second is None:
        pace = MAX_PACE
    elif isinstance(per_second, int | float) and 0 < per_second < math.inf:
        pace = Pace(float(per_second), obj.get("phases") is True)
    rows: list[tuple[float, ...]] = []
    given = obj.get("apply")
    for row in given[:_ROWS] if isinstance(given, list) else ():
        if isinstance(row, list) and 0 < len(row) <= _CELLS and all(map(_is_number, row)):
            rows.append(tuple(float(each) for each in row))
    layout = b""
    with suppress(binascii.Error, TypeError, ValueError):
        layout = base64.b64decode(str(obj.get("panels", "")), validate=True)
    return pace, obj.get("test") is True, rows, layout


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
