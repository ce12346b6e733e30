"""Where the icons, presets and translations are, in a checkout and in an installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of the file or folder `parts` below the resources.

    A wheel carries the resources inside the package; in a checkout they stand beside it.
    The path is not checked: whoever opens it gets the usual `FileNotFoundError`.
    """
    installed = _PACKAGE / "_resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
