import builtins
import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QApplication

from guitrain.core.experiment import Experiment
from guitrain.core.mapping import Mapper
from guitrain.core.run import Run
from guitrain.export.headless import export_numbers, export_run
from guitrain.export.script import script_text
from guitrain.files.problems import FileProblem
from tests.plots.runs import ARTICLE, run_of

NAMES = [
    "experiment.json",
    "fit.png",
    "fit.svg",
    "history.csv",
    "loss.png",
    "loss.svg",
    "report.html",
    "run.py",
]


@pytest.mark.usefixtures("qapp")
def test_whole_run_is_written(tmp_path: Path) -> None:
    run = run_of(100)
    names = export_run(run.view(), tmp_path, run.test(), run.apply([(1.5,), (3.5,), (4.8,)]))
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir()) == NAMES
    assert len((tmp_path / "history.csv").read_text("utf-8").splitlines()) == 101
    experiment = json.loads((tmp_path / "experiment.json").read_text("utf-8"))
    assert Experiment.from_json(experiment) == ARTICLE
    script = (tmp_path / "run.py").read_text("utf-8")
    assert script == script_text(run.view(), run.apply([(1.5,), (3.5,), (4.8,)]))
    fit = "".join(ElementTree.parse(tmp_path / "fit.svg").getroot().itertext())
    assert "test data · 20 points" in fit
    assert "prediction" in fit
    assert (tmp_path / "loss.png").read_bytes().startswith(b"\x89PNG")


def test_no_plot_is_left_to_the_garbage_collector(qapp: QApplication, tmp_path: Path) -> None:
    before = qapp.allWidgets()  # kept, so that no other can take one's place in memory
    export_run(run_of(3).view(), tmp_path, None)  # collection is off in here: see the conftest
    assert [widget for widget in qapp.allWidgets() if widget not in before] == []


@pytest.mark.usefixtures("qapp")
def test_classes_have_a_map_in_the_place_of_the_fit(tmp_path: Path) -> None:
    run = Run(ARTICLE.changed({"data": "circle", "stop.epochs": 3}))
    run.run()
    applied = run.apply([(1.0, 2.0)])
    found = Mapper().look(run, (0, 1), [(1.0, 2.0)], running=False)
    names = export_run(run.view(), tmp_path, run.test(), applied, found)
    assert {"map.png", "map.svg"} < set(names)
    assert not {"fit.png", "fit.svg"} & set(names)
    drawn = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert "border: equal probability" in "".join(drawn.itertext())
    assert any(each.tag.endswith("image") for each in drawn.iter())


@pytest.mark.usefixtures("qapp")
def test_full_disk_in_mid_export_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loss.png").write_bytes(b"old")
    write = Path.write_bytes

    def full(self: Path, content: Any) -> int:
        if self.name == "fit.svg":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    run = run_of(3)
    with pytest.raises(FileProblem) as caught:
        export_run(run.view(), tmp_path, None)
    assert caught.value.code == "disk_full"
    assert [path.name for path in tmp_path.iterdir()] == ["loss.png"]
    assert (tmp_path / "loss.png").read_bytes() == b"old"


def test_without_qt_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def no_qt(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("PySide6"):
            raise ImportError("libGL.so.1: cannot open shared object file")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_qt)
    with pytest.raises(ImportError, match="libGL"):
        export_run(run_of(3).view(), tmp_path, None)
    assert list(tmp_path.iterdir()) == []
    run = run_of(3)
    names = export_numbers(run.view(), tmp_path, run.apply([(7.0,)]))
    assert sorted(names) == ["experiment.json", "history.csv", "run.py"]
    assert "new_x = np.array([7.0])" in (tmp_path / "run.py").read_text("utf-8")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_plots_are_drawn_where_there_is_no_screen(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from guitrain.core.run import Run\n"
        "from guitrain.export.headless import export_run\n"
        "from guitrain.presets import preset\n"
        "run = Run(preset('four_points').experiment); run.run()\n"
        "export_run(run.view(), Path(sys.argv[1]), run.test(), ())\n"
    )
    bare = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in bare}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, env=environment, timeout=100
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES
