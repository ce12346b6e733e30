"""Images in the fit's place, and the pad on which one draws one's own, in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from guitrain.core.answers import answers_view
from guitrain.core.experiment import Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import Unit
from guitrain.export.image import Size, render
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.apply_pad import ApplyPad
from guitrain.ui.gallery_panel import GalleryPanel
from guitrain.ui.main_window import MainWindow
from tests.ui.window_tools import Wait, click, drawn

THREE = ((8, 4), (20, 3), (23, 9), (15, 15), (23, 21), (21, 28), (8, 29))


@pytest.fixture
def trained(window: MainWindow, wait: Wait) -> MainWindow:
    """The digits after two epochs, paused."""
    window.commands.choose_preset("digits")
    wait(lambda s: s.view is not None and s.experiment.data.name == "digits")
    for _ in range(2):
        window.trainer.next(Unit.EPOCH)
    wait(lambda s: s.view is not None and s.view.epoch == 2 and s.state is State.PAUSED)
    drawn(window)
    return window


def pad_of(window: MainWindow) -> ApplyPad:
    pad = window.work.results.pad
    assert pad is not None
    return pad


def gallery_of(window: MainWindow) -> GalleryPanel:
    assert window.work.fits.shows_gallery
    return window.work.fits.gallery


def answered(window: MainWindow, wait: Wait) -> Snapshot:
    """Once the model has said what the drawing is."""
    row = pad_of(window).row
    return wait(lambda s: bool(s.applied) and s.applied[0].inputs == row)


def draw_three(window: MainWindow) -> None:
    pad = pad_of(window).pad
    cell = pad.width() // 32
    spots = [QPoint(x * cell, y * cell) for x, y in THREE]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(pad, spot)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=spots[-1])


def test_images_take_the_fits_place_with_the_models_answers(
    trained: MainWindow, wait: Wait
) -> None:
    gallery = gallery_of(trained)
    shown = drawn(trained)
    run = trained.trainer._worker._run
    assert run is not None
    assert shown.map is None  # a map over two pixels would say nothing
    assert not trained.work.residuals.isVisible()
    assert shown.answers is not None
    train = run.learner.data.train
    chances = run.learner.probabilities(train.inputs)
    for at, row in enumerate(gallery.plot.shown.tolist()):
        own, answer = int(train.targets[row]), int(chances[row].argmax())
        sign = "✓" if own == answer else f"✗ {answer}"
        assert gallery.plot.captions[at] == f"{own} {sign} {100 * chances[row, answer]:.0f} %"
    right = int((chances.argmax(axis=1) == train.targets).sum())
    assert gallery.foot.text().startswith(f"{right:,} of {len(train):,} right (")
    # Next is another moment: its answers come with it.
    trained.trainer.next(Unit.EPOCH)
    wait(lambda s: s.view is not None and s.view.epoch == 3)
    after = drawn(trained).answers
    assert after is not None
    assert after.step == run.learner.step
    # The line has no images.
    trained.trainer.start(Experiment())
    wait(lambda s: s.view is not None and s.experiment == Experiment())
    assert trained.work.fits.shown is trained.work.fit
    assert drawn(trained).answers is None
    assert pad_of(trained).isHidden()


def test_wrong_ones_can_be_looked_at_alone_and_pages_turned(
    trained: MainWindow, wait: Wait
) -> None:
    gallery = gallery_of(trained)
    plot, answers = gallery.plot, drawn(trained).answers
    assert answers is not None
    assert gallery.page.text() == f"1 of {-(-len(answers.right) // plot.per_page)}"
    first = plot.shown.tolist()
    click(trained, "gallery_after")
    assert plot.shown.tolist() == [row + plot.per_page for row in first]
    trained.resize(1600, 1000)  # other pages: the first image stays on the one that is shown
    assert plot.start <= len(first) < plot.start + plot.per_page
    gallery.which.setCurrentIndex(1)
    assert plot.rows.tolist() == np.flatnonzero(~answers.right).tolist()
    assert all("✗" in text for text in plot.captions)
    assert not plot._frames.path().isEmpty()
    render(plot, "png", Size(400, 300))
    trained.work.show_test.setChecked(True)
    shown = wait(lambda s: s.answers is not None and s.answers.test)
    assert shown.answers is not None
    assert gallery.points.currentIndex() == 1
    assert plot.rows.tolist() == np.flatnonzero(~shown.answers.right).tolist()
    trained.work.panels.close("fit")
    assert drawn(trained).answers is None  # nobody sees them


def test_a_click_on_an_image_selects_it_everywhere(trained: MainWindow) -> None:
    gallery = gallery_of(trained)
    place = gallery.plot.area.mapToScene(gallery.plot._image_rect(4).center()).toPoint()
    QTest.mouseClick(gallery.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    point = drawn(trained).point
    assert point is not None
    assert point.row == gallery.plot.chosen == gallery.plot.shown[4]
    assert gallery.foot.text().startswith("point 5: its class is ")
    trained.work.fits.select_next_point(1)
    assert drawn(trained).point is not None
    assert gallery.plot.chosen == 5
    # A test image is applied to instead.
    gallery.points.setCurrentIndex(1)
    drawn(trained)
    gallery.plot.point_clicked.emit(7)
    shown = drawn(trained)
    data = shown.data
    assert data is not None
    assert shown.point is None
    assert shown.applied[0].inputs == tuple(data.test.inputs[7].tolist())
    assert gallery.foot.text().startswith("test image 8: its class is ")
    assert pad_of(trained).answer.text().startswith("It is ")


def test_a_drawing_is_read_as_one_draws_and_as_the_model_learns(
    trained: MainWindow, wait: Wait
) -> None:
    pad = pad_of(trained)
    assert pad.answer.text() == "Nothing is drawn yet."
    draw_three(trained)
    first = answered(trained, wait).applied[0]
    assert int(first.predicted) == 3
    assert pad.answer.text().startswith("It is 3 (")
    assert pad.bars.isVisible()
    assert len(pad.bars.texts) == 10
    run = trained.trainer._worker._run
    assert run is not None
    inputs = np.array([pad.pad.pixels.ravel()], np.float64)
    np.testing.assert_allclose(first.probabilities, run.learner.probabilities(inputs)[0])
    trained.transport.pace.set_pace(MAX_PACE)
    click(trained, "run")
    wait(lambda s: s.state is State.STOPPED)
    after = drawn(trained).applied[0]
    assert after.inputs == first.inputs
    assert after.probabilities != first.probabilities
    # What was typed stays possible: it comes after the drawing.
    click(trained, "apply")
    typed = preset("digits").predict  # which the preset has put there
    rows = wait(lambda s: len(s.applied) == 1 + len(typed)).applied
    assert rows[0].inputs == first.inputs
    assert [one.inputs for one in rows[1:]] == list(typed)
    assert trained.work.results.apply_table.rowCount() == len(typed)
    click(trained, "clear_pad")
    wait(lambda s: len(s.applied) == len(typed))
    assert pad.answer.text() == "Nothing is drawn yet."
    assert not pad.bars.isVisible()
    trained.commands.choose_preset("digits")
    assert not drawn(trained).applied


def test_the_keys_draw_too_and_the_run_is_left_alone(trained: MainWindow, wait: Wait) -> None:
    pad = pad_of(trained).pad
    before = drawn(trained)
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Up)
    QTest.keyClick(pad, Qt.Key.Key_Space)
    assert pad.bitmap[15, 16]
    for _ in range(8):
        QTest.keyClick(pad, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert pad.cursor_at == (24, 15)
    assert pad.bitmap[15, 16:25].all()
    assert pad.accessibleDescription() == "pixel in row 4, column 7: 8 of 16"
    answered(trained, wait)
    QTest.keyClick(pad, Qt.Key.Key_Space)  # what is inked is erased
    assert not pad.bitmap[15, 24]
    click(trained, "erase_pad")
    middle = QPoint(16 * pad._cell, 15 * pad._cell)
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=middle)
    assert not pad.bitmap[15, 16]
    QTest.mouseClick(pad, Qt.MouseButton.RightButton, pos=middle)
    assert pad.bitmap[15, 16]
    click(trained, "fit_pad")
    assert pad.bitmap.any(axis=0).all()
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert not pad.bitmap.any()
    after = drawn(trained)
    assert after.view is not None
    assert before.view is not None
    assert (after.state, after.view.step) == (State.PAUSED, before.view.step)


def test_after_a_divergence_there_is_no_answer(qtbot: QtBot) -> None:
    run = Run(preset("digits").experiment)
    while run.advance() is not Phase.INIT:
        pass
    gallery = GalleryPanel()
    qtbot.addWidget(gallery)
    gallery.resize(500, 300)
    gallery.show()
    gallery.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view()))
    assert gallery.plot.captions[0] == "0"  # not answered yet
    for parameter in run.learner.parameters:
        parameter.detach().fill_(float("nan"))
    found = answers_view(run, test=True)
    assert found.answers.tolist() == [-1] * len(run.learner.data.test)
    gallery.points.setCurrentIndex(1)
    gallery.refresh(Snapshot(0, State.PAUSED, run.experiment, view=run.view(), answers=found))
    assert all(text.endswith("✗ –") for text in gallery.plot.captions)
    assert gallery.foot.text().startswith("0 of 359 right (0.0 %).")
    gallery.plot.point_clicked.emit(0)
    assert "the answer is – (–)" in gallery.foot.text()
