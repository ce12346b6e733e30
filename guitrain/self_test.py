"""``guitrain --self-test``: does everything work on this machine? A line for each check.

It does what a person would: trains the article's line, compares what is printed, opens the real
window (drawn in memory where there is no screen), and saves, exports and sweeps. For a built app,
whose parts were chosen by a program, it is the proof that nothing is missing.
"""

import io
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guitrain.bootstrap import system
from guitrain.bootstrap.progress import say
from guitrain.bootstrap.requirements import library_problem
from guitrain.cli import main as command_line
from guitrain.sentences import translate

if TYPE_CHECKING:
    from guitrain.snapshot import Snapshot
    from guitrain.ui.main_window import MainWindow

LOSSES = "1.3883 0.2775 0.2533 0.2485 0.2445 0.2409 0.2376 0.2346 0.2318 0.2293"
LINE = "w = 1.917, b = 1.229"
PREDICTIONS = "4.10 7.94 10.43"
"""The article's printed table: every tenth epoch, the trained line, and what it says of
1.5, 3.5 and 4.8.
"""

RATES = "0.001:0.1:4"
_HARMLESS = "propagateSizeHints"  # of a window that is drawn in memory
_PATIENCE = 120.0  # seconds, for what takes a few on a slow machine
_SAME = 1e-5  # relative, of losses that were come to in another order


class Failed(Exception):  # noqa: N818
    """A check's reason, as a sentence."""


class Report:
    """Tells each check, and counts those that failed."""

    def __init__(self) -> None:
        self.failed = 0

    @contextmanager
    def check(self, name: str) -> Iterator[Callable[[str], None]]:
        """One check: it failed if it raises; what it tells the callback stands in its line."""
        told: list[str] = []
        try:
            yield told.append
        except Exception as error:
            self.failed += 1
            reason = str(error) if isinstance(error, Failed) else repr(error)
            say(f"FAILED  {name}: {reason}")
        else:
            say(f"ok      {name}" + (f": {told[0]}" if told else ""))


def main() -> int:
    """Carry out all checks; 0 where all are well, else 1."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="GUITrain self-test ") as name:
        folder = Path(name)
        with report.check(translate("SelfTest", "Presets and lessons")) as tell:
            tell(_read_resources())
        with report.check(translate("SelfTest", "The article's table")) as tell:
            tell(_article())
        with report.check(translate("SelfTest", "A sweep, here and in other processes")) as tell:
            tell(_sweep())
        missing = system.missing_libraries(system.QT_LIBRARIES)
        if missing:
            with report.check(translate("SelfTest", "The window")):
                raise Failed(library_problem(missing).what)
        else:
            _choose_screen()
            _in_the_window(report, folder)
    for line in versions():
        say(line)
    say(
        translate("SelfTest", "All is well.")
        if not report.failed
        else translate("SelfTest", "{0} checks failed.").format(report.failed)
    )
    return 1 if report.failed else 0


# Without a window.


def _read_resources() -> str:
    from guitrain.lessons import LESSONS, lesson
    from guitrain.presets import PRESETS, preset

    presets, lessons = [preset(name) for name in PRESETS], [lesson(name) for name in LESSONS]
    return translate("SelfTest", "{0} presets and {1} lessons are read").format(
        len(presets), len(lessons)
    )


def _command(*words: str) -> Any:
    """What a subcommand prints with --json."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = command_line([*words, "--json"])
    if code != 0:
        raise Failed(err.getvalue().strip() or f"exit code {code}")
    return json.loads(out.getvalue())


def _article() -> str:
    obj = _command("train", "--preset", "article")
    losses = " ".join(f"{loss:.4f}" for loss in obj["loss"][9::10])
    line = ", ".join(f"{name} = {value:.3f}" for name, value in obj["final"].items())
    predictions = " ".join(f"{each['predicted']:.2f}" for each in obj["predictions"])
    for found, printed in ((losses, LOSSES), (line, LINE), (predictions, PREDICTIONS)):
        if found != printed:
            text = translate("SelfTest", "{0} came out, and the article prints {1}")
            raise Failed(text.format(found, printed))
    return translate("SelfTest", "every digit, to {0}").format(LINE)


def _sweep() -> str:
    words = ("sweep", "--preset", "article", "--learning-rate", RATES, "--epochs", "20")
    here, apart = (
        [lane["final_loss"] for lane in _command(*words, "--jobs", jobs)["lanes"]]
        for jobs in ("1", "2")
    )
    if len(here) != 4 or any(abs(a - b) > _SAME * a for a, b in zip(here, apart, strict=True)):
        text = translate("SelfTest", "{0} came out here, and {1} in other processes")
        raise Failed(text.format(here, apart))
    return translate("SelfTest", "{0} learning rates, the same losses").format(len(here))


# In the window.


def _choose_screen() -> None:
    """Draw in memory where nothing could be shown, and say so."""
    screen = system.find_screen()
    if screen.kind and not screen.missing:
        say(translate("SelfTest", "        The window is drawn on the screen."))
        return
    reason = screen.sentence or library_problem(screen.missing).what
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    text = translate("SelfTest", "        {0} The window is drawn in memory (offscreen).")
    say(text.format(reason))


