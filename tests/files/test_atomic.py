"""Files are written whole or not at all, whatever fails on the way."""

# What is expected to fail is often the end of a block:
# ruff: noqa: PT012

import builtins
import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from guitrain.files import atomic
from guitrain.files.atomic import whole_file, whole_files, whole_folder, write_whole
from guitrain.files.problems import FileProblem, file_sentence

posix_only = pytest.mark.skipif(os.name == "nt", reason="permissions and links as on POSIX")


def failing(number: int) -> Callable[..., Any]:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_new_file_holds_the_content_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.bin", b"\x00\r\n\xff")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\r\n\xff"
    assert names(tmp_path) == ["a.bin"]


def test_the_old_content_is_there_until_the_new_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with whole_file(path) as handle:
        handle.write(b"new")
        handle.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_the_content_is_on_the_disk_before_it_takes_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        order.append(f"fsync of {os.fstat(descriptor).st_size} bytes")
        real_fsync(descriptor)

    def replace(source: Path, target: Path) -> None:
        order.append("replace")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_whole(tmp_path / "a", b"12345")
    assert order == ["fsync of 5 bytes", "replace"]


@posix_only
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_the_umask_asks_for(tmp_path: Path, mask: int, mode: int) -> None:
    with umask(mask):
        write_whole(tmp_path / "a", b"x")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_an_existing_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_whole(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"new"


@posix_only
@pytest.mark.parametrize("exists", [True, False])
def test_a_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path, exists: bool) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "target", tmp_path / "link"
    if exists:
        target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(tmp_path / "far") == ["target"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "read_only"),
        (errno.EPERM, "read_only"),
        (errno.EROFS, "read_only"),
        (errno.ENOENT, "no_folder"),
        (errno.ENOTDIR, "no_folder"),
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EBUSY, "in_use"),
        (errno.ETXTBSY, "in_use"),
        (errno.EISDIR, "is_folder"),
        (errno.EIO, "failed"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_call_leaves_the_old_file_and_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(number))
        with pytest.raises(FileProblem) as caught:
            write_whole(path, b"new")
    assert (caught.value.code, caught.value.path) == (code, path)
    assert str(path) in file_sentence(caught.value)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("number", [32, 5])  # a move over an open file is denied with the second
def test_a_file_that_is_open_elsewhere_on_windows_is_told_as_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    class OpenElsewhereError(PermissionError):
        winerror = number

    def replace(*_args: object) -> None:
        raise OpenElsewhereError(errno.EACCES, "used by another process")

    path = tmp_path / "a"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(FileProblem) as caught:
            write_whole(path, b"x")
    assert "Close it there, then try again" in file_sentence(caught.value)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("size", [10, 1_000_000])
