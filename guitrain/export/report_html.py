"""A report as one HTML file: no script, nothing from elsewhere, to be read, printed and typed in.

Also as the simpler HTML that Qt lays out, for the PDF. No Qt here.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from html import escape
from unicodedata import category

from guitrain.export.report import (
    Blank,
    Block,
    Figure,
    Formulas,
    Heading,
    Paragraph,
    Report,
    Table,
)
from guitrain.plots.step_words import Kind
from guitrain.plots.theme import LIGHT
from guitrain.sentences import translate
from guitrain.setting_words import INDENT

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 46rem; background: #fff;
  color: {LIGHT.text}; line-height: 1.5; overflow-wrap: break-word;
  font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif; }}
h1 {{ font-size: 1.7rem; line-height: 1.25; margin: 0 0 .4rem; }}
h2 {{ font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-top: .6rem;
  border-top: 2px solid {LIGHT.border}; }}
h3 {{ font-size: 1rem; margin: 1.4rem 0 .4rem; }}
h4 {{ font-size: .9rem; margin: .8rem 0 .2rem; color: {LIGHT.muted}; }}
h2, h3, h4 {{ break-after: avoid; }}
p {{ margin: .5rem 0; }}
.small {{ color: {LIGHT.muted}; font-size: .9rem; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-size: .92rem;
  font-variant-numeric: tabular-nums; }}
th, td {{ padding: .25rem .6rem .25rem 0; border-bottom: 1px solid {LIGHT.border};
  text-align: left; vertical-align: top; font-weight: normal; }}
thead th {{ font-weight: 600; }}
.number {{ text-align: right; white-space: nowrap; }}
tr {{ break-inside: avoid; }}
figure {{ margin: 1rem 0 1.4rem; break-inside: avoid; }}
figure img {{ width: 100%; height: auto; border: 1px solid {LIGHT.border}; }}
figcaption {{ color: {LIGHT.muted}; font-size: .9rem; }}
.formula {{ margin: .15rem 0; overflow-wrap: anywhere; }}
.gradient {{ color: {LIGHT.gradient}; }}
.box {{ min-height: 9rem; padding: .6rem; border: 1px solid {LIGHT.muted}; white-space: pre-wrap; }}
.field {{ display: inline-block; min-width: 14rem; border-bottom: 1px solid {LIGHT.muted}; }}
@page {{ size: A4; margin: 18mm 16mm; }}
@media print {{ body {{ max-width: none; padding: 0; font-size: 10.5pt; }}
  .scroll {{ overflow: visible; }} .screen {{ display: none; }} .box {{ min-height: 80mm; }} }}
"""


