"""Ranges of a plot that move to new ones in a moment, and then rest."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from guitrain.plots.scales import Scale

SECONDS = 0.2
_FRAME = 16  # milliseconds

Scales = tuple[Scale, Scale]


class Glide:
    """Calls ``show(scales, moving)`` on every frame of the way, the last time with False.

    Attributes:
        target: where the ranges are going, or are.
    """

    def __init__(self, owner: QWidget, show: Callable[[Scales, bool], None]) -> None:
        self._show = show
        self._timer = QTimer(owner)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._frame)
        self._began = 0.0
        self._from: Scales | None = None
        self.target: Scales | None = None

    @property
    def moving(self) -> bool:
        """Whether the ranges are on their way."""
        return self._timer.isActive()

    def go(self, start: Scales, target: Scales) -> None:
        """Set off from these ranges."""
        if target != self.target:
            self._from, self.target = start, target
            self._began = time.perf_counter()
            self._timer.start()

    def jump(self, target: Scales) -> None:
        """Be there at once; ``show`` is not called."""
        self._timer.stop()
        self.target = target

    def arrive(self) -> None:
        """Cut the rest of the way short."""
        if self.moving and self.target is not None:
            self._timer.stop()
            self._show(self.target, False)

    def _frame(self) -> None:
        part = (time.perf_counter() - self._began) / SECONDS
        if part >= 1 or self._from is None or self.target is None:
            self.arrive()
            return
        share = 1 - (1 - part) ** 3
        x, y = (
            Scale(a.low + share * (b.low - a.low), a.high + share * (b.high - a.high))
            for a, b in zip(self._from, self.target, strict=True)
        )
        self._show((x, y), True)
