"""A plot as PNG, SVG or PDF: the plot itself, drawn anew at the size asked, on a light background.

Qt's painter draws the scene; what is text stays text in SVG and PDF.
"""

import math
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QEvent,
    QIODevice,
    QMarginsF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView

from guitrain.plots.base import Plot
from guitrain.plots.diagram import Diagram
from guitrain.plots.items import Legend
from guitrain.plots.moving import Moving
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.snapshot import Snapshot

Kind = Literal["png", "svg", "pdf"]
Unit = Literal["px", "mm"]
Picture = Plot | Diagram

KINDS: tuple[Kind, ...] = ("png", "svg", "pdf")
MM_PER_INCH = 25.4
# At which a plot's own pixels are counted, so that its text has its usual size; and those of an SVG
# and a PDF, as CSS has them.
SCREEN_DPI = 96
PIXELS = (100, 20_000)  # of a side
MOST_PIXELS = 100_000_000  # of an image: 400 MB of memory while it is painted
MILLIMETRES = (20.0, 2000.0)
_PNG_MILLIMETRES = (1.0, 17_000.0)  # what as many pixels as a side may have are at any resolution
DPI = (30, 2400)
_PDF_DPI = 1200
_HEADING, _TITLE = 30, 16  # pixels of a diagram's title, and of its text
_SVG_DPI = 25_400
_SVG_SIDES = re.compile(rb'width="[\d.]+mm" height="[\d.]+mm"')


class SizeProblem(ValueError):  # noqa: N818
    """A size out of the limits; its text is a translated sentence."""


@dataclass(frozen=True)
class Size:
    """Of a picture, in this unit; where it is None, in pixels for PNG, in millimetres for SVG and
    PDF.

    ``dpi`` says how many pixels of a PNG make an inch of paper, and so how large its text is; the
    pixels of SVG and PDF are those of CSS, 96 to an inch. ``text`` is how many times as large as
    usual text and lines are; ``legend`` whether a plot has one.
    """

    width: float
    height: float
    dpi: int = SCREEN_DPI
    text: float = 1.0
    legend: bool = True
    unit: Unit | None = None

    def sides(self, kind: Kind, unit: Unit | None = None) -> tuple[float, float]:
        """Width and height in another unit, by default in the format's own; a PNG's pixels are
        whole.
        """
        unit = unit or own_unit(kind)
        times = per_mm(kind, unit, self.dpi) / per_mm(kind, self.unit or own_unit(kind), self.dpi)
        width, height = self.width * times, self.height * times
        return (round(width), round(height)) if (kind, unit) == ("png", "px") else (width, height)


def own_unit(kind: Kind) -> Unit:
    """In which a format's size is usually told."""
    return "px" if kind == "png" else "mm"


def per_mm(kind: Kind, unit: Unit, dpi: int) -> float:
    """How many of this unit make a millimetre of paper; ``dpi`` is that of a PNG."""
    return 1.0 if unit == "mm" else (dpi if kind == "png" else SCREEN_DPI) / MM_PER_INCH


def limits(kind: Kind, unit: Unit) -> tuple[float, float]:
    """The least and the most that a side can have in this unit, at some resolution."""
    if unit == own_unit(kind):
        return PIXELS if unit == "px" else MILLIMETRES
    if unit == "mm":
        return _PNG_MILLIMETRES
    least, most = (side * SCREEN_DPI / MM_PER_INCH for side in MILLIMETRES)
    return math.ceil(least), math.floor(most)


