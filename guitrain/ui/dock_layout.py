"""Where panels stand: columns of rows of cells of tabs, laid out in a QMainWindow."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtWidgets import QMainWindow, QTabBar, QWidget

from guitrain.ui.dock import Panel

Cell = list[Panel]  # those that share a place, as tabs
Row = list[Cell]
Plan = list[list[Row]]  # columns of rows

ROOMY_HEIGHT = 820  # pixels of the panels' area from which results stand below the numbers
ROOMY_WIDTH = 1000  # from which the landscape stands beside the loss
_USUAL_WIDTH = 1260  # in which panels get the width they ask for
_MOST_SCALED = 1.4
_NARROW = 0.8  # of the width asked: a column that the user made smaller than that is widened
HANDLE = 10  # pixels between panels, as in the stylesheet
LEAST_MIDDLE = 300  # pixels that a growing column leaves to its neighbour
_MIDDLE_SHARE = 1.3  # of the width that any other column has, in a presentation
_HORIZONTAL, _VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


def default_plan(panels: Sequence[Panel], width: int, height: int) -> Plan:
    """The window's own layout of panels for an area of this size."""
    plan: Plan = []
    cells: dict[str, Cell] = {}
    rows: dict[str, Row] = {}
    for column in ("left", "middle", "right"):
        made: list[Row] = []
        for panel in (p for p in panels if p.column == column):
            beside, under = panel.beside, panel.stacked_on
            if under in cells and not (panel.apart_when_tall and height >= ROOMY_HEIGHT):
                cells[under].append(panel)
                cells[panel.name] = cells[under]
            elif beside in cells and width < ROOMY_WIDTH:
                cells[beside].append(panel)
                cells[panel.name] = cells[beside]
            else:
                cells[panel.name] = [panel]
                if beside in rows:
                    rows[beside].append(cells[panel.name])
                else:
                    made.append([cells[panel.name]])
                rows[panel.name] = rows.get(beside) or made[-1]
        if made:
            plan.append(made)
    return plan


def presenting_plan(panels: Sequence[Panel]) -> Plan:
    """All of these in sight at once: those of the middle at the left, at most two in a column."""
    middle = [panel for panel in panels if panel.column == "middle"]
    others = [panel for panel in panels if panel.column != "middle"]
    names = {panel.name for panel in panels}
    rows: list[Row] = []
    for panel in middle:
        if panel.beside in names and rows:
            rows[-1].append([panel])
        else:
            rows.append([[panel]])
    columns: Plan = [rows] if rows else []
    if not others and len(rows) > 1:
        columns = [rows[:1], rows[1:]]
    elif len(others) == 2 and not rows:
        columns = [[[[one]]] for one in others]
    else:
        columns += [[[[one]] for one in others[i : i + 2]] for i in range(0, len(others), 2)]
    return columns


def arrange(window: QMainWindow, plan: Plan) -> None:
    """Put the panels there. Those that are to be closed must be hidden afterwards."""
    for panel in (p for column in plan for row in column for cell in row for p in cell):
        panel.setFloating(False)  # not afterwards: a dock without a place stays afloat
        window.removeDockWidget(panel)
    before: Panel | None = None
    for column in plan:
        first = column[0][0][0]
        if before is None:
            window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, first)
        else:
            window.splitDockWidget(before, first, _HORIZONTAL)
        first.show()
        before = first
    for column in plan:
        _split(window, [row[0][0] for row in column], _VERTICAL)
    for row in (row for column in plan for row in column):
        _split(window, [cell[0] for cell in row], _HORIZONTAL)
        for cell in row:
            for panel in cell[1:]:
                window.tabifyDockWidget(cell[0], panel)
                panel.show()


def _split(window: QMainWindow, firsts: Sequence[Panel], orientation: Qt.Orientation) -> None:
    for one, other in pairwise(firsts):
        window.splitDockWidget(one, other, orientation)
        other.show()


def asked_width(panel: Panel, width: int) -> int:
    """The pixels that a panel likes to have in an area of this width."""
    if panel.column == "left":
        return panel.width_asked
    return round(panel.width_asked * min(max(width / _USUAL_WIDTH, 1.0), _MOST_SCALED))


