"""A film, made between the window's events: the training thread finds the moments, one copy of a
plot draws them, a sink takes them.
"""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from guitrain.export.film import FilmProblem, Sink
from guitrain.export.image import Camera
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.filming import Reel

_REST = 1  # milliseconds from slice to slice, for the window


class FilmMaking(QObject):
    """Draws a frame in one slice and writes it in the next; the film appears when it is whole.

    Args:
        ask: has the training thread go on (``Trainer.film``).
        run_id, steps: what to film. camera, sink: they are closed in the end.
    Signals:
        progress: so many frames are done. finished: with "" when the film is there, or with a
        sentence saying why it is not.
    """

    progress = Signal(int)
    finished = Signal(str)

    def __init__(
        self,
        parent: QObject | None,
        ask: Callable[[Reel], None],
        run_id: int,
        steps: Sequence[int],
        camera: Camera,
        sink: Sink,
    ) -> None:
        super().__init__(parent)
        self._ask, self._camera, self._sink = ask, camera, sink
        chosen = np.linspace(0, len(steps) - 1, min(sink.samples, len(steps))).round().astype(int)
        samples = [steps[int(at)] for at in chosen]
        self._samples, self._count = len(samples), len(steps)
        self._reel = Reel(run_id, [*samples, *steps])
        self._done = 0  # samples and frames
        self._image: QImage | None = None  # drawn, and not yet taken by the sink
        self._going = self._begun = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.abandon)

    def start(self) -> None:
        """Begin; ``finished`` follows later, or at once where the file cannot be begun."""
        self._going = True
        try:
            self._sink.start()
        except FileProblem as problem:
            self._stop()
            self.finished.emit(file_sentence(problem))
            return
        self._timer.start(_REST)

    @Slot()
    def _slice(self) -> None:
        try:
            whole = self._work()
        except FileProblem as problem:
            self._give_up(problem, file_sentence(problem))
        except FilmProblem as problem:
            self._give_up(problem, str(problem))
        except OSError as error:
            self._give_up(error, str(error))
        else:
            if whole:
                self._stop()
                self.finished.emit("")

    def _work(self) -> bool:
        reel, sink = self._reel, self._sink
        if reel.wants_more:
            reel.asked = True
            self._ask(reel)
        if self._done == self._samples + self._count:
            return sink.end()
        if self._done == self._samples and not self._begun:
            self._begun = True
            sink.begin()
            return False
        if self._image is not None:
            self._take(self._image)
        elif reel.frames:
            if sink.ready:
                self._image = self._camera.shoot(reel.frames.popleft())
        elif reel.failed:
            raise FilmProblem(self._why(reel.failed))
        return False

    def _take(self, image: QImage) -> None:
        """The sink takes what was drawn in the slice before this one."""
        self._image = None
        if self._done < self._samples:
            self._sink.sample(image)
        else:
            self._sink.add(image)
        self._done += 1
        self.progress.emit(max(self._done - self._samples, 0))

    def _why(self, failed: str) -> str:
        if failed == "gone":
            return self.tr(
                "The film was not made: its run is no longer kept. Open this dialog again to film "
                "the run in hand."
            )
        return self.tr("The film was not made, for training it again went wrong: {0}").format(
            failed
        )

    def _give_up(self, error: Exception, sentence: str) -> None:
        self._stop()
        try:
            self._sink.abandon(error)
        except FileProblem as problem:  # which says of an OSError what to do
            sentence = file_sentence(problem)
        self.finished.emit(sentence)

    @Slot()
    def abandon(self) -> None:
        """Make no more of it, and leave nothing behind."""
        if self._going:
            self._stop()
            self._sink.abandon(_Abandoned())

    def _stop(self) -> None:
        self._going = False
        self._timer.stop()
        self._camera.close()
        self._reel.frames.clear()


class _Abandoned(Exception):  # noqa: N818
    """Ends the writing of a film that nobody wants any more."""
