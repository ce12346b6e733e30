"""The icons of Windows and macOS, drawn from the one SVG."""

import io
from pathlib import Path

from PIL import IcnsImagePlugin, IcoImagePlugin, Image, PngImagePlugin
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from guitrain.files.atomic import write_whole
from guitrain.resources import resource

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # Windows asks for these at 100 % to 250 %
ICNS_SIZES = (32, 64, 128, 256, 512, 1024)  # all that Pillow writes
_PLUGINS = (IcoImagePlugin, IcnsImagePlugin, PngImagePlugin)  # imported, they are registered

SVG, ICO, ICNS = (resource("icons", f"guitrain.{ending}") for ending in ("svg", "ico", "icns"))


def drawn(size: int) -> Image.Image:
    """The app's icon as an image of (size, size) pixels, with its transparency."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(content.data())).convert("RGBA")


def write_icons() -> tuple[Path, Path]:
    """Write both files anew beside the SVG, and return their paths.

    Raises FileProblem for what the operating system refuses.
    """
    for path, kind, sizes in ((ICO, "ICO", ICO_SIZES), (ICNS, "ICNS", ICNS_SIZES)):
        images = [drawn(size) for size in sizes]
        content = io.BytesIO()
        options = {"sizes": [(size, size) for size in sizes]} if kind == "ICO" else {}
        images[-1].save(content, kind, append_images=images[:-1], **options)
        write_whole(path, content.getvalue())
    return ICO, ICNS
