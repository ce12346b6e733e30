"""The recipe of the built app, without carrying it out: what goes in, on each system."""

import builtins
import importlib
import os
import plistlib
import sys
import tomllib
import types
from pathlib import Path
from typing import Any

import pytest

from guitrain import __version__
from guitrain.packaging import build as build_module
from guitrain.packaging import contents, entry
from guitrain.packaging.build import SPEC, BuildProblem, build, program, requirement

ROOT = Path(__file__).resolve().parents[2]


class Made:
    """What PyInstaller would make: remembers what it was asked for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.args, self.options = args, options
        self.pure: list[object] = []
        self.scripts: list[object] = []
        self.datas = [("guitrain/_resources/icons/run.svg", "", "DATA"), ("torch/test/a", "", "")]
        self.binaries = [("torch/lib/libtorch_cpu.so", "", "BINARY")]


def carried_out(monkeypatch: pytest.MonkeyPatch, platform: str, folder: Path) -> dict[str, Made]:
    hooks = types.ModuleType("PyInstaller.utils.hooks")
    asked: list[str] = []

    def collect(name: str) -> list[str]:
        asked.append(name)
        return [name, "guitrain.packaging.build"]

    hooks.collect_submodules = collect  # type: ignore[attr-defined]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "path", list(sys.path))
    made: dict[str, Made] = {}

    def maker(kind: str) -> Any:
        def make(*args: Any, **options: Any) -> Made:
            made[kind] = Made(*args, **options)
            return made[kind]

        return make

    names = {kind: maker(kind) for kind in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    code = compile(SPEC.read_text("utf-8"), str(SPEC), "exec")
    exec(code, {**names, "SPECPATH": str(SPEC.parent), "workpath": str(folder)})
    assert asked == list(contents.HIDDEN_PACKAGES)
    return made


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_one_recipe_for_three_systems(
    platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = carried_out(monkeypatch, platform, tmp_path)
    analysis, exe, folder = made["Analysis"], made["EXE"], made["COLLECT"]
    assert analysis.args[0] == [str(ROOT / "guitrain" / "packaging" / "entry.py")]
    assert analysis.options["datas"] == [(str(ROOT / "resources"), "guitrain/_resources")]
    assert "guitrain" in analysis.options["hiddenimports"]
    assert "guitrain.packaging.build" not in analysis.options["hiddenimports"]
    assert exe.options["console"] is False
    assert exe.options["exclude_binaries"] is True  # a folder, not a file that unpacks itself
    assert exe.options["upx"] is folder.options["upx"] is False
    assert [entry_[0] for entry_ in folder.args[2]] == ["guitrain/_resources/icons/run.svg"]
    icon = exe.options["icon"]
    assert (icon is None) is (platform == "linux")
    assert icon is None or Path(icon).is_file()
    assert ("BUNDLE" in made) is (platform == "darwin")
    if platform == "win32":
        assert Path(exe.options["version"]).read_text("utf-8") == contents.version_text()


def test_the_version_of_a_windows_program() -> None:
    def named(name: str) -> Any:
        return lambda *args, **options: (name, args, options)

    kinds = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct")
    names = {name: named(name) for name in (*kinds, "VarFileInfo", "VarStruct")}
    _, _, options = eval(contents.version_text(), {"__builtins__": builtins, **names})
    numbers = tuple(int(part) for part in __version__.split("."))
    assert options["ffi"][2]["filevers"][: len(numbers)] == numbers
    table = options["kids"][0][1][0][0][1][1]
    assert dict(struct[1] for struct in table)["ProductVersion"] == __version__


def test_macos_is_told_of_the_files() -> None:
    read = plistlib.loads(plistlib.dumps(contents.info_plist()))
    (kind,) = read["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"] == {"public.filename-extension": ["guitrain"]}
    assert read["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]


@pytest.mark.parametrize(
    ("place", "out"),
    [
        ("torch/test/test_torch.py", True),
        ("torch\\include\\ATen\\ATen.h", True),
        ("torch/bin/protoc", True),
        ("torch/bin/torch_shm_manager", False),
        ("torch/lib/libtorch_cpu.so", False),
        ("torch/lib/libjitbackend_test.so", True),
        ("torch/nn/functional.py", False),
        ("torch/_inductor/config.py", False),
        ("torch/_inductor/ir.py", True),
        ("libpango-1.0.so.0", True),
        ("libharfbuzz-fb49c9fc.so.0.61450.0", False),  # Pillow's own
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", False),
        ("PySide6/Qt/translations/qtdeclarative_de.qm", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", False),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", True),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", True),
        ("numpy/_core/tests/test_umath.py", True),
        ("guitrain/_resources/icons/guitrain.ico", False),
    ],
)
def test_what_is_left_out(place: str, out: bool) -> None:
    assert contents.is_left_out(place) is out


def test_every_module_of_the_app_can_be_collected() -> None:
    # Modules that are imported as they are wanted are found by their folders alone.
    for folder in (ROOT / "guitrain").rglob("*/"):
        if any(folder.glob("*.py")):
            assert (folder / "__init__.py").is_file(), folder
    assert not set(contents.EXCLUDED) & {"torch", "numpy", "PIL", "joblib", "pyqtgraph"}
    for name in ("PySide6.QtSvg", "PySide6.QtTest", "PySide6.QtOpenGLWidgets"):  # pyqtgraph's
        importlib.import_module(name)
        assert name not in contents.EXCLUDED


def test_without_pyinstaller_a_sentence_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(BuildProblem) as caught:
        build(tmp_path / "dist", tmp_path / "build")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert [requirement()] == extras["optional-dependencies"]["build"]
    assert f'pip install "{requirement()}"' in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_program_lies_where_the_system_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for platform in ("linux", "win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        found[platform] = program(Path("dist")).as_posix()
    assert found == {
        "linux": "dist/GUITrain/GUITrain",
        "win32": "dist/GUITrain/GUITrain.exe",
        "darwin": "dist/GUITrain.app/Contents/MacOS/GUITrain",
    }


def test_the_program_is_python_for_joblib_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    for words in (
        ["-c", f"open({str(mark)!r}, 'w')"],
        ["-m", "this"],
        ["run.guitrain"],
        [],
    ):
        entry.be_python(words)  # comes back: nothing of it was carried out
    assert not mark.exists()
    ran: list[object] = []
    monkeypatch.setattr(
        entry.runpy, "run_module", lambda name, **_: ran.append((name, sys.argv[1:]))
    )
    monkeypatch.setattr(sys, "argv", ["GUITrain"])
    worker = "joblib.externals.loky.backend.popen_loky_posix"
    with pytest.raises(SystemExit):
        entry.be_python(["-m", worker, "--pipe", "7"])
    assert ran == [(worker, ["--pipe", "7"])]


@pytest.mark.parametrize(
    ("module", "out"),
    [
        ("sympy.core.tests.test_arit", True),
        ("torch.testing._internal.opinfo.core", True),
        ("torch.testing._internal.common_dtype", False),
        ("torch.testing._internal.distributed.fake_pg", False),
        ("torch.testing._comparison", False),
        ("numpy.testing", False),
        ("guitrain.ui.main_window", False),
    ],
)
def test_which_modules_are_left_out(module: str, out: bool) -> None:
    assert (contents.kept_modules([(module, "", "PYMODULE")]) == []) is out


def test_other_programs_get_their_own_search_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/the/app/_internal:/mine")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    entry.give_back_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/mine"
    monkeypatch.setenv("LD_LIBRARY_PATH", "/the/app/_internal")
    entry.give_back_environment()
    assert "LD_LIBRARY_PATH" not in os.environ