def check(kind: Kind, size: Size) -> None:
    """Raises SizeProblem where a picture of that size cannot be made."""
    unit = size.unit or own_unit(kind)
    low, high = limits(kind, unit)
    if not all(low <= side <= high for side in (size.width, size.height)):
        sentence = (
            translate("Export", "Width and height must be from {low:,} to {high:,} pixels.")
            if unit == "px"
            else translate(
                "Export", "Width and height must be from {low:g} to {high:g} millimetres."
            )
        )
        raise SizeProblem(sentence.format(low=low, high=high))
    if kind != "png":
        return
    if not DPI[0] <= size.dpi <= DPI[1]:
        raise SizeProblem(
            translate(
                "Export", "The resolution must be from {low} to {high} dots per inch."
            ).format(low=DPI[0], high=DPI[1])
        )
    width, height = size.sides(kind)
    if not all(PIXELS[0] <= side <= PIXELS[1] for side in (width, height)):
        raise SizeProblem(
            translate(
                "Export",
                "At {dpi} dpi that makes {width:,} × {height:,} pixels, and each side can have "
                "from {low:,} to {high:,}. Choose another size or resolution.",
            ).format(dpi=size.dpi, width=width, height=height, low=PIXELS[0], high=PIXELS[1])
        )
    if width * height > MOST_PIXELS:
        raise SizeProblem(
            translate(
                "Export",
                "The picture would have {count:,} pixels, and at most {most:,} can be painted. "
                "Make it smaller, or choose SVG or PDF, which stay sharp at any size.",
            ).format(count=int(width * height), most=MOST_PIXELS)
        )


def render(plot: Picture, kind: Kind, size: Size, title: str = "") -> bytes:
    """The file's content. The plot given stays as it is: a copy of it is drawn.

    Raises SizeProblem for a size out of the limits.
    """
    check(kind, size)
    with _copy(plot, kind, size, title) as copy:
        return _PAINTERS[kind](copy, size, title)


def preview(plot: Picture, kind: Kind, size: Size, title: str, width: int, height: int) -> QImage:
    """How the picture will look, as large as fits into ``width`` × ``height`` pixels.

    Raises SizeProblem for a size out of the limits.
    """
    check(kind, size)
    across, down = size.sides(kind)
    scale = min(width / across, height / down)
    image = QImage(
        max(round(across * scale), 1),
        max(round(down * scale), 1),
        QImage.Format.Format_RGB32,
    )
    with _copy(plot, kind, size, title) as copy:
        _paint_on(image, copy, title)
    return image


@contextmanager
def _copy(plot: Picture, kind: Kind, size: Size, title: str) -> Iterator[Picture]:
    """The plot's copy, laid out for that size."""
    scale = size.dpi / SCREEN_DPI if kind == "png" else MM_PER_INCH / SCREEN_DPI
    scale *= size.text
    width, height = size.sides(kind)
    copy = plot.copy_for_export()
    try:
        if isinstance(copy, Plot):
            copy.set_title(title)
            copy.in_vectors = kind != "png"
            for item in [] if size.legend else copy.scene().items():
                if isinstance(item, Legend):
                    item.leave_out()
        _lay_out(copy, width / scale, height / scale - _heading(copy, title))
        yield copy
    finally:
        copy.hide()
        discard(copy)


class Camera:
    """Takes a film's frames of one copy of a plot, which is laid out once, below a title.

    Raises SizeProblem for a size out of the limits, TypeError for a plot that shows no moments.
    """

    def __init__(self, plot: Picture, size: Size, title: str = "") -> None:
        check("png", size)
        self._image, self._title = _blank(size), title
        if title:
            self._image.setText("Title", title)
        self._open = ExitStack()
        copy = self._open.enter_context(_copy(plot, "png", size, title))
        if not isinstance(copy, Moving):
            self.close()
            raise TypeError(type(plot).__name__)
        # Nobody sees the copy itself.
        copy.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self._plot = copy

    def shoot(self, snapshot: "Snapshot") -> QImage:
        """The plot at this moment (RGB32); the image is painted over by the next one."""
        plot = self._plot
        plot.show_moment(snapshot)
        assert isinstance(plot, Plot | Diagram)
        if isinstance(plot, Plot):
            plot.settle()
        _paint_on(self._image, plot, self._title)
        return self._image

    def close(self) -> None:
        """The copy goes."""
        self._open.close()


def discard(plot: Picture) -> None:
    """Destroy a plot that was made for an export, now and from the outside in.

    Left to Python, its items would go in the order in which the garbage collector finds them, at
    any time later; a plot that is half taken apart has crashed so.
    """
    plot.deleteLater()
    QCoreApplication.sendPostedEvents(plot, QEvent.Type.DeferredDelete.value)


