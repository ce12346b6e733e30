"""Films: what is in them, that they are whole or not there, and that the run stays as it is."""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.run import Run
from guitrain.export import film
from guitrain.export.film import pixels_of, steps_of
from guitrain.export.gif import GifWriter
from guitrain.export.image import Camera, Picture, Size, discard, render
from guitrain.filming import Reel
from guitrain.observing import HISTORY, TEST_ANSWERS, WEIGHTS, Observer
from guitrain.plots.fit import FitPlot
from guitrain.plots.gallery import Gallery
from guitrain.plots.loss import LossPlot
from guitrain.plots.map import MapPlot
from guitrain.plots.weight_plot import WeightPlot
from guitrain.presets import preset
from guitrain.run_book import RunBook
from guitrain.snapshot import MAX_PACE, Snapshot, State
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


def drawn_anew(plot: FitPlot | LossPlot, step: int, head: int, title: str = "") -> np.ndarray:
    """The plot of an independent run of the same experiment at that step, as RGB."""
    run = run_of(10**9)
    assert run.head == head
    run.seek(step)
    plot.refresh(run.view())
    image = QImage.fromData(render(plot, "png", Size(400, 300), title))
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
    opened.title.setText("My run")
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
        assert image.text("Title") == "My run"
        expected = drawn_anew(LossPlot(for_export=True), step, view.head, "My run")
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
    window.commands.reset()  # and there is another in hand
    qtbot.waitUntil(lambda: dialog.making is None, timeout=60_000)
    assert "is there" in dialog.told.text()
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.n_frames == len(dialog.steps)  # type: ignore[attr-defined]


def filmed(run: Run, observer: Observer, steps: list[int], *ghosts: Run) -> list[Snapshot]:
    """The moments of a film of a run, with others behind it."""
    book = RunBook()
    for each in (*ghosts, run):
        book.put_aside(forget=False)
        book.begin(each)
    for number in range(1, len(ghosts) + 1):
        book.show(number, True)
    reel, found = Reel(run.id, steps), list[Snapshot]()
    while len(found) < len(steps):
        reel.work(book, observer, (), float("inf"))
        assert not reel.failed
        found += reel.frames
        reel.frames.clear()
    return found


def run_to(experiment: Experiment, step: int) -> Run:
    run = Run(experiment)
    while not run.learner.ready:
        run.advance()
    run.run_until(float("inf"), step)
    return run


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[Callable[[Picture], Camera]]:
    """For a plot as it is in the window."""
    made: list[Camera] = []

    def make(plot: Picture) -> Camera:
        qtbot.addWidget(plot)
        made.append(Camera(plot, Size(500, 400), "A title"))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_the_gallery_in_a_film_says_what_the_model_said_at_each_step(
    camera: Callable[[Picture], Camera],
) -> None:
    run, observer, plot = run_to(preset("digits").experiment, 30), Observer(), Gallery()
    observer.wishes = frozenset({TEST_ANSWERS})
    plot.set_data(run.learner.data, run.experiment)
    plot.set_which(test=True, wrong_only=False)
    filming = camera(plot)
    shown, test, images = filming._plot, run.learner.data.test, []
    assert isinstance(shown, Gallery)
    for moment in filmed(run, observer, [0, 30, 7]):
        assert moment.view is not None
        images.append(filming.shoot(moment).copy())
        again = run_to(preset("digits").experiment, moment.view.step)
        chances = again.learner.probabilities(test.inputs[: len(shown.captions)])
        for caption, row, own in zip(shown.captions, chances, test.targets, strict=False):
            assert caption.endswith(f"{100 * row.max():.0f} %")
            assert ("✓" in caption) == (row.argmax() == own)
    assert len({bytes(image.constBits()) for image in images}) == 3
    shown.set_which(test=True, wrong_only=True)
    for moment in filmed(run, observer, [0, 30]):
        filming.shoot(moment)
        assert moment.answers is not None
        assert shown.rows.tolist() == np.flatnonzero(~moment.answers.right).tolist()


@pytest.mark.parametrize("gradients", [False, True])
def test_weights_and_gradients_in_a_film_are_those_of_each_step(
    camera: Callable[[Picture], Camera], gradients: bool
) -> None:
    changes = {"model": Choice("mlp", {"hidden": (8, 4)}), "initial": None}
    net = preset("article").experiment.changed(changes)
    run, observer, plot = run_to(net, 12), Observer(), WeightPlot(gradients)
    observer.wishes = frozenset({WEIGHTS, HISTORY})
    plot.choice, plot.now = 2, True
    filming = camera(plot)
    shown, images = filming._plot, []
    assert isinstance(shown, WeightPlot)
    for moment in filmed(run, observer, [1, 12, 5]):
        assert moment.view is not None
        images.append(filming.shoot(moment).copy())
        again = run_to(net, moment.view.step - gradients)  # one step on, its gradients
        x, y = (torch.from_numpy(each.astype("float32")) for each in _training(again))
        tensors = [p.detach().clone().requires_grad_() for p in again.learner.parameters]
        loss = ((again.learner.forward_function(tensors, x).flatten() - y) ** 2).mean()
        expected = torch.autograd.grad(loss, tensors)[2] if gradients else tensors[2]
        assert shown.content.bars is not None
        np.testing.assert_allclose(
            shown.content.bars, expected.detach().numpy().ravel(), rtol=2e-4, atol=1e-6
        )
    assert len({bytes(image.constBits()) for image in images}) == 3
    shown.choice, shown.now = None, False
    for moment in filmed(run, observer, [3, 12]):
        filming.shoot(moment)
        assert moment.view is not None
        assert [line.name.strip("‖∂L/") for line in shown.content.lines] == ["W1", "W2", "W3"]
        assert shown._cursor == moment.view.epoch


def _training(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """What the model is given, and the targets as the loss has them."""
    learner = run.learner
    return learner.as_inputs(learner.data.train.inputs).numpy(), learner.data.train.targets


def test_the_map_in_a_film_has_the_borders_of_the_ghosts(
    camera: Callable[[Picture], Camera],
) -> None:
    spiral = preset("spiral").experiment
    ghost, run = run_to(spiral.changed({"learning_rate": 0.3}), 20), run_to(spiral, 20)
    observer, plot = Observer(), MapPlot()
    observer.map_axes = (0, 1)
    plot.set_preview(run.learner.data)
    filming = camera(plot)
    shown = filming._plot
    assert isinstance(shown, MapPlot)
    moments = filmed(run, observer, [0, 20], ghost)
    for moment in moments:
        filming.shoot(moment)
        assert [each.view.run_id for each in shown.behind] == [ghost.id]
    maps = [each.map for moment in moments for each in moment.ghosts]
    assert maps[0] is maps[1] is not None, "worked out once"
    assert maps[0].run_id == ghost.id
    observer.map_axes = None  # nobody looks at a map
    assert [each.map for each in filmed(run, observer, [5], ghost)[0].ghosts] == [None]


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
