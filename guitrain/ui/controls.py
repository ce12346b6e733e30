"""The left column: every setting of the experiment, in four groups."""

import itertools
from collections import Counter
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from guitrain.core import settings
from guitrain.core.closed_form import Facts
from guitrain.core.drawing import Points, can_be_copied, choice_of, param_of
from guitrain.core.experiment import OF_POINTS, REGISTRIES, Choice, Experiment
from guitrain.core.losses import LOSSES
from guitrain.core.models import MODELS
from guitrain.core.params import Param
from guitrain.core.penalties import penalty_formula
from guitrain.core.problems import ExperimentProblem
from guitrain.plots.theme import Theme
from guitrain.sentences import problem_sentence, translate
from guitrain.setting_words import value_words
from guitrain.ui.drawing_field import DrawingField, TestShare, copy_button
from guitrain.ui.fields import (
    BoolField,
    ChoiceField,
    NumberField,
    OptionalField,
)
from guitrain.ui.rate_band import RateBand
from guitrain.ui.setting_group import Group
from guitrain.ui.setting_row import NEW_RUN, Row, named_label
from guitrain.ui.special_fields import BatchField, InitialField, LayersField, SeedField, SetField

# Kinds of settings that have a row.
_IN_ROWS = ("float", "int", "bool", "choice", "layers", "points")
# Those that a test surface has no use for.
_OWN_ROWS = tuple(path for path in OF_POINTS if path != "weights")  # which are shown at Start
_WITHOUT_POINTS = (*_OWN_ROWS, "test_fraction", "seeds.batches", "seeds.weights", "model", "loss")
_CONTEXTS = {kind: kind.capitalize() for kind in REGISTRIES}