def _in_the_window(report: Report, folder: Path) -> None:
    from PySide6.QtCore import QSettings, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from guitrain.app import EXIT_WAIT_MS, garbage_in_this_thread
    from guitrain.languages import speak
    from guitrain.preferences import name_app
    from guitrain.presets import preset
    from guitrain.snapshot import MAX_PACE, State
    from guitrain.ui.main_window import MainWindow

    name_app()
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, text: said.append(text))
    app = QApplication.instance() or QApplication([sys.argv[0]])
    speak()
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window: MainWindow | None = None
    with garbage_in_this_thread():
        with report.check(translate("SelfTest", "The window trains and draws")) as tell:
            window = MainWindow(preset("article"), settings)
            window.show()
            _until(window, lambda now: now.state is State.PAUSED)
            window.trainer.set_pace(MAX_PACE)
            window.trainer.play()
            _until(window, lambda now: now.state is State.STOPPED)
            tell(_look(window))
        if window is not None:
            with report.check(translate("SelfTest", "A plot as PNG, SVG and PDF")):
                _export(window)
            with report.check(translate("SelfTest", "A film as GIF")):
                _film(window, folder / "film.gif")
            with report.check(translate("SelfTest", "An experiment file")) as tell:
                tell(_save_and_open(window, folder / "experiment.guitrain"))
            window.close()
            window.trainer.close(EXIT_WAIT_MS)
    app.processEvents()
    qInstallMessageHandler(before)
    for text in dict.fromkeys(said):
        if _HARMLESS not in text:
            say(f"        Qt: {text}")


def _until(window: "MainWindow", met: "Callable[[Snapshot], bool]") -> "Snapshot":
    """Let the window live until the moment that it shows is such a one."""
    from PySide6.QtWidgets import QApplication

    from guitrain.snapshot import State

    end = time.monotonic() + _PATIENCE
    while not met(now := window.trainer.snapshot):
        if now.state is State.FAILED:
            raise Failed(str(now.error))
        if time.monotonic() > end:
            text = translate("SelfTest", "nothing came of it in {0:.0f} s")
            raise Failed(text.format(_PATIENCE))
        QApplication.processEvents()
        time.sleep(0.002)
    return now


def _look(window: "MainWindow") -> str:
    """Whether the window shows what was trained, and is a picture."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):  # frames: the last one may be on its way
        window.clock.wake()
        window.clock.tick()
        QApplication.processEvents()
    view = window.trainer.snapshot.view
    assert view is not None
    numbers = "w = {:.3f}, b = {:.3f}".format(*(view.numbers or (0.0, 0.0)))
    if numbers != LINE:
        text = translate("SelfTest", "{0} came out, and the article prints {1}")
        raise Failed(text.format(numbers, LINE))
    image = window.grab().toImage()
    across, down = range(0, image.width(), 5), range(0, image.height(), 5)
    colours = {image.pixel(x, y) for x in across for y in down}
    if len(colours) < 16:
        raise Failed(translate("SelfTest", "the window is empty"))
    text = translate("SelfTest", "{0} × {1} pixels, {2} epochs")
    return text.format(image.width(), image.height(), view.epoch)


def _export(window: "MainWindow") -> None:
    from PySide6.QtGui import QImage

    from guitrain.export.image import KINDS, Size, render

    plot = window.work.fits.shown
    made = {
        kind: render(plot, kind, Size(640, 480) if kind == "png" else Size(160, 120))
        for kind in KINDS
    }
    image = QImage.fromData(made["png"])
    if (image.width(), image.height()) != (640, 480):
        raise Failed(translate("SelfTest", "the PNG is not one"))
    if b"<svg" not in made["svg"] or b"<text" not in made["svg"]:
        raise Failed(translate("SelfTest", "the SVG has no text in it"))
    if not made["pdf"].startswith(b"%PDF"):
        raise Failed(translate("SelfTest", "the PDF is not one"))


def _film(window: "MainWindow", path: Path) -> None:
    from guitrain.export.film import FORMATS
    from guitrain.export.image import Camera, Size

    camera = Camera(window.work.loss, Size(320, 240))
    frame = camera.shoot(window.trainer.snapshot)
    camera.close()
    last = frame.copy()
    last.invertPixels()
    sink = FORMATS["gif"].make(path, 10)
    sink.start()
    for image in (frame, last):
        sink.sample(image)
    sink.begin()
    for image in (frame, last):
        sink.add(image)
    sink.end()
    if not path.read_bytes().startswith(b"GIF89a"):
        raise Failed(translate("SelfTest", "the GIF is not one"))


def _answered(number: int) -> "Callable[[Snapshot], bool]":
    return lambda now: now.filed is not None and now.filed.number >= number


def _save_and_open(window: "MainWindow", path: Path) -> str:
    trainer = window.trainer
    for number in (trainer.save(path, {}), trainer.open_file(path)):
        now = _until(window, _answered(number))
        assert now.filed is not None
        if now.filed.problem is not None:
            raise Failed(f"{now.filed.problem.code} ({now.filed.path})")
    now = _until(window, lambda now: now.view is not None)
    assert now.filed is not None
    assert now.view is not None
    replay = now.filed.replay
    if now.view.step != 100 or replay is None or replay.difference != 0:
        raise Failed(translate("SelfTest", "it opens with other numbers than it was saved with"))
    text = translate("SelfTest", "{0} KB, the same to the last bit")
    return text.format(round(path.stat().st_size / 1000))


# What this is.


def versions() -> Iterator[str]:
    """What a report of a fault should say."""
    import numpy
    import torch

    from guitrain import __version__
    from guitrain.place import is_built

    kind = translate("SelfTest", "built") if is_built() else translate("SelfTest", "not built")
    yield f"GUITrain {__version__} ({kind}), Python {platform.python_version()}"
    yield f"PyTorch {torch.__version__}, NumPy {numpy.__version__}"
    try:
        import pyqtgraph
        from PySide6.QtCore import QSettings, qVersion
    except ImportError:
        pass
    else:
        yield f"Qt {qVersion()}, pyqtgraph {pyqtgraph.__version__}"
        place = QSettings().fileName()
        yield translate("SelfTest", "Preferences: {0}").format(place)
    yield f"{platform.platform()}, {platform.machine()}"
