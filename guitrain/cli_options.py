"""The command line's options, made from the specs of the settings, and the experiment they ask for.

No torch here: help and refusals come at once.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from guitrain.core import settings
from guitrain.core.datasets import DATASETS
from guitrain.core.datasets.table import MISSING
from guitrain.core.experiment import REGISTRIES, Choice, Experiment
from guitrain.core.losses import LOSSES
from guitrain.core.params import Entry, Param
from guitrain.core.problems import ExperimentProblem
from guitrain.files.csv_file import CsvFile, read_csv
from guitrain.files.proposals import proposed_inputs, proposed_target, proposed_task
from guitrain.numbers import format_number, parse_number
from guitrain.presets import HELP, PRESETS, preset
from guitrain.sentences import label_of, translate
from guitrain.typed_rows import parse_rows

# Settings of every experiment: the option's name is the spec's, the path is the experiment's.
SETTINGS: tuple[tuple[Param, str], ...] = (
    (settings.LEARNING_RATE, "learning_rate"),
    (settings.L1, "l1"),
    (settings.L2, "l2"),
    (settings.EPOCHS, "stop.epochs"),
    (settings.BATCH_SIZE, "batch_size"),
    (settings.TARGET_LOSS, "stop.target_loss"),
    (settings.PATIENCE, "stop.patience"),
    (settings.MIN_IMPROVEMENT, "stop.min_improvement"),
    (settings.VALIDATION_PATIENCE, "stop.validation_patience"),
    (settings.TEST_FRACTION, "test_fraction"),
    (settings.VALIDATION_FRACTION, "validation_fraction"),
    (settings.DATA_SEED, "seeds.data"),
    (settings.WEIGHTS_SEED, "seeds.weights"),
    (settings.BATCHES_SEED, "seeds.batches"),
    (settings.DROPOUT_SEED, "seeds.dropout"),
)
# The word that stands for None, and what it means in the help.
WORDS = {
    "batch_size": "all",
    "target_loss": "off",
    "patience": "off",
    "validation_patience": "off",
}
SEEDS = ("seeds.data", "seeds.weights", "seeds.batches", "seeds.dropout")
_CHOSEN = tuple(kind for kind in REGISTRIES if kind != "data")  # by an option of their own

_NEGATIVE = re.compile(r"-(\d|\.\d)[\d.,eE+-]*")


class Refusal(Exception):  # noqa: N818
    """Options that do not go together; its text is a translated sentence."""


class Parser(argparse.ArgumentParser):
    """An argparse parser that takes no abbreviations and complains in one sentence."""

    def __init__(self, prog: str, **kwargs: Any) -> None:
        super().__init__(prog, allow_abbrev=False, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and where help is; exit with 2."""
        ask = translate("Command", "“{prog} --help” lists the options.").format(prog=self.prog)
        self.exit(2, f"{self.prog}: {message[:1].upper()}{message[1:]}. {ask}\n")


@dataclass(frozen=True)
class Request:
    """What the command line asks for.

    Attributes:
        experiment: the recipe. predict: rows of inputs for Apply. export: a folder, or None.
        json: whether one JSON object goes to stdout. dropped: rows of the file left out.
    """

    experiment: Experiment
    predict: tuple[tuple[float, ...], ...]
    export: Path | None
    json: bool
    dropped: int


def option(name: str) -> str:
    """The option of a setting: ``--learning-rate``."""
    return "--" + name.replace("_", "-")


