import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guitrain.export.history_csv import history_csv
from guitrain.export.image import Size, check
from guitrain.plots.fit import FitPlot
from guitrain.plots.loss import LossPlot
from guitrain.ui import history_export
from guitrain.ui.export_dialog import ExportDialog
from guitrain.ui.history_export import HistoryExport, export_history
from tests.plots.runs import run_of


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def dialog(qtbot: QtBot, settings: QSettings) -> Iterator[ExportDialog]:
    view = run_of(57).view()
    plots: dict[str, FitPlot | LossPlot] = {"fit": FitPlot(), "loss": LossPlot()}
    for plot in plots.values():
        qtbot.addWidget(plot)
        plot.refresh(view)
    made = ExportDialog(None, plots, view, settings)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """Let the file dialog answer with a path; returns the list of paths it proposed."""
    proposed: list[str] = []

    def chosen(parent: Any, title: str, proposal: str, filters: str) -> tuple[str, str]:
        proposed.append(proposal)
        return str(path), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return proposed


def no_space(*_: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_picture_is_saved_as_chosen(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = answer(monkeypatch, tmp_path / "mine")
    dialog.plot.setCurrentIndex(1)
    dialog.width_box.setValue(640)
    dialog.height_box.setValue(480)
    dialog.dpi.setValue(150)
    dialog.save()
    image = QImage(str(tmp_path / "mine.png"))
    assert (image.width(), image.height()) == (640, 480)
    assert image.dotsPerMeterX() == round(150 / 0.0254)
    assert Path(proposed[0]).name == "loss-epoch-57.png"
    assert not dialog.isVisible()


def test_last_folder_is_remembered(
    dialog: ExportDialog, tmp_path: Path, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    answer(monkeypatch, folder / "a.png")
    dialog.save()
    assert settings.value("export/folder") == str(folder)
    proposed = answer(monkeypatch, "")
    dialog.save()
    assert Path(proposed[0]).parent == folder


@pytest.mark.parametrize("fault", ["folder", "disk"])
def test_failure_is_a_sentence_in_the_dialog_and_leaves_nothing(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    place = tmp_path / "out"
    if fault == "disk":
        place.mkdir()
        monkeypatch.setattr(os, "fsync", no_space)
    answer(monkeypatch, place / "a.png")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.problem.isVisible()
    words = "does not exist" if fault == "folder" else "the disk is full"
    assert words in dialog.problem.text()
    assert not place.exists() or list(place.iterdir()) == []


def test_nothing_happens_when_no_file_is_chosen(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "")
    dialog.save()
    assert dialog.isVisible()
    assert not dialog.problem.isVisible()


def test_each_format_keeps_its_own_unit_and_size(dialog: ExportDialog) -> None:
    dialog.width_box.setValue(1234)
    dialog.kind.setCurrentIndex(2)
    assert (dialog.unit.currentData(), dialog.width_box.suffix()) == ("mm", " mm")
    assert dialog.width_box.value() == 160
    assert not dialog.dpi.isEnabled()
    dialog.unit.setCurrentIndex(0)
    assert (dialog.width_box.suffix(), dialog.width_box.value()) == (" px", 605)  # at 96 to an inch
    dialog.unit.setCurrentIndex(1)
    assert dialog.width_box.value() == 160, "to and fro nothing is lost"
    dialog.kind.setCurrentIndex(0)
    assert (dialog.unit.currentData(), dialog.width_box.suffix()) == ("px", " px")
    assert dialog.width_box.value() == 1234
    assert dialog.dpi.isEnabled()


def test_another_unit_keeps_the_size_on_paper(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.dpi.setValue(254)
    dialog.width_box.setValue(1000)
    dialog.height_box.setValue(600)
    dialog.unit.setCurrentIndex(dialog.unit.findData("mm"))
    assert (dialog.width_box.value(), dialog.height_box.value()) == (100, 60)
    dialog.dpi.setValue(127)  # half as many pixels on the same paper
    dialog.unit.setCurrentIndex(dialog.unit.findData("px"))
    assert (dialog.width_box.value(), dialog.height_box.value()) == (500, 300)
    dialog.unit.setCurrentIndex(dialog.unit.findData("mm"))
    dialog.width_box.setValue(80)
    answer(monkeypatch, tmp_path / "mine")
    dialog.save()
    image = QImage(str(tmp_path / "mine.png"))
    assert (image.width(), image.height()) == (400, 300)
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == 5000


def test_preview_follows_the_form(dialog: ExportDialog, qtbot: QtBot) -> None:
    wide = dialog.preview.pixmap().toImage()
    dialog.height_box.setValue(1600)
    qtbot.waitUntil(lambda: dialog.preview.pixmap().height() == dialog.preview.pixmap().width())
    square = dialog.preview.pixmap().toImage()
    dialog.title.setText("A heading")
    qtbot.waitUntil(lambda: dialog.preview.pixmap().toImage() != square)
    assert wide.height() < square.height()


def test_too_large_a_picture_is_refused_in_words_before_it_is_made(dialog: ExportDialog) -> None:
    dialog.width_box.setValue(20_000)
    dialog.height_box.setValue(20_000)
    dialog.show_preview()
    assert "400,000,000 pixels" in dialog.problem.text()
    assert not dialog.save_button.isEnabled()
    dialog.height_box.setValue(1000)
    dialog.show_preview()
    assert dialog.problem.text() == ""
    assert dialog.save_button.isEnabled()


def test_every_control_has_a_name_for_tests_and_for_readers(dialog: ExportDialog) -> None:
    controls = [dialog.plot, dialog.kind, dialog.width_box, dialog.height_box, dialog.dpi]
    controls.append(dialog.unit)
    for control in (*controls, dialog.title, dialog.preview, dialog.problem):
        assert control.objectName().startswith("export_")
        assert control.accessibleName()
    assert all(control.toolTip() for control in (*controls, dialog.title, dialog.save_button))


def test_history_is_written_while_the_window_lives(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_export, "_SLICE", 0.0)  # one chunk at a time
    view = run_of(9000, {"stop.epochs": 9000}).view()
    answer(monkeypatch, tmp_path / "table")
    export = export_history(None, view, settings)
    assert export is not None
    with qtbot.waitSignal(export.finished) as done:
        QApplication.processEvents()
        assert not (tmp_path / "table.csv").exists()
    assert done.args == [""]
    assert (tmp_path / "table.csv").read_bytes() == b"".join(history_csv(view))


def test_failed_history_is_told_in_a_box_and_leaves_nothing(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", no_space)
    answer(monkeypatch, folder / "a.csv")
    export = export_history(parent, run_of(3).view(), settings)
    assert export is not None
    with qtbot.waitSignal(export.finished):
        pass
    box = parent.findChild(QMessageBox, "export_problem")
    assert box is not None
    assert "the disk is full" in box.text()
    assert list(folder.iterdir()) == []
    box.close()


def test_history_into_no_folder_is_told_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    export = HistoryExport(None, run_of(3).view(), tmp_path / "none" / "a.csv")
    with qtbot.waitSignal(export.finished) as done:
        export.start()
    assert "does not exist" in done.args[0]


def test_disk_that_fills_in_mid_export_leaves_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_export, "_SLICE", 0.0)
    export = HistoryExport(None, run_of(9000, {"stop.epochs": 9000}).view(), tmp_path / "a.csv")
    export.start()
    QApplication.processEvents()
    monkeypatch.setattr(export._handle, "write", no_space)
    with qtbot.waitSignal(export.finished) as done:
        pass
    assert "the disk is full" in done.args[0]
    assert list(tmp_path.iterdir()) == []


def test_quitting_in_mid_export_leaves_no_half_file(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_export, "_SLICE", 0.0)
    (tmp_path / "a.csv").write_text("old")
    export = HistoryExport(None, run_of(9000, {"stop.epochs": 9000}).view(), tmp_path / "a.csv")
    export.start()
    qapp.processEvents()
    assert len(list(tmp_path.iterdir())) == 2
    export.abandon()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "old"
    qapp.processEvents()


def test_quitting_the_application_abandons_an_export(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    export = HistoryExport(None, run_of(3).view(), tmp_path / "a.csv")
    export.start()
    qapp.aboutToQuit.emit()
    assert list(tmp_path.iterdir()) == []


def test_a_picture_is_copied_as_it_would_be_saved(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QApplication.clipboard()
    dialog.width_box.setValue(640)
    dialog.height_box.setValue(400)
    dialog.copy()
    image = clipboard.image()
    assert (image.width(), image.height()) == (640, 400)
    assert len({image.pixel(x, 200) for x in range(0, 640, 3)}) > 2
    dialog.kind.setCurrentIndex(dialog.kind.findData("svg"))
    dialog.copy()
    data = clipboard.mimeData()
    assert b"<svg" in bytes(data.data("image/svg+xml").data())
    assert data.hasImage()
    dialog.width_box.setValue(2000)  # a poster: too many pixels for an image at 192 dpi
    dialog.height_box.setValue(2000)
    painted: list[Size] = []
    with monkeypatch.context() as patch:
        patch.setattr("guitrain.ui.export_dialog.render", lambda *given: painted.append(given[2]))
        patch.setattr("guitrain.ui.export_dialog.QMimeData.setData", lambda *_: None)
        patch.setattr("guitrain.ui.export_dialog.QImage.fromData", lambda _: QImage())
        dialog.copy()
    assert painted[1].sides("png") == (10_000, 10_000)
    assert painted[1].dpi == 127
    check("png", painted[1])
    clipboard.clear()


def test_all_pictures_at_once_or_none(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "all"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    (tmp_path / "all").write_text("in the way")
    dialog.save_all()
    assert "is a file" in dialog.problem.text()
    assert dialog.isVisible()
    folder.unlink()
    dialog.save_all()
    assert sorted(path.name for path in folder.iterdir()) == [
        "fit-epoch-57.png",
        "loss-epoch-57.png",
    ]
    assert not dialog.isVisible()


def test_text_can_be_larger(dialog: ExportDialog) -> None:
    def dark() -> int:
        image = QImage(dialog.preview.pixmap().toImage())
        return sum(
            image.pixelColor(x, y).lightness() < 110
            for x in range(image.width())
            for y in range(image.height())
        )

    dialog.plot.setCurrentIndex(1)
    dialog.show_preview()
    before = dark()
    dialog.text_size.setCurrentIndex(2)
    dialog.show_preview()
    assert dark() > 1.5 * before
