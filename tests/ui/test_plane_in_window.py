"""A plane through many parameters in the real window: asked for, followed, changed, and dropped."""

from guitrain.core.landscape_view import Bounds
from guitrain.core.plane import Kind, PlaneChoice
from guitrain.snapshot import Snapshot
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn, find


def fresh(kind: Kind, step: int) -> "object":
    def met(s: Snapshot) -> bool:
        found = s.landscape
        if found is None or found.plane is None or s.plane is None or not found.complete:
            return False
        return found.plane.choice.kind is kind and found.plane.step == step

    return met


def test_a_nets_landscape_follows_and_goes(window: MainWindow, wait: Wait) -> None:
    window.work.panels.open("landscape")
    wait(lambda s: s.landscape is not None and s.landscape.plane is None)
    kind = find(window, "model")
    kind.setCurrentIndex(kind.findData("mlp"))
    kind.activated.emit(kind.currentIndex())
    wait(fresh(Kind.PATH, 0))  # type: ignore[arg-type]
    panel = window.work.landscape_panel
    assert panel.kind.isVisible()
    assert "97 parameters" in panel.about.text()
    window.commands.next("epoch")
    wait(fresh(Kind.PATH, 1))  # type: ignore[arg-type]
    assert panel.plot._arrows.step.shown
    panel.kind.setCurrentIndex(1)
    panel.seed.setValue(4)
    wait(lambda s: s.plane is not None and s.plane.plane.choice == PlaneChoice(Kind.RANDOM, 4))
    assert panel.plot._labels == ("random direction 1", "random direction 2")
    click(window, "run")
    wait(lambda s: s.view is not None and s.view.step > 5)
    click(window, "run")  # closed in the middle of what it computes
    window.work.panels.close("landscape")
    drawn(window)
    window.commands.next("epoch")
    assert drawn(window).plane is None
    assert not window.trainer._worker._observer.busy
    window.work.panels.open("landscape")
    kind.setCurrentIndex(kind.findData("linear"))
    kind.activated.emit(kind.currentIndex())
    wait(lambda s: s.landscape is not None and s.landscape.plane is None and s.plane is None)
    assert isinstance(window.work.wanted_landscape, Bounds)
    assert not panel.kind.isVisible()
