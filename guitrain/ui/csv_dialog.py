"""Choosing a CSV file, its inputs and target, the task, and what to do about missing values."""

import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt, QThread, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.datasets.table import MISSING, TABLE, TASK, reading
from guitrain.core.experiment import Choice
from guitrain.core.problems import ExperimentProblem
from guitrain.files.csv_file import CsvFile, read_csv
from guitrain.files.problems import FileProblem, file_sentence, unforeseen
from guitrain.files.proposals import proposed_inputs, proposed_target, proposed_task
from guitrain.sentences import joined, listed, problem_sentence, translate
from guitrain.ui.csv_columns import ColumnList, Preview

_COLOURS = 8  # of classes, in plots
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
            for name in outcome.header:
                outcome.facts(name)  # here, for they too take their time
        except FileProblem as problem:
            outcome = problem
        except Exception as error:  # memory that runs out, above all
            traceback.print_exc()
            outcome = unforeseen(error, self._path, "read_failed")
        self.read.emit(self, outcome)


class CsvDialog(QDialog):
    """Shows a file's first rows and asks for its columns; ``choice()`` is the outcome."""

    def __init__(self, parent: QWidget | None, path: Path | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("csv_dialog")
        self.setWindowTitle(self.tr("Your own data"))
        self.resize(720, 640)
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
        self.preview = Preview()
        layout.addWidget(self.preview, 2)
        self.columns = ColumnList()
        self.columns.inputs_changed.connect(self._check)
        layout.addWidget(self.columns, 3)
        layout.addLayout(self._all_or_none())
        layout.addLayout(self._form())
        self.summary = QLabel()
        self.summary.setObjectName("csv_summary")
        self.summary.setAccessibleName(self.tr("What the run will train on"))
        self.summary.setWordWrap(True)
        self.summary.setProperty("role", "muted")
        layout.addWidget(self.summary)
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
            (ok, "csv_ok", self.tr("Start a new run on these columns")),
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

    def _all_or_none(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, text, tip, names in (
            (
                "csv_numbers",
                self.tr("All numbers"),
                self.tr("Make all columns of numbers inputs"),
                lambda csv: csv.numeric,
            ),
            ("csv_none", self.tr("None"), self.tr("Make no column an input"), lambda _csv: ()),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(tip)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, names=names: self._set_inputs(names))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _set_inputs(self, names: Any) -> None:
        if self._csv is not None:
            self.columns.set_inputs(names(self._csv))

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        self.y_column = self._combo("csv_y", self.tr("The column that the model learns to predict"))
        self.y_column.currentIndexChanged.connect(self._take_target)
        form.addRow(self.tr("Target"), self.y_column)
        self.task = self._combo("csv_task", translate("Data", TASK.help))
        self.missing = self._combo("csv_missing", translate("Data", MISSING.help))
        for combo, param in ((self.task, TASK), (self.missing, MISSING)):
            for name, label in param.choices:
                combo.addItem(translate("Data", label), name)
            combo.currentIndexChanged.connect(self._check)
            form.addRow(translate("Data", param.label), combo)
        return form

    def _combo(self, name: str, tip: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setAccessibleName(tip)
        combo.setToolTip(tip)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
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
            self._fill(None)
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
        self._fill(outcome)

    def _fill(self, csv: CsvFile | None) -> None:
        """Show a file and what is proposed for it; None empties the lists."""
        self.preview.show_file(csv)
        self.columns.show_file(csv)
        self.y_column.blockSignals(True)
        self.y_column.clear()
        if csv is not None:
            self.y_column.addItems(csv.usable)
            self.y_column.setCurrentText(proposed_target(csv))
        self.y_column.blockSignals(False)
        if csv is not None:
            self._take_target()
            self.columns.set_inputs(proposed_inputs(csv, self.y_column.currentText()))

    def _take_target(self) -> None:
        """Propose a task for the target; it is no input."""
        y = self.y_column.currentText()
        if self._csv is None or not y:
            return
        self.columns.set_target(y)
        self.task.blockSignals(True)
        self.task.setCurrentIndex(self.task.findData(proposed_task(self._csv, y)))
        self.task.blockSignals(False)
        self._check()

    def _check(self) -> None:
        """Whether these columns can be trained on; says in words why not."""
        self._choice = None
        self.summary.setText("")
        self._ok.setEnabled(False)
        if self._csv is None:
            return
        x, y, missing = self.columns.inputs(), self.y_column.currentText(), self.missing
        values = {"x": x, "y": y, "task": self.task.currentData(), "missing": missing.currentData()}
        try:
            values = TABLE.check({"table": self._csv.table(x, y, values["missing"]), **values})
        except FileProblem as problem:
            self._say(file_sentence(problem))
        except ExperimentProblem as problem:
            self._say(problem_sentence(problem))
        else:
            self._say("")
            self._choice = Choice(TABLE.name, values)
            self.summary.setText(self._summary(values))
            self._ok.setEnabled(True)

    def _summary(self, values: dict[str, Any]) -> str:
        """What the run would train on, and what to know of it."""
        assert self._csv is not None
        made, csv = reading(values), self._csv
        rows = len(made.targets)
        said = [
            self.tr("{0} rows, {1} inputs.").format(f"{rows:,}", f"{made.width:,}")
            if made.width > 1
            else self.tr("{0} rows, 1 input.").format(f"{rows:,}")
        ]
        if left_out := csv.row_count - rows:
            said.append(self.tr("Rows left out: {0}.").format(f"{left_out:,}"))
        if any(column.texts for column in made.columns):
            said.append(self.tr("A text is an input for each of its values: 1 or 0."))
        if made.classes:
            names = listed(made.classes[:_COLOURS])
            if len(made.classes) > _COLOURS:
                names = self.tr("{0}, …: more than the {1} colours that tell classes apart").format(
                    names, _COLOURS
                )
            said.append(self.tr("{0} classes: {1}.").format(len(made.classes), names))
        alike = [name for name in (*values["x"], values["y"]) if csv.facts(name).different == 1]
        if alike:
            text = self.tr("⚠ “{0}” is always the same: nothing can be learnt of it.")
            said.append(text.format(self.tr("”, “").join(alike[:3])))
        return joined(*said)

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
