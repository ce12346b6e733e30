"""Icons from our own SVGs, tinted: a bare X11 desktop has no theme icons to offer."""

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from guitrain.resources import resource

_SIZE = 64  # drawn large and scaled down, so that it is sharp on a dense screen


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in this colour, and in another while disabled."""
    made = QIcon(_tinted(name, colour))
    if disabled:
        made.addPixmap(_tinted(name, disabled), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The app's own icon, in its own colours."""
    return QIcon(_pixmap(resource("icons", "guitrain.svg").read_text("utf-8"), 128))


def _tinted(name: str, colour: str) -> QPixmap:
    key, pixmap = f"guitrain/{name}/{colour}", QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _pixmap(_source(name).replace("#000", QColor(colour).name()))
        QPixmapCache.insert(key, pixmap)
    return pixmap


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


def _pixmap(svg: str, size: int = _SIZE) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    return pixmap