def add_experiment_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is trained, and how."""
    add = parser.add_argument_group(translate("Command", "what to train on")).add_argument
    presets = " ".join(f"{name}: {translate('Presets', HELP[name])}" for name in PRESETS)
    add("--preset", metavar="NAME", help=help_text(presets))
    sources = ", ".join(_generated())
    text = translate("Command", "A source of data ({sources}), or a CSV file.")
    add("--data", metavar="NAME|FILE.csv", help=help_text(text.format(sources=sources)))
    text = translate(
        "Command", "The file's columns that are the inputs; all those of numbers, if none is named."
    )
    add("--x", nargs="+", metavar="COLUMN", help=text)
    text = translate("Command", "The file's column to learn; the last one, if none is named.")
    add("--y", metavar="COLUMN", help=text)
    _add_entries(add, "data")
    add = parser.add_argument_group(translate("Command", "how to train")).add_argument
    for kind in _CHOSEN:
        add(option(kind), metavar="NAME", help=help_text(", ".join(REGISTRIES[kind])))
        _add_entries(add, kind)
    for param, _ in SETTINGS:
        add(option(param.name), metavar="N", help=_param_help(param, WORDS.get(param.name)))
    known = ", ".join(name for name, _ in settings.FEATURES.choices)
    text = translate("Command", "What the model sees of the inputs: one or more of {known}.")
    add("--features", nargs="+", metavar="NAME", help=help_text(text.format(known=known)))
    text = translate("Command", "All the seeds at once.")
    add("--seed", metavar="N", help=text)
    add(
        option(settings.STANDARDIZE.name),
        action=argparse.BooleanOptionalAction,
        help=help_text(settings.STANDARDIZE.help),
    )
    device = settings.DEVICE
    known = ", ".join(name for name, _ in device.choices)
    text = translate("Settings", device.help)
    add(option(device.name), metavar="NAME", help=help_text(f"{text} ({known})"))
    text = translate(
        "Command",
        "The initial weights by hand: w and b. A preset may set them; --seed and --weights-seed "
        "draw them anew unless this option is given too.",
    )
    add("--init", nargs="+", metavar="W", help=help_text(text))


def add_train_options(parser: argparse.ArgumentParser) -> None:
    """Add every option of ``guitrain train``."""
    add_experiment_options(parser)
    add = parser.add_argument_group(translate("Command", "what to show and keep")).add_argument
    text = translate(
        "Command",
        "Predict for these x when training is over; of several inputs a row each, as 5.1,3.5,red.",
    )
    add("--predict", nargs="+", metavar="X", help=text)
    text = translate(
        "Command",
        "Write history.csv, experiment.json, the run as a script (run.py), and loss and fit as PNG "
        "and SVG into this folder.",
    )
    add("--export", metavar="DIR", help=text)
    text = translate("Command", "Print one JSON object instead of text.")
    add("--json", action="store_true", help=text)


def _add_entries(add: Any, kind: str) -> None:
    seen = set()
    for param in _typed(kind):
        if param.name in seen:
            continue
        seen.add(param.name)
        if param.kind == "bool":
            text = f"{label_of(param.name)}. {translate('Settings', param.help)}"
            add(option(param.name), action=argparse.BooleanOptionalAction, help=help_text(text))
        elif param.kind == "points":
            point = ",".join(name.upper() for name in param.columns)
            add(option(param.name), nargs="+", metavar=point, help=_param_help(param))
        else:
            add(
                option(param.name),
                metavar="N",
                help=_param_help(param, others=_others(kind, param)),
            )


def _typed(kind: str) -> Iterator[Param]:
    """The settings of a registry's entries that can be typed, or are on or off."""
    kinds = ("float", "int", "bool", "choice", "layers", "points")
    for entry in REGISTRIES[kind].values():
        yield from (param for param in entry.params if param.kind in kinds)


def _others(kind: str, param: Param) -> list[str]:
    """The defaults that other entries have for a number of this name, where they differ."""
    if param.kind not in ("float", "int"):
        return []
    return [
        translate("Command", "{0} with {1}").format(format_number(other.default), entry.name)
        for entry in REGISTRIES[kind].values()
        for other in entry.params
        if other.name == param.name and other.default != param.default
    ]


def _generated() -> list[str]:
    """The sources of data that need no file."""
    entries = REGISTRIES["data"].values()
    return [entry.name for entry in entries if not _of_file(entry)]


def _of_file(entry: Entry) -> bool:
    return any(param.kind == "table" for param in entry.params)


