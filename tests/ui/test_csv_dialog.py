"""Choosing a CSV file and its columns, with real files: what is wrong is said, never raised."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Experiment
from guitrain.files import csv_file
from guitrain.ui import csv_dialog
from guitrain.ui.csv_dialog import CsvDialog

GOOD = "x,y,z\n0,1,5\n1,3,5\n2,5,5\n"
Open = Callable[[bytes | str | Path], CsvDialog]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Open:
    """A dialog on a file of this content (or on this path), once it has been read."""

    def make(content: bytes | str | Path) -> CsvDialog:
        path = content if isinstance(content, Path) else tmp_path / "data.csv"
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        dialog = CsvDialog(None, path)
        qtbot.addWidget(dialog)
        dialog.start()
        settle(qtbot, dialog)
        return dialog

    return make


def settle(qtbot: QtBot, dialog: CsvDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.busy.isVisible(), timeout=20_000)


def ok(dialog: CsvDialog) -> Any:
    return next(b for b in dialog._buttons.buttons() if b.objectName() == "csv_ok")


def button(dialog: CsvDialog, name: str, kind: type[QAbstractButton] = QAbstractButton) -> Any:
    return dialog.findChild(kind, name)


def choose(combo: QComboBox, name: str) -> None:
    combo.setCurrentIndex(combo.findData(name))


def check(dialog: CsvDialog, name: str, *, on: bool = True) -> None:
    """Click a column's box."""
    for row in range(dialog.columns.rowCount()):
        item = dialog.columns.item(row, 0)
        if item is not None and item.text() == name:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def test_a_good_file_gives_its_columns(opened: Open) -> None:
    dialog = opened(GOOD)
    assert dialog.message.text() == ""
    # z is the same in every row
    assert (dialog.columns.inputs(), dialog.y_column.currentText()) == (("x",), "y")
    assert dialog.preview.rowCount() == 3
    cell = dialog.preview.item(2, 1)
    assert cell is not None
    assert cell.text() == "5"
    ok(dialog).click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    choice = dialog.choice()
    assert (choice.name, choice["x"], choice["y"]) == ("table", ("x",), "y")
    assert (choice["task"], choice["missing"]) == ("regression", "refuse")
    assert choice["table"].source == "data.csv"
    assert choice["table"].column("y").tolist() == [1.0, 3.0, 5.0]


def test_other_columns_can_be_chosen(opened: Open) -> None:
    dialog = opened(GOOD)
    dialog.y_column.setCurrentText("z")
    check(dialog, "y")
    assert dialog.columns.inputs() == ("x", "y")
    check(dialog, "x", on=False)
    ok(dialog).click()
    assert dialog.choice()["x"] == ("y",)
    assert dialog.choice()["table"].column("z").tolist() == [5.0, 5.0, 5.0]
    assert dialog.choice()["table"].names == ("y", "z")


def test_gbk_headers_and_semicolons_are_read(opened: Open) -> None:
    dialog = opened("面积;价格\n1,5;2\n2,5;4\n".encode("gbk"))
    assert (dialog.columns.inputs(), dialog.y_column.currentText()) == (("面积",), "价格")
    ok(dialog).click()
    assert dialog.choice()["table"].column("面积").tolist() == [1.5, 2.5]


def test_missing_values_are_refused_until_their_rows_are_left_out(opened: Open) -> None:
    dialog = opened("x,y\n0,1\n1,\n2,5\n3,nan\n4,9\n")
    assert "Line 3" in dialog.message.text()
    assert not ok(dialog).isEnabled()
    choose(dialog.missing, "drop_rows")
    assert dialog.message.text() == ""
    assert "Rows left out: 2" in dialog.summary.text()
    assert ok(dialog).isEnabled()
    choose(dialog.missing, "refuse")
    assert dialog.summary.text() == ""
    assert not ok(dialog).isEnabled()
    choose(dialog.missing, "fill")
    assert "Rows left out: 2" in dialog.summary.text()  # without a target nothing is learnt
    choose(dialog.missing, "drop_rows")
    ok(dialog).click()
    choice = dialog.choice()
    assert Experiment(data=choice).changed({"test_fraction": 0.0}).train_count == 3
    assert choice["missing"] == "drop_rows"


