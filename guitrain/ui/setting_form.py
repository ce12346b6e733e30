"""The form of an experiment: a row for each setting, in four groups."""

import itertools
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from guitrain.core import settings
from guitrain.core.experiment import REGISTRIES, Experiment
from guitrain.core.params import Param
from guitrain.sentences import translate
from guitrain.ui.drawing_field import DrawingField, copy_button
from guitrain.ui.fields import BoolField, ChoiceField, NumberField, OptionalField
from guitrain.ui.rate_band import RateBand
from guitrain.ui.setting_group import Group
from guitrain.ui.setting_row import NEW_RUN, Row, named_label
from guitrain.ui.special_fields import BatchField, InitialField, LayersField, SeedField, SetField

# Kinds of settings that have a row.
_IN_ROWS = ("float", "int", "bool", "choice", "layers", "points")
_CONTEXTS = {kind: kind.capitalize() for kind in REGISTRIES}


class SettingForm(QWidget):
    """The rows, and what stands beside them; it holds no values of its own.

    Args:
        experiment: whose settings are there at first.

    Attributes:
        groups: the cards, from top to bottom. all_rows: every row that there is.
        rows: by their paths, those of the entries in use, or that were.
        file_label, choose: the file of a table, and the button for another. story: of the source.
        copy: the button that makes a drawing of the points. rate_band: of the learning rate.
        batch, initial: the editors of the batch size and of the start. source_label: of what the
            weights are taken from.
        schedule_formula, model_formula, loss_formula: formulas of what is chosen.

    Signals:
        committed(path, value): a value was chosen. refused(row, problem): one cannot be read.
        rate_typed(text): of the learning rate, while it is typed.
        choose_pressed, copy_pressed: of the buttons. save_pressed: a drawing is to be saved.
    """

    committed = Signal(str, object)
    refused = Signal(object, object)
    rate_typed = Signal(str)
    choose_pressed = Signal()
    copy_pressed = Signal()
    save_pressed = Signal()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self._experiment = experiment
        self.rows: dict[str, Row] = {}
        self.all_rows: list[Row] = []
        self._of_entry: dict[str, dict[str, list[Row]]] = {}
        self._ordered: tuple[object, ...] = ()  # what the Tab key's way is right for
        self.groups: list[Group] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(8)
        for build in (self._build_data, self._build_learning, self._build_stop, self._build_model):
            group = build()
            group.unfolded.connect(self.order_tabs)
            self.groups.append(group)
            layout.addWidget(group)
        layout.addStretch(1)

    # What is there.

    def show_entry(self, kind: str, name: str) -> None:
        """Have the rows of this entry, of all of its kind."""
        rows = self._of_entry[kind]
        own = rows[name]
        for row in itertools.chain(*rows.values()):
            if row not in own:
                row.show(error="")
            row.set_visible(row in own)
        self.rows.update({row.path: row for row in own})

    def order_tabs(self) -> None:
        """Have the Tab key go from row to row as they stand there, whenever they were made."""
        made = (sum(row.is_made for row in self.all_rows), self.initial.names)
        if made != self._ordered:
            self._ordered = made
            stops = [stop for group in self.groups for stop in group.tab_stops()]
            for one, other in itertools.pairwise(stops):
                QWidget.setTabOrder(one, other)

    # Building.

    def _build_data(self) -> Group:
        group = Group(translate("Controls", "Data"), "data")
        self._add_choice(group, "data", translate("Controls", "Source"))
        self.file_label = QLabel()
        self.file_label.setObjectName("file_label")
        self.file_label.setWordWrap(True)
        self.file_label.setProperty("role", "muted")
        self.choose = choose = QPushButton(translate("Controls", "Choose file…"))
        choose.setObjectName("choose_file")
        choose.setAccessibleName(translate("Controls", "Choose a CSV file"))
        choose.setToolTip(
            translate("Controls", "Open a CSV file and choose its inputs and its target")
        )
        choose.clicked.connect(self.choose_pressed)
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
        self.copy = copy_button()
        self.copy.clicked.connect(self.copy_pressed)
        group.add(None, self.copy)
        return group

    def _build_learning(self) -> Group:
        group = Group(translate("Controls", "Learning"), "learning")
        rate = self._add(group, "learning_rate", settings.LEARNING_RATE)
        self.rate_band = RateBand()
        self.rate_band.slider.setToolTip(rate.editor.toolTip())
        self.rate_band.rate_chosen.connect(
            lambda value: self.committed.emit("learning_rate", value)
        )
        rate.editor.lineEdit().textChanged.connect(self.rate_typed)
        group.add(None, self.rate_band)
        batch = settings.BATCH_SIZE
        self.batch = self._add(group, "batch_size", batch, editor=lambda: BatchField(batch)).editor
        self._add_seed(
            group,
            "seeds.batches",
            settings.BATCHES_SEED,
            translate("Controls", "Draw a new batch order"),
        )
        self._add_choice(group, "schedule", translate("Controls", "Schedule"), back=True)
        self._add_entry_rows(group, "schedule", back=True)
        self.schedule_formula = self._formula("schedule_formula")
        group.add(None, self.schedule_formula, back=True)
        return group

    def _build_stop(self) -> Group:
        group = Group(translate("Controls", "Stop when"), "stop")
        self._add(group, "stop.epochs", settings.EPOCHS, text=translate("Controls", "Epochs reach"))
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
        group = Group(translate("Controls", "Model"), "model")
        self._add_choice(group, "model", translate("Controls", "Kind"))
        self._add_entry_rows(group, "model")
        self.model_formula = self._formula("model_formula")
        group.add(None, self.model_formula)
        initial = self.initial = InitialField(settings.INITIAL_WEIGHT, self._experiment.form.names)
        self.source_label = self._label_of_row(
            group, translate("Controls", "Weights"), "initial_source", initial.by_hand
        )
        self._add(
            group,
            "initial",
            settings.INITIAL_WEIGHT,
            editor=lambda: initial,
            text=translate("Controls", "Start"),
            wide=True,
        )
        self._add_seed(
            group,
            "seeds.weights",
            settings.WEIGHTS_SEED,
            translate("Controls", "Draw new initial weights"),
        )
        self._add_seed(
            group,
            "seeds.dropout",
            settings.DROPOUT_SEED,
            translate("Controls", "Leave out others"),
            back=True,
        )
        self._add_choice(group, "loss", translate("Controls", "Loss"))
        self._add_entry_rows(group, "loss")
        self._add_choice(group, "optimizer", translate("Controls", "Optimizer"), back=True)
        self._add_entry_rows(group, "optimizer", back=True)
        self._add(group, "l1", settings.L1, back=True)
        self._add(group, "l2", settings.L2, back=True)
        self.loss_formula = self._formula("penalty_formula")
        group.add(None, self.loss_formula, back=True)
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
        chosen = getattr(self._experiment, kind).name
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
        self.rows[path] = row
        self.all_rows.append(row)
        return row

    def _connect(self, row: Row, editor: Any) -> None:
        editor.committed.connect(lambda value: self.committed.emit(row.path, value))
        editor.refused.connect(lambda problem: self.refused.emit(row, problem))
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
