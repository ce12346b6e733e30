import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

from guitrain.core.experiment import Choice
from guitrain.core.first_steps import first_steps
from guitrain.core.run import Run
from guitrain.core.table import Table as DataTable
from guitrain.export.report import MOST_ROWS, Figure, Report, Table, report_of
from guitrain.export.report_html import report_html
from guitrain.export.report_pdf import Pages, report_pdf
from guitrain.snapshot import RunRow, Snapshot, State
from tests.plots.runs import ARTICLE, run_of

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff"
    "3f0005fe02fe0def46b80000000049454e44ae426082"
)
VOID = {"meta", "img", "br", "hr"}


def moment(run: Run, **more: Any) -> Snapshot:
    view = run.view()
    state = State.STOPPED if view.stopped else State.PAUSED
    return Snapshot(
        0,
        state,
        view.settings,
        view.data,
        view.facts,
        view,
        first_steps=first_steps(run),
        **more,
    )


def ended() -> Run:
    run = Run(ARTICLE)
    run.run()
    return run


class Reader(HTMLParser):
    """What a page says, and whether its elements are closed in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.text: list[str] = []
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.text).split())


def test_article_is_told_with_its_numbers() -> None:
    run = ended()
    evaluation, applied = run.test(), run.apply([(1.5,), (9.0,)])
    report = report_of(moment(run, evaluation=evaluation, applied=applied), author="李华")
    said = Reader(report_html(report, {})).said
    # The table of the article's §4.2, and what its own script prints.
    for number in ("42.9195", "1.3883", "0.2775", "0.2293", "1.9168", "1.2294"):
        assert number in said
    assert "Stopped: all 100 epochs are done. Final loss 0.2291." in said
    # By hand: 0.01 times the gradients of all 100 points, for the first step.
    train = run.learner.data.train
    x, y = train.inputs[:, 0], train.targets
    w, b = ARTICLE.initial or (0.0, 0.0)
    slope = float(np.mean(2 * (w * x + b - y) * x))
    assert f"−{abs(slope):.4f}) = {w - 0.01 * slope:.4f}" in said
    assert "Step 1" in said
    assert "Step 2" in said
    assert "Learning rate 0.01" in said
    assert "Data seed 42" in said
    assert "MSE 0.2291" in said
    assert "1.5 4.10 4.00" in said
    assert "⚠ 9" in said
    assert "李华" in said
    for name in ("GUITrain", "torch", "numpy", "Python"):
        assert name in said


def test_first_steps_are_those_of_the_run_with_what_was_changed_at_them() -> None:
    run = run_of(0, {"optimizer": Choice("sgd", {"momentum": 0.9}), "batch_size": 30})
    while not run.learner.ready:
        run.advance()
    while run.head < 1 or not run.at_boundary:
        run.advance()
    run = run.change({"learning_rate": 0.03})
    while run.head < 9 or not run.at_boundary:
        run.advance()
    step, made = run.learner.step, first_steps(run)
    assert run.learner.step == step
    assert [each.step for each in made] == [0, 1]
    assert [each.learning_rate for each in made] == [0.01, 0.03]
    for each in made:
        assert each.loss == run.view().steps.value("loss", each.step)
        run.seek(each.step + 1)
        assert each.after == run.learner.numbers
        assert len(each.state_after) == 1
    assert first_steps(Run(ARTICLE)) == ()


def hostile() -> Report:
    nasty = '<script>alert("1")</script>&"'
    table = DataTable({nasty: [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.5]}, source=nasty)
    data = Choice("table", {"table": table, "x": nasty, "y": "y"})
    run = run_of(2, {"data": data, "test_fraction": 0.0})
    rows = tuple(
        RunRow(n, n, nasty, 0, None, {}, 2, 2, 0.5, False, False, n == 1, False)
        for n in range(1, MOST_ROWS + 9)
    )
    figure = Figure("fit", nasty, nasty)
    return report_of(moment(run, runs=rows), (figure,), f"{nasty}\x00\x1b 面积", nasty)


def test_page_stands_alone_and_what_is_in_names_stays_text() -> None:
    page = report_html(hostile(), {"fit": PIXEL})
    read = Reader(page)
    tags = {tag for tag, _ in read.found}
    assert not tags & {"script", "link", "iframe", "object", "form"}
    assert read.said.count('<script>alert("1")</script>&"') > 5
    assert "\x00" not in read.said
    assert "… and 8 more" in read.said
    attributes = [pair for _, each in read.found for pair in each.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    sources = [value or "" for name, value in attributes if name in ("src", "href")]
    assert len(sources) == 1
    assert sources[0].startswith("data:image/png;base64,")
    assert not re.search(rb"https?://|url\(|@import", page)
    assert dict(read.found[0][1]) == {"lang": "en"}
    assert [each["alt"] for tag, each in read.found if tag == "img"] == [
        '<script>alert("1")</script>&"'
    ]
    boxes = [each for tag, each in read.found if each.get("contenteditable") == "true"]
    assert [each["aria-label"] for each in boxes] == [
        "Name",
        "What do you see, and why is it so?",
    ]


def test_changes_and_runs_have_their_tables() -> None:
    run = run_of(5)
    run = run.change({"learning_rate": 0.003})
    run.advance()
    report = report_of(moment(run))
    tables = {
        section.title: [block for block in section.blocks if isinstance(block, Table)]
        for section in report.sections
    }
    assert tables["Changed while it ran"][0].rows == (("6", "learning rate 0.01 → 0.003"),)
    assert "All runs" not in tables  # there is only one
    said = Reader(report_html(report, {})).said
    assert "The run has not stopped: 5 of 100 epochs are done." in said


@pytest.mark.usefixtures("qapp")
def test_pdf_has_text_on_numbered_pages() -> None:
    report = report_of(moment(ended()), (Figure("fit", "Fit", "Fit"),), "面积 <b>", "李华")
    content = report_pdf(report, {"fit": PIXEL})
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    count = len(re.findall(rb"/Type\s*/Page\b(?!s)", content))
    assert count == Pages(report, {"fit": PIXEL}).count > 1
    assert b"/MediaBox [0 0 595" in content
    assert b"/ToUnicode" in content  # its text can be found and copied
    said = text_of(content)
    assert "Stopped:all100epochsaredone.Finalloss0.2291." in said
    assert f"Page{count}of{count}" in said
    assert "面积<b>" in said
    assert "Name:李华" in said


@pytest.mark.usefixtures("qapp")
def test_no_heading_is_lost(tmp_path: Path) -> None:
    run = Run(ARTICLE.changed({"data": "circle", "stop.epochs": 12}))
    run.run()
    told = moment(run, evaluation=run.test())
    image = QImage(100, 62, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(tmp_path / "a.png"))
    content = (tmp_path / "a.png").read_bytes()
    for count in range(4):
        figures = tuple(Figure(f"f{n}", "Fit", "Fit") for n in range(count))
        report = report_of(told, figures)
        pictures = dict.fromkeys((each.name for each in figures), content)
        said = text_of(report_pdf(report, pictures))
        for section in report.sections:
            assert "".join(section.title.split()) in said


def text_of(content: bytes) -> str:
    """What the pages of Qt's PDF say, without blanks, as a reader copies it: each glyph by its
    font's table.
    """
    objects = {
        int(found[1]): found[2]
        for found in re.finditer(rb"^(\d+) 0 obj\s(.*?)^endobj", content, re.DOTALL | re.MULTILINE)
    }
    fonts: dict[str, dict[int, str]] = {}
    for number, each in objects.items():
        if found := re.search(rb"/ToUnicode (\d+)", each):
            fonts[f"F{number}"] = mapping(objects[int(found[1])].decode("latin-1"))
    said = ""
    font: dict[int, str] = {}
    for each in objects.values():
        _, is_stream, stream = each.partition(b"stream\n")
        try:
            page = zlib.decompressobj().decompress(stream).decode("latin-1") if is_stream else ""
        except zlib.error:
            continue
        for name, shown in re.findall(r"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj", page):
            font = fonts[name] if name else font
            glyphs = [int(shown[at : at + 4], 16) for at in range(0, len(shown), 4)]
            said += "".join(font[glyph] for glyph in glyphs)
    return "".join(said.split())


def mapping(table: str) -> dict[int, str]:
    """Glyph to character, of a ToUnicode table."""
    found = {}
    for low, listed in re.findall(r"<(\w+)> <\w+> \[([^\]]*)\]", table):
        for at, code in enumerate(re.findall(r"<(\w+)>", listed)):
            found[int(low, 16) + at] = bytes.fromhex(code).decode("utf-16-be")
    return found
