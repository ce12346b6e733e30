"""The frozen recipe of a run. Equal experiments give equal numbers."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core import settings
from guitrain.core.data import Column, Data, DatasetEntry
from guitrain.core.datasets import DATASETS
from guitrain.core.features import MOST, PLAIN, checked_count, count_of, feature_names, features_of
from guitrain.core.losses import LOSSES, LossEntry
from guitrain.core.models import MODELS, MOST_RECORDED, Form, ModelEntry, Shape
from guitrain.core.optimizers import OPTIMIZERS, OptimizerEntry
from guitrain.core.params import Entry, Param, Registry
from guitrain.core.problems import ExperimentProblem
from guitrain.core.saved_weights import SavedWeights
from guitrain.core.schedules import SCHEDULES, ScheduleEntry
from guitrain.core.surfaces import Surface
from guitrain.core.table import Table
from guitrain.core.validation import hold_out, validation_count

FORMAT = "guitrain-experiment"
VERSION = 1

REGISTRIES: Mapping[str, Registry[Any]] = MappingProxyType(
    {
        "data": DATASETS,
        "model": MODELS,
        "loss": LOSSES,
        "optimizer": OPTIMIZERS,
        "schedule": SCHEDULES,
    }
)


# Settings that ask for points, and what they are where a test surface stands in their place.
OF_POINTS: Mapping[str, Any] = MappingProxyType(
    {
        "batch_size": None,
        "validation_fraction": 0.0,
        "stop.validation_patience": None,
        "l1": 0.0,
        "l2": 0.0,
        "features": PLAIN,
        "standardize": False,
        "weights": None,
    }
)


@dataclass(frozen=True)
class Choice:
    """A registry entry by name, with its settings: checked and completed by the experiment."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class StopRules:
    """When to stop: the three rules of the article, and early stopping: no new lowest validation
    loss for ``validation_patience`` epochs. None switches a rule off.

    Raises ExperimentProblem for a value out of its range.
    """

    epochs: int = settings.EPOCHS.default
    target_loss: float | None = None
    patience: int | None = None
    min_improvement: float = settings.MIN_IMPROVEMENT.default
    validation_patience: int | None = None

    def __post_init__(self) -> None:
        _check_field(self, "epochs", settings.EPOCHS)
        _check_field(self, "min_improvement", settings.MIN_IMPROVEMENT)
        _check_field(self, "target_loss", settings.TARGET_LOSS, optional=True)
        _check_field(self, "patience", settings.PATIENCE, optional=True)
        _check_field(self, "validation_patience", settings.VALIDATION_PATIENCE, optional=True)


@dataclass(frozen=True)
class Seeds:
    """The seed of each owner of random draws. Raises ExperimentProblem out of 0 … 2³² − 1."""

    data: int = settings.DATA_SEED.default
    weights: int = settings.WEIGHTS_SEED.default
    batches: int = settings.BATCHES_SEED.default
    dropout: int = settings.DROPOUT_SEED.default

    def __post_init__(self) -> None:
        _check_field(self, "data", settings.DATA_SEED)
        _check_field(self, "weights", settings.WEIGHTS_SEED)
        _check_field(self, "batches", settings.BATCHES_SEED)
        _check_field(self, "dropout", settings.DROPOUT_SEED)


def _check_field(owner: object, name: str, param: Param, *, optional: bool = False) -> None:
    value = getattr(owner, name)
    if not (optional and value is None):
        object.__setattr__(owner, name, param.check(value))


