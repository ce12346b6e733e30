"""The entries in a Linux desktop and in the registry of Windows: made, right, and taken out."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import types
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from guitrain import desktop, place


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "my data ü"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def read(folder: Path) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None, delimiters=["="])
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(folder / "applications" / "guitrain.desktop", encoding="utf-8")
    return dict(parser["Desktop Entry"])


def test_the_entry_starts_this_app(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert desktop.install() == 0
    entry = read(data)
    words = shlex.split(entry["Exec"])
    assert words == [*place.start_command(), "%f"]
    done = subprocess.run([*words[:-1], "--help"], capture_output=True, text=True, check=True)
    assert "--install-desktop" in done.stdout
    assert entry["MimeType"] == "application/x-guitrain;"
    said = capsys.readouterr().out
    assert str(data) in said
    assert "--uninstall-desktop" in said
    if shutil.which("desktop-file-validate"):
        path = str(data / "applications" / "guitrain.desktop")
        done = subprocess.run(["desktop-file-validate", path], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")


def test_the_files_have_a_type_and_icons(data: Path) -> None:
    desktop.install()
    root = ElementTree.parse(data / "mime" / "packages" / "guitrain.xml").getroot()
    (pattern,) = [each.get("pattern") for each in root.iter() if each.tag.endswith("}glob")]
    assert pattern == "*.guitrain"
    if shutil.which("update-mime-database"):
        globs = (data / "mime" / "globs2").read_text("utf-8")
        assert "60:application/x-guitrain:*.guitrain" in globs
    icons = data / "icons" / "hicolor"
    for place_ in icons.iterdir():
        names = sorted(path.stem for path in place_.rglob("*") if path.is_file())
        assert names == ["application-x-guitrain", "guitrain"], place_
        if place_.name != "scalable":
            with Image.open(place_ / "apps" / "guitrain.png") as image:
                assert f"{image.width}x{image.height}" == place_.name
    assert (icons / "scalable" / "apps" / "guitrain.svg").is_file()


@pytest.mark.parametrize(
    "program",
    [
        "/media/my stick/GUI Train/GUITrain",
        '/a"b/c`d/e$f/GUITrain',
        "/back\\slash/50% off/GUITrain",
    ],
)
def test_any_path_is_quoted(data: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(desktop, "start_command", lambda: (program,))
    desktop.install()
    # As a desktop reads it: escapes of the text first, then % and the quotes of the command.
    text = read(data)["Exec"].replace("\\\\", "\\")
    quoted, rest = re.fullmatch(r'"((?:[^"\\]|\\.)*)" (.*)', text).groups()  # type: ignore[union-attr]
    assert re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%") == program
    assert rest == "%f"
    assert read(data)["TryExec"].replace("\\\\", "\\") == program


def test_it_is_taken_out_and_nothing_else(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = data / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("kept", "utf-8")
    desktop.install()
    desktop.install()  # twice is as good as once
    assert desktop.uninstall() == 0
    assert other.read_text("utf-8") == "kept"
    left = [path for path in data.rglob("*guitrain*") if path.is_file()]
    assert left == []
    capsys.readouterr()
    assert desktop.uninstall() == 0
    assert "nothing of GUITrain" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_told(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.write_text("a file in its place", "utf-8")
    assert desktop.install() == 1
    said = capsys.readouterr().out
    assert str(data) in said
    assert "Traceback" not in said
    assert "is in the menu" not in said


def test_a_read_only_folder_is_told(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)  # root may write everywhere
    assert desktop.install() == 1
    assert "read-only" in capsys.readouterr().out


def test_a_relative_data_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    monkeypatch.setenv("HOME", "/home/someone")
    assert desktop.data_home() == Path("/home/someone/.local/share")


class Registry(types.SimpleNamespace):
    """As much of winreg as is used."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    class Key(str):
        def __enter__(self) -> "Registry.Key":
            return self

        def __exit__(self, *_: object) -> None: ...

    def CreateKey(self, root: str, key: str) -> "Registry.Key":
        assert root == "HKCU"
        parts = key.split("\\")
        for count in range(1, len(parts) + 1):
            self.values.setdefault("\\".join(parts[:count]), "")
        return Registry.Key(key)

    def SetValueEx(self, key: "Registry.Key", name: None, _: int, kind: int, value: str) -> None:
        assert (name, kind) == (None, 1)
        self.values[str(key)] = value

    def QueryValue(self, _root: str, key: str) -> str:
        if key not in self.values:
            raise FileNotFoundError(key)
        return self.values[key]

    def DeleteKey(self, _root: str, key: str) -> None:
        if key not in self.values:
            raise FileNotFoundError(key)
        assert not [each for each in self.values if each.startswith(f"{key}\\")], "has keys below"
        del self.values[key]


def test_windows_opens_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "E:\\my stick\\GUITrain\\GUITrain.exe"
    monkeypatch.setattr(desktop, "start_command", lambda: (program,))
    monkeypatch.setattr(desktop, "is_built", lambda: True)
    registry = Registry()
    assert desktop.install_in_registry(registry) == 0
    classes = "Software\\Classes"
    assert registry.values[f"{classes}\\.guitrain"] == "GUITrain.Experiment"
    command = registry.values[f"{classes}\\GUITrain.Experiment\\shell\\open\\command"]
    assert command == f'"{program}" "%1"'
    assert registry.values[f"{classes}\\GUITrain.Experiment\\DefaultIcon"] == f"{program},0"
    assert desktop.uninstall_from_registry(registry) == 0
    assert set(registry.values) == {"Software", classes}
    assert desktop.uninstall_from_registry(registry) == 0


def test_another_programs_claim_is_left_alone() -> None:
    registry = Registry()
    desktop.install_in_registry(registry)
    registry.values["Software\\Classes\\.guitrain"] = "Other.Program"
    desktop.uninstall_from_registry(registry)
    assert registry.values["Software\\Classes\\.guitrain"] == "Other.Program"


def test_the_built_app_lies_beside_its_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/Apps/GUITrain.app/Contents/MacOS/GUITrain")
    assert place.home() == Path("/Apps")
    monkeypatch.setattr(sys, "executable", "/media/my stick/GUITrain/GUITrain")
    assert place.home() == Path("/media/my stick/GUITrain")
    assert place.start_command() == ("/media/my stick/GUITrain/GUITrain",)