def _param_help(param: Param, word: str | None = None, others: Sequence[str] = ()) -> str:
    label, text = label_of(param.name), translate("Settings", param.help)
    low, high = (
        "" if limit is None else format_number(limit) for limit in (param.minimum, param.maximum)
    )
    if param.above_minimum:
        low = translate("Command", "above {0}").format(low)
    notes = [f"{low} … {high}"] + ([word] if word else [])
    if param.kind == "choice":
        notes = [", ".join(name for name, _ in param.choices)]
        notes.append(translate("Command", "default {0}").format(param.default))
    elif param.kind == "points":
        notes = [translate("Command", "at most {0} points").format(format_number(param.most))]
    elif param.kind == "layers":
        notes = [translate("Command", "default {0}").format(", ".join(map(str, param.default)))]
    elif param.default is not None and word != "off":
        default = ", ".join((format_number(param.default), *others))
        notes.append(translate("Command", "default {0}").format(default))
    return help_text(f"{label}. {text} ({'; '.join(notes)})")


def help_text(text: str) -> str:
    """A help text for argparse, which formats it."""
    return text.replace("%", "%%")


def with_minus_signs(argv: Sequence[str]) -> list[str]:
    """The arguments with negative numbers written with a minus sign instead of a hyphen.

    argparse takes -1e-3 for an option; parse_number knows both signs.
    """
    return ["−" + a[1:] if _NEGATIVE.fullmatch(a) else a for a in argv]


def read_request(args: argparse.Namespace) -> Request:
    """What these parsed options ask for.

    Raises ExperimentProblem for a wrong value, FileProblem for a file that cannot be used,
    Refusal for options that do not go together.
    """
    experiment, dropped = read_experiment(args)
    start = preset(args.preset) if args.preset else None
    predict = start.predict if start and experiment.inputs == start.experiment.inputs else ()
    if args.predict is not None:
        if experiment.surface is not None:
            raise ExperimentProblem("needs_points", "predict")
        predict = parse_rows(args.predict, experiment.columns)
    return Request(experiment, predict, read_folder(args), args.json, dropped)


def read_folder(args: argparse.Namespace) -> Path | None:
    """Where to export to, if anywhere."""
    if args.export is not None and not args.export.strip():
        raise Refusal(translate("Command", "--export is empty: name a folder."))
    return Path(args.export) if args.export is not None else None


def read_experiment(args: argparse.Namespace) -> tuple[Experiment, int]:
    """The experiment that they ask for, and how many rows of its file are left out. Raises as
    ``read_request``.
    """
    _check_name("preset", args.preset, PRESETS)
    base = preset(args.preset).experiment if args.preset else Experiment()
    changes, dropped = _data_changes(args, base)
    for kind in _CHOSEN:
        name = getattr(args, kind)
        if name is None:
            continue
        REGISTRIES[kind][name]  # refuses an unknown name
        if name != getattr(base, kind).name:
            changes[kind] = name
        elif "data" in changes:
            changes[kind] = getattr(base, kind)  # asked for by name: no other takes its place
    for kind in REGISTRIES:
        changes.update(_entry_changes(args, base, changes, kind))
    changes.update(_setting_changes(args))
    experiment = base.changed(changes)
    if experiment.is_empty:
        experiment.make_data()  # which says what is missing
    return experiment, dropped