@dataclass(frozen=True)
class Experiment:
    """Data, model, loss, optimizer, learning rate, batch size, stop rules and seeds.

    ``features`` are what the model sees of the inputs (``guitrain.core.features``).
    ``schedule`` says what part of ``learning_rate`` each epoch trains with; ``l1`` and ``l2`` are
    the strengths of the penalties on weights (``guitrain.core.penalties``). ``batch_size`` None
    means all the training points. ``initial`` sets the initial weights by hand, in the data's own
    units and the order of ``form.names``, for a model with few; None draws them from
    ``seeds.weights``, or begins where descent on a test surface classically does. ``weights`` are
    those of a file, in the place of either, for any model. On such a surface the settings
    ``OF_POINTS`` have no meaning, and a step is an epoch. ``device`` is what torch
    computes on, or the CPU where a machine has no such. Validated at construction: raises
    ExperimentProblem.
    """

    data: Choice = Choice("line")
    model: Choice = Choice("linear")
    loss: Choice = Choice("mse")
    optimizer: Choice = Choice("sgd")
    schedule: Choice = Choice("constant")
    learning_rate: float = settings.LEARNING_RATE.default
    l1: float = settings.L1.default
    l2: float = settings.L2.default
    batch_size: int | None = None
    test_fraction: float = settings.TEST_FRACTION.default
    validation_fraction: float = settings.VALIDATION_FRACTION.default
    standardize: bool = settings.STANDARDIZE.default
    features: tuple[str, ...] = PLAIN
    initial: tuple[float, ...] | None = None
    weights: SavedWeights | None = None
    stop: StopRules = StopRules()
    seeds: Seeds = Seeds()
    device: str = settings.DEVICE.default

    def __post_init__(self) -> None:
        for kind, registry in REGISTRIES.items():
            choice = getattr(self, kind)
            if not isinstance(choice, Choice):
                raise ExperimentProblem("not_choice", kind, value=choice)
            values = registry[choice.name].check(choice.values)
            object.__setattr__(self, kind, Choice(choice.name, MappingProxyType(values)))
        _check_field(self, "features", settings.FEATURES)
        self._check_shape()
        _check_field(self, "learning_rate", settings.LEARNING_RATE)
        _check_field(self, "l1", settings.L1)
        _check_field(self, "l2", settings.L2)
        _check_field(self, "batch_size", settings.BATCH_SIZE, optional=True)
        _check_field(self, "test_fraction", settings.TEST_FRACTION)
        _check_field(self, "validation_fraction", settings.VALIDATION_FRACTION)
        _check_field(self, "standardize", settings.STANDARDIZE)
        _check_field(self, "device", settings.DEVICE)
        self._check_initial()
        self._check_weights()
        count = self.train_count
        # A drawing that has no point yet cannot be begun, but it is no mistake.
        if count and self.batch_size is not None and self.batch_size > count:
            raise ExperimentProblem(
                "batch_too_large", "batch_size", value=self.batch_size, maximum=count
            )
        if self.stop.validation_patience is not None and not self.validation_count:
            raise ExperimentProblem("no_validation", "validation_patience")

    def _check_shape(self) -> None:
        """That model and loss are for such data."""
        classes, surface = self.classes, self.surface is not None
        if surface:
            self._check_without_points()
        inputs = 0 if surface else checked_count(self.features, self.inputs)
        if not self.loss_entry.fits(classes, surface=surface):
            value, known = self.loss.name, _losses_for(classes, surface=surface)
            if surface:
                raise ExperimentProblem("loss_surface", "loss", value=value, known=known)
            if not classes:
                raise ExperimentProblem("loss_numbers", "loss", value=value, known=known)
            raise ExperimentProblem(
                "loss_classes", "loss", value=value, classes=classes, known=known
            )
        model, outputs, image = self.model_entry, self.shape.outputs, self.shape.image
        if not inputs or model.most_inputs == 0:
            self._check_surface_model(model.takes(inputs, 1, image))
        if not model.sees(image):
            raise ExperimentProblem("model_image", "model", minimum=model.least_image)
        if not model.takes(inputs, 1, image):
            raise ExperimentProblem(
                "model_inputs", "model", value=inputs, maximum=model.most_inputs
            )
        if not model.takes(inputs, outputs, image):
            raise ExperimentProblem(
                "model_outputs", "model", value=outputs, maximum=model.most_outputs
            )

    def _check_surface_model(self, fits: bool) -> None:
        """That a test surface has the model for it, and nothing else has."""
        if fits:
            return
        shape = self.shape
        fitting = (n for n, each in MODELS.items() if each.takes(shape.inputs, 1, shape.image))
        value, known = self.model.name, ", ".join(fitting)
        if shape.surface is None:
            raise ExperimentProblem("model_points", "model", value=value, known=known)
        raise ExperimentProblem("model_surface", "model", value=value, known=known)

    def _check_without_points(self) -> None:
        for path, neutral in OF_POINTS.items():
            if self.value_at(path) != neutral:
                raise ExperimentProblem("needs_points", path.rpartition(".")[2])

    def _check_initial(self) -> None:
        if self.initial is None:
            return
        names = self.form.names
        if not self.form.few:
            raise ExperimentProblem(
                "initial_many", "initial", value=self.form.count, maximum=MOST_RECORDED
            )
        if not isinstance(self.initial, tuple | list) or len(self.initial) != len(names):
            raise ExperimentProblem("initial_count", "initial", names=" ".join(names))
        checked = tuple(settings.INITIAL_WEIGHT.check(value) for value in self.initial)
        object.__setattr__(self, "initial", checked)

    def _check_weights(self) -> None:
        weights = self.weights
        if weights is None:
            return
        if self.initial is not None:
            raise ExperimentProblem("weights_twice", "weights")
        if weights.count != self.form.count:
            raise ExperimentProblem(
                "weights_count", "weights", value=weights.count, count=self.form.count
            )

    @property
    def dataset_entry(self) -> DatasetEntry:
        """The registry entry of the data."""
        return DATASETS[self.data.name]

    @property
    def model_entry(self) -> ModelEntry:
        """The registry entry of the model."""
        return MODELS[self.model.name]

    @cached_property
    def form(self) -> Form:
        """What the model is under its settings."""
        return self.model_entry.form(self.model.values, self.shape)

    @cached_property
    def surface(self) -> Surface | None:
        """The test surface that stands in the place of data, where there is one."""
        make = self.dataset_entry.surface
        return None if make is None else make(self.data.values)

    @property
    def inputs(self) -> int:
        """How many inputs the data have."""
        return self.dataset_entry.inputs(self.data.values)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the cells of a row of inputs are."""
        return self.dataset_entry.columns(self.data.values) or (Column(),) * self.inputs

    @property
    def classes(self) -> int:
        """How many classes the data have; 0 where a number is learnt."""
        return self.dataset_entry.classes(self.data.values)

    @cached_property
    def shape(self) -> Shape:
        """What the model takes and gives."""
        names: tuple[str, ...] = ()
        if self.features != PLAIN:
            names = feature_names(self.features, self.inputs)
        count = count_of(self.features, self.inputs)
        outputs, image = (
            self.loss_entry.outputs(self.classes),
            _image(self.dataset_entry, self.features),
        )
        return Shape(count, outputs, self.classes, names, image, self.surface)

    @property
    def one_to_one(self) -> bool:
        """Whether a number is learnt from one input: a curve over x."""
        return self.inputs == 1 and not self.classes

    def seen(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the model sees of inputs (n, d), before these are standardised."""
        return features_of(self.features, inputs)

    @property
    def loss_entry(self) -> LossEntry:
        """The registry entry of the loss."""
        return LOSSES[self.loss.name]

    @property
    def optimizer_entry(self) -> OptimizerEntry:
        """The registry entry of the optimizer."""
        return OPTIMIZERS[self.optimizer.name]

    @property
    def schedule_entry(self) -> ScheduleEntry:
        """The registry entry of the learning rate's schedule."""
        return SCHEDULES[self.schedule.name]

    def rate(self, epoch: int, base: float | None = None) -> float:
        """The learning rate that an epoch (from 0) trains with, if it is ``base`` (None: as it is
        set) by itself.
        """
        base = self.learning_rate if base is None else base
        factor = self.schedule_entry.factor
        return base if factor is None else base * factor(self.schedule.values, epoch)

    @property
    def train_count(self) -> int:
        """How many training points there are."""
        return self.untested_count - self.validation_count

    @property
    def validation_count(self) -> int:
        """How many validation points there are."""
        return validation_count(self.untested_count, self.validation_fraction)

    @property
    def untested_count(self) -> int:
        """How many training and validation points there are."""
        return self.dataset_entry.train_count(self.data.values, self.test_fraction)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to train on yet: a drawing before its first point. Making its
        data raises ExperimentProblem.
        """
        return self.train_count == 0 and self.surface is None

    @property
    def steps_per_epoch(self) -> int:
        """How many steps an epoch has; one on a test surface."""
        count = self.train_count
        return -(-count // (self.batch_size or count)) if count else 1

    def make_data(self) -> Data:
        """Draw or cut out the data: the same arrays each time."""
        data = self.dataset_entry.make(self.data.values, self.test_fraction, self.seeds.data)
        return hold_out(data, self.validation_fraction, self.seeds.data)

    def value_at(self, path: str) -> Any:
        """A setting, named as in ``changed``; None where the entry in use has no such setting."""
        head, _, tail = path.partition(".")
        owner = getattr(self, head)
        if not tail:
            return owner
        return owner.values.get(tail) if isinstance(owner, Choice) else getattr(owner, tail)

    def changed(self, changes: Mapping[str, Any]) -> "Experiment":
        """A copy with settings changed, named by path: ``learning_rate``, ``stop.epochs``,
        ``seeds.data``, ``data.noise``; ``data`` (or ``model``, …) alone takes an entry's name or
        a Choice. Where other data are not for the model or the loss, and these are not named,
        the first that fits takes their place; settings that ask for points are switched off where
        there are none. Initial weights set by hand go where another model has others, or another
        surface lies under them; those of a file where a model has other tensors, and either where
        the other is named. Raises ExperimentProblem; this experiment stays as it is.
        """
        top: dict[str, Any] = {}
        for path, value in changes.items():
            head, _, tail = path.partition(".")
            if head in REGISTRIES and not tail:
                top[head] = value if isinstance(value, Choice) else Choice(value)
            elif head in REGISTRIES:
                choice: Choice = top.get(head, getattr(self, head))
                top[head] = Choice(choice.name, {**choice.values, tail: value})
            elif head in ("stop", "seeds") and tail in _names(getattr(self, head)):
                top[head] = replace(top.get(head, getattr(self, head)), **{tail: value})
            elif head in _names(self) and not tail and head not in ("stop", "seeds"):
                top[head] = value
            else:
                raise ExperimentProblem("unknown_setting", path, entry="experiment")
        if "data" in top:
            self._fit(top, changes)
        if top.get("weights") is not None:
            top.setdefault("initial", None)
        if "initial" not in top and self.initial is not None and _SHAPING & set(top):
            other = replace(self, **top, initial=None)
            kept = other.form.names == self.form.names
            if other.surface is not None:
                kept &= other.data.name == self.data.name
            top["initial"] = self.initial if kept else None
        if "initial" in top:
            top.setdefault("weights", None)
        elif "weights" not in top and self.weights is not None and _SHAPING & set(top):
            other = replace(self, **top, weights=None)
            top["weights"] = self.weights if other.form.tensors == self.form.tensors else None
        return replace(self, **top)

    def _fit(self, top: dict[str, Any], named: Collection[str]) -> None:
        """Have model and loss fit the data in ``top``, where these paths are ``named``."""
        data = top["data"]
        entry = DATASETS[data.name]
        values = entry.check(data.values)
        surface = entry.surface is not None
        for path, neutral in OF_POINTS.items() if surface else ():
            head, _, tail = path.partition(".")
            if path not in named:
                owner = top.get(head, getattr(self, head))
                top[head] = replace(owner, **{tail: neutral}) if tail else neutral
        features = top.get("features", self.features)
        inputs, classes = entry.inputs(values), entry.classes(values)
        if not 0 < count_of(features, inputs) <= MOST and "features" not in top:
            top["features"] = features = PLAIN
        inputs = count_of(features, inputs)
        if "loss" not in top and not self.loss_entry.fits(classes, surface=surface):
            fitting = (n for n, each in LOSSES.items() if each.fits(classes, surface=surface))
            top["loss"] = Choice(next(fitting))
        loss: Choice = top.get("loss", self.loss)
        outputs, image = LOSSES[loss.name].outputs(classes), _image(entry, features)
        if "model" not in top and not self.model_entry.takes(inputs, outputs, image):
            top["model"] = Choice(
                next(n for n, each in MODELS.items() if each.takes(inputs, outputs, image))
            )

    def to_json(self) -> dict[str, Any]:
        """A dictionary that ``json.dump`` takes and ``from_json`` gives back equal."""
        obj: dict[str, Any] = {"format": FORMAT, "version": VERSION}
        for kind in REGISTRIES:
            choice = getattr(self, kind)
            values = {n: _plain(v) for n, v in choice.values.items()}
            obj[kind] = {"name": choice.name, "values": values}
        for name in PLAIN_FIELDS:
            value = getattr(self, name)
            obj[name] = list(value) if isinstance(value, tuple) else value
        obj["stop"], obj["seeds"] = asdict(self.stop), asdict(self.seeds)
        if self.weights is not None:
            obj["weights"] = self.weights.to_json()
        return obj

    @classmethod
    def from_json(cls, obj: object) -> "Experiment":
        """The experiment that ``to_json`` wrote; raises ExperimentProblem for anything else."""
        obj = _mapping(obj, "experiment")
        if obj.get("format") != FORMAT:
            raise ExperimentProblem("not_experiment", "format", value=obj.get("format"))
        if obj.get("version") != VERSION:
            raise ExperimentProblem(
                "unknown_version", "version", value=obj.get("version"), known=VERSION
            )
        known = {"format", "version", *_names(cls)}
        for name in obj:
            if name not in known:
                raise ExperimentProblem("unknown_setting", str(name), entry="experiment")
        obj = {**_LATER, **obj}
        for name in known:
            if name not in obj:
                raise ExperimentProblem("missing", name, entry="experiment")
        made: dict[str, Any] = {kind: _choice(kind, obj[kind]) for kind in REGISTRIES}
        made.update({name: obj[name] for name in PLAIN_FIELDS})
        for name in ("initial", "features"):
            if isinstance(made[name], list):
                made[name] = tuple(made[name])
        made["stop"] = _group(StopRules, "stop", obj["stop"])
        made["seeds"] = _group(Seeds, "seeds", obj["seeds"])
        if obj["weights"] is not None:
            made["weights"] = SavedWeights.from_json(obj["weights"])
        return cls(**made)


_SHAPING = {"data", "model", "loss", "features"}  # what a model's parameters depend on

# Those that are one value each; of JSON, `weights` is there only where it is not None.
PLAIN_FIELDS = (
    "learning_rate",
    "l1",
    "l2",
    "batch_size",
    "test_fraction",
    "validation_fraction",
    "standardize",
    "features",
    "initial",
    "device",
)
# Settings that files made before there was a choice do not name.
_LATER = {"device": settings.CPU, "weights": None}


def _image(entry: DatasetEntry, features: tuple[str, ...]) -> tuple[int, int] | None:
    """The image whose pixels a model sees, if it sees one."""
    return entry.image if features == PLAIN else None


def _losses_for(classes: int, *, surface: bool) -> str:
    fitting = (n for n, entry in LOSSES.items() if entry.fits(classes, surface=surface))
    return ", ".join(fitting)


def _names(owner: Any) -> set[str]:
    return {f.name for f in fields(owner)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.to_json() if isinstance(value, Table) else value


def _mapping(obj: object, name: str) -> Mapping[str, Any]:
    if not isinstance(obj, Mapping):
        raise ExperimentProblem("not_object", name, value=type(obj).__name__)
    return obj


def _choice(kind: str, obj: object) -> Choice:
    obj = _mapping(obj, kind)
    if odd := sorted(map(str, set(obj) - {"name", "values"})):
        raise ExperimentProblem("unknown_setting", odd[0], entry=kind)
    name, values = obj.get("name"), dict(_mapping(obj.get("values"), kind))
    entry: Entry = REGISTRIES[kind][name]  # type: ignore[index]  # the registry checks the name
    for param in entry.params:
        if param.kind == "table" and param.name in values:
            values[param.name] = Table.from_json(values[param.name])
    return Choice(entry.name, values)


def _group(kind: type[Any], name: str, obj: object) -> Any:
    obj = _mapping(obj, name)
    if set(obj) != _names(kind):
        odd = sorted(map(str, set(obj) ^ _names(kind)))[0]
        raise ExperimentProblem(
            "missing" if odd in _names(kind) else "unknown_setting", odd, entry=name
        )
    return kind(**obj)