def give_sizes(window: QMainWindow, plan: Plan, *, as_asked: bool = True) -> None:
    """Share the area out among the open panels of a plan, by their weights.

    Columns are as wide as their panels ask for and the middle takes the rest; or else the middle
    has a little more than any other.
    """
    width, height = window.width(), window.height()
    for column in plan:
        rows = [row for row in column if _open_of(row)]
        weights = [max(panel.weight for panel in _open_of(row)) for row in rows]
        room = height - HANDLE * (len(rows) - 1)
        firsts = [_open_of(row)[0] for row in rows]
        window.resizeDocks(firsts, [round(room * w / sum(weights)) for w in weights], _VERTICAL)
        for row in rows:
            cells = [[p for p in cell if p.is_open] for cell in row]
            shown = [cell[0] for cell in cells if cell]
            if len(shown) > 1:
                window.resizeDocks(
                    shown, [width // len(plan) // len(shown)] * len(shown), _HORIZONTAL
                )
    columns = [[p for row in column for p in _open_of(row)] for column in plan]
    columns = [column for column in columns if column]
    room = width - HANDLE * (len(columns) - 1)
    sharing = _asked(columns, width, room) if as_asked else _even(columns, room)
    window.resizeDocks([column[0] for column in columns], sharing, _HORIZONTAL)


def _asked(columns: Sequence[Sequence[Panel]], width: int, room: int) -> list[int]:
    widths = [max(asked_width(panel, width) for panel in column) for column in columns]
    middle = [column[0].column == "middle" for column in columns]
    rest = room - sum(w for w, is_middle in zip(widths, middle, strict=True) if not is_middle)
    return [
        max(rest, LEAST_MIDDLE) if is_middle else w
        for w, is_middle in zip(widths, middle, strict=True)
    ]


def _even(columns: Sequence[Sequence[Panel]], room: int) -> list[int]:
    weights = [_MIDDLE_SHARE if column[0].column == "middle" else 1.0 for column in columns]
    return [round(room * weight / sum(weights)) for weight in weights]


def _open_of(row: Row) -> list[Panel]:
    return [panel for cell in row for panel in cell if panel.is_open]


def settle(widget: QWidget) -> None:
    """Carry out a widget's layout that is waiting to be done."""
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.LayoutRequest)
    if (layout := widget.layout()) is not None:
        layout.activate()


def place_of(window: QMainWindow, panel: Panel) -> QRect:
    """Where a docked panel stands, its tabs included."""
    place = panel.geometry()
    for bar in tab_bars(window):
        over = bar.geometry()
        if bar.isVisible() and over.left() == place.left() and 0 <= place.top() - over.top() < 60:
            place.setTop(over.top())
    return place


def tab_bars(window: QMainWindow) -> list[QTabBar]:
    """The tabs of panels that share a place."""
    return window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)


def make_room(window: QMainWindow, panel: Panel, panels: Iterable[Panel]) -> None:
    """Give a panel that was just opened its share; the others keep their proportions."""
    settle(window)
    seen = [p for p in panels if p.is_seen and not p.isFloating()]
    places = {p.name: place_of(window, p) for p in seen}
    if panel.name not in places:
        return
    own = places[panel.name]
    above = [p for p in seen if _aligned(places[p.name], own, _VERTICAL)]
    beside = [p for p in seen if _aligned(places[p.name], own, _HORIZONTAL)]
    if len(above) > 1:
        heights = _shared([(p, places[p.name].height()) for p in above], panel)
        window.resizeDocks(above, heights, _VERTICAL)
    if panel.beside and len(beside) > 1:
        widths = _shared([(p, places[p.name].width()) for p in beside], panel)
        window.resizeDocks(beside, widths, _HORIZONTAL)


def widen(window: QMainWindow, panel: Panel, panels: Iterable[Panel]) -> None:
    """Make the column of a panel in sight wider, where it is too narrow for that panel."""
    seen = [p for p in panels if p.is_seen and not p.isFloating()]
    places = {p.name: place_of(window, p) for p in seen}
    if panel.name not in places or panel.beside:
        return
    wanted, own = asked_width(panel, window.width()), places[panel.name]
    middle = [p for p in seen if p.column == "middle"]
    others = [p for p in middle if places[p.name].right() < own.left()]
    if own.width() >= _NARROW * wanted or not others:
        return
    widest = max(others, key=lambda p: places[p.name].width())
    room = places[widest.name].width()
    wanted = min(wanted, max(own.width(), own.width() + room - LEAST_MIDDLE))
    left = room - (wanted - own.width())
    window.resizeDocks([widest, panel], [left, wanted], _HORIZONTAL)


def _aligned(one: QRect, other: QRect, along: Qt.Orientation) -> bool:
    if along == _VERTICAL:
        return (one.left(), one.width()) == (other.left(), other.width())
    return (one.top(), one.height()) == (other.top(), other.height())


def _shared(sizes: Sequence[tuple[Panel, int]], new: Panel) -> list[int]:
    """Pixels for each: the new one's by weight, the rest as they share the room now."""
    total = sum(size for _, size in sizes)
    own = round(total * new.weight / sum(panel.weight for panel, _ in sizes))
    rest = sum(size for panel, size in sizes if panel is not new)
    return [own if p is new else round(size * (total - own) / max(rest, 1)) for p, size in sizes]
