"""Choosing a CSV file, its x and y columns, and what to do about missing values."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSettings, Qt, QThread, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.experiment import Choice
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import Table
from guitrain.files.csv_file import CsvFile, default_columns, read_csv
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.sentences import problem_sentence, translate

_DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}


class _Reader(QThread):
    """Reads the file beside the GUI thread: a large one takes seconds."""

    read = Signal(object, object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def run(self) -> None:
        """Emit itself with the CsvFile, or with the problem."""
        outcome: CsvFile | FileProblem
        try:
            outcome = read_csv(self._path)
        except FileProblem as problem:
            outcome = problem
        except MemoryError:
            detail = translate("Files", "there is not enough memory")
            outcome = FileProblem("read_failed", self._path, {"detail": detail})
        self.read.emit(self, outcome)


class CsvDialog(QDialog):
    """Shows a file's first rows and asks for its columns; ``choice()`` is the outcome."""

    def __init__(self, parent: QWidget | None, path: Path | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("csv_dialog")
        self.setWindowTitle(self.tr("Your own data"))
        self.resize(640, 520)
        self._path = path
        self._csv: CsvFile | None = None
        self._choice: Choice | None = None
        self._reader: _Reader | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        self.about = QLabel()
        self.about.setObjectName("csv_about")
        self.about.setWordWrap(True)
        layout.addWidget(self.about)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setObjectName("csv_busy")
        self.busy.setAccessibleName(self.tr("Reading the file"))
        layout.addWidget(self.busy)
        self.preview = QTableWidget()
        self.preview.setObjectName("csv_preview")
        self.preview.setAccessibleName(self.tr("First rows of the file"))
        self.preview.setToolTip(self.tr("The first rows, as they stand in the file"))
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        layout.addWidget(self.preview, 1)
        form = QFormLayout()
        self.x_column = self._combo("csv_x", self.tr("The column that the model predicts from"))
        self.y_column = self._combo("csv_y", self.tr("The column that the model learns to predict"))
        form.addRow(self.tr("x column"), self.x_column)
        form.addRow(self.tr("y column"), self.y_column)
        self.drop = QCheckBox(self.tr("Leave out rows with missing values"))
        self.drop.setObjectName("csv_drop_rows")
        self.drop.setAccessibleName(self.drop.text())
        self.drop.setToolTip(self.tr("Off: a missing value in either column is refused"))
        self.drop.toggled.connect(self._check)
        form.addRow(self.drop)
        layout.addLayout(form)
        self.message = QLabel()
        self.message.setObjectName("csv_message")
        self.message.setAccessibleName(self.tr("What is wrong with the file"))
        self.message.setWordWrap(True)
        self.message.setProperty("role", "error")
        layout.addWidget(self.message)
        self._buttons = QDialogButtonBox()
        ok = self._buttons.addButton(
            self.tr("Train on these"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        other = self._buttons.addButton(
            self.tr("Another file…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        cancel = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        for button, name, tip in (
            (ok, "csv_ok", self.tr("Start a new run on these two columns")),
            (other, "csv_other", self.tr("Choose another file")),
            (cancel, "csv_cancel", self.tr("Keep the data as they are")),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setToolTip(tip)
        self._ok = ok
        ok.setProperty("primary", True)
        other.clicked.connect(self._ask)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)

    def _combo(self, name: str, tip: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setAccessibleName(tip)
        combo.setToolTip(tip)
        combo.currentIndexChanged.connect(self._check)
        return combo

    def start(self) -> None:
        """Open: on the file given, or after asking for one. Without a file it is rejected."""
        if self._path is None:
            self._ask()
            if self._path is None:
                self.reject()
                return
        else:
            self._read(self._path)
        self.open()

    def _ask(self) -> None:
        settings = QSettings()
        folder = str(settings.value("csv_folder", ""))
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a CSV file"), folder, self.tr("Tables (*.csv *.tsv *.txt);;All (*)")
        )
        if name:
            settings.setValue("csv_folder", str(Path(name).parent))
            self._read(Path(name))

    def _read(self, path: Path) -> None:
        self._wait()
        self._path, self._csv, self._choice = path, None, None
        self.about.setText(path.name)
        self.busy.show()
        self._reader = _Reader(path)
        self._reader.read.connect(self._show_read, Qt.ConnectionType.QueuedConnection)
        self._reader.start()
        self._say("")

    def _show_read(self, reader: _Reader, outcome: CsvFile | FileProblem) -> None:
        if reader is not self._reader:
            return  # of a file that has been given up
        self.busy.hide()
        if isinstance(outcome, FileProblem):
            self.preview.setRowCount(0)
            for combo in (self.x_column, self.y_column):
                combo.clear()
            self._say(file_sentence(outcome))
            return
        self._csv = outcome
        self.about.setText(
            self.tr("{0}: {1} rows, encoding {2}, separator “{3}”").format(
                outcome.path.name,
                f"{outcome.row_count:,}",
                outcome.encoding,
                _DELIMITERS.get(outcome.delimiter, outcome.delimiter),
            )
        )
        self._fill_preview(outcome)
        x, y = default_columns(outcome)
        for combo, name in ((self.x_column, x), (self.y_column, y)):
            combo.blockSignals(True)
            combo.clear()
            combo.addItems(outcome.numeric)
            combo.setCurrentText(name)
            combo.blockSignals(False)
        self._check()

    def _fill_preview(self, csv: CsvFile) -> None:
        table = self.preview
        table.setColumnCount(len(csv.header))
        table.setHorizontalHeaderLabels(csv.header)
        table.setRowCount(len(csv.preview))
        for row, cells in enumerate(csv.preview):
            for column, cell in enumerate(cells[: len(csv.header)]):
                table.setItem(row, column, QTableWidgetItem(cell))

    def _check(self) -> None:
        """Whether these columns can be trained on; says in words why not."""
        self._choice = None
        self.drop.setText(self.drop.accessibleName())
        if self._csv is None:
            self._ok.setEnabled(False)
            return
        x, y = self.x_column.currentText(), self.y_column.currentText()
        if not x or not y:
            return
        if x == y:
            self._say(self.tr("x and y are the same column: choose another for one of them."))
            return
        missing: Literal["refuse", "drop_rows"] = "drop_rows" if self.drop.isChecked() else "refuse"
        try:
            arrays, dropped = self._csv.columns((x, y), missing=missing)
            table = Table(dict(zip((x, y), arrays, strict=True)), source=self._csv.path.name)
        except FileProblem as problem:
            self._say(file_sentence(problem))
        except ExperimentProblem as problem:
            self._say(problem_sentence(problem))
        else:
            self._say("")
            self._choice = Choice("table", {"table": table, "x": x, "y": y})
            if dropped:
                self.drop.setText(
                    self.tr("Leave out rows with missing values ({0} of them)").format(
                        f"{dropped:,}"
                    )
                )
        self._ok.setEnabled(self._choice is not None)

    def _say(self, sentence: str) -> None:
        self.message.setText(f"⚠ {sentence}" if sentence else "")
        self._ok.setEnabled(False)

    def choice(self) -> Choice:
        """The data chosen; after ``accepted``."""
        assert self._choice is not None
        return self._choice

    def _wait(self) -> None:
        if self._reader is not None:
            self._reader.wait()

    def done(self, result: int) -> None:
        """End, once the reading has."""
        self._wait()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Cancel."""
        self._wait()
        super().closeEvent(event)
