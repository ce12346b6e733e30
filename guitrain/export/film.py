"""Where the frames of a film go: a GIF, a numbered series of PNGs, or a video by way of ffmpeg.

All of it is written or nothing: a film that is given up leaves no file behind.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PySide6.QtCore import QProcess
from PySide6.QtGui import QImage

from guitrain.export.gif import GifWriter, Pixels
from guitrain.export.image import png_of
from guitrain.files.atomic import whole_file, whole_files
from guitrain.sentences import translate

FFMPEG = "ffmpeg"
_WAITING = 4  # frames on their way to ffmpeg, at most
_KILLED_WITHIN = 2000  # milliseconds
# A video's pixels come in squares of two; what is missing of one is white.
_EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2:0:0:white"


class FilmProblem(Exception):  # noqa: N818
    """A film that cannot be made; its text is a translated sentence."""


class Sink:
    """Takes a film's frames: ``start``, some ``sample``, ``begin``, ``add`` all, ``end``.

    Attributes: samples: how many frames it wants to see before the first.
    Raises FileProblem, OSError or FilmProblem from each of them; ``abandon`` then, which raises
    FileProblem for an OSError that it is given.
    """

    samples = 0

    def start(self) -> None:
        """Make the file or folder, hidden as yet."""
        raise NotImplementedError

    def sample(self, image: QImage) -> None:
        """See one of the frames."""

    def begin(self) -> None:
        """The samples are seen."""

    @property
    def ready(self) -> bool:
        """Whether the next frame can be taken without a wait."""
        return True

    def add(self, image: QImage) -> None:
        """Take the next frame."""
        raise NotImplementedError

    def end(self) -> bool:
        """All frames are there; call it again until it is True: then the film is in its place."""
        raise NotImplementedError

    def abandon(self, error: Exception) -> None:
        """Leave nothing behind."""
        raise NotImplementedError


class GifSink(Sink):
    """An animated GIF."""

    samples = 5

    def __init__(self, path: Path, per_second: float) -> None:
        self._file = whole_file(path)
        self._per_second = per_second
        self._handle: BinaryIO | None = None
        self._writer: GifWriter | None = None
        self._size = (0, 0)

    def start(self) -> None:
        """As Sink."""
        self._handle = self._file.__enter__()
        self._writer = GifWriter(self._handle, self._per_second)

    def sample(self, image: QImage) -> None:
        """As Sink."""
        assert self._writer is not None
        self._size = image.width(), image.height()
        self._writer.sample(pixels_of(image))

    def begin(self) -> None:
        """As Sink."""
        assert self._writer is not None
        self._writer.begin(*self._size)

    def add(self, image: QImage) -> None:
        """As Sink."""
        assert self._writer is not None
        self._writer.add(pixels_of(image))

    def end(self) -> bool:
        """As Sink."""
        assert self._writer is not None
        self._writer.end()
        self._file.__exit__(None, None, None)
        return True

    def abandon(self, error: Exception) -> None:
        """As Sink."""
        if self._handle is not None:
            self._file.__exit__(type(error), error, None)


class PngSink(Sink):
    """PNGs in a folder: name-0001.png and so on, as ``path`` says without the number."""

    def __init__(self, path: Path, per_second: float) -> None:
        self._files = whole_files(path.parent)
        self._name = path.stem
        self._folder: Path | None = None
        self._count = 0

    def start(self) -> None:
        """As Sink."""
        self._folder = self._files.__enter__()

    def add(self, image: QImage) -> None:
        """As Sink."""
        assert self._folder is not None
        self._count += 1
        with open(self._folder / f"{self._name}-{self._count:04}.png", "wb") as handle:
            handle.write(png_of(image))
            handle.flush()
            os.fsync(handle.fileno())  # one by one: all of them in the end would take a while

    def end(self) -> bool:
        """As Sink."""
        self._files.__exit__(None, None, None)
        return True

    def abandon(self, error: Exception) -> None:
        """As Sink."""
        if self._folder is not None:
            self._files.__exit__(type(error), error, None)


class VideoSink(Sink):
    """What ffmpeg makes of the frames, by these of its options."""

    def __init__(self, path: Path, per_second: float, options: tuple[str, ...]) -> None:
        self._files: AbstractContextManager[Path] = whole_files(path.parent)
        self._name, self._per_second, self._options = path.name, per_second, options
        self._folder: Path | None = None
        self._process = QProcess()
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._begun = self._closed = False
        self._bytes = 0  # of a frame

    def start(self) -> None:
        """As Sink."""
        self._folder = self._files.__enter__()

    @property
    def ready(self) -> bool:
        """As Sink."""
        return self._process.bytesToWrite() <= _WAITING * self._bytes

    def add(self, image: QImage) -> None:
        """As Sink."""
        if not self._begun:
            self._begin(image.width(), image.height())
        elif self._process.state() is QProcess.ProcessState.NotRunning:
            raise self._problem()
        content = (pixels_of(image) | 0xFF000000).astype("<u4").tobytes()
        self._bytes = len(content)
        self._process.write(content)

    def _begin(self, width: int, height: int) -> None:
        assert self._folder is not None
        self._begun = True
        source = ("-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{width}x{height}")
        rate = ("-framerate", f"{self._per_second:g}", "-i", "-")
        told = ("-hide_banner", "-loglevel", "error", "-y")
        made = ("-vf", _EVEN, *self._options, str(self._folder / self._name))
        self._process.start(FFMPEG, [*told, *source, *rate, *made])

    def end(self) -> bool:
        """As Sink."""
        process = self._process
        if not self._closed:
            self._closed = True
            process.closeWriteChannel()
        if process.state() is not QProcess.ProcessState.NotRunning:
            return False
        assert self._folder is not None
        good = process.exitStatus() is QProcess.ExitStatus.NormalExit and not process.exitCode()
        if not good or not (self._folder / self._name).exists():
            raise self._problem()
        self._files.__exit__(None, None, None)
        return True

    def _problem(self) -> FilmProblem:
        output = bytes(self._process.readAll().data()).decode("utf-8", "replace").strip()
        last = output.splitlines()[-1] if output else self._process.errorString()
        return FilmProblem(
            translate(
                "Film",
                "ffmpeg did not make the film; it says: {0}. Choose GIF or PNG, or another folder.",
            ).format(last.rstrip("."))
        )

    def abandon(self, error: Exception) -> None:
        """As Sink."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(_KILLED_WITHIN)
        if self._folder is not None:
            self._files.__exit__(type(error), error, None)


