"""Films: what is in them, that they are whole or not there, and that the run stays as it is."""

import errno
import os
import stat
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from guitrain.export import film
from guitrain.export.film import pixels_of, steps_of
from guitrain.export.gif import GifWriter
from guitrain.export.image import Size, discard, render
from guitrain.plots.fit import FitPlot
from guitrain.plots.loss import LossPlot
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.film_dialog import FilmDialog
from guitrain.ui.main_window import MainWindow
from tests.plots.runs import run_of
from tests.ui.test_controls import assert_described
from tests.ui.window_tools import Wait, click, drawn, find

EPOCHS = 57


@pytest.fixture
def opened(window: MainWindow, wait: Wait, qtbot: QtBot) -> FilmDialog:
    """The dialog from the menu, of a run of some epochs whose cursor is in the past."""
    window.transport.pace.set_pace(MAX_PACE)
    window.trainer.play()
    end = wait(lambda s: s.state is State.STOPPED).view
    assert end is not None
    assert end.head >= EPOCHS
    window.trainer.seek(20)
    wait(lambda s: s.view is not None and s.view.step == 20)
    menu = window.transport.export.menu()
    next(a for a in menu.actions() if a.objectName() == "export_film").trigger()
    dialog = find(window, "film_dialog")
    assert isinstance(dialog, FilmDialog)
    dialog.kind.setCurrentIndex(0)
    dialog.last.setValue(40)
    dialog.every.setValue(9)
    dialog.width_box.setValue(400)
    dialog.height_box.setValue(300)
    return dialog


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))


def made(qtbot: QtBot, dialog: FilmDialog) -> str:
    """Press Make, and wait for what is told in the end."""
    click(dialog, "film_make")
    qtbot.waitUntil(lambda: dialog.making is None, timeout=30_000)
    return dialog.told.text()


def drawn_anew(plot: FitPlot | LossPlot, step: int, head: int) -> np.ndarray:
    """The plot of an independent run of the same experiment at that step, as RGB."""
    run = run_of(10**9)
    assert run.head == head
    run.seek(step)
    plot.refresh(run.view())
    image = QImage.fromData(render(plot, "png", Size(400, 300)))
    discard(plot)
    return rgb(image.convertToFormat(QImage.Format.Format_RGB32))


def rgb(image: QImage) -> np.ndarray:
    codes = pixels_of(image)
    return np.stack([codes >> 16 & 255, codes >> 8 & 255, codes & 255], axis=2).astype(np.int64)


