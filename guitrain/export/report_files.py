"""A report with its figures: drawn one by one, so that a window can go on between them."""

from collections.abc import Iterator, Mapping
from typing import Literal

from guitrain.export.image import Picture, Size, render
from guitrain.export.report import Figure, report_of
from guitrain.export.report_html import report_html
from guitrain.export.report_pdf import report_pdf
from guitrain.plots.picture_names import picture_name
from guitrain.snapshot import Snapshot

ReportKind = Literal["html", "pdf"]
PICTURE = Size(1920, 1200, 271)  # sharp in print: some 270 dots per inch of A4


def figures_of(pictures: Mapping[str, Picture]) -> tuple[Figure, ...]:
    """Their captions and what stands for them."""
    found = []
    for name, picture in pictures.items():
        said = (picture.accessibleName(), picture.accessibleDescription())
        alt = ". ".join(part for part in said if part) or picture_name(name)
        found.append(Figure(name, picture_name(name), alt))
    return tuple(found)


def make_report(
    snapshot: Snapshot,
    pictures: Mapping[str, Picture],
    kinds: tuple[ReportKind, ...],
    title: str = "",
    author: str = "",
) -> Iterator[dict[ReportKind, bytes]]:
    """Make the files' content in parts: what is done so far after each picture and each file, and
    last all of them. The snapshot must have a run.
    """
    made: dict[ReportKind, bytes] = {}
    report = report_of(snapshot, figures_of(pictures), title, author)
    drawn = {}
    for name, picture in pictures.items():
        drawn[name] = render(picture, "png", PICTURE)
        yield made
    for kind in kinds:
        made[kind] = report_html(report, drawn) if kind == "html" else report_pdf(report, drawn)
        yield made
