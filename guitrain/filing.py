"""The training thread's files: what runs are made of is written, and runs are made of files."""

import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.files.atomic import write_whole
from guitrain.files.problems import FileProblem
from guitrain.run_book import RunBook
from guitrain.snapshot import Filed

if TYPE_CHECKING:
    from guitrain.core.run import Run


class Filing(QObject):
    """Reads in the thread that it lives in, and writes in one of its own, a file after the other:
    what is recorded never changes, so it can be packed and written beside training, and no press
    waits for the disk. Where there is nothing to write yet, it says that.

    Signals:
        told(Filed): what came of it, in the thread that this lives in.
    """

    told = Signal(object)
    _written = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "files")
        self._written.connect(self._tell)

    @Slot(object)
    def _tell(self, filed: Filed) -> None:
        self.told.emit(filed)

    # Writing.

    def save(
        self, book: RunBook | None, path: Path, beside: Mapping[str, Any], number: int
    ) -> None:
        """Write all the runs to a file, and what else is to be in it, whole or not at all."""
        from guitrain.files.experiment_file import write_session
        from guitrain.session import session_of

        if book is None:
            self._nothing_yet(path, number)
            return
        session, rows = {**session_of(book), **beside}, book.rows()
        self._write(lambda: write_session(path, session), Filed(number, path, False, None, rows))

    def export(
        self, run: "Run | None", path: Path, make: Callable[["Run"], bytes], number: int
    ) -> None:
        """Write what is made of a run to a file, whole or not at all; ``make`` may raise
        FileProblem.
        """
        if run is None:
            self._nothing_yet(path, number)
            return
        try:
            content = make(run)
        except FileProblem as problem:
            self.told.emit(Filed(number, path, False, problem))
            return
        self._write(lambda: write_whole(path, content), Filed(number, path, False))

    def export_all(
        self,
        book: RunBook | None,
        path: Path,
        gather: Callable[[RunBook], Callable[[], object]],
        number: int,
    ) -> None:
        """Gather what there is of all the runs, and have it written; writing may raise
        FileProblem.
        """
        if book is None:
            self._nothing_yet(path, number)
            return
        self._write(gather(book), Filed(number, path, False))

    def delete(self, path: Path) -> None:
        """Delete a file, if it is there, once all that was to be written is."""
        self._writer.submit(path.unlink, missing_ok=True)

    def close(self) -> None:
        """Come to the end of what is being written."""
        self._writer.shutdown()

    def _nothing_yet(self, path: Path, number: int) -> None:
        self.told.emit(Filed(number, path, False, FileProblem("nothing_yet", path)))

    def _write(self, write: Callable[[], object], filed: Filed) -> None:
        def work() -> None:
            problem: FileProblem | None = None
            try:
                write()
            except FileProblem as error:
                problem = error
            except Exception as error:
                traceback.print_exc()
                problem = FileProblem("failed", filed.path, {"detail": str(error)})
            self._written.emit(replace(filed, problem=problem))

        self._writer.submit(work)

    # Reading: None where the file is refused, which is told.

    def open(self, path: Path, number: int) -> tuple[RunBook, Filed] | None:
        """The runs in a file, built whole, and what is to be told once they are shown."""
        from guitrain.files.experiment_file import read_session
        from guitrain.lessons import lesson_of
        from guitrain.session import book_of

        self._writer.submit(int).result()  # what is being written may be this file
        problem: FileProblem | ExperimentProblem
        try:
            session = read_session(path)
            window = session.get("window")
            lesson = lesson_of(session["lesson"], path) if "lesson" in session else None
            book, replay = book_of(session)
        except (FileProblem, ExperimentProblem) as error:
            problem = error
        except ValueError as error:
            problem = FileProblem("damaged_session", path, {"detail": str(error)[:120]})
        else:
            said = window if isinstance(window, dict) else {}
            return book, Filed(number, path, True, None, book.rows(), said, replay, lesson)
        self.told.emit(Filed(number, path, True, problem))
        return None

    def open_model(
        self, path: Path, number: int, settings: Experiment | None
    ) -> tuple[Experiment, Filed] | None:
        """An experiment that begins with the weights in a file: its own, or ``settings`` where it
        names none.
        """
        from guitrain.files.model_file import experiment_of

        try:
            experiment = experiment_of(path, settings)
        except FileProblem as problem:
            self.told.emit(Filed(number, path, True, problem))
            return None
        return experiment, Filed(number, path, True)
