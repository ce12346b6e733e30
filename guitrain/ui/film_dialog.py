"""Export of a run, or a part of it, as a film."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from guitrain.export.film import FORMATS, formats, steps_of
from guitrain.export.image import Camera, Picture, Size, SizeProblem
from guitrain.filming import Reel
from guitrain.plots.moving import Moving
from guitrain.plots.picture_names import picture_name
from guitrain.ui.dialog_parts import describe, form_layout, main_button, outer_layout, title_line
from guitrain.ui.film_making import FilmMaking
from guitrain.ui.save_file import ask_file, ask_folder

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

MOST_FRAMES = 5000
SIDE = (100, 4000)  # pixels
_USUAL_FRAMES = 150  # that a film has at first, at most
_USUAL_RATE = 15  # frames per second
_WIDTH = 470  # pixels, of the dialog


class FilmDialog(QDialog):
    """Asks what is to be filmed and how, and makes the film; the window is used on beside it.

    Args:
        plots: the plots by the names of their panels; those that show moments can be filmed.
        view: the run to film, as far as it is recorded now.
        ask: ``Trainer.film``.
        settings: where the last folder is remembered; the application's by default.
    """

    def __init__(
        self,
        parent: QWidget | None,
        plots: Mapping[str, Picture],
        view: "RunView",
        ask: Callable[[Reel], None],
        settings: QSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("film_dialog")
        self.setWindowTitle(self.tr("Export a film"))
        self._plots = {
            name: plot.copy_for_export() for name, plot in plots.items() if isinstance(plot, Moving)
        }
        self._run_id, self._head, self._ask = view.run_id, view.head, ask
        self._settings = settings or QSettings()
        self.making: FilmMaking | None = None
        self._make_controls()
        self._lay_out()
        self.finished.connect(self._let_go)
        self._show_format()

    # The form.

    def _make_controls(self) -> None:
        self.plot, self.kind = QComboBox(), QComboBox()
        for name in self._plots:
            self.plot.addItem(picture_name(name), name)
        words = {
            "gif": self.tr("GIF, animated"),
            "png": self.tr("PNG, a numbered series"),
            "mp4": self.tr("MP4 (H.264)"),
            "webm": self.tr("WebM (VP9)"),
        }
        possible = formats()
        for name in possible:
            self.kind.addItem(words[name], name)
        self.first, self.last, self.every = QSpinBox(), QSpinBox(), QSpinBox()
        for box, low, value in (
            (self.first, 0, 0),
            (self.last, 0, self._head),
            (self.every, 1, max(-(-self._head // _USUAL_FRAMES), 1)),
        ):
            box.setRange(low, max(self._head, low))
            box.setValue(value)
            box.setGroupSeparatorShown(True)
        self.rate = QDoubleSpinBox()
        self.rate.setDecimals(1)
        self.rate.setRange(0.5, 60)
        self.rate.setValue(_USUAL_RATE)
        self.width_box, self.height_box = QSpinBox(), QSpinBox()
        for box, value in ((self.width_box, 800), (self.height_box, 500)):
            box.setRange(*SIDE)
            box.setSingleStep(10)
            box.setSuffix(self.tr(" px"))
            box.setValue(value)
        self.title = title_line(self.tr("none"))
        self.summary, self.note, self.told = QLabel(), QLabel(), QLabel()
        for label, role in ((self.summary, "number"), (self.note, "muted"), (self.told, "")):
            label.setProperty("role", role)
            label.setWordWrap(True)
        self.note.setText(
            self.tr(
                "MP4 and WebM need the program ffmpeg, which was not found on this computer's PATH."
            )
        )
        self.note.setVisible(len(possible) < len(FORMATS))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.told.hide()
        fields = (
            ("film_plot", self.plot, self.tr("Plot"), self.tr("Which plot to film.")),
            (
                "film_format",
                self.kind,
                self.tr("Format"),
                self.tr("A GIF plays anywhere; a series of PNGs is for a video editor."),
            ),
            (
                "film_from",
                self.first,
                self.tr("From step"),
                self.tr("The step of the first frame: so many updates are done (0: none)."),
            ),
            ("film_to", self.last, self.tr("To step"), self.tr("The step of the last frame.")),
            (
                "film_every",
                self.every,
                self.tr("Steps per frame"),
                self.tr("How many updates lie between a frame and the next."),
            ),
            (
                "film_rate",
                self.rate,
                self.tr("Frames per second"),
                self.tr("How fast the film is played: more is faster."),
            ),
            ("film_width", self.width_box, self.tr("Width"), self.tr("Width of the film.")),
            ("film_height", self.height_box, self.tr("Height"), self.tr("Height of the film.")),
            (
                "film_title",
                self.title,
                self.tr("Title"),
                self.tr("A heading above the plot; leave it empty for none."),
            ),
            ("film_summary", self.summary, self.tr("Frames and length"), ""),
            ("film_note", self.note, self.tr("Formats"), ""),
            ("film_told", self.told, self.tr("Outcome"), ""),
            ("film_progress", self.progress, self.tr("Frames done"), ""),
        )
        describe(fields)
        for box in (self.first, self.last, self.every):
            box.valueChanged.connect(self._changed)
        self.rate.valueChanged.connect(self._changed)
        self.kind.currentIndexChanged.connect(self._show_format)

    def _lay_out(self) -> None:
        self.form = QWidget()
        form = form_layout()
        self.form.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Plot"), self.plot)
        form.addRow(self.tr("&Format"), self.kind)
        steps = self._beside(self.first, QLabel(self.tr("to")), self.last)
        self._row(form, self.tr("From &step"), steps, self.first)
        form.addRow(self.tr("Steps per f&rame"), self.every)
        form.addRow(self.tr("Frames per s&econd"), self.rate)
        size = self._beside(self.width_box, QLabel("×"), self.height_box)
        self._row(form, self.tr("&Width × height"), size, self.width_box)
        form.addRow(self.tr("&Title"), self.title)
        buttons = QDialogButtonBox()
        self.make_button = main_button(
            buttons,
            "film_make",
            self.tr("&Make…"),
            self.tr("Choose where the film goes, and make it."),
            QDialogButtonBox.ButtonRole.ActionRole,
        )
        self.make_button.setAccessibleName(self.tr("Make the film"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setObjectName("film_cancel")
        self.cancel_button.setAccessibleName(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Close this; a film in the making is given up."))
        buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.make_button.clicked.connect(self.make)
        self.cancel_button.clicked.connect(self._cancel)
        layout = outer_layout(self)
        for widget in (self.form, self.summary, self.note):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self.told, self.progress, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(_WIDTH)

    @staticmethod
    def _beside(*widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
        return row

    @staticmethod
    def _row(form: QFormLayout, text: str, row: QHBoxLayout, buddy: QWidget) -> None:
        label = QLabel(text)
        label.setBuddy(buddy)
        form.addRow(label, row)

    @Slot()
    def _show_format(self) -> None:
        self.rate.setMaximum(FORMATS[self.kind.currentData()].most_per_second)
        self._changed()

    @property
    def steps(self) -> range | tuple[int, ...]:
        """The steps of the frames."""
        return steps_of(self.first.value(), self.last.value(), self.every.value())

    @Slot()
    def _changed(self) -> None:
        """Say how many frames that makes and how long the film is, or what is wrong."""
        if self.first.value() > self.last.value():
            sentence = self.tr("The first step is after the last one. Choose an earlier one.")
        elif (count := len(self.steps)) > MOST_FRAMES:
            sentence = self.tr(
                "That makes {count:,} frames, and a film has {most:,} at most. Take more steps per "
                "frame, or a shorter part of the run."
            ).format(count=count, most=MOST_FRAMES)
        else:
            sentence = ""
            self.summary.setText(self._length(count))
        self.summary.setVisible(not sentence)
        self.make_button.setEnabled(not sentence)
        self._tell(sentence, wrong=True)

    def _length(self, count: int) -> str:
        text = self.tr("1 frame") if count == 1 else self.tr("{0:,} frames").format(count)
        return self.tr("{0}, {1:.1f} seconds").format(text, count / self.rate.value())

    def _tell(self, sentence: str, *, wrong: bool) -> None:
        self.told.setProperty("role", "error" if wrong else "")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    # Making it.

    @Slot()
    def make(self) -> None:
        """Ask where to and begin; what comes of it is told in the dialog."""
        name, steps = self.plot.currentData(), self.steps
        kind = FORMATS[self.kind.currentData()]
        file = f"{name}-steps-{steps[0]}-{steps[-1]}.{kind.ending}"
        if kind.series:
            folder = ask_folder(self, self.tr("Export a film"), self._settings)
            path = folder and folder / file
        else:
            filters = self.tr("{kind} films (*.{ending})").format(
                kind=kind.ending.upper(), ending=kind.ending
            )
            path = ask_file(self, self.tr("Export a film"), file, filters, self._settings)
        if path is None:
            return
        try:
            size = Size(self.width_box.value(), self.height_box.value())
            camera = Camera(self._plots[name], size, self.title.text())
        except SizeProblem as problem:
            self._tell(str(problem), wrong=True)
            return
        sink = kind.make(path, self.rate.value())
        where = path.parent if kind.series else path
        done = self.tr("{0} is there: {1}.").format(where, self._length(len(steps)))
        self.making = making = FilmMaking(self, self._ask, self._run_id, steps, camera, sink)
        making.progress.connect(self.progress.setValue)
        making.finished.connect(lambda problem: self._made(problem, done))
        self.progress.setRange(0, len(steps))
        self.progress.setValue(0)
        self._tell("", wrong=False)
        self._show_making(True)
        making.start()

    def _made(self, problem: str, done: str) -> None:
        self._forget()
        self._show_making(False)
        self._tell(problem or done, wrong=bool(problem))
        if not problem:
            self.cancel_button.setText(self.tr("Close"))

    def _show_making(self, on: bool) -> None:
        self.form.setEnabled(not on)
        self.make_button.setEnabled(not on)
        self.progress.setVisible(on)
        self.cancel_button.setText(self.tr("Cancel"))

    @Slot()
    def _cancel(self) -> None:
        """A film in the making is given up, and the form is there again; else the dialog closes."""
        if self.making is None:
            self.reject()
            return
        self.making.abandon()
        self._forget()
        self._show_making(False)
        self._tell(self.tr("Given up: nothing was written."), wrong=False)

    def _forget(self) -> None:
        if self.making is not None:
            self.making.deleteLater()
            self.making = None

    @Slot()
    def _let_go(self) -> None:
        """However the dialog is closed."""
        if self.making is not None:
            self.making.abandon()
            self._forget()
        for plot in self._plots.values():
            plot.deleteLater()
