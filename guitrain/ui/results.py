"""What came of the run: the sentence that says why it stopped, then Test, then Apply."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.data import Column, Data
from guitrain.core.evaluation import Evaluation, Prediction
from guitrain.core.penalties import penalties_of
from guitrain.core.problems import ExperimentProblem
from guitrain.core.stopping import Rule
from guitrain.gap_words import gap_sentence
from guitrain.numbers import format_number
from guitrain.outcome_words import unknown_words
from guitrain.plots import surface_words
from guitrain.plots.axis_words import axis_meanings
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import joined, listed, problem_sentence, stop_sentence
from guitrain.snapshot import Snapshot, State
from guitrain.typed_rows import Rows, rows_in, rows_text
from guitrain.ui.result_tables import (
    SMALL,
    fill_answers,
    fill_numbers,
    fill_scores,
    table_named,
)

if TYPE_CHECKING:
    from guitrain.core.experiment import Experiment
    from guitrain.ui.apply_pad import ApplyPad


class ResultsPanel(QFrame):
    """A card with the run's sentence, the Test table and the Apply table.

    Signals:
        test_pressed: measure on the test points. apply_pressed(rows of inputs).
        apply_file_pressed: predict for the rows of a file.
        best_pressed: go to the epoch with the lowest validation loss.
        rescue_pressed: go on from where a diverged run was still well, with a lower rate.
    Attributes:
        pad: what images are drawn on, once the data are some; else None.
    """

    test_pressed = Signal()
    apply_pressed = Signal(object)
    apply_file_pressed = Signal()
    best_pressed = Signal()
    rescue_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("results")
        self._shown: tuple[object, ...] = ()
        self._inputs = 1
        self._columns: tuple[Column, ...] = (Column(),)
        self._data: Data | None = None
        self._tables: dict[str, QTableWidget] = {}
        self._typed: Rows = ()
        self._prefilled: Rows = ()
        self._theme = LIGHT
        self._image: tuple[tuple[int, int], int] | None = None  # and its pixels' block
        self.pad: ApplyPad | None = None
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 4, 4)
        layout.setSpacing(8)
        layout.addWidget(_title(self.tr("The run")))
        self.sentence = QLabel()
        self.sentence.setObjectName("run_sentence")
        self.sentence.setAccessibleName(self.tr("What the run is doing, or why it stopped"))
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.sentence)
        layout.addWidget(self._rescue_button())
        self.gap = _muted("gap_sentence")
        self.gap.setAccessibleName(self.tr("Whether the model over- or underfits"))
        self.gap.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.gap)
        layout.addWidget(self._best_button())
        layout.addSpacing(6)
        layout.addLayout(self._test_row())
        self.test_note = _muted("test_note")
        layout.addWidget(self.test_note)
        layout.addSpacing(6)
        layout.addLayout(self._apply_row())
        self.apply_note = _muted("apply_note")
        layout.addWidget(self.apply_note)
        layout.addStretch(0)
        self._show_test(None, has_test=True, straight=True)
        self._show_applied((), "")

    @property
    def test_table(self) -> QTableWidget:
        """The outcome of Test; made when there is one, as it is dear."""
        meaning = self.tr("Errors on training and test points")
        return self._table("test_table", meaning, self.test_note, self.test)

    @property
    def apply_table(self) -> QTableWidget:
        """The outcome of Apply, likewise."""
        meaning = self.tr("Predictions for your x values")
        above = self.apply_note if self.pad is None else self.pad
        return self._table("apply_table", meaning, above, self.apply, stretch=1)

    def _table(
        self, name: str, meaning: str, below: QWidget, button: QWidget, *, stretch: int = 0
    ) -> QTableWidget:
        if name not in self._tables:
            self._tables[name] = made = table_named(name, meaning)
            self._layout.insertWidget(self._layout.indexOf(below) + 1, made, stretch)
            QWidget.setTabOrder(button, made)
        return self._tables[name]

    def _hide_table(self, name: str) -> None:
        if name in self._tables:
            self._tables[name].hide()

    def _rescue_button(self) -> QPushButton:
        self.rescue = QPushButton()
        self.rescue.setObjectName("rescue")
        self.rescue.setAccessibleName(self.tr("Go back and on with a lower learning rate"))
        self.rescue.setToolTip(self.rescue.accessibleName())
        self.rescue.setProperty("primary", True)
        self.rescue.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rescue.clicked.connect(self.rescue_pressed)
        self.rescue.hide()
        return self.rescue

    def _best_button(self) -> QPushButton:
        self.best = QPushButton()
        self.best.setObjectName("go_to_best")
        self.best.setAccessibleName(self.tr("Go to best epoch"))
        self.best.setToolTip(
            self.tr(
                "Go back to where the validation loss was lowest. To go on from there with another "
                "setting makes a branch; this run stays in sight."
            )
        )
        self.best.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.best.clicked.connect(self.best_pressed)
        self.best.hide()
        return self.best

    def _test_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(_title(self.tr("Test")), 1)
        self.test = QPushButton(self.tr("Test"))
        self.test.setObjectName("test")
        self.test.setAccessibleName(self.tr("Test on unseen points"))
        self.test.setToolTip(
            self.tr("Measure the model on points it never trained on, and draw their loss.")
        )
        self.test.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.test.clicked.connect(self.test_pressed)
        row.addWidget(self.test)
        return row

    def _apply_row(self) -> QVBoxLayout:
        column = QVBoxLayout()
        head = QHBoxLayout()
        head.addWidget(_title(self.tr("Apply")), 1)
        self.apply_file = QPushButton(self.tr("To a CSV…"))
        self.apply_file.setObjectName("apply_file")
        self.apply_file.setAccessibleName(self.tr("Apply the model to the rows of a CSV file"))
        self.apply_file.setToolTip(
            self.tr(
                "Predict for each row of a CSV file, and save the predictions as CSV. Its columns "
                "are found by their names; a target is not needed."
            )
        )
        self.apply_file.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.apply_file.clicked.connect(self.apply_file_pressed)
        head.addWidget(self.apply_file)
        column.addLayout(head)
        row = QHBoxLayout()
        self.apply_x = QLineEdit()
        self.apply_x.setObjectName("apply_x")
        self.apply_x.setAccessibleName(self.tr("x values to predict for"))
        self.apply_x.setPlaceholderText(self.tr("x values, such as 1.5, 3.5"))
        self.apply_x.setToolTip(
            self.tr("One or several x, with commas between them. Enter predicts their y.")
        )
        self.apply_x.returnPressed.connect(self._apply)
        self.apply = QPushButton(self.tr("Apply"))
        self.apply.setObjectName("apply")
        self.apply.setAccessibleName(self.tr("Apply the model to these x"))
        self.apply.setToolTip(self.tr("Predict y for the x typed here, and mark them on the plot."))
        self.apply.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.apply.clicked.connect(self._apply)
        row.addWidget(_muted("x =", text="x ="))
        row.addWidget(self.apply_x, 1)
        row.addWidget(self.apply)
        column.addLayout(row)
        return column

    def set_apply_rows(self, rows: Sequence[Sequence[float]]) -> None:
        """Prefill the rows of inputs."""
        columns, self._prefilled = self._columns, tuple(map(tuple, rows))
        if rows and len(rows[0]) != sum(column.width for column in columns):
            columns = (Column(),) * len(rows[0])  # of data that are not shown yet
        self.apply_x.setText(rows_text(rows, columns))
        self._typed = ()
        if self.pad is not None:
            self.pad.forget()

    def set_theme(self, theme: Theme) -> None:
        """Draw images in other colours."""
        self._theme, self._shown = theme, ()
        if self.pad is not None:
            self.pad.set_theme(theme)

    def put_image(self, row: tuple[float, ...]) -> None:
        """Lay an image of the data on the pad, and apply the model to it."""
        if self.pad is not None and self._image is not None:
            self.pad.put(row)
            above = self.parentWidget()
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self.pad)

    def _set_image(self, experiment: "Experiment") -> None:
        """Have a pad where the data are images of classes."""
        entry = experiment.dataset_entry
        wanted = (entry.image, entry.block) if entry.image and experiment.classes else None
        if wanted == self._image:
            return
        self._image = wanted
        if wanted is not None:
            self._made_pad().set_image(*wanted)
        if self.pad is not None:
            self.pad.setVisible(wanted is not None)

    def _made_pad(self) -> "ApplyPad":
        if self.pad is None:
            from guitrain.ui.apply_pad import ApplyPad

            self.pad = ApplyPad(self._theme)
            self.pad.row_changed.connect(self._send)
            self._layout.insertWidget(self._layout.indexOf(self.apply_note) + 1, self.pad)
            QWidget.setTabOrder(self.apply, self.pad.pad)
        return self.pad

    def _apply(self) -> None:
        try:
            rows = rows_in(self.apply_x.text(), self._columns)
        except ExperimentProblem as problem:
            self._note(self.apply_note, "⚠ " + problem_sentence(problem), error=True)
            return
        self._typed = rows
        self._send()

    def _send(self) -> None:
        """What is drawn comes first, then what was typed."""
        drawn = self.pad.row if self.pad is not None and self._image is not None else ()
        self.apply_pressed.emit((drawn, *self._typed) if drawn else self._typed)

    @staticmethod
    def _note(label: QLabel, text: str, *, error: bool = False) -> None:
        label.setProperty("role", "error" if error else "muted")
        label.style().polish(label)
        label.setText(text)
        label.setVisible(bool(text))

    def refresh(self, snapshot: Snapshot) -> None:
        """Show what came of the run so far."""
        view, state = snapshot.view, snapshot.state
        ready = view is not None and state is not State.FAILED
        stopped = view.stopped if view else None
        evaluation, applied = snapshot.evaluation, snapshot.applied
        straight = snapshot.experiment.form.straight
        begun = view is not None and view.head > 0
        data = view.data if view else snapshot.data
        meanings = axis_meanings(data) if data is not None else ""
        self._data = data
        self._set_columns(snapshot.experiment.columns, data)
        self._set_image(snapshot.experiment)
        if self.pad is not None and self._image is not None:
            self.pad.refresh(applied, data)
        running = state is State.RUNNING
        gap = gap_sentence(view, running=running) if view is not None else ""
        best = view.number_of(view.best) if view is not None and view.best and begun else None
        experiment = snapshot.experiment
        kind = (straight, experiment.one_to_one, experiment.surface is None)
        run = (state, begun, stopped, snapshot.rescue, snapshot.generation, kind, gap, best)
        shown = (*run, evaluation, applied, meanings)
        if shown == self._shown:
            return
        self._shown = shown
        surface = snapshot.experiment.surface is not None
        for widget in (self.test, self.apply, self.apply_file, self.apply_x):
            widget.setEnabled(not surface and (ready or widget is self.apply_x))
        emphasised = stopped is not None and snapshot.rescue is None
        for button in (self.test, self.apply):
            if button.property("primary") != emphasised:
                button.setProperty("primary", emphasised)
                button.style().polish(button)
        if view is not None and stopped is not None:
            sentence = stop_sentence(view)
            if stopped.rule is not Rule.NON_FINITE:
                advice = self.tr("To go on, change the rule at the left; or press Reset.")
                sentence = joined(sentence, advice)
        elif state is State.FAILED:
            sentence = self.tr("The run failed. Reset starts it again.")
        elif state is State.RUNNING:
            sentence = self.tr("Training. Pause at any time: nothing is lost.")
        elif state is State.EMPTY:
            sentence = self.tr("There are no points yet: click on the Fit plot to draw some.")
        elif view is None:
            sentence = self.tr("Loading PyTorch…")
        elif begun:
            sentence = self.tr("Paused. Run goes on, Next goes one further.")
        else:
            sentence = self.tr("Ready. Press Run to watch the line learn, or Next to go by one.")
            if not straight:
                sentence = self.tr(
                    "Ready. Press Run to watch the curve learn, or Next to go by one."
                )
            if not snapshot.experiment.one_to_one:
                sentence = self.tr(
                    "Ready. Press Run to watch the model learn, or Next to go by one."
                )
            if surface:
                sentence = self.tr(
                    "Ready. Press Run to watch the way down in Landscape, or Next to go by one."
                )
        self.sentence.setText(sentence)
        self._show_rescue(snapshot.rescue)
        self._show_gap(gap, best)
        penalized = bool(penalties_of(snapshot.experiment))
        has_test = data is None or len(data.test) > 0
        self._show_test(evaluation, has_test=has_test, straight=straight, penalized=penalized)
        self._show_applied(applied, meanings)
        if surface:
            self._note(self.test_note, surface_words.no_test())
            self._note(self.apply_note, surface_words.no_apply())

    def _show_gap(self, gap: str, best: int | None) -> None:
        self._note(self.gap, gap)
        if best is not None:
            text = self.tr("Go to best epoch ({0})").format(f"{best:,}")
            self.best.setText(text)
            self.best.setAccessibleName(text)
        self.best.setVisible(best is not None)

    def _set_columns(self, columns: tuple[Column, ...], data: Data | None) -> None:
        """Ask for rows of these; what was typed for others goes, and what waits for them comes."""
        if columns == self._columns:
            return
        self._columns = columns
        self._inputs = sum(column.width for column in columns)
        fits = all(len(row) == self._inputs for row in self._prefilled)
        self.apply_x.setText(rows_text(self._prefilled, columns) if fits else "")
        self._prefilled, self._typed = (), ()
        text = self.tr("x values, such as 1.5, 3.5")
        tip = self.tr("One or several x, with commas between them. Enter predicts their y.")
        if any(column.texts for column in columns):
            names = listed(column.name for column in columns[:6])
            text = self.tr("{0} cells, then “;”").format(len(columns))
            tip = self.tr(
                "Rows of {0} cells ({1}), numbers and texts, with commas between them and a "
                "semicolon after each row. Enter predicts."
            ).format(len(columns), names)
        elif not columns:
            text = tip = self.tr("a test surface has no x")
        elif (inputs := self._inputs) > 1:
            names = listed(data.input_names[:6]) if data is not None else ""
            text = self.tr("{0} numbers, then “;”").format(inputs)
            tip = self.tr(
                "Rows of {0} numbers ({1}), with blanks or commas between them and a semicolon "
                "after each row. Enter predicts."
            ).format(inputs, names)
        self.apply_x.setPlaceholderText(text)
        self.apply_x.setToolTip(tip)

    def _show_rescue(self, rescue: tuple[int, float] | None) -> None:
        if rescue is not None:
            step, rate = f"{rescue[0]:,}", format_number(rescue[1])
            text = self.tr("Go back to step {0}\nwith η = {1}").format(step, rate)
            self.rescue.setText(text)
            self.rescue.setAccessibleName(text.replace("\n", " "))
            self.rescue.setToolTip(
                self.tr(
                    "Go back to step {0}, where the loss was still a finite number, and go on "
                    "from there with the learning rate {1}. The diverged run stays in sight."
                ).format(step, rate)
            )
        self.rescue.setVisible(rescue is not None)

    def _show_test(
        self,
        evaluation: Evaluation | None,
        *,
        has_test: bool,
        straight: bool,
        penalized: bool = False,
    ) -> None:
        if evaluation is None:
            self._hide_table("test_table")
            text = self.tr("How well does the model do on points it has never seen?")
            if not has_test:
                text = self.tr("No test points: raise the test share to have some.")
            self._note(self.test_note, text)
            return
        if evaluation.best_train is None:
            note = self.tr("After epoch {0}.")
        elif straight:
            note = self.tr("After epoch {0}. Best: the least-squares line.")
        elif self._inputs > 1:
            note = self.tr("After epoch {0}. Best: the least-squares plane.")
        else:
            note = self.tr("After epoch {0}. Best: the least-squares polynomial.")
        note = note.format(f"{evaluation.epoch:,}")
        if penalized:
            note = joined(note, self.tr("Penalties are not in these numbers."))
        if evaluation.test is None:
            advice = self.tr("No test points: raise the test share to have some.")
            note = joined(note, advice)
        self._note(self.test_note, note)
        fill_scores(self.test_table, evaluation)

    def _show_applied(self, applied: tuple[Prediction, ...], meanings: str) -> None:
        """The predictions, under what x and y stand for where they have units."""
        if not applied:
            self._hide_table("apply_table")
            text = self.tr("What does the model say of a new x?")
            if self._image is not None:
                text = self.tr("Draw one below, click a test image in Fit, or type its pixels.")
            self._note(self.apply_note, joined(text, meanings))
            return
        note = meanings
        if any(one.outside for one in applied):
            text = self.tr("⚠ Outside the training x: the model was never checked there.")
            note = f"{text}\n{meanings}".strip()
        if unknown := unknown_words(applied, self._data):
            note = f"⚠ {unknown}\n{note}".strip()
        self._note(self.apply_note, note)
        if applied[0].probabilities:
            self._show_answers(applied)
            return
        fill_numbers(self.apply_table, applied, self._data, several=self._inputs > 1)

    def _show_answers(self, applied: tuple[Prediction, ...]) -> None:
        """The answers, but for that of the pad, which tells it itself."""
        if self.pad is not None and self._image is not None and applied[0].inputs == self.pad.row:
            applied = applied[1:]
        if not applied:
            self._hide_table("apply_table")
            return
        picture = self._picture if self._image is not None else None
        fill_answers(self.apply_table, applied, self._data, picture)

    def _picture(self, inputs: tuple[float, ...]) -> QPixmap:
        """A row of inputs as a small image."""
        from guitrain.ui.apply_pad import small_image

        assert self._image is not None
        image, block = self._image
        return small_image(inputs, image, block**2, SMALL, self._theme)


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    return label


def _muted(name: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setProperty("role", "muted")
    label.setWordWrap(not text)
    return label
