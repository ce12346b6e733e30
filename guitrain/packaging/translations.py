"""The catalogues of texts, brought up to date from the source with Qt's own tools."""

import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PySide6

from guitrain.files.atomic import write_whole
from guitrain.languages import TRANSLATED
from guitrain.packaging.contents import ROOT
from guitrain.resources import resource

# No guesses: what is translated alike elsewhere may be something else here.
_EXACTLY = [w for h in ("sametext", "similartext") for w in ("-disable-heuristic", h)]


@dataclass(frozen=True)
class Message:
    """A text of the source, and what stands for it in the catalogue; "" for nothing yet."""

    context: str
    source: str
    translation: str


def source_of(name: str) -> Path:
    """The catalogue that people edit."""
    return resource("translations", f"guitrain_{name}.ts")


def compiled(name: str) -> Path:
    """The one that the app reads."""
    return source_of(name).with_suffix(".qm")


def updated(name: str) -> bytes:
    """The catalogue as it should be for the source of now: new texts are in it, untranslated, and
    those that are gone are not.
    """
    sources = sorted((ROOT / "guitrain").rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / source_of(name).name
        if source_of(name).exists():
            made.write_bytes(source_of(name).read_bytes())
        options = ("-locations", "none", "-no-obsolete", *_EXACTLY, "-target-language", name)
        _run("lupdate", *options, *map(str, sources), "-ts", str(made))
        return made.read_bytes()


def released(name: str) -> bytes:
    """The compiled catalogue of the one that people edit."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / compiled(name).name
        _run("lrelease", "-silent", str(source_of(name)), "-qm", str(made))
        return made.read_bytes()


def update() -> Iterator[tuple[Path, int]]:
    """Bring every catalogue up to date; gives each with how many of its texts want a translation.

    Raises FileProblem for what the operating system refuses.
    """
    for name in TRANSLATED:
        write_whole(source_of(name), updated(name))
        write_whole(compiled(name), released(name))
        yield source_of(name), sum(not each.translation for each in messages(name))


def messages(name: str) -> list[Message]:
    """All that stands in a catalogue."""
    root = ElementTree.parse(source_of(name)).getroot()
    return [
        Message(
            context.findtext("name", ""),
            each.findtext("source", ""),
            each.findtext("translation", ""),
        )
        for context in root.iter("context")
        for each in context.iter("message")
    ]


def _run(tool: str, *arguments: str) -> None:
    program = Path(PySide6.__file__).parent / tool
    subprocess.run([str(program), *arguments], check=True, capture_output=True, cwd=ROOT)
