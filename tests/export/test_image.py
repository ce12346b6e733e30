import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase, QImage
from pytestqt.qtbot import QtBot

from guitrain.core.closed_form import facts_of
from guitrain.core.phases import Phase
from guitrain.export.image import (
    KINDS,
    Kind,
    Size,
    SizeProblem,
    _copy,
    _paint_on,
    preview,
    render,
)
from guitrain.plots.base import Plot
from guitrain.plots.fit import FitPlot
from guitrain.plots.flow_chart import FlowChart
from guitrain.plots.loss import LossPlot
from guitrain.plots.theme import DARK, LIGHT
from tests.plots.runs import ARTICLE, run_of, table_experiment
from tests.step_views import moment

SVG = "{http://www.w3.org/2000/svg}"
MakePlot = Callable[[type[FitPlot | LossPlot]], Plot]


@pytest.fixture
def plot(qtbot: QtBot) -> MakePlot:
    def make(kind: type[FitPlot | LossPlot]) -> Plot:
        made = kind(theme=DARK)
        qtbot.addWidget(made)
        made.resize(500, 300)
        made.refresh(run_of(57).view())
        return made

    return make


def texts(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    return "|".join("".join(each.itertext()).strip() for each in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("kind", [FitPlot, LossPlot])
def test_png_has_the_pixels_and_the_dpi_asked(
    plot: MakePlot, kind: type[FitPlot | LossPlot]
) -> None:
    image = QImage.fromData(render(plot(kind), "png", Size(801, 533, 300)))
    assert (image.width(), image.height()) == (801, 533)
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == round(300 / 0.0254)


def test_picture_is_light_whatever_the_window_is(plot: MakePlot) -> None:
    shown = plot(FitPlot)
    image = QImage.fromData(render(shown, "png", Size(600, 400)))
    assert image.pixelColor(2, 2).name().upper() == LIGHT.panel
    assert image.pixelColor(598, 398).name().upper() == LIGHT.panel
    assert shown.theme is DARK
    assert shown.backgroundBrush().color().name().upper() == DARK.panel


def test_more_dpi_in_as_many_pixels_makes_text_larger(plot: MakePlot) -> None:
    shown = plot(LossPlot)

    def dark_rows(dpi: int) -> int:
        image = QImage.fromData(render(shown, "png", Size(800, 600, dpi), "Title"))
        # Rows of the heading: the only ink in the middle above the axes.
        middle = range(300, 500)
        rows = [
            y for y in range(60) if any(image.pixelColor(x, y).lightness() < 120 for x in middle)
        ]
        return len(rows)

    assert dark_rows(144) > dark_rows(72) > 0


def millimetres_of(kind: Kind, content: bytes) -> tuple[float, float]:
    """How large the file itself says that the picture is."""
    if kind == "png":
        image = QImage.fromData(content)
        per_mm = image.dotsPerMeterX() / 1000
        return image.width() / per_mm, image.height() / per_mm
    if kind == "pdf":
        box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
        assert box is not None
        return float(box[1]) / 72 * 25.4, float(box[2]) / 72 * 25.4
    root, units = ElementTree.fromstring(content), {"mm": 1.0, "px": 25.4 / 96}
    width, height = root.get("width", ""), root.get("height", "")
    return float(width[:-2]) * units[width[-2:]], float(height[:-2]) * units[height[-2:]]


@pytest.mark.parametrize(
    ("kind", "size", "millimetres", "exact"),
    [
        ("png", Size(600, 400, 300, unit="px"), (50.8, 33.867), 0.01),
        ("png", Size(50.8, 33.9, 300, unit="mm"), (50.8, 33.9), 0.085),  # half a pixel, at most
        ("svg", Size(804, 500, 300, unit="px"), (212.725, 132.292), 0.001),
        ("svg", Size(160.5, 100, 300, unit="mm"), (160.5, 100), 0.001),
        ("pdf", Size(804, 500, 300, unit="px"), (212.725, 132.292), 0.18),  # whole points
        ("pdf", Size(160.5, 100, 300, unit="mm"), (160.5, 100), 0.18),
    ],
)
def test_every_format_has_the_size_asked_in_px_or_mm(
    plot: MakePlot, kind: Kind, size: Size, millimetres: tuple[float, float], exact: float
) -> None:
    content = render(plot(FitPlot), kind, size)
    assert millimetres_of(kind, content) == pytest.approx(millimetres, abs=exact)
    if kind == "svg" and size.unit == "px":  # as many as asked, to the pixel, with text as large
        root = ElementTree.fromstring(content)
        assert (root.get("width"), root.get("height")) == ("804px", "500px")
        assert root.get("viewBox") == "0 0 804 500"
    if kind == "png":
        image = QImage.fromData(content)
        assert (image.width(), image.height()) == (600, 400)
        assert image == QImage.fromData(render(plot(FitPlot), "png", Size(600, 400, 300)))


@pytest.mark.parametrize("kind", [FitPlot, LossPlot])
def test_svg_has_the_size_asked_and_its_text_as_text(
    plot: MakePlot, kind: type[FitPlot | LossPlot]
) -> None:
    svg = render(plot(kind), "svg", Size(160, 100), "A <title> & more")
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("160mm", "100mm")
    assert "A <title> & more" in texts(svg)
    assert not list(root.iter(f"{SVG}image"))
    if kind is LossPlot:
        assert "0.2420" in texts(svg)
        assert "best any line can do 0.2037" in texts(svg)
        assert "epoch" in texts(svg)


def test_svg_draws_each_point_as_a_vector(plot: MakePlot) -> None:
    svg = render(plot(FitPlot), "svg", Size(160, 100)).decode()
    longest = max(re.findall(r'd="([^"]*)"', svg), key=len)
    assert longest.count("M") >= 100


def test_chinese_names_stay_text(qtbot: QtBot) -> None:
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        pytest.skip("no font has Chinese letters")
    shown = FitPlot()
    qtbot.addWidget(shown)
    data = table_experiment([1.0, 2.0, 3.0], [3.0, 5.0, 6.0], ("面积", "价格"))
    made = data.make_data()
    shown.set_preview(made, facts_of(data, made))
    assert "面积" in texts(render(shown, "svg", Size(160, 100)))
    assert render(shown, "pdf", Size(160, 100)).startswith(b"%PDF")


@pytest.mark.parametrize(("width", "height"), [(160.0, 100.0), (210.0, 297.0), (500.0, 90.0)])
def test_pdf_has_the_page_asked_and_embeds_its_font(
    plot: MakePlot, width: float, height: float
) -> None:
    pdf = render(plot(FitPlot), "pdf", Size(width, height))
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box is not None
    # Qt rounds pages to whole points.
    assert float(box[1]) == pytest.approx(width / 25.4 * 72, abs=0.51)
    assert float(box[2]) == pytest.approx(height / 25.4 * 72, abs=0.51)
    assert b"/FontFile2" in pdf
    assert b"/Subtype /Image" not in pdf


def test_what_is_switched_on_is_in_the_picture(plot: MakePlot) -> None:
    shown = plot(FitPlot)
    assert isinstance(shown, FitPlot)
    assert "residuals" not in texts(render(shown, "svg", Size(160, 100)))
    shown.set_residuals(True)
    shown.set_show_test(True)
    shown.set_applied(run_of(57).apply([(1.5,), (9.0,)]))
    seen = texts(render(shown, "svg", Size(160, 100)))
    for name in ("residuals", "test data · 20 points", "prediction outside the data"):
        assert name in seen


def test_linear_axis_is_exported_as_linear(plot: MakePlot) -> None:
    shown = plot(LossPlot)
    assert isinstance(shown, LossPlot)
    shown.set_log(False)
    assert "|40|" in texts(render(shown, "svg", Size(160, 100)))


def test_the_plot_on_the_screen_is_left_alone(
    plot: MakePlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = plot(FitPlot)
    size, calls = shown.size(), []
    monkeypatch.setattr(shown, "_draw", lambda: calls.append("draw"))
    for kind in ("png", "svg", "pdf"):
        render(shown, kind, Size(150, 150))
    assert calls == []
    assert shown.size() == size


@pytest.mark.parametrize(
    ("kind", "size", "words"),
    [
        ("png", Size(99, 400), "from 100 to 20,000 pixels"),
        ("png", Size(400, 20_001), "from 100 to 20,000 pixels"),
        ("png", Size(20_000, 20_000), "400,000,000 pixels"),
        ("png", Size(400, 400, 10), "from 30 to 2400 dots"),
        ("svg", Size(5, 100), "from 20 to 2000 millimetres"),
        ("pdf", Size(100, 1e9), "from 20 to 2000 millimetres"),
        ("pdf", Size(float("nan"), 100), "millimetres"),
        ("png", Size(float("nan"), 100, unit="mm"), "millimetres"),
        ("png", Size(150, 8, 300, unit="mm"), "At 300 dpi that makes 1,772 × 94 pixels"),
        ("png", Size(300, 300, 2400, unit="mm"), "At 2400 dpi that makes 28,346 × 28,346 pixels"),
        ("svg", Size(75, 100, unit="px"), "from 76 to 7,559 pixels"),
        ("pdf", Size(76, 7560, unit="px"), "from 76 to 7,559 pixels"),
    ],
)
def test_size_out_of_the_limits_is_refused_in_words(
    plot: MakePlot, kind: Kind, size: Size, words: str
) -> None:
    with pytest.raises(SizeProblem, match=words):
        render(plot(FitPlot), kind, size)
    with pytest.raises(SizeProblem, match=words):
        preview(plot(FitPlot), kind, size, "", 400, 300)


@pytest.mark.parametrize(("kind", "size"), [("png", Size(1600, 400)), ("svg", Size(100, 100))])
def test_preview_fits_its_place_in_the_pictures_proportions(
    plot: MakePlot, kind: Kind, size: Size
) -> None:
    image = preview(plot(FitPlot), kind, size, "", 400, 300)
    assert image.width() <= 400
    assert image.height() <= 300
    assert image.width() / image.height() == pytest.approx(size.width / size.height, rel=0.02)


@pytest.mark.parametrize("kind", KINDS)
def test_a_diagram_is_a_picture_too(qtbot: QtBot, kind: Kind) -> None:
    chart = FlowChart()
    qtbot.addWidget(chart)
    chart.refresh(moment(ARTICLE, 57, Phase.BACKWARD))
    size = Size(800, 600) if kind == "png" else Size(160, 120)
    content = render(chart, kind, size, "Epoch 57")
    if kind == "svg":
        assert "Epoch 57" in texts(content)
        assert "Forward" in texts(content)
    elif kind == "pdf":
        assert content.startswith(b"%PDF")
    else:
        image, plain = QImage.fromData(content), QImage.fromData(render(chart, kind, size))
        assert (image.width(), image.height()) == (800, 600)
        assert image != plain
        assert image.text("Title") == "Epoch 57"


@pytest.mark.parametrize("kind", [FitPlot, LossPlot])
def test_the_legend_can_be_left_out(plot: MakePlot, kind: type[FitPlot | LossPlot]) -> None:
    shown = plot(kind)
    assert isinstance(shown, FitPlot | LossPlot)
    shown.refresh(run_of(57, {"batch_size": 25}).view())
    names, size = shown._legend.texts, Size(160, 100)
    assert names
    seen = texts(render(shown, "svg", size)).split("|")
    assert set(names) <= set(seen)
    bare = texts(render(shown, "svg", replace(size, legend=False))).split("|")
    assert not set(names) & set(bare)
    assert shown._legend.texts == names, "on the screen it stays"


def test_a_curve_is_one_line_in_vectors_and_drawn_in_pieces_in_pixels(plot: MakePlot) -> None:
    """Qt takes seconds for a long line that crosses itself; the picture is the same."""
    shown = plot(LossPlot)
    pieces, images = [], []
    chosen: tuple[tuple[Kind, Size], ...] = (("svg", Size(160, 100)), ("png", Size(605, 378)))
    for kind, size in chosen:
        with _copy(shown, kind, size, "") as copy:
            assert isinstance(copy, LossPlot)
            path = copy.train.item.path()
            pieces.append(sum(path.elementAt(i).isMoveTo() for i in range(path.elementCount())))
            image = QImage(605, 378, QImage.Format.Format_RGB32)
            _paint_on(image, copy, "")
            images.append(np.array(image.constBits()).reshape(378, 605, 4)[:, :, :3].astype(int))
    assert pieces[0] == 1
    assert pieces[1] > 20
    assert (np.abs(images[0] - images[1]).max(axis=2) > 60).mean() < 0.002