def _heading(plot: Picture, title: str) -> int:
    """Pixels above a diagram for its title; a plot has its own."""
    return _HEADING if title and not isinstance(plot, Plot) else 0


def _lay_out(plot: Picture, width: float, height: float) -> None:
    """Give a plot that is on no screen its size, as a shown one would get it."""
    plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    plot.resize(max(round(width), 1), max(round(height), 1))
    plot.show()
    if isinstance(plot, Plot):
        plot.settle()


def _paint(plot: Picture, painter: QPainter, target: QRectF, title: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(target, plot.backgroundBrush())
    if heading := _heading(plot, title):
        scale = target.height() / (plot.height() + heading)
        font = QFont(plot.font())
        font.setPixelSize(max(round(_TITLE * scale), 1))
        painter.setFont(font)
        painter.setPen(QColor(plot.theme.text))
        above = QRectF(target.left(), target.top(), target.width(), heading * scale)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, title)
        target = target.adjusted(0, heading * scale, 0, 0)
    plot.render(
        painter,
        target,
        QRect(0, 0, plot.width(), plot.height()),
        Qt.AspectRatioMode.IgnoreAspectRatio,
    )


def _png(plot: Picture, size: Size, title: str) -> bytes:
    image = _blank(size)
    _paint_on(image, plot, title)
    dots = round(size.dpi / MM_PER_INCH * 1000)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    if title:
        image.setText("Title", title)
    return png_of(image)


def png_of(image: QImage) -> bytes:
    """An image as the content of a PNG file."""
    content, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks a QIODevice
    return _closed(content, buffer)


def _blank(size: Size) -> QImage:
    width, height = (round(side) for side in size.sides("png"))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise SizeProblem(
            translate(
                "Export",
                "There is not enough memory for a picture of {width} × {height} pixels. "
                "Make it smaller.",
            ).format(width=width, height=height)
        )
    return image


def _paint_on(image: QImage, plot: Picture, title: str) -> None:
    painter = QPainter(image)
    try:
        _paint(plot, painter, QRectF(0, 0, image.width(), image.height()), title)
    finally:
        painter.end()


def _svg(plot: Picture, size: Size, title: str) -> bytes:
    content, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    # So fine that whole units give the millimetres asked; drawing is in those of the view box.
    generator.setResolution(_SVG_DPI)
    generator.setSize(QSize(*(round(side / MM_PER_INCH * _SVG_DPI) for side in size.sides("svg"))))
    box = QRect(0, 0, plot.width(), plot.height() + _heading(plot, title))
    generator.setViewBox(box)
    generator.setTitle(title or plot.accessibleName())
    painter = QPainter(generator)
    try:
        _paint(plot, painter, QRectF(box), title)
    finally:
        painter.end()
    written = _closed(content, buffer)
    if size.unit == "px":  # Qt writes millimetres, which are hardly ever whole pixels
        sides = f'width="{size.width:g}px" height="{size.height:g}px"'
        written = _SVG_SIDES.sub(sides.encode(), written, count=1)
    return written


def _pdf(plot: Picture, size: Size, title: str) -> bytes:
    content, buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    # Qt's own matching would turn a size that is nearly A4 into A4.
    page = QPageSize(
        QSizeF(*size.sides("pdf")),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageSize(page)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(title or plot.accessibleName())
    writer.setCreator("GUITrain")
    painter = QPainter(writer)
    try:
        _paint(plot, painter, QRectF(0, 0, writer.width(), writer.height()), title)
    finally:
        painter.end()
    return _closed(content, buffer)


_PAINTERS = {"png": _png, "svg": _svg, "pdf": _pdf}


def _buffer() -> tuple[QByteArray, QBuffer]:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return content, buffer


def _closed(content: QByteArray, buffer: QBuffer) -> bytes:
    buffer.close()
    return bytes(content.data())
