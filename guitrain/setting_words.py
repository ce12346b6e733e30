"""Settings and their values in plain words: "learning rate 0.01 → 0.003". No Qt."""

from collections.abc import Iterable, Mapping
from typing import Any

from guitrain.core.by_hand import place_name
from guitrain.core.experiment import OF_POINTS, PLAIN_FIELDS, REGISTRIES, Choice, Experiment
from guitrain.core.run_view import Event, RunView
from guitrain.core.saved_weights import SavedWeights
from guitrain.core.table import Table
from guitrain.numbers import format_number
from guitrain.sentences import all_params, label_of, listed, translate
from guitrain.snapshot import RunRow

INDENT = "\u2003"  # before the name of a setting that belongs to the one above
_MOST_NAMED = 6  # columns; of more the first are


def setting_name(path: str) -> str:
    """A setting, by its path in an experiment, as it is called within a sentence."""
    head, _, tail = path.partition(".")
    label = label_of(f"{tail}_seed" if head == "seeds" else tail or head)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def value_words(path: str, value: Any) -> str:
    """A setting's value; None is "off", or what it stands for."""
    if value is None:
        if path == "batch_size":
            return translate("Changes", "all")
        if path in ("initial", "weights"):
            return translate("Changes", "from seed")
        return translate("Changes", "off")
    if isinstance(value, bool):
        return translate("Changes", "on") if value else translate("Changes", "off")
    if isinstance(value, Choice):
        return _choice_words(path, value)
    if isinstance(value, SavedWeights):
        return value.source or translate("Changes", "of a file")
    if isinstance(value, Table):
        return value.source or translate("Changes", "typed")
    if isinstance(value, int | float):
        found = all_params().get(path.rpartition(".")[2])
        unit = translate(found[0], found[1].unit) if found and found[1].unit else ""
        return f"{format_number(value)} {unit}".rstrip()
    param = all_params().get(path.rpartition(".")[2])
    if param is not None and isinstance(value, str) and value in dict(param[1].choices):
        return translate(param[0], dict(param[1].choices)[value])
    if param is not None and param[1].kind == "points":
        count = len(value)
        text = translate("Changes", "1 point") if count == 1 else translate("Changes", "{0} points")
        return text.format(f"{count:,}")
    if isinstance(value, tuple | list):
        if len(value) > _MOST_NAMED and isinstance(value[0], str):
            text = translate("Changes", "{0}, … ({1} of them)")
            return text.format(listed(value[:3]), len(value))
        return listed(value_words(path, each) for each in value)
    if path in REGISTRIES:
        return _choice_words(path, Choice(str(value)))
    return str(value)


def _choice_words(kind: str, choice: Choice) -> str:
    """An entry with those of its settings that are not its defaults: "SGD (momentum 0.9)"."""
    if choice.name not in REGISTRIES[kind]:
        return choice.name
    entry = REGISTRIES[kind][choice.name]
    label = translate(kind.capitalize(), entry.label)
    others = [
        f"{setting_name(f'{kind}.{param.name}')} {value_words(param.name, choice[param.name])}"
        for param in entry.params
        if param.name in choice.values and choice[param.name] != param.default
    ]
    return f"{label} ({', '.join(others)})" if others else label


def change_words(changes: Mapping[str, Any], before: Experiment | None = None) -> str:
    """What was changed, with the old values where the experiment ``before`` it is known."""
    parts = []
    for path, value in changes.items():
        for at, old, new in _steps(path, value, before):
            text = value_words(at, new)
            was = value_words(at, old) if before is not None and old != new else text
            if was != text:  # points that were moved are as many as before
                text = translate("Changes", "{0} → {1}").format(was, text)
            parts.append(f"{setting_name(at)} {text}")
    return translate("Changes", ", ").join(parts)


def by_hand_words(pairs: Iterable[tuple[str, float]]) -> str:
    """Parameters that were set by hand, by name, with their values."""
    text = translate("Changes", "{0} set to {1} by hand")
    return translate("Changes", ", ").join(
        text.format(name, format_number(value, 6)) for name, value in pairs
    )


def row_words(row: RunRow, before: Experiment | None = None) -> str:
    """In what a run of the table differs from where it comes from: settings, parameters."""
    parts = (change_words(row.changes, before), by_hand_words(row.by_hand))
    return translate("Changes", ", ").join(part for part in parts if part)


def event_words(event: Event, view: RunView, before: Experiment) -> str:
    """What an event of a run changed, or what was set by hand; and, where a schedule makes another
    rate of a learning rate, the one that its first step was made with.
    """
    text = change_words(event.changes, before)
    if (hand := event.by_hand) is not None:
        return by_hand_words([(place_name(before.form, *hand.place), hand.value)])
    scheduled = before.schedule_entry.factor is not None
    rate = view.steps.value("learning_rate", event.step)
    if not scheduled or rate is None or "learning_rate" not in event.changes:
        return text
    return translate("Changes", "{0} (by schedule η = {1} there)").format(text, format_number(rate))


def _steps(path: str, value: Any, before: Experiment | None) -> list[tuple[str, Any, Any]]:
    """Path, old and new value; of an entry that stays the same, those of its settings."""
    head, _, tail = path.partition(".")
    owner = getattr(before, head, None) if before is not None else None
    if not tail:
        same = isinstance(owner, Choice) and isinstance(value, Choice) and owner.name == value.name
        if same and isinstance(owner, Choice):
            return [
                (f"{head}.{name}", owner.values.get(name), new)
                for name, new in value.values.items()
                if owner.values.get(name) != new
            ]
        return [(path, owner, value)]
    if isinstance(owner, Choice):
        return [(path, owner.values.get(tail), value)]
    return [(path, getattr(owner, tail, None), value)]


def setting_rows(experiment: Experiment) -> list[tuple[str, ...]]:
    """Every setting of an experiment: its name and its value in words."""
    rows: list[tuple[str, ...]] = []
    for kind, registry in REGISTRIES.items():
        choice = getattr(experiment, kind)
        entry = registry[choice.name]
        rows.append((label_of(kind), translate(kind.capitalize(), entry.label)))
        for param in entry.params:
            if param.name in choice.values:
                label = translate(kind.capitalize(), param.label)
                value = value_words(f"{kind}.{param.name}", choice[param.name])
                rows.append((INDENT + label, value))
    # A test surface has no points to hold out or to put into batches.
    idle = {*OF_POINTS, "test_fraction"} if experiment.surface is not None else set()
    for name in PLAIN_FIELDS:
        if name in idle:
            continue
        own = getattr(experiment, name)
        if name == "initial" and experiment.weights is not None:
            own = experiment.weights
        rows.append((label_of(name), value_words(name, own)))
    for name, value in vars(experiment.stop).items():
        if f"stop.{name}" in idle:
            continue
        rows.append((label_of(name), value_words(f"stop.{name}", value)))
    for name, value in vars(experiment.seeds).items():
        rows.append((label_of(f"{name}_seed"), str(value)))
    return rows
