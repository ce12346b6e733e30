"""The report: asks for title, name and format, and writes it while the window goes on."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from guitrain.export.image import Picture, discard
from guitrain.export.report import default_title
from guitrain.export.report_files import ReportKind, make_report
from guitrain.files.atomic import whole_files, write_whole
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.observing import FIRST_STEPS
from guitrain.snapshot import Snapshot, State
from guitrain.ui.dialog_parts import (
    ProblemLine,
    describe,
    form_layout,
    main_button,
    outer_layout,
    title_line,
)
from guitrain.ui.save_file import ask_file, may_replace
from guitrain.ui.workspace import Workspace

_AUTHOR_KEY = "report/author"
_LOOK_MS = 30  # between two looks whether the first steps are known


class ReportDialog(QDialog):
    """Asks what the report is called and whose it is, and saves it.

    The report is of the moment that the window shows when Save is pressed. Its pictures are drawn
    one at a time between the window's events.

    Args:
        work: the views, whose pictures are taken. settings: where folder and name are remembered;
            the application's by default.
    """

    def __init__(
        self, parent: QWidget | None, work: Workspace, settings: QSettings | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("report_dialog")
        self.setWindowTitle(self.tr("Report"))
        self._work = work
        self._settings = settings or QSettings()
        self._parts: Iterator[dict[ReportKind, bytes]] | None = None
        self._pictures: dict[str, Picture] = {}
        self._path = Path()
        self._made = self._count = 0
        self._make_controls()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self.finished.connect(self._let_go)
        work.also_wished |= {FIRST_STEPS}
        work.wishes_changed.emit()
        self.save_button.setEnabled(False)
        self._timer.start(_LOOK_MS)

    def _make_controls(self) -> None:
        self.title = title_line(default_title())
        self.author = QLineEdit(str(self._settings.value(_AUTHOR_KEY, "")))
        self.author.setPlaceholderText(self.tr("left empty, to be filled in"))
        self.author.setMaxLength(200)
        self.kind = QComboBox()
        self.kind.addItem(self.tr("HTML and PDF"), ("html", "pdf"))
        self.kind.addItem("HTML", ("html",))
        self.kind.addItem("PDF", ("pdf",))
        self.problem = ProblemLine()
        self.progress = QLabel()
        self.progress.setProperty("role", "muted")
        fields = (
            (
                "report_title",
                self.title,
                self.tr("Title"),
                self.tr("The heading of the report."),
            ),
            (
                "report_author",
                self.author,
                self.tr("Your name"),
                self.tr("Whose report it is."),
            ),
            (
                "report_format",
                self.kind,
                self.tr("Format"),
                self.tr(
                    "HTML opens in any browser, and notes can be typed in it; PDF is for paper."
                ),
            ),
            ("report_problem", self.problem, self.tr("Problem"), ""),
            ("report_progress", self.progress, self.tr("Progress"), ""),
        )
        describe(fields)

    def _lay_out(self) -> None:
        said = QLabel(
            self.tr(
                "The experiment, the plots in sight, the results, the first steps in numbers, and "
                "room for notes."
            )
        )
        said.setWordWrap(True)
        said.setProperty("role", "muted")
        form = form_layout()
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("Your &name"), self.author)
        form.addRow(self.tr("&Format"), self.kind)
        buttons = QDialogButtonBox()
        self.save_button = main_button(
            buttons,
            "report_save",
            self.tr("&Save…"),
            self.tr("Choose a file and write the report to it."),
        )
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("report_cancel")
        self.save_button.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        layout = outer_layout(self)
        layout.addWidget(said)
        layout.addLayout(form)
        layout.addWidget(self.progress)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)

    @property
    def _snapshot(self) -> Snapshot | None:
        """The moment that the window shows, once it has all that a report tells."""
        shown = self._work.shown
        if shown is None or shown.view is None:
            return None
        known = shown.first_steps is not None or shown.state is State.FAILED
        return shown if known else None

    # Saving.

    @Slot()
    def save(self) -> None:
        """Ask for a file, and begin; a problem is told in the dialog, which stays open."""
        snapshot, kinds = self._snapshot, self.kind.currentData()
        if snapshot is None or snapshot.view is None:
            return
        name = f"report-epoch-{snapshot.view.epoch}.{kinds[0]}"
        filters = {
            "html": self.tr("Web pages (*.html)"),
            "pdf": self.tr("PDF documents (*.pdf)"),
        }
        path = ask_file(self, self.tr("Save the report"), name, filters[kinds[0]], self._settings)
        if path is None or not self._may_replace(path, kinds):
            return
        self._settings.setValue(_AUTHOR_KEY, self.author.text().strip())
        self.problem.say("")
        shown = self._work.pictures()
        self._pictures = {name: plot.copy_for_export() for name, plot in shown.items()}
        self._path = path
        self._made, self._count = 0, len(shown) + len(kinds)
        self._parts = make_report(
            snapshot, self._pictures, kinds, self.title.text(), self.author.text()
        )
        self._timer.start(0)
        self._tell()

    def _may_replace(self, path: Path, kinds: tuple[ReportKind, ...]) -> bool:
        """The file dialog asked for the one that was chosen, and the other is asked for here."""
        others = [path.with_suffix(f".{kind}") for kind in kinds[1:]]
        return all(may_replace(self, self.tr("Save the report"), other) for other in others)

    @Slot()
    def _go_on(self) -> None:
        if self._parts is None:  # nothing is being made: look whether it could be
            if self._snapshot is not None:
                self._timer.stop()
                self._tell()
            return
        files = next(self._parts)
        self._made += 1
        self._tell()
        if self._made == self._count:
            self._stop()
            self._write(files)

    def _write(self, files: Mapping[ReportKind, bytes]) -> None:
        try:
            if len(files) == 1:
                write_whole(self._path, *files.values())
            else:
                with whole_files(self._path.parent) as hidden:
                    for kind, content in files.items():
                        (hidden / self._path.with_suffix(f".{kind}").name).write_bytes(content)
        except FileProblem as problem:
            self.problem.say(file_sentence(problem))
        else:
            self.accept()

    def _tell(self) -> None:
        working = self._parts is not None
        text = self.tr("Making the report: {0} of {1} parts") if working else ""
        self.progress.setText(text.format(self._made, self._count))
        for widget in (self.save_button, self.title, self.author, self.kind):
            widget.setEnabled(not working)

    def _stop(self) -> None:
        """Make no more, and let the pictures go."""
        self._timer.stop()
        self._parts = None
        for picture in self._pictures.values():
            discard(picture)
        self._pictures = {}
        self._tell()

    @Slot()
    def _let_go(self) -> None:
        self._stop()
        self._work.also_wished -= {FIRST_STEPS}
        self._work.wishes_changed.emit()


def open_report(parent: QWidget, work: Workspace) -> None:
    """Show the dialog, beside which the window goes on."""
    dialog = ReportDialog(parent, work)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