def test_a_really_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """10 bytes fail when the buffer is flushed, and again when it is closed; 1 MB at once."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    real_open = builtins.open

    def full_disk(file: Path, mode: str) -> Any:
        real_open(file, mode).close()
        return real_open("/dev/full", "wb")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "open", full_disk, raising=False)
        with pytest.raises(FileProblem) as caught:
            write_whole(path, b"x" * size)
    assert caught.value.code == "disk_full"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt()])
def test_an_exception_in_the_block_passes_and_the_old_file_stays(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(type(error)) as caught, whole_file(path) as handle:
        handle.write(b"half")
        raise error
    assert caught.value is error
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_missing_folder_a_file_as_folder_and_a_folder_as_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    for path, codes in [
        (tmp_path / "none" / "a", {"no_folder"}),
        (tmp_path / "file" / "a", {"no_folder"}),
        (tmp_path, {"is_folder"}),
    ]:
        with pytest.raises(FileProblem) as caught:
            write_whole(path, b"x")
        assert caught.value.code in codes
        assert caught.value.path == path
    assert names(tmp_path) == ["file"]


@posix_only
def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem) as caught:
        write_whole(pipe, b"x")
    assert caught.value.code == "not_regular"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix_only
def test_a_read_only_file_or_folder_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    guarded = tmp_path / "guarded"
    guarded.write_bytes(b"old")
    guarded.chmod(0o444)
    closed.chmod(0o555)
    try:
        if os.access(closed, os.W_OK):
            pytest.skip("this user may write anywhere")
        for path in (guarded, closed / "a"):
            with pytest.raises(FileProblem) as caught:
                write_whole(path, b"new")
            assert (caught.value.code, caught.value.path) == ("read_only", path)
        with pytest.raises(FileProblem) as caught, whole_files(closed / "set"):
            pass
        assert caught.value.code == "read_only"
        assert guarded.read_bytes() == b"old"
        assert names(closed) == []
    finally:
        closed.chmod(0o755)


@posix_only
def test_a_file_marked_read_only_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the test above, for a user who may write anywhere."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with pytest.raises(FileProblem) as caught:
        write_whole(path, b"new")
    assert caught.value.code == "read_only"
    assert path.read_bytes() == b"old"


def test_of_two_writers_at_once_one_wins_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    contents = [letter * 200_000 for letter in (b"a", b"b", b"c", b"d")]
    together = threading.Barrier(len(contents))
    problems: list[BaseException] = []

    def write(content: bytes) -> None:
        try:
            with whole_file(path) as handle:
                handle.write(content[:100_000])
                together.wait(timeout=10)
                handle.write(content[100_000:])
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert path.read_bytes() in contents
    assert names(tmp_path) == ["a"]


@posix_only
def test_a_killed_writer_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from guitrain.files.atomic import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as handle:\n"
        "    handle.write(b'half'); handle.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(atomic.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, check=False)
    assert done.returncode == -9
    assert path.read_bytes() == b"old"


# Sets of files


def test_a_set_makes_its_folder_and_keeps_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deep"
    with whole_files(folder) as hidden:
        (hidden / "a").write_bytes(b"1")
        write_whole(hidden / "b", b"2")
        assert [name for name in names(folder) if not name.startswith(".")] == []
    assert names(folder) == ["a", "b"]
    with whole_files(folder) as hidden:
        (hidden / "b").write_bytes(b"3")
    assert names(folder) == ["a", "b"]
    assert (folder / "a").read_bytes() == b"1"
    assert (folder / "b").read_bytes() == b"3"


@posix_only
def test_a_set_has_the_umasks_modes_and_keeps_those_of_old_files(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    with umask(0o022):
        with whole_files(folder) as hidden:
            (hidden / "a").write_bytes(b"1")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755
        (folder / "a").chmod(0o640)
        with whole_files(folder) as hidden:
            (hidden / "a").write_bytes(b"2")
            (hidden / "b").write_bytes(b"2")
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "b").stat().st_mode) == 0o644


def test_a_set_that_fails_takes_away_the_folders_it_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), whole_files(tmp_path / "new" / "deep") as hidden:
        (hidden / "a").write_bytes(b"1")
        raise ValueError("no")
    assert names(tmp_path) == []


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("moves_before_failure", [0, 1, 2])
def test_a_set_whose_moves_fail_midway_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves_before_failure: int, links: bool
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    real_replace = os.replace
    moves = 0

    def replace(source: Path, target: Path) -> None:
        nonlocal moves
        moves += 1
        if moves == moves_before_failure + 1:
            raise OSError(errno.ENOSPC, "full", str(source))
        real_replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        if not links:
            patch.setattr(os, "link", failing(errno.EPERM))
        with pytest.raises(FileProblem) as caught, whole_files(tmp_path) as hidden:
            for name in "abc":
                (hidden / name).write_bytes(b"new")
    assert caught.value.code == "disk_full"
    assert caught.value.path == tmp_path / "abc"[moves_before_failure]
    assert names(tmp_path) == ["a", "c"]
    assert (tmp_path / "a").read_bytes() == b"old a"
    assert (tmp_path / "c").read_bytes() == b"old c"


def test_a_full_disk_while_a_set_is_written_names_the_file_the_user_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        monkeypatch.context() as patch,
        pytest.raises(FileProblem) as caught,
        whole_files(tmp_path / "set") as hidden,
    ):
        write_whole(hidden / "a.png", b"1")
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        write_whole(hidden / "b.png", b"1")
    assert (caught.value.code, caught.value.path) == ("disk_full", tmp_path / "set" / "b.png")
    assert names(tmp_path) == []


def test_a_set_refuses_names_that_are_folders_and_folders_that_are_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileProblem) as caught, whole_files(tmp_path) as hidden:
        (hidden / "a").write_bytes(b"1")
        (hidden / "b").write_bytes(b"1")
    assert (caught.value.code, caught.value.path) == ("is_folder", tmp_path / "b")
    with pytest.raises(FileProblem) as caught, whole_files(tmp_path / "file"):
        pass
    assert (caught.value.code, caught.value.path) == ("is_file", tmp_path / "file")
    with pytest.raises(ValueError, match="files only"), whole_files(tmp_path) as hidden:
        (hidden / "sub").mkdir()
    assert names(tmp_path) == ["b", "file"]


def test_two_sets_written_at_once_into_a_new_folder_both_arrive(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    with whole_files(folder) as first, whole_files(folder) as second:
        (first / "a").write_bytes(b"1")
        (second / "b").write_bytes(b"2")
    assert names(folder) == ["a", "b"]


def test_a_set_that_fails_leaves_the_folder_to_another_that_has_come(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    with pytest.raises(ValueError, match="no"), whole_files(folder):
        with whole_files(folder) as other:
            (other / "b").write_bytes(b"2")
        raise ValueError("no")
    assert names(folder) == ["b"]


def test_a_folder_appears_whole_and_takes_no_other_ones_place(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    with whole_folder(folder) as hidden:
        (hidden / "inner").mkdir()
        (hidden / "inner" / "a").write_text("new")
        assert not folder.exists()
    assert (folder / "inner" / "a").read_text() == "new"
    with pytest.raises(FileProblem, match="folder_full"), whole_folder(folder) as hidden:
        pass
    with pytest.raises(RuntimeError), whole_folder(folder, replacing=True) as hidden:
        (hidden / "b").write_text("half")
        raise RuntimeError
    assert (folder / "inner" / "a").read_text() == "new"
    with whole_folder(folder, replacing=True) as hidden:
        (hidden / "b").write_text("newer")
    assert [path.name for path in folder.iterdir()] == ["b"]
    (tmp_path / "empty").mkdir()
    with whole_folder(tmp_path / "empty") as hidden:
        (hidden / "c").write_text("")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileProblem, match="is_file"), whole_folder(tmp_path / "file"):
        pass
    with pytest.raises(FileProblem, match="no_folder"), whole_folder(tmp_path / "no" / "such"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "made"]


def test_a_folder_that_cannot_be_moved_in_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "a").write_text("old")
    real = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target) == folder and not (Path(source) / "a").exists():
            raise OSError(errno.EBUSY, "busy")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileProblem, match="in_use"), whole_folder(folder, replacing=True) as hidden:
        (hidden / "b").write_text("new")
    assert [path.name for path in tmp_path.rglob("*")] == ["made", "a"]