def _check_name(field: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        raise ExperimentProblem("unknown_entry", field, value=name, known=", ".join(known))


def _data_changes(args: argparse.Namespace, base: Experiment) -> tuple[dict[str, Any], int]:
    """The changes that the data's options make, and how many rows of the file were dropped."""
    changes: dict[str, Any] = {}
    if args.data is not None and args.data not in _generated():
        path = Path(args.data)
        if not path.exists() and path.name == args.data and not path.suffix:
            text = translate("Command", "{known}, or the path of a CSV file")
            known = text.format(known=", ".join(_generated()))
            raise ExperimentProblem("unknown_entry", "data", value=args.data, known=known)
        missing = MISSING.check((args.missing or MISSING.default).strip())
        csv = read_csv(path)
        x = tuple(args.x or ())
        y = args.y or proposed_target(csv, x)
        x = x or proposed_inputs(csv, y)
        values = {"table": csv.table(x, y, missing), "x": x, "y": y, "missing": missing}
        values["task"] = args.task.strip() if args.task else _task(csv, y, args.loss)
        chosen = DATASETS["table"].check(values)
        dropped = csv.row_count - DATASETS["table"].train_count(chosen, 0.0)
        return {"data": Choice("table", values)}, dropped
    if args.data is not None and args.data != base.data.name:
        changes["data"] = args.data
    for axis in ("x", "y"):
        if getattr(args, axis) is not None:
            if changes.get("data", base.data.name) != "table":
                text = translate("Command", "{option} names a file's column: add --data FILE.csv.")
                raise Refusal(text.format(option=option(axis)))
            changes[f"data.{axis}"] = getattr(args, axis)
    return changes, 0


def _task(csv: CsvFile, y: str, loss: str | None) -> str:
    """What to learn of a column, where only a loss may have been asked for."""
    if (
        loss is not None
        and loss in LOSSES
        and csv.facts(y).kind == "number"
        and LOSSES[loss].fits(0)
    ):
        return "regression"
    return proposed_task(csv, y)


def _entry_changes(
    args: argparse.Namespace, base: Experiment, changes: dict[str, Any], kind: str
) -> dict[str, Any]:
    """Settings of the registry entry that is chosen; refuses those of another."""
    registry = REGISTRIES[kind]
    choice = changes.get(kind, getattr(base, kind))
    chosen: Entry = registry[choice.name if isinstance(choice, Choice) else choice]
    own = {param.name for param in chosen.params}
    made = {}
    for param in _typed(kind):
        given = getattr(args, param.name)
        if given is None:
            continue
        if param.name not in own:
            raise Refusal(_not_of(param, registry, chosen))
        spec = chosen.param(param.name)
        path = f"{kind}.{param.name}"
        if spec.kind == "bool":
            made[path] = given
        elif spec.kind == "points":
            made[path] = spec.check(" ".join(given))
        elif spec.kind in ("choice", "layers"):
            made[path] = spec.check(given.strip())
        else:
            made[path] = parse_number(spec, given)
    return made


def _not_of(param: Param, registry: Any, chosen: Entry) -> str:
    context = registry.field.capitalize()
    owner = next(e for e in registry.values() if any(p.name == param.name for p in e.params))
    return translate(
        "Command",
        "{option} belongs to {kind} “{owner}”, and “{chosen}” is chosen: "
        "leave it out, or add {choose}.",
    ).format(
        option=option(param.name),
        kind=label_of(registry.field).lower(),
        owner=translate(context, owner.label),
        chosen=translate(context, chosen.label),
        choose=f"{option(registry.field)} {'FILE.csv' if _of_file(owner) else owner.name}",
    )


def _setting_changes(args: argparse.Namespace) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if args.seed is not None:
        seed = parse_number(settings.DATA_SEED, args.seed)
        changes.update(dict.fromkeys(SEEDS, seed))
    for param, path in SETTINGS:
        text = getattr(args, param.name)
        if text is not None:
            is_word = text.strip().lower() == WORDS.get(param.name)
            changes[path] = None if is_word else parse_number(param, text)
    if args.features is not None:
        changes["features"] = tuple(args.features)
    if args.device is not None:
        changes["device"] = args.device.strip().lower()
    if args.standardize is not None:
        changes["standardize"] = args.standardize
    if args.init is not None:
        changes["initial"] = tuple(parse_number(settings.INITIAL_WEIGHT, n) for n in args.init)
    elif args.seed is not None or args.weights_seed is not None:
        changes["initial"] = None
    return changes


def use_any_encoding() -> None:
    """Let no character that the terminal lacks end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
