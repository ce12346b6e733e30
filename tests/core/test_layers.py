"""What core and the modules above it may import and touch, checked in fresh processes."""

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "guitrain"


def modules(*places: str) -> list[str]:
    """The modules of packages and files below ``guitrain``, by their dotted names."""
    found = []
    for place in places:
        path = PACKAGE / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            parts = file.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def python(script: str, *arguments: str) -> str:
    """What a fresh process prints; fails with its error where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


WITHOUT_QT = """
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ImportError("core asked for " + name)

sys.meta_path.insert(0, NoQt())
for name in sys.argv[1:]:
    importlib.import_module(name)

from guitrain.core.experiment import Experiment
from guitrain.core.run import Run
run = Run(Experiment(initial=(-0.20546, 0.783)))
print(run.run().rule.value, *(f"{p.predicted:.2f}" for p in run.apply([(1.5,), (3.5,), (4.8,)])))
"""

TORCHLESS = """
import importlib, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in sys.argv[1:]:
    importlib.import_module(name)
    if "torch" in sys.modules:
        sys.exit(name + " imports torch")
print(len(sys.argv) - 1)
"""


def test_core_trains_the_article_where_there_is_no_qt() -> None:
    names = modules("core")
    assert len(names) > 20
    assert python(WITHOUT_QT, *names) == "epochs 4.10 7.94 10.43"


def test_what_is_needed_before_the_window_shows_leaves_torch_alone() -> None:
    # Specs of core's registries import no torch either: the form is made from them.
    places = ["files", "presets.py", "sentences.py", "resources.py"]
    if find_spec("PySide6"):
        places += ["plots", "export", "worker.py", "ui"]
    core = ["experiment", "closed_form", "datasets", "models", "losses", "optimizers", "settings"]
    names = [
        *(f"guitrain.core.{name}" for name in core),
        *modules(*places),
    ]
    assert python(TORCHLESS, *names) == str(len(names))


def test_the_closed_forms_stand_before_torch_is_loaded() -> None:
    script = """
import sys
from guitrain.core.closed_form import facts_of
from guitrain.core.experiment import Experiment
experiment = Experiment()
facts = facts_of(experiment, experiment.make_data())
assert "torch" not in sys.modules
print(f"{facts.best_loss:.4f}")
"""
    assert python(script) == "0.2037"


DISK = {"os", "io", "pathlib", "shutil", "tempfile", "glob", "pickle", "sqlite3", "csv", "mmap"}
WRITERS = {
    "open",
    "save",
    "savez",
    "load",
    "savetxt",
    "loadtxt",
    "genfromtxt",
    "fromfile",
    "tofile",
}


@pytest.mark.parametrize("file", sorted((PACKAGE / "core").rglob("*.py")), ids=lambda f: f.name)
def test_core_touches_no_disk(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name.partition(".")[0] for alias in node.names]
            assert not DISK & set(names)
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in DISK
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            assert name not in WRITERS, f"{file.name}:{node.lineno}"