def test_gif_of_a_part_of_the_run_while_the_cursor_stays(
    opened: FilmDialog,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head, runs = drawn(window).view, drawn(window).runs
    assert head is not None
    opened.rate.setValue(12)
    assert opened.summary.text() == "6 frames, 0.5 seconds"  # steps 0, 9, 18, 27, 36, and 40
    path = tmp_path / "a.gif"
    answer(monkeypatch, path)
    said = made(qtbot, opened)
    assert said == f"{path} is there: 6 frames, 0.5 seconds."
    with Image.open(path) as gif:
        assert (gif.format, gif.size) == ("GIF", (400, 300))
        assert gif.n_frames == 6  # type: ignore[attr-defined]
        assert gif.info["loop"] == 0
        delays, frames = [], []
        for at in range(6):
            gif.seek(at)
            delays.append(gif.info["duration"])
            frames.append(np.asarray(gif.convert("RGB")).astype(np.int64))
    assert delays == [80, 90, 80, 80, 90, 80]  # 1/12 s each, in hundredths that add up
    for frame, step in ((frames[0], 0), (frames[3], 27), (frames[5], 40)):
        off = np.abs(frame - drawn_anew(FitPlot(for_export=True), step, head.head))
        assert off.max() <= 40  # of an antialiased edge; a line in another place is off by more
        assert off.mean() < 0.2
    assert np.abs(frames[0] - frames[5]).max() > 100
    after = drawn(window)
    assert after.view is not None
    assert (after.view.step, after.view.run_id, after.view.numbers) == (
        20,
        head.run_id,
        head.numbers,
    )
    assert after.runs == runs


def test_numbered_pngs_are_the_plot_of_their_steps_to_the_pixel(
    opened: FilmDialog,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened.kind.setCurrentIndex(opened.kind.findData("png"))
    opened.plot.setCurrentIndex(opened.plot.findData("loss"))
    (tmp_path / "mine.txt").write_text("kept")
    answer(monkeypatch, tmp_path)
    assert "6 frames" in made(qtbot, opened)
    names = sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".png")
    assert names == [f"loss-steps-0-40-{n:04}.png" for n in range(1, 7)]
    assert (tmp_path / "mine.txt").exists()
    view = window.trainer.snapshot.view
    assert view is not None
    for name, step in ((names[0], 0), (names[-1], 40)):
        image = QImage(str(tmp_path / name)).convertToFormat(QImage.Format.Format_RGB32)
        expected = drawn_anew(LossPlot(for_export=True), step, view.head)
        assert (rgb(image) == expected).all()


def long_film(dialog: FilmDialog, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    answer(monkeypatch, path)
    dialog.every.setValue(1)
    click(dialog, "film_make")


@pytest.mark.parametrize("kind", ["gif", "png"])
def test_cancel_leaves_nothing_and_the_form_is_there_again(
    opened: FilmDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    opened.kind.setCurrentIndex(opened.kind.findData(kind))
    long_film(opened, monkeypatch, folder / "a.gif" if kind == "gif" else folder)
    qtbot.waitUntil(lambda: opened.progress.value() > 2, timeout=20_000)
    assert len(list(folder.iterdir())) == 1
    click(opened, "film_cancel")
    assert list(folder.iterdir()) == []
    assert "nothing was written" in opened.told.text()
    assert opened.form.isEnabled()
    # And so does the window's end.
    long_film(opened, monkeypatch, folder / "a.gif" if kind == "gif" else folder)
    qtbot.waitUntil(lambda: opened.progress.value() > 2, timeout=20_000)
    opened.close()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", ["gif", "png"])
def test_disk_that_fills_in_mid_film_is_told_and_leaves_nothing(
    opened: FilmDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def no_space(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "out"
    folder.mkdir()
    opened.kind.setCurrentIndex(opened.kind.findData(kind))
    long_film(opened, monkeypatch, folder / "a.gif" if kind == "gif" else folder)
    qtbot.waitUntil(lambda: opened.progress.value() > 2, timeout=20_000)
    with monkeypatch.context() as patch:
        patch.setattr(GifWriter, "add", no_space)
        patch.setattr(film, "png_of", no_space)
        qtbot.waitUntil(lambda: opened.making is None, timeout=20_000)
    assert "the disk is full" in opened.told.text()
    assert list(folder.iterdir()) == []
    assert opened.make_button.isEnabled()


def test_run_that_is_no_longer_kept_and_folder_that_is_not_there_are_told(
    opened: FilmDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "none" / "a.gif")
    assert "does not exist" in made(qtbot, opened)
    answer(monkeypatch, tmp_path / "a.gif")
    opened._run_id = -1
    assert "its run is no longer kept" in made(qtbot, opened)
    assert list(tmp_path.glob("*.part")) == []


def test_window_lives_while_the_film_of_the_landscape_is_made(
    opened: FilmDialog,
    window: MainWindow,
    wait: Wait,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened.close()
    window.work.panels.open("landscape")
    wait(lambda s: s.landscape is not None and s.landscape.complete)
    window.exports.film()
    dialog = window.findChildren(FilmDialog)[-1]
    dialog.plot.setCurrentIndex(dialog.plot.findData("landscape"))
    dialog.every.setValue(1)
    answer(monkeypatch, tmp_path / "a.gif")
    click(dialog, "film_make")
    qtbot.waitUntil(lambda: dialog.progress.value() > 1, timeout=20_000)
    window.trainer.seek(7)  # while it is made, the run is another's to move
    wait(lambda s: s.view is not None and s.view.step == 7)
    assert dialog.making is not None
    window.reset()  # and there is another in hand
    qtbot.waitUntil(lambda: dialog.making is None, timeout=60_000)
    assert "is there" in dialog.told.text()
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.n_frames == len(dialog.steps)  # type: ignore[attr-defined]


def test_form_says_how_long_the_film_is_and_what_is_wrong(opened: FilmDialog) -> None:
    assert_described(opened)
    assert steps_of(3, 3, 5) == range(3, 4)
    opened.last.setValue(40)
    opened.first.setValue(41)
    assert not opened.make_button.isEnabled()
    assert "earlier" in opened.told.text()
    opened.first.setValue(40)
    assert opened.summary.text().startswith("1 frame,")
    assert opened.make_button.isEnabled()
    assert opened.note.isVisible() is ("mp4" not in film.formats())


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for ffmpeg")
def test_video_is_what_ffmpeg_makes_of_all_the_pixels(
    opened: FilmDialog, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: Any
) -> None:
    stand_in = tmp_path / "bin" / "ffmpeg"
    stand_in.parent.mkdir()
    stand_in.write_text(
        f"#!{sys.executable}\nimport sys\nread = sys.stdin.buffer.read()\n"
        "if 'libvpx-vp9' in sys.argv: sys.exit('Unknown encoder')\n"
        "open(sys.argv[-1], 'wb').write(read + ' '.join(sys.argv).encode())\n"
    )
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    opened.close()
    window.exports.film()
    dialog = window.findChildren(FilmDialog)[-1]
    assert not dialog.note.isVisible()
    dialog.every.setValue(dialog.last.value())
    dialog.width_box.setValue(401)
    dialog.kind.setCurrentIndex(dialog.kind.findData("mp4"))
    folder = tmp_path / "out"
    folder.mkdir()
    answer(monkeypatch, folder / "a.mp4")
    assert "2 frames" in made(qtbot, dialog)
    content = (folder / "a.mp4").read_bytes()
    size = 401 * dialog.height_box.value() * 4
    assert b" -s 401x500 -framerate 15 -i - " in content[2 * size :]
    assert content[:4] == b"\xff\xff\xff\xff"
    assert content[:size] != content[size : 2 * size]
    dialog.kind.setCurrentIndex(dialog.kind.findData("webm"))
    answer(monkeypatch, folder / "b.webm")
    assert "it says: Unknown encoder." in made(qtbot, dialog)
    assert [path.name for path in folder.iterdir()] == ["a.mp4"]


def test_more_colours_than_a_palette_has_come_near_and_the_common_ones_exactly(
    tmp_path: Path,
) -> None:
    ramp = np.arange(200, dtype=np.uint32)
    shades = (ramp[:, None] << 16) | (ramp[None, :] << 8) | np.uint32(0x30)
    frame = np.full((400, 400), 0xFFFEFDFC, np.uint32)
    frame[:200, :200] = shades
    frame[300, :] = 0xFF0072B2  # a thin line
    with open(tmp_path / "a.gif", "wb") as handle:
        writer = GifWriter(handle, 50)
        writer.sample(frame)
        writer.begin(400, 400)
        for _ in range(2):
            writer.add(frame)
        writer.end()
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.n_frames == 2  # type: ignore[attr-defined]
        read = np.asarray(gif.convert("RGB")).astype(np.int64)
    expected = np.stack([frame >> 16 & 255, frame >> 8 & 255, frame & 255], axis=2).astype(np.int64)
    assert (read[399, 399] == (254, 253, 252)).all()
    assert np.abs(read[300] - expected[300]).max() <= 8
    assert np.abs(read - expected).max() <= 24