def test_the_target_is_no_input_and_none_is_told(opened: Open) -> None:
    dialog = opened(GOOD)
    dialog.y_column.setCurrentText("x")
    assert dialog.columns.inputs() == ("y",)  # they change places
    button(dialog, "csv_none", QPushButton).click()
    assert "No input is chosen" in dialog.message.text()
    assert not ok(dialog).isEnabled()
    button(dialog, "csv_numbers", QPushButton).click()
    assert dialog.columns.inputs() == ("y", "z")
    assert dialog.message.text() == ""
    assert ok(dialog).isEnabled()


def test_a_task_is_proposed_and_can_be_changed(opened: Open) -> None:
    rows = "".join(f"{at},{'red' if at % 3 else 'blue'},{at % 2}\n" for at in range(12))
    dialog = opened("size,colour,wins\n" + rows)
    assert dialog.task.currentData() == "classification"
    assert "2 classes: 0, 1." in dialog.summary.text()
    assert dialog.columns.inputs() == ("size",)
    check(dialog, "colour")
    assert "12 rows, 3 inputs." in dialog.summary.text()
    choose(dialog.task, "regression")
    assert "classes" not in dialog.summary.text()
    dialog.y_column.setCurrentText("colour")
    assert dialog.task.currentData() == "classification"
    choose(dialog.task, "regression")
    assert "has texts" in dialog.message.text()
    choose(dialog.task, "classification")
    ok(dialog).click()
    made = Experiment().changed({"data": dialog.choice()})
    assert made.make_data().classes == ("blue", "red")


def test_a_class_alone_a_constant_and_more_classes_than_colours_are_told(opened: Open) -> None:
    rows = "".join(f"{at},7,k{at % 9},only\n" for at in range(45))
    dialog = opened("size,same,kind,one\n" + rows)
    assert dialog.y_column.currentText() == "one"
    assert "one class only" in dialog.message.text()
    dialog.y_column.setCurrentText("kind")
    assert dialog.message.text() == ""
    assert "9 classes" in dialog.summary.text()
    assert "more than the 8 colours" in dialog.summary.text()
    check(dialog, "same")
    assert "“same” is always the same" in dialog.summary.text()
    note = dialog.columns.item(1, 2)
    assert note is not None
    assert "always the same" in note.text()
    assert ok(dialog).isEnabled()


def test_odd_cells_are_marked_in_the_first_rows(opened: Open) -> None:
    dialog = opened("x,y\n0,1\n,oops\n2,5\n3,6\n")
    marked = {
        (row, column)
        for row in range(4)
        for column in range(2)
        if (item := dialog.preview.item(row, column)) is not None and "⚠" in item.text()
    }
    assert marked == {(1, 0), (1, 1)}


def test_a_thousand_columns_are_listed_without_a_wait(opened: Open) -> None:
    names = [f"c{at}" for at in range(1000)]
    row = ",".join(str(at) for at in range(1000))
    other = ",".join(str(at + 1) for at in range(1000))
    dialog = opened(",".join(names) + f"\n{row}\n{other}\n{row}\n")
    assert len(dialog.columns.inputs()) == 999
    start = time.process_time()
    check(dialog, "c5", on=False)
    dialog.y_column.setCurrentText("c10")
    assert time.process_time() - start < 2
    assert "998 inputs" in dialog.summary.text()


def test_ten_thousand_columns_are_told(opened: Open) -> None:
    cells = ",".join("1" * 10_000)
    dialog = opened(f"{cells}\n{cells}\n")
    assert "10000 columns" in dialog.message.text()
    assert dialog.columns.rowCount() == 0


