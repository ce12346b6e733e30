"""One timer refreshes the visible views, at most once a frame, and rests when nothing moves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from guitrain.snapshot import Snapshot, State
from guitrain.trainer import Trainer

FRAME_MS = 16
IDLE_FRAMES = 4  # to wait for more: where places come one by one, a clock that stops lags behind


class FrameClock(QObject):
    """Calls ``refresh(snapshot)`` with each new snapshot: every frame while running, once after
    each announcement else.
    """

    def __init__(
        self, trainer: Trainer, refresh: Callable[[Snapshot], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._trainer = trainer
        self._refresh = refresh
        self._shown: Snapshot | None = None
        self._stopped = False
        self._idle = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.tick)
        trainer.announced.connect(self.wake)

    @Slot()
    def wake(self) -> None:
        """Draw in the next frame, and go on as long as it is needed."""
        self._idle = 0
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def tick(self) -> None:
        """Draw what is new, if anything."""
        snapshot = self._trainer.snapshot
        if snapshot is not self._shown:
            self._shown, self._idle = snapshot, 0
            self._refresh(snapshot)
        elif snapshot.state is not State.RUNNING:
            self._idle += 1
            if self._idle >= IDLE_FRAMES:
                self._timer.stop()

    def stop(self) -> None:
        """Draw no more. A second time changes nothing."""
        if not self._stopped:
            self._stopped = True
            self._trainer.announced.disconnect(self.wake)
        self._timer.stop()
