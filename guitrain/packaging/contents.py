"""What goes into the built app, and what stays out of it."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from guitrain import __version__
from guitrain.files.suffix import SUFFIX

ROOT = Path(__file__).resolve().parents[2]
NAME = "GUITrain"
IDENTIFIER = "org.guitrain.GUITrain"
DOCUMENT = "org.guitrain.experiment"

HIDDEN_PACKAGES = ("guitrain", "joblib.externals")
"""Imported as they are wanted, so that no analysis of imports finds all of their modules."""

EXCLUDED = (
    "guitrain.packaging",
    "dask",
    "distributed",
    "fsspec",
    "hypothesis",
    "IPython",
    "jinja2",
    "matplotlib",
    "mypy",
    "networkx",
    "pandas",
    "pip",
    "psutil",
    "pytest",
    "scipy",
    "setuptools",
    "tensorboard",
    "tkinter",
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingft",
    "PIL._webp",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PySide6.QtDBus",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtUiTools",
    "PySide6.QtXml",
)
"""Modules that neither the window nor the command line comes to."""

_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        # Of torch: its own tests, what extensions are compiled with, and its compiler's sources
        # (others it reads when it is imported).
        r"torch/(test|include|share)/",
        r"torch/bin/(?!torch_shm_manager)",
        r"torch/lib/(lib)?(aoti_custom_ops|backend_with_compiler|jitbackend_test|torchbind_test)",
        r"torch/(testing|_inductor/(?!config)).*\.py$",
        r"torch/.*\.(a|lib|pdb|cmake|pyi|h|hpp|cpp|cu|cuh)$",
        # Of Qt: catalogues of other tools, and plugins for what the window does not do.
        r"PySide6/.*translations/(?!qtbase_)",
        r"PySide6/.*plugins/(designer|generic|networkinformation|qmllint|qmltooling|sqldrivers|tls)/",
        r"PySide6/.*plugins/(egldeviceintegrations|printsupport|wayland-graphics-integration-server)/",
        r"PySide6/.*plugins/platforms/.*(eglfs|linuxfb|minimal|vkkhrdisplay|vnc|webgl)",
        r"PySide6/.*plugins/platformthemes/.*gtk",
        r"lib(atk|atspi|cairo|datrie|epoxy|fribidi|gdk|gtk|graphite2|harfbuzz\.|pango|pixman|thai)",
        r"PySide6/.*plugins/platforminputcontexts/.*virtualkeyboard",
        r"PySide6/.*plugins/imageformats/.*(pdf|icns|tga|tiff|wbmp|webp)",
        r"(.*/)?(lib)?Qt6(Egl[Ff][Ss]|Pdf|Qml|Quick|VirtualKeyboard|WlShellIntegrationServer)",
        r"(.*/)?opengl32sw\.dll$",
        r"guitrain/_resources/(screenshot\.png|icons/guitrain\.icns|translations/.*\.ts)$",
        # Of the rest: tests, and pictures of examples.
        r"numpy/.*/tests/",
        r"pyqtgraph/examples/",
        r"(numpy|pyqtgraph|joblib|contourpy|PIL)/.*\.(pyi|c|h)$",
    )
)


_MODULES_LEFT_OUT = re.compile(
    r"(mpmath|numpy|sympy)\.(.*\.)?tests(\.|$)"
    r"|torch\.testing\._internal\.(opinfo|optests|generated|codegen|data|test_module)"
    r"|torch\.testing\._internal\.(common_(?!dtype)|jit_|inductor|dynamo|hypothesis|autograd_)"
    r"|torch\.testing\._internal\.distributed\.(?!fake_pg)"
)


def is_left_out(destination: str) -> bool:
    """Whether a file, by its place in the built app, is not wanted there."""
    place = destination.replace("\\", "/")
    return any(pattern.match(place) for pattern in _LEFT_OUT)


def kept(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Of PyInstaller's (destination, source, kind) those that are wanted."""
    return [entry for entry in entries if not is_left_out(entry[0])]


def kept_modules(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The same of (module, source, kind)."""
    return [entry for entry in entries if not _MODULES_LEFT_OUT.match(entry[0])]


def icon() -> str | None:
    """The icon's file for this system's programs; Linux has none in the program itself."""
    ending = {"win32": "ico", "darwin": "icns"}.get(sys.platform)
    return str(ROOT / "resources" / "icons" / f"guitrain.{ending}") if ending else None


def version_text() -> str:
    """The version of a Windows program, as PyInstaller reads it from a file."""
    numbers = (*(int(part) for part in re.findall(r"\d+", __version__)[:4]), 0, 0, 0, 0)[:4]
    strings = {
        "CompanyName": NAME,
        "FileDescription": "GUITrain: watch a model learn",
        "FileVersion": __version__,
        "InternalName": NAME,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": NAME,
        "ProductVersion": __version__,
    }
    table = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, "
        "flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{table}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def info_plist() -> dict[str, Any]:
    """What macOS is told of the app: its version, and the files that it opens."""
    ending = SUFFIX.removeprefix(".")
    return {
        "CFBundleShortVersionString": __version__,
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "GUITrain experiment",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "guitrain.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [DOCUMENT],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": DOCUMENT,
                "UTTypeDescription": "GUITrain experiment",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {"public.filename-extension": [ending]},
            }
        ],
    }