def test_a_column_with_some_text_is_refused_in_words(opened: Open) -> None:
    dialog = opened("x,y,z\n0,1,1\n1,oops,2\n2,5,3\n")
    assert "oops" in dialog.message.text()
    assert not ok(dialog).isEnabled()
    dialog.y_column.setCurrentText("z")
    assert ok(dialog).isEnabled()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "empty"),
        ("x,y\n", "no rows of values"),
        ("x,y\n1,2\n", "one row"),
        ("x,y\n1,\n2,\n", "two columns with values"),
        (bytes(range(256)) * 40, "text"),
        ("x\n1\n2\n", "column"),
        ("x,y\n1,1e300\n2,3\n", "Use another unit"),
    ],
)
def test_a_bad_file_is_answered_in_words(opened: Open, content: bytes | str, word: str) -> None:
    dialog = opened(content)
    assert word in dialog.message.text()
    assert "⚠" in dialog.message.text()
    assert not ok(dialog).isEnabled()


def test_a_missing_file_and_a_folder_are_answered_in_words(opened: Open, tmp_path: Path) -> None:
    gone = opened(tmp_path / "gone.csv")
    assert "gone.csv" in gone.message.text()
    folder = opened(tmp_path)
    assert "folder" in folder.message.text()
    assert not ok(folder).isEnabled()


def test_too_little_memory_is_answered_in_words(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starved(_path: Path) -> csv_file.CsvFile:
        raise MemoryError

    monkeypatch.setattr(csv_dialog, "read_csv", starved)
    assert "memory" in opened(GOOD).message.text()


def test_what_is_wrong_stays_in_sight(opened: Open) -> None:
    dialog = opened("")
    said = dialog.message.text()
    choose(dialog.missing, "drop_rows")
    button(dialog, "csv_numbers", QPushButton).click()
    assert dialog.message.text() == said


def test_a_good_file_after_a_bad_one_and_back(
    opened: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened("")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(GOOD, "utf-8")
    bad.write_bytes(b"\x00\x01\x02" * 100)
    names = [str(good), "", str(bad)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (names.pop(0), ""))
    button(dialog, "csv_other").click()
    settle(qtbot, dialog)
    assert dialog.message.text() == ""
    assert "good.csv" in dialog.about.text()
    button(dialog, "csv_other").click()  # and nothing chosen: the good one stays
    settle(qtbot, dialog)
    assert ok(dialog).isEnabled()
    button(dialog, "csv_other").click()
    settle(qtbot, dialog)
    assert dialog.message.text()
    assert not ok(dialog).isEnabled()
    assert dialog.preview.rowCount() == 0


def test_only_the_file_chosen_last_is_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("a,b\n1,2\n3,4\n", "utf-8")
    second.write_text(GOOD, "utf-8")
    shown: list[str] = []
    original = CsvDialog._fill

    def fill(self: CsvDialog, csv: csv_file.CsvFile | None) -> None:
        shown.append(csv.path.name if csv is not None else "")
        original(self, csv)

    monkeypatch.setattr(CsvDialog, "_fill", fill)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(second), ""))
    dialog = CsvDialog(None, first)
    qtbot.addWidget(dialog)
    dialog.start()
    button(dialog, "csv_other").click()  # before the first outcome was shown
    settle(qtbot, dialog)
    qtbot.wait(20)
    assert shown == ["second.csv"]
    assert dialog.columns.inputs() == ("x",)


@pytest.mark.parametrize("how", ["reject", "close"])
def test_cancel_while_reading_leaves_no_thread(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = tmp_path / "data.csv"
    path.write_text(GOOD, "utf-8")
    begun, original = threading.Event(), csv_dialog.read_csv

    def slow(path: Path) -> csv_file.CsvFile:
        begun.set()
        QThread.msleep(100)
        return original(path)

    monkeypatch.setattr(csv_dialog, "read_csv", slow)
    dialog = CsvDialog(None, path)
    qtbot.addWidget(dialog)
    dialog.start()
    assert begun.wait(5)
    getattr(dialog, how)()
    assert dialog._reader is not None
    assert dialog._reader.isFinished()
    qtbot.wait(20)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_without_a_file_it_is_rejected(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    dialog = CsvDialog(None)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.rejected):
        dialog.start()
    assert not dialog.isVisible()
