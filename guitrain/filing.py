"""The training thread's files: what runs are made of is written, and runs are made of files."""

import traceback
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from guitrain.core.experiment import Experiment
from guitrain.core.problems import ExperimentProblem
from guitrain.files.atomic import write_whole
from guitrain.files.problems import FileProblem, ProblemCode, file_sentence, unforeseen
from guitrain.run_book import RunBook
from guitrain.snapshot import Filed

if TYPE_CHECKING:
    from guitrain.core.run import Run

Source = TypeVar("Source")  # what a file is made of


@dataclass(frozen=True)
class Aside:
    """Where the runs that are here go when others take their place.

    Attributes:
        path: the file. beside: what is to be in it besides them.
        must: whether they would be lost without it, so that nothing may take their place.
    """

    path: Path
    beside: Mapping[str, Any]
    must: bool


class Filing(QObject):
    """Reads in the thread that it lives in, and writes in one of its own, a file after the other:
    what is recorded never changes, so it can be packed and written beside training, and no press
    waits for the disk. Where there is nothing to write yet, it says that.

    Signals:
        told(Filed): what came of it, in the thread that this lives in. Every command is answered,
            in the order in which things were done, whatever goes wrong.
    """

    told = Signal(object)
    _written = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "files")
        self._done: deque[Filed] = deque()  # written, and not told yet
        self._written.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        while self._done:
            self.told.emit(self._done.popleft())

    # Writing.

    def save(
        self,
        book: RunBook | None,
        path: Path,
        beside: Mapping[str, Any],
        number: int,
        instead_of: Path | None = None,
    ) -> None:
        """Write all the runs to a file, and what else is to be in it, whole or not at all; once it
        is written, and only then, the file ``instead_of`` is deleted.
        """
        if book is None:
            self._nothing_yet(path, number)
            return
        filed = Filed(number, path, False, None, book.rows())
        try:
            write = self._writing(book, path, beside)
        except Exception as error:  # of runs that something went wrong in
            self.told.emit(replace(filed, problem=_problem(error, path, "failed")))
            return

        def work() -> None:
            write()
            if instead_of is not None:
                _delete(instead_of)

        self._write(work, filed)

    @staticmethod
    def _writing(book: RunBook, path: Path, beside: Mapping[str, Any]) -> Callable[[], object]:
        """What writes all the runs as they are now."""
        from guitrain.files.experiment_file import write_session
        from guitrain.session import session_of

        session = {**session_of(book), **beside}
        return lambda: write_session(path, session)

    def export(
        self, run: "Run | None", path: Path, make: Callable[["Run"], bytes], number: int
    ) -> None:
        """Write what is made of a run to a file, whole or not at all; ``make`` may raise
        FileProblem.
        """
        self.export_gathered(run, path, lambda run: partial(write_whole, path, make(run)), number)

    def export_gathered(
        self,
        source: Source | None,
        path: Path,
        gather: Callable[[Source], Callable[[], object]],
        number: int,
    ) -> None:
        """Gather what there is of a run, or of all, and have it written; writing may raise
        FileProblem.
        """
        if source is None:
            self._nothing_yet(path, number)
            return
        try:
            write = gather(source)
        except Exception as error:
            problem = _problem(error, path, "failed")
            self.told.emit(Filed(number, path, False, problem))
            return
        self._write(write, Filed(number, path, False))

    def delete(self, path: Path) -> None:
        """Delete a file, if it is there, once all that was to be written is."""
        self._writer.submit(_delete, path)

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
            except Exception as error:
                problem = _problem(error, filed.path, "failed")
            self._done.append(replace(filed, problem=problem))
            self._written.emit()

        self._writer.submit(work)

    # Reading: None where the file is refused, which is told.

    def open(
        self, path: Path, number: int, here: RunBook | None, aside: Aside | None
    ) -> tuple[RunBook, Filed] | None:
        """The runs in a file, built whole, and what is to be told once they are shown. Once they
        are, and only then, those that are ``here`` are set ``aside``; where that must be and fails,
        the file is refused.
        """
        from guitrain.files.experiment_file import read_session
        from guitrain.lessons import lesson_of
        from guitrain.session import book_of

        self._writer.submit(int).result()  # what is being written may be this file
        self._tell()  # of that first, for what it is told of makes way
        problem: FileProblem | ExperimentProblem
        try:
            session = read_session(path)
            window = session.get("window")
            lesson = lesson_of(session["lesson"], path) if "lesson" in session else None
            book, replay = book_of(session)
            if here is not None and aside is not None:
                self._set_aside(here, aside, path)
        except (FileProblem, ExperimentProblem) as error:
            problem = error
        except ValueError as error:
            problem = FileProblem("damaged_session", path, {"detail": str(error)[:120]})
        except Exception as error:
            problem = _problem(error, path, "read_failed")
        else:
            said = window if isinstance(window, dict) else {}
            return book, Filed(number, path, True, None, book.rows(), said, replay, lesson)
        self.told.emit(Filed(number, path, True, problem))
        return None

    def _set_aside(self, here: RunBook, aside: Aside, path: Path) -> None:
        """Raises FileProblem for ``path``, where it cannot be done."""
        try:
            self._writer.submit(self._writing(here, aside.path, aside.beside)).result()
        except Exception as error:
            problem = _problem(error, aside.path, "failed")
            values = {"reason": file_sentence(problem)}
            if aside.must:
                raise FileProblem("not_set_aside", path, values) from error

    def open_model(
        self, path: Path, number: int, settings: Experiment | None
    ) -> tuple[Experiment, Filed] | None:
        """An experiment that begins with the weights in a file: its own, or ``settings`` where it
        names none.
        """
        from guitrain.files.model_file import experiment_of

        try:
            experiment = experiment_of(path, settings)
        except Exception as error:
            problem = _problem(error, path, "read_failed")
            self.told.emit(Filed(number, path, True, problem))
            return None
        return experiment, Filed(number, path, True)


def _problem(error: Exception, path: Path, code: ProblemCode) -> FileProblem:
    """The problem that an exception is, or that it makes; what nobody foresaw goes to the log."""
    if isinstance(error, FileProblem):
        return error
    traceback.print_exc()
    return unforeseen(error, path, code)


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
