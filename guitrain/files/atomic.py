"""Files written whole or not at all: what was there before stays until the new is complete."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from guitrain.files.problems import FileProblem, writing_problem

_ACCESS_DENIED = 5  # winerror


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all; see `whole_file`."""
    with whole_file(path) as handle:
        handle.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary handle whose content becomes `path` when the block ends without an exception.

    The content goes to a hidden file in the same folder, which takes the place of `path` in one
    move once it is on the disk. After a failure that file is gone and `path` is as it was. An
    existing file keeps its permissions; a symbolic link is followed. Leave the handle open.

    Raises FileProblem for what the operating system refuses; other exceptions pass unchanged.
    """
    path = Path(path)
    try:
        target = _real_target(path)
        mode = _writable_mode(target, path)
        temporary = target.parent / _hidden_name()
        # Not mkstemp, whose files nobody else may read: "x" gives the mode the umask asks for.
        handle = open(temporary, "xb")  # noqa: SIM115
    except OSError as error:
        raise writing_problem(error, path) from error
    try:
        yield handle
        handle.flush()
        os.fsync(handle.fileno())
        handle.close()
        if mode is not None:
            os.chmod(temporary, mode)
        _replace(temporary, target)
    except BaseException as error:
        # Closing writes what is still buffered, so on a full disk it fails a second time.
        with suppress(OSError):
            handle.close()
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise writing_problem(error, path) from error
        raise


@contextmanager
def whole_files(folder: Path) -> Iterator[Path]:
    """A hidden folder whose files become those of `folder` when the block ends without exception.

    `folder` is made when missing. Files of the same names in it are replaced, with their
    permissions kept; others stay. After a failure the old files are as they were, no new one is
    there, and a folder made here is gone again. A kill or a power cut in the moment between the
    first move and the last can leave some files new and some old, each of them whole.

    Raises FileProblem for what the operating system refuses, with paths in `folder`; ValueError
    when a sub-folder was made in the hidden one; other exceptions pass unchanged.
    """
    folder = Path(folder)
    made: list[Path] = []
    hidden = folder / _hidden_name()
    try:
        _make_folder(folder, made)
        hidden.mkdir()
        yield hidden
        _move_in(hidden, folder, old_files=hidden / _hidden_name())
    except BaseException as error:
        shutil.rmtree(hidden, ignore_errors=True)
        for each in reversed(made):
            # Not empty when someone else has put something there meanwhile.
            with suppress(OSError):
                each.rmdir()
        if isinstance(error, FileProblem):
            shown = _shown(error.path, hidden, folder)
            raise FileProblem(error.code, shown, error.values) from error
        if isinstance(error, OSError):
            named = Path(os.fsdecode(error.filename)) if error.filename else folder
            raise writing_problem(error, _shown(named, hidden, folder)) from error
        raise
    shutil.rmtree(hidden, ignore_errors=True)


@contextmanager
def whole_folder(folder: Path, *, replacing: bool = False) -> Iterator[Path]:
    """A hidden folder that becomes `folder`, with all that is in it, when the block ends without
    exception.

    A `folder` that is there must be empty, or else, with `replacing`, all that is in it goes; until
    then, and after a failure, it is as it was. The folder around it must be there.

    Raises FileProblem for `folder`: "folder_full", and what the operating system refuses; other
    exceptions pass unchanged.
    """
    folder = Path(folder)
    hidden, old = folder.parent / _hidden_name(), folder.parent / _hidden_name()
    try:
        if folder.exists() and not folder.is_dir():
            raise FileProblem("is_file", folder)
        if not replacing and folder.exists() and any(folder.iterdir()):
            raise FileProblem("folder_full", folder)
        hidden.mkdir()
        yield hidden
        for each in hidden.rglob("*"):
            if each.is_file():
                _sync(each)
        if folder.exists():
            _replace(folder, old)
        try:
            _replace(hidden, folder)
        except BaseException:
            if old.exists():
                _replace(old, folder)
            raise
    except BaseException as error:
        shutil.rmtree(hidden, ignore_errors=True)
        if isinstance(error, OSError):
            raise writing_problem(error, folder) from error
        raise
    shutil.rmtree(old, ignore_errors=True)


def _replace(source: Path, target: Path) -> None:
    """``os.replace``. Where another program has the target open, Windows denies the move (error 5)
    as if there were no permission; but that was seen to, so OSError says that it is in use.
    """
    try:
        os.replace(source, target)
    except PermissionError as error:
        if getattr(error, "winerror", None) != _ACCESS_DENIED:
            raise
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from error


def _hidden_name() -> str:
    return f".guitrain-{secrets.token_hex(8)}.part"


def _real_target(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _writable_mode(target: Path, named: Path) -> int | None:
    """The permissions of `target`, or None for a new file; refuses what must not be replaced.

    `named` is the path for the problem.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise FileProblem("is_folder", named)
    if not stat.S_ISREG(status.st_mode):
        # A device or a pipe: a move over it would put a plain file in its place.
        raise FileProblem("not_regular", named)
    if not os.access(target, os.W_OK):
        # The move would succeed where the folder is writable, but the user protected the file.
        raise FileProblem("read_only", named)
    return stat.S_IMODE(status.st_mode)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make `folder` and its missing parents, adding each one made to `made`, outermost first."""
    if folder.exists() and not folder.is_dir():
        raise FileProblem("is_file", folder)
    missing = []
    for each in (folder, *folder.parents):
        if each.exists():
            break
        missing.append(each)
    for each in reversed(missing):
        with suppress(FileExistsError):  # another writer was quicker
            each.mkdir()
            made.append(each)


def _move_in(hidden: Path, folder: Path, old_files: Path) -> None:
    """Move the files of `hidden` into `folder`, undoing the moves when one of them fails.

    `old_files` is the folder, not made yet, that keeps the old files for that.
    """
    new_files = sorted(hidden.iterdir())
    plan: list[tuple[Path, Path, Path | None]] = []
    for new in new_files:
        if not new.is_file():
            raise ValueError(f"a set of files holds files only, not {new.name}")
        _sync(new)
    old_files.mkdir()
    for new in new_files:
        target = _real_target(folder / new.name)
        mode = _writable_mode(target, new)
        old = None
        if mode is not None:
            os.chmod(new, mode)
            old = old_files / new.name
            _keep(target, old)
        plan.append((new, target, old))
    moved: list[tuple[Path, Path | None]] = []
    try:
        for new, target, old in plan:
            _replace(new, target)
            moved.append((target, old))
    except BaseException:
        for target, old in reversed(moved):
            with suppress(OSError):
                if old is None:
                    target.unlink()
                else:
                    _replace(old, target)
        raise


def _keep(target: Path, old: Path) -> None:
    """Let the content of `target` be found at `old` too, without a copy where links are known."""
    try:
        os.link(target, old)
    except OSError:
        shutil.copy2(target, old)


def _sync(path: Path) -> None:
    with open(path, "rb+") as handle:
        os.fsync(handle.fileno())


def _shown(path: Path, hidden: Path, folder: Path) -> Path:
    """The path the user knows for one in the hidden folder."""
    if path == hidden:
        return folder
    if hidden in path.parents:
        return folder / path.name
    return path
