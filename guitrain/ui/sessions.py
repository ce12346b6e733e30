"""Sessions in files: open, save, recent ones, and what is kept without being asked.

Every few seconds in which something happened the session is written to a folder of the app's own.
What a crash leaves there is offered at the next start; what a closed window, or the opening of
another file, leaves there can be reopened from the menu. So there is no question to answer before
anything is closed, and nothing is lost.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QLockFile, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from guitrain.files.suffix import MODEL_SUFFIXES, SUFFIX
from guitrain.filing import Aside
from guitrain.snapshot import Filed, Snapshot, State
from guitrain.ui.kept_sessions import (
    delete,
    last_ones,
    left_behind,
    locked,
    new_last,
    new_own,
    own_folder,
    trim,
)
from guitrain.ui.lesson_files import LessonFiles
from guitrain.ui.save_file import ask_file, last_folder, tell_problem
from guitrain.ui.window_state import state_of, window_state

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.lessons import Lesson
    from guitrain.run_book import RunBook
    from guitrain.ui.main_window import MainWindow

KEEP_EVERY_MS = 5000
_KEEP_SHARE = 10  # times as long as keeping takes, at least, between two times
_MOST_RECENT = 8
_RECENT_KEY = "files/recent"
_FOLDER_KEY = "files/folder"


@dataclass(frozen=True)
class Going:
    """What sessions hand on to those of another window: the file in which they are kept and its
    lock, the file of the user, what was asked of the trainer, and what a file says of the window.
    ``lesson`` gives the lesson that is read, in the language in use when it is called.
    """

    own: Path | None
    lock: QLockFile | None
    path: Path | None
    title: str
    asked: dict[int, tuple[str, float]]
    known: tuple[object, ...] | None
    modified: bool
    left: Path | None
    window: Mapping[str, Any]
    lesson: "Callable[[], Lesson | None]"


class Sessions(QObject):
    """The window's files.

    Attributes:
        path: the file that Save writes to, or None.
        left: the latest session that a crash left behind, once it is looked for, or None.
        left_count: how many crashes left theirs behind.
    Signals:
        left_found: ``left`` is there, and is to be offered.
        told(sentence): something of a file that the user should know.
        lesson_saved(path): a lesson was written to a file.
    """

    left_found = Signal()
    told = Signal(str)
    lesson_saved = Signal(object)

    def __init__(self, window: "MainWindow", settings: QSettings, menu: QMenu) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._trainer = window.trainer
        self.path: Path | None = None
        self.left: Path | None = None
        self.left_count = 0
        self._look_again = False  # for more that was left, once what is brought back is kept
        self._first: Path | None = None
        self._asked: dict[int, tuple[str, float]] = {}  # what each command was for, and when
        self._done: dict[int, Callable[[], str]] = {}  # what to say once it is done
        self._known: tuple[object, ...] | None = None  # the runs as they are in the file
        self._kept: tuple[object, ...] | None = None  # as they are in the own folder
        self._now: tuple[object, ...] = ()
        self._lessons = LessonFiles(window, settings)
        self._own: Path | None = None
        self._lock: QLockFile | None = None
        self._unkept = False  # the last time, for a reason that was told
        self._rest_until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(KEEP_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._fill(menu)

    def _fill(self, menu: QMenu) -> None:
        keys = QKeySequence.StandardKey
        for name, text, key, act in (
            ("open_file", self.tr("Open…"), keys.Open, self.ask_to_open),
            ("open_csv", self.tr("Open a CSV file…"), None, self._ask_for_table),
            ("reopen_last", self.tr("Reopen the last session"), None, self.reopen_last),
            ("save_file", self.tr("Save"), keys.Save, self.save),
            ("save_file_as", self.tr("Save as…"), keys.SaveAs, self.save_as),
            ("save_lesson", self.tr("Save as lesson…"), None, self._lessons.write),
        ):
            if name in ("reopen_last", "save_file"):
                menu.addSeparator()
            entry = menu.addAction(text)
            entry.setObjectName(name)
            entry.triggered.connect(act)
            if key is not None:
                entry.setShortcut(QKeySequence(key))
                self._window.addAction(entry)  # the keys work while the menu is closed
            if name == "reopen_last":
                self._last = entry
                self._lasts = menu.addMenu(self.tr("Reopen an earlier session"))
                self._lasts.setObjectName("reopen_earlier")
                self._lasts.menuAction().setObjectName("reopen_earlier_entry")
            elif name == "open_file":
                self._recent = menu.addMenu(self.tr("Open recent"))
                self._recent.setObjectName("open_recent")
                self._recent.setToolTipsVisible(True)  # many are called “model.pt”
                self._recent.menuAction().setObjectName("open_recent_entry")
        menu.aboutToShow.connect(self._list_recent)

    def start(self) -> None:
        """Begin to keep, look for what a crash left behind, and open the first file."""
        if self._first is not None:
            self.open(self._first)
        folder = own_folder(self._settings)
        self._own = new_own(folder)
        self._lock_own()
        self._timer.start()
        trim(folder)
        self._look_for_left()

    def _look_for_left(self) -> None:
        """Offer what crashes left behind, one after the other."""
        if self._own is None:
            return
        found = left_behind(self._own.parent, self._own)
        self.left, self.left_count = (found[0] if found else None), len(found)
        if found:
            self.left_found.emit()

    def _lock_own(self) -> None:
        """Have a folder and a lock, also once someone has deleted them; what is missing is told
        when something is kept.
        """
        assert self._own is not None
        if self._lock is not None and Path(self._lock.fileName()).exists():
            return
        with suppress(OSError):
            self._own.parent.mkdir(parents=True, exist_ok=True)
            if self._lock is not None:
                Path(self._lock.fileName()).touch()  # Qt warns where there is nothing to remove
        if self._lock is not None:
            self._lock.unlock()
        self._lock = locked(self._own)

    # What the user does.

    def ask_to_open(self) -> None:
        """Ask for a file, and open it."""
        title = self.tr("Open an experiment")
        filters = self.tr(
            "Experiments and models (*.guitrain *.safetensors *.pt);;"
            "Tables (*.csv *.tsv *.txt);;All files (*)"
        )
        folder = str(last_folder(self._settings, _FOLDER_KEY))
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, folder, filters)
        if chosen:
            self.open(Path(chosen))

    def _ask_for_table(self) -> None:
        self._window.work.controls.open_csv(None)

    def open(self, path: Path) -> None:
        """Open an experiment file in place of what is here, or begin a run with the weights in a
        file of a model; any other file is a table.
        """
        path = path.absolute()  # a command line's name means another file in another folder
        if path.suffix.lower() in MODEL_SUFFIXES:
            self._ask(self._trainer.open_model(path), "model")
            return
        if path.suffix.lower() != SUFFIX:
            self._window.work.controls.open_csv(path)
            return
        self._open(path, "open")

    def open_first(self, path: Path) -> None:
        """Open a file with the window, as soon as training can begin."""
        if self._trainer.is_open:
            self.open(path)
        else:
            self._first = path

    def reopen_last(self) -> None:
        """Open what the last window, or the last opening of a file, left behind."""
        for last in last_ones(own_folder(self._settings))[:1]:
            self._open(last, "reopen")

    def bring_back(self) -> None:
        """Open what a crash left behind."""
        if self.left is not None:
            self._open(self.left, "recover")

    def _open(self, path: Path, purpose: str) -> None:
        """Take up the runs in a file; what is here can then be reopened."""
        aside = None
        if self._own is not None and self._worth_keeping:
            self._lock_own()
            unsaved = self._known != self._now or self._lessons.drafting
            # What is reopened and what is here change places, so that neither is written over.
            last = path if purpose == "reopen" else new_last(self._own.parent)
            aside = Aside(last, self._beside(kept=True), must=unsaved)
        self._ask(self._trainer.open_file(path, aside), purpose)

    def forget_left(self) -> None:
        """Delete what a crash left behind, and offer what an earlier one did."""
        if self.left is not None:
            delete(self.left)
            self._look_for_left()

    def save(self) -> None:
        """Save to the file in use, or ask for one."""
        if self.path is None:
            self.save_as()
        else:
            self._save_to(self.path)

    def save_as(self) -> None:
        """Ask for a file, and save to it."""
        name = self.path.name if self.path is not None else self.tr("experiment") + SUFFIX
        kinds = self.tr("Experiments (*.guitrain)")
        title, settings = self.tr("Save the experiment"), self._settings
        path = ask_file(self._window, title, name, kinds, settings, _FOLDER_KEY)
        if path is not None:
            self._save_to(path)

    def _save_to(self, path: Path) -> None:
        self._ask(self._trainer.save(path, self._beside()), "save")

    def save_lesson(self, path: Path, lesson: Mapping[str, Any]) -> None:
        """Write the runs and a lesson that nobody has begun to a file; Save goes elsewhere."""
        beside = {"window": window_state(self._window), "lesson": lesson}
        self._ask(self._trainer.save(path, beside), "lesson")

    def export(
        self,
        path: Path,
        make: "Callable[[Run], bytes]",
        done: Callable[[], str] | None = None,
    ) -> None:
        """Write what is made of the run in hand to a file, while the window goes on; once it is
        written, what ``done`` says is told.
        """
        number = self._trainer.export(path, make)
        self._ask(number, "export")
        if done is not None:
            self._done[number] = done

    def export_all(
        self,
        path: Path,
        gather: "Callable[[RunBook], Callable[[], object]]",
        done: Callable[[], str],
    ) -> None:
        """The same of all the runs: see ``Trainer.export_all``."""
        number = self._trainer.export_all(path, gather)
        self._ask(number, "export")
        self._done[number] = done

    def _ask(self, number: int, purpose: str) -> None:
        """Remember what a command of this number was for: its answer comes later."""
        self._asked[number] = purpose, time.monotonic()

    # What is kept without being asked.

    @property
    def _worth_keeping(self) -> bool:
        begun = any(row[1] for row in self._now if isinstance(row, tuple))
        return begun or self._lessons.drafting

    @property
    def _standing(self) -> tuple[object, ...]:
        """What would be kept otherwise."""
        return (*self._now, self._lessons.edits)

    def keep(self) -> None:
        """Write the session to the own folder, if anything has happened since the last time."""
        now = time.monotonic()
        busy = bool(self._asked) or now < self._rest_until
        if self._own is None or busy or self._kept == self._standing or not self._worth_keeping:
            return
        self._keep_now(self._own)

    def _keep_now(self, own: Path, instead_of: Path | None = None) -> None:
        self._lock_own()
        self._kept = self._standing
        beside = self._beside(kept=True)
        self._ask(self._trainer.save(own, beside, instead_of=instead_of), "keep")

    def _was_kept(self, filed: Filed) -> None:
        """Say, once, that it could not be; it is tried again."""
        from guitrain.files.problems import FileProblem, file_sentence

        problem = filed.problem
        if problem is not None:
            self._kept = None
            if not self._unkept and isinstance(problem, FileProblem):
                text = self.tr(
                    "What is done here cannot be kept for after a crash: {0} Save it yourself, "
                    "with File, Save as."
                )
                self.told.emit(text.format(file_sentence(problem)))
        self._unkept = problem is not None

    def end(self) -> None:
        """Leave the session to be reopened; call it before the trainer is closed."""
        self._timer.stop()
        if self._own is None:
            return
        if self._worth_keeping:
            self._lock_own()
            last, beside = new_last(self._own.parent), self._beside(kept=True)
            # Where that fails, what was kept is left as by a crash.
            self._trainer.save(last, beside, instead_of=self._own)
        else:
            self._trainer.delete_file(self._own)  # once all before it is written
        if self._lock is not None:
            self._lock.unlock()

    # Another window takes the place of this one.

    def handed_on(self) -> "Going":
        """All that these sessions hold, which they then let go: another window's take it."""
        self._timer.stop()
        beside = self._beside(kept=True)
        going = Going(
            self._own, self._lock, self.path, self._window.windowTitle(),
            self._asked, self._known, self._window.isWindowModified(), self.left,
            beside["window"], self._lessons.in_language,
        )  # fmt: skip
        self._own = self._lock = None
        return going

    def go_on(self, going: "Going") -> None:
        """Be what another window's sessions were, once the window is there."""
        filed = Filed(0, Path(), True, window=going.window, lesson=going.lesson())
        self._window.take_state(*state_of(going.window))
        self._lessons.take(filed)
        self._lessons.take_draft(filed)
        self.path, self._asked = going.path, going.asked
        self._window.setWindowTitle(going.title)
        self._now = self._stand_of(self._trainer.snapshot)
        # A lesson in another language is no change to the file.
        self._known = going.known if going.known is None or going.modified else self._now
        self._show_modified()
        if going.own is None:
            return  # nothing is kept, or not yet
        self._own, self._lock = going.own, going.lock
        self._timer.start()
        if going.left is not None:
            self._look_for_left()

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Take note of what has happened to the runs, and to files."""
        if snapshot.state is State.RUNNING and not snapshot.legible:
            return
        self._now = self._stand_of(snapshot)
        for filed in snapshot.files:
            if filed.number in self._asked:
                self._answered(filed)
        self._show_modified()

    def lesson_changed(self) -> None:
        """Another page is read, or a task was ticked."""
        self._now = self._stand_of(self._trainer.snapshot)
        self._show_modified()

    def _show_modified(self) -> None:
        modified = self._known is not None and self._now != self._known
        if modified != self._window.isWindowModified():
            self._window.setWindowModified(modified)

    def _answered(self, filed: Filed) -> None:
        from guitrain.ui import session_words as words

        now = time.monotonic()
        purpose, since = self._asked.pop(filed.number)
        if purpose == "keep":
            self._rest_until = now + _KEEP_SHARE * (now - since)
            self._was_kept(filed)
            if self._look_again:
                self._look_again = False
                self._look_for_left()
            return
        done = self._done.pop(filed.number, None)
        if filed.problem is not None:
            if purpose in ("open", "model") and filed.problem.code == "missing":
                self._remember_no_more(filed.path)
            tell_problem(self._window, *words.problem_words(filed), "file_problem")
            return
        if purpose == "model":
            text = self.tr(
                "This run begins with the weights in {0}. Undo brings the last one back."
            )
            self.told.emit(text.format(filed.path.name))
            self._remember(filed.path)
        if done is not None:
            self.told.emit(done())
        if purpose in ("export", "model"):
            return
        if purpose == "lesson":
            self._remember(filed.path)
            self.lesson_saved.emit(filed.path)
            return
        self._take_path(filed.path if purpose in ("save", "open") else None)
        self._known = self._now if purpose in ("save", "open") else None
        if filed.opened:
            self._lessons.leave()
            self._window.take_state(*state_of(filed.window))
            if self._lessons.take(filed):
                self._known = None  # its first page may have begun a run
            if purpose in ("recover", "reopen"):
                self._lessons.take_draft(filed)
            self._kept = None
            if purpose == "recover" and self._own is not None:
                # A crash before this is written finds there what the last one has left.
                self._keep_now(self._own, self.left)
                self.left, self._look_again = None, self.left_count > 1
            if (sentence := words.replay_sentence(filed)) is not None:
                self.told.emit(sentence)

    def _take_path(self, path: Path | None) -> None:
        self.path = path
        title = "GUITrain" if path is None else f"{path.name}[*] — GUITrain"
        self._window.setWindowTitle(title)
        if path is not None:
            self._remember(path)

    def _remember(self, path: Path) -> None:
        """It goes to the top of the recent files."""
        self._settings.setValue(_FOLDER_KEY, str(path.parent))
        recent = [str(path), *(each for each in self._recent_paths() if each != str(path))]
        self._settings.setValue(_RECENT_KEY, recent[:_MOST_RECENT])

    def _remember_no_more(self, path: Path) -> None:
        """It is gone, so that its entry would be told as missing for ever."""
        recent = [each for each in self._recent_paths() if each != str(path)]
        self._settings.setValue(_RECENT_KEY, recent)

    def _recent_paths(self) -> list[str]:
        stored = self._settings.value(_RECENT_KEY, [])
        if isinstance(stored, str):
            return [stored]  # a list of one, as some stores give it back
        return [str(each) for each in stored] if isinstance(stored, list) else []

    def _list_recent(self) -> None:
        self._recent.clear()
        paths = self._recent_paths()
        for index, each in enumerate(paths, start=1):
            name = Path(each).name.replace("&", "&&")  # else the letter after it would be a key
            entry = self._recent.addAction(f"&{index}  {name}")
            entry.setObjectName(f"recent_{index}")
            entry.setToolTip(each)
            entry.triggered.connect(lambda _on=False, path=each: self.open(Path(path)))
        self._recent.setEnabled(bool(paths))
        self._list_last()

    def _list_last(self) -> None:
        """The latest has an entry of its own; the others are told apart by when they ended."""
        lasts = last_ones(own_folder(self._settings))
        self._last.setEnabled(bool(lasts))
        self._lasts.clear()
        for index, path in enumerate(lasts[1:], start=1):
            with suppress(OSError):  # another window has just deleted it
                ended = QDateTime.fromSecsSinceEpoch(int(path.stat().st_mtime))
                text = QLocale().toString(ended, QLocale.FormatType.ShortFormat)
                entry = self._lasts.addAction(f"&{index}  {text}")
                entry.setObjectName(f"reopen_{index}")
                entry.triggered.connect(lambda _on=False, path=path: self._open(path, "reopen"))
        self._lasts.setEnabled(not self._lasts.isEmpty())

    def _stand_of(self, snapshot: Snapshot) -> tuple[object, ...]:
        """What would be another file: every run, how far it went, its name and its settings; and
        where a lesson is being read.
        """
        view = snapshot.view
        rows = [(row.run_id, row.step, row.name, row.visible, row.current) for row in snapshot.runs]
        settings = view.settings if view is not None else None
        return (*rows, settings, self._lessons.reading)

    def _beside(self, *, kept: bool = False) -> dict[str, Any]:
        """What a file says besides the runs; ``kept``, of a draft too."""
        lessons = self._lessons
        window = window_state(self._window) | lessons.of_window(draft=kept)
        return {"window": window, **lessons.lesson()}
