"""The map in the fit's place, in the real window."""

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Experiment
from guitrain.core.map_view import telling_axes
from guitrain.core.run_view import Unit
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.main_window import MainWindow
from tests.plots.map_data import of, register
from tests.ui.window_tools import Wait, drawn, find


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


def begin(window: MainWindow, wait: Wait, experiment: Experiment) -> Snapshot:
    window.work.controls.set_experiment(experiment)
    window.trainer.start(experiment)
    wait(lambda s: s.experiment == experiment and s.view is not None and s.state is State.PAUSED)
    return drawn(window)


def test_a_map_takes_the_fits_place_and_gives_it_back(window: MainWindow, wait: Wait) -> None:
    fits = window.work.fits
    assert fits._map is None  # not made before it is wanted
    assert fits.currentWidget() is window.work.fit
    assert window.trainer.snapshot.map is None
    begin(window, wait, of("circle"))
    assert fits.shows_map
    assert fits.map.isVisible()
    assert not window.work.residuals.isVisible()
    assert drawn(window).map is not None
    assert fits.map.regions.shown
    begin(window, wait, Experiment())
    assert fits.currentWidget() is window.work.fit
    assert window.work.residuals.isVisible()
    assert drawn(window).map is None
    assert window.work.fit.drawn_line is not None


def test_the_map_is_of_this_very_moment_after_each_press(window: MainWindow, wait: Wait) -> None:
    begin(window, wait, of("circle"))
    trainer = window.trainer
    per_epoch = trainer.snapshot.view.batches if trainer.snapshot.view is not None else 0
    for press, step in (
        (lambda: trainer.next(Unit.EPOCH), per_epoch),
        (lambda: trainer.next(Unit.BATCH), per_epoch + 1),
        (lambda: trainer.back(Unit.BATCH), per_epoch),
        (lambda: trainer.seek(3), 3),
    ):
        press()
        # On a busy machine it takes more than one slice to get there.
        wait(lambda s, step=step: s.view is not None and s.view.step == step)  # type: ignore[misc]
        shown = drawn(window)
        run = trainer._worker._run
        assert run is not None
        assert shown.map is not None
        assert shown.map.step == run.learner.step
        places = np.array([(shown.map.x[7], shown.map.y[60]), (shown.map.x[90], shown.map.y[2])])
        found = shown.map.outputs[[60, 2], [7, 90]]
        np.testing.assert_allclose(found, run.learner.outputs(places), rtol=1e-4, atol=1e-5)
        assert window.work.fits.map._map is shown.map


def test_the_map_moves_while_it_runs_and_is_exact_once_it_is_paused(
    window: MainWindow, wait: Wait
) -> None:
    begin(window, wait, of("circle", {"stop.epochs": 10**6}))
    trainer = window.trainer
    trainer.set_pace(MAX_PACE)
    trainer.play()
    steps = set()

    def moved(snapshot: Snapshot) -> bool:
        if snapshot.map is not None:
            steps.add(snapshot.map.step)
        return len(steps) >= 4

    wait(moved)
    trainer.pause()
    wait(lambda s: s.state is State.PAUSED)
    shown = drawn(window)
    assert shown.map is not None
    assert shown.view is not None
    assert shown.map.step == shown.view.step


def test_nothing_is_worked_out_while_the_panel_is_closed(window: MainWindow, wait: Wait) -> None:
    begin(window, wait, of("circle"))
    window.work.panels.close("fit")
    assert drawn(window).map is None
    window.trainer.next(Unit.EPOCH)
    assert drawn(window).map is None
    assert window.trainer._worker._observer._mapper is None
    window.work.panels.open("fit")
    drawn(window)
    assert drawn(window).map is not None
    assert window.work.fits.map.regions.shown


def test_two_of_more_inputs_are_chosen_in_the_head(window: MainWindow, wait: Wait) -> None:
    across, up = find(window, "map_x"), find(window, "map_y")
    assert isinstance(across, QComboBox)
    begin(window, wait, of("circle"))
    assert not across.isVisible()
    begin(window, wait, of("pets"))
    assert across.isVisible()
    assert [across.itemText(i) for i in range(4)] == [
        "weight (kg)",
        "height (cm)",
        "age (years)",
        "pulse",
    ]
    assert (across.currentIndex(), up.currentIndex()) == (0, 3)  # which tell the classes apart
    up.setCurrentIndex(1)
    across.setCurrentIndex(2)
    drawn(window)
    shown = drawn(window)
    assert shown.map is not None
    assert shown.map.axes == (2, 1)
    up.setCurrentIndex(2)  # both cannot be one: they change places
    assert (across.currentIndex(), up.currentIndex()) == (1, 2)
    drawn(window)
    shown = drawn(window)
    assert shown.map is not None
    assert shown.map.axes == window.work.fits.map.in_use == (1, 2)
    assert window.work.fits.map._labels == ("height (cm)", "age (years)")
    data = begin(window, wait, of("three")).data
    assert data is not None
    assert (across.currentIndex(), up.currentIndex()) == telling_axes(data)
    assert across.count() == 3


def test_points_of_the_map_are_linked_and_told(
    window: MainWindow, wait: Wait, qtbot: QtBot
) -> None:
    begin(window, wait, of("circle"))
    window.work.fits.map.point_clicked.emit(3)
    assert drawn(window).point is not None
    assert window.work.fits.map._point_mark.tag.text.startswith("point 4: its class is ")
    window.work.fits.select_next_point(1)
    after = drawn(window).point
    assert after is not None
    assert after.row != 3
    window.work.fits.map.point_clicked.emit(-1)
    assert drawn(window).point is None


def test_test_points_and_predictions_are_on_the_map_too(window: MainWindow, wait: Wait) -> None:
    window.work.show_test.setChecked(True)
    begin(window, wait, of("circle"))
    shown = window.work.fits.map
    assert any(text.startswith("hollow: test data") for text in shown._legend.texts)
    window.trainer.apply([(30.0, 0.0)])
    found = drawn(window)
    assert found.map is not None
    assert found.map.x[-1] > 30  # it reaches as far as the plot does
    assert shown.x_scale.high == pytest.approx(found.map.x[-1])
    assert shown._applied_marks.tags[0].isVisible()
    window.work.show_test.setChecked(False)
    assert not any(text.startswith("hollow") for text in shown._legend.texts)


def test_the_map_wears_the_theme_it_is_made_in(window: MainWindow, wait: Wait) -> None:
    window._toggle_theme()
    begin(window, wait, of("circle"))
    assert window.work.fits.map.theme is window.theme
    window._toggle_theme()
    assert window.work.fits.map.theme is window.theme