def report_html(report: Report, pictures: Mapping[str, bytes]) -> bytes:
    """The file in UTF-8; ``pictures`` are the figures' PNGs by name."""

    def source(name: str) -> str:
        return f"data:image/png;base64,{base64.b64encode(pictures[name]).decode('ascii')}"

    name = translate("Report", "Name:")
    hint = translate(
        "Report",
        "Your name and your notes can be typed here, in the browser. Then print the page, or save "
        "it as a PDF: what is typed is not kept in this file.",
    )
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_attribute(report.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_attribute(_POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="GUITrain">',
        f"<title>{_text(report.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{_text(report.title)}</h1>",
        f'<p>{_text(name)} <span class="field" contenteditable="true" role="textbox" '
        f'aria-label="{_attribute(name.rstrip(":："))}">{_text(report.author)}</span></p>',
        f'<p class="small">{_text(report.made)}</p>',
        f'<p class="small screen">{_text(hint)}</p>',
        "</header>",
        "<main>",
    ]
    for section in report.sections:
        lines += ["<section>", f"<h2>{_text(section.title)}</h2>"]
        for block in section.blocks:
            lines += _block(block, source)
        lines.append("</section>")
    lines += ["</main>", "</body>", "</html>", ""]
    return "\n".join(lines).encode("utf-8")


def _text(text: str, *, quote: bool = False) -> str:
    """Text as text, whatever is in it; control characters, which no HTML may have, go."""
    plain = "".join(c for c in text if c in "\n\t" or category(c) not in ("Cc", "Cs"))
    return escape(plain, quote=quote)


def _attribute(text: str) -> str:
    return _text(text, quote=True)


def _block(block: Block, source: Callable[[str], str]) -> Iterator[str]:
    match block:
        case Paragraph(text, small):
            yield f'<p class="small">{_text(text)}</p>' if small else f"<p>{_text(text)}</p>"
        case Heading(text):
            yield f"<h3>{_text(text)}</h3>"
        case Table():
            yield from _table(block)
        case Formulas(title, formulas):
            if title:
                yield f"<h4>{_text(title)}</h4>"
            for text, kind in formulas:
                yield f'<p class="{_kind(kind)}">{_text(text)}</p>'
        case Figure(name, caption, alt):
            yield "<figure>"
            yield f'<img src="{source(name)}" alt="{_attribute(alt)}">'
            yield f"<figcaption>{_text(caption)}</figcaption>"
            yield "</figure>"
        case Blank(label, _):
            yield f"<p>{_text(label)}</p>"
            yield (
                '<div class="box" contenteditable="true" role="textbox" aria-multiline="true" '
                f'aria-label="{_attribute(label)}"></div>'
            )


def _kind(kind: Kind) -> str:
    if kind is Kind.NOTE:
        return "formula small"
    return "formula gradient" if kind is Kind.GRADIENT else "formula"


def _table(table: Table) -> Iterator[str]:
    yield '<div class="scroll">'
    yield "<table>"
    if table.heads:
        cells = "".join(
            f'<th scope="col"{_numeric(at, table)}>{_text(head)}</th>'
            for at, head in enumerate(table.heads)
        )
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = ""
        for at, cell in enumerate(row):
            if at == 0 and table.texts:
                cells += f'<th scope="row">{_text(cell)}</th>'
            else:
                cells += f"<td{_numeric(at, table)}>{_text(cell)}</td>"
        yield f"<tr>{cells}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _numeric(at: int, table: Table) -> str:
    return ' class="number"' if at >= table.texts else ""


# For Qt, which knows a part of HTML 4.

PAPER_STYLE = f"""
body {{ color: {LIGHT.text}; }}
h1 {{ font-size: 24px; margin: 0 0 6px 0; }}
h2 {{ font-size: 18px; margin: 22px 0 6px 0; }}
h3 {{ font-size: 14px; margin: 14px 0 4px 0; }}
h4 {{ font-size: 12px; margin: 8px 0 2px 0; color: {LIGHT.muted}; }}
p {{ margin: 4px 0; }}
.small {{ color: {LIGHT.muted}; font-size: 11px; }}
.gradient {{ color: {LIGHT.gradient}; }}
.formula {{ margin: 2px 0; }}
td, th {{ border-bottom: 1px solid {LIGHT.border}; padding: 2px 10px 2px 0; }}
"""


def paper_html(report: Report, picture_width: int) -> str:
    """The body for Qt's own layout: figures are images named "picture:NAME", so many pixels wide,
    and what is to be written on paper are empty lines.
    """
    name = translate("Report", "Name:")
    lines = [
        "<body>",
        f"<h1>{_text(report.title)}</h1>",
        f"<p>{_text(name)} {_text(report.author) or '_' * 40}</p>",
        f'<p class="small">{_text(report.made)}</p>',
    ]
    for section in report.sections:
        # What is to be written on gets a page, rather than the ends of two.
        own = any(isinstance(block, Blank) for block in section.blocks)
        style = ' style="page-break-before: always"' if own else ""
        lines.append(f"<h2{style}>{_text(section.title)}</h2>")
        for block in section.blocks:
            lines += _on_paper(block, picture_width)
    return "\n".join([*lines, "</body>"])


def _on_paper(block: Block, width: int) -> Iterator[str]:
    match block:
        case Table():
            yield '<table width="100%" cellspacing="0" style="border-collapse: collapse">'
            if table_heads := block.heads:
                cells = "".join(
                    f"<th align={_side(at, block)}>{_text(head)}</th>"
                    for at, head in enumerate(table_heads)
                )
                yield f"<thead><tr>{cells}</tr></thead>"
            for row in block.rows:
                cells = "".join(
                    f"<td align={_side(at, block)}>{_indented(cell)}</td>"
                    for at, cell in enumerate(row)
                )
                yield f"<tr>{cells}</tr>"
            yield "</table>"
        case Figure(name, caption, _):
            yield f'<p><img src="picture:{_attribute(name)}" width="{width}"></p>'
            yield f'<p class="small">{_text(caption)}</p>'
        case Blank(label, count):
            yield f"<p>{_text(label)}</p>"
            yield '<table width="100%" cellspacing="0" style="border-collapse: collapse">'
            for _ in range(count):
                yield "<tr><td><p style='margin: 9px 0'>&nbsp;</p></td></tr>"
            yield "</table>"
        case _:
            yield from _block(block, lambda name: name)


def _indented(cell: str) -> str:
    """Qt would leave out white space at the start."""
    return _text(cell).replace(INDENT, "&nbsp;" * 4)


def _side(at: int, table: Table) -> str:
    return '"right"' if at >= table.texts else '"left"'