class Controls(QWidget):
    """All settings. ``experiment`` is what they show.

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
        self._rows: dict[str, Row] = {}  # of the settings that the experiment has
        self._all_rows: list[Row] = []
        self._refused: Row | None = None  # whose error is to be brought in sight
        self._of_entry: dict[str, dict[str, list[Row]]] = {}
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
        inside = QWidget()
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, 4, 0)
        self._layout.setSpacing(8)
        self._groups: list[Group] = []
        self._ordered: tuple[object, ...] = ()  # what the Tab key's way is right for
        for build in (self._build_data, self._build_learning, self._build_stop, self._build_model):
            group = build()
            group.unfolded.connect(self._order_tabs)
            self._groups.append(group)
            self._layout.addWidget(group)
        self._layout.addStretch(1)
        scroll.setWidget(inside)
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

    # Building.

    def _build_data(self) -> Group:
        group = Group(self.tr("Data"), "data")
        self._add_choice(group, "data", self.tr("Source"))
        self.file_label = QLabel()
        self.file_label.setObjectName("file_label")
        self.file_label.setWordWrap(True)
        self.file_label.setProperty("role", "muted")
        choose = QPushButton(self.tr("Choose file…"))
        choose.setObjectName("choose_file")
        choose.setAccessibleName(self.tr("Choose a CSV file"))
        choose.setToolTip(self.tr("Open a CSV file and choose its inputs and its target"))
        choose.clicked.connect(lambda: self.open_csv(None))
        self._file_widgets = (self.file_label, choose)
        group.add(None, self.file_label)
        group.add(None, choose)
        self.story = QLabel()
        self.story.setObjectName("data_story")
        self.story.setWordWrap(True)
        self.story.setProperty("role", "muted")
        group.add(None, self.story)
        self._add_entry_rows(group, "data")
        self._add_seed(group, "seeds.data", settings.DATA_SEED, "")
        self._add(group, "test_fraction", settings.TEST_FRACTION, back=True)
        self._add(group, "validation_fraction", settings.VALIDATION_FRACTION, back=True)
        self._copy = copy_button()
        self._copy.clicked.connect(self.copy_pressed)
        group.add(None, self._copy)
        return group

    def _build_learning(self) -> Group:
        group = Group(self.tr("Learning"), "learning")
        rate = self._add(group, "learning_rate", settings.LEARNING_RATE)
        self.rate_band = RateBand()
        self.rate_band.slider.setToolTip(rate.editor.toolTip())
        self.rate_band.rate_chosen.connect(lambda value: self._commit("learning_rate", value))
        rate.editor.lineEdit().textChanged.connect(self._preview_rate)
        group.add(None, self.rate_band)
        batch = settings.BATCH_SIZE
        self._batch = self._add(group, "batch_size", batch, editor=lambda: BatchField(batch)).editor
        self._add_seed(
            group, "seeds.batches", settings.BATCHES_SEED, self.tr("Draw a new batch order")
        )
        self._add_choice(group, "schedule", self.tr("Schedule"), back=True)
        self._add_entry_rows(group, "schedule", back=True)
        self._schedule_formula = self._formula("schedule_formula")
        group.add(None, self._schedule_formula, back=True)
        return group

    def _build_stop(self) -> Group:
        group = Group(self.tr("Stop when"), "stop")
        self._add(group, "stop.epochs", settings.EPOCHS, text=self.tr("Epochs reach"))
        for path, param in (
            ("stop.target_loss", settings.TARGET_LOSS),
            ("stop.patience", settings.PATIENCE),
            ("stop.validation_patience", settings.VALIDATION_PATIENCE),
        ):
            label = translate("Settings", param.label)
            editor = partial(OptionalField, param, label)
            self._add(group, path, param, editor=editor)
        self._add(group, "stop.min_improvement", settings.MIN_IMPROVEMENT, back=True)
        return group

    def _build_model(self) -> Group:
        group = Group(self.tr("Model"), "model")
        self._add_choice(group, "model", self.tr("Kind"))
        self._add_entry_rows(group, "model")
        self._model_formula = self._formula("model_formula")
        group.add(None, self._model_formula)
        initial = self._initial = InitialField(settings.INITIAL_WEIGHT, self.experiment.form.names)
        self._source_label = self._label_of_row(
            group, self.tr("Weights"), "initial_source", initial.by_hand
        )
        self._add(
            group,
            "initial",
            settings.INITIAL_WEIGHT,
            editor=lambda: initial,
            text=self.tr("Start"),
            wide=True,
        )
        self._add_seed(
            group, "seeds.weights", settings.WEIGHTS_SEED, self.tr("Draw new initial weights")
        )
        self._add_seed(
            group, "seeds.dropout", settings.DROPOUT_SEED, self.tr("Leave out others"), back=True
        )
        self._add_choice(group, "loss", self.tr("Loss"))
        self._add_entry_rows(group, "loss")
        self._add_choice(group, "optimizer", self.tr("Optimizer"), back=True)
        self._add_entry_rows(group, "optimizer", back=True)
        self._add(group, "l1", settings.L1, back=True)
        self._add(group, "l2", settings.L2, back=True)
        self._loss_formula = self._formula("penalty_formula")
        group.add(None, self._loss_formula, back=True)
        self._add(
            group,
            "features",
            settings.FEATURES,
            editor=lambda: SetField(settings.FEATURES),
            back=True,
        )
        self._add(group, "standardize", settings.STANDARDIZE, back=True)
        self._add(group, "device", settings.DEVICE, back=True, used=False)
        return group

    def _formula(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        return label

    def _label_of_row(self, group: Group, text: str, name: str, editor: QWidget) -> QLabel:
        label = QLabel(f"{text} {NEW_RUN}")
        label.setObjectName(f"label_{name}")
        label.setBuddy(editor)
        group.add(label, editor)
        return label

    def _add_choice(self, group: Group, kind: str, text: str, *, back: bool = False) -> None:
        context = _CONTEXTS[kind]
        entries = [
            (entry.name, translate(context, entry.label), translate(context, entry.help))
            for entry in REGISTRIES[kind].values()
        ]
        groups: dict[str, list[str]] = {}
        for entry in REGISTRIES[kind].values():
            if entry.group:
                groups.setdefault(translate(context, entry.group), []).append(entry.name)

        def editor() -> ChoiceField:
            made = ChoiceField(kind, entries)
            for title, names in groups.items():
                made.add_group(title, names)
            return made

        param = Param(kind, "column", text, "")
        self._add(group, kind, param, editor=editor, text=text, back=back)

    def _add_entry_rows(self, group: Group, kind: str, *, back: bool = False) -> None:
        """A row for each setting of the entries of a kind; entries share those they both have."""
        own = {
            entry.name: [param for param in entry.params if param.kind in _IN_ROWS]
            for entry in REGISTRIES[kind].values()
        }
        chosen = getattr(self.experiment, kind).name
        names: dict[Param, str] = {}
        for entry, params in own.items():
            for param in params:
                # Others may have one of that name too, with a default and a range of their own.
                taken = param.name in names.values()
                names.setdefault(param, f"{entry}_{param.name}" if taken else param.name)
        rows: dict[Param, Row] = {}
        # What few of them have goes first, so that an entry's own stand above the usual ones.
        counts = Counter(itertools.chain(*own.values()))
        for param in sorted(counts, key=counts.__getitem__):
            rows[param] = self._add(
                group,
                f"{kind}.{param.name}",
                param,
                name=names[param],
                context=_CONTEXTS[kind],
                back=back or param.minor,
                used=param in own[chosen],
            )
        self._of_entry[kind] = {name: [rows[p] for p in params] for name, params in own.items()}

    def _add_seed(
        self, group: Group, path: str, param: Param, new_text: str, *, back: bool = False
    ) -> None:
        self._add(group, path, param, editor=partial(SeedField, param, new_text), back=back)

    def _add(
        self,
        group: Group,
        path: str,
        param: Param,
        *,
        editor: Callable[[], Any] | None = None,
        name: str = "",
        text: str = "",
        context: str = "Settings",
        back: bool = False,
        wide: bool = False,
        used: bool = True,
    ) -> Row:
        name = name or param.name

        def make(row: Row) -> tuple[QLabel, Any]:
            made = editor() if editor is not None else self._editor(param, context, name)
            self._connect(row, made)
            return named_label(path, param, made, name, text, context), made

        title = text or translate(context, param.label)
        row = group.add_row(path, name, make, title=title, back=back, wide=wide, used=used)
        self._rows[path] = row
        self._all_rows.append(row)
        return row

    def _connect(self, row: Row, editor: Any) -> None:
        editor.committed.connect(lambda value: self._commit(row.path, value))
        editor.refused.connect(lambda problem: self._refuse(row, problem))
        editor.edited.connect(lambda: row.show(error=""))

    def _editor(self, param: Param, context: str, name: str) -> Any:
        if param.kind == "points":
            field = DrawingField(param, name)
            field.save_pressed.connect(self.save_pressed)
            return field
        if param.kind == "bool":
            return BoolField(param, name)
        if param.kind == "choice":
            entries = [(each, translate(context, label), "") for each, label in param.choices]
            return ChoiceField(name, entries)
        return LayersField(param) if param.kind == "layers" else NumberField(param, name)

    # Changing.

    def _commit(self, path: str, value: Any) -> None:
        row = self._rows[path]
        changes = {path: value}
        if path in self._of_entry:
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
            for group in self._groups
            for row in group.rows
            if row.used
        )

    def is_withheld(self, path: str) -> bool:
        """Whether a setting is locked, or hidden."""
        return self._rows[path].withheld

    def withhold(self, locked: Collection[str], hidden: Collection[str]) -> None:
        """Lock the settings of these names, and hide those; all others are there and free."""
        for row in self._all_rows:
            row.withhold(locked=row.name in locked, hidden=row.name in hidden)
        self._show_values()

    def _show_withheld(self) -> None:
        """What stands beside a row goes the way of it."""
        self.rate_band.setVisible(self._rows["learning_rate"].seen)
        self.rate_band.setEnabled(not self.is_withheld("learning_rate"))
        start = self._rows["initial"]
        self._initial.by_hand.setEnabled(self._initial.has_choice and not start.withheld)
        for part in (self._source_label, self._initial.by_hand):
            part.setVisible(start.seen or not start.used)
        free = not self.is_withheld("data")
        for button in (self._file_widgets[1], self._copy):
            button.setEnabled(free)

    # Showing.

    def set_experiment(self, experiment: Experiment) -> None:
        """Show an experiment; nothing is emitted, and what was said of the old one goes."""
        self.experiment = experiment
        for row in self._all_rows:
            row.show(error="", notice="")
        self._show_values()

    def show_notice(self, path: str, sentence: str | None) -> None:
        """Say something about a setting that is no error; None takes it back."""
        row = self._rows[path]
        if row.notice != (sentence or ""):
            row.show(notice=sentence or "")

    def show_facts(self, settings: Experiment, facts: Facts | None) -> None:
        """What is known without training, for the settings in force: the learning rate's bands."""
        self.rate_band.show_facts(settings, facts)

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme's colours."""
        self.rate_band.set_theme(theme)

    def _preview_rate(self, text: str) -> None:
        # While it is typed: what can't be read yet is judged at the commit.
        try:
            rate = self._rows["learning_rate"].editor.parse(text)
        except ExperimentProblem:
            return
        self.rate_band.show_rate(float(rate))

    def _show_values(self) -> None:
        experiment = self.experiment
        self._batch.count = experiment.train_count
        self._model_formula.setText(experiment.form.formula)
        surface = experiment.surface
        self._initial.set_names(experiment.form.names if experiment.form.few else ())
        self._initial.set_classic(surface.start if surface is not None else None)
        weights = experiment.weights
        self._initial.set_file(None if weights is None else value_words("weights", weights))
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
        for kind, rows in self._of_entry.items():
            choice: Choice = getattr(experiment, kind)
            self._last[kind, choice.name] = choice
            own = rows[choice.name]
            for row in itertools.chain(*rows.values()):
                if row not in own:
                    row.show(error="")
                row.set_visible(row in own)
            self._rows.update({row.path: row for row in own})
        for path, row in self._rows.items():
            found, value = self._value_of(path)
            if found:
                row.set_value(value)
        for group in self._groups:
            group.show_more()
        self.rate_band.show_rate(experiment.learning_rate)
        self._show_source()
        self._show_file()
        self._show_formulas()
        self._show_withheld()
        self._order_tabs()

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

    def _order_tabs(self) -> None:
        """Have the Tab key go from row to row as they stand there, whenever they were made."""
        made = (sum(row.is_made for row in self._all_rows), self._initial.names)
        if made != self._ordered:
            self._ordered = made
            stops = [stop for group in self._groups for stop in group.tab_stops()]
            for one, other in itertools.pairwise(stops):
                QWidget.setTabOrder(one, other)

    def _show_formulas(self) -> None:
        experiment = self.experiment
        formula = experiment.schedule_entry.formula(experiment.schedule.values)
        text = self.tr("{0}, where η₀ is the learning rate and e counts the epochs done")
        self._schedule_formula.setText(text.format(formula))
        self._schedule_formula.setVisible(bool(formula))
        penalty = penalty_formula(experiment)
        loss = translate("Loss", experiment.loss_entry.label)
        text = self.tr("loss = {0}, with w the weights; biases are free")
        self._loss_formula.setText(text.format(loss + penalty))
        self._loss_formula.setVisible(bool(penalty))

    def _value_of(self, path: str) -> tuple[bool, Any]:
        head, _, tail = path.partition(".")
        owner = getattr(self.experiment, head)
        if isinstance(owner, Choice):
            if not tail:
                return True, owner.name
            return tail in owner.values, owner.values.get(tail)
        return True, getattr(owner, tail) if tail else owner

    def _show_source(self) -> None:
        """What there is to say of the source, and its seed where that draws anything."""
        experiment, entry = self.experiment, self.experiment.dataset_entry
        self.story.setText(translate("Data", entry.story) if entry.story else "")
        self.story.setVisible(bool(entry.story))
        self._copy.setVisible(can_be_copied(experiment))
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
        for widget in self._file_widgets:
            widget.setVisible(choice.name == "table")
        if choice.name == "table":
            table = choice["table"]
            self.file_label.setText(
                self.tr("{0}: {1} from {2}, {3} rows").format(
                    table.source or self.tr("typed"),
                    choice["y"],
                    value_words("data.x", choice["x"]),
                    f"{table.rows:,}",
                )
            )
