"""Packages that some formats need and that are not installed with the app."""

import importlib.util
import sys
from pathlib import Path

from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.files.problems import FileProblem
from guitrain.place import is_built
from guitrain.sentences import translate

# What pyproject.toml has under the same names; a test compares them.
EXTRAS = {
    "safetensors": ("safetensors>=0.5,<1",),
    "tensorboard": ("tensorboard>=2.18,<3",),
    "onnx": ("onnx>=1.17,<2", "onnxscript>=0.5,<1"),
}

# What to do in the built app, where nothing can be installed.
INSTEAD = {
    "safetensors": QT_TRANSLATE_NOOP("Files", "Take a .pt file, which holds the same weights."),
    "tensorboard": QT_TRANSLATE_NOOP("Files", "Save the history as CSV or as NumPy arrays."),
    "onnx": QT_TRANSLATE_NOOP("Files", "Save it as .pt2, which holds the whole model too."),
}


def check_extra(extra: str, path: Path) -> None:
    """Raise FileProblem where a package of an extra is missing, with the line to type, or in the
    built app with what to take instead.

    Nothing is imported here; "" needs nothing. The file at ``path`` is what is not read or written.
    """
    needed = EXTRAS.get(extra, ())
    names = [requirement.partition(">")[0] for requirement in needed]
    if all(importlib.util.find_spec(name) is not None for name in names):
        return
    if is_built():
        values = {"extra": extra, "instead": translate("Files", INSTEAD[extra])}
        raise FileProblem("no_extra_built", path, values)
    # The environment that main.py made, or whichever this is: not that of any other “pip”.
    packages = " ".join(f'"{requirement}"' for requirement in needed)
    command = f'"{sys.executable}" -m pip install {packages}'
    raise FileProblem("no_extra", path, {"extra": extra, "command": command})
