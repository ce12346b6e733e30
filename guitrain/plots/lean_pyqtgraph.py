"""pyqtgraph without its copy of the whole of Qt: it is imported here and nowhere else.

``pyqtgraph.Qt`` copies every name of QtCore, QtGui and QtWidgets into modules of its own as it is
imported. PySide makes a class when it is first asked for, so the copy makes them all: a seventh of
the time to the first window, which needs few of them. Here these three modules stand before
pyqtgraph looks for them, and ask PySide for a name when they are asked for it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets


class _Mirror(ModuleType):
    """A module of ``pyqtgraph.Qt``: names set by pyqtgraph, and those of a module of PySide."""

    def __init__(self, source: ModuleType) -> None:
        super().__init__(source.__name__.replace("PySide6", "pyqtgraph.Qt"))
        self._source = source

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._source, name)
        setattr(self, name, value)
        return value


@contextmanager
def _mirrors() -> Iterator[None]:
    if "pyqtgraph" in sys.modules:  # by another's import, and the copy is made
        yield
        return
    sources: tuple[ModuleType, ...] = (QtCore, QtGui, QtWidgets)
    for source in sources:
        mirror = _Mirror(source)
        sys.modules[mirror.__name__] = mirror
        vars(source)["__dir__"] = list  # what dir() lists is copied, so it lists nothing
    try:
        yield
    finally:
        for source in sources:
            del vars(source)["__dir__"]


with _mirrors():
    import pyqtgraph as pg

__all__ = ["pg"]
