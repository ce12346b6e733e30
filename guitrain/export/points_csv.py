"""Points that were drawn as CSV, which opens again as it is. No Qt."""

from collections.abc import Iterable, Sequence


def points_csv(names: Sequence[str], points: Iterable[Sequence[float]]) -> bytes:
    """A header of names and a row per point, in UTF-8 with line feeds; each number has the
    shortest text that reads back as the same float64.
    """
    rows = [",".join(names), *(",".join(map(repr, map(float, point))) for point in points)]
    return ("\n".join(rows) + "\n").encode()
