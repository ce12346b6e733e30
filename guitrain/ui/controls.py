"""The left column: every setting of the experiment, shown, changed, and told about."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from guitrain.core import settings
from guitrain.core.closed_form import Facts
from guitrain.core.drawing import Points, can_be_copied, choice_of, param_of
from guitrain.core.experiment import OF_POINTS, REGISTRIES, Choice, Experiment
from guitrain.core.losses import LOSSES
from guitrain.core.models import MODELS
from guitrain.core.penalties import penalty_formula
from guitrain.core.problems import ExperimentProblem
from guitrain.plots.theme import Theme
from guitrain.sentences import (
    features_sentence,
    one_class_sentence,
    problem_sentence,
    translate,
    unreachable_target_sentence,
)
from guitrain.setting_words import value_words
from guitrain.ui.drawing_field import TestShare
from guitrain.ui.setting_form import SettingForm
from guitrain.ui.setting_row import NEW_RUN, Row

# Those that a test surface has no use for.
_OWN_ROWS = tuple(path for path in OF_POINTS if path != "weights")  # which are shown at Start
_WITHOUT_POINTS = (*_OWN_ROWS, "test_fraction", "seeds.batches", "seeds.weights", "model", "loss")


class Controls(QWidget):
    """All settings. ``experiment`` is what they show, ``form`` where.

    Signals:
        setting_changed(path, value): committed and valid; ``experiment`` has it already.
        copy_pressed: the present points are to be drawn on. save_pressed: the drawing is to be
            saved.
    """

    setting_changed = Signal(str, object)
    copy_pressed = Signal()
    save_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("controls")
        self.experiment = Experiment()
        self.form = form = SettingForm(self.experiment)
        self._rows = form.rows
        form.committed.connect(self._commit)
        form.refused.connect(self._refuse)
        form.rate_typed.connect(self._preview_rate)
        form.choose_pressed.connect(lambda: self.open_csv(None))
        form.copy_pressed.connect(self.copy_pressed)
        form.save_pressed.connect(self.save_pressed)
        self._refused: Row | None = None  # whose error is to be brought in sight
        self._last: dict[tuple[str, str], Choice] = {}  # by registry and entry
        self._share = TestShare()
        self._devices: tuple[str, ...] = (settings.CPU,)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("controls_scroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(form)
        scroll.verticalScrollBar().rangeChanged.connect(self._bring_in_sight)
        outer.addWidget(scroll, 1)
        legend = QLabel(
            self.tr("{0} starts a new run (undo brings the old one back). The rest takes effect "
                    "as it runs.").format(NEW_RUN)
        )  # fmt: skip
        legend.setObjectName("new_run_legend")
        legend.setProperty("role", "muted")
        legend.setWordWrap(True)
        outer.addWidget(legend)
        self.set_experiment(self.experiment)

    # Changing.

    def _commit(self, path: str, value: Any) -> None:
        row = self._rows[path]
        changes = {path: value}
        if path in REGISTRIES:
            if (path, value) == ("data", "table") and (path, value) not in self._last:
                self.open_csv(None)
                return
            changes = {path: self._last.get((path, value), value)}
            if path == "data":
                changes.update(self._share.changes(self.experiment, value))
        elif path == "seeds.weights":
            changes["initial"] = None  # a seed that draws nothing would be a lie
        self._apply(row, path, changes)

    def _apply(self, row: Row, path: str, changes: dict[str, Any]) -> None:
        if self._take(row, path, changes):
            self.setting_changed.emit(path, changes[path])

    def _take(self, row: Row, path: str, changes: dict[str, Any]) -> bool:
        """Whether it is another experiment now; a refusal is told."""
        try:
            changed = self._changed(path, changes)
        except ExperimentProblem as problem:
            self._show_values()
            self._refuse(row, problem)
            return False
        row.show(error="")
        if changed == self.experiment:
            return False
        self.experiment = changed
        self._show_values()
        return True

    def draw(self, points: Points) -> bool:
        """Take these points, drawn by hand, for the data; whether they are others than before.
        Nothing is emitted. Too many of them are refused in words; a lesson may lock them.
        """
        choice = choice_of(points, self.experiment)
        changes = {"data": choice, **self._share.changes(self.experiment, choice.name)}
        param = param_of(self.experiment.dataset_entry)
        row = self._rows["data" if param is None else f"data.{param.name}"]
        if row.withheld or self._rows["data"].withheld:
            return False
        return self._take(row, "data", changes)

    def _refuse(self, row: Row, problem: ExperimentProblem) -> None:
        """Say why a value was not taken, in sight of whoever chose it."""
        row.show(error=problem_sentence(problem))
        self._refused = row

    def _bring_in_sight(self) -> None:
        # Only now that the column has grown does the sentence have its place.
        if self._refused is not None:
            self._scroll.ensureWidgetVisible(self._refused.message, 0, 4)
        self._refused = None

    def _changed(self, path: str, changes: dict[str, Any]) -> Experiment:
        try:
            return self.experiment.changed(changes)
        except ExperimentProblem as problem:
            # Another source may have fewer points than a batch: then all of them are one.
            if path != "data" or problem.code != "batch_too_large":
                raise
            return self.experiment.changed({**changes, "batch_size": None})

    def open_csv(self, path: Path | None) -> None:
        """Let the user choose a file (or take this one) and its columns, and train on it."""
        from guitrain.ui.csv_dialog import CsvDialog

        dialog = CsvDialog(self.window(), path)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_table(dialog.choice()))
        dialog.rejected.connect(self._show_values)
        dialog.start()

    def _take_table(self, choice: Choice) -> None:
        changes = {"data": choice, **self._share.changes(self.experiment, choice.name)}
        self._apply(self._rows["data"], "data", changes)

    # What a lesson withholds.

    def settings(self) -> tuple[tuple[str, str, str], ...]:
        """Those that the experiment has, hidden ones too: name, title, and title of the group."""
        return tuple(
            (row.name, row.title, group.title)
            for group in self.form.groups
            for row in group.rows
            if row.used
        )

    def is_withheld(self, path: str) -> bool:
        """Whether a setting is locked, or hidden."""
        return self._rows[path].withheld

    def withhold(self, locked: Collection[str], hidden: Collection[str]) -> None:
        """Lock the settings of these names, and hide those; all others are there and free."""
        for row in self.form.all_rows:
            row.withhold(locked=row.name in locked, hidden=row.name in hidden)
        self._show_values()

    def _show_withheld(self) -> None:
        """What stands beside a row goes the way of it."""
        form = self.form
        form.rate_band.setVisible(self._rows["learning_rate"].seen)
        form.rate_band.setEnabled(not self.is_withheld("learning_rate"))
        start = self._rows["initial"]
        form.initial.by_hand.setEnabled(form.initial.has_choice and not start.withheld)
        for part in (form.source_label, form.initial.by_hand):
            part.setVisible(start.seen or not start.used)
        free = not self.is_withheld("data")
        for button in (form.choose, form.copy):
            button.setEnabled(free)

    # Showing.

    def set_experiment(self, experiment: Experiment) -> None:
        """Show an experiment; nothing is emitted, and what was said of the old one goes."""
        self.experiment = experiment
        for row in self.form.all_rows:
            row.show(error="", notice="")
        self._show_values()

    def show_notice(self, path: str, sentence: str | None) -> None:
        """Say something about a setting that is no error; None takes it back."""
        row = self._rows[path]
        if row.notice != (sentence or ""):
            row.show(notice=sentence or "")

    def show_facts(self, settings: Experiment, facts: Facts | None) -> None:
        """What is known without training, for the settings in force: the learning rate's bands, and
        what is to be said beside settings; None: nothing is known.
        """
        self.form.rate_band.show_facts(settings, facts)
        if facts is not None:
            self.show_notice("stop.target_loss", unreachable_target_sentence(settings, facts))
            self.show_notice("model.degree", features_sentence(settings, facts))
            self.show_notice("data.class_points", one_class_sentence(settings))

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme's colours."""
        self.form.rate_band.set_theme(theme)

    def _preview_rate(self, text: str) -> None:
        # While it is typed: what can't be read yet is judged at the commit.
        try:
            rate = self._rows["learning_rate"].editor.parse(text)
        except ExperimentProblem:
            return
        self.form.rate_band.show_rate(float(rate))

    def _show_values(self) -> None:
        experiment, form = self.experiment, self.form
        form.batch.count = experiment.train_count
        form.model_formula.setText(experiment.form.formula)
        surface = experiment.surface
        form.initial.set_names(experiment.form.names if experiment.form.few else ())
        form.initial.set_classic(surface.start if surface is not None else None)
        weights = experiment.weights
        form.initial.set_file(None if weights is None else value_words("weights", weights))
        for path in _WITHOUT_POINTS:
            self._rows[path].set_visible(surface is None)
        self._rows["initial"].set_visible(experiment.form.few and experiment.weights is None)
        self._rows["seeds.dropout"].set_visible(experiment.form.dropout)
        shape = experiment.shape
        self._rows["model"].editor.offer(
            [name for name, entry in MODELS.items() if entry.takes(shape.inputs, 1, shape.image)]
        )
        self._rows["loss"].editor.offer(
            [n for n, e in LOSSES.items() if e.fits(shape.classes, surface=surface is not None)]
        )
        self._show_devices()
        for kind in REGISTRIES:
            choice: Choice = getattr(experiment, kind)
            self._last[kind, choice.name] = choice
            form.show_entry(kind, choice.name)
        for path, row in self._rows.items():
            value = experiment.value_at(path)
            of_every = "." not in path  # as initial weights, whose row hides where a file has them
            if of_every or row.used or value is not None:  # else another entry has it
                row.set_value(value.name if isinstance(value, Choice) else value)
        for group in form.groups:
            group.show_more()
        form.rate_band.show_rate(experiment.learning_rate)
        self._show_source()
        self._show_file()
        self._show_formulas()
        self._show_withheld()
        form.order_tabs()

    def offer_devices(self, devices: tuple[str, ...]) -> None:
        """What this machine has; there is nothing to choose where that is the CPU alone."""
        if devices != self._devices:
            self._devices = devices
            self._show_devices()

    def _show_devices(self) -> None:
        row, chosen = self._rows["device"], self.experiment.device
        row.set_visible(len(self._devices) > 1 or chosen != settings.CPU)
        if row.used:
            # One of another machine stays to be seen, where a file asks for it.
            row.editor.offer({*self._devices, chosen})

    def _show_formulas(self) -> None:
        experiment, form = self.experiment, self.form
        formula = experiment.schedule_entry.formula(experiment.schedule.values)
        text = self.tr("{0}, where η₀ is the learning rate and e counts the epochs done")
        form.schedule_formula.setText(text.format(formula))
        form.schedule_formula.setVisible(bool(formula))
        penalty = penalty_formula(experiment)
        loss = translate("Loss", experiment.loss_entry.label)
        text = self.tr("loss = {0}, with w the weights; biases are free")
        form.loss_formula.setText(text.format(loss + penalty))
        form.loss_formula.setVisible(bool(penalty))

    def _show_source(self) -> None:
        """What there is to say of the source, and its seed where that draws anything."""
        experiment, entry = self.experiment, self.experiment.dataset_entry
        form = self.form
        form.story.setText(translate("Data", entry.story) if entry.story else "")
        form.story.setVisible(bool(entry.story))
        form.copy.setVisible(can_be_copied(experiment))
        text = self.tr("Draw new noise")
        draws = True
        if entry.fixed:
            text = self.tr("Hold out other points")
            draws = experiment.train_count < entry.train_count(experiment.data.values, 0.0)
        seed = self._rows["seeds.data"]
        seed.editor.set_new_text(text)
        seed.set_visible(draws)

    def _show_file(self) -> None:
        choice = self.experiment.data
        for widget in (self.form.file_label, self.form.choose):
            widget.setVisible(choice.name == "table")
        if choice.name == "table":
            table = choice["table"]
            self.form.file_label.setText(
                self.tr("{0}: {1} from {2}, {3} rows").format(
                    table.source or self.tr("typed"),
                    choice["y"],
                    value_words("data.x", choice["x"]),
                    f"{table.rows:,}",
                )
            )