@dataclass(frozen=True)
class Format:
    """A kind of film: the file's ending, how its sink is made, whether ffmpeg makes it, whether it
    is many files, and how many frames a second it can have.
    """

    ending: str
    make: Callable[[Path, float], Sink]
    by_ffmpeg: bool = False
    series: bool = False
    most_per_second: int = 60


def _video(*options: str) -> Callable[[Path, float], Sink]:
    return lambda path, per_second: VideoSink(path, per_second, options)


FORMATS: dict[str, Format] = {
    "gif": Format("gif", GifSink, most_per_second=50),
    "png": Format("png", PngSink, series=True),
    "mp4": Format(
        "mp4",
        _video("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "18", "-movflags", "+faststart"),
        by_ffmpeg=True,
    ),
    "webm": Format(
        "webm",
        _video(
            "-c:v",
            "libvpx-vp9",
            "-pix_fmt",
            "yuv420p",
            "-crf",
            "24",
            "-b:v",
            "0",
            "-cpu-used",
            "4",
            "-row-mt",
            "1",
        ),
        by_ffmpeg=True,
    ),
}


def formats() -> tuple[str, ...]:
    """Those that can be made on this machine."""
    by_ffmpeg = shutil.which(FFMPEG) is not None
    return tuple(name for name, each in FORMATS.items() if by_ffmpeg or not each.by_ffmpeg)


def steps_of(first: int, last: int, every: int) -> range | tuple[int, ...]:
    """The steps of the frames: every so many from the first on, and the last."""
    steps = range(first, last + 1, every)
    return steps if steps[-1] == last else (*steps, last)


def pixels_of(image: QImage) -> Pixels:
    """An RGB32 image as (height, width) of 0xffRRGGBB; it is the image's own memory."""
    pixels = np.frombuffer(image.constBits(), np.uint32)
    return pixels.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]
